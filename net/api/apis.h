/* net/api/apis.h - the handlers that net/api/table.c lists, one extern each, by file. */
#ifndef MR_APIS_H
#define MR_APIS_H

#include "net/req.h"

extern const struct mr_api mr_api_produce;      /* produce.c */
extern const struct mr_api mr_api_fetch;        /* fetch.c */
extern const struct mr_api mr_api_list_offsets; /* offsets.c */
extern const struct mr_api mr_api_offset_for_leader_epoch;
extern const struct mr_api mr_api_metadata;         /* metadata.c */
extern const struct mr_api mr_api_api_versions;     /* api_versions.c */
extern const struct mr_api mr_api_find_coordinator; /* coordinator.c */
extern const struct mr_api mr_api_offset_commit;    /* offset_commit.c */
extern const struct mr_api mr_api_offset_fetch;     /* offset_fetch.c */
extern const struct mr_api mr_api_offset_delete;    /* offset_delete.c */
extern const struct mr_api mr_api_join_group;       /* group_members.c */
extern const struct mr_api mr_api_sync_group;
extern const struct mr_api mr_api_heartbeat;
extern const struct mr_api mr_api_leave_group;
extern const struct mr_api mr_api_describe_groups; /* group_admin.c */
extern const struct mr_api mr_api_list_groups;
extern const struct mr_api mr_api_delete_groups;
extern const struct mr_api mr_api_consumer_group_heartbeat; /* consumer_group_heartbeat.c */
extern const struct mr_api mr_api_consumer_group_describe;  /* consumer_group_describe.c */
extern const struct mr_api mr_api_create_topics;            /* topics.c */
extern const struct mr_api mr_api_delete_topics;
extern const struct mr_api mr_api_create_partitions;
extern const struct mr_api mr_api_delete_records;   /* delete_records.c */
extern const struct mr_api mr_api_describe_configs; /* configs.c */
extern const struct mr_api mr_api_alter_configs;
extern const struct mr_api mr_api_incremental_alter_configs;
extern const struct mr_api mr_api_describe_log_dirs; /* log_dirs.c */
extern const struct mr_api mr_api_describe_cluster;  /* cluster.c */
extern const struct mr_api mr_api_describe_topic_partitions;
extern const struct mr_api mr_api_describe_producers;    /* producers.c */
extern const struct mr_api mr_api_init_producer_id;      /* producer_id.c */
extern const struct mr_api mr_api_add_partitions_to_txn; /* txn_add.c */
extern const struct mr_api mr_api_add_offsets_to_txn;
extern const struct mr_api mr_api_end_txn;               /* txn_end.c */
extern const struct mr_api mr_api_write_txn_markers;     /* txn_markers.c */
extern const struct mr_api mr_api_txn_offset_commit;     /* txn_offset_commit.c */
extern const struct mr_api mr_api_describe_transactions; /* txn_admin.c */
extern const struct mr_api mr_api_list_transactions;
extern const struct mr_api mr_api_describe_client_quotas; /* quotas.c */
extern const struct mr_api mr_api_alter_client_quotas;
extern const struct mr_api mr_api_describe_user_scram_credentials; /* credentials.c */
extern const struct mr_api mr_api_alter_user_scram_credentials;
extern const struct mr_api mr_api_elect_leaders; /* reassign.c */
extern const struct mr_api mr_api_alter_partition_reassignments;
extern const struct mr_api mr_api_list_partition_reassignments;
extern const struct mr_api mr_api_alter_replica_log_dirs;
extern const struct mr_api mr_api_update_features; /* features.c */
extern const struct mr_api mr_api_describe_quorum; /* quorum.c */
extern const struct mr_api mr_api_add_raft_voter;
extern const struct mr_api mr_api_remove_raft_voter;
extern const struct mr_api mr_api_unregister_broker;
extern const struct mr_api mr_api_list_config_resources; /* config_resources.c */
extern const struct mr_api mr_api_describe_acls;         /* refused.c */
extern const struct mr_api mr_api_create_acls;
extern const struct mr_api mr_api_delete_acls;
extern const struct mr_api mr_api_create_delegation_token;
extern const struct mr_api mr_api_renew_delegation_token;
extern const struct mr_api mr_api_expire_delegation_token;
extern const struct mr_api mr_api_describe_delegation_token;

#endif
