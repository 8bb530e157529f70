#include "storage/verify_bounds.h"

#include <stdio.h>

#include "core/err.h"
#include "core/mem.h"
#include "storage/compact_swap.h"
#include "storage/plog_priv.h"

enum {
    RECORD_HEAD = 68,
    RECORD_SEGMENT = 44,
    RECORD_EPOCH = 12,
    RECORD_TXN = 36,
    RECORD_TXNS = 2, /* flags of the record */
    RECORD_CLEAN_TO = 4,
    RECORD_INDEX_FILED = 1,
    RECORD_TXNS_FILED = 2,
    RECORD_CLEANED_SHIFT = 8
};

static void bound_free(struct bound *one)
{
    epochs_done(&one->epochs);
    mem_free(one->rest);
    mem_free(one->segments);
    mem_free(one);
}

void bounds_done(struct bounds *b)
{
    for (uint32_t i = 0; i < b->count; i++)
        bound_free(b->items[i]);
    mem_free(b->items);
    smap_done(&b->by_key);
}

static struct bound *find(const struct bounds *b, struct part_key key)
{
    char bytes[PART_KEY_BYTES];
    part_key_put((uint8_t *)bytes, key);
    return b->count == 0 ? NULL : smap_get(&b->by_key, (struct mr_str){bytes, sizeof(bytes)});
}

static int make_room(struct bounds *b)
{
    if (b->cap == 0)
        smap_init(&b->by_key);
    if (b->count < b->cap)
        return 0;
    uint32_t cap = b->cap == 0 ? 16 : b->cap * 2;
    void *grown = mem_realloc(b->items, cap * sizeof(*b->items));
    if (grown == NULL)
        return -ENOMEM;
    b->items = grown;
    b->cap = cap;
    return 0;
}

static int add(struct bounds *b, struct part_key key, struct mr_str topic, uint32_t segments,
               struct bound **ret)
{
    if (!names_legal(topic, key.partition))
        return -MR_E_CORRUPT;
    struct bound *one = mem_zalloc(1, sizeof(*one));
    if (one != NULL)
        one->segments = mem_zalloc((size_t)segments + 1, sizeof(one->segments[0]));
    if (one == NULL || one->segments == NULL || make_room(b) != 0) {
        if (one != NULL)
            bound_free(one);
        return -ENOMEM;
    }
    one->key = key;
    part_key_put((uint8_t *)one->key_bytes, key);
    one->count = segments;
    one->at = b->count;
    snprintf(one->dir, sizeof(one->dir), "%.*s-%d", MR_STR(topic), key.partition);
    if (smap_put(&b->by_key, (struct mr_str){one->key_bytes, PART_KEY_BYTES}, one) != 0) {
        bound_free(one);
        return -ENOMEM;
    }
    b->items[b->count++] = one;
    *ret = one;
    return 0;
}

static void drop(struct bounds *b, struct bound *one)
{
    smap_remove(&b->by_key, (struct mr_str){one->key_bytes, PART_KEY_BYTES});
    b->items[one->at] = b->items[--b->count];
    b->items[one->at]->at = one->at;
    bound_free(one);
}

/* How far compaction has been, behind everything else. */
static int take_clean_to(struct bound *one, struct mr_slice record, size_t at)
{
    if ((record.ptr[1] & RECORD_TXNS) != 0) {
        if (record.len - at < 4 || mr_get32(record.ptr + at) > (record.len - at - 4) / RECORD_TXN)
            return -MR_E_CORRUPT;
        at += 4 + (size_t)mr_get32(record.ptr + at) * RECORD_TXN;
    }
    if ((record.ptr[1] & RECORD_CLEAN_TO) == 0)
        return 0;
    if (record.len - at < 8)
        return -MR_E_CORRUPT;
    one->clean_to = (int64_t)mr_get64(record.ptr + at);
    return 0;
}

/* Epochs, the last segment's end, and what follows: from at on. */
static int take_rest(struct bound *one, struct mr_slice record, size_t at)
{
    uint64_t epochs = mr_get32(record.ptr + 8), producers = mr_get32(record.ptr + 12),
             rest = mr_get32(record.ptr + 16);
    if (epochs * RECORD_EPOCH + producers + rest > record.len - at)
        return -MR_E_CORRUPT;
    for (uint64_t i = 0; i < epochs; i++, at += RECORD_EPOCH) {
        int err = epochs_begin(&one->epochs, (int32_t)mr_get32(record.ptr + at),
                               (int64_t)mr_get64(record.ptr + at + 4));
        if (err != 0)
            return err == -ENOMEM ? err : -MR_E_CORRUPT;
    }
    if (rest == 0)
        return take_clean_to(one, record, at + producers);
    if (one->count == 0 || one->segments[one->count - 1].bytes < rest)
        return -MR_E_CORRUPT;
    one->rest = mem_alloc(rest);
    if (one->rest == NULL)
        return -ENOMEM;
    memcpy(one->rest, record.ptr + at + producers, rest);
    one->rest_bytes = rest;
    one->rest_at = one->segments[one->count - 1].bytes - rest;
    return take_clean_to(one, record, at + producers + rest);
}

/* As a start would take it (precord_get()): offsets rise, a file is as long as one can be, and the rest is
 * its last unit. p: the segments. */
static bool is_possible(struct mr_slice record, const uint8_t *p, uint32_t segments)
{
    int64_t start = (int64_t)mr_get64(record.ptr + 32), end = (int64_t)mr_get64(record.ptr + 40), last = -1;
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < segments; i++, p += RECORD_SEGMENT) {
        int64_t base = (int64_t)mr_get64(p);
        bytes = mr_get64(p + 8);
        if (base <= last || bytes > INT32_MAX)
            return false;
        last = base;
    }
    return start >= 0 && end >= start && end >= last && end <= OFFSET_MAX &&
           mr_get32(record.ptr + 16) == bytes % SEGMENT_UNIT;
}

int bounds_add(struct bounds *b, struct mr_slice record)
{
    struct part_key key;
    struct mr_str topic;
    int err = precord_peek(record, &key, &topic);
    if (err != 0)
        return err;
    uint32_t segments = mr_get32(record.ptr + 4);
    size_t at = RECORD_HEAD + topic.len;
    if (segments > (record.len - at) / RECORD_SEGMENT || !is_possible(record, record.ptr + at, segments))
        return -MR_E_CORRUPT;
    struct bound *known = find(b, key), *one;
    if (known != NULL && !known->gone)
        return 0;
    if (known != NULL) /* it came back */
        drop(b, known);
    err = add(b, key, topic, segments, &one);
    if (err != 0)
        return err;
    one->log_start = (int64_t)mr_get64(record.ptr + 32);
    one->next = INT64_MAX;
    one->append_end = (int64_t)mr_get64(record.ptr + 40);
    one->entry = mr_get32(record.ptr + 20);
    one->sequence = mr_get64(record.ptr + 24);
    for (uint32_t i = 0; i < segments; i++, at += RECORD_SEGMENT) {
        uint32_t flags = mr_get32(record.ptr + at + 40);
        one->segments[i] = (struct bound_segment){.base = (int64_t)mr_get64(record.ptr + at),
                                                  .bytes = mr_get64(record.ptr + at + 8),
                                                  .indexed = (flags & RECORD_INDEX_FILED) != 0,
                                                  .txns = (flags & RECORD_TXNS_FILED) != 0,
                                                  .cleaned = flags >> RECORD_CLEANED_SHIFT};
    }
    return take_rest(one, record, at);
}

int bounds_truncate(struct bounds *b, uint64_t sequence, uint32_t entry, struct mr_slice record)
{
    struct part_key key;
    struct mr_str topic;
    int err = precord_peek(record, &key, &topic);
    if (err != 0)
        return err;
    struct bound *one = find(b, key);
    if (one == NULL || one->gone || sequence < one->sequence ||
        (sequence == one->sequence && entry < one->entry))
        return 0;
    int64_t clean_to = one->clean_to; /* entries said so; a pass that was given up is in no record */
    drop(b, one);
    err = bounds_add(b, record);
    one = err == 0 ? find(b, key) : NULL;
    if (one != NULL) {
        one->sequence = sequence;
        one->entry = entry;
        one->clean_to = mr_imax(one->clean_to, mr_imin(clean_to, one->append_end));
    }
    return err;
}

void bounds_start(struct bounds *b, struct part_key key, int64_t start)
{
    struct bound *one = find(b, key);
    if (one != NULL && start <= OFFSET_MAX)
        one->log_start = mr_imax(one->log_start, start);
}

void bounds_rolled(struct bounds *b, struct part_key key, int64_t base)
{
    struct bound *one = find(b, key);
    if (one != NULL && one->count > 0 && base > one->segments[one->count - 1].base)
        one->next = mr_imin(one->next, base);
}

bool bound_below(const struct bound *one, const struct bound_segment *seg)
{
    bool last = seg == &one->segments[one->count - 1];
    return (last ? one->next : seg[1].base) <= one->log_start;
}

int bounds_remove(struct bounds *b, struct part_key key, struct mr_str topic)
{
    struct bound *one = find(b, key);
    int err = one == NULL ? add(b, key, topic, 0, &one) : 0;
    if (err == 0)
        one->gone = true;
    return err;
}

/* The rest of the last segment is in its file by then, if that was among them. */
static void forget_rest(struct bound *one)
{
    mem_free(one->rest);
    one->rest = NULL;
    one->rest_bytes = one->rest_at = 0;
    one->next = INT64_MAX;
}

int bounds_replace(struct bounds *b, struct part_key key, uint64_t sequence, uint32_t entry,
                   struct mr_slice body)
{
    struct bound *one = find(b, key);
    struct bound_segment fresh;
    int64_t last;
    if (!swap_parse(body, &fresh, &last))
        return -MR_E_CORRUPT;
    if (one == NULL || one->gone || sequence < one->sequence ||
        (sequence == one->sequence && entry < one->entry))
        return 0;
    struct bound_segment *grown =
        mem_realloc(one->segments, ((size_t)one->count + 2) * sizeof(one->segments[0]));
    if (grown == NULL)
        return -ENOMEM;
    one->segments = grown;
    uint32_t first = 0, end;
    while (first < one->count && grown[first].base < fresh.base)
        first++;
    for (end = first; end < one->count && grown[end].base <= last;)
        end++;
    if (end == one->count)
        forget_rest(one); /* the record is older than any that compaction went by: of a damaged directory */
    memmove(grown + first + 1, grown + end, (one->count - end) * sizeof(grown[0]));
    grown[first] = fresh;
    one->count = first + 1 + (one->count - end);
    one->clean_to = mr_imax(one->clean_to, first + 1 < one->count ? grown[first + 1].base : last);
    return 0;
}

void bound_file(char dst[SEGMENT_PATH_MAX], const char *dir, const struct names *files,
                const struct bound_segment *seg, int64_t base, const char *suffix)
{
    struct segment named = {.base = base, .cleaned = seg != NULL ? seg->cleaned : 0};
    segment_named(dst, dir, &named, suffix);
    if (named.cleaned != 0 && !names_has(files, strrchr(dst, '/') + 1))
        segment_path(dst, dir, base, suffix);
}

bool bounds_gone(const struct bounds *b, const char *dir)
{
    bool gone = false;
    for (uint32_t i = 0; i < b->count; i++) {
        if (strcmp(b->items[i]->dir, dir) != 0)
            continue;
        if (!b->items[i]->gone)
            return false; /* another one has the name by now */
        gone = true;
    }
    return gone;
}

const struct bound *bounds_of(const struct bounds *b, const char *dir)
{
    const struct bound *last = NULL;
    for (uint32_t i = 0; i < b->count; i++) {
        if (!b->items[i]->gone && strcmp(b->items[i]->dir, dir) == 0)
            last = b->items[i];
    }
    return last;
}

const struct bound_segment *bound_segment(const struct bound *one, int64_t base)
{
    for (uint32_t i = 0; i < one->count; i++) {
        if (one->segments[i].base == base)
            return &one->segments[i];
    }
    return NULL;
}

bool segment_missing(const struct names *files, int64_t from, int64_t to)
{
    static const char *const suffixes[] = {".index", ".timeindex", ".txnindex"};
    for (uint32_t i = 0; i < files->count; i++) {
        int64_t base = -1;
        char name[64];
        for (size_t k = 0; k < MR_COUNT(suffixes) && base < 0; k++)
            base = segment_base_of(files->items[i], suffixes[k]);
        if (base < from || base >= to)
            continue;
        snprintf(name, sizeof(name), "%020lld.log", (long long)base);
        if (!names_has(files, name))
            return true;
    }
    return false;
}
