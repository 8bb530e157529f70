/* tests/sim/disk_rig.h - a machine with one driven io, for tests of its disk: each call submits and waits. */
#ifndef SIM_DISK_RIG_H
#define SIM_DISK_RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/mem.h"
#include "tests/sim/disk.h"
#include "tests/sim/seeds.h"
#include "tests/sim/world.h"

struct rig {
    struct world *w;
    struct sim_node *n;
    struct mr_io *io;
    uint8_t *block; /* 64 KiB, aligned */
};

static inline void rig_boot(struct rig *r)
{
    struct io_config cfg = {.log = node_log(r->n)};
    r->io = world_io(r->n, &cfg);
}

static inline void rig_init(struct rig *r, uint64_t seed, const struct world_options *o)
{
    r->w = world_new(seed, o);
    r->n = world_node(r->w, "a");
    r->block = mem_aligned(65536, 4096);
    rig_boot(r);
}

static inline void rig_done(struct rig *r)
{
    world_free(r->w);
    mem_free(r->block);
}

static inline struct mr_file rig_open(struct rig *r, const char *path, unsigned flags)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_open(r->io, &op, path, flags);
    int64_t h = io_wait(r->io, &op);
    assert_true(h >= 0);
    return (struct mr_file){(int32_t)h};
}

static inline int64_t rig_write(struct rig *r, struct mr_file f, uint8_t fill, uint64_t len, uint64_t pos)
{
    struct mr_op op;
    memset(r->block, fill, len);
    op_init(&op, NULL);
    io_write(r->io, &op, f, r->block, len, pos);
    return io_wait(r->io, &op);
}

static inline int64_t rig_write_flush(struct rig *r, struct mr_file f, uint8_t fill, uint64_t len,
                                      uint64_t pos)
{
    struct mr_op op;
    memset(r->block, fill, len);
    op_init(&op, NULL);
    io_write_flush(r->io, &op, f, r->block, len, pos);
    return io_wait(r->io, &op);
}

static inline int64_t rig_flush(struct rig *r, struct mr_file f)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_flush(r->io, &op, f);
    return io_wait(r->io, &op);
}

static inline int64_t rig_path(struct rig *r, void (*call)(struct mr_io *, struct mr_op *, const char *),
                               const char *path)
{
    struct mr_op op;
    op_init(&op, NULL);
    call(r->io, &op, path);
    return io_wait(r->io, &op);
}

static inline int64_t rig_rename(struct rig *r, const char *from, const char *to)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_rename(r->io, &op, from, to);
    return io_wait(r->io, &op);
}

static inline uint8_t byte_at(struct rig *r, const char *path, uint64_t pos)
{
    uint8_t b = 0xee;
    int64_t n = node_peek(r->n, path, pos, &b, 1);
    return n == 1 ? b : 0xee;
}

#endif
