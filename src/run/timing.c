/*
 * timing.c - where the time of a run goes: nanoseconds by step, summed over the
 * processes that take part.
 */
#include <time.h>

#include "run.h"

/* Each process adds to a row of its own. */
void
timing_prepare(struct rp_run *run)
{
	size_t rows = (size_t)run->store_count;

	run->process_count = run->store_count;
	run->step_count = STEP_CHAIN + run->chain.count + 2 * run->output_count;
	run->spent = arena_alloc(&run->index_doc->arena, rows * run->step_count * sizeof(*run->spent));
}

uint64_t
timing_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

uint64_t
timing_add(struct rp_run *run, size_t step, uint64_t since)
{
	uint64_t now = timing_now();

	run->spent[(size_t)run->worker * run->step_count + step] += now - since;
	return now;
}

size_t
timing_render(const struct rp_run *run, size_t output)
{
	return STEP_CHAIN + run->chain.count + 2 * output;
}

static const char *
name_of(struct rp_run *run, size_t step)
{
	static const char *const fixed[] = { "read", "index", "wait" };

	if (step < STEP_CHAIN)
		return fixed[step];
	step -= STEP_CHAIN;
	if (step < run->chain.count)
		return run->chain.links[step].filter->name;
	step -= run->chain.count;
	return str_format(&run->arena, "%s %s", run->outputs[step / 2].out, step % 2 == 0 ? "render" : "bind");
}

double
rp_run_timing(struct rp_run *run, size_t n, const char **name)
{
	uint64_t sum = 0;
	int row;

	*name = NULL;
	if (!run->executed || n >= run->step_count)
		return 0;
	for (row = 0; row < run->process_count; row++)
		sum += run->spent[(size_t)row * run->step_count + n];
	*name = name_of(run, n);
	return (double)sum / 1e9;
}
