/* Written by net/wire/schema/gen.py from delete_records.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_DELETE_RECORDS_H
#define MR_WIRE_GEN_DELETE_RECORDS_H

#include "net/wire/message.h"

/* DeleteRecordsRequest: key 21, v0-2, flexible v2+. */
struct kw_delete_records_request_partition {
    int32_t partition_index;
    int64_t offset;
};
struct kw_delete_records_request_topic {
    struct mr_str name;
    struct kw_delete_records_request_partition *partitions;
    int32_t partitions_count;
};
struct kw_delete_records_request {
    struct kw_delete_records_request_topic *topics;
    int32_t topics_count;
    int32_t timeout_ms;
};
void kw_delete_records_request_partition_init(struct kw_delete_records_request_partition *m);
void kw_delete_records_request_topic_init(struct kw_delete_records_request_topic *m);
void kw_delete_records_request_init(struct kw_delete_records_request *m);
int kw_delete_records_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_delete_records_request *ret);
void kw_delete_records_request_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_delete_records_request *m);
extern const struct kw_message kw_delete_records_request_info;

/* DeleteRecordsResponse: key 21, v0-2, flexible v2+. */
struct kw_delete_records_response_partition {
    int32_t partition_index;
    int64_t low_watermark;
    int16_t error_code;
};
struct kw_delete_records_response_topic {
    struct mr_str name;
    struct kw_delete_records_response_partition *partitions;
    int32_t partitions_count;
};
struct kw_delete_records_response {
    int32_t throttle_time_ms;
    struct kw_delete_records_response_topic *topics;
    int32_t topics_count;
};
void kw_delete_records_response_partition_init(struct kw_delete_records_response_partition *m);
void kw_delete_records_response_topic_init(struct kw_delete_records_response_topic *m);
void kw_delete_records_response_init(struct kw_delete_records_response *m);
int kw_delete_records_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_delete_records_response *ret);
void kw_delete_records_response_encode(struct kw_writer *w, int16_t version,
                                       const struct kw_delete_records_response *m);
extern const struct kw_message kw_delete_records_response_info;

#endif
