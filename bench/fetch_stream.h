/* bench/fetch_stream.h - reads Fetch answers as they arrive, in whatever pieces, without holding them.
 *
 * The bytes of a batch behind its stamp are of no use to a load generator: the owner may discard them unread
 * (fetch_stream_skippable), which keeps the generator light. With verify they are all read and checksummed.
 * Counts and lengths are checked against what is left of the frame. */
#ifndef BENCH_FETCH_STREAM_H
#define BENCH_FETCH_STREAM_H

#include "bench/stamped.h"

enum {
    FETCH_ELEMENT_MAX = 64 << 10, /* a piece that must be contiguous: head of answer, topic or partition */
    FETCH_FRAME_MAX = 256 << 20,
};

enum fetch_state {
    FETCH_LENGTH,
    FETCH_HEAD,
    FETCH_TOPIC,
    FETCH_PART,
    FETCH_BATCH,
    FETCH_BATCH_BODY,
    FETCH_SCRAP, /* a batch that was cut off by the size limit: asked for again */
    FETCH_PART_TAGS,
    FETCH_TOPIC_TAGS,
    FETCH_END_TAGS,
};

struct fetch_stream;
struct fetch_events {
    void (*part)(struct fetch_stream *s, int32_t partition, int16_t error, int64_t high_watermark);
    /* The last byte of a batch has arrived. */
    void (*batch)(struct fetch_stream *s, int32_t partition, const struct stamped_info *info);
    void (*end)(struct fetch_stream *s); /* of one answer; correlation, error, session_id are its */
};

struct fetch_stream {
    const struct fetch_events *events;
    void *owner;
    int version;
    bool verify;

    enum fetch_state state;
    uint32_t frame_left; /* bytes of the frame not yet consumed */
    uint32_t topics_left, parts_left;
    uint32_t records_left; /* of the partition, behind the batch being read */
    uint32_t body_left;    /* of the batch or scrap being read */
    uint32_t crc;
    int32_t partition;
    struct stamped_info info;

    uint32_t correlation;
    int32_t session_id;
    int16_t error;
};

/* Consumes from the front of [p, p+len); what stays must be given again, followed by more.
 * Returns the bytes consumed, or -MR_E_CORRUPT, or -MR_E_LIMIT. */
int64_t fetch_stream_feed(struct fetch_stream *s, const uint8_t *p, size_t len);

/* How many of the bytes to come are not looked at; fetch_stream_skipped() says that they went by. */
uint32_t fetch_stream_skippable(const struct fetch_stream *s);
void fetch_stream_skipped(struct fetch_stream *s, uint32_t bytes);

#endif
