/* Written by net/wire/schema/gen.py from meta_security.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_META_SECURITY_H
#define MR_WIRE_GEN_META_SECURITY_H

#include "net/wire/message.h"

/* DelegationTokenRecord: key 10, v0, flexible v0+. */
struct kw_delegation_token_record {
    struct mr_str owner;
    struct mr_str requester;
    struct mr_str *renewers;
    int32_t renewers_count;
    int64_t issue_timestamp;
    int64_t max_timestamp;
    int64_t expiration_timestamp;
    struct mr_str token_id;
};
void kw_delegation_token_record_init(struct kw_delegation_token_record *m);
int kw_delegation_token_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_delegation_token_record *ret);
void kw_delegation_token_record_encode(struct kw_writer *w, int16_t version,
                                       const struct kw_delegation_token_record *m);
extern const struct kw_message kw_delegation_token_record_info;

/* UserScramCredentialRecord: key 11, v0, flexible v0+. */
struct kw_user_scram_credential_record {
    struct mr_str name;
    int8_t mechanism;
    struct mr_slice salt;
    struct mr_slice stored_key;
    struct mr_slice server_key;
    int32_t iterations;
};
void kw_user_scram_credential_record_init(struct kw_user_scram_credential_record *m);
int kw_user_scram_credential_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_user_scram_credential_record *ret);
void kw_user_scram_credential_record_encode(struct kw_writer *w, int16_t version,
                                            const struct kw_user_scram_credential_record *m);
extern const struct kw_message kw_user_scram_credential_record_info;

/* AccessControlEntryRecord: key 18, v0, flexible v0+. */
struct kw_access_control_entry_record {
    struct mr_uuid id;
    int8_t resource_type;
    struct mr_str resource_name;
    int8_t pattern_type;
    struct mr_str principal;
    struct mr_str host;
    int8_t operation;
    int8_t permission_type;
};
void kw_access_control_entry_record_init(struct kw_access_control_entry_record *m);
int kw_access_control_entry_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_access_control_entry_record *ret);
void kw_access_control_entry_record_encode(struct kw_writer *w, int16_t version,
                                           const struct kw_access_control_entry_record *m);
extern const struct kw_message kw_access_control_entry_record_info;

/* RemoveAccessControlEntryRecord: key 19, v0, flexible v0+. */
struct kw_remove_access_control_entry_record {
    struct mr_uuid id;
};
void kw_remove_access_control_entry_record_init(struct kw_remove_access_control_entry_record *m);
int kw_remove_access_control_entry_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_remove_access_control_entry_record *ret);
void kw_remove_access_control_entry_record_encode(struct kw_writer *w, int16_t version,
                                                  const struct kw_remove_access_control_entry_record *m);
extern const struct kw_message kw_remove_access_control_entry_record_info;

/* RemoveUserScramCredentialRecord: key 22, v0, flexible v0+. */
struct kw_remove_user_scram_credential_record {
    struct mr_str name;
    int8_t mechanism;
};
void kw_remove_user_scram_credential_record_init(struct kw_remove_user_scram_credential_record *m);
int kw_remove_user_scram_credential_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  struct kw_remove_user_scram_credential_record *ret);
void kw_remove_user_scram_credential_record_encode(struct kw_writer *w, int16_t version,
                                                   const struct kw_remove_user_scram_credential_record *m);
extern const struct kw_message kw_remove_user_scram_credential_record_info;

/* RemoveDelegationTokenRecord: key 26, v0, flexible v0+. */
struct kw_remove_delegation_token_record {
    struct mr_str token_id;
};
void kw_remove_delegation_token_record_init(struct kw_remove_delegation_token_record *m);
int kw_remove_delegation_token_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_remove_delegation_token_record *ret);
void kw_remove_delegation_token_record_encode(struct kw_writer *w, int16_t version,
                                              const struct kw_remove_delegation_token_record *m);
extern const struct kw_message kw_remove_delegation_token_record_info;

#endif
