#include <stdlib.h>

#include "core/broker/cgroup_priv.h"
#include "core/mem.h"

struct cgroup_member *cgroup_member(const struct cgroup *g, struct mr_str id)
{
    return smap_get(&g->members, id);
}

struct cgroup_member *cgroup_member_next(const struct cgroup *g, uint32_t *at)
{
    return smap_next(&g->members, at);
}

struct cgroup_member *cgroup_instance(const struct cgroup *g, struct mr_str instance_id)
{
    return instance_id.ptr != NULL ? smap_get(&g->instances, instance_id) : NULL;
}

/* ---- names ---- */

int cgroup_str_cmp(struct mr_str a, struct mr_str b)
{
    size_t len = mr_min(a.len, b.len);
    int order = len > 0 ? memcmp(a.ptr, b.ptr, len) : 0;
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

static int name_cmp(const void *a, const void *b)
{
    return cgroup_str_cmp(*(const struct mr_str *)a, *(const struct mr_str *)b);
}

const struct mr_str *cgroup_names(struct mr_arena *a, const struct mr_str *names, int32_t count,
                                  uint32_t *ret_count)
{
    uint32_t kept = 0;
    struct mr_str *sorted = arena_array(a, struct mr_str, (size_t)count);
    if (sorted == NULL)
        return NULL;
    for (int32_t i = 0; i < count; i++)
        sorted[i] = names[i];
    qsort(sorted, (size_t)count, sizeof(*sorted), name_cmp);
    for (int32_t i = 0; i < count; i++) {
        if (kept == 0 || !mr_str_eq(sorted[kept - 1], sorted[i]))
            sorted[kept++] = sorted[i];
    }
    *ret_count = kept;
    return sorted;
}

bool cgroup_names_eq(const struct cgroup_details *a, const struct cgroup_details *b)
{
    if (a->name_count != b->name_count)
        return false;
    for (uint32_t i = 0; a->names != b->names && i < a->name_count; i++) {
        if (!mr_str_eq(a->names[i], b->names[i]))
            return false;
    }
    return true;
}

static bool protocols_eq(const struct cgroup_details *a, const struct cgroup_details *b)
{
    if (a->protocol_count != b->protocol_count)
        return false;
    for (uint32_t i = 0; i < a->protocol_count; i++) {
        struct mr_slice x = a->protocols[i].metadata, y = b->protocols[i].metadata;
        if (!mr_str_eq(a->protocols[i].name, b->protocols[i].name) || x.len != y.len ||
            (x.len > 0 && memcmp(x.ptr, y.ptr, x.len) != 0))
            return false;
    }
    return true;
}

bool cgroup_details_eq(const struct cgroup_details *a, const struct cgroup_details *b)
{
    return mr_str_eq(a->instance_id, b->instance_id) && mr_str_eq(a->rack_id, b->rack_id) &&
           mr_str_eq(a->client_id, b->client_id) && mr_str_eq(a->client_host, b->client_host) &&
           mr_str_eq(a->regex, b->regex) && mr_str_eq(a->assignor, b->assignor) &&
           a->rebalance_timeout_ms == b->rebalance_timeout_ms && a->classic == b->classic &&
           a->session_timeout_ms == b->session_timeout_ms && cgroup_names_eq(a, b) && protocols_eq(a, b);
}

/* ---- a copy in one block ---- */

static const void *put(uint8_t **at, const void *src, size_t len)
{
    const uint8_t *copy = *at;
    if (len > 0)
        memcpy(*at, src, len);
    *at += len;
    return copy;
}

static void put_text(uint8_t **at, struct mr_str *s)
{
    if (s->ptr != NULL)
        s->ptr = put(at, s->ptr, s->len);
}

static size_t details_bytes(const struct cgroup_details *d)
{
    size_t bytes = sizeof(*d) + d->name_count * sizeof(*d->names) +
                   d->protocol_count * sizeof(*d->protocols) + d->instance_id.len + d->rack_id.len +
                   d->client_id.len + d->client_host.len + d->regex.len + d->assignor.len;
    for (uint32_t i = 0; i < d->name_count; i++)
        bytes += d->names[i].len;
    for (uint32_t i = 0; i < d->protocol_count; i++)
        bytes += d->protocols[i].name.len + d->protocols[i].metadata.len;
    return bytes;
}

static struct cgroup_details *details_copy(const struct cgroup_details *src)
{
    size_t bytes = details_bytes(src);
    struct cgroup_details *d = mem_alloc(bytes);
    if (d == NULL)
        return NULL;
    *d = *src;
    d->bytes = bytes;
    struct group_protocol *protocols = (struct group_protocol *)(d + 1);
    struct mr_str *names = (struct mr_str *)(protocols + src->protocol_count);
    uint8_t *at = (uint8_t *)(names + src->name_count);
    d->protocols = protocols;
    d->names = names;
    for (uint32_t i = 0; i < src->protocol_count; i++) {
        const struct group_protocol *p = &src->protocols[i];
        protocols[i].name = (struct mr_str){put(&at, p->name.ptr, p->name.len), p->name.len};
        protocols[i].metadata =
            (struct mr_slice){put(&at, p->metadata.ptr, p->metadata.len), p->metadata.len};
    }
    for (uint32_t i = 0; i < src->name_count; i++)
        names[i] = (struct mr_str){put(&at, src->names[i].ptr, src->names[i].len), src->names[i].len};
    put_text(&at, &d->instance_id);
    put_text(&at, &d->rack_id);
    put_text(&at, &d->client_id);
    put_text(&at, &d->client_host);
    put_text(&at, &d->regex);
    put_text(&at, &d->assignor);
    return d;
}

/* ---- members ---- */

static size_t base_bytes(const struct cgroup_member *m)
{
    return sizeof(*m) + m->id.len + CGROUP_KEY_BYTES;
}

static size_t described_bytes(const struct cgroup_member *m)
{
    return m->d->bytes + (m->d->instance_id.ptr != NULL ? CGROUP_KEY_BYTES : 0);
}

void cgroup_member_blank(struct cgroup_member *m)
{
    m->session_due_ms = m->revoke_due_ms = m->join_due_ms = m->sync_due_ms = GROUP_NEVER;
}

struct cgroup_member *cgroup_member_make(struct cgroup *g, struct mr_str id)
{
    struct cgroup_member *m = cgroup_member(g, id);
    if (m != NULL)
        return m;
    m = mem_zalloc(1, sizeof(*m) + id.len);
    if (m == NULL)
        return NULL;
    uint8_t *at = (uint8_t *)(m + 1);
    m->id = (struct mr_str){put(&at, id.ptr, id.len), id.len};
    cgroup_member_blank(m);
    if (smap_put(&g->members, m->id, m) != 0) {
        mem_free(m);
        return NULL;
    }
    g->bytes += base_bytes(m);
    return m;
}

static void forget_instance(struct cgroup *g, struct cgroup_member *m)
{
    if (m->d != NULL && cgroup_instance(g, m->d->instance_id) == m)
        (void)smap_remove(&g->instances, m->d->instance_id);
}

int cgroup_member_describe(struct cgroup *g, struct cgroup_member *m, const struct cgroup_details *src)
{
    struct cgroup_details *d = details_copy(src);
    if (d == NULL || smap_reserve(&g->instances, smap_count(&g->instances) + 1) != 0) {
        mem_free(d);
        return -ENOMEM;
    }
    forget_instance(g, m);
    if (m->d != NULL)
        g->bytes -= described_bytes(m);
    mem_free(m->d);
    m->d = d;
    g->bytes += described_bytes(m);
    if (d->instance_id.ptr != NULL) {
        (void)smap_remove(&g->instances, d->instance_id); /* whoever held it has been replaced */
        (void)smap_put(&g->instances, d->instance_id, m);
    }
    return 0;
}

int cgroup_member_set(struct cgroup *g, struct cgroup_parts *dst, struct cgroup_parts src)
{
    size_t before = cgroup_parts_bytes(*dst);
    int err = cgroup_parts_set(dst, src);
    if (err == 0)
        g->bytes = g->bytes - before + cgroup_parts_bytes(*dst);
    return err;
}

void cgroup_member_remove(struct cgroup *g, struct cgroup_member *m)
{
    static const struct cgroup_parts none;
    forget_instance(g, m);
    (void)smap_remove(&g->members, m->id);
    (void)cgroup_member_set(g, &m->assigned, none); /* what frees cannot fail */
    (void)cgroup_member_set(g, &m->revoking, none);
    (void)cgroup_member_set(g, &m->target, none);
    if (m->d != NULL)
        g->bytes -= described_bytes(m);
    g->bytes -= base_bytes(m);
    mem_free(m->d);
    mem_free(m);
}
