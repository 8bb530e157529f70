#include "core/mailbox.h"

#include "core/mem.h"

enum { LINE_BYTES = 64 };

/* Positions count messages since the start and wrap; slot = position & mask. Each side keeps its copy of the
 * other's position and reads the shared one only when the copy says full (sender) or empty (receiver), so in
 * a steady flow the two cores exchange a cache line per batch, not per message. */
struct mailbox {
    /* Never changed after the start. */
    _Alignas(LINE_BYTES) struct mr_msg **slots;
    uint32_t mask;
    _Atomic uint32_t *asleep; /* the receiver's flag; NULL: it never sleeps */

    /* The sender's. */
    _Alignas(LINE_BYTES) uint32_t write; /* next slot to fill; [published, write) is not yet visible */
    uint32_t head_seen;
    uint32_t published;
    struct mr_list outbox; /* of mr_msg, what did not fit, oldest first */

    /* Written by the sender, read by the receiver, and the other way round. */
    _Alignas(LINE_BYTES) _Atomic uint32_t tail;
    _Alignas(LINE_BYTES) _Atomic uint32_t head;

    /* The receiver's. */
    _Alignas(LINE_BYTES) uint32_t read;
    uint32_t tail_seen;
};

struct mailbox *mailbox_new(uint32_t slots)
{
    MR_ASSERT(slots > 0 && (slots & (slots - 1)) == 0);
    struct mailbox *m = mem_aligned(sizeof(*m), LINE_BYTES);
    if (m == NULL)
        return NULL;
    memset(m, 0, sizeof(*m));
    m->slots = mem_aligned(slots * sizeof(struct mr_msg *), LINE_BYTES);
    if (m->slots == NULL) {
        mem_free(m);
        return NULL;
    }
    m->mask = slots - 1;
    list_init(&m->outbox);
    return m;
}

void mailbox_free(struct mailbox *m)
{
    if (m == NULL)
        return;
    mem_free(m->slots);
    mem_free(m);
}

void mailbox_set_sleeper(struct mailbox *m, _Atomic uint32_t *asleep)
{
    m->asleep = asleep;
}

static bool full(struct mailbox *m)
{
    if (m->write - m->head_seen <= m->mask)
        return false;
    /* Acquire: the receiver has read the slots before it gave them back. */
    m->head_seen = atomic_load_explicit(&m->head, memory_order_acquire);
    return m->write - m->head_seen > m->mask;
}

void mailbox_send(struct mailbox *m, struct mr_msg *msg)
{
    if (!list_empty(&m->outbox) || full(m)) { /* first come, first out */
        list_push(&m->outbox, &msg->link);
        return;
    }
    m->slots[m->write++ & m->mask] = msg;
}

bool mailbox_publish(struct mailbox *m)
{
    while (!list_empty(&m->outbox) && !full(m))
        m->slots[m->write++ & m->mask] = MR_CONTAINER(list_pop(&m->outbox), struct mr_msg, link);
    if (m->write == m->published)
        return false;
    m->published = m->write;
    /* The sender stores tail, then loads asleep; the receiver stores asleep, then loads tail. All four are
     * sequentially consistent, so at least one of the two sees the other: no message is slept over. */
    atomic_store_explicit(&m->tail, m->write, memory_order_seq_cst);
    if (m->asleep == NULL || atomic_load_explicit(m->asleep, memory_order_seq_cst) == 0)
        return false;
    return atomic_exchange_explicit(m->asleep, 0, memory_order_seq_cst) != 0; /* one sender wakes, not all */
}

bool mailbox_backlog(const struct mailbox *m)
{
    return !list_empty(&m->outbox);
}

unsigned mailbox_drain(struct mailbox *m, struct mr_shard *at, unsigned max)
{
    if (m->read == m->tail_seen) {
        m->tail_seen = atomic_load_explicit(&m->tail, memory_order_acquire);
        if (m->read == m->tail_seen)
            return 0;
    }
    unsigned n = 0;
    while (n < max && m->read != m->tail_seen) {
        struct mr_msg *msg = m->slots[m->read++ & m->mask];
        n++;
        msg->run(at, msg); /* msg may be gone, or on its way back, after this line */
    }
    atomic_store_explicit(&m->head, m->read, memory_order_release);
    return n;
}

bool mailbox_pending(const struct mailbox *m)
{
    return m->read != atomic_load_explicit(&m->tail, memory_order_seq_cst);
}
