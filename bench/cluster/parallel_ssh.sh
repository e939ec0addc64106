#!/bin/sh
# parallel_ssh.sh LOGINS OUT PART...: files of JSON lines on other machines over
# ssh, LOGINS as for --sshlogin: 4/host1,4/host2. Here the machines share the
# files' folders; where they do not, --basefile "$GAZ_LEXICON" ships the lexicon
# once and --transferfile {} --return OUT/{/} the parts. gaz writes a file whole
# or not at all, so a part can be retried. SSH is the command to reach them.
set -eu
logins=$1
out=$2
shift 2
parallel --will-cite --ssh "${SSH:-ssh}" --sshlogin "$logins" --retries 3 \
    --halt now,fail=1 "$GAZ" tag -l "$GAZ_LEXICON" -f jsonl -t jsonl \
    --errors inline -o "$out/{/}" {} ::: "$@"
