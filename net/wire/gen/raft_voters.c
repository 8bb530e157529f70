/* Written by net/wire/schema/gen.py from raft_voters.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/raft_voters.h"

void kw_add_raft_voter_request_listener_init(struct kw_add_raft_voter_request_listener *m)
{
    m->name = KW_EMPTY_STRING;
    m->host = KW_EMPTY_STRING;
    m->port = 0;
}

void kw_add_raft_voter_request_init(struct kw_add_raft_voter_request *m)
{
    m->cluster_id = KW_EMPTY_STRING;
    m->timeout_ms = 0;
    m->voter_id = 0;
    m->voter_directory_id = (struct mr_uuid){{0}};
    m->listeners = NULL;
    m->listeners_count = 0;
}

static void get_add_raft_voter_request_listener(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_add_raft_voter_request_listener *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->host = kw_get_string(r, true, false);
    m->port = kw_get_uint16(r);
    kw_skip_tags(r);
}

static void get_add_raft_voter_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_add_raft_voter_request *m)
{
    m->cluster_id = kw_get_string(r, true, true);
    m->timeout_ms = kw_get_int32(r);
    m->voter_id = kw_get_int32(r);
    m->voter_directory_id = kw_get_uuid(r);
    m->listeners_count = kw_get_count(r, true, false, 5);
    m->listeners = kw_get_items(r, a, m->listeners_count, sizeof(*m->listeners));
    for (int32_t i = 0; i < m->listeners_count && r->err == 0; i++)
        get_add_raft_voter_request_listener(r, version, a, &m->listeners[i]);
    kw_skip_tags(r);
}

static void put_add_raft_voter_request_listener(struct kw_writer *w, int16_t version,
                                                const struct kw_add_raft_voter_request_listener *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_string(w, true, false, m->host);
    kw_put_uint16(w, m->port);
    kw_put_uvarint(w, 0);
}

static void put_add_raft_voter_request(struct kw_writer *w, int16_t version,
                                       const struct kw_add_raft_voter_request *m)
{
    kw_put_string(w, true, true, m->cluster_id);
    kw_put_int32(w, m->timeout_ms);
    kw_put_int32(w, m->voter_id);
    kw_put_uuid(w, m->voter_directory_id);
    kw_put_count(w, true, false, m->listeners_count);
    for (int32_t i = 0; i < m->listeners_count && w->err == 0; i++)
        put_add_raft_voter_request_listener(w, version, &m->listeners[i]);
    kw_put_uvarint(w, 0);
}

int kw_add_raft_voter_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_add_raft_voter_request *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_add_raft_voter_request(r, version, a, ret);
    return r->err;
}

void kw_add_raft_voter_request_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_add_raft_voter_request *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_add_raft_voter_request(w, version, m);
}

static void init_any_add_raft_voter_request(void *m) { kw_add_raft_voter_request_init(m); }

static int decode_any_add_raft_voter_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             void *ret)
{
    return kw_add_raft_voter_request_decode(r, version, a, ret);
}

static void encode_any_add_raft_voter_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_add_raft_voter_request_encode(w, version, m);
}

const struct kw_message kw_add_raft_voter_request_info = {
    .name = "AddRaftVoterRequest",
    .kind = KW_REQUEST,
    .key = 80,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_add_raft_voter_request),
    .init = init_any_add_raft_voter_request,
    .decode = decode_any_add_raft_voter_request,
    .encode = encode_any_add_raft_voter_request,
};

void kw_add_raft_voter_response_init(struct kw_add_raft_voter_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
}

static void get_add_raft_voter_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_add_raft_voter_response *m)
{
    (void)a;
    (void)version;
    m->throttle_time_ms = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, true, true);
    kw_skip_tags(r);
}

static void put_add_raft_voter_response(struct kw_writer *w, int16_t version,
                                        const struct kw_add_raft_voter_response *m)
{
    (void)version;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, true, true, m->error_message);
    kw_put_uvarint(w, 0);
}

int kw_add_raft_voter_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_add_raft_voter_response *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_add_raft_voter_response(r, version, a, ret);
    return r->err;
}

void kw_add_raft_voter_response_encode(struct kw_writer *w, int16_t version,
                                       const struct kw_add_raft_voter_response *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_add_raft_voter_response(w, version, m);
}

static void init_any_add_raft_voter_response(void *m) { kw_add_raft_voter_response_init(m); }

static int decode_any_add_raft_voter_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              void *ret)
{
    return kw_add_raft_voter_response_decode(r, version, a, ret);
}

static void encode_any_add_raft_voter_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_add_raft_voter_response_encode(w, version, m);
}

const struct kw_message kw_add_raft_voter_response_info = {
    .name = "AddRaftVoterResponse",
    .kind = KW_RESPONSE,
    .key = 80,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_add_raft_voter_response),
    .init = init_any_add_raft_voter_response,
    .decode = decode_any_add_raft_voter_response,
    .encode = encode_any_add_raft_voter_response,
};

void kw_remove_raft_voter_request_init(struct kw_remove_raft_voter_request *m)
{
    m->cluster_id = KW_EMPTY_STRING;
    m->voter_id = 0;
    m->voter_directory_id = (struct mr_uuid){{0}};
}

static void get_remove_raft_voter_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_remove_raft_voter_request *m)
{
    (void)a;
    (void)version;
    m->cluster_id = kw_get_string(r, true, true);
    m->voter_id = kw_get_int32(r);
    m->voter_directory_id = kw_get_uuid(r);
    kw_skip_tags(r);
}

static void put_remove_raft_voter_request(struct kw_writer *w, int16_t version,
                                          const struct kw_remove_raft_voter_request *m)
{
    (void)version;
    kw_put_string(w, true, true, m->cluster_id);
    kw_put_int32(w, m->voter_id);
    kw_put_uuid(w, m->voter_directory_id);
    kw_put_uvarint(w, 0);
}

int kw_remove_raft_voter_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_remove_raft_voter_request *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_remove_raft_voter_request(r, version, a, ret);
    return r->err;
}

void kw_remove_raft_voter_request_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_remove_raft_voter_request *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_remove_raft_voter_request(w, version, m);
}

static void init_any_remove_raft_voter_request(void *m) { kw_remove_raft_voter_request_init(m); }

static int decode_any_remove_raft_voter_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                void *ret)
{
    return kw_remove_raft_voter_request_decode(r, version, a, ret);
}

static void encode_any_remove_raft_voter_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_remove_raft_voter_request_encode(w, version, m);
}

const struct kw_message kw_remove_raft_voter_request_info = {
    .name = "RemoveRaftVoterRequest",
    .kind = KW_REQUEST,
    .key = 81,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_remove_raft_voter_request),
    .init = init_any_remove_raft_voter_request,
    .decode = decode_any_remove_raft_voter_request,
    .encode = encode_any_remove_raft_voter_request,
};

void kw_remove_raft_voter_response_init(struct kw_remove_raft_voter_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
}

static void get_remove_raft_voter_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_remove_raft_voter_response *m)
{
    (void)a;
    (void)version;
    m->throttle_time_ms = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, true, true);
    kw_skip_tags(r);
}

static void put_remove_raft_voter_response(struct kw_writer *w, int16_t version,
                                           const struct kw_remove_raft_voter_response *m)
{
    (void)version;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, true, true, m->error_message);
    kw_put_uvarint(w, 0);
}

int kw_remove_raft_voter_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_remove_raft_voter_response *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_remove_raft_voter_response(r, version, a, ret);
    return r->err;
}

void kw_remove_raft_voter_response_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_remove_raft_voter_response *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_remove_raft_voter_response(w, version, m);
}

static void init_any_remove_raft_voter_response(void *m) { kw_remove_raft_voter_response_init(m); }

static int decode_any_remove_raft_voter_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 void *ret)
{
    return kw_remove_raft_voter_response_decode(r, version, a, ret);
}

static void encode_any_remove_raft_voter_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_remove_raft_voter_response_encode(w, version, m);
}

const struct kw_message kw_remove_raft_voter_response_info = {
    .name = "RemoveRaftVoterResponse",
    .kind = KW_RESPONSE,
    .key = 81,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_remove_raft_voter_response),
    .init = init_any_remove_raft_voter_response,
    .decode = decode_any_remove_raft_voter_response,
    .encode = encode_any_remove_raft_voter_response,
};
