/* A client's address as Java's InetAddress shows it: what DescribeGroups and the group's records hold. */
#include "net/api/peer_host.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void says(const char *peer, const char *want)
{
    struct mr_arena a;
    arena_init(&a, 4096);
    struct mr_str got = peer_host_of(peer, &a);
    assert_string_equal(got.ptr, want);
    assert_int_equal(got.len, strlen(want));
    arena_done(&a);
}

static void test_v4(void **state)
{
    (void)state;
    says("127.0.0.1:5", "/127.0.0.1");
    says("10.20.30.40:65535", "/10.20.30.40");
}

static void test_v6(void **state)
{
    (void)state;
    says("[::1]:5", "/0:0:0:0:0:0:0:1");
    says("[fe80::1:0:abc]:61234", "/fe80:0:0:0:0:1:0:abc");
    says("[2001:db8:1:2:3:4:5:6]:1", "/2001:db8:1:2:3:4:5:6");
}

static void test_unknown(void **state)
{
    (void)state;
    says("?", "/?");
    says("", "/");
}

static void test_no_room(void **state)
{
    (void)state;
    struct mr_arena a;
    arena_init(&a, 0);
    assert_null(peer_host_of("127.0.0.1:5", &a).ptr);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_v4),
        cmocka_unit_test(test_v6),
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
