#include "storage/reap.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/mem.h"

enum reap_state { REAP_RENAME, REAP_SYNC, REAP_UNLINK, REAP_RMDIR };

struct victim {
    struct mr_list link;
    struct mr_work *after;
    bool renamed;
    char **names;
    uint32_t count, next;
    char path[SEGMENT_PATH_MAX];
};

struct reaper {
    struct store *store;
    struct mr_list queue; /* of victim; the first is being worked on while busy */
    struct mr_op op;
    enum reap_state state;
    bool busy;
};

static void reap_step(struct mr_op *op);

struct reaper *reaper_new(struct store *s)
{
    struct reaper *r = mem_zalloc(1, sizeof(*r));
    if (r == NULL)
        return NULL;
    r->store = s;
    list_init(&r->queue);
    return r;
}

void reaper_free(struct reaper *r)
{
    if (r == NULL)
        return;
    MR_ASSERT(!r->busy);
    while (!list_empty(&r->queue))
        mem_free(MR_CONTAINER(list_pop(&r->queue), struct victim, link));
    mem_free(r);
}

bool reaper_idle(const struct reaper *r) { return !r->busy; }

static struct victim *first(const struct reaper *r) { return MR_CONTAINER(r->queue.next, struct victim, link); }

static int add_name(void *ctx, const char *name, bool is_dir)
{
    struct victim *v = ctx;
    if (is_dir)
        return 0; /* log directories hold files only; rmdir will say so otherwise */
    if ((v->count & (v->count + 1)) == 0) { /* grow at 0, 1, 3, 7, ... */
        void *grown = mem_realloc(v->names, ((size_t)v->count * 2 + 1) * sizeof(*v->names));
        if (grown == NULL)
            return -ENOMEM;
        v->names = grown;
    }
    v->names[v->count] = mem_text(name, strlen(name));
    return v->names[v->count++] == NULL ? -ENOMEM : 0;
}

static void victim_free(struct victim *v)
{
    for (uint32_t i = 0; i < v->count; i++)
        mem_free(v->names[i]);
    mem_free(v->names);
    mem_free(v);
}

static void submit(struct reaper *r, enum reap_state state)
{
    struct victim *v = first(r);
    struct mr_io *io = r->store->io;
    char path[SEGMENT_PATH_MAX * 2];
    r->state = state;
    op_init(&r->op, reap_step);
    switch (state) {
    case REAP_RENAME: {
        uint8_t id[16];
        io_random(io, id, sizeof(id));
        int n = snprintf(path, sizeof(path), "%s.", v->path);
        for (int i = 0; i < 16; i++)
            n += snprintf(path + n, sizeof(path) - (size_t)n, "%02x", id[i]);
        snprintf(path + n, sizeof(path) - (size_t)n, "-delete");
        io_rename(io, &r->op, v->path, path);
        snprintf(v->path, sizeof(v->path), "%s", path);
        return;
    }
    case REAP_SYNC:
        io_sync_dir(io, &r->op, r->store->dir);
        return;
    case REAP_UNLINK:
        snprintf(path, sizeof(path), "%s/%s", v->path, v->names[v->next++]);
        io_unlink(io, &r->op, path);
        return;
    case REAP_RMDIR:
        io_rmdir(io, &r->op, v->path);
        return;
    }
}

static void start(struct reaper *r)
{
    if (r->busy || list_empty(&r->queue))
        return;
    r->busy = true;
    r->store->tasks++;
    struct victim *v = first(r);
    submit(r, v->renamed ? REAP_SYNC : REAP_RENAME);
}

/* RENAME -> SYNC -> UNLINK each -> RMDIR. What cannot be deleted stays for the next start. */
static void reap_step(struct mr_op *op)
{
    struct reaper *r = MR_CONTAINER(op, struct reaper, op);
    struct victim *v = first(r);
    switch (r->state) {
    case REAP_RENAME:
        if (v->after != NULL)
            shard_ready(r->store->shard, v->after);
        v->after = NULL;
        if (op->result < 0)
            break; /* -ENOENT: it never had files */
        submit(r, REAP_SYNC);
        return;
    case REAP_SYNC:
        if (op->result < 0 || io_list(r->store->io, v->path, add_name, v) != 0)
            break;
        submit(r, v->count > 0 ? REAP_UNLINK : REAP_RMDIR);
        return;
    case REAP_UNLINK:
        submit(r, v->next < v->count ? REAP_UNLINK : REAP_RMDIR);
        return;
    case REAP_RMDIR:
        if (op->result < 0 && op->result != -ENOENT)
            log_warn(r->store->shard->log, "storage", "cannot delete %s: %s", v->path, mr_err_text((int)op->result));
        break;
    }
    list_remove(&v->link);
    victim_free(v);
    r->busy = false;
    r->store->tasks--;
    start(r);
}

int reap_dir(struct reaper *r, const char *path, bool renamed, struct mr_work *after)
{
    struct victim *v = mem_zalloc(1, sizeof(*v));
    if (v == NULL)
        return -ENOMEM;
    snprintf(v->path, sizeof(v->path), "%s", path);
    v->renamed = renamed;
    v->after = after;
    list_push(&r->queue, &v->link);
    start(r);
    return 0;
}

static int leftover(void *ctx, const char *name, bool is_dir)
{
    struct reaper *r = ctx;
    size_t len = strlen(name);
    if (!is_dir || len < 7 || strcmp(name + len - 7, "-delete") != 0)
        return 0;
    char path[SEGMENT_PATH_MAX];
    snprintf(path, sizeof(path), "%s/%s", r->store->dir, name);
    return reap_dir(r, path, true, NULL);
}

int reap_leftovers(struct reaper *r) { return io_list(r->store->io, r->store->dir, leftover, r); }
