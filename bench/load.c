#include "bench/load.h"

#include <stdio.h>
#include <unistd.h>

#include "bench/consumer.h"
#include "bench/control.h"
#include "bench/echo.h"
#include "bench/producer.h"
#include "core/mem.h"

/* WARMUP -> WINDOW -> LATE -> DRAIN -> DONE.
 *   WARMUP  load, not measured
 *   WINDOW  arrivals are measured; samples were taken just before its first
 *   LATE    the load goes on until each measured arrival was answered (a closed loop skips this: sample at
 * once) DRAIN   nothing new is sent; what is under way comes back, consumers read to the end */
enum phase { PHASE_WARMUP, PHASE_WINDOW, PHASE_LATE, PHASE_DRAIN, PHASE_DONE };

enum { WINDOW_DELAY_NS = 2000000 }; /* the first sample's own disturbance stays out of the window */

struct load {
    const struct bench_options *o;
    struct loop loop;
    struct control control;
    struct client_topic topic;
    struct echo echo;
    uint64_t topic_ns;
    int64_t pid;
    int64_t *begin, *end; /* offsets of the partitions before and after */

    enum phase phase;
    uint64_t phase_end;
    struct producers producers;
    struct consumers consumers;
    bool produces, consumes;

    struct sample from, to;
    struct produced acked_from, acked_to;
    struct consumed got_from, got_to;
    uint64_t unanswered;
    uint64_t pass_ns; /* catch-up: time of the measured passes */
    char why[512];
};

static int load_fail(struct load *l, int err, const char *why)
{
    if (l->why[0] == '\0')
        snprintf(l->why, sizeof(l->why), "%s", why);
    return err;
}

static int load_broken(struct load *l)
{
    if (l->produces && l->producers.failed != 0)
        return load_fail(l, l->producers.failed, l->producers.why);
    if (l->consumes && l->consumers.failed != 0)
        return load_fail(l, l->consumers.failed, l->consumers.why);
    return 0;
}

static void sample_begin(struct load *l)
{
    sample_take(&l->from, l->pid, l->o->device);
    l->acked_from = l->producers.acked;
    l->got_from = l->consumers.got;
}

static void sample_end(struct load *l)
{
    sample_take(&l->to, l->pid, l->o->device);
    l->acked_to = l->producers.acked;
    l->got_to = l->consumers.got;
}

static uint64_t later(uint64_t now, double s)
{
    return now + (uint64_t)(s * 1e9);
}

static void open_window(struct load *l)
{
    sample_begin(l);
    uint64_t from = loop_now() + WINDOW_DELAY_NS, to = later(from, l->o->duration_s);
    l->producers.window_from = l->consumers.window_from = from;
    l->producers.window_to = l->consumers.window_to = to;
    l->phase = PHASE_WINDOW;
    l->phase_end = to;
}

static void begin_drain(struct load *l, uint64_t now)
{
    sample_end(l);
    producers_stop(&l->producers);
    l->phase = PHASE_DRAIN;
    l->phase_end = later(now, l->o->timeout_s);
}

static bool consumers_have_all(const struct load *l)
{
    return !l->consumes ||
           l->consumers.got.records >= l->producers.acked.records * consumers_readers(&l->consumers);
}

/* bytes_max is used up and all of it was answered. */
static bool budget_over(const struct load *l)
{
    return l->o->bytes_max > 0 && l->producers.sent.payload_bytes >= (uint64_t)l->o->bytes_max &&
           producers_outstanding(&l->producers) == 0;
}

static void load_phase(struct load *l, uint64_t now)
{
    switch (l->phase) {
    case PHASE_WARMUP:
        if (now >= l->phase_end)
            open_window(l);
        else if (budget_over(l)) { /* too little for a window: it is all warm-up */
            open_window(l);
            begin_drain(l, now);
        }
        return;
    case PHASE_WINDOW:
        if (budget_over(l))
            begin_drain(l, now);
        else if (now >= l->phase_end && !l->producers.open)
            begin_drain(l, now);
        else if (now >= l->phase_end) {
            l->phase = PHASE_LATE;
            l->phase_end = later(now, l->o->timeout_s);
        }
        return;
    case PHASE_LATE:
        if (producers_window_over(&l->producers) || budget_over(l))
            begin_drain(l, now);
        else if (now >= l->phase_end) {
            l->unanswered = producers_give_up(&l->producers);
            begin_drain(l, now);
        }
        return;
    case PHASE_DRAIN:
        if (producers_outstanding(&l->producers) == 0 && consumers_have_all(l))
            l->phase = PHASE_DONE;
        else if (now >= l->phase_end) {
            l->unanswered += producers_give_up(&l->producers);
            l->phase = PHASE_DONE;
        }
        return;
    case PHASE_DONE:
        return;
    }
}

static int run_produce(struct load *l)
{
    uint64_t now = loop_now();
    l->phase = PHASE_WARMUP;
    l->phase_end = later(now, l->o->warmup_s);
    if (l->consumes)
        consumers_start(&l->consumers);
    producers_start(&l->producers, now);
    while (l->phase != PHASE_DONE) {
        uint64_t next = producers_turn(&l->producers);
        uint64_t until =
            l->phase == PHASE_LATE || l->phase == PHASE_DRAIN ? later(loop_now(), 0.01) : l->phase_end;
        loop_wait(&l->loop, mr_min(next, until));
        int err = load_broken(l);
        if (err != 0)
            return err;
        load_phase(l, loop_now());
    }
    return 0;
}

static int run_catchup(struct load *l)
{
    int64_t passes = l->o->warmup_passes + l->o->passes;
    uint64_t quiet = loop_now(), seen = 0;
    for (int64_t pass = 0; pass < passes; pass++) {
        if (pass == l->o->warmup_passes)
            sample_begin(l);
        uint64_t begin = loop_now();
        consumers_start(&l->consumers);
        while (l->consumers.catching > 0) {
            loop_wait(&l->loop, later(loop_now(), 0.1));
            int err = load_broken(l);
            if (err != 0)
                return err;
            uint64_t now = loop_now();
            if (l->consumers.got.bytes != seen) {
                seen = l->consumers.got.bytes;
                quiet = now;
            } else if (now > later(quiet, l->o->timeout_s)) {
                return load_fail(l, -ETIMEDOUT, "nothing arrives any more, before the end of the log");
            }
        }
        l->pass_ns += pass >= l->o->warmup_passes ? loop_now() - begin : 0;
    }
    sample_end(l);
    return 0;
}

/* The log's growth, read from the broker; polled for a moment because acks=0 says nothing of when. */
static int check_log(struct load *l, struct report *r, bool *ret_wrong)
{
    const struct bench_options *o = l->o;
    uint64_t deadline = later(loop_now(), o->acks == 0 ? o->timeout_s : 0);
    uint64_t grown;
    for (;;) {
        int err = control_offsets(&l->control, &l->topic, -1, l->end);
        if (err != 0)
            return load_fail(l, err, l->control.why);
        grown = 0;
        for (uint32_t i = 0; i < l->topic.partitions; i++)
            grown += (uint64_t)(l->end[i] - l->begin[i]);
        if (grown == l->producers.acked.records || loop_now() >= deadline)
            break;
        usleep(10000);
    }
    uint64_t read = l->consumers.got.records;
    uint64_t readable = l->consumes ? l->producers.acked.records * consumers_readers(&l->consumers) : 0;
    bool exact = l->unanswered == 0 && producers_outstanding(&l->producers) == 0;
    bool ok = exact && grown == l->producers.acked.records && read == readable && l->consumers.gaps == 0;
    report_open(r, "check");
    report_bool(r, "ok", ok);
    report_int(r, "acked_records", (int64_t)l->producers.acked.records);
    report_int(r, "log_records", (int64_t)grown);
    if (l->consumes) {
        report_int(r, "fetched_records", (int64_t)read);
        report_int(r, "skipped_offsets", (int64_t)l->consumers.gaps);
    }
    report_close(r);
    *ret_wrong = *ret_wrong || !ok;
    return 0;
}

static bool report_errors(const struct load *l, struct report *r)
{
    bool any = l->consumers.errors > 0;
    report_open(r, "errors");
    for (int i = 0; i < PRODUCER_ERRORS_MAX; i++) {
        if (l->producers.errors[i] == 0)
            continue;
        char name[32];
        snprintf(name, sizeof(name), "produce_%d", i - 1);
        report_int(r, name, (int64_t)l->producers.errors[i]);
        any = true;
    }
    if (l->consumers.errors > 0) {
        report_int(r, "fetch", (int64_t)l->consumers.errors);
        report_int(r, "fetch_code", l->consumers.error);
    }
    report_close(r);
    return any;
}

static void report_produce(const struct load *l, struct report *r)
{
    const struct producers *p = &l->producers;
    double s = (double)(l->to.at_ns - l->from.at_ns) / 1e9;
    struct produced d = {.requests = l->acked_to.requests - l->acked_from.requests,
                         .records = l->acked_to.records - l->acked_from.records,
                         .bytes = l->acked_to.bytes - l->acked_from.bytes,
                         .payload_bytes = l->acked_to.payload_bytes - l->acked_from.payload_bytes};
    double fetched = (double)(l->got_to.bytes - l->got_from.bytes);
    report_int(r, "batch_bytes", (int64_t)stamped_bytes(&p->batch));
    report_bool(r, "open_loop", p->open);
    report_open(r, "window");
    report_real(r, "seconds", s);
    report_int(r, "sent", (int64_t)p->window_sent);
    report_int(r, "held_up", (int64_t)p->window_blocked);
    report_int(r, "unanswered", (int64_t)l->unanswered);
    report_real(r, "requests_per_s", (double)d.requests / s);
    report_real(r, "records_per_s", (double)d.records / s);
    report_real(r, "mb_per_s", (double)d.payload_bytes / 1e6 / s);
    report_int(r, "payload_bytes", (int64_t)d.payload_bytes);
    if (l->consumes) {
        report_real(r, "fetched_mb_per_s", fetched / 1e6 / s);
        report_int(r, "fetched_bytes", (int64_t)fetched);
        report_int(r, "fetch_answers", (int64_t)(l->got_to.answers - l->got_from.answers));
    }
    report_close(r);
    report_open(r, "total");
    report_int(r, "requests", (int64_t)p->acked.requests);
    report_int(r, "records", (int64_t)p->acked.records);
    report_int(r, "payload_bytes", (int64_t)p->acked.payload_bytes);
    report_close(r);
    bool buckets = l->o->buckets != 0;
    if (l->o->acks != 0) {
        report_hist(r, "ack", &p->ack, buckets);
        report_hist(r, "service", &p->service, false);
    }
    if (p->open)
        report_hist(r, "lag", &p->lag, buckets);
    if (l->consumes)
        report_hist(r, "age", &l->consumers.age, buckets);
    report_use(r, &l->from, &l->to, (double)d.payload_bytes / 1e9, d.requests);
}

static void report_catchup(const struct load *l, struct report *r)
{
    double s = (double)l->pass_ns / 1e9, bytes = (double)(l->got_to.bytes - l->got_from.bytes);
    report_open(r, "window");
    report_real(r, "seconds", s);
    report_real(r, "fetched_mb_per_s", bytes / 1e6 / s);
    report_real(r, "records_per_s", (double)(l->got_to.records - l->got_from.records) / s);
    report_int(r, "fetched_bytes", (int64_t)bytes);
    report_int(r, "fetch_answers", (int64_t)(l->got_to.answers - l->got_from.answers));
    report_close(r);
    report_use(r, &l->from, &l->to, bytes / 1e9, l->got_to.answers - l->got_from.answers);
}

static int check_catchup(struct load *l, struct report *r, bool *ret_wrong)
{
    uint64_t held = 0, passes = (uint64_t)(l->o->passes + l->o->warmup_passes);
    for (uint32_t i = 0; i < l->topic.partitions; i++)
        held += (uint64_t)(l->end[i] - l->begin[i]);
    uint64_t due = held * passes * consumers_readers(&l->consumers);
    bool ok = l->consumers.got.records == due && l->consumers.gaps == 0;
    report_open(r, "check");
    report_bool(r, "ok", ok);
    report_int(r, "log_records", (int64_t)held);
    report_int(r, "fetched_records", (int64_t)l->consumers.got.records);
    report_int(r, "skipped_offsets", (int64_t)l->consumers.gaps);
    report_close(r);
    *ret_wrong = *ret_wrong || !ok;
    return 0;
}

/* A version of api: the one asked for if the broker has it, else the highest common one. */
static int pick(struct load *l, enum client_api api, int64_t asked)
{
    int best = client_pick(&l->control.versions, api);
    if (best < 0)
        return load_fail(l, best, "no common version of Produce or Fetch");
    if (asked > best)
        return load_fail(l, -MR_E_VERSION, "the broker does not speak the version that was asked for");
    return asked != 0 ? (int)asked : best;
}

static int set_up_broker(struct load *l, struct report *r)
{
    const struct bench_options *o = l->o;
    int err = control_open(&l->control, o->host, (int)o->port, o->timeout_s);
    if (err == 0)
        err = control_topic(&l->control, o, &l->topic, &l->begin, &l->topic_ns);
    if (err != 0)
        return load_fail(l, err, l->control.why);
    report_int(r, "partitions", l->topic.partitions);
    if (o->create != 0)
        report_real(r, "topic_ms", (double)l->topic_ns / 1e6);
    l->end = mem_zalloc(l->topic.partitions, sizeof(*l->end));
    if (l->end == NULL)
        return load_fail(l, -ENOMEM, "out of memory");
    if (o->mode != MODE_CATCHUP)
        return 0;
    memcpy(l->end, l->begin, l->topic.partitions * sizeof(*l->end));
    err = control_offsets(&l->control, &l->topic, -2, l->begin);
    return err == 0 ? 0 : load_fail(l, err, l->control.why);
}

static int set_up_load(struct load *l, struct report *r)
{
    const struct bench_options *o = l->o;
    int produce = CLIENT_API_MAX, fetch = CLIENT_API_MAX, err;
    if (l->produces) {
        produce = o->mode == MODE_ECHO ? 13 : pick(l, CLIENT_PRODUCE, o->produce_version);
        if (produce < 0)
            return produce;
        report_int(r, "produce_version", produce);
        err = producers_init(&l->producers, &l->loop, o, &l->control, &l->topic, produce);
        if (err != 0)
            return load_fail(l, err, l->producers.why);
    }
    if (l->consumes) {
        fetch = pick(l, CLIENT_FETCH, o->fetch_version);
        if (fetch < 0)
            return fetch;
        report_int(r, "fetch_version", fetch);
        err = consumers_init(&l->consumers, &l->loop, o, &l->topic, fetch, l->begin,
                             o->mode == MODE_CATCHUP ? l->end : NULL);
        if (err != 0)
            return load_fail(l, err, l->consumers.why);
    }
    return 0;
}

static int load_report(struct load *l, struct report *r)
{
    int err = 0;
    bool wrong = report_errors(l, r);
    if (l->o->mode == MODE_CATCHUP) {
        report_catchup(l, r);
        err = check_catchup(l, r, &wrong);
    } else {
        report_produce(l, r);
        if (l->o->check != 0 && l->o->mode == MODE_PRODUCE)
            err = check_log(l, r, &wrong);
    }
    return err != 0 ? err : wrong ? LOAD_WRONG : 0;
}

static int load_with(struct load *l, struct bench_options *o, struct report *r)
{
    int err = loop_init(&l->loop, (uint64_t)o->spin_us);
    if (err != 0)
        return load_fail(l, err, "epoll");
    if (o->mode == MODE_ECHO) {
        err = echo_start(&l->echo, o);
        if (err != 0)
            return load_fail(l, err, "starting the echo");
        o->port = l->echo.port;
        l->pid = l->echo.pid;
        l->topic.partitions = (uint32_t)o->partitions;
    } else {
        err = set_up_broker(l, r);
    }
    if (err == 0 && o->mode != MODE_TOPIC)
        err = set_up_load(l, r);
    if (err == 0 && l->produces)
        err = run_produce(l);
    else if (err == 0 && l->consumes)
        err = run_catchup(l);
    if (err == 0 && (l->produces || l->consumes))
        err = load_report(l, r);
    if (err >= 0 && o->remove != 0 && o->mode != MODE_ECHO) {
        int removed = control_delete_topic(&l->control, &l->topic);
        if (removed != 0)
            err = load_fail(l, removed, l->control.why);
    }
    return err;
}

int load_run(const struct bench_options *given, struct report *r)
{
    struct bench_options o = *given;
    struct load *l = mem_zalloc(1, sizeof(*l));
    if (l == NULL)
        return LOAD_FAILED;
    l->o = &o;
    l->pid = o.pid;
    l->loop.epoll = l->control.fd = -1;
    l->produces = o.mode == MODE_PRODUCE || o.mode == MODE_ECHO;
    l->consumes = o.consumers > 0 && o.mode != MODE_TOPIC;
    int err = load_with(l, &o, r);
    if (err < 0) {
        fprintf(stderr, "bench: %s\n", l->why);
        report_text(r, "failed", l->why);
    }
    producers_done(&l->producers);
    consumers_done(&l->consumers);
    control_close(&l->control);
    if (l->echo.pid > 0)
        echo_stop(&l->echo);
    if (l->loop.epoll >= 0)
        loop_done(&l->loop);
    mem_free(l->begin);
    mem_free(l->end);
    mem_free(l);
    return err < 0 ? LOAD_FAILED : err;
}
