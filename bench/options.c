#include "bench/options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum kind { KIND_INT, KIND_REAL, KIND_TEXT, KIND_WORD };

struct option {
    const char *name;
    enum kind kind;
    size_t field;
    const char *normal; /* the default */
    double min, max;
    const char *words; /* KIND_WORD: "a|b|c", stored as 0, 1, 2 */
    const char *help;
};

#define FIELD(name) offsetof(struct bench_options, name)
#define INT(name, normal, min, max, help)                                                                    \
    {                                                                                                        \
#name, KIND_INT, FIELD(name), normal, min, max, NULL, help                                           \
    }
#define REAL(name, normal, min, max, help)                                                                   \
    {                                                                                                        \
#name, KIND_REAL, FIELD(name), normal, min, max, NULL, help                                          \
    }
#define TEXT(name, normal, help)                                                                             \
    {                                                                                                        \
#name, KIND_TEXT, FIELD(name), normal, 0, 0, NULL, help                                              \
    }
#define WORD(name, normal, words, help)                                                                      \
    {                                                                                                        \
#name, KIND_WORD, FIELD(name), normal, 0, 0, words, help                                             \
    }

static const struct option options[] = {
    WORD(mode, "produce", "produce|catchup|echo|disk|topic", "what to do"),
    TEXT(host, "127.0.0.1", "broker"),
    INT(port, "9092", 1, 65535, "broker's port"),
    TEXT(topic, "bench", "topic"),
    INT(partitions, "16", 1, 100000, "of the topic, when it is created"),
    INT(replication, "1", -1, 16, "of the topic, when it is created"),
    TEXT(config, "", "of the topic, when it is created: name=value,name=value"),
    INT(create, "1", 0, 1, "create the topic first; it must not exist"),
    INT(remove, "1", 0, 1, "delete the topic at the end"),
    INT(check, "1", 0, 1, "compare the log's end offsets with what was acknowledged"),
    INT(connections, "4", 1, 4096, "of producers"),
    INT(inflight, "5", 1, 4096, "requests without an answer, per connection"),
    REAL(rate, "1000", 0, 1e8,
         "requests a second over all connections; 0: closed loop, as fast as answers come"),
    WORD(arrival, "even", "even|poisson", "how requests arrive at a fixed rate"),
    INT(acks, "-1", -1, 1, "0, 1, or -1 for all"),
    INT(idempotent, "0", 0, 1, "one producer id a connection, with sequences"),
    INT(records, "1", 1, 1000000, "in a batch"),
    INT(record_bytes, "1024", 24, 33554432, "value of a record"),
    INT(batches, "1", 1, OPTION_BATCHES_MAX, "partitions, with a batch each, in a request"),
    INT(consumers, "0", 0, 1024, "connections that fetch"),
    INT(split, "0", 0, 1, "1: consumers share the partitions; 0: each reads all of them"),
    INT(wait_ms, "500", 0, 60000, "of a fetch"),
    INT(min_bytes, "1", 0, 1 << 30, "of a fetch"),
    INT(max_bytes, "52428800", 1, 1 << 30, "of a fetch"),
    INT(partition_bytes, "1048576", 1, 1 << 30, "of a fetch, for a partition"),
    INT(session, "1", 0, 1, "incremental fetch sessions, as real clients; not in catchup"),
    INT(verify, "0", 0, 1, "read and checksum all that is fetched (costs the generator CPU)"),
    INT(produce_version, "0", 0, 13, "0: the highest that both know"),
    INT(fetch_version, "0", 0, 17, "0: the highest that both know"),
    REAL(warmup_s, "2", 0, 3600, "load before the window"),
    REAL(duration_s, "10", 0.01, 86400, "of the window"),
    REAL(timeout_s, "30", 0.1, 3600, "without an answer: give up; and the wait for late answers at the end"),
    INT(bytes_max, "0", 0, 1ll << 50, "stop after this many bytes of values; 0: no limit"),
    INT(passes, "1", 1, 1000, "catchup: measured passes over the log"),
    INT(warmup_passes, "0", 0, 1000, "catchup: passes before them"),
    INT(pid, "0", 0, 1 << 30, "broker's process: its CPU time and memory"),
    TEXT(device, "", "a block device's stat file: flushes and bytes written"),
    INT(cpu, "-1", -1, 1023, "run on this CPU only; -1: on any"),
    INT(spin_us, "0", 0, 1000000, "poll instead of sleeping for this long before a request is due"),
    INT(seed, "1", 0, 1ll << 50, "of payloads and arrivals"),
    INT(buckets, "1", 0, 1, "whole histograms in the result"),
    TEXT(json, "", "file for the result; default stdout"),
    TEXT(trace, "", "file with a line for each measured request: Unix time it was due (ms), ack (us)"),
    TEXT(dir, ".", "disk: directory"),
    INT(block, "4096", 512, 16 << 20, "disk: bytes of a write"),
    INT(flush, "1", 0, 1, "disk: fdatasync after each write"),
    INT(disk_bytes, "67108864", 1 << 20, 1ll << 40, "disk: size of the file that is written over and over"),
};

static const struct option *option_find(const char *word, size_t len)
{
    for (size_t i = 0; i < MR_COUNT(options); i++) {
        if (strlen(options[i].name) == len && memcmp(options[i].name, word, len) == 0)
            return &options[i];
    }
    return NULL;
}

/* The number of `value` in "a|b|c", or -1. */
static int64_t word_number(const char *words, const char *value)
{
    size_t len = strlen(value);
    int64_t number = 0;
    for (const char *at = words; len > 0; number++) {
        size_t n = strcspn(at, "|");
        if (n == len && memcmp(at, value, n) == 0)
            return number;
        if (at[n] == '\0')
            break;
        at += n + 1;
    }
    return -1;
}

static int option_set(struct bench_options *o, const struct option *opt, const char *value, char *why,
                      size_t why_bytes)
{
    void *field = (char *)o + opt->field;
    char *end = NULL;
    if (opt->kind == KIND_TEXT) {
        if (strlen(value) >= OPTION_TEXT_MAX) {
            snprintf(why, why_bytes, "%s is longer than %d bytes", opt->name, OPTION_TEXT_MAX - 1);
            return -EINVAL;
        }
        memcpy(field, value, strlen(value) + 1);
        return 0;
    }
    if (opt->kind == KIND_WORD) {
        int64_t number = word_number(opt->words, value);
        if (number < 0) {
            snprintf(why, why_bytes, "%s=%s: allowed is %s", opt->name, value, opt->words);
            return -EINVAL;
        }
        memcpy(field, &number, sizeof(number));
        return 0;
    }
    errno = 0;
    double real = strtod(value, &end);
    if (errno != 0 || end == value || *end != '\0' || !(real >= opt->min && real <= opt->max)) {
        snprintf(why, why_bytes, "%s=%s: allowed is %.15g to %.15g", opt->name, value, opt->min, opt->max);
        return -EINVAL;
    }
    if (opt->kind == KIND_REAL) {
        memcpy(field, &real, sizeof(real));
        return 0;
    }
    int64_t whole = (int64_t)real;
    if ((double)whole != real) {
        snprintf(why, why_bytes, "%s=%s: a whole number is needed", opt->name, value);
        return -EINVAL;
    }
    memcpy(field, &whole, sizeof(whole));
    return 0;
}

static int options_agree(const struct bench_options *o, char *why, size_t why_bytes)
{
    const char *text = NULL;
    if (o->idempotent != 0 && o->acks != -1)
        text = "idempotent=1 needs acks=-1";
    else if (o->idempotent != 0 && o->inflight > 5)
        text = "idempotent=1 allows at most inflight=5: brokers remember five batches";
    else if (o->rate > 0 && o->rate < 0.001)
        text = "rate is at least 0.001";
    else if (o->mode == MODE_CATCHUP && o->consumers == 0)
        text = "mode=catchup needs consumers";
    else if (o->mode == MODE_ECHO && (o->acks == 0 || o->consumers != 0 || o->idempotent != 0))
        text = "mode=echo has acknowledgements, and neither consumers nor producer ids";
    else if (o->mode == MODE_DISK && (o->block % 512 != 0 || o->disk_bytes % o->block != 0))
        text = "block must be a multiple of 512, and disk_bytes one of block";
    if (text == NULL)
        return 0;
    snprintf(why, why_bytes, "%s", text);
    return -EINVAL;
}

int options_parse(struct bench_options *o, int count, char **words, char *ret_why, size_t why_bytes)
{
    *o = (struct bench_options){0};
    for (size_t i = 0; i < MR_COUNT(options); i++)
        MR_ASSERT(option_set(o, &options[i], options[i].normal, ret_why, why_bytes) == 0);
    for (int i = 0; i < count; i++) {
        const char *equals = strchr(words[i], '=');
        const struct option *opt = equals == NULL ? NULL : option_find(words[i], (size_t)(equals - words[i]));
        if (opt == NULL) {
            snprintf(ret_why, why_bytes, "%s: not an option (help lists them)", words[i]);
            return -EINVAL;
        }
        int err = option_set(o, opt, equals + 1, ret_why, why_bytes);
        if (err != 0)
            return err;
    }
    return options_agree(o, ret_why, why_bytes);
}

void options_help(void)
{
    for (size_t i = 0; i < MR_COUNT(options); i++) {
        const struct option *opt = &options[i];
        char form[96] = "";
        if (opt->kind == KIND_WORD)
            snprintf(form, sizeof(form), "%s", opt->words);
        else if (opt->kind != KIND_TEXT)
            snprintf(form, sizeof(form), "%.15g to %.15g", opt->min, opt->max);
        printf("  %-16s %-12s %s%s%s\n", opt->name, *opt->normal == '\0' ? "-" : opt->normal, opt->help,
               *form == '\0' ? "" : "; ", form);
    }
}
