#!/bin/sh
# gaz tag as the mapper of engines that people run: run.sh GAZ WORK. Tags the
# same records by one process, by Dask and by GNU parallel, kills a worker in
# mid-run, and compares ids; then prints a table. MB sets the size (default
# 200). What is not installed is named and left out.
set -eu
gaz=$(realpath "$1")
mkdir -p "$2"
work=$(realpath "$2")
here=$(dirname "$0")
mb=${MB:-200}
parts=24
python=/usr/bin/python3
export GAZ="$gaz" GAZ_LEXICON="$work/names.gaz"
pids=
trap 'for p in $pids; do kill "$p" 2>/dev/null || true; done' EXIT

have() { command -v "$1" >/dev/null 2>&1; }
skip() { echo "skipped: $1"; }

# seconds of a command
wall() {
    start=$(date +%s.%N)
    "$@" >/dev/null
    end=$(date +%s.%N)
    echo "$start $end" | awk '{ printf "%.3f", $2 - $1 }'
}

row() { # what, workers, seconds
    echo "$3" | awk -v what="$1" -v n="$2" -v bytes="$bytes" -v base="$base" \
        '{ printf "| %s | %s | %.1f | %.0f | %.2f |\n", what, n, $1,
           bytes / $1 / 1e6, base / $1 }' >>"$work/table.md"
}

make_data() {
    generate=$work/generate
    ${CC:-gcc} -O2 -std=c17 -D_POSIX_C_SOURCE=200809L -o "$generate" \
        "$here/../../tests/soak/generate.c"
    "$generate" names >"$work/names.tsv"
    "$gaz" compile -o "$GAZ_LEXICON" "$work/names.tsv"
    if [ "$(cat "$work/in.mb" 2>/dev/null)" != "$mb" ]; then
        rm -rf "$work/in"
        "$generate" text "$mb" 2>/dev/null | "$python" "$here/records.py" \
            "$work/in" "$parts"
        cat "$work/in/"* >"$work/all.jsonl"
        echo "$mb" >"$work/in.mb"
    fi
    bytes=$(wc -c <"$work/all.jsonl")
}

one_process() {
    "$gaz" tag -l "$GAZ_LEXICON" -f jsonl -t jsonl --errors inline -T "$1" \
        -o "$work/one.jsonl" "$work/all.jsonl"
}

same() { # what OUT is: its ids, and its bytes where -T 1 wrote them
    "$python" "$here/check.py" "$work/in" "$1"
    if [ -d "$1" ]; then
        cat "$1/"*.jsonl | cmp - "$work/one.jsonl"
    else
        cmp "$1" "$work/one.jsonl"
    fi
}

fresh() {
    rm -rf "$work/out"
    mkdir "$work/out"
}

# ---- Dask: a scheduler and N workers, each a process with one thread

port=8900
start_dask() {
    port=$((port + 1))
    dask-scheduler --host 127.0.0.1 --port "$port" --no-dashboard \
        --dashboard-address 127.0.0.1:0 \
        >"$work/dask.log" 2>&1 &
    scheduler=$!
    pids="$pids $scheduler"
    workers=
    for _ in $(seq "$1"); do
        dask-worker "tcp://127.0.0.1:$port" --nworkers 1 --nthreads 1 \
            --no-nanny --no-dashboard --local-directory "$work/dask" \
            >>"$work/dask.log" 2>&1 &
        workers="$workers $!"
        pids="$pids $!"
    done
    for _ in $(seq 100); do
        [ "$(grep -c 'Registered to' "$work/dask.log")" -ge "$1" ] && return
        sleep 0.2
    done
    echo "dask: no workers:" && cat "$work/dask.log" && exit 1
}
stop_dask() {
    for p in $workers $scheduler; do
        kill "$p" 2>/dev/null || true
        wait "$p" 2>/dev/null || true
    done
}
run_dask() {
    "$python" "$here/dask_tag.py" "tcp://127.0.0.1:$port" "$work/out" \
        "$work/in/"*
}
# A worker dies, and the gaz that it runs, when some parts are done.
kill_dask_worker() {
    victim=$1
    until [ "$(find "$work/out" -name '*.jsonl' | wc -l)" -ge 3 ]; do
        sleep 0.05
    done
    children=$(ps -o pid= --ppid "$victim")
    # shellcheck disable=SC2086
    kill -9 "$victim" $children
}

try_dask() {
    if ! have dask-scheduler; then
        skip "Dask (python3-distributed)"
        return
    fi
    for n in 1 2; do
        start_dask "$n"
        fresh
        row "Dask" "$n" "$(wall run_dask)"
        same "$work/out"
        stop_dask
    done
    start_dask 2
    fresh
    kill_dask_worker "${workers##* }" &
    killer=$!
    run_dask >/dev/null
    wait "$killer" || { echo "Dask: no worker was killed"; exit 1; }
    result=$(same "$work/out")
    echo "Dask, a worker killed: $result"
    stop_dask
}

# ---- GNU parallel

run_pipe() {
    sh "$here/parallel_pipe.sh" "$1" "$work/all.jsonl" "$work/piped.jsonl"
}
kill_a_gaz() { # one of ours, at once: a part may take no more than 10 ms
    for _ in $(seq 5000); do
        victim=$(pgrep -n -f "^$GAZ tag -l $GAZ_LEXICON" || true)
        [ -n "$victim" ] && kill -9 "$victim" 2>/dev/null && return
    done
    return 1
}

try_parallel() {
    if ! have parallel || ! parallel --version 2>/dev/null | grep -q GNU; then
        skip "GNU parallel (parallel)"
        return
    fi
    for n in 1 2; do
        row "parallel --pipepart" "$n" "$(wall run_pipe "$n")"
        same "$work/piped.jsonl"
    done
    kill_a_gaz &
    killer=$!
    rm -f "$work/piped.jsonl"
    if run_pipe 2 || [ -e "$work/piped.jsonl" ]; then
        echo "parallel: a killed gaz was not noticed"
        exit 1
    fi
    wait "$killer" || { echo "parallel: found no gaz to kill"; exit 1; }
    run_pipe 2
    result=$(same "$work/piped.jsonl")
    echo "parallel, a gaz killed: no output; run again: $result"
}

# ---- GNU parallel over ssh: a server of our own, for two names of this machine

start_sshd() {
    rm -rf "$work/ssh"
    mkdir -m 700 "$work/ssh"
    ssh-keygen -q -t ed25519 -N '' -f "$work/ssh/host"
    ssh-keygen -q -t ed25519 -N '' -f "$work/ssh/key"
    mkdir -p /run/sshd 2>/dev/null || true
    /usr/sbin/sshd -D -e -f /dev/null -p 2299 -h "$work/ssh/host" \
        -o ListenAddress=127.0.0.1 -o StrictModes=no -o UsePAM=no \
        -o AuthorizedKeysFile="$work/ssh/key.pub" \
        -o PidFile="$work/ssh/pid" 2>"$work/ssh/log" &
    pids="$pids $!"
    export SSH="ssh -q -p 2299 -i $work/ssh/key -o BatchMode=yes \
-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null"
    for _ in $(seq 50); do
        $SSH 127.0.0.1 true 2>/dev/null && return 0
        sleep 0.1
    done
    return 1
}
run_ssh() {
    sh "$here/parallel_ssh.sh" "$1" "$work/out" "$work/in/"*
}
try_ssh() {
    if ! have parallel || [ ! -x /usr/sbin/sshd ]; then
        skip "GNU parallel over ssh (parallel, openssh-server)"
        return
    fi
    if ! start_sshd; then
        skip "GNU parallel over ssh: no server can be started here"
        return
    fi
    for logins in 1/127.0.0.1 1/127.0.0.1,1/localhost; do
        fresh
        n=$(echo "$logins" | tr ',' '\n' | wc -l)
        row "parallel --sshlogin" "$n" "$(wall run_ssh "$logins")"
        same "$work/out"
    done
    fresh
    kill_a_gaz &
    killer=$!
    run_ssh 1/127.0.0.1,1/localhost
    wait "$killer" || { echo "ssh: found no gaz to kill"; exit 1; }
    result=$(same "$work/out")
    echo "parallel --sshlogin, a gaz killed: $result"
}

# ---- engines that are shown, and run where they are

try_others() {
    if have spark-submit; then
        rm -rf "$work/spark"
        spark-submit --master 'local[2]' --files "$GAZ,$GAZ_LEXICON" \
            "$here/spark_tag.py" "$work/all.jsonl" "$work/spark"
        cat "$work/spark/part-"* >"$work/spark.jsonl"
        same "$work/spark.jsonl"
    else
        skip "Spark (spark-submit): see spark_tag.py"
    fi
    if have hadoop && [ -n "${HADOOP_STREAMING:-}" ]; then
        sh "$here/hadoop.sh" "$work/all.jsonl" "$work/hadoop"
    else
        skip "Hadoop streaming (hadoop, HADOOP_STREAMING): see hadoop.sh"
    fi
    have sbatch || skip "Slurm (sbatch): slurm.sh runs here without it"
    fresh
    for k in 0 1; do
        SLURM_ARRAY_TASK_ID=$k SLURM_ARRAY_TASK_COUNT=2 IN="$work/in" \
            OUT="$work/out" bash "$here/slurm.sh" &
        eval "slurm$k=\$!"
    done
    # shellcheck disable=SC2154
    wait "$slurm0"
    # shellcheck disable=SC2154
    wait "$slurm1"
    result=$(same "$work/out")
    echo "slurm.sh, 2 tasks: $result"
}

make_data
base=$(wall one_process 1)
printf '| engine | workers | s | MB/s | times one process |\n| --- | ---: | ---: | ---: | ---: |\n' \
    >"$work/table.md"
row "one process, -T 1" 1 "$base"
row "one process, -T 2" 1 "$(wall one_process 2)"
try_dask
try_parallel
try_ssh
try_others
echo
cat "$work/table.md"
