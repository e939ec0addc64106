#!/bin/sh
# gaz lint, on small lists and on our own: run.sh GAZ
. "$(dirname "$0")/../tools/begin.sh"
kind=tsv # of the list on standard input

# finds CODE WANTED OPTION...: the list on standard input gives this exit code
# and these problems, LINE:COLUMN:e|w:CHECK, blank-separated.
finds() {
    code=$1
    wanted=$2
    shift 2
    cat >"$dir/list.$kind"
    "$gaz" lint "$@" "$dir/list.$kind" >"$dir/out" 2>"$dir/err"
    got_code=$?
    got=$(sed "s#^$dir/list.$kind:##; s#^\([0-9]*:[0-9]*\): \(.\)[a-z]*: .*\[\(.*\)\]\$#\1:\2:\3#" \
        "$dir/out" | tr '\n' ' ' | sed 's/ $//')
    [ "$code $wanted" = "$got_code $got" ] && return
    echo "wanted $code $wanted"
    echo "got    $got_code $got"
    cat "$dir/list.$kind" "$dir/out" "$dir/err"
    : >"$dir/failed" # a variable would be lost: we are behind a pipe
}

printf '# clean\n\nLinux\tOS\tlinux\tcase=fold\nDOS\tOS\n #pragma\tOS\n' | finds 0 ''

# Everything that compile rejects, all of it.
printf 'a b\nX\tL\t\tcase=big\nL\377\tL\n\tL\nok\tL\nok2\tL\n' |
    finds 1 '1:4:e:syntax 2:6:e:syntax 3:2:e:syntax 4:1:e:syntax'
printf 'X\tL\tid\tneed=\nY\tL\tid\tpriority=5000\nZ\t-\t\tneed=a\n' |
    finds 1 '1:8:e:syntax 2:8:e:syntax 3:6:e:syntax'

printf 'a\342\200\213b\tL\nX\007\tL\n\357\273\277Q\tL\n' |
    finds 1 '1:2:e:invisible 2:2:e:invisible 3:1:e:invisible'
printf '\357\273\277Q\tL\nR\tL\n' | finds 0 ''
printf 'a\000\000\tL\nb\tL\nc\tL\n' | finds 1 '1:2:e:syntax'
printf 'X\tL\t\tcase=fold,plural=no,case=exact\nY\tL\t\tneed=a,need=b\nZ\tL\t\tneed=a,prev=b\n' |
    finds 1 '1:26:e:syntax 2:13:e:syntax'
printf ' Lead\tL\nTrail \tL\nTwo  Words\tL\n' |
    finds 0 '1:1:w:spaces 2:6:w:spaces 3:4:w:spaces'
printf 'a (b\tL\na "b\tL\n[\tL\nC (new)\tL\n"a b"\tL\n""\tL\n"a" "b"\tL\n' |
    finds 0 '1:1:w:brackets 2:1:w:brackets 5:1:w:brackets'
printf '# a\tb\n#MeToo\tTag\n #MeToo\tTag\n#\ta\n##a\tb\n#x\n' | finds 0 '2:1:w:comment'
printf 'Р5 Рython\tL\nμTorrent\tL\nПривет\tL\n' | finds 1 '1:5:e:look-alike'

# Contexts that can never be met.
printf 'Go\tL\t\tneed=Golang|two words|C++|code|\nGo2\tL\t\tnot=a||b,next=@L\nGo3\tL\t\tneed=@M|@L\n' |
    finds 1 '1:19:e:context 1:29:e:context 1:37:e:context 2:14:e:context 2:22:e:context 3:13:w:context'

# Lines against each other.
printf 'Linux\tOS\nLinux\tOS\nUnix\tOS\nUnix\tApp\nUnix\tApp\t\tneed=shell\nAda\tApp\nAda\tOS\t\tpriority=1\n' |
    finds 1 '2:1:w:duplicate 4:1:e:conflict 7:1:w:conflict'
printf 'Linux\tOS\nUnix\tOS\nFoo\tOther\n' | finds 0 '3:5:w:label'
printf 'Linux\tOS\nUnix\tOS\nFoo\tOther\n' | finds 1 '3:5:e:label' --labels OS,App
printf 'linux\tOS\nLinux\tApp\t\tcase=fold\nDOS\tOS\nDos\tOS\t\tcase=exact\nGrid\tOS\t\tcase=exact,plural=yes\nGrids\tApp\t\tcase=exact\n' |
    finds 0 '2:1:w:unreachable 6:1:w:unreachable'
printf '.NET\tOS\nC++\tOS\nNo\t-\nNo\tOS\nGo\tL\nGo\tOS\t\tneed=x,priority=-1\n' |
    finds 1 '4:1:e:unreachable 5:4:w:label'

# Words of everyday language.
printf 'windows\tOS\nwindow\tOS\t\tneed=desktop\nWord\tOS\nspring\tOS\t\tkind=generic\nRust\tOS\t\tcase=fold\nWeb\tOS\t\tcase=exact\n' |
    finds 0 '1:1:w:common-word 5:1:w:common-word'
echo frobnicate >"$dir/words"
printf 'frobnicate\tOS\nwindows\tOS\n' | finds 0 '1:1:w:common-word' --words "$dir/words"

# Keys of single sides and of versions.
printf 'Go\tL\t\tnotnext=on|two words,notprev=@L\nX\tL\t\tversion=maybe\nY\tL\t\tshort=no,version=no\n' |
    finds 1 '1:18:e:context 1:36:e:context 2:6:e:syntax'

# Rules.
kind=rules
printf '# ok\n\nOS\tFoo-\\d+\tid=foo\nOS\t{OS} kernel\nOS\t[a-z]+ box\tword=box\n' |
    finds 0 ''
printf 'OS\tFoo-(\\d+\nOS\ta*\nOS\n\tFoo\nOS\tFoo-.\tcase=big\nOS\tFoo\200-.\n' |
    finds 1 '1:12:e:pattern 2:4:e:pattern 3:3:e:syntax 4:1:e:syntax 5:15:e:syntax 6:7:e:syntax'
printf 'OS\t{Nix} foo\nOS\t[A-Z]\\w+ box\nOS\tPDP-1\\d\nOS\tPDP-1\\d\nApp\tPDP-1\\d\nOS\tFoo Bar\nOS\tFoo-.\tid=a\302\255b\nApp\tFoo-.\tcase=fold\n' |
    finds 1 '1:4:e:label 2:4:w:slow 4:4:w:duplicate 5:5:e:conflict 6:4:w:literal 7:14:e:invisible'
printf 'OS\tFoo-.\n' | finds 1 '1:1:e:label' --labels App
printf 'OS\tFoo-.\tid=a,case=fold,id=b\n' | finds 1 '1:25:e:syntax'
kind=tsv
mkdir "$dir/both"
printf 'Linux\tOS\nUnix\tOS\n' >"$dir/both/a.tsv"
printf 'OS\t{OS} kernel\nOS\t{Nix} kernel\n' >"$dir/both/b.rules"
"$gaz" lint "$dir/both" 2>/dev/null | grep -c . | grep -qx 1 || { echo both; bad=1; }

# JSON, folders, and what is not there.
mkdir "$dir/lists"
printf 'a b\n' >"$dir/lists/one.tsv"
printf 'Linux\tOS\nlinux \tOS\n' >"$dir/lists/two.tsv"
echo 'no list' >"$dir/lists/three.md"
"$gaz" lint --format json "$dir/lists" >"$dir/out"
[ $? -eq 1 ] || { echo "json: exit code"; bad=1; }
[ "$(grep -c '"severity":"error"' "$dir/out")" -eq 1 ] || { cat "$dir/out"; bad=1; }
if command -v python3 >/dev/null 2>&1; then
    python3 -m json.tool <"$dir/out" >/dev/null || bad=1
fi
"$gaz" lint --errors "$dir/lists" 2>/dev/null | grep -c . | grep -qx 1 || { echo --errors; bad=1; }
"$gaz" lint "$dir/none.tsv" 2>/dev/null
[ $? -eq 3 ] || { echo "a list that is not there"; bad=1; }

# Endings in capitals, packed; what is no list.
mkdir "$dir/ends"
printf 'a b\n' >"$dir/ends/ONE.TSV"
printf 'a b\n' | gzip >"$dir/ends/two.tsv.gz"
"$gaz" lint "$dir/ends" 2>/dev/null | grep -c . | grep -qx 2 || { echo endings; bad=1; }
echo '{"label":"X","pattern":"y"}' >"$dir/patterns.jsonl"
"$gaz" lint "$dir/patterns.jsonl" 2>"$dir/err"
[ $? -eq 2 ] && grep -q 'lint reads name lists' "$dir/err" || { cat "$dir/err"; bad=1; }

# Our own lists.
labels=Operating_System,Device,Architecture,Application,Language,Library
labels=$labels,Protocol,License,Data_Structure,Algorithm,General_Concept,Error_Name
"$gaz" lint --errors --labels "$labels" lexicons/core lexicons/imported || bad=1
LC_ALL=C sort -cu lexicons/common-words.txt 2>"$dir/err" ||
    grep -q '# ' "$dir/err" || { cat "$dir/err"; bad=1; }
[ "$bad" -eq 0 ] && [ ! -e "$dir/failed" ]
