# tests/*.yaml of uap-core and its regexes.yaml: the values of 'family' and of
# the replacement keys without a reference to a capture.
# -> family, nothing
/^ *-? *(family|os_replacement|family_replacement): / {
    value = $0
    sub(/^[^:]*: */, "", value)
    sub(/ *(#.*)?$/, "", value)
    gsub(/^['"]|['"]$/, "", value)
    if (value !~ /\$/)
        print value "\t"
}
