/* net/sessions.h - fetch sessions of one shard (KIP-227): what a client fetches, remembered between its
 * requests, so that a request names only what changed and a response only what moved. A session belongs to
 * the shard of its connection. Bounds: sessions_max a shard; when full the one unused for longest goes if it
 * is older than two minutes, otherwise the client gets no session, which every client understands. */
#ifndef MR_SESSIONS_H
#define MR_SESSIONS_H

#include "core/broker/broker.h"
#include "core/list.h"

struct fetch_sessions;

/* One partition of a session, in the order of the request; those with data move to the end (fairness). */
struct session_part {
    struct mr_list link;     /* in session->parts */
    struct mr_uuid topic_id; /* zero in sessions that use names */
    char *topic;             /* NUL-terminated; NULL in sessions that use ids */
    int32_t partition;
    int64_t fetch_offset, log_start;
    int32_t leader_epoch, last_fetched_epoch, bytes_max;
    /* What was last said to the client: a response leaves out what is the same. */
    int64_t said_high_watermark, said_log_start;
    bool said_error;
    bool was_there; /* its topic was found once */
    char key[];     /* of session->map */
};

struct fetch_session {
    int32_t id;
    int32_t epoch; /* expected next */
    bool uses_ids;
    bool busy; /* a request is using it */
    bool dead; /* to be freed when it is no longer busy */
    uint64_t used_ns;
    struct mr_list parts;
    struct mr_smap map;
    uint32_t count;
    struct mr_list link; /* in fetch_sessions, least recently used first */
};

enum { FETCH_SESSIONS_MAX = 1000, FETCH_SESSION_EPOCH_CLOSE = -1 };

struct fetch_sessions *fetch_sessions_new(struct broker_shard *b); /* NULL: out of memory */
void fetch_sessions_free(struct fetch_sessions *s);

/* A new, empty session, or NULL: no room now. */
struct fetch_session *session_make(struct fetch_sessions *s, bool uses_ids);
struct fetch_session *session_find(struct fetch_sessions *s, int32_t id);
void session_close(struct fetch_sessions *s, struct fetch_session *session);
void session_used(struct fetch_sessions *s, struct fetch_session *session);
/* The epoch after epoch: wraps to 1. */
static inline int32_t session_next_epoch(int32_t epoch)
{
    return epoch == INT32_MAX ? 1 : epoch + 1;
}

/* Add or find (ret_new). Exactly one of topic and id counts, as the session says. NULL: out of memory. */
struct session_part *session_part(struct fetch_session *session, struct mr_str topic, struct mr_uuid id,
                                  int32_t partition, bool *ret_new);
void session_forget(struct fetch_session *session, struct mr_str topic, struct mr_uuid id, int32_t partition);

uint32_t fetch_sessions_count(const struct fetch_sessions *s);

#endif
