#!/bin/sh
# Every call of the system fails once, in every verb: run.sh GAZ
# FAULTS_MOST is how many calls of a kind are tried (default 8, with sanitizers
# 2: what they add is the memory of paths that the other build takes too), 0 for
# all.
. "$(dirname "$0")/../tools/begin.sh"
LC_ALL=C
export LC_ALL
faults=$(dirname "$gaz")/faults
most=${FAULTS_MOST-8}
signals=yes
case ${SANITIZE-} in *--coverage*)
    echo 'skipped: what counts the lines asks for memory too, and dies without'
    exit 0
    ;;
esac
log=$(mktemp)
trap 'rm -rf "$dir" "$log"' EXIT
cd "$dir" || exit 1
mkdir out lists
. "$here/inputs.sh"

# A build with sanitizers has the shim inside.
shim="--shim $faults/shim.so"
if [ -x "$faults/gaz-wrapped" ]; then
    shim=
    gaz=$faults/gaz-wrapped
    most=${FAULTS_MOST-2}
    [ "$most" -eq 0 ] || signals=no
fi

# try NAME OPTION... -- ARGUMENTS OF GAZ
try() {
    name=$1
    shift
    set -- "$@" ''
    options=
    while [ "$1" != -- ]; do
        options="$options $1"
        shift
    done
    shift
    # The last argument is the mark set above.
    n=$#
    while [ "$n" -gt 1 ]; do
        set -- "$@" "$1"
        shift
        n=$((n - 1))
    done
    shift
    # shellcheck disable=SC2086
    "$faults/faults" $shim --most "$most" --folder out --signals $signals \
        --name "$name" \
        $options -- "$gaz" "$@" >>"$log" || status=1
}

status=0
"$gaz" compile -o small.gaz names.tsv models.rules || exit 1
"$gaz" compile -o corpus.gaz train.conll || exit 1
"$gaz" compile -o scored.gaz --select scored train.conll names.tsv || exit 1

"$gaz" tag -l small.gaz -t jsonl text.txt page.md >tagged.jsonl || exit 1
sed '1s/^/[/; s/$/,/; $s/,$/]/' tagged.jsonl >tagged.json
"$gaz" tag -l small.gaz -t brat text.txt >a.ann || exit 1
cp text.txt a.txt
gzip -k text.txt

o='--output out/x.gaz'
try 'compile lists' $o -- compile -o out/x.gaz names.tsv models.rules
try 'compile corpus' $o --output out/why.tsv -- \
    compile -o out/x.gaz --report out/why.tsv train.conll
try 'compile folder' $o -- compile -o out/x.gaz lists
try 'compile patterns' $o -- compile -o out/x.gaz --skip-unsupported p.jsonl
try 'compile gate' $o -- compile -o out/x.gaz --separator '&' lists/lists.def
try 'compile keep and drop' $o -- \
    compile -o out/x.gaz --keep names.tsv --drop drop.txt train.conll
FAULTS_SCORED=$most
[ "$most" -le 4 ] || FAULTS_SCORED=4
most_before=$most
most=$FAULTS_SCORED
try 'compile scored' $o -- compile -o out/x.gaz --select scored train.conll
try 'compile tuned' $o -- compile -o out/x.gaz --tune train.conll
most=$most_before

l='-l small.gaz'
for to in jsonl tsv ansi spacy prodigy doccano labelstudio hf brat; do
    try "tag $to" -- tag $l -t $to text.txt
done
try 'tag stdin' --stdin text.txt -- tag $l -t jsonl
try 'tag lines' --stdin text.txt -- tag $l -f lines -t jsonl
try 'tag conll' -- tag $l -f conll -t conll --keep-columns test.conll
try 'tag conll as jsonl' -- tag $l -f conll -t jsonl test.conll
try 'tag conll as counts' -- tag $l -f conll -t counts test.conll
try 'tag scored' -- tag -l scored.gaz -t jsonl text.txt
try 'tag layers' -- tag -l small.gaz -l +more.tsv -t tsv text.txt text.txt
try 'tag on two threads' -- tag $l -T 2 -t tsv long.txt text.txt
try 'tag twice read' -- tag $l -T 2 -t jsonl long.txt
try 'tag to a file' --output out/t.jsonl -- \
    tag $l -T 2 -t jsonl -o out/t.jsonl long.txt
for to in html xml md counts solr conll; do
    try "tag $to" -- tag $l -t $to text.txt
done
# The text and the settings are there already.
mkdir folder
"$gaz" tag $l -t brat -o folder text.txt || exit 1
try 'tag brat folder' --output folder/text.ann -- \
    tag $l -t brat -o folder text.txt
try 'tag files of a list' -- tag $l -t tsv --files0-from names0
try 'tag markdown' -- tag $l -t jsonl page.md page.html text.txt
try 'tag records' -- tag $l -f jsonl -t jsonl tagged.jsonl
try 'tag json' -- tag $l -T 2 -f json -t jsonl tagged.json
try 'tag packed' -- tag $l -t tsv text.txt.gz
try 'tag folder' -- tag $l -t tsv lists
try 'convert conll' -- convert -t spacy train.conll
try 'convert to a file' --output out/c.conll -- \
    convert -t conll --scheme bilou -o out/c.conll tagged.jsonl
try 'convert brat' -- convert -t jsonl a.txt a.ann
try 'convert xml' -- convert -t xml tagged.jsonl
"$gaz" tag $l -t tsv --header text.txt >table.tsv
try 'convert tsv' -- convert -t jsonl table.tsv
try 'convert a pipe' --stdin table.tsv -- convert -t jsonl
try 'tag default' --calls open,read,write,close,map,look -- tag text.txt

try 'eval' -- eval scored.conll
try 'eval files' --output out/e.tsv --output out/e.html -- \
    eval -l corpus.gaz --train train.conll --errors out/e.tsv \
    --html out/e.html test.conll
try 'eval card' --output out/c.md -- eval --card out/c.md scored.conll
try 'eval json' -- eval --json train.conll train.conll
try 'eval compare' -- eval --compare corpus.gaz test.conll test.conll
try 'eval cross' -- eval --cv 2 train.conll
try 'info' -- info small.gaz
try 'info json' -- info --json scored.gaz
try 'dump' -- dump corpus.gaz
try 'diff' -- diff small.gaz corpus.gaz text.txt
try 'diff conll' -- diff -f conll small.gaz corpus.gaz test.conll
try 'diff markup' -- diff small.gaz corpus.gaz page.md
try 'diff json' -- diff small.gaz corpus.gaz tagged.json
try 'diff records' -- diff small.gaz corpus.gaz tagged.jsonl
try 'lint' -- lint names.tsv more.tsv
try 'explain' -- explain $l text.txt
try 'explain scored' -- explain -l scored.gaz text.txt
cat "$log"
awk -F '[:,]' '/ runs, / { runs += $2; refused += $3; harmless += $4 }
    END { print runs " runs: " refused " refused, " harmless " harmless" }' "$log"
exit $status
