/* core/metrics.h - counters, gauges and histograms, one set of values per shard, printed as Prometheus text.
 *
 * The schema is made once at start: modules add their definitions (constant data) and keep the number they
 * get. Then each shard makes its values from it and is the only one to touch them; there are no atomics.
 * Whoever prints holds copies: a shard that is asked by message answers with metrics_copy() of its own. */
#ifndef MR_METRICS_H
#define MR_METRICS_H

#include "core/err.h"
#include "core/hist.h"

enum metric_kind { METRIC_COUNTER, METRIC_GAUGE, METRIC_HISTOGRAM };

enum metric_flags {
    METRIC_PER_SHARD = 1,   /* printed for each shard with a label shard="N", not added up */
    METRIC_NANOSECONDS = 2, /* values are ns, printed as seconds */
};

struct metric_def {
    const char *name;      /* [a-zA-Z_:][a-zA-Z0-9_:]*; definitions of one name make one family */
    const char *help;      /* one line; that of the family's first definition counts */
    const char *labels;    /* like api="Fetch",ok="1"; NULL: none */
    enum metric_kind kind; /* the same in a family */
    unsigned flags;
    uint8_t le_first, le_last; /* histogram: buckets are printed for 2^le_first .. 2^le_last */
};

enum { METRICS_MAX = 1024 };

struct metrics_schema;
struct metrics;

struct metrics_schema *metrics_schema_new(void);    /* NULL: out of memory */
void metrics_schema_free(struct metrics_schema *s); /* no values may be left */

/* Returns the number of the first; the others follow it. The definitions are borrowed for the life of the
 * schema. -MR_E_LIMIT: more than METRICS_MAX; -EINVAL: a malformed name, a second kind in a family, or the
 * same name and labels twice. */
int metrics_add_defs(struct metrics_schema *s, const struct metric_def *defs, unsigned count);

/* Values, all zero. The schema must not grow afterwards. */
struct metrics *metrics_new(const struct metrics_schema *s);
void metrics_free(struct metrics *m);
void metrics_copy(struct metrics *to, const struct metrics *from); /* of the same schema */

/* Not for histograms. Counters only go up. */
void metric_add(struct metrics *m, int id, uint64_t n);
void metric_set(struct metrics *m, int id, int64_t value); /* gauges */
int64_t metric_value(const struct metrics *m, int id);

void metric_record(struct metrics *m, int id, uint64_t value); /* histograms */

/* The places themselves, valid as long as m: code that counts a million times a second keeps the pointer. */
int64_t *metric_slot(struct metrics *m, int id);
struct hist *metric_hist(struct metrics *m, int id);

/* Prometheus' text format 0.0.4 of count shards' values (of one schema); shards[i] is labelled with i. Writes
 * at most bytes, NUL-terminated when bytes > 0, and returns how many it takes without the NUL: more than
 * bytes - 1 means that it was cut and has to be printed again. */
size_t metrics_print(const struct metrics_schema *s, const struct metrics *const *shards, unsigned count,
                     char *dst, size_t bytes);

#endif
