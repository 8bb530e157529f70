/* Written by net/wire/schema/gen.py from txn_log.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/txn_log.h"

void kw_transaction_log_key_init(struct kw_transaction_log_key *m)
{
    m->transactional_id = KW_EMPTY_STRING;
}

static void get_transaction_log_key(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_transaction_log_key *m)
{
    (void)a;
    (void)version;
    m->transactional_id = kw_get_string(r, false, false);
}

static void put_transaction_log_key(struct kw_writer *w, int16_t version,
                                    const struct kw_transaction_log_key *m)
{
    (void)version;
    kw_put_string(w, false, false, m->transactional_id);
}

int kw_transaction_log_key_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_transaction_log_key *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_transaction_log_key(r, version, a, ret);
    return r->err;
}

void kw_transaction_log_key_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_transaction_log_key *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_transaction_log_key(w, version, m);
}

static void init_any_transaction_log_key(void *m) { kw_transaction_log_key_init(m); }

static int decode_any_transaction_log_key(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_transaction_log_key_decode(r, version, a, ret);
}

static void encode_any_transaction_log_key(struct kw_writer *w, int16_t version, const void *m)
{
    kw_transaction_log_key_encode(w, version, m);
}

const struct kw_message kw_transaction_log_key_info = {
    .name = "TransactionLogKey",
    .kind = KW_DATA,
    .key = 0,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = KW_NEVER,
    .size = sizeof(struct kw_transaction_log_key),
    .init = init_any_transaction_log_key,
    .decode = decode_any_transaction_log_key,
    .encode = encode_any_transaction_log_key,
};

void kw_transaction_log_value_topic_init(struct kw_transaction_log_value_topic *m)
{
    m->topic = KW_EMPTY_STRING;
    m->partition_ids = NULL;
    m->partition_ids_count = 0;
}

void kw_transaction_log_value_init(struct kw_transaction_log_value *m)
{
    m->producer_id = 0;
    m->previous_producer_id = -1;
    m->next_producer_id = -1;
    m->producer_epoch = 0;
    m->next_producer_epoch = -1;
    m->transaction_timeout_ms = 0;
    m->transaction_status = 0;
    m->transaction_partitions = NULL;
    m->transaction_partitions_count = 0;
    m->transaction_last_update_timestamp_ms = 0;
    m->transaction_start_timestamp_ms = 0;
    m->client_transaction_version = 0;
}

static void get_transaction_log_value_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_transaction_log_value_topic *m)
{
    const bool flex = version >= 1;
    m->topic = kw_get_string(r, flex, false);
    m->partition_ids = kw_get_int32_array(r, a, flex, false, &m->partition_ids_count);
    if (flex)
        kw_skip_tags(r);
}

static void get_transaction_log_value(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_transaction_log_value *m)
{
    const bool flex = version >= 1;
    m->producer_id = kw_get_int64(r);
    m->producer_epoch = kw_get_int16(r);
    m->transaction_timeout_ms = kw_get_int32(r);
    m->transaction_status = kw_get_int8(r);
    m->transaction_partitions_count = kw_get_count(r, flex, true, 3);
    m->transaction_partitions = kw_get_items(r, a, m->transaction_partitions_count,
                                             sizeof(*m->transaction_partitions));
    for (int32_t i = 0; i < m->transaction_partitions_count && r->err == 0; i++)
        get_transaction_log_value_topic(r, version, a, &m->transaction_partitions[i]);
    m->transaction_last_update_timestamp_ms = kw_get_int64(r);
    m->transaction_start_timestamp_ms = kw_get_int64(r);
    m->previous_producer_id = -1;
    m->next_producer_id = -1;
    m->client_transaction_version = 0;
    m->next_producer_epoch = -1;
    uint32_t tags = flex ? kw_get_tag_count(r) : 0;
    for (uint32_t t = 0; t < tags && r->err == 0; t++) {
        uint32_t tag;
        struct kw_reader payload = kw_get_tag(r, &tag);
        if (tag == 0) {
            m->previous_producer_id = kw_get_int64(&payload);
            kw_tag_done(r, &payload);
        } else if (tag == 1) {
            m->next_producer_id = kw_get_int64(&payload);
            kw_tag_done(r, &payload);
        } else if (tag == 2) {
            m->client_transaction_version = kw_get_int16(&payload);
            kw_tag_done(r, &payload);
        } else if (tag == 3) {
            m->next_producer_epoch = kw_get_int16(&payload);
            kw_tag_done(r, &payload);
        }
    }
}

static void put_transaction_log_value_topic(struct kw_writer *w, int16_t version,
                                            const struct kw_transaction_log_value_topic *m)
{
    const bool flex = version >= 1;
    kw_put_string(w, flex, false, m->topic);
    kw_put_int32_array(w, flex, false, m->partition_ids, m->partition_ids_count);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_transaction_log_value(struct kw_writer *w, int16_t version,
                                      const struct kw_transaction_log_value *m)
{
    const bool flex = version >= 1;
    kw_put_int64(w, m->producer_id);
    kw_put_int16(w, m->producer_epoch);
    kw_put_int32(w, m->transaction_timeout_ms);
    kw_put_int8(w, m->transaction_status);
    kw_put_count(w, flex, true, m->transaction_partitions_count);
    for (int32_t i = 0; i < m->transaction_partitions_count && w->err == 0; i++)
        put_transaction_log_value_topic(w, version, &m->transaction_partitions[i]);
    kw_put_int64(w, m->transaction_last_update_timestamp_ms);
    kw_put_int64(w, m->transaction_start_timestamp_ms);
    if (flex) {
        const bool has_previous_producer_id = m->previous_producer_id != -1;
        const bool has_next_producer_id = m->next_producer_id != -1;
        const bool has_client_transaction_version = m->client_transaction_version != 0;
        const bool has_next_producer_epoch = m->next_producer_epoch != -1;
        kw_put_uvarint(w, (uint32_t)(has_previous_producer_id + has_next_producer_id +
                       has_client_transaction_version + has_next_producer_epoch));
        if (has_previous_producer_id) {
            const size_t mark = kw_tag_begin(w, 0);
            kw_put_int64(w, m->previous_producer_id);
            kw_tag_end(w, mark);
        }
        if (has_next_producer_id) {
            const size_t mark = kw_tag_begin(w, 1);
            kw_put_int64(w, m->next_producer_id);
            kw_tag_end(w, mark);
        }
        if (has_client_transaction_version) {
            const size_t mark = kw_tag_begin(w, 2);
            kw_put_int16(w, m->client_transaction_version);
            kw_tag_end(w, mark);
        }
        if (has_next_producer_epoch) {
            const size_t mark = kw_tag_begin(w, 3);
            kw_put_int16(w, m->next_producer_epoch);
            kw_tag_end(w, mark);
        }
    }
}

int kw_transaction_log_value_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_transaction_log_value *ret)
{
    if (version < 0 || version > 1)
        return -MR_E_VERSION;
    get_transaction_log_value(r, version, a, ret);
    return r->err;
}

void kw_transaction_log_value_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_transaction_log_value *m)
{
    if (version < 0 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_transaction_log_value(w, version, m);
}

static void init_any_transaction_log_value(void *m) { kw_transaction_log_value_init(m); }

static int decode_any_transaction_log_value(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            void *ret)
{
    return kw_transaction_log_value_decode(r, version, a, ret);
}

static void encode_any_transaction_log_value(struct kw_writer *w, int16_t version, const void *m)
{
    kw_transaction_log_value_encode(w, version, m);
}

const struct kw_message kw_transaction_log_value_info = {
    .name = "TransactionLogValue",
    .kind = KW_DATA,
    .key = 0,
    .v_min = 0,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = 1,
    .size = sizeof(struct kw_transaction_log_value),
    .init = init_any_transaction_log_value,
    .decode = decode_any_transaction_log_value,
    .encode = encode_any_transaction_log_value,
};
