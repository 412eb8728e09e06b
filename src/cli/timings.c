/* timings.c - --timings: where the time of a run went, to standard error. */
#include "cli.h"

void
show_timings(struct rp_run *run)
{
	const char *name;
	double seconds, all = 0;
	size_t i;

	for (i = 0; seconds = rp_run_timing(run, i, &name), name != NULL; i++)
		all += seconds;
	for (i = 0; seconds = rp_run_timing(run, i, &name), name != NULL; i++)
		if (seconds * 10000 >= all)
			fprintf(stderr, "%9.3f ms %5.1f%%  %s\n", seconds * 1e3, all > 0 ? 100 * seconds / all : 0, name);
	fprintf(stderr, "%9.3f ms in all processes\n", all * 1e3);
}
