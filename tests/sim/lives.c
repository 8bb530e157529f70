#include "tests/sim/lives.h"

#include <stdio.h>

#include "tests/sim/disk.h"

#define MS UINT64_C(1000000)
#define SECOND UINT64_C(1000000000)

enum {
    SLOW_PCT = 25,
    FAILS_PCT = 15,
    SKIPPED_MAX = 200, /* writes before the disk fails */
    DIES_PCT = 50,     /* of kills: by the count of file operations */
    DIES_AFTER_MAX = 24,
};

static bool settled(void *ctx)
{
    return rig_up(ctx) || rig_ended(ctx);
}
static bool ended(void *ctx)
{
    return rig_ended(ctx);
}

/* By node_die_after(): the rig does not know yet. */
static bool dead(void *ctx)
{
    const struct rig *rig = ctx;
    return world_io_dead(rig->seats[0].io);
}

struct waiting {
    struct lives *l;
    bool (*until)(void *ctx);
    void *ctx;
};

static bool over(void *ctx)
{
    const struct waiting *wait = ctx;
    return !lives_ok(wait->l) || (wait->until != NULL && wait->until(wait->ctx));
}

bool lives_run_until(struct lives *l, bool (*until)(void *ctx), void *ctx, uint64_t limit_ns)
{
    struct waiting wait = {l, until, ctx};
    return world_run_until(l->w, over, &wait, limit_ns);
}

void lives_run(struct lives *l, uint64_t for_ns)
{
    (void)lives_run_until(l, NULL, NULL, for_ns);
}

/* ---- one life ---- */

static void start(struct lives *l)
{
    node_faults_clear(l->rig.node);
    node_die_after(l->rig.node, 0, false);
    l->fails = false;
    l->sizes = (struct rig_sizes){.shards = 1u << rng_below(&l->rng, 3), .grace_ms = 200};
    rig_start(&l->rig, &l->sizes);
    bool came = world_run_until(l->w, settled, &l->rig, 300 * SECOND);
    seed_check(l->res, came && rig_up(&l->rig), "the broker does not come up");
}

static void lame(struct lives *l)
{
    char path[32];
    uint64_t drawn = rng_below(&l->rng, 100);
    struct disk_fault f = {.kinds = 1u << SIM_WRITE | 1u << SIM_WRITE_FLUSH | 1u << SIM_FLUSH, .path = path};
    snprintf(path, sizeof(path), "journal-%u-", (unsigned)rng_below(&l->rng, l->sizes.shards));
    if (drawn < SLOW_PCT) {
        f.delay_ns = rng_between(&l->rng, 1, 20) * rng_between(&l->rng, 1, 20) * MS;
    } else if (drawn < SLOW_PCT + FAILS_PCT) {
        f.err = -EIO;
        f.skip = rng_below(&l->rng, SKIPPED_MAX);
        l->fails = true;
    } else {
        return;
    }
    node_fault(l->rig.node, &f);
}

static void end(struct lives *l)
{
    char why[200] = "";
    bool power = rng_below(&l->rng, 2) == 0;
    if (rng_below(&l->rng, 4) == 0) {
        node_faults_clear(l->rig.node);
        rig_stop(&l->rig);
        bool came = world_run_until(l->w, ended, &l->rig, 300 * SECOND);
        if (!seed_check(l->res, came, "the broker does not stop"))
            return;
    } else if (rng_below(&l->rng, 100) < DIES_PCT) {
        node_die_after(l->rig.node, rng_between(&l->rng, 1, DIES_AFTER_MAX), power);
        l->rig.killed = world_run_until(l->w, dead, &l->rig, SECOND);
        node_die_after(l->rig.node, 0, false);
    }
    if (!rig_ended(&l->rig))
        rig_kill(&l->rig, power);
    int err = rig_reap(&l->rig, why, sizeof(why));
    seed_check(l->res, err == 0 || err == -ECANCELED || l->fails, "the broker ended with %d: %s", err, why);
    if (l->fails)
        l->rig.errors = 0; /* it had to say so */
    seed_check(l->res, l->rig.errors == 0, "the broker says: %s", l->rig.error);
}

void lives_next(struct lives *l, bool may_be_lame)
{
    if (lives_ok(l))
        end(l);
    if (lives_ok(l) && rng_below(&l->rng, 4) == 0)
        lives_run(l, rng_below(&l->rng, 5 * SECOND));
    if (lives_ok(l))
        start(l);
    if (lives_ok(l) && may_be_lame)
        lame(l);
}

/* ---- all of it ---- */

void lives_init(struct lives *l, uint64_t seed, struct seed_result *res, const char *const *overrides,
                uint32_t count, int32_t partitions)
{
    struct world_options o = world_options_from_seed(seed);
    o.read_error_ppm = o.write_error_ppm = o.flush_error_ppm = o.meta_error_ppm = 0;
    o.stuck_ppm = 0;
    o.disk_bytes = UINT64_C(4) << 30;
    *l = (struct lives){.w = world_new(seed, &o), .res = res, .clock_is_set = o.wall_step_ppm > 0};
    rng_seed(&l->rng, seed, 78);
    const char *all[RIG_OVERRIDES_MAX], *dirs = rig_several_dirs(seed);
    MR_ASSERT(count + 1 < MR_COUNT(all));
    for (uint32_t i = 0; i < count; i++)
        all[i] = overrides[i];
    all[count] = dirs;
    rig_init(&l->rig, l->w, all, count + (dirs != NULL ? 1 : 0), res);
    khost_init(&l->host, world_node(l->w, "clients"), 1);
    l->topic = (struct ktopic){.name = "t", .partitions = partitions};
    kadmin_init(&l->admin, &l->host, "admin", "broker", RIG_PORT, res, seed);
}

static bool made(void *ctx)
{
    return ((const struct lives *)ctx)->admin.ready;
}

void lives_begin(struct lives *l, bool may_be_lame)
{
    start(l);
    if (!lives_ok(l))
        return;
    kadmin_make(&l->admin, &l->topic, 1);
    bool came = lives_run_until(l, made, l, 200 * SECOND);
    if (seed_check(l->res, came, "the topic is not made") && may_be_lame)
        lame(l);
}

void lives_end(struct lives *l)
{
    if (lives_ok(l))
        end(l);
    kadmin_stop(&l->admin);
}

void lives_done(struct lives *l)
{
    kadmin_done(&l->admin);
    khost_done(&l->host);
    if (rig_running(&l->rig)) { /* something was found */
        if (!l->rig.killed)
            rig_kill(&l->rig, false);
        (void)rig_reap(&l->rig, NULL, 0);
    }
    seed_check(l->res, world_failure(l->w) == 0, "a turn failed with %d", world_failure(l->w));
    l->res->trace = world_trace_hash(l->w);
    rig_done(&l->rig);
    world_free(l->w);
}
