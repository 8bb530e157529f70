/* tests/sim/client_admin.h - an administrator: makes the topics of a scenario, and, if asked, makes and
 * deletes others for as long as it goes on, and looks whether they are there as they must be. */
#ifndef SIM_CLIENT_ADMIN_H
#define SIM_CLIENT_ADMIN_H

#include "tests/sim/client.h"
#include "tests/sim/seeds.h"

enum { ADMIN_TOPICS_MAX = 8, ADMIN_CONFIGS_MAX = 6, CHURN_NAMES = 5 };

enum churn_state {
    CHURN_ABSENT, /* never made, or its deletion was confirmed */
    CHURN_THERE,  /* its creation was confirmed */
};

struct kadmin {
    struct kclient client;
    struct seed_result *res;
    struct ktopic *topics; /* the caller's; ids are filled in */
    uint32_t count, made;
    struct kconfig configs[ADMIN_CONFIGS_MAX]; /* of all topics */
    int32_t config_count;
    bool ready; /* all are made, and their ids known */
    bool busy;
    struct mr_timer timer;
    struct rng rng;
    /* churn */
    uint64_t pace_ns; /* 0: no churn */
    enum churn_state states[CHURN_NAMES];
    uint32_t generations[CHURN_NAMES]; /* part of the name: a call without an answer may still take effect
                                          much later */
    uint32_t picked;
    bool asked_to_make;
    uint64_t changes;
};

void kadmin_init(struct kadmin *a, struct khost *h, const char *name, const char *address, uint16_t port,
                 struct seed_result *res, uint64_t seed);
void kadmin_make(struct kadmin *a, struct ktopic *topics, uint32_t count);
void kadmin_churn(struct kadmin *a, uint64_t pace_ns); /* when ready */
void kadmin_stop(struct kadmin *a);
void kadmin_done(struct kadmin *a);

#endif
