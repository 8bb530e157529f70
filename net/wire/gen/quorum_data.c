/* Written by net/wire/schema/gen.py from quorum_data.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/quorum_data.h"

void kw_leader_change_message_voter_init(struct kw_leader_change_message_voter *m)
{
    m->voter_id = 0;
    m->voter_directory_id = (struct mr_uuid){{0}};
}

void kw_leader_change_message_init(struct kw_leader_change_message *m)
{
    m->version = 0;
    m->leader_id = 0;
    m->voters = NULL;
    m->voters_count = 0;
    m->granting_voters = NULL;
    m->granting_voters_count = 0;
}

static void get_leader_change_message_voter(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_leader_change_message_voter *m)
{
    (void)a;
    m->voter_id = kw_get_int32(r);
    m->voter_directory_id = version >= 1 ? kw_get_uuid(r) : (struct mr_uuid){{0}};
    kw_skip_tags(r);
}

static void get_leader_change_message(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_leader_change_message *m)
{
    m->version = kw_get_int16(r);
    m->leader_id = kw_get_int32(r);
    m->voters_count = kw_get_count(r, true, false, 5);
    m->voters = kw_get_items(r, a, m->voters_count, sizeof(*m->voters));
    for (int32_t i = 0; i < m->voters_count && r->err == 0; i++)
        get_leader_change_message_voter(r, version, a, &m->voters[i]);
    m->granting_voters_count = kw_get_count(r, true, false, 5);
    m->granting_voters = kw_get_items(r, a, m->granting_voters_count, sizeof(*m->granting_voters));
    for (int32_t i = 0; i < m->granting_voters_count && r->err == 0; i++)
        get_leader_change_message_voter(r, version, a, &m->granting_voters[i]);
    kw_skip_tags(r);
}

static void put_leader_change_message_voter(struct kw_writer *w, int16_t version,
                                            const struct kw_leader_change_message_voter *m)
{
    kw_put_int32(w, m->voter_id);
    if (version >= 1)
        kw_put_uuid(w, m->voter_directory_id);
    kw_put_uvarint(w, 0);
}

static void put_leader_change_message(struct kw_writer *w, int16_t version,
                                      const struct kw_leader_change_message *m)
{
    kw_put_int16(w, m->version);
    kw_put_int32(w, m->leader_id);
    kw_put_count(w, true, false, m->voters_count);
    for (int32_t i = 0; i < m->voters_count && w->err == 0; i++)
        put_leader_change_message_voter(w, version, &m->voters[i]);
    kw_put_count(w, true, false, m->granting_voters_count);
    for (int32_t i = 0; i < m->granting_voters_count && w->err == 0; i++)
        put_leader_change_message_voter(w, version, &m->granting_voters[i]);
    kw_put_uvarint(w, 0);
}

int kw_leader_change_message_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_leader_change_message *ret)
{
    if (version < 0 || version > 1)
        return -MR_E_VERSION;
    get_leader_change_message(r, version, a, ret);
    return r->err;
}

void kw_leader_change_message_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_leader_change_message *m)
{
    if (version < 0 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_leader_change_message(w, version, m);
}

static void init_any_leader_change_message(void *m) { kw_leader_change_message_init(m); }

static int decode_any_leader_change_message(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            void *ret)
{
    return kw_leader_change_message_decode(r, version, a, ret);
}

static void encode_any_leader_change_message(struct kw_writer *w, int16_t version, const void *m)
{
    kw_leader_change_message_encode(w, version, m);
}

const struct kw_message kw_leader_change_message_info = {
    .name = "LeaderChangeMessage",
    .kind = KW_DATA,
    .key = -1,
    .v_min = 0,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = 0,
    .size = sizeof(struct kw_leader_change_message),
    .init = init_any_leader_change_message,
    .decode = decode_any_leader_change_message,
    .encode = encode_any_leader_change_message,
};

void kw_snapshot_header_record_init(struct kw_snapshot_header_record *m)
{
    m->version = 0;
    m->last_contained_log_timestamp = 0;
}

static void get_snapshot_header_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_snapshot_header_record *m)
{
    (void)a;
    (void)version;
    m->version = kw_get_int16(r);
    m->last_contained_log_timestamp = kw_get_int64(r);
    kw_skip_tags(r);
}

static void put_snapshot_header_record(struct kw_writer *w, int16_t version,
                                       const struct kw_snapshot_header_record *m)
{
    (void)version;
    kw_put_int16(w, m->version);
    kw_put_int64(w, m->last_contained_log_timestamp);
    kw_put_uvarint(w, 0);
}

int kw_snapshot_header_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_snapshot_header_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_snapshot_header_record(r, version, a, ret);
    return r->err;
}

void kw_snapshot_header_record_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_snapshot_header_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_snapshot_header_record(w, version, m);
}

static void init_any_snapshot_header_record(void *m) { kw_snapshot_header_record_init(m); }

static int decode_any_snapshot_header_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             void *ret)
{
    return kw_snapshot_header_record_decode(r, version, a, ret);
}

static void encode_any_snapshot_header_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_snapshot_header_record_encode(w, version, m);
}

const struct kw_message kw_snapshot_header_record_info = {
    .name = "SnapshotHeaderRecord",
    .kind = KW_DATA,
    .key = -1,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_snapshot_header_record),
    .init = init_any_snapshot_header_record,
    .decode = decode_any_snapshot_header_record,
    .encode = encode_any_snapshot_header_record,
};

void kw_snapshot_footer_record_init(struct kw_snapshot_footer_record *m)
{
    m->version = 0;
}

static void get_snapshot_footer_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_snapshot_footer_record *m)
{
    (void)a;
    (void)version;
    m->version = kw_get_int16(r);
    kw_skip_tags(r);
}

static void put_snapshot_footer_record(struct kw_writer *w, int16_t version,
                                       const struct kw_snapshot_footer_record *m)
{
    (void)version;
    kw_put_int16(w, m->version);
    kw_put_uvarint(w, 0);
}

int kw_snapshot_footer_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_snapshot_footer_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_snapshot_footer_record(r, version, a, ret);
    return r->err;
}

void kw_snapshot_footer_record_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_snapshot_footer_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_snapshot_footer_record(w, version, m);
}

static void init_any_snapshot_footer_record(void *m) { kw_snapshot_footer_record_init(m); }

static int decode_any_snapshot_footer_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             void *ret)
{
    return kw_snapshot_footer_record_decode(r, version, a, ret);
}

static void encode_any_snapshot_footer_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_snapshot_footer_record_encode(w, version, m);
}

const struct kw_message kw_snapshot_footer_record_info = {
    .name = "SnapshotFooterRecord",
    .kind = KW_DATA,
    .key = -1,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_snapshot_footer_record),
    .init = init_any_snapshot_footer_record,
    .decode = decode_any_snapshot_footer_record,
    .encode = encode_any_snapshot_footer_record,
};

void kw_kraft_version_record_init(struct kw_kraft_version_record *m)
{
    m->version = 0;
    m->kraft_version = 0;
}

static void get_kraft_version_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_kraft_version_record *m)
{
    (void)a;
    (void)version;
    m->version = kw_get_int16(r);
    m->kraft_version = kw_get_int16(r);
    kw_skip_tags(r);
}

static void put_kraft_version_record(struct kw_writer *w, int16_t version,
                                     const struct kw_kraft_version_record *m)
{
    (void)version;
    kw_put_int16(w, m->version);
    kw_put_int16(w, m->kraft_version);
    kw_put_uvarint(w, 0);
}

int kw_kraft_version_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_kraft_version_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_kraft_version_record(r, version, a, ret);
    return r->err;
}

void kw_kraft_version_record_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_kraft_version_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_kraft_version_record(w, version, m);
}

static void init_any_kraft_version_record(void *m) { kw_kraft_version_record_init(m); }

static int decode_any_kraft_version_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           void *ret)
{
    return kw_kraft_version_record_decode(r, version, a, ret);
}

static void encode_any_kraft_version_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_kraft_version_record_encode(w, version, m);
}

const struct kw_message kw_kraft_version_record_info = {
    .name = "KRaftVersionRecord",
    .kind = KW_DATA,
    .key = -1,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_kraft_version_record),
    .init = init_any_kraft_version_record,
    .decode = decode_any_kraft_version_record,
    .encode = encode_any_kraft_version_record,
};

void kw_voters_record_kraft_version_feature_init(struct kw_voters_record_kraft_version_feature *m)
{
    m->min_supported_version = 0;
    m->max_supported_version = 0;
}

void kw_voters_record_endpoint_init(struct kw_voters_record_endpoint *m)
{
    m->name = KW_EMPTY_STRING;
    m->host = KW_EMPTY_STRING;
    m->port = 0;
}

void kw_voters_record_voter_init(struct kw_voters_record_voter *m)
{
    m->voter_id = 0;
    m->voter_directory_id = (struct mr_uuid){{0}};
    m->endpoints = NULL;
    m->endpoints_count = 0;
    kw_voters_record_kraft_version_feature_init(&m->kraft_version_feature);
}

void kw_voters_record_init(struct kw_voters_record *m)
{
    m->version = 0;
    m->voters = NULL;
    m->voters_count = 0;
}

static void get_voters_record_kraft_version_feature(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    struct kw_voters_record_kraft_version_feature *m)
{
    (void)a;
    (void)version;
    m->min_supported_version = kw_get_int16(r);
    m->max_supported_version = kw_get_int16(r);
    kw_skip_tags(r);
}

static void get_voters_record_endpoint(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_voters_record_endpoint *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->host = kw_get_string(r, true, false);
    m->port = kw_get_uint16(r);
    kw_skip_tags(r);
}

static void get_voters_record_voter(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_voters_record_voter *m)
{
    m->voter_id = kw_get_int32(r);
    m->voter_directory_id = kw_get_uuid(r);
    m->endpoints_count = kw_get_count(r, true, false, 5);
    m->endpoints = kw_get_items(r, a, m->endpoints_count, sizeof(*m->endpoints));
    for (int32_t i = 0; i < m->endpoints_count && r->err == 0; i++)
        get_voters_record_endpoint(r, version, a, &m->endpoints[i]);
    get_voters_record_kraft_version_feature(r, version, a, &m->kraft_version_feature);
    kw_skip_tags(r);
}

static void get_voters_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                              struct kw_voters_record *m)
{
    m->version = kw_get_int16(r);
    m->voters_count = kw_get_count(r, true, false, 27);
    m->voters = kw_get_items(r, a, m->voters_count, sizeof(*m->voters));
    for (int32_t i = 0; i < m->voters_count && r->err == 0; i++)
        get_voters_record_voter(r, version, a, &m->voters[i]);
    kw_skip_tags(r);
}

static void put_voters_record_kraft_version_feature(struct kw_writer *w, int16_t version,
                                                    const struct kw_voters_record_kraft_version_feature *m)
{
    (void)version;
    kw_put_int16(w, m->min_supported_version);
    kw_put_int16(w, m->max_supported_version);
    kw_put_uvarint(w, 0);
}

static void put_voters_record_endpoint(struct kw_writer *w, int16_t version,
                                       const struct kw_voters_record_endpoint *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_string(w, true, false, m->host);
    kw_put_uint16(w, m->port);
    kw_put_uvarint(w, 0);
}

static void put_voters_record_voter(struct kw_writer *w, int16_t version,
                                    const struct kw_voters_record_voter *m)
{
    kw_put_int32(w, m->voter_id);
    kw_put_uuid(w, m->voter_directory_id);
    kw_put_count(w, true, false, m->endpoints_count);
    for (int32_t i = 0; i < m->endpoints_count && w->err == 0; i++)
        put_voters_record_endpoint(w, version, &m->endpoints[i]);
    put_voters_record_kraft_version_feature(w, version, &m->kraft_version_feature);
    kw_put_uvarint(w, 0);
}

static void put_voters_record(struct kw_writer *w, int16_t version, const struct kw_voters_record *m)
{
    kw_put_int16(w, m->version);
    kw_put_count(w, true, false, m->voters_count);
    for (int32_t i = 0; i < m->voters_count && w->err == 0; i++)
        put_voters_record_voter(w, version, &m->voters[i]);
    kw_put_uvarint(w, 0);
}

int kw_voters_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                            struct kw_voters_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_voters_record(r, version, a, ret);
    return r->err;
}

void kw_voters_record_encode(struct kw_writer *w, int16_t version, const struct kw_voters_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_voters_record(w, version, m);
}

static void init_any_voters_record(void *m) { kw_voters_record_init(m); }

static int decode_any_voters_record(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_voters_record_decode(r, version, a, ret);
}

static void encode_any_voters_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_voters_record_encode(w, version, m);
}

const struct kw_message kw_voters_record_info = {
    .name = "VotersRecord",
    .kind = KW_DATA,
    .key = -1,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_voters_record),
    .init = init_any_voters_record,
    .decode = decode_any_voters_record,
    .encode = encode_any_voters_record,
};
