/* The image of the cluster, from records that are written here by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/broker/image.h"
#include "core/broker/meta.h"
#include "core/broker/meta_out.h"
#include "net/wire/gen/meta_nodes.h"
#include "net/wire/gen/meta_other.h"
#include "net/wire/gen/meta_security.h"
#include "net/wire/gen/meta_topics.h"

enum { ME = 1, WORDS_MAX = 16, TEXT_BYTES = 4096 };

struct fixture {
    struct image *img;
    struct meta_out out;
    char seen[TEXT_BYTES]; /* what changed() was told, in words */
    bool batching;         /* several records make one batch */
};

static struct mr_uuid id_of(const char *text)
{
    struct mr_uuid id = {{[0] = 0x40}};
    id.bytes[15] = (uint8_t)atoi(text);
    return id;
}

static void saw(struct fixture *f, const char *fmt, ...) MR_PRINTF(2, 3);
static void saw(struct fixture *f, const char *fmt, ...)
{
    size_t len = strlen(f->seen);
    va_list args;
    if (len > 0)
        len += (size_t)snprintf(f->seen + len, sizeof(f->seen) - len, ", ");
    va_start(args, fmt);
    vsnprintf(f->seen + len, sizeof(f->seen) - len, fmt, args);
    va_end(args);
}

static void on_change(void *ctx, const struct image_change *c)
{
    struct fixture *f = ctx;
    const char *name = c->topic != NULL ? c->topic->name : NULL;
    switch (c->kind) {
    case IMAGE_TOPIC_ADDED:
        saw(f, "+%s", name);
        break;
    case IMAGE_TOPIC_REMOVED: /* still whole, though gone from the maps */
        assert_true(image_topic_by_id(f->img, c->topic->id) != c->topic);
        saw(f, "-%s", name);
        break;
    case IMAGE_PARTITION_ADDED:
        saw(f, "+%s-%d", name, c->partition);
        break;
    case IMAGE_PARTITION_CHANGED:
        saw(f, "%s-%d", name, c->partition);
        break;
    case IMAGE_TOPIC_CONFIG:
        saw(f, "%s config", name);
        break;
    case IMAGE_BROKER_CONFIG:
        saw(f, "config");
        break;
    }
}

/* Numbers between commas; "-" is an empty list, "null" none. */
static int32_t numbers(const char *text, int32_t *dst)
{
    int32_t n = 0;
    if (strcmp(text, "null") == 0)
        return -1;
    for (const char *p = text; *p != '\0' && *p != '-'; p = strchr(p, ',') != NULL ? strchr(p, ',') + 1 : "")
        dst[n++] = atoi(p);
    return n;
}

static const char *value_of(char **words, int count, const char *key, const char *otherwise)
{
    size_t len = strlen(key);
    for (int i = 0; i < count; i++) {
        if (strncmp(words[i], key, len) == 0 && words[i][len] == '=')
            return words[i] + len + 1;
    }
    return otherwise;
}

static void no_fields(struct kw_writer *w, int16_t version, const void *message)
{
    (void)version;
    (void)message;
    kw_put_uvarint(w, 0); /* no tagged fields */
}

/* One record from words; false when it is no record. */
static bool put_record(struct fixture *f, char **w, int n)
{
    struct meta_out *o = &f->out;
    int32_t a[8], b[8], c[8];
    if (strcmp(w[0], "topic") == 0) {
        struct kw_topic_record r = {mr_str_of(w[1]), id_of(w[2])};
        meta_out_put(o, &kw_topic_record_info, 0, &r);
    } else if (strcmp(w[0], "remove") == 0) {
        struct kw_remove_topic_record r = {id_of(w[1])};
        meta_out_put(o, &kw_remove_topic_record_info, 0, &r);
    } else if (strcmp(w[0], "part") == 0) {
        struct kw_partition_record r;
        kw_partition_record_init(&r);
        r.topic_id = id_of(w[1]);
        r.partition_id = atoi(w[2]);
        r.replicas = a;
        r.replicas_count = numbers(value_of(w, n, "replicas", "1"), a);
        r.isr = b;
        r.isr_count = numbers(value_of(w, n, "isr", "1"), b);
        r.leader = atoi(value_of(w, n, "leader", "1"));
        r.leader_epoch = r.partition_epoch = 0;
        meta_out_put(o, &kw_partition_record_info, 2, &r);
    } else if (strcmp(w[0], "change") == 0) {
        struct kw_partition_change_record r;
        kw_partition_change_record_init(&r);
        r.topic_id = id_of(w[1]);
        r.partition_id = atoi(w[2]);
        r.isr = a;
        r.isr_count = numbers(value_of(w, n, "isr", "null"), a);
        r.replicas = b;
        r.replicas_count = numbers(value_of(w, n, "replicas", "null"), b);
        r.eligible_leader_replicas = c;
        r.eligible_leader_replicas_count = numbers(value_of(w, n, "elr", "null"), c);
        r.leader = atoi(value_of(w, n, "leader", "-2"));
        meta_out_put(o, &kw_partition_change_record_info, 2, &r);
    } else if (strcmp(w[0], "config") == 0) {
        struct kw_config_record r = {(int8_t)atoi(w[1]), mr_str_of(strcmp(w[2], "\"\"") == 0 ? "" : w[2]),
                                     mr_str_of(w[3]), mr_str_of(n > 4 ? w[4] : NULL)};
        meta_out_put(o, &kw_config_record_info, 0, &r);
    } else if (strcmp(w[0], "feature") == 0) {
        struct kw_feature_level_record r = {mr_str_of(w[1]), (int16_t)atoi(w[2])};
        meta_out_put(o, &kw_feature_level_record_info, 0, &r);
    } else if (strcmp(w[0], "broker") == 0) {
        struct kw_register_broker_record_end_point e = {mr_str_of("PLAINTEXT"), mr_str_of("h"), 9092, 0};
        struct kw_register_broker_record r;
        kw_register_broker_record_init(&r);
        r.broker_id = atoi(w[1]);
        r.broker_epoch = atoi(w[2]);
        r.end_points = &e;
        r.end_points_count = 1;
        r.rack = mr_str_of(value_of(w, n, "rack", NULL));
        meta_out_put(o, &kw_register_broker_record_info, 3, &r);
    } else if (strcmp(w[0], "fence") == 0) {
        struct kw_broker_registration_change_record r;
        kw_broker_registration_change_record_init(&r);
        r.broker_id = atoi(w[1]);
        r.broker_epoch = atoi(w[2]);
        r.fenced = (int8_t)atoi(w[3]);
        meta_out_put(o, &kw_broker_registration_change_record_info, 0, &r);
    } else if (strcmp(w[0], "unregister") == 0) {
        struct kw_unregister_broker_record r = {atoi(w[1]), atoi(w[2])};
        meta_out_put(o, &kw_unregister_broker_record_info, 0, &r);
    } else if (strcmp(w[0], "ids") == 0) {
        struct kw_producer_ids_record r = {1, 1, atoi(w[1])};
        meta_out_put(o, &kw_producer_ids_record_info, 0, &r);
    } else if (strcmp(w[0], "clear-elr") == 0) {
        struct kw_clear_elr_record r = {mr_str_of(n > 1 ? w[1] : "")};
        meta_out_put(o, &kw_clear_elr_record_info, 0, &r);
    } else if (strcmp(w[0], "begin") == 0) {
        struct kw_begin_transaction_record r = {mr_str_of("test")};
        meta_out_put(o, &kw_begin_transaction_record_info, 0, &r);
    } else if (strcmp(w[0], "end") == 0) {
        meta_out_put(o, &kw_end_transaction_record_info, 0, &(struct kw_end_transaction_record){0});
    } else if (strcmp(w[0], "abort") == 0) {
        meta_out_put(o, &kw_abort_transaction_record_info, 0,
                     &(struct kw_abort_transaction_record){mr_str_of(NULL)});
    } else if (strcmp(w[0], "ignored") == 0) { /* a type that is read and passed over */
        const struct kw_message *info = kw_record_info((int16_t)atoi(w[1]));
        _Alignas(8) uint8_t message[512];
        assert_non_null(info);
        assert_true(info->size <= sizeof(message));
        info->init(message);
        meta_out_put(o, info, info->v_min, message);
    } else if (strcmp(w[0], "unknown") == 0) { /* a type that nobody knows */
        struct kw_message info = kw_no_op_record_info;
        info.key = 99;
        meta_out_put(o, &info, 0, &(struct kw_no_op_record){0});
    } else if (strcmp(w[0], "newer") == 0) { /* a version that nobody knows */
        struct kw_message info = kw_no_op_record_info;
        info.encode = no_fields;
        meta_out_put(o, &info, 9, &(struct kw_no_op_record){0});
    } else {
        return false;
    }
    return true;
}

static void apply(struct fixture *f, bool control)
{
    if (control)
        meta_out_control(&f->out, CONTROL_LEADER_CHANGE, (struct mr_slice){(const uint8_t *)"\0\0", 2});
    assert_int_equal(meta_out_end(&f->out), 0);
    meta_out_assign(&f->out, f->img->offset + 1, 5);
    f->seen[0] = '\0';
    int err = meta_apply(f->img, (struct mr_slice){f->out.bytes.data, f->out.bytes.len}, on_change, f);
    if (err != 0)
        snprintf(f->seen, sizeof(f->seen), "%s",
                 err == -MR_E_CORRUPT   ? "corrupt"
                 : err == -MR_E_VERSION ? "version"
                                        : mr_err_text(err));
    meta_out_begin(&f->out, f->img->offset + 1, 1000);
}

static void print_list(struct fixture *f, const char *what, const int32_t *items, int32_t count)
{
    char text[128] = "";
    for (int32_t i = 0; i < count; i++)
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%d", i > 0 ? "," : "", items[i]);
    saw(f, "%s=%s", what, text);
}

/* Questions about the image. */
static bool ask(struct fixture *f, char **w, int n)
{
    struct image *img = f->img;
    if (strcmp(w[0], "?") == 0 && n == 2) { /* a topic: its partitions */
        const struct image_topic *t = image_topic(img, mr_str_of(w[1]));
        if (t == NULL) {
            saw(f, "none");
            return true;
        }
        assert_ptr_equal(image_topic_by_id(img, t->id), t);
        saw(f, "id=%d%s", t->id.bytes[15], t->internal ? " internal" : "");
        for (int32_t i = 0; i < t->partition_count; i++)
            saw(f, "%d:%d", i, t->partitions[i].leader);
        for (uint32_t i = 0; i < t->configs.count; i++)
            saw(f, "%s=%s", t->configs.pairs[i].key, t->configs.pairs[i].value);
        return true;
    }
    if (strcmp(w[0], "?part") == 0) {
        const struct image_partition *p = &image_topic(img, mr_str_of(w[1]))->partitions[atoi(w[2])];
        saw(f, "leader=%d epoch=%d version=%d", p->leader, p->leader_epoch, p->partition_epoch);
        print_list(f, "replicas", p->replicas, p->replica_count);
        print_list(f, "isr", p->isr, p->isr_count);
        print_list(f, "elr", p->elr, p->elr_count);
        return true;
    }
    if (strcmp(w[0], "?topics") == 0) {
        uint32_t at = 0;
        for (const struct image_topic *t; (t = image_next(img, &at)) != NULL;)
            saw(f, "%s", t->name);
        saw(f, "partitions=%d", img->partition_total);
        return true;
    }
    if (strcmp(w[0], "?configs") == 0) {
        for (uint32_t i = 0; i < img->broker_configs.count; i++)
            saw(f, "own %s=%s", img->broker_configs.pairs[i].key, img->broker_configs.pairs[i].value);
        for (uint32_t i = 0; i < img->cluster_configs.count; i++)
            saw(f, "all %s=%s", img->cluster_configs.pairs[i].key, img->cluster_configs.pairs[i].value);
        return true;
    }
    if (strcmp(w[0], "?other") == 0) {
        const struct config_map *m = image_configs(img, (int8_t)atoi(w[1]), mr_str_of(w[2]));
        saw(f, "%s", m == NULL ? "none" : config_map_get(m, w[3]));
        return true;
    }
    if (strcmp(w[0], "?brokers") == 0) {
        uint32_t at = 0;
        for (const struct image_broker *b; (b = map_next(&img->brokers, &at)) != NULL;)
            saw(f, "%d epoch=%d %s%s%s %s:%u", b->id, (int)b->epoch, b->fenced ? "fenced" : "live",
                b->rack != NULL ? " rack=" : "", b->rack != NULL ? b->rack : "", b->endpoints[0].host,
                b->endpoints[0].port);
        return true;
    }
    if (strcmp(w[0], "?feature") == 0) {
        saw(f, "%d", image_feature_level(img, w[1]));
        return true;
    }
    if (strcmp(w[0], "?end") == 0) {
        saw(f, "offset=%d epoch=%d ids=%d", (int)img->offset, img->epoch, (int)img->next_producer_id);
        return true;
    }
    return false;
}

/* Lines "WORDS -> what changed" or "QUESTION -> answer". A line that ends in "..." shares its batch with the
 * next. */
static void check_image(const char *script)
{
    struct fixture f = {0};
    assert_int_equal(image_new(ME, &f.img), 0);
    meta_out_init(&f.out);
    meta_out_begin(&f.out, 0, 1000);
    char *copy = strdup(script), *save;
    for (char *line = strtok_r(copy, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save)) {
        char shown[512], *arrow = strstr(line, "->"), *words[WORDS_MAX] = {NULL}, *word_save;
        int n = 0;
        snprintf(shown, sizeof(shown), "%s", line);
        assert_non_null(arrow);
        *arrow = '\0';
        char *want = arrow + 2;
        want += strspn(want, " ");
        for (char *w = strtok_r(line, " ", &word_save); w != NULL && n < WORDS_MAX;
             w = strtok_r(NULL, " ", &word_save))
            words[n++] = w;
        f.seen[0] = '\0';
        if (strcmp(words[0], "control") == 0) {
            apply(&f, true);
        } else if (!ask(&f, words, n)) {
            if (!put_record(&f, words, n))
                fail_msg("what is this: %s", shown);
            if (strcmp(want, "...") == 0)
                continue;
            apply(&f, false);
        }
        if (strcmp(f.seen, want) != 0)
            fail_msg("%s\n  but it was: %s", shown, f.seen);
    }
    free(copy);
    image_free(f.img);
    meta_out_done(&f.out);
}

static void topics_come_and_go(void **state)
{
    (void)state;
    check_image("topic a 1                  -> ...\n"
                "part 1 0                   -> ...\n"
                "part 1 1                   -> +a, +a-0, +a-1\n"
                "topic __consumer_offsets 2 -> +__consumer_offsets\n"
                "part 2 0                   -> +__consumer_offsets-0\n"
                "? a                        -> id=1, 0:1, 1:1\n"
                "? __consumer_offsets       -> id=2 internal, 0:1\n"
                "?topics                    -> a, __consumer_offsets, partitions=3\n"
                "remove 1                   -> -a\n"
                "? a                        -> none\n"
                "topic a 3                  -> +a\n"
                "?topics                    -> __consumer_offsets, a, partitions=1\n"
                "?end                       -> offset=6 epoch=5 ids=0\n");
}

/* One batch may delete a topic and make another of its name, or make one and delete it. */
static void a_batch_may_reuse_a_name(void **state)
{
    (void)state;
    check_image("topic a 1  -> ...\n"
                "part 1 0   -> +a, +a-0\n"
                "remove 1   -> ...\n"
                "topic a 2  -> ...\n"
                "part 2 0   -> -a, +a, +a-0\n"
                "? a        -> id=2, 0:1\n"
                "topic b 3  -> ...\n"
                "part 3 0   -> ...\n"
                "remove 3   -> +b, +b-0, -b\n"
                "?topics    -> a, partitions=1\n");
}

static void partitions_change(void **state)
{
    (void)state;
    check_image(
        "topic a 1                     -> ...\n"
        "part 1 0 replicas=1,2 isr=1,2 -> +a, +a-0\n"
        "?part a 0                     -> leader=1 epoch=0 version=0, replicas=1,2, isr=1,2, elr=\n"
        "change 1 0 isr=2 leader=2     -> a-0\n"
        "?part a 0                     -> leader=2 epoch=1 version=1, replicas=1,2, isr=2, elr=\n"
        "change 1 0 elr=1              -> a-0\n"
        "?part a 0                     -> leader=2 epoch=1 version=2, replicas=1,2, isr=2, elr=1\n"
        "change 1 0 isr=- leader=-1    -> a-0\n"
        "?part a 0                     -> leader=-1 epoch=2 version=3, replicas=1,2, isr=, elr=1\n"
        "change 1 0 leader=1 isr=1     -> a-0\n"
        "change 1 0 leader=1           -> a-0\n" /* the same leader once more: a new epoch (KIP-631) */
        "?part a 0                     -> leader=1 epoch=4 version=5, replicas=1,2, isr=1, elr=1\n"
        "clear-elr                     -> \n"
        "?part a 0                     -> leader=1 epoch=4 version=5, replicas=1,2, isr=1, elr=\n"
        "change 1 0 replicas=3,4,5     -> a-0\n"
        "?part a 0                     -> leader=1 epoch=4 version=6, replicas=3,4,5, isr=1, elr=\n"
        "part 1 0 replicas=1           -> a-0\n" /* the whole record again */
        "?part a 0                     -> leader=1 epoch=0 version=0, replicas=1, isr=1, elr=\n"
        "?topics                       -> a, partitions=1\n");
}

/* Out of a Java hash map they may come in any order. */
static void partitions_may_come_out_of_order(void **state)
{
    (void)state;
    check_image("topic a 1 -> +a\n"
                "part 1 3  -> +a-3\n"
                "? a       -> id=1, 0:-1, 1:-1, 2:-1, 3:1\n"
                "?topics   -> a, partitions=1\n"
                "part 1 0  -> +a-0\n"
                "part 1 2  -> ...\n"
                "part 1 1  -> +a-2, +a-1\n"
                "? a       -> id=1, 0:1, 1:1, 2:1, 3:1\n"
                "?topics   -> a, partitions=4\n"
                "remove 1  -> -a\n"
                "?topics   -> partitions=0\n");
}

static void settings_find_their_place(void **state)
{
    (void)state;
    check_image("config 2 a retention.ms 5 -> \n" /* before its topic: kept for it */
                "topic a 1                 -> +a\n"
                "? a                       -> id=1, retention.ms=5\n"
                "config 2 a cleanup.policy compact -> ...\n"
                "config 2 a retention.ms 6 -> a config\n" /* told once */
                "? a                       -> id=1, cleanup.policy=compact, retention.ms=6\n"
                "config 2 a retention.ms   -> a config\n"
                "? a                       -> id=1, cleanup.policy=compact\n"
                "config 4 \"\" x 1         -> config\n"
                "config 4 1 x 2            -> config\n"
                "config 4 2 x 3            -> \n" /* another broker's */
                "?configs                  -> own x=2, all x=1\n"
                "?other 4 2 x              -> 3\n"
                "config 32 g session 7     -> \n"
                "?other 32 g session       -> 7\n"
                "config 32 g session       -> \n"
                "?other 32 g session       -> none\n"
                "config 32 g nothing       -> \n"
                "remove 1                  -> -a\n"
                "topic a 2                 -> +a\n"
                "? a                       -> id=2\n"); /* settings went with the topic */
}

static void brokers_and_the_rest(void **state)
{
    (void)state;
    check_image("broker 1 7 rack=r    -> \n"
                "broker 2 8           -> \n"
                "?brokers             -> 1 epoch=7 fenced rack=r h:9092, 2 epoch=8 fenced h:9092\n"
                "fence 1 7 -1         -> \n"
                "fence 2 8 0          -> \n"
                "?brokers             -> 1 epoch=7 live rack=r h:9092, 2 epoch=8 fenced h:9092\n"
                "broker 1 9           -> \n"
                "unregister 2 8       -> \n"
                "?brokers             -> 1 epoch=9 fenced h:9092\n"
                "feature metadata.version 27 -> \n"
                "feature group.version 1 -> \n"
                "feature group.version 0 -> \n"
                "?feature metadata.version -> 27\n"
                "?feature group.version -> 0\n"
                "ids 1000             -> \n"
                "control              -> \n"
                "ignored 10           -> \n"
                "ignored 18           -> \n"
                "ignored 20           -> \n"
                "ignored 27           -> \n"
                "?end                 -> offset=14 epoch=5 ids=1000\n");
}

static void a_transaction_counts_whole_or_not_at_all(void **state)
{
    (void)state;
    check_image("begin      -> \n"
                "topic a 1  -> \n"
                "part 1 0   -> \n"
                "? a        -> none\n"
                "end        -> +a, +a-0\n"
                "? a        -> id=1, 0:1\n"
                "begin      -> ...\n"
                "remove 1   -> \n"
                "abort      -> \n"
                "? a        -> id=1, 0:1\n"
                "begin      -> ...\n"
                "topic b 2  -> ...\n"
                "end        -> +b\n"
                "?end       -> offset=9 epoch=5 ids=0\n");
}

static void damage_is_an_error(void **state)
{
    (void)state;
    check_image("unknown -> version\n");
    check_image("newer -> version\n");
    check_image("remove 1 -> corrupt\n");
    check_image("part 1 0 -> corrupt\n");
    check_image("topic a 1 -> ...\n topic a 2 -> corrupt\n");
    check_image("topic a 1 -> ...\n topic b 1 -> corrupt\n");
    check_image("topic a 0 -> ...\n part 0 2000000 -> corrupt\n");
    check_image("topic a 1 -> ...\n part 1 0 replicas=- -> corrupt\n");
    check_image("topic a 1 -> ...\n part 1 1 -> +a, +a-1\n change 1 0 leader=1 -> corrupt\n"); /* a hole */
    check_image("topic a 1 -> ...\n part 1 -1 -> corrupt\n");
    check_image("fence 1 7 -1 -> corrupt\n");
    check_image("broker 1 7 -> ...\n fence 1 8 -1 -> corrupt\n");
    check_image("unregister 1 7 -> corrupt\n");
    check_image("end -> corrupt\n");
    check_image("abort -> corrupt\n");
    check_image("begin -> ...\n begin -> corrupt\n");
}

/* A byte that changed anywhere in a batch never goes unnoticed. */
static void flipped_bytes_are_noticed(void **state)
{
    (void)state;
    struct meta_out o;
    struct kw_topic_record topic = {mr_str_of("topic"), id_of("9")};
    meta_out_init(&o);
    meta_out_begin(&o, 0, 1000);
    meta_out_put(&o, &kw_topic_record_info, 0, &topic);
    assert_int_equal(meta_out_end(&o), 0);
    for (size_t i = 0; i < o.bytes.len; i++) {
        struct image *img;
        assert_int_equal(image_new(ME, &img), 0);
        o.bytes.data[i] ^= 0x55;
        int err = meta_apply(img, (struct mr_slice){o.bytes.data, o.bytes.len}, NULL, NULL);
        bool outside =
            i < 8 || (i >= 12 && i < 16); /* base offset and leader epoch lie outside the checksum */
        assert_true(outside ? err == 0 : err == -MR_E_CORRUPT || err == -MR_E_VERSION);
        o.bytes.data[i] ^= 0x55;
        image_free(img);
    }
    for (size_t len = 1; len < o.bytes.len; len++) {
        struct image *img;
        assert_int_equal(image_new(ME, &img), 0);
        assert_int_equal(meta_apply(img, (struct mr_slice){o.bytes.data, len}, NULL, NULL), -MR_E_CORRUPT);
        image_free(img);
    }
    meta_out_done(&o);
}

/* Commands of many records become several batches of a mebibyte at most. */
static void long_commands_become_several_batches(void **state)
{
    (void)state;
    struct meta_out o;
    struct image *img;
    struct mr_slice rest;
    struct kw_batch b;
    int batches = 0;
    meta_out_init(&o);
    meta_out_begin(&o, 0, 1000);
    assert_int_equal(image_new(ME, &img), 0);
    for (int i = 0; i < 30000; i++) {
        char name[64];
        snprintf(name, sizeof(name), "a-topic-with-quite-a-long-name-%d", i);
        struct kw_topic_record topic = {
            mr_str_of(name),
            {{[0] = 1, [12] = (uint8_t)(i >> 16), [13] = (uint8_t)(i >> 8), [14] = (uint8_t)i}}};
        meta_out_put(&o, &kw_topic_record_info, 0, &topic);
    }
    assert_int_equal(o.next_offset, 30000);
    assert_int_equal(meta_out_end(&o), 0);
    meta_out_assign(&o, 100, 3);
    rest = (struct mr_slice){o.bytes.data, o.bytes.len};
    int64_t next = 100;
    while (batch_next(&rest, &b) == 1) {
        assert_int_equal(b.h.base_offset, next);
        assert_true(b.bytes.len <= META_BATCH_BYTES);
        next = batch_next_offset(&b.h);
        batches++;
    }
    assert_int_equal(next, 30100);
    assert_true(batches >= 2 && batches <= 4);
    assert_int_equal(meta_apply(img, (struct mr_slice){o.bytes.data, o.bytes.len}, NULL, NULL), 0);
    assert_int_equal(smap_count(&img->topics), 30000);
    assert_int_equal(img->offset, 30099);
    assert_int_equal(img->epoch, 3);
    image_free(img);
    meta_out_done(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(topics_come_and_go),
        cmocka_unit_test(a_batch_may_reuse_a_name),
        cmocka_unit_test(partitions_change),
        cmocka_unit_test(partitions_may_come_out_of_order),
        cmocka_unit_test(settings_find_their_place),
        cmocka_unit_test(brokers_and_the_rest),
        cmocka_unit_test(a_transaction_counts_whole_or_not_at_all),
        cmocka_unit_test(damage_is_an_error),
        cmocka_unit_test(flipped_bytes_are_noticed),
        cmocka_unit_test(long_commands_become_several_batches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
