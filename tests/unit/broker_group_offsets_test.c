/* Committed offsets of one group, driven by words: a line is an event, "->", and what there is afterwards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/broker/group_offsets.h"

enum { SEEN_BYTES = 2048 };

struct fixture {
    struct group_offsets o;
    int64_t record;
    char seen[SEEN_BYTES];
    const char *subscribed; /* one topic, or NULL */
};

static void saw(struct fixture *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void saw(struct fixture *f, const char *fmt, ...)
{
    size_t len = strlen(f->seen);
    va_list args;
    if (len > 0)
        len += (size_t)snprintf(f->seen + len, sizeof(f->seen) - len, " ");
    va_start(args, fmt);
    vsnprintf(f->seen + len, sizeof(f->seen) - len, fmt, args);
    va_end(args);
}

/* t0=5:meta for what is committed, a star behind it when a transaction would change it, t0=* when only that.
 */
static void show(struct fixture *f)
{
    struct group_offsets_at at = {.topic = 0};
    uint32_t count = 0;
    while (group_offsets_next(&f->o, &at)) {
        const struct group_offset *v = group_offsets_get(&f->o, at.name, at.index);
        assert_ptr_equal(v, at.committed);
        assert_int_equal(group_offsets_pending(&f->o, at.name, at.index), at.pending);
        count += v != NULL;
        if (v != NULL)
            saw(f, "%.*s%d=%lld%s%.*s%s", MR_STR(at.name), at.index, (long long)v->offset,
                v->metadata.len > 0 ? ":" : "", MR_STR(v->metadata), at.pending ? "*" : "");
        else
            saw(f, "%.*s%d=*", MR_STR(at.name), at.index);
    }
    assert_int_equal(count, f->o.count);
    if (f->seen[0] == '\0')
        saw(f, "nothing");
    assert_int_equal(group_offsets_empty(&f->o), strcmp(f->seen, "nothing") == 0);
    if (group_offsets_empty(&f->o))
        assert_int_equal(f->o.bytes, 0); /* everything that was counted in was counted out */
}

/* "t3": topic and partition. */
static struct mr_str place(const char *word, int32_t *ret_index)
{
    size_t len = strcspn(word, "0123456789");
    *ret_index = atoi(word + len);
    return (struct mr_str){word, len};
}

/* set PLACE OFFSET [meta=M] [by=PRODUCER] [at=MS] [until=MS] */
static void set(struct fixture *f, char **w, int n)
{
    struct group_offset v = {.offset = atoll(w[1]),
                             .expire_ms = -1,
                             .leader_epoch = -1,
                             .record_offset = f->record++,
                             .metadata = MR_STR_LIT("")};
    int64_t producer = -1;
    int32_t index;
    bool fresh;
    for (int i = 2; i < n; i++) {
        if (strncmp(w[i], "meta=", 5) == 0)
            v.metadata = mr_str_of(w[i] + 5);
        else if (strncmp(w[i], "by=", 3) == 0)
            producer = atoll(w[i] + 3);
        else if (strncmp(w[i], "at=", 3) == 0)
            v.commit_ms = atoll(w[i] + 3);
        else if (strncmp(w[i], "until=", 6) == 0)
            v.expire_ms = atoll(w[i] + 6);
        else
            fail_msg("what is %s", w[i]);
    }
    struct mr_str topic = place(w[0], &index);
    assert_int_equal(group_offsets_set(&f->o, topic, index, producer, &v, &fresh), 0);
}

static bool is_subscribed(const void *ctx, struct mr_str topic)
{
    const struct fixture *f = ctx;
    return f->subscribed != NULL && mr_str_is(topic, f->subscribed);
}

static void expired(void *ctx, struct mr_str topic, int32_t partition)
{
    saw(ctx, "%.*s%d", MR_STR(topic), partition);
}

/* due NOW never|commit|since=MS [subscribed=T] [max=N]; retention is 100 ms */
static void due(struct fixture *f, char **w, int n)
{
    struct group_expiry how = {.now_ms = atoll(w[0]),
                               .retention_ms = 100,
                               .rule = GROUP_EXPIRY_SINCE_COMMIT,
                               .subscribed = is_subscribed,
                               .ctx = f};
    uint32_t max = 100;
    f->subscribed = NULL;
    for (int i = 1; i < n; i++) {
        if (strcmp(w[i], "never") == 0)
            how.rule = GROUP_EXPIRY_NEVER;
        else if (strncmp(w[i], "since=", 6) == 0) {
            how.rule = GROUP_EXPIRY_SINCE;
            how.since_ms = atoll(w[i] + 6);
        } else if (strncmp(w[i], "subscribed=", 11) == 0)
            f->subscribed = w[i] + 11;
        else if (strncmp(w[i], "max=", 4) == 0)
            max = (uint32_t)atoi(w[i] + 4);
    }
    if (group_offsets_due(&f->o, &how, max, expired, f) == 0)
        saw(f, "none");
}

static void obey(struct fixture *f, char **w, int n)
{
    int32_t index;
    if (strcmp(w[0], "due") == 0) {
        due(f, w + 1, n - 1);
        return;
    }
    if (strcmp(w[0], "set") == 0)
        set(f, w + 1, n - 1);
    else if (strcmp(w[0], "remove") == 0) {
        struct mr_str topic = place(w[1], &index);
        group_offsets_remove(&f->o, topic, index);
    } else if (strcmp(w[0], "commit") == 0 || strcmp(w[0], "abort") == 0)
        group_offsets_end_txn(&f->o, atoll(w[1]), w[0][0] == 'c');
    else if (strcmp(w[0], "gone") == 0)
        (void)group_offsets_topic_gone(&f->o, mr_str_of(w[1]));
    else if (strcmp(w[0], "pending") == 0) {
        struct group_offsets_pending_at at = {.producer = 0};
        while (group_offsets_next_pending(&f->o, &at))
            saw(f, "%lld:%.*s%d=%lld", (long long)at.producer_id, MR_STR(at.name), at.index,
                (long long)at.value->offset);
        assert_int_equal(group_offsets_has_txns(&f->o), f->seen[0] != '\0');
        return;
    } else
        fail_msg("what is %s", w[0]);
    show(f);
}

static void check(const char *script)
{
    struct fixture f = {.record = 0};
    group_offsets_init(&f.o);
    char *copy = strdup(script), *save;
    for (char *line = strtok_r(copy, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save)) {
        char shown[512], *arrow = strstr(line, "->"), *words[16] = {NULL}, *word_save;
        int n = 0;
        snprintf(shown, sizeof(shown), "%s", line);
        assert_non_null(arrow);
        *arrow = '\0';
        const char *want = arrow + 2 + strspn(arrow + 2, " ");
        for (char *w = strtok_r(line, " ", &word_save); w != NULL && n < 16;
             w = strtok_r(NULL, " ", &word_save))
            words[n++] = w;
        f.seen[0] = '\0';
        obey(&f, words, n);
        if (strcmp(f.seen, want) != 0)
            fail_msg("%s\n  but it was: %s", shown, f.seen);
    }
    group_offsets_done(&f.o);
    free(copy);
}

static void the_last_commit_counts(void **state)
{
    (void)state;
    check("set t0 5            -> t0=5\n"
          "set t0 6 meta=abc   -> t0=6:abc\n"
          "set t1 7            -> t0=6:abc t1=7\n"
          "set u0 1 meta=x     -> t0=6:abc t1=7 u0=1:x\n"
          "set t0 2            -> t0=2 t1=7 u0=1:x\n" /* back is allowed: --reset-offsets */
          "remove t1           -> t0=2 u0=1:x\n"
          "remove t1           -> t0=2 u0=1:x\n"
          "remove v9           -> t0=2 u0=1:x\n"
          "remove u0           -> t0=2\n"
          "remove t0           -> nothing\n"
          "set t0 3            -> t0=3\n"
          "remove t0           -> nothing\n");
}

static void transactions_commit_or_do_not(void **state)
{
    (void)state;
    check("set t0 5            -> t0=5\n"
          "set t0 9 by=1       -> t0=5*\n"
          "set t1 8 by=1       -> t0=5* t1=*\n"
          "set t1 7 by=2       -> t0=5* t1=*\n"
          "pending             -> 1:t0=9 1:t1=8 2:t1=7\n"
          "abort 1             -> t0=5 t1=*\n"
          "commit 2            -> t0=5 t1=7\n"
          "commit 2            -> t0=5 t1=7\n"
          "set t0 6 by=3 meta=a -> t0=5* t1=7\n"
          "set t0 7 by=3 meta=bb -> t0=5* t1=7\n"
          "commit 3            -> t0=7:bb t1=7\n"
          "set v0 1 by=4       -> t0=7:bb t1=7 v0=*\n"
          "abort 4             -> t0=7:bb t1=7\n"
          "pending             -> \n");
}

/* What was committed behind the transaction's own record is newer than it, whenever its marker comes. */
static void later_commits_win_over_a_transaction(void **state)
{
    (void)state;
    check("set t0 5 by=1 -> t0=*\n"
          "set t0 9      -> t0=9*\n"
          "commit 1      -> t0=9\n"
          "set t0 5 by=1 -> t0=9*\n"
          "set t0 6 by=2 -> t0=9*\n"
          "commit 2      -> t0=6*\n"
          "commit 1      -> t0=6\n");
}

static void a_tombstone_takes_what_is_pending_along(void **state)
{
    (void)state;
    check("set t0 5      -> t0=5\n"
          "set t0 6 by=1 -> t0=5*\n"
          "set t1 6 by=1 -> t0=5* t1=*\n"
          "remove t0     -> t1=*\n"
          "commit 1      -> t1=6\n"
          "set t1 7 by=2 -> t1=6*\n"
          "remove t1     -> nothing\n"
          "commit 2      -> nothing\n"
          "set t1 7 by=2 -> t1=*\n"
          "remove t1     -> nothing\n");
}

static void offsets_expire_as_their_group_says(void **state)
{
    (void)state;
    check("set t0 1 at=10   -> t0=1\n"
          "set t1 1 at=50   -> t0=1 t1=1\n"
          "set u0 1 at=20   -> t0=1 t1=1 u0=1\n"
          "due 109 commit   -> none\n"
          "due 110 commit   -> t0\n"
          "due 120 commit   -> t0 u0\n"
          "due 150 commit   -> t0 t1 u0\n"
          "due 150 commit subscribed=t -> u0\n"
          "due 150 commit max=2 -> t0 t1\n"
          "due 999 never    -> none\n"
          "due 299 since=200 -> none\n"
          "due 300 since=200 -> t0 t1 u0\n"
          "set t0 2 at=60   -> t0=2 t1=1 u0=1\n"
          "due 159 commit   -> t1 u0\n"
          "set u0 5 at=60 by=1 -> t0=2 t1=1 u0=1*\n" /* in use */
          "due 999 commit   -> t0 t1\n"
          "set t1 1 at=0 until=900 -> t0=2 t1=1 u0=1*\n" /* an expiry of its own */
          "due 899 commit   -> t0\n"
          "due 900 since=899 -> t1\n");
}

static void a_deleted_topic_goes_whatever_the_group_says(void **state)
{
    (void)state;
    check("set t0 1 at=10 -> t0=1\n"
          "set u0 1 at=10 -> t0=1 u0=1\n"
          "set u1 1 at=10 by=1 -> t0=1 u0=1 u1=*\n"
          "gone u         -> t0=1 u0=1 u1=*\n"
          "gone v         -> t0=1 u0=1 u1=*\n"
          "due 11 never   -> u0 u1\n"
          "due 11 commit subscribed=u -> u0 u1\n"
          "remove u0      -> t0=1 u1=*\n"
          "remove u1      -> t0=1\n"
          "due 11 never   -> none\n"
          "set u0 2       -> t0=1 u0=2\n" /* made anew */
          "due 11 never   -> none\n");
}

/* The sweep may come after the topic was made anew, and consumed. */
static void a_topic_made_anew_keeps_its_offsets(void **state)
{
    (void)state;
    check("set u0 1       -> u0=1\n"
          "set u1 1       -> u0=1 u1=1\n"
          "set u2 1       -> u0=1 u1=1 u2=1\n"
          "gone u         -> u0=1 u1=1 u2=1\n"
          "set u0 7       -> u0=7 u1=1 u2=1\n"
          "set u2 8 by=1  -> u0=7 u1=1 u2=1*\n"
          "due 11 never   -> u1\n"
          "due 11 commit subscribed=u -> u1\n"
          "remove u1      -> u0=7 u2=1*\n"
          "due 11 never   -> none\n"
          "commit 1       -> u0=7 u2=8\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_commit_counts),
        cmocka_unit_test(transactions_commit_or_do_not),
        cmocka_unit_test(later_commits_win_over_a_transaction),
        cmocka_unit_test(a_tombstone_takes_what_is_pending_along),
        cmocka_unit_test(offsets_expire_as_their_group_says),
        cmocka_unit_test(a_deleted_topic_goes_whatever_the_group_says),
        cmocka_unit_test(a_topic_made_anew_keeps_its_offsets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
