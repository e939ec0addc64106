# A table in C from entities.txt: LC_ALL=C awk -f entities.awk entities.txt

function byte(b) { return sprintf("\\%03o", b) }

function hex(digits,   i, n) {
    for (i = 1; i <= length(digits); i++)
        n = n * 16 + index("0123456789ABCDEF", substr(digits, i, 1)) - 1
    return n
}

function utf8(c) {
    if (c < 128)
        return byte(c)
    if (c < 2048)
        return byte(192 + int(c / 64)) byte(128 + c % 64)
    if (c < 65536)
        return byte(224 + int(c / 4096)) byte(128 + int(c / 64) % 64) \
            byte(128 + c % 64)
    return byte(240 + int(c / 262144)) byte(128 + int(c / 4096) % 64) \
        byte(128 + int(c / 64) % 64) byte(128 + c % 64)
}

BEGIN {
    print "/* Made by src/doc/entities.awk of src/doc/entities.txt. */"
    print "#include \"doc/entity.h\"\n"
    print "const struct entity_name entity_names[] = {"
}

/^#/ { next }

{
    if (NF < 2 || ($1 "") <= (last "") || $1 !~ /^[A-Za-z][A-Za-z0-9]*$/) {
        print FILENAME ":" NR ": not sorted, or no name and code" >"/dev/stderr"
        bad = 1
        exit
    }
    last = $1
    bare = $NF == "bare"
    text = ""
    for (i = 2; i <= NF - bare; i++)
        text = text utf8(hex($i))
    printf "    {\"%s\", \"%s\", %s},\n", $1, text, bare ? "true" : "false"
}

END {
    if (bad)
        exit 1
    print "};\n"
    print "const size_t entity_name_count ="
    print "    sizeof entity_names / sizeof entity_names[0];"
}
