/* Written by net/wire/schema/gen.py from scram_credentials.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_SCRAM_CREDENTIALS_H
#define MR_WIRE_GEN_SCRAM_CREDENTIALS_H

#include "net/wire/message.h"

/* DescribeUserScramCredentialsRequest: key 50, v0, flexible v0+. */
struct kw_describe_user_scram_credentials_request_user {
    struct mr_str name;
};
struct kw_describe_user_scram_credentials_request {
    struct kw_describe_user_scram_credentials_request_user *users; /* may be null */
    int32_t users_count;
};
void kw_describe_user_scram_credentials_request_user_init(
    struct kw_describe_user_scram_credentials_request_user *m);
void kw_describe_user_scram_credentials_request_init(struct kw_describe_user_scram_credentials_request *m);
int kw_describe_user_scram_credentials_request_decode(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a,
                                                      struct kw_describe_user_scram_credentials_request *ret);
void kw_describe_user_scram_credentials_request_encode(struct kw_writer *w, int16_t version,
    const struct kw_describe_user_scram_credentials_request *m);
extern const struct kw_message kw_describe_user_scram_credentials_request_info;

/* DescribeUserScramCredentialsResponse: key 50, v0, flexible v0+. */
struct kw_describe_user_scram_credentials_response_credential {
    int8_t mechanism;
    int32_t iterations;
};
struct kw_describe_user_scram_credentials_response_result {
    struct mr_str user;
    int16_t error_code;
    struct mr_str error_message; /* may be null */
    struct kw_describe_user_scram_credentials_response_credential *credential_infos;
    int32_t credential_infos_count;
};
struct kw_describe_user_scram_credentials_response {
    int32_t throttle_time_ms;
    int16_t error_code;
    struct mr_str error_message; /* may be null */
    struct kw_describe_user_scram_credentials_response_result *results;
    int32_t results_count;
};
void kw_describe_user_scram_credentials_response_credential_init(
    struct kw_describe_user_scram_credentials_response_credential *m);
void kw_describe_user_scram_credentials_response_result_init(
    struct kw_describe_user_scram_credentials_response_result *m);
void kw_describe_user_scram_credentials_response_init(struct kw_describe_user_scram_credentials_response *m);
int kw_describe_user_scram_credentials_response_decode(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_describe_user_scram_credentials_response *ret);
void kw_describe_user_scram_credentials_response_encode(struct kw_writer *w, int16_t version,
    const struct kw_describe_user_scram_credentials_response *m);
extern const struct kw_message kw_describe_user_scram_credentials_response_info;

/* AlterUserScramCredentialsRequest: key 51, v0, flexible v0+. */
struct kw_alter_user_scram_credentials_request_upsertion {
    struct mr_str name;
    int8_t mechanism;
    int32_t iterations;
    struct mr_slice salt;
    struct mr_slice salted_password;
};
struct kw_alter_user_scram_credentials_request_deletion {
    struct mr_str name;
    int8_t mechanism;
};
struct kw_alter_user_scram_credentials_request {
    struct kw_alter_user_scram_credentials_request_deletion *deletions;
    int32_t deletions_count;
    struct kw_alter_user_scram_credentials_request_upsertion *upsertions;
    int32_t upsertions_count;
};
void kw_alter_user_scram_credentials_request_upsertion_init(
    struct kw_alter_user_scram_credentials_request_upsertion *m);
void kw_alter_user_scram_credentials_request_deletion_init(
    struct kw_alter_user_scram_credentials_request_deletion *m);
void kw_alter_user_scram_credentials_request_init(struct kw_alter_user_scram_credentials_request *m);
int kw_alter_user_scram_credentials_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   struct kw_alter_user_scram_credentials_request *ret);
void kw_alter_user_scram_credentials_request_encode(struct kw_writer *w, int16_t version,
                                                    const struct kw_alter_user_scram_credentials_request *m);
extern const struct kw_message kw_alter_user_scram_credentials_request_info;

/* AlterUserScramCredentialsResponse: key 51, v0, flexible v0+. */
struct kw_alter_user_scram_credentials_response_result {
    struct mr_str user;
    int16_t error_code;
    struct mr_str error_message; /* may be null */
};
struct kw_alter_user_scram_credentials_response {
    int32_t throttle_time_ms;
    struct kw_alter_user_scram_credentials_response_result *results;
    int32_t results_count;
};
void kw_alter_user_scram_credentials_response_result_init(
    struct kw_alter_user_scram_credentials_response_result *m);
void kw_alter_user_scram_credentials_response_init(struct kw_alter_user_scram_credentials_response *m);
int kw_alter_user_scram_credentials_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    struct kw_alter_user_scram_credentials_response *ret);
void kw_alter_user_scram_credentials_response_encode(struct kw_writer *w, int16_t version,
    const struct kw_alter_user_scram_credentials_response *m);
extern const struct kw_message kw_alter_user_scram_credentials_response_info;

#endif
