#!/bin/sh
# Build for another kind of machine, run its tests under qemu (32 bits without
# it where the kernel can), and hold what it makes against what this machine
# makes: the same lexicon to the byte, the same tags.
#
#     cross.sh i686     32 bits
#     cross.sh s390x    the most significant byte first
#     cross.sh arm64    the scanner's loops with NEON
#
# Debian's cross compiler brings the C library; the other libraries are
# unpacked into build/cross/TRIPLET, nothing of them is installed. Where there
# are no such packages this is skipped, with a message and exit code 0.
set -eu
LC_ALL=C
export LC_ALL
case "${1-}" in
i686) triplet=i686-linux-gnu arch=i386 qemu=qemu-i386-static ;;
s390x) triplet=s390x-linux-gnu arch=s390x qemu=qemu-s390x-static ;;
arm64) triplet=aarch64-linux-gnu arch=arm64 qemu=qemu-aarch64-static ;;
*)
    echo "cross.sh: i686, s390x or arm64, not '${1-}'" >&2
    exit 2
    ;;
esac
top=$(pwd)
root=$top/build/cross/$triplet
sudo=
[ "$(id -u)" -eq 0 ] || sudo='sudo -n'

skip() {
    echo "skipped: $triplet: $1"
    exit 0
}

if ! command -v "$triplet-gcc" >/dev/null || ! command -v "$qemu" >/dev/null; then
    command -v apt-get >/dev/null || skip 'no apt-get to install a compiler'
    $sudo apt-get install -y --no-install-recommends "gcc-$triplet" \
        "libc6-dev-$arch-cross" qemu-user-static >/dev/null 2>&1 ||
        skip 'no packages for a cross compiler and qemu'
fi
wanted="libutf8proc2 libutf8proc-dev libxxhash0 libxxhash-dev libmd0 libmd-dev
libpcre2-8-0 libpcre2-dev libjansson4 libjansson-dev libcmocka0 libcmocka-dev
zlib1g zlib1g-dev libzstd1 libzstd-dev libmd4c0 libmd4c-dev libexpat1
libexpat1-dev"
mkdir -p "$root/debs"
if [ "$(cat "$root/done" 2>/dev/null)" != "$wanted" ]; then
    $sudo dpkg --add-architecture "$arch" >/dev/null 2>&1 || true
    $sudo apt-get update >/dev/null 2>&1 || true
    for p in $wanted; do
        (cd "$root/debs" && apt-get download "$p:$arch" >/dev/null 2>&1) ||
            skip "no package $p:$arch"
    done
    for deb in "$root"/debs/*.deb; do
        dpkg -x "$deb" "$root"
    done
    cp /usr/include/ut*.h "$root/usr/include/"
    echo "$wanted" >"$root/done"
fi

# libmd and others may lie in /lib
libs=$root/usr/lib/$triplet
case $arch in i386) libs=$root/usr/lib/i386-linux-gnu ;; esac
more=$(dirname "$(dirname "$libs")")/../lib/$(basename "$libs")
run="$qemu -L /usr/$triplet -E LD_LIBRARY_PATH=$libs:$more"
# This kernel may run the programs by itself, which is faster by far.
loader=/usr/$triplet/lib/ld-linux.so.2
if [ "$arch" = i386 ] && "$loader" --version >/dev/null 2>&1; then
    run="$loader --library-path $libs:$more:/usr/$triplet/lib"
fi
build=build/$triplet
PKG_CONFIG_LIBDIR=$libs/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root
export PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR
flags="-O1 -g -isystem $root/usr/include"
# The old arithmetic keeps more bits than a double has: other sums, other bytes.
[ "$arch" != i386 ] || flags="$flags -msse2 -mfpmath=sse"
link="-L$libs -L$more -Wl,-rpath-link,$libs:$more"
# shellcheck disable=SC2046
make -s BUILD="$build" CC="$triplet-gcc" CFLAGS="$flags" SANITIZE="$link" \
    RUN="$run" "$build/gaz" "$build/default.gaz" \
    $(ls tests/unit/test_*.c |
        sed "s|tests/unit/\(.*\)\.c|$build/unit/\1|")
unset PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR

failed=0
for t in "$build"/unit/test_*; do
    case $t in *.*) continue ;; esac
    $run "$t" >"$root/log" 2>&1 || {
        echo "FAILED: $triplet: $t"
        tail -n 20 "$root/log"
        failed=1
    }
done
make -s build/release/gaz build/release/default.gaz
cmp build/release/default.gaz "$build/default.gaz" || failed=1
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
(
    mkdir -p "$here/lists"
    cd "$here"
    . "$top/tests/faults/inputs.sh"
)
for select in purity scored; do
    build/release/gaz compile -o "$here/a.gaz" --select $select \
        "$here/train.conll" "$here/names.tsv" "$here/models.rules"
    $run "$build/gaz" compile -o "$here/b.gaz" --select $select \
        "$here/train.conll" "$here/names.tsv" "$here/models.rules"
    cmp "$here/a.gaz" "$here/b.gaz" || failed=1
done
for lexicon in build/release/default.gaz "$here/a.gaz"; do
    for text in lexicons/sample/*.md README.md "$here/text.txt"; do
        build/release/gaz tag -l "$lexicon" -t tsv "$text" >"$here/a"
        $run "$build/gaz" tag -l "$lexicon" -t tsv "$text" >"$here/b"
        cmp "$here/a" "$here/b" || failed=1
    done
done
[ $failed -ne 0 ] || echo "$triplet: unit tests, lexicon bytes and tags: ok"
exit $failed
