#include "tests/sim/options.h"

#include <stdarg.h>
#include <stdio.h>

#include "tests/sim/rng.h"

enum { US = 1000, MS = 1000 * 1000 };
#define SECOND UINT64_C(1000000000)

struct world_options world_options_default(void)
{
    return (struct world_options){
        .wall_start_ms = INT64_C(1700000000000),
        .turn = {1 * US, 2 * US},
        .wake = {1 * US, 4 * US},
        .stall = {1 * MS, 50 * MS},
        .wall_step_ms_max = 5000,

        .disk_bytes = UINT64_C(1) << 40,
        .read = {20 * US, 60 * US},
        .write = {15 * US, 40 * US},
        .flush = {20 * US, 60 * US},
        .meta = {2 * US, 30 * US},
        .slow = {5 * MS, 500 * MS},
        .stuck = {20 * SECOND, 120 * SECOND},
        .cancel_ppm = 500000,
        .keep_pct = 255,
        .torn_pct = 255,
        .block_bytes = 512,

        .link = {50 * US, 200 * US},
        .loopback = {5 * US, 15 * US},
        .window_bytes = 256 * 1024,
        .retransmit = {200 * MS, 2 * SECOND},
        .tcp_timeout_ns = 30 * SECOND,
        .connect_timeout_ns = 10 * SECOND,
        .backlog_max = 128,
        .handles_max = 16384,
        .recv_chunk_bytes = 64 * 1024,
        .recv_chunks_max = 64,

        .check_memory = true,
    };
}

static bool coin(struct rng *r)
{
    return rng_below(r, 2) == 0;
}

/* 0 in half of the seeds, else between 1 and max with small rates more likely. */
static uint32_t rate(struct rng *r, uint32_t max)
{
    if (coin(r))
        return 0;
    uint64_t scale = UINT64_C(1) << rng_below(r, 8);
    return (uint32_t)mr_max(1, rng_below(r, max) / scale);
}

static struct span_ns span(struct rng *r, uint64_t min_max, uint64_t spread_max)
{
    uint64_t min = rng_between(r, 1, min_max);
    return (struct span_ns){min, min + rng_below(r, spread_max + 1)};
}

static uint32_t pick(struct rng *r, const uint32_t *from, size_t count)
{
    return from[rng_below(r, count)];
}

static void draw_disk(struct world_options *o, struct rng *r)
{
    o->read = span(r, 100 * US, coin(r) ? 200 * US : 10 * MS);
    o->write = span(r, 50 * US, coin(r) ? 100 * US : 5 * MS);
    o->flush = span(r, 200 * US, coin(r) ? 200 * US : 30 * MS);
    o->meta = span(r, 20 * US, coin(r) ? 100 * US : 3 * MS);
    o->flush_covers_device = coin(r);
    o->flush_commits_metadata = coin(r);
    o->metadata_ordered = coin(r);
    o->read_error_ppm = rate(r, 2000);
    o->write_error_ppm = rate(r, 2000);
    o->flush_error_ppm = rate(r, 2000);
    o->meta_error_ppm = rate(r, 2000);
    o->read_short_ppm = rate(r, 200000);
    o->write_short_ppm = rate(r, 200000);
    o->slow_ppm = rate(r, 20000);
    o->stuck_ppm = rate(r, 200);
    o->cancel_ppm = (uint32_t)rng_below(r, 1000001);
    o->torn_garbage = rng_below(r, 4) == 0;
}

static void draw_net(struct world_options *o, struct rng *r)
{
    static const uint32_t windows[] = {1024, 4096, 16384, 65536, 262144};
    static const uint32_t fragments[] = {0, 1, 7, 100, 1460, 9000};
    static const uint32_t chunks[] = {4096, 16384, 65536, 262144};
    o->link = span(r, 200 * US, coin(r) ? 500 * US : 50 * MS);
    o->loopback = span(r, 10 * US, coin(r) ? 20 * US : 1 * MS);
    o->ns_per_kib = coin(r) ? 0 : rng_below(r, 100 * US);
    o->window_bytes = pick(r, windows, MR_COUNT(windows));
    o->fragment_bytes_max = pick(r, fragments, MR_COUNT(fragments));
    o->fragment_ppm = o->fragment_bytes_max == 1 ? 20000 : (uint32_t)rng_below(r, 1000001);
    o->send_short_ppm = rate(r, 500000);
    o->recv_ends_ppm = rate(r, 200000);
    o->reset_ppm = rate(r, 1000);
    o->connect_refused_ppm = rate(r, 50000);
    o->connect_timeout_ppm = rate(r, 20000);
    o->retransmit = span(r, 300 * MS, 3 * SECOND);
    o->tcp_timeout_ns = rng_between(r, 2 * SECOND, 60 * SECOND);
    o->connect_timeout_ns = rng_between(r, 1 * SECOND, 20 * SECOND);
    o->backlog_max = (uint32_t)rng_between(r, 1, 128);
    o->recv_chunk_bytes = pick(r, chunks, MR_COUNT(chunks));
    o->recv_chunks_max = (uint32_t)rng_between(r, 2, 64);
}

struct world_options world_options_from_seed(uint64_t seed)
{
    struct world_options o = world_options_default();
    struct rng r;
    rng_seed(&r, seed, 99);
    o.wall_start_ms = INT64_C(1700000000000) + (int64_t)rng_below(&r, 1000000);
    o.turn = span(&r, 3 * US, 10 * US);
    o.wake = span(&r, 5 * US, coin(&r) ? 10 * US : 500 * US);
    o.stall_ppm = rate(&r, 20000);
    o.wall_step_ppm = rate(&r, 2000);
    draw_disk(&o, &r);
    draw_net(&o, &r);
    return o;
}

/* ---- printing ---- */

struct text {
    char *dst;
    size_t bytes, used;
};

static void add(struct text *t, const char *fmt, ...) MR_PRINTF(2, 3);
static void add(struct text *t, const char *fmt, ...)
{
    if (t->used + 1 >= t->bytes)
        return;
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(t->dst + t->used, t->bytes - t->used, fmt, args);
    va_end(args);
    t->used = mr_min(t->bytes - 1, t->used + (size_t)mr_imax(n, 0));
}

void world_options_print(const struct world_options *o, char *dst, size_t bytes)
{
    struct world_options d = world_options_default();
    struct text t = {dst, bytes, 0};
    if (bytes > 0)
        dst[0] = '\0';
#define NUMBER(field)                                                                                        \
    if (o->field != d.field)                                                                                 \
    add(&t, "%s=%llu ", #field, (unsigned long long)o->field)
#define SPAN(field)                                                                                          \
    if (o->field.min != d.field.min || o->field.max != d.field.max)                                          \
    add(&t, "%s=%llu..%lluus ", #field, (unsigned long long)o->field.min / US,                               \
        (unsigned long long)o->field.max / US)
    SPAN(turn);
    SPAN(wake);
    NUMBER(stall_ppm);
    NUMBER(wall_step_ppm);
    NUMBER(disk_bytes);
    SPAN(read);
    SPAN(write);
    SPAN(flush);
    SPAN(meta);
    NUMBER(flush_covers_device);
    NUMBER(flush_commits_metadata);
    NUMBER(metadata_ordered);
    NUMBER(read_error_ppm);
    NUMBER(write_error_ppm);
    NUMBER(flush_error_ppm);
    NUMBER(meta_error_ppm);
    NUMBER(read_short_ppm);
    NUMBER(write_short_ppm);
    NUMBER(slow_ppm);
    NUMBER(stuck_ppm);
    NUMBER(cancel_ppm);
    NUMBER(keep_pct);
    NUMBER(torn_pct);
    NUMBER(block_bytes);
    NUMBER(torn_garbage);
    SPAN(link);
    SPAN(loopback);
    NUMBER(ns_per_kib);
    NUMBER(window_bytes);
    NUMBER(fragment_bytes_max);
    NUMBER(fragment_ppm);
    NUMBER(send_short_ppm);
    NUMBER(recv_ends_ppm);
    NUMBER(reset_ppm);
    NUMBER(connect_refused_ppm);
    NUMBER(connect_timeout_ppm);
    SPAN(retransmit);
    NUMBER(tcp_timeout_ns);
    NUMBER(connect_timeout_ns);
    NUMBER(backlog_max);
    NUMBER(handles_max);
    NUMBER(recv_chunk_bytes);
    NUMBER(recv_chunks_max);
#undef NUMBER
#undef SPAN
}
