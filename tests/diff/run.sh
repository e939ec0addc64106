#!/bin/sh
# gaz diff: run.sh GAZ
. "$(dirname "$0")/../tools/begin.sh"

# gives CODE WANTED ARGUMENT...: without the names of files
gives() {
    code=$1
    wanted=$2
    shift 2
    got=$("$gaz" diff "$@" 2>&1 | sed "s#$dir/##")
    "$gaz" diff "$@" >/dev/null 2>&1
    got_code=$?
    [ "$code" = "$got_code" ] && [ "$wanted" = "$got" ] && return
    echo "diff $*: wanted $code"
    printf '%s\n' "$wanted"
    echo "got $got_code"
    printf '%s\n' "$got"
    bad=1
}

printf 'Linux\tOS\nGo\tGame\nVisual\tX\nDOS\tOS\n' >"$dir/old.tsv"
printf 'Linux\tOS\nGo\tLanguage\nVisual Studio\tApp\nHurd\tOS\n' >"$dir/new.tsv"
"$gaz" compile -o "$dir/old.gaz" "$dir/old.tsv" || bad=1
"$gaz" compile -o "$dir/new.gaz" "$dir/new.tsv" || bad=1
printf 'Linux, DOS, é\nGo\nand Visual\nStudio on Hurd.\n' >"$dir/text"
head='     same  appeared disappeared   changed  label'

gives 1 "text:1:8: - OS: Linux, [DOS], é Go and Visual Studio on Hurd. 
text:2:1: ~ Game -> Language: Linux, DOS, é [Go] and Visual Studio on Hurd. 
text:3:5: - X: Linux, DOS, é Go and [Visual] Studio on Hurd. 
text:3:5: + App: Linux, DOS, é Go and [Visual Studio] on Hurd. 
text:4:11: + OS: Linux, DOS, é Go and Visual Studio on [Hurd]. 
$head
        0         1           0         0  App
        0         0           0         1  Language
        1         1           1         0  OS
        0         0           1         0  X
        1         2           2         1  (all)" \
    "$dir/old.gaz" "$dir/new.gaz" "$dir/text"
gives 1 "text:1:8: - OS: ux, [DOS], é
text:2:1: ~ Game -> Language: [Go]
text:3:5: - X: and [Visual]
text:4:11: + OS:  on [Hurd].
$head
        0         0           0         1  Language
        1         1           1         0  OS
        0         0           1         0  X
        1         1           2         1  (all)" \
    -f lines -C 4 "$dir/old.gaz" "$dir/new.gaz" "$dir/text"
printf 'I O\nlike O\nGo O\n\nVisual O\nStudio O\nand O\nHurd O\n' >"$dir/c.conll"
gives 1 "c.conll:3:1: ~ Game -> Language: I like [Go]
c.conll:5:1: - X: [Visual] Studio and Hurd
c.conll:5:1: + App: [Visual Studio] and Hurd
c.conll:8:1: + OS: Visual Studio and [Hurd]
$head
        0         1           0         0  App
        0         0           0         1  Language
        0         1           0         0  OS
        0         0           1         0  X
        0         2           1         1  (all)" \
    -f conll "$dir/old.gaz" "$dir/new.gaz" "$dir/c.conll"
gives 0 "$head
        1         0           0         0  Game
        2         0           0         0  OS
        1         0           0         0  X
        4         0           0         0  (all)" \
    "$dir/old.gaz" "$dir/old.tsv" "$dir/text"
gives 1 "$head
        0         1           0         0  App
        0         0           0         1  Language
        1         1           1         0  OS
        0         0           1         0  X
        1         2           2         1  (all)" \
    -s "$dir/old.gaz" "$dir/new.gaz" "$dir/text"
# Markup is read as gaz tag reads it, at its places in the file.
mkdir "$dir/all"
printf '# Go\n\n```\nHurd\n```\n\non *Visual*\n[Studio](Hurd)\n' >"$dir/all/a.md"
printf '<p>DOS</p>\n<p title="DOS">Hu<i>rd</i> &amp; DOS<!-- Hurd -->' \
    >"$dir/all/b.html"
printf '{"id":7,"text":"Go\\nHurd","Hurd":"DOS"}\n\n{"text":"DOS"}\n' \
    >"$dir/all/c.jsonl"
cp "$dir/c.conll" "$dir/all/d.conll"
gives 1 "all/a.md:1:3: ~ Game -> Language: # [Go] \`\`\`
all/a.md:7:5: - X:  on *[Visual]* [St
all/a.md:7:5: + App:  on *[Visual* [Studio]](Hur
all/b.html:1:4: - OS: <p>[DOS]</p> 
all/b.html:2:16: + OS: DOS\">[Hu<i>rd]</i> 
all/b.html:2:34: - OS: amp; [DOS]<!-- 
all/c.jsonl:1:1: ~ Game -> Language: [Go] Hurd
all/c.jsonl:1:4: + OS: Go [Hurd]
all/c.jsonl:3:1: - OS: [DOS]
all/d.conll:3:1: ~ Game -> Language: like [Go]
all/d.conll:5:1: - X: [Visual] Stud
all/d.conll:5:1: + App: [Visual Studio] and 
all/d.conll:8:1: + OS:  and [Hurd]
$head
        0         2           0         0  App
        0         0           0         3  Language
        0         3           3         0  OS
        0         0           2         0  X
        0         5           5         3  (all)" \
    -C 5 "$dir/old.gaz" "$dir/new.gaz" "$dir/all"
gives 1 "all/a.md:4:1: + OS: [Hurd]
$head
        0         1           0         0  OS
        0         1           0         0  (all)" -f markdown --zones code -C 0 \
    "$dir/old.gaz" "$dir/new.gaz" "$dir/all/a.md"
# Sentences are of a document, as with gaz tag.
printf 'Kafka\tApp\tkafka\tneed=broker\n' >"$dir/none.tsv"
printf 'Apache Kafka\tApp\tkafka\nKafka\tApp\tkafka\tneed=broker\n' >"$dir/two.tsv"
printf -- '-DOCSTART-\n\nApache\nKafka\n\nto\nKafka\n\n-DOCSTART-\n\nto\nKafka\n' \
    >"$dir/two.conll"
gives 1 "two.conll:3:1: + App: [Apache Kafka]
two.conll:7:1: + App: to [Kafka]
$head
        0         2           0         0  App
        0         2           0         0  (all)" \
    "$dir/none.tsv" "$dir/two.tsv" "$dir/two.conll"
gives 1 "$head
        0         1           0         0  App
        0         1           0         0  (all)" -s --document-names off \
    "$dir/none.tsv" "$dir/two.tsv" "$dir/two.conll"
printf 'Is it Hurd?\n' >"$dir/prose"
gives 2 "gaz: prose:1:1: running text is no corpus, a token a line; read it as \
text" -f conll "$dir/old.gaz" "$dir/new.gaz" "$dir/prose"
printf '\357\273\277{"text":"Go"}\r\n' >"$dir/mark.jsonl"
gives 1 "mark.jsonl:1:1: ~ Game -> Language: [Go]
$head
        0         0           0         1  Language
        0         0           0         1  (all)" \
    "$dir/old.gaz" "$dir/new.gaz" "$dir/mark.jsonl"
printf '{"text":"Hurd"\n' >"$dir/bad.jsonl"
gives 2 "gaz: bad.jsonl:1:15: a ',' or '}' is wanted here \
(the record ends here; -f json reads one that goes on in the next line)" "$dir/old.gaz" "$dir/new.gaz" "$dir/bad.jsonl"
# Records over lines, in more bytes than are looked at at once.
{
    printf '[{"text":\n"Go"}'
    yes ', {"text" : "x"}' | head -n 20000
    printf ',{"n":1,"text":"Hurd"}\n]'
} >"$dir/long.json"
gives 1 "long.json:1:1: ~ Game -> Language: [Go]
long.json:20002:1: + OS: [Hurd]
$head
        0         0           0         1  Language
        0         1           0         0  OS
        0         1           0         1  (all)" \
    "$dir/old.gaz" "$dir/new.gaz" "$dir/long.json"
printf '[{"text":"x"}\n{"text":"Hurd"}]' >"$dir/bad.json"
gives 2 "gaz: bad.json:2:1: a ',' is wanted between two records of an array" \
    -f json "$dir/old.gaz" "$dir/new.gaz" "$dir/bad.json"
# A rule that gives up in one of the two makes them differ: that is told.
printf 'OS\tq(?:x+x+)+[yz]\n' >"$dir/slow.rules"
printf 'qxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxw, y, Linux\n' >"$dir/slow"
"$gaz" diff "$dir/old.gaz" "$dir/slow.rules" "$dir/slow" >/dev/null 2>"$dir/err"
grep -qF "$dir/slow.rules:1: this rule takes too many steps" "$dir/err" ||
    { echo "a slow rule: $(cat "$dir/err")"; bad=1; }
gives 2 "gaz: --column is for -f auto, -f conll; -f text has no use for it" \
    -f text --column 2 "$dir/old.gaz" "$dir/new.gaz" "$dir/text"
gives 2 "gaz: name two lexicons: gaz diff OLD.gaz NEW.gaz TEXT..." "$dir/old.gaz"
"$gaz" diff "$dir/old.gaz" "$dir/new.gaz" "$dir/none" >/dev/null 2>&1
[ $? -eq 3 ] || { echo "a text that is not there"; bad=1; }
[ "$bad" -eq 0 ]
