#include "core/broker/meta_out.h"

#include "net/wire/header.h"

enum { RECORD_BYTES_MAX = META_BATCH_BYTES };

void meta_out_init(struct meta_out *o)
{
    memset(o, 0, sizeof(*o));
    scratch_init(&o->bytes, META_OUT_BYTES_MAX);
    arena_init(&o->arena, 4 * RECORD_BYTES_MAX);
}

void meta_out_done(struct meta_out *o)
{
    scratch_done(&o->bytes);
    arena_done(&o->arena);
}

void meta_out_begin(struct meta_out *o, int64_t offset, int64_t now_ms)
{
    scratch_reset(&o->bytes, META_BATCH_BYTES);
    o->building = false;
    o->now_ms = now_ms;
    o->next_offset = offset;
    o->records = 0;
    o->err = 0;
}

static void close_batch(struct meta_out *o)
{
    if (!o->building)
        return;
    o->building = false;
    int err = batch_build_end(&o->builder);
    if (o->err == 0)
        o->err = err;
}

static int open_batch(struct meta_out *o)
{
    struct batch_build_how how = batch_build_how_plain();
    how.bytes_max = META_BATCH_BYTES;
    int err = batch_build_begin(&o->builder, &how, &o->bytes, NULL, NULL);
    o->building = err == 0;
    return err;
}

void meta_out_put(struct meta_out *o, const struct kw_message *info, int16_t version, const void *message)
{
    if (o->err != 0)
        return;
    struct kw_writer w;
    arena_reset(&o->arena);
    kw_writer_init(&w, &o->arena, 256, RECORD_BYTES_MAX, false);
    kw_record_head_encode(&w, info->key, version);
    info->encode(&w, version, message);
    o->err = w.err;
    struct batch_record record = {.timestamp = o->now_ms, .value = {w.buf, w.len}};
    if (o->err == 0 && !o->building)
        o->err = open_batch(o);
    if (o->err != 0)
        return;
    int err = batch_build_add(&o->builder, &record);
    if (err == -MR_E_LIMIT) { /* this batch is full: the next one takes it */
        close_batch(o);
        if (o->err == 0)
            o->err = open_batch(o);
        err = o->err == 0 ? batch_build_add(&o->builder, &record) : o->err;
    }
    o->err = err;
    o->next_offset++;
    o->records++;
}

void meta_out_control(struct meta_out *o, enum control_type type, struct mr_slice value)
{
    close_batch(o);
    if (o->err != 0)
        return;
    struct batch_build_how how = batch_build_how_plain();
    o->err = control_put(&o->bytes, &how, type, o->now_ms, value);
    o->next_offset++;
    o->records++;
}

int meta_out_end(struct meta_out *o)
{
    close_batch(o);
    return o->err;
}

void meta_out_assign(struct meta_out *o, int64_t base_offset, int32_t epoch)
{
    for (size_t at = 0; at < o->bytes.len;) {
        struct kw_batch_header h;
        batch_assign(o->bytes.data + at, base_offset, epoch);
        batch_header_read(o->bytes.data + at, &h);
        base_offset = batch_next_offset(&h);
        at += batch_bytes(&h);
    }
}
