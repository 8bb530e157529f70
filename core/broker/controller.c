#include "core/broker/controller.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/broker/controller_priv.h"
#include "core/broker/topic_name.h"
#include "net/wire/gen/meta_other.h"

/* One command at a time:
 *   queue -> judged -> (no records: finished) -> appended -> stable -> applied by every shard -> finished
 * A failed append leaves open what the log holds, so nothing more is accepted until the next start reads it.
 */

static void finished(struct mr_shard *at, struct mr_msg *msg)
{
    (void)at;
    struct ctl_command *cmd = MR_CONTAINER(msg, struct ctl_command, msg);
    cmd->done(cmd);
}

static void finish(struct controller *c, enum kw_error error)
{
    struct ctl_command *cmd = c->running;
    c->running = NULL;
    cmd->error = error;
    cmd->msg.run = finished;
    shard_send(c->zero->shard, cmd->from->id, &cmd->msg);
    if (!list_empty(&c->queue))
        shard_ready(c->zero->shard, &c->pump);
}

/* Keep up with the topics that the command made or removed. Out of memory: a collision may be overlooked. */
static void note_names(struct controller *c)
{
    const struct ctl_command *cmd = c->running;
    for (int32_t i = 0; i < cmd->count; i++) {
        if (cmd->kind == CTL_CREATE_TOPICS && cmd->u.topics[i].result.error == KW_NONE)
            (void)collisions_add(&c->collisions, cmd->u.topics[i].name);
        if (cmd->kind == CTL_DELETE_TOPICS && cmd->u.deletes[i].result.error == KW_NONE)
            collisions_remove(&c->collisions, cmd->u.deletes[i].ret_name);
    }
}

static void on_published(struct meta_publish *p)
{
    struct controller *c = MR_CONTAINER(p, struct controller, publish);
    if (p->err != 0)
        c->fenced = true;
    note_names(c);
    finish(c, p->err == 0 ? KW_NONE : KW_UNKNOWN_SERVER_ERROR);
}

static void on_stable(struct plog_append *a)
{
    struct controller *c = MR_CONTAINER(a, struct controller, append);
    if (a->err != 0) {
        c->fenced = true;
        finish(c, KW_KAFKA_STORAGE_ERROR);
        return;
    }
    meta_out_assign(&c->out, a->base_offset, c->epoch);
    c->publish.batches = (struct mr_slice){c->out.bytes.data, c->out.bytes.len};
    c->publish.done = on_published;
    meta_publish(c->zero, &c->publish);
}

static void append(struct controller *c)
{
    c->append = (struct plog_append){.batches = {c->out.bytes.data, c->out.bytes.len},
                                     .leader_epoch = c->epoch,
                                     .done = on_stable};
    int err = c->fenced ? -MR_E_FENCED : plog_failed(c->log);
    if (err == 0)
        err = plog_append(c->log, &c->append);
    c->appending = err == -EAGAIN;
    if (err == -EAGAIN)
        plog_wait_room(c->log, &c->pump);
    else if (err == -MR_E_LIMIT)
        finish(c, KW_POLICY_VIOLATION); /* more than one journal file holds */
    else if (err != 0)
        finish(c, KW_KAFKA_STORAGE_ERROR);
}

static enum kw_error judge(struct controller *c, struct ctl_command *cmd)
{
    switch (cmd->kind) {
    case CTL_CREATE_TOPICS:
        return command_create_topics(c, cmd);
    case CTL_DELETE_TOPICS:
        return command_delete_topics(c, cmd);
    case CTL_CREATE_PARTITIONS:
        return command_create_partitions(c, cmd);
    case CTL_ALTER_CONFIGS:
        return command_alter_configs(c, cmd);
    case CTL_PRODUCER_IDS:
        return command_producer_ids(c, cmd);
    case CTL_ALTER_QUOTAS:
        return command_alter_quotas(c, cmd);
    case CTL_ALTER_CREDENTIALS:
        return command_alter_credentials(c, cmd);
    case CTL_UPDATE_FEATURES:
        return command_update_features(c, cmd);
    case CTL_DIR_OFFLINE:
        return command_dir_offline(c, cmd);
    }
    return KW_UNKNOWN_SERVER_ERROR;
}

static void begin(struct controller *c)
{
    struct ctl_command *cmd = MR_CONTAINER(list_pop(&c->queue), struct ctl_command, link);
    c->running = cmd;
    if (c->fenced) {
        finish(c, KW_KAFKA_STORAGE_ERROR);
        return;
    }
    meta_out_begin(&c->out, plog_append_end(c->log), shard_wall_ms(c->zero->shard));
    c->placer.ready = false;
    enum kw_error error = judge(c, cmd);
    int err = meta_out_end(&c->out);
    if (error == KW_NONE && err != 0)
        error = err == -MR_E_LIMIT ? KW_POLICY_VIOLATION : KW_UNKNOWN_SERVER_ERROR;
    if (error != KW_NONE || cmd->validate_only || c->out.records == 0)
        finish(c, error);
    else
        append(c);
}

void controller_pump(struct mr_work *w)
{
    struct controller *c = MR_CONTAINER(w, struct controller, pump);
    if (c->appending)
        append(c);
    else if (c->running == NULL && !list_empty(&c->queue))
        begin(c);
}

static void arrived(struct mr_shard *at, struct mr_msg *msg)
{
    struct ctl_command *cmd = MR_CONTAINER(msg, struct ctl_command, msg);
    struct controller *c = broker_of(at)->controller;
    list_push(&c->queue, &cmd->link);
    if (c->running == NULL)
        shard_ready(at, &c->pump);
}

void controller_submit(struct mr_shard *from, struct ctl_command *cmd)
{
    cmd->from = from;
    cmd->error = KW_NONE;
    cmd->throttle_ms = 0;
    list_init(&cmd->link);
    cmd->msg.run = arrived;
    shard_send(from, 0, &cmd->msg);
}

bool controller_idle(const struct controller *c)
{
    return c->running == NULL && list_empty(&c->queue);
}

void controller_fence(struct controller *c)
{
    c->fenced = true;
}

const struct meta_history *controller_history(const struct controller *c)
{
    return &c->history;
}

void controller_history_done(struct controller *c)
{
    meta_history_done(&c->history);
}

void ctl_fail(struct ctl_command *cmd, struct ctl_result *r, enum kw_error error, const char *fmt, ...)
{
    char text[1024];
    bool ok = true;
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    r->error = error;
    r->message = arena_str(cmd->arena, mr_str_of(text), &ok).ptr;
}

int ctl_once(struct ctl_command *cmd, struct mr_smap *seen, struct mr_str key, struct ctl_result *r,
             const char *text)
{
    int err = smap_put(seen, key, r);
    if (err != -EEXIST)
        return err;
    ctl_fail(cmd, smap_get(seen, key), KW_INVALID_REQUEST, "%s", text);
    ctl_fail(cmd, r, KW_INVALID_REQUEST, "%s", text);
    return 0;
}

bool ctl_topic_name(struct ctl_command *cmd, struct ctl_result *r, struct mr_str name)
{
    const char *why = topic_name_refusal(cmd->arena, name);
    if (why == NULL)
        return true;
    *r = (struct ctl_result){KW_INVALID_TOPIC_EXCEPTION, why};
    return false;
}

enum kw_error command_producer_ids(struct controller *c, struct ctl_command *cmd)
{
    struct kw_producer_ids_record r;
    int64_t first = c->zero->image->next_producer_id;
    if (first > INT64_MAX - CTL_PRODUCER_ID_BLOCK)
        return KW_UNKNOWN_SERVER_ERROR;
    kw_producer_ids_record_init(&r);
    r.broker_id = c->zero->broker->node_id;
    r.broker_epoch = c->broker_epoch;
    r.next_producer_id = first + CTL_PRODUCER_ID_BLOCK;
    meta_out_put(&c->out, &kw_producer_ids_record_info, 0, &r);
    cmd->producer_id_first = first;
    return KW_NONE;
}
