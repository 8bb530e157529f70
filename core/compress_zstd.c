/* zstd (RFC 8878), through libzstd. */
#include <zstd.h>
#include <zstd_errors.h>

#include "core/compress_priv.h"
#include "core/err.h"

enum {
    TRUSTED_RATIO = 16,
    EMPTY_FRAMES_A_STEP = 64,
    /* 2 MiB: what the default level uses. Higher ones would take up to 128 MiB here and at every reader. */
    WINDOW_LOG_MAX = 21,
};
#ifndef ZSTD_BLOCKSIZE_MAX
#define ZSTD_BLOCKSIZE_MAX (128 << 10)
#endif

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

int comp_zstd_unpack_step(struct comp *c, struct comp_job *j, size_t bytes)
{
    if (!j->begun) {
        if (c->zstd_reader == NULL)
            c->zstd_reader = ZSTD_createDCtx();
        if (c->zstd_reader == NULL)
            return -ENOMEM;
        ZSTD_DCtx_reset(c->zstd_reader, ZSTD_reset_session_only);
        j->begun = true;
    }
    struct mr_scratch *out = j->sink.out;
    size_t before = out->len;
    for (unsigned empty = 0; out->len - before < bytes;) {
        uint8_t spare;
        int64_t room = comp_sink_room(&j->sink, mr_max(j->in.len * 4, 4096));
        if (room < 0 && room != -MR_E_LIMIT)
            return (int)room;
        bool full = room < 0;
        ZSTD_inBuffer in = {j->in.ptr, j->in.len, j->at};
        ZSTD_outBuffer to = {full ? &spare : out->data + out->len, full ? 1 : mr_min((size_t)room, bytes), 0};
        size_t more = ZSTD_decompressStream(c->zstd_reader, &to, &in);
        if (ZSTD_isError(more))
            return ZSTD_getErrorCode(more) == ZSTD_error_memory_allocation ? -ENOMEM : -MR_E_CORRUPT;
        if (full && to.pos > 0)
            return -MR_E_LIMIT;
        if (to.pos == 0 && in.pos == j->at && more != 0)
            return -MR_E_CORRUPT; /* cut off */
        j->at = in.pos;
        out->len += full ? 0 : to.pos;
        if (more == 0 && j->at == j->in.len)
            return 0;
        if (to.pos == 0 && ++empty == EMPTY_FRAMES_A_STEP)
            return 1;
    }
    return 1;
}

static int write_begin(struct comp *c, const struct comp_job *j)
{
    if (c->zstd_writer == NULL)
        c->zstd_writer = ZSTD_createCCtx();
    if (c->zstd_writer == NULL)
        return -ENOMEM;
    int level = (int)mr_imax(ZSTD_minCLevel(), mr_imin(j->level, ZSTD_maxCLevel()));
    ZSTD_CCtx_reset(c->zstd_writer, ZSTD_reset_session_and_parameters);
    size_t err = ZSTD_CCtx_setParameter(c->zstd_writer, ZSTD_c_compressionLevel, level);
    if (!ZSTD_isError(err) && j->in.len > (size_t)1 << WINDOW_LOG_MAX)
        err = ZSTD_CCtx_setParameter(c->zstd_writer, ZSTD_c_windowLog, WINDOW_LOG_MAX);
    if (!ZSTD_isError(err))
        err = ZSTD_CCtx_setPledgedSrcSize(c->zstd_writer, j->in.len);
    return ZSTD_isError(err) ? -ENOMEM : 0;
}

int comp_zstd_pack_step(struct comp *c, struct comp_job *j, size_t bytes)
{
    int err = j->begun ? 0 : write_begin(c, j);
    if (err != 0)
        return err;
    j->begun = true;
    struct mr_scratch *out = j->sink.out;
    size_t piece = mr_min(bytes, j->in.len - j->at);
    bool last = j->at + piece == j->in.len;
    /* A piece that is less than a block of the format is flushed, so that its cost falls into this step. */
    ZSTD_EndDirective how = last ? ZSTD_e_end : piece < ZSTD_BLOCKSIZE_MAX ? ZSTD_e_flush : ZSTD_e_continue;
    ZSTD_inBuffer in = {j->in.ptr, j->at + piece, j->at};
    for (;;) {
        err = scratch_reserve(out, ZSTD_compressBound(piece));
        if (err != 0)
            return err;
        ZSTD_outBuffer to = {out->data + out->len, scratch_room(out), 0};
        size_t left = ZSTD_compressStream2(c->zstd_writer, &to, &in, how);
        if (ZSTD_isError(left))
            return -ENOMEM;
        out->len += to.pos;
        if (how == ZSTD_e_continue ? in.pos == in.size : left == 0)
            break;
    }
    j->at += piece;
    return !last;
}

void comp_zstd_done(struct comp *c)
{
    ZSTD_freeDCtx(c->zstd_reader);
    ZSTD_freeCCtx(c->zstd_writer);
}
