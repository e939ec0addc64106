#!/bin/sh
# What gaz tag reads: run.sh GAZ
. "$(dirname "$0")/../tools/begin.sh"
cd "$dir" || exit 1
printf 'Mac OS X\tX\nLinux\tX\nAT&T Unix\tX\nRed Hat\tX\nGo\tX\n' >names.tsv

# is NAME WANTED GOT
is() {
    [ "$2" = "$3" ] && return
    printf '%s: wanted\n%s\ngot\n%s\n' "$1" "$2" "$3"
    bad=1
}

# tags NAME FORMAT TEXT WANTED [OPTION...]: "start-end:text ..."
tags() {
    name=$1
    format=$2
    printf '%b' "$3" >doc
    wanted=$4
    shift 4
    is "$name" "$wanted" "$("$gaz" tag -l names.tsv -f "$format" -t tsv \
        --offsets bytes "$@" doc 2>&1 |
        awk -F '\t' '{ printf "%s%s-%s:%s", (NR > 1 ? " " : ""), $2, $3, $5 }')"
}

# ---- Markdown
tags 'emphasis' markdown '**Red** Hat' '2-11:Red** Hat'
tags 'tags in Markdown' markdown 'Mac <b>OS</b> X' '0-15:Mac <b>OS</b> X'
tags 'escapes' markdown 'AT\\&T Unix' '0-10:AT\\&T Unix'
tags 'references' markdown 'AT&amp;T&nbsp;Unix' '0-18:AT&amp;T&nbsp;Unix'
tags 'inline code is tagged' markdown 'a `Linux` b' '3-8:Linux'
tags 'unless it is not asked for' markdown 'Linux `Linux` b' '0-5:Linux' --zones prose
tags 'no name over a gap' markdown 'Red `x` Hat' '' --zones prose
tags 'blocks of code' markdown '    Linux\n\n~~~\nLinux\n~~~\nGo' '25-27:Go'
tags 'blocks of code, asked for' markdown '    Linux\n\n~~~ sh\nLinux\n~~~\nGo' '4-9:Linux 18-23:Linux' --zones code
tags 'no name over blocks' markdown '# Red\nHat\n\n- Red\n- Hat\n\n|Red|Hat|\n|---|---|\n|Red|Hat|' ''
tags 'a soft break' markdown '> Red\n> Hat' '2-11:Red\n> Hat'
tags 'links' markdown '[Go](http://x/y "Linux") <http://go.x/Go> ![Linux](Go)' '1-3:Go'
tags 'titles' markdown '[Go](http://x/y "Linux") ![Linux](Go)' '17-22:Linux 27-32:Linux' --zones attribute
tags 'targets' markdown '[Go](Linux "Go") ![Go](Linux) [Go][1] [Go][1]\n\n[1]: Linux "Go"' '5-10:Linux 23-28:Linux 52-57:Linux' --zones link
tags 'HTML over lines' markdown '> <p title="\n> Linux">Go\n> <!-- Linux\n> Linux -->Linux' '22-24:Go 49-54:Linux'
tags 'HTML that stays open' markdown '<pre>\nLinux\n</pre>\n\nLinux' '20-25:Linux'
tags 'a script' markdown '<script>\nLinux\n\nLinux</script>\n\nLinux' '32-37:Linux'
tags 'a tag that is a slip' markdown 'The <title> of Linux' '15-20:Linux'
tags 'front matter' markdown '---\ntitle: Linux\n---\nGo' '21-23:Go'
tags 'front matter, asked for' markdown '---\ntitle: Linux\n---\nGo' '11-16:Linux' --zones front-matter
tags 'NUL and CRLF' markdown 'a\000b\r\nLinux\r\n' '5-10:Linux'

# ---- HTML
tags 'tags' html 'Mac <b class="Linux">OS</b> X' '0-29:Mac <b class="Linux">OS</b> X'
tags 'comments are nothing' html 'Mac OS<!-- Linux --> X' '0-22:Mac OS<!-- Linux --> X'
tags 'line ends are blanks' html 'Mac\n\n  OS\r\nX' '0-12:Mac\n\n  OS\r\nX'
tags 'but not in pre' html '<pre>Red\n\nHat' '' --zones code
tags 'character references' html 'AT&#38;T&nbspUnix &ampLinux &copy;Go' '0-17:AT&#38;T&nbspUnix 22-27:Linux 34-36:Go'
tags 'no name over blocks' html '<p>Red<p>Hat<td>Red<td>Hat<h1>Red</h1>Hat' ''
tags 'nor over pictures' html 'Red <img> Hat' ''
tags 'br is a line end' html 'Red<br>Hat' '0-10:Red<br>Hat'
tags 'wbr is nothing' html 'Li<wbr>nux' '0-10:Li<wbr>nux'
tags 'code' html '<code>Linux</code> <pre>Go</pre> <kbd>Go' '6-11:Linux 38-40:Go'
tags 'code, asked for' html '<code>Linux</code> <pre>Go</pre>' '24-26:Go' --zones code
tags 'scripts' html '<script>if (a<b) "</scriptx>Linux"</SCRIPT>Go<style>Linux</style>' '43-45:Go'
tags 'scripts in comments' html '<script><!-- <script>Linux</script>Linux --></script>Go' '53-55:Go'
tags 'scripts, asked for' html '<script>Linux</script>Go' '8-13:Linux' --zones script
tags 'comments, asked for' html '<!--Linux--><!-->Go<!--->Go<!--Linux--!>' '4-9:Linux 31-36:Linux' --zones comment
tags 'attributes' html "<a title=Linux href='Linux' alt=\"x &amp; Linux\" alt>Go</a>" '9-14:Linux 41-46:Linux 52-54:Go' --zones prose,attribute
tags 'targets' html '<a title=Go href=Linux>Go</a>' '17-22:Linux' --zones link
tags 'what is left open' html 'Go<a title="Linux' '0-2:Go'
tags 'a title' html '<title>Linux &lt;Go</title>' '7-12:Linux 17-19:Go'
tags 'XHTML' html '<?xml version="1.0"?><script src="x"/>Go<![CDATA[ Linux<b>]]>' '38-40:Go 50-55:Linux'
tags 'all zones, in order' html 'Linux <a title=Go>Linux</a>' '0-5:Linux 15-17:Go 18-23:Linux' --zones all

# ---- which format
printf '# `Go`\n\n    Linux\n' >a.md
printf '<!-- x --><!DOCTYPE html><pre>Linux' >page
printf 'Linux O\n' >a.conll
printf '<p title="Linux">' >a.txt
gzip -c a.md >b.md.gz
for f in a.md page a.conll a.txt b.md.gz; do
    printf '%s %s\n' "$f" "$("$gaz" tag -l names.tsv -t tsv "$f" | cut -f 5 | tr '\n' ' ')"
done >got
is 'formats' 'a.md Go 
page 
a.conll Linux 
a.txt Linux 
b.md.gz Go ' "$(cat got)"

# ---- folders and lists of files
mkdir -p tree/b tree/.hidden
printf 'Go' >tree/b/2.txt
printf 'Linux' >tree/a.md
printf 'Linux' >tree/.hidden/x
printf 'Linux\000' >tree/c.bin
got=$("$gaz" tag -l names.tsv -t tsv tree 2>err)
is 'a folder' "tree/a.md	0	5	X	Linux		
tree/b/2.txt	0	2	X	Go		" "$got"
is 'a folder: what is no text' 'gaz: tree/c.bin: holds NUL bytes, no text; left out' "$(cat err)"
printf 'tree/b/2.txt\000tree/a.md\000' | "$gaz" tag -l names.tsv -t tsv --files0-from - >got
is 'a list of files' "2.txt a.md" "$(sed 's|.*/||; s|	.*||' got | tr '\n' ' ' | sed 's/ $//')"
printf 'tree/b/2.txt\000tree/a.md' | "$gaz" tag -l names.tsv -t tsv --files0-from - | cmp -s - got
is 'a list without a last NUL' 0 $?
got=$(printf 'tree/a.md\nb\n' | "$gaz" tag -l names.tsv --files0-from - 2>&1)
is 'a list of lines' '2 gaz: -: name 1 has a line end and no NUL behind it (find -print0 writes NUL)' "$? $got"
got=$("$gaz" tag -l names.tsv --files0-from nowhere 2>&1)
is 'no list' '3 gaz: nowhere: cannot open: No such file or directory' "$? $got"
got=$("$gaz" tag -l names.tsv --zones prose,x a.md 2>&1)
is 'a zone that is none' 2 "$?"

# ---- packed files
awk 'BEGIN { for (i = 0; i < 30000; i++) print "Line " i " of Linux, and Go." }' >long.txt
plain=$("$gaz" tag -l names.tsv -t tsv <long.txt | cksum)
gzip -c long.txt >long.txt.gz
is 'gzip' "$plain" "$("$gaz" tag -l names.tsv -t tsv <long.txt.gz | cksum)"
{ head -n 100 long.txt | gzip; tail -n +101 long.txt | gzip; head -c 600 /dev/zero; } >two.gz
is 'gzip of two members' "$plain" "$("$gaz" tag -l names.tsv -t tsv <two.gz | cksum)"
head -c 40000 long.txt.gz >cut.gz
got=$("$gaz" tag -l names.tsv -t tsv cut.gz 2>&1 >/dev/null)
is 'gzip, cut off' '2 gaz: cut.gz: the gzip data is cut off: it ends in the middle of a stream' "$? $got"
for n in 2 3 4 9 10 12; do # from the least that can be nothing else
    head -c $n long.txt.gz >cut.gz
    got=$("$gaz" tag -l names.tsv -t tsv cut.gz 2>&1)
    is "gzip, $n bytes" '2 gaz: cut.gz: the gzip data is cut off: it ends in the middle of a stream' "$? $got"
    got=$("$gaz" tag -l names.tsv -t tsv <cut.gz 2>&1)
    is "gzip, $n bytes of a pipe" 2 "$?"
done
printf '\037\213\007\000Go' >odd.gz
got=$("$gaz" tag -l names.tsv -t tsv odd.gz 2>&1)
is 'gzip of another method' '2 gaz: odd.gz: damaged gzip data' "$? ${got%% near byte*}"
{ cat long.txt.gz; echo more; } >more.gz
"$gaz" tag -l names.tsv -t tsv more.gz >/dev/null 2>err
is 'gzip, and more' '2 something else follows the stream' "$? $(sed 's/.*: //' err)"
{ head -c 30000 long.txt.gz; printf 'XXXXXXXX'; tail -c +30009 long.txt.gz; } >hurt.gz
"$gaz" tag -l names.tsv -t tsv hurt.gz >/dev/null 2>err
is 'gzip, damaged' 2 "$?"
if command -v zstd >/dev/null 2>&1; then
    zstd -q -c long.txt >long.zst
    is 'zstd' "$plain" "$("$gaz" tag -l names.tsv -t tsv <long.zst | cksum)"
    { head -n 100 long.txt | zstd -q; tail -n +101 long.txt | zstd -q; } >two.zst
    is 'zstd of two frames' "$plain" "$("$gaz" tag -l names.tsv -t tsv <two.zst | cksum)"
    for n in 500 4 3; do
        head -c $n long.zst >cut.zst
        "$gaz" tag -l names.tsv -t tsv cut.zst >/dev/null 2>err
        is "zstd, $n bytes" '2 gaz: cut.zst: the zstd data is cut off: it ends in the middle of a stream' "$? $(cat err)"
    done
else
    echo 'zstd is not installed: its files are not tested'
fi

# ---- records
cat >in.jsonl <<'END'
{"id": 1.50, "text": "Linux \u00e9\ud83d\ude00 Go", "z": {"a": [1, 2.0e5, null]} }

{"spans":[1],"text":"no","unit":"bytes","x":1}
{ "text":"Go" , "spans": [] }
{"spans":0,"unit":"chars","spans":2,"te\u0078t":"a"}
END
cat >wanted <<'END'
{"id": 1.50, "text": "Linux \u00e9\ud83d\ude00 Go", "z": {"a": [1, 2.0e5, null]},"spans":[{"start":0,"end":5,"label":"X","text":"Linux"},{"start":9,"end":11,"label":"X","text":"Go"}],"unit":"chars" }
{"text":"no","x":1,"spans":[],"unit":"chars"}
{ "text":"Go","spans":[{"start":0,"end":2,"label":"X","text":"Go"}],"unit":"chars" }
{"te\u0078t":"a","spans":[],"unit":"chars"}
END
is 'records' "$(cat wanted)" "$("$gaz" tag -l names.tsv -t jsonl in.jsonl 2>&1)"
is 'records, twice' "$(cat wanted)" "$("$gaz" tag -l names.tsv -f jsonl -t jsonl wanted 2>&1)"
fields_of() {
    # shellcheck disable=SC2086
    got=$(echo '{"text":"Linux","a":{"b":"Go"}}' | "$gaz" tag -l names.tsv -f jsonl $2 2>&1)
    is "fields: $2" "2 gaz: $1" "$? $got"
}
fields_of '--spans-field text would replace the text, which is in the field text' '--spans-field text'
fields_of '--unit-field a would replace the text, which is in the field a.b' '--text-field a.b --unit-field a'
fields_of '--spans-field and --unit-field name one field, unit' '--spans-field unit'
is 'fields that are alike' 1 "$(echo '{"text":"Linux"}' | "$gaz" tag -l names.tsv -f jsonl --spans-field tex --unit-field text_unit | wc -l)"
is 'records, as others' '1.50	0	5	X	Linux		
1.50	9	11	X	Go		
in.jsonl:4	0	2	X	Go		' "$("$gaz" tag -l names.tsv -t tsv --id-field id in.jsonl 2>&1)"
# By what they begin with, where no name says more; other JSON is text.
auto() {
    is "records by content: $1" "$2" "$(printf "$3" | "$gaz" tag -l names.tsv -t tsv "$4" 2>&1 | cut -f 2-5)"
}
auto pipe '0	2	X	Go' '\n {"n":1,"text":"Go"}\n{"text":"none"}' --no-progress
auto 'a field within' '0	2	X	Go' '{"a":{"b":"Go"}}' --text-field=a.b
auto 'no text' '6	8	X	Go' '{"a":"Go"}' --quiet
auto 'several lines' '0	2	X	Go' '{\n "text":"Go"}\n' --no-progress
is 'an id that no record has' 'gaz: no record has an id in the field "nr" (--id-field)' \
    "$("$gaz" tag -l names.tsv -t tsv -T 2 --id-field nr in.jsonl 2>&1 >/dev/null)"
auto 'a NUL' '10	12	X	Go' '{\0 "text" Go' --id-field=x
auto 'half a record' '' '{"text' --no-progress
printf '{"text":"Go"}\n' >record.json
cp record.json record.md
is 'records by content: .json' 'record.json:1	0	2	X	Go		' "$("$gaz" tag -l names.tsv -t tsv record.json)"
is 'records by content: not .md' 'record.md	9	11	X	Go		' "$("$gaz" tag -l names.tsv -t tsv record.md)"
is 'records by content: at once' '{"text":"Go"' "$(mkfifo auto.pipe
    { cat record.json; read -r go <auto.pipe; } | timeout 10 "$gaz" tag -l names.tsv -t jsonl --line-buffered |
        { read -r l; echo >auto.pipe; echo "$l" | cut -c 1-12; })"
cat >bad.jsonl <<'END'
{"text":"Go"}
{"text":"\ud800 Go","id":"half"}
{"text":5}
{"id":"none"}
{"text":"a","text":"b"}
[1]
{"text":"x",}
{"text":"Go","unit":"kg"}
{"text":"Go","error":null}
END
good='{"text":"Go","spans":[{"start":0,"end":2,"label":"X","text":"Go"}],"unit":"chars"}'
last='{"text":"Go","error":null,"spans":[{"start":0,"end":2,"label":"X","text":"Go"}],"unit":"chars"}'
is 'a bad record ends the run' "$good
gaz: bad.jsonl:2:10: half of a surrogate pair is no character; the other half must stand beside it (record half)
2" "$("$gaz" tag -l names.tsv --id-field id -t jsonl bad.jsonl 2>err; s=$?; cat err; echo $s)"
is 'bad records are left out' "$good
$last
1" "$("$gaz" tag -l names.tsv -t jsonl --skip-bad bad.jsonl 2>err; echo $?)"
is 'bad records are reported' 'gaz: bad.jsonl:2:10: half of a surrogate pair is no character; the other half must stand beside it
gaz: bad.jsonl:3:9: the field "text" must be a string
gaz: bad.jsonl:4:1: the field "text" is not there
gaz: bad.jsonl:5:13: the field "text" is there twice
gaz: bad.jsonl:6:1: no record: it must be a JSON object, {...}
gaz: bad.jsonl:7:13: no string, which begins with a '"'\"'"'
gaz: bad.jsonl:8:1: the field "unit" is the record'"'"'s own: --unit-field names another one for the unit
gaz: bad records left out: 7' "$(cat err)"
"$gaz" tag -l names.tsv -t jsonl --errors inline bad.jsonl >inline 2>err
is 'errors in the records: exit code, lines, messages' '0 9 0' \
    "$? $(grep -c . inline) $(grep -c . err)"
is 'an error in a record' '{"id":"none","error":"column 1: the field \"text\" is not there"}
{"error":"column 1: no record: it must be a JSON object, {...}","raw":"[1]"}' \
    "$(sed -n '4p; 6p' inline)"
is 'errors, in another part' "$(tail -n +3 inline)" \
    "$(tail -n +3 bad.jsonl | "$gaz" tag -l names.tsv -f jsonl -t jsonl --errors inline)"
is 'errors, twice' "$(cat inline)" \
    "$("$gaz" tag -l names.tsv -f jsonl -t jsonl --errors inline inline)"
is 'fields in fields' '{"a":{"b":"Go","b":1},"c":{"d":"Go"},"s":[{"start":0,"end":2,"label":"X","text":"Go"}],"u":"bytes"}' \
    "$(echo '{"a":{"b":"Go","b":1},"c":{"d":"Go"}}' | "$gaz" tag -l names.tsv \
    -f jsonl -t jsonl --text-field c.d --spans-field s --unit-field u --offsets bytes)"
is 'spaCy again' '{"text":"Go","title":1,"ents":[{"start":0,"end":2,"label":"X"}]}' \
    "$(echo '{"text":"Go","ents":[{"start":9}],"title":1}' | "$gaz" tag -l names.tsv -f spacy -t spacy)"
is 'doccano again' '{"id":7,"text":"Go","label":[[0,2,"X"]]}' \
    "$(echo '{"id":7,"text":"Go","label":[]}' | "$gaz" tag -l names.tsv -f doccano -t doccano)"
awk 'BEGIN { for (i = 0; i < 60000; i++) print "{\"n\":" i ",\"text\":\"Linux and Go, " i "\"}" }' >many.jsonl
one=$("$gaz" tag -l names.tsv -t jsonl many.jsonl | cksum)
is 'records by threads' "$one" "$("$gaz" tag -l names.tsv -t jsonl -T 3 many.jsonl | cksum)"
is 'records, line by line' "$one" "$(head -n 60000 many.jsonl | "$gaz" tag -l names.tsv -f jsonl -t jsonl --line-buffered | cksum)"
sed '50000s/text/txet/' many.jsonl >late.jsonl
got=$("$gaz" tag -l names.tsv -t jsonl -T 3 late.jsonl 2>err | tail -n 1 | cut -c 1-10)
is 'what comes before a bad record is written' '{"n":49998 gaz: late.jsonl:50000:1: the field "text" is not there' "$got $(cat err)"
is 'a record that comes is answered' '{"text":"Go","spans":[{"start":0,"end":2,"label":"X","text":"Go"}],"unit":"chars"}' \
    "$( (echo '{"text":"Go"}'; sleep 2; echo '{"text":"Go"}') |
    "$gaz" tag -l names.tsv -f jsonl -t jsonl --line-buffered | { read -r l; echo "$l"; })"

. "$here/json.inc"

# ---- nesting without end
python=$(command -v python3 || true)
deep() {
    awk -v s="$1" 'BEGIN { for (i = 0; i < 100000; i++) printf "%s", s; print " Linux" }' >deep
    got=$(timeout 20 "$gaz" tag -l names.tsv -f "$2" -t tsv deep | cut -f 5)
    is "100,000 $1" "$3" "$got"
}
deep '<div>' html Linux
deep '<b><p>' html Linux
deep '</p></b>' html Linux
deep '<!--' html ''
deep '<a b=' html ''
deep '&' html Linux
deep '>' markdown Linux
deep '- ' markdown Linux
deep '[' markdown Linux
deep '![' markdown Linux
deep '*a ' markdown Linux
deep '<div>' markdown Linux
deep '[](' markdown Linux

awk 'BEGIN { for (k = 0; k < 2; k++) { printf "|"
    for (i = 0; i < 20000; i++) printf (k == 0 ? "a|" : "---|"); print "" }
    for (i = 0; i < 100000; i++) print "|"; print "| Linux" }' >deep
is 'a table of missing cells' Linux \
    "$(timeout 20 "$gaz" tag -l names.tsv -f markdown -t tsv deep | cut -f 5)"

# ---- what stands beside the text: labels of footnotes, how ruby is read

printf 'Linux[^1], Mac[^Go] OS [x^Go] [^Go\n\n[^Linux]: Go **Linux[^a b] Go**[^Linux]\n' >notes.md
is 'labels of footnotes' '0 5
26 28
32 34
46 48
51 56
63 65' "$("$gaz" tag -l names.tsv -t tsv notes.md | cut -f 2,3 | tr '\t' ' ')"
is 'and with links' 9 "$("$gaz" tag -l names.tsv -t tsv --zones prose,link notes.md | wc -l)"
printf '<p><ruby>Linux<rp>(</rp><rt>Go</rt><rp>)</rp></ruby>' >ruby.html
is 'ruby' 'Linux Go ' "$("$gaz" tag -l names.tsv -t tsv ruby.html | cut -f 5 | tr '\n' ' ')"

printf '`Go` **Linux**\n\n```\nGo\n```\n\n<Tab value="Go">\n' >page.mdx
is 'mdx is Markdown' 'Go Linux ' "$("$gaz" tag -l names.tsv -t tsv page.mdx | cut -f 5 | tr '\n' ' ')"

# ---- UTF-16 is told of, and not read as nothing

mkdir wide
printf '\377\376L\000i\000' >wide/a.txt
printf '<\000p\000>\000L\000i\000n\000' >wide/b.html
printf '\000G\000o\000 \000G\000o' >wide/c.md
printf '\000Go\000' >wide/d
for f in a.txt b.html c.md; do
    is "UTF-16: $f" "2 gaz: wide/$f: the text is UTF-16; convert it to UTF-8 (iconv -f UTF-16 -t UTF-8)" \
        "$("$gaz" tag -l names.tsv wide/$f 2>err >out; echo "$? $(cat err out)")"
done
is 'UTF-16 as lines' 2 "$("$gaz" tag -l names.tsv -f lines wide/a.txt >/dev/null 2>&1; echo $?)"
is 'UTF-16 among others' 'gaz: wide/a.txt: the text is UTF-16; convert it to UTF-8 (iconv -f UTF-16 -t UTF-8); left out
gaz: bad records left out: 1
Go
1' "$("$gaz" tag -l names.tsv -t tsv --skip-bad wide/a.txt wide/d 2>err >out; s=$?; cat err; cut -f 5 out; echo $s)"
is 'some NUL bytes' 'Go' "$("$gaz" tag -l names.tsv -t tsv wide/d | cut -f 5)"
is 'UTF-16 in a folder' '0 3 1' "$("$gaz" tag -l names.tsv wide 2>err >out
    echo "$? $(grep -c 'is UTF-16.*left out$' err) $(grep -c 'holds NUL bytes' err)")"

is 'UTF-16 as records' 'gaz: wide/a.jsonl: the text is UTF-16; convert it to UTF-8 (iconv -f UTF-16 -t UTF-8)
2' "$(printf '\377\376{\000"\000' >wide/a.jsonl; "$gaz" tag -l names.tsv wide/a.jsonl 2>&1; echo $?)"
rm wide/a.jsonl
printf '\377\376\000\000L\000\000\000' >wide.txt
is 'UTF-32' 'gaz: wide.txt: the text is UTF-32; convert it to UTF-8 (iconv -f UTF-32 -t UTF-8)
2' "$("$gaz" tag -l names.tsv wide.txt 2>&1; echo $?)"
printf '\377\376L\000\011\000X\000\n\000' >wide.tsv
for words in 'compile -o x.gaz wide.tsv' 'tag -l wide.tsv in.jsonl' 'lint wide.tsv' \
    'explain wide.tsv' 'diff names.tsv names.tsv wide.tsv'; do
    # shellcheck disable=SC2086
    is "UTF-16: gaz $words" 'gaz: wide.tsv: the text is UTF-16; convert it to UTF-8 (iconv -f UTF-16 -t UTF-8)
2' "$("$gaz" $words 2>&1; echo $?)"
done

# ---- what gaz does not unpack or read is told of, and not read as a text

mkdir packed
printf 'BZh91AY&SY\377\020 Go' >packed/a
printf '\3757zXZ\000\000 Go' >packed/b
printf 'PK\003\004 Go' >packed/c
printf '%%PDF-1.4 Go' >packed/d
"$gaz" compile -o packed/e names.tsv
printf 'BZh is no name of a program, Go is\n' >packed/f
is 'packed' '2 packed by bzip2, which gaz does not unpack (bzip2 -dc)
2 packed by xz, which gaz does not unpack (xz -dc)
2 a zip archive, no text (unzip -p)
2 a PDF, no text (pdftotext)
2 a compiled lexicon, no text (-l takes it, gaz dump writes it as a list)' \
    "$(for f in a b c d e; do
        "$gaz" tag -l names.tsv packed/$f 2>err >out
        echo "$? $(sed "s,^gaz: packed/$f: ,," err)$(cat out)"
    done)"
is 'packed in a folder' '5 packed/f 0' "$("$gaz" tag -l names.tsv -t tsv packed 2>err >out
    code=$?; echo "$(grep -c 'left out$' err) $(cut -f 1 out) $code")"

# Cut within what they begin with, as far as that is no text.
is 'cut short' '2 packed by xz, which gaz does not unpack (xz -dc)
2 packed by xz, which gaz does not unpack (xz -dc)
2 a zip archive, no text (unzip -p)
2 a compiled lexicon, no text (-l takes it, gaz dump writes it as a list)' \
    "$(for cut in b:2 b:4 c:3 e:2; do
        head -c "${cut#*:}" "packed/${cut%:*}" >short
        "$gaz" tag -l names.tsv short 2>err >out
        echo "$? $(sed "s,^gaz: short: ,," err)$(cat out)"
    done)"
printf '\000\000' >short
is 'two NUL bytes' 0 "$("$gaz" tag -l names.tsv -t tsv short 2>&1; echo $?)"
printf 'PK' >short
is 'a short text' '{"file":"short","text":"PK","spans":[],"unit":"chars"}' \
    "$("$gaz" tag -l names.tsv short 2>&1)"

# ---- links that lead nowhere are left out of folders, and that is said

mkdir links
printf 'Linux\n' >links/a.txt
ln -s nowhere links/b.txt
ln -s c links/c
is 'broken links' 'gaz: links/b.txt: a link that leads nowhere; left out
gaz: links/c: a link that leads nowhere; left out
links/a.txt	0	5	X	Linux		
0' "$("$gaz" tag -l names.tsv -t tsv links 2>err >out; code=$?; sort err; cat out; echo $code)"
"$gaz" tag -l names.tsv links/b.txt >/dev/null 2>&1
is 'a broken link that is named' 3 $?

# ---- and so are those that lead back

mkdir -p loop/b/c
printf 'Linux\n' >loop/b/a.txt
ln -s ../.. loop/b/c/up
ln -s . loop/self
ln -s b loop/other
is 'loops of links' 'gaz: loop/b/c/up: a link to a folder that it is in; left out
gaz: loop/other/c/up: a link to a folder that it is in; left out
gaz: loop/self: a link to a folder that it is in; left out
loop/b/a.txt	0	5	X	Linux		
loop/other/a.txt	0	5	X	Linux		
0' "$("$gaz" tag -l names.tsv -t tsv loop 2>err >out; code=$?; sort err; cat out; echo $code)"
is 'a loop where all is needed' '3 gaz: loop/self: a link to a folder that it is in' \
    "$("$gaz" compile -o x.gaz loop 2>err; echo "$? $(cat err)")"

# ---- counts are of words, not of markup

printf '<p>Mac <b>OS</b> X, Mac OS\nX and Mac&nbsp;OS X. Linux &lt;</p>' >words.html
printf 'Mac **OS** X\n' >words.md
is 'counts of words' 'X	Mac OS X		4	2
X	Linux		1	1' "$("$gaz" tag -l names.tsv -t counts words.html words.md)"
is 'counts of words in records' 'X	Mac OS X		2	1' \
    "$(printf '{"text":"Mac OS X, Mac\\u00a0OS\\u202fX"}' | "$gaz" tag -l names.tsv -t counts)"

# ---- offsets, as Python counts
if [ -n "$python" ]; then
    "$python" "$here/offsets.py" "$gaz" "$dir" >log 2>&1 || {
        tail -n 3 log
        bad=1
    }
    # and real pages, where some are installed
    "$python" "$here/pages.py" "$gaz" /usr/share/doc /usr/lib/node_modules >log 2>&1 || {
        tail -n 20 log
        bad=1
    }
else
    echo 'python3 is not installed: offsets are not checked by it'
fi

# ---- the text of pages, as gumbo reads it
build=$(dirname "$gaz")
case "$build" in
*asan* | *ubsan* | *sanitize*) libs= ;;
*) libs='gumbo libutf8proc libxxhash libmd libpcre2-8 jansson md4c' ;;
esac
# shellcheck disable=SC2086
if [ -n "$libs" ] && pkg-config --exists $libs; then
    find /usr/share/doc -name '*.html' -type f -print0 2>/dev/null |
        sort -z | head -z -n 300 >pages
    # shellcheck disable=SC2086
    ${CC:-gcc} ${SANITIZE-} -std=c17 -O1 -I"$here/../../src" -o gumbo "$here/gumbo.c" \
        "$build/libgaz.a" $(pkg-config --cflags --libs $libs) -lm &&
        printf '<p>a</p><pre>b</pre>c &amp; d' >a.html &&
        ./gumbo a.html && xargs -0 -r ./gumbo <pages || bad=1
else
    echo 'libgumbo-dev is not installed: pages are not held against it'
fi
exit "$bad"
