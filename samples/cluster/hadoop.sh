#!/bin/sh
# Converts JSON Lines with Hadoop Streaming: a map without a reduce, a line in and a line out.
#
#     hadoop.sh IN OUT [FORMAT]
#
# IN and OUT are folders of the distributed file system.  rolepress must be installed on the nodes.
# Streaming takes what stands before the first tab as the key: JSON has no tab outside of strings,
# and in strings rolepress writes \t, so that each line stays whole.  Its exit status 1 says that a
# document failed, which is no reason to repeat the task: the answer has "status":1.
set -eu
to=${3-json=lines}
exec hadoop jar "${HADOOP_STREAMING-$HADOOP_HOME/share/hadoop/tools/lib/hadoop-streaming.jar}" \
    -D mapreduce.job.name=rolepress \
    -D mapreduce.job.reduces=0 \
    -D mapreduce.task.timeout=600000 \
    -input "$1" -output "$2" \
    -mapper "sh -c 'rolepress stream -q -t $to || test \$? = 1'"
