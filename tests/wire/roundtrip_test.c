/* Every message at every version: random values survive encode and decode, a decoder takes no more and no
 * less than the encoder wrote, and no prefix of a message passes for a message. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/wire/describe_gen.h"

enum { ARENA_BYTES = 64 << 20, ROUNDS = 40, ROUNDS_CUT = 3 };

static struct mr_slice encode(struct mr_arena *a, const struct kw_message *info, int16_t version,
                              const void *message)
{
    struct kw_writer w;
    kw_writer_init(&w, a, 64, ARENA_BYTES, false);
    info->encode(&w, version, message);
    assert_int_equal(w.err, 0);
    return (struct mr_slice){w.buf, w.len};
}

static void one_round(const struct wt_message *m, int16_t version, struct wt_random *rnd)
{
    struct mr_arena a;
    arena_init(&a, ARENA_BYTES);
    void *first = wt_alloc(&a, m->info->size);
    wt_fill(rnd, &a, m->shape, version, first);
    struct mr_slice bytes = encode(&a, m->info, version, first);

    void *second = wt_alloc(&a, m->info->size);
    memset(second, 0xa5, m->info->size); /* a field that decode forgets will show */
    struct kw_reader r = kw_reader_of(bytes);
    assert_int_equal(m->info->decode(&r, version, &a, second), 0);
    assert_int_equal(kw_left(&r), 0);
    assert_string_equal(wt_text_of(&a, m->shape, version, first, bytes.len),
                        wt_text_of(&a, m->shape, version, second, bytes.len));

    struct mr_slice again = encode(&a, m->info, version, second);
    assert_int_equal(bytes.len, again.len);
    if (bytes.len > 0)
        assert_memory_equal(bytes.ptr, again.ptr, bytes.len);

    void *fresh = wt_alloc(&a, m->info->size);
    m->info->init(fresh);
    struct wt_text lacking = {.at = wt_alloc(&a, 16384), .cap = 16384};
    struct wt_text defaults = {.at = wt_alloc(&a, 16384), .cap = 16384};
    lacking.at[0] = defaults.at[0] = '\0';
    wt_print_lacking(&lacking, m->shape, version, second);
    wt_print_lacking(&defaults, m->shape, version, fresh);
    assert_string_equal(lacking.at, defaults.at);
    arena_done(&a);
}

static void values_survive_at_every_version(void **state)
{
    (void)state;
    struct wt_random rnd = {.state = 1};
    for (size_t i = 0; i < MR_COUNT(wt_messages); i++) {
        const struct kw_message *info = wt_messages[i].info;
        for (int16_t version = info->v_min; version <= info->v_max; version++) {
            for (int round = 0; round < ROUNDS; round++)
                one_round(&wt_messages[i], version, &rnd);
        }
    }
}

static void a_message_of_defaults_survives(void **state)
{
    (void)state;
    for (size_t i = 0; i < MR_COUNT(wt_messages); i++) {
        const struct kw_message *info = wt_messages[i].info;
        for (int16_t version = info->v_min; version <= info->v_max; version++) {
            struct mr_arena a;
            arena_init(&a, ARENA_BYTES);
            void *first = wt_alloc(&a, info->size);
            void *second = wt_alloc(&a, info->size);
            info->init(first);
            struct mr_slice bytes = encode(&a, info, version, first);
            struct kw_reader r = kw_reader_of(bytes);
            assert_int_equal(info->decode(&r, version, &a, second), 0);
            struct mr_slice again = encode(&a, info, version, second);
            assert_int_equal(bytes.len, again.len);
            if (bytes.len > 0)
                assert_memory_equal(bytes.ptr, again.ptr, bytes.len);
            arena_done(&a);
        }
    }
}

/* Each prefix lies in an allocation of exactly its length, so a sanitizer sees any read past its end. */
static void every_prefix_is_refused(void **state)
{
    (void)state;
    struct wt_random rnd = {.state = 2};
    for (size_t i = 0; i < MR_COUNT(wt_messages); i++) {
        const struct kw_message *info = wt_messages[i].info;
        for (int16_t version = info->v_min; version <= info->v_max; version++) {
            for (int round = 0; round < ROUNDS_CUT; round++) {
                struct mr_arena a;
                arena_init(&a, ARENA_BYTES);
                void *message = wt_alloc(&a, info->size);
                wt_fill(&rnd, &a, wt_messages[i].shape, version, message);
                struct mr_slice bytes = encode(&a, info, version, message);
                size_t step = 1 + bytes.len / 400; /* all, unless it is long */
                for (size_t cut = 0; cut < bytes.len; cut += step) {
                    struct mr_arena scratch;
                    arena_init(&scratch, ARENA_BYTES);
                    uint8_t *copy = malloc(cut + (cut == 0));
                    memcpy(copy, bytes.ptr, cut);
                    struct kw_reader r = kw_reader_of((struct mr_slice){copy, cut});
                    assert_int_equal(info->decode(&r, version, &scratch, message), -MR_E_CORRUPT);
                    free(copy);
                    arena_done(&scratch);
                }
                arena_done(&a);
            }
        }
    }
}

static void other_versions_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < MR_COUNT(wt_messages); i++) {
        const struct kw_message *info = wt_messages[i].info;
        const int16_t versions[] = {(int16_t)(info->v_min - 1), (int16_t)(info->v_max + 1), INT16_MIN,
                                    INT16_MAX};
        for (size_t k = 0; k < MR_COUNT(versions); k++) {
            struct mr_arena a;
            arena_init(&a, ARENA_BYTES);
            void *message = wt_alloc(&a, info->size);
            info->init(message);
            static const uint8_t zeros[256];
            struct kw_reader r = kw_reader_of((struct mr_slice){zeros, sizeof(zeros)});
            assert_int_equal(info->decode(&r, versions[k], &a, message), -MR_E_VERSION);
            assert_int_equal(kw_left(&r), sizeof(zeros));
            struct kw_writer w;
            kw_writer_init(&w, &a, 0, ARENA_BYTES, false);
            info->encode(&w, versions[k], message);
            assert_int_equal(w.err, -MR_E_VERSION);
            arena_done(&a);
        }
    }
}

/* With any limit a decoder works or says so; and with none at all, only what needs no memory decodes. */
static void an_arena_that_is_full_is_an_error(void **state)
{
    (void)state;
    struct wt_random rnd = {.state = 3};
    uint32_t refused = 0;
    for (size_t i = 0; i < MR_COUNT(wt_messages); i++) {
        const struct kw_message *info = wt_messages[i].info;
        struct mr_arena a, none;
        arena_init(&a, ARENA_BYTES);
        arena_init(&none, 16);
        void *message = wt_alloc(&a, info->size);
        wt_fill(&rnd, &a, wt_messages[i].shape, info->v_max, message);
        struct mr_slice bytes = encode(&a, info, info->v_max, message);
        struct kw_reader r = kw_reader_of(bytes);
        int err = info->decode(&r, info->v_max, &none, message);
        assert_true(err == 0 || err == -MR_E_LIMIT);
        refused += err != 0;
        arena_done(&none);
        arena_done(&a);
    }
    assert_true(refused > MR_COUNT(wt_messages) / 4);
}

static void lookups_find_every_message(void **state)
{
    (void)state;
    uint32_t count = 0;
    while (kw_message_at(count) != NULL) {
        const struct kw_message *info = kw_message_at(count++);
        if (info->kind == KW_REQUEST)
            assert_ptr_equal(kw_request_info(info->key), info);
        if (info->kind == KW_RESPONSE)
            assert_ptr_equal(kw_response_info(info->key), info);
        if (info->kind == KW_RECORD)
            assert_ptr_equal(kw_record_info(info->key), info);
        assert_true(info->v_min <= info->v_stable && info->v_stable <= info->v_max);
    }
    assert_int_equal(count, MR_COUNT(wt_messages));
    for (int key = INT16_MIN; key <= INT16_MAX; key++) {
        const struct kw_message *request = kw_request_info((int16_t)key);
        const struct kw_message *response = kw_response_info((int16_t)key);
        assert_int_equal(request == NULL, response == NULL);
        if (request == NULL)
            continue;
        assert_int_equal(request->v_min, response->v_min);
        assert_int_equal(request->v_max, response->v_max);
        assert_int_equal(request->flexible_from, response->flexible_from);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_survive_at_every_version),   cmocka_unit_test(a_message_of_defaults_survives),
        cmocka_unit_test(every_prefix_is_refused),           cmocka_unit_test(other_versions_are_refused),
        cmocka_unit_test(an_arena_that_is_full_is_an_error), cmocka_unit_test(lookups_find_every_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
