#!/bin/sh
# Every test that needs nothing but the tree: run.sh UNIT-PROGRAM...
# BUILD is the folder of the build to test. As many run at once as there are
# processors, or JOBS; TIMES=1 says how long each took.
set -u

# One test: run.sh --one NAME. RESULTS holds a line for each that is done.
one() {
    name=$1
    log=$(mktemp)
    began=$(date +%s%N)
    case "$name" in
    *.conll) awk -f tests/data/check-conll.awk "$name" ;;
    *.sh) sh "$name" "$BUILD/gaz" ;;
    *) "$name" ;;
    esac >"$log" 2>&1
    if [ $? -eq 0 ]; then
        echo passed >>"$RESULTS"
        grep '^skipped: ' "$log"
    else
        echo failed >>"$RESULTS"
        echo "FAILED: $name
$(sed 's/^/    /' "$log" | tail -n 60)"
    fi
    [ -z "${TIMES-}" ] ||
        echo "$((($(date +%s%N) - began) / 1000000)) ms: $name"
    rm -f "$log"
}

if [ "${1-}" = --one ]; then
    one "$2"
    exit 0
fi
RESULTS=$(mktemp)
export RESULTS BUILD
trap 'rm -f "$RESULTS"' EXIT
jobs=${JOBS:-$(nproc 2>/dev/null || echo 1)}
{
    # The longest first.
    printf '%s\n' tests/faults/run.sh
    ls tests/*/run.sh | grep -vE '^tests/(accept|faults)/'
    printf '%s\n' "$@" lexicons/sample/*.conll tests/data/*.conll
} >"$RESULTS.names"
xargs -n 1 -P "$jobs" sh "$0" --one <"$RESULTS.names"
wanted=$(wc -l <"$RESULTS.names")
rm -f "$RESULTS.names"
passed=$(grep -c passed "$RESULTS")
echo "$passed passed, $((wanted - passed)) failed"
[ "$passed" -eq "$wanted" ]
