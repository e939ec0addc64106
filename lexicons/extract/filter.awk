# The second half of an import: rows of an extractor
#   name TAB id TAB kind TAB case TAB label          (all but the name optional)
# become rows of a name list
#   name TAB label TAB id TAB case=...,kind=...
# Options (-v): type, min, max, stop, capital, digits, drop, review, stoplist,
# core (the curated lists: a name that they only have with a context stays out,
# since without one it would match where the context fails, and one that they
# give another label, for theirs is right),
# dropped (a file that gets a line 'reason TAB name' for each name left out).
function out_of(reason) { print reason "\t" name > dropped; count[reason]++ }
BEGIN {
    FS = OFS = "\t"
    if (stop)
        while ((getline line < stoplist) > 0) {
            if (line ~ /^#/ || line ~ /^[ \t]*$/)
                continue
            split(line, field, "\t")
            common[tolower(field[1])] = 1
        }
    if (core != "")
        while ((getline line < core) > 0) {
            if (line ~ /^#/ || split(line, field, "\t") < 2)
                continue
            how = field[4] ~ /case=fold/ ? tolower(field[1]) : "=" field[1]
            if (("," field[4]) ~ /,(need|next|prev|not)=/)
                ambiguous[how] = 1
            else {
                plainly[how] = 1
                plainly[how, field[2]] = 1
            }
        }
    if (review != "")
        while ((getline line < review) > 0) {
            if (line ~ /^#/ || line ~ /^[ \t]*$/)
                continue
            split(line, field, "\t")
            reviewed[field[1]] = field[2]
            written[field[1]] = field[3]
        }
}
{
    name = $1; id = $2; kind = $3; how = $4; label = $5
    gsub(/[ \t]+/, " ", name)
    sub(/^ /, "", name)
    sub(/ $/, "", name)
    if (name == "")
        next
    if (review != "") {
        if (!(name in reviewed)) { out_of("not in the reviewed list"); next }
        found[name] = 1
        label = reviewed[name]
        if (written[name] != "")
            name = written[name]
    }
    if (label == "")
        label = type
    plain = name
    gsub(/[^A-Za-z0-9]/, "", plain)
    # 'C++', 'C#' and 'F*' are short, but nothing else is spelt so
    if (length(name) < min && name !~ /^[A-Za-z][+#*]+$/) { out_of("too short"); next }
    if (max && split(name, word, " ") > max) { out_of("too many words"); next }
    if (digits && plain !~ /[A-Za-z]/) { out_of("digits only"); next }
    if (capital && name !~ /[A-Z]/) { out_of("no capital"); next }
    if (drop != "" && name ~ drop) { out_of("pattern"); next }
    if (stop && tolower(name) in common) { out_of("common word"); next }
    if (("=" name in ambiguous || tolower(name) in ambiguous) && \
        !("=" name in plainly || tolower(name) in plainly)) {
        out_of("core has it with a context")
        next
    }
    if (("=" name in plainly || tolower(name) in plainly) && \
        !(("=" name, label) in plainly || (tolower(name), label) in plainly)) {
        out_of("core gives it another label")
        next
    }
    if (how == "")
        how = (name ~ /[A-Z]/ && name !~ /[a-z]/) ? "exact" : "smart"
    if (kind == "")
        kind = (name ~ /^[A-Z]+$/ && length(name) <= 6) ? "acronym" : "name"
    key = name OFS label
    row = name OFS label OFS id OFS "case=" how ",kind=" kind ",priority=-1"
    # one row a name and label: the first in the order of the ids
    if (!(key in best) || row < best[key])
        best[key] = row
}
END {
    for (key in best)
        print best[key]
    for (name in reviewed)
        if (!(name in found))
            print "missing\t" name > dropped
}
