/* Written by net/wire/schema/gen.py from alter_configs.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_ALTER_CONFIGS_H
#define MR_WIRE_GEN_ALTER_CONFIGS_H

#include "net/wire/message.h"

/* AlterConfigsRequest: key 33, v0-2, flexible v2+. */
struct kw_alter_configs_request_config {
    struct mr_str name;
    struct mr_str value; /* may be null */
};
struct kw_alter_configs_request_resource {
    int8_t resource_type;
    struct mr_str resource_name;
    struct kw_alter_configs_request_config *configs;
    int32_t configs_count;
};
struct kw_alter_configs_request {
    struct kw_alter_configs_request_resource *resources;
    int32_t resources_count;
    bool validate_only;
};
void kw_alter_configs_request_config_init(struct kw_alter_configs_request_config *m);
void kw_alter_configs_request_resource_init(struct kw_alter_configs_request_resource *m);
void kw_alter_configs_request_init(struct kw_alter_configs_request *m);
int kw_alter_configs_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_alter_configs_request *ret);
void kw_alter_configs_request_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_alter_configs_request *m);
extern const struct kw_message kw_alter_configs_request_info;

/* AlterConfigsResponse: key 33, v0-2, flexible v2+. */
struct kw_alter_configs_response_resource {
    int16_t error_code;
    struct mr_str error_message; /* may be null */
    int8_t resource_type;
    struct mr_str resource_name;
};
struct kw_alter_configs_response {
    int32_t throttle_time_ms;
    struct kw_alter_configs_response_resource *responses;
    int32_t responses_count;
};
void kw_alter_configs_response_resource_init(struct kw_alter_configs_response_resource *m);
void kw_alter_configs_response_init(struct kw_alter_configs_response *m);
int kw_alter_configs_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_alter_configs_response *ret);
void kw_alter_configs_response_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_alter_configs_response *m);
extern const struct kw_message kw_alter_configs_response_info;

#endif
