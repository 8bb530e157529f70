/* Reading the metadata log at the start: the newest snapshot, then the log behind it, and whose quorum wrote
 * them. */
#include <stdio.h>
#include <stdlib.h>

#include "core/broker/controller_priv.h"
#include "core/mem.h"
#include "net/wire/gen/quorum_data.h"
#include "storage/file_put.h"
#include "storage/logdir.h"

enum { READ_BYTES = 1 << 20, SNAPSHOT_BYTES_MAX = 1 << 30, STATE_BYTES_MAX = 1 << 20, PATH_BYTES = 1300 };

/* ---- waiting, at start-up only ---- */

/* shard_turn() runs work first and sleeps then, so whoever ends a wait wakes the shard that is about to
 * sleep. */
void flag_raise(struct ctl_flag *f)
{
    f->up = true;
    io_wake(f->shard->io);
}

static void flag_work(struct mr_work *w)
{
    flag_raise(MR_CONTAINER(w, struct ctl_flag, work));
}

struct ctl_flag flag_new(struct controller *c)
{
    return (struct ctl_flag){.shard = c->zero->shard};
}

struct mr_work *flag_arm(struct ctl_flag *f)
{
    work_init(&f->work, flag_work);
    return &f->work;
}

int flag_wait(struct ctl_flag *f)
{
    int err = 0;
    while (err == 0 && !f->up)
        err = shard_turn(f->shard, true);
    return err;
}

/* ---- whose log it is ---- */

static int other_voter(struct controller *c, int64_t voter, char *why, size_t why_bytes)
{
    snprintf(why, why_bytes,
             "the metadata log in %s belongs to a quorum with voter %lld: this version is a cluster of its "
             "own and takes only "
             "the log of a single node with its own node.id (%d)",
             c->zero->broker->dirs[c->zero->broker->metadata_dir].path, (long long)voter,
             c->zero->broker->node_id);
    return -MR_E_STATE;
}

/* The numbers behind "key": in a JSON text that a broker wrote, one after the other; false when there are no
 * more. */
static bool next_number(const char **at, const char *key, int64_t *ret)
{
    const char *p = strstr(*at, key);
    if (p == NULL)
        return false;
    p += strlen(key);
    while (*p == ' ' || *p == ':')
        p++;
    char *end;
    *ret = strtoll(p, &end, 10);
    *at = end;
    return end != p;
}

/* KIP-595: the election state beside the log. It names the voters unless the log itself does (kraft.version
 * 1). */
static int read_quorum_state(struct controller *c, char *why, size_t why_bytes)
{
    char path[PATH_BYTES];
    uint8_t *text = NULL;
    size_t len;
    snprintf(path, sizeof(path), "%s/" METADATA_TOPIC "-0/quorum-state",
             c->zero->broker->dirs[c->zero->broker->metadata_dir].path);
    int err = file_get_wait(c->zero->shard->io, path, STATE_BYTES_MAX, &text, &len);
    if (err != 0)
        return err == -ENOENT ? 0 : err;
    const char *at = (const char *)text;
    int64_t n;
    while (err == 0 && next_number(&at, "\"voterId\"", &n)) {
        if (n != c->zero->broker->node_id)
            err = other_voter(c, n, why, why_bytes);
    }
    at = (const char *)text;
    if (next_number(&at, "\"leaderEpoch\"", &n) && n >= 0 && n < INT32_MAX)
        c->epoch = (int32_t)mr_imax(c->epoch, n);
    mem_free(text);
    return err;
}

static int take_voters(struct controller *c, struct kw_reader *r, struct mr_arena *arena, char *why,
                       size_t why_bytes)
{
    struct kw_voters_record v;
    int err = kw_voters_record_decode(r, 0, arena, &v);
    for (int32_t i = 0; err == 0 && i < v.voters_count; i++) {
        if (v.voters[i].voter_id != c->zero->broker->node_id)
            err = other_voter(c, v.voters[i].voter_id, why, why_bytes);
    }
    return err;
}

/* One control record of the quorum (KIP-853). Of leaders and the edges of a snapshot nothing is kept. */
static int take_control(struct controller *c, const struct kw_record *record, char *why, size_t why_bytes)
{
    struct kw_kraft_version_record version;
    struct kw_reader key = kw_reader_of(record->key), value = kw_reader_of(record->value);
    struct mr_arena arena;
    (void)kw_get_int16(&key); /* version */
    int type = kw_get_int16(&key), err = key.err;
    arena_init(&arena, STATE_BYTES_MAX);
    if (err == 0 && type == CONTROL_KRAFT_VERSION) {
        err = kw_kraft_version_record_decode(&value, 0, &arena, &version);
        if (err == 0 && (version.kraft_version < 0 || version.kraft_version > 1))
            err = -MR_E_VERSION;
        if (err == 0)
            c->kraft_version = version.kraft_version;
    } else if (err == 0 && type == CONTROL_KRAFT_VOTERS) {
        err = take_voters(c, &value, &arena, why, why_bytes);
    }
    arena_done(&arena);
    return err;
}

/* A snapshot begins with several in one batch. */
static int take_controls(struct controller *c, const struct kw_batch *b, char *why, size_t why_bytes)
{
    struct record_iter it;
    struct kw_record record;
    int more, err = 0;
    if (batch_codec(&b->h) != COMP_NONE)
        return -MR_E_CORRUPT;
    record_iter_init(&it, batch_payload(b), b->h.record_count);
    while (err == 0 && (more = record_next(&it, &record)) != 0)
        err = more < 0 ? more : take_control(c, &record, why, why_bytes);
    return err;
}

/* Apply the newest piece of history. */
static int take_piece(struct controller *c, char *why, size_t why_bytes)
{
    const struct meta_piece *piece = &c->history.pieces[c->history.count - 1];
    struct mr_slice rest = {piece->bytes, piece->len};
    struct kw_batch b;
    while (batch_next(&rest, &b) == 1) {
        int err = batch_is_control(&b.h) ? take_controls(c, &b, why, why_bytes) : 0;
        if (err != 0)
            return err;
    }
    return meta_history_apply(piece, c->zero->image);
}

/* ---- the snapshot ---- */

struct newest {
    int64_t end;
    int32_t epoch;
    char name[64];
};

/* END-EPOCH.checkpoint: 20 and 10 digits. Others (.part, .deleted) are not whole. */
static int consider(void *ctx, const char *name, bool is_dir)
{
    struct newest *best = ctx;
    static const char suffix[] = ".checkpoint";
    if (is_dir || strlen(name) != 31 + sizeof(suffix) - 1 || name[20] != '-' ||
        strcmp(name + 31, suffix) != 0)
        return 0;
    char *stop;
    int64_t end = strtoll(name, &stop, 10);
    if (stop != name + 20)
        return 0;
    long epoch = strtol(name + 21, &stop, 10);
    if (stop != name + 31 || end < best->end || epoch < 0 || epoch > INT32_MAX)
        return 0;
    best->end = end;
    best->epoch = (int32_t)epoch;
    snprintf(best->name, sizeof(best->name), "%s", name);
    return 0;
}

/* KIP-630. *ret_end: where the log goes on; 0 without a snapshot. */
static int load_snapshot(struct controller *c, int64_t *ret_end, char *why, size_t why_bytes)
{
    struct newest best = {.end = -1};
    struct mr_io *io = c->zero->shard->io;
    char dir[PATH_BYTES], path[PATH_BYTES + 80];
    snprintf(dir, sizeof(dir), "%s/" METADATA_TOPIC "-0",
             c->zero->broker->dirs[c->zero->broker->metadata_dir].path);
    *ret_end = 0;
    int err = io_list(io, dir, consider, &best);
    if (err == -ENOENT || (err == 0 && best.end < 0))
        return 0; /* a new directory, or its log is not on disk yet */
    struct meta_piece piece = {.snapshot_end = best.end, .snapshot_epoch = best.epoch};
    snprintf(path, sizeof(path), "%s/%s", dir, best.name);
    if (err == 0)
        err = file_get_wait(io, path, SNAPSHOT_BYTES_MAX, &piece.bytes, &piece.len);
    if (err == 0)
        err = meta_history_add(&c->history, piece);
    if (err == 0)
        err = take_piece(c, why, why_bytes);
    if (err != 0) {
        if (why[0] == '\0')
            snprintf(why, why_bytes, "the snapshot of the metadata %s cannot be used: %s", path,
                     mr_err_text(err));
        return err;
    }
    *ret_end = best.end;
    return 0;
}

/* ---- the log ---- */

static int open_log(struct controller *c)
{
    struct ctl_flag flag = flag_new(c);
    int err = plog_open(c->log, flag_arm(&flag)) ? 0 : flag_wait(&flag);
    return err != 0 ? err : plog_failed(c->log);
}

struct reading {
    struct plog_read read;
    struct ctl_flag flag;
};

static void read_done(struct plog_read *r)
{
    flag_raise(&MR_CONTAINER(r, struct reading, read)->flag);
}

static int take_parts(struct controller *c, const struct plog_read *r)
{
    struct meta_piece piece = {.bytes = mem_alloc(r->bytes + 1), .len = r->bytes, .snapshot_end = -1};
    if (piece.bytes == NULL)
        return -ENOMEM;
    size_t at = 0;
    for (uint32_t i = 0; i < r->count; i++) {
        memcpy(piece.bytes + at, r->parts[i].bytes.ptr, r->parts[i].bytes.len);
        at += r->parts[i].bytes.len;
    }
    MR_ASSERT(at == piece.len);
    return meta_history_add(&c->history, piece);
}

static int read_log(struct controller *c, int64_t from, char *why, size_t why_bytes)
{
    struct image *img = c->zero->image;
    while (from < plog_stable_end(c->log)) {
        struct reading r = {.read = {.offset = from,
                                     .limit = plog_stable_end(c->log),
                                     .bytes_max = READ_BYTES,
                                     .one_at_least = true,
                                     .own_max = UINT32_MAX,
                                     .done = read_done},
                            .flag = flag_new(c)};
        int err = plog_read(c->log, &r.read) ? 0 : flag_wait(&r.flag);
        if (err != 0)
            return err; /* the ring broke: the read may still come back */
        err = r.read.err;
        if (err == 0)
            err = r.read.bytes > 0 ? take_parts(c, &r.read) : -MR_E_CORRUPT;
        plog_read_done(&r.read);
        if (err == 0)
            err = take_piece(c, why, why_bytes);
        if (err == 0 && img->offset < from)
            err = -MR_E_CORRUPT;
        if (err != 0)
            return err;
        from = img->offset + 1;
    }
    return 0;
}

/* A single node serves only what it has all of. */
static int check_replicas(struct controller *c, char *why, size_t why_bytes)
{
    const struct image *img = c->zero->image;
    uint32_t at = 0;
    for (const struct image_topic *t; (t = image_next(img, &at)) != NULL;) {
        for (int32_t i = 0; i < t->partition_count; i++) {
            const struct image_partition *p = &t->partitions[i];
            if (p->replicas != NULL && p->replica_count == 1 && p->replicas[0] == img->node_id &&
                p->adding_count == 0)
                continue;
            snprintf(why, why_bytes,
                     "%s-%d is %s: this version is a cluster of its own, so every partition must have one "
                     "replica, here",
                     t->name, i,
                     p->replicas == NULL ? "missing from the metadata log" : "replicated on other brokers");
            return p->replicas == NULL ? -MR_E_CORRUPT : -MR_E_STATE;
        }
    }
    return 0;
}

int controller_load(struct controller *c, char *why, size_t why_bytes)
{
    int64_t from = 0;
    why[0] = '\0';
    int err =
        open_log(c); /* first: a log that was not opened has no end yet that a clean stop could write down */
    if (err == 0)
        err = read_quorum_state(c, why, why_bytes);
    if (err == 0)
        err = load_snapshot(c, &from, why, why_bytes);
    if (err == 0 && from > plog_stable_end(c->log)) {
        snprintf(why, why_bytes,
                 "the metadata log ends at offset %lld, before its snapshot at %lld: start Apache Kafka once",
                 (long long)plog_stable_end(c->log), (long long)from);
        err = -MR_E_STATE;
    }
    if (err == 0)
        err = read_log(c, from, why, why_bytes);
    if (err == 0)
        err = check_replicas(c, why, why_bytes);
    if (err == 0)
        c->epoch = (int32_t)mr_imax(c->epoch, c->zero->image->epoch);
    else if (why[0] == '\0')
        snprintf(why, why_bytes, "the metadata log cannot be read behind offset %lld: %s",
                 (long long)c->zero->image->offset, mr_err_text(err));
    return err;
}
