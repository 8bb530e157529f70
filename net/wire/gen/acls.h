/* Written by net/wire/schema/gen.py from acls.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_ACLS_H
#define MR_WIRE_GEN_ACLS_H

#include "net/wire/message.h"

/* DescribeAclsRequest: key 29, v1-3, flexible v2+. */
struct kw_describe_acls_request {
    int8_t resource_type_filter;
    struct mr_str resource_name_filter; /* may be null */
    int8_t pattern_type_filter; /* default 3 */
    struct mr_str principal_filter; /* may be null */
    struct mr_str host_filter; /* may be null */
    int8_t operation;
    int8_t permission_type;
};
void kw_describe_acls_request_init(struct kw_describe_acls_request *m);
int kw_describe_acls_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_describe_acls_request *ret);
void kw_describe_acls_request_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_describe_acls_request *m);
extern const struct kw_message kw_describe_acls_request_info;

/* DescribeAclsResponse: key 29, v1-3, flexible v2+. */
struct kw_describe_acls_response_acl {
    struct mr_str principal;
    struct mr_str host;
    int8_t operation;
    int8_t permission_type;
};
struct kw_describe_acls_response_resource {
    int8_t resource_type;
    struct mr_str resource_name;
    int8_t pattern_type; /* default 3 */
    struct kw_describe_acls_response_acl *acls;
    int32_t acls_count;
};
struct kw_describe_acls_response {
    int32_t throttle_time_ms;
    int16_t error_code;
    struct mr_str error_message; /* may be null */
    struct kw_describe_acls_response_resource *resources;
    int32_t resources_count;
};
void kw_describe_acls_response_acl_init(struct kw_describe_acls_response_acl *m);
void kw_describe_acls_response_resource_init(struct kw_describe_acls_response_resource *m);
void kw_describe_acls_response_init(struct kw_describe_acls_response *m);
int kw_describe_acls_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_describe_acls_response *ret);
void kw_describe_acls_response_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_describe_acls_response *m);
extern const struct kw_message kw_describe_acls_response_info;

/* CreateAclsRequest: key 30, v1-3, flexible v2+. */
struct kw_create_acls_request_creation {
    int8_t resource_type;
    struct mr_str resource_name;
    int8_t resource_pattern_type; /* default 3 */
    struct mr_str principal;
    struct mr_str host;
    int8_t operation;
    int8_t permission_type;
};
struct kw_create_acls_request {
    struct kw_create_acls_request_creation *creations;
    int32_t creations_count;
};
void kw_create_acls_request_creation_init(struct kw_create_acls_request_creation *m);
void kw_create_acls_request_init(struct kw_create_acls_request *m);
int kw_create_acls_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_create_acls_request *ret);
void kw_create_acls_request_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_create_acls_request *m);
extern const struct kw_message kw_create_acls_request_info;

/* CreateAclsResponse: key 30, v1-3, flexible v2+. */
struct kw_create_acls_response_result {
    int16_t error_code;
    struct mr_str error_message; /* may be null */
};
struct kw_create_acls_response {
    int32_t throttle_time_ms;
    struct kw_create_acls_response_result *results;
    int32_t results_count;
};
void kw_create_acls_response_result_init(struct kw_create_acls_response_result *m);
void kw_create_acls_response_init(struct kw_create_acls_response *m);
int kw_create_acls_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_create_acls_response *ret);
void kw_create_acls_response_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_create_acls_response *m);
extern const struct kw_message kw_create_acls_response_info;

/* DeleteAclsRequest: key 31, v1-3, flexible v2+. */
struct kw_delete_acls_request_filter {
    int8_t resource_type_filter;
    struct mr_str resource_name_filter; /* may be null */
    int8_t pattern_type_filter; /* default 3 */
    struct mr_str principal_filter; /* may be null */
    struct mr_str host_filter; /* may be null */
    int8_t operation;
    int8_t permission_type;
};
struct kw_delete_acls_request {
    struct kw_delete_acls_request_filter *filters;
    int32_t filters_count;
};
void kw_delete_acls_request_filter_init(struct kw_delete_acls_request_filter *m);
void kw_delete_acls_request_init(struct kw_delete_acls_request *m);
int kw_delete_acls_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_delete_acls_request *ret);
void kw_delete_acls_request_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_delete_acls_request *m);
extern const struct kw_message kw_delete_acls_request_info;

/* DeleteAclsResponse: key 31, v1-3, flexible v2+. */
struct kw_delete_acls_response_acl {
    int16_t error_code;
    struct mr_str error_message; /* may be null */
    int8_t resource_type;
    struct mr_str resource_name;
    int8_t pattern_type; /* default 3 */
    struct mr_str principal;
    struct mr_str host;
    int8_t operation;
    int8_t permission_type;
};
struct kw_delete_acls_response_result {
    int16_t error_code;
    struct mr_str error_message; /* may be null */
    struct kw_delete_acls_response_acl *matching_acls;
    int32_t matching_acls_count;
};
struct kw_delete_acls_response {
    int32_t throttle_time_ms;
    struct kw_delete_acls_response_result *filter_results;
    int32_t filter_results_count;
};
void kw_delete_acls_response_acl_init(struct kw_delete_acls_response_acl *m);
void kw_delete_acls_response_result_init(struct kw_delete_acls_response_result *m);
void kw_delete_acls_response_init(struct kw_delete_acls_response *m);
int kw_delete_acls_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_delete_acls_response *ret);
void kw_delete_acls_response_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_delete_acls_response *m);
extern const struct kw_message kw_delete_acls_response_info;

#endif
