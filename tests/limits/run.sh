#!/bin/sh
# The limits of the README's table: what is said beyond each, and that nothing
# is said at it: run.sh GAZ
. "$(dirname "$0")/../tools/begin.sh"
LC_ALL=C
export LC_ALL
cd "$dir" || exit 1

# good NAME COMMAND...: exit code 0, and nothing on standard error
good() {
    name=$1
    shift
    "$@" >out 2>err && [ ! -s err ] || {
        echo "$name: $(head -c 200 err)"
        bad=1
    }
}
# over NAME MESSAGE COMMAND...: exit code 2, that message alone, no x.gaz
over() {
    name=$1
    message="gaz: $2"
    shift 2
    rm -f x.gaz
    "$@" >out 2>err
    code=$?
    [ $code -eq 2 ] && [ "$(cat err)" = "$message" ] && [ ! -e x.gaz ] || {
        echo "$name: exit code $code, $(head -c 300 err), not $message"
        bad=1
    }
}
# repeat N TEXT
repeat() {
    awk -v n="$1" -v text="$2" 'BEGIN { while (n-- > 0) printf "%s", text }'
}
compile() {
    "$gaz" compile -o x.gaz "$@"
}

printf 'Linux\tOS\n' >os.tsv
compile os.tsv && mv x.gaz os.gaz

# ---- names

a80=$(repeat 80 a)
{ repeat 512 a; printf '\tOS\n'; } >n.tsv
good 'a word of 512 bytes' compile n.tsv
{ printf '# no name\n'; repeat 513 a; printf '\tOS\n'; } >n.tsv
over 'a word of 513 bytes' "n.tsv:2:1: a word of more than 512 bytes: '$a80...'" compile n.tsv
{ printf '{"label":"OS","pattern":"'; repeat 513 a; printf '"}\n'; } >n.jsonl
over 'such a pattern' "n.jsonl:1:1: a word of more than 512 bytes: '$a80...'" compile n.jsonl
{ repeat 65000 -; printf '\tOS\n'; } >n.tsv
good 'a name of 65,000 bytes, each a token' compile --case exact n.tsv
{ repeat 65001 -; printf '\tOS\n'; } >n.tsv
over 'a name of 65,001 bytes' "n.tsv:1:1: a name of more than 65000 bytes: '$(repeat 80 -)...'" compile n.tsv
limits='more than 64 words with case=smart, or more than 64 entries that differ in capitals only'
{ repeat 63 'Ab '; printf 'Cd\tOS\t\tcase=smart\n'; } >n.tsv
good '64 words with case=smart' compile n.tsv
{ repeat 64 'Ab '; printf 'Cd\tOS\t\tcase=smart\n'; } >n.tsv
over '65 words with case=smart' "n.tsv:1:1: the name '$(repeat 26 'Ab ')Ab': $limits" compile n.tsv
# Seven letters in all capitals there are.
variants() {
    awk -v n="$1" 'BEGIN {
        while (n-- > 0) {
            s = "z"
            for (k = 64; k >= 1; k /= 2)
                s = s (int(n / k) % 2 ? "A" : "a")
            printf "%s\tOS\ti%d\tcase=smart\n", s, n
        }
    }'
}
variants 64 >n.tsv
good '64 entries with one key' compile n.tsv
variants 65 >n.tsv
compile n.tsv 2>err
[ $? -eq 2 ] && grep -q "^gaz: n.tsv:[0-9]*:1: the name 'z[Aa]*': $limits\$" err ||
    { echo "65 entries with one key: $(cat err)"; bad=1; }

# Each of them is tried, also where they differ in their contexts only.
contexts() {
    awk -v n="$1" 'BEGIN { while (n-- > 0) printf "Foo\tL\ti%d\tneed=w%d\n", n, n }'
}
contexts 64 >n.tsv
awk 'BEGIN { for (i = 0; i < 64; i++) print "Foo w" i }' >n.txt
good '64 contexts of a name' compile n.tsv
found=$("$gaz" tag -l x.gaz -f lines -t tsv n.txt | awk -F '\t' '$1 == "n.txt:" NR && $6 == "i" NR - 1' | wc -l)
[ "$found" -eq 64 ] || { echo "64 contexts: $found are met"; bad=1; }
contexts 65 >n.tsv
limits="the name 'Foo': more than 64 entries with one key, some of them with a context"
over '65 contexts of a name' "n.tsv:65:1: $limits" compile n.tsv
over '65 contexts of a name in -l' "n.tsv:65:1: $limits" "$gaz" tag -l n.tsv os.tsv
head -n 40 n.tsv >o.tsv
tail -n 25 n.tsv >p.tsv
over '65 contexts in two lists' "p.tsv:25:1: $limits" compile os.tsv o.tsv p.tsv
"$gaz" lint os.tsv n.tsv >out 2>err
[ $? -eq 1 ] && grep -qxF "n.tsv:65:1: error: $limits [limit]" out ||
    { echo "lint of 65 contexts: $(cat out err)"; bad=1; }

# ---- labels, rules, layers

labels() {
    awk -v n="$1" 'BEGIN { while (n-- > 0) printf "name%d\tL%d\n", n, n }'
}
labels 4096 >n.tsv
good '4,096 labels' compile n.tsv
labels 4097 >n.tsv
over '4,097 labels' '4097 labels; a lexicon holds up to 4096' compile n.tsv
# A name of each label, often enough to count.
corpus() {
    awk -v n="$1" 'BEGIN {
        for (i = 0; i < n; i++)
            for (k = 0; k < 3; k++)
                printf "name%d\tB-L%d\nis\tO\nhere\tO\n\n", i, i
    }'
}
corpus 64 >n.conll
good '64 labels of a scored lexicon' compile -q --select scored n.conll
corpus 65 >n.conll
over '65 labels of a scored lexicon' '65 labels; a scored lexicon holds up to 64' compile -q --select scored n.conll
layers() {
    n=$1
    set --
    while [ "$n" -gt 0 ]; do
        set -- "$@" -l os.gaz
        n=$((n - 1))
    done
    "$gaz" tag "$@" os.tsv
}
good '64 layers' layers 64
over '65 layers' 'from 1 to 64 lexicons can be one' layers 65
awk 'BEGIN { while (n++ < 65536) print "L\tabcdefgh" }' >n.rules
over '65,536 rules' 'n.rules:65536:1: more than 65535 rules' compile n.rules

# ---- patterns

rule() {
    printf 'OS\t%s\n' "$1" >p.rules
}
rule "$(repeat 4096 a)"
good 'a pattern of 4,096 bytes' compile p.rules
rule "$(repeat 4097 a)"
over 'a pattern of 4,097 bytes' 'p.rules:1:4: a pattern of more than 4096 bytes' compile p.rules
rule "a$(repeat 63 '(b)')"
good '63 groups' compile p.rules
rule "a$(repeat 64 '(b)')"
over '64 groups' 'p.rules:1:4: more than 63 groups; (?:...) groups without one' compile p.rules
rule "a$(repeat 60 ' {OS}')"
good '60 references' compile p.rules os.tsv
rule "a$(repeat 61 ' {OS}')"
over '61 references' 'p.rules:1:306: more than 60 references to labels' compile p.rules os.tsv
# Each x may be of the inner group or the outer one: 2^60 ways to fail.
rule 'q(?:x+x+)+[yz]'
compile p.rules os.tsv
printf 'q%sw, y, Linux\n' "$(repeat 60 x)" >text
"$gaz" tag -l x.gaz -t tsv text >out 2>err
[ $? -eq 0 ] && grep -q 'p.rules:1: this rule takes too many steps' err &&
    cut -f 4,5 out | grep -qx "OS	Linux" ||
    { echo "steps: $(cat err out)"; bad=1; }

# ---- texts and folders

deep=$(repeat 33 /d)
mkdir -p "f$deep"
cp os.tsv "f$deep/a.tsv"
over '33 folders in one' "f$deep: folders nested deeper than 32" compile f
good '32 folders in one' compile f/d
{ repeat 65 'a	'; echo O; } >c.conll
over '66 columns' 'c.conll:1:1: 66 columns; at most 64 are read' compile c.conll
# nested N: a record with that many arrays in its object
nested() {
    printf '{"text":"Linux","a":'
    repeat "$1" '['
    repeat "$1" ']'
    printf '}\n'
}
nested 1024 >j.jsonl
good 'a record of 1,024 levels below it' "$gaz" tag -l os.gaz -f jsonl -t jsonl j.jsonl
nested 1025 >j.jsonl
over 'a record of 1,025 levels below it' 'j.jsonl:1:1045: nested deeper than 1024' \
    "$gaz" tag -l os.gaz -f jsonl -t jsonl j.jsonl
repeat 100000 '<b>' >deep.html
repeat 100000 '> ' >deep.md
for name in deep.html deep.md; do
    echo Linux >>$name
    good "$name" "$gaz" tag -l os.gaz -t tsv $name
    grep -q 'OS	Linux' out || { echo "$name: Linux is not found"; bad=1; }
done

# ---- packed texts: 8 MB that pack to nothing, as members one behind another

{ yes 'No.

' | head -c 7999992; printf '\n\nLinux\n'; } >part
gzip -9 -c part >part.gz
zstd -q -19 -c part >part.zst 2>/dev/null || rm -f part.zst
# A window of 2 GB, and nothing in it.
printf '\050\265\057\375\000\250\001\000\000' >window
over 'zstd: a window of 2 GB' 'window: this zstd data takes more than 128 MB of memory to unpack; give it unpacked (zstd -dc --long=31 FILE)' \
    "$gaz" tag -l os.gaz -t tsv window
# members N FILE
members() {
    n=$1
    while [ "$n" -gt 0 ]; do
        cat "$2"
        n=$((n - 1))
    done
}
for kind in gzip zstd; do
    case $kind in gzip) pack=part.gz ;; *) pack=part.zst ;; esac
    [ -e $pack ] || { echo 'skipped: zstd is not installed'; continue; }
    why="this $kind data unpacks to more than 500 times its size; if that is right, unpack it first"
    members 2 $pack >two
    good "$kind: two members" "$gaz" tag -l os.gaz -t tsv two
    [ "$(cut -f 2 out | tr '\n' ' ')" = '7999994 15999994 ' ] ||
        { echo "$kind: two members: $(cat out)"; bad=1; }
    # What is held in memory may be 64 MB, or as much as packs honestly.
    members 8 $pack >eight
    good "$kind: 64 MB of HTML" "$gaz" tag -l os.gaz -f html -t tsv eight
    members 9 $pack >nine
    over "$kind: 72 MB of HTML" "nine: $why" \
        "$gaz" tag -l os.gaz -f html -t tsv nine
    over "$kind: 72 MB of jsonl" "nine: $why" "$gaz" tag -l os.gaz -t jsonl nine
    over "$kind: 72 MB of a list" "nine: $why" compile --kind list nine
    members 3 $pack | head -c -3 >cut
    for to in tsv jsonl; do
        "$gaz" tag -l os.gaz -t $to -o kept cut >out 2>err
        [ $? -eq 2 ] && [ ! -e kept ] && [ "$(cat err)" = "gaz: cut: the $kind \
data is cut off: it ends in the middle of a stream" ] ||
            { echo "$kind, cut off: $(cat err)"; bad=1; }
    done
    # A text is not held: it goes on to 1 GB, in as little memory.
    case "$gaz" in *release*) ;; *) continue ;; esac
    members 140 $pack >many
    (
        ulimit -v 200000
        "$gaz" tag -l os.gaz -t tsv many >out 2>err
    )
    [ $? -eq 2 ] && [ "$(cat err)" = "gaz: many: $why" ] &&
        [ "$(wc -l <out)" -eq 134 ] ||
        { echo "$kind, 1.1 GB: $(wc -l <out) mentions, $(cat err)"; bad=1; }
done
exit $bad
