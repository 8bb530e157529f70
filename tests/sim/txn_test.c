/* Transactions on whole brokers that are killed, lose power and change their number of shards, with clients
 * that repeat, fall silent, take each other's transactional id over and go on as zombies: all or nothing.
 * Readers of what is committed never see what was aborted or is undecided, while it happens and in the end;
 * the offsets and the records of one transaction are there together; and in the end the coordinators say of
 * every transactional id what has become of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/sim/client_txn.h"
#include "tests/sim/lives.h"

#define MS UINT64_C(1000000)
#define SECOND UINT64_C(1000000000)

enum { HOLDERS = 6, LEAVERS = 2, IDS = 3, LIVES = 5 };

struct scene {
    struct lives l;
    struct txn_check check;
    struct ktxn holders[HOLDERS];
    struct txn_reader reader;
    uint64_t moment; /* of txn_check.moments, that is waited for */
};

static bool all_over(void *ctx)
{
    const struct scene *s = ctx;
    for (int i = 0; i < HOLDERS; i++) {
        if (!ktxn_finished(&s->holders[i]))
            return false;
    }
    return true;
}

static bool all_read(void *ctx)
{
    return txn_reader_finished(&((const struct scene *)ctx)->reader);
}

static bool all_closed(void *ctx)
{
    const struct scene *s = ctx;
    bool over = kclient_over(&s->reader.client) && kclient_over(&s->l.admin.client);
    for (int i = 0; i < HOLDERS; i++)
        over = over && kclient_over(&s->holders[i].client) && kclient_over(&s->holders[i].ghost);
    return over;
}

static bool moment_has_come(void *ctx)
{
    const struct scene *s = ctx;
    return s->check.moments >= s->moment;
}

static void clients_init(struct scene *s, uint64_t seed)
{
    struct khost *h = &s->l.host;
    txn_check_init(&s->check, s->l.res);
    for (uint32_t i = 0; i < HOLDERS; i++)
        ktxn_init(&s->holders[i], h, "broker", RIG_PORT, &s->check, &s->l.topic, i % IDS, i, seed);
    for (uint32_t i = 0; i < LEAVERS; i++) {
        s->holders[HOLDERS - 1 - i].leaver = true; /* the others of that id have it for themselves */
        s->holders[(HOLDERS - 1 - i) % IDS].alone = !s->l.clock_is_set;
    }
    txn_reader_init(&s->reader, h, "broker", RIG_PORT, &s->check, &s->l.topic, IDS, seed);
}

static void clients_done(struct scene *s)
{
    txn_reader_stop(&s->reader);
    for (int i = 0; i < HOLDERS; i++)
        ktxn_stop(&s->holders[i]);
    bool came = world_run_until(s->l.w, all_closed, s, 60 * SECOND);
    seed_check(s->l.res, came, "clients do not end");
    txn_reader_done(&s->reader);
    for (int i = 0; i < HOLDERS; i++)
        ktxn_done(&s->holders[i]);
}

/* For a while, and mostly until soon after some transaction was asked to end, or was answered. */
static void live(struct scene *s)
{
    struct lives *l = &s->l;
    lives_run(l, rng_between(&l->rng, 20 * MS, rng_below(&l->rng, 3) == 0 ? 4000 * MS : 800 * MS));
    if (rng_below(&l->rng, 3) == 0)
        return;
    s->moment = s->check.moments + rng_between(&l->rng, 1, 6);
    (void)lives_run_until(l, moment_has_come, s, 2 * SECOND);
    lives_run(l, rng_below(&l->rng, MS << rng_below(&l->rng, 7)));
}

static void play(struct scene *s)
{
    struct lives *l = &s->l;
    for (int i = 0; i < HOLDERS; i++)
        ktxn_start(&s->holders[i]);
    txn_reader_start(&s->reader);
    for (int life = 1; lives_ok(l) && life <= LIVES; life++) {
        live(s);
        lives_next(l, life < LIVES);
    }
    if (!lives_ok(l))
        return;
    world_heal(l->w);
    for (int i = 0; i < HOLDERS; i++)
        ktxn_hurry(&s->holders[i]);
    bool came = lives_run_until(l, all_over, s, 300 * SECOND);
    if (!seed_check(l->res, came, "transactions do not come to an end: %s", ktxn_stuck(s->holders, HOLDERS)))
        return;
    txn_reader_to_the_end(&s->reader);
    came = lives_run_until(l, all_read, s, 300 * SECOND);
    if (seed_check(l->res, came, "not everything is decided: %s", txn_reader_stuck(&s->reader)))
        txn_check_end(&s->check);
}

static void scenario(uint64_t seed, struct seed_result *res)
{
    static const char *const overrides[] = {
        "offsets.topic.num.partitions=2",
        "transaction.state.log.num.partitions=2",
        LIVES_COMPACTED("6000"),
    };
    struct scene *s = calloc(1, sizeof(*s));
    lives_init(&s->l, seed, res, overrides, MR_COUNT(overrides), TXN_PARTS);
    clients_init(s, seed);
    lives_begin(&s->l, true);
    if (lives_ok(&s->l))
        play(s);
    lives_end(&s->l);
    clients_done(s);
    lives_done(&s->l);
    free(s);
}

static void all_or_nothing(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_txn", 1, 40, scenario), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_or_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
