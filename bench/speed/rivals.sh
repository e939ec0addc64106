#!/bin/sh
# The programs and libraries to be compared with: rivals.sh DIR. Downloaded
# and unpacked below DIR, not installed; one that is installed is used when it
# cannot be had. Writes DIR/env, which run.py reads; says what is missing.
# shellcheck disable=SC2046 # flags of pkg-config are words
set -eu
dir=$1
cc=${CC:-gcc}
here=$(dirname "$0")
mkdir -p "$dir"

get() { # package: unpacked below DIR/x
    [ -e "$dir/got.$1" ] && return 0
    (cd "$dir" && apt-get download "$1" >/dev/null 2>&1) || return 1
    dpkg-deb -x "$dir/$1"_*.deb "$dir/x" || return 1
    rm -f "$dir/$1"_*.deb
    : >"$dir/got.$1"
}

: >"$dir/env.new"
say() {
    echo "$1=$2" >>"$dir/env.new"
}

root=$(cd "$dir" && pwd)/x
machine=$(uname -m)-linux-gnu
if get libvectorscan5 && get libvectorscan-dev &&
    "$cc" -O2 -I"$here" -I"$root/usr/include/hs" -o "$dir/hs" "$here/hs.c" \
        -L"$root/usr/lib/$machine" -lhs \
        -Wl,-rpath,"$root/usr/lib/$machine" 2>"$dir/hs.log"; then
    say hs "$dir/hs"
    say hs_name "vectorscan"
elif pkg-config --exists libhs 2>/dev/null &&
    "$cc" -O2 -I"$here" $(pkg-config --cflags libhs) -o "$dir/hs" \
        "$here/hs.c" $(pkg-config --libs libhs) 2>"$dir/hs.log"; then
    say hs "$dir/hs"
    say hs_name "installed libhs"
else
    echo "bench: skipped: vectorscan (no libvectorscan-dev, no libhs)" >&2
fi

aho=
if /usr/bin/python3 -c 'import ahocorasick' 2>/dev/null; then
    aho=-
elif get python3-ahocorasick &&
    PYTHONPATH="$root/usr/lib/python3/dist-packages" \
        /usr/bin/python3 -c 'import ahocorasick' 2>/dev/null; then
    aho=$root/usr/lib/python3/dist-packages
fi
if [ -n "$aho" ]; then
    say aho "$aho"
else
    echo "bench: skipped: pyahocorasick (no python3-ahocorasick)" >&2
fi

if command -v rg >/dev/null; then
    say rg "$(command -v rg)"
elif get ripgrep; then
    say rg "$root/usr/bin/rg"
else
    echo "bench: skipped: ripgrep" >&2
fi
if grep --version 2>/dev/null | grep -q 'GNU grep'; then
    say grep "$(command -v grep)"
else
    echo "bench: skipped: GNU grep" >&2
fi
mv "$dir/env.new" "$dir/env"
