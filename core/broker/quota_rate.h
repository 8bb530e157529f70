/* core/broker/quota_rate.h - how fast something goes, for quotas: a rate over sliding windows, and a bucket
 * of tokens.
 *
 * The arithmetic is Apache Kafka's, so that the same traffic is throttled for the same time (KIP-13,
 * KIP-599): a rate is what was recorded in the last `samples` windows, divided by the time since the oldest
 * of them began, counted as samples - 1 whole windows at least. Time is monotonic, in ms. */
#ifndef MR_QUOTA_RATE_H
#define MR_QUOTA_RATE_H

#include "core/base.h"

enum { QUOTA_SAMPLES_MAX = 1000 };

struct quota_window {
    uint32_t samples; /* quota.window.num; 1 to QUOTA_SAMPLES_MAX */
    uint32_t ms;      /* quota.window.size.seconds, of each */
};

struct quota_sample {
    double value;
    int64_t began_ms, last_ms;
};

struct quota_rate {
    uint32_t used;                /* of samples */
    uint32_t current;             /* being recorded into */
    struct quota_sample *samples; /* [window.samples + 1]: one more may reach into the time that counts */
};

void quota_rate_record(struct quota_rate *r, const struct quota_window *w, double value, int64_t now_ms);

/* Forgets what is too old. Per second. *ret_window_ms: the time that it was divided by. */
double quota_rate_per_second(struct quota_rate *r, const struct quota_window *w, int64_t now_ms,
                             int64_t *ret_window_ms);

/* For how long nothing may be recorded for the rate to come back to limit; 0: it is not above. */
int64_t quota_rate_throttle_ms(struct quota_rate *r, const struct quota_window *w, double limit,
                               int64_t now_ms);

/* Tokens flow in at limit per second, up to what comes in samples * ms; it begins full. All zero is a new
 * one. */
struct quota_bucket {
    double tokens;
    int64_t at_ms;
    bool begun;
};

/* Also into debt. */
void quota_bucket_take(struct quota_bucket *b, const struct quota_window *w, double limit, double tokens,
                       int64_t now_ms);
/* Until it is out of debt; 0: it is. */
int64_t quota_bucket_throttle_ms(struct quota_bucket *b, const struct quota_window *w, double limit,
                                 int64_t now_ms);

#endif
