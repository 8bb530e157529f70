/* Written by net/wire/schema/gen.py from delete_topics.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_DELETE_TOPICS_H
#define MR_WIRE_GEN_DELETE_TOPICS_H

#include "net/wire/message.h"

/* DeleteTopicsRequest: key 20, v1-6, flexible v4+. */
struct kw_delete_topics_request_topic {
    struct mr_str name; /* may be null */
    struct mr_uuid topic_id;
};
struct kw_delete_topics_request {
    struct kw_delete_topics_request_topic *topics; /* v6+ */
    int32_t topics_count;
    struct mr_str *topic_names; /* v1-5 */
    int32_t topic_names_count;
    int32_t timeout_ms;
};
void kw_delete_topics_request_topic_init(struct kw_delete_topics_request_topic *m);
void kw_delete_topics_request_init(struct kw_delete_topics_request *m);
int kw_delete_topics_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_delete_topics_request *ret);
void kw_delete_topics_request_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_delete_topics_request *m);
extern const struct kw_message kw_delete_topics_request_info;

/* DeleteTopicsResponse: key 20, v1-6, flexible v4+. */
struct kw_delete_topics_response_topic {
    struct mr_str name; /* may be null v6+ */
    struct mr_uuid topic_id; /* v6+ */
    int16_t error_code;
    struct mr_str error_message; /* v5+, may be null */
};
struct kw_delete_topics_response {
    int32_t throttle_time_ms;
    struct kw_delete_topics_response_topic *responses;
    int32_t responses_count;
};
void kw_delete_topics_response_topic_init(struct kw_delete_topics_response_topic *m);
void kw_delete_topics_response_init(struct kw_delete_topics_response *m);
int kw_delete_topics_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_delete_topics_response *ret);
void kw_delete_topics_response_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_delete_topics_response *m);
extern const struct kw_message kw_delete_topics_response_info;

#endif
