#include "bench/control.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "bench/loop.h"
#include "core/mem.h"

enum {
    OUT_BYTES = 1 << 20,
    IN_BYTES = 16 << 20, /* metadata of 100,000 partitions is about 4 MiB */
    OFFSETS_AT_ONCE = 10000,
    PARTITIONS_AT_ONCE = 5000, /* Kafka's controller makes fewer than 10,000 in one request */
    CONFIGS_MAX = 32,
};

static int control_fail(struct control *c, int err, const char *fmt, ...) MR_PRINTF(3, 4);

static int control_fail(struct control *c, int err, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    vsnprintf(c->why, sizeof(c->why), fmt, args);
    va_end(args);
    return err;
}

static int send_all(int fd, const uint8_t *p, size_t len)
{
    while (len > 0) {
        ssize_t n = send(fd, p, len, MSG_NOSIGNAL);
        if (n < 0)
            return -errno;
        p += n;
        len -= (size_t)n;
    }
    return 0;
}

static int recv_all(int fd, uint8_t *p, size_t len)
{
    while (len > 0) {
        ssize_t n = recv(fd, p, len, 0);
        if (n <= 0)
            return n == 0 ? -ECONNRESET : -errno;
        p += n;
        len -= (size_t)n;
    }
    return 0;
}

static struct client_writer control_out(struct control *c)
{
    c->correlation++;
    return (struct client_writer){.ptr = c->out, .cap = OUT_BYTES};
}

/* Sends what w holds, waits for the answer, and leaves r behind its header. */
static int control_call(struct control *c, int asked, const struct client_writer *w, enum client_api api,
                        struct client_reader *r)
{
    if (asked != 0)
        return control_fail(c, asked, "request of API %d is too large", (int)api);
    int err = send_all(c->fd, w->ptr, w->len);
    uint8_t length[4];
    if (err == 0)
        err = recv_all(c->fd, length, 4);
    if (err != 0)
        return control_fail(c, err, "no answer of API %d: %s", (int)api, mr_err_text(err));
    uint32_t bytes = mr_get32(length);
    if (bytes > IN_BYTES)
        return control_fail(c, -MR_E_LIMIT, "answer of API %d has %u bytes", (int)api, bytes);
    err = recv_all(c->fd, c->in, bytes);
    if (err != 0)
        return control_fail(c, err, "half an answer of API %d: %s", (int)api, mr_err_text(err));
    err = client_answer(r, (struct mr_slice){c->in, bytes}, api, c->correlation);
    if (err != 0)
        return control_fail(c, err, "answer of API %d is malformed", (int)api);
    return 0;
}

/* After reading an answer: err of the reader, error of the broker. */
static int control_verdict(struct control *c, int err, int16_t error, const char *what)
{
    if (err != 0)
        return control_fail(c, err, "answer to %s is malformed", what);
    c->error = error;
    if (error != 0)
        return control_fail(c, -EPROTO, "%s: the broker answers error %d", what, error);
    return 0;
}

/* A broker that has only just started, or made a topic, says so in various ways; the same request succeeds
 * soon after. */
static bool still_starting(int16_t error)
{
    switch (error) {
    case 3:  /* UNKNOWN_TOPIC_OR_PARTITION */
    case 5:  /* LEADER_NOT_AVAILABLE */
    case 6:  /* NOT_LEADER_OR_FOLLOWER */
    case 7:  /* REQUEST_TIMED_OUT */
    case 14: /* COORDINATOR_LOAD_IN_PROGRESS */
    case 15: /* COORDINATOR_NOT_AVAILABLE */
    case 38: /* INVALID_REPLICATION_FACTOR: no live broker is registered yet */
    case 41: /* NOT_CONTROLLER */
        return true;
    default:
        return false;
    }
}

/* After a failed call: is it worth trying again? Waits a moment if so. */
static bool control_again(struct control *c, int err, uint64_t deadline)
{
    if (err != -EPROTO || !still_starting(c->error) || loop_now() > deadline)
        return false;
    usleep(2000);
    return true;
}

static uint64_t control_deadline(const struct control *c)
{
    return loop_now() + (uint64_t)(c->timeout_s * 1e9);
}

static int control_pick(struct control *c, enum client_api api)
{
    int version = client_pick(&c->versions, api);
    if (version < 0)
        return control_fail(c, version, "no common version of API %d", (int)api);
    return version;
}

int control_open(struct control *c, const char *host, int port, double timeout_s)
{
    *c = (struct control){.fd = -1,
                          .timeout_s = timeout_s,
                          .out = mem_alloc(OUT_BYTES),
                          .in = mem_alloc(IN_BYTES)};
    if (c->out == NULL || c->in == NULL)
        return control_fail(c, -ENOMEM, "out of memory");
    c->fd = loop_connect(host, port);
    if (c->fd < 0)
        return control_fail(c, c->fd, "%s:%d: %s", host, port, mr_err_text(c->fd));
    struct timeval t = {.tv_sec = (time_t)timeout_s,
                        .tv_usec = (suseconds_t)((timeout_s - (double)(time_t)timeout_s) * 1e6)};
    setsockopt(c->fd, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof(t));
    setsockopt(c->fd, SOL_SOCKET, SO_SNDTIMEO, &t, sizeof(t));

    struct client_writer w = control_out(c);
    struct client_reader r;
    int16_t error = 0;
    int err = control_call(c, client_ask_api_versions(&w, c->correlation), &w, CLIENT_API_VERSIONS, &r);
    if (err != 0)
        return err;
    err = client_read_api_versions(&r, &c->versions, &error);
    return control_verdict(c, err, error, "ApiVersions");
}

void control_close(struct control *c)
{
    if (c->fd >= 0)
        close(c->fd);
    mem_free(c->out);
    mem_free(c->in);
}

/* Splits "name=value,name=value" in place of text into config; borrowed from text. */
static int config_split(const char *text, struct client_config *config, uint32_t *ret_count)
{
    uint32_t count = 0;
    for (const char *at = text; *at != '\0';) {
        size_t n = strcspn(at, ",");
        const char *equals = memchr(at, '=', n);
        if (equals == NULL || count == CONFIGS_MAX)
            return -EINVAL;
        size_t name = (size_t)(equals - at);
        config[count].name = (struct mr_str){at, name};
        config[count].value = (struct mr_str){equals + 1, n - name - 1};
        count++;
        at += n + (at[n] == ',');
    }
    *ret_count = count;
    return 0;
}

static int topic_create(struct control *c, const struct bench_options *o)
{
    struct client_config config[CONFIGS_MAX];
    uint32_t count = 0;
    int version = control_pick(c, CLIENT_CREATE_TOPICS);
    if (version < 0)
        return version;
    if (config_split(o->config, config, &count) != 0)
        return control_fail(c, -EINVAL, "config=%s: name=value,name=value is needed", o->config);
    struct client_writer w = control_out(c);
    struct client_reader r;
    int16_t error = 0;
    int asked =
        client_ask_create_topic(&w, version, c->correlation, mr_str_of(o->topic),
                                (int32_t)mr_imin(o->partitions, PARTITIONS_AT_ONCE), (int16_t)o->replication,
                                config, count, (int32_t)(o->timeout_s * 1000));
    int err = control_call(c, asked, &w, CLIENT_CREATE_TOPICS, &r);
    if (err != 0)
        return err;
    err = client_read_create_topic(&r, &error);
    return control_verdict(c, err, error, "CreateTopics");
}

static int topic_grow(struct control *c, const struct bench_options *o, int64_t partitions)
{
    int version = control_pick(c, CLIENT_CREATE_PARTITIONS);
    if (version < 0)
        return version;
    struct client_writer w = control_out(c);
    struct client_reader r;
    int16_t error = 0;
    int asked = client_ask_create_partitions(&w, version, c->correlation, mr_str_of(o->topic),
                                             (int32_t)partitions, (int32_t)(o->timeout_s * 1000));
    int err = control_call(c, asked, &w, CLIENT_CREATE_PARTITIONS, &r);
    if (err != 0)
        return err;
    err = client_read_create_partitions(&r, &error);
    return control_verdict(c, err, error, "CreatePartitions");
}

/* One look at the metadata. -EPROTO with c->error set as well when a partition has no leader yet. */
static int topic_look(struct control *c, struct client_topic *topic)
{
    int version = control_pick(c, CLIENT_METADATA);
    if (version < 0)
        return version;
    struct client_writer w = control_out(c);
    struct client_reader r;
    int16_t error = 0;
    int err = control_call(c, client_ask_topic(&w, version, c->correlation, mr_str_of(topic->name)), &w,
                           CLIENT_METADATA, &r);
    if (err != 0)
        return err;
    err = client_read_topic(&r, version, topic, &error);
    err = control_verdict(c, err, error, "Metadata");
    if (err == 0 && (topic->partitions == 0 || topic->leaderless > 0)) {
        c->error = 5; /* LEADER_NOT_AVAILABLE */
        return control_fail(c, -EPROTO, "%u partitions of the topic have no leader", topic->leaderless);
    }
    return err;
}

int control_topic(struct control *c, const struct bench_options *o, struct client_topic *ret,
                  int64_t **ret_end, uint64_t *ret_ns)
{
    *ret = (struct client_topic){0};
    if (strlen(o->topic) > CLIENT_TOPIC_NAME_MAX)
        return control_fail(c, -EINVAL, "topic name is too long");
    memcpy(ret->name, o->topic, strlen(o->topic) + 1);
    uint64_t from, deadline = control_deadline(c);
    int err;
    do {
        from = loop_now();
        err = o->create != 0 ? topic_create(c, o) : 0;
    } while (err != 0 && control_again(c, err, deadline));
    for (int64_t there = PARTITIONS_AT_ONCE; err == 0 && o->create != 0 && there < o->partitions;) {
        there = mr_imin(there + PARTITIONS_AT_ONCE, o->partitions);
        do {
            err = topic_grow(c, o, there);
        } while (err != 0 && control_again(c, err, deadline));
    }
    while (err == 0) {
        err = topic_look(c, ret);
        if (err == 0)
            break;
        if ((c->error == CLIENT_UNKNOWN_TOPIC && o->create == 0) || !control_again(c, err, deadline))
            return err;
        err = 0;
    }
    if (err != 0)
        return err;
    int64_t *end = mem_zalloc(ret->partitions, sizeof(*end));
    if (end == NULL)
        return control_fail(c, -ENOMEM, "out of memory");
    err = control_offsets(c, ret, -1, end);
    if (err != 0) {
        mem_free(end);
        return err;
    }
    *ret_ns = loop_now() - from;
    *ret_end = end;
    return 0;
}

int control_delete_topic(struct control *c, const struct client_topic *topic)
{
    int version = control_pick(c, CLIENT_DELETE_TOPICS);
    if (version < 0)
        return version;
    struct client_writer w = control_out(c);
    struct client_reader r;
    int16_t error = 0;
    int asked = client_ask_delete_topic(&w, version, c->correlation, mr_str_of(topic->name), 30000);
    int err = control_call(c, asked, &w, CLIENT_DELETE_TOPICS, &r);
    if (err != 0)
        return err;
    err = client_read_delete_topic(&r, &error);
    return control_verdict(c, err, error, "DeleteTopics");
}

static int offsets_some(struct control *c, const struct client_topic *topic, int64_t timestamp,
                        uint32_t first, uint32_t count, int64_t *ret)
{
    int version = control_pick(c, CLIENT_LIST_OFFSETS);
    if (version < 0)
        return version;
    struct client_writer w = control_out(c);
    struct client_reader r;
    int16_t error = 0;
    int asked = client_ask_offsets(&w, version, c->correlation, mr_str_of(topic->name), (int32_t)first, count,
                                   timestamp);
    int err = control_call(c, asked, &w, CLIENT_LIST_OFFSETS, &r);
    if (err != 0)
        return err;
    err = client_read_offsets(&r, (int32_t)first, count, ret, &error);
    return control_verdict(c, err, error, "ListOffsets");
}

int control_offsets(struct control *c, const struct client_topic *topic, int64_t timestamp, int64_t *ret)
{
    uint64_t deadline = control_deadline(c);
    for (uint32_t first = 0; first < topic->partitions; first += OFFSETS_AT_ONCE) {
        uint32_t count = (uint32_t)mr_min(OFFSETS_AT_ONCE, topic->partitions - first);
        int err;
        do {
            err = offsets_some(c, topic, timestamp, first, count, ret + first);
        } while (err != 0 && control_again(c, err, deadline));
        if (err != 0)
            return err;
    }
    return 0;
}

static int producer_id_once(struct control *c, int version, int64_t *ret_id, int16_t *ret_epoch)
{
    struct client_writer w = control_out(c);
    struct client_reader r;
    int16_t error = 0;
    int asked = client_ask_producer_id(&w, version, c->correlation);
    int err = control_call(c, asked, &w, CLIENT_INIT_PRODUCER_ID, &r);
    if (err != 0)
        return err;
    err = client_read_producer_id(&r, ret_id, ret_epoch, &error);
    return control_verdict(c, err, error, "InitProducerId");
}

int control_producer_id(struct control *c, int64_t *ret_id, int16_t *ret_epoch)
{
    uint64_t deadline = control_deadline(c);
    int version = control_pick(c, CLIENT_INIT_PRODUCER_ID), err;
    if (version < 0)
        return version;
    do {
        err = producer_id_once(c, version, ret_id, ret_epoch);
    } while (err != 0 && control_again(c, err, deadline));
    return err;
}
