#!/bin/sh
# F1 of a scored lexicon, with gaz's own names for hints and without, and of
# one by purity: trained on WikiSER's training set, scored on its validation
# set. scored.sh DATA
set -u
data=${1:?the folder of the shared data}/wikiser
gaz=${BUILD:-build/release}/gaz
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

check() { # name least option...
    name=$1
    least=$2
    shift 2
    "$gaz" compile "$@" -o "$work/$name.gaz" "$data/train.conll" &&
        "$gaz" eval --bootstrap 0 --min-f1 "$least" --columns 1,2 \
            -l "$work/$name.gaz" "$data/valid.conll" >"$work/$name.txt"
    status=$?
    printf '%s: %s\n' "$name" "$(grep '^micro' "$work/$name.txt")"
    if [ "$status" -ne 0 ]; then
        echo "FAILED: $name is below $least"
        failed=1
    fi
}

check scored .645 --select scored
check unprompted .640 --select scored --prior none
check purity .625 --select purity
"$gaz" compile --select scored -o "$work/again.gaz" "$data/train.conll"
cmp "$work/scored.gaz" "$work/again.gaz" || failed=1
exit "$failed"
