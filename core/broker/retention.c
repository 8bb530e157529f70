#include "core/broker/retention.h"

#include "core/broker/partition.h"
#include "core/mem.h"

enum {
    PARTITIONS_A_TURN = 64, /* of those with nothing to do */
    UNPACKED_BYTES_MAX = 256 << 20,
};

struct retention {
    struct broker_shard *home;
    struct mr_timer timer;
    struct mr_work work;
    uint64_t first_ns, every_ns;
    uint32_t at;         /* cursor in home->partitions */
    struct partition *p; /* pinned: something of it is in flight */
    bool searched;       /* p's segments have been read */
    bool stopping;
    struct plog_find find;
    struct plog_change change;
};

static void leave(struct retention *r)
{
    struct partition *p = r->p;
    r->p = NULL;
    r->searched = false;
    if (p != NULL)
        partition_unpin(p);
}

static void stay(struct retention *r, struct partition *p)
{
    if (r->p != NULL)
        return;
    partition_pin(p);
    r->p = p;
}

static void moved(struct plog_change *c)
{
    struct retention *r = MR_CONTAINER(c, struct retention, change);
    struct partition *p = r->p;
    if (c->err == 0 && !p->deleted)
        log_info(r->home->shard->log, "retention", "log start moved part=%s-%d start=%lld end=%lld", p->topic,
                 p->index, (long long)c->offset, (long long)plog_stable_end(p->log));
    leave(r);
    shard_ready(r->home->shard, &r->work);
}

/* What it found does not matter: it has read the segments whose age was not known. */
static void searched(struct plog_find *f)
{
    struct retention *r = MR_CONTAINER(f, struct retention, find);
    r->searched = true;
    if (f->err != 0)
        leave(r); /* fetches will tell of it */
    shard_ready(r->home->shard, &r->work);
}

static bool has_retention(const struct partition *p)
{
    return !p->deleted && p->coord == NULL && p->leader == p->home->broker->node_id &&
           (p->cfg.cleanup & TOPIC_CLEANUP_DELETE) != 0 &&
           (p->cfg.retention_ms >= 0 || p->cfg.retention_bytes >= 0) &&
           plog_start(p->log) < plog_stable_end(p->log);
}

/* True: on to the next one. False: the work runs again when this one can go on. */
static bool look(struct retention *r, struct partition *p)
{
    if (!has_retention(p) || plog_failed(p->log) != 0)
        return true;
    if (!plog_open(p->log, &r->work)) {
        stay(r, p);
        return false;
    }
    if (plog_failed(p->log) != 0)
        return true;
    int64_t now_ms = shard_wall_ms(r->home->shard), high = partition_high_watermark(p);
    bool untimed;
    int64_t to = plog_expired(p->log, now_ms, high, &untimed);
    if (untimed && !r->searched) {
        stay(r, p);
        r->find = (struct plog_find){.timestamp = mr_imax(now_ms - p->cfg.retention_ms, 0),
                                     .limit = high,
                                     .comp = r->home->comp,
                                     .scratch = &r->home->scratch,
                                     .unpacked_bytes_max = UNPACKED_BYTES_MAX,
                                     .done = searched};
        plog_find(p->log, &r->find);
        return false;
    }
    if (to <= plog_start(p->log))
        return true;
    r->change = (struct plog_change){.done = moved};
    int err = plog_set_start(p->log, to, &r->change);
    if (err != 0 && err != -EAGAIN)
        return true;
    stay(r, p);
    if (err == -EAGAIN)
        plog_wait_room(p->log, &r->work);
    return false;
}

static void go(struct mr_work *w)
{
    struct retention *r = MR_CONTAINER(w, struct retention, work);
    for (unsigned n = 0; !r->stopping; n++) {
        struct partition *p = r->p != NULL ? r->p : smap_next(&r->home->partitions, &r->at);
        if (p == NULL) {
            shard_timer(r->home->shard, &r->timer, r->every_ns);
            return;
        }
        if (n == PARTITIONS_A_TURN) {
            stay(r, p);
            shard_ready(r->home->shard, &r->work);
            return;
        }
        if (!look(r, p))
            return;
        leave(r);
    }
    leave(r);
}

static void due(struct mr_timer *t)
{
    struct retention *r = MR_CONTAINER(t, struct retention, timer);
    r->at = 0;
    shard_ready(r->home->shard, &r->work);
}

int retention_new(struct broker_shard *b, struct retention **ret)
{
    struct retention *r = mem_zalloc(1, sizeof(*r));
    if (r == NULL)
        return -ENOMEM;
    struct config_view v = broker_config_view(b);
    r->home = b;
    r->first_ns = (uint64_t)config_int(&v, "log.initial.task.delay.ms") * 1000000;
    r->every_ns = (uint64_t)config_int(&v, "log.retention.check.interval.ms") * 1000000;
    timer_init(&r->timer, due);
    work_init(&r->work, go);
    *ret = r;
    return 0;
}

void retention_start(struct retention *r)
{
    shard_timer(r->home->shard, &r->timer, r->first_ns);
}

void retention_stop(struct retention *r)
{
    r->stopping = true;
    shard_timer_cancel(r->home->shard, &r->timer);
    if (work_queued(&r->work)) { /* waits for room, for a log to open, or for its turn */
        list_remove(&r->work.link);
        leave(r);
    }
}

bool retention_idle(const struct retention *r)
{
    return r->p == NULL;
}

void retention_free(struct retention *r)
{
    if (r == NULL)
        return;
    shard_timer_cancel(r->home->shard, &r->timer);
    list_remove(&r->work.link);
    mem_free(r);
}
