#!/bin/sh
# Install the Debian packages that a target needs and the machine lacks.
#
#     deps.sh build    to build gaz
#     deps.sh test     to build and run its tests
#     deps.sh check    for the lint, sanitizer and valgrind targets
#     deps.sh cluster  the engines that `make cluster` can have
#
# Nothing is asked of apt when all is there. Without root and without sudo it
# prints the list and stops.
set -eu

build="gcc make pkg-config libutf8proc-dev libxxhash-dev libmd-dev uthash-dev libpcre2-dev libjansson-dev libmd4c-dev zlib1g-dev libzstd-dev libexpat1-dev"
test="libcmocka-dev"
check="clang clang-tidy clang-format cppcheck valgrind libclang-rt-dev"
cluster="python3-distributed parallel openssh-server procps"

case "${1:-build}" in
build) wanted="$build" ;;
test) wanted="$build $test" ;;
check) wanted="$build $test $check" ;;
cluster) wanted="$build $cluster" ;;
*)
    echo "deps.sh: build, test, check or cluster, not '$1'" >&2
    exit 2
    ;;
esac

has() {
    case "$1" in
    gcc | make | pkg-config | clang | clang-tidy | clang-format | cppcheck | valgrind)
        command -v "$1" >/dev/null 2>&1 ;;
    libutf8proc-dev) pkg-config --exists libutf8proc 2>/dev/null ;;
    libxxhash-dev) pkg-config --exists libxxhash 2>/dev/null ;;
    libpcre2-dev) pkg-config --exists libpcre2-8 2>/dev/null ;;
    libexpat1-dev) pkg-config --exists expat 2>/dev/null ;;
    libmd-dev) pkg-config --exists libmd 2>/dev/null ;;
    libjansson-dev) pkg-config --exists jansson 2>/dev/null ;;
    libmd4c-dev) pkg-config --exists md4c 2>/dev/null ;;
    zlib1g-dev) pkg-config --exists zlib 2>/dev/null ;;
    libzstd-dev) pkg-config --exists libzstd 2>/dev/null ;;
    libcmocka-dev) pkg-config --exists cmocka 2>/dev/null ;;
    python3-distributed) command -v dask-scheduler >/dev/null 2>&1 ;;
    parallel) parallel --version 2>/dev/null | grep -q GNU ;;
    openssh-server) [ -x /usr/sbin/sshd ] ;;
    procps) command -v pgrep >/dev/null 2>&1 ;;
    uthash-dev) [ -e /usr/include/uthash.h ] ;;
    libclang-rt-dev)
        # The sanitizer runtime has the compiler's version in its name.
        ls /usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.asan-*.a \
            >/dev/null 2>&1 || ! command -v apt-cache >/dev/null 2>&1 ;;
    *) return 1 ;;
    esac
}

package() {
    case "$1" in
    libclang-rt-dev)
        version=$(clang --version 2>/dev/null |
            sed -n 's/.*version \([0-9]*\).*/\1/p' | head -n 1)
        echo "libclang-rt-${version:-14}-dev" ;;
    gcc) echo "gcc libc6-dev" ;;
    *) echo "$1" ;;
    esac
}

missing=""
for p in $wanted; do
    has "$p" || missing="$missing $(package "$p")"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "gaz needs these packages (Debian's names):$missing" >&2
    exit 3
fi
if [ "$(id -u)" -eq 0 ]; then
    sudo=""
elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    sudo="sudo"
else
    echo "gaz needs these packages; install them as root and try again:" >&2
    echo "    apt-get install$missing" >&2
    exit 3
fi
echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
$sudo apt-get install -y --no-install-recommends $missing >/dev/null 2>&1 || {
    $sudo apt-get update
    $sudo apt-get install -y --no-install-recommends $missing
}
