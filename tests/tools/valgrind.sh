#!/bin/sh
# Unit tests and the verbs of the program under valgrind, for what sanitizers
# do not see: values that nobody set. valgrind.sh GAZ UNIT-PROGRAM...
set -eu
gaz=$(realpath "$1")
shift
here=$(cd "$(dirname "$0")" && pwd)
check() {
    valgrind -q --suppressions="$here/valgrind.supp" --error-exitcode=9 \
        --leak-check=full "$@" >"$dir/out" 2>"$dir/err" || {
        code=$?
        echo "FAILED (exit code $code): $*"
        tail -n 40 "$dir/out" "$dir/err"
        exit 1
    }
}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for t in "$@"; do
    check "$t"
done
cd "$dir"
mkdir lists
. "$here/../faults/inputs.sh"
gzip -k text.txt
check "$gaz" compile -o small.gaz names.tsv models.rules
check "$gaz" compile -o corpus.gaz --report why.tsv train.conll
check "$gaz" compile -o scored.gaz --select scored train.conll names.tsv
check "$gaz" tag -t html text.txt page.md page.html
check "$gaz" tag -l small.gaz -l +more.tsv -T 2 -t tsv text.txt.gz text.txt
check "$gaz" tag -l scored.gaz -t jsonl text.txt
cp "$dir/out" tagged.jsonl
check "$gaz" tag -l small.gaz -f jsonl -t jsonl --errors inline tagged.jsonl
check "$gaz" tag -l small.gaz -f conll -t conll test.conll
check "$gaz" convert -t brat -o brat tagged.jsonl
check "$gaz" convert -t xml brat
check "$gaz" eval -l corpus.gaz --train train.conll --html e.html test.conll
check "$gaz" eval --compare corpus.gaz test.conll test.conll
check "$gaz" diff -q small.gaz small.gaz text.txt
check "$gaz" lint -q names.tsv
check "$gaz" explain -l small.gaz text.txt
check "$gaz" info --json scored.gaz
check "$gaz" dump corpus.gaz
echo 'valgrind: nothing'
