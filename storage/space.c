#include "storage/space.h"

#include "core/mem.h"

enum { LOOK_MS = 1000, FREED_MS = 50, BATCH_BYTES = 2 << 20 };

uint64_t space_reserve(int64_t configured, uint64_t total_bytes)
{
    if (configured >= 0)
        return (uint64_t)configured;
    uint64_t hundredth = mr_min(mr_max(total_bytes / 100, UINT64_C(64) << 20), UINT64_C(1) << 30);
    return mr_min(hundredth, total_bytes / 8);
}

static uint32_t shares(const struct store *s)
{
    return (uint32_t)mr_max(s->shard->count, 1);
}

static uint64_t look_ms(const struct store *s)
{
    return s->cfg.space_look_ms == 0 ? LOOK_MS : s->cfg.space_look_ms;
}

static void arm(struct store *s, uint64_t ms)
{
    if (!timer_armed(&s->space.timer) && !s->closing && s->fenced == 0)
        shard_timer(s->shard, &s->space.timer, ms * 1000000);
}

/* The one line of a change, which all shards of a directory see; not more often than the directory allows. */
static void say(struct store *s, uint64_t free_bytes)
{
    struct store_space *sp = &s->space;
    if (!logdir_may_say(s->cfg.dir, sp->is_short, io_now_ns(s->io)))
        return;
    if (sp->is_short)
        log_warn(s->shard->log, "storage",
                 "disk nearly full, produce is refused dir=%s free=%llu reserve=%llu unwritten=%llu "
                 "files_waiting=%d",
                 s->dir, (unsigned long long)free_bytes, (unsigned long long)sp->reserve,
                 (unsigned long long)logdir_unwritten(s->cfg.dir), sp->starved);
    else
        log_info(s->shard->log, "storage",
                 "disk has room again, produce is taken dir=%s free=%llu reserve=%llu refused=%llu", s->dir,
                 (unsigned long long)free_bytes, (unsigned long long)sp->reserve,
                 (unsigned long long)s->stats.space_refused);
}

/* What of it is in no file, for all shards to see. */
static void publish(struct store *s)
{
    uint64_t unwritten = s->stats.unmaterialised_bytes;
    logdir_unwritten_add(s->cfg.dir, (int64_t)unwritten - (int64_t)s->space.published);
    s->space.published = unwritten;
}

/* How much room there is for clients now. It becomes short with so little that a batch would not fit a
 * shard's share of it, and is well again with twice that, or it would change with every batch. */
static void look(struct store *s)
{
    struct store_space *sp = &s->space;
    uint64_t total = 0, free_bytes = 0;
    publish(s);
    sp->looked_ns = io_now_ns(s->io);
    sp->taken = 0;
    sp->active = false;
    if (io_space(s->io, s->dir, &total, &free_bytes) != 0) {
        sp->room = INT64_MAX; /* not known: the writes will tell */
    } else {
        sp->reserve = space_reserve(s->cfg.reserve_bytes, total);
        sp->room = (int64_t)free_bytes - (int64_t)sp->reserve - (int64_t)logdir_unwritten(s->cfg.dir);
    }
    uint64_t least = mr_min(sp->reserve / 4, shares(s) * BATCH_BYTES);
    bool is_short = sp->starved || sp->room <= (int64_t)(sp->is_short ? least * 2 : least);
    if (is_short == sp->is_short)
        return;
    sp->is_short = is_short;
    say(s, free_bytes);
}

static void timer_due(struct mr_timer *t)
{
    struct store *s = MR_CONTAINER(t, struct store, space.timer);
    bool active = s->space.active;
    look(s);
    if (s->space.waiting) {
        s->space.waiting = false;
        materialise_kick(s);
        if (s->space.checkpoint_wanted)
            checkpoint_start(s);
        s->space.checkpoint_wanted = false;
        checkpoint_poke(s);
    }
    if (s->space.is_short)
        journal_wake_all(s->journal); /* clients' batches that wait for room are refused */
    if (active || s->space.is_short || s->space.starved)
        arm(s, look_ms(s));
}

void space_init(struct store *s)
{
    timer_init(&s->space.timer, timer_due);
}

void space_stop(struct store *s)
{
    shard_timer_cancel(s->shard, &s->space.timer);
    logdir_unwritten_add(s->cfg.dir, -(int64_t)s->space.published);
    s->space.published = 0;
}

bool space_take(struct store *s, uint64_t bytes)
{
    struct store_space *sp = &s->space;
    uint64_t now = io_now_ns(s->io);
    if (sp->looked_ns == 0 || (!sp->active && now - sp->looked_ns >= look_ms(s) * 1000000))
        look(s); /* the first one after a rest */
    sp->active = true;
    arm(s, look_ms(s));
    if (!sp->is_short && (int64_t)(sp->taken + bytes) > sp->room / shares(s))
        look(s); /* a burst has taken this one's share: rare while there is much room */
    if (sp->is_short || (int64_t)(sp->taken + bytes) > sp->room / shares(s)) {
        s->stats.space_refused++;
        return false;
    }
    sp->taken += bytes;
    return true;
}

bool space_own(const struct store *s)
{
    if (!s->space.starved)
        return true;
    const struct journal *j = s->journal;
    return journal_bytes_used(j) < journal_bytes_max(j) / 4 * 3 &&
           journal_units_out(j) * 4 <= journal_units_max(j) * 3;
}

bool space_ahead(const struct store *s, uint64_t bytes)
{
    return !s->space.is_short && (s->space.looked_ns == 0 || (int64_t)bytes < s->space.room / 8);
}

bool space_for_copy(const struct store *s, uint64_t bytes)
{
    uint64_t total, free_bytes;
    if (io_space(s->io, s->dir, &total, &free_bytes) != 0)
        return true; /* not known: the writes will tell */
    uint64_t kept = space_reserve(s->cfg.reserve_bytes, total) / 4;
    return free_bytes >= kept && free_bytes - kept >= bytes;
}

void space_failed(struct store *s, const char *what, int err)
{
    struct store_space *sp = &s->space;
    if (!sp->starved) {
        sp->starved = true;
        look(s);
        log_warn(s->shard->log, "storage",
                 "no space for what is acknowledged, the journal keeps it: %s err=\"%s\" dir=%s shard=%u "
                 "unwritten=%llu",
                 what, mr_err_text(err), s->dir, s->shard->id,
                 (unsigned long long)s->stats.unmaterialised_bytes);
        journal_wake_all(s->journal);
    }
    sp->waiting = true;
    arm(s, look_ms(s));
    checkpoint_poke(s); /* one that waits for the files at a stop gives up */
    truncate_poke(s);
}

void space_written(struct store *s)
{
    publish(s);
    if (!s->space.starved || s->space.unnamed > 0)
        return;
    s->space.starved = false;
    look(s);
}

void space_freed(struct store *s)
{
    if (!s->space.is_short && !s->space.starved)
        return;
    shard_timer_cancel(s->shard, &s->space.timer);
    arm(s, FREED_MS);
}
