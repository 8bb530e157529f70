#include "tests/sim/seeds.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* With shake.c the one place with state outside of a world: a signal handler has no other way to know the
 * seed. */
static char abort_note[256];

static void on_abort(int sig)
{
    (void)sig;
    if (write(STDERR_FILENO, abort_note, strlen(abort_note)) < 0)
        return; /* nowhere left to say it */
}

static void note(const char *name, uint64_t seed)
{
    snprintf(abort_note, sizeof(abort_note),
             "%s: aborted at seed %llu; repeat with MR_SEEDS=%llu (MR_SIM_TRACE=1 prints every event)\n",
             name, (unsigned long long)seed, (unsigned long long)seed);
}

static bool parse_range(const char *text, uint64_t *from, uint64_t *to)
{
    char *end;
    errno = 0;
    *from = *to = strtoull(text, &end, 10);
    if (end == text || errno != 0)
        return false;
    if (*end == '-') {
        const char *second = end + 1;
        *to = strtoull(second, &end, 10);
        if (end == second || errno != 0)
            return false;
    }
    return *end == '\0' && *from <= *to;
}

static int run_one(const char *name, uint64_t seed, bool twice,
                   void (*scenario)(uint64_t seed, struct seed_result *r))
{
    struct seed_result first = {0}, second = {0};
    note(name, seed);
    scenario(seed, &first);
    if (first.err == 0 && twice) {
        seed_shake(seed);
        scenario(seed, &second);
        seed_calm();
        if (second.trace != first.trace || second.err != 0) {
            first.err = -EILSEQ;
            snprintf(first.why, sizeof(first.why), "two runs differ: trace %016llx and %016llx%s%.160s",
                     (unsigned long long)first.trace, (unsigned long long)second.trace,
                     second.err != 0 ? "; the second failed: " : "", second.why);
        }
    }
    if (first.err != 0)
        fprintf(stderr, "%s: seed %llu failed with %d: %s\n%s: repeat with MR_SEEDS=%llu\n", name,
                (unsigned long long)seed, first.err, first.why, name, (unsigned long long)seed);
    return first.err;
}

int seeds_run(const char *name, uint64_t from, uint64_t to,
              void (*scenario)(uint64_t seed, struct seed_result *r))
{
    const char *range = getenv("MR_SEEDS");
    if (range != NULL && !parse_range(range, &from, &to)) {
        fprintf(stderr, "%s: MR_SEEDS=%s is neither N nor A-B\n", name, range);
        return -EINVAL;
    }
    const char *twice = getenv("MR_SEEDS_TWICE");
    uint64_t every = twice != NULL ? strtoull(twice, NULL, 10) : 16;
    void (*before)(int) = signal(SIGABRT, on_abort);
    int err = 0;
    for (uint64_t seed = from; err == 0; seed++) {
        err = run_one(name, seed, every != 0 && (seed - from) % every == 0, scenario);
        if (seed == to)
            break;
    }
    signal(SIGABRT, before);
    return err;
}

bool seed_check(struct seed_result *r, bool ok, const char *fmt, ...)
{
    if (ok || r->err != 0)
        return ok;
    r->err = -ECANCELED;
    va_list args;
    va_start(args, fmt);
    vsnprintf(r->why, sizeof(r->why), fmt, args);
    va_end(args);
    return false;
}
