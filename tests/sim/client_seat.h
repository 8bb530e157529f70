/* tests/sim/client_seat.h - what members of classic groups and of the new kind have in common: a connection,
 * a life that may end without a word, and offsets that they commit and read back.
 *
 * A kgroup is one group and what is known of its offsets; a kseat one member's place in it. Both are the
 * first thing in the structs of client_member.h and client_circle.h. who commits for a slot that is somebody
 * else's by now is refused committed offsets never go back: what is read was acknowledged, or asked for after
 * it */
#ifndef SIM_CLIENT_SEAT_H
#define SIM_CLIENT_SEAT_H

#include "tests/sim/client.h"
#include "tests/sim/seeds.h"

enum { KGROUP_SLOTS = 5, KGROUP_SEATS = 6, SEAT_ID_BYTES = 80 };

struct kgroup {
    char name[24];
    struct seed_result *res;
    int64_t next;                                     /* offsets rise over all slots */
    int64_t acked[KGROUP_SLOTS], tried[KGROUP_SLOTS]; /* 0: none */
    uint64_t commits, reads, fenced;
};

/* Once all is well one member of each group fails for good, and the others must be whole without it. */
enum seat_failing {
    SEAT_WELL,
    SEAT_SILENT,   /* it says nothing any more */
    SEAT_STUBBORN, /* it beats, and does not do what it is told: join, sync, give back */
};

struct kseat {
    struct kclient client;
    struct kgroup *group;
    char instance[16]; /* "": dynamic */
    char id[SEAT_ID_BYTES];
    bool busy;
    bool wild;   /* hangs, dies, leaves */
    bool leaves; /* next thing */
    enum seat_failing failing;
    bool stale;    /* its commit under way is for a slot that somebody else has had since */
    uint64_t life; /* an answer to an earlier life's request is nobody's */
    /* the commit or the read under way */
    uint32_t slot;
    int64_t offset;
    int64_t floor[KGROUP_SLOTS];
    struct mr_timer timer;
    struct rng rng;
};

void kgroup_init(struct kgroup *g, const char *name, struct seed_result *res);
/* step: what it does next, whenever its time has come and nothing is under way. */
void kseat_init(struct kseat *s, struct khost *h, struct kgroup *g, const char *name, const char *instance,
                uint64_t seed, void (*step)(struct mr_timer *timer));
void kseat_calm(struct kseat *s); /* no more mischief; whoever is away comes back soon */
void kseat_stop(struct kseat *s);
void kseat_done(struct kseat *s);

void kseat_later(struct kseat *s, uint64_t ms);
bool kseat_may_step(const struct kseat *s);
/* Forgets what is under way. */
void kseat_ends_life(struct kseat *s);

/* A request of this life; done() begins with kseat_heard(). */
struct kcall *kseat_ask(struct kseat *s, int16_t key, int16_t v_min, int16_t v_max,
                        void (*done)(struct kcall *));
enum seat_hears {
    SEAT_NOTHING, /* the answer is nobody's */
    SEAT_BREAK,   /* there is none, the connection is over */
    SEAT_ANSWER,
};
enum seat_hears kseat_heard(struct kcall *call);
struct kseat *kseat_of(const struct kcall *call);

void kseat_find(struct kseat *s, int16_t v_min, int16_t v_max, void (*done)(struct kcall *));
/* For one of these slots, which are not none. */
void kseat_commit(struct kseat *s, uint32_t slots, int32_t epoch, int16_t v_min,
                  void (*done)(struct kcall *));
/* The answer's error; without one the offset counts. */
int16_t kseat_committed(struct kseat *s, const struct kcall *call);
/* All slots; below v9 epoch is not said. */
void kseat_read(struct kseat *s, int32_t epoch, int16_t v_min, int16_t v_max, void (*done)(struct kcall *));
/* The error; without one the offsets were looked at. */
int16_t kseat_read_back(struct kseat *s, const struct kcall *call);

static inline struct mr_str str_or_none(const char *text)
{
    return text[0] == '\0' ? (struct mr_str){NULL, 0} : mr_str_of(text);
}

#endif
