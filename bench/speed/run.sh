#!/bin/sh
# Speed of gaz, of what others offer, and of the machine: run.sh [--quick]
# BUILD WORK. The data is made in WORK/data, or taken from $GAZ_BENCH_DATA.
set -eu
quick=
[ "${1:-}" = --quick ] && { quick=--quick; shift; }
build=$1
work=$2
here=$(dirname "$0")
cc=${CC:-gcc}
python=/usr/bin/python3
[ -x "$python" ] || python=python3

for tool in "$python" taskset timeout; do
    command -v "$tool" >/dev/null || {
        echo "bench: skipped, there is no $tool" >&2
        exit 0
    }
done
mkdir -p "$work/bin"
sh "$here/data.sh" "${GAZ_BENCH_DATA:-$work/data}"
sh "$here/rivals.sh" "$work/rivals"

flags="-std=gnu17 -O2 -Wall -Wextra -I$here -Isrc"
# shellcheck disable=SC2086,SC2046
{
    "$cc" $flags -march=native -o "$work/bin/limits" "$here/limits.c"
    "$cc" $flags -march=native -o "$work/bin/naive" "$here/naive.c"
    "$cc" $flags -o "$work/bin/spawn" "$here/spawn.c"
    "$cc" $flags -o "$work/bin/engine" "$here/engine.c" "$build/libgaz.a" \
        $(pkg-config --libs libutf8proc libxxhash libmd libpcre2-8 jansson md4c) -lm
}
if [ -n "$quick" ]; then
    exec "$python" "$here/run.py" --quick "$build" "$work"
fi
exec "$python" "$here/run.py" --record bench/record "$build" "$work"
