#!/bin/sh
# Everything that needs the shared data: run.sh DATA, with BUILD as the folder
# of the build. Each script says what it skips.
set -u
failed=0
for script in "$(dirname "$0")"/*.sh; do
    [ "$(basename "$script")" = run.sh ] && continue
    sh "$script" "$@" || failed=1
done
exit "$failed"
