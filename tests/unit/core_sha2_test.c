/* SHA-256, SHA-512 and HMAC against the answers that FIPS 180-4 and RFC 4231 give. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/sha2.h"

static struct mr_slice bytes_of(const char *text)
{
    return (struct mr_slice){(const uint8_t *)text, strlen(text)};
}

static void check(enum sha2_kind kind, const uint8_t *digest, const char *want)
{
    char text[2 * SHA2_BYTES_MAX + 1];
    for (size_t i = 0; i < sha2_bytes(kind); i++)
        snprintf(text + 2 * i, 3, "%02x", digest[i]);
    assert_string_equal(text, want);
}

static void digest(enum sha2_kind kind, const char *data, const char *want)
{
    uint8_t d[SHA2_BYTES_MAX];
    sha2(kind, bytes_of(data), d);
    check(kind, d, want);
}

static void digests_are_the_standards(void **state)
{
    (void)state;
    digest(SHA2_256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    digest(SHA2_256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    digest(SHA2_256, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
           "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    digest(SHA2_512, "abc",
           "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
           "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
    digest(SHA2_512,
           "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrs"
           "mnopqrstnopqrstu",
           "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
           "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909");
}

static void hmac(enum sha2_kind kind, struct mr_slice key, const char *data, const char *want)
{
    uint8_t d[SHA2_BYTES_MAX];
    sha2_hmac(kind, key, bytes_of(data), d);
    check(kind, d, want);
}

static void hmacs_are_the_standards(void **state)
{
    (void)state;
    uint8_t b0[20], aa[131];
    memset(b0, 0x0b, sizeof(b0));
    memset(aa, 0xaa, sizeof(aa));
    hmac(SHA2_256, (struct mr_slice){b0, sizeof(b0)}, "Hi There",
         "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    hmac(SHA2_512, (struct mr_slice){b0, sizeof(b0)}, "Hi There",
         "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
         "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854");
    hmac(SHA2_256, bytes_of("Jefe"), "what do ya want for nothing?",
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    hmac(SHA2_256, (struct mr_slice){aa, sizeof(aa)},
         "Test Using Larger Than Block-Size Key - Hash Key First",
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    hmac(SHA2_512, (struct mr_slice){aa, sizeof(aa)},
         "Test Using Larger Than Block-Size Key - Hash Key First",
         "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
         "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digests_are_the_standards),
        cmocka_unit_test(hmacs_are_the_standards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
