/* Written by net/wire/schema/gen.py from delete_groups.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_DELETE_GROUPS_H
#define MR_WIRE_GEN_DELETE_GROUPS_H

#include "net/wire/message.h"

/* DeleteGroupsRequest: key 42, v0-2, flexible v2+. */
struct kw_delete_groups_request {
    struct mr_str *groups_names;
    int32_t groups_names_count;
};
void kw_delete_groups_request_init(struct kw_delete_groups_request *m);
int kw_delete_groups_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_delete_groups_request *ret);
void kw_delete_groups_request_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_delete_groups_request *m);
extern const struct kw_message kw_delete_groups_request_info;

/* DeleteGroupsResponse: key 42, v0-2, flexible v2+. */
struct kw_delete_groups_response_group {
    struct mr_str group_id;
    int16_t error_code;
};
struct kw_delete_groups_response {
    int32_t throttle_time_ms;
    struct kw_delete_groups_response_group *results;
    int32_t results_count;
};
void kw_delete_groups_response_group_init(struct kw_delete_groups_response_group *m);
void kw_delete_groups_response_init(struct kw_delete_groups_response *m);
int kw_delete_groups_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_delete_groups_response *ret);
void kw_delete_groups_response_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_delete_groups_response *m);
extern const struct kw_message kw_delete_groups_response_info;

#endif
