/* zstd (RFC 8878), through libzstd. */
#include <zstd.h>
#include <zstd_errors.h>

#include "core/compress_priv.h"
#include "core/err.h"

enum { TRUSTED_RATIO = 16 };

/* Whole frames straight into the output, again with twice the room if it was too small. The streaming
 * interface would take the frame's declared window, up to 128 MiB, on top; here the output is the window.
 * The room is kept, so in the long run the first attempt suffices. */
int comp_zstd_unpack(struct comp *c, struct mr_slice in, struct comp_sink *sink)
{
    if (c->zstd_reader == NULL)
        c->zstd_reader = ZSTD_createDCtx();
    if (c->zstd_reader == NULL)
        return -ENOMEM;

    struct mr_scratch *out = sink->out;
    unsigned long long claimed = ZSTD_getFrameContentSize(in.ptr, in.len);
    if (claimed == ZSTD_CONTENTSIZE_ERROR)
        return -MR_E_CORRUPT;
    size_t believable = in.len * TRUSTED_RATIO + 4096;
    size_t wish = claimed == ZSTD_CONTENTSIZE_UNKNOWN ? in.len * 4 + 4096 : mr_min(claimed + 1, believable);
    for (;;) {
        int64_t room = comp_sink_room(sink, wish);
        if (room < 0 && room != -MR_E_LIMIT)
            return (int)room;
        uint8_t spare;
        bool full = room < 0;
        size_t made = ZSTD_decompressDCtx(c->zstd_reader, full ? &spare : out->data + out->len,
                                          full ? 0 : (size_t)room, in.ptr, in.len);
        if (!ZSTD_isError(made)) {
            out->len += made;
            return 0;
        }
        ZSTD_ErrorCode code = ZSTD_getErrorCode(made);
        if (code == ZSTD_error_memory_allocation)
            return -ENOMEM;
        if (code != ZSTD_error_dstSize_tooSmall)
            return -MR_E_CORRUPT;
        if (full || (size_t)room == mr_min(comp_sink_left(sink), out->max - out->len))
            return -MR_E_LIMIT;
        wish = (size_t)room * 2;
    }
}

int comp_zstd_pack(struct comp *c, int level, struct mr_slice in, struct mr_scratch *out)
{
    if (c->zstd_writer == NULL)
        c->zstd_writer = ZSTD_createCCtx();
    if (c->zstd_writer == NULL)
        return -ENOMEM;
    int err = scratch_reserve(out, ZSTD_compressBound(in.len));
    if (err != 0)
        return err;
    level = (int)mr_imax(ZSTD_minCLevel(), mr_imin(level, ZSTD_maxCLevel()));
    size_t packed =
        ZSTD_compressCCtx(c->zstd_writer, out->data + out->len, scratch_room(out), in.ptr, in.len, level);
    if (ZSTD_isError(packed))
        return -ENOMEM; /* the room is sufficient and the level in range */
    out->len += packed;
    return 0;
}

void comp_zstd_done(struct comp *c)
{
    ZSTD_freeDCtx(c->zstd_reader);
    ZSTD_freeCCtx(c->zstd_writer);
}
