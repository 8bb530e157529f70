/* gzip through isa-l (RFC 1951, RFC 1952). */
#include <isa-l/igzip_lib.h>

#include "core/compress_priv.h"
#include "core/err.h"
#include "core/mem.h"

struct gzip_writer {
    struct isal_zstream stream;
    uint8_t level_memory[ISAL_DEF_LVL3_DEFAULT]; /* the largest of the levels */
};

int comp_gzip_unpack(struct comp *c, struct mr_slice in, struct comp_sink *sink)
{
    if (c->gzip_reader == NULL)
        c->gzip_reader = mem_alloc(sizeof(struct inflate_state));
    struct inflate_state *state = c->gzip_reader;
    if (state == NULL)
        return -ENOMEM;

    struct mr_scratch *out = sink->out;
    isal_inflate_init(state);
    state->crc_flag = ISAL_GZIP;
    state->next_in = (uint8_t *)(uintptr_t)in.ptr; /* only read */
    state->avail_in = (uint32_t)in.len;
    for (;;) {
        /* A last call with no room left still has to read the end of the stream. */
        uint8_t spare;
        int64_t room = comp_sink_room(sink, mr_max(in.len * 2, 4096));
        if (room < 0 && room != -MR_E_LIMIT)
            return (int)room;
        bool full = room < 0;
        state->next_out = full ? &spare : out->data + out->len;
        state->avail_out = full ? 1 : (uint32_t)mr_min((uint64_t)room, INT32_MAX);
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
        } else if (state->avail_out > 0) {
            return -MR_E_CORRUPT; /* the input ended first */
        }
    }
}

/* Kafka's -1 and 1 to 9 on isa-l's three levels. */
static uint32_t isal_level(int level)
{
    if (level < 1)
        return 2;
    return level <= 3 ? 1 : level <= 6 ? 2 : 3;
}

int comp_gzip_pack(struct comp *c, int level, struct mr_slice in, struct mr_scratch *out)
{
    if (c->gzip_writer == NULL)
        c->gzip_writer = mem_aligned(sizeof(struct gzip_writer), 64);
    struct gzip_writer *w = c->gzip_writer;
    if (w == NULL)
        return -ENOMEM;

    struct isal_zstream *s = &w->stream;
    isal_deflate_init(s);
    s->gzip_flag = IGZIP_GZIP;
    s->level = isal_level(level);
    s->level_buf = w->level_memory;
    s->level_buf_size = sizeof(w->level_memory);
    s->end_of_stream = 1;
    s->next_in = (uint8_t *)(uintptr_t)in.ptr;
    s->avail_in = (uint32_t)in.len;
    do {
        int err = scratch_reserve(out, mr_max(in.len / 2, 512));
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
    } while (s->internal_state.state != ZSTATE_END);
    return 0;
}

void comp_gzip_done(struct comp *c)
{
    mem_free(c->gzip_reader);
    mem_free(c->gzip_writer);
}
