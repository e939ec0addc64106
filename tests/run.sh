#!/bin/sh
# Every test that needs nothing but the tree: run.sh UNIT-PROGRAM...
# BUILD is the folder of the build to test; TIMES=1 says how long each took.
set -u
passed=0
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

check() {
    name=$1
    shift
    began=$(date +%s%N)
    "$@" >"$log" 2>&1
    code=$?
    [ -z "${TIMES-}" ] ||
        echo "$((($(date +%s%N) - began) / 1000000)) ms: $name"
    if [ $code -eq 0 ]; then
        passed=$((passed + 1))
        grep '^skipped: ' "$log"
    else
        failed=$((failed + 1))
        echo "FAILED: $name"
        sed 's/^/    /' "$log" | tail -n 60
    fi
}

for program in "$@"; do
    check "$(basename "$program")" "$program"
done
for corpus in lexicons/sample/*.conll tests/data/*.conll; do
    check "$corpus is well-formed" awk -f tests/data/check-conll.awk "$corpus"
done
for script in tests/*/run.sh; do
    case "$script" in tests/accept/*) continue ;; esac
    [ -e "$script" ] && check "$script" sh "$script" "$BUILD/gaz"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
