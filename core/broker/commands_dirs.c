/* A log directory of several has failed (KIP-858): the broker's registration names it no more, and its
 * partitions have no leader. The in-sync replicas stay as they are: there is no other copy, and with the
 * directory it is complete again. */
#include "core/broker/controller_priv.h"
#include "net/wire/gen/meta_nodes.h"
#include "net/wire/gen/meta_topics.h"

/* In one batch: the journal's entries are bounded. */
enum { CHANGES_MAX = 2000 };

static void put_registration(struct controller *c)
{
    struct kw_broker_registration_change_record r;
    struct mr_uuid dirs[BROKER_DIRS_MAX];
    kw_broker_registration_change_record_init(&r);
    r.broker_id = c->zero->broker->node_id;
    r.broker_epoch = c->broker_epoch;
    r.log_dirs = dirs;
    r.log_dirs_count = dirs_ids(c->zero->broker, dirs);
    meta_out_put(&c->out, &kw_broker_registration_change_record_info, 2, &r);
}

enum kw_error command_dir_offline(struct controller *c, struct ctl_command *cmd)
{
    const struct image *img = c->zero->image;
    uint32_t at = 0, put = 0;
    (void)cmd;
    c->offline_again = false;
    for (const struct image_topic *t; (t = image_next(img, &at)) != NULL;) {
        for (int32_t i = 0; i < t->partition_count; i++) {
            const struct image_partition *p = &t->partitions[i];
            if (p->leader == -1 || !dirs_offline(c->zero->broker, p))
                continue;
            if (++put > CHANGES_MAX) {
                c->offline_again = true;
                return KW_NONE;
            }
            if (put == 1)
                put_registration(c);
            struct kw_partition_change_record r;
            kw_partition_change_record_init(&r);
            r.partition_id = i;
            r.topic_id = t->id;
            r.leader = -1;
            meta_out_put(&c->out, &kw_partition_change_record_info, 2, &r);
        }
    }
    if (put == 0)
        put_registration(c);
    return KW_NONE;
}

static void submit(struct controller *c);

static void done(struct ctl_command *cmd)
{
    struct controller *c = MR_CONTAINER(cmd, struct controller, offline);
    c->offline_busy = false;
    if (c->offline_again && cmd->error == KW_NONE)
        submit(c);
}

static void submit(struct controller *c)
{
    c->offline_busy = true;
    c->offline = (struct ctl_command){.kind = CTL_DIR_OFFLINE, .done = done};
    controller_submit(c->zero->shard, &c->offline);
}

void controller_dir_failed(struct controller *c)
{
    c->offline_again = true; /* also while a command about another one is under way */
    /* From its stop on nobody has anything of it, and a message would find it gone. */
    if (!c->offline_busy && !c->fenced)
        submit(c);
}
