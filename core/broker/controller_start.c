#include <stdio.h>

#include "core/broker/controller_priv.h"
#include "core/mem.h"
#include "net/wire/gen/meta_nodes.h"
#include "net/wire/gen/meta_other.h"
#include "net/wire/gen/meta_topics.h"
#include "net/wire/gen/quorum_data.h"
#include "storage/epoch.h"

enum { READ_BYTES = 1 << 20 };

/* What Apache Kafka 4.1.0 writes into an empty directory, and what this broker says it can do: the same, so that either of
 * them can open the other's directory. What clients are told is another matter (ApiVersions). */
static const struct {
    const char *name;
    int16_t min, max, level;
} features[] = {
    {"metadata.version", 7, 27, 27},
    {"eligible.leader.replicas.version", 0, 1, 1},
    {"group.version", 0, 1, 1},
    {"transaction.version", 0, 2, 2},
    {"kraft.version", 0, 1, 0},
    {"share.version", 0, 1, 0},
};

/* ---- waiting, at start-up only ---- */

/* shard_turn() runs work first and sleeps then, so whoever ends a wait wakes the shard that is about to sleep. */
struct flag {
    struct mr_work work;
    struct mr_shard *shard;
    bool up;
};

static void flag_raise(struct flag *f)
{
    f->up = true;
    io_wake(f->shard->io);
}

static void flag_work(struct mr_work *w) { flag_raise(MR_CONTAINER(w, struct flag, work)); }

static struct flag flag_new(struct controller *c)
{
    return (struct flag){.shard = c->zero->shard};
}

static int flag_wait(struct flag *f)
{
    int err = 0;
    while (err == 0 && !f->up)
        err = shard_turn(f->shard, true);
    return err;
}

static int open_log(struct controller *c)
{
    struct flag flag = flag_new(c);
    work_init(&flag.work, flag_work);
    int err = plog_open(c->log, &flag.work) ? 0 : flag_wait(&flag);
    return err != 0 ? err : plog_failed(c->log);
}

struct reading {
    struct plog_read read;
    struct flag flag;
};

static void read_done(struct plog_read *r) { flag_raise(&MR_CONTAINER(r, struct reading, read)->flag); }

/* ---- reading ---- */

static int take_parts(struct controller *c, const struct plog_read *r)
{
    struct meta_piece piece = {.bytes = mem_alloc(r->bytes + 1), .len = r->bytes, .snapshot_end = -1};
    if (piece.bytes == NULL)
        return -ENOMEM;
    size_t at = 0;
    for (uint32_t i = 0; i < r->count; i++) {
        memcpy(piece.bytes + at, r->parts[i].bytes.ptr, r->parts[i].bytes.len);
        at += r->parts[i].bytes.len;
    }
    MR_ASSERT(at == piece.len);
    return meta_history_add(&c->history, piece);
}

static int read_log(struct controller *c, int64_t from)
{
    struct image *img = c->zero->image;
    while (from < plog_stable_end(c->log)) {
        struct reading r = {.read = {.offset = from,
                                     .limit = plog_stable_end(c->log),
                                     .bytes_max = READ_BYTES,
                                     .one_at_least = true,
                                     .done = read_done},
                            .flag = flag_new(c)};
        int err = plog_read(c->log, &r.read) ? 0 : flag_wait(&r.flag);
        if (err == 0)
            err = r.read.err;
        if (err == 0)
            err = r.read.bytes > 0 ? take_parts(c, &r.read) : -MR_E_CORRUPT;
        plog_read_done(&r.read);
        if (err == 0)
            err = meta_history_apply(&c->history.pieces[c->history.count - 1], img);
        if (err != 0)
            return err;
        if (img->offset < from)
            return -MR_E_CORRUPT;
        from = img->offset + 1;
    }
    return 0;
}

/* ---- writing what this start adds ---- */

/* A quorum of one elects itself (KIP-595). */
static void put_leader_change(struct controller *c)
{
    struct kw_leader_change_message m;
    struct kw_leader_change_message_voter voter;
    struct mr_arena arena;
    struct kw_writer w;
    kw_leader_change_message_init(&m);
    kw_leader_change_message_voter_init(&voter);
    voter.voter_id = m.leader_id = c->zero->broker->node_id;
    m.voters = m.granting_voters = &voter;
    m.voters_count = m.granting_voters_count = 1;
    arena_init(&arena, 4096);
    kw_writer_init(&w, &arena, 128, 4096, false);
    kw_leader_change_message_encode(&w, 0, &m);
    if (w.err == 0)
        meta_out_control(&c->out, CONTROL_LEADER_CHANGE, (struct mr_slice){w.buf, w.len});
    else
        c->out.err = w.err;
    arena_done(&arena);
}

static void put_bootstrap(struct controller *c)
{
    struct kw_begin_transaction_record begin;
    kw_begin_transaction_record_init(&begin);
    begin.name = MR_STR_LIT("Bootstrap records");
    meta_out_put(&c->out, &kw_begin_transaction_record_info, 0, &begin);
    for (size_t i = 0; i < MR_COUNT(features); i++) {
        struct kw_feature_level_record level;
        kw_feature_level_record_init(&level);
        level.name = mr_str_of(features[i].name);
        level.feature_level = features[i].level;
        if (level.feature_level > 0)
            meta_out_put(&c->out, &kw_feature_level_record_info, 0, &level);
    }
    struct kw_config_record min_isr; /* with ELR the cluster wants one (KIP-966) */
    kw_config_record_init(&min_isr);
    min_isr.resource_type = 4;
    min_isr.name = MR_STR_LIT("min.insync.replicas");
    min_isr.value = MR_STR_LIT("1");
    meta_out_put(&c->out, &kw_config_record_info, 0, &min_isr);
    struct kw_end_transaction_record end;
    kw_end_transaction_record_init(&end);
    meta_out_put(&c->out, &kw_end_transaction_record_info, 0, &end);
}

static void put_registration(struct controller *c)
{
    const struct broker *b = c->zero->broker;
    const struct mr_config *config = b->config;
    struct config_view v = config_static(config);
    struct kw_register_broker_record r;
    struct kw_register_broker_record_end_point *points =
        mem_zalloc(config->listeners_count, sizeof(*points));
    struct kw_register_broker_record_feature listed[MR_COUNT(features)];
    struct mr_uuid dir = b->directory_id;
    if (points == NULL) {
        c->out.err = -ENOMEM;
        return;
    }
    for (uint32_t i = 0; i < config->listeners_count; i++) {
        const struct config_listener *l = &config->listeners[i];
        kw_register_broker_record_end_point_init(&points[i]);
        points[i].name = mr_str_of(l->name);
        points[i].host = mr_str_of(l->advertised_host);
        points[i].port = l->advertised_port != 0 ? l->advertised_port : b->bound_ports[i];
        points[i].security_protocol = (int16_t)l->protocol;
    }
    for (size_t i = 0; i < MR_COUNT(features); i++) {
        kw_register_broker_record_feature_init(&listed[i]);
        listed[i].name = mr_str_of(features[i].name);
        listed[i].min_supported_version = features[i].min;
        listed[i].max_supported_version = features[i].max;
    }
    kw_register_broker_record_init(&r);
    r.broker_id = b->node_id;
    io_random(c->zero->shard->io, r.incarnation_id.bytes, sizeof(r.incarnation_id.bytes));
    r.broker_epoch = c->broker_epoch = c->out.next_offset;
    r.end_points = points;
    r.end_points_count = (int32_t)config->listeners_count;
    r.features = listed;
    r.features_count = MR_COUNT(features);
    r.rack = mr_str_of(config_text(&v, "broker.rack"));
    r.log_dirs = &dir;
    r.log_dirs_count = 1;
    meta_out_put(&c->out, &kw_register_broker_record_info, 3, &r);
    mem_free(points);

    struct kw_broker_registration_change_record unfence;
    kw_broker_registration_change_record_init(&unfence);
    unfence.broker_id = b->node_id;
    unfence.broker_epoch = c->broker_epoch;
    unfence.fenced = -1;
    meta_out_put(&c->out, &kw_broker_registration_change_record_info, 0, &unfence);
}

struct writing {
    struct plog_append append;
    struct flag flag;
};

static void write_done(struct plog_append *a) { flag_raise(&MR_CONTAINER(a, struct writing, append)->flag); }

static int write_out(struct controller *c)
{
    struct writing w = {.append = {.leader_epoch = c->epoch, .done = write_done}, .flag = flag_new(c)};
    w.append.batches = (struct mr_slice){c->out.bytes.data, c->out.bytes.len};
    int err = plog_append(c->log, &w.append);
    while (err == -EAGAIN) {
        struct flag room = flag_new(c);
        work_init(&room.work, flag_work);
        plog_wait_room(c->log, &room.work);
        err = flag_wait(&room);
        if (err == 0)
            err = plog_append(c->log, &w.append);
    }
    if (err == 0)
        err = flag_wait(&w.flag);
    if (err != 0)
        return err;
    if (w.append.err != 0)
        return w.append.err;
    meta_out_assign(&c->out, w.append.base_offset, c->epoch);
    struct meta_piece piece = {.bytes = mem_alloc(c->out.bytes.len), .len = c->out.bytes.len, .snapshot_end = -1};
    if (piece.bytes == NULL)
        return -ENOMEM;
    memcpy(piece.bytes, c->out.bytes.data, piece.len);
    err = meta_history_add(&c->history, piece);
    return err != 0 ? err : meta_history_apply(&c->history.pieces[c->history.count - 1], c->zero->image);
}

/* ---- start ---- */

static struct controller *controller_new(struct broker_shard *zero)
{
    struct controller *c = mem_zalloc(1, sizeof(*c));
    if (c == NULL)
        return NULL;
    c->zero = zero;
    list_init(&c->queue);
    work_init(&c->pump, controller_pump);
    meta_out_init(&c->out);
    return c;
}

void controller_free(struct controller *c)
{
    if (c == NULL)
        return;
    list_remove(&c->pump.link);
    meta_out_done(&c->out);
    meta_history_done(&c->history);
    mem_free(c);
}

static int start(struct controller *c, char *why, size_t why_bytes)
{
    struct broker_shard *zero = c->zero;
    struct plog_config cfg;
    broker_plog_config(zero, NULL, 0, &cfg);
    cfg.retention_ms = cfg.retention_bytes = -1;
    cfg.cleanup_delete = cfg.cleanup_compact = false;
    c->log = store_make(zero->store, (struct part_key){METADATA_TOPIC_ID, 0}, METADATA_TOPIC, &cfg);
    int err = c->log == NULL ? -ENOMEM : open_log(c);
    if (err == 0)
        err = read_log(c, plog_start(c->log));
    if (err != 0) {
        snprintf(why, why_bytes, "the metadata log cannot be read at offset %lld: %s",
                 (long long)zero->image->offset + 1, mr_err_text(err));
        return err;
    }
    bool fresh = zero->image->offset < 0;
    c->epoch = (int32_t)mr_imax(mr_imax(zero->image->epoch, epochs_latest(plog_epochs(c->log))), 0) + 1;
    meta_out_begin(&c->out, plog_append_end(c->log), shard_wall_ms(zero->shard));
    put_leader_change(c);
    if (fresh)
        put_bootstrap(c);
    put_registration(c);
    err = meta_out_end(&c->out);
    if (err == 0)
        err = write_out(c);
    if (err != 0)
        snprintf(why, why_bytes, "the metadata log cannot be written: %s", mr_err_text(err));
    return err;
}

int controller_start(struct broker_shard *zero, struct controller **ret, char *why, size_t why_bytes)
{
    struct controller *c = controller_new(zero);
    int err = c == NULL ? -ENOMEM : start(c, why, why_bytes);
    if (err != 0) {
        controller_free(c);
        return err;
    }
    *ret = c;
    return 0;
}
