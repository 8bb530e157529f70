/* net/wire/field.h - values of message fields that core/base.h has no type for.
 *
 * A field of type "records" is whole record batches, not looked into. A decoder gives one part that points
 * into the input. An encoder takes any number of parts, so that a fetch response can name bytes that lie in
 * several buffers. Copying the struct is fine. All zero is present and empty, which is what a fetch response
 * carries for "nothing". */
#ifndef MR_WIRE_FIELD_H
#define MR_WIRE_FIELD_H

#include "core/base.h"

enum { KW_STRING_BYTES_MAX = 32767 }; /* on the wire, in both encodings */

/* The default of strings and bytes that have no other: empty, not null. */
#define KW_EMPTY_STRING ((struct mr_str){"", 0})
#define KW_EMPTY_BYTES ((struct mr_slice){(const uint8_t *)"", 0})

struct kw_records {
    const struct mr_slice *parts; /* [count], the caller's; NULL: `one` is the only part */
    struct mr_slice one;
    size_t bytes; /* of all parts */
    uint32_t count;
    bool null; /* Kafka's null, which differs from empty */
};

/* One part; a null slice makes null records. */
static inline struct kw_records kw_records_of(struct mr_slice bytes)
{
    return (struct kw_records){.one = bytes,
                               .bytes = bytes.len,
                               .count = bytes.ptr != NULL,
                               .null = bytes.ptr == NULL};
}

/* parts and what they name are borrowed until the writer's bytes were sent. */
static inline struct kw_records kw_records_of_parts(const struct mr_slice *parts, uint32_t count)
{
    struct kw_records records = {.parts = parts, .count = count};
    for (uint32_t i = 0; i < count; i++)
        records.bytes += parts[i].len;
    return records;
}

static inline struct mr_slice kw_records_part(const struct kw_records *records, uint32_t i)
{
    return records->parts != NULL ? records->parts[i] : records->one;
}

#endif
