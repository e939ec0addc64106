#!/bin/sh
# Output formats of annotation tools: run.sh GAZ
set -u
gaz=$1
bad=0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

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

printf 'Mac OS\tOS\tmac\nAda "95"\tLanguage\n' >"$dir/list.tsv"
printf 'é😀 Mac\nOS\tand Ada "95"' >"$dir/text"

writes spacy '{"text":"é😀 Mac\nOS\tand Ada \"95\"","ents":[{"start":3,"end":9,"label":"OS","id":"mac"},{"start":14,"end":22,"label":"Language"}]}'
writes prodigy '{"text":"é😀 Mac\nOS\tand Ada \"95\"","spans":[{"start":3,"end":9,"label":"OS"},{"start":14,"end":22,"label":"Language"}]}'
writes doccano '{"text":"é😀 Mac\nOS\tand Ada \"95\"","label":[[3,9,"OS"],[14,22,"Language"]]}'
writes hf '[{"entity_group":"OS","score":1.0,"word":"Mac\nOS","start":3,"end":9},{"entity_group":"Language","score":1.0,"word":"Ada \"95\"","start":14,"end":22}]'
writes brat "$(printf 'T4\tOS 3 9\tMac OS\nT15\tLanguage 14 22\tAda "95"')"
got=$("$gaz" tag -l "$dir/list.tsv" -t labelstudio "$dir/text" |
    sed 's/"gaz [0-9.]*"/"gaz"/')
wanted='{"data":{"text":"é😀 Mac\nOS\tand Ada \"95\""},"predictions":[{"model_version":"gaz","result":[{"id":"gaz4","from_name":"label","to_name":"text","type":"labels","value":{"start":4,"end":10,"text":"Mac\nOS","labels":["OS"]}},{"id":"gaz15","from_name":"label","to_name":"text","type":"labels","value":{"start":15,"end":23,"text":"Ada \"95\"","labels":["Language"]}}]}]}'
[ "$got" = "$wanted" ] || { echo "labelstudio: $got"; bad=1; }

writes spacy 'gaz: -t spacy counts chars; it takes no other --offsets' --offsets bytes
writes brat 'gaz: -t brat writes one document; tag one text at a time' -f lines
writes doccano '{"text":"é😀 Mac","label":[]}
{"text":"OS\tand Ada \"95\"","label":[[7,15,"Language"]]}' -f lines

# Nothing found, nothing there.
: >"$dir/text"
writes spacy '{"text":"","ents":[]}'
writes hf '[]'
writes brat ''

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
[ "$bad" -eq 0 ]
