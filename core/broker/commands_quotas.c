/* Changing client quotas (KIP-546, KIP-612), and paying for changes of metadata (KIP-599). Texts are Apache
 * Kafka 4.1.0's. */
#include <stdio.h>

#include "core/broker/controller_priv.h"
#include "core/broker/quota_accounts.h"
#include "core/mem.h"
#include "net/wire/gen/meta_other.h"

bool ctl_permit(struct controller *c, struct ctl_command *cmd, struct ctl_result *r, int32_t partitions)
{
    struct quota_limit limit;
    struct mr_shard *s = c->zero->shard;
    if (cmd->user.ptr == NULL ||
        !image_quota_of_client(&c->zero->image->quotas, QUOTA_MUTATION, cmd->user, cmd->client, &limit))
        return true;
    int64_t throttle_ms = quota_take(c->zero->quota_accounts, &limit, cmd->strict, partitions,
                                     (int64_t)(shard_now_ns(s) / 1000000));
    if (throttle_ms > 0)
        cmd->throttle_ms = throttle_ms;
    if (throttle_ms == 0 || !cmd->strict)
        return true;
    *r = (struct ctl_result){KW_THROTTLING_QUOTA_EXCEEDED, NULL}; /* Kafka gives no text here */
    return false;
}

/* ---- whose quota ---- */

static struct quota_part *part_of(struct quota_entity *e, struct mr_str type)
{
    return mr_str_is(type, "user")        ? &e->user
           : mr_str_is(type, "client-id") ? &e->client
           : mr_str_is(type, "ip")        ? &e->ip
                                          : NULL;
}

/* False with a result when there is no such entity. */
static bool take_entity(struct ctl_command *cmd, struct ctl_quota *q, struct quota_entity *ret)
{
    *ret = (struct quota_entity){.user = {.is_set = false}};
    if (q->part_count <= 0) {
        ctl_fail(cmd, &q->result, KW_INVALID_REQUEST, "Invalid empty client quota entity");
        return false;
    }
    for (int32_t i = 0; i < q->part_count; i++) {
        struct quota_part *part = part_of(ret, q->parts[i].type);
        if (part == NULL) {
            ctl_fail(cmd, &q->result, KW_INVALID_REQUEST, "Unhandled client quota entity type: %.*s",
                     MR_STR(q->parts[i].type));
            return false;
        }
        *part = (struct quota_part){true, q->parts[i].name};
    }
    static const char *const types[] = {"client-id", "user", "ip"};
    for (size_t i = 0; i < MR_COUNT(types); i++) {
        const struct quota_part *part = part_of(ret, mr_str_of(types[i]));
        if (part->is_set && part->name.ptr != NULL && part->name.len == 0) {
            ctl_fail(cmd, &q->result, KW_INVALID_REQUEST, "Empty %s not supported", types[i]);
            return false;
        }
    }
    char ip[QUOTA_IP_BYTES];
    if (ret->ip.is_set && (ret->user.is_set || ret->client.is_set)) {
        ctl_fail(cmd, &q->result, KW_INVALID_REQUEST,
                 "Invalid quota entity combination, IP entity shouldnot be combined with User or ClientId");
        return false;
    }
    if (ret->ip.name.ptr != NULL && !quota_ip_text(ret->ip.name, ip)) {
        ctl_fail(cmd, &q->result, KW_INVALID_REQUEST, "%.*s is not a valid IP or resolvable host.",
                 MR_STR(ret->ip.name));
        return false;
    }
    return true;
}

/* An entity as Kafka prints it, and as a key to find the same one again: types in the order of Java's hash
 * table. Parts of unknown type are left out: such an entity is refused anyway. */
static int print_entity(const struct ctl_quota *q, struct mr_scratch *ret)
{
    static const char *const types[] = {"client-id", "user", "ip"};
    static const char head[] = "ClientQuotaEntity(entries={", tail[] = "})";
    int err = scratch_put(ret, head, sizeof(head) - 1);
    bool first = true;
    for (size_t t = 0; err == 0 && t < MR_COUNT(types); t++) {
        const struct ctl_quota_part *part = NULL;
        for (int32_t i = 0; i < q->part_count; i++) {
            if (mr_str_is(q->parts[i].type, types[t]))
                part = &q->parts[i];
        }
        if (part == NULL)
            continue;
        char type[32];
        int len = snprintf(type, sizeof(type), "%s%s=", first ? "" : ", ", types[t]);
        struct mr_str name = part->name.ptr != NULL ? part->name : MR_STR_LIT("null");
        err = scratch_put(ret, type, (size_t)len);
        if (err == 0 && name.len > 0)
            err = scratch_put(ret, name.ptr, name.len);
        first = false;
    }
    return err == 0 ? scratch_put(ret, tail, sizeof(tail) - 1) : err;
}

/* ---- what ---- */

static bool check_value(struct ctl_command *cmd, struct ctl_quota *q, const struct quota_entity *e,
                        const struct ctl_quota_op *op)
{
    int type = quota_of_key(op->key);
    struct mr_str key = op->key;
    if (type < 0 || (type == QUOTA_CONNECTION) != e->ip.is_set) {
        ctl_fail(cmd, &q->result, KW_INVALID_REQUEST, "Invalid configuration key %.*s", MR_STR(key));
        return false;
    }
    if (!(op->value > 0)) { /* NaN neither: Kafka takes it, and then throttles for no time */
        ctl_fail(cmd, &q->result, KW_INVALID_REQUEST, "Quota %.*s must be greater than 0", MR_STR(key));
        return false;
    }
    if (type == QUOTA_REQUEST || type == QUOTA_MUTATION)
        return true;
    if (op->value > (type == QUOTA_CONNECTION ? (double)INT32_MAX : 9223372036854775808.0)) {
        ctl_fail(cmd, &q->result, KW_INVALID_REQUEST, "Proposed value for %.*s is too large for %s.",
                 MR_STR(key), type == QUOTA_CONNECTION ? "an INT" : "a LONG");
        return false;
    }
    if (op->value < 9007199254740992.0 && op->value - (double)(int64_t)op->value > 1e-6) {
        ctl_fail(cmd, &q->result, KW_INVALID_REQUEST, "%.*s cannot be a fractional value.", MR_STR(key));
        return false;
    }
    return true;
}

static void put_quota(struct controller *c, const struct quota_entity *e, const struct ctl_quota_op *op)
{
    struct kw_client_quota_record r;
    struct kw_client_quota_record_entity parts[3];
    kw_client_quota_record_init(&r);
    r.entity = parts;
    if (e->client.is_set)
        parts[r.entity_count++] =
            (struct kw_client_quota_record_entity){MR_STR_LIT("client-id"), e->client.name};
    if (e->user.is_set)
        parts[r.entity_count++] = (struct kw_client_quota_record_entity){MR_STR_LIT("user"), e->user.name};
    if (e->ip.is_set)
        parts[r.entity_count++] = (struct kw_client_quota_record_entity){MR_STR_LIT("ip"), e->ip.name};
    r.key = op->key;
    r.value = op->remove ? 0 : op->value;
    r.remove = op->remove;
    meta_out_put(&c->out, &kw_client_quota_record_info, 0, &r);
}

static bool has(const struct image_quota *i, int type)
{
    return i != NULL && type >= 0 && (i->set & 1u << type) != 0;
}

/* Kafka passes over the removal of what is not there, whatever its key is. */
static void alter(struct controller *c, struct ctl_command *cmd, struct ctl_quota *q)
{
    struct quota_entity e;
    if (!take_entity(cmd, q, &e))
        return;
    for (int32_t i = 0; i < q->op_count; i++) {
        if (!q->ops[i].remove && !check_value(cmd, q, &e, &q->ops[i]))
            return;
    }
    const struct image_quota *now = image_quota(&c->zero->image->quotas, &e);
    for (int32_t i = 0; i < q->op_count; i++) {
        const struct ctl_quota_op *op = &q->ops[i];
        int type = quota_of_key(op->key);
        bool there = has(now, type);
        if (op->remove ? there : !there || now->values[type] != op->value)
            put_quota(c, &e, op);
    }
}

/* A key stands there once. */
static int check_keys(struct ctl_quota *q, bool *ret_twice)
{
    struct mr_smap keys;
    int err = 0;
    smap_init(&keys);
    for (int32_t i = 0; err == 0 && i < q->op_count; i++)
        err = smap_put(&keys, q->ops[i].key, q);
    smap_done(&keys);
    *ret_twice = err == -EEXIST;
    return err == -EEXIST ? 0 : err;
}

enum { ENTITY_TEXT_BYTES_MAX = 128 << 10 };

/* One entry of the request; seen: entities before it, by their text. */
static int alter_once(struct controller *c, struct ctl_command *cmd, struct mr_smap *seen,
                      struct ctl_quota *q)
{
    struct mr_scratch text;
    bool twice = false, ok = true;
    scratch_init(&text, ENTITY_TEXT_BYTES_MAX);
    int err = print_entity(q, &text);
    struct mr_str key = arena_str(cmd->arena, (struct mr_str){(const char *)text.data, text.len}, &ok);
    scratch_done(&text);
    if (err == 0)
        err = ok ? check_keys(q, &twice) : -ENOMEM;
    struct ctl_quota *before = err == 0 ? smap_get(seen, key) : NULL;
    if (err != 0)
        return err;
    if (before != NULL || twice) { /* Kafka's text for both; what the first one asked for is done */
        q->repeats = before != NULL;
        ctl_fail(cmd, before != NULL ? &before->result : &q->result, KW_INVALID_REQUEST,
                 "Ignoring duplicate entity %.*s", MR_STR(key));
    } else {
        alter(c, cmd, q);
    }
    return before == NULL ? smap_put(seen, key, q) : 0;
}

enum kw_error command_alter_quotas(struct controller *c, struct ctl_command *cmd)
{
    struct mr_smap seen;
    int err = 0;
    smap_init(&seen);
    for (int32_t i = 0; err == 0 && i < cmd->count; i++) {
        struct ctl_quota *q = &cmd->u.quotas[i];
        q->result = (struct ctl_result){KW_NONE, NULL};
        q->repeats = false;
        err = alter_once(c, cmd, &seen, q);
    }
    smap_done(&seen);
    return err == 0 ? KW_NONE : KW_UNKNOWN_SERVER_ERROR;
}
