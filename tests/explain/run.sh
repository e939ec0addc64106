#!/bin/sh
# gaz explain with lists and rules: run.sh GAZ
. "$(dirname "$0")/../tools/begin.sh"

printf '%s\n' 'Apache Kafka	App	kafka' \
    'Kafka	App	kafka	need=broker,not=writer,notnext=said' \
    'Foo Bar Protocol	Protocol' 'Linux	OS' 'Foo	Thing' \
    'Minix	OS' 'Zig	OS	zig	need=compiler' >"$dir/a.tsv"
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
says 'Apache Kafka. See Kafka' 18-23 'but its document has made it clear'
says 'Kafka broker. Kafka broker. My Kafka' 31-36 \
    "but its document has made it clear: at 0-5 'broker' is there (need)"
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

# Silence would look like a failure.
"$gaz" explain -l "$dir/a.gaz" --text 'nothing here' 2>"$dir/err" || bad=1
grep -q '^gaz: --text: no name of the lexicon stands here$' "$dir/err" || bad=1

# Layers: each for itself, then which mention stays.
printf 'Kafka\tPerson\nLinux\t-\n' >"$dir/over.tsv"
"$gaz" explain -l "$dir/a.gaz" -l "+$dir/over.tsv" \
    --text 'Apache Kafka, Kafka and Linux' |
    sed -n '/^together/,$p' >"$dir/out" || bad=1
cat >"$dir/want" <<'END'
together
0-12 'Apache Kafka' of layer 0
  FOUND: App
14-19 'Kafka' of layer 0
  no: 14-19 of layer 1 stays: Person
24-29 'Linux' of layer 0
  no: a list above takes the name away
7-12 'Kafka' of layer 1
  no: 0-12 of layer 0 stays: App
14-19 'Kafka' of layer 1
  FOUND: Person
END
diff "$dir/want" "$dir/out" || bad=1
[ "$bad" -eq 0 ]
