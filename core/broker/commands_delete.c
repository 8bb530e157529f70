/* Deleting topics by name or id (KIP-516). Texts are Apache Kafka 4.1.0's. */
#include "core/broker/controller_priv.h"
#include "net/wire/gen/meta_topics.h"

static bool named_twice(const struct ctl_command *cmd, int32_t i)
{
    for (int32_t k = 0; k < i; k++) {
        if (cmd->u.deletes[k].result.error == KW_NONE && mr_uuid_eq(cmd->u.deletes[k].ret_id, cmd->u.deletes[i].ret_id))
            return true;
    }
    return false;
}

enum kw_error command_delete_topics(struct controller *c, struct ctl_command *cmd)
{
    const struct image *img = c->zero->image;
    for (int32_t i = 0; i < cmd->count; i++) {
        struct ctl_delete *d = &cmd->u.deletes[i];
        bool by_id = d->name.ptr == NULL;
        const struct image_topic *t = by_id ? image_topic_by_id(img, d->id) : image_topic(img, d->name);
        d->result = (struct ctl_result){KW_NONE, NULL};
        d->ret_name = d->name;
        d->ret_id = d->id;
        if (t == NULL) {
            ctl_fail(cmd, &d->result, by_id ? KW_UNKNOWN_TOPIC_ID : KW_UNKNOWN_TOPIC_OR_PARTITION, "%s",
                     by_id ? "This server does not host this topic ID."
                           : "This server does not host this topic-partition.");
            continue;
        }
        bool ok = true;
        d->ret_name = arena_str(cmd->arena, mr_str_of(t->name), &ok); /* the image's own goes with the topic */
        d->ret_id = t->id;
        if (!c->zero->settings.delete_topics) {
            ctl_fail(cmd, &d->result, KW_TOPIC_DELETION_DISABLED, "Topic deletion is disabled.");
            continue;
        }
        if (named_twice(cmd, i))
            continue; /* by name and by id: deleted once */
        struct kw_remove_topic_record r;
        kw_remove_topic_record_init(&r);
        r.topic_id = t->id;
        meta_out_put(&c->out, &kw_remove_topic_record_info, 0, &r);
    }
    return KW_NONE;
}
