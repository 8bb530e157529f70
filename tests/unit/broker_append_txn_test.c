/* core/broker/append_txn: transactions in one partition, with the coordinator played by the script.
 *
 *   A p7 e0 s0 v12 [plain]     append A: one record of producer 7, epoch 0, sequence 0, by Produce v12
 *   yes A, no A CODE           the coordinator answers what A asked
 *   commit|abort p7 e0 c1 [v2] a marker of coordinator epoch 1, by a coordinator of that transaction version
 *   stable, topic delete
 * Results, as they come: `A asks add|check`, `A at OFFSET`, `A CODE`, `marked`, `marker CODE`. */
#include "tests/unit/broker_script.h"

enum { NAMES = 8, MARKERS = 8 };

struct client {
    struct part_append a;
    struct mr_work work;
    struct mr_arena arena;
    struct mr_scratch batch;
    struct play *play;
    struct txn_ask *ask;
};

struct marking {
    struct part_marker m;
    struct mr_work work;
    struct play *play;
};

struct play {
    struct fixture f;
    struct client clients[NAMES];
    struct marking markers[MARKERS];
    uint32_t marker_count;
};

static char name_of(const struct client *c)
{
    return (char)('A' + (c - c->play->clients));
}

static void client_done(struct part_append *a)
{
    struct client *c = MR_CONTAINER(a, struct client, a);
    if (a->error == KW_NONE)
        saw(&c->play->f, "%c at %lld", name_of(c), (long long)a->base_offset);
    else
        saw(&c->play->f, "%c %d", name_of(c), a->error);
}

static void client_now(struct mr_work *w)
{
    partition_append(&MR_CONTAINER(w, struct client, work)->a);
}

static void asked(struct broker_shard *b, struct txn_ask *ask)
{
    struct client *c = MR_CONTAINER(MR_CONTAINER(ask, struct part_append, ask), struct client, a);
    (void)b;
    assert_true(mr_str_eq(ask->transactional_id, MR_STR_LIT("id")));
    assert_true(mr_str_eq(ask->topic, MR_STR_LIT("t")));
    c->ask = ask;
    saw(&c->play->f, "%c asks %s", name_of(c), ask->add ? "add" : "check");
}

static void answer_now(struct mr_work *w)
{
    struct client *c = MR_CONTAINER(w, struct client, work);
    struct txn_ask *ask = c->ask;
    c->ask = NULL;
    ask->done(ask);
}

static void marker_done(struct part_marker *m)
{
    struct marking *x = MR_CONTAINER(m, struct marking, m);
    if (m->error == KW_NONE)
        saw(&x->play->f, "marked");
    else
        saw(&x->play->f, "marker %d", m->error);
}

static void marker_now(struct mr_work *w)
{
    partition_append_marker(&MR_CONTAINER(w, struct marking, work)->m);
}

static void run_at(const struct partition *p, struct mr_work *work, void (*now)(struct mr_work *))
{
    work_init(work, now);
    shard_ready(p->home->shard, work);
    io_wake(p->home->shard->io);
}

static int number(char **w, char letter, int otherwise)
{
    for (int i = 1; w[i] != NULL; i++)
        if (w[i][0] == letter)
            return atoi(w[i] + 1);
    return otherwise;
}

static bool has(char **w, const char *word)
{
    for (int i = 1; w[i] != NULL; i++)
        if (strcmp(w[i], word) == 0)
            return true;
    return false;
}

static void send(struct play *play, struct partition *p, char **w)
{
    struct client *c = &play->clients[w[0][0] - 'A'];
    struct batch_build_how how = batch_build_how_plain();
    struct batch_builder b;
    how.producer_id = number(w, 'p', -1);
    how.producer_epoch = (int16_t)number(w, 'e', -1);
    how.base_sequence = number(w, 's', -1);
    how.attributes = has(w, "plain") ? 0 : BATCH_TRANSACTIONAL;
    scratch_done(&c->batch);
    scratch_init(&c->batch, 4096);
    assert_int_equal(batch_build_begin(&b, &how, &c->batch, NULL, NULL), 0);
    assert_int_equal(batch_build_add(&b, &(struct batch_record){.timestamp = 1700000000000}), 0);
    assert_int_equal(batch_build_end(&b), 0);
    c->play = play;
    arena_reset(&c->arena);
    c->a = (struct part_append){.p = p,
                                .records = {c->batch.data, c->batch.len},
                                .version = (int16_t)number(w, 'v', 12),
                                .acks = -1,
                                .transactional_id = MR_STR_LIT("id"),
                                .arena = &c->arena,
                                .done = client_done};
    run_at(p, &c->work, client_now);
}

static void mark(struct play *play, struct partition *p, char **w)
{
    struct marking *x = &play->markers[play->marker_count++ % MARKERS];
    x->play = play;
    x->m = (struct part_marker){.p = p,
                                .producer_id = number(w, 'p', -1),
                                .producer_epoch = (int16_t)number(w, 'e', -1),
                                .commit = w[0][0] == 'c',
                                .coordinator_epoch = number(w, 'c', 0),
                                .txn_version = (int16_t)number(w, 'v', 1),
                                .done = marker_done};
    run_at(p, &x->work, marker_now);
}

static void follow(struct play *play, const char *script)
{
    struct fixture *f = &play->f;
    char *copy = strdup(script), *save;
    for (char *line = strtok_r(copy, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save)) {
        char shown[512], *arrow = strstr(line, "->"), *w[WORDS_MAX] = {NULL}, *word_save;
        int n = 0;
        snprintf(shown, sizeof(shown), "%s", line);
        assert_non_null(arrow);
        *arrow = '\0';
        const char *want = arrow + 2 + strspn(arrow + 2, " ");
        for (char *x = strtok_r(line, " ", &word_save); x != NULL; x = strtok_r(NULL, " ", &word_save))
            w[n++] = x;
        f->seen[0] = '\0';
        struct partition *p = partition_of(f, "t", "0");
        if (strcmp(w[0], "yes") == 0 || strcmp(w[0], "no") == 0) {
            struct client *c = &play->clients[w[1][0] - 'A'];
            assert_non_null(c->ask);
            c->ask->error = w[0][0] == 'y' ? KW_NONE : (enum kw_error)atoi(w[2]);
            run_at(p, &c->work, answer_now);
        } else if (strcmp(w[0], "commit") == 0 || strcmp(w[0], "abort") == 0) {
            mark(play, p, w);
        } else if (strcmp(w[0], "stable") == 0) {
            saw(f, "%lld", (long long)partition_last_stable(p));
        } else if (strcmp(w[0], "none") == 0) {
            p->home->txn_ask = NULL;
        } else {
            send(play, p, w);
        }
        world_run_for(f->w, SECOND / 10);
        if (strcmp(f->seen, want) != 0)
            fail_msg("%s\n  but it was: %s", shown, f->seen);
    }
    free(copy);
}

static int setup(void **state)
{
    struct play *play = mem_zalloc(1, sizeof(*play));
    fixture_init(&play->f, 7, NULL, 1);
    check(&play->f, "create t 1 1 -> ok 1x1\n");
    shard_at(&play->f, 0)->txn_ask = asked;
    for (int i = 0; i < NAMES; i++) {
        arena_init(&play->clients[i].arena, 1 << 16);
        scratch_init(&play->clients[i].batch, 4096);
    }
    *state = play;
    return 0;
}

static int teardown(void **state)
{
    struct play *play = *state;
    fixture_done(&play->f);
    for (int i = 0; i < NAMES; i++) {
        arena_done(&play->clients[i].arena);
        scratch_done(&play->clients[i].batch);
    }
    mem_free(play);
    return 0;
}

static void the_first_batch_asks_and_the_next_do_not(void **state)
{
    follow(*state, "A p7 e0 s0 v12     -> A asks add\n"
                   "stable             -> 0\n"
                   "yes A              -> A at 0\n"
                   "B p7 e0 s1 v12     -> B at 1\n"
                   "C p8 e0 s0 v11     -> C asks check\n" /* clients before the second version added it */
                   "yes C              -> C at 2\n"
                   "A p9 e0 s0 v12 plain -> A at 3\n"
                   "stable             -> 0\n"
                   "commit p7 e1 c0 v2 -> marked\n"
                   "stable             -> 2\n"
                   "B p7 e1 s0 v12     -> B asks add\n"
                   "yes B              -> B at 5\n"
                   "abort p8 e0 c0     -> marked\n"
                   "stable             -> 5\n");
}

static void a_refusal_is_worded_for_the_client(void **state)
{
    follow(*state,
           "A p7 e0 s0 v12 -> A asks add\n"
           "no A 51        -> A 51\n" /* the transaction before is being ended: a newer client knows */
           "A p7 e0 s0 v11 -> A asks check\n"
           "no A 51        -> A 19\n"
           "A p7 e0 s0 v12 -> A asks add\n"
           "no A 14        -> A 19\n"
           "A p7 e0 s0 v12 -> A asks add\n"
           "no A 90        -> A 47\n"
           "A p7 e0 s0 v11 -> A asks check\n"
           "no A 120       -> A 120\n"
           "A p7 e0 s0 v10 -> A asks check\n"
           "no A 120       -> A 48\n"
           "A p7 e0 s0 v12 -> A asks add\n"
           "no A 49        -> A 49\n"
           "stable         -> 0\n"
           "none           -> \n"
           "A p7 e0 s0 v12 -> A 19\n");
}

static void batches_of_one_producer_keep_their_order(void **state)
{
    follow(*state, "A p7 e0 s0 v12 -> A asks add\n"
                   "B p7 e0 s1 v12 -> \n"
                   "C p7 e0 s2 v12 -> \n"
                   "D p8 e0 s0 v12 plain -> D at 0\n" /* others do not wait */
                   "yes A          -> A at 1 + B at 2 + C at 3\n");
    follow(*state, "A p9 e0 s0 v12 -> A asks add\n"
                   "B p9 e0 s1 v12 -> \n"
                   "no A 51        -> A 51 + B 45\n"
                   "A p9 e0 s0 v11 -> A asks check\n"
                   "B p9 e0 s0 v11 -> \n" /* the same again, by an impatient client */
                   "no A 51        -> A 19 + B asks check\n"
                   "yes B          -> B at 4\n"
                   "A p9 e0 s0 v11 -> A at 4\n");
}

static void a_marker_makes_an_answer_worthless(void **state)
{
    follow(*state, "A p7 e0 s0 v11 -> A asks check\n"
                   "abort p7 e0 c0 -> marked\n" /* the coordinator gave up meanwhile */
                   "yes A          -> A asks check\n"
                   "no A 120       -> A 120\n"
                   "stable         -> 1\n"
                   "A p7 e0 s0 v11 -> A asks check\n"
                   "abort p8 e0 c0 -> marked\n" /* another producer's does not */
                   "yes A          -> A at 2\n");
    follow(*state, "A p9 e1 s0 v12    -> A asks add\n"
                   "B p9 e1 s1 v12    -> \n"
                   "commit p9 e1 c0   -> marked\n" /* of the transaction before, whose end A waits for */
                   "yes A             -> A asks add\n"
                   "yes A             -> A at 4 + B at 5\n");
}

static void markers_are_judged(void **state)
{
    follow(*state, "A p7 e3 s0 v12     -> A asks add\n"
                   "yes A              -> A at 0\n"
                   "commit p7 e2 c0    -> marker 47\n"
                   "commit p7 e3 c0 v2 -> marker 47\n"
                   "commit p7 e4 c5 v2 -> marked\n"
                   "commit p7 e4 c5 v2 -> marked\n" /* repeated by the coordinator */
                   "abort p7 e5 c4 v2  -> marker 52\n"
                   "stable             -> 3\n");
}

static void a_topic_that_goes_leaves_nobody_waiting(void **state)
{
    struct play *play = *state;
    follow(play, "A p7 e0 s0 v12 -> A asks add\n"
                 "B p7 e0 s1 v12 -> \n");
    check(&play->f, "delete t -> B 3 + ok t\n");
    struct client *a = &play->clients[0];
    play->f.seen[0] = '\0';
    a->ask->error = KW_NONE;
    run_at(a->a.p, &a->work, answer_now);
    world_run_for(play->f.w, SECOND / 10);
    assert_string_equal(play->f.seen, "A 3");
}

int main(void)
{
#define PLAY(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        PLAY(the_first_batch_asks_and_the_next_do_not),
        PLAY(a_refusal_is_worded_for_the_client),
        PLAY(batches_of_one_producer_keep_their_order),
        PLAY(a_marker_makes_an_answer_worthless),
        PLAY(markers_are_judged),
        PLAY(a_topic_that_goes_leaves_nobody_waiting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
