/* tests/sim/group_scene.h - three groups of six members each on a broker with many lives (lives.h): members
 * join, leave, hang, die and return under old ids, over a network that delays and breaks. What client_seat.h
 * and the kind of member promise holds, and once all faults are over every group is whole again and stays so.
 */
#ifndef SIM_GROUP_SCENE_H
#define SIM_GROUP_SCENE_H

#include "tests/sim/client_seat.h"

enum { SCENE_GROUPS = 3 };

/* A kind of member. Its structs begin with struct kgroup and struct kseat. */
struct group_cast {
    const char *const *overrides; /* settings of the broker */
    uint32_t override_count;
    size_t group_bytes, member_bytes;
    uint64_t fade_ns; /* after the last fault: ids that died own nothing any more */
    void (*group_init)(struct kgroup *g, const char *name, struct seed_result *res);
    void (*member_init)(struct kseat *s, struct khost *h, struct kgroup *g, const char *name,
                        const char *instance, uint64_t seed);
    void (*start)(struct kseat *s);
    bool (*settled)(const struct kseat *first); /* KGROUP_SEATS of one group, one after the other */
    uint64_t (*moves)(const struct kgroup *g);  /* rises with every rebalance */
    void (*tell)(const struct kseat *s, char *dst, size_t bytes); /* why it is not settled */
};

void group_scene(const struct group_cast *cast, uint64_t seed, struct seed_result *res);

#endif
