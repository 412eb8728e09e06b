#!/bin/sh
#SBATCH --job-name=rolepress
#SBATCH --array=1-8
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --mem=512M
# Converts a file of JSON Lines as an array job: each task takes its part of the lines.
#
#     sbatch --array=1-8 --wait slurm.sh FILE.jsonl OUT-FOLDER -t FORMAT [OPTION...]
#     cat OUT-FOLDER/part-*.jsonl
#
# FILE and OUT-FOLDER lie on a file system that all nodes share.  The parts, one after another, are
# what one process would have written.  A part is there whole or not at all; a task whose part had
# a line that failed ends with status 1.
set -eu
file=$1 out=$2
shift 2
part=$(printf '%s/part-%05d.jsonl' "$out" "$SLURM_ARRAY_TASK_ID")
mkdir -p "$out"
status=0
split -n "l/$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" "$file" |
	"${ROLEPRESS-rolepress}" stream "$@" > "$part.new" || status=$?
[ "$status" -le 1 ] && mv "$part.new" "$part"
exit "$status"
