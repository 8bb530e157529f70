/* The world itself: turns and time, determinism, the trace, and that abuse of the contract is caught. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/mem.h"
#include "tests/sim/disk.h"
#include "tests/sim/seeds.h"
#include "tests/sim/world.h"

#define US UINT64_C(1000)
#define MS UINT64_C(1000000)
#define SECOND UINT64_C(1000000000)

static struct mr_io *make_io(struct sim_node *n, uint32_t shard)
{
    return world_io(n, &(struct io_config){.shard = shard, .log = node_log(n)});
}

/* ---- turns ---- */

/* An io whose turns are noted and which sleeps for sleep_ns at the end of each. */
struct sleeper {
    struct mr_io *io;
    uint64_t sleep_ns;
    unsigned turns;
    uint64_t last_ns;
    int verdict;
};

static int sleeper_turn(void *ctx)
{
    struct sleeper *s = ctx;
    s->turns++;
    s->last_ns = io_now_ns(s->io);
    io_turn(s->io, s->sleep_ns == UINT64_MAX ? UINT64_MAX : s->last_ns + s->sleep_ns);
    return s->verdict;
}

static void an_attached_io_runs_at_its_deadline(void **state)
{
    (void)state;
    struct world *w = world_new(1, NULL);
    struct sleeper s = {.io = make_io(world_node(w, "a"), 0), .sleep_ns = 10 * MS};
    world_attach(s.io, sleeper_turn, &s);
    world_run_for(w, SECOND);
    assert_true(s.turns >= 99 && s.turns <= 101);
    s.sleep_ns = UINT64_MAX;
    world_run_for(w, SECOND);
    unsigned before = s.turns;
    world_run_for(w, 1000 * SECOND);
    assert_int_equal(s.turns, before); /* idle is idle */
    assert_false(world_step(w));       /* and the world knows that nothing will happen */
    world_free(w);
}

static void a_wake_gives_a_turn(void **state)
{
    (void)state;
    struct world *w = world_new(1, NULL);
    struct sleeper s = {.io = make_io(world_node(w, "a"), 0), .sleep_ns = UINT64_MAX};
    world_attach(s.io, sleeper_turn, &s);
    world_run_for(w, SECOND);
    unsigned before = s.turns;
    io_wake(s.io);
    io_wake(s.io);
    uint64_t at_ns = world_now_ns(w);
    world_run_for(w, SECOND);
    assert_true(s.turns > before && s.turns <= before + 2);
    assert_true(s.last_ns - at_ns < 20 * US);
    world_free(w);
}

static void a_turn_may_end_its_attachment(void **state)
{
    (void)state;
    struct world *w = world_new(1, NULL);
    struct sim_node *n = world_node(w, "a");
    struct sleeper good = {.io = make_io(n, 0), .verdict = 1}, bad = {.io = make_io(n, 1), .verdict = -EIO};
    world_attach(good.io, sleeper_turn, &good);
    world_run_for(w, SECOND);
    assert_int_equal(good.turns, 1);
    assert_int_equal(world_failure(w), 0);
    world_attach(bad.io, sleeper_turn, &bad);
    world_run_for(w, SECOND);
    assert_int_equal(bad.turns, 1);
    assert_int_equal(world_failure(w), -EIO);
    io_free(good.io);
    io_free(bad.io);
    world_free(w);
}

/* One shard waits inside a turn; the other is due meanwhile and runs after it, late. */
struct waiter_shard {
    struct mr_io *io;
    const struct sleeper *other;
    bool waited;
    unsigned other_before, other_after;
};

static int waiter_turn(void *ctx)
{
    struct waiter_shard *s = ctx;
    if (!s->waited) {
        s->waited = true;
        s->other_before = s->other->turns;
        for (int i = 0; i < 1000; i++) {
            struct mr_op op;
            struct io_stat st;
            op_init(&op, NULL);
            io_stat(s->io, &op, "/", &st);
            assert_int_equal(io_wait(s->io, &op), 0);
        }
        s->other_after = s->other->turns;
    }
    io_turn(s->io, UINT64_MAX);
    return 0;
}

static void waiting_inside_a_turn_runs_no_other_turn(void **state)
{
    (void)state;
    struct world *w = world_new(1, NULL);
    struct sim_node *n = world_node(w, "a");
    struct sleeper other = {.io = make_io(n, 0), .sleep_ns = 10 * US};
    struct waiter_shard s = {.io = make_io(n, 1), .other = &other};
    world_attach(other.io, sleeper_turn, &other);
    world_run_for(w, MS);
    world_attach(s.io, waiter_turn, &s);
    uint64_t before_ns = world_now_ns(w);
    while (!s.waited)
        world_step(w);
    assert_true(world_now_ns(w) - before_ns > MS); /* time went on */
    assert_int_equal(s.other_before, s.other_after);
    world_step(w);
    assert_int_equal(other.turns, s.other_after + 1); /* overdue, hence next */
    world_free(w);
}

static void note_call(struct world *w, void *ctx)
{
    char *text = ctx;
    char *end = text + strlen(text);
    sprintf(end, "%llu ", (unsigned long long)((world_now_ns(w) - MS) / MS));
}

static void calls_run_in_time_order(void **state)
{
    (void)state;
    struct world *w = world_new(1, NULL);
    char text[64] = "";
    uint64_t now_ns = world_now_ns(w);
    world_at(w, now_ns + 30 * MS, note_call, text);
    world_at(w, now_ns + 10 * MS, note_call, text);
    world_at(w, now_ns + 20 * MS, note_call, text);
    world_run_to(w, now_ns + 25 * MS);
    assert_string_equal(text, "10 20 ");
    world_at(w, 0, note_call, text); /* the past is now */
    world_run_for(w, 10 * MS);
    assert_string_equal(text, "10 20 25 30 ");
    assert_int_equal(world_now_ns(w), now_ns + 35 * MS);
    world_free(w);
}

static void wall_time_follows_and_may_step(void **state)
{
    (void)state;
    struct world *w = world_new(1, NULL);
    struct mr_io *io = make_io(world_node(w, "a"), 0);
    io_turn(io, 0);
    int64_t before_ms = io_wall_ms(io);
    uint64_t before_ns = io_now_ns(io);
    io_turn(io, before_ns + 5 * SECOND);
    assert_in_range(io_wall_ms(io) - before_ms, 5000, 5001);
    world_step_wall_clock(w, -3600000);
    io_turn(io, 0);
    assert_true(io_wall_ms(io) < before_ms);
    assert_true(io_now_ns(io) > before_ns); /* the monotonic clock does not care */
    world_free(w);
}

/* ---- the trace: a checker of "acknowledged only after the flush that covers it" ---- */

struct ack_checker {
    uint64_t written_end, flushed_end;
    unsigned acks, early_acks;
};

static void ack_checker_see(void *ctx, const struct sim_trace *t)
{
    struct ack_checker *c = ctx;
    if (t->moment == SIM_COMPLETED && t->kind == SIM_WRITE && strcmp(t->path, "/journal") == 0 &&
        t->result > 0)
        c->written_end = mr_max(c->written_end, t->pos + (uint64_t)t->result);
    if (t->moment == SIM_COMPLETED && t->kind == SIM_FLUSH && t->result == 0)
        c->flushed_end = c->written_end;
    if (t->moment == SIM_SUBMITTED && t->kind == SIM_SEND) {
        uint64_t acked;
        assert_int_equal(t->iov_count, 1);
        memcpy(&acked, t->iov[0].iov_base, sizeof(acked));
        c->acks++;
        c->early_acks += acked > c->flushed_end;
    }
}

static void on_accepted(struct mr_op *op)
{
    (void)op;
}

static void a_checker_sees_every_event(void **state)
{
    (void)state;
    struct world *w = world_new(1, NULL);
    struct sim_node *n = world_node(w, "a");
    struct mr_io *io = make_io(n, 0);
    struct ack_checker c = {0};
    world_observe(w, ack_checker_see, &c);
    struct mr_op op, accept;
    struct mr_sock listener;
    uint16_t port;
    op_init(&op, NULL);
    op_init(&accept, on_accepted);
    assert_int_equal(io_listen(io, "", 0, IO_LISTEN_FIRST, &listener, &port), 0);
    io_accept(io, &accept, listener);
    io_connect(io, &op, "a", port);
    struct mr_sock s = {(int32_t)io_wait(io, &op)};
    io_open(io, &op, "/journal", IO_WRITE | IO_CREATE);
    struct mr_file f = {(int32_t)io_wait(io, &op)};
    uint8_t block[512] = {1};
    for (uint64_t i = 1; i <= 4; i++) {
        uint64_t end = i * 512;
        struct iovec iov = {&end, sizeof(end)};
        io_write(io, &op, f, block, 512, end - 512);
        io_wait(io, &op);
        if (i != 3) { /* the third is acknowledged too early */
            io_flush(io, &op, f);
            io_wait(io, &op);
        }
        io_send(io, &op, s, &iov, 1);
        io_wait(io, &op);
    }
    assert_int_equal(c.acks, 4);
    assert_int_equal(c.early_acks, 1);
    world_free(w);
}

/* ---- determinism ---- */

/* Two machines with two driven-by-the-world ios each; every io keeps four operations going on shared files
 * and on connections to the other machine, and submits another at random when one ends. Machines are killed,
 * lose power, boot, are partitioned. Nothing is checked but that it all repeats. */
enum { CHAOS_IOS = 4, CHAOS_OPS = 4 };

struct chaos_io {
    struct chaos *c;
    struct mr_io *io;
    unsigned index;
    struct mr_file file;
    struct mr_sock listener, sock;
    struct chaos_op {
        struct mr_op op;
        struct chaos_io *of;
        int what;
        uint8_t bytes[1024];
        struct iovec iov;
        struct io_stat st;
    } ops[CHAOS_OPS];
};

struct chaos {
    struct world *w;
    struct sim_node *nodes[2];
    struct chaos_io ios[CHAOS_IOS];
};

static void chaos_next(struct chaos_op *o);

static void chaos_done(struct mr_op *op)
{
    struct chaos_op *o = MR_CONTAINER(op, struct chaos_op, op);
    struct chaos_io *x = o->of;
    if (o->what == 0 && op->result >= 0)
        x->file.h = (int32_t)op->result;
    if (o->what == 5 && op->result >= 0)
        x->sock.h = (int32_t)op->result;
    if (!op->more)
        chaos_next(o);
}

static void chaos_next(struct chaos_op *o)
{
    struct chaos_io *x = o->of;
    uint64_t r;
    io_random(x->io, &r, sizeof(r));
    char path[16];
    snprintf(path, sizeof(path), "/f%u", (unsigned)(r >> 8 & 3));
    uint64_t pos = (r >> 16 & 63) * 512;
    o->what = x->file.h < 0 ? 0 : (int)(r & 7);
    if (o->what == 5 && x->sock.h >= 0)
        o->what = 6;
    bool first = o == &x->ops[0];
    switch (o->what) {
    case 0:
        if (x->file.h < 0)
            io_open(x->io, &o->op, path, IO_READ | IO_WRITE | IO_CREATE);
        else
            io_stat(x->io, &o->op, path, &o->st);
        o->what = x->file.h < 0 ? 0 : 8;
        return;
    case 1:
        memset(o->bytes, (int)(r >> 24), sizeof(o->bytes));
        io_write(x->io, &o->op, x->file, o->bytes, 512, pos);
        return;
    case 2:
        io_read(x->io, &o->op, x->file, o->bytes, sizeof(o->bytes), pos);
        return;
    case 3:
        io_write_flush(x->io, &o->op, x->file, o->bytes, 512, pos);
        return;
    case 4:
        io_sync_dir(x->io, &o->op, "/");
        return;
    case 5:
        if (!first) {
            io_flush(x->io, &o->op, x->file);
            o->what = 8;
        } else {
            io_connect(x->io, &o->op, x->index < 2 ? "b" : "a", 80);
        }
        return;
    default:
        if (first && x->sock.h >= 0) {
            o->iov = (struct iovec){o->bytes, 1 + (r >> 32 & 511)};
            io_send(x->io, &o->op, x->sock, &o->iov, 1);
        } else {
            io_unlink(x->io, &o->op, path);
        }
        return;
    }
}

static void chaos_boot(struct chaos *c, unsigned node)
{
    for (unsigned i = 2 * node; i < 2 * node + 2; i++) {
        struct chaos_io *x = &c->ios[i];
        uint16_t port;
        *x = (struct chaos_io){.c = c, .index = i, .file = MR_NO_FILE, .sock = MR_NO_SOCK};
        x->io = make_io(c->nodes[node], i & 1);
        int err = io_listen(x->io, "", 80, IO_LISTEN_JOIN, &x->listener, &port);
        MR_ASSERT(err == 0);
        for (unsigned j = 0; j < CHAOS_OPS; j++) {
            x->ops[j].of = x;
            op_init(&x->ops[j].op, chaos_done);
            chaos_next(&x->ops[j]);
        }
        world_attach(x->io, NULL, NULL);
    }
}

static void chaos_strike(struct world *w, void *ctx)
{
    struct chaos *c = ctx;
    struct rng *r = world_rng(w);
    unsigned node = (unsigned)rng_below(r, 2);
    switch (rng_below(r, 4)) {
    case 0:
        node_kill(c->nodes[node]);
        chaos_boot(c, node);
        break;
    case 1:
        node_power_loss(c->nodes[node]);
        chaos_boot(c, node);
        break;
    default:
        world_partition(w, c->nodes[node], c->nodes[1 - node], rng_below(r, 2) == 0);
        break;
    }
    world_at(w, world_now_ns(w) + rng_below(r, 5 * MS), chaos_strike, c);
}

static void chaos_start(struct chaos *c, uint64_t seed)
{
    struct world_options o = world_options_from_seed(seed);
    c->w = world_new(seed, &o);
    c->nodes[0] = world_node(c->w, "a");
    c->nodes[1] = world_node(c->w, "b");
    chaos_boot(c, 0);
    chaos_boot(c, 1);
    world_at(c->w, world_now_ns(c->w) + MS, chaos_strike, c);
}

static uint64_t chaos_end(struct chaos *c)
{
    for (unsigned i = 0; i < 2; i++)
        world_trace_mix(c->w, node_disk_hash(c->nodes[i]));
    uint64_t hash = world_trace_hash(c->w);
    world_free(c->w);
    return hash;
}

static uint64_t chaos_run(uint64_t seed)
{
    struct chaos *c = mem_zalloc(1, sizeof(*c));
    chaos_start(c, seed);
    world_run_for(c->w, 20 * MS);
    uint64_t hash = chaos_end(c);
    mem_free(c);
    return hash;
}

static void equal_seeds_are_equal_and_others_differ(void **state)
{
    (void)state;
    enum { COUNT = 100 };
    uint64_t hashes[COUNT];
    for (uint64_t seed = 0; seed < COUNT; seed++) {
        hashes[seed] = chaos_run(seed);
        seed_shake(seed);
        assert_true(hashes[seed] == chaos_run(seed));
        seed_calm();
        for (uint64_t other = 0; other < seed; other++)
            assert_true(hashes[seed] != hashes[other]);
    }
}

static void two_worlds_do_not_touch_each_other(void **state)
{
    (void)state;
    struct chaos *c = mem_zalloc(2, sizeof(*c));
    uint64_t end_ns[2];
    for (int i = 0; i < 2; i++) {
        chaos_start(&c[i], 40 + (uint64_t)i);
        end_ns[i] = world_now_ns(c[i].w) + 20 * MS;
    }
    for (uint64_t part = 1; part <= 200; part++) { /* in turns */
        for (int i = 0; i < 2; i++)
            world_run_to(c[i].w, end_ns[i] - 20 * MS + part * MS / 10);
    }
    for (uint64_t i = 0; i < 2; i++)
        assert_true(chaos_end(&c[i]) == chaos_run(40 + i));
    mem_free(c);
}

/* ---- abuse ---- */

struct abuse {
    struct world *w;
    struct sim_node *n;
    struct mr_io *io, *other;
    struct mr_file file, direct;
    struct mr_op op, second;
    uint8_t *block;
};

static struct mr_file abuse_open(struct abuse *a, const char *path, unsigned flags)
{
    op_init(&a->op, NULL);
    io_open(a->io, &a->op, path, flags | IO_READ | IO_WRITE | IO_CREATE);
    return (struct mr_file){(int32_t)io_wait(a->io, &a->op)};
}

static void resubmit_busy(struct abuse *a)
{
    io_flush(a->io, &a->op, a->file);
    io_flush(a->io, &a->op, a->file);
}
static void use_closed_handle(struct abuse *a)
{
    io_close(a->io, &a->op, a->file);
    io_flush(a->io, &a->second, a->file);
}
static void use_closed_and_reused_handle(struct abuse *a)
{
    struct mr_file stale = a->file;
    io_close(a->io, &a->op, a->file);
    io_wait(a->io, &a->op);
    abuse_open(a, "/new", 0);
    io_flush(a->io, &a->second, stale);
}
static void use_other_ios_handle(struct abuse *a)
{
    io_flush(a->other, &a->op, a->file);
}
static void change_memory_in_flight(struct abuse *a)
{
    io_write(a->io, &a->op, a->file, a->block, 8192, 0);
    a->block[5000] ^= 1;
    io_wait(a->io, &a->op);
}
static void misaligned_length(struct abuse *a)
{
    io_write(a->io, &a->op, a->direct, a->block, 512, 0);
}
static void misaligned_position(struct abuse *a)
{
    io_read(a->io, &a->op, a->direct, a->block, 4096, 512);
}
static void misaligned_address(struct abuse *a)
{
    io_write(a->io, &a->op, a->direct, a->block + 512, 4096, 0);
}
static void misaligned_flush(struct abuse *a)
{
    io_write_flush(a->io, &a->op, a->direct, a->block, 100, 0);
}
static void free_io_in_flight(struct abuse *a)
{
    io_flush(a->io, &a->op, a->file);
    io_free(a->io);
}
static void use_dead_io(struct abuse *a)
{
    node_kill(a->n);
    io_flush(a->io, &a->op, a->file);
}
static void sleep_for_ever(struct abuse *a)
{
    io_turn(a->io, UINT64_MAX);
}
static int foreign_turn(void *ctx)
{
    struct abuse *a = ctx;
    io_flush(a->io, &a->op, a->file); /* but it is the other's turn */
    io_turn(a->other, UINT64_MAX);
    return 1;
}
static void use_from_another_shard(struct abuse *a)
{
    world_attach(a->other, foreign_turn, a);
    world_run_for(a->w, MS);
}
static void nothing(struct abuse *a)
{
    io_write(a->io, &a->op, a->direct, a->block, 4096, 4096);
    io_wait(a->io, &a->op);
    io_write_flush(a->io, &a->op, a->direct, a->block + 512, 1024, 512);
    io_wait(a->io, &a->op);
    io_free(a->other);
    io_free(a->io);
}

static bool aborts(void (*act)(struct abuse *a))
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        if (freopen("/dev/null", "w", stderr) == NULL)
            _exit(1);
        struct abuse a = {.w = world_new(1, NULL)};
        a.n = world_node(a.w, "a");
        a.io = make_io(a.n, 0);
        a.other = make_io(a.n, 1);
        a.block = mem_aligned(16384, 4096);
        memset(a.block, 1, 16384);
        a.file = abuse_open(&a, "/file", 0);
        a.direct = abuse_open(&a, "/direct", IO_DIRECT);
        op_init(&a.second, NULL);
        act(&a);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void abuse_is_caught(void **state)
{
    (void)state;
    assert_false(aborts(nothing));
    assert_true(aborts(resubmit_busy));
    assert_true(aborts(use_closed_handle));
    assert_true(aborts(use_closed_and_reused_handle));
    assert_true(aborts(use_other_ios_handle));
    assert_true(aborts(change_memory_in_flight));
    assert_true(aborts(misaligned_length));
    assert_true(aborts(misaligned_position));
    assert_true(aborts(misaligned_address));
    assert_true(aborts(misaligned_flush));
    assert_true(aborts(free_io_in_flight));
    assert_true(aborts(use_dead_io));
    assert_true(aborts(sleep_for_ever));
    assert_true(aborts(use_from_another_shard));
}

/* ---- seeds ---- */

static void failing_scenario(uint64_t seed, struct seed_result *r)
{
    seed_check(r, seed != 13, "unlucky %d", 1);
    r->trace = seed;
}

static void wobbling_scenario(uint64_t seed, struct seed_result *r)
{
    static uint64_t calls; /* what a scenario must not have */
    r->trace = seed + calls++;
}

static void the_seed_runner_stops_at_the_first_failure(void **state)
{
    (void)state;
    const char *seeds = getenv("MR_SEEDS");
    if (seeds != NULL)
        skip(); /* the range is the user's */
    assert_int_equal(seeds_run("self-test, no failure", 1, 12, failing_scenario), 0);
    print_message("the next two failures are wanted\n");
    assert_int_equal(seeds_run("self-test", 1, 20, failing_scenario), -ECANCELED);
    assert_int_equal(seeds_run("self-test", 1, 20, wobbling_scenario), -EILSEQ);
}

static void options_are_drawn_from_the_seed(void **state)
{
    (void)state;
    unsigned without_resets = 0;
    for (uint64_t seed = 0; seed < 200; seed++) {
        struct world_options a = world_options_from_seed(seed), b = world_options_from_seed(seed);
        char text_a[2048], text_b[2048];
        world_options_print(&a, text_a, sizeof(text_a));
        world_options_print(&b, text_b, sizeof(text_b));
        assert_string_equal(text_a, text_b);
        without_resets += a.reset_ppm == 0;
    }
    assert_true(without_resets > 50 && without_resets < 150);
}

/* The io_new() of a unit test that wants an io and nothing else. */
static void a_lone_io_brings_its_world(void **state)
{
    (void)state;
    struct mr_io *io;
    char why[64];
    assert_int_equal(io_new(&(struct io_config){.shard = 3}, &io, why, sizeof(why)), 0);
    struct mr_op op;
    op_init(&op, NULL);
    io_mkdir(io, &op, "/d");
    assert_int_equal(io_wait(io, &op), 0);
    io_free(io);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_attached_io_runs_at_its_deadline),
        cmocka_unit_test(a_wake_gives_a_turn),
        cmocka_unit_test(a_turn_may_end_its_attachment),
        cmocka_unit_test(waiting_inside_a_turn_runs_no_other_turn),
        cmocka_unit_test(calls_run_in_time_order),
        cmocka_unit_test(wall_time_follows_and_may_step),
        cmocka_unit_test(a_checker_sees_every_event),
        cmocka_unit_test(equal_seeds_are_equal_and_others_differ),
        cmocka_unit_test(two_worlds_do_not_touch_each_other),
        cmocka_unit_test(abuse_is_caught),
        cmocka_unit_test(the_seed_runner_stops_at_the_first_failure),
        cmocka_unit_test(options_are_drawn_from_the_seed),
        cmocka_unit_test(a_lone_io_brings_its_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
