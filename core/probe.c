#include "core/probe.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/mem.h"

enum {
    BLOCK_BYTES = 4096,
    BLOCKS = 16, /* of the file: written once before, so that no op extends it */
    WARM_OPS = 1,
    OPS = 16,
    OPS_MIN = 3,
    UNIT_OPS = 8,
    UNIT_BYTES_MIN = 512,
    CHOOSE_OPS_MIN = 16, /* fewer samples have no tail to speak of */
};

static const uint64_t budget_ns = 10ull * 1000 * 1000;

struct probe {
    struct mr_io *io;
    struct mr_file file;
    uint8_t *mem; /* the whole file's bytes, page-aligned */
    uint64_t start_ns;
    uint32_t next_block;
};

static int compare_u64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

struct probe_latency probe_latency_of(uint64_t *samples_ns, uint32_t count)
{
    if (count == 0)
        return (struct probe_latency){0, 0, 0};
    qsort(samples_ns, count, sizeof(*samples_ns), compare_u64);
    return (struct probe_latency){
        .ops = count,
        .p50_ns = samples_ns[((uint64_t)count * 50 + 99) / 100 - 1],
        .p99_ns = samples_ns[((uint64_t)count * 99 + 99) / 100 - 1],
    };
}

enum io_flush_primitive probe_choose(const struct probe_latency *linked, const struct probe_latency *dsync)
{
    bool enough = linked->ops >= CHOOSE_OPS_MIN && dsync->ops >= CHOOSE_OPS_MIN;
    bool faster = dsync->p50_ns * 10 <= linked->p50_ns * 8; /* by a fifth: less is noise */
    bool steady = dsync->p99_ns <= linked->p99_ns;
    return enough && faster && steady ? IO_FLUSH_DSYNC : IO_FLUSH_LINKED_FSYNC;
}

/* One write_flush over the next block; its latency. */
static int probe_op(struct probe *p, enum io_flush_primitive primitive, size_t bytes, uint64_t *ret_ns)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_use_flush(p->io, primitive);
    uint64_t pos = (uint64_t)(p->next_block++ % BLOCKS) * BLOCK_BYTES;
    uint64_t before_ns = io_clock_ns(p->io);
    io_write_flush(p->io, &op, p->file, p->mem + pos, bytes, pos);
    int64_t n = io_wait(p->io, &op);
    *ret_ns = io_clock_ns(p->io) - before_ns;
    return n < 0 ? (int)n : 0;
}

static bool has_time(const struct probe *p)
{
    return io_clock_ns(p->io) - p->start_ns < budget_ns;
}

/* Both primitives in turn, so that what else happens on the machine meets both. */
static int measure_primitives(struct probe *p, struct probe_result *ret)
{
    uint64_t linked[OPS], dsync[OPS], ignored;
    for (int i = 0; i < WARM_OPS; i++) {
        int err = probe_op(p, IO_FLUSH_LINKED_FSYNC, BLOCK_BYTES, &ignored);
        if (err == 0)
            err = probe_op(p, IO_FLUSH_DSYNC, BLOCK_BYTES, &ignored);
        if (err != 0)
            return err;
    }
    uint32_t count = 0;
    while (count < OPS && (count < OPS_MIN || has_time(p))) {
        int err = probe_op(p, IO_FLUSH_LINKED_FSYNC, BLOCK_BYTES, &linked[count]);
        if (err == 0)
            err = probe_op(p, IO_FLUSH_DSYNC, BLOCK_BYTES, &dsync[count]);
        if (err != 0)
            return err;
        count++;
    }
    ret->linked = probe_latency_of(linked, count);
    ret->dsync = probe_latency_of(dsync, count);
    ret->primitive = probe_choose(&ret->linked, &ret->dsync);
    return 0;
}

/* The unit that the file takes, made larger where small ones are clearly slower: such a device rewrites a
 * larger block of its own around them. */
static int measure_unit(struct probe *p, struct probe_result *ret)
{
    const struct probe_latency *block = ret->primitive == IO_FLUSH_DSYNC ? &ret->dsync : &ret->linked;
    uint64_t samples[UNIT_OPS], ignored;
    while (ret->unit_bytes < BLOCK_BYTES) {
        int err = probe_op(p, ret->primitive, ret->unit_bytes, &ignored);
        uint32_t count = 0;
        while (err == 0 && count < UNIT_OPS && (count < OPS_MIN || has_time(p))) {
            err = probe_op(p, ret->primitive, ret->unit_bytes, &samples[count]);
            count++;
        }
        if (err == 0 && probe_latency_of(samples, count).p50_ns * 2 <= block->p50_ns * 3)
            return 0;
        if (err != 0 && err != -EINVAL)
            return err;
        ret->unit_bytes = BLOCK_BYTES;
    }
    return 0;
}

static int probe_prepare(struct probe *p, const char *path, struct probe_result *ret)
{
    struct mr_op op;
    struct io_stat st;
    op_init(&op, NULL);
    io_write(p->io, &op, p->file, p->mem, BLOCKS * BLOCK_BYTES, 0);
    int64_t n = io_wait(p->io, &op);
    if (n < 0)
        return (int)n;
    if (n != BLOCKS * BLOCK_BYTES)
        return -ENOSPC; /* short: the next write would say so */
    io_flush(p->io, &op, p->file);
    n = io_wait(p->io, &op);
    if (n < 0)
        return (int)n;
    io_stat(p->io, &op, path, &st);
    n = io_wait(p->io, &op);
    if (n < 0)
        return (int)n;
    ret->direct = st.direct_align > 0 && st.direct_align <= IO_ALIGN;
    ret->unit_bytes = st.direct_align == 0 ? UNIT_BYTES_MIN : st.direct_align;
    ret->unit_bytes = (uint32_t)mr_max(mr_min(ret->unit_bytes, IO_ALIGN), UNIT_BYTES_MIN);
    return 0;
}

int probe_flush(struct mr_io *io, const char *dir, struct probe_result *ret)
{
    struct probe p = {.io = io, .start_ns = io_clock_ns(io)};
    struct probe_result result = {.primitive = IO_FLUSH_LINKED_FSYNC};
    struct mr_op op;
    op_init(&op, NULL);

    p.mem = mem_aligned(BLOCKS * BLOCK_BYTES, IO_ALIGN);
    size_t path_bytes = strlen(dir) + sizeof("/millrace-probe-0123456789abcdef");
    char *path = mem_alloc(path_bytes);
    int err = p.mem == NULL || path == NULL ? -ENOMEM : 0;
    if (err != 0)
        goto out_free;
    memset(p.mem, 0x5a, BLOCKS * BLOCK_BYTES);
    uint64_t tag;
    io_random(io, &tag, sizeof(tag));
    snprintf(path, path_bytes, "%s/millrace-probe-%016llx", dir, (unsigned long long)tag);

    io_open(io, &op, path, IO_READ | IO_WRITE | IO_CREATE | IO_EXCL | IO_DIRECT);
    err = (int)io_wait(io, &op);
    if (err < 0)
        goto out_free;
    p.file.h = err;

    err = probe_prepare(&p, path, &result);
    if (err == 0)
        err = measure_primitives(&p, &result);
    if (err == 0)
        err = measure_unit(&p, &result);

    io_close(io, &op, p.file);
    (void)io_wait(io, &op);
    io_unlink(io, &op, path);
    (void)io_wait(io, &op);
    io_use_flush(io, result.primitive);
    if (err == 0) {
        result.took_ns = io_clock_ns(io) - p.start_ns;
        *ret = result;
    }
out_free:
    mem_free(path);
    mem_free(p.mem);
    return err;
}
