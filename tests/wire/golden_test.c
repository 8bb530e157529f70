/* The codecs against bytes that Apache Kafka wrote: tests/wire/golden/README.md. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "net/wire/coord_record.h"
#include "net/wire/header.h"
#include "tests/wire/describe_gen.h"
#include "tests/wire/golden.h"

enum { ARENA_BYTES = 64 << 20 };

static const struct wt_message *find_message(const char *name)
{
    for (size_t i = 0; i < MR_COUNT(wt_messages); i++) {
        if (strcmp(wt_messages[i].info->name, name) == 0)
            return &wt_messages[i];
    }
    fail_msg("no message %s", name);
    return NULL;
}

static bool is_coord_key(const struct kw_message *info)
{
    const struct kw_coord_kind *group = kw_coord_kind(KW_COORD_GROUPS, info->key);
    const struct kw_coord_kind *txn = kw_coord_kind(KW_COORD_TXNS, info->key);
    return (group != NULL && group->key == info) || (txn != NULL && txn->key == info);
}

/* Passes the head that stands before a message on the wire, and writes the same one. */
static void check_head(const struct wt_message *m, int16_t version, struct kw_reader *r, struct kw_writer *w)
{
    struct kw_request_head head;
    int32_t correlation_id;
    int16_t type, record_version;
    switch (m->info->kind) {
    case KW_REQUEST:
        assert_int_equal(kw_request_head_decode(r, &head), 0);
        assert_ptr_equal(head.info, m->info);
        assert_int_equal(head.api_version, version);
        kw_request_head_encode(w, head.info, version, head.correlation_id, head.client_id);
        return;
    case KW_RESPONSE:
        assert_int_equal(kw_response_head_decode(r, m->info->key, version, &correlation_id), 0);
        kw_response_head_encode(w, m->info->key, version, correlation_id);
        return;
    case KW_RECORD:
        assert_int_equal(kw_record_head_decode(r, &type, &record_version), 0);
        assert_ptr_equal(kw_record_info(type), m->info);
        assert_int_equal(record_version, version);
        kw_record_head_encode(w, type, version);
        return;
    case KW_DATA: /* of a coordinator's log: a key starts with its type, all else with its version */
        assert_int_equal(kw_coord_head_decode(r, &type), 0);
        assert_int_equal(type, is_coord_key(m->info) ? m->info->key : version);
        kw_put_int16(w, type);
        return;
    case KW_HEADER:
        fail_msg("%s has no head", m->info->name);
        return;
    }
}

static void check_message(const struct wt_message *m, bool with_head, const struct golden *g)
{
    struct mr_arena a;
    arena_init(&a, ARENA_BYTES);
    void *message = wt_alloc(&a, m->info->size);
    memset(message, 0xa5, m->info->size); /* a field that decode forgets will show */
    struct kw_reader r = kw_reader_of(g->bytes);
    struct kw_writer w;
    kw_writer_init(&w, &a, 0, ARENA_BYTES, false);
    if (with_head)
        check_head(m, g->version, &r, &w);
    assert_int_equal(m->info->decode(&r, g->version, &a, message), 0);
    assert_int_equal(kw_left(&r), 0);
    assert_string_equal(wt_text_of(&a, m->shape, g->version, message, g->bytes.len), g->values);

    m->info->encode(&w, g->version, message);
    assert_int_equal(w.err, 0);
    assert_int_equal(w.len, g->bytes.len);
    if (w.len > 0)
        assert_memory_equal(w.buf, g->bytes.ptr, w.len);
    arena_done(&a);
}

/* seen[i] counts the versions of message i, lowest first. */
static uint32_t seen[MR_COUNT(wt_messages)][32];

static void check_file(const char *path)
{
    struct golden g;
    golden_open(&g, path);
    while (golden_next(&g)) {
        const struct wt_message *m = find_message(g.name);
        check_message(m, false, &g);
        if (g.version >= m->info->v_min && g.version <= m->info->v_max)
            seen[m - wt_messages][g.version - m->info->v_min]++;
    }
    golden_close(&g);
}

static int captured;

static void check_captured_file(const char *path)
{
    struct golden g;
    golden_open(&g, path);
    while (golden_next(&g)) {
        check_message(find_message(g.name), true, &g);
        captured++;
    }
    golden_close(&g);
}

static void what_a_real_broker_and_its_clients_said_is_understood(void **state)
{
    (void)state;
    assert_int_equal(golden_each("golden/captured", check_captured_file), 4);
    assert_true(captured > 140);
}

static void bytes_of_kafka_mean_the_same_here(void **state)
{
    (void)state;
    assert_true(golden_each("golden", check_file) > 30);
    for (size_t i = 0; i < MR_COUNT(wt_messages); i++) {
        for (int v = 0; v <= wt_messages[i].info->v_max - wt_messages[i].info->v_min; v++) {
            if (seen[i][v] == 0)
                fail_msg("no golden bytes of %s v%d", wt_messages[i].info->name, v);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_of_kafka_mean_the_same_here),
        cmocka_unit_test(what_a_real_broker_and_its_clients_said_is_understood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
