/* What a log directory knows of its partitions by name: Kafka's checkpoint files, whose directory it is, who
 * may use it. */
#include <stdio.h>
#include <stdlib.h>

#include "core/mem.h"
#include "core/shard.h"
#include "storage/file_put.h"
#include "storage/logdir_priv.h"
#include "storage/names.h"
#include "storage/segment.h"
#include "storage/text.h"
#include "storage/uuid.h"

enum { METADATA_BYTES_MAX = 4096, NAME_BYTES = 300, READS_AT_ONCE = 64 };

struct known {
    struct logdir_part part;
    void *holder;               /* of the name; NULL: free */
    struct mr_list waiters;     /* of struct claim_wait */
    struct claim_wait *granted; /* on its way to the holder's shard */
    struct mr_str name;         /* "topic-0"; the bytes follow */
    char text[];
};

struct claim_wait {
    struct mr_msg msg;
    struct mr_list link; /* in known->waiters */
    struct mr_list all;  /* in logdir->claims */
    struct logdir *d;
    struct known *known;
    void *holder;
    uint32_t shard;
    bool dropped; /* nobody waits any more */
    void (*granted)(void *holder);
};

static const struct logdir_part unknown_part = {.log_start = -1,
                                                .end = -1,
                                                .high_watermark = -1,
                                                .clean = -1};

static void lock(const struct logdir *d)
{
    while (atomic_flag_test_and_set_explicit(&((struct logdir *)d)->busy, memory_order_acquire))
        ; /* for the length of a look-up */
}

static void unlock(const struct logdir *d)
{
    atomic_flag_clear_explicit(&((struct logdir *)d)->busy, memory_order_release);
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
    k->part = unknown_part;
    list_init(&k->waiters);
    if (smap_put(&d->known, k->name, k) != 0) {
        mem_free(k);
        return NULL;
    }
    return k;
}

static struct mr_str part_name(char dst[NAME_BYTES], const char *topic, int32_t partition)
{
    int n = snprintf(dst, NAME_BYTES, "%s-%d", topic, partition);
    return (struct mr_str){dst, (size_t)n};
}

void logdir_part(const struct logdir *d, const char *topic, int32_t partition, struct logdir_part *ret)
{
    char text[NAME_BYTES];
    struct mr_str name = part_name(text, topic, partition);
    lock(d);
    const struct known *k = smap_get(&d->known, name);
    *ret = k != NULL ? k->part : unknown_part;
    unlock(d);
}

int logdir_report(struct logdir *d, const char *topic, struct part_key key, int64_t log_start, int64_t end)
{
    char text[NAME_BYTES];
    struct mr_str name = part_name(text, topic, key.partition);
    lock(d);
    struct known *k = known_of(d, name);
    if (k != NULL)
        k->part = (struct logdir_part){log_start, end, end, true, key.topic, -1};
    unlock(d);
    return k != NULL ? 0 : -ENOMEM;
}

void logdir_report_clean(struct logdir *d, const char *topic, int32_t partition, int64_t clean)
{
    char text[NAME_BYTES];
    struct mr_str name = part_name(text, topic, partition);
    lock(d);
    struct known *k = smap_get(&d->known, name);
    if (k != NULL)
        k->part.clean = clean;
    unlock(d);
}

void logdir_forget(struct logdir *d, const char *topic, struct part_key key)
{
    char text[NAME_BYTES];
    struct mr_str name = part_name(text, topic, key.partition);
    lock(d);
    struct known *k = smap_get(&d->known, name);
    if (k != NULL && mr_uuid_eq(k->part.topic, key.topic))
        k->part = unknown_part;
    unlock(d);
}

void logdir_replayed(struct logdir *d, const char *topic, struct part_key key)
{
    char text[NAME_BYTES];
    struct mr_str name = part_name(text, topic, key.partition);
    lock(d);
    struct known *k = smap_get(&d->known, name);
    if (k != NULL && k->part.exists && mr_uuid_is_zero(k->part.topic)) {
        k->part = unknown_part;
        k->part.exists = true;
        k->part.topic = key.topic;
    }
    unlock(d);
}

void logdir_moved(struct logdir *d, const char *topic, int32_t partition)
{
    char text[NAME_BYTES];
    struct mr_str name = part_name(text, topic, partition);
    lock(d);
    struct known *k = smap_get(&d->known, name);
    if (k != NULL)
        k->part = unknown_part;
    unlock(d);
}

/* ---- a disk that fills up ---- */

void logdir_unwritten_add(struct logdir *d, int64_t bytes)
{
    atomic_fetch_add_explicit(&d->unwritten, bytes, memory_order_relaxed);
}

uint64_t logdir_unwritten(const struct logdir *d)
{
    return (uint64_t)mr_imax(atomic_load_explicit(&d->unwritten, memory_order_relaxed), 0);
}

bool logdir_may_say(struct logdir *d, bool is_short, uint64_t now_ns)
{
    static const uint64_t often_ns = 10000000000ull;
    lock(d);
    bool may = d->said_ns == 0 ? is_short : is_short != d->said_short || now_ns - d->said_ns >= often_ns;
    if (may) {
        d->said_short = is_short;
        d->said_ns = mr_max(now_ns, 1);
    }
    unlock(d);
    return may;
}

/* ---- who may use a name ---- */

int logdir_claim(struct logdir *d, const char *topic, int32_t partition, void *holder, struct mr_shard *shard,
                 void (*granted)(void *holder))
{
    char text[NAME_BYTES];
    struct mr_str name = part_name(text, topic, partition);
    lock(d);
    struct known *k = known_of(d, name);
    int r = k == NULL ? -ENOMEM : k->holder == NULL || k->holder == holder ? 1 : 0;
    struct claim_wait *w = r == 0 ? mem_zalloc(1, sizeof(*w)) : NULL;
    if (r == 1) {
        k->holder = holder;
    } else if (w != NULL) {
        *w =
            (struct claim_wait){.d = d, .known = k, .holder = holder, .shard = shard->id, .granted = granted};
        list_init(&w->msg.link);
        list_push(&k->waiters, &w->link);
        list_push(&d->claims, &w->all);
    } else if (r == 0) {
        r = -ENOMEM;
    }
    unlock(d);
    return r;
}

static void claim_arrives(struct mr_shard *at, struct mr_msg *msg)
{
    (void)at;
    struct claim_wait *w = MR_CONTAINER(msg, struct claim_wait, msg);
    struct logdir *d = w->d;
    lock(d);
    bool dropped = w->dropped;
    if (w->known->granted == w)
        w->known->granted = NULL;
    list_remove(&w->all);
    unlock(d);
    if (!dropped)
        w->granted(w->holder);
    mem_free(w);
}

void logdir_unclaim(struct logdir *d, const char *topic, int32_t partition, void *holder,
                    struct mr_shard *from)
{
    char text[NAME_BYTES];
    struct mr_str name = part_name(text, topic, partition);
    struct claim_wait *next = NULL;
    lock(d);
    struct known *k = smap_get(&d->known, name);
    if (k != NULL && k->holder == holder) {
        if (k->granted != NULL)
            k->granted->dropped = true; /* the message frees it */
        k->granted = NULL;
        k->holder = NULL;
        if (!list_empty(&k->waiters)) {
            next = MR_CONTAINER(list_pop(&k->waiters), struct claim_wait, link);
            k->holder = next->holder;
            k->granted = next;
        }
    } else if (k != NULL) {
        LIST_FOR_SAFE(node, tmp, &k->waiters)
        {
            struct claim_wait *w = MR_CONTAINER(node, struct claim_wait, link);
            if (w->holder != holder)
                continue;
            list_remove(&w->link);
            list_remove(&w->all);
            mem_free(w);
        }
    }
    unlock(d);
    if (next != NULL) {
        next->msg.run = claim_arrives;
        shard_send(from, next->shard, &next->msg);
    }
}

bool logdir_claimed(const struct logdir *d, struct mr_str name)
{
    lock(d);
    const struct known *k = smap_get(&d->known, name);
    bool held = k != NULL && k->holder != NULL;
    unlock(d);
    return held;
}

void parts_free(struct logdir *d)
{
    uint32_t at = 0;
    for (struct known *k; (k = smap_next(&d->known, &at)) != NULL;) {
        mem_free(k);
    }
    while (!list_empty(&d->claims)) /* those that still wait, and those whose message was never delivered */
        mem_free(MR_CONTAINER(list_pop(&d->claims), struct claim_wait, all));
    smap_done(&d->known);
}

/* ---- partition.metadata: "version: 0", "topic_id: ..." ---- */

bool partition_metadata_parse(struct mr_slice text, struct mr_uuid *ret)
{
    struct text_scan scan = text_scan(text);
    struct mr_str word;
    while (text_word(&scan, &word)) {
        if (mr_str_is(word, "topic_id:"))
            return text_word(&scan, &word) && uuid_parse(word, ret);
    }
    return false;
}

/* One of the files that are read side by side. */
struct metadata_read {
    struct file_get get;
    struct known *k;
    bool over;
    char path[LOGDIR_PATH_BYTES + NAME_BYTES + 64];
};

static void metadata_over(struct file_get *g)
{
    MR_CONTAINER(g, struct metadata_read, get)->over = true;
}

static void metadata_begin(const struct logdir *d, struct mr_io *io, struct known *k, struct metadata_read *r)
{
    r->k = k;
    r->over = false;
    snprintf(r->path, sizeof(r->path), "%s/%s/partition.metadata", d->path, k->text);
    file_get_start(&r->get, io, r->path, METADATA_BYTES_MAX, metadata_over);
}

static int metadata_end(struct mr_io *io, struct metadata_read *r)
{
    /* An operation after the other; a byte a read at worst. */
    for (uint32_t turns = 0; !r->over && turns < METADATA_BYTES_MAX + 8; turns++)
        (void)io_wait(io, &r->get.op);
    int err = r->over ? r->get.err : -EIO;
    if (err == 0 && !partition_metadata_parse((struct mr_slice){r->get.bytes, r->get.len}, &r->k->part.topic))
        memset(&r->k->part.topic, 0, sizeof(r->k->part.topic));
    if (err == 0)
        mem_free(r->get.bytes);
    return err == -ENOENT || err == -EFBIG ? 0 : err;
}

/* Of all partitions: there may be 20,000, and each file is four operations that wait for one another. */
static int read_metadata(struct logdir *d, struct mr_io *io, char *why, size_t why_bytes)
{
    struct metadata_read *reads = mem_alloc(READS_AT_ONCE * sizeof(*reads));
    uint32_t at = 0, count = 0;
    int err = reads != NULL ? 0 : -ENOMEM;
    bool more = err == 0, lost = false;
    while (more) {
        struct known *k = smap_next(&d->known, &at);
        more = k != NULL && err == 0;
        if (more)
            metadata_begin(d, io, k, &reads[count++]);
        for (uint32_t i = 0; i < count && (!more || count == READS_AT_ONCE); i++) {
            int now = metadata_end(io, &reads[i]);
            lost = lost || !reads[i].over;
            if (now != 0 && err == 0)
                snprintf(why, why_bytes, "%s: %s", reads[i].path, mr_err_text(now));
            err = err != 0 ? err : now;
        }
        if (count == READS_AT_ONCE)
            count = 0;
    }
    if (!lost) /* the ring is broken, and may still write there */
        mem_free(reads);
    return err;
}

int parts_found(struct logdir *d, const char *name)
{
    struct known *k = known_of(d, mr_str_of(name));
    if (k == NULL)
        return -ENOMEM;
    k->part.exists = true;
    return 0;
}

/* ---- Kafka's checkpoint files: version 0, a count, then "topic partition offset" lines ---- */

enum checkpoint_kind { LOG_START, RECOVERY_POINT, REPLICATION, CLEANER, CHECKPOINT_KINDS };
static const char *const checkpoint_names[] = {"log-start-offset-checkpoint",
                                               "recovery-point-offset-checkpoint",
                                               "replication-offset-checkpoint", "cleaner-offset-checkpoint"};

static int64_t *field_of(struct logdir_part *part, enum checkpoint_kind kind)
{
    switch (kind) {
    case LOG_START:
        return &part->log_start;
    case RECOVERY_POINT:
        return &part->end;
    case REPLICATION:
        return &part->high_watermark;
    case CLEANER:
    case CHECKPOINT_KINDS:
        break;
    }
    return &part->clean;
}

/* What can be read of a damaged one is taken; of the others the logs themselves tell (storage/open.c). */
static int read_checkpoint(struct logdir *d, struct mr_io *io, enum checkpoint_kind kind)
{
    char path[LOGDIR_PATH_BYTES + 64];
    struct offsets o;
    logdir_in(d, path, checkpoint_names[kind]);
    int err = offsets_load(&o, io, path);
    if (err == 0 && o.damaged)
        log_error(d->log, "storage", "damaged file=%s: what it says of %u logs is taken", path, o.count);
    for (uint32_t i = 0; err == 0 && i < o.count; i++) {
        struct known *k = known_of(d, mr_str_of(o.items[i].name));
        if (k == NULL)
            err = -ENOMEM;
        else
            *field_of(&k->part, kind) = o.items[i].offset;
    }
    offsets_done(&o);
    return err;
}

static int is_segment(void *ctx, const char *name, bool is_dir)
{
    (void)ctx;
    return !is_dir && segment_base_of(name, ".log") >= 0;
}

/* 1, 0, or an error. */
static int has_segments(const struct logdir *d, struct mr_io *io, const struct known *k)
{
    char path[LOGDIR_PATH_BYTES + NAME_BYTES];
    snprintf(path, sizeof(path), "%s/%s", d->path, k->text);
    return io_list(io, path, is_segment, NULL);
}

int parts_read(struct logdir *d, struct mr_io *io, char *why, size_t why_bytes)
{
    uint32_t at = 0;
    int err = read_metadata(d, io, why, why_bytes);
    if (err != 0)
        return err;
    for (int kind = 0; kind < CHECKPOINT_KINDS; kind++) {
        err = read_checkpoint(d, io, (enum checkpoint_kind)kind);
        if (err != 0) {
            snprintf(why, why_bytes, "%s/%s: %s", d->path, checkpoint_names[kind], mr_err_text(err));
            return err;
        }
    }
    /* A directory that a crash left half made: millrace flushes partition.metadata before anything else
     * counts. One with segments is another matter: that file of it is damaged. */
    at = 0;
    for (struct known *k; d->state == LOGDIR_CRASHED && (k = smap_next(&d->known, &at)) != NULL;) {
        int segments = !mr_uuid_is_zero(k->part.topic) ? 1 : k->part.exists ? has_segments(d, io, k) : 0;
        if (segments < 0)
            return segments;
        if (segments == 0)
            k->part = unknown_part;
    }
    return 0;
}

/* ---- what must not stay ---- */

struct sweep {
    struct logdir *d;
    struct mr_io *io;
};

/* A partition's directory that is nobody's: Kafka would take it for one. It gets a name that says what to do
 * with it. */
static int sweep_entry(void *ctx, const char *name, bool is_dir)
{
    struct sweep *s = ctx;
    if (!is_dir || !logdir_is_partition(name))
        return 0;
    const struct known *k = smap_get(&s->d->known, mr_str_of(name));
    if (k != NULL && k->part.exists)
        return 0;
    char from[LOGDIR_PATH_BYTES + NAME_BYTES], to[LOGDIR_PATH_BYTES + NAME_BYTES + 64];
    uint64_t id[2];
    io_random(s->io, id, sizeof(id));
    snprintf(from, sizeof(from), "%s/%s", s->d->path, name);
    snprintf(to, sizeof(to), "%s/%.200s.%016llx%016llx-delete", s->d->path, name, (unsigned long long)id[0],
             (unsigned long long)id[1]);
    struct mr_op op;
    op_init(&op, NULL);
    io_rename(s->io, &op, from, to);
    return (int)io_wait(s->io, &op);
}

static int write_checkpoint(struct logdir *d, struct mr_io *io, enum checkpoint_kind kind)
{
    enum { HEAD_BYTES = 40 };
    size_t cap = HEAD_BYTES + 1;
    uint32_t at = 0, count = 0;
    struct known *k;
    while ((k = smap_next(&d->known, &at)) != NULL)
        cap += k->name.len + 48;
    char *text = mem_alloc(cap);
    if (text == NULL)
        return -ENOMEM;
    size_t used = HEAD_BYTES; /* the head goes before it when the count is known */
    at = 0;
    while ((k = smap_next(&d->known, &at)) != NULL) {
        int64_t offset = *field_of(&k->part, kind);
        if (!k->part.exists || offset < 0 || (kind == LOG_START && offset == 0))
            continue; /* Kafka writes log starts above the first segment only */
        size_t topic_bytes = k->name.len;
        while (k->name.ptr[topic_bytes - 1] != '-')
            topic_bytes--;
        used += (size_t)snprintf(text + used, cap - used, "%.*s %s %lld\n", (int)topic_bytes - 1, k->name.ptr,
                                 k->name.ptr + topic_bytes, (long long)offset);
        count++;
    }
    char head[HEAD_BYTES];
    size_t head_bytes = (size_t)snprintf(head, sizeof(head), "0\n%u\n", count);
    memcpy(text + HEAD_BYTES - head_bytes, head, head_bytes);
    int err = file_replace_wait(io, d->path, checkpoint_names[kind], text + HEAD_BYTES - head_bytes,
                                used - HEAD_BYTES + head_bytes);
    mem_free(text);
    return err;
}

int logdir_settle(struct logdir *d, struct mr_io *io)
{
    int err = io_list(io, d->path, sweep_entry, &(struct sweep){d, io});
    for (int kind = 0; kind < CHECKPOINT_KINDS && err == 0; kind++)
        err = write_checkpoint(d, io, (enum checkpoint_kind)kind);
    return err;
}
