#include "storage/reap.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/mem.h"
#include "storage/space.h"

enum { NAME_BYTES_MAX = 255 };

struct victim {
    struct mr_list link;
    char **names;
    uint32_t count, next;
    char path[];
};

struct reaper {
    struct store *store;
    struct mr_list queue; /* of victim; the first is being worked on while busy */
    struct mr_op op;
    struct mr_work begin;
    bool busy, stopped;
};

static void reap_step(struct mr_op *op);
static void reap_begin(struct mr_work *w);

struct reaper *reaper_new(struct store *s)
{
    struct reaper *r = mem_zalloc(1, sizeof(*r));
    if (r == NULL)
        return NULL;
    r->store = s;
    list_init(&r->queue);
    work_init(&r->begin, reap_begin);
    return r;
}

static void victim_free(struct victim *v)
{
    list_remove(&v->link);
    for (uint32_t i = 0; i < v->count; i++)
        mem_free(v->names[i]);
    mem_free(v->names);
    mem_free(v);
}

void reaper_free(struct reaper *r)
{
    if (r == NULL)
        return;
    MR_ASSERT(!r->busy);
    list_remove(&r->begin.link);
    while (!list_empty(&r->queue))
        victim_free(MR_CONTAINER(r->queue.next, struct victim, link));
    mem_free(r);
}

void reaper_stop(struct reaper *r)
{
    r->stopped = true;
}

static struct victim *first(const struct reaper *r)
{
    return MR_CONTAINER(r->queue.next, struct victim, link);
}

void reap_name(struct store *s, const char *topic, int32_t partition, char *dst)
{
    uint8_t id[16];
    char suffix[80];
    io_random(s->io, id, sizeof(id));
    int n = snprintf(suffix, sizeof(suffix), "-%d.", partition);
    for (int i = 0; i < 16; i++)
        n += snprintf(suffix + n, sizeof(suffix) - (size_t)n, "%02x", id[i]);
    n += snprintf(suffix + n, sizeof(suffix) - (size_t)n, "-delete");
    /* Kafka cuts the topic, too, when the whole would be too long for a file name. */
    snprintf(dst, SEGMENT_PATH_MAX, "%s/%.*s%s", s->dir, NAME_BYTES_MAX - n, topic, suffix);
}

static int add_name(void *ctx, const char *name, bool is_dir)
{
    struct victim *v = ctx;
    if (is_dir)
        return 0;                           /* log directories hold files only; rmdir will say so otherwise */
    if ((v->count & (v->count + 1)) == 0) { /* grow at 0, 1, 3, 7, ... */
        void *grown = mem_realloc(v->names, ((size_t)v->count * 2 + 1) * sizeof(*v->names));
        if (grown == NULL)
            return -ENOMEM;
        v->names = grown;
    }
    char *copy = mem_text(name, strlen(name));
    if (copy == NULL)
        return -ENOMEM;
    v->names[v->count++] = copy;
    return 0;
}

/* Each file, then the directory. */
static void submit(struct reaper *r)
{
    struct victim *v = first(r);
    op_init(&r->op, reap_step);
    if (v->next == v->count) {
        v->next++;
        io_rmdir(r->store->io, &r->op, v->path);
        return;
    }
    char path[SEGMENT_PATH_MAX * 2];
    snprintf(path, sizeof(path), "%s/%s", v->path, v->names[v->next++]);
    io_unlink(r->store->io, &r->op, path);
}

static void finish(struct reaper *r)
{
    victim_free(first(r));
    if (!list_empty(&r->queue))
        shard_ready(r->store->shard, &r->begin);
}

static void reap_begin(struct mr_work *w)
{
    struct reaper *r = MR_CONTAINER(w, struct reaper, begin);
    if (r->busy || r->stopped || list_empty(&r->queue))
        return;
    struct victim *v = first(r);
    if (io_list(r->store->io, v->path, add_name, v) != 0) {
        finish(r); /* gone already, or for the next start */
        return;
    }
    r->busy = true;
    r->store->tasks++;
    submit(r);
}

static void reap_step(struct mr_op *op)
{
    struct reaper *r = MR_CONTAINER(op, struct reaper, op);
    struct victim *v = first(r);
    if (v->next <= v->count && !r->stopped) {
        submit(r);
        return;
    }
    if (v->next > v->count && op->result < 0 && op->result != -ENOENT)
        log_warn(r->store->shard->log, "storage", "cannot delete %s: %s", v->path,
                 mr_err_text((int)op->result));
    r->busy = false;
    r->store->tasks--;
    space_freed(r->store);
    finish(r);
}

int reap_dir(struct reaper *r, const char *path)
{
    size_t bytes = strlen(path) + 1;
    struct victim *v = mem_zalloc(1, sizeof(*v) + bytes);
    if (v == NULL)
        return -ENOMEM;
    memcpy(v->path, path, bytes);
    list_push(&r->queue, &v->link);
    shard_ready(r->store->shard, &r->begin);
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
    return reap_dir(r, path);
}

int reap_leftovers(struct reaper *r)
{
    return io_list(r->store->io, r->store->dir, leftover, r);
}
