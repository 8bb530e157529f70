/* tests/sim/client_member.h - members of consumer groups, as clients' libraries make them: they find the
 * coordinator, join, sync, beat and commit; now and then they hang, die, leave, and come back under an old
 * id.
 *
 * A ktribe is one group and what is known of it: who was told which slot of which generation, and which
 * offsets were acknowledged. Members check what they are told against it:
 *   in one generation a slot belongs to one member only (a static member is the one of its name)
 *   who commits in a generation that is over is refused
 *   committed offsets never go back: what is read was acknowledged, or asked for after it */
#ifndef SIM_CLIENT_MEMBER_H
#define SIM_CLIENT_MEMBER_H

#include "tests/sim/client.h"
#include "tests/sim/seeds.h"

enum { TRIBE_SLOTS = 5, TRIBE_MEMBERS = 6, TRIBE_GENERATIONS = 4096, MEMBER_ID_BYTES = 80 };

struct kmember;

struct ktribe {
    char name[24];
    struct seed_result *res;
    uint64_t owners[TRIBE_GENERATIONS][TRIBE_SLOTS]; /* hash of who was told; 0: nobody */
    int32_t newest;                                  /* generation that anybody was told */
    int64_t next;                                    /* offsets rise over all slots */
    int64_t acked[TRIBE_SLOTS], tried[TRIBE_SLOTS];  /* 0: none */
    struct kmember *members;                         /* TRIBE_MEMBERS */
    uint64_t joins, syncs, commits, reads, fenced, unknown;
};

enum member_phase { MEMBER_AWAY, MEMBER_FIND, MEMBER_JOIN, MEMBER_SYNC, MEMBER_STABLE };

struct kmember {
    struct kclient client;
    struct ktribe *tribe;
    char instance[16]; /* "": dynamic */
    char id[MEMBER_ID_BYTES], old_id[MEMBER_ID_BYTES];
    enum member_phase phase;
    int32_t generation;
    uint32_t slots; /* a bit each */
    bool leads, skips, busy;
    bool stale;  /* its commit under way is one of a generation that is over */
    bool unsure; /* it went on after a lost connection and has to ask what is its own */
    bool wild;   /* hangs, dies, leaves */
    uint32_t listed;
    char list[TRIBE_MEMBERS * 4][MEMBER_ID_BYTES];
    uint64_t life;              /* an answer to an earlier life's request is nobody's */
    int64_t floor[TRIBE_SLOTS]; /* of the read under way */
    struct mr_timer timer;
    struct rng rng;
};

void ktribe_init(struct ktribe *t, const char *name, struct seed_result *res);
void kmember_init(struct kmember *m, struct khost *h, struct ktribe *t, const char *name,
                  const char *instance, uint64_t seed);
void kmember_start(struct kmember *m);
void kmember_calm(struct kmember *m); /* no more mischief; whoever is away comes back soon */
void kmember_stop(struct kmember *m);
void kmember_done(struct kmember *m);
/* All members are in one generation and every slot is somebody's, once. */
bool ktribe_settled(const struct ktribe *t);

#endif
