#!/bin/sh
# Much text through a pipe: run.sh GAZ [MB]. What is found is what was written,
# memory does not grow, and the last part is as fast as the first. 200 MB in
# `make test`, 20 GB in `make soak`.
set -eu
gaz=$1
mb=${2:-${SOAK_MB:-200}}
case "$gaz" in
*asan* | *ubsan* | *tsan* | *sanitize*) mb=20 ;; # they keep what was freed
esac
here=$(dirname "$0")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
${CC:-gcc} -O2 -std=c17 -D_POSIX_C_SOURCE=200809L -o "$tmp/generate" \
    "$here/generate.c"
"$tmp/generate" names >"$tmp/names.tsv"
"$gaz" compile -o "$tmp/soak.gaz" "$tmp/names.tsv"
# Real text among it, counted alone: the lists' names, and one of ours.
cat README.md src/README.md src/model/FORMAT.md lexicons/sample/article.md \
    >"$tmp/real.txt"
head -n 3 "$tmp/names.tsv" | cut -f 1 >>"$tmp/real.txt"
real=$("$gaz" tag -l "$tmp/soak.gaz" -t tsv "$tmp/real.txt" | wc -l)
[ "$real" -ge 3 ] || { echo "soak: $real mentions in the real text"; exit 1; }

mkfifo "$tmp/text" "$tmp/tags"
: >"$tmp/progress"
"$tmp/generate" text "$mb" "$real" "$tmp/real.txt" >"$tmp/text" \
    2>"$tmp/progress" &
"$gaz" tag -l "$tmp/soak.gaz" -t tsv -T 2 <"$tmp/text" >"$tmp/tags" &
tagger=$!
wc -l <"$tmp/tags" >"$tmp/found" &
counter=$!
: >"$tmp/memory"
while kill -0 "$tagger" 2>/dev/null; do
    rss=$(awk '/^VmRSS:/ { print $2 }' "/proc/$tagger/status" 2>/dev/null || true)
    done=$(awk '$1 + 0 > 0 { mb = $1 } END { print mb + 0 }' "$tmp/progress")
    echo "$done ${rss:-0}" >>"$tmp/memory"
    sleep 0.1
done
wait "$tagger" || { echo "soak: gaz tag failed"; exit 1; }
wait "$counter"
want=$(awk '$1 == "mentions" { print $2 }' "$tmp/progress")
found=$(cat "$tmp/found")
[ "$((found))" = "$want" ] || { echo "soak: $found found, $want written"; exit 1; }

# Memory when a tenth was done, and the most after it.
awk -v mb="$mb" '
    $1 * 10 >= mb && $1 < mb / 2 && $2 > early { early = $2 }
    $2 > peak { peak = $2 }
    END {
        printf "soak: %d MB, most memory in the first half %d KB, in all %d KB\n",
            mb, early, peak
        exit early > 0 && peak > early * 1.05 + 1024
    }' "$tmp/memory" || { echo "soak: memory grows"; exit 1; }
awk -v mb="$mb" -v found="$found" '
    $1 + 0 > 0 { at[++n] = $1; t[n] = $2 }
    function rate(from, to) { return (at[to] - at[from]) / (t[to] - t[from]) }
    END {
        if (n < 3)
            exit
        k = int(n / 10) + 1
        first = rate(1, 1 + k)
        last = rate(n - k, n)
        printf "soak: %d mentions, right; %.0f MB/s, first tenth %.0f, " \
            "last tenth %.0f\n", found, rate(1, n), first, last
        exit mb >= 2000 && last < first * 0.7
    }' "$tmp/progress" || { echo "soak: it slows down"; exit 1; }
