# spdx.json: an object {id: {name, url, osiApproved}}.
# -> name, SPDX id, kind, case; the id itself counts as a name only when it
# cannot be anything else: it must hold a hyphen and a digit (GPL-2.0-only).
# "v2.0 only" and "v2.0 or later" also give the name that people write.
def squeeze: gsub("[\\s]+"; " ") | sub("^ "; "") | sub(" $"; "");
def licenceword: test("[Ll]icen[cs]e|Copyleft|Creative Commons|Public Domain");
to_entries[]
| .key as $id
| (.value.name | squeeze) as $name
| (
    ($name
     | select(licenceword and (test("[/*]| - ") | not))
     | [., $id, "name", "smart"]),
    ($name
     | select(test(" v?[0-9.]+ (only|or later)$") and licenceword)
     | sub(" (only|or later)$"; "")
     # the plain name has one id: the '-only' one
     | [., ($id | sub("-(only|or-later)$|[+]$"; "") + "-only"), "alias", "smart"]),
    ($name
     | select(test(" v?[0-9.]+ only$") and licenceword)
     | sub(" v?[0-9.]+ only$"; "")
     | [., "", "alias", "smart"]),
    ($id
     | select(test("-") and test("[0-9]"))
     | [., $id, "acronym", "exact"])
  )
| @tsv
