#include "tests/fuzz/dir_image.h"

#include "net/wire/coord_record.h"
#include "net/wire/gen/meta_topics.h"
#include "net/wire/gen/quorum_data.h"
#include "net/wire/header.h"
#include "tests/sim/storage_play.h"
#include "tests/wire/describe_gen.h"

enum { ARENA_BYTES = 4 << 20, VALUE_BYTES_MAX = 300, TURNS_MAX = 20000, KEPT_BYTES = 16384 };

/* ---- files ---- */

const char *dir_name(const struct dir_file *f)
{
    const char *slash = strrchr(f->path, '/');
    return slash != NULL ? slash + 1 : f->path;
}

struct dir_file *dir_put(struct dir *d, const char *path)
{
    struct dir_file *f = NULL;
    for (uint32_t i = 0; i < d->count && f == NULL; i++) {
        if (strcmp(d->files[i].path, path) == 0)
            f = &d->files[i];
    }
    if (f == NULL && d->count == DIR_FILES_MAX)
        return NULL;
    if (f == NULL) {
        f = &d->files[d->count++];
        *f = (struct dir_file){.path = mem_text(path, strlen(path))};
        MR_ASSERT(f->path != NULL);
    }
    f->gone = false;
    f->len = 0;
    return f;
}

uint8_t *dir_splice(struct dir_file *f, size_t at, size_t cut, size_t len)
{
    MR_ASSERT(at <= f->len);
    cut = mr_min(cut, f->len - at);
    if (f->len - cut + len > DIR_FILE_BYTES_MAX)
        return NULL;
    uint8_t *fresh = mem_alloc(f->len - cut + len + 1);
    MR_ASSERT(fresh != NULL);
    if (f->len > 0) {
        memcpy(fresh, f->bytes, at);
        memcpy(fresh + at + len, f->bytes + at + cut, f->len - at - cut);
    }
    mem_free(f->bytes);
    f->bytes = fresh;
    f->len += len - cut;
    return fresh + at;
}

void dir_copy(struct dir *to, const struct dir *from)
{
    *to = *from;
    for (uint32_t i = 0; i < to->count; i++) {
        struct dir_file *f = &to->files[i];
        const struct dir_file *was = &from->files[i];
        f->path = mem_text(was->path, strlen(was->path));
        f->bytes = mem_alloc(was->len + 1);
        MR_ASSERT(f->path != NULL && f->bytes != NULL);
        if (was->len > 0)
            memcpy(f->bytes, was->bytes, was->len);
    }
}

void dir_done(struct dir *d)
{
    for (uint32_t i = 0; i < d->count; i++) {
        mem_free(d->files[i].path);
        mem_free(d->files[i].bytes);
    }
    d->count = 0;
}

/* ---- making one ---- */

/* Beside what the rig writes and knows: topics whose records have a meaning, and one with every codec. */
enum { LOG_METADATA, LOG_GROUPS, LOG_TXNS, LOG_PACKED, LOGS };

struct maker {
    struct seed_result res;
    struct rig g;
    struct plog *logs[LOGS];
    struct wt_random rnd;
    struct mr_arena arena;
    struct mr_scratch batch, work;
    int32_t sequence;
    struct dir *d;
};

static void logs_make(struct maker *m)
{
    static const char *const names[LOGS] = {"__cluster_metadata", "__consumer_offsets", "__transaction_state",
                                            "packed"};
    for (int i = 0; i < LOGS; i++) {
        struct part_key key = {.partition = 0};
        if (i == LOG_METADATA)
            key.topic.bytes[15] = 1;
        else
            memset(key.topic.bytes, 'a' + i, sizeof(key.topic.bytes));
        m->logs[i] = store_make(m->g.stores[0], key, names[i], &m->g.o.log);
        MR_ASSERT(m->logs[i] != NULL);
    }
}

static void is_stable(struct plog_append *a)
{
    a->log = NULL;
}

/* What is in m->batch; stable when this returns. */
static void append(struct maker *m, int log)
{
    struct plog_append a = {.batches = {m->batch.data, m->batch.len}, .leader_epoch = 1, .done = is_stable};
    int err = -EAGAIN;
    for (int turns = 0; turns < TURNS_MAX && err == -EAGAIN; turns++) {
        if (plog_open(m->logs[log], NULL) && plog_has_room(m->logs[log], m->batch.len))
            err = plog_append(m->logs[log], &a);
        else
            rig_turn(&m->g, true);
    }
    MR_ASSERT(err == 0);
    for (int turns = 0; turns < TURNS_MAX && a.log != NULL; turns++)
        rig_turn(&m->g, true);
    MR_ASSERT(a.log == NULL && a.err == 0);
    m->batch.len = 0;
}

static const struct wt_struct *shape_of(const struct kw_message *info)
{
    for (size_t i = 0; i < MR_COUNT(wt_messages); i++) {
        if (wt_messages[i].info == info)
            return wt_messages[i].shape;
    }
    abort();
}

/* A random message of one of its versions, encoded behind what w has; until it is short. */
static struct mr_slice random_value(struct maker *m, const struct kw_message *info, bool head,
                                    const struct kw_coord_kind *kind)
{
    for (;;) {
        struct kw_writer w;
        int16_t version =
            (int16_t)(info->v_min + (int16_t)wt_below(&m->rnd, (uint32_t)(info->v_max - info->v_min + 1)));
        void *message = wt_alloc(&m->arena, info->size);
        wt_fill(&m->rnd, &m->arena, shape_of(info), version, message);
        kw_writer_init(&w, &m->arena, 0, ARENA_BYTES, false);
        if (head)
            kw_record_head_encode(&w, info->key, version);
        if (kind != NULL)
            kw_coord_value_encode(&w, kind, version, message);
        else
            info->encode(&w, version, message);
        if (w.err == 0 && w.len < VALUE_BYTES_MAX)
            return (struct mr_slice){w.buf, w.len};
        arena_reset(&m->arena);
    }
}

static void one_record(struct maker *m, struct batch_build_how how, struct mr_slice key,
                       struct mr_slice value)
{
    struct batch_builder b;
    struct kw_header h = {{"trace", 5}, {(const uint8_t *)"abc", 3}};
    struct batch_record r = {
        .timestamp = 1700000000000, .key = key, .value = value, .headers = &h, .header_count = 1};
    how.level = comp_level_default((enum comp_codec)how.codec);
    int err = batch_build_begin(&b, &how, &m->batch, m->g.comp, &m->work);
    MR_ASSERT(err == 0);
    for (int i = 0; i < 3; i++) {
        err = batch_build_add(&b, &r);
        MR_ASSERT(err == 0);
        r.header_count = 0;
        r.timestamp += 7;
    }
    err = batch_build_end(&b);
    MR_ASSERT(err == 0);
}

static const struct mr_slice no_bytes = {NULL, 0};

/* The topics there are, records of all kinds, and what a quorum writes. */
static void append_metadata(struct maker *m)
{
    static const struct kw_message *const controls[] = {
        [CONTROL_LEADER_CHANGE] = &kw_leader_change_message_info,
        [CONTROL_SNAPSHOT_HEADER] = &kw_snapshot_header_record_info,
        [CONTROL_SNAPSHOT_FOOTER] = &kw_snapshot_footer_record_info,
        [CONTROL_KRAFT_VERSION] = &kw_kraft_version_record_info,
        [CONTROL_KRAFT_VOTERS] = &kw_voters_record_info};
    arena_reset(&m->arena);
    for (const struct mlog *l = m->g.logs; l != NULL; l = l->next) {
        struct kw_topic_record t = {.name = mr_str_of(l->name), .topic_id = l->key.topic};
        struct kw_writer w;
        kw_writer_init(&w, &m->arena, 0, ARENA_BYTES, false);
        kw_record_head_encode(&w, kw_topic_record_info.key, 0);
        kw_topic_record_encode(&w, 0, &t);
        one_record(m, batch_build_how_plain(), no_bytes, (struct mr_slice){w.buf, w.len});
        append(m, LOG_METADATA);
    }
    const struct kw_message *info = NULL;
    while (info == NULL)
        info = kw_record_info((int16_t)wt_below(&m->rnd, 40));
    one_record(m, batch_build_how_plain(), no_bytes, random_value(m, info, true, NULL));
    append(m, LOG_METADATA);
    struct batch_build_how how = batch_build_how_plain();
    int type = CONTROL_LEADER_CHANGE + (int)wt_below(&m->rnd, 5);
    int err = control_put(&m->batch, &how, (enum control_type)type, 1700000000000,
                          random_value(m, controls[type], false, NULL));
    MR_ASSERT(err == 0);
    append(m, LOG_METADATA);
}

static void append_coordinator(struct maker *m, int log)
{
    static const uint8_t offset[] = {0, 1, 0, 1, 'g', 0, 1, 't', 0, 0, 0, 2}, group[] = {0, 2, 0, 1, 'g'},
                         consumers[] = {0, 3, 0, 1, 'g'}, txn[] = {0, 0, 0, 1, 'x'};
    static const struct {
        struct mr_slice key;
        int16_t type;
    } groups[] = {{{offset, sizeof(offset)}, KW_GROUP_OFFSET_COMMIT},
                  {{group, sizeof(group)}, KW_GROUP_METADATA},
                  {{consumers, sizeof(consumers)}, KW_GROUP_CONSUMER_METADATA}};
    uint32_t n = wt_below(&m->rnd, MR_COUNT(groups));
    const struct kw_coord_kind *kind = log == LOG_TXNS ? kw_coord_kind(KW_COORD_TXNS, KW_TXN_LOG)
                                                       : kw_coord_kind(KW_COORD_GROUPS, groups[n].type);
    arena_reset(&m->arena);
    one_record(m, batch_build_how_plain(),
               log == LOG_TXNS ? (struct mr_slice){txn, sizeof(txn)} : groups[n].key,
               random_value(m, kind->value, false, kind));
    append(m, log);
}

static void append_packed(struct maker *m)
{
    static const uint8_t value[] = "a value, a value, a value, a value";
    struct batch_build_how how = batch_build_how_plain();
    how.codec = (int)wt_below(&m->rnd, COMP_CODECS);
    how.producer_id = 77;
    how.producer_epoch = 1;
    how.base_sequence = m->sequence;
    how.attributes = BATCH_TRANSACTIONAL;
    m->sequence += 3;
    one_record(m, how, (struct mr_slice){value, 3}, (struct mr_slice){value, sizeof(value)});
    append(m, LOG_PACKED);
    how.base_sequence = KW_NO_SEQUENCE;
    how.codec = COMP_NONE;
    int err = wt_below(&m->rnd, 3) == 0
                  ? control_put_marker(&m->batch, &how, wt_below(&m->rnd, 2) == 0, 1, 1700000000000)
                  : -EAGAIN;
    if (err == 0)
        append(m, LOG_PACKED);
}

static void live(struct maker *m, uint32_t steps)
{
    struct rig *g = &m->g;
    logs_make(m);
    for (uint32_t n = 0; n < steps && rig_ok(g); n++) {
        play_step(g);
        rig_turn(g, true);
        if (n % 10 == 0)
            append_metadata(m);
        if (n % 8 == 1)
            append_coordinator(m, n % 16 == 1 ? LOG_GROUPS : LOG_TXNS);
        if (n % 5 == 2)
            append_packed(m);
    }
}

/* In the middle of passes and swaps: then there are files of both sides. */
static void die_in_a_pass(struct maker *m, uint64_t operations)
{
    struct rig *g = &m->g;
    for (int turns = 0; turns < 2000 && rig_ok(g) && !rig_is_dead(g); turns++) {
        if (turns == 50)
            rig_plan_death(g, operations, false);
        for (struct mlog *l = g->logs; l != NULL && turns % 8 == 0; l = l->next)
            if (rig_usable(l))
                rig_clean_some(g, l);
        play_step(g);
        rig_turn(g, rng_below(g->rng, 2) == 0);
    }
    if (rig_ok(g) && !rig_is_dead(g))
        rig_plan_death(g, 0, false);
}

static void note(void *ctx, const char *path, bool is_dir, uint64_t bytes)
{
    struct maker *m = ctx;
    if (is_dir || strstr(path, "-delete/") != NULL || strcmp(path, RIG_DIR "/.lock") == 0)
        return;
    MR_ASSERT(m->d->count < DIR_FILES_MAX);
    struct dir_file *f = &m->d->files[m->d->count++];
    *f = (struct dir_file){.path = mem_text(path + sizeof(RIG_DIR), strlen(path + sizeof(RIG_DIR))),
                           .bytes = mem_alloc(bytes + 1),
                           .len = bytes};
    MR_ASSERT(f->path != NULL && f->bytes != NULL);
    int64_t got = node_peek(m->g.n, path, 0, f->bytes, bytes);
    MR_ASSERT(got == (int64_t)bytes);
    if (strstr(f->path, "-kept") != NULL) { /* the rest is reserved, and zeros */
        while (f->len > KEPT_BYTES && f->bytes[f->len - 1] == 0)
            f->len--;
        f->len = mr_round_up(f->len, KEPT_BYTES);
    }
    MR_ASSERT(f->len <= DIR_FILE_BYTES_MAX);
}

static struct rig_options options(uint64_t seed, uint32_t shards, bool compact, bool flush)
{
    struct rig_options o = play_options(seed);
    o.shards = shards;
    o.compact = compact;
    o.names = 2;
    o.batch_bytes_max = 2000;
    o.damage_indexes = o.check_segments = false;
    o.store.unit = flush ? 512 : 4096;
    o.store.flush = flush;
    o.store.journal_files = 2;
    o.store.journal_file_bytes = 65536;
    o.store.chunk_bytes = 8192;
    o.store.memory_bytes = 65536;
    o.store.index_min = 1;
    o.store.flights = 1;
    o.log.segment_bytes = compact ? 1000 : 6000;
    o.log.index_interval_bytes = 300;
    o.log.index_bytes_max = 10 << 20;
    o.log.segment_ms = INT64_MAX / 2;
    o.log.file_delete_delay_ms = 1;
    o.store.checkpoint_ms = compact ? 1 : 20;
    o.delete_retention_ms = compact ? 1 : 0;
    return o;
}

void dir_make(struct dir *d, uint32_t i)
{
    static const struct {
        uint64_t seed;
        uint32_t shards, lives;
        bool compact, in_a_pass, no_flush, closed;
    } images[DIR_IMAGES] = {
        {.seed = 1, .shards = 1, .lives = 2, .closed = true},
        {.seed = 2, .shards = 1, .lives = 1},
        {.seed = 3, .shards = 2, .lives = 2},
        {.seed = 4, .shards = 1, .lives = 1, .compact = true, .in_a_pass = true},
        {.seed = 5, .shards = 1, .lives = 2, .no_flush = true},
        {.seed = 6, .shards = 2, .lives = 1, .compact = true, .closed = true},
    };
    struct rig_options o = options(images[i].seed, images[i].shards, images[i].compact, !images[i].no_flush);
    struct world_options wo = world_options_default();
    struct maker m = {.rnd = {.state = images[i].seed}, .d = d};
    struct rig *g = &m.g;
    *d = (struct dir){.closed = images[i].closed};
    rig_init(g, images[i].seed, &wo, &o, &m.res);
    arena_init(&m.arena, ARENA_BYTES);
    scratch_init(&m.batch, ARENA_BYTES);
    scratch_init(&m.work, ARENA_BYTES);
    for (uint32_t n = 0; n < images[i].lives && rig_ok(g); n++) {
        rig_boot(g, 0);
        live(&m, 40);
        if (n + 1 < images[i].lives || images[i].closed)
            (void)rig_close(g);
    }
    if (images[i].in_a_pass && rig_ok(g))
        die_in_a_pass(&m, 40);
    else if (!images[i].closed && rig_ok(g))
        rig_plan_death(g, 0, false);
    if (!images[i].closed && rig_ok(g))
        rig_bury(g);
    if (m.res.err != 0)
        fprintf(stderr, "image %u: %s\n", i, m.res.why);
    MR_ASSERT(m.res.err == 0);
    node_walk(g->n, RIG_DIR, note, &m);
    d->shards = images[i].shards;
    d->store = o.store;
    d->log = o.log;
    rig_done(g);
    arena_done(&m.arena);
    scratch_done(&m.batch);
    scratch_done(&m.work);
}
