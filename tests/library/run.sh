#!/bin/sh
# Install into a folder, then build and run the README's example against what
# was installed, with the shared library and with the archive: run.sh GAZ.
set -eu
gaz=$1
build=$(dirname "$gaz")
case "$build" in
*asan* | *ubsan*)
    echo "library: skipped, a sanitizer build is not for installing"
    exit 0
    ;;
esac
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/bin"
printf '#!/bin/sh\n: >"%s/cached"\n' "$tmp" >"$tmp/bin/ldconfig"
chmod +x "$tmp/bin/ldconfig"
PATH=$tmp/bin:$PATH
make --no-print-directory -s BUILD="$build" PREFIX="$tmp/usr" install
# The loader is told of the library by who may, and of none in an image.
if [ "$(id -u)" -eq 0 ]; then
    [ -e "$tmp/cached" ] || { echo "no ldconfig"; exit 1; }
    rm "$tmp/cached"
fi
sed -n '/^```c$/,/^```$/{/^```/!p;}' README.md >"$tmp/example.c"
lines=$(wc -l <"$tmp/example.c")
[ "$lines" -gt 20 ] || { echo "no example in the README"; exit 1; }
export PKG_CONFIG_PATH="$tmp/usr/lib/pkgconfig"
"$gaz" compile -o "$tmp/lex.gaz" lexicons/core/operating_system.tsv
printf 'From Multics to Unix, and from Unix to Debian.\n' >"$tmp/text"
printf '5 12 Operating_System\n16 20 Operating_System\n31 35 Operating_System\n39 45 Operating_System\n' >"$tmp/want"
# shellcheck disable=SC2046
${CC:-gcc} ${SANITIZE-} -std=c17 -Wall -Wextra -Werror -o "$tmp/shared" "$tmp/example.c" \
    $(pkg-config --cflags --libs gaz)
LD_LIBRARY_PATH="$tmp/usr/lib" "$tmp/shared" "$tmp/lex.gaz" <"$tmp/text" |
    cmp - "$tmp/want"
# shellcheck disable=SC2046
${CC:-gcc} ${SANITIZE-} -std=c17 -o "$tmp/static" "$tmp/example.c" \
    $(pkg-config --cflags gaz) "$tmp/usr/lib/libgaz.a" \
    $(pkg-config --static --libs gaz | sed 's/-lgaz//')
"$tmp/static" "$tmp/lex.gaz" <"$tmp/text" | cmp - "$tmp/want"
# Only the public names leave the shared library.
others=$(nm -D --defined-only "$tmp/usr/lib/libgaz.so.0" |
    awk '{print $3}' | grep -v -e '^gaz_' -e '^__gcov_' -e '^mangle_path$' || true)
[ -z "$others" ] || { echo "exported: $others"; exit 1; }
# The installed program works from there.
(cd / && printf 'Debian\n' | "$tmp/usr/bin/gaz" tag -t tsv) | grep -q Debian
readelf -d "$tmp/usr/lib/libgaz.so.0" | grep -q 'SONAME.*\[libgaz.so.0\]' ||
    { echo "no SONAME"; exit 1; }
# DESTDIR is where the files go, and nothing that they say.
make --no-print-directory -s BUILD="$build" PREFIX=/opt/gaz \
    DESTDIR="$tmp/image" install
grep -q '^prefix=/opt/gaz$' "$tmp/image/opt/gaz/lib/pkgconfig/gaz.pc"
[ -x "$tmp/image/opt/gaz/bin/gaz" ]
[ ! -e "$tmp/cached" ] || { echo "ldconfig for an image"; exit 1; }

# Ten processes share one copy of a lexicon.
mkfifo "$tmp/fifo"
sleep 60 >"$tmp/fifo" &
pids=$!
taggers=
for _ in 1 2 3 4 5 6 7 8 9 10; do
    "$gaz" tag -l "$build/default.gaz" -t tsv <"$tmp/fifo" &
    taggers="$taggers $!"
done
trap 'kill $pids $taggers 2>/dev/null || true; rm -rf "$tmp"' EXIT
# KB that each has of the mapping: in memory, and as its share of it
shares() {
    for p in $taggers; do
        awk '/^[0-9a-f]+-/ { ours = /default\.gaz$/ }
            ours && /^Rss:/ { rss += $2 }
            ours && /^Pss:/ { pss += $2 }
            END { print rss + 0, pss + 0 }' "/proc/$p/smaps"
    done | awk '{ rss += $1; pss += $2 } END { print rss, pss }'
}
size=$(($(wc -c <"$build/default.gaz") / 1024))
if [ -r /proc/self/smaps ]; then
    for _ in $(seq 100); do
        # shellcheck disable=SC2046
        set -- $(shares)
        # both, as the pages of some may come between the two sums
        [ "$1" -ge $((size * 9)) ] &&
            [ "$2" -le $((size + size / 5 + 64)) ] && break
        sleep 0.05
    done
    if [ "$1" -lt $((size * 9)) ] || [ "$2" -gt $((size + size / 5 + 64)) ]; then
        echo "ten processes have $1 KB of a lexicon of $size KB, their share $2"
        exit 1
    fi
fi
# shellcheck disable=SC2086
kill $pids
# shellcheck disable=SC2086
wait $taggers
make --no-print-directory -s BUILD="$build" PREFIX="$tmp/usr" uninstall
left=$(find "$tmp/usr" -type f -o -type l)
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }
echo "library: ok"
