#!/bin/sh
# The program from outside: exact output, messages and exit codes.
#     sh tests/cli/run.sh GAZ
# Each check runs one command in a folder of its own and says what is wanted
# of it; all checks run, whatever fails.
. "$(dirname "$0")/../tools/begin.sh"
LC_ALL=C
export LC_ALL
cd "$dir" || exit 1
passed=0
failed=0

# The results of the last command are $code, .out and .err.
run() {
    "$gaz" "$@" >.out 2>.err
    code=$?
}

ok() {
    passed=$((passed + 1))
}

bad() {
    failed=$((failed + 1))
    echo "FAILED: $1"
    sed 's/^/    stdout: /' .out | head -n 12
    sed 's/^/    stderr: /' .err | head -n 12
}

# is NAME CODE STDOUT STDERR: the last command ended so. A text is given
# without its last newline; '*' is any.
is() {
    want_out=$3
    want_err=$4
    problem=
    [ "$code" = "$2" ] || problem="exit code $code, not $2"
    for stream in out err; do
        eval "want=\$want_$stream"
        [ "$want" = '*' ] && continue
        if [ -z "$want" ]; then : >.want; else printf '%s\n' "$want" >.want; fi
        cmp -s .want ".$stream" || problem="$problem std$stream differs"
    done
    if [ -z "$problem" ]; then ok; else bad "$1: $problem"; fi
}

# holds NAME TEXT FILE
holds() {
    if grep -qF -e "$2" "$3"; then ok; else bad "$1: no '$2' in $3"; fi
}

# true NAME COMMAND...
true_that() {
    what=$1
    shift
    if "$@"; then ok; else bad "$what"; fi
}

tab=$(printf '\t')
for part in "$here"/*.inc; do
    . "$part"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
