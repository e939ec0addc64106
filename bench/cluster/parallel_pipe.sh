#!/bin/sh
# parallel_pipe.sh JOBS IN OUT: one file of JSON lines through GNU parallel, cut
# into blocks at line ends; -k keeps the order. A process that dies ends the
# run, OUT is then not made, and the whole is to be run again: with --pipepart
# or --pipe, parallel's --retries hands the second try an empty block and says
# that all went well (20221122). Use parallel_ssh.sh where parts must be retried.
set -eu
parallel --will-cite --pipepart -a "$2" --block 8M -j "$1" -k \
    --halt now,fail=1 \
    "$GAZ" tag -l "$GAZ_LEXICON" -f jsonl -t jsonl --errors inline >"$3.new"
mv "$3.new" "$3"
