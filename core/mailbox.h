/* core/mailbox.h - messages between shards: one single-producer single-consumer ring per ordered pair.
 *
 * A message is a pointer to a struct mr_msg inside an object that the sender hands over; the receiver owns it
 * from then on and usually sends the same object back. Nothing is dropped: what does not fit the ring waits
 * in the sender's outbox (an intrusive list, so it costs no memory; the objects were admitted before) and
 * moves on in a later turn. Sends are published once a turn (mailbox_publish), which costs 2 to 5 ns a
 * message at 8. */
#ifndef MR_MAILBOX_H
#define MR_MAILBOX_H

#include <stdatomic.h>

#include "core/base.h"
#include "core/list.h"

struct mr_shard;

struct mr_msg {
    void (*run)(struct mr_shard *at, struct mr_msg *msg); /* on the receiving shard */
    struct mr_list link;                                  /* in the outbox */
};

struct mailbox; /* one direction: from one shard to another */

/* slots: a power of two. NULL when out of memory. */
struct mailbox *mailbox_new(uint32_t slots);
void mailbox_free(
    struct mailbox *m); /* messages still in it are forgotten; their objects are the caller's to find */

/* Sender. mailbox_publish() makes all sent messages visible and returns true when the receiver was asleep and
 * must be woken (the caller wakes it once). */
void mailbox_send(struct mailbox *m, struct mr_msg *msg);
bool mailbox_publish(struct mailbox *m);
bool mailbox_backlog(const struct mailbox *m); /* something waits in the outbox */

/* Receiver. Runs up to max messages; returns how many. */
unsigned mailbox_drain(struct mailbox *m, struct mr_shard *at, unsigned max);

/* The receiver's sleep protocol: set asleep, then look again with mailbox_pending(); clear when awake. The
 * flag is per receiver, shared by all of its mailboxes. */
void mailbox_set_sleeper(struct mailbox *m, _Atomic uint32_t *asleep);
bool mailbox_pending(const struct mailbox *m);

#endif
