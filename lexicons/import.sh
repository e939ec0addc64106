#!/bin/sh
# Makes the imported name lists from the sources in sources.tsv.
#
#   lexicons/import.sh [ID...]        all ship and optional sources, or these
#   LOCAL=1 lexicons/import.sh        the local sources too
#
# Environment: CACHE  where packages are kept and unpacked (build/sources)
#              SHOW=1 list what was left out, and why, in CACHE/ID.dropped
#
# A source is fetched without being installed, read by the extractor that its
# line names, filtered, sorted and written in one step: a list is either the
# old one or the whole new one.  The same packages give the same bytes.
# Exit codes: 0 done, 1 a source failed, 2 a bad manifest or call.
set -u
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd) || exit 2
manifest=$here/sources.tsv
CACHE=${CACHE:-$here/../build/sources}
LOCAL=${LOCAL:-0}
SHOW=${SHOW:-0}
tab=$(printf '\t')
work=
half=

fail() {
    printf 'import.sh: %s\n' "$*" >&2
    exit 1
}

trap 'rm -rf ${work:+"$work"} ${half:+"$half"}' EXIT
trap 'exit 1' HUP INT TERM

# Every line is checked before anything is fetched.
check_manifest() {
    awk -v file="$manifest" -v dir="$here" '
    BEGIN {
        FS = "\t"
        split("Operating_System Device Architecture Application Language " \
              "Library Protocol License Data_Structure Algorithm " \
              "General_Concept Error_Name *", list, " ")
        for (i in list)
            label[list[i]] = 1
    }
    function bad(text) {
        printf "%s:%d: %s\n", file, FNR, text > "/dev/stderr"
        errors++
    }
    function readable(path,    line, status) {
        status = (getline line < path)
        close(path)
        return status >= 0
    }
    /^#/ || /^[ \t]*$/ { next }
    /\r/ { bad("carriage return at the end of the line"); next }
    NF != 11 { bad("11 columns wanted, " NF " found"); next }
    {
        for (i = 1; i <= NF; i++)
            if ($i ~ /^ | $/)
                bad("space at the start or the end of column " i)
        if ($1 !~ /^[a-z0-9]+(-[a-z0-9]+)*$/)
            bad("bad id \"" $1 "\"")
        else if ($1 in seen)
            bad("id \"" $1 "\" is also in line " seen[$1])
        seen[$1] = FNR
        if ($2 !~ /^(deb|npm|command)$/)
            bad("kind is \"" $2 "\", not deb, npm or command")
        if ($3 == "-" || $3 == "")
            bad("no package or command")
        else if ($2 != "command" && $3 !~ /^[a-z0-9@][a-z0-9@.+\/-]*$/)
            bad("bad package name \"" $3 "\"")
        if ($2 == "command" ? $4 != "-" : $4 !~ /^[0-9][A-Za-z0-9.+:~-]*$/)
            bad("bad version \"" $4 "\"")
        if ($5 == "" || $5 == "-")
            bad("no licence")
        if ($6 !~ /^(ship|optional|local)$/)
            bad("\"" $6 "\" is not ship, optional or local")
        if ($2 == "command" && $6 != "local")
            bad("what a command prints differs between machines: local only")
        if ($2 == "command" ? $7 != "-" : $7 == "-" || $7 ~ /^\/|\.\./)
            bad("bad file \"" $7 "\"")
        if (split($8, part, " ") < 2 || part[1] !~ /^(jq|awk|sed|xmllint)$/)
            bad("a selector is jq, awk, sed or xmllint and a program")
        else if (part[1] != "xmllint" && !readable(dir "/" part[2]))
            bad("cannot read the program " part[2])
        if (!($9 in label))
            bad("unknown type \"" $9 "\"")
        n = $10 == "-" ? 0 : split($10, part, ",")
        for (i = 1; i <= n; i++)
            if (part[i] ~ /^review=/) {
                if (!readable(dir "/" substr(part[i], 8)))
                    bad("cannot read " substr(part[i], 8))
            } else if (part[i] !~ /^(min=[0-9]+|max=[0-9]+|drop=.+|stop|capital|digits)$/)
                bad("unknown filter \"" part[i] "\"")
        if ($11 == "" || $11 == "-")
            bad("no notice")
    }
    END { exit errors > 0 }' "$manifest"
}

# fetch_deb PACKAGE VERSION -> $tree
fetch_deb() {
    tree=$CACHE/deb/$1-$2
    if [ -d "$tree" ]; then
        return 0
    fi
    mkdir "$work/get" || return 1
    sandbox=
    if [ "$(id -u)" -eq 0 ]; then
        sandbox='-o APT::Sandbox::User=root'
    fi
    # shellcheck disable=SC2086 # the option is two words or none
    if ! (cd "$work/get" && apt-get $sandbox -qq download "$1=$2") >"$work/log" 2>&1; then
        cat "$work/log" >&2
        apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate:/import.sh: the package lists now offer/p' >&2
        printf 'import.sh: cannot fetch the Debian package %s, version %s (is "apt-get update" due?)\n' "$1" "$2" >&2
        return 1
    fi
    mkdir -p "$CACHE/deb" "$work/tree" || return 1
    set -- "$work"/get/*.deb
    dpkg-deb -x "$1" "$work/tree" || return 1
    mv "$work/tree" "$tree" && rm -r "$work/get"
}

# fetch_npm PACKAGE VERSION -> $tree
fetch_npm() {
    tree=$CACHE/npm/$(printf %s "$1" | tr / _)-$2
    if [ -d "$tree" ]; then
        return 0
    fi
    mkdir "$work/get" "$work/tree" || return 1
    if ! (cd "$work/get" && npm pack --silent --ignore-scripts "$1@$2") >"$work/log" 2>&1; then
        cat "$work/log" >&2
        printf 'import.sh: cannot fetch the npm package %s, version %s\n' "$1" "$2" >&2
        return 1
    fi
    set -- "$work"/get/*.tgz
    tar -xzf "$1" -C "$work/tree" || return 1
    set -- "$work"/tree/*
    mkdir -p "$CACHE/npm" || return 1
    mv "$1" "$tree" && rm -r "$work/get" "$work/tree"
}

# extract SELECTOR FILE... > rows
extract() {
    tool=${1%% *}
    program=${1#* }
    shift
    case $tool in
    jq) jq -r -f "$here/$program" "$@" ;;
    awk) awk -f "$here/$program" "$@" ;;
    sed) sed -n -f "$here/$program" "$@" ;;
    xmllint) # one text node a line
        for xml in "$@"; do
            # 10: the expression selects nothing in this file
            xmllint --nonet --xpath "$program" "$xml" 2>"$work/xml.log" || [ $? -eq 10 ] || {
                cat "$work/xml.log" >&2
                return 1
            }
        done
        ;;
    esac
}

# import_source: the columns of a line are in the variables named like them
import_source() {
    case $ship in
    ship) out=$here/imported ;;
    optional) out=$here/optional ;;
    local) out=$here/local ;;
    esac
    mkdir -p "$out" "$CACHE" || return 1
    rm -rf "$work"
    mkdir "$work" || return 1

    if [ "$ship" != local ] && ! grep -qF "$package" "$here/NOTICE"; then
        printf 'import.sh: %s is not in NOTICE\n' "$package" >&2
        return 1
    fi
    case $kind in
    deb) fetch_deb "$package" "$version" || return 1 ;;
    npm) fetch_npm "$package" "$version" || return 1 ;;
    command)
        sh -c "$package" >"$work/printed" 2>"$work/log" || {
            cat "$work/log" >&2
            printf 'import.sh: the command failed: %s\n' "$package" >&2
            return 1
        }
        ;;
    esac

    # The files: patterns relative to the package; compressed ones are unpacked.
    if [ "$kind" = command ]; then
        set -- "$work/printed"
    else
        set --
        set -f
        for pattern in $file; do
            set +f
            before=$#
            # shellcheck disable=SC2086 # the pattern is meant to expand
            for path in $(cd "$tree" && ls -d $pattern 2>/dev/null); do
                case $path in
                *.gz | *.dz)
                    plain=$work/$(basename "$path").plain
                    gzip -dc <"$tree/$path" >"$plain" || return 1
                    set -- "$@" "$plain"
                    ;;
                *) set -- "$@" "$tree/$path" ;;
                esac
            done
            if [ $# -eq "$before" ]; then
                printf 'import.sh: no file %s in %s %s\n' "$pattern" "$package" "$version" >&2
                return 1
            fi
        done
        set +f
    fi
    extract "$selector" "$@" >"$work/rows" || {
        printf 'import.sh: the extractor failed: %s\n' "$selector" >&2
        return 1
    }

    # The filter, as options of filter.awk
    set -- -v "type=$type" -v "stoplist=$here/stop.txt" -v "core=$work/core" -v "dropped=$work/dropped"
    rest=$filter,
    while [ -n "$rest" ]; do
        one=${rest%%,*}
        rest=${rest#*,}
        case $one in
        - | '') ;;
        review=*) set -- "$@" -v "review=$here/${one#review=}" ;;
        drop=*) set -- "$@" -v "drop=$(printf %s "${one#drop=}" | sed 's/\\/&&/g')" ;;
        *=*) set -- "$@" -v "$one" ;;
        *) set -- "$@" -v "$one=1" ;;
        esac
    done
    : >"$work/dropped"
    cat "$here"/core/*.tsv >"$work/core"
    awk "$@" -f "$here/extract/filter.awk" "$work/rows" >"$work/names" || return 1

    missing=$(grep -c "^missing$tab" "$work/dropped")
    if [ "$missing" -gt 0 ]; then
        printf 'import.sh: %s: %d reviewed names are no longer in the source: %s\n' "$id" "$missing" \
            "$(sed -n "s/^missing$tab//p" "$work/dropped" | sort | head -n 5 | paste -sd, -)" >&2
    fi
    if [ "$SHOW" = 1 ]; then
        sort "$work/dropped" >"$CACHE/$id.dropped"
    fi
    if ! [ -s "$work/names" ]; then
        printf 'import.sh: %s gives no name\n' "$id" >&2
        return 1
    fi
    if grep -n '^[^	]*	\*	' "$work/names" >&2; then
        printf 'import.sh: %s: names without a label\n' "$id" >&2
        return 1
    fi
    half=$out/.$id.tsv.$$
    {
        printf '# Made by lexicons/import.sh: change sources.tsv or the review list, not this file.\n'
        if [ "$kind" = command ]; then
            printf '# source: the output of "%s"\n' "$package"
        else
            printf '# source: %s package %s, version %s, %s\n' "$kind" "$package" "$version" "$file"
        fi
        printf '# licence: %s (%s)\n' "$licence" "$notice"
        printf '# name\tlabel\tid\tkeys\n'
        sort "$work/names"
    } >"$half" || return 1
    mv "$half" "$out/$id.tsv" || return 1
    printf '%-18s %6d names of %6d rows  %s\n' "$id" \
        "$(wc -l <"$work/names")" "$(wc -l <"$work/rows")" "${out#"$here"/}/$id.tsv"
}

[ -r "$manifest" ] || fail "cannot read $manifest"
check_manifest || exit 2
for want in "$@"; do
    grep -q "^$want$tab" "$manifest" || {
        printf 'import.sh: no source "%s" in %s\n' "$want" "$manifest" >&2
        exit 2
    }
done
for tool in awk gzip jq sed sort tar xmllint; do
    command -v "$tool" >/dev/null || fail "$tool is missing (packages: jq, libxml2-utils)"
done
mkdir -p "$CACHE" || exit 1
CACHE=$(cd "$CACHE" && pwd) || exit 1
work=$CACHE/work.$$

failed=0
line_number=0
while IFS= read -r line || [ -n "$line" ]; do
    line_number=$((line_number + 1))
    case $line in
    '#'* | '') continue ;;
    esac
    # no column is empty: check_manifest has seen to that
    IFS=$tab read -r id kind package version licence ship file selector type filter notice <<LINE
$line
LINE
    if [ $# -gt 0 ]; then
        case " $* " in
        *" $id "*) ;;
        *) continue ;;
        esac
    elif [ "$ship" = local ] && [ "$LOCAL" != 1 ]; then
        continue
    fi
    if ! import_source </dev/null; then
        printf '%s:%d: source "%s" was not imported\n' "$manifest" "$line_number" "$id" >&2
        failed=1
    fi
done <"$manifest"
exit "$failed"
