#!/bin/sh
# What a lexicon compiled from a corpus must find: tagging.sh DATA. BUILD is
# the folder of the build.
set -u
data=${1:?the folder of the shared data}
gaz=${BUILD:-build/release}/gaz
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0

# at_least NAME WANTED GOLD COMPILE-OPTION... TRAINING
at_least() {
    name=$1 wanted=$2 gold=$3
    shift 3
    "$gaz" compile -o "$tmp/lex.gaz" "$@" &&
        "$gaz" tag -l "$tmp/lex.gaz" -f conll -t conll --keep-columns "$gold" \
            >"$tmp/tagged.conll" &&
        "$gaz" eval --bootstrap 0 --scheme conlleval --min-f1 "$wanted" \
            "$tmp/tagged.conll" >"$tmp/report" 2>&1
    status=$?
    figure=$(sed -n '2s/.*FB1: *//p' "$tmp/report")
    echo "$name: F1 $figure, wanted $wanted"
    [ "$status" -eq 0 ] || failed=1
}

seed="$data/000_54677ac237d368b8.txt"
train="$data/wikiser/train.conll"
valid="$data/wikiser/valid.conll"
at_least "the seed article on itself" 1.0 "$seed" "$seed"
at_least "the seed article, no purity limit" 1.0 "$seed" --select all "$seed"
at_least "WikiSER, no limit, as written" 0.29 "$valid" --select all --case exact "$train"
at_least "WikiSER, no limit, folded" 0.29 "$valid" --select all "$train"
at_least "WikiSER, purity 0.3, as written" 0.60 "$valid" --case exact --min-purity 0.3 "$train"
at_least "WikiSER, purity 0.3, folded" 0.61 "$valid" --min-purity 0.3 "$train"
at_least "WikiSER, the default" 0.625 "$valid" "$train"

# The shipped lexicon on forum posts it was not made from.
so="$data/stackoverflow/dev.conll"
"$gaz" tag -f conll -t conll "$so" >"$tmp/so.pred" || failed=1
label() { # NAME WANTED LABELS
    paste "$so" "$tmp/so.pred" | awk -F '\t' -v keep="^[BI]-($3)\$" '
        NF < 3 || $1 ~ /^ *$/ { print ""; next }
        { gold = $2 ~ keep ? $2 : "O"; pred = $NF ~ keep ? $NF : "O"
          print $1 "\t" gold "\t" pred }' >"$tmp/so.conll"
    "$gaz" eval --bootstrap 0 --scheme conlleval --min-f1 "$2" "$tmp/so.conll" \
        >"$tmp/report" 2>&1 || failed=1
    echo "$1: F1 $(sed -n '2s/.*FB1: *//p' "$tmp/report"), wanted $2"
}
label "StackOverflow, operating systems" 0.60 "Operating_System"
label "StackOverflow, languages" 0.70 "Language"
label "StackOverflow, three types" 0.45 "Application|Device|Operating_System"
exit "$failed"
