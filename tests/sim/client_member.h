/* tests/sim/client_member.h - members of classic consumer groups, as clients' libraries make them: they find
 * the coordinator, join, sync, beat and commit; now and then they hang, die, leave, and come back under an
 * old id.
 *
 * A ktribe is one group and what is known of it: beside what client_seat.h checks,
 *   in one generation a slot belongs to one member only (a static member is the one of its name)
 *   who commits in a generation that is over is refused */
#ifndef SIM_CLIENT_MEMBER_H
#define SIM_CLIENT_MEMBER_H

#include "tests/sim/client_seat.h"

enum { TRIBE_GENERATIONS = 4096 };

struct ktribe {
    struct kgroup group;                              /* first */
    uint64_t owners[TRIBE_GENERATIONS][KGROUP_SLOTS]; /* hash of who was told; 0: nobody */
    int32_t newest;                                   /* generation that anybody was told */
    uint64_t joins, unknown;
};

enum member_phase { MEMBER_AWAY, MEMBER_FIND, MEMBER_JOIN, MEMBER_SYNC, MEMBER_STABLE };

struct kmember {
    struct kseat seat; /* first */
    char old_id[SEAT_ID_BYTES];
    enum member_phase phase;
    int32_t generation;
    uint32_t slots; /* a bit each */
    bool leads, skips;
    bool joins;  /* when it is stubborn, it joins, but does not sync */
    bool waited; /* a while, before it beats where it should join */
    bool unsure; /* it went on after a lost connection and has to ask what is its own */
    uint32_t listed;
    char list[KGROUP_SEATS * 4][SEAT_ID_BYTES];
};

void ktribe_init(struct ktribe *t, const char *name, struct seed_result *res);
void kmember_init(struct kmember *m, struct khost *h, struct ktribe *t, const char *name,
                  const char *instance, uint64_t seed);
void kmember_start(struct kmember *m);
/* All that do not fail are in one generation and every slot is one's, once. members: KGROUP_SEATS. */
bool kmembers_settled(const struct kmember *members);

#endif
