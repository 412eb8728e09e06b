#!/bin/sh
# Converts a file of JSON Lines on all processors of this machine, or of several, with GNU parallel.
#
#     parallel.sh FILE.jsonl -t FORMAT [OPTION...]
#
# FILE is cut at line ends into blocks, each goes to a rolepress of its own, and the answers come in
# the order of the lines.  PARALLEL_OPTIONS has more for parallel, such as "--sshlogin a,b,c" to use
# other machines, "--block 10M", or "--jobs 4".  The exit status is that of parallel: the number of
# blocks that had a line that failed.
set -eu
file=$1
shift
exec parallel --will-cite --plain --pipe --keep-order --quote --block "${BLOCK-1M}" ${PARALLEL_OPTIONS-} \
    "${ROLEPRESS-rolepress}" stream "$@" < "$file"
