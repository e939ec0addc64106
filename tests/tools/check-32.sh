#!/bin/sh
# Do the sources compile for 32 bits: the sizes and places that they assert, and
# all warnings? Nothing is linked or run: that is `make cross`, which takes
# minutes. Where there is no compiler for it this is skipped, with a message and
# exit code 0.
set -eu
cc=i686-linux-gnu-gcc
sudo=
[ "$(id -u)" -eq 0 ] || sudo='sudo -n'
if ! command -v $cc >/dev/null; then
    command -v apt-get >/dev/null &&
        $sudo apt-get install -y --no-install-recommends gcc-i686-linux-gnu \
            libc6-dev-i386-cross >/dev/null 2>&1 || {
        echo "skipped: 32 bits: no package of a compiler"
        exit 0
    }
fi
# The other libraries' headers are those of this machine.
for dir in /usr/include /usr/include/*-linux-gnu; do
    set -- "$@" -idirafter "$dir"
done
find src -name '*.c' -print0 |
    xargs -0 -P "$(nproc)" -n 16 $cc -msse2 -fsyntax-only "$@"
echo 'sources compile for 32 bits: ok'
