/* net/wire/coord_record.h - keys and values of the records in the coordinators' logs, __consumer_offsets and
 * __transaction_state.
 *
 * A key is the int16 of its type and then that type's key message at version 0. A value is the int16 of its
 * version and then the type's value message at that version; a null value deletes what stood under the key.
 * The messages come from gen/group_log.h, gen/consumer_group_log.h and gen/txn_log.h; read the head, then let
 * the message decode itself from the same reader:
 *
 *   struct kw_reader r = kw_reader_of(record->key);
 *   int16_t type, version;
 *   int err = kw_coord_head_decode(&r, &type);
 *   const struct kw_coord_kind *kind = kw_coord_kind(KW_COORD_GROUPS, type);     NULL: not ours to know
 *   ... kw_offset_commit_key_decode(&r, KW_COORD_KEY_VERSION, arena, &key)
 *   r = kw_reader_of(record->value);
 *   err = kw_coord_head_decode(&r, &version);
 *   ... kw_offset_commit_value_decode(&r, version, arena, &value)                -MR_E_VERSION: unknown
 *
 * What Kafka 4.1 does with what it cannot read: a type it does not know is passed over with a warning (so an
 * older broker survives a newer one's records, KIP-915), a version it does not know and bytes that end too
 * soon stop the loading of the partition, bytes past the message are ignored. The head is also that of other
 * data that lives inside something else: the value of a transaction marker, a consumer's subscription and
 * assignment (net/wire/subscription.h). */
#ifndef MR_WIRE_COORD_RECORD_H
#define MR_WIRE_COORD_RECORD_H

#include "net/wire/message.h"

enum kw_coord_log {
    KW_COORD_GROUPS, /* __consumer_offsets */
    KW_COORD_TXNS,   /* __transaction_state */
};

/* Types of __consumer_offsets. Kafka has those of share groups (10-15) and streams groups (17-22), too. */
enum kw_group_record {
    KW_GROUP_OFFSET_COMMIT_OLD = 0, /* of brokers long gone; the fields are those of OFFSET_COMMIT */
    KW_GROUP_OFFSET_COMMIT = 1,
    KW_GROUP_METADATA = 2,
    KW_GROUP_CONSUMER_METADATA = 3, /* KIP-848 from here on */
    KW_GROUP_CONSUMER_PARTITION_METADATA = 4,
    KW_GROUP_CONSUMER_MEMBER_METADATA = 5,
    KW_GROUP_CONSUMER_TARGET_METADATA = 6,
    KW_GROUP_CONSUMER_TARGET_MEMBER = 7,
    KW_GROUP_CONSUMER_CURRENT_MEMBER = 8,
    KW_GROUP_CONSUMER_REGEX = 16,
};

/* The type of __transaction_state. */
enum { KW_TXN_LOG = 0 };

enum {
    KW_COORD_KEY_VERSION = 0, /* of every key's message */
    KW_COORD_HEAD_BYTES = 2,
};

struct kw_coord_kind {
    int16_t type;
    /* The version of values that Kafka 4.1 writes. Two exceptions: an offset with an expiry of its own (asked
     * for in OffsetCommit v2-4) is written as v1, which alone has the field; and a transaction's value as v0
     * where the feature transaction.version is 0. */
    int16_t version;
    const struct kw_message *key;
    const struct kw_message *value;
};

/* NULL: a type that is not known here. */
const struct kw_coord_kind *kw_coord_kind(enum kw_coord_log log, int16_t type);

/* The type of a key, or the version of a value: any int16. -MR_E_CORRUPT: fewer than two bytes. */
int kw_coord_head_decode(struct kw_reader *r, int16_t *ret);

/* Head and message; errors stick in the writer. kind->key is the type of m, or kind->value at any version. */
void kw_coord_key_encode(struct kw_writer *w, const struct kw_coord_kind *kind, const void *m);
void kw_coord_value_encode(struct kw_writer *w, const struct kw_coord_kind *kind, int16_t version,
                           const void *m);

#endif
