/* The only list of APIs: ApiVersions, dispatch, metric names and documentation come from it. By rising key.
 */
#include "net/api/apis.h"

static const struct mr_api *const apis[] = {
    &mr_api_produce,
    &mr_api_fetch,
    &mr_api_list_offsets,
    &mr_api_metadata,
    &mr_api_offset_commit,
    &mr_api_offset_fetch,
    &mr_api_find_coordinator,
    &mr_api_join_group,
    &mr_api_heartbeat,
    &mr_api_leave_group,
    &mr_api_sync_group,
    &mr_api_describe_groups,
    &mr_api_list_groups,
    &mr_api_api_versions,
    &mr_api_create_topics,
    &mr_api_delete_topics,
    &mr_api_delete_records,
    &mr_api_init_producer_id,
    &mr_api_offset_for_leader_epoch,
    &mr_api_add_partitions_to_txn,
    &mr_api_add_offsets_to_txn,
    &mr_api_end_txn,
    &mr_api_write_txn_markers,
    &mr_api_txn_offset_commit,
    &mr_api_describe_acls,
    &mr_api_create_acls,
    &mr_api_delete_acls,
    &mr_api_describe_configs,
    &mr_api_alter_configs,
    &mr_api_alter_replica_log_dirs,
    &mr_api_describe_log_dirs,
    &mr_api_create_partitions,
    &mr_api_create_delegation_token,
    &mr_api_renew_delegation_token,
    &mr_api_expire_delegation_token,
    &mr_api_describe_delegation_token,
    &mr_api_delete_groups,
    &mr_api_elect_leaders,
    &mr_api_incremental_alter_configs,
    &mr_api_alter_partition_reassignments,
    &mr_api_list_partition_reassignments,
    &mr_api_offset_delete,
    &mr_api_describe_client_quotas,
    &mr_api_alter_client_quotas,
    &mr_api_describe_user_scram_credentials,
    &mr_api_alter_user_scram_credentials,
    &mr_api_describe_quorum,
    &mr_api_update_features,
    &mr_api_describe_cluster,
    &mr_api_describe_producers,
    &mr_api_unregister_broker,
    &mr_api_describe_transactions,
    &mr_api_list_transactions,
    &mr_api_consumer_group_heartbeat,
    &mr_api_consumer_group_describe,
    &mr_api_list_config_resources,
    &mr_api_describe_topic_partitions,
    &mr_api_add_raft_voter,
    &mr_api_remove_raft_voter,
};

const struct mr_api *mr_api_at(uint32_t i)
{
    return i < MR_COUNT(apis) ? apis[i] : NULL;
}

const struct mr_api *mr_api_find(int16_t key)
{
    uint32_t lo = 0, hi = MR_COUNT(apis);
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (apis[mid]->key < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < MR_COUNT(apis) && apis[lo]->key == key ? apis[lo] : NULL;
}
