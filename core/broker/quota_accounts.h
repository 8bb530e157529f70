/* core/broker/quota_accounts.h - what clients under a quota have used, for the whole broker.
 *
 * A quota is the broker's, and one client has connections on several shards. So its account stands in one
 * place, shard 0, and whoever finishes a request of such a client asks there before it answers: one message
 * each way, 1 to 10 us, and only for clients that have a quota. The sum is exact, as Kafka's, however the
 * connections lie.
 *
 * An account that was not used for as long as its windows reach holds nothing and goes when room is wanted;
 * at most QUOTA_ACCOUNTS_MAX stand at once, the one not used for longest goes then. */
#ifndef MR_QUOTA_ACCOUNTS_H
#define MR_QUOTA_ACCOUNTS_H

#include "core/broker/broker.h"
#include "core/broker/quota_rate.h"

enum { QUOTA_ACCOUNTS_MAX = 16384, QUOTA_CHARGES_MAX = 2 };

enum quota_how {
    QUOTA_RECORD,         /* counts, and may throttle */
    QUOTA_RECORD_UNLESS,  /* the same, but does not count when anything of the ask throttles: then it is not
                             done */
    QUOTA_RECORD_QUIETLY, /* counts, for those that come next */
};

struct quota_charge {
    enum quota_type type;
    enum quota_how how;
    struct quota_limit limit; /* its names are borrowed until done() */
    double amount;            /* bytes; percent of a second; connections */
    int64_t throttle_ms;      /* out */
};

/* From any shard. done() runs there later, or within quota_ask() on shard 0. */
struct quota_ask {
    struct quota_charge charges[QUOTA_CHARGES_MAX];
    uint32_t count;
    void (*done)(struct quota_ask *ask);
    /* private */
    struct mr_msg msg;
    struct mr_shard *from;
};
void quota_ask(struct mr_shard *from, struct quota_ask *ask);

/* Shard 0's own. NULL: out of memory. */
struct quota_accounts;
struct quota_accounts *quota_accounts_new(const struct mr_config *config);
void quota_accounts_free(struct quota_accounts *q);

/* At once, for shard 0 itself. Out of memory nobody is throttled. */
void quota_charge_all(struct quota_accounts *q, struct quota_ask *ask, int64_t now_ms);

/* Changes of metadata, in partitions (KIP-599). strict: nothing is taken while there is a debt, and for how
 * long there will be one is returned. Otherwise it is taken, and the debt of then is returned. 0: go on. */
int64_t quota_take(struct quota_accounts *q, const struct quota_limit *limit, bool strict, double partitions,
                   int64_t now_ms);

#endif
