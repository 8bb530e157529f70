/* Written by net/wire/schema/gen.py from create_partitions.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_CREATE_PARTITIONS_H
#define MR_WIRE_GEN_CREATE_PARTITIONS_H

#include "net/wire/message.h"

/* CreatePartitionsRequest: key 37, v0-3, flexible v2+. */
struct kw_create_partitions_request_assignment {
    int32_t *broker_ids;
    int32_t broker_ids_count;
};
struct kw_create_partitions_request_topic {
    struct mr_str name;
    int32_t count;
    struct kw_create_partitions_request_assignment *assignments; /* may be null */
    int32_t assignments_count;
};
struct kw_create_partitions_request {
    struct kw_create_partitions_request_topic *topics;
    int32_t topics_count;
    int32_t timeout_ms;
    bool validate_only;
};
void kw_create_partitions_request_assignment_init(struct kw_create_partitions_request_assignment *m);
void kw_create_partitions_request_topic_init(struct kw_create_partitions_request_topic *m);
void kw_create_partitions_request_init(struct kw_create_partitions_request *m);
int kw_create_partitions_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_create_partitions_request *ret);
void kw_create_partitions_request_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_create_partitions_request *m);
extern const struct kw_message kw_create_partitions_request_info;

/* CreatePartitionsResponse: key 37, v0-3, flexible v2+. */
struct kw_create_partitions_response_topic {
    struct mr_str name;
    int16_t error_code;
    struct mr_str error_message; /* may be null */
};
struct kw_create_partitions_response {
    int32_t throttle_time_ms;
    struct kw_create_partitions_response_topic *results;
    int32_t results_count;
};
void kw_create_partitions_response_topic_init(struct kw_create_partitions_response_topic *m);
void kw_create_partitions_response_init(struct kw_create_partitions_response *m);
int kw_create_partitions_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_create_partitions_response *ret);
void kw_create_partitions_response_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_create_partitions_response *m);
extern const struct kw_message kw_create_partitions_response_info;

#endif
