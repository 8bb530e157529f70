/* Reading: from the tail in memory at once, else from the segment file with direct reads. A cold read walks
 * batches from the nearest index entry, and checks that the entry pointed at a batch before what is wanted.
 */
#include <stdio.h>

#include "core/mem.h"
#include "net/wire/batch.h"
#include "storage/index_load.h"
#include "storage/read_priv.h"

enum {
    PARTS_COPY_ABOVE =
        32, /* more and smaller parts than this are copied together: a gather list is not free */
    PART_BYTES_SMALL = 4096,
    COLD_BYTES_MIN = 64 * 1024,
    COLD_BYTES_LEAST = 8 * 1024, /* when larger pieces cannot be read */
};

/* ---- from memory ---- */

/* The number of the tail entry that contains offset, or of the first one after it. */
static uint64_t tail_find(const struct plog *log, int64_t offset)
{
    uint64_t lo = log->tail_first, hi = log->tail_end;
    while (lo < hi) {
        uint64_t mid = lo + (hi - lo) / 2;
        const struct tail_entry *e = plog_tail(log, mid);
        if (e->base + (int64_t)e->last_delta < offset)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* How many entries from first on a read may take, with at most bytes_max, and their bytes. */
static uint32_t tail_count(const struct plog *log, const struct plog_read *r, uint64_t first,
                           uint64_t bytes_max, uint64_t *ret_bytes)
{
    uint64_t n = first, bytes = 0;
    for (; n < log->tail_end; n++) {
        const struct tail_entry *e = plog_tail(log, n);
        if (e->base >= r->limit)
            break;
        if (bytes + e->bytes > bytes_max && !(n == first && r->one_at_least))
            break;
        bytes += e->bytes;
    }
    *ret_bytes = bytes;
    return (uint32_t)(n - first);
}

/* The chunks as they are, up to one that readers may not hold too. 0: that is the first one. */
static int tail_pin(struct plog *log, struct plog_read *r, uint64_t first, uint32_t count)
{
    r->parts = mem_alloc(count * sizeof(*r->parts));
    if (r->parts == NULL)
        return -ENOMEM;
    for (; r->count < count; r->count++) {
        const struct tail_entry *e = plog_tail(log, first + r->count);
        if (!journal_pin(e->chunk))
            break;
        r->parts[r->count] =
            (struct plog_part){.bytes = {e->chunk->buf->data + e->at, e->bytes}, .chunk = e->chunk};
        r->bytes += e->bytes;
        r->end = e->base + (int64_t)e->last_delta + 1;
    }
    if (r->count == 0) {
        mem_free(r->parts);
        r->parts = NULL;
    }
    return 0;
}

static int tail_copy(struct plog *log, struct plog_read *r, uint64_t first)
{
    uint64_t bytes;
    if (r->own_max == 0)
        return -ENOBUFS;
    uint32_t count = tail_count(log, r, first, mr_min(r->bytes_max, r->own_max), &bytes);
    if (count == 0)
        return 0;
    struct mr_buf *joined = buf_new(bytes, 64, log->store->shard->id);
    r->parts = mem_alloc(sizeof(*r->parts));
    if (r->parts == NULL || joined == NULL) {
        mem_free(r->parts);
        r->parts = NULL;
        if (joined != NULL)
            buf_unref(joined);
        return -ENOMEM;
    }
    uint8_t *dst = joined->data;
    for (uint32_t i = 0; i < count; i++) {
        const struct tail_entry *e = plog_tail(log, first + i);
        memcpy(dst, e->chunk->buf->data + e->at, e->bytes);
        dst += e->bytes;
        r->end = e->base + (int64_t)e->last_delta + 1;
    }
    r->parts[0] = (struct plog_part){.bytes = {joined->data, bytes}, .buf = joined};
    r->count = 1;
    r->bytes = (uint32_t)bytes;
    r->own_bytes = joined->cap;
    return 0;
}

static int take_tail(struct plog *log, struct plog_read *r)
{
    uint64_t first = tail_find(log, r->offset), bytes;
    uint32_t count = tail_count(log, r, first, r->bytes_max, &bytes);
    if (count == 0)
        return 0;
    bool small = count > PARTS_COPY_ABOVE && bytes / count < PART_BYTES_SMALL;
    if (small && bytes <= r->own_max)
        return tail_copy(log, r, first);
    int err = tail_pin(log, r, first, count);
    return err != 0 || r->count > 0 ? err : tail_copy(log, r, first);
}

void plog_read_done(struct plog_read *r)
{
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->parts[i].buf != NULL)
            buf_unref(r->parts[i].buf);
        else
            journal_unpin(r->parts[i].chunk);
    }
    mem_free(r->parts);
    r->parts = NULL;
    r->count = r->bytes = 0;
    r->own_bytes = 0;
}

/* ---- from files ---- */

/* The offset that the walk looks for, counted from the segment's base. */
static uint32_t wanted_delta(const struct cold_read *c, const struct segment *seg)
{
    int64_t delta = mr_imax(c->r->offset - seg->base, 0);
    return (uint32_t)mr_imin(delta, INT32_MAX);
}

/* For itself: FILE -> (its turn at the device) READ -> (more needed: READ again, or the next segment: FILE)
 * -> done. Bytes that are in memory only need none of it. From blocks: cold_read.c. */

void cold_read_finish(struct cold_read *c, int err)
{
    struct plog_read *r = c->r;
    if (c->turn.has)
        cold_turn_end(c->log->store->cold, &c->turn);
    if (c->pinned)
        file_use_end(&c->file);
    if (c->seg != NULL)
        c->seg->pins--;
    if (c->buf != NULL)
        buf_unref(c->buf);
    struct plog *log = c->log;
    mem_free(c);
    r->err = err;
    if (r->in_call)
        r->answered = true; /* answered from memory before plog_read() returned */
    else
        r->done(r);
    plog_idle(log);
}

/* A batch begins there, if the index is right. */
static void cold_read_at(struct cold_read *c, uint64_t pos)
{
    c->looked_from = pos;
    c->from = mr_round_down(pos, SEGMENT_UNIT);
    c->skip = pos - c->from;
}

void cold_read_segment(struct cold_read *c)
{
    if (c->pinned)
        file_use_end(&c->file);
    c->pinned = false;
    c->replacements = c->log->replacements;
    if (c->seg != NULL)
        c->seg->pins--;
    c->seg = plog_seg(c->log, c->seg_number);
    c->seg_end =
        c->seg_number < plog_last_number(c->log) ? plog_seg(c->log, c->seg_number + 1)->base : INT64_MAX;
    c->certain = false;
    c->seg->pins++; /* it stays, though nothing of it may be in flight */
    const struct offset_entry *e = NULL;
    if (c->seg->live != NULL && !(c->again && c->seg->live->index.loaded)) /* once it led nowhere */
        e = index_offset_entry(&c->seg->live->index, wanted_delta(c, c->seg));
    c->followed = e != NULL;
    c->probation = index_probation(c->seg);
    c->entry = e != NULL ? *e : (struct offset_entry){0};
    c->tries = 0;
    cold_read_at(c, c->entry.pos);
    c->want = mr_max(mr_min(c->max, COLD_BYTES_STEP) + 2 * SEGMENT_UNIT, COLD_BYTES_MIN);
}

bool cold_read_next(struct cold_read *c)
{
    if (c->replacements != c->log->replacements) { /* the numbers have changed: look for it again */
        if (plog_seg_of(c->log, c->r->offset, &c->seg_number) == NULL)
            c->seg_number = c->log->seg_first;
    } else if (c->seg_number == plog_last_number(c->log)) {
        return false;
    } else {
        c->seg_number++;
    }
    cold_read_segment(c);
    return true;
}

/* Behind the file's bytes come the fragment and the tail, if the file still ends at or before what was read.
 */
static void add_memory(struct cold_read *c)
{
    const struct plog *log = c->log;
    uint64_t at = c->from + c->got;
    if (c->seg->finished || at < c->seg->mat_pos || plog_seg(log, log->mat_seg) != c->seg)
        return;
    uint64_t pass = at - c->seg->mat_pos; /* bytes of memory that lie before what is wanted */
    uint64_t room = c->buf->cap - c->got;
    uint8_t *dst = c->buf->data + c->got;
    uint64_t skip = mr_min(pass, log->frag_len);
    uint64_t n = mr_min(room, log->frag_len - skip);
    if (n > 0)
        memcpy(dst, log->frag + skip, n);
    pass -= skip;
    dst += n;
    room -= n;
    for (uint64_t number = log->mat_entry; number < log->tail_end && room > 0; number++) {
        const struct tail_entry *e = plog_tail(log, number);
        if (e->seg != c->seg_number)
            break;
        uint32_t done = number == log->mat_entry ? log->mat_skip : 0;
        skip = mr_min(pass, e->bytes - done);
        n = mr_min(room, e->bytes - done - skip);
        memcpy(dst, e->chunk->buf->data + e->at + done + skip, n);
        pass -= skip;
        dst += n;
        room -= n;
    }
    c->got = (uint64_t)(dst - c->buf->data);
}

/* The answer: bytes of the buffer; a copy of them when most of the buffer would be held for nothing. */
static int cold_take(struct cold_read *c, uint64_t first, uint64_t bytes)
{
    struct plog_read *r = c->r;
    r->parts = mem_alloc(sizeof(*r->parts));
    if (r->parts == NULL)
        return -ENOMEM;
    struct mr_buf *fitting = bytes < c->buf->cap / 4 ? buf_new(bytes, 64, c->log->store->shard->id) : NULL;
    if (fitting != NULL) {
        memcpy(fitting->data, c->buf->data + first, bytes);
        first = 0;
    }
    struct mr_buf *buf = fitting != NULL ? fitting : buf_ref(c->buf);
    r->parts[0] = (struct plog_part){.bytes = {buf->data + first, bytes}, .buf = buf};
    r->count = 1;
    r->bytes = (uint32_t)bytes;
    r->own_bytes = buf->cap;
    return 0;
}

/* What stands there is not what should. Perhaps the index was wrong: then it is built from the log and the
 * read begins again, else the log is damaged. */
static int cold_suspect(struct cold_read *c)
{
    if (!c->followed || !c->probation)
        return -MR_E_CORRUPT;
    index_doubt(c->log, c->seg);
    c->seek = true;
    return 0;
}

/* The bytes from here on are known to be damaged: behind them, or on to the next segment. As cold_walk(). */
static int cold_skip(struct cold_read *c, const struct damage *d)
{
    c->followed = false;
    if (d->to_pos < c->seg->size) {
        cold_read_at(c, d->to_pos);
        c->tries = 0;
        return 0;
    }
    if (c->seg_number == plog_last_number(c->log))
        return 1;
    c->seg_number++;
    cold_read_segment(c);
    return 0;
}

bool cold_batch_fits(const struct cold_read *c, const struct kw_batch_header *h,
                     const struct kw_batch_header *after)
{
    const struct plog *log = c->log;
    bool stands = c->replacements == log->replacements; /* the numbers are those of then */
    int64_t end = stands && c->seg_number < plog_last_number(log) ? plog_seg(log, c->seg_number + 1)->base
                                                                  : mr_imin(c->seg_end, log->append_end);
    return h->base_offset >= c->seg->base && h->base_offset < end && h->last_offset_delta >= 0 &&
           batch_last_offset(h) < end &&
           (after == NULL || after->magic != BATCH_MAGIC || after->base_offset > batch_last_offset(h));
}

/* What is known to begin at a place of the segment; its number counts as long as compaction changes none. */
static const struct damage *cold_damage(const struct cold_read *c, uint64_t pos)
{
    return c->replacements != c->log->replacements ? NULL : damage_at(c->log, c->seg_number, pos);
}

/* When the batch behind it contradicts it, one of both is wrong: that one, unless its checksum is right and
 * it is not known to be. */
static bool cold_fits(const struct cold_read *c, const struct kw_batch *b, struct mr_slice rest,
                      uint64_t end_pos)
{
    struct kw_batch after;
    bool whole = batch_next(&rest, &after) == 1;
    if (cold_batch_fits(c, &b->h, whole ? &after.h : NULL))
        return true;
    return cold_batch_fits(c, &b->h, NULL) && (cold_damage(c, end_pos) != NULL || !batch_crc_ok(&after));
}

/* Walk what was read. Returns 1: answered, 0: go on with what the task now asks for, negative: error. */
static int cold_walk(struct cold_read *c)
{
    struct plog_read *r = c->r;
    const uint8_t *data = c->buf->data;
    uint64_t at = c->skip, first = 0;
    bool found = false;
    int64_t end = r->offset;
    while (at < c->got) {
        struct mr_slice rest = {data + at, c->got - at};
        struct kw_batch b;
        const struct damage *d = cold_damage(c, c->from + at);
        if (d != NULL && found)
            break;
        if (d != NULL)
            return cold_skip(c, d);
        int more = batch_next(&rest, &b);
        c->bad = c->from + at;
        bool fits = more != 1 || cold_fits(c, &b, rest, c->bad + b.bytes.len);
        if ((more < 0 || !fits) && !found)
            return cold_suspect(c);
        if (more != 1 || !fits)
            break;
        uint64_t bytes = b.bytes.len;
        index_feed(c->log, c->seg, c->bad, &b.h);
        if (c->followed &&
            !c->certain) { /* Kafka's entry may be of a later batch than the one that it points at */
            int64_t first_delta = b.h.base_offset - c->seg->base,
                    last = batch_last_offset(&b.h) - c->seg->base;
            if (first_delta < 0 || first_delta > (int64_t)c->entry.delta ||
                (last != (int64_t)c->entry.delta && !batch_crc_ok(&b)))
                return cold_suspect(c);
            c->followed = false;
        }
        if (b.h.base_offset >= r->limit) {
            if (!found)
                return 1; /* nothing below the limit */
            break;
        }
        if (batch_last_offset(&b.h) >= r->offset) {
            if (!found && bytes > c->max && !r->one_at_least)
                return 1;
            if (found && at + bytes - first > c->max)
                break;
            if (!batch_crc_ok(&b)) {
                if (!found)
                    return -MR_E_CORRUPT;
                break; /* what stands before it is good */
            }
            if (!found)
                first = at;
            found = true;
            end = batch_next_offset(&b.h);
        }
        at += bytes;
    }
    if (found) {
        int err = cold_take(c, first, at - first);
        if (err != 0)
            return err;
        r->end = end;
        c->log->store->stats.cold_read_bytes += r->bytes;
        if (r->pieces)
            cold_read_note(c, c->from + at);
        return 1;
    }
    uint64_t pos = c->from + at;
    if (pos >= c->seg->size) { /* a gap at the end of the segment (compaction): on with the next one */
        if (!cold_read_next(c))
            return 1;
        return 0;
    }
    int64_t size = batch_bytes_peek(data + at, c->got > at ? c->got - at : 0);
    uint64_t need = size > 0 ? (uint64_t)size : SEGMENT_UNIT;
    bool moved = pos > c->from + c->skip;
    c->from = mr_round_down(pos, SEGMENT_UNIT);
    c->skip = pos - c->from;
    c->want = c->small ? need + 2 * SEGMENT_UNIT : mr_max(need + 2 * SEGMENT_UNIT, COLD_BYTES_STEP);
    c->bad = pos;
    if (!moved && (++c->tries > 8 || (size > 0 && pos + need > c->seg->size)))
        return cold_suspect(c); /* the batch that the log says is there is not */
    if (moved) {
        c->tries = 0;
        c->followed = false;
    }
    return 0;
}

static void cold_go(struct cold_read *c);

static void cold_find_segment(struct cold_read *c)
{
    c->replacements = c->log->replacements;
    if (plog_seg_of(c->log, c->r->offset, &c->seg_number) == NULL)
        c->seg_number = c->log->seg_first;
}

/* From the beginning, for itself. */
static void cold_begin_again(struct cold_read *c)
{
    c->again = true;
    cold_find_segment(c);
    cold_read_segment(c);
    cold_go(c);
}

/* What was met by the way is known now. */
static void cold_looked(struct damage_look *l)
{
    struct cold_read *c = MR_CONTAINER(l, struct cold_read, look);
    struct plog *log = c->log;
    if (log->removed || c->r->offset < log->log_start) {
        cold_read_finish(c, log->removed ? -ENOENT : -ERANGE);
        return;
    }
    bool nothing = l->found == 0 && c->again && l->walk.err != -EAGAIN;
    if (nothing || damage_of(log, c->r->offset) != NULL)
        cold_read_finish(c, -MR_E_CORRUPT);
    else
        cold_begin_again(c);
}

/* It is answered; or something does not fit: how far does that go, and does what is asked for lie behind it?
 */
static void cold_failed(struct cold_read *c, int err)
{
    bool gone = err == -ENOENT && !c->log->removed; /* the file is */
    if ((err != -MR_E_CORRUPT && !gone) || c->r->in_call) {
        cold_read_finish(c, err);
        return;
    }
    if (c->replacements != c->log->replacements) { /* it was about a segment that is there no more */
        cold_begin_again(c);
        return;
    }
    c->look.done = cold_looked;
    damage_look(c->log, &c->look, c->seg_number, c->looked_from, c->bad);
}

static void cold_file(struct file_use *u)
{
    struct cold_read *c = MR_CONTAINER(u, struct cold_read, file);
    c->pinned = u->err == 0;
    if (u->err != 0)
        cold_failed(c, u->err);
    else
        cold_go(c);
}

static bool cold_seek(struct cold_read *c);

static void cold_index(struct index_want *w)
{
    struct cold_read *c = MR_CONTAINER(w, struct cold_read, index);
    const struct plog *log = c->log;
    if (log->removed || c->r->offset < log->log_start) {
        cold_read_finish(c, log->removed ? -ENOENT : -ERANGE);
        return;
    }
    if (c->replacements == log->replacements)
        cold_read_segment(c);
    else if (!cold_seek(c)) /* compaction has put another segment there */
        return;
    if (c->shared)
        cold_read_shared(c);
    else
        cold_go(c);
}

/* Find the place to read at. False: cold_index() goes on when the index is there. */
static bool cold_seek(struct cold_read *c)
{
    c->seek = false;
    if (c->replacements != c->log->replacements)
        cold_find_segment(c);
    if (c->pinned)
        file_use_end(&c->file);
    c->pinned = false;
    if (c->turn.has) /* it may wait */
        cold_turn_end(c->log->store->cold, &c->turn);
    const struct segment *seg = plog_seg(c->log, c->seg_number);
    uint32_t place = c->shared ? streams_place(&c->log->store->cold->streams, c->log, c->r->offset, seg->base,
                                               c->replacements)
                               : 0;
    if (place > 0 && place < seg->size) { /* it reads on */
        cold_read_segment(c);
        cold_read_at(c, place);
        c->followed = false;
        return true;
    }
    c->index = (struct index_want){.delta = wanted_delta(c, seg), .done = cold_index};
    if (c->index.delta > 0 && seg->size > index_min(c->log->store) &&
        !index_want(c->log, c->seg_number, &c->index))
        return false;
    cold_read_segment(c);
    return true;
}

/* True: answered and gone, or waiting for an index. */
static bool cold_answer(struct cold_read *c)
{
    if (c->from + c->got >= c->end)
        add_memory(c);
    int answer = cold_walk(c);
    if (answer == 0)
        return c->seek && !cold_seek(c);
    cold_failed(c, mr_imin(answer, 0));
    return true;
}

/* A piece that cannot be read may have more in it than is needed: once more, smaller. */
static bool cold_smaller(struct cold_read *c, int err)
{
    if (err != -EIO || c->want <= COLD_BYTES_LEAST || c->small)
        return false;
    c->small = true;
    c->want = COLD_BYTES_LEAST;
    return true;
}

static void cold_op(struct mr_op *op)
{
    struct cold_read *c = MR_CONTAINER(op, struct cold_read, op);
    struct store *s = c->log->store;
    cold_turn_end(s->cold, &c->turn);
    if (op->result < 0) {
        if (cold_smaller(c, (int)op->result))
            cold_go(c);
        else
            cold_read_finish(c, (int)op->result);
        return;
    }
    s->stats.cold_device_bytes += (uint64_t)op->result;
    c->got = mr_min((uint64_t)op->result, c->end > c->from ? c->end - c->from : 0);
    if (!cold_answer(c))
        cold_go(c);
}

static void cold_my_turn(struct cold_turn *t)
{
    cold_go(MR_CONTAINER(t, struct cold_read, turn));
}

static void cold_go(struct cold_read *c)
{
    struct store *s = c->log->store;
    for (;;) {
        uint64_t want = mr_round_up(c->want, SEGMENT_UNIT);
        if (c->buf == NULL || c->buf->cap < want) {
            if (c->buf != NULL)
                buf_unref(c->buf);
            c->buf = buf_new(want, SEGMENT_UNIT, s->shard->id);
            if (c->buf == NULL) {
                cold_read_finish(c, -ENOMEM);
                return;
            }
        }
        c->end = c->seg->finished ? c->seg->size : c->seg->mat_pos;
        c->got = 0;
        if (c->from >= c->end) { /* all that is left lies in memory */
            if (cold_answer(c))
                return;
            continue;
        }
        if (!c->pinned) {
            c->file = (struct file_use){.store = s, .log = c->log, .seg = c->seg, .done = cold_file};
            if (!file_use_begin(&c->file))
                return;
            if (c->file.err != 0) {
                cold_failed(c, c->file.err);
                return;
            }
            c->pinned = true;
        }
        if (!c->turn.has) {
            c->turn.go = cold_my_turn;
            cold_turn_want(s->cold, &c->turn, false);
            return;
        }
        s->stats.cold_reads++;
        op_init(&c->op, cold_op);
        io_read(s->io, &c->op, segment_file(c->seg), c->buf->data, want, c->from);
        return;
    }
}

void cold_read_go(struct cold_read *c)
{
    if (c->r->own_max == 0)
        cold_read_finish(c, -ENOBUFS);
    else
        cold_go(c);
}

bool plog_read(struct plog *log, struct plog_read *r)
{
    MR_ASSERT(log->state == PLOG_OPEN || log->state == PLOG_CUTTING);
    MR_ASSERT(r->limit <= log->stable_end);
    r->log = log;
    r->err = 0;
    r->parts = NULL;
    r->count = r->bytes = 0;
    r->own_bytes = 0;
    r->end = r->offset;
    if (log->removed) {
        r->err = -ENOENT;
        return true;
    }
    if (r->offset < log->log_start) {
        r->err = -ERANGE;
        return true;
    }
    if (r->offset >= r->limit)
        return true;
    if (damage_of(log, r->offset) != NULL) {
        r->err = -MR_E_CORRUPT;
        return true;
    }
    if (log->seg_count == 0)
        return true;
    if (log->tail_first < log->tail_end && r->offset >= plog_tail(log, log->tail_first)->base) {
        r->err = take_tail(log, r);
        return true;
    }
    bool shared = r->pieces && log->store->cold->blocks_max > 0;
    struct cold_read *c = r->own_max > 0 || shared ? mem_zalloc(1, sizeof(*c)) : NULL;
    if (c == NULL) {
        r->err = r->own_max > 0 ? -ENOMEM : -ENOBUFS;
        return true;
    }
    c->log = log;
    c->r = r;
    c->shared = shared;
    c->max = mr_min(r->bytes_max, r->own_max);
    cold_find_segment(c);
    plog_busy(log);
    r->answered = false;
    c->shared = shared;
    if (!cold_seek(c))
        return false;
    r->in_call = true;
    if (shared)
        cold_read_shared(c);
    else
        cold_go(c);
    r->in_call = false;
    return r->answered;
}
