/* Written by net/wire/schema/gen.py from list_groups.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_LIST_GROUPS_H
#define MR_WIRE_GEN_LIST_GROUPS_H

#include "net/wire/message.h"

/* ListGroupsRequest: key 16, v0-5, flexible v3+. */
struct kw_list_groups_request {
    struct mr_str *states_filter; /* v4+ */
    int32_t states_filter_count;
    struct mr_str *types_filter; /* v5+ */
    int32_t types_filter_count;
};
void kw_list_groups_request_init(struct kw_list_groups_request *m);
int kw_list_groups_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_list_groups_request *ret);
void kw_list_groups_request_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_list_groups_request *m);
extern const struct kw_message kw_list_groups_request_info;

/* ListGroupsResponse: key 16, v0-5, flexible v3+. */
struct kw_list_groups_response_group {
    struct mr_str group_id;
    struct mr_str protocol_type;
    struct mr_str group_state; /* v4+ */
    struct mr_str group_type; /* v5+ */
};
struct kw_list_groups_response {
    int32_t throttle_time_ms; /* v1+ */
    int16_t error_code;
    struct kw_list_groups_response_group *groups;
    int32_t groups_count;
};
void kw_list_groups_response_group_init(struct kw_list_groups_response_group *m);
void kw_list_groups_response_init(struct kw_list_groups_response *m);
int kw_list_groups_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_list_groups_response *ret);
void kw_list_groups_response_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_list_groups_response *m);
extern const struct kw_message kw_list_groups_response_info;

#endif
