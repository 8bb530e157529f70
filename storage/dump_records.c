/* The records of a batch: offsets, times, sizes; keys and values as text; those of Kafka's metadata by name.
 */
#include "core/mem.h"
#include "net/wire/batch_build.h"
#include "net/wire/gen/quorum_data.h"
#include "net/wire/header.h"
#include "net/wire/records.h"
#include "storage/dump_priv.h"

enum {
    HEADERS_SHOWN = 100,
    HEADER_KEY_BYTES = 200,
    KEEP_BYTES = 1 << 20, /* of the work areas, from batch to batch */
    ARENA_BYTES_MAX = 64 << 20,
};

/* "TopicRecord" is called TOPIC_RECORD in Kafka's JSON. */
static void put_record_type(struct dump *d, const char *name)
{
    for (const char *p = name; *p != '\0'; p++) {
        bool upper = *p >= 'A' && *p <= 'Z';
        char c = upper ? *p : (char)(*p - 'a' + 'A');
        if (upper && p > name)
            line_bytes(d, "_", 1);
        line_bytes(d, &c, 1);
    }
}

int line_message(struct dump *d, const struct kw_message *info, int16_t version, struct kw_reader *r)
{
    void *message = arena_zalloc(&d->arena, 1, info->size, 8);
    if (message == NULL)
        return -ENOMEM;
    int err = info->decode(r, version, &d->arena, message);
    if (err == 0)
        line_json(d, kw_shape_of(info), version, message);
    return err;
}

/* A value of __cluster_metadata: frame, type and version in front (KIP-631). */
static int put_metadata(struct dump *d, struct mr_slice value)
{
    int16_t type, version;
    struct kw_reader r = kw_reader_of(value);
    int err = kw_record_head_decode(&r, &type, &version);
    const struct kw_message *info = err == 0 ? kw_record_info(type) : NULL;
    line_put(d, " payload: ");
    if (info == NULL) {
        if (err == 0)
            line_put(d, "{\"type\":%d,\"version\":%d}", type, version);
        return err == 0 ? -MR_E_VERSION : err;
    }
    line_put(d, "{\"type\":\"");
    put_record_type(d, info->name);
    line_put(d, "\",\"version\":%d,\"data\":", version);
    arena_reset(&d->arena);
    err = line_message(d, info, version, &r);
    line_put(d, "%s}", err == 0 ? "" : "null");
    return err == 0 && kw_left(&r) > 0 ? -MR_E_CORRUPT : err;
}

static int put_control(struct dump *d, const struct kw_record *record)
{
    static const struct {
        const char *name;
        const struct kw_message *info;
    } kinds[] = {
        [CONTROL_LEADER_CHANGE] = {"LeaderChange", &kw_leader_change_message_info},
        [CONTROL_SNAPSHOT_HEADER] = {"SnapshotHeader", &kw_snapshot_header_record_info},
        [CONTROL_SNAPSHOT_FOOTER] = {"SnapshotFooter", &kw_snapshot_footer_record_info},
        [CONTROL_KRAFT_VERSION] = {"KRaftVersion", &kw_kraft_version_record_info},
        [CONTROL_KRAFT_VOTERS] = {"KRaftVoters", &kw_voters_record_info},
    };
    const uint8_t *v = record->value.ptr;
    if (record->key.len < 4 || record->value.len < 2)
        return -MR_E_CORRUPT;
    int16_t type = (int16_t)mr_get16(record->key.ptr + 2);
    if (type == CONTROL_ABORT || type == CONTROL_COMMIT) {
        if (record->value.len < 6)
            return -MR_E_CORRUPT;
        line_put(d, " endTxnMarker: %s coordinatorEpoch: %d", type == CONTROL_COMMIT ? "COMMIT" : "ABORT",
                 (int32_t)mr_get32(v + 2));
        return 0;
    }
    if (type < 0 || (size_t)type >= MR_COUNT(kinds)) {
        line_put(d, " controlType: %d", type);
        return -MR_E_VERSION;
    }
    /* The version stands in front, and is the message's first field, too. */
    struct kw_reader r = kw_reader_of(record->value);
    line_put(d, " %s: ", kinds[type].name);
    arena_reset(&d->arena);
    return line_message(d, kinds[type].info, (int16_t)mr_get16(v), &r);
}

static void put_headers(struct dump *d, const struct kw_record *record)
{
    struct mr_slice rest = record->headers;
    struct kw_header header;
    line_put(d, " headerKeys: [");
    for (int32_t i = 0; i < HEADERS_SHOWN && header_next(&rest, &header); i++) {
        bool plain = header.key.len > 0 && header.key.len <= HEADER_KEY_BYTES;
        for (size_t k = 0; plain && k < header.key.len; k++)
            plain = header.key.ptr[k] > ' ' && header.key.ptr[k] < 0x7f &&
                    strchr(",[]\"\\", header.key.ptr[k]) == NULL;
        line_put(d, "%s", i > 0 ? "," : "");
        if (plain)
            line_bytes(d, header.key.ptr, header.key.len);
        else
            line_text(d, (struct mr_slice){(const uint8_t *)header.key.ptr, header.key.len},
                      HEADER_KEY_BYTES);
    }
    line_put(d, "%s]", record->header_count > HEADERS_SHOWN ? ",..." : "");
}

static void put_values(struct dump *d, const struct kw_record *record, bool key, bool value)
{
    struct mr_slice rest = record->headers;
    struct kw_header header;
    if (key) {
        line_put(d, " key: ");
        line_text(d, record->key, DUMP_TEXT_BYTES_MAX);
    }
    if (value) {
        line_put(d, " payload: ");
        line_text(d, record->value, DUMP_TEXT_BYTES_MAX);
    }
    if (record->header_count == 0)
        return;
    line_put(d, " headers: {");
    for (int32_t i = 0; i < HEADERS_SHOWN && header_next(&rest, &header); i++) {
        line_put(d, "%s", i > 0 ? ", " : "");
        line_text(d, (struct mr_slice){(const uint8_t *)header.key.ptr, header.key.len}, HEADER_KEY_BYTES);
        line_put(d, ": ");
        line_text(d, header.value, DUMP_TEXT_BYTES_MAX);
    }
    line_put(d, "%s}", record->header_count > HEADERS_SHOWN ? ", ..." : "");
}

static long long size_of(struct mr_slice s)
{
    return s.ptr == NULL ? -1 : (long long)s.len;
}

/* 0, or why the record cannot be shown whole. */
static int record_line(struct dump *d, unsigned depth, const struct kw_batch_header *h,
                       const struct kw_record *record)
{
    int err = 0;
    line_begin(d, depth);
    line_put(d, "offset: %lld %s: %lld keySize: %lld valueSize: %lld sequence: %d",
             (long long)((uint64_t)h->base_offset + (uint64_t)record->offset_delta),
             h->attributes & BATCH_LOG_APPEND_TIME ? "LogAppendTime" : "CreateTime",
             (long long)batch_record_timestamp(h, record->timestamp_delta), size_of(record->key),
             size_of(record->value),
             h->base_sequence < 0 || record->offset_delta < 0
                 ? KW_NO_SEQUENCE
                 : batch_sequence_add(h->base_sequence, record->offset_delta));
    put_headers(d, record);
    bool control = batch_is_control(h);
    bool coord = !control && (d->topic == TOPIC_GROUPS || d->topic == TOPIC_TXNS);
    bool metadata = !control && d->topic == TOPIC_METADATA && record->value.ptr != NULL;
    if (control)
        err = put_control(d, record);
    else if (coord)
        err = line_coord(d, record->key, record->value);
    else if (metadata)
        err = put_metadata(d, record->value);
    if (d->cfg->values)
        put_values(d, record, !coord, !control && !coord && !metadata);
    line_end(d);
    return err;
}

void dump_records(struct dump *d, unsigned depth, uint64_t pos, const struct kw_batch_header *h,
                  uint64_t bytes)
{
    struct mr_slice records;
    struct record_iter it;
    struct kw_record record;
    if (bytes > DUMP_BATCH_BYTES_MAX) {
        dump_problem(d, pos, pos + bytes, "records are not shown: the batch is larger than %d MiB",
                     DUMP_BATCH_BYTES_MAX >> 20);
        return;
    }
    if (d->comp == NULL)
        d->comp = comp_new();
    scratch_reset(&d->batch, KEEP_BYTES);
    int err = d->comp == NULL ? -ENOMEM : source_copy(&d->src, pos, bytes, &d->batch);
    struct kw_batch b = {*h, {d->batch.data, bytes}};
    if (err == 0)
        err = batch_records(&b, d->comp, &d->plain, DUMP_RECORDS_BYTES_MAX, &records);
    if (err != 0) {
        if (err == -MR_E_LIMIT)
            dump_problem(d, pos, pos + bytes, "records are not shown: they unpack to more than %d MiB",
                         DUMP_RECORDS_BYTES_MAX >> 20);
        else
            dump_problem(d, pos, pos + bytes, "records cannot be unpacked: %s", mr_err_text(err));
        return;
    }
    record_iter_init(&it, records, h->record_count);
    int more;
    while ((more = record_next(&it, &record)) == 1 && d->failed == 0) {
        long long offset = (long long)((uint64_t)h->base_offset + (uint64_t)record.offset_delta);
        err = record_line(d, depth, h, &record);
        if (err == -MR_E_VERSION)
            dump_problem(d, pos, pos + bytes, "record at offset %lld is of a type or version not known here",
                         offset);
        else if (err != 0)
            dump_problem(d, pos, pos + bytes, "record at offset %lld cannot be decoded: %s", offset,
                         mr_err_text(err));
    }
    if (more < 0)
        dump_problem(d, pos, pos + bytes, "records of the batch at offset %lld do not fit it: %s",
                     (long long)h->base_offset, mr_err_text(more));
}
