#!/bin/sh
# What a run with --coverage has seen, by layer, and the worst files:
# coverage.sh BUILD
set -eu
build=$1
find "$build/obj/src" -name '*.gcda' | sort | while read -r data; do
    source=${data#"$build/obj/"}
    echo "FILE ${source%.gcda}.c"
    gcov -b -n "$data" 2>/dev/null | awk -v want="${source%.gcda}.c" '
        /^(Calls|No calls)/ { mine = 0 } # the sum of all files may follow
        /^File / { mine = index($0, want "'"'"'") > 0 }
        mine && /^(Lines|Branches) executed|^Taken/ {
            split($0, part, /[:% ]+/)
            print
        }'
done | awk '
    $1 == "FILE" { file = $2; split(file, p, "/"); layer = p[3] == "" ? "gaz" : p[2]; next }
    {
        percent = $0; sub(/^[^:]*:/, "", percent); of = percent
        sub(/%.*/, "", percent); sub(/.* of /, "", of)
    }
    /^Lines/ { lines[layer] += of; hit[layer] += of * percent / 100
               if (of > 20) printf "%6.1f %s\n", percent, file > "/dev/stderr" }
    /^Taken/ { branches[layer] += of; taken[layer] += of * percent / 100 }
    END {
        printf "%-8s %8s %8s %9s %8s\n", "layer", "lines", "seen", "branches", "taken"
        n = split("base text corpus doc model build tag eval gaz os cli", order, " ")
        for (i = 1; i <= n; i++) {
            l = order[i]
            if (lines[l] == 0) continue
            printf "%-8s %8d %7.1f%% %9d %7.1f%%\n", l, lines[l], \
                100 * hit[l] / lines[l], branches[l], \
                100 * taken[l] / (branches[l] > 0 ? branches[l] : 1)
            a += lines[l]; b += hit[l]; c += branches[l]; d += taken[l]
        }
        printf "%-8s %8d %7.1f%% %9d %7.1f%%\n", "(all)", a, 100 * b / a, c, 100 * d / c
    }' 2>"$build/by-file"
echo "the files with the fewest lines seen:"
sort -n "$build/by-file" | head -n 10
