#!/bin/sh
# gaz explain with lists and rules: run.sh GAZ
. "$(dirname "$0")/../tools/begin.sh"

printf '%s\n' 'Apache Kafka	App	kafka' \
    'Kafka	App	kafka	need=broker,not=writer,notnext=said' \
    'Foo Bar Protocol	Protocol' 'Linux	OS' 'Foo	Thing' \
    'Minix	OS' 'Zig	OS	zig	need=compiler' \
    'Thread	Protocol		need=linux|minix' >"$dir/a.tsv"
printf 'OS\tFoo-\\d+\nOS\tFoo\\b.\n' >"$dir/b.rules"
"$gaz" compile -o "$dir/a.gaz" "$dir/a.tsv" "$dir/b.rules" || exit 1

# says TEXT PLACE WANTED: of the paragraphs of this place one has this line
says() {
    "$gaz" explain -l "$dir/a.gaz" --text "$1" >"$dir/out" || bad=1
    awk -v place="$2 " -v wanted="$3" '
        /^[0-9]/ { here = index($0, place) == 1 }
        here && index($0, wanted) { found = 1 }
        END { exit !found }' "$dir/out" && return
    echo "'$1': wanted at $2: $3"
    cat "$dir/out"
    bad=1
}

says 'a Kafka broker' 2-7 'FOUND: App'
says 'a Kafka broker' 2-7 "    'broker' is there (need)"
says 'a Kafka' 2-7 'no: nothing that need=, next= or prev= ask for'
says 'a broker, Kafka the writer' 10-15 "no: 'writer' is there (not)"
says 'a broker: Kafka said' 10-15 "no: 'said' is there (not)"
says 'OpenFizz is a network protocol. We like OpenFizz' 40-48 \
    "    introduced by 'OpenFizz is a network protocol'"
says 'Apache Kafka. See Kafka' 18-23 'but its document has made it clear'
says 'Kafka broker. Kafka broker. My Kafka' 31-36 \
    "but its document has made it clear: at 0-5 'broker' is there (need)"
says 'On Linux. We like Thread. On Minix' 18-24 \
    "but its document has made it clear: 'Linux' stands near (need)"
says 'Linux and Foo' 10-13 'FOUND: Thing'
says 'Zig, Linux, Minix' 0-3 "it stands in a row with 'Linux' and 'Minix'"
says 'Zig or Linux' 0-3 "it stands in a row with 'Linux'"
says 'Zig, Linux' 0-3 'no: nothing that need=, next= or prev= ask for'
says 'in /Linux/x' 4-9 'no: part of a longer word, path or address'
says 'a Foo Bar Protocol (FBP) in' 20-23 'FOUND: Protocol'
says 'a Foo Bar Protocol (FBP) in' 20-23 "beside 'Foo Bar Protocol' as its short"
says 'a Foo-12' 2-8 "rule 'Foo-\\d+' of $dir/b.rules:1; priority 0"
says 'a Foo-12' 2-8 'FOUND: OS'
says 'a Foo-12' 2-6 'no: overlaps what is found at 2-8'
says 'a Foo-12' 2-5 'no: overlaps what is found at 2-8'

# Places are counted as tag counts them, and as asked for.
text='café 𝔏 Linux, Foo-12'
for unit in chars bytes utf16; do
    printf '%s\n' "$text" |
        "$gaz" tag -l "$dir/a.gaz" -t tsv --offsets $unit |
        awk -F'\t' '{ print $2 "-" $3 }' >"$dir/want" || bad=1
    "$gaz" explain -l "$dir/a.gaz" --offsets $unit --text "$text" |
        awk '/^[0-9]/ { at = $1 } /FOUND/ { print at }' |
        cmp - "$dir/want" || bad=1
    grep -c . "$dir/want" | grep -qx 2 || bad=1
done
says "$text" 7-12 'FOUND: OS'
says 'é Foo-12' 2-5 'no: overlaps what is found at 2-8'
"$gaz" explain -l "$dir/a.gaz" --hyphen join --text 'Linux-like' |
    grep -q 'part of a longer word' || bad=1

for _ in 1 2 3 4 5 6; do
    printf 'The\tO\nMinix\tB-OS\n\nold\tO\n\n'
done >"$dir/s.conll"
"$gaz" compile --select scored --prior none -o "$dir/s.gaz" "$dir/s.conll"
"$gaz" explain -l "$dir/s.gaz" --text 'é Minix old' |
    grep -qF "2-7 'Minix' (tokens 1-2)" || bad=1

# Silence would look like a failure.
"$gaz" explain -l "$dir/a.gaz" --text 'nothing here' 2>"$dir/err" || bad=1
grep -q '^gaz: --text: no name of the lexicon stands here$' "$dir/err" || bad=1

# Of several texts it is said which.
printf 'Linux\n' >"$dir/x"
printf 'Minix\n' >"$dir/y"
got=$("$gaz" explain -l "$dir/a.gaz" --text Zig "$dir/x" "$dir/y" |
    sed -n "s,^# $dir/,# ,; /^[#0-9]/p")
[ "$got" = "# --text
0-3 'Zig'
# x
0-5 'Linux'
# y
0-5 'Minix'" ] || { echo "several texts: $got"; bad=1; }
"$gaz" explain -l "$dir/a.gaz" "$dir/x" | grep -q '^#' && bad=1

# Of markup what tag finds is found, at the same places of the original.
cat >"$dir/m.md" <<'END'
# Caf\é: Minix and **Apache** Kafka

    Linux in a block of code

A [link](https://example.org/Linux "Foo") to Lin&#117;x and `Zig, Linux`.
END
printf '<!DOCTYPE html><title>Foo</title><p>é <b>Apache</b>&nbsp;Kafka\n<!-- Linux -->' \
    >"$dir/m.html"
# agree FILE OPTION...: places and labels that are found
agree() {
    "$gaz" tag -l "$dir/a.gaz" -t tsv "$@" | cut -f 2-4 | sort >"$dir/want"
    "$gaz" explain -l "$dir/a.gaz" "$@" |
        awk -F '[- ,]' '/^[0-9]/ { at = $1 "\t" $2 }
            /FOUND/ { sub(/.*FOUND: /, ""); sub(/,.*/, ""); print at "\t" $0 }' |
        sort >"$dir/out"
    [ -s "$dir/want" ] && cmp -s "$dir/want" "$dir/out" && return
    echo "explain and tag differ: $*"
    diff "$dir/want" "$dir/out"
    bad=1
}
for name in m.md m.html; do
    for unit in chars bytes utf16; do
        agree "$dir/$name" --offsets $unit
        agree "$dir/$name" --offsets $unit --zones all
        agree "$dir/$name" --offsets $unit -f text
    done
done
"$gaz" explain -l "$dir/a.gaz" "$dir/m.md" | grep -q "in a block" && bad=1
"$gaz" explain -l "$dir/a.gaz" -f text --zones all "$dir/m.md" 2>"$dir/err"
[ $? -eq 2 ] && grep -q '^gaz: --zones is for ' "$dir/err" || bad=1

# Layers: each for itself, then which mention stays.
printf 'Kafka\tPerson\nLinux\t-\n' >"$dir/over.tsv"
"$gaz" explain -l "$dir/a.gaz" -l "+$dir/over.tsv" \
    --text 'é: Apache Kafka, Kafka and Linux' |
    sed -n '/^together/,$p' >"$dir/out" || bad=1
cat >"$dir/want" <<'END'
together
3-15 'Apache Kafka' of layer 0
  FOUND: App
17-22 'Kafka' of layer 0
  no: 17-22 of layer 1 stays: Person
27-32 'Linux' of layer 0
  no: a list above takes the name away
10-15 'Kafka' of layer 1
  no: 3-15 of layer 0 stays: App
17-22 'Kafka' of layer 1
  FOUND: Person
END
diff "$dir/want" "$dir/out" || bad=1
# Records are no text.
printf '[{"text":"Linux"}]' >"$dir/r.json"
why='records of JSON, and texts are explained: take theirs out (jq -r .text), or explain it as it stands (-f text)'
[ "$("$gaz" explain -l "$dir/a.gaz" "$dir/r.json" 2>&1)" = "gaz: $dir/r.json: $why" ] &&
    "$gaz" explain -l "$dir/a.gaz" -f text "$dir/r.json" | grep -q Linux ||
    { echo 'records are explained'; bad=1; }
[ "$bad" -eq 0 ]
