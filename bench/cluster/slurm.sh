#!/bin/bash
#SBATCH --job-name=gaz-tag
#SBATCH --array=0-99
#SBATCH --cpus-per-task=1
#SBATCH --requeue
# sbatch --export=ALL,GAZ=...,GAZ_LEXICON=...,IN=folder,OUT=folder slurm.sh:
# task k of n tags the parts k, k + n, ... What is there already is left alone,
# so that a task that Slurm requeues goes on where it was.
set -eu
n=${SLURM_ARRAY_TASK_COUNT:-1}
i=0
for part in "$IN"/*.jsonl; do
    out=$OUT/$(basename "$part")
    if [ $((i % n)) -eq $((SLURM_ARRAY_TASK_ID - ${SLURM_ARRAY_TASK_MIN:-0})) ] &&
        [ ! -e "$out" ]; then
        "$GAZ" tag -l "$GAZ_LEXICON" -f jsonl -t jsonl --errors inline \
            -o "$out" "$part"
    fi
    i=$((i + 1))
done
