/* Checksums that fit, so that what stands behind them is read. */
#include <stdio.h>
#include <stdlib.h>

#include "core/crc32c.h"
#include "core/mem.h"
#include "net/wire/batch.h"
#include "storage/format.h"
#include "storage/logdir.h"
#include "tests/fuzz/dir_pieces.h"

static void put_crc(uint8_t *from, size_t len, uint8_t *to)
{
    mr_put32(to, crc32c(0, from, len));
}

static void seal_piece(void *ctx, enum dir_piece piece, size_t at, size_t len)
{
    const struct dir_file *f = ctx;
    uint8_t *p = f->bytes + at;
    bool inner = strncmp(dir_name(f), "millrace-", 9) == 0;
    if (piece == PIECE_BATCH && (!inner || f->seal_inner))
        put_crc(p + BATCH_CRC_START, len - BATCH_CRC_START, p + BATCH_AT_CRC);
    if (piece == PIECE_PRODUCERS)
        put_crc(p + 6, len - 6, p + 2);
}

/* ---- journals ---- */

struct block {
    struct dir_file *f;
    size_t at, len;
    uint64_t sequence;
    uint32_t said; /* its checksum, before */
    bool counts;   /* it fitted, or shall */
};

struct blocks {
    struct dir_file *f; /* that is looked at */
    struct block *items;
    uint32_t count;
};

static uint32_t block_crc(const uint8_t *p, size_t len)
{
    uint8_t head[JBLOCK_HEAD];
    memcpy(head, p, sizeof(head));
    memset(head + 28, 0, 4);
    return crc32c(crc32c(0, head, sizeof(head)), p + sizeof(head), len - sizeof(head));
}

static void note_block(void *ctx, enum dir_piece piece, size_t at, size_t len)
{
    struct blocks *b = ctx;
    const uint8_t *p = b->f->bytes + at;
    if (piece != PIECE_BLOCK)
        return;
    b->items = mem_realloc(b->items, (b->count + 1) * sizeof(*b->items));
    MR_ASSERT(b->items != NULL);
    b->items[b->count++] = (struct block){.f = b->f,
                                          .at = at,
                                          .len = len,
                                          .sequence = mr_get64(p + 16),
                                          .said = mr_get32(p + 28),
                                          .counts = b->f->seal || block_crc(p, len) == mr_get32(p + 28)};
}

static int by_sequence(const void *a, const void *b)
{
    const struct block *x = a, *y = b;
    return x->sequence < y->sequence ? -1 : x->sequence > y->sequence;
}

/* What the block with this sequence and checksum has by now; the same when there is none. */
static uint32_t said_now(const struct blocks *b, uint64_t sequence, uint32_t said)
{
    for (uint32_t i = 0; i < b->count; i++) {
        if (b->items[i].sequence == sequence && b->items[i].said == said)
            return mr_get32(b->items[i].f->bytes + b->items[i].at + 28);
    }
    return said;
}

static void seal_blocks(struct blocks *b)
{
    if (b->count > 0)
        qsort(b->items, b->count, sizeof(*b->items), by_sequence);
    for (uint32_t i = 0; i < b->count; i++) {
        uint8_t *p = b->items[i].f->bytes + b->items[i].at;
        if (!b->items[i].counts)
            continue;
        mr_put32(p + 32, said_now(b, b->items[i].sequence - 1, mr_get32(p + 32)));
        mr_put32(p + 28, block_crc(p, b->items[i].len));
    }
}

static void seal_checkpoint(struct dir_file *f, const struct blocks *b)
{
    uint8_t *p = f->bytes;
    if (f->len < CHECKPOINT_HEAD)
        return;
    bool fitted = mr_get32(p + 108) == crc32c(0, p, 108);
    mr_put32(p + 56, said_now(b, mr_get64(p + 40) - 1, mr_get32(p + 56)));
    if (f->seal && f->len >= CHECKPOINT_BODY_AT && mr_get64(p + 96) <= f->len - CHECKPOINT_BODY_AT)
        put_crc(p + CHECKPOINT_BODY_AT, mr_get64(p + 96), p + 104);
    if (f->seal || fitted)
        put_crc(p, 108, p + 108);
}

/* ---- all of it ---- */

static void seal_session(struct dir_file *f)
{
    static const char key[] = "millrace.session=";
    char text[SESSION_TEXT_BYTES];
    for (size_t at = 0; at + sizeof(key) - 1 + SESSION_TEXT_BYTES <= f->len; at++) {
        if (memcmp(f->bytes + at, key, sizeof(key) - 1) != 0)
            continue;
        uint8_t *value = f->bytes + at + sizeof(key) - 1;
        memcpy(text, value, 16);
        text[16] = '\0';
        session_text(strtoull(text, NULL, 16), text);
        memcpy(value, text, SESSION_TEXT_BYTES - 1);
    }
}

void dir_seal(struct dir *d)
{
    struct blocks b = {.items = NULL};
    bool journals = false;
    for (uint32_t i = 0; i < d->count; i++) {
        struct dir_file *f = &d->files[i];
        if (f->gone || !f->seal)
            continue;
        journals |= strncmp(f->path, "millrace-", 9) == 0;
        dir_pieces(f, seal_piece, f);
        if (strcmp(f->path, "meta.properties") == 0)
            seal_session(f);
    }
    for (uint32_t i = 0; journals && i < d->count; i++) {
        b.f = &d->files[i];
        if (!b.f->gone && strncmp(b.f->path, "millrace-journal-", 17) == 0)
            dir_pieces(b.f, note_block, &b);
    }
    seal_blocks(&b);
    for (uint32_t i = 0; journals && i < d->count; i++) {
        if (!d->files[i].gone && strncmp(d->files[i].path, "millrace-checkpoint-", 20) == 0)
            seal_checkpoint(&d->files[i], &b);
    }
    mem_free(b.items);
}
