/* net/client.h - the requests of a minimal Kafka client and their answers, as bytes: no sockets, no state.
 *
 * bench/ and tuning/ speak to a broker with it, ours or another's. It knows the APIs that a load generator
 * needs, in flexible versions only (api_rows in client.c), one topic at a time. The caller sends what a
 * writer holds and hands each answer back without its 4-byte length.
 *
 * It deliberately does not share code with the generated codecs: a generator that made the same mistake as
 * the broker would not see it.
 *
 * Source: the protocol guide's grammar; KIP-482 (flexible versions, tagged fields), KIP-516 (topic ids). */
#ifndef MR_CLIENT_H
#define MR_CLIENT_H

#include "core/base.h"
#include "core/err.h"

enum client_api {
    CLIENT_PRODUCE = 0,
    CLIENT_FETCH = 1,
    CLIENT_LIST_OFFSETS = 2,
    CLIENT_METADATA = 3,
    CLIENT_API_VERSIONS = 18,
    CLIENT_CREATE_TOPICS = 19,
    CLIENT_DELETE_TOPICS = 20,
    CLIENT_INIT_PRODUCER_ID = 22,
    CLIENT_CREATE_PARTITIONS = 37,
};

enum {
    CLIENT_API_MAX = 128,        /* keys from here on are not remembered */
    CLIENT_TOPIC_NAME_MAX = 249, /* Kafka's own limit */
    CLIENT_UNKNOWN_TOPIC = 3,    /* Kafka's error code: also while a new topic's metadata spreads */
    CLIENT_TOPIC_EXISTS = 36,
};

/* Bounded output. Once something did not fit, `full` stays set and len stops. */
struct client_writer {
    uint8_t *ptr;
    size_t len, cap;
    bool full;
};

/* Bounded input. Once something was malformed, `bad` stays set and every get returns 0. */
struct client_reader {
    const uint8_t *ptr;
    size_t len, pos;
    bool bad;
};

void client_put8(struct client_writer *w, uint8_t v);
void client_put16(struct client_writer *w, uint16_t v);
void client_put32(struct client_writer *w, uint32_t v);
void client_put64(struct client_writer *w, uint64_t v);
void client_put_uvarint(struct client_writer *w, uint64_t v);
void client_put_varint(struct client_writer *w, int64_t v); /* zigzag */
void client_put_bytes(struct client_writer *w, const void *p, size_t len);
void client_put_text(struct client_writer *w, struct mr_str s); /* compact nullable string */
void client_put_uuid(struct client_writer *w, struct mr_uuid id);

uint8_t client_get8(struct client_reader *r);
uint16_t client_get16(struct client_reader *r);
uint32_t client_get32(struct client_reader *r);
uint64_t client_get64(struct client_reader *r);
uint64_t client_get_uvarint(struct client_reader *r);
int64_t client_get_varint(struct client_reader *r);
struct mr_slice client_get_bytes(struct client_reader *r, size_t len); /* borrowed from the input */
struct mr_str client_get_text(struct client_reader *r);                /* borrowed from the input */
struct mr_uuid client_get_uuid(struct client_reader *r);
/* A compact array's length; null counts as 0. Never above what the rest of the input could hold. */
uint32_t client_get_count(struct client_reader *r);
void client_skip_tags(struct client_reader *r);

/* The range of each API that the broker offers; max < 0: not offered. */
struct client_versions {
    struct {
        int16_t min, max;
    } api[CLIENT_API_MAX];
};

/* The highest version that both sides speak, or -MR_E_VERSION. */
int client_pick(const struct client_versions *broker, enum client_api api);

/* Starts a frame: its length (patched by client_end()) and the request header. */
void client_begin(struct client_writer *w, enum client_api api, int version, uint32_t correlation,
                  const char *client_id);
/* Ends the frame that began at byte `start` of the writer. -MR_E_LIMIT if it did not fit. */
int client_end(struct client_writer *w, size_t start);

/* Each writes one whole frame at w->len. Returns 0 or -MR_E_LIMIT. */
int client_ask_api_versions(struct client_writer *w, uint32_t correlation);
int client_ask_topic(struct client_writer *w, int version, uint32_t correlation, struct mr_str topic);
/* config: `count` pairs of name and value. timeout_ms: how long the broker may take. */
struct client_config {
    struct mr_str name, value;
};
int client_ask_create_topic(struct client_writer *w, int version, uint32_t correlation, struct mr_str topic,
                            int32_t partitions, int16_t replication, const struct client_config *config,
                            uint32_t count, int32_t timeout_ms);
/* partitions: how many the topic is to have from now on. */
int client_ask_create_partitions(struct client_writer *w, int version, uint32_t correlation,
                                 struct mr_str topic, int32_t partitions, int32_t timeout_ms);
int client_ask_delete_topic(struct client_writer *w, int version, uint32_t correlation, struct mr_str topic,
                            int32_t timeout_ms);
/* Partitions first..first+count-1. timestamp: -1 latest, -2 earliest, else ms. */
int client_ask_offsets(struct client_writer *w, int version, uint32_t correlation, struct mr_str topic,
                       int32_t first, uint32_t count, int64_t timestamp);
int client_ask_producer_id(struct client_writer *w, int version, uint32_t correlation);

/* A topic as Produce and Fetch name it: by name below version 13, by id from there on. */
struct client_topic {
    char name[CLIENT_TOPIC_NAME_MAX + 1];
    struct mr_uuid id;
    uint32_t partitions; /* of Metadata: how many it listed */
    uint32_t leaderless; /* of Metadata: how many of them have no leader, or an error */
};
void client_put_topic(struct client_writer *w, const struct client_topic *topic, int version);
void client_get_topic(struct client_reader *r, int version); /* reads and drops it */

/* One partition of a Fetch request. */
struct client_fetch_part {
    int32_t partition;
    int64_t offset;
};
struct client_fetch {
    int32_t wait_ms, min_bytes, max_bytes, partition_max_bytes;
    int32_t session_id, session_epoch; /* 0 and -1: without a session (KIP-227) */
};
int client_ask_fetch(struct client_writer *w, int version, uint32_t correlation, const char *client_id,
                     const struct client_fetch *fetch, const struct client_topic *topic,
                     const struct client_fetch_part *parts, uint32_t count);

/* Every answer: checks the correlation id and reads past the header. Malformed: -MR_E_CORRUPT. */
int client_answer(struct client_reader *r, struct mr_slice frame, enum client_api api, uint32_t correlation);

/* Answers, after client_answer(). 0, or -MR_E_CORRUPT when malformed; *ret_error is Kafka's error code. */
int client_read_api_versions(struct client_reader *r, struct client_versions *ret, int16_t *ret_error);
/* Fills id, partitions, leaderless; the name stays. */
int client_read_topic(struct client_reader *r, int version, struct client_topic *ret, int16_t *ret_error);
int client_read_create_topic(struct client_reader *r, int16_t *ret_error);
int client_read_create_partitions(struct client_reader *r, int16_t *ret_error);
int client_read_delete_topic(struct client_reader *r, int16_t *ret_error);
/* ret_offsets[0..count-1] for partitions first..first+count-1; *ret_error is the first one met. */
int client_read_offsets(struct client_reader *r, int32_t first, uint32_t count, int64_t *ret_offsets,
                        int16_t *ret_error);
int client_read_producer_id(struct client_reader *r, int64_t *ret_id, int16_t *ret_epoch, int16_t *ret_error);

/* Produce: how many partitions the answer held, how many of them failed, and the first error code. */
struct client_produced {
    uint32_t partitions, failed;
    int16_t error;
    int32_t throttle_ms;
};
int client_read_produced(struct client_reader *r, int version, struct client_produced *ret);

#endif
