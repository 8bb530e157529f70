/* Control batches; declared in net/wire/batch_build.h. */
#include "core/err.h"
#include "net/wire/batch_build.h"

enum {
    KEY_BYTES = 4,    /* version, type */
    MARKER_BYTES = 6, /* version, coordinator epoch */
};

int control_read(const struct kw_batch *b, struct control_record *ret)
{
    struct record_iter it;
    struct kw_record record;
    if (batch_codec(&b->h) != COMP_NONE)
        return -MR_E_CORRUPT;
    record_iter_init(&it, batch_payload(b), b->h.record_count);
    int got = record_next(&it, &record);
    if (got <= 0)
        return got;
    if (record.key.ptr == NULL || record.key.len < KEY_BYTES || (int16_t)mr_get16(record.key.ptr) < 0)
        return -MR_E_CORRUPT;
    ret->type = (int16_t)mr_get16(record.key.ptr + 2);
    ret->coordinator_epoch = -1;
    ret->timestamp = batch_record_timestamp(&b->h, record.timestamp_delta);
    ret->value = record.value;
    if (ret->type == CONTROL_ABORT || ret->type == CONTROL_COMMIT) {
        /* Later versions only add to the end. */
        if (record.value.ptr == NULL || record.value.len < MARKER_BYTES ||
            (int16_t)mr_get16(record.value.ptr) < 0)
            return -MR_E_CORRUPT;
        ret->coordinator_epoch = (int32_t)mr_get32(record.value.ptr + 2);
    }
    return 1;
}

int control_put(struct mr_scratch *out, const struct batch_build_how *how, enum control_type type,
                int64_t timestamp, struct mr_slice value)
{
    struct batch_build_how control = *how;
    struct batch_builder b;
    uint8_t key[KEY_BYTES];
    control.attributes |= BATCH_CONTROL;
    control.codec = COMP_NONE;
    mr_put16(key, 0);
    mr_put16(key + 2, (uint16_t)type);

    int err = batch_build_begin(&b, &control, out, NULL, NULL);
    if (err != 0)
        return err;
    struct batch_record record = {.timestamp = timestamp, .key = {key, sizeof(key)}, .value = value};
    err = batch_build_add(&b, &record);
    if (err != 0) {
        batch_build_drop(&b);
        return err;
    }
    return batch_build_end(&b);
}

int control_put_marker(struct mr_scratch *out, const struct batch_build_how *how, bool commit,
                       int32_t coordinator_epoch, int64_t timestamp)
{
    struct batch_build_how marker = *how;
    uint8_t value[MARKER_BYTES];
    marker.attributes |= BATCH_TRANSACTIONAL;
    mr_put16(value, 0);
    mr_put32(value + 2, (uint32_t)coordinator_epoch);
    return control_put(out, &marker, commit ? CONTROL_COMMIT : CONTROL_ABORT, timestamp,
                       (struct mr_slice){value, sizeof(value)});
}
