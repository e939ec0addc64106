#!/bin/sh
# The default lexicon on texts: run.sh GAZ. Prints the scores and the counts,
# and fails when a trap is taken for a mention or a score falls below its
# threshold (a little under what was reached when it was set).
set -u
gaz=$1
here=$(dirname "$0")
data=$here/../data
lists=$here/../../lexicons
main='Operating_System|Device|Architecture|Application'
all="$main|Language|Library|Protocol"
bad=0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

"$gaz" compile -o "$work/lex.gaz" --report "$work/report" \
    "$lists/core" "$lists/imported" || exit 1

# Everyday sentences, and an article: no mention at all.
for traps in "$data"/traps*.txt; do
    format=lines
    [ "${traps##*/}" = traps-article.txt ] && format=text
    if ! "$gaz" tag -l "$work/lex.gaz" -f $format -t tsv "$traps" \
        >"$work/found"; then
        bad=1
    fi
    printf '%-22s %s lines, %s mentions\n' "$(basename "$traps")" \
        "$(grep -c . "$traps")" "$(grep -c . "$work/found")"
    if [ -s "$work/found" ]; then
        sed 's/^/    /' "$work/found"
        bad=1
    fi
done

# The gold and the found tag of each token: FILE. Where it tells its articles
# (-DOCSTART-) these are tagged as the texts that they are, else each sentence.
tag() {
    if ! grep -q '^-DOCSTART-' "$1"; then
        "$gaz" tag -l "$work/lex.gaz" -f conll -t conll --keep-columns "$1"
        return
    fi
    "$gaz" convert -f conll -t jsonl "$1" >"$work/gold.jsonl" &&
        "$gaz" convert -f jsonl -t conll "$work/gold.jsonl" >"$work/gold" &&
        "$gaz" tag -l "$work/lex.gaz" -f jsonl -t jsonl "$work/gold.jsonl" \
            >"$work/found.jsonl" &&
        "$gaz" convert -f jsonl -t conll "$work/found.jsonl" | cut -f 2 |
        paste "$work/gold" -
}

# Strict F1 of the mentions with one of the labels: FILE LABELS THRESHOLD
score() {
    if ! tag "$1" >"$work/tagged"; then
        bad=1
        return
    fi
    awk -F '\t' -v labels="^[BI]-($2)\$" -v least="$3" \
        -v name="$(basename "$1" .conll)" -v what="$4" -f "$here/f1.awk" \
        "$work/tagged" || bad=1
}
while read -r file least_main least_all; do
    score "$file" "$main" "$least_main" 'four main types'
    score "$file" "$all" "$least_all" 'seven types'
done <<LIST
$data/prose-gold.conll 0.940 0.950
$data/prose2-gold.conll 0.955 0.950
$data/prose3-gold.conll 0.965 0.965
$data/prose4-gold.conll 0.955 0.955
$data/prose5-gold.conll 0.955 0.955
$data/prose6-gold.conll 0.955 0.955
$data/prose7-gold.conll 0.975 0.975
$data/prose8-gold.conll 0.960 0.960
$data/prose9-gold.conll 0.950 0.950
$data/prose10-gold.conll 0.960 0.960
$data/prose11-gold.conll 0.970 0.965
$data/prose12-gold.conll 0.975 0.955
$data/prose13-gold.conll 0.975 0.975
$data/prose14-gold.conll 0.970 0.970
$data/prose15-gold.conll 0.960 0.940
$data/prose16-gold.conll 0.975 0.960
$data/prose17-gold.conll 0.970 0.970
$data/prose18-gold.conll 0.955 0.955
$data/prose19-gold.conll 0.915 0.905
$data/prose20-gold.conll 0.955 0.950
$data/prose21-gold.conll 0.950 0.955
$lists/sample/article-gold.conll 0.980 0.975
$lists/sample/sentences.conll 0.980 0.980
LIST

# How many names, by label and by list.
awk -F '\t' -v counts=label -f "$here/counts.awk" "$work/report"
awk -F '\t' -v counts=source -f "$here/counts.awk" "$work/report"
exit $bad
