#!/bin/sh
# Several threads write what one writes: run.sh GAZ. make tsan runs this with
# the thread sanitizer in the program.
. "$(dirname "$0")/../tools/begin.sh"
cd "$dir" || exit 1
mkdir lists
. "$here/../faults/inputs.sh"
status=0
"$gaz" compile -o small.gaz names.tsv models.rules || exit 1
"$gaz" compile -o scored.gaz --select scored train.conll || exit 1
cat long.txt long.txt long.txt >longer.txt
same() {
    "$gaz" tag "$@" -T 1 >one 2>one.err
    want=$?
    "$gaz" tag "$@" -T 4 >four 2>four.err
    code=$?
    if [ $want -ne 0 ] || [ $code -ne 0 ] || ! cmp -s one four; then
        echo "FAILED: tag $*: -T 4 is not -T 1 ($code, $want)"
        head -n 30 four.err
        status=1
    fi
}
for to in jsonl tsv ansi spacy; do
    same -l small.gaz -t $to longer.txt text.txt long.txt
done
same -l small.gaz -f lines -t jsonl longer.txt
same -l scored.gaz -t tsv longer.txt
same -l small.gaz -l +more.tsv -t tsv longer.txt
same -l small.gaz -f conll -t conll train.conll
exit $status
