/* The directory tree: entries as seen, entries that are stable, and the list of changes between them. */
#include "tests/sim/lib/disk_priv.h"

enum { NAME_BYTES_MAX = 255, CHANGES_MAX = 65536 };

/* ---- entry maps ---- */

static uint32_t map_place(const struct dir_map *m, const char *name, bool *ret_found)
{
    uint32_t low = 0, high = m->count;
    *ret_found = false;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        int order = strcmp(m->items[mid].name, name);
        if (order == 0) {
            *ret_found = true;
            return mid;
        }
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static struct inode *map_get(const struct dir_map *m, const char *name)
{
    bool found;
    uint32_t i = map_place(m, name, &found);
    return found ? m->items[i].ino : NULL;
}

/* The maps hold no references by themselves: the callers count, since views count as uses. Returns the inode
 * that stood there. */
static struct inode *map_set(struct dir_map *m, const char *name, struct inode *ino)
{
    bool found;
    uint32_t i = map_place(m, name, &found);
    if (found) {
        struct inode *old = m->items[i].ino;
        m->items[i].ino = ino;
        return old;
    }
    if (m->count == m->cap) {
        m->cap = m->cap == 0 ? 8 : m->cap * 2;
        m->items = mem_realloc(m->items, m->cap * sizeof(*m->items));
        MR_ASSERT(m->items != NULL);
    }
    memmove(m->items + i + 1, m->items + i, (m->count - i) * sizeof(*m->items));
    m->items[i] = (struct dir_entry){mem_text(name, strlen(name)), ino};
    MR_ASSERT(m->items[i].name != NULL);
    m->count++;
    return NULL;
}

static struct inode *map_remove(struct dir_map *m, const char *name)
{
    bool found;
    uint32_t i = map_place(m, name, &found);
    if (!found)
        return NULL;
    struct inode *old = m->items[i].ino;
    mem_free(m->items[i].name);
    memmove(m->items + i, m->items + i + 1, (m->count - i - 1) * sizeof(*m->items));
    m->count--;
    return old;
}

static void view_set(struct inode *dir, const char *name, struct inode *ino)
{
    inode_use(ino);
    ino->parent = dir;
    struct inode *old = map_set(&dir->view, name, ino);
    if (old != NULL)
        inode_unuse(old);
}

static void view_remove(struct inode *dir, const char *name)
{
    struct inode *old = map_remove(&dir->view, name);
    if (old != NULL)
        inode_unuse(old);
}

static void stable_set(struct inode *dir, const char *name, struct inode *ino)
{
    inode_ref(ino);
    struct inode *old = map_set(&dir->stable, name, ino);
    if (old != NULL)
        inode_unref(old);
}

static void stable_remove(struct inode *dir, const char *name)
{
    struct inode *old = map_remove(&dir->stable, name);
    if (old != NULL)
        inode_unref(old);
}

void dir_clear(struct inode *dir)
{
    while (dir->view.count > 0) {
        struct dir_entry e = dir->view.items[--dir->view.count];
        mem_free(e.name);
        inode_unuse(e.ino);
    }
    while (dir->stable.count > 0) {
        struct dir_entry e = dir->stable.items[--dir->stable.count];
        mem_free(e.name);
        inode_unref(e.ino);
    }
    mem_free(dir->view.items);
    mem_free(dir->stable.items);
    dir->view = dir->stable = (struct dir_map){0};
}

struct inode *dir_find(const struct inode *dir, bool stable, const char *name)
{
    return map_get(stable ? &dir->stable : &dir->view, name);
}

/* ---- paths ---- */

/* The next part of *path into name (256 bytes). 1, 0 at the end, -ENAMETOOLONG, -EINVAL for "..". */
static int path_part(const char **path, char *name)
{
    const char *at = *path;
    for (;;) {
        while (*at == '/')
            at++;
        size_t len = strcspn(at, "/");
        *path = at + len;
        if (len == 0)
            return 0;
        if (len > NAME_BYTES_MAX)
            return -ENAMETOOLONG;
        memcpy(name, at, len);
        name[len] = '\0';
        at += len;
        if (strcmp(name, ".") == 0)
            continue;
        return strcmp(name, "..") == 0 ? -EINVAL : 1;
    }
}

static int walk(struct disk *d, const char *path, bool stable, struct inode **ret_dir, struct inode **ret,
                char *last)
{
    struct inode *dir = NULL, *at = d->root;
    char name[NAME_BYTES_MAX + 1];
    for (;;) {
        int part = path_part(&path, name);
        if (part < 0)
            return part;
        if (part == 0)
            break;
        if (at == NULL)
            return -ENOENT; /* a missing directory on the way */
        if (!at->is_dir)
            return -ENOTDIR;
        dir = at;
        at = dir_find(dir, stable, name);
        memcpy(last, name, sizeof(name));
    }
    *ret_dir = dir;
    *ret = at;
    return 0;
}

int dir_find_path(struct disk *d, const char *path, bool stable, struct inode **ret)
{
    struct inode *dir, *at;
    char last[NAME_BYTES_MAX + 1];
    int err = walk(d, path, stable, &dir, &at, last);
    if (err != 0)
        return err;
    if (at == NULL)
        return -ENOENT;
    *ret = at;
    return 0;
}

int dir_find_parent(struct disk *d, const char *path, struct inode **ret, char *name)
{
    struct inode *at;
    int err = walk(d, path, false, ret, &at, name);
    if (err != 0)
        return err;
    return *ret == NULL ? -EINVAL : 0;
}

/* ---- changes ---- */

static struct dir_change *change_push(struct inode *dir, enum dir_change_kind kind, const char *name,
                                      struct inode *ino)
{
    struct disk *d = dir->d;
    struct dir_change *c = mem_zalloc(1, sizeof(*c));
    MR_ASSERT(c != NULL);
    c->seq = ++d->seq;
    c->kind = kind;
    c->dir = inode_ref(dir);
    c->name = mem_text(name, strlen(name));
    MR_ASSERT(c->name != NULL);
    c->ino = inode_ref(ino);
    list_push(&d->changes, &c->link);
    if (++d->change_count > CHANGES_MAX) /* a kernel writes back when it likes */
        dir_sync_all(d, MR_CONTAINER(d->changes.next, struct dir_change, link)->seq);
    return c;
}

static void change_free(struct disk *d, struct dir_change *c)
{
    list_remove(&c->link);
    d->change_count--;
    mem_free(c->name);
    mem_free(c->name2);
    inode_unref(c->ino);
    inode_unref(c->dir);
    if (c->dir2 != NULL)
        inode_unref(c->dir2);
    mem_free(c);
}

static void change_apply(struct dir_change *c)
{
    switch (c->kind) {
    case DIR_LINK:
        stable_set(c->dir, c->name, c->ino);
        return;
    case DIR_UNLINK:
        stable_remove(c->dir, c->name);
        return;
    case DIR_RENAME:
        stable_remove(c->dir, c->name);
        stable_set(c->dir2, c->name2, c->ino);
        return;
    }
}

void dir_link(struct inode *dir, const char *name, struct inode *ino)
{
    view_set(dir, name, ino);
    change_push(dir, DIR_LINK, name, ino);
}

void dir_unlink(struct inode *dir, const char *name)
{
    struct inode *ino = dir_find(dir, false, name);
    change_push(dir, DIR_UNLINK, name, ino);
    view_remove(dir, name);
}

int dir_make_file(struct disk *d, const char *path, struct inode **ret)
{
    struct inode *dir;
    char name[NAME_BYTES_MAX + 1];
    int err = dir_find_parent(d, path, &dir, name);
    if (err != 0)
        return err;
    struct inode *ino = inode_new(d, false);
    dir_link(dir, name, ino);
    inode_unref(ino); /* the entry holds it */
    *ret = ino;
    return 0;
}

/* Directories made from outside are stable at once. */
void dir_mkdirs(struct disk *d, const char *path)
{
    struct inode *at = d->root;
    char name[NAME_BYTES_MAX + 1];
    while (path_part(&path, name) == 1) {
        struct inode *next = dir_find(at, false, name);
        if (next == NULL) {
            next = inode_new(d, true);
            view_set(at, name, next);
            stable_set(at, name, next);
            inode_unref(next);
        }
        MR_ASSERT(next->is_dir);
        at = next;
    }
}

int dir_rename(struct disk *d, const char *from, const char *to)
{
    struct inode *dir, *dir2;
    char name[NAME_BYTES_MAX + 1], name2[NAME_BYTES_MAX + 1];
    int err = dir_find_parent(d, from, &dir, name);
    if (err == 0)
        err = dir_find_parent(d, to, &dir2, name2);
    if (err != 0)
        return err;
    struct inode *ino = dir_find(dir, false, name);
    struct inode *target = dir_find(dir2, false, name2);
    if (ino == NULL)
        return -ENOENT;
    if (target == ino)
        return 0;
    for (struct inode *up = dir2; up != NULL; up = up->parent) {
        if (up == ino)
            return -EINVAL; /* into itself */
    }
    if (target != NULL && target->is_dir && !ino->is_dir)
        return -EISDIR;
    if (target != NULL && !target->is_dir && ino->is_dir)
        return -ENOTDIR;
    if (target != NULL && target->is_dir && target->view.count > 0)
        return -ENOTEMPTY;
    struct dir_change *c = change_push(dir, DIR_RENAME, name, ino);
    c->dir2 = inode_ref(dir2);
    c->name2 = mem_text(name2, strlen(name2));
    MR_ASSERT(c->name2 != NULL);
    view_set(dir2, name2, ino);
    view_remove(dir, name);
    return 0;
}

static void changes_apply_marked(struct disk *d)
{
    LIST_FOR_SAFE(at, next, &d->changes)
    {
        struct dir_change *c = MR_CONTAINER(at, struct dir_change, link);
        if (!c->marked)
            continue;
        change_apply(c);
        change_free(d, c);
    }
}

/* What dir's changes up to limit rest on comes along: the earlier changes of a directory that a rename
 * touches. */
void dir_sync(struct inode *dir, uint64_t limit)
{
    struct disk *d = dir->d;
    LIST_FOR(at, &d->changes)
    {
        struct dir_change *c = MR_CONTAINER(at, struct dir_change, link);
        c->dir->cut = false;
        if (c->dir2 != NULL)
            c->dir2->cut = false;
    }
    dir->cut = true;
    for (struct mr_list *at = d->changes.prev; at != &d->changes; at = at->prev) {
        struct dir_change *c = MR_CONTAINER(at, struct dir_change, link);
        c->marked = c->seq <= limit && (c->dir->cut || (c->dir2 != NULL && c->dir2->cut));
        if (!c->marked)
            continue;
        c->dir->cut = true;
        if (c->dir2 != NULL)
            c->dir2->cut = true;
    }
    dir->cut = false;
    changes_apply_marked(d);
}

void dir_sync_all(struct disk *d, uint64_t limit)
{
    while (!list_empty(&d->changes)) {
        struct dir_change *c = MR_CONTAINER(d->changes.next, struct dir_change, link);
        if (c->seq > limit)
            return;
        change_apply(c);
        change_free(d, c);
    }
}

/* ---- power loss ---- */

static void view_from_stable(struct inode *dir)
{
    struct dir_map old = dir->view;
    dir->view = (struct dir_map){0};
    for (uint32_t i = 0; i < dir->stable.count; i++)
        view_set(dir, dir->stable.items[i].name, dir->stable.items[i].ino);
    for (uint32_t i = 0; i < old.count; i++) {
        mem_free(old.items[i].name);
        inode_unuse(old.items[i].ino);
    }
    mem_free(old.items);
}

/* Within a directory (or the whole disk) the changes that stay are the first ones. */
void dir_power_loss(struct disk *d, uint8_t keep_pct)
{
    struct world *w = d->node->w;
    bool all_cut = false;
    if (list_empty(&d->changes))
        return;
    LIST_FOR(at, &d->inodes)
    MR_CONTAINER(at, struct inode, link)->cut = false;
    LIST_FOR(at, &d->changes)
    {
        struct dir_change *c = MR_CONTAINER(at, struct dir_change, link);
        bool cut = all_cut || c->dir->cut || (c->dir2 != NULL && c->dir2->cut);
        c->marked = !cut && rng_below(&w->rng_disk, 100) < keep_pct;
        if (c->marked)
            continue;
        all_cut = all_cut || w->opt.metadata_ordered;
        c->dir->cut = true;
        if (c->dir2 != NULL)
            c->dir2->cut = true;
    }
    changes_apply_marked(d);
    /* Directories whose view is not their stable map; each is held while its entries change. */
    LIST_FOR(at, &d->inodes)
    inode_ref(MR_CONTAINER(at, struct inode, link));
    LIST_FOR(at, &d->changes)
    {
        struct dir_change *c = MR_CONTAINER(at, struct dir_change, link);
        c->dir->cut = true;
        if (c->dir2 != NULL)
            c->dir2->cut = true;
    }
    LIST_FOR(at, &d->inodes)
    {
        struct inode *ino = MR_CONTAINER(at, struct inode, link);
        if (ino->is_dir && ino->cut)
            view_from_stable(ino);
        ino->cut = false;
    }
    while (!list_empty(&d->changes))
        change_free(d, MR_CONTAINER(d->changes.next, struct dir_change, link));
    struct mr_list held; /* unref may free others on the way: take them off one by one */
    list_init(&held);
    list_splice(&held, &d->inodes);
    while (!list_empty(&held)) {
        struct inode *ino = MR_CONTAINER(held.next, struct inode, link);
        list_remove(&ino->link);
        list_push(&d->inodes, &ino->link);
        inode_unref(ino);
    }
}
