/* net/quota.h - quotas, where a client meets them: requests that end. Connections that come: net/arrival.h.
 *
 * Which quota is whose stands in the image of every shard, what was used in accounts on shard 0
 * (core/broker/quota_accounts.h). A request under a quota asks there once, when it is done and before it is
 * answered. When it is over its quota the answer says for how long (KIP-219), leaves at once, and the
 * connection is not read for so long. Nobody else pays anything but a look at a counter.
 *
 * A request's time (request_percentage) is what its shards' threads spent on it: decoding, its handler, its
 * parts on their shards until they wait, putting the answer together. It is measured only while some client
 * has such a quota. */
#ifndef MR_NET_QUOTA_H
#define MR_NET_QUOTA_H

#include "net/conn.h"

/* Who the client is for quotas. All are ANONYMOUS until there is authentication. */
struct mr_str quota_user(const struct mr_req *req);

/* The request is done, and is to be finished by go(), which sets its answer's throttle time and mutes its
 * connection with quota_apply(). go() runs later, or at once. Twice for one request the second time only runs
 * go(). */
void quota_settle(struct mr_req *req, void (*go)(struct mr_req *req));
void quota_apply(struct mr_req *req);

/* For Fetch, before it shows records: would these bytes be over the quota? go() runs later, or at once; when
 * req->throttle_ms is set then, the answer is to be empty. It takes the place of quota_settle(). */
void quota_settle_fetch(struct mr_req *req, uint64_t bytes, void (*go)(struct mr_req *req));

/* How much a fetch may bring at most, so that the quota lets it through at some time: UINT64_MAX without one.
 */
uint64_t quota_fetch_bytes_max(const struct mr_req *req);

/* Time of the shard's thread for a request; at home. False: somebody measures already. */
bool quota_slice_begin(struct mr_req *req);
void quota_slice_end(struct net_shard *n); /* harmless when the request has ended in it */

#endif
