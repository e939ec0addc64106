#!/bin/sh
# What happens to files while gaz runs: kills, replaced and damaged lexicons,
# full disks, odd outputs and inputs: run.sh GAZ
. "$(dirname "$0")/../tools/begin.sh"
LC_ALL=C
export LC_ALL
mounted=
finish() {
    [ -z "$mounted" ] || umount "$dir/small" 2>/dev/null
    rm -rf "$dir"
}
trap finish EXIT
cd "$dir" || exit 1
passed=0
failed=0

ok() {
    passed=$((passed + 1))
}
bad() {
    failed=$((failed + 1))
    echo "FAILED: $1"
    [ ! -s err ] || sed 's/^/    stderr: /' err
}
# that NAME COMMAND...
that() {
    name=$1
    shift
    if "$@"; then ok; else bad "$name"; fi
}
# says NAME CODE TEXT: exit code $code, and err holds TEXT
says() {
    if [ "$code" -eq "$2" ] && grep -qF -e "$3" err; then
        ok
    else
        bad "$1: exit code $code, not $2, or no '$3'"
    fi
}

mkdir lists
. "$here/../faults/inputs.sh"

# ---- kills: the old lexicon or the new one, at any moment

awk 'BEGIN { for (i = 0; i < 20000; i++) printf "Name %dx of thing\tThing\n", i }' \
    >big.tsv
"$gaz" compile -o old.gaz names.tsv
before=$(date +%s%N)
"$gaz" compile -o new.gaz big.tsv
whole=$((($(date +%s%N) - before) / 1000000)) # ms
mkdir killed
old=0
new=0
i=0
# From no time at all to more than the whole takes.
while [ $i -lt 50 ]; do
    cp old.gaz killed/x.gaz
    "$gaz" compile -o killed/x.gaz big.tsv 2>/dev/null &
    sleep "$(echo "$((i * 37 % 50)) $whole" |
        awk '{ printf "%.4f", $1 / 40 * $2 / 1000 }')"
    kill -9 $! 2>/dev/null
    wait $! 2>/dev/null
    if cmp -s killed/x.gaz old.gaz; then
        old=$((old + 1))
    elif cmp -s killed/x.gaz new.gaz; then
        new=$((new + 1))
    else
        bad "kill $i: neither the old lexicon nor the new one"
    fi
    i=$((i + 1))
done
that '50 kills' [ $((old + new)) -eq 50 ]
that '50 kills: some came before the end' [ "$old" -gt 0 ]
echo "50 kills: $old times the old lexicon, $new times the new one"

# ---- a lexicon that changes while it is used

# Starts a tagger that has opened $1 and waits for text; feed it with >&3.
start() {
    rm -f pipe
    mkfifo pipe
    "$gaz" tag -l "$@" -f lines -t tsv pipe >out 2>err &
    tagger=$!
    exec 3>pipe
    # More than is read at a time, so that some of it is tagged by now.
    cat many.txt >&3
}
stop() {
    (echo 'C++ and Linux' >&3) 2>/dev/null
    exec 3>&-
    wait $tagger
    code=$?
}
awk 'BEGIN { for (i = 0; i < 40000; i++) print "Linux and C++" }' >many.txt
cat many.txt >all.txt
echo 'C++ and Linux' >>all.txt
"$gaz" tag -l old.gaz -f lines -t tsv <all.txt | sed 's/^-/pipe/' >want

cp old.gaz lex.gaz
start lex.gaz
"$gaz" compile -o lex.gaz more.tsv
stop
that 'replaced: exit code 0' [ "$code" -eq 0 ]
that 'replaced: the tagger goes on with the one it has' cmp -s out want
start lex.gaz
stop
that 'replaced: the next one has the new one' sh -c '! cmp -s out want'

cp new.gaz lex.gaz
start lex.gaz -T 2
: >lex.gaz
stop
says 'cut short' 3 'lex.gaz: cut short or unreadable while it was in use'
that 'cut short: one line' [ "$(wc -l <err)" -eq 1 ]
cp old.gaz lex.gaz
start lex.gaz
truncate -s 200 lex.gaz 2>/dev/null || dd if=old.gaz of=lex.gaz bs=200 count=1 2>/dev/null
stop
says 'cut short inside a page' 3 'lex.gaz:'
cp old.gaz lex.gaz
start lex.gaz
printf 'x' | dd of=lex.gaz bs=1 seek=24 conv=notrunc 2>/dev/null
stop
says 'written to' 3 'lex.gaz: was written to while it was in use'
cp old.gaz lex.gaz
start lex.gaz
touch lex.gaz
stop
that 'touched: no harm' [ "$code" -eq 0 ]
that 'touched: the same output' cmp -s out want
cp old.gaz lex.gaz
start lex.gaz -o result.tsv
: >lex.gaz
stop
that 'cut short with -o: exit code 3' [ "$code" -eq 3 ]
that 'cut short with -o: nothing is left' sh -c '! ls result.tsv* >/dev/null 2>&1'

# ---- signals

start old.gaz -o result.tsv
kill -TERM $tagger
exec 3>&-
wait $tagger
that 'SIGTERM with -o: nothing is left' sh -c '! ls result.tsv* >/dev/null 2>&1'

# ---- full disks and limits

mkdir small
if mount -t tmpfs -o size=64k gaz-test small 2>/dev/null; then
    mounted=yes
    cp old.gaz small/x.gaz
    "$gaz" compile -o small/x.gaz big.tsv >out 2>err
    code=$?
    says 'a full disk' 3 'small/x.gaz: cannot write: No space left on device'
    that 'a full disk: the old one is intact' cmp -s small/x.gaz old.gaz
    that 'a full disk: nothing else' [ "$(ls small | wc -l)" -eq 1 ]
    "$gaz" tag -l old.gaz -f lines -t jsonl -o small/t.jsonl many.txt \
        >out 2>err
    code=$?
    says 'tag -o on a full disk' 3 'small/t.jsonl: cannot write: No space'
    that 'tag -o on a full disk: nothing else' [ "$(ls small | wc -l)" -eq 1 ]
    "$gaz" tag -l old.gaz -f lines -t jsonl many.txt >small/t.jsonl 2>err
    code=$?
    says 'tag to a full disk' 3 '(standard output): cannot write: No space'
else
    echo 'skipped: a full disk (no right to mount a tmpfs)'
fi
cp old.gaz lex.gaz
(
    ulimit -f 8
    "$gaz" compile -o lex.gaz big.tsv >out 2>err
    echo $? >code
)
code=$(cat code)
says 'a limit of file sizes' 3 'lex.gaz: cannot write: File too large'
that 'a limit of file sizes: the old one is intact' cmp -s lex.gaz old.gaz
that 'a limit of file sizes: nothing else' [ "$(ls lex.gaz* | wc -l)" -eq 1 ]
if (ulimit -v 60000) 2>/dev/null && "$gaz" --version >/dev/null; then
    awk 'BEGIN { for (i = 0; i < 400000; i++) printf "N%d a b\tThing\n", i }' \
        >huge.tsv
    (
        ulimit -v 60000
        "$gaz" compile -o lex.gaz huge.tsv >out 2>err
        echo $? >code
    )
    code=$(cat code)
    # A build with sanitizers cannot start so.
    if grep -q 'gaz: ' err; then
        says 'a limit of memory' 3 'out of memory'
        that 'a limit of memory: the old one is intact' cmp -s lex.gaz old.gaz
    fi
fi

# ---- where outputs go

cp old.gaz lex.gaz
chmod 604 lex.gaz
ln -s lex.gaz link.gaz
"$gaz" compile -o link.gaz more.tsv
that 'a link stays a link' [ -h link.gaz ]
that 'the mode is kept' sh -c 'ls -l lex.gaz | grep -q "^-rw----r--"'
that 'the file behind the link is the new one' sh -c '! cmp -s lex.gaz old.gaz'
ln -s nowhere dangling.gaz
"$gaz" compile -o dangling.gaz more.tsv 2>err
code=$?
says 'a link to nothing' 3 'is a symbolic link that leads to no file'
"$gaz" compile -o /dev/stdout names.tsv | cat >piped.gaz
that 'to /dev/stdout' cmp -s piped.gaz old.gaz
rm -f pipe
mkfifo pipe
cat pipe >piped.gaz &
"$gaz" compile -o pipe names.tsv
wait $!
that 'to a pipe' cmp -s piped.gaz old.gaz
that 'a pipe stays a pipe' [ -p pipe ]
mkdir folder.gaz
"$gaz" compile -o folder.gaz names.tsv 2>err
code=$?
says 'to a folder' 3 'folder.gaz: is a directory'
cp old.gaz "$(printf '%0250d' 0).gaz" 2>/dev/null
"$gaz" compile -o "$(printf '%0254d' 0).gaz" names.tsv 2>err
code=$?
says 'a name that is too long' 3 'File name too long'

# ---- lines without an end

head -c 68000000 /dev/zero | tr '\0' 'a' >long.line
"$gaz" tag -l old.gaz -f lines -t tsv long.line >out 2>err
code=$?
says 'a line of 68 MB' 2 'long.line: a line of more than 64 MB'
"$gaz" tag -l old.gaz -f conll -t conll long.line >out 2>err
code=$?
says 'a corpus line of 68 MB' 2 'long.line:1:1: a line of more than 64 MB'
head -c 68000000 /dev/zero | tr '\0' '\n' >long.line
"$gaz" tag -l old.gaz -f conll -t conll long.line >out 2>err
code=$?
says '68 MB of empty lines' 2 ': more than 64 MB of empty lines and comments before a sentence'
rm long.line
{
    head -c 270000000 /dev/zero | tr '\0' 'a'
    printf '\n{"text":"Linux"}\n'
} | "$gaz" tag -l old.gaz -f jsonl -t jsonl --errors skip >out 2>err
code=$?
says 'a record of 270 MB' 1 '(standard input):1:1: this line is too long: a record may have 256 MB'
that 'the record behind it' grep -q '"text":"Linux"' out
{
    printf '[\n {"text":"'
    head -c 570000000 /dev/zero | tr '\0' 'a'
    printf '"},\n{"text":"Linux"}]\n'
} | "$gaz" tag -l old.gaz -f json -t jsonl --errors skip >out 2>err
code=$?
says 'a record of 570 MB over lines' 1 '(standard input):2:2: this record is too long: it may have 256 MB'
that 'the record behind it, too' grep -q '"text":"Linux"' out
{
    printf '[{"text":"a", "b" "c'
    head -c 270000000 /dev/zero | tr '\0' '{'
} | "$gaz" tag -l old.gaz -f json -t jsonl >out 2>err
code=$?
says 'a fault before 270 MB' 2 "(standard input):1:19: a ':' is wanted behind a name; the record that begins at 1:2 goes on beyond what one may have"

# ---- what is shown

printf 'a \033[31mLinux\033[0m \302\2332J b\r\n' >evil.txt
"$gaz" tag -l old.gaz -t ansi --color never evil.txt >out 2>err
that 'ansi: no escape sequence' sh -c '! grep -q "$(printf "\033")" out'
"$gaz" explain -l old.gaz evil.txt >out 2>err
that 'explain: no escape sequence' sh -c '! grep -q "$(printf "\033")" out'
"$gaz" diff old.gaz new.gaz evil.txt >out 2>err
that 'diff: no escape sequence' sh -c '! grep -q "$(printf "\033")" out'
"$gaz" tag -l "$(printf 'no\033[2J\nsuch')" evil.txt >out 2>err
that 'a message: no escape sequence' sh -c '! grep -q "$(printf "\033")" err'
that 'a message: one line' [ "$(wc -l <err)" -eq 1 ]
printf 'L\033nux\tOS\n\033x\tOS\tid\tcase=q\n' >evil.tsv
"$gaz" lint evil.tsv >out 2>err
that 'lint: no escape sequence' sh -c '! grep -q "$(printf "\033")" out'
if command -v script >/dev/null; then
    script -qec "'$gaz' tag -l old.gaz -t tsv evil.txt" /dev/null >out 2>err
    "$gaz" tag -l old.gaz -t tsv evil.txt >piped
    that 'a terminal: no escape sequence' sh -c '! grep -q "$(printf "\033")" out'
    # In every verb, wherever the bytes come from: names, labels, ids, files.
    printf 'Li\033[2Jnux\tO\033[2JS\ti\033[2Jd\nC\302\233x\tL\302\2332J\n' >evil.tsv
    printf 'a Li\033[2Jnux and C\302\233x\n' >evil.txt
    "$gaz" compile -q -o evil.gaz evil.tsv
    printf 'a\tB-X\033[2J\nb\033[2J\tO\n' >evil.conll
    printf 'a\tO\nb\033[2J\tB-Y\033[2J\n' >other.conll
    for words in 'tag -l evil.gaz' 'tag -l evil.gaz -t tsv' 'tag -l evil.gaz -t xml' \
        'tag -l evil.gaz -t md' 'tag -l evil.gaz -t counts' 'explain -l evil.gaz' \
        'info' 'info --json' 'dump' 'diff old.gaz evil.gaz' 'lint' 'lint --format json' \
        'convert -t tsv' 'convert -t conll' 'compile -o x.gaz --report /dev/stdout' \
        'compile -o x.gaz --report /dev/tty' \
        'eval evil.conll' 'eval --json evil.conll' 'eval -s conlleval evil.conll' \
        'eval --errors /dev/stdout evil.conll' 'eval --html /dev/stdout evil.conll' \
        'eval --card /dev/stdout evil.conll'; do
        case $words in
        tag* | explain* | diff*) file=evil.txt ;;
        info* | dump*) file=evil.gaz ;;
        lint*) file=evil.tsv ;;
        eval*) file=other.conll ;;
        *) file=evil.conll ;;
        esac
        script -qec "'$gaz' $words $file" /dev/null </dev/null >out 2>err
        that "$words: says something" [ -s out ]
        # Colours are gaz's own.
        that "$words: no escape sequence of others" sh -c \
            '! LC_ALL=C grep -q "$(printf "\033\[2J\|\302\233")" out'
    done
    # Progress is for a terminal, is wiped away, and is no part of the output.
    slow="(cat many.txt; sleep 0.4; cat many.txt) | '$gaz' tag -l old.gaz -f lines -t tsv"
    script -qec "$slow >shown" /dev/null >out 2>err
    that 'progress is shown' grep -q 'MB/s' out
    that 'progress is wiped away' [ "$(tail -c 4 out)" = "$(printf '\r\033[K')" ]
    that 'progress: the output is whole' [ "$(wc -l <shown)" -eq 160000 ]
    script -qec "$slow -q >shown" /dev/null >out 2>err
    that '-q: no progress' [ ! -s out ]
    sh -c "$slow >shown" 2>err
    that 'no terminal: no progress' [ ! -s err ]
fi
printf '<b>\tB-<i>\n"\tO\n\n' >evil.conll
printf '<b>\tB-"x\n"\tB-&\n\n' >guess.conll
"$gaz" eval --html evil.html evil.conll guess.conll >/dev/null 2>err
that 'html: texts are escaped' sh -c \
    'grep -q "&lt;b&gt;" evil.html && ! grep -q "<b>" evil.html && ! grep -q "<i>" evil.html'
"$gaz" tag -l old.gaz -t html evil.html >out 2>err
that 'tag -t html: no element of the text' sh -c '! grep -q "<script" out'

# ---- where inputs come from

cat pipe >/dev/null & # nobody may be left waiting
wait_for=$!
cat text.txt >pipe
wait $wait_for
"$gaz" tag -l old.gaz -t tsv pipe >out 2>err &
tagger=$!
cat text.txt >pipe
wait $tagger
that 'a named pipe is opened once' [ -s out ]
ln -s gone.tsv lists/gone.tsv
"$gaz" compile -o lex.gaz lists 2>err
code=$?
says 'a link to nothing in a folder' 3 'lists/gone.tsv: cannot look at'
rm lists/gone.tsv
"$gaz" compile -o lex.gaz nothing-here 2>err
code=$?
says 'an input that is not there' 3 'nothing-here: cannot open: No such file'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
