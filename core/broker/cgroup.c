#include "core/broker/cgroup_priv.h"
#include "core/mem.h"

const char *cgroup_state_name(enum cgroup_state state)
{
    switch (state) {
    case CGROUP_EMPTY:
        return "Empty";
    case CGROUP_ASSIGNING:
        return "Assigning";
    case CGROUP_RECONCILING:
        return "Reconciling";
    case CGROUP_STABLE:
        return "Stable";
    case CGROUP_DEAD:
        return "Dead";
    }
    return "?";
}

int cgroup_new(struct mr_str id, struct cgroup **ret)
{
    struct cgroup *g = mem_zalloc(1, sizeof(*g) + id.len);
    if (g == NULL)
        return -ENOMEM;
    char *text = (char *)(g + 1);
    if (id.len > 0)
        memcpy(text, id.ptr, id.len);
    g->id = (struct mr_str){text, id.len};
    g->bytes = sizeof(*g) + id.len;
    g->regexes_ms = g->regexes_due_ms = g->next_ms = GROUP_NEVER;
    smap_init(&g->members);
    smap_init(&g->instances);
    smap_init(&g->regexes);
    *ret = g;
    return 0;
}

void cgroup_clear(struct cgroup *g)
{
    uint32_t at = 0;
    cgroup_matching_drop(g);
    for (struct cgroup_member *m; (m = cgroup_member_next(g, &at)) != NULL;)
        cgroup_member_remove(g, m);
    at = 0;
    for (struct cgroup_regex *r; (r = smap_next(&g->regexes, &at)) != NULL;) {
        (void)smap_remove(&g->regexes, r->text);
        g->bytes -= r->bytes;
        mem_free(r);
    }
    MR_ASSERT(g->bytes == sizeof(*g) + g->id.len);
    g->recorded = g->has_partition_metadata = false;
    g->epoch = g->assignment_epoch = 0;
    g->metadata_hash = 0;
    g->topics_version = g->regexes_version = 0;
    g->regexes_ms = g->regexes_due_ms = g->next_ms = GROUP_NEVER;
}

void cgroup_free(struct cgroup *g)
{
    if (g == NULL)
        return;
    cgroup_clear(g);
    smap_done(&g->members);
    smap_done(&g->instances);
    smap_done(&g->regexes);
    mem_free(g);
}

bool cgroup_void(const struct cgroup *g)
{
    return !g->recorded;
}

bool cgroup_is_empty(const struct cgroup *g)
{
    return cgroup_count(g) == 0;
}

uint64_t cgroup_bytes(const struct cgroup *g)
{
    return g->bytes;
}

int64_t cgroup_next_deadline(const struct cgroup *g)
{
    return g->next_ms;
}

void cgroup_due(struct cgroup *g, int64_t at_ms)
{
    g->next_ms = mr_imin(g->next_ms, at_ms);
}

/* ---- looking ---- */

bool cgroup_reconciled(const struct cgroup *g, const struct cgroup_member *m)
{
    return m->state == CGROUP_MEMBER_STABLE && m->epoch == g->assignment_epoch;
}

enum cgroup_state cgroup_state_of(const struct cgroup *g)
{
    uint32_t at = 0;
    if (cgroup_count(g) == 0)
        return CGROUP_EMPTY;
    if (g->epoch > g->assignment_epoch)
        return CGROUP_ASSIGNING;
    for (const struct cgroup_member *m; (m = cgroup_member_next(g, &at)) != NULL;) {
        if (!cgroup_reconciled(g, m))
            return CGROUP_RECONCILING;
    }
    return CGROUP_STABLE;
}

void cgroup_describe(const struct cgroup *g, const struct cgroup_settings *s, struct cgroup_view *ret)
{
    uint32_t at = 0, votes[CGROUP_ASSIGNORS] = {0};
    enum cgroup_assignor best = s->assignors[0];
    for (const struct cgroup_member *m; (m = cgroup_member_next(g, &at)) != NULL;) {
        enum cgroup_assignor a;
        if (cgroup_assignor_find(s, m->d->assignor, &a))
            votes[a]++;
    }
    for (int32_t i = 0; i < s->assignor_count; i++) {
        if (votes[s->assignors[i]] > votes[best])
            best = s->assignors[i];
    }
    *ret = (struct cgroup_view){
        .id = g->id,
        .state = cgroup_state_of(g),
        .epoch = g->epoch,
        .assignment_epoch = g->assignment_epoch,
        .assignor = cgroup_assignor_name(best),
        .member_count = (int32_t)cgroup_count(g),
    };
}

bool cgroup_next_member(const struct cgroup *g, uint32_t *at, struct cgroup_member_view *ret)
{
    const struct cgroup_member *m = cgroup_member_next(g, at);
    if (m == NULL)
        return false;
    *ret = (struct cgroup_member_view){
        .member_id = m->id,
        .instance_id = m->d->instance_id,
        .rack_id = m->d->rack_id,
        .client_id = m->d->client_id,
        .client_host = m->d->client_host,
        .regex = m->d->regex,
        .names = m->d->names,
        .name_count = (int32_t)m->d->name_count,
        .epoch = m->epoch,
        .classic = m->d->classic,
        .assigned = m->assigned,
        .target = m->target,
    };
    return true;
}

static int16_t epoch_check(const struct cgroup_member *m, int32_t epoch)
{
    if (epoch == m->epoch)
        return KW_NONE;
    return m->d->classic ? KW_ILLEGAL_GENERATION : KW_STALE_MEMBER_EPOCH;
}

int16_t cgroup_commit_check(const struct cgroup *g, struct mr_str member_id, struct mr_str instance_id,
                            int32_t epoch, bool transactional, bool new_protocol)
{
    if (epoch < 0 && cgroup_count(g) == 0)
        return KW_NONE; /* a simple consumer or an administrator */
    if (transactional && epoch == -1 && member_id.len == 0 && instance_id.ptr == NULL)
        return KW_NONE;
    const struct cgroup_member *m = cgroup_member(g, member_id);
    if (m == NULL)
        return KW_UNKNOWN_MEMBER_ID;
    /* Older commits have no member epochs: whoever sends one has not understood what it is a member of. */
    if (!transactional && !m->d->classic && !new_protocol)
        return KW_UNSUPPORTED_VERSION;
    return epoch_check(m, epoch);
}

int16_t cgroup_fetch_check(const struct cgroup *g, struct mr_str member_id, int32_t epoch)
{
    if (member_id.ptr == NULL && epoch < 0)
        return KW_NONE;
    const struct cgroup_member *m = cgroup_member(g, member_id.ptr != NULL ? member_id : MR_STR_LIT(""));
    return m != NULL ? epoch_check(m, epoch) : KW_UNKNOWN_MEMBER_ID;
}

static bool names_have(const struct mr_str *names, uint32_t count, struct mr_str name)
{
    for (uint32_t i = 0; i < count; i++) {
        if (mr_str_eq(names[i], name))
            return true;
    }
    return false;
}

bool cgroup_subscribes(const struct cgroup *g, struct mr_str topic)
{
    uint32_t at = 0;
    for (const struct cgroup_member *m; (m = cgroup_member_next(g, &at)) != NULL;) {
        if (names_have(m->d->names, m->d->name_count, topic))
            return true;
    }
    at = 0;
    for (const struct cgroup_regex *r; (r = smap_next(&g->regexes, &at)) != NULL;) {
        if (names_have(r->topics, r->topic_count, topic))
            return true;
    }
    return false;
}
