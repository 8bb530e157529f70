/* Committed offsets on whole brokers that are killed, lose power and change their number of shards: what was
 * answered is there again, nothing comes back that was never committed, what a transaction commits counts
 * with its marker, and a log that is compacted all the time says the same as one that is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/broker/controller.h"
#include "core/broker/coord_priv.h"
#include "core/broker/group_coord.h"
#include "core/broker/internal_topic.h"
#include "core/broker/txn_mark.h"
#include "storage/compact.h"
#include "tests/sim/lives.h"

enum { GROUPS = 12, PLACES = 4, LIVES = 6, COMMITS_MAX = 60, SEGMENT_BYTES = 16384 };
/* Of all logs: 48 values of 400 bytes on the average, markers, and the segments that are appended to. */
enum { LIVE_BYTES_MAX = 250000 };
#define MS UINT64_C(1000000)
#define SECOND UINT64_C(1000000000)
#define TOPIC MR_STR_LIT("__consumer_offsets")

/* One client of one group: commits rising offsets for some of its partitions, one request after the other,
 * some of them in a transaction that it ends later, and now and then forgets one. */
struct client {
    struct scene *s;
    struct mr_work work;
    struct mr_shard *at; /* where its group lives now */
    char name[16];
    char metadata[3000];
    int64_t next;
    /* What the broker must say: one of these, for each partition. 0: nothing is committed. */
    int64_t acked[PLACES];
    int64_t tried[PLACES]; /* of a request whose answer never came; -1: none, -2: that it is forgotten */
    /* What its open transaction will commit for each partition, 0: nothing; an answer may be missing. What
     * was committed after that without a transaction stays. */
    int64_t pending[PLACES];
    bool pending_tried[PLACES], passed[PLACES];
    bool end_tried, end_commits; /* the marker's answer never came */
    bool busy, forgetting;
    union {
        struct group_commit commit;
        struct group_forget forget;
        struct txn_mark mark;
    } u;
    struct group_commit_item items[PLACES];
    struct group_forget_item gone;
    uint32_t done;
};

struct scene {
    struct lives l;
    struct client clients[GROUPS];
    bool checking;
    uint32_t to_check;
    uint64_t acks, refused, records, bytes;
};

static bool place(struct client *c, struct part_key *ret)
{
    return coord_place(broker_of(c->s->l.rig.shards[0]), COORD_GROUP, mr_str_of(c->name), ret);
}

static bool in_txn(const struct client *c)
{
    bool any = false;
    for (int32_t p = 0; p < PLACES; p++)
        any = any || c->pending[p] != 0;
    return any;
}

static bool has_more(const struct client *c)
{
    return c->done < COMMITS_MAX || in_txn(c);
}

static void go_on(struct client *c)
{
    c->busy = false;
    if (has_more(c))
        shard_ready(c->at, &c->work);
}

static void committed(struct group_commit *g, enum kw_error error)
{
    struct client *c = MR_CONTAINER(g, struct client, u.commit);
    if (error == KW_NOT_COORDINATOR)
        return; /* the end of a life: nobody knows */
    for (uint32_t i = 0; i < g->count; i++) {
        int32_t p = g->items[i].partition;
        if (g->op.producer_id != -1) {
            c->pending[p] = error == KW_NONE ? g->items[i].offset : 0;
            c->pending_tried[p] = false;
            continue;
        }
        if (error == KW_NONE)
            c->acked[p] = g->items[i].offset;
        c->passed[p] = c->passed[p] || (error == KW_NONE && c->pending[p] != 0);
        c->tried[p] = -1;
    }
    c->s->acks += error == KW_NONE;
    c->s->refused += error != KW_NONE;
    seed_check(c->s->l.res, error == KW_NONE || error == KW_COORDINATOR_LOAD_IN_PROGRESS, "a commit gets %d",
               error);
    go_on(c);
}

static void forgotten(struct group_forget *g, enum kw_error error)
{
    struct client *c = MR_CONTAINER(g, struct client, u.forget);
    if (error == KW_NOT_COORDINATOR)
        return;
    if (error == KW_NONE)
        c->acked[g->items[0].partition] = 0;
    c->tried[g->items[0].partition] = -1;
    seed_check(c->s->l.res,
               error == KW_NONE || error == KW_COORDINATOR_LOAD_IN_PROGRESS || error == KW_GROUP_ID_NOT_FOUND,
               "forgetting gets %d", error);
    go_on(c);
}

/* The transaction is over. */
static void ended_txn(struct client *c, bool commits)
{
    for (int32_t p = 0; p < PLACES; p++) {
        if (commits && c->pending[p] != 0 && !c->passed[p])
            c->acked[p] = c->pending[p];
        c->pending[p] = 0;
        c->passed[p] = false;
    }
    c->end_tried = false;
}

static void marked(struct txn_mark *m)
{
    struct client *c = MR_CONTAINER(m, struct client, u.mark);
    if (m->error == KW_NOT_COORDINATOR)
        return;
    c->end_tried = false;
    if (m->error == KW_NONE)
        ended_txn(c, m->commit);
    seed_check(c->s->l.res, m->error == KW_NONE || m->error == KW_COORDINATOR_LOAD_IN_PROGRESS,
               "a marker gets %d", m->error);
    go_on(c);
}

static void end_txn(struct client *c, struct part_key key)
{
    c->end_tried = true;
    c->end_commits = rng_below(&c->s->l.rng, 4) != 0;
    c->u.mark = (struct txn_mark){.key = key,
                                  .producer_id = 100 + (c - c->s->clients),
                                  .commit = c->end_commits,
                                  .done = marked};
    txn_mark(broker_of(c->at), &c->u.mark);
}

static void commit(struct client *c, struct part_key key)
{
    struct rng *r = &c->s->l.rng;
    bool txn = rng_below(r, 3) == 0;
    group_commit_init(&c->u.commit, committed);
    c->u.commit.items = c->items;
    c->u.commit.retention_ms = rng_below(r, 8) == 0 ? INT64_MAX : -1; /* passed long ago: nobody looks */
    if (txn) {
        c->u.commit.op.producer_id = 100 + (c - c->s->clients);
        c->u.commit.op.producer_epoch = 0;
    }
    for (int32_t p = 0; p < PLACES; p++) {
        if (rng_below(r, 2) == 0 && c->u.commit.count + p + 1 < PLACES)
            continue;
        if (txn && c->pending[p] != 0)
            continue; /* once in a transaction */
        if (txn) {
            c->pending[p] = ++c->next;
            c->pending_tried[p] = true;
        } else {
            c->tried[p] = ++c->next;
        }
        c->items[c->u.commit.count++] = (struct group_commit_item){
            .topic = MR_STR_LIT("t"),
            .partition = p,
            .offset = c->next,
            .leader_epoch = -1,
            .metadata = {c->metadata, rng_below(r, 4) == 0 ? rng_below(r, sizeof(c->metadata)) : 0},
        };
    }
    group_commit_submit(broker_of(c->at), key, mr_str_of(c->name), &c->u.commit);
}

static void forget(struct client *c, struct part_key key)
{
    int32_t p = (int32_t)rng_below(&c->s->l.rng, PLACES);
    if (c->pending[p] != 0) { /* would be forgotten, too: not this time */
        commit(c, key);
        return;
    }
    c->tried[p] = -2;
    c->gone = (struct group_forget_item){.topic = MR_STR_LIT("t"), .partition = p};
    c->u.forget = (struct group_forget){.items = &c->gone, .count = 1, .done = forgotten};
    group_forget_submit(broker_of(c->at), key, mr_str_of(c->name), &c->u.forget);
}

/* What the end of the life before left open. */
static void look_at_txn(struct client *c, const struct group_entity *g)
{
    bool open = false;
    for (int32_t p = 0; p < PLACES; p++) {
        bool is = g != NULL && group_offsets_pending(&g->offsets, MR_STR_LIT("t"), p);
        open = open || is;
        if (c->pending_tried[p] && !is)
            c->pending[p] = 0;
        c->pending_tried[p] = false;
        seed_check(c->s->l.res, is == (c->pending[p] != 0) || (c->end_tried && !is), "%s-%d is %spending",
                   c->name, p, is ? "" : "not ");
    }
    if (c->end_tried && !open)
        ended_txn(c, c->end_commits);
    c->end_tried = false;
}

/* Every answer is one that may be. */
static void look(struct client *c, struct part_key key)
{
    struct scene *s = c->s;
    struct coord *coord;
    enum kw_error error = coord_find(broker_of(c->at), COORD_GROUP, key, &coord);
    if (error == KW_COORDINATOR_LOAD_IN_PROGRESS) {
        shard_ready(c->at, &c->work);
        return;
    }
    s->to_check--;
    if (!seed_check(s->l.res, error == KW_NONE, "no coordinator after the start: %d", error))
        return;
    const struct group_entity *g = group_find(coord, mr_str_of(c->name));
    look_at_txn(c, g);
    for (int32_t p = 0; p < PLACES; p++) {
        const struct group_offset *v = g != NULL ? group_offsets_get(&g->offsets, MR_STR_LIT("t"), p) : NULL;
        int64_t is = v != NULL ? v->offset : 0, tried = c->tried[p] == -2 ? 0 : c->tried[p];
        seed_check(s->l.res, is == c->acked[p] || is == tried,
                   "%s-%d is %lld, acknowledged was %lld, tried %lld", c->name, p, (long long)is,
                   (long long)c->acked[p], (long long)c->tried[p]);
        c->passed[p] = c->passed[p] || (c->pending[p] != 0 && is != c->acked[p]);
        c->acked[p] = is;
        c->tried[p] = -1;
    }
}

static void client_run(struct mr_work *w)
{
    struct client *c = MR_CONTAINER(w, struct client, work);
    struct part_key key;
    if (!place(c, &key))
        return;
    if (c->s->checking) {
        look(c, key);
        return;
    }
    c->busy = true;
    c->done++;
    if (in_txn(c) && (rng_below(&c->s->l.rng, 3) == 0 || c->done > COMMITS_MAX))
        end_txn(c, key);
    else if (rng_below(&c->s->l.rng, 10) == 0)
        forget(c, key);
    else
        commit(c, key);
}

static void wake_clients(struct scene *s)
{
    for (uint32_t i = 0; i < GROUPS; i++) {
        struct client *c = &s->clients[i];
        struct part_key key;
        if (!seed_check(s->l.res, place(c, &key), "the topic does not stand"))
            return;
        c->at = s->l.rig.shards[placement_shard(key, s->l.sizes.shards)];
        c->done = 0;
        c->busy = false;
        work_init(&c->work, client_run);
        shard_ready(c->at, &c->work);
        io_wake(c->at->io);
    }
}

/* ---- the broker ---- */

struct making {
    struct ctl_command c;
    struct mr_arena arena;
    struct ctl_topic topic;
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

static void make_topic(struct scene *s)
{
    struct making m = {.done = false};
    arena_init(&m.arena, 1 << 20);
    m.c = (struct ctl_command){
        .kind = CTL_CREATE_TOPICS, .count = 1, .u.topics = &m.topic, .arena = &m.arena, .done = made};
    struct config_view v = broker_config_view(broker_of(s->l.rig.shards[0]));
    m.topic.name = TOPIC;
    seed_check(s->l.res, internal_topic_shape(&v, &m.arena, &m.topic) == 0, "no memory");
    controller_submit(s->l.rig.shards[0], &m.c);
    io_wake(s->l.rig.shards[0]->io);
    bool came = lives_run_until(&s->l, is_made, &m, 100 * SECOND);
    seed_check(s->l.res, came && m.c.error == KW_NONE && m.topic.result.error == KW_NONE,
               "the topic is not made");
    arena_done(&m.arena);
}

static bool checked(void *ctx)
{
    const struct scene *s = ctx;
    return s->to_check == 0;
}

static bool all_done(void *ctx)
{
    const struct scene *s = ctx;
    for (uint32_t i = 0; i < GROUPS; i++) {
        if (s->clients[i].busy || has_more(&s->clients[i]))
            return !lives_ok(&s->l);
    }
    return true;
}

static void check(struct scene *s)
{
    s->checking = true;
    s->to_check = GROUPS;
    wake_clients(s);
    bool came = lives_run_until(&s->l, checked, s, 100 * SECOND);
    seed_check(s->l.res, came, "the coordinators do not load");
    s->checking = false;
}

/* Do the logs hold little that a pass would look at? */
static bool compacted(void *ctx)
{
    struct scene *s = ctx;
    const struct image_topic *t = image_topic(broker_of(s->l.rig.shards[0])->image, TOPIC);
    bool all = t != NULL;
    s->records = s->bytes = 0;
    for (int32_t i = 0; t != NULL && i < t->partition_count; i++) {
        struct part_key key = {t->id, i};
        struct broker_shard *b = broker_of(s->l.rig.shards[placement_shard(key, s->l.sizes.shards)]);
        struct partition *p = partition_find(b, key);
        struct plog_dirt d;
        plog_dirt(p->log, partition_last_stable(p), 0, 0, &d);
        /* Beside the segment that is appended to. While a pass puts its result in place nothing is clean. */
        all = all && plog_bytes(p->log) <= 2 * SEGMENT_BYTES + d.clean_bytes * 3 / 2;
        s->records += (uint64_t)plog_append_end(p->log);
        s->bytes += plog_bytes(p->log);
    }
    return all;
}

/* Without compaction they would hold hundreds of KiB each. */
static void check_compacted(struct scene *s)
{
    bool came = lives_run_until(&s->l, compacted, s, 100 * SECOND);
    seed_check(s->l.res, came, "the logs are not compacted");
    seed_check(s->l.res, s->bytes < LIVE_BYTES_MAX, "the logs of %llu records have %llu bytes",
               (unsigned long long)s->records, (unsigned long long)s->bytes);
}

static bool admin_over(void *ctx)
{
    return kclient_over(&((const struct scene *)ctx)->l.admin.client);
}

static void scenario(uint64_t seed, struct seed_result *res)
{
    static const char *const overrides[] = {"offsets.topic.num.partitions=3", LIVES_COMPACTED("16384")};
    struct scene *s = calloc(1, sizeof(*s));
    lives_init(&s->l, seed, res, overrides, MR_COUNT(overrides), 1);
    for (uint32_t i = 0; i < GROUPS; i++) {
        struct client *c = &s->clients[i];
        c->s = s;
        snprintf(c->name, sizeof(c->name), "group-%u", i);
        memset(c->metadata, 'm', sizeof(c->metadata));
        for (int32_t p = 0; p < PLACES; p++)
            c->tried[p] = -1;
    }
    lives_begin(&s->l, false); /* who asks here cannot tell that a coordinator has failed */
    if (lives_ok(&s->l))
        make_topic(s);
    for (uint32_t life = 1; lives_ok(&s->l) && life <= LIVES; life++) {
        check(s);
        if (!lives_ok(&s->l))
            break;
        wake_clients(s);
        if (life == LIVES) {
            bool came = lives_run_until(&s->l, all_done, s, 100 * SECOND);
            seed_check(res, came, "the commits do not come to an end");
            check_compacted(s);
        } else {
            lives_run(&s->l, rng_below(&s->l.rng, 400 * MS));
        }
        lives_next(&s->l, false);
    }
    if (lives_ok(&s->l)) {
        check(s);
        seed_check(res, s->acks > GROUPS * (COMMITS_MAX / 2), "only %llu commits",
                   (unsigned long long)s->acks);
    }
    lives_end(&s->l);
    bool over = world_run_until(s->l.w, admin_over, s, 60 * SECOND);
    MR_ASSERT(over);
    lives_done(&s->l);
    free(s);
}

static void committed_offsets_survive(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_offsets", 1, 25, scenario), 0);
}

/* ---- a coordinator that ends ---- */

enum { FILLERS = 64, FILLER_BYTES = 900000 };

struct ending {
    struct scene s;
    struct mr_work work;
    struct filler {
        struct coord_op op;
        char name[16];
    } fillers[FILLERS];
    struct coord_op first, second;
    uint32_t runs, dones;
    enum kw_error error; /* of the second */
    bool over;
};

static void put_filler(struct coord_op *op)
{
    static const uint8_t key[] = {0x7f, 0x00, 1}, value[FILLER_BYTES]; /* of a type that nobody knows */
    coord_put(op, (struct mr_slice){key, sizeof(key)}, (struct mr_slice){value, sizeof(value)});
}
static void filler_done(struct coord_op *op, enum kw_error error)
{
    (void)op;
    (void)error;
}

static void second_run(struct coord_op *op)
{
    MR_CONTAINER(op, struct ending, second)->runs++;
}
static void second_done(struct coord_op *op, enum kw_error error)
{
    struct ending *x = MR_CONTAINER(op, struct ending, second);
    x->dones++;
    x->error = error;
}

/* The journal has no room for the first event's record, so it waits, and the second one behind it; then the
 * coordinator ends. */
static void end_amid_events(struct mr_work *w)
{
    struct ending *x = MR_CONTAINER(w, struct ending, work);
    struct broker_shard *b = broker_of(x->s.l.rig.shards[0]);
    struct part_key key;
    struct coord *c = NULL;
    if (!coord_place(b, COORD_GROUP, MR_STR_LIT("g"), &key) ||
        coord_find(b, COORD_GROUP, key, &c) != KW_NONE) {
        shard_ready(b->shard, w); /* it is still being loaded */
        return;
    }
    for (uint32_t i = 0; i < FILLERS && list_empty(&c->waiting); i++) {
        struct filler *f = &x->fillers[i];
        snprintf(f->name, sizeof(f->name), "filler-%u", i);
        coord_op_init(&f->op, put_filler, filler_done);
        coord_submit(b, COORD_GROUP, key, mr_str_of(f->name), &f->op);
    }
    seed_check(x->s.l.res, !list_empty(&c->waiting), "the journal never fills");
    coord_op_init(&x->first, put_filler, filler_done);
    coord_submit(b, COORD_GROUP, key, MR_STR_LIT("g"), &x->first);
    coord_op_init(&x->second, second_run, second_done);
    coord_submit(b, COORD_GROUP, key, MR_STR_LIT("g"), &x->second);
    seed_check(x->s.l.res, x->runs == 0 && x->dones == 0, "the second did not wait");
    coords_stop(b);
    x->over = true;
}

static bool is_over(void *ctx)
{
    return ((struct ending *)ctx)->over;
}

static bool settled(void *ctx)
{
    return rig_up(ctx) || rig_ended(ctx);
}
static bool ended(void *ctx)
{
    return rig_ended(ctx);
}

static void ending_scenario(uint64_t seed, struct seed_result *res)
{
    static const char *const overrides[] = {"offsets.topic.num.partitions=1"};
    struct world_options o = world_options_from_seed(seed);
    o.read_error_ppm = o.write_error_ppm = o.flush_error_ppm = o.meta_error_ppm = 0;
    o.stuck_ppm = 0;
    o.disk_bytes = UINT64_C(4) << 30;
    struct ending *x = calloc(1, sizeof(*x));
    struct scene *s = &x->s;
    s->l.w = world_new(seed, &o);
    s->l.res = res;
    rng_seed(&s->l.rng, seed, 77);
    rig_init(&s->l.rig, s->l.w, overrides, MR_COUNT(overrides), res);
    s->l.sizes = (struct rig_sizes){.shards = 1};
    rig_start(&s->l.rig, &s->l.sizes);
    bool came = world_run_until(s->l.w, settled, &s->l.rig, 300 * SECOND);
    if (seed_check(res, came && rig_up(&s->l.rig), "the broker does not come up"))
        make_topic(s);
    if (lives_ok(&s->l)) {
        work_init(&x->work, end_amid_events);
        shard_ready(s->l.rig.shards[0], &x->work);
        io_wake(s->l.rig.shards[0]->io);
        came = world_run_until(s->l.w, is_over, x, 100 * SECOND);
        seed_check(res, came && x->runs == 0 && x->dones == 1 && x->error == KW_NOT_COORDINATOR,
                   "the second event: %u runs, %u dones, error %d", x->runs, x->dones, x->error);
    }
    rig_stop(&s->l.rig);
    came = world_run_until(s->l.w, ended, &s->l.rig, 300 * SECOND);
    seed_check(res, came, "the broker does not stop");
    (void)rig_reap(&s->l.rig, NULL, 0);
    res->trace = world_trace_hash(s->l.w);
    rig_done(&s->l.rig);
    world_free(s->l.w);
    free(x);
}

static void an_ended_coordinator_begins_no_event(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_offsets", 1, 2, ending_scenario), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(committed_offsets_survive),
        cmocka_unit_test(an_ended_coordinator_begins_no_event),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
