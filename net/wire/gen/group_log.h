/* Written by net/wire/schema/gen.py from group_log.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_GROUP_LOG_H
#define MR_WIRE_GEN_GROUP_LOG_H

#include "net/wire/message.h"

/* OffsetCommitKey: key 1, v0. */
struct kw_offset_commit_key {
    struct mr_str group;
    struct mr_str topic;
    int32_t partition;
};
void kw_offset_commit_key_init(struct kw_offset_commit_key *m);
int kw_offset_commit_key_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                struct kw_offset_commit_key *ret);
void kw_offset_commit_key_encode(struct kw_writer *w, int16_t version, const struct kw_offset_commit_key *m);
extern const struct kw_message kw_offset_commit_key_info;

/* OffsetCommitValue: key 1, v0-4, flexible v4+. */
struct kw_offset_commit_value {
    int64_t offset;
    int32_t leader_epoch; /* v3+, default -1 */
    struct mr_str metadata;
    int64_t commit_timestamp;
    int64_t expire_timestamp; /* v1, default -1 */
    struct mr_uuid topic_id; /* v4+, tag 0 */
};
void kw_offset_commit_value_init(struct kw_offset_commit_value *m);
int kw_offset_commit_value_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_offset_commit_value *ret);
void kw_offset_commit_value_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_offset_commit_value *m);
extern const struct kw_message kw_offset_commit_value_info;

/* GroupMetadataKey: key 2, v0. */
struct kw_group_metadata_key {
    struct mr_str group;
};
void kw_group_metadata_key_init(struct kw_group_metadata_key *m);
int kw_group_metadata_key_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                 struct kw_group_metadata_key *ret);
void kw_group_metadata_key_encode(struct kw_writer *w, int16_t version,
                                  const struct kw_group_metadata_key *m);
extern const struct kw_message kw_group_metadata_key_info;

/* GroupMetadataValue: key 2, v0-4, flexible v4+. */
struct kw_group_metadata_value_member {
    struct mr_str member_id;
    struct mr_str group_instance_id; /* v3+, may be null */
    struct mr_str client_id;
    struct mr_str client_host;
    int32_t rebalance_timeout; /* v1+, default -1 */
    int32_t session_timeout;
    struct mr_slice subscription;
    struct mr_slice assignment;
};
struct kw_group_metadata_value {
    struct mr_str protocol_type;
    int32_t generation;
    struct mr_str protocol; /* may be null */
    struct mr_str leader; /* may be null */
    int64_t current_state_timestamp; /* v2+, default -1 */
    struct kw_group_metadata_value_member *members;
    int32_t members_count;
};
void kw_group_metadata_value_member_init(struct kw_group_metadata_value_member *m);
void kw_group_metadata_value_init(struct kw_group_metadata_value *m);
int kw_group_metadata_value_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_group_metadata_value *ret);
void kw_group_metadata_value_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_group_metadata_value *m);
extern const struct kw_message kw_group_metadata_value_info;

#endif
