#!/bin/sh
# Rules on the command line: run.sh GAZ. Errors with their places, what a rule
# finds, versions in all formats, and a rule that takes too many steps.
. "$(dirname "$0")/../tools/begin.sh"

is() { # NAME WANTED GOT
    [ "$2" = "$3" ] && return
    printf '%s\n  wanted: %s\n  got:    %s\n' "$1" "$2" "$3"
    bad=1
}

refuses() { # NAME LINE:COLUMN PART-OF-MESSAGE
    got=$("$gaz" compile -o "$dir/x.gaz" "$dir/x.rules" 2>&1)
    is "$1: exit code" 2 $?
    case "$got" in
    "gaz: $dir/x.rules:$2: "*"$3"*) ;;
    *) is "$1" "gaz: $dir/x.rules:$2: ...$3..." "$got" ;;
    esac
    [ ! -e "$dir/x.gaz" ] || is "$1" "no lexicon" "a lexicon"
}

printf '# a rule\n\nDevice\tPDP-(\n' >"$dir/x.rules"
refuses 'bad pattern' 3:13 parenthesis
printf 'Device\ta*\n' >"$dir/x.rules"
refuses 'empty match' 1:8 'empty text'
printf 'Device\tx {Nix}\n' >"$dir/x.rules"
got=$("$gaz" compile -o "$dir/x.gaz" "$dir/x.rules" 2>&1)
is 'unknown label: exit code' 2 $?
case "$got" in
*"x.rules:1:10: {Nix}: no list"*) ;;
*) is 'unknown label' '...x.rules:1:10: {Nix}: no list...' "$got" ;;
esac

# What begins with letters beyond ASCII, or goes on with them, is found as well:
# folded (the signs of Kelvin, long s), negated, any character.
printf '%s\n' 'Device	kx\d{2}	case=fold' 'Device	qz[^a]\d' 'Device	ws[.]\d' \
    'Device	vv.\d' 'Device	és\d' 'Device	(?<m>bq(?:x|\.)\d)' \
    'Device	sz\d	case=fold' >"$dir/u.rules"
"$gaz" compile -o "$dir/u.gaz" "$dir/u.rules" || bad=1
is 'beyond ASCII' 'Kx12 qzé1 ws.3 vvé4 és6 bq.7 ſz8 KX34' \
    "$(echo 'Kx12, qzé1, ws.3, vvé4, és6, bq.7, ſz8, KX34, qza1, wsé3' |
        "$gaz" tag -l "$dir/u.gaz" -t tsv | cut -f5 | tr '\n' ' ' | sed 's/ $//')"

printf 'Device\tPDP-\\d+(?:/\\d+)?\tid=pdp\nDevice\t(?:a|aa|aaa|a+)+[bc]\n' \
    >"$dir/m.rules"
printf 'Debian\tOperating_System\tdebian\nPython\tLanguage\n' >"$dir/l.tsv"
"$gaz" compile -o "$dir/m.gaz" "$dir/m.rules" "$dir/l.tsv" || bad=1
"$gaz" compile -o "$dir/n.gaz" --kind rules "$dir/m.rules" || bad=1

tag() {
    "$gaz" tag -l "$dir/m.gaz" "$@"
}
is tsv "-	4	13	Device	PDP-11/70	pdp	
-	19	25	Operating_System	Debian	debian	12" \
    "$(echo 'The PDP-11/70 runs Debian 12.' | tag -t tsv)"
is 'versions inside' "-	0	9	Operating_System	Debian 12	debian	12" \
    "$(echo 'Debian 12 (new)' | tag -t tsv --versions inside)"
printf 'Foo\tApplication\tfoo\tversion=no\nBar\tApplication\tbar\n' >"$dir/v.tsv"
is 'version=no' "-	0	3	Application	Foo	foo	
-	8	11	Application	Bar	bar	12" \
    "$(echo 'Foo 12, Bar 12' | "$gaz" tag -t tsv -l "$dir/v.tsv")"
is 'versions off' "-	0	6	Operating_System	Debian	debian	" \
    "$(echo 'Debian 12' | tag -t tsv --versions off)"
is jsonl '{"file":"-","text":"Python 3.x\n","spans":[{"start":0,"end":6,"label":"Language","text":"Python","version":"3.x"}],"unit":"chars"}' \
    "$(echo 'Python 3.x' | tag -t jsonl)"
is conll 'Debian	B-Operating_System
12	I-Operating_System' \
    "$(printf 'Debian\n12\n' | tag -f conll -t conll --versions inside)"
is 'conll as tsv' "-	3	9	Operating_System	Debian	debian	12" \
    "$(printf 'On\nDebian\n12\n' | tag -f conll -t tsv)"

# The model that a name ends in stands for it later on; without rules it does not.
printf 'Device\tAcme \\d+[A-Z](?: Pro)?\n' >"$dir/t.rules"
printf 'Foo Bar 64X Ultra\tDevice\nFoo Box 4K\tDevice\nFoo Dev V2\tDevice\n' >"$dir/t.tsv"
"$gaz" compile -o "$dir/t.gaz" "$dir/t.rules" "$dir/t.tsv" || bad=1
models='A 900X. The Acme 900X Pro, a 900X Pro, 900X, x900X Pro. Foo Bar 64X Ultra; the
64X Ultra, 64X. A Foo Box 4K in 4K; Foo Dev V2, V2. Acme 700Z: 700Zs, 700Z.'
is 'models of names' 'Acme 900X Pro|900X Pro|Foo Bar 64X Ultra|64X Ultra|Foo Box 4K|Foo Dev V2|Acme 700Z|700Zs|700Z|' \
    "$(echo "$models" | "$gaz" tag -l "$dir/t.gaz" -t tsv | cut -f5 | tr '\n' '|')"
is 'models without rules' 'Foo Bar 64X Ultra|Foo Box 4K|Foo Dev V2|' \
    "$(echo "$models" | "$gaz" tag -l "$dir/t.tsv" -t tsv | cut -f5 | tr '\n' '|')"

a=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
got=$(echo "$a PDP-11 $a" | tag -t tsv 2>"$dir/err")
is 'limit: exit code' 0 $?
is 'limit: the text goes on' "-	61	67	Device	PDP-11	pdp	" "$got"
is 'limit: is told' "gaz: $dir/m.rules:2: this rule takes too many steps; rules were given up at 2 places, the rest of the text is tagged" \
    "$(cat "$dir/err")"

[ "$bad" -eq 0 ] && echo 'rules: ok'
exit "$bad"
