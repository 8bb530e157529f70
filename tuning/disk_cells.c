#include "tuning/disk_cells.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/mem.h"

enum {
    SAMPLES_MAX = 1 << 20, /* more ops than that are counted, not sampled */
    BULK_DEPTH = 4,
};

static const uint64_t file_bytes = (uint64_t)DISK_BYTES_MAX * DISK_DEPTH_MAX;

const char *disk_primitive_name(enum disk_primitive p)
{
    switch (p) {
    case DISK_LINKED:
        return "fdatasync";
    case DISK_DSYNC:
        return "dsync";
    case DISK_UNFLUSHED:
        return "unflushed";
    }
    return "?";
}

static int64_t wait_for(struct disk_file *f, struct mr_op *op)
{
    return io_wait(f->io, op);
}

/* ---- the file ---- */

static int write_all(struct disk_file *f)
{
    struct mr_op op;
    op_init(&op, NULL);
    for (uint64_t pos = 0; pos < file_bytes; pos += DISK_BYTES_MAX) {
        io_write(f->io, &op, f->file, f->mem + pos, DISK_BYTES_MAX, pos);
        int64_t n = wait_for(f, &op);
        if (n != DISK_BYTES_MAX)
            return n < 0 ? (int)n : -ENOSPC;
    }
    io_flush(f->io, &op, f->file);
    return (int)wait_for(f, &op);
}

int disk_file_make(struct disk_file *f, struct mr_io *io, const char *dir)
{
    uint64_t tag;
    io_random(io, &tag, sizeof(tag));
    size_t path_bytes = strlen(dir) + sizeof("/millrace-probe-0123456789abcdef");
    *f = (struct disk_file){.io = io, .file = MR_NO_FILE};
    f->path = mem_alloc(path_bytes);
    f->mem = mem_aligned(file_bytes, IO_ALIGN);
    if (f->path == NULL || f->mem == NULL) {
        mem_free(f->path);
        mem_free(f->mem);
        return -ENOMEM;
    }
    snprintf(f->path, path_bytes, "%s/millrace-probe-%016llx", dir, (unsigned long long)tag);
    io_random(io, f->mem, file_bytes); /* a device that compresses must not look quicker than it is */

    struct mr_op op;
    op_init(&op, NULL);
    io_open(io, &op, f->path, IO_READ | IO_WRITE | IO_CREATE | IO_EXCL | IO_DIRECT);
    int err = (int)wait_for(f, &op);
    if (err >= 0) {
        f->file.h = err;
        err = write_all(f);
        if (err == 0)
            return 0;
    }
    disk_file_drop(f);
    return err;
}

void disk_file_drop(struct disk_file *f)
{
    struct mr_op op;
    op_init(&op, NULL);
    if (f->file.h >= 0) {
        io_close(f->io, &op, f->file);
        (void)wait_for(f, &op);
        io_unlink(f->io, &op, f->path);
        (void)wait_for(f, &op);
    }
    mem_free(f->path);
    mem_free(f->mem);
}

/* ---- one cell ---- */

struct writer {
    struct mr_op op;
    struct run *run;
    uint64_t pos, start_ns;
};

struct run {
    struct disk_file *f;
    struct disk_cell *cell;
    struct writer writers[DISK_DEPTH_MAX];
    uint64_t *samples_ns;
    uint64_t end_ns, next_pos;
    uint32_t busy;
    int err;
};

static void writer_start(struct writer *w)
{
    struct run *r = w->run;
    const struct disk_cell *c = r->cell;
    w->pos = r->next_pos;
    r->next_pos += c->bytes;
    if (r->next_pos + c->bytes > file_bytes)
        r->next_pos = 0;
    w->start_ns = io_clock_ns(r->f->io);
    if (c->primitive == DISK_UNFLUSHED)
        io_write(r->f->io, &w->op, r->f->file, r->f->mem + w->pos, c->bytes, w->pos);
    else
        io_write_flush(r->f->io, &w->op, r->f->file, r->f->mem + w->pos, c->bytes, w->pos);
}

static void writer_done(struct mr_op *op)
{
    struct writer *w = MR_CONTAINER(op, struct writer, op);
    struct run *r = w->run;
    uint64_t now_ns = io_clock_ns(r->f->io);
    if (op->result != r->cell->bytes && r->err == 0)
        r->err = op->result < 0 ? (int)op->result : -EIO;
    if (r->cell->ops < SAMPLES_MAX)
        r->samples_ns[r->cell->ops] = now_ns - w->start_ns;
    r->cell->ops++;
    if (r->err == 0 && now_ns < r->end_ns)
        writer_start(w);
    else
        r->busy--;
}

static int compare_u64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void cell_sum_up(struct disk_cell *c, uint64_t *samples_ns)
{
    uint64_t count = mr_min(c->ops, SAMPLES_MAX);
    qsort(samples_ns, count, sizeof(*samples_ns), compare_u64);
    c->p50_ns = samples_ns[(count * 50 + 99) / 100 - 1];
    c->p99_ns = samples_ns[(count * 99 + 99) / 100 - 1];
    c->max_ns = samples_ns[count - 1];
}

int disk_cell_run(struct disk_file *f, struct disk_cell *cell, uint64_t for_ns)
{
    MR_ASSERT(cell->bytes <= DISK_BYTES_MAX && cell->depth > 0 && cell->depth <= DISK_DEPTH_MAX);
    struct run *r = mem_zalloc(1, sizeof(*r));
    uint64_t *samples_ns = mem_zalloc(SAMPLES_MAX, sizeof(*samples_ns));
    int err = r == NULL || samples_ns == NULL ? -ENOMEM : 0;
    if (err != 0)
        goto out_free;
    if (cell->primitive != DISK_UNFLUSHED)
        io_use_flush(f->io, cell->primitive == DISK_DSYNC ? IO_FLUSH_DSYNC : IO_FLUSH_LINKED_FSYNC);
    cell->ops = 0;
    *r = (struct run){.f = f, .cell = cell, .samples_ns = samples_ns};
    uint64_t start_ns = io_clock_ns(f->io);
    r->end_ns = start_ns + for_ns;
    r->busy = cell->depth;
    for (uint32_t i = 0; i < cell->depth; i++) {
        op_init(&r->writers[i].op, writer_done);
        r->writers[i].run = r;
        writer_start(&r->writers[i]);
    }
    while (r->busy > 0 && err >= 0)
        err = io_turn(f->io, UINT64_MAX);
    cell->took_ns = io_clock_ns(f->io) - start_ns;
    err = err < 0 ? err : r->err;
    if (err == 0)
        cell_sum_up(cell, samples_ns);
    if (cell->primitive == DISK_UNFLUSHED && err == 0) { /* the next cell starts clean */
        struct mr_op op;
        op_init(&op, NULL);
        io_flush(f->io, &op, f->file);
        err = (int)wait_for(f, &op);
    }
out_free:
    mem_free(samples_ns);
    mem_free(r);
    return err;
}

/* ---- bulk ---- */

int disk_bulk_run(struct disk_file *f, uint64_t for_ns, double *ret_mb_per_s)
{
    struct mr_op ops[BULK_DEPTH], flush;
    uint64_t start_ns = io_clock_ns(f->io), bytes = 0;
    for (int i = 0; i < BULK_DEPTH; i++)
        op_init(&ops[i], NULL);
    op_init(&flush, NULL);
    int64_t err = 0;
    do {
        for (uint64_t i = 0; i < DISK_DEPTH_MAX + BULK_DEPTH; i++) {
            struct mr_op *op = &ops[i % BULK_DEPTH];
            int64_t n = i < BULK_DEPTH ? DISK_BYTES_MAX : wait_for(f, op);
            if (n != DISK_BYTES_MAX && err == 0)
                err = n < 0 ? n : -EIO;
            if (i < DISK_DEPTH_MAX)
                io_write(f->io, op, f->file, f->mem + i * DISK_BYTES_MAX, DISK_BYTES_MAX, i * DISK_BYTES_MAX);
        }
        bytes += file_bytes;
    } while (err == 0 && io_clock_ns(f->io) - start_ns < for_ns);
    if (err == 0) {
        io_flush(f->io, &flush, f->file);
        err = wait_for(f, &flush);
    }
    *ret_mb_per_s = (double)bytes * 1000 / (double)(io_clock_ns(f->io) - start_ns);
    return (int)err;
}
