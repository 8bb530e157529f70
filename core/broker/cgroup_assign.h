/* core/broker/cgroup_assign.h - the rules by which a consumer group's partitions are given to its members.
 *
 * Partitions of all topics stand in one row of slots; seats are members. An assignor gets who has a slot (the
 * target so far, where it still may), and leaves who shall have it. Both are as Kafka's of that name: the
 * same balance and the same stickiness; where Kafka's choice hangs on the order of a hash table, ours is the
 * order of coming. */
#ifndef MR_BROKER_CGROUP_ASSIGN_H
#define MR_BROKER_CGROUP_ASSIGN_H

#include "core/arena.h"
#include "core/base.h"

#define CGROUP_NOBODY UINT32_MAX

struct cgroup_seat {
    struct mr_str member_id, instance_id; /* null: dynamic */
    const uint32_t *topics;               /* indexes, ascending; the same array where they are the same */
    uint32_t topic_count;
    uint32_t slots; /* scratch of the assignors */
    uint32_t limit;
};

struct cgroup_problem {
    struct cgroup_seat *seats;
    uint32_t seat_count;
    uint32_t topic_count;
    const uint32_t *first; /* [topic_count + 1]: a topic's first slot */
    uint32_t *owner;       /* [slots] in, out: a seat or CGROUP_NOBODY */
    bool same;             /* all seats want the same topics */
};

static inline uint32_t cgroup_slots(const struct cgroup_problem *p)
{
    return p->first[p->topic_count];
}

/* -MR_E_LIMIT: past the arena's limit. */

/* Each gets as many as the others, and keeps what it has as far as that allows. Seats that want the same: one
 * pass. Else partition by partition, those that few want first, then moves until none makes it more even. */
int cgroup_assign_uniform(struct cgroup_problem *p, struct mr_arena *a);
int cgroup_assign_uniform_mixed(struct cgroup_problem *p, struct mr_arena *a);
/* Topic by topic one range each, in the order of instance ids and member ids; what was before counts for
 * nothing. So topics of as many partitions are given out alike. */
int cgroup_assign_range(struct cgroup_problem *p, struct mr_arena *a);

#endif
