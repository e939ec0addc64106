# components.json: .languages = {key: {title, aliasTitles: {alias: title}}}.
# -> title, prism:key
.languages | to_entries[]
| select(.key != "meta")
| .key as $key
| (.value.title, ((.value.aliasTitles // {})[]))
| [., "prism:" + $key]
| @tsv
