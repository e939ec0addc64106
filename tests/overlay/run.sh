#!/bin/sh
# Several lexicons at once: run.sh GAZ
. "$(dirname "$0")/../tools/begin.sh"

# tagged WANTED TEXT OPTION...: mentions as text:label, blank-separated
tagged() {
    wanted=$1
    text=$2
    shift 2
    got=$(printf '%s\n' "$text" | "$gaz" tag -t tsv "$@" 2>&1 |
        awk -F '\t' '{ printf "%s%s:%s", n++ ? " " : "", $5, $4 }')
    [ "$wanted" = "$got" ] && return
    echo "'$text' with $*: wanted '$wanted', got '$got'"
    bad=1
}

printf 'Kafka\tApp\nVisual Studio\tApp\nLinux kernel\tOS\nkernel panic\tError\nDOS\tOS\n' >"$dir/base.tsv"
"$gaz" compile -o "$dir/base.gaz" "$dir/base.tsv" || bad=1
base=$dir/base.gaz

printf 'Studio\tRoom\nKafka\tWriter\nkernel\tCorn\tcorn\n' >"$dir/mine.tsv"
tagged 'Kafka:App Visual Studio:App' 'Kafka uses Visual Studio.' -l "$base"
tagged 'Kafka:Writer Visual Studio:App' 'Kafka uses Visual Studio.' \
    -l "$base" -l "+$dir/mine.tsv"
tagged 'Studio:Room kernel:Corn' 'a Studio, a kernel' -l "$base" -l "+$dir/mine.tsv"
tagged 'Kafka:Writer' 'Kafka and DOS' -l "$dir/mine.tsv"
gzip -c "$dir/mine.tsv" >"$dir/MINE.TSV.gz"
tagged 'Kafka:Writer' 'Kafka and DOS' -l "$dir/MINE.TSV.gz"
printf '{"label":"Writer","pattern":"Kafka"}\n{"label":"OS","pattern":[{"LOWER":"dos"}]}\n' >"$dir/patterns.jsonl"
tagged 'Kafka:Writer DOS:OS' 'Kafka and DOS, not kafka' -l "$dir/patterns.jsonl"
tagged 'Kafka:Writer Visual Studio:App' 'Kafka uses Visual Studio.' -l "$base" -l "+$dir/patterns.jsonl"
tagged 'Linux kernel:OS' 'Linux kernel panic' -l "$base" -l "+$dir/mine.tsv"

# A positive priority wins on any overlap, a negative one on none.
printf 'Studio\tRoom\t\tpriority=1\nkernel\tCorn\t\tpriority=2\n' >"$dir/high.tsv"
tagged 'Studio:Room' 'Visual Studio' -l "$base" -l "+$dir/high.tsv"
tagged 'kernel:Corn' 'Linux kernel panic' -l "$base" -l "+$dir/high.tsv"
printf 'Kafka\tWriter\t\tpriority=-1\nMy Visual Studio\tX\t\tpriority=-1\nFoo\tX\t\tpriority=-1\n' >"$dir/low.tsv"
tagged 'Kafka:App Visual Studio:App Foo:X' 'Kafka, My Visual Studio, Foo' \
    -l "$base" -l "+$dir/low.tsv"

# Vetoes, by their own case policy; longer names and other layers stay.
printf 'dos\t-\t\tcase=fold\nkernel\t-\nVisual Studio\t-\t\tcase=exact\n' >"$dir/drop.tsv"
tagged '' 'DOS' -l "$base" -l "+$dir/drop.tsv"
tagged 'Linux kernel:OS VISUAL STUDIO:App' 'Linux kernel VISUAL STUDIO Visual Studio' \
    -l "$base" -l "+$dir/drop.tsv"
tagged 'Studio:Room' 'a kernel in a Studio' -l "$base" -l "+$dir/mine.tsv" -l "+$dir/drop.tsv"
tagged 'kernel:Corn Studio:Room' 'a kernel in a Studio' -l "$base" -l "+$dir/drop.tsv" -l "+$dir/mine.tsv"
printf 'DOS\tOS\nDOS\t-\nMS DOS\tOS\n' >"$dir/self.tsv"
tagged 'MS DOS:OS' 'DOS, MS DOS' -l "$dir/self.tsv"

# Rules, with no compile step either.
printf 'Disk\tFoo-\\d+\nOS\tDOS \\d\n' >"$dir/mine.rules"
tagged 'Foo-12:Disk DOS 3:OS Kafka:App' 'Foo-12, DOS 3 and Kafka' -l "$base" -l "+$dir/mine.rules"
tagged 'Foo-12:Disk' 'Foo-12, DOS' -l "$dir/mine.rules"

# A layer's contexts see its own names.
printf 'Go\tLang\t\tneed=compiler|@OS\nDOS\tOS\n' >"$dir/go.tsv"
tagged 'Go:Lang Kafka:App' 'a Go compiler for Kafka' -l "$base" -l "+$dir/go.tsv"
tagged 'Go:Lang DOS:OS' 'Go on DOS' -l "$base" -l "+$dir/go.tsv"
tagged 'Linux kernel:OS' 'Go and a Linux kernel' -l "$base" -l "+$dir/go.tsv"
printf 'DOS\tOS\t\tneed=disk\n' >"$dir/dos.tsv"
tagged 'DOS:OS' 'DOS' -l "$base" -l "+$dir/dos.tsv"

# The default lexicon is the lowest layer when only '+' is given; the order of
# plain ones and '+' ones on the command line makes no difference.
printf 'Frobnicator 9\tDevice\nLinux\t-\n' >"$dir/plus.tsv"
tagged 'Frobnicator 9:Device Python:Language' 'Frobnicator 9 with Linux and Python' \
    -l "+$dir/plus.tsv"
tagged 'Kafka:Writer' 'Kafka' -l "+$dir/mine.tsv" -l "$base"
tagged 'Kafka:Writer' 'Kafka' -l "$base" -l "$dir/mine.tsv"
cp "$dir/mine.tsv" "$dir/names"
tagged 'Kafka:Writer' 'Kafka' -l "$base" -l "+$dir/names"

# A corpus's vetoes speak of their own lexicon only.
printf 'the\tO\nGrid\tB-X\n\nsome\tO\ngrids\tO\nDOS\tO\n' >"$dir/c.conll"
printf 'grids\tNet\n' >"$dir/grids.tsv"
"$gaz" compile -o "$dir/c.gaz" "$dir/c.conll" || bad=1
tagged 'grid:X' 'grids grid' -l "$dir/c.gaz"
tagged 'grids:Net grid:X' 'grids grid' -l "$dir/grids.tsv" -l "$dir/c.gaz"

# Ids, tokenised input, and the same output with several threads.
id=$(echo 'kernel' | "$gaz" tag -t tsv -l "$base" -l "+$dir/mine.tsv" | cut -f 6)
[ "$id" = corn ] || { echo "id: '$id'"; bad=1; }
printf 'Kafka\nand\nVisual\nStudio\n,\nDOS\n' >"$dir/in.conll"
got=$("$gaz" tag -f conll -t conll -l "$base" -l "+$dir/mine.tsv" \
    -l "+$dir/drop.tsv" "$dir/in.conll" | cut -f 2 | tr '\n' ' ')
[ "$got" = 'B-Writer O O B-Room O O ' ] || { echo "conll: '$got'"; bad=1; }
i=0
while [ $i -lt 3000 ]; do
    echo "Kafka on DOS, and a kernel panic in Visual Studio and a Studio. $i"
    i=$((i + 1))
done >"$dir/big"
cat "$dir/big" "$dir/big" "$dir/big" "$dir/big" "$dir/big" "$dir/big" \
    "$dir/big" "$dir/big" "$dir/big" "$dir/big" "$dir/big" "$dir/big" \
    "$dir/big" >"$dir/long"
one=$("$gaz" tag -t tsv -l "$base" -l "+$dir/mine.tsv" "$dir/long" | cksum)
many=$("$gaz" tag -T 3 -t tsv -l "$base" -l "+$dir/mine.tsv" "$dir/long" | cksum)
[ "$one" = "$many" ] || { echo "threads differ"; bad=1; }

# '+' alone is the default lexicon, here the one that GAZ_LEXICON names.
GAZ_LEXICON=$base
export GAZ_LEXICON
printf 'zorp\tThing\n' >"$dir/zorp.tsv"
echo 'zorp Visual Studio' >"$dir/zorp.txt"
got=$("$gaz" tag -t tsv -l + -l "$dir/zorp.tsv" "$dir/zorp.txt" | cut -f 5 |
    tr '\n' ' ')
[ "$got" = 'zorp Visual Studio ' ] || { echo "-l +: $got"; bad=1; }
got=$("$gaz" diff + "+$dir/zorp.tsv" "$dir/zorp.txt" | head -n 1)
case "$got" in
*': + Thing: [zorp]'*) ;;
*) echo "diff +: $got"; bad=1 ;;
esac
printf 'zorp\tB-Thing\n' >"$dir/zorp.conll"
"$gaz" eval --compare + "+$dir/zorp.tsv" "$dir/zorp.conll" >"$dir/out" ||
    { echo "compare +"; bad=1; }
unset GAZ_LEXICON
message=$("$gaz" tag -l '' "$dir/zorp.txt" 2>&1)
[ "$message" = "gaz: a lexicon or list is wanted, not ''" ] ||
    { echo "$message"; bad=1; }

# A bad list is named with its place.
printf 'Kafka\tWriter\nno label\n' >"$dir/bad.tsv"
message=$(echo x | "$gaz" tag -l "$base" -l "+$dir/bad.tsv" 2>&1)
code=$?
case "$code $message" in
"2 gaz: $dir/bad.tsv:2:"*) ;;
*) echo "$code $message"; bad=1 ;;
esac
[ "$bad" -eq 0 ]
