/* net/api/commit_way.h - what OffsetCommit and TxnOffsetCommit have in common: offsets on their way to the
 * group's coordinator, and the answers home.
 *
 * Life: commit_way_new() at home; the handler lists what the request names with commit_way_add(), in its
 * order, and calls commit_way_go(). ask() fills in what else the coordinator has to know, and answer() puts
 * the response together; both run at home. Partitions that nobody knows never leave it. */
#ifndef MR_API_COMMIT_WAY_H
#define MR_API_COMMIT_WAY_H

#include "core/broker/group_coord.h"
#include "net/api/pairs.h"
#include "net/fan.h"

/* One partition, as the request has it. */
struct commit_place {
    struct mr_str topic;
    int32_t mention; /* which of the request's topics it stands under: one may be there twice */
    int32_t partition;
    int64_t offset;
    int32_t leader_epoch;
    struct mr_str metadata; /* may be null */
};

struct commit_way {
    struct mr_str group;
    bool in_txn; /* else g.commit is all there is */
    void (*ask)(const struct mr_req *req, struct group_txn_commit *g);
    /* Errors of the runtime as Kafka's coordinator tells them to this client. */
    enum kw_error (*told)(const struct mr_req *req, enum kw_error error);
    /* value: the error. False: no room. */
    bool (*answer)(struct mr_req *req, const struct api_pairs *pairs);
    /* private */
    struct commit_place *places;
    uint32_t place_count, place_cap;
    uint32_t known; /* places that exist: these go to the coordinator */
    struct api_pairs pairs;
    struct api_pair **of_item;
    struct fan *fan;
};

/* NULL: no room; the connection is being closed. Room for that many places. Uses req->state and
 * req->release. */
struct commit_way *commit_way_new(struct mr_req *req, size_t places);
void commit_way_add(struct commit_way *w, const struct commit_place *place);
/* Ends the request, later or now. error: KW_NONE, or what is wrong with the request as a whole: known
 * partitions get it. */
void commit_way_go(struct mr_req *req, struct commit_way *w, enum kw_error error);

#endif
