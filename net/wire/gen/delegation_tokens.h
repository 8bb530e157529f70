/* Written by net/wire/schema/gen.py from delegation_tokens.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_DELEGATION_TOKENS_H
#define MR_WIRE_GEN_DELEGATION_TOKENS_H

#include "net/wire/message.h"

/* CreateDelegationTokenRequest: key 38, v1-3, flexible v2+. */
struct kw_create_delegation_token_request_renewer {
    struct mr_str principal_type;
    struct mr_str principal_name;
};
struct kw_create_delegation_token_request {
    struct mr_str owner_principal_type; /* v3+, may be null */
    struct mr_str owner_principal_name; /* v3+, may be null */
    struct kw_create_delegation_token_request_renewer *renewers;
    int32_t renewers_count;
    int64_t max_lifetime_ms;
};
void kw_create_delegation_token_request_renewer_init(struct kw_create_delegation_token_request_renewer *m);
void kw_create_delegation_token_request_init(struct kw_create_delegation_token_request *m);
int kw_create_delegation_token_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_create_delegation_token_request *ret);
void kw_create_delegation_token_request_encode(struct kw_writer *w, int16_t version,
                                               const struct kw_create_delegation_token_request *m);
extern const struct kw_message kw_create_delegation_token_request_info;

/* CreateDelegationTokenResponse: key 38, v1-3, flexible v2+. */
struct kw_create_delegation_token_response {
    int16_t error_code;
    struct mr_str principal_type;
    struct mr_str principal_name;
    struct mr_str token_requester_principal_type; /* v3+ */
    struct mr_str token_requester_principal_name; /* v3+ */
    int64_t issue_timestamp_ms;
    int64_t expiry_timestamp_ms;
    int64_t max_timestamp_ms;
    struct mr_str token_id;
    struct mr_slice hmac;
    int32_t throttle_time_ms;
};
void kw_create_delegation_token_response_init(struct kw_create_delegation_token_response *m);
int kw_create_delegation_token_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_create_delegation_token_response *ret);
void kw_create_delegation_token_response_encode(struct kw_writer *w, int16_t version,
                                                const struct kw_create_delegation_token_response *m);
extern const struct kw_message kw_create_delegation_token_response_info;

/* RenewDelegationTokenRequest: key 39, v1-2, flexible v2+. */
struct kw_renew_delegation_token_request {
    struct mr_slice hmac;
    int64_t renew_period_ms;
};
void kw_renew_delegation_token_request_init(struct kw_renew_delegation_token_request *m);
int kw_renew_delegation_token_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_renew_delegation_token_request *ret);
void kw_renew_delegation_token_request_encode(struct kw_writer *w, int16_t version,
                                              const struct kw_renew_delegation_token_request *m);
extern const struct kw_message kw_renew_delegation_token_request_info;

/* RenewDelegationTokenResponse: key 39, v1-2, flexible v2+. */
struct kw_renew_delegation_token_response {
    int16_t error_code;
    int64_t expiry_timestamp_ms;
    int32_t throttle_time_ms;
};
void kw_renew_delegation_token_response_init(struct kw_renew_delegation_token_response *m);
int kw_renew_delegation_token_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_renew_delegation_token_response *ret);
void kw_renew_delegation_token_response_encode(struct kw_writer *w, int16_t version,
                                               const struct kw_renew_delegation_token_response *m);
extern const struct kw_message kw_renew_delegation_token_response_info;

/* ExpireDelegationTokenRequest: key 40, v1-2, flexible v2+. */
struct kw_expire_delegation_token_request {
    struct mr_slice hmac;
    int64_t expiry_time_period_ms;
};
void kw_expire_delegation_token_request_init(struct kw_expire_delegation_token_request *m);
int kw_expire_delegation_token_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_expire_delegation_token_request *ret);
void kw_expire_delegation_token_request_encode(struct kw_writer *w, int16_t version,
                                               const struct kw_expire_delegation_token_request *m);
extern const struct kw_message kw_expire_delegation_token_request_info;

/* ExpireDelegationTokenResponse: key 40, v1-2, flexible v2+. */
struct kw_expire_delegation_token_response {
    int16_t error_code;
    int64_t expiry_timestamp_ms;
    int32_t throttle_time_ms;
};
void kw_expire_delegation_token_response_init(struct kw_expire_delegation_token_response *m);
int kw_expire_delegation_token_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_expire_delegation_token_response *ret);
void kw_expire_delegation_token_response_encode(struct kw_writer *w, int16_t version,
                                                const struct kw_expire_delegation_token_response *m);
extern const struct kw_message kw_expire_delegation_token_response_info;

/* DescribeDelegationTokenRequest: key 41, v1-3, flexible v2+. */
struct kw_describe_delegation_token_request_owner {
    struct mr_str principal_type;
    struct mr_str principal_name;
};
struct kw_describe_delegation_token_request {
    struct kw_describe_delegation_token_request_owner *owners; /* may be null */
    int32_t owners_count;
};
void kw_describe_delegation_token_request_owner_init(struct kw_describe_delegation_token_request_owner *m);
void kw_describe_delegation_token_request_init(struct kw_describe_delegation_token_request *m);
int kw_describe_delegation_token_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_describe_delegation_token_request *ret);
void kw_describe_delegation_token_request_encode(struct kw_writer *w, int16_t version,
                                                 const struct kw_describe_delegation_token_request *m);
extern const struct kw_message kw_describe_delegation_token_request_info;

/* DescribeDelegationTokenResponse: key 41, v1-3, flexible v2+. */
struct kw_describe_delegation_token_response_renewer {
    struct mr_str principal_type;
    struct mr_str principal_name;
};
struct kw_describe_delegation_token_response_token {
    struct mr_str principal_type;
    struct mr_str principal_name;
    struct mr_str token_requester_principal_type; /* v3+ */
    struct mr_str token_requester_principal_name; /* v3+ */
    int64_t issue_timestamp;
    int64_t expiry_timestamp;
    int64_t max_timestamp;
    struct mr_str token_id;
    struct mr_slice hmac;
    struct kw_describe_delegation_token_response_renewer *renewers;
    int32_t renewers_count;
};
struct kw_describe_delegation_token_response {
    int16_t error_code;
    struct kw_describe_delegation_token_response_token *tokens;
    int32_t tokens_count;
    int32_t throttle_time_ms;
};
void kw_describe_delegation_token_response_renewer_init(
    struct kw_describe_delegation_token_response_renewer *m);
void kw_describe_delegation_token_response_token_init(struct kw_describe_delegation_token_response_token *m);
void kw_describe_delegation_token_response_init(struct kw_describe_delegation_token_response *m);
int kw_describe_delegation_token_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_describe_delegation_token_response *ret);
void kw_describe_delegation_token_response_encode(struct kw_writer *w, int16_t version,
                                                  const struct kw_describe_delegation_token_response *m);
extern const struct kw_message kw_describe_delegation_token_response_info;

#endif
