/* core/broker/collisions.h - which topic names would collide in metric names, where '.' turns into '_': how
 * many topics there are for each name so changed. One more topic is then one look-up, not a walk over all. */
#ifndef MR_COLLISIONS_H
#define MR_COLLISIONS_H

#include "core/map.h"

struct collisions {
    struct mr_smap names; /* of names with '.' or '_' only: the others collide with none */
};

void collisions_init(struct collisions *c);
void collisions_done(struct collisions *c);
int collisions_add(struct collisions *c, struct mr_str topic); /* at most 249 bytes; -ENOMEM */
void collisions_remove(struct collisions *c, struct mr_str topic);
bool collisions_any(const struct collisions *c, struct mr_str topic);

#endif
