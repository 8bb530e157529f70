#include "core/broker/image_quotas.h"

#include <arpa/inet.h>

#include "core/err.h"
#include "core/mem.h"
#include "net/wire/gen/meta_other.h"

enum { NONE, NAMED, ANY }; /* of a level's user and client */

static const char *const keys[QUOTA_TYPES] = {"producer_byte_rate", "consumer_byte_rate",
                                              "request_percentage", "controller_mutation_rate",
                                              "connection_creation_rate"};

const char *quota_key(enum quota_type type)
{
    return keys[type];
}

int quota_of_key(struct mr_str key)
{
    for (int i = 0; i < QUOTA_TYPES; i++) {
        if (mr_str_is(key, keys[i]))
            return i;
    }
    return -1;
}

bool quota_ip_text(struct mr_str text, char dst[QUOTA_IP_BYTES])
{
    char copy[QUOTA_IP_BYTES];
    uint8_t address[16];
    if (mr_str_is(text, "localhost"))
        text = MR_STR_LIT("127.0.0.1");
    if (text.len >= sizeof(copy) || (text.len > 0 && memchr(text.ptr, 0, text.len) != NULL))
        return false;
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    int family = strchr(copy, ':') != NULL ? AF_INET6 : AF_INET;
    if (inet_pton(family, copy, address) != 1)
        return false;
    static const uint8_t v4_in_v6[12] = {[10] = 0xff, [11] = 0xff};
    if (family == AF_INET6 && memcmp(address, v4_in_v6, sizeof(v4_in_v6)) == 0)
        return inet_ntop(AF_INET, address + 12, dst, QUOTA_IP_BYTES) != NULL;
    return inet_ntop(family, address, dst, QUOTA_IP_BYTES) != NULL;
}

/* ---- entities ---- */

static uint64_t part_hash(const struct quota_part *p, uint64_t salt)
{
    if (!p->is_set)
        return salt;
    return mr_hash_u64(salt + (p->name.ptr == NULL ? 1 : 2 + mr_hash_bytes(p->name.ptr, p->name.len)));
}

static uint64_t entity_hash(const struct quota_entity *e)
{
    return part_hash(&e->ip, part_hash(&e->client, part_hash(&e->user, 1) * 3) * 3);
}

static bool part_eq(const struct quota_part *a, const struct quota_part *b)
{
    return a->is_set == b->is_set && (a->name.ptr == NULL) == (b->name.ptr == NULL) &&
           mr_str_eq(a->name, b->name);
}

static bool entity_eq(const struct quota_entity *a, const struct quota_entity *b)
{
    return part_eq(&a->user, &b->user) && part_eq(&a->client, &b->client) && part_eq(&a->ip, &b->ip);
}

static struct image_quota *find(const struct image_quotas *q, const struct quota_entity *e)
{
    struct image_quota *i = map_get(&q->by_hash, entity_hash(e));
    while (i != NULL && !entity_eq(&i->entity, e))
        i = i->next;
    return i;
}

const struct image_quota *image_quota(const struct image_quotas *q, const struct quota_entity *e)
{
    return find(q, e);
}

static unsigned part_level(const struct quota_part *p)
{
    return !p->is_set ? NONE : p->name.ptr != NULL ? NAMED : ANY;
}

static unsigned level_of(const struct quota_entity *e)
{
    return part_level(&e->user) * 3 + part_level(&e->client); /* an address is level 0 */
}

/* ---- changes ---- */

void image_quotas_init(struct image_quotas *q)
{
    memset(q, 0, sizeof(*q));
    list_init(&q->all);
    map_init(&q->by_hash);
}

void image_quotas_done(struct image_quotas *q)
{
    LIST_FOR_SAFE(node, tmp, &q->all)
    mem_free(MR_CONTAINER(node, struct image_quota, link));
    map_done(&q->by_hash);
}

static bool is_odd_ip(const struct quota_entity *e)
{
    char text[QUOTA_IP_BYTES];
    return e->ip.name.ptr != NULL && (!quota_ip_text(e->ip.name, text) || !mr_str_is(e->ip.name, text));
}

static void keep_name(struct quota_part *to, const struct quota_part *from, char **at)
{
    *to = *from;
    if (from->name.ptr == NULL)
        return;
    memcpy(*at, from->name.ptr, from->name.len);
    to->name.ptr = *at;
    *at += from->name.len;
}

static int add(struct image_quotas *q, const struct quota_entity *e, struct image_quota **ret)
{
    struct image_quota *i =
        mem_zalloc(1, sizeof(*i) + e->user.name.len + e->client.name.len + e->ip.name.len + 3);
    if (i == NULL)
        return -ENOMEM;
    char *at = i->names;
    keep_name(&i->entity.user, &e->user, &at);
    keep_name(&i->entity.client, &e->client, &at);
    keep_name(&i->entity.ip, &e->ip, &at);
    i->hash = entity_hash(e);
    struct image_quota *first = map_get(&q->by_hash, i->hash);
    if (first != NULL) {
        i->next = first->next;
        first->next = i;
    } else if (map_put(&q->by_hash, i->hash, i) != 0) {
        mem_free(i);
        return -ENOMEM;
    }
    list_push(&q->all, &i->link);
    q->odd_ips += is_odd_ip(e);
    *ret = i;
    return 0;
}

static int drop(struct image_quotas *q, struct image_quota *i)
{
    struct image_quota *first = map_get(&q->by_hash, i->hash);
    if (first == i) {
        (void)map_remove(&q->by_hash, i->hash);
        if (i->next != NULL && map_put(&q->by_hash, i->hash, i->next) != 0)
            return -ENOMEM;
    } else {
        while (first->next != i)
            first = first->next;
        first->next = i->next;
    }
    q->odd_ips -= is_odd_ip(&i->entity);
    list_remove(&i->link);
    mem_free(i);
    return 0;
}

static int entity_of(const struct kw_client_quota_record *r, struct quota_entity *ret)
{
    *ret = (struct quota_entity){.user = {.is_set = false}};
    if (r->entity_count <= 0)
        return -MR_E_CORRUPT;
    for (int32_t i = 0; i < r->entity_count; i++) {
        struct mr_str type = r->entity[i].entity_type;
        struct quota_part *part = mr_str_is(type, "user")        ? &ret->user
                                  : mr_str_is(type, "client-id") ? &ret->client
                                  : mr_str_is(type, "ip")        ? &ret->ip
                                                                 : NULL;
        if (part == NULL)
            return -MR_E_VERSION;
        if (part->is_set)
            return -MR_E_CORRUPT;
        *part = (struct quota_part){true, r->entity[i].entity_name};
    }
    return 0;
}

int image_quotas_apply(struct image_quotas *q, const struct kw_client_quota_record *r)
{
    struct quota_entity e;
    int type = quota_of_key(r->key), err = entity_of(r, &e);
    if (err == 0 && type < 0)
        err = -MR_E_VERSION;
    if (err != 0)
        return err;
    struct image_quota *i = find(q, &e);
    if (i == NULL && r->remove)
        return 0;
    if (i == NULL)
        err = add(q, &e, &i);
    if (err != 0)
        return err;
    uint8_t bit = (uint8_t)(1u << type);
    unsigned level = level_of(&e);
    bool had = (i->set & bit) != 0;
    q->counts[type][level] += (uint32_t)(!r->remove - had);
    q->total[type] += (uint32_t)(!r->remove - had);
    if (!r->remove) {
        i->set |= bit;
        i->values[type] = r->value;
        return 0;
    }
    i->set &= (uint8_t)~bit;
    return i->set == 0 ? drop(q, i) : 0;
}

/* ---- look-up ---- */

static bool at_level(const struct image_quotas *q, enum quota_type type, unsigned user_level,
                     struct mr_str user, unsigned client_level, struct mr_str client, double *ret)
{
    if (q->counts[type][user_level * 3 + client_level] == 0)
        return false;
    struct mr_str none = {NULL, 0};
    struct quota_entity e = {.user = {user_level != NONE, user_level == NAMED ? user : none},
                             .client = {client_level != NONE, client_level == NAMED ? client : none}};
    const struct image_quota *i = find(q, &e);
    if (i == NULL || (i->set & 1u << type) == 0)
        return false;
    *ret = i->values[type];
    return true;
}

bool image_quota_of_client(const struct image_quotas *q, enum quota_type type, struct mr_str user,
                           struct mr_str client, struct quota_limit *ret)
{
    static const uint8_t order[][2] = {{NAMED, NAMED}, {NAMED, ANY}, {NAMED, NONE}, {ANY, NAMED},
                                       {ANY, ANY},     {ANY, NONE},  {NONE, NAMED}, {NONE, ANY}};
    if (q->total[type] == 0)
        return false;
    for (size_t i = 0; i < MR_COUNT(order); i++) {
        if (order[i][1] != NONE && client.len == 0)
            continue; /* who gives no client id has no quota of one */
        if (!at_level(q, type, order[i][0], user, order[i][1], client, &ret->limit))
            continue;
        struct mr_str none = {NULL, 0};
        ret->user = order[i][0] != NONE ? user : none;
        ret->client = order[i][1] != NONE ? client : none;
        return true;
    }
    return false;
}

static const struct image_quota *odd_ip(const struct image_quotas *q, struct mr_str text)
{
    char own[QUOTA_IP_BYTES];
    LIST_FOR(node, &q->all)
    {
        const struct image_quota *i = MR_CONTAINER(node, struct image_quota, link);
        if (i->entity.ip.name.ptr != NULL && quota_ip_text(i->entity.ip.name, own) && mr_str_is(text, own))
            return i;
    }
    return NULL;
}

bool image_quota_of_ip(const struct image_quotas *q, struct mr_str text, double *ret)
{
    if (q->total[QUOTA_CONNECTION] == 0)
        return false;
    struct quota_entity e = {.ip = {true, text}};
    const struct image_quota *i = find(q, &e);
    if (i == NULL && q->odd_ips > 0)
        i = odd_ip(q, text);
    if (i == NULL) {
        e.ip.name = (struct mr_str){NULL, 0};
        i = find(q, &e);
    }
    if (i == NULL)
        return false;
    *ret = i->values[QUOTA_CONNECTION];
    return true;
}
