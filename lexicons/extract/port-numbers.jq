# index.json: {"22/tcp": ["ssh", "The Secure Shell (SSH) Protocol"]}.
# Only descriptions that name a protocol in full: at least three words, a
# capital first, 'Protocol' last, at most followed by an acronym in brackets,
# which is a name of its own.  The id is the service name of the registry.
[to_entries[] | .value | select(.[0] != "")
 | {s: .[0], d: (.[1] | sub("^The "; "") | sub("\\s+"; " "))}]
| unique_by([.d, .s])[]
| .s as $s
| .d
| ( capture("^(?<n>[A-Z][A-Za-z0-9+/-]*( [A-Za-z0-9+/-]+){1,6} Protocol)( \\((?<a>[A-Z][A-Za-z0-9]{2,7})\\))?$") // empty )
| ( [.n, "service:" + $s, "name", "smart"],
    (select(.a != null and (.a | test("^[A-Z]+[a-z]?[A-Z]+[0-9]?$")))
     | [.a, "service:" + $s, "acronym", "exact"]) )
| @tsv
