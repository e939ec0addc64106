# Of a report of 'gaz compile': the names kept, by label or by list
# (-v counts=label|source), most first.
NR == 1 || $2 != "kept" { next }
{
    key = $(counts == "label" ? 8 : 9)
    if (counts == "label") {
        sub(/:.*/, "", key)
    } else {
        sub(/:[0-9]+.*/, "", key)
        sub(/.*\//, "", key)
        if ($9 ~ /imported\//)
            key = "imported/" key
        else
            key = "core/" key
    }
    n[key]++
    all++
}
END {
    printf "%d names:", all
    while (1) {
        best = ""
        for (key in n)
            if (best == "" || n[key] > n[best] || (n[key] == n[best] && key < best))
                best = key
        if (best == "")
            break
        printf " %s %d", best, n[best]
        delete n[best]
    }
    print ""
}
