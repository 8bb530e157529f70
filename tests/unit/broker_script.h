/* tests/unit/broker_script.h - a broker on a simulated machine, driven by words: commands to its controller,
 * records, stops and kills, and what came of them. See check().
 *
 *   create NAME PARTITIONS REPLICAS [@P:B,B]... [KEY=VALUE]... + NAME ...   -> ok 3x1 + 36 Topic ...
 *   delete NAME|#NAME-BY-ID...                    grow NAME COUNT [@B,B]... + NAME ...
 *   alter TYPE NAME [k=v|-k|+k=v|~k=v|k!]... + TYPE ...      replace TYPE NAME [k=v]...
 *   validate create|grow ...                      ids                topics (every shard must say the same)
 *   append TOPIC PARTITION RECORDS -> at OFFSET   stop   kill   power-off   start SHARDS -> new|clean|crashed
 * N topics */
#ifndef BROKER_SCRIPT_H
#define BROKER_SCRIPT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/broker/controller.h"
#include "core/broker/partition.h"
#include "core/mem.h"
#include "net/wire/batch_build.h"
#include "tests/sim/broker_rig.h"
#include "tests/sim/disk.h"

#define SECOND UINT64_C(1000000000)

enum { WORDS_MAX = 40, ITEMS_MAX = 8, CONFIGS_MAX = 8, TEXT_BYTES = 4096 };

struct fixture {
    struct world *w;
    struct seed_result res;
    struct rig rig;
    char seen[TEXT_BYTES];
    uint32_t from; /* the shard that submits next: all take turns */
};

static bool settled(void *ctx)
{
    return rig_up(ctx) || rig_ended(ctx);
}
static bool ended(void *ctx)
{
    return rig_ended(ctx);
}

static void saw(struct fixture *f, const char *fmt, ...) MR_PRINTF(2, 3);
static void saw(struct fixture *f, const char *fmt, ...)
{
    size_t len = strlen(f->seen);
    va_list args;
    if (len > 0)
        len += (size_t)snprintf(f->seen + len, sizeof(f->seen) - len, " + ");
    va_start(args, fmt);
    vsnprintf(f->seen + len, sizeof(f->seen) - len, fmt, args);
    va_end(args);
}

static struct broker_shard *shard_at(struct fixture *f, uint32_t i)
{
    return broker_of(f->rig.shards[i]);
}

static void start(struct fixture *f, uint32_t shards)
{
    static const char *const found[] = {"new", "clean", "crashed"};
    char why[512];
    rig_start(&f->rig, &(struct rig_sizes){.shards = shards});
    assert_true(world_run_until(f->w, settled, &f->rig, 600 * SECOND));
    if (!rig_up(&f->rig)) {
        assert_int_not_equal(rig_reap(&f->rig, why, sizeof(why)), 0);
        saw(f, "%s", why);
        return;
    }
    const struct boot_report *r = boot_report(f->rig.boot);
    saw(f, "%s %u topics", found[r->state], r->topics);
    if (r->removed + r->strays > 0)
        saw(f, "removed %u strays %u", r->removed, r->strays);
}

static void stop(struct fixture *f)
{
    char why[512];
    rig_stop(&f->rig);
    assert_true(world_run_until(f->w, ended, &f->rig, 600 * SECOND));
    int err = rig_reap(&f->rig, why, sizeof(why));
    saw(f, "%s", err == 0 ? "clean" : why);
}

static inline void fixture_with(struct fixture *f, uint64_t seed, const struct world_options *o,
                                uint32_t shards, const char *override)
{
    *f = (struct fixture){.w = world_new(seed, o)};
    rig_init(&f->rig, f->w, &override, 1, &f->res);
    if (shards > 0)
        start(f, shards);
    f->seen[0] = '\0';
}

static inline void fixture_init(struct fixture *f, uint64_t seed, const struct world_options *o,
                                uint32_t shards)
{
    fixture_with(f, seed, o, shards, "num.partitions=2");
}

static void fixture_done(struct fixture *f)
{
    if (f->rig.boot != NULL)
        stop(f);
    rig_done(&f->rig);
    assert_string_equal(f->res.why, "");
    world_free(f->w);
}

/* ---- commands ---- */

struct command {
    struct ctl_command c;
    struct mr_arena arena;
    bool done;
};

static void command_done(struct ctl_command *c)
{
    ((struct command *)c)->done = true;
}
static bool is_done(void *ctx)
{
    return ((struct command *)ctx)->done;
}

static void submit(struct fixture *f, struct command *cmd)
{
    struct mr_shard *from = f->rig.shards[f->from++ % f->rig.sizes.shards];
    arena_init(&cmd->arena, 1 << 20);
    cmd->c.arena = &cmd->arena;
    cmd->c.done = command_done;
    controller_submit(from, &cmd->c);
    io_wake(from->io);
}

static void run(struct fixture *f, struct command *cmd)
{
    submit(f, cmd);
    assert_true(world_run_until(f->w, is_done, cmd, 60 * SECOND));
}

static void saw_result(struct fixture *f, const struct command *cmd, const struct ctl_result *r,
                       const char *good)
{
    if (cmd->c.error != KW_NONE)
        saw(f, "failed %d", cmd->c.error);
    else if (r->error == KW_NONE)
        saw(f, "%s", good);
    else
        saw(f, "%d%s%s", r->error, r->message != NULL ? " " : "", r->message != NULL ? r->message : "");
}

/* ---- words ---- */

static struct mr_str word(const char *w)
{
    return mr_str_of(strcmp(w, "\"\"") == 0 ? "" : w);
}

/* "@1,2" or "@0:1,2": brokers, with the partition in front. */
static struct ctl_assignment *assignment(struct mr_arena *a, struct ctl_assignment *dst, const char *w)
{
    const char *colon = strchr(w, ':'), *p = colon != NULL ? colon + 1 : w + 1;
    int32_t *ids = arena_array(a, int32_t, 8);
    dst->partition = colon != NULL ? atoi(w + 1) : 0;
    dst->brokers = ids;
    dst->broker_count = 0;
    while (*p != '\0') {
        ids[dst->broker_count++] = (int32_t)strtol(p, (char **)&p, 10);
        p += *p == ',';
    }
    return dst;
}

/* k=v sets, -k deletes, +k=v appends, ~k=v subtracts, k! sets null. */
static struct ctl_config config(struct mr_arena *a, const char *w)
{
    struct ctl_config c = {.op = *w == '-' ? 1 : *w == '+' ? 2 : *w == '~' ? 3 : 0};
    bool ok = true;
    w += c.op != 0;
    const char *eq = strchr(w, '=');
    size_t len = eq != NULL ? (size_t)(eq - w) : strcspn(w, "!");
    c.name = arena_str(a, (struct mr_str){w, len}, &ok);
    c.value = mr_str_of(eq != NULL ? eq + 1 : NULL);
    return c;
}

static struct mr_uuid id_of(struct fixture *f, const char *name)
{
    const struct image_topic *t = image_topic(shard_at(f, 0)->image, mr_str_of(name));
    return t != NULL ? t->id : (struct mr_uuid){{[0] = 9}};
}

static void create(struct fixture *f, char **w, int n, bool validate)
{
    struct ctl_topic topics[ITEMS_MAX] = {0};
    struct command cmd = {.c = {.kind = CTL_CREATE_TOPICS, .validate_only = validate, .u.topics = topics}};
    struct mr_arena words;
    arena_init(&words, 1 << 20);
    for (int i = 0; i < n; i++) {
        struct ctl_topic *t = &topics[cmd.c.count++];
        *t = (struct ctl_topic){.name = word(w[i]),
                                .partitions = atoi(w[i + 1]),
                                .replication = (int16_t)atoi(w[i + 2])};
        t->assignments = arena_array(&words, struct ctl_assignment, CONFIGS_MAX);
        t->configs = arena_array(&words, struct ctl_config, CONFIGS_MAX);
        for (i += 3; i < n && strcmp(w[i], "+") != 0; i++) {
            if (w[i][0] == '@')
                assignment(&words, &t->assignments[t->assignment_count++], w[i]);
            else
                t->configs[t->config_count++] = config(&words, w[i]);
        }
    }
    run(f, &cmd);
    for (int32_t i = 0; i < cmd.c.count; i++) {
        char good[64];
        snprintf(good, sizeof(good), "ok %dx%d", topics[i].ret_partitions, topics[i].ret_replication);
        saw_result(f, &cmd, &topics[i].result, good);
        if (topics[i].result.error == KW_NONE && cmd.c.error == KW_NONE &&
            !validate) /* everywhere, at once */
            for (uint32_t s = 0; s < f->rig.sizes.shards; s++)
                assert_non_null(image_topic_by_id(shard_at(f, s)->image, topics[i].id));
    }
    arena_done(&words);
    arena_done(&cmd.arena);
}

static void delete (struct fixture *f, char **w, int n)
{
    struct ctl_delete deletes[ITEMS_MAX] = {0};
    struct command cmd = {.c = {.kind = CTL_DELETE_TOPICS, .u.deletes = deletes}};
    for (int i = 0; i < n; i++) {
        if (w[i][0] == '#') /* by id; "#0" is no id at all */
            deletes[i].id = strcmp(w[i], "#0") == 0 ? (struct mr_uuid){{0}} : id_of(f, w[i] + 1);
        else
            deletes[i].name = word(w[i]);
        cmd.c.count++;
    }
    run(f, &cmd);
    for (int32_t i = 0; i < cmd.c.count; i++) {
        char good[64];
        snprintf(good, sizeof(good), "ok %.*s", MR_STR(deletes[i].ret_name));
        saw_result(f, &cmd, &deletes[i].result, good);
    }
    arena_done(&cmd.arena);
}

static void grow(struct fixture *f, char **w, int n, bool validate)
{
    struct ctl_grow grows[ITEMS_MAX] = {0};
    struct command cmd = {.c = {.kind = CTL_CREATE_PARTITIONS, .validate_only = validate, .u.grows = grows}};
    struct mr_arena words;
    arena_init(&words, 1 << 20);
    for (int i = 0; i < n; i++) {
        struct ctl_grow *g = &grows[cmd.c.count++];
        *g = (struct ctl_grow){.name = word(w[i]), .count = atoi(w[i + 1])};
        for (i += 2; i < n && strcmp(w[i], "+") != 0; i++) {
            if (g->assignments == NULL)
                g->assignments = arena_array(&words, struct ctl_assignment, CONFIGS_MAX);
            if (strcmp(w[i], "@none") != 0)
                assignment(&words, &g->assignments[g->assignment_count++], w[i]);
        }
    }
    run(f, &cmd);
    for (int32_t i = 0; i < cmd.c.count; i++)
        saw_result(f, &cmd, &grows[i].result, "ok");
    arena_done(&words);
    arena_done(&cmd.arena);
}

static void alter(struct fixture *f, char **w, int n, bool incremental)
{
    struct ctl_alter alters[ITEMS_MAX] = {0};
    struct command cmd = {.c = {.kind = CTL_ALTER_CONFIGS, .u.alters = alters}};
    struct mr_arena words;
    arena_init(&words, 1 << 20);
    for (int i = 0; i < n; i++) {
        struct ctl_alter *a = &alters[cmd.c.count++];
        *a = (struct ctl_alter){.resource_type = (int8_t)atoi(w[i]),
                                .resource_name = word(w[i + 1]),
                                .incremental = incremental};
        a->configs = arena_array(&words, struct ctl_config, CONFIGS_MAX);
        for (i += 2; i < n && strcmp(w[i], "+") != 0; i++)
            a->configs[a->config_count++] = config(&words, w[i]);
    }
    run(f, &cmd);
    for (int32_t i = 0; i < cmd.c.count; i++)
        saw_result(f, &cmd, &alters[i].result, "ok");
    arena_done(&words);
    arena_done(&cmd.arena);
}

static void producer_ids(struct fixture *f)
{
    struct command cmd = {.c = {.kind = CTL_PRODUCER_IDS}};
    run(f, &cmd);
    if (cmd.c.error != KW_NONE)
        saw(f, "failed %d", cmd.c.error);
    else
        saw(f, "%lld", (long long)cmd.c.producer_id_first);
    arena_done(&cmd.arena);
}

/* All topics with the number of their partitions and their settings; every shard must say the same. */
static void topics(struct fixture *f)
{
    char first[TEXT_BYTES] = "";
    for (uint32_t s = 0; s < f->rig.sizes.shards; s++) {
        const struct image *img = shard_at(f, s)->image;
        uint32_t at = 0;
        f->seen[0] = '\0';
        for (const struct image_topic *t; (t = image_next(img, &at)) != NULL;) {
            char settings[256] = "";
            for (uint32_t i = 0; i < t->configs.count; i++)
                snprintf(settings + strlen(settings), sizeof(settings) - strlen(settings), " %s=%s",
                         t->configs.pairs[i].key, t->configs.pairs[i].value);
            for (int32_t i = 0; i < t->partition_count; i++) {
                struct part_key key = {t->id, i};
                bool here = placement_shard(key, f->rig.sizes.shards) == s;
                assert_true((partition_find(shard_at(f, s), key) != NULL) == here);
                assert_int_equal(t->partitions[i].leader, 1);
            }
            saw(f, "%s(%d)%s", t->name, t->partition_count, settings);
        }
        if (s == 0)
            snprintf(first, sizeof(first), "%s", f->seen);
        assert_string_equal(f->seen, first);
    }
}

/* ---- data ---- */

struct appending {
    struct part_append a;
    struct mr_work work;
    struct mr_arena arena;
    bool done;
};

static void appended(struct part_append *a)
{
    MR_CONTAINER(a, struct appending, a)->done = true;
}
static void append_now(struct mr_work *w)
{
    partition_append(&MR_CONTAINER(w, struct appending, work)->a);
}
static bool append_is_done(void *ctx)
{
    return ((struct appending *)ctx)->done;
}

static struct partition *partition_of(struct fixture *f, const char *name, const char *index)
{
    struct part_key key = {id_of(f, name), atoi(index)};
    struct partition *p = partition_find(shard_at(f, placement_shard(key, f->rig.sizes.shards)), key);
    assert_non_null(p);
    return p;
}

static void append_batch(struct fixture *f, struct partition *p, struct mr_slice batch)
{
    struct appending one = {.done = false};
    arena_init(&one.arena, 1 << 16);
    one.a = (struct part_append){
        .p = p, .records = batch, .version = 12, .acks = -1, .arena = &one.arena, .done = appended};
    work_init(&one.work, append_now);
    shard_ready(p->home->shard, &one.work);
    io_wake(p->home->shard->io);
    assert_true(world_run_until(f->w, append_is_done, &one, 60 * SECOND));
    if (one.a.error == KW_NONE)
        saw(f, "at %lld", (long long)one.a.base_offset);
    else
        saw(f, "%d", one.a.error);
    arena_done(&one.arena);
}

/* append TOPIC PARTITION COUNT: COUNT records in one batch. */
static void append(struct fixture *f, char **w)
{
    struct batch_build_how how = batch_build_how_plain();
    struct batch_builder b;
    struct mr_scratch out;
    scratch_init(&out, 1 << 20);
    assert_int_equal(batch_build_begin(&b, &how, &out, NULL, NULL), 0);
    for (int i = 0; i < atoi(w[2]); i++) {
        struct batch_record r = {.timestamp = 1700000000000, .value = {(const uint8_t *)"value", 5}};
        assert_int_equal(batch_build_add(&b, &r), 0);
    }
    assert_int_equal(batch_build_end(&b), 0);
    append_batch(f, partition_of(f, w[0], w[1]), (struct mr_slice){out.data, out.len});
    scratch_done(&out);
}

/* ---- the checker ---- */

static void obey(struct fixture *f, char **w, int n)
{
    bool validate = strcmp(w[0], "validate") == 0;
    const char *verb = w[validate];
    char **args = w + 1 + validate;
    n -= 1 + validate;
    if (strcmp(verb, "create") == 0)
        create(f, args, n, validate);
    else if (strcmp(verb, "delete") == 0)
        delete (f, args, n);
    else if (strcmp(verb, "grow") == 0)
        grow(f, args, n, validate);
    else if (strcmp(verb, "alter") == 0)
        alter(f, args, n, true);
    else if (strcmp(verb, "replace") == 0)
        alter(f, args, n, false);
    else if (strcmp(verb, "ids") == 0)
        producer_ids(f);
    else if (strcmp(verb, "topics") == 0)
        topics(f);
    else if (strcmp(verb, "append") == 0)
        append(f, args);
    else if (strcmp(verb, "start") == 0)
        start(f, (uint32_t)atoi(args[0]));
    else if (strcmp(verb, "stop") == 0)
        stop(f);
    else if (strcmp(verb, "kill") == 0 || strcmp(verb, "power-off") == 0) {
        rig_kill(&f->rig, verb[0] == 'p');
        (void)rig_reap(&f->rig, NULL, 0);
    } else
        fail_msg("what is %s", verb);
}

static void check(struct fixture *f, const char *script)
{
    char *copy = strdup(script), *save;
    for (char *line = strtok_r(copy, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save)) {
        char shown[1024], *arrow = strstr(line, "->"), *words[WORDS_MAX] = {NULL}, *word_save;
        int n = 0;
        snprintf(shown, sizeof(shown), "%s", line);
        assert_non_null(arrow);
        *arrow = '\0';
        const char *want = arrow + 2 + strspn(arrow + 2, " ");
        for (char *w = strtok_r(line, " ", &word_save); w != NULL && n < WORDS_MAX;
             w = strtok_r(NULL, " ", &word_save))
            words[n++] = w;
        f->seen[0] = '\0';
        obey(f, words, n);
        if (strcmp(f->seen, want) != 0)
            fail_msg("%s\n  but it was: %s", shown, f->seen);
    }
    free(copy);
}

#endif
