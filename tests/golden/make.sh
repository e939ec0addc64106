#!/bin/sh
# Keep images of the present format version, and what they say and find, in a
# new folder: make.sh GAZ v3. Once a version, when FORMAT.md is done;
# tests/golden/run.sh holds later programs to it.
set -eu
gaz=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$(dirname "$0")"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cp text.txt "$dir/"
(
    here=$PWD
    cd "$dir"
    mkdir lists
    . "$here/../faults/inputs.sh"
    cp "$here/text.txt" .
    "$gaz" compile -o all.gaz train.conll names.tsv models.rules
    # With hints, but few of them: all names that gaz knows make a megabyte.
    "$gaz" compile -o scored.gaz --select scored --prior names.tsv train.conll
)
mkdir "$2"
for name in all scored; do
    cp "$dir/$name.gaz" "$2/$name.gaz"
    (
        cd "$2"
        "$gaz" dump $name.gaz >$name.dump
        "$gaz" tag -l $name.gaz -t tsv ../text.txt >$name.tags
    )
done
