#!/bin/sh
#SBATCH --job-name=rolepress
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --mem=512M
# Makes one handbook by array jobs of Slurm: reads, renders, binds.
#
#     handbook-slurm.sh SHARDS WORK-FOLDER OUT INPUT... [OPTION...]
#
# Run as a command it submits itself three times, each job after the one before, and waits for the last.
# Inputs, WORK-FOLDER and OUT lie on a file system that all nodes share.  OUT is byte for byte what one
# process would have written.
set -eu
rolepress=${ROLEPRESS-rolepress}

# A document that failed was named: the others go on.
some() { "$@" || [ $? -eq 1 ]; }

case ${ROLEPRESS_STEP-} in
read)
	shards=$1 work=$2
	shift 3
	some "$rolepress" "$@" -o "$work" -j1 --shard "$SLURM_ARRAY_TASK_ID/$shards" ;;
render)
	some "$rolepress" merge "$2" -o "$3" -j1 --shard "$SLURM_ARRAY_TASK_ID/$1" ;;
bind)
	exec "$rolepress" merge "$2" -o "$3" ;;
*)
	after=
	for step in read render; do
		job=$(sbatch --parsable --array="1-$1" ${after:+--dependency="afterok:$after"} \
		    --export="ALL,ROLEPRESS_STEP=$step" "$0" "$@")
		after=${job%%;*}
	done
	exec sbatch --wait --dependency="afterok:$after" --export=ALL,ROLEPRESS_STEP=bind "$0" "$@" ;;
esac
