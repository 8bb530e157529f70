#include "storage/logdir.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/log.h"
#include "core/map.h"
#include "core/mem.h"
#include "storage/file_put.h"
#include "storage/text.h"
#include "storage/uuid.h"

enum {
    PATH_BYTES = 1200,
    FILE_BYTES_MAX = 64 << 20,
    META_BYTES_MAX = 64 << 10,
    SHARDS_MAX = 1024,
    OPEN_VERSION = 71, /* of meta.properties while millrace has the directory open: Kafka knows 0 and 1 */
};

/* One partition as the files of a clean directory know it. */
struct known {
    struct logdir_part part;
    struct mr_str name; /* "topic-0"; the bytes follow */
    char text[];
};

struct logdir {
    char path[PATH_BYTES];
    struct mr_log *log;
    struct logdir_identity identity;
    enum logdir_state state;
    struct mr_file lock;
    uint32_t shards;
    int64_t broker_epoch;
    struct mr_smap known;
};

enum logdir_state logdir_state(const struct logdir *d) { return d->state; }
const struct logdir_identity *logdir_identity(const struct logdir *d) { return &d->identity; }
const char *logdir_path(const struct logdir *d) { return d->path; }
uint32_t logdir_shards(const struct logdir *d) { return d->shards; }

static void in_dir(const struct logdir *d, char *dst, const char *name)
{
    snprintf(dst, PATH_BYTES + 64, "%s/%s", d->path, name);
}

/* ---- what is known of partitions ---- */

static struct known *known_of(struct logdir *d, struct mr_str name)
{
    struct known *k = smap_get(&d->known, name);
    if (k != NULL)
        return k;
    k = mem_zalloc(1, sizeof(*k) + name.len + 1);
    if (k == NULL)
        return NULL;
    memcpy(k->text, name.ptr, name.len);
    k->name = (struct mr_str){k->text, name.len};
    k->part = (struct logdir_part){-1, -1, -1, false};
    if (smap_put(&d->known, k->name, k) != 0) {
        mem_free(k);
        return NULL;
    }
    return k;
}

void logdir_part(const struct logdir *d, const char *topic, int32_t partition, struct logdir_part *ret)
{
    char name[300];
    int n = snprintf(name, sizeof(name), "%s-%d", topic, partition);
    const struct known *k = smap_get(&d->known, (struct mr_str){name, (size_t)n});
    *ret = k != NULL ? k->part : (struct logdir_part){-1, -1, -1, false};
}

int logdir_report(struct logdir *d, const char *topic, int32_t partition, int64_t log_start, int64_t end)
{
    char name[300];
    int n = snprintf(name, sizeof(name), "%s-%d", topic, partition);
    struct known *k = known_of(d, (struct mr_str){name, (size_t)n});
    if (k == NULL)
        return -ENOMEM;
    k->part = (struct logdir_part){log_start, end, end, true};
    return 0;
}

/* ---- Kafka's checkpoint files: version 0, a count, then "topic partition offset" lines ---- */

enum checkpoint_kind { LOG_START, RECOVERY_POINT, REPLICATION };
static const char *const checkpoint_names[] = {"log-start-offset-checkpoint", "recovery-point-offset-checkpoint",
                                               "replication-offset-checkpoint"};

static int read_checkpoint(struct logdir *d, struct mr_io *io, enum checkpoint_kind kind)
{
    char path[PATH_BYTES + 64];
    uint8_t *text = NULL;
    size_t len = 0;
    in_dir(d, path, checkpoint_names[kind]);
    int err = file_get_wait(io, path, FILE_BYTES_MAX, &text, &len);
    if (err == -ENOENT)
        return 0;
    if (err != 0)
        return err;
    struct text_scan scan = text_scan((struct mr_slice){text, len});
    int64_t version, count;
    err = text_int(&scan, &version) && version == 0 && text_int(&scan, &count) && count >= 0 ? 0 : -MR_E_CORRUPT;
    for (int64_t i = 0; err == 0 && i < count; i++) {
        struct mr_str topic;
        int64_t partition, offset;
        char name[300];
        if (!text_word(&scan, &topic) || !text_int(&scan, &partition) || !text_int(&scan, &offset) || topic.len > 249) {
            err = -MR_E_CORRUPT;
            break;
        }
        int n = snprintf(name, sizeof(name), "%.*s-%lld", MR_STR(topic), (long long)partition);
        struct known *k = known_of(d, (struct mr_str){name, (size_t)n});
        if (k == NULL) {
            err = -ENOMEM;
            break;
        }
        int64_t *field = kind == LOG_START        ? &k->part.log_start
                         : kind == RECOVERY_POINT ? &k->part.end
                                                  : &k->part.high_watermark;
        *field = offset;
    }
    mem_free(text);
    return err;
}

static int write_checkpoint(struct logdir *d, struct mr_io *io, enum checkpoint_kind kind)
{
    size_t cap = 64, used;
    uint32_t at = 0, count = 0;
    struct known *k;
    while ((k = smap_next(&d->known, &at)) != NULL) {
        count++;
        cap += k->name.len + 48;
    }
    char *text = mem_alloc(cap);
    if (text == NULL)
        return -ENOMEM;
    char *body = text + 40;
    size_t body_bytes = 0;
    count = 0;
    at = 0;
    while ((k = smap_next(&d->known, &at)) != NULL) {
        int64_t offset = kind == LOG_START        ? k->part.log_start
                         : kind == RECOVERY_POINT ? k->part.end
                                                  : k->part.high_watermark;
        if (!k->part.exists || offset < 0 || (kind == LOG_START && offset == 0))
            continue; /* Kafka writes log starts above the first segment only */
        size_t topic_bytes = k->name.len;
        while (k->name.ptr[topic_bytes - 1] != '-')
            topic_bytes--;
        body_bytes += (size_t)snprintf(body + body_bytes, cap - 40 - body_bytes, "%.*s %s %lld\n",
                                       (int)topic_bytes - 1, k->name.ptr, k->name.ptr + topic_bytes,
                                       (long long)offset);
        count++;
    }
    used = (size_t)snprintf(text, 40, "0\n%u\n", count);
    memmove(text + used, body, body_bytes);
    int err = file_replace_wait(io, d->path, checkpoint_names[kind], text, used + body_bytes);
    mem_free(text);
    return err;
}

/* ---- meta.properties ---- */

struct meta {
    bool there;
    int64_t version, node_id;
    char cluster_id[64];
    struct mr_uuid directory_id;
    bool has_directory_id;
};

static int read_meta(struct logdir *d, struct mr_io *io, struct meta *m)
{
    char path[PATH_BYTES + 64];
    uint8_t *text = NULL;
    size_t len = 0;
    memset(m, 0, sizeof(*m));
    m->version = m->node_id = -1;
    in_dir(d, path, "meta.properties");
    int err = file_get_wait(io, path, META_BYTES_MAX, &text, &len);
    if (err == -ENOENT)
        return 0;
    if (err != 0)
        return err;
    m->there = true;
    char *save = NULL;
    for (char *line = strtok_r((char *)text, "\r\n", &save); line != NULL; line = strtok_r(NULL, "\r\n", &save)) {
        char *eq = strchr(line, '=');
        if (line[0] == '#' || eq == NULL)
            continue;
        *eq = '\0';
        const char *value = eq + 1;
        if (strcmp(line, "version") == 0)
            m->version = strtoll(value, NULL, 10);
        else if (strcmp(line, "node.id") == 0 || strcmp(line, "broker.id") == 0)
            m->node_id = strtoll(value, NULL, 10);
        else if (strcmp(line, "cluster.id") == 0)
            snprintf(m->cluster_id, sizeof(m->cluster_id), "%s", value);
        else if (strcmp(line, "directory.id") == 0)
            m->has_directory_id = uuid_parse(mr_str_of(value), &m->directory_id);
    }
    mem_free(text);
    return 0;
}

static int write_meta(struct logdir *d, struct mr_io *io, int version)
{
    char text[512], id[UUID_TEXT_BYTES];
    uuid_text(d->identity.directory_id, id);
    int n = snprintf(text, sizeof(text), "#\n%sversion=%d\ncluster.id=%s\nnode.id=%d\ndirectory.id=%s\n",
                     version == OPEN_VERSION ? "# In use by millrace, or it did not stop cleanly: start it to recover.\n" : "",
                     version, d->identity.cluster_id, d->identity.node_id, id);
    return file_replace_wait(io, d->path, "meta.properties", text, (size_t)n);
}

/* ---- opening ---- */

/* A name "topic-N" of a partition's directory. */
static bool is_partition(const char *name)
{
    const char *dash = strrchr(name, '-');
    if (dash == NULL || dash == name || dash[1] == '\0')
        return false;
    for (const char *p = dash + 1; *p != '\0'; p++) {
        if (*p < '0' || *p > '9')
            return false;
    }
    return true;
}

struct listing {
    struct logdir *d;
    bool any, kafka_clean;
};

static int list_entry(void *ctx, const char *name, bool is_dir)
{
    struct listing *l = ctx;
    unsigned shard, slot;
    char rest;
    if (!is_dir && strcmp(name, ".lock") == 0)
        return 0;
    if (!is_dir && strcmp(name, ".kafka_cleanshutdown") == 0)
        l->kafka_clean = true;
    if (!is_dir && sscanf(name, "millrace-checkpoint-%u-%u%c", &shard, &slot, &rest) == 2 && shard < SHARDS_MAX)
        l->d->shards = (uint32_t)mr_max(l->d->shards, shard + 1);
    l->any = true;
    if (!is_dir || !is_partition(name))
        return 0;
    struct known *k = known_of(l->d, mr_str_of(name));
    if (k == NULL)
        return -ENOMEM;
    k->part.exists = true;
    return 0;
}

static int random_uuid(struct mr_io *io, struct mr_uuid *ret)
{
    char text[UUID_TEXT_BYTES];
    do {
        io_random(io, ret->bytes, 16);
        ret->bytes[6] = (uint8_t)((ret->bytes[6] & 0x0f) | 0x40); /* version 4, as java.util.UUID */
        ret->bytes[8] = (uint8_t)((ret->bytes[8] & 0x3f) | 0x80);
        uuid_text(*ret, text);
    } while (text[0] == '-'); /* Kafka avoids them: tools would take it for an option */
    return 0;
}

static int decide(struct logdir *d, const struct logdir_config *cfg, const struct meta *m, const struct listing *l,
                  char *why, size_t why_bytes)
{
    d->identity.node_id = cfg->node_id;
    if (!m->there) {
        uint32_t parts = smap_count(&d->known);
        if (parts > 0) {
            snprintf(why, why_bytes, "%s has partitions but no meta.properties: not a directory that Kafka or millrace closed",
                     d->path);
            return -MR_E_STATE;
        }
        d->state = LOGDIR_EMPTY;
        struct mr_uuid cluster;
        char text[UUID_TEXT_BYTES];
        random_uuid(cfg->io, &cluster);
        uuid_text(cluster, text);
        snprintf(d->identity.cluster_id, sizeof(d->identity.cluster_id), "%s",
                 cfg->cluster_id != NULL ? cfg->cluster_id : text);
        return random_uuid(cfg->io, &d->identity.directory_id);
    }
    if (m->version != 0 && m->version != 1 && m->version != OPEN_VERSION) {
        snprintf(why, why_bytes, "%s/meta.properties has version %lld, which this millrace does not know", d->path,
                 (long long)m->version);
        return -MR_E_VERSION;
    }
    if (m->node_id != cfg->node_id) {
        snprintf(why, why_bytes, "%s belongs to node.id %lld, this broker is node.id %d", d->path,
                 (long long)m->node_id, cfg->node_id);
        return -MR_E_STATE;
    }
    if (m->cluster_id[0] == '\0' || strlen(m->cluster_id) >= sizeof(d->identity.cluster_id) ||
        (cfg->cluster_id != NULL && strcmp(cfg->cluster_id, m->cluster_id) != 0)) {
        snprintf(why, why_bytes, "%s belongs to cluster \"%s\"%s%s", d->path, m->cluster_id,
                 cfg->cluster_id != NULL ? ", this broker to " : "", cfg->cluster_id != NULL ? cfg->cluster_id : "");
        return -MR_E_STATE;
    }
    snprintf(d->identity.cluster_id, sizeof(d->identity.cluster_id), "%.31s", m->cluster_id);
    d->identity.directory_id = m->directory_id;
    if (!m->has_directory_id)
        random_uuid(cfg->io, &d->identity.directory_id);
    if (m->version == OPEN_VERSION) {
        d->state = LOGDIR_CRASHED;
        return 0;
    }
    d->state = LOGDIR_CLEAN;
    if (!l->kafka_clean && smap_count(&d->known) > 0) {
        snprintf(why, why_bytes, "%s was left uncleanly by Apache Kafka: start that once to recover it and stop it cleanly",
                 d->path);
        return -MR_E_STATE;
    }
    return 0;
}

static int make_dirs(const struct logdir_config *cfg)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof(path), "%s", cfg->path);
    for (char *p = path + 1;; p++) {
        if (*p != '/' && *p != '\0')
            continue;
        char kept = *p;
        *p = '\0';
        struct mr_op op;
        struct io_stat st;
        op_init(&op, NULL);
        io_stat(cfg->io, &op, path, &st);
        int64_t r = io_wait(cfg->io, &op);
        if (r == 0 && !st.is_dir)
            return -ENOTDIR;
        if (r == -ENOENT) {
            op_init(&op, NULL);
            io_mkdir(cfg->io, &op, path);
            r = io_wait(cfg->io, &op);
        }
        if (r < 0 && r != -EEXIST)
            return (int)r;
        *p = kept;
        if (kept == '\0')
            return 0;
    }
}

static int remove_clean_mark(struct logdir *d, struct mr_io *io)
{
    char path[PATH_BYTES + 64];
    struct mr_op op;
    in_dir(d, path, ".kafka_cleanshutdown");
    op_init(&op, NULL);
    io_unlink(io, &op, path);
    int64_t r = io_wait(io, &op);
    return r == -ENOENT ? 0 : (int)r;
}

int logdir_open(const struct logdir_config *cfg, struct logdir **ret, char *why, size_t why_bytes)
{
    char path[PATH_BYTES + 64];
    why[0] = '\0';
    struct logdir *d = mem_zalloc(1, sizeof(*d));
    if (d == NULL)
        return -ENOMEM;
    d->lock = MR_NO_FILE;
    d->broker_epoch = -1;
    d->log = cfg->log;
    smap_init(&d->known);
    int err = strlen(cfg->path) >= PATH_BYTES / 2 ? -ENAMETOOLONG : 0;
    snprintf(d->path, sizeof(d->path), "%s", cfg->path);
    if (err == 0)
        err = make_dirs(cfg);
    if (err == 0) {
        in_dir(d, path, ".lock");
        err = io_lock_file(cfg->io, path, &d->lock);
        if (err == -EAGAIN)
            snprintf(why, why_bytes, "%s is in use by another broker (its .lock is held)", d->path);
    }
    struct listing l = {.d = d};
    struct meta m;
    if (err == 0)
        err = io_list(cfg->io, d->path, list_entry, &l);
    if (err == 0)
        err = read_meta(d, cfg->io, &m);
    if (err == 0)
        err = decide(d, cfg, &m, &l, why, why_bytes);
    for (int kind = 0; kind < 3 && err == 0; kind++) {
        err = read_checkpoint(d, cfg->io, (enum checkpoint_kind)kind);
        if (err == -MR_E_CORRUPT)
            snprintf(why, why_bytes, "%s/%s cannot be read", d->path, checkpoint_names[kind]);
    }
    /* First the version that Kafka refuses, then the clean mark goes: never neither. */
    if (err == 0)
        err = write_meta(d, cfg->io, OPEN_VERSION);
    if (err == 0)
        err = remove_clean_mark(d, cfg->io);
    if (err != 0) {
        if (why[0] == '\0')
            snprintf(why, why_bytes, "log directory %s: %s", cfg->path, mr_err_text(err));
        logdir_abandon(d, cfg->io);
        return err;
    }
    *ret = d;
    return 0;
}

/* ---- closing ---- */

int logdir_settle(struct logdir *d, struct mr_io *io)
{
    int err = 0;
    for (int kind = 0; kind < 3 && err == 0; kind++)
        err = write_checkpoint(d, io, (enum checkpoint_kind)kind);
    return err;
}

void logdir_broker_epoch(struct logdir *d, int64_t epoch) { d->broker_epoch = epoch; }

int logdir_close(struct logdir *d, struct mr_io *io)
{
    char clean[64];
    int n = snprintf(clean, sizeof(clean), "{\"version\":0,\"brokerEpoch\":%lld}", (long long)d->broker_epoch);
    int err = file_replace_wait(io, d->path, ".kafka_cleanshutdown", clean, (size_t)n);
    if (err == 0)
        err = write_meta(d, io, 1);
    logdir_abandon(d, io);
    return err;
}

void logdir_abandon(struct logdir *d, struct mr_io *io)
{
    if (d->lock.h >= 0)
        io_unlock_file(io, d->lock);
    uint32_t at = 0;
    for (struct known *k; (k = smap_next(&d->known, &at)) != NULL;)
        mem_free(k);
    smap_done(&d->known);
    mem_free(d);
}
