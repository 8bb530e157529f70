/* Writing a checkpoint while the broker serves: in pieces of its caller's pace. */
#include "core/mem.h"
#include "storage/checkpoint_priv.h"
#include "storage/plog_priv.h"

enum { PUT_OPEN, PUT_WAIT, PUT_WRITE, PUT_CUT, PUT_FLUSH, PUT_CLOSE };

static void put_step(struct mr_op *op);

static void put_submit(struct checkpoint_put *p, int step)
{
    struct mr_io *io = p->store->io;
    p->step = step;
    op_init(&p->op, put_step);
    switch (step) {
    case PUT_WRITE:
        io_write(io, &p->op, p->file, p->piece->data, p->flight, p->written);
        return;
    case PUT_CUT:
        io_truncate(io, &p->op, p->file, p->written);
        return;
    case PUT_FLUSH:
        io_flush(io, &p->op, p->file);
        return;
    default:
        io_close(io, &p->op, p->file);
        return;
    }
}

static void put_end(struct checkpoint_put *p)
{
    if (p->piece != NULL)
        buf_unref(p->piece);
    p->piece = NULL;
    p->done(p);
}

/* What may be left over behind the end of a longer one is a start's to read: not much more than is there. */
static bool much_longer(const struct checkpoint_put *p)
{
    uint64_t was = p->store->slot_bytes[p->slot];
    return was > 2 * p->len + CHECKPOINT_PIECE;
}

static void put_step(struct mr_op *op)
{
    struct checkpoint_put *p = MR_CONTAINER(op, struct checkpoint_put, op);
    if (op->result < 0 && p->err == 0)
        p->err = (int)op->result;
    switch (p->step) {
    case PUT_OPEN:
        if (op->result < 0) {
            put_end(p);
            return;
        }
        p->file = (struct mr_file){(int32_t)op->result};
        p->step = PUT_WAIT;
        p->wants(p);
        return;
    case PUT_WRITE:
        if (op->result == 0)
            p->err = -ENOSPC; /* a write that takes nothing would go on for ever */
        if (p->err != 0) {
            put_submit(p, PUT_CLOSE);
            return;
        }
        p->written += (uint64_t)op->result;
        p->step = PUT_WAIT;
        p->wants(p);
        return;
    case PUT_CUT:
        put_submit(p, p->err == 0 ? PUT_FLUSH : PUT_CLOSE);
        return;
    case PUT_FLUSH:
        put_submit(p, PUT_CLOSE);
        return;
    default:
        put_end(p);
        return;
    }
}

bool checkpoint_put_ready(const struct checkpoint_put *p)
{
    return p->step == PUT_WAIT;
}

void checkpoint_put_more(struct checkpoint_put *p)
{
    MR_ASSERT(p->step == PUT_WAIT);
    if (p->written >= p->len) {
        bool cut = much_longer(p);
        p->store->slot_bytes[p->slot] = cut ? p->written : mr_max(p->store->slot_bytes[p->slot], p->written);
        put_submit(p, cut ? PUT_CUT : PUT_FLUSH);
        return;
    }
    uint64_t n = mr_min(p->len - p->written, CHECKPOINT_PIECE);
    memcpy(p->piece->data, p->bytes + p->written, n);
    p->flight = (uint32_t)mr_round_up(n, SEGMENT_UNIT);
    memset(p->piece->data + n, 0, p->flight - n);
    put_submit(p, PUT_WRITE);
}

void checkpoint_put_give_up(struct checkpoint_put *p, int err)
{
    MR_ASSERT(p->step == PUT_WAIT);
    p->err = err;
    put_submit(p, PUT_CLOSE);
}

void checkpoint_put_start(struct checkpoint_put *p, struct store *s, uint64_t counter, const uint8_t *bytes,
                          uint64_t len, void (*wants)(struct checkpoint_put *p),
                          void (*done)(struct checkpoint_put *p))
{
    char path[SEGMENT_PATH_MAX];
    *p = (struct checkpoint_put){
        .store = s, .bytes = bytes, .len = len, .slot = counter & 1, .wants = wants, .done = done};
    p->piece = buf_new(CHECKPOINT_PIECE, SEGMENT_UNIT, s->shard->id);
    if (p->piece == NULL) {
        p->err = -ENOMEM;
        p->done(p);
        return;
    }
    checkpoint_slot_path(s, path, counter);
    p->step = PUT_OPEN;
    op_init(&p->op, put_step);
    io_open(s->io, &p->op, path, IO_WRITE | IO_CREATE | IO_DIRECT);
}
