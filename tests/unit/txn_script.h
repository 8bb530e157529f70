/* tests/unit/txn_script.h - a transactional id in virtual time, driven by words. See check_txn().
 *
 * A line is a command, "->", and all that came out of it, joined with " + ". Fresh producer ids are 100,
 * 101, ... A record shows as its bytes say: state, producer id/epoch, partitions, then what is set of: v2
 * (the client's version), next=ID, prev=ID.
 *
 *   init [as=ID/EPOCH] [timeout=MS] [2pc] [keep] [dry]     -> write Empty 100/0 [] + 0 as 100/0
 *                                                   dry: no fresh producer id is at hand -> 15 wants an id
 *   add ID/EPOCH [v2] TOPIC:N ...                          -> write Ongoing 100/0 [a:0] v2 + 0
 *   verify ID/EPOCH TOPIC:N                                -> 0
 *   commit ID/EPOCH [v2] [dry], abort ...                  -> write PrepareCommit 100/1 [a:0] v2 + 0 as 100/1
 *   marks                      what is to be marked        -> commit 100/1 v2 a:0
 *   mark ID/EPOCH TOPIC:N ...                              -> last
 *   sweep                      marks while it walks        -> a:0 + b:0 last
 *   complete                                               -> write CompleteCommit 100/1 [] v2
 *   tick, time +MS (ticks when something is due), deadline, expire
 *   hold          records wait; stable, fail: what became of the one that waits
 *   set KEY=VALUE max=MS expiration=MS version=N parts=N 2pc=0|1
 *   state         -> Empty 100/0 []      reload: a new one made of the newest record, as after a crash
 */
#ifndef TXN_SCRIPT_H
#define TXN_SCRIPT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/broker/txn.h"
#include "core/err.h"
#include "net/wire/coord_record.h"
#include "net/wire/gen/txn_log.h"
#include "net/wire/kw_error.h"

enum { SEEN_BYTES = 4096, WORDS_MAX = 24, PARTS_MAX = 16, LOG_BYTES = 4096 };

struct script {
    struct txn *t;
    struct txn_limits limits;
    struct mr_arena arena;
    int64_t now_ms;
    int64_t fresh_id;
    bool hold;
    struct txn_answer waiting; /* of the record that is held */
    uint8_t log[LOG_BYTES];    /* the value of the newest stable record */
    size_t log_len;
    uint8_t next[LOG_BYTES];
    size_t next_len;
    char seen[SEEN_BYTES];
};

static void saw(struct script *s, const char *fmt, ...) MR_PRINTF(2, 3);
static void saw(struct script *s, const char *fmt, ...)
{
    size_t len = strlen(s->seen);
    va_list args;
    if (len > 0)
        len += (size_t)snprintf(s->seen + len, sizeof(s->seen) - len, " + ");
    va_start(args, fmt);
    vsnprintf(s->seen + len, sizeof(s->seen) - len, fmt, args);
    va_end(args);
}

static void show_value(struct script *s, const char *verb, struct mr_slice value)
{
    struct kw_transaction_log_value v;
    struct kw_reader r = kw_reader_of(value);
    char parts[512] = "", tail[128] = "";
    int16_t version;
    size_t n = 0;
    assert_int_equal(kw_coord_head_decode(&r, &version), 0);
    assert_int_equal(kw_transaction_log_value_decode(&r, version, &s->arena, &v), 0);
    for (int32_t i = 0; i < v.transaction_partitions_count; i++) {
        for (int32_t j = 0; j < v.transaction_partitions[i].partition_ids_count; j++)
            n += (size_t)snprintf(parts + n, sizeof(parts) - n, "%s%.*s:%d", n > 0 ? " " : "",
                                  MR_STR(v.transaction_partitions[i].topic),
                                  v.transaction_partitions[i].partition_ids[j]);
    }
    n = 0;
    if (v.client_transaction_version != 0)
        n += (size_t)snprintf(tail + n, sizeof(tail) - n, " v%d", v.client_transaction_version);
    if (v.next_producer_id >= 0)
        n += (size_t)snprintf(tail + n, sizeof(tail) - n, " next=%lld", (long long)v.next_producer_id);
    if (v.previous_producer_id >= 0)
        n += (size_t)snprintf(tail + n, sizeof(tail) - n, " prev=%lld", (long long)v.previous_producer_id);
    saw(s, "%s%s %lld/%d [%s]%s", verb, txn_state_name((enum txn_state)v.transaction_status),
        (long long)v.producer_id, v.producer_epoch, parts, tail);
}

static void show_answer(struct script *s, const struct txn_answer *a)
{
    if (a->need_id)
        saw(s, "%d wants an id", a->error);
    else if (a->producer_id >= 0)
        saw(s, "%d as %lld/%d", a->error, (long long)a->producer_id, a->producer_epoch);
    else
        saw(s, "%d", a->error);
}

static void stable(struct script *s)
{
    txn_written(s->t, true);
    memcpy(s->log, s->next, s->next_len);
    s->log_len = s->next_len;
}

/* The record of the change under way, and its fate unless records wait. */
static void write_change(struct script *s)
{
    struct mr_slice key, value;
    assert_true(txn_changing(s->t));
    assert_int_equal(txn_record(s->t, &s->arena, s->limits.version > 0 ? 1 : 0, &key, &value), 0);
    if (value.ptr != NULL) {
        show_value(s, "write ", value);
        assert_true(value.len <= LOG_BYTES);
        memcpy(s->next, value.ptr, value.len);
    } else {
        saw(s, "tombstone");
    }
    s->next_len = value.len;
    if (!s->hold)
        stable(s);
}

static void came(struct script *s, struct txn_answer a)
{
    if (a.took_id)
        s->fresh_id++;
    if (a.write)
        write_change(s);
    assert_int_equal(txn_changing(s->t), s->hold);
    if (a.write && s->hold)
        s->waiting = a;
    else
        show_answer(s, &a);
}

/* ---- words ---- */

static const char *value_of(char **w, int n, const char *key)
{
    for (int i = 0; i < n; i++) {
        if (strncmp(w[i], key, strlen(key)) == 0 && w[i][strlen(key)] == '=')
            return w[i] + strlen(key) + 1;
    }
    return NULL;
}
static bool says(char **w, int n, const char *what)
{
    for (int i = 0; i < n; i++) {
        if (strcmp(w[i], what) == 0)
            return true;
    }
    return false;
}
static void who(const char *w, int64_t *id, int16_t *epoch)
{
    char *end;
    *id = strtoll(w, &end, 10);
    assert_int_equal(*end, '/');
    *epoch = (int16_t)atoi(end + 1);
}
static uint32_t parts_of(char **w, int n, struct txn_part *parts)
{
    uint32_t count = 0;
    for (int i = 0; i < n; i++) {
        const char *colon = strchr(w[i], ':');
        if (colon != NULL)
            parts[count++] = (struct txn_part){{w[i], (size_t)(colon - w[i])}, atoi(colon + 1)};
    }
    return count;
}

static void do_init(struct script *s, char **w, int n)
{
    struct txn_init in = {.timeout_ms = 60000,
                          .producer_id = -1,
                          .producer_epoch = -1,
                          .two_phase = says(w, n, "2pc"),
                          .keep_prepared = says(w, n, "keep"),
                          .fresh_id = says(w, n, "dry") ? -1 : s->fresh_id,
                          .now_ms = s->now_ms};
    if (value_of(w, n, "as") != NULL)
        who(value_of(w, n, "as"), &in.producer_id, &in.producer_epoch);
    if (value_of(w, n, "timeout") != NULL)
        in.timeout_ms = atoi(value_of(w, n, "timeout"));
    came(s, txn_init(s->t, &s->limits, &in));
}

static void do_add(struct script *s, char **w, int n)
{
    struct txn_part parts[PARTS_MAX];
    struct txn_add in = {.parts = parts, .v2 = says(w, n, "v2"), .now_ms = s->now_ms};
    who(w[0], &in.producer_id, &in.producer_epoch);
    in.count = parts_of(w, n, parts);
    struct txn_answer a = txn_add(s->t, &s->limits, &in);
    a.producer_id = -1; /* nobody asks */
    came(s, a);
}

static void do_end(struct script *s, char **w, int n, bool commit)
{
    struct txn_end in = {.commit = commit,
                         .v2 = says(w, n, "v2"),
                         .fresh_id = says(w, n, "dry") ? -1 : s->fresh_id,
                         .now_ms = s->now_ms};
    who(w[0], &in.producer_id, &in.producer_epoch);
    came(s, txn_end(s->t, &s->limits, &in));
}

static void do_marks(struct script *s)
{
    struct txn_marker m;
    struct txn_part p;
    uint32_t topic = 0, part = 0;
    char text[512] = "";
    if (!txn_ending(s->t, &m)) {
        saw(s, "nothing");
        return;
    }
    while (txn_next_part(s->t, &topic, &part, &p))
        snprintf(text + strlen(text), sizeof(text) - strlen(text), " %.*s:%d", MR_STR(p.topic), p.partition);
    saw(s, "%s %lld/%d%s%s", m.commit ? "commit" : "abort", (long long)m.producer_id, m.producer_epoch,
        m.version == 2 ? " v2" : "", text);
}

static void do_mark(struct script *s, char **w, int n)
{
    struct txn_part parts[PARTS_MAX];
    int64_t id;
    int16_t epoch;
    uint32_t count = parts_of(w, n, parts);
    who(w[0], &id, &epoch);
    for (uint32_t i = 0; i < count; i++) {
        if (txn_marked(s->t, id, epoch, &parts[i]))
            saw(s, "last");
    }
}

/* All that is to be marked, while it is being walked. */
static void do_sweep(struct script *s)
{
    struct txn_marker m;
    struct txn_part p;
    uint32_t topic = 0, part = 0;
    assert_true(txn_ending(s->t, &m));
    while (txn_next_part(s->t, &topic, &part, &p))
        saw(s, "%.*s:%d%s", MR_STR(p.topic), p.partition,
            txn_marked(s->t, m.producer_id, m.producer_epoch, &p) ? " last" : "");
}

static void do_tick(struct script *s)
{
    struct txn_answer a = txn_tick(s->t, &s->limits, s->now_ms);
    if (a.write)
        write_change(s);
}

static void do_set(struct script *s, const char *w)
{
    long long n = atoll(strchr(w, '=') + 1);
    if (strncmp(w, "max", 3) == 0)
        s->limits.timeout_ms_max = (int32_t)n;
    else if (strncmp(w, "expiration", 10) == 0)
        s->limits.expiration_ms = n;
    else if (strncmp(w, "version", 7) == 0)
        s->limits.version = (int16_t)n;
    else if (strncmp(w, "parts", 5) == 0)
        s->limits.partitions_max = (uint32_t)n;
    else if (strncmp(w, "2pc", 3) == 0)
        s->limits.two_phase = n != 0;
    else
        fail_msg("set what: %s", w);
}

static void do_state(struct script *s)
{
    struct txn_view v;
    struct txn_part p;
    uint32_t topic = 0, part = 0;
    char text[512] = "";
    txn_describe(s->t, &v);
    while (txn_next_part(s->t, &topic, &part, &p))
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%.*s:%d", text[0] != '\0' ? " " : "",
                 MR_STR(p.topic), p.partition);
    saw(s, "%s %lld/%d [%s]", txn_state_name(v.state), (long long)v.producer_id, v.producer_epoch, text);
}

/* The record that is given, as if the log had it. */
static void load(struct script *s, const struct kw_transaction_log_value *v, int16_t version)
{
    struct kw_writer w;
    kw_writer_init(&w, &s->arena, 256, LOG_BYTES, false);
    kw_coord_value_encode(&w, kw_coord_kind(KW_COORD_TXNS, KW_TXN_LOG), version, v);
    assert_int_equal(w.err, 0);
    memcpy(s->log, w.buf, w.len);
    s->log_len = w.len;
    assert_int_equal(txn_load(s->t, (struct mr_slice){s->log, s->log_len}), 0);
}

/* at ID/EPOCH [STATE]: it got there in ways that would take long. */
static void do_at(struct script *s, char **w, int n)
{
    struct kw_transaction_log_value v;
    enum txn_state state = TXN_EMPTY;
    kw_transaction_log_value_init(&v);
    who(w[0], &v.producer_id, &v.producer_epoch);
    if (n > 1)
        assert_true(txn_state_of_name(mr_str_of(w[1]), &state));
    v.transaction_status = (int8_t)state;
    v.transaction_timeout_ms = 60000;
    v.transaction_start_timestamp_ms = v.transaction_last_update_timestamp_ms = s->now_ms;
    load(s, &v, 1);
}

static void do_reload(struct script *s)
{
    s->hold = false;
    txn_free(s->t);
    assert_int_equal(txn_new(MR_STR_LIT("shop"), &s->t), 0);
    if (s->log_len > 0)
        assert_int_equal(txn_load(s->t, (struct mr_slice){s->log, s->log_len}), 0);
}

static void obey(struct script *s, char **w, int n)
{
    if (strcmp(w[0], "init") == 0)
        do_init(s, w + 1, n - 1);
    else if (strcmp(w[0], "add") == 0)
        do_add(s, w + 1, n - 1);
    else if (strcmp(w[0], "commit") == 0 || strcmp(w[0], "abort") == 0)
        do_end(s, w + 1, n - 1, w[0][0] == 'c');
    else if (strcmp(w[0], "verify") == 0) {
        struct txn_part part[PARTS_MAX];
        int64_t id;
        int16_t epoch;
        who(w[1], &id, &epoch);
        assert_int_equal(parts_of(w + 2, n - 2, part), 1);
        saw(s, "%d", txn_verify(s->t, id, epoch, &part[0]));
    } else if (strcmp(w[0], "marks") == 0)
        do_marks(s);
    else if (strcmp(w[0], "mark") == 0)
        do_mark(s, w + 1, n - 1);
    else if (strcmp(w[0], "sweep") == 0)
        do_sweep(s);
    else if (strcmp(w[0], "complete") == 0) {
        if (txn_complete(s->t, s->now_ms))
            write_change(s);
        else
            saw(s, "no");
    } else if (strcmp(w[0], "time") == 0) {
        s->now_ms += atoll(w[1] + 1);
        do_tick(s);
    } else if (strcmp(w[0], "deadline") == 0) {
        int64_t at = txn_deadline(s->t);
        if (at == TXN_NEVER)
            saw(s, "never");
        else
            saw(s, "%lld", (long long)(at - s->now_ms));
    } else if (strcmp(w[0], "expire") == 0) {
        if (txn_expires(s->t, &s->limits, s->now_ms)) {
            txn_expire(s->t);
            write_change(s);
        } else {
            saw(s, "no");
        }
    } else if (strcmp(w[0], "hold") == 0)
        s->hold = true;
    else if (strcmp(w[0], "stable") == 0 || strcmp(w[0], "fail") == 0) {
        s->hold = false;
        if (w[0][0] == 's') {
            stable(s);
            show_answer(s, &s->waiting);
        } else {
            txn_written(s->t, false);
        }
    } else if (strcmp(w[0], "set") == 0)
        do_set(s, w[1]);
    else if (strcmp(w[0], "state") == 0)
        do_state(s);
    else if (strcmp(w[0], "void") == 0)
        saw(s, "%s", txn_void(s->t) ? "yes" : "no");
    else if (strcmp(w[0], "at") == 0)
        do_at(s, w + 1, n - 1);
    else if (strcmp(w[0], "reload") == 0)
        do_reload(s);
    else
        fail_msg("what is %s", w[0]);
}

static void script_init(struct script *s)
{
    *s = (struct script){.now_ms = INT64_C(1700000000000), .fresh_id = 100};
    s->limits = (struct txn_limits){.timeout_ms_max = 900000,
                                    .expiration_ms = INT64_C(604800000),
                                    .version = 2,
                                    .partitions_max = 1000};
    arena_init(&s->arena, 1 << 20);
    assert_int_equal(txn_new(MR_STR_LIT("shop"), &s->t), 0);
}
static void script_done(struct script *s)
{
    txn_free(s->t);
    arena_done(&s->arena);
}

static inline void check_txn(const char *text)
{
    struct script s;
    char *copy = strdup(text), *save;
    script_init(&s);
    for (char *line = strtok_r(copy, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save)) {
        char shown[512], *arrow = strstr(line, "->"), *words[WORDS_MAX] = {NULL}, *word_save;
        int n = 0;
        snprintf(shown, sizeof(shown), "%s", line);
        assert_non_null(arrow);
        *arrow = '\0';
        const char *want = arrow + 2 + strspn(arrow + 2, " ");
        for (char *w = strtok_r(line, " ", &word_save); w != NULL && n < WORDS_MAX;
             w = strtok_r(NULL, " ", &word_save))
            words[n++] = w;
        s.seen[0] = '\0';
        obey(&s, words, n);
        if (strcmp(s.seen, want) != 0)
            fail_msg("%s\n  but it was: %s", shown, s.seen);
    }
    free(copy);
    script_done(&s);
}

#endif
