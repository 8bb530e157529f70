/* tests/wire/describe.h - handles any message through its shape: fill with random values, compare, print.
 *
 * The shapes (describe_gen.h) come from the same schema as the codecs, so they prove nothing about the
 * wire; that is what tests/wire/golden is for. They let one test body cover every message. */
#ifndef MR_WIRE_DESCRIBE_H
#define MR_WIRE_DESCRIBE_H

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "net/wire/message.h"

enum wt_type {
    WT_BOOL,
    WT_INT8,
    WT_INT16,
    WT_UINT16,
    WT_INT32,
    WT_UINT32,
    WT_INT64,
    WT_FLOAT64,
    WT_UUID,
    WT_STRING,
    WT_BYTES,
    WT_RECORDS,
    WT_STRUCT,
};

struct wt_field {
    const char *name;
    enum wt_type type;
    bool array;
    bool pointer; /* a struct that may be null */
    bool tagged;
    size_t pos;
    size_t count_pos; /* of an array */
    int16_t v_min, v_max;
    int16_t null_min, null_max;
    const struct wt_struct *shape; /* of WT_STRUCT */
};

struct wt_struct {
    const char *name;
    size_t size;
    void (*init)(void *to);
    uint32_t field_count;
    const struct wt_field *fields;
};

struct wt_message {
    const struct kw_message *info;
    const struct wt_struct *shape;
};

static inline size_t wt_size(const struct wt_field *f)
{
    switch (f->type) {
    case WT_BOOL:
        return sizeof(bool);
    case WT_INT8:
        return 1;
    case WT_INT16:
    case WT_UINT16:
        return 2;
    case WT_INT32:
    case WT_UINT32:
        return 4;
    case WT_INT64:
    case WT_FLOAT64:
        return 8;
    case WT_UUID:
        return sizeof(struct mr_uuid);
    case WT_STRING:
        return sizeof(struct mr_str);
    case WT_BYTES:
        return sizeof(struct mr_slice);
    case WT_RECORDS:
        return sizeof(struct kw_records);
    case WT_STRUCT:
        return f->shape->size;
    }
    abort();
}

static inline bool wt_has(const struct wt_field *f, int16_t version)
{
    return version >= f->v_min && version <= f->v_max;
}

/* splitmix64: the same values on every machine. */
struct wt_random {
    uint64_t state;
};

static inline uint64_t wt_next(struct wt_random *rnd)
{
    uint64_t z = (rnd->state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static inline uint32_t wt_below(struct wt_random *rnd, uint32_t n)
{
    return (uint32_t)(wt_next(rnd) % n);
}

/* Mostly short; now and then past the lengths at which a varint grows. */
static inline size_t wt_length(struct wt_random *rnd)
{
    uint32_t kind = wt_below(rnd, 40);
    if (kind == 0)
        return 120 + wt_below(rnd, 20);
    if (kind == 1)
        return 16370 + wt_below(rnd, 30);
    return wt_below(rnd, 9);
}

static inline void *wt_alloc(struct mr_arena *a, size_t bytes)
{
    void *p = arena_alloc(a, bytes, 8);
    if (p == NULL)
        abort();
    return p;
}

static inline struct mr_slice wt_random_bytes(struct wt_random *rnd, struct mr_arena *a)
{
    size_t len = wt_length(rnd);
    uint8_t *p = wt_alloc(a, len + 1);
    for (size_t i = 0; i < len; i++)
        p[i] = (uint8_t)wt_next(rnd);
    return (struct mr_slice){p, len};
}

static inline void wt_fill(struct wt_random *rnd, struct mr_arena *a, const struct wt_struct *shape,
                           int16_t version, void *to);

static inline void wt_fill_one(struct wt_random *rnd, struct mr_arena *a, const struct wt_field *f,
                               int16_t version, bool nullable, void *to)
{
    bool null = nullable && wt_below(rnd, 3) == 0;
    uint64_t bits = wt_below(rnd, 4) == 0 ? wt_next(rnd) : wt_below(rnd, 3) - (uint64_t)1;
    switch (f->type) {
    case WT_BOOL:
        *(bool *)to = bits & 1;
        return;
    case WT_INT8:
    case WT_INT16:
    case WT_UINT16:
    case WT_INT32:
    case WT_UINT32:
    case WT_INT64:
    case WT_FLOAT64:
        memcpy(to, &bits, wt_size(f)); /* little endian: the low bytes */
        return;
    case WT_UUID:
        for (size_t i = 0; i < 16; i++)
            ((uint8_t *)to)[i] = null || (bits & 1) == 0 ? 0 : (uint8_t)wt_next(rnd);
        return;
    case WT_STRING: {
        struct mr_slice s = wt_random_bytes(rnd, a);
        *(struct mr_str *)to = null ? (struct mr_str){NULL, 0} : (struct mr_str){(const char *)s.ptr, s.len};
        return;
    }
    case WT_BYTES:
        *(struct mr_slice *)to = null ? (struct mr_slice){NULL, 0} : wt_random_bytes(rnd, a);
        return;
    case WT_RECORDS:
        *(struct kw_records *)to = kw_records_of(null ? (struct mr_slice){NULL, 0} : wt_random_bytes(rnd, a));
        return;
    case WT_STRUCT:
        wt_fill(rnd, a, f->shape, version, to);
        return;
    }
}

/* Random values in every field, also in those that the version lacks. Null only where the version has it. */
static inline void wt_fill(struct wt_random *rnd, struct mr_arena *a, const struct wt_struct *shape,
                           int16_t version, void *to)
{
    shape->init(to);
    for (uint32_t i = 0; i < shape->field_count; i++) {
        const struct wt_field *f = &shape->fields[i];
        uint8_t *at = (uint8_t *)to + f->pos;
        bool nullable = version >= f->null_min && version <= f->null_max;
        if (f->tagged && wt_below(rnd, 2) == 0)
            continue; /* keeps its default, which is left out on the wire */
        if (f->array) {
            int32_t count = nullable && wt_below(rnd, 4) == 0 ? -1 : (int32_t)wt_below(rnd, 4);
            if (f->shape == NULL && wt_below(rnd, 20) == 0)
                count = 120 + (int32_t)wt_below(rnd, 20);
            uint8_t *items = count > 0 ? wt_alloc(a, (size_t)count * wt_size(f)) : NULL;
            for (int32_t k = 0; k < count; k++)
                wt_fill_one(rnd, a, f, version, false, items + (size_t)k * wt_size(f));
            *(void **)at = items;
            *(int32_t *)((uint8_t *)to + f->count_pos) = count;
        } else if (f->pointer) {
            void *p = wt_below(rnd, 2) == 0 ? NULL : wt_alloc(a, f->shape->size);
            if (p != NULL)
                wt_fill(rnd, a, f->shape, version, p);
            *(void **)at = p;
        } else {
            wt_fill_one(rnd, a, f, version, nullable, at);
        }
    }
}

/* Text of the fields that a version has, in the order of the schema: name=value ... */
struct wt_text {
    char *at;
    size_t cap, len;
};

MR_PRINTF(2, 3) static inline void wt_print(struct wt_text *t, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(t->at + t->len, t->cap - t->len, fmt, args);
    va_end(args);
    if (n < 0 || (size_t)n >= t->cap - t->len)
        abort();
    t->len += (size_t)n;
}

static inline void wt_print_hex(struct wt_text *t, const void *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        wt_print(t, "%02x", ((const uint8_t *)bytes)[i]);
}

static inline void wt_print_struct(struct wt_text *t, const struct wt_struct *shape, int16_t version,
                                   const void *from);

static inline void wt_print_one(struct wt_text *t, const struct wt_field *f, int16_t version,
                                const void *from)
{
    uint64_t bits = 0;
    switch (f->type) {
    case WT_BOOL:
        wt_print(t, "%s", *(const bool *)from ? "true" : "false");
        return;
    case WT_INT8:
        wt_print(t, "%d", *(const int8_t *)from);
        return;
    case WT_INT16:
        wt_print(t, "%d", *(const int16_t *)from);
        return;
    case WT_UINT16:
        wt_print(t, "%u", *(const uint16_t *)from);
        return;
    case WT_INT32:
        wt_print(t, "%" PRId32, *(const int32_t *)from);
        return;
    case WT_UINT32:
        wt_print(t, "%" PRIu32, *(const uint32_t *)from);
        return;
    case WT_INT64:
        wt_print(t, "%" PRId64, *(const int64_t *)from);
        return;
    case WT_FLOAT64:
        memcpy(&bits, from, 8);
        wt_print(t, "%016" PRIx64, bits);
        return;
    case WT_UUID:
        wt_print_hex(t, from, 16);
        return;
    case WT_STRING: {
        const struct mr_str *s = from;
        if (s->ptr == NULL) {
            wt_print(t, "null");
            return;
        }
        wt_print(t, "'");
        for (size_t i = 0; i < s->len; i++) {
            if (s->ptr[i] > ' ' && s->ptr[i] < 0x7f && s->ptr[i] != '\'')
                wt_print(t, "%c", s->ptr[i]);
            else
                wt_print(t, "\\%02x", (uint8_t)s->ptr[i]);
        }
        wt_print(t, "'");
        return;
    }
    case WT_BYTES: {
        const struct mr_slice *s = from;
        wt_print(t, s->ptr == NULL ? "null" : "#");
        wt_print_hex(t, s->ptr, s->len);
        return;
    }
    case WT_RECORDS: {
        const struct kw_records *records = from;
        wt_print(t, records->null ? "null" : "#");
        for (uint32_t i = 0; i < records->count; i++)
            wt_print_hex(t, kw_records_part(records, i).ptr, kw_records_part(records, i).len);
        return;
    }
    case WT_STRUCT:
        wt_print(t, "{");
        wt_print_struct(t, f->shape, version, from);
        wt_print(t, "}");
        return;
    }
}

static inline void wt_print_field(struct wt_text *t, const struct wt_field *f, int16_t version,
                                  const void *from)
{
    const uint8_t *at = (const uint8_t *)from + f->pos;
    wt_print(t, "%s=", f->name);
    if (f->pointer) {
        const void *p = *(void *const *)at;
        if (p == NULL)
            wt_print(t, "null");
        else
            wt_print_one(t, f, version, p);
        return;
    }
    if (!f->array) {
        wt_print_one(t, f, version, at);
        return;
    }
    int32_t count = *(const int32_t *)((const uint8_t *)from + f->count_pos);
    if (count < 0) {
        wt_print(t, "null");
        return;
    }
    wt_print(t, "[");
    for (int32_t i = 0; i < count; i++) {
        if (i > 0)
            wt_print(t, ",");
        wt_print_one(t, f, version, *(const uint8_t *const *)at + (size_t)i * wt_size(f));
    }
    wt_print(t, "]");
}

static inline void wt_print_struct(struct wt_text *t, const struct wt_struct *shape, int16_t version,
                                   const void *from)
{
    bool first = true;
    for (uint32_t i = 0; i < shape->field_count; i++) {
        if (!wt_has(&shape->fields[i], version))
            continue;
        if (!first)
            wt_print(t, " ");
        first = false;
        wt_print_field(t, &shape->fields[i], version, from);
    }
}

/* Text of the fields that a version lacks, at any depth of structs held by value. */
static inline void wt_print_lacking(struct wt_text *t, const struct wt_struct *shape, int16_t version,
                                    const void *from)
{
    for (uint32_t i = 0; i < shape->field_count; i++) {
        const struct wt_field *f = &shape->fields[i];
        if (!wt_has(f, version)) {
            wt_print_field(t, f, f->v_max, from);
            wt_print(t, " ");
        } else if (f->type == WT_STRUCT && !f->array && !f->pointer) {
            wt_print_lacking(t, f->shape, version, (const uint8_t *)from + f->pos);
        }
    }
}

/* wire_bytes: of the message, from which the room for its text is reckoned. */
static inline const char *wt_text_of(struct mr_arena *a, const struct wt_struct *shape, int16_t version,
                                     const void *from, size_t wire_bytes)
{
    size_t cap = 32768 + 8 * wire_bytes;
    struct wt_text t = {.at = wt_alloc(a, cap), .cap = cap};
    t.at[0] = '\0';
    wt_print_struct(&t, shape, version, from);
    return t.at;
}

#endif
