#include <stdio.h>

#include "core/broker/controller_priv.h"
#include "core/broker/features.h"
#include "core/mem.h"
#include "net/wire/gen/meta_nodes.h"
#include "net/wire/gen/meta_other.h"
#include "net/wire/gen/meta_topics.h"
#include "net/wire/gen/quorum_data.h"
#include "storage/epoch.h"

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
    kw_leader_change_message_encode(&w, 0, &m); /* Kafka 4.1 reads no other version */
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
    for (int i = 0; i < BROKER_FEATURES; i++) {
        struct kw_feature_level_record level;
        kw_feature_level_record_init(&level);
        level.name = mr_str_of(broker_features[i].name);
        level.feature_level = broker_features[i].level;
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

static void put_fencing(struct controller *c, int8_t fenced)
{
    struct kw_broker_registration_change_record r;
    kw_broker_registration_change_record_init(&r);
    r.broker_id = c->zero->broker->node_id;
    r.broker_epoch = c->broker_epoch;
    r.fenced = fenced;
    meta_out_put(&c->out, &kw_broker_registration_change_record_info, 0, &r);
}

static void put_registration(struct controller *c)
{
    const struct broker *b = c->zero->broker;
    const struct mr_config *config = b->config;
    struct config_view v = config_static(config);
    struct kw_register_broker_record r;
    struct kw_register_broker_record_end_point *points = mem_zalloc(config->listeners_count, sizeof(*points));
    struct kw_register_broker_record_feature listed[BROKER_FEATURES];
    struct mr_uuid dirs[BROKER_DIRS_MAX];
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
    for (int i = 0; i < BROKER_FEATURES; i++) {
        kw_register_broker_record_feature_init(&listed[i]);
        listed[i].name = mr_str_of(broker_features[i].name);
        listed[i].min_supported_version = broker_features[i].min;
        listed[i].max_supported_version = broker_features[i].max;
    }
    kw_register_broker_record_init(&r);
    r.broker_id = b->node_id;
    io_random(c->zero->shard->io, r.incarnation_id.bytes, sizeof(r.incarnation_id.bytes));
    r.broker_epoch = c->broker_epoch = c->out.next_offset;
    r.end_points = points;
    r.end_points_count = (int32_t)config->listeners_count;
    r.features = listed;
    r.features_count = BROKER_FEATURES;
    r.rack = mr_str_of(config_text(&v, "broker.rack"));
    r.log_dirs = dirs;
    r.log_dirs_count = dirs_ids(b, dirs);
    meta_out_put(&c->out, &kw_register_broker_record_info, 3, &r);
    mem_free(points);
    put_fencing(c, -1);
}

/* Where each partition is, in the order of the image: c->found. */
static int find_all(struct controller *c, char *why, size_t why_bytes)
{
    struct broker_shard *zero = c->zero;
    struct dirs_placer placer = {.ready = false};
    uint32_t at = 0, n = 0;
    int err = 0;
    c->found = mem_alloc((size_t)zero->image->partition_total + 1);
    if (c->found == NULL)
        return -ENOMEM;
    for (const struct image_topic *t; err == 0 && (t = image_next(zero->image, &at)) != NULL;) {
        for (int32_t i = 0; err == 0 && i < t->partition_count; i++) {
            int dir = -1;
            err = dirs_find(zero->broker, t, i, &dir, why, why_bytes);
            if (dir == -2)
                dir = (int)dirs_place(&placer, zero);
            c->found[n++] = (int8_t)dir;
        }
    }
    return err;
}

/* Lead what was left without a leader: a Java broker hands over all it leads before it stops, and what it
 * left unclean counts as recovered, for there is no other copy (KIP-704, KIP-966). */
static void put_elections(struct controller *c)
{
    const struct image *img = c->zero->image;
    const struct broker *b = c->zero->broker;
    int32_t me = img->node_id;
    uint32_t at = 0, n = 0;
    for (const struct image_topic *t; (t = image_next(img, &at)) != NULL;) {
        for (int32_t i = 0; i < t->partition_count; i++) {
            const struct image_partition *p = &t->partitions[i];
            struct kw_partition_change_record r;
            struct mr_uuid lies;
            kw_partition_change_record_init(&r);
            r.partition_id = i;
            r.topic_id = t->id;
            int dir = c->found[n++];
            if (dir == -1) { /* its directory is offline */
                if (p->leader != -1) {
                    r.leader = -1;
                    meta_out_put(&c->out, &kw_partition_change_record_info, 2, &r);
                }
                continue;
            }
            lies = b->dirs[dir].id;
            bool right = mr_uuid_eq(p->directories[0], lies);
            if (!right) { /* KIP-858, as AssignReplicasToDirs does */
                r.directories = &lies;
                r.directories_count = 1;
            }
            bool led = p->leader == me && p->isr_count == 1 && p->recovery_state == 0;
            if (led && right)
                continue;
            if (led) {
                meta_out_put(&c->out, &kw_partition_change_record_info, 2, &r);
                continue;
            }
            r.isr = &me;
            r.isr_count = 1;
            r.leader = me;
            r.leader_recovery_state = p->recovery_state != 0 ? 0 : -1;
            r.eligible_leader_replicas_count = p->elr_count > 0 ? 0 : -1;
            r.last_known_elr_count = p->last_known_elr_count > 0 ? 0 : -1;
            meta_out_put(&c->out, &kw_partition_change_record_info, 2, &r);
        }
    }
}

struct writing {
    struct plog_append append;
    struct ctl_flag flag;
};

static void write_done(struct plog_append *a)
{
    flag_raise(&MR_CONTAINER(a, struct writing, append)->flag);
}

static int write_out(struct controller *c)
{
    struct writing w = {.append = {.leader_epoch = c->epoch, .done = write_done}, .flag = flag_new(c)};
    w.append.batches = (struct mr_slice){c->out.bytes.data, c->out.bytes.len};
    int err = plog_append(c->log, &w.append);
    while (err == -EAGAIN) {
        struct ctl_flag room = flag_new(c);
        plog_wait_room(c->log, flag_arm(&room));
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
    return 0;
}

/* What was written is part of the history that the other shards apply. */
static int keep_out(struct controller *c)
{
    struct meta_piece piece = {.bytes = mem_alloc(c->out.bytes.len),
                               .len = c->out.bytes.len,
                               .snapshot_end = -1};
    if (piece.bytes == NULL)
        return -ENOMEM;
    memcpy(piece.bytes, c->out.bytes.data, piece.len);
    int err = meta_history_add(&c->history, piece);
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
    collisions_init(&c->collisions);
    return c;
}

void controller_free(struct controller *c)
{
    if (c == NULL)
        return;
    list_remove(&c->pump.link);
    mem_free(c->found);
    meta_out_done(&c->out);
    collisions_done(&c->collisions);
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
    c->log = store_make(zero->stores[zero->broker->metadata_dir], (struct part_key){METADATA_TOPIC_ID, 0},
                        METADATA_TOPIC, &cfg);
    int err = c->log == NULL ? -ENOMEM : controller_load(c, why, why_bytes);
    if (err != 0)
        return err;
    uint32_t at = 0;
    for (const struct image_topic *t; err == 0 && (t = image_next(zero->image, &at)) != NULL;)
        err = collisions_add(&c->collisions, mr_str_of(t->name));
    if (err == 0)
        err = find_all(c, why, why_bytes);
    if (err != 0)
        return err;
    c->epoch = (int32_t)mr_imax(c->epoch, epochs_latest(plog_epochs(c->log))) + 1;
    meta_out_begin(&c->out, plog_append_end(c->log), shard_wall_ms(zero->shard));
    put_leader_change(c);
    if (image_feature_level(zero->image, "metadata.version") == 0)
        put_bootstrap(c);
    put_registration(c);
    put_elections(c);
    mem_free(c->found);
    c->found = NULL;
    err = meta_out_end(&c->out);
    if (err == 0)
        err = write_out(c);
    if (err == 0)
        err = keep_out(c);
    if (err != 0)
        snprintf(why, why_bytes, "the metadata log cannot be written: %s", mr_err_text(err));
    return err;
}

int controller_stop(struct controller *c)
{
    if (c->fenced)
        return -MR_E_FENCED;
    meta_out_begin(&c->out, plog_append_end(c->log), shard_wall_ms(c->zero->shard));
    put_fencing(c, 1);
    int err = meta_out_end(&c->out);
    return err != 0 ? err : write_out(c);
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
