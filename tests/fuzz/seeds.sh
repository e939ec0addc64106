#!/bin/sh
# Lexicons of the format that this gaz writes, for the target of images:
# seeds.sh GAZ FOLDER. Kept ones would be refused for their version one day, and
# nothing behind that would be tried any more.
set -eu
gaz=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
here=$(cd "$(dirname "$0")" && pwd)
out=$(cd "$2" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mkdir lists
. "$here/../faults/inputs.sh"
printf 'Linux\tOS\tq\nC++\tLanguage\t\tneed=is\nAT&T Unix\tOS\t\tpriority=2\n' >few.tsv
"$gaz" compile -q -o "$out/seed-few" few.tsv
"$gaz" compile -q -o "$out/seed-lists" names.tsv more.tsv models.rules
"$gaz" compile -q -o "$out/seed-all" train.conll names.tsv models.rules
"$gaz" compile -q -o "$out/seed-scored" --select scored train.conll names.tsv
for seed in few lists all scored; do
    "$gaz" info "$out/seed-$seed" >/dev/null
    # A number in the middle that is another now; the target mends the sum.
    size=$(wc -c <"$out/seed-$seed")
    for part in 3 5 7; do
        cp "$out/seed-$seed" "$out/hurt-$seed-$part"
        printf '\377\377\377\177' | dd of="$out/hurt-$seed-$part" bs=4 \
            seek=$((size / 32 * part)) conv=notrunc 2>/dev/null
    done
done
