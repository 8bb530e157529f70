#include "storage/logdir.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/crc32c.h"
#include "core/mem.h"
#include "storage/file_put.h"
#include "storage/logdir_priv.h"
#include "storage/uuid.h"

enum {
    META_BYTES_MAX = 64 << 10,
    SHARDS_MAX = 1024,
    OPEN_VERSION = 71, /* of meta.properties while millrace has the directory open: Kafka knows 0 and 1 */
};

enum logdir_state logdir_state(const struct logdir *d)
{
    return d->state;
}
const struct logdir_identity *logdir_identity(const struct logdir *d)
{
    return &d->identity;
}
const char *logdir_path(const struct logdir *d)
{
    return d->path;
}
uint64_t logdir_session(const struct logdir *d)
{
    return d->session;
}
uint32_t logdir_shards(const struct logdir *d)
{
    return d->shards;
}

void logdir_in(const struct logdir *d, char dst[LOGDIR_PATH_BYTES + 64], const char *name)
{
    snprintf(dst, LOGDIR_PATH_BYTES + 64, "%s/%s", d->path, name);
}

/* ---- meta.properties ---- */

static uint32_t session_crc(uint64_t session)
{
    uint8_t bytes[8];
    mr_put64(bytes, session);
    return crc32c(0, bytes, sizeof(bytes));
}

void session_text(uint64_t session, char dst[SESSION_TEXT_BYTES])
{
    snprintf(dst, SESSION_TEXT_BYTES, "%016llx%08x", (unsigned long long)session, session_crc(session));
}

uint64_t session_parse(const char *text)
{
    char digits[17] = "", again[SESSION_TEXT_BYTES];
    memcpy(digits, text, strnlen(text, 16));
    uint64_t session = strtoull(digits, NULL, 16);
    session_text(session, again);
    return strcmp(text, again) == 0 ? session : 0;
}

struct meta {
    bool there;
    int64_t version, node_id;
    uint64_t session;
    char cluster_id[64];
    struct mr_uuid directory_id;
    bool has_directory_id;
};

static int read_meta(struct logdir *d, struct mr_io *io, struct meta *m)
{
    char path[LOGDIR_PATH_BYTES + 64];
    uint8_t *text = NULL;
    size_t len = 0;
    memset(m, 0, sizeof(*m));
    m->version = m->node_id = -1;
    logdir_in(d, path, "meta.properties");
    int err = file_get_wait(io, path, META_BYTES_MAX, &text, &len);
    if (err == -ENOENT)
        return 0;
    if (err != 0)
        return err;
    m->there = true;
    char *save = NULL;
    for (char *line = strtok_r((char *)text, "\r\n", &save); line != NULL;
         line = strtok_r(NULL, "\r\n", &save)) {
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
        else if (strcmp(line, "millrace.session") == 0)
            m->session = session_parse(value);
        else if (strcmp(line, "directory.id") == 0)
            m->has_directory_id = uuid_parse(mr_str_of(value), &m->directory_id);
    }
    mem_free(text);
    return 0;
}

void logdir_peek(struct mr_io *io, const char *path, char ret[32])
{
    struct logdir *d = mem_zalloc(1, sizeof(*d));
    struct meta m;
    if (d == NULL)
        return;
    snprintf(d->path, sizeof(d->path), "%s", path);
    if (read_meta(d, io, &m) == 0 && m.there && strlen(m.cluster_id) < 32)
        snprintf(ret, 32, "%.31s", m.cluster_id);
    mem_free(d);
}

static int write_meta(struct logdir *d, struct mr_io *io, int version)
{
    char text[512], id[UUID_TEXT_BYTES], number[SESSION_TEXT_BYTES], session[160] = "";
    uuid_text(d->identity.directory_id, id);
    session_text(d->session, number);
    if (version == OPEN_VERSION)
        snprintf(session, sizeof(session),
                 "# In use by millrace, or it did not stop cleanly: start it to "
                 "recover.\nmillrace.session=%s\n",
                 number);
    int n = snprintf(text, sizeof(text), "#\n%sversion=%d\ncluster.id=%s\nnode.id=%d\ndirectory.id=%s\n",
                     session, version, d->identity.cluster_id, d->identity.node_id, id);
    return file_replace_wait(io, d->path, "meta.properties", text, (size_t)n);
}

/* ---- opening ---- */

bool logdir_is_partition(const char *name)
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
    bool kafka_clean;
    uint32_t parts;
};

static int list_entry(void *ctx, const char *name, bool is_dir)
{
    struct listing *l = ctx;
    unsigned shard, slot;
    char rest;
    if (!is_dir && strcmp(name, ".kafka_cleanshutdown") == 0)
        l->kafka_clean = true;
    if (!is_dir && sscanf(name, "millrace-checkpoint-%u-%u%c", &shard, &slot, &rest) == 2 &&
        shard < SHARDS_MAX)
        l->d->shards = (uint32_t)mr_max(l->d->shards, shard + 1);
    if (!is_dir || !logdir_is_partition(name))
        return 0;
    l->parts++;
    return parts_found(l->d, name);
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

static int decide(struct logdir *d, const struct logdir_config *cfg, const struct meta *m,
                  const struct listing *l, char *why, size_t why_bytes)
{
    d->identity.node_id = cfg->node_id;
    if (!m->there) {
        if (l->parts > 0) {
            snprintf(
                why, why_bytes,
                "%s has partitions but no meta.properties: not a directory that Kafka or millrace closed",
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
        snprintf(why, why_bytes, "%s/meta.properties has version %lld, which this millrace does not know",
                 d->path, (long long)m->version);
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
                 cfg->cluster_id != NULL ? ", this broker to " : "",
                 cfg->cluster_id != NULL ? cfg->cluster_id : "");
        return -MR_E_STATE;
    }
    snprintf(d->identity.cluster_id, sizeof(d->identity.cluster_id), "%.31s", m->cluster_id);
    d->identity.directory_id = m->directory_id;
    if (!m->has_directory_id)
        random_uuid(cfg->io, &d->identity.directory_id);
    if (m->version == OPEN_VERSION && m->session == 0) {
        snprintf(why, why_bytes, "%s/meta.properties is damaged: no millrace.session that fits its checksum",
                 d->path);
        return -MR_E_CORRUPT;
    }
    if (m->version == OPEN_VERSION) {
        d->state = LOGDIR_CRASHED;
        d->session = m->session;
        return 0;
    }
    d->state = LOGDIR_CLEAN;
    if (!l->kafka_clean && l->parts > 0) {
        snprintf(why, why_bytes,
                 "%s was left uncleanly by Apache Kafka: start that once to recover it and stop it cleanly",
                 d->path);
        return -MR_E_STATE;
    }
    return 0;
}

static int make_dirs(const struct logdir_config *cfg)
{
    char path[LOGDIR_PATH_BYTES];
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

/* The entries that lead to a new directory. Some ancestors may not be ours to open; they are older than we
 * are. */
static int sync_parents(const struct logdir_config *cfg)
{
    char path[LOGDIR_PATH_BYTES];
    snprintf(path, sizeof(path), "%s", cfg->path);
    for (char *slash; (slash = strrchr(path, '/')) != NULL;) {
        bool root = slash == path;
        slash[root ? 1 : 0] = '\0';
        struct mr_op op;
        op_init(&op, NULL);
        io_sync_dir(cfg->io, &op, path);
        int err = (int)io_wait(cfg->io, &op);
        if (err != 0 && err != -EACCES && err != -EPERM && err != -EROFS && err != -EINVAL)
            return err;
        if (root)
            return 0;
    }
    return 0;
}

static uint64_t new_session(struct mr_io *io)
{
    uint64_t session;
    do {
        io_random(io, &session, sizeof(session));
    } while (session == 0);
    return session;
}

static int remove_clean_mark(struct logdir *d, struct mr_io *io)
{
    char path[LOGDIR_PATH_BYTES + 64];
    struct mr_op op;
    logdir_in(d, path, ".kafka_cleanshutdown");
    op_init(&op, NULL);
    io_unlink(io, &op, path);
    int64_t r = io_wait(io, &op);
    return r == -ENOENT ? 0 : (int)r;
}

/* A full disk must not keep what a crash left from being served: meta.properties says already what it should,
 * and is made certain as well as can be without room for another one. */
static int sync_itself(struct logdir *d, struct mr_io *io)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_sync_dir(io, &op, d->path);
    return (int)io_wait(io, &op);
}

int logdir_open(const struct logdir_config *cfg, struct logdir **ret, char *why, size_t why_bytes)
{
    char path[LOGDIR_PATH_BYTES + 64];
    why[0] = '\0';
    struct logdir *d = mem_zalloc(1, sizeof(*d));
    if (d == NULL)
        return -ENOMEM;
    d->lock = MR_NO_FILE;
    d->broker_epoch = -1;
    d->log = cfg->log;
    smap_init(&d->known);
    list_init(&d->claims);
    int err = strlen(cfg->path) >= LOGDIR_PATH_BYTES / 2 ? -ENAMETOOLONG : 0;
    snprintf(d->path, sizeof(d->path), "%s", cfg->path);
    if (err == 0)
        err = make_dirs(cfg);
    if (err == 0) {
        logdir_in(d, path, ".lock");
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
    if (err == 0)
        err = parts_read(d, cfg->io, why, why_bytes);
    if (err == 0 && d->state == LOGDIR_EMPTY)
        err = sync_parents(cfg);
    if (d->state != LOGDIR_CRASHED)
        d->session = new_session(cfg->io);
    /* First the version that Kafka refuses, then the clean mark goes: never neither. */
    if (err == 0)
        err = write_meta(d, cfg->io, OPEN_VERSION);
    if (err == -ENOSPC && d->state == LOGDIR_CRASHED && m.has_directory_id)
        err = sync_itself(d, cfg->io);
    if (err == 0)
        err = remove_clean_mark(d, cfg->io);
    if (err != 0) {
        if (why[0] == '\0')
            snprintf(why, why_bytes, "log directory %s: %s%s", cfg->path, mr_err_text(err),
                     err == -ENOSPC ? "; make some room, a start needs a few blocks" : "");
        logdir_abandon(d, cfg->io);
        return err;
    }
    *ret = d;
    return 0;
}

/* ---- closing ---- */

void logdir_broker_epoch(struct logdir *d, int64_t epoch)
{
    d->broker_epoch = epoch;
}

int logdir_close(struct logdir *d, struct mr_io *io)
{
    char clean[64];
    int n =
        snprintf(clean, sizeof(clean), "{\"version\":0,\"brokerEpoch\":%lld}", (long long)d->broker_epoch);
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
    parts_free(d);
    mem_free(d);
}
