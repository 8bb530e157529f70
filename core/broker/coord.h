/* core/broker/coord.h - the runtime of coordinators: one struct coord for each partition of
 * __consumer_offsets and __transaction_state, on the shard that owns the partition.
 *
 * It owns entities by name (groups, transactional ids), reads them from the partition's log at the start,
 * gives each event its turn, writes an event's records as one append and says when they are stable. What an
 * entity *is* belongs to its kind (struct coord_type): core/broker/group_coord.c, core/broker/txn_coord.c.
 * See README.md.
 *
 * State is changed at the high watermark, never at append: an event's run() judges the applied state and puts
 * records; its done() runs once they are stable and applies them. Whoever sees a change can rely on it after
 * a crash.
 *
 * Everything here runs on the coordinator's shard. Times: *_ms is shard time (monotonic) unless it is called
 * wall. */
#ifndef MR_COORD_H
#define MR_COORD_H

#include "core/broker/partition.h"
#include "net/wire/coord_record.h"

struct coord;
struct coord_op;
struct coord_entity;

enum coord_kind { COORD_GROUP, COORD_TXN, COORD_KINDS };

enum {
    COORD_QUEUE_MAX = 4096,           /* events that wait for their turn on one entity; one more gets
                                         KW_COORDINATOR_LOAD_IN_PROGRESS, which clients repeat */
    COORD_VALUE_BYTES_MAX = 16 << 20, /* of one record that is put */
};

/* ---- what a kind of coordinator is ---- */

/* A record that is stable, as the log has it: at loading, in the order of the log. */
struct coord_record {
    int64_t offset;
    int64_t timestamp;   /* wall ms */
    int64_t producer_id; /* -1: not transactional */
    int16_t producer_epoch;
    struct mr_slice key;   /* with its type in front */
    struct mr_slice value; /* with its version in front; ptr NULL: a tombstone */
};

struct coord_type {
    const char *topic;
    /* One record at loading. 0; -MR_E_VERSION: a version of a known type that this build does not know, or
     * -MR_E_CORRUPT: the load ends there and the coordinator serves nothing; -ENOMEM. A type that nobody
     * knows is passed over by the callee (a later version's, Kafka does the same). May call
     * coord_entity_make(). */
    int (*replay)(struct coord *c, const struct coord_record *r);
    /* A marker, at loading and when one of coord_put_marker() is stable: what the producer's transaction put
     * here counts, or does not. */
    void (*replay_marker)(struct coord *c, int64_t producer_id, bool commit);
    /* All is read; from now on events come. */
    void (*loaded)(struct coord *c);
    /* Memory of the kind for one entity; e->name is set. The struct must begin with struct coord_entity. */
    struct coord_entity *(*make)(struct coord *c); /* NULL: out of memory */
    void (*free)(struct coord_entity *e); /* nobody waits; what it has charged is taken back by the caller */
    /* Nothing would be lost by freeing it: asked when the last event on it has ended. */
    bool (*is_empty)(const struct coord_entity *e);
    bool wake_shared;
    /* coord_wake_at()'s time has come: an event of its own, exclusive or (wake_shared) not. wake_run() may
     * put records as any run(), wake_done() hears how that ended. */
    void (*wake_run)(struct coord_entity *e, struct coord_op *op);
    void (*wake_done)(struct coord_entity *e, struct coord_op *op, enum kw_error error);
    /* This coordinator ends here (deleted, failed, or the broker stops): answer everyone who is parked inside
     * e with KW_NOT_COORDINATOR, forget timers of your own. No records can be put any more. free() follows.
     */
    void (*unload)(struct coord_entity *e);
    /* Every retention check: true if expire() would have something to do. expire() is the event, done as
     * wake. May be NULL. */
    bool (*wants_expiry)(struct coord_entity *e, int64_t wall_ms);
    void (*expire_run)(struct coord_entity *e, struct coord_op *op, int64_t wall_ms);
    void (*expire_done)(struct coord_entity *e, struct coord_op *op, enum kw_error error);
    /* A topic was deleted; c serves. May be NULL. */
    void (*topic_gone)(struct coord *c, struct mr_str topic);
    /* The kind's own memory for one coordinator, e.g. open transactions by producer id. May be NULL. */
    int (*open)(struct coord *c, void **ret_own);
    void (*close)(struct coord *c, void *own); /* after all entities have gone */
};

/* ---- events ---- */

/* What an event's turn may lie beside. */
enum coord_beside {
    COORD_ALONE,
    COORD_SHARED,
    COORD_LATER, /* one of the shared ones that have their turn now must end first */
};

/* An event. It gets its turn on its entity, in order of arrival: alone, or (shared) beside other shared ones.
 *
 *   coord_submit -> [queue] -> run() -> no records          -> done(KW_NONE)
 *                                    -> records: append, stable -> done(KW_NONE)
 *                                    -> coord_refuse(error)     -> done(error)
 *
 * The turn ends when done() has returned. done() runs exactly once, also when run() never did; either may run
 * inside coord_submit(). Errors of the runtime: KW_NOT_COORDINATOR, KW_COORDINATOR_LOAD_IN_PROGRESS (loading;
 * queue full), KW_COORDINATOR_NOT_AVAILABLE (memory), KW_MESSAGE_TOO_LARGE (a record larger than
 * max.message.bytes; nothing was written). After an append that failed nobody knows whether the records are
 * in the log: done(KW_NOT_COORDINATOR), and the coordinator serves nothing until the next start. Many dones
 * of one flush run in the order of the log.
 *
 * The owner keeps it alive until done(), which may free it. */
struct coord_op {
    /* in, by the owner */
    void (*run)(struct coord_op *op);
    void (*done)(struct coord_op *op, enum kw_error error);
    bool shared; /* does not change who is in the group or what they have: commits */
    /* Told where only the applied state shows whether it may be shared: asked when it is first in line and no
     * other is alone there, maybe again and again. What it says last is in shared when run() begins. */
    enum coord_beside (*beside)(struct coord_op *op);
    bool several; /* records may become several batches of the one append; else more than one batch's worth is
                     KW_MESSAGE_TOO_LARGE */
    int64_t producer_id; /* -1; else the records belong to its transaction */
    int16_t producer_epoch;
    const struct coord_guard *guard; /* NULL: none */
    /* out */
    struct coord *coord;         /* NULL when there was none */
    struct coord_entity *entity; /* NULL for an op without a name */
    int64_t base_offset; /* in done(KW_NONE): of the first record put; -1: none were. The others follow */
    /* private */
    enum kw_error error;
    uint32_t records;
    struct mr_list link;
    struct plog_append append;
    enum coord_marker { COORD_NO_MARKER, COORD_MARKER_ABORT, COORD_MARKER_COMMIT } marker;
    int32_t marker_epoch;
    int16_t marker_txn_version;
    struct mr_slice waiting; /* the batches, while the journal has no room */
    struct partition *pinned;
};

/* run, done, and nothing else: exclusive, one batch, no producer. */
void coord_op_init(struct coord_op *op, void (*run)(struct coord_op *op),
                   void (*done)(struct coord_op *op, enum kw_error error));

/* On the coordinator's shard. The entity is made when it is not there, and freed when it is empty afterwards.
 * name.ptr NULL: no entity, no waiting (markers). */
void coord_submit(struct broker_shard *b, enum coord_kind kind, struct part_key key, struct mr_str name,
                  struct coord_op *op);
/* The same from inside, on an entity at hand. */
void coord_submit_on(struct coord_entity *e, struct coord_op *op);

/* Within run() only. The bytes are copied. What fails makes the op fail. */
void coord_put(struct coord_op *op, struct mr_slice key,
               struct mr_slice value); /* value.ptr NULL: tombstone */
/* A record of a kind; value NULL: tombstone. kind->version is what Kafka 4.1 writes. */
void coord_put_message(struct coord_op *op, const struct kw_coord_kind *kind, const void *key,
                       int16_t version, const void *value);
/* A marker that ends the transaction of op->producer_id and op->producer_epoch: the op's only record. When it
 * is stable, type->replay_marker() is called, then done(). Refused as producer_check_marker() says. */
void coord_put_marker(struct coord_op *op, bool commit, int32_t coordinator_epoch, int16_t txn_version);
/* While somebody is asked whether a producer's transaction is open: a marker of that producer, put into the
 * log meanwhile, makes the answer worthless, for what is put after it would open a transaction that nobody
 * ends. coord_guard_begin() before the question; op->guard = it, for the op to be refused with
 * KW_INVALID_TXN_STATE when it is voided; coord_guard_end() in its done() or when there will be no op. */
struct coord_guard {
    struct mr_list link;
    int64_t producer_id;
    bool voided;
};
void coord_guard_begin(struct coord *c, struct coord_guard *g, int64_t producer_id);
void coord_guard_end(struct coord_guard *g);

/* Whatever was put is dropped; done(error). */
void coord_refuse(struct coord_op *op, enum kw_error error);

/* ---- entities ---- */

struct coord_entity {
    struct coord *coord;
    struct mr_str name; /* the coordinator's copy, NUL-terminated; "" is a name */
    /* private */
    struct mr_list link;  /* of the coordinator, in order of creation */
    struct mr_list queue; /* of coord_op: wait for their turn */
    struct mr_list later; /* its queue is looked at in a later step */
    uint32_t queued;
    uint32_t shared; /* events that have their turn now and do not exclude each other */
    bool exclusive;  /* one that does */
    bool pumping, waking, wake_again;
    bool held; /* stays although nothing is under way */
    uint64_t charged;
    struct mr_timer wake;
    struct coord_op wake_op;
};

/* NULL: not there. Borrowed until the next return to the loop, or as long as one has a turn on it. Entities
 * that are only being made exist too: what counts is the kind's applied state. */
struct coord_entity *coord_entity(struct coord *c, struct mr_str name);
struct coord_entity *coord_entity_make(struct coord *c,
                                       struct mr_str name); /* found or made; NULL: -ENOMEM */
/* All, in order of creation; from inside, entities may not be added. */
void coord_each(struct coord *c, void (*each)(void *ctx, struct coord_entity *e), void *ctx);
void *coord_own(const struct coord *c); /* of type->open() */

/* Memory of an entity beyond its struct, counted in and out. A shard's coordinators may take a part of
 * millrace.memory.bytes (README.md): beyond it no entity is made any more (KW_COORDINATOR_NOT_AVAILABLE), and
 * kinds ask coord_full() before they let one grow. What the log holds is loaded all the same. */
void coord_charge(struct coord_entity *e, int64_t bytes);
bool coord_full(const struct coord *c);

/* wake_run() at that time; a new time replaces the old; INT64_MAX: not at all. One per entity: the kind keeps
 * what is due when. Late by as much as events before it take. */
void coord_wake_at(struct coord_entity *e, int64_t at_ms);

int64_t coord_now_ms(const struct coord *c);  /* monotonic */
int64_t coord_wall_ms(const struct coord *c); /* for what is stored */
struct broker_shard *coord_home(const struct coord *c);
struct partition *coord_partition(const struct coord *c);
enum coord_kind coord_kind(const struct coord *c);
int32_t
coord_epoch(const struct coord *c); /* the partition's leader epoch: the coordinator epoch of markers */

/* State that cannot be kept in step with the log any more (out of memory while applying): c serves nothing
 * until the next start; everyone who waits hears error. */
void coord_fail(struct coord *c, enum kw_error error, const char *why);

/* Look through all entities for what wants_expiry() now, not only with the next retention check. */
void coord_sweep(struct coord *c);

/* ---- where ---- */

/* The coordinator of a name: partition = abs(hashCode of the name) % partitions of the topic. Differs from
 * Kafka: when the internal topic grows, names move at once and not with the next start. False: the internal
 * topic does not stand (yet): KW_COORDINATOR_NOT_AVAILABLE. placement_shard(*ret, shards) is where to go. On
 * any shard. */
bool coord_place(const struct broker_shard *b, enum coord_kind kind, struct mr_str name,
                 struct part_key *ret);

/* The internal topic of a kind; NULL: this build has no such coordinators. */
const char *coord_topic(enum coord_kind kind);

/* On the coordinator's shard. KW_NONE; KW_NOT_COORDINATOR: not here, failed, or stopping;
 * KW_COORDINATOR_LOAD_IN_PROGRESS. Reading applied state needs no more than this and coord_entity(). */
enum kw_error coord_find(struct broker_shard *b, enum coord_kind kind, struct part_key key,
                         struct coord **ret);
/* Every coordinator of this shard (ListGroups, ListTransactions); loading: KW_COORDINATOR_LOAD_IN_PROGRESS.
 */
void coords_each(struct broker_shard *b, enum coord_kind kind,
                 void (*each)(void *ctx, struct coord *c, enum kw_error error), void *ctx);

/* ---- life; called by core/broker alone ---- */

struct coords;                                               /* of one shard */
int coords_new(struct broker_shard *b, struct coords **ret); /* -ENOMEM */
void coords_free(struct coords *cs);                         /* all partitions have gone */
/* A partition has appeared or goes (its log stays the caller's). Partitions of other topics are passed over.
 */
void coord_on_partition(struct partition *p);
void coord_on_partition_gone(struct partition *p);
/* Its log is being read (p->coord may be NULL). */
bool coord_is_loading(const struct partition *p);
/* The stop begins: everyone who waits is answered with KW_NOT_COORDINATOR, nothing new is taken. Before
 * connections are closed: requests parked in groups would hold them. */
void coords_stop(struct broker_shard *b);
/* A topic was deleted, on every shard. */
void coords_on_topic_gone(struct broker_shard *b, struct mr_str topic);

#endif
