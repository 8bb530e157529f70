#include "core/broker/cleaner.h"

#include "core/broker/coord.h"
#include "core/broker/partition.h"
#include "core/mem.h"
#include "storage/compact.h"

enum {
    PARTITIONS_A_TURN = 64,
    UNPACKED_BYTES_MAX = 256 << 20,
    MAP_BYTES_MIN = 1 << 20,
};
#define FAILED_AGAIN_NS (UINT64_C(600) * 1000000000)

/* LOOK at all partitions -> (there is one to clean: CLEAN -> LOOK) -> WAIT. */
struct cleaner {
    struct broker_shard *home;
    struct mr_timer timer;
    struct mr_work work;
    uint32_t at;         /* cursor in home->partitions */
    struct partition *p; /* pinned: being looked at, or cleaned */
    bool searched;       /* p's segments have been read */
    bool cleaning;
    uint64_t unsettled;     /* a bit for each directory that has a log which waits for a checkpoint */
    struct partition *best; /* pinned: the most needy so far */
    double best_ratio;
    int64_t best_to;
    bool stopping;
    struct plog_find find;
    struct plog_clean clean;
};

static void leave(struct partition **p)
{
    struct partition *left = *p;
    *p = NULL;
    if (left != NULL)
        partition_unpin(left);
}

static void stay(struct cleaner *c, struct partition *p)
{
    if (c->p != NULL)
        return;
    partition_pin(p);
    c->p = p;
}

/* A coordinator that is being loaded has read the log as it was a while ago. The pass that was under way then
 * does no harm: each key's newest record stays. The second one may drop a tombstone whose key's older value
 * was read. So none begins. */
static bool is_compacted(const struct cleaner *c, const struct partition *p)
{
    return !p->deleted && !coord_is_loading(p) && p->leader == p->home->broker->node_id &&
           (p->cfg.cleanup & TOPIC_CLEANUP_COMPACT) != 0 && plog_start(p->log) < plog_stable_end(p->log) &&
           p->clean_after_ns <= shard_now_ns(c->home->shard);
}

/* What it found does not matter: it has read the segments whose age was not known. */
static void searched(struct plog_find *f)
{
    struct cleaner *c = MR_CONTAINER(f, struct cleaner, find);
    c->searched = true;
    if (f->err != 0) {
        c->searched = false;
        leave(&c->p); /* fetches will tell of it */
    }
    shard_ready(c->home->shard, &c->work);
}

static double ratio(uint64_t dirty, uint64_t clean)
{
    return dirty == 0 ? 0 : (double)dirty / (double)(dirty + clean);
}

/* Is p the most needy so far? Kafka's order: the highest share of dirty bytes. */
static void judge(struct cleaner *c, struct partition *p, const struct plog_dirt *d, int64_t now_ms)
{
    double have = ratio(d->dirty_bytes, d->clean_bytes);
    bool overdue =
        d->dirty_bytes > 0 && d->oldest_ms >= 0 && now_ms - d->oldest_ms > p->cfg.max_compaction_lag_ms;
    bool due = have > p->cfg.min_cleanable_dirty_ratio;
    if (!due && !overdue &&
        ratio(d->dirty_bytes + d->unsettled_bytes, d->clean_bytes) > p->cfg.min_cleanable_dirty_ratio)
        c->unsettled |= UINT64_C(1) << p->dir;
    if ((!due && !overdue) || (c->best != NULL && have <= c->best_ratio))
        return;
    leave(&c->best);
    partition_pin(p);
    c->best = p;
    c->best_ratio = have;
    c->best_to = d->to;
}

/* True: on to the next one. False: the work runs again when this one can go on. */
static bool look(struct cleaner *c, struct partition *p)
{
    if (!is_compacted(c, p) || plog_failed(p->log) != 0)
        return true;
    if (!plog_open(p->log, &c->work)) {
        stay(c, p);
        return false;
    }
    if (plog_failed(p->log) != 0)
        return true;
    int64_t now_ms = shard_wall_ms(c->home->shard), lag = p->cfg.min_compaction_lag_ms;
    struct plog_dirt d;
    plog_dirt(p->log, partition_last_stable(p), now_ms, lag, &d);
    if (d.untimed && !c->searched) {
        stay(c, p);
        c->find = (struct plog_find){.timestamp = mr_imax(now_ms - lag, 0),
                                     .limit = partition_high_watermark(p),
                                     .comp = c->home->comp,
                                     .scratch = &c->home->scratch,
                                     .unpacked_bytes_max = UNPACKED_BYTES_MAX,
                                     .done = searched};
        plog_find(p->log, &c->find);
        return false;
    }
    judge(c, p, &d, now_ms);
    return true;
}

static void cleaned(struct plog_clean *d)
{
    struct cleaner *c = MR_CONTAINER(d, struct cleaner, clean);
    struct partition *p = c->p;
    struct mr_shard *s = c->home->shard;
    c->cleaning = false;
    if (d->err == 0 && !p->deleted)
        log_info(s->log, "cleaner",
                 "compacted part=%s-%d below=%lld keys=%llu records=%llu->%llu segments=%u->%u read=%llu "
                 "written=%llu "
                 "keyless=%llu",
                 p->topic, p->index, (long long)d->clean_to, (unsigned long long)d->keys,
                 (unsigned long long)d->records_in, (unsigned long long)d->records_out, d->segments_before,
                 d->segments_after, (unsigned long long)d->read_bytes, (unsigned long long)d->written_bytes,
                 (unsigned long long)d->invalid);
    if (d->err != 0 && d->err != -ECANCELED && d->err != -ENOENT && !p->deleted && !c->stopping) {
        p->clean_after_ns = shard_now_ns(s) + FAILED_AGAIN_NS;
        log_warn(s->log, "cleaner", "compaction failed, tried again in ten minutes part=%s-%d err=\"%s\"",
                 p->topic, p->index, mr_err_text(d->err));
    }
    leave(&c->p);
    shard_ready(s, &c->work);
}

static void wait_a_while(struct cleaner *c)
{
    struct config_view v = broker_config_view(c->home);
    uint64_t ms = (uint64_t)mr_imax(config_int(&v, "log.cleaner.backoff.ms"), 1);
    shard_timer(c->home->shard, &c->timer, ms * 1000000);
}

_Static_assert(BROKER_DIRS_MAX <= 64, "a bit each");

static void checkpoints(struct cleaner *c)
{
    for (uint32_t d = 0; d < c->home->broker->dir_count; d++) {
        if ((c->unsettled >> d & 1) != 0 && c->home->stores[d] != NULL)
            store_checkpoint(c->home->stores[d]);
    }
    c->unsettled = 0;
}

/* Everything has been looked at. */
static void choose(struct cleaner *c)
{
    struct config_view v = broker_config_view(c->home);
    uint32_t shards = c->home->broker->shards;
    struct partition *p = c->best;
    c->at = 0;
    checkpoints(c);
    if (p == NULL || p->deleted || plog_failed(p->log) != 0) {
        leave(&c->best);
        wait_a_while(c);
        return;
    }
    double rate = config_double(&v, "log.cleaner.io.max.bytes.per.second") / shards;
    uint64_t map_bytes = (uint64_t)config_int(&v, "log.cleaner.dedupe.buffer.size") / shards;
    c->clean = (struct plog_clean){.to = c->best_to,
                                   .now_ms = shard_wall_ms(c->home->shard),
                                   .delete_retention_ms = p->cfg.delete_retention_ms,
                                   .map_bytes = mr_max(map_bytes, (uint64_t)MAP_BYTES_MIN),
                                   .bytes_per_second = rate >= 1e15 ? 0 : (uint64_t)(rate < 1 ? 1 : rate),
                                   .unpacked_bytes_max = UNPACKED_BYTES_MAX,
                                   .comp = c->home->comp,
                                   .scratch = &c->home->scratch,
                                   .done = cleaned};
    c->p = p; /* with its pin */
    c->best = NULL;
    c->cleaning = plog_clean(p->log, &c->clean) == 0;
    if (!c->cleaning) {
        leave(&c->p);
        wait_a_while(c);
    }
}

static void go(struct mr_work *w)
{
    struct cleaner *c = MR_CONTAINER(w, struct cleaner, work);
    for (unsigned n = 0; !c->stopping; n++) {
        struct partition *p = c->p != NULL ? c->p : smap_next(&c->home->partitions, &c->at);
        if (p == NULL) {
            choose(c);
            return;
        }
        if (n == PARTITIONS_A_TURN) {
            stay(c, p);
            shard_ready(c->home->shard, &c->work);
            return;
        }
        if (!look(c, p))
            return;
        c->searched = false;
        leave(&c->p);
    }
    leave(&c->p);
    leave(&c->best);
}

static void due(struct mr_timer *t)
{
    struct cleaner *c = MR_CONTAINER(t, struct cleaner, timer);
    c->at = 0;
    shard_ready(c->home->shard, &c->work);
}

int cleaner_new(struct broker_shard *b, struct cleaner **ret)
{
    struct cleaner *c = mem_zalloc(1, sizeof(*c));
    if (c == NULL)
        return -ENOMEM;
    c->home = b;
    timer_init(&c->timer, due);
    work_init(&c->work, go);
    *ret = c;
    return 0;
}

void cleaner_start(struct cleaner *c)
{
    struct config_view v = broker_config_view(c->home);
    if (config_bool(&v, "log.cleaner.enable"))
        wait_a_while(c);
}

void cleaner_stop(struct cleaner *c)
{
    c->stopping = true;
    c->clean.stop = true;
    shard_timer_cancel(c->home->shard, &c->timer);
    if (work_queued(&c->work)) { /* waits for a log to open, or for its turn */
        list_remove(&c->work.link);
        leave(&c->p);
    }
    leave(&c->best);
}

bool cleaner_idle(const struct cleaner *c)
{
    return c->p == NULL;
}

void cleaner_free(struct cleaner *c)
{
    if (c == NULL)
        return;
    shard_timer_cancel(c->home->shard, &c->timer);
    list_remove(&c->work.link);
    mem_free(c);
}
