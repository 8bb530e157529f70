/* core/broker/image_quotas.h - the client quotas that the metadata log holds, and which of them is a
 * client's.
 *
 * Part of the image: every shard has its own, pointers live until the next image_apply(). Source: KIP-13,
 * KIP-257 (users and client ids), KIP-599 (changes of metadata), KIP-612 (connections). */
#ifndef MR_IMAGE_QUOTAS_H
#define MR_IMAGE_QUOTAS_H

#include "core/list.h"
#include "core/map.h"

struct kw_client_quota_record;

enum quota_type {
    QUOTA_PRODUCE,    /* producer_byte_rate */
    QUOTA_FETCH,      /* consumer_byte_rate */
    QUOTA_REQUEST,    /* request_percentage: of one thread's time */
    QUOTA_MUTATION,   /* controller_mutation_rate: partitions made and deleted */
    QUOTA_CONNECTION, /* connection_creation_rate, of an IP address */
    QUOTA_TYPES
};
const char *quota_key(enum quota_type type);
int quota_of_key(struct mr_str key); /* -1: none has that name */

/* Whose a quota is: a part that is_set with ptr NULL is the default. An IP address stands alone. */
struct quota_part {
    bool is_set;
    struct mr_str name;
};
struct quota_entity {
    struct quota_part user, client, ip;
};

struct image_quota {
    struct quota_entity entity; /* the names lie in this block */
    uint8_t set;                /* bit of each quota_type that has a value */
    double values[QUOTA_TYPES];
    uint64_t hash;
    struct image_quota *next; /* with the same hash */
    struct mr_list link;      /* in image_quotas.all */
    char names[];
};

enum { QUOTA_LEVELS = 9 };

struct image_quotas {
    struct mr_list all; /* in order of creation */
    struct mr_map by_hash;
    /* How many there are of a type for (user none, named, default) x (client none, named, default), so that a
     * look-up tries only what there is. */
    uint32_t counts[QUOTA_TYPES][QUOTA_LEVELS];
    uint32_t total[QUOTA_TYPES];
    uint32_t
        odd_ips; /* entities whose address is not written as quota_ip_text() does: looked for one by one */
};

void image_quotas_init(struct image_quotas *q);
void image_quotas_done(struct image_quotas *q);

/* 0, -ENOMEM, -MR_E_CORRUPT (no entity, or a part twice), -MR_E_VERSION (a type of part or a key unknown). */
int image_quotas_apply(struct image_quotas *q, const struct kw_client_quota_record *r);

const struct image_quota *image_quota(const struct image_quotas *q, const struct quota_entity *e);

/* The limit for a client, and who shares it: everybody of that user, of that client id, or both. The most
 * specific one counts: user and client id, user and any client id, user, any user and the client id, any user
 * and any client id, any user, client id, any client id. */
struct quota_limit {
    double limit;
    struct mr_str user, client; /* as given; ptr NULL where all share */
};
bool image_quota_of_client(const struct image_quotas *q, enum quota_type type, struct mr_str user,
                           struct mr_str client, struct quota_limit *ret);

/* The rate of connections from an address, as quota_ip_text() writes it; false: no limit. */
bool image_quota_of_ip(const struct image_quotas *q, struct mr_str text, double *ret);

/* An IPv4 or IPv6 address in its one form; false: it is none. localhost is 127.0.0.1. */
enum { QUOTA_IP_BYTES = 46 };
bool quota_ip_text(struct mr_str text, char dst[QUOTA_IP_BYTES]);

#endif
