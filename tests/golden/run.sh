#!/bin/sh
# Images of each format version: the present one says and finds what it did on
# the day that it was kept, the others are refused by name: run.sh GAZ
set -u
unset GAZ_LEXICON
gaz=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$(dirname "$0")" || exit 1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
printf 'Linux\tOS\n' >"$dir/x.tsv"
"$gaz" compile -o "$dir/x.gaz" "$dir/x.tsv" || exit 1
now=$("$gaz" info "$dir/x.gaz" | sed -n 's/^format: //p')
status=0
fail() {
    echo "FAILED: $1"
    status=1
}
[ -d "v$now" ] ||
    fail "no image of format version $now: run tests/golden/make.sh GAZ"
for folder in v*; do
    cd "$folder" || exit 1
    for image in *.gaz; do
        name=${image%.gaz}
        if [ "$folder" = "v$now" ]; then
            "$gaz" dump "$image" | cmp - "$name.dump" ||
                fail "$folder/$image: another dump"
            "$gaz" tag -l "$image" -t tsv ../text.txt | cmp - "$name.tags" ||
                fail "$folder/$image: other tags"
        else
            "$gaz" tag -l "$image" ../text.txt >"$dir/out" 2>"$dir/err"
            [ $? -eq 2 ] && grep -q "lexicon format version ${folder#v}; this" \
                "$dir/err" || fail "$folder/$image: not refused by its version"
        fi
    done
    cd ..
done
exit $status
