#!/bin/sh
# F1 of a scored lexicon and of one by purity: trained on WikiSER's training
# set, scored on its validation set. scored.sh DATA
set -u
data=${1:?the folder of the shared data}/wikiser
gaz=${BUILD:-build/release}/gaz
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

check() { # mode least
    "$gaz" compile --select "$1" -o "$work/$1.gaz" "$data/train.conll" &&
        "$gaz" eval --bootstrap 0 --min-f1 "$2" --columns 1,2 \
            -l "$work/$1.gaz" "$data/valid.conll" >"$work/$1.txt"
    status=$?
    printf '%s: %s\n' "$1" "$(grep '^micro' "$work/$1.txt")"
    if [ "$status" -ne 0 ]; then
        echo "FAILED: $1 is below $2"
        failed=1
    fi
}

check scored .635
check purity .625
"$gaz" compile --select scored -o "$work/again.gaz" "$data/train.conll"
cmp "$work/scored.gaz" "$work/again.gaz" || failed=1
exit "$failed"
