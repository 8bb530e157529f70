#include "storage/cold_streams.h"

static struct cold_stream *find(struct cold_streams *s, const void *log, int64_t from)
{
    for (uint32_t i = 0; i < COLD_STREAMS; i++) {
        struct cold_stream *t = &s->at[i];
        if (t->log == log && from >= t->from && from <= t->next)
            return t;
    }
    return NULL;
}

static struct cold_stream *oldest(struct cold_streams *s)
{
    struct cold_stream *best = &s->at[0];
    for (uint32_t i = 0; i < COLD_STREAMS; i++) {
        struct cold_stream *t = &s->at[i];
        if (t->log == NULL)
            return t;
        if (t->used_ns < best->used_ns)
            best = t;
    }
    return best;
}

uint32_t streams_note(struct cold_streams *s, const void *log, int64_t from, int64_t next, bool at_start,
                      uint64_t now_ns)
{
    MR_ASSERT(log != NULL && from < next);
    struct cold_stream *t = find(s, log, from);
    if (t == NULL) {
        t = oldest(s);
        *t = (struct cold_stream){.log = log, .from = from, .next = next, .run = at_start};
    } else if (next > t->next) { /* one that reads what another has just read may get further */
        t->run += from == t->next && t->run < UINT32_MAX;
        t->from = from;
        t->next = next;
        t->pos = 0;
    }
    t->used_ns = now_ns;
    return t->run;
}

void streams_mark(struct cold_streams *s, const void *log, int64_t next, int64_t base, uint32_t pos,
                  uint32_t replacements)
{
    for (uint32_t i = 0; i < COLD_STREAMS; i++) {
        struct cold_stream *t = &s->at[i];
        if (t->log != log || t->next != next)
            continue;
        t->base = base;
        t->pos = pos;
        t->replacements = replacements;
    }
}

uint32_t streams_place(const struct cold_streams *s, const void *log, int64_t next, int64_t base,
                       uint32_t replacements)
{
    for (uint32_t i = 0; i < COLD_STREAMS; i++) {
        const struct cold_stream *t = &s->at[i];
        if (t->log == log && t->next == next && t->base == base && t->replacements == replacements)
            return t->pos;
    }
    return 0;
}

uint32_t streams_active(const struct cold_streams *s, uint64_t now_ns)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < COLD_STREAMS; i++)
        count += s->at[i].log != NULL && s->at[i].used_ns + COLD_STREAM_NS > now_ns;
    return mr_max(count, 1);
}

void streams_forget(struct cold_streams *s, const void *log)
{
    for (uint32_t i = 0; i < COLD_STREAMS; i++) {
        if (s->at[i].log == log)
            s->at[i] = (struct cold_stream){.log = NULL};
    }
}

uint32_t cold_window(uint32_t run, uint32_t blocks_max, uint32_t active)
{
    if (run == 0)
        return 0;
    return mr_min(mr_min(run * 2, COLD_AHEAD_MAX), blocks_max / 2 / active);
}
