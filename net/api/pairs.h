/* net/api/pairs.h - the partitions that a request names, each once, by topic.
 *
 * For APIs whose answer has one entry per partition however often and in however many places the request
 * names it. Topics and partitions stay in the order of their first mention. Linear in the request. Everything
 * but the look-up tables lies in the request's arena; names are borrowed. */
#ifndef MR_API_PAIRS_H
#define MR_API_PAIRS_H

#include "core/map.h"
#include "net/req.h"

struct api_pair {
    int32_t partition;
    int64_t value; /* the handler's: zero at first */
    struct api_pair *next;
};

struct api_pair_topic {
    struct mr_str name;
    uint32_t number; /* from 1 */
    int32_t count;
    struct api_pair *first, *last;
    struct api_pair_topic *next;
};

struct api_pairs {
    struct mr_smap names;
    struct mr_map pairs; /* topic number << 32 | partition */
    struct api_pair_topic *first, *last;
    int32_t count; /* topics */
};

void api_pairs_init(struct api_pairs *p);
void api_pairs_done(struct api_pairs *p); /* the tables only */

/* The pair, made at its first mention. NULL: no room. */
struct api_pair *api_pairs_add(struct api_pairs *p, struct mr_req *req, struct mr_str topic,
                               int32_t partition);
/* One more, however often it was named: for APIs that answer each mention. Not to be mixed with the other. */
struct api_pair *api_pairs_append(struct api_pairs *p, struct mr_req *req, struct mr_str topic,
                                  int32_t partition);
/* The same under an entry of its own for the topic, which api_pairs_topic() makes: for APIs that answer each
 * mention of a topic, too. */
struct api_pair_topic *api_pairs_topic(struct api_pairs *p, struct mr_req *req, struct mr_str topic);
struct api_pair *api_pairs_append_to(struct api_pair_topic *t, struct mr_req *req, int32_t partition);

#endif
