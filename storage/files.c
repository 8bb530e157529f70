/* Segment files: opened by need, pinned while in use, closed by age; and the directory they stand in, made by
 * the first. */
#include <stdio.h>

#include "core/mem.h"
#include "storage/plog_priv.h"
#include "storage/reap.h"
#include "storage/uuid.h"

enum { STEP_MKDIR, STEP_AWAY, STEP_MKDIR_AGAIN, STEP_META, STEP_OPEN };

/* Made before the file is opened, so that closing it cannot fail for want of memory. */
struct segment_closer {
    struct mr_op op;
    struct store *store;
};

static void close_done(struct mr_op *op)
{
    struct segment_closer *c = MR_CONTAINER(op, struct segment_closer, op);
    c->store->tasks--;
    mem_free(c); /* a failed close changes nothing: what counts was flushed */
}

static void close_file(struct store *s, struct segment *seg)
{
    struct segment_closer *c = seg->live->closer;
    c->store = s;
    s->tasks++;
    struct segment_live *live = seg->live;
    list_remove(&live->lru);
    s->files_open--;
    struct mr_file f = live->file;
    live->file = MR_NO_FILE;
    live->closer = NULL;
    op_init(&c->op, close_done);
    io_close(s->io, &c->op, f);
    segment_rest(seg);
}

void segment_close_later(struct store *s, struct segment *seg)
{
    MR_ASSERT(seg->pins == 0);
    if (segment_file(seg).h >= 0)
        close_file(s, seg);
}

static void close_some(struct store *s)
{
    uint32_t max = s->cfg.files_open_max == 0 ? 512 : s->cfg.files_open_max;
    LIST_FOR_SAFE(node, tmp, &s->files)
    {
        if (s->files_open <= max)
            return;
        struct segment *seg = MR_CONTAINER(node, struct segment_live, lru)->seg;
        if (seg->pins == 0)
            close_file(s, seg);
    }
}

void segment_close_sync(struct store *s, struct segment *seg)
{
    MR_ASSERT(seg->pins == 0);
    if (segment_file(seg).h < 0)
        return;
    struct segment_live *live = seg->live;
    struct mr_op op;
    op_init(&op, NULL);
    io_close(s->io, &op, live->file);
    (void)io_wait(s->io, &op); /* every byte that counts was flushed before */
    live->file = MR_NO_FILE;
    mem_free(live->closer);
    live->closer = NULL;
    list_remove(&live->lru);
    s->files_open--;
}

void segment_leave(struct store *s, struct segment *seg, bool sync)
{
    if (sync)
        segment_close_sync(s, seg);
    else
        segment_close_later(s, seg);
    segment_txns_drop(s, seg);
    segment_free(seg);
}

static void use_path(const struct file_use *u, char *dst, const char *name)
{
    char dir[SEGMENT_PATH_MAX];
    plog_dir(u->log, dir);
    if (name == NULL)
        segment_named(dst, dir, u->seg, ".log");
    else
        snprintf(dst, SEGMENT_PATH_MAX, "%s%s%s", dir, name[0] != '\0' ? "/" : "", name);
}

static void use_finish(struct file_use *u, int err)
{
    u->err = err;
    u->store->tasks--;
    if (err != 0)
        u->seg->pins--;
    u->done(u);
}

static void use_step(struct mr_op *op);

static void meta_done(struct file_put *p)
{
    struct file_use *u = MR_CONTAINER(p, struct file_use, put);
    u->op.result = p->err;
    use_step(&u->op);
}

/* MKDIR -> META -> OPEN; with the directory made, OPEN alone. A directory that is there already is not this
 * log's, or holds nothing that counts (everything is still in the journal): AWAY with it, to be deleted ->
 * MKDIR_AGAIN -> META. Any other failure ends it. */
static void use_submit(struct file_use *u, int step)
{
    struct store *s = u->store;
    char path[SEGMENT_PATH_MAX];
    u->step = step;
    op_init(&u->op, use_step);
    switch (step) {
    case STEP_MKDIR:
    case STEP_MKDIR_AGAIN:
        use_path(u, path, "");
        io_mkdir(s->io, &u->op, path);
        return;
    case STEP_AWAY:
        use_path(u, path, "");
        io_rename(s->io, &u->op, path, u->away);
        return;
    case STEP_META: {
        char id[UUID_TEXT_BYTES];
        uuid_text(plog_key(u->log).topic, id);
        int n = snprintf(u->meta, sizeof(u->meta), "version: 0\ntopic_id: %s", id);
        use_path(u, path, "partition.metadata");
        file_put_start(&u->put, s->io, path, u->meta, (size_t)n, !s->syncs_fs, meta_done);
        return;
    }
    default:
        use_path(u, path, NULL);
        u->seg->opening = true;
        io_open(s->io, &u->op, path,
                IO_READ | IO_WRITE | (u->create ? IO_CREATE : 0) | (s->syncs_fs ? 0 : IO_DIRECT));
        return;
    }
}

static int make_closer(struct segment *seg)
{
    struct segment_live *live = segment_liven(seg);
    if (live != NULL && live->closer == NULL)
        live->closer = mem_zalloc(1, sizeof(*live->closer));
    return live != NULL && live->closer != NULL ? 0 : -ENOMEM;
}

/* 0, or -ENOMEM with nothing submitted. */
static int open_submit(struct file_use *u)
{
    if (make_closer(u->seg) != 0)
        return -ENOMEM;
    use_submit(u, STEP_OPEN);
    return 0;
}

/* The file is open, or could not be opened: then the next in line tries, who may be allowed to create it. */
static void wake_openers(struct store *s, struct segment *seg)
{
    struct mr_list mine;
    list_init(&mine);
    LIST_FOR_SAFE(node, tmp, &s->openers)
    {
        if (MR_CONTAINER(node, struct file_use, link)->seg != seg)
            continue;
        list_remove(node);
        list_push(&mine, node);
    }
    while (!list_empty(&mine)) {
        struct file_use *u = MR_CONTAINER(list_pop(&mine), struct file_use, link);
        if (segment_file(seg).h >= 0) {
            use_finish(u, 0);
        } else if (seg->opening) {
            list_push(&s->openers, &u->link);
        } else {
            int err = open_submit(u);
            if (err != 0)
                use_finish(u, err);
        }
    }
}

/* Somewhere else with what stands in the way. */
static void move_away(struct file_use *u)
{
    char path[SEGMENT_PATH_MAX];
    reap_name(u->store, u->log->topic, plog_key(u->log).partition, path);
    u->away = mem_text(path, strlen(path));
    if (u->away == NULL)
        use_finish(u, -ENOMEM);
    else
        use_submit(u, STEP_AWAY);
}

static void moved_away(struct file_use *u, bool ok)
{
    if (ok) /* and what the directory knew of it must not be taken for this log's, nor written down again */
        logdir_moved(u->store->cfg.dir, u->log->topic, plog_key(u->log).partition);
    if (ok)
        (void)reap_dir(u->store->reaper, u->away); /* out of memory: the next start finds it by its name */
    mem_free(u->away);
    u->away = NULL;
}

static void use_step(struct mr_op *op)
{
    struct file_use *u = MR_CONTAINER(op, struct file_use, op);
    struct store *s = u->store;
    struct segment *seg = u->seg;
    int64_t r = op->result;
    int step = u->step;
    if (step == STEP_MKDIR && r == -EEXIST) {
        move_away(u);
        return;
    }
    if (step == STEP_AWAY)
        moved_away(u, r >= 0);
    if (step == STEP_OPEN)
        seg->opening = false;
    if (r < 0) {
        use_finish(u, (int)r);
        if (step == STEP_OPEN)
            wake_openers(s, seg);
        return;
    }
    if (step == STEP_AWAY) {
        use_submit(u, STEP_MKDIR_AGAIN);
        return;
    }
    if (step == STEP_MKDIR || step == STEP_MKDIR_AGAIN) {
        s->root_dirty = true;
        use_submit(u, STEP_META);
        return;
    }
    if (step == STEP_META) {
        u->log->dir_made = true;
        u->log->dir_dirty = u->log->changed = true; /* a record that says so counts after a flush only */
        MR_ASSERT(segment_file(seg).h < 0 && !seg->opening); /* there was no directory to open it in */
        int err = open_submit(u);
        if (err != 0)
            use_finish(u, err);
        return;
    }
    seg->live->file = (struct mr_file){(int32_t)r};
    if (u->create &&
        seg->mat_pos == 0) /* it may have been made just now; one that has bytes is there for long */
        u->log->dir_dirty = u->log->changed = true;
    list_push(&s->files, &seg->live->lru);
    s->files_open++;
    use_finish(u, 0);
    wake_openers(s, seg);
    close_some(s);
}

bool file_use_begin(struct file_use *u)
{
    struct segment *seg = u->seg;
    struct store *s = u->store;
    u->err = 0;
    u->away = NULL;
    list_init(&u->link);
    seg->pins++;
    if (segment_file(seg).h >= 0) {
        list_remove(&seg->live->lru);
        list_push(&s->files, &seg->live->lru);
        return true;
    }
    if (!seg->opening && make_closer(seg) != 0) {
        seg->pins--;
        u->err = -ENOMEM;
        return true;
    }
    s->tasks++;
    if (seg->opening) {
        list_push(&s->openers, &u->link);
        return false;
    }
    if (u->create && !u->log->dir_made) {
        MR_ASSERT(u->log->dir_claimed);
        use_submit(u, STEP_MKDIR);
        return false;
    }
    use_submit(u, STEP_OPEN);
    return false;
}

void file_use_end(struct file_use *u)
{
    MR_ASSERT(u->seg->pins > 0);
    u->seg->pins--;
    close_some(u->store);
}
