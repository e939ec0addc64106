#!/bin/sh
# gaz info, gaz dump, and the lexicon inside the program: run.sh GAZ
. "$(dirname "$0")/../tools/begin.sh"

same() { # NAME WANTED GOT
    [ "$2" = "$3" ] && return
    echo "$1: wanted"
    printf '%s\n' "$2" | sed 's/^/    /'
    echo "got"
    printf '%s\n' "$3" | sed 's/^/    /'
    bad=1
}

# ---- dump, compile, dump: the same list and the same matches

printf '%s\n' '# names' 'Linux	OS	linux	case=fold,plural=yes' \
    'Go	Language	go	case=exact,need=compiler|@OS,not=fish' \
    'Go	Game	go2	next=board,prev=play' \
    'browser	Application		kind=generic,case=fold' \
    'Word	App		not=a|b,notnext=of|on,notprev=the,version=no' \
    'Word2	App		notprev=the,need=x,short=no' \
    'Ambi	A	x	priority=3' 'Ambi	B	y	priority=3' 'Ambi	B' 'Ambi	B' \
    'Two	B	' 'Two	A	' 'Two	A	' \
    ' #pragma	Language' 'DOS	-		case=fold' 'MS DOS	OS' \
    'café	Place' >"$dir/a.tsv"
"$gaz" compile -o "$dir/a.gaz" "$dir/a.tsv" || bad=1
"$gaz" dump "$dir/a.gaz" >"$dir/b.tsv" || bad=1
"$gaz" compile -o "$dir/b.gaz" "$dir/b.tsv" || bad=1
"$gaz" dump "$dir/b.gaz" >"$dir/c.tsv" || bad=1
same 'dump of a dump' "$(tail -n +2 "$dir/b.tsv")" "$(tail -n +2 "$dir/c.tsv")"
printf '%s\n' 'Linux linuxs Go compiler Go.' '' 'play Go, two Two Ambi' '' \
    'a browser, DOS, MS DOS, ms dos, #pragma in the café' '' \
    'Go fish with Linux. Go board.' >"$dir/text"
for options in '' '--generic'; do
    # shellcheck disable=SC2086
    wanted=$("$gaz" tag $options -t tsv -l "$dir/a.gaz" "$dir/text")
    # shellcheck disable=SC2086
    got=$("$gaz" tag $options -t tsv -l "$dir/b.gaz" "$dir/text")
    same "matches of a dump $options" "$wanted" "$got"
done
same 'what the list finds' 'Linux linuxs Go Go Go Two Ambi MS DOS #pragma café Linux Go' \
    "$("$gaz" tag -t tsv -l "$dir/a.gaz" "$dir/text" | cut -f 5 | tr '\n' ' ' |
        sed 's/ $//')"
same 'a name with several labels' "$(printf 'Ambi\tA\tx\tcase=smart,priority=3
Ambi\tB\tx\tcase=smart,priority=2
Ambi\tB\tx\tcase=smart,priority=2
Ambi\tB\tx\tcase=smart,priority=2')" "$(grep '^Ambi' "$dir/b.tsv")"
same 'a veto' "$(printf 'DOS\t-\t\tcase=fold')" "$(grep '^DOS' "$dir/b.tsv")"

same 'sides of not=' "$(printf 'Word\tApp\t\tcase=smart,version=no,not=a|b,notnext=of|on,notprev=the
Word2\tApp\t\tcase=smart,short=no,need=x,notprev=the')" "$(grep '^Word' "$dir/b.tsv")"

# Rules go into a file of their own.
printf 'OS\tFoo-\\d+\tid=foo\nApp\t(?<m>\\w+) tool\tcase=fold,word=tool|kit,words=no,priority=-2\n' \
    >"$dir/r.rules"
"$gaz" compile -o "$dir/r.gaz" "$dir/a.tsv" "$dir/r.rules" || bad=1
same 'dump --rules' "$(printf 'OS\tFoo-\\d+\tcase=exact,id=foo
App\t(?<m>\\w+) tool\tcase=fold,words=no,word=tool|kit,priority=-2')" \
    "$("$gaz" dump --rules "$dir/r.gaz" | tail -n +2)"
same 'dump tells of rules' 'gaz: not written: 2 rules (gaz dump --rules)' \
    "$("$gaz" dump "$dir/r.gaz" 2>&1 >/dev/null)"
same 'info tells of rules' 'rules: 2
        1  App
        1  OS' "$("$gaz" info "$dir/r.gaz" | sed -n '/^rules/,/^$/p' | sed '/^$/d')"

# The whole default lexicon, on an article.
"$gaz" dump >"$dir/default.tsv" 2>/dev/null || bad=1
"$gaz" dump --rules >"$dir/default.rules" || bad=1
"$gaz" compile -o "$dir/default.gaz" "$dir/default.tsv" "$dir/default.rules" ||
    bad=1
same 'matches of the dumped default lexicon' \
    "$("$gaz" tag -t tsv lexicons/sample/article.md)" \
    "$("$gaz" tag -t tsv -l "$dir/default.gaz" lexicons/sample/article.md)"

# A lexicon of a corpus: counts as comments, vetoes as '-'.
printf 'the\tO\nGrid\tB-X\n\nsome\tO\ngrids\tO\n\na\tO\ngrid\tB-Y\n' \
    >"$dir/c.conll"
"$gaz" compile -o "$dir/c.gaz" "$dir/c.conll" || bad=1
same 'the dump of a corpus' "$(printf '# annotated 2 of 3: X 1, Y 1
Grid\tX\t\tcase=fold,plural=yes
# annotated 0 of 1
grids\t-\t\tcase=exact')" "$("$gaz" dump "$dir/c.gaz" | tail -n +2)"

# ---- info

same 'info' 'format: 2
entries: 12
        1  veto: spellings that are no mention' \
    "$("$gaz" info "$dir/a.gaz" | grep -E '^format|^entries:| veto:')"
sum=$(sha256sum "$dir/a.tsv" | cut -d ' ' -f 1)
size=$(wc -c <"$dir/a.tsv" | tr -d ' ')
same 'the source in info' \
    "[{\"name\":\"$dir/a.tsv\",\"bytes\":$size,\"entries\":12,\"rules\":0,\"sha256\":\"$sum\"}]" \
    "$("$gaz" info --json "$dir/a.gaz" | sed 's/.*"sources":\(\[[^]]*\]\).*/\1/')"
same 'labels in info' '{"A":2,"App":2,"Application":1,"B":0,"Game":1,"Language":2,"OS":2,"Place":1}' \
    "$("$gaz" info --json "$dir/a.gaz" | sed 's/.*"labels":\({[^}]*}\).*/\1/')"
if command -v python3 >/dev/null 2>&1; then
    "$gaz" info --json | python3 -m json.tool >/dev/null || bad=1
fi
printf 'Nothing\tX\n' >"$dir/over.tsv"
"$gaz" info "+$dir/over.tsv" | head -n 1 >"$dir/out"
grep -qxF "lexicon: (the default lexicon) +$dir/over.tsv" "$dir/out" ||
    { echo "info of layers: $(cat "$dir/out")"; bad=1; }
"$gaz" dump "+$dir/over.tsv" 2>"$dir/err" | head -n 1 >"$dir/out"
grep -qxF "# gaz dump of (the default lexicon) +$dir/over.tsv" "$dir/out" &&
    grep -q '^gaz: of two layers' "$dir/err" ||
    { echo "dump of layers: $(cat "$dir/out" "$dir/err")"; bad=1; }
odd="$dir/of
two lines.tsv"
printf 'Nothing\tX\n' >"$odd"
"$gaz" dump "$odd" >"$dir/out.tsv"
"$gaz" compile -o "$dir/out.gaz" "$dir/out.tsv" || bad=1

# ---- the lexicon inside the program

cp "$gaz" "$dir/alone" || bad=1
same 'a program alone' 'Linux' \
    "$(cd "$dir" && echo 'On Linux.' | ./alone tag -t tsv | cut -f 5)"
same 'GAZ_LEXICON stands before it' 'DOS' \
    "$(printf 'DOS\tX\n' >"$dir/dos.tsv"
        echo 'DOS or Linux' | GAZ_LEXICON="$dir/dos.tsv" "$gaz" tag -t tsv |
        cut -f 5)"
GAZ_LEXICON=$dir/none "$gaz" tag </dev/null >"$dir/log" 2>&1
same 'a GAZ_LEXICON that is not there' 2 "$(($? > 1 ? 2 : 0))"

[ "$bad" -eq 0 ]
