/* The directory as a whole: what state it is in, which logs it has, and the small files of the new one. */
#include "storage/salvage.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/mem.h"
#include "storage/file_put.h"
#include "storage/logdir.h"
#include "storage/salvage_ids.h"
#include "storage/salvage_priv.h"
#include "storage/uuid.h"

enum { META_BYTES_MAX = 64 << 10, BOOTSTRAP_BYTES_MAX = 16 << 20 };

struct identity {
    char cluster[128], node[32], directory[64];
};

void salvage_say(struct salvage *s, bool loss, const char *fmt, ...)
{
    char line[4096];
    va_list args;
    va_start(args, fmt);
    vsnprintf(line, sizeof(line), fmt, args);
    va_end(args);
    if (loss)
        s->report.losses++;
    else
        s->report.notes++;
    s->say(s->ctx, line);
}

int salvage_lost(struct salvage *s, const char *name, int64_t first, int64_t last, const char *why)
{
    s->report.lost_offsets += (uint64_t)(last - first) + 1;
    salvage_say(s, true, "lost %s offsets %lld to %lld: %s", name, (long long)first, (long long)last, why);
    return losses_add(&s->lost, name, first, last);
}

static void path_in(char dst[SEGMENT_PATH_MAX], const char *dir, const char *name)
{
    snprintf(dst, SEGMENT_PATH_MAX, "%.1000s/%.300s", dir, name);
}

/* ---- before ---- */

static int make_target(struct salvage *s)
{
    struct names dirs = {0}, files = {0};
    struct mr_op op;
    int err = names_list(&dirs, s->io, s->to, true);
    if (err == 0)
        err = names_list(&files, s->io, s->to, false);
    if (err == 0 && dirs.count + files.count > 0)
        err = -EEXIST;
    if (err == -ENOENT) {
        op_init(&op, NULL);
        io_mkdir(s->io, &op, s->to);
        err = (int)io_wait(s->io, &op);
    }
    names_done(&dirs);
    names_done(&files);
    return err;
}

/* The damaged directory is only read: a lock file that is not there is not made. */
static int lock_source(struct salvage *s, const struct names *files, struct mr_file *lock)
{
    char path[SEGMENT_PATH_MAX];
    path_in(path, s->from, ".lock");
    int err = names_has(files, ".lock") ? io_lock_file(s->io, path, lock) : 0;
    return err == -EAGAIN ? err : 0; /* on a read-only file system nobody else has it */
}

/* ---- meta.properties ---- */

static void value_of(const char *text, const char *key, char *dst, size_t bytes)
{
    size_t len = strlen(key);
    for (const char *line = text; line != NULL && dst[0] == '\0'; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, key, len) == 0 && line[len] == '=')
            snprintf(dst, bytes, "%.*s", (int)strcspn(line + len + 1, "\r\n"), line + len + 1);
    }
}

static void make_uuid(struct salvage *s, char *dst, size_t bytes)
{
    struct mr_uuid id;
    char text[UUID_TEXT_BYTES];
    do {
        io_random(s->io, id.bytes, 16);
        id.bytes[6] = (uint8_t)((id.bytes[6] & 0x0f) | 0x40);
        id.bytes[8] = (uint8_t)((id.bytes[8] & 0x3f) | 0x80);
        uuid_text(id, text);
    } while (text[0] == '-');
    snprintf(dst, bytes, "%s", text);
}

static bool is_node(const char *text)
{
    return text[0] != '\0' && strspn(text, "0123456789") == strlen(text) &&
           strtoll(text, NULL, 10) <= INT32_MAX;
}

/* As one that a start would take. */
static bool is_cluster(const char *text)
{
    size_t len = strlen(text);
    for (size_t i = 0; i < len; i++) {
        if (text[i] <= ' ' || text[i] > '~')
            return false;
    }
    return len > 0 && len < sizeof(((struct logdir_identity *)NULL)->cluster_id);
}

/* What cannot be read is made up, and said: it is what a broker is told apart by, not what it holds. */
static int read_meta(struct salvage *s, struct identity *id, const struct names *files)
{
    char path[SEGMENT_PATH_MAX], version[32] = "", session[64] = "";
    uint8_t *text = NULL;
    size_t len = 0;
    struct mr_uuid parsed;
    path_in(path, s->from, "meta.properties");
    int err = file_get_wait(s->io, path, META_BYTES_MAX, &text, &len);
    if (err == -ENOMEM)
        return err;
    if (err == 0) {
        value_of((char *)text, "version", version, sizeof(version));
        value_of((char *)text, "cluster.id", id->cluster, sizeof(id->cluster));
        value_of((char *)text, "node.id", id->node, sizeof(id->node));
        value_of((char *)text, "broker.id", id->node, sizeof(id->node));
        value_of((char *)text, "directory.id", id->directory, sizeof(id->directory));
        value_of((char *)text, "millrace.session", session, sizeof(session));
    }
    mem_free(text);
    bool closed = strcmp(version, "0") == 0 || strcmp(version, "1") == 0;
    s->crashed = !closed && (strcmp(version, "71") == 0 || !names_has(files, ".kafka_cleanshutdown"));
    s->session = session_parse(session); /* 0: not known, what a checkpoint says counts, whichever it is of */
    if (err != 0 || (!closed && strcmp(version, "71") != 0))
        salvage_say(s, false, "%s cannot be read: taken for a directory that %s", path,
                    s->crashed ? "was left by a crash" : "was closed");
    if (!is_cluster(id->cluster)) {
        make_uuid(s, id->cluster, sizeof(id->cluster));
        salvage_say(s, true, "lost cluster.id: %s has a new one, %s", s->to, id->cluster);
    }
    if (!is_node(id->node)) {
        snprintf(id->node, sizeof(id->node), "1");
        salvage_say(s, true, "lost node.id: %s has 1", s->to);
    }
    if (!uuid_parse(mr_str_of(id->directory), &parsed)) {
        make_uuid(s, id->directory, sizeof(id->directory));
        if (err != 0)
            salvage_say(s, true, "lost directory.id: %s has a new one", s->to);
    }
    return 0;
}

static int load_offsets(struct salvage *s, struct offsets *o, const char *name)
{
    char path[SEGMENT_PATH_MAX];
    path_in(path, s->from, name);
    int err = offsets_load(o, s->io, path);
    if (err == -ENOMEM)
        return err;
    if (err != 0 || (o->damaged && !(o->empty && o == &s->cleaned)))
        salvage_say(s, false, "%s is damaged: what it says of %u logs is taken", path, o->count);
    return 0;
}

/* ---- logs ---- */

static struct mr_uuid id_of(struct salvage *s, const struct salvage_ids *ids, const char *name,
                            const struct bound *b)
{
    char path[SEGMENT_PATH_MAX];
    uint8_t *text = NULL;
    size_t len = 0;
    struct mr_uuid id = {0};
    int32_t partition = 0;
    if (b != NULL)
        return b->key.topic;
    if (strcmp(name, SALVAGE_METADATA) == 0) /* not in any record: its own is always the same */
        memcpy(id.bytes + 15, "\1", 1);
    size_t topic_bytes = (size_t)(names_partition(name, &partition) - name) - 1;
    if (mr_uuid_is_zero(id) && salvage_ids_find(ids, (struct mr_str){name, topic_bytes}, &id))
        return id; /* the metadata have a checksum, the file has none */
    snprintf(path, sizeof(path), "%.1000s/%.300s/partition.metadata", s->from, name);
    if (mr_uuid_is_zero(id) && (file_get_wait(s->io, path, META_BYTES_MAX, &text, &len) != 0 ||
                                !partition_metadata_parse((struct mr_slice){text, len}, &id)))
        salvage_say(s, true, "lost topic id of %s: %s cannot be read", name, path);
    mem_free(text);
    return id;
}

static int is_segment(void *ctx, const char *name, bool is_dir)
{
    (void)ctx;
    return !is_dir && segment_base_of(name, ".log") >= 0;
}

/* Of a crashed directory: nothing but a name, that a crash left half made. */
static bool is_empty(struct salvage *s, const char *name)
{
    char path[SEGMENT_PATH_MAX];
    path_in(path, s->from, name);
    return io_list(s->io, path, is_segment, NULL) == 0;
}

static bool has_metadata(struct salvage *s, const char *name)
{
    char path[SEGMENT_PATH_MAX];
    uint8_t *text = NULL;
    size_t len = 0;
    snprintf(path, sizeof(path), "%.1000s/%.300s/partition.metadata", s->from, name);
    int err = file_get_wait(s->io, path, META_BYTES_MAX, &text, &len);
    mem_free(text);
    return err != -ENOENT;
}

static int salvage_dirs(struct salvage *s, const struct salvage_ids *ids, const struct names *dirs)
{
    int err = 0;
    for (uint32_t i = 0; err == 0 && i < dirs->count; i++) {
        const char *name = dirs->items[i];
        int32_t n;
        const struct bound *b = s->crashed ? bounds_of(&s->bounds, name) : NULL;
        if (names_partition(name, &n) == NULL || strcmp(name, SALVAGE_METADATA) == 0 ||
            (s->crashed && bounds_gone(&s->bounds, name)) ||
            (s->crashed && b == NULL && is_empty(s, name) &&
             (offsets_of(&s->ends, name) <= 0 || !has_metadata(s, name)))) /* the end is a deleted one's */
            continue;
        err = salvage_log(s, name, id_of(s, ids, name, b), b);
    }
    return err;
}

/* Logs that are in the journals only, or whose directory is gone. */
static int salvage_others(struct salvage *s, const struct salvage_ids *ids, const struct names *dirs)
{
    int err = 0;
    for (uint32_t i = 0; err == 0 && s->crashed && i < s->bounds.count; i++) {
        const struct bound *b = s->bounds.items[i];
        if (!b->gone && b == bounds_of(&s->bounds, b->dir) && !names_has(dirs, b->dir) &&
            strcmp(b->dir, SALVAGE_METADATA) != 0)
            err = salvage_log(s, b->dir, b->key.topic, b);
    }
    for (uint32_t i = 0; err == 0 && !s->crashed && i < s->ends.count; i++) {
        const struct offsets_line *line = &s->ends.items[i];
        bool again = i > 0 && strcmp(line->name, s->ends.items[i - 1].name) == 0;
        if (line->offset > 0 && !names_has(dirs, line->name) && !again)
            err = salvage_log(s, line->name, id_of(s, ids, line->name, NULL), NULL);
    }
    uint32_t at = 0;
    for (struct salvage_tail *t; err == 0 && (t = smap_next(&s->tails, &at)) != NULL;) {
        char name[300];
        struct mr_str topic;
        if (t->taken || t->count == 0)
            continue;
        if (!salvage_ids_name(ids, t->key.topic, &topic)) {
            char uuid[UUID_TEXT_BYTES];
            uuid_text(t->key.topic, uuid);
            salvage_say(s, false, "journal: %u batches of topic id %s, which no topic has: deleted, or lost",
                        t->count, uuid);
            continue;
        }
        if (!names_legal(topic, t->key.partition)) {
            salvage_say(s, true, "lost %u batches in a journal: %.*s has no partition %d", t->count,
                        MR_STR(topic), t->key.partition);
            continue;
        }
        snprintf(name, sizeof(name), "%.*s-%d", MR_STR(topic), t->key.partition);
        if (!names_has(dirs, name) || is_empty(s, name))
            err = salvage_log(s, name, t->key.topic, NULL);
    }
    return err;
}

static int salvage_logs(struct salvage *s, const struct names *dirs)
{
    struct salvage_ids ids = {0};
    const struct bound *b = s->crashed ? bounds_of(&s->bounds, SALVAGE_METADATA) : NULL;
    int err = 0;
    if (b != NULL || names_has(dirs, SALVAGE_METADATA))
        err = salvage_log(s, SALVAGE_METADATA, id_of(s, &ids, SALVAGE_METADATA, b), b);
    else
        salvage_say(s, true, "lost " SALVAGE_METADATA ": topics, configurations and all else that it held");
    if (err == 0)
        err = salvage_ids_load(&ids, s->io, s->to);
    if (err == 0)
        err = salvage_dirs(s, &ids, dirs);
    if (err == 0)
        err = salvage_others(s, &ids, dirs);
    salvage_ids_done(&ids);
    return err;
}

/* ---- after ---- */

static int store_offsets(struct salvage *s, const struct offsets *o, const char *name)
{
    size_t len = 0;
    char *text = offsets_text(o, &len);
    int err = text == NULL ? -ENOMEM : file_replace_wait(s->io, s->to, name, text, len);
    mem_free(text);
    return err;
}

static int store_rest(struct salvage *s, const struct identity *id)
{
    char path[SEGMENT_PATH_MAX], text[512];
    uint8_t *bytes = NULL;
    size_t len = 0;
    int err = store_offsets(s, &s->new_ends, "recovery-point-offset-checkpoint");
    if (err == 0)
        err = store_offsets(s, &s->new_ends, "replication-offset-checkpoint");
    if (err == 0)
        err = store_offsets(s, &s->new_starts, "log-start-offset-checkpoint");
    if (err == 0 && s->cleaned.there)
        err = store_offsets(s, &s->cleaned, "cleaner-offset-checkpoint");
    if (err == 0 && s->lost.count > 0)
        err = losses_store(&s->lost, s->io, s->to);
    path_in(path, s->from, "bootstrap.checkpoint");
    if (err == 0 && file_get_wait(s->io, path, BOOTSTRAP_BYTES_MAX, &bytes, &len) == 0)
        err = file_replace_wait(s->io, s->to, "bootstrap.checkpoint", bytes, len);
    mem_free(bytes);
    if (err == 0) {
        static const char clean[] = "{\"version\":0,\"brokerEpoch\":-1}";
        err = file_replace_wait(s->io, s->to, ".kafka_cleanshutdown", clean, sizeof(clean) - 1);
    }
    int n = snprintf(text, sizeof(text), "#\nversion=1\ncluster.id=%s\nnode.id=%s\ndirectory.id=%s\n",
                     id->cluster, id->node, id->directory);
    return err != 0 ? err : file_replace_wait(s->io, s->to, "meta.properties", text, (size_t)n);
}

static void free_all(struct salvage *s)
{
    uint32_t at = 0;
    for (struct salvage_tail *t; (t = smap_next(&s->tails, &at)) != NULL;) {
        mem_free(t->items);
        mem_free(t);
    }
    smap_done(&s->tails);
    for (uint32_t i = 0; i < s->journal_count; i++)
        source_close(&s->journals[i]);
    mem_free(s->journals);
    bounds_done(&s->bounds);
    offsets_done(&s->starts);
    offsets_done(&s->ends);
    offsets_done(&s->cleaned);
    offsets_done(&s->new_starts);
    offsets_done(&s->new_ends);
    losses_done(&s->known);
    losses_done(&s->lost);
}

/* What an earlier salvage lost stays lost. */
static int take_known(struct salvage *s)
{
    int err = losses_load(&s->known, s->io, s->from);
    for (uint32_t i = 0; err == 0 && i < s->known.count; i++)
        err = losses_add(&s->lost, s->known.items[i].name, s->known.items[i].first, s->known.items[i].last);
    return err == -ENOMEM ? err : 0;
}

int salvage_dir(struct mr_shard *shard, const char *from, const char *to,
                void (*say)(void *ctx, const char *line), void *ctx, struct salvage_report *ret)
{
    struct salvage s = {.shard = shard, .io = shard->io, .from = from, .to = to, .say = say, .ctx = ctx};
    struct names dirs = {0}, files = {0};
    struct identity id = {0};
    struct mr_file lock = MR_NO_FILE;
    smap_init(&s.tails);
    int err = names_list(&dirs, s.io, from, true);
    if (err == 0)
        err = names_list(&files, s.io, from, false);
    if (err == 0)
        err = lock_source(&s, &files, &lock);
    if (err == 0)
        err = make_target(&s);
    if (err == 0)
        err = read_meta(&s, &id, &files);
    if (err == 0)
        err = take_known(&s);
    if (err == 0)
        err = load_offsets(&s, &s.starts, "log-start-offset-checkpoint");
    if (err == 0)
        err = load_offsets(&s, &s.ends, "recovery-point-offset-checkpoint");
    if (err == 0)
        err = load_offsets(&s, &s.cleaned, "cleaner-offset-checkpoint");
    if (err == 0 && s.crashed)
        err = salvage_journals(&s, &files);
    if (err == 0)
        err = salvage_logs(&s, &dirs);
    if (err == 0)
        err = store_rest(&s, &id);
    if (lock.h >= 0)
        io_unlock_file(s.io, lock);
    free_all(&s);
    names_done(&dirs);
    names_done(&files);
    *ret = s.report;
    return err;
}
