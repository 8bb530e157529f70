/* A read from blocks that others may use too (storage/cold.h), and blocks ahead of whoever reads on.
 *
 * Only what lies in the file for certain is taken from blocks. Everything else, damage included, is read.c's:
 * it reads again, for this reader alone, and judges. */
#include "core/crc32c.h"
#include "core/mem.h"
#include "net/wire/batch.h"
#include "storage/index_load.h"
#include "storage/read_priv.h"

enum {
    SPAN_BLOCKS = 64,
    ROUNDS_MAX = 16,
    COPY_BYTES_MAX = 4096, /* so little is copied: it would hold a whole block */
};

enum step { STEP_AGAIN, STEP_WAITS, STEP_ALONE, STEP_DONE };

/* Blocks in a row that are held, from `number` on; their bytes reach up to end. */
struct span {
    struct cold *cold;
    struct cold_block *blocks[SPAN_BLOCKS];
    uint32_t number, count;
    uint64_t end;
};

static void span_drop(struct span *s)
{
    for (uint32_t i = 0; i < s->count; i++)
        buf_unref(s->blocks[i]->buf);
    s->count = 0;
}

/* The piece of [pos, end) that lies in one block. */
struct piece {
    struct cold_block *block;
    uint32_t from, to;
};

static struct piece span_piece(const struct span *s, uint64_t pos, uint64_t end)
{
    uint32_t bytes = s->cold->block_bytes;
    struct cold_block *b = s->blocks[pos / bytes - s->number];
    uint32_t from = (uint32_t)(pos % bytes);
    return (struct piece){b, from, (uint32_t)mr_min(end - pos, bytes - from) + from};
}

static void span_copy(const struct span *s, uint64_t pos, uint8_t *dst, uint64_t bytes)
{
    for (uint64_t end = pos + bytes; pos < end;) {
        struct piece p = span_piece(s, pos, end);
        memcpy(dst, p.block->buf->data + p.from, p.to - p.from);
        dst += p.to - p.from;
        pos += p.to - p.from;
    }
}

/* ---- checksums: once for a batch as long as its blocks stay, however many read it ---- */

static bool checked(const struct span *s, uint64_t pos, uint64_t end)
{
    while (pos < end) {
        struct piece p = span_piece(s, pos, end);
        if (p.from < p.block->ok_from || p.to > p.block->ok_to)
            return false;
        pos += p.to - p.from;
    }
    return true;
}

static void note_checked(const struct span *s, uint64_t pos, uint64_t end)
{
    while (pos < end) {
        struct piece p = span_piece(s, pos, end);
        struct cold_block *b = p.block;
        if (p.from <= b->ok_to && p.to >= b->ok_from && b->ok_to > b->ok_from) {
            b->ok_from = mr_min(b->ok_from, p.from);
            b->ok_to = mr_max(b->ok_to, p.to);
        } else if (p.to - p.from > b->ok_to - b->ok_from) {
            b->ok_from = p.from;
            b->ok_to = p.to;
        }
        pos += p.to - p.from;
    }
}

static bool crc_ok(const struct span *s, uint64_t pos, uint64_t end, uint32_t want)
{
    if (checked(s, pos, end))
        return true;
    uint32_t crc = 0;
    uint64_t at = pos + BATCH_CRC_START;
    while (at < end) {
        struct piece p = span_piece(s, at, end);
        crc = crc32c(crc, p.block->buf->data + p.from, p.to - p.from);
        at += p.to - p.from;
    }
    cold_walked(s->cold, end - pos);
    if (crc != want)
        return false;
    note_checked(s, pos, end);
    return true;
}

/* ---- ahead ---- */

/* The position that comes next in the log, if it is in a file for certain. */
static bool next_place(struct plog *log, uint32_t *seg_number, uint64_t *pos)
{
    const struct segment *seg = plog_seg(log, *seg_number);
    if (*pos >= seg->size && *seg_number != plog_last_number(log)) {
        seg = plog_seg(log, ++*seg_number);
        *pos = 0;
    }
    return *pos < cold_file_end(seg);
}

/* The reader goes on at pos: have so many blocks there. */
static void read_ahead(struct cold *cold, struct plog *log, uint32_t seg_number, uint64_t pos,
                       uint32_t window)
{
    for (uint32_t n = 0; n < window && next_place(log, &seg_number, &pos); n++) {
        struct segment *seg = plog_seg(log, seg_number);
        uint32_t number = (uint32_t)(pos / cold->block_bytes);
        if (cold_block_get(cold, log, seg, number, true) == NULL)
            return;
        pos = mr_min(((uint64_t)number + 1) * cold->block_bytes, seg->size);
    }
}

static void note_stream(struct cold_read *c, uint64_t pos)
{
    struct plog *log = c->log;
    struct cold *cold = log->store->cold;
    const struct plog_read *r = c->r;
    uint64_t now_ns = shard_now_ns(log->store->shard);
    bool stands = c->seg_number - log->seg_first < log->seg_count && plog_seg(log, c->seg_number) == c->seg;
    if (r->end <= r->offset || !stands || log->removed || log->store->closing)
        return;
    uint32_t run = streams_note(&cold->streams, log, r->offset, r->end, r->offset == log->log_start, now_ns);
    if (c->replacements == log->replacements)
        streams_mark(&cold->streams, log, r->end, c->seg->base, (uint32_t)pos, log->replacements);
    if (r->end < r->limit || run > 0)
        read_ahead(cold, log, c->seg_number, pos,
                   cold_window(run, cold->blocks_max, streams_active(&cold->streams, now_ns)));
}

/* ---- the answer ---- */

static int take_copy(struct cold_read *c, const struct span *s, uint64_t first, uint64_t bytes)
{
    struct plog_read *r = c->r;
    struct mr_buf *buf = buf_new(bytes, 64, c->log->store->shard->id);
    r->parts = mem_alloc(sizeof(*r->parts));
    if (buf == NULL || r->parts == NULL) {
        if (buf != NULL)
            buf_unref(buf);
        mem_free(r->parts);
        r->parts = NULL;
        return -ENOMEM;
    }
    span_copy(s, first, buf->data, bytes);
    r->parts[0] = (struct plog_part){.bytes = {buf->data, bytes}, .buf = buf};
    r->count = 1;
    r->bytes = (uint32_t)bytes;
    r->own_bytes = buf->cap;
    return 0;
}

static int take(struct cold_read *c, const struct span *s, uint64_t first, uint64_t end)
{
    struct plog_read *r = c->r;
    if (end - first <= COPY_BYTES_MAX && end - first <= r->own_max)
        return take_copy(c, s, first, end - first);
    r->parts = mem_alloc(s->count * sizeof(*r->parts));
    if (r->parts == NULL)
        return -ENOMEM;
    for (uint64_t pos = first; pos < end;) {
        struct piece p = span_piece(s, pos, end);
        r->parts[r->count++] = (struct plog_part){.bytes = {p.block->buf->data + p.from, p.to - p.from},
                                                  .buf = buf_ref(p.block->buf)};
        pos += p.to - p.from;
    }
    r->bytes = (uint32_t)(end - first);
    return 0;
}

/* ---- walking ---- */

/* What is in them, from pos on, does not fit: none of it counts any more. */
static void distrust(struct span *s, uint64_t pos)
{
    struct cold *cold = s->cold;
    uint32_t from = (uint32_t)(pos / cold->block_bytes) - s->number;
    for (uint32_t i = from; i < s->count; i++) {
        struct mr_buf *buf = s->blocks[i]->buf;
        cold_block_distrust(cold, s->blocks[i]);
        buf_unref(buf);
    }
    s->count = from;
}

struct walk {
    uint64_t pos;   /* where it stands */
    uint64_t first; /* of what was found, when there is any */
    bool found;
    int64_t end;   /* the offset after it */
    uint64_t need; /* bytes of the batch at pos, which is not whole; 0: it is over for another reason */
    bool damaged;
    bool doubt; /* the first batch begins behind what is wanted: a gap, or the index was wrong */
};

/* Offsets stand outside the checksum; read.c judges what does not fit. */
static bool fits(const struct cold_read *c, const struct span *s, const struct kw_batch_header *h,
                 uint64_t end_pos)
{
    uint8_t head[BATCH_HEADER_BYTES];
    struct kw_batch_header after;
    if (end_pos > s->end || s->end - end_pos < sizeof(head))
        return cold_batch_fits(c, h, NULL);
    span_copy(s, end_pos, head, sizeof(head));
    batch_header_read(head, &after);
    return cold_batch_fits(c, h, &after);
}

/* Over whole batches, while they are wanted. */
static void walk(struct cold_read *c, const struct span *s, struct walk *w)
{
    const struct plog_read *r = c->r;
    uint64_t max = mr_min(r->bytes_max, COLD_BYTES_STEP);
    while (w->pos < s->end) {
        uint8_t head[BATCH_HEADER_BYTES];
        struct kw_batch_header h;
        w->need = BATCH_HEADER_BYTES;
        if (s->end - w->pos < sizeof(head))
            return;
        span_copy(s, w->pos, head, sizeof(head));
        batch_header_read(head, &h);
        w->damaged = h.magic != BATCH_MAGIC || batch_bytes_peek(head, sizeof(head)) < BATCH_HEADER_BYTES;
        if (w->damaged)
            return;
        uint64_t bytes = batch_bytes(&h);
        w->damaged = !fits(c, s, &h, w->pos + bytes);
        if (w->damaged)
            return;
        w->doubt = !c->certain && w->pos > 0 && h.base_offset > r->offset;
        if (w->doubt)
            return;
        c->certain = true;
        w->need = bytes;
        if (w->found && w->pos + bytes - w->first > max)
            break;
        if (s->end - w->pos < bytes)
            return;
        if (h.base_offset >= r->limit)
            break;
        if (batch_last_offset(&h) >= r->offset) {
            if (!w->found && bytes > max && !r->one_at_least)
                break;
            w->damaged = !crc_ok(s, w->pos, w->pos + bytes, h.crc);
            if (w->damaged)
                return;
            if (!w->found)
                w->first = w->pos;
            w->found = true;
            w->end = batch_next_offset(&h);
        }
        index_feed(c->log, c->seg, w->pos, &h);
        w->pos += bytes;
    }
    w->need = 0;
}

static enum step answer(struct cold_read *c, struct span *s, const struct walk *w)
{
    int err = w->found ? take(c, s, w->first, w->pos) : 0;
    if (err == 0 && w->found) {
        c->r->end = w->end;
        c->log->store->stats.cold_read_bytes += c->r->bytes;
    }
    span_drop(s);
    if (err == 0 && w->found)
        note_stream(c, w->pos);
    cold_read_finish(c, err);
    return STEP_DONE;
}

/* Holds those of blocks [first, last] that are ready, up to the first that is not: that is *ret_missing, NULL
 * when there is none. False: there is no memory for the first one. */
static bool gather(struct cold_read *c, struct span *s, uint64_t first, uint64_t last,
                   struct cold_block **ret_missing)
{
    *ret_missing = NULL;
    s->number = (uint32_t)first;
    for (uint64_t n = first; n <= last; n++) {
        struct cold_block *b = cold_block_get(s->cold, c->log, c->seg, (uint32_t)n, false);
        if (b == NULL)
            return n > first;
        if (b->state != COLD_READY && *ret_missing == NULL)
            *ret_missing = b;
        if (*ret_missing != NULL)
            continue;
        buf_ref(b->buf);
        s->blocks[s->count++] = b;
        s->end = n * s->cold->block_bytes + b->valid;
    }
    return true;
}

static enum step wait_for(struct cold_read *c, struct cold_block *b)
{
    if (++c->rounds > ROUNDS_MAX)
        return STEP_ALONE; /* blocks go faster than they come */
    cold_block_wait(b, &c->wait);
    return STEP_WAITS;
}

static enum step step(struct cold_read *c)
{
    struct cold *cold = c->log->store->cold;
    uint64_t end = cold_file_end(c->seg), pos = c->from + c->skip;
    if (pos >= c->seg->size && cold_read_next(c)) /* a gap at the end of the segment (compaction) */
        return STEP_AGAIN;
    uint64_t want = mr_max(mr_min(c->r->bytes_max, COLD_BYTES_STEP), mr_max(c->need, 1));
    uint64_t stop = mr_min(end, pos + want), first = pos / cold->block_bytes;
    if (pos >= end || pos + c->need > end)
        return STEP_ALONE;
    uint64_t most = mr_min(mr_max(cold->blocks_max / 2, 1), SPAN_BLOCKS);
    uint64_t last = mr_min((stop - 1) / cold->block_bytes, first + most - 1);
    if ((last + 1) * cold->block_bytes < mr_min(pos + c->need, end))
        return STEP_ALONE; /* a batch too large for that */
    struct span s = {.cold = cold, .end = pos};
    struct cold_block *missing;
    if (!gather(c, &s, first, last, &missing))
        return STEP_ALONE;
    bool soon = missing != NULL && (s.count == 0 || missing->state == COLD_READING);
    if (soon) {
        span_drop(&s);
        return wait_for(c, missing);
    }
    struct walk w = {.pos = pos};
    walk(c, &s, &w);
    if (w.damaged && !w.found)
        distrust(&s, w.pos);
    if (w.found || (w.need == 0 && !w.damaged && w.pos < s.end))
        return answer(c, &s, &w); /* or there is nothing that may be given */
    span_drop(&s);
    c->from = mr_round_down(w.pos, SEGMENT_UNIT);
    c->skip = w.pos - c->from;
    if (w.damaged || w.doubt || ++c->rounds > ROUNDS_MAX)
        return STEP_ALONE;
    bool more = w.need > c->need;
    c->need = w.need;
    if (missing != NULL)
        return wait_for(c, missing);
    return more || w.pos > pos ? STEP_AGAIN : STEP_ALONE;
}

static void go_on(struct cold_wait *w, int err)
{
    struct cold_read *c = MR_CONTAINER(w, struct cold_read, wait);
    c->shared &= err == 0; /* what could not be read may lie elsewhere in that block */
    cold_read_shared(c);
}

void cold_read_shared(struct cold_read *c)
{
    struct store *s = c->log->store;
    if (c->log->removed) {
        cold_read_finish(c, -ENOENT);
        return;
    }
    if (!cold_walk_may(s->cold) && c->shared) {
        c->wait = (struct cold_wait){.run = go_on};
        cold_walk_want(s->cold, &c->wait);
        return;
    }
    c->wait = (struct cold_wait){.run = go_on};
    list_init(&c->wait.link);
    enum step next = STEP_AGAIN;
    while (next == STEP_AGAIN)
        next = c->shared ? step(c) : STEP_ALONE;
    if (next == STEP_ALONE) {
        c->shared = false;
        cold_read_go(c);
    }
}
