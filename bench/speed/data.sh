#!/bin/sh
# The texts and lists of the benchmark: data.sh DIR. From Debian packages that
# are downloaded and unpacked, never installed:
#
#     corpus.txt                 84 MB of English technical text
#     check.txt                  the same for counting: ASCII, single spaces
#     names.{10k,100k,1m}.txt    a name a line; dense: many are found
#
# What is there already is used as it is. A package that cannot be had is left
# out and named; which data a record was made with shows in its check sums.
set -eu
dir=$1
here=$(dirname "$0")
python=/usr/bin/python3
[ -x "$python" ] || python=python3

# a|b: the first that the archive has
packages="linux-doc-6.1|linux-doc-6.12|linux-doc python3.11-doc|python3.13-doc
postgresql-doc-15|postgresql-doc-17 debian-handbook perl-doc manpages
manpages-dev git-doc apache2-doc vim-runtime cmake-data sqlite3-doc tcl8.6-doc
libglib2.0-doc python-django-doc sphinx-doc debian-faq developers-reference
debian-policy postfix-doc freebsd-manpages erlang-doc rust-doc dict-foldoc
dict-jargon dict-vera wamerican-huge bash-doc libboost1.74-doc|libboost1.83-doc
asymptote-doc r-doc-html exim4-doc-html nmap-common squid-common apt-doc
autoconf-doc python-pandas-doc"

fetch() { # of a|b
    for p in $(echo "$1" | tr '|' ' '); do
        if [ -d "$dir/x/$p" ]; then
            return 0
        fi
        if (cd "$dir/debs" && apt-get download "$p" >/dev/null 2>&1); then
            rm -rf "$dir/x.new"
            dpkg-deb -x "$dir/debs/$p"_*.deb "$dir/x.new"
            rm -f "$dir/debs/$p"_*.deb
            mv "$dir/x.new" "$dir/x/$p"
            return 0
        fi
    done
    echo "bench: cannot download $1: left out of the corpus" >&2
}

mkdir -p "$dir"
if [ ! -s "$dir/corpus.txt" ]; then
    for tool in apt-get dpkg-deb; do
        command -v "$tool" >/dev/null || {
            echo "bench: no $tool to make the corpus with" >&2
            exit 3
        }
    done
    mkdir -p "$dir/debs" "$dir/x"
    echo "bench: downloading documentation packages (about 300 MB) ..." >&2
    for p in $packages; do
        fetch "$p"
    done
    "$python" "$here/corpus.py" "$dir/x" "$dir/corpus.new"
    mv "$dir/corpus.new" "$dir/corpus.txt"
fi
if [ ! -s "$dir/names.1m.txt" ]; then
    echo "bench: making the lists (a few minutes) ..." >&2
    apt-cache dumpavail 2>/dev/null | awk '
        /^Package: / { package = $2 }
        /^Description(-en)?: / { sub(/^[^ ]* /, ""); print package "\t" $0 }' \
        >"$dir/avail.tsv"
    "$python" "$here/lists.py" "$dir"
fi
if [ ! -s "$dir/check.txt" ]; then
    "$python" "$here/check.py" "$dir/corpus.txt" "$dir/check.new"
    mv "$dir/check.new" "$dir/check.txt"
fi
