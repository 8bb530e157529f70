/* storage/text.h - reading Kafka's small text files: words and integers between white space. */
#ifndef MR_TEXT_H
#define MR_TEXT_H

#include "core/base.h"

struct text_scan {
    const char *p, *end;
};

static inline struct text_scan text_scan(struct mr_slice text)
{
    const char *p = text.ptr != NULL ? (const char *)text.ptr : ""; /* none was read */
    return (struct text_scan){p, p + text.len};
}

/* The next word; false at the end. */
static inline bool text_word(struct text_scan *s, struct mr_str *ret)
{
    while (s->p < s->end && (*s->p == ' ' || *s->p == '\n' || *s->p == '\r' || *s->p == '\t'))
        s->p++;
    const char *start = s->p;
    while (s->p < s->end && !(*s->p == ' ' || *s->p == '\n' || *s->p == '\r' || *s->p == '\t'))
        s->p++;
    *ret = (struct mr_str){start, (size_t)(s->p - start)};
    return ret->len > 0;
}

/* The next word as a decimal integer; false at the end or when it is none. */
static inline bool text_int(struct text_scan *s, int64_t *ret)
{
    struct mr_str w;
    if (!text_word(s, &w))
        return false;
    bool negative = w.ptr[0] == '-';
    int64_t n = 0;
    if (w.len == (negative ? 1u : 0u) || w.len > 20)
        return false;
    for (size_t i = negative ? 1 : 0; i < w.len; i++) {
        if (w.ptr[i] < '0' || w.ptr[i] > '9')
            return false;
        if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, w.ptr[i] - '0', &n))
            return false;
    }
    *ret = negative ? -n : n;
    return true;
}

#endif
