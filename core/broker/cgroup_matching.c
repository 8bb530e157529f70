/* Matching a group's expressions with all topics, a piece an event: ten thousand names take more than a
 * millisecond even for a simple expression, a thousand expressions may be in one group, and one that falls
 * back on RE2's slow way takes hundreds of microseconds a name. Meanwhile the shard serves others.
 *
 * What has been found lives outside the log until all of it is there, and borrows the topics' names: a change
 * of the topics makes it void, and matching begins anew. */
#include <stdlib.h>

#include "core/broker/cgroup_priv.h"
#include "core/mem.h"

enum {
    /* Of one event, in instructions of an expression x characters of a name: RE2's slow way takes 1 to 2 ns
     * for each, its fast one (nearly always) a tenth of a nanosecond and 100 ns for the call. */
    STEP_UNITS = 300000,
    BEGIN_UNITS = STEP_UNITS / 4, /* to compile an expression */
    BUSY_MS = 20,                 /* until it is tried again when other groups are being matched */
    FOUND_NAMES_MAX = 1 << 20,    /* of all expressions of a group together */
};

struct cgroup_found {
    struct mr_str text;   /* text behind this struct */
    struct mr_str *names; /* sorted below `sorted` */
    uint32_t count, sorted, cap;
};

struct cgroup_matching {
    uint64_t version;             /* of the topics */
    struct mr_smap found;         /* expression -> cgroup_found */
    struct cgroup_found *current; /* is being matched; NULL: the next one has to begin */
    void *compiled;
    void (*end)(void *compiled);
    uint32_t at; /* among the topics */
    uint32_t names;
};

void cgroup_matching_drop(struct cgroup *g)
{
    struct cgroup_matching *m = g->matching;
    struct cgroup_found *f;
    uint32_t at = 0;
    if (m == NULL)
        return;
    while ((f = smap_next(&m->found, &at)) != NULL) {
        mem_free(f->names);
        mem_free(f);
    }
    if (m->compiled != NULL)
        m->end(m->compiled);
    smap_done(&m->found);
    mem_free(m);
    g->matching = NULL;
}

static bool start(struct cgroup_draft *d)
{
    struct cgroup_matching *m = d->g->matching;
    if (m != NULL && m->version != d->t->topics->version)
        cgroup_matching_drop(d->g);
    if (d->g->matching != NULL)
        return true;
    m = mem_zalloc(1, sizeof(*m));
    if (m == NULL)
        return false;
    m->version = d->t->topics->version;
    m->end = d->t->regexes->end;
    smap_init(&m->found);
    d->g->matching = m;
    return true;
}

/* The next expression that nobody has begun with. 1; 0: there is none; -EBUSY: not now; -ENOMEM. */
static int begin_next(struct cgroup_draft *d)
{
    struct cgroup_matching *m = d->g->matching;
    const struct cgroup_member *who;
    uint32_t at = 0;
    do {
        who = cgroup_member_next(d->g, &at);
    } while (who != NULL &&
             (who->leaving || who->d->regex.len == 0 || smap_get(&m->found, who->d->regex) != NULL));
    if (who == NULL)
        return 0;
    if (d->t->regexes->busy(d->t->regexes))
        return -EBUSY;
    struct mr_str text = who->d->regex;
    struct cgroup_found *f = mem_zalloc(1, sizeof(*f) + text.len);
    if (f == NULL)
        return -ENOMEM;
    memcpy(f + 1, text.ptr, text.len);
    f->text = (struct mr_str){(const char *)(f + 1), text.len};
    m->compiled = d->t->regexes->begin(d->t->regexes, f->text);
    if (m->compiled == NULL || smap_put(&m->found, f->text, f) != 0) {
        mem_free(f);
        return -ENOMEM;
    }
    m->current = f;
    m->at = 0;
    return 1;
}

static bool add(struct cgroup_matching *m, struct mr_str name)
{
    struct cgroup_found *f = m->current;
    if (m->names == FOUND_NAMES_MAX)
        return false;
    if (f->count == f->cap) {
        uint32_t cap = f->cap * 2 + 16;
        struct mr_str *more = mem_realloc(f->names, cap * sizeof(*more));
        if (more == NULL)
            return false;
        f->names = more;
        f->cap = cap;
    }
    f->names[f->count++] = name;
    m->names++;
    return true;
}

static int compare(const void *a, const void *b)
{
    return cgroup_str_cmp(*(const struct mr_str *)a, *(const struct mr_str *)b);
}

/* What this event has found, into its place among what others have. */
static bool sort(struct cgroup_found *f)
{
    uint32_t fresh = f->count - f->sorted;
    if (fresh == 0)
        return true;
    struct mr_str *tail = mem_alloc(fresh * sizeof(*tail));
    if (tail == NULL)
        return false;
    memcpy(tail, f->names + f->sorted, fresh * sizeof(*tail));
    qsort(tail, fresh, sizeof(*tail), compare);
    uint32_t left = f->sorted, to = f->count;
    while (fresh > 0) { /* from the end, so that nothing is overwritten that is needed */
        bool old = left > 0 && compare(&f->names[left - 1], &tail[fresh - 1]) > 0;
        f->names[--to] = old ? f->names[--left] : tail[--fresh];
    }
    f->sorted = f->count;
    mem_free(tail);
    return true;
}

/* Goes on with the current expression as long as there are units. False: no memory. */
static bool go_on(struct cgroup_draft *d, uint64_t *units)
{
    struct cgroup_matching *m = d->g->matching;
    const struct cgroup_regex_way *way = d->t->regexes;
    uint64_t size = way->size(m->compiled);
    struct cgroup_topic topic;
    bool ok = true, more = true;
    while (ok && *units > 0 && (more = d->t->topics->next(d->t->topics, &m->at, &topic))) {
        *units -= mr_min(*units, size * (topic.name.len + 1));
        if (way->matches(m->compiled, topic.name))
            ok = add(m, topic.name);
    }
    ok = ok && sort(m->current);
    if (ok && !more) {
        m->end(m->compiled);
        m->compiled = NULL;
        m->current = NULL;
    }
    return ok;
}

bool cgroup_matching_step(struct cgroup_draft *d)
{
    uint64_t units = STEP_UNITS;
    bool ok = start(d);
    while (ok && units > 0) {
        if (d->g->matching->current == NULL) {
            int next = begin_next(d);
            if (next == 0)
                return true;
            if (next == -EBUSY) {
                d->g->regexes_due_ms = d->t->now_ms + BUSY_MS;
                return false;
            }
            ok = next > 0;
            units -= mr_min(units, BEGIN_UNITS);
        }
        ok = ok && go_on(d, &units);
    }
    if (!ok) {
        cgroup_matching_drop(d->g);
        d->t->failed = true;
    }
    return false;
}

void cgroup_matching_found(const struct cgroup *g, struct mr_str text, struct mr_str **ret_names,
                           uint32_t *ret_count)
{
    const struct cgroup_found *f = smap_get(&g->matching->found, text);
    MR_ASSERT(f != NULL && f->sorted == f->count);
    *ret_names = f->names;
    *ret_count = f->count;
}
