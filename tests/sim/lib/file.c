/* File operations of core/io.h. */
#include "tests/sim/lib/disk_priv.h"

const char *file_path(const struct open_file *f)
{
    return f == NULL ? "" : f->path;
}

static void file_unref(struct open_file *f)
{
    if (--f->refs > 0)
        return;
    inode_unuse(f->ino);
    mem_free(f->path);
    mem_free(f);
}

static struct disk *disk_of(const struct sim_op *s)
{
    return s->io->node->disk;
}

static bool kind_flushes(enum sim_kind kind)
{
    return kind == SIM_FLUSH || kind == SIM_WRITE_FLUSH;
}

/* From here to op_end() or death: a flush in flight keeps the writes that it covers apart from later ones. */
static void flushing_add(struct sim_op *s, int n)
{
    if (s->kind == SIM_SYNC_FS)
        disk_of(s)->syncing += (uint32_t)n;
    if (!kind_flushes(s->kind))
        return;
    s->file->ino->flushing += (uint32_t)n;
    disk_of(s)->flushing += (uint32_t)n;
}

void file_op_done(struct sim_op *s)
{
    if (s->file != NULL)
        file_unref(s->file);
    s->file = NULL;
}

/* ---- effects: what happens at the moment of completion; each returns the result ---- */

static int64_t open_handle(struct mr_io *io, struct inode *ino, const char *path, unsigned flags)
{
    struct open_file *f = mem_zalloc(1, sizeof(*f));
    MR_ASSERT(f != NULL);
    f->path = mem_text(path, strlen(path));
    MR_ASSERT(f->path != NULL);
    f->flags = flags;
    f->refs = 1;
    f->ino = ino;
    inode_use(ino);
    int32_t h = handle_new(io, HANDLE_FILE, f);
    if (h < 0)
        file_unref(f);
    return h;
}

static int64_t effect_open(struct sim_op *s)
{
    struct inode *ino;
    if (s->io->handles_used >= s->io->w->opt.handles_max)
        return -EMFILE;
    int err = dir_find_path(disk_of(s), s->path, false, &ino);
    if (err == -ENOENT && (s->flags & IO_CREATE) != 0)
        err = dir_make_file(disk_of(s), s->path, &ino);
    else if (err == 0 && (s->flags & IO_EXCL) != 0)
        err = -EEXIST;
    if (err != 0)
        return err;
    if (ino->is_dir)
        return -EISDIR;
    if ((s->flags & IO_TRUNCATE) != 0 && ino->view_bytes > 0)
        inode_truncate(ino, 0);
    return open_handle(s->io, ino, s->path, s->flags);
}

static int64_t effect_read(struct sim_op *s)
{
    struct inode *ino = s->file->ino;
    if ((s->file->flags & IO_READ) == 0)
        return -EBADF;
    if (s->fault_err != 0)
        return s->fault_err;
    size_t len = s->fault_short != 0 ? mr_min(s->len, s->fault_short) : s->len;
    if (inode_is_bad(ino, s->pos, len))
        return -EIO;
    size_t n = inode_read(ino, false, s->pos, s->dst, len);
    s->io->counters.file_bytes_read += n;
    return (int64_t)n;
}

static void write_bytes(struct sim_op *s, uint64_t len)
{
    inode_write(s->file->ino, s->src, len, s->pos);
    inode_repair(s->file->ino, s->pos, len);
    s->io->counters.file_bytes_written += len;
}

/* A failed write: nothing, a head or all of it reached the file. */
static void write_fails(struct sim_op *s)
{
    struct rng *r = &s->io->w->rng_disk;
    uint64_t part = rng_below(r, 3);
    if (s->fault_effect == DISK_EFFECT_NONE || s->len == 0 ||
        (s->fault_effect == DISK_EFFECT_RANDOM && part == 0))
        return;
    uint64_t len = s->len;
    if (s->fault_effect == DISK_EFFECT_RANDOM && part == 1)
        len = mr_min(len, SECTOR_BYTES * rng_below(r, len / SECTOR_BYTES + 1));
    write_bytes(s, inode_room(s->file->ino, s->pos, len));
}

static int64_t effect_write(struct sim_op *s)
{
    if ((s->file->flags & IO_WRITE) == 0)
        return -EBADF;
    if (s->pos + s->len > FILE_BYTES_MAX)
        return -EFBIG;
    if (s->fault_err != 0 && s->kind == SIM_WRITE) {
        write_fails(s);
        return s->fault_err;
    }
    uint64_t len = s->fault_short != 0 ? mr_min(s->len, s->fault_short) : s->len;
    uint64_t room = inode_room(s->file->ino, s->pos, len);
    if (room < len && (s->file->flags & IO_DIRECT) != 0)
        room = mr_round_down(room, IO_ALIGN);
    if (room == 0 && len > 0)
        return -ENOSPC;
    write_bytes(s, room);
    return (int64_t)room;
}

/* What a successful flush of this file submitted at s->seq makes stable. */
static void flush_covers(struct sim_op *s)
{
    struct disk *d = disk_of(s);
    const struct world_options *o = &s->io->w->opt;
    inode_flush(s->file->ino, s->seq);
    if (o->flush_covers_device) {
        LIST_FOR_SAFE(at, next, &d->dirty)
        inode_flush(MR_CONTAINER(at, struct inode, dirty), s->seq);
    }
    if (o->flush_commits_metadata)
        dir_sync_all(d, s->seq);
    s->io->counters.flushes++;
}

static int64_t effect_flush(struct sim_op *s)
{
    struct inode *ino = s->file->ino;
    if (s->fault_err == 0) {
        flush_covers(s);
        return 0;
    }
    if (s->fault_effect == DISK_EFFECT_ALL)
        flush_covers(s);
    else
        inode_doom(ino, s->seq,
                   s->fault_effect == DISK_EFFECT_NONE || s->fault_effect == DISK_EFFECT_FORGOTTEN,
                   &s->io->w->rng_disk);
    return s->fault_err;
}

static int64_t effect_write_flush(struct sim_op *s)
{
    struct rng *r = &s->io->w->rng_disk;
    bool write_failed = s->fault_err != 0 && s->fault_effect != DISK_EFFECT_ALL &&
                        s->fault_effect != DISK_EFFECT_FORGOTTEN &&
                        (s->fault_effect == DISK_EFFECT_NONE || rng_chance(r, 500000));
    if (write_failed) {
        write_fails(s);
        return s->fault_err;
    }
    int64_t written = effect_write(s);
    if (written < 0)
        return written;
    if ((uint64_t)written < s->len)
        return -EIO;
    if (s->fault_err != 0) {
        inode_doom(s->file->ino, UINT64_MAX, s->fault_effect == DISK_EFFECT_FORGOTTEN, r);
        return s->fault_err;
    }
    if (s->len > 0)
        inode_flush_with_last(s->file->ino, s->seq);
    flush_covers(s);
    return written;
}

static int64_t effect_allocate(struct sim_op *s)
{
    if (s->pos + s->len > FILE_BYTES_MAX)
        return -EFBIG;
    if (inode_room(s->file->ino, s->pos, s->len) < s->len)
        return -ENOSPC;
    inode_allocate(s->file->ino, s->pos, s->len, (s->flags & 1) != 0);
    return 0;
}

static int64_t effect_truncate(struct sim_op *s)
{
    if ((s->file->flags & IO_WRITE) == 0)
        return -EINVAL;
    if (s->len > FILE_BYTES_MAX)
        return -EFBIG;
    if (s->len != s->file->ino->view_bytes)
        inode_truncate(s->file->ino, s->len);
    return 0;
}

static int64_t effect_remove(struct sim_op *s)
{
    struct inode *dir;
    char name[256];
    int err = dir_find_parent(disk_of(s), s->path, &dir, name);
    if (err != 0)
        return err;
    struct inode *ino = dir_find(dir, false, name);
    if (ino == NULL)
        return -ENOENT;
    if (s->kind == SIM_UNLINK && ino->is_dir)
        return -EISDIR;
    if (s->kind == SIM_RMDIR && !ino->is_dir)
        return -ENOTDIR;
    if (ino->is_dir && ino->view.count > 0)
        return -ENOTEMPTY;
    dir_unlink(dir, name);
    return 0;
}

static int64_t effect_mkdir(struct sim_op *s)
{
    struct inode *dir;
    char name[256];
    int err = dir_find_parent(disk_of(s), s->path, &dir, name);
    if (err != 0)
        return err == -EINVAL ? -EEXIST : err;
    if (dir_find(dir, false, name) != NULL)
        return -EEXIST;
    struct inode *ino = inode_new(disk_of(s), true);
    dir_link(dir, name, ino);
    inode_unref(ino);
    return 0;
}

static int64_t effect_sync_dir(struct sim_op *s)
{
    struct inode *dir;
    int err = dir_find_path(disk_of(s), s->path, false, &dir);
    if (err != 0)
        return err;
    if (!dir->is_dir)
        return -ENOTDIR;
    if (s->io->w->opt.flush_commits_metadata)
        dir_sync_all(disk_of(s), s->seq);
    else
        dir_sync(dir, s->seq);
    s->io->counters.flushes++;
    return 0;
}

static int64_t effect_sync_fs(struct sim_op *s)
{
    struct disk *d = disk_of(s);
    struct rng *r = &s->io->w->rng_disk;
    bool fails = s->fault_err != 0 && s->fault_effect != DISK_EFFECT_ALL;
    LIST_FOR_SAFE(at, next, &d->dirty)
    {
        struct inode *ino = MR_CONTAINER(at, struct inode, dirty);
        if (fails && rng_chance(r, 500000))
            inode_doom(ino, s->seq,
                       s->fault_effect == DISK_EFFECT_NONE || s->fault_effect == DISK_EFFECT_FORGOTTEN, r);
        else if (!fails)
            inode_flush(ino, s->seq);
    }
    if (!fails)
        dir_sync_all(d, s->seq);
    s->io->counters.flushes += s->fault_err == 0;
    return s->fault_err;
}

static int64_t effect_stat(struct sim_op *s)
{
    struct inode *ino;
    int err = dir_find_path(disk_of(s), s->path, false, &ino);
    if (err != 0)
        return err;
    struct io_stat *ret = s->dst;
    *ret = (struct io_stat){.bytes = ino->view_bytes,
                            .mtime_ms = ino->mtime_ms,
                            .direct_align = s->io->w->opt.block_bytes,
                            .is_dir = ino->is_dir};
    return 0;
}

static int64_t effect_close(struct sim_op *s)
{
    (void)s;
    return 0;
}

static int64_t effect_rename(struct sim_op *s)
{
    return dir_rename(disk_of(s), s->path, s->path2);
}

static int64_t effect(struct sim_op *s)
{
    static int64_t (*const effects[SIM_KINDS])(struct sim_op * s) = {
        [SIM_OPEN] = effect_open,
        [SIM_CLOSE] = effect_close,
        [SIM_READ] = effect_read,
        [SIM_WRITE] = effect_write,
        [SIM_WRITE_FLUSH] = effect_write_flush,
        [SIM_FLUSH] = effect_flush,
        [SIM_ALLOCATE] = effect_allocate,
        [SIM_TRUNCATE] = effect_truncate,
        [SIM_RENAME] = effect_rename,
        [SIM_UNLINK] = effect_remove,
        [SIM_RMDIR] = effect_remove,
        [SIM_MKDIR] = effect_mkdir,
        [SIM_SYNC_DIR] = effect_sync_dir,
        [SIM_SYNC_FS] = effect_sync_fs,
        [SIM_STAT] = effect_stat,
    };
    bool in_part =
        s->kind == SIM_READ || s->kind == SIM_WRITE || s->kind == SIM_SYNC_FS || kind_flushes(s->kind);
    if (s->fault_err != 0 && !in_part)
        return s->fault_err; /* directory operations and the like fail as a whole */
    return effects[s->kind](s);
}

static void file_run(struct world *w, struct sim_event *ev)
{
    (void)w;
    struct sim_op *s = (struct sim_op *)ev;
    int64_t result = effect(s);
    flushing_add(s, -1);
    op_end(s, result); /* checks the memory that was written from */
    node_op_completed(s->io->node);
}

static void file_run_cancelled(struct world *w, struct sim_event *ev)
{
    (void)w;
    struct sim_op *s = (struct sim_op *)ev;
    flushing_add(s, -1);
    op_end(s, -ECANCELED);
}

static void file_submit(struct sim_op *s)
{
    struct world *w = s->io->w;
    if (s->io->ghost) {
        op_submitted(s);
        op_end(s, -EIO);
        return;
    }
    s->ev.run = file_run;
    s->seq = disk_of(s)->seq;
    flushing_add(s, 1);
    op_submitted(s);
    uint64_t delay_ns = fault_decide(s, s->path != NULL ? s->path : s->file->path);
    device_at(w, &s->ev, w->now_ns + mr_max(1, delay_ns), &w->rng_disk);
}

void file_op_cancel(struct sim_op *s)
{
    struct world *w = s->io->w;
    if (s->kind == SIM_CLOSE || !rng_chance(&w->rng_disk, w->opt.cancel_ppm))
        return; /* too late: it runs to its end */
    events_remove(&w->device, &s->ev);
    s->ev.run = file_run_cancelled;
    device_at(w, &s->ev, w->now_ns + span_draw(&w->rng_disk, w->opt.meta), &w->rng_disk);
}

/* Stuck and slow operations end soon. */
void file_heal(struct world *w)
{
    LIST_FOR(at, &w->ios)
    {
        struct mr_io *io = MR_CONTAINER(at, struct mr_io, link);
        LIST_FOR(in, &io->flight)
        {
            struct sim_op *s = MR_CONTAINER(in, struct sim_op, link);
            if (s->kind >= SIM_ACCEPT || s->ev.at_ns <= w->now_ns + w->opt.slow.min)
                continue;
            events_remove(&w->device, &s->ev);
            device_at(w, &s->ev, w->now_ns + span_draw(&w->rng_disk, w->opt.meta), &w->rng_disk);
        }
    }
    for (uint32_t i = 0; i < w->node_count; i++)
        faults_free(w->node_at[i]->disk);
}

/* An operation in flight when its process dies: not done, done, or (a write) done in part. */
static void file_op_dies(struct sim_op *s, enum death death)
{
    struct rng *r = &s->io->w->rng_disk;
    bool changes = s->kind != SIM_READ && s->kind != SIM_STAT && s->ev.run != file_run_cancelled;
    if (death != DEATH_WORLD && changes) {
        uint64_t fate = rng_below(r, 3);
        op_check_memory(s);
        if (fate == 1)
            effect(s);
        else if (fate == 2 && (s->kind == SIM_WRITE || s->kind == SIM_WRITE_FLUSH))
            write_fails(s);
    }
    flushing_add(s, -1);
}

void file_io_dies(struct mr_io *io, enum death death)
{
    LIST_FOR(at, &io->flight)
    {
        struct sim_op *s = MR_CONTAINER(at, struct sim_op, link);
        if (s->kind < SIM_ACCEPT)
            file_op_dies(s, death);
    }
    for (uint32_t i = 0; i < io->handles_cap; i++) {
        struct handle *h = &io->handles[i];
        if (h->kind != HANDLE_FILE)
            continue;
        file_unref(h->obj);
        handle_drop(io, (int32_t)((uint32_t)h->gen << 16 | i));
    }
}

/* ---- submission ---- */

static struct sim_op *path_op(struct mr_io *io, struct mr_op *op, enum sim_kind kind, const char *path)
{
    struct sim_op *s = op_begin(io, op, kind);
    s->path = mem_text(path, strlen(path));
    MR_ASSERT(s->path != NULL);
    return s;
}

static struct sim_op *file_op(struct mr_io *io, struct mr_op *op, enum sim_kind kind, struct mr_file f)
{
    struct sim_op *s = op_begin(io, op, kind);
    if (io->ghost)
        return s;
    s->file = handle_get(io, HANDLE_FILE, f.h);
    s->file->refs++;
    s->handle = f.h;
    return s;
}

static void check_aligned(const struct sim_op *s, const void *p, uint64_t unit)
{
    if (s->file == NULL || (s->file->flags & IO_DIRECT) == 0)
        return;
    MR_ASSERT((uintptr_t)p % unit == 0); /* O_DIRECT: the address */
    MR_ASSERT(s->len % unit == 0);       /* O_DIRECT: the length */
    MR_ASSERT(s->pos % unit == 0);       /* O_DIRECT: the position */
}

void io_open(struct mr_io *io, struct mr_op *op, const char *path, unsigned flags)
{
    MR_ASSERT((flags & (IO_READ | IO_WRITE)) != 0);
    MR_ASSERT((flags & (IO_CREATE | IO_TRUNCATE)) == 0 || (flags & IO_WRITE) != 0);
    MR_ASSERT((flags & IO_EXCL) == 0 || (flags & IO_CREATE) != 0);
    struct sim_op *s = path_op(io, op, SIM_OPEN, path);
    s->flags = flags;
    file_submit(s);
}

void io_close(struct mr_io *io, struct mr_op *op, struct mr_file f)
{
    struct sim_op *s = file_op(io, op, SIM_CLOSE, f);
    if (!io->ghost) {
        file_unref(s->file); /* the handle's reference */
        handle_drop(io, f.h);
    }
    file_submit(s);
}

void io_read(struct mr_io *io, struct mr_op *op, struct mr_file f, void *dst, size_t len, uint64_t pos)
{
    struct sim_op *s = file_op(io, op, SIM_READ, f);
    s->dst = dst;
    s->len = len;
    s->pos = pos;
    check_aligned(s, dst, IO_ALIGN);
    file_submit(s);
}

static struct sim_op *write_op(struct mr_io *io, struct mr_op *op, enum sim_kind kind, struct mr_file f,
                               const void *src, size_t len, uint64_t pos)
{
    struct sim_op *s = file_op(io, op, kind, f);
    s->src = src;
    s->len = len;
    s->pos = pos;
    return s;
}

void io_write(struct mr_io *io, struct mr_op *op, struct mr_file f, const void *src, size_t len, uint64_t pos)
{
    struct sim_op *s = write_op(io, op, SIM_WRITE, f, src, len, pos);
    check_aligned(s, src, IO_ALIGN);
    file_submit(s);
}

void io_write_flush(struct mr_io *io, struct mr_op *op, struct mr_file f, const void *src, size_t len,
                    uint64_t pos)
{
    struct sim_op *s = write_op(io, op, SIM_WRITE_FLUSH, f, src, len, pos);
    check_aligned(s, src, io->w->opt.block_bytes);
    file_submit(s);
}

void io_use_flush(struct mr_io *io, enum io_flush_primitive primitive)
{
    io->cfg.flush_primitive = primitive; /* both promise the same, so the model is the same */
}

void io_flush(struct mr_io *io, struct mr_op *op, struct mr_file f)
{
    file_submit(file_op(io, op, SIM_FLUSH, f));
}

void io_sync_fs(struct mr_io *io, struct mr_op *op, struct mr_file f)
{
    file_submit(file_op(io, op, SIM_SYNC_FS, f));
}

bool io_has_sync_fs(struct mr_io *io, struct mr_file f)
{
    (void)f;
    return !io->ghost;
}

void io_plain(struct mr_io *io, bool on)
{
    (void)io; /* who does it makes no difference here */
    (void)on;
}

void io_allocate(struct mr_io *io, struct mr_op *op, struct mr_file f, uint64_t pos, uint64_t len,
                 bool keep_size)
{
    struct sim_op *s = file_op(io, op, SIM_ALLOCATE, f);
    s->pos = pos;
    s->len = len;
    s->flags = keep_size ? 1 : 0;
    file_submit(s);
}

void io_truncate(struct mr_io *io, struct mr_op *op, struct mr_file f, uint64_t size)
{
    struct sim_op *s = file_op(io, op, SIM_TRUNCATE, f);
    s->len = size;
    file_submit(s);
}

void io_rename(struct mr_io *io, struct mr_op *op, const char *from, const char *to)
{
    struct sim_op *s = path_op(io, op, SIM_RENAME, from);
    s->path2 = mem_text(to, strlen(to));
    MR_ASSERT(s->path2 != NULL);
    file_submit(s);
}

void io_unlink(struct mr_io *io, struct mr_op *op, const char *path)
{
    file_submit(path_op(io, op, SIM_UNLINK, path));
}

void io_rmdir(struct mr_io *io, struct mr_op *op, const char *path)
{
    file_submit(path_op(io, op, SIM_RMDIR, path));
}

void io_mkdir(struct mr_io *io, struct mr_op *op, const char *path)
{
    file_submit(path_op(io, op, SIM_MKDIR, path));
}

void io_sync_dir(struct mr_io *io, struct mr_op *op, const char *path)
{
    file_submit(path_op(io, op, SIM_SYNC_DIR, path));
}

void io_stat(struct mr_io *io, struct mr_op *op, const char *path, struct io_stat *ret)
{
    struct sim_op *s = path_op(io, op, SIM_STAT, path);
    s->dst = ret;
    file_submit(s);
}

/* ---- plain calls ---- */

static void check_thread(const struct mr_io *io)
{
    MR_ASSERT(io->alive && (io->w->running == NULL || io->w->running == io));
}

int io_list(struct mr_io *io, const char *path, int (*each)(void *ctx, const char *name, bool is_dir),
            void *ctx)
{
    if (io->ghost)
        return -EIO;
    check_thread(io);
    struct inode *dir;
    int err = dir_find_path(io->node->disk, path, false, &dir);
    if (err != 0)
        return err;
    if (!dir->is_dir)
        return -ENOTDIR;
    /* each() may wait for operations, which may change the directory: go through a copy. */
    uint32_t count = dir->view.count;
    struct dir_entry *copy = mem_zalloc(count + 1, sizeof(*copy));
    MR_ASSERT(copy != NULL);
    for (uint32_t i = 0; i < count; i++) {
        copy[i].name = mem_text(dir->view.items[i].name, strlen(dir->view.items[i].name));
        copy[i].ino = dir->view.items[i].ino->is_dir ? dir : NULL;
    }
    for (uint32_t i = 0; i < count && err == 0; i++)
        err = each(ctx, copy[i].name, copy[i].ino != NULL);
    for (uint32_t i = 0; i < count; i++)
        mem_free(copy[i].name);
    mem_free(copy);
    return err;
}

int io_space(struct mr_io *io, const char *path, uint64_t *ret_total_bytes, uint64_t *ret_free_bytes)
{
    if (io->ghost)
        return -EIO;
    check_thread(io);
    const struct disk *d = io->node->disk;
    struct inode *ino;
    int err = dir_find_path(io->node->disk, path, false, &ino);
    if (err != 0)
        return err;
    uint64_t used = d->used_pages * PAGE_BYTES;
    *ret_total_bytes = d->capacity_bytes;
    *ret_free_bytes = d->capacity_bytes > used ? d->capacity_bytes - used : 0;
    return 0;
}

int io_lock_file(struct mr_io *io, const char *path, struct mr_file *ret)
{
    if (io->ghost)
        return -EIO;
    check_thread(io);
    struct disk *d = io->node->disk;
    struct inode *ino;
    int err = dir_find_path(d, path, false, &ino);
    if (err == -ENOENT)
        err = dir_make_file(d, path, &ino);
    if (err != 0)
        return err;
    if (ino->is_dir)
        return -EISDIR;
    if (ino->lock_owner != 0 && ino->lock_owner != io->node->process)
        return -EAGAIN;
    int64_t h = open_handle(io, ino, path, IO_READ | IO_WRITE);
    if (h < 0)
        return (int)h;
    ino->lock_owner = io->node->process;
    ret->h = (int32_t)h;
    return 0;
}

void io_unlock_file(struct mr_io *io, struct mr_file f)
{
    if (io->ghost)
        return;
    check_thread(io);
    struct open_file *file = handle_get(io, HANDLE_FILE, f.h);
    MR_ASSERT(file->ino->lock_owner == io->node->process); /* never locked */
    file->ino->lock_owner = 0;
    handle_drop(io, f.h);
    file_unref(file);
}
