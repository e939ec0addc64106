# The dictd text of FOLDOC: a headword at the margin, its body indented, with
# subject tags on the first line of a sense:
#   Ada
#      <language> (After {Ada Lovelace}) ...
# -> headword, foldoc:headword, kind, case, label by the first tag
BEGIN {
    label["language"] = "Language"
    label["operating system"] = "Operating_System"
    label["processor"] = "Architecture"
    label["computer"] = "Device"
    label["protocol"] = label["networking, protocol"] = "Protocol"
    label["communications, protocol"] = label["protocol, standard"] = "Protocol"
    label["algorithm"] = "Algorithm"
    label["database"] = label["tool"] = "Application"
    label["library"] = "Library"
}
/^[^ \t]/ { head = $0; next }
head != "" && match($0, /^   (1\. )?<[a-z ,]+>/) {
    tag = substr($0, RSTART, RLENGTH)
    gsub(/^[^<]*<|>$/, "", tag)
    # names, not terms: a capital somewhere and more than a capital
    if ((tag in label) && head ~ /[A-Z]/ && head !~ /[(),:;]/)
        print head "\tfoldoc:" head "\t\t\t" label[tag]
    head = ""
}
