# The first lines of tests/*/run.sh GAZ, read by them:
#     . "$(dirname "$0")/../tools/begin.sh"
# $gaz is the program, $here the script's folder, $dir a new one that goes away
# at the end; what users set for gaz is not set.
set -u
unset NO_COLOR GAZ_LEXICON
here=$(cd "$(dirname "$0")" && pwd)
gaz=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
bad=0
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
