/* net/wire/writer.h - builds frames: bytes of our own in one growing buffer, and big record data by
 * reference in between ("splices"), ready for one vectored send.
 *
 * The first failure sticks: `err` is set and later writes do nothing, so an encoder writes field after
 * field and its caller looks at `err` once. Errors: -MR_E_LIMIT (the writer's or the arena's limit, a
 * string or frame too long for its length field), -MR_E_VERSION (a version outside the message's range).
 *
 * The buffer lives in the arena. It grows by doubling and the outgrown ones stay until the arena is
 * dropped, so start with a good guess. Pointers into it are valid only until the next write. */
#ifndef MR_WIRE_WRITER_H
#define MR_WIRE_WRITER_H

#include <sys/uio.h>

#include "core/arena.h"
#include "core/base.h"
#include "core/buf.h"
#include "core/err.h"
#include "net/wire/field.h"

enum {
    KW_WRITER_BYTES_FIRST = 512, /* the buffer's size when the caller has no better guess */
    KW_SPLICE_BYTES_MIN = 512,   /* shorter data is cheaper copied than sent as a piece of its own */
};

struct kw_splice {
    size_t pos; /* bytes of the buffer that go before it */
    struct mr_slice bytes;
};

struct kw_writer {
    uint8_t *buf;
    size_t len;
    size_t cap;
    int err; /* 0 or the first failure; sticks */
    bool splicing;
    uint32_t splice_count;
    uint32_t splice_cap;
    struct kw_splice *splices; /* in order of pos */
    size_t splice_bytes;
    size_t first_bytes;
    size_t limit_bytes; /* of the buffer; splices do not count */
    struct mr_arena *arena;
    size_t throttle_pos; /* of the response's throttle time in the buffer; 0: none was written */
};

/* No memory is taken before the first write; bytes_first 0 means KW_WRITER_BYTES_FIRST. With splicing off
 * everything is copied and the result is the one piece [buf, buf + len). */
void kw_writer_init(struct kw_writer *w, struct mr_arena *a, size_t bytes_first, size_t limit_bytes,
                    bool splicing);

void kw_writer_fail(struct kw_writer *w, int err) __attribute__((cold));

/* Room for n bytes more, or NULL. They count as written. */
uint8_t *kw_room_slow(struct kw_writer *w, size_t n);

static inline uint8_t *kw_room(struct kw_writer *w, size_t n)
{
    if (MR_UNLIKELY(w->cap - w->len < n))
        return kw_room_slow(w, n);
    uint8_t *p = w->buf + w->len;
    w->len += n;
    return p;
}

/* All bytes so far, splices included. */
static inline size_t kw_writer_bytes(const struct kw_writer *w)
{
    return w->len + w->splice_bytes;
}

/* The gather list in order. Fills at most max entries and returns how many there are in all (at most
 * 2 * splice_count + 1); more than max means that dst was too small. Not after a failure. */
uint32_t kw_writer_iov(const struct kw_writer *w, struct iovec *dst, uint32_t max);

/* A frame is an int32 size and that many bytes. begin returns a mark for end, which fills in the size. */
struct kw_frame {
    size_t pos;
    size_t splice_bytes;
};
struct kw_frame kw_frame_begin(struct kw_writer *w);
void kw_frame_end(struct kw_writer *w, struct kw_frame frame);

static inline void kw_put_int8(struct kw_writer *w, int8_t value)
{
    uint8_t *p = kw_room(w, 1);
    if (MR_LIKELY(p != NULL))
        *p = (uint8_t)value;
}

static inline void kw_put_bool(struct kw_writer *w, bool value)
{
    kw_put_int8(w, value);
}

static inline void kw_put_uint16(struct kw_writer *w, uint16_t value)
{
    uint8_t *p = kw_room(w, 2);
    if (MR_LIKELY(p != NULL))
        mr_put16(p, value);
}

static inline void kw_put_uint32(struct kw_writer *w, uint32_t value)
{
    uint8_t *p = kw_room(w, 4);
    if (MR_LIKELY(p != NULL))
        mr_put32(p, value);
}

static inline void kw_put_uint64(struct kw_writer *w, uint64_t value)
{
    uint8_t *p = kw_room(w, 8);
    if (MR_LIKELY(p != NULL))
        mr_put64(p, value);
}

static inline void kw_put_int16(struct kw_writer *w, int16_t value)
{
    kw_put_uint16(w, (uint16_t)value);
}
static inline void kw_put_int32(struct kw_writer *w, int32_t value)
{
    kw_put_uint32(w, (uint32_t)value);
}

/* For how long a client is throttled (KIP-219), ms, is known only after the rest of its answer: the place is
 * remembered, and kw_throttle_set() fills it in once the response is whole; in a response that has no such
 * field it does nothing. */
static inline void kw_put_throttle(struct kw_writer *w, int32_t ms)
{
    w->throttle_pos = w->len;
    kw_put_int32(w, ms);
}
static inline void kw_throttle_set(struct kw_writer *w, int32_t ms)
{
    if (w->err == 0 && w->throttle_pos > 0)
        mr_put32(w->buf + w->throttle_pos, (uint32_t)ms);
}
static inline void kw_put_int64(struct kw_writer *w, int64_t value)
{
    kw_put_uint64(w, (uint64_t)value);
}

static inline void kw_put_float64(struct kw_writer *w, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof(bits));
    kw_put_uint64(w, bits);
}

static inline void kw_put_raw(struct kw_writer *w, const void *bytes, size_t n)
{
    if (n == 0)
        return;
    uint8_t *p = kw_room(w, n);
    if (MR_LIKELY(p != NULL))
        memcpy(p, bytes, n);
}

static inline void kw_put_uuid(struct kw_writer *w, struct mr_uuid id)
{
    kw_put_raw(w, id.bytes, sizeof(id.bytes));
}

void kw_put_uvarint_slow(struct kw_writer *w, uint32_t value);

static inline void kw_put_uvarint(struct kw_writer *w, uint32_t value)
{
    if (MR_LIKELY(value < 0x80))
        kw_put_int8(w, (int8_t)value);
    else
        kw_put_uvarint_slow(w, value);
}

/* What may not be null in a version goes out as empty there: that lets a handler fill in a message
 * without asking for the version, and it is what the older versions mean by empty. */
void kw_put_string(struct kw_writer *w, bool flex, bool nullable, struct mr_str s);
void kw_put_bytes(struct kw_writer *w, bool flex, bool nullable, struct mr_slice s);

/* The length field of an array; returns how many elements follow. */
int32_t kw_put_count(struct kw_writer *w, bool flex, bool nullable, int32_t count);

/* The length, then each part: by reference when splicing is on and the part is long enough. */
void kw_put_records(struct kw_writer *w, bool flex, bool nullable, const struct kw_records *records);

/* Bytes by reference, whatever their length (with splicing off: copied). They are borrowed until they
 * were sent; a buffer in hold (or NULL) is kept until the arena is dropped. */
void kw_put_splice(struct kw_writer *w, struct mr_slice bytes, struct mr_buf *hold);

void kw_put_int8_array(struct kw_writer *w, bool flex, bool nullable, const int8_t *items, int32_t count);
void kw_put_int16_array(struct kw_writer *w, bool flex, bool nullable, const int16_t *items, int32_t count);
void kw_put_int32_array(struct kw_writer *w, bool flex, bool nullable, const int32_t *items, int32_t count);
void kw_put_int64_array(struct kw_writer *w, bool flex, bool nullable, const int64_t *items, int32_t count);
void kw_put_uuid_array(struct kw_writer *w, bool flex, bool nullable, const struct mr_uuid *items,
                       int32_t count);
void kw_put_string_array(struct kw_writer *w, bool flex, bool nullable, const struct mr_str *items,
                         int32_t count);

/* One tagged field: begin writes the tag, the payload follows, end puts its size in front of it (and
 * moves the payload when the size needs more than one byte). Payloads never hold splices. */
size_t kw_tag_begin(struct kw_writer *w, uint32_t tag);
void kw_tag_end(struct kw_writer *w, size_t mark);

#endif
