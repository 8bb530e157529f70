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
