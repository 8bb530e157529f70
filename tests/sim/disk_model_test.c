/* The disk against a model of what its rules allow, over many seeds; and what a big file costs. */
#include "tests/sim/disk_rig.h"

/* ---- a model: random operations, a power loss, and what the rules allow ---- */

enum { MODEL_SECTORS = 64 };

/* For each sector every value it had since the last flush that covered it. */
static void model_scenario(uint64_t seed, struct seed_result *res)
{
    struct world_options o = world_options_from_seed(seed);
    o.read_error_ppm = o.write_error_ppm = o.flush_error_ppm = o.meta_error_ppm = 0;
    o.write_short_ppm = 0;
    o.torn_garbage = false;
    struct rig r;
    rig_init(&r, seed, &o);
    struct rng rng;
    rng_seed(&rng, seed, 77);
    struct mr_file f = rig_open(&r, "/f", IO_READ | IO_WRITE | IO_CREATE);
    rig_path(&r, io_sync_dir, "/");
    bool allowed[MODEL_SECTORS][256];
    uint8_t now[MODEL_SECTORS] = {0};
    memset(allowed, 0, sizeof(allowed));
    for (int s = 0; s < MODEL_SECTORS; s++)
        allowed[s][0] = true;
    rig_write_flush(&r, f, 0, MODEL_SECTORS * 512, 0);
    uint64_t steps = rng_between(&rng, 1, 60);
    for (uint64_t i = 1; i <= steps; i++) {
        uint64_t first = rng_below(&rng, MODEL_SECTORS), n = rng_between(&rng, 1, MODEL_SECTORS - first);
        uint64_t what = rng_below(&rng, 4);
        if (what <= 1) {
            rig_write(&r, f, (uint8_t)i, n * 512, first * 512);
        } else if (what == 2) {
            rig_write_flush(&r, f, (uint8_t)i, n * 512, first * 512);
        } else {
            rig_flush(&r, f);
            n = 0;
        }
        for (uint64_t s = first; s < first + n; s++) {
            now[s] = (uint8_t)i;
            allowed[s][i] = true;
        }
        if (what >= 2) {
            memset(allowed, 0, sizeof(allowed));
            for (int s = 0; s < MODEL_SECTORS; s++)
                allowed[s][now[s]] = true;
        }
        for (int s = 0; s < MODEL_SECTORS; s++)
            seed_check(res, byte_at(&r, "/f", (uint64_t)s * 512) == now[s], "sector %d reads wrong", s);
    }
    node_power_loss(r.n);
    seed_check(res, node_file_bytes(r.n, "/f") == MODEL_SECTORS * 512, "size changed");
    for (int s = 0; s < MODEL_SECTORS; s++) {
        uint8_t b = byte_at(&r, "/f", (uint64_t)s * 512);
        seed_check(res, allowed[s][b], "sector %d holds %u after step %llu", s, b, (unsigned long long)steps);
        seed_check(res, byte_at(&r, "/f", (uint64_t)s * 512 + 511) == b, "sector %d is torn inside", s);
    }
    world_trace_mix(r.w, node_disk_hash(r.n));
    res->trace = world_trace_hash(r.w);
    rig_done(&r);
}

static void random_writes_follow_the_model(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_disk", 1, 500, model_scenario), 0);
}

/* Many operations in flight at once on the same sectors: whatever their order was, after a last flush what is
 * durable is what readers see. */
static void crossing_scenario(uint64_t seed, struct seed_result *res)
{
    enum { OPS = 8, SECTORS = 8 };
    struct world_options o = world_options_from_seed(seed);
    o.write_error_ppm = o.flush_error_ppm = o.meta_error_ppm = 0;
    struct rig r;
    rig_init(&r, seed, &o);
    struct rng *rng = world_rng(r.w);
    struct mr_file f = rig_open(&r, "/f", IO_READ | IO_WRITE | IO_CREATE);
    rig_path(&r, io_sync_dir, "/");
    struct mr_op ops[OPS];
    for (int i = 0; i < OPS; i++) {
        op_init(&ops[i], NULL);
        memset(r.block + i * 4096, i + 1, 4096);
    }
    for (int i = 0; i < 40; i++) {
        unsigned at = (unsigned)rng_below(rng, OPS);
        uint64_t first = rng_below(rng, SECTORS), len = 512 * rng_between(rng, 1, SECTORS - first);
        if (ops[at].busy)
            io_wait(r.io, &ops[at]);
        switch (rng_below(rng, 5)) {
        case 0:
            io_flush(r.io, &ops[at], f);
            break;
        case 1:
            io_truncate(r.io, &ops[at], f, first * 512);
            break;
        case 2:
            io_write_flush(r.io, &ops[at], f, r.block + at * 4096, len, first * 512);
            break;
        default:
            io_write(r.io, &ops[at], f, r.block + at * 4096, len, first * 512);
            break;
        }
    }
    for (int i = 0; i < OPS; i++)
        io_wait(r.io, &ops[i]);
    seed_check(res, rig_flush(&r, f) == 0, "the flush failed");
    uint8_t seen[SECTORS * 512], durable[SECTORS * 512];
    int64_t n = node_peek(r.n, "/f", 0, seen, sizeof(seen));
    seed_check(res, node_durable_bytes(r.n, "/f") == n, "size %lld", (long long)n);
    seed_check(res, node_durable_peek(r.n, "/f", 0, durable, sizeof(durable)) == n, "durable size");
    seed_check(res, memcmp(seen, durable, (size_t)n) == 0, "durable bytes differ");
    res->trace = world_trace_hash(r.w);
    rig_done(&r);
}

static void crossing_operations_agree_after_a_flush(void **state)
{
    (void)state;
    assert_int_equal(seeds_run("sim_disk", 1, 500, crossing_scenario), 0);
}

/* ---- cost ---- */

static void a_zeroed_journal_costs_little(void **state)
{
    (void)state;
    struct rig r;
    rig_init(&r, 1, NULL);
    struct mr_file f = rig_open(&r, "/journal", IO_READ | IO_WRITE | IO_CREATE | IO_DIRECT);
    for (uint64_t pos = 0; pos < 64 << 20; pos += 65536)
        assert_int_equal(rig_write(&r, f, 0, 65536, pos), 65536);
    assert_int_equal(rig_flush(&r, f), 0);
    assert_int_equal(node_file_bytes(r.n, "/journal"), 64 << 20);
    assert_int_equal(node_disk_used(r.n), 64 << 20);
    rig_done(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_writes_follow_the_model),
        cmocka_unit_test(crossing_operations_agree_after_a_flush),
        cmocka_unit_test(a_zeroed_journal_costs_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
