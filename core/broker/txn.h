/* core/broker/txn.h - one transactional id: who holds it, and its transaction.
 *
 * A pure state machine. An event comes in as a plain struct with the time in it and is judged against the
 * state that holds; what it wants to become is a *change*: the caller writes its record (txn_record()) and
 * brings back what became of it (txn_written()). Only then the state moves and anyone is told. It does no
 * I/O, reads no clock and makes no producer ids.
 *
 *             partitions are added          EndTxn: commit                 every partition has its marker
 *   Empty ----------------------> Ongoing ------------------> PrepareCommit -----------> CompleteCommit
 *     ^                          ^  |  |                                                     |
 *     |  InitProducerId          |  |  +--------------------> PrepareAbort ------------> CompleteAbort
 *     +--------------------------+--+     EndTxn: abort; a new producer; time is up          |
 *                                +-----------------------------------------------------------+
 *
 * One change at a time: an event that meets a change under way gets CONCURRENT_TRANSACTIONS, which clients
 * repeat. While a transaction is Prepare*, its markers are to be written: txn_ending() says which, each one
 * is reported with txn_marked(), and after the last the caller asks for txn_complete().
 *
 * Producer epochs: up to 32,766 are given to clients, 32,767 is for the coordinator, so that it can always
 * fence. In the second version of the protocol (KIP-890) each end of a transaction raises the epoch, and a
 * client that repeats its EndTxn is known by the epoch before.
 *
 * All times are wall clock, ms since 1970: they are in the records and outlive restarts.
 * Bounds: an id is a Kafka string; limits->partitions_max partitions are in one transaction.
 * Sources: KIP-98, KIP-360 (a producer goes on after an error), KIP-588 (PRODUCER_FENCED), KIP-890, KIP-939
 * (two-phase commit, as far as Apache Kafka 4.1.0 has it); what Apache Kafka 4.1.0 was seen to write or its
 * sources say (core/broker/README.md lists where we differ). */
#ifndef MR_BROKER_TXN_H
#define MR_BROKER_TXN_H

#include "core/arena.h"
#include "core/base.h"

struct txn;

enum { TXN_ID_BYTES_MAX = 32767, TXN_EPOCH_MAX = INT16_MAX };

#define TXN_NEVER INT64_MAX /* no deadline */

/* As records have them. Dead and PrepareEpochFence are never written. */
enum txn_state {
    TXN_EMPTY,
    TXN_ONGOING,
    TXN_PREPARE_COMMIT,
    TXN_PREPARE_ABORT,
    TXN_COMPLETE_COMMIT,
    TXN_COMPLETE_ABORT,
    TXN_DEAD,
    TXN_PREPARE_EPOCH_FENCE,
};

/* "Empty", "Ongoing", "PrepareCommit", ... as DescribeTransactions has them. Static. */
const char *txn_state_name(enum txn_state state);
/* The state of this name, as ListTransactions filters; false: there is none. */
bool txn_state_of_name(struct mr_str name, enum txn_state *ret);

/* Settings; shared by all ids, read anew at every event. */
struct txn_limits {
    int32_t timeout_ms_max;  /* transaction.max.timeout.ms */
    int64_t expiration_ms;   /* transactional.id.expiration.ms */
    bool two_phase;          /* transaction.two.phase.commit.enable */
    int16_t version;         /* the finalized feature transaction.version: 0, 1 or 2 */
    uint32_t partitions_max; /* of one transaction; ours, there is no such setting */
};

/* What an event comes to. */
struct txn_answer {
    int16_t error; /* enum kw_error; of a write: to be said when the record is stable */
    bool write;    /* there is a change: write txn_record(), then txn_written() and only then the answer */
    bool took_id;  /* fresh_id was used */
    bool need_id;  /* it wants a fresh_id and had none: get one, and the event comes again. Nothing changed */
    int64_t producer_id; /* -1 on errors */
    int16_t producer_epoch;
};

/* ---- its life ---- */

/* An id that nobody knows of yet: blank. id is copied. -ENOMEM, -MR_E_LIMIT (it is too long). */
int txn_new(struct mr_str id, struct txn **ret);
void txn_free(struct txn *t); /* NULL is fine */

/* There is no record of it and no change under way: it may be freed. */
bool txn_void(const struct txn *t);
uint64_t txn_bytes(const struct txn *t); /* memory that it holds */

/* ---- events ---- */

struct txn_init {
    int32_t timeout_ms;
    int64_t producer_id; /* v3+ (KIP-360); -1 with producer_epoch -1: a new producer */
    int16_t producer_epoch;
    bool two_phase;     /* v6+ (KIP-939) */
    bool keep_prepared; /* v6+: UNSUPPORTED_VERSION, as 4.1 */
    int64_t fresh_id;   /* a producer id that nobody has, or -1: none at hand */
    int64_t now_ms;
};
/* InitProducerId: 0, TRANSACTIONAL_ID_AUTHORIZATION_FAILED (two-phase commit is off), UNSUPPORTED_VERSION,
 * INVALID_TRANSACTION_TIMEOUT, CONCURRENT_TRANSACTIONS (the transaction of the one before is being ended;
 * with write: it has to be ended first), PRODUCER_FENCED, COORDINATOR_NOT_AVAILABLE (memory; need_id). Below
 * v4 the handler says INVALID_PRODUCER_EPOCH for PRODUCER_FENCED. An empty id is the handler's to refuse. */
struct txn_answer txn_init(struct txn *t, const struct txn_limits *limits, const struct txn_init *in);

struct txn_part {
    struct mr_str topic;
    int32_t partition; /* not negative: the handler has seen that it exists */
};

struct txn_add {
    int64_t producer_id;
    int16_t producer_epoch;
    const struct txn_part *parts; /* AddOffsetsToTxn: the one of the group's coordinator */
    uint32_t count;
    bool v2; /* a partition's leader or a group's coordinator asks, for a client of the second version */
    int64_t now_ms;
};
/* AddPartitionsToTxn and AddOffsetsToTxn: 0 (without write: all are in it already),
 * INVALID_PRODUCER_ID_MAPPING, PRODUCER_FENCED, CONCURRENT_TRANSACTIONS, COORDINATOR_NOT_AVAILABLE (memory),
 * INVALID_REQUEST (limits->partitions_max). Below v2 the handler says INVALID_PRODUCER_EPOCH for
 * PRODUCER_FENCED. */
struct txn_answer txn_add(struct txn *t, const struct txn_limits *limits, const struct txn_add *in);

/* Is the partition in the transaction (verify-only, KIP-890)? 0, INVALID_PRODUCER_ID_MAPPING,
 * PRODUCER_FENCED, CONCURRENT_TRANSACTIONS, or TRANSACTION_ABORTABLE (it is not; the handler says
 * INVALID_TXN_STATE to askers before v5). */
int16_t txn_verify(const struct txn *t, int64_t producer_id, int16_t producer_epoch,
                   const struct txn_part *part);

struct txn_end {
    int64_t producer_id;
    int16_t producer_epoch;
    bool commit;
    bool v2; /* EndTxn v5+ */
    int64_t fresh_id;
    int64_t now_ms;
};
/* EndTxn. With write: answer when the record is stable, then write markers. 0 without write: it is a
 * repetition and has been done. producer_id and producer_epoch are what the client goes on with (V2; else
 * -1). INVALID_PRODUCER_ID_MAPPING, PRODUCER_FENCED, CONCURRENT_TRANSACTIONS, INVALID_TXN_STATE,
 * COORDINATOR_NOT_AVAILABLE (need_id). Below v2 the handler says INVALID_PRODUCER_EPOCH for PRODUCER_FENCED.
 */
struct txn_answer txn_end(struct txn *t, const struct txn_limits *limits, const struct txn_end *in);

/* When txn_tick() has something to do: an open transaction's time is up. TXN_NEVER. */
int64_t txn_deadline(const struct txn *t);
/* With write: its producer is fenced and the transaction is aborted. Otherwise nothing is due. */
struct txn_answer txn_tick(struct txn *t, const struct txn_limits *limits, int64_t now_ms);

/* It was not used for limits->expiration_ms: write a tombstone of txn_key(), then txn_written(). */
bool txn_expires(const struct txn *t, const struct txn_limits *limits, int64_t now_ms);
void txn_expire(struct txn *t); /* begins that change; afterwards it is Dead and to be freed */

/* ---- markers ---- */

struct txn_marker {
    int64_t producer_id;
    int16_t producer_epoch; /* of the marker */
    bool commit;
    int16_t version; /* of the transaction: 2 makes leaders insist on a newer epoch */
};
/* Markers are to be written: Prepare*, also after loading. */
bool txn_ending(const struct txn *t, struct txn_marker *ret);
/* `uint32_t topic = 0, part = 0; while (txn_next_part(t, &topic, &part, &p))`: the partitions, of those that
 * are being marked only those that are not yet. The text is borrowed from t. Nothing may be added meanwhile,
 * but txn_marked() is welcome. */
bool txn_next_part(const struct txn *t, uint32_t *topic, uint32_t *part, struct txn_part *ret);
/* The marker is stable there, or the partition is gone for good. producer_id and producer_epoch are the
 * marker's: one of another transaction changes nothing. True: it was the last, ask for txn_complete(). */
bool txn_marked(struct txn *t, int64_t producer_id, int16_t producer_epoch, const struct txn_part *part);
/* All markers are there, or there were none to write: a change to Complete*. False: not now. */
bool txn_complete(struct txn *t, int64_t now_ms);

/* ---- records ---- */

/* The record of the change under way; without one, of what holds. value_version: 1, or 0 where
 * transaction.version is 0. In the arena. A null value: nothing to write, it is blank; of an expiry: a
 * tombstone. -MR_E_LIMIT. */
int txn_record(const struct txn *t, struct mr_arena *a, int16_t value_version, struct mr_slice *ret_key,
               struct mr_slice *ret_value);
int txn_key(const struct txn *t, struct mr_arena *a, struct mr_slice *ret); /* -MR_E_LIMIT */

/* What became of it: stable, and the change holds; or not, and nothing changed. */
void txn_written(struct txn *t, bool stable);
bool txn_changing(const struct txn *t);

/* What clients hear when the append failed with this enum kw_error. */
int16_t txn_write_error(int16_t append_error);

/* While loading: the id as this TransactionLogValue (with its version in front) says; replaces all. No change
 * may be under way. -MR_E_VERSION, -MR_E_CORRUPT, -ENOMEM: it is then as before. */
int txn_load(struct txn *t, struct mr_slice value);

/* ---- administration ---- */

struct txn_view {
    struct mr_str id;
    enum txn_state state;
    int64_t producer_id;
    int16_t producer_epoch;
    int32_t timeout_ms;
    int64_t start_ms;   /* -1: no transaction yet */
    int64_t updated_ms; /* the newest change */
    uint32_t partitions;
};
void txn_describe(const struct txn *t, struct txn_view *ret);

#endif
