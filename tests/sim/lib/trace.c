#include <stdio.h>

#include "tests/sim/lib/sim_priv.h"

static uint64_t mix(uint64_t h, uint64_t v)
{
    h = (h ^ v) * 0x9fb21c651e98df25u;
    return h ^ (h >> 29);
}

static uint64_t load64(const uint8_t *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof(v));
    return v;
}

uint64_t hash_bytes(const void *p, size_t len, uint64_t seed)
{
    const uint8_t *at = p;
    uint64_t a = seed ^ len, b = 0x165667b19e3779f9u, c = 0x27d4eb2f165667c5u, d = 0x85ebca77c2b2ae63u;
    for (; len >= 32; len -= 32, at += 32) {
        a = (a ^ load64(at)) * 0x9e3779b185ebca87u;
        b = (b ^ load64(at + 8)) * 0xc2b2ae3d27d4eb4fu;
        c = (c ^ load64(at + 16)) * 0x9fb21c651e98df25u;
        d = (d ^ load64(at + 24)) * 0xff51afd7ed558ccdu;
        a ^= a >> 31;
        b ^= b >> 29;
        c ^= c >> 30;
        d ^= d >> 32;
    }
    uint64_t h = mix(mix(mix(a, b), c), d);
    for (; len >= 8; len -= 8, at += 8)
        h = mix(h, load64(at));
    uint64_t rest = 0;
    if (len > 0)
        memcpy(&rest, at, len);
    return mix(h, rest ^ len);
}

uint64_t hash_text(const char *text)
{
    return hash_bytes(text, strlen(text), 7);
}

uint64_t world_trace_hash(const struct world *w)
{
    return w->hash;
}
void world_trace_mix(struct world *w, uint64_t value)
{
    w->hash = mix(w->hash, value);
}

void world_observe(struct world *w, void (*see)(void *ctx, const struct sim_trace *t), void *ctx)
{
    MR_ASSERT(w->observer_count < OBSERVERS_MAX);
    w->observers[w->observer_count++] = (struct observer){see, ctx};
}

static const char *moment_name(enum sim_moment moment)
{
    switch (moment) {
    case SIM_SUBMITTED:
        return "submit";
    case SIM_COMPLETED:
        return "complete";
    case SIM_DELIVERED:
        return "deliver";
    }
    return "?";
}

void trace_op(const struct sim_op *s, enum sim_moment moment, int64_t result)
{
    struct mr_io *io = s->io;
    struct world *w = io->w;
    const char *path = s->path != NULL ? s->path : file_path(s->file);
    uint64_t h = mix(w->hash, (uint64_t)moment << 32 | (uint64_t)s->kind << 40 | io->number);
    h = mix(h, w->now_ns);
    h = mix(h, (uint64_t)(uint32_t)s->handle);
    h = mix(h, s->pos);
    h = mix(h, s->len);
    h = mix(h, (uint64_t)result);
    if (moment == SIM_SUBMITTED)
        h = mix(h, s->checksum ^ hash_text(path));
    w->hash = h;
    if (w->print_trace)
        fprintf(stderr, "%12.6f ms %s/%u %-8s %-11s h=%d pos=%llu len=%llu result=%lld %s %s\n",
                (double)w->now_ns / 1e6, io->node->name, io->cfg.shard, moment_name(moment),
                sim_kind_name(s->kind), s->handle, (unsigned long long)s->pos, (unsigned long long)s->len,
                (long long)result, path, s->path2 != NULL ? s->path2 : "");
    if (w->observer_count == 0)
        return;
    struct sim_trace t = {
        .moment = moment,
        .kind = s->kind,
        .at_ns = w->now_ns,
        .io = io,
        .node = io->node,
        .shard = io->cfg.shard,
        .op = s->op,
        .path = path,
        .path2 = s->path2 != NULL ? s->path2 : "",
        .handle = s->handle,
        .pos = s->pos,
        .len = s->len,
        .result = result,
        .src = s->src,
        .iov = s->iov,
        .iov_count = s->iov_count,
    };
    for (unsigned i = 0; i < w->observer_count; i++)
        w->observers[i].see(w->observers[i].ctx, &t);
}

void trace_world(struct world *w, const char *what, uint64_t a, uint64_t b)
{
    w->hash = mix(mix(mix(mix(w->hash, hash_text(what)), w->now_ns), a), b);
    if (w->print_trace)
        fprintf(stderr, "%12.6f ms -- %s %llu %llu\n", (double)w->now_ns / 1e6, what, (unsigned long long)a,
                (unsigned long long)b);
}
