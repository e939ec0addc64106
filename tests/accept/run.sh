#!/bin/sh
# The acceptance tests: run.sh DATA. They need the shared data, which is not
# part of the project; without it they say so and pass.
set -u
data=${1:?the folder of the shared data}
here=$(dirname "$0")
failed=0
passed=0
if [ ! -d "$data" ]; then
    echo "accept: skipped, there is no $data"
    exit 0
fi
for script in "$here"/*.sh; do
    [ "$script" = "$here/run.sh" ] && continue
    if sh "$script" "$data"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $script"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
