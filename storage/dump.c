#include "storage/dump.h"

#include <stdio.h>

#include "core/mem.h"
#include "storage/dump_priv.h"
#include "storage/file_put.h"
#include "storage/format.h"
#include "storage/segment.h"
#include "storage/text.h"
#include "storage/uuid.h"

enum {
    SMALL_FILE_BYTES_MAX = 4096,
    ARENA_BYTES_MAX = 64 << 20,
    NAME_BYTES = 256, /* of an entry of a directory: NAME_MAX */
};

enum kind {
    KIND_UNKNOWN,
    KIND_SEGMENT,
    KIND_SNAPSHOT, /* of the metadata: batches as in a segment, numbered from 0 */
    KIND_OFFSET_INDEX,
    KIND_TIME_INDEX,
    KIND_TXN_INDEX,
    KIND_PRODUCERS,
    KIND_JOURNAL,
    KIND_CHECKPOINT,
    KIND_OFFSETS,
    KIND_EPOCHS,
    KIND_PROPERTIES,
    KIND_LINES,
};

/* ---- what a file is ---- */

static bool ends_with(const char *name, const char *suffix)
{
    size_t n = strlen(name), s = strlen(suffix);
    return n >= s && strcmp(name + n - s, suffix) == 0;
}

/* Files on their way out or in: the name before that counts. */
static void strip(const char *name, char dst[NAME_BYTES])
{
    static const char *const passing[] = {".deleted", ".cleaned", ".swap", ".tmp", ".part"};
    snprintf(dst, NAME_BYTES, "%s", name);
    for (size_t i = 0; i < MR_COUNT(passing); i++) {
        if (ends_with(dst, passing[i]))
            dst[strlen(dst) - strlen(passing[i])] = '\0';
    }
}

static enum kind kind_of_name(const char *name, int64_t *ret_base)
{
    static const struct {
        const char *suffix;
        enum kind kind;
        bool numbered;
    } suffixes[] = {
        {".log", KIND_SEGMENT, true},          {".index", KIND_OFFSET_INDEX, true},
        {".timeindex", KIND_TIME_INDEX, true}, {".txnindex", KIND_TXN_INDEX, true},
        {".snapshot", KIND_PRODUCERS, true},   {".checkpoint", KIND_SNAPSHOT, false},
    };
    static const struct {
        const char *name;
        enum kind kind;
    } names[] = {
        {"meta.properties", KIND_PROPERTIES},
        {"leader-epoch-checkpoint", KIND_EPOCHS},
        {"recovery-point-offset-checkpoint", KIND_OFFSETS},
        {"replication-offset-checkpoint", KIND_OFFSETS},
        {"log-start-offset-checkpoint", KIND_OFFSETS},
        {"cleaner-offset-checkpoint", KIND_OFFSETS},
        {"partition.metadata", KIND_LINES},
        {"quorum-state", KIND_LINES},
        {".kafka_cleanshutdown", KIND_LINES},
    };
    char bare[NAME_BYTES];
    strip(name, bare);
    *ret_base = -1;
    for (size_t i = 0; i < MR_COUNT(suffixes); i++) {
        if (!ends_with(bare, suffixes[i].suffix))
            continue;
        if (suffixes[i].numbered)
            *ret_base = segment_base_of(bare, suffixes[i].suffix);
        /* Anything may be called .log. */
        return suffixes[i].kind == KIND_SEGMENT && *ret_base < 0 ? KIND_UNKNOWN : suffixes[i].kind;
    }
    for (size_t i = 0; i < MR_COUNT(names); i++) {
        if (strcmp(bare, names[i].name) == 0)
            return names[i].kind;
    }
    if (strncmp(bare, "millrace-journal-", 17) == 0)
        return KIND_JOURNAL;
    return strncmp(bare, "millrace-checkpoint-", 20) == 0 ? KIND_CHECKPOINT : KIND_UNKNOWN;
}

/* A file of another name: our files begin with their mark, batches have theirs and a checksum. */
static enum kind kind_of_bytes(struct dump *d)
{
    const uint8_t *p;
    struct kw_batch_header h;
    uint64_t bytes;
    uint32_t crc = 0;
    if (source_get(&d->src, 0, 4, &p) != 0)
        return KIND_UNKNOWN;
    if (mr_get32(p) == JBLOCK_MAGIC)
        return KIND_JOURNAL;
    if (mr_get32(p) == CHECKPOINT_MAGIC)
        return KIND_CHECKPOINT;
    if (dump_batch_at(d, 0, d->src.size, &h, &bytes) != 1 ||
        source_crc(&d->src, BATCH_CRC_START, bytes - BATCH_CRC_START, &crc) != 0)
        return KIND_UNKNOWN;
    return crc == h.crc ? KIND_SEGMENT : KIND_UNKNOWN;
}

/* ---- where it lies ---- */

static bool is_metadata_id(struct mr_uuid id)
{
    static const struct mr_uuid metadata = {.bytes = {[15] = 1}};
    return mr_uuid_eq(id, metadata);
}

static const struct {
    const char *name;
    enum dump_topic topic;
} topics[] = {{"__cluster_metadata", TOPIC_METADATA},
              {"__consumer_offsets", TOPIC_GROUPS},
              {"__transaction_state", TOPIC_TXNS}};

/* The id in a partition.metadata; false: there is no such file, or none in it. */
static bool topic_id_at(struct dump *d, const char *path, struct mr_uuid *ret)
{
    uint8_t *text = NULL;
    size_t len = 0;
    if (file_get_wait(d->cfg->io, path, SMALL_FILE_BYTES_MAX, &text, &len) != 0)
        return false;
    struct text_scan scan = text_scan((struct mr_slice){text, len});
    struct mr_str word;
    bool found = false;
    while (text_word(&scan, &word))
        found = found || (uuid_parse(word, ret) && !mr_uuid_is_zero(*ret));
    mem_free(text);
    return found;
}

/* The directory's name says it; the metadata's id is known, so that of one that was copied, or is the working
 * directory, partition.metadata says it. */
static enum dump_topic topic_of_dir(struct dump *d)
{
    char path[DUMP_PATH_BYTES + 32];
    struct mr_uuid id;
    int dir = (int)(d->name - d->path);
    int at = dir - 1; /* the slash */
    while (at > 0 && d->path[at - 1] != '/')
        at--;
    for (size_t i = 0; i < MR_COUNT(topics) && dir > 0; i++) {
        size_t len = strlen(topics[i].name);
        if (strncmp(d->path + at, topics[i].name, len) == 0 && d->path[at + (int)len] == '-')
            return topics[i].topic;
    }
    snprintf(path, sizeof(path), "%.*spartition.metadata", (int)mr_min((size_t)dir, DUMP_PATH_BYTES - 1),
             d->path);
    return topic_id_at(d, path, &id) && is_metadata_id(id) ? TOPIC_METADATA : TOPIC_OTHER;
}

enum dump_topic dump_topic_of(struct dump *d, struct part_key key)
{
    char path[DUMP_PATH_BYTES + 64];
    struct mr_uuid id;
    if (is_metadata_id(key.topic))
        return TOPIC_METADATA;
    for (size_t i = 0; i < MR_COUNT(d->seen); i++) {
        if (d->seen[i].known && mr_uuid_eq(d->seen[i].id, key.topic))
            return d->seen[i].topic;
    }
    enum dump_topic found = TOPIC_OTHER;
    for (size_t i = 1; i < MR_COUNT(topics) && found == TOPIC_OTHER; i++) {
        snprintf(path, sizeof(path), "%.*s%s-%d/partition.metadata",
                 (int)mr_min((size_t)(d->name - d->path), DUMP_PATH_BYTES - 1), d->path, topics[i].name,
                 key.partition);
        if (topic_id_at(d, path, &id) && mr_uuid_eq(id, key.topic))
            found = topics[i].topic;
    }
    d->seen[found].known = true; /* of the others the last one */
    d->seen[found].id = key.topic;
    d->seen[found].topic = found;
    return found;
}

struct newer {
    int64_t base;
};

static int see_newer(void *ctx, const char *name, bool is_dir)
{
    const struct newer *n = ctx;
    return !is_dir && segment_base_of(name, ".log") > n->base;
}

/* Does no later segment lie beside it? Only the newest one is written. */
static bool is_newest(struct dump *d, int64_t base)
{
    char dir[DUMP_PATH_BYTES];
    struct newer n = {base};
    if (base < 0)
        return false;
    snprintf(dir, sizeof(dir), "%.*s.", (int)mr_min((size_t)(d->name - d->path), sizeof(dir) - 2), d->path);
    return io_list(d->cfg->io, dir, see_newer, &n) == 0;
}

/* ---- the dump ---- */

static void snapshot_line(struct dump *d)
{
    char bare[NAME_BYTES];
    long long end;
    int epoch;
    strip(d->name, bare);
    if (sscanf(bare, "%20lld-%10d.checkpoint", &end, &epoch) != 2)
        return; /* bootstrap.checkpoint */
    line_begin(d, 0);
    line_put(d, "snapshotEndOffset: %lld snapshotEpoch: %d", end, epoch);
    line_end(d);
}

static void dump_as(struct dump *d, enum kind kind, int64_t base)
{
    switch (kind) {
    case KIND_SEGMENT:
        d->topic = topic_of_dir(d);
        dump_batches(d, base, is_newest(d, base));
        return;
    case KIND_SNAPSHOT:
        d->topic = TOPIC_METADATA;
        snapshot_line(d);
        dump_batches(d, 0, false);
        return;
    case KIND_OFFSET_INDEX:
        dump_offset_index(d, base);
        return;
    case KIND_TIME_INDEX:
        dump_time_index(d, base);
        return;
    case KIND_TXN_INDEX:
        dump_txn_index(d);
        return;
    case KIND_PRODUCERS:
        dump_producers(d);
        return;
    case KIND_JOURNAL:
        dump_journal(d);
        return;
    case KIND_CHECKPOINT:
        dump_checkpoint(d);
        return;
    case KIND_OFFSETS:
        dump_text_file(d, TEXT_OFFSETS);
        return;
    case KIND_EPOCHS:
        dump_text_file(d, TEXT_EPOCHS);
        return;
    case KIND_PROPERTIES:
        dump_text_file(d, TEXT_PROPERTIES);
        return;
    case KIND_LINES:
        dump_text_file(d, TEXT_LINES);
        return;
    case KIND_UNKNOWN:
        d->failed = -MR_E_VERSION;
        return;
    }
}

static void title(struct dump *d)
{
    line_begin(d, 0);
    line_put(d, "Dumping ");
    line_bytes(d, d->path, strlen(d->path));
    if (d->src.size == 0)
        line_put(d, ": empty");
    line_end(d);
}

int dump_file(const struct dump_config *cfg, const char *path, struct dump_report *ret)
{
    const char *slash = strrchr(path, '/');
    struct dump *d = mem_zalloc(1, sizeof(*d));
    if (d == NULL)
        return -ENOMEM;
    d->cfg = cfg;
    d->path = path;
    d->name = slash != NULL ? slash + 1 : path;
    scratch_init(&d->line, DUMP_LINE_BYTES_MAX);
    scratch_init(&d->batch, DUMP_BATCH_BYTES_MAX);
    scratch_init(&d->plain, DUMP_RECORDS_BYTES_MAX);
    arena_init(&d->arena, ARENA_BYTES_MAX);
    int err = source_open(&d->src, cfg->io, path);
    if (err == 0) {
        int64_t base;
        enum kind kind = kind_of_name(d->name, &base);
        if (kind == KIND_UNKNOWN)
            kind = kind_of_bytes(d);
        if (kind != KIND_UNKNOWN)
            title(d);
        if (d->src.size > 0 || kind == KIND_UNKNOWN)
            dump_as(d, kind, base);
        err = d->failed;
    }
    *ret = d->report;
    source_close(&d->src);
    arena_done(&d->arena);
    scratch_done(&d->plain);
    scratch_done(&d->batch);
    scratch_done(&d->line);
    if (d->comp != NULL)
        comp_free(d->comp);
    mem_free(d);
    return err;
}
