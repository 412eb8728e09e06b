#!/bin/sh
# Makes one handbook by several processes, here or on machines that share a folder, with GNU parallel.
#
#     handbook.sh SHARDS WORK-FOLDER OUT INPUT... [OPTION...]
#
# Every process reads its share of the documents; then each renders its share, knowing all of them; the
# last step binds.  OUT is byte for byte what one process would have written, with all links between the
# documents.  OPTIONs (-s, -f, -x ...) go to the reading.  PARALLEL_OPTIONS has more for parallel, such as
# "--sshlogin a,b,c"; the inputs and both folders must then have the same paths on all machines.
set -eu
shards=$1 work=$2 out=$3
shift 3
parallel="parallel --will-cite --plain --quote ${PARALLEL_OPTIONS-}"
rolepress=${ROLEPRESS-rolepress}

# How many processes had a document that failed: it was named, and all others go on.
each() { seq "$shards" | $parallel "$rolepress" "$@" || [ $? -le "$shards" ]; }

each "$@" -o "$work" -j1 --shard "{}/$shards"
each merge "$work" -o "$out" -j1 --shard "{}/$shards"
exec "$rolepress" merge "$work" -o "$out"
