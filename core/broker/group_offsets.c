#include "core/broker/group_offsets.h"

#include "core/err.h"
#include "core/mem.h"

/* What a transaction will commit for one partition, if it commits. */
struct pending {
    struct pending *next; /* of the slot, newest first */
    struct mr_list in_txn;
    struct group_txn *txn;
    struct slot *slot;
    struct group_offset *value; /* NULL: it has been moved */
};

struct slot { /* a partition */
    struct group_topic *topic;
    int32_t index;
    struct group_offset *committed;
    struct pending *pending;
    bool gone; /* its topic was deleted: what is here may go */
};

struct group_topic {
    struct mr_str name;
    struct mr_map slots;
};

struct group_txn {
    int64_t producer_id;
    struct mr_list pending; /* in_txn */
};

enum { SLOT_BYTES = 40, NODE_BYTES = 64 }; /* of a map's entry with its index; of an allocation's own */

void group_offsets_init(struct group_offsets *o)
{
    *o = (struct group_offsets){.count = 0};
    smap_init(&o->topics);
    map_init(&o->producers);
}

bool group_offsets_empty(const struct group_offsets *o)
{
    return smap_count(&o->topics) == 0;
}

bool group_offsets_has_txns(const struct group_offsets *o)
{
    return map_count(&o->producers) > 0;
}

/* ---- memory ---- */

static uint64_t offset_bytes(const struct group_offset *v)
{
    return sizeof(*v) + v->metadata.len + 16;
}

/* One allocation: the metadata stands behind the struct. */
static struct group_offset *offset_new(const struct group_offset *from)
{
    struct group_offset *v = mem_alloc(sizeof(*v) + from->metadata.len);
    if (v == NULL)
        return NULL;
    *v = *from;
    v->metadata.ptr = (char *)(v + 1);
    if (from->metadata.len > 0)
        memcpy(v + 1, from->metadata.ptr, from->metadata.len);
    return v;
}

static void committed_drop(struct group_offsets *o, struct slot *s)
{
    if (s->committed == NULL)
        return;
    o->bytes -= offset_bytes(s->committed);
    o->count--;
    mem_free(s->committed);
    s->committed = NULL;
}

static void topic_maybe_free(struct group_offsets *o, struct group_topic *t)
{
    if (map_count(&t->slots) > 0)
        return;
    o->bytes -= sizeof(*t) + t->name.len + SLOT_BYTES;
    smap_remove(&o->topics, t->name);
    map_done(&t->slots);
    mem_free((char *)t->name.ptr);
    mem_free(t);
}

static void slot_maybe_free(struct group_offsets *o, struct slot *s)
{
    struct group_topic *t = s->topic;
    if (s->committed != NULL || s->pending != NULL)
        return;
    map_remove(&t->slots, (uint32_t)s->index);
    o->gone -= s->gone;
    o->bytes -= sizeof(*s) + SLOT_BYTES;
    mem_free(s);
    topic_maybe_free(o, t);
}

static void txn_maybe_free(struct group_offsets *o, struct group_txn *txn)
{
    if (!list_empty(&txn->pending))
        return;
    map_remove(&o->producers, (uint64_t)txn->producer_id);
    o->bytes -= sizeof(*txn) + SLOT_BYTES;
    mem_free(txn);
}

/* The slot and the transaction may go with it. */
static void pending_drop(struct group_offsets *o, struct pending *p)
{
    struct pending **at = &p->slot->pending;
    while (*at != p)
        at = &(*at)->next;
    *at = p->next;
    list_remove(&p->in_txn);
    o->bytes -= sizeof(*p) + NODE_BYTES + (p->value != NULL ? offset_bytes(p->value) : 0);
    mem_free(p->value);
    mem_free(p);
}

static struct group_topic *topic_make(struct group_offsets *o, struct mr_str name)
{
    struct group_topic *t = smap_get(&o->topics, name);
    if (t != NULL)
        return t;
    t = mem_zalloc(1, sizeof(*t));
    char *copy = mem_text(name.ptr, name.len);
    if (t == NULL || copy == NULL)
        goto out_free;
    t->name = (struct mr_str){copy, name.len};
    map_init(&t->slots);
    if (smap_put(&o->topics, t->name, t) != 0)
        goto out_free;
    o->bytes += sizeof(*t) + name.len + SLOT_BYTES;
    return t;

out_free:
    mem_free(t);
    mem_free(copy);
    return NULL;
}

static struct slot *slot_of(const struct group_offsets *o, struct mr_str topic, int32_t index)
{
    const struct group_topic *t = smap_get(&o->topics, topic);
    return t != NULL ? map_get(&t->slots, (uint32_t)index) : NULL;
}

static struct slot *slot_make(struct group_offsets *o, struct mr_str topic, int32_t index)
{
    struct group_topic *t = topic_make(o, topic);
    struct slot *s = t != NULL ? map_get(&t->slots, (uint32_t)index) : NULL;
    if (t == NULL || s != NULL)
        return s;
    s = mem_zalloc(1, sizeof(*s));
    if (s == NULL || map_put(&t->slots, (uint32_t)index, s) != 0) {
        mem_free(s);
        topic_maybe_free(o, t);
        return NULL;
    }
    s->topic = t;
    s->index = index;
    o->bytes += sizeof(*s) + SLOT_BYTES;
    return s;
}

static struct group_txn *txn_make(struct group_offsets *o, int64_t producer_id, bool *ret_new)
{
    struct group_txn *txn = map_get(&o->producers, (uint64_t)producer_id);
    *ret_new = txn == NULL;
    if (txn != NULL)
        return txn;
    txn = mem_zalloc(1, sizeof(*txn));
    if (txn == NULL || map_put(&o->producers, (uint64_t)producer_id, txn) != 0) {
        mem_free(txn);
        return NULL;
    }
    txn->producer_id = producer_id;
    list_init(&txn->pending);
    o->bytes += sizeof(*txn) + SLOT_BYTES;
    return txn;
}

void group_offsets_done(struct group_offsets *o)
{
    uint32_t at = 0;
    for (struct group_txn *txn; (txn = map_next(&o->producers, &at)) != NULL;) {
        while (!list_empty(&txn->pending))
            pending_drop(o, MR_CONTAINER(txn->pending.next, struct pending, in_txn));
        txn_maybe_free(o, txn);
    }
    at = 0;
    for (struct group_topic *t; (t = smap_next(&o->topics, &at)) != NULL;) {
        uint32_t in = 0;
        for (struct slot *s; (s = map_next(&t->slots, &in)) != NULL;) {
            committed_drop(o, s);
            mem_free(s);
        }
        map_done(&t->slots);
        mem_free((char *)t->name.ptr);
        mem_free(t);
    }
    smap_done(&o->topics);
    map_done(&o->producers);
}

/* ---- changes ---- */

static int set_pending(struct group_offsets *o, struct slot *s, int64_t producer_id,
                       const struct group_offset *value, bool *ret_txn)
{
    struct group_offset *v = offset_new(value);
    struct pending *p = s->pending;
    while (p != NULL && p->txn->producer_id != producer_id)
        p = p->next;
    struct group_txn *txn = p != NULL ? p->txn : NULL;
    if (p == NULL) {
        p = mem_zalloc(1, sizeof(*p));
        txn = p != NULL ? txn_make(o, producer_id, ret_txn) : NULL;
        if (txn == NULL || v == NULL) {
            if (txn != NULL)
                txn_maybe_free(o, txn);
            *ret_txn = false;
            mem_free(p);
            mem_free(v);
            return -ENOMEM;
        }
        p->txn = txn;
        p->slot = s;
        p->next = s->pending;
        s->pending = p;
        list_init(&p->in_txn);
        list_push(&txn->pending, &p->in_txn);
        o->bytes += sizeof(*p) + NODE_BYTES;
    } else if (v == NULL) {
        return -ENOMEM;
    } else {
        o->bytes -= offset_bytes(p->value);
        mem_free(p->value);
    }
    p->value = v;
    o->bytes += offset_bytes(v);
    return 0;
}

/* Takes v. */
static void commit(struct group_offsets *o, struct slot *s, struct group_offset *v)
{
    committed_drop(o, s);
    s->committed = v;
    o->count++;
    o->bytes += offset_bytes(v);
}

static int set_committed(struct group_offsets *o, struct slot *s, const struct group_offset *value)
{
    struct group_offset *v = offset_new(value);
    if (v == NULL)
        return -ENOMEM;
    commit(o, s, v);
    return 0;
}

int group_offsets_set(struct group_offsets *o, struct mr_str topic, int32_t partition, int64_t producer_id,
                      const struct group_offset *value, bool *ret_txn)
{
    bool fresh = false;
    struct slot *s = slot_make(o, topic, partition);
    int err = s == NULL           ? -ENOMEM
              : producer_id == -1 ? set_committed(o, s, value)
                                  : set_pending(o, s, producer_id, value, &fresh);
    if (err != 0 && s != NULL) {
        slot_maybe_free(o, s);
    } else if (err == 0) {
        o->gone -= s->gone;
        s->gone = false;
    }
    if (ret_txn != NULL)
        *ret_txn = fresh;
    return err;
}

void group_offsets_remove(struct group_offsets *o, struct mr_str topic, int32_t partition)
{
    struct slot *s = slot_of(o, topic, partition);
    if (s == NULL)
        return;
    while (s->pending != NULL) {
        struct group_txn *txn = s->pending->txn;
        pending_drop(o, s->pending);
        txn_maybe_free(o, txn);
    }
    committed_drop(o, s);
    slot_maybe_free(o, s);
}

void group_offsets_end_txn(struct group_offsets *o, int64_t producer_id, bool commits)
{
    struct group_txn *txn = map_get(&o->producers, (uint64_t)producer_id);
    if (txn == NULL)
        return;
    while (!list_empty(&txn->pending)) {
        struct pending *p = MR_CONTAINER(txn->pending.next, struct pending, in_txn);
        struct slot *s = p->slot;
        bool newer = s->committed == NULL || p->value->record_offset > s->committed->record_offset;
        if (commits && newer) {
            o->bytes -= offset_bytes(p->value);
            commit(o, s, p->value);
            p->value = NULL;
        }
        pending_drop(o, p);
        slot_maybe_free(o, s);
    }
    txn_maybe_free(o, txn);
}

bool group_offsets_topic_gone(struct group_offsets *o, struct mr_str topic)
{
    const struct group_topic *t = smap_get(&o->topics, topic);
    uint32_t in = 0;
    for (struct slot *s; t != NULL && (s = map_next(&t->slots, &in)) != NULL;) {
        o->gone += !s->gone;
        s->gone = true;
    }
    return t != NULL;
}

/* ---- asking ---- */

const struct group_offset *group_offsets_get(const struct group_offsets *o, struct mr_str topic,
                                             int32_t partition)
{
    const struct slot *s = slot_of(o, topic, partition);
    return s != NULL ? s->committed : NULL;
}

bool group_offsets_pending(const struct group_offsets *o, struct mr_str topic, int32_t partition)
{
    const struct slot *s = slot_of(o, topic, partition);
    return s != NULL && s->pending != NULL;
}

bool group_offsets_next(const struct group_offsets *o, struct group_offsets_at *at)
{
    for (;;) {
        const struct slot *s = at->in != NULL ? map_next(&at->in->slots, &at->partition) : NULL;
        if (s != NULL) {
            at->name = at->in->name;
            at->index = s->index;
            at->committed = s->committed;
            at->pending = s->pending != NULL;
            return true;
        }
        at->in = smap_next(&o->topics, &at->topic);
        at->partition = 0;
        if (at->in == NULL)
            return false;
    }
}

uint32_t group_offsets_topic_count(const struct group_offsets_at *at)
{
    return at->in != NULL ? map_count(&at->in->slots) : 0;
}

bool group_offsets_next_pending(const struct group_offsets *o, struct group_offsets_pending_at *at)
{
    const struct group_txn *txn = at->in;
    const struct mr_list *node = at->entry;
    if (txn != NULL)
        node = node->next;
    while (txn == NULL || node == &txn->pending) {
        txn = map_next(&o->producers, &at->producer);
        if (txn == NULL)
            return false;
        node = txn->pending.next;
    }
    const struct pending *p = MR_CONTAINER(node, struct pending, in_txn);
    at->in = txn;
    at->entry = node;
    at->producer_id = txn->producer_id;
    at->name = p->slot->topic->name;
    at->index = p->slot->index;
    at->value = p->value;
    return true;
}

/* ---- expiry ---- */

static bool is_expired(const struct group_offset *v, const struct group_expiry *how)
{
    if (v->expire_ms != -1)
        return how->now_ms >= v->expire_ms;
    int64_t since = how->rule == GROUP_EXPIRY_SINCE ? how->since_ms : v->commit_ms;
    return (__int128)how->now_ms - since >= how->retention_ms; /* times of a log may be anything */
}

uint32_t group_offsets_due(const struct group_offsets *o, const struct group_expiry *how, uint32_t max,
                           void (*expired)(void *ctx, struct mr_str topic, int32_t partition), void *ctx)
{
    uint32_t count = 0, at = 0;
    bool none = how->rule == GROUP_EXPIRY_NEVER && o->gone == 0;
    for (const struct group_topic *t; !none && count < max && (t = smap_next(&o->topics, &at)) != NULL;) {
        uint32_t in = 0;
        bool stays = how->rule == GROUP_EXPIRY_NEVER ||
                     (how->subscribed != NULL && how->subscribed(how->ctx, t->name));
        if (stays && o->gone == 0)
            continue;
        for (const struct slot *s; count < max && (s = map_next(&t->slots, &in)) != NULL;) {
            /* What a transaction is about to commit is in use. */
            bool due = !stays && s->pending == NULL && s->committed != NULL && is_expired(s->committed, how);
            if (!s->gone && !due)
                continue;
            expired(ctx, t->name, s->index);
            count++;
        }
    }
    return count;
}
