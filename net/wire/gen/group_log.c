/* Written by net/wire/schema/gen.py from group_log.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/group_log.h"

void kw_offset_commit_key_init(struct kw_offset_commit_key *m)
{
    m->group = KW_EMPTY_STRING;
    m->topic = KW_EMPTY_STRING;
    m->partition = 0;
}

static void get_offset_commit_key(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_offset_commit_key *m)
{
    (void)a;
    (void)version;
    m->group = kw_get_string(r, false, false);
    m->topic = kw_get_string(r, false, false);
    m->partition = kw_get_int32(r);
}

static void put_offset_commit_key(struct kw_writer *w, int16_t version, const struct kw_offset_commit_key *m)
{
    (void)version;
    kw_put_string(w, false, false, m->group);
    kw_put_string(w, false, false, m->topic);
    kw_put_int32(w, m->partition);
}

int kw_offset_commit_key_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                struct kw_offset_commit_key *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_offset_commit_key(r, version, a, ret);
    return r->err;
}

void kw_offset_commit_key_encode(struct kw_writer *w, int16_t version, const struct kw_offset_commit_key *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_offset_commit_key(w, version, m);
}

static void init_any_offset_commit_key(void *m) { kw_offset_commit_key_init(m); }

static int decode_any_offset_commit_key(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_offset_commit_key_decode(r, version, a, ret);
}

static void encode_any_offset_commit_key(struct kw_writer *w, int16_t version, const void *m)
{
    kw_offset_commit_key_encode(w, version, m);
}

const struct kw_message kw_offset_commit_key_info = {
    .name = "OffsetCommitKey",
    .kind = KW_DATA,
    .key = 1,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = KW_NEVER,
    .size = sizeof(struct kw_offset_commit_key),
    .init = init_any_offset_commit_key,
    .decode = decode_any_offset_commit_key,
    .encode = encode_any_offset_commit_key,
};

void kw_offset_commit_value_init(struct kw_offset_commit_value *m)
{
    m->offset = 0;
    m->leader_epoch = -1;
    m->metadata = KW_EMPTY_STRING;
    m->commit_timestamp = 0;
    m->expire_timestamp = -1;
    m->topic_id = (struct mr_uuid){{0}};
}

static void get_offset_commit_value(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_offset_commit_value *m)
{
    const bool flex = version >= 4;
    (void)a;
    m->offset = kw_get_int64(r);
    m->leader_epoch = version >= 3 ? kw_get_int32(r) : -1;
    m->metadata = kw_get_string(r, flex, false);
    m->commit_timestamp = kw_get_int64(r);
    m->expire_timestamp = version >= 1 && version <= 1 ? kw_get_int64(r) : -1;
    m->topic_id = (struct mr_uuid){{0}};
    uint32_t tags = flex ? kw_get_tag_count(r) : 0;
    for (uint32_t t = 0; t < tags && r->err == 0; t++) {
        uint32_t tag;
        struct kw_reader payload = kw_get_tag(r, &tag);
        if (tag == 0) {
            m->topic_id = kw_get_uuid(&payload);
            kw_tag_done(r, &payload);
        }
    }
}

static void put_offset_commit_value(struct kw_writer *w, int16_t version,
                                    const struct kw_offset_commit_value *m)
{
    const bool flex = version >= 4;
    kw_put_int64(w, m->offset);
    if (version >= 3)
        kw_put_int32(w, m->leader_epoch);
    kw_put_string(w, flex, false, m->metadata);
    kw_put_int64(w, m->commit_timestamp);
    if (version >= 1 && version <= 1)
        kw_put_int64(w, m->expire_timestamp);
    if (flex) {
        const bool has_topic_id = !mr_uuid_is_zero(m->topic_id);
        kw_put_uvarint(w, has_topic_id);
        if (has_topic_id) {
            const size_t mark = kw_tag_begin(w, 0);
            kw_put_uuid(w, m->topic_id);
            kw_tag_end(w, mark);
        }
    }
}

int kw_offset_commit_value_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_offset_commit_value *ret)
{
    if (version < 0 || version > 4)
        return -MR_E_VERSION;
    get_offset_commit_value(r, version, a, ret);
    return r->err;
}

void kw_offset_commit_value_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_offset_commit_value *m)
{
    if (version < 0 || version > 4)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_offset_commit_value(w, version, m);
}

static void init_any_offset_commit_value(void *m) { kw_offset_commit_value_init(m); }

static int decode_any_offset_commit_value(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_offset_commit_value_decode(r, version, a, ret);
}

static void encode_any_offset_commit_value(struct kw_writer *w, int16_t version, const void *m)
{
    kw_offset_commit_value_encode(w, version, m);
}

const struct kw_message kw_offset_commit_value_info = {
    .name = "OffsetCommitValue",
    .kind = KW_DATA,
    .key = 1,
    .v_min = 0,
    .v_max = 4,
    .v_stable = 4,
    .flexible_from = 4,
    .size = sizeof(struct kw_offset_commit_value),
    .init = init_any_offset_commit_value,
    .decode = decode_any_offset_commit_value,
    .encode = encode_any_offset_commit_value,
};

void kw_group_metadata_key_init(struct kw_group_metadata_key *m)
{
    m->group = KW_EMPTY_STRING;
}

static void get_group_metadata_key(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_group_metadata_key *m)
{
    (void)a;
    (void)version;
    m->group = kw_get_string(r, false, false);
}

static void put_group_metadata_key(struct kw_writer *w, int16_t version,
                                   const struct kw_group_metadata_key *m)
{
    (void)version;
    kw_put_string(w, false, false, m->group);
}

int kw_group_metadata_key_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                 struct kw_group_metadata_key *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_group_metadata_key(r, version, a, ret);
    return r->err;
}

void kw_group_metadata_key_encode(struct kw_writer *w, int16_t version, const struct kw_group_metadata_key *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_group_metadata_key(w, version, m);
}

static void init_any_group_metadata_key(void *m) { kw_group_metadata_key_init(m); }

static int decode_any_group_metadata_key(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_group_metadata_key_decode(r, version, a, ret);
}

static void encode_any_group_metadata_key(struct kw_writer *w, int16_t version, const void *m)
{
    kw_group_metadata_key_encode(w, version, m);
}

const struct kw_message kw_group_metadata_key_info = {
    .name = "GroupMetadataKey",
    .kind = KW_DATA,
    .key = 2,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = KW_NEVER,
    .size = sizeof(struct kw_group_metadata_key),
    .init = init_any_group_metadata_key,
    .decode = decode_any_group_metadata_key,
    .encode = encode_any_group_metadata_key,
};

void kw_group_metadata_value_member_init(struct kw_group_metadata_value_member *m)
{
    m->member_id = KW_EMPTY_STRING;
    m->group_instance_id = (struct mr_str){NULL, 0};
    m->client_id = KW_EMPTY_STRING;
    m->client_host = KW_EMPTY_STRING;
    m->rebalance_timeout = -1;
    m->session_timeout = 0;
    m->subscription = KW_EMPTY_BYTES;
    m->assignment = KW_EMPTY_BYTES;
}

void kw_group_metadata_value_init(struct kw_group_metadata_value *m)
{
    m->protocol_type = KW_EMPTY_STRING;
    m->generation = 0;
    m->protocol = KW_EMPTY_STRING;
    m->leader = KW_EMPTY_STRING;
    m->current_state_timestamp = -1;
    m->members = NULL;
    m->members_count = 0;
}

static void get_group_metadata_value_member(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_group_metadata_value_member *m)
{
    const bool flex = version >= 4;
    (void)a;
    m->member_id = kw_get_string(r, flex, false);
    m->group_instance_id = version >= 3 ? kw_get_string(r, flex, true) : (struct mr_str){NULL, 0};
    m->client_id = kw_get_string(r, flex, false);
    m->client_host = kw_get_string(r, flex, false);
    m->rebalance_timeout = version >= 1 ? kw_get_int32(r) : -1;
    m->session_timeout = kw_get_int32(r);
    m->subscription = kw_get_bytes(r, flex, false);
    m->assignment = kw_get_bytes(r, flex, false);
    if (flex)
        kw_skip_tags(r);
}

static void get_group_metadata_value(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_group_metadata_value *m)
{
    const bool flex = version >= 4;
    m->protocol_type = kw_get_string(r, flex, false);
    m->generation = kw_get_int32(r);
    m->protocol = kw_get_string(r, flex, true);
    m->leader = kw_get_string(r, flex, true);
    m->current_state_timestamp = version >= 2 ? kw_get_int64(r) : -1;
    m->members_count = kw_get_count(r, flex, false, 15);
    m->members = kw_get_items(r, a, m->members_count, sizeof(*m->members));
    for (int32_t i = 0; i < m->members_count && r->err == 0; i++)
        get_group_metadata_value_member(r, version, a, &m->members[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_group_metadata_value_member(struct kw_writer *w, int16_t version,
                                            const struct kw_group_metadata_value_member *m)
{
    const bool flex = version >= 4;
    kw_put_string(w, flex, false, m->member_id);
    if (version >= 3)
        kw_put_string(w, flex, true, m->group_instance_id);
    kw_put_string(w, flex, false, m->client_id);
    kw_put_string(w, flex, false, m->client_host);
    if (version >= 1)
        kw_put_int32(w, m->rebalance_timeout);
    kw_put_int32(w, m->session_timeout);
    kw_put_bytes(w, flex, false, m->subscription);
    kw_put_bytes(w, flex, false, m->assignment);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_group_metadata_value(struct kw_writer *w, int16_t version,
                                     const struct kw_group_metadata_value *m)
{
    const bool flex = version >= 4;
    kw_put_string(w, flex, false, m->protocol_type);
    kw_put_int32(w, m->generation);
    kw_put_string(w, flex, true, m->protocol);
    kw_put_string(w, flex, true, m->leader);
    if (version >= 2)
        kw_put_int64(w, m->current_state_timestamp);
    kw_put_count(w, flex, false, m->members_count);
    for (int32_t i = 0; i < m->members_count && w->err == 0; i++)
        put_group_metadata_value_member(w, version, &m->members[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_group_metadata_value_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_group_metadata_value *ret)
{
    if (version < 0 || version > 4)
        return -MR_E_VERSION;
    get_group_metadata_value(r, version, a, ret);
    return r->err;
}

void kw_group_metadata_value_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_group_metadata_value *m)
{
    if (version < 0 || version > 4)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_group_metadata_value(w, version, m);
}

static void init_any_group_metadata_value(void *m) { kw_group_metadata_value_init(m); }

static int decode_any_group_metadata_value(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           void *ret)
{
    return kw_group_metadata_value_decode(r, version, a, ret);
}

static void encode_any_group_metadata_value(struct kw_writer *w, int16_t version, const void *m)
{
    kw_group_metadata_value_encode(w, version, m);
}

const struct kw_message kw_group_metadata_value_info = {
    .name = "GroupMetadataValue",
    .kind = KW_DATA,
    .key = 2,
    .v_min = 0,
    .v_max = 4,
    .v_stable = 4,
    .flexible_from = 4,
    .size = sizeof(struct kw_group_metadata_value),
    .init = init_any_group_metadata_value,
    .decode = decode_any_group_metadata_value,
    .encode = encode_any_group_metadata_value,
};
