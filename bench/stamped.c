#include "bench/stamped.h"

#include "bench/schedule.h"
#include "core/mem.h"
#include "net/client.h"

static const uint64_t stamp_magic = 0x4d522d42454e4348ull;

static void put_record(struct client_writer *w, uint32_t delta, uint32_t value_bytes, uint64_t *random)
{
    uint8_t front[32];
    struct client_writer body = {.ptr = front, .cap = sizeof(front)};
    client_put8(&body, 0);                    /* attributes */
    client_put_varint(&body, 0);              /* timestamp delta */
    client_put_varint(&body, (int64_t)delta); /* offset delta */
    client_put_varint(&body, -1);             /* no key */
    client_put_varint(&body, (int64_t)value_bytes);
    client_put_varint(w, (int64_t)(body.len + value_bytes + 1));
    client_put_bytes(w, front, body.len);
    for (uint32_t at = 0; at < value_bytes; at += 8) {
        uint64_t word = schedule_random(random);
        client_put_bytes(w, &word, mr_min(8, value_bytes - at));
    }
    client_put8(w, 0); /* no headers */
}

int stamped_init(struct stamped_batch *b, uint32_t records, uint32_t record_bytes, uint64_t seed)
{
    MR_ASSERT(records >= 1);
    MR_ASSERT(record_bytes >= STAMP_BYTES);
    *b = (struct stamped_batch){.records = records, .payload_bytes = (uint64_t)records * record_bytes};
    uint64_t room = STAMPED_HEADER_BYTES + (uint64_t)records * (record_bytes + 40ull);
    if (room > STAMPED_BYTES_MAX)
        return -MR_E_LIMIT;
    uint8_t *whole = mem_alloc(room);
    if (whole == NULL)
        return -ENOMEM;

    struct client_writer w = {.ptr = whole, .cap = room};
    client_put64(&w, 0);          /* base offset: the broker's */
    client_put32(&w, 0);          /* length: below */
    client_put32(&w, UINT32_MAX); /* leader epoch: the broker's */
    client_put8(&w, 2);
    client_put32(&w, 0); /* crc */
    client_put16(&w, 0); /* not compressed, create time */
    client_put32(&w, records - 1);
    client_put64(&w, 0); /* base and max timestamp */
    client_put64(&w, 0);
    client_put64(&w, UINT64_MAX); /* producer id, epoch, sequence */
    client_put16(&w, UINT16_MAX);
    client_put32(&w, UINT32_MAX);
    client_put32(&w, records);
    MR_ASSERT(w.len == STAMPED_HEADER_BYTES);
    for (uint32_t i = 0; i < records; i++)
        put_record(&w, i, record_bytes, &seed);
    MR_ASSERT(!w.full);
    mr_put32(whole + 8, (uint32_t)(w.len - STAMPED_LENGTH_END));

    struct client_reader r = {.ptr = whole, .len = w.len, .pos = STAMPED_HEADER_BYTES};
    client_get_varint(&r);
    client_get8(&r);
    for (unsigned i = 0; i < 4; i++)
        client_get_varint(&r);
    b->stamp_pos = (uint32_t)r.pos;
    b->head_len = b->stamp_pos + STAMP_BYTES;
    MR_ASSERT(b->head_len <= STAMPED_HEAD_MAX);
    memcpy(b->head, whole, b->head_len);
    b->tail_len = (uint32_t)(w.len - b->head_len);
    memmove(whole, whole + b->head_len, b->tail_len);
    b->tail = whole;
    int err = crc_tail_init(&b->crc, b->tail, b->tail_len);
    if (err != 0)
        stamped_done(b);
    return err;
}

void stamped_done(struct stamped_batch *b)
{
    mem_free(b->tail);
    b->tail = NULL;
}

uint64_t stamped_bytes(const struct stamped_batch *b)
{
    return (uint64_t)b->head_len + b->tail_len;
}

void stamped_patch(const struct stamped_batch *b, uint8_t *head, const struct stamped_patch *patch)
{
    mr_put64(head + 27, (uint64_t)patch->timestamp_ms);
    mr_put64(head + 35, (uint64_t)patch->timestamp_ms);
    mr_put64(head + 43, (uint64_t)patch->producer_id);
    mr_put16(head + 51, (uint16_t)patch->producer_epoch);
    mr_put32(head + 53, (uint32_t)patch->sequence);
    mr_put64(head + b->stamp_pos, stamp_magic);
    mr_put64(head + b->stamp_pos + 8, patch->intended_ns);
    mr_put64(head + b->stamp_pos + 16, patch->number);
    mr_put32(head + STAMPED_CRC_POS,
             crc_tail_of(&b->crc, head + STAMPED_CRC_FROM, b->head_len - STAMPED_CRC_FROM));
}

int stamped_read(const uint8_t *p, size_t len, struct stamped_info *ret)
{
    MR_ASSERT(len >= STAMPED_HEADER_BYTES);
    uint32_t length = mr_get32(p + 8);
    if (p[16] != 2 || length < STAMPED_HEADER_BYTES - STAMPED_LENGTH_END ||
        length > INT32_MAX - STAMPED_LENGTH_END)
        return -MR_E_CORRUPT;
    *ret = (struct stamped_info){.base_offset = (int64_t)mr_get64(p),
                                 .bytes = length + STAMPED_LENGTH_END,
                                 .crc = mr_get32(p + STAMPED_CRC_POS),
                                 .attributes = (int16_t)mr_get16(p + 21),
                                 .last_delta = (int32_t)mr_get32(p + 23),
                                 .records = (int32_t)mr_get32(p + 57)};
    if (ret->records < 0 || ret->last_delta < 0)
        return -MR_E_CORRUPT;
    if ((ret->attributes & 7) != 0) /* compressed: the stamp is inside */
        return 0;

    struct client_reader r = {.ptr = p, .len = mr_min(len, ret->bytes), .pos = STAMPED_HEADER_BYTES};
    client_get_varint(&r);
    client_get8(&r);
    client_get_varint(&r);
    client_get_varint(&r);
    int64_t key = client_get_varint(&r);
    if (key > 0)
        client_get_bytes(&r, (size_t)key);
    int64_t value = client_get_varint(&r);
    struct mr_slice stamp = client_get_bytes(&r, STAMP_BYTES);
    if (value >= STAMP_BYTES && stamp.ptr != NULL && mr_get64(stamp.ptr) == stamp_magic) {
        ret->stamped = true;
        ret->intended_ns = mr_get64(stamp.ptr + 8);
        ret->number = mr_get64(stamp.ptr + 16);
    }
    return 0;
}
