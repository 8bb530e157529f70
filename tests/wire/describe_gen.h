/* Written by net/wire/schema/gen.py. Do not edit.
 * The shape of every message, for tests/wire/describe.h. */
/* clang-format off */
#ifndef MR_WIRE_DESCRIBE_GEN_H
#define MR_WIRE_DESCRIBE_GEN_H

#include "net/wire/gen/acls.h"
#include "net/wire/gen/add_offsets_to_txn.h"
#include "net/wire/gen/add_partitions_to_txn.h"
#include "net/wire/gen/alter_configs.h"
#include "net/wire/gen/alter_replica_log_dirs.h"
#include "net/wire/gen/api_versions.h"
#include "net/wire/gen/client_quotas.h"
#include "net/wire/gen/consumer_group_describe.h"
#include "net/wire/gen/consumer_group_heartbeat.h"
#include "net/wire/gen/consumer_group_log.h"
#include "net/wire/gen/consumer_protocol.h"
#include "net/wire/gen/create_partitions.h"
#include "net/wire/gen/create_topics.h"
#include "net/wire/gen/delegation_tokens.h"
#include "net/wire/gen/delete_groups.h"
#include "net/wire/gen/delete_records.h"
#include "net/wire/gen/delete_topics.h"
#include "net/wire/gen/describe_cluster.h"
#include "net/wire/gen/describe_configs.h"
#include "net/wire/gen/describe_groups.h"
#include "net/wire/gen/describe_log_dirs.h"
#include "net/wire/gen/describe_producers.h"
#include "net/wire/gen/describe_quorum.h"
#include "net/wire/gen/describe_topic_partitions.h"
#include "net/wire/gen/describe_transactions.h"
#include "net/wire/gen/elect_leaders.h"
#include "net/wire/gen/end_txn.h"
#include "net/wire/gen/fetch.h"
#include "net/wire/gen/find_coordinator.h"
#include "net/wire/gen/group_log.h"
#include "net/wire/gen/header.h"
#include "net/wire/gen/heartbeat.h"
#include "net/wire/gen/incremental_alter_configs.h"
#include "net/wire/gen/init_producer_id.h"
#include "net/wire/gen/join_group.h"
#include "net/wire/gen/leave_group.h"
#include "net/wire/gen/list_config_resources.h"
#include "net/wire/gen/list_groups.h"
#include "net/wire/gen/list_offsets.h"
#include "net/wire/gen/list_transactions.h"
#include "net/wire/gen/log_data.h"
#include "net/wire/gen/meta_nodes.h"
#include "net/wire/gen/meta_other.h"
#include "net/wire/gen/meta_security.h"
#include "net/wire/gen/meta_topics.h"
#include "net/wire/gen/metadata.h"
#include "net/wire/gen/offset_commit.h"
#include "net/wire/gen/offset_delete.h"
#include "net/wire/gen/offset_fetch.h"
#include "net/wire/gen/offset_for_leader_epoch.h"
#include "net/wire/gen/partition_reassignments.h"
#include "net/wire/gen/produce.h"
#include "net/wire/gen/quorum_data.h"
#include "net/wire/gen/raft_voters.h"
#include "net/wire/gen/sasl.h"
#include "net/wire/gen/scram_credentials.h"
#include "net/wire/gen/sync_group.h"
#include "net/wire/gen/telemetry.h"
#include "net/wire/gen/txn_log.h"
#include "net/wire/gen/txn_offset_commit.h"
#include "net/wire/gen/unregister_broker.h"
#include "net/wire/gen/update_features.h"
#include "net/wire/gen/write_txn_markers.h"
#include "tests/wire/describe.h"

static const struct wt_field kw_describe_acls_request_fields[] = {
    {"resource_type_filter", WT_INT8, false, false, false, offsetof(struct kw_describe_acls_request, resource_type_filter), 0, 1, 3, 0, -1, NULL},
    {"resource_name_filter", WT_STRING, false, false, false, offsetof(struct kw_describe_acls_request, resource_name_filter), 0, 1, 3, 1, 3, NULL},
    {"pattern_type_filter", WT_INT8, false, false, false, offsetof(struct kw_describe_acls_request, pattern_type_filter), 0, 1, 3, 0, -1, NULL},
    {"principal_filter", WT_STRING, false, false, false, offsetof(struct kw_describe_acls_request, principal_filter), 0, 1, 3, 1, 3, NULL},
    {"host_filter", WT_STRING, false, false, false, offsetof(struct kw_describe_acls_request, host_filter), 0, 1, 3, 1, 3, NULL},
    {"operation", WT_INT8, false, false, false, offsetof(struct kw_describe_acls_request, operation), 0, 1, 3, 0, -1, NULL},
    {"permission_type", WT_INT8, false, false, false, offsetof(struct kw_describe_acls_request, permission_type), 0, 1, 3, 0, -1, NULL},
};
static void kw_describe_acls_request_init_any(void *m) { kw_describe_acls_request_init(m); }
static const struct wt_struct kw_describe_acls_request_shape = {"kw_describe_acls_request", sizeof(struct kw_describe_acls_request), kw_describe_acls_request_init_any, 7, kw_describe_acls_request_fields};
static const struct wt_field kw_describe_acls_response_acl_fields[] = {
    {"principal", WT_STRING, false, false, false, offsetof(struct kw_describe_acls_response_acl, principal), 0, 1, 3, 0, -1, NULL},
    {"host", WT_STRING, false, false, false, offsetof(struct kw_describe_acls_response_acl, host), 0, 1, 3, 0, -1, NULL},
    {"operation", WT_INT8, false, false, false, offsetof(struct kw_describe_acls_response_acl, operation), 0, 1, 3, 0, -1, NULL},
    {"permission_type", WT_INT8, false, false, false, offsetof(struct kw_describe_acls_response_acl, permission_type), 0, 1, 3, 0, -1, NULL},
};
static void kw_describe_acls_response_acl_init_any(void *m) { kw_describe_acls_response_acl_init(m); }
static const struct wt_struct kw_describe_acls_response_acl_shape = {"kw_describe_acls_response_acl", sizeof(struct kw_describe_acls_response_acl), kw_describe_acls_response_acl_init_any, 4, kw_describe_acls_response_acl_fields};
static const struct wt_field kw_describe_acls_response_resource_fields[] = {
    {"resource_type", WT_INT8, false, false, false, offsetof(struct kw_describe_acls_response_resource, resource_type), 0, 1, 3, 0, -1, NULL},
    {"resource_name", WT_STRING, false, false, false, offsetof(struct kw_describe_acls_response_resource, resource_name), 0, 1, 3, 0, -1, NULL},
    {"pattern_type", WT_INT8, false, false, false, offsetof(struct kw_describe_acls_response_resource, pattern_type), 0, 1, 3, 0, -1, NULL},
    {"acls", WT_STRUCT, true, false, false, offsetof(struct kw_describe_acls_response_resource, acls), offsetof(struct kw_describe_acls_response_resource, acls_count), 1, 3, 0, -1, &kw_describe_acls_response_acl_shape},
};
static void kw_describe_acls_response_resource_init_any(void *m) { kw_describe_acls_response_resource_init(m); }
static const struct wt_struct kw_describe_acls_response_resource_shape = {"kw_describe_acls_response_resource", sizeof(struct kw_describe_acls_response_resource), kw_describe_acls_response_resource_init_any, 4, kw_describe_acls_response_resource_fields};
static const struct wt_field kw_describe_acls_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_describe_acls_response, throttle_time_ms), 0, 1, 3, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_describe_acls_response, error_code), 0, 1, 3, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_describe_acls_response, error_message), 0, 1, 3, 1, 3, NULL},
    {"resources", WT_STRUCT, true, false, false, offsetof(struct kw_describe_acls_response, resources), offsetof(struct kw_describe_acls_response, resources_count), 1, 3, 0, -1, &kw_describe_acls_response_resource_shape},
};
static void kw_describe_acls_response_init_any(void *m) { kw_describe_acls_response_init(m); }
static const struct wt_struct kw_describe_acls_response_shape = {"kw_describe_acls_response", sizeof(struct kw_describe_acls_response), kw_describe_acls_response_init_any, 4, kw_describe_acls_response_fields};
static const struct wt_field kw_create_acls_request_creation_fields[] = {
    {"resource_type", WT_INT8, false, false, false, offsetof(struct kw_create_acls_request_creation, resource_type), 0, 1, 3, 0, -1, NULL},
    {"resource_name", WT_STRING, false, false, false, offsetof(struct kw_create_acls_request_creation, resource_name), 0, 1, 3, 0, -1, NULL},
    {"resource_pattern_type", WT_INT8, false, false, false, offsetof(struct kw_create_acls_request_creation, resource_pattern_type), 0, 1, 3, 0, -1, NULL},
    {"principal", WT_STRING, false, false, false, offsetof(struct kw_create_acls_request_creation, principal), 0, 1, 3, 0, -1, NULL},
    {"host", WT_STRING, false, false, false, offsetof(struct kw_create_acls_request_creation, host), 0, 1, 3, 0, -1, NULL},
    {"operation", WT_INT8, false, false, false, offsetof(struct kw_create_acls_request_creation, operation), 0, 1, 3, 0, -1, NULL},
    {"permission_type", WT_INT8, false, false, false, offsetof(struct kw_create_acls_request_creation, permission_type), 0, 1, 3, 0, -1, NULL},
};
static void kw_create_acls_request_creation_init_any(void *m) { kw_create_acls_request_creation_init(m); }
static const struct wt_struct kw_create_acls_request_creation_shape = {"kw_create_acls_request_creation", sizeof(struct kw_create_acls_request_creation), kw_create_acls_request_creation_init_any, 7, kw_create_acls_request_creation_fields};
static const struct wt_field kw_create_acls_request_fields[] = {
    {"creations", WT_STRUCT, true, false, false, offsetof(struct kw_create_acls_request, creations), offsetof(struct kw_create_acls_request, creations_count), 1, 3, 0, -1, &kw_create_acls_request_creation_shape},
};
static void kw_create_acls_request_init_any(void *m) { kw_create_acls_request_init(m); }
static const struct wt_struct kw_create_acls_request_shape = {"kw_create_acls_request", sizeof(struct kw_create_acls_request), kw_create_acls_request_init_any, 1, kw_create_acls_request_fields};
static const struct wt_field kw_create_acls_response_result_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_create_acls_response_result, error_code), 0, 1, 3, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_create_acls_response_result, error_message), 0, 1, 3, 1, 3, NULL},
};
static void kw_create_acls_response_result_init_any(void *m) { kw_create_acls_response_result_init(m); }
static const struct wt_struct kw_create_acls_response_result_shape = {"kw_create_acls_response_result", sizeof(struct kw_create_acls_response_result), kw_create_acls_response_result_init_any, 2, kw_create_acls_response_result_fields};
static const struct wt_field kw_create_acls_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_create_acls_response, throttle_time_ms), 0, 1, 3, 0, -1, NULL},
    {"results", WT_STRUCT, true, false, false, offsetof(struct kw_create_acls_response, results), offsetof(struct kw_create_acls_response, results_count), 1, 3, 0, -1, &kw_create_acls_response_result_shape},
};
static void kw_create_acls_response_init_any(void *m) { kw_create_acls_response_init(m); }
static const struct wt_struct kw_create_acls_response_shape = {"kw_create_acls_response", sizeof(struct kw_create_acls_response), kw_create_acls_response_init_any, 2, kw_create_acls_response_fields};
static const struct wt_field kw_delete_acls_request_filter_fields[] = {
    {"resource_type_filter", WT_INT8, false, false, false, offsetof(struct kw_delete_acls_request_filter, resource_type_filter), 0, 1, 3, 0, -1, NULL},
    {"resource_name_filter", WT_STRING, false, false, false, offsetof(struct kw_delete_acls_request_filter, resource_name_filter), 0, 1, 3, 1, 3, NULL},
    {"pattern_type_filter", WT_INT8, false, false, false, offsetof(struct kw_delete_acls_request_filter, pattern_type_filter), 0, 1, 3, 0, -1, NULL},
    {"principal_filter", WT_STRING, false, false, false, offsetof(struct kw_delete_acls_request_filter, principal_filter), 0, 1, 3, 1, 3, NULL},
    {"host_filter", WT_STRING, false, false, false, offsetof(struct kw_delete_acls_request_filter, host_filter), 0, 1, 3, 1, 3, NULL},
    {"operation", WT_INT8, false, false, false, offsetof(struct kw_delete_acls_request_filter, operation), 0, 1, 3, 0, -1, NULL},
    {"permission_type", WT_INT8, false, false, false, offsetof(struct kw_delete_acls_request_filter, permission_type), 0, 1, 3, 0, -1, NULL},
};
static void kw_delete_acls_request_filter_init_any(void *m) { kw_delete_acls_request_filter_init(m); }
static const struct wt_struct kw_delete_acls_request_filter_shape = {"kw_delete_acls_request_filter", sizeof(struct kw_delete_acls_request_filter), kw_delete_acls_request_filter_init_any, 7, kw_delete_acls_request_filter_fields};
static const struct wt_field kw_delete_acls_request_fields[] = {
    {"filters", WT_STRUCT, true, false, false, offsetof(struct kw_delete_acls_request, filters), offsetof(struct kw_delete_acls_request, filters_count), 1, 3, 0, -1, &kw_delete_acls_request_filter_shape},
};
static void kw_delete_acls_request_init_any(void *m) { kw_delete_acls_request_init(m); }
static const struct wt_struct kw_delete_acls_request_shape = {"kw_delete_acls_request", sizeof(struct kw_delete_acls_request), kw_delete_acls_request_init_any, 1, kw_delete_acls_request_fields};
static const struct wt_field kw_delete_acls_response_acl_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_delete_acls_response_acl, error_code), 0, 1, 3, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_delete_acls_response_acl, error_message), 0, 1, 3, 1, 3, NULL},
    {"resource_type", WT_INT8, false, false, false, offsetof(struct kw_delete_acls_response_acl, resource_type), 0, 1, 3, 0, -1, NULL},
    {"resource_name", WT_STRING, false, false, false, offsetof(struct kw_delete_acls_response_acl, resource_name), 0, 1, 3, 0, -1, NULL},
    {"pattern_type", WT_INT8, false, false, false, offsetof(struct kw_delete_acls_response_acl, pattern_type), 0, 1, 3, 0, -1, NULL},
    {"principal", WT_STRING, false, false, false, offsetof(struct kw_delete_acls_response_acl, principal), 0, 1, 3, 0, -1, NULL},
    {"host", WT_STRING, false, false, false, offsetof(struct kw_delete_acls_response_acl, host), 0, 1, 3, 0, -1, NULL},
    {"operation", WT_INT8, false, false, false, offsetof(struct kw_delete_acls_response_acl, operation), 0, 1, 3, 0, -1, NULL},
    {"permission_type", WT_INT8, false, false, false, offsetof(struct kw_delete_acls_response_acl, permission_type), 0, 1, 3, 0, -1, NULL},
};
static void kw_delete_acls_response_acl_init_any(void *m) { kw_delete_acls_response_acl_init(m); }
static const struct wt_struct kw_delete_acls_response_acl_shape = {"kw_delete_acls_response_acl", sizeof(struct kw_delete_acls_response_acl), kw_delete_acls_response_acl_init_any, 9, kw_delete_acls_response_acl_fields};
static const struct wt_field kw_delete_acls_response_result_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_delete_acls_response_result, error_code), 0, 1, 3, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_delete_acls_response_result, error_message), 0, 1, 3, 1, 3, NULL},
    {"matching_acls", WT_STRUCT, true, false, false, offsetof(struct kw_delete_acls_response_result, matching_acls), offsetof(struct kw_delete_acls_response_result, matching_acls_count), 1, 3, 0, -1, &kw_delete_acls_response_acl_shape},
};
static void kw_delete_acls_response_result_init_any(void *m) { kw_delete_acls_response_result_init(m); }
static const struct wt_struct kw_delete_acls_response_result_shape = {"kw_delete_acls_response_result", sizeof(struct kw_delete_acls_response_result), kw_delete_acls_response_result_init_any, 3, kw_delete_acls_response_result_fields};
static const struct wt_field kw_delete_acls_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_delete_acls_response, throttle_time_ms), 0, 1, 3, 0, -1, NULL},
    {"filter_results", WT_STRUCT, true, false, false, offsetof(struct kw_delete_acls_response, filter_results), offsetof(struct kw_delete_acls_response, filter_results_count), 1, 3, 0, -1, &kw_delete_acls_response_result_shape},
};
static void kw_delete_acls_response_init_any(void *m) { kw_delete_acls_response_init(m); }
static const struct wt_struct kw_delete_acls_response_shape = {"kw_delete_acls_response", sizeof(struct kw_delete_acls_response), kw_delete_acls_response_init_any, 2, kw_delete_acls_response_fields};
static const struct wt_field kw_add_offsets_to_txn_request_fields[] = {
    {"transactional_id", WT_STRING, false, false, false, offsetof(struct kw_add_offsets_to_txn_request, transactional_id), 0, 0, 4, 0, -1, NULL},
    {"producer_id", WT_INT64, false, false, false, offsetof(struct kw_add_offsets_to_txn_request, producer_id), 0, 0, 4, 0, -1, NULL},
    {"producer_epoch", WT_INT16, false, false, false, offsetof(struct kw_add_offsets_to_txn_request, producer_epoch), 0, 0, 4, 0, -1, NULL},
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_add_offsets_to_txn_request, group_id), 0, 0, 4, 0, -1, NULL},
};
static void kw_add_offsets_to_txn_request_init_any(void *m) { kw_add_offsets_to_txn_request_init(m); }
static const struct wt_struct kw_add_offsets_to_txn_request_shape = {"kw_add_offsets_to_txn_request", sizeof(struct kw_add_offsets_to_txn_request), kw_add_offsets_to_txn_request_init_any, 4, kw_add_offsets_to_txn_request_fields};
static const struct wt_field kw_add_offsets_to_txn_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_add_offsets_to_txn_response, throttle_time_ms), 0, 0, 4, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_add_offsets_to_txn_response, error_code), 0, 0, 4, 0, -1, NULL},
};
static void kw_add_offsets_to_txn_response_init_any(void *m) { kw_add_offsets_to_txn_response_init(m); }
static const struct wt_struct kw_add_offsets_to_txn_response_shape = {"kw_add_offsets_to_txn_response", sizeof(struct kw_add_offsets_to_txn_response), kw_add_offsets_to_txn_response_init_any, 2, kw_add_offsets_to_txn_response_fields};
static const struct wt_field kw_add_partitions_to_txn_request_old_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_add_partitions_to_txn_request_old_topic, name), 0, 0, 3, 0, -1, NULL},
    {"partitions", WT_INT32, true, false, false, offsetof(struct kw_add_partitions_to_txn_request_old_topic, partitions), offsetof(struct kw_add_partitions_to_txn_request_old_topic, partitions_count), 0, 3, 0, -1, NULL},
};
static void kw_add_partitions_to_txn_request_old_topic_init_any(void *m) { kw_add_partitions_to_txn_request_old_topic_init(m); }
static const struct wt_struct kw_add_partitions_to_txn_request_old_topic_shape = {"kw_add_partitions_to_txn_request_old_topic", sizeof(struct kw_add_partitions_to_txn_request_old_topic), kw_add_partitions_to_txn_request_old_topic_init_any, 2, kw_add_partitions_to_txn_request_old_topic_fields};
static const struct wt_field kw_add_partitions_to_txn_request_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_add_partitions_to_txn_request_topic, name), 0, 4, 5, 0, -1, NULL},
    {"partitions", WT_INT32, true, false, false, offsetof(struct kw_add_partitions_to_txn_request_topic, partitions), offsetof(struct kw_add_partitions_to_txn_request_topic, partitions_count), 4, 5, 0, -1, NULL},
};
static void kw_add_partitions_to_txn_request_topic_init_any(void *m) { kw_add_partitions_to_txn_request_topic_init(m); }
static const struct wt_struct kw_add_partitions_to_txn_request_topic_shape = {"kw_add_partitions_to_txn_request_topic", sizeof(struct kw_add_partitions_to_txn_request_topic), kw_add_partitions_to_txn_request_topic_init_any, 2, kw_add_partitions_to_txn_request_topic_fields};
static const struct wt_field kw_add_partitions_to_txn_request_transaction_fields[] = {
    {"transactional_id", WT_STRING, false, false, false, offsetof(struct kw_add_partitions_to_txn_request_transaction, transactional_id), 0, 4, 5, 0, -1, NULL},
    {"producer_id", WT_INT64, false, false, false, offsetof(struct kw_add_partitions_to_txn_request_transaction, producer_id), 0, 4, 5, 0, -1, NULL},
    {"producer_epoch", WT_INT16, false, false, false, offsetof(struct kw_add_partitions_to_txn_request_transaction, producer_epoch), 0, 4, 5, 0, -1, NULL},
    {"verify_only", WT_BOOL, false, false, false, offsetof(struct kw_add_partitions_to_txn_request_transaction, verify_only), 0, 4, 5, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_add_partitions_to_txn_request_transaction, topics), offsetof(struct kw_add_partitions_to_txn_request_transaction, topics_count), 4, 5, 0, -1, &kw_add_partitions_to_txn_request_topic_shape},
};
static void kw_add_partitions_to_txn_request_transaction_init_any(void *m) { kw_add_partitions_to_txn_request_transaction_init(m); }
static const struct wt_struct kw_add_partitions_to_txn_request_transaction_shape = {"kw_add_partitions_to_txn_request_transaction", sizeof(struct kw_add_partitions_to_txn_request_transaction), kw_add_partitions_to_txn_request_transaction_init_any, 5, kw_add_partitions_to_txn_request_transaction_fields};
static const struct wt_field kw_add_partitions_to_txn_request_fields[] = {
    {"transactions", WT_STRUCT, true, false, false, offsetof(struct kw_add_partitions_to_txn_request, transactions), offsetof(struct kw_add_partitions_to_txn_request, transactions_count), 4, 5, 0, -1, &kw_add_partitions_to_txn_request_transaction_shape},
    {"v3_and_below_transactional_id", WT_STRING, false, false, false, offsetof(struct kw_add_partitions_to_txn_request, v3_and_below_transactional_id), 0, 0, 3, 0, -1, NULL},
    {"v3_and_below_producer_id", WT_INT64, false, false, false, offsetof(struct kw_add_partitions_to_txn_request, v3_and_below_producer_id), 0, 0, 3, 0, -1, NULL},
    {"v3_and_below_producer_epoch", WT_INT16, false, false, false, offsetof(struct kw_add_partitions_to_txn_request, v3_and_below_producer_epoch), 0, 0, 3, 0, -1, NULL},
    {"v3_and_below_topics", WT_STRUCT, true, false, false, offsetof(struct kw_add_partitions_to_txn_request, v3_and_below_topics), offsetof(struct kw_add_partitions_to_txn_request, v3_and_below_topics_count), 0, 3, 0, -1, &kw_add_partitions_to_txn_request_old_topic_shape},
};
static void kw_add_partitions_to_txn_request_init_any(void *m) { kw_add_partitions_to_txn_request_init(m); }
static const struct wt_struct kw_add_partitions_to_txn_request_shape = {"kw_add_partitions_to_txn_request", sizeof(struct kw_add_partitions_to_txn_request), kw_add_partitions_to_txn_request_init_any, 5, kw_add_partitions_to_txn_request_fields};
static const struct wt_field kw_add_partitions_to_txn_response_old_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_add_partitions_to_txn_response_old_partition, partition_index), 0, 0, 3, 0, -1, NULL},
    {"partition_error_code", WT_INT16, false, false, false, offsetof(struct kw_add_partitions_to_txn_response_old_partition, partition_error_code), 0, 0, 3, 0, -1, NULL},
};
static void kw_add_partitions_to_txn_response_old_partition_init_any(void *m) { kw_add_partitions_to_txn_response_old_partition_init(m); }
static const struct wt_struct kw_add_partitions_to_txn_response_old_partition_shape = {"kw_add_partitions_to_txn_response_old_partition", sizeof(struct kw_add_partitions_to_txn_response_old_partition), kw_add_partitions_to_txn_response_old_partition_init_any, 2, kw_add_partitions_to_txn_response_old_partition_fields};
static const struct wt_field kw_add_partitions_to_txn_response_old_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_add_partitions_to_txn_response_old_topic, name), 0, 0, 3, 0, -1, NULL},
    {"results_by_partition", WT_STRUCT, true, false, false, offsetof(struct kw_add_partitions_to_txn_response_old_topic, results_by_partition), offsetof(struct kw_add_partitions_to_txn_response_old_topic, results_by_partition_count), 0, 3, 0, -1, &kw_add_partitions_to_txn_response_old_partition_shape},
};
static void kw_add_partitions_to_txn_response_old_topic_init_any(void *m) { kw_add_partitions_to_txn_response_old_topic_init(m); }
static const struct wt_struct kw_add_partitions_to_txn_response_old_topic_shape = {"kw_add_partitions_to_txn_response_old_topic", sizeof(struct kw_add_partitions_to_txn_response_old_topic), kw_add_partitions_to_txn_response_old_topic_init_any, 2, kw_add_partitions_to_txn_response_old_topic_fields};
static const struct wt_field kw_add_partitions_to_txn_response_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_add_partitions_to_txn_response_partition, partition_index), 0, 4, 5, 0, -1, NULL},
    {"partition_error_code", WT_INT16, false, false, false, offsetof(struct kw_add_partitions_to_txn_response_partition, partition_error_code), 0, 4, 5, 0, -1, NULL},
};
static void kw_add_partitions_to_txn_response_partition_init_any(void *m) { kw_add_partitions_to_txn_response_partition_init(m); }
static const struct wt_struct kw_add_partitions_to_txn_response_partition_shape = {"kw_add_partitions_to_txn_response_partition", sizeof(struct kw_add_partitions_to_txn_response_partition), kw_add_partitions_to_txn_response_partition_init_any, 2, kw_add_partitions_to_txn_response_partition_fields};
static const struct wt_field kw_add_partitions_to_txn_response_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_add_partitions_to_txn_response_topic, name), 0, 4, 5, 0, -1, NULL},
    {"results_by_partition", WT_STRUCT, true, false, false, offsetof(struct kw_add_partitions_to_txn_response_topic, results_by_partition), offsetof(struct kw_add_partitions_to_txn_response_topic, results_by_partition_count), 4, 5, 0, -1, &kw_add_partitions_to_txn_response_partition_shape},
};
static void kw_add_partitions_to_txn_response_topic_init_any(void *m) { kw_add_partitions_to_txn_response_topic_init(m); }
static const struct wt_struct kw_add_partitions_to_txn_response_topic_shape = {"kw_add_partitions_to_txn_response_topic", sizeof(struct kw_add_partitions_to_txn_response_topic), kw_add_partitions_to_txn_response_topic_init_any, 2, kw_add_partitions_to_txn_response_topic_fields};
static const struct wt_field kw_add_partitions_to_txn_response_transaction_fields[] = {
    {"transactional_id", WT_STRING, false, false, false, offsetof(struct kw_add_partitions_to_txn_response_transaction, transactional_id), 0, 4, 5, 0, -1, NULL},
    {"topic_results", WT_STRUCT, true, false, false, offsetof(struct kw_add_partitions_to_txn_response_transaction, topic_results), offsetof(struct kw_add_partitions_to_txn_response_transaction, topic_results_count), 4, 5, 0, -1, &kw_add_partitions_to_txn_response_topic_shape},
};
static void kw_add_partitions_to_txn_response_transaction_init_any(void *m) { kw_add_partitions_to_txn_response_transaction_init(m); }
static const struct wt_struct kw_add_partitions_to_txn_response_transaction_shape = {"kw_add_partitions_to_txn_response_transaction", sizeof(struct kw_add_partitions_to_txn_response_transaction), kw_add_partitions_to_txn_response_transaction_init_any, 2, kw_add_partitions_to_txn_response_transaction_fields};
static const struct wt_field kw_add_partitions_to_txn_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_add_partitions_to_txn_response, throttle_time_ms), 0, 0, 5, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_add_partitions_to_txn_response, error_code), 0, 4, 5, 0, -1, NULL},
    {"results_by_transaction", WT_STRUCT, true, false, false, offsetof(struct kw_add_partitions_to_txn_response, results_by_transaction), offsetof(struct kw_add_partitions_to_txn_response, results_by_transaction_count), 4, 5, 0, -1, &kw_add_partitions_to_txn_response_transaction_shape},
    {"results_by_topic_v3_and_below", WT_STRUCT, true, false, false, offsetof(struct kw_add_partitions_to_txn_response, results_by_topic_v3_and_below), offsetof(struct kw_add_partitions_to_txn_response, results_by_topic_v3_and_below_count), 0, 3, 0, -1, &kw_add_partitions_to_txn_response_old_topic_shape},
};
static void kw_add_partitions_to_txn_response_init_any(void *m) { kw_add_partitions_to_txn_response_init(m); }
static const struct wt_struct kw_add_partitions_to_txn_response_shape = {"kw_add_partitions_to_txn_response", sizeof(struct kw_add_partitions_to_txn_response), kw_add_partitions_to_txn_response_init_any, 4, kw_add_partitions_to_txn_response_fields};
static const struct wt_field kw_alter_configs_request_config_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_alter_configs_request_config, name), 0, 0, 2, 0, -1, NULL},
    {"value", WT_STRING, false, false, false, offsetof(struct kw_alter_configs_request_config, value), 0, 0, 2, 0, 2, NULL},
};
static void kw_alter_configs_request_config_init_any(void *m) { kw_alter_configs_request_config_init(m); }
static const struct wt_struct kw_alter_configs_request_config_shape = {"kw_alter_configs_request_config", sizeof(struct kw_alter_configs_request_config), kw_alter_configs_request_config_init_any, 2, kw_alter_configs_request_config_fields};
static const struct wt_field kw_alter_configs_request_resource_fields[] = {
    {"resource_type", WT_INT8, false, false, false, offsetof(struct kw_alter_configs_request_resource, resource_type), 0, 0, 2, 0, -1, NULL},
    {"resource_name", WT_STRING, false, false, false, offsetof(struct kw_alter_configs_request_resource, resource_name), 0, 0, 2, 0, -1, NULL},
    {"configs", WT_STRUCT, true, false, false, offsetof(struct kw_alter_configs_request_resource, configs), offsetof(struct kw_alter_configs_request_resource, configs_count), 0, 2, 0, -1, &kw_alter_configs_request_config_shape},
};
static void kw_alter_configs_request_resource_init_any(void *m) { kw_alter_configs_request_resource_init(m); }
static const struct wt_struct kw_alter_configs_request_resource_shape = {"kw_alter_configs_request_resource", sizeof(struct kw_alter_configs_request_resource), kw_alter_configs_request_resource_init_any, 3, kw_alter_configs_request_resource_fields};
static const struct wt_field kw_alter_configs_request_fields[] = {
    {"resources", WT_STRUCT, true, false, false, offsetof(struct kw_alter_configs_request, resources), offsetof(struct kw_alter_configs_request, resources_count), 0, 2, 0, -1, &kw_alter_configs_request_resource_shape},
    {"validate_only", WT_BOOL, false, false, false, offsetof(struct kw_alter_configs_request, validate_only), 0, 0, 2, 0, -1, NULL},
};
static void kw_alter_configs_request_init_any(void *m) { kw_alter_configs_request_init(m); }
static const struct wt_struct kw_alter_configs_request_shape = {"kw_alter_configs_request", sizeof(struct kw_alter_configs_request), kw_alter_configs_request_init_any, 2, kw_alter_configs_request_fields};
static const struct wt_field kw_alter_configs_response_resource_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_alter_configs_response_resource, error_code), 0, 0, 2, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_alter_configs_response_resource, error_message), 0, 0, 2, 0, 2, NULL},
    {"resource_type", WT_INT8, false, false, false, offsetof(struct kw_alter_configs_response_resource, resource_type), 0, 0, 2, 0, -1, NULL},
    {"resource_name", WT_STRING, false, false, false, offsetof(struct kw_alter_configs_response_resource, resource_name), 0, 0, 2, 0, -1, NULL},
};
static void kw_alter_configs_response_resource_init_any(void *m) { kw_alter_configs_response_resource_init(m); }
static const struct wt_struct kw_alter_configs_response_resource_shape = {"kw_alter_configs_response_resource", sizeof(struct kw_alter_configs_response_resource), kw_alter_configs_response_resource_init_any, 4, kw_alter_configs_response_resource_fields};
static const struct wt_field kw_alter_configs_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_alter_configs_response, throttle_time_ms), 0, 0, 2, 0, -1, NULL},
    {"responses", WT_STRUCT, true, false, false, offsetof(struct kw_alter_configs_response, responses), offsetof(struct kw_alter_configs_response, responses_count), 0, 2, 0, -1, &kw_alter_configs_response_resource_shape},
};
static void kw_alter_configs_response_init_any(void *m) { kw_alter_configs_response_init(m); }
static const struct wt_struct kw_alter_configs_response_shape = {"kw_alter_configs_response", sizeof(struct kw_alter_configs_response), kw_alter_configs_response_init_any, 2, kw_alter_configs_response_fields};
static const struct wt_field kw_alter_replica_log_dirs_request_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_alter_replica_log_dirs_request_topic, name), 0, 1, 2, 0, -1, NULL},
    {"partitions", WT_INT32, true, false, false, offsetof(struct kw_alter_replica_log_dirs_request_topic, partitions), offsetof(struct kw_alter_replica_log_dirs_request_topic, partitions_count), 1, 2, 0, -1, NULL},
};
static void kw_alter_replica_log_dirs_request_topic_init_any(void *m) { kw_alter_replica_log_dirs_request_topic_init(m); }
static const struct wt_struct kw_alter_replica_log_dirs_request_topic_shape = {"kw_alter_replica_log_dirs_request_topic", sizeof(struct kw_alter_replica_log_dirs_request_topic), kw_alter_replica_log_dirs_request_topic_init_any, 2, kw_alter_replica_log_dirs_request_topic_fields};
static const struct wt_field kw_alter_replica_log_dirs_request_dir_fields[] = {
    {"path", WT_STRING, false, false, false, offsetof(struct kw_alter_replica_log_dirs_request_dir, path), 0, 1, 2, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_alter_replica_log_dirs_request_dir, topics), offsetof(struct kw_alter_replica_log_dirs_request_dir, topics_count), 1, 2, 0, -1, &kw_alter_replica_log_dirs_request_topic_shape},
};
static void kw_alter_replica_log_dirs_request_dir_init_any(void *m) { kw_alter_replica_log_dirs_request_dir_init(m); }
static const struct wt_struct kw_alter_replica_log_dirs_request_dir_shape = {"kw_alter_replica_log_dirs_request_dir", sizeof(struct kw_alter_replica_log_dirs_request_dir), kw_alter_replica_log_dirs_request_dir_init_any, 2, kw_alter_replica_log_dirs_request_dir_fields};
static const struct wt_field kw_alter_replica_log_dirs_request_fields[] = {
    {"dirs", WT_STRUCT, true, false, false, offsetof(struct kw_alter_replica_log_dirs_request, dirs), offsetof(struct kw_alter_replica_log_dirs_request, dirs_count), 1, 2, 0, -1, &kw_alter_replica_log_dirs_request_dir_shape},
};
static void kw_alter_replica_log_dirs_request_init_any(void *m) { kw_alter_replica_log_dirs_request_init(m); }
static const struct wt_struct kw_alter_replica_log_dirs_request_shape = {"kw_alter_replica_log_dirs_request", sizeof(struct kw_alter_replica_log_dirs_request), kw_alter_replica_log_dirs_request_init_any, 1, kw_alter_replica_log_dirs_request_fields};
static const struct wt_field kw_alter_replica_log_dirs_response_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_alter_replica_log_dirs_response_partition, partition_index), 0, 1, 2, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_alter_replica_log_dirs_response_partition, error_code), 0, 1, 2, 0, -1, NULL},
};
static void kw_alter_replica_log_dirs_response_partition_init_any(void *m) { kw_alter_replica_log_dirs_response_partition_init(m); }
static const struct wt_struct kw_alter_replica_log_dirs_response_partition_shape = {"kw_alter_replica_log_dirs_response_partition", sizeof(struct kw_alter_replica_log_dirs_response_partition), kw_alter_replica_log_dirs_response_partition_init_any, 2, kw_alter_replica_log_dirs_response_partition_fields};
static const struct wt_field kw_alter_replica_log_dirs_response_topic_fields[] = {
    {"topic_name", WT_STRING, false, false, false, offsetof(struct kw_alter_replica_log_dirs_response_topic, topic_name), 0, 1, 2, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_alter_replica_log_dirs_response_topic, partitions), offsetof(struct kw_alter_replica_log_dirs_response_topic, partitions_count), 1, 2, 0, -1, &kw_alter_replica_log_dirs_response_partition_shape},
};
static void kw_alter_replica_log_dirs_response_topic_init_any(void *m) { kw_alter_replica_log_dirs_response_topic_init(m); }
static const struct wt_struct kw_alter_replica_log_dirs_response_topic_shape = {"kw_alter_replica_log_dirs_response_topic", sizeof(struct kw_alter_replica_log_dirs_response_topic), kw_alter_replica_log_dirs_response_topic_init_any, 2, kw_alter_replica_log_dirs_response_topic_fields};
static const struct wt_field kw_alter_replica_log_dirs_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_alter_replica_log_dirs_response, throttle_time_ms), 0, 1, 2, 0, -1, NULL},
    {"results", WT_STRUCT, true, false, false, offsetof(struct kw_alter_replica_log_dirs_response, results), offsetof(struct kw_alter_replica_log_dirs_response, results_count), 1, 2, 0, -1, &kw_alter_replica_log_dirs_response_topic_shape},
};
static void kw_alter_replica_log_dirs_response_init_any(void *m) { kw_alter_replica_log_dirs_response_init(m); }
static const struct wt_struct kw_alter_replica_log_dirs_response_shape = {"kw_alter_replica_log_dirs_response", sizeof(struct kw_alter_replica_log_dirs_response), kw_alter_replica_log_dirs_response_init_any, 2, kw_alter_replica_log_dirs_response_fields};
static const struct wt_field kw_api_versions_request_fields[] = {
    {"client_software_name", WT_STRING, false, false, false, offsetof(struct kw_api_versions_request, client_software_name), 0, 3, 4, 0, -1, NULL},
    {"client_software_version", WT_STRING, false, false, false, offsetof(struct kw_api_versions_request, client_software_version), 0, 3, 4, 0, -1, NULL},
};
static void kw_api_versions_request_init_any(void *m) { kw_api_versions_request_init(m); }
static const struct wt_struct kw_api_versions_request_shape = {"kw_api_versions_request", sizeof(struct kw_api_versions_request), kw_api_versions_request_init_any, 2, kw_api_versions_request_fields};
static const struct wt_field kw_api_versions_response_finalized_feature_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_api_versions_response_finalized_feature, name), 0, 3, 4, 0, -1, NULL},
    {"max_version_level", WT_INT16, false, false, false, offsetof(struct kw_api_versions_response_finalized_feature, max_version_level), 0, 3, 4, 0, -1, NULL},
    {"min_version_level", WT_INT16, false, false, false, offsetof(struct kw_api_versions_response_finalized_feature, min_version_level), 0, 3, 4, 0, -1, NULL},
};
static void kw_api_versions_response_finalized_feature_init_any(void *m) { kw_api_versions_response_finalized_feature_init(m); }
static const struct wt_struct kw_api_versions_response_finalized_feature_shape = {"kw_api_versions_response_finalized_feature", sizeof(struct kw_api_versions_response_finalized_feature), kw_api_versions_response_finalized_feature_init_any, 3, kw_api_versions_response_finalized_feature_fields};
static const struct wt_field kw_api_versions_response_supported_feature_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_api_versions_response_supported_feature, name), 0, 3, 4, 0, -1, NULL},
    {"min_version", WT_INT16, false, false, false, offsetof(struct kw_api_versions_response_supported_feature, min_version), 0, 3, 4, 0, -1, NULL},
    {"max_version", WT_INT16, false, false, false, offsetof(struct kw_api_versions_response_supported_feature, max_version), 0, 3, 4, 0, -1, NULL},
};
static void kw_api_versions_response_supported_feature_init_any(void *m) { kw_api_versions_response_supported_feature_init(m); }
static const struct wt_struct kw_api_versions_response_supported_feature_shape = {"kw_api_versions_response_supported_feature", sizeof(struct kw_api_versions_response_supported_feature), kw_api_versions_response_supported_feature_init_any, 3, kw_api_versions_response_supported_feature_fields};
static const struct wt_field kw_api_versions_response_api_key_fields[] = {
    {"api_key", WT_INT16, false, false, false, offsetof(struct kw_api_versions_response_api_key, api_key), 0, 0, 4, 0, -1, NULL},
    {"min_version", WT_INT16, false, false, false, offsetof(struct kw_api_versions_response_api_key, min_version), 0, 0, 4, 0, -1, NULL},
    {"max_version", WT_INT16, false, false, false, offsetof(struct kw_api_versions_response_api_key, max_version), 0, 0, 4, 0, -1, NULL},
};
static void kw_api_versions_response_api_key_init_any(void *m) { kw_api_versions_response_api_key_init(m); }
static const struct wt_struct kw_api_versions_response_api_key_shape = {"kw_api_versions_response_api_key", sizeof(struct kw_api_versions_response_api_key), kw_api_versions_response_api_key_init_any, 3, kw_api_versions_response_api_key_fields};
static const struct wt_field kw_api_versions_response_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_api_versions_response, error_code), 0, 0, 4, 0, -1, NULL},
    {"api_keys", WT_STRUCT, true, false, false, offsetof(struct kw_api_versions_response, api_keys), offsetof(struct kw_api_versions_response, api_keys_count), 0, 4, 0, -1, &kw_api_versions_response_api_key_shape},
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_api_versions_response, throttle_time_ms), 0, 1, 4, 0, -1, NULL},
    {"supported_features", WT_STRUCT, true, false, true, offsetof(struct kw_api_versions_response, supported_features), offsetof(struct kw_api_versions_response, supported_features_count), 3, 4, 0, -1, &kw_api_versions_response_supported_feature_shape},
    {"finalized_features_epoch", WT_INT64, false, false, true, offsetof(struct kw_api_versions_response, finalized_features_epoch), 0, 3, 4, 0, -1, NULL},
    {"finalized_features", WT_STRUCT, true, false, true, offsetof(struct kw_api_versions_response, finalized_features), offsetof(struct kw_api_versions_response, finalized_features_count), 3, 4, 0, -1, &kw_api_versions_response_finalized_feature_shape},
    {"zk_migration_ready", WT_BOOL, false, false, true, offsetof(struct kw_api_versions_response, zk_migration_ready), 0, 3, 4, 0, -1, NULL},
};
static void kw_api_versions_response_init_any(void *m) { kw_api_versions_response_init(m); }
static const struct wt_struct kw_api_versions_response_shape = {"kw_api_versions_response", sizeof(struct kw_api_versions_response), kw_api_versions_response_init_any, 7, kw_api_versions_response_fields};
static const struct wt_field kw_describe_client_quotas_request_component_fields[] = {
    {"entity_type", WT_STRING, false, false, false, offsetof(struct kw_describe_client_quotas_request_component, entity_type), 0, 0, 1, 0, -1, NULL},
    {"match_type", WT_INT8, false, false, false, offsetof(struct kw_describe_client_quotas_request_component, match_type), 0, 0, 1, 0, -1, NULL},
    {"match", WT_STRING, false, false, false, offsetof(struct kw_describe_client_quotas_request_component, match), 0, 0, 1, 0, 1, NULL},
};
static void kw_describe_client_quotas_request_component_init_any(void *m) { kw_describe_client_quotas_request_component_init(m); }
static const struct wt_struct kw_describe_client_quotas_request_component_shape = {"kw_describe_client_quotas_request_component", sizeof(struct kw_describe_client_quotas_request_component), kw_describe_client_quotas_request_component_init_any, 3, kw_describe_client_quotas_request_component_fields};
static const struct wt_field kw_describe_client_quotas_request_fields[] = {
    {"components", WT_STRUCT, true, false, false, offsetof(struct kw_describe_client_quotas_request, components), offsetof(struct kw_describe_client_quotas_request, components_count), 0, 1, 0, -1, &kw_describe_client_quotas_request_component_shape},
    {"strict", WT_BOOL, false, false, false, offsetof(struct kw_describe_client_quotas_request, strict), 0, 0, 1, 0, -1, NULL},
};
static void kw_describe_client_quotas_request_init_any(void *m) { kw_describe_client_quotas_request_init(m); }
static const struct wt_struct kw_describe_client_quotas_request_shape = {"kw_describe_client_quotas_request", sizeof(struct kw_describe_client_quotas_request), kw_describe_client_quotas_request_init_any, 2, kw_describe_client_quotas_request_fields};
static const struct wt_field kw_describe_client_quotas_response_value_fields[] = {
    {"key", WT_STRING, false, false, false, offsetof(struct kw_describe_client_quotas_response_value, key), 0, 0, 1, 0, -1, NULL},
    {"value", WT_FLOAT64, false, false, false, offsetof(struct kw_describe_client_quotas_response_value, value), 0, 0, 1, 0, -1, NULL},
};
static void kw_describe_client_quotas_response_value_init_any(void *m) { kw_describe_client_quotas_response_value_init(m); }
static const struct wt_struct kw_describe_client_quotas_response_value_shape = {"kw_describe_client_quotas_response_value", sizeof(struct kw_describe_client_quotas_response_value), kw_describe_client_quotas_response_value_init_any, 2, kw_describe_client_quotas_response_value_fields};
static const struct wt_field kw_describe_client_quotas_response_entity_fields[] = {
    {"entity_type", WT_STRING, false, false, false, offsetof(struct kw_describe_client_quotas_response_entity, entity_type), 0, 0, 1, 0, -1, NULL},
    {"entity_name", WT_STRING, false, false, false, offsetof(struct kw_describe_client_quotas_response_entity, entity_name), 0, 0, 1, 0, 1, NULL},
};
static void kw_describe_client_quotas_response_entity_init_any(void *m) { kw_describe_client_quotas_response_entity_init(m); }
static const struct wt_struct kw_describe_client_quotas_response_entity_shape = {"kw_describe_client_quotas_response_entity", sizeof(struct kw_describe_client_quotas_response_entity), kw_describe_client_quotas_response_entity_init_any, 2, kw_describe_client_quotas_response_entity_fields};
static const struct wt_field kw_describe_client_quotas_response_entry_fields[] = {
    {"entity", WT_STRUCT, true, false, false, offsetof(struct kw_describe_client_quotas_response_entry, entity), offsetof(struct kw_describe_client_quotas_response_entry, entity_count), 0, 1, 0, -1, &kw_describe_client_quotas_response_entity_shape},
    {"values", WT_STRUCT, true, false, false, offsetof(struct kw_describe_client_quotas_response_entry, values), offsetof(struct kw_describe_client_quotas_response_entry, values_count), 0, 1, 0, -1, &kw_describe_client_quotas_response_value_shape},
};
static void kw_describe_client_quotas_response_entry_init_any(void *m) { kw_describe_client_quotas_response_entry_init(m); }
static const struct wt_struct kw_describe_client_quotas_response_entry_shape = {"kw_describe_client_quotas_response_entry", sizeof(struct kw_describe_client_quotas_response_entry), kw_describe_client_quotas_response_entry_init_any, 2, kw_describe_client_quotas_response_entry_fields};
static const struct wt_field kw_describe_client_quotas_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_describe_client_quotas_response, throttle_time_ms), 0, 0, 1, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_describe_client_quotas_response, error_code), 0, 0, 1, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_describe_client_quotas_response, error_message), 0, 0, 1, 0, 1, NULL},
    {"entries", WT_STRUCT, true, false, false, offsetof(struct kw_describe_client_quotas_response, entries), offsetof(struct kw_describe_client_quotas_response, entries_count), 0, 1, 0, 1, &kw_describe_client_quotas_response_entry_shape},
};
static void kw_describe_client_quotas_response_init_any(void *m) { kw_describe_client_quotas_response_init(m); }
static const struct wt_struct kw_describe_client_quotas_response_shape = {"kw_describe_client_quotas_response", sizeof(struct kw_describe_client_quotas_response), kw_describe_client_quotas_response_init_any, 4, kw_describe_client_quotas_response_fields};
static const struct wt_field kw_alter_client_quotas_request_op_fields[] = {
    {"key", WT_STRING, false, false, false, offsetof(struct kw_alter_client_quotas_request_op, key), 0, 0, 1, 0, -1, NULL},
    {"value", WT_FLOAT64, false, false, false, offsetof(struct kw_alter_client_quotas_request_op, value), 0, 0, 1, 0, -1, NULL},
    {"remove", WT_BOOL, false, false, false, offsetof(struct kw_alter_client_quotas_request_op, remove), 0, 0, 1, 0, -1, NULL},
};
static void kw_alter_client_quotas_request_op_init_any(void *m) { kw_alter_client_quotas_request_op_init(m); }
static const struct wt_struct kw_alter_client_quotas_request_op_shape = {"kw_alter_client_quotas_request_op", sizeof(struct kw_alter_client_quotas_request_op), kw_alter_client_quotas_request_op_init_any, 3, kw_alter_client_quotas_request_op_fields};
static const struct wt_field kw_alter_client_quotas_request_entity_fields[] = {
    {"entity_type", WT_STRING, false, false, false, offsetof(struct kw_alter_client_quotas_request_entity, entity_type), 0, 0, 1, 0, -1, NULL},
    {"entity_name", WT_STRING, false, false, false, offsetof(struct kw_alter_client_quotas_request_entity, entity_name), 0, 0, 1, 0, 1, NULL},
};
static void kw_alter_client_quotas_request_entity_init_any(void *m) { kw_alter_client_quotas_request_entity_init(m); }
static const struct wt_struct kw_alter_client_quotas_request_entity_shape = {"kw_alter_client_quotas_request_entity", sizeof(struct kw_alter_client_quotas_request_entity), kw_alter_client_quotas_request_entity_init_any, 2, kw_alter_client_quotas_request_entity_fields};
static const struct wt_field kw_alter_client_quotas_request_entry_fields[] = {
    {"entity", WT_STRUCT, true, false, false, offsetof(struct kw_alter_client_quotas_request_entry, entity), offsetof(struct kw_alter_client_quotas_request_entry, entity_count), 0, 1, 0, -1, &kw_alter_client_quotas_request_entity_shape},
    {"ops", WT_STRUCT, true, false, false, offsetof(struct kw_alter_client_quotas_request_entry, ops), offsetof(struct kw_alter_client_quotas_request_entry, ops_count), 0, 1, 0, -1, &kw_alter_client_quotas_request_op_shape},
};
static void kw_alter_client_quotas_request_entry_init_any(void *m) { kw_alter_client_quotas_request_entry_init(m); }
static const struct wt_struct kw_alter_client_quotas_request_entry_shape = {"kw_alter_client_quotas_request_entry", sizeof(struct kw_alter_client_quotas_request_entry), kw_alter_client_quotas_request_entry_init_any, 2, kw_alter_client_quotas_request_entry_fields};
static const struct wt_field kw_alter_client_quotas_request_fields[] = {
    {"entries", WT_STRUCT, true, false, false, offsetof(struct kw_alter_client_quotas_request, entries), offsetof(struct kw_alter_client_quotas_request, entries_count), 0, 1, 0, -1, &kw_alter_client_quotas_request_entry_shape},
    {"validate_only", WT_BOOL, false, false, false, offsetof(struct kw_alter_client_quotas_request, validate_only), 0, 0, 1, 0, -1, NULL},
};
static void kw_alter_client_quotas_request_init_any(void *m) { kw_alter_client_quotas_request_init(m); }
static const struct wt_struct kw_alter_client_quotas_request_shape = {"kw_alter_client_quotas_request", sizeof(struct kw_alter_client_quotas_request), kw_alter_client_quotas_request_init_any, 2, kw_alter_client_quotas_request_fields};
static const struct wt_field kw_alter_client_quotas_response_entity_fields[] = {
    {"entity_type", WT_STRING, false, false, false, offsetof(struct kw_alter_client_quotas_response_entity, entity_type), 0, 0, 1, 0, -1, NULL},
    {"entity_name", WT_STRING, false, false, false, offsetof(struct kw_alter_client_quotas_response_entity, entity_name), 0, 0, 1, 0, 1, NULL},
};
static void kw_alter_client_quotas_response_entity_init_any(void *m) { kw_alter_client_quotas_response_entity_init(m); }
static const struct wt_struct kw_alter_client_quotas_response_entity_shape = {"kw_alter_client_quotas_response_entity", sizeof(struct kw_alter_client_quotas_response_entity), kw_alter_client_quotas_response_entity_init_any, 2, kw_alter_client_quotas_response_entity_fields};
static const struct wt_field kw_alter_client_quotas_response_entry_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_alter_client_quotas_response_entry, error_code), 0, 0, 1, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_alter_client_quotas_response_entry, error_message), 0, 0, 1, 0, 1, NULL},
    {"entity", WT_STRUCT, true, false, false, offsetof(struct kw_alter_client_quotas_response_entry, entity), offsetof(struct kw_alter_client_quotas_response_entry, entity_count), 0, 1, 0, -1, &kw_alter_client_quotas_response_entity_shape},
};
static void kw_alter_client_quotas_response_entry_init_any(void *m) { kw_alter_client_quotas_response_entry_init(m); }
static const struct wt_struct kw_alter_client_quotas_response_entry_shape = {"kw_alter_client_quotas_response_entry", sizeof(struct kw_alter_client_quotas_response_entry), kw_alter_client_quotas_response_entry_init_any, 3, kw_alter_client_quotas_response_entry_fields};
static const struct wt_field kw_alter_client_quotas_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_alter_client_quotas_response, throttle_time_ms), 0, 0, 1, 0, -1, NULL},
    {"entries", WT_STRUCT, true, false, false, offsetof(struct kw_alter_client_quotas_response, entries), offsetof(struct kw_alter_client_quotas_response, entries_count), 0, 1, 0, -1, &kw_alter_client_quotas_response_entry_shape},
};
static void kw_alter_client_quotas_response_init_any(void *m) { kw_alter_client_quotas_response_init(m); }
static const struct wt_struct kw_alter_client_quotas_response_shape = {"kw_alter_client_quotas_response", sizeof(struct kw_alter_client_quotas_response), kw_alter_client_quotas_response_init_any, 2, kw_alter_client_quotas_response_fields};
static const struct wt_field kw_consumer_group_describe_request_fields[] = {
    {"group_ids", WT_STRING, true, false, false, offsetof(struct kw_consumer_group_describe_request, group_ids), offsetof(struct kw_consumer_group_describe_request, group_ids_count), 0, 1, 0, -1, NULL},
    {"include_authorized_operations", WT_BOOL, false, false, false, offsetof(struct kw_consumer_group_describe_request, include_authorized_operations), 0, 0, 1, 0, -1, NULL},
};
static void kw_consumer_group_describe_request_init_any(void *m) { kw_consumer_group_describe_request_init(m); }
static const struct wt_struct kw_consumer_group_describe_request_shape = {"kw_consumer_group_describe_request", sizeof(struct kw_consumer_group_describe_request), kw_consumer_group_describe_request_init_any, 2, kw_consumer_group_describe_request_fields};
static const struct wt_field kw_consumer_group_describe_response_topic_fields[] = {
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_consumer_group_describe_response_topic, topic_id), 0, 0, 1, 0, -1, NULL},
    {"topic_name", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_describe_response_topic, topic_name), 0, 0, 1, 0, -1, NULL},
    {"partitions", WT_INT32, true, false, false, offsetof(struct kw_consumer_group_describe_response_topic, partitions), offsetof(struct kw_consumer_group_describe_response_topic, partitions_count), 0, 1, 0, -1, NULL},
};
static void kw_consumer_group_describe_response_topic_init_any(void *m) { kw_consumer_group_describe_response_topic_init(m); }
static const struct wt_struct kw_consumer_group_describe_response_topic_shape = {"kw_consumer_group_describe_response_topic", sizeof(struct kw_consumer_group_describe_response_topic), kw_consumer_group_describe_response_topic_init_any, 3, kw_consumer_group_describe_response_topic_fields};
static const struct wt_field kw_consumer_group_describe_response_assignment_fields[] = {
    {"topic_partitions", WT_STRUCT, true, false, false, offsetof(struct kw_consumer_group_describe_response_assignment, topic_partitions), offsetof(struct kw_consumer_group_describe_response_assignment, topic_partitions_count), 0, 1, 0, -1, &kw_consumer_group_describe_response_topic_shape},
};
static void kw_consumer_group_describe_response_assignment_init_any(void *m) { kw_consumer_group_describe_response_assignment_init(m); }
static const struct wt_struct kw_consumer_group_describe_response_assignment_shape = {"kw_consumer_group_describe_response_assignment", sizeof(struct kw_consumer_group_describe_response_assignment), kw_consumer_group_describe_response_assignment_init_any, 1, kw_consumer_group_describe_response_assignment_fields};
static const struct wt_field kw_consumer_group_describe_response_member_fields[] = {
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_describe_response_member, member_id), 0, 0, 1, 0, -1, NULL},
    {"instance_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_describe_response_member, instance_id), 0, 0, 1, 0, 1, NULL},
    {"rack_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_describe_response_member, rack_id), 0, 0, 1, 0, 1, NULL},
    {"member_epoch", WT_INT32, false, false, false, offsetof(struct kw_consumer_group_describe_response_member, member_epoch), 0, 0, 1, 0, -1, NULL},
    {"client_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_describe_response_member, client_id), 0, 0, 1, 0, -1, NULL},
    {"client_host", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_describe_response_member, client_host), 0, 0, 1, 0, -1, NULL},
    {"subscribed_topic_names", WT_STRING, true, false, false, offsetof(struct kw_consumer_group_describe_response_member, subscribed_topic_names), offsetof(struct kw_consumer_group_describe_response_member, subscribed_topic_names_count), 0, 1, 0, -1, NULL},
    {"subscribed_topic_regex", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_describe_response_member, subscribed_topic_regex), 0, 0, 1, 0, 1, NULL},
    {"assignment", WT_STRUCT, false, false, false, offsetof(struct kw_consumer_group_describe_response_member, assignment), 0, 0, 1, 0, -1, &kw_consumer_group_describe_response_assignment_shape},
    {"target_assignment", WT_STRUCT, false, false, false, offsetof(struct kw_consumer_group_describe_response_member, target_assignment), 0, 0, 1, 0, -1, &kw_consumer_group_describe_response_assignment_shape},
    {"member_type", WT_INT8, false, false, false, offsetof(struct kw_consumer_group_describe_response_member, member_type), 0, 1, 1, 0, -1, NULL},
};
static void kw_consumer_group_describe_response_member_init_any(void *m) { kw_consumer_group_describe_response_member_init(m); }
static const struct wt_struct kw_consumer_group_describe_response_member_shape = {"kw_consumer_group_describe_response_member", sizeof(struct kw_consumer_group_describe_response_member), kw_consumer_group_describe_response_member_init_any, 11, kw_consumer_group_describe_response_member_fields};
static const struct wt_field kw_consumer_group_describe_response_group_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_consumer_group_describe_response_group, error_code), 0, 0, 1, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_describe_response_group, error_message), 0, 0, 1, 0, 1, NULL},
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_describe_response_group, group_id), 0, 0, 1, 0, -1, NULL},
    {"group_state", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_describe_response_group, group_state), 0, 0, 1, 0, -1, NULL},
    {"group_epoch", WT_INT32, false, false, false, offsetof(struct kw_consumer_group_describe_response_group, group_epoch), 0, 0, 1, 0, -1, NULL},
    {"assignment_epoch", WT_INT32, false, false, false, offsetof(struct kw_consumer_group_describe_response_group, assignment_epoch), 0, 0, 1, 0, -1, NULL},
    {"assignor_name", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_describe_response_group, assignor_name), 0, 0, 1, 0, -1, NULL},
    {"members", WT_STRUCT, true, false, false, offsetof(struct kw_consumer_group_describe_response_group, members), offsetof(struct kw_consumer_group_describe_response_group, members_count), 0, 1, 0, -1, &kw_consumer_group_describe_response_member_shape},
    {"authorized_operations", WT_INT32, false, false, false, offsetof(struct kw_consumer_group_describe_response_group, authorized_operations), 0, 0, 1, 0, -1, NULL},
};
static void kw_consumer_group_describe_response_group_init_any(void *m) { kw_consumer_group_describe_response_group_init(m); }
static const struct wt_struct kw_consumer_group_describe_response_group_shape = {"kw_consumer_group_describe_response_group", sizeof(struct kw_consumer_group_describe_response_group), kw_consumer_group_describe_response_group_init_any, 9, kw_consumer_group_describe_response_group_fields};
static const struct wt_field kw_consumer_group_describe_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_consumer_group_describe_response, throttle_time_ms), 0, 0, 1, 0, -1, NULL},
    {"groups", WT_STRUCT, true, false, false, offsetof(struct kw_consumer_group_describe_response, groups), offsetof(struct kw_consumer_group_describe_response, groups_count), 0, 1, 0, -1, &kw_consumer_group_describe_response_group_shape},
};
static void kw_consumer_group_describe_response_init_any(void *m) { kw_consumer_group_describe_response_init(m); }
static const struct wt_struct kw_consumer_group_describe_response_shape = {"kw_consumer_group_describe_response", sizeof(struct kw_consumer_group_describe_response), kw_consumer_group_describe_response_init_any, 2, kw_consumer_group_describe_response_fields};
static const struct wt_field kw_consumer_group_heartbeat_request_topic_fields[] = {
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_consumer_group_heartbeat_request_topic, topic_id), 0, 0, 1, 0, -1, NULL},
    {"partitions", WT_INT32, true, false, false, offsetof(struct kw_consumer_group_heartbeat_request_topic, partitions), offsetof(struct kw_consumer_group_heartbeat_request_topic, partitions_count), 0, 1, 0, -1, NULL},
};
static void kw_consumer_group_heartbeat_request_topic_init_any(void *m) { kw_consumer_group_heartbeat_request_topic_init(m); }
static const struct wt_struct kw_consumer_group_heartbeat_request_topic_shape = {"kw_consumer_group_heartbeat_request_topic", sizeof(struct kw_consumer_group_heartbeat_request_topic), kw_consumer_group_heartbeat_request_topic_init_any, 2, kw_consumer_group_heartbeat_request_topic_fields};
static const struct wt_field kw_consumer_group_heartbeat_request_fields[] = {
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_heartbeat_request, group_id), 0, 0, 1, 0, -1, NULL},
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_heartbeat_request, member_id), 0, 0, 1, 0, -1, NULL},
    {"member_epoch", WT_INT32, false, false, false, offsetof(struct kw_consumer_group_heartbeat_request, member_epoch), 0, 0, 1, 0, -1, NULL},
    {"instance_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_heartbeat_request, instance_id), 0, 0, 1, 0, 1, NULL},
    {"rack_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_heartbeat_request, rack_id), 0, 0, 1, 0, 1, NULL},
    {"rebalance_timeout_ms", WT_INT32, false, false, false, offsetof(struct kw_consumer_group_heartbeat_request, rebalance_timeout_ms), 0, 0, 1, 0, -1, NULL},
    {"subscribed_topic_names", WT_STRING, true, false, false, offsetof(struct kw_consumer_group_heartbeat_request, subscribed_topic_names), offsetof(struct kw_consumer_group_heartbeat_request, subscribed_topic_names_count), 0, 1, 0, 1, NULL},
    {"subscribed_topic_regex", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_heartbeat_request, subscribed_topic_regex), 0, 1, 1, 1, 1, NULL},
    {"server_assignor", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_heartbeat_request, server_assignor), 0, 0, 1, 0, 1, NULL},
    {"topic_partitions", WT_STRUCT, true, false, false, offsetof(struct kw_consumer_group_heartbeat_request, topic_partitions), offsetof(struct kw_consumer_group_heartbeat_request, topic_partitions_count), 0, 1, 0, 1, &kw_consumer_group_heartbeat_request_topic_shape},
};
static void kw_consumer_group_heartbeat_request_init_any(void *m) { kw_consumer_group_heartbeat_request_init(m); }
static const struct wt_struct kw_consumer_group_heartbeat_request_shape = {"kw_consumer_group_heartbeat_request", sizeof(struct kw_consumer_group_heartbeat_request), kw_consumer_group_heartbeat_request_init_any, 10, kw_consumer_group_heartbeat_request_fields};
static const struct wt_field kw_consumer_group_heartbeat_response_topic_fields[] = {
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_consumer_group_heartbeat_response_topic, topic_id), 0, 0, 1, 0, -1, NULL},
    {"partitions", WT_INT32, true, false, false, offsetof(struct kw_consumer_group_heartbeat_response_topic, partitions), offsetof(struct kw_consumer_group_heartbeat_response_topic, partitions_count), 0, 1, 0, -1, NULL},
};
static void kw_consumer_group_heartbeat_response_topic_init_any(void *m) { kw_consumer_group_heartbeat_response_topic_init(m); }
static const struct wt_struct kw_consumer_group_heartbeat_response_topic_shape = {"kw_consumer_group_heartbeat_response_topic", sizeof(struct kw_consumer_group_heartbeat_response_topic), kw_consumer_group_heartbeat_response_topic_init_any, 2, kw_consumer_group_heartbeat_response_topic_fields};
static const struct wt_field kw_consumer_group_heartbeat_response_assignment_fields[] = {
    {"topic_partitions", WT_STRUCT, true, false, false, offsetof(struct kw_consumer_group_heartbeat_response_assignment, topic_partitions), offsetof(struct kw_consumer_group_heartbeat_response_assignment, topic_partitions_count), 0, 1, 0, -1, &kw_consumer_group_heartbeat_response_topic_shape},
};
static void kw_consumer_group_heartbeat_response_assignment_init_any(void *m) { kw_consumer_group_heartbeat_response_assignment_init(m); }
static const struct wt_struct kw_consumer_group_heartbeat_response_assignment_shape = {"kw_consumer_group_heartbeat_response_assignment", sizeof(struct kw_consumer_group_heartbeat_response_assignment), kw_consumer_group_heartbeat_response_assignment_init_any, 1, kw_consumer_group_heartbeat_response_assignment_fields};
static const struct wt_field kw_consumer_group_heartbeat_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_consumer_group_heartbeat_response, throttle_time_ms), 0, 0, 1, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_consumer_group_heartbeat_response, error_code), 0, 0, 1, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_heartbeat_response, error_message), 0, 0, 1, 0, 1, NULL},
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_heartbeat_response, member_id), 0, 0, 1, 0, 1, NULL},
    {"member_epoch", WT_INT32, false, false, false, offsetof(struct kw_consumer_group_heartbeat_response, member_epoch), 0, 0, 1, 0, -1, NULL},
    {"heartbeat_interval_ms", WT_INT32, false, false, false, offsetof(struct kw_consumer_group_heartbeat_response, heartbeat_interval_ms), 0, 0, 1, 0, -1, NULL},
    {"assignment", WT_STRUCT, false, true, false, offsetof(struct kw_consumer_group_heartbeat_response, assignment), 0, 0, 1, 0, 1, &kw_consumer_group_heartbeat_response_assignment_shape},
};
static void kw_consumer_group_heartbeat_response_init_any(void *m) { kw_consumer_group_heartbeat_response_init(m); }
static const struct wt_struct kw_consumer_group_heartbeat_response_shape = {"kw_consumer_group_heartbeat_response", sizeof(struct kw_consumer_group_heartbeat_response), kw_consumer_group_heartbeat_response_init_any, 7, kw_consumer_group_heartbeat_response_fields};
static const struct wt_field kw_consumer_group_metadata_key_fields[] = {
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_metadata_key, group_id), 0, 0, 0, 0, -1, NULL},
};
static void kw_consumer_group_metadata_key_init_any(void *m) { kw_consumer_group_metadata_key_init(m); }
static const struct wt_struct kw_consumer_group_metadata_key_shape = {"kw_consumer_group_metadata_key", sizeof(struct kw_consumer_group_metadata_key), kw_consumer_group_metadata_key_init_any, 1, kw_consumer_group_metadata_key_fields};
static const struct wt_field kw_consumer_group_metadata_value_fields[] = {
    {"epoch", WT_INT32, false, false, false, offsetof(struct kw_consumer_group_metadata_value, epoch), 0, 0, 0, 0, -1, NULL},
    {"metadata_hash", WT_INT64, false, false, true, offsetof(struct kw_consumer_group_metadata_value, metadata_hash), 0, 0, 0, 0, -1, NULL},
};
static void kw_consumer_group_metadata_value_init_any(void *m) { kw_consumer_group_metadata_value_init(m); }
static const struct wt_struct kw_consumer_group_metadata_value_shape = {"kw_consumer_group_metadata_value", sizeof(struct kw_consumer_group_metadata_value), kw_consumer_group_metadata_value_init_any, 2, kw_consumer_group_metadata_value_fields};
static const struct wt_field kw_consumer_group_partition_metadata_key_fields[] = {
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_partition_metadata_key, group_id), 0, 0, 0, 0, -1, NULL},
};
static void kw_consumer_group_partition_metadata_key_init_any(void *m) { kw_consumer_group_partition_metadata_key_init(m); }
static const struct wt_struct kw_consumer_group_partition_metadata_key_shape = {"kw_consumer_group_partition_metadata_key", sizeof(struct kw_consumer_group_partition_metadata_key), kw_consumer_group_partition_metadata_key_init_any, 1, kw_consumer_group_partition_metadata_key_fields};
static const struct wt_field kw_consumer_group_partition_metadata_value_partition_fields[] = {
    {"partition", WT_INT32, false, false, false, offsetof(struct kw_consumer_group_partition_metadata_value_partition, partition), 0, 0, 0, 0, -1, NULL},
    {"racks", WT_STRING, true, false, false, offsetof(struct kw_consumer_group_partition_metadata_value_partition, racks), offsetof(struct kw_consumer_group_partition_metadata_value_partition, racks_count), 0, 0, 0, -1, NULL},
};
static void kw_consumer_group_partition_metadata_value_partition_init_any(void *m) { kw_consumer_group_partition_metadata_value_partition_init(m); }
static const struct wt_struct kw_consumer_group_partition_metadata_value_partition_shape = {"kw_consumer_group_partition_metadata_value_partition", sizeof(struct kw_consumer_group_partition_metadata_value_partition), kw_consumer_group_partition_metadata_value_partition_init_any, 2, kw_consumer_group_partition_metadata_value_partition_fields};
static const struct wt_field kw_consumer_group_partition_metadata_value_topic_fields[] = {
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_consumer_group_partition_metadata_value_topic, topic_id), 0, 0, 0, 0, -1, NULL},
    {"topic_name", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_partition_metadata_value_topic, topic_name), 0, 0, 0, 0, -1, NULL},
    {"num_partitions", WT_INT32, false, false, false, offsetof(struct kw_consumer_group_partition_metadata_value_topic, num_partitions), 0, 0, 0, 0, -1, NULL},
    {"partition_metadata", WT_STRUCT, true, false, false, offsetof(struct kw_consumer_group_partition_metadata_value_topic, partition_metadata), offsetof(struct kw_consumer_group_partition_metadata_value_topic, partition_metadata_count), 0, 0, 0, -1, &kw_consumer_group_partition_metadata_value_partition_shape},
};
static void kw_consumer_group_partition_metadata_value_topic_init_any(void *m) { kw_consumer_group_partition_metadata_value_topic_init(m); }
static const struct wt_struct kw_consumer_group_partition_metadata_value_topic_shape = {"kw_consumer_group_partition_metadata_value_topic", sizeof(struct kw_consumer_group_partition_metadata_value_topic), kw_consumer_group_partition_metadata_value_topic_init_any, 4, kw_consumer_group_partition_metadata_value_topic_fields};
static const struct wt_field kw_consumer_group_partition_metadata_value_fields[] = {
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_consumer_group_partition_metadata_value, topics), offsetof(struct kw_consumer_group_partition_metadata_value, topics_count), 0, 0, 0, -1, &kw_consumer_group_partition_metadata_value_topic_shape},
};
static void kw_consumer_group_partition_metadata_value_init_any(void *m) { kw_consumer_group_partition_metadata_value_init(m); }
static const struct wt_struct kw_consumer_group_partition_metadata_value_shape = {"kw_consumer_group_partition_metadata_value", sizeof(struct kw_consumer_group_partition_metadata_value), kw_consumer_group_partition_metadata_value_init_any, 1, kw_consumer_group_partition_metadata_value_fields};
static const struct wt_field kw_consumer_group_member_metadata_key_fields[] = {
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_member_metadata_key, group_id), 0, 0, 0, 0, -1, NULL},
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_member_metadata_key, member_id), 0, 0, 0, 0, -1, NULL},
};
static void kw_consumer_group_member_metadata_key_init_any(void *m) { kw_consumer_group_member_metadata_key_init(m); }
static const struct wt_struct kw_consumer_group_member_metadata_key_shape = {"kw_consumer_group_member_metadata_key", sizeof(struct kw_consumer_group_member_metadata_key), kw_consumer_group_member_metadata_key_init_any, 2, kw_consumer_group_member_metadata_key_fields};
static const struct wt_field kw_consumer_group_member_metadata_value_protocol_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value_protocol, name), 0, 0, 0, 0, -1, NULL},
    {"metadata", WT_BYTES, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value_protocol, metadata), 0, 0, 0, 0, -1, NULL},
};
static void kw_consumer_group_member_metadata_value_protocol_init_any(void *m) { kw_consumer_group_member_metadata_value_protocol_init(m); }
static const struct wt_struct kw_consumer_group_member_metadata_value_protocol_shape = {"kw_consumer_group_member_metadata_value_protocol", sizeof(struct kw_consumer_group_member_metadata_value_protocol), kw_consumer_group_member_metadata_value_protocol_init_any, 2, kw_consumer_group_member_metadata_value_protocol_fields};
static const struct wt_field kw_consumer_group_member_metadata_value_classic_member_fields[] = {
    {"session_timeout_ms", WT_INT32, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value_classic_member, session_timeout_ms), 0, 0, 0, 0, -1, NULL},
    {"supported_protocols", WT_STRUCT, true, false, false, offsetof(struct kw_consumer_group_member_metadata_value_classic_member, supported_protocols), offsetof(struct kw_consumer_group_member_metadata_value_classic_member, supported_protocols_count), 0, 0, 0, -1, &kw_consumer_group_member_metadata_value_protocol_shape},
};
static void kw_consumer_group_member_metadata_value_classic_member_init_any(void *m) { kw_consumer_group_member_metadata_value_classic_member_init(m); }
static const struct wt_struct kw_consumer_group_member_metadata_value_classic_member_shape = {"kw_consumer_group_member_metadata_value_classic_member", sizeof(struct kw_consumer_group_member_metadata_value_classic_member), kw_consumer_group_member_metadata_value_classic_member_init_any, 2, kw_consumer_group_member_metadata_value_classic_member_fields};
static const struct wt_field kw_consumer_group_member_metadata_value_fields[] = {
    {"instance_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value, instance_id), 0, 0, 0, 0, 0, NULL},
    {"rack_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value, rack_id), 0, 0, 0, 0, 0, NULL},
    {"client_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value, client_id), 0, 0, 0, 0, -1, NULL},
    {"client_host", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value, client_host), 0, 0, 0, 0, -1, NULL},
    {"subscribed_topic_names", WT_STRING, true, false, false, offsetof(struct kw_consumer_group_member_metadata_value, subscribed_topic_names), offsetof(struct kw_consumer_group_member_metadata_value, subscribed_topic_names_count), 0, 0, 0, -1, NULL},
    {"subscribed_topic_regex", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value, subscribed_topic_regex), 0, 0, 0, 0, 0, NULL},
    {"rebalance_timeout_ms", WT_INT32, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value, rebalance_timeout_ms), 0, 0, 0, 0, -1, NULL},
    {"server_assignor", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_member_metadata_value, server_assignor), 0, 0, 0, 0, 0, NULL},
    {"classic_member_metadata", WT_STRUCT, false, true, true, offsetof(struct kw_consumer_group_member_metadata_value, classic_member_metadata), 0, 0, 0, 0, 0, &kw_consumer_group_member_metadata_value_classic_member_shape},
};
static void kw_consumer_group_member_metadata_value_init_any(void *m) { kw_consumer_group_member_metadata_value_init(m); }
static const struct wt_struct kw_consumer_group_member_metadata_value_shape = {"kw_consumer_group_member_metadata_value", sizeof(struct kw_consumer_group_member_metadata_value), kw_consumer_group_member_metadata_value_init_any, 9, kw_consumer_group_member_metadata_value_fields};
static const struct wt_field kw_consumer_group_target_assignment_metadata_key_fields[] = {
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_target_assignment_metadata_key, group_id), 0, 0, 0, 0, -1, NULL},
};
static void kw_consumer_group_target_assignment_metadata_key_init_any(void *m) { kw_consumer_group_target_assignment_metadata_key_init(m); }
static const struct wt_struct kw_consumer_group_target_assignment_metadata_key_shape = {"kw_consumer_group_target_assignment_metadata_key", sizeof(struct kw_consumer_group_target_assignment_metadata_key), kw_consumer_group_target_assignment_metadata_key_init_any, 1, kw_consumer_group_target_assignment_metadata_key_fields};
static const struct wt_field kw_consumer_group_target_assignment_metadata_value_fields[] = {
    {"assignment_epoch", WT_INT32, false, false, false, offsetof(struct kw_consumer_group_target_assignment_metadata_value, assignment_epoch), 0, 0, 0, 0, -1, NULL},
};
static void kw_consumer_group_target_assignment_metadata_value_init_any(void *m) { kw_consumer_group_target_assignment_metadata_value_init(m); }
static const struct wt_struct kw_consumer_group_target_assignment_metadata_value_shape = {"kw_consumer_group_target_assignment_metadata_value", sizeof(struct kw_consumer_group_target_assignment_metadata_value), kw_consumer_group_target_assignment_metadata_value_init_any, 1, kw_consumer_group_target_assignment_metadata_value_fields};
static const struct wt_field kw_consumer_group_target_assignment_member_key_fields[] = {
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_target_assignment_member_key, group_id), 0, 0, 0, 0, -1, NULL},
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_target_assignment_member_key, member_id), 0, 0, 0, 0, -1, NULL},
};
static void kw_consumer_group_target_assignment_member_key_init_any(void *m) { kw_consumer_group_target_assignment_member_key_init(m); }
static const struct wt_struct kw_consumer_group_target_assignment_member_key_shape = {"kw_consumer_group_target_assignment_member_key", sizeof(struct kw_consumer_group_target_assignment_member_key), kw_consumer_group_target_assignment_member_key_init_any, 2, kw_consumer_group_target_assignment_member_key_fields};
static const struct wt_field kw_consumer_group_target_assignment_member_value_topic_fields[] = {
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_consumer_group_target_assignment_member_value_topic, topic_id), 0, 0, 0, 0, -1, NULL},
    {"partitions", WT_INT32, true, false, false, offsetof(struct kw_consumer_group_target_assignment_member_value_topic, partitions), offsetof(struct kw_consumer_group_target_assignment_member_value_topic, partitions_count), 0, 0, 0, -1, NULL},
};
static void kw_consumer_group_target_assignment_member_value_topic_init_any(void *m) { kw_consumer_group_target_assignment_member_value_topic_init(m); }
static const struct wt_struct kw_consumer_group_target_assignment_member_value_topic_shape = {"kw_consumer_group_target_assignment_member_value_topic", sizeof(struct kw_consumer_group_target_assignment_member_value_topic), kw_consumer_group_target_assignment_member_value_topic_init_any, 2, kw_consumer_group_target_assignment_member_value_topic_fields};
static const struct wt_field kw_consumer_group_target_assignment_member_value_fields[] = {
    {"topic_partitions", WT_STRUCT, true, false, false, offsetof(struct kw_consumer_group_target_assignment_member_value, topic_partitions), offsetof(struct kw_consumer_group_target_assignment_member_value, topic_partitions_count), 0, 0, 0, -1, &kw_consumer_group_target_assignment_member_value_topic_shape},
};
static void kw_consumer_group_target_assignment_member_value_init_any(void *m) { kw_consumer_group_target_assignment_member_value_init(m); }
static const struct wt_struct kw_consumer_group_target_assignment_member_value_shape = {"kw_consumer_group_target_assignment_member_value", sizeof(struct kw_consumer_group_target_assignment_member_value), kw_consumer_group_target_assignment_member_value_init_any, 1, kw_consumer_group_target_assignment_member_value_fields};
static const struct wt_field kw_consumer_group_current_member_assignment_key_fields[] = {
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_current_member_assignment_key, group_id), 0, 0, 0, 0, -1, NULL},
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_current_member_assignment_key, member_id), 0, 0, 0, 0, -1, NULL},
};
static void kw_consumer_group_current_member_assignment_key_init_any(void *m) { kw_consumer_group_current_member_assignment_key_init(m); }
static const struct wt_struct kw_consumer_group_current_member_assignment_key_shape = {"kw_consumer_group_current_member_assignment_key", sizeof(struct kw_consumer_group_current_member_assignment_key), kw_consumer_group_current_member_assignment_key_init_any, 2, kw_consumer_group_current_member_assignment_key_fields};
static const struct wt_field kw_consumer_group_current_member_assignment_value_topic_fields[] = {
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_consumer_group_current_member_assignment_value_topic, topic_id), 0, 0, 0, 0, -1, NULL},
    {"partitions", WT_INT32, true, false, false, offsetof(struct kw_consumer_group_current_member_assignment_value_topic, partitions), offsetof(struct kw_consumer_group_current_member_assignment_value_topic, partitions_count), 0, 0, 0, -1, NULL},
};
static void kw_consumer_group_current_member_assignment_value_topic_init_any(void *m) { kw_consumer_group_current_member_assignment_value_topic_init(m); }
static const struct wt_struct kw_consumer_group_current_member_assignment_value_topic_shape = {"kw_consumer_group_current_member_assignment_value_topic", sizeof(struct kw_consumer_group_current_member_assignment_value_topic), kw_consumer_group_current_member_assignment_value_topic_init_any, 2, kw_consumer_group_current_member_assignment_value_topic_fields};
static const struct wt_field kw_consumer_group_current_member_assignment_value_fields[] = {
    {"member_epoch", WT_INT32, false, false, false, offsetof(struct kw_consumer_group_current_member_assignment_value, member_epoch), 0, 0, 0, 0, -1, NULL},
    {"previous_member_epoch", WT_INT32, false, false, false, offsetof(struct kw_consumer_group_current_member_assignment_value, previous_member_epoch), 0, 0, 0, 0, -1, NULL},
    {"state", WT_INT8, false, false, false, offsetof(struct kw_consumer_group_current_member_assignment_value, state), 0, 0, 0, 0, -1, NULL},
    {"assigned_partitions", WT_STRUCT, true, false, false, offsetof(struct kw_consumer_group_current_member_assignment_value, assigned_partitions), offsetof(struct kw_consumer_group_current_member_assignment_value, assigned_partitions_count), 0, 0, 0, -1, &kw_consumer_group_current_member_assignment_value_topic_shape},
    {"partitions_pending_revocation", WT_STRUCT, true, false, false, offsetof(struct kw_consumer_group_current_member_assignment_value, partitions_pending_revocation), offsetof(struct kw_consumer_group_current_member_assignment_value, partitions_pending_revocation_count), 0, 0, 0, -1, &kw_consumer_group_current_member_assignment_value_topic_shape},
};
static void kw_consumer_group_current_member_assignment_value_init_any(void *m) { kw_consumer_group_current_member_assignment_value_init(m); }
static const struct wt_struct kw_consumer_group_current_member_assignment_value_shape = {"kw_consumer_group_current_member_assignment_value", sizeof(struct kw_consumer_group_current_member_assignment_value), kw_consumer_group_current_member_assignment_value_init_any, 5, kw_consumer_group_current_member_assignment_value_fields};
static const struct wt_field kw_consumer_group_regular_expression_key_fields[] = {
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_regular_expression_key, group_id), 0, 0, 0, 0, -1, NULL},
    {"regular_expression", WT_STRING, false, false, false, offsetof(struct kw_consumer_group_regular_expression_key, regular_expression), 0, 0, 0, 0, -1, NULL},
};
static void kw_consumer_group_regular_expression_key_init_any(void *m) { kw_consumer_group_regular_expression_key_init(m); }
static const struct wt_struct kw_consumer_group_regular_expression_key_shape = {"kw_consumer_group_regular_expression_key", sizeof(struct kw_consumer_group_regular_expression_key), kw_consumer_group_regular_expression_key_init_any, 2, kw_consumer_group_regular_expression_key_fields};
static const struct wt_field kw_consumer_group_regular_expression_value_fields[] = {
    {"topics", WT_STRING, true, false, false, offsetof(struct kw_consumer_group_regular_expression_value, topics), offsetof(struct kw_consumer_group_regular_expression_value, topics_count), 0, 0, 0, -1, NULL},
    {"version", WT_INT64, false, false, false, offsetof(struct kw_consumer_group_regular_expression_value, version), 0, 0, 0, 0, -1, NULL},
    {"timestamp", WT_INT64, false, false, false, offsetof(struct kw_consumer_group_regular_expression_value, timestamp), 0, 0, 0, 0, -1, NULL},
};
static void kw_consumer_group_regular_expression_value_init_any(void *m) { kw_consumer_group_regular_expression_value_init(m); }
static const struct wt_struct kw_consumer_group_regular_expression_value_shape = {"kw_consumer_group_regular_expression_value", sizeof(struct kw_consumer_group_regular_expression_value), kw_consumer_group_regular_expression_value_init_any, 3, kw_consumer_group_regular_expression_value_fields};
static const struct wt_field kw_consumer_protocol_subscription_owned_partition_fields[] = {
    {"topic", WT_STRING, false, false, false, offsetof(struct kw_consumer_protocol_subscription_owned_partition, topic), 0, 1, 3, 0, -1, NULL},
    {"partitions", WT_INT32, true, false, false, offsetof(struct kw_consumer_protocol_subscription_owned_partition, partitions), offsetof(struct kw_consumer_protocol_subscription_owned_partition, partitions_count), 1, 3, 0, -1, NULL},
};
static void kw_consumer_protocol_subscription_owned_partition_init_any(void *m) { kw_consumer_protocol_subscription_owned_partition_init(m); }
static const struct wt_struct kw_consumer_protocol_subscription_owned_partition_shape = {"kw_consumer_protocol_subscription_owned_partition", sizeof(struct kw_consumer_protocol_subscription_owned_partition), kw_consumer_protocol_subscription_owned_partition_init_any, 2, kw_consumer_protocol_subscription_owned_partition_fields};
static const struct wt_field kw_consumer_protocol_subscription_fields[] = {
    {"topics", WT_STRING, true, false, false, offsetof(struct kw_consumer_protocol_subscription, topics), offsetof(struct kw_consumer_protocol_subscription, topics_count), 0, 3, 0, -1, NULL},
    {"user_data", WT_BYTES, false, false, false, offsetof(struct kw_consumer_protocol_subscription, user_data), 0, 0, 3, 0, 3, NULL},
    {"owned_partitions", WT_STRUCT, true, false, false, offsetof(struct kw_consumer_protocol_subscription, owned_partitions), offsetof(struct kw_consumer_protocol_subscription, owned_partitions_count), 1, 3, 0, -1, &kw_consumer_protocol_subscription_owned_partition_shape},
    {"generation_id", WT_INT32, false, false, false, offsetof(struct kw_consumer_protocol_subscription, generation_id), 0, 2, 3, 0, -1, NULL},
    {"rack_id", WT_STRING, false, false, false, offsetof(struct kw_consumer_protocol_subscription, rack_id), 0, 3, 3, 3, 3, NULL},
};
static void kw_consumer_protocol_subscription_init_any(void *m) { kw_consumer_protocol_subscription_init(m); }
static const struct wt_struct kw_consumer_protocol_subscription_shape = {"kw_consumer_protocol_subscription", sizeof(struct kw_consumer_protocol_subscription), kw_consumer_protocol_subscription_init_any, 5, kw_consumer_protocol_subscription_fields};
static const struct wt_field kw_consumer_protocol_assignment_assigned_partition_fields[] = {
    {"topic", WT_STRING, false, false, false, offsetof(struct kw_consumer_protocol_assignment_assigned_partition, topic), 0, 0, 3, 0, -1, NULL},
    {"partitions", WT_INT32, true, false, false, offsetof(struct kw_consumer_protocol_assignment_assigned_partition, partitions), offsetof(struct kw_consumer_protocol_assignment_assigned_partition, partitions_count), 0, 3, 0, -1, NULL},
};
static void kw_consumer_protocol_assignment_assigned_partition_init_any(void *m) { kw_consumer_protocol_assignment_assigned_partition_init(m); }
static const struct wt_struct kw_consumer_protocol_assignment_assigned_partition_shape = {"kw_consumer_protocol_assignment_assigned_partition", sizeof(struct kw_consumer_protocol_assignment_assigned_partition), kw_consumer_protocol_assignment_assigned_partition_init_any, 2, kw_consumer_protocol_assignment_assigned_partition_fields};
static const struct wt_field kw_consumer_protocol_assignment_fields[] = {
    {"assigned_partitions", WT_STRUCT, true, false, false, offsetof(struct kw_consumer_protocol_assignment, assigned_partitions), offsetof(struct kw_consumer_protocol_assignment, assigned_partitions_count), 0, 3, 0, -1, &kw_consumer_protocol_assignment_assigned_partition_shape},
    {"user_data", WT_BYTES, false, false, false, offsetof(struct kw_consumer_protocol_assignment, user_data), 0, 0, 3, 0, 3, NULL},
};
static void kw_consumer_protocol_assignment_init_any(void *m) { kw_consumer_protocol_assignment_init(m); }
static const struct wt_struct kw_consumer_protocol_assignment_shape = {"kw_consumer_protocol_assignment", sizeof(struct kw_consumer_protocol_assignment), kw_consumer_protocol_assignment_init_any, 2, kw_consumer_protocol_assignment_fields};
static const struct wt_field kw_create_partitions_request_assignment_fields[] = {
    {"broker_ids", WT_INT32, true, false, false, offsetof(struct kw_create_partitions_request_assignment, broker_ids), offsetof(struct kw_create_partitions_request_assignment, broker_ids_count), 0, 3, 0, -1, NULL},
};
static void kw_create_partitions_request_assignment_init_any(void *m) { kw_create_partitions_request_assignment_init(m); }
static const struct wt_struct kw_create_partitions_request_assignment_shape = {"kw_create_partitions_request_assignment", sizeof(struct kw_create_partitions_request_assignment), kw_create_partitions_request_assignment_init_any, 1, kw_create_partitions_request_assignment_fields};
static const struct wt_field kw_create_partitions_request_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_create_partitions_request_topic, name), 0, 0, 3, 0, -1, NULL},
    {"count", WT_INT32, false, false, false, offsetof(struct kw_create_partitions_request_topic, count), 0, 0, 3, 0, -1, NULL},
    {"assignments", WT_STRUCT, true, false, false, offsetof(struct kw_create_partitions_request_topic, assignments), offsetof(struct kw_create_partitions_request_topic, assignments_count), 0, 3, 0, 3, &kw_create_partitions_request_assignment_shape},
};
static void kw_create_partitions_request_topic_init_any(void *m) { kw_create_partitions_request_topic_init(m); }
static const struct wt_struct kw_create_partitions_request_topic_shape = {"kw_create_partitions_request_topic", sizeof(struct kw_create_partitions_request_topic), kw_create_partitions_request_topic_init_any, 3, kw_create_partitions_request_topic_fields};
static const struct wt_field kw_create_partitions_request_fields[] = {
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_create_partitions_request, topics), offsetof(struct kw_create_partitions_request, topics_count), 0, 3, 0, -1, &kw_create_partitions_request_topic_shape},
    {"timeout_ms", WT_INT32, false, false, false, offsetof(struct kw_create_partitions_request, timeout_ms), 0, 0, 3, 0, -1, NULL},
    {"validate_only", WT_BOOL, false, false, false, offsetof(struct kw_create_partitions_request, validate_only), 0, 0, 3, 0, -1, NULL},
};
static void kw_create_partitions_request_init_any(void *m) { kw_create_partitions_request_init(m); }
static const struct wt_struct kw_create_partitions_request_shape = {"kw_create_partitions_request", sizeof(struct kw_create_partitions_request), kw_create_partitions_request_init_any, 3, kw_create_partitions_request_fields};
static const struct wt_field kw_create_partitions_response_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_create_partitions_response_topic, name), 0, 0, 3, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_create_partitions_response_topic, error_code), 0, 0, 3, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_create_partitions_response_topic, error_message), 0, 0, 3, 0, 3, NULL},
};
static void kw_create_partitions_response_topic_init_any(void *m) { kw_create_partitions_response_topic_init(m); }
static const struct wt_struct kw_create_partitions_response_topic_shape = {"kw_create_partitions_response_topic", sizeof(struct kw_create_partitions_response_topic), kw_create_partitions_response_topic_init_any, 3, kw_create_partitions_response_topic_fields};
static const struct wt_field kw_create_partitions_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_create_partitions_response, throttle_time_ms), 0, 0, 3, 0, -1, NULL},
    {"results", WT_STRUCT, true, false, false, offsetof(struct kw_create_partitions_response, results), offsetof(struct kw_create_partitions_response, results_count), 0, 3, 0, -1, &kw_create_partitions_response_topic_shape},
};
static void kw_create_partitions_response_init_any(void *m) { kw_create_partitions_response_init(m); }
static const struct wt_struct kw_create_partitions_response_shape = {"kw_create_partitions_response", sizeof(struct kw_create_partitions_response), kw_create_partitions_response_init_any, 2, kw_create_partitions_response_fields};
static const struct wt_field kw_create_topics_request_config_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_create_topics_request_config, name), 0, 2, 7, 0, -1, NULL},
    {"value", WT_STRING, false, false, false, offsetof(struct kw_create_topics_request_config, value), 0, 2, 7, 2, 7, NULL},
};
static void kw_create_topics_request_config_init_any(void *m) { kw_create_topics_request_config_init(m); }
static const struct wt_struct kw_create_topics_request_config_shape = {"kw_create_topics_request_config", sizeof(struct kw_create_topics_request_config), kw_create_topics_request_config_init_any, 2, kw_create_topics_request_config_fields};
static const struct wt_field kw_create_topics_request_assignment_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_create_topics_request_assignment, partition_index), 0, 2, 7, 0, -1, NULL},
    {"broker_ids", WT_INT32, true, false, false, offsetof(struct kw_create_topics_request_assignment, broker_ids), offsetof(struct kw_create_topics_request_assignment, broker_ids_count), 2, 7, 0, -1, NULL},
};
static void kw_create_topics_request_assignment_init_any(void *m) { kw_create_topics_request_assignment_init(m); }
static const struct wt_struct kw_create_topics_request_assignment_shape = {"kw_create_topics_request_assignment", sizeof(struct kw_create_topics_request_assignment), kw_create_topics_request_assignment_init_any, 2, kw_create_topics_request_assignment_fields};
static const struct wt_field kw_create_topics_request_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_create_topics_request_topic, name), 0, 2, 7, 0, -1, NULL},
    {"num_partitions", WT_INT32, false, false, false, offsetof(struct kw_create_topics_request_topic, num_partitions), 0, 2, 7, 0, -1, NULL},
    {"replication_factor", WT_INT16, false, false, false, offsetof(struct kw_create_topics_request_topic, replication_factor), 0, 2, 7, 0, -1, NULL},
    {"assignments", WT_STRUCT, true, false, false, offsetof(struct kw_create_topics_request_topic, assignments), offsetof(struct kw_create_topics_request_topic, assignments_count), 2, 7, 0, -1, &kw_create_topics_request_assignment_shape},
    {"configs", WT_STRUCT, true, false, false, offsetof(struct kw_create_topics_request_topic, configs), offsetof(struct kw_create_topics_request_topic, configs_count), 2, 7, 0, -1, &kw_create_topics_request_config_shape},
};
static void kw_create_topics_request_topic_init_any(void *m) { kw_create_topics_request_topic_init(m); }
static const struct wt_struct kw_create_topics_request_topic_shape = {"kw_create_topics_request_topic", sizeof(struct kw_create_topics_request_topic), kw_create_topics_request_topic_init_any, 5, kw_create_topics_request_topic_fields};
static const struct wt_field kw_create_topics_request_fields[] = {
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_create_topics_request, topics), offsetof(struct kw_create_topics_request, topics_count), 2, 7, 0, -1, &kw_create_topics_request_topic_shape},
    {"timeout_ms", WT_INT32, false, false, false, offsetof(struct kw_create_topics_request, timeout_ms), 0, 2, 7, 0, -1, NULL},
    {"validate_only", WT_BOOL, false, false, false, offsetof(struct kw_create_topics_request, validate_only), 0, 2, 7, 0, -1, NULL},
};
static void kw_create_topics_request_init_any(void *m) { kw_create_topics_request_init(m); }
static const struct wt_struct kw_create_topics_request_shape = {"kw_create_topics_request", sizeof(struct kw_create_topics_request), kw_create_topics_request_init_any, 3, kw_create_topics_request_fields};
static const struct wt_field kw_create_topics_response_config_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_create_topics_response_config, name), 0, 5, 7, 0, -1, NULL},
    {"value", WT_STRING, false, false, false, offsetof(struct kw_create_topics_response_config, value), 0, 5, 7, 5, 7, NULL},
    {"read_only", WT_BOOL, false, false, false, offsetof(struct kw_create_topics_response_config, read_only), 0, 5, 7, 0, -1, NULL},
    {"config_source", WT_INT8, false, false, false, offsetof(struct kw_create_topics_response_config, config_source), 0, 5, 7, 0, -1, NULL},
    {"is_sensitive", WT_BOOL, false, false, false, offsetof(struct kw_create_topics_response_config, is_sensitive), 0, 5, 7, 0, -1, NULL},
};
static void kw_create_topics_response_config_init_any(void *m) { kw_create_topics_response_config_init(m); }
static const struct wt_struct kw_create_topics_response_config_shape = {"kw_create_topics_response_config", sizeof(struct kw_create_topics_response_config), kw_create_topics_response_config_init_any, 5, kw_create_topics_response_config_fields};
static const struct wt_field kw_create_topics_response_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_create_topics_response_topic, name), 0, 2, 7, 0, -1, NULL},
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_create_topics_response_topic, topic_id), 0, 7, 7, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_create_topics_response_topic, error_code), 0, 2, 7, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_create_topics_response_topic, error_message), 0, 2, 7, 2, 7, NULL},
    {"topic_config_error_code", WT_INT16, false, false, true, offsetof(struct kw_create_topics_response_topic, topic_config_error_code), 0, 5, 7, 0, -1, NULL},
    {"num_partitions", WT_INT32, false, false, false, offsetof(struct kw_create_topics_response_topic, num_partitions), 0, 5, 7, 0, -1, NULL},
    {"replication_factor", WT_INT16, false, false, false, offsetof(struct kw_create_topics_response_topic, replication_factor), 0, 5, 7, 0, -1, NULL},
    {"configs", WT_STRUCT, true, false, false, offsetof(struct kw_create_topics_response_topic, configs), offsetof(struct kw_create_topics_response_topic, configs_count), 5, 7, 5, 7, &kw_create_topics_response_config_shape},
};
static void kw_create_topics_response_topic_init_any(void *m) { kw_create_topics_response_topic_init(m); }
static const struct wt_struct kw_create_topics_response_topic_shape = {"kw_create_topics_response_topic", sizeof(struct kw_create_topics_response_topic), kw_create_topics_response_topic_init_any, 8, kw_create_topics_response_topic_fields};
static const struct wt_field kw_create_topics_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_create_topics_response, throttle_time_ms), 0, 2, 7, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_create_topics_response, topics), offsetof(struct kw_create_topics_response, topics_count), 2, 7, 0, -1, &kw_create_topics_response_topic_shape},
};
static void kw_create_topics_response_init_any(void *m) { kw_create_topics_response_init(m); }
static const struct wt_struct kw_create_topics_response_shape = {"kw_create_topics_response", sizeof(struct kw_create_topics_response), kw_create_topics_response_init_any, 2, kw_create_topics_response_fields};
static const struct wt_field kw_create_delegation_token_request_renewer_fields[] = {
    {"principal_type", WT_STRING, false, false, false, offsetof(struct kw_create_delegation_token_request_renewer, principal_type), 0, 1, 3, 0, -1, NULL},
    {"principal_name", WT_STRING, false, false, false, offsetof(struct kw_create_delegation_token_request_renewer, principal_name), 0, 1, 3, 0, -1, NULL},
};
static void kw_create_delegation_token_request_renewer_init_any(void *m) { kw_create_delegation_token_request_renewer_init(m); }
static const struct wt_struct kw_create_delegation_token_request_renewer_shape = {"kw_create_delegation_token_request_renewer", sizeof(struct kw_create_delegation_token_request_renewer), kw_create_delegation_token_request_renewer_init_any, 2, kw_create_delegation_token_request_renewer_fields};
static const struct wt_field kw_create_delegation_token_request_fields[] = {
    {"owner_principal_type", WT_STRING, false, false, false, offsetof(struct kw_create_delegation_token_request, owner_principal_type), 0, 3, 3, 3, 3, NULL},
    {"owner_principal_name", WT_STRING, false, false, false, offsetof(struct kw_create_delegation_token_request, owner_principal_name), 0, 3, 3, 3, 3, NULL},
    {"renewers", WT_STRUCT, true, false, false, offsetof(struct kw_create_delegation_token_request, renewers), offsetof(struct kw_create_delegation_token_request, renewers_count), 1, 3, 0, -1, &kw_create_delegation_token_request_renewer_shape},
    {"max_lifetime_ms", WT_INT64, false, false, false, offsetof(struct kw_create_delegation_token_request, max_lifetime_ms), 0, 1, 3, 0, -1, NULL},
};
static void kw_create_delegation_token_request_init_any(void *m) { kw_create_delegation_token_request_init(m); }
static const struct wt_struct kw_create_delegation_token_request_shape = {"kw_create_delegation_token_request", sizeof(struct kw_create_delegation_token_request), kw_create_delegation_token_request_init_any, 4, kw_create_delegation_token_request_fields};
static const struct wt_field kw_create_delegation_token_response_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_create_delegation_token_response, error_code), 0, 1, 3, 0, -1, NULL},
    {"principal_type", WT_STRING, false, false, false, offsetof(struct kw_create_delegation_token_response, principal_type), 0, 1, 3, 0, -1, NULL},
    {"principal_name", WT_STRING, false, false, false, offsetof(struct kw_create_delegation_token_response, principal_name), 0, 1, 3, 0, -1, NULL},
    {"token_requester_principal_type", WT_STRING, false, false, false, offsetof(struct kw_create_delegation_token_response, token_requester_principal_type), 0, 3, 3, 0, -1, NULL},
    {"token_requester_principal_name", WT_STRING, false, false, false, offsetof(struct kw_create_delegation_token_response, token_requester_principal_name), 0, 3, 3, 0, -1, NULL},
    {"issue_timestamp_ms", WT_INT64, false, false, false, offsetof(struct kw_create_delegation_token_response, issue_timestamp_ms), 0, 1, 3, 0, -1, NULL},
    {"expiry_timestamp_ms", WT_INT64, false, false, false, offsetof(struct kw_create_delegation_token_response, expiry_timestamp_ms), 0, 1, 3, 0, -1, NULL},
    {"max_timestamp_ms", WT_INT64, false, false, false, offsetof(struct kw_create_delegation_token_response, max_timestamp_ms), 0, 1, 3, 0, -1, NULL},
    {"token_id", WT_STRING, false, false, false, offsetof(struct kw_create_delegation_token_response, token_id), 0, 1, 3, 0, -1, NULL},
    {"hmac", WT_BYTES, false, false, false, offsetof(struct kw_create_delegation_token_response, hmac), 0, 1, 3, 0, -1, NULL},
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_create_delegation_token_response, throttle_time_ms), 0, 1, 3, 0, -1, NULL},
};
static void kw_create_delegation_token_response_init_any(void *m) { kw_create_delegation_token_response_init(m); }
static const struct wt_struct kw_create_delegation_token_response_shape = {"kw_create_delegation_token_response", sizeof(struct kw_create_delegation_token_response), kw_create_delegation_token_response_init_any, 11, kw_create_delegation_token_response_fields};
static const struct wt_field kw_renew_delegation_token_request_fields[] = {
    {"hmac", WT_BYTES, false, false, false, offsetof(struct kw_renew_delegation_token_request, hmac), 0, 1, 2, 0, -1, NULL},
    {"renew_period_ms", WT_INT64, false, false, false, offsetof(struct kw_renew_delegation_token_request, renew_period_ms), 0, 1, 2, 0, -1, NULL},
};
static void kw_renew_delegation_token_request_init_any(void *m) { kw_renew_delegation_token_request_init(m); }
static const struct wt_struct kw_renew_delegation_token_request_shape = {"kw_renew_delegation_token_request", sizeof(struct kw_renew_delegation_token_request), kw_renew_delegation_token_request_init_any, 2, kw_renew_delegation_token_request_fields};
static const struct wt_field kw_renew_delegation_token_response_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_renew_delegation_token_response, error_code), 0, 1, 2, 0, -1, NULL},
    {"expiry_timestamp_ms", WT_INT64, false, false, false, offsetof(struct kw_renew_delegation_token_response, expiry_timestamp_ms), 0, 1, 2, 0, -1, NULL},
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_renew_delegation_token_response, throttle_time_ms), 0, 1, 2, 0, -1, NULL},
};
static void kw_renew_delegation_token_response_init_any(void *m) { kw_renew_delegation_token_response_init(m); }
static const struct wt_struct kw_renew_delegation_token_response_shape = {"kw_renew_delegation_token_response", sizeof(struct kw_renew_delegation_token_response), kw_renew_delegation_token_response_init_any, 3, kw_renew_delegation_token_response_fields};
static const struct wt_field kw_expire_delegation_token_request_fields[] = {
    {"hmac", WT_BYTES, false, false, false, offsetof(struct kw_expire_delegation_token_request, hmac), 0, 1, 2, 0, -1, NULL},
    {"expiry_time_period_ms", WT_INT64, false, false, false, offsetof(struct kw_expire_delegation_token_request, expiry_time_period_ms), 0, 1, 2, 0, -1, NULL},
};
static void kw_expire_delegation_token_request_init_any(void *m) { kw_expire_delegation_token_request_init(m); }
static const struct wt_struct kw_expire_delegation_token_request_shape = {"kw_expire_delegation_token_request", sizeof(struct kw_expire_delegation_token_request), kw_expire_delegation_token_request_init_any, 2, kw_expire_delegation_token_request_fields};
static const struct wt_field kw_expire_delegation_token_response_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_expire_delegation_token_response, error_code), 0, 1, 2, 0, -1, NULL},
    {"expiry_timestamp_ms", WT_INT64, false, false, false, offsetof(struct kw_expire_delegation_token_response, expiry_timestamp_ms), 0, 1, 2, 0, -1, NULL},
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_expire_delegation_token_response, throttle_time_ms), 0, 1, 2, 0, -1, NULL},
};
static void kw_expire_delegation_token_response_init_any(void *m) { kw_expire_delegation_token_response_init(m); }
static const struct wt_struct kw_expire_delegation_token_response_shape = {"kw_expire_delegation_token_response", sizeof(struct kw_expire_delegation_token_response), kw_expire_delegation_token_response_init_any, 3, kw_expire_delegation_token_response_fields};
static const struct wt_field kw_describe_delegation_token_request_owner_fields[] = {
    {"principal_type", WT_STRING, false, false, false, offsetof(struct kw_describe_delegation_token_request_owner, principal_type), 0, 1, 3, 0, -1, NULL},
    {"principal_name", WT_STRING, false, false, false, offsetof(struct kw_describe_delegation_token_request_owner, principal_name), 0, 1, 3, 0, -1, NULL},
};
static void kw_describe_delegation_token_request_owner_init_any(void *m) { kw_describe_delegation_token_request_owner_init(m); }
static const struct wt_struct kw_describe_delegation_token_request_owner_shape = {"kw_describe_delegation_token_request_owner", sizeof(struct kw_describe_delegation_token_request_owner), kw_describe_delegation_token_request_owner_init_any, 2, kw_describe_delegation_token_request_owner_fields};
static const struct wt_field kw_describe_delegation_token_request_fields[] = {
    {"owners", WT_STRUCT, true, false, false, offsetof(struct kw_describe_delegation_token_request, owners), offsetof(struct kw_describe_delegation_token_request, owners_count), 1, 3, 1, 3, &kw_describe_delegation_token_request_owner_shape},
};
static void kw_describe_delegation_token_request_init_any(void *m) { kw_describe_delegation_token_request_init(m); }
static const struct wt_struct kw_describe_delegation_token_request_shape = {"kw_describe_delegation_token_request", sizeof(struct kw_describe_delegation_token_request), kw_describe_delegation_token_request_init_any, 1, kw_describe_delegation_token_request_fields};
static const struct wt_field kw_describe_delegation_token_response_renewer_fields[] = {
    {"principal_type", WT_STRING, false, false, false, offsetof(struct kw_describe_delegation_token_response_renewer, principal_type), 0, 1, 3, 0, -1, NULL},
    {"principal_name", WT_STRING, false, false, false, offsetof(struct kw_describe_delegation_token_response_renewer, principal_name), 0, 1, 3, 0, -1, NULL},
};
static void kw_describe_delegation_token_response_renewer_init_any(void *m) { kw_describe_delegation_token_response_renewer_init(m); }
static const struct wt_struct kw_describe_delegation_token_response_renewer_shape = {"kw_describe_delegation_token_response_renewer", sizeof(struct kw_describe_delegation_token_response_renewer), kw_describe_delegation_token_response_renewer_init_any, 2, kw_describe_delegation_token_response_renewer_fields};
static const struct wt_field kw_describe_delegation_token_response_token_fields[] = {
    {"principal_type", WT_STRING, false, false, false, offsetof(struct kw_describe_delegation_token_response_token, principal_type), 0, 1, 3, 0, -1, NULL},
    {"principal_name", WT_STRING, false, false, false, offsetof(struct kw_describe_delegation_token_response_token, principal_name), 0, 1, 3, 0, -1, NULL},
    {"token_requester_principal_type", WT_STRING, false, false, false, offsetof(struct kw_describe_delegation_token_response_token, token_requester_principal_type), 0, 3, 3, 0, -1, NULL},
    {"token_requester_principal_name", WT_STRING, false, false, false, offsetof(struct kw_describe_delegation_token_response_token, token_requester_principal_name), 0, 3, 3, 0, -1, NULL},
    {"issue_timestamp", WT_INT64, false, false, false, offsetof(struct kw_describe_delegation_token_response_token, issue_timestamp), 0, 1, 3, 0, -1, NULL},
    {"expiry_timestamp", WT_INT64, false, false, false, offsetof(struct kw_describe_delegation_token_response_token, expiry_timestamp), 0, 1, 3, 0, -1, NULL},
    {"max_timestamp", WT_INT64, false, false, false, offsetof(struct kw_describe_delegation_token_response_token, max_timestamp), 0, 1, 3, 0, -1, NULL},
    {"token_id", WT_STRING, false, false, false, offsetof(struct kw_describe_delegation_token_response_token, token_id), 0, 1, 3, 0, -1, NULL},
    {"hmac", WT_BYTES, false, false, false, offsetof(struct kw_describe_delegation_token_response_token, hmac), 0, 1, 3, 0, -1, NULL},
    {"renewers", WT_STRUCT, true, false, false, offsetof(struct kw_describe_delegation_token_response_token, renewers), offsetof(struct kw_describe_delegation_token_response_token, renewers_count), 1, 3, 0, -1, &kw_describe_delegation_token_response_renewer_shape},
};
static void kw_describe_delegation_token_response_token_init_any(void *m) { kw_describe_delegation_token_response_token_init(m); }
static const struct wt_struct kw_describe_delegation_token_response_token_shape = {"kw_describe_delegation_token_response_token", sizeof(struct kw_describe_delegation_token_response_token), kw_describe_delegation_token_response_token_init_any, 10, kw_describe_delegation_token_response_token_fields};
static const struct wt_field kw_describe_delegation_token_response_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_describe_delegation_token_response, error_code), 0, 1, 3, 0, -1, NULL},
    {"tokens", WT_STRUCT, true, false, false, offsetof(struct kw_describe_delegation_token_response, tokens), offsetof(struct kw_describe_delegation_token_response, tokens_count), 1, 3, 0, -1, &kw_describe_delegation_token_response_token_shape},
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_describe_delegation_token_response, throttle_time_ms), 0, 1, 3, 0, -1, NULL},
};
static void kw_describe_delegation_token_response_init_any(void *m) { kw_describe_delegation_token_response_init(m); }
static const struct wt_struct kw_describe_delegation_token_response_shape = {"kw_describe_delegation_token_response", sizeof(struct kw_describe_delegation_token_response), kw_describe_delegation_token_response_init_any, 3, kw_describe_delegation_token_response_fields};
static const struct wt_field kw_delete_groups_request_fields[] = {
    {"groups_names", WT_STRING, true, false, false, offsetof(struct kw_delete_groups_request, groups_names), offsetof(struct kw_delete_groups_request, groups_names_count), 0, 2, 0, -1, NULL},
};
static void kw_delete_groups_request_init_any(void *m) { kw_delete_groups_request_init(m); }
static const struct wt_struct kw_delete_groups_request_shape = {"kw_delete_groups_request", sizeof(struct kw_delete_groups_request), kw_delete_groups_request_init_any, 1, kw_delete_groups_request_fields};
static const struct wt_field kw_delete_groups_response_group_fields[] = {
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_delete_groups_response_group, group_id), 0, 0, 2, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_delete_groups_response_group, error_code), 0, 0, 2, 0, -1, NULL},
};
static void kw_delete_groups_response_group_init_any(void *m) { kw_delete_groups_response_group_init(m); }
static const struct wt_struct kw_delete_groups_response_group_shape = {"kw_delete_groups_response_group", sizeof(struct kw_delete_groups_response_group), kw_delete_groups_response_group_init_any, 2, kw_delete_groups_response_group_fields};
static const struct wt_field kw_delete_groups_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_delete_groups_response, throttle_time_ms), 0, 0, 2, 0, -1, NULL},
    {"results", WT_STRUCT, true, false, false, offsetof(struct kw_delete_groups_response, results), offsetof(struct kw_delete_groups_response, results_count), 0, 2, 0, -1, &kw_delete_groups_response_group_shape},
};
static void kw_delete_groups_response_init_any(void *m) { kw_delete_groups_response_init(m); }
static const struct wt_struct kw_delete_groups_response_shape = {"kw_delete_groups_response", sizeof(struct kw_delete_groups_response), kw_delete_groups_response_init_any, 2, kw_delete_groups_response_fields};
static const struct wt_field kw_delete_records_request_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_delete_records_request_partition, partition_index), 0, 0, 2, 0, -1, NULL},
    {"offset", WT_INT64, false, false, false, offsetof(struct kw_delete_records_request_partition, offset), 0, 0, 2, 0, -1, NULL},
};
static void kw_delete_records_request_partition_init_any(void *m) { kw_delete_records_request_partition_init(m); }
static const struct wt_struct kw_delete_records_request_partition_shape = {"kw_delete_records_request_partition", sizeof(struct kw_delete_records_request_partition), kw_delete_records_request_partition_init_any, 2, kw_delete_records_request_partition_fields};
static const struct wt_field kw_delete_records_request_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_delete_records_request_topic, name), 0, 0, 2, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_delete_records_request_topic, partitions), offsetof(struct kw_delete_records_request_topic, partitions_count), 0, 2, 0, -1, &kw_delete_records_request_partition_shape},
};
static void kw_delete_records_request_topic_init_any(void *m) { kw_delete_records_request_topic_init(m); }
static const struct wt_struct kw_delete_records_request_topic_shape = {"kw_delete_records_request_topic", sizeof(struct kw_delete_records_request_topic), kw_delete_records_request_topic_init_any, 2, kw_delete_records_request_topic_fields};
static const struct wt_field kw_delete_records_request_fields[] = {
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_delete_records_request, topics), offsetof(struct kw_delete_records_request, topics_count), 0, 2, 0, -1, &kw_delete_records_request_topic_shape},
    {"timeout_ms", WT_INT32, false, false, false, offsetof(struct kw_delete_records_request, timeout_ms), 0, 0, 2, 0, -1, NULL},
};
static void kw_delete_records_request_init_any(void *m) { kw_delete_records_request_init(m); }
static const struct wt_struct kw_delete_records_request_shape = {"kw_delete_records_request", sizeof(struct kw_delete_records_request), kw_delete_records_request_init_any, 2, kw_delete_records_request_fields};
static const struct wt_field kw_delete_records_response_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_delete_records_response_partition, partition_index), 0, 0, 2, 0, -1, NULL},
    {"low_watermark", WT_INT64, false, false, false, offsetof(struct kw_delete_records_response_partition, low_watermark), 0, 0, 2, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_delete_records_response_partition, error_code), 0, 0, 2, 0, -1, NULL},
};
static void kw_delete_records_response_partition_init_any(void *m) { kw_delete_records_response_partition_init(m); }
static const struct wt_struct kw_delete_records_response_partition_shape = {"kw_delete_records_response_partition", sizeof(struct kw_delete_records_response_partition), kw_delete_records_response_partition_init_any, 3, kw_delete_records_response_partition_fields};
static const struct wt_field kw_delete_records_response_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_delete_records_response_topic, name), 0, 0, 2, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_delete_records_response_topic, partitions), offsetof(struct kw_delete_records_response_topic, partitions_count), 0, 2, 0, -1, &kw_delete_records_response_partition_shape},
};
static void kw_delete_records_response_topic_init_any(void *m) { kw_delete_records_response_topic_init(m); }
static const struct wt_struct kw_delete_records_response_topic_shape = {"kw_delete_records_response_topic", sizeof(struct kw_delete_records_response_topic), kw_delete_records_response_topic_init_any, 2, kw_delete_records_response_topic_fields};
static const struct wt_field kw_delete_records_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_delete_records_response, throttle_time_ms), 0, 0, 2, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_delete_records_response, topics), offsetof(struct kw_delete_records_response, topics_count), 0, 2, 0, -1, &kw_delete_records_response_topic_shape},
};
static void kw_delete_records_response_init_any(void *m) { kw_delete_records_response_init(m); }
static const struct wt_struct kw_delete_records_response_shape = {"kw_delete_records_response", sizeof(struct kw_delete_records_response), kw_delete_records_response_init_any, 2, kw_delete_records_response_fields};
static const struct wt_field kw_delete_topics_request_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_delete_topics_request_topic, name), 0, 6, 6, 6, 6, NULL},
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_delete_topics_request_topic, topic_id), 0, 6, 6, 0, -1, NULL},
};
static void kw_delete_topics_request_topic_init_any(void *m) { kw_delete_topics_request_topic_init(m); }
static const struct wt_struct kw_delete_topics_request_topic_shape = {"kw_delete_topics_request_topic", sizeof(struct kw_delete_topics_request_topic), kw_delete_topics_request_topic_init_any, 2, kw_delete_topics_request_topic_fields};
static const struct wt_field kw_delete_topics_request_fields[] = {
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_delete_topics_request, topics), offsetof(struct kw_delete_topics_request, topics_count), 6, 6, 0, -1, &kw_delete_topics_request_topic_shape},
    {"topic_names", WT_STRING, true, false, false, offsetof(struct kw_delete_topics_request, topic_names), offsetof(struct kw_delete_topics_request, topic_names_count), 1, 5, 0, -1, NULL},
    {"timeout_ms", WT_INT32, false, false, false, offsetof(struct kw_delete_topics_request, timeout_ms), 0, 1, 6, 0, -1, NULL},
};
static void kw_delete_topics_request_init_any(void *m) { kw_delete_topics_request_init(m); }
static const struct wt_struct kw_delete_topics_request_shape = {"kw_delete_topics_request", sizeof(struct kw_delete_topics_request), kw_delete_topics_request_init_any, 3, kw_delete_topics_request_fields};
static const struct wt_field kw_delete_topics_response_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_delete_topics_response_topic, name), 0, 1, 6, 6, 6, NULL},
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_delete_topics_response_topic, topic_id), 0, 6, 6, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_delete_topics_response_topic, error_code), 0, 1, 6, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_delete_topics_response_topic, error_message), 0, 5, 6, 5, 6, NULL},
};
static void kw_delete_topics_response_topic_init_any(void *m) { kw_delete_topics_response_topic_init(m); }
static const struct wt_struct kw_delete_topics_response_topic_shape = {"kw_delete_topics_response_topic", sizeof(struct kw_delete_topics_response_topic), kw_delete_topics_response_topic_init_any, 4, kw_delete_topics_response_topic_fields};
static const struct wt_field kw_delete_topics_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_delete_topics_response, throttle_time_ms), 0, 1, 6, 0, -1, NULL},
    {"responses", WT_STRUCT, true, false, false, offsetof(struct kw_delete_topics_response, responses), offsetof(struct kw_delete_topics_response, responses_count), 1, 6, 0, -1, &kw_delete_topics_response_topic_shape},
};
static void kw_delete_topics_response_init_any(void *m) { kw_delete_topics_response_init(m); }
static const struct wt_struct kw_delete_topics_response_shape = {"kw_delete_topics_response", sizeof(struct kw_delete_topics_response), kw_delete_topics_response_init_any, 2, kw_delete_topics_response_fields};
static const struct wt_field kw_describe_cluster_request_fields[] = {
    {"include_cluster_authorized_operations", WT_BOOL, false, false, false, offsetof(struct kw_describe_cluster_request, include_cluster_authorized_operations), 0, 0, 2, 0, -1, NULL},
    {"endpoint_type", WT_INT8, false, false, false, offsetof(struct kw_describe_cluster_request, endpoint_type), 0, 1, 2, 0, -1, NULL},
    {"include_fenced_brokers", WT_BOOL, false, false, false, offsetof(struct kw_describe_cluster_request, include_fenced_brokers), 0, 2, 2, 0, -1, NULL},
};
static void kw_describe_cluster_request_init_any(void *m) { kw_describe_cluster_request_init(m); }
static const struct wt_struct kw_describe_cluster_request_shape = {"kw_describe_cluster_request", sizeof(struct kw_describe_cluster_request), kw_describe_cluster_request_init_any, 3, kw_describe_cluster_request_fields};
static const struct wt_field kw_describe_cluster_response_broker_fields[] = {
    {"broker_id", WT_INT32, false, false, false, offsetof(struct kw_describe_cluster_response_broker, broker_id), 0, 0, 2, 0, -1, NULL},
    {"host", WT_STRING, false, false, false, offsetof(struct kw_describe_cluster_response_broker, host), 0, 0, 2, 0, -1, NULL},
    {"port", WT_INT32, false, false, false, offsetof(struct kw_describe_cluster_response_broker, port), 0, 0, 2, 0, -1, NULL},
    {"rack", WT_STRING, false, false, false, offsetof(struct kw_describe_cluster_response_broker, rack), 0, 0, 2, 0, 2, NULL},
    {"is_fenced", WT_BOOL, false, false, false, offsetof(struct kw_describe_cluster_response_broker, is_fenced), 0, 2, 2, 0, -1, NULL},
};
static void kw_describe_cluster_response_broker_init_any(void *m) { kw_describe_cluster_response_broker_init(m); }
static const struct wt_struct kw_describe_cluster_response_broker_shape = {"kw_describe_cluster_response_broker", sizeof(struct kw_describe_cluster_response_broker), kw_describe_cluster_response_broker_init_any, 5, kw_describe_cluster_response_broker_fields};
static const struct wt_field kw_describe_cluster_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_describe_cluster_response, throttle_time_ms), 0, 0, 2, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_describe_cluster_response, error_code), 0, 0, 2, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_describe_cluster_response, error_message), 0, 0, 2, 0, 2, NULL},
    {"endpoint_type", WT_INT8, false, false, false, offsetof(struct kw_describe_cluster_response, endpoint_type), 0, 1, 2, 0, -1, NULL},
    {"cluster_id", WT_STRING, false, false, false, offsetof(struct kw_describe_cluster_response, cluster_id), 0, 0, 2, 0, -1, NULL},
    {"controller_id", WT_INT32, false, false, false, offsetof(struct kw_describe_cluster_response, controller_id), 0, 0, 2, 0, -1, NULL},
    {"brokers", WT_STRUCT, true, false, false, offsetof(struct kw_describe_cluster_response, brokers), offsetof(struct kw_describe_cluster_response, brokers_count), 0, 2, 0, -1, &kw_describe_cluster_response_broker_shape},
    {"cluster_authorized_operations", WT_INT32, false, false, false, offsetof(struct kw_describe_cluster_response, cluster_authorized_operations), 0, 0, 2, 0, -1, NULL},
};
static void kw_describe_cluster_response_init_any(void *m) { kw_describe_cluster_response_init(m); }
static const struct wt_struct kw_describe_cluster_response_shape = {"kw_describe_cluster_response", sizeof(struct kw_describe_cluster_response), kw_describe_cluster_response_init_any, 8, kw_describe_cluster_response_fields};
static const struct wt_field kw_describe_configs_request_resource_fields[] = {
    {"resource_type", WT_INT8, false, false, false, offsetof(struct kw_describe_configs_request_resource, resource_type), 0, 1, 4, 0, -1, NULL},
    {"resource_name", WT_STRING, false, false, false, offsetof(struct kw_describe_configs_request_resource, resource_name), 0, 1, 4, 0, -1, NULL},
    {"configuration_keys", WT_STRING, true, false, false, offsetof(struct kw_describe_configs_request_resource, configuration_keys), offsetof(struct kw_describe_configs_request_resource, configuration_keys_count), 1, 4, 1, 4, NULL},
};
static void kw_describe_configs_request_resource_init_any(void *m) { kw_describe_configs_request_resource_init(m); }
static const struct wt_struct kw_describe_configs_request_resource_shape = {"kw_describe_configs_request_resource", sizeof(struct kw_describe_configs_request_resource), kw_describe_configs_request_resource_init_any, 3, kw_describe_configs_request_resource_fields};
static const struct wt_field kw_describe_configs_request_fields[] = {
    {"resources", WT_STRUCT, true, false, false, offsetof(struct kw_describe_configs_request, resources), offsetof(struct kw_describe_configs_request, resources_count), 1, 4, 0, -1, &kw_describe_configs_request_resource_shape},
    {"include_synonyms", WT_BOOL, false, false, false, offsetof(struct kw_describe_configs_request, include_synonyms), 0, 1, 4, 0, -1, NULL},
    {"include_documentation", WT_BOOL, false, false, false, offsetof(struct kw_describe_configs_request, include_documentation), 0, 3, 4, 0, -1, NULL},
};
static void kw_describe_configs_request_init_any(void *m) { kw_describe_configs_request_init(m); }
static const struct wt_struct kw_describe_configs_request_shape = {"kw_describe_configs_request", sizeof(struct kw_describe_configs_request), kw_describe_configs_request_init_any, 3, kw_describe_configs_request_fields};
static const struct wt_field kw_describe_configs_response_synonym_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_describe_configs_response_synonym, name), 0, 1, 4, 0, -1, NULL},
    {"value", WT_STRING, false, false, false, offsetof(struct kw_describe_configs_response_synonym, value), 0, 1, 4, 1, 4, NULL},
    {"source", WT_INT8, false, false, false, offsetof(struct kw_describe_configs_response_synonym, source), 0, 1, 4, 0, -1, NULL},
};
static void kw_describe_configs_response_synonym_init_any(void *m) { kw_describe_configs_response_synonym_init(m); }
static const struct wt_struct kw_describe_configs_response_synonym_shape = {"kw_describe_configs_response_synonym", sizeof(struct kw_describe_configs_response_synonym), kw_describe_configs_response_synonym_init_any, 3, kw_describe_configs_response_synonym_fields};
static const struct wt_field kw_describe_configs_response_config_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_describe_configs_response_config, name), 0, 1, 4, 0, -1, NULL},
    {"value", WT_STRING, false, false, false, offsetof(struct kw_describe_configs_response_config, value), 0, 1, 4, 1, 4, NULL},
    {"read_only", WT_BOOL, false, false, false, offsetof(struct kw_describe_configs_response_config, read_only), 0, 1, 4, 0, -1, NULL},
    {"config_source", WT_INT8, false, false, false, offsetof(struct kw_describe_configs_response_config, config_source), 0, 1, 4, 0, -1, NULL},
    {"is_sensitive", WT_BOOL, false, false, false, offsetof(struct kw_describe_configs_response_config, is_sensitive), 0, 1, 4, 0, -1, NULL},
    {"synonyms", WT_STRUCT, true, false, false, offsetof(struct kw_describe_configs_response_config, synonyms), offsetof(struct kw_describe_configs_response_config, synonyms_count), 1, 4, 0, -1, &kw_describe_configs_response_synonym_shape},
    {"config_type", WT_INT8, false, false, false, offsetof(struct kw_describe_configs_response_config, config_type), 0, 3, 4, 0, -1, NULL},
    {"documentation", WT_STRING, false, false, false, offsetof(struct kw_describe_configs_response_config, documentation), 0, 3, 4, 3, 4, NULL},
};
static void kw_describe_configs_response_config_init_any(void *m) { kw_describe_configs_response_config_init(m); }
static const struct wt_struct kw_describe_configs_response_config_shape = {"kw_describe_configs_response_config", sizeof(struct kw_describe_configs_response_config), kw_describe_configs_response_config_init_any, 8, kw_describe_configs_response_config_fields};
static const struct wt_field kw_describe_configs_response_result_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_describe_configs_response_result, error_code), 0, 1, 4, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_describe_configs_response_result, error_message), 0, 1, 4, 1, 4, NULL},
    {"resource_type", WT_INT8, false, false, false, offsetof(struct kw_describe_configs_response_result, resource_type), 0, 1, 4, 0, -1, NULL},
    {"resource_name", WT_STRING, false, false, false, offsetof(struct kw_describe_configs_response_result, resource_name), 0, 1, 4, 0, -1, NULL},
    {"configs", WT_STRUCT, true, false, false, offsetof(struct kw_describe_configs_response_result, configs), offsetof(struct kw_describe_configs_response_result, configs_count), 1, 4, 0, -1, &kw_describe_configs_response_config_shape},
};
static void kw_describe_configs_response_result_init_any(void *m) { kw_describe_configs_response_result_init(m); }
static const struct wt_struct kw_describe_configs_response_result_shape = {"kw_describe_configs_response_result", sizeof(struct kw_describe_configs_response_result), kw_describe_configs_response_result_init_any, 5, kw_describe_configs_response_result_fields};
static const struct wt_field kw_describe_configs_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_describe_configs_response, throttle_time_ms), 0, 1, 4, 0, -1, NULL},
    {"results", WT_STRUCT, true, false, false, offsetof(struct kw_describe_configs_response, results), offsetof(struct kw_describe_configs_response, results_count), 1, 4, 0, -1, &kw_describe_configs_response_result_shape},
};
static void kw_describe_configs_response_init_any(void *m) { kw_describe_configs_response_init(m); }
static const struct wt_struct kw_describe_configs_response_shape = {"kw_describe_configs_response", sizeof(struct kw_describe_configs_response), kw_describe_configs_response_init_any, 2, kw_describe_configs_response_fields};
static const struct wt_field kw_describe_groups_request_fields[] = {
    {"groups", WT_STRING, true, false, false, offsetof(struct kw_describe_groups_request, groups), offsetof(struct kw_describe_groups_request, groups_count), 0, 6, 0, -1, NULL},
    {"include_authorized_operations", WT_BOOL, false, false, false, offsetof(struct kw_describe_groups_request, include_authorized_operations), 0, 3, 6, 0, -1, NULL},
};
static void kw_describe_groups_request_init_any(void *m) { kw_describe_groups_request_init(m); }
static const struct wt_struct kw_describe_groups_request_shape = {"kw_describe_groups_request", sizeof(struct kw_describe_groups_request), kw_describe_groups_request_init_any, 2, kw_describe_groups_request_fields};
static const struct wt_field kw_describe_groups_response_member_fields[] = {
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_describe_groups_response_member, member_id), 0, 0, 6, 0, -1, NULL},
    {"group_instance_id", WT_STRING, false, false, false, offsetof(struct kw_describe_groups_response_member, group_instance_id), 0, 4, 6, 4, 6, NULL},
    {"client_id", WT_STRING, false, false, false, offsetof(struct kw_describe_groups_response_member, client_id), 0, 0, 6, 0, -1, NULL},
    {"client_host", WT_STRING, false, false, false, offsetof(struct kw_describe_groups_response_member, client_host), 0, 0, 6, 0, -1, NULL},
    {"member_metadata", WT_BYTES, false, false, false, offsetof(struct kw_describe_groups_response_member, member_metadata), 0, 0, 6, 0, -1, NULL},
    {"member_assignment", WT_BYTES, false, false, false, offsetof(struct kw_describe_groups_response_member, member_assignment), 0, 0, 6, 0, -1, NULL},
};
static void kw_describe_groups_response_member_init_any(void *m) { kw_describe_groups_response_member_init(m); }
static const struct wt_struct kw_describe_groups_response_member_shape = {"kw_describe_groups_response_member", sizeof(struct kw_describe_groups_response_member), kw_describe_groups_response_member_init_any, 6, kw_describe_groups_response_member_fields};
static const struct wt_field kw_describe_groups_response_group_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_describe_groups_response_group, error_code), 0, 0, 6, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_describe_groups_response_group, error_message), 0, 6, 6, 6, 6, NULL},
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_describe_groups_response_group, group_id), 0, 0, 6, 0, -1, NULL},
    {"group_state", WT_STRING, false, false, false, offsetof(struct kw_describe_groups_response_group, group_state), 0, 0, 6, 0, -1, NULL},
    {"protocol_type", WT_STRING, false, false, false, offsetof(struct kw_describe_groups_response_group, protocol_type), 0, 0, 6, 0, -1, NULL},
    {"protocol_data", WT_STRING, false, false, false, offsetof(struct kw_describe_groups_response_group, protocol_data), 0, 0, 6, 0, -1, NULL},
    {"members", WT_STRUCT, true, false, false, offsetof(struct kw_describe_groups_response_group, members), offsetof(struct kw_describe_groups_response_group, members_count), 0, 6, 0, -1, &kw_describe_groups_response_member_shape},
    {"authorized_operations", WT_INT32, false, false, false, offsetof(struct kw_describe_groups_response_group, authorized_operations), 0, 3, 6, 0, -1, NULL},
};
static void kw_describe_groups_response_group_init_any(void *m) { kw_describe_groups_response_group_init(m); }
static const struct wt_struct kw_describe_groups_response_group_shape = {"kw_describe_groups_response_group", sizeof(struct kw_describe_groups_response_group), kw_describe_groups_response_group_init_any, 8, kw_describe_groups_response_group_fields};
static const struct wt_field kw_describe_groups_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_describe_groups_response, throttle_time_ms), 0, 1, 6, 0, -1, NULL},
    {"groups", WT_STRUCT, true, false, false, offsetof(struct kw_describe_groups_response, groups), offsetof(struct kw_describe_groups_response, groups_count), 0, 6, 0, -1, &kw_describe_groups_response_group_shape},
};
static void kw_describe_groups_response_init_any(void *m) { kw_describe_groups_response_init(m); }
static const struct wt_struct kw_describe_groups_response_shape = {"kw_describe_groups_response", sizeof(struct kw_describe_groups_response), kw_describe_groups_response_init_any, 2, kw_describe_groups_response_fields};
static const struct wt_field kw_describe_log_dirs_request_topic_fields[] = {
    {"topic", WT_STRING, false, false, false, offsetof(struct kw_describe_log_dirs_request_topic, topic), 0, 1, 4, 0, -1, NULL},
    {"partitions", WT_INT32, true, false, false, offsetof(struct kw_describe_log_dirs_request_topic, partitions), offsetof(struct kw_describe_log_dirs_request_topic, partitions_count), 1, 4, 0, -1, NULL},
};
static void kw_describe_log_dirs_request_topic_init_any(void *m) { kw_describe_log_dirs_request_topic_init(m); }
static const struct wt_struct kw_describe_log_dirs_request_topic_shape = {"kw_describe_log_dirs_request_topic", sizeof(struct kw_describe_log_dirs_request_topic), kw_describe_log_dirs_request_topic_init_any, 2, kw_describe_log_dirs_request_topic_fields};
static const struct wt_field kw_describe_log_dirs_request_fields[] = {
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_describe_log_dirs_request, topics), offsetof(struct kw_describe_log_dirs_request, topics_count), 1, 4, 1, 4, &kw_describe_log_dirs_request_topic_shape},
};
static void kw_describe_log_dirs_request_init_any(void *m) { kw_describe_log_dirs_request_init(m); }
static const struct wt_struct kw_describe_log_dirs_request_shape = {"kw_describe_log_dirs_request", sizeof(struct kw_describe_log_dirs_request), kw_describe_log_dirs_request_init_any, 1, kw_describe_log_dirs_request_fields};
static const struct wt_field kw_describe_log_dirs_response_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_describe_log_dirs_response_partition, partition_index), 0, 1, 4, 0, -1, NULL},
    {"partition_size", WT_INT64, false, false, false, offsetof(struct kw_describe_log_dirs_response_partition, partition_size), 0, 1, 4, 0, -1, NULL},
    {"offset_lag", WT_INT64, false, false, false, offsetof(struct kw_describe_log_dirs_response_partition, offset_lag), 0, 1, 4, 0, -1, NULL},
    {"is_future_key", WT_BOOL, false, false, false, offsetof(struct kw_describe_log_dirs_response_partition, is_future_key), 0, 1, 4, 0, -1, NULL},
};
static void kw_describe_log_dirs_response_partition_init_any(void *m) { kw_describe_log_dirs_response_partition_init(m); }
static const struct wt_struct kw_describe_log_dirs_response_partition_shape = {"kw_describe_log_dirs_response_partition", sizeof(struct kw_describe_log_dirs_response_partition), kw_describe_log_dirs_response_partition_init_any, 4, kw_describe_log_dirs_response_partition_fields};
static const struct wt_field kw_describe_log_dirs_response_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_describe_log_dirs_response_topic, name), 0, 1, 4, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_describe_log_dirs_response_topic, partitions), offsetof(struct kw_describe_log_dirs_response_topic, partitions_count), 1, 4, 0, -1, &kw_describe_log_dirs_response_partition_shape},
};
static void kw_describe_log_dirs_response_topic_init_any(void *m) { kw_describe_log_dirs_response_topic_init(m); }
static const struct wt_struct kw_describe_log_dirs_response_topic_shape = {"kw_describe_log_dirs_response_topic", sizeof(struct kw_describe_log_dirs_response_topic), kw_describe_log_dirs_response_topic_init_any, 2, kw_describe_log_dirs_response_topic_fields};
static const struct wt_field kw_describe_log_dirs_response_log_dir_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_describe_log_dirs_response_log_dir, error_code), 0, 1, 4, 0, -1, NULL},
    {"log_dir", WT_STRING, false, false, false, offsetof(struct kw_describe_log_dirs_response_log_dir, log_dir), 0, 1, 4, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_describe_log_dirs_response_log_dir, topics), offsetof(struct kw_describe_log_dirs_response_log_dir, topics_count), 1, 4, 0, -1, &kw_describe_log_dirs_response_topic_shape},
    {"total_bytes", WT_INT64, false, false, false, offsetof(struct kw_describe_log_dirs_response_log_dir, total_bytes), 0, 4, 4, 0, -1, NULL},
    {"usable_bytes", WT_INT64, false, false, false, offsetof(struct kw_describe_log_dirs_response_log_dir, usable_bytes), 0, 4, 4, 0, -1, NULL},
};
static void kw_describe_log_dirs_response_log_dir_init_any(void *m) { kw_describe_log_dirs_response_log_dir_init(m); }
static const struct wt_struct kw_describe_log_dirs_response_log_dir_shape = {"kw_describe_log_dirs_response_log_dir", sizeof(struct kw_describe_log_dirs_response_log_dir), kw_describe_log_dirs_response_log_dir_init_any, 5, kw_describe_log_dirs_response_log_dir_fields};
static const struct wt_field kw_describe_log_dirs_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_describe_log_dirs_response, throttle_time_ms), 0, 1, 4, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_describe_log_dirs_response, error_code), 0, 3, 4, 0, -1, NULL},
    {"results", WT_STRUCT, true, false, false, offsetof(struct kw_describe_log_dirs_response, results), offsetof(struct kw_describe_log_dirs_response, results_count), 1, 4, 0, -1, &kw_describe_log_dirs_response_log_dir_shape},
};
static void kw_describe_log_dirs_response_init_any(void *m) { kw_describe_log_dirs_response_init(m); }
static const struct wt_struct kw_describe_log_dirs_response_shape = {"kw_describe_log_dirs_response", sizeof(struct kw_describe_log_dirs_response), kw_describe_log_dirs_response_init_any, 3, kw_describe_log_dirs_response_fields};
static const struct wt_field kw_describe_producers_request_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_describe_producers_request_topic, name), 0, 0, 0, 0, -1, NULL},
    {"partition_indexes", WT_INT32, true, false, false, offsetof(struct kw_describe_producers_request_topic, partition_indexes), offsetof(struct kw_describe_producers_request_topic, partition_indexes_count), 0, 0, 0, -1, NULL},
};
static void kw_describe_producers_request_topic_init_any(void *m) { kw_describe_producers_request_topic_init(m); }
static const struct wt_struct kw_describe_producers_request_topic_shape = {"kw_describe_producers_request_topic", sizeof(struct kw_describe_producers_request_topic), kw_describe_producers_request_topic_init_any, 2, kw_describe_producers_request_topic_fields};
static const struct wt_field kw_describe_producers_request_fields[] = {
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_describe_producers_request, topics), offsetof(struct kw_describe_producers_request, topics_count), 0, 0, 0, -1, &kw_describe_producers_request_topic_shape},
};
static void kw_describe_producers_request_init_any(void *m) { kw_describe_producers_request_init(m); }
static const struct wt_struct kw_describe_producers_request_shape = {"kw_describe_producers_request", sizeof(struct kw_describe_producers_request), kw_describe_producers_request_init_any, 1, kw_describe_producers_request_fields};
static const struct wt_field kw_describe_producers_response_active_producer_fields[] = {
    {"producer_id", WT_INT64, false, false, false, offsetof(struct kw_describe_producers_response_active_producer, producer_id), 0, 0, 0, 0, -1, NULL},
    {"producer_epoch", WT_INT32, false, false, false, offsetof(struct kw_describe_producers_response_active_producer, producer_epoch), 0, 0, 0, 0, -1, NULL},
    {"last_sequence", WT_INT32, false, false, false, offsetof(struct kw_describe_producers_response_active_producer, last_sequence), 0, 0, 0, 0, -1, NULL},
    {"last_timestamp", WT_INT64, false, false, false, offsetof(struct kw_describe_producers_response_active_producer, last_timestamp), 0, 0, 0, 0, -1, NULL},
    {"coordinator_epoch", WT_INT32, false, false, false, offsetof(struct kw_describe_producers_response_active_producer, coordinator_epoch), 0, 0, 0, 0, -1, NULL},
    {"current_txn_start_offset", WT_INT64, false, false, false, offsetof(struct kw_describe_producers_response_active_producer, current_txn_start_offset), 0, 0, 0, 0, -1, NULL},
};
static void kw_describe_producers_response_active_producer_init_any(void *m) { kw_describe_producers_response_active_producer_init(m); }
static const struct wt_struct kw_describe_producers_response_active_producer_shape = {"kw_describe_producers_response_active_producer", sizeof(struct kw_describe_producers_response_active_producer), kw_describe_producers_response_active_producer_init_any, 6, kw_describe_producers_response_active_producer_fields};
static const struct wt_field kw_describe_producers_response_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_describe_producers_response_partition, partition_index), 0, 0, 0, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_describe_producers_response_partition, error_code), 0, 0, 0, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_describe_producers_response_partition, error_message), 0, 0, 0, 0, 0, NULL},
    {"active_producers", WT_STRUCT, true, false, false, offsetof(struct kw_describe_producers_response_partition, active_producers), offsetof(struct kw_describe_producers_response_partition, active_producers_count), 0, 0, 0, -1, &kw_describe_producers_response_active_producer_shape},
};
static void kw_describe_producers_response_partition_init_any(void *m) { kw_describe_producers_response_partition_init(m); }
static const struct wt_struct kw_describe_producers_response_partition_shape = {"kw_describe_producers_response_partition", sizeof(struct kw_describe_producers_response_partition), kw_describe_producers_response_partition_init_any, 4, kw_describe_producers_response_partition_fields};
static const struct wt_field kw_describe_producers_response_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_describe_producers_response_topic, name), 0, 0, 0, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_describe_producers_response_topic, partitions), offsetof(struct kw_describe_producers_response_topic, partitions_count), 0, 0, 0, -1, &kw_describe_producers_response_partition_shape},
};
static void kw_describe_producers_response_topic_init_any(void *m) { kw_describe_producers_response_topic_init(m); }
static const struct wt_struct kw_describe_producers_response_topic_shape = {"kw_describe_producers_response_topic", sizeof(struct kw_describe_producers_response_topic), kw_describe_producers_response_topic_init_any, 2, kw_describe_producers_response_topic_fields};
static const struct wt_field kw_describe_producers_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_describe_producers_response, throttle_time_ms), 0, 0, 0, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_describe_producers_response, topics), offsetof(struct kw_describe_producers_response, topics_count), 0, 0, 0, -1, &kw_describe_producers_response_topic_shape},
};
static void kw_describe_producers_response_init_any(void *m) { kw_describe_producers_response_init(m); }
static const struct wt_struct kw_describe_producers_response_shape = {"kw_describe_producers_response", sizeof(struct kw_describe_producers_response), kw_describe_producers_response_init_any, 2, kw_describe_producers_response_fields};
static const struct wt_field kw_describe_quorum_request_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_describe_quorum_request_partition, partition_index), 0, 0, 2, 0, -1, NULL},
};
static void kw_describe_quorum_request_partition_init_any(void *m) { kw_describe_quorum_request_partition_init(m); }
static const struct wt_struct kw_describe_quorum_request_partition_shape = {"kw_describe_quorum_request_partition", sizeof(struct kw_describe_quorum_request_partition), kw_describe_quorum_request_partition_init_any, 1, kw_describe_quorum_request_partition_fields};
static const struct wt_field kw_describe_quorum_request_topic_fields[] = {
    {"topic_name", WT_STRING, false, false, false, offsetof(struct kw_describe_quorum_request_topic, topic_name), 0, 0, 2, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_describe_quorum_request_topic, partitions), offsetof(struct kw_describe_quorum_request_topic, partitions_count), 0, 2, 0, -1, &kw_describe_quorum_request_partition_shape},
};
static void kw_describe_quorum_request_topic_init_any(void *m) { kw_describe_quorum_request_topic_init(m); }
static const struct wt_struct kw_describe_quorum_request_topic_shape = {"kw_describe_quorum_request_topic", sizeof(struct kw_describe_quorum_request_topic), kw_describe_quorum_request_topic_init_any, 2, kw_describe_quorum_request_topic_fields};
static const struct wt_field kw_describe_quorum_request_fields[] = {
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_describe_quorum_request, topics), offsetof(struct kw_describe_quorum_request, topics_count), 0, 2, 0, -1, &kw_describe_quorum_request_topic_shape},
};
static void kw_describe_quorum_request_init_any(void *m) { kw_describe_quorum_request_init(m); }
static const struct wt_struct kw_describe_quorum_request_shape = {"kw_describe_quorum_request", sizeof(struct kw_describe_quorum_request), kw_describe_quorum_request_init_any, 1, kw_describe_quorum_request_fields};
static const struct wt_field kw_describe_quorum_response_listener_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_describe_quorum_response_listener, name), 0, 2, 2, 0, -1, NULL},
    {"host", WT_STRING, false, false, false, offsetof(struct kw_describe_quorum_response_listener, host), 0, 2, 2, 0, -1, NULL},
    {"port", WT_UINT16, false, false, false, offsetof(struct kw_describe_quorum_response_listener, port), 0, 2, 2, 0, -1, NULL},
};
static void kw_describe_quorum_response_listener_init_any(void *m) { kw_describe_quorum_response_listener_init(m); }
static const struct wt_struct kw_describe_quorum_response_listener_shape = {"kw_describe_quorum_response_listener", sizeof(struct kw_describe_quorum_response_listener), kw_describe_quorum_response_listener_init_any, 3, kw_describe_quorum_response_listener_fields};
static const struct wt_field kw_describe_quorum_response_node_fields[] = {
    {"node_id", WT_INT32, false, false, false, offsetof(struct kw_describe_quorum_response_node, node_id), 0, 2, 2, 0, -1, NULL},
    {"listeners", WT_STRUCT, true, false, false, offsetof(struct kw_describe_quorum_response_node, listeners), offsetof(struct kw_describe_quorum_response_node, listeners_count), 2, 2, 0, -1, &kw_describe_quorum_response_listener_shape},
};
static void kw_describe_quorum_response_node_init_any(void *m) { kw_describe_quorum_response_node_init(m); }
static const struct wt_struct kw_describe_quorum_response_node_shape = {"kw_describe_quorum_response_node", sizeof(struct kw_describe_quorum_response_node), kw_describe_quorum_response_node_init_any, 2, kw_describe_quorum_response_node_fields};
static const struct wt_field kw_describe_quorum_response_replica_fields[] = {
    {"replica_id", WT_INT32, false, false, false, offsetof(struct kw_describe_quorum_response_replica, replica_id), 0, 0, 2, 0, -1, NULL},
    {"replica_directory_id", WT_UUID, false, false, false, offsetof(struct kw_describe_quorum_response_replica, replica_directory_id), 0, 2, 2, 0, -1, NULL},
    {"log_end_offset", WT_INT64, false, false, false, offsetof(struct kw_describe_quorum_response_replica, log_end_offset), 0, 0, 2, 0, -1, NULL},
    {"last_fetch_timestamp", WT_INT64, false, false, false, offsetof(struct kw_describe_quorum_response_replica, last_fetch_timestamp), 0, 1, 2, 0, -1, NULL},
    {"last_caught_up_timestamp", WT_INT64, false, false, false, offsetof(struct kw_describe_quorum_response_replica, last_caught_up_timestamp), 0, 1, 2, 0, -1, NULL},
};
static void kw_describe_quorum_response_replica_init_any(void *m) { kw_describe_quorum_response_replica_init(m); }
static const struct wt_struct kw_describe_quorum_response_replica_shape = {"kw_describe_quorum_response_replica", sizeof(struct kw_describe_quorum_response_replica), kw_describe_quorum_response_replica_init_any, 5, kw_describe_quorum_response_replica_fields};
static const struct wt_field kw_describe_quorum_response_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_describe_quorum_response_partition, partition_index), 0, 0, 2, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_describe_quorum_response_partition, error_code), 0, 0, 2, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_describe_quorum_response_partition, error_message), 0, 2, 2, 2, 2, NULL},
    {"leader_id", WT_INT32, false, false, false, offsetof(struct kw_describe_quorum_response_partition, leader_id), 0, 0, 2, 0, -1, NULL},
    {"leader_epoch", WT_INT32, false, false, false, offsetof(struct kw_describe_quorum_response_partition, leader_epoch), 0, 0, 2, 0, -1, NULL},
    {"high_watermark", WT_INT64, false, false, false, offsetof(struct kw_describe_quorum_response_partition, high_watermark), 0, 0, 2, 0, -1, NULL},
    {"current_voters", WT_STRUCT, true, false, false, offsetof(struct kw_describe_quorum_response_partition, current_voters), offsetof(struct kw_describe_quorum_response_partition, current_voters_count), 0, 2, 0, -1, &kw_describe_quorum_response_replica_shape},
    {"observers", WT_STRUCT, true, false, false, offsetof(struct kw_describe_quorum_response_partition, observers), offsetof(struct kw_describe_quorum_response_partition, observers_count), 0, 2, 0, -1, &kw_describe_quorum_response_replica_shape},
};
static void kw_describe_quorum_response_partition_init_any(void *m) { kw_describe_quorum_response_partition_init(m); }
static const struct wt_struct kw_describe_quorum_response_partition_shape = {"kw_describe_quorum_response_partition", sizeof(struct kw_describe_quorum_response_partition), kw_describe_quorum_response_partition_init_any, 8, kw_describe_quorum_response_partition_fields};
static const struct wt_field kw_describe_quorum_response_topic_fields[] = {
    {"topic_name", WT_STRING, false, false, false, offsetof(struct kw_describe_quorum_response_topic, topic_name), 0, 0, 2, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_describe_quorum_response_topic, partitions), offsetof(struct kw_describe_quorum_response_topic, partitions_count), 0, 2, 0, -1, &kw_describe_quorum_response_partition_shape},
};
static void kw_describe_quorum_response_topic_init_any(void *m) { kw_describe_quorum_response_topic_init(m); }
static const struct wt_struct kw_describe_quorum_response_topic_shape = {"kw_describe_quorum_response_topic", sizeof(struct kw_describe_quorum_response_topic), kw_describe_quorum_response_topic_init_any, 2, kw_describe_quorum_response_topic_fields};
static const struct wt_field kw_describe_quorum_response_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_describe_quorum_response, error_code), 0, 0, 2, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_describe_quorum_response, error_message), 0, 2, 2, 2, 2, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_describe_quorum_response, topics), offsetof(struct kw_describe_quorum_response, topics_count), 0, 2, 0, -1, &kw_describe_quorum_response_topic_shape},
    {"nodes", WT_STRUCT, true, false, false, offsetof(struct kw_describe_quorum_response, nodes), offsetof(struct kw_describe_quorum_response, nodes_count), 2, 2, 0, -1, &kw_describe_quorum_response_node_shape},
};
static void kw_describe_quorum_response_init_any(void *m) { kw_describe_quorum_response_init(m); }
static const struct wt_struct kw_describe_quorum_response_shape = {"kw_describe_quorum_response", sizeof(struct kw_describe_quorum_response), kw_describe_quorum_response_init_any, 4, kw_describe_quorum_response_fields};
static const struct wt_field kw_describe_topic_partitions_request_cursor_fields[] = {
    {"topic_name", WT_STRING, false, false, false, offsetof(struct kw_describe_topic_partitions_request_cursor, topic_name), 0, 0, 0, 0, -1, NULL},
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_describe_topic_partitions_request_cursor, partition_index), 0, 0, 0, 0, -1, NULL},
};
static void kw_describe_topic_partitions_request_cursor_init_any(void *m) { kw_describe_topic_partitions_request_cursor_init(m); }
static const struct wt_struct kw_describe_topic_partitions_request_cursor_shape = {"kw_describe_topic_partitions_request_cursor", sizeof(struct kw_describe_topic_partitions_request_cursor), kw_describe_topic_partitions_request_cursor_init_any, 2, kw_describe_topic_partitions_request_cursor_fields};
static const struct wt_field kw_describe_topic_partitions_request_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_describe_topic_partitions_request_topic, name), 0, 0, 0, 0, -1, NULL},
};
static void kw_describe_topic_partitions_request_topic_init_any(void *m) { kw_describe_topic_partitions_request_topic_init(m); }
static const struct wt_struct kw_describe_topic_partitions_request_topic_shape = {"kw_describe_topic_partitions_request_topic", sizeof(struct kw_describe_topic_partitions_request_topic), kw_describe_topic_partitions_request_topic_init_any, 1, kw_describe_topic_partitions_request_topic_fields};
static const struct wt_field kw_describe_topic_partitions_request_fields[] = {
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_describe_topic_partitions_request, topics), offsetof(struct kw_describe_topic_partitions_request, topics_count), 0, 0, 0, -1, &kw_describe_topic_partitions_request_topic_shape},
    {"response_partition_limit", WT_INT32, false, false, false, offsetof(struct kw_describe_topic_partitions_request, response_partition_limit), 0, 0, 0, 0, -1, NULL},
    {"cursor", WT_STRUCT, false, true, false, offsetof(struct kw_describe_topic_partitions_request, cursor), 0, 0, 0, 0, 0, &kw_describe_topic_partitions_request_cursor_shape},
};
static void kw_describe_topic_partitions_request_init_any(void *m) { kw_describe_topic_partitions_request_init(m); }
static const struct wt_struct kw_describe_topic_partitions_request_shape = {"kw_describe_topic_partitions_request", sizeof(struct kw_describe_topic_partitions_request), kw_describe_topic_partitions_request_init_any, 3, kw_describe_topic_partitions_request_fields};
static const struct wt_field kw_describe_topic_partitions_response_next_cursor_fields[] = {
    {"topic_name", WT_STRING, false, false, false, offsetof(struct kw_describe_topic_partitions_response_next_cursor, topic_name), 0, 0, 0, 0, -1, NULL},
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_describe_topic_partitions_response_next_cursor, partition_index), 0, 0, 0, 0, -1, NULL},
};
static void kw_describe_topic_partitions_response_next_cursor_init_any(void *m) { kw_describe_topic_partitions_response_next_cursor_init(m); }
static const struct wt_struct kw_describe_topic_partitions_response_next_cursor_shape = {"kw_describe_topic_partitions_response_next_cursor", sizeof(struct kw_describe_topic_partitions_response_next_cursor), kw_describe_topic_partitions_response_next_cursor_init_any, 2, kw_describe_topic_partitions_response_next_cursor_fields};
static const struct wt_field kw_describe_topic_partitions_response_partition_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_describe_topic_partitions_response_partition, error_code), 0, 0, 0, 0, -1, NULL},
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_describe_topic_partitions_response_partition, partition_index), 0, 0, 0, 0, -1, NULL},
    {"leader_id", WT_INT32, false, false, false, offsetof(struct kw_describe_topic_partitions_response_partition, leader_id), 0, 0, 0, 0, -1, NULL},
    {"leader_epoch", WT_INT32, false, false, false, offsetof(struct kw_describe_topic_partitions_response_partition, leader_epoch), 0, 0, 0, 0, -1, NULL},
    {"replica_nodes", WT_INT32, true, false, false, offsetof(struct kw_describe_topic_partitions_response_partition, replica_nodes), offsetof(struct kw_describe_topic_partitions_response_partition, replica_nodes_count), 0, 0, 0, -1, NULL},
    {"isr_nodes", WT_INT32, true, false, false, offsetof(struct kw_describe_topic_partitions_response_partition, isr_nodes), offsetof(struct kw_describe_topic_partitions_response_partition, isr_nodes_count), 0, 0, 0, -1, NULL},
    {"eligible_leader_replicas", WT_INT32, true, false, false, offsetof(struct kw_describe_topic_partitions_response_partition, eligible_leader_replicas), offsetof(struct kw_describe_topic_partitions_response_partition, eligible_leader_replicas_count), 0, 0, 0, 0, NULL},
    {"last_known_elr", WT_INT32, true, false, false, offsetof(struct kw_describe_topic_partitions_response_partition, last_known_elr), offsetof(struct kw_describe_topic_partitions_response_partition, last_known_elr_count), 0, 0, 0, 0, NULL},
    {"offline_replicas", WT_INT32, true, false, false, offsetof(struct kw_describe_topic_partitions_response_partition, offline_replicas), offsetof(struct kw_describe_topic_partitions_response_partition, offline_replicas_count), 0, 0, 0, -1, NULL},
};
static void kw_describe_topic_partitions_response_partition_init_any(void *m) { kw_describe_topic_partitions_response_partition_init(m); }
static const struct wt_struct kw_describe_topic_partitions_response_partition_shape = {"kw_describe_topic_partitions_response_partition", sizeof(struct kw_describe_topic_partitions_response_partition), kw_describe_topic_partitions_response_partition_init_any, 9, kw_describe_topic_partitions_response_partition_fields};
static const struct wt_field kw_describe_topic_partitions_response_topic_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_describe_topic_partitions_response_topic, error_code), 0, 0, 0, 0, -1, NULL},
    {"name", WT_STRING, false, false, false, offsetof(struct kw_describe_topic_partitions_response_topic, name), 0, 0, 0, 0, 0, NULL},
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_describe_topic_partitions_response_topic, topic_id), 0, 0, 0, 0, -1, NULL},
    {"is_internal", WT_BOOL, false, false, false, offsetof(struct kw_describe_topic_partitions_response_topic, is_internal), 0, 0, 0, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_describe_topic_partitions_response_topic, partitions), offsetof(struct kw_describe_topic_partitions_response_topic, partitions_count), 0, 0, 0, -1, &kw_describe_topic_partitions_response_partition_shape},
    {"topic_authorized_operations", WT_INT32, false, false, false, offsetof(struct kw_describe_topic_partitions_response_topic, topic_authorized_operations), 0, 0, 0, 0, -1, NULL},
};
static void kw_describe_topic_partitions_response_topic_init_any(void *m) { kw_describe_topic_partitions_response_topic_init(m); }
static const struct wt_struct kw_describe_topic_partitions_response_topic_shape = {"kw_describe_topic_partitions_response_topic", sizeof(struct kw_describe_topic_partitions_response_topic), kw_describe_topic_partitions_response_topic_init_any, 6, kw_describe_topic_partitions_response_topic_fields};
static const struct wt_field kw_describe_topic_partitions_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_describe_topic_partitions_response, throttle_time_ms), 0, 0, 0, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_describe_topic_partitions_response, topics), offsetof(struct kw_describe_topic_partitions_response, topics_count), 0, 0, 0, -1, &kw_describe_topic_partitions_response_topic_shape},
    {"next_cursor", WT_STRUCT, false, true, false, offsetof(struct kw_describe_topic_partitions_response, next_cursor), 0, 0, 0, 0, 0, &kw_describe_topic_partitions_response_next_cursor_shape},
};
static void kw_describe_topic_partitions_response_init_any(void *m) { kw_describe_topic_partitions_response_init(m); }
static const struct wt_struct kw_describe_topic_partitions_response_shape = {"kw_describe_topic_partitions_response", sizeof(struct kw_describe_topic_partitions_response), kw_describe_topic_partitions_response_init_any, 3, kw_describe_topic_partitions_response_fields};
static const struct wt_field kw_describe_transactions_request_fields[] = {
    {"transactional_ids", WT_STRING, true, false, false, offsetof(struct kw_describe_transactions_request, transactional_ids), offsetof(struct kw_describe_transactions_request, transactional_ids_count), 0, 0, 0, -1, NULL},
};
static void kw_describe_transactions_request_init_any(void *m) { kw_describe_transactions_request_init(m); }
static const struct wt_struct kw_describe_transactions_request_shape = {"kw_describe_transactions_request", sizeof(struct kw_describe_transactions_request), kw_describe_transactions_request_init_any, 1, kw_describe_transactions_request_fields};
static const struct wt_field kw_describe_transactions_response_topic_fields[] = {
    {"topic", WT_STRING, false, false, false, offsetof(struct kw_describe_transactions_response_topic, topic), 0, 0, 0, 0, -1, NULL},
    {"partitions", WT_INT32, true, false, false, offsetof(struct kw_describe_transactions_response_topic, partitions), offsetof(struct kw_describe_transactions_response_topic, partitions_count), 0, 0, 0, -1, NULL},
};
static void kw_describe_transactions_response_topic_init_any(void *m) { kw_describe_transactions_response_topic_init(m); }
static const struct wt_struct kw_describe_transactions_response_topic_shape = {"kw_describe_transactions_response_topic", sizeof(struct kw_describe_transactions_response_topic), kw_describe_transactions_response_topic_init_any, 2, kw_describe_transactions_response_topic_fields};
static const struct wt_field kw_describe_transactions_response_transaction_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_describe_transactions_response_transaction, error_code), 0, 0, 0, 0, -1, NULL},
    {"transactional_id", WT_STRING, false, false, false, offsetof(struct kw_describe_transactions_response_transaction, transactional_id), 0, 0, 0, 0, -1, NULL},
    {"transaction_state", WT_STRING, false, false, false, offsetof(struct kw_describe_transactions_response_transaction, transaction_state), 0, 0, 0, 0, -1, NULL},
    {"transaction_timeout_ms", WT_INT32, false, false, false, offsetof(struct kw_describe_transactions_response_transaction, transaction_timeout_ms), 0, 0, 0, 0, -1, NULL},
    {"transaction_start_time_ms", WT_INT64, false, false, false, offsetof(struct kw_describe_transactions_response_transaction, transaction_start_time_ms), 0, 0, 0, 0, -1, NULL},
    {"producer_id", WT_INT64, false, false, false, offsetof(struct kw_describe_transactions_response_transaction, producer_id), 0, 0, 0, 0, -1, NULL},
    {"producer_epoch", WT_INT16, false, false, false, offsetof(struct kw_describe_transactions_response_transaction, producer_epoch), 0, 0, 0, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_describe_transactions_response_transaction, topics), offsetof(struct kw_describe_transactions_response_transaction, topics_count), 0, 0, 0, -1, &kw_describe_transactions_response_topic_shape},
};
static void kw_describe_transactions_response_transaction_init_any(void *m) { kw_describe_transactions_response_transaction_init(m); }
static const struct wt_struct kw_describe_transactions_response_transaction_shape = {"kw_describe_transactions_response_transaction", sizeof(struct kw_describe_transactions_response_transaction), kw_describe_transactions_response_transaction_init_any, 8, kw_describe_transactions_response_transaction_fields};
static const struct wt_field kw_describe_transactions_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_describe_transactions_response, throttle_time_ms), 0, 0, 0, 0, -1, NULL},
    {"transaction_states", WT_STRUCT, true, false, false, offsetof(struct kw_describe_transactions_response, transaction_states), offsetof(struct kw_describe_transactions_response, transaction_states_count), 0, 0, 0, -1, &kw_describe_transactions_response_transaction_shape},
};
static void kw_describe_transactions_response_init_any(void *m) { kw_describe_transactions_response_init(m); }
static const struct wt_struct kw_describe_transactions_response_shape = {"kw_describe_transactions_response", sizeof(struct kw_describe_transactions_response), kw_describe_transactions_response_init_any, 2, kw_describe_transactions_response_fields};
static const struct wt_field kw_elect_leaders_request_topic_fields[] = {
    {"topic", WT_STRING, false, false, false, offsetof(struct kw_elect_leaders_request_topic, topic), 0, 0, 2, 0, -1, NULL},
    {"partitions", WT_INT32, true, false, false, offsetof(struct kw_elect_leaders_request_topic, partitions), offsetof(struct kw_elect_leaders_request_topic, partitions_count), 0, 2, 0, -1, NULL},
};
static void kw_elect_leaders_request_topic_init_any(void *m) { kw_elect_leaders_request_topic_init(m); }
static const struct wt_struct kw_elect_leaders_request_topic_shape = {"kw_elect_leaders_request_topic", sizeof(struct kw_elect_leaders_request_topic), kw_elect_leaders_request_topic_init_any, 2, kw_elect_leaders_request_topic_fields};
static const struct wt_field kw_elect_leaders_request_fields[] = {
    {"election_type", WT_INT8, false, false, false, offsetof(struct kw_elect_leaders_request, election_type), 0, 1, 2, 0, -1, NULL},
    {"topic_partitions", WT_STRUCT, true, false, false, offsetof(struct kw_elect_leaders_request, topic_partitions), offsetof(struct kw_elect_leaders_request, topic_partitions_count), 0, 2, 0, 2, &kw_elect_leaders_request_topic_shape},
    {"timeout_ms", WT_INT32, false, false, false, offsetof(struct kw_elect_leaders_request, timeout_ms), 0, 0, 2, 0, -1, NULL},
};
static void kw_elect_leaders_request_init_any(void *m) { kw_elect_leaders_request_init(m); }
static const struct wt_struct kw_elect_leaders_request_shape = {"kw_elect_leaders_request", sizeof(struct kw_elect_leaders_request), kw_elect_leaders_request_init_any, 3, kw_elect_leaders_request_fields};
static const struct wt_field kw_elect_leaders_response_partition_fields[] = {
    {"partition_id", WT_INT32, false, false, false, offsetof(struct kw_elect_leaders_response_partition, partition_id), 0, 0, 2, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_elect_leaders_response_partition, error_code), 0, 0, 2, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_elect_leaders_response_partition, error_message), 0, 0, 2, 0, 2, NULL},
};
static void kw_elect_leaders_response_partition_init_any(void *m) { kw_elect_leaders_response_partition_init(m); }
static const struct wt_struct kw_elect_leaders_response_partition_shape = {"kw_elect_leaders_response_partition", sizeof(struct kw_elect_leaders_response_partition), kw_elect_leaders_response_partition_init_any, 3, kw_elect_leaders_response_partition_fields};
static const struct wt_field kw_elect_leaders_response_topic_fields[] = {
    {"topic", WT_STRING, false, false, false, offsetof(struct kw_elect_leaders_response_topic, topic), 0, 0, 2, 0, -1, NULL},
    {"partition_result", WT_STRUCT, true, false, false, offsetof(struct kw_elect_leaders_response_topic, partition_result), offsetof(struct kw_elect_leaders_response_topic, partition_result_count), 0, 2, 0, -1, &kw_elect_leaders_response_partition_shape},
};
static void kw_elect_leaders_response_topic_init_any(void *m) { kw_elect_leaders_response_topic_init(m); }
static const struct wt_struct kw_elect_leaders_response_topic_shape = {"kw_elect_leaders_response_topic", sizeof(struct kw_elect_leaders_response_topic), kw_elect_leaders_response_topic_init_any, 2, kw_elect_leaders_response_topic_fields};
static const struct wt_field kw_elect_leaders_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_elect_leaders_response, throttle_time_ms), 0, 0, 2, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_elect_leaders_response, error_code), 0, 1, 2, 0, -1, NULL},
    {"replica_election_results", WT_STRUCT, true, false, false, offsetof(struct kw_elect_leaders_response, replica_election_results), offsetof(struct kw_elect_leaders_response, replica_election_results_count), 0, 2, 0, -1, &kw_elect_leaders_response_topic_shape},
};
static void kw_elect_leaders_response_init_any(void *m) { kw_elect_leaders_response_init(m); }
static const struct wt_struct kw_elect_leaders_response_shape = {"kw_elect_leaders_response", sizeof(struct kw_elect_leaders_response), kw_elect_leaders_response_init_any, 3, kw_elect_leaders_response_fields};
static const struct wt_field kw_end_txn_request_fields[] = {
    {"transactional_id", WT_STRING, false, false, false, offsetof(struct kw_end_txn_request, transactional_id), 0, 0, 5, 0, -1, NULL},
    {"producer_id", WT_INT64, false, false, false, offsetof(struct kw_end_txn_request, producer_id), 0, 0, 5, 0, -1, NULL},
    {"producer_epoch", WT_INT16, false, false, false, offsetof(struct kw_end_txn_request, producer_epoch), 0, 0, 5, 0, -1, NULL},
    {"committed", WT_BOOL, false, false, false, offsetof(struct kw_end_txn_request, committed), 0, 0, 5, 0, -1, NULL},
};
static void kw_end_txn_request_init_any(void *m) { kw_end_txn_request_init(m); }
static const struct wt_struct kw_end_txn_request_shape = {"kw_end_txn_request", sizeof(struct kw_end_txn_request), kw_end_txn_request_init_any, 4, kw_end_txn_request_fields};
static const struct wt_field kw_end_txn_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_end_txn_response, throttle_time_ms), 0, 0, 5, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_end_txn_response, error_code), 0, 0, 5, 0, -1, NULL},
    {"producer_id", WT_INT64, false, false, false, offsetof(struct kw_end_txn_response, producer_id), 0, 5, 5, 0, -1, NULL},
    {"producer_epoch", WT_INT16, false, false, false, offsetof(struct kw_end_txn_response, producer_epoch), 0, 5, 5, 0, -1, NULL},
};
static void kw_end_txn_response_init_any(void *m) { kw_end_txn_response_init(m); }
static const struct wt_struct kw_end_txn_response_shape = {"kw_end_txn_response", sizeof(struct kw_end_txn_response), kw_end_txn_response_init_any, 4, kw_end_txn_response_fields};
static const struct wt_field kw_fetch_request_forgotten_topic_fields[] = {
    {"topic", WT_STRING, false, false, false, offsetof(struct kw_fetch_request_forgotten_topic, topic), 0, 7, 12, 0, -1, NULL},
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_fetch_request_forgotten_topic, topic_id), 0, 13, 18, 0, -1, NULL},
    {"partitions", WT_INT32, true, false, false, offsetof(struct kw_fetch_request_forgotten_topic, partitions), offsetof(struct kw_fetch_request_forgotten_topic, partitions_count), 7, 18, 0, -1, NULL},
};
static void kw_fetch_request_forgotten_topic_init_any(void *m) { kw_fetch_request_forgotten_topic_init(m); }
static const struct wt_struct kw_fetch_request_forgotten_topic_shape = {"kw_fetch_request_forgotten_topic", sizeof(struct kw_fetch_request_forgotten_topic), kw_fetch_request_forgotten_topic_init_any, 3, kw_fetch_request_forgotten_topic_fields};
static const struct wt_field kw_fetch_request_partition_fields[] = {
    {"partition", WT_INT32, false, false, false, offsetof(struct kw_fetch_request_partition, partition), 0, 4, 18, 0, -1, NULL},
    {"current_leader_epoch", WT_INT32, false, false, false, offsetof(struct kw_fetch_request_partition, current_leader_epoch), 0, 9, 18, 0, -1, NULL},
    {"fetch_offset", WT_INT64, false, false, false, offsetof(struct kw_fetch_request_partition, fetch_offset), 0, 4, 18, 0, -1, NULL},
    {"last_fetched_epoch", WT_INT32, false, false, false, offsetof(struct kw_fetch_request_partition, last_fetched_epoch), 0, 12, 18, 0, -1, NULL},
    {"log_start_offset", WT_INT64, false, false, false, offsetof(struct kw_fetch_request_partition, log_start_offset), 0, 5, 18, 0, -1, NULL},
    {"partition_max_bytes", WT_INT32, false, false, false, offsetof(struct kw_fetch_request_partition, partition_max_bytes), 0, 4, 18, 0, -1, NULL},
    {"replica_directory_id", WT_UUID, false, false, true, offsetof(struct kw_fetch_request_partition, replica_directory_id), 0, 17, 18, 0, -1, NULL},
    {"high_watermark", WT_INT64, false, false, true, offsetof(struct kw_fetch_request_partition, high_watermark), 0, 18, 18, 0, -1, NULL},
};
static void kw_fetch_request_partition_init_any(void *m) { kw_fetch_request_partition_init(m); }
static const struct wt_struct kw_fetch_request_partition_shape = {"kw_fetch_request_partition", sizeof(struct kw_fetch_request_partition), kw_fetch_request_partition_init_any, 8, kw_fetch_request_partition_fields};
static const struct wt_field kw_fetch_request_topic_fields[] = {
    {"topic", WT_STRING, false, false, false, offsetof(struct kw_fetch_request_topic, topic), 0, 4, 12, 0, -1, NULL},
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_fetch_request_topic, topic_id), 0, 13, 18, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_fetch_request_topic, partitions), offsetof(struct kw_fetch_request_topic, partitions_count), 4, 18, 0, -1, &kw_fetch_request_partition_shape},
};
static void kw_fetch_request_topic_init_any(void *m) { kw_fetch_request_topic_init(m); }
static const struct wt_struct kw_fetch_request_topic_shape = {"kw_fetch_request_topic", sizeof(struct kw_fetch_request_topic), kw_fetch_request_topic_init_any, 3, kw_fetch_request_topic_fields};
static const struct wt_field kw_fetch_request_replica_state_fields[] = {
    {"replica_id", WT_INT32, false, false, false, offsetof(struct kw_fetch_request_replica_state, replica_id), 0, 15, 18, 0, -1, NULL},
    {"replica_epoch", WT_INT64, false, false, false, offsetof(struct kw_fetch_request_replica_state, replica_epoch), 0, 15, 18, 0, -1, NULL},
};
static void kw_fetch_request_replica_state_init_any(void *m) { kw_fetch_request_replica_state_init(m); }
static const struct wt_struct kw_fetch_request_replica_state_shape = {"kw_fetch_request_replica_state", sizeof(struct kw_fetch_request_replica_state), kw_fetch_request_replica_state_init_any, 2, kw_fetch_request_replica_state_fields};
static const struct wt_field kw_fetch_request_fields[] = {
    {"cluster_id", WT_STRING, false, false, true, offsetof(struct kw_fetch_request, cluster_id), 0, 12, 18, 12, 18, NULL},
    {"replica_id", WT_INT32, false, false, false, offsetof(struct kw_fetch_request, replica_id), 0, 4, 14, 0, -1, NULL},
    {"replica_state", WT_STRUCT, false, false, true, offsetof(struct kw_fetch_request, replica_state), 0, 15, 18, 0, -1, &kw_fetch_request_replica_state_shape},
    {"max_wait_ms", WT_INT32, false, false, false, offsetof(struct kw_fetch_request, max_wait_ms), 0, 4, 18, 0, -1, NULL},
    {"min_bytes", WT_INT32, false, false, false, offsetof(struct kw_fetch_request, min_bytes), 0, 4, 18, 0, -1, NULL},
    {"max_bytes", WT_INT32, false, false, false, offsetof(struct kw_fetch_request, max_bytes), 0, 4, 18, 0, -1, NULL},
    {"isolation_level", WT_INT8, false, false, false, offsetof(struct kw_fetch_request, isolation_level), 0, 4, 18, 0, -1, NULL},
    {"session_id", WT_INT32, false, false, false, offsetof(struct kw_fetch_request, session_id), 0, 7, 18, 0, -1, NULL},
    {"session_epoch", WT_INT32, false, false, false, offsetof(struct kw_fetch_request, session_epoch), 0, 7, 18, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_fetch_request, topics), offsetof(struct kw_fetch_request, topics_count), 4, 18, 0, -1, &kw_fetch_request_topic_shape},
    {"forgotten_topics_data", WT_STRUCT, true, false, false, offsetof(struct kw_fetch_request, forgotten_topics_data), offsetof(struct kw_fetch_request, forgotten_topics_data_count), 7, 18, 0, -1, &kw_fetch_request_forgotten_topic_shape},
    {"rack_id", WT_STRING, false, false, false, offsetof(struct kw_fetch_request, rack_id), 0, 11, 18, 0, -1, NULL},
};
static void kw_fetch_request_init_any(void *m) { kw_fetch_request_init(m); }
static const struct wt_struct kw_fetch_request_shape = {"kw_fetch_request", sizeof(struct kw_fetch_request), kw_fetch_request_init_any, 12, kw_fetch_request_fields};
static const struct wt_field kw_fetch_response_node_endpoint_fields[] = {
    {"node_id", WT_INT32, false, false, false, offsetof(struct kw_fetch_response_node_endpoint, node_id), 0, 16, 18, 0, -1, NULL},
    {"host", WT_STRING, false, false, false, offsetof(struct kw_fetch_response_node_endpoint, host), 0, 16, 18, 0, -1, NULL},
    {"port", WT_INT32, false, false, false, offsetof(struct kw_fetch_response_node_endpoint, port), 0, 16, 18, 0, -1, NULL},
    {"rack", WT_STRING, false, false, false, offsetof(struct kw_fetch_response_node_endpoint, rack), 0, 16, 18, 16, 18, NULL},
};
static void kw_fetch_response_node_endpoint_init_any(void *m) { kw_fetch_response_node_endpoint_init(m); }
static const struct wt_struct kw_fetch_response_node_endpoint_shape = {"kw_fetch_response_node_endpoint", sizeof(struct kw_fetch_response_node_endpoint), kw_fetch_response_node_endpoint_init_any, 4, kw_fetch_response_node_endpoint_fields};
static const struct wt_field kw_fetch_response_aborted_transaction_fields[] = {
    {"producer_id", WT_INT64, false, false, false, offsetof(struct kw_fetch_response_aborted_transaction, producer_id), 0, 4, 18, 0, -1, NULL},
    {"first_offset", WT_INT64, false, false, false, offsetof(struct kw_fetch_response_aborted_transaction, first_offset), 0, 4, 18, 0, -1, NULL},
};
static void kw_fetch_response_aborted_transaction_init_any(void *m) { kw_fetch_response_aborted_transaction_init(m); }
static const struct wt_struct kw_fetch_response_aborted_transaction_shape = {"kw_fetch_response_aborted_transaction", sizeof(struct kw_fetch_response_aborted_transaction), kw_fetch_response_aborted_transaction_init_any, 2, kw_fetch_response_aborted_transaction_fields};
static const struct wt_field kw_fetch_response_snapshot_id_fields[] = {
    {"end_offset", WT_INT64, false, false, false, offsetof(struct kw_fetch_response_snapshot_id, end_offset), 0, 12, 18, 0, -1, NULL},
    {"epoch", WT_INT32, false, false, false, offsetof(struct kw_fetch_response_snapshot_id, epoch), 0, 12, 18, 0, -1, NULL},
};
static void kw_fetch_response_snapshot_id_init_any(void *m) { kw_fetch_response_snapshot_id_init(m); }
static const struct wt_struct kw_fetch_response_snapshot_id_shape = {"kw_fetch_response_snapshot_id", sizeof(struct kw_fetch_response_snapshot_id), kw_fetch_response_snapshot_id_init_any, 2, kw_fetch_response_snapshot_id_fields};
static const struct wt_field kw_fetch_response_current_leader_fields[] = {
    {"leader_id", WT_INT32, false, false, false, offsetof(struct kw_fetch_response_current_leader, leader_id), 0, 12, 18, 0, -1, NULL},
    {"leader_epoch", WT_INT32, false, false, false, offsetof(struct kw_fetch_response_current_leader, leader_epoch), 0, 12, 18, 0, -1, NULL},
};
static void kw_fetch_response_current_leader_init_any(void *m) { kw_fetch_response_current_leader_init(m); }
static const struct wt_struct kw_fetch_response_current_leader_shape = {"kw_fetch_response_current_leader", sizeof(struct kw_fetch_response_current_leader), kw_fetch_response_current_leader_init_any, 2, kw_fetch_response_current_leader_fields};
static const struct wt_field kw_fetch_response_diverging_epoch_fields[] = {
    {"epoch", WT_INT32, false, false, false, offsetof(struct kw_fetch_response_diverging_epoch, epoch), 0, 12, 18, 0, -1, NULL},
    {"end_offset", WT_INT64, false, false, false, offsetof(struct kw_fetch_response_diverging_epoch, end_offset), 0, 12, 18, 0, -1, NULL},
};
static void kw_fetch_response_diverging_epoch_init_any(void *m) { kw_fetch_response_diverging_epoch_init(m); }
static const struct wt_struct kw_fetch_response_diverging_epoch_shape = {"kw_fetch_response_diverging_epoch", sizeof(struct kw_fetch_response_diverging_epoch), kw_fetch_response_diverging_epoch_init_any, 2, kw_fetch_response_diverging_epoch_fields};
static const struct wt_field kw_fetch_response_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_fetch_response_partition, partition_index), 0, 4, 18, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_fetch_response_partition, error_code), 0, 4, 18, 0, -1, NULL},
    {"high_watermark", WT_INT64, false, false, false, offsetof(struct kw_fetch_response_partition, high_watermark), 0, 4, 18, 0, -1, NULL},
    {"last_stable_offset", WT_INT64, false, false, false, offsetof(struct kw_fetch_response_partition, last_stable_offset), 0, 4, 18, 0, -1, NULL},
    {"log_start_offset", WT_INT64, false, false, false, offsetof(struct kw_fetch_response_partition, log_start_offset), 0, 5, 18, 0, -1, NULL},
    {"diverging_epoch", WT_STRUCT, false, false, true, offsetof(struct kw_fetch_response_partition, diverging_epoch), 0, 12, 18, 0, -1, &kw_fetch_response_diverging_epoch_shape},
    {"current_leader", WT_STRUCT, false, false, true, offsetof(struct kw_fetch_response_partition, current_leader), 0, 12, 18, 0, -1, &kw_fetch_response_current_leader_shape},
    {"snapshot_id", WT_STRUCT, false, false, true, offsetof(struct kw_fetch_response_partition, snapshot_id), 0, 12, 18, 0, -1, &kw_fetch_response_snapshot_id_shape},
    {"aborted_transactions", WT_STRUCT, true, false, false, offsetof(struct kw_fetch_response_partition, aborted_transactions), offsetof(struct kw_fetch_response_partition, aborted_transactions_count), 4, 18, 4, 18, &kw_fetch_response_aborted_transaction_shape},
    {"preferred_read_replica", WT_INT32, false, false, false, offsetof(struct kw_fetch_response_partition, preferred_read_replica), 0, 11, 18, 0, -1, NULL},
    {"records", WT_RECORDS, false, false, false, offsetof(struct kw_fetch_response_partition, records), 0, 4, 18, 4, 18, NULL},
};
static void kw_fetch_response_partition_init_any(void *m) { kw_fetch_response_partition_init(m); }
static const struct wt_struct kw_fetch_response_partition_shape = {"kw_fetch_response_partition", sizeof(struct kw_fetch_response_partition), kw_fetch_response_partition_init_any, 11, kw_fetch_response_partition_fields};
static const struct wt_field kw_fetch_response_topic_fields[] = {
    {"topic", WT_STRING, false, false, false, offsetof(struct kw_fetch_response_topic, topic), 0, 4, 12, 0, -1, NULL},
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_fetch_response_topic, topic_id), 0, 13, 18, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_fetch_response_topic, partitions), offsetof(struct kw_fetch_response_topic, partitions_count), 4, 18, 0, -1, &kw_fetch_response_partition_shape},
};
static void kw_fetch_response_topic_init_any(void *m) { kw_fetch_response_topic_init(m); }
static const struct wt_struct kw_fetch_response_topic_shape = {"kw_fetch_response_topic", sizeof(struct kw_fetch_response_topic), kw_fetch_response_topic_init_any, 3, kw_fetch_response_topic_fields};
static const struct wt_field kw_fetch_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_fetch_response, throttle_time_ms), 0, 4, 18, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_fetch_response, error_code), 0, 7, 18, 0, -1, NULL},
    {"session_id", WT_INT32, false, false, false, offsetof(struct kw_fetch_response, session_id), 0, 7, 18, 0, -1, NULL},
    {"responses", WT_STRUCT, true, false, false, offsetof(struct kw_fetch_response, responses), offsetof(struct kw_fetch_response, responses_count), 4, 18, 0, -1, &kw_fetch_response_topic_shape},
    {"node_endpoints", WT_STRUCT, true, false, true, offsetof(struct kw_fetch_response, node_endpoints), offsetof(struct kw_fetch_response, node_endpoints_count), 16, 18, 0, -1, &kw_fetch_response_node_endpoint_shape},
};
static void kw_fetch_response_init_any(void *m) { kw_fetch_response_init(m); }
static const struct wt_struct kw_fetch_response_shape = {"kw_fetch_response", sizeof(struct kw_fetch_response), kw_fetch_response_init_any, 5, kw_fetch_response_fields};
static const struct wt_field kw_find_coordinator_request_fields[] = {
    {"key", WT_STRING, false, false, false, offsetof(struct kw_find_coordinator_request, key), 0, 0, 3, 0, -1, NULL},
    {"key_type", WT_INT8, false, false, false, offsetof(struct kw_find_coordinator_request, key_type), 0, 1, 6, 0, -1, NULL},
    {"coordinator_keys", WT_STRING, true, false, false, offsetof(struct kw_find_coordinator_request, coordinator_keys), offsetof(struct kw_find_coordinator_request, coordinator_keys_count), 4, 6, 0, -1, NULL},
};
static void kw_find_coordinator_request_init_any(void *m) { kw_find_coordinator_request_init(m); }
static const struct wt_struct kw_find_coordinator_request_shape = {"kw_find_coordinator_request", sizeof(struct kw_find_coordinator_request), kw_find_coordinator_request_init_any, 3, kw_find_coordinator_request_fields};
static const struct wt_field kw_find_coordinator_response_coordinator_fields[] = {
    {"key", WT_STRING, false, false, false, offsetof(struct kw_find_coordinator_response_coordinator, key), 0, 4, 6, 0, -1, NULL},
    {"node_id", WT_INT32, false, false, false, offsetof(struct kw_find_coordinator_response_coordinator, node_id), 0, 4, 6, 0, -1, NULL},
    {"host", WT_STRING, false, false, false, offsetof(struct kw_find_coordinator_response_coordinator, host), 0, 4, 6, 0, -1, NULL},
    {"port", WT_INT32, false, false, false, offsetof(struct kw_find_coordinator_response_coordinator, port), 0, 4, 6, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_find_coordinator_response_coordinator, error_code), 0, 4, 6, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_find_coordinator_response_coordinator, error_message), 0, 4, 6, 4, 6, NULL},
};
static void kw_find_coordinator_response_coordinator_init_any(void *m) { kw_find_coordinator_response_coordinator_init(m); }
static const struct wt_struct kw_find_coordinator_response_coordinator_shape = {"kw_find_coordinator_response_coordinator", sizeof(struct kw_find_coordinator_response_coordinator), kw_find_coordinator_response_coordinator_init_any, 6, kw_find_coordinator_response_coordinator_fields};
static const struct wt_field kw_find_coordinator_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_find_coordinator_response, throttle_time_ms), 0, 1, 6, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_find_coordinator_response, error_code), 0, 0, 3, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_find_coordinator_response, error_message), 0, 1, 3, 1, 3, NULL},
    {"node_id", WT_INT32, false, false, false, offsetof(struct kw_find_coordinator_response, node_id), 0, 0, 3, 0, -1, NULL},
    {"host", WT_STRING, false, false, false, offsetof(struct kw_find_coordinator_response, host), 0, 0, 3, 0, -1, NULL},
    {"port", WT_INT32, false, false, false, offsetof(struct kw_find_coordinator_response, port), 0, 0, 3, 0, -1, NULL},
    {"coordinators", WT_STRUCT, true, false, false, offsetof(struct kw_find_coordinator_response, coordinators), offsetof(struct kw_find_coordinator_response, coordinators_count), 4, 6, 0, -1, &kw_find_coordinator_response_coordinator_shape},
};
static void kw_find_coordinator_response_init_any(void *m) { kw_find_coordinator_response_init(m); }
static const struct wt_struct kw_find_coordinator_response_shape = {"kw_find_coordinator_response", sizeof(struct kw_find_coordinator_response), kw_find_coordinator_response_init_any, 7, kw_find_coordinator_response_fields};
static const struct wt_field kw_offset_commit_key_fields[] = {
    {"group", WT_STRING, false, false, false, offsetof(struct kw_offset_commit_key, group), 0, 0, 0, 0, -1, NULL},
    {"topic", WT_STRING, false, false, false, offsetof(struct kw_offset_commit_key, topic), 0, 0, 0, 0, -1, NULL},
    {"partition", WT_INT32, false, false, false, offsetof(struct kw_offset_commit_key, partition), 0, 0, 0, 0, -1, NULL},
};
static void kw_offset_commit_key_init_any(void *m) { kw_offset_commit_key_init(m); }
static const struct wt_struct kw_offset_commit_key_shape = {"kw_offset_commit_key", sizeof(struct kw_offset_commit_key), kw_offset_commit_key_init_any, 3, kw_offset_commit_key_fields};
static const struct wt_field kw_offset_commit_value_fields[] = {
    {"offset", WT_INT64, false, false, false, offsetof(struct kw_offset_commit_value, offset), 0, 0, 4, 0, -1, NULL},
    {"leader_epoch", WT_INT32, false, false, false, offsetof(struct kw_offset_commit_value, leader_epoch), 0, 3, 4, 0, -1, NULL},
    {"metadata", WT_STRING, false, false, false, offsetof(struct kw_offset_commit_value, metadata), 0, 0, 4, 0, -1, NULL},
    {"commit_timestamp", WT_INT64, false, false, false, offsetof(struct kw_offset_commit_value, commit_timestamp), 0, 0, 4, 0, -1, NULL},
    {"expire_timestamp", WT_INT64, false, false, false, offsetof(struct kw_offset_commit_value, expire_timestamp), 0, 1, 1, 0, -1, NULL},
    {"topic_id", WT_UUID, false, false, true, offsetof(struct kw_offset_commit_value, topic_id), 0, 4, 4, 0, -1, NULL},
};
static void kw_offset_commit_value_init_any(void *m) { kw_offset_commit_value_init(m); }
static const struct wt_struct kw_offset_commit_value_shape = {"kw_offset_commit_value", sizeof(struct kw_offset_commit_value), kw_offset_commit_value_init_any, 6, kw_offset_commit_value_fields};
static const struct wt_field kw_group_metadata_key_fields[] = {
    {"group", WT_STRING, false, false, false, offsetof(struct kw_group_metadata_key, group), 0, 0, 0, 0, -1, NULL},
};
static void kw_group_metadata_key_init_any(void *m) { kw_group_metadata_key_init(m); }
static const struct wt_struct kw_group_metadata_key_shape = {"kw_group_metadata_key", sizeof(struct kw_group_metadata_key), kw_group_metadata_key_init_any, 1, kw_group_metadata_key_fields};
static const struct wt_field kw_group_metadata_value_member_fields[] = {
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_group_metadata_value_member, member_id), 0, 0, 4, 0, -1, NULL},
    {"group_instance_id", WT_STRING, false, false, false, offsetof(struct kw_group_metadata_value_member, group_instance_id), 0, 3, 4, 3, 4, NULL},
    {"client_id", WT_STRING, false, false, false, offsetof(struct kw_group_metadata_value_member, client_id), 0, 0, 4, 0, -1, NULL},
    {"client_host", WT_STRING, false, false, false, offsetof(struct kw_group_metadata_value_member, client_host), 0, 0, 4, 0, -1, NULL},
    {"rebalance_timeout", WT_INT32, false, false, false, offsetof(struct kw_group_metadata_value_member, rebalance_timeout), 0, 1, 4, 0, -1, NULL},
    {"session_timeout", WT_INT32, false, false, false, offsetof(struct kw_group_metadata_value_member, session_timeout), 0, 0, 4, 0, -1, NULL},
    {"subscription", WT_BYTES, false, false, false, offsetof(struct kw_group_metadata_value_member, subscription), 0, 0, 4, 0, -1, NULL},
    {"assignment", WT_BYTES, false, false, false, offsetof(struct kw_group_metadata_value_member, assignment), 0, 0, 4, 0, -1, NULL},
};
static void kw_group_metadata_value_member_init_any(void *m) { kw_group_metadata_value_member_init(m); }
static const struct wt_struct kw_group_metadata_value_member_shape = {"kw_group_metadata_value_member", sizeof(struct kw_group_metadata_value_member), kw_group_metadata_value_member_init_any, 8, kw_group_metadata_value_member_fields};
static const struct wt_field kw_group_metadata_value_fields[] = {
    {"protocol_type", WT_STRING, false, false, false, offsetof(struct kw_group_metadata_value, protocol_type), 0, 0, 4, 0, -1, NULL},
    {"generation", WT_INT32, false, false, false, offsetof(struct kw_group_metadata_value, generation), 0, 0, 4, 0, -1, NULL},
    {"protocol", WT_STRING, false, false, false, offsetof(struct kw_group_metadata_value, protocol), 0, 0, 4, 0, 4, NULL},
    {"leader", WT_STRING, false, false, false, offsetof(struct kw_group_metadata_value, leader), 0, 0, 4, 0, 4, NULL},
    {"current_state_timestamp", WT_INT64, false, false, false, offsetof(struct kw_group_metadata_value, current_state_timestamp), 0, 2, 4, 0, -1, NULL},
    {"members", WT_STRUCT, true, false, false, offsetof(struct kw_group_metadata_value, members), offsetof(struct kw_group_metadata_value, members_count), 0, 4, 0, -1, &kw_group_metadata_value_member_shape},
};
static void kw_group_metadata_value_init_any(void *m) { kw_group_metadata_value_init(m); }
static const struct wt_struct kw_group_metadata_value_shape = {"kw_group_metadata_value", sizeof(struct kw_group_metadata_value), kw_group_metadata_value_init_any, 6, kw_group_metadata_value_fields};
static const struct wt_field kw_request_header_fields[] = {
    {"request_api_key", WT_INT16, false, false, false, offsetof(struct kw_request_header, request_api_key), 0, 1, 2, 0, -1, NULL},
    {"request_api_version", WT_INT16, false, false, false, offsetof(struct kw_request_header, request_api_version), 0, 1, 2, 0, -1, NULL},
    {"correlation_id", WT_INT32, false, false, false, offsetof(struct kw_request_header, correlation_id), 0, 1, 2, 0, -1, NULL},
    {"client_id", WT_STRING, false, false, false, offsetof(struct kw_request_header, client_id), 0, 1, 2, 1, 2, NULL},
};
static void kw_request_header_init_any(void *m) { kw_request_header_init(m); }
static const struct wt_struct kw_request_header_shape = {"kw_request_header", sizeof(struct kw_request_header), kw_request_header_init_any, 4, kw_request_header_fields};
static const struct wt_field kw_response_header_fields[] = {
    {"correlation_id", WT_INT32, false, false, false, offsetof(struct kw_response_header, correlation_id), 0, 0, 1, 0, -1, NULL},
};
static void kw_response_header_init_any(void *m) { kw_response_header_init(m); }
static const struct wt_struct kw_response_header_shape = {"kw_response_header", sizeof(struct kw_response_header), kw_response_header_init_any, 1, kw_response_header_fields};
static const struct wt_field kw_heartbeat_request_fields[] = {
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_heartbeat_request, group_id), 0, 0, 4, 0, -1, NULL},
    {"generation_id", WT_INT32, false, false, false, offsetof(struct kw_heartbeat_request, generation_id), 0, 0, 4, 0, -1, NULL},
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_heartbeat_request, member_id), 0, 0, 4, 0, -1, NULL},
    {"group_instance_id", WT_STRING, false, false, false, offsetof(struct kw_heartbeat_request, group_instance_id), 0, 3, 4, 3, 4, NULL},
};
static void kw_heartbeat_request_init_any(void *m) { kw_heartbeat_request_init(m); }
static const struct wt_struct kw_heartbeat_request_shape = {"kw_heartbeat_request", sizeof(struct kw_heartbeat_request), kw_heartbeat_request_init_any, 4, kw_heartbeat_request_fields};
static const struct wt_field kw_heartbeat_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_heartbeat_response, throttle_time_ms), 0, 1, 4, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_heartbeat_response, error_code), 0, 0, 4, 0, -1, NULL},
};
static void kw_heartbeat_response_init_any(void *m) { kw_heartbeat_response_init(m); }
static const struct wt_struct kw_heartbeat_response_shape = {"kw_heartbeat_response", sizeof(struct kw_heartbeat_response), kw_heartbeat_response_init_any, 2, kw_heartbeat_response_fields};
static const struct wt_field kw_incremental_alter_configs_request_config_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_incremental_alter_configs_request_config, name), 0, 0, 1, 0, -1, NULL},
    {"config_operation", WT_INT8, false, false, false, offsetof(struct kw_incremental_alter_configs_request_config, config_operation), 0, 0, 1, 0, -1, NULL},
    {"value", WT_STRING, false, false, false, offsetof(struct kw_incremental_alter_configs_request_config, value), 0, 0, 1, 0, 1, NULL},
};
static void kw_incremental_alter_configs_request_config_init_any(void *m) { kw_incremental_alter_configs_request_config_init(m); }
static const struct wt_struct kw_incremental_alter_configs_request_config_shape = {"kw_incremental_alter_configs_request_config", sizeof(struct kw_incremental_alter_configs_request_config), kw_incremental_alter_configs_request_config_init_any, 3, kw_incremental_alter_configs_request_config_fields};
static const struct wt_field kw_incremental_alter_configs_request_resource_fields[] = {
    {"resource_type", WT_INT8, false, false, false, offsetof(struct kw_incremental_alter_configs_request_resource, resource_type), 0, 0, 1, 0, -1, NULL},
    {"resource_name", WT_STRING, false, false, false, offsetof(struct kw_incremental_alter_configs_request_resource, resource_name), 0, 0, 1, 0, -1, NULL},
    {"configs", WT_STRUCT, true, false, false, offsetof(struct kw_incremental_alter_configs_request_resource, configs), offsetof(struct kw_incremental_alter_configs_request_resource, configs_count), 0, 1, 0, -1, &kw_incremental_alter_configs_request_config_shape},
};
static void kw_incremental_alter_configs_request_resource_init_any(void *m) { kw_incremental_alter_configs_request_resource_init(m); }
static const struct wt_struct kw_incremental_alter_configs_request_resource_shape = {"kw_incremental_alter_configs_request_resource", sizeof(struct kw_incremental_alter_configs_request_resource), kw_incremental_alter_configs_request_resource_init_any, 3, kw_incremental_alter_configs_request_resource_fields};
static const struct wt_field kw_incremental_alter_configs_request_fields[] = {
    {"resources", WT_STRUCT, true, false, false, offsetof(struct kw_incremental_alter_configs_request, resources), offsetof(struct kw_incremental_alter_configs_request, resources_count), 0, 1, 0, -1, &kw_incremental_alter_configs_request_resource_shape},
    {"validate_only", WT_BOOL, false, false, false, offsetof(struct kw_incremental_alter_configs_request, validate_only), 0, 0, 1, 0, -1, NULL},
};
static void kw_incremental_alter_configs_request_init_any(void *m) { kw_incremental_alter_configs_request_init(m); }
static const struct wt_struct kw_incremental_alter_configs_request_shape = {"kw_incremental_alter_configs_request", sizeof(struct kw_incremental_alter_configs_request), kw_incremental_alter_configs_request_init_any, 2, kw_incremental_alter_configs_request_fields};
static const struct wt_field kw_incremental_alter_configs_response_resource_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_incremental_alter_configs_response_resource, error_code), 0, 0, 1, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_incremental_alter_configs_response_resource, error_message), 0, 0, 1, 0, 1, NULL},
    {"resource_type", WT_INT8, false, false, false, offsetof(struct kw_incremental_alter_configs_response_resource, resource_type), 0, 0, 1, 0, -1, NULL},
    {"resource_name", WT_STRING, false, false, false, offsetof(struct kw_incremental_alter_configs_response_resource, resource_name), 0, 0, 1, 0, -1, NULL},
};
static void kw_incremental_alter_configs_response_resource_init_any(void *m) { kw_incremental_alter_configs_response_resource_init(m); }
static const struct wt_struct kw_incremental_alter_configs_response_resource_shape = {"kw_incremental_alter_configs_response_resource", sizeof(struct kw_incremental_alter_configs_response_resource), kw_incremental_alter_configs_response_resource_init_any, 4, kw_incremental_alter_configs_response_resource_fields};
static const struct wt_field kw_incremental_alter_configs_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_incremental_alter_configs_response, throttle_time_ms), 0, 0, 1, 0, -1, NULL},
    {"responses", WT_STRUCT, true, false, false, offsetof(struct kw_incremental_alter_configs_response, responses), offsetof(struct kw_incremental_alter_configs_response, responses_count), 0, 1, 0, -1, &kw_incremental_alter_configs_response_resource_shape},
};
static void kw_incremental_alter_configs_response_init_any(void *m) { kw_incremental_alter_configs_response_init(m); }
static const struct wt_struct kw_incremental_alter_configs_response_shape = {"kw_incremental_alter_configs_response", sizeof(struct kw_incremental_alter_configs_response), kw_incremental_alter_configs_response_init_any, 2, kw_incremental_alter_configs_response_fields};
static const struct wt_field kw_init_producer_id_request_fields[] = {
    {"transactional_id", WT_STRING, false, false, false, offsetof(struct kw_init_producer_id_request, transactional_id), 0, 0, 6, 0, 6, NULL},
    {"transaction_timeout_ms", WT_INT32, false, false, false, offsetof(struct kw_init_producer_id_request, transaction_timeout_ms), 0, 0, 6, 0, -1, NULL},
    {"producer_id", WT_INT64, false, false, false, offsetof(struct kw_init_producer_id_request, producer_id), 0, 3, 6, 0, -1, NULL},
    {"producer_epoch", WT_INT16, false, false, false, offsetof(struct kw_init_producer_id_request, producer_epoch), 0, 3, 6, 0, -1, NULL},
    {"enable_2pc", WT_BOOL, false, false, false, offsetof(struct kw_init_producer_id_request, enable_2pc), 0, 6, 6, 0, -1, NULL},
    {"keep_prepared_txn", WT_BOOL, false, false, false, offsetof(struct kw_init_producer_id_request, keep_prepared_txn), 0, 6, 6, 0, -1, NULL},
};
static void kw_init_producer_id_request_init_any(void *m) { kw_init_producer_id_request_init(m); }
static const struct wt_struct kw_init_producer_id_request_shape = {"kw_init_producer_id_request", sizeof(struct kw_init_producer_id_request), kw_init_producer_id_request_init_any, 6, kw_init_producer_id_request_fields};
static const struct wt_field kw_init_producer_id_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_init_producer_id_response, throttle_time_ms), 0, 0, 6, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_init_producer_id_response, error_code), 0, 0, 6, 0, -1, NULL},
    {"producer_id", WT_INT64, false, false, false, offsetof(struct kw_init_producer_id_response, producer_id), 0, 0, 6, 0, -1, NULL},
    {"producer_epoch", WT_INT16, false, false, false, offsetof(struct kw_init_producer_id_response, producer_epoch), 0, 0, 6, 0, -1, NULL},
    {"ongoing_txn_producer_id", WT_INT64, false, false, false, offsetof(struct kw_init_producer_id_response, ongoing_txn_producer_id), 0, 6, 6, 0, -1, NULL},
    {"ongoing_txn_producer_epoch", WT_INT16, false, false, false, offsetof(struct kw_init_producer_id_response, ongoing_txn_producer_epoch), 0, 6, 6, 0, -1, NULL},
};
static void kw_init_producer_id_response_init_any(void *m) { kw_init_producer_id_response_init(m); }
static const struct wt_struct kw_init_producer_id_response_shape = {"kw_init_producer_id_response", sizeof(struct kw_init_producer_id_response), kw_init_producer_id_response_init_any, 6, kw_init_producer_id_response_fields};
static const struct wt_field kw_join_group_request_protocol_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_join_group_request_protocol, name), 0, 0, 9, 0, -1, NULL},
    {"metadata", WT_BYTES, false, false, false, offsetof(struct kw_join_group_request_protocol, metadata), 0, 0, 9, 0, -1, NULL},
};
static void kw_join_group_request_protocol_init_any(void *m) { kw_join_group_request_protocol_init(m); }
static const struct wt_struct kw_join_group_request_protocol_shape = {"kw_join_group_request_protocol", sizeof(struct kw_join_group_request_protocol), kw_join_group_request_protocol_init_any, 2, kw_join_group_request_protocol_fields};
static const struct wt_field kw_join_group_request_fields[] = {
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_join_group_request, group_id), 0, 0, 9, 0, -1, NULL},
    {"session_timeout_ms", WT_INT32, false, false, false, offsetof(struct kw_join_group_request, session_timeout_ms), 0, 0, 9, 0, -1, NULL},
    {"rebalance_timeout_ms", WT_INT32, false, false, false, offsetof(struct kw_join_group_request, rebalance_timeout_ms), 0, 1, 9, 0, -1, NULL},
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_join_group_request, member_id), 0, 0, 9, 0, -1, NULL},
    {"group_instance_id", WT_STRING, false, false, false, offsetof(struct kw_join_group_request, group_instance_id), 0, 5, 9, 5, 9, NULL},
    {"protocol_type", WT_STRING, false, false, false, offsetof(struct kw_join_group_request, protocol_type), 0, 0, 9, 0, -1, NULL},
    {"protocols", WT_STRUCT, true, false, false, offsetof(struct kw_join_group_request, protocols), offsetof(struct kw_join_group_request, protocols_count), 0, 9, 0, -1, &kw_join_group_request_protocol_shape},
    {"reason", WT_STRING, false, false, false, offsetof(struct kw_join_group_request, reason), 0, 8, 9, 8, 9, NULL},
};
static void kw_join_group_request_init_any(void *m) { kw_join_group_request_init(m); }
static const struct wt_struct kw_join_group_request_shape = {"kw_join_group_request", sizeof(struct kw_join_group_request), kw_join_group_request_init_any, 8, kw_join_group_request_fields};
static const struct wt_field kw_join_group_response_member_fields[] = {
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_join_group_response_member, member_id), 0, 0, 9, 0, -1, NULL},
    {"group_instance_id", WT_STRING, false, false, false, offsetof(struct kw_join_group_response_member, group_instance_id), 0, 5, 9, 5, 9, NULL},
    {"metadata", WT_BYTES, false, false, false, offsetof(struct kw_join_group_response_member, metadata), 0, 0, 9, 0, -1, NULL},
};
static void kw_join_group_response_member_init_any(void *m) { kw_join_group_response_member_init(m); }
static const struct wt_struct kw_join_group_response_member_shape = {"kw_join_group_response_member", sizeof(struct kw_join_group_response_member), kw_join_group_response_member_init_any, 3, kw_join_group_response_member_fields};
static const struct wt_field kw_join_group_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_join_group_response, throttle_time_ms), 0, 2, 9, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_join_group_response, error_code), 0, 0, 9, 0, -1, NULL},
    {"generation_id", WT_INT32, false, false, false, offsetof(struct kw_join_group_response, generation_id), 0, 0, 9, 0, -1, NULL},
    {"protocol_type", WT_STRING, false, false, false, offsetof(struct kw_join_group_response, protocol_type), 0, 7, 9, 7, 9, NULL},
    {"protocol_name", WT_STRING, false, false, false, offsetof(struct kw_join_group_response, protocol_name), 0, 0, 9, 7, 9, NULL},
    {"leader", WT_STRING, false, false, false, offsetof(struct kw_join_group_response, leader), 0, 0, 9, 0, -1, NULL},
    {"skip_assignment", WT_BOOL, false, false, false, offsetof(struct kw_join_group_response, skip_assignment), 0, 9, 9, 0, -1, NULL},
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_join_group_response, member_id), 0, 0, 9, 0, -1, NULL},
    {"members", WT_STRUCT, true, false, false, offsetof(struct kw_join_group_response, members), offsetof(struct kw_join_group_response, members_count), 0, 9, 0, -1, &kw_join_group_response_member_shape},
};
static void kw_join_group_response_init_any(void *m) { kw_join_group_response_init(m); }
static const struct wt_struct kw_join_group_response_shape = {"kw_join_group_response", sizeof(struct kw_join_group_response), kw_join_group_response_init_any, 9, kw_join_group_response_fields};
static const struct wt_field kw_leave_group_request_member_fields[] = {
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_leave_group_request_member, member_id), 0, 3, 5, 0, -1, NULL},
    {"group_instance_id", WT_STRING, false, false, false, offsetof(struct kw_leave_group_request_member, group_instance_id), 0, 3, 5, 3, 5, NULL},
    {"reason", WT_STRING, false, false, false, offsetof(struct kw_leave_group_request_member, reason), 0, 5, 5, 5, 5, NULL},
};
static void kw_leave_group_request_member_init_any(void *m) { kw_leave_group_request_member_init(m); }
static const struct wt_struct kw_leave_group_request_member_shape = {"kw_leave_group_request_member", sizeof(struct kw_leave_group_request_member), kw_leave_group_request_member_init_any, 3, kw_leave_group_request_member_fields};
static const struct wt_field kw_leave_group_request_fields[] = {
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_leave_group_request, group_id), 0, 0, 5, 0, -1, NULL},
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_leave_group_request, member_id), 0, 0, 2, 0, -1, NULL},
    {"members", WT_STRUCT, true, false, false, offsetof(struct kw_leave_group_request, members), offsetof(struct kw_leave_group_request, members_count), 3, 5, 0, -1, &kw_leave_group_request_member_shape},
};
static void kw_leave_group_request_init_any(void *m) { kw_leave_group_request_init(m); }
static const struct wt_struct kw_leave_group_request_shape = {"kw_leave_group_request", sizeof(struct kw_leave_group_request), kw_leave_group_request_init_any, 3, kw_leave_group_request_fields};
static const struct wt_field kw_leave_group_response_member_fields[] = {
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_leave_group_response_member, member_id), 0, 3, 5, 0, -1, NULL},
    {"group_instance_id", WT_STRING, false, false, false, offsetof(struct kw_leave_group_response_member, group_instance_id), 0, 3, 5, 3, 5, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_leave_group_response_member, error_code), 0, 3, 5, 0, -1, NULL},
};
static void kw_leave_group_response_member_init_any(void *m) { kw_leave_group_response_member_init(m); }
static const struct wt_struct kw_leave_group_response_member_shape = {"kw_leave_group_response_member", sizeof(struct kw_leave_group_response_member), kw_leave_group_response_member_init_any, 3, kw_leave_group_response_member_fields};
static const struct wt_field kw_leave_group_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_leave_group_response, throttle_time_ms), 0, 1, 5, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_leave_group_response, error_code), 0, 0, 5, 0, -1, NULL},
    {"members", WT_STRUCT, true, false, false, offsetof(struct kw_leave_group_response, members), offsetof(struct kw_leave_group_response, members_count), 3, 5, 0, -1, &kw_leave_group_response_member_shape},
};
static void kw_leave_group_response_init_any(void *m) { kw_leave_group_response_init(m); }
static const struct wt_struct kw_leave_group_response_shape = {"kw_leave_group_response", sizeof(struct kw_leave_group_response), kw_leave_group_response_init_any, 3, kw_leave_group_response_fields};
static const struct wt_field kw_list_config_resources_request_fields[] = {
    {"resource_types", WT_INT8, true, false, false, offsetof(struct kw_list_config_resources_request, resource_types), offsetof(struct kw_list_config_resources_request, resource_types_count), 1, 1, 0, -1, NULL},
};
static void kw_list_config_resources_request_init_any(void *m) { kw_list_config_resources_request_init(m); }
static const struct wt_struct kw_list_config_resources_request_shape = {"kw_list_config_resources_request", sizeof(struct kw_list_config_resources_request), kw_list_config_resources_request_init_any, 1, kw_list_config_resources_request_fields};
static const struct wt_field kw_list_config_resources_response_resource_fields[] = {
    {"resource_name", WT_STRING, false, false, false, offsetof(struct kw_list_config_resources_response_resource, resource_name), 0, 0, 1, 0, -1, NULL},
    {"resource_type", WT_INT8, false, false, false, offsetof(struct kw_list_config_resources_response_resource, resource_type), 0, 1, 1, 0, -1, NULL},
};
static void kw_list_config_resources_response_resource_init_any(void *m) { kw_list_config_resources_response_resource_init(m); }
static const struct wt_struct kw_list_config_resources_response_resource_shape = {"kw_list_config_resources_response_resource", sizeof(struct kw_list_config_resources_response_resource), kw_list_config_resources_response_resource_init_any, 2, kw_list_config_resources_response_resource_fields};
static const struct wt_field kw_list_config_resources_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_list_config_resources_response, throttle_time_ms), 0, 0, 1, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_list_config_resources_response, error_code), 0, 0, 1, 0, -1, NULL},
    {"config_resources", WT_STRUCT, true, false, false, offsetof(struct kw_list_config_resources_response, config_resources), offsetof(struct kw_list_config_resources_response, config_resources_count), 0, 1, 0, -1, &kw_list_config_resources_response_resource_shape},
};
static void kw_list_config_resources_response_init_any(void *m) { kw_list_config_resources_response_init(m); }
static const struct wt_struct kw_list_config_resources_response_shape = {"kw_list_config_resources_response", sizeof(struct kw_list_config_resources_response), kw_list_config_resources_response_init_any, 3, kw_list_config_resources_response_fields};
static const struct wt_field kw_list_groups_request_fields[] = {
    {"states_filter", WT_STRING, true, false, false, offsetof(struct kw_list_groups_request, states_filter), offsetof(struct kw_list_groups_request, states_filter_count), 4, 5, 0, -1, NULL},
    {"types_filter", WT_STRING, true, false, false, offsetof(struct kw_list_groups_request, types_filter), offsetof(struct kw_list_groups_request, types_filter_count), 5, 5, 0, -1, NULL},
};
static void kw_list_groups_request_init_any(void *m) { kw_list_groups_request_init(m); }
static const struct wt_struct kw_list_groups_request_shape = {"kw_list_groups_request", sizeof(struct kw_list_groups_request), kw_list_groups_request_init_any, 2, kw_list_groups_request_fields};
static const struct wt_field kw_list_groups_response_group_fields[] = {
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_list_groups_response_group, group_id), 0, 0, 5, 0, -1, NULL},
    {"protocol_type", WT_STRING, false, false, false, offsetof(struct kw_list_groups_response_group, protocol_type), 0, 0, 5, 0, -1, NULL},
    {"group_state", WT_STRING, false, false, false, offsetof(struct kw_list_groups_response_group, group_state), 0, 4, 5, 0, -1, NULL},
    {"group_type", WT_STRING, false, false, false, offsetof(struct kw_list_groups_response_group, group_type), 0, 5, 5, 0, -1, NULL},
};
static void kw_list_groups_response_group_init_any(void *m) { kw_list_groups_response_group_init(m); }
static const struct wt_struct kw_list_groups_response_group_shape = {"kw_list_groups_response_group", sizeof(struct kw_list_groups_response_group), kw_list_groups_response_group_init_any, 4, kw_list_groups_response_group_fields};
static const struct wt_field kw_list_groups_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_list_groups_response, throttle_time_ms), 0, 1, 5, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_list_groups_response, error_code), 0, 0, 5, 0, -1, NULL},
    {"groups", WT_STRUCT, true, false, false, offsetof(struct kw_list_groups_response, groups), offsetof(struct kw_list_groups_response, groups_count), 0, 5, 0, -1, &kw_list_groups_response_group_shape},
};
static void kw_list_groups_response_init_any(void *m) { kw_list_groups_response_init(m); }
static const struct wt_struct kw_list_groups_response_shape = {"kw_list_groups_response", sizeof(struct kw_list_groups_response), kw_list_groups_response_init_any, 3, kw_list_groups_response_fields};
static const struct wt_field kw_list_offsets_request_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_list_offsets_request_partition, partition_index), 0, 1, 10, 0, -1, NULL},
    {"current_leader_epoch", WT_INT32, false, false, false, offsetof(struct kw_list_offsets_request_partition, current_leader_epoch), 0, 4, 10, 0, -1, NULL},
    {"timestamp", WT_INT64, false, false, false, offsetof(struct kw_list_offsets_request_partition, timestamp), 0, 1, 10, 0, -1, NULL},
};
static void kw_list_offsets_request_partition_init_any(void *m) { kw_list_offsets_request_partition_init(m); }
static const struct wt_struct kw_list_offsets_request_partition_shape = {"kw_list_offsets_request_partition", sizeof(struct kw_list_offsets_request_partition), kw_list_offsets_request_partition_init_any, 3, kw_list_offsets_request_partition_fields};
static const struct wt_field kw_list_offsets_request_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_list_offsets_request_topic, name), 0, 1, 10, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_list_offsets_request_topic, partitions), offsetof(struct kw_list_offsets_request_topic, partitions_count), 1, 10, 0, -1, &kw_list_offsets_request_partition_shape},
};
static void kw_list_offsets_request_topic_init_any(void *m) { kw_list_offsets_request_topic_init(m); }
static const struct wt_struct kw_list_offsets_request_topic_shape = {"kw_list_offsets_request_topic", sizeof(struct kw_list_offsets_request_topic), kw_list_offsets_request_topic_init_any, 2, kw_list_offsets_request_topic_fields};
static const struct wt_field kw_list_offsets_request_fields[] = {
    {"replica_id", WT_INT32, false, false, false, offsetof(struct kw_list_offsets_request, replica_id), 0, 1, 10, 0, -1, NULL},
    {"isolation_level", WT_INT8, false, false, false, offsetof(struct kw_list_offsets_request, isolation_level), 0, 2, 10, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_list_offsets_request, topics), offsetof(struct kw_list_offsets_request, topics_count), 1, 10, 0, -1, &kw_list_offsets_request_topic_shape},
    {"timeout_ms", WT_INT32, false, false, false, offsetof(struct kw_list_offsets_request, timeout_ms), 0, 10, 10, 0, -1, NULL},
};
static void kw_list_offsets_request_init_any(void *m) { kw_list_offsets_request_init(m); }
static const struct wt_struct kw_list_offsets_request_shape = {"kw_list_offsets_request", sizeof(struct kw_list_offsets_request), kw_list_offsets_request_init_any, 4, kw_list_offsets_request_fields};
static const struct wt_field kw_list_offsets_response_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_list_offsets_response_partition, partition_index), 0, 1, 10, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_list_offsets_response_partition, error_code), 0, 1, 10, 0, -1, NULL},
    {"timestamp", WT_INT64, false, false, false, offsetof(struct kw_list_offsets_response_partition, timestamp), 0, 1, 10, 0, -1, NULL},
    {"offset", WT_INT64, false, false, false, offsetof(struct kw_list_offsets_response_partition, offset), 0, 1, 10, 0, -1, NULL},
    {"leader_epoch", WT_INT32, false, false, false, offsetof(struct kw_list_offsets_response_partition, leader_epoch), 0, 4, 10, 0, -1, NULL},
};
static void kw_list_offsets_response_partition_init_any(void *m) { kw_list_offsets_response_partition_init(m); }
static const struct wt_struct kw_list_offsets_response_partition_shape = {"kw_list_offsets_response_partition", sizeof(struct kw_list_offsets_response_partition), kw_list_offsets_response_partition_init_any, 5, kw_list_offsets_response_partition_fields};
static const struct wt_field kw_list_offsets_response_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_list_offsets_response_topic, name), 0, 1, 10, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_list_offsets_response_topic, partitions), offsetof(struct kw_list_offsets_response_topic, partitions_count), 1, 10, 0, -1, &kw_list_offsets_response_partition_shape},
};
static void kw_list_offsets_response_topic_init_any(void *m) { kw_list_offsets_response_topic_init(m); }
static const struct wt_struct kw_list_offsets_response_topic_shape = {"kw_list_offsets_response_topic", sizeof(struct kw_list_offsets_response_topic), kw_list_offsets_response_topic_init_any, 2, kw_list_offsets_response_topic_fields};
static const struct wt_field kw_list_offsets_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_list_offsets_response, throttle_time_ms), 0, 2, 10, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_list_offsets_response, topics), offsetof(struct kw_list_offsets_response, topics_count), 1, 10, 0, -1, &kw_list_offsets_response_topic_shape},
};
static void kw_list_offsets_response_init_any(void *m) { kw_list_offsets_response_init(m); }
static const struct wt_struct kw_list_offsets_response_shape = {"kw_list_offsets_response", sizeof(struct kw_list_offsets_response), kw_list_offsets_response_init_any, 2, kw_list_offsets_response_fields};
static const struct wt_field kw_list_transactions_request_fields[] = {
    {"state_filters", WT_STRING, true, false, false, offsetof(struct kw_list_transactions_request, state_filters), offsetof(struct kw_list_transactions_request, state_filters_count), 0, 2, 0, -1, NULL},
    {"producer_id_filters", WT_INT64, true, false, false, offsetof(struct kw_list_transactions_request, producer_id_filters), offsetof(struct kw_list_transactions_request, producer_id_filters_count), 0, 2, 0, -1, NULL},
    {"duration_filter", WT_INT64, false, false, false, offsetof(struct kw_list_transactions_request, duration_filter), 0, 1, 2, 0, -1, NULL},
    {"transactional_id_pattern", WT_STRING, false, false, false, offsetof(struct kw_list_transactions_request, transactional_id_pattern), 0, 2, 2, 2, 2, NULL},
};
static void kw_list_transactions_request_init_any(void *m) { kw_list_transactions_request_init(m); }
static const struct wt_struct kw_list_transactions_request_shape = {"kw_list_transactions_request", sizeof(struct kw_list_transactions_request), kw_list_transactions_request_init_any, 4, kw_list_transactions_request_fields};
static const struct wt_field kw_list_transactions_response_transaction_fields[] = {
    {"transactional_id", WT_STRING, false, false, false, offsetof(struct kw_list_transactions_response_transaction, transactional_id), 0, 0, 2, 0, -1, NULL},
    {"producer_id", WT_INT64, false, false, false, offsetof(struct kw_list_transactions_response_transaction, producer_id), 0, 0, 2, 0, -1, NULL},
    {"transaction_state", WT_STRING, false, false, false, offsetof(struct kw_list_transactions_response_transaction, transaction_state), 0, 0, 2, 0, -1, NULL},
};
static void kw_list_transactions_response_transaction_init_any(void *m) { kw_list_transactions_response_transaction_init(m); }
static const struct wt_struct kw_list_transactions_response_transaction_shape = {"kw_list_transactions_response_transaction", sizeof(struct kw_list_transactions_response_transaction), kw_list_transactions_response_transaction_init_any, 3, kw_list_transactions_response_transaction_fields};
static const struct wt_field kw_list_transactions_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_list_transactions_response, throttle_time_ms), 0, 0, 2, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_list_transactions_response, error_code), 0, 0, 2, 0, -1, NULL},
    {"unknown_state_filters", WT_STRING, true, false, false, offsetof(struct kw_list_transactions_response, unknown_state_filters), offsetof(struct kw_list_transactions_response, unknown_state_filters_count), 0, 2, 0, -1, NULL},
    {"transaction_states", WT_STRUCT, true, false, false, offsetof(struct kw_list_transactions_response, transaction_states), offsetof(struct kw_list_transactions_response, transaction_states_count), 0, 2, 0, -1, &kw_list_transactions_response_transaction_shape},
};
static void kw_list_transactions_response_init_any(void *m) { kw_list_transactions_response_init(m); }
static const struct wt_struct kw_list_transactions_response_shape = {"kw_list_transactions_response", sizeof(struct kw_list_transactions_response), kw_list_transactions_response_init_any, 4, kw_list_transactions_response_fields};
static const struct wt_field kw_end_txn_marker_fields[] = {
    {"coordinator_epoch", WT_INT32, false, false, false, offsetof(struct kw_end_txn_marker, coordinator_epoch), 0, 0, 0, 0, -1, NULL},
};
static void kw_end_txn_marker_init_any(void *m) { kw_end_txn_marker_init(m); }
static const struct wt_struct kw_end_txn_marker_shape = {"kw_end_txn_marker", sizeof(struct kw_end_txn_marker), kw_end_txn_marker_init_any, 1, kw_end_txn_marker_fields};
static const struct wt_field kw_aborted_txn_fields[] = {
    {"producer_id", WT_INT64, false, false, false, offsetof(struct kw_aborted_txn, producer_id), 0, 0, 0, 0, -1, NULL},
    {"first_offset", WT_INT64, false, false, false, offsetof(struct kw_aborted_txn, first_offset), 0, 0, 0, 0, -1, NULL},
    {"last_offset", WT_INT64, false, false, false, offsetof(struct kw_aborted_txn, last_offset), 0, 0, 0, 0, -1, NULL},
    {"last_stable_offset", WT_INT64, false, false, false, offsetof(struct kw_aborted_txn, last_stable_offset), 0, 0, 0, 0, -1, NULL},
};
static void kw_aborted_txn_init_any(void *m) { kw_aborted_txn_init(m); }
static const struct wt_struct kw_aborted_txn_shape = {"kw_aborted_txn", sizeof(struct kw_aborted_txn), kw_aborted_txn_init_any, 4, kw_aborted_txn_fields};
static const struct wt_field kw_producer_snapshot_producer_entry_fields[] = {
    {"producer_id", WT_INT64, false, false, false, offsetof(struct kw_producer_snapshot_producer_entry, producer_id), 0, 1, 1, 0, -1, NULL},
    {"epoch", WT_INT16, false, false, false, offsetof(struct kw_producer_snapshot_producer_entry, epoch), 0, 1, 1, 0, -1, NULL},
    {"last_sequence", WT_INT32, false, false, false, offsetof(struct kw_producer_snapshot_producer_entry, last_sequence), 0, 1, 1, 0, -1, NULL},
    {"last_offset", WT_INT64, false, false, false, offsetof(struct kw_producer_snapshot_producer_entry, last_offset), 0, 1, 1, 0, -1, NULL},
    {"offset_delta", WT_INT32, false, false, false, offsetof(struct kw_producer_snapshot_producer_entry, offset_delta), 0, 1, 1, 0, -1, NULL},
    {"timestamp", WT_INT64, false, false, false, offsetof(struct kw_producer_snapshot_producer_entry, timestamp), 0, 1, 1, 0, -1, NULL},
    {"coordinator_epoch", WT_INT32, false, false, false, offsetof(struct kw_producer_snapshot_producer_entry, coordinator_epoch), 0, 1, 1, 0, -1, NULL},
    {"current_txn_first_offset", WT_INT64, false, false, false, offsetof(struct kw_producer_snapshot_producer_entry, current_txn_first_offset), 0, 1, 1, 0, -1, NULL},
};
static void kw_producer_snapshot_producer_entry_init_any(void *m) { kw_producer_snapshot_producer_entry_init(m); }
static const struct wt_struct kw_producer_snapshot_producer_entry_shape = {"kw_producer_snapshot_producer_entry", sizeof(struct kw_producer_snapshot_producer_entry), kw_producer_snapshot_producer_entry_init_any, 8, kw_producer_snapshot_producer_entry_fields};
static const struct wt_field kw_producer_snapshot_fields[] = {
    {"crc", WT_UINT32, false, false, false, offsetof(struct kw_producer_snapshot, crc), 0, 1, 1, 0, -1, NULL},
    {"producer_entries", WT_STRUCT, true, false, false, offsetof(struct kw_producer_snapshot, producer_entries), offsetof(struct kw_producer_snapshot, producer_entries_count), 1, 1, 0, -1, &kw_producer_snapshot_producer_entry_shape},
};
static void kw_producer_snapshot_init_any(void *m) { kw_producer_snapshot_init(m); }
static const struct wt_struct kw_producer_snapshot_shape = {"kw_producer_snapshot", sizeof(struct kw_producer_snapshot), kw_producer_snapshot_init_any, 2, kw_producer_snapshot_fields};
static const struct wt_field kw_register_broker_record_feature_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_register_broker_record_feature, name), 0, 0, 3, 0, -1, NULL},
    {"min_supported_version", WT_INT16, false, false, false, offsetof(struct kw_register_broker_record_feature, min_supported_version), 0, 0, 3, 0, -1, NULL},
    {"max_supported_version", WT_INT16, false, false, false, offsetof(struct kw_register_broker_record_feature, max_supported_version), 0, 0, 3, 0, -1, NULL},
};
static void kw_register_broker_record_feature_init_any(void *m) { kw_register_broker_record_feature_init(m); }
static const struct wt_struct kw_register_broker_record_feature_shape = {"kw_register_broker_record_feature", sizeof(struct kw_register_broker_record_feature), kw_register_broker_record_feature_init_any, 3, kw_register_broker_record_feature_fields};
static const struct wt_field kw_register_broker_record_end_point_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_register_broker_record_end_point, name), 0, 0, 3, 0, -1, NULL},
    {"host", WT_STRING, false, false, false, offsetof(struct kw_register_broker_record_end_point, host), 0, 0, 3, 0, -1, NULL},
    {"port", WT_UINT16, false, false, false, offsetof(struct kw_register_broker_record_end_point, port), 0, 0, 3, 0, -1, NULL},
    {"security_protocol", WT_INT16, false, false, false, offsetof(struct kw_register_broker_record_end_point, security_protocol), 0, 0, 3, 0, -1, NULL},
};
static void kw_register_broker_record_end_point_init_any(void *m) { kw_register_broker_record_end_point_init(m); }
static const struct wt_struct kw_register_broker_record_end_point_shape = {"kw_register_broker_record_end_point", sizeof(struct kw_register_broker_record_end_point), kw_register_broker_record_end_point_init_any, 4, kw_register_broker_record_end_point_fields};
static const struct wt_field kw_register_broker_record_fields[] = {
    {"broker_id", WT_INT32, false, false, false, offsetof(struct kw_register_broker_record, broker_id), 0, 0, 3, 0, -1, NULL},
    {"is_migrating_zk_broker", WT_BOOL, false, false, false, offsetof(struct kw_register_broker_record, is_migrating_zk_broker), 0, 2, 3, 0, -1, NULL},
    {"incarnation_id", WT_UUID, false, false, false, offsetof(struct kw_register_broker_record, incarnation_id), 0, 0, 3, 0, -1, NULL},
    {"broker_epoch", WT_INT64, false, false, false, offsetof(struct kw_register_broker_record, broker_epoch), 0, 0, 3, 0, -1, NULL},
    {"end_points", WT_STRUCT, true, false, false, offsetof(struct kw_register_broker_record, end_points), offsetof(struct kw_register_broker_record, end_points_count), 0, 3, 0, -1, &kw_register_broker_record_end_point_shape},
    {"features", WT_STRUCT, true, false, false, offsetof(struct kw_register_broker_record, features), offsetof(struct kw_register_broker_record, features_count), 0, 3, 0, -1, &kw_register_broker_record_feature_shape},
    {"rack", WT_STRING, false, false, false, offsetof(struct kw_register_broker_record, rack), 0, 0, 3, 0, 3, NULL},
    {"fenced", WT_BOOL, false, false, false, offsetof(struct kw_register_broker_record, fenced), 0, 0, 3, 0, -1, NULL},
    {"in_controlled_shutdown", WT_BOOL, false, false, false, offsetof(struct kw_register_broker_record, in_controlled_shutdown), 0, 1, 3, 0, -1, NULL},
    {"log_dirs", WT_UUID, true, false, true, offsetof(struct kw_register_broker_record, log_dirs), offsetof(struct kw_register_broker_record, log_dirs_count), 3, 3, 0, -1, NULL},
};
static void kw_register_broker_record_init_any(void *m) { kw_register_broker_record_init(m); }
static const struct wt_struct kw_register_broker_record_shape = {"kw_register_broker_record", sizeof(struct kw_register_broker_record), kw_register_broker_record_init_any, 10, kw_register_broker_record_fields};
static const struct wt_field kw_unregister_broker_record_fields[] = {
    {"broker_id", WT_INT32, false, false, false, offsetof(struct kw_unregister_broker_record, broker_id), 0, 0, 0, 0, -1, NULL},
    {"broker_epoch", WT_INT64, false, false, false, offsetof(struct kw_unregister_broker_record, broker_epoch), 0, 0, 0, 0, -1, NULL},
};
static void kw_unregister_broker_record_init_any(void *m) { kw_unregister_broker_record_init(m); }
static const struct wt_struct kw_unregister_broker_record_shape = {"kw_unregister_broker_record", sizeof(struct kw_unregister_broker_record), kw_unregister_broker_record_init_any, 2, kw_unregister_broker_record_fields};
static const struct wt_field kw_fence_broker_record_fields[] = {
    {"id", WT_INT32, false, false, false, offsetof(struct kw_fence_broker_record, id), 0, 0, 0, 0, -1, NULL},
    {"epoch", WT_INT64, false, false, false, offsetof(struct kw_fence_broker_record, epoch), 0, 0, 0, 0, -1, NULL},
};
static void kw_fence_broker_record_init_any(void *m) { kw_fence_broker_record_init(m); }
static const struct wt_struct kw_fence_broker_record_shape = {"kw_fence_broker_record", sizeof(struct kw_fence_broker_record), kw_fence_broker_record_init_any, 2, kw_fence_broker_record_fields};
static const struct wt_field kw_unfence_broker_record_fields[] = {
    {"id", WT_INT32, false, false, false, offsetof(struct kw_unfence_broker_record, id), 0, 0, 0, 0, -1, NULL},
    {"epoch", WT_INT64, false, false, false, offsetof(struct kw_unfence_broker_record, epoch), 0, 0, 0, 0, -1, NULL},
};
static void kw_unfence_broker_record_init_any(void *m) { kw_unfence_broker_record_init(m); }
static const struct wt_struct kw_unfence_broker_record_shape = {"kw_unfence_broker_record", sizeof(struct kw_unfence_broker_record), kw_unfence_broker_record_init_any, 2, kw_unfence_broker_record_fields};
static const struct wt_field kw_broker_registration_change_record_fields[] = {
    {"broker_id", WT_INT32, false, false, false, offsetof(struct kw_broker_registration_change_record, broker_id), 0, 0, 2, 0, -1, NULL},
    {"broker_epoch", WT_INT64, false, false, false, offsetof(struct kw_broker_registration_change_record, broker_epoch), 0, 0, 2, 0, -1, NULL},
    {"fenced", WT_INT8, false, false, true, offsetof(struct kw_broker_registration_change_record, fenced), 0, 0, 2, 0, -1, NULL},
    {"in_controlled_shutdown", WT_INT8, false, false, true, offsetof(struct kw_broker_registration_change_record, in_controlled_shutdown), 0, 1, 2, 0, -1, NULL},
    {"log_dirs", WT_UUID, true, false, true, offsetof(struct kw_broker_registration_change_record, log_dirs), offsetof(struct kw_broker_registration_change_record, log_dirs_count), 2, 2, 0, -1, NULL},
};
static void kw_broker_registration_change_record_init_any(void *m) { kw_broker_registration_change_record_init(m); }
static const struct wt_struct kw_broker_registration_change_record_shape = {"kw_broker_registration_change_record", sizeof(struct kw_broker_registration_change_record), kw_broker_registration_change_record_init_any, 5, kw_broker_registration_change_record_fields};
static const struct wt_field kw_register_controller_record_feature_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_register_controller_record_feature, name), 0, 0, 0, 0, -1, NULL},
    {"min_supported_version", WT_INT16, false, false, false, offsetof(struct kw_register_controller_record_feature, min_supported_version), 0, 0, 0, 0, -1, NULL},
    {"max_supported_version", WT_INT16, false, false, false, offsetof(struct kw_register_controller_record_feature, max_supported_version), 0, 0, 0, 0, -1, NULL},
};
static void kw_register_controller_record_feature_init_any(void *m) { kw_register_controller_record_feature_init(m); }
static const struct wt_struct kw_register_controller_record_feature_shape = {"kw_register_controller_record_feature", sizeof(struct kw_register_controller_record_feature), kw_register_controller_record_feature_init_any, 3, kw_register_controller_record_feature_fields};
static const struct wt_field kw_register_controller_record_end_point_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_register_controller_record_end_point, name), 0, 0, 0, 0, -1, NULL},
    {"host", WT_STRING, false, false, false, offsetof(struct kw_register_controller_record_end_point, host), 0, 0, 0, 0, -1, NULL},
    {"port", WT_UINT16, false, false, false, offsetof(struct kw_register_controller_record_end_point, port), 0, 0, 0, 0, -1, NULL},
    {"security_protocol", WT_INT16, false, false, false, offsetof(struct kw_register_controller_record_end_point, security_protocol), 0, 0, 0, 0, -1, NULL},
};
static void kw_register_controller_record_end_point_init_any(void *m) { kw_register_controller_record_end_point_init(m); }
static const struct wt_struct kw_register_controller_record_end_point_shape = {"kw_register_controller_record_end_point", sizeof(struct kw_register_controller_record_end_point), kw_register_controller_record_end_point_init_any, 4, kw_register_controller_record_end_point_fields};
static const struct wt_field kw_register_controller_record_fields[] = {
    {"controller_id", WT_INT32, false, false, false, offsetof(struct kw_register_controller_record, controller_id), 0, 0, 0, 0, -1, NULL},
    {"incarnation_id", WT_UUID, false, false, false, offsetof(struct kw_register_controller_record, incarnation_id), 0, 0, 0, 0, -1, NULL},
    {"zk_migration_ready", WT_BOOL, false, false, false, offsetof(struct kw_register_controller_record, zk_migration_ready), 0, 0, 0, 0, -1, NULL},
    {"end_points", WT_STRUCT, true, false, false, offsetof(struct kw_register_controller_record, end_points), offsetof(struct kw_register_controller_record, end_points_count), 0, 0, 0, -1, &kw_register_controller_record_end_point_shape},
    {"features", WT_STRUCT, true, false, false, offsetof(struct kw_register_controller_record, features), offsetof(struct kw_register_controller_record, features_count), 0, 0, 0, -1, &kw_register_controller_record_feature_shape},
};
static void kw_register_controller_record_init_any(void *m) { kw_register_controller_record_init(m); }
static const struct wt_struct kw_register_controller_record_shape = {"kw_register_controller_record", sizeof(struct kw_register_controller_record), kw_register_controller_record_init_any, 5, kw_register_controller_record_fields};
static const struct wt_field kw_feature_level_record_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_feature_level_record, name), 0, 0, 0, 0, -1, NULL},
    {"feature_level", WT_INT16, false, false, false, offsetof(struct kw_feature_level_record, feature_level), 0, 0, 0, 0, -1, NULL},
};
static void kw_feature_level_record_init_any(void *m) { kw_feature_level_record_init(m); }
static const struct wt_struct kw_feature_level_record_shape = {"kw_feature_level_record", sizeof(struct kw_feature_level_record), kw_feature_level_record_init_any, 2, kw_feature_level_record_fields};
static const struct wt_field kw_client_quota_record_entity_fields[] = {
    {"entity_type", WT_STRING, false, false, false, offsetof(struct kw_client_quota_record_entity, entity_type), 0, 0, 0, 0, -1, NULL},
    {"entity_name", WT_STRING, false, false, false, offsetof(struct kw_client_quota_record_entity, entity_name), 0, 0, 0, 0, 0, NULL},
};
static void kw_client_quota_record_entity_init_any(void *m) { kw_client_quota_record_entity_init(m); }
static const struct wt_struct kw_client_quota_record_entity_shape = {"kw_client_quota_record_entity", sizeof(struct kw_client_quota_record_entity), kw_client_quota_record_entity_init_any, 2, kw_client_quota_record_entity_fields};
static const struct wt_field kw_client_quota_record_fields[] = {
    {"entity", WT_STRUCT, true, false, false, offsetof(struct kw_client_quota_record, entity), offsetof(struct kw_client_quota_record, entity_count), 0, 0, 0, -1, &kw_client_quota_record_entity_shape},
    {"key", WT_STRING, false, false, false, offsetof(struct kw_client_quota_record, key), 0, 0, 0, 0, -1, NULL},
    {"value", WT_FLOAT64, false, false, false, offsetof(struct kw_client_quota_record, value), 0, 0, 0, 0, -1, NULL},
    {"remove", WT_BOOL, false, false, false, offsetof(struct kw_client_quota_record, remove), 0, 0, 0, 0, -1, NULL},
};
static void kw_client_quota_record_init_any(void *m) { kw_client_quota_record_init(m); }
static const struct wt_struct kw_client_quota_record_shape = {"kw_client_quota_record", sizeof(struct kw_client_quota_record), kw_client_quota_record_init_any, 4, kw_client_quota_record_fields};
static const struct wt_field kw_producer_ids_record_fields[] = {
    {"broker_id", WT_INT32, false, false, false, offsetof(struct kw_producer_ids_record, broker_id), 0, 0, 0, 0, -1, NULL},
    {"broker_epoch", WT_INT64, false, false, false, offsetof(struct kw_producer_ids_record, broker_epoch), 0, 0, 0, 0, -1, NULL},
    {"next_producer_id", WT_INT64, false, false, false, offsetof(struct kw_producer_ids_record, next_producer_id), 0, 0, 0, 0, -1, NULL},
};
static void kw_producer_ids_record_init_any(void *m) { kw_producer_ids_record_init(m); }
static const struct wt_struct kw_producer_ids_record_shape = {"kw_producer_ids_record", sizeof(struct kw_producer_ids_record), kw_producer_ids_record_init_any, 3, kw_producer_ids_record_fields};
static void kw_no_op_record_init_any(void *m) { kw_no_op_record_init(m); }
static const struct wt_struct kw_no_op_record_shape = {"kw_no_op_record", sizeof(struct kw_no_op_record), kw_no_op_record_init_any, 0, NULL};
static const struct wt_field kw_zk_migration_state_record_fields[] = {
    {"zk_migration_state", WT_INT8, false, false, false, offsetof(struct kw_zk_migration_state_record, zk_migration_state), 0, 0, 0, 0, -1, NULL},
};
static void kw_zk_migration_state_record_init_any(void *m) { kw_zk_migration_state_record_init(m); }
static const struct wt_struct kw_zk_migration_state_record_shape = {"kw_zk_migration_state_record", sizeof(struct kw_zk_migration_state_record), kw_zk_migration_state_record_init_any, 1, kw_zk_migration_state_record_fields};
static const struct wt_field kw_begin_transaction_record_fields[] = {
    {"name", WT_STRING, false, false, true, offsetof(struct kw_begin_transaction_record, name), 0, 0, 0, 0, 0, NULL},
};
static void kw_begin_transaction_record_init_any(void *m) { kw_begin_transaction_record_init(m); }
static const struct wt_struct kw_begin_transaction_record_shape = {"kw_begin_transaction_record", sizeof(struct kw_begin_transaction_record), kw_begin_transaction_record_init_any, 1, kw_begin_transaction_record_fields};
static void kw_end_transaction_record_init_any(void *m) { kw_end_transaction_record_init(m); }
static const struct wt_struct kw_end_transaction_record_shape = {"kw_end_transaction_record", sizeof(struct kw_end_transaction_record), kw_end_transaction_record_init_any, 0, NULL};
static const struct wt_field kw_abort_transaction_record_fields[] = {
    {"reason", WT_STRING, false, false, true, offsetof(struct kw_abort_transaction_record, reason), 0, 0, 0, 0, 0, NULL},
};
static void kw_abort_transaction_record_init_any(void *m) { kw_abort_transaction_record_init(m); }
static const struct wt_struct kw_abort_transaction_record_shape = {"kw_abort_transaction_record", sizeof(struct kw_abort_transaction_record), kw_abort_transaction_record_init_any, 1, kw_abort_transaction_record_fields};
static const struct wt_field kw_delegation_token_record_fields[] = {
    {"owner", WT_STRING, false, false, false, offsetof(struct kw_delegation_token_record, owner), 0, 0, 0, 0, -1, NULL},
    {"requester", WT_STRING, false, false, false, offsetof(struct kw_delegation_token_record, requester), 0, 0, 0, 0, -1, NULL},
    {"renewers", WT_STRING, true, false, false, offsetof(struct kw_delegation_token_record, renewers), offsetof(struct kw_delegation_token_record, renewers_count), 0, 0, 0, -1, NULL},
    {"issue_timestamp", WT_INT64, false, false, false, offsetof(struct kw_delegation_token_record, issue_timestamp), 0, 0, 0, 0, -1, NULL},
    {"max_timestamp", WT_INT64, false, false, false, offsetof(struct kw_delegation_token_record, max_timestamp), 0, 0, 0, 0, -1, NULL},
    {"expiration_timestamp", WT_INT64, false, false, false, offsetof(struct kw_delegation_token_record, expiration_timestamp), 0, 0, 0, 0, -1, NULL},
    {"token_id", WT_STRING, false, false, false, offsetof(struct kw_delegation_token_record, token_id), 0, 0, 0, 0, -1, NULL},
};
static void kw_delegation_token_record_init_any(void *m) { kw_delegation_token_record_init(m); }
static const struct wt_struct kw_delegation_token_record_shape = {"kw_delegation_token_record", sizeof(struct kw_delegation_token_record), kw_delegation_token_record_init_any, 7, kw_delegation_token_record_fields};
static const struct wt_field kw_user_scram_credential_record_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_user_scram_credential_record, name), 0, 0, 0, 0, -1, NULL},
    {"mechanism", WT_INT8, false, false, false, offsetof(struct kw_user_scram_credential_record, mechanism), 0, 0, 0, 0, -1, NULL},
    {"salt", WT_BYTES, false, false, false, offsetof(struct kw_user_scram_credential_record, salt), 0, 0, 0, 0, -1, NULL},
    {"stored_key", WT_BYTES, false, false, false, offsetof(struct kw_user_scram_credential_record, stored_key), 0, 0, 0, 0, -1, NULL},
    {"server_key", WT_BYTES, false, false, false, offsetof(struct kw_user_scram_credential_record, server_key), 0, 0, 0, 0, -1, NULL},
    {"iterations", WT_INT32, false, false, false, offsetof(struct kw_user_scram_credential_record, iterations), 0, 0, 0, 0, -1, NULL},
};
static void kw_user_scram_credential_record_init_any(void *m) { kw_user_scram_credential_record_init(m); }
static const struct wt_struct kw_user_scram_credential_record_shape = {"kw_user_scram_credential_record", sizeof(struct kw_user_scram_credential_record), kw_user_scram_credential_record_init_any, 6, kw_user_scram_credential_record_fields};
static const struct wt_field kw_access_control_entry_record_fields[] = {
    {"id", WT_UUID, false, false, false, offsetof(struct kw_access_control_entry_record, id), 0, 0, 0, 0, -1, NULL},
    {"resource_type", WT_INT8, false, false, false, offsetof(struct kw_access_control_entry_record, resource_type), 0, 0, 0, 0, -1, NULL},
    {"resource_name", WT_STRING, false, false, false, offsetof(struct kw_access_control_entry_record, resource_name), 0, 0, 0, 0, -1, NULL},
    {"pattern_type", WT_INT8, false, false, false, offsetof(struct kw_access_control_entry_record, pattern_type), 0, 0, 0, 0, -1, NULL},
    {"principal", WT_STRING, false, false, false, offsetof(struct kw_access_control_entry_record, principal), 0, 0, 0, 0, -1, NULL},
    {"host", WT_STRING, false, false, false, offsetof(struct kw_access_control_entry_record, host), 0, 0, 0, 0, -1, NULL},
    {"operation", WT_INT8, false, false, false, offsetof(struct kw_access_control_entry_record, operation), 0, 0, 0, 0, -1, NULL},
    {"permission_type", WT_INT8, false, false, false, offsetof(struct kw_access_control_entry_record, permission_type), 0, 0, 0, 0, -1, NULL},
};
static void kw_access_control_entry_record_init_any(void *m) { kw_access_control_entry_record_init(m); }
static const struct wt_struct kw_access_control_entry_record_shape = {"kw_access_control_entry_record", sizeof(struct kw_access_control_entry_record), kw_access_control_entry_record_init_any, 8, kw_access_control_entry_record_fields};
static const struct wt_field kw_remove_access_control_entry_record_fields[] = {
    {"id", WT_UUID, false, false, false, offsetof(struct kw_remove_access_control_entry_record, id), 0, 0, 0, 0, -1, NULL},
};
static void kw_remove_access_control_entry_record_init_any(void *m) { kw_remove_access_control_entry_record_init(m); }
static const struct wt_struct kw_remove_access_control_entry_record_shape = {"kw_remove_access_control_entry_record", sizeof(struct kw_remove_access_control_entry_record), kw_remove_access_control_entry_record_init_any, 1, kw_remove_access_control_entry_record_fields};
static const struct wt_field kw_remove_user_scram_credential_record_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_remove_user_scram_credential_record, name), 0, 0, 0, 0, -1, NULL},
    {"mechanism", WT_INT8, false, false, false, offsetof(struct kw_remove_user_scram_credential_record, mechanism), 0, 0, 0, 0, -1, NULL},
};
static void kw_remove_user_scram_credential_record_init_any(void *m) { kw_remove_user_scram_credential_record_init(m); }
static const struct wt_struct kw_remove_user_scram_credential_record_shape = {"kw_remove_user_scram_credential_record", sizeof(struct kw_remove_user_scram_credential_record), kw_remove_user_scram_credential_record_init_any, 2, kw_remove_user_scram_credential_record_fields};
static const struct wt_field kw_remove_delegation_token_record_fields[] = {
    {"token_id", WT_STRING, false, false, false, offsetof(struct kw_remove_delegation_token_record, token_id), 0, 0, 0, 0, -1, NULL},
};
static void kw_remove_delegation_token_record_init_any(void *m) { kw_remove_delegation_token_record_init(m); }
static const struct wt_struct kw_remove_delegation_token_record_shape = {"kw_remove_delegation_token_record", sizeof(struct kw_remove_delegation_token_record), kw_remove_delegation_token_record_init_any, 1, kw_remove_delegation_token_record_fields};
static const struct wt_field kw_topic_record_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_topic_record, name), 0, 0, 0, 0, -1, NULL},
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_topic_record, topic_id), 0, 0, 0, 0, -1, NULL},
};
static void kw_topic_record_init_any(void *m) { kw_topic_record_init(m); }
static const struct wt_struct kw_topic_record_shape = {"kw_topic_record", sizeof(struct kw_topic_record), kw_topic_record_init_any, 2, kw_topic_record_fields};
static const struct wt_field kw_partition_record_fields[] = {
    {"partition_id", WT_INT32, false, false, false, offsetof(struct kw_partition_record, partition_id), 0, 0, 2, 0, -1, NULL},
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_partition_record, topic_id), 0, 0, 2, 0, -1, NULL},
    {"replicas", WT_INT32, true, false, false, offsetof(struct kw_partition_record, replicas), offsetof(struct kw_partition_record, replicas_count), 0, 2, 0, -1, NULL},
    {"isr", WT_INT32, true, false, false, offsetof(struct kw_partition_record, isr), offsetof(struct kw_partition_record, isr_count), 0, 2, 0, -1, NULL},
    {"removing_replicas", WT_INT32, true, false, false, offsetof(struct kw_partition_record, removing_replicas), offsetof(struct kw_partition_record, removing_replicas_count), 0, 2, 0, -1, NULL},
    {"adding_replicas", WT_INT32, true, false, false, offsetof(struct kw_partition_record, adding_replicas), offsetof(struct kw_partition_record, adding_replicas_count), 0, 2, 0, -1, NULL},
    {"leader", WT_INT32, false, false, false, offsetof(struct kw_partition_record, leader), 0, 0, 2, 0, -1, NULL},
    {"leader_recovery_state", WT_INT8, false, false, true, offsetof(struct kw_partition_record, leader_recovery_state), 0, 0, 2, 0, -1, NULL},
    {"leader_epoch", WT_INT32, false, false, false, offsetof(struct kw_partition_record, leader_epoch), 0, 0, 2, 0, -1, NULL},
    {"partition_epoch", WT_INT32, false, false, false, offsetof(struct kw_partition_record, partition_epoch), 0, 0, 2, 0, -1, NULL},
    {"directories", WT_UUID, true, false, false, offsetof(struct kw_partition_record, directories), offsetof(struct kw_partition_record, directories_count), 1, 2, 0, -1, NULL},
    {"eligible_leader_replicas", WT_INT32, true, false, true, offsetof(struct kw_partition_record, eligible_leader_replicas), offsetof(struct kw_partition_record, eligible_leader_replicas_count), 2, 2, 2, 2, NULL},
    {"last_known_elr", WT_INT32, true, false, true, offsetof(struct kw_partition_record, last_known_elr), offsetof(struct kw_partition_record, last_known_elr_count), 2, 2, 2, 2, NULL},
};
static void kw_partition_record_init_any(void *m) { kw_partition_record_init(m); }
static const struct wt_struct kw_partition_record_shape = {"kw_partition_record", sizeof(struct kw_partition_record), kw_partition_record_init_any, 13, kw_partition_record_fields};
static const struct wt_field kw_config_record_fields[] = {
    {"resource_type", WT_INT8, false, false, false, offsetof(struct kw_config_record, resource_type), 0, 0, 0, 0, -1, NULL},
    {"resource_name", WT_STRING, false, false, false, offsetof(struct kw_config_record, resource_name), 0, 0, 0, 0, -1, NULL},
    {"name", WT_STRING, false, false, false, offsetof(struct kw_config_record, name), 0, 0, 0, 0, -1, NULL},
    {"value", WT_STRING, false, false, false, offsetof(struct kw_config_record, value), 0, 0, 0, 0, 0, NULL},
};
static void kw_config_record_init_any(void *m) { kw_config_record_init(m); }
static const struct wt_struct kw_config_record_shape = {"kw_config_record", sizeof(struct kw_config_record), kw_config_record_init_any, 4, kw_config_record_fields};
static const struct wt_field kw_partition_change_record_fields[] = {
    {"partition_id", WT_INT32, false, false, false, offsetof(struct kw_partition_change_record, partition_id), 0, 0, 2, 0, -1, NULL},
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_partition_change_record, topic_id), 0, 0, 2, 0, -1, NULL},
    {"isr", WT_INT32, true, false, true, offsetof(struct kw_partition_change_record, isr), offsetof(struct kw_partition_change_record, isr_count), 0, 2, 0, 2, NULL},
    {"leader", WT_INT32, false, false, true, offsetof(struct kw_partition_change_record, leader), 0, 0, 2, 0, -1, NULL},
    {"replicas", WT_INT32, true, false, true, offsetof(struct kw_partition_change_record, replicas), offsetof(struct kw_partition_change_record, replicas_count), 0, 2, 0, 2, NULL},
    {"removing_replicas", WT_INT32, true, false, true, offsetof(struct kw_partition_change_record, removing_replicas), offsetof(struct kw_partition_change_record, removing_replicas_count), 0, 2, 0, 2, NULL},
    {"adding_replicas", WT_INT32, true, false, true, offsetof(struct kw_partition_change_record, adding_replicas), offsetof(struct kw_partition_change_record, adding_replicas_count), 0, 2, 0, 2, NULL},
    {"leader_recovery_state", WT_INT8, false, false, true, offsetof(struct kw_partition_change_record, leader_recovery_state), 0, 0, 2, 0, -1, NULL},
    {"directories", WT_UUID, true, false, true, offsetof(struct kw_partition_change_record, directories), offsetof(struct kw_partition_change_record, directories_count), 1, 2, 1, 2, NULL},
    {"eligible_leader_replicas", WT_INT32, true, false, true, offsetof(struct kw_partition_change_record, eligible_leader_replicas), offsetof(struct kw_partition_change_record, eligible_leader_replicas_count), 2, 2, 2, 2, NULL},
    {"last_known_elr", WT_INT32, true, false, true, offsetof(struct kw_partition_change_record, last_known_elr), offsetof(struct kw_partition_change_record, last_known_elr_count), 2, 2, 2, 2, NULL},
};
static void kw_partition_change_record_init_any(void *m) { kw_partition_change_record_init(m); }
static const struct wt_struct kw_partition_change_record_shape = {"kw_partition_change_record", sizeof(struct kw_partition_change_record), kw_partition_change_record_init_any, 11, kw_partition_change_record_fields};
static const struct wt_field kw_remove_topic_record_fields[] = {
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_remove_topic_record, topic_id), 0, 0, 0, 0, -1, NULL},
};
static void kw_remove_topic_record_init_any(void *m) { kw_remove_topic_record_init(m); }
static const struct wt_struct kw_remove_topic_record_shape = {"kw_remove_topic_record", sizeof(struct kw_remove_topic_record), kw_remove_topic_record_init_any, 1, kw_remove_topic_record_fields};
static const struct wt_field kw_clear_elr_record_fields[] = {
    {"topic_name", WT_STRING, false, false, false, offsetof(struct kw_clear_elr_record, topic_name), 0, 0, 0, 0, -1, NULL},
};
static void kw_clear_elr_record_init_any(void *m) { kw_clear_elr_record_init(m); }
static const struct wt_struct kw_clear_elr_record_shape = {"kw_clear_elr_record", sizeof(struct kw_clear_elr_record), kw_clear_elr_record_init_any, 1, kw_clear_elr_record_fields};
static const struct wt_field kw_metadata_request_topic_fields[] = {
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_metadata_request_topic, topic_id), 0, 10, 13, 0, -1, NULL},
    {"name", WT_STRING, false, false, false, offsetof(struct kw_metadata_request_topic, name), 0, 0, 13, 10, 13, NULL},
};
static void kw_metadata_request_topic_init_any(void *m) { kw_metadata_request_topic_init(m); }
static const struct wt_struct kw_metadata_request_topic_shape = {"kw_metadata_request_topic", sizeof(struct kw_metadata_request_topic), kw_metadata_request_topic_init_any, 2, kw_metadata_request_topic_fields};
static const struct wt_field kw_metadata_request_fields[] = {
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_metadata_request, topics), offsetof(struct kw_metadata_request, topics_count), 0, 13, 1, 13, &kw_metadata_request_topic_shape},
    {"allow_auto_topic_creation", WT_BOOL, false, false, false, offsetof(struct kw_metadata_request, allow_auto_topic_creation), 0, 4, 13, 0, -1, NULL},
    {"include_cluster_authorized_operations", WT_BOOL, false, false, false, offsetof(struct kw_metadata_request, include_cluster_authorized_operations), 0, 8, 10, 0, -1, NULL},
    {"include_topic_authorized_operations", WT_BOOL, false, false, false, offsetof(struct kw_metadata_request, include_topic_authorized_operations), 0, 8, 13, 0, -1, NULL},
};
static void kw_metadata_request_init_any(void *m) { kw_metadata_request_init(m); }
static const struct wt_struct kw_metadata_request_shape = {"kw_metadata_request", sizeof(struct kw_metadata_request), kw_metadata_request_init_any, 4, kw_metadata_request_fields};
static const struct wt_field kw_metadata_response_partition_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_metadata_response_partition, error_code), 0, 0, 13, 0, -1, NULL},
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_metadata_response_partition, partition_index), 0, 0, 13, 0, -1, NULL},
    {"leader_id", WT_INT32, false, false, false, offsetof(struct kw_metadata_response_partition, leader_id), 0, 0, 13, 0, -1, NULL},
    {"leader_epoch", WT_INT32, false, false, false, offsetof(struct kw_metadata_response_partition, leader_epoch), 0, 7, 13, 0, -1, NULL},
    {"replica_nodes", WT_INT32, true, false, false, offsetof(struct kw_metadata_response_partition, replica_nodes), offsetof(struct kw_metadata_response_partition, replica_nodes_count), 0, 13, 0, -1, NULL},
    {"isr_nodes", WT_INT32, true, false, false, offsetof(struct kw_metadata_response_partition, isr_nodes), offsetof(struct kw_metadata_response_partition, isr_nodes_count), 0, 13, 0, -1, NULL},
    {"offline_replicas", WT_INT32, true, false, false, offsetof(struct kw_metadata_response_partition, offline_replicas), offsetof(struct kw_metadata_response_partition, offline_replicas_count), 5, 13, 0, -1, NULL},
};
static void kw_metadata_response_partition_init_any(void *m) { kw_metadata_response_partition_init(m); }
static const struct wt_struct kw_metadata_response_partition_shape = {"kw_metadata_response_partition", sizeof(struct kw_metadata_response_partition), kw_metadata_response_partition_init_any, 7, kw_metadata_response_partition_fields};
static const struct wt_field kw_metadata_response_topic_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_metadata_response_topic, error_code), 0, 0, 13, 0, -1, NULL},
    {"name", WT_STRING, false, false, false, offsetof(struct kw_metadata_response_topic, name), 0, 0, 13, 12, 13, NULL},
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_metadata_response_topic, topic_id), 0, 10, 13, 0, -1, NULL},
    {"is_internal", WT_BOOL, false, false, false, offsetof(struct kw_metadata_response_topic, is_internal), 0, 1, 13, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_metadata_response_topic, partitions), offsetof(struct kw_metadata_response_topic, partitions_count), 0, 13, 0, -1, &kw_metadata_response_partition_shape},
    {"topic_authorized_operations", WT_INT32, false, false, false, offsetof(struct kw_metadata_response_topic, topic_authorized_operations), 0, 8, 13, 0, -1, NULL},
};
static void kw_metadata_response_topic_init_any(void *m) { kw_metadata_response_topic_init(m); }
static const struct wt_struct kw_metadata_response_topic_shape = {"kw_metadata_response_topic", sizeof(struct kw_metadata_response_topic), kw_metadata_response_topic_init_any, 6, kw_metadata_response_topic_fields};
static const struct wt_field kw_metadata_response_broker_fields[] = {
    {"node_id", WT_INT32, false, false, false, offsetof(struct kw_metadata_response_broker, node_id), 0, 0, 13, 0, -1, NULL},
    {"host", WT_STRING, false, false, false, offsetof(struct kw_metadata_response_broker, host), 0, 0, 13, 0, -1, NULL},
    {"port", WT_INT32, false, false, false, offsetof(struct kw_metadata_response_broker, port), 0, 0, 13, 0, -1, NULL},
    {"rack", WT_STRING, false, false, false, offsetof(struct kw_metadata_response_broker, rack), 0, 1, 13, 1, 13, NULL},
};
static void kw_metadata_response_broker_init_any(void *m) { kw_metadata_response_broker_init(m); }
static const struct wt_struct kw_metadata_response_broker_shape = {"kw_metadata_response_broker", sizeof(struct kw_metadata_response_broker), kw_metadata_response_broker_init_any, 4, kw_metadata_response_broker_fields};
static const struct wt_field kw_metadata_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_metadata_response, throttle_time_ms), 0, 3, 13, 0, -1, NULL},
    {"brokers", WT_STRUCT, true, false, false, offsetof(struct kw_metadata_response, brokers), offsetof(struct kw_metadata_response, brokers_count), 0, 13, 0, -1, &kw_metadata_response_broker_shape},
    {"cluster_id", WT_STRING, false, false, false, offsetof(struct kw_metadata_response, cluster_id), 0, 2, 13, 2, 13, NULL},
    {"controller_id", WT_INT32, false, false, false, offsetof(struct kw_metadata_response, controller_id), 0, 1, 13, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_metadata_response, topics), offsetof(struct kw_metadata_response, topics_count), 0, 13, 0, -1, &kw_metadata_response_topic_shape},
    {"cluster_authorized_operations", WT_INT32, false, false, false, offsetof(struct kw_metadata_response, cluster_authorized_operations), 0, 8, 10, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_metadata_response, error_code), 0, 13, 13, 0, -1, NULL},
};
static void kw_metadata_response_init_any(void *m) { kw_metadata_response_init(m); }
static const struct wt_struct kw_metadata_response_shape = {"kw_metadata_response", sizeof(struct kw_metadata_response), kw_metadata_response_init_any, 7, kw_metadata_response_fields};
static const struct wt_field kw_offset_commit_request_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_offset_commit_request_partition, partition_index), 0, 2, 10, 0, -1, NULL},
    {"committed_offset", WT_INT64, false, false, false, offsetof(struct kw_offset_commit_request_partition, committed_offset), 0, 2, 10, 0, -1, NULL},
    {"committed_leader_epoch", WT_INT32, false, false, false, offsetof(struct kw_offset_commit_request_partition, committed_leader_epoch), 0, 6, 10, 0, -1, NULL},
    {"committed_metadata", WT_STRING, false, false, false, offsetof(struct kw_offset_commit_request_partition, committed_metadata), 0, 2, 10, 2, 10, NULL},
};
static void kw_offset_commit_request_partition_init_any(void *m) { kw_offset_commit_request_partition_init(m); }
static const struct wt_struct kw_offset_commit_request_partition_shape = {"kw_offset_commit_request_partition", sizeof(struct kw_offset_commit_request_partition), kw_offset_commit_request_partition_init_any, 4, kw_offset_commit_request_partition_fields};
static const struct wt_field kw_offset_commit_request_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_offset_commit_request_topic, name), 0, 2, 9, 0, -1, NULL},
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_offset_commit_request_topic, topic_id), 0, 10, 10, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_offset_commit_request_topic, partitions), offsetof(struct kw_offset_commit_request_topic, partitions_count), 2, 10, 0, -1, &kw_offset_commit_request_partition_shape},
};
static void kw_offset_commit_request_topic_init_any(void *m) { kw_offset_commit_request_topic_init(m); }
static const struct wt_struct kw_offset_commit_request_topic_shape = {"kw_offset_commit_request_topic", sizeof(struct kw_offset_commit_request_topic), kw_offset_commit_request_topic_init_any, 3, kw_offset_commit_request_topic_fields};
static const struct wt_field kw_offset_commit_request_fields[] = {
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_offset_commit_request, group_id), 0, 2, 10, 0, -1, NULL},
    {"generation_id_or_member_epoch", WT_INT32, false, false, false, offsetof(struct kw_offset_commit_request, generation_id_or_member_epoch), 0, 2, 10, 0, -1, NULL},
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_offset_commit_request, member_id), 0, 2, 10, 0, -1, NULL},
    {"group_instance_id", WT_STRING, false, false, false, offsetof(struct kw_offset_commit_request, group_instance_id), 0, 7, 10, 7, 10, NULL},
    {"retention_time_ms", WT_INT64, false, false, false, offsetof(struct kw_offset_commit_request, retention_time_ms), 0, 2, 4, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_offset_commit_request, topics), offsetof(struct kw_offset_commit_request, topics_count), 2, 10, 0, -1, &kw_offset_commit_request_topic_shape},
};
static void kw_offset_commit_request_init_any(void *m) { kw_offset_commit_request_init(m); }
static const struct wt_struct kw_offset_commit_request_shape = {"kw_offset_commit_request", sizeof(struct kw_offset_commit_request), kw_offset_commit_request_init_any, 6, kw_offset_commit_request_fields};
static const struct wt_field kw_offset_commit_response_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_offset_commit_response_partition, partition_index), 0, 2, 10, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_offset_commit_response_partition, error_code), 0, 2, 10, 0, -1, NULL},
};
static void kw_offset_commit_response_partition_init_any(void *m) { kw_offset_commit_response_partition_init(m); }
static const struct wt_struct kw_offset_commit_response_partition_shape = {"kw_offset_commit_response_partition", sizeof(struct kw_offset_commit_response_partition), kw_offset_commit_response_partition_init_any, 2, kw_offset_commit_response_partition_fields};
static const struct wt_field kw_offset_commit_response_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_offset_commit_response_topic, name), 0, 2, 9, 0, -1, NULL},
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_offset_commit_response_topic, topic_id), 0, 10, 10, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_offset_commit_response_topic, partitions), offsetof(struct kw_offset_commit_response_topic, partitions_count), 2, 10, 0, -1, &kw_offset_commit_response_partition_shape},
};
static void kw_offset_commit_response_topic_init_any(void *m) { kw_offset_commit_response_topic_init(m); }
static const struct wt_struct kw_offset_commit_response_topic_shape = {"kw_offset_commit_response_topic", sizeof(struct kw_offset_commit_response_topic), kw_offset_commit_response_topic_init_any, 3, kw_offset_commit_response_topic_fields};
static const struct wt_field kw_offset_commit_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_offset_commit_response, throttle_time_ms), 0, 3, 10, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_offset_commit_response, topics), offsetof(struct kw_offset_commit_response, topics_count), 2, 10, 0, -1, &kw_offset_commit_response_topic_shape},
};
static void kw_offset_commit_response_init_any(void *m) { kw_offset_commit_response_init(m); }
static const struct wt_struct kw_offset_commit_response_shape = {"kw_offset_commit_response", sizeof(struct kw_offset_commit_response), kw_offset_commit_response_init_any, 2, kw_offset_commit_response_fields};
static const struct wt_field kw_offset_delete_request_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_offset_delete_request_partition, partition_index), 0, 0, 0, 0, -1, NULL},
};
static void kw_offset_delete_request_partition_init_any(void *m) { kw_offset_delete_request_partition_init(m); }
static const struct wt_struct kw_offset_delete_request_partition_shape = {"kw_offset_delete_request_partition", sizeof(struct kw_offset_delete_request_partition), kw_offset_delete_request_partition_init_any, 1, kw_offset_delete_request_partition_fields};
static const struct wt_field kw_offset_delete_request_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_offset_delete_request_topic, name), 0, 0, 0, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_offset_delete_request_topic, partitions), offsetof(struct kw_offset_delete_request_topic, partitions_count), 0, 0, 0, -1, &kw_offset_delete_request_partition_shape},
};
static void kw_offset_delete_request_topic_init_any(void *m) { kw_offset_delete_request_topic_init(m); }
static const struct wt_struct kw_offset_delete_request_topic_shape = {"kw_offset_delete_request_topic", sizeof(struct kw_offset_delete_request_topic), kw_offset_delete_request_topic_init_any, 2, kw_offset_delete_request_topic_fields};
static const struct wt_field kw_offset_delete_request_fields[] = {
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_offset_delete_request, group_id), 0, 0, 0, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_offset_delete_request, topics), offsetof(struct kw_offset_delete_request, topics_count), 0, 0, 0, -1, &kw_offset_delete_request_topic_shape},
};
static void kw_offset_delete_request_init_any(void *m) { kw_offset_delete_request_init(m); }
static const struct wt_struct kw_offset_delete_request_shape = {"kw_offset_delete_request", sizeof(struct kw_offset_delete_request), kw_offset_delete_request_init_any, 2, kw_offset_delete_request_fields};
static const struct wt_field kw_offset_delete_response_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_offset_delete_response_partition, partition_index), 0, 0, 0, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_offset_delete_response_partition, error_code), 0, 0, 0, 0, -1, NULL},
};
static void kw_offset_delete_response_partition_init_any(void *m) { kw_offset_delete_response_partition_init(m); }
static const struct wt_struct kw_offset_delete_response_partition_shape = {"kw_offset_delete_response_partition", sizeof(struct kw_offset_delete_response_partition), kw_offset_delete_response_partition_init_any, 2, kw_offset_delete_response_partition_fields};
static const struct wt_field kw_offset_delete_response_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_offset_delete_response_topic, name), 0, 0, 0, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_offset_delete_response_topic, partitions), offsetof(struct kw_offset_delete_response_topic, partitions_count), 0, 0, 0, -1, &kw_offset_delete_response_partition_shape},
};
static void kw_offset_delete_response_topic_init_any(void *m) { kw_offset_delete_response_topic_init(m); }
static const struct wt_struct kw_offset_delete_response_topic_shape = {"kw_offset_delete_response_topic", sizeof(struct kw_offset_delete_response_topic), kw_offset_delete_response_topic_init_any, 2, kw_offset_delete_response_topic_fields};
static const struct wt_field kw_offset_delete_response_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_offset_delete_response, error_code), 0, 0, 0, 0, -1, NULL},
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_offset_delete_response, throttle_time_ms), 0, 0, 0, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_offset_delete_response, topics), offsetof(struct kw_offset_delete_response, topics_count), 0, 0, 0, -1, &kw_offset_delete_response_topic_shape},
};
static void kw_offset_delete_response_init_any(void *m) { kw_offset_delete_response_init(m); }
static const struct wt_struct kw_offset_delete_response_shape = {"kw_offset_delete_response", sizeof(struct kw_offset_delete_response), kw_offset_delete_response_init_any, 3, kw_offset_delete_response_fields};
static const struct wt_field kw_offset_fetch_request_group_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_offset_fetch_request_group_topic, name), 0, 8, 9, 0, -1, NULL},
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_offset_fetch_request_group_topic, topic_id), 0, 10, 10, 0, -1, NULL},
    {"partition_indexes", WT_INT32, true, false, false, offsetof(struct kw_offset_fetch_request_group_topic, partition_indexes), offsetof(struct kw_offset_fetch_request_group_topic, partition_indexes_count), 8, 10, 0, -1, NULL},
};
static void kw_offset_fetch_request_group_topic_init_any(void *m) { kw_offset_fetch_request_group_topic_init(m); }
static const struct wt_struct kw_offset_fetch_request_group_topic_shape = {"kw_offset_fetch_request_group_topic", sizeof(struct kw_offset_fetch_request_group_topic), kw_offset_fetch_request_group_topic_init_any, 3, kw_offset_fetch_request_group_topic_fields};
static const struct wt_field kw_offset_fetch_request_group_fields[] = {
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_offset_fetch_request_group, group_id), 0, 8, 10, 0, -1, NULL},
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_offset_fetch_request_group, member_id), 0, 9, 10, 9, 10, NULL},
    {"member_epoch", WT_INT32, false, false, false, offsetof(struct kw_offset_fetch_request_group, member_epoch), 0, 9, 10, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_offset_fetch_request_group, topics), offsetof(struct kw_offset_fetch_request_group, topics_count), 8, 10, 8, 10, &kw_offset_fetch_request_group_topic_shape},
};
static void kw_offset_fetch_request_group_init_any(void *m) { kw_offset_fetch_request_group_init(m); }
static const struct wt_struct kw_offset_fetch_request_group_shape = {"kw_offset_fetch_request_group", sizeof(struct kw_offset_fetch_request_group), kw_offset_fetch_request_group_init_any, 4, kw_offset_fetch_request_group_fields};
static const struct wt_field kw_offset_fetch_request_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_offset_fetch_request_topic, name), 0, 1, 7, 0, -1, NULL},
    {"partition_indexes", WT_INT32, true, false, false, offsetof(struct kw_offset_fetch_request_topic, partition_indexes), offsetof(struct kw_offset_fetch_request_topic, partition_indexes_count), 1, 7, 0, -1, NULL},
};
static void kw_offset_fetch_request_topic_init_any(void *m) { kw_offset_fetch_request_topic_init(m); }
static const struct wt_struct kw_offset_fetch_request_topic_shape = {"kw_offset_fetch_request_topic", sizeof(struct kw_offset_fetch_request_topic), kw_offset_fetch_request_topic_init_any, 2, kw_offset_fetch_request_topic_fields};
static const struct wt_field kw_offset_fetch_request_fields[] = {
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_offset_fetch_request, group_id), 0, 1, 7, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_offset_fetch_request, topics), offsetof(struct kw_offset_fetch_request, topics_count), 1, 7, 2, 7, &kw_offset_fetch_request_topic_shape},
    {"groups", WT_STRUCT, true, false, false, offsetof(struct kw_offset_fetch_request, groups), offsetof(struct kw_offset_fetch_request, groups_count), 8, 10, 0, -1, &kw_offset_fetch_request_group_shape},
    {"require_stable", WT_BOOL, false, false, false, offsetof(struct kw_offset_fetch_request, require_stable), 0, 7, 10, 0, -1, NULL},
};
static void kw_offset_fetch_request_init_any(void *m) { kw_offset_fetch_request_init(m); }
static const struct wt_struct kw_offset_fetch_request_shape = {"kw_offset_fetch_request", sizeof(struct kw_offset_fetch_request), kw_offset_fetch_request_init_any, 4, kw_offset_fetch_request_fields};
static const struct wt_field kw_offset_fetch_response_group_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_offset_fetch_response_group_partition, partition_index), 0, 8, 10, 0, -1, NULL},
    {"committed_offset", WT_INT64, false, false, false, offsetof(struct kw_offset_fetch_response_group_partition, committed_offset), 0, 8, 10, 0, -1, NULL},
    {"committed_leader_epoch", WT_INT32, false, false, false, offsetof(struct kw_offset_fetch_response_group_partition, committed_leader_epoch), 0, 8, 10, 0, -1, NULL},
    {"metadata", WT_STRING, false, false, false, offsetof(struct kw_offset_fetch_response_group_partition, metadata), 0, 8, 10, 8, 10, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_offset_fetch_response_group_partition, error_code), 0, 8, 10, 0, -1, NULL},
};
static void kw_offset_fetch_response_group_partition_init_any(void *m) { kw_offset_fetch_response_group_partition_init(m); }
static const struct wt_struct kw_offset_fetch_response_group_partition_shape = {"kw_offset_fetch_response_group_partition", sizeof(struct kw_offset_fetch_response_group_partition), kw_offset_fetch_response_group_partition_init_any, 5, kw_offset_fetch_response_group_partition_fields};
static const struct wt_field kw_offset_fetch_response_group_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_offset_fetch_response_group_topic, name), 0, 8, 9, 0, -1, NULL},
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_offset_fetch_response_group_topic, topic_id), 0, 10, 10, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_offset_fetch_response_group_topic, partitions), offsetof(struct kw_offset_fetch_response_group_topic, partitions_count), 8, 10, 0, -1, &kw_offset_fetch_response_group_partition_shape},
};
static void kw_offset_fetch_response_group_topic_init_any(void *m) { kw_offset_fetch_response_group_topic_init(m); }
static const struct wt_struct kw_offset_fetch_response_group_topic_shape = {"kw_offset_fetch_response_group_topic", sizeof(struct kw_offset_fetch_response_group_topic), kw_offset_fetch_response_group_topic_init_any, 3, kw_offset_fetch_response_group_topic_fields};
static const struct wt_field kw_offset_fetch_response_group_fields[] = {
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_offset_fetch_response_group, group_id), 0, 8, 10, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_offset_fetch_response_group, topics), offsetof(struct kw_offset_fetch_response_group, topics_count), 8, 10, 0, -1, &kw_offset_fetch_response_group_topic_shape},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_offset_fetch_response_group, error_code), 0, 8, 10, 0, -1, NULL},
};
static void kw_offset_fetch_response_group_init_any(void *m) { kw_offset_fetch_response_group_init(m); }
static const struct wt_struct kw_offset_fetch_response_group_shape = {"kw_offset_fetch_response_group", sizeof(struct kw_offset_fetch_response_group), kw_offset_fetch_response_group_init_any, 3, kw_offset_fetch_response_group_fields};
static const struct wt_field kw_offset_fetch_response_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_offset_fetch_response_partition, partition_index), 0, 1, 7, 0, -1, NULL},
    {"committed_offset", WT_INT64, false, false, false, offsetof(struct kw_offset_fetch_response_partition, committed_offset), 0, 1, 7, 0, -1, NULL},
    {"committed_leader_epoch", WT_INT32, false, false, false, offsetof(struct kw_offset_fetch_response_partition, committed_leader_epoch), 0, 5, 7, 0, -1, NULL},
    {"metadata", WT_STRING, false, false, false, offsetof(struct kw_offset_fetch_response_partition, metadata), 0, 1, 7, 1, 7, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_offset_fetch_response_partition, error_code), 0, 1, 7, 0, -1, NULL},
};
static void kw_offset_fetch_response_partition_init_any(void *m) { kw_offset_fetch_response_partition_init(m); }
static const struct wt_struct kw_offset_fetch_response_partition_shape = {"kw_offset_fetch_response_partition", sizeof(struct kw_offset_fetch_response_partition), kw_offset_fetch_response_partition_init_any, 5, kw_offset_fetch_response_partition_fields};
static const struct wt_field kw_offset_fetch_response_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_offset_fetch_response_topic, name), 0, 1, 7, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_offset_fetch_response_topic, partitions), offsetof(struct kw_offset_fetch_response_topic, partitions_count), 1, 7, 0, -1, &kw_offset_fetch_response_partition_shape},
};
static void kw_offset_fetch_response_topic_init_any(void *m) { kw_offset_fetch_response_topic_init(m); }
static const struct wt_struct kw_offset_fetch_response_topic_shape = {"kw_offset_fetch_response_topic", sizeof(struct kw_offset_fetch_response_topic), kw_offset_fetch_response_topic_init_any, 2, kw_offset_fetch_response_topic_fields};
static const struct wt_field kw_offset_fetch_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_offset_fetch_response, throttle_time_ms), 0, 3, 10, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_offset_fetch_response, topics), offsetof(struct kw_offset_fetch_response, topics_count), 1, 7, 0, -1, &kw_offset_fetch_response_topic_shape},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_offset_fetch_response, error_code), 0, 2, 7, 0, -1, NULL},
    {"groups", WT_STRUCT, true, false, false, offsetof(struct kw_offset_fetch_response, groups), offsetof(struct kw_offset_fetch_response, groups_count), 8, 10, 0, -1, &kw_offset_fetch_response_group_shape},
};
static void kw_offset_fetch_response_init_any(void *m) { kw_offset_fetch_response_init(m); }
static const struct wt_struct kw_offset_fetch_response_shape = {"kw_offset_fetch_response", sizeof(struct kw_offset_fetch_response), kw_offset_fetch_response_init_any, 4, kw_offset_fetch_response_fields};
static const struct wt_field kw_offset_for_leader_epoch_request_partition_fields[] = {
    {"partition", WT_INT32, false, false, false, offsetof(struct kw_offset_for_leader_epoch_request_partition, partition), 0, 2, 4, 0, -1, NULL},
    {"current_leader_epoch", WT_INT32, false, false, false, offsetof(struct kw_offset_for_leader_epoch_request_partition, current_leader_epoch), 0, 2, 4, 0, -1, NULL},
    {"leader_epoch", WT_INT32, false, false, false, offsetof(struct kw_offset_for_leader_epoch_request_partition, leader_epoch), 0, 2, 4, 0, -1, NULL},
};
static void kw_offset_for_leader_epoch_request_partition_init_any(void *m) { kw_offset_for_leader_epoch_request_partition_init(m); }
static const struct wt_struct kw_offset_for_leader_epoch_request_partition_shape = {"kw_offset_for_leader_epoch_request_partition", sizeof(struct kw_offset_for_leader_epoch_request_partition), kw_offset_for_leader_epoch_request_partition_init_any, 3, kw_offset_for_leader_epoch_request_partition_fields};
static const struct wt_field kw_offset_for_leader_epoch_request_topic_fields[] = {
    {"topic", WT_STRING, false, false, false, offsetof(struct kw_offset_for_leader_epoch_request_topic, topic), 0, 2, 4, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_offset_for_leader_epoch_request_topic, partitions), offsetof(struct kw_offset_for_leader_epoch_request_topic, partitions_count), 2, 4, 0, -1, &kw_offset_for_leader_epoch_request_partition_shape},
};
static void kw_offset_for_leader_epoch_request_topic_init_any(void *m) { kw_offset_for_leader_epoch_request_topic_init(m); }
static const struct wt_struct kw_offset_for_leader_epoch_request_topic_shape = {"kw_offset_for_leader_epoch_request_topic", sizeof(struct kw_offset_for_leader_epoch_request_topic), kw_offset_for_leader_epoch_request_topic_init_any, 2, kw_offset_for_leader_epoch_request_topic_fields};
static const struct wt_field kw_offset_for_leader_epoch_request_fields[] = {
    {"replica_id", WT_INT32, false, false, false, offsetof(struct kw_offset_for_leader_epoch_request, replica_id), 0, 3, 4, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_offset_for_leader_epoch_request, topics), offsetof(struct kw_offset_for_leader_epoch_request, topics_count), 2, 4, 0, -1, &kw_offset_for_leader_epoch_request_topic_shape},
};
static void kw_offset_for_leader_epoch_request_init_any(void *m) { kw_offset_for_leader_epoch_request_init(m); }
static const struct wt_struct kw_offset_for_leader_epoch_request_shape = {"kw_offset_for_leader_epoch_request", sizeof(struct kw_offset_for_leader_epoch_request), kw_offset_for_leader_epoch_request_init_any, 2, kw_offset_for_leader_epoch_request_fields};
static const struct wt_field kw_offset_for_leader_epoch_response_partition_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_offset_for_leader_epoch_response_partition, error_code), 0, 2, 4, 0, -1, NULL},
    {"partition", WT_INT32, false, false, false, offsetof(struct kw_offset_for_leader_epoch_response_partition, partition), 0, 2, 4, 0, -1, NULL},
    {"leader_epoch", WT_INT32, false, false, false, offsetof(struct kw_offset_for_leader_epoch_response_partition, leader_epoch), 0, 2, 4, 0, -1, NULL},
    {"end_offset", WT_INT64, false, false, false, offsetof(struct kw_offset_for_leader_epoch_response_partition, end_offset), 0, 2, 4, 0, -1, NULL},
};
static void kw_offset_for_leader_epoch_response_partition_init_any(void *m) { kw_offset_for_leader_epoch_response_partition_init(m); }
static const struct wt_struct kw_offset_for_leader_epoch_response_partition_shape = {"kw_offset_for_leader_epoch_response_partition", sizeof(struct kw_offset_for_leader_epoch_response_partition), kw_offset_for_leader_epoch_response_partition_init_any, 4, kw_offset_for_leader_epoch_response_partition_fields};
static const struct wt_field kw_offset_for_leader_epoch_response_topic_fields[] = {
    {"topic", WT_STRING, false, false, false, offsetof(struct kw_offset_for_leader_epoch_response_topic, topic), 0, 2, 4, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_offset_for_leader_epoch_response_topic, partitions), offsetof(struct kw_offset_for_leader_epoch_response_topic, partitions_count), 2, 4, 0, -1, &kw_offset_for_leader_epoch_response_partition_shape},
};
static void kw_offset_for_leader_epoch_response_topic_init_any(void *m) { kw_offset_for_leader_epoch_response_topic_init(m); }
static const struct wt_struct kw_offset_for_leader_epoch_response_topic_shape = {"kw_offset_for_leader_epoch_response_topic", sizeof(struct kw_offset_for_leader_epoch_response_topic), kw_offset_for_leader_epoch_response_topic_init_any, 2, kw_offset_for_leader_epoch_response_topic_fields};
static const struct wt_field kw_offset_for_leader_epoch_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_offset_for_leader_epoch_response, throttle_time_ms), 0, 2, 4, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_offset_for_leader_epoch_response, topics), offsetof(struct kw_offset_for_leader_epoch_response, topics_count), 2, 4, 0, -1, &kw_offset_for_leader_epoch_response_topic_shape},
};
static void kw_offset_for_leader_epoch_response_init_any(void *m) { kw_offset_for_leader_epoch_response_init(m); }
static const struct wt_struct kw_offset_for_leader_epoch_response_shape = {"kw_offset_for_leader_epoch_response", sizeof(struct kw_offset_for_leader_epoch_response), kw_offset_for_leader_epoch_response_init_any, 2, kw_offset_for_leader_epoch_response_fields};
static const struct wt_field kw_alter_partition_reassignments_request_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_alter_partition_reassignments_request_partition, partition_index), 0, 0, 1, 0, -1, NULL},
    {"replicas", WT_INT32, true, false, false, offsetof(struct kw_alter_partition_reassignments_request_partition, replicas), offsetof(struct kw_alter_partition_reassignments_request_partition, replicas_count), 0, 1, 0, 1, NULL},
};
static void kw_alter_partition_reassignments_request_partition_init_any(void *m) { kw_alter_partition_reassignments_request_partition_init(m); }
static const struct wt_struct kw_alter_partition_reassignments_request_partition_shape = {"kw_alter_partition_reassignments_request_partition", sizeof(struct kw_alter_partition_reassignments_request_partition), kw_alter_partition_reassignments_request_partition_init_any, 2, kw_alter_partition_reassignments_request_partition_fields};
static const struct wt_field kw_alter_partition_reassignments_request_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_alter_partition_reassignments_request_topic, name), 0, 0, 1, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_alter_partition_reassignments_request_topic, partitions), offsetof(struct kw_alter_partition_reassignments_request_topic, partitions_count), 0, 1, 0, -1, &kw_alter_partition_reassignments_request_partition_shape},
};
static void kw_alter_partition_reassignments_request_topic_init_any(void *m) { kw_alter_partition_reassignments_request_topic_init(m); }
static const struct wt_struct kw_alter_partition_reassignments_request_topic_shape = {"kw_alter_partition_reassignments_request_topic", sizeof(struct kw_alter_partition_reassignments_request_topic), kw_alter_partition_reassignments_request_topic_init_any, 2, kw_alter_partition_reassignments_request_topic_fields};
static const struct wt_field kw_alter_partition_reassignments_request_fields[] = {
    {"timeout_ms", WT_INT32, false, false, false, offsetof(struct kw_alter_partition_reassignments_request, timeout_ms), 0, 0, 1, 0, -1, NULL},
    {"allow_replication_factor_change", WT_BOOL, false, false, false, offsetof(struct kw_alter_partition_reassignments_request, allow_replication_factor_change), 0, 1, 1, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_alter_partition_reassignments_request, topics), offsetof(struct kw_alter_partition_reassignments_request, topics_count), 0, 1, 0, -1, &kw_alter_partition_reassignments_request_topic_shape},
};
static void kw_alter_partition_reassignments_request_init_any(void *m) { kw_alter_partition_reassignments_request_init(m); }
static const struct wt_struct kw_alter_partition_reassignments_request_shape = {"kw_alter_partition_reassignments_request", sizeof(struct kw_alter_partition_reassignments_request), kw_alter_partition_reassignments_request_init_any, 3, kw_alter_partition_reassignments_request_fields};
static const struct wt_field kw_alter_partition_reassignments_response_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_alter_partition_reassignments_response_partition, partition_index), 0, 0, 1, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_alter_partition_reassignments_response_partition, error_code), 0, 0, 1, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_alter_partition_reassignments_response_partition, error_message), 0, 0, 1, 0, 1, NULL},
};
static void kw_alter_partition_reassignments_response_partition_init_any(void *m) { kw_alter_partition_reassignments_response_partition_init(m); }
static const struct wt_struct kw_alter_partition_reassignments_response_partition_shape = {"kw_alter_partition_reassignments_response_partition", sizeof(struct kw_alter_partition_reassignments_response_partition), kw_alter_partition_reassignments_response_partition_init_any, 3, kw_alter_partition_reassignments_response_partition_fields};
static const struct wt_field kw_alter_partition_reassignments_response_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_alter_partition_reassignments_response_topic, name), 0, 0, 1, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_alter_partition_reassignments_response_topic, partitions), offsetof(struct kw_alter_partition_reassignments_response_topic, partitions_count), 0, 1, 0, -1, &kw_alter_partition_reassignments_response_partition_shape},
};
static void kw_alter_partition_reassignments_response_topic_init_any(void *m) { kw_alter_partition_reassignments_response_topic_init(m); }
static const struct wt_struct kw_alter_partition_reassignments_response_topic_shape = {"kw_alter_partition_reassignments_response_topic", sizeof(struct kw_alter_partition_reassignments_response_topic), kw_alter_partition_reassignments_response_topic_init_any, 2, kw_alter_partition_reassignments_response_topic_fields};
static const struct wt_field kw_alter_partition_reassignments_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_alter_partition_reassignments_response, throttle_time_ms), 0, 0, 1, 0, -1, NULL},
    {"allow_replication_factor_change", WT_BOOL, false, false, false, offsetof(struct kw_alter_partition_reassignments_response, allow_replication_factor_change), 0, 1, 1, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_alter_partition_reassignments_response, error_code), 0, 0, 1, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_alter_partition_reassignments_response, error_message), 0, 0, 1, 0, 1, NULL},
    {"responses", WT_STRUCT, true, false, false, offsetof(struct kw_alter_partition_reassignments_response, responses), offsetof(struct kw_alter_partition_reassignments_response, responses_count), 0, 1, 0, -1, &kw_alter_partition_reassignments_response_topic_shape},
};
static void kw_alter_partition_reassignments_response_init_any(void *m) { kw_alter_partition_reassignments_response_init(m); }
static const struct wt_struct kw_alter_partition_reassignments_response_shape = {"kw_alter_partition_reassignments_response", sizeof(struct kw_alter_partition_reassignments_response), kw_alter_partition_reassignments_response_init_any, 5, kw_alter_partition_reassignments_response_fields};
static const struct wt_field kw_list_partition_reassignments_request_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_list_partition_reassignments_request_topic, name), 0, 0, 0, 0, -1, NULL},
    {"partition_indexes", WT_INT32, true, false, false, offsetof(struct kw_list_partition_reassignments_request_topic, partition_indexes), offsetof(struct kw_list_partition_reassignments_request_topic, partition_indexes_count), 0, 0, 0, -1, NULL},
};
static void kw_list_partition_reassignments_request_topic_init_any(void *m) { kw_list_partition_reassignments_request_topic_init(m); }
static const struct wt_struct kw_list_partition_reassignments_request_topic_shape = {"kw_list_partition_reassignments_request_topic", sizeof(struct kw_list_partition_reassignments_request_topic), kw_list_partition_reassignments_request_topic_init_any, 2, kw_list_partition_reassignments_request_topic_fields};
static const struct wt_field kw_list_partition_reassignments_request_fields[] = {
    {"timeout_ms", WT_INT32, false, false, false, offsetof(struct kw_list_partition_reassignments_request, timeout_ms), 0, 0, 0, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_list_partition_reassignments_request, topics), offsetof(struct kw_list_partition_reassignments_request, topics_count), 0, 0, 0, 0, &kw_list_partition_reassignments_request_topic_shape},
};
static void kw_list_partition_reassignments_request_init_any(void *m) { kw_list_partition_reassignments_request_init(m); }
static const struct wt_struct kw_list_partition_reassignments_request_shape = {"kw_list_partition_reassignments_request", sizeof(struct kw_list_partition_reassignments_request), kw_list_partition_reassignments_request_init_any, 2, kw_list_partition_reassignments_request_fields};
static const struct wt_field kw_list_partition_reassignments_response_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_list_partition_reassignments_response_partition, partition_index), 0, 0, 0, 0, -1, NULL},
    {"replicas", WT_INT32, true, false, false, offsetof(struct kw_list_partition_reassignments_response_partition, replicas), offsetof(struct kw_list_partition_reassignments_response_partition, replicas_count), 0, 0, 0, -1, NULL},
    {"adding_replicas", WT_INT32, true, false, false, offsetof(struct kw_list_partition_reassignments_response_partition, adding_replicas), offsetof(struct kw_list_partition_reassignments_response_partition, adding_replicas_count), 0, 0, 0, -1, NULL},
    {"removing_replicas", WT_INT32, true, false, false, offsetof(struct kw_list_partition_reassignments_response_partition, removing_replicas), offsetof(struct kw_list_partition_reassignments_response_partition, removing_replicas_count), 0, 0, 0, -1, NULL},
};
static void kw_list_partition_reassignments_response_partition_init_any(void *m) { kw_list_partition_reassignments_response_partition_init(m); }
static const struct wt_struct kw_list_partition_reassignments_response_partition_shape = {"kw_list_partition_reassignments_response_partition", sizeof(struct kw_list_partition_reassignments_response_partition), kw_list_partition_reassignments_response_partition_init_any, 4, kw_list_partition_reassignments_response_partition_fields};
static const struct wt_field kw_list_partition_reassignments_response_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_list_partition_reassignments_response_topic, name), 0, 0, 0, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_list_partition_reassignments_response_topic, partitions), offsetof(struct kw_list_partition_reassignments_response_topic, partitions_count), 0, 0, 0, -1, &kw_list_partition_reassignments_response_partition_shape},
};
static void kw_list_partition_reassignments_response_topic_init_any(void *m) { kw_list_partition_reassignments_response_topic_init(m); }
static const struct wt_struct kw_list_partition_reassignments_response_topic_shape = {"kw_list_partition_reassignments_response_topic", sizeof(struct kw_list_partition_reassignments_response_topic), kw_list_partition_reassignments_response_topic_init_any, 2, kw_list_partition_reassignments_response_topic_fields};
static const struct wt_field kw_list_partition_reassignments_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_list_partition_reassignments_response, throttle_time_ms), 0, 0, 0, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_list_partition_reassignments_response, error_code), 0, 0, 0, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_list_partition_reassignments_response, error_message), 0, 0, 0, 0, 0, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_list_partition_reassignments_response, topics), offsetof(struct kw_list_partition_reassignments_response, topics_count), 0, 0, 0, -1, &kw_list_partition_reassignments_response_topic_shape},
};
static void kw_list_partition_reassignments_response_init_any(void *m) { kw_list_partition_reassignments_response_init(m); }
static const struct wt_struct kw_list_partition_reassignments_response_shape = {"kw_list_partition_reassignments_response", sizeof(struct kw_list_partition_reassignments_response), kw_list_partition_reassignments_response_init_any, 4, kw_list_partition_reassignments_response_fields};
static const struct wt_field kw_produce_request_partition_fields[] = {
    {"index", WT_INT32, false, false, false, offsetof(struct kw_produce_request_partition, index), 0, 3, 13, 0, -1, NULL},
    {"records", WT_RECORDS, false, false, false, offsetof(struct kw_produce_request_partition, records), 0, 3, 13, 3, 13, NULL},
};
static void kw_produce_request_partition_init_any(void *m) { kw_produce_request_partition_init(m); }
static const struct wt_struct kw_produce_request_partition_shape = {"kw_produce_request_partition", sizeof(struct kw_produce_request_partition), kw_produce_request_partition_init_any, 2, kw_produce_request_partition_fields};
static const struct wt_field kw_produce_request_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_produce_request_topic, name), 0, 3, 12, 0, -1, NULL},
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_produce_request_topic, topic_id), 0, 13, 13, 0, -1, NULL},
    {"partition_data", WT_STRUCT, true, false, false, offsetof(struct kw_produce_request_topic, partition_data), offsetof(struct kw_produce_request_topic, partition_data_count), 3, 13, 0, -1, &kw_produce_request_partition_shape},
};
static void kw_produce_request_topic_init_any(void *m) { kw_produce_request_topic_init(m); }
static const struct wt_struct kw_produce_request_topic_shape = {"kw_produce_request_topic", sizeof(struct kw_produce_request_topic), kw_produce_request_topic_init_any, 3, kw_produce_request_topic_fields};
static const struct wt_field kw_produce_request_fields[] = {
    {"transactional_id", WT_STRING, false, false, false, offsetof(struct kw_produce_request, transactional_id), 0, 3, 13, 3, 13, NULL},
    {"acks", WT_INT16, false, false, false, offsetof(struct kw_produce_request, acks), 0, 3, 13, 0, -1, NULL},
    {"timeout_ms", WT_INT32, false, false, false, offsetof(struct kw_produce_request, timeout_ms), 0, 3, 13, 0, -1, NULL},
    {"topic_data", WT_STRUCT, true, false, false, offsetof(struct kw_produce_request, topic_data), offsetof(struct kw_produce_request, topic_data_count), 3, 13, 0, -1, &kw_produce_request_topic_shape},
};
static void kw_produce_request_init_any(void *m) { kw_produce_request_init(m); }
static const struct wt_struct kw_produce_request_shape = {"kw_produce_request", sizeof(struct kw_produce_request), kw_produce_request_init_any, 4, kw_produce_request_fields};
static const struct wt_field kw_produce_response_node_endpoint_fields[] = {
    {"node_id", WT_INT32, false, false, false, offsetof(struct kw_produce_response_node_endpoint, node_id), 0, 10, 13, 0, -1, NULL},
    {"host", WT_STRING, false, false, false, offsetof(struct kw_produce_response_node_endpoint, host), 0, 10, 13, 0, -1, NULL},
    {"port", WT_INT32, false, false, false, offsetof(struct kw_produce_response_node_endpoint, port), 0, 10, 13, 0, -1, NULL},
    {"rack", WT_STRING, false, false, false, offsetof(struct kw_produce_response_node_endpoint, rack), 0, 10, 13, 10, 13, NULL},
};
static void kw_produce_response_node_endpoint_init_any(void *m) { kw_produce_response_node_endpoint_init(m); }
static const struct wt_struct kw_produce_response_node_endpoint_shape = {"kw_produce_response_node_endpoint", sizeof(struct kw_produce_response_node_endpoint), kw_produce_response_node_endpoint_init_any, 4, kw_produce_response_node_endpoint_fields};
static const struct wt_field kw_produce_response_current_leader_fields[] = {
    {"leader_id", WT_INT32, false, false, false, offsetof(struct kw_produce_response_current_leader, leader_id), 0, 10, 13, 0, -1, NULL},
    {"leader_epoch", WT_INT32, false, false, false, offsetof(struct kw_produce_response_current_leader, leader_epoch), 0, 10, 13, 0, -1, NULL},
};
static void kw_produce_response_current_leader_init_any(void *m) { kw_produce_response_current_leader_init(m); }
static const struct wt_struct kw_produce_response_current_leader_shape = {"kw_produce_response_current_leader", sizeof(struct kw_produce_response_current_leader), kw_produce_response_current_leader_init_any, 2, kw_produce_response_current_leader_fields};
static const struct wt_field kw_produce_response_record_error_fields[] = {
    {"batch_index", WT_INT32, false, false, false, offsetof(struct kw_produce_response_record_error, batch_index), 0, 8, 13, 0, -1, NULL},
    {"batch_index_error_message", WT_STRING, false, false, false, offsetof(struct kw_produce_response_record_error, batch_index_error_message), 0, 8, 13, 8, 13, NULL},
};
static void kw_produce_response_record_error_init_any(void *m) { kw_produce_response_record_error_init(m); }
static const struct wt_struct kw_produce_response_record_error_shape = {"kw_produce_response_record_error", sizeof(struct kw_produce_response_record_error), kw_produce_response_record_error_init_any, 2, kw_produce_response_record_error_fields};
static const struct wt_field kw_produce_response_partition_fields[] = {
    {"index", WT_INT32, false, false, false, offsetof(struct kw_produce_response_partition, index), 0, 3, 13, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_produce_response_partition, error_code), 0, 3, 13, 0, -1, NULL},
    {"base_offset", WT_INT64, false, false, false, offsetof(struct kw_produce_response_partition, base_offset), 0, 3, 13, 0, -1, NULL},
    {"log_append_time_ms", WT_INT64, false, false, false, offsetof(struct kw_produce_response_partition, log_append_time_ms), 0, 3, 13, 0, -1, NULL},
    {"log_start_offset", WT_INT64, false, false, false, offsetof(struct kw_produce_response_partition, log_start_offset), 0, 5, 13, 0, -1, NULL},
    {"record_errors", WT_STRUCT, true, false, false, offsetof(struct kw_produce_response_partition, record_errors), offsetof(struct kw_produce_response_partition, record_errors_count), 8, 13, 0, -1, &kw_produce_response_record_error_shape},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_produce_response_partition, error_message), 0, 8, 13, 8, 13, NULL},
    {"current_leader", WT_STRUCT, false, false, true, offsetof(struct kw_produce_response_partition, current_leader), 0, 10, 13, 0, -1, &kw_produce_response_current_leader_shape},
};
static void kw_produce_response_partition_init_any(void *m) { kw_produce_response_partition_init(m); }
static const struct wt_struct kw_produce_response_partition_shape = {"kw_produce_response_partition", sizeof(struct kw_produce_response_partition), kw_produce_response_partition_init_any, 8, kw_produce_response_partition_fields};
static const struct wt_field kw_produce_response_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_produce_response_topic, name), 0, 3, 12, 0, -1, NULL},
    {"topic_id", WT_UUID, false, false, false, offsetof(struct kw_produce_response_topic, topic_id), 0, 13, 13, 0, -1, NULL},
    {"partition_responses", WT_STRUCT, true, false, false, offsetof(struct kw_produce_response_topic, partition_responses), offsetof(struct kw_produce_response_topic, partition_responses_count), 3, 13, 0, -1, &kw_produce_response_partition_shape},
};
static void kw_produce_response_topic_init_any(void *m) { kw_produce_response_topic_init(m); }
static const struct wt_struct kw_produce_response_topic_shape = {"kw_produce_response_topic", sizeof(struct kw_produce_response_topic), kw_produce_response_topic_init_any, 3, kw_produce_response_topic_fields};
static const struct wt_field kw_produce_response_fields[] = {
    {"responses", WT_STRUCT, true, false, false, offsetof(struct kw_produce_response, responses), offsetof(struct kw_produce_response, responses_count), 3, 13, 0, -1, &kw_produce_response_topic_shape},
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_produce_response, throttle_time_ms), 0, 3, 13, 0, -1, NULL},
    {"node_endpoints", WT_STRUCT, true, false, true, offsetof(struct kw_produce_response, node_endpoints), offsetof(struct kw_produce_response, node_endpoints_count), 10, 13, 0, -1, &kw_produce_response_node_endpoint_shape},
};
static void kw_produce_response_init_any(void *m) { kw_produce_response_init(m); }
static const struct wt_struct kw_produce_response_shape = {"kw_produce_response", sizeof(struct kw_produce_response), kw_produce_response_init_any, 3, kw_produce_response_fields};
static const struct wt_field kw_leader_change_message_voter_fields[] = {
    {"voter_id", WT_INT32, false, false, false, offsetof(struct kw_leader_change_message_voter, voter_id), 0, 0, 1, 0, -1, NULL},
    {"voter_directory_id", WT_UUID, false, false, false, offsetof(struct kw_leader_change_message_voter, voter_directory_id), 0, 1, 1, 0, -1, NULL},
};
static void kw_leader_change_message_voter_init_any(void *m) { kw_leader_change_message_voter_init(m); }
static const struct wt_struct kw_leader_change_message_voter_shape = {"kw_leader_change_message_voter", sizeof(struct kw_leader_change_message_voter), kw_leader_change_message_voter_init_any, 2, kw_leader_change_message_voter_fields};
static const struct wt_field kw_leader_change_message_fields[] = {
    {"version", WT_INT16, false, false, false, offsetof(struct kw_leader_change_message, version), 0, 0, 1, 0, -1, NULL},
    {"leader_id", WT_INT32, false, false, false, offsetof(struct kw_leader_change_message, leader_id), 0, 0, 1, 0, -1, NULL},
    {"voters", WT_STRUCT, true, false, false, offsetof(struct kw_leader_change_message, voters), offsetof(struct kw_leader_change_message, voters_count), 0, 1, 0, -1, &kw_leader_change_message_voter_shape},
    {"granting_voters", WT_STRUCT, true, false, false, offsetof(struct kw_leader_change_message, granting_voters), offsetof(struct kw_leader_change_message, granting_voters_count), 0, 1, 0, -1, &kw_leader_change_message_voter_shape},
};
static void kw_leader_change_message_init_any(void *m) { kw_leader_change_message_init(m); }
static const struct wt_struct kw_leader_change_message_shape = {"kw_leader_change_message", sizeof(struct kw_leader_change_message), kw_leader_change_message_init_any, 4, kw_leader_change_message_fields};
static const struct wt_field kw_snapshot_header_record_fields[] = {
    {"version", WT_INT16, false, false, false, offsetof(struct kw_snapshot_header_record, version), 0, 0, 0, 0, -1, NULL},
    {"last_contained_log_timestamp", WT_INT64, false, false, false, offsetof(struct kw_snapshot_header_record, last_contained_log_timestamp), 0, 0, 0, 0, -1, NULL},
};
static void kw_snapshot_header_record_init_any(void *m) { kw_snapshot_header_record_init(m); }
static const struct wt_struct kw_snapshot_header_record_shape = {"kw_snapshot_header_record", sizeof(struct kw_snapshot_header_record), kw_snapshot_header_record_init_any, 2, kw_snapshot_header_record_fields};
static const struct wt_field kw_snapshot_footer_record_fields[] = {
    {"version", WT_INT16, false, false, false, offsetof(struct kw_snapshot_footer_record, version), 0, 0, 0, 0, -1, NULL},
};
static void kw_snapshot_footer_record_init_any(void *m) { kw_snapshot_footer_record_init(m); }
static const struct wt_struct kw_snapshot_footer_record_shape = {"kw_snapshot_footer_record", sizeof(struct kw_snapshot_footer_record), kw_snapshot_footer_record_init_any, 1, kw_snapshot_footer_record_fields};
static const struct wt_field kw_kraft_version_record_fields[] = {
    {"version", WT_INT16, false, false, false, offsetof(struct kw_kraft_version_record, version), 0, 0, 0, 0, -1, NULL},
    {"kraft_version", WT_INT16, false, false, false, offsetof(struct kw_kraft_version_record, kraft_version), 0, 0, 0, 0, -1, NULL},
};
static void kw_kraft_version_record_init_any(void *m) { kw_kraft_version_record_init(m); }
static const struct wt_struct kw_kraft_version_record_shape = {"kw_kraft_version_record", sizeof(struct kw_kraft_version_record), kw_kraft_version_record_init_any, 2, kw_kraft_version_record_fields};
static const struct wt_field kw_voters_record_kraft_version_feature_fields[] = {
    {"min_supported_version", WT_INT16, false, false, false, offsetof(struct kw_voters_record_kraft_version_feature, min_supported_version), 0, 0, 0, 0, -1, NULL},
    {"max_supported_version", WT_INT16, false, false, false, offsetof(struct kw_voters_record_kraft_version_feature, max_supported_version), 0, 0, 0, 0, -1, NULL},
};
static void kw_voters_record_kraft_version_feature_init_any(void *m) { kw_voters_record_kraft_version_feature_init(m); }
static const struct wt_struct kw_voters_record_kraft_version_feature_shape = {"kw_voters_record_kraft_version_feature", sizeof(struct kw_voters_record_kraft_version_feature), kw_voters_record_kraft_version_feature_init_any, 2, kw_voters_record_kraft_version_feature_fields};
static const struct wt_field kw_voters_record_endpoint_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_voters_record_endpoint, name), 0, 0, 0, 0, -1, NULL},
    {"host", WT_STRING, false, false, false, offsetof(struct kw_voters_record_endpoint, host), 0, 0, 0, 0, -1, NULL},
    {"port", WT_UINT16, false, false, false, offsetof(struct kw_voters_record_endpoint, port), 0, 0, 0, 0, -1, NULL},
};
static void kw_voters_record_endpoint_init_any(void *m) { kw_voters_record_endpoint_init(m); }
static const struct wt_struct kw_voters_record_endpoint_shape = {"kw_voters_record_endpoint", sizeof(struct kw_voters_record_endpoint), kw_voters_record_endpoint_init_any, 3, kw_voters_record_endpoint_fields};
static const struct wt_field kw_voters_record_voter_fields[] = {
    {"voter_id", WT_INT32, false, false, false, offsetof(struct kw_voters_record_voter, voter_id), 0, 0, 0, 0, -1, NULL},
    {"voter_directory_id", WT_UUID, false, false, false, offsetof(struct kw_voters_record_voter, voter_directory_id), 0, 0, 0, 0, -1, NULL},
    {"endpoints", WT_STRUCT, true, false, false, offsetof(struct kw_voters_record_voter, endpoints), offsetof(struct kw_voters_record_voter, endpoints_count), 0, 0, 0, -1, &kw_voters_record_endpoint_shape},
    {"kraft_version_feature", WT_STRUCT, false, false, false, offsetof(struct kw_voters_record_voter, kraft_version_feature), 0, 0, 0, 0, -1, &kw_voters_record_kraft_version_feature_shape},
};
static void kw_voters_record_voter_init_any(void *m) { kw_voters_record_voter_init(m); }
static const struct wt_struct kw_voters_record_voter_shape = {"kw_voters_record_voter", sizeof(struct kw_voters_record_voter), kw_voters_record_voter_init_any, 4, kw_voters_record_voter_fields};
static const struct wt_field kw_voters_record_fields[] = {
    {"version", WT_INT16, false, false, false, offsetof(struct kw_voters_record, version), 0, 0, 0, 0, -1, NULL},
    {"voters", WT_STRUCT, true, false, false, offsetof(struct kw_voters_record, voters), offsetof(struct kw_voters_record, voters_count), 0, 0, 0, -1, &kw_voters_record_voter_shape},
};
static void kw_voters_record_init_any(void *m) { kw_voters_record_init(m); }
static const struct wt_struct kw_voters_record_shape = {"kw_voters_record", sizeof(struct kw_voters_record), kw_voters_record_init_any, 2, kw_voters_record_fields};
static const struct wt_field kw_add_raft_voter_request_listener_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_add_raft_voter_request_listener, name), 0, 0, 0, 0, -1, NULL},
    {"host", WT_STRING, false, false, false, offsetof(struct kw_add_raft_voter_request_listener, host), 0, 0, 0, 0, -1, NULL},
    {"port", WT_UINT16, false, false, false, offsetof(struct kw_add_raft_voter_request_listener, port), 0, 0, 0, 0, -1, NULL},
};
static void kw_add_raft_voter_request_listener_init_any(void *m) { kw_add_raft_voter_request_listener_init(m); }
static const struct wt_struct kw_add_raft_voter_request_listener_shape = {"kw_add_raft_voter_request_listener", sizeof(struct kw_add_raft_voter_request_listener), kw_add_raft_voter_request_listener_init_any, 3, kw_add_raft_voter_request_listener_fields};
static const struct wt_field kw_add_raft_voter_request_fields[] = {
    {"cluster_id", WT_STRING, false, false, false, offsetof(struct kw_add_raft_voter_request, cluster_id), 0, 0, 0, 0, 0, NULL},
    {"timeout_ms", WT_INT32, false, false, false, offsetof(struct kw_add_raft_voter_request, timeout_ms), 0, 0, 0, 0, -1, NULL},
    {"voter_id", WT_INT32, false, false, false, offsetof(struct kw_add_raft_voter_request, voter_id), 0, 0, 0, 0, -1, NULL},
    {"voter_directory_id", WT_UUID, false, false, false, offsetof(struct kw_add_raft_voter_request, voter_directory_id), 0, 0, 0, 0, -1, NULL},
    {"listeners", WT_STRUCT, true, false, false, offsetof(struct kw_add_raft_voter_request, listeners), offsetof(struct kw_add_raft_voter_request, listeners_count), 0, 0, 0, -1, &kw_add_raft_voter_request_listener_shape},
};
static void kw_add_raft_voter_request_init_any(void *m) { kw_add_raft_voter_request_init(m); }
static const struct wt_struct kw_add_raft_voter_request_shape = {"kw_add_raft_voter_request", sizeof(struct kw_add_raft_voter_request), kw_add_raft_voter_request_init_any, 5, kw_add_raft_voter_request_fields};
static const struct wt_field kw_add_raft_voter_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_add_raft_voter_response, throttle_time_ms), 0, 0, 0, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_add_raft_voter_response, error_code), 0, 0, 0, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_add_raft_voter_response, error_message), 0, 0, 0, 0, 0, NULL},
};
static void kw_add_raft_voter_response_init_any(void *m) { kw_add_raft_voter_response_init(m); }
static const struct wt_struct kw_add_raft_voter_response_shape = {"kw_add_raft_voter_response", sizeof(struct kw_add_raft_voter_response), kw_add_raft_voter_response_init_any, 3, kw_add_raft_voter_response_fields};
static const struct wt_field kw_remove_raft_voter_request_fields[] = {
    {"cluster_id", WT_STRING, false, false, false, offsetof(struct kw_remove_raft_voter_request, cluster_id), 0, 0, 0, 0, 0, NULL},
    {"voter_id", WT_INT32, false, false, false, offsetof(struct kw_remove_raft_voter_request, voter_id), 0, 0, 0, 0, -1, NULL},
    {"voter_directory_id", WT_UUID, false, false, false, offsetof(struct kw_remove_raft_voter_request, voter_directory_id), 0, 0, 0, 0, -1, NULL},
};
static void kw_remove_raft_voter_request_init_any(void *m) { kw_remove_raft_voter_request_init(m); }
static const struct wt_struct kw_remove_raft_voter_request_shape = {"kw_remove_raft_voter_request", sizeof(struct kw_remove_raft_voter_request), kw_remove_raft_voter_request_init_any, 3, kw_remove_raft_voter_request_fields};
static const struct wt_field kw_remove_raft_voter_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_remove_raft_voter_response, throttle_time_ms), 0, 0, 0, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_remove_raft_voter_response, error_code), 0, 0, 0, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_remove_raft_voter_response, error_message), 0, 0, 0, 0, 0, NULL},
};
static void kw_remove_raft_voter_response_init_any(void *m) { kw_remove_raft_voter_response_init(m); }
static const struct wt_struct kw_remove_raft_voter_response_shape = {"kw_remove_raft_voter_response", sizeof(struct kw_remove_raft_voter_response), kw_remove_raft_voter_response_init_any, 3, kw_remove_raft_voter_response_fields};
static const struct wt_field kw_sasl_handshake_request_fields[] = {
    {"mechanism", WT_STRING, false, false, false, offsetof(struct kw_sasl_handshake_request, mechanism), 0, 0, 1, 0, -1, NULL},
};
static void kw_sasl_handshake_request_init_any(void *m) { kw_sasl_handshake_request_init(m); }
static const struct wt_struct kw_sasl_handshake_request_shape = {"kw_sasl_handshake_request", sizeof(struct kw_sasl_handshake_request), kw_sasl_handshake_request_init_any, 1, kw_sasl_handshake_request_fields};
static const struct wt_field kw_sasl_handshake_response_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_sasl_handshake_response, error_code), 0, 0, 1, 0, -1, NULL},
    {"mechanisms", WT_STRING, true, false, false, offsetof(struct kw_sasl_handshake_response, mechanisms), offsetof(struct kw_sasl_handshake_response, mechanisms_count), 0, 1, 0, -1, NULL},
};
static void kw_sasl_handshake_response_init_any(void *m) { kw_sasl_handshake_response_init(m); }
static const struct wt_struct kw_sasl_handshake_response_shape = {"kw_sasl_handshake_response", sizeof(struct kw_sasl_handshake_response), kw_sasl_handshake_response_init_any, 2, kw_sasl_handshake_response_fields};
static const struct wt_field kw_sasl_authenticate_request_fields[] = {
    {"auth_bytes", WT_BYTES, false, false, false, offsetof(struct kw_sasl_authenticate_request, auth_bytes), 0, 0, 2, 0, -1, NULL},
};
static void kw_sasl_authenticate_request_init_any(void *m) { kw_sasl_authenticate_request_init(m); }
static const struct wt_struct kw_sasl_authenticate_request_shape = {"kw_sasl_authenticate_request", sizeof(struct kw_sasl_authenticate_request), kw_sasl_authenticate_request_init_any, 1, kw_sasl_authenticate_request_fields};
static const struct wt_field kw_sasl_authenticate_response_fields[] = {
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_sasl_authenticate_response, error_code), 0, 0, 2, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_sasl_authenticate_response, error_message), 0, 0, 2, 0, 2, NULL},
    {"auth_bytes", WT_BYTES, false, false, false, offsetof(struct kw_sasl_authenticate_response, auth_bytes), 0, 0, 2, 0, -1, NULL},
    {"session_lifetime_ms", WT_INT64, false, false, false, offsetof(struct kw_sasl_authenticate_response, session_lifetime_ms), 0, 1, 2, 0, -1, NULL},
};
static void kw_sasl_authenticate_response_init_any(void *m) { kw_sasl_authenticate_response_init(m); }
static const struct wt_struct kw_sasl_authenticate_response_shape = {"kw_sasl_authenticate_response", sizeof(struct kw_sasl_authenticate_response), kw_sasl_authenticate_response_init_any, 4, kw_sasl_authenticate_response_fields};
static const struct wt_field kw_describe_user_scram_credentials_request_user_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_describe_user_scram_credentials_request_user, name), 0, 0, 0, 0, -1, NULL},
};
static void kw_describe_user_scram_credentials_request_user_init_any(void *m) { kw_describe_user_scram_credentials_request_user_init(m); }
static const struct wt_struct kw_describe_user_scram_credentials_request_user_shape = {"kw_describe_user_scram_credentials_request_user", sizeof(struct kw_describe_user_scram_credentials_request_user), kw_describe_user_scram_credentials_request_user_init_any, 1, kw_describe_user_scram_credentials_request_user_fields};
static const struct wt_field kw_describe_user_scram_credentials_request_fields[] = {
    {"users", WT_STRUCT, true, false, false, offsetof(struct kw_describe_user_scram_credentials_request, users), offsetof(struct kw_describe_user_scram_credentials_request, users_count), 0, 0, 0, 0, &kw_describe_user_scram_credentials_request_user_shape},
};
static void kw_describe_user_scram_credentials_request_init_any(void *m) { kw_describe_user_scram_credentials_request_init(m); }
static const struct wt_struct kw_describe_user_scram_credentials_request_shape = {"kw_describe_user_scram_credentials_request", sizeof(struct kw_describe_user_scram_credentials_request), kw_describe_user_scram_credentials_request_init_any, 1, kw_describe_user_scram_credentials_request_fields};
static const struct wt_field kw_describe_user_scram_credentials_response_credential_fields[] = {
    {"mechanism", WT_INT8, false, false, false, offsetof(struct kw_describe_user_scram_credentials_response_credential, mechanism), 0, 0, 0, 0, -1, NULL},
    {"iterations", WT_INT32, false, false, false, offsetof(struct kw_describe_user_scram_credentials_response_credential, iterations), 0, 0, 0, 0, -1, NULL},
};
static void kw_describe_user_scram_credentials_response_credential_init_any(void *m) { kw_describe_user_scram_credentials_response_credential_init(m); }
static const struct wt_struct kw_describe_user_scram_credentials_response_credential_shape = {"kw_describe_user_scram_credentials_response_credential", sizeof(struct kw_describe_user_scram_credentials_response_credential), kw_describe_user_scram_credentials_response_credential_init_any, 2, kw_describe_user_scram_credentials_response_credential_fields};
static const struct wt_field kw_describe_user_scram_credentials_response_result_fields[] = {
    {"user", WT_STRING, false, false, false, offsetof(struct kw_describe_user_scram_credentials_response_result, user), 0, 0, 0, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_describe_user_scram_credentials_response_result, error_code), 0, 0, 0, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_describe_user_scram_credentials_response_result, error_message), 0, 0, 0, 0, 0, NULL},
    {"credential_infos", WT_STRUCT, true, false, false, offsetof(struct kw_describe_user_scram_credentials_response_result, credential_infos), offsetof(struct kw_describe_user_scram_credentials_response_result, credential_infos_count), 0, 0, 0, -1, &kw_describe_user_scram_credentials_response_credential_shape},
};
static void kw_describe_user_scram_credentials_response_result_init_any(void *m) { kw_describe_user_scram_credentials_response_result_init(m); }
static const struct wt_struct kw_describe_user_scram_credentials_response_result_shape = {"kw_describe_user_scram_credentials_response_result", sizeof(struct kw_describe_user_scram_credentials_response_result), kw_describe_user_scram_credentials_response_result_init_any, 4, kw_describe_user_scram_credentials_response_result_fields};
static const struct wt_field kw_describe_user_scram_credentials_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_describe_user_scram_credentials_response, throttle_time_ms), 0, 0, 0, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_describe_user_scram_credentials_response, error_code), 0, 0, 0, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_describe_user_scram_credentials_response, error_message), 0, 0, 0, 0, 0, NULL},
    {"results", WT_STRUCT, true, false, false, offsetof(struct kw_describe_user_scram_credentials_response, results), offsetof(struct kw_describe_user_scram_credentials_response, results_count), 0, 0, 0, -1, &kw_describe_user_scram_credentials_response_result_shape},
};
static void kw_describe_user_scram_credentials_response_init_any(void *m) { kw_describe_user_scram_credentials_response_init(m); }
static const struct wt_struct kw_describe_user_scram_credentials_response_shape = {"kw_describe_user_scram_credentials_response", sizeof(struct kw_describe_user_scram_credentials_response), kw_describe_user_scram_credentials_response_init_any, 4, kw_describe_user_scram_credentials_response_fields};
static const struct wt_field kw_alter_user_scram_credentials_request_upsertion_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_alter_user_scram_credentials_request_upsertion, name), 0, 0, 0, 0, -1, NULL},
    {"mechanism", WT_INT8, false, false, false, offsetof(struct kw_alter_user_scram_credentials_request_upsertion, mechanism), 0, 0, 0, 0, -1, NULL},
    {"iterations", WT_INT32, false, false, false, offsetof(struct kw_alter_user_scram_credentials_request_upsertion, iterations), 0, 0, 0, 0, -1, NULL},
    {"salt", WT_BYTES, false, false, false, offsetof(struct kw_alter_user_scram_credentials_request_upsertion, salt), 0, 0, 0, 0, -1, NULL},
    {"salted_password", WT_BYTES, false, false, false, offsetof(struct kw_alter_user_scram_credentials_request_upsertion, salted_password), 0, 0, 0, 0, -1, NULL},
};
static void kw_alter_user_scram_credentials_request_upsertion_init_any(void *m) { kw_alter_user_scram_credentials_request_upsertion_init(m); }
static const struct wt_struct kw_alter_user_scram_credentials_request_upsertion_shape = {"kw_alter_user_scram_credentials_request_upsertion", sizeof(struct kw_alter_user_scram_credentials_request_upsertion), kw_alter_user_scram_credentials_request_upsertion_init_any, 5, kw_alter_user_scram_credentials_request_upsertion_fields};
static const struct wt_field kw_alter_user_scram_credentials_request_deletion_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_alter_user_scram_credentials_request_deletion, name), 0, 0, 0, 0, -1, NULL},
    {"mechanism", WT_INT8, false, false, false, offsetof(struct kw_alter_user_scram_credentials_request_deletion, mechanism), 0, 0, 0, 0, -1, NULL},
};
static void kw_alter_user_scram_credentials_request_deletion_init_any(void *m) { kw_alter_user_scram_credentials_request_deletion_init(m); }
static const struct wt_struct kw_alter_user_scram_credentials_request_deletion_shape = {"kw_alter_user_scram_credentials_request_deletion", sizeof(struct kw_alter_user_scram_credentials_request_deletion), kw_alter_user_scram_credentials_request_deletion_init_any, 2, kw_alter_user_scram_credentials_request_deletion_fields};
static const struct wt_field kw_alter_user_scram_credentials_request_fields[] = {
    {"deletions", WT_STRUCT, true, false, false, offsetof(struct kw_alter_user_scram_credentials_request, deletions), offsetof(struct kw_alter_user_scram_credentials_request, deletions_count), 0, 0, 0, -1, &kw_alter_user_scram_credentials_request_deletion_shape},
    {"upsertions", WT_STRUCT, true, false, false, offsetof(struct kw_alter_user_scram_credentials_request, upsertions), offsetof(struct kw_alter_user_scram_credentials_request, upsertions_count), 0, 0, 0, -1, &kw_alter_user_scram_credentials_request_upsertion_shape},
};
static void kw_alter_user_scram_credentials_request_init_any(void *m) { kw_alter_user_scram_credentials_request_init(m); }
static const struct wt_struct kw_alter_user_scram_credentials_request_shape = {"kw_alter_user_scram_credentials_request", sizeof(struct kw_alter_user_scram_credentials_request), kw_alter_user_scram_credentials_request_init_any, 2, kw_alter_user_scram_credentials_request_fields};
static const struct wt_field kw_alter_user_scram_credentials_response_result_fields[] = {
    {"user", WT_STRING, false, false, false, offsetof(struct kw_alter_user_scram_credentials_response_result, user), 0, 0, 0, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_alter_user_scram_credentials_response_result, error_code), 0, 0, 0, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_alter_user_scram_credentials_response_result, error_message), 0, 0, 0, 0, 0, NULL},
};
static void kw_alter_user_scram_credentials_response_result_init_any(void *m) { kw_alter_user_scram_credentials_response_result_init(m); }
static const struct wt_struct kw_alter_user_scram_credentials_response_result_shape = {"kw_alter_user_scram_credentials_response_result", sizeof(struct kw_alter_user_scram_credentials_response_result), kw_alter_user_scram_credentials_response_result_init_any, 3, kw_alter_user_scram_credentials_response_result_fields};
static const struct wt_field kw_alter_user_scram_credentials_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_alter_user_scram_credentials_response, throttle_time_ms), 0, 0, 0, 0, -1, NULL},
    {"results", WT_STRUCT, true, false, false, offsetof(struct kw_alter_user_scram_credentials_response, results), offsetof(struct kw_alter_user_scram_credentials_response, results_count), 0, 0, 0, -1, &kw_alter_user_scram_credentials_response_result_shape},
};
static void kw_alter_user_scram_credentials_response_init_any(void *m) { kw_alter_user_scram_credentials_response_init(m); }
static const struct wt_struct kw_alter_user_scram_credentials_response_shape = {"kw_alter_user_scram_credentials_response", sizeof(struct kw_alter_user_scram_credentials_response), kw_alter_user_scram_credentials_response_init_any, 2, kw_alter_user_scram_credentials_response_fields};
static const struct wt_field kw_sync_group_request_assignment_fields[] = {
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_sync_group_request_assignment, member_id), 0, 0, 5, 0, -1, NULL},
    {"assignment", WT_BYTES, false, false, false, offsetof(struct kw_sync_group_request_assignment, assignment), 0, 0, 5, 0, -1, NULL},
};
static void kw_sync_group_request_assignment_init_any(void *m) { kw_sync_group_request_assignment_init(m); }
static const struct wt_struct kw_sync_group_request_assignment_shape = {"kw_sync_group_request_assignment", sizeof(struct kw_sync_group_request_assignment), kw_sync_group_request_assignment_init_any, 2, kw_sync_group_request_assignment_fields};
static const struct wt_field kw_sync_group_request_fields[] = {
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_sync_group_request, group_id), 0, 0, 5, 0, -1, NULL},
    {"generation_id", WT_INT32, false, false, false, offsetof(struct kw_sync_group_request, generation_id), 0, 0, 5, 0, -1, NULL},
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_sync_group_request, member_id), 0, 0, 5, 0, -1, NULL},
    {"group_instance_id", WT_STRING, false, false, false, offsetof(struct kw_sync_group_request, group_instance_id), 0, 3, 5, 3, 5, NULL},
    {"protocol_type", WT_STRING, false, false, false, offsetof(struct kw_sync_group_request, protocol_type), 0, 5, 5, 5, 5, NULL},
    {"protocol_name", WT_STRING, false, false, false, offsetof(struct kw_sync_group_request, protocol_name), 0, 5, 5, 5, 5, NULL},
    {"assignments", WT_STRUCT, true, false, false, offsetof(struct kw_sync_group_request, assignments), offsetof(struct kw_sync_group_request, assignments_count), 0, 5, 0, -1, &kw_sync_group_request_assignment_shape},
};
static void kw_sync_group_request_init_any(void *m) { kw_sync_group_request_init(m); }
static const struct wt_struct kw_sync_group_request_shape = {"kw_sync_group_request", sizeof(struct kw_sync_group_request), kw_sync_group_request_init_any, 7, kw_sync_group_request_fields};
static const struct wt_field kw_sync_group_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_sync_group_response, throttle_time_ms), 0, 1, 5, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_sync_group_response, error_code), 0, 0, 5, 0, -1, NULL},
    {"protocol_type", WT_STRING, false, false, false, offsetof(struct kw_sync_group_response, protocol_type), 0, 5, 5, 5, 5, NULL},
    {"protocol_name", WT_STRING, false, false, false, offsetof(struct kw_sync_group_response, protocol_name), 0, 5, 5, 5, 5, NULL},
    {"assignment", WT_BYTES, false, false, false, offsetof(struct kw_sync_group_response, assignment), 0, 0, 5, 0, -1, NULL},
};
static void kw_sync_group_response_init_any(void *m) { kw_sync_group_response_init(m); }
static const struct wt_struct kw_sync_group_response_shape = {"kw_sync_group_response", sizeof(struct kw_sync_group_response), kw_sync_group_response_init_any, 5, kw_sync_group_response_fields};
static const struct wt_field kw_get_telemetry_subscriptions_request_fields[] = {
    {"client_instance_id", WT_UUID, false, false, false, offsetof(struct kw_get_telemetry_subscriptions_request, client_instance_id), 0, 0, 0, 0, -1, NULL},
};
static void kw_get_telemetry_subscriptions_request_init_any(void *m) { kw_get_telemetry_subscriptions_request_init(m); }
static const struct wt_struct kw_get_telemetry_subscriptions_request_shape = {"kw_get_telemetry_subscriptions_request", sizeof(struct kw_get_telemetry_subscriptions_request), kw_get_telemetry_subscriptions_request_init_any, 1, kw_get_telemetry_subscriptions_request_fields};
static const struct wt_field kw_get_telemetry_subscriptions_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_get_telemetry_subscriptions_response, throttle_time_ms), 0, 0, 0, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_get_telemetry_subscriptions_response, error_code), 0, 0, 0, 0, -1, NULL},
    {"client_instance_id", WT_UUID, false, false, false, offsetof(struct kw_get_telemetry_subscriptions_response, client_instance_id), 0, 0, 0, 0, -1, NULL},
    {"subscription_id", WT_INT32, false, false, false, offsetof(struct kw_get_telemetry_subscriptions_response, subscription_id), 0, 0, 0, 0, -1, NULL},
    {"accepted_compression_types", WT_INT8, true, false, false, offsetof(struct kw_get_telemetry_subscriptions_response, accepted_compression_types), offsetof(struct kw_get_telemetry_subscriptions_response, accepted_compression_types_count), 0, 0, 0, -1, NULL},
    {"push_interval_ms", WT_INT32, false, false, false, offsetof(struct kw_get_telemetry_subscriptions_response, push_interval_ms), 0, 0, 0, 0, -1, NULL},
    {"telemetry_max_bytes", WT_INT32, false, false, false, offsetof(struct kw_get_telemetry_subscriptions_response, telemetry_max_bytes), 0, 0, 0, 0, -1, NULL},
    {"delta_temporality", WT_BOOL, false, false, false, offsetof(struct kw_get_telemetry_subscriptions_response, delta_temporality), 0, 0, 0, 0, -1, NULL},
    {"requested_metrics", WT_STRING, true, false, false, offsetof(struct kw_get_telemetry_subscriptions_response, requested_metrics), offsetof(struct kw_get_telemetry_subscriptions_response, requested_metrics_count), 0, 0, 0, -1, NULL},
};
static void kw_get_telemetry_subscriptions_response_init_any(void *m) { kw_get_telemetry_subscriptions_response_init(m); }
static const struct wt_struct kw_get_telemetry_subscriptions_response_shape = {"kw_get_telemetry_subscriptions_response", sizeof(struct kw_get_telemetry_subscriptions_response), kw_get_telemetry_subscriptions_response_init_any, 9, kw_get_telemetry_subscriptions_response_fields};
static const struct wt_field kw_push_telemetry_request_fields[] = {
    {"client_instance_id", WT_UUID, false, false, false, offsetof(struct kw_push_telemetry_request, client_instance_id), 0, 0, 0, 0, -1, NULL},
    {"subscription_id", WT_INT32, false, false, false, offsetof(struct kw_push_telemetry_request, subscription_id), 0, 0, 0, 0, -1, NULL},
    {"terminating", WT_BOOL, false, false, false, offsetof(struct kw_push_telemetry_request, terminating), 0, 0, 0, 0, -1, NULL},
    {"compression_type", WT_INT8, false, false, false, offsetof(struct kw_push_telemetry_request, compression_type), 0, 0, 0, 0, -1, NULL},
    {"metrics", WT_BYTES, false, false, false, offsetof(struct kw_push_telemetry_request, metrics), 0, 0, 0, 0, -1, NULL},
};
static void kw_push_telemetry_request_init_any(void *m) { kw_push_telemetry_request_init(m); }
static const struct wt_struct kw_push_telemetry_request_shape = {"kw_push_telemetry_request", sizeof(struct kw_push_telemetry_request), kw_push_telemetry_request_init_any, 5, kw_push_telemetry_request_fields};
static const struct wt_field kw_push_telemetry_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_push_telemetry_response, throttle_time_ms), 0, 0, 0, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_push_telemetry_response, error_code), 0, 0, 0, 0, -1, NULL},
};
static void kw_push_telemetry_response_init_any(void *m) { kw_push_telemetry_response_init(m); }
static const struct wt_struct kw_push_telemetry_response_shape = {"kw_push_telemetry_response", sizeof(struct kw_push_telemetry_response), kw_push_telemetry_response_init_any, 2, kw_push_telemetry_response_fields};
static const struct wt_field kw_transaction_log_key_fields[] = {
    {"transactional_id", WT_STRING, false, false, false, offsetof(struct kw_transaction_log_key, transactional_id), 0, 0, 0, 0, -1, NULL},
};
static void kw_transaction_log_key_init_any(void *m) { kw_transaction_log_key_init(m); }
static const struct wt_struct kw_transaction_log_key_shape = {"kw_transaction_log_key", sizeof(struct kw_transaction_log_key), kw_transaction_log_key_init_any, 1, kw_transaction_log_key_fields};
static const struct wt_field kw_transaction_log_value_topic_fields[] = {
    {"topic", WT_STRING, false, false, false, offsetof(struct kw_transaction_log_value_topic, topic), 0, 0, 1, 0, -1, NULL},
    {"partition_ids", WT_INT32, true, false, false, offsetof(struct kw_transaction_log_value_topic, partition_ids), offsetof(struct kw_transaction_log_value_topic, partition_ids_count), 0, 1, 0, -1, NULL},
};
static void kw_transaction_log_value_topic_init_any(void *m) { kw_transaction_log_value_topic_init(m); }
static const struct wt_struct kw_transaction_log_value_topic_shape = {"kw_transaction_log_value_topic", sizeof(struct kw_transaction_log_value_topic), kw_transaction_log_value_topic_init_any, 2, kw_transaction_log_value_topic_fields};
static const struct wt_field kw_transaction_log_value_fields[] = {
    {"producer_id", WT_INT64, false, false, false, offsetof(struct kw_transaction_log_value, producer_id), 0, 0, 1, 0, -1, NULL},
    {"previous_producer_id", WT_INT64, false, false, true, offsetof(struct kw_transaction_log_value, previous_producer_id), 0, 1, 1, 0, -1, NULL},
    {"next_producer_id", WT_INT64, false, false, true, offsetof(struct kw_transaction_log_value, next_producer_id), 0, 1, 1, 0, -1, NULL},
    {"producer_epoch", WT_INT16, false, false, false, offsetof(struct kw_transaction_log_value, producer_epoch), 0, 0, 1, 0, -1, NULL},
    {"next_producer_epoch", WT_INT16, false, false, true, offsetof(struct kw_transaction_log_value, next_producer_epoch), 0, 1, 1, 0, -1, NULL},
    {"transaction_timeout_ms", WT_INT32, false, false, false, offsetof(struct kw_transaction_log_value, transaction_timeout_ms), 0, 0, 1, 0, -1, NULL},
    {"transaction_status", WT_INT8, false, false, false, offsetof(struct kw_transaction_log_value, transaction_status), 0, 0, 1, 0, -1, NULL},
    {"transaction_partitions", WT_STRUCT, true, false, false, offsetof(struct kw_transaction_log_value, transaction_partitions), offsetof(struct kw_transaction_log_value, transaction_partitions_count), 0, 1, 0, 1, &kw_transaction_log_value_topic_shape},
    {"transaction_last_update_timestamp_ms", WT_INT64, false, false, false, offsetof(struct kw_transaction_log_value, transaction_last_update_timestamp_ms), 0, 0, 1, 0, -1, NULL},
    {"transaction_start_timestamp_ms", WT_INT64, false, false, false, offsetof(struct kw_transaction_log_value, transaction_start_timestamp_ms), 0, 0, 1, 0, -1, NULL},
    {"client_transaction_version", WT_INT16, false, false, true, offsetof(struct kw_transaction_log_value, client_transaction_version), 0, 1, 1, 0, -1, NULL},
};
static void kw_transaction_log_value_init_any(void *m) { kw_transaction_log_value_init(m); }
static const struct wt_struct kw_transaction_log_value_shape = {"kw_transaction_log_value", sizeof(struct kw_transaction_log_value), kw_transaction_log_value_init_any, 11, kw_transaction_log_value_fields};
static const struct wt_field kw_txn_offset_commit_request_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_txn_offset_commit_request_partition, partition_index), 0, 0, 5, 0, -1, NULL},
    {"committed_offset", WT_INT64, false, false, false, offsetof(struct kw_txn_offset_commit_request_partition, committed_offset), 0, 0, 5, 0, -1, NULL},
    {"committed_leader_epoch", WT_INT32, false, false, false, offsetof(struct kw_txn_offset_commit_request_partition, committed_leader_epoch), 0, 2, 5, 0, -1, NULL},
    {"committed_metadata", WT_STRING, false, false, false, offsetof(struct kw_txn_offset_commit_request_partition, committed_metadata), 0, 0, 5, 0, 5, NULL},
};
static void kw_txn_offset_commit_request_partition_init_any(void *m) { kw_txn_offset_commit_request_partition_init(m); }
static const struct wt_struct kw_txn_offset_commit_request_partition_shape = {"kw_txn_offset_commit_request_partition", sizeof(struct kw_txn_offset_commit_request_partition), kw_txn_offset_commit_request_partition_init_any, 4, kw_txn_offset_commit_request_partition_fields};
static const struct wt_field kw_txn_offset_commit_request_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_txn_offset_commit_request_topic, name), 0, 0, 5, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_txn_offset_commit_request_topic, partitions), offsetof(struct kw_txn_offset_commit_request_topic, partitions_count), 0, 5, 0, -1, &kw_txn_offset_commit_request_partition_shape},
};
static void kw_txn_offset_commit_request_topic_init_any(void *m) { kw_txn_offset_commit_request_topic_init(m); }
static const struct wt_struct kw_txn_offset_commit_request_topic_shape = {"kw_txn_offset_commit_request_topic", sizeof(struct kw_txn_offset_commit_request_topic), kw_txn_offset_commit_request_topic_init_any, 2, kw_txn_offset_commit_request_topic_fields};
static const struct wt_field kw_txn_offset_commit_request_fields[] = {
    {"transactional_id", WT_STRING, false, false, false, offsetof(struct kw_txn_offset_commit_request, transactional_id), 0, 0, 5, 0, -1, NULL},
    {"group_id", WT_STRING, false, false, false, offsetof(struct kw_txn_offset_commit_request, group_id), 0, 0, 5, 0, -1, NULL},
    {"producer_id", WT_INT64, false, false, false, offsetof(struct kw_txn_offset_commit_request, producer_id), 0, 0, 5, 0, -1, NULL},
    {"producer_epoch", WT_INT16, false, false, false, offsetof(struct kw_txn_offset_commit_request, producer_epoch), 0, 0, 5, 0, -1, NULL},
    {"generation_id", WT_INT32, false, false, false, offsetof(struct kw_txn_offset_commit_request, generation_id), 0, 3, 5, 0, -1, NULL},
    {"member_id", WT_STRING, false, false, false, offsetof(struct kw_txn_offset_commit_request, member_id), 0, 3, 5, 0, -1, NULL},
    {"group_instance_id", WT_STRING, false, false, false, offsetof(struct kw_txn_offset_commit_request, group_instance_id), 0, 3, 5, 3, 5, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_txn_offset_commit_request, topics), offsetof(struct kw_txn_offset_commit_request, topics_count), 0, 5, 0, -1, &kw_txn_offset_commit_request_topic_shape},
};
static void kw_txn_offset_commit_request_init_any(void *m) { kw_txn_offset_commit_request_init(m); }
static const struct wt_struct kw_txn_offset_commit_request_shape = {"kw_txn_offset_commit_request", sizeof(struct kw_txn_offset_commit_request), kw_txn_offset_commit_request_init_any, 8, kw_txn_offset_commit_request_fields};
static const struct wt_field kw_txn_offset_commit_response_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_txn_offset_commit_response_partition, partition_index), 0, 0, 5, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_txn_offset_commit_response_partition, error_code), 0, 0, 5, 0, -1, NULL},
};
static void kw_txn_offset_commit_response_partition_init_any(void *m) { kw_txn_offset_commit_response_partition_init(m); }
static const struct wt_struct kw_txn_offset_commit_response_partition_shape = {"kw_txn_offset_commit_response_partition", sizeof(struct kw_txn_offset_commit_response_partition), kw_txn_offset_commit_response_partition_init_any, 2, kw_txn_offset_commit_response_partition_fields};
static const struct wt_field kw_txn_offset_commit_response_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_txn_offset_commit_response_topic, name), 0, 0, 5, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_txn_offset_commit_response_topic, partitions), offsetof(struct kw_txn_offset_commit_response_topic, partitions_count), 0, 5, 0, -1, &kw_txn_offset_commit_response_partition_shape},
};
static void kw_txn_offset_commit_response_topic_init_any(void *m) { kw_txn_offset_commit_response_topic_init(m); }
static const struct wt_struct kw_txn_offset_commit_response_topic_shape = {"kw_txn_offset_commit_response_topic", sizeof(struct kw_txn_offset_commit_response_topic), kw_txn_offset_commit_response_topic_init_any, 2, kw_txn_offset_commit_response_topic_fields};
static const struct wt_field kw_txn_offset_commit_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_txn_offset_commit_response, throttle_time_ms), 0, 0, 5, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_txn_offset_commit_response, topics), offsetof(struct kw_txn_offset_commit_response, topics_count), 0, 5, 0, -1, &kw_txn_offset_commit_response_topic_shape},
};
static void kw_txn_offset_commit_response_init_any(void *m) { kw_txn_offset_commit_response_init(m); }
static const struct wt_struct kw_txn_offset_commit_response_shape = {"kw_txn_offset_commit_response", sizeof(struct kw_txn_offset_commit_response), kw_txn_offset_commit_response_init_any, 2, kw_txn_offset_commit_response_fields};
static const struct wt_field kw_unregister_broker_request_fields[] = {
    {"broker_id", WT_INT32, false, false, false, offsetof(struct kw_unregister_broker_request, broker_id), 0, 0, 0, 0, -1, NULL},
};
static void kw_unregister_broker_request_init_any(void *m) { kw_unregister_broker_request_init(m); }
static const struct wt_struct kw_unregister_broker_request_shape = {"kw_unregister_broker_request", sizeof(struct kw_unregister_broker_request), kw_unregister_broker_request_init_any, 1, kw_unregister_broker_request_fields};
static const struct wt_field kw_unregister_broker_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_unregister_broker_response, throttle_time_ms), 0, 0, 0, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_unregister_broker_response, error_code), 0, 0, 0, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_unregister_broker_response, error_message), 0, 0, 0, 0, 0, NULL},
};
static void kw_unregister_broker_response_init_any(void *m) { kw_unregister_broker_response_init(m); }
static const struct wt_struct kw_unregister_broker_response_shape = {"kw_unregister_broker_response", sizeof(struct kw_unregister_broker_response), kw_unregister_broker_response_init_any, 3, kw_unregister_broker_response_fields};
static const struct wt_field kw_update_features_request_update_fields[] = {
    {"feature", WT_STRING, false, false, false, offsetof(struct kw_update_features_request_update, feature), 0, 0, 2, 0, -1, NULL},
    {"max_version_level", WT_INT16, false, false, false, offsetof(struct kw_update_features_request_update, max_version_level), 0, 0, 2, 0, -1, NULL},
    {"allow_downgrade", WT_BOOL, false, false, false, offsetof(struct kw_update_features_request_update, allow_downgrade), 0, 0, 0, 0, -1, NULL},
    {"upgrade_type", WT_INT8, false, false, false, offsetof(struct kw_update_features_request_update, upgrade_type), 0, 1, 2, 0, -1, NULL},
};
static void kw_update_features_request_update_init_any(void *m) { kw_update_features_request_update_init(m); }
static const struct wt_struct kw_update_features_request_update_shape = {"kw_update_features_request_update", sizeof(struct kw_update_features_request_update), kw_update_features_request_update_init_any, 4, kw_update_features_request_update_fields};
static const struct wt_field kw_update_features_request_fields[] = {
    {"timeout_ms", WT_INT32, false, false, false, offsetof(struct kw_update_features_request, timeout_ms), 0, 0, 2, 0, -1, NULL},
    {"feature_updates", WT_STRUCT, true, false, false, offsetof(struct kw_update_features_request, feature_updates), offsetof(struct kw_update_features_request, feature_updates_count), 0, 2, 0, -1, &kw_update_features_request_update_shape},
    {"validate_only", WT_BOOL, false, false, false, offsetof(struct kw_update_features_request, validate_only), 0, 1, 2, 0, -1, NULL},
};
static void kw_update_features_request_init_any(void *m) { kw_update_features_request_init(m); }
static const struct wt_struct kw_update_features_request_shape = {"kw_update_features_request", sizeof(struct kw_update_features_request), kw_update_features_request_init_any, 3, kw_update_features_request_fields};
static const struct wt_field kw_update_features_response_result_fields[] = {
    {"feature", WT_STRING, false, false, false, offsetof(struct kw_update_features_response_result, feature), 0, 0, 1, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_update_features_response_result, error_code), 0, 0, 1, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_update_features_response_result, error_message), 0, 0, 1, 0, 1, NULL},
};
static void kw_update_features_response_result_init_any(void *m) { kw_update_features_response_result_init(m); }
static const struct wt_struct kw_update_features_response_result_shape = {"kw_update_features_response_result", sizeof(struct kw_update_features_response_result), kw_update_features_response_result_init_any, 3, kw_update_features_response_result_fields};
static const struct wt_field kw_update_features_response_fields[] = {
    {"throttle_time_ms", WT_INT32, false, false, false, offsetof(struct kw_update_features_response, throttle_time_ms), 0, 0, 2, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_update_features_response, error_code), 0, 0, 2, 0, -1, NULL},
    {"error_message", WT_STRING, false, false, false, offsetof(struct kw_update_features_response, error_message), 0, 0, 2, 0, 2, NULL},
    {"results", WT_STRUCT, true, false, false, offsetof(struct kw_update_features_response, results), offsetof(struct kw_update_features_response, results_count), 0, 1, 0, -1, &kw_update_features_response_result_shape},
};
static void kw_update_features_response_init_any(void *m) { kw_update_features_response_init(m); }
static const struct wt_struct kw_update_features_response_shape = {"kw_update_features_response", sizeof(struct kw_update_features_response), kw_update_features_response_init_any, 4, kw_update_features_response_fields};
static const struct wt_field kw_write_txn_markers_request_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_write_txn_markers_request_topic, name), 0, 1, 1, 0, -1, NULL},
    {"partition_indexes", WT_INT32, true, false, false, offsetof(struct kw_write_txn_markers_request_topic, partition_indexes), offsetof(struct kw_write_txn_markers_request_topic, partition_indexes_count), 1, 1, 0, -1, NULL},
};
static void kw_write_txn_markers_request_topic_init_any(void *m) { kw_write_txn_markers_request_topic_init(m); }
static const struct wt_struct kw_write_txn_markers_request_topic_shape = {"kw_write_txn_markers_request_topic", sizeof(struct kw_write_txn_markers_request_topic), kw_write_txn_markers_request_topic_init_any, 2, kw_write_txn_markers_request_topic_fields};
static const struct wt_field kw_write_txn_markers_request_marker_fields[] = {
    {"producer_id", WT_INT64, false, false, false, offsetof(struct kw_write_txn_markers_request_marker, producer_id), 0, 1, 1, 0, -1, NULL},
    {"producer_epoch", WT_INT16, false, false, false, offsetof(struct kw_write_txn_markers_request_marker, producer_epoch), 0, 1, 1, 0, -1, NULL},
    {"transaction_result", WT_BOOL, false, false, false, offsetof(struct kw_write_txn_markers_request_marker, transaction_result), 0, 1, 1, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_write_txn_markers_request_marker, topics), offsetof(struct kw_write_txn_markers_request_marker, topics_count), 1, 1, 0, -1, &kw_write_txn_markers_request_topic_shape},
    {"coordinator_epoch", WT_INT32, false, false, false, offsetof(struct kw_write_txn_markers_request_marker, coordinator_epoch), 0, 1, 1, 0, -1, NULL},
};
static void kw_write_txn_markers_request_marker_init_any(void *m) { kw_write_txn_markers_request_marker_init(m); }
static const struct wt_struct kw_write_txn_markers_request_marker_shape = {"kw_write_txn_markers_request_marker", sizeof(struct kw_write_txn_markers_request_marker), kw_write_txn_markers_request_marker_init_any, 5, kw_write_txn_markers_request_marker_fields};
static const struct wt_field kw_write_txn_markers_request_fields[] = {
    {"markers", WT_STRUCT, true, false, false, offsetof(struct kw_write_txn_markers_request, markers), offsetof(struct kw_write_txn_markers_request, markers_count), 1, 1, 0, -1, &kw_write_txn_markers_request_marker_shape},
};
static void kw_write_txn_markers_request_init_any(void *m) { kw_write_txn_markers_request_init(m); }
static const struct wt_struct kw_write_txn_markers_request_shape = {"kw_write_txn_markers_request", sizeof(struct kw_write_txn_markers_request), kw_write_txn_markers_request_init_any, 1, kw_write_txn_markers_request_fields};
static const struct wt_field kw_write_txn_markers_response_partition_fields[] = {
    {"partition_index", WT_INT32, false, false, false, offsetof(struct kw_write_txn_markers_response_partition, partition_index), 0, 1, 1, 0, -1, NULL},
    {"error_code", WT_INT16, false, false, false, offsetof(struct kw_write_txn_markers_response_partition, error_code), 0, 1, 1, 0, -1, NULL},
};
static void kw_write_txn_markers_response_partition_init_any(void *m) { kw_write_txn_markers_response_partition_init(m); }
static const struct wt_struct kw_write_txn_markers_response_partition_shape = {"kw_write_txn_markers_response_partition", sizeof(struct kw_write_txn_markers_response_partition), kw_write_txn_markers_response_partition_init_any, 2, kw_write_txn_markers_response_partition_fields};
static const struct wt_field kw_write_txn_markers_response_topic_fields[] = {
    {"name", WT_STRING, false, false, false, offsetof(struct kw_write_txn_markers_response_topic, name), 0, 1, 1, 0, -1, NULL},
    {"partitions", WT_STRUCT, true, false, false, offsetof(struct kw_write_txn_markers_response_topic, partitions), offsetof(struct kw_write_txn_markers_response_topic, partitions_count), 1, 1, 0, -1, &kw_write_txn_markers_response_partition_shape},
};
static void kw_write_txn_markers_response_topic_init_any(void *m) { kw_write_txn_markers_response_topic_init(m); }
static const struct wt_struct kw_write_txn_markers_response_topic_shape = {"kw_write_txn_markers_response_topic", sizeof(struct kw_write_txn_markers_response_topic), kw_write_txn_markers_response_topic_init_any, 2, kw_write_txn_markers_response_topic_fields};
static const struct wt_field kw_write_txn_markers_response_marker_fields[] = {
    {"producer_id", WT_INT64, false, false, false, offsetof(struct kw_write_txn_markers_response_marker, producer_id), 0, 1, 1, 0, -1, NULL},
    {"topics", WT_STRUCT, true, false, false, offsetof(struct kw_write_txn_markers_response_marker, topics), offsetof(struct kw_write_txn_markers_response_marker, topics_count), 1, 1, 0, -1, &kw_write_txn_markers_response_topic_shape},
};
static void kw_write_txn_markers_response_marker_init_any(void *m) { kw_write_txn_markers_response_marker_init(m); }
static const struct wt_struct kw_write_txn_markers_response_marker_shape = {"kw_write_txn_markers_response_marker", sizeof(struct kw_write_txn_markers_response_marker), kw_write_txn_markers_response_marker_init_any, 2, kw_write_txn_markers_response_marker_fields};
static const struct wt_field kw_write_txn_markers_response_fields[] = {
    {"markers", WT_STRUCT, true, false, false, offsetof(struct kw_write_txn_markers_response, markers), offsetof(struct kw_write_txn_markers_response, markers_count), 1, 1, 0, -1, &kw_write_txn_markers_response_marker_shape},
};
static void kw_write_txn_markers_response_init_any(void *m) { kw_write_txn_markers_response_init(m); }
static const struct wt_struct kw_write_txn_markers_response_shape = {"kw_write_txn_markers_response", sizeof(struct kw_write_txn_markers_response), kw_write_txn_markers_response_init_any, 1, kw_write_txn_markers_response_fields};

static const struct wt_message wt_messages[] = {
    {&kw_describe_acls_request_info, &kw_describe_acls_request_shape},
    {&kw_describe_acls_response_info, &kw_describe_acls_response_shape},
    {&kw_create_acls_request_info, &kw_create_acls_request_shape},
    {&kw_create_acls_response_info, &kw_create_acls_response_shape},
    {&kw_delete_acls_request_info, &kw_delete_acls_request_shape},
    {&kw_delete_acls_response_info, &kw_delete_acls_response_shape},
    {&kw_add_offsets_to_txn_request_info, &kw_add_offsets_to_txn_request_shape},
    {&kw_add_offsets_to_txn_response_info, &kw_add_offsets_to_txn_response_shape},
    {&kw_add_partitions_to_txn_request_info, &kw_add_partitions_to_txn_request_shape},
    {&kw_add_partitions_to_txn_response_info, &kw_add_partitions_to_txn_response_shape},
    {&kw_alter_configs_request_info, &kw_alter_configs_request_shape},
    {&kw_alter_configs_response_info, &kw_alter_configs_response_shape},
    {&kw_alter_replica_log_dirs_request_info, &kw_alter_replica_log_dirs_request_shape},
    {&kw_alter_replica_log_dirs_response_info, &kw_alter_replica_log_dirs_response_shape},
    {&kw_api_versions_request_info, &kw_api_versions_request_shape},
    {&kw_api_versions_response_info, &kw_api_versions_response_shape},
    {&kw_describe_client_quotas_request_info, &kw_describe_client_quotas_request_shape},
    {&kw_describe_client_quotas_response_info, &kw_describe_client_quotas_response_shape},
    {&kw_alter_client_quotas_request_info, &kw_alter_client_quotas_request_shape},
    {&kw_alter_client_quotas_response_info, &kw_alter_client_quotas_response_shape},
    {&kw_consumer_group_describe_request_info, &kw_consumer_group_describe_request_shape},
    {&kw_consumer_group_describe_response_info, &kw_consumer_group_describe_response_shape},
    {&kw_consumer_group_heartbeat_request_info, &kw_consumer_group_heartbeat_request_shape},
    {&kw_consumer_group_heartbeat_response_info, &kw_consumer_group_heartbeat_response_shape},
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
    {&kw_create_partitions_request_info, &kw_create_partitions_request_shape},
    {&kw_create_partitions_response_info, &kw_create_partitions_response_shape},
    {&kw_create_topics_request_info, &kw_create_topics_request_shape},
    {&kw_create_topics_response_info, &kw_create_topics_response_shape},
    {&kw_create_delegation_token_request_info, &kw_create_delegation_token_request_shape},
    {&kw_create_delegation_token_response_info, &kw_create_delegation_token_response_shape},
    {&kw_renew_delegation_token_request_info, &kw_renew_delegation_token_request_shape},
    {&kw_renew_delegation_token_response_info, &kw_renew_delegation_token_response_shape},
    {&kw_expire_delegation_token_request_info, &kw_expire_delegation_token_request_shape},
    {&kw_expire_delegation_token_response_info, &kw_expire_delegation_token_response_shape},
    {&kw_describe_delegation_token_request_info, &kw_describe_delegation_token_request_shape},
    {&kw_describe_delegation_token_response_info, &kw_describe_delegation_token_response_shape},
    {&kw_delete_groups_request_info, &kw_delete_groups_request_shape},
    {&kw_delete_groups_response_info, &kw_delete_groups_response_shape},
    {&kw_delete_records_request_info, &kw_delete_records_request_shape},
    {&kw_delete_records_response_info, &kw_delete_records_response_shape},
    {&kw_delete_topics_request_info, &kw_delete_topics_request_shape},
    {&kw_delete_topics_response_info, &kw_delete_topics_response_shape},
    {&kw_describe_cluster_request_info, &kw_describe_cluster_request_shape},
    {&kw_describe_cluster_response_info, &kw_describe_cluster_response_shape},
    {&kw_describe_configs_request_info, &kw_describe_configs_request_shape},
    {&kw_describe_configs_response_info, &kw_describe_configs_response_shape},
    {&kw_describe_groups_request_info, &kw_describe_groups_request_shape},
    {&kw_describe_groups_response_info, &kw_describe_groups_response_shape},
    {&kw_describe_log_dirs_request_info, &kw_describe_log_dirs_request_shape},
    {&kw_describe_log_dirs_response_info, &kw_describe_log_dirs_response_shape},
    {&kw_describe_producers_request_info, &kw_describe_producers_request_shape},
    {&kw_describe_producers_response_info, &kw_describe_producers_response_shape},
    {&kw_describe_quorum_request_info, &kw_describe_quorum_request_shape},
    {&kw_describe_quorum_response_info, &kw_describe_quorum_response_shape},
    {&kw_describe_topic_partitions_request_info, &kw_describe_topic_partitions_request_shape},
    {&kw_describe_topic_partitions_response_info, &kw_describe_topic_partitions_response_shape},
    {&kw_describe_transactions_request_info, &kw_describe_transactions_request_shape},
    {&kw_describe_transactions_response_info, &kw_describe_transactions_response_shape},
    {&kw_elect_leaders_request_info, &kw_elect_leaders_request_shape},
    {&kw_elect_leaders_response_info, &kw_elect_leaders_response_shape},
    {&kw_end_txn_request_info, &kw_end_txn_request_shape},
    {&kw_end_txn_response_info, &kw_end_txn_response_shape},
    {&kw_fetch_request_info, &kw_fetch_request_shape},
    {&kw_fetch_response_info, &kw_fetch_response_shape},
    {&kw_find_coordinator_request_info, &kw_find_coordinator_request_shape},
    {&kw_find_coordinator_response_info, &kw_find_coordinator_response_shape},
    {&kw_offset_commit_key_info, &kw_offset_commit_key_shape},
    {&kw_offset_commit_value_info, &kw_offset_commit_value_shape},
    {&kw_group_metadata_key_info, &kw_group_metadata_key_shape},
    {&kw_group_metadata_value_info, &kw_group_metadata_value_shape},
    {&kw_request_header_info, &kw_request_header_shape},
    {&kw_response_header_info, &kw_response_header_shape},
    {&kw_heartbeat_request_info, &kw_heartbeat_request_shape},
    {&kw_heartbeat_response_info, &kw_heartbeat_response_shape},
    {&kw_incremental_alter_configs_request_info, &kw_incremental_alter_configs_request_shape},
    {&kw_incremental_alter_configs_response_info, &kw_incremental_alter_configs_response_shape},
    {&kw_init_producer_id_request_info, &kw_init_producer_id_request_shape},
    {&kw_init_producer_id_response_info, &kw_init_producer_id_response_shape},
    {&kw_join_group_request_info, &kw_join_group_request_shape},
    {&kw_join_group_response_info, &kw_join_group_response_shape},
    {&kw_leave_group_request_info, &kw_leave_group_request_shape},
    {&kw_leave_group_response_info, &kw_leave_group_response_shape},
    {&kw_list_config_resources_request_info, &kw_list_config_resources_request_shape},
    {&kw_list_config_resources_response_info, &kw_list_config_resources_response_shape},
    {&kw_list_groups_request_info, &kw_list_groups_request_shape},
    {&kw_list_groups_response_info, &kw_list_groups_response_shape},
    {&kw_list_offsets_request_info, &kw_list_offsets_request_shape},
    {&kw_list_offsets_response_info, &kw_list_offsets_response_shape},
    {&kw_list_transactions_request_info, &kw_list_transactions_request_shape},
    {&kw_list_transactions_response_info, &kw_list_transactions_response_shape},
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
    {&kw_metadata_request_info, &kw_metadata_request_shape},
    {&kw_metadata_response_info, &kw_metadata_response_shape},
    {&kw_offset_commit_request_info, &kw_offset_commit_request_shape},
    {&kw_offset_commit_response_info, &kw_offset_commit_response_shape},
    {&kw_offset_delete_request_info, &kw_offset_delete_request_shape},
    {&kw_offset_delete_response_info, &kw_offset_delete_response_shape},
    {&kw_offset_fetch_request_info, &kw_offset_fetch_request_shape},
    {&kw_offset_fetch_response_info, &kw_offset_fetch_response_shape},
    {&kw_offset_for_leader_epoch_request_info, &kw_offset_for_leader_epoch_request_shape},
    {&kw_offset_for_leader_epoch_response_info, &kw_offset_for_leader_epoch_response_shape},
    {&kw_alter_partition_reassignments_request_info, &kw_alter_partition_reassignments_request_shape},
    {&kw_alter_partition_reassignments_response_info, &kw_alter_partition_reassignments_response_shape},
    {&kw_list_partition_reassignments_request_info, &kw_list_partition_reassignments_request_shape},
    {&kw_list_partition_reassignments_response_info, &kw_list_partition_reassignments_response_shape},
    {&kw_produce_request_info, &kw_produce_request_shape},
    {&kw_produce_response_info, &kw_produce_response_shape},
    {&kw_leader_change_message_info, &kw_leader_change_message_shape},
    {&kw_snapshot_header_record_info, &kw_snapshot_header_record_shape},
    {&kw_snapshot_footer_record_info, &kw_snapshot_footer_record_shape},
    {&kw_kraft_version_record_info, &kw_kraft_version_record_shape},
    {&kw_voters_record_info, &kw_voters_record_shape},
    {&kw_add_raft_voter_request_info, &kw_add_raft_voter_request_shape},
    {&kw_add_raft_voter_response_info, &kw_add_raft_voter_response_shape},
    {&kw_remove_raft_voter_request_info, &kw_remove_raft_voter_request_shape},
    {&kw_remove_raft_voter_response_info, &kw_remove_raft_voter_response_shape},
    {&kw_sasl_handshake_request_info, &kw_sasl_handshake_request_shape},
    {&kw_sasl_handshake_response_info, &kw_sasl_handshake_response_shape},
    {&kw_sasl_authenticate_request_info, &kw_sasl_authenticate_request_shape},
    {&kw_sasl_authenticate_response_info, &kw_sasl_authenticate_response_shape},
    {&kw_describe_user_scram_credentials_request_info, &kw_describe_user_scram_credentials_request_shape},
    {&kw_describe_user_scram_credentials_response_info, &kw_describe_user_scram_credentials_response_shape},
    {&kw_alter_user_scram_credentials_request_info, &kw_alter_user_scram_credentials_request_shape},
    {&kw_alter_user_scram_credentials_response_info, &kw_alter_user_scram_credentials_response_shape},
    {&kw_sync_group_request_info, &kw_sync_group_request_shape},
    {&kw_sync_group_response_info, &kw_sync_group_response_shape},
    {&kw_get_telemetry_subscriptions_request_info, &kw_get_telemetry_subscriptions_request_shape},
    {&kw_get_telemetry_subscriptions_response_info, &kw_get_telemetry_subscriptions_response_shape},
    {&kw_push_telemetry_request_info, &kw_push_telemetry_request_shape},
    {&kw_push_telemetry_response_info, &kw_push_telemetry_response_shape},
    {&kw_transaction_log_key_info, &kw_transaction_log_key_shape},
    {&kw_transaction_log_value_info, &kw_transaction_log_value_shape},
    {&kw_txn_offset_commit_request_info, &kw_txn_offset_commit_request_shape},
    {&kw_txn_offset_commit_response_info, &kw_txn_offset_commit_response_shape},
    {&kw_unregister_broker_request_info, &kw_unregister_broker_request_shape},
    {&kw_unregister_broker_response_info, &kw_unregister_broker_response_shape},
    {&kw_update_features_request_info, &kw_update_features_request_shape},
    {&kw_update_features_response_info, &kw_update_features_response_shape},
    {&kw_write_txn_markers_request_info, &kw_write_txn_markers_request_shape},
    {&kw_write_txn_markers_response_info, &kw_write_txn_markers_response_shape},
};

#endif
