/* tests/sim/client_txn.h - transactional producers, a reader of what is committed, and what must hold between
 * them.
 *
 * A holder (ktxn) opens one transaction after the other under its transactional id, writes records to some
 * partitions, in some of them commits an offset of its group, and commits or aborts; then it may pause, fall
 * silent in the middle, or begin anew. Holders that share an id fence each other: who was fenced goes on as a
 * zombie until it is told, and then takes the id back. Whatever has no answer is repeated, some requests
 * go out twice. A holder speaks the first or the second version of the protocol; in the second one requests
 * may come back much later by another connection (KIP-890).
 *
 * Each transaction has a number; its records and its offset say it. The checker knows when a commit was
 * first asked for and what was answered. */
#ifndef SIM_CLIENT_TXN_H
#define SIM_CLIENT_TXN_H

#include "tests/sim/client.h"
#include "tests/sim/seeds.h"

enum { TXN_PARTS = 3, TXN_IDS_MAX = 4, TXN_RECORDS_MAX = 4, TXNS_MAX = 4096 };
enum { TXN_PLACE, TXN_LEAVERS_PLACE, TXN_PLACES }; /* partitions that offsets are for */

enum txn_fate {
    FATE_OPEN,      /* its end was not asked for: nobody may see it */
    FATE_ASKED,     /* a commit was asked for, and no answer has come: all or nothing */
    FATE_COMMITTED, /* answered */
    FATE_ABORTED,   /* nobody may ever see it */
};

struct txn_facts {
    enum txn_fate fate;
    uint32_t id;               /* transactional id */
    uint32_t wrote[TXN_PARTS]; /* records that were acknowledged */
    uint32_t seen[TXN_PARTS];  /* by the reader */
    bool offset;               /* it carries an offset */
    bool records;              /* it writes some */
    bool answered;             /* its end was */
    bool leaver;               /* its transactional id, that of txn_leaver_id(), is its own */
    uint32_t holder;
};

struct txn_check {
    struct seed_result *res;
    struct txn_facts txns[TXNS_MAX];
    uint32_t count;
    int64_t offset_at[TXN_IDS_MAX]; /* the newest that a reader of stable offsets was told; -1 */
    uint64_t commits, aborts, unknown;
    uint64_t moments; /* rises whenever an end is asked for or answered: the times for a crash */
};
void txn_check_init(struct txn_check *k, struct seed_result *res);
void txn_check_end(struct txn_check *k); /* everything was read */
void txn_leaver_id(char *dst, size_t bytes, uint32_t holder, uint32_t n);

enum ktxn_step {
    KTXN_FIND,
    KTXN_INIT,
    KTXN_BEGIN,
    KTXN_ADD,
    KTXN_WRITE,
    KTXN_JOIN,
    KTXN_OFFSET,
    KTXN_END,
    KTXN_FINISHED,
};

struct ktxn {
    struct kclient client;
    struct kclient ghost; /* by which requests come late */
    struct txn_check *check;
    const struct ktopic *topic;
    struct rng rng;
    uint32_t number, id;
    char txn_id[24], group[16];
    bool second; /* version of the protocol */
    bool leaver; /* each transaction has an id of its own, and whatever goes wrong ends it: nobody comes back
                  */
    bool alone; /* nobody else has its id, and the clock is never set: it is not fenced while there is time */
    uint32_t left; /* transactions to go */
    bool hurry, stopping, started;
    enum ktxn_step step;
    uint32_t waiting; /* calls of this step under way */
    bool asked;       /* group, too */
    uint64_t begun_ns;
    struct mr_timer timer;
    int64_t producer_id;
    int16_t epoch;
    int32_t sequence[TXN_PARTS];
    /* the transaction */
    uint32_t n;             /* its number */
    uint32_t part, records; /* being written */
    uint32_t parts;         /* bits: to be written */
    bool commit, offset;
    int16_t versions[8];
    int16_t last_error;
    uint32_t tries;
    uint64_t fenced;
    struct mr_scratch out;
    struct mr_list lates; /* requests that will come late */
};
void ktxn_init(struct ktxn *t, struct khost *h, const char *address, uint16_t port, struct txn_check *check,
               const struct ktopic *topic, uint32_t id, uint32_t number, uint64_t seed);
void ktxn_start(struct ktxn *t);
void ktxn_hurry(struct ktxn *t); /* no more silence; a few more transactions, then finished */
bool ktxn_finished(const struct ktxn *t);
void ktxn_stop(struct ktxn *t);
void ktxn_done(struct ktxn *t);
const char *ktxn_stuck(const struct ktxn *all, uint32_t count); /* what they wait for; static text */

struct txn_reader {
    struct kclient client;
    struct txn_check *check;
    const struct ktopic *topic;
    uint32_t ids;
    struct rng rng;
    struct mr_timer timer;
    bool busy, started, to_the_end;
    bool counts; /* the request under way was sent when all was over */
    int64_t position[TXN_PARTS], high[TXN_PARTS], stable[TXN_PARTS];
    bool ended[TXN_PARTS];
    bool offsets_told;
    bool described; /* the coordinators have said how everything ended */
};
void txn_reader_init(struct txn_reader *r, struct khost *h, const char *address, uint16_t port,
                     struct txn_check *check, const struct ktopic *topic, uint32_t ids, uint64_t seed);
void txn_reader_start(struct txn_reader *r);
/* Finished once its position is the high watermark everywhere, and the coordinators say that all is decided.
 */
void txn_reader_to_the_end(struct txn_reader *r);
bool txn_reader_finished(const struct txn_reader *r);
void txn_reader_stop(struct txn_reader *r);
void txn_reader_done(struct txn_reader *r);
const char *txn_reader_stuck(const struct txn_reader *r);

#endif
