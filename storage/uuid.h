/* storage/uuid.h - Kafka's text form of a uuid: base64url without padding, 22 characters. */
#ifndef MR_UUID_H
#define MR_UUID_H

#include "core/base.h"

enum { UUID_TEXT_BYTES = 23 }; /* with the NUL */

void uuid_text(struct mr_uuid id, char dst[UUID_TEXT_BYTES]);
bool uuid_parse(struct mr_str text, struct mr_uuid *ret); /* false: not 22 characters of base64url */

#endif
