/* Written by net/wire/schema/gen.py from describe_log_dirs.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_DESCRIBE_LOG_DIRS_H
#define MR_WIRE_GEN_DESCRIBE_LOG_DIRS_H

#include "net/wire/message.h"

/* DescribeLogDirsRequest: key 35, v1-4, flexible v2+. */
struct kw_describe_log_dirs_request_topic {
    struct mr_str topic;
    int32_t *partitions;
    int32_t partitions_count;
};
struct kw_describe_log_dirs_request {
    struct kw_describe_log_dirs_request_topic *topics; /* may be null */
    int32_t topics_count;
};
void kw_describe_log_dirs_request_topic_init(struct kw_describe_log_dirs_request_topic *m);
void kw_describe_log_dirs_request_init(struct kw_describe_log_dirs_request *m);
int kw_describe_log_dirs_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_describe_log_dirs_request *ret);
void kw_describe_log_dirs_request_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_describe_log_dirs_request *m);
extern const struct kw_message kw_describe_log_dirs_request_info;

/* DescribeLogDirsResponse: key 35, v1-4, flexible v2+. */
struct kw_describe_log_dirs_response_partition {
    int32_t partition_index;
    int64_t partition_size;
    int64_t offset_lag;
    bool is_future_key;
};
struct kw_describe_log_dirs_response_topic {
    struct mr_str name;
    struct kw_describe_log_dirs_response_partition *partitions;
    int32_t partitions_count;
};
struct kw_describe_log_dirs_response_log_dir {
    int16_t error_code;
    struct mr_str log_dir;
    struct kw_describe_log_dirs_response_topic *topics;
    int32_t topics_count;
    int64_t total_bytes; /* v4+, default -1 */
    int64_t usable_bytes; /* v4+, default -1 */
};
struct kw_describe_log_dirs_response {
    int32_t throttle_time_ms;
    int16_t error_code; /* v3+ */
    struct kw_describe_log_dirs_response_log_dir *results;
    int32_t results_count;
};
void kw_describe_log_dirs_response_partition_init(struct kw_describe_log_dirs_response_partition *m);
void kw_describe_log_dirs_response_topic_init(struct kw_describe_log_dirs_response_topic *m);
void kw_describe_log_dirs_response_log_dir_init(struct kw_describe_log_dirs_response_log_dir *m);
void kw_describe_log_dirs_response_init(struct kw_describe_log_dirs_response *m);
int kw_describe_log_dirs_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_describe_log_dirs_response *ret);
void kw_describe_log_dirs_response_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_describe_log_dirs_response *m);
extern const struct kw_message kw_describe_log_dirs_response_info;

#endif
