/* Written by net/wire/schema/gen.py from meta_other.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/meta_other.h"

void kw_feature_level_record_init(struct kw_feature_level_record *m)
{
    m->name = KW_EMPTY_STRING;
    m->feature_level = 0;
}

static void get_feature_level_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_feature_level_record *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->feature_level = kw_get_int16(r);
    kw_skip_tags(r);
}

static void put_feature_level_record(struct kw_writer *w, int16_t version,
                                     const struct kw_feature_level_record *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_int16(w, m->feature_level);
    kw_put_uvarint(w, 0);
}

int kw_feature_level_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_feature_level_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_feature_level_record(r, version, a, ret);
    return r->err;
}

void kw_feature_level_record_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_feature_level_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_feature_level_record(w, version, m);
}

static void init_any_feature_level_record(void *m) { kw_feature_level_record_init(m); }

static int decode_any_feature_level_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           void *ret)
{
    return kw_feature_level_record_decode(r, version, a, ret);
}

static void encode_any_feature_level_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_feature_level_record_encode(w, version, m);
}

const struct kw_message kw_feature_level_record_info = {
    .name = "FeatureLevelRecord",
    .kind = KW_RECORD,
    .key = 12,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_feature_level_record),
    .init = init_any_feature_level_record,
    .decode = decode_any_feature_level_record,
    .encode = encode_any_feature_level_record,
};

void kw_client_quota_record_entity_init(struct kw_client_quota_record_entity *m)
{
    m->entity_type = KW_EMPTY_STRING;
    m->entity_name = KW_EMPTY_STRING;
}

void kw_client_quota_record_init(struct kw_client_quota_record *m)
{
    m->entity = NULL;
    m->entity_count = 0;
    m->key = KW_EMPTY_STRING;
    m->value = 0.0;
    m->remove = false;
}

static void get_client_quota_record_entity(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_client_quota_record_entity *m)
{
    (void)a;
    (void)version;
    m->entity_type = kw_get_string(r, true, false);
    m->entity_name = kw_get_string(r, true, true);
    kw_skip_tags(r);
}

static void get_client_quota_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_client_quota_record *m)
{
    m->entity_count = kw_get_count(r, true, false, 3);
    m->entity = kw_get_items(r, a, m->entity_count, sizeof(*m->entity));
    for (int32_t i = 0; i < m->entity_count && r->err == 0; i++)
        get_client_quota_record_entity(r, version, a, &m->entity[i]);
    m->key = kw_get_string(r, true, false);
    m->value = kw_get_float64(r);
    m->remove = kw_get_bool(r);
    kw_skip_tags(r);
}

static void put_client_quota_record_entity(struct kw_writer *w, int16_t version,
                                           const struct kw_client_quota_record_entity *m)
{
    (void)version;
    kw_put_string(w, true, false, m->entity_type);
    kw_put_string(w, true, true, m->entity_name);
    kw_put_uvarint(w, 0);
}

static void put_client_quota_record(struct kw_writer *w, int16_t version,
                                    const struct kw_client_quota_record *m)
{
    kw_put_count(w, true, false, m->entity_count);
    for (int32_t i = 0; i < m->entity_count && w->err == 0; i++)
        put_client_quota_record_entity(w, version, &m->entity[i]);
    kw_put_string(w, true, false, m->key);
    kw_put_float64(w, m->value);
    kw_put_bool(w, m->remove);
    kw_put_uvarint(w, 0);
}

int kw_client_quota_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_client_quota_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_client_quota_record(r, version, a, ret);
    return r->err;
}

void kw_client_quota_record_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_client_quota_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_client_quota_record(w, version, m);
}

static void init_any_client_quota_record(void *m) { kw_client_quota_record_init(m); }

static int decode_any_client_quota_record(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_client_quota_record_decode(r, version, a, ret);
}

static void encode_any_client_quota_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_client_quota_record_encode(w, version, m);
}

const struct kw_message kw_client_quota_record_info = {
    .name = "ClientQuotaRecord",
    .kind = KW_RECORD,
    .key = 14,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_client_quota_record),
    .init = init_any_client_quota_record,
    .decode = decode_any_client_quota_record,
    .encode = encode_any_client_quota_record,
};

void kw_producer_ids_record_init(struct kw_producer_ids_record *m)
{
    m->broker_id = 0;
    m->broker_epoch = -1;
    m->next_producer_id = 0;
}

static void get_producer_ids_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_producer_ids_record *m)
{
    (void)a;
    (void)version;
    m->broker_id = kw_get_int32(r);
    m->broker_epoch = kw_get_int64(r);
    m->next_producer_id = kw_get_int64(r);
    kw_skip_tags(r);
}

static void put_producer_ids_record(struct kw_writer *w, int16_t version,
                                    const struct kw_producer_ids_record *m)
{
    (void)version;
    kw_put_int32(w, m->broker_id);
    kw_put_int64(w, m->broker_epoch);
    kw_put_int64(w, m->next_producer_id);
    kw_put_uvarint(w, 0);
}

int kw_producer_ids_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_producer_ids_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_producer_ids_record(r, version, a, ret);
    return r->err;
}

void kw_producer_ids_record_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_producer_ids_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_producer_ids_record(w, version, m);
}

static void init_any_producer_ids_record(void *m) { kw_producer_ids_record_init(m); }

static int decode_any_producer_ids_record(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_producer_ids_record_decode(r, version, a, ret);
}

static void encode_any_producer_ids_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_producer_ids_record_encode(w, version, m);
}

const struct kw_message kw_producer_ids_record_info = {
    .name = "ProducerIdsRecord",
    .kind = KW_RECORD,
    .key = 15,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_producer_ids_record),
    .init = init_any_producer_ids_record,
    .decode = decode_any_producer_ids_record,
    .encode = encode_any_producer_ids_record,
};

void kw_no_op_record_init(struct kw_no_op_record *m)
{
    m->unused = 0;
}

static void get_no_op_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                             struct kw_no_op_record *m)
{
    (void)a;
    (void)version;
    m->unused = 0;
    kw_skip_tags(r);
}

static void put_no_op_record(struct kw_writer *w, int16_t version, const struct kw_no_op_record *m)
{
    (void)version;
    (void)m;
    kw_put_uvarint(w, 0);
}

int kw_no_op_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                           struct kw_no_op_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_no_op_record(r, version, a, ret);
    return r->err;
}

void kw_no_op_record_encode(struct kw_writer *w, int16_t version, const struct kw_no_op_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_no_op_record(w, version, m);
}

static void init_any_no_op_record(void *m) { kw_no_op_record_init(m); }

static int decode_any_no_op_record(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_no_op_record_decode(r, version, a, ret);
}

static void encode_any_no_op_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_no_op_record_encode(w, version, m);
}

const struct kw_message kw_no_op_record_info = {
    .name = "NoOpRecord",
    .kind = KW_RECORD,
    .key = 20,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_no_op_record),
    .init = init_any_no_op_record,
    .decode = decode_any_no_op_record,
    .encode = encode_any_no_op_record,
};

void kw_zk_migration_state_record_init(struct kw_zk_migration_state_record *m)
{
    m->zk_migration_state = 0;
}

static void get_zk_migration_state_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_zk_migration_state_record *m)
{
    (void)a;
    (void)version;
    m->zk_migration_state = kw_get_int8(r);
    kw_skip_tags(r);
}

static void put_zk_migration_state_record(struct kw_writer *w, int16_t version,
                                          const struct kw_zk_migration_state_record *m)
{
    (void)version;
    kw_put_int8(w, m->zk_migration_state);
    kw_put_uvarint(w, 0);
}

int kw_zk_migration_state_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_zk_migration_state_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_zk_migration_state_record(r, version, a, ret);
    return r->err;
}

void kw_zk_migration_state_record_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_zk_migration_state_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_zk_migration_state_record(w, version, m);
}

static void init_any_zk_migration_state_record(void *m) { kw_zk_migration_state_record_init(m); }

static int decode_any_zk_migration_state_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                void *ret)
{
    return kw_zk_migration_state_record_decode(r, version, a, ret);
}

static void encode_any_zk_migration_state_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_zk_migration_state_record_encode(w, version, m);
}

const struct kw_message kw_zk_migration_state_record_info = {
    .name = "ZkMigrationStateRecord",
    .kind = KW_RECORD,
    .key = 21,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_zk_migration_state_record),
    .init = init_any_zk_migration_state_record,
    .decode = decode_any_zk_migration_state_record,
    .encode = encode_any_zk_migration_state_record,
};

void kw_begin_transaction_record_init(struct kw_begin_transaction_record *m)
{
    m->name = (struct mr_str){NULL, 0};
}

static void get_begin_transaction_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_begin_transaction_record *m)
{
    (void)a;
    (void)version;
    m->name = (struct mr_str){NULL, 0};
    uint32_t tags = kw_get_tag_count(r);
    for (uint32_t t = 0; t < tags && r->err == 0; t++) {
        uint32_t tag;
        struct kw_reader payload = kw_get_tag(r, &tag);
        if (tag == 0) {
            m->name = kw_get_string(&payload, true, true);
            kw_tag_done(r, &payload);
        }
    }
}

static void put_begin_transaction_record(struct kw_writer *w, int16_t version,
                                         const struct kw_begin_transaction_record *m)
{
    (void)version;
    const bool has_name = m->name.ptr != NULL;
    kw_put_uvarint(w, has_name);
    if (has_name) {
        const size_t mark = kw_tag_begin(w, 0);
        kw_put_string(w, true, true, m->name);
        kw_tag_end(w, mark);
    }
}

int kw_begin_transaction_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_begin_transaction_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_begin_transaction_record(r, version, a, ret);
    return r->err;
}

void kw_begin_transaction_record_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_begin_transaction_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_begin_transaction_record(w, version, m);
}

static void init_any_begin_transaction_record(void *m) { kw_begin_transaction_record_init(m); }

static int decode_any_begin_transaction_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               void *ret)
{
    return kw_begin_transaction_record_decode(r, version, a, ret);
}

static void encode_any_begin_transaction_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_begin_transaction_record_encode(w, version, m);
}

const struct kw_message kw_begin_transaction_record_info = {
    .name = "BeginTransactionRecord",
    .kind = KW_RECORD,
    .key = 23,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_begin_transaction_record),
    .init = init_any_begin_transaction_record,
    .decode = decode_any_begin_transaction_record,
    .encode = encode_any_begin_transaction_record,
};

void kw_end_transaction_record_init(struct kw_end_transaction_record *m)
{
    m->unused = 0;
}

static void get_end_transaction_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_end_transaction_record *m)
{
    (void)a;
    (void)version;
    m->unused = 0;
    kw_skip_tags(r);
}

static void put_end_transaction_record(struct kw_writer *w, int16_t version,
                                       const struct kw_end_transaction_record *m)
{
    (void)version;
    (void)m;
    kw_put_uvarint(w, 0);
}

int kw_end_transaction_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_end_transaction_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_end_transaction_record(r, version, a, ret);
    return r->err;
}

void kw_end_transaction_record_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_end_transaction_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_end_transaction_record(w, version, m);
}

static void init_any_end_transaction_record(void *m) { kw_end_transaction_record_init(m); }

static int decode_any_end_transaction_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             void *ret)
{
    return kw_end_transaction_record_decode(r, version, a, ret);
}

static void encode_any_end_transaction_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_end_transaction_record_encode(w, version, m);
}

const struct kw_message kw_end_transaction_record_info = {
    .name = "EndTransactionRecord",
    .kind = KW_RECORD,
    .key = 24,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_end_transaction_record),
    .init = init_any_end_transaction_record,
    .decode = decode_any_end_transaction_record,
    .encode = encode_any_end_transaction_record,
};

void kw_abort_transaction_record_init(struct kw_abort_transaction_record *m)
{
    m->reason = (struct mr_str){NULL, 0};
}

static void get_abort_transaction_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_abort_transaction_record *m)
{
    (void)a;
    (void)version;
    m->reason = (struct mr_str){NULL, 0};
    uint32_t tags = kw_get_tag_count(r);
    for (uint32_t t = 0; t < tags && r->err == 0; t++) {
        uint32_t tag;
        struct kw_reader payload = kw_get_tag(r, &tag);
        if (tag == 0) {
            m->reason = kw_get_string(&payload, true, true);
            kw_tag_done(r, &payload);
        }
    }
}

static void put_abort_transaction_record(struct kw_writer *w, int16_t version,
                                         const struct kw_abort_transaction_record *m)
{
    (void)version;
    const bool has_reason = m->reason.ptr != NULL;
    kw_put_uvarint(w, has_reason);
    if (has_reason) {
        const size_t mark = kw_tag_begin(w, 0);
        kw_put_string(w, true, true, m->reason);
        kw_tag_end(w, mark);
    }
}

int kw_abort_transaction_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_abort_transaction_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_abort_transaction_record(r, version, a, ret);
    return r->err;
}

void kw_abort_transaction_record_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_abort_transaction_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_abort_transaction_record(w, version, m);
}

static void init_any_abort_transaction_record(void *m) { kw_abort_transaction_record_init(m); }

static int decode_any_abort_transaction_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               void *ret)
{
    return kw_abort_transaction_record_decode(r, version, a, ret);
}

static void encode_any_abort_transaction_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_abort_transaction_record_encode(w, version, m);
}

const struct kw_message kw_abort_transaction_record_info = {
    .name = "AbortTransactionRecord",
    .kind = KW_RECORD,
    .key = 25,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_abort_transaction_record),
    .init = init_any_abort_transaction_record,
    .decode = decode_any_abort_transaction_record,
    .encode = encode_any_abort_transaction_record,
};
