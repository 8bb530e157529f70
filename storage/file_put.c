#include "storage/file_put.h"

#include <stdio.h>

#include "core/mem.h"

enum { PUT_OPEN, PUT_WRITE, PUT_CUT, PUT_FLUSH, PUT_CLOSE };
enum { PATH_BYTES = 1400 };

static void put_step(struct mr_op *op);

static void put_submit(struct file_put *p, int step)
{
    p->step = step;
    op_init(&p->op, put_step);
    switch (step) {
    case PUT_WRITE:
        io_write(p->io, &p->op, p->file, (const uint8_t *)p->bytes + p->written, p->len - p->written,
                 p->written);
        return;
    case PUT_CUT:
        io_truncate(p->io, &p->op, p->file, p->cut);
        return;
    case PUT_FLUSH:
        io_flush(p->io, &p->op, p->file);
        return;
    default:
        io_close(p->io, &p->op, p->file);
        return;
    }
}

/* Behind the last byte. */
static void put_end(struct file_put *p)
{
    put_submit(p, p->err != 0 ? PUT_CLOSE : p->cut != SIZE_MAX ? PUT_CUT : p->flush ? PUT_FLUSH : PUT_CLOSE);
}

static void put_step(struct mr_op *op)
{
    struct file_put *p = MR_CONTAINER(op, struct file_put, op);
    if (op->result < 0 && p->err == 0)
        p->err = (int)op->result;
    switch (p->step) {
    case PUT_OPEN:
        if (op->result < 0) {
            p->done(p);
            return;
        }
        p->file = (struct mr_file){(int32_t)op->result};
        if (p->len > 0)
            put_submit(p, PUT_WRITE);
        else
            put_end(p);
        return;
    case PUT_WRITE:
        if (op->result == 0)
            p->err = -ENOSPC; /* a write that takes nothing would go on for ever */
        if (p->err == 0)
            p->written += (size_t)op->result;
        if (p->err == 0 && p->written < p->len)
            put_submit(p, PUT_WRITE);
        else
            put_end(p);
        return;
    case PUT_CUT:
    case PUT_FLUSH:
        put_submit(p, PUT_CLOSE);
        return;
    default:
        p->done(p);
        return;
    }
}

void file_put_start(struct file_put *p, struct mr_io *io, const char *path, const void *bytes, size_t len,
                    bool flush, void (*done)(struct file_put *p))
{
    *p = (struct file_put){
        .io = io, .flush = flush, .bytes = bytes, .len = len, .cut = SIZE_MAX, .done = done};
    p->step = PUT_OPEN;
    op_init(&p->op, put_step);
    io_open(io, &p->op, path, IO_WRITE | IO_CREATE | IO_TRUNCATE);
}

void file_put_over_start(struct file_put *p, struct mr_io *io, const char *path, const void *bytes,
                         size_t len, void (*done)(struct file_put *p))
{
    *p = (struct file_put){
        .io = io, .bytes = bytes, .len = mr_round_up(len, FILE_PUT_UNIT), .cut = len, .done = done};
    p->step = PUT_OPEN;
    op_init(&p->op, put_step);
    io_open(io, &p->op, path, IO_WRITE | IO_CREATE);
}

enum { GET_OPEN, GET_READ, GET_CLOSE };
enum { GET_BYTES_FIRST = 8192 };

static void get_step(struct mr_op *op);

static void get_close(struct file_get *g, int err)
{
    g->err = err;
    if (err != 0) {
        mem_free(g->bytes);
        g->bytes = NULL;
        g->len = 0;
    }
    g->step = GET_CLOSE;
    op_init(&g->op, get_step);
    io_close(g->io, &g->op, g->file);
}

static void get_more(struct file_get *g)
{
    if (g->len == g->cap) {
        size_t cap = g->cap == 0 ? GET_BYTES_FIRST : g->cap * 2;
        uint8_t *grown = cap > g->bytes_max * 2 + GET_BYTES_FIRST ? NULL : mem_realloc(g->bytes, cap + 1);
        if (grown == NULL) {
            get_close(g, -ENOMEM);
            return;
        }
        g->bytes = grown;
        g->cap = cap;
    }
    g->step = GET_READ;
    op_init(&g->op, get_step);
    io_read(g->io, &g->op, g->file, g->bytes + g->len, g->cap - g->len, g->len);
}

static void get_step(struct mr_op *op)
{
    struct file_get *g = MR_CONTAINER(op, struct file_get, op);
    switch (g->step) {
    case GET_OPEN:
        if (op->result < 0) {
            g->err = (int)op->result;
            g->done(g);
            return;
        }
        g->file = (struct mr_file){(int32_t)op->result};
        get_more(g);
        return;
    case GET_READ:
        if (op->result < 0) {
            get_close(g, (int)op->result);
            return;
        }
        g->len += (size_t)op->result;
        if (g->len > g->bytes_max) {
            get_close(g, -EFBIG);
        } else if (op->result == 0) {
            g->bytes[g->len] = '\0';
            get_close(g, 0);
        } else {
            get_more(g);
        }
        return;
    default:
        g->done(g);
        return;
    }
}

void file_get_start(struct file_get *g, struct mr_io *io, const char *path, size_t bytes_max,
                    void (*done)(struct file_get *g))
{
    *g = (struct file_get){.io = io, .bytes_max = bytes_max, .done = done};
    op_init(&g->op, get_step);
    io_open(io, &g->op, path, IO_READ);
}

int file_put_wait(struct mr_io *io, const char *path, const void *bytes, size_t len, bool flush)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_open(io, &op, path, IO_WRITE | IO_CREATE | IO_TRUNCATE);
    int64_t r = io_wait(io, &op);
    if (r < 0)
        return (int)r;
    struct mr_file f = {(int32_t)r};
    int err = 0;
    for (size_t at = 0; at < len && err == 0;) {
        op_init(&op, NULL);
        io_write(io, &op, f, (const uint8_t *)bytes + at, len - at, at);
        r = io_wait(io, &op);
        err = r < 0 ? (int)r : r == 0 ? -ENOSPC : 0;
        at += err == 0 ? (size_t)r : 0;
    }
    if (err == 0 && flush) {
        op_init(&op, NULL);
        io_flush(io, &op, f);
        err = (int)io_wait(io, &op);
    }
    op_init(&op, NULL);
    io_close(io, &op, f);
    r = io_wait(io, &op);
    return err != 0 ? err : (int)mr_imin(r, 0);
}

int file_replace_wait(struct mr_io *io, const char *dir, const char *name, const void *bytes, size_t len)
{
    char path[PATH_BYTES], tmp[PATH_BYTES + 8];
    snprintf(path, sizeof(path), "%s/%s", dir, name);
    snprintf(tmp, sizeof(tmp), "%s.tmp", path);
    int err = file_put_wait(io, tmp, bytes, len, true);
    struct mr_op op;
    op_init(&op, NULL);
    if (err == -ENOSPC) { /* the little that there was is somebody else's */
        io_unlink(io, &op, tmp);
        (void)io_wait(io, &op);
    }
    if (err != 0)
        return err;
    io_rename(io, &op, tmp, path);
    err = (int)io_wait(io, &op);
    if (err != 0)
        return err;
    op_init(&op, NULL);
    io_sync_dir(io, &op, dir);
    return (int)io_wait(io, &op);
}

int file_get_wait(struct mr_io *io, const char *path, size_t bytes_max, uint8_t **ret, size_t *ret_len)
{
    struct mr_op op;
    struct io_stat st;
    op_init(&op, NULL);
    io_stat(io, &op, path, &st);
    int64_t r = io_wait(io, &op);
    if (r < 0)
        return (int)r;
    if (st.bytes > bytes_max)
        return -EFBIG;
    op_init(&op, NULL);
    io_open(io, &op, path, IO_READ);
    r = io_wait(io, &op);
    if (r < 0)
        return (int)r;
    struct mr_file f = {(int32_t)r};
    uint8_t *bytes = mem_alloc(st.bytes + 1);
    size_t got = 0;
    int err = bytes == NULL ? -ENOMEM : 0;
    while (err == 0 && got < st.bytes) {
        op_init(&op, NULL);
        io_read(io, &op, f, bytes + got, st.bytes - got, got);
        r = io_wait(io, &op);
        if (r <= 0) {
            err = (int)r;
            break;
        }
        got += (size_t)r;
    }
    op_init(&op, NULL);
    io_close(io, &op, f);
    (void)io_wait(io, &op); /* nothing was written */
    if (err != 0) {
        mem_free(bytes);
        return err;
    }
    bytes[got] = '\0';
    *ret = bytes;
    *ret_len = got;
    return 0;
}
