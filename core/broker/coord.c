#include "core/broker/coord.h"

#include "core/broker/coord_priv.h"
#include "core/broker/java_hash.h"
#include "core/mem.h"

enum {
    OUT_BYTES_MAX = 256 << 20,
    ARENA_BYTES_MAX = 2 * COORD_VALUE_BYTES_MAX,
    MEMORY_MIN = 4 << 20,
    MEMORY_PART = 8, /* of the shard's millrace.memory.bytes */
};

/* ---- where ---- */

bool coord_place(const struct broker_shard *b, enum coord_kind kind, struct mr_str name, struct part_key *ret)
{
    const struct coord_type *type = coord_types[kind];
    const struct image_topic *t = type != NULL ? image_topic(b->image, mr_str_of(type->topic)) : NULL;
    if (t == NULL || t->partition_count == 0)
        return false;
    *ret = (struct part_key){t->id, java_partition(name, t->partition_count)};
    return true;
}

const char *coord_topic(enum coord_kind kind)
{
    return coord_types[kind] != NULL ? coord_types[kind]->topic : NULL;
}

static enum kw_error state_error(const struct coord *c)
{
    switch (c->state) {
    case COORD_QUEUED:
    case COORD_LOADING:
        return KW_COORDINATOR_LOAD_IN_PROGRESS;
    case COORD_SERVING:
        return c->all_of->stopping ? KW_NOT_COORDINATOR : KW_NONE;
    case COORD_FAILED:
    case COORD_GONE:
        break;
    }
    return KW_NOT_COORDINATOR;
}

enum kw_error coord_find(struct broker_shard *b, enum coord_kind kind, struct part_key key,
                         struct coord **ret)
{
    struct partition *p = partition_find(b, key);
    struct coord *c = p != NULL ? p->coord : NULL;
    if (c == NULL || c->kind != kind || p->leader != b->broker->node_id)
        return KW_NOT_COORDINATOR;
    enum kw_error error = state_error(c);
    if (error == KW_NONE)
        *ret = c;
    return error;
}

void coords_each(struct broker_shard *b, enum coord_kind kind,
                 void (*each)(void *ctx, struct coord *c, enum kw_error error), void *ctx)
{
    LIST_FOR_SAFE(node, tmp, &b->coords->list)
    {
        struct coord *c = MR_CONTAINER(node, struct coord, link);
        if (c->kind == kind && c->state != COORD_GONE)
            each(ctx, c, state_error(c));
    }
}

/* ---- a coordinator ---- */

struct broker_shard *coord_home(const struct coord *c)
{
    return c->home;
}
struct partition *coord_partition(const struct coord *c)
{
    return c->p;
}
enum coord_kind coord_kind(const struct coord *c)
{
    return c->kind;
}
int32_t coord_epoch(const struct coord *c)
{
    return c->p != NULL ? c->p->leader_epoch : -1;
}
void *coord_own(const struct coord *c)
{
    return c->own;
}
int64_t coord_now_ms(const struct coord *c)
{
    return (int64_t)(shard_now_ns(c->home->shard) / 1000000);
}
int64_t coord_wall_ms(const struct coord *c)
{
    return shard_wall_ms(c->home->shard);
}

static bool kind_of(const struct partition *p, enum coord_kind *ret)
{
    for (int i = 0; i < COORD_KINDS; i++) {
        if (coord_types[i] != NULL && strcmp(coord_types[i]->topic, p->topic) == 0) {
            *ret = (enum coord_kind)i;
            return true;
        }
    }
    return false;
}

struct coord *coord_new(struct broker_shard *b, struct partition *p, enum coord_kind kind)
{
    const struct coord_type *type = coord_types[kind];
    struct coord *c = mem_zalloc(1, sizeof(*c));
    if (c != NULL) {
        c->all_of = b->coords;
        c->home = b;
        c->type = type;
        c->kind = kind;
        c->p = p;
    }
    if (c == NULL || (type->open != NULL && type->open(c, &c->own) != 0)) {
        mem_free(c);
        return NULL;
    }
    smap_init(&c->names);
    list_init(&c->all);
    list_init(&c->waiting);
    list_init(&c->guards);
    list_init(&c->load_link);
    c->nobody.coord = c;
    coord_turn_init(&c->nobody);
    work_init(&c->pump, coord_write_pump);
    coord_walk_init(c);
    list_push(&b->coords->list, &c->link);
    p->coord = c;
    return c;
}

void coord_on_partition(struct partition *p)
{
    struct broker_shard *b = p->home;
    enum coord_kind kind;
    if (!kind_of(p, &kind) || b->coords == NULL)
        return;
    struct coord *c = coord_new(b, p, kind);
    if (c != NULL)
        coord_load_start(c);
    else
        log_error(b->shard->log, "coord", "out of memory part=%s-%d", p->topic, p->index);
}

/* Everyone who waits for anything of c hears error; no event begins any more. */
static void end_all(struct coord *c, enum kw_error error)
{
    coord_load_end(c);
    list_remove(&c->walk.again.link);
    coord_write_fail(c, error);
    coord_entity_fail(&c->nobody, error);
    LIST_FOR(node, &c->all)
    {
        struct coord_entity *e = MR_CONTAINER(node, struct coord_entity, link);
        e->held = true; /* so that it stays in the list until this walk is over */
    }
    LIST_FOR(node, &c->all)
    {
        struct coord_entity *e = MR_CONTAINER(node, struct coord_entity, link);
        shard_timer_cancel(c->home->shard, &e->wake);
        c->type->unload(e);
        coord_entity_fail(e, error);
    }
    LIST_FOR_SAFE(node, tmp, &c->all)
    {
        struct coord_entity *e = MR_CONTAINER(node, struct coord_entity, link);
        e->held = false;
        if (coord_entity_idle(e))
            coord_entity_drop(e);
    }
}

void coord_fail(struct coord *c, enum kw_error error, const char *why)
{
    if (c->state == COORD_FAILED || c->state == COORD_GONE)
        return;
    c->state = COORD_FAILED;
    log_error(c->home->shard->log, "coord",
              "coordinator ends, it serves again after the next start part=%s-%d "
              "reason=\"%s\"",
              c->p->topic, c->p->index, why);
    end_all(c, error);
}

static void coord_free(struct coord *c)
{
    while (!list_empty(&c->guards))
        (void)list_pop(&c->guards);
    while (!list_empty(&c->all))
        coord_entity_drop(MR_CONTAINER(c->all.next, struct coord_entity, link));
    if (c->type->close != NULL)
        c->type->close(c, c->own);
    list_remove(&c->nobody.later);
    list_remove(&c->pump.link);
    list_remove(&c->load_work.link);
    list_remove(&c->walk.again.link);
    list_remove(&c->link);
    smap_done(&c->names);
    mem_free(c);
}

void coord_maybe_free(struct coord *c)
{
    if (c->state == COORD_GONE && c->in_flight == 0 && !c->reading)
        coord_free(c);
}

void coord_on_partition_gone(struct partition *p)
{
    struct coord *c = p->coord;
    if (c == NULL)
        return;
    bool failed = c->state == COORD_FAILED;
    c->state = COORD_GONE;
    if (!failed)
        end_all(c, KW_NOT_COORDINATOR);
    c->p = NULL;
    p->coord = NULL;
    coord_maybe_free(c);
}

/* ---- of a shard ---- */

static void expiry_due(struct mr_timer *t)
{
    struct coord_expiry *x = MR_CONTAINER(t, struct coord_expiry, timer);
    LIST_FOR_SAFE(node, tmp, &x->all_of->list)
    {
        struct coord *c = MR_CONTAINER(node, struct coord, link);
        if (c->kind == x->kind)
            coord_sweep(c);
    }
    shard_timer(x->all_of->home->shard, &x->timer, x->every_ns);
}

static const char *const expiry_keys[COORD_KINDS] = {
    [COORD_GROUP] = "offsets.retention.check.interval.ms",
    [COORD_TXN] = "transaction.remove.expired.transaction.cleanup.interval.ms",
};

static void expiry_start(struct coords *cs, const struct config_view *v)
{
    for (int i = 0; i < COORD_KINDS; i++) {
        struct coord_expiry *x = &cs->expiry[i];
        x->all_of = cs;
        x->kind = (enum coord_kind)i;
        x->every_ns = (uint64_t)config_int(v, expiry_keys[i]) * 1000000;
        timer_init(&x->timer, expiry_due);
        shard_timer(cs->home->shard, &x->timer, x->every_ns);
    }
}

static void expiry_stop(struct coords *cs)
{
    for (int i = 0; i < COORD_KINDS; i++)
        shard_timer_cancel(cs->home->shard, &cs->expiry[i].timer);
}

int coords_new(struct broker_shard *b, struct coords **ret)
{
    struct config_view v = broker_config_view(b);
    struct coords *cs = mem_zalloc(1, sizeof(*cs));
    if (cs == NULL)
        return -ENOMEM;
    cs->home = b;
    list_init(&cs->list);
    list_init(&cs->to_load);
    list_init(&cs->later);
    work_init(&cs->later_work, coord_turn_later);
    scratch_init(&cs->out, OUT_BYTES_MAX);
    arena_init(&cs->arena, ARENA_BYTES_MAX);
    uint64_t memory = (uint64_t)config_int(&v, "millrace.memory.bytes") / b->broker->shards / MEMORY_PART;
    cs->bytes_max = mr_max(memory, MEMORY_MIN);
    cs->codec = (int)config_int(&v, "offsets.topic.compression.codec");
    expiry_start(cs, &v);
    *ret = cs;
    return 0;
}

void coords_free(struct coords *cs)
{
    if (cs == NULL)
        return;
    while (!list_empty(&cs->list)) { /* a broken ring never answered its appends */
        struct coord *c = MR_CONTAINER(cs->list.next, struct coord, link);
        c->in_flight = 0;
        c->reading = false;
        MR_ASSERT(c->state == COORD_GONE);
        coord_free(c);
    }
    expiry_stop(cs);
    list_remove(&cs->later_work.link);
    scratch_done(&cs->out);
    arena_done(&cs->arena);
    mem_free(cs);
}

static void quit(struct coord *c)
{
    c->state = COORD_FAILED;
    end_all(c, KW_NOT_COORDINATOR);
}

bool coord_is_loading(const struct partition *p)
{
    return p->coord != NULL && p->coord->state == COORD_LOADING;
}

void coords_stop(struct broker_shard *b)
{
    if (b->coords == NULL)
        return;
    b->coords->stopping = true;
    expiry_stop(b->coords);
    LIST_FOR_SAFE(node, tmp, &b->coords->list)
    {
        struct coord *c = MR_CONTAINER(node, struct coord, link);
        if (c->state != COORD_FAILED)
            quit(c);
    }
}

void coords_on_topic_gone(struct broker_shard *b, struct mr_str topic)
{
    if (b->coords == NULL)
        return;
    LIST_FOR_SAFE(node, tmp, &b->coords->list)
    {
        struct coord *c = MR_CONTAINER(node, struct coord, link);
        if (c->state == COORD_SERVING && c->type->topic_gone != NULL)
            c->type->topic_gone(c, topic);
    }
}
