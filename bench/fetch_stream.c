#include "bench/fetch_stream.h"

#include "core/crc32c.h"
#include "net/client.h"

enum {
    STAMPED_LOOK = STAMPED_HEAD_MAX, /* bytes of a batch that hold its header and stamp */
    MORE = 1,                        /* a step's answer: not enough bytes yet */
};

static uint32_t get_count(struct client_reader *r)
{
    uint64_t n = client_get_uvarint(r); /* not client_get_count(): its bound is the buffer, ours the frame */
    return n == 0 ? 0 : (uint32_t)mr_min(n - 1, UINT32_MAX);
}

static int step_head(struct fetch_stream *s, struct client_reader *r)
{
    s->correlation = client_get32(r);
    client_skip_tags(r);
    client_get32(r); /* throttle */
    s->error = (int16_t)client_get16(r);
    s->session_id = (int32_t)client_get32(r);
    s->topics_left = get_count(r);
    s->state = s->topics_left == 0 ? FETCH_END_TAGS : FETCH_TOPIC;
    return s->topics_left <= s->frame_left ? 0 : -MR_E_CORRUPT;
}

static int step_topic(struct fetch_stream *s, struct client_reader *r)
{
    client_get_topic(r, s->version);
    s->parts_left = get_count(r);
    s->topics_left--;
    s->state = s->parts_left == 0 ? FETCH_TOPIC_TAGS : FETCH_PART;
    return s->parts_left <= s->frame_left ? 0 : -MR_E_CORRUPT;
}

static int step_part(struct fetch_stream *s, struct client_reader *r)
{
    s->partition = (int32_t)client_get32(r);
    int16_t error = (int16_t)client_get16(r);
    int64_t high_watermark = (int64_t)client_get64(r);
    client_get_bytes(r, 8 + 8); /* last stable offset, log start offset */
    uint32_t aborted = get_count(r);
    for (uint32_t i = 0; i < aborted && !r->bad; i++) {
        client_get_bytes(r, 8 + 8);
        client_skip_tags(r);
    }
    client_get32(r); /* preferred replica */
    s->records_left = get_count(r);
    if (r->bad)
        return 0;
    s->parts_left--;
    s->state = FETCH_BATCH;
    s->events->part(s, s->partition, error, high_watermark);
    return s->records_left <= s->frame_left ? 0 : -MR_E_CORRUPT;
}

/* The bytes stay in the input: the body that follows counts from the first of them. */
static int step_batch(struct fetch_stream *s, const uint8_t *p, size_t len)
{
    if (s->records_left == 0) {
        s->state = FETCH_PART_TAGS;
        return 0;
    }
    if (len < mr_min(STAMPED_LOOK, s->records_left))
        return MORE;
    s->state = FETCH_SCRAP;
    s->body_left = s->records_left;
    if (s->records_left >= STAMPED_HEADER_BYTES) {
        int err = stamped_read(p, mr_min(len, s->records_left), &s->info);
        if (err != 0)
            return err;
        if (s->info.bytes <= s->records_left) {
            s->state = FETCH_BATCH_BODY;
            s->body_left = s->info.bytes;
            s->crc = 0;
        }
    }
    s->records_left -= s->body_left;
    return 0;
}

static void body_went_by(struct fetch_stream *s, uint32_t bytes)
{
    MR_ASSERT(bytes <= s->body_left);
    s->body_left -= bytes;
    s->frame_left -= bytes;
    if (s->body_left > 0)
        return;
    if (s->state == FETCH_BATCH_BODY)
        s->events->batch(s, s->partition, &s->info);
    s->state = FETCH_BATCH;
}

static int step_body(struct fetch_stream *s, const uint8_t *p, uint32_t len)
{
    if (s->verify && s->state == FETCH_BATCH_BODY) {
        uint32_t from = s->info.bytes - s->body_left; /* position in the batch */
        uint32_t skip = from < STAMPED_CRC_FROM ? (uint32_t)mr_min(STAMPED_CRC_FROM - from, len) : 0;
        s->crc = crc32c(s->crc, p + skip, len - skip);
        if (len == s->body_left && s->crc != s->info.crc)
            return -MR_E_CORRUPT;
    }
    body_went_by(s, len);
    return 0;
}

static int step_tags(struct fetch_stream *s, struct client_reader *r)
{
    client_skip_tags(r);
    if (r->bad)
        return 0;
    if (s->state == FETCH_PART_TAGS)
        s->state = s->parts_left > 0 ? FETCH_PART : FETCH_TOPIC_TAGS;
    else if (s->state == FETCH_TOPIC_TAGS)
        s->state = s->topics_left > 0 ? FETCH_TOPIC : FETCH_END_TAGS;
    else
        s->state = FETCH_LENGTH;
    return 0;
}

static int step_small(struct fetch_stream *s, struct client_reader *r)
{
    if (s->state == FETCH_HEAD)
        return step_head(s, r);
    if (s->state == FETCH_TOPIC)
        return step_topic(s, r);
    if (s->state == FETCH_PART)
        return step_part(s, r);
    return step_tags(s, r);
}

static int step_length(struct fetch_stream *s, const uint8_t *p, size_t len)
{
    if (len < 4)
        return MORE;
    s->frame_left = mr_get32(p);
    if (s->frame_left > FETCH_FRAME_MAX)
        return -MR_E_LIMIT;
    s->state = FETCH_HEAD;
    return 0;
}

/* One step of the grammar. *used: bytes consumed. 0, MORE or an error. */
static int step(struct fetch_stream *s, const uint8_t *p, size_t len, size_t *used)
{
    *used = 0;
    if (s->state == FETCH_LENGTH) {
        int err = step_length(s, p, len);
        *used = err == 0 ? 4 : 0;
        return err;
    }
    len = mr_min(len, s->frame_left);
    if (s->state == FETCH_BATCH)
        return step_batch(s, p, len);
    if (s->state == FETCH_BATCH_BODY || s->state == FETCH_SCRAP) {
        if (len == 0)
            return MORE;
        *used = mr_min(len, s->body_left);
        return step_body(s, p, (uint32_t)*used);
    }

    struct fetch_stream before = *s;
    struct client_reader r = {.ptr = p, .len = len};
    int err = step_small(s, &r);
    if (r.bad) { /* cut off: try again with more, unless there is no more to come */
        *s = before;
        if (len == s->frame_left)
            return -MR_E_CORRUPT;
        return len >= FETCH_ELEMENT_MAX ? -MR_E_LIMIT : MORE;
    }
    *used = r.pos;
    s->frame_left -= (uint32_t)r.pos;
    if (err == 0 && s->state == FETCH_LENGTH) {
        if (s->frame_left != 0)
            return -MR_E_CORRUPT;
        s->events->end(s);
    }
    return err;
}

int64_t fetch_stream_feed(struct fetch_stream *s, const uint8_t *p, size_t len)
{
    size_t at = 0;
    for (;;) {
        size_t used;
        int err = step(s, p + at, len - at, &used);
        at += used;
        if (err == MORE)
            return (int64_t)at;
        if (err != 0)
            return err;
    }
}

uint32_t fetch_stream_skippable(const struct fetch_stream *s)
{
    bool unread = s->state == FETCH_SCRAP || (s->state == FETCH_BATCH_BODY && !s->verify);
    return unread ? s->body_left : 0;
}

void fetch_stream_skipped(struct fetch_stream *s, uint32_t bytes)
{
    body_went_by(s, bytes);
}
