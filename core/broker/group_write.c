/* Records on their way to the log. */
#include "core/broker/group_priv.h"
#include "core/mem.h"

struct group_write *group_write_new(struct group *g, enum group_write_kind kind, struct group_member *old,
                                    size_t text_bytes)
{
    struct group_write *w = mem_zalloc(1, sizeof(*w) + text_bytes);
    if (w == NULL)
        return NULL;
    list_init(&w->link);
    w->kind = kind;
    w->generation = g->generation;
    w->old = old;
    w->bytes = sizeof(*w) + text_bytes + (old != NULL ? group_member_bytes(old) : 0);
    group_charge(g, w->bytes);
    return w;
}

void group_write_free(struct group *g, struct group_write *w)
{
    list_remove(&w->link);
    group_discharge(g, w->bytes);
    group_member_free(w->old);
    mem_free(w);
}

int group_write(struct group *g, struct group_turn *t, struct group_write *w, enum group_content content)
{
    struct mr_slice key, value;
    int err = group_key(g, t->arena, &key);
    if (err == 0)
        err = group_value(g, content, t->arena, &value);
    if (err != 0)
        return err;
    w->token = ++g->tokens;
    g->recorded = true;
    list_push(&g->writes, &w->link);
    t->write(t, g, w->token, key, value);
    return 0;
}

int16_t group_write_error(int16_t append_error)
{
    switch (append_error) {
    case KW_UNKNOWN_TOPIC_OR_PARTITION:
    case KW_NOT_ENOUGH_REPLICAS:
    case KW_REQUEST_TIMED_OUT:
        return KW_COORDINATOR_NOT_AVAILABLE;
    case KW_NOT_LEADER_OR_FOLLOWER:
    case KW_KAFKA_STORAGE_ERROR:
        return KW_NOT_COORDINATOR;
    case KW_MESSAGE_TOO_LARGE:
    case KW_RECORD_LIST_TOO_LARGE:
    case KW_INVALID_FETCH_SIZE:
        return KW_UNKNOWN_SERVER_ERROR;
    default:
        return append_error;
    }
}

static struct group_write *find(const struct group *g, uint64_t token)
{
    LIST_FOR(node, &g->writes)
    {
        struct group_write *w = MR_CONTAINER(node, struct group_write, link);
        if (w->token == token)
            return w;
    }
    return NULL;
}

void group_written(struct group *g, struct group_turn *t, uint64_t token, int16_t error)
{
    struct group_write *w = find(g, token);
    if (w == NULL) {
        MR_ASSERT(g->state == GROUP_DEAD); /* forgotten by group_unload() */
        return;
    }
    list_remove(&w->link);
    switch (w->kind) {
    case GROUP_WRITE_CREATE:
        if (error !=
            KW_NONE) { /* a group that is not on disk and cannot be put there: its members look elsewhere */
            group_write_free(g, w);
            group_unload(g, t, group_write_error(error));
            return;
        }
        break;
    case GROUP_WRITE_EMPTY:
        if (w->left_req != NULL)
            t->left(t, g, w->left_req, group_write_error(error));
        break;
    case GROUP_WRITE_ASSIGN:
        group_assigned(g, t, w, error);
        break;
    case GROUP_WRITE_REPLACE:
        group_replaced(g, t, w, error);
        break;
    }
    group_write_free(g, w);
}
