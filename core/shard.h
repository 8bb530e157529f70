/* core/shard.h - a shard: one thread with its own ring, memory, timers and mailboxes. See core/README.md.
 *
 * One turn: drain the mailboxes, fire due timers, run ready work, run the end-of-turn hooks (journal commit,
 * sends), publish to other shards, then io_turn(). A turn is bounded: at most a few hundred of each, and of
 * each only what was there when its step began, so that work which queues itself again yields every time. */
#ifndef MR_SHARD_H
#define MR_SHARD_H

#include <stdatomic.h>

#include "core/io.h"
#include "core/log.h"
#include "core/mailbox.h"
#include "core/timer.h"

/* Work to run in this or the next turn of the same shard: never inside the call that asks for it. Queued by
 * other ready work it runs in the next one. A long job does a piece of about 100 us and queues itself again;
 * one that waits must not, for the shard does not sleep while there is ready work. */
struct mr_work {
    void (*run)(struct mr_work *w);
    struct mr_list link; /* initialised by work_init; in no list when idle */
};

static inline void work_init(struct mr_work *w, void (*run)(struct mr_work *w))
{
    w->run = run;
    list_init(&w->link);
}
static inline bool work_queued(const struct mr_work *w)
{
    return !list_empty(&w->link);
}

struct mr_shard {
    uint32_t id;
    uint32_t count; /* of shards in this broker */
    struct mr_io *io;
    struct mr_log *log;
    struct timer_heap timers;
    struct mr_list ready;    /* of mr_work */
    struct mr_list self;     /* of mr_msg: what this shard sent to itself */
    struct mr_list turn_end; /* of mr_work: queued again by whoever wants to run at the end of a turn */
    struct mailbox **in;     /* [count], in[id] is NULL */
    struct mailbox **out;
    struct mr_shard **peers; /* [count], all shards of this broker, for waking */
    uint32_t spin_ns;        /* how long to poll after work before sleeping in the ring */
    uint64_t last_work_ns;
    void *broker; /* struct broker_shard (core/broker), set by whoever builds the broker */
    void *net;    /* struct net_shard (net/) */

    /* What other threads touch, on a cache line of its own: peers read asleep whenever they publish. */
    _Alignas(64) _Atomic uint32_t asleep;
    _Atomic bool stop;
};

/* Makes count shards wired to each other with mailboxes of slots slots. ios[i] is borrowed. */
int shards_new(uint32_t count, struct mr_io **ios, struct mr_log *log, uint32_t mailbox_slots,
               struct mr_shard ***ret);
void shards_free(struct mr_shard **shards, uint32_t count);

/* One turn. wait: may sleep in the ring when there is nothing to do. Returns -errno when the ring is broken.
 * The simulator calls this; shard_run() is the loop of a real thread. */
int shard_turn(struct mr_shard *s, bool wait);
int shard_run(struct mr_shard *s);

/* One turn of a loop that waits for a condition: `while (!it_is_so) err = shard_wait(s);`. What makes it so
 * may run before the ring is entered, so it sleeps only in a turn that had nothing to run; shard_turn() would
 * sleep over it. */
int shard_wait(struct mr_shard *s);

/* Makes shard_run() return 0 after its turn. From any thread. */
void shard_stop(struct mr_shard *s);

void shard_ready(struct mr_shard *s, struct mr_work *w);    /* runs this turn or next; harmless when queued */
void shard_turn_end(struct mr_shard *s, struct mr_work *w); /* runs once at the end of this turn; likewise */
void shard_timer(struct mr_shard *s, struct mr_timer *t, uint64_t after_ns);
void shard_timer_cancel(struct mr_shard *s, struct mr_timer *t);

/* Hand msg to shard `to`; msg->run runs there. to == s->id is allowed: it runs in a later step of this shard.
 */
void shard_send(struct mr_shard *s, uint32_t to, struct mr_msg *msg);

/* Is there work for the next turn, which must not be slept over? */
static inline bool shard_busy(const struct mr_shard *s)
{
    return !list_empty(&s->ready) || !list_empty(&s->self) || !list_empty(&s->turn_end);
}

static inline uint64_t shard_now_ns(const struct mr_shard *s)
{
    return io_now_ns(s->io);
}
static inline int64_t shard_wall_ms(const struct mr_shard *s)
{
    return io_wall_ms(s->io);
}

#endif
