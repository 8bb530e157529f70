/* Written by net/wire/schema/gen.py from meta_topics.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_META_TOPICS_H
#define MR_WIRE_GEN_META_TOPICS_H

#include "net/wire/message.h"

/* TopicRecord: key 2, v0, flexible v0+. */
struct kw_topic_record {
    struct mr_str name;
    struct mr_uuid topic_id;
};
void kw_topic_record_init(struct kw_topic_record *m);
int kw_topic_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                           struct kw_topic_record *ret);
void kw_topic_record_encode(struct kw_writer *w, int16_t version, const struct kw_topic_record *m);
extern const struct kw_message kw_topic_record_info;

/* PartitionRecord: key 3, v0-2, flexible v0+. */
struct kw_partition_record {
    int32_t partition_id; /* default -1 */
    struct mr_uuid topic_id;
    int32_t *replicas;
    int32_t replicas_count;
    int32_t *isr;
    int32_t isr_count;
    int32_t *removing_replicas;
    int32_t removing_replicas_count;
    int32_t *adding_replicas;
    int32_t adding_replicas_count;
    int32_t leader; /* default -1 */
    int8_t leader_recovery_state; /* tag 0 */
    int32_t leader_epoch; /* default -1 */
    int32_t partition_epoch; /* default -1 */
    struct mr_uuid *directories; /* v1+ */
    int32_t directories_count;
    int32_t *eligible_leader_replicas; /* v2+, may be null, tag 1 */
    int32_t eligible_leader_replicas_count;
    int32_t *last_known_elr; /* v2+, may be null, tag 2 */
    int32_t last_known_elr_count;
};
void kw_partition_record_init(struct kw_partition_record *m);
int kw_partition_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                               struct kw_partition_record *ret);
void kw_partition_record_encode(struct kw_writer *w, int16_t version, const struct kw_partition_record *m);
extern const struct kw_message kw_partition_record_info;

/* ConfigRecord: key 4, v0, flexible v0+. */
struct kw_config_record {
    int8_t resource_type;
    struct mr_str resource_name;
    struct mr_str name;
    struct mr_str value; /* may be null */
};
void kw_config_record_init(struct kw_config_record *m);
int kw_config_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                            struct kw_config_record *ret);
void kw_config_record_encode(struct kw_writer *w, int16_t version, const struct kw_config_record *m);
extern const struct kw_message kw_config_record_info;

/* PartitionChangeRecord: key 5, v0-2, flexible v0+. */
struct kw_partition_change_record {
    int32_t partition_id; /* default -1 */
    struct mr_uuid topic_id;
    int32_t *isr; /* may be null, tag 0 */
    int32_t isr_count;
    int32_t leader; /* tag 1, default -2 */
    int32_t *replicas; /* may be null, tag 2 */
    int32_t replicas_count;
    int32_t *removing_replicas; /* may be null, tag 3 */
    int32_t removing_replicas_count;
    int32_t *adding_replicas; /* may be null, tag 4 */
    int32_t adding_replicas_count;
    int8_t leader_recovery_state; /* tag 5, default -1 */
    struct mr_uuid *directories; /* v1+, may be null, tag 8 */
    int32_t directories_count;
    int32_t *eligible_leader_replicas; /* v2+, may be null, tag 6 */
    int32_t eligible_leader_replicas_count;
    int32_t *last_known_elr; /* v2+, may be null, tag 7 */
    int32_t last_known_elr_count;
};
void kw_partition_change_record_init(struct kw_partition_change_record *m);
int kw_partition_change_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_partition_change_record *ret);
void kw_partition_change_record_encode(struct kw_writer *w, int16_t version,
                                       const struct kw_partition_change_record *m);
extern const struct kw_message kw_partition_change_record_info;

/* RemoveTopicRecord: key 9, v0, flexible v0+. */
struct kw_remove_topic_record {
    struct mr_uuid topic_id;
};
void kw_remove_topic_record_init(struct kw_remove_topic_record *m);
int kw_remove_topic_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_remove_topic_record *ret);
void kw_remove_topic_record_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_remove_topic_record *m);
extern const struct kw_message kw_remove_topic_record_info;

/* ClearElrRecord: key 28, v0, flexible v0+. */
struct kw_clear_elr_record {
    struct mr_str topic_name;
};
void kw_clear_elr_record_init(struct kw_clear_elr_record *m);
int kw_clear_elr_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                               struct kw_clear_elr_record *ret);
void kw_clear_elr_record_encode(struct kw_writer *w, int16_t version, const struct kw_clear_elr_record *m);
extern const struct kw_message kw_clear_elr_record_info;

#endif
