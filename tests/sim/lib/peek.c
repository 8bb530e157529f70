/* The disk from outside: tests/sim/disk.h. */
#include <stdio.h>

#include "tests/sim/lib/disk_priv.h"

static struct inode *find(struct sim_node *n, const char *path, bool stable)
{
    struct inode *ino;
    return dir_find_path(n->disk, path, stable, &ino) == 0 ? ino : NULL;
}

bool node_hold_lock(struct sim_node *n, const char *path, bool on)
{
    struct inode *ino = find(n, path, false);
    if (ino == NULL) {
        int err = dir_make_file(n->disk, path, &ino);
        MR_ASSERT(err == 0);
    }
    if (on && ino->lock_owner != 0)
        return false;
    ino->lock_owner = on ? UINT64_MAX : 0;
    return true;
}

bool node_exists(struct sim_node *n, const char *path)
{
    return find(n, path, false) != NULL;
}

int64_t node_file_bytes(struct sim_node *n, const char *path)
{
    struct inode *ino = find(n, path, false);
    return ino == NULL ? -ENOENT : (int64_t)ino->view_bytes;
}

int64_t node_peek(struct sim_node *n, const char *path, uint64_t pos, void *dst, size_t len)
{
    struct inode *ino = find(n, path, false);
    return ino == NULL ? -ENOENT : (int64_t)inode_read(ino, false, pos, dst, len);
}

int64_t node_durable_bytes(struct sim_node *n, const char *path)
{
    struct inode *ino = find(n, path, true);
    return ino == NULL ? -ENOENT : (int64_t)ino->stable_bytes;
}

int64_t node_durable_peek(struct sim_node *n, const char *path, uint64_t pos, void *dst, size_t len)
{
    struct inode *ino = find(n, path, true);
    return ino == NULL ? -ENOENT : (int64_t)inode_read(ino, true, pos, dst, len);
}

void node_mkdirs(struct sim_node *n, const char *path)
{
    dir_mkdirs(n->disk, path);
}

void node_put(struct sim_node *n, const char *path, const void *src, size_t len)
{
    struct disk *d = n->disk;
    struct inode *ino = find(n, path, false);
    if (ino == NULL) {
        const char *slash = strrchr(path, '/');
        MR_ASSERT(slash != NULL);
        char *dir = mem_text(path, (size_t)(slash - path));
        MR_ASSERT(dir != NULL);
        dir_mkdirs(d, dir);
        mem_free(dir);
        int err = dir_make_file(d, path, &ino);
        MR_ASSERT(err == 0);
    }
    MR_ASSERT(!ino->is_dir);
    inode_truncate(ino, 0);
    inode_write(ino, src, len, 0);
    inode_flush(ino, UINT64_MAX);
    dir_sync_all(d, UINT64_MAX);
}

static void walk(struct inode *dir, const char *path,
                 void (*each)(void *ctx, const char *path, bool is_dir, uint64_t bytes), void *ctx)
{
    for (uint32_t i = 0; i < dir->view.count; i++) {
        struct inode *ino = dir->view.items[i].ino;
        char child[1024];
        int len = snprintf(child, sizeof(child), "%s/%s", strcmp(path, "/") == 0 ? "" : path,
                           dir->view.items[i].name);
        MR_ASSERT(len > 0 && (size_t)len < sizeof(child));
        each(ctx, child, ino->is_dir, ino->view_bytes);
        if (ino->is_dir)
            walk(ino, child, each, ctx);
    }
}

void node_walk(struct sim_node *n, const char *path,
               void (*each)(void *ctx, const char *path, bool is_dir, uint64_t bytes), void *ctx)
{
    struct inode *dir = find(n, path, false);
    if (dir != NULL && dir->is_dir)
        walk(dir, path, each, ctx);
}

static uint64_t hash_tree(const struct inode *ino, uint64_t h)
{
    if (ino->is_dir) {
        h = hash_bytes(&ino->view.count, sizeof(ino->view.count), h);
        for (uint32_t i = 0; i < ino->view.count; i++) {
            const struct dir_entry *e = &ino->view.items[i];
            h = hash_tree(e->ino, hash_bytes(e->name, strlen(e->name), h));
        }
        return h;
    }
    h = hash_bytes(&ino->view_bytes, sizeof(ino->view_bytes), h);
    for (uint64_t i = 0; i * PAGE_BYTES < ino->view_bytes; i++) {
        struct page **p = page_view(ino, i);
        if (p == NULL || *p == NULL)
            continue; /* a page of zeros, written or not */
        static const uint8_t zeros[PAGE_BYTES];
        if (memcmp((*p)->bytes, zeros, PAGE_BYTES) != 0)
            h = hash_bytes((*p)->bytes, PAGE_BYTES, h ^ i);
    }
    return h;
}

uint64_t node_disk_hash(struct sim_node *n)
{
    return hash_tree(n->disk->root, 11);
}
uint64_t node_disk_used(struct sim_node *n)
{
    return n->disk->used_pages * PAGE_BYTES;
}

uint64_t node_unflushed(struct sim_node *n)
{
    uint64_t count = n->disk->change_count;
    LIST_FOR(at, &n->disk->dirty)
    count += MR_CONTAINER(at, struct inode, dirty)->pending_count;
    return count;
}
