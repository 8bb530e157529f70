/* Written by net/wire/schema/gen.py: every message there is. Do not edit. */
/* clang-format off */
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

static const struct kw_message *const all[] = {
    &kw_describe_acls_request_info,
    &kw_describe_acls_response_info,
    &kw_create_acls_request_info,
    &kw_create_acls_response_info,
    &kw_delete_acls_request_info,
    &kw_delete_acls_response_info,
    &kw_add_offsets_to_txn_request_info,
    &kw_add_offsets_to_txn_response_info,
    &kw_add_partitions_to_txn_request_info,
    &kw_add_partitions_to_txn_response_info,
    &kw_alter_configs_request_info,
    &kw_alter_configs_response_info,
    &kw_alter_replica_log_dirs_request_info,
    &kw_alter_replica_log_dirs_response_info,
    &kw_api_versions_request_info,
    &kw_api_versions_response_info,
    &kw_describe_client_quotas_request_info,
    &kw_describe_client_quotas_response_info,
    &kw_alter_client_quotas_request_info,
    &kw_alter_client_quotas_response_info,
    &kw_consumer_group_describe_request_info,
    &kw_consumer_group_describe_response_info,
    &kw_consumer_group_heartbeat_request_info,
    &kw_consumer_group_heartbeat_response_info,
    &kw_consumer_group_metadata_key_info,
    &kw_consumer_group_metadata_value_info,
    &kw_consumer_group_partition_metadata_key_info,
    &kw_consumer_group_partition_metadata_value_info,
    &kw_consumer_group_member_metadata_key_info,
    &kw_consumer_group_member_metadata_value_info,
    &kw_consumer_group_target_assignment_metadata_key_info,
    &kw_consumer_group_target_assignment_metadata_value_info,
    &kw_consumer_group_target_assignment_member_key_info,
    &kw_consumer_group_target_assignment_member_value_info,
    &kw_consumer_group_current_member_assignment_key_info,
    &kw_consumer_group_current_member_assignment_value_info,
    &kw_consumer_group_regular_expression_key_info,
    &kw_consumer_group_regular_expression_value_info,
    &kw_consumer_protocol_subscription_info,
    &kw_consumer_protocol_assignment_info,
    &kw_create_partitions_request_info,
    &kw_create_partitions_response_info,
    &kw_create_topics_request_info,
    &kw_create_topics_response_info,
    &kw_create_delegation_token_request_info,
    &kw_create_delegation_token_response_info,
    &kw_renew_delegation_token_request_info,
    &kw_renew_delegation_token_response_info,
    &kw_expire_delegation_token_request_info,
    &kw_expire_delegation_token_response_info,
    &kw_describe_delegation_token_request_info,
    &kw_describe_delegation_token_response_info,
    &kw_delete_groups_request_info,
    &kw_delete_groups_response_info,
    &kw_delete_records_request_info,
    &kw_delete_records_response_info,
    &kw_delete_topics_request_info,
    &kw_delete_topics_response_info,
    &kw_describe_cluster_request_info,
    &kw_describe_cluster_response_info,
    &kw_describe_configs_request_info,
    &kw_describe_configs_response_info,
    &kw_describe_groups_request_info,
    &kw_describe_groups_response_info,
    &kw_describe_log_dirs_request_info,
    &kw_describe_log_dirs_response_info,
    &kw_describe_producers_request_info,
    &kw_describe_producers_response_info,
    &kw_describe_quorum_request_info,
    &kw_describe_quorum_response_info,
    &kw_describe_topic_partitions_request_info,
    &kw_describe_topic_partitions_response_info,
    &kw_describe_transactions_request_info,
    &kw_describe_transactions_response_info,
    &kw_elect_leaders_request_info,
    &kw_elect_leaders_response_info,
    &kw_end_txn_request_info,
    &kw_end_txn_response_info,
    &kw_fetch_request_info,
    &kw_fetch_response_info,
    &kw_find_coordinator_request_info,
    &kw_find_coordinator_response_info,
    &kw_offset_commit_key_info,
    &kw_offset_commit_value_info,
    &kw_group_metadata_key_info,
    &kw_group_metadata_value_info,
    &kw_request_header_info,
    &kw_response_header_info,
    &kw_heartbeat_request_info,
    &kw_heartbeat_response_info,
    &kw_incremental_alter_configs_request_info,
    &kw_incremental_alter_configs_response_info,
    &kw_init_producer_id_request_info,
    &kw_init_producer_id_response_info,
    &kw_join_group_request_info,
    &kw_join_group_response_info,
    &kw_leave_group_request_info,
    &kw_leave_group_response_info,
    &kw_list_config_resources_request_info,
    &kw_list_config_resources_response_info,
    &kw_list_groups_request_info,
    &kw_list_groups_response_info,
    &kw_list_offsets_request_info,
    &kw_list_offsets_response_info,
    &kw_list_transactions_request_info,
    &kw_list_transactions_response_info,
    &kw_end_txn_marker_info,
    &kw_aborted_txn_info,
    &kw_producer_snapshot_info,
    &kw_register_broker_record_info,
    &kw_unregister_broker_record_info,
    &kw_fence_broker_record_info,
    &kw_unfence_broker_record_info,
    &kw_broker_registration_change_record_info,
    &kw_register_controller_record_info,
    &kw_feature_level_record_info,
    &kw_client_quota_record_info,
    &kw_producer_ids_record_info,
    &kw_no_op_record_info,
    &kw_zk_migration_state_record_info,
    &kw_begin_transaction_record_info,
    &kw_end_transaction_record_info,
    &kw_abort_transaction_record_info,
    &kw_delegation_token_record_info,
    &kw_user_scram_credential_record_info,
    &kw_access_control_entry_record_info,
    &kw_remove_access_control_entry_record_info,
    &kw_remove_user_scram_credential_record_info,
    &kw_remove_delegation_token_record_info,
    &kw_topic_record_info,
    &kw_partition_record_info,
    &kw_config_record_info,
    &kw_partition_change_record_info,
    &kw_remove_topic_record_info,
    &kw_clear_elr_record_info,
    &kw_metadata_request_info,
    &kw_metadata_response_info,
    &kw_offset_commit_request_info,
    &kw_offset_commit_response_info,
    &kw_offset_delete_request_info,
    &kw_offset_delete_response_info,
    &kw_offset_fetch_request_info,
    &kw_offset_fetch_response_info,
    &kw_offset_for_leader_epoch_request_info,
    &kw_offset_for_leader_epoch_response_info,
    &kw_alter_partition_reassignments_request_info,
    &kw_alter_partition_reassignments_response_info,
    &kw_list_partition_reassignments_request_info,
    &kw_list_partition_reassignments_response_info,
    &kw_produce_request_info,
    &kw_produce_response_info,
    &kw_leader_change_message_info,
    &kw_snapshot_header_record_info,
    &kw_snapshot_footer_record_info,
    &kw_kraft_version_record_info,
    &kw_voters_record_info,
    &kw_add_raft_voter_request_info,
    &kw_add_raft_voter_response_info,
    &kw_remove_raft_voter_request_info,
    &kw_remove_raft_voter_response_info,
    &kw_sasl_handshake_request_info,
    &kw_sasl_handshake_response_info,
    &kw_sasl_authenticate_request_info,
    &kw_sasl_authenticate_response_info,
    &kw_describe_user_scram_credentials_request_info,
    &kw_describe_user_scram_credentials_response_info,
    &kw_alter_user_scram_credentials_request_info,
    &kw_alter_user_scram_credentials_response_info,
    &kw_sync_group_request_info,
    &kw_sync_group_response_info,
    &kw_get_telemetry_subscriptions_request_info,
    &kw_get_telemetry_subscriptions_response_info,
    &kw_push_telemetry_request_info,
    &kw_push_telemetry_response_info,
    &kw_transaction_log_key_info,
    &kw_transaction_log_value_info,
    &kw_txn_offset_commit_request_info,
    &kw_txn_offset_commit_response_info,
    &kw_unregister_broker_request_info,
    &kw_unregister_broker_response_info,
    &kw_update_features_request_info,
    &kw_update_features_response_info,
    &kw_write_txn_markers_request_info,
    &kw_write_txn_markers_response_info,
};

static const struct kw_message *const requests[] = {
    [0] = &kw_produce_request_info,
    [1] = &kw_fetch_request_info,
    [2] = &kw_list_offsets_request_info,
    [3] = &kw_metadata_request_info,
    [8] = &kw_offset_commit_request_info,
    [9] = &kw_offset_fetch_request_info,
    [10] = &kw_find_coordinator_request_info,
    [11] = &kw_join_group_request_info,
    [12] = &kw_heartbeat_request_info,
    [13] = &kw_leave_group_request_info,
    [14] = &kw_sync_group_request_info,
    [15] = &kw_describe_groups_request_info,
    [16] = &kw_list_groups_request_info,
    [17] = &kw_sasl_handshake_request_info,
    [18] = &kw_api_versions_request_info,
    [19] = &kw_create_topics_request_info,
    [20] = &kw_delete_topics_request_info,
    [21] = &kw_delete_records_request_info,
    [22] = &kw_init_producer_id_request_info,
    [23] = &kw_offset_for_leader_epoch_request_info,
    [24] = &kw_add_partitions_to_txn_request_info,
    [25] = &kw_add_offsets_to_txn_request_info,
    [26] = &kw_end_txn_request_info,
    [27] = &kw_write_txn_markers_request_info,
    [28] = &kw_txn_offset_commit_request_info,
    [29] = &kw_describe_acls_request_info,
    [30] = &kw_create_acls_request_info,
    [31] = &kw_delete_acls_request_info,
    [32] = &kw_describe_configs_request_info,
    [33] = &kw_alter_configs_request_info,
    [34] = &kw_alter_replica_log_dirs_request_info,
    [35] = &kw_describe_log_dirs_request_info,
    [36] = &kw_sasl_authenticate_request_info,
    [37] = &kw_create_partitions_request_info,
    [38] = &kw_create_delegation_token_request_info,
    [39] = &kw_renew_delegation_token_request_info,
    [40] = &kw_expire_delegation_token_request_info,
    [41] = &kw_describe_delegation_token_request_info,
    [42] = &kw_delete_groups_request_info,
    [43] = &kw_elect_leaders_request_info,
    [44] = &kw_incremental_alter_configs_request_info,
    [45] = &kw_alter_partition_reassignments_request_info,
    [46] = &kw_list_partition_reassignments_request_info,
    [47] = &kw_offset_delete_request_info,
    [48] = &kw_describe_client_quotas_request_info,
    [49] = &kw_alter_client_quotas_request_info,
    [50] = &kw_describe_user_scram_credentials_request_info,
    [51] = &kw_alter_user_scram_credentials_request_info,
    [55] = &kw_describe_quorum_request_info,
    [57] = &kw_update_features_request_info,
    [60] = &kw_describe_cluster_request_info,
    [61] = &kw_describe_producers_request_info,
    [64] = &kw_unregister_broker_request_info,
    [65] = &kw_describe_transactions_request_info,
    [66] = &kw_list_transactions_request_info,
    [68] = &kw_consumer_group_heartbeat_request_info,
    [69] = &kw_consumer_group_describe_request_info,
    [71] = &kw_get_telemetry_subscriptions_request_info,
    [72] = &kw_push_telemetry_request_info,
    [74] = &kw_list_config_resources_request_info,
    [75] = &kw_describe_topic_partitions_request_info,
    [80] = &kw_add_raft_voter_request_info,
    [81] = &kw_remove_raft_voter_request_info,
};

const struct kw_message *kw_request_info(int16_t api_key)
{
    if (api_key < 0 || (size_t)api_key >= MR_COUNT(requests))
        return NULL;
    return requests[api_key];
}

static const struct kw_message *const responses[] = {
    [0] = &kw_produce_response_info,
    [1] = &kw_fetch_response_info,
    [2] = &kw_list_offsets_response_info,
    [3] = &kw_metadata_response_info,
    [8] = &kw_offset_commit_response_info,
    [9] = &kw_offset_fetch_response_info,
    [10] = &kw_find_coordinator_response_info,
    [11] = &kw_join_group_response_info,
    [12] = &kw_heartbeat_response_info,
    [13] = &kw_leave_group_response_info,
    [14] = &kw_sync_group_response_info,
    [15] = &kw_describe_groups_response_info,
    [16] = &kw_list_groups_response_info,
    [17] = &kw_sasl_handshake_response_info,
    [18] = &kw_api_versions_response_info,
    [19] = &kw_create_topics_response_info,
    [20] = &kw_delete_topics_response_info,
    [21] = &kw_delete_records_response_info,
    [22] = &kw_init_producer_id_response_info,
    [23] = &kw_offset_for_leader_epoch_response_info,
    [24] = &kw_add_partitions_to_txn_response_info,
    [25] = &kw_add_offsets_to_txn_response_info,
    [26] = &kw_end_txn_response_info,
    [27] = &kw_write_txn_markers_response_info,
    [28] = &kw_txn_offset_commit_response_info,
    [29] = &kw_describe_acls_response_info,
    [30] = &kw_create_acls_response_info,
    [31] = &kw_delete_acls_response_info,
    [32] = &kw_describe_configs_response_info,
    [33] = &kw_alter_configs_response_info,
    [34] = &kw_alter_replica_log_dirs_response_info,
    [35] = &kw_describe_log_dirs_response_info,
    [36] = &kw_sasl_authenticate_response_info,
    [37] = &kw_create_partitions_response_info,
    [38] = &kw_create_delegation_token_response_info,
    [39] = &kw_renew_delegation_token_response_info,
    [40] = &kw_expire_delegation_token_response_info,
    [41] = &kw_describe_delegation_token_response_info,
    [42] = &kw_delete_groups_response_info,
    [43] = &kw_elect_leaders_response_info,
    [44] = &kw_incremental_alter_configs_response_info,
    [45] = &kw_alter_partition_reassignments_response_info,
    [46] = &kw_list_partition_reassignments_response_info,
    [47] = &kw_offset_delete_response_info,
    [48] = &kw_describe_client_quotas_response_info,
    [49] = &kw_alter_client_quotas_response_info,
    [50] = &kw_describe_user_scram_credentials_response_info,
    [51] = &kw_alter_user_scram_credentials_response_info,
    [55] = &kw_describe_quorum_response_info,
    [57] = &kw_update_features_response_info,
    [60] = &kw_describe_cluster_response_info,
    [61] = &kw_describe_producers_response_info,
    [64] = &kw_unregister_broker_response_info,
    [65] = &kw_describe_transactions_response_info,
    [66] = &kw_list_transactions_response_info,
    [68] = &kw_consumer_group_heartbeat_response_info,
    [69] = &kw_consumer_group_describe_response_info,
    [71] = &kw_get_telemetry_subscriptions_response_info,
    [72] = &kw_push_telemetry_response_info,
    [74] = &kw_list_config_resources_response_info,
    [75] = &kw_describe_topic_partitions_response_info,
    [80] = &kw_add_raft_voter_response_info,
    [81] = &kw_remove_raft_voter_response_info,
};

const struct kw_message *kw_response_info(int16_t api_key)
{
    if (api_key < 0 || (size_t)api_key >= MR_COUNT(responses))
        return NULL;
    return responses[api_key];
}

static const struct kw_message *const records[] = {
    [0] = &kw_register_broker_record_info,
    [1] = &kw_unregister_broker_record_info,
    [2] = &kw_topic_record_info,
    [3] = &kw_partition_record_info,
    [4] = &kw_config_record_info,
    [5] = &kw_partition_change_record_info,
    [7] = &kw_fence_broker_record_info,
    [8] = &kw_unfence_broker_record_info,
    [9] = &kw_remove_topic_record_info,
    [10] = &kw_delegation_token_record_info,
    [11] = &kw_user_scram_credential_record_info,
    [12] = &kw_feature_level_record_info,
    [14] = &kw_client_quota_record_info,
    [15] = &kw_producer_ids_record_info,
    [17] = &kw_broker_registration_change_record_info,
    [18] = &kw_access_control_entry_record_info,
    [19] = &kw_remove_access_control_entry_record_info,
    [20] = &kw_no_op_record_info,
    [21] = &kw_zk_migration_state_record_info,
    [22] = &kw_remove_user_scram_credential_record_info,
    [23] = &kw_begin_transaction_record_info,
    [24] = &kw_end_transaction_record_info,
    [25] = &kw_abort_transaction_record_info,
    [26] = &kw_remove_delegation_token_record_info,
    [27] = &kw_register_controller_record_info,
    [28] = &kw_clear_elr_record_info,
};

const struct kw_message *kw_record_info(int16_t type)
{
    if (type < 0 || (size_t)type >= MR_COUNT(records))
        return NULL;
    return records[type];
}

const struct kw_message *kw_message_at(uint32_t i)
{
    return i < MR_COUNT(all) ? all[i] : NULL;
}
