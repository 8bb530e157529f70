/* A transactional id as a record of __transaction_state, and back. */
#include "core/broker/txn_priv.h"
#include "net/wire/coord_record.h"
#include "net/wire/gen/txn_log.h"

enum {
    VALUE_BYTES_MAX = 1 << 30,      /* the log refuses much smaller ones */
    LOAD_ARENA_BYTES_MAX = 1 << 28, /* of one record */
};

int txn_key(const struct txn *t, struct mr_arena *a, struct mr_slice *ret)
{
    struct kw_transaction_log_key key = {.transactional_id = t->id};
    struct kw_writer w;
    kw_writer_init(&w, a, t->id.len + 8, VALUE_BYTES_MAX, false);
    kw_coord_key_encode(&w, kw_coord_kind(KW_COORD_TXNS, KW_TXN_LOG), &key);
    if (w.err == 0)
        *ret = (struct mr_slice){w.buf, w.len};
    return w.err;
}

static int put_parts(const struct txn_set *s, struct mr_arena *a, struct kw_transaction_log_value *v)
{
    uint32_t at = 0;
    v->transaction_partitions =
        arena_array(a, struct kw_transaction_log_value_topic, smap_count(&s->topics) + 1);
    if (v->transaction_partitions == NULL)
        return -MR_E_LIMIT;
    for (const struct txn_topic *t; (t = txn_set_next(s, &at)) != NULL;) {
        if (map_count(&t->partitions) == 0)
            continue;
        struct kw_transaction_log_value_topic *dst =
            &v->transaction_partitions[v->transaction_partitions_count++];
        uint32_t in = 0;
        kw_transaction_log_value_topic_init(dst);
        dst->topic = t->name;
        dst->partition_ids = arena_array(a, int32_t, map_count(&t->partitions));
        if (dst->partition_ids == NULL)
            return -MR_E_LIMIT;
        for (int32_t p; (p = txn_topic_next(t, &in)) >= 0;)
            dst->partition_ids[dst->partition_ids_count++] = p;
    }
    return 0;
}

int txn_record(const struct txn *t, struct mr_arena *a, int16_t value_version, struct mr_slice *ret_key,
               struct mr_slice *ret_value)
{
    const struct txn_facts *f = t->changing ? &t->next : &t->now;
    const struct txn_set *parts = t->next_has_parts ? &t->next_parts : &t->parts;
    struct kw_transaction_log_value v;
    struct kw_writer w;
    *ret_value = (struct mr_slice){NULL, 0};
    int err = txn_key(t, a, ret_key);
    if (err != 0 || (!t->recorded && !t->changing) || f->state == TXN_DEAD)
        return err;
    kw_transaction_log_value_init(&v);
    v.producer_id = f->producer_id;
    v.producer_epoch = f->producer_epoch;
    /* Kafka 4.1 reads these two and does not write them. Without the next id a crash amid the last commit of
     * a used-up producer id would leave its client with an id that nobody knows. */
    if (f->next_id >= 0)
        v.next_producer_id = f->next_id;
    if (f->previous_id != f->producer_id)
        v.previous_producer_id = f->previous_id;
    v.transaction_timeout_ms = f->timeout_ms;
    v.transaction_status = (int8_t)f->state;
    v.transaction_last_update_timestamp_ms = f->updated_ms;
    v.transaction_start_timestamp_ms = f->start_ms;
    v.client_transaction_version = f->version;
    if (f->state != TXN_EMPTY)
        err = put_parts(parts, a, &v);
    else
        v.transaction_partitions_count = -1; /* null, as Kafka writes it, and not empty */
    if (err != 0)
        return err;
    kw_writer_init(&w, a, 128 + parts->bytes, VALUE_BYTES_MAX, false);
    kw_coord_value_encode(&w, kw_coord_kind(KW_COORD_TXNS, KW_TXN_LOG), value_version, &v);
    if (w.err == 0)
        *ret_value = (struct mr_slice){w.buf, w.len};
    return w.err;
}

/* ---- loading ---- */

static int load_parts(struct txn_set *s, const struct kw_transaction_log_value *v)
{
    for (int32_t i = 0; i < v->transaction_partitions_count; i++) {
        const struct kw_transaction_log_value_topic *topic = &v->transaction_partitions[i];
        for (int32_t j = 0; j < topic->partition_ids_count; j++) {
            if (topic->partition_ids[j] < 0)
                return -MR_E_CORRUPT;
            int err = txn_set_add(s, topic->topic, topic->partition_ids[j]);
            if (err != 0)
                return err;
        }
    }
    return 0;
}

int txn_load(struct txn *t, struct mr_slice value)
{
    struct kw_reader r = kw_reader_of(value);
    struct kw_transaction_log_value v;
    struct txn_set parts;
    struct mr_arena a;
    int16_t version;
    MR_ASSERT(!t->changing);
    int err = kw_coord_head_decode(&r, &version);
    if (err != 0)
        return err;
    arena_init(&a, LOAD_ARENA_BYTES_MAX);
    txn_set_init(&parts);
    err = kw_transaction_log_value_decode(&r, version, &a, &v);
    if (err == 0 && (v.transaction_status < TXN_EMPTY || v.transaction_status > TXN_COMPLETE_ABORT))
        err = -MR_E_CORRUPT; /* nobody writes the others */
    if (err == 0 && (v.producer_id < 0 || v.producer_epoch < 0))
        err = -MR_E_CORRUPT; /* nor an id without a producer: its markers could not be written */
    if (err == 0)
        err = load_parts(&parts, &v);
    if (err == 0) {
        struct txn_set old = t->parts;
        t->parts = parts;
        parts = old;
        t->recorded = true;
        t->now = (struct txn_facts){.state = (enum txn_state)v.transaction_status,
                                    .producer_id = v.producer_id,
                                    .previous_id = v.previous_producer_id,
                                    .next_id = v.next_producer_id,
                                    .producer_epoch = v.producer_epoch,
                                    .last_epoch = -1, /* in no record: a repetition is fenced, as in Kafka */
                                    .version = v.client_transaction_version,
                                    .timeout_ms = v.transaction_timeout_ms,
                                    .start_ms = v.transaction_start_timestamp_ms,
                                    .updated_ms = v.transaction_last_update_timestamp_ms};
    }
    txn_set_done(&parts);
    arena_done(&a);
    return err;
}
