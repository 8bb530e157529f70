/* Written by net/wire/schema/gen.py from consumer_protocol.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_CONSUMER_PROTOCOL_H
#define MR_WIRE_GEN_CONSUMER_PROTOCOL_H

#include "net/wire/message.h"

/* ConsumerProtocolSubscription: v0-3. */
struct kw_consumer_protocol_subscription_owned_partition {
    struct mr_str topic;
    int32_t *partitions;
    int32_t partitions_count;
};
struct kw_consumer_protocol_subscription {
    struct mr_str *topics;
    int32_t topics_count;
    struct mr_slice user_data; /* may be null */
    struct kw_consumer_protocol_subscription_owned_partition *owned_partitions; /* v1+ */
    int32_t owned_partitions_count;
    int32_t generation_id; /* v2+, default -1 */
    struct mr_str rack_id; /* v3+, may be null */
};
void kw_consumer_protocol_subscription_owned_partition_init(
    struct kw_consumer_protocol_subscription_owned_partition *m);
void kw_consumer_protocol_subscription_init(struct kw_consumer_protocol_subscription *m);
int kw_consumer_protocol_subscription_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_consumer_protocol_subscription *ret);
void kw_consumer_protocol_subscription_encode(struct kw_writer *w, int16_t version,
                                              const struct kw_consumer_protocol_subscription *m);
extern const struct kw_message kw_consumer_protocol_subscription_info;

/* ConsumerProtocolAssignment: v0-3. */
struct kw_consumer_protocol_assignment_assigned_partition {
    struct mr_str topic;
    int32_t *partitions;
    int32_t partitions_count;
};
struct kw_consumer_protocol_assignment {
    struct kw_consumer_protocol_assignment_assigned_partition *assigned_partitions;
    int32_t assigned_partitions_count;
    struct mr_slice user_data; /* may be null */
};
void kw_consumer_protocol_assignment_assigned_partition_init(
    struct kw_consumer_protocol_assignment_assigned_partition *m);
void kw_consumer_protocol_assignment_init(struct kw_consumer_protocol_assignment *m);
int kw_consumer_protocol_assignment_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_consumer_protocol_assignment *ret);
void kw_consumer_protocol_assignment_encode(struct kw_writer *w, int16_t version,
                                            const struct kw_consumer_protocol_assignment *m);
extern const struct kw_message kw_consumer_protocol_assignment_info;

#endif
