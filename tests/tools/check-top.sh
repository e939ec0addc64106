#!/bin/sh
# What lies at the top of the tree: only what belongs there. Asked of git, with
# what is new and not ignored; where there is no git this is skipped.
set -eu
files=$(git ls-files -co --exclude-standard 2>/dev/null) || {
    echo 'skipped: the top of the tree (no git)'
    exit 0
}
strays=$(echo "$files" | sed 's|/.*|/|' | sort -u | grep -vxE \
    '(src|lexicons|tests|bench|\.ci)/|Makefile|README\.md|LICENSE|CHANGELOG\.md|\.gitignore|\.clang-(format|tidy)' ||
    true)
[ -z "$strays" ] || {
    echo "these do not belong at the top of the tree:"
    echo "$strays"
    exit 1
}
echo 'top of the tree: ok'
