/* Written by net/wire/schema/gen.py from describe_configs.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_DESCRIBE_CONFIGS_H
#define MR_WIRE_GEN_DESCRIBE_CONFIGS_H

#include "net/wire/message.h"

/* DescribeConfigsRequest: key 32, v1-4, flexible v4+. */
struct kw_describe_configs_request_resource {
    int8_t resource_type;
    struct mr_str resource_name;
    struct mr_str *configuration_keys; /* may be null */
    int32_t configuration_keys_count;
};
struct kw_describe_configs_request {
    struct kw_describe_configs_request_resource *resources;
    int32_t resources_count;
    bool include_synonyms;
    bool include_documentation; /* v3+ */
};
void kw_describe_configs_request_resource_init(struct kw_describe_configs_request_resource *m);
void kw_describe_configs_request_init(struct kw_describe_configs_request *m);
int kw_describe_configs_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_describe_configs_request *ret);
void kw_describe_configs_request_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_describe_configs_request *m);
extern const struct kw_message kw_describe_configs_request_info;

/* DescribeConfigsResponse: key 32, v1-4, flexible v4+. */
struct kw_describe_configs_response_synonym {
    struct mr_str name;
    struct mr_str value; /* may be null */
    int8_t source;
};
struct kw_describe_configs_response_config {
    struct mr_str name;
    struct mr_str value; /* may be null */
    bool read_only;
    int8_t config_source; /* default -1 */
    bool is_sensitive;
    struct kw_describe_configs_response_synonym *synonyms;
    int32_t synonyms_count;
    int8_t config_type; /* v3+ */
    struct mr_str documentation; /* v3+, may be null */
};
struct kw_describe_configs_response_result {
    int16_t error_code;
    struct mr_str error_message; /* may be null */
    int8_t resource_type;
    struct mr_str resource_name;
    struct kw_describe_configs_response_config *configs;
    int32_t configs_count;
};
struct kw_describe_configs_response {
    int32_t throttle_time_ms;
    struct kw_describe_configs_response_result *results;
    int32_t results_count;
};
void kw_describe_configs_response_synonym_init(struct kw_describe_configs_response_synonym *m);
void kw_describe_configs_response_config_init(struct kw_describe_configs_response_config *m);
void kw_describe_configs_response_result_init(struct kw_describe_configs_response_result *m);
void kw_describe_configs_response_init(struct kw_describe_configs_response *m);
int kw_describe_configs_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_describe_configs_response *ret);
void kw_describe_configs_response_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_describe_configs_response *m);
extern const struct kw_message kw_describe_configs_response_info;

#endif
