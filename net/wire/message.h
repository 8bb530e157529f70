/* net/wire/message.h - what every generated message has: its name, its versions, and its codec for callers
 * that handle messages of any kind (dispatch, tests, fuzzing).
 *
 * A message X is a `struct kw_x` that holds the fields of ALL versions, and
 *   kw_x_init()    sets every field to its default: 0, false, "", no elements, or what the schema says.
 *                  Elements of arrays are structs of their own and have a kw_x_ELEMENT_init().
 *   kw_x_decode()  reads one version. Fields that it lacks get their defaults. Strings, bytes and records
 *                  point into the input; arrays and nullable structs come from the arena. Returns 0,
 *                  -MR_E_CORRUPT, -MR_E_LIMIT (the arena's) or -MR_E_VERSION; after an error *ret is
 *                  unspecified. Bytes after the message are left in the reader: the caller decides.
 *   kw_x_encode()  writes one version; errors stick in the writer. A field that the version lacks is
 *                  dropped, whatever it holds, and null goes out as empty where the version has no null:
 *                  so a handler fills in everything it knows and never asks for the version.
 * An array field `topics` is two fields: `topics` (NULL when there are none) and `topics_count` (-1 when
 * null). A nullable struct is a pointer. Names are Kafka's in snake case. */
#ifndef MR_WIRE_MESSAGE_H
#define MR_WIRE_MESSAGE_H

#include "net/wire/reader.h"
#include "net/wire/writer.h"

enum kw_kind {
    KW_REQUEST,
    KW_RESPONSE,
    KW_HEADER,
    KW_DATA,   /* stored or sent inside something else */
    KW_RECORD, /* a value in __cluster_metadata */
};

enum { KW_NEVER = INT16_MAX }; /* flexible_from of a message without flexible versions */

struct kw_message {
    const char *name; /* Kafka's, as in "ProduceRequest"; static */
    enum kw_kind kind;
    int16_t key;   /* API key, or the type of a metadata record; -1: none */
    int16_t v_min; /* what the codec knows */
    int16_t v_max;
    int16_t v_stable;      /* the last version that Kafka 4.1 offers by default; <= v_max */
    int16_t flexible_from; /* the first version with compact types and tagged fields */
    size_t size;           /* of the struct; aligned to at most 8 */
    void (*init)(void *message);
    int (*decode)(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret);
    void (*encode)(struct kw_writer *w, int16_t version, const void *message);
};

/* NULL when there is no codec. */
const struct kw_message *kw_request_info(int16_t api_key);
const struct kw_message *kw_response_info(int16_t api_key);
const struct kw_message *kw_record_info(int16_t type);

/* Every message, in the order of the schema files. NULL past the last. */
const struct kw_message *kw_message_at(uint32_t i);

#endif
