#include "storage/store.h"

#include <stdio.h>

#include "core/mem.h"
#include "storage/plog_priv.h"
#include "storage/reap.h"

enum {
    CHECKPOINT_MS = 60000,
    CHUNK_BYTES = 512 * 1024,
    CHUNKS_MIN = 4,
};

/* ---- fencing ---- */

void store_fence(struct store *s, int err, const char *reason)
{
    if (s->fenced != 0)
        return;
    s->fenced = err < 0 ? err : -EIO;
    log_error(s->shard->log, "storage", "log directory fenced dir=%s shard=%u reason=\"%s\" err=\"%s\"", s->dir,
              s->shard->id, reason, mr_err_text(err));
    s->cfg.fenced(s->cfg.owner, s->fenced, reason);
    checkpoint_poke(s);
}

bool store_fenced(const struct store *s) { return s->fenced != 0; }

/* ---- what the journal asks ---- */

static void on_journal_failed(void *owner, int err) { store_fence(owner, err, "journal write or flush failed"); }

/* Memory or journal space runs short: write what pins the oldest chunks, and checkpoint when half the journal is used. */
static void on_journal_pressed(void *owner)
{
    struct store *s = owner;
    if (s->journal == NULL || s->fenced != 0)
        return;
    struct mr_list *chunks = journal_chunks(s->journal);
    uint32_t n = 0, quarter = journal_chunks_max(s->journal) / 4 + 1;
    LIST_FOR(node, chunks)
    {
        struct jchunk *chunk = MR_CONTAINER(node, struct jchunk, link);
        if (n++ >= quarter)
            break;
        LIST_FOR(u, &chunk->uses)
        materialise_want(MR_CONTAINER(u, struct tail_use, chunk_link)->log);
    }
    materialise_kick(s);
    if (!s->recovering && journal_bytes_used(s->journal) > journal_bytes_max(s->journal) / 2 && s->checkpoint == NULL)
        checkpoint_start(s);
}

static void on_journal_stable(void *owner)
{
    struct store *s = owner;
    struct mr_list touched;
    list_init(&touched);
    list_splice(&touched, &s->touched);
    bool kick = false;
    while (!list_empty(&touched)) {
        struct plog *log = MR_CONTAINER(list_pop(&touched), struct plog, touched_link);
        log->touched = false;
        if (log->removed)
            continue;
        if (plog_seg(log, log->mat_seg)->rolled ||
            segment_unmaterialised(plog_seg(log, log->mat_seg)) >= MAT_BYTES_MAX / 4) {
            materialise_want(log);
            kick = true;
        }
        s->cfg.stable(s->cfg.owner, log);
    }
    if (journal_chunks_out(s->journal) * 2 > journal_chunks_max(s->journal))
        on_journal_pressed(s);
    else if (kick)
        materialise_kick(s);
    checkpoint_poke(s);
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

static void mat_work_run(struct mr_work *w)
{
    struct store *s = MR_CONTAINER(w, struct store, mat_work);
    materialise_run(w);
    checkpoint_poke(s);
}

static void checkpoint_due(struct mr_timer *t)
{
    checkpoint_start(MR_CONTAINER(t, struct store, checkpoint_timer));
}

void store_changed(struct store *s)
{
    if (timer_armed(&s->checkpoint_timer) || s->checkpoint != NULL)
        return;
    uint64_t ms = s->cfg.checkpoint_ms == 0 ? CHECKPOINT_MS : s->cfg.checkpoint_ms;
    shard_timer(s->shard, &s->checkpoint_timer, ms * 1000000);
}

void store_checkpoint(struct store *s) { checkpoint_start(s); }

/* ---- logs ---- */

struct plog *store_find(struct store *s, struct part_key key)
{
    char bytes[PART_KEY_BYTES];
    part_key_put((uint8_t *)bytes, key);
    return smap_get(&s->logs, (struct mr_str){bytes, sizeof(bytes)});
}

static struct plog *make_log(struct store *s, struct part_key key, const char *topic, const struct plog_config *cfg)
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

struct plog *store_make(struct store *s, struct part_key key, const char *topic, const struct plog_config *cfg)
{
    struct plog *log = store_find(s, key);
    if (log != NULL) {
        log->cfg = *cfg;
        return log;
    }
    log = make_log(s, key, topic, cfg);
    if (log == NULL)
        return NULL;
    struct logdir_part part;
    logdir_part(s->cfg.dir, topic, key.partition, &part);
    if (!part.exists) {
        log->state = PLOG_OPEN; /* nothing on disk: there is nothing to open */
        return log;
    }
    log->dir_made = true;
    log->log_start = mr_imax(part.log_start, 0);
    log->append_end = log->stable_end = mr_imax(mr_imax(part.end, part.log_start), 0);
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
    if (s->journal != NULL)
        journal_stats(s->journal, &ret->journal);
}

/* ---- removal ---- */

struct removal {
    struct jwait wait;
    struct mr_work work;
    struct plog *log;
    struct plog_change *change;
};

static void removal_run(struct mr_work *w)
{
    struct removal *r = MR_CONTAINER(w, struct removal, work);
    struct plog *log = r->log;
    struct store *s = log->store;
    if (log->reads > 0) { /* a materialisation or a checkpoint still looks at it: it pokes nobody, so look again */
        shard_ready(s->shard, w);
        return;
    }
    for (uint32_t i = 0; i < log->seg_count; i++) {
        struct segment *seg = log->segs[i];
        if (seg->pins > 0 || seg->opening) {
            shard_ready(s->shard, w);
            return;
        }
        seg->dirty = false;
        segment_close_later(s, seg);
    }
    plog_drop_tail(log);
    char dir[SEGMENT_PATH_MAX];
    plog_dir(log, dir);
    if (log->dir_made)
        (void)reap_dir(s->reaper, dir, false, NULL); /* out of memory: the directory is found at the next start */
    plog_free(log);
    s->tasks--;
    mem_free(r);
}

static void removal_stable(struct jwait *w, int err)
{
    struct removal *r = MR_CONTAINER(w, struct removal, wait);
    struct plog_change *c = r->change;
    shard_ready(r->log->store->shard, &r->work);
    if (c != NULL) {
        c->err = err;
        c->done(c);
    }
}

int store_remove(struct store *s, struct plog *log, struct plog_change *c)
{
    if (s->fenced != 0)
        return -MR_E_FENCED;
    if (!journal_room(s->journal, PART_KEY_BYTES))
        return -EAGAIN;
    struct removal *r = mem_zalloc(1, sizeof(*r));
    if (r == NULL)
        return -EAGAIN;
    struct jchunk *chunk;
    if (journal_add(s->journal, JENTRY_REMOVE, 0, plog_key(log), PART_KEY_BYTES, &chunk) == NULL) {
        mem_free(r);
        return -MR_E_FENCED;
    }
    r->log = log;
    r->change = c;
    r->wait.done = removal_stable;
    work_init(&r->work, removal_run);
    log->removed = true;
    smap_remove(&s->logs, (struct mr_str){(const char *)log->key_bytes, PART_KEY_BYTES});
    list_remove(&log->all_link);
    list_remove(&log->work_link);
    list_remove(&log->touched_link);
    log->touched = false;
    s->tasks++;
    journal_wait(s->journal, &r->wait);
    store_changed(s);
    return 0;
}

/* ---- start ---- */

static struct journal_config journal_settings(struct store *s)
{
    uint64_t chunks = mr_max(s->cfg.memory_bytes / CHUNK_BYTES, CHUNKS_MIN);
    return (struct journal_config){
        .dir = s->dir,
        .shard = s->shard,
        .files = s->journal_files,
        .file_bytes = s->journal_file_bytes,
        .unit = s->cfg.unit,
        .chunk_bytes = CHUNK_BYTES,
        .chunks_max = (uint32_t)chunks,
        .flush = s->cfg.flush,
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
    list_init(&s->all);
    list_init(&s->touched);
    list_init(&s->to_materialise);
    list_init(&s->files);
    list_init(&s->openers);
    work_init(&s->mat_work, mat_work_run);
    timer_init(&s->checkpoint_timer, checkpoint_due);
    s->reaper = reaper_new(s);
    /* Four files: one may be written while a checkpoint frees another. Blocks are bounded by a file. */
    s->journal_files = 4;
    s->journal_file_bytes = mr_max(mr_round_down(cfg->journal_bytes / 4, 1 << 20), 1 << 20);
    return s;
}

static int recover_records(struct store *s, const struct checkpoint_image *image, char *why, size_t why_bytes)
{
    const struct plog_config cfg = {.segment_bytes = 1 << 30, .index_interval_bytes = 4096, .index_bytes_max = 10 << 20};
    uint64_t at = 0;
    for (uint32_t n = 0; n < image->partitions; n++) {
        struct part_key key;
        struct mr_str topic;
        char name[256];
        uint64_t left = image->body_bytes - at;
        uint32_t bytes = left < 4 ? UINT32_MAX : mr_get32(image->body->data + at);
        struct mr_slice record = {image->body->data + at + 4, bytes};
        int err = left < 4 || bytes > left - 4 ? -MR_E_CORRUPT : precord_peek(record, &key, &topic);
        if (err == 0) {
            snprintf(name, sizeof(name), "%.*s", MR_STR(topic));
            struct plog *log = make_log(s, key, name, &cfg);
            err = log == NULL ? -ENOMEM : precord_get(log, record, &log->replay_sequence, &log->replay_entry);
        }
        if (err != 0) {
            snprintf(why, why_bytes, "checkpoint of shard %u: record %u cannot be read", s->shard->id, n);
            return err;
        }
        at += 4 + (uint64_t)bytes;
    }
    return 0;
}

static int replay_open(struct store *s, struct plog *log, const struct journal_entry *e)
{
    const struct plog_config cfg = {.segment_bytes = 1 << 30, .index_interval_bytes = 4096, .index_bytes_max = 10 << 20};
    struct mr_slice record = {e->body.ptr + PART_KEY_BYTES, e->body.len - PART_KEY_BYTES};
    struct part_key key;
    struct mr_str topic;
    char name[256];
    int err = precord_peek(record, &key, &topic);
    if (err != 0)
        return err;
    if (log != NULL)
        return -MR_E_CORRUPT; /* opened twice */
    snprintf(name, sizeof(name), "%.*s", MR_STR(topic));
    log = make_log(s, key, name, &cfg);
    return log == NULL ? -ENOMEM : precord_get(log, record, NULL, NULL);
}

static void replay_remove(struct store *s, struct plog *log)
{
    char dir[SEGMENT_PATH_MAX];
    plog_dir(log, dir);
    plog_drop_tail(log);
    smap_remove(&s->logs, (struct mr_str){(const char *)log->key_bytes, PART_KEY_BYTES});
    for (uint32_t i = 0; i < log->seg_count; i++)
        segment_close_sync(s, log->segs[i]);
    plog_free(log);
    (void)reap_dir(s->reaper, dir, false, NULL); /* out of memory: found again when the name is needed */
}

/* A log without record or OPEN whose entries stand before its REMOVE: captured too late to be in the checkpoint. */
static int replay_orphan(struct store *s, const struct journal_entry *e)
{
    struct mr_str key = {(const char *)e->body.ptr, PART_KEY_BYTES};
    if (smap_get(&s->orphans, key) != NULL)
        return 0;
    char *copy = mem_text(key.ptr, key.len);
    if (copy == NULL || smap_put(&s->orphans, (struct mr_str){copy, key.len}, copy) != 0) {
        mem_free(copy);
        return -ENOMEM;
    }
    return 0;
}

static int replay_entry(void *ctx, const struct journal_entry *e)
{
    struct store *s = ctx;
    struct plog *log = store_find(s, e->key);
    s->recovery.journal_entries++;
    s->recovery.journal_bytes += e->body.len;
    if (log != NULL && (e->sequence < log->replay_sequence ||
                        (e->sequence == log->replay_sequence && e->number < log->replay_entry)))
        return 0; /* the record knows it */
    switch (e->type) {
    case JENTRY_OPEN:
        return replay_open(s, log, e);
    case JENTRY_APPEND: {
        uint32_t at = (uint32_t)(e->body.ptr - e->chunk->buf->data) + PART_KEY_BYTES + 4;
        if (e->body.len <= PART_KEY_BYTES + 4)
            return -MR_E_CORRUPT;
        if (log == NULL)
            return replay_orphan(s, e);
        int64_t base = (int64_t)mr_get64(e->chunk->buf->data + at);
        if (base != log->append_end)
            return -MR_E_CORRUPT;
        int err = (e->flags & JENTRY_ROLL) != 0 ? plog_roll(log, base) : 0;
        if (err == 0 && log->seg_count == 0)
            err = -MR_E_CORRUPT;
        if (err == 0)
            err = plog_note(log, e->chunk, at, (uint32_t)(e->body.len - PART_KEY_BYTES - 4));
        log->stable_end = log->append_end;
        return err;
    }
    case JENTRY_LOG_START:
        if (e->body.len < PART_KEY_BYTES + 8)
            return -MR_E_CORRUPT;
        if (log == NULL)
            return replay_orphan(s, e);
        log->log_start = mr_imax(log->log_start, (int64_t)mr_get64(e->body.ptr + PART_KEY_BYTES));
        epochs_cut_start(&log->epochs, log->log_start);
        log->changed = true;
        return 0;
    case JENTRY_REMOVE:
        if (log != NULL)
            replay_remove(s, log);
        else
            mem_free(smap_remove(&s->orphans, (struct mr_str){(const char *)e->body.ptr, PART_KEY_BYTES}));
        return 0;
    case JENTRY_TRUNCATE:
        return -MR_E_VERSION; /* written by replication only, which this version does not have */
    }
    return -MR_E_VERSION;
}

static int recover(struct store *s, char *why, size_t why_bytes)
{
    struct checkpoint_image image = {.mark = {.sequence = 1}};
    bool crashed = logdir_state(s->cfg.dir) == LOGDIR_CRASHED;
    int err = checkpoint_load(s->io, s->dir, s->shard->id, &image);
    bool have = err == 0;
    if (err == -MR_E_CORRUPT && !crashed)
        err = -ENOENT; /* void in any case */
    if (err != 0 && err != -ENOENT) {
        snprintf(why, why_bytes, "checkpoint of shard %u: %s", s->shard->id, mr_err_text(err));
        return err;
    }
    if (have) {
        s->generation = image.generation;
        s->checkpoint_counter = image.counter;
        s->journal_files = image.files;
        s->journal_file_bytes = image.file_bytes;
        s->cfg.unit = image.unit;
    }
    s->generation++;
    s->recovering = true;
    struct journal_config jc = journal_settings(s);
    err = journal_new(&jc, s->generation, &s->journal);
    if (err != 0) {
        snprintf(why, why_bytes, "journal of shard %u in %s: %s", s->shard->id, s->dir, mr_err_text(err));
    } else if (crashed && have) {
        err = recover_records(s, &image, why, why_bytes);
        if (err == 0)
            err = journal_replay(s->journal, &image.mark, image.flushed_sequence, replay_entry, s, why, why_bytes);
        if (err == 0 && smap_count(&s->orphans) > 0) {
            snprintf(why, why_bytes, "journal of shard %u has entries of a partition that no checkpoint knows", s->shard->id);
            err = -MR_E_CORRUPT;
        }
        if (err == 0)
            err = checkpoint_write_wait(s, &image.mark, &image);
    } else {
        journal_start_at(s->journal, &image.mark);
        err = checkpoint_write_wait(s, &image.mark, NULL);
    }
    if (have)
        buf_unref(image.body);
    s->recovering = false;
    return err;
}

int store_open(const struct store_config *cfg, struct store **ret, struct store_recovery *ret_recovery, char *why,
               size_t why_bytes)
{
    uint64_t began = io_clock_ns(cfg->shard->io);
    why[0] = '\0';
    struct store *s = store_new(cfg);
    if (s == NULL || s->reaper == NULL) {
        mem_free(s);
        return -ENOMEM;
    }
    int err = recover(s, why, why_bytes);
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
    journal_zero_ahead(s->journal);
    *ret = s;
    return 0;
}

/* ---- stop ---- */

static void free_log(struct store *s, struct plog *log)
{
    plog_drop_tail(log);
    for (uint32_t i = 0; i < log->seg_count; i++)
        segment_close_sync(s, log->segs[i]);
    log->reads = 0;
    plog_free(log);
}

static void store_free(struct store *s)
{
    shard_timer_cancel(s->shard, &s->checkpoint_timer);
    list_remove(&s->mat_work.link);
    while (!list_empty(&s->all))
        free_log(s, MR_CONTAINER(list_pop(&s->all), struct plog, all_link));
    smap_done(&s->logs);
    uint32_t at = 0;
    for (char *key; (key = smap_next(&s->orphans, &at)) != NULL;)
        mem_free(key);
    smap_done(&s->orphans);
    journal_free(s->journal);
    reaper_free(s->reaper);
    mem_free(s);
}

int store_quiesce(struct store *s)
{
    s->closing = true;
    while (s->tasks > 0 || (s->fenced == 0 && !journal_idle(s->journal)) || work_queued(&s->mat_work)) {
        int n = shard_wait(s->shard);
        if (n < 0)
            return n;
    }
    return s->fenced != 0 ? -MR_E_FENCED : 0;
}

void store_abandon(struct store *s)
{
    if (s->journal != NULL) {
        if (s->fenced == 0)
            s->fenced = -ECANCELED; /* background work stops at its next step */
        (void)store_quiesce(s);
        while (!journal_idle(s->journal)) {
            if (shard_wait(s->shard) < 0)
                break;
        }
    }
    store_free(s);
}

int store_close(struct store *s)
{
    struct journal_mark mark;
    journal_mark_here(s->journal, &mark);
    int err = s->fenced != 0 ? -MR_E_FENCED : checkpoint_write_wait(s, &mark, NULL);
    store_free(s);
    return err;
}
