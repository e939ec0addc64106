#!/bin/sh
# gaz beside a tagger that learns: run.sh GAZ DATA [OUT]. Trains both on
# wikiser/train.conll, tags wikiser/valid.conll, and compares. Takes a few
# minutes; skipped with a message where something is missing. Debian 12 has no
# package of a linear-chain CRF (its 'wapiti' is a web scanner), so the other
# tagger is a linear-chain perceptron in one file, on python3-numpy.
set -eu
gaz=${1:-build/release/gaz}
data=${2:-../shared/data}/wikiser
out=${3:-build/bench-ml}
here=$(dirname "$0")

if [ ! -e "$data/train.conll" ]; then
    echo "bench/ml: skipped, there is no $data/train.conll"
    exit 0
fi
python=
for p in python3 /usr/bin/python3; do
    if "$p" -c 'import numpy' 2>/dev/null; then
        python=$p
        break
    fi
done
if [ -z "$python" ]; then
    echo "bench/ml: skipped, no python3 with numpy (package python3-numpy)"
    exit 0
fi

mkdir -p "$out"
"$gaz" compile -o "$out/lexicon.gaz" "$data/train.conll"
if [ ! -s "$out/perceptron.conll" ]; then
    echo "training the perceptron (kept in $out/perceptron.conll)" >&2
    OPENBLAS_NUM_THREADS=1 nice -n 19 "$python" "$here/perceptron.py" \
        "$data/train.conll" "$data/valid.conll" >"$out/new"
    mv "$out/new" "$out/perceptron.conll"
fi
echo "== gaz, compiled from the training corpus with the default options"
"$gaz" eval -l "$out/lexicon.gaz" --train "$data/train.conll" "$data/valid.conll" |
    grep -E '^(micro|macro)|^  (seen|ambiguous|unseen)'
echo "== averaged structured perceptron"
"$gaz" eval --train "$data/train.conll" "$data/valid.conll" "$out/perceptron.conll" |
    grep -E '^(micro|macro)|^  (seen|ambiguous|unseen)'
echo "== compared"
"$gaz" eval --compare "$out/lexicon.gaz" "$out/perceptron.conll" \
    --errors "$out/only.tsv" "$data/valid.conll"
