/* Written by net/wire/schema/gen.py from create_topics.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_CREATE_TOPICS_H
#define MR_WIRE_GEN_CREATE_TOPICS_H

#include "net/wire/message.h"

/* CreateTopicsRequest: key 19, v2-7, flexible v5+. */
struct kw_create_topics_request_config {
    struct mr_str name;
    struct mr_str value; /* may be null */
};
struct kw_create_topics_request_assignment {
    int32_t partition_index;
    int32_t *broker_ids;
    int32_t broker_ids_count;
};
struct kw_create_topics_request_topic {
    struct mr_str name;
    int32_t num_partitions;
    int16_t replication_factor;
    struct kw_create_topics_request_assignment *assignments;
    int32_t assignments_count;
    struct kw_create_topics_request_config *configs;
    int32_t configs_count;
};
struct kw_create_topics_request {
    struct kw_create_topics_request_topic *topics;
    int32_t topics_count;
    int32_t timeout_ms; /* default 60000 */
    bool validate_only;
};
void kw_create_topics_request_config_init(struct kw_create_topics_request_config *m);
void kw_create_topics_request_assignment_init(struct kw_create_topics_request_assignment *m);
void kw_create_topics_request_topic_init(struct kw_create_topics_request_topic *m);
void kw_create_topics_request_init(struct kw_create_topics_request *m);
int kw_create_topics_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_create_topics_request *ret);
void kw_create_topics_request_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_create_topics_request *m);
extern const struct kw_message kw_create_topics_request_info;

/* CreateTopicsResponse: key 19, v2-7, flexible v5+. */
struct kw_create_topics_response_config {
    struct mr_str name;
    struct mr_str value; /* may be null */
    bool read_only;
    int8_t config_source; /* default -1 */
    bool is_sensitive;
};
struct kw_create_topics_response_topic {
    struct mr_str name;
    struct mr_uuid topic_id; /* v7+ */
    int16_t error_code;
    struct mr_str error_message; /* may be null */
    int16_t topic_config_error_code; /* v5+, tag 0 */
    int32_t num_partitions; /* v5+, default -1 */
    int16_t replication_factor; /* v5+, default -1 */
    struct kw_create_topics_response_config *configs; /* v5+, may be null */
    int32_t configs_count;
};
struct kw_create_topics_response {
    int32_t throttle_time_ms;
    struct kw_create_topics_response_topic *topics;
    int32_t topics_count;
};
void kw_create_topics_response_config_init(struct kw_create_topics_response_config *m);
void kw_create_topics_response_topic_init(struct kw_create_topics_response_topic *m);
void kw_create_topics_response_init(struct kw_create_topics_response *m);
int kw_create_topics_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_create_topics_response *ret);
void kw_create_topics_response_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_create_topics_response *m);
extern const struct kw_message kw_create_topics_response_info;

#endif
