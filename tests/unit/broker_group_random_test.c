/* A classic group among clients that come, go, hang, return under old ids and lie, with writes that take
 * their time or are refused, and crashes that keep any part of what was not acknowledged. What must hold:
 *
 *   every request is answered exactly once; while one waits there is a deadline or a write to wait for
 *   in one generation a slot is told to one member only, whatever crashes lie between
 *   generations that were told never come again as another's
 *   once faults stop, all who behave are in a Stable group, and slots are shared among them
 *   when all have gone, so has the memory
 *
 * MR_SEEDS=N runs one seed, MR_SEEDS=A-B those. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/broker/group.h"
#include "core/mem.h"
#include "net/wire/kw_error.h"
#include "tests/sim/rng.h"

enum {
    CLIENTS = 10,
    SLOTS = 6,
    STEPS = 10000,
    GENERATIONS_MAX = 8192,
    WRITES_MAX = 256,
    ID_BYTES = 64,
    LISTED_MAX = 64,
    SEEDS = 500,
};

enum waits { WAITS_NOT, WAITS_JOIN, WAITS_SYNC };

struct client {
    char id[ID_BYTES]; /* "" before it has one */
    char old_id[ID_BYTES];
    char instance[8]; /* "": dynamic */
    int32_t generation;
    bool leads, joined, stable; /* joined: may sync; stable: has its slots */
    bool alive;
    enum waits waits;
    uint64_t turn; /* a request of an earlier life is not this one's */
    int64_t beat_ms;
    uint32_t slots; /* a bit each */
    uint8_t protocols;
    int listed_count;
    char listed[LISTED_MAX][ID_BYTES]; /* the members, when it leads */
};

struct request {
    struct client *from; /* NULL: a leave */
    uint64_t turn;
    int32_t generation; /* of a sync */
    struct group_leaver leavers[3];
    enum waits kind;
    struct request *next; /* of those that wait */
    bool answered;
};

struct written {
    uint64_t token;
    uint8_t *value;
    size_t len;
};

struct run {
    struct group *g;
    struct group_turn turn;
    struct group_limits limits;
    struct mr_arena arena;
    struct rng rng;
    int64_t now_ms;
    struct client clients[CLIENTS];
    uint64_t turns;
    uint32_t waiting; /* requests */
    struct request *requests;
    struct written writes[WRITES_MAX]; /* under way, the oldest first */
    uint32_t write_count;
    uint8_t *stable; /* the last record that is */
    size_t stable_len;
    char owner[GENERATIONS_MAX][SLOTS][ID_BYTES]; /* who was told; of static members the instance */
    int32_t generation;                           /* the newest that anyone was told of as Stable */
    uint32_t client_count;                        /* that take part */
    uint32_t settle, misbehave, stroll;           /* of a thousand steps; how long a stroll is, ms */
    uint64_t told;                                /* slots, in all */
    bool calm;                                    /* no faults, no lies */
    bool over;                                    /* the group is being unloaded */
};

static bool chance(struct run *r, uint32_t percent)
{
    return rng_below(&r->rng, 100) < percent;
}

static struct run *run_of(struct group_turn *t)
{
    return MR_CONTAINER(t, struct run, turn);
}

static struct request *request_new(struct run *r, struct client *from, enum waits kind)
{
    struct request *q = mem_zalloc(1, sizeof(*q));
    assert_non_null(q);
    *q = (struct request){.from = from,
                          .turn = from != NULL ? from->turn : 0,
                          .kind = kind,
                          .next = r->requests};
    r->requests = q;
    r->waiting++;
    return q;
}

static struct client *answered(struct run *r, struct request *q)
{
    assert_false(q->answered);
    q->answered = true;
    r->waiting--;
    /* The client may have died, been born again, or given up this request. */
    if (q->from == NULL || !q->from->alive || q->from->turn != q->turn || q->from->waits != q->kind)
        return NULL;
    q->from->waits = WAITS_NOT;
    return q->from;
}

static void put_id(char *dst, struct mr_str id)
{
    snprintf(dst, ID_BYTES, "%.*s", MR_STR(id));
}

static void start_over(struct client *c, bool with_id)
{
    if (!with_id && c->id[0] != '\0')
        memcpy(c->old_id, c->id, sizeof(c->id));
    if (!with_id)
        c->id[0] = '\0';
    c->joined = c->stable = c->leads = false;
    c->slots = 0;
}

static void on_joined(struct group_turn *t, const struct group *g, void *req,
                      const struct group_join_answer *a)
{
    struct run *r = run_of(t);
    struct client *c = answered(r, req);
    struct group_member_view m;
    uint32_t at = 0;
    if (c == NULL)
        return;
    switch (a->error) {
    case KW_NONE:
        put_id(c->id, a->member_id);
        c->joined = true;
        c->stable = false;
        c->slots = 0;
        c->generation = a->generation;
        c->leads = mr_str_eq(a->leader, a->member_id) && !a->skip_assignment;
        c->beat_ms = r->now_ms;
        c->listed_count = 0;
        while (a->with_members && group_next_member(g, &at, &m)) {
            assert_true(c->listed_count < LISTED_MAX);
            put_id(c->listed[c->listed_count++], m.member_id);
        }
        assert_true(a->with_members == (c->leads || a->skip_assignment));
        return;
    case KW_MEMBER_ID_REQUIRED:
        put_id(c->id, a->member_id);
        return;
    case KW_REBALANCE_IN_PROGRESS:
    case KW_COORDINATOR_NOT_AVAILABLE:
    case KW_NOT_COORDINATOR:
        return;
    case KW_UNKNOWN_MEMBER_ID:
    case KW_FENCED_INSTANCE_ID:
    case KW_GROUP_MAX_SIZE_REACHED:
    case KW_UNKNOWN_SERVER_ERROR:
    case KW_INCONSISTENT_GROUP_PROTOCOL:
        start_over(c, false);
        return;
    default:
        fail_msg("a join got %d", a->error);
    }
}

static void own(struct run *r, const struct client *c, int32_t generation, struct mr_slice slots)
{
    char who[ID_BYTES];
    put_id(who, mr_str_of(c->id));
    if (who[0] == 'i') /* made of the instance's name: its ids follow each other */
        who[strcspn(who, "-")] = '\0';
    assert_true(generation >= 0 && generation < GENERATIONS_MAX);
    for (size_t i = 0; i < slots.len; i++) {
        r->told++;
        char *owner = r->owner[generation][slots.ptr[i] - '0'];
        if (owner[0] == '\0')
            memcpy(owner, who, sizeof(who));
        else if (strcmp(owner, who) != 0)
            fail_msg("slot %c of generation %d was told to %s and to %s", slots.ptr[i], generation, owner,
                     who);
    }
}

static void on_synced(struct group_turn *t, const struct group *g, void *req,
                      const struct group_sync_answer *a)
{
    struct run *r = run_of(t);
    struct client *c = answered(r, req);
    int32_t generation;
    (void)g;
    if (c == NULL)
        return;
    switch (a->error) {
    case KW_NONE:
        generation = ((const struct request *)req)->generation;
        own(r, c, generation, a->assignment);
        if (generation < r->generation && r->calm)
            fail_msg("generation %d after %d", generation, r->generation);
        r->generation = (int32_t)mr_imax(r->generation, generation);
        if (generation != c->generation) { /* it guessed */
            start_over(c, true);
            return;
        }
        c->stable = true;
        c->beat_ms = r->now_ms;
        for (size_t i = 0; i < a->assignment.len; i++)
            c->slots |= 1u << (a->assignment.ptr[i] - '0');
        return;
    case KW_REBALANCE_IN_PROGRESS:
    case KW_COORDINATOR_NOT_AVAILABLE:
    case KW_NOT_COORDINATOR:
    case KW_ILLEGAL_GENERATION:
    case KW_UNKNOWN_SERVER_ERROR:
        start_over(c, true);
        return;
    case KW_UNKNOWN_MEMBER_ID:
    case KW_FENCED_INSTANCE_ID:
        start_over(c, false);
        return;
    default:
        fail_msg("a sync got %d", a->error);
    }
}

static void on_left(struct group_turn *t, const struct group *g, void *req, int16_t error)
{
    (void)g;
    (void)error;
    (void)answered(run_of(t), req);
}

static void on_write(struct group_turn *t, const struct group *g, uint64_t token, struct mr_slice key,
                     struct mr_slice value)
{
    struct run *r = run_of(t);
    (void)g;
    (void)key;
    assert_true(r->write_count < WRITES_MAX && !r->over);
    struct written *w = &r->writes[r->write_count++];
    *w = (struct written){token, mem_alloc(value.len), value.len};
    memcpy(w->value, value.ptr, value.len);
}

/* ---- the log ---- */

static struct written take_oldest(struct run *r)
{
    struct written w = r->writes[0];
    memmove(r->writes, r->writes + 1, (size_t)--r->write_count * sizeof(w));
    return w;
}

static void becomes_stable(struct run *r, struct written w)
{
    mem_free(r->stable);
    r->stable = w.value;
    r->stable_len = w.len;
}

static void group_make(struct run *r)
{
    assert_int_equal(group_new(MR_STR_LIT("g"), r->now_ms, &r->g), 0);
}

static void settle_one(struct run *r)
{
    if (r->write_count == 0)
        return;
    struct written w = take_oldest(r);
    uint64_t token = w.token;
    int16_t error = !r->calm && chance(r, 5) ? KW_MESSAGE_TOO_LARGE : KW_NONE;
    if (error == KW_NONE)
        becomes_stable(r, w);
    else
        mem_free(w.value);
    uint32_t before = r->write_count;
    group_written(r->g, &r->turn, token, error);
    assert_int_equal(r->write_count, before);
    if (group_void(r->g)) { /* its first record was refused */
        while (r->write_count > 0) {
            w = take_oldest(r);
            group_written(r->g, &r->turn, w.token, KW_MESSAGE_TOO_LARGE);
            mem_free(w.value);
        }
        group_free(r->g);
        group_make(r);
    }
}

/* Some of what is under way is in the log, the rest never was. */
static void crash(struct run *r)
{
    uint64_t keep = rng_below(&r->rng, r->write_count + 1);
    r->over = true;
    while (r->write_count > 0) {
        struct written w = take_oldest(r);
        if (keep > 0) {
            keep--;
            becomes_stable(r, w);
        } else {
            mem_free(w.value);
        }
    }
    for (uint32_t i = 0; i < r->client_count; i++) /* no answer reaches them: they ask again */
        r->clients[i].turn = ++r->turns, r->clients[i].waits = WAITS_NOT;
    group_unload(r->g, &r->turn, KW_NOT_COORDINATOR);
    group_free(r->g);
    r->over = false;
    group_make(r);
    if (r->stable == NULL)
        return;
    assert_int_equal(group_load(r->g, (struct mr_slice){r->stable, r->stable_len}), 0);
    group_loaded(r->g, &r->turn);
}

/* ---- clients ---- */

static void do_join(struct run *r, struct client *c, const char *id)
{
    static const struct group_protocol all[] = {
        {MR_STR_LIT("x"), {(const uint8_t *)"1", 1}},
        {MR_STR_LIT("y"), {(const uint8_t *)"12", 2}},
        {MR_STR_LIT("z"), {(const uint8_t *)"123", 3}},
    };
    struct group_join in = {
        .member_id = mr_str_of(id),
        .instance_id = mr_str_of(c->instance[0] != '\0' ? c->instance : NULL),
        .client_id = MR_STR_LIT("c"),
        .client_host = MR_STR_LIT("/h"),
        .session_timeout_ms = c->protocols & 8 ? 10000 : 40000,
        .rebalance_timeout_ms = c->protocols & 8 ? 20000 : 5000,
        .protocol_type = MR_STR_LIT("consumer"),
        .protocols = all + (c->protocols & 1),
        .protocol_count = 2,
        .id_required = (c->protocols & 2) != 0,
        .skip_assignment_known = (c->protocols & 4) != 0,
    };
    mr_put64(in.fresh.bytes, rng_next(&r->rng));
    c->waits = WAITS_JOIN;
    c->joined = c->stable = false;
    c->slots = 0;
    c->turn = ++r->turns;
    group_join(r->g, &r->turn, request_new(r, c, WAITS_JOIN), &in);
}

static void do_sync(struct run *r, struct client *c, int32_t generation)
{
    struct group_assignment out[LISTED_MAX];
    char text[LISTED_MAX][SLOTS];
    size_t lens[LISTED_MAX] = {0};
    struct group_sync in = {
        .member_id = mr_str_of(c->id),
        .instance_id = mr_str_of(c->instance[0] != '\0' ? c->instance : NULL),
        .generation = generation,
        .assignments = out,
    };
    if (c->leads && c->listed_count > 0) {
        for (char slot = '0'; slot < '0' + SLOTS; slot++) {
            uint64_t to = rng_below(&r->rng, (uint64_t)c->listed_count);
            text[to][lens[to]++] = slot;
        }
        for (int i = 0; i < c->listed_count; i++)
            out[in.assignment_count++] =
                (struct group_assignment){mr_str_of(c->listed[i]), {(const uint8_t *)text[i], lens[i]}};
    }
    c->waits = WAITS_SYNC;
    c->turn = ++r->turns;
    struct request *q = request_new(r, c, WAITS_SYNC);
    q->generation = generation;
    group_sync(r->g, &r->turn, q, &in);
}

static void do_leave(struct run *r, struct client *c)
{
    struct request *q = request_new(r, NULL, WAITS_NOT);
    q->leavers[0].member_id = mr_str_of(c->id);
    if (c->instance[0] != '\0') {
        q->leavers[0].instance_id = mr_str_of(c->instance);
        if (chance(r, 50))
            q->leavers[0].member_id = MR_STR_LIT("");
    }
    q->leavers[1].member_id = MR_STR_LIT("nobody");
    group_leave(r->g, &r->turn, q, q->leavers, 2);
    c->alive = false;
    c->turn = ++r->turns;
}

static void do_beat(struct run *r, struct client *c)
{
    int16_t error = group_heartbeat(r->g, &r->turn, mr_str_of(c->id),
                                    mr_str_of(c->instance[0] != '\0' ? c->instance : NULL), c->generation);
    c->beat_ms = r->now_ms;
    if (error == KW_NONE) {
        if (c->stable) {
            struct group_view v;
            group_describe(r->g, &v);
            assert_int_equal(v.generation, c->generation);
        }
        return;
    }
    start_over(c, error == KW_REBALANCE_IN_PROGRESS || error == KW_COORDINATOR_NOT_AVAILABLE);
}

/* What a decent client does next. */
static void behave(struct run *r, struct client *c)
{
    if (c->waits != WAITS_NOT)
        return;
    if (!c->joined)
        do_join(r, c, c->id);
    else if (!c->stable)
        do_sync(r, c, c->generation);
    else if (r->now_ms - c->beat_ms >= 3000)
        do_beat(r, c);
}

static void be_born(struct run *r, struct client *c)
{
    c->alive = true;
    c->waits = WAITS_NOT;
    c->turn = ++r->turns;
    c->protocols = (uint8_t)rng_below(&r->rng, 16);
    start_over(c, false);
    if (chance(r, 30)) /* under an id of old */
        memcpy(c->id, c->old_id, sizeof(c->id));
}

static void misbehave(struct run *r, struct client *c)
{
    const struct client *other = &r->clients[rng_below(&r->rng, r->client_count)];
    switch (rng_below(&r->rng, 9)) {
    case 0: /* gone, without a word */
        c->alive = false;
        c->turn = ++r->turns;
        break;
    case 1:
        do_leave(r, c);
        break;
    case 2: /* the connection broke: once more */
        do_join(r, c, c->id);
        break;
    case 3:
        do_sync(r, c, c->generation + (int32_t)rng_below(&r->rng, 3) - 1);
        break;
    case 4:
        if (chance(r, 10))
            do_join(r, c, other->id);
        break;
    case 5: /* another subscription */
        c->protocols = (uint8_t)rng_below(&r->rng, 16);
        do_join(r, c, c->id);
        break;
    case 6:
        do_beat(r, c);
        break;
    case 7:
        (void)group_commit_check(r->g, &r->turn, mr_str_of(c->id), (struct mr_str){NULL, 0}, c->generation,
                                 chance(r, 50));
        break;
    case 8: /* a new process of the same instance */
        start_over(c, false);
        do_join(r, c, "");
        break;
    }
}

/* ---- steps ---- */

static void now(struct run *r, int64_t ms)
{
    r->now_ms = ms;
    r->turn.now_ms = ms;
    r->turn.wall_ms = ms + 1700000000000;
}

static void check(struct run *r)
{
    if (r->waiting > 0 && r->write_count == 0)
        assert_true(group_next_deadline(r->g) != GROUP_NEVER);
    assert_true((r->waiting == 0 && r->write_count == 0) == group_idle(r->g));
    arena_reset(&r->arena);
}

/* On to the next thing that happens, at most max_ms. */
static void pass(struct run *r, int64_t max_ms)
{
    int64_t until = r->now_ms + max_ms;
    if (group_next_deadline(r->g) <= until) {
        now(r, mr_imax(r->now_ms, group_next_deadline(r->g)));
        group_tick(r->g, &r->turn);
        assert_true(group_next_deadline(r->g) > r->now_ms || r->now_ms < until);
    } else {
        now(r, until);
    }
}

static void step(struct run *r)
{
    struct client *c = &r->clients[rng_below(&r->rng, r->client_count)];
    uint64_t what = rng_below(&r->rng, 1000);
    if (what < 4) {
        crash(r);
    } else if (what < 200) {
        pass(r, (int64_t)rng_between(&r->rng, 1, r->stroll));
    } else if (what < 200 + r->settle) {
        settle_one(r);
    } else if (!c->alive) {
        if (what < 600)
            be_born(r, c);
    } else if (what < 500 + r->misbehave) {
        misbehave(r, c);
    } else {
        behave(r, c);
    }
    check(r);
}

static bool all_is_well(const struct run *r)
{
    uint32_t slots = 0;
    struct group_view v;
    group_describe(r->g, &v);
    for (uint32_t i = 0; i < r->client_count; i++) {
        const struct client *c = &r->clients[i];
        if (!c->alive)
            continue;
        if (!c->stable || c->generation != v.generation || (slots & c->slots) != 0)
            return false;
        slots |= c->slots;
    }
    return v.state == GROUP_STABLE && slots == (1u << SLOTS) - 1;
}

/* Nothing goes wrong any more: in a minute or two all who live are in. */
static void calm_down(struct run *r)
{
    r->calm = true;
    for (uint32_t i = 0; i < r->client_count; i++) {
        struct client *c = &r->clients[i];
        if (!c->alive)
            be_born(r, c);
        c->protocols &= 14; /* one list of protocols for all */
        c->waits = WAITS_NOT;
        c->turn = ++r->turns;
        start_over(c, true);
        for (uint32_t other = 0; other < i; other++) {
            if (strcmp(c->id, r->clients[other].id) == 0)
                start_over(c, false); /* what was stolen is given back */
        }
    }
    int64_t until = r->now_ms + 200000;
    while (!all_is_well(r) && r->now_ms < until) {
        for (uint32_t i = 0; i < r->client_count; i++)
            behave(r, &r->clients[i]);
        while (r->write_count > 0)
            settle_one(r);
        check(r);
        pass(r, 500);
    }
    assert_true(all_is_well(r));
}

/* Nobody cares for it any more. */
static void wither(struct run *r)
{
    for (uint32_t i = 0; i < r->client_count; i++)
        r->clients[i].alive = false;
    while (group_next_deadline(r->g) != GROUP_NEVER) {
        pass(r, 1000000);
        while (r->write_count > 0)
            settle_one(r);
        check(r);
    }
    struct group_view v;
    group_describe(r->g, &v);
    assert_true(v.state == GROUP_EMPTY && v.member_count == 0);
    assert_int_equal(r->waiting, 0);
    struct group *fresh;
    assert_int_equal(group_new(MR_STR_LIT("g"), 0, &fresh), 0);
    assert_int_equal(group_bytes(r->g), group_bytes(fresh) + strlen("consumer") + 1); /* its type stays */
    group_free(fresh);
}

/* How many slots were told. */
static uint64_t play(uint64_t seed)
{
    static struct run r;
    memset(&r, 0, sizeof(r));
    rng_seed(&r.rng, seed, 1);
    r.limits = (struct group_limits){6000, 1800000, (int32_t)rng_below(&r.rng, 2) * 3000,
                                     chance(&r, 80) ? INT32_MAX : CLIENTS, 1 << 30};
    r.client_count = (uint32_t)rng_between(&r.rng, 1, CLIENTS);
    r.settle = (uint32_t)rng_between(&r.rng, 5, 300); /* every seed has its own kind of trouble */
    r.misbehave = (uint32_t)rng_between(&r.rng, 0, 100);
    r.stroll = (uint32_t)rng_between(&r.rng, 50, 5000);
    arena_init(&r.arena, 1 << 24);
    r.turn = (struct group_turn){.limits = &r.limits,
                                 .arena = &r.arena,
                                 .joined = on_joined,
                                 .synced = on_synced,
                                 .left = on_left,
                                 .write = on_write};
    now(&r, 1000);
    group_make(&r);
    for (int i = 0; i < CLIENTS; i++) {
        if (i % 3 == 0)
            snprintf(r.clients[i].instance, sizeof(r.clients[i].instance), "i%d", i);
    }
    for (int i = 0; i < STEPS; i++)
        step(&r);
    calm_down(&r);
    wither(&r);
    group_free(r.g);
    for (struct request *q; (q = r.requests) != NULL; mem_free(q)) {
        r.requests = q->next;
        assert_true(q->answered);
    }
    mem_free(r.stable);
    arena_done(&r.arena);
    return r.told;
}

static void nothing_goes_wrong_for_long(void **state)
{
    (void)state;
    const char *asked = getenv("MR_SEEDS");
    uint64_t told = 0, seeds = 0, first = 1, last = SEEDS;
    if (asked != NULL) {
        char *end;
        first = last = strtoull(asked, &end, 10);
        if (*end == '-')
            last = strtoull(end + 1, NULL, 10);
    }
    for (uint64_t seed = first; seed <= last; seed++) {
        printf("\rseed %llu ", (unsigned long long)seed); /* the last one is the culprit */
        fflush(stdout);
        told += play(seed);
        seeds++;
    }
    assert_true(told > (seeds >= 10 ? 20 * seeds : 0)); /* it was no idle talk; single seeds may be quiet */
    printf("%llu slots\n", (unsigned long long)told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_goes_wrong_for_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
