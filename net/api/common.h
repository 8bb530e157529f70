/* net/api/common.h - small things that several handlers say. */
#ifndef MR_API_COMMON_H
#define MR_API_COMMON_H

#include "core/broker/coord.h"
#include "net/fan.h"

/* Where this client finds a broker: the advertised address of the listener it came in by. */
struct api_endpoint {
    int32_t node_id;
    struct mr_str host, rack; /* rack.ptr NULL: none */
    int32_t port;
};

/* Every live broker that has such a listener, this one included; in req's arena. Returns how many, -1: out of
 * memory. */
int32_t api_brokers(struct mr_req *req, struct api_endpoint **ret);

/* Which (name, partition) a request has named, for APIs that refuse to hear one twice. Linear, so that a
 * hostile request of a million names costs what it weighs. Strings are borrowed. Zero-initialised is empty.
 */
struct api_seen {
    struct mr_smap names; /* name -> its number, from 1 */
    struct mr_map pairs;
    bool ready;
};
/* Was it named before? Remembers it. partition -1: the name alone. Out of memory counts as new. */
bool api_seen_before(struct api_seen *s, struct mr_str name, int32_t partition);
bool api_seen_has(const struct api_seen *s, struct mr_str name, int32_t partition); /* without remembering */
void api_seen_done(struct api_seen *s);

/* What a client may do, as a bit for each of Kafka's ACL operations. Without an authorizer: everything that
 * there is to do. Not asked for: unknown. */
enum {
    API_OPERATIONS_UNKNOWN = INT32_MIN,
    API_OPERATIONS_TOPIC = 1 << 3 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 8 | 1 << 10 | 1 << 11,
    API_OPERATIONS_GROUP = 1 << 3 | 1 << 6 | 1 << 8 | 1 << 10 | 1 << 11,
    API_OPERATIONS_CLUSTER = 1 << 5 | 1 << 7 | 1 << 8 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 12,
};

/* Kafka's own words for KW_UNKNOWN_TOPIC_OR_PARTITION, where an answer has room for them. */
#define API_UNKNOWN_PARTITION "This server does not host this topic-partition."

#define API_INVALID_REQUEST                                                                                  \
    "This most likely occurs because of a request being malformed by the client library or the message was " \
    "sent to an "                                                                                            \
    "incompatible broker. See the broker logs for more details."

/* The part of fan for the shard of the coordinator of that name. *ret_key is its partition of the internal
 * topic; partition -1 when that topic does not stand: the part is then at home. NULL: no room, or fan is
 * NULL. */
struct fan_part *api_coord_part(struct mr_req *req, struct fan *fan, enum coord_kind kind, struct mr_str name,
                                struct part_key *ret_key);

/* A whole number of 32 bits and nothing else, as Java's Integer.parseInt(). */
bool api_number(struct mr_str text, int32_t *ret);

/* A text in req's arena; null without room. At most 1 KiB, cut there. */
struct mr_str api_text(struct mr_req *req, const char *fmt, ...) MR_PRINTF(2, 3);

#endif
