/* Written by net/wire/schema/gen.py from client_quotas.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_CLIENT_QUOTAS_H
#define MR_WIRE_GEN_CLIENT_QUOTAS_H

#include "net/wire/message.h"

/* DescribeClientQuotasRequest: key 48, v0-1, flexible v1+. */
struct kw_describe_client_quotas_request_component {
    struct mr_str entity_type;
    int8_t match_type;
    struct mr_str match; /* may be null */
};
struct kw_describe_client_quotas_request {
    struct kw_describe_client_quotas_request_component *components;
    int32_t components_count;
    bool strict;
};
void kw_describe_client_quotas_request_component_init(struct kw_describe_client_quotas_request_component *m);
void kw_describe_client_quotas_request_init(struct kw_describe_client_quotas_request *m);
int kw_describe_client_quotas_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_describe_client_quotas_request *ret);
void kw_describe_client_quotas_request_encode(struct kw_writer *w, int16_t version,
                                              const struct kw_describe_client_quotas_request *m);
extern const struct kw_message kw_describe_client_quotas_request_info;

/* DescribeClientQuotasResponse: key 48, v0-1, flexible v1+. */
struct kw_describe_client_quotas_response_value {
    struct mr_str key;
    double value;
};
struct kw_describe_client_quotas_response_entity {
    struct mr_str entity_type;
    struct mr_str entity_name; /* may be null */
};
struct kw_describe_client_quotas_response_entry {
    struct kw_describe_client_quotas_response_entity *entity;
    int32_t entity_count;
    struct kw_describe_client_quotas_response_value *values;
    int32_t values_count;
};
struct kw_describe_client_quotas_response {
    int32_t throttle_time_ms;
    int16_t error_code;
    struct mr_str error_message; /* may be null */
    struct kw_describe_client_quotas_response_entry *entries; /* may be null */
    int32_t entries_count;
};
void kw_describe_client_quotas_response_value_init(struct kw_describe_client_quotas_response_value *m);
void kw_describe_client_quotas_response_entity_init(struct kw_describe_client_quotas_response_entity *m);
void kw_describe_client_quotas_response_entry_init(struct kw_describe_client_quotas_response_entry *m);
void kw_describe_client_quotas_response_init(struct kw_describe_client_quotas_response *m);
int kw_describe_client_quotas_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_describe_client_quotas_response *ret);
void kw_describe_client_quotas_response_encode(struct kw_writer *w, int16_t version,
                                               const struct kw_describe_client_quotas_response *m);
extern const struct kw_message kw_describe_client_quotas_response_info;

/* AlterClientQuotasRequest: key 49, v0-1, flexible v1+. */
struct kw_alter_client_quotas_request_op {
    struct mr_str key;
    double value;
    bool remove;
};
struct kw_alter_client_quotas_request_entity {
    struct mr_str entity_type;
    struct mr_str entity_name; /* may be null */
};
struct kw_alter_client_quotas_request_entry {
    struct kw_alter_client_quotas_request_entity *entity;
    int32_t entity_count;
    struct kw_alter_client_quotas_request_op *ops;
    int32_t ops_count;
};
struct kw_alter_client_quotas_request {
    struct kw_alter_client_quotas_request_entry *entries;
    int32_t entries_count;
    bool validate_only;
};
void kw_alter_client_quotas_request_op_init(struct kw_alter_client_quotas_request_op *m);
void kw_alter_client_quotas_request_entity_init(struct kw_alter_client_quotas_request_entity *m);
void kw_alter_client_quotas_request_entry_init(struct kw_alter_client_quotas_request_entry *m);
void kw_alter_client_quotas_request_init(struct kw_alter_client_quotas_request *m);
int kw_alter_client_quotas_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_alter_client_quotas_request *ret);
void kw_alter_client_quotas_request_encode(struct kw_writer *w, int16_t version,
                                           const struct kw_alter_client_quotas_request *m);
extern const struct kw_message kw_alter_client_quotas_request_info;

/* AlterClientQuotasResponse: key 49, v0-1, flexible v1+. */
struct kw_alter_client_quotas_response_entity {
    struct mr_str entity_type;
    struct mr_str entity_name; /* may be null */
};
struct kw_alter_client_quotas_response_entry {
    int16_t error_code;
    struct mr_str error_message; /* may be null */
    struct kw_alter_client_quotas_response_entity *entity;
    int32_t entity_count;
};
struct kw_alter_client_quotas_response {
    int32_t throttle_time_ms;
    struct kw_alter_client_quotas_response_entry *entries;
    int32_t entries_count;
};
void kw_alter_client_quotas_response_entity_init(struct kw_alter_client_quotas_response_entity *m);
void kw_alter_client_quotas_response_entry_init(struct kw_alter_client_quotas_response_entry *m);
void kw_alter_client_quotas_response_init(struct kw_alter_client_quotas_response *m);
int kw_alter_client_quotas_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_alter_client_quotas_response *ret);
void kw_alter_client_quotas_response_encode(struct kw_writer *w, int16_t version,
                                            const struct kw_alter_client_quotas_response *m);
extern const struct kw_message kw_alter_client_quotas_response_info;

#endif
