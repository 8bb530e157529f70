#include "core/metrics.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/mem.h"

struct metrics_schema {
    const struct metric_def *defs[METRICS_MAX];
    uint32_t place[METRICS_MAX]; /* in values or in hists */
    uint32_t count, values_count, hists_count;
};

struct metrics {
    const struct metrics_schema *schema;
    int64_t *values;
    struct hist *hists;
};

struct metrics_schema *metrics_schema_new(void)
{
    return mem_zalloc(1, sizeof(struct metrics_schema));
}

void metrics_schema_free(struct metrics_schema *s)
{
    mem_free(s);
}

static bool is_name(const char *name)
{
    for (size_t i = 0; name[i] != '\0'; i++) {
        char low = (char)(name[i] | 0x20);
        bool letter = (low >= 'a' && low <= 'z') || name[i] == '_' || name[i] == ':';
        if (!letter && (i == 0 || name[i] < '0' || name[i] > '9'))
            return false;
    }
    return name[0] != '\0';
}

static bool same_labels(const struct metric_def *a, const struct metric_def *b)
{
    return strcmp(a->labels != NULL ? a->labels : "", b->labels != NULL ? b->labels : "") == 0;
}

static bool fits(const struct metrics_schema *s, const struct metric_def *def)
{
    if (!is_name(def->name))
        return false;
    if (def->kind == METRIC_HISTOGRAM && (def->le_first > def->le_last || def->le_last > HIST_VALUE_BITS))
        return false;
    for (uint32_t i = 0; i < s->count; i++) {
        const struct metric_def *other = s->defs[i];
        if (strcmp(other->name, def->name) == 0 && (other->kind != def->kind || same_labels(other, def)))
            return false;
    }
    return true;
}

int metrics_add_defs(struct metrics_schema *s, const struct metric_def *defs, unsigned count)
{
    if (count > METRICS_MAX - s->count)
        return -MR_E_LIMIT;
    struct metrics_schema before = *s;
    for (unsigned i = 0; i < count; i++) {
        if (!fits(s, &defs[i])) {
            *s = before; /* all of them or none */
            return -EINVAL;
        }
        s->place[s->count] = defs[i].kind == METRIC_HISTOGRAM ? s->hists_count++ : s->values_count++;
        s->defs[s->count++] = &defs[i];
    }
    return (int)before.count;
}

struct metrics *metrics_new(const struct metrics_schema *s)
{
    struct metrics *m = mem_zalloc(1, sizeof(*m));
    if (m == NULL)
        return NULL;
    m->schema = s;
    m->values = mem_zalloc(s->values_count + 1, sizeof(m->values[0]));
    m->hists = mem_zalloc(s->hists_count + 1, sizeof(m->hists[0]));
    if (m->values == NULL || m->hists == NULL) {
        metrics_free(m);
        return NULL;
    }
    return m;
}

void metrics_free(struct metrics *m)
{
    if (m == NULL)
        return;
    mem_free(m->values);
    mem_free(m->hists);
    mem_free(m);
}

void metrics_copy(struct metrics *to, const struct metrics *from)
{
    MR_ASSERT(to->schema == from->schema);
    memcpy(to->values, from->values, from->schema->values_count * sizeof(to->values[0]));
    memcpy(to->hists, from->hists, from->schema->hists_count * sizeof(to->hists[0]));
}

static int64_t *value_of(const struct metrics *m, int id)
{
    MR_ASSERT(id >= 0 && (uint32_t)id < m->schema->count);
    MR_ASSERT(m->schema->defs[id]->kind != METRIC_HISTOGRAM);
    return &m->values[m->schema->place[id]];
}

static struct hist *hist_of(const struct metrics *m, int id)
{
    MR_ASSERT(id >= 0 && (uint32_t)id < m->schema->count);
    MR_ASSERT(m->schema->defs[id]->kind == METRIC_HISTOGRAM);
    return &m->hists[m->schema->place[id]];
}

void metric_add(struct metrics *m, int id, uint64_t n)
{
    int64_t *value = value_of(m, id);
    *value = (int64_t)((uint64_t)*value + n);
}

void metric_set(struct metrics *m, int id, int64_t value)
{
    MR_ASSERT(m->schema->defs[id]->kind == METRIC_GAUGE);
    *value_of(m, id) = value;
}

int64_t metric_value(const struct metrics *m, int id)
{
    return *value_of(m, id);
}

void metric_record(struct metrics *m, int id, uint64_t value)
{
    hist_record(hist_of(m, id), value);
}

int64_t *metric_slot(struct metrics *m, int id)
{
    return value_of(m, id);
}

struct hist *metric_hist(struct metrics *m, int id)
{
    return hist_of(m, id);
}

/* ---- printing ---- */

struct printer {
    char *dst;
    size_t bytes, len;
    const struct metrics *const *shards;
    unsigned count;
};

MR_PRINTF(2, 3)
static void put(struct printer *p, const char *fmt, ...)
{
    size_t room = p->len < p->bytes ? p->bytes - p->len : 0;
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(room > 0 ? p->dst + p->len : NULL, room, fmt, args);
    va_end(args);
    p->len += n > 0 ? (size_t)n : 0;
}

static void put_help(struct printer *p, const struct metric_def *def)
{
    static const char *const kinds[] = {"counter", "gauge", "histogram"};
    put(p, "# HELP %s ", def->name);
    for (const char *c = def->help; *c != '\0'; c++) {
        if (*c == '\\' || *c == '\n')
            put(p, "\\%c", *c == '\n' ? 'n' : '\\');
        else
            put(p, "%c", *c);
    }
    put(p, "\n# TYPE %s %s\n", def->name, kinds[def->kind]);
}

/* name suffix {labels, shard, le}; shard -1 and le NULL: without. */
static void put_name(struct printer *p, const struct metric_def *def, const char *suffix, int shard,
                     const char *le)
{
    const char *labels = def->labels != NULL ? def->labels : "", *comma = labels[0] != '\0' ? "," : "";
    put(p, "%s%s", def->name, suffix);
    if (labels[0] == '\0' && shard < 0 && le == NULL)
        return;
    put(p, "{%s", labels);
    if (shard >= 0) {
        put(p, "%sshard=\"%d\"", comma, shard);
        comma = ",";
    }
    if (le != NULL)
        put(p, "%sle=\"%s\"", comma, le);
    put(p, "}");
}

/* Seconds are printed exactly: ns as a decimal fraction. */
static void number_text(const struct metric_def *def, uint64_t n, char text[48])
{
    if ((def->flags & METRIC_NANOSECONDS) == 0) {
        snprintf(text, 48, "%llu", (unsigned long long)n);
        return;
    }
    int len = snprintf(text, 48, "%llu.%09llu", (unsigned long long)(n / 1000000000),
                       (unsigned long long)(n % 1000000000));
    while (text[len - 1] == '0')
        text[--len] = '\0';
    if (text[len - 1] == '.')
        text[len - 1] = '\0';
}

static void put_value(struct printer *p, const struct metric_def *def, int shard, int64_t value)
{
    char text[48];
    put_name(p, def, "", shard, NULL);
    bool minus = def->kind == METRIC_GAUGE && value < 0;
    number_text(def, minus ? 0 - (uint64_t)value : (uint64_t)value, text);
    put(p, " %s%s\n", minus ? "-" : "", text);
}

static void put_hist(struct printer *p, const struct metric_def *def, int shard, int id)
{
    unsigned first = shard < 0 ? 0 : (unsigned)shard, end = shard < 0 ? p->count : first + 1;
    uint64_t count = 0, sum = 0;
    char text[48];
    for (unsigned bits = def->le_first; bits <= def->le_last; bits++) {
        uint64_t below = 0;
        for (unsigned i = first; i < end; i++)
            below += hist_count_to(hist_of(p->shards[i], id), bits);
        number_text(def, UINT64_C(1) << bits, text);
        put_name(p, def, "_bucket", shard, text);
        put(p, " %llu\n", (unsigned long long)below);
    }
    for (unsigned i = first; i < end; i++) {
        count += hist_of(p->shards[i], id)->count;
        sum += hist_of(p->shards[i], id)->sum;
    }
    put_name(p, def, "_bucket", shard, "+Inf");
    put(p, " %llu\n", (unsigned long long)count);
    number_text(def, sum, text);
    put_name(p, def, "_sum", shard, NULL);
    put(p, " %s\n", text);
    put_name(p, def, "_count", shard, NULL);
    put(p, " %llu\n", (unsigned long long)count);
}

static void put_metric(struct printer *p, const struct metric_def *def, int id)
{
    bool each = (def->flags & METRIC_PER_SHARD) != 0;
    if (def->kind == METRIC_HISTOGRAM) {
        for (int i = 0; each && i < (int)p->count; i++)
            put_hist(p, def, i, id);
        if (!each)
            put_hist(p, def, -1, id);
        return;
    }
    uint64_t sum = 0;
    for (int i = 0; i < (int)p->count; i++) {
        int64_t value = metric_value(p->shards[i], id);
        sum += (uint64_t)value;
        if (each)
            put_value(p, def, i, value);
    }
    if (!each)
        put_value(p, def, -1, (int64_t)sum);
}

size_t metrics_print(const struct metrics_schema *s, const struct metrics *const *shards, unsigned count,
                     char *dst, size_t bytes)
{
    struct printer p = {.dst = dst, .bytes = bytes, .shards = shards, .count = count};
    bool printed[METRICS_MAX] = {false};
    if (bytes > 0)
        dst[0] = '\0';
    for (uint32_t i = 0; i < s->count; i++) {
        if (printed[i])
            continue;
        put_help(&p, s->defs[i]);
        for (uint32_t j = i; j < s->count;
             j++) { /* a family stands together, wherever its members were added */
            if (printed[j] || strcmp(s->defs[j]->name, s->defs[i]->name) != 0)
                continue;
            printed[j] = true;
            put_metric(&p, s->defs[j], (int)j);
        }
    }
    return p.len;
}
