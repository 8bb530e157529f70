/* Deleting topics by name or id (KIP-516). Texts are Apache Kafka 4.1.0's. */
#include "core/broker/controller_priv.h"
#include "net/wire/gen/meta_topics.h"

static bool by_id(const struct ctl_delete *d)
{
    return d->name.ptr == NULL;
}

static struct mr_str id_key(const struct mr_uuid *id)
{
    return (struct mr_str){(const char *)id->bytes, sizeof(id->bytes)};
}

/* What the request says is sane by itself: each topic named once, in one way. */
static int check_request(struct ctl_command *cmd)
{
    struct mr_smap names, ids;
    int err = 0;
    smap_init(&names);
    smap_init(&ids);
    for (int32_t i = 0; err == 0 && i < cmd->count; i++) {
        struct ctl_delete *d = &cmd->u.deletes[i];
        d->result = (struct ctl_result){KW_NONE, NULL};
        d->ret_name = d->name;
        d->ret_id = d->id;
        if (!by_id(d) && !mr_uuid_is_zero(d->id))
            ctl_fail(cmd, &d->result, KW_INVALID_REQUEST,
                     "You may not specify both topic name and topic id.");
        else if (by_id(d) && mr_uuid_is_zero(d->id))
            ctl_fail(cmd, &d->result, KW_INVALID_REQUEST, "Neither topic name nor id were specified.");
        else if (by_id(d))
            err = ctl_once(cmd, &ids, id_key(&d->id), &d->result, "Duplicate topic id.");
        else
            err = ctl_once(cmd, &names, d->name, &d->result, "Duplicate topic name.");
    }
    smap_done(&names);
    smap_done(&ids);
    return err;
}

static const struct image_topic *find(struct controller *c, struct ctl_command *cmd, struct ctl_delete *d)
{
    const struct image *img = c->zero->image;
    const struct image_topic *t = by_id(d) ? image_topic_by_id(img, d->id) : image_topic(img, d->name);
    bool ok = true;
    if (t == NULL) {
        ctl_fail(cmd, &d->result, by_id(d) ? KW_UNKNOWN_TOPIC_ID : KW_UNKNOWN_TOPIC_OR_PARTITION, "%s",
                 by_id(d) ? "This server does not host this topic ID."
                          : "This server does not host this topic-partition.");
        return NULL;
    }
    d->ret_name = arena_str(cmd->arena, mr_str_of(t->name), &ok); /* the image's own goes with the topic */
    d->ret_id = t->id;
    if (!c->zero->settings.delete_topics) {
        ctl_fail(cmd, &d->result, KW_TOPIC_DELETION_DISABLED, "Topic deletion is disabled.");
        return NULL;
    }
    return t;
}

enum kw_error command_delete_topics(struct controller *c, struct ctl_command *cmd)
{
    struct mr_smap ids; /* found so far: one topic may stand there by name and by id */
    int err = check_request(cmd);
    smap_init(&ids);
    for (int32_t i = 0; err == 0 && i < cmd->count; i++) {
        struct ctl_delete *d = &cmd->u.deletes[i];
        if (d->result.error == KW_NONE && find(c, cmd, d) != NULL)
            err = ctl_once(cmd, &ids, id_key(&d->ret_id), &d->result,
                           "The provided topic name maps to an ID that was already supplied.");
    }
    smap_done(&ids);
    for (int32_t i = 0; err == 0 && i < cmd->count; i++) {
        struct ctl_delete *d = &cmd->u.deletes[i];
        if (d->result.error != KW_NONE ||
            !ctl_permit(c, cmd, &d->result, image_topic_by_id(c->zero->image, d->ret_id)->partition_count))
            continue;
        struct kw_remove_topic_record r;
        kw_remove_topic_record_init(&r);
        r.topic_id = d->ret_id;
        meta_out_put(&c->out, &kw_remove_topic_record_info, 0, &r);
    }
    return err == 0 ? KW_NONE : KW_UNKNOWN_SERVER_ERROR;
}
