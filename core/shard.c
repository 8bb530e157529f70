#include "core/shard.h"

#include "core/mem.h"

enum {
    DRAIN_MAX = 256, /* messages from one peer in one turn */
    TIMERS_MAX = 256,
    READY_MAX = 256,
    SELF_MAX = 256,
    /* With a full mailbox ahead the shard looks again after this long. Its reader has work, so it is awake
     * and makes room soon; telling it to wake us would cost every drain a fence. */
    BACKLOG_POLL_NS = 50 * 1000,
};

static void shard_free(struct mr_shard *s)
{
    if (s == NULL)
        return;
    for (uint32_t i = 0; s->in != NULL && i < s->count; i++)
        mailbox_free(s->in[i]);
    mem_free(s->in);
    mem_free(s->out);
    timers_done(&s->timers);
    mem_free(s);
}

void shards_free(struct mr_shard **shards, uint32_t count)
{
    if (shards == NULL)
        return;
    for (uint32_t i = 0; i < count; i++)
        shard_free(shards[i]);
    mem_free(shards);
}

/* A shard with the mailboxes it reads. */
static struct mr_shard *shard_new(uint32_t id, uint32_t count, uint32_t slots)
{
    struct mr_shard *s = mem_aligned(sizeof(*s), 64);
    if (s == NULL)
        return NULL;
    memset(s, 0, sizeof(*s));
    s->id = id;
    s->count = count;
    list_init(&s->ready);
    list_init(&s->self);
    list_init(&s->turn_end);
    timers_init(&s->timers);
    s->in = mem_zalloc(count, sizeof(struct mailbox *));
    s->out = mem_zalloc(count, sizeof(struct mailbox *));
    if (s->in == NULL || s->out == NULL)
        goto out_free_shard;
    for (uint32_t from = 0; from < count; from++) {
        if (from == id)
            continue;
        s->in[from] = mailbox_new(slots);
        if (s->in[from] == NULL)
            goto out_free_shard;
        mailbox_set_sleeper(s->in[from], &s->asleep);
    }
    return s;

out_free_shard:
    shard_free(s);
    return NULL;
}

int shards_new(uint32_t count, struct mr_io **ios, struct mr_log *log, uint32_t mailbox_slots,
               struct mr_shard ***ret)
{
    MR_ASSERT(count > 0);
    struct mr_shard **shards = mem_zalloc(count, sizeof(*shards));
    if (shards == NULL)
        return -ENOMEM;
    for (uint32_t i = 0; i < count; i++) {
        shards[i] = shard_new(i, count, mailbox_slots);
        if (shards[i] == NULL) {
            shards_free(shards, count);
            return -ENOMEM;
        }
        shards[i]->io = ios[i];
        shards[i]->log = log;
        shards[i]->peers = shards;
    }
    for (uint32_t from = 0; from < count; from++) {
        for (uint32_t to = 0; to < count; to++)
            shards[from]->out[to] = shards[to]->in[from];
    }
    *ret = shards;
    return 0;
}

void shard_ready(struct mr_shard *s, struct mr_work *w)
{
    if (!work_queued(w))
        list_push(&s->ready, &w->link);
}

void shard_turn_end(struct mr_shard *s, struct mr_work *w)
{
    if (!work_queued(w))
        list_push(&s->turn_end, &w->link);
}

void shard_timer(struct mr_shard *s, struct mr_timer *t, uint64_t after_ns)
{
    uint64_t at_ns;
    if (__builtin_add_overflow(shard_now_ns(s), after_ns, &at_ns))
        at_ns = UINT64_MAX;
    timer_arm(&s->timers, t, at_ns);
}

void shard_timer_cancel(struct mr_shard *s, struct mr_timer *t)
{
    timer_cancel(&s->timers, t);
}

void shard_send(struct mr_shard *s, uint32_t to, struct mr_msg *msg)
{
    MR_ASSERT(to < s->count);
    if (to == s->id)
        list_push(&s->self, &msg->link);
    else
        mailbox_send(s->out[to], msg);
}

static unsigned run_messages(struct mr_shard *s)
{
    unsigned done = 0;
    for (uint32_t from = 0; from < s->count; from++) {
        if (s->in[from] != NULL)
            done += mailbox_drain(s->in[from], s, DRAIN_MAX);
    }
    struct mr_msg mark = {.run =
                              NULL}; /* what is sent from now on is behind it, and stays for the next turn */
    list_push(&s->self, &mark.link);
    for (unsigned n = 0; n < SELF_MAX && !list_empty(&mark.link);) {
        struct mr_msg *msg = MR_CONTAINER(list_pop(&s->self), struct mr_msg, link);
        if (msg->run == NULL)
            continue;
        msg->run(s, msg);
        n++;
        done++;
    }
    list_remove(&mark.link);
    return done;
}

/* What was queued up to now, so that work which queues itself again comes once a turn: the ring, the
 * mailboxes and the timers have their part between two of its steps. */
static unsigned run_ready(struct mr_shard *s)
{
    unsigned done = 0;
    struct mr_work mark;
    work_init(&mark, NULL);
    list_push(&s->ready, &mark.link);
    while (done < READY_MAX && work_queued(&mark)) {
        struct mr_work *w = MR_CONTAINER(list_pop(&s->ready), struct mr_work, link);
        if (w->run == NULL)
            continue;
        w->run(w);
        done++;
    }
    list_remove(&mark.link);
    return done;
}

/* All that was queued up to now; what these queue for the end of a turn means the next one. */
static unsigned run_turn_end(struct mr_shard *s)
{
    unsigned done = 0;
    struct mr_list batch;
    list_init(&batch);
    list_splice(&batch, &s->turn_end);
    for (; !list_empty(&batch); done++) {
        struct mr_work *w = MR_CONTAINER(list_pop(&batch), struct mr_work, link);
        w->run(w);
    }
    return done;
}

/* Returns whether some peer's mailbox is full. */
static bool publish(struct mr_shard *s)
{
    bool backlog = false;
    for (uint32_t to = 0; to < s->count; to++) {
        if (s->out[to] == NULL)
            continue;
        if (mailbox_publish(s->out[to]))
            io_wake_from(s->io, s->peers[to]->io);
        backlog |= mailbox_backlog(s->out[to]);
    }
    return backlog;
}

/* Raises asleep and looks once more. False: a message came in between, and the flag is down again. */
static bool fall_asleep(struct mr_shard *s)
{
    atomic_store_explicit(&s->asleep, 1, memory_order_seq_cst);
    for (uint32_t from = 0; from < s->count; from++) {
        if (s->in[from] != NULL && mailbox_pending(s->in[from])) {
            atomic_store_explicit(&s->asleep, 0, memory_order_relaxed);
            return false;
        }
    }
    return true;
}

enum turn_sleep { SLEEP_NEVER, SLEEP_IF_NOTHING_RAN, SLEEP };

static int turn(struct mr_shard *s, enum turn_sleep sleep)
{
    /* Down only here, not after io_turn(): a backend that returns while its shard sleeps (the simulator) must
     * be woken too. Senders see it up while completions run, at worst one wake-up too many. */
    if (atomic_load_explicit(&s->asleep, memory_order_relaxed) != 0)
        atomic_store_explicit(&s->asleep, 0, memory_order_relaxed);

    uint64_t now_ns = shard_now_ns(s);
    unsigned done = run_messages(s);
    done += timers_run(&s->timers, now_ns, TIMERS_MAX);
    done += run_ready(s);
    done += run_turn_end(s);
    bool backlog = publish(s);
    if (done > 0)
        s->last_work_ns = now_ns;

    uint64_t until_ns = timers_next_ns(&s->timers);
    if (backlog)
        until_ns = mr_min(until_ns, now_ns + BACKLOG_POLL_NS);
    bool wait = sleep == SLEEP || (sleep == SLEEP_IF_NOTHING_RAN && done == 0);
    if (!wait || shard_busy(s) || until_ns <= now_ns || now_ns - s->last_work_ns < s->spin_ns ||
        !fall_asleep(s))
        until_ns = 0;

    int completed = io_turn(s->io, until_ns);
    if (completed > 0)
        s->last_work_ns = shard_now_ns(s);
    return completed < 0 ? completed : 0;
}

int shard_turn(struct mr_shard *s, bool wait)
{
    return turn(s, wait ? SLEEP : SLEEP_NEVER);
}

int shard_wait(struct mr_shard *s)
{
    return turn(s, SLEEP_IF_NOTHING_RAN);
}

void shard_stop(struct mr_shard *s)
{
    atomic_store_explicit(&s->stop, true, memory_order_release);
    io_wake(s->io); /* after the store, so that it is never slept over */
}

int shard_run(struct mr_shard *s)
{
    while (!atomic_load_explicit(&s->stop, memory_order_acquire)) {
        int err = shard_turn(s, true);
        if (err != 0)
            return err;
    }
    return 0;
}
