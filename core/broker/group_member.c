#include "core/broker/group_priv.h"
#include "core/mem.h"

struct group_member *group_member(const struct group *g, struct mr_str id)
{
    return smap_get(&g->members, id);
}

struct group_member *group_member_next(const struct group *g, uint32_t *at)
{
    return smap_next(&g->members, at);
}

struct group_pending *group_pending(const struct group *g, struct mr_str id)
{
    return smap_get(&g->pending, id);
}

/* ---- protocols ---- */

static size_t protocols_bytes(const struct group_protocol *items, int32_t count)
{
    size_t bytes = sizeof(struct group_protocols) + (size_t)count * sizeof(*items);
    for (int32_t i = 0; i < count; i++)
        bytes += items[i].name.len + items[i].metadata.len;
    return bytes;
}

/* Copies len bytes to *at and moves it on. */
static const void *put(uint8_t **at, const void *src, size_t len)
{
    const uint8_t *copy = *at;
    if (len > 0)
        memcpy(*at, src, len);
    *at += len;
    return copy;
}

static struct mr_str put_text(uint8_t **at, struct mr_str s)
{
    return s.ptr == NULL ? s : (struct mr_str){put(at, s.ptr, s.len), s.len};
}

static struct group_protocols *protocols_copy(const struct group_protocol *items, int32_t count)
{
    size_t bytes = protocols_bytes(items, count);
    struct group_protocols *p = mem_alloc(bytes);
    if (p == NULL)
        return NULL;
    p->bytes = bytes;
    p->count = count;
    uint8_t *at = (uint8_t *)&p->items[count];
    for (int32_t i = 0; i < count; i++) {
        const struct group_protocol *src = &items[i];
        p->items[i].name = (struct mr_str){put(&at, src->name.ptr, src->name.len), src->name.len};
        p->items[i].metadata =
            (struct mr_slice){put(&at, src->metadata.ptr, src->metadata.len), src->metadata.len};
    }
    return p;
}

static size_t offer_bytes(const struct group_offer *o)
{
    return sizeof(*o) + o->name.len + GROUP_KEY_BYTES;
}

static struct group_offer *offer_make(struct group *g, struct mr_str name)
{
    struct group_offer *o = smap_get(&g->offers, name);
    if (o != NULL)
        return o;
    o = mem_zalloc(1, sizeof(*o) + name.len);
    if (o == NULL)
        return NULL;
    uint8_t *at = (uint8_t *)(o + 1);
    o->name = (struct mr_str){put(&at, name.ptr, name.len), name.len};
    if (smap_put(&g->offers, o->name, o) != 0) {
        mem_free(o);
        return NULL;
    }
    group_charge(g, offer_bytes(o));
    return o;
}

/* One member less offers the first count of these. */
static void offers_drop(struct group *g, const struct group_protocols *p, int32_t count)
{
    uint64_t stamp = ++g->stamp;
    for (int32_t i = 0; i < count; i++) {
        struct group_offer *o = smap_get(&g->offers, p->items[i].name);
        if (o == NULL || o->seen == stamp)
            continue; /* named before in this list */
        o->seen = stamp;
        if (--o->members > 0)
            continue;
        (void)smap_remove(&g->offers, o->name);
        group_discharge(g, offer_bytes(o));
        mem_free(o);
    }
}

static int offers_add(struct group *g, const struct group_protocols *p)
{
    uint64_t stamp = ++g->stamp;
    for (int32_t i = 0; i < p->count; i++) {
        struct group_offer *o = offer_make(g, p->items[i].name);
        if (o == NULL) {
            offers_drop(g, p, i);
            return -ENOMEM;
        }
        o->members += o->seen != stamp;
        o->seen = stamp;
    }
    return 0;
}

bool group_supports(struct group *g, const struct group_join *in)
{
    if (g->state == GROUP_EMPTY)
        return in->protocol_type.len > 0 && in->protocol_count > 0;
    if (!mr_str_eq(g->protocol_type, in->protocol_type))
        return false;
    for (int32_t i = 0; i < in->protocol_count; i++) {
        const struct group_offer *o = smap_get(&g->offers, in->protocols[i].name);
        if ((o != NULL ? o->members : 0) == group_count(g))
            return true;
    }
    return false;
}

bool group_protocols_match(const struct group_member *m, const struct group_join *in)
{
    if (m->protocols->count != in->protocol_count)
        return false;
    for (int32_t i = 0; i < in->protocol_count; i++) {
        const struct group_protocol *a = &m->protocols->items[i], *b = &in->protocols[i];
        if (!mr_str_eq(a->name, b->name) || a->metadata.len != b->metadata.len ||
            (a->metadata.len > 0 && memcmp(a->metadata.ptr, b->metadata.ptr, a->metadata.len) != 0))
            return false;
    }
    return true;
}

/* Everyone votes for the first name of its list that all offer. Of two with as many votes the one that was
 * named first in this group wins. */
struct mr_str group_choose_protocol(struct group *g)
{
    uint32_t at = 0, count = group_count(g);
    const struct group_offer *best = NULL;
    MR_ASSERT(count > 0);
    for (struct group_offer *o; (o = smap_next(&g->offers, &at)) != NULL;)
        o->votes = 0;
    at = 0;
    for (const struct group_member *m; (m = group_member_next(g, &at)) != NULL;) {
        for (int32_t i = 0; i < m->protocols->count; i++) {
            struct group_offer *o = smap_get(&g->offers, m->protocols->items[i].name);
            if (o->members == count) {
                o->votes++;
                break;
            }
        }
    }
    at = 0;
    for (const struct group_offer *o; (o = smap_next(&g->offers, &at)) != NULL;) {
        if (o->votes > 0 && (best == NULL || o->votes > best->votes))
            best = o;
    }
    MR_ASSERT(best != NULL); /* whoever came was let in because one name is offered by all */
    return best->name;
}

struct mr_slice group_metadata(const struct group_member *m, struct mr_str protocol)
{
    for (int32_t i = 0; protocol.ptr != NULL && i < m->protocols->count; i++) {
        if (mr_str_eq(m->protocols->items[i].name, protocol))
            return m->protocols->items[i].metadata;
    }
    return (struct mr_slice){(const uint8_t *)"", 0};
}

/* ---- members ---- */

uint64_t group_join_bytes(const struct group_join *in)
{
    uint64_t bytes = sizeof(struct group_member) + in->member_id.len + (uint64_t)2 * in->instance_id.len +
                     (uint64_t)2 * in->client_id.len + in->client_host.len + 4 * GROUP_KEY_BYTES;
    if (in->protocol_count > 0) /* the names may be new to the group */
        bytes += protocols_bytes(in->protocols, in->protocol_count) +
                 (uint64_t)in->protocol_count * (sizeof(struct group_offer) + GROUP_KEY_BYTES);
    for (int32_t i = 0; i < in->protocol_count; i++)
        bytes += in->protocols[i].name.len;
    return bytes;
}

int group_member_new(struct mr_str id, const struct group_join *in, struct group_member **ret)
{
    size_t text = id.len + in->instance_id.len + in->client_id.len + in->client_host.len;
    struct group_member *m = mem_zalloc(1, sizeof(*m) + text);
    struct group_protocols *protocols = protocols_copy(in->protocols, in->protocol_count);
    if (m == NULL || protocols == NULL) {
        mem_free(m);
        mem_free(protocols);
        return -ENOMEM;
    }
    uint8_t *at = (uint8_t *)(m + 1);
    m->bytes = sizeof(*m) + text;
    m->id = put_text(&at, id);
    m->instance_id = put_text(&at, in->instance_id);
    m->client_id = put_text(&at, in->client_id.ptr != NULL ? in->client_id : MR_STR_LIT(""));
    m->client_host = put_text(&at, in->client_host);
    m->session_timeout_ms = in->session_timeout_ms;
    m->rebalance_timeout_ms = in->rebalance_timeout_ms;
    m->due_ms = GROUP_NEVER;
    m->protocols = protocols;
    *ret = m;
    return 0;
}

void group_member_free(struct group_member *m)
{
    if (m == NULL)
        return;
    MR_ASSERT(m->join_req == NULL && m->sync_req == NULL);
    mem_free((void *)m->assignment.ptr);
    mem_free((void *)m->next.ptr);
    mem_free(m->protocols);
    mem_free(m);
}

size_t group_member_bytes(const struct group_member *m)
{
    return m->bytes + m->protocols->bytes + m->assignment.len + m->next.len +
           GROUP_KEY_BYTES * (1u + (m->instance_id.ptr != NULL));
}

static int make_room(struct group *g)
{
    int err = smap_reserve(&g->members, group_count(g) + 1);
    if (err == 0)
        err = smap_reserve(&g->instances, smap_count(&g->instances) + 1);
    return err;
}

/* Room was made before. */
static void enlist(struct group *g, struct group_member *m)
{
    int err = smap_put(&g->members, m->id, m);
    MR_ASSERT(err == 0); /* ids are ours, and fresh */
    if (m->instance_id.ptr != NULL) {
        err = smap_put(&g->instances, m->instance_id, m);
        MR_ASSERT(err == 0); /* whoever had it before was replaced */
    }
    group_charge(g, group_member_bytes(m));
}

static void delist(struct group *g, struct group_member *m)
{
    (void)smap_remove(&g->members, m->id);
    if (m->instance_id.ptr != NULL)
        (void)smap_remove(&g->instances, m->instance_id);
    group_discharge(g, group_member_bytes(m));
}

int group_member_add(struct group *g, struct group_member *m, struct mr_str protocol_type)
{
    int err = make_room(g);
    if (err == 0)
        err = offers_add(g, m->protocols);
    if (err != 0)
        return err;
    if (group_count(g) == 0)
        err = group_text_set(g, &g->protocol_type, protocol_type);
    if (err != 0) {
        offers_drop(g, m->protocols, m->protocols->count);
        return err;
    }
    enlist(g, m);
    if (g->leader == NULL)
        g->leader = m;
    return 0;
}

void group_member_remove(struct group *g, struct group_turn *t, struct group_member *m, int16_t error)
{
    /* "": the client forgets the id and comes as a new member. */
    group_join_refuse(g, t, m, error, error == KW_UNKNOWN_MEMBER_ID ? MR_STR_LIT("") : m->id);
    group_sync_answer(g, t, m, error);
    group_synced(g, m);
    offers_drop(g, m->protocols, m->protocols->count);
    delist(g, m);
    if (g->leader == m) {
        uint32_t at = 0;
        g->leader = group_member_next(g, &at);
    }
    group_member_free(m);
}

int group_member_update(struct group *g, struct group_member *m, const struct group_join *in)
{
    struct group_protocols *fresh = protocols_copy(in->protocols, in->protocol_count);
    if (fresh == NULL || offers_add(g, fresh) != 0) {
        mem_free(fresh);
        return -ENOMEM;
    }
    offers_drop(g, m->protocols, m->protocols->count);
    group_discharge(g, m->protocols->bytes);
    group_charge(g, fresh->bytes);
    mem_free(m->protocols);
    m->protocols = fresh;
    m->session_timeout_ms = in->session_timeout_ms;
    m->rebalance_timeout_ms = in->rebalance_timeout_ms;
    return 0;
}

int group_member_swap(struct group *g, struct group_member *old, struct group_member *fresh)
{
    bool sync_due = old->sync_due;
    MR_ASSERT(old->join_req == NULL && old->sync_req == NULL);
    int err = make_room(g);
    if (err == 0)
        err = offers_add(g, fresh->protocols);
    if (err != 0)
        return err;
    offers_drop(g, old->protocols, old->protocols->count);
    delist(g, old);
    fresh->assignment = old->assignment;
    fresh->due_ms = old->due_ms;
    fresh->sync_due = sync_due;
    old->assignment = (struct mr_slice){NULL, 0};
    old->sync_due = false;
    enlist(g, fresh);
    if (g->leader == old)
        g->leader = fresh;
    return 0;
}

int group_bytes_set(struct group *g, struct mr_slice *dst, struct mr_slice src)
{
    struct mr_slice copy = {NULL, 0};
    if (src.len > 0) {
        uint8_t *bytes = mem_alloc(src.len);
        if (bytes == NULL)
            return -ENOMEM;
        memcpy(bytes, src.ptr, src.len);
        copy = (struct mr_slice){bytes, src.len};
    }
    group_charge(g, copy.len);
    group_discharge(g, dst->len);
    mem_free((void *)dst->ptr);
    *dst = copy;
    return 0;
}

int16_t group_member_check(const struct group *g, struct mr_str id, struct mr_str instance_id)
{
    if (instance_id.ptr != NULL) {
        const struct group_member *m = smap_get(&g->instances, instance_id);
        if (m == NULL)
            return KW_UNKNOWN_MEMBER_ID;
        if (!mr_str_eq(m->id, id))
            return KW_FENCED_INSTANCE_ID;
    }
    return group_member(g, id) != NULL ? KW_NONE : KW_UNKNOWN_MEMBER_ID;
}

void group_member_alive(struct group *g, struct group_turn *t, struct group_member *m)
{
    m->due_ms = t->now_ms + m->session_timeout_ms;
    group_due(g, m->due_ms);
}

/* ---- ids that were given out ---- */

static size_t pending_bytes(const struct group_pending *p)
{
    return sizeof(*p) + p->id.len + GROUP_KEY_BYTES;
}

int group_pending_add(struct group *g, struct mr_str id, int64_t due_ms)
{
    struct group_pending *p = mem_alloc(sizeof(*p) + id.len);
    if (p == NULL)
        return -ENOMEM;
    uint8_t *at = (uint8_t *)(p + 1);
    p->id = put_text(&at, id);
    p->due_ms = due_ms;
    int err = smap_put(&g->pending, p->id, p);
    if (err != 0) {
        mem_free(p);
        return err;
    }
    group_charge(g, pending_bytes(p));
    group_due(g, due_ms);
    return 0;
}

void group_pending_remove(struct group *g, struct mr_str id)
{
    struct group_pending *p = group_pending(g, id);
    if (p == NULL)
        return;
    (void)smap_remove(&g->pending, id);
    group_discharge(g, pending_bytes(p));
    mem_free(p);
}

/* ---- waiting ---- */

void group_join_wait(struct group *g, struct group_turn *t, struct group_member *m, void *req)
{
    MR_ASSERT(req != NULL);
    /* Kafka leaves the older one unanswered for ever; its client has long gone. */
    group_join_refuse(g, t, m, KW_REBALANCE_IN_PROGRESS, m->id);
    m->join_req = req;
    g->joining++;
}

void group_sync_wait(struct group *g, struct group_turn *t, struct group_member *m, void *req)
{
    MR_ASSERT(req != NULL);
    group_sync_answer(g, t, m, KW_REBALANCE_IN_PROGRESS);
    m->sync_req = req;
}

void *group_join_take(struct group *g, struct group_member *m)
{
    void *req = m->join_req;
    m->join_req = NULL;
    g->joining -= req != NULL;
    return req;
}

void group_join_refuse(struct group *g, struct group_turn *t, struct group_member *m, int16_t error,
                       struct mr_str member_id)
{
    void *req = group_join_take(g, m);
    if (req != NULL)
        group_join_error(g, t, req, error, member_id);
}

void group_join_accept(struct group *g, struct group_turn *t, struct group_member *m, bool skip_assignment)
{
    void *req = group_join_take(g, m);
    if (req != NULL)
        group_join_tell(g, t, req, m, skip_assignment);
}

void group_sync_answer(struct group *g, struct group_turn *t, struct group_member *m, int16_t error)
{
    void *req = m->sync_req;
    m->sync_req = NULL;
    if (req != NULL)
        group_sync_tell(g, t, req, m, error);
}

void group_synced(struct group *g, struct group_member *m)
{
    g->syncs_due -= m->sync_due;
    m->sync_due = false;
    if (g->syncs_due == 0)
        g->sync_due_ms = GROUP_NEVER;
}
