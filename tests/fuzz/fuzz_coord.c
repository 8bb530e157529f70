/* Coordinators that load arbitrary records: keys and values of every type and version, transactions' markers
 * between them. A broker on a simulated machine stands all the time; every input is the log of a coordinator
 * of its own, on the shard of that broker, which loads it, puts out what it has become, serves for a while of
 * virtual time and ends.
 *
 * Input: a byte (bit 0: transactions, else groups), then records: a byte of flags, for a marker no more; else
 * two lengths of two bytes and key and value. A load may fail; whatever it says, the broker goes on. */
#include "tests/fuzz/fuzz.h"

#include "core/broker/controller.h"
#include "core/broker/coord_priv.h"
#include "core/broker/internal_topic.h"
#include "core/mem.h"
#include "net/wire/subscription.h"
#include "tests/sim/broker_rig.h"
#include "tests/wire/describe_gen.h"

#define MS UINT64_C(1000000)
#define SECOND UINT64_C(1000000000)

enum { SERVE_MS = 30, LIMIT_S = 600, ARENA_BYTES = 4 << 20, RECORDS_MAX = 256, PRODUCERS = 3 };
enum { FLAG_TOMBSTONE = 1, FLAG_MARKER = 2, FLAG_COMMIT = 4, FLAG_PLAIN = 8 }; /* bits 4-5: the producer */

struct stand {
    struct world *w;
    struct seed_result res;
    struct rig rig;
    uint32_t coords; /* of the shard, without ours */
};

static struct broker_shard *home(struct stand *s)
{
    return broker_of(s->rig.shards[0]);
}

/* ---- the broker ---- */

static bool is_up(void *ctx)
{
    return rig_up(ctx) || rig_ended(ctx);
}

struct making {
    struct ctl_command c; /* first */
    struct ctl_topic topic;
    struct mr_arena arena;
    bool done;
};

static void made(struct ctl_command *c)
{
    ((struct making *)c)->done = true;
}
static bool is_made(void *ctx)
{
    return ((struct making *)ctx)->done;
}

static void make_topic(struct stand *s, enum coord_kind kind)
{
    struct making m = {.done = false};
    arena_init(&m.arena, 1 << 20);
    m.c = (struct ctl_command){
        .kind = CTL_CREATE_TOPICS, .count = 1, .u.topics = &m.topic, .arena = &m.arena, .done = made};
    struct config_view v = broker_config_view(home(s));
    m.topic.name = mr_str_of(coord_topic(kind));
    MR_ASSERT(internal_topic_shape(&v, &m.arena, &m.topic) == 0);
    controller_submit(s->rig.shards[0], &m.c);
    io_wake(s->rig.shards[0]->io);
    MR_ASSERT(world_run_until(s->w, is_made, &m, LIMIT_S * SECOND));
    MR_ASSERT(m.c.error == KW_NONE && m.topic.result.error == KW_NONE);
    arena_done(&m.arena);
}

static uint32_t coords_there(struct stand *s, enum coord_state least)
{
    uint32_t count = 0;
    LIST_FOR(node, &home(s)->coords->list)
    count += MR_CONTAINER(node, struct coord, link)->state >= least;
    return count;
}

static bool all_serve(void *ctx)
{
    struct stand *s = ctx;
    return coords_there(s, COORD_SERVING) == COORD_KINDS;
}

static void stand_init(struct stand *s)
{
    static const char *const overrides[] = {"offsets.topic.num.partitions=1",
                                            "transaction.state.log.num.partitions=1"};
    struct world_options wo = world_options_default();
    s->w = world_new(1, &wo);
    rig_init(&s->rig, s->w, overrides, MR_COUNT(overrides), &s->res);
    rig_start(&s->rig, &(struct rig_sizes){.shards = 1});
    MR_ASSERT(world_run_until(s->w, is_up, &s->rig, LIMIT_S * SECOND) && rig_up(&s->rig));
    make_topic(s, COORD_GROUP);
    make_topic(s, COORD_TXN);
    MR_ASSERT(world_run_until(s->w, all_serve, s, LIMIT_S * SECOND));
    s->coords = coords_there(s, COORD_QUEUED);
}

/* ---- one input ---- */

struct load {
    struct mr_work work; /* on the shard */
    struct stand *s;
    struct mr_slice input;
    struct partition p; /* a second one with the log of the real one */
    struct coord *c;
    bool done;
};

static struct partition *partition_of(struct broker_shard *b, enum coord_kind kind)
{
    LIST_FOR(node, &b->coords->list)
    {
        struct coord *c = MR_CONTAINER(node, struct coord, link);
        if (c->kind == kind && c->state == COORD_SERVING)
            return c->p;
    }
    abort();
}

static struct mr_slice take(struct mr_slice *from, size_t len)
{
    struct mr_slice got = {from->ptr, mr_min(len, from->len)};
    from->ptr += got.len;
    from->len -= got.len;
    return got;
}

/* In an allocation of its own, so that a sanitizer sees what reads past it, or after the call. */
static struct mr_slice own_copy(struct mr_slice s)
{
    uint8_t *p = mem_alloc(mr_max(s.len, 1));
    MR_ASSERT(p != NULL);
    memcpy(p, s.ptr, s.len);
    return (struct mr_slice){p, s.len};
}

static int replay_next(struct coord *c, struct mr_slice *in, int64_t offset)
{
    uint8_t flags = take(in, 1).ptr[0];
    int64_t producer = 1 + (flags >> 4 & 3) % PRODUCERS;
    if (flags & FLAG_MARKER) {
        c->type->replay_marker(c, producer, flags & FLAG_COMMIT);
        return 0;
    }
    struct mr_slice lengths = take(in, 4);
    if (lengths.len < 4)
        return -MR_E_CORRUPT;
    struct mr_slice key = own_copy(take(in, mr_get16(lengths.ptr)));
    struct mr_slice value = own_copy(take(in, mr_get16(lengths.ptr + 2)));
    struct coord_record r = {.offset = offset,
                             .timestamp = 1000 + offset,
                             .producer_id = flags & FLAG_PLAIN ? KW_NO_PRODUCER_ID : producer,
                             .producer_epoch = 0,
                             .key = key,
                             .value = flags & FLAG_TOMBSTONE ? (struct mr_slice){NULL, 0} : value};
    int err = c->type->replay(c, &r);
    mem_free((void *)key.ptr);
    mem_free((void *)value.ptr);
    return err;
}

/* What it would write years later, when all of it has expired; not written. */
static void put_out(void *ctx, struct coord_entity *e)
{
    struct coord *c = e->coord;
    struct coord_op *op = &c->walk.op;
    int64_t later = coord_wall_ms(c) + INT64_C(100000000000);
    (void)ctx;
    if (c->type->wants_expiry == NULL || !c->type->wants_expiry(e, later))
        return;
    coord_op_init(op, NULL, NULL);
    op->coord = c;
    op->entity = e;
    op->several = true;
    coord_write_begin(op);
    c->all_of->current = op;
    c->type->expire_run(e, op, later);
    c->all_of->current = NULL;
    c->all_of->building = false;
}

static void load(struct mr_work *w)
{
    struct load *l = MR_CONTAINER(w, struct load, work);
    struct mr_slice in = l->input;
    enum coord_kind kind = take(&in, 1).ptr[0] & 1 ? COORD_TXN : COORD_GROUP;
    l->p = *partition_of(home(l->s), kind);
    list_init(&l->p.waits);
    list_init(&l->p.duplicates);
    list_init(&l->p.appends);
    list_init(&l->p.asking);
    work_init(&l->p.pump, NULL);
    struct coord *c = l->c = coord_new(home(l->s), &l->p, kind);
    MR_ASSERT(c != NULL);
    work_init(&c->load_work, NULL);
    c->state = COORD_LOADING;
    int err = 0;
    for (int64_t offset = 0; err == 0 && in.len > 0 && offset < RECORDS_MAX; offset++)
        err = replay_next(c, &in, offset);
    MR_ASSERT(err == 0 || err == -MR_E_CORRUPT || err == -MR_E_VERSION || err == -MR_E_LIMIT);
    if (err == 0) { /* as loaded() of coord_load.c */
        c->state = COORD_SERVING;
        LIST_FOR_SAFE(node, tmp, &c->all)
        {
            struct coord_entity *e = MR_CONTAINER(node, struct coord_entity, link);
            if (c->type->is_empty(e))
                coord_entity_drop(e);
        }
        c->type->loaded(c);
        coord_each(c, put_out, NULL);
    } else {
        coord_fail(c, KW_NOT_COORDINATOR, "it cannot be loaded");
    }
    l->done = true;
}

static void end(struct mr_work *w)
{
    struct load *l = MR_CONTAINER(w, struct load, work);
    coord_on_partition_gone(&l->p);
    l->done = true;
}

static bool is_done(void *ctx)
{
    return ((struct load *)ctx)->done;
}

static bool is_gone(void *ctx)
{
    struct load *l = ctx;
    return coords_there(l->s, COORD_QUEUED) == l->s->coords && l->p.pins == 0;
}

static void on_shard(struct load *l, void (*fn)(struct mr_work *w))
{
    l->done = false;
    work_init(&l->work, fn);
    shard_ready(l->s->rig.shards[0], &l->work);
    io_wake(l->s->rig.shards[0]->io);
    MR_ASSERT(world_run_until(l->s->w, is_done, l, LIMIT_S * SECOND));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct stand stand; /* of all inputs: a start takes longer than a thousand of them */
    if (size < 2)
        return 0;
    if (stand.w == NULL)
        stand_init(&stand);
    struct load l = {.s = &stand, .input = {data, size}};
    on_shard(&l, load);
    world_run_for(stand.w, SERVE_MS * MS);
    on_shard(&l, end);
    MR_ASSERT(world_run_until(stand.w, is_gone, &l, LIMIT_S * SECOND));
    MR_ASSERT(stand.rig.seats[0].up && all_serve(&stand));
    return 0;
}

/* ---- seeds ---- */

static const struct wt_struct *shape_of(const struct kw_message *info)
{
    for (size_t i = 0; i < MR_COUNT(wt_messages); i++) {
        if (wt_messages[i].info == info)
            return wt_messages[i].shape;
    }
    abort();
}

/* What most values say that a load takes: a state that is written, a protocol whose members say topics. */
static void make_sane(struct wt_random *rnd, struct mr_arena *a, const struct kw_coord_kind *kind,
                      void *message)
{
    if (kind->value == &kw_transaction_log_value_info) {
        struct kw_transaction_log_value *v = message;
        v->transaction_status = (int8_t)wt_below(rnd, 6);
        v->client_transaction_version = (int16_t)wt_below(rnd, 3);
        v->producer_epoch = (int16_t)wt_below(rnd, 10);
        v->transaction_timeout_ms = (int32_t)wt_below(rnd, 60);
        v->producer_id = (int64_t)wt_below(rnd, 9);
        for (int32_t i = 0; i < v->transaction_partitions_count; i++) {
            struct kw_transaction_log_value_topic *t = &v->transaction_partitions[i];
            t->topic = mr_str_of(coord_topic(COORD_GROUP));
            for (int32_t k = 0; k < t->partition_ids_count; k++)
                t->partition_ids[k] = (int32_t)wt_below(rnd, 2);
        }
    } else if (kind->value == &kw_group_metadata_value_info) {
        struct kw_group_metadata_value *v = message;
        struct mr_str topics[] = {MR_STR_LIT("t"), MR_STR_LIT("__consumer_offsets")};
        struct kw_consumer_protocol_subscription sub;
        struct kw_writer w;
        kw_consumer_protocol_subscription_init(&sub);
        sub.topics = topics;
        sub.topics_count = MR_COUNT(topics);
        kw_writer_init(&w, a, 0, 1000, false);
        kw_subscription_encode(&w, 3, &sub);
        v->protocol_type = MR_STR_LIT("consumer");
        for (int32_t i = 0; i < v->members_count; i++)
            v->members[i].subscription = (struct mr_slice){w.buf, w.len};
    } else if (kind->value == &kw_consumer_group_metadata_value_info) {
        ((struct kw_consumer_group_metadata_value *)message)->epoch = (int32_t)wt_below(rnd, 10);
    }
}

/* A value of few bytes, of this version. */
static struct mr_slice value_of(struct wt_random *rnd, struct mr_arena *a, const struct kw_coord_kind *kind,
                                int16_t version)
{
    for (;;) {
        struct kw_writer w;
        void *message = wt_alloc(a, kind->value->size);
        wt_fill(rnd, a, shape_of(kind->value), version, message);
        if (wt_below(rnd, 64) != 0)
            make_sane(rnd, a, kind, message);
        kw_writer_init(&w, a, 0, ARENA_BYTES, false);
        kw_coord_value_encode(&w, kind, version, message);
        if (w.err == 0 && w.len < 1500)
            return (struct mr_slice){w.buf, w.len};
    }
}

/* Keys name one group and one member, so that records concern each other. */
static size_t key_of(uint8_t *to, enum kw_coord_log log, int16_t type, uint32_t n)
{
    static const uint8_t offset[] = {0, 1, 'g', 0, 1, 't', 0, 0, 0, 1}, group[] = {0, 1, 'g'},
                         member[] = {0, 1, 'g', 0, 1, 'm'}, txn[] = {0, 1, 'x'};
    bool has_member = type == KW_GROUP_CONSUMER_MEMBER_METADATA || type == KW_GROUP_CONSUMER_TARGET_MEMBER ||
                      type == KW_GROUP_CONSUMER_CURRENT_MEMBER || type == KW_GROUP_CONSUMER_REGEX;
    bool has_offset = type == KW_GROUP_OFFSET_COMMIT_OLD || type == KW_GROUP_OFFSET_COMMIT;
    struct mr_slice rest = log == KW_COORD_TXNS ? (struct mr_slice){txn, sizeof(txn)}
                           : has_offset         ? (struct mr_slice){offset, sizeof(offset)}
                           : has_member         ? (struct mr_slice){member, sizeof(member)}
                                                : (struct mr_slice){group, sizeof(group)};
    mr_put16(to, (uint16_t)type);
    memcpy(to + 2, rest.ptr, rest.len);
    if (n % 4 == 3)
        to[2 + rest.len - 1] ^= 1; /* another member, name or partition */
    return 2 + rest.len;
}

/* Records of every type in turn, as many as fit, with values of the version that is asked for where there is
 * one. */
size_t fuzz_seed(uint32_t i, uint8_t *to, size_t cap)
{
    enum { VARIANTS = 120, SEED_BYTES = 6000 };
    static const int16_t order[] = {KW_GROUP_CONSUMER_METADATA,
                                    KW_GROUP_CONSUMER_MEMBER_METADATA,
                                    KW_GROUP_CONSUMER_TARGET_METADATA,
                                    KW_GROUP_CONSUMER_TARGET_MEMBER,
                                    KW_GROUP_CONSUMER_CURRENT_MEMBER,
                                    KW_GROUP_CONSUMER_REGEX,
                                    KW_GROUP_OFFSET_COMMIT,
                                    KW_GROUP_METADATA,
                                    KW_GROUP_CONSUMER_PARTITION_METADATA,
                                    KW_GROUP_OFFSET_COMMIT_OLD};
    if (i >= VARIANTS)
        return 0;
    struct wt_random rnd = {.state = i};
    struct mr_arena a;
    arena_init(&a, 64 << 20);
    enum kw_coord_log log = i % 3 == 2 ? KW_COORD_TXNS : KW_COORD_GROUPS;
    size_t len = 0, most = mr_min(cap, SEED_BYTES);
    to[len++] = log == KW_COORD_TXNS;
    for (uint32_t n = 0; n < 14; n++) {
        int16_t type = log == KW_COORD_TXNS ? KW_TXN_LOG : order[(n + (i % 2) * i) % MR_COUNT(order)];
        const struct kw_coord_kind *kind = kw_coord_kind(log, type);
        int16_t span = (int16_t)(kind->value->v_max - kind->value->v_min + 1);
        struct mr_slice value =
            value_of(&rnd, &a, kind, (int16_t)(kind->value->v_min + (i / 3 + n) % (uint32_t)span));
        if (len + 64 + value.len > most)
            break;
        uint32_t dice = wt_below(&rnd, 12);
        uint8_t flags = (uint8_t)((dice == 0 ? FLAG_TOMBSTONE : 0) | (dice > 3 ? FLAG_PLAIN : 0) |
                                  wt_below(&rnd, 3) << 4);
        size_t key = key_of(to + len + 5, log, type, i % 5 == 0 ? n : 0);
        to[len] = flags;
        mr_put16(to + len + 1, (uint16_t)key);
        mr_put16(to + len + 3, (uint16_t)value.len);
        memcpy(to + len + 5 + key, value.ptr, value.len);
        len += 5 + key + value.len;
        if (dice < 2)
            to[len++] = (uint8_t)(FLAG_MARKER | (dice == 0 ? FLAG_COMMIT : 0) | wt_below(&rnd, 3) << 4);
    }
    arena_done(&a);
    return len;
}
