#!/bin/sh
# Output formats: run.sh GAZ. golden/FORMAT is what the text gives; after a
# change that is meant, GAZ_GOLDEN=write run.sh GAZ writes them anew.
. "$(dirname "$0")/../tools/begin.sh"

# writes FORMAT WANTED OPTION...: of the text
writes() {
    format=$1
    wanted=$2
    shift 2
    got=$("$gaz" tag -l "$dir/list.tsv" -t "$format" "$@" "$dir/text" 2>&1)
    [ "$wanted" = "$got" ] && return
    echo "$format $*: wanted"
    printf '%s\n' "$wanted"
    echo got
    printf '%s\n' "$got"
    bad=1
}

# golden FORMAT NAME OPTION...: of a text with everything that hurts
golden() {
    format=$1
    name=$2
    shift 2
    (cd "$dir" && "$gaz" tag -l list.tsv -t "$format" "$@" hard.txt) |
        sed 's/"gaz [0-9.]*"/"gaz"/; s#sha256-[A-Za-z0-9+/=]*#sha256#; /^<style>/,/^<\/style>/d' >"$dir/got" 2>&1
    if [ "${GAZ_GOLDEN:-}" = write ]; then
        cp "$dir/got" "$here/golden/$name"
    fi
    cmp -s "$dir/got" "$here/golden/$name" && return
    echo "$format $*: not as in golden/$name"
    diff -a "$here/golden/$name" "$dir/got"
    bad=1
}

gaz=$(cd "$(dirname "$gaz")" && pwd)/$(basename "$gaz")
printf 'Mac OS\tOS\tmac\nLinux\tOS\tlinux\nC++\tLanguage\n.NET\tLibrary\nAda "95"\tLanguage\n' >"$dir/list.tsv"
printf 'é😀 Mac\nOS\tand Ada "95". <b>Linux 6.1</b> & *.NET* in C++, 12 Linux\001\000\377 boxes.\r\n# 1. x_y\n    - code\n1. Linux! עברית\342\200\256 Linux' >"$dir/hard.txt"
for format in jsonl tsv ansi html xml md counts counts-json spacy prodigy \
    doccano labelstudio hf brat solr conll; do
    golden $format $format
done
golden jsonl jsonl.bytes --offsets bytes
golden tsv tsv.utf16 --offsets utf16 --header
golden xml xml.utf16 --offsets utf16
golden counts counts.header --header
golden ansi ansi.color --color always
for scheme in iob1 iob2 iobes bilou; do
    golden conll conll.$scheme --scheme $scheme
done
cp "$here/hard.md" "$dir/hard.txt"
golden md md.markdown -f markdown
printf 'a\tx\nMac\tx\nOS\tx\nLinux\tx\nb\tx\n\nLinux\tx\n' >"$dir/hard.txt"
for scheme in iob1 iob2 iobes bilou; do
    golden conll corpus.$scheme --scheme $scheme -f conll
done

printf 'Mac OS\tOS\tmac\nAda "95"\tLanguage\n' >"$dir/list.tsv"
printf 'é😀 Mac\nOS\tand Ada "95"' >"$dir/text"

writes spacy '{"text":"é😀 Mac\nOS\tand Ada \"95\"","ents":[{"start":3,"end":9,"label":"OS","id":"mac"},{"start":14,"end":22,"label":"Language"}]}'
writes doccano '{"text":"é😀 Mac\nOS\tand Ada \"95\"","label":[[3,9,"OS"],[14,22,"Language"]]}'
writes hf '[{"entity_group":"OS","score":1.0,"word":"Mac\nOS","start":3,"end":9},{"entity_group":"Language","score":1.0,"word":"Ada \"95\"","start":14,"end":22}]'
writes brat "$(printf 'T4\tOS 3 9\tMac OS\nT15\tLanguage 14 22\tAda "95"')"
got=$("$gaz" tag -l "$dir/list.tsv" -t labelstudio "$dir/text" |
    sed 's/"gaz [0-9.]*"/"gaz"/')
wanted='{"data":{"text":"é😀 Mac\nOS\tand Ada \"95\""},"predictions":[{"model_version":"gaz","result":[{"id":"gaz4-10","from_name":"label","to_name":"text","type":"labels","value":{"start":4,"end":10,"text":"Mac\nOS","labels":["OS"]}},{"id":"gaz15-23","from_name":"label","to_name":"text","type":"labels","value":{"start":15,"end":23,"text":"Ada \"95\"","labels":["Language"]}}]}]}'
[ "$got" = "$wanted" ] || { echo "labelstudio: $got"; bad=1; }

writes spacy 'gaz: -t spacy counts chars; it takes no other --offsets' --offsets bytes
writes brat 'gaz: -t brat writes one document here; -o FOLDER takes several, a file each' -f lines
writes doccano '{"text":"é😀 Mac","label":[]}
{"text":"OS\tand Ada \"95\"","label":[[7,15,"Language"]]}' -f lines

# Nothing found, nothing there.
: >"$dir/text"
writes spacy '{"text":"","ents":[]}'
writes hf '[]'
writes brat ''

# Blanks before a mention would make its line code.
got=$(printf '    Mac OS x\n   \n\tMac OS\n' | "$gaz" tag -l "$dir/list.tsv" -t md)
[ "$got" = '&nbsp;&nbsp;&nbsp;&nbsp;**Mac OS**`[OS]` x
   
&emsp;**Mac OS**`[OS]`' ] || { echo "md: blanks before a mention: $got"; bad=1; }
# One line of 2 MB takes no longer than many, be it mentions, blanks or digits
# and points.
{
    awk 'BEGIN { for (i = 0; i < 160000; i++) printf "Mac OS, on " }'
    printf '\n%2000000s\n' x
    awk 'BEGIN { for (i = 0; i < 500000; i++) printf "7"; for (i = 0; i < 500000; i++) printf "." }'
} >"$dir/long"
stars=$(timeout 20 "$gaz" tag -l "$dir/list.tsv" -t md "$dir/long" | grep -o '[*][*]' | wc -l)
[ "$stars" -eq 320000 ] || { echo "md: long lines: $stars stars"; bad=1; }

# Many pieces and threads, and what Python makes of it.
awk 'BEGIN { for (i = 0; i < 60000; i++) print "é Mac OS and Ada \"95\", number " i "." }' >"$dir/text"
for format in spacy prodigy doccano labelstudio hf brat; do
    one=$("$gaz" tag -l "$dir/list.tsv" -t $format "$dir/text" | cksum)
    two=$("$gaz" tag -l "$dir/list.tsv" -t $format -T 3 "$dir/text" | cksum)
    piped=$("$gaz" tag -l "$dir/list.tsv" -t $format <"$dir/text" | cksum)
    [ "$one" = "$two" ] && [ "$one" = "$piped" ] || { echo "$format: threads differ"; bad=1; }
done
if command -v python3 >/dev/null 2>&1; then
    "$gaz" tag -l "$dir/list.tsv" -t spacy -T 2 "$dir/text" | python3 -c '
import json, sys
doc = json.load(sys.stdin)
names = {doc["text"][e["start"]:e["end"]] for e in doc["ents"]}
sys.exit(names != {"Mac OS", "Ada \"95\""} or len(doc["ents"]) != 120000)' ||
        { echo "spacy: offsets"; bad=1; }
fi
# Offsets, texts and schemas, by an independent reader.
for python in /usr/bin/python3 python3; do
    "$python" -c 'import jsonschema' 2>/dev/null && break
done
if command -v "$python" >/dev/null 2>&1; then
    mkdir "$dir/many"
    "$python" "$here/check.py" "$gaz" "$dir/many" "$here/schema" || bad=1
else
    echo "skipped: what is written, read by Python (Debian: python3)"
fi
if command -v cmark >/dev/null 2>&1 && command -v "$python" >/dev/null 2>&1; then
    "$python" "$here/markdown.py" "$gaz" "$here/hard.md" "$here"/../../*.md \
        "$here"/../../lexicons/sample/*.md || bad=1
else
    echo "skipped: Markdown stays Markdown (Debian: cmark, python3)"
fi
if command -v xmllint >/dev/null 2>&1; then
    "$gaz" tag -l "$dir/list.tsv" -t xml "$here/run.sh" | xmllint --noout - || bad=1
else
    echo "skipped: inline XML read by xmllint (Debian: libxml2-utils)"
fi
[ "$bad" -eq 0 ]
