/* Written by net/wire/schema/gen.py from write_txn_markers.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_WRITE_TXN_MARKERS_H
#define MR_WIRE_GEN_WRITE_TXN_MARKERS_H

#include "net/wire/message.h"

/* WriteTxnMarkersRequest: key 27, v1, flexible v1+. */
struct kw_write_txn_markers_request_topic {
    struct mr_str name;
    int32_t *partition_indexes;
    int32_t partition_indexes_count;
};
struct kw_write_txn_markers_request_marker {
    int64_t producer_id;
    int16_t producer_epoch;
    bool transaction_result;
    struct kw_write_txn_markers_request_topic *topics;
    int32_t topics_count;
    int32_t coordinator_epoch;
};
struct kw_write_txn_markers_request {
    struct kw_write_txn_markers_request_marker *markers;
    int32_t markers_count;
};
void kw_write_txn_markers_request_topic_init(struct kw_write_txn_markers_request_topic *m);
void kw_write_txn_markers_request_marker_init(struct kw_write_txn_markers_request_marker *m);
void kw_write_txn_markers_request_init(struct kw_write_txn_markers_request *m);
int kw_write_txn_markers_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_write_txn_markers_request *ret);
void kw_write_txn_markers_request_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_write_txn_markers_request *m);
extern const struct kw_message kw_write_txn_markers_request_info;

/* WriteTxnMarkersResponse: key 27, v1, flexible v1+. */
struct kw_write_txn_markers_response_partition {
    int32_t partition_index;
    int16_t error_code;
};
struct kw_write_txn_markers_response_topic {
    struct mr_str name;
    struct kw_write_txn_markers_response_partition *partitions;
    int32_t partitions_count;
};
struct kw_write_txn_markers_response_marker {
    int64_t producer_id;
    struct kw_write_txn_markers_response_topic *topics;
    int32_t topics_count;
};
struct kw_write_txn_markers_response {
    struct kw_write_txn_markers_response_marker *markers;
    int32_t markers_count;
};
void kw_write_txn_markers_response_partition_init(struct kw_write_txn_markers_response_partition *m);
void kw_write_txn_markers_response_topic_init(struct kw_write_txn_markers_response_topic *m);
void kw_write_txn_markers_response_marker_init(struct kw_write_txn_markers_response_marker *m);
void kw_write_txn_markers_response_init(struct kw_write_txn_markers_response *m);
int kw_write_txn_markers_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_write_txn_markers_response *ret);
void kw_write_txn_markers_response_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_write_txn_markers_response *m);
extern const struct kw_message kw_write_txn_markers_response_info;

#endif
