/* One log, out of its segment files and of what the journals hold of it. Both are in the order of offsets, so
 * they are merged: what both have is taken once, what one lacks may be in the other. */
#include <stdio.h>
#include <stdlib.h>

#include "core/mem.h"
#include "storage/file_put.h"
#include "storage/logdir.h"
#include "storage/salvage_epochs.h"
#include "storage/salvage_out.h"
#include "storage/salvage_priv.h"
#include "storage/store_priv.h"

struct log_copy {
    struct salvage *s;
    const char *name;
    char dir[SEGMENT_PATH_MAX];
    const struct bound *bound;
    const struct names *files; /* of dir */
    const struct salvage_tail *tail;
    uint32_t tail_at;
    struct mr_scratch bytes; /* of a batch out of a journal, or one that was put right */
    struct salvage_epochs epochs;
    struct salvage_out out;
    int64_t start, next, end; /* end: -1 not known */
    int64_t clean_to;         /* below it the files have all that compaction has left */
    int64_t seg_base;         /* of the file that is being read */
    bool new_file;            /* nothing of it has been copied yet */
    bool foreign;             /* the files under this name are another log's, which was deleted */
    bool loose;               /* offsets were missing without damage: compaction */
    bool stopped;             /* the metadata: what comes behind a gap makes no sense without it */
    bool damage;              /* of what was between the last batch that was copied and */
    int64_t damage_to;        /* this offset, INT64_MAX: the end */
    char why[512];            /* what it is, first of all */
};

/* Bytes [from, to) held offsets below end, or something else of the file did. */
static void note_damage(struct log_copy *c, const char *path, uint64_t from, uint64_t to, int64_t end,
                        const char *what)
{
    if (!c->damage && to > from)
        snprintf(c->why, sizeof(c->why), "%.300s: bytes %llu to %llu: %s", path, (unsigned long long)from,
                 (unsigned long long)to, what);
    else if (!c->damage)
        snprintf(c->why, sizeof(c->why), "%.300s: %s", path, what);
    c->damage_to = c->damage ? mr_imax(c->damage_to, end) : end;
    c->damage = true;
}

static bool is_metadata(const struct log_copy *c)
{
    return strcmp(c->name, SALVAGE_METADATA) == 0;
}

/* Offsets from c->next up to (not with) this one are not there. */
static int gap(struct log_copy *c, int64_t to)
{
    struct salvage *s = c->s;
    bool known = losses_have(&s->known, c->name, c->next, to - 1);
    if (!c->damage || known) {
        c->loose |=
            !known && !c->new_file; /* where a file begins another's may stand, too; as verify has it */
        return 0;
    }
    if (is_metadata(c)) {
        c->stopped = true;
        return salvage_lost(s, c->name, c->next, mr_imax(c->end, to) - 1, c->why);
    }
    return salvage_lost(s, c->name, c->next, to - 1, c->why);
}

/* May what lies between c->next and this offset be missing because compaction took it out? */
static bool is_cleaned(const struct log_copy *c, int64_t to)
{
    return c->loose || c->next < c->clean_to || offsets_of(&c->s->cleaned, c->name) >= to;
}

static int copy(struct log_copy *c, const struct kw_batch *b)
{
    const struct kw_batch_header *h = &b->h;
    bool straddles = c->out.seg == NULL && batch_last_offset(h) >= c->next; /* the log's start lies inside */
    if (c->stopped || (h->base_offset < c->next && !straddles))
        return 0;
    int err = h->base_offset > c->next ? gap(c, h->base_offset) : 0;
    if (err != 0 || c->stopped)
        return err;
    if (c->damage && h->base_offset <= c->next)
        c->s->report.notes++; /* something was damaged that another place still has */
    c->damage = c->damage && batch_next_offset(h) < c->damage_to; /* the other place may not have all of it */
    if (out_full(&c->out, b) || c->new_file) {
        bool fits =
            c->new_file && (c->out.seg == NULL || c->seg_base >= c->next) && c->seg_base <= h->base_offset;
        err = c->new_file && !fits && !out_full(&c->out, b)
                  ? 0
                  : out_roll(&c->out, fits ? c->seg_base : h->base_offset);
        c->new_file = false;
    }
    if (err == 0)
        err = out_batch(&c->out, b);
    c->next = batch_next_offset(h);
    c->s->report.batches++;
    c->s->report.bytes += b->bytes.len;
    return err;
}

/* What the journals have below this offset. Where compaction has been, only in place of what is damaged: what
 * it took out may be in there. */
static int copy_tail(struct log_copy *c, int64_t below)
{
    int err = 0;
    while (err == 0 && c->tail != NULL && c->tail_at < c->tail->count &&
           c->tail->items[c->tail_at].base < below) {
        const struct salvage_extent *e = &c->tail->items[c->tail_at++];
        struct kw_batch b;
        if (e->last < c->next || (e->last < c->clean_to && !c->damage))
            continue;
        scratch_reset(&c->bytes, 4 << 20);
        err = source_copy(&c->s->journals[e->file], e->pos, e->bytes, &c->bytes);
        struct mr_slice rest = {c->bytes.data, c->bytes.len};
        if (err == 0 && e->base > c->next && !c->damage && !is_cleaned(c, e->base)) /* none but compaction */
            note_damage(c, c->dir, 0, 0, e->base,
                        "neither files nor journals have what was before a batch of these");
        if (err == 0 && batch_next(&rest, &b) == 1 && batch_check(&b) == 0)
            err = copy(c, &b);
        else if (err != -ENOMEM)
            err = 0; /* it could be read a moment ago: then it shows as a gap */
    }
    return err;
}

/* Its records are good whatever stands for its leader epoch, which its checksum does not cover. */
static int put_epoch_right(struct log_copy *c, struct kw_batch *b)
{
    int32_t epoch;
    int err = salvage_epoch(&c->epochs, &b->h, &epoch);
    if (err != 0 || epoch == b->h.leader_epoch)
        return err;
    scratch_reset(&c->bytes, 4 << 20);
    err = scratch_put(&c->bytes, b->bytes.ptr, b->bytes.len);
    if (err != 0)
        return err;
    b->bytes.ptr = c->bytes.data;
    b->h.leader_epoch = epoch;
    batch_header_write(c->bytes.data, &b->h);
    salvage_say(c->s, false, "%s: batch at offset %lld had another leader epoch than the log's history says",
                c->name, (long long)b->h.base_offset);
    return 0;
}

/* What no history told, nor the batches beside them. */
static void say_order(struct log_copy *c)
{
    for (uint32_t i = 0; i < c->out.order.count; i++) {
        const struct order_run *run = &c->out.order.items[i];
        if (run->want != run->epoch)
            salvage_say(c->s, false,
                        "%s: offsets %lld to %lld had leader epoch %d, which goes down beside others: "
                        "they have %d",
                        c->name, (long long)run->first, (long long)run->last, run->epoch, run->want);
    }
}

static int copy_pieces(struct log_copy *c, struct walk *w, const char *path)
{
    struct walk_piece p;
    int more, err = 0;
    while (err == 0 && (more = walk_next(w, &p)) == 1) {
        if (p.kind == WALK_DAMAGE) {
            note_damage(c, path, p.pos, p.end, p.to < 0 ? INT64_MAX : p.to, p.what);
            continue;
        }
        c->loose |= p.b.h.record_count != p.b.h.last_offset_delta + 1;
        /* Of what both have the journal's is taken: its checksums cover all of a batch. */
        err = copy_tail(c, p.b.h.base_offset + (p.b.h.base_offset >= c->clean_to));
        if (err == 0)
            err = put_epoch_right(c, &p.b);
        if (err == 0)
            err = copy(c, &p.b);
    }
    if (err == 0 && more < 0 && more != -ENOMEM)
        note_damage(c, path, w->pos, w->src.size, w->limit, mr_err_text(more));
    return err != 0 ? err : more == -ENOMEM ? more : 0;
}

/* ---- files ---- */

/* Does a record tell where the files end that count? What was appended behind it the journals have, all of
 * it; what files have beyond it may have been cut off since (storage/truncate.c). */
static bool ends_known(const struct log_copy *c)
{
    return c->bound != NULL && c->bound->count > 0 && c->s->journals_whole;
}

/* Does a record say that this file is nobody's? Then it is of a segment that compaction has replaced, or that
 * was cut off; or one that came later. */
static bool is_nobodys(const struct log_copy *c, int64_t base)
{
    const struct bound *b = c->bound;
    if (b == NULL || b->count == 0 || bound_segment(b, base) != NULL)
        return false;
    return base < b->segments[b->count - 1].base || ends_known(c);
}

/* The bases of files that are there and of those that a record names. */
static int64_t next_base(const struct log_copy *c, int64_t after)
{
    int64_t best = INT64_MAX;
    for (uint32_t i = 0; i < c->files->count && best == INT64_MAX; i++) { /* names are sorted */
        int64_t base = segment_base_of(c->files->items[i], ".log");
        if (base > after && !is_nobodys(c, base))
            best = base;
    }
    for (uint32_t i = 0; c->bound != NULL && i < c->bound->count; i++) {
        if (c->bound->segments[i].base > after)
            return mr_imin(best, c->bound->segments[i].base);
    }
    return best;
}

static bool is_there(const struct log_copy *c, const struct bound_segment *bs, int64_t base)
{
    char path[SEGMENT_PATH_MAX];
    bound_file(path, c->dir, c->files, bs, base, ".log");
    return names_has(c->files, strrchr(path, '/') + 1);
}

/* Where the next segment begins of which something is there. When the entry is lost that would say so, the
 * file before it may be the new one of segments whose files have gone. */
static int64_t next_file(const struct log_copy *c, int64_t after)
{
    const struct bound *b = c->bound;
    int64_t rest = b != NULL && b->rest_bytes > 0 ? b->segments[b->count - 1].base : INT64_MAX;
    int64_t base = next_base(c, after);
    while (base != INT64_MAX && base != rest && !is_there(c, b != NULL ? bound_segment(b, base) : NULL, base))
        base = next_base(c, base);
    return base;
}

/* Do the files from base on have all that they may be asked for below this offset? 1: yes. */
static int is_whole(const struct log_copy *c, int64_t base, int64_t below)
{
    int whole = 1;
    while (whole == 1 && base < below) {
        char path[SEGMENT_PATH_MAX];
        struct walk w;
        struct walk_piece p;
        int64_t then = next_base(c, base);
        bound_file(path, c->dir, c->files, c->bound != NULL ? bound_segment(c->bound, base) : NULL, base,
                   ".log");
        int more = walk_open(&w, c->s->io, path, base, then);
        while (more == 0 && (more = walk_next(&w, &p)) == 1)
            more = p.kind == WALK_DAMAGE ? -MR_E_CORRUPT : 0;
        whole = more == -ENOMEM ? more : more == 0 && w.next >= mr_imin(then, below);
        walk_close(&w);
        base = then;
    }
    return whole;
}

/* What a pass has made of the segments from base on, when no entry says that it counts: the entry may be
 * lost, and then some of the old files are not there. Up to where it is sound it may take their place, whole
 * or not: it has all that a pass must leave. Files of earlier passes went before this one began. */
static int copy_cleaned(struct log_copy *c, int64_t base, const char *name)
{
    char path[SEGMENT_PATH_MAX];
    struct walk w;
    struct walk_piece p;
    snprintf(path, sizeof(path), "%.1000s/%.200s", c->dir, name);
    int more = walk_open(&w, c->s->io, path, base, INT64_MAX);
    while (more == 0 && (more = walk_next(&w, &p)) == 1)
        more = p.kind == WALK_DAMAGE ? 1 : 0;
    int64_t reach = more < 0 ? base : w.next;
    walk_close(&w);
    int whole = more == -ENOMEM ? more : reach <= c->next ? 1 : is_whole(c, base, reach);
    if (whole != 0)
        return mr_imin(whole, 0);
    c->seg_base = base;
    c->new_file = true;
    int err = walk_open(&w, c->s->io, path, base, INT64_MAX);
    while (err == 0 && walk_next(&w, &p) == 1 && p.kind == WALK_BATCH)
        err = copy(c, &p.b);
    walk_close(&w);
    return err == -ENOMEM ? err : 0;
}

static int copy_all_cleaned(struct log_copy *c, const struct bound_segment *bs, int64_t base)
{
    char start[64], known[64] = "";
    int err = 0;
    snprintf(start, sizeof(start), "%020lld.log.", (long long)base);
    if (bs != NULL)
        snprintf(known, sizeof(known), "%s%u.cleaned", start, bs->cleaned);
    for (uint32_t i = 0; i < c->files->count && err == 0; i++) {
        const char *name = c->files->items[i];
        size_t len = strlen(name);
        if (strncmp(name, start, strlen(start)) == 0 && strcmp(name, known) != 0 &&
            strcmp(name + len - strlen(".cleaned"), ".cleaned") == 0)
            err = copy_cleaned(c, base, name);
    }
    return err;
}

static int copy_segment(struct log_copy *c, int64_t base, int64_t limit)
{
    char path[SEGMENT_PATH_MAX];
    struct walk w = {.limit = 0};
    const struct bound *b = c->bound;
    const struct bound_segment *bs = b == NULL ? NULL : bound_segment(b, base);
    bool last = bs != NULL && bs == &b->segments[b->count - 1];
    if (limit <= c->start || c->stopped)
        return 0;
    bound_file(path, c->dir, c->files, bs, base, ".log");
    int err = c->next < base && c->next >= c->clean_to ? copy_tail(c, base) : 0;
    /* A gap between files may be compaction's; else a file is missing, or has not what a record says of it.
     */
    bool missing = !is_cleaned(c, base) || (b == NULL && segment_missing(c->files, c->next, base));
    if (c->next < base && missing && !losses_have(&c->s->known, c->name, c->next, base - 1))
        note_damage(c, path, 0, 0, base, "what was before it is missing");
    if (err == 0 && c->s->crashed && !ends_known(c)) /* else entries say which of them count */
        err = copy_all_cleaned(c, bs, base);
    if (err != 0 || c->stopped)
        return err;
    c->seg_base = base;
    c->new_file = true;
    err = c->foreign ? -ENOENT : walk_open(&w, c->s->io, path, base, next_file(c, base));
    bool no_file =
        err == -ENOENT && last && b->rest_bytes > 0; /* but the record holds its end, perhaps all of it */
    if (no_file) {
        walk_close(&w);
        err = walk_open_none(&w, c->s->io, base, limit);
        if (b->rest_at > 0)
            note_damage(c, path, 0, 0, limit, "the file is missing");
    }
    if (err == 0) {
        w.known_end = mr_imax(c->end, 0);
        w.epochs = &c->epochs.history;
        w.epochs_end = c->epochs.end;
        if (last && b->rest_bytes > 0)
            source_overlay(&w.src, b->rest_at, (struct mr_slice){b->rest, b->rest_bytes});
        if (last && ends_known(c))
            w.src.size = mr_min(w.src.size, bs->bytes);
        uint64_t size = w.src.size;
        err = copy_pieces(c, &w, path);
        if (bs != NULL && !no_file && size < bs->bytes && c->next < limit)
            note_damage(c, path, size, bs->bytes, limit, "the file ends before: it was longer");
    } else if (err != -ENOMEM) {
        if ((bs == NULL || bs->bytes > (last ? b->rest_bytes : 0)) && c->next < limit)
            note_damage(c, path, 0, 0, limit, err == -ENOENT ? "the file is missing" : mr_err_text(err));
        err = 0;
    }
    walk_close(&w);
    return err;
}

/* Of a closed log whose start is not above its first segment: the history of its epochs begins there, too. */
static int64_t first_offset(struct log_copy *c, int64_t base)
{
    char path[SEGMENT_PATH_MAX];
    uint8_t *text = NULL;
    size_t len = 0;
    struct epoch_cache epochs = {.items = NULL};
    snprintf(path, sizeof(path), "%.1000s/leader-epoch-checkpoint", c->dir);
    int64_t first = base == INT64_MAX ? mr_imax(c->end, 0) : base;
    if (file_get_wait(c->s->io, path, 16 << 20, &text, &len) == 0 &&
        epochs_decode(&epochs, (struct mr_slice){text, len}) == 0 && epochs.count > 0 &&
        epochs.items[0].start < first) {
        note_damage(c, c->dir, 0, 0, first, "what was at the log's beginning is missing");
        first = epochs.items[0].start;
    }
    epochs_done(&epochs);
    mem_free(text);
    return first;
}

static void find_range(struct log_copy *c)
{
    struct salvage *s = c->s;
    if (c->bound != NULL) {
        c->start = c->bound->log_start;
        c->end = c->bound->append_end;
        c->clean_to = c->bound->clean_to;
    } else {
        c->start = offsets_of(&s->starts, c->name);
        c->end = offsets_of(&s->ends, c->name);
        if (c->start < 0)
            c->start = first_offset(c, next_base(c, -1));
    }
    for (uint32_t i = 0; c->tail != NULL && i < c->tail->count; i++)
        c->end = mr_imax(c->end, c->tail->items[i].last + 1);
    c->next = c->start;
}

static int copy_all(struct log_copy *c)
{
    int err = 0;
    for (int64_t base = next_base(c, -1); base != INT64_MAX && err == 0;) {
        int64_t then = next_base(c, base);
        err = copy_segment(c, base, then);
        base = then;
    }
    if (err == 0)
        err = copy_tail(c, INT64_MAX);
    if (err == 0 && c->end > c->next && !c->stopped) {
        if (!c->damage)
            note_damage(c, c->dir, 0, 0, c->end, "the log ended there, and nothing of it is left");
        err = gap(c, c->end);
    } else if (err == 0 && c->damage && c->damage_to == INT64_MAX && c->s->crashed && c->bound == NULL) {
        /* No journal tells of a log whose files have grown since the last clean close: what told is lost. */
        salvage_say(c->s, true, "lost %s offsets from %lld on, if there were any: %s", c->name,
                    (long long)c->next, c->why);
    }
    /* Offsets are never used again; but the metadata go on where they still make sense. */
    c->end = is_metadata(c) ? c->next : mr_imax(c->end, c->next);
    return err;
}

/* KIP-595, KIP-630: what stands beside the metadata log. */
static int copy_metadata_files(struct log_copy *c, const struct names *files)
{
    struct salvage *s = c->s;
    int err = 0;
    for (uint32_t i = 0; i < files->count && err == 0; i++) {
        const char *dot = strrchr(files->items[i], '.');
        char from[SEGMENT_PATH_MAX], to[SEGMENT_PATH_MAX];
        uint8_t *bytes = NULL;
        size_t len = 0;
        bool snapshot = dot != NULL && strcmp(dot, ".checkpoint") == 0;
        if (!snapshot && strcmp(files->items[i], "quorum-state") != 0)
            continue;
        snprintf(from, sizeof(from), "%.1000s/%s", c->dir, files->items[i]);
        snprintf(to, sizeof(to), "%.1000s/%s", c->out.dir, files->items[i]);
        int got = file_get_wait(s->io, from, INT32_MAX, &bytes, &len);
        struct mr_slice rest = {bytes, len};
        struct kw_batch b;
        while (snapshot && got == 0 && rest.len > 0)
            got = batch_next(&rest, &b) == 1 && batch_check(&b) == 0 ? 0 : -MR_E_CORRUPT;
        if (got == 0)
            err = file_put_wait(s->io, to, bytes, len, true);
        else if (got == -ENOMEM)
            err = got;
        else
            salvage_say(s, true, "lost %s: %s", from, mr_err_text(got));
        mem_free(bytes);
    }
    return err;
}

/* Is the directory that of another topic, of the same name? An id that is damaged differs in a few bytes. */
static bool is_foreign(struct log_copy *c)
{
    char path[SEGMENT_PATH_MAX];
    uint8_t *text = NULL;
    size_t len = 0;
    struct mr_uuid id;
    unsigned different = 0;
    snprintf(path, sizeof(path), "%.1000s/partition.metadata", c->dir);
    bool read = c->bound != NULL && file_get_wait(c->s->io, path, 4096, &text, &len) == 0 &&
                partition_metadata_parse((struct mr_slice){text, len}, &id);
    for (size_t i = 0; read && i < sizeof(id.bytes); i++)
        different += id.bytes[i] != c->bound->key.topic.bytes[i];
    mem_free(text);
    return different > 3;
}

int salvage_log(struct salvage *s, const char *name, struct mr_uuid id, const struct bound *bound)
{
    struct names files;
    struct log_copy c = {.s = s, .name = name, .bound = bound, .files = &files};
    struct salvage_tail *tail =
        bound != NULL ? salvage_tail(s, bound->key)
        : !s->crashed
            ? NULL
            : salvage_tail(s, (struct part_key){id, (int32_t)strtol(strrchr(name, '-') + 1, NULL, 10)});
    snprintf(c.dir, sizeof(c.dir), "%.1000s/%.300s", s->from, name);
    c.tail = tail;
    if (tail != NULL)
        tail->taken = true;
    scratch_init(&c.bytes, INT32_MAX);
    int err = names_list(&files, s->io, c.dir, false);
    if (err == -ENOENT)
        err = 0; /* its batches are in the journal only, or all lost */
    c.foreign = is_foreign(&c);
    if (c.foreign)
        names_done(&files);
    find_range(&c);
    salvage_epochs_load(&c.epochs, s->io, c.dir, &files, bound);
    int made = out_begin(&c.out, s->io, s->to, name, &id);
    if (made == -EEXIST) { /* the directory was empty before */
        salvage_say(s, true, "lost a log of %s: another one has its name", name);
        goto out;
    }
    if (err == 0)
        err = made;
    if (err == 0)
        err = copy_all(&c);
    if (err == 0)
        err = out_end(&c.out, c.end);
    say_order(&c);
    if (err == 0 && is_metadata(&c))
        err = copy_metadata_files(&c, &files);
    if (err == 0)
        err = offsets_put(&s->new_ends, name, c.end);
    if (err == 0 && c.start > 0)
        err = offsets_put(&s->new_starts, name, c.start);
    s->report.logs++;
out:
    out_done(&c.out);
    names_done(&files);
    scratch_done(&c.bytes);
    salvage_epochs_done(&c.epochs);
    return err;
}
