#!/bin/sh
# hadoop.sh IN OUT: JSON lines in HDFS through Hadoop streaming, without a
# reducer. -files ships program and lexicon to every node once, where all tasks
# of the node map the same lexicon. GAZ and GAZ_LEXICON name them here,
# HADOOP_STREAMING the jar.
set -eu
hadoop jar "$HADOOP_STREAMING" \
    -D mapreduce.job.name="gaz tag" \
    -D mapreduce.job.reduces=0 \
    -D mapreduce.map.maxattempts=4 \
    -D stream.map.input.ignoreKey=true \
    -files "$GAZ#gaz,$GAZ_LEXICON#names.gaz" \
    -inputformat org.apache.hadoop.mapred.TextInputFormat \
    -input "$1" -output "$2" \
    -mapper "./gaz tag -l names.gaz -f jsonl -t jsonl --errors inline"
