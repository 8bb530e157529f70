/* Written by net/wire/schema/gen.py from offset_delete.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_OFFSET_DELETE_H
#define MR_WIRE_GEN_OFFSET_DELETE_H

#include "net/wire/message.h"

/* OffsetDeleteRequest: key 47, v0. */
struct kw_offset_delete_request_partition {
    int32_t partition_index;
};
struct kw_offset_delete_request_topic {
    struct mr_str name;
    struct kw_offset_delete_request_partition *partitions;
    int32_t partitions_count;
};
struct kw_offset_delete_request {
    struct mr_str group_id;
    struct kw_offset_delete_request_topic *topics;
    int32_t topics_count;
};
void kw_offset_delete_request_partition_init(struct kw_offset_delete_request_partition *m);
void kw_offset_delete_request_topic_init(struct kw_offset_delete_request_topic *m);
void kw_offset_delete_request_init(struct kw_offset_delete_request *m);
int kw_offset_delete_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_offset_delete_request *ret);
void kw_offset_delete_request_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_offset_delete_request *m);
extern const struct kw_message kw_offset_delete_request_info;

/* OffsetDeleteResponse: key 47, v0. */
struct kw_offset_delete_response_partition {
    int32_t partition_index;
    int16_t error_code;
};
struct kw_offset_delete_response_topic {
    struct mr_str name;
    struct kw_offset_delete_response_partition *partitions;
    int32_t partitions_count;
};
struct kw_offset_delete_response {
    int16_t error_code;
    int32_t throttle_time_ms;
    struct kw_offset_delete_response_topic *topics;
    int32_t topics_count;
};
void kw_offset_delete_response_partition_init(struct kw_offset_delete_response_partition *m);
void kw_offset_delete_response_topic_init(struct kw_offset_delete_response_topic *m);
void kw_offset_delete_response_init(struct kw_offset_delete_response *m);
int kw_offset_delete_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_offset_delete_response *ret);
void kw_offset_delete_response_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_offset_delete_response *m);
extern const struct kw_message kw_offset_delete_response_info;

#endif
