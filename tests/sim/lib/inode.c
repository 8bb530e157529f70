/* Files: the view, the stable content and the pending changes between them. */
#include "tests/sim/lib/disk_priv.h"

struct inode *inode_new(struct disk *d, bool is_dir)
{
    struct inode *ino = mem_zalloc(1, sizeof(*ino));
    MR_ASSERT(ino != NULL);
    ino->d = d;
    ino->number = ++d->numbers;
    ino->is_dir = is_dir;
    ino->refs = 1;
    struct world *w = d->node->w;
    ino->mtime_ms = w->opt.wall_start_ms + w->wall_shift_ms + (int64_t)(w->now_ns / 1000000);
    list_init(&ino->pending);
    list_init(&ino->dirty);
    list_init(&ino->bad);
    list_push(&d->inodes, &ino->link);
    return ino;
}

static void pending_free(struct inode *ino, struct pending *p)
{
    list_remove(&p->link);
    ino->pending_count--;
    for (uint32_t i = 0; i < p->page_count; i++)
        page_unref(p->pages[i]);
    mem_free(p);
    if (ino->pending_count == 0)
        list_remove(&ino->dirty);
}

static void inode_free(struct inode *ino)
{
    MR_ASSERT(ino->uses == 0);
    while (!list_empty(&ino->pending))
        pending_free(ino, MR_CONTAINER(ino->pending.next, struct pending, link));
    while (!list_empty(&ino->bad))
        mem_free(MR_CONTAINER(list_pop(&ino->bad), struct bad_range, link));
    for (uint32_t c = 0; c < ino->chunk_count; c++) {
        if (ino->chunks[c] == NULL)
            continue;
        for (uint32_t i = 0; i < CHUNK_PAGES; i++) {
            page_unref(ino->chunks[c]->view[i]);
            page_unref(ino->chunks[c]->stable[i]);
        }
        mem_free(ino->chunks[c]);
    }
    mem_free(ino->chunks);
    dir_clear(ino);
    list_remove(&ino->link);
    mem_free(ino);
}

struct inode *inode_ref(struct inode *ino)
{
    ino->refs++;
    return ino;
}

void inode_unref(struct inode *ino)
{
    MR_ASSERT(ino->refs > 0);
    if (--ino->refs == 0)
        inode_free(ino);
}

void inode_use(struct inode *ino)
{
    ino->refs++;
    if (ino->uses++ == 0)
        ino->d->used_pages += ino->allocated_pages;
}

void inode_unuse(struct inode *ino)
{
    MR_ASSERT(ino->uses > 0);
    if (--ino->uses == 0)
        ino->d->used_pages -= ino->allocated_pages;
    inode_unref(ino);
}

/* ---- reading ---- */

size_t inode_read(const struct inode *ino, bool stable, uint64_t pos, void *dst, size_t len)
{
    uint64_t bytes = stable ? ino->stable_bytes : ino->view_bytes;
    if (pos >= bytes)
        return 0;
    len = mr_min(len, bytes - pos);
    uint8_t *at = dst;
    for (size_t left = len; left > 0;) {
        uint64_t in_page = pos % PAGE_BYTES;
        size_t n = mr_min(left, PAGE_BYTES - in_page);
        struct page **p = stable ? page_stable(ino, pos / PAGE_BYTES) : page_view(ino, pos / PAGE_BYTES);
        if (p != NULL && *p != NULL)
            memcpy(at, (*p)->bytes + in_page, n);
        else
            memset(at, 0, n);
        at += n;
        pos += n;
        left -= n;
    }
    return len;
}

/* ---- writing ---- */

static bool is_zero(const uint8_t *p, size_t len)
{
    return len == 0 || (p[0] == 0 && memcmp(p, p + 1, len - 1) == 0);
}

/* Change part of a page that `*slot` holds one reference to; private: how many references are known to be
 * ours. */
static void page_patch(struct page **slot, uint32_t private, uint64_t in_page, const uint8_t *data, size_t n)
{
    struct page *p = *slot;
    bool zeros = data == NULL || is_zero(data, n);
    if (zeros && (p == NULL || n == PAGE_BYTES)) {
        page_unref(p);
        *slot = NULL;
        return;
    }
    if (p == NULL || p->refs > private) {
        struct page *fresh = page_new(n == PAGE_BYTES ? NULL : p);
        page_unref(p);
        *slot = p = fresh;
    }
    if (zeros)
        memset(p->bytes + in_page, 0, n);
    else
        memcpy(p->bytes + in_page, data, n);
}

static struct pending *pending_push(struct inode *ino, uint64_t pos, uint64_t len, uint32_t page_count)
{
    struct pending *p = mem_zalloc(1, sizeof(*p) + page_count * sizeof(p->pages[0]));
    MR_ASSERT(p != NULL);
    p->seq = ++ino->d->seq;
    p->pos = pos;
    p->len = len;
    p->size = ino->view_bytes;
    p->page_count = page_count;
    list_push(&ino->pending, &p->link);
    if (ino->pending_count++ == 0)
        list_push(&ino->d->dirty, &ino->dirty);
    return p;
}

static void touch(struct inode *ino)
{
    struct world *w = ino->d->node->w;
    ino->mtime_ms = w->opt.wall_start_ms + w->wall_shift_ms + (int64_t)(w->now_ns / 1000000);
}

/* An append of a few bytes to the page that the last pending write ends in becomes part of that write: files
 * that are written in small steps and flushed rarely stay cheap. */
static bool pending_merge(struct inode *ino, const uint8_t *data, uint64_t len, uint64_t pos)
{
    const struct world *w = ino->d->node->w;
    bool flushing = w->opt.flush_covers_device ? ino->d->flushing > 0 : ino->flushing > 0;
    flushing |= ino->d->syncing > 0;
    if (list_empty(&ino->pending) || flushing)
        return false; /* a flush in flight covers the one and not the other */
    struct pending *last = MR_CONTAINER(ino->pending.prev, struct pending, link);
    uint64_t index = pos / PAGE_BYTES;
    if (last->truncates || last->page_count == 0 || last->pos + last->len != pos || pos % PAGE_BYTES == 0 ||
        (pos + len - 1) / PAGE_BYTES != index)
        return false;
    struct page **view = page_view(ino, index);
    struct page **tail = &last->pages[last->page_count - 1];
    if (view == NULL || *view == NULL || *view != *tail)
        return false;
    page_unref(*tail);
    page_patch(view, 1, pos % PAGE_BYTES, data, len);
    *tail = page_ref(*view);
    last->len += len;
    last->seq = ++ino->d->seq;
    if (pos + len > ino->view_bytes) {
        ino->view_bytes = pos + len;
        last->resizes = true;
    }
    last->size = ino->view_bytes;
    return true;
}

/* A kernel writes back when it likes; here, only what would make the list too long. */
static void pending_bound(struct inode *ino)
{
    while (ino->pending_count > PENDING_MAX)
        inode_flush(ino, MR_CONTAINER(ino->pending.next, struct pending, link)->seq);
}

void inode_write(struct inode *ino, const void *data, uint64_t len, uint64_t pos)
{
    if (len == 0)
        return;
    const uint8_t *from = data;
    touch(ino);
    if (from != NULL && pending_merge(ino, from, len, pos)) {
        page_allocate(ino, pos / PAGE_BYTES);
        return;
    }
    uint64_t first = pos / PAGE_BYTES, last = (pos + len - 1) / PAGE_BYTES;
    struct pending *p = pending_push(ino, pos, len, (uint32_t)(last - first + 1));
    bool all_zero = true;
    uint64_t at = pos;
    for (uint64_t i = first; i <= last; i++) {
        uint64_t in_page = at % PAGE_BYTES;
        size_t n = mr_min(pos + len - at, PAGE_BYTES - in_page);
        page_allocate(ino, i);
        struct page **view = &chunk_make(ino, i)->view[i % CHUNK_PAGES];
        page_patch(view, 1, in_page, from, n);
        p->pages[i - first] = page_ref(*view);
        all_zero = all_zero && *view == NULL;
        at += n;
        if (from != NULL)
            from += n;
    }
    if (all_zero) { /* the common case of pre-zeroing: no need to remember a page for each */
        struct pending *small = mem_realloc(p, sizeof(*p));
        MR_ASSERT(small != NULL);
        small->page_count = 0;
        small->link.prev->next = &small->link; /* it may have moved */
        ino->pending.prev = &small->link;
        p = small;
    }
    if (pos + len > ino->view_bytes) {
        ino->view_bytes = pos + len;
        p->size = ino->view_bytes;
        p->resizes = true;
    }
    pending_bound(ino);
}

void inode_truncate(struct inode *ino, uint64_t bytes)
{
    touch(ino);
    if (bytes < ino->view_bytes) {
        uint64_t in_page = bytes % PAGE_BYTES;
        struct page **edge = page_view(ino, bytes / PAGE_BYTES);
        if (in_page != 0 && edge != NULL && *edge != NULL)
            page_patch(edge, 1, in_page, NULL, PAGE_BYTES - in_page);
        pages_free_from(ino, (bytes + PAGE_BYTES - 1) / PAGE_BYTES);
    }
    ino->view_bytes = bytes;
    struct pending *p = pending_push(ino, bytes, 0, 0);
    p->size = bytes;
    p->truncates = true;
    p->resizes = true;
    pending_bound(ino);
}

void inode_allocate(struct inode *ino, uint64_t pos, uint64_t len, bool keep_size)
{
    for (uint64_t i = pos / PAGE_BYTES; i * PAGE_BYTES < pos + len; i++)
        page_allocate(ino, i);
    if (keep_size || pos + len <= ino->view_bytes)
        return;
    ino->view_bytes = pos + len;
    struct pending *p = pending_push(ino, pos, 0, 0);
    p->size = ino->view_bytes;
    p->resizes = true;
}

uint64_t inode_room(const struct inode *ino, uint64_t pos, uint64_t len)
{
    const struct disk *d = ino->d;
    uint64_t capacity = d->capacity_bytes / PAGE_BYTES;
    uint64_t left = capacity > d->used_pages ? capacity - d->used_pages : 0;
    if (left >= len / PAGE_BYTES + 2)
        return len;
    uint64_t at = pos;
    while (at < pos + len) {
        if (!page_allocated(ino, at / PAGE_BYTES)) {
            if (left == 0)
                break;
            left--;
        }
        at = mr_round_down(at, PAGE_BYTES) + PAGE_BYTES;
    }
    return mr_min(at, pos + len) - pos;
}

/* ---- making stable ---- */

/* Apply the bytes [at, at+n) of one page of a pending write. */
static void stable_patch(struct inode *ino, const struct pending *p, uint64_t at, size_t n)
{
    uint64_t index = at / PAGE_BYTES;
    struct page *from = p->page_count > 0 ? p->pages[index - p->pos / PAGE_BYTES] : NULL;
    struct page **to = &chunk_make(ino, index)->stable[index % CHUNK_PAGES];
    if (n == PAGE_BYTES) {
        page_unref(*to);
        *to = page_ref(from);
        return;
    }
    page_patch(to, 1, at % PAGE_BYTES, from == NULL ? NULL : from->bytes + at % PAGE_BYTES, n);
}

static void stable_zero_from(struct inode *ino, uint64_t bytes)
{
    uint64_t in_page = bytes % PAGE_BYTES;
    struct page **edge = page_stable(ino, bytes / PAGE_BYTES);
    if (in_page != 0 && edge != NULL && *edge != NULL)
        page_patch(edge, 1, in_page, NULL, PAGE_BYTES - in_page);
    uint64_t first = (bytes + PAGE_BYTES - 1) / PAGE_BYTES;
    for (uint64_t i = first; i < (uint64_t)ino->chunk_count * CHUNK_PAGES; i++) {
        struct page **p = page_stable(ino, i);
        if (p == NULL) {
            i += CHUNK_PAGES - 1 - i % CHUNK_PAGES;
            continue;
        }
        page_unref(*p);
        *p = NULL;
    }
}

static void stable_size(struct inode *ino, const struct pending *p)
{
    if (!p->resizes)
        return;
    if (p->truncates && p->size < ino->stable_bytes)
        stable_zero_from(ino, p->size);
    if (p->truncates || p->size > ino->stable_bytes)
        ino->stable_bytes = p->size;
}

static void stable_apply(struct inode *ino, const struct pending *p)
{
    for (uint64_t at = p->pos; at < p->pos + p->len;) {
        size_t n = mr_min(p->pos + p->len - at, PAGE_BYTES - at % PAGE_BYTES);
        stable_patch(ino, p, at, n);
        at += n;
    }
    stable_size(ino, p);
}

void inode_flush(struct inode *ino, uint64_t limit)
{
    LIST_FOR_SAFE(at, next, &ino->pending)
    {
        struct pending *p = MR_CONTAINER(at, struct pending, link);
        if (p->seq > limit)
            break;
        stable_apply(ino, p);
        pending_free(ino, p);
    }
}

void inode_flush_with_last(struct inode *ino, uint64_t limit)
{
    MR_ASSERT(!list_empty(&ino->pending));
    struct pending *last = MR_CONTAINER(ino->pending.prev, struct pending, link);
    for (struct mr_list *at = last->link.prev; at != &ino->pending; at = at->prev) {
        struct pending *p = MR_CONTAINER(at, struct pending, link);
        if (p->seq <= limit)
            break;
        if (p->truncates || (p->pos < last->pos + last->len && last->pos < p->pos + p->len))
            limit = last->seq; /* the order of the two must hold */
    }
    if (limit < last->seq) {
        inode_flush(ino, limit);
        stable_apply(ino, last);
        pending_free(ino, last);
    } else {
        inode_flush(ino, limit);
    }
}

/* Of what a failed flush should have saved, a head was tried: each of these writes reached the medium or is
 * forgotten (readers still see it). The others stay as they were. */
void inode_doom(struct inode *ino, uint64_t limit, bool all, struct rng *r)
{
    uint64_t tried = all ? UINT64_MAX : rng_below(r, ino->pending_count + 1);
    LIST_FOR_SAFE(at, next, &ino->pending)
    {
        struct pending *p = MR_CONTAINER(at, struct pending, link);
        if (p->seq > limit || tried-- == 0)
            break;
        if (!all && rng_chance(r, 500000))
            stable_apply(ino, p);
        else
            ino->forgot = true;
        pending_free(ino, p);
    }
}

/* ---- power loss ---- */

/* The block around pos was being written when the power failed: it holds anything now. */
static void stable_garbage(struct inode *ino, uint64_t pos, struct rng *r)
{
    uint64_t block = ino->d->node->w->opt.block_bytes;
    uint8_t noise[PAGE_BYTES];
    for (uint64_t i = 0; i < block; i += 8) {
        uint64_t v = rng_next(r);
        memcpy(noise + i, &v, 8);
    }
    pos = mr_round_down(pos, block);
    page_patch(&chunk_make(ino, pos / PAGE_BYTES)->stable[pos / PAGE_BYTES % CHUNK_PAGES], 1,
               pos % PAGE_BYTES, noise, block);
}

static void stable_tear(struct inode *ino, const struct pending *p, struct rng *r)
{
    uint64_t end = p->pos + p->len;
    uint64_t sectors = (end - 1) / SECTOR_BYTES - p->pos / SECTOR_BYTES + 1;
    uint64_t cut = rng_below(r, sectors + 1);
    uint64_t shape = rng_below(r, 3); /* a head, a tail, or any of the sectors */
    uint64_t at = p->pos;
    for (uint64_t i = 0; i < sectors; i++) {
        size_t n = mr_min(end - at, SECTOR_BYTES - at % SECTOR_BYTES);
        bool keep = shape == 0 ? i < cut : shape == 1 ? i >= cut : rng_chance(r, 500000);
        if (keep)
            stable_patch(ino, p, at, n);
        at += n;
    }
    if (ino->d->node->w->opt.torn_garbage && rng_chance(r, 500000))
        stable_garbage(ino, p->pos + rng_below(r, p->len), r);
    if (rng_chance(r, 500000))
        stable_size(ino, p); /* possibly without any of the data */
}

static void view_from_stable(struct inode *ino)
{
    pages_free_from(ino, 0);
    for (uint32_t c = 0; c < ino->chunk_count; c++) {
        struct page_chunk *chunk = ino->chunks[c];
        if (chunk == NULL)
            continue;
        for (uint32_t i = 0; i < CHUNK_PAGES; i++)
            chunk->view[i] = page_ref(chunk->stable[i]);
    }
    ino->view_bytes = ino->stable_bytes;
    for (uint64_t i = 0; i * PAGE_BYTES < ino->stable_bytes; i++)
        page_allocate(ino, i); /* sparse files are taken for full ones: nothing here depends on it */
}

void inode_power_loss(struct inode *ino, uint8_t keep_pct, uint8_t torn_pct)
{
    if (ino->is_dir || (list_empty(&ino->pending) && !ino->forgot))
        return;
    ino->forgot = false;
    struct rng *r = &ino->d->node->w->rng_disk;
    while (!list_empty(&ino->pending)) {
        struct pending *p = MR_CONTAINER(ino->pending.next, struct pending, link);
        if (rng_below(r, 100) < keep_pct) {
            stable_apply(ino, p);
        } else if (p->len > 0 && rng_below(r, 100) < torn_pct) {
            stable_tear(ino, p, r);
        }
        pending_free(ino, p);
    }
    stable_zero_from(ino, ino->stable_bytes); /* kept data past a size that was not kept */
    view_from_stable(ino);
}

/* ---- damage ---- */

bool inode_is_bad(const struct inode *ino, uint64_t pos, uint64_t len)
{
    LIST_FOR(at, &ino->bad)
    {
        struct bad_range *b = MR_CONTAINER(at, struct bad_range, link);
        if (pos < b->pos + b->len && b->pos < pos + len)
            return true;
    }
    return false;
}

/* A write to a bad sector makes the drive use another one: the part that was written whole is good again. */
void inode_repair(struct inode *ino, uint64_t pos, uint64_t len)
{
    LIST_FOR_SAFE(at, next, &ino->bad)
    {
        struct bad_range *b = MR_CONTAINER(at, struct bad_range, link);
        uint64_t end = b->pos + b->len;
        if (pos >= end || b->pos >= pos + len)
            continue;
        if (pos + len < end && pos > b->pos) { /* in the middle: two ranges remain */
            struct bad_range *rest = mem_zalloc(1, sizeof(*rest));
            MR_ASSERT(rest != NULL);
            rest->pos = pos + len;
            rest->len = end - rest->pos;
            list_push(&ino->bad, &rest->link);
            b->len = pos - b->pos;
        } else if (pos > b->pos) {
            b->len = pos - b->pos;
        } else if (pos + len < end) {
            b->len = end - (pos + len);
            b->pos = pos + len;
        } else {
            list_remove(&b->link);
            mem_free(b);
        }
    }
}

void inode_rot(struct inode *ino, uint64_t pos, unsigned bit)
{
    uint64_t index = pos / PAGE_BYTES;
    struct page_chunk *c = chunk_make(ino, index);
    struct page **view = &c->view[index % CHUNK_PAGES];
    struct page **stable = &c->stable[index % CHUNK_PAGES];
    bool shared = *view == *stable;
    struct page *fresh = page_new(*stable);
    fresh->bytes[pos % PAGE_BYTES] ^= (uint8_t)(1u << bit);
    page_unref(*stable);
    *stable = fresh;
    if (shared) {
        page_unref(*view);
        *view = page_ref(fresh);
        return;
    }
    fresh = page_new(*view);
    fresh->bytes[pos % PAGE_BYTES] ^= (uint8_t)(1u << bit);
    page_unref(*view);
    *view = fresh;
}
