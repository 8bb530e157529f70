/* Written by net/wire/schema/gen.py from alter_replica_log_dirs.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_ALTER_REPLICA_LOG_DIRS_H
#define MR_WIRE_GEN_ALTER_REPLICA_LOG_DIRS_H

#include "net/wire/message.h"

/* AlterReplicaLogDirsRequest: key 34, v1-2, flexible v2+. */
struct kw_alter_replica_log_dirs_request_topic {
    struct mr_str name;
    int32_t *partitions;
    int32_t partitions_count;
};
struct kw_alter_replica_log_dirs_request_dir {
    struct mr_str path;
    struct kw_alter_replica_log_dirs_request_topic *topics;
    int32_t topics_count;
};
struct kw_alter_replica_log_dirs_request {
    struct kw_alter_replica_log_dirs_request_dir *dirs;
    int32_t dirs_count;
};
void kw_alter_replica_log_dirs_request_topic_init(struct kw_alter_replica_log_dirs_request_topic *m);
void kw_alter_replica_log_dirs_request_dir_init(struct kw_alter_replica_log_dirs_request_dir *m);
void kw_alter_replica_log_dirs_request_init(struct kw_alter_replica_log_dirs_request *m);
int kw_alter_replica_log_dirs_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_alter_replica_log_dirs_request *ret);
void kw_alter_replica_log_dirs_request_encode(struct kw_writer *w, int16_t version,
                                              const struct kw_alter_replica_log_dirs_request *m);
extern const struct kw_message kw_alter_replica_log_dirs_request_info;

/* AlterReplicaLogDirsResponse: key 34, v1-2, flexible v2+. */
struct kw_alter_replica_log_dirs_response_partition {
    int32_t partition_index;
    int16_t error_code;
};
struct kw_alter_replica_log_dirs_response_topic {
    struct mr_str topic_name;
    struct kw_alter_replica_log_dirs_response_partition *partitions;
    int32_t partitions_count;
};
struct kw_alter_replica_log_dirs_response {
    int32_t throttle_time_ms;
    struct kw_alter_replica_log_dirs_response_topic *results;
    int32_t results_count;
};
void kw_alter_replica_log_dirs_response_partition_init(
    struct kw_alter_replica_log_dirs_response_partition *m);
void kw_alter_replica_log_dirs_response_topic_init(struct kw_alter_replica_log_dirs_response_topic *m);
void kw_alter_replica_log_dirs_response_init(struct kw_alter_replica_log_dirs_response *m);
int kw_alter_replica_log_dirs_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_alter_replica_log_dirs_response *ret);
void kw_alter_replica_log_dirs_response_encode(struct kw_writer *w, int16_t version,
                                               const struct kw_alter_replica_log_dirs_response *m);
extern const struct kw_message kw_alter_replica_log_dirs_response_info;

#endif
