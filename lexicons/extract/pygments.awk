# lexers/_mapping.py: one lexer a line,
#   'AdaLexer': ('pygments.lexers.ada', 'Ada', ('ada', 'ada95'), ...),
# -> name, pygments:first alias
/^    '[A-Za-z0-9_]+Lexer': \(/ {
    line = $0
    sub(/^[^(]*\('[^']*', /, "", line)
    quote = substr(line, 1, 1)
    line = substr(line, 2)
    end = index(line, quote ", (")
    if (end == 0)
        next
    name = substr(line, 1, end - 1)
    line = substr(line, end + 4)
    alias = ""
    if (match(line, /^['"][^'"]+['"]/))
        alias = substr(line, RSTART + 1, RLENGTH - 2)
    printf "%s\t%s\n", name, alias == "" ? "" : "pygments:" alias
}
