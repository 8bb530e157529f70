#include "storage/verify.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/mem.h"
#include "net/wire/batch.h"
#include "storage/epoch.h"
#include "storage/file_put.h"
#include "storage/index.h"
#include "storage/journal.h"
#include "storage/segment.h"
#include "storage/store_priv.h"
#include "storage/verify_bounds.h"
#include "storage/verify_txns.h"

enum { FILE_BYTES_MAX = INT32_MAX, NAMES_MAX = 1 << 20, SHARDS_MAX = 64 };

struct names {
    char **items;
    uint32_t count;
    bool dirs; /* wanted: directories, or files */
};

struct verify {
    struct mr_shard *shard;
    struct mr_io *io;
    const char *path;
    bool crashed;
    uint64_t session; /* of a crashed directory: checkpoints of another one are void */
    void (*say)(void *ctx, const char *line);
    void *ctx;
    struct bounds bounds;    /* of a crashed directory */
    struct verify_txns txns; /* of the log being looked at */
    struct verify_report report;
    int failed; /* the journal's callback */
};

static void find(struct verify *v, const char *fmt, ...) MR_PRINTF(2, 3);

static void find(struct verify *v, const char *fmt, ...)
{
    char line[2048];
    va_list args;
    va_start(args, fmt);
    vsnprintf(line, sizeof(line), fmt, args);
    va_end(args);
    v->report.findings++;
    v->say(v->ctx, line);
}

static int add_name(void *ctx, const char *name, bool is_dir)
{
    struct names *n = ctx;
    if (is_dir != n->dirs)
        return 0;
    if (n->count >= NAMES_MAX)
        return -MR_E_LIMIT;
    if ((n->count & (n->count + 1)) == 0) {
        void *grown = mem_realloc(n->items, ((size_t)n->count * 2 + 1) * sizeof(*n->items));
        if (grown == NULL)
            return -ENOMEM;
        n->items = grown;
    }
    n->items[n->count] = mem_text(name, strlen(name));
    return n->items[n->count++] == NULL ? -ENOMEM : 0;
}

static void names_done(struct names *n)
{
    for (uint32_t i = 0; i < n->count; i++)
        mem_free(n->items[i]);
    mem_free(n->items);
}

/* ---- segments ---- */

/* Does an entry at pos lead to a batch whose last offset is as it says? */
static void check_index(struct verify *v, const char *log, int64_t base, const uint8_t *bytes, size_t len)
{
    char path[SEGMENT_PATH_MAX];
    uint8_t *file = NULL;
    size_t file_len = 0;
    struct seg_index ix = {.offsets = NULL};
    snprintf(path, sizeof(path), "%.*s.index", (int)strlen(log) - 4, log);
    int err = file_get_wait(v->io, path, FILE_BYTES_MAX, &file, &file_len);
    if (err == -ENOENT)
        return; /* derived: rebuilt when it is needed */
    if (err == 0)
        err = index_decode_offsets(&ix, (struct mr_slice){file, file_len}, len);
    if (err != 0)
        find(v, "%s: cannot be read as an offset index: %s", path, mr_err_text(err));
    for (uint32_t i = 0; err == 0 && i < ix.offset_count; i++) {
        struct mr_slice rest = {bytes + ix.offsets[i].pos, len - ix.offsets[i].pos};
        struct kw_batch b;
        if (batch_next(&rest, &b) != 1 || batch_last_offset(&b.h) != base + ix.offsets[i].delta) {
            find(v, "%s: entry %u (offset %lld, byte %u) leads to no such batch", path, i,
                 (long long)(base + ix.offsets[i].delta), ix.offsets[i].pos);
            break;
        }
    }
    index_done(&ix);
    mem_free(file);
}

static void check_txns(struct verify *v, const char *log, int64_t base)
{
    char path[SEGMENT_PATH_MAX], why[256];
    uint8_t *file = NULL;
    size_t len = 0;
    snprintf(path, sizeof(path), "%.*s.txnindex", (int)strlen(log) - 4, log);
    int err = file_get_wait(v->io, path, TXN_INDEX_FILE_BYTES_MAX, &file, &len);
    if (err != 0 && err != -ENOENT) /* without one, nothing was aborted here */
        find(v, "%s: %s", path, mr_err_text(err));
    else if (!verify_txns_index(&v->txns, (struct mr_slice){file, len}, base, why, sizeof(why)))
        find(v, "%s: %s", path, why);
    mem_free(file);
}

static void check_snapshot(struct verify *v, const char *dir)
{
    char path[SEGMENT_PATH_MAX], why[256];
    uint8_t *file = NULL;
    size_t len = 0;
    segment_path(path, dir, v->txns.next, ".snapshot");
    int err = file_get_wait(v->io, path, FILE_BYTES_MAX, &file, &len);
    if (err == -ENOENT)
        return; /* no producers, or a broker that was not closed */
    if (err != 0)
        find(v, "%s: %s", path, mr_err_text(err));
    else if (!verify_txns_snapshot(&v->txns, (struct mr_slice){file, len}, why, sizeof(why)))
        find(v, "%s: %s", path, why);
    mem_free(file);
}

/* Batches from the first byte to the last, or to the bound; returns the offset after them. bound may be NULL.
 */
static int64_t check_segment(struct verify *v, const char *path, int64_t base,
                             const struct bound_segment *bound)
{
    uint8_t *bytes = NULL;
    size_t len = 0;
    int err = file_get_wait(v->io, path, FILE_BYTES_MAX, &bytes, &len);
    if (err != 0) {
        find(v, "%s: cannot be read: %s", path, mr_err_text(err));
        return base;
    }
    struct mr_slice rest = {bytes, len};
    struct kw_batch b;
    int64_t next = base;
    int more;
    while ((more = batch_next(&rest, &b)) == 1) {
        size_t at = (size_t)(b.bytes.ptr - bytes);
        if (bound != NULL && at + b.bytes.len > bound->bytes)
            break; /* recovery writes it anew */
        if (b.h.base_offset < next)
            find(v, "%s: byte %zu: batch at offset %lld, expected at least %lld", path, at,
                 (long long)b.h.base_offset, (long long)next);
        if (batch_check(&b) != 0)
            find(v, "%s: bytes %zu to %zu: batch at offset %lld is damaged", path, at, at + b.bytes.len,
                 (long long)b.h.base_offset);
        next = batch_next_offset(&b.h);
        v->report.batches++;
        if (verify_txns_batch(&v->txns, &b) == -MR_E_CORRUPT)
            find(v, "%s: byte %zu: marker at offset %lld cannot be read", path, at,
                 (long long)b.h.base_offset);
    }
    size_t at = bound == NULL || more != 1 ? len - rest.len : (size_t)(b.bytes.ptr - bytes);
    /* A batch that reaches beyond the bound is in the record; so is its head, which may be cut by zeros. */
    int64_t want = batch_bytes_peek(rest.ptr, rest.len);
    bool beyond = bound != NULL &&
                  (at + BATCH_HEADER_BYTES > bound->bytes || at + (uint64_t)mr_imax(want, 0) > bound->bytes);
    if (rest.len > 0 && more != 1 && !beyond)
        find(v, "%s: bytes %zu to %zu: no whole batch", path, at, len);
    if (bound == NULL || bound->indexed)
        check_index(v, path, base, bytes, at);
    if (bound == NULL || bound->txns)
        check_txns(v, path, base);
    v->report.segments++;
    v->report.bytes += len;
    mem_free(bytes);
    return next;
}

static void check_epochs(struct verify *v, const char *dir)
{
    char path[SEGMENT_PATH_MAX];
    uint8_t *text = NULL;
    size_t len = 0;
    struct epoch_cache c = {.items = NULL};
    snprintf(path, sizeof(path), "%s/leader-epoch-checkpoint", dir);
    int err = file_get_wait(v->io, path, 16 << 20, &text, &len);
    if (err == -ENOENT)
        return;
    if (err == 0)
        err = epochs_decode(&c, (struct mr_slice){text, len});
    if (err != 0)
        find(v, "%s: %s", path, mr_err_text(err));
    epochs_done(&c);
    mem_free(text);
}

static int check_log(struct verify *v, const char *name)
{
    char dir[SEGMENT_PATH_MAX], path[SEGMENT_PATH_MAX * 2];
    snprintf(dir, sizeof(dir), "%s/%s", v->path, name);
    struct names files = {.dirs = false};
    int err = io_list(v->io, dir, add_name, &files);
    int64_t next = -1;
    bool touched = false;
    verify_txns_init(&v->txns);
    for (uint32_t i = 0; err == 0 && i < files.count; i++) {
        int64_t base = segment_base_of(files.items[i], ".log");
        if (base < 0)
            continue;
        struct bound_segment bound;
        touched = v->crashed && bounds_of(&v->bounds, name, base, &bound);
        snprintf(path, sizeof(path), "%s/%s", dir, files.items[i]);
        if (next > base && !v->crashed)
            find(v, "%s: begins at %lld, the segment before it ends at %lld", path, (long long)base,
                 (long long)next);
        verify_txns_segment(&v->txns, base);
        next = check_segment(v, path, base, touched ? &bound : NULL);
    }
    if (err == 0 && !touched)
        check_epochs(v, dir);
    if (err == 0 && !touched && next >= 0)
        check_snapshot(v, dir);
    verify_txns_done(&v->txns);
    v->report.logs++;
    names_done(&files);
    return err;
}

/* ---- journals ---- */

static void journal_failed(void *owner, int err)
{
    ((struct verify *)owner)->failed = err;
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
    if (e->type == JENTRY_LOG_START && e->body.len >= PART_KEY_BYTES + 8) {
        int64_t start = (int64_t)mr_get64(e->body.ptr + PART_KEY_BYTES);
        bounds_start(&v->bounds, e->key, start);
        if ((e->flags & JENTRY_ROLL) != 0)
            bounds_rolled(&v->bounds, e->key, start);
    }
    if (e->type != JENTRY_APPEND)
        return 0;
    struct mr_slice rest = {e->body.ptr + PART_KEY_BYTES + 4, e->body.len - PART_KEY_BYTES - 4};
    struct kw_batch b;
    if ((e->flags & JENTRY_ROLL) != 0 && rest.len >= BATCH_HEADER_BYTES)
        bounds_rolled(&v->bounds, e->key, (int64_t)mr_get64(rest.ptr));
    while (batch_next(&rest, &b) == 1) {
        if (batch_check(&b) != 0)
            find(v, "journal of shard %u, block %llu: batch at offset %lld is damaged", v->shard->id,
                 (unsigned long long)e->sequence, (long long)b.h.base_offset);
    }
    if (rest.len > 0)
        find(v, "journal of shard %u, block %llu: %zu bytes are no batch", v->shard->id,
             (unsigned long long)e->sequence, rest.len);
    return 0;
}

static int take_records(struct verify *v, const struct checkpoint_image *image)
{
    uint64_t at = 0;
    for (uint32_t n = 0; n < image->partitions; n++) {
        uint64_t left = image->body_bytes - at;
        uint32_t bytes = left < 4 ? UINT32_MAX : mr_get32(image->body->data + at);
        int err = left < 4 || bytes > left - 4
                      ? -MR_E_CORRUPT
                      : bounds_add(&v->bounds, (struct mr_slice){image->body->data + at + 4, bytes});
        if (err == -MR_E_CORRUPT) {
            find(v, "checkpoint of shard %u: record %u cannot be read", v->shard->id, n);
            return 0;
        }
        if (err != 0)
            return err;
        at += 4 + (uint64_t)bytes;
    }
    return 0;
}

static int check_journal(struct verify *v, uint32_t shard)
{
    struct checkpoint_image image;
    int err = checkpoint_load(v->io, v->path, shard, &image);
    if (err != 0) {
        if (v->crashed || err != -MR_E_CORRUPT)
            find(v, "%s/millrace-checkpoint-%u-*: %s", v->path, shard, mr_err_text(err));
        return 0;
    }
    bool counts = v->crashed && image.session == v->session;
    if (counts)
        err = take_records(v, &image);
    if (image.body != NULL)
        buf_unref(image.body);
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
    char why[256] = "";
    err = journal_new(&cfg, image.generation, &j);
    if (err == 0) {
        struct journal_handler handler = {check_entry, no_look_ahead, journal_reclaim, v};
        int damage = journal_replay(j, &image.mark, image.flushed_sequence, &handler, why, sizeof(why));
        if (damage != 0)
            find(v, "journal of shard %u: %s", shard, why[0] != '\0' ? why : mr_err_text(damage));
        journal_free(j);
    }
    v->shard->id = before;
    return err;
}

/* ---- the directory ---- */

static bool is_log(const char *name)
{
    const char *dash = strrchr(name, '-');
    return dash != NULL && dash != name && dash[1] != '\0' &&
           strspn(dash + 1, "0123456789") == strlen(dash + 1);
}

static bool open_by_millrace(struct verify *v)
{
    char path[SEGMENT_PATH_MAX];
    uint8_t *text = NULL;
    size_t len = 0;
    snprintf(path, sizeof(path), "%s/meta.properties", v->path);
    int err = file_get_wait(v->io, path, 64 << 10, &text, &len);
    if (err != 0) {
        find(v, "%s: %s", path, mr_err_text(err));
        return false;
    }
    bool crashed = strstr((const char *)text, "version=71") != NULL;
    const char *session = strstr((const char *)text, "millrace.session=");
    if (session != NULL)
        v->session = strtoull(session + strlen("millrace.session="), NULL, 16);
    mem_free(text);
    return crashed;
}

int verify_dir(struct mr_shard *shard, const char *path, void (*say)(void *ctx, const char *line), void *ctx,
               struct verify_report *ret)
{
    struct verify v = {.shard = shard, .io = shard->io, .path = path, .say = say, .ctx = ctx};
    struct names dirs = {.dirs = true}, files = {.dirs = false};
    char lock_path[SEGMENT_PATH_MAX];
    struct mr_file lock = MR_NO_FILE;
    int err = io_list(v.io, path, add_name, &dirs);
    if (err == 0)
        err = io_list(v.io, path, add_name, &files);
    snprintf(lock_path, sizeof(lock_path), "%s/.lock", path);
    if (err == 0)
        err = io_lock_file(v.io, lock_path, &lock);
    if (err != 0)
        goto out;
    v.crashed = open_by_millrace(&v);
    uint32_t shards = 0;
    for (uint32_t i = 0; i < files.count; i++) {
        unsigned id, slot;
        if (sscanf(files.items[i], "millrace-checkpoint-%u-%u", &id, &slot) == 2 && id < SHARDS_MAX)
            shards = (uint32_t)mr_max(shards, id + 1);
    }
    for (uint32_t i = 0; err == 0 && i < shards; i++)
        err = check_journal(&v, i);
    for (uint32_t i = 0; err == 0 && i < dirs.count; i++) {
        if (is_log(dirs.items[i]) && !(v.crashed && bounds_gone(&v.bounds, dirs.items[i])))
            err = check_log(&v, dirs.items[i]);
    }
    io_unlock_file(v.io, lock);
out:
    bounds_done(&v.bounds);
    names_done(&dirs);
    names_done(&files);
    *ret = v.report;
    return err;
}
