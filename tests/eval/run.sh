#!/bin/sh
# gaz eval on small files whose figures were worked out by hand:
# run.sh GAZ
set -u
gaz=$1
here=$(dirname "$0")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0

fail() {
    echo "failed: $*"
    failed=1
}

# same EXPECTED-FILE EXIT OPTION...: standard output and exit code
same() {
    want=$1
    code=$2
    shift 2
    "$gaz" eval "$@" >"$tmp/out" 2>"$tmp/err"
    got=$?
    [ "$got" -eq "$code" ] || fail "gaz eval $*: exit $got, not $code: $(cat "$tmp/err")"
    diff "$want" "$tmp/out" || fail "gaz eval $*: other output"
}

# says TEXT EXIT OPTION...: a message with these words, and no output
says() {
    text=$1
    code=$2
    shift 2
    "$gaz" eval "$@" >"$tmp/out" 2>"$tmp/err"
    got=$?
    [ "$got" -eq "$code" ] || fail "gaz eval $*: exit $got, not $code"
    grep -qF -- "$text" "$tmp/err" || fail "gaz eval $*: says $(cat "$tmp/err")"
}

# has TEXT FILE
has() {
    grep -qF -- "$1" "$2" || fail "no '$1' in $(cat "$2")"
}

# ---- the reports, to the byte
for name in iob iobes bilou; do
    file=$here/$name.conll
    for want in "$here/$name".*; do
        case ${want##*.} in
        conlleval) same "$want" 0 -s conlleval "$file" ;;
        latex) same "$want" 0 -s conlleval --latex "$file" ;;
        seqeval) same "$want" 0 -s seqeval "$file" ;;
        strict) same "$want" 0 -s seqeval-strict "$file" ;;
        nervaluate) same "$want" 0 -s nervaluate "$file" ;;
        people) same "$want" 0 "$file" ;;
        esac
    done
done
same "$here/iobes.strict" 0 -s seqeval-strict --tag-scheme iobes "$here/iobes.conll"

# ---- the same from two files, from other columns, CRLF, blanks, <s> blocks
cut -f1,2 "$here/iob.conll" >"$tmp/gold"
cut -f1,3 "$here/iob.conll" >"$tmp/pred"
same "$here/iob.conlleval" 0 -s conlleval "$tmp/gold" "$tmp/pred"
awk -F'\t' 'NF { print "-\t" $2 "\t" $1 "\t" $3; next } { print }' \
    "$here/iob.conll" >"$tmp/columns"
same "$here/iob.conlleval" 0 -s conlleval --columns 3,2,4 "$tmp/columns"
awk '{ printf "%s\r\n", $0 }' "$here/iob.conll" >"$tmp/crlf"
same "$here/iob.conlleval" 0 -s conlleval "$tmp/crlf"
tr '\t' ' ' <"$here/iob.conll" >"$tmp/blanks"
same "$here/iob.conlleval" 0 -s conlleval "$tmp/blanks"
awk 'BEGIN { print "<s>" } NF { print; next } { print "</s>\n<s>" } END { print "</s>" }' \
    "$here/iob.conll" >"$tmp/s"
same "$here/iob.conlleval" 0 -s conlleval "$tmp/s"
"$gaz" eval -s conlleval - <"$here/iob.conll" | diff "$here/iob.conlleval" - ||
    fail "standard input"

# ---- quirks of the Perl scorer
printf 'a\tB\tB\nb\tI\tI\n' >"$tmp/untyped"
cat >"$tmp/want" <<'WANT'
processed 2 tokens with 1 phrases; found: 1 phrases; correct: 1.
accuracy: 100.00%; precision: 100.00%; recall: 100.00%; FB1: 100.00
                 : precision: 100.00%; recall: 100.00%; FB1: 100.00  1
                 : precision: 100.00%; recall: 100.00%; FB1: 100.00  1
WANT
same "$tmp/want" 0 -s conlleval "$tmp/untyped"
echo 'processed 0 tokens with 0 phrases; found: 0 phrases; correct: 0.' >"$tmp/want"
same "$tmp/want" 0 -s conlleval /dev/null
printf -- '-DOCSTART-\tO\tO\n\na\tB-X\tB-X\n-X-\tO\tO\nb\tI-X\tI-X\n' >"$tmp/breaks"
cat >"$tmp/want" <<'WANT'
processed 3 tokens with 2 phrases; found: 2 phrases; correct: 2.
accuracy: 100.00%; precision: 100.00%; recall: 100.00%; FB1: 100.00
                X: precision: 100.00%; recall: 100.00%; FB1: 100.00  2
WANT
same "$tmp/want" 0 -s conlleval "$tmp/breaks"
printf 'a\tX\tX\nb\tX\tO\nc\tO\tO\n' >"$tmp/raw"
cat >"$tmp/want" <<'WANT'
processed 3 tokens with 2 phrases; found: 1 phrases; correct: 1.
accuracy:  66.67%; precision: 100.00%; recall:  50.00%; FB1:  66.67
                X: precision: 100.00%; recall:  50.00%; FB1:  66.67  1
WANT
same "$tmp/want" 0 -s conlleval -r "$tmp/raw"

# ---- errors, page, card, JSON
"$gaz" eval --errors "$tmp/e.tsv" --html "$tmp/e.html" --card "$tmp/c.md" \
    --card "$tmp/c.tex" --train "$tmp/gold" "$here/iob.conll" >"$tmp/out" ||
    fail "errors, page and card"
diff "$here/iob.errors.tsv" "$tmp/e.tsv" || fail "list of errors"
has 'memorisation ceiling: F1 100.00 (7 of 7' "$tmp/out"
has 'leakage: 3 of 3 sentences (100.00%)' "$tmp/out"
has 'data-kind=type data-gold="Arch" data-found="Device"' "$tmp/e.html"
has '| gaz, micro | 33.33 | 28.57 | 30.77 | 0.00 to 50.00 |' "$tmp/c.md"
has 'nervaluate partial & 75.00 & 64.29 & 69.23' "$tmp/c.tex"
grep -qE 'src=|href=|url\(|https?:' "$tmp/e.html" && fail "the page loads something"
"$gaz" eval -j "$here/iob.conll" >"$tmp/out" || fail "JSON"
has '"schema": 1' "$tmp/out"
has '"tag_scheme": "IOB2"' "$tmp/out"
has '"overall_f1": 0.307692307692307' "$tmp/out"

# ---- too many types for a matrix
awk 'BEGIN { for (i = 10; i < 40; i++) print "t\tB-T" i "\tB-T" (i == 12 ? 15 : i) }' >"$tmp/types"
"$gaz" eval --bootstrap 0 "$tmp/types" >"$tmp/out" || fail "many types"
has '     1  T12 found as T15' "$tmp/out"

# ---- two taggers
"$gaz" eval --compare "$tmp/pred" "$tmp/gold" "$tmp/gold" --errors "$tmp/only.tsv" \
    >"$tmp/out" || fail "--compare"
grep -qE '^all +2 +0 +5 +0$' "$tmp/out" || fail "fates of --compare"
[ "$(wc -l <"$tmp/only.tsv")" -eq 6 ] || fail "the list of --compare"
"$gaz" eval --compare "$tmp/gold" "$tmp/gold" "$tmp/gold" >"$tmp/out"
has 'F1 of the second: +0.00, 95% interval [+0.00, +0.00], p = 1.0000' "$tmp/out"

# ---- a lexicon made of the gold tags finds what is in it
"$gaz" compile -o "$tmp/l.gaz" --select all --kind corpus "$tmp/gold" || fail "compile"
"$gaz" eval -l "$tmp/l.gaz" -s conlleval "$tmp/gold" >"$tmp/out" || fail "-l"
has 'correct: 7.' "$tmp/out"
"$gaz" eval --cv 3 --select all "$tmp/gold" >"$tmp/out" || fail "--cv"
has '3-fold cross-validation by sentence, seed 1, 3 sentences' "$tmp/out"
# Names that come in one sentence are not found, others are: JSON says the same
# as the report.
awk 'BEGIN {
    for (i = 0; i < 60; i++)
        printf "the\tO\n%s\tB-OS\nruns\tO\n\n", i % 3 ? "Linux" : "Own" i
}' >"$tmp/cv"
"$gaz" eval --cv 4 "$tmp/cv" | awk '$1 == "mean" || $1 == "sd" {
    print $1, $2, $3, $4 }' >"$tmp/want"
"$gaz" eval --cv 4 --json "$tmp/cv" >"$tmp/out" || fail "--cv --json"
awk -F '[:,]' '/"(mean|sd)"/ { gsub(/[ "]/, "", $1); what = $1 }
    /"(precision|recall|f1)"/ && what != "" {
        line = line sprintf(" %.2f", 100 * $2)
        if (/f1/) { print what line; line = what = "" } }' "$tmp/out" |
    diff "$tmp/want" - || fail "--cv: report and JSON"
[ "$(grep -c '"f1"' "$tmp/out")" -eq 6 ] || fail "--cv --json: folds"
grep -q '100.00 *100.00 *100.00' "$tmp/want" && fail "--cv: nothing is missed"
# One sentence says nothing of what another would give.
printf 'Linux\tB-OS\tO\n' >"$tmp/one"
printf 'Linux\tB-OS\n' >"$tmp/one.gold"
printf 'Linux\tO\n' >"$tmp/one.other"
for words in "$tmp/one" "--json $tmp/one" \
    "--compare $tmp/one.gold $tmp/one.other $tmp/one.gold" \
    "--json --compare $tmp/one.gold $tmp/one.other $tmp/one.gold"; do
    # shellcheck disable=SC2086
    "$gaz" eval $words >"$tmp/out" || fail "one sentence: $words"
    grep -qE '95%|interval"|bootstrap|"p"' "$tmp/out" && fail "an interval: $(cat "$tmp/out")"
done
{ cat "$tmp/one"; echo; cat "$tmp/one"; } >"$tmp/two"
"$gaz" eval --compare "$tmp/one.gold" "$tmp/one.other" "$tmp/one.gold" |
    grep -q '+100.00 (of so few sentences no interval can be told)' || fail 'one sentence compared'
"$gaz" eval "$tmp/two" | grep -q '95%' || fail 'two sentences'
# Layers, as gaz tag has them; the card has them all.
printf 'Nothing\tX\n' >"$tmp/a.tsv"
"$gaz" eval -l "$tmp/a.tsv" -l "+$tmp/l.gaz" --card "$tmp/l.md" "$tmp/gold" >"$tmp/out" ||
    fail 'layers'
"$gaz" eval -l "$tmp/l.gaz" "$tmp/gold" | cmp -s - "$tmp/out" || fail 'layers: other scores'
has '| Lexicon | a.tsv, 10 bytes' "$tmp/l.md"
has '| Lexicon | l.gaz, ' "$tmp/l.md"
"$gaz" eval -l "+$tmp/a.tsv" --card "$tmp/l.md" "$tmp/gold" >"$tmp/out" || fail 'a layer on top'
has '| Lexicon | the one inside gaz' "$tmp/l.md"
says 'standard input can be read once' 2 -l - -l - "$tmp/gold"
says '--json prints all schemes' 2 --json -s conlleval "$tmp/gold"
: >"$tmp/empty"
says 'empty: no token; these are scores of nothing' 0 "$tmp/empty"
# The card of a lexicon tells what it was made of.
"$gaz" eval -l "$tmp/l.gaz" --card "$tmp/l.md" "$tmp/gold" >"$tmp/out" || fail "--card of -l"
has "| Compiled from | gold, $(wc -c <"$tmp/gold" | tr -d ' ') bytes, SHA-256 $(sha256sum "$tmp/gold" | cut -d ' ' -f 1) |" "$tmp/l.md"
has "| Lexicon | l.gaz, $(wc -c <"$tmp/l.gaz" | tr -d ' ') bytes, SHA-256 $(sha256sum "$tmp/l.gaz" | cut -d ' ' -f 1) |" "$tmp/l.md"
has '| Compile options | corpus-case=' "$tmp/l.md"
has 'tokens/s on one core' "$tmp/l.md"
# Without --train what was seen is what the lexicon knows.
"$gaz" eval -l "$tmp/l.gaz" "$tmp/gold" >"$tmp/out" || fail "people, of -l"
has 'memorisation ceiling: F1 100.00 (7 of 7' "$tmp/out"
says '4 folds of 3 sentences' 2 --cv 4 "$tmp/gold"
says '-DOCSTART-' 2 --cv 3 --by document "$tmp/gold"

# ---- exit codes and messages
"$gaz" eval --min-f1 0.30 "$here/iob.conll" >"$tmp/out" || fail "--min-f1 reached"
says 'F1 0.3077 is below --min-f1 0.3100' 1 --min-f1 0.31 "$here/iob.conll"
says 'F1 0.3077 is below --min-f1 0.3100' 1 --min-f1 31 -s conlleval "$here/iob.conll"
says "tag 'S-X' is none of IOB2" 2 -s seqeval-strict --tag-scheme iob2 "$here/iobes.conll"
printf 'a\tS-X\tU-X\n' >"$tmp/mixed"
printf 'a\tX\tO\n' >"$tmp/bare"
says '-r asks for bare types' 2 "$tmp/bare"
# What a message quotes is not what it is about.
printf 'a\tX-are wanted\tO\n' >"$tmp/quoted"
says 'has an unknown prefix' 2 "$tmp/quoted"
[ "$(wc -l <"$tmp/err")" -eq 1 ] || fail "a note on columns: $(cat "$tmp/err")"
says 'are mixed' 2 -s seqeval-strict "$tmp/mixed"
printf 'a\tB-X\tB-\n' >"$tmp/bad"
says "bad:1:7: tag 'B-' has no type" 2 "$tmp/bad"
printf 'a O\nb Q-X\n' >"$tmp/bad"
printf 'a  O\nb   O\n' >"$tmp/good"
says "bad:2:3: tag 'Q-X' has an unknown prefix" 2 "$tmp/bad" "$tmp/good"
says "bad:2:3: tag 'Q-X' has an unknown prefix" 2 "$tmp/good" "$tmp/bad"
awk -v bad="$tmp/bad" 'BEGIN { for (i = 0; i < 9; i++) print "Mac B-OS\n"
    print "b Q-X\n" >bad; for (i = 0; i < 9; i++) print "Mac B-OS\n" }' >"$tmp/good"
cat "$tmp/good" "$tmp/bad" "$tmp/good" >"$tmp/folds"
says "folds:37:3: tag 'Q-X' has an unknown prefix" 2 --cv 2 "$tmp/folds"
sed 's/Q-X/B/' "$tmp/folds" >"$tmp/untyped"
says "untyped:37:3: the tag 'B' has no type" 2 --cv 2 "$tmp/untyped"
printf 'a O\nb Q-X\n' >"$tmp/bad"
printf 'a  O\nb   O\n' >"$tmp/good"
says "bad:2:3: tag 'Q-X' has an unknown prefix" 2 --train "$tmp/bad" "$tmp/good" "$tmp/good"
printf 'a\tB-X\n' >"$tmp/bad"
says 'bad:1:6: 2 columns where 3 are wanted' 2 "$tmp/bad"
says 'a line of one file alone has token, gold and prediction' 2 "$tmp/bad"
printf 'a\tB-X\n' >"$tmp/kept"
says 'would replace' 2 --errors "$tmp/kept" "$tmp/gold" "$tmp/kept"
[ "$(cat "$tmp/kept")" = "$(printf 'a\tB-X')" ] || fail 'an input was replaced'
"$gaz" eval -s conlleval <"$here/iob.conll" >"$tmp/out" || fail "standard input"
"$gaz" eval -s conlleval "$here/iob.conll" | cmp - "$tmp/out" ||
    fail 'standard input scores as the file'
sed 's/^on/off/' "$tmp/pred" >"$tmp/bad"
says "gold:5:1: token 'on' here, but 'off' in line 5 of the predictions" 2 "$tmp/gold" "$tmp/bad"
head -n 6 "$tmp/pred" >"$tmp/bad"
says 'gold:8:1: the predictions end before this sentence' 2 "$tmp/gold" "$tmp/bad"
sed 7d "$tmp/pred" >"$tmp/joined"
says 'gold:6:1: the sentence has 6 tokens, but 10 in' 2 "$tmp/gold" "$tmp/joined"
says 'the predictions go on here' 2 "$tmp/bad" "$tmp/pred"
says 'the predictions end before this sentence, number 2 of the gold file' 2 \
    "$tmp/gold" "$tmp/bad"
says 'cannot open' 3 "$tmp/none"
says '--latex is for -s conlleval; -s gaz has no use for it' 2 --latex "$here/iob.conll"
says '--digits is for -s seqeval, -s seqeval-strict; -s conlleval' 2 \
    -s conlleval --digits 3 "$here/iob.conll"
says '--tag-scheme is for -s seqeval-strict; -s nervaluate' 2 \
    -s nervaluate --tag-scheme iob2 "$here/iob.conll"
"$gaz" eval -j --tag-scheme iob2 "$here/iob.conll" >/dev/null ||
    fail '--tag-scheme with JSON'
says 'standard input can be read once, and is named 2 times' 2 - - <"$tmp/gold"
printf '\377\376a\000' >"$tmp/wide"
says 'the text is UTF-16' 2 "$tmp/wide"
"$gaz" eval "$tmp/wide" 2>&1 | grep -q 'a line of one file' &&
    fail 'a hint at columns where the encoding is wrong'
"$gaz" eval -s conlleval --errors - "$here/iob.conll" >"$tmp/out" || fail '--errors -'
cat "$here/iob.conlleval" "$here/iob.errors.tsv" | cmp - "$tmp/out" ||
    fail 'the list on standard output'
says '--html is of no use here' 2 --compare --html x a b c
says '--by is of no use here, only with --cv' 2 --by document "$tmp/gold"
says '--compare and --cv do not go together' 2 --compare --cv 2 a b c
says '--cv takes one corpus' 2 --cv 2 a b
says '-l takes one file: GOLD' 2 -l "$tmp/l.gaz" a b
says '--seed takes a whole number' 2 --seed x "$tmp/gold"
says '--compare takes three files' 2 --compare a b
says '--columns takes three numbers for one file' 2 --columns 1,2 "$here/iob.conll"
says 'column number' 2 --columns 1,x,2 "$here/iob.conll"

[ "$failed" -eq 0 ]
