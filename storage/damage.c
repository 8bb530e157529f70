#include "storage/damage.h"

#include "core/err.h"
#include "core/mem.h"
#include "storage/index_load.h"
#include "storage/plog_priv.h"

static void say(const struct plog *log, const struct damage *d)
{
    char dir[SEGMENT_PATH_MAX], path[SEGMENT_PATH_MAX];
    plog_dir(log, dir);
    bool known = log->seg_count > 0 && d->seg >= log->seg_first && d->seg <= plog_last_number(log);
    segment_path(path, dir, known ? plog_seg(log, d->seg)->base : d->from, ".log");
    if (d->to > d->from)
        log_error(log->store->shard->log, "storage",
                  "damaged part=%s-%d offsets=%lld..%lld file=%s bytes=%llu..%llu: fetches there get "
                  "CORRUPT_MESSAGE; "
                  "records go on at offset %lld",
                  log->topic, plog_key(log).partition, (long long)d->from, (long long)d->to - 1, path,
                  (unsigned long long)d->from_pos, (unsigned long long)d->to_pos, (long long)d->to);
    else
        log_error(log->store->shard->log, "storage",
                  "damaged part=%s-%d file=%s bytes=%llu..%llu: no record was there", log->topic,
                  plog_key(log).partition, path, (unsigned long long)d->from_pos,
                  (unsigned long long)d->to_pos);
}

static int compare(const struct damage *a, uint32_t seg, uint64_t pos)
{
    if (a->seg != seg)
        return a->seg < seg ? -1 : 1;
    return a->from_pos < pos ? -1 : a->from_pos > pos;
}

/* The first range at or behind a place. */
static uint32_t place_of(const struct damages *all, uint32_t seg, uint64_t pos)
{
    uint32_t i = 0;
    while (i < all->count && compare(&all->items[i], seg, pos) < 0)
        i++;
    return i;
}

static void remove_at(struct damages *all, uint32_t i)
{
    memmove(&all->items[i], &all->items[i + 1], (all->count - i - 1) * sizeof(*all->items));
    all->count--;
}

int damage_add(struct plog *log, const struct damage *d)
{
    struct damages *all = log->damages;
    if (all == NULL) {
        all = mem_zalloc(1, sizeof(*all));
        if (all == NULL)
            return -ENOMEM;
        log->damages = all;
    }
    while (all->count > 0 && all->items[0].seg < log->seg_first) /* retention took it */
        remove_at(all, 0);
    uint32_t i = place_of(all, d->seg, d->from_pos);
    if (i < all->count && compare(&all->items[i], d->seg, d->from_pos) == 0) {
        if (all->items[i].to_pos >= d->to_pos)
            return -EEXIST;
        all->items[i] = *d; /* it has grown */
        say(log, d);
        return 0;
    }
    if (all->count >= DAMAGES_MAX)
        return -MR_E_LIMIT;
    if (all->count == all->cap) {
        uint32_t cap = all->cap == 0 ? 4 : all->cap * 2;
        void *grown = mem_realloc(all->items, cap * sizeof(*all->items));
        if (grown == NULL)
            return -ENOMEM;
        all->items = grown;
        all->cap = cap;
    }
    memmove(&all->items[i + 1], &all->items[i], (all->count - i) * sizeof(*all->items));
    all->items[i] = *d;
    all->count++;
    say(log, d);
    if (log->seg_count > 0 && d->seg >= log->seg_first && d->seg <= plog_last_number(log))
        index_unstick(log, plog_seg(log, d->seg)); /* it can go on behind */
    return 0;
}

const struct damage *damage_at(const struct plog *log, uint32_t seg, uint64_t pos)
{
    const struct damages *all = log->damages;
    if (all == NULL)
        return NULL;
    uint32_t i = place_of(all, seg, pos);
    return i < all->count && compare(&all->items[i], seg, pos) == 0 ? &all->items[i] : NULL;
}

const struct damage *damage_of(const struct plog *log, int64_t offset)
{
    const struct damages *all = log->damages;
    for (uint32_t i = 0; all != NULL && i < all->count; i++) {
        if (all->items[i].from <= offset && offset < all->items[i].to)
            return &all->items[i];
    }
    return NULL;
}

void damage_renumber(struct plog *log, uint32_t first, uint32_t count)
{
    struct damages *all = log->damages;
    uint32_t kept = 0;
    for (uint32_t i = 0; all != NULL && i < all->count; i++) {
        struct damage d = all->items[i];
        if (d.seg >= first && d.seg < first + count)
            continue;
        if (d.seg < first)
            d.seg += count - 1;
        all->items[kept++] = d;
    }
    if (all != NULL)
        all->count = kept;
}

void damage_forget(struct plog *log)
{
    if (log->damages != NULL)
        mem_free(log->damages->items);
    mem_free(log->damages);
    log->damages = NULL;
}

/* ---- looking ---- */

static int look_damaged(struct seg_walk *w, const struct damage *d)
{
    struct damage_look *l = MR_CONTAINER(w, struct damage_look, walk);
    l->restart = l->from > 0 && !l->sound;
    if (l->restart)
        return 1;
    if (damage_add(w->log, d) == 0)
        l->found++;
    return d->to_pos > l->until ? 1 : 0;
}

/* Sound up to where the reader stood. */
static int look_batch(struct seg_walk *w, const struct kw_batch *b, uint64_t pos)
{
    struct damage_look *l = MR_CONTAINER(w, struct damage_look, walk);
    (void)b;
    l->sound = true;
    return pos > l->until ? 1 : 0;
}

static void look_from(struct damage_look *l, struct plog *log, uint32_t seg, uint64_t from);

static void look_done(struct seg_walk *w)
{
    struct damage_look *l = MR_CONTAINER(w, struct damage_look, walk);
    if (l->restart && w->replacements == w->log->replacements && w->seg >= w->log->seg_first) {
        look_from(l, w->log, w->seg, 0);
        return;
    }
    if (w->err == -ENOENT && !w->log->removed && w->seg >= w->log->seg_first) { /* there is no file */
        const struct segment *seg = plog_seg(w->log, w->seg);
        bool last = w->seg == plog_last_number(w->log);
        struct damage d = {.seg = w->seg,
                           .to_pos = seg->finished ? seg->size : seg->mat_pos,
                           .from = seg->base,
                           .to = !last ? plog_seg(w->log, w->seg + 1)->base
                                 : w->log->tail_first < w->log->tail_end
                                     ? plog_tail(w->log, w->log->tail_first)->base
                                     : w->log->append_end};
        if (damage_add(w->log, &d) == 0)
            l->found++;
    }
    l->done(l);
}

static void look_from(struct damage_look *l, struct plog *log, uint32_t seg, uint64_t from)
{
    l->from = from;
    l->restart = l->sound = false;
    l->walk = (struct seg_walk){.log = log,
                                .seg = seg,
                                .pos = from,
                                .next = plog_seg(log, seg)->base,
                                .batch = look_batch,
                                .damaged = look_damaged,
                                .done = look_done};
    seg_walk_begin(&l->walk);
}

void damage_look(struct plog *log, struct damage_look *l, uint32_t seg, uint64_t from, uint64_t until)
{
    void (*done)(struct damage_look *) = l->done;
    *l = (struct damage_look){.until = until, .done = done};
    look_from(l, log, seg, from);
}
