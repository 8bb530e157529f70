/* tests/sim/client_circle.h - members of consumer groups of the new protocol (KIP-848), as clients' libraries
 * make them: they make their ids, beat, give back what they are told to give back, some of them slowly, and
 * commit; now and then they hang, die, leave, and come back, some under their old id and epoch.
 *
 * A kcircle is one group and what is known of it: beside what client_seat.h checks,
 *   at one epoch a slot belongs to one member only (a static member is the one of its name)
 *   who commits for a slot that somebody had at a later epoch is refused */
#ifndef SIM_CLIENT_CIRCLE_H
#define SIM_CLIENT_CIRCLE_H

#include "tests/sim/client_seat.h"

enum { CIRCLE_EPOCHS = 8192 };

struct kcircle {
    struct kgroup group;                          /* first */
    uint64_t owners[CIRCLE_EPOCHS][KGROUP_SLOTS]; /* hash of who was told; 0: nobody */
    int32_t newest[KGROUP_SLOTS];                 /* epoch at which anybody was told of it */
    uint64_t beats, moves;
};

struct kfellow {
    struct kseat seat; /* first */
    uint32_t ids;      /* that it has made */
    int32_t epoch;     /* 0: it joins */
    uint32_t slots, told;
    struct mr_uuid topic; /* as an assignment named it */
    bool away, full;
    bool unheard;        /* an answer that may have told of a new assignment */
    bool giving;         /* it has been told to give something back, and does so after a while */
    uint32_t since_beat; /* requests of other kinds */
    uint32_t old_slot;   /* the one that it gave back last */
    int32_t old_epoch;   /* at this epoch; 0: none */
};

void kcircle_init(struct kcircle *c, const char *name, struct seed_result *res);
void kfellow_init(struct kfellow *f, struct khost *h, struct kcircle *c, const char *name,
                  const char *instance, uint64_t seed);
void kfellow_start(struct kfellow *f);
/* All that do not fail are at one epoch and every slot is one's, once. fellows: KGROUP_SEATS. */
bool kfellows_settled(const struct kfellow *fellows);

#endif
