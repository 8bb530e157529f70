/* Segment files: opened by need, pinned while in use, closed by age. */
#include <stdio.h>

#include "core/mem.h"
#include "storage/plog_priv.h"
#include "storage/uuid.h"

enum { STEP_MKDIR, STEP_META, STEP_OPEN };

struct close_op {
    struct mr_op op;
    struct store *store;
};

static void close_done(struct mr_op *op)
{
    struct close_op *c = MR_CONTAINER(op, struct close_op, op);
    c->store->tasks--;
    mem_free(c); /* a failed close changes nothing: what counts was flushed */
}

static void close_file(struct store *s, struct segment *seg)
{
    struct close_op *c = mem_zalloc(1, sizeof(*c));
    if (c == NULL)
        return; /* stays open; tried again at the next use */
    c->store = s;
    s->tasks++;
    list_remove(&seg->lru);
    s->files_open--;
    struct mr_file f = seg->file;
    seg->file = MR_NO_FILE;
    op_init(&c->op, close_done);
    io_close(s->io, &c->op, f);
}

void segment_close_later(struct store *s, struct segment *seg)
{
    MR_ASSERT(seg->pins == 0);
    if (seg->file.h >= 0)
        close_file(s, seg);
}

static void close_some(struct store *s)
{
    uint32_t max = s->cfg.files_open_max == 0 ? 512 : s->cfg.files_open_max;
    LIST_FOR_SAFE(node, tmp, &s->files)
    {
        if (s->files_open <= max)
            return;
        struct segment *seg = MR_CONTAINER(node, struct segment, lru);
        if (seg->pins == 0 && !seg->dirty)
            close_file(s, seg);
    }
}

void segment_close_sync(struct store *s, struct segment *seg)
{
    MR_ASSERT(seg->pins == 0);
    if (seg->file.h < 0)
        return;
    struct mr_op op;
    op_init(&op, NULL);
    io_close(s->io, &op, seg->file);
    (void)io_wait(s->io, &op);
    seg->file = MR_NO_FILE;
    list_remove(&seg->lru);
    s->files_open--;
}

static void use_path(const struct file_use *u, char *dst, const char *name)
{
    char dir[SEGMENT_PATH_MAX];
    plog_dir(u->log, dir);
    if (name == NULL)
        segment_path(dst, dir, u->seg->base, ".log");
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

/* MKDIR -> META -> OPEN; without create, or with the directory made, OPEN alone. Any failure ends it. */
static void use_submit(struct file_use *u, int step)
{
    struct mr_io *io = u->store->io;
    char path[SEGMENT_PATH_MAX];
    u->step = step;
    op_init(&u->op, use_step);
    if (step == STEP_MKDIR) {
        use_path(u, path, "");
        io_mkdir(io, &u->op, path);
    } else if (step == STEP_META) {
        char id[UUID_TEXT_BYTES];
        uuid_text(plog_key(u->log).topic, id);
        int n = snprintf(u->meta, sizeof(u->meta), "version: 0\ntopic_id: %s", id);
        use_path(u, path, "partition.metadata");
        file_put_start(&u->put, io, path, u->meta, (size_t)n, true, meta_done);
    } else {
        use_path(u, path, NULL);
        u->seg->opening = true;
        io_open(io, &u->op, path, IO_READ | IO_WRITE | (u->create ? IO_CREATE : 0) | IO_DIRECT);
    }
}

static void wake_openers(struct store *s, const struct segment *seg)
{
    LIST_FOR_SAFE(node, tmp, &s->openers)
    {
        struct file_use *u = MR_CONTAINER(node, struct file_use, link);
        if (u->seg != seg)
            continue;
        list_remove(&u->link);
        if (seg->file.h >= 0)
            use_finish(u, 0);
        else
            use_submit(u, STEP_OPEN);
    }
}

static void use_step(struct mr_op *op)
{
    struct file_use *u = MR_CONTAINER(op, struct file_use, op);
    struct segment *seg = u->seg;
    int64_t r = op->result;
    if (u->step == STEP_OPEN)
        seg->opening = false;
    if (r < 0 && !(u->step == STEP_MKDIR && r == -EEXIST)) {
        use_finish(u, (int)r);
        wake_openers(u->store, seg);
        return;
    }
    if (u->step == STEP_META) {
        u->log->dir_made = true;
        u->log->dir_dirty = true;
        u->store->root_dirty = true;
    }
    if (u->step != STEP_OPEN) {
        use_submit(u, u->step + 1);
        return;
    }
    struct store *s = u->store;
    seg->file = (struct mr_file){(int32_t)r};
    if (u->create)
        u->log->dir_dirty = true;
    list_push(&s->files, &seg->lru);
    s->files_open++;
    use_finish(u, 0);
    wake_openers(s, seg);
    close_some(s);
}

bool file_use_begin(struct file_use *u)
{
    struct segment *seg = u->seg;
    u->err = 0;
    seg->pins++;
    if (seg->file.h >= 0) {
        list_remove(&seg->lru);
        list_push(&u->store->files, &seg->lru);
        return true;
    }
    u->store->tasks++;
    if (seg->opening) {
        list_push(&u->store->openers, &u->link);
        return false;
    }
    use_submit(u, u->create && !u->log->dir_made ? STEP_MKDIR : STEP_OPEN);
    return false;
}

void file_use_end(struct file_use *u)
{
    MR_ASSERT(u->seg->pins > 0);
    u->seg->pins--;
    close_some(u->store);
}
