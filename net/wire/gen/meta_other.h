/* Written by net/wire/schema/gen.py from meta_other.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_META_OTHER_H
#define MR_WIRE_GEN_META_OTHER_H

#include "net/wire/message.h"

/* FeatureLevelRecord: key 12, v0, flexible v0+. */
struct kw_feature_level_record {
    struct mr_str name;
    int16_t feature_level;
};
void kw_feature_level_record_init(struct kw_feature_level_record *m);
int kw_feature_level_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_feature_level_record *ret);
void kw_feature_level_record_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_feature_level_record *m);
extern const struct kw_message kw_feature_level_record_info;

/* ClientQuotaRecord: key 14, v0, flexible v0+. */
struct kw_client_quota_record_entity {
    struct mr_str entity_type;
    struct mr_str entity_name; /* may be null */
};
struct kw_client_quota_record {
    struct kw_client_quota_record_entity *entity;
    int32_t entity_count;
    struct mr_str key;
    double value;
    bool remove;
};
void kw_client_quota_record_entity_init(struct kw_client_quota_record_entity *m);
void kw_client_quota_record_init(struct kw_client_quota_record *m);
int kw_client_quota_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_client_quota_record *ret);
void kw_client_quota_record_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_client_quota_record *m);
extern const struct kw_message kw_client_quota_record_info;

/* ProducerIdsRecord: key 15, v0, flexible v0+. */
struct kw_producer_ids_record {
    int32_t broker_id;
    int64_t broker_epoch; /* default -1 */
    int64_t next_producer_id;
};
void kw_producer_ids_record_init(struct kw_producer_ids_record *m);
int kw_producer_ids_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_producer_ids_record *ret);
void kw_producer_ids_record_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_producer_ids_record *m);
extern const struct kw_message kw_producer_ids_record_info;

/* NoOpRecord: key 20, v0, flexible v0+. */
struct kw_no_op_record {
    char unused; /* it has no fields; C wants one */
};
void kw_no_op_record_init(struct kw_no_op_record *m);
int kw_no_op_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                           struct kw_no_op_record *ret);
void kw_no_op_record_encode(struct kw_writer *w, int16_t version, const struct kw_no_op_record *m);
extern const struct kw_message kw_no_op_record_info;

/* ZkMigrationStateRecord: key 21, v0, flexible v0+. */
struct kw_zk_migration_state_record {
    int8_t zk_migration_state;
};
void kw_zk_migration_state_record_init(struct kw_zk_migration_state_record *m);
int kw_zk_migration_state_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_zk_migration_state_record *ret);
void kw_zk_migration_state_record_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_zk_migration_state_record *m);
extern const struct kw_message kw_zk_migration_state_record_info;

/* BeginTransactionRecord: key 23, v0, flexible v0+. */
struct kw_begin_transaction_record {
    struct mr_str name; /* may be null, tag 0 */
};
void kw_begin_transaction_record_init(struct kw_begin_transaction_record *m);
int kw_begin_transaction_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_begin_transaction_record *ret);
void kw_begin_transaction_record_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_begin_transaction_record *m);
extern const struct kw_message kw_begin_transaction_record_info;

/* EndTransactionRecord: key 24, v0, flexible v0+. */
struct kw_end_transaction_record {
    char unused; /* it has no fields; C wants one */
};
void kw_end_transaction_record_init(struct kw_end_transaction_record *m);
int kw_end_transaction_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_end_transaction_record *ret);
void kw_end_transaction_record_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_end_transaction_record *m);
extern const struct kw_message kw_end_transaction_record_info;

/* AbortTransactionRecord: key 25, v0, flexible v0+. */
struct kw_abort_transaction_record {
    struct mr_str reason; /* may be null, tag 0 */
};
void kw_abort_transaction_record_init(struct kw_abort_transaction_record *m);
int kw_abort_transaction_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_abort_transaction_record *ret);
void kw_abort_transaction_record_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_abort_transaction_record *m);
extern const struct kw_message kw_abort_transaction_record_info;

#endif
