/* Written by net/wire/schema/gen.py from partition_reassignments.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_PARTITION_REASSIGNMENTS_H
#define MR_WIRE_GEN_PARTITION_REASSIGNMENTS_H

#include "net/wire/message.h"

/* AlterPartitionReassignmentsRequest: key 45, v0-1, flexible v0+. */
struct kw_alter_partition_reassignments_request_partition {
    int32_t partition_index;
    int32_t *replicas; /* may be null */
    int32_t replicas_count;
};
struct kw_alter_partition_reassignments_request_topic {
    struct mr_str name;
    struct kw_alter_partition_reassignments_request_partition *partitions;
    int32_t partitions_count;
};
struct kw_alter_partition_reassignments_request {
    int32_t timeout_ms; /* default 60000 */
    bool allow_replication_factor_change; /* v1+, default true */
    struct kw_alter_partition_reassignments_request_topic *topics;
    int32_t topics_count;
};
void kw_alter_partition_reassignments_request_partition_init(
    struct kw_alter_partition_reassignments_request_partition *m);
void kw_alter_partition_reassignments_request_topic_init(
    struct kw_alter_partition_reassignments_request_topic *m);
void kw_alter_partition_reassignments_request_init(struct kw_alter_partition_reassignments_request *m);
int kw_alter_partition_reassignments_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    struct kw_alter_partition_reassignments_request *ret);
void kw_alter_partition_reassignments_request_encode(struct kw_writer *w, int16_t version,
    const struct kw_alter_partition_reassignments_request *m);
extern const struct kw_message kw_alter_partition_reassignments_request_info;

/* AlterPartitionReassignmentsResponse: key 45, v0-1, flexible v0+. */
struct kw_alter_partition_reassignments_response_partition {
    int32_t partition_index;
    int16_t error_code;
    struct mr_str error_message; /* may be null */
};
struct kw_alter_partition_reassignments_response_topic {
    struct mr_str name;
    struct kw_alter_partition_reassignments_response_partition *partitions;
    int32_t partitions_count;
};
struct kw_alter_partition_reassignments_response {
    int32_t throttle_time_ms;
    bool allow_replication_factor_change; /* v1+, default true */
    int16_t error_code;
    struct mr_str error_message; /* may be null */
    struct kw_alter_partition_reassignments_response_topic *responses;
    int32_t responses_count;
};
void kw_alter_partition_reassignments_response_partition_init(
    struct kw_alter_partition_reassignments_response_partition *m);
void kw_alter_partition_reassignments_response_topic_init(
    struct kw_alter_partition_reassignments_response_topic *m);
void kw_alter_partition_reassignments_response_init(struct kw_alter_partition_reassignments_response *m);
int kw_alter_partition_reassignments_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     struct kw_alter_partition_reassignments_response *ret);
void kw_alter_partition_reassignments_response_encode(struct kw_writer *w, int16_t version,
    const struct kw_alter_partition_reassignments_response *m);
extern const struct kw_message kw_alter_partition_reassignments_response_info;

/* ListPartitionReassignmentsRequest: key 46, v0, flexible v0+. */
struct kw_list_partition_reassignments_request_topic {
    struct mr_str name;
    int32_t *partition_indexes;
    int32_t partition_indexes_count;
};
struct kw_list_partition_reassignments_request {
    int32_t timeout_ms; /* default 60000 */
    struct kw_list_partition_reassignments_request_topic *topics; /* may be null */
    int32_t topics_count;
};
void kw_list_partition_reassignments_request_topic_init(
    struct kw_list_partition_reassignments_request_topic *m);
void kw_list_partition_reassignments_request_init(struct kw_list_partition_reassignments_request *m);
int kw_list_partition_reassignments_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   struct kw_list_partition_reassignments_request *ret);
void kw_list_partition_reassignments_request_encode(struct kw_writer *w, int16_t version,
                                                    const struct kw_list_partition_reassignments_request *m);
extern const struct kw_message kw_list_partition_reassignments_request_info;

/* ListPartitionReassignmentsResponse: key 46, v0, flexible v0+. */
struct kw_list_partition_reassignments_response_partition {
    int32_t partition_index;
    int32_t *replicas;
    int32_t replicas_count;
    int32_t *adding_replicas;
    int32_t adding_replicas_count;
    int32_t *removing_replicas;
    int32_t removing_replicas_count;
};
struct kw_list_partition_reassignments_response_topic {
    struct mr_str name;
    struct kw_list_partition_reassignments_response_partition *partitions;
    int32_t partitions_count;
};
struct kw_list_partition_reassignments_response {
    int32_t throttle_time_ms;
    int16_t error_code;
    struct mr_str error_message; /* may be null */
    struct kw_list_partition_reassignments_response_topic *topics;
    int32_t topics_count;
};
void kw_list_partition_reassignments_response_partition_init(
    struct kw_list_partition_reassignments_response_partition *m);
void kw_list_partition_reassignments_response_topic_init(
    struct kw_list_partition_reassignments_response_topic *m);
void kw_list_partition_reassignments_response_init(struct kw_list_partition_reassignments_response *m);
int kw_list_partition_reassignments_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    struct kw_list_partition_reassignments_response *ret);
void kw_list_partition_reassignments_response_encode(struct kw_writer *w, int16_t version,
    const struct kw_list_partition_reassignments_response *m);
extern const struct kw_message kw_list_partition_reassignments_response_info;

#endif
