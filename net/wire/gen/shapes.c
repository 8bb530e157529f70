/* Written by net/wire/schema/gen.py: the shapes of stored messages. Do not edit. */
/* clang-format off */
#include "net/wire/shape.h"

#include "net/wire/gen/consumer_group_log.h"
#include "net/wire/gen/consumer_protocol.h"
#include "net/wire/gen/group_log.h"
#include "net/wire/gen/log_data.h"
#include "net/wire/gen/meta_nodes.h"
#include "net/wire/gen/meta_other.h"
#include "net/wire/gen/meta_security.h"
#include "net/wire/gen/meta_topics.h"
#include "net/wire/gen/quorum_data.h"
#include "net/wire/gen/txn_log.h"

static const struct kw_shape_field kw_consumer_group_metadata_key_fields[] = {
    {"groupId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_group_metadata_key, group_id), 0, 0, 0, NULL},
};
static void kw_consumer_group_metadata_key_init_any(void *m) { kw_consumer_group_metadata_key_init(m); }
static const struct kw_shape kw_consumer_group_metadata_key_shape = {sizeof(struct kw_consumer_group_metadata_key), kw_consumer_group_metadata_key_init_any, 1, kw_consumer_group_metadata_key_fields};
static const struct kw_shape_field kw_consumer_group_metadata_value_fields[] = {
    {"epoch", KW_TYPE_INT32, false, false, false, offsetof(struct kw_consumer_group_metadata_value, epoch), 0, 0, 0, NULL},
    {"metadataHash", KW_TYPE_INT64, false, false, true, offsetof(struct kw_consumer_group_metadata_value, metadata_hash), 0, 0, 0, NULL},
};
static void kw_consumer_group_metadata_value_init_any(void *m) { kw_consumer_group_metadata_value_init(m); }
static const struct kw_shape kw_consumer_group_metadata_value_shape = {sizeof(struct kw_consumer_group_metadata_value), kw_consumer_group_metadata_value_init_any, 2, kw_consumer_group_metadata_value_fields};
static const struct kw_shape_field kw_consumer_group_partition_metadata_key_fields[] = {
    {"groupId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_group_partition_metadata_key, group_id), 0, 0, 0, NULL},
};
static void kw_consumer_group_partition_metadata_key_init_any(void *m) { kw_consumer_group_partition_metadata_key_init(m); }
static const struct kw_shape kw_consumer_group_partition_metadata_key_shape = {sizeof(struct kw_consumer_group_partition_metadata_key), kw_consumer_group_partition_metadata_key_init_any, 1, kw_consumer_group_partition_metadata_key_fields};
static const struct kw_shape_field kw_consumer_group_partition_metadata_value_partition_fields[] = {
    {"partition", KW_TYPE_INT32, false, false, false, offsetof(struct kw_consumer_group_partition_metadata_value_partition, partition), 0, 0, 0, NULL},
    {"racks", KW_TYPE_STRING, true, false, false, offsetof(struct kw_consumer_group_partition_metadata_value_partition, racks), offsetof(struct kw_consumer_group_partition_metadata_value_partition, racks_count), 0, 0, NULL},
};
static void kw_consumer_group_partition_metadata_value_partition_init_any(void *m) { kw_consumer_group_partition_metadata_value_partition_init(m); }
static const struct kw_shape kw_consumer_group_partition_metadata_value_partition_shape = {sizeof(struct kw_consumer_group_partition_metadata_value_partition), kw_consumer_group_partition_metadata_value_partition_init_any, 2, kw_consumer_group_partition_metadata_value_partition_fields};
static const struct kw_shape_field kw_consumer_group_partition_metadata_value_topic_fields[] = {
    {"topicId", KW_TYPE_UUID, false, false, false, offsetof(struct kw_consumer_group_partition_metadata_value_topic, topic_id), 0, 0, 0, NULL},
    {"topicName", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_group_partition_metadata_value_topic, topic_name), 0, 0, 0, NULL},
    {"numPartitions", KW_TYPE_INT32, false, false, false, offsetof(struct kw_consumer_group_partition_metadata_value_topic, num_partitions), 0, 0, 0, NULL},
    {"partitionMetadata", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_consumer_group_partition_metadata_value_topic, partition_metadata), offsetof(struct kw_consumer_group_partition_metadata_value_topic, partition_metadata_count), 0, 0, &kw_consumer_group_partition_metadata_value_partition_shape},
};
static void kw_consumer_group_partition_metadata_value_topic_init_any(void *m) { kw_consumer_group_partition_metadata_value_topic_init(m); }
static const struct kw_shape kw_consumer_group_partition_metadata_value_topic_shape = {sizeof(struct kw_consumer_group_partition_metadata_value_topic), kw_consumer_group_partition_metadata_value_topic_init_any, 4, kw_consumer_group_partition_metadata_value_topic_fields};
static const struct kw_shape_field kw_consumer_group_partition_metadata_value_fields[] = {
    {"topics", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_consumer_group_partition_metadata_value, topics), offsetof(struct kw_consumer_group_partition_metadata_value, topics_count), 0, 0, &kw_consumer_group_partition_metadata_value_topic_shape},
};
static void kw_consumer_group_partition_metadata_value_init_any(void *m) { kw_consumer_group_partition_metadata_value_init(m); }
static const struct kw_shape kw_consumer_group_partition_metadata_value_shape = {sizeof(struct kw_consumer_group_partition_metadata_value), kw_consumer_group_partition_metadata_value_init_any, 1, kw_consumer_group_partition_metadata_value_fields};
static const struct kw_shape_field kw_consumer_group_member_metadata_key_fields[] = {
    {"groupId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_group_member_metadata_key, group_id), 0, 0, 0, NULL},
    {"memberId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_group_member_metadata_key, member_id), 0, 0, 0, NULL},
};
static void kw_consumer_group_member_metadata_key_init_any(void *m) { kw_consumer_group_member_metadata_key_init(m); }
static const struct kw_shape kw_consumer_group_member_metadata_key_shape = {sizeof(struct kw_consumer_group_member_metadata_key), kw_consumer_group_member_metadata_key_init_any, 2, kw_consumer_group_member_metadata_key_fields};
static const struct kw_shape_field kw_consumer_group_member_metadata_value_protocol_fields[] = {
    {"name", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value_protocol, name), 0, 0, 0, NULL},
    {"metadata", KW_TYPE_BYTES, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value_protocol, metadata), 0, 0, 0, NULL},
};
static void kw_consumer_group_member_metadata_value_protocol_init_any(void *m) { kw_consumer_group_member_metadata_value_protocol_init(m); }
static const struct kw_shape kw_consumer_group_member_metadata_value_protocol_shape = {sizeof(struct kw_consumer_group_member_metadata_value_protocol), kw_consumer_group_member_metadata_value_protocol_init_any, 2, kw_consumer_group_member_metadata_value_protocol_fields};
static const struct kw_shape_field kw_consumer_group_member_metadata_value_classic_member_fields[] = {
    {"sessionTimeoutMs", KW_TYPE_INT32, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value_classic_member, session_timeout_ms), 0, 0, 0, NULL},
    {"supportedProtocols", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_consumer_group_member_metadata_value_classic_member, supported_protocols), offsetof(struct kw_consumer_group_member_metadata_value_classic_member, supported_protocols_count), 0, 0, &kw_consumer_group_member_metadata_value_protocol_shape},
};
static void kw_consumer_group_member_metadata_value_classic_member_init_any(void *m) { kw_consumer_group_member_metadata_value_classic_member_init(m); }
static const struct kw_shape kw_consumer_group_member_metadata_value_classic_member_shape = {sizeof(struct kw_consumer_group_member_metadata_value_classic_member), kw_consumer_group_member_metadata_value_classic_member_init_any, 2, kw_consumer_group_member_metadata_value_classic_member_fields};
static const struct kw_shape_field kw_consumer_group_member_metadata_value_fields[] = {
    {"instanceId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value, instance_id), 0, 0, 0, NULL},
    {"rackId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value, rack_id), 0, 0, 0, NULL},
    {"clientId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value, client_id), 0, 0, 0, NULL},
    {"clientHost", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value, client_host), 0, 0, 0, NULL},
    {"subscribedTopicNames", KW_TYPE_STRING, true, false, false, offsetof(struct kw_consumer_group_member_metadata_value, subscribed_topic_names), offsetof(struct kw_consumer_group_member_metadata_value, subscribed_topic_names_count), 0, 0, NULL},
    {"subscribedTopicRegex", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value, subscribed_topic_regex), 0, 0, 0, NULL},
    {"rebalanceTimeoutMs", KW_TYPE_INT32, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value, rebalance_timeout_ms), 0, 0, 0, NULL},
    {"serverAssignor", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value, server_assignor), 0, 0, 0, NULL},
    {"classicMemberMetadata", KW_TYPE_STRUCT, false, true, true, offsetof(struct kw_consumer_group_member_metadata_value, classic_member_metadata), 0, 0, 0, &kw_consumer_group_member_metadata_value_classic_member_shape},
};
static void kw_consumer_group_member_metadata_value_init_any(void *m) { kw_consumer_group_member_metadata_value_init(m); }
static const struct kw_shape kw_consumer_group_member_metadata_value_shape = {sizeof(struct kw_consumer_group_member_metadata_value), kw_consumer_group_member_metadata_value_init_any, 9, kw_consumer_group_member_metadata_value_fields};
static const struct kw_shape_field kw_consumer_group_target_assignment_metadata_key_fields[] = {
    {"groupId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_group_target_assignment_metadata_key, group_id), 0, 0, 0, NULL},
};
static void kw_consumer_group_target_assignment_metadata_key_init_any(void *m) { kw_consumer_group_target_assignment_metadata_key_init(m); }
static const struct kw_shape kw_consumer_group_target_assignment_metadata_key_shape = {sizeof(struct kw_consumer_group_target_assignment_metadata_key), kw_consumer_group_target_assignment_metadata_key_init_any, 1, kw_consumer_group_target_assignment_metadata_key_fields};
static const struct kw_shape_field kw_consumer_group_target_assignment_metadata_value_fields[] = {
    {"assignmentEpoch", KW_TYPE_INT32, false, false, false, offsetof(struct kw_consumer_group_target_assignment_metadata_value, assignment_epoch), 0, 0, 0, NULL},
};
static void kw_consumer_group_target_assignment_metadata_value_init_any(void *m) { kw_consumer_group_target_assignment_metadata_value_init(m); }
static const struct kw_shape kw_consumer_group_target_assignment_metadata_value_shape = {sizeof(struct kw_consumer_group_target_assignment_metadata_value), kw_consumer_group_target_assignment_metadata_value_init_any, 1, kw_consumer_group_target_assignment_metadata_value_fields};
static const struct kw_shape_field kw_consumer_group_target_assignment_member_key_fields[] = {
    {"groupId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_group_target_assignment_member_key, group_id), 0, 0, 0, NULL},
    {"memberId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_group_target_assignment_member_key, member_id), 0, 0, 0, NULL},
};
static void kw_consumer_group_target_assignment_member_key_init_any(void *m) { kw_consumer_group_target_assignment_member_key_init(m); }
static const struct kw_shape kw_consumer_group_target_assignment_member_key_shape = {sizeof(struct kw_consumer_group_target_assignment_member_key), kw_consumer_group_target_assignment_member_key_init_any, 2, kw_consumer_group_target_assignment_member_key_fields};
static const struct kw_shape_field kw_consumer_group_target_assignment_member_value_topic_fields[] = {
    {"topicId", KW_TYPE_UUID, false, false, false, offsetof(struct kw_consumer_group_target_assignment_member_value_topic, topic_id), 0, 0, 0, NULL},
    {"partitions", KW_TYPE_INT32, true, false, false, offsetof(struct kw_consumer_group_target_assignment_member_value_topic, partitions), offsetof(struct kw_consumer_group_target_assignment_member_value_topic, partitions_count), 0, 0, NULL},
};
static void kw_consumer_group_target_assignment_member_value_topic_init_any(void *m) { kw_consumer_group_target_assignment_member_value_topic_init(m); }
static const struct kw_shape kw_consumer_group_target_assignment_member_value_topic_shape = {sizeof(struct kw_consumer_group_target_assignment_member_value_topic), kw_consumer_group_target_assignment_member_value_topic_init_any, 2, kw_consumer_group_target_assignment_member_value_topic_fields};
static const struct kw_shape_field kw_consumer_group_target_assignment_member_value_fields[] = {
    {"topicPartitions", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_consumer_group_target_assignment_member_value, topic_partitions), offsetof(struct kw_consumer_group_target_assignment_member_value, topic_partitions_count), 0, 0, &kw_consumer_group_target_assignment_member_value_topic_shape},
};
static void kw_consumer_group_target_assignment_member_value_init_any(void *m) { kw_consumer_group_target_assignment_member_value_init(m); }
static const struct kw_shape kw_consumer_group_target_assignment_member_value_shape = {sizeof(struct kw_consumer_group_target_assignment_member_value), kw_consumer_group_target_assignment_member_value_init_any, 1, kw_consumer_group_target_assignment_member_value_fields};
static const struct kw_shape_field kw_consumer_group_current_member_assignment_key_fields[] = {
    {"groupId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_group_current_member_assignment_key, group_id), 0, 0, 0, NULL},
    {"memberId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_group_current_member_assignment_key, member_id), 0, 0, 0, NULL},
};
static void kw_consumer_group_current_member_assignment_key_init_any(void *m) { kw_consumer_group_current_member_assignment_key_init(m); }
static const struct kw_shape kw_consumer_group_current_member_assignment_key_shape = {sizeof(struct kw_consumer_group_current_member_assignment_key), kw_consumer_group_current_member_assignment_key_init_any, 2, kw_consumer_group_current_member_assignment_key_fields};
static const struct kw_shape_field kw_consumer_group_current_member_assignment_value_topic_fields[] = {
    {"topicId", KW_TYPE_UUID, false, false, false, offsetof(struct kw_consumer_group_current_member_assignment_value_topic, topic_id), 0, 0, 0, NULL},
    {"partitions", KW_TYPE_INT32, true, false, false, offsetof(struct kw_consumer_group_current_member_assignment_value_topic, partitions), offsetof(struct kw_consumer_group_current_member_assignment_value_topic, partitions_count), 0, 0, NULL},
};
static void kw_consumer_group_current_member_assignment_value_topic_init_any(void *m) { kw_consumer_group_current_member_assignment_value_topic_init(m); }
static const struct kw_shape kw_consumer_group_current_member_assignment_value_topic_shape = {sizeof(struct kw_consumer_group_current_member_assignment_value_topic), kw_consumer_group_current_member_assignment_value_topic_init_any, 2, kw_consumer_group_current_member_assignment_value_topic_fields};
static const struct kw_shape_field kw_consumer_group_current_member_assignment_value_fields[] = {
    {"memberEpoch", KW_TYPE_INT32, false, false, false, offsetof(struct kw_consumer_group_current_member_assignment_value, member_epoch), 0, 0, 0, NULL},
    {"previousMemberEpoch", KW_TYPE_INT32, false, false, false, offsetof(struct kw_consumer_group_current_member_assignment_value, previous_member_epoch), 0, 0, 0, NULL},
    {"state", KW_TYPE_INT8, false, false, false, offsetof(struct kw_consumer_group_current_member_assignment_value, state), 0, 0, 0, NULL},
    {"assignedPartitions", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_consumer_group_current_member_assignment_value, assigned_partitions), offsetof(struct kw_consumer_group_current_member_assignment_value, assigned_partitions_count), 0, 0, &kw_consumer_group_current_member_assignment_value_topic_shape},
    {"partitionsPendingRevocation", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_consumer_group_current_member_assignment_value, partitions_pending_revocation), offsetof(struct kw_consumer_group_current_member_assignment_value, partitions_pending_revocation_count), 0, 0, &kw_consumer_group_current_member_assignment_value_topic_shape},
};
static void kw_consumer_group_current_member_assignment_value_init_any(void *m) { kw_consumer_group_current_member_assignment_value_init(m); }
static const struct kw_shape kw_consumer_group_current_member_assignment_value_shape = {sizeof(struct kw_consumer_group_current_member_assignment_value), kw_consumer_group_current_member_assignment_value_init_any, 5, kw_consumer_group_current_member_assignment_value_fields};
static const struct kw_shape_field kw_consumer_group_regular_expression_key_fields[] = {
    {"groupId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_group_regular_expression_key, group_id), 0, 0, 0, NULL},
    {"regularExpression", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_group_regular_expression_key, regular_expression), 0, 0, 0, NULL},
};
static void kw_consumer_group_regular_expression_key_init_any(void *m) { kw_consumer_group_regular_expression_key_init(m); }
static const struct kw_shape kw_consumer_group_regular_expression_key_shape = {sizeof(struct kw_consumer_group_regular_expression_key), kw_consumer_group_regular_expression_key_init_any, 2, kw_consumer_group_regular_expression_key_fields};
static const struct kw_shape_field kw_consumer_group_regular_expression_value_fields[] = {
    {"topics", KW_TYPE_STRING, true, false, false, offsetof(struct kw_consumer_group_regular_expression_value, topics), offsetof(struct kw_consumer_group_regular_expression_value, topics_count), 0, 0, NULL},
    {"version", KW_TYPE_INT64, false, false, false, offsetof(struct kw_consumer_group_regular_expression_value, version), 0, 0, 0, NULL},
    {"timestamp", KW_TYPE_INT64, false, false, false, offsetof(struct kw_consumer_group_regular_expression_value, timestamp), 0, 0, 0, NULL},
};
static void kw_consumer_group_regular_expression_value_init_any(void *m) { kw_consumer_group_regular_expression_value_init(m); }
static const struct kw_shape kw_consumer_group_regular_expression_value_shape = {sizeof(struct kw_consumer_group_regular_expression_value), kw_consumer_group_regular_expression_value_init_any, 3, kw_consumer_group_regular_expression_value_fields};
static const struct kw_shape_field kw_consumer_protocol_subscription_owned_partition_fields[] = {
    {"topic", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_protocol_subscription_owned_partition, topic), 0, 1, 3, NULL},
    {"partitions", KW_TYPE_INT32, true, false, false, offsetof(struct kw_consumer_protocol_subscription_owned_partition, partitions), offsetof(struct kw_consumer_protocol_subscription_owned_partition, partitions_count), 1, 3, NULL},
};
static void kw_consumer_protocol_subscription_owned_partition_init_any(void *m) { kw_consumer_protocol_subscription_owned_partition_init(m); }
static const struct kw_shape kw_consumer_protocol_subscription_owned_partition_shape = {sizeof(struct kw_consumer_protocol_subscription_owned_partition), kw_consumer_protocol_subscription_owned_partition_init_any, 2, kw_consumer_protocol_subscription_owned_partition_fields};
static const struct kw_shape_field kw_consumer_protocol_subscription_fields[] = {
    {"topics", KW_TYPE_STRING, true, false, false, offsetof(struct kw_consumer_protocol_subscription, topics), offsetof(struct kw_consumer_protocol_subscription, topics_count), 0, 3, NULL},
    {"userData", KW_TYPE_BYTES, false, false, false, offsetof(struct kw_consumer_protocol_subscription, user_data), 0, 0, 3, NULL},
    {"ownedPartitions", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_consumer_protocol_subscription, owned_partitions), offsetof(struct kw_consumer_protocol_subscription, owned_partitions_count), 1, 3, &kw_consumer_protocol_subscription_owned_partition_shape},
    {"generationId", KW_TYPE_INT32, false, false, false, offsetof(struct kw_consumer_protocol_subscription, generation_id), 0, 2, 3, NULL},
    {"rackId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_protocol_subscription, rack_id), 0, 3, 3, NULL},
};
static void kw_consumer_protocol_subscription_init_any(void *m) { kw_consumer_protocol_subscription_init(m); }
static const struct kw_shape kw_consumer_protocol_subscription_shape = {sizeof(struct kw_consumer_protocol_subscription), kw_consumer_protocol_subscription_init_any, 5, kw_consumer_protocol_subscription_fields};
static const struct kw_shape_field kw_consumer_protocol_assignment_assigned_partition_fields[] = {
    {"topic", KW_TYPE_STRING, false, false, false, offsetof(struct kw_consumer_protocol_assignment_assigned_partition, topic), 0, 0, 3, NULL},
    {"partitions", KW_TYPE_INT32, true, false, false, offsetof(struct kw_consumer_protocol_assignment_assigned_partition, partitions), offsetof(struct kw_consumer_protocol_assignment_assigned_partition, partitions_count), 0, 3, NULL},
};
static void kw_consumer_protocol_assignment_assigned_partition_init_any(void *m) { kw_consumer_protocol_assignment_assigned_partition_init(m); }
static const struct kw_shape kw_consumer_protocol_assignment_assigned_partition_shape = {sizeof(struct kw_consumer_protocol_assignment_assigned_partition), kw_consumer_protocol_assignment_assigned_partition_init_any, 2, kw_consumer_protocol_assignment_assigned_partition_fields};
static const struct kw_shape_field kw_consumer_protocol_assignment_fields[] = {
    {"assignedPartitions", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_consumer_protocol_assignment, assigned_partitions), offsetof(struct kw_consumer_protocol_assignment, assigned_partitions_count), 0, 3, &kw_consumer_protocol_assignment_assigned_partition_shape},
    {"userData", KW_TYPE_BYTES, false, false, false, offsetof(struct kw_consumer_protocol_assignment, user_data), 0, 0, 3, NULL},
};
static void kw_consumer_protocol_assignment_init_any(void *m) { kw_consumer_protocol_assignment_init(m); }
static const struct kw_shape kw_consumer_protocol_assignment_shape = {sizeof(struct kw_consumer_protocol_assignment), kw_consumer_protocol_assignment_init_any, 2, kw_consumer_protocol_assignment_fields};
static const struct kw_shape_field kw_offset_commit_key_fields[] = {
    {"group", KW_TYPE_STRING, false, false, false, offsetof(struct kw_offset_commit_key, group), 0, 0, 0, NULL},
    {"topic", KW_TYPE_STRING, false, false, false, offsetof(struct kw_offset_commit_key, topic), 0, 0, 0, NULL},
    {"partition", KW_TYPE_INT32, false, false, false, offsetof(struct kw_offset_commit_key, partition), 0, 0, 0, NULL},
};
static void kw_offset_commit_key_init_any(void *m) { kw_offset_commit_key_init(m); }
static const struct kw_shape kw_offset_commit_key_shape = {sizeof(struct kw_offset_commit_key), kw_offset_commit_key_init_any, 3, kw_offset_commit_key_fields};
static const struct kw_shape_field kw_offset_commit_value_fields[] = {
    {"offset", KW_TYPE_INT64, false, false, false, offsetof(struct kw_offset_commit_value, offset), 0, 0, 4, NULL},
    {"leaderEpoch", KW_TYPE_INT32, false, false, false, offsetof(struct kw_offset_commit_value, leader_epoch), 0, 3, 4, NULL},
    {"metadata", KW_TYPE_STRING, false, false, false, offsetof(struct kw_offset_commit_value, metadata), 0, 0, 4, NULL},
    {"commitTimestamp", KW_TYPE_INT64, false, false, false, offsetof(struct kw_offset_commit_value, commit_timestamp), 0, 0, 4, NULL},
    {"expireTimestamp", KW_TYPE_INT64, false, false, false, offsetof(struct kw_offset_commit_value, expire_timestamp), 0, 1, 1, NULL},
    {"topicId", KW_TYPE_UUID, false, false, true, offsetof(struct kw_offset_commit_value, topic_id), 0, 4, 4, NULL},
};
static void kw_offset_commit_value_init_any(void *m) { kw_offset_commit_value_init(m); }
static const struct kw_shape kw_offset_commit_value_shape = {sizeof(struct kw_offset_commit_value), kw_offset_commit_value_init_any, 6, kw_offset_commit_value_fields};
static const struct kw_shape_field kw_group_metadata_key_fields[] = {
    {"group", KW_TYPE_STRING, false, false, false, offsetof(struct kw_group_metadata_key, group), 0, 0, 0, NULL},
};
static void kw_group_metadata_key_init_any(void *m) { kw_group_metadata_key_init(m); }
static const struct kw_shape kw_group_metadata_key_shape = {sizeof(struct kw_group_metadata_key), kw_group_metadata_key_init_any, 1, kw_group_metadata_key_fields};
static const struct kw_shape_field kw_group_metadata_value_member_fields[] = {
    {"memberId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_group_metadata_value_member, member_id), 0, 0, 4, NULL},
    {"groupInstanceId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_group_metadata_value_member, group_instance_id), 0, 3, 4, NULL},
    {"clientId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_group_metadata_value_member, client_id), 0, 0, 4, NULL},
    {"clientHost", KW_TYPE_STRING, false, false, false, offsetof(struct kw_group_metadata_value_member, client_host), 0, 0, 4, NULL},
    {"rebalanceTimeout", KW_TYPE_INT32, false, false, false, offsetof(struct kw_group_metadata_value_member, rebalance_timeout), 0, 1, 4, NULL},
    {"sessionTimeout", KW_TYPE_INT32, false, false, false, offsetof(struct kw_group_metadata_value_member, session_timeout), 0, 0, 4, NULL},
    {"subscription", KW_TYPE_BYTES, false, false, false, offsetof(struct kw_group_metadata_value_member, subscription), 0, 0, 4, NULL},
    {"assignment", KW_TYPE_BYTES, false, false, false, offsetof(struct kw_group_metadata_value_member, assignment), 0, 0, 4, NULL},
};
static void kw_group_metadata_value_member_init_any(void *m) { kw_group_metadata_value_member_init(m); }
static const struct kw_shape kw_group_metadata_value_member_shape = {sizeof(struct kw_group_metadata_value_member), kw_group_metadata_value_member_init_any, 8, kw_group_metadata_value_member_fields};
static const struct kw_shape_field kw_group_metadata_value_fields[] = {
    {"protocolType", KW_TYPE_STRING, false, false, false, offsetof(struct kw_group_metadata_value, protocol_type), 0, 0, 4, NULL},
    {"generation", KW_TYPE_INT32, false, false, false, offsetof(struct kw_group_metadata_value, generation), 0, 0, 4, NULL},
    {"protocol", KW_TYPE_STRING, false, false, false, offsetof(struct kw_group_metadata_value, protocol), 0, 0, 4, NULL},
    {"leader", KW_TYPE_STRING, false, false, false, offsetof(struct kw_group_metadata_value, leader), 0, 0, 4, NULL},
    {"currentStateTimestamp", KW_TYPE_INT64, false, false, false, offsetof(struct kw_group_metadata_value, current_state_timestamp), 0, 2, 4, NULL},
    {"members", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_group_metadata_value, members), offsetof(struct kw_group_metadata_value, members_count), 0, 4, &kw_group_metadata_value_member_shape},
};
static void kw_group_metadata_value_init_any(void *m) { kw_group_metadata_value_init(m); }
static const struct kw_shape kw_group_metadata_value_shape = {sizeof(struct kw_group_metadata_value), kw_group_metadata_value_init_any, 6, kw_group_metadata_value_fields};
static const struct kw_shape_field kw_end_txn_marker_fields[] = {
    {"coordinatorEpoch", KW_TYPE_INT32, false, false, false, offsetof(struct kw_end_txn_marker, coordinator_epoch), 0, 0, 0, NULL},
};
static void kw_end_txn_marker_init_any(void *m) { kw_end_txn_marker_init(m); }
static const struct kw_shape kw_end_txn_marker_shape = {sizeof(struct kw_end_txn_marker), kw_end_txn_marker_init_any, 1, kw_end_txn_marker_fields};
static const struct kw_shape_field kw_aborted_txn_fields[] = {
    {"producerId", KW_TYPE_INT64, false, false, false, offsetof(struct kw_aborted_txn, producer_id), 0, 0, 0, NULL},
    {"firstOffset", KW_TYPE_INT64, false, false, false, offsetof(struct kw_aborted_txn, first_offset), 0, 0, 0, NULL},
    {"lastOffset", KW_TYPE_INT64, false, false, false, offsetof(struct kw_aborted_txn, last_offset), 0, 0, 0, NULL},
    {"lastStableOffset", KW_TYPE_INT64, false, false, false, offsetof(struct kw_aborted_txn, last_stable_offset), 0, 0, 0, NULL},
};
static void kw_aborted_txn_init_any(void *m) { kw_aborted_txn_init(m); }
static const struct kw_shape kw_aborted_txn_shape = {sizeof(struct kw_aborted_txn), kw_aborted_txn_init_any, 4, kw_aborted_txn_fields};
static const struct kw_shape_field kw_producer_snapshot_producer_entry_fields[] = {
    {"producerId", KW_TYPE_INT64, false, false, false, offsetof(struct kw_producer_snapshot_producer_entry, producer_id), 0, 1, 1, NULL},
    {"epoch", KW_TYPE_INT16, false, false, false, offsetof(struct kw_producer_snapshot_producer_entry, epoch), 0, 1, 1, NULL},
    {"lastSequence", KW_TYPE_INT32, false, false, false, offsetof(struct kw_producer_snapshot_producer_entry, last_sequence), 0, 1, 1, NULL},
    {"lastOffset", KW_TYPE_INT64, false, false, false, offsetof(struct kw_producer_snapshot_producer_entry, last_offset), 0, 1, 1, NULL},
    {"offsetDelta", KW_TYPE_INT32, false, false, false, offsetof(struct kw_producer_snapshot_producer_entry, offset_delta), 0, 1, 1, NULL},
    {"timestamp", KW_TYPE_INT64, false, false, false, offsetof(struct kw_producer_snapshot_producer_entry, timestamp), 0, 1, 1, NULL},
    {"coordinatorEpoch", KW_TYPE_INT32, false, false, false, offsetof(struct kw_producer_snapshot_producer_entry, coordinator_epoch), 0, 1, 1, NULL},
    {"currentTxnFirstOffset", KW_TYPE_INT64, false, false, false, offsetof(struct kw_producer_snapshot_producer_entry, current_txn_first_offset), 0, 1, 1, NULL},
};
static void kw_producer_snapshot_producer_entry_init_any(void *m) { kw_producer_snapshot_producer_entry_init(m); }
static const struct kw_shape kw_producer_snapshot_producer_entry_shape = {sizeof(struct kw_producer_snapshot_producer_entry), kw_producer_snapshot_producer_entry_init_any, 8, kw_producer_snapshot_producer_entry_fields};
static const struct kw_shape_field kw_producer_snapshot_fields[] = {
    {"crc", KW_TYPE_UINT32, false, false, false, offsetof(struct kw_producer_snapshot, crc), 0, 1, 1, NULL},
    {"producerEntries", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_producer_snapshot, producer_entries), offsetof(struct kw_producer_snapshot, producer_entries_count), 1, 1, &kw_producer_snapshot_producer_entry_shape},
};
static void kw_producer_snapshot_init_any(void *m) { kw_producer_snapshot_init(m); }
static const struct kw_shape kw_producer_snapshot_shape = {sizeof(struct kw_producer_snapshot), kw_producer_snapshot_init_any, 2, kw_producer_snapshot_fields};
static const struct kw_shape_field kw_register_broker_record_feature_fields[] = {
    {"name", KW_TYPE_STRING, false, false, false, offsetof(struct kw_register_broker_record_feature, name), 0, 0, 3, NULL},
    {"minSupportedVersion", KW_TYPE_INT16, false, false, false, offsetof(struct kw_register_broker_record_feature, min_supported_version), 0, 0, 3, NULL},
    {"maxSupportedVersion", KW_TYPE_INT16, false, false, false, offsetof(struct kw_register_broker_record_feature, max_supported_version), 0, 0, 3, NULL},
};
static void kw_register_broker_record_feature_init_any(void *m) { kw_register_broker_record_feature_init(m); }
static const struct kw_shape kw_register_broker_record_feature_shape = {sizeof(struct kw_register_broker_record_feature), kw_register_broker_record_feature_init_any, 3, kw_register_broker_record_feature_fields};
static const struct kw_shape_field kw_register_broker_record_end_point_fields[] = {
    {"name", KW_TYPE_STRING, false, false, false, offsetof(struct kw_register_broker_record_end_point, name), 0, 0, 3, NULL},
    {"host", KW_TYPE_STRING, false, false, false, offsetof(struct kw_register_broker_record_end_point, host), 0, 0, 3, NULL},
    {"port", KW_TYPE_UINT16, false, false, false, offsetof(struct kw_register_broker_record_end_point, port), 0, 0, 3, NULL},
    {"securityProtocol", KW_TYPE_INT16, false, false, false, offsetof(struct kw_register_broker_record_end_point, security_protocol), 0, 0, 3, NULL},
};
static void kw_register_broker_record_end_point_init_any(void *m) { kw_register_broker_record_end_point_init(m); }
static const struct kw_shape kw_register_broker_record_end_point_shape = {sizeof(struct kw_register_broker_record_end_point), kw_register_broker_record_end_point_init_any, 4, kw_register_broker_record_end_point_fields};
static const struct kw_shape_field kw_register_broker_record_fields[] = {
    {"brokerId", KW_TYPE_INT32, false, false, false, offsetof(struct kw_register_broker_record, broker_id), 0, 0, 3, NULL},
    {"isMigratingZkBroker", KW_TYPE_BOOL, false, false, false, offsetof(struct kw_register_broker_record, is_migrating_zk_broker), 0, 2, 3, NULL},
    {"incarnationId", KW_TYPE_UUID, false, false, false, offsetof(struct kw_register_broker_record, incarnation_id), 0, 0, 3, NULL},
    {"brokerEpoch", KW_TYPE_INT64, false, false, false, offsetof(struct kw_register_broker_record, broker_epoch), 0, 0, 3, NULL},
    {"endPoints", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_register_broker_record, end_points), offsetof(struct kw_register_broker_record, end_points_count), 0, 3, &kw_register_broker_record_end_point_shape},
    {"features", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_register_broker_record, features), offsetof(struct kw_register_broker_record, features_count), 0, 3, &kw_register_broker_record_feature_shape},
    {"rack", KW_TYPE_STRING, false, false, false, offsetof(struct kw_register_broker_record, rack), 0, 0, 3, NULL},
    {"fenced", KW_TYPE_BOOL, false, false, false, offsetof(struct kw_register_broker_record, fenced), 0, 0, 3, NULL},
    {"inControlledShutdown", KW_TYPE_BOOL, false, false, false, offsetof(struct kw_register_broker_record, in_controlled_shutdown), 0, 1, 3, NULL},
    {"logDirs", KW_TYPE_UUID, true, false, true, offsetof(struct kw_register_broker_record, log_dirs), offsetof(struct kw_register_broker_record, log_dirs_count), 3, 3, NULL},
};
static void kw_register_broker_record_init_any(void *m) { kw_register_broker_record_init(m); }
static const struct kw_shape kw_register_broker_record_shape = {sizeof(struct kw_register_broker_record), kw_register_broker_record_init_any, 10, kw_register_broker_record_fields};
static const struct kw_shape_field kw_unregister_broker_record_fields[] = {
    {"brokerId", KW_TYPE_INT32, false, false, false, offsetof(struct kw_unregister_broker_record, broker_id), 0, 0, 0, NULL},
    {"brokerEpoch", KW_TYPE_INT64, false, false, false, offsetof(struct kw_unregister_broker_record, broker_epoch), 0, 0, 0, NULL},
};
static void kw_unregister_broker_record_init_any(void *m) { kw_unregister_broker_record_init(m); }
static const struct kw_shape kw_unregister_broker_record_shape = {sizeof(struct kw_unregister_broker_record), kw_unregister_broker_record_init_any, 2, kw_unregister_broker_record_fields};
static const struct kw_shape_field kw_fence_broker_record_fields[] = {
    {"id", KW_TYPE_INT32, false, false, false, offsetof(struct kw_fence_broker_record, id), 0, 0, 0, NULL},
    {"epoch", KW_TYPE_INT64, false, false, false, offsetof(struct kw_fence_broker_record, epoch), 0, 0, 0, NULL},
};
static void kw_fence_broker_record_init_any(void *m) { kw_fence_broker_record_init(m); }
static const struct kw_shape kw_fence_broker_record_shape = {sizeof(struct kw_fence_broker_record), kw_fence_broker_record_init_any, 2, kw_fence_broker_record_fields};
static const struct kw_shape_field kw_unfence_broker_record_fields[] = {
    {"id", KW_TYPE_INT32, false, false, false, offsetof(struct kw_unfence_broker_record, id), 0, 0, 0, NULL},
    {"epoch", KW_TYPE_INT64, false, false, false, offsetof(struct kw_unfence_broker_record, epoch), 0, 0, 0, NULL},
};
static void kw_unfence_broker_record_init_any(void *m) { kw_unfence_broker_record_init(m); }
static const struct kw_shape kw_unfence_broker_record_shape = {sizeof(struct kw_unfence_broker_record), kw_unfence_broker_record_init_any, 2, kw_unfence_broker_record_fields};
static const struct kw_shape_field kw_broker_registration_change_record_fields[] = {
    {"brokerId", KW_TYPE_INT32, false, false, false, offsetof(struct kw_broker_registration_change_record, broker_id), 0, 0, 2, NULL},
    {"brokerEpoch", KW_TYPE_INT64, false, false, false, offsetof(struct kw_broker_registration_change_record, broker_epoch), 0, 0, 2, NULL},
    {"fenced", KW_TYPE_INT8, false, false, true, offsetof(struct kw_broker_registration_change_record, fenced), 0, 0, 2, NULL},
    {"inControlledShutdown", KW_TYPE_INT8, false, false, true, offsetof(struct kw_broker_registration_change_record, in_controlled_shutdown), 0, 1, 2, NULL},
    {"logDirs", KW_TYPE_UUID, true, false, true, offsetof(struct kw_broker_registration_change_record, log_dirs), offsetof(struct kw_broker_registration_change_record, log_dirs_count), 2, 2, NULL},
};
static void kw_broker_registration_change_record_init_any(void *m) { kw_broker_registration_change_record_init(m); }
static const struct kw_shape kw_broker_registration_change_record_shape = {sizeof(struct kw_broker_registration_change_record), kw_broker_registration_change_record_init_any, 5, kw_broker_registration_change_record_fields};
static const struct kw_shape_field kw_register_controller_record_feature_fields[] = {
    {"name", KW_TYPE_STRING, false, false, false, offsetof(struct kw_register_controller_record_feature, name), 0, 0, 0, NULL},
    {"minSupportedVersion", KW_TYPE_INT16, false, false, false, offsetof(struct kw_register_controller_record_feature, min_supported_version), 0, 0, 0, NULL},
    {"maxSupportedVersion", KW_TYPE_INT16, false, false, false, offsetof(struct kw_register_controller_record_feature, max_supported_version), 0, 0, 0, NULL},
};
static void kw_register_controller_record_feature_init_any(void *m) { kw_register_controller_record_feature_init(m); }
static const struct kw_shape kw_register_controller_record_feature_shape = {sizeof(struct kw_register_controller_record_feature), kw_register_controller_record_feature_init_any, 3, kw_register_controller_record_feature_fields};
static const struct kw_shape_field kw_register_controller_record_end_point_fields[] = {
    {"name", KW_TYPE_STRING, false, false, false, offsetof(struct kw_register_controller_record_end_point, name), 0, 0, 0, NULL},
    {"host", KW_TYPE_STRING, false, false, false, offsetof(struct kw_register_controller_record_end_point, host), 0, 0, 0, NULL},
    {"port", KW_TYPE_UINT16, false, false, false, offsetof(struct kw_register_controller_record_end_point, port), 0, 0, 0, NULL},
    {"securityProtocol", KW_TYPE_INT16, false, false, false, offsetof(struct kw_register_controller_record_end_point, security_protocol), 0, 0, 0, NULL},
};
static void kw_register_controller_record_end_point_init_any(void *m) { kw_register_controller_record_end_point_init(m); }
static const struct kw_shape kw_register_controller_record_end_point_shape = {sizeof(struct kw_register_controller_record_end_point), kw_register_controller_record_end_point_init_any, 4, kw_register_controller_record_end_point_fields};
static const struct kw_shape_field kw_register_controller_record_fields[] = {
    {"controllerId", KW_TYPE_INT32, false, false, false, offsetof(struct kw_register_controller_record, controller_id), 0, 0, 0, NULL},
    {"incarnationId", KW_TYPE_UUID, false, false, false, offsetof(struct kw_register_controller_record, incarnation_id), 0, 0, 0, NULL},
    {"zkMigrationReady", KW_TYPE_BOOL, false, false, false, offsetof(struct kw_register_controller_record, zk_migration_ready), 0, 0, 0, NULL},
    {"endPoints", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_register_controller_record, end_points), offsetof(struct kw_register_controller_record, end_points_count), 0, 0, &kw_register_controller_record_end_point_shape},
    {"features", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_register_controller_record, features), offsetof(struct kw_register_controller_record, features_count), 0, 0, &kw_register_controller_record_feature_shape},
};
static void kw_register_controller_record_init_any(void *m) { kw_register_controller_record_init(m); }
static const struct kw_shape kw_register_controller_record_shape = {sizeof(struct kw_register_controller_record), kw_register_controller_record_init_any, 5, kw_register_controller_record_fields};
static const struct kw_shape_field kw_feature_level_record_fields[] = {
    {"name", KW_TYPE_STRING, false, false, false, offsetof(struct kw_feature_level_record, name), 0, 0, 0, NULL},
    {"featureLevel", KW_TYPE_INT16, false, false, false, offsetof(struct kw_feature_level_record, feature_level), 0, 0, 0, NULL},
};
static void kw_feature_level_record_init_any(void *m) { kw_feature_level_record_init(m); }
static const struct kw_shape kw_feature_level_record_shape = {sizeof(struct kw_feature_level_record), kw_feature_level_record_init_any, 2, kw_feature_level_record_fields};
static const struct kw_shape_field kw_client_quota_record_entity_fields[] = {
    {"entityType", KW_TYPE_STRING, false, false, false, offsetof(struct kw_client_quota_record_entity, entity_type), 0, 0, 0, NULL},
    {"entityName", KW_TYPE_STRING, false, false, false, offsetof(struct kw_client_quota_record_entity, entity_name), 0, 0, 0, NULL},
};
static void kw_client_quota_record_entity_init_any(void *m) { kw_client_quota_record_entity_init(m); }
static const struct kw_shape kw_client_quota_record_entity_shape = {sizeof(struct kw_client_quota_record_entity), kw_client_quota_record_entity_init_any, 2, kw_client_quota_record_entity_fields};
static const struct kw_shape_field kw_client_quota_record_fields[] = {
    {"entity", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_client_quota_record, entity), offsetof(struct kw_client_quota_record, entity_count), 0, 0, &kw_client_quota_record_entity_shape},
    {"key", KW_TYPE_STRING, false, false, false, offsetof(struct kw_client_quota_record, key), 0, 0, 0, NULL},
    {"value", KW_TYPE_FLOAT64, false, false, false, offsetof(struct kw_client_quota_record, value), 0, 0, 0, NULL},
    {"remove", KW_TYPE_BOOL, false, false, false, offsetof(struct kw_client_quota_record, remove), 0, 0, 0, NULL},
};
static void kw_client_quota_record_init_any(void *m) { kw_client_quota_record_init(m); }
static const struct kw_shape kw_client_quota_record_shape = {sizeof(struct kw_client_quota_record), kw_client_quota_record_init_any, 4, kw_client_quota_record_fields};
static const struct kw_shape_field kw_producer_ids_record_fields[] = {
    {"brokerId", KW_TYPE_INT32, false, false, false, offsetof(struct kw_producer_ids_record, broker_id), 0, 0, 0, NULL},
    {"brokerEpoch", KW_TYPE_INT64, false, false, false, offsetof(struct kw_producer_ids_record, broker_epoch), 0, 0, 0, NULL},
    {"nextProducerId", KW_TYPE_INT64, false, false, false, offsetof(struct kw_producer_ids_record, next_producer_id), 0, 0, 0, NULL},
};
static void kw_producer_ids_record_init_any(void *m) { kw_producer_ids_record_init(m); }
static const struct kw_shape kw_producer_ids_record_shape = {sizeof(struct kw_producer_ids_record), kw_producer_ids_record_init_any, 3, kw_producer_ids_record_fields};
static void kw_no_op_record_init_any(void *m) { kw_no_op_record_init(m); }
static const struct kw_shape kw_no_op_record_shape = {sizeof(struct kw_no_op_record), kw_no_op_record_init_any, 0, NULL};
static const struct kw_shape_field kw_zk_migration_state_record_fields[] = {
    {"zkMigrationState", KW_TYPE_INT8, false, false, false, offsetof(struct kw_zk_migration_state_record, zk_migration_state), 0, 0, 0, NULL},
};
static void kw_zk_migration_state_record_init_any(void *m) { kw_zk_migration_state_record_init(m); }
static const struct kw_shape kw_zk_migration_state_record_shape = {sizeof(struct kw_zk_migration_state_record), kw_zk_migration_state_record_init_any, 1, kw_zk_migration_state_record_fields};
static const struct kw_shape_field kw_begin_transaction_record_fields[] = {
    {"name", KW_TYPE_STRING, false, false, true, offsetof(struct kw_begin_transaction_record, name), 0, 0, 0, NULL},
};
static void kw_begin_transaction_record_init_any(void *m) { kw_begin_transaction_record_init(m); }
static const struct kw_shape kw_begin_transaction_record_shape = {sizeof(struct kw_begin_transaction_record), kw_begin_transaction_record_init_any, 1, kw_begin_transaction_record_fields};
static void kw_end_transaction_record_init_any(void *m) { kw_end_transaction_record_init(m); }
static const struct kw_shape kw_end_transaction_record_shape = {sizeof(struct kw_end_transaction_record), kw_end_transaction_record_init_any, 0, NULL};
static const struct kw_shape_field kw_abort_transaction_record_fields[] = {
    {"reason", KW_TYPE_STRING, false, false, true, offsetof(struct kw_abort_transaction_record, reason), 0, 0, 0, NULL},
};
static void kw_abort_transaction_record_init_any(void *m) { kw_abort_transaction_record_init(m); }
static const struct kw_shape kw_abort_transaction_record_shape = {sizeof(struct kw_abort_transaction_record), kw_abort_transaction_record_init_any, 1, kw_abort_transaction_record_fields};
static const struct kw_shape_field kw_delegation_token_record_fields[] = {
    {"owner", KW_TYPE_STRING, false, false, false, offsetof(struct kw_delegation_token_record, owner), 0, 0, 0, NULL},
    {"requester", KW_TYPE_STRING, false, false, false, offsetof(struct kw_delegation_token_record, requester), 0, 0, 0, NULL},
    {"renewers", KW_TYPE_STRING, true, false, false, offsetof(struct kw_delegation_token_record, renewers), offsetof(struct kw_delegation_token_record, renewers_count), 0, 0, NULL},
    {"issueTimestamp", KW_TYPE_INT64, false, false, false, offsetof(struct kw_delegation_token_record, issue_timestamp), 0, 0, 0, NULL},
    {"maxTimestamp", KW_TYPE_INT64, false, false, false, offsetof(struct kw_delegation_token_record, max_timestamp), 0, 0, 0, NULL},
    {"expirationTimestamp", KW_TYPE_INT64, false, false, false, offsetof(struct kw_delegation_token_record, expiration_timestamp), 0, 0, 0, NULL},
    {"tokenId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_delegation_token_record, token_id), 0, 0, 0, NULL},
};
static void kw_delegation_token_record_init_any(void *m) { kw_delegation_token_record_init(m); }
static const struct kw_shape kw_delegation_token_record_shape = {sizeof(struct kw_delegation_token_record), kw_delegation_token_record_init_any, 7, kw_delegation_token_record_fields};
static const struct kw_shape_field kw_user_scram_credential_record_fields[] = {
    {"name", KW_TYPE_STRING, false, false, false, offsetof(struct kw_user_scram_credential_record, name), 0, 0, 0, NULL},
    {"mechanism", KW_TYPE_INT8, false, false, false, offsetof(struct kw_user_scram_credential_record, mechanism), 0, 0, 0, NULL},
    {"salt", KW_TYPE_BYTES, false, false, false, offsetof(struct kw_user_scram_credential_record, salt), 0, 0, 0, NULL},
    {"storedKey", KW_TYPE_BYTES, false, false, false, offsetof(struct kw_user_scram_credential_record, stored_key), 0, 0, 0, NULL},
    {"serverKey", KW_TYPE_BYTES, false, false, false, offsetof(struct kw_user_scram_credential_record, server_key), 0, 0, 0, NULL},
    {"iterations", KW_TYPE_INT32, false, false, false, offsetof(struct kw_user_scram_credential_record, iterations), 0, 0, 0, NULL},
};
static void kw_user_scram_credential_record_init_any(void *m) { kw_user_scram_credential_record_init(m); }
static const struct kw_shape kw_user_scram_credential_record_shape = {sizeof(struct kw_user_scram_credential_record), kw_user_scram_credential_record_init_any, 6, kw_user_scram_credential_record_fields};
static const struct kw_shape_field kw_access_control_entry_record_fields[] = {
    {"id", KW_TYPE_UUID, false, false, false, offsetof(struct kw_access_control_entry_record, id), 0, 0, 0, NULL},
    {"resourceType", KW_TYPE_INT8, false, false, false, offsetof(struct kw_access_control_entry_record, resource_type), 0, 0, 0, NULL},
    {"resourceName", KW_TYPE_STRING, false, false, false, offsetof(struct kw_access_control_entry_record, resource_name), 0, 0, 0, NULL},
    {"patternType", KW_TYPE_INT8, false, false, false, offsetof(struct kw_access_control_entry_record, pattern_type), 0, 0, 0, NULL},
    {"principal", KW_TYPE_STRING, false, false, false, offsetof(struct kw_access_control_entry_record, principal), 0, 0, 0, NULL},
    {"host", KW_TYPE_STRING, false, false, false, offsetof(struct kw_access_control_entry_record, host), 0, 0, 0, NULL},
    {"operation", KW_TYPE_INT8, false, false, false, offsetof(struct kw_access_control_entry_record, operation), 0, 0, 0, NULL},
    {"permissionType", KW_TYPE_INT8, false, false, false, offsetof(struct kw_access_control_entry_record, permission_type), 0, 0, 0, NULL},
};
static void kw_access_control_entry_record_init_any(void *m) { kw_access_control_entry_record_init(m); }
static const struct kw_shape kw_access_control_entry_record_shape = {sizeof(struct kw_access_control_entry_record), kw_access_control_entry_record_init_any, 8, kw_access_control_entry_record_fields};
static const struct kw_shape_field kw_remove_access_control_entry_record_fields[] = {
    {"id", KW_TYPE_UUID, false, false, false, offsetof(struct kw_remove_access_control_entry_record, id), 0, 0, 0, NULL},
};
static void kw_remove_access_control_entry_record_init_any(void *m) { kw_remove_access_control_entry_record_init(m); }
static const struct kw_shape kw_remove_access_control_entry_record_shape = {sizeof(struct kw_remove_access_control_entry_record), kw_remove_access_control_entry_record_init_any, 1, kw_remove_access_control_entry_record_fields};
static const struct kw_shape_field kw_remove_user_scram_credential_record_fields[] = {
    {"name", KW_TYPE_STRING, false, false, false, offsetof(struct kw_remove_user_scram_credential_record, name), 0, 0, 0, NULL},
    {"mechanism", KW_TYPE_INT8, false, false, false, offsetof(struct kw_remove_user_scram_credential_record, mechanism), 0, 0, 0, NULL},
};
static void kw_remove_user_scram_credential_record_init_any(void *m) { kw_remove_user_scram_credential_record_init(m); }
static const struct kw_shape kw_remove_user_scram_credential_record_shape = {sizeof(struct kw_remove_user_scram_credential_record), kw_remove_user_scram_credential_record_init_any, 2, kw_remove_user_scram_credential_record_fields};
static const struct kw_shape_field kw_remove_delegation_token_record_fields[] = {
    {"tokenId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_remove_delegation_token_record, token_id), 0, 0, 0, NULL},
};
static void kw_remove_delegation_token_record_init_any(void *m) { kw_remove_delegation_token_record_init(m); }
static const struct kw_shape kw_remove_delegation_token_record_shape = {sizeof(struct kw_remove_delegation_token_record), kw_remove_delegation_token_record_init_any, 1, kw_remove_delegation_token_record_fields};
static const struct kw_shape_field kw_topic_record_fields[] = {
    {"name", KW_TYPE_STRING, false, false, false, offsetof(struct kw_topic_record, name), 0, 0, 0, NULL},
    {"topicId", KW_TYPE_UUID, false, false, false, offsetof(struct kw_topic_record, topic_id), 0, 0, 0, NULL},
};
static void kw_topic_record_init_any(void *m) { kw_topic_record_init(m); }
static const struct kw_shape kw_topic_record_shape = {sizeof(struct kw_topic_record), kw_topic_record_init_any, 2, kw_topic_record_fields};
static const struct kw_shape_field kw_partition_record_fields[] = {
    {"partitionId", KW_TYPE_INT32, false, false, false, offsetof(struct kw_partition_record, partition_id), 0, 0, 2, NULL},
    {"topicId", KW_TYPE_UUID, false, false, false, offsetof(struct kw_partition_record, topic_id), 0, 0, 2, NULL},
    {"replicas", KW_TYPE_INT32, true, false, false, offsetof(struct kw_partition_record, replicas), offsetof(struct kw_partition_record, replicas_count), 0, 2, NULL},
    {"isr", KW_TYPE_INT32, true, false, false, offsetof(struct kw_partition_record, isr), offsetof(struct kw_partition_record, isr_count), 0, 2, NULL},
    {"removingReplicas", KW_TYPE_INT32, true, false, false, offsetof(struct kw_partition_record, removing_replicas), offsetof(struct kw_partition_record, removing_replicas_count), 0, 2, NULL},
    {"addingReplicas", KW_TYPE_INT32, true, false, false, offsetof(struct kw_partition_record, adding_replicas), offsetof(struct kw_partition_record, adding_replicas_count), 0, 2, NULL},
    {"leader", KW_TYPE_INT32, false, false, false, offsetof(struct kw_partition_record, leader), 0, 0, 2, NULL},
    {"leaderRecoveryState", KW_TYPE_INT8, false, false, true, offsetof(struct kw_partition_record, leader_recovery_state), 0, 0, 2, NULL},
    {"leaderEpoch", KW_TYPE_INT32, false, false, false, offsetof(struct kw_partition_record, leader_epoch), 0, 0, 2, NULL},
    {"partitionEpoch", KW_TYPE_INT32, false, false, false, offsetof(struct kw_partition_record, partition_epoch), 0, 0, 2, NULL},
    {"directories", KW_TYPE_UUID, true, false, false, offsetof(struct kw_partition_record, directories), offsetof(struct kw_partition_record, directories_count), 1, 2, NULL},
    {"eligibleLeaderReplicas", KW_TYPE_INT32, true, false, true, offsetof(struct kw_partition_record, eligible_leader_replicas), offsetof(struct kw_partition_record, eligible_leader_replicas_count), 2, 2, NULL},
    {"lastKnownElr", KW_TYPE_INT32, true, false, true, offsetof(struct kw_partition_record, last_known_elr), offsetof(struct kw_partition_record, last_known_elr_count), 2, 2, NULL},
};
static void kw_partition_record_init_any(void *m) { kw_partition_record_init(m); }
static const struct kw_shape kw_partition_record_shape = {sizeof(struct kw_partition_record), kw_partition_record_init_any, 13, kw_partition_record_fields};
static const struct kw_shape_field kw_config_record_fields[] = {
    {"resourceType", KW_TYPE_INT8, false, false, false, offsetof(struct kw_config_record, resource_type), 0, 0, 0, NULL},
    {"resourceName", KW_TYPE_STRING, false, false, false, offsetof(struct kw_config_record, resource_name), 0, 0, 0, NULL},
    {"name", KW_TYPE_STRING, false, false, false, offsetof(struct kw_config_record, name), 0, 0, 0, NULL},
    {"value", KW_TYPE_STRING, false, false, false, offsetof(struct kw_config_record, value), 0, 0, 0, NULL},
};
static void kw_config_record_init_any(void *m) { kw_config_record_init(m); }
static const struct kw_shape kw_config_record_shape = {sizeof(struct kw_config_record), kw_config_record_init_any, 4, kw_config_record_fields};
static const struct kw_shape_field kw_partition_change_record_fields[] = {
    {"partitionId", KW_TYPE_INT32, false, false, false, offsetof(struct kw_partition_change_record, partition_id), 0, 0, 2, NULL},
    {"topicId", KW_TYPE_UUID, false, false, false, offsetof(struct kw_partition_change_record, topic_id), 0, 0, 2, NULL},
    {"isr", KW_TYPE_INT32, true, false, true, offsetof(struct kw_partition_change_record, isr), offsetof(struct kw_partition_change_record, isr_count), 0, 2, NULL},
    {"leader", KW_TYPE_INT32, false, false, true, offsetof(struct kw_partition_change_record, leader), 0, 0, 2, NULL},
    {"replicas", KW_TYPE_INT32, true, false, true, offsetof(struct kw_partition_change_record, replicas), offsetof(struct kw_partition_change_record, replicas_count), 0, 2, NULL},
    {"removingReplicas", KW_TYPE_INT32, true, false, true, offsetof(struct kw_partition_change_record, removing_replicas), offsetof(struct kw_partition_change_record, removing_replicas_count), 0, 2, NULL},
    {"addingReplicas", KW_TYPE_INT32, true, false, true, offsetof(struct kw_partition_change_record, adding_replicas), offsetof(struct kw_partition_change_record, adding_replicas_count), 0, 2, NULL},
    {"leaderRecoveryState", KW_TYPE_INT8, false, false, true, offsetof(struct kw_partition_change_record, leader_recovery_state), 0, 0, 2, NULL},
    {"directories", KW_TYPE_UUID, true, false, true, offsetof(struct kw_partition_change_record, directories), offsetof(struct kw_partition_change_record, directories_count), 1, 2, NULL},
    {"eligibleLeaderReplicas", KW_TYPE_INT32, true, false, true, offsetof(struct kw_partition_change_record, eligible_leader_replicas), offsetof(struct kw_partition_change_record, eligible_leader_replicas_count), 2, 2, NULL},
    {"lastKnownElr", KW_TYPE_INT32, true, false, true, offsetof(struct kw_partition_change_record, last_known_elr), offsetof(struct kw_partition_change_record, last_known_elr_count), 2, 2, NULL},
};
static void kw_partition_change_record_init_any(void *m) { kw_partition_change_record_init(m); }
static const struct kw_shape kw_partition_change_record_shape = {sizeof(struct kw_partition_change_record), kw_partition_change_record_init_any, 11, kw_partition_change_record_fields};
static const struct kw_shape_field kw_remove_topic_record_fields[] = {
    {"topicId", KW_TYPE_UUID, false, false, false, offsetof(struct kw_remove_topic_record, topic_id), 0, 0, 0, NULL},
};
static void kw_remove_topic_record_init_any(void *m) { kw_remove_topic_record_init(m); }
static const struct kw_shape kw_remove_topic_record_shape = {sizeof(struct kw_remove_topic_record), kw_remove_topic_record_init_any, 1, kw_remove_topic_record_fields};
static const struct kw_shape_field kw_clear_elr_record_fields[] = {
    {"topicName", KW_TYPE_STRING, false, false, false, offsetof(struct kw_clear_elr_record, topic_name), 0, 0, 0, NULL},
};
static void kw_clear_elr_record_init_any(void *m) { kw_clear_elr_record_init(m); }
static const struct kw_shape kw_clear_elr_record_shape = {sizeof(struct kw_clear_elr_record), kw_clear_elr_record_init_any, 1, kw_clear_elr_record_fields};
static const struct kw_shape_field kw_leader_change_message_voter_fields[] = {
    {"voterId", KW_TYPE_INT32, false, false, false, offsetof(struct kw_leader_change_message_voter, voter_id), 0, 0, 1, NULL},
    {"voterDirectoryId", KW_TYPE_UUID, false, false, false, offsetof(struct kw_leader_change_message_voter, voter_directory_id), 0, 1, 1, NULL},
};
static void kw_leader_change_message_voter_init_any(void *m) { kw_leader_change_message_voter_init(m); }
static const struct kw_shape kw_leader_change_message_voter_shape = {sizeof(struct kw_leader_change_message_voter), kw_leader_change_message_voter_init_any, 2, kw_leader_change_message_voter_fields};
static const struct kw_shape_field kw_leader_change_message_fields[] = {
    {"version", KW_TYPE_INT16, false, false, false, offsetof(struct kw_leader_change_message, version), 0, 0, 1, NULL},
    {"leaderId", KW_TYPE_INT32, false, false, false, offsetof(struct kw_leader_change_message, leader_id), 0, 0, 1, NULL},
    {"voters", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_leader_change_message, voters), offsetof(struct kw_leader_change_message, voters_count), 0, 1, &kw_leader_change_message_voter_shape},
    {"grantingVoters", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_leader_change_message, granting_voters), offsetof(struct kw_leader_change_message, granting_voters_count), 0, 1, &kw_leader_change_message_voter_shape},
};
static void kw_leader_change_message_init_any(void *m) { kw_leader_change_message_init(m); }
static const struct kw_shape kw_leader_change_message_shape = {sizeof(struct kw_leader_change_message), kw_leader_change_message_init_any, 4, kw_leader_change_message_fields};
static const struct kw_shape_field kw_snapshot_header_record_fields[] = {
    {"version", KW_TYPE_INT16, false, false, false, offsetof(struct kw_snapshot_header_record, version), 0, 0, 0, NULL},
    {"lastContainedLogTimestamp", KW_TYPE_INT64, false, false, false, offsetof(struct kw_snapshot_header_record, last_contained_log_timestamp), 0, 0, 0, NULL},
};
static void kw_snapshot_header_record_init_any(void *m) { kw_snapshot_header_record_init(m); }
static const struct kw_shape kw_snapshot_header_record_shape = {sizeof(struct kw_snapshot_header_record), kw_snapshot_header_record_init_any, 2, kw_snapshot_header_record_fields};
static const struct kw_shape_field kw_snapshot_footer_record_fields[] = {
    {"version", KW_TYPE_INT16, false, false, false, offsetof(struct kw_snapshot_footer_record, version), 0, 0, 0, NULL},
};
static void kw_snapshot_footer_record_init_any(void *m) { kw_snapshot_footer_record_init(m); }
static const struct kw_shape kw_snapshot_footer_record_shape = {sizeof(struct kw_snapshot_footer_record), kw_snapshot_footer_record_init_any, 1, kw_snapshot_footer_record_fields};
static const struct kw_shape_field kw_kraft_version_record_fields[] = {
    {"version", KW_TYPE_INT16, false, false, false, offsetof(struct kw_kraft_version_record, version), 0, 0, 0, NULL},
    {"kRaftVersion", KW_TYPE_INT16, false, false, false, offsetof(struct kw_kraft_version_record, kraft_version), 0, 0, 0, NULL},
};
static void kw_kraft_version_record_init_any(void *m) { kw_kraft_version_record_init(m); }
static const struct kw_shape kw_kraft_version_record_shape = {sizeof(struct kw_kraft_version_record), kw_kraft_version_record_init_any, 2, kw_kraft_version_record_fields};
static const struct kw_shape_field kw_voters_record_kraft_version_feature_fields[] = {
    {"minSupportedVersion", KW_TYPE_INT16, false, false, false, offsetof(struct kw_voters_record_kraft_version_feature, min_supported_version), 0, 0, 0, NULL},
    {"maxSupportedVersion", KW_TYPE_INT16, false, false, false, offsetof(struct kw_voters_record_kraft_version_feature, max_supported_version), 0, 0, 0, NULL},
};
static void kw_voters_record_kraft_version_feature_init_any(void *m) { kw_voters_record_kraft_version_feature_init(m); }
static const struct kw_shape kw_voters_record_kraft_version_feature_shape = {sizeof(struct kw_voters_record_kraft_version_feature), kw_voters_record_kraft_version_feature_init_any, 2, kw_voters_record_kraft_version_feature_fields};
static const struct kw_shape_field kw_voters_record_endpoint_fields[] = {
    {"name", KW_TYPE_STRING, false, false, false, offsetof(struct kw_voters_record_endpoint, name), 0, 0, 0, NULL},
    {"host", KW_TYPE_STRING, false, false, false, offsetof(struct kw_voters_record_endpoint, host), 0, 0, 0, NULL},
    {"port", KW_TYPE_UINT16, false, false, false, offsetof(struct kw_voters_record_endpoint, port), 0, 0, 0, NULL},
};
static void kw_voters_record_endpoint_init_any(void *m) { kw_voters_record_endpoint_init(m); }
static const struct kw_shape kw_voters_record_endpoint_shape = {sizeof(struct kw_voters_record_endpoint), kw_voters_record_endpoint_init_any, 3, kw_voters_record_endpoint_fields};
static const struct kw_shape_field kw_voters_record_voter_fields[] = {
    {"voterId", KW_TYPE_INT32, false, false, false, offsetof(struct kw_voters_record_voter, voter_id), 0, 0, 0, NULL},
    {"voterDirectoryId", KW_TYPE_UUID, false, false, false, offsetof(struct kw_voters_record_voter, voter_directory_id), 0, 0, 0, NULL},
    {"endpoints", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_voters_record_voter, endpoints), offsetof(struct kw_voters_record_voter, endpoints_count), 0, 0, &kw_voters_record_endpoint_shape},
    {"kRaftVersionFeature", KW_TYPE_STRUCT, false, false, false, offsetof(struct kw_voters_record_voter, kraft_version_feature), 0, 0, 0, &kw_voters_record_kraft_version_feature_shape},
};
static void kw_voters_record_voter_init_any(void *m) { kw_voters_record_voter_init(m); }
static const struct kw_shape kw_voters_record_voter_shape = {sizeof(struct kw_voters_record_voter), kw_voters_record_voter_init_any, 4, kw_voters_record_voter_fields};
static const struct kw_shape_field kw_voters_record_fields[] = {
    {"version", KW_TYPE_INT16, false, false, false, offsetof(struct kw_voters_record, version), 0, 0, 0, NULL},
    {"voters", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_voters_record, voters), offsetof(struct kw_voters_record, voters_count), 0, 0, &kw_voters_record_voter_shape},
};
static void kw_voters_record_init_any(void *m) { kw_voters_record_init(m); }
static const struct kw_shape kw_voters_record_shape = {sizeof(struct kw_voters_record), kw_voters_record_init_any, 2, kw_voters_record_fields};
static const struct kw_shape_field kw_transaction_log_key_fields[] = {
    {"transactionalId", KW_TYPE_STRING, false, false, false, offsetof(struct kw_transaction_log_key, transactional_id), 0, 0, 0, NULL},
};
static void kw_transaction_log_key_init_any(void *m) { kw_transaction_log_key_init(m); }
static const struct kw_shape kw_transaction_log_key_shape = {sizeof(struct kw_transaction_log_key), kw_transaction_log_key_init_any, 1, kw_transaction_log_key_fields};
static const struct kw_shape_field kw_transaction_log_value_topic_fields[] = {
    {"topic", KW_TYPE_STRING, false, false, false, offsetof(struct kw_transaction_log_value_topic, topic), 0, 0, 1, NULL},
    {"partitionIds", KW_TYPE_INT32, true, false, false, offsetof(struct kw_transaction_log_value_topic, partition_ids), offsetof(struct kw_transaction_log_value_topic, partition_ids_count), 0, 1, NULL},
};
static void kw_transaction_log_value_topic_init_any(void *m) { kw_transaction_log_value_topic_init(m); }
static const struct kw_shape kw_transaction_log_value_topic_shape = {sizeof(struct kw_transaction_log_value_topic), kw_transaction_log_value_topic_init_any, 2, kw_transaction_log_value_topic_fields};
static const struct kw_shape_field kw_transaction_log_value_fields[] = {
    {"producerId", KW_TYPE_INT64, false, false, false, offsetof(struct kw_transaction_log_value, producer_id), 0, 0, 1, NULL},
    {"previousProducerId", KW_TYPE_INT64, false, false, true, offsetof(struct kw_transaction_log_value, previous_producer_id), 0, 1, 1, NULL},
    {"nextProducerId", KW_TYPE_INT64, false, false, true, offsetof(struct kw_transaction_log_value, next_producer_id), 0, 1, 1, NULL},
    {"producerEpoch", KW_TYPE_INT16, false, false, false, offsetof(struct kw_transaction_log_value, producer_epoch), 0, 0, 1, NULL},
    {"nextProducerEpoch", KW_TYPE_INT16, false, false, true, offsetof(struct kw_transaction_log_value, next_producer_epoch), 0, 1, 1, NULL},
    {"transactionTimeoutMs", KW_TYPE_INT32, false, false, false, offsetof(struct kw_transaction_log_value, transaction_timeout_ms), 0, 0, 1, NULL},
    {"transactionStatus", KW_TYPE_INT8, false, false, false, offsetof(struct kw_transaction_log_value, transaction_status), 0, 0, 1, NULL},
    {"transactionPartitions", KW_TYPE_STRUCT, true, false, false, offsetof(struct kw_transaction_log_value, transaction_partitions), offsetof(struct kw_transaction_log_value, transaction_partitions_count), 0, 1, &kw_transaction_log_value_topic_shape},
    {"transactionLastUpdateTimestampMs", KW_TYPE_INT64, false, false, false, offsetof(struct kw_transaction_log_value, transaction_last_update_timestamp_ms), 0, 0, 1, NULL},
    {"transactionStartTimestampMs", KW_TYPE_INT64, false, false, false, offsetof(struct kw_transaction_log_value, transaction_start_timestamp_ms), 0, 0, 1, NULL},
    {"clientTransactionVersion", KW_TYPE_INT16, false, false, true, offsetof(struct kw_transaction_log_value, client_transaction_version), 0, 1, 1, NULL},
};
static void kw_transaction_log_value_init_any(void *m) { kw_transaction_log_value_init(m); }
static const struct kw_shape kw_transaction_log_value_shape = {sizeof(struct kw_transaction_log_value), kw_transaction_log_value_init_any, 11, kw_transaction_log_value_fields};

static const struct {
    const struct kw_message *info;
    const struct kw_shape *shape;
} shapes[] = {
    {&kw_consumer_group_metadata_key_info, &kw_consumer_group_metadata_key_shape},
    {&kw_consumer_group_metadata_value_info, &kw_consumer_group_metadata_value_shape},
    {&kw_consumer_group_partition_metadata_key_info, &kw_consumer_group_partition_metadata_key_shape},
    {&kw_consumer_group_partition_metadata_value_info, &kw_consumer_group_partition_metadata_value_shape},
    {&kw_consumer_group_member_metadata_key_info, &kw_consumer_group_member_metadata_key_shape},
    {&kw_consumer_group_member_metadata_value_info, &kw_consumer_group_member_metadata_value_shape},
    {&kw_consumer_group_target_assignment_metadata_key_info, &kw_consumer_group_target_assignment_metadata_key_shape},
    {&kw_consumer_group_target_assignment_metadata_value_info, &kw_consumer_group_target_assignment_metadata_value_shape},
    {&kw_consumer_group_target_assignment_member_key_info, &kw_consumer_group_target_assignment_member_key_shape},
    {&kw_consumer_group_target_assignment_member_value_info, &kw_consumer_group_target_assignment_member_value_shape},
    {&kw_consumer_group_current_member_assignment_key_info, &kw_consumer_group_current_member_assignment_key_shape},
    {&kw_consumer_group_current_member_assignment_value_info, &kw_consumer_group_current_member_assignment_value_shape},
    {&kw_consumer_group_regular_expression_key_info, &kw_consumer_group_regular_expression_key_shape},
    {&kw_consumer_group_regular_expression_value_info, &kw_consumer_group_regular_expression_value_shape},
    {&kw_consumer_protocol_subscription_info, &kw_consumer_protocol_subscription_shape},
    {&kw_consumer_protocol_assignment_info, &kw_consumer_protocol_assignment_shape},
    {&kw_offset_commit_key_info, &kw_offset_commit_key_shape},
    {&kw_offset_commit_value_info, &kw_offset_commit_value_shape},
    {&kw_group_metadata_key_info, &kw_group_metadata_key_shape},
    {&kw_group_metadata_value_info, &kw_group_metadata_value_shape},
    {&kw_end_txn_marker_info, &kw_end_txn_marker_shape},
    {&kw_aborted_txn_info, &kw_aborted_txn_shape},
    {&kw_producer_snapshot_info, &kw_producer_snapshot_shape},
    {&kw_register_broker_record_info, &kw_register_broker_record_shape},
    {&kw_unregister_broker_record_info, &kw_unregister_broker_record_shape},
    {&kw_fence_broker_record_info, &kw_fence_broker_record_shape},
    {&kw_unfence_broker_record_info, &kw_unfence_broker_record_shape},
    {&kw_broker_registration_change_record_info, &kw_broker_registration_change_record_shape},
    {&kw_register_controller_record_info, &kw_register_controller_record_shape},
    {&kw_feature_level_record_info, &kw_feature_level_record_shape},
    {&kw_client_quota_record_info, &kw_client_quota_record_shape},
    {&kw_producer_ids_record_info, &kw_producer_ids_record_shape},
    {&kw_no_op_record_info, &kw_no_op_record_shape},
    {&kw_zk_migration_state_record_info, &kw_zk_migration_state_record_shape},
    {&kw_begin_transaction_record_info, &kw_begin_transaction_record_shape},
    {&kw_end_transaction_record_info, &kw_end_transaction_record_shape},
    {&kw_abort_transaction_record_info, &kw_abort_transaction_record_shape},
    {&kw_delegation_token_record_info, &kw_delegation_token_record_shape},
    {&kw_user_scram_credential_record_info, &kw_user_scram_credential_record_shape},
    {&kw_access_control_entry_record_info, &kw_access_control_entry_record_shape},
    {&kw_remove_access_control_entry_record_info, &kw_remove_access_control_entry_record_shape},
    {&kw_remove_user_scram_credential_record_info, &kw_remove_user_scram_credential_record_shape},
    {&kw_remove_delegation_token_record_info, &kw_remove_delegation_token_record_shape},
    {&kw_topic_record_info, &kw_topic_record_shape},
    {&kw_partition_record_info, &kw_partition_record_shape},
    {&kw_config_record_info, &kw_config_record_shape},
    {&kw_partition_change_record_info, &kw_partition_change_record_shape},
    {&kw_remove_topic_record_info, &kw_remove_topic_record_shape},
    {&kw_clear_elr_record_info, &kw_clear_elr_record_shape},
    {&kw_leader_change_message_info, &kw_leader_change_message_shape},
    {&kw_snapshot_header_record_info, &kw_snapshot_header_record_shape},
    {&kw_snapshot_footer_record_info, &kw_snapshot_footer_record_shape},
    {&kw_kraft_version_record_info, &kw_kraft_version_record_shape},
    {&kw_voters_record_info, &kw_voters_record_shape},
    {&kw_transaction_log_key_info, &kw_transaction_log_key_shape},
    {&kw_transaction_log_value_info, &kw_transaction_log_value_shape},
};

const struct kw_shape *kw_shape_of(const struct kw_message *info)
{
    for (size_t i = 0; i < MR_COUNT(shapes); i++) {
        if (shapes[i].info == info)
            return shapes[i].shape;
    }
    return NULL;
}
