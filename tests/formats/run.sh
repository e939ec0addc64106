#!/bin/sh
# Lists of other programs: run.sh GAZ
. "$(dirname "$0")/../tools/begin.sh"

# gives WANTED ARGUMENT...: the dump of what is compiled
gives() {
    wanted=$1
    shift
    got=$("$gaz" compile -o "$dir/out.gaz" "$@" 2>&1 &&
        "$gaz" dump "$dir/out.gaz" | tail -n +2)
    [ "$wanted" = "$got" ] && return
    echo "compile $*: wanted"
    printf '%s\n' "$wanted"
    echo got
    printf '%s\n' "$got" | sed "s#$dir/##"
    bad=1
}

# fails MESSAGE ARGUMENT...
fails() {
    wanted="gaz: $1"
    shift
    got=$("$gaz" compile -o "$dir/out.gaz" "$@" 2>&1)
    code=$?
    [ "$code" = 2 ] && [ "$wanted" = "$(printf '%s' "$got" | sed "s#$dir/##")" ] && return
    echo "compile $*: wanted 2 $wanted"
    echo "got $code $got"
    bad=1
}

# ---- spaCy

cat >"$dir/good.jsonl" <<'LINES'
{"label": "ORG", "pattern": "Apple"}
{"label": "GPE", "pattern": [{"LOWER": "san"}, {"LOWER": "francisco"}], "id": "sf"}

{"label": "OS", "pattern": [{"TEXT": "Mac"}, {"ORTH": "OS"}]}
{"label": "P", "pattern": "caf\u00e9 \ud83d\ude00"}
LINES
gives "$(printf 'Apple\tORG\t\tcase=exact
Mac OS\tOS\t\tcase=exact
café 😀\tP\t\tcase=exact
san francisco\tGPE\tsf\tcase=fold')" "$dir/good.jsonl"
gives "$(printf 'Apple\tORG\t\tcase=smart')" --case smart --labels ORG "$dir/good.jsonl"
# What a list has no room for: a TAB in a name is a blank, in a label an error.
printf '%s\n' '{"label": "A", "pattern": "a\tb\nc"}' '{"label": "A", "pattern": "#x"}' \
    '{"label": "A", "pattern": "\"q\" \\n"}' >"$dir/odd.jsonl"
wanted=$(printf '"q" \\n\tA\t\tcase=exact\n #x\tA\t\tcase=exact\na b c\tA\t\tcase=exact')
gives "$wanted" "$dir/odd.jsonl"
"$gaz" dump "$dir/out.gaz" >"$dir/odd.tsv"
gives "$wanted" "$dir/odd.tsv"
for line in '{"label": "a\tb", "pattern": "x"}|a control character (0x09) in the label' \
    '{"label": "a", "pattern": "x", "id": "1\n"}|a control character (0x0a) in the id' \
    "{\"label\": \"-\", \"pattern\": \"x\"}|the label '-', which takes names away in a list; any other is good"; do
    printf '%s\n' "${line%|*}" >"$dir/field.jsonl"
    fails "field.jsonl:1:1: ${line#*|}" "$dir/field.jsonl"
done
cat >"$dir/bad.jsonl" <<'LINES'
{"label": "ORG", "pattern": "Apple"}
{"label": "V", "pattern": [{"LOWER": "buy", "OP": "?"}]}
{"label": "V", "pattern": [{"LEMMA": "buy"}]}
{"label": "V", "pattern": [{"TEXT": {"REGEX": "a"}}]}
{"label": "V", "pattern": [{"LOWER": "a"}, {"TEXT": "B"}]}
{"label": "V", "pattern": [{}]}
LINES
fails "bad.jsonl:2:46: a token by 'OP', which a name list cannot say (known: LOWER, TEXT or ORTH with a string)" \
    "$dir/bad.jsonl"
got=$("$gaz" compile --skip-unsupported -o "$dir/out.gaz" "$dir/bad.jsonl" 2>&1 |
    sed "s#^gaz: $dir/bad.jsonl:\([0-9:]*\): .*#\1#" | tr '\n' ' ')
[ "$got" = '2:46 3:30 4:30 5:30 6:28 gaz: 5 patterns left out ' ] || { echo "skipped: $got"; bad=1; }
"$gaz" dump "$dir/out.gaz" | grep -q '^Apple' || bad=1
for line in '{"label": "A" "pattern": "b"}' '[1]' '{"pattern": "b"}' \
    '{"label": "A"}' '{"label": "A", "pattern": " "}' '{"label": "A", "pattern": 1}' \
    '{"label": "A", "pattern": "b", "id": 3}' '{' '"a"'; do
    printf '%s\n' "$line" >"$dir/one.jsonl"
    "$gaz" compile --skip-unsupported -o "$dir/out.gaz" "$dir/one.jsonl" 2>"$dir/err"
    [ $? -eq 2 ] && grep -q "^gaz: $dir/one.jsonl:1:[0-9]*: " "$dir/err" ||
        { echo "$line"; cat "$dir/err"; bad=1; }
done

# ---- RegexNER

printf 'Lalor\tLOCATION\tPERSON\nNode\\.js\tLIB\tMISC,ORG\t2.0\nMacy '"'"'s\tSTORE\nC\\+\\+\tLANG\t\t-1\t0\n' >"$dir/rules.tab"
gives "$(printf 'C++\tLANG\t\tcase=exact,priority=-1
Lalor\tLOCATION\t\tcase=exact
Macy'"'"'s\tSTORE\t\tcase=exact
Node.js\tLIB\t\tcase=exact,priority=2')" --kind regexner "$dir/rules.tab"
printf 'ok\tA\nBachelor of (Arts|Laws)\tDEGREE\na\\d\tB\nb\tB\t\t1.5\n' >"$dir/regex.tab"
fails "regex.tab:2:13: a regular expression, which a name list cannot say: '(' (if it stands for itself, write '\\(')" \
    --kind regexner "$dir/regex.tab"
got=$("$gaz" compile --kind regexner --skip-unsupported -o "$dir/out.gaz" "$dir/regex.tab" 2>&1 |
    sed "s#^gaz: $dir/regex.tab:\([0-9:]*\): .*#\1#" | tr '\n' ' ')
[ "$got" = '2:13 3:3 4:6 gaz: 3 patterns left out ' ] || { echo "skipped: $got"; bad=1; }
printf 'only\n' >"$dir/regex.tab"
fails "regex.tab:1:1: pattern TAB label expected (RegexNER)" --kind regexner "$dir/regex.tab"

# ---- GATE

mkdir "$dir/gate"
printf 'os.lst:system\nlang.lst:language:programming:en:Language\n' >"$dir/gate/lists.def"
printf '\357\273\277Linux&id=7&kind=free\nMac OS\r\n\n' >"$dir/gate/os.lst"
printf 'Ada\n' >"$dir/gate/lang.lst"
gives "$(printf 'Ada\tLanguage\t\tcase=exact
Linux\tsystem\t7\tcase=exact
Mac OS\tsystem\t\tcase=exact')" --separator '&' "$dir/gate/lists.def"
[ -z "$("$gaz" compile -o "$dir/out.gaz" "$dir/gate" 2>&1)" ] || { echo 'a folder of GATE'; bad=1; }
printf 'Linux&id\n' >"$dir/gate/os.lst"
fails "gate/os.lst:1:7: a feature is name=value, not 'id'" --separator '&' "$dir/gate/lists.def"
printf 'os.lst:system\nnone\n' >"$dir/gate/lists.def"
fails "gate/lists.def:2:1: FILE.lst:MAJORTYPE expected" "$dir/gate/lists.def"
printf 'none.lst:a\n' >"$dir/gate/lists.def"
"$gaz" compile -o "$dir/out.gaz" "$dir/gate/lists.def" 2>/dev/null
[ $? -eq 3 ] || { echo "a .lst that is not there"; bad=1; }
[ "$bad" -eq 0 ]
