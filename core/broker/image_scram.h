/* core/broker/image_scram.h - the SCRAM credentials that the metadata log holds: what users log in with.
 *
 * Part of the image. Source: RFC 5802, KIP-554, KIP-900. */
#ifndef MR_IMAGE_SCRAM_H
#define MR_IMAGE_SCRAM_H

#include "core/map.h"

struct kw_user_scram_credential_record;
struct kw_remove_user_scram_credential_record;

enum scram_mechanism { SCRAM_SHA_256 = 1, SCRAM_SHA_512 = 2, SCRAM_MECHANISMS = 2 };

/* What a server keeps of a password: neither it nor the salted one follow from it. */
struct image_credential {
    int32_t iterations;
    struct mr_slice salt, stored_key, server_key; /* in the block that salt.ptr begins; ptr NULL: none */
};

struct image_user {
    struct mr_str name;
    struct image_credential by_mechanism[SCRAM_MECHANISMS]; /* mechanism - 1 */
    char text[];
};

struct image_scram {
    struct mr_smap users; /* name -> image_user, in order of creation */
};

void image_scram_init(struct image_scram *s);
void image_scram_done(struct image_scram *s);

/* 0, -ENOMEM, -MR_E_VERSION (an unknown mechanism); -MR_E_CORRUPT: removes what is not there. */
int image_scram_apply(struct image_scram *s, const struct kw_user_scram_credential_record *r);
int image_scram_remove(struct image_scram *s, const struct kw_remove_user_scram_credential_record *r);

/* NULL: none. */
const struct image_credential *image_credential(const struct image_scram *s, struct mr_str user,
                                                int8_t mechanism);

#endif
