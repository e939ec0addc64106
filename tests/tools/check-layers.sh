#!/bin/sh
# Hold the table of layers (src/README.md) against the #include lines, and the
# core's objects against functions that only a program may call.
#
#     check-layers.sh SRC [OBJECT...]
set -eu
src=$1
shift
bad=0

# layer: layers it may include besides itself
allowed() {
    case "$1" in
    base) echo "" ;;
    os | text) echo "base" ;;
    corpus) echo "base text" ;;
    doc) echo "base text" ;;
    model) echo "base text" ;;
    build) echo "base text corpus model" ;;
    tag) echo "base text model" ;;
    eval) echo "base text corpus" ;;
    cli) echo "os gaz.h" ;;
    facade) echo "base text corpus doc model build tag eval gaz.h gaz_internal.h gaz_eval_feed.h" ;;
    *) return 1 ;;
    esac
}

for file in "$src"/*.c "$src"/*.h "$src"/*/*.c "$src"/*/*.h; do
    [ -e "$file" ] || continue
    rest=${file#"$src"/}
    case "$rest" in
    */*) layer=${rest%%/*} ;;
    *) layer=facade ;;
    esac
    may=$(allowed "$layer") || {
        echo "$file: the layer '$layer' is not in the table"
        bad=1
        continue
    }
    while IFS= read -r included; do
        case "$included" in
        */*) target=${included%%/*} ;;
        *) target=$included ;;
        esac
        { [ "$target" = "$layer" ] || [ -z "$target" ]; } && continue
        case " $may " in
        *" $target "*) ;;
        *)
            echo "$file: '$layer' must not include \"$included\""
            bad=1
            ;;
        esac
    done <<LIST
$(sed -n 's/^#include "\(.*\)".*/\1/p' "$file")
LIST
done

# The public header stands alone.
if grep -n '^#include "' "$src/gaz.h"; then
    echo "$src/gaz.h: includes a header of the project"
    bad=1
fi

# Libraries: one user each, in the core and in the program.
for pair in uthash.h:base/strmap.c pcre2.h:text/pattern.c jansson.h:corpus/patterns.c expat.h:cli/read_xml.c md4c.h:doc/markdown.c zlib.h:os/unpack.c zstd.h:os/unpack.c; do
    header=${pair%%:*}
    owner=${pair#*:}
    for file in $(grep -lE "^#include <$header>" "$src"/*.c "$src"/*/*.[ch] || true); do
        case "$header $file" in
        "jansson.h $src/cli/read_json.c" | "jansson.h $src/cli/read_json_formats.c") continue ;;
        esac
        [ "$file" = "$src/$owner" ] || {
            echo "$file: only $owner may include <$header>"
            bad=1
        }
    done
done

# No input, output, exit or abort in the core. snprintf formats and is fine;
# __assert_fail is for our own bugs.
if [ $# -gt 0 ]; then
    used=$(nm -A --undefined-only "$@" | grep -E \
        ' U (f?printf|v?fprintf|puts|fputs|putchar|fopen|fdopen|fclose|fread|fwrite|fgets|getline|perror|stdin|stdout|stderr|open|read|write|exit|_exit|abort|__printf_chk|__fprintf_chk)(@.*)?$' || true)
    if [ -n "$used" ]; then
        echo "$used"
        echo "the core must not do input or output, exit or abort"
        bad=1
    fi
    # No globals that change: nothing in .data or .bss. (Constant tables of
    # pointers are in .data.rel.ro, which is read-only once loaded.)
    globals=$(nm -A -f sysv "$@" |
        grep -E '\| *(\.data|\.bss|\.data\.rel(\.local)?|\*COM\*) *$' || true)
    if [ -n "$globals" ]; then
        echo "$globals"
        echo "the core must have no globals that change"
        bad=1
    fi
fi
[ "$bad" -eq 0 ] && echo "layers: ok"
exit "$bad"
