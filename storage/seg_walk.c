/* How sound batches are told from damage: storage/walk.c. A walk reads forwards only; behind damage it looks
 * for a run of batches that nothing behind it contradicts, and then begins again at that run. */
#include "storage/seg_walk.h"

#include "core/compress.h"
#include "core/mem.h"
#include "storage/plog_priv.h"

enum {
    READ_BYTES = 1 << 20,
    RUN_BYTES = 2 << 20,
    FINE = 0,
    MORE = 1,
    NONE = 2,
    SEARCH_BYTES_A_TURN = 1 << 20
};

static bool is_open(const struct plog *log)
{
    return log->state == PLOG_OPEN || log->state == PLOG_CUTTING;
}

static void finish(struct seg_walk *w, int err)
{
    struct plog *log = w->log;
    if (w->pinned)
        file_use_end(&w->use);
    if (w->buf != NULL)
        buf_unref(w->buf);
    w->buf = NULL;
    w->pinned = false;
    w->err = err;
    w->done(w);
    plog_idle(log);
}

/* ---- what stands at a place ---- */

static uint64_t in_buffer(const struct seg_walk *w, uint64_t pos)
{
    return pos >= w->at && pos < w->at + w->got ? w->at + w->got - pos : 0;
}

/* FINE: a batch whose checksum fits at offset least or above. MORE: w->want bytes from pos on are needed.
 * NONE. */
static int look(struct seg_walk *w, uint64_t pos, int64_t least, struct kw_batch *b)
{
    uint64_t left = w->end > pos ? w->end - pos : 0, have = mr_min(in_buffer(w, pos), left);
    if (left < BATCH_HEADER_BYTES)
        return NONE;
    if (have < BATCH_HEADER_BYTES) {
        w->want = BATCH_HEADER_BYTES;
        return MORE;
    }
    const uint8_t *p = w->buf->data + (pos - w->at);
    const struct kw_batch_header *h = &b->h;
    batch_header_read(p, &b->h);
    if (h->magic != BATCH_MAGIC || h->length < BATCH_HEADER_BYTES - BATCH_PREFIX_BYTES ||
        batch_bytes(h) > left || h->base_offset < least || h->last_offset_delta < 0 || h->record_count < 0 ||
        h->record_count > (int64_t)h->last_offset_delta + 1 || h->base_offset >= w->limit ||
        h->last_offset_delta >= w->limit - h->base_offset || (h->attributes & ~0x7f) != 0 ||
        batch_codec(h) >= COMP_CODECS)
        return NONE;
    if (have < batch_bytes(h)) {
        w->want = batch_bytes(h);
        return MORE;
    }
    b->bytes = (struct mr_slice){p, batch_bytes(h)};
    return batch_crc_ok(b) ? FINE : NONE;
}

/* ---- reading ---- */

static void read_done(struct mr_op *op);

/* Behind what a short read brought. */
static void read_rest(struct seg_walk *w)
{
    w->whole = mr_round_down(w->got, SEGMENT_UNIT);
    op_init(&w->op, read_done);
    io_read(w->log->store->io, &w->op, segment_file(w->use.seg), w->buf->data + w->whole,
            mr_round_down(w->buf->cap, SEGMENT_UNIT) - w->whole, w->at + w->whole);
}

static void read_done(struct mr_op *op)
{
    struct seg_walk *w = MR_CONTAINER(op, struct seg_walk, op);
    uint64_t need = mr_min(mr_round_down(w->buf->cap, SEGMENT_UNIT), w->end - w->at);
    if (op->result < 0) {
        finish(w, (int)op->result);
        return;
    }
    uint64_t got = w->whole + (uint64_t)op->result;
    bool more = got > w->got;
    w->got = mr_max(got, w->got);
    if (w->got < need && more) {
        read_rest(w);
        return;
    }
    if (w->got < need) /* the file is shorter than it was */
        w->end = w->file_end = w->at + w->got;
    if (w->step == NULL || w->step(w, w->got))
        shard_ready(w->log->store->shard, &w->work);
}

/* No more than there is: a direct read pins all of its memory, and many logs are opened side by side. */
static void read_from(struct seg_walk *w, uint64_t pos)
{
    uint64_t unit = w->read_bytes != 0 ? w->read_bytes : READ_BYTES, at = mr_round_down(pos, SEGMENT_UNIT);
    uint64_t left = mr_max(w->end, at + 1) - at;
    uint64_t bytes = mr_round_up(mr_min(mr_max(unit, w->want + SEGMENT_UNIT), left), SEGMENT_UNIT);
    struct store *s = w->log->store;
    if (w->buf == NULL || w->buf->cap < bytes) {
        if (w->buf != NULL)
            buf_unref(w->buf);
        w->buf = buf_new(bytes, SEGMENT_UNIT, s->shard->id);
        if (w->buf == NULL) {
            finish(w, -ENOMEM);
            return;
        }
    }
    w->at = at;
    w->got = 0;
    read_rest(w);
}

/* ---- damage ---- */

static int tell_damage(struct seg_walk *w, uint64_t to_pos, int64_t to)
{
    struct damage d = {.seg = w->seg, .from_pos = w->pos, .to_pos = to_pos, .from = w->next, .to = to};
    w->lost = w->have = false;
    return w->damaged(w, &d);
}

/* True: something was read, or the walk is over. False: go on. */
static bool take_run(struct seg_walk *w)
{
    uint64_t to = w->cand;
    int64_t base = w->cand_base;
    int err = tell_damage(w, to, base);
    w->pos = to;
    w->next = base;
    if (err != 0)
        finish(w, err);
    return err != 0;
}

/* What is in memory only is not damaged; offsets of the last segment are known up to there. */
static int64_t ends_at(const struct seg_walk *w)
{
    const struct plog *log = w->log;
    if (!w->grows || w->seg != plog_last_number(log))
        return w->limit;
    return log->tail_first < log->tail_end ? plog_tail(log, log->tail_first)->base : log->append_end;
}

static bool nothing_more(struct seg_walk *w)
{
    if (w->have)
        return take_run(w);
    int64_t to = is_open(w->log) ? w->to : ends_at(w);
    finish(w, tell_damage(w, mr_max(w->should, w->end), mr_imax(to, w->next)));
    return true;
}

/* Look for a run of batches from w->seek on. True: it waits, or is over. */
static bool search(struct seg_walk *w)
{
    uint64_t looked = 0;
    struct kw_batch b;
    for (;;) {
        int64_t least = w->next + 1; /* there was at least one batch */
        if (w->have && w->seek == w->run_end) {
            int got = look(w, w->seek, w->run_next, &b);
            if (got == MORE) {
                read_from(w, w->seek);
                return true;
            }
            if (got == FINE) {
                w->seek = w->run_end = w->seek + b.bytes.len;
                w->run_next = batch_next_offset(&b.h);
                if (w->run_end - w->cand >= RUN_BYTES || w->run_end >= w->end)
                    return take_run(w);
                continue;
            }
        }
        if (w->end - w->seek < BATCH_HEADER_BYTES || w->seek >= w->end)
            return nothing_more(w);
        uint64_t have = in_buffer(w, w->seek);
        if (have < BATCH_HEADER_BYTES) {
            w->want = BATCH_HEADER_BYTES;
            read_from(w, w->seek);
            return true;
        }
        const uint8_t *p = w->buf->data + (w->seek - w->at) + BATCH_AT_MAGIC;
        const uint8_t *magic = memchr(p, BATCH_MAGIC, have - BATCH_AT_MAGIC);
        if (magic == NULL) {
            w->seek += have - BATCH_AT_MAGIC;
            looked += have;
            continue;
        }
        w->seek += (uint64_t)(magic - p);
        int got = look(w, w->seek, least, &b);
        if (got == MORE) {
            read_from(w, w->seek);
            return true;
        }
        if (got == NONE) {
            w->seek++;
            if (++looked < SEARCH_BYTES_A_TURN)
                continue;
            shard_ready(w->log->store->shard, &w->work);
            return true;
        }
        if (w->have && b.h.base_offset > w->run_next)
            return take_run(w); /* nothing contradicts the candidate */
        int32_t epoch = epochs_at(&w->log->epochs, b.h.base_offset);
        if (epoch >= 0 && epoch != b.h.leader_epoch) { /* another's */
            w->seek++;
            continue;
        }
        w->have = true;
        w->cand = w->seek;
        w->cand_base = b.h.base_offset;
        w->run_next = batch_next_offset(&b.h);
        w->run_end = w->seek = w->seek + b.bytes.len;
    }
}

/* ---- batch by batch ---- */

/* A batch behind a gap of offsets: is the batch after it before it? Then its own offset is wrong. */
static int check_gap(struct seg_walk *w, const struct kw_batch *b)
{
    struct kw_batch after;
    if (b->h.base_offset == w->next)
        return FINE;
    bool follows =
        w->pos == 0 || w->next > plog_seg(w->log, w->seg)->base; /* or it is where the walk begins */
    if (follows && w->known_end > 0 && batch_last_offset(&b->h) >= w->known_end)
        return NONE; /* two say so: the batch before it, and where the log ended */
    uint64_t want = w->want;
    int got = look(w, w->pos + b->bytes.len, w->next, &after);
    if (got == MORE) {
        w->want = mr_max(want, b->bytes.len + w->want);
        return MORE;
    }
    return got == FINE && after.h.base_offset <= batch_last_offset(&b->h) ? NONE : FINE;
}

static void walk_on(struct seg_walk *w)
{
    struct plog *log = w->log;
    for (;;) {
        struct kw_batch b;
        if (log->removed || log->store->fenced != 0 || w->stop) {
            finish(w, log->removed ? -ENOENT : -ECANCELED);
            return;
        }
        if (w->replacements != log->replacements) {
            finish(w, -EAGAIN);
            return;
        }
        if (w->lost) {
            if (search(w))
                return;
            continue;
        }
        if (w->pos >= w->end) {
            w->lost = w->end < w->should; /* the file ends before */
            w->seek = w->end;
            if (w->lost)
                (void)nothing_more(w);
            else
                finish(w, 0);
            return;
        }
        int got = look(w, w->pos, w->next, &b);
        if (got == FINE)
            got = check_gap(w, &b);
        if (got == MORE) {
            read_from(w, w->pos);
            return;
        }
        struct segment *seg = plog_seg(log, w->seg);
        if (got == NONE && w->grows && w->end == w->should) { /* its last batch may end in what came later */
            int64_t size = in_buffer(w, w->pos) >= BATCH_PREFIX_BYTES
                               ? batch_bytes_peek(w->buf->data + (w->pos - w->at), in_buffer(w, w->pos))
                               : 0;
            if (w->end - w->pos < BATCH_HEADER_BYTES ||
                (size > 0 && w->pos + (uint64_t)size > w->end && w->pos + (uint64_t)size <= seg->size)) {
                finish(w, 0);
                return;
            }
        }
        if (got == NONE) {
            w->lost = true;
            w->seek = w->pos + 1;
            continue;
        }
        int err = w->batch == NULL ? 0 : w->batch(w, &b, w->pos);
        if (err == SEG_WALK_WAIT)
            return;
        w->pos += b.bytes.len;
        w->next = batch_next_offset(&b.h);
        if (err != 0) {
            finish(w, err);
            return;
        }
    }
}

static void work_run(struct mr_work *work)
{
    walk_on(MR_CONTAINER(work, struct seg_walk, work));
}

void seg_walk_on(struct seg_walk *w)
{
    shard_ready(w->log->store->shard, &w->work);
}

/* ---- the file ---- */

static void opened(struct file_use *u)
{
    struct seg_walk *w = MR_CONTAINER(u, struct seg_walk, use);
    if (u->err != 0) {
        finish(w, u->err);
        return;
    }
    w->pinned = true;
    walk_on(w);
}

static void begin(struct mr_work *work)
{
    struct seg_walk *w = MR_CONTAINER(work, struct seg_walk, work);
    struct plog *log = w->log;
    work_init(&w->work, work_run);
    if (log->removed || w->seg < log->seg_first || w->seg > plog_last_number(log)) {
        finish(w, -ENOENT);
        return;
    }
    if (w->replacements != log->replacements) {
        finish(w, -EAGAIN);
        return;
    }
    struct segment *seg = plog_seg(log, w->seg);
    w->grows = !seg->finished;
    w->end = w->file_end = w->should = seg->finished ? seg->size : seg->mat_pos;
    w->limit = w->seg < plog_last_number(log) ? plog_seg(log, w->seg + 1)->base : INT64_MAX;
    if (w->limit == INT64_MAX && seg->finished == false && is_open(log))
        w->limit = log->append_end;
    w->to = ends_at(w);
    if (w->end == 0) {
        finish(w, 0);
        return;
    }
    w->use = (struct file_use){.store = log->store, .log = log, .seg = seg, .done = opened};
    if (file_use_begin(&w->use))
        opened(&w->use);
}

void seg_walk_begin(struct seg_walk *w)
{
    plog_busy(w->log);
    w->replacements = w->log->replacements;
    w->err = 0;
    w->buf = NULL;
    w->pinned = w->lost = w->have = false;
    w->at = w->got = w->want = 0;
    work_init(&w->work, begin);
    shard_ready(w->log->store->shard, &w->work);
}
