#include "storage/names.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/err.h"
#include "core/mem.h"
#include "storage/file_put.h"
#include "storage/format.h"
#include "storage/text.h"

enum {
    OFFSETS_BYTES_MAX = 64 << 20,
    NAME_BYTES = 300,
    PARTITION_MAX = 999999999, /* nine digits: names_partition() */
};

static int add_name(void *ctx, const char *name, bool is_dir)
{
    struct names *n = ctx;
    if (is_dir != n->dirs)
        return 0;
    if (n->count >= NAMES_MAX)
        return -MR_E_LIMIT;
    if ((n->count & (n->count + 1)) == 0) { /* grow at 0, 1, 3, 7, ... */
        void *grown = mem_realloc(n->items, ((size_t)n->count * 2 + 1) * sizeof(*n->items));
        if (grown == NULL)
            return -ENOMEM;
        n->items = grown;
    }
    n->items[n->count] = mem_text(name, strlen(name));
    return n->items[n->count++] == NULL ? -ENOMEM : 0;
}

int names_list(struct names *n, struct mr_io *io, const char *path, bool dirs)
{
    *n = (struct names){.dirs = dirs};
    return io_list(io, path, add_name, n);
}

void names_done(struct names *n)
{
    for (uint32_t i = 0; i < n->count; i++)
        mem_free(n->items[i]);
    mem_free(n->items);
    *n = (struct names){.items = NULL};
}

static int compare_text(const void *key, const void *item)
{
    return strcmp(key, *(char *const *)item);
}

bool names_has(const struct names *n, const char *name)
{
    return n->count > 0 && bsearch(name, n->items, n->count, sizeof(*n->items), compare_text) != NULL;
}

const char *names_partition(const char *name, int32_t *ret)
{
    const char *dash = strrchr(name, '-');
    if (dash == NULL || dash == name || dash[1] == '\0' || strlen(dash) > 10)
        return NULL;
    int64_t n = 0;
    for (const char *p = dash + 1; *p != '\0'; p++) {
        if (*p < '0' || *p > '9')
            return NULL;
        n = n * 10 + (*p - '0');
    }
    *ret = (int32_t)mr_imin(n, INT32_MAX);
    return dash + 1;
}

bool names_legal(struct mr_str topic, int64_t partition)
{
    for (size_t i = 0; i < topic.len; i++) {
        if (!names_char_legal(topic.ptr[i]))
            return false;
    }
    return topic.len > 0 && topic.len <= TOPIC_BYTES_MAX && partition >= 0 && partition <= PARTITION_MAX;
}

/* ---- offsets ---- */

void offsets_done(struct offsets *o)
{
    for (uint32_t i = 0; i < o->count; i++)
        mem_free(o->items[i].name);
    mem_free(o->items);
    *o = (struct offsets){.items = NULL};
}

static int compare_line(const void *a, const void *b)
{
    return strcmp(((const struct offsets_line *)a)->name, ((const struct offsets_line *)b)->name);
}

static int add_line(struct offsets *o, const char *name, int64_t offset)
{
    if (o->count == o->cap) {
        uint32_t cap = o->cap == 0 ? 16 : o->cap * 2;
        void *grown = mem_realloc(o->items, (size_t)cap * sizeof(*o->items));
        if (grown == NULL)
            return -ENOMEM;
        o->items = grown;
        o->cap = cap;
    }
    char *copy = mem_text(name, strlen(name));
    if (copy == NULL)
        return -ENOMEM;
    o->items[o->count++] = (struct offsets_line){copy, offset};
    return 0;
}

/* "topic partition offset"; false: it is something else. */
static bool parse_line(struct mr_slice line, char name[NAME_BYTES], int64_t *offset)
{
    struct text_scan scan = text_scan(line);
    struct mr_str topic, more;
    int64_t partition;
    if (memchr(line.ptr, '\0', line.len) != NULL || !text_word(&scan, &topic) ||
        !text_int(&scan, &partition) || !text_int(&scan, offset) || text_word(&scan, &more) ||
        !names_legal(topic, partition) || *offset < 0 || *offset > OFFSET_MAX)
        return false;
    snprintf(name, NAME_BYTES, "%.*s-%lld", MR_STR(topic), (long long)partition);
    return true;
}

static int take_text(struct offsets *o, struct mr_slice text)
{
    int64_t number = -1;
    uint64_t lines = 0;
    int err = 0;
    o->empty = text.len == 0;
    for (int at = 0; text.len > 0 && err == 0; at++) {
        const uint8_t *end = memchr(text.ptr, '\n', text.len);
        struct mr_slice line = {text.ptr, end == NULL ? text.len : (size_t)(end - text.ptr)};
        size_t step = line.len + (end != NULL ? 1 : 0);
        struct text_scan scan = text_scan(line);
        char name[NAME_BYTES];
        int64_t offset;
        o->damaged |= end == NULL;
        if (at < 2) {
            o->damaged |= !text_int(&scan, &number) || (at == 0 && number != 0);
        } else if (parse_line(line, name, &offset)) {
            lines++;
            err = add_line(o, name, offset);
        } else {
            o->damaged = true;
        }
        text = (struct mr_slice){text.ptr + step, text.len - step};
    }
    o->damaged |= number < 0 || (uint64_t)number != lines;
    if (o->count > 0)
        qsort(o->items, o->count, sizeof(*o->items), compare_line);
    for (uint32_t i = 1; i < o->count; i++)
        o->damaged |= strcmp(o->items[i - 1].name, o->items[i].name) == 0;
    return err;
}

int offsets_load(struct offsets *o, struct mr_io *io, const char *path)
{
    uint8_t *text = NULL;
    size_t len = 0;
    *o = (struct offsets){.items = NULL};
    int err = file_get_wait(io, path, OFFSETS_BYTES_MAX, &text, &len);
    o->there = err != -ENOENT;
    if (err == 0)
        err = take_text(o, (struct mr_slice){text, len});
    mem_free(text);
    if (err == -EFBIG)
        o->damaged = true;
    return err == -ENOENT || err == -EFBIG ? 0 : err;
}

int offsets_put(struct offsets *o, const char *name, int64_t offset)
{
    return add_line(o, name, offset);
}

int64_t offsets_of(const struct offsets *o, const char *name)
{
    const struct offsets_line key = {(char *)name, 0};
    const struct offsets_line *found =
        o->count == 0 ? NULL : bsearch(&key, o->items, o->count, sizeof(*o->items), compare_line);
    return found == NULL ? -1 : found->offset;
}

char *offsets_text(const struct offsets *o, size_t *ret_len)
{
    size_t cap = 40, used;
    for (uint32_t i = 0; i < o->count; i++)
        cap += strlen(o->items[i].name) + 24;
    char *text = mem_alloc(cap);
    if (text == NULL)
        return NULL;
    used = (size_t)snprintf(text, cap, "0\n%u\n", o->count);
    for (uint32_t i = 0; i < o->count; i++) {
        const char *name = o->items[i].name, *dash = strrchr(name, '-');
        used += (size_t)snprintf(text + used, cap - used, "%.*s %s %lld\n", (int)(dash - name), name,
                                 dash + 1, (long long)o->items[i].offset);
    }
    *ret_len = used;
    return text;
}
