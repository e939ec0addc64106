#!/bin/sh
# How fast `gaz eval` scores 10 million tokens, and how much faster than a
# plain Perl scorer: run.sh GAZ DATA. Both must print the same.
set -eu
gaz=${1:-build/release/gaz}
data=${2:-../shared/data}/scorers/wikiser.conll
here=$(dirname "$0")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
rounds=3

if [ ! -e "$data" ]; then
    echo "bench/eval: skipped, there is no $data"
    exit 0
fi
# About 10 million tokens: copies of one real tagging.
copies=$((10000000 / $(grep -c . "$data") + 1))
i=0
while [ "$i" -lt "$copies" ]; do
    cat "$data"
    i=$((i + 1))
done >"$tmp/big"
cat "$tmp/big" >/dev/null # read once, so that all find it cached

# median SECONDS-FILE
median() {
    sort -n "$1" | sed -n "$(((rounds + 1) / 2))p"
}

# seconds NAME COMMAND...: the median user and system time
seconds() {
    name=$1
    shift
    i=0
    : >"$tmp/times"
    while [ "$i" -lt "$rounds" ]; do
        # shellcheck disable=SC2086
        ( TIMEFORMAT='%U %S'; export TIMEFORMAT
          bash -c "time $* <'$tmp/big' >'$tmp/$name.out'" ) 2>&1 |
            tail -n 1 | awk '{ print $1 + $2 }' >>"$tmp/times"
        i=$((i + 1))
    done
    median "$tmp/times"
}

tokens=$(grep -c . "$tmp/big")
echo "$tokens tokens, $(wc -c <"$tmp/big") bytes; CPU seconds, median of $rounds"
ours=$(seconds gaz "$gaz" eval -s conlleval -)
all=$(seconds people "$gaz" eval -)
echo "gaz eval -s conlleval       $ours"
echo "gaz eval (with bootstrap)   $all"
if command -v perl >/dev/null; then
    theirs=$(seconds perl perl "$here/chunks.pl")
    cmp "$tmp/gaz.out" "$tmp/perl.out" || {
        echo "bench/eval: the two do not agree"
        exit 1
    }
    echo "plain Perl (chunks.pl)      $theirs"
    awk -v a="$theirs" -v b="$ours" \
        'BEGIN { printf "gaz is %.0f times as fast as our Perl, which is not conlleval.pl\n", a / b }'
else
    echo "plain Perl: skipped, there is no perl"
fi
