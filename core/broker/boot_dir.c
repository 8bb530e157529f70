/* The log directories at the start: open them, and bring what a crash left into the shape that this start
 * needs.
 */
#include <stdio.h>
#include <stdlib.h>

#include "core/broker/boot_priv.h"
#include "core/broker/controller_priv.h"
#include "core/broker/dirs.h"
#include "core/mem.h"

enum { PATH_BYTES = 1200, NAMES_MAX = 1 << 20 };

static int open_logdir(struct boot *b, struct mr_shard *s, uint32_t d)
{
    struct boot_seat *seat = &b->seats[s->id];
    struct logdir_config cfg = {
        .path = b->broker.dirs[d].path,
        .io = s->io,
        .log = b->cfg.log,
        .node_id = b->broker.node_id,
        .cluster_id = b->broker.cluster_id[0] != '\0' ? b->broker.cluster_id : NULL,
    };
    return logdir_open(&cfg, &b->broker.dirs[d].dir, seat->why, sizeof(seat->why));
}

/* ---- names to work on, taken from a listing ---- */

struct names {
    char **items;
    uint32_t count;
    bool (*wanted)(struct names *n, const char *name, bool is_dir);
    struct boot *boot;
    uint32_t dir;
};

static int take_name(void *ctx, const char *name, bool is_dir)
{
    struct names *n = ctx;
    if (!n->wanted(n, name, is_dir))
        return 0;
    if (n->count >= NAMES_MAX)
        return -MR_E_LIMIT;
    if ((n->count & (n->count + 1)) == 0) { /* grow at 0, 1, 3, 7, ... */
        char **grown = mem_realloc(n->items, ((size_t)n->count * 2 + 1) * sizeof(*grown));
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

/* ---- files of shards that are no more ---- */

static bool of_no_shard(struct names *n, const char *name, bool is_dir)
{
    static const char *const prefixes[] = {"millrace-journal-", "millrace-checkpoint-"};
    for (size_t i = 0; i < MR_COUNT(prefixes) && !is_dir; i++) {
        size_t len = strlen(prefixes[i]);
        if (strncmp(name, prefixes[i], len) != 0 || name[len] < '0' || name[len] > '9')
            continue;
        uint32_t shard = 0;
        for (const char *p = name + len; *p >= '0' && *p <= '9' && shard < 100000; p++)
            shard = shard * 10 + (uint32_t)(*p - '0');
        return shard >= n->boot->cfg.shards;
    }
    return false;
}

/* In a clean directory journals are void, and those of shards that this start does not have would only take
 * space. */
static void drop_old_journals(struct boot *b, struct mr_shard *s, uint32_t d)
{
    struct names n = {.wanted = of_no_shard, .boot = b};
    const char *dir = b->broker.dirs[d].path;
    (void)io_list(s->io, dir, take_name, &n); /* what is not seen stays */
    for (uint32_t i = 0; i < n.count; i++) {
        char path[PATH_BYTES];
        struct mr_op op;
        snprintf(path, sizeof(path), "%s/%s", dir, n.items[i]);
        op_init(&op, NULL);
        io_unlink(s->io, &op, path);
        (void)io_wait(s->io, &op);
    }
    names_done(&n);
}

/* ---- another number of shards than before the crash ---- */

static void ignore_stable(void *owner, struct plog *log)
{
    (void)owner;
    (void)log;
}

static void ignore_fence(void *owner, int err, const char *reason)
{
    (void)owner;
    (void)err;
    (void)reason;
}

/* Everything of one old shard into Kafka's files. *ret stays open, also after an error when it is not NULL.
 */
static int settle_shard(struct boot *b, struct mr_shard *old, uint32_t d, struct store **ret, char *why)
{
    struct store_config cfg;
    struct store_recovery recovery;
    boot_store_config(b, old, d, &cfg);
    cfg.stable = ignore_stable;
    cfg.fenced = ignore_fence;
    int err = store_open(&cfg, ret, &recovery, why, BOOT_WHY_BYTES);
    if (err != 0)
        return err;
    b->report.logs += recovery.logs;
    b->report.journal_bytes += recovery.journal_bytes;
    b->report.journal_entries += recovery.journal_entries;
    err = store_quiesce(*ret);
    if (err == 0)
        err = store_settle(*ret);
    if (err != 0)
        snprintf(why, BOOT_WHY_BYTES, "cannot settle what shard %u left: %s", old->id, mr_err_text(err));
    return err;
}

/* As at a clean stop, and in its order: no journal is void before Kafka's checkpoint files say what all of
 * them said. */
static int settle_all(struct boot *b, struct mr_shard *zero, uint32_t d, uint32_t count)
{
    struct boot_seat *seat = &b->seats[zero->id];
    struct mr_io *ios[BOOT_SHARDS_MAX];
    struct store *stores[BOOT_SHARDS_MAX] = {NULL};
    struct mr_shard **old = NULL;
    if (count > BOOT_SHARDS_MAX) {
        snprintf(seat->why, sizeof(seat->why),
                 "the log directory was used with %u shards, at most %d are possible", count,
                 BOOT_SHARDS_MAX);
        return -MR_E_LIMIT;
    }
    for (uint32_t i = 0; i < count; i++)
        ios[i] = zero->io;
    int err = shards_new(count, ios, b->cfg.log, 2, &old);
    for (uint32_t i = 0; err == 0 && i < count; i++)
        err = settle_shard(b, old[i], d, &stores[i], seat->why);
    if (err == 0)
        err = logdir_settle(b->broker.dirs[d].dir, zero->io);
    for (uint32_t i = 0; i < count; i++) {
        if (stores[i] != NULL && err == 0)
            err = store_close(stores[i]);
        else if (stores[i] != NULL)
            store_abandon(stores[i]);
    }
    shards_free(old, count);
    if (err != 0)
        return err;
    struct logdir *dir = b->broker.dirs[d].dir;
    b->broker.dirs[d].dir = NULL;
    err = logdir_close(dir, zero->io);
    return err != 0 ? err : open_logdir(b, zero, d);
}

/* ---- all of them ---- */

/* What no directory that is well can say: somebody else's, somebody has it, or not ours to read. */
static bool stops_the_start(int err)
{
    return err == -MR_E_STATE || err == -MR_E_VERSION || err == -EAGAIN || err == -ENOMEM ||
           err == -MR_E_LIMIT || err == -EINVAL;
}

int boot_dir_failed(struct boot *b, uint32_t d, int err, const char *why)
{
    if (d == b->broker.metadata_dir || b->broker.dir_count == 1 || stops_the_start(err))
        return err;
    atomic_store(&b->broker.dirs[d].unclean, true);
    if (!atomic_exchange(&b->broker.dirs[d].failed, true))
        log_error(b->cfg.log, "broker",
                  "log directory is offline, the start goes on without it dir=%s err=\"%s\" reason=\"%s\"",
                  b->broker.dirs[d].path, mr_err_text(err), why);
    return 0;
}

static int open_one(struct boot *b, struct mr_shard *s, uint32_t d)
{
    int err = open_logdir(b, s, d);
    if (err != 0)
        return err;
    struct broker_dir *dir = &b->broker.dirs[d];
    enum logdir_state state = logdir_state(dir->dir);
    if (d == b->broker.metadata_dir)
        b->report.state = state;
    uint32_t before = logdir_shards(dir->dir);
    /* None: it crashed before the first checkpoint, so nothing but Kafka's files says anything. */
    if (state == LOGDIR_CRASHED && before != 0 && before != b->cfg.shards) {
        b->report.shards_before = before;
        err = settle_all(b, s, d, before);
        if (err != 0)
            return err;
    }
    if (logdir_state(dir->dir) != LOGDIR_CRASHED)
        drop_old_journals(b, s, d);
    dir->id = logdir_identity(dir->dir)->directory_id;
    return 0;
}

/* Two directories with one id would each be taken for the other. */
static int check_ids(struct boot *b, uint32_t d, char *why)
{
    for (uint32_t i = 0; i < b->broker.dir_count; i++) {
        if (i == d || b->broker.dirs[i].dir == NULL ||
            !mr_uuid_eq(b->broker.dirs[i].id, b->broker.dirs[d].id))
            continue;
        snprintf(why, BOOT_WHY_BYTES, "%s and %s have the same directory.id: one is a copy of the other",
                 b->broker.dirs[i].path, b->broker.dirs[d].path);
        return -MR_E_STATE;
    }
    return 0;
}

static int probe(struct boot *b, struct mr_shard *s)
{
    struct boot_seat *seat = &b->seats[s->id];
    const char *path = b->broker.dirs[b->broker.metadata_dir].path;
    int err = b->cfg.probe ? probe_flush(s->io, path, &b->report.probe) : 0;
    if (err == -ENOSPC) { /* no reason not to serve what is there */
        log_warn(b->cfg.log, "broker", "no room to measure flushes dir=%s", path);
        memset(&b->report.probe, 0, sizeof(b->report.probe));
    } else if (err != 0) {
        snprintf(seat->why, sizeof(seat->why), "cannot measure flushes in %s: %s", path, mr_err_text(err));
        return err;
    }
    struct config_view v = config_static(b->cfg.config);
    const char *named = config_text(&v, "millrace.flush");
    if (strcmp(named, "auto") != 0)
        b->report.probe.primitive = strcmp(named, "dsync") == 0 ? IO_FLUSH_DSYNC : IO_FLUSH_LINKED_FSYNC;
    return 0;
}

/* Whose cluster it is: the first directory that says so; a new one gets what the others have. */
static void peek_cluster(struct boot *b, struct mr_shard *s)
{
    struct broker *br = &b->broker;
    if (b->cfg.config->cluster_id != NULL)
        snprintf(br->cluster_id, sizeof(br->cluster_id), "%s", b->cfg.config->cluster_id);
    for (uint32_t i = 0; i < br->dir_count && br->cluster_id[0] == '\0'; i++)
        logdir_peek(s->io, br->dirs[(br->metadata_dir + i) % br->dir_count].path, br->cluster_id);
}

int boot_dirs_open(struct boot *b, struct mr_shard *s)
{
    struct broker *br = &b->broker;
    struct boot_seat *seat = &b->seats[s->id];
    peek_cluster(b, s);
    for (uint32_t i = 0; i < br->dir_count; i++) {
        uint32_t d = (br->metadata_dir + i) % br->dir_count; /* the one that may not fail first */
        int err = open_one(b, s, d);
        if (err == 0)
            err = check_ids(b, d, seat->why);
        if (err == 0 && i == 0) {
            snprintf(br->cluster_id, sizeof(br->cluster_id), "%s",
                     logdir_identity(br->dirs[d].dir)->cluster_id);
            err = probe(b, s);
            if (err != 0)
                return err;
        }
        if (err == 0)
            continue;
        err = boot_dir_failed(b, d, err, seat->why);
        if (err != 0)
            return err;
        if (br->dirs[d].dir != NULL)
            logdir_abandon(br->dirs[d].dir, s->io);
        br->dirs[d].dir = NULL;
    }
    return 0;
}

int boot_dirs_judge(struct boot *b, struct mr_shard *s)
{
    for (uint32_t d = 0; d < b->broker.data_dirs; d++) {
        if (dir_online(&b->broker, d))
            return 0;
    }
    snprintf(b->seats[s->id].why, BOOT_WHY_BYTES, "all log directories for partitions are offline");
    return -EIO;
}

/* ---- strays ---- */

/* TOPIC-N that the image does not have, or not in this directory, or has under another id: a deleted topic's
 * of the same name, also when replay alone knows that (logdir_replayed()), or it would be the new one's at
 * the start after this one. One that a log of a deleted topic still holds gets another name when the last
 * write to it has ended (storage/remove.c). */
static bool is_stray(struct names *n, const char *name, bool is_dir)
{
    const char *dash = strrchr(name, '-');
    if (!is_dir || dash == NULL || dash == name || dash[1] == '\0' || strlen(dash) > 8)
        return false;
    int32_t partition = 0;
    for (const char *p = dash + 1; *p != '\0'; p++) {
        if (*p < '0' || *p > '9')
            return false;
        partition = partition * 10 + (*p - '0');
    }
    struct mr_str topic = {name, (size_t)(dash - name)};
    if (mr_str_is(topic, METADATA_TOPIC) || logdir_claimed(n->boot->broker.dirs[n->dir].dir, mr_str_of(name)))
        return false;
    const struct image_topic *t = image_topic(n->boot->seats[0].bs->image, topic);
    if (t == NULL || partition >= t->partition_count ||
        dirs_of(&n->boot->broker, &t->partitions[partition]) != (int)n->dir)
        return true;
    struct logdir_part part;
    logdir_part(n->boot->broker.dirs[n->dir].dir, t->name, partition, &part);
    return !mr_uuid_is_zero(part.topic) && !mr_uuid_eq(part.topic, t->id);
}

static int strays_of(struct boot *b, struct mr_shard *s, uint32_t d)
{
    struct names n = {.wanted = is_stray, .boot = b, .dir = d};
    const char *dir = b->broker.dirs[d].path;
    int err = io_list(s->io, dir, take_name, &n);
    for (uint32_t i = 0; err == 0 && i < n.count; i++) {
        char from[PATH_BYTES], to[PATH_BYTES];
        struct mr_op op;
        uint8_t id[16];
        io_random(s->io, id, sizeof(id));
        snprintf(from, sizeof(from), "%s/%s", dir, n.items[i]);
        int at = snprintf(to, sizeof(to), "%s.", from);
        for (size_t k = 0; k < sizeof(id); k++)
            at += snprintf(to + at, sizeof(to) - (size_t)at, "%02x", id[k]);
        snprintf(to + at, sizeof(to) - (size_t)at, "-stray");
        log_warn(b->cfg.log, "broker", "no topic for this directory, set aside from=%s to=%s", from, to);
        op_init(&op, NULL);
        io_rename(s->io, &op, from, to);
        err = (int)io_wait(s->io, &op);
        if (err == 0) {
            char *dash = strrchr(n.items[i], '-');
            *dash = '\0';
            logdir_moved(b->broker.dirs[d].dir, n.items[i], (int32_t)strtol(dash + 1, NULL, 10));
        }
        if (err == -ENOENT) /* its log has renamed it meanwhile */
            err = 0;
        b->report.strays++;
    }
    if (err == 0 && n.count > 0) {
        struct mr_op op;
        op_init(&op, NULL);
        io_sync_dir(s->io, &op, dir);
        err = (int)io_wait(s->io, &op);
    }
    names_done(&n);
    if (err != 0)
        snprintf(b->seats[s->id].why, BOOT_WHY_BYTES, "cannot set strays aside in %s: %s", dir,
                 mr_err_text(err));
    return err;
}

int boot_dir_strays(struct boot *b, struct mr_shard *s)
{
    int err = 0;
    for (uint32_t d = 0; d < b->broker.dir_count && err == 0; d++) {
        if (dir_online(&b->broker, d))
            err = strays_of(b, s, d);
    }
    return err;
}
