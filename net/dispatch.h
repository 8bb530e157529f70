/* net/dispatch.h - from a frame to its handler, and from its answer to the wire. */
#ifndef MR_DISPATCH_H
#define MR_DISPATCH_H

#include "net/conn.h"

/* One whole frame without its size. hold: the buffer that contains it, kept until the request has gone; NULL:
 * the bytes are copied. What cannot be parsed closes the connection, as Kafka does. */
void dispatch(struct mr_conn *c, struct mr_slice frame, struct mr_buf *hold);

/* Take req out of its connection, release what it holds, free it. */
void req_free(struct mr_req *req);

#endif
