"""spark-submit --files gaz,names.gaz spark_tag.py IN OUT: JSON lines through
RDD.pipe, a gaz process a partition. Spark ships both files to every executor
once and runs a lost partition again. IN and OUT are any of Spark's paths."""
import sys

from pyspark import SparkFiles
from pyspark.sql import SparkSession

spark = SparkSession.builder.appName('gaz tag').getOrCreate()
records = spark.sparkContext.textFile(sys.argv[1])
command = ('sh -c "chmod +x ./gaz; exec ./gaz tag -l ./names.gaz -f jsonl '
           '-t jsonl --errors inline"')
if spark.sparkContext.master.startswith('local'):
    command = command.replace('./', SparkFiles.getRootDirectory() + '/')
# checkCode: a process that fails makes its partition fail, and be retried
records.pipe(command, checkCode=True).saveAsTextFile(sys.argv[2])
