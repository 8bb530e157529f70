/* net/api/common.h - small things that several handlers say. */
#ifndef MR_API_COMMON_H
#define MR_API_COMMON_H

#include "net/req.h"

/* Where this client finds a broker: the advertised address of the listener it came in by. */
struct api_endpoint {
    int32_t node_id;
    struct mr_str host, rack; /* rack.ptr NULL: none */
    int32_t port;
};

/* Every live broker that has such a listener, this one included; in req's arena. Returns how many, -1: out of memory. */
int32_t api_brokers(struct mr_req *req, struct api_endpoint **ret);

/* Now and forever the same until there is an authorizer: "not asked". */
enum { API_OPERATIONS_UNKNOWN = INT32_MIN };

#endif
