#include "storage/verify_bounds.h"

#include <stdio.h>

#include "core/err.h"
#include "core/mem.h"
#include "storage/plog_priv.h"

enum { NAME_BYTES = 280, RECORD_HEAD = 68, RECORD_SEGMENT = 44, RECORD_INDEX_FILED = 1 };

struct bound {
    struct part_key key;
    char dir[NAME_BYTES];
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

int bounds_add(struct bounds *b, struct mr_slice record)
{
    struct part_key key;
    struct mr_str topic;
    int err = precord_peek(record, &key, &topic);
    if (err != 0)
        return err;
    uint32_t segments = mr_get32(record.ptr + 4);
    size_t at = RECORD_HEAD + topic.len;
    if (topic.len + 16 > NAME_BYTES || segments > (record.len - at) / RECORD_SEGMENT)
        return -MR_E_CORRUPT;
    if (find(b, key) != NULL)
        return 0;
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
    for (uint32_t i = 0; i < segments; i++, at += RECORD_SEGMENT) {
        uint64_t bytes = mr_get64(record.ptr + at + 8);
        /* The last, incomplete unit is in the record itself. */
        one->segments[i].base = (int64_t)mr_get64(record.ptr + at);
        one->segments[i].s.bytes = i + 1 == segments ? mr_round_down(bytes, SEGMENT_UNIT) : bytes;
        one->segments[i].s.indexed = (mr_get32(record.ptr + at + 40) & RECORD_INDEX_FILED) != 0;
    }
    b->items[b->count++] = one;
    return 0;
}

void bounds_remove(struct bounds *b, struct part_key key)
{
    struct bound **at = find(b, key);
    if (at == NULL)
        return;
    mem_free(*at);
    *at = b->items[--b->count];
}

bool bounds_of(const struct bounds *b, const char *dir, int64_t base, struct bound_segment *ret)
{
    bool known = false;
    *ret = (struct bound_segment){0};
    for (uint32_t i = 0; i < b->count; i++) {
        const struct bound *one = b->items[i];
        if (strcmp(one->dir, dir) != 0)
            continue;
        known = true;
        for (uint32_t k = 0; k < one->count; k++) {
            if (one->segments[k].base == base && one->segments[k].s.bytes > ret->bytes)
                *ret = one->segments[k].s;
        }
    }
    return known;
}
