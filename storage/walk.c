/* Telling sound batches from damage.
 *
 * A batch's checksum covers all but its first 21 bytes: base offset, length, leader epoch. A wrong length
 * makes the checksum wrong; a wrong offset does not, so offsets must fit besides: not below the end of the
 * batch before, below the next segment, and when there is a gap (compaction makes some) the batch behind the
 * gap must agree with the one after it.
 *
 * Behind damage the next sound batch is looked for byte by byte. What is found may belong elsewhere: a disk
 * that wrote a block of another log, or of an older one, in this place. So a short run of batches behind
 * damage counts only when what follows it does not contradict it, and when its leader epoch is the log's.
 * Bytes that hold no batch held one: between two batches with such bytes between them an offset is missing,
 * or one of them belongs elsewhere. (A copy of journal blocks has entry heads between its batches.) */
#include "storage/walk.h"

#include <stdio.h>

#include "core/compress.h"
#include "core/crc32c.h"
#include "core/mem.h"
#include "storage/format.h"

enum {
    SEARCH_CRC_BYTES_MAX = 1 << 30, /* summed up over what looked like a batch and was none */
    RUN_BYTES = 2 << 20,            /* more than a write of a segment's has: a run so long belongs here */
    BATCH_COPY_MAX = INT32_MAX,
};

int walk_open(struct walk *w, struct mr_io *io, const char *path, int64_t base, int64_t limit)
{
    *w = (struct walk){.base = base, .next = base, .limit = limit};
    scratch_init(&w->big, BATCH_COPY_MAX);
    return source_open(&w->src, io, path);
}

int walk_open_none(struct walk *w, struct mr_io *io, int64_t base, int64_t limit)
{
    *w = (struct walk){.base = base, .next = base, .limit = limit};
    scratch_init(&w->big, BATCH_COPY_MAX);
    return source_open_none(&w->src, io);
}

void walk_close(struct walk *w)
{
    source_close(&w->src);
    scratch_done(&w->big);
}

bool batch_plausible(const struct kw_batch_header *h, uint64_t left)
{
    return h->magic == BATCH_MAGIC && h->length >= BATCH_HEADER_BYTES - BATCH_PREFIX_BYTES &&
           batch_bytes(h) <= left && h->base_offset >= 0 && h->base_offset <= OFFSET_MAX &&
           h->last_offset_delta >= 0 && h->record_count >= 0;
}

/* Of bytes that may be anything, more is asked before their checksum is worth computing. A segment holds no
 * offset beyond its base + 2^31 - 1: its index could not name it. */
bool batch_likely(const struct kw_batch_header *h, uint64_t left, int64_t least)
{
    return batch_plausible(h, left) && h->base_offset >= least && h->base_offset - least <= INT32_MAX &&
           (h->attributes & ~0x7f) == 0 && batch_codec(h) < COMP_CODECS &&
           h->record_count <= (int64_t)h->last_offset_delta + 1 && h->leader_epoch >= -1 &&
           h->producer_id >= KW_NO_PRODUCER_ID && h->producer_epoch >= KW_NO_PRODUCER_EPOCH;
}

/* The next byte from pos on with this value within the window, or where the window ends. */
static int skip_to_magic(struct source *src, uint64_t *pos, uint64_t end)
{
    const uint8_t *p;
    size_t n = (size_t)mr_min(end - *pos, SOURCE_UNIT);
    int err = source_get(src, *pos, n, &p);
    if (err != 0)
        return err;
    const uint8_t *found = memchr(p, BATCH_MAGIC, n);
    *pos += found != NULL ? (size_t)(found - p) : n;
    return found != NULL ? 1 : 0;
}

static bool crc_fits(struct source *src, uint64_t pos, const struct kw_batch_header *h)
{
    uint32_t crc = 0;
    return source_crc(src, pos + BATCH_CRC_START, batch_bytes(h) - BATCH_CRC_START, &crc) == 0 &&
           crc == h->crc;
}

uint64_t batch_search(struct source *src, uint64_t pos, uint64_t end, int64_t least, bool *ret_gave_up)
{
    uint64_t summed = 0, magic = pos + BATCH_AT_MAGIC;
    *ret_gave_up = false;
    while (pos < end && end - pos >= BATCH_HEADER_BYTES && magic < end) {
        int found = skip_to_magic(src, &magic, end);
        if (found < 0) {
            magic = mr_round_up(magic + 1, SOURCE_UNIT); /* cannot be read */
            continue;
        }
        if (found == 0)
            continue;
        pos = magic++ - BATCH_AT_MAGIC;
        const uint8_t *p;
        struct kw_batch_header h;
        if (end - pos < BATCH_HEADER_BYTES || source_get(src, pos, BATCH_HEADER_BYTES, &p) != 0)
            continue;
        batch_header_read(p, &h);
        if (!batch_likely(&h, end - pos, least))
            continue;
        if (crc_fits(src, pos, &h))
            return pos;
        summed += batch_bytes(&h);
        if (summed > SEARCH_CRC_BYTES_MAX) {
            *ret_gave_up = true;
            return end;
        }
    }
    return end;
}

/* ---- one batch ---- */

/* Is there a batch at pos whose checksum fits, at offset least or higher, as far as the file's offsets go? */
static bool sound_at(struct walk *w, uint64_t pos, int64_t least, struct kw_batch_header *h)
{
    const uint8_t *p;
    if (pos >= w->src.size || w->src.size - pos < BATCH_HEADER_BYTES ||
        source_get(&w->src, pos, BATCH_HEADER_BYTES, &p) != 0)
        return false;
    batch_header_read(p, h);
    return batch_likely(h, w->src.size - pos, least) && batch_last_offset(h) < w->limit &&
           batch_last_offset(h) - w->base <= INT32_MAX && crc_fits(&w->src, pos, h);
}

/* It begins behind a gap: is it the batch after it that is wrong then, or this one? No compaction makes gaps
 * in a log's last file, so there the batch before it says so, too, when this one is beyond the log's end. */
static bool gap_is_right(struct walk *w, uint64_t end, const struct kw_batch_header *h)
{
    struct kw_batch_header after;
    if (w->limit == INT64_MAX && w->known_end > 0 && batch_last_offset(h) >= w->known_end)
        return false;
    return !sound_at(w, end, w->next, &after) || after.base_offset > batch_last_offset(h);
}

static bool fits(struct walk *w, struct kw_batch_header *h)
{
    return sound_at(w, w->pos, w->next, h) &&
           (h->base_offset == w->next || gap_is_right(w, w->pos + batch_bytes(h), h));
}

/* ---- behind damage ---- */

/* How far batches go on in a row from pos; *next: the offset behind them. */
static uint64_t run_from(struct walk *w, uint64_t pos, int64_t *next)
{
    uint64_t end = pos;
    struct kw_batch_header h;
    while (end - pos < RUN_BYTES && sound_at(w, end, *next, &h)) {
        *next = batch_next_offset(&h);
        end += batch_bytes(&h);
    }
    return end;
}

/* May the batch at pos be the first one behind damage? */
static bool may_resume(struct walk *w, uint64_t pos, struct kw_batch_header *h)
{
    if (!sound_at(w, pos, w->next + 1, h) || (w->known_end > 0 && h->base_offset >= w->known_end))
        return false;
    int32_t epoch =
        w->epochs != NULL && h->base_offset < w->epochs_end ? epochs_at(w->epochs, h->base_offset) : -1;
    return epoch < 0 || epoch == h->leader_epoch;
}

/* Where it goes on, or the file's end. */
static uint64_t resume(struct walk *w, uint64_t pos, bool *gave_up)
{
    uint64_t end = w->src.size;
    int64_t least = w->next + 1;
    struct kw_batch_header h;
    uint64_t at = may_resume(w, pos, &h) ? pos : batch_search(&w->src, pos, end, least, gave_up);
    while (at < end) {
        if (!may_resume(w, at, &h)) { /* beyond the limit, or another's */
            at = batch_search(&w->src, at + 1, end, least, gave_up);
            continue;
        }
        int64_t run_next = least;
        uint64_t stop = run_from(w, at, &run_next);
        if (stop - at >= RUN_BYTES || stop == end)
            return at;
        uint64_t then = batch_search(&w->src, stop, end, least, gave_up);
        if (then == end || !sound_at(w, then, least, &h) || h.base_offset > run_next)
            return at;
        at = then; /* that run belongs elsewhere */
    }
    return end;
}

static void say_what(struct walk *w, struct walk_piece *p, const struct kw_batch_header *h, bool whole,
                     bool crc, bool gave_up)
{
    if (gave_up)
        snprintf(p->what, sizeof(p->what), "no batch, and too much that looks like one");
    else if (source_is_zero(&w->src, p->pos, p->end))
        snprintf(p->what, sizeof(p->what), "zeros");
    else if (whole && crc)
        snprintf(p->what, sizeof(p->what), "a batch at offset %lld, which does not belong here",
                 (long long)h->base_offset);
    else if (whole)
        snprintf(p->what, sizeof(p->what), "a batch whose checksum does not fit");
    else
        snprintf(p->what, sizeof(p->what), "no batch");
}

static void take_damage(struct walk *w, struct walk_piece *p)
{
    const uint8_t *bytes;
    struct kw_batch_header h = {0}, after;
    uint64_t size = w->src.size;
    bool gave_up = false, whole = false, crc = false;
    if (size - w->pos >= BATCH_HEADER_BYTES && source_get(&w->src, w->pos, BATCH_HEADER_BYTES, &bytes) == 0) {
        batch_header_read(bytes, &h);
        whole = batch_plausible(&h, size - w->pos);
        crc = whole && crc_fits(&w->src, w->pos, &h);
    }
    p->kind = WALK_DAMAGE;
    p->pos = w->pos;
    p->end = whole && sound_at(w, w->pos + batch_bytes(&h), w->next, &after)
                 ? resume(w, w->pos + batch_bytes(&h), &gave_up)
                 : resume(w, w->pos + 1, &gave_up);
    p->from = w->next;
    p->to = p->end < size && sound_at(w, p->end, w->next, &after) ? after.base_offset
            : w->limit < INT64_MAX                                ? w->limit
                                                                  : -1;
    say_what(w, p, &h, whole, crc, gave_up);
}

int walk_next(struct walk *w, struct walk_piece *p)
{
    struct kw_batch_header h;
    if (w->pos >= w->src.size)
        return 0;
    if (!fits(w, &h)) {
        take_damage(w, p);
        w->pos = p->end;
        return 1;
    }
    size_t bytes = batch_bytes(&h);
    const uint8_t *at;
    *p = (struct walk_piece){.kind = WALK_BATCH, .pos = w->pos, .end = w->pos + bytes};
    int err = 0;
    if (bytes <= SOURCE_BYTES) {
        err = source_get(&w->src, w->pos, bytes, &at);
    } else {
        scratch_reset(&w->big, 16 << 20);
        err = source_copy(&w->src, w->pos, bytes, &w->big);
        at = w->big.data;
    }
    if (err != 0)
        return err;
    p->b = (struct kw_batch){.h = h, .bytes = {at, bytes}};
    w->pos += bytes;
    w->next = batch_next_offset(&h);
    return 1;
}
