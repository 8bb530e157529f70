/* Stored messages as JSON, in the form that Kafka's own tools print: names in camel case, ids as text, bytes
 * in base64, a tagged field only when it is not its default. */
#include <inttypes.h>
#include <stdio.h>

#include "storage/dump_priv.h"

enum { DEFAULT_BYTES_MAX = 1024 }; /* of the largest struct that has tagged fields */

static void put_string(struct dump *d, struct mr_str s)
{
    line_bytes(d, "\"", 1);
    for (size_t i = 0, n = 1; i < s.len; i += mr_max(n, 1)) {
        const uint8_t *at = (const uint8_t *)s.ptr + i;
        uint32_t c;
        n = line_utf8(at, s.len - i, &c);
        if (c == '"' || c == '\\')
            line_put(d, "\\%c", (char)c);
        else if (n == 0 || !line_may_show(c))
            line_put(d, "\\u%04x", n == 0 ? 0xfffd : c); /* none of those lies above U+FFFF */
        else
            line_bytes(d, at, n);
    }
    line_bytes(d, "\"", 1);
}

static void put_base64(struct dump *d, struct mr_slice s)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    line_bytes(d, "\"", 1);
    for (size_t i = 0; i < s.len; i += 3) {
        size_t n = mr_min(s.len - i, 3);
        uint32_t bits = (uint32_t)s.ptr[i] << 16 | (n > 1 ? (uint32_t)s.ptr[i + 1] << 8 : 0) |
                        (n > 2 ? s.ptr[i + 2] : 0u);
        char four[4] = {digits[bits >> 18], digits[bits >> 12 & 63], n > 1 ? digits[bits >> 6 & 63] : '=',
                        n > 2 ? digits[bits & 63] : '='};
        line_bytes(d, four, 4);
    }
    line_bytes(d, "\"", 1);
}

static void put_value(struct dump *d, const struct kw_shape_field *f, int16_t version, const void *from)
{
    switch (f->type) {
    case KW_TYPE_BOOL:
        line_put(d, "%s", *(const bool *)from ? "true" : "false");
        return;
    case KW_TYPE_INT8:
        line_put(d, "%d", *(const int8_t *)from);
        return;
    case KW_TYPE_INT16:
        line_put(d, "%d", *(const int16_t *)from);
        return;
    case KW_TYPE_UINT16:
        line_put(d, "%u", *(const uint16_t *)from);
        return;
    case KW_TYPE_INT32:
        line_put(d, "%" PRId32, *(const int32_t *)from);
        return;
    case KW_TYPE_UINT32:
        line_put(d, "%" PRIu32, *(const uint32_t *)from);
        return;
    case KW_TYPE_INT64:
        line_put(d, "%" PRId64, *(const int64_t *)from);
        return;
    case KW_TYPE_FLOAT64:
        line_put(d, "%.17g", *(const double *)from);
        return;
    case KW_TYPE_UUID:
        line_bytes(d, "\"", 1);
        line_uuid(d, *(const struct mr_uuid *)from);
        line_bytes(d, "\"", 1);
        return;
    case KW_TYPE_STRING: {
        const struct mr_str *s = from;
        if (s->ptr == NULL)
            line_put(d, "null");
        else
            put_string(d, *s);
        return;
    }
    case KW_TYPE_BYTES: {
        const struct mr_slice *s = from;
        if (s->ptr == NULL)
            line_put(d, "null");
        else if (!d->consumers || !line_member_bytes(d, f->name, *s))
            put_base64(d, *s);
        return;
    }
    case KW_TYPE_RECORDS:
        line_put(d, "%zu", ((const struct kw_records *)from)->bytes);
        return;
    case KW_TYPE_STRUCT:
        line_json(d, f->shape, version, from);
        return;
    }
}

static void put_field(struct dump *d, const struct kw_shape_field *f, int16_t version, const uint8_t *at,
                      int32_t count)
{
    line_put(d, "\"%s\":", f->name);
    if (f->pointer && *(const void *const *)at == NULL) {
        line_put(d, "null");
    } else if (f->pointer) {
        put_value(d, f, version, *(const void *const *)at);
    } else if (!f->array) {
        put_value(d, f, version, at);
    } else if (count < 0) {
        line_put(d, "null");
    } else {
        const uint8_t *items = *(const uint8_t *const *)at;
        line_bytes(d, "[", 1);
        for (int32_t i = 0; i < count && !d->line_cut; i++) {
            if (i > 0)
                line_bytes(d, ",", 1);
            put_value(d, f, version, items + (size_t)i * kw_shape_value_bytes(f));
        }
        line_bytes(d, "]", 1);
    }
}

/* Of scalars and texts the bytes differ. A struct counts as set, also where it is null: Kafka's converters
 * print that. */
static bool is_default(const struct kw_shape_field *f, const uint8_t *at, const uint8_t *def, int32_t count,
                       int32_t def_count)
{
    if (f->array)
        return count == def_count && count <= 0;
    if (f->type == KW_TYPE_STRING) {
        const struct mr_str *a = (const void *)at, *b = (const void *)def;
        return mr_str_eq(*a, *b);
    }
    if (f->type == KW_TYPE_BYTES) {
        const struct mr_slice *a = (const void *)at, *b = (const void *)def;
        return (a->ptr == NULL) == (b->ptr == NULL) && a->len == 0 && b->len == 0;
    }
    return f->type != KW_TYPE_STRUCT && memcmp(at, def, kw_shape_value_bytes(f)) == 0;
}

void line_json(struct dump *d, const struct kw_shape *shape, int16_t version, const void *from)
{
    _Alignas(8) uint8_t def[DEFAULT_BYTES_MAX];
    MR_ASSERT(shape->size <= sizeof(def)); /* of a table of ours */
    shape->init(def);
    const char *comma = "";
    line_bytes(d, "{", 1);
    for (uint32_t i = 0; i < shape->field_count; i++) {
        const struct kw_shape_field *f = &shape->fields[i];
        const uint8_t *at = (const uint8_t *)from + f->pos;
        int32_t count = 0, def_count = 0;
        if (f->array) {
            memcpy(&count, (const uint8_t *)from + f->count_pos, sizeof(count));
            memcpy(&def_count, def + f->count_pos, sizeof(def_count));
        }
        if (!kw_shape_has(f, version) || (f->tagged && is_default(f, at, def + f->pos, count, def_count)))
            continue;
        line_put(d, "%s", comma);
        put_field(d, f, version, at, count);
        comma = ",";
    }
    line_bytes(d, "}", 1);
}
