#include "storage/verify_bounds.h"

#include <stdio.h>

#include "core/err.h"
#include "core/mem.h"
#include "storage/plog_priv.h"

enum {
    NAME_BYTES = 280,
    RECORD_START = 32,
    RECORD_HEAD = 68,
    RECORD_SEGMENT = 44,
    RECORD_INDEX_FILED = 1,
    RECORD_TXNS_FILED = 2
};

struct bound {
    struct part_key key;
    char dir[NAME_BYTES];
    bool gone;
    int64_t start;
    int64_t next; /* base of the segment behind the last one here; INT64_MAX: there is none */
    uint32_t count;
    struct {
        int64_t base;
        struct bound_segment s;
    } segments[];
};

void bounds_done(struct bounds *b)
{
    for (uint32_t i = 0; i < b->count; i++)
        mem_free(b->items[i]);
    mem_free(b->items);
}

static struct bound **find(const struct bounds *b, struct part_key key)
{
    for (uint32_t i = 0; i < b->count; i++) {
        if (part_key_eq(b->items[i]->key, key))
            return &b->items[i];
    }
    return NULL;
}

static int add(struct bounds *b, struct part_key key, struct mr_str topic, uint32_t segments,
               struct bound **ret)
{
    if (topic.len + 16 > NAME_BYTES)
        return -MR_E_CORRUPT;
    struct bound *one = mem_zalloc(1, sizeof(*one) + segments * sizeof(one->segments[0]));
    struct bound **grown = mem_realloc(b->items, (b->count + 1) * sizeof(struct bound *));
    if (grown != NULL)
        b->items = grown;
    if (one == NULL || grown == NULL) {
        mem_free(one);
        return -ENOMEM;
    }
    one->key = key;
    one->count = segments;
    snprintf(one->dir, sizeof(one->dir), "%.*s-%d", MR_STR(topic), key.partition);
    b->items[b->count++] = one;
    *ret = one;
    return 0;
}

static void drop(struct bounds *b, struct bound **at)
{
    mem_free(*at);
    *at = b->items[--b->count];
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
    if (segments > (record.len - at) / RECORD_SEGMENT)
        return -MR_E_CORRUPT;
    struct bound **known = find(b, key), *one;
    if (known != NULL && !(*known)->gone)
        return 0;
    if (known != NULL) /* it came back */
        drop(b, known);
    err = add(b, key, topic, segments, &one);
    if (err != 0)
        return err;
    one->start = (int64_t)mr_get64(record.ptr + RECORD_START);
    one->next = INT64_MAX;
    for (uint32_t i = 0; i < segments; i++, at += RECORD_SEGMENT) {
        uint64_t bytes = mr_get64(record.ptr + at + 8);
        /* The last, incomplete unit is in the record itself. */
        one->segments[i].base = (int64_t)mr_get64(record.ptr + at);
        one->segments[i].s.bytes = i + 1 == segments ? mr_round_down(bytes, SEGMENT_UNIT) : bytes;
        one->segments[i].s.indexed = (mr_get32(record.ptr + at + 40) & RECORD_INDEX_FILED) != 0;
        one->segments[i].s.txns = (mr_get32(record.ptr + at + 40) & RECORD_TXNS_FILED) != 0;
    }
    return 0;
}

void bounds_start(struct bounds *b, struct part_key key, int64_t start)
{
    struct bound **at = find(b, key);
    if (at != NULL)
        (*at)->start = mr_imax((*at)->start, start);
}

void bounds_rolled(struct bounds *b, struct part_key key, int64_t base)
{
    struct bound **at = find(b, key);
    if (at != NULL && (*at)->count > 0 && base > (*at)->segments[(*at)->count - 1].base)
        (*at)->next = mr_imin((*at)->next, base);
}

static bool below_start(const struct bound *one, uint32_t k)
{
    return (k + 1 < one->count ? one->segments[k + 1].base : one->next) <= one->start;
}

int bounds_remove(struct bounds *b, struct part_key key, struct mr_str topic)
{
    struct bound **at = find(b, key), *one = at == NULL ? NULL : *at;
    int err = one == NULL ? add(b, key, topic, 0, &one) : 0;
    if (err == 0)
        one->gone = true;
    return err;
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

bool bounds_of(const struct bounds *b, const char *dir, int64_t base, struct bound_segment *ret)
{
    bool known = false;
    *ret = (struct bound_segment){0};
    for (uint32_t i = 0; i < b->count; i++) {
        const struct bound *one = b->items[i];
        if (one->gone || strcmp(one->dir, dir) != 0)
            continue;
        known = true;
        for (uint32_t k = 0; k < one->count; k++) {
            if (one->segments[k].base == base && one->segments[k].s.bytes > ret->bytes &&
                !below_start(one, k))
                *ret = one->segments[k].s;
        }
    }
    return known;
}
