#include "storage/store.h"

#include <stdio.h>

#include "core/mem.h"
#include "storage/ahead.h"
#include "storage/cold.h"
#include "storage/compact_swap.h"
#include "storage/index_load.h"
#include "storage/pace.h"
#include "storage/plog_priv.h"
#include "storage/reap.h"
#include "storage/space.h"
#include "storage/trim.h"

enum {
    CHECKPOINT_MS = 60000,
    CHUNK_BYTES = 512 * 1024,
    CHUNKS_MIN = 4,
    WAIT_NS = 1000000,
};

/* ---- fencing ---- */

void store_fence(struct store *s, int err, const char *reason)
{
    if (s->fenced != 0)
        return;
    s->fenced = err < 0 ? err : -EIO;
    log_error(s->shard->log, "storage", "log directory fenced dir=%s shard=%u reason=\"%s\" err=\"%s\"",
              s->dir, s->shard->id, reason, mr_err_text(err));
    s->cfg.fenced(s->cfg.owner, s->fenced, reason);
    if (s->journal != NULL)
        journal_fence(s->journal, s->fenced); /* and whoever waits for it is told */
    checkpoint_poke(s);
    truncate_poke(s);
}

void store_fail(struct store *s, int err, const char *reason)
{
    store_fence(s, err, reason);
}

bool store_fenced(const struct store *s)
{
    return s->fenced != 0;
}

/* ---- what the journal asks ---- */

static void on_journal_failed(void *owner, int err)
{
    store_fence(owner, err, "journal write or flush failed");
}

uint32_t store_fill(const struct store *s)
{
    return pace_fill(journal_bytes_used(s->journal), journal_capacity(s->journal));
}

static bool checkpoint_is_due(const struct store *s)
{
    return s->checkpoint == NULL && !s->closing &&
           store_fill(s) >= (s->cfg.pace ? PACE_BEGIN : PACE_BURST_BEGIN);
}

/* Logs with bytes in the oldest quarter of the memory are put in line for writing, each chunk once: what is
 * full stays full, and the oldest chunks are given up when new ones are needed. again: those that were asked
 * before, too. */
static void want_oldest(struct store *s, bool again)
{
    struct journal *j = s->journal;
    uint32_t units = 0, quarter = journal_units_max(j) / 4 + 1;
    LIST_FOR(node, journal_chunks(j))
    {
        struct jchunk *chunk = MR_CONTAINER(node, struct jchunk, link);
        if (chunk->blocks_out > 0 && !again)
            break; /* not all of it can be written yet */
        if (again || chunk->id > s->asked_chunk) {
            LIST_FOR(u, &chunk->uses)
            materialise_want(MR_CONTAINER(u, struct tail_use, chunk_link)->log);
            s->asked_chunk = mr_max(s->asked_chunk, chunk->id);
        }
        units += chunk->units;
        if (units >= quarter)
            break;
    }
}

/* Memory or journal space runs short, and somebody waits for it. */
static void on_journal_pressed(void *owner)
{
    struct store *s = owner;
    struct journal *j = s->journal;
    if (j == NULL || s->fenced != 0)
        return;
    if (journal_starved(j) || s->recovering)
        want_oldest(s, true);
    materialise_kick(s);
    if (!s->recovering && s->checkpoint == NULL && (journal_space_short(j) || checkpoint_is_due(s)))
        checkpoint_start(s);
    checkpoint_poke(s);
}

static void on_journal_stable(void *owner)
{
    struct store *s = owner;
    struct journal *j = s->journal;
    struct mr_list touched;
    list_init(&touched);
    list_splice(&touched, &s->touched);
    cold_acked(s->cold);
    bool kick = false;
    while (!list_empty(&touched)) {
        struct plog *log = MR_CONTAINER(list_pop(&touched), struct plog, touched_link);
        log->touched = false;
        if (plog_seg(log, log->mat_seg)->rolled ||
            segment_unmaterialised(plog_seg(log, log->mat_seg)) >= MAT_BYTES_MAX / 4) {
            materialise_want(log);
            kick = true;
        }
        s->cfg.stable(s->cfg.owner, log);
    }
    if (journal_units_out(j) * 2 > journal_units_max(j)) {
        want_oldest(s, false);
        kick = true;
    }
    if (kick)
        materialise_kick(s);
    if (checkpoint_is_due(s))
        checkpoint_start(s);
    checkpoint_poke(s);
    truncate_poke(s);
}

static bool on_journal_retire(void *owner, struct jchunk *chunk)
{
    struct store *s = owner;
    while (!list_empty(&chunk->uses)) {
        struct tail_use *use = MR_CONTAINER(chunk->uses.next, struct tail_use, chunk_link);
        if (!plog_retire(use))
            return false;
    }
    journal_chunk_put(s->journal, chunk);
    return true;
}

static int on_journal_keep(void *owner)
{
    struct store *s = owner;
    if (s->image->older_sequence > journal_kept_last(s->journal))
        return 0; /* neither of both checkpoints needs what will be overwritten */
    return checkpoint_renew_wait(s, s->image);
}

int store_reclaim(struct store *s)
{
    on_journal_pressed(s);
    materialise_run(s);
    if (s->fenced != 0)
        return s->fenced;
    if (space_waiting(s))
        return -ENOSPC;
    if (s->tasks == 0)
        return -ENOMEM; /* nothing is under way that could help */
    return store_wait(s);
}

static void mat_work_run(struct mr_work *w)
{
    materialise_run(MR_CONTAINER(w, struct store, mat_work));
}

static void mat_due(struct mr_timer *t)
{
    materialise_run(MR_CONTAINER(t, struct store, mat_timer));
}

static void checkpoint_due(struct mr_timer *t)
{
    checkpoint_start(MR_CONTAINER(t, struct store, checkpoint_timer));
}

void store_changed(struct store *s)
{
    s->changed_meanwhile |= s->checkpoint != NULL;
    if (timer_armed(&s->checkpoint_timer) || s->checkpoint != NULL || s->closing || s->recovering)
        return;
    shard_timer(s->shard, &s->checkpoint_timer, store_checkpoint_ns(s));
}

uint64_t store_checkpoint_ns(const struct store *s)
{
    return (s->cfg.checkpoint_ms == 0 ? CHECKPOINT_MS : (uint64_t)s->cfg.checkpoint_ms) * 1000000;
}

void store_checkpoint(struct store *s)
{
    checkpoint_start_now(s);
}

/* ---- logs ---- */

struct plog *store_find(struct store *s, struct part_key key)
{
    char bytes[PART_KEY_BYTES];
    part_key_put((uint8_t *)bytes, key);
    return smap_get(&s->logs, (struct mr_str){bytes, sizeof(bytes)});
}

struct plog *store_log_new(struct store *s, struct part_key key, const char *topic,
                           const struct plog_config *cfg)
{
    struct plog *log = plog_new(s, key, topic, cfg);
    if (log == NULL)
        return NULL;
    if (smap_put(&s->logs, (struct mr_str){(const char *)log->key_bytes, PART_KEY_BYTES}, log) != 0) {
        plog_free(log);
        return NULL;
    }
    list_push(&s->all, &log->all_link);
    return log;
}

/* The file has no checksum. A character of its text that was hit changes two bytes at most; of two ids that
 * were drawn by chance nearly all bytes differ. Zero: it could not be read. */
static bool nearly_same(struct mr_uuid read, struct mr_uuid id)
{
    unsigned different = 0;
    for (size_t i = 0; i < sizeof(id.bytes); i++)
        different += read.bytes[i] != id.bytes[i];
    return different <= 3 || mr_uuid_is_zero(read);
}

struct plog *store_make(struct store *s, struct part_key key, const char *topic,
                        const struct plog_config *cfg)
{
    struct plog *log = store_find(s, key);
    if (log != NULL) {
        log->cfg = *cfg;
        return log;
    }
    log = store_log_new(s, key, topic, cfg);
    if (log == NULL)
        return NULL;
    /* What stands there under this name may be another topic's, deleted since: then it is nothing to this
     * one. A directory without a readable topic id is believed when Kafka's checkpoint knows it (all of
     * millrace's have one). */
    struct logdir_part part;
    logdir_part(s->cfg.dir, topic, key.partition, &part);
    bool same = mr_uuid_eq(part.topic, key.topic);
    bool mine = part.exists && (same || (part.end >= 0 && nearly_same(part.topic, key.topic)));
    if (mine && !same)
        log_error(s->shard->log, "storage", "damaged part=%s-%d file=partition.metadata: not the topic's id",
                  topic, key.partition);
    bool claimed = plog_claim(log);
    if (!mine) {
        if (claimed)
            log->state = PLOG_OPEN; /* nothing on disk: there is nothing to open */
        return log;
    }
    log->dir_made = true;
    log->log_start = log->stable_start = mr_imax(part.log_start, 0);
    log->append_end = log->stable_end = mr_imax(mr_imax(part.end, part.log_start), 0);
    log->clean_to = part.clean <= log->append_end ? mr_imax(part.clean, 0) : 0;
    return log;
}

void store_each(struct store *s, void (*each)(void *ctx, struct plog *log), void *ctx)
{
    LIST_FOR_SAFE(node, tmp, &s->all)
    {
        if (node != &s->all)
            each(ctx, MR_CONTAINER(node, struct plog, all_link));
    }
}

void store_stats(const struct store *s, struct store_stats *ret)
{
    *ret = s->stats;
    ret->write_bytes = pace_write_bytes(s->mat_ns_per_mib);
    ret->cold_bytes = (uint64_t)s->cold->bufs * s->cold->block_bytes;
    if (s->journal != NULL)
        journal_stats(s->journal, &ret->journal);
}

/* ---- start ---- */

struct journal_config store_journal_config(struct store *s, bool anew)
{
    uint32_t chunk_bytes = s->cfg.chunk_bytes != 0 ? s->cfg.chunk_bytes : CHUNK_BYTES;
    uint64_t chunks = mr_max(s->cfg.memory_bytes / chunk_bytes, CHUNKS_MIN);
    return (struct journal_config){
        .dir = s->dir,
        .shard = s->shard,
        .files = s->journal_files,
        .file_bytes = s->journal_file_bytes,
        .unit = s->cfg.unit,
        .chunk_bytes = chunk_bytes,
        .chunks_max = (uint32_t)chunks,
        .flush = s->cfg.flush,
        .flights = s->cfg.flights,
        .flight_entries = s->cfg.flight_entries,
        .flush_first = s->cfg.flush_first,
        .flush_fixed = s->cfg.flush_fixed,
        .slow_max_us = s->cfg.slow_max_us,
        .anew = anew,
        .keep = on_journal_keep,
        .failed = on_journal_failed,
        .pressed = on_journal_pressed,
        .stable = on_journal_stable,
        .retire = on_journal_retire,
        .owner = s,
    };
}

static struct store *store_new(const struct store_config *cfg)
{
    struct store *s = mem_zalloc(1, sizeof(*s));
    if (s == NULL)
        return NULL;
    s->cfg = *cfg;
    s->shard = cfg->shard;
    s->io = cfg->shard->io;
    s->dir = logdir_path(cfg->dir);
    smap_init(&s->logs);
    smap_init(&s->orphans);
    smap_init(&s->doomed);
    list_init(&s->all);
    list_init(&s->touched);
    list_init(&s->to_materialise);
    list_init(&s->files);
    list_init(&s->opens);
    list_init(&s->openers);
    list_init(&s->truncations);
    list_init(&s->removals);
    list_init(&s->removed);
    list_init(&s->spare_uses);
    list_init(&s->txn_cached);
    work_init(&s->mat_work, mat_work_run);
    timer_init(&s->mat_timer, mat_due);
    timer_init(&s->checkpoint_timer, checkpoint_due);
    ahead_init(s);
    trim_init(s);
    space_init(s);
    index_load_init(s);
    s->cold = cold_new(s);
    s->reaper = reaper_new(s);
    /* Four files: one may be written while a checkpoint frees another. Blocks are bounded by a file. */
    s->journal_files = cfg->journal_files != 0 ? cfg->journal_files : 4;
    s->journal_file_bytes =
        cfg->journal_file_bytes != 0
            ? cfg->journal_file_bytes
            : mr_max(mr_round_down(cfg->journal_bytes / s->journal_files, 1 << 20), 1 << 20);
    if (!cfg->flush)
        s->cfg.unit = SEGMENT_UNIT; /* plain direct writes are aligned to it */
    return s;
}

int store_open(const struct store_config *cfg, struct store **ret, struct store_recovery *ret_recovery,
               char *why, size_t why_bytes)
{
    uint64_t began = io_clock_ns(cfg->shard->io);
    why[0] = '\0';
    struct store *s = store_new(cfg);
    if (s == NULL || s->reaper == NULL || s->cold == NULL) {
        if (s != NULL) {
            reaper_free(s->reaper);
            cold_free(s->cold);
        }
        mem_free(s);
        return -ENOMEM;
    }
    int err = store_recover(s, why, why_bytes);
    if (err == 0 && cfg->shard->id == 0)
        err = reap_leftovers(s->reaper);
    if (err != 0) {
        if (why[0] == '\0')
            snprintf(why, why_bytes, "%s: %s", s->dir, mr_err_text(err));
        store_abandon(s);
        return err;
    }
    s->recovery.logs = smap_count(&s->logs);
    s->recovery.ms = (io_clock_ns(s->io) - began) / 1000000;
    *ret_recovery = s->recovery;
    materialise_kick(s); /* what replay found rolled */
    LIST_FOR(node, &s->all)
    trim_want(MR_CONTAINER(node, struct plog, all_link));
    if (s->recovery.journal_entries > 0)
        store_changed(s);
    journal_zero_ahead(s->journal);
    *ret = s;
    return 0;
}

/* ---- stop ---- */

static void free_log(struct store *s, struct plog *log)
{
    plog_drop_tail(log);
    swaps_drop(log, true);
    for (uint32_t i = 0; i < log->seg_count; i++)
        segment_close_sync(s, log->segs[i]);
    logdir_unclaim(s->cfg.dir, log->topic, plog_key(log).partition, log, s->shard);
    plog_free(log);
}

static void store_free(struct store *s)
{
    MR_ASSERT(s->tasks == 0);
    shard_timer_cancel(s->shard, &s->checkpoint_timer);
    shard_timer_cancel(s->shard, &s->mat_timer);
    ahead_stop(s);
    space_stop(s);
    list_remove(&s->mat_work.link);
    while (!list_empty(&s->all))
        free_log(s, MR_CONTAINER(list_pop(&s->all), struct plog, all_link));
    cold_free(s->cold);
    smap_done(&s->logs);
    store_recover_done(s);
    journal_free(s->journal);
    reaper_free(s->reaper);
    while (!list_empty(&s->spare_uses))
        mem_free(MR_CONTAINER(list_pop(&s->spare_uses), struct tail_use, log_link));
    mem_free(s);
}

int store_wait(struct store *s)
{
    int n = shard_turn(s->shard, false);
    if (n >= 0 && !shard_busy(s->shard))
        n = io_turn(s->io, io_now_ns(s->io) + WAIT_NS);
    return (int)mr_imin(n, 0);
}

void store_stop(struct store *s)
{
    s->closing = true;
    shard_timer_cancel(s->shard, &s->checkpoint_timer);
    ahead_stop(s);
    space_stop(s);
    if (s->space.waiting)
        checkpoint_poke(s); /* it does not wait for room any more */
    cold_stop(s->cold);
    if (s->reaper != NULL)
        reaper_stop(s->reaper);
    materialise_kick(s); /* nothing rests from now on */
    checkpoint_poke(s);
    truncate_poke(s);
}

bool store_quiet(const struct store *s)
{
    return s->tasks == 0 &&
           (s->journal == NULL || (journal_idle(s->journal) && !journal_someone_waits(s->journal)));
}

int store_quiesce(struct store *s)
{
    store_stop(s);
    while (!store_quiet(s)) {
        int n = store_wait(s);
        if (n < 0)
            return n;
    }
    return s->fenced != 0 ? -MR_E_FENCED : 0;
}

void store_abandon(struct store *s)
{
    if (s->fenced == 0)
        s->fenced = -ECANCELED; /* background work stops at its next step */
    if (s->journal != NULL)
        journal_fence(s->journal, -ECANCELED);
    checkpoint_poke(s);
    LIST_FOR(node, &s->all)
    plog_open_failed(MR_CONTAINER(node, struct plog, all_link), -MR_E_FENCED);
    (void)store_quiesce(s);
    store_free(s);
}

int store_close(struct store *s)
{
    struct journal_mark mark;
    journal_mark_here(s->journal, &mark);
    int err = s->fenced != 0 ? -MR_E_FENCED : checkpoint_write_wait(s, &mark, NULL);
    (void)store_quiesce(s); /* files that were closed for others since */
    store_free(s);
    return err;
}
