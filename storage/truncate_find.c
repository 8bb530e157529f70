#include "storage/truncate_find.h"

#include "storage/damage.h"
#include "storage/index_load.h"

void cut_find_forget(struct cut_find *f)
{
    if (f->buf != NULL)
        buf_unref(f->buf);
    f->buf = NULL;
    txn_index_done(&f->cut.txns);
    producer_state_done(&f->cut.producers);
    producer_state_init(&f->cut.producers, f->log->producers.producers_max);
}

static void over(struct cut_find *f, int err)
{
    f->err = err;
    f->done(f);
}

/* ---- WALK ---- */

static void walk(struct cut_find *f, uint32_t number, uint64_t from);

static int count_batch(struct cut_find *f, uint32_t number, const struct kw_batch *b)
{
    struct txn_index other = {.items = NULL};
    int err = txn_index_count(number == f->last ? &f->cut.txns : &other, &f->cut.producers, b);
    txn_index_done(&other);
    return err == -MR_E_CORRUPT ? 0 : err; /* a marker that cannot be read ends nothing */
}

/* The log is cut at byte pos of its last segment, and ends before offset end. */
static void found(struct cut_find *f, uint64_t pos, int64_t end)
{
    f->found = true;
    f->cut.pos = pos;
    f->cut.end = end;
}

static int saw_batch(struct seg_walk *w, const struct kw_batch *b, uint64_t pos)
{
    struct cut_find *f = MR_CONTAINER(w, struct cut_find, walk);
    if (w->seg == f->last && batch_last_offset(&b->h) >= f->to) {
        found(f, pos, w->next);
        return 1;
    }
    return f->counting ? count_batch(f, w->seg, b) : 0;
}

static int saw_damage(struct seg_walk *w, const struct damage *d)
{
    struct cut_find *f = MR_CONTAINER(w, struct cut_find, walk);
    if (w->seg != f->last || d->to <= f->to)
        return 0;
    found(f, d->from_pos, d->from);
    return 1;
}

static void read_end(struct cut_find *f, uint64_t pos, int64_t next);
static void read_unit(struct cut_find *f);

static void walked(struct seg_walk *w)
{
    struct cut_find *f = MR_CONTAINER(w, struct cut_find, walk);
    struct plog *log = f->log;
    if (w->err < 0) {
        over(f, w->err);
        return;
    }
    /* Where the walk began only an index says so, and what was before is not known. */
    if (f->from > 0 && (!f->found || f->cut.pos <= f->from || w->pos == f->from)) {
        f->found = false;
        walk(f, f->last, 0);
        return;
    }
    if (w->seg < f->last) {
        walk(f, (uint32_t)mr_max(w->seg + 1, log->seg_first + log->seg_below), 0);
        return;
    }
    if (f->found)
        read_unit(f);
    else
        read_end(f, w->pos, w->next);
}

static void walk(struct cut_find *f, uint32_t number, uint64_t from)
{
    f->from = from;
    f->walk = (struct seg_walk){.log = f->log,
                                .seg = number,
                                .pos = from,
                                .next = plog_seg(f->log, number)->base,
                                .batch = saw_batch,
                                .damaged = saw_damage,
                                .done = walked};
    seg_walk_begin(&f->walk);
}

/* ---- reading the segment's file ---- */

static void got_bytes(struct cut_find *f);
static void read_on(struct cut_find *f);

static void read_done(struct mr_op *op)
{
    struct cut_find *f = MR_CONTAINER(op, struct cut_find, op);
    uint64_t before = f->got;
    if (op->result > 0)
        f->got = mr_round_down(f->got, SEGMENT_UNIT) + (uint64_t)op->result;
    if (op->result >= 0 && f->got > before && f->got < f->want) {
        read_on(f);
        return;
    }
    file_use_end(&f->use);
    int err = op->result < 0 ? (int)op->result : f->got < f->want ? -MR_E_CORRUPT : 0;
    if (err != 0)
        over(f, err);
    else
        got_bytes(f);
}

static void read_on(struct cut_find *f)
{
    uint64_t whole = mr_round_down(f->got, SEGMENT_UNIT);
    op_init(&f->op, read_done);
    io_read(f->log->store->io, &f->op, segment_file(f->use.seg), f->buf->data + whole,
            mr_round_up(f->want, SEGMENT_UNIT) - whole, f->at + whole);
}

static void read_opened(struct file_use *u)
{
    struct cut_find *f = MR_CONTAINER(u, struct cut_find, use);
    if (u->err != 0)
        over(f, u->err);
    else
        read_on(f);
}

/* Bytes [at, at + want) of the last segment, which its file holds, into a buffer with so much more room. */
static void read_file(struct cut_find *f, uint64_t at, uint64_t want, uint64_t more)
{
    if (f->buf != NULL)
        buf_unref(f->buf);
    f->at = at;
    f->got = 0;
    f->want = want;
    f->buf = buf_new(mr_round_up(want + more, SEGMENT_UNIT) + SEGMENT_UNIT, SEGMENT_UNIT,
                     f->log->store->shard->id);
    if (f->buf == NULL) {
        over(f, -ENOMEM);
        return;
    }
    if (want == 0) {
        got_bytes(f);
        return;
    }
    f->use = (struct file_use){.store = f->log->store,
                               .log = f->log,
                               .seg = plog_seg(f->log, f->last),
                               .done = read_opened};
    if (file_use_begin(&f->use))
        read_opened(&f->use);
}

/* ---- END ---- */

/* No sound batch in the file goes. What stands from byte pos on begins in the file at most. */
static void read_end(struct cut_find *f, uint64_t pos, int64_t next)
{
    const struct segment *seg = plog_seg(f->log, f->last);
    found(f, pos, next);
    if (pos >= seg->size) {
        found(f, seg->size, next);
        read_unit(f);
        return;
    }
    f->at_end = true;
    uint64_t at = mr_round_down(pos, SEGMENT_UNIT);
    uint64_t in_file = seg->finished ? seg->size : seg->mat_pos;
    read_file(f, at, in_file - at, seg->size - in_file);
}

static int look_at_end(struct cut_find *f)
{
    const struct segment *seg = plog_seg(f->log, f->last);
    uint64_t more = seg->size - (f->at + f->want);
    if (plog_copy_memory(f->log, f->last, f->at + f->want, f->buf->data + f->want, more) != more)
        return -MR_E_CORRUPT;
    f->got = f->want + more;
    struct mr_slice rest = {f->buf->data + (f->cut.pos - f->at), seg->size - f->cut.pos};
    struct kw_batch b;
    int err = 0, is;
    while (err == 0 && (is = batch_next(&rest, &b)) == 1) {
        if (batch_last_offset(&b.h) >= f->to)
            return 0;
        err = f->counting ? count_batch(f, f->last, &b) : 0;
        found(f, f->cut.pos + b.bytes.len, batch_next_offset(&b.h));
    }
    return err != 0 ? err : is < 0 || rest.len > 0 ? -MR_E_CORRUPT : 0;
}

/* ---- UNIT ---- */

/* What of the cut segment lies behind its last whole unit. */
static void read_unit(struct cut_find *f)
{
    const struct segment *seg = plog_seg(f->log, f->last);
    uint64_t at = mr_round_down(f->cut.pos, SEGMENT_UNIT), in_file = seg->finished ? seg->size : seg->mat_pos;
    f->at_end = false;
    if (f->buf != NULL && f->at <= at && f->at + f->got >= f->cut.pos) {
        f->cut.rest = f->buf->data + (at - f->at);
        over(f, 0);
        return;
    }
    uint64_t want = mr_min(f->cut.pos, in_file) - mr_min(at, in_file);
    read_file(f, at, want, f->cut.pos - at - want);
}

static void got_bytes(struct cut_find *f)
{
    if (f->at_end) {
        int err = look_at_end(f);
        if (err != 0)
            over(f, err);
        else
            read_unit(f);
        return;
    }
    uint64_t more = f->cut.pos - f->at - f->want;
    if (more > 0 &&
        plog_copy_memory(f->log, f->last, f->at + f->want, f->buf->data + f->want, more) != more) {
        over(f, -MR_E_CORRUPT);
        return;
    }
    f->cut.rest = f->buf->data;
    over(f, 0);
}

void cut_find_begin(struct cut_find *f)
{
    struct plog *log = f->log;
    struct segment *seg = plog_seg_of(log, f->to, &f->last);
    cut_find_forget(f);
    if (seg == NULL) { /* its files are missing (storage/open.c) */
        over(f, -EIO);
        return;
    }
    f->found = false;
    f->cut.counted = f->counting;
    if (f->counting) {
        walk(f, log->seg_first + log->seg_below, 0);
        return;
    }
    bool indexed = seg->live != NULL && seg->live->index.scanned > 0 && seg->live->task == NULL;
    walk(f, f->last, indexed ? index_pos(&seg->live->index, (uint32_t)(f->to - seg->base)) : 0);
}
