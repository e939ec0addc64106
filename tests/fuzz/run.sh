#!/bin/sh
# Replay every corpus through its fuzz target: run.sh BUILD/gaz
set -u
programs=$(dirname "$1")/fuzz
here=$(dirname "$0")
log=$(mktemp)
seeds=$(mktemp -d)
trap 'rm -rf "$log" "$seeds"' EXIT
status=0
sh "$here/seeds.sh" "$1" "$seeds" || status=1
GAZ_FUZZ_LEXICON=$(dirname "$1")/default.gaz
export GAZ_FUZZ_LEXICON
for target in image list conll tag names rules lint eval scored shipped markdown html \
    record json convert; do
    more=
    [ $target = image ] && more=$(ls "$seeds"/* "$here"/../golden/v*/*.gaz)
    # shellcheck disable=SC2086
    "$programs/replay_$target" "$here/corpus/$target"/* $more 2>"$log" || {
        tail -n 3 "$log"
        status=1
    }
done
exit $status
