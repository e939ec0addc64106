#!/bin/sh
# Pages of -t html in a headless Chromium: run.sh GAZ
# Every mention is a mark, the text content is the source, nothing overflows a
# screen of 360 pixels, colours keep their contrast, hostile text is inert.
. "$(dirname "$0")/../tools/begin.sh"
for program in chromium chromium-browser google-chrome; do
    browser=$(command -v $program) && break
done
if [ -z "${browser:-}" ] || ! command -v node >/dev/null 2>&1; then
    echo "skipped: the HTML page in a browser (Debian: chromium, nodejs)"
    exit 0
fi

# looks NAME FILE... with ./list.tsv
looks() {
    name=$1
    shift
    "$gaz" tag -l "$dir/list.tsv" -t html -o "$dir/page.html" "$@" || bad=1
    "$gaz" tag -l "$dir/list.tsv" -t jsonl "$@" >"$dir/docs.jsonl" || bad=1
    # What HTML cannot hold, NUL, is U+FFFD there, as invalid UTF-8 is.
    node -e '
        const docs = require("fs").readFileSync(process.argv[1], "utf8")
            .trim().split("\n").map((l) => JSON.parse(l));
        console.log(JSON.stringify({
            texts: docs.map((d) => d.text.replaceAll("\0", "\uFFFD")),
            marks: docs.reduce((n, d) => n + d.spans.length, 0) }));
    ' "$dir/docs.jsonl" >"$dir/wanted.json"
    node "$here/page.js" "$browser" "$dir/page.html" "$dir/wanted.json" ${GAZ_PICTURES:+"$GAZ_PICTURES/$name"} && return
    echo "$name: see above"
    bad=1
}

cat >"$dir/list.tsv" <<'LIST'
Linux	Operating_System	linux
Ada "95"	"><script>harmed=1</script>	a"><img src=x onerror=harmed=1>
Turbo Pascal	A_type_with_a_name_that_is_much_longer_than_any_screen_of_three_hundred_and_sixty_pixels
C++	Language
.NET	Library
Debian	T06
OpenBSD	T07
Plan 9	T08
Vim	T09
Emacs	T10
PDP-11	T11
Z80	T12
Python	T13
LIST
{
    printf '\n  Linux</div></article><script>harmed=1</script><img src=x onerror="harmed=1">'
    printf '<style>*{display:none}</style><!-- --><plaintext> Linux &lt; &amp;amp; &#0; C++ Ada "95"\r\n'
    printf 'NUL \000, bad \377 \355\240\200, bell \007, form \f, U+FFFF \357\277\277, CR \r Linux\r\n'
    printf '\342\200\256right to left override Linux, \326\251\327\251\327\234\327\225\327\235 Linux .NET\n'
    printf 'Turbo Pascal in the middle of a line, and Turbo\nPascal at its end\n'
    printf '\tDebian OpenBSD Plan 9 Vim Emacs PDP-11 Z80 Python\n'
    awk 'BEGIN { for (i = 0; i < 600; i++) printf "wide"; print " Linux"; for (i = 0; i < 60; i++) printf "\t"; print "Linux" }'
} >"$dir/hostile.txt"
: >"$dir/empty.txt"
cp "$dir/hostile.txt" "$dir/<b>&\"harmed=1.txt"
looks hostile "$dir/hostile.txt" "$dir/empty.txt" "$dir/<b>&\"harmed=1.txt"
cp "$(dirname "$0")/../../lexicons/sample/article.md" "$dir/article.md"
looks article "$dir/article.md"
looks empty "$dir/empty.txt"
[ "$bad" -eq 0 ]
