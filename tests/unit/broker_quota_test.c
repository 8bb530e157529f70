/* Quotas: whose limit counts, how a rate is measured, what an account allows. Numbers of rates and throttle
 * times are what Apache Kafka's arithmetic gives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/broker/image_quotas.h"
#include "core/broker/quota_rate.h"
#include "core/err.h"
#include "net/wire/gen/meta_other.h"

enum { WORDS_MAX = 8 };

static int split(char *line, char **words)
{
    char *save;
    int n = 0;
    for (char *w = strtok_r(line, " ", &save); w != NULL && n < WORDS_MAX; w = strtok_r(NULL, " ", &save))
        words[n++] = w;
    return n;
}

/* Runs the lines "WORDS -> WANT"; ask() writes what came of one. */
static void check_lines(const char *script, void (*ask)(void *ctx, char **w, int n, char *seen, size_t bytes),
                        void *ctx)
{
    char *copy = strdup(script), *save;
    for (char *line = strtok_r(copy, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save)) {
        char shown[256], seen[256] = "", *arrow = strstr(line, "->"), *words[WORDS_MAX] = {NULL};
        snprintf(shown, sizeof(shown), "%s", line);
        assert_non_null(arrow);
        *arrow = '\0';
        char *want = arrow + 2 + strspn(arrow + 2, " ");
        ask(ctx, words, split(line, words), seen, sizeof(seen));
        if (strcmp(seen, want) != 0)
            fail_msg("%s\n  but it was: %s", shown, seen);
    }
    free(copy);
}

/* ---- whose ---- */

/* user=NAME client-id=NAME ip=NAME; * is the default */
static int32_t parts_of(char **w, int n, struct kw_client_quota_record_entity *parts)
{
    int32_t count = 0;
    for (int i = 0; i < n; i++) {
        char *eq = strchr(w[i], '=');
        if (eq == NULL)
            continue;
        parts[count].entity_type = (struct mr_str){w[i], (size_t)(eq - w[i])};
        parts[count++].entity_name = eq[1] == '*' ? (struct mr_str){NULL, 0} : mr_str_of(eq + 1);
    }
    return count;
}

static void ask_quotas(void *ctx, char **w, int n, char *seen, size_t bytes)
{
    struct image_quotas *q = ctx;
    if (strcmp(w[0], "set") == 0 || strcmp(w[0], "unset") == 0) { /* set KEY VALUE parts, unset KEY parts */
        bool remove = w[0][0] == 'u';
        struct kw_client_quota_record_entity parts[WORDS_MAX];
        struct kw_client_quota_record r = {.entity = parts,
                                           .key = mr_str_of(w[1]),
                                           .value = remove ? 0 : atof(w[2]),
                                           .remove = remove};
        r.entity_count = parts_of(w, n, parts);
        int err = image_quotas_apply(q, &r);
        snprintf(seen, bytes, "%s", err == 0 ? "" : err == -MR_E_CORRUPT ? "corrupt" : "version");
        return;
    }
    if (strcmp(w[0], "of") == 0) { /* of USER CLIENT: which limit, who shares it */
        struct quota_limit l;
        struct mr_str client = strcmp(w[2], "-") == 0 ? MR_STR_LIT("") : mr_str_of(w[2]);
        if (image_quota_of_client(q, QUOTA_PRODUCE, mr_str_of(w[1]), client, &l))
            snprintf(seen, bytes, "%.0f %.*s/%.*s", l.limit, MR_STR(l.user), MR_STR(l.client));
        else
            snprintf(seen, bytes, "none");
        return;
    }
    if (strcmp(w[0], "ip") == 0) {
        double limit;
        if (image_quota_of_ip(q, mr_str_of(w[1]), &limit))
            snprintf(seen, bytes, "%.0f", limit);
        else
            snprintf(seen, bytes, "none");
        return;
    }
    uint32_t count = 0; /* how many */
    LIST_FOR(node, &q->all)
    count++;
    snprintf(seen, bytes, "%u", count);
}

static void check_quotas(const char *script)
{
    struct image_quotas q;
    image_quotas_init(&q);
    check_lines(script, ask_quotas, &q);
    image_quotas_done(&q);
}

static void the_most_specific_limit_counts(void **state)
{
    (void)state;
    check_quotas("of u c                                     -> none\n"
                 "set producer_byte_rate 8 client-id=*       -> \n"
                 "of u c                                     -> 8 /c\n"
                 "of u -                                     -> none\n"
                 "set producer_byte_rate 7 client-id=c       -> \n"
                 "of u c                                     -> 7 /c\n"
                 "of u d                                     -> 8 /d\n"
                 "set producer_byte_rate 6 user=*            -> \n"
                 "of u c                                     -> 6 u/\n"
                 "of u -                                     -> 6 u/\n"
                 "set producer_byte_rate 5 user=* client-id=* -> \n"
                 "of u c                                     -> 5 u/c\n"
                 "of u -                                     -> 6 u/\n"
                 "set producer_byte_rate 4 user=* client-id=c -> \n"
                 "of u c                                     -> 4 u/c\n"
                 "of u d                                     -> 5 u/d\n"
                 "set producer_byte_rate 3 user=u            -> \n"
                 "of u c                                     -> 3 u/\n"
                 "of v c                                     -> 4 v/c\n"
                 "set producer_byte_rate 2 client-id=* user=u -> \n"
                 "of u c                                     -> 2 u/c\n"
                 "set producer_byte_rate 1 user=u client-id=c -> \n"
                 "of u c                                     -> 1 u/c\n"
                 "set consumer_byte_rate 99 user=u client-id=c -> \n"
                 "count                                      -> 8\n"
                 "unset producer_byte_rate user=u client-id=c -> \n"
                 "of u c                                     -> 2 u/c\n"
                 "count                                      -> 8\n"
                 "unset consumer_byte_rate user=u client-id=c -> \n"
                 "count                                      -> 7\n"
                 "unset producer_byte_rate user=u client-id=c -> \n"
                 "unset producer_byte_rate user=u client-id=* -> \n"
                 "of u c                                     -> 3 u/\n");
}

static void other_keys_do_not_limit(void **state)
{
    (void)state;
    check_quotas("set request_percentage 10 user=u client-id=c -> \n"
                 "of u c                                     -> none\n"
                 "set producer_byte_rate 7 client-id=c       -> \n"
                 "of u c                                     -> 7 /c\n"
                 "set no.such.key 7 client-id=c              -> version\n"
                 "set producer_byte_rate 7 group=c           -> version\n"
                 "set producer_byte_rate 7 user=a user=b     -> corrupt\n"
                 "set producer_byte_rate 7                   -> corrupt\n");
}

static void addresses_are_found_however_they_are_written(void **state)
{
    (void)state;
    check_quotas("ip 1.2.3.4                                 -> none\n"
                 "set connection_creation_rate 5 ip=1.2.3.4  -> \n"
                 "ip 1.2.3.4                                 -> 5\n"
                 "ip 1.2.3.5                                 -> none\n"
                 "set connection_creation_rate 6 ip=0:0:0:0:0:0:0:1 -> \n"
                 "ip ::1                                     -> 6\n"
                 "set connection_creation_rate 7 ip=localhost -> \n"
                 "ip 127.0.0.1                               -> 7\n"
                 "set connection_creation_rate 8 ip=*        -> \n"
                 "ip 1.2.3.5                                 -> 8\n"
                 "ip 1.2.3.4                                 -> 5\n"
                 "unset connection_creation_rate ip=localhost -> \n"
                 "ip 127.0.0.1                               -> 8\n");
}

static void one_form_of_an_address(void **state)
{
    (void)state;
    char text[QUOTA_IP_BYTES];
    assert_true(quota_ip_text(MR_STR_LIT("::ffff:1.2.3.4"), text));
    assert_string_equal(text, "1.2.3.4");
    assert_true(quota_ip_text(MR_STR_LIT("FE80::0:1"), text));
    assert_string_equal(text, "fe80::1");
    assert_false(quota_ip_text(MR_STR_LIT("1.2.3.256"), text));
    assert_false(quota_ip_text(MR_STR_LIT("example"), text));
    assert_false(quota_ip_text(MR_STR_LIT(""), text));
}

/* ---- how fast ---- */

struct meter {
    struct quota_window window;
    struct quota_rate rate;
    struct quota_bucket bucket;
    struct quota_sample samples[12];
    double limit;
    int64_t now_ms;
};

static void ask_meter(void *ctx, char **w, int n, char *seen, size_t bytes)
{
    struct meter *m = ctx;
    int64_t window_ms;
    (void)n;
    if (strcmp(w[0], "limit") == 0) {
        m->limit = atof(w[1]);
    } else if (strcmp(w[0], "+") == 0) { /* so many ms later */
        m->now_ms += atoi(w[1]);
    } else if (strcmp(w[0], "count") == 0) {
        quota_rate_record(&m->rate, &m->window, atof(w[1]), m->now_ms);
        snprintf(seen, bytes, "%lld ms",
                 (long long)quota_rate_throttle_ms(&m->rate, &m->window, m->limit, m->now_ms));
    } else if (strcmp(w[0], "rate") == 0) {
        double rate = quota_rate_per_second(&m->rate, &m->window, m->now_ms, &window_ms);
        snprintf(seen, bytes, "%.1f over %lld ms", rate, (long long)window_ms);
    } else if (strcmp(w[0], "take") == 0) {
        quota_bucket_take(&m->bucket, &m->window, m->limit, atof(w[1]), m->now_ms);
        snprintf(seen, bytes, "%lld ms",
                 (long long)quota_bucket_throttle_ms(&m->bucket, &m->window, m->limit, m->now_ms));
    } else {
        snprintf(seen, bytes, "?");
    }
}

static void check_meter(const char *script)
{
    struct meter m = {.window = {11, 1000}, .now_ms = 1000000};
    m.rate.samples = m.samples;
    check_lines(script, ask_meter, &m);
}

static void a_rate_slides_over_its_windows(void **state)
{
    (void)state;
    check_meter("limit 100     -> \n"
                "count 1000    -> 0 ms\n" /* not yet above: 10 s at 100 */
                "count 1000    -> 10000 ms\n"
                "rate          -> 200.0 over 10000 ms\n"
                "+ 5000        -> \n"
                "rate          -> 200.0 over 10000 ms\n" /* ten windows are always counted */
                "count 0       -> 10000 ms\n"
                "+ 5000        -> \n"
                "count 500     -> 15000 ms\n"
                "+ 900         -> \n"
                "rate          -> 229.4 over 10900 ms\n"
                "+ 100         -> \n"
                "rate          -> 50.0 over 10000 ms\n");
}

static void an_idle_client_begins_anew(void **state)
{
    (void)state;
    check_meter("limit 10      -> \n"
                "count 5000    -> 490000 ms\n"
                "+ 11000       -> \n"
                "rate          -> 0.0 over 10000 ms\n"
                "count 100     -> 0 ms\n"
                "count 1       -> 100 ms\n");
}

static void what_was_not_done_is_taken_back(void **state)
{
    (void)state;
    check_meter("limit 10      -> \n"
                "count 90      -> 0 ms\n"
                "count 20      -> 1000 ms\n"
                "count -20     -> 0 ms\n"
                "rate          -> 9.0 over 10000 ms\n");
}

static void a_bucket_fills_up(void **state)
{
    (void)state;
    check_meter("limit 2       -> \n"
                "take 22       -> 0 ms\n" /* eleven seconds' worth at once */
                "take 1        -> 500 ms\n"
                "take 4        -> 2500 ms\n"
                "+ 2500        -> \n"
                "take 0        -> 0 ms\n"
                "+ 600000      -> \n"
                "take 23       -> 500 ms\n");
}

static void a_throttle_time_fits_its_field(void **state)
{
    (void)state;
    check_meter("limit 0.001   -> \n"
                "count 1e30    -> 2147483647 ms\n"
                "take 1e30     -> 2147483647 ms\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_most_specific_limit_counts),
        cmocka_unit_test(other_keys_do_not_limit),
        cmocka_unit_test(addresses_are_found_however_they_are_written),
        cmocka_unit_test(one_form_of_an_address),
        cmocka_unit_test(a_rate_slides_over_its_windows),
        cmocka_unit_test(an_idle_client_begins_anew),
        cmocka_unit_test(what_was_not_done_is_taken_back),
        cmocka_unit_test(a_bucket_fills_up),
        cmocka_unit_test(a_throttle_time_fits_its_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
