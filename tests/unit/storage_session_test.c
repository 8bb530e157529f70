/* The session in meta.properties: another one would have every journal passed over in silence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "storage/logdir.h"

static void a_session_is_read_as_it_was_written(void **state)
{
    (void)state;
    static const uint64_t sessions[] = {1, 0x2ea0ae56fd86e82a, UINT64_MAX};
    char text[SESSION_TEXT_BYTES];
    for (size_t i = 0; i < sizeof(sessions) / sizeof(sessions[0]); i++) {
        session_text(sessions[i], text);
        assert_int_equal(strlen(text), SESSION_TEXT_BYTES - 1);
        assert_true(session_parse(text) == sessions[i]);
    }
}

static void a_damaged_session_is_none(void **state) /* sim_storage_damage seed 1795400002294 */
{
    (void)state;
    char text[SESSION_TEXT_BYTES], wrong[SESSION_TEXT_BYTES + 1];
    session_text(0x2ea0ae56fd86e82a, text);
    for (size_t bit = 0; bit < (SESSION_TEXT_BYTES - 1) * 8; bit++) {
        memcpy(wrong, text, sizeof(text));
        wrong[bit / 8] ^= (char)(1 << bit % 8);
        assert_true(session_parse(wrong) == 0);
    }
    for (size_t len = 0; len < SESSION_TEXT_BYTES - 1; len++) {
        memset(wrong, 0, sizeof(wrong));
        memcpy(wrong, text, len);
        assert_true(session_parse(wrong) == 0);
    }
    snprintf(wrong, sizeof(wrong), "%s0", text);
    assert_true(session_parse(wrong) == 0);
    assert_true(session_parse("") == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_is_read_as_it_was_written),
        cmocka_unit_test(a_damaged_session_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
