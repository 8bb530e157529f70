/* Checkpoints and journals of a directory that a crash left: can they be read, and what do they say of the
 * logs? */
#include <stdio.h>

#include "core/mem.h"
#include "net/wire/batch.h"
#include "storage/journal.h"
#include "storage/verify_priv.h"

static void journal_failed(void *owner, int err)
{
    (void)owner;
    (void)err; /* replay says it */
}
static void journal_pressed(void *owner)
{
    (void)owner;
}
static void journal_stable(void *owner)
{
    (void)owner;
}

static bool journal_retire(void *owner, struct jchunk *chunk)
{
    (void)owner;
    (void)chunk;
    return false; /* nothing is kept: the journal drops chunks by itself */
}

static int no_look_ahead(void *ctx, const struct journal_entry *e)
{
    (void)ctx;
    (void)e;
    return 0;
}

static int journal_reclaim(void *ctx)
{
    (void)ctx;
    return 1; /* entries are looked at and forgotten */
}

static int check_entry(void *ctx, const struct journal_entry *e)
{
    struct verify *v = ctx;
    v->report.journal_blocks_entries++;
    if (e->type == JENTRY_REMOVE)
        return bounds_remove(&v->bounds, e->key,
                             (struct mr_str){(const char *)e->body.ptr + PART_KEY_BYTES,
                                             e->body.len - PART_KEY_BYTES});
    if (e->type == JENTRY_OPEN)
        return bounds_add(&v->bounds,
                          (struct mr_slice){e->body.ptr + PART_KEY_BYTES, e->body.len - PART_KEY_BYTES});
    if (e->type == JENTRY_TRUNCATE)
        return bounds_truncate(&v->bounds, e->sequence, e->number,
                               (struct mr_slice){e->body.ptr + PART_KEY_BYTES, e->body.len - PART_KEY_BYTES});
    if (e->type == JENTRY_LOG_START && e->body.len >= PART_KEY_BYTES + 8) {
        int64_t start = (int64_t)mr_get64(e->body.ptr + PART_KEY_BYTES);
        bounds_start(&v->bounds, e->key, start);
        if ((e->flags & JENTRY_ROLL) != 0)
            bounds_rolled(&v->bounds, e->key, start);
    }
    if (e->type == JENTRY_REPLACE)
        return bounds_replace(&v->bounds, e->key, e->sequence, e->number, e->body);
    if (e->type != JENTRY_APPEND)
        return 0;
    if (e->body.len < PART_KEY_BYTES + 4)
        return -MR_E_CORRUPT;
    struct mr_slice rest = {e->body.ptr + PART_KEY_BYTES + 4, e->body.len - PART_KEY_BYTES - 4};
    struct kw_batch b;
    if ((e->flags & JENTRY_ROLL) != 0 && rest.len >= BATCH_HEADER_BYTES)
        bounds_rolled(&v->bounds, e->key, (int64_t)mr_get64(rest.ptr));
    while (batch_next(&rest, &b) == 1) {
        if (batch_check(&b) != 0 || !batch_likely(&b.h, b.bytes.len, b.h.base_offset))
            verify_find(v, NULL, "journal of shard %u, block %llu: batch at offset %lld is damaged",
                        v->shard->id, (unsigned long long)e->sequence, (long long)b.h.base_offset);
    }
    if (rest.len > 0)
        verify_find(v, NULL, "journal of shard %u, block %llu: %zu bytes are no batch", v->shard->id,
                    (unsigned long long)e->sequence, rest.len);
    return 0;
}

static int take_records(struct verify *v, const struct checkpoint_image *image)
{
    uint64_t at = 0;
    uint32_t n = 0;
    struct mr_slice record;
    int more, err = 0;
    while (err == 0 && (more = checkpoint_record(image, &at, &n, &record)) != 0)
        err = more < 0 ? more : bounds_add(&v->bounds, record);
    if (err == -MR_E_CORRUPT)
        verify_find(v, NULL, "checkpoint of shard %u: record %u of %u cannot be read", v->shard->id, n,
                    image->partitions);
    return err == -MR_E_CORRUPT ? 0 : err;
}

int verify_journal(struct verify *v, uint32_t shard)
{
    struct checkpoint_image image;
    char path[SEGMENT_PATH_MAX];
    snprintf(path, sizeof(path), "%s/millrace-checkpoint-%u-*", v->path, shard);
    int err = checkpoint_load(v->io, v->path, shard, &image);
    if (err != 0) {
        if (v->crashed || err != -MR_E_CORRUPT)
            verify_find(v, &(struct verify_place){.file = path}, "%s", mr_err_text(err));
        return 0;
    }
    bool counts = v->crashed && image.session == v->session;
    if (counts)
        err = take_records(v, &image);
    if (image.whole != NULL)
        buf_unref(image.whole);
    if (!counts || err != 0)
        return err; /* void: what the blocks hold no longer counts */
    uint32_t before = v->shard->id;
    v->shard->id = shard;
    struct journal_config cfg = {
        .dir = v->path,
        .shard = v->shard,
        .files = image.files,
        .file_bytes = image.file_bytes,
        .unit = image.unit,
        .chunk_bytes = 512 * 1024,
        .chunks_max = 8,
        .flush = true,
        .failed = journal_failed,
        .pressed = journal_pressed,
        .stable = journal_stable,
        .retire = journal_retire,
        .owner = v,
    };
    struct journal *j = NULL;
    char why[SEGMENT_PATH_MAX] = "";
    err = journal_files_check(v->io, v->path, shard, image.files, image.file_bytes, why, sizeof(why));
    if (err == -MR_E_CORRUPT) {
        verify_find(v, NULL, "%s", why);
        v->shard->id = before;
        return 0;
    }
    if (err == 0)
        err = journal_new(&cfg, image.generation, &j);
    if (err == 0) {
        struct journal_handler handler = {check_entry, no_look_ahead, journal_reclaim, v};
        int damage = journal_replay(j, &image.mark, image.flushed_sequence, &handler, why, sizeof(why));
        if (damage != 0)
            verify_find(v, NULL, "journal of shard %u: %s", shard,
                        why[0] != '\0' ? why : mr_err_text(damage));
        journal_free(j);
    }
    v->shard->id = before;
    return err;
}
