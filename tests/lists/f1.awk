# Strict F1 of IOB2 spans: lines of token ... gold TAB predicted, sentences ended
# by lines of fewer columns. -v labels=REGEX of the tags that count,
# -v least=THRESHOLD (exit 1 below it), -v name=, -v what= for the line printed.
function close_span(side) {
    if (start[side] != "") {
        span[side, start[side] "-" NR "-" label[side]] = 1
        count[side]++
    }
    start[side] = ""
}
function step(side, tag) {
    if (tag !~ labels)
        tag = "O"
    if (tag ~ /^I-/ && start[side] != "" && substr(tag, 3) == label[side])
        return
    close_span(side)
    if (tag != "O") {
        start[side] = NR
        label[side] = substr(tag, 3)
    }
}
NF < 3 { step("gold", "O"); step("found", "O"); next }
{ step("gold", $(NF - 1)); step("found", $NF) }
END {
    NR++
    close_span("gold")
    close_span("found")
    for (key in span) {
        split(key, part, SUBSEP)
        if (part[1] == "found" && ("gold", part[2]) in span)
            right++
    }
    p = count["found"] ? right / count["found"] : 0
    r = count["gold"] ? right / count["gold"] : 0
    f = p + r ? 2 * p * r / (p + r) : 0
    printf "%-22s %-16s P %.3f R %.3f F1 %.3f (at least %.3f)%s\n", name, what, \
        p, r, f, least, f < least ? "  TOO LOW" : ""
    exit f < least
}
