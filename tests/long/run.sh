#!/bin/sh
# What is long is read in pieces, and comes out as the same in short ones would:
# run.sh GAZ
. "$(dirname "$0")/../tools/begin.sh"
LC_ALL=C
export LC_ALL
cd "$dir" || exit 1
oops() {
    echo "$*"
    bad=1
}
# per_line TEXT: mentions on each line, of tsv with offsets in TEXT
per_line() {
    awk -F '\t' 'NR == FNR { at += length($0) + 1; end[n = NR] = at; next }
        { while (l + 0 < n - 1 && $2 >= end[l + 1]) l++; count[l + 1]++ }
        END { for (i = 1; i <= n; i++) print count[i] + 0 }' "$1" -
}

# ---- words around names, which are kept from one name to the next: each
# sentence as if it stood alone

awk -v lines=6000 -f "$here/sentences.awk" </dev/null >text
printf 'Go\tLanguage\t\tneed=compiler\n' >need.tsv
printf 'Go\tLanguage\t\tnot=compiler\n' >not.tsv
printf 'Go\tLanguage\t\tnext=compiler|the45\n' >next.tsv
for list in need not next; do
    "$gaz" tag -l $list.tsv --document-names off -f lines -t jsonl text |
        awk '{ print gsub(/"start":/, "") }' >alone
    "$gaz" tag -l $list.tsv --document-names off -f text -t tsv text |
        per_line text >together
    cmp alone together || oops "$list: sentences alone and together"
    [ "$(grep -c 1 alone)" -gt 20 ] && [ "$(grep -c 0 alone)" -gt 20 ] ||
        oops "$list: nothing to compare"
done

# ---- a text without white space: cut behind signs, or between characters, in
# memory that does not grow with it

printf 'Linux\tOS\n' >os.tsv
awk 'BEGIN { for (i = 0; i < 1000000; i++) printf "Linux-" }' >signs
"$gaz" tag -l os.tsv -t tsv --offsets bytes <signs |
    awk -F '\t' '$2 != 6 * (NR - 1) || $3 != $2 + 5 { bad++ }
        END { exit !(NR == 1000000 && bad == 0) }' || oops 'a text of names and hyphens'
awk 'BEGIN { for (i = 0; i < 4000000; i++) printf "\346\274\242\345\255\227\303\251" }' >signless
"$gaz" tag -l os.tsv -t md <signless | cmp - signless || oops 'characters that were cut'
if (ulimit -v 120000 && "$gaz" --version) >/dev/null 2>&1; then
    for text in signs signless; do
        cat $text $text $text $text $text $text | (
            ulimit -v 120000
            "$gaz" tag -l os.tsv -t counts
        ) >out 2>err || oops "$text: memory grows: $(cat err)"
    done
fi

# ---- a corpus by a pipe, longer than what is read at a time

awk 'BEGIN {
    for (i = 0; i < 90000; i++) {
        printf "word%d\tO\n%s\tO\n", i, i % 7 ? "x" : "Linux"
        if (i % 5 == 0) print ""
    }
}' >corpus
cat corpus | "$gaz" tag -l os.tsv -f conll -t conll --keep-columns >tagged ||
    oops 'a long corpus'
awk -F '\t' '{ print NF ? $1 "\t" ($1 == "Linux" ? "O\tB-OS" : "O\tO") : "" }' corpus |
    cmp - tagged || oops 'a long corpus: other lines'
# One sentence of 1 MB, and one token of it
awk 'BEGIN { for (i = 0; i < 100000; i++) print "word" i "\tO"; print "Linux\tO" }' |
    "$gaz" tag -l os.tsv -f conll -t conll | grep -c 'B-OS' | grep -qx 1 ||
    oops 'a long sentence'

# ---- annotations of a long text, whatever their order

awk 'BEGIN {
    for (i = 0; i < 20000; i++) text = text "Linux, \303\251 and "
    printf "{\"text\":\"%s\",\"spans\":[", text
    for (i = 19999; i >= 0; i--)
        printf "{\"start\":%d,\"end\":%d,\"label\":\"L%d\"}%s", 13 * i, 13 * i + 5,
            i % 50, (i ? "," : "],\"unit\":\"chars\"}\n")
}' >falling.jsonl
"$gaz" convert -t tsv falling.jsonl | cut -f 2-5 >got
awk 'BEGIN { for (i = 0; i < 20000; i++) printf "%d\t%d\tL%d\tLinux\n", 13 * i, 13 * i + 5, i % 50 }' |
    cmp - got || oops 'falling spans'

# ---- names of brat documents that are the same

mkdir a b
echo 'Linux here' >a/x.txt
echo 'there Linux' >b/x.txt
echo 'Linux 2' >x-2.txt
"$gaz" tag -l os.tsv -t brat -o brat a/x.txt b/x.txt x-2.txt || oops 'brat: names'
cat a/x.txt b/x.txt x-2.txt | sort >want
cat brat/*.txt | sort | cmp - want || oops "brat: texts that are lost: $(ls brat)"
[ "$(cat brat/*.ann | cut -f 2 | sort | tr '\n' ';')" = 'OS 0 5;OS 0 5;OS 6 11;' ] ||
    oops "brat: mentions of equal names: $(cat brat/*.ann)"
echo 'another' >brat/x.txt
"$gaz" tag -l os.tsv -t brat -o brat a/x.txt 2>err
[ $? -eq 2 ] && grep -q 'x.txt: is there with another text' err ||
    oops "brat: a text that is there: $(cat err)"
[ "$(cat brat/x.txt)" = another ] || oops 'brat: somebody else'"'"'s text is gone'
[ "$bad" -eq 0 ]
