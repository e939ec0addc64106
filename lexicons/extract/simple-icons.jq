# simple-icons.json: [{title, slug, aliases: {aka: []}}].  -> title, simple-icons:slug
.[]
| (.slug // (.title | ascii_downcase | gsub("[^a-z0-9]"; ""))) as $slug
| (.title, ((.aliases.aka // [])[]))
| [., "simple-icons:" + $slug]
| @tsv
