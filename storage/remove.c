/* Removing a log: journalled first, then its directory gets another name, then its files and its memory go.
 */
#include <stdio.h>

#include "core/mem.h"
#include "storage/ahead.h"
#include "storage/cold.h"
#include "storage/compact_swap.h"
#include "storage/plog_priv.h"
#include "storage/reap.h"
#include "storage/space.h"

enum { RENAME_AGAIN_MS = 1000 };

enum removal_state { REMOVAL_STABLE, REMOVAL_SYNC, REMOVAL_RENAME, REMOVAL_PINS };

/* STABLE (the entry is; nothing uses the files any more) -> (without flush: SYNC) -> RENAME -> PINS (no
 * checkpoint points at the log) -> gone. The entry is on stable storage before the rename, or a power loss
 * could leave a log without its directory; and until it is renamed no checkpoint that drops the entry is
 * written, or a power loss could bring the directory back. */
struct removal {
    struct jwait wait;
    struct mr_work work;
    struct mr_op op;
    struct mr_timer again;
    struct mr_list link; /* store->removals */
    struct plog *log;
    struct plog_change *change;
    enum removal_state state;
    uint64_t number;
    bool stable;
    bool stuck; /* there is no room for the new name: counted in store->space */
    int err;
    char away[SEGMENT_PATH_MAX];
};

bool removals_renamed(const struct store *s, uint64_t number)
{
    return list_empty(&s->removals) || MR_CONTAINER(s->removals.next, struct removal, link)->number >= number;
}

void plog_idle(struct plog *log)
{
    MR_ASSERT(log->busy > 0 && log->store->tasks > 0);
    log->store->tasks--;
    log->busy--;
    if (log->truncation != NULL)
        truncate_poke(log->store);
    if (log->busy == 0 && log->removal != NULL)
        shard_ready(log->store->shard, &log->removal->work);
}

void plog_unpin(struct plog *log)
{
    MR_ASSERT(log->pins > 0);
    log->pins--;
    if (log->truncation != NULL)
        truncate_poke(log->store);
    if (log->pins == 0 && log->removal != NULL)
        shard_ready(log->store->shard, &log->removal->work);
}

static void removal_free(struct removal *r)
{
    struct plog *log = r->log;
    struct store *s = log->store;
    swaps_drop(log, false);
    for (uint32_t i = 0; i < log->seg_count; i++) {
        log->segs[i]->dirty = false;
        segment_close_later(s, log->segs[i]);
    }
    plog_drop_tail(log);
    plog_free(log);
    mem_free(r);
    s->tasks--;
}

static void removal_renamed(struct removal *r)
{
    struct plog *log = r->log;
    struct store *s = log->store;
    list_remove(&r->link);
    logdir_unclaim(s->cfg.dir, log->topic, plog_key(log).partition, log, s->shard);
    checkpoint_poke(s);
    r->state = REMOVAL_PINS;
    shard_ready(s->shard, &r->work);
}

static void removal_rename(struct removal *r);

static void rename_again(struct mr_timer *t)
{
    removal_rename(MR_CONTAINER(t, struct removal, again));
}

/* The log directory itself may have to grow for the longer name. Until there is room for that, others of that
 * name wait for the directory, and what is appended to them stays in the journal; a stop does not wait, and
 * leaves the entry to the next start. */
static void no_room(struct removal *r, int err)
{
    struct store *s = r->log->store;
    s->space.unnamed += !r->stuck;
    r->stuck = true;
    if (s->closing) {
        removal_renamed(r);
        return;
    }
    space_failed(s, "renaming the directory of a removed partition", err);
    timer_init(&r->again, rename_again);
    shard_timer(s->shard, &r->again, RENAME_AGAIN_MS * UINT64_C(1000000));
}

static void rename_done(struct mr_op *op)
{
    struct removal *r = MR_CONTAINER(op, struct removal, op);
    struct store *s = r->log->store;
    if (space_is_full((int)mr_imin(op->result, 0))) {
        no_room(r, (int)op->result);
        return;
    }
    if (r->stuck) {
        s->space.unnamed--;
        space_written(s);
    }
    if (op->result < 0 && op->result != -ENOENT) {
        store_fence(s, (int)op->result, "renaming the directory of a removed partition failed");
    } else {
        s->root_dirty = true;
        logdir_moved(s->cfg.dir, r->log->topic, plog_key(r->log).partition);
        if (op->result >= 0)
            (void)reap_dir(s->reaper, r->away); /* out of memory: the next start finds it by its name */
    }
    removal_renamed(r);
}

static void removal_rename(struct removal *r)
{
    struct plog *log = r->log;
    struct store *s = log->store;
    r->state = REMOVAL_RENAME;
    /* After a crash the log may not know that it had made its directory; whose the name is knows. */
    if (r->err != 0 || s->fenced != 0 || !(log->dir_made || log->dir_claimed)) {
        removal_renamed(r);
        return;
    }
    char dir[SEGMENT_PATH_MAX];
    plog_dir(log, dir);
    reap_name(s, log->topic, plog_key(log).partition, r->away);
    op_init(&r->op, rename_done);
    io_rename(s->io, &r->op, dir, r->away);
}

static void sync_done(struct jwait *w, int err)
{
    struct removal *r = MR_CONTAINER(w, struct removal, wait);
    r->err = err;
    removal_rename(r);
}

static void removal_run(struct mr_work *w)
{
    struct removal *r = MR_CONTAINER(w, struct removal, work);
    struct plog *log = r->log;
    struct store *s = log->store;
    switch (r->state) {
    case REMOVAL_STABLE:
        if (!r->stable || log->busy > 0)
            return;
        if (s->cfg.flush || r->err != 0) {
            removal_rename(r);
            return;
        }
        r->state = REMOVAL_SYNC;
        r->wait.done = sync_done;
        journal_sync(s->journal, &r->wait);
        return;
    case REMOVAL_SYNC:
    case REMOVAL_RENAME:
        return;
    case REMOVAL_PINS:
        if (log->pins == 0)
            removal_free(r);
        return;
    }
}

static void removal_stable(struct jwait *w, int err)
{
    struct removal *r = MR_CONTAINER(w, struct removal, wait);
    struct plog_change *c = r->change;
    r->stable = true;
    r->err = err;
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
    size_t topic_bytes = strlen(log->topic);
    if (!journal_room(s->journal, JENTRY_REMOVE, PART_KEY_BYTES + topic_bytes))
        return -EAGAIN;
    struct removal *r = mem_zalloc(1, sizeof(*r));
    if (r == NULL)
        return -EAGAIN;
    struct jchunk *chunk;
    uint8_t *body =
        journal_add(s->journal, JENTRY_REMOVE, 0, plog_key(log), PART_KEY_BYTES + topic_bytes, &chunk);
    if (body == NULL) {
        mem_free(r);
        return journal_fenced(s->journal) ? -MR_E_FENCED : -EAGAIN;
    }
    memcpy(body + PART_KEY_BYTES, log->topic, topic_bytes);
    r->log = log;
    r->change = c;
    r->number = s->removal_numbers++;
    r->wait.done = removal_stable;
    work_init(&r->work, removal_run);
    list_push(&s->removals, &r->link);
    log->removal = r;
    log->removed = true;
    smap_remove(&s->logs, (struct mr_str){(const char *)log->key_bytes, PART_KEY_BYTES});
    if (s->capture_next == &log->all_link)
        s->capture_next = log->all_link.next;
    list_remove(&log->all_link);
    list_remove(&log->work_link);
    list_remove(&log->touched_link);
    ahead_forget(log);
    cold_forget_log(s->cold, log);
    log->touched = false;
    while (!list_empty(&log->open_waiters)) /* they find it gone */
        shard_ready(s->shard, MR_CONTAINER(list_pop(&log->open_waiters), struct mr_work, link));
    if (log->clean_waits != NULL) { /* there may be room only when a checkpoint has seen the log go */
        list_remove(&log->clean_waits->link);
        shard_ready(s->shard, log->clean_waits);
    }
    truncate_poke(s);
    logdir_forget(s->cfg.dir, log->topic, plog_key(log));
    uint32_t entry;
    journal_here(s->journal, &s->removals_sequence, &entry);
    s->tasks++;
    journal_wait(s->journal, &r->wait);
    store_changed(s);
    return 0;
}
