/* gzip through isa-l (RFC 1951, RFC 1952). */
#include <isa-l/igzip_lib.h>

#include "core/compress_priv.h"
#include "core/err.h"
#include "core/mem.h"

enum { GZIP_MEMBER_COST = 256 }; /* bytes of a step's budget */

struct gzip_writer {
    struct isal_zstream stream;
    uint8_t level_memory[ISAL_DEF_LVL3_DEFAULT]; /* the largest of the levels */
};

int comp_gzip_unpack_step(struct comp *c, struct comp_job *j, size_t bytes)
{
    struct inflate_state *state = c->gzip_reader;
    if (!j->begun) {
        if (state == NULL)
            state = c->gzip_reader = mem_alloc(sizeof(struct inflate_state));
        if (state == NULL)
            return -ENOMEM;
        isal_inflate_init(state);
        state->crc_flag = ISAL_GZIP;
        state->next_in = (uint8_t *)(uintptr_t)j->in.ptr; /* only read */
        state->avail_in = (uint32_t)j->in.len;
        j->begun = true;
    }
    struct mr_scratch *out = j->sink.out;
    size_t before = out->len;
    do {
        /* A last call with no room left still has to read the end of the stream. */
        uint8_t spare;
        int64_t room = comp_sink_room(&j->sink, mr_max(j->in.len * 2, 4096));
        if (room < 0 && room != -MR_E_LIMIT)
            return (int)room;
        bool full = room < 0;
        state->next_out = full ? &spare : out->data + out->len;
        state->avail_out = full ? 1 : (uint32_t)mr_min(mr_min((size_t)room, bytes), INT32_MAX);
        uint32_t offered = state->avail_out;
        if (isal_inflate(state) != ISAL_DECOMP_OK)
            return -MR_E_CORRUPT;
        uint32_t made = offered - state->avail_out;
        if (full && made > 0)
            return -MR_E_LIMIT;
        out->len += made;
        if (state->block_state == ISAL_BLOCK_FINISH) {
            if (state->avail_in == 0)
                return 0;
            isal_inflate_reset(state); /* the next member; its header must be one */
            state->crc_flag = ISAL_GZIP;
            bytes -= mr_min(bytes - 1, GZIP_MEMBER_COST); /* empty ones are work, too */
        } else if (state->avail_out > 0) {
            return -MR_E_CORRUPT; /* the input ended first */
        }
    } while (out->len - before < bytes);
    return 1;
}

int comp_gzip_unpack(struct comp *c, struct mr_slice in, struct comp_sink *sink)
{
    struct comp_job j = {.in = in, .sink = *sink};
    int err;
    while ((err = comp_gzip_unpack_step(c, &j, INT32_MAX)) == 1)
        ;
    return err;
}

/* Kafka's -1 and 1 to 9 on isa-l's three levels. */
static uint32_t isal_level(int level)
{
    if (level < 1)
        return 2;
    return level <= 3 ? 1 : level <= 6 ? 2 : 3;
}

int comp_gzip_pack_step(struct comp *c, struct comp_job *j, size_t bytes)
{
    struct gzip_writer *w = c->gzip_writer;
    if (!j->begun) {
        if (w == NULL)
            w = c->gzip_writer = mem_aligned(sizeof(struct gzip_writer), 64);
        if (w == NULL)
            return -ENOMEM;
        isal_deflate_init(&w->stream);
        w->stream.gzip_flag = IGZIP_GZIP;
        w->stream.level = isal_level(j->level);
        w->stream.level_buf = w->level_memory;
        w->stream.level_buf_size = sizeof(w->level_memory);
        j->begun = true;
    }
    struct isal_zstream *s = &w->stream;
    struct mr_scratch *out = j->sink.out;
    size_t piece = mr_min(bytes, j->in.len - j->at);
    s->next_in = (uint8_t *)(uintptr_t)j->in.ptr + j->at;
    s->avail_in = (uint32_t)piece;
    j->at += piece;
    s->end_of_stream = j->at == j->in.len;
    do {
        int err = scratch_reserve(out, mr_max(piece / 2, 512));
        if (err == -MR_E_LIMIT)
            err = scratch_reserve(out, 1); /* what is left may do */
        if (err != 0)
            return err;
        uint32_t room = (uint32_t)mr_min(scratch_room(out), INT32_MAX);
        s->next_out = out->data + out->len;
        s->avail_out = room;
        if (isal_deflate(s) != COMP_OK)
            return -ENOMEM; /* only ever a working area that is too small, which ours is not */
        out->len += room - s->avail_out;
    } while (s->end_of_stream ? s->internal_state.state != ZSTATE_END : s->avail_in > 0 || s->avail_out == 0);
    return !s->end_of_stream;
}

int comp_gzip_pack(struct comp *c, int level, struct mr_slice in, struct mr_scratch *out)
{
    struct comp_job j = {.level = level, .in = in, .sink = {out, out->len, SIZE_MAX}};
    return comp_gzip_pack_step(c, &j, in.len);
}

void comp_gzip_done(struct comp *c)
{
    mem_free(c->gzip_reader);
    mem_free(c->gzip_writer);
}
