/* Written by net/wire/schema/gen.py from quorum_data.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_QUORUM_DATA_H
#define MR_WIRE_GEN_QUORUM_DATA_H

#include "net/wire/message.h"

/* LeaderChangeMessage: v0-1, flexible v0+. */
struct kw_leader_change_message_voter {
    int32_t voter_id;
    struct mr_uuid voter_directory_id; /* v1+ */
};
struct kw_leader_change_message {
    int16_t version;
    int32_t leader_id;
    struct kw_leader_change_message_voter *voters;
    int32_t voters_count;
    struct kw_leader_change_message_voter *granting_voters;
    int32_t granting_voters_count;
};
void kw_leader_change_message_voter_init(struct kw_leader_change_message_voter *m);
void kw_leader_change_message_init(struct kw_leader_change_message *m);
int kw_leader_change_message_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_leader_change_message *ret);
void kw_leader_change_message_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_leader_change_message *m);
extern const struct kw_message kw_leader_change_message_info;

/* SnapshotHeaderRecord: v0, flexible v0+. */
struct kw_snapshot_header_record {
    int16_t version;
    int64_t last_contained_log_timestamp;
};
void kw_snapshot_header_record_init(struct kw_snapshot_header_record *m);
int kw_snapshot_header_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_snapshot_header_record *ret);
void kw_snapshot_header_record_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_snapshot_header_record *m);
extern const struct kw_message kw_snapshot_header_record_info;

/* SnapshotFooterRecord: v0, flexible v0+. */
struct kw_snapshot_footer_record {
    int16_t version;
};
void kw_snapshot_footer_record_init(struct kw_snapshot_footer_record *m);
int kw_snapshot_footer_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_snapshot_footer_record *ret);
void kw_snapshot_footer_record_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_snapshot_footer_record *m);
extern const struct kw_message kw_snapshot_footer_record_info;

/* KRaftVersionRecord: v0, flexible v0+. */
struct kw_kraft_version_record {
    int16_t version;
    int16_t kraft_version;
};
void kw_kraft_version_record_init(struct kw_kraft_version_record *m);
int kw_kraft_version_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_kraft_version_record *ret);
void kw_kraft_version_record_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_kraft_version_record *m);
extern const struct kw_message kw_kraft_version_record_info;

/* VotersRecord: v0, flexible v0+. */
struct kw_voters_record_kraft_version_feature {
    int16_t min_supported_version;
    int16_t max_supported_version;
};
struct kw_voters_record_endpoint {
    struct mr_str name;
    struct mr_str host;
    uint16_t port;
};
struct kw_voters_record_voter {
    int32_t voter_id;
    struct mr_uuid voter_directory_id;
    struct kw_voters_record_endpoint *endpoints;
    int32_t endpoints_count;
    struct kw_voters_record_kraft_version_feature kraft_version_feature;
};
struct kw_voters_record {
    int16_t version;
    struct kw_voters_record_voter *voters;
    int32_t voters_count;
};
void kw_voters_record_kraft_version_feature_init(struct kw_voters_record_kraft_version_feature *m);
void kw_voters_record_endpoint_init(struct kw_voters_record_endpoint *m);
void kw_voters_record_voter_init(struct kw_voters_record_voter *m);
void kw_voters_record_init(struct kw_voters_record *m);
int kw_voters_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                            struct kw_voters_record *ret);
void kw_voters_record_encode(struct kw_writer *w, int16_t version, const struct kw_voters_record *m);
extern const struct kw_message kw_voters_record_info;

#endif
