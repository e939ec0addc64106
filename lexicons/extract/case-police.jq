# dict/*.json: {"lower case": "Right Case"}.  -> right case
to_entries[] | [.value, ""] | @tsv
