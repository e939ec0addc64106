#!/bin/sh
# gaz convert: run.sh GAZ
# Round trips between all formats that are read, what they cannot hold, and
# what is said of bad input.
. "$(dirname "$0")/../tools/begin.sh"
cd "$dir" || exit 1

oops() {
    echo "$*"
    bad=1
}

# ---- round trips: the same spans, whatever the way

cat >docs.jsonl <<'DOCS'
{"file":"a.txt","text":"é😀 Mac\nOS\tand \"Ada\" & <C++>, Linux\r\nLinuxUnix.\n","spans":[{"start":3,"end":9,"label":"OS","text":"Mac\nOS","id":"mac","score":0.500},{"start":15,"end":18,"label":"Language","text":"Ada","version":"95"},{"start":23,"end":26,"label":"Language"},{"start":29,"end":34,"label":"OS"},{"start":36,"end":41,"label":"OS"},{"start":41,"end":45,"label":"OS"}],"unit":"chars"}
{"file":"b.txt","text":"nothing here","spans":[],"unit":"chars"}
{"file":"c.txt","text":"日本語Linux是 𝔘nix","spans":[{"start":3,"end":8,"label":"OS"},{"start":10,"end":14,"label":"A-B_c"}],"unit":"chars"}
DOCS

# to FORMAT FROM-FILE FROM-FORMAT TO-FILE
to() {
    if [ "$1" = brat ]; then
        rm -rf "$4"
        "$gaz" convert -f "$3" -t brat -o "$4/" "$2" || oops "$3 to brat"
    else
        "$gaz" convert -f "$3" -t "$1" -o "$4" "$2" || oops "$3 to $1"
    fi
}

# spans FILE FORMAT: start, end, label and text of each
spans() {
    "$gaz" convert -f "$2" -t tsv "$1" | cut -f 2-5 | sort
}

formats='jsonl spacy prodigy doccano labelstudio xml brat'
spans docs.jsonl jsonl >wanted
[ "$(wc -l <wanted)" -eq 8 ] || oops 'the documents'
for x in $formats; do
    to $x docs.jsonl jsonl "x.$x"
    spans "x.$x" $x | cmp -s - wanted || oops "jsonl to $x"
    for y in $formats; do
        to $y "x.$x" $x "y.$y"
        to $x "y.$y" $y "z.$x"
        spans "z.$x" $x | cmp -s - wanted || oops "$x to $y to $x"
    done
done
# All that jsonl has comes back through xml, byte for byte.
"$gaz" convert docs.jsonl >first.jsonl
"$gaz" convert -t xml first.jsonl | "$gaz" convert -f xml - | cmp -s - first.jsonl ||
    oops 'jsonl to xml to jsonl'
for unit in bytes utf16; do
    "$gaz" convert --offsets $unit docs.jsonl >units.jsonl
    spans units.jsonl jsonl | cmp -s - wanted || oops "offsets in $unit"
done
# Corpora hold no white space: labels and words stay.
words() {
    "$gaz" convert -f "$2" -t tsv "$1" | cut -f 4,5 | sed 's/\\n/ /g' | sort
}
words docs.jsonl jsonl >wanted.words
for scheme in iob1 iob2 iobes bilou; do
    "$gaz" convert -t conll --scheme $scheme -o c.conll docs.jsonl || oops "conll $scheme"
    words c.conll conll | cmp -s - wanted.words || oops "jsonl to conll ($scheme)"
    for x in $formats; do
        to $x c.conll conll "x.$x"
        words "x.$x" $x | cmp -s - wanted.words || oops "conll ($scheme) to $x"
    done
    for other in iob1 iob2 iobes bilou; do
        "$gaz" convert -t conll --scheme $other c.conll | "$gaz" convert -f conll -t conll --scheme $scheme - |
            cmp -s - c.conll || oops "$scheme to $other to $scheme"
    done
done
[ "$(grep -c -e -DOCSTART- c.conll)" -eq 2 ] || oops 'documents in conll'
# Hugging Face's has no text.
"$gaz" tag -l /dev/null -t hf /dev/null >/dev/null 2>&1
sed -n 1p docs.jsonl >one.jsonl
"$gaz" convert -t hf one.jsonl >one.hf
"$gaz" convert -t brat -o one/ one.jsonl
"$gaz" convert -f hf --text one/a.txt one.hf | "$gaz" convert -t tsv - | cut -f 2-5 >got
"$gaz" convert -t tsv one.jsonl | cut -f 2-5 | cmp -s - got || oops 'hf with --text'
# What is tagged is read.
printf 'Linux\tOS\tlinux\nMac OS\tOS\n' >list.tsv
printf 'Linux on a Mac\nOS, Linux\n' >t.txt
for x in $formats; do
    [ $x = brat ] && continue
    "$gaz" tag -l list.tsv -t $x t.txt | "$gaz" convert -t tsv $([ $x = xml ] && echo -f xml) - |
        cut -f 2-5 >got
    "$gaz" tag -l list.tsv -t tsv t.txt | cut -f 2-5 | cmp -s - got || oops "tagged as $x"
done

# tsv names the files of its texts, in any unit; --text is another.
printf 'é😀 Linux\\ and\tMac\r\nOS\n' >u.txt
for unit in chars bytes utf16; do
    "$gaz" tag -l list.tsv -t tsv --header --offsets $unit t.txt u.txt t.txt >table.tsv
    "$gaz" convert -t tsv --header --offsets $unit table.tsv | cmp -s - table.tsv ||
        oops "tsv to tsv in $unit"
done
"$gaz" tag -l list.tsv -t tsv u.txt >table.tsv
"$gaz" tag -l list.tsv u.txt >wanted
"$gaz" convert <table.tsv | cmp -s - wanted || oops 'tsv to jsonl'
"$gaz" tag -l list.tsv -t tsv - <u.txt | "$gaz" convert -t tsv --text u.txt | cut -f 2-6 >got
cut -f 2-6 table.tsv | cmp -s - got || oops 'tsv with --text'
# What it is, and how it is packed, is found out of pipes too.
for x in $formats; do
    [ $x = brat ] && continue
    gzip -c "x.$x" >packed
    "$gaz" convert -t tsv <packed | cut -f 2-5 | sort >got
    spans "x.$x" $x | cmp -s - got || oops "a packed pipe of $x"
done
"$gaz" tag -l list.tsv -t conll t.txt >t.conll
"$gaz" convert -t tsv t.conll | cut -f 2-5 >wanted
gzip t.conll
"$gaz" convert -t tsv t.conll.gz | cut -f 2-5 | cmp -s - wanted || oops 'conll.gz'
"$gaz" convert -t tsv <t.conll.gz | cut -f 2-5 | cmp -s - wanted || oops 'a pipe of conll'
[ -s wanted ] || oops 'nothing in conll'

# ---- what formats look like elsewhere

gives() {
    wanted=$1
    shift
    got=$("$gaz" convert -t tsv "$@" 2>&1 | cut -f 2-5)
    [ "$got" = "$wanted" ] || oops "$*: wanted '$wanted', got '$got'"
}
tab=$(printf '\t')
echo '[{"data":{"text":"a Linux"},"annotations":[{"result":[{"type":"labels","from_name":"l","value":{"start":2,"end":7,"labels":["OS"]}}]}],"predictions":[{"result":[]}]}]' >studio.json
gives "2${tab}7${tab}OS${tab}Linux" studio.json
echo '{"text":"a Linux","entities":[{"id":1,"start_offset":2,"end_offset":7,"label":"OS"}]}' >entities.json
gives "2${tab}7${tab}OS${tab}Linux" entities.json
echo '{"text":"a Linux","entities":[[2,7,"OS"]]}' >entities.json
gives "2${tab}7${tab}OS${tab}Linux" entities.json
studio='{"type":"labels","value":{"start":2,"end":7,"labels":["OS"]}}'
echo "[{\"data\":{\"text\":\"a Linux\"},\"annotations\":[{\"was_cancelled\":true,\"result\":[$studio,$studio]},{\"was_cancelled\":false,\"result\":[$studio]}]}]" >skipped.json
gives "gaz: 1 annotation left out that are no spans, or not accepted ones
2${tab}7${tab}OS${tab}Linux" skipped.json
echo "[{\"data\":{\"text\":\"a Linux\"},\"annotations\":[{\"was_cancelled\":true,\"result\":[$studio]}]}]" >skipped.json
gives "gaz: 1 annotation left out that are no spans, or not accepted ones" skipped.json
echo 'Linux' >hf.txt
echo '[{"entity":"B-OS","word":"Li","start":0,"end":2},{"entity":"I-OS","word":"##nux","start":2,"end":5}]' >hf.json
gives "gaz: hf.json:1:1: [0] is a token tagged 'B-OS'; spans are wanted, which aggregation_strategy=\"simple\" makes" \
    -f hf --text hf.txt hf.json
echo '{"text":"a Linux","labels":[[2,7,"OS"]]}' >labels.json
gives "2${tab}7${tab}OS${tab}Linux" labels.json
printf '{"text":"a Linux","spans":[{"start":2,"end":7,"label":"OS"}],"answer":"reject"}\n{"text":"Unix","spans":[{"start":0,"end":4,"label":"OS"}],"answer":"accept"}\n' >answers.json
gives "gaz: 1 annotation left out that are no spans, or not accepted ones
0${tab}4${tab}OS${tab}Unix" answers.json
mkdir b
printf 'a Mac\nOS, Linux\n' >b/d.txt
printf 'T1\tOS 2 5;6 8\tMac OS\nT2\tOS 10 15\tLinux\n#1\tAnnotatorNotes T1\tgood\nR1\tRel Arg1:T1 Arg2:T2\n' >b/d.ann
gives "gaz: 2 annotations left out that are no spans, or not accepted ones
2${tab}8${tab}OS${tab}Mac\\nOS
10${tab}15${tab}OS${tab}Linux" b
printf '<documents><document>a <mention label="OS">Li<![CDATA[nux]]></mention> &amp; <!-- no -->b</document></documents>' >d.xml
gives "2${tab}7${tab}OS${tab}Linux" d.xml

# ---- long inputs: a document at a time, places in any order

awk 'BEGIN { for (i = 0; i < 9000; i++) t = t "a Linux "
    for (i = 0; i < 500; i++) print "{\"text\":\"" t "\",\"ents\":[" \
        "{\"start\":71994,\"end\":71999,\"label\":\"OS\"},{\"start\":2,\"end\":7,\"label\":\"OS\"}]}"
    }' >many.jsonl
sed '1s/^/[/; $!s/$/,/; $s/$/]/' many.jsonl >array.json
if (ulimit -v 60000 && "$gaz" --version) >/dev/null 2>&1; then
    for f in many.jsonl array.json; do
        n=$( (ulimit -v 60000 && "$gaz" convert -t tsv $f) | wc -l)
        [ "$n" -eq 1000 ] || oops "$f in 60 MB: $n lines"
    done
fi # else with sanitizers
awk 'BEGIN { for (i = 0; i < 100000; i++) t = t "\303\251 Linux "
    printf "{\"text\":\"%s\",\"ents\":[", t
    for (i = 99999; i >= 0; i--) printf "%s{\"start\":%d,\"end\":%d,\"label\":\"OS\"}", \
        (i < 99999 ? "," : ""), i * 8 + 2, i * 8 + 7
    print "]}" }' >falling.json
n=$(timeout 20 "$gaz" convert -t tsv falling.json | cut -f 5 | grep -cx Linux)
[ "$n" -eq 100000 ] || oops "places in falling order: $n"
printf '[{"text":"a Linux","ents":[{"start":2,"end":7,"label":"OS"}]},\n {"text":"Unix","ents":[]}]\n{"text":"Ada","labels":[]}' >mixed.json
[ "$("$gaz" convert -t jsonl mixed.json | wc -l)" -eq 3 ] || oops 'arrays and objects mixed'

# ---- what cannot be held

cat >over.jsonl <<'DOCS'
{"file":"a","text":"x GNU/Linux y","spans":[{"start":6,"end":11,"label":"K"},{"start":2,"end":11,"label":"OS"},{"start":2,"end":5,"label":"P"}],"unit":"chars"}
DOCS
for x in conll xml html md ansi; do
    "$gaz" convert -t $x -o out over.jsonl 2>err
    [ $? -eq 2 ] || oops "overlaps to $x"
    [ "$(cat err)" = "gaz: over.jsonl:1: 'GNU/Linux' (OS) and 'GNU' (P) overlap, which -t $x cannot hold; --drop-overlaps leaves out the latter" ] ||
        oops "overlaps to $x: $(cat err)"
    [ -e out ] && oops "overlaps to $x: written"
    "$gaz" convert -t $x -o out --drop-overlaps over.jsonl 2>err || oops "dropped for $x"
    [ "$(cat err)" = "gaz: 2 mentions left out: 2 overlap others, 0 are in pieces" ] || oops "dropped for $x: $(cat err)"
    rm -f out
done
for x in jsonl spacy prodigy doccano labelstudio; do
    got=$("$gaz" convert -t $x over.jsonl | "$gaz" convert -t tsv - | cut -f 2-4 | tr '\t\n' ' ;')
    [ "$got" = '2 11 OS;2 5 P;6 11 K;' ] || oops "overlaps in $x: $got"
done
printf 'T1\tOS 0 1;4 5\ta M\n' >b/d.ann
"$gaz" convert b/d.ann >out 2>err
[ $? -eq 2 ] && grep -q '^gaz: b/d.ann:1:10: a mention in several pieces' err || oops "pieces: $(cat err)"
"$gaz" convert --drop-overlaps b/d.ann >out 2>err || oops 'pieces left out'
grep -q '1 mention left out: 0 overlap others, 1 are in pieces' err || oops "pieces left out: $(cat err)"

# What is no span is left out, and told of.
printf '{"id":3,"text":"Linux","entities":[{"id":1,"label":"OS","start_offset":0,"end_offset":5}],"relations":[{"from_id":1,"to_id":1},{"from_id":1,"to_id":1}]}' >in
"$gaz" convert -t tsv in 2>err | cut -f 2-4 | grep -qx '0	5	OS' || oops 'relations'
grep -q '^gaz: 2 annotations left out that are no spans' err || oops "relations: $(cat err)"

# ---- bad input: where, what, and what would be right

rm -f out
# fails PLACE-AND-WORDS FORMAT INPUT
fails() {
    printf -- "$3" >in
    "$gaz" convert -f "$2" -o out in 2>err
    code=$?
    [ $code -eq 2 ] && grep -qF "gaz: in:$1" err || oops "$2: $3: exit $code, $(cat err), wanted in:$1"
    [ -e out ] && oops "$2: $3: written" && rm -f out
}
ok='{"text":"abc","spans":[],"unit":"chars"}\n'
fails "2:1: spans[0] goes from 1 to 9, but the text ends at 3 (characters)" jsonl \
    "$ok"'{"text":"abc","spans":[{"start":1,"end":9,"label":"X"}]}'
fails "2:3: spans[0] goes from 2 to 2: whole numbers are wanted" jsonl \
    "$ok"'  {"text":"abc","spans":[{"start":2,"end":2,"label":"X"}]}'
fails "1:1: spans[0] goes from 1.5 to 2:" jsonl '{"text":"abc","spans":[{"start":1.5,"end":2,"label":"X"}]}'
fails "1:1: spans[0] has no label" jsonl '{"text":"abc","spans":[{"start":1,"end":2}]}'
fails "1:1: spans[0] says 'b', but there the text is 'c': are its offsets characters?" jsonl \
    '{"text":"abc","spans":[{"start":2,"end":3,"label":"X","text":"b"}]}'
fails "1:1: spans[0] goes from 1 to 2, inside a character (of 4 bytes)" jsonl \
    '{"text":"😀","spans":[{"start":1,"end":2,"label":"X"}],"unit":"bytes"}'
fails '1:1: "unit" is to be chars, bytes or utf16' jsonl '{"text":"a","spans":[],"unit":"words"}'
fails '1:1: a document of this format has no "ents"; is it -f spacy?' jsonl \
    '{"text":"abc","ents":[{"start":1,"end":2,"label":"X"}]}'
fails '2:1: a document of this format has no "spans"; is it -f jsonl or prodigy?' doccano \
    '{"text":"abc"}\n{"text":"abc","spans":[{"start":1,"end":2,"label":"X"}]}'
fails '1:1: a document of this format has no "label"; is it -f doccano?' spacy \
    '{"text":"abc","label":[[1,2,"X"]]}'
for x in jsonl spacy; do # nothing that is lost
    printf '{"text":"abc","labels":["news"]}\n{"text":"b","ents":[]}' >in
    "$gaz" convert -f $x -t jsonl in >out 2>err && [ "$(wc -l <out)" -eq 2 ] ||
        oops "records without mentions as $x: $(cat err)"
done
rm -f out
fails '1:6: these places count the tokens of a corpus' tsv \
    'file\tstart_tokens\tend_tokens\tlabel\na.conll:1\t0\t1\tOS\n'
"$gaz" convert -f jsonl --columns 1,2 in 2>err
[ $? -eq 2 ] && grep -qxF 'gaz: --columns is for -f auto, -f conll; -f jsonl has no use for it' err ||
    oops "columns of jsonl: $(cat err)"
"$gaz" convert -f conll --text in in 2>err
[ $? -eq 2 ] && grep -qxF 'gaz: --text is for -f auto, -f hf, -f tsv; -f conll has no use for it' err ||
    oops "text of a corpus: $(cat err)"
fails '1:1: a document without a "text"' jsonl '{"spans":[],"unit":"chars"}'
fails '1:1: "spans" is to be an array' jsonl '{"text":"a","spans":3}'
fails "2:11: not JSON:" jsonl "$ok"'{"text":"a"'
fails "3:1: not JSON:" jsonl '\n{"text":"a",\n2}'
fails "1:2: an object is wanted" jsonl '["a"]'
fails "2:1: not JSON: ',' or ']' expected" jsonl '[{"text":"a"}\n{"text":"b"}]'
fails "1:15: not JSON: unexpected token near ']'" jsonl '[{"text":"a"},]'
fails "1:14: not JSON: ',' or ']' expected" jsonl '[{"text":"a"}'
fails "1:1: no format that gaz knows" auto '{"a":1}'
fails "1:1: this format has no text" hf '[]'
fails "2:3: tag 'X-A'" conll 'a\tO\nb\tX-A\n'
fails "1:14: not XML: mismatched tag" xml '<documents></b>'
fails "1:1: <a> here: <documents> holds" xml '<a/>'
fails "1:" xml '<documents><document><mention>x</mention></document></documents>'
printf 'abc' >abc
fails '1:5: a whole number is wanted' tsv 'abc\tx\t1\tX\n'
fails "2:5: this mention says 'b', but there the text is 'a'" tsv 'abc\t0\t1\tX\nabc\t0\t1\tX\tb\n'
fails '1:5: this mention goes from 1 to 9, but the text ends at 3' tsv 'abc\t1\t9\tX\n'
fails '1:1: wants file TAB start TAB end TAB label' tsv 'abc\t0\t1\n'
fails '1:14: an eighth column' tsv 'abc\t0\t1\tX\t\t\t\t\n'
fails '1:9: a backslash stands for itself' tsv 'abc\t0\t1\t\\x\n'
fails '1:1: the text came from standard input' tsv '-\t0\t1\tX\n'
fails '1:32: score="nil": a number is wanted' xml '<documents><document> and then <mention label="A" score="nil">x</mention></document></documents>'
fails '1:43: this mention has the score nan: a number up to 1e+06' xml '<document><mention label="A" score="nan">x</mention></document>'
fails '1:1: spans[0] has the score 1e+300: a number up to 1e+06' jsonl \
    '{"text":"a","spans":[{"start":0,"end":1,"label":"X","score":1e300}]}'
printf '{"text":"a","spans":[{"start":0,"end":1,"label":"X","score":87.5}],"unit":"chars"}' |
    "$gaz" convert - | grep -qF '"score":87.500}' || oops 'a score above 9'
# Many labels, and lines that are longer than any buffer.
awk 'BEGIN {
    printf "{\"text\":\""
    for (i = 0; i < 3000; i++) printf "a\\t\\n"
    printf "\",\"spans\":["
    for (i = 0; i < 500; i++)
        printf "%s{\"start\":%d,\"end\":9000,\"label\":\"L%d\"}", i ? "," : "", i * 3, i
    print "],\"unit\":\"chars\"}"
}' >long.jsonl
awk 'BEGIN {
    for (i = 0; i < 500; i++) {
        printf "long.jsonl\t%d\t9000\tL%d\t", i * 3, i
        for (k = i; k < 3000; k++) printf "a\\t\\n"
        print "\t\t"
    }
}' >wanted
"$gaz" convert -t tsv long.jsonl | cmp - wanted || oops 'long lines of tsv'
printf 'abc' >b/d.txt
for line in 'X1\tOS 0 1\ta' '\000\t1' 'T1\tOS 0 1\tb' 'T1 OS' 'T1\tOS\ta' 'T1\tOS 0 9\ta' 'T1\tOS 1 1\ta' 'T1\tOS 0 x'; do
    printf '\n'"$line" >b/d.ann
    "$gaz" convert b/d.ann >/dev/null 2>err
    [ $? -eq 2 ] && grep -q '^gaz: b/d.ann:2:[0-9]*: ' err || oops "brat: $line: $(cat err)"
done
mkdir nothing
echo 'no annotations' >nothing/a.txt
"$gaz" convert nothing >out 2>err
[ $? -eq 2 ] && grep -q '^gaz: nothing: a folder without annotated documents' err ||
    oops "a folder of texts: $(cat err)"
printf '{"text":"Linux","id":"%s"}\n' . ../.. .hid '' a/b >ids.jsonl
"$gaz" tag -l list.tsv -f jsonl -t brat --id-field id -o ids ids.jsonl || oops 'odd ids for brat'
got=$("$gaz" convert -t tsv ids | cut -f 1 | tr '\n' ' ')
[ "$got" = 'ids/_...txt ids/_..txt ids/_.hid.txt ids/b.txt ids/ids.jsonl.txt ' ] || oops "odd ids for brat: $got"
"$gaz" convert -f brat docs.jsonl >out 2>err
[ $? -eq 2 ] && grep -q "docs.jsonl: brat's documents are NAME.txt" err ||
    oops "no name of brat's: $(cat err)"
printf 'x\tLinux\tB-OS\ny\tis\tO\n' >columns.conll
[ "$("$gaz" convert -t ansi --color always --columns 2,3 columns.conll | grep -c '\[30;48;')" -gt 0 ] ||
    oops 'columns and colours'
printf '\357\273\277\n \n{"text":"Linux","spans":[]}' >blank
[ "$("$gaz" convert -t spacy blank)" = '{"text":"Linux","ents":[]}' ] ||
    oops "blanks before JSON: $("$gaz" convert -t spacy blank 2>&1)"
printf 'Linux' >alone.txt
"$gaz" convert alone.txt >out 2>err
[ $? -eq 2 ] && grep -q '^gaz: alone.txt: there is no alone.ann beside it' err ||
    oops "a text without mentions: $(cat err)"
mv alone.txt alone.ann
"$gaz" convert alone.ann >out 2>err
[ $? -eq 2 ] && grep -q '^gaz: alone.ann: there is no alone.txt beside it' err ||
    oops "mentions without a text: $(cat err)"
"$gaz" convert nowhere.txt >out 2>err
[ $? -eq 3 ] && grep -q '^gaz: nowhere.txt: cannot open: ' err ||
    oops "neither: $(cat err)"
printf '# text = a Linux\na\tO\nLinux\tB-OS\n' >comment
[ "$("$gaz" convert -t tsv comment | cut -f 4,5)" = 'OS	Linux' ] ||
    oops 'a corpus that begins with a comment'
"$gaz" convert -t spacy --header comment >out 2>err
[ $? -eq 2 ] && grep -q 'header is for -t tsv, -t counts; -t spacy' err ||
    oops "an option without use: $(cat err)"
printf -- '-DOCSTART-\tB-OS\nLinux\tI-OS\n\n' >mark.conll
"$gaz" convert -t spacy mark.conll >/dev/null 2>err
[ $? -eq 2 ] && grep -q '^gaz: mark.conll:1:1: a mention on a -DOCSTART- line' err ||
    oops "a mention on a mark: $(cat err)"
"$gaz" convert nowhere.jsonl >/dev/null 2>&1
[ $? -eq 3 ] || oops 'a missing file'
"$gaz" convert -t brat -o y.ann docs.jsonl 2>err
[ $? -eq 2 ] && grep -q 'docs.jsonl:2: a second document' err || oops "brat: two documents: $(cat err)"
[ "$bad" -eq 0 ]
