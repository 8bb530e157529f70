/* Written by net/wire/schema/gen.py from offset_commit.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_OFFSET_COMMIT_H
#define MR_WIRE_GEN_OFFSET_COMMIT_H

#include "net/wire/message.h"

/* OffsetCommitRequest: key 8, v2-10, flexible v8+, v10+ not offered by default. */
struct kw_offset_commit_request_partition {
    int32_t partition_index;
    int64_t committed_offset;
    int32_t committed_leader_epoch; /* v6+, default -1 */
    struct mr_str committed_metadata; /* may be null */
};
struct kw_offset_commit_request_topic {
    struct mr_str name; /* v2-9 */
    struct mr_uuid topic_id; /* v10+ */
    struct kw_offset_commit_request_partition *partitions;
    int32_t partitions_count;
};
struct kw_offset_commit_request {
    struct mr_str group_id;
    int32_t generation_id_or_member_epoch; /* default -1 */
    struct mr_str member_id;
    struct mr_str group_instance_id; /* v7+, may be null */
    int64_t retention_time_ms; /* v2-4, default -1 */
    struct kw_offset_commit_request_topic *topics;
    int32_t topics_count;
};
void kw_offset_commit_request_partition_init(struct kw_offset_commit_request_partition *m);
void kw_offset_commit_request_topic_init(struct kw_offset_commit_request_topic *m);
void kw_offset_commit_request_init(struct kw_offset_commit_request *m);
int kw_offset_commit_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_offset_commit_request *ret);
void kw_offset_commit_request_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_offset_commit_request *m);
extern const struct kw_message kw_offset_commit_request_info;

/* OffsetCommitResponse: key 8, v2-10, flexible v8+, v10+ not offered by default. */
struct kw_offset_commit_response_partition {
    int32_t partition_index;
    int16_t error_code;
};
struct kw_offset_commit_response_topic {
    struct mr_str name; /* v2-9 */
    struct mr_uuid topic_id; /* v10+ */
    struct kw_offset_commit_response_partition *partitions;
    int32_t partitions_count;
};
struct kw_offset_commit_response {
    int32_t throttle_time_ms; /* v3+ */
    struct kw_offset_commit_response_topic *topics;
    int32_t topics_count;
};
void kw_offset_commit_response_partition_init(struct kw_offset_commit_response_partition *m);
void kw_offset_commit_response_topic_init(struct kw_offset_commit_response_topic *m);
void kw_offset_commit_response_init(struct kw_offset_commit_response *m);
int kw_offset_commit_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_offset_commit_response *ret);
void kw_offset_commit_response_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_offset_commit_response *m);
extern const struct kw_message kw_offset_commit_response_info;

#endif
