/* A consumer group's records at loading and rewriting. */
#include "core/broker/cgroup_coord.h"
#include "core/broker/cgroup_priv.h"
#include "core/broker/group_coord_priv.h"

int cgroup_record_replay(struct cgroup *g, struct cgroup_turn *t, const struct cgroup_record *r)
{
    struct kw_reader key = kw_reader_of(r->key);
    struct mr_str second = {NULL, 0};
    int16_t type;
    int err = kw_coord_head_decode(&key, &type);
    if (type == KW_GROUP_METADATA)
        return 0; /* of the classic group that it becomes */
    (void)kw_get_string(&key, false, false);
    if (key.p < key.end)
        second = kw_get_string(&key, false, false);
    if (err == 0)
        err = key.err;
    return err != 0 ? err : cgroup_replay(g, t, type, second, r->value);
}

/* NULL with *ret_err 0: there is nothing to take away from. */
static struct group_entity *entity_for(struct coord *c, struct mr_str name, bool make, int *ret_err)
{
    struct coord_entity *e = make ? coord_entity_make(c, name) : coord_entity(c, name);
    struct group_entity *g = e != NULL ? group_of(e) : NULL;
    *ret_err = make && e == NULL ? -ENOMEM : 0;
    if (!make || g == NULL || g->cgroup != NULL)
        return g != NULL && g->cgroup != NULL ? g : NULL;
    *ret_err = cgroup_new(name, &g->cgroup);
    if (*ret_err != 0)
        return NULL;
    group_drop(g); /* what committed before is the new kind's, too */
    return g;
}

int cgroup_load_record(struct coord *c, const struct coord_record *r, int16_t type, struct kw_reader *key,
                       struct mr_arena *arena)
{
    struct cgroup_scene s;
    struct mr_str second = {NULL, 0};
    struct mr_str name = kw_get_string(key, false, false);
    if (key->err == 0 && key->p < key->end)
        second = kw_get_string(key, false, false);
    if (key->err != 0)
        return key->err;
    int err;
    struct group_entity *g = entity_for(c, name, r->value.ptr != NULL, &err);
    if (g == NULL)
        return err;
    cgroup_scene_begin(&s, g, arena);
    err = cgroup_replay(g->cgroup, &s.t, type, second, r->value);
    if (err == 0 && type == KW_GROUP_CONSUMER_METADATA && r->value.ptr == NULL)
        cgroup_drop(g);
    group_changed(g);
    return err;
}

void cgroup_load_end(struct group_entity *g, struct mr_arena *arena)
{
    struct cgroup_scene s;
    if (cgroup_void(
            g->cgroup)) { /* members without a group: its tombstone came, theirs were compacted away */
        cgroup_drop(g);
        return;
    }
    cgroup_scene_begin(&s, g, arena);
    cgroup_loaded(g->cgroup, &s.t);
}

void cgroup_put_erasure(struct group_entity *g, struct coord_op *op, struct mr_arena *arena)
{
    struct cgroup_scene s;
    cgroup_scene_begin(&s, g, arena);
    s.op = op;
    cgroup_erase(g->cgroup, &s.t);
    if (s.t.failed)
        coord_refuse(op, KW_COORDINATOR_NOT_AVAILABLE);
}

void cgroup_drop(struct group_entity *g)
{
    cgroup_free(g->cgroup);
    g->cgroup = NULL;
    if (g->has_offsets)
        (void)group_make(g); /* without memory: the next commit makes it */
}
