/* The controller and the start of a broker, on simulated machines: commands and their answers in words.
 * Error texts are what Apache Kafka 4.1.0 answered to the same requests. */
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

static bool settled(void *ctx) { return rig_up(ctx) || rig_ended(ctx); }
static bool ended(void *ctx) { return rig_ended(ctx); }

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

static struct broker_shard *shard_at(struct fixture *f, uint32_t i) { return broker_of(f->rig.shards[i]); }

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

static void fixture_init(struct fixture *f, uint64_t seed, const struct world_options *o, uint32_t shards)
{
    static const char *const overrides[] = {"num.partitions=2"};
    *f = (struct fixture){.w = world_new(seed, o)};
    rig_init(&f->rig, f->w, overrides, 1, &f->res);
    if (shards > 0)
        start(f, shards);
    f->seen[0] = '\0';
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

static void command_done(struct ctl_command *c) { ((struct command *)c)->done = true; }
static bool is_done(void *ctx) { return ((struct command *)ctx)->done; }

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

static void saw_result(struct fixture *f, const struct command *cmd, const struct ctl_result *r, const char *good)
{
    if (cmd->c.error != KW_NONE)
        saw(f, "failed %d", cmd->c.error);
    else if (r->error == KW_NONE)
        saw(f, "%s", good);
    else
        saw(f, "%d%s%s", r->error, r->message != NULL ? " " : "", r->message != NULL ? r->message : "");
}

/* ---- words ---- */

static struct mr_str word(const char *w) { return mr_str_of(strcmp(w, "\"\"") == 0 ? "" : w); }

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
        *t = (struct ctl_topic){.name = word(w[i]), .partitions = atoi(w[i + 1]), .replication = (int16_t)atoi(w[i + 2])};
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
        if (topics[i].result.error == KW_NONE && cmd.c.error == KW_NONE && !validate) /* everywhere, at once */
            for (uint32_t s = 0; s < f->rig.sizes.shards; s++)
                assert_non_null(image_topic_by_id(shard_at(f, s)->image, topics[i].id));
    }
    arena_done(&words);
    arena_done(&cmd.arena);
}

static void delete(struct fixture *f, char **w, int n)
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
        *a = (struct ctl_alter){.resource_type = (int8_t)atoi(w[i]), .resource_name = word(w[i + 1]), .incremental = incremental};
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

static void appended(struct part_append *a) { MR_CONTAINER(a, struct appending, a)->done = true; }
static void append_now(struct mr_work *w) { partition_append(&MR_CONTAINER(w, struct appending, work)->a); }
static bool append_is_done(void *ctx) { return ((struct appending *)ctx)->done; }

static struct partition *partition_of(struct fixture *f, const char *name, const char *index)
{
    struct part_key key = {id_of(f, name), atoi(index)};
    struct partition *p = partition_find(shard_at(f, placement_shard(key, f->rig.sizes.shards)), key);
    assert_non_null(p);
    return p;
}

/* append TOPIC PARTITION COUNT: COUNT records in one batch. */
static void append(struct fixture *f, char **w)
{
    struct batch_build_how how = batch_build_how_plain();
    struct batch_builder b;
    struct mr_scratch out;
    struct appending one = {.done = false};
    scratch_init(&out, 1 << 20);
    assert_int_equal(batch_build_begin(&b, &how, &out, NULL, NULL), 0);
    for (int i = 0; i < atoi(w[2]); i++) {
        struct batch_record r = {.timestamp = 1700000000000, .value = {(const uint8_t *)"value", 5}};
        assert_int_equal(batch_build_add(&b, &r), 0);
    }
    assert_int_equal(batch_build_end(&b), 0);
    struct partition *p = partition_of(f, w[0], w[1]);
    arena_init(&one.arena, 1 << 16);
    one.a = (struct part_append){.p = p, .records = {out.data, out.len}, .version = 12, .acks = -1, .arena = &one.arena, .done = appended};
    work_init(&one.work, append_now);
    shard_ready(p->home->shard, &one.work);
    io_wake(p->home->shard->io);
    assert_true(world_run_until(f->w, append_is_done, &one, 60 * SECOND));
    if (one.a.error == KW_NONE)
        saw(f, "at %lld", (long long)one.a.base_offset);
    else
        saw(f, "%d", one.a.error);
    arena_done(&one.arena);
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
        delete(f, args, n);
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
        for (char *w = strtok_r(line, " ", &word_save); w != NULL && n < WORDS_MAX; w = strtok_r(NULL, " ", &word_save))
            words[n++] = w;
        f->seen[0] = '\0';
        obey(f, words, n);
        if (strcmp(f->seen, want) != 0)
            fail_msg("%s\n  but it was: %s", shown, f->seen);
    }
    free(copy);
}

static void check_controller(const char *script)
{
    for (uint32_t shards = 1; shards <= 3; shards += 2) {
        struct fixture f;
        fixture_init(&f, shards, NULL, shards);
        check(&f, script);
        fixture_done(&f);
    }
}

/* ---- tests ---- */

static void topics_are_created(void **state)
{
    (void)state;
    check_controller(
        "create a 3 1              -> ok 3x1\n"
        "create d -1 -1            -> ok 2x1\n"
        "create x 1 1 + y 2 1      -> ok 1x1 + ok 2x1\n"
        "validate create v 5 1     -> ok 5x1\n"
        "create c 1 1 retention.ms=5000 cleanup.policy=compact -> ok 1x1\n"
        "create two 1 1 retention.ms=5000 retention.ms=6000 -> ok 1x1\n"
        "create as -1 -1 @0:1 @1:1 -> ok 2x1\n"
        "create __consumer_offsets 1 1 -> ok 1x1\n"
        "topics -> a(3) + d(2) + x(1) + y(2) + c(1) cleanup.policy=compact retention.ms=5000 + two(1) retention.ms=6000 + as(2)"
        " + __consumer_offsets(1)\n");
}

static void names_are_checked(void **state)
{
    (void)state;
    check_controller(
        "create a 3 1      -> ok 3x1\n"
        "create a 3 1      -> 36 Topic 'a' already exists.\n"
        "validate create a 3 1 -> 36 Topic 'a' already exists.\n"
        "create \"\" 1 1   -> 17 Topic name is invalid: the empty string is not allowed\n"
        "create . 1 1      -> 17 Topic name is invalid: '.' is not allowed\n"
        "create .. 1 1     -> 17 Topic name is invalid: '..' is not allowed\n"
        "create \xc3\xa4 1 1 -> 17 Topic name is invalid: '\xc3\xa4' contains one or more characters other than ASCII "
        "alphanumerics, '.', '_' and '-'\n"
        "create c.d 1 1    -> ok 1x1\n"
        "create c_d 1 1    -> 17 Topic 'c_d' collides with existing topic: c.d\n"
        "create c.d 1 1    -> 36 Topic 'c.d' already exists.\n"
        "create e.f 1 1 + e_f 1 1 -> ok 1x1 + ok 1x1\n" /* Kafka looks at existing topics only */
        "create e-f 1 1    -> ok 1x1\n"
        "delete e_f        -> ok e_f\n"
        "create e_f 1 1    -> 17 Topic 'e_f' collides with existing topic: e.f\n"
        "delete e.f        -> ok e.f\n"
        "create e_f 1 1    -> ok 1x1\n"
        "create q 1 1 + q 2 1 + q3 1 1 -> 42 Duplicate topic name. + 42 Duplicate topic name. + ok 1x1\n"
        "create __cluster_metadata 1 1 -> 42 Creation of internal topic __cluster_metadata is prohibited.\n");
}

static void counts_and_assignments_are_checked(void **state)
{
    (void)state;
    check_controller(
        "create z 0 1  -> 37 Number of partitions was set to an invalid non-positive value.\n"
        "create z -2 1 -> 37 Number of partitions was set to an invalid non-positive value.\n"
        "create z 1 3  -> 38 Unable to replicate the partition 3 time(s): The target replication factor of 3 cannot be reached "
        "because only 1 broker(s) are registered.\n"
        "create z 1 0  -> 38 Replication factor must be larger than 0, or -1 to use the default value.\n"
        "create z 1 -2 -> 38 Replication factor must be larger than 0, or -1 to use the default value.\n"
        "create z 0 0  -> 38 Replication factor must be larger than 0, or -1 to use the default value.\n"
        "create z 2 -1 @0:1 -> 42 A manual partition assignment was specified, but numPartitions was not set to -1.\n"
        "create z -1 1 @0:1 -> 42 A manual partition assignment was specified, but replication factor was not set to -1.\n"
        "create z -1 -1 @0:1 @2:1 -> 39 partitions should be a consecutive 0-based integer sequence\n"
        "create z -1 -1 @-1:1 -> 39 partitions should be a consecutive 0-based integer sequence\n"
        "create z -1 -1 @0:1 @0:1 -> 39 Found multiple manual partition assignments for partition 0\n"
        "create z -1 -1 @0:1 @1:7 -> 39 The manual partition assignment includes broker 7, but no such broker is registered.\n"
        "create z -1 -1 @0:1,1 -> 39 The manual partition assignment includes the broker 1 more than once.\n"
        "create z -1 -1 @0: -> 39 The manual partition assignment includes an empty replica list.\n"
        "create z -1 -1 @0:1 @1: -> 39 The manual partition assignment includes an empty replica list.\n"
        "create z 10001 1 + y 1 1 -> 44 Excessively large number of partitions per request. + 44 Excessively large number of "
        "partitions per request.\n"
        "validate create z 9999 1 + y 1 1 -> ok 9999x1 + ok 1x1\n"
        "create z 1 1 retention.ms=x -> 40 Invalid value x for configuration retention.ms: Not a number of type LONG\n"
        "create z 1 1 nope=x -> 40 Unknown topic config name: nope\n"
        "create z 1 1 retention.ms! cleanup.policy! -> 40 Null value not supported for topic configs: "
        "retention.ms,cleanup.policy\n"
        "topics -> \n");
}

static void topics_are_deleted(void **state)
{
    (void)state;
    check_controller(
        "create a 3 1 + b 1 1 + c 1 1 -> ok 3x1 + ok 1x1 + ok 1x1\n"
        "delete nope   -> 3 This server does not host this topic-partition.\n"
        "delete #nope  -> 100 This server does not host this topic ID.\n"
        "delete #0     -> 42 Neither topic name nor id were specified.\n"
        "delete a #a   -> 42 The provided topic name maps to an ID that was already supplied. + 42 The provided topic name maps "
        "to an ID that was already supplied.\n"
        "delete #a #a  -> 42 Duplicate topic id. + 42 Duplicate topic id.\n"
        "delete a a b  -> 42 Duplicate topic name. + 42 Duplicate topic name. + ok b\n"
        "delete nn nn  -> 42 Duplicate topic name. + 42 Duplicate topic name.\n"
        "topics        -> a(3) + c(1)\n"
        "delete #a     -> ok a\n"
        "create a 2 1  -> ok 2x1\n"
        "topics        -> c(1) + a(2)\n");
}

static void partitions_are_added(void **state)
{
    (void)state;
    check_controller(
        "create a 3 1 -> ok 3x1\n"
        "grow a 3     -> 37 Topic already has 3 partition(s).\n"
        "grow a 2     -> 37 The topic a currently has 3 partition(s); 2 would not be an increase.\n"
        "grow a -1    -> 37 The topic a currently has 3 partition(s); -1 would not be an increase.\n"
        "grow nope 2  -> 3\n"
        "validate grow a 9 -> ok\n"
        "grow a 4     -> ok\n"
        "grow a 6 @1  -> 39 Attempted to add 2 additional partition(s), but only 1 assignment(s) were specified.\n"
        "grow a 5 @none -> 39 Attempted to add 1 additional partition(s), but only 0 assignment(s) were specified.\n"
        "grow a 5 @9  -> 39 The manual partition assignment includes broker 9, but no such broker is registered.\n"
        "grow a 5 @1,1 -> 39 The manual partition assignment includes the broker 1 more than once.\n"
        "grow a 5 @   -> 39 The manual partition assignment includes an empty replica list.\n"
        "grow a 6 @1 @1 -> ok\n"
        "grow a 8 + a 9 -> 42 Duplicate topic name. + 42 Duplicate topic name.\n"
        "topics       -> a(6)\n");
}

static void settings_are_changed(void **state)
{
    (void)state;
    check_controller(
        "create a 1 1 -> ok 1x1\n"
        "alter 2 nope retention.ms=5 -> 3 The topic 'nope' does not exist.\n"
        "alter 2 \"\" retention.ms=5 -> 42 Default topic resources are not allowed.\n"
        "alter 2 a|b retention.ms=5 -> 17 Topic name is invalid: 'a|b' contains one or more characters other than ASCII "
        "alphanumerics, '.', '_' and '-'\n"
        "alter 3 x k=v -> 42 Unknown resource type 3\n"
        "replace 8 1 root=INFO -> 42 Unknown resource type 8\n"
        "alter 4 7 log.cleaner.threads=2 -> 42 Unexpected broker id, expected 1, but received 7\n"
        "alter 4 x log.cleaner.threads=2 -> 42 Node id must be an integer, but it is: x\n"
        "alter 8 7 root=INFO -> 42 Unexpected node id. Expected 1, but received 7\n"
        "alter 4 1 log.cleaner.threads=2 + 4 \"\" log.cleaner.threads=1 -> ok + ok\n"
        "alter 4 1 node.id=2 -> 42 Cannot update these configs dynamically: Set(node.id)\n"
        "alter 2 a retention.ms=77 + 2 a retention.ms=78 -> 42 Each resource must appear at most once. + 42 Each resource must "
        "appear at most once.\n"
        "alter 2 a retention.ms=77 -> ok\n"
        "alter 2 a +cleanup.policy=compact -retention.bytes -> ok\n"
        "topics -> a(1) cleanup.policy=delete,compact retention.ms=77\n"
        "alter 2 a ~cleanup.policy=delete -retention.ms -> ok\n"
        "topics -> a(1) cleanup.policy=compact\n"
        "alter 2 a +retention.ms=77 -> 40 Can't APPEND to key retention.ms because its type is not LIST.\n"
        "alter 2 a retention.ms=z + 2 nope -> 40 Invalid value z for configuration retention.ms: Not a number of type LONG + 3 "
        "The topic 'nope' does not exist.\n"
        "replace 2 a retention.ms=88 -> ok\n"
        "topics -> a(1) retention.ms=88\n"
        "replace 2 a -> ok\n"
        "topics -> a(1)\n"
        "alter 32 g consumer.session.timeout.ms=50000 -> ok\n"
        "alter 32 \"\" consumer.session.timeout.ms=50000 -> 42 Default group resources are not allowed.\n"
        "alter 32 g zz=5 -> 40 Unknown group config name: zz\n"
        "alter 16 m interval.ms=5000 match=client_id=b.* metrics=org.apache. -> ok\n"
        "alter 16 \"\" interval.ms=5000 -> 42 Subscription name can't be empty\n"
        "alter 16 m zz=5 -> 42 Unknown client metrics configuration: zz\n"
        "alter 16 m interval.ms=5 -> 42 Invalid value 5 for interval.ms, interval must be between 100 and 3600000 (1 hour)\n"
        "alter 16 m interval.ms=x -> 40 Invalid value x for configuration interval.ms: Not a number of type INT\n"
        "alter 16 m match=foo=b -> 40 Illegal client matching pattern: foo=b\n"
        "alter 16 m match=client_id=[ -> 40 Illegal client matching pattern: client_id=[\n"
        "alter 16 m match=client_id= -> 40 Illegal client matching pattern: client_id=\n"
        "alter 16 m +metrics=x -> 40 Can't APPEND to key metrics because its type is not LIST.\n"
        "alter 16 m -interval.ms -match -metrics -> ok\n");
}

static void all_is_there_after_a_stop_or_a_kill(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct fixture f;
        fixture_init(&f, seed, NULL, 2);
        check(&f, "create a 3 1 retention.ms=5000 + b 1 1 -> ok 3x1 + ok 1x1\n"
                  "ids            -> 0\n"
                  "ids            -> 1000\n"
                  "append a 1 5   -> at 0\n"
                  "stop           -> clean\n"
                  "start 2        -> clean 2 topics\n"
                  "topics         -> a(3) retention.ms=5000 + b(1)\n"
                  "ids            -> 2000\n"
                  "append a 1 2   -> at 5\n"
                  "delete b       -> ok b\n"
                  "grow a 4       -> ok\n"
                  "kill           -> \n"
                  "start 2        -> crashed 1 topics\n"
                  "topics         -> a(4) retention.ms=5000\n"
                  "ids            -> 3000\n"
                  "append a 1 1   -> at 7\n"
                  "append a 3 1   -> at 0\n"
                  "power-off      -> \n"
                  "start 2        -> crashed 1 topics\n"
                  "topics         -> a(4) retention.ms=5000\n"
                  "ids            -> 4000\n"
                  "append a 1 1   -> at 8\n"
                  "stop           -> clean\n"
                  "start 1        -> clean 1 topics\n"
                  "append a 1 1   -> at 9\n");
        fixture_done(&f);
    }
}

/* Each start has another number of shards: what the shards of before left is theirs to find. */
static void shards_may_change_after_a_crash(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct fixture f;
        fixture_init(&f, seed, NULL, 1);
        check(&f, "create a 5 1  -> ok 5x1\n"
                  "append a 0 3  -> at 0\n"
                  "append a 1 3  -> at 0\n"
                  "kill          -> \n"
                  "start 2       -> crashed 1 topics\n"
                  "append a 0 1  -> at 3\n"
                  "append a 2 1  -> at 0\n"
                  "create b 2 1  -> ok 2x1\n"
                  "kill          -> \n"
                  "start 4       -> crashed 2 topics\n"
                  "append a 0 1  -> at 4\n"
                  "append a 1 1  -> at 3\n"
                  "append a 2 1  -> at 1\n"
                  "append b 1 4  -> at 0\n"
                  "power-off     -> \n"
                  "start 1       -> crashed 2 topics\n"
                  "topics        -> a(5) + b(2)\n"
                  "append a 0 1  -> at 5\n"
                  "append a 1 1  -> at 4\n"
                  "append a 2 1  -> at 2\n"
                  "append b 1 1  -> at 4\n"
                  "append b 0 1  -> at 0\n"
                  "stop          -> clean\n"
                  "start 3       -> clean 2 topics\n"
                  "append a 1 1  -> at 5\n");
        assert_false(node_exists(f.rig.node, "/data/millrace-checkpoint-3-0")); /* of the fourth shard */
        fixture_done(&f);
    }
}

/* A topic that is deleted and made again has nothing of the old one, however the broker ends. */
static void a_topic_made_again_is_empty(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct fixture f;
        fixture_init(&f, seed, NULL, 3);
        check(&f, "create a 3 1  -> ok 3x1\n"
                  "append a 0 3  -> at 0\n"
                  "append a 1 3  -> at 0\n"
                  "append a 2 3  -> at 0\n"
                  "stop          -> clean\n" /* now in files */
                  "start 3       -> clean 1 topics\n"
                  "delete a      -> ok a\n"
                  "create a 3 1  -> ok 3x1\n"
                  "append a 0 1  -> at 0\n"
                  "append a 1 1  -> at 0\n"
                  "append a 2 1  -> at 0\n"
                  "kill          -> \n"
                  "start 3       -> crashed 1 topics\n"
                  "append a 0 1  -> at 1\n"
                  "append a 1 1  -> at 1\n"
                  "delete a      -> ok a\n"
                  "create a 3 1  -> ok 3x1\n"
                  "append a 1 1  -> at 0\n"
                  "stop          -> clean\n"
                  "start 2       -> clean 1 topics\n"
                  "append a 0 1  -> at 0\n"
                  "append a 1 1  -> at 1\n"
                  "append a 2 1  -> at 0\n");
        fixture_done(&f);
    }
}

/* Commands of many shards at once run one after the other; each is answered on its own shard. */
static void commands_queue_up(void **state)
{
    (void)state;
    enum { COMMANDS = 60 };
    struct fixture f;
    static struct command cmds[COMMANDS];
    static struct ctl_topic topics_of[COMMANDS];
    fixture_init(&f, 7, NULL, 4);
    memset(cmds, 0, sizeof(cmds));
    memset(topics_of, 0, sizeof(topics_of));
    for (int i = 0; i < COMMANDS; i++) {
        topics_of[i] = (struct ctl_topic){.name = MR_STR_LIT("same"), .partitions = 1, .replication = 1};
        cmds[i].c = (struct ctl_command){.kind = i % 3 == 2 ? CTL_PRODUCER_IDS : CTL_CREATE_TOPICS, .u.topics = &topics_of[i]};
        cmds[i].c.count = i % 3 == 2 ? 0 : 1;
        submit(&f, &cmds[i]);
    }
    int made = 0;
    bool ids[COMMANDS] = {false};
    for (int i = 0; i < COMMANDS; i++) {
        assert_true(world_run_until(f.w, is_done, &cmds[i], 60 * SECOND));
        assert_int_equal(cmds[i].c.error, KW_NONE);
        if (i % 3 == 2) { /* blocks of a thousand, none handed out twice */
            int64_t block = cmds[i].c.producer_id_first / 1000;
            assert_int_equal(cmds[i].c.producer_id_first % 1000, 0);
            assert_true(block < COMMANDS && !ids[block]);
            ids[block] = true;
        } else {
            made += topics_of[i].result.error == KW_NONE;
        }
        arena_done(&cmds[i].arena);
    }
    assert_int_equal(made, 1);
    fixture_done(&f);
}

static void a_failed_disk_ends_changes(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 3, NULL, 2);
    check(&f, "create a 1 1 -> ok 1x1\n");
    node_fault(f.rig.node, &(struct disk_fault){.kinds = 1u << SIM_WRITE_FLUSH, .path = "journal-0", .err = -EIO, .effect = DISK_EFFECT_NONE});
    check(&f, "create b 1 1 -> failed 56\n"
              "create c 1 1 -> failed 56\n"
              "ids          -> failed 56\n"
              "topics       -> a(1)\n");
    node_faults_clear(f.rig.node);
    stop(&f);
    assert_string_not_equal(f.seen, "clean");
    check(&f, "start 2      -> crashed 1 topics\n"
              "create b 1 1 -> ok 1x1\n");
    fixture_done(&f);
}

/* Shard 1's disk fails: topics could not be removed as a whole any more, so shard 0 refuses too. */
static void any_failed_shard_ends_changes(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 3, NULL, 2);
    check(&f, "create a 8 1 -> ok 8x1\n");
    node_fault(f.rig.node, &(struct disk_fault){.kinds = 1u << SIM_WRITE_FLUSH, .path = "journal-1", .err = -EIO});
    int failed = 0;
    for (char index[2] = "0"; index[0] < '8'; index[0]++) {
        char *words[] = {(char *)"a", index, (char *)"1"};
        f.seen[0] = '\0';
        append(&f, words);
        failed += strcmp(f.seen, "56") == 0;
    }
    assert_int_equal(failed, 4);
    check(&f, "create b 1 1 -> failed 56\n");
    fixture_done(&f);
}

/* ---- directories of Apache Kafka ---- */

static void put_text(struct fixture *f, const char *path, const char *text) { node_put(f->rig.node, path, text, strlen(text)); }

static void put_file(struct fixture *f, const char *path, const char *name)
{
    char from[512];
    uint8_t bytes[16384];
    snprintf(from, sizeof(from), "%.*s/data/%s", (int)(strrchr(__FILE__, '/') - __FILE__), __FILE__, name);
    FILE *in = fopen(from, "rb");
    assert_non_null(in);
    size_t len = fread(bytes, 1, sizeof(bytes), in);
    assert_true(len > 0 && len < sizeof(bytes));
    fclose(in);
    node_put(f->rig.node, path, bytes, len);
}

/* tests/unit/data/kafka-4.1.0-metadata.*: log and newest snapshot of a directory made with `format --standalone` (so the log
 * names the voters), in which topics s1 to s8 were created before Kafka was stopped. */
static void kafka_dir(struct fixture *f)
{
    node_mkdirs(f->rig.node, "/data/__cluster_metadata-0");
    put_text(f, "/data/meta.properties",
             "version=1\ncluster.id=8nf_eY50Rwekmx2khEjCyg\nnode.id=1\ndirectory.id=zuWTSUdsSu20HQ4AbWYUPA\n");
    put_text(f, "/data/.kafka_cleanshutdown", "{\"version\":0,\"brokerEpoch\":9}");
    put_text(f, "/data/__cluster_metadata-0/quorum-state",
             "{\"leaderId\":1,\"leaderEpoch\":1,\"votedId\":-1,\"votedDirectoryId\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"data_version\":1}");
    put_text(f, "/data/__cluster_metadata-0/partition.metadata", "version: 0\ntopic_id: AAAAAAAAAAAAAAAAAAAAAQ");
    put_text(f, "/data/__cluster_metadata-0/leader-epoch-checkpoint", "0\n1\n1 0\n");
    put_file(f, "/data/__cluster_metadata-0/00000000000000000000.log", "kafka-4.1.0-metadata.log");
    put_file(f, "/data/__cluster_metadata-0/00000000000000000067-0000000001.checkpoint", "kafka-4.1.0-metadata.checkpoint");
}

static const char *file_text(struct fixture *f, const char *path, char dst[512])
{
    int64_t n = node_peek(f->rig.node, path, 0, dst, 511);
    assert_true(n >= 0);
    dst[n] = '\0';
    return dst;
}

static void a_directory_of_kafka_is_taken_over(void **state)
{
    (void)state;
    struct fixture f;
    char text[512];
    fixture_init(&f, 1, NULL, 0);
    kafka_dir(&f);
    check(&f, "start 2 -> clean 8 topics\n"
              "topics  -> s6(1) + s5(1) + s1(1) + s8(1) + s3(1) + s2(1) + s7(1) + s4(1)\n"); /* in the snapshot's order, all led by us */
    const struct image *img = shard_at(&f, 1)->image;
    assert_int_equal(image_feature_level(img, "metadata.version"), 27);
    assert_int_equal(img->epoch, 2);
    struct image_topic *t = image_topic(img, MR_STR_LIT("s1"));
    assert_int_equal(t->partitions[0].elr_count, 0);
    assert_int_equal(t->partitions[0].isr_count, 1);
    check(&f, "create t 1 1 -> ok 1x1\n"
              "stop    -> clean\n");
    /* With kraft.version 1 the state does not name voters. */
    assert_string_equal(file_text(&f, "/data/__cluster_metadata-0/quorum-state", text),
                        "{\"leaderId\":1,\"leaderEpoch\":2,\"votedId\":-1,\"votedDirectoryId\":\"AAAAAAAAAAAAAAAAAAAAAA\","
                        "\"data_version\":1}");
    check(&f, "start 1 -> clean 9 topics\n");
    fixture_done(&f);
}

/* The snapshot counts, not what the log says before its end: here the log is cut down to what follows it. */
static void a_snapshot_stands_for_the_log_before_it(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 1, NULL, 0);
    kafka_dir(&f);
    /* The same snapshot as of offset 0, and no log at all. */
    put_file(&f, "/data/__cluster_metadata-0/00000000000000000000-0000000000.checkpoint", "kafka-4.1.0-metadata.checkpoint");
    node_put(f.rig.node, "/data/__cluster_metadata-0/00000000000000000000.log", "", 0);
    /* One that ends beyond the log cannot be used: what lies between is missing. */
    check(&f, "start 1 -> the metadata log ends at offset 0, before its snapshot at 67: start Apache Kafka once\n");
    fixture_done(&f);

    fixture_init(&f, 1, NULL, 0);
    kafka_dir(&f);
    put_file(&f, "/data/__cluster_metadata-0/00000000000000000069-0000000001.checkpoint", "kafka-4.1.0-metadata.checkpoint");
    uint8_t damage[100] = {0};
    node_put(f.rig.node, "/data/__cluster_metadata-0/00000000000000000067-0000000001.checkpoint", damage, sizeof(damage));
    put_text(&f, "/data/__cluster_metadata-0/00000000000000000068-0000000001.checkpoint.part", "half");
    check(&f, "start 1 -> clean 8 topics\n"
              "topics  -> s6(1) + s5(1) + s1(1) + s8(1) + s3(1) + s2(1) + s7(1) + s4(1)\n");
    fixture_done(&f);
}

static void a_log_of_other_voters_is_refused(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 1, NULL, 0);
    kafka_dir(&f);
    put_text(&f, "/data/__cluster_metadata-0/quorum-state",
             "{\"clusterId\":\"\",\"leaderId\":1,\"leaderEpoch\":1,\"votedId\":-1,\"appliedOffset\":0,\"currentVoters\":"
             "[{\"voterId\":1},{\"voterId\":2}],\"data_version\":0}");
    check(&f, "start 1 -> the metadata log in /data belongs to a quorum with voter 2: this version is a cluster of its own and "
              "takes only the log of a single node with its own node.id (1)\n");
    /* It was closed again as it had been opened: clean. */
    assert_true(node_exists(f.rig.node, "/data/.kafka_cleanshutdown"));
    kafka_dir(&f);
    check(&f, "start 1 -> clean 8 topics\n");
    fixture_done(&f);
}

static void directories_without_a_topic_are_set_aside(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 1, NULL, 0);
    kafka_dir(&f);
    node_mkdirs(f.rig.node, "/data/gone-0");
    put_text(&f, "/data/gone-0/partition.metadata", "version: 0\ntopic_id: zuWTSUdsSu20HQ4AbWYUPA");
    node_mkdirs(f.rig.node, "/data/s1-1");
    node_mkdirs(f.rig.node, "/data/not a partition");
    check(&f, "start 2 -> clean 8 topics + removed 0 strays 2\n");
    assert_false(node_exists(f.rig.node, "/data/gone-0"));
    assert_false(node_exists(f.rig.node, "/data/s1-1"));
    assert_true(node_exists(f.rig.node, "/data/not a partition"));
    check(&f, "create gone 1 1 -> ok 1x1\n"
              "append gone 0 1 -> at 0\n"
              "stop    -> clean\n"
              "start 2 -> clean 9 topics\n"
              "append gone 0 1 -> at 1\n");
    fixture_done(&f);
}

static void a_damaged_log_is_not_served(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, 1, NULL, 0);
    kafka_dir(&f);
    assert_int_equal(node_bit_rot(f.rig.node, "/data/__cluster_metadata-0/00000000000000000067-0000000001.checkpoint", 700, 1, 1), 0);
    start(&f, 1);
    assert_non_null(strstr(f.seen, "the snapshot of the metadata"));
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(topics_are_created),
        cmocka_unit_test(names_are_checked),
        cmocka_unit_test(counts_and_assignments_are_checked),
        cmocka_unit_test(topics_are_deleted),
        cmocka_unit_test(partitions_are_added),
        cmocka_unit_test(settings_are_changed),
        cmocka_unit_test(all_is_there_after_a_stop_or_a_kill),
        cmocka_unit_test(shards_may_change_after_a_crash),
        cmocka_unit_test(a_topic_made_again_is_empty),
        cmocka_unit_test(commands_queue_up),
        cmocka_unit_test(a_failed_disk_ends_changes),
        cmocka_unit_test(any_failed_shard_ends_changes),
        cmocka_unit_test(a_directory_of_kafka_is_taken_over),
        cmocka_unit_test(a_snapshot_stands_for_the_log_before_it),
        cmocka_unit_test(a_log_of_other_voters_is_refused),
        cmocka_unit_test(directories_without_a_topic_are_set_aside),
        cmocka_unit_test(a_damaged_log_is_not_served),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
