/* Counted 4 KiB pages and the two page maps of a file. */
#include "tests/sim/lib/disk_priv.h"

struct page *page_new(const struct page *from)
{
    struct page *p = mem_alloc(sizeof(*p));
    MR_ASSERT(p != NULL);
    p->refs = 1;
    if (from != NULL)
        memcpy(p->bytes, from->bytes, PAGE_BYTES);
    else
        memset(p->bytes, 0, PAGE_BYTES);
    return p;
}

struct page *page_ref(struct page *p)
{
    if (p != NULL)
        p->refs++;
    return p;
}

void page_unref(struct page *p)
{
    if (p != NULL && --p->refs == 0)
        mem_free(p);
}

static struct page_chunk *chunk_at(const struct inode *ino, uint64_t index)
{
    uint64_t c = index / CHUNK_PAGES;
    return c < ino->chunk_count ? ino->chunks[c] : NULL;
}

struct page **page_view(const struct inode *ino, uint64_t index)
{
    struct page_chunk *c = chunk_at(ino, index);
    return c == NULL ? NULL : &c->view[index % CHUNK_PAGES];
}

struct page **page_stable(const struct inode *ino, uint64_t index)
{
    struct page_chunk *c = chunk_at(ino, index);
    return c == NULL ? NULL : &c->stable[index % CHUNK_PAGES];
}

struct page_chunk *chunk_make(struct inode *ino, uint64_t index)
{
    uint64_t c = index / CHUNK_PAGES;
    MR_ASSERT(index < FILE_BYTES_MAX / PAGE_BYTES);
    if (c >= ino->chunk_count) {
        uint32_t count = ino->chunk_count == 0 ? 4 : ino->chunk_count;
        while (count <= c)
            count *= 2;
        ino->chunks = mem_realloc(ino->chunks, count * sizeof(*ino->chunks));
        MR_ASSERT(ino->chunks != NULL);
        memset(ino->chunks + ino->chunk_count, 0, (count - ino->chunk_count) * sizeof(*ino->chunks));
        ino->chunk_count = count;
    }
    if (ino->chunks[c] == NULL) {
        ino->chunks[c] = mem_zalloc(1, sizeof(struct page_chunk));
        MR_ASSERT(ino->chunks[c] != NULL);
    }
    return ino->chunks[c];
}

void page_allocate(struct inode *ino, uint64_t index)
{
    struct page_chunk *c = chunk_make(ino, index);
    uint64_t bit = UINT64_C(1) << (index % CHUNK_PAGES);
    if (c->allocated & bit)
        return;
    c->allocated |= bit;
    ino->allocated_pages++;
    if (ino->uses > 0)
        ino->d->used_pages++;
}

bool page_allocated(const struct inode *ino, uint64_t index)
{
    struct page_chunk *c = chunk_at(ino, index);
    return c != NULL && (c->allocated >> (index % CHUNK_PAGES) & 1) != 0;
}

void pages_free_from(struct inode *ino, uint64_t first)
{
    for (uint64_t c = first / CHUNK_PAGES; c < ino->chunk_count; c++) {
        struct page_chunk *chunk = ino->chunks[c];
        if (chunk == NULL)
            continue;
        for (uint32_t i = c == first / CHUNK_PAGES ? first % CHUNK_PAGES : 0; i < CHUNK_PAGES; i++) {
            page_unref(chunk->view[i]);
            chunk->view[i] = NULL;
            if ((chunk->allocated >> i & 1) == 0)
                continue;
            chunk->allocated &= ~(UINT64_C(1) << i);
            ino->allocated_pages--;
            if (ino->uses > 0)
                ino->d->used_pages--;
        }
    }
}
