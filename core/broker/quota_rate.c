#include "core/broker/quota_rate.h"

/* A number of ms, rounded to the nearest, within what an answer can carry. */
static int64_t whole_ms(double ms)
{
    if (!(ms > 0)) /* NaN neither */
        return 0;
    return ms >= (double)INT32_MAX ? INT32_MAX : (int64_t)(ms + 0.5);
}

static void begin(struct quota_sample *s, int64_t now_ms)
{
    *s = (struct quota_sample){.began_ms = now_ms, .last_ms = now_ms};
}

static void first(struct quota_rate *r, int64_t now_ms)
{
    if (r->used == 0)
        begin(&r->samples[r->used++], now_ms);
}

void quota_rate_record(struct quota_rate *r, const struct quota_window *w, double value, int64_t now_ms)
{
    first(r, now_ms);
    if (now_ms - r->samples[r->current].began_ms >= w->ms) {
        r->current = (r->current + 1) % (w->samples + 1);
        if (r->current >= r->used)
            r->used = r->current + 1;
        begin(&r->samples[r->current], now_ms);
    }
    r->samples[r->current].value += value;
    r->samples[r->current].last_ms = now_ms;
}

double quota_rate_per_second(struct quota_rate *r, const struct quota_window *w, int64_t now_ms,
                             int64_t *ret_window_ms)
{
    first(r, now_ms);
    int64_t oldest = INT64_MAX, all_ms = (int64_t)w->samples * w->ms;
    double sum = 0;
    for (uint32_t i = 0; i < r->used; i++) {
        struct quota_sample *s = &r->samples[i];
        if (now_ms - s->last_ms >= all_ms)
            begin(s, now_ms);
        oldest = mr_imin(oldest, s->began_ms);
        sum += s->value;
    }
    /* A burst right at the beginning is not taken for a rate: samples - 1 windows have passed at least. */
    int64_t passed = now_ms - oldest, whole = passed / w->ms;
    if (whole < (int64_t)w->samples - 1)
        passed += ((int64_t)w->samples - 1 - whole) * w->ms;
    *ret_window_ms = mr_imax(passed, 1);
    return sum * 1000.0 / (double)*ret_window_ms;
}

int64_t quota_rate_throttle_ms(struct quota_rate *r, const struct quota_window *w, double limit,
                               int64_t now_ms)
{
    int64_t window_ms;
    double rate = quota_rate_per_second(r, w, now_ms, &window_ms);
    return rate > limit ? whole_ms((rate - limit) / limit * (double)window_ms) : 0;
}

static void refill(struct quota_bucket *b, const struct quota_window *w, double limit, int64_t now_ms)
{
    double most = (double)w->samples * w->ms / 1000.0 * limit;
    double more = b->begun ? (double)(now_ms - b->at_ms) / 1000.0 * limit : most;
    b->tokens = b->tokens + more < most ? b->tokens + more : most;
    b->at_ms = now_ms;
    b->begun = true;
}

void quota_bucket_take(struct quota_bucket *b, const struct quota_window *w, double limit, double tokens,
                       int64_t now_ms)
{
    refill(b, w, limit, now_ms);
    b->tokens -= tokens;
}

int64_t quota_bucket_throttle_ms(struct quota_bucket *b, const struct quota_window *w, double limit,
                                 int64_t now_ms)
{
    refill(b, w, limit, now_ms);
    return b->tokens < 0 ? whole_ms(-b->tokens / limit * 1000.0) : 0;
}
