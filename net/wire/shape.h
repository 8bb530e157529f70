/* net/wire/shape.h - where each field of a stored message lies in its struct, for those who print messages
 * of any kind by name (millrace dump).
 *
 * Only what stands in files has a shape: the messages of kind "record" and "data" in net/wire/schema. The
 * tables are generated (gen/shapes.c) and constant. */
#ifndef MR_WIRE_SHAPE_H
#define MR_WIRE_SHAPE_H

#include "net/wire/message.h"

enum kw_type {
    KW_TYPE_BOOL,
    KW_TYPE_INT8,
    KW_TYPE_INT16,
    KW_TYPE_UINT16,
    KW_TYPE_INT32,
    KW_TYPE_UINT32,
    KW_TYPE_INT64,
    KW_TYPE_FLOAT64,
    KW_TYPE_UUID,
    KW_TYPE_STRING,  /* struct mr_str */
    KW_TYPE_BYTES,   /* struct mr_slice */
    KW_TYPE_RECORDS, /* struct kw_records */
    KW_TYPE_STRUCT,
};

struct kw_shape;

struct kw_shape_field {
    const char *name; /* Kafka's in its JSON: topicId */
    enum kw_type type;
    bool array;       /* pos holds a pointer to the first element, count_pos an int32_t (-1: null) */
    bool pointer;     /* a struct that may be null: pos holds a pointer to it */
    bool tagged;      /* left out while it has its default */
    size_t pos;       /* in the struct */
    size_t count_pos; /* of an array */
    int16_t v_min, v_max;
    const struct kw_shape *shape; /* of KW_TYPE_STRUCT */
};

struct kw_shape {
    size_t size;             /* of the struct */
    void (*init)(void *any); /* every field to its default */
    uint32_t field_count;
    const struct kw_shape_field *fields; /* in the order of the schema */
};

/* NULL: a message that is not stored. */
const struct kw_shape *kw_shape_of(const struct kw_message *info);

/* Bytes of one value of a field: of an element of an array, of the struct that a pointer points to. */
size_t kw_shape_value_bytes(const struct kw_shape_field *f);

static inline bool kw_shape_has(const struct kw_shape_field *f, int16_t version)
{
    return version >= f->v_min && version <= f->v_max;
}

#endif
