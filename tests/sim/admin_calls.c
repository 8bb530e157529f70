/* One request for each verb of a script, and what is said of its answer. */
#include "tests/sim/admin_calls.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "net/wire/batch_build.h"
#include "net/wire/gen/alter_configs.h"
#include "net/wire/gen/create_partitions.h"
#include "net/wire/gen/create_topics.h"
#include "net/wire/gen/delete_records.h"
#include "net/wire/gen/delete_topics.h"
#include "net/wire/gen/describe_configs.h"
#include "net/wire/gen/describe_log_dirs.h"
#include "net/wire/gen/describe_producers.h"
#include "net/wire/gen/describe_topic_partitions.h"
#include "net/wire/gen/incremental_alter_configs.h"
#include "net/wire/gen/list_offsets.h"
#include "net/wire/gen/produce.h"
#include "net/wire/kw_error.h"

enum { VALUE_BYTES = 100 };

/* ---- what every request does ---- */

void admin_say(struct admin_script *s, const char *fmt, ...)
{
    size_t at = strlen(s->answer);
    va_list args;
    va_start(args, fmt);
    vsnprintf(s->answer + at, sizeof(s->answer) - at, fmt, args);
    va_end(args);
}

static void say_result(struct admin_script *s, int16_t error, struct mr_str message)
{
    if (error == KW_NONE)
        admin_say(s, "ok");
    else if (message.ptr == NULL || message.len == 0)
        admin_say(s, "error %d", error);
    else
        admin_say(s, "error %d: %.*s", error, MR_STR(message));
}

/* The answer of a call, or NULL when the connection broke. */
static const void *answer_of(struct kcall *call)
{
    struct admin_script *s = call->ctx;
    s->answered = true;
    if (call->err != 0)
        admin_say(s, "no answer (%s)", mr_err_text(call->err));
    return call->err == 0 ? call->out : NULL;
}

struct kclient *admin_script_client(struct admin_script *s)
{
    return &s->clients[s->next++ % SCRIPT_CLIENTS];
}

static bool answered(void *ctx)
{
    return ((struct admin_script *)ctx)->answered;
}

void admin_script_wait(struct admin_script *s, struct kcall *call)
{
    s->answered = false;
    s->answer[0] = '\0';
    kcall_send(call);
    if (!world_run_until(s->w, answered, s, ADMIN_LIMIT_NS))
        admin_say(s, "nothing within 120 s");
}

static struct kcall *new_call(struct admin_script *s, int16_t key, int16_t v_min, int16_t v_max,
                              void (*done)(struct kcall *call))
{
    struct kclient *c = admin_script_client(s);
    int16_t version = (int16_t)rng_between(world_rng(s->w), (uint64_t)v_min, (uint64_t)v_max);
    return kcall_new(c, key, version, done, s);
}

#define NEW(call, type, count) kcall_new_array(call, struct type, (size_t)(count))

/* "k=v" */
static struct mr_str key_of(const char *word)
{
    const char *eq = strchr(word, '=');
    return (struct mr_str){word, eq == NULL ? strlen(word) : (size_t)(eq - word)};
}

static struct mr_str value_of(const char *word)
{
    const char *eq = strchr(word, '=');
    return eq == NULL ? (struct mr_str){NULL, 0} : mr_str_of(eq + 1);
}

/* ---- topics ---- */

static void created(struct kcall *call)
{
    const struct kw_create_topics_response *out = answer_of(call);
    if (out == NULL)
        return;
    for (int32_t i = 0; i < out->topics_count; i++)
        say_result(call->ctx, out->topics[i].error_code, out->topics[i].error_message);
    if (call->version >= 5 && out->topics_count == 1 && out->topics[0].error_code == KW_NONE &&
        out->topics[0].configs_count < 30)
        admin_say(call->ctx, " but %d configs", out->topics[0].configs_count);
}

static void create(struct admin_script *s, char **words, int count, bool validate_only)
{
    struct kcall *call = new_call(s, 19, 2, 7, created);
    struct kw_create_topics_request *in = call->in;
    in->topics = NEW(call, kw_create_topics_request_topic, 1);
    kw_create_topics_request_topic_init(in->topics);
    in->topics_count = 1;
    in->timeout_ms = 30000;
    in->validate_only = validate_only;
    in->topics->name = mr_str_of(words[1]);
    in->topics->num_partitions = atoi(words[2]);
    in->topics->replication_factor = 1;
    in->topics->configs = NEW(call, kw_create_topics_request_config, count);
    for (int i = 3; i < count; i++)
        in->topics->configs[in->topics->configs_count++] =
            (struct kw_create_topics_request_config){key_of(words[i]), value_of(words[i])};
    admin_script_wait(s, call);
}

static void deleted(struct kcall *call)
{
    const struct kw_delete_topics_response *out = answer_of(call);
    for (int32_t i = 0; out != NULL && i < out->responses_count; i++) {
        admin_say(call->ctx, "%s", i > 0 ? ", " : "");
        say_result(call->ctx, out->responses[i].error_code,
                   (struct mr_str){NULL, 0}); /* v1-4 have no message */
    }
}

static void delete_topics(struct admin_script *s, char **words, int count)
{
    struct kcall *call = new_call(s, 20, 1, 6, deleted);
    struct kw_delete_topics_request *in = call->in;
    in->topics = NEW(call, kw_delete_topics_request_topic, count);
    in->topic_names = kcall_new_array(call, struct mr_str, (size_t)count);
    in->timeout_ms = 30000;
    for (int i = 1; i < count; i++) {
        kw_delete_topics_request_topic_init(&in->topics[in->topics_count]);
        in->topics[in->topics_count++].name = mr_str_of(words[i]);
        in->topic_names[in->topic_names_count++] = mr_str_of(words[i]);
    }
    admin_script_wait(s, call);
}

static void grown(struct kcall *call)
{
    const struct kw_create_partitions_response *out = answer_of(call);
    if (out != NULL && out->results_count == 1)
        say_result(call->ctx, out->results[0].error_code, out->results[0].error_message);
}

static void grow(struct admin_script *s, char **words, int count)
{
    (void)count;
    struct kcall *call = new_call(s, 37, 0, 3, grown);
    struct kw_create_partitions_request *in = call->in;
    in->topics = NEW(call, kw_create_partitions_request_topic, 1);
    kw_create_partitions_request_topic_init(in->topics);
    in->topics_count = 1;
    in->timeout_ms = 30000;
    in->topics->name = mr_str_of(words[1]);
    in->topics->count = atoi(words[2]);
    in->topics->assignments_count = -1;
    admin_script_wait(s, call);
}

static void paged(struct kcall *call)
{
    struct admin_script *s = call->ctx;
    const struct kw_describe_topic_partitions_response *out = answer_of(call);
    s->cursor_topic[0] = '\0';
    if (out == NULL)
        return;
    for (int32_t t = 0; t < out->topics_count; t++) {
        admin_say(s, "%s%.*s:", t > 0 ? " " : "", MR_STR(out->topics[t].name));
        for (int32_t i = 0; i < out->topics[t].partitions_count; i++)
            admin_say(s, "%s%d", i > 0 ? "," : "", out->topics[t].partitions[i].partition_index);
    }
    if (out->next_cursor == NULL)
        return;
    snprintf(s->cursor_topic, sizeof(s->cursor_topic), "%.*s", MR_STR(out->next_cursor->topic_name));
    s->cursor_partition = out->next_cursor->partition_index;
}

static void topics(struct admin_script *s, char **words, int count)
{
    (void)count;
    char all[SCRIPT_TEXT] = "";
    s->cursor_topic[0] = '\0';
    do {
        struct kcall *call = new_call(s, 75, 0, 0, paged);
        struct kw_describe_topic_partitions_request *in = call->in;
        struct kw_describe_topic_partitions_request_cursor *cursor =
            NEW(call, kw_describe_topic_partitions_request_cursor, 1);
        in->response_partition_limit = atoi(words[1]);
        *cursor = (struct kw_describe_topic_partitions_request_cursor){mr_str_of(s->cursor_topic),
                                                                       s->cursor_partition};
        in->cursor = s->cursor_topic[0] != '\0' ? cursor : NULL;
        admin_script_wait(s, call);
        snprintf(all + strlen(all), sizeof(all) - strlen(all), "%s%s", all[0] != '\0' ? " / " : "",
                 s->answer);
    } while (s->cursor_topic[0] != '\0');
    memcpy(s->answer, all, sizeof(all));
}

/* ---- configs ---- */

static int8_t resource(const char *word, struct mr_str *ret_name)
{
    static const struct {
        const char *name;
        int8_t type;
    } types[] = {{"topic/", 2}, {"broker/", 4}, {"logger/", 8}, {"metrics/", 16}, {"group/", 32}};
    for (size_t i = 0; i < MR_COUNT(types); i++) {
        if (strncmp(word, types[i].name, strlen(types[i].name)) == 0) {
            *ret_name = mr_str_of(word + strlen(types[i].name));
            return types[i].type;
        }
    }
    *ret_name = mr_str_of(word);
    return 0;
}

static void altered(struct kcall *call)
{
    const struct kw_incremental_alter_configs_response *out = answer_of(call);
    if (out != NULL && out->responses_count == 1)
        say_result(call->ctx, out->responses[0].error_code, out->responses[0].error_message);
}

static void alter(struct admin_script *s, char **words, int count, int8_t op)
{
    struct kcall *call = new_call(s, 44, 0, 1, altered);
    struct kw_incremental_alter_configs_request *in = call->in;
    struct kw_incremental_alter_configs_request_resource *r =
        NEW(call, kw_incremental_alter_configs_request_resource, 1);
    kw_incremental_alter_configs_request_resource_init(r);
    r->resource_type = resource(words[1], &r->resource_name);
    r->configs = NEW(call, kw_incremental_alter_configs_request_config, count);
    for (int i = 2; i < count; i++)
        r->configs[r->configs_count++] =
            (struct kw_incremental_alter_configs_request_config){key_of(words[i]), op, value_of(words[i])};
    in->resources = r;
    in->resources_count = 1;
    admin_script_wait(s, call);
}

static void replaced(struct kcall *call)
{
    const struct kw_alter_configs_response *out = answer_of(call);
    if (out != NULL && out->responses_count == 1)
        say_result(call->ctx, out->responses[0].error_code, out->responses[0].error_message);
}

static void replace(struct admin_script *s, char **words, int count)
{
    struct kcall *call = new_call(s, 33, 0, 2, replaced);
    struct kw_alter_configs_request *in = call->in;
    struct kw_alter_configs_request_resource *r = NEW(call, kw_alter_configs_request_resource, 1);
    kw_alter_configs_request_resource_init(r);
    r->resource_type = resource(words[1], &r->resource_name);
    r->configs = NEW(call, kw_alter_configs_request_config, count);
    for (int i = 2; i < count; i++)
        r->configs[r->configs_count++] =
            (struct kw_alter_configs_request_config){key_of(words[i]), value_of(words[i])};
    in->resources = r;
    in->resources_count = 1;
    admin_script_wait(s, call);
}

static void described(struct kcall *call)
{
    const struct kw_describe_configs_response *out = answer_of(call);
    if (out == NULL || out->results_count != 1)
        return;
    const struct kw_describe_configs_response_result *r = &out->results[0];
    if (r->error_code != KW_NONE)
        say_result(call->ctx, r->error_code, r->error_message);
    else if (r->configs_count == 0)
        admin_say(call->ctx, "no such key");
    else
        admin_say(call->ctx, "%.*s from %d", MR_STR(r->configs[0].value), r->configs[0].config_source);
}

static void get(struct admin_script *s, char **words, int count)
{
    (void)count;
    struct kcall *call = new_call(s, 32, 1, 4, described);
    struct kw_describe_configs_request *in = call->in;
    struct kw_describe_configs_request_resource *r = NEW(call, kw_describe_configs_request_resource, 1);
    kw_describe_configs_request_resource_init(r);
    r->resource_type = resource(words[1], &r->resource_name);
    r->configuration_keys = kcall_new_array(call, struct mr_str, 1);
    r->configuration_keys[0] = mr_str_of(words[2]);
    r->configuration_keys_count = 1;
    in->resources = r;
    in->resources_count = 1;
    admin_script_wait(s, call);
}

/* ---- records ---- */

static void produced(struct kcall *call)
{
    const struct kw_produce_response *out = answer_of(call);
    if (out == NULL)
        return;
    const struct kw_produce_response_partition *p = &out->responses[0].partition_responses[0];
    if (p->error_code == KW_NONE)
        admin_say(call->ctx, "offset %lld", (long long)p->base_offset);
    else
        admin_say(call->ctx, "error %d", p->error_code);
}

static void batch(struct mr_scratch *out, int64_t now_ms, int records, const char *producer)
{
    static const uint8_t value[VALUE_BYTES];
    struct batch_build_how how = batch_build_how_plain();
    int epoch, sequence;
    long long id;
    if (producer != NULL && sscanf(producer, "%lld/%d/%d", &id, &epoch, &sequence) == 3) {
        how.producer_id = id;
        how.producer_epoch = (int16_t)epoch;
        how.base_sequence = sequence;
    }
    struct batch_builder b;
    int err = batch_build_begin(&b, &how, out, NULL, NULL);
    for (int i = 0; i < records && err == 0; i++)
        err =
            batch_build_add(&b, &(struct batch_record){.timestamp = now_ms, .value = {value, sizeof(value)}});
    if (err == 0)
        err = batch_build_end(&b);
    MR_ASSERT(err == 0);
}

static void flooded(struct kcall *call)
{
    struct admin_script *s = call->ctx;
    const struct kw_produce_response *out = call->out;
    s->flood--;
    s->flood_failed += call->err != 0 || out->responses[0].partition_responses[0].error_code != KW_NONE;
}

static struct kcall *produce_call(struct admin_script *s, char **words, int count,
                                  void (*done)(struct kcall *call))
{
    struct kcall *call = new_call(s, 0, 3, 12, done);
    struct mr_scratch bytes;
    scratch_init(&bytes, 4 << 20);
    batch(&bytes, io_wall_ms(s->host.io), atoi(words[3]), count > 4 ? words[4] : NULL);
    struct kw_produce_request *in = call->in;
    struct kw_produce_request_topic *t = NEW(call, kw_produce_request_topic, 1);
    struct kw_produce_request_partition *p = NEW(call, kw_produce_request_partition, 1);
    kw_produce_request_topic_init(t);
    kw_produce_request_partition_init(p);
    bool ok = true;
    struct mr_slice copy = arena_bytes(&call->arena, (struct mr_slice){bytes.data, bytes.len}, &ok);
    MR_ASSERT(ok);
    p->index = atoi(words[2]);
    p->records = kw_records_of(copy);
    t->name = mr_str_of(words[1]);
    t->partition_data = p;
    t->partition_data_count = 1;
    in->topic_data = t;
    in->topic_data_count = 1;
    in->acks = -1;
    in->timeout_ms = 30000;
    scratch_done(&bytes);
    return call;
}

static void flood(struct admin_script *s, char **words, int count)
{
    (void)count;
    for (int i = atoi(words[4]); i > 0; i--) {
        s->flood++;
        kcall_send(produce_call(s, words, 4, flooded));
    }
    admin_say(s, "on its way");
}

static bool flood_over(void *ctx)
{
    return ((struct admin_script *)ctx)->flood == 0;
}

static void wait_flood(struct admin_script *s, char **words, int count)
{
    (void)words;
    (void)count;
    if (!world_run_until(s->w, flood_over, s, ADMIN_LIMIT_NS))
        admin_say(s, "%u still on their way", s->flood);
    else
        admin_say(s, "%u failed", s->flood_failed);
}

static void trimmed(struct kcall *call)
{
    const struct kw_delete_records_response *out = answer_of(call);
    if (out == NULL)
        return;
    const struct kw_delete_records_response_partition *p = &out->topics[0].partitions[0];
    if (p->error_code == KW_NONE)
        admin_say(call->ctx, "starts at %lld", (long long)p->low_watermark);
    else
        admin_say(call->ctx, "error %d", p->error_code);
}

static void trim(struct admin_script *s, char **words, int count)
{
    (void)count;
    struct kcall *call = new_call(s, 21, 0, 2, trimmed);
    struct kw_delete_records_request *in = call->in;
    in->topics = NEW(call, kw_delete_records_request_topic, 1);
    kw_delete_records_request_topic_init(in->topics);
    in->topics_count = 1;
    in->timeout_ms = 30000;
    in->topics->name = mr_str_of(words[1]);
    in->topics->partitions = NEW(call, kw_delete_records_request_partition, 1);
    in->topics->partitions_count = 1;
    in->topics->partitions[0] = (struct kw_delete_records_request_partition){atoi(words[2]), atoll(words[3])};
    admin_script_wait(s, call);
}

static void listed(struct kcall *call)
{
    const struct kw_list_offsets_response *out = answer_of(call);
    if (out == NULL)
        return;
    const struct kw_list_offsets_response_partition *p = &out->topics[0].partitions[0];
    if (p->error_code == KW_NONE)
        admin_say(call->ctx, "%lld", (long long)p->offset);
    else
        admin_say(call->ctx, "error %d", p->error_code);
}

static void offsets(struct admin_script *s, char **words, int count)
{
    (void)count;
    struct ktopic topic = {.partitions = 1};
    char start[64];
    snprintf(topic.name, sizeof(topic.name), "%s", words[1]);
    admin_script_wait(s, kcall_list_offsets(admin_script_client(s), &topic, atoi(words[2]), -2, listed, s));
    snprintf(start, sizeof(start), "%.60s", s->answer);
    if (strncmp(start, "error", 5) == 0)
        return;
    admin_script_wait(s, kcall_list_offsets(admin_script_client(s), &topic, atoi(words[2]), -1, listed, s));
    char end[64];
    snprintf(end, sizeof(end), "%.60s", s->answer);
    s->answer[0] = '\0';
    admin_say(s, "%s..%s", start, end);
}

/* ---- looking inside ---- */

static int by_index(const void *a, const void *b)
{
    const struct kw_describe_log_dirs_response_partition *x = a, *y = b;
    return (x->partition_index > y->partition_index) - (x->partition_index < y->partition_index);
}

static void sized(struct kcall *call)
{
    const struct kw_describe_log_dirs_response *out = answer_of(call);
    if (out == NULL || out->results_count != 1)
        return;
    const struct kw_describe_log_dirs_response_log_dir *d = &out->results[0];
    if (d->error_code != KW_NONE)
        admin_say(call->ctx, "dir error %d", d->error_code);
    if (call->version >= 4 && d->error_code == KW_NONE &&
        (d->total_bytes <= 0 || d->usable_bytes > d->total_bytes))
        admin_say(call->ctx, "%lld of %lld bytes free, ", (long long)d->usable_bytes,
                  (long long)d->total_bytes);
    for (int32_t t = 0; t < d->topics_count; t++) {
        qsort(d->topics[t].partitions, (size_t)d->topics[t].partitions_count,
              sizeof(d->topics[t].partitions[0]), by_index);
        for (int32_t i = 0; i < d->topics[t].partitions_count; i++)
            admin_say(call->ctx, "%s%d%s", i > 0 ? " " : "", d->topics[t].partitions[i].partition_index,
                      d->topics[t].partitions[i].partition_size > 0 ? "+" : "");
    }
}

static void logs(struct admin_script *s, char **words, int count)
{
    (void)count;
    enum { ASKED = 8 };
    struct kcall *call = new_call(s, 35, 1, 4, sized);
    struct kw_describe_log_dirs_request *in = call->in;
    in->topics = NEW(call, kw_describe_log_dirs_request_topic, 1);
    kw_describe_log_dirs_request_topic_init(in->topics);
    in->topics_count = 1;
    in->topics->topic = mr_str_of(words[1]);
    in->topics->partitions = kcall_new_array(call, int32_t, ASKED);
    in->topics->partitions_count = ASKED;
    for (int32_t i = 0; i < ASKED; i++)
        in->topics->partitions[i] = i;
    admin_script_wait(s, call);
}

static void producers_told(struct kcall *call)
{
    const struct kw_describe_producers_response *out = answer_of(call);
    if (out == NULL)
        return;
    const struct kw_describe_producers_response_partition *p = &out->topics[0].partitions[0];
    if (p->error_code != KW_NONE)
        admin_say(call->ctx, "error %d", p->error_code);
    else if (p->active_producers_count == 0)
        admin_say(call->ctx, "none");
    for (int32_t i = 0; i < p->active_producers_count; i++)
        admin_say(call->ctx, "%s%lld/%d/%d", i > 0 ? " " : "", (long long)p->active_producers[i].producer_id,
                  p->active_producers[i].producer_epoch, p->active_producers[i].last_sequence);
}

static void producers(struct admin_script *s, char **words, int count)
{
    (void)count;
    struct kcall *call = new_call(s, 61, 0, 0, producers_told);
    struct kw_describe_producers_request *in = call->in;
    in->topics = NEW(call, kw_describe_producers_request_topic, 1);
    kw_describe_producers_request_topic_init(in->topics);
    in->topics_count = 1;
    in->topics->name = mr_str_of(words[1]);
    in->topics->partition_indexes = kcall_new_array(call, int32_t, 1);
    in->topics->partition_indexes[0] = atoi(words[2]);
    in->topics->partition_indexes_count = 1;
    admin_script_wait(s, call);
}

/* ---- verbs ---- */

static void set(struct admin_script *s, char **words, int count)
{
    alter(s, words, count, 0);
}
static void unset(struct admin_script *s, char **words, int count)
{
    alter(s, words, count, 1);
}
static void make(struct admin_script *s, char **words, int count)
{
    create(s, words, count, false);
}
static void validate(struct admin_script *s, char **words, int count)
{
    create(s, words, count, true);
}

static void produce(struct admin_script *s, char **words, int count)
{
    admin_script_wait(s, produce_call(s, words, count, produced));
}

bool admin_call(struct admin_script *s, char **words, int count)
{
    static const struct {
        const char *name;
        int words; /* at least */
        void (*run)(struct admin_script *s, char **words, int count);
    } verbs[] = {{"create", 3, make},        {"validate", 3, validate}, {"delete", 2, delete_topics},
                 {"grow", 3, grow},          {"topics", 2, topics},     {"set", 3, set},
                 {"unset", 3, unset},        {"replace", 2, replace},   {"get", 3, get},
                 {"produce", 4, produce},    {"flood", 5, flood},       {"wait", 1, wait_flood},
                 {"trim", 4, trim},          {"offsets", 3, offsets},   {"logs", 2, logs},
                 {"producers", 3, producers}};
    for (size_t i = 0; i < MR_COUNT(verbs); i++) {
        if (count >= verbs[i].words && strcmp(words[0], verbs[i].name) == 0) {
            verbs[i].run(s, words, count);
            return true;
        }
    }
    return false;
}
