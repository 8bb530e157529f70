#include "core/broker/scrub.h"

#include "core/broker/partition.h"
#include "core/mem.h"
#include "storage/scrub.h"

enum {
    OFF_MS = 60000, /* look again whether it is wanted */
    READ_BYTES = 128 * 1024,
    RATE_LEAST = 64 * 1024, /* of a shard: a log that is removed waits for one read */
    PARTITIONS_A_TURN = 64,
};

struct scrub {
    struct broker_shard *home;
    struct mr_timer timer; /* to the next pass, or look */
    struct mr_timer pace;  /* to the next read */
    struct mr_work work;
    uint32_t at, left;   /* cursor in home->partitions, and how many of this pass */
    struct partition *p; /* pinned: something of it is in flight */
    bool walking, walked, stopping;
    struct plog_scrub log; /* p's */
    uint64_t began_ns, bytes, batches;
    uint32_t partitions, damages, indexes;
};

static uint64_t rate_of(const struct scrub *s)
{
    struct config_view v = broker_config_view(s->home);
    uint64_t all = (uint64_t)config_int(&v, "millrace.scrub.bytes.per.second");
    return all == 0 ? 0 : mr_max(all / s->home->broker->shards, RATE_LEAST);
}

static void leave(struct scrub *s)
{
    struct partition *p = s->p;
    s->p = NULL;
    if (p != NULL)
        partition_unpin(p);
}

/* ---- one log ---- */

static void paced(struct mr_timer *t)
{
    plog_scrub_on(&MR_CONTAINER(t, struct scrub, pace)->log);
}

/* So long as these bytes may take. */
static bool wait_a_while(struct plog_scrub *log, uint64_t bytes)
{
    struct scrub *s = MR_CONTAINER(log, struct scrub, log);
    uint64_t rate = rate_of(s);
    shard_timer(s->home->shard, &s->pace,
                rate == 0 ? UINT64_C(1000000000) : bytes * UINT64_C(1000000000) / rate);
    return false;
}

static void walked(struct plog_scrub *log)
{
    struct scrub *s = MR_CONTAINER(log, struct scrub, log);
    s->walking = false;
    s->walked = true;
    s->bytes += log->bytes;
    s->batches += log->batches;
    s->damages += log->damages;
    s->indexes += log->indexes + log->indexes_lost;
    shard_ready(s->home->shard, &s->work);
}

/* True: on to the next one. False: the work runs again when this one can go on. */
static bool look(struct scrub *s)
{
    struct plog *log = s->p->log;
    if (s->walked || s->p->deleted || plog_failed(log) != 0)
        return true;
    if (!plog_open(log, &s->work))
        return false;
    if (plog_failed(log) != 0)
        return true;
    s->log = (struct plog_scrub){.log = log, .read_bytes = READ_BYTES, .step = wait_a_while, .done = walked};
    s->walking = true;
    plog_scrub(&s->log);
    return false;
}

/* ---- partition after partition ---- */

static void end_pass(struct scrub *s)
{
    struct config_view v = broker_config_view(s->home);
    struct mr_shard *shard = s->home->shard;
    uint64_t took_ns = shard_now_ns(shard) - s->began_ns;
    uint64_t every_ns = (uint64_t)config_int(&v, "millrace.scrub.interval.hours") * UINT64_C(3600000000000);
    if (s->bytes > 0)
        log_info(
            shard->log, "scrub",
            "pass over shard=%u partitions=%u batches=%llu bytes=%llu damaged=%u indexes=%u seconds=%.0f",
            shard->id, s->partitions, (unsigned long long)s->batches, (unsigned long long)s->bytes,
            s->damages, s->indexes, (double)took_ns / 1e9);
    shard_timer(shard, &s->timer,
                mr_max(every_ns > took_ns ? every_ns - took_ns : 0, OFF_MS * UINT64_C(1000000)));
}

static bool next_partition(struct scrub *s)
{
    leave(s);
    if (s->left == 0)
        return false;
    struct partition *p = smap_next(&s->home->partitions, &s->at);
    if (p == NULL) { /* round to the first ones */
        s->at = 0;
        p = smap_next(&s->home->partitions, &s->at);
    }
    if (p == NULL)
        return false;
    s->left--;
    s->partitions++;
    s->walked = false;
    partition_pin(p);
    s->p = p;
    return true;
}

static void go(struct mr_work *w)
{
    struct scrub *s = MR_CONTAINER(w, struct scrub, work);
    for (unsigned n = 0; !s->stopping; n++) {
        if (s->p == NULL && !next_partition(s)) {
            end_pass(s);
            return;
        }
        if (n == PARTITIONS_A_TURN) {
            shard_ready(s->home->shard, &s->work);
            return;
        }
        if (!look(s))
            return;
        leave(s);
    }
    leave(s);
}

static void due(struct mr_timer *t)
{
    struct scrub *s = MR_CONTAINER(t, struct scrub, timer);
    struct mr_shard *shard = s->home->shard;
    uint32_t draw, count = smap_count(&s->home->partitions);
    if (rate_of(s) == 0 || count == 0) {
        shard_timer(shard, &s->timer, OFF_MS * UINT64_C(1000000));
        return;
    }
    io_random(shard->io, &draw, sizeof(draw));
    s->at = draw % count;
    s->left = count;
    s->began_ns = shard_now_ns(shard);
    s->bytes = s->batches = 0;
    s->partitions = s->damages = s->indexes = 0;
    shard_ready(shard, &s->work);
}

/* ---- its life ---- */

int scrub_new(struct broker_shard *b, struct scrub **ret)
{
    struct scrub *s = mem_zalloc(1, sizeof(*s));
    if (s == NULL)
        return -ENOMEM;
    s->home = b;
    timer_init(&s->timer, due);
    timer_init(&s->pace, paced);
    work_init(&s->work, go);
    *ret = s;
    return 0;
}

void scrub_start(struct scrub *s)
{
    struct config_view v = broker_config_view(s->home);
    uint64_t first_ms = (uint64_t)config_int(&v, "millrace.scrub.delay.ms");
    shard_timer(s->home->shard, &s->timer, first_ms * 1000000);
}

void scrub_stop(struct scrub *s)
{
    s->stopping = true;
    shard_timer_cancel(s->home->shard, &s->timer);
    if (timer_armed(&s->pace)) {
        shard_timer_cancel(s->home->shard, &s->pace);
        plog_scrub_stop(&s->log);
        plog_scrub_on(&s->log);
    } else if (s->walking) {
        plog_scrub_stop(&s->log);
    }
    if (!s->walking && work_queued(&s->work)) { /* waits for a log to open, or for its turn */
        list_remove(&s->work.link);
        leave(s);
    }
}

bool scrub_idle(const struct scrub *s)
{
    return s->p == NULL && !s->walking;
}

void scrub_free(struct scrub *s)
{
    if (s == NULL)
        return;
    shard_timer_cancel(s->home->shard, &s->timer);
    shard_timer_cancel(s->home->shard, &s->pace);
    list_remove(&s->work.link);
    mem_free(s);
}
