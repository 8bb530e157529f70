#include "core/broker/collisions.h"

#include "core/err.h"
#include "core/mem.h"

enum { NAME_BYTES_MAX = 249 };

struct collision {
    uint32_t topics;
    char name[];
};

void collisions_init(struct collisions *c)
{
    smap_init(&c->names);
}

void collisions_done(struct collisions *c)
{
    uint32_t at = 0;
    for (struct collision *one; (one = smap_next(&c->names, &at)) != NULL;)
        mem_free(one);
    smap_done(&c->names);
}

/* The name with '_' for '.' into dst; false when it has neither. */
static bool normal(struct mr_str topic, char dst[NAME_BYTES_MAX])
{
    bool any = false;
    MR_ASSERT(topic.len <= NAME_BYTES_MAX);
    for (size_t i = 0; i < topic.len; i++) {
        dst[i] = topic.ptr[i] == '.' ? '_' : topic.ptr[i];
        any = any || dst[i] == '_';
    }
    return any;
}

int collisions_add(struct collisions *c, struct mr_str topic)
{
    char name[NAME_BYTES_MAX];
    if (!normal(topic, name))
        return 0;
    struct collision *one = smap_get(&c->names, (struct mr_str){name, topic.len});
    if (one != NULL) {
        one->topics++;
        return 0;
    }
    one = mem_zalloc(1, sizeof(*one) + topic.len);
    if (one == NULL)
        return -ENOMEM;
    one->topics = 1;
    memcpy(one->name, name, topic.len);
    int err = smap_put(&c->names, (struct mr_str){one->name, topic.len}, one);
    if (err != 0)
        mem_free(one);
    return err;
}

void collisions_remove(struct collisions *c, struct mr_str topic)
{
    char name[NAME_BYTES_MAX];
    if (!normal(topic, name))
        return;
    struct mr_str key = {name, topic.len};
    struct collision *one = smap_get(&c->names, key);
    if (one == NULL || --one->topics > 0)
        return;
    smap_remove(&c->names, key);
    mem_free(one);
}

bool collisions_any(const struct collisions *c, struct mr_str topic)
{
    char name[NAME_BYTES_MAX];
    return normal(topic, name) && smap_get(&c->names, (struct mr_str){name, topic.len}) != NULL;
}
