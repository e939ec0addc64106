#!/bin/sh
# Every output of the original scorers in DATA/scorers, reproduced: reports to
# the byte, JSON to 1e-9. scorers.sh DATA; BUILD is the folder of the build.
set -u
data=${1:?the folder of the shared data}/scorers
gaz=${BUILD:-build/release}/gaz
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
passed=0
failed=0

if [ ! -d "$data" ]; then
    echo "scorers: skipped, there is no $data"
    exit 0
fi

verdict() { # NAME STATUS
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $1"
    fi
}

# Compare our JSON at a path of keys with a file, numbers to 1e-9, and with
# the same keys.
cat >"$tmp/near.pl" <<'PERL'
use strict; use warnings; use JSON::PP;
my ($ours, $want, @path) = @ARGV;
sub load { local (@ARGV, $/) = ($_[0]); decode_json(<>) }
sub near {
    my ($x, $y, $at) = @_;
    if (ref $y eq 'HASH') {
        my %k = map { $_ => 1 } keys %$x, keys %$y;
        for (sort keys %k) {
            die "$at/$_ only on one side\n" unless exists $x->{$_} && exists $y->{$_};
            near($x->{$_}, $y->{$_}, "$at/$_");
        }
    } elsif (abs($x - $y) > 1e-9) { die "$at: $x, not $y\n" }
}
my $x = load($ours);
$x = $x->{$_} for @path;
near($x, load($want), '');
PERL
json=false
if perl -MJSON::PP -e 1 2>/dev/null; then
    json=true
else
    echo "scorers: the .json files are skipped, perl has no JSON::PP"
fi

for file in "$data"/*.conll; do
    base=${file%.conll}
    for want in "$base".*; do
        name=$(basename "$want")
        case $name in
        *.conll) ;;
        *.conlleval)
            "$gaz" eval -s conlleval "$file" | cmp -s - "$want"
            verdict "$name" $?
            ;;
        *.seqeval.txt)
            "$gaz" eval -s seqeval --digits 4 "$file" | cmp -s - "$want"
            verdict "$name" $?
            ;;
        *.seqeval-strict.txt)
            "$gaz" eval -s seqeval-strict --digits 4 "$file" | cmp -s - "$want"
            verdict "$name" $?
            ;;
        *.json)
            $json || continue
            case $name in
            *.seqeval.json) path='seqeval report' ;;
            *.seqeval-strict.json) path='seqeval-strict report' ;;
            *.nervaluate.json) path=nervaluate ;;
            *) echo "scorers: $name is of no known kind, skipped"; continue ;;
            esac
            "$gaz" eval -j --bootstrap 0 "$file" >"$tmp/ours.json"
            # shellcheck disable=SC2086 # the path is words
            perl "$tmp/near.pl" "$tmp/ours.json" "$want" schemes $path
            verdict "$name" $?
            ;;
        *) echo "scorers: $name is of no known kind, skipped" ;;
        esac
    done
done
echo "scorers: $passed reproduced, $failed not"
[ "$failed" -eq 0 ]
