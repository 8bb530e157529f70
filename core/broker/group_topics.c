/* What consumers subscribe to: for offsets that may not expire or be deleted. */
#include "core/broker/group_priv.h"
#include "core/mem.h"
#include "net/wire/reader.h"

static bool is_consumer(const struct group *g)
{
    return mr_str_is(g->protocol_type, "consumer");
}

static size_t topic_bytes(size_t len)
{
    return sizeof(struct mr_str) + len + GROUP_KEY_BYTES;
}

void group_topics_clear(struct group *g)
{
    uint32_t at = 0;
    for (struct mr_str *topic; (topic = smap_next(&g->topics, &at)) != NULL;) {
        group_discharge(g, topic_bytes(topic->len));
        mem_free(topic);
    }
    smap_done(&g->topics);
    g->topics_known = false;
}

static int topic_add(struct group *g, struct mr_str name)
{
    if (smap_get(&g->topics, name) != NULL)
        return 0;
    struct mr_str *topic = mem_alloc(sizeof(*topic) + name.len);
    if (topic == NULL)
        return -ENOMEM;
    memcpy(topic + 1, name.ptr, name.len);
    *topic = (struct mr_str){(const char *)(topic + 1), name.len};
    int err = smap_put(&g->topics, *topic, topic);
    if (err != 0) {
        mem_free(topic);
        return err;
    }
    group_charge(g, topic_bytes(name.len));
    return 0;
}

/* A version, topics, user data: every later version of the subscription begins like the first. */
static int add_all(struct group *g, struct mr_slice metadata)
{
    struct kw_reader r = kw_reader_of(metadata);
    int err = 0;
    if (kw_get_int16(&r) < 0)
        return -MR_E_CORRUPT;
    int32_t count = kw_get_count(&r, false, false, 2);
    for (int32_t i = 0; i < count && r.err == 0 && err == 0; i++) {
        struct mr_str name = kw_get_string(&r, false, false);
        if (r.err == 0)
            err = topic_add(g, name);
    }
    (void)kw_get_bytes(&r, false, true);
    return r.err != 0 ? r.err : err;
}

void group_topics_find(struct group *g)
{
    uint32_t at = 0;
    group_topics_clear(g);
    if (!is_consumer(g))
        return;
    for (const struct group_member *m; (m = group_member_next(g, &at)) != NULL;) {
        if (add_all(g, group_metadata(m, g->protocol_name)) != 0) {
            group_topics_clear(g);
            return;
        }
    }
    g->topics_known = true;
}

bool group_subscribes(const struct group *g, struct mr_str topic)
{
    return g->topics_known ? smap_get(&g->topics, topic) != NULL : is_consumer(g);
}

bool group_expires(const struct group *g, int64_t *ret_since_ms)
{
    *ret_since_ms = -1;
    if (g->protocol_type.ptr == NULL)
        return true; /* it never had members: each offset for itself */
    if (g->state == GROUP_EMPTY) {
        *ret_since_ms = g->state_wall_ms;
        return true;
    }
    return g->state == GROUP_STABLE && g->topics_known;
}
