#include "storage/index_check.h"

#include <stdarg.h>
#include <stdio.h>

static const size_t entry_bytes[INDEX_KINDS] = {8, 12};

void index_check_begin(struct index_check *c, int64_t base, uint64_t interval_bytes)
{
    *c = (struct index_check){
        .base = base, .interval = interval_bytes, .latest = INT64_MIN, .filed_latest = INT64_MIN, .owed = -1};
    for (int k = 0; k < INDEX_KINDS; k++)
        c->files[k].off = true;
}

/* One finding is enough: the file is made anew, or looked at by somebody. */
static void find(struct index_view *f, uint64_t from, uint64_t to, const char *fmt, ...) MR_PRINTF(4, 5);
static void find(struct index_view *f, uint64_t from, uint64_t to, const char *fmt, ...)
{
    va_list args;
    if (f->wrong)
        return;
    va_start(args, fmt);
    (void)vsnprintf(f->why, sizeof(f->why), fmt, args);
    va_end(args);
    f->wrong = f->off = true;
    f->have = false;
    f->from = from;
    f->to = to;
}

static bool all_zero(const uint8_t *p, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (p[i] != 0)
            return false;
    }
    return true;
}

/* ---- entry after entry ---- */

static bool grows(const struct index_view *f, enum index_kind kind, const uint8_t *p)
{
    if (!f->any)
        return true;
    if (kind == INDEX_OFFSETS)
        return mr_get32(p) > f->delta && mr_get32(p + 4) > f->pos;
    return (int64_t)mr_get64(p) > f->timestamp && mr_get32(p + 8) >= f->delta;
}

/* Have the next entry at hand, if there is one. False: the window has to be moved on. */
static bool pull(struct index_view *f, enum index_kind kind)
{
    size_t bytes = entry_bytes[kind];
    if (f->have || f->off)
        return true;
    uint64_t end = f->at + f->len;
    if (f->next + bytes > end) {
        if (!f->ends)
            return false;
        if (f->next < end)
            find(f, f->next, end, "a piece of an entry behind the last one");
        f->off = true;
        return true;
    }
    const uint8_t *p = f->bytes + (f->next - f->at);
    if (!grows(f, kind, p)) {
        /* Kafka reserves an index file's full size while it writes to it; a closed one has entries only. */
        find(f, f->next, f->next + bytes, "%s behind the last entry",
             all_zero(p, bytes) ? "zeros" : "no entries");
        return true;
    }
    if (kind == INDEX_OFFSETS) {
        f->delta = mr_get32(p);
        f->pos = mr_get32(p + 4);
    } else {
        f->timestamp = (int64_t)mr_get64(p);
        f->delta = mr_get32(p + 8);
    }
    f->next += bytes;
    f->have = f->any = true;
    return true;
}

static void find_entry(struct index_check *c, enum index_kind kind)
{
    struct index_view *f = &c->files[kind];
    uint64_t from = f->next - entry_bytes[kind];
    int64_t offset = c->base + (int64_t)f->delta;
    if (kind == INDEX_OFFSETS)
        find(f, from, f->next, "the entry (offset %lld, byte %u) leads to no such batch", (long long)offset,
             f->pos);
    else if (c->latest > f->timestamp)
        find(f, from, f->next, "a batch before offset %lld is later than the entry's time %lld",
             (long long)offset, (long long)f->timestamp);
    else
        find(f, from, f->next, "no batch with offset %lld has the entry's time %lld", (long long)offset,
             (long long)f->timestamp);
}

/* ---- offsets ---- */

static void find_owed(struct index_check *c)
{
    find(&c->files[INDEX_OFFSETS], c->owed_at, c->owed_at + entry_bytes[INDEX_OFFSETS],
         "no batch from the entry's place on ends at its offset %lld", (long long)c->owed);
    c->owed = -1;
}

/* False: the window has to be moved on. */
static bool offsets_of(struct index_check *c, const struct kw_batch_header *h, uint64_t pos)
{
    struct index_view *f = &c->files[INDEX_OFFSETS];
    int64_t last = batch_last_offset(h);
    if (c->owed >= 0 && c->hole)
        c->owed = -1;
    if (c->owed == last)
        c->owed = -1;
    else if (c->owed >= 0 && last > c->owed)
        find_owed(c);
    for (;;) {
        if (!pull(f, INDEX_OFFSETS))
            return false;
        if (!f->have || f->pos > pos)
            return true;
        int64_t offset = c->base + (int64_t)f->delta;
        if (f->pos < pos && !c->hole) {
            find_entry(c, INDEX_OFFSETS);
            return true;
        }
        f->have = false;
        if (f->pos < pos) /* what is damaged may have begun there */
            continue;
        c->entered = true;
        if (c->owed >= 0)
            find_owed(c);
        else if (offset < h->base_offset)
            find_entry(c, INDEX_OFFSETS);
        else if (offset != last) { /* before 4.1 Kafka had one entry for all batches of an append */
            c->owed = offset;
            c->owed_at = f->next - entry_bytes[INDEX_OFFSETS];
            if (offset < last)
                find_owed(c);
        }
        return true;
    }
}

/* Did this batch lack an entry, if the file ended before it? */
static void count_missing(struct index_check *c, uint64_t pos)
{
    if (c->entered) {
        c->interval = mr_max(c->interval, c->quiet);
        c->filed_pos = c->due_pos = pos;
        c->quiet = 0;
        c->missing = 0;
        c->entered = false;
        return;
    }
    c->quiet = pos - c->filed_pos;
    if (pos - c->due_pos > c->interval) {
        c->missing++;
        c->due_pos = pos;
    }
}

/* ---- times ---- */

static bool times_of(struct index_check *c, const struct kw_batch_header *h)
{
    struct index_view *f = &c->files[INDEX_TIMES];
    for (;;) {
        if (!pull(f, INDEX_TIMES))
            return false;
        int64_t offset = c->base + (int64_t)f->delta;
        if (!f->have || offset > batch_last_offset(h))
            return true;
        bool lost = offset < h->base_offset && c->hole;
        if (!lost &&
            (c->latest > f->timestamp || offset < h->base_offset || h->max_timestamp != f->timestamp)) {
            find_entry(c, INDEX_TIMES);
            return true;
        }
        c->filed_latest = f->timestamp;
        f->have = false;
    }
}

/* ---- all of it ---- */

enum index_kind index_check_batch(struct index_check *c, const struct kw_batch_header *h, uint64_t pos)
{
    if (!offsets_of(c, h, pos))
        return INDEX_OFFSETS;
    if (!times_of(c, h))
        return INDEX_TIMES;
    count_missing(c, pos);
    c->latest = mr_imax(c->latest, h->max_timestamp);
    c->hole = false;
    return INDEX_KINDS;
}

void index_check_hole(struct index_check *c)
{
    c->hole = c->holes = true;
}

/* What is left behind the last batch. */
static bool rest_of(struct index_check *c, enum index_kind kind)
{
    struct index_view *f = &c->files[kind];
    while (!f->off) {
        if (!pull(f, kind))
            return false;
        if (f->have && !c->hole)
            find_entry(c, kind);
        f->have = false;
    }
    return true;
}

/* ends: the file's; nothing has been found in it. */
static void check_ends(struct index_check *c)
{
    struct index_view *offsets = &c->files[INDEX_OFFSETS], *times = &c->files[INDEX_TIMES];
    if (c->owed >= 0 && !c->hole)
        find_owed(c);
    if (c->holes)
        return;
    if (offsets->ends && c->missing > INDEX_MISSING_MAX)
        find(offsets, offsets->next, offsets->next, "%u entries are missing at its end", c->missing);
    /* The segment's greatest time is written when it is closed. */
    if (times->ends && c->latest >= 0 && c->filed_latest < c->latest)
        find(times, times->next, times->next, "the entry of the segment's greatest time %lld is missing",
             (long long)c->latest);
}

enum index_kind index_check_end(struct index_check *c)
{
    for (enum index_kind k = 0; k < INDEX_KINDS; k++) {
        if (!rest_of(c, k))
            return k;
    }
    check_ends(c);
    return INDEX_KINDS;
}
