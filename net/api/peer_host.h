/* net/api/peer_host.h - a client's address as Kafka shows it: "/127.0.0.1", "/0:0:0:0:0:0:0:1". */
#ifndef MR_API_PEER_HOST_H
#define MR_API_PEER_HOST_H

#include "net/req.h"

/* In the arena; null without room. An address that is not known is "/?". */
struct mr_str peer_host(const struct mr_req *req, struct mr_arena *a);

/* The same for "1.2.3.4:5" and "[::1]:5". */
struct mr_str peer_host_of(const char *peer, struct mr_arena *a);

#endif
