/* core/base.h - what every file may assume: fixed-width types, MR_ASSERT, container_of, min/max, slices.
 *
 * MR_ASSERT states what only a bug can break. It is on in every build. Bad input, a full disk and a
 * lost peer are return codes, never assertions. */
#ifndef MR_BASE_H
#define MR_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MR_LIKELY(x) __builtin_expect(!!(x), 1)
#define MR_UNLIKELY(x) __builtin_expect(!!(x), 0)
#define MR_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define MR_COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MR_CONTAINER(ptr, type, field) ((type *)((char *)(ptr)-offsetof(type, field)))

/* Prints the condition and the place to stderr, then aborts. Never returns. */
_Noreturn void mr_assert_failed(const char *cond, const char *file, int line);

#define MR_ASSERT(cond) (MR_LIKELY(cond) ? (void)0 : mr_assert_failed(#cond, __FILE__, __LINE__))

static inline uint64_t mr_min(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}
static inline uint64_t mr_max(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}
static inline int64_t mr_imin(int64_t a, int64_t b)
{
    return a < b ? a : b;
}
static inline int64_t mr_imax(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* unit must be a power of two. */
static inline uint64_t mr_round_up(uint64_t n, uint64_t unit)
{
    return (n + unit - 1) & ~(unit - 1);
}
static inline uint64_t mr_round_down(uint64_t n, uint64_t unit)
{
    return n & ~(unit - 1);
}

/* Borrowed bytes. ptr == NULL is Kafka's null, which differs from empty. */
struct mr_slice {
    const uint8_t *ptr;
    size_t len;
};

/* Borrowed text, UTF-8 as it came from the wire, not NUL-terminated. ptr == NULL is Kafka's null. */
struct mr_str {
    const char *ptr;
    size_t len;
};

/* For printf: printf("%.*s", MR_STR(s)). */
#define MR_STR(s) (int)(s).len, ((s).ptr ? (s).ptr : "")
#define MR_STR_LIT(lit) ((struct mr_str){(lit), sizeof(lit) - 1})

static inline struct mr_str mr_str_of(const char *text)
{
    return (struct mr_str){text, text ? strlen(text) : 0};
}

static inline bool mr_str_eq(struct mr_str a, struct mr_str b)
{
    if ((a.ptr == NULL) != (b.ptr == NULL))
        return false;
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool mr_str_is(struct mr_str a, const char *text)
{
    return mr_str_eq(a, mr_str_of(text));
}

/* 16 raw bytes, as Kafka writes them. All zero means "none". */
struct mr_uuid {
    uint8_t bytes[16];
};

static inline bool mr_uuid_eq(struct mr_uuid a, struct mr_uuid b)
{
    return memcmp(a.bytes, b.bytes, sizeof(a.bytes)) == 0;
}

static inline bool mr_uuid_is_zero(struct mr_uuid a)
{
    static const struct mr_uuid zero;
    return mr_uuid_eq(a, zero);
}

/* Big-endian loads and stores; p need not be aligned. */
static inline uint16_t mr_get16(const void *p)
{
    uint16_t v;
    memcpy(&v, p, 2);
    return __builtin_bswap16(v);
}
static inline uint32_t mr_get32(const void *p)
{
    uint32_t v;
    memcpy(&v, p, 4);
    return __builtin_bswap32(v);
}
static inline uint64_t mr_get64(const void *p)
{
    uint64_t v;
    memcpy(&v, p, 8);
    return __builtin_bswap64(v);
}
static inline void mr_put16(void *p, uint16_t v)
{
    v = __builtin_bswap16(v);
    memcpy(p, &v, 2);
}
static inline void mr_put32(void *p, uint32_t v)
{
    v = __builtin_bswap32(v);
    memcpy(p, &v, 4);
}
static inline void mr_put64(void *p, uint64_t v)
{
    v = __builtin_bswap64(v);
    memcpy(p, &v, 8);
}

#endif
