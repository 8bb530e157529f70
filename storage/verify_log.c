/* One log: its segments batch by batch, what stands beside them, and whether all of it is there. */
#include <stdio.h>

#include "core/mem.h"
#include "storage/epoch.h"
#include "storage/file_put.h"
#include "storage/text.h"
#include "storage/verify_priv.h"

enum { SMALL_BYTES_MAX = 16 << 20 };

struct log_check {
    struct verify *v;
    const char *name; /* TOPIC-PARTITION */
    char dir[SEGMENT_PATH_MAX];
    const struct bound *bound; /* NULL: every byte counts */
    const struct names *files; /* of dir */
    struct verify_txns txns;
    struct verify_indexes indexes; /* of the segment being walked, if they count: */
    bool indexed;
    struct epoch_cache epochs;
    bool epochs_known;
    int epochs_err; /* why they are not */
    bool holds;     /* a batch, or what may have been one */
    bool loose;     /* compaction has been here: offsets may be missing anywhere */
    bool damaged;   /* batches are missing: what is derived from all of them cannot be checked */
    int64_t next;   /* offset behind the last sound batch; -1: none yet */
};

static void path_of(const struct log_check *c, char dst[SEGMENT_PATH_MAX], const char *name)
{
    snprintf(dst, SEGMENT_PATH_MAX, "%.1000s/%s", c->dir, name);
}

/* ---- one segment ---- */

static void check_txns(struct log_check *c, const struct bound_segment *bs, int64_t base)
{
    struct verify *v = c->v;
    char path[SEGMENT_PATH_MAX], why[256];
    uint8_t *file = NULL;
    size_t len = 0;
    bound_file(path, c->dir, c->files, bs, base, ".txnindex");
    int err = file_get_wait(v->io, path, TXN_INDEX_FILE_BYTES_MAX, &file, &len);
    if (err != 0 && err != -ENOENT) /* without one, nothing was aborted here */
        verify_find(v, &(struct verify_place){.file = path}, "%s", mr_err_text(err));
    else if (!verify_txns_index(&c->txns, (struct mr_slice){file, len}, base, c->damaged, why, sizeof(why)))
        verify_find(v, &(struct verify_place){.file = path}, "%s", why);
    mem_free(file);
}

static void check_batch(struct log_check *c, const char *path, const struct walk_piece *p)
{
    struct verify *v = c->v;
    const struct kw_batch_header *h = &p->b.h;
    struct verify_place at = {path, p->pos, p->end};
    v->report.batches++;
    c->loose |= h->record_count != h->last_offset_delta + 1;
    if (batch_check(&p->b) != 0)
        verify_find(v, &at, "batch at offset %lld is damaged", (long long)h->base_offset);
    int32_t epoch = c->epochs_known ? epochs_at(&c->epochs, h->base_offset) : -1;
    if (epoch < 0 && c->epochs_known) /* the log starts inside this batch, and its history there */
        epoch = epochs_at(&c->epochs, batch_last_offset(h));
    if (epoch >= 0 && h->leader_epoch != epoch)
        verify_find(v, &at, "batch at offset %lld has leader epoch %d, the log's history says %d",
                    (long long)h->base_offset, h->leader_epoch, epoch);
    if (verify_txns_batch(&c->txns, &p->b) == -MR_E_CORRUPT)
        verify_find(v, &at, "marker at offset %lld cannot be read", (long long)h->base_offset);
}

static void check_damage(struct log_check *c, const char *path, const struct walk_piece *p)
{
    char offsets[64];
    c->damaged = true;
    c->v->report.damaged_bytes += p->end - p->pos;
    verify_find(c->v, &(struct verify_place){path, p->pos, p->end}, "%s: %s",
                verify_offsets(offsets, p->from, p->to), p->what);
}

/* From the first byte to the last, or as far as the record goes. */
static int walk_segment(struct log_check *c, struct walk *w, const char *path, const struct bound_segment *bs,
                        bool last_of_record)
{
    struct walk_piece p;
    uint64_t size = w->src.size;
    int more;
    if (bs != NULL && last_of_record && c->bound->rest_bytes > 0)
        source_overlay(&w->src, c->bound->rest_at, (struct mr_slice){c->bound->rest, c->bound->rest_bytes});
    if (bs != NULL)
        w->src.size = mr_min(w->src.size, bs->bytes); /* recovery writes anew what lies beyond */
    uint64_t need = bs == NULL ? 0 : last_of_record ? c->bound->rest_at : bs->bytes;
    if (bs != NULL && last_of_record && c->bound->rest_bytes == 0)
        need = bs->bytes;
    if (size < need) {
        c->damaged = true;
        verify_find(c->v, &(struct verify_place){path, size, need}, "the file ends before: it was longer");
        if (c->indexed)
            index_check_hole(&c->indexes.check);
    }
    while ((more = walk_next(w, &p)) == 1) {
        c->loose |=
            p.kind == WALK_BATCH && !c->damaged && c->next >= 0 && p.b.h.base_offset > c->next && p.pos > 0;
        c->holds = true;
        if (p.kind == WALK_BATCH)
            check_batch(c, path, &p);
        else
            check_damage(c, path, &p);
        if (p.kind == WALK_BATCH && c->indexed)
            verify_indexes_batch(c->v, &c->indexes, &p.b.h, p.pos);
        else if (c->indexed)
            index_check_hole(&c->indexes.check);
        c->next = w->next;
    }
    if (more < 0 && more != -ENOMEM) {
        verify_find(c->v, &(struct verify_place){path, w->pos, w->src.size}, "cannot be read: %s",
                    mr_err_text(more));
        if (c->indexed)
            index_check_hole(&c->indexes.check);
    }
    c->v->report.segments++;
    c->v->report.bytes += size;
    return more == -ENOMEM ? more : 0;
}

static int check_segment(struct log_check *c, int64_t base, int64_t limit)
{
    char path[SEGMENT_PATH_MAX];
    struct walk w;
    const struct bound_segment *bs = c->bound == NULL ? NULL : bound_segment(c->bound, base);
    if (c->bound != NULL && (bs == NULL || bound_below(c->bound, bs)))
        return 0; /* nobody's, or written ahead of any record: recovery makes it anew */
    bool last = bs != NULL && bs == &c->bound->segments[c->bound->count - 1];
    bound_file(path, c->dir, c->files, bs, base, ".log");
    if (bs != NULL) /* other files than a record's may be there: of segments that were compacted */
        limit = last ? INT64_MAX : bs[1].base;
    int err = walk_open(&w, c->v->io, path, base, limit);
    if (err != 0) {
        c->damaged = true;
        walk_close(&w);
        if (err != -ENOMEM)
            verify_find(c->v, &(struct verify_place){.file = path}, "cannot be read: %s", mr_err_text(err));
        return err == -ENOMEM ? err : 0;
    }
    char offsets[64];
    int64_t before = c->next;
    bool cleaned = c->loose || offsets_of(&c->v->cleaned, c->name) >= base;
    if (c->bound == NULL && before >= 0 && before < base &&
        (!cleaned || segment_missing(c->files, before, base)) &&
        !losses_have(&c->v->known, c->name, before, base - 1)) {
        c->damaged = true;
        verify_find(c->v, &(struct verify_place){.file = path}, "%s are missing before it",
                    verify_offsets(offsets, before, base));
    } else if (before > base) {
        verify_find(c->v, &(struct verify_place){.file = path},
                    "begins at %lld, the segment before it ends at %lld", (long long)base, (long long)before);
    }
    verify_txns_segment(&c->txns, base);
    w.epochs = c->epochs_known ? &c->epochs : NULL;
    w.epochs_end = INT64_MAX;
    w.known_end = c->bound == NULL ? mr_imax(offsets_of(&c->v->ends, c->name), 0) : 0;
    c->next = base;
    c->indexed = bs == NULL || bs->indexed;
    if (c->indexed) {
        bound_file(c->indexes.paths[INDEX_OFFSETS], c->dir, c->files, bs, base, ".index");
        bound_file(c->indexes.paths[INDEX_TIMES], c->dir, c->files, bs, base, ".timeindex");
        verify_indexes_open(c->v, &c->indexes, base);
    }
    err = walk_segment(c, &w, path, bs, last);
    walk_close(&w);
    if (c->indexed)
        verify_indexes_close(c->v, &c->indexes, err == 0);
    if (err == 0 && (bs == NULL || bs->txns))
        check_txns(c, bs, base);
    return err;
}

/* ---- beside them ---- */

static void load_epochs(struct log_check *c)
{
    char path[SEGMENT_PATH_MAX];
    uint8_t *text = NULL;
    size_t len = 0;
    if (c->bound != NULL) {
        c->epochs_known = c->bound->epochs.count > 0;
        for (uint32_t i = 0; i < c->bound->epochs.count; i++)
            (void)epochs_begin(&c->epochs, c->bound->epochs.items[i].epoch, c->bound->epochs.items[i].start);
        return;
    }
    path_of(c, path, "leader-epoch-checkpoint");
    int err = file_get_wait(c->v->io, path, SMALL_BYTES_MAX, &text, &len);
    if (err == 0)
        err = epochs_decode(&c->epochs, (struct mr_slice){text, len});
    c->epochs_known = err == 0;
    c->epochs_err = err == -ENOENT ? 0 : err;
    mem_free(text);
}

/* A directory without batches that a crash left half made: neither its log's id nor anything else in it was
 * flushed. What the last clean close knows by its name was another log, long deleted. */
static bool is_half_made(const struct log_check *c)
{
    char path[SEGMENT_PATH_MAX];
    uint8_t *text = NULL;
    size_t len = 0;
    struct mr_uuid id;
    if (!c->v->crashed || c->bound != NULL || c->holds)
        return false;
    path_of(c, path, "partition.metadata");
    int err = file_get_wait(c->v->io, path, SMALL_BYTES_MAX, &text, &len);
    bool made = err == 0 && partition_metadata_parse((struct mr_slice){text, len}, &id);
    mem_free(text);
    return !made;
}

static void check_epochs(struct log_check *c)
{
    char path[SEGMENT_PATH_MAX];
    path_of(c, path, "leader-epoch-checkpoint");
    if (c->epochs_err != 0 && !is_half_made(c))
        verify_find(c->v, &(struct verify_place){.file = path}, "%s", mr_err_text(c->epochs_err));
}

static void check_snapshot(struct log_check *c)
{
    char path[SEGMENT_PATH_MAX], why[256];
    uint8_t *file = NULL;
    size_t len = 0;
    if (c->txns.next < 0 || c->damaged)
        return;
    segment_path(path, c->dir, c->txns.next, ".snapshot");
    int err = file_get_wait(c->v->io, path, VERIFY_FILE_BYTES_MAX, &file, &len);
    if (err == -ENOENT)
        return; /* no producers, or a broker that was not closed */
    if (err != 0)
        verify_find(c->v, &(struct verify_place){.file = path}, "%s", mr_err_text(err));
    else if (!verify_txns_snapshot(&c->txns, (struct mr_slice){file, len}, why, sizeof(why)))
        verify_find(c->v, &(struct verify_place){.file = path}, "%s", why);
    mem_free(file);
}

/* Older snapshots, and those of a log whose batches are damaged: at least they must be readable. */
static void check_snapshots(struct log_check *c, const struct names *files)
{
    for (uint32_t i = 0; i < files->count; i++) {
        int64_t at = segment_base_of(files->items[i], ".snapshot");
        char path[SEGMENT_PATH_MAX];
        uint8_t *file = NULL;
        size_t len = 0;
        struct producer_state have;
        if (at < 0 || (at == c->txns.next && !c->damaged))
            continue;
        path_of(c, path, files->items[i]);
        producer_state_init(&have, PRODUCERS_MAX_DEFAULT);
        int err = file_get_wait(c->v->io, path, VERIFY_FILE_BYTES_MAX, &file, &len);
        if (err == 0)
            err = producer_state_read(&have, (struct mr_slice){file, len}, at, 0, INT64_MAX);
        if (err != 0)
            verify_find(c->v, &(struct verify_place){.file = path}, "cannot be read: %s", mr_err_text(err));
        producer_state_done(&have);
        mem_free(file);
    }
}

static void check_metadata(struct log_check *c)
{
    char path[SEGMENT_PATH_MAX];
    uint8_t *text = NULL;
    size_t len = 0;
    struct mr_uuid id;
    path_of(c, path, "partition.metadata");
    int err = file_get_wait(c->v->io, path, SMALL_BYTES_MAX, &text, &len);
    if (err != 0)
        verify_find(c->v, &(struct verify_place){.file = path}, "%s", mr_err_text(err));
    else if (!partition_metadata_parse((struct mr_slice){text, len}, &id))
        verify_find(c->v, &(struct verify_place){.file = path}, "no topic id in it");
    else if (c->bound != NULL && !mr_uuid_eq(id, c->bound->key.topic))
        verify_find(c->v, &(struct verify_place){.file = path}, "not the topic id that the log has");
    mem_free(text);
}

/* KIP-630: END-EPOCH.checkpoint holds batches. */
static int check_metadata_snapshots(struct log_check *c, const struct names *files)
{
    int err = 0;
    for (uint32_t i = 0; err == 0 && i < files->count; i++) {
        const char *dot = strrchr(files->items[i], '.');
        char path[SEGMENT_PATH_MAX];
        struct walk w;
        struct walk_piece p;
        if (dot == NULL || strcmp(dot, ".checkpoint") != 0)
            continue;
        path_of(c, path, files->items[i]);
        int more = walk_open(&w, c->v->io, path, 0, INT64_MAX);
        while (more == 0 && (more = walk_next(&w, &p)) == 1) {
            more = 0;
            if (p.kind == WALK_DAMAGE)
                verify_find(c->v, &(struct verify_place){path, p.pos, p.end}, "snapshot of the metadata: %s",
                            p.what);
        }
        if (more < 0 && more != -ENOMEM)
            verify_find(c->v, &(struct verify_place){.file = path}, "cannot be read: %s", mr_err_text(more));
        err = more == -ENOMEM ? more : 0;
        walk_close(&w);
    }
    return err;
}

/* ---- all of it ---- */

static void check_missing(struct log_check *c, const struct names *files)
{
    const struct bound *b = c->bound;
    for (uint32_t i = 0; b != NULL && i < b->count; i++) {
        char path[SEGMENT_PATH_MAX], offsets[64];
        uint64_t on_disk = b->segments[i].bytes - (i + 1 == b->count ? b->rest_bytes : 0);
        int64_t end = i + 1 < b->count ? b->segments[i + 1].base : -1;
        bound_file(path, c->dir, files, &b->segments[i], b->segments[i].base, ".log");
        if (on_disk == 0 || bound_below(b, &b->segments[i]) || names_has(files, strrchr(path, '/') + 1))
            continue;
        c->damaged = true;
        verify_find(c->v, &(struct verify_place){.file = path}, "%s: the file is missing",
                    verify_offsets(offsets, b->segments[i].base, end));
    }
}

static void check_end(struct log_check *c)
{
    int64_t end = offsets_of(&c->v->ends, c->name);
    char offsets[64];
    if (c->bound != NULL || end < 0 || c->next == end || is_half_made(c))
        return;
    if (c->next < 0) {
        if (end > 0)
            verify_find(c->v, &(struct verify_place){.file = c->dir},
                        "the log ends at %lld, and no segment is there", (long long)end);
    } else if (c->next < end) {
        if (!losses_have(&c->v->known, c->name, c->next, end - 1))
            verify_find(c->v, &(struct verify_place){.file = c->dir}, "%s are missing at the log's end",
                        verify_offsets(offsets, c->next, end));
    } else {
        verify_find(c->v, &(struct verify_place){.file = c->dir},
                    "the log ends at %lld, recovery-point-offset-checkpoint says %lld", (long long)c->next,
                    (long long)end);
    }
}

/* A directory whose segments hold nothing may be one that a crash left half made. */
static bool has_files(const struct log_check *c)
{
    if (c->bound == NULL)
        return !c->v->crashed || c->holds;
    for (uint32_t i = 0; i < c->bound->count; i++) {
        if (c->bound->segments[i].bytes > (i + 1 == c->bound->count ? c->bound->rest_bytes : 0))
            return true;
    }
    return false;
}

/* The history of epochs begins where the log does. */
static void check_begin(struct log_check *c, int64_t base)
{
    char offsets[64];
    if (c->bound != NULL || !c->epochs_known || c->epochs.count == 0 || c->epochs.items[0].start >= base ||
        offsets_of(&c->v->starts, c->name) >= base ||
        losses_have(&c->v->known, c->name, c->epochs.items[0].start, base - 1))
        return;
    c->damaged = true;
    verify_find(c->v, &(struct verify_place){.file = c->dir}, "%s are missing at the log's beginning",
                verify_offsets(offsets, c->epochs.items[0].start, base));
}

/* The first segment above this one that has a file: under its own name, or that of the cleaning which made
 * it. *at: in files, *k: in the record. INT64_MAX: there is none. */
static int64_t next_segment(const struct log_check *c, uint32_t *at, uint32_t *k)
{
    int64_t base = -1, cleaned = INT64_MAX;
    while (*at < c->files->count && (base = segment_base_of(c->files->items[*at], ".log")) < 0)
        (*at)++;
    base = *at < c->files->count ? base : INT64_MAX;
    for (; c->bound != NULL && *k < c->bound->count && cleaned == INT64_MAX; *k += cleaned == INT64_MAX) {
        const struct bound_segment *bs = &c->bound->segments[*k];
        char path[SEGMENT_PATH_MAX];
        bound_file(path, c->dir, c->files, bs, bs->base, ".log");
        if (bs->cleaned != 0 && names_has(c->files, strrchr(path, '/') + 1))
            cleaned = bs->base;
    }
    *at += base <= cleaned && base != INT64_MAX;
    *k += cleaned <= base && cleaned != INT64_MAX;
    return mr_imin(base, cleaned);
}

static int check_all(struct log_check *c, const struct names *files)
{
    uint32_t at = 0, k = 0;
    int64_t base = next_segment(c, &at, &k);
    int err = 0;
    check_missing(c, files);
    if (base != INT64_MAX)
        check_begin(c, base);
    while (err == 0 && base != INT64_MAX) {
        int64_t then = next_segment(c, &at, &k);
        err = check_segment(c, base, then);
        base = then;
    }
    if (err != 0)
        return err;
    check_end(c);
    check_epochs(c);
    if (has_files(c))
        check_metadata(c);
    if (c->bound == NULL) {
        check_snapshot(c);
        check_snapshots(c, files);
    }
    return check_metadata_snapshots(c, files);
}

int verify_log(struct verify *v, const char *name)
{
    struct log_check c = {.v = v, .name = name, .next = -1};
    struct names files;
    snprintf(c.dir, sizeof(c.dir), "%.1000s/%s", v->path, name);
    c.bound = v->crashed ? bounds_of(&v->bounds, name) : NULL;
    int err = names_list(&files, v->io, c.dir, false);
    c.files = &files;
    verify_txns_init(&c.txns);
    load_epochs(&c);
    if (err == 0)
        err = check_all(&c, &files);
    else if (err != -ENOMEM)
        verify_find(v, &(struct verify_place){.file = c.dir}, "cannot be listed: %s", mr_err_text(err));
    v->report.logs++;
    epochs_done(&c.epochs);
    verify_txns_done(&c.txns);
    names_done(&files);
    return err == -ENOMEM ? err : 0;
}
