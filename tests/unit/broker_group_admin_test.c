/* A classic group: commits, records, loading, what administrators see and may do. */
#include "tests/unit/group_script.h"

#include "core/err.h"

#define ONE_STABLE                                                                                           \
    "join a ->write new\n"                                                                                   \
    "time +3000 -> a leads 1 range [a]\n"                                                                    \
    "sync a a=x -> write 1 range a: a=x + a gets x\n"

static void commits_are_checked(void **state)
{
    (void)state;
    check_group("commit -             -> 0\n" /* a simple consumer, an administrator */
                "commit - gen=-5      -> 0\n"
                "commit - gen=0       -> 25\n"
                "commit - txn         -> 0\n"
                "void                 -> yes\n"
                "expire               -> since commit\n"
                "delete               -> 0\n"
                "offset-delete        -> 0\n"
                "subscribes t         -> no\n"
                "reload               -> no record\n"
                "join a               -> write new\n"
                "commit -             -> 25\n"
                "commit - txn         -> 0\n" /* older transactional producers do not say who they are */
                "commit a gen=0       -> 0\n" /* Preparing */
                "time +3000           -> a leads 1 range [a]\n"
                "commit a             -> 27\n"
                "commit a txn         -> 0\n"
                "commit a gen=0       -> 22\n"
                "commit a gen=-1      -> 22\n"
                "commit a gen=2 txn   -> 22\n"
                "commit b gen=1 txn   -> 25\n"
                "commit a static=i    -> 25\n"
                "sync a a=x           -> write 1 range a: a=x + a gets x\n"
                "commit a             -> 0\n"
                "commit -             -> 25\n"
                "commit - gen=1       -> 25\n"
                "commit - static=i    -> 25\n"
                "join a               -> a leads 2 range [a]\n"
                "leave a              -> write empty 3 + left 0\n"
                "commit a             -> 25\n"
                "commit -             -> 0\n"
                "doom                 ->\n"
                "commit -             -> 15\n"
                "commit a             -> 15\n"
                "unload 16            ->\n");
}

static void groups_with_members_are_not_deleted(void **state)
{
    (void)state;
    check_group("delete       -> 0\n"
                "join a       -> write new\n"
                "delete       -> 68\n"
                "offset-delete -> 0\n" /* of topics that it does not subscribe to */
                "time +3000   -> a leads 1 range [a]\n"
                "delete       -> 68\n"
                "sync a       -> write 1 range a: a= + a gets nothing\n"
                "delete       -> 68\n"
                "leave a      -> write empty 2 + left 0\n"
                "delete       -> 0\n"
                "join1 b      -> b joins 79\n"
                "delete       -> 0\n"
                "doom         ->\n"
                "delete       -> 69\n"
                "offset-delete -> 69\n"
                "join1 b      -> b joins 15\n"
                "beat b       -> 15\n"
                "deadline     -> -1\n"
                "time +20000  ->\n"
                "void         -> yes\n");
    check_group("join a type=connect -> write new\n"
                "offset-delete -> 68\n"
                "subscribes t  -> no\n"
                "time +3000    -> a leads 1 range [a]\n"
                "sync a        -> write 1 range a: a= + a gets nothing\n"
                "expire        -> no\n"
                "leave a       -> write empty 2 + left 0\n"
                "expire        -> since 4000\n");
}

static void a_restart_brings_it_back(void **state)
{
    (void)state;
    check_group("reload         -> no record\n" ONE_STABLE "beat a -> 0\n"
                "join b static=B ->\n"
                "join a         -> a leads 2 range [a b] + b in 2 range under a\n"
                "sync b         ->\n"
                "sync a a=x b=y -> write 2 range a: a=x b=y + a gets x + b gets y\n"
                "reload         ->\n"
                "state          -> Stable 2 consumer range a [a=x b=y]\n"
                "deadline       -> 10000\n"
                "sync b static=B -> b gets y\n"
                "commit a       -> 0\n"
                "beat a         -> 0\n"
                "beat b static=A -> 25\n"
                "join c protos=rr -> c joins 23\n" /* it offers what was chosen, no more is known */
                "join b protos=range,rr new static=B -> write 2 range a: a=x b#2=y + b in 2 range under a\n"
                "time +10000    -> write empty 3\n"
                "reload         ->\n"
                "state          -> Empty 3 consumer - - []\n"
                "join d         ->\n"
                "time +3000     -> d leads 4 range [d]\n");
    /* in the middle of a rebalance: an empty group, whose generation is not given out again */
    check_group(ONE_STABLE "join b  ->\n"
                           "join a  -> a leads 2 range [a b] + b in 2 range under a\n"
                           "reload  ->\n"
                           "state   -> Empty 2 consumer - - []\n"
                           "sync a  -> a syncs 25\n"
                           "join a new ->\n"
                           "time +3000 -> a leads 3 range [a#2]\n");
    check_group("join1 a     -> a joins 79 + write new\n"
                "reload      ->\n"
                "state       -> Empty 0 - - - []\n"
                "expire      -> since commit\n");
}

/* ---- subscriptions ---- */

struct meta {
    uint8_t bytes[256];
    size_t len;
};

/* version, topics, user data, and what later versions add */
static struct meta subscription(int16_t version, const char *const *topics, int count)
{
    struct meta m = {.len = 6};
    mr_put16(m.bytes, (uint16_t)version);
    mr_put32(m.bytes + 2, (uint32_t)count);
    for (int i = 0; i < count; i++) {
        size_t len = strlen(topics[i]);
        mr_put16(m.bytes + m.len, (uint16_t)len);
        memcpy(m.bytes + m.len + 2, topics[i], len);
        m.len += 2 + len;
    }
    memset(m.bytes + m.len, 0xff, 4); /* no user data */
    m.len += 4;
    if (version > 0) {
        memset(m.bytes + m.len, 0, 4); /* nothing owned */
        m.len += 4;
    }
    return m;
}

static void join_with(struct script *s, const char *name, const char *type, const struct meta *m)
{
    struct group_protocol p = {MR_STR_LIT("range"), {m->bytes, m->len}};
    struct client *c = client_of(s, name);
    struct group_join in = {.member_id = mr_str_of(c->id),
                            .client_id = mr_str_of(name),
                            .client_host = MR_STR_LIT("/::1"),
                            .session_timeout_ms = 10000,
                            .rebalance_timeout_ms = 10000,
                            .protocol_type = mr_str_of(type),
                            .protocols = &p,
                            .protocol_count = 1};
    mr_put16(&in.fresh.bytes[14], s->join_count);
    s->joins[s->join_count++] = c;
    s->turn.now_ms = s->now_ms;
    s->turn.wall_ms = WALL_MS + s->now_ms;
    group_join(s->g, &s->turn, request_new(s, c), &in);
    settle(s);
}

static void offsets_of_topics_in_use_stay(void **state)
{
    (void)state;
    static struct script s;
    static const char *const two[] = {"t", "u"}, *const other[] = {"u", "v"};
    struct meta a = subscription(0, two, 2), b = subscription(3, other, 2), torn = b;
    script_init(&s);
    s.hide_metadata = true;
    join_with(&s, "a", "consumer", &a);
    join_with(&s, "b", "consumer", &b);
    script_run(&s, "subscribes w -> yes\n" /* nothing is known yet */
                   "expire       -> no\n"
                   "time +6000   -> a leads 1 range [a b] + b in 1 range under a\n"
                   "subscribes t -> yes\n"
                   "subscribes u -> yes\n"
                   "subscribes v -> yes\n"
                   "subscribes w -> no\n"
                   "expire       -> no\n"
                   "sync b ->\n"
                   "sync a -> write 1 range a: a= b= + a gets nothing + b gets nothing\n"
                   "expire       -> since commit\n"
                   "reload       ->\n"
                   "subscribes v -> yes\n"
                   "subscribes w -> no\n"
                   "leave a      -> left 0\n"
                   "expire       -> no\n");
    /* one that cannot be read: all topics might be in use */
    static const size_t lengths[] = {0, 1, 2, 5, 6, 7, 11};
    for (size_t i = 0; i < MR_COUNT(lengths); i++) {
        torn.len = lengths[i];
        join_with(&s, "b", "consumer", &torn);
        script_run(&s, "subscribes w -> yes\n"
                       "expire       -> no\n");
    }
    mr_put16(torn.bytes, UINT16_MAX); /* a version below zero */
    torn.len = b.len;
    join_with(&s, "b", "consumer", &torn);
    script_run(&s, "subscribes w -> yes\n"
                   "leave b      -> write empty 10 + left 0\n"
                   "subscribes t -> no\n"
                   "expire       -> since 7000\n");
    join_with(&s, "c", "connect", &a);
    script_run(&s, "time +3000   -> c leads 11 range [c]\n"
                   "subscribes t -> no\n");
    script_done(&s);
}

/* ---- what is shown ---- */

static void members_are_described(void **state)
{
    (void)state;
    static struct script s;
    struct group_member_view m;
    struct group_view v;
    uint32_t at = 0;
    script_init(&s);
    script_run(&s, "join a protos=range:meta client=app -> write new\n"
                   "join b static=B protos=range:b ->\n"
                   "time +6000 -> a leads 1 range [a:meta b:b] + b in 1 range under a\n");
    group_describe(s.g, &v);
    assert_true(mr_str_is(v.protocol_name, "")); /* not before it is Stable */
    assert_true(mr_str_is(v.protocol_type, "consumer") && mr_str_is(v.id, "g"));
    script_run(&s, "sync b ->\n"
                   "sync a a=x b=y -> write 1 range a: a=x b=y + a gets x + b gets y\n");
    group_describe(s.g, &v);
    assert_true(mr_str_is(v.protocol_name, "range") && v.generation == 1 && v.member_count == 2);
    assert_true(group_next_member(s.g, &at, &m));
    assert_true(mr_str_is(m.client_id, "app") && mr_str_is(m.client_host, "/127.0.0.1"));
    assert_true(m.instance_id.ptr == NULL && m.metadata.len == 4 && m.assignment.len == 1);
    assert_true(group_next_member(s.g, &at, &m));
    assert_true(mr_str_is(m.instance_id, "B") && m.metadata.len == 1 && m.assignment.ptr[0] == 'y');
    assert_false(group_next_member(s.g, &at, &m));
    script_done(&s);
}

/* ---- records ---- */

/* Every version that Kafka has written. */
static void all_versions_are_loaded(void **state)
{
    (void)state;
    for (int16_t version = 0; version <= 4; version++) {
        struct kw_group_metadata_value_member members[2];
        struct kw_group_metadata_value v;
        struct group_member_view m;
        struct group_view view;
        struct mr_arena a;
        struct kw_writer w;
        struct group *g;
        uint32_t at = 0;
        kw_group_metadata_value_init(&v);
        for (int i = 0; i < 2; i++) {
            kw_group_metadata_value_member_init(&members[i]);
            members[i].member_id = mr_str_of(i == 0 ? "m0" : "m1");
            members[i].group_instance_id = mr_str_of(i == 0 ? NULL : "i1");
            members[i].client_id = members[i].client_host = MR_STR_LIT("c");
            members[i].rebalance_timeout = 70000;
            members[i].session_timeout = 20000;
            members[i].subscription = members[i].assignment = (struct mr_slice){(const uint8_t *)"abc", 3};
        }
        v.protocol_type = MR_STR_LIT("consumer");
        v.generation = 7;
        v.protocol = MR_STR_LIT("range");
        v.leader = MR_STR_LIT("m1");
        v.current_state_timestamp = 99;
        v.members = members;
        v.members_count = 2;
        arena_init(&a, 1 << 20);
        kw_writer_init(&w, &a, 0, 1 << 20, false);
        kw_put_int16(&w, version);
        kw_group_metadata_value_encode(&w, version, &v);
        assert_int_equal(group_new(MR_STR_LIT("g"), 0, &g), 0);
        uint64_t empty = group_bytes(g);
        for (size_t cut = 0; cut < w.len; cut++) { /* torn ones leave the group as it was */
            assert_int_equal(group_load(g, (struct mr_slice){w.buf, cut}), -MR_E_CORRUPT);
            assert_int_equal(group_bytes(g), empty);
        }
        for (int twice = 0; twice < 2; twice++)
            assert_int_equal(group_load(g, (struct mr_slice){w.buf, w.len}), 0);
        group_describe(g, &view);
        assert_true(view.state == GROUP_STABLE && view.generation == 7 && view.member_count == 2);
        assert_true(mr_str_is(view.leader, "m1") && mr_str_is(view.protocol_name, "range"));
        assert_true(group_next_member(g, &at, &m) && mr_str_is(m.member_id, "m0") && m.metadata.len == 3);
        assert_true(group_next_member(g, &at, &m) && (m.instance_id.ptr != NULL) == (version >= 3));

        mr_put16(w.buf, 5);
        assert_int_equal(group_load(g, (struct mr_slice){w.buf, w.len}), -MR_E_VERSION);
        mr_put16(w.buf, UINT16_MAX);
        assert_int_equal(group_load(g, (struct mr_slice){w.buf, w.len}), -MR_E_VERSION);
        members[1].member_id = MR_STR_LIT("m0"); /* twice the same: no broker wrote that */
        w.len = 0;
        kw_put_int16(&w, version);
        kw_group_metadata_value_encode(&w, version, &v);
        assert_int_equal(group_load(g, (struct mr_slice){w.buf, w.len}), -MR_E_CORRUPT);
        group_describe(g, &view);
        assert_int_equal(view.member_count, 2);

        v.members_count = 0;
        v.protocol = v.leader = (struct mr_str){NULL, 0};
        w.len = 0;
        kw_put_int16(&w, version);
        kw_group_metadata_value_encode(&w, version, &v);
        assert_int_equal(group_load(g, (struct mr_slice){w.buf, w.len}), 0);
        int64_t since;
        assert_true(group_expires(g, &since));
        assert_int_equal(since, version >= 2 ? 99 : -1); /* older records do not say since when */
        group_free(g);
        arena_done(&a);
    }
}

/* What a real Kafka wrote comes out again byte for byte. */
static void kafkas_own_records_are_written_back(void **state)
{
    (void)state;
    char path[512], line[8192];
    uint8_t bytes[4096];
    int records = 0;
    bool is_group = false;
    snprintf(path, sizeof(path), "%.*s/../wire/golden/captured/consumer_offsets.txt",
             (int)(strrchr(__FILE__, '/') - __FILE__), __FILE__);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof(line), f) != NULL) {
        if (!is_group) {
            is_group = strcmp(line, "GroupMetadataValue 3\n") == 0;
            continue;
        }
        struct mr_slice key, value;
        struct mr_arena a;
        struct group *g;
        size_t len = strcspn(line, "\n") / 2;
        is_group = false;
        records++;
        assert_true(len < sizeof(bytes));
        for (size_t i = 0; i < len; i++)
            assert_int_equal(sscanf(line + 2 * i, "%2hhx", &bytes[i]), 1);
        arena_init(&a, 1 << 20);
        assert_int_equal(group_new(MR_STR_LIT("classic"), 0, &g), 0);
        assert_int_equal(group_load(g, (struct mr_slice){bytes, len}), 0);
        snapshot(g, &a, &key, &value);
        assert_int_equal(value.len, len);
        assert_memory_equal(value.ptr, bytes, len);
        assert_int_equal(key.len, 11);
        assert_memory_equal(key.ptr, "\0\2\0\7classic", 11);
        group_free(g);
        arena_done(&a);
    }
    fclose(f);
    assert_true(records >= 3);
}

/* Memory for each member: its ids and metadata, and less than 600 bytes beside. */
static void a_thousand_members(void **state)
{
    (void)state;
    enum { MEMBERS = 1000 };
    static struct script s;
    struct group_view v;
    struct meta m = subscription(0, (const char *const[]){"orders"}, 1);
    script_init(&s);
    s.quiet = true;
    uint64_t empty = group_bytes(s.g);
    for (int i = 0; i < MEMBERS; i++) {
        char name[16];
        snprintf(name, sizeof(name), "c%d", i);
        join_with(&s, name, "consumer", &m);
    }
    group_describe(s.g, &v);
    assert_int_equal(v.member_count, MEMBERS);
    assert_true(group_bytes(s.g) - empty < MEMBERS * 600);
    pass(&s, 10000);
    group_describe(s.g, &v);
    assert_true(v.state == GROUP_COMPLETING && v.generation == 1);
    for (int i = MEMBERS - 1; i >= 0; i--) {
        struct client *c = &s.clients[i];
        struct group_assignment out[MEMBERS];
        struct group_sync in = {.member_id = mr_str_of(c->id), .generation = 1, .assignments = out};
        for (int j = 0; i == 0 && j < MEMBERS; j++)
            out[in.assignment_count++] =
                (struct group_assignment){mr_str_of(s.clients[j].id), {(const uint8_t *)"12345678", 8}};
        group_sync(s.g, &s.turn, request_new(&s, c), &in);
    }
    settle(&s);
    group_describe(s.g, &v);
    assert_int_equal(v.state, GROUP_STABLE);
    for (int i = 0; i < s.request_count; i++)
        assert_true(s.requests[i].answered);
    assert_true(group_bytes(s.g) - empty < MEMBERS * 600);
    pass(&s, 10000); /* all are lost at once */
    group_describe(s.g, &v);
    assert_true(v.state == GROUP_EMPTY && v.generation == 2);
    script_done(&s);
}

/* A record that does not fit the arena is as one that the log refuses. */
static void there_is_no_room_for_the_record(void **state)
{
    (void)state;
    static struct script s;
    script_init(&s);
    script_run(&s, "join a -> write new\n"
                   "time +3000 -> a leads 1 range [a]\n");
    s.arena.limit_bytes = s.arena.used_bytes;
    for (void *p = &s; p != NULL; p = arena_alloc(&s.arena, 64, 8)) {
    }
    script_run(&s, "sync a a=x -> a syncs -1\n");
    s.arena.limit_bytes = 1 << 24;
    script_run(&s, "join a     -> a leads 2 range [a]\n"
                   "sync a a=x -> write 2 range a: a=x + a gets x\n");
    script_done(&s);
}

static void errors_of_the_log_are_translated(void **state)
{
    (void)state;
    static const int16_t map[][2] = {{0, 0},   {3, 15},  {19, 15}, {7, 15},  {6, 16},
                                     {56, 16}, {10, -1}, {18, -1}, {4, -1},  {2, 2},
                                     {16, 16}, {15, 15}, {14, 14}, {20, 20}, {-1, -1}};
    for (size_t i = 0; i < MR_COUNT(map); i++)
        assert_int_equal(group_write_error(map[i][0]), map[i][1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commits_are_checked),
        cmocka_unit_test(groups_with_members_are_not_deleted),
        cmocka_unit_test(a_restart_brings_it_back),
        cmocka_unit_test(offsets_of_topics_in_use_stay),
        cmocka_unit_test(members_are_described),
        cmocka_unit_test(all_versions_are_loaded),
        cmocka_unit_test(kafkas_own_records_are_written_back),
        cmocka_unit_test(a_thousand_members),
        cmocka_unit_test(there_is_no_room_for_the_record),
        cmocka_unit_test(errors_of_the_log_are_translated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
