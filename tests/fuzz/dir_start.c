#include "tests/fuzz/dir_start.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/compress.h"
#include "core/mem.h"
#include "net/wire/batch_build.h"
#include "storage/epoch.h"
#include "storage/logdir.h"
#include "storage/names.h"
#include "storage/producer_state.h"

enum { SHARDS_MAX = 4, TURNS_MAX = 20000, READS_MAX = 300, LOGS_MAX = 64 };
#define MS UINT64_C(1000000)

#define CHECK(cond, ...)                                                                                     \
    do {                                                                                                     \
        if (!(cond)) {                                                                                       \
            fprintf(stderr, "a start: " __VA_ARGS__);                                                        \
            fputc('\n', stderr);                                                                             \
            abort();                                                                                         \
        }                                                                                                    \
    } while (0)

struct start {
    struct world *w;
    struct sim_node *n;
    const struct dir *d;
    bool sound;
    uint32_t shards, idle;
    struct mr_io *ios[SHARDS_MAX];
    struct mr_shard **all;
    struct logdir *dir;
    struct store *stores[SHARDS_MAX];
    bool fenced;
    struct plog *logs[LOGS_MAX];
    char names[LOGS_MAX][300];
    uint32_t log_count;
    struct comp *comp;
    struct mr_scratch scratch, batch;
};

static void on_stable(void *owner, struct plog *log)
{
    (void)owner;
    producer_high_watermark(plog_producers(log), plog_stable_end(log));
}

static void on_fenced(void *owner, int err, const char *reason)
{
    struct start *s = owner;
    (void)err;
    s->fenced = true;
    CHECK(!s->sound, "fenced: %s", reason);
}

static void turn(struct start *s)
{
    uint64_t steps = world_steps(s->w);
    for (uint32_t i = 0; i < s->shards; i++) {
        int err = shard_turn(s->all[i], false);
        MR_ASSERT(err == 0);
    }
    world_run_for(s->w, UINT64_C(20000) << s->idle);
    s->idle = world_steps(s->w) != steps ? 0 : s->idle < 12 ? s->idle + 1 : s->idle;
}

static void wait_for(struct start *s, const bool *flag, const char *what)
{
    for (uint32_t turns = 0; !*flag; turns++) {
        CHECK(turns < TURNS_MAX, "%s hangs", what);
        turn(s);
    }
}

struct flag {
    struct mr_work work;
    bool set;
};
static void set_flag(struct mr_work *w)
{
    MR_CONTAINER(w, struct flag, work)->set = true;
}

/* ---- one log ---- */

struct reading {
    struct plog_read read;
    bool over;
};
static void read_done(struct plog_read *r)
{
    MR_CONTAINER(r, struct reading, read)->over = true;
}

static void read_all(struct start *s, struct plog *log, const char *name)
{
    int64_t at = plog_start(log), end = plog_stable_end(log), step = 1;
    for (uint32_t n = 0; at < end && n < READS_MAX; n++) {
        struct reading x = {.read = {.offset = at,
                                     .limit = end,
                                     .bytes_max = 20000,
                                     .one_at_least = true,
                                     .own_max = UINT32_MAX,
                                     .done = read_done}};
        if (!plog_read(log, &x.read))
            wait_for(s, &x.over, "a read");
        int err = x.read.err;
        CHECK(!s->sound || err == 0, "%s: read at %lld: %d", name, (long long)at, err);
        bool got = err == 0 && x.read.count > 0;
        CHECK(err != 0 || !got || x.read.end > at, "%s: read at %lld ends at %lld", name, (long long)at,
              (long long)x.read.end);
        if (got) {
            at = x.read.end;
            step = 1;
        } else if (err == 0) {
            at = end;
        } else { /* behind what is damaged */
            at += mr_imin(step, end - at);
            step *= step < INT64_MAX / 4 ? 2 : 1;
        }
        plog_read_done(&x.read);
    }
}

struct finding {
    struct plog_find find;
    bool over;
};
static void find_done(struct plog_find *f)
{
    MR_CONTAINER(f, struct finding, find)->over = true;
}

static void find(struct start *s, struct plog *log, const char *name, bool greatest, int64_t timestamp)
{
    struct finding x = {.find = {.max_timestamp = greatest,
                                 .timestamp = timestamp,
                                 .limit = plog_stable_end(log),
                                 .comp = s->comp,
                                 .scratch = &s->scratch,
                                 .unpacked_bytes_max = 16 << 20,
                                 .done = find_done}};
    plog_find(log, &x.find);
    wait_for(s, &x.over, "a search");
    (void)name; /* records that nobody can unpack are no damage of the log */
}

struct asking {
    struct plog_aborted q;
    bool over;
};
static void asked(struct plog_aborted *q)
{
    MR_CONTAINER(q, struct asking, q)->over = true;
}

static void ask_aborted(struct start *s, struct plog *log, const char *name)
{
    struct asking x = {.q = {.offset = plog_start(log), .done = asked}};
    x.q.end = plog_last_stable(log, plog_stable_end(log));
    if (x.q.offset >= x.q.end)
        return;
    if (!plog_aborted(log, &x.q))
        wait_for(s, &x.over, "a question");
    CHECK(!s->sound || x.q.err == 0, "%s: aborted transactions: %d", name, x.q.err);
    plog_aborted_done(&x.q);
}

struct appending {
    struct plog_append append;
    bool over;
};
static void appended(struct plog_append *a)
{
    MR_CONTAINER(a, struct appending, append)->over = true;
}

static void append(struct start *s, struct plog *log, const char *name)
{
    int64_t end = plog_append_end(log);
    struct appending x = {.append = {.batches = {s->batch.data, s->batch.len},
                                     .leader_epoch = (int32_t)mr_imax(epochs_latest(plog_epochs(log)), 0),
                                     .done = appended}};
    int err = -EAGAIN;
    for (uint32_t turns = 0; err == -EAGAIN; turns++) {
        CHECK(turns < TURNS_MAX, "%s: no room for a batch, for ever", name);
        err = !plog_has_room(log, s->batch.len) ? -EAGAIN : plog_append(log, &x.append);
        if (err == -EAGAIN && s->fenced)
            err = -MR_E_FENCED;
        if (err == -EAGAIN)
            turn(s);
    }
    if (err == 0)
        wait_for(s, &x.over, "an append");
    CHECK(!s->sound || (err == 0 && x.append.err == 0), "%s: append: %d, %d", name, err, x.append.err);
    CHECK(err != 0 || x.append.base_offset >= end, "%s: offset %lld, which is used", name,
          (long long)x.append.base_offset);
}

static void use_log(struct start *s, struct plog *log, const char *name)
{
    struct flag flag = {.set = false};
    work_init(&flag.work, set_flag);
    if (!plog_open(log, &flag.work))
        wait_for(s, &flag.set, "opening a log");
    CHECK(!s->sound || plog_failed(log) == 0, "%s does not open: %d", name, plog_failed(log));
    if (plog_failed(log) != 0)
        return;
    CHECK(plog_start(log) >= 0 && plog_start(log) <= plog_stable_end(log) &&
              plog_stable_end(log) <= plog_append_end(log),
          "%s: from %lld to %lld, %lld", name, (long long)plog_start(log), (long long)plog_stable_end(log),
          (long long)plog_append_end(log));
    read_all(s, log, name);
    find(s, log, name, true, 0);
    find(s, log, name, false, 1700000000007);
    ask_aborted(s, log, name);
    if (plog_append_end(log) < INT64_MAX / 2)
        append(s, log, name);
}

/* ---- which there are ---- */

static void note_log(void *ctx, struct plog *log)
{
    struct start *s = ctx;
    if (s->log_count == LOGS_MAX)
        return;
    snprintf(s->names[s->log_count], sizeof(s->names[0]), "log %u", s->log_count);
    s->logs[s->log_count++] = log;
}

static bool is_known(const struct start *s, struct part_key key)
{
    for (uint32_t i = 0; i < s->shards; i++) {
        if (store_find(s->stores[i], key) != NULL)
            return true;
    }
    return false;
}

/* As a broker's metadata would have it: each directory is a partition's. */
static void make_log(struct start *s, const char *name)
{
    int32_t partition;
    char topic[260];
    struct logdir_part part;
    const char *number = names_partition(name, &partition);
    if (number == NULL || number - name > 250 || s->log_count == LOGS_MAX ||
        logdir_claimed(s->dir, mr_str_of(name)))
        return;
    snprintf(topic, sizeof(topic), "%.*s", (int)(number - name) - 1, name);
    logdir_part(s->dir, topic, partition, &part);
    struct part_key key = {.topic = part.topic, .partition = partition};
    if (mr_uuid_is_zero(part.topic))
        memset(key.topic.bytes, name[0] == '\0' ? 1 : name[0], sizeof(key.topic.bytes));
    if (is_known(s, key))
        return;
    struct plog *log = store_make(s->stores[s->log_count % s->shards], key, topic, &s->d->log);
    MR_ASSERT(log != NULL);
    snprintf(s->names[s->log_count], sizeof(s->names[0]), "%s", name);
    s->logs[s->log_count++] = log;
}

static void note_dir(void *ctx, const char *path, bool is_dir, uint64_t bytes)
{
    (void)bytes;
    if (is_dir)
        make_log(ctx, strrchr(path, '/') + 1);
}

/* ---- all of it ---- */

/* A broker is configured as its directory says. */
static int32_t node_id(struct start *s, const char *path)
{
    char file[256], text[4097] = "";
    snprintf(file, sizeof(file), "%s/meta.properties", path);
    (void)node_peek(s->n, file, 0, text, sizeof(text) - 1);
    const char *id = strstr(text, "node.id=");
    return id == NULL ? 1 : (int32_t)mr_imin(strtoll(id + 8, NULL, 10), INT32_MAX);
}

static int begin(struct start *s, const char *path)
{
    char why[1024] = "";
    struct logdir_config dc = {.path = path,
                               .io = s->ios[0],
                               .log = node_log(s->n),
                               .node_id = node_id(s, path),
                               .cluster_id = NULL};
    int err = logdir_open(&dc, &s->dir, why, sizeof(why));
    if (err != 0)
        s->dir = NULL;
    bool refused = err == 0 && logdir_shards(s->dir) > s->shards && logdir_state(s->dir) == LOGDIR_CRASHED;
    for (uint32_t i = 0; i < s->shards && err == 0 && !refused; i++) {
        struct store_config sc = s->d->store;
        struct store_recovery rec;
        sc.shard = s->all[i];
        sc.dir = s->dir;
        sc.stable = on_stable;
        sc.fenced = on_fenced;
        sc.owner = s;
        err = store_open(&sc, &s->stores[i], &rec, why, sizeof(why));
        if (err != 0)
            s->stores[i] = NULL;
    }
    CHECK(!s->sound || (err == 0 && !refused), "refused: %d %s", err, why);
    CHECK(err == 0 || why[0] != '\0', "no reason for %d", err);
    return refused ? -MR_E_STATE : err;
}

static void end(struct start *s)
{
    int err = s->fenced ? -MR_E_FENCED : 0;
    for (uint32_t i = 0; i < s->shards && err == 0; i++)
        store_stop(s->stores[i]);
    for (uint32_t quiet = 0, turns = 0; quiet < s->shards && err == 0; turns++) {
        for (quiet = 0; quiet < s->shards && store_quiet(s->stores[quiet]);)
            quiet++;
        turn(s);
        CHECK(turns < TURNS_MAX, "does not come to rest");
    }
    for (uint32_t i = 0; i < s->shards && err == 0; i++)
        err = store_quiesce(s->stores[i]);
    for (int i = 0; i < 4 && err == 0; i++)
        turn(s);
    for (uint32_t i = 0; i < s->shards && err == 0; i++)
        err = store_settle(s->stores[i]);
    if (err == 0)
        err = logdir_settle(s->dir, s->ios[0]);
    for (uint32_t i = 0; i < s->shards && err == 0; i++) {
        err = store_close(s->stores[i]);
        s->stores[i] = NULL;
    }
    if (err == 0) {
        err = logdir_close(s->dir, s->ios[0]);
        s->dir = NULL;
    }
    CHECK(!s->sound || err == 0, "a close: %d", err);
}

void dir_start(struct world *w, struct sim_node *n, const char *path, const struct dir *d, bool sound)
{
    struct start *s = mem_zalloc(1, sizeof(*s));
    MR_ASSERT(s != NULL && d->shards <= SHARDS_MAX);
    s->w = w;
    s->n = n;
    s->d = d;
    s->sound = sound;
    s->shards = d->shards;
    s->comp = comp_new();
    MR_ASSERT(s->comp != NULL);
    scratch_init(&s->scratch, 64 << 20);
    scratch_init(&s->batch, 1 << 20);
    struct batch_builder b;
    struct batch_build_how how = batch_build_how_plain();
    struct batch_record r = {.timestamp = 1700000000000, .value = {(const uint8_t *)"x", 1}};
    int err = batch_build_begin(&b, &how, &s->batch, NULL, NULL);
    if (err == 0)
        err = batch_build_add(&b, &r);
    if (err == 0)
        err = batch_build_end(&b);
    MR_ASSERT(err == 0);
    for (uint32_t i = 0; i < s->shards; i++)
        s->ios[i] = world_io(n, &(struct io_config){.shard = i, .log = node_log(n)});
    err = shards_new(s->shards, s->ios, node_log(n), 16, &s->all);
    MR_ASSERT(err == 0);
    if (begin(s, path) == 0) {
        for (uint32_t i = 0; i < s->shards; i++)
            store_each(s->stores[i], note_log, s);
        node_walk(n, path, note_dir, s);
        for (uint32_t i = 0; i < s->log_count && !s->fenced; i++)
            use_log(s, s->logs[i], s->names[i]);
        end(s);
    }
    for (uint32_t i = 0; i < s->shards; i++) {
        if (s->stores[i] != NULL)
            store_abandon(s->stores[i]);
    }
    if (s->dir != NULL)
        logdir_abandon(s->dir, s->ios[0]);
    shards_free(s->all, s->shards);
    for (uint32_t i = 0; i < s->shards; i++) {
        CHECK(world_io_handles(s->ios[i]) == 0, "%u files are left open", world_io_handles(s->ios[i]));
        io_free(s->ios[i]);
    }
    comp_free(s->comp);
    scratch_done(&s->scratch);
    scratch_done(&s->batch);
    mem_free(s);
}
