/* Written by net/wire/schema/gen.py from offset_fetch.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_OFFSET_FETCH_H
#define MR_WIRE_GEN_OFFSET_FETCH_H

#include "net/wire/message.h"

/* OffsetFetchRequest: key 9, v1-10, flexible v6+, v10+ not offered by default. */
struct kw_offset_fetch_request_group_topic {
    struct mr_str name; /* v8-9 */
    struct mr_uuid topic_id; /* v10+ */
    int32_t *partition_indexes;
    int32_t partition_indexes_count;
};
struct kw_offset_fetch_request_group {
    struct mr_str group_id;
    struct mr_str member_id; /* v9+, may be null */
    int32_t member_epoch; /* v9+, default -1 */
    struct kw_offset_fetch_request_group_topic *topics; /* may be null */
    int32_t topics_count;
};
struct kw_offset_fetch_request_topic {
    struct mr_str name;
    int32_t *partition_indexes;
    int32_t partition_indexes_count;
};
struct kw_offset_fetch_request {
    struct mr_str group_id; /* v1-7 */
    struct kw_offset_fetch_request_topic *topics; /* v1-7, may be null v2+ */
    int32_t topics_count;
    struct kw_offset_fetch_request_group *groups; /* v8+ */
    int32_t groups_count;
    bool require_stable; /* v7+ */
};
void kw_offset_fetch_request_group_topic_init(struct kw_offset_fetch_request_group_topic *m);
void kw_offset_fetch_request_group_init(struct kw_offset_fetch_request_group *m);
void kw_offset_fetch_request_topic_init(struct kw_offset_fetch_request_topic *m);
void kw_offset_fetch_request_init(struct kw_offset_fetch_request *m);
int kw_offset_fetch_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_offset_fetch_request *ret);
void kw_offset_fetch_request_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_offset_fetch_request *m);
extern const struct kw_message kw_offset_fetch_request_info;

/* OffsetFetchResponse: key 9, v1-10, flexible v6+, v10+ not offered by default. */
struct kw_offset_fetch_response_group_partition {
    int32_t partition_index;
    int64_t committed_offset;
    int32_t committed_leader_epoch; /* default -1 */
    struct mr_str metadata; /* may be null */
    int16_t error_code;
};
struct kw_offset_fetch_response_group_topic {
    struct mr_str name; /* v8-9 */
    struct mr_uuid topic_id; /* v10+ */
    struct kw_offset_fetch_response_group_partition *partitions;
    int32_t partitions_count;
};
struct kw_offset_fetch_response_group {
    struct mr_str group_id;
    struct kw_offset_fetch_response_group_topic *topics;
    int32_t topics_count;
    int16_t error_code;
};
struct kw_offset_fetch_response_partition {
    int32_t partition_index;
    int64_t committed_offset;
    int32_t committed_leader_epoch; /* v5+, default -1 */
    struct mr_str metadata; /* may be null */
    int16_t error_code;
};
struct kw_offset_fetch_response_topic {
    struct mr_str name;
    struct kw_offset_fetch_response_partition *partitions;
    int32_t partitions_count;
};
struct kw_offset_fetch_response {
    int32_t throttle_time_ms; /* v3+ */
    struct kw_offset_fetch_response_topic *topics; /* v1-7 */
    int32_t topics_count;
    int16_t error_code; /* v2-7 */
    struct kw_offset_fetch_response_group *groups; /* v8+ */
    int32_t groups_count;
};
void kw_offset_fetch_response_group_partition_init(struct kw_offset_fetch_response_group_partition *m);
void kw_offset_fetch_response_group_topic_init(struct kw_offset_fetch_response_group_topic *m);
void kw_offset_fetch_response_group_init(struct kw_offset_fetch_response_group *m);
void kw_offset_fetch_response_partition_init(struct kw_offset_fetch_response_partition *m);
void kw_offset_fetch_response_topic_init(struct kw_offset_fetch_response_topic *m);
void kw_offset_fetch_response_init(struct kw_offset_fetch_response *m);
int kw_offset_fetch_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_offset_fetch_response *ret);
void kw_offset_fetch_response_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_offset_fetch_response *m);
extern const struct kw_message kw_offset_fetch_response_info;

#endif
