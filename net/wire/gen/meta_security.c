/* Written by net/wire/schema/gen.py from meta_security.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/meta_security.h"

void kw_delegation_token_record_init(struct kw_delegation_token_record *m)
{
    m->owner = KW_EMPTY_STRING;
    m->requester = KW_EMPTY_STRING;
    m->renewers = NULL;
    m->renewers_count = 0;
    m->issue_timestamp = 0;
    m->max_timestamp = 0;
    m->expiration_timestamp = 0;
    m->token_id = KW_EMPTY_STRING;
}

static void get_delegation_token_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_delegation_token_record *m)
{
    (void)version;
    m->owner = kw_get_string(r, true, false);
    m->requester = kw_get_string(r, true, false);
    m->renewers = kw_get_string_array(r, a, true, false, &m->renewers_count);
    m->issue_timestamp = kw_get_int64(r);
    m->max_timestamp = kw_get_int64(r);
    m->expiration_timestamp = kw_get_int64(r);
    m->token_id = kw_get_string(r, true, false);
    kw_skip_tags(r);
}

static void put_delegation_token_record(struct kw_writer *w, int16_t version,
                                        const struct kw_delegation_token_record *m)
{
    (void)version;
    kw_put_string(w, true, false, m->owner);
    kw_put_string(w, true, false, m->requester);
    kw_put_string_array(w, true, false, m->renewers, m->renewers_count);
    kw_put_int64(w, m->issue_timestamp);
    kw_put_int64(w, m->max_timestamp);
    kw_put_int64(w, m->expiration_timestamp);
    kw_put_string(w, true, false, m->token_id);
    kw_put_uvarint(w, 0);
}

int kw_delegation_token_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_delegation_token_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_delegation_token_record(r, version, a, ret);
    return r->err;
}

void kw_delegation_token_record_encode(struct kw_writer *w, int16_t version,
                                       const struct kw_delegation_token_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_delegation_token_record(w, version, m);
}

static void init_any_delegation_token_record(void *m) { kw_delegation_token_record_init(m); }

static int decode_any_delegation_token_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              void *ret)
{
    return kw_delegation_token_record_decode(r, version, a, ret);
}

static void encode_any_delegation_token_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_delegation_token_record_encode(w, version, m);
}

const struct kw_message kw_delegation_token_record_info = {
    .name = "DelegationTokenRecord",
    .kind = KW_RECORD,
    .key = 10,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_delegation_token_record),
    .init = init_any_delegation_token_record,
    .decode = decode_any_delegation_token_record,
    .encode = encode_any_delegation_token_record,
};

void kw_user_scram_credential_record_init(struct kw_user_scram_credential_record *m)
{
    m->name = KW_EMPTY_STRING;
    m->mechanism = 0;
    m->salt = KW_EMPTY_BYTES;
    m->stored_key = KW_EMPTY_BYTES;
    m->server_key = KW_EMPTY_BYTES;
    m->iterations = 0;
}

static void get_user_scram_credential_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_user_scram_credential_record *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->mechanism = kw_get_int8(r);
    m->salt = kw_get_bytes(r, true, false);
    m->stored_key = kw_get_bytes(r, true, false);
    m->server_key = kw_get_bytes(r, true, false);
    m->iterations = kw_get_int32(r);
    kw_skip_tags(r);
}

static void put_user_scram_credential_record(struct kw_writer *w, int16_t version,
                                             const struct kw_user_scram_credential_record *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_int8(w, m->mechanism);
    kw_put_bytes(w, true, false, m->salt);
    kw_put_bytes(w, true, false, m->stored_key);
    kw_put_bytes(w, true, false, m->server_key);
    kw_put_int32(w, m->iterations);
    kw_put_uvarint(w, 0);
}

int kw_user_scram_credential_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_user_scram_credential_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_user_scram_credential_record(r, version, a, ret);
    return r->err;
}

void kw_user_scram_credential_record_encode(struct kw_writer *w, int16_t version,
                                            const struct kw_user_scram_credential_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_user_scram_credential_record(w, version, m);
}

static void init_any_user_scram_credential_record(void *m) { kw_user_scram_credential_record_init(m); }

static int decode_any_user_scram_credential_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   void *ret)
{
    return kw_user_scram_credential_record_decode(r, version, a, ret);
}

static void encode_any_user_scram_credential_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_user_scram_credential_record_encode(w, version, m);
}

const struct kw_message kw_user_scram_credential_record_info = {
    .name = "UserScramCredentialRecord",
    .kind = KW_RECORD,
    .key = 11,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_user_scram_credential_record),
    .init = init_any_user_scram_credential_record,
    .decode = decode_any_user_scram_credential_record,
    .encode = encode_any_user_scram_credential_record,
};

void kw_access_control_entry_record_init(struct kw_access_control_entry_record *m)
{
    m->id = (struct mr_uuid){{0}};
    m->resource_type = 0;
    m->resource_name = KW_EMPTY_STRING;
    m->pattern_type = 0;
    m->principal = KW_EMPTY_STRING;
    m->host = KW_EMPTY_STRING;
    m->operation = 0;
    m->permission_type = 0;
}

static void get_access_control_entry_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_access_control_entry_record *m)
{
    (void)a;
    (void)version;
    m->id = kw_get_uuid(r);
    m->resource_type = kw_get_int8(r);
    m->resource_name = kw_get_string(r, true, false);
    m->pattern_type = kw_get_int8(r);
    m->principal = kw_get_string(r, true, false);
    m->host = kw_get_string(r, true, false);
    m->operation = kw_get_int8(r);
    m->permission_type = kw_get_int8(r);
    kw_skip_tags(r);
}

static void put_access_control_entry_record(struct kw_writer *w, int16_t version,
                                            const struct kw_access_control_entry_record *m)
{
    (void)version;
    kw_put_uuid(w, m->id);
    kw_put_int8(w, m->resource_type);
    kw_put_string(w, true, false, m->resource_name);
    kw_put_int8(w, m->pattern_type);
    kw_put_string(w, true, false, m->principal);
    kw_put_string(w, true, false, m->host);
    kw_put_int8(w, m->operation);
    kw_put_int8(w, m->permission_type);
    kw_put_uvarint(w, 0);
}

int kw_access_control_entry_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_access_control_entry_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_access_control_entry_record(r, version, a, ret);
    return r->err;
}

void kw_access_control_entry_record_encode(struct kw_writer *w, int16_t version,
                                           const struct kw_access_control_entry_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_access_control_entry_record(w, version, m);
}

static void init_any_access_control_entry_record(void *m) { kw_access_control_entry_record_init(m); }

static int decode_any_access_control_entry_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  void *ret)
{
    return kw_access_control_entry_record_decode(r, version, a, ret);
}

static void encode_any_access_control_entry_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_access_control_entry_record_encode(w, version, m);
}

const struct kw_message kw_access_control_entry_record_info = {
    .name = "AccessControlEntryRecord",
    .kind = KW_RECORD,
    .key = 18,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_access_control_entry_record),
    .init = init_any_access_control_entry_record,
    .decode = decode_any_access_control_entry_record,
    .encode = encode_any_access_control_entry_record,
};

void kw_remove_access_control_entry_record_init(struct kw_remove_access_control_entry_record *m)
{
    m->id = (struct mr_uuid){{0}};
}

static void get_remove_access_control_entry_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   struct kw_remove_access_control_entry_record *m)
{
    (void)a;
    (void)version;
    m->id = kw_get_uuid(r);
    kw_skip_tags(r);
}

static void put_remove_access_control_entry_record(struct kw_writer *w, int16_t version,
                                                   const struct kw_remove_access_control_entry_record *m)
{
    (void)version;
    kw_put_uuid(w, m->id);
    kw_put_uvarint(w, 0);
}

int kw_remove_access_control_entry_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_remove_access_control_entry_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_remove_access_control_entry_record(r, version, a, ret);
    return r->err;
}

void kw_remove_access_control_entry_record_encode(struct kw_writer *w, int16_t version,
                                                  const struct kw_remove_access_control_entry_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_remove_access_control_entry_record(w, version, m);
}

static void init_any_remove_access_control_entry_record(
    void *m) { kw_remove_access_control_entry_record_init(m); }

static int decode_any_remove_access_control_entry_record(struct kw_reader *r, int16_t version,
                                                         struct mr_arena *a, void *ret)
{
    return kw_remove_access_control_entry_record_decode(r, version, a, ret);
}

static void encode_any_remove_access_control_entry_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_remove_access_control_entry_record_encode(w, version, m);
}

const struct kw_message kw_remove_access_control_entry_record_info = {
    .name = "RemoveAccessControlEntryRecord",
    .kind = KW_RECORD,
    .key = 19,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_remove_access_control_entry_record),
    .init = init_any_remove_access_control_entry_record,
    .decode = decode_any_remove_access_control_entry_record,
    .encode = encode_any_remove_access_control_entry_record,
};

void kw_remove_user_scram_credential_record_init(struct kw_remove_user_scram_credential_record *m)
{
    m->name = KW_EMPTY_STRING;
    m->mechanism = 0;
}

static void get_remove_user_scram_credential_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    struct kw_remove_user_scram_credential_record *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->mechanism = kw_get_int8(r);
    kw_skip_tags(r);
}

static void put_remove_user_scram_credential_record(struct kw_writer *w, int16_t version,
                                                    const struct kw_remove_user_scram_credential_record *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_int8(w, m->mechanism);
    kw_put_uvarint(w, 0);
}

int kw_remove_user_scram_credential_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  struct kw_remove_user_scram_credential_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_remove_user_scram_credential_record(r, version, a, ret);
    return r->err;
}

void kw_remove_user_scram_credential_record_encode(struct kw_writer *w, int16_t version,
                                                   const struct kw_remove_user_scram_credential_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_remove_user_scram_credential_record(w, version, m);
}

static void init_any_remove_user_scram_credential_record(
    void *m) { kw_remove_user_scram_credential_record_init(m); }

static int decode_any_remove_user_scram_credential_record(struct kw_reader *r, int16_t version,
                                                          struct mr_arena *a, void *ret)
{
    return kw_remove_user_scram_credential_record_decode(r, version, a, ret);
}

static void encode_any_remove_user_scram_credential_record(struct kw_writer *w, int16_t version,
                                                           const void *m)
{
    kw_remove_user_scram_credential_record_encode(w, version, m);
}

const struct kw_message kw_remove_user_scram_credential_record_info = {
    .name = "RemoveUserScramCredentialRecord",
    .kind = KW_RECORD,
    .key = 22,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_remove_user_scram_credential_record),
    .init = init_any_remove_user_scram_credential_record,
    .decode = decode_any_remove_user_scram_credential_record,
    .encode = encode_any_remove_user_scram_credential_record,
};

void kw_remove_delegation_token_record_init(struct kw_remove_delegation_token_record *m)
{
    m->token_id = KW_EMPTY_STRING;
}

static void get_remove_delegation_token_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_remove_delegation_token_record *m)
{
    (void)a;
    (void)version;
    m->token_id = kw_get_string(r, true, false);
    kw_skip_tags(r);
}

static void put_remove_delegation_token_record(struct kw_writer *w, int16_t version,
                                               const struct kw_remove_delegation_token_record *m)
{
    (void)version;
    kw_put_string(w, true, false, m->token_id);
    kw_put_uvarint(w, 0);
}

int kw_remove_delegation_token_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_remove_delegation_token_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_remove_delegation_token_record(r, version, a, ret);
    return r->err;
}

void kw_remove_delegation_token_record_encode(struct kw_writer *w, int16_t version,
                                              const struct kw_remove_delegation_token_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_remove_delegation_token_record(w, version, m);
}

static void init_any_remove_delegation_token_record(void *m) { kw_remove_delegation_token_record_init(m); }

static int decode_any_remove_delegation_token_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     void *ret)
{
    return kw_remove_delegation_token_record_decode(r, version, a, ret);
}

static void encode_any_remove_delegation_token_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_remove_delegation_token_record_encode(w, version, m);
}

const struct kw_message kw_remove_delegation_token_record_info = {
    .name = "RemoveDelegationTokenRecord",
    .kind = KW_RECORD,
    .key = 26,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_remove_delegation_token_record),
    .init = init_any_remove_delegation_token_record,
    .decode = decode_any_remove_delegation_token_record,
    .encode = encode_any_remove_delegation_token_record,
};
