/* Written by net/wire/schema/gen.py from offset_for_leader_epoch.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_OFFSET_FOR_LEADER_EPOCH_H
#define MR_WIRE_GEN_OFFSET_FOR_LEADER_EPOCH_H

#include "net/wire/message.h"

/* OffsetForLeaderEpochRequest: key 23, v2-4, flexible v4+. */
struct kw_offset_for_leader_epoch_request_partition {
    int32_t partition;
    int32_t current_leader_epoch; /* default -1 */
    int32_t leader_epoch;
};
struct kw_offset_for_leader_epoch_request_topic {
    struct mr_str topic;
    struct kw_offset_for_leader_epoch_request_partition *partitions;
    int32_t partitions_count;
};
struct kw_offset_for_leader_epoch_request {
    int32_t replica_id; /* v3+, default -2 */
    struct kw_offset_for_leader_epoch_request_topic *topics;
    int32_t topics_count;
};
void kw_offset_for_leader_epoch_request_partition_init(
    struct kw_offset_for_leader_epoch_request_partition *m);
void kw_offset_for_leader_epoch_request_topic_init(struct kw_offset_for_leader_epoch_request_topic *m);
void kw_offset_for_leader_epoch_request_init(struct kw_offset_for_leader_epoch_request *m);
int kw_offset_for_leader_epoch_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_offset_for_leader_epoch_request *ret);
void kw_offset_for_leader_epoch_request_encode(struct kw_writer *w, int16_t version,
                                               const struct kw_offset_for_leader_epoch_request *m);
extern const struct kw_message kw_offset_for_leader_epoch_request_info;

/* OffsetForLeaderEpochResponse: key 23, v2-4, flexible v4+. */
struct kw_offset_for_leader_epoch_response_partition {
    int16_t error_code;
    int32_t partition;
    int32_t leader_epoch; /* default -1 */
    int64_t end_offset; /* default -1 */
};
struct kw_offset_for_leader_epoch_response_topic {
    struct mr_str topic;
    struct kw_offset_for_leader_epoch_response_partition *partitions;
    int32_t partitions_count;
};
struct kw_offset_for_leader_epoch_response {
    int32_t throttle_time_ms;
    struct kw_offset_for_leader_epoch_response_topic *topics;
    int32_t topics_count;
};
void kw_offset_for_leader_epoch_response_partition_init(
    struct kw_offset_for_leader_epoch_response_partition *m);
void kw_offset_for_leader_epoch_response_topic_init(struct kw_offset_for_leader_epoch_response_topic *m);
void kw_offset_for_leader_epoch_response_init(struct kw_offset_for_leader_epoch_response *m);
int kw_offset_for_leader_epoch_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_offset_for_leader_epoch_response *ret);
void kw_offset_for_leader_epoch_response_encode(struct kw_writer *w, int16_t version,
                                                const struct kw_offset_for_leader_epoch_response *m);
extern const struct kw_message kw_offset_for_leader_epoch_response_info;

#endif
