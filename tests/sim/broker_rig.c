#include "tests/sim/broker_rig.h"

#include <stdio.h>

#include "core/mem.h"
#include "storage/verify.h"
#include "tests/sim/disk.h"

static void log_write(struct mr_log *log, enum log_level level, const char *line)
{
    struct rig *rig = log->owner;
    if (rig->killed)
        return; /* what a ghost says nobody hears */
    if (level == LOG_ERROR && rig->errors++ == 0)
        snprintf(rig->error, sizeof(rig->error), "%s", line);
    struct mr_log *to = node_log(rig->node);
    to->write(to, level, line);
}

void rig_init(struct rig *rig, struct world *w, const char *const *overrides, uint32_t count,
              struct seed_result *res)
{
    static const char *const own[] = {
        "node.id=1",
        "process.roles=broker,controller",
        "listeners=PLAINTEXT://:9092",
        "advertised.listeners=PLAINTEXT://broker:9092",
        "log.dirs=/data",
        "auto.create.topics.enable=false",
        "millrace.journal.bytes=16777216",
        "millrace.memory.bytes=67108864",
    };
    *rig = (struct rig){.w = w, .res = res};
    rig->node = world_node(w, "broker");
    rig->log = (struct mr_log){.level = LOG_DEBUG, .write = log_write, .owner = rig};
    world_ghosts(w, true);
    node_mkdirs(rig->node, "/data");
    const char *all[RIG_OVERRIDES_MAX];
    size_t n = 0;
    for (size_t i = 0; i < MR_COUNT(own); i++)
        all[n++] = own[i];
    MR_ASSERT(n + count <= MR_COUNT(all));
    for (uint32_t i = 0; i < count; i++)
        all[n++] = overrides[i];
    struct config_input in = {.overrides = all, .overrides_count = n, .hostname = "broker", .cpus = 1};
    struct config_report report = {0};
    int err = config_load(&in, &rig->config, &report);
    for (uint32_t i = 0; err != 0 && i < report.count; i++)
        fprintf(stderr, "config: %s\n", report.notes[i].text);
    MR_ASSERT(err == 0);
    config_report_done(&report);
}

const char *rig_several_dirs(uint64_t seed)
{
    static const char *const few[] = {"log.dirs=/data,/more/b", "log.dirs=/data,/more/b,/more/c",
                                      "log.dirs=/more/b,/data,/more/c"};
    return seed % 4 == 0 ? few[seed / 4 % MR_COUNT(few)] : NULL;
}

void rig_done(struct rig *rig)
{
    MR_ASSERT(rig->boot == NULL);
    config_free(rig->config);
}

/* ---- what core/cmd/serve.c does ---- */

static int serve(void *ctx, struct broker_shard *b, char *why, size_t why_bytes)
{
    struct rig *rig = ctx;
    struct net_shard *n;
    int err = net_start(b, &n, why, why_bytes);
    if (err != 0)
        return err;
    if (rig->sizes.net_memory_bytes != 0)
        n->limits.memory_bytes_max = n->limits.read_bytes_max = rig->sizes.net_memory_bytes;
    if (rig->sizes.requests_per_conn != 0)
        n->limits.requests_per_conn_max = rig->sizes.requests_per_conn;
    return 0;
}

static int bind_ports(void *ctx, struct mr_shard *zero, struct broker *broker, char *why, size_t why_bytes)
{
    (void)ctx;
    return net_bind(zero, broker, why, why_bytes);
}

static void unserve(void *ctx, struct mr_shard *s)
{
    struct rig *rig = ctx;
    net_stop(net_of(s), rig->sizes.grace_ms);
}

static int shard_main(void *ctx)
{
    struct rig_seat *seat = ctx;
    struct boot *boot = seat->rig->boot;
    seat->err = boot_up(boot, seat->shard);
    if (seat->err == 0) {
        seat->up = true;
        int err = shard_run(seat->shard);
        seat->up = false;
        seat->err = boot_down(boot, seat->shard);
        if (err != 0)
            seat->err = err;
    }
    seat->ended = true;
    return 0;
}

void rig_start(struct rig *rig, const struct rig_sizes *sizes)
{
    MR_ASSERT(rig->boot == NULL && sizes->shards > 0 && sizes->shards <= RIG_SHARDS_MAX);
    rig->sizes = *sizes;
    rig->killed = false;
    rig->lives++;
    struct boot_config bc = {
        .config = rig->config,
        .log = &rig->log,
        .shards = sizes->shards,
        .bind = bind_ports,
        .serve = serve,
        .unserve = unserve,
        .ctx = rig,
    };
    int err = boot_new(&bc, &rig->boot);
    MR_ASSERT(err == 0);
    struct mr_io *ios[RIG_SHARDS_MAX];
    for (uint32_t i = 0; i < sizes->shards; i++)
        ios[i] = world_io(rig->node, &(struct io_config){.shard = i,
                                                         .recv_chunk_bytes = sizes->recv_chunk_bytes,
                                                         .recv_chunks_max = sizes->recv_chunks_max,
                                                         .log = &rig->log});
    err = shards_new(sizes->shards, ios, &rig->log, sizes->mailbox_slots == 0 ? 1024 : sizes->mailbox_slots,
                     &rig->shards);
    MR_ASSERT(err == 0);
    for (uint32_t i = 0; i < sizes->shards; i++) {
        rig->seats[i] = (struct rig_seat){.rig = rig, .io = ios[i], .shard = rig->shards[i]};
        world_thread(ios[i], shard_main, &rig->seats[i]);
    }
}

static bool all_seats(const struct rig *rig, size_t flag)
{
    for (uint32_t i = 0; i < rig->sizes.shards; i++) {
        if (!*(const bool *)((const char *)&rig->seats[i] + flag))
            return false;
    }
    return true;
}

bool rig_up(const struct rig *rig)
{
    return rig->boot != NULL && !rig->killed && all_seats(rig, offsetof(struct rig_seat, up));
}

bool rig_ended(const struct rig *rig)
{
    return rig->boot != NULL && (rig->killed || all_seats(rig, offsetof(struct rig_seat, ended)));
}

void rig_stop(struct rig *rig)
{
    for (uint32_t i = 0; i < rig->sizes.shards; i++)
        shard_stop(rig->shards[i]);
}

void rig_kill(struct rig *rig, bool power)
{
    MR_ASSERT(rig->boot != NULL);
    rig->killed = true;
    if (power)
        node_power_loss(rig->node);
    else
        node_kill(rig->node);
}

static void check_nothing_is_left(struct rig *rig)
{
    for (uint32_t i = 0; i < rig->sizes.shards; i++) {
        const struct mr_io *io = rig->seats[i].io;
        seed_check(rig->res, world_io_handles(io) == 0, "shard %u left %u handles", i, world_io_handles(io));
        seed_check(rig->res, world_io_ops(io) == 0, "shard %u left %u ops", i, world_io_ops(io));
        seed_check(rig->res, world_io_chunks(io) == 0, "shard %u left %u receive chunks", i,
                   world_io_chunks(io));
        seed_check(rig->res, rig->shards[i]->timers.count == 0, "shard %u left %u timers", i,
                   rig->shards[i]->timers.count);
    }
}

int rig_reap(struct rig *rig, char *why, size_t why_bytes)
{
    MR_ASSERT(rig_ended(rig));
    int err = -ECANCELED;
    if (rig->killed) {
        rig_stop(rig); /* for shard_run(): their ghosts shall find the way out */
        bool over = node_bury(rig->node);
        seed_check(rig->res, over, "a shard waits for ever after its disk and network failed for good");
        if (!over)
            return err;
    } else {
        err = 0;
        for (uint32_t i = 0; i < rig->sizes.shards && err == 0; i++)
            err = rig->seats[i].err;
        check_nothing_is_left(rig);
        rig->clean_ends += err == 0;
    }
    if (why != NULL)
        snprintf(why, why_bytes, "%s", boot_why(rig->boot));
    boot_free(rig->boot);
    rig->boot = NULL;
    shards_free(rig->shards, rig->sizes.shards);
    rig->shards = NULL;
    for (uint32_t i = 0; i < rig->sizes.shards && rig->res->err == 0; i++)
        io_free(rig->seats[i].io);
    return err;
}

uint64_t rig_net_bytes(const struct rig *rig)
{
    uint64_t bytes = 0;
    for (uint32_t i = 0; rig_up(rig) && i < rig->sizes.shards; i++) {
        const struct net_shard *n = net_of(rig->shards[i]);
        bytes += n != NULL ? n->memory_bytes + n->read_bytes : 0;
    }
    return bytes;
}

/* ---- verify ---- */

struct verifier {
    struct rig *rig;
    struct mr_shard *shard;
    struct verify_report report;
    char finding[200]; /* the first one */
    int err;
    bool over;
};

static void say(void *ctx, const char *line)
{
    struct verifier *v = ctx;
    if (v->finding[0] == '\0')
        snprintf(v->finding, sizeof(v->finding), "%s", line);
}

static int verify_main(void *ctx)
{
    struct verifier *v = ctx;
    const struct mr_config *c = v->rig->config;
    for (uint32_t d = 0; d < c->log_dirs_count && (v->err == 0 || v->err == -ENOENT); d++)
        v->err = verify_dir(v->shard, c->log_dirs[d], say, v, &v->report);
    v->over = true;
    return 0;
}

static bool verified(void *ctx)
{
    return ((struct verifier *)ctx)->over;
}

void rig_verify(struct rig *rig)
{
    MR_ASSERT(rig->boot == NULL);
    struct verifier v = {.rig = rig};
    struct mr_io *io = world_io(rig->node, &(struct io_config){.shard = 0, .log = &rig->log});
    struct mr_shard **shards = NULL;
    int err = shards_new(1, &io, &rig->log, 2, &shards);
    MR_ASSERT(err == 0);
    v.shard = shards[0];
    rig->killed = false;
    uint64_t before = node_disk_hash(rig->node);
    world_thread(io, verify_main, &v);
    bool came = world_run_until(rig->w, verified, &v, UINT64_C(600000000000));
    if (!seed_check(rig->res, came, "verify does not come to an end"))
        return;
    seed_check(rig->res, v.err == 0 || v.err == -ENOENT, "verify failed with %d", v.err);
    seed_check(rig->res, v.report.findings == 0, "verify: %s", v.finding);
    seed_check(rig->res, node_disk_hash(rig->node) == before, "verify has changed something");
    shards_free(shards, 1);
    world_detach(io);
    io_free(io);
}
