/* tests/sim/client_circle.h - members of consumer groups of the new protocol (KIP-848), as clients' libraries
 * make them: they make their ids, beat, give back what they are told to give back, some of them slowly, and
 * commit; now and then they hang, die, leave, and come back, some under their old id and epoch.
 *
 * A kcircle is one group and what is known of it. Members check what they are told against it:
 *   at one epoch a slot belongs to one member only (a static member is the one of its name)
 *   who commits for a slot that somebody had at a later epoch is refused
 *   committed offsets never go back: what is read was acknowledged, or asked for after it */
#ifndef SIM_CLIENT_CIRCLE_H
#define SIM_CLIENT_CIRCLE_H

#include "tests/sim/client.h"
#include "tests/sim/seeds.h"

enum { CIRCLE_SLOTS = 5, CIRCLE_FELLOWS = 6, CIRCLE_EPOCHS = 8192, FELLOW_ID_BYTES = 48 };

struct kfellow;

struct kcircle {
    char name[24];
    struct seed_result *res;
    uint64_t owners[CIRCLE_EPOCHS][CIRCLE_SLOTS]; /* hash of who was told; 0: nobody */
    int32_t newest[CIRCLE_SLOTS];                 /* epoch at which anybody was told of it */
    int64_t next;                                 /* offsets rise over all slots */
    int64_t acked[CIRCLE_SLOTS], tried[CIRCLE_SLOTS];
    struct kfellow *fellows; /* CIRCLE_FELLOWS */
    uint64_t beats, commits, reads, fenced, moves;
};

struct kfellow {
    struct kclient client;
    struct kcircle *circle;
    char instance[16]; /* "": dynamic */
    char id[FELLOW_ID_BYTES];
    uint32_t ids;  /* that it has made */
    int32_t epoch; /* 0: it joins */
    uint32_t slots, told;
    struct mr_uuid topic; /* as an assignment named it */
    bool away, busy, full, wild;
    bool giving;         /* it has been told to give something back, and does so after a while */
    bool stale;          /* its commit under way is for a slot that somebody else has had since */
    uint64_t life;       /* an answer to an earlier life's request is nobody's */
    uint32_t since_beat; /* requests of other kinds */
    uint32_t slot;       /* of the commit under way */
    int64_t offset;
    int64_t floor[CIRCLE_SLOTS]; /* of the read under way */
    struct mr_timer timer;
    struct rng rng;
};

void kcircle_init(struct kcircle *c, const char *name, struct seed_result *res);
void kfellow_init(struct kfellow *f, struct khost *h, struct kcircle *c, const char *name,
                  const char *instance, uint64_t seed);
void kfellow_start(struct kfellow *f);
void kfellow_calm(struct kfellow *f); /* no more mischief; whoever is away comes back soon */
void kfellow_stop(struct kfellow *f);
void kfellow_done(struct kfellow *f);
/* All members are at one epoch and every slot is somebody's, once. */
bool kcircle_settled(const struct kcircle *c);

#endif
