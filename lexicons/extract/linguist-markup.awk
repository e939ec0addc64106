# data/*.js of linguist-languages, one language a file, fields at two spaces:
#   name: 'Python',  type: 'programming',  languageId: 303,
# The markup, data and prose languages.
# -> name, linguist:id
function value(s) {
    sub(/^  [A-Za-z]+: /, "", s)
    sub(/,$/, "", s)
    if (s ~ /^['"]/)
        s = substr(s, 2, length(s) - 2)
    gsub(/\\'/, "'", s)
    return s
}
function flush_language() {
    if (name != "" && type != "programming")
        printf "%s\tlinguist:%s\n", name, id
    name = type = id = ""
}
FNR == 1 { flush_language() }
/^  name: / { name = value($0) }
/^  type: / { type = value($0) }
/^  languageId: / { id = value($0) }
END { flush_language() }
