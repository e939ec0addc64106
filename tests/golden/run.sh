#!/bin/sh
# Images of each format version: those of the present one say and find what
# they did on the day that they were kept, the others are refused by their
# version, for which those of lists will do: run.sh GAZ
. "$(dirname "$0")/../tools/begin.sh"
cd "$here" || exit 1
status=0
fail() {
    echo "FAILED: $1"
    status=1
}
# What is kept here is no user's lexicon, which the repository ignores.
if git rev-parse --git-dir >/dev/null 2>&1 &&
    [ -n "$(git check-ignore --no-index ./*/*.gaz)" ]; then
    fail 'git ignores an image'
fi
for name in all scored; do
    present=0
    for image in */$name.gaz; do
        folder=${image%/*}
        cd "$folder" || exit 1
        "$gaz" dump $name.gaz >"$dir/dump" 2>"$dir/err"
        code=$?
        if [ $code -eq 2 ] && grep -q "version .* reads" "$dir/err"; then
            "$gaz" tag -l $name.gaz ../text.txt >"$dir/out" 2>"$dir/err"
            [ $? -eq 2 ] && [ ! -s "$dir/out" ] ||
                fail "$image: not refused by its version"
        else
            present=$((present + 1))
            [ $code -eq 0 ] || cat "$dir/err"
            cmp "$dir/dump" $name.dump || fail "$image: another dump"
            "$gaz" tag -l $name.gaz -t tsv ../text.txt >"$dir/tags" 2>&1
            cmp "$dir/tags" $name.tags || fail "$image: other tags"
        fi
        cd ..
    done
    [ $present -gt 0 ] ||
        fail "no $name.gaz of the present version: tests/golden/make.sh GAZ NAME"
done
exit $status
