/* What groups may take of the broker's memory: beyond it no member gets in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "net/wire/gen/find_coordinator.h"
#include "net/wire/gen/join_group.h"
#include "tests/sim/admin_script.h"

enum { METADATA_BYTES = 900000, MEMBERS = 14 };

struct joins {
    struct admin_script *s;
    char names[MEMBERS][16];
    uint32_t out, in, refused;
    int16_t other; /* an error that should not be */
};

static void found(struct kcall *call)
{
    struct joins *j = call->ctx;
    j->s->answered = true;
}

static void joined(struct kcall *call)
{
    struct joins *j = call->ctx;
    const struct kw_join_group_response *out = call->out;
    if (out == NULL)
        j->other = -1;
    else if (out->error_code == KW_NONE)
        j->in++;
    else if (out->error_code == KW_COORDINATOR_NOT_AVAILABLE)
        j->refused++;
    else
        j->other = out->error_code;
    j->s->answered = --j->out == 0;
}

/* Static members come in with one request. */
static struct kcall *join(struct joins *j, const char *instance)
{
    static const uint8_t metadata[METADATA_BYTES];
    struct kcall *call = kcall_new(&j->s->clients[0], 11, 5, joined, j);
    struct kw_join_group_request *in = call->in;
    in->group_id = MR_STR_LIT("g");
    in->session_timeout_ms = in->rebalance_timeout_ms = 60000;
    in->group_instance_id = mr_str_of(instance);
    in->protocol_type = MR_STR_LIT("test");
    in->protocols = kcall_new_array(call, struct kw_join_group_request_protocol, 1);
    in->protocols_count = 1;
    in->protocols[0] = (struct kw_join_group_request_protocol){MR_STR_LIT("p"), {metadata, sizeof(metadata)}};
    j->out++;
    return call;
}

static void members_are_bounded_by_memory(void **state)
{
    static const char *const overrides[] = {"millrace.memory.bytes=67108864",
                                            "group.initial.rebalance.delay.ms=3000"};
    (void)state;
    for (uint64_t seed = 0; seed < 3; seed++) {
        struct admin_script s;
        struct joins j = {.s = &s};
        admin_script_init(&s, seed, 1, overrides, MR_COUNT(overrides));
        struct kcall *call = kcall_new(admin_script_client(&s), 10, 2, found, &j);
        ((struct kw_find_coordinator_request *)call->in)->key = MR_STR_LIT("g");
        admin_script_wait(&s, call);
        for (int i = 0; i < MEMBERS; i++) {
            snprintf(j.names[i], sizeof(j.names[i]), "instance-%d", i);
            call = join(&j, j.names[i]);
            if (i + 1 < MEMBERS)
                kcall_send(call);
        }
        admin_script_wait(&s, call);
        assert_int_equal(j.other, 0);
        /* An eighth of 64 MiB. */
        assert_in_range(j.in, 8, 10);
        assert_int_equal(j.in + j.refused, MEMBERS);
        admin_script_done(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(members_are_bounded_by_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
