/* Recovery: the records of the last checkpoint, then the journal from its mark on. */
#include <stdio.h>

#include "core/mem.h"
#include "storage/compact_swap.h"
#include "storage/names.h"
#include "storage/plog_priv.h"
#include "storage/reap.h"

enum { METADATA_BYTES_MAX = 4096 };

/* Until the broker says what is in force. */
static const struct plog_config config_until_known = {.segment_bytes = 1 << 30,
                                                      .index_interval_bytes = 4096,
                                                      .index_bytes_max = 10 << 20};

struct removed_name {
    struct mr_list link; /* store->removed */
    struct part_key key;
    char topic[];
};

/* That the log of key is removed at that place of the journal. */
struct doom {
    uint64_t sequence;
    uint32_t number;
    uint8_t key[PART_KEY_BYTES];
};

void store_recover_done(struct store *s)
{
    uint32_t at = 0;
    for (char *key; (key = smap_next(&s->orphans, &at)) != NULL;)
        mem_free(key);
    smap_done(&s->orphans);
    at = 0;
    for (struct doom *d; (d = smap_next(&s->doomed, &at)) != NULL;)
        mem_free(d);
    smap_done(&s->doomed);
    while (!list_empty(&s->removed))
        mem_free(MR_CONTAINER(list_pop(&s->removed), struct removed_name, link));
}

/* ---- records ---- */

/* The log that a record describes. */
static int take_record(struct store *s, struct mr_slice record, bool from_checkpoint)
{
    struct part_key key;
    struct mr_str topic;
    char name[TOPIC_BYTES_MAX + 1];
    int err = precord_peek(record, &key, &topic);
    if (err != 0)
        return err;
    if (store_find(s, key) != NULL || topic.len > TOPIC_BYTES_MAX)
        return -MR_E_CORRUPT; /* the same log twice */
    snprintf(name, sizeof(name), "%.*s", MR_STR(topic));
    struct plog *log = store_log_new(s, key, name, &config_until_known);
    if (log == NULL)
        return -ENOMEM;
    if (from_checkpoint)
        return precord_get(log, record, &log->replay_sequence, &log->replay_entry);
    return precord_get(log, record, NULL, NULL);
}

static int take_records(struct store *s, const struct checkpoint_image *image, char *why, size_t why_bytes)
{
    uint64_t at = 0;
    uint32_t n = 0;
    struct mr_slice record;
    int more, err = 0;
    while (err == 0 && (more = checkpoint_record(image, &at, &n, &record)) != 0)
        err = more < 0 ? more : take_record(s, record, true);
    if (err != 0)
        snprintf(why, why_bytes, "checkpoint of shard %u: record %u of %u cannot be read", s->shard->id, n,
                 image->partitions);
    return err;
}

/* ---- the journal's entries ---- */

/* A log without record or OPEN whose entries stand before its REMOVE: removed before the checkpoint came to
 * it. */
static int note_orphan(struct store *s, const struct journal_entry *e)
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

static bool before(uint64_t sequence, uint32_t number, uint64_t than_sequence, uint32_t than_number)
{
    return sequence < than_sequence || (sequence == than_sequence && number < than_number);
}

/* A log leaves during recovery: nothing is journalled for it. */
static int drop_log(struct store *s, struct plog *log)
{
    log->removed = true;
    list_remove(&log->work_link);
    while (log->busy > 0) { /* replay had to make room, and this is being written for it */
        int err = store_wait(s);
        if (err < 0)
            return err;
    }
    plog_drop_tail(log);
    smap_remove(&s->logs, (struct mr_str){(const char *)log->key_bytes, PART_KEY_BYTES});
    swaps_drop(log, true);
    for (uint32_t i = 0; i < log->seg_count; i++)
        segment_close_sync(s, log->segs[i]);
    logdir_unclaim(s->cfg.dir, log->topic, plog_key(log).partition, log, s->shard);
    plog_free(log);
    return 0;
}

/* Logs that will turn out to be removed are dropped before anything is written: their directories may be
 * another's by now. */
static int look_ahead(void *ctx, const struct journal_entry *e)
{
    struct store *s = ctx;
    if (e->type != JENTRY_REMOVE)
        return 0;
    struct mr_str key = {(const char *)e->body.ptr, PART_KEY_BYTES};
    struct doom *d = smap_get(&s->doomed, key);
    if (d == NULL) {
        d = mem_zalloc(1, sizeof(*d));
        if (d == NULL)
            return -ENOMEM;
        memcpy(d->key, key.ptr, PART_KEY_BYTES);
        if (smap_put(&s->doomed, (struct mr_str){(const char *)d->key, PART_KEY_BYTES}, d) != 0) {
            mem_free(d);
            return -ENOMEM;
        }
    }
    d->sequence = e->sequence;
    d->number = e->number;
    struct plog *log = store_find(s, e->key);
    if (log == NULL || before(e->sequence, e->number, log->replay_sequence, log->replay_entry))
        return 0;
    return drop_log(s, log);
}

static int reclaim(void *ctx)
{
    return store_reclaim(ctx);
}

static int replay_append(struct store *s, struct plog *log, const struct journal_entry *e)
{
    if (e->body.len <= PART_KEY_BYTES + 4)
        return -MR_E_CORRUPT;
    if (log == NULL)
        return note_orphan(s, e);
    uint32_t at = (uint32_t)(e->body.ptr - e->chunk->buf->data) + PART_KEY_BYTES + 4;
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

static int replay_start(struct store *s, struct plog *log, const struct journal_entry *e)
{
    if (e->body.len < PART_KEY_BYTES + 8)
        return -MR_E_CORRUPT;
    if (log == NULL)
        return note_orphan(s, e);
    int64_t start = (int64_t)mr_get64(e->body.ptr + PART_KEY_BYTES);
    log->log_start = log->stable_start = mr_imax(log->log_start, start);
    epochs_cut_start(&log->epochs, log->log_start);
    log->changed = true;
    if (log->log_start > log->append_end)
        return -MR_E_CORRUPT;
    return (e->flags & JENTRY_ROLL) != 0 ? plog_roll(log, log->append_end) : 0;
}

/* Its directory is looked for when replay is over: it may have become another log's meanwhile. */
static int replay_remove(struct store *s, struct plog *log, const struct journal_entry *e)
{
    size_t topic_bytes = e->body.len - PART_KEY_BYTES;
    if (!names_legal((struct mr_str){(const char *)e->body.ptr + PART_KEY_BYTES, topic_bytes},
                     e->key.partition))
        return -MR_E_CORRUPT;
    struct removed_name *n = mem_zalloc(1, sizeof(*n) + topic_bytes + 1);
    if (n == NULL)
        return -ENOMEM;
    n->key = e->key;
    memcpy(n->topic, e->body.ptr + PART_KEY_BYTES, topic_bytes);
    list_push(&s->removed, &n->link);
    mem_free(smap_remove(&s->orphans, (struct mr_str){(const char *)e->body.ptr, PART_KEY_BYTES}));
    return log != NULL ? drop_log(s, log) : 0;
}

static int replay_entry(void *ctx, const struct journal_entry *e)
{
    struct store *s = ctx;
    struct plog *log = store_find(s, e->key);
    s->recovery.journal_entries++;
    s->recovery.journal_bytes += e->body.len;
    if (log != NULL && before(e->sequence, e->number, log->replay_sequence, log->replay_entry))
        return 0; /* the record knows it */
    const struct doom *d = smap_get(&s->doomed, (struct mr_str){(const char *)e->body.ptr, PART_KEY_BYTES});
    if (d != NULL && before(e->sequence, e->number, d->sequence, d->number) && e->type != JENTRY_REMOVE)
        return 0;
    switch (e->type) {
    case JENTRY_OPEN:
        return take_record(s, (struct mr_slice){e->body.ptr + PART_KEY_BYTES, e->body.len - PART_KEY_BYTES},
                           false);
    case JENTRY_APPEND:
        return replay_append(s, log, e);
    case JENTRY_LOG_START:
        return replay_start(s, log, e);
    case JENTRY_REMOVE:
        return replay_remove(s, log, e);
    case JENTRY_REPLACE:
        if (log == NULL)
            return note_orphan(s, e);
        log->changed = true;
        return swap_replay(log, e->body);
    case JENTRY_TRUNCATE:
        if (log == NULL)
            return note_orphan(s, e);
        return truncate_replay(log,
                               (struct mr_slice){e->body.ptr + PART_KEY_BYTES, e->body.len - PART_KEY_BYTES});
    }
    return -MR_E_VERSION;
}

/* ---- directories ---- */

static int rename_wait(struct store *s, const char *from, const char *to)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_rename(s->io, &op, from, to);
    return (int)io_wait(s->io, &op);
}

/* The directory of a log that was removed, when it still stands under its name and is that log's. */
static int remove_dir(struct store *s, const struct removed_name *n)
{
    char path[SEGMENT_PATH_MAX], away[SEGMENT_PATH_MAX];
    uint8_t *text = NULL;
    size_t len = 0;
    logdir_forget(s->cfg.dir, n->topic, n->key);
    logdir_replayed(s->cfg.dir, n->topic, n->key);
    if (store_find(s, n->key) != NULL)
        return 0; /* it came back, and the directory is its own */
    snprintf(path, sizeof(path), "%s/%s-%d/partition.metadata", s->dir, n->topic, n->key.partition);
    int err = file_get_wait(s->io, path, METADATA_BYTES_MAX, &text, &len);
    struct mr_uuid id;
    bool its_own = err == 0 && partition_metadata_parse((struct mr_slice){text, len}, &id) &&
                   mr_uuid_eq(id, n->key.topic);
    mem_free(text);
    if (!its_own)
        return err == -ENOENT || err == -EFBIG ? 0 : err;
    *strrchr(path, '/') = '\0';
    reap_name(s, n->topic, n->key.partition, away);
    err = rename_wait(s, path, away);
    if (err != 0)
        return err;
    s->root_dirty = true; /* flushed before the journal's entry is given up */
    return reap_dir(s->reaper, away);
}

static int settle_dirs(struct store *s, char *why, size_t why_bytes)
{
    LIST_FOR(node, &s->removed)
    {
        int err = remove_dir(s, MR_CONTAINER(node, struct removed_name, link));
        if (err != 0)
            return err;
    }
    LIST_FOR(node, &s->all)
    {
        struct plog *log = MR_CONTAINER(node, struct plog, all_link);
        if (!plog_claim(log)) {
            snprintf(why, why_bytes, "%s-%d belongs to two logs of different topics", log->topic,
                     plog_key(log).partition);
            return -MR_E_CORRUPT;
        }
        logdir_replayed(s->cfg.dir, log->topic, plog_key(log));
        int err = swaps_finish_wait(log);
        if (err != 0) {
            snprintf(why, why_bytes, "%s-%d: names of compacted segments: %s", log->topic,
                     plog_key(log).partition, mr_err_text(err));
            return err;
        }
    }
    return 0;
}

/* ---- all of it ---- */

static int replay(struct store *s, const struct checkpoint_image *image, char *why, size_t why_bytes)
{
    uint64_t at[5] = {io_clock_ns(s->io)};
    int err = take_records(s, image, why, why_bytes);
    at[1] = io_clock_ns(s->io);
    s->image = image;
    if (err == 0)
        err = journal_replay(s->journal, &image->mark, image->flushed_sequence,
                             &(struct journal_handler){replay_entry, look_ahead, reclaim, s}, why, why_bytes);
    if (err == -ENOSPC && why[0] == '\0')
        snprintf(
            why, why_bytes,
            "%s is full: what shard %u's journal holds is more than its memory, and there is no room for "
            "its files; nothing is lost, make room and start again",
            s->dir, s->shard->id);
    if (err == 0 && smap_count(&s->orphans) > 0) {
        snprintf(why, why_bytes, "journal of shard %u has entries of a partition that no checkpoint knows",
                 s->shard->id);
        err = -MR_E_CORRUPT;
    }
    at[2] = io_clock_ns(s->io);
    if (err == 0)
        err = settle_dirs(s, why, why_bytes);
    at[3] = io_clock_ns(s->io);
    if (err == 0)
        err = checkpoint_write_wait(s, &image->mark, image);
    at[4] = io_clock_ns(s->io);
    log_debug(s->shard->log, "storage",
              "replayed shard=%u records_ms=%.1f journal_ms=%.1f directories_ms=%.1f checkpoint_ms=%.1f",
              s->shard->id, (double)(at[1] - at[0]) / 1e6, (double)(at[2] - at[1]) / 1e6,
              (double)(at[3] - at[2]) / 1e6, (double)(at[4] - at[3]) / 1e6);
    s->image = NULL;
    s->image_renewed = false;
    return err;
}

/* Nothing in the journal counts: go on behind it, so that what is in there never looks new. A ring of another
 * shape than before begins with a file number that was never used. */
static int start_void(struct store *s, const struct checkpoint_image *image, bool have, uint32_t files,
                      uint64_t file_bytes, uint32_t unit)
{
    struct journal_mark mark = image->mark;
    if (have && (image->files != files || image->file_bytes != file_bytes || image->unit != unit)) {
        mark.file++;
        mark.pos = 0;
    }
    mark.generation = s->generation;
    journal_start_at(s->journal, &mark);
    return checkpoint_write_wait(s, &mark, NULL);
}

int store_recover(struct store *s, char *why, size_t why_bytes)
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
    bool counts = crashed && have && image.session == logdir_session(s->cfg.dir);
    if (have) {
        s->generation = image.generation;
        s->checkpoint_counter = image.counter;
        memcpy(s->slot_bytes, image.slot_bytes, sizeof(s->slot_bytes));
    }
    if (counts) {
        s->journal_files = image.files;
        s->journal_file_bytes = image.file_bytes;
        s->cfg.unit = image.unit;
        s->cfg.flush |= image.unit != SEGMENT_UNIT; /* until the next clean stop; see store_new() */
    }
    if (counts)
        err = journal_files_check(s->io, s->dir, s->shard->id, image.files, image.file_bytes, why, why_bytes);
    if (counts && err != 0) {
        buf_unref(image.whole);
        return err;
    }
    s->generation++;
    s->recovering = true;
    struct journal_config jc = store_journal_config(s, !have);
    jc.unsure = !counts;
    err = journal_new(&jc, s->generation, &s->journal);
    if (err != 0)
        snprintf(why, why_bytes, "journal of shard %u in %s: %s", s->shard->id, s->dir, mr_err_text(err));
    else if (counts)
        err = replay(s, &image, why, why_bytes);
    else
        err = start_void(s, &image, have, s->journal_files, s->journal_file_bytes, s->cfg.unit);
    if (have)
        buf_unref(image.whole);
    s->recovering = false;
    store_recover_done(s);
    return err;
}
