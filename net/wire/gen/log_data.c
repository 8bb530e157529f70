/* Written by net/wire/schema/gen.py from log_data.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/log_data.h"

void kw_end_txn_marker_init(struct kw_end_txn_marker *m)
{
    m->coordinator_epoch = 0;
}

static void get_end_txn_marker(struct kw_reader *r, int16_t version, struct mr_arena *a,
                               struct kw_end_txn_marker *m)
{
    (void)a;
    (void)version;
    m->coordinator_epoch = kw_get_int32(r);
}

static void put_end_txn_marker(struct kw_writer *w, int16_t version, const struct kw_end_txn_marker *m)
{
    (void)version;
    kw_put_int32(w, m->coordinator_epoch);
}

int kw_end_txn_marker_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                             struct kw_end_txn_marker *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_end_txn_marker(r, version, a, ret);
    return r->err;
}

void kw_end_txn_marker_encode(struct kw_writer *w, int16_t version, const struct kw_end_txn_marker *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_end_txn_marker(w, version, m);
}

static void init_any_end_txn_marker(void *m) { kw_end_txn_marker_init(m); }

static int decode_any_end_txn_marker(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_end_txn_marker_decode(r, version, a, ret);
}

static void encode_any_end_txn_marker(struct kw_writer *w, int16_t version, const void *m)
{
    kw_end_txn_marker_encode(w, version, m);
}

const struct kw_message kw_end_txn_marker_info = {
    .name = "EndTxnMarker",
    .kind = KW_DATA,
    .key = -1,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = KW_NEVER,
    .size = sizeof(struct kw_end_txn_marker),
    .init = init_any_end_txn_marker,
    .decode = decode_any_end_txn_marker,
    .encode = encode_any_end_txn_marker,
};

void kw_aborted_txn_init(struct kw_aborted_txn *m)
{
    m->producer_id = 0;
    m->first_offset = 0;
    m->last_offset = 0;
    m->last_stable_offset = 0;
}

static void get_aborted_txn(struct kw_reader *r, int16_t version, struct mr_arena *a,
                            struct kw_aborted_txn *m)
{
    (void)a;
    (void)version;
    m->producer_id = kw_get_int64(r);
    m->first_offset = kw_get_int64(r);
    m->last_offset = kw_get_int64(r);
    m->last_stable_offset = kw_get_int64(r);
}

static void put_aborted_txn(struct kw_writer *w, int16_t version, const struct kw_aborted_txn *m)
{
    (void)version;
    kw_put_int64(w, m->producer_id);
    kw_put_int64(w, m->first_offset);
    kw_put_int64(w, m->last_offset);
    kw_put_int64(w, m->last_stable_offset);
}

int kw_aborted_txn_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                          struct kw_aborted_txn *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_aborted_txn(r, version, a, ret);
    return r->err;
}

void kw_aborted_txn_encode(struct kw_writer *w, int16_t version, const struct kw_aborted_txn *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_aborted_txn(w, version, m);
}

static void init_any_aborted_txn(void *m) { kw_aborted_txn_init(m); }

static int decode_any_aborted_txn(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_aborted_txn_decode(r, version, a, ret);
}

static void encode_any_aborted_txn(struct kw_writer *w, int16_t version, const void *m)
{
    kw_aborted_txn_encode(w, version, m);
}

const struct kw_message kw_aborted_txn_info = {
    .name = "AbortedTxn",
    .kind = KW_DATA,
    .key = -1,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = KW_NEVER,
    .size = sizeof(struct kw_aborted_txn),
    .init = init_any_aborted_txn,
    .decode = decode_any_aborted_txn,
    .encode = encode_any_aborted_txn,
};

void kw_producer_snapshot_producer_entry_init(struct kw_producer_snapshot_producer_entry *m)
{
    m->producer_id = 0;
    m->epoch = 0;
    m->last_sequence = 0;
    m->last_offset = 0;
    m->offset_delta = 0;
    m->timestamp = 0;
    m->coordinator_epoch = 0;
    m->current_txn_first_offset = 0;
}

void kw_producer_snapshot_init(struct kw_producer_snapshot *m)
{
    m->crc = 0;
    m->producer_entries = NULL;
    m->producer_entries_count = 0;
}

static void get_producer_snapshot_producer_entry(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_producer_snapshot_producer_entry *m)
{
    (void)a;
    (void)version;
    m->producer_id = kw_get_int64(r);
    m->epoch = kw_get_int16(r);
    m->last_sequence = kw_get_int32(r);
    m->last_offset = kw_get_int64(r);
    m->offset_delta = kw_get_int32(r);
    m->timestamp = kw_get_int64(r);
    m->coordinator_epoch = kw_get_int32(r);
    m->current_txn_first_offset = kw_get_int64(r);
}

static void get_producer_snapshot(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_producer_snapshot *m)
{
    m->crc = kw_get_uint32(r);
    m->producer_entries_count = kw_get_count(r, false, false, 46);
    m->producer_entries = kw_get_items(r, a, m->producer_entries_count, sizeof(*m->producer_entries));
    for (int32_t i = 0; i < m->producer_entries_count && r->err == 0; i++)
        get_producer_snapshot_producer_entry(r, version, a, &m->producer_entries[i]);
}

static void put_producer_snapshot_producer_entry(struct kw_writer *w, int16_t version,
                                                 const struct kw_producer_snapshot_producer_entry *m)
{
    (void)version;
    kw_put_int64(w, m->producer_id);
    kw_put_int16(w, m->epoch);
    kw_put_int32(w, m->last_sequence);
    kw_put_int64(w, m->last_offset);
    kw_put_int32(w, m->offset_delta);
    kw_put_int64(w, m->timestamp);
    kw_put_int32(w, m->coordinator_epoch);
    kw_put_int64(w, m->current_txn_first_offset);
}

static void put_producer_snapshot(struct kw_writer *w, int16_t version, const struct kw_producer_snapshot *m)
{
    kw_put_uint32(w, m->crc);
    kw_put_count(w, false, false, m->producer_entries_count);
    for (int32_t i = 0; i < m->producer_entries_count && w->err == 0; i++)
        put_producer_snapshot_producer_entry(w, version, &m->producer_entries[i]);
}

int kw_producer_snapshot_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                struct kw_producer_snapshot *ret)
{
    if (version < 1 || version > 1)
        return -MR_E_VERSION;
    get_producer_snapshot(r, version, a, ret);
    return r->err;
}

void kw_producer_snapshot_encode(struct kw_writer *w, int16_t version, const struct kw_producer_snapshot *m)
{
    if (version < 1 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_producer_snapshot(w, version, m);
}

static void init_any_producer_snapshot(void *m) { kw_producer_snapshot_init(m); }

static int decode_any_producer_snapshot(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_producer_snapshot_decode(r, version, a, ret);
}

static void encode_any_producer_snapshot(struct kw_writer *w, int16_t version, const void *m)
{
    kw_producer_snapshot_encode(w, version, m);
}

const struct kw_message kw_producer_snapshot_info = {
    .name = "ProducerSnapshot",
    .kind = KW_DATA,
    .key = -1,
    .v_min = 1,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = KW_NEVER,
    .size = sizeof(struct kw_producer_snapshot),
    .init = init_any_producer_snapshot,
    .decode = decode_any_producer_snapshot,
    .encode = encode_any_producer_snapshot,
};
