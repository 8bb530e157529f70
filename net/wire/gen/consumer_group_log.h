/* Written by net/wire/schema/gen.py from consumer_group_log.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_CONSUMER_GROUP_LOG_H
#define MR_WIRE_GEN_CONSUMER_GROUP_LOG_H

#include "net/wire/message.h"

/* ConsumerGroupMetadataKey: key 3, v0. */
struct kw_consumer_group_metadata_key {
    struct mr_str group_id;
};
void kw_consumer_group_metadata_key_init(struct kw_consumer_group_metadata_key *m);
int kw_consumer_group_metadata_key_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_consumer_group_metadata_key *ret);
void kw_consumer_group_metadata_key_encode(struct kw_writer *w, int16_t version,
                                           const struct kw_consumer_group_metadata_key *m);
extern const struct kw_message kw_consumer_group_metadata_key_info;

/* ConsumerGroupMetadataValue: key 3, v0, flexible v0+. */
struct kw_consumer_group_metadata_value {
    int32_t epoch;
    int64_t metadata_hash; /* tag 0 */
};
void kw_consumer_group_metadata_value_init(struct kw_consumer_group_metadata_value *m);
int kw_consumer_group_metadata_value_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_consumer_group_metadata_value *ret);
void kw_consumer_group_metadata_value_encode(struct kw_writer *w, int16_t version,
                                             const struct kw_consumer_group_metadata_value *m);
extern const struct kw_message kw_consumer_group_metadata_value_info;

/* ConsumerGroupPartitionMetadataKey: key 4, v0. */
struct kw_consumer_group_partition_metadata_key {
    struct mr_str group_id;
};
void kw_consumer_group_partition_metadata_key_init(struct kw_consumer_group_partition_metadata_key *m);
int kw_consumer_group_partition_metadata_key_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    struct kw_consumer_group_partition_metadata_key *ret);
void kw_consumer_group_partition_metadata_key_encode(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_partition_metadata_key *m);
extern const struct kw_message kw_consumer_group_partition_metadata_key_info;

/* ConsumerGroupPartitionMetadataValue: key 4, v0, flexible v0+. */
struct kw_consumer_group_partition_metadata_value_partition {
    int32_t partition;
    struct mr_str *racks;
    int32_t racks_count;
};
struct kw_consumer_group_partition_metadata_value_topic {
    struct mr_uuid topic_id;
    struct mr_str topic_name;
    int32_t num_partitions;
    struct kw_consumer_group_partition_metadata_value_partition *partition_metadata;
    int32_t partition_metadata_count;
};
struct kw_consumer_group_partition_metadata_value {
    struct kw_consumer_group_partition_metadata_value_topic *topics;
    int32_t topics_count;
};
void kw_consumer_group_partition_metadata_value_partition_init(
    struct kw_consumer_group_partition_metadata_value_partition *m);
void kw_consumer_group_partition_metadata_value_topic_init(
    struct kw_consumer_group_partition_metadata_value_topic *m);
void kw_consumer_group_partition_metadata_value_init(struct kw_consumer_group_partition_metadata_value *m);
int kw_consumer_group_partition_metadata_value_decode(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a,
                                                      struct kw_consumer_group_partition_metadata_value *ret);
void kw_consumer_group_partition_metadata_value_encode(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_partition_metadata_value *m);
extern const struct kw_message kw_consumer_group_partition_metadata_value_info;

/* ConsumerGroupMemberMetadataKey: key 5, v0. */
struct kw_consumer_group_member_metadata_key {
    struct mr_str group_id;
    struct mr_str member_id;
};
void kw_consumer_group_member_metadata_key_init(struct kw_consumer_group_member_metadata_key *m);
int kw_consumer_group_member_metadata_key_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_consumer_group_member_metadata_key *ret);
void kw_consumer_group_member_metadata_key_encode(struct kw_writer *w, int16_t version,
                                                  const struct kw_consumer_group_member_metadata_key *m);
extern const struct kw_message kw_consumer_group_member_metadata_key_info;

/* ConsumerGroupMemberMetadataValue: key 5, v0, flexible v0+. */
struct kw_consumer_group_member_metadata_value_protocol {
    struct mr_str name;
    struct mr_slice metadata;
};
struct kw_consumer_group_member_metadata_value_classic_member {
    int32_t session_timeout_ms;
    struct kw_consumer_group_member_metadata_value_protocol *supported_protocols;
    int32_t supported_protocols_count;
};
struct kw_consumer_group_member_metadata_value {
    struct mr_str instance_id; /* may be null */
    struct mr_str rack_id; /* may be null */
    struct mr_str client_id;
    struct mr_str client_host;
    struct mr_str *subscribed_topic_names;
    int32_t subscribed_topic_names_count;
    struct mr_str subscribed_topic_regex; /* may be null */
    int32_t rebalance_timeout_ms; /* default -1 */
    struct mr_str server_assignor; /* may be null */
    struct kw_consumer_group_member_metadata_value_classic_member *classic_member_metadata; /* may be null,
        tag 0, left out: not null but of defaults */
};
void kw_consumer_group_member_metadata_value_protocol_init(
    struct kw_consumer_group_member_metadata_value_protocol *m);
void kw_consumer_group_member_metadata_value_classic_member_init(
    struct kw_consumer_group_member_metadata_value_classic_member *m);
void kw_consumer_group_member_metadata_value_init(struct kw_consumer_group_member_metadata_value *m);
int kw_consumer_group_member_metadata_value_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   struct kw_consumer_group_member_metadata_value *ret);
void kw_consumer_group_member_metadata_value_encode(struct kw_writer *w, int16_t version,
                                                    const struct kw_consumer_group_member_metadata_value *m);
extern const struct kw_message kw_consumer_group_member_metadata_value_info;

/* ConsumerGroupTargetAssignmentMetadataKey: key 6, v0. */
struct kw_consumer_group_target_assignment_metadata_key {
    struct mr_str group_id;
};
void kw_consumer_group_target_assignment_metadata_key_init(
    struct kw_consumer_group_target_assignment_metadata_key *m);
int kw_consumer_group_target_assignment_metadata_key_decode(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_target_assignment_metadata_key *ret);
void kw_consumer_group_target_assignment_metadata_key_encode(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_target_assignment_metadata_key *m);
extern const struct kw_message kw_consumer_group_target_assignment_metadata_key_info;

/* ConsumerGroupTargetAssignmentMetadataValue: key 6, v0, flexible v0+. */
struct kw_consumer_group_target_assignment_metadata_value {
    int32_t assignment_epoch;
};
void kw_consumer_group_target_assignment_metadata_value_init(
    struct kw_consumer_group_target_assignment_metadata_value *m);
int kw_consumer_group_target_assignment_metadata_value_decode(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_target_assignment_metadata_value *ret);
void kw_consumer_group_target_assignment_metadata_value_encode(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_target_assignment_metadata_value *m);
extern const struct kw_message kw_consumer_group_target_assignment_metadata_value_info;

/* ConsumerGroupTargetAssignmentMemberKey: key 7, v0. */
struct kw_consumer_group_target_assignment_member_key {
    struct mr_str group_id;
    struct mr_str member_id;
};
void kw_consumer_group_target_assignment_member_key_init(
    struct kw_consumer_group_target_assignment_member_key *m);
int kw_consumer_group_target_assignment_member_key_decode(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_target_assignment_member_key *ret);
void kw_consumer_group_target_assignment_member_key_encode(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_target_assignment_member_key *m);
extern const struct kw_message kw_consumer_group_target_assignment_member_key_info;

/* ConsumerGroupTargetAssignmentMemberValue: key 7, v0, flexible v0+. */
struct kw_consumer_group_target_assignment_member_value_topic {
    struct mr_uuid topic_id;
    int32_t *partitions;
    int32_t partitions_count;
};
struct kw_consumer_group_target_assignment_member_value {
    struct kw_consumer_group_target_assignment_member_value_topic *topic_partitions;
    int32_t topic_partitions_count;
};
void kw_consumer_group_target_assignment_member_value_topic_init(
    struct kw_consumer_group_target_assignment_member_value_topic *m);
void kw_consumer_group_target_assignment_member_value_init(
    struct kw_consumer_group_target_assignment_member_value *m);
int kw_consumer_group_target_assignment_member_value_decode(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_target_assignment_member_value *ret);
void kw_consumer_group_target_assignment_member_value_encode(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_target_assignment_member_value *m);
extern const struct kw_message kw_consumer_group_target_assignment_member_value_info;

/* ConsumerGroupCurrentMemberAssignmentKey: key 8, v0. */
struct kw_consumer_group_current_member_assignment_key {
    struct mr_str group_id;
    struct mr_str member_id;
};
void kw_consumer_group_current_member_assignment_key_init(
    struct kw_consumer_group_current_member_assignment_key *m);
int kw_consumer_group_current_member_assignment_key_decode(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_current_member_assignment_key *ret);
void kw_consumer_group_current_member_assignment_key_encode(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_current_member_assignment_key *m);
extern const struct kw_message kw_consumer_group_current_member_assignment_key_info;

/* ConsumerGroupCurrentMemberAssignmentValue: key 8, v0, flexible v0+. */
struct kw_consumer_group_current_member_assignment_value_topic {
    struct mr_uuid topic_id;
    int32_t *partitions;
    int32_t partitions_count;
};
struct kw_consumer_group_current_member_assignment_value {
    int32_t member_epoch;
    int32_t previous_member_epoch;
    int8_t state;
    struct kw_consumer_group_current_member_assignment_value_topic *assigned_partitions;
    int32_t assigned_partitions_count;
    struct kw_consumer_group_current_member_assignment_value_topic *partitions_pending_revocation;
    int32_t partitions_pending_revocation_count;
};
void kw_consumer_group_current_member_assignment_value_topic_init(
    struct kw_consumer_group_current_member_assignment_value_topic *m);
void kw_consumer_group_current_member_assignment_value_init(
    struct kw_consumer_group_current_member_assignment_value *m);
int kw_consumer_group_current_member_assignment_value_decode(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_group_current_member_assignment_value *ret);
void kw_consumer_group_current_member_assignment_value_encode(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_current_member_assignment_value *m);
extern const struct kw_message kw_consumer_group_current_member_assignment_value_info;

/* ConsumerGroupRegularExpressionKey: key 16, v0. */
struct kw_consumer_group_regular_expression_key {
    struct mr_str group_id;
    struct mr_str regular_expression;
};
void kw_consumer_group_regular_expression_key_init(struct kw_consumer_group_regular_expression_key *m);
int kw_consumer_group_regular_expression_key_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    struct kw_consumer_group_regular_expression_key *ret);
void kw_consumer_group_regular_expression_key_encode(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_regular_expression_key *m);
extern const struct kw_message kw_consumer_group_regular_expression_key_info;

/* ConsumerGroupRegularExpressionValue: key 16, v0, flexible v0+. */
struct kw_consumer_group_regular_expression_value {
    struct mr_str *topics;
    int32_t topics_count;
    int64_t version;
    int64_t timestamp;
};
void kw_consumer_group_regular_expression_value_init(struct kw_consumer_group_regular_expression_value *m);
int kw_consumer_group_regular_expression_value_decode(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a,
                                                      struct kw_consumer_group_regular_expression_value *ret);
void kw_consumer_group_regular_expression_value_encode(struct kw_writer *w, int16_t version,
    const struct kw_consumer_group_regular_expression_value *m);
extern const struct kw_message kw_consumer_group_regular_expression_value_info;

#endif
