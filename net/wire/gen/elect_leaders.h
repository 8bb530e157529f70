/* Written by net/wire/schema/gen.py from elect_leaders.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_ELECT_LEADERS_H
#define MR_WIRE_GEN_ELECT_LEADERS_H

#include "net/wire/message.h"

/* ElectLeadersRequest: key 43, v0-2, flexible v2+. */
struct kw_elect_leaders_request_topic {
    struct mr_str topic;
    int32_t *partitions;
    int32_t partitions_count;
};
struct kw_elect_leaders_request {
    int8_t election_type; /* v1+ */
    struct kw_elect_leaders_request_topic *topic_partitions; /* may be null */
    int32_t topic_partitions_count;
    int32_t timeout_ms; /* default 60000 */
};
void kw_elect_leaders_request_topic_init(struct kw_elect_leaders_request_topic *m);
void kw_elect_leaders_request_init(struct kw_elect_leaders_request *m);
int kw_elect_leaders_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_elect_leaders_request *ret);
void kw_elect_leaders_request_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_elect_leaders_request *m);
extern const struct kw_message kw_elect_leaders_request_info;

/* ElectLeadersResponse: key 43, v0-2, flexible v2+. */
struct kw_elect_leaders_response_partition {
    int32_t partition_id;
    int16_t error_code;
    struct mr_str error_message; /* may be null */
};
struct kw_elect_leaders_response_topic {
    struct mr_str topic;
    struct kw_elect_leaders_response_partition *partition_result;
    int32_t partition_result_count;
};
struct kw_elect_leaders_response {
    int32_t throttle_time_ms;
    int16_t error_code; /* v1+ */
    struct kw_elect_leaders_response_topic *replica_election_results;
    int32_t replica_election_results_count;
};
void kw_elect_leaders_response_partition_init(struct kw_elect_leaders_response_partition *m);
void kw_elect_leaders_response_topic_init(struct kw_elect_leaders_response_topic *m);
void kw_elect_leaders_response_init(struct kw_elect_leaders_response *m);
int kw_elect_leaders_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_elect_leaders_response *ret);
void kw_elect_leaders_response_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_elect_leaders_response *m);
extern const struct kw_message kw_elect_leaders_response_info;

#endif
