#!/usr/bin/env python3
"""Converts JSON Lines on a Spark cluster: spark-submit spark.py IN OUT [FORMAT]

IN and OUT are folders or files that Spark reads (hdfs://, s3a://, file://).  rolepress must be
installed on the workers; each partition starts one and feeds it line by line.
"""
import sys

from pyspark.sql import SparkSession

source, target = sys.argv[1:3]
to = sys.argv[3] if len(sys.argv) > 3 else "json=lines"
spark = SparkSession.builder.appName("rolepress").getOrCreate()
lines = spark.sparkContext.textFile(source)
# An exit status of 1 says that a document failed; its answer says so too ("status": 1).
answers = lines.pipe(f"sh -c 'rolepress stream -q -t {to} || test $? = 1'", checkCode=True)
answers.saveAsTextFile(target)
failed = answers.filter(lambda line: line.endswith('"status":1}')).count()
print(f"{failed} documents failed", file=sys.stderr)
spark.stop()
