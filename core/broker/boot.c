#include "core/broker/boot.h"

#include <stdio.h>

#include "core/broker/boot_priv.h"
#include "core/broker/cleaner.h"
#include "core/broker/conn_counts.h"
#include "core/broker/controller_priv.h"
#include "core/broker/coord.h"
#include "core/broker/dirs.h"
#include "core/broker/partition.h"
#include "core/broker/producer_ids.h"
#include "core/broker/quota_accounts.h"
#include "core/broker/recode.h"
#include "core/broker/retention.h"
#include "core/broker/scrub.h"
#include "core/broker/txn_coord.h"
#include "core/mem.h"

enum {
    TURN_NS = 1000000,
    SPIN_NS = 200000,
    DRAIN_MS = 5000,
    UNPACKED_BYTES_MAX = 256 << 20,
    MEMORY_PER_SHARD_MIN = 8 << 20,
    FILES_OPEN_MAX = 512, /* segment files of a shard */
    FILES_OPEN_MIN = 16,
    COLD_PER_SHARD_MIN = 2 << 20,
};

int boot_new(const struct boot_config *cfg, struct boot **ret)
{
    MR_ASSERT(cfg->shards > 0 && cfg->shards <= BOOT_SHARDS_MAX);
    struct boot *b = mem_zalloc(1, sizeof(*b));
    if (b == NULL)
        return -ENOMEM;
    b->cfg = *cfg;
    b->broker.config = cfg->config;
    b->broker.node_id = cfg->config->node_id;
    b->broker.shards = cfg->shards;
    b->broker.log = cfg->log;
    MR_ASSERT(cfg->config->log_dirs_count <= BROKER_DIRS_MAX);
    b->broker.dir_count = cfg->config->log_dirs_count;
    b->broker.data_dirs = cfg->config->data_dirs_count;
    b->broker.metadata_dir = cfg->config->metadata_dir;
    for (uint32_t d = 0; d < b->broker.dir_count; d++)
        b->broker.dirs[d].path = cfg->config->log_dirs[d];
    b->broker.by_shard = mem_zalloc(cfg->shards, sizeof(*b->broker.by_shard));
    b->broker.bound_ports = mem_zalloc(cfg->config->listeners_count, sizeof(*b->broker.bound_ports));
    b->broker.news = dirs_news(cfg->shards);
    if (b->broker.by_shard == NULL || b->broker.bound_ports == NULL || b->broker.news == NULL) {
        boot_free(b);
        return -ENOMEM;
    }
    *ret = b;
    return 0;
}

void boot_free(struct boot *b)
{
    if (b == NULL)
        return;
    mem_free(b->broker.by_shard);
    mem_free(b->broker.news);
    mem_free(b->broker.bound_ports);
    mem_free(b);
}

const char *boot_why(const struct boot *b)
{
    return b->why;
}
struct broker *boot_broker(struct boot *b)
{
    return &b->broker;
}
const struct boot_report *boot_report(const struct boot *b)
{
    return &b->report;
}

/* ---- turning while waiting ---- */

static void only_wake(struct mr_timer *t)
{
    (void)t;
}

int boot_turn(struct mr_shard *s)
{
    struct mr_timer wake;
    timer_init(&wake, only_wake);
    shard_timer(s, &wake, TURN_NS);
    int err = shard_turn(s, true);
    shard_timer_cancel(s, &wake);
    return err;
}

/* ---- up ---- */

/* First of all: a second broker on the same port leaves no trace; and the controller registers what port 0
 * has become. */
static int bind_ports(struct boot *b, struct mr_shard *s)
{
    struct boot_seat *seat = &b->seats[s->id];
    int err = b->cfg.bind == NULL ? 0 : b->cfg.bind(b->cfg.ctx, s, &b->broker, seat->why, sizeof(seat->why));
    seat->served = err == 0 && b->cfg.bind != NULL;
    return err;
}

/* Of a store's segment files: 512, or what a quarter of the process's descriptors gives each of the stores.
 */
static uint32_t files_open_max(const struct boot_config *cfg, uint64_t stores)
{
    uint64_t share = cfg->descriptors == 0 ? FILES_OPEN_MAX : cfg->descriptors / 4 / stores;
    return (uint32_t)mr_max(mr_min(share, FILES_OPEN_MAX), FILES_OPEN_MIN);
}

void boot_store_config(struct boot *b, struct mr_shard *s, uint32_t d, struct store_config *ret)
{
    struct config_view v = config_static(b->cfg.config);
    uint64_t parts = (uint64_t)b->cfg.shards * b->broker.dir_count;
    uint64_t memory = (uint64_t)config_int(&v, "millrace.memory.bytes") / parts;
    *ret = (struct store_config){
        .shard = s,
        .dir = b->broker.dirs[d].dir,
        .journal_bytes = (uint64_t)config_int(&v, "millrace.journal.bytes") / parts,
        .memory_bytes = mr_max(memory / 2, MEMORY_PER_SHARD_MIN),
        .cold_bytes = mr_max(memory / 8, COLD_PER_SHARD_MIN),
        .cold_share = (uint32_t)config_int(&v, "millrace.cold.share"),
        .unit = b->report.probe.took_ns > 0 ? b->report.probe.unit_bytes : 4096,
        .flush = strcmp(config_text(&v, "millrace.durability"), "write") != 0,
        .flush_first = b->report.probe.primitive,
        .flush_fixed = strcmp(config_text(&v, "millrace.flush"), "auto") != 0,
        .reserve_bytes = config_int(&v, "millrace.disk.reserve.bytes"),
        .files_open_max = files_open_max(&b->cfg, parts),
        .flights = (uint32_t)config_int(&v, "millrace.journal.flights"),
        .pace = config_bool(&v, "millrace.journal.pace"),
        .slow_max_us = (uint32_t)config_int(&v, "millrace.journal.slow.max.ms") * 1000,
    };
}

static void fence_arrived(struct mr_shard *zero, struct mr_msg *msg)
{
    (void)msg;
    struct broker_shard *b = broker_of(zero);
    if (b != NULL && b->controller != NULL)
        controller_fence(b->controller);
}

/* The failed disk of the metadata, or the only one, ends metadata changes too: a topic could not be made or
 * removed as a whole any more. One of several takes its own partitions with it. */
static void on_fenced(void *owner, int err, const char *reason)
{
    (void)err;
    (void)reason;
    struct boot_store *store = owner;
    struct boot_seat *seat = store->seat;
    if (seat->bs == NULL)
        return;
    if (store->dir != seat->bs->broker->metadata_dir) {
        dirs_failed(seat->bs, store->dir);
        return;
    }
    if (seat->fence_sent)
        return;
    seat->fence_sent = true;
    seat->fenced.run = fence_arrived;
    shard_send(seat->bs->shard, 0, &seat->fenced);
}

static void on_stable(void *owner, struct plog *log)
{
    partition_on_stable(((struct boot_store *)owner)->seat->bs, log);
}

static int open_store(struct boot *b, struct mr_shard *s, uint32_t d)
{
    struct boot_seat *seat = &b->seats[s->id];
    struct store_config cfg;
    struct store_recovery r;
    char why[BOOT_WHY_BYTES];
    boot_store_config(b, s, d, &cfg);
    seat->stores[d] = (struct boot_store){seat, d};
    cfg.stable = on_stable;
    cfg.fenced = on_fenced;
    cfg.owner = &seat->stores[d];
    int err = store_open(&cfg, &seat->bs->stores[d], &r, why, sizeof(why));
    if (err != 0) {
        seat->bs->stores[d] = NULL;
        snprintf(seat->why, sizeof(seat->why), "%s", why);
        return boot_dir_failed(b, d, err, why);
    }
    seat->recovery.logs += r.logs;
    seat->recovery.journal_entries += r.journal_entries;
    seat->recovery.journal_bytes += r.journal_bytes;
    return 0;
}

static int open_stores(struct boot *b, struct mr_shard *s)
{
    struct boot_seat *seat = &b->seats[s->id];
    struct broker_shard *bs = mem_zalloc(1, sizeof(*bs));
    if (bs == NULL)
        return -ENOMEM;
    seat->bs = bs;
    b->broker.by_shard[s->id] = bs;
    s->broker = bs;
    bs->broker = &b->broker;
    bs->shard = s;
    smap_init(&bs->partitions);
    list_init(&bs->gone_waiters);
    scratch_init(&bs->scratch, UNPACKED_BYTES_MAX);
    scratch_init(&bs->shaped, UNPACKED_BYTES_MAX);
    scratch_init(&bs->work, UNPACKED_BYTES_MAX);
    bs->comp = comp_new();
    bs->recode = recode_new(bs);
    bs->txn_ask = txn_ask_coordinator;
    int err = bs->comp == NULL || bs->recode == NULL ? -ENOMEM : image_new(b->broker.node_id, &bs->image);
    if (err == 0)
        err = producer_ids_new(bs, &bs->producer_ids);
    if (err == 0 && s->id == 0) {
        bs->quota_accounts = quota_accounts_new(b->cfg.config);
        bs->conn_counts = conn_counts_new();
        err = bs->quota_accounts == NULL || bs->conn_counts == NULL ? -ENOMEM : 0;
    }
    if (err != 0)
        return err;
    broker_settings_update(bs);
    for (uint32_t d = 0; d < b->broker.dir_count && err == 0; d++) {
        if (dir_online(&b->broker, d))
            err = open_store(b, s, d);
    }
    return err;
}

/* Of directories that have failed on another shard. */
static int drop_failed(struct boot *b, struct mr_shard *s)
{
    struct broker_shard *bs = b->seats[s->id].bs;
    for (uint32_t d = 0; d < b->broker.dir_count; d++) {
        if (dir_online(&b->broker, d) || bs->stores[d] == NULL)
            continue;
        store_abandon(bs->stores[d]);
        bs->stores[d] = NULL;
    }
    return 0;
}

static int start_controller(struct boot *b, struct mr_shard *s)
{
    struct boot_seat *seat = &b->seats[s->id];
    b->stores_stand = true;
    for (uint32_t i = 0; i < b->cfg.shards; i++) {
        const struct store_recovery *r = &b->seats[i].recovery;
        b->report.logs += r->logs;
        b->report.journal_bytes += r->journal_bytes;
        b->report.journal_entries += r->journal_entries;
    }
    int err = controller_start(seat->bs, &seat->bs->controller, seat->why, sizeof(seat->why));
    if (err != 0)
        return err;
    const struct image *img = seat->bs->image;
    b->report.metadata_records = (uint64_t)img->offset + 1;
    b->report.topics = smap_count(&img->topics);
    b->report.partitions = (uint32_t)img->partition_total;
    return 0;
}

static int catch_up(struct boot *b, struct mr_shard *s)
{
    struct broker_shard *bs = b->seats[s->id].bs;
    const struct meta_history *h = controller_history(b->seats[0].bs->controller);
    for (uint32_t i = 0; s->id != 0 && i < h->count; i++) {
        int err = meta_history_apply(&h->pieces[i], bs->image);
        if (err != 0)
            return err;
    }
    broker_settings_update(bs);
    return 0;
}

static int make_partitions(struct boot *b, struct mr_shard *s)
{
    struct broker_shard *bs = b->seats[s->id].bs;
    if (s->id == 0) {
        controller_history_done(bs->controller);
        for (uint32_t i = 0; i < b->cfg.shards; i++)
            b->report.removed += b->seats[i].removed;
    }
    int err = coords_new(bs, &bs->coords);
    if (err != 0)
        return err;
    uint32_t at = 0;
    for (struct image_topic *t; (t = image_next(bs->image, &at)) != NULL;) {
        for (int32_t i = 0; i < t->partition_count; i++) {
            struct image_change c = {IMAGE_PARTITION_ADDED, t, i};
            if (t->partitions[i].replicas != NULL)
                partition_on_image(bs, &c);
        }
    }
    err = retention_new(bs, &bs->retention);
    if (err == 0)
        retention_start(bs->retention);
    if (err == 0)
        err = scrub_new(bs, &bs->scrub);
    if (err == 0)
        scrub_start(bs->scrub);
    if (err == 0)
        err = cleaner_new(bs, &bs->cleaner);
    if (err == 0)
        cleaner_start(bs->cleaner);
    return err;
}

static int serve(struct boot *b, struct mr_shard *s)
{
    struct boot_seat *seat = &b->seats[s->id];
    if (b->cfg.serve == NULL)
        return 0;
    int err = b->cfg.serve(b->cfg.ctx, seat->bs, seat->why, sizeof(seat->why));
    seat->served = err == 0;
    return err;
}

/* ---- down ---- */

static void unclean(struct boot *b)
{
    atomic_store(&b->unclean, true);
}

static int stop_serving(struct boot *b, struct mr_shard *s)
{
    struct boot_seat *seat = &b->seats[s->id];
    if (seat->bs != NULL)
        coords_stop(seat->bs); /* requests that wait in groups hold their connections */
    if (seat->bs != NULL && seat->bs->retention != NULL)
        retention_stop(seat->bs->retention);
    if (seat->bs != NULL && seat->bs->scrub != NULL)
        scrub_stop(seat->bs->scrub);
    if (seat->bs != NULL && seat->bs->cleaner != NULL)
        cleaner_stop(seat->bs->cleaner);
    if (seat->served)
        b->cfg.unserve(b->cfg.ctx, s);
    seat->served = false;
    return 0;
}

static int drain_controller(struct boot *b, struct mr_shard *s)
{
    struct broker_shard *bs = b->seats[s->id].bs;
    if (bs == NULL || bs->controller == NULL)
        return 0;
    uint64_t until = shard_now_ns(s) + DRAIN_MS * 1000000ull;
    while (!controller_idle(bs->controller)) {
        int err = shard_now_ns(s) < until ? boot_turn(s) : -ETIMEDOUT;
        if (err != 0) {
            controller_fence(bs->controller);
            unclean(b);
            return err;
        }
    }
    int err = controller_stop(bs->controller);
    controller_fence(bs->controller); /* a directory that fails from here on is nobody's news any more */
    if (err != 0)
        unclean(b);
    return err;
}

/* What others sent before the last gate: who comes to every gate last never turns at one. */
static int deliver(struct boot *b, struct mr_shard *s)
{
    int n = shard_turn(s, false);
    if (n < 0)
        unclean(b);
    return (int)mr_imin(n, 0);
}

static bool ending(const struct broker_shard *bs)
{
    bool fenced = false;
    for (uint32_t d = 0; d < bs->broker->dir_count; d++)
        fenced |= bs->stores[d] != NULL && store_fenced(bs->stores[d]);
    return !fenced && (bs->ending > 0 || (bs->retention != NULL && !retention_idle(bs->retention)) ||
                       (bs->cleaner != NULL && !cleaner_idle(bs->cleaner)));
}

static int free_partitions(struct boot *b, struct mr_shard *s)
{
    struct broker_shard *bs = b->seats[s->id].bs;
    int err = 0;
    if (bs == NULL)
        return 0;
    while (ending(bs) && err == 0)
        err = boot_turn(s);
    while (bs->scrub != NULL && !scrub_idle(bs->scrub) && err == 0)
        err = boot_turn(s);
    if (err != 0)
        unclean(b);
    partition_free_all(bs);
    return err;
}

/* The stores of a directory stop cleanly together, or not at all: then its next start recovers. A directory
 * that has failed before has been told of, and is no error of the stop. */
static int dir_unclean(struct boot *b, uint32_t d, int err)
{
    bool failed = atomic_load(&b->broker.dirs[d].failed);
    atomic_store(&b->broker.dirs[d].unclean, true);
    return failed ? 0 : err;
}

static bool is_unclean(const struct boot *b, uint32_t d)
{
    return atomic_load(&b->unclean) || atomic_load(&b->broker.dirs[d].unclean);
}

/* Runs what for the store of each directory that this shard has. */
static int each_store(struct boot *b, struct mr_shard *s,
                      int (*what)(struct boot *b, uint32_t d, struct store *store))
{
    struct broker_shard *bs = b->seats[s->id].bs;
    int first = 0;
    for (uint32_t d = 0; bs != NULL && d < b->broker.dir_count; d++) {
        int err = bs->stores[d] == NULL ? 0 : what(b, d, bs->stores[d]);
        if (err != 0)
            err = dir_unclean(b, d, err);
        first = first != 0 ? first : err;
    }
    return first;
}

static int quiesce_one(struct boot *b, uint32_t d, struct store *store)
{
    (void)b;
    (void)d;
    return store_quiesce(store);
}

static int quiesce(struct boot *b, struct mr_shard *s)
{
    if (!b->stores_stand)
        unclean(b);
    return each_store(b, s, quiesce_one);
}

static int settle_one(struct boot *b, uint32_t d, struct store *store)
{
    return is_unclean(b, d) ? 0 : store_settle(store);
}

static int settle(struct boot *b, struct mr_shard *s)
{
    return each_store(b, s, settle_one);
}

static int settle_dirs(struct boot *b, struct mr_shard *s)
{
    struct controller *c = b->seats[s->id].bs != NULL ? b->seats[s->id].bs->controller : NULL;
    int first = 0;
    for (uint32_t d = 0; d < b->broker.dir_count; d++) {
        if (b->broker.dirs[d].dir == NULL || is_unclean(b, d))
            continue;
        int err = c != NULL && d == b->broker.metadata_dir ? controller_settle(c) : 0;
        if (err == 0)
            err = logdir_settle(b->broker.dirs[d].dir, s->io);
        if (err != 0)
            err = dir_unclean(b, d, err);
        first = first != 0 ? first : err;
    }
    return first;
}

static int close_one(struct boot *b, uint32_t d, struct store *store)
{
    if (!is_unclean(b, d))
        return store_close(store);
    store_abandon(store);
    return 0;
}

static int close_stores(struct boot *b, struct mr_shard *s)
{
    int err = each_store(b, s, close_one);
    if (b->seats[s->id].bs != NULL)
        memset(b->seats[s->id].bs->stores, 0, sizeof(b->seats[s->id].bs->stores));
    return err;
}

static int close_dirs(struct boot *b, struct mr_shard *s)
{
    int first = 0;
    for (uint32_t d = 0; d < b->broker.dir_count; d++) {
        struct logdir *dir = b->broker.dirs[d].dir;
        int err = 0;
        b->broker.dirs[d].dir = NULL;
        if (dir != NULL && is_unclean(b, d))
            logdir_abandon(dir, s->io);
        else if (dir != NULL)
            err = logdir_close(dir, s->io);
        first = first != 0 ? first : err;
    }
    return first;
}

static int free_shard(struct boot *b, struct mr_shard *s)
{
    struct broker_shard *bs = b->seats[s->id].bs;
    if (bs == NULL)
        return 0;
    coords_free(bs->coords);
    controller_free(bs->controller);
    retention_free(bs->retention);
    recode_free(bs->recode);
    scrub_free(bs->scrub);
    cleaner_free(bs->cleaner);
    producer_ids_free(bs->producer_ids);
    quota_accounts_free(bs->quota_accounts);
    conn_counts_free(bs->conn_counts);
    image_free(bs->image);
    if (bs->comp != NULL)
        comp_free(bs->comp);
    scratch_done(&bs->scratch);
    scratch_done(&bs->shaped);
    scratch_done(&bs->work);
    s->broker = NULL;
    b->broker.by_shard[s->id] = NULL;
    b->seats[s->id].bs = NULL;
    mem_free(bs);
    return 0;
}

/* ---- phases ---- */

enum phase_who { ALL, FIRST, OTHERS };

struct phase {
    int (*run)(struct boot *b, struct mr_shard *s);
    enum phase_who who;
    const char *what; /* for errors without a sentence of their own */
};

static const struct phase up[] = {
    {bind_ports, FIRST, "the listeners"},
    {boot_dirs_open, FIRST, "the log directories"},
    {open_stores, ALL, "the journal"},
    {boot_dirs_judge, FIRST, "the log directories"},
    {drop_failed, ALL, "the journal"},
    {start_controller, FIRST, "the metadata"},
    {catch_up, ALL, "the metadata"},
    {boot_remove_gone, ALL, "removing deleted topics"},
    {boot_dir_strays, FIRST, "setting strays aside"},
    {make_partitions, ALL, "the partitions"},
    {serve, FIRST, "the listeners"},
    {serve, OTHERS, "the listeners"},
};

static const struct phase down[] = {
    {stop_serving, ALL, "the connections"},
    {drain_controller, FIRST, "the controller"},
    {deliver, ALL, "the mailboxes"}, /* requests, */
    {deliver, ALL, "the mailboxes"}, /* answers, */
    {free_partitions, ALL, "the partitions"},
    {deliver, ALL, "the mailboxes"}, /* answers of what waited for a partition, */
    {quiesce, ALL, "the journal"},
    {deliver, ALL, "the mailboxes"}, /* and for the journal */
    {settle, ALL, "the logs"},
    {settle_dirs, FIRST, "the log directories"},
    {close_stores, ALL, "the journal"},
    {close_dirs, FIRST, "the log directories"},
    {free_shard, ALL, "memory"},
};

/* Runs the phase on s. Keeps the first sentence: of the shard whose error is the first one. */
static int run(struct boot *b, const struct phase *p, struct mr_shard *s, const char *way)
{
    struct boot_seat *seat = &b->seats[s->id];
    seat->why[0] = '\0';
    int err = p->run(b, s), none = 0;
    if (err == 0 || !atomic_compare_exchange_strong(&b->err, &none, err))
        return err;
    if (seat->why[0] != '\0')
        snprintf(b->why, sizeof(b->why), "%s", seat->why);
    else
        snprintf(b->why, sizeof(b->why), "%s of %s failed on shard %u: %s", way, p->what, s->id,
                 mr_err_text(err));
    return err;
}

static bool takes_part(const struct phase *p, uint32_t shard)
{
    switch (p->who) {
    case ALL:
        return true;
    case FIRST:
        return shard == 0;
    case OTHERS:
        return shard != 0;
    }
    return false;
}

/* Waits until every shard is here; the same answer for all: the first error of anyone so far. */
static int gate(struct boot *b, struct mr_shard *s)
{
    uint32_t opening = atomic_load(&b->openings);
    if (atomic_fetch_add(&b->arrived, 1) + 1 == b->cfg.shards) {
        atomic_store(&b->arrived, 0);
        b->verdict = atomic_load(&b->err);
        atomic_fetch_add(&b->openings, 1);
        for (uint32_t i = 0; i < s->count; i++) {
            if (i != s->id)
                io_wake(s->peers[i]->io);
        }
        return b->verdict;
    }
    while (atomic_load(&b->openings) == opening)
        (void)shard_turn(s, true); /* a broken ring spins here until the others have come */
    return b->verdict;
}

static void go_down(struct boot *b, struct mr_shard *s)
{
    for (size_t i = 0; i < MR_COUNT(down); i++) {
        if (takes_part(&down[i], s->id))
            (void)run(b, &down[i], s, "closing");
        (void)gate(b, s);
    }
}

static int go_up(struct boot *b, struct mr_shard *s)
{
    for (size_t i = 0; i < MR_COUNT(up); i++) {
        if (takes_part(&up[i], s->id))
            (void)run(b, &up[i], s, "opening");
        int err = gate(b, s);
        if (err != 0) {
            go_down(b, s);
            return err;
        }
    }
    return 0;
}

/* The loops of start and stop look at their condition once a turn. What a turn's own work has changed must
 * not be slept over, so a shard looks again at once after it has done something. */
static uint32_t look_again(struct mr_shard *s)
{
    uint32_t before = s->spin_ns;
    s->spin_ns = (uint32_t)mr_max(before, SPIN_NS);
    return before;
}

int boot_up(struct boot *b, struct mr_shard *s)
{
    uint32_t spin_ns = look_again(s);
    int err = go_up(b, s);
    s->spin_ns = spin_ns;
    return err;
}

int boot_down(struct boot *b, struct mr_shard *s)
{
    uint32_t spin_ns = look_again(s);
    go_down(b, s);
    s->spin_ns = spin_ns;
    return b->verdict;
}
