/* Written by net/wire/schema/gen.py from list_config_resources.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_LIST_CONFIG_RESOURCES_H
#define MR_WIRE_GEN_LIST_CONFIG_RESOURCES_H

#include "net/wire/message.h"

/* ListConfigResourcesRequest: key 74, v0-1, flexible v0+. */
struct kw_list_config_resources_request {
    int8_t *resource_types; /* v1+ */
    int32_t resource_types_count;
};
void kw_list_config_resources_request_init(struct kw_list_config_resources_request *m);
int kw_list_config_resources_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_list_config_resources_request *ret);
void kw_list_config_resources_request_encode(struct kw_writer *w, int16_t version,
                                             const struct kw_list_config_resources_request *m);
extern const struct kw_message kw_list_config_resources_request_info;

/* ListConfigResourcesResponse: key 74, v0-1, flexible v0+. */
struct kw_list_config_resources_response_resource {
    struct mr_str resource_name;
    int8_t resource_type; /* v1+, default 16 */
};
struct kw_list_config_resources_response {
    int32_t throttle_time_ms;
    int16_t error_code;
    struct kw_list_config_resources_response_resource *config_resources;
    int32_t config_resources_count;
};
void kw_list_config_resources_response_resource_init(struct kw_list_config_resources_response_resource *m);
void kw_list_config_resources_response_init(struct kw_list_config_resources_response *m);
int kw_list_config_resources_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_list_config_resources_response *ret);
void kw_list_config_resources_response_encode(struct kw_writer *w, int16_t version,
                                              const struct kw_list_config_resources_response *m);
extern const struct kw_message kw_list_config_resources_response_info;

#endif
