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
make --no-print-directory -s BUILD="$build" PREFIX="$tmp/usr" install
sed -n '/^```c$/,/^```$/{/^```/!p;}' README.md >"$tmp/example.c"
lines=$(wc -l <"$tmp/example.c")
[ "$lines" -gt 20 ] || { echo "no example in the README"; exit 1; }
export PKG_CONFIG_PATH="$tmp/usr/lib/pkgconfig"
"$gaz" compile -o "$tmp/lex.gaz" lexicons/core/operating_system.tsv
printf 'From Multics to Unix, and from Unix to Debian.\n' >"$tmp/text"
printf '5 12 Operating_System\n16 20 Operating_System\n31 35 Operating_System\n39 45 Operating_System\n' >"$tmp/want"
# shellcheck disable=SC2046
${CC:-gcc} -std=c17 -Wall -Wextra -Werror -o "$tmp/shared" "$tmp/example.c" \
    $(pkg-config --cflags --libs gaz)
LD_LIBRARY_PATH="$tmp/usr/lib" "$tmp/shared" "$tmp/lex.gaz" <"$tmp/text" |
    cmp - "$tmp/want"
# shellcheck disable=SC2046
${CC:-gcc} -std=c17 -o "$tmp/static" "$tmp/example.c" \
    $(pkg-config --cflags gaz) "$tmp/usr/lib/libgaz.a" \
    $(pkg-config --static --libs gaz | sed 's/-lgaz//')
"$tmp/static" "$tmp/lex.gaz" <"$tmp/text" | cmp - "$tmp/want"
# Only the public names leave the shared library.
others=$(nm -D --defined-only "$tmp/usr/lib/libgaz.so.0" |
    awk '{print $3}' | grep -v '^gaz_' || true)
[ -z "$others" ] || { echo "exported: $others"; exit 1; }
# The installed program works from there.
(cd / && printf 'Debian\n' | "$tmp/usr/bin/gaz" tag -t tsv) | grep -q Debian
make --no-print-directory -s BUILD="$build" PREFIX="$tmp/usr" uninstall
left=$(find "$tmp/usr" -type f -o -type l)
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }
echo "library: ok"
