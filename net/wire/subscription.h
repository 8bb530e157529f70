/* net/wire/subscription.h - what consumers of a classic group put into JoinGroup's metadata and SyncGroup's
 * assignment, when their protocol type is "consumer". Members may put there what they like: bytes that do not
 * parse are no reason to refuse a member, except where the broker itself must know the topics (KIP-848: when
 * a group changes its protocol).
 *
 * An int16 version, then the message at that version. A newer version than ours is read as our last one: new
 * fields go to the end (KIP-429). A negative one and bytes that end too soon are -MR_E_CORRUPT; bytes past
 * the message are ignored. All of it as Kafka's. Slices point into bytes, arrays are the arena's
 * (-MR_E_LIMIT). */
#ifndef MR_WIRE_SUBSCRIPTION_H
#define MR_WIRE_SUBSCRIPTION_H

#include "net/wire/gen/consumer_protocol.h"

/* *ret_version: the one that was written, which may be newer than ours. */
int kw_subscription_decode(struct mr_slice bytes, struct mr_arena *a, int16_t *ret_version,
                           struct kw_consumer_protocol_subscription *ret);

/* Topics and user_data alone, whatever the version says: it is read as version 0, which every version starts
 * with. So does Kafka where it asks which topics a group has subscribed to. */
int kw_subscription_decode_v0(struct mr_slice bytes, struct mr_arena *a,
                              struct kw_consumer_protocol_subscription *ret);

int kw_assignment_decode(struct mr_slice bytes, struct mr_arena *a, int16_t *ret_version,
                         struct kw_consumer_protocol_assignment *ret);

/* Errors stick in the writer. version: one newer than ours, as a member may have sent it, means our last one.
 */
void kw_subscription_encode(struct kw_writer *w, int16_t version,
                            const struct kw_consumer_protocol_subscription *m);
void kw_assignment_encode(struct kw_writer *w, int16_t version,
                          const struct kw_consumer_protocol_assignment *m);

#endif
