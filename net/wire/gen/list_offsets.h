/* Written by net/wire/schema/gen.py from list_offsets.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_LIST_OFFSETS_H
#define MR_WIRE_GEN_LIST_OFFSETS_H

#include "net/wire/message.h"

/* ListOffsetsRequest: key 2, v1-10, flexible v6+. */
struct kw_list_offsets_request_partition {
    int32_t partition_index;
    int32_t current_leader_epoch; /* v4+, default -1 */
    int64_t timestamp;
};
struct kw_list_offsets_request_topic {
    struct mr_str name;
    struct kw_list_offsets_request_partition *partitions;
    int32_t partitions_count;
};
struct kw_list_offsets_request {
    int32_t replica_id;
    int8_t isolation_level; /* v2+ */
    struct kw_list_offsets_request_topic *topics;
    int32_t topics_count;
    int32_t timeout_ms; /* v10+ */
};
void kw_list_offsets_request_partition_init(struct kw_list_offsets_request_partition *m);
void kw_list_offsets_request_topic_init(struct kw_list_offsets_request_topic *m);
void kw_list_offsets_request_init(struct kw_list_offsets_request *m);
int kw_list_offsets_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_list_offsets_request *ret);
void kw_list_offsets_request_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_list_offsets_request *m);
extern const struct kw_message kw_list_offsets_request_info;

/* ListOffsetsResponse: key 2, v1-10, flexible v6+. */
struct kw_list_offsets_response_partition {
    int32_t partition_index;
    int16_t error_code;
    int64_t timestamp; /* default -1 */
    int64_t offset; /* default -1 */
    int32_t leader_epoch; /* v4+, default -1 */
};
struct kw_list_offsets_response_topic {
    struct mr_str name;
    struct kw_list_offsets_response_partition *partitions;
    int32_t partitions_count;
};
struct kw_list_offsets_response {
    int32_t throttle_time_ms; /* v2+ */
    struct kw_list_offsets_response_topic *topics;
    int32_t topics_count;
};
void kw_list_offsets_response_partition_init(struct kw_list_offsets_response_partition *m);
void kw_list_offsets_response_topic_init(struct kw_list_offsets_response_topic *m);
void kw_list_offsets_response_init(struct kw_list_offsets_response *m);
int kw_list_offsets_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_list_offsets_response *ret);
void kw_list_offsets_response_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_list_offsets_response *m);
extern const struct kw_message kw_list_offsets_response_info;

#endif
