#include "core/compress.h"

#include "core/compress_priv.h"
#include "core/err.h"
#include "core/mem.h"

int comp_level_default(enum comp_codec codec)
{
    switch (codec) {
    case COMP_GZIP:
        return COMP_GZIP_LEVEL_DEFAULT;
    case COMP_LZ4:
        return COMP_LZ4_LEVEL_DEFAULT;
    case COMP_ZSTD:
        return COMP_ZSTD_LEVEL_DEFAULT;
    case COMP_NONE:
    case COMP_SNAPPY:
    case COMP_CODECS:
        break;
    }
    return 0;
}

struct comp *comp_new(void)
{
    return mem_zalloc(1, sizeof(struct comp));
}

void comp_free(struct comp *c)
{
    if (c == NULL)
        return;
    comp_gzip_done(c);
    comp_lz4_done(c);
    comp_zstd_done(c);
    mem_free(c);
}

int64_t comp_sink_room(struct comp_sink *s, size_t wish)
{
    size_t left = comp_sink_left(s);
    if (left == 0)
        return -MR_E_LIMIT;
    left = mr_min(left, s->out->max - s->out->len);
    if (left == 0)
        return -MR_E_LIMIT;
    size_t room = scratch_room(s->out);
    if (room < wish && room < left) {
        /* At least double what there is, so that growing stays cheap. */
        int err = scratch_reserve(s->out, mr_max(mr_min(wish, left), 1));
        if (err != 0)
            return err;
        room = scratch_room(s->out);
    }
    return (int64_t)mr_min(room, left);
}

static int copy(struct mr_slice in, struct comp_sink *sink)
{
    if (in.len > sink->max)
        return -MR_E_LIMIT;
    return scratch_put(sink->out, in.ptr, in.len);
}

int comp_unpack(struct comp *c, int codec, struct mr_slice in, size_t out_max, struct mr_scratch *out)
{
    struct comp_sink sink = {out, out->len, out_max};
    int err = -MR_E_VERSION;
    if (in.len > INT32_MAX) /* no batch is larger; some libraries count in 32 bits */
        return -MR_E_LIMIT;
    if (in.len == 0 && codec > COMP_NONE && codec < COMP_CODECS)
        return -MR_E_CORRUPT; /* even nothing packs to something */
    switch (codec) {
    case COMP_NONE:
        err = copy(in, &sink);
        break;
    case COMP_GZIP:
        err = comp_gzip_unpack(c, in, &sink);
        break;
    case COMP_SNAPPY:
        err = comp_snappy_unpack(c, in, &sink);
        break;
    case COMP_LZ4:
        err = comp_lz4_unpack(c, in, &sink);
        break;
    case COMP_ZSTD:
        err = comp_zstd_unpack(c, in, &sink);
        break;
    }
    if (err != 0)
        out->len = sink.start;
    return err;
}

int comp_pack(struct comp *c, int codec, int level, struct mr_slice in, struct mr_scratch *out)
{
    size_t start = out->len;
    int err = -MR_E_VERSION;
    if (in.len > INT32_MAX)
        return -MR_E_LIMIT;
    if (in.ptr == NULL)
        in = (struct mr_slice){(const uint8_t *)"", 0};
    switch (codec) {
    case COMP_NONE:
        err = scratch_put(out, in.ptr, in.len);
        break;
    case COMP_GZIP:
        err = comp_gzip_pack(c, level, in, out);
        break;
    case COMP_SNAPPY:
        err = comp_snappy_pack(c, in, out);
        break;
    case COMP_LZ4:
        err = comp_lz4_pack(c, level, in, out);
        break;
    case COMP_ZSTD:
        err = comp_zstd_pack(c, level, in, out);
        break;
    }
    if (err != 0)
        out->len = start;
    return err;
}

/* ---- in steps ---- */

void comp_unpack_begin(struct comp *c, int codec, struct mr_slice in, size_t out_max, struct mr_scratch *out)
{
    c->unpacking = (struct comp_job){.codec = codec, .in = in, .sink = {out, out->len, out_max}};
}

static int copy_step(struct comp_job *j, size_t bytes)
{
    size_t piece = mr_min(bytes, j->in.len - j->at);
    if (piece > comp_sink_left(&j->sink))
        return -MR_E_LIMIT;
    int err = scratch_put(j->sink.out, j->in.ptr + j->at, piece);
    j->at += piece;
    return err != 0 ? err : j->at < j->in.len;
}

int comp_unpack_step(struct comp *c, size_t bytes)
{
    struct comp_job *j = &c->unpacking;
    int err = -MR_E_VERSION;
    if (j->in.len > INT32_MAX)
        return -MR_E_LIMIT;
    if (j->in.len == 0 && j->codec > COMP_NONE && j->codec < COMP_CODECS)
        return -MR_E_CORRUPT;
    switch (j->codec) {
    case COMP_NONE:
        err = copy_step(j, bytes);
        break;
    case COMP_GZIP:
        err = comp_gzip_unpack_step(c, j, bytes);
        break;
    case COMP_SNAPPY:
        err = comp_snappy_unpack_step(c, j, bytes);
        break;
    case COMP_LZ4:
        err = comp_lz4_unpack_step(c, j, bytes);
        break;
    case COMP_ZSTD:
        err = comp_zstd_unpack_step(c, j, bytes);
        break;
    }
    if (err < 0)
        j->sink.out->len = j->sink.start;
    return err;
}

void comp_pack_begin(struct comp *c, int codec, int level, struct mr_slice in, struct mr_scratch *out)
{
    if (in.ptr == NULL)
        in = (struct mr_slice){(const uint8_t *)"", 0};
    c->packing =
        (struct comp_job){.codec = codec, .level = level, .in = in, .sink = {out, out->len, SIZE_MAX}};
}

int comp_pack_step(struct comp *c, size_t bytes)
{
    struct comp_job *j = &c->packing;
    int err = -MR_E_VERSION;
    if (j->in.len > INT32_MAX)
        return -MR_E_LIMIT;
    switch (j->codec) {
    case COMP_NONE:
        err = copy_step(j, bytes);
        break;
    case COMP_GZIP:
        err = comp_gzip_pack_step(c, j, bytes);
        break;
    case COMP_SNAPPY:
        err = comp_snappy_pack_step(c, j, bytes);
        break;
    case COMP_LZ4:
        err = comp_lz4_pack_step(c, j, bytes);
        break;
    case COMP_ZSTD:
        err = comp_zstd_pack_step(c, j, bytes);
        break;
    }
    if (err < 0)
        j->sink.out->len = j->sink.start;
    return err;
}

unsigned comp_pack_weight(int codec, int level)
{
    switch (codec) {
    case COMP_ZSTD:
        return level <= 5 ? 1 : level <= 12 ? 4 : 32;
    case COMP_LZ4:
        return level == COMP_LZ4_LEVEL_DEFAULT ? 1 : level < 10 ? 8 : 32;
    default:
        return 1;
    }
}
