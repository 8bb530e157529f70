/* net/wire/batch, batch_validate: what a broker takes from a producer.
 *
 * A line of script is a batch, as changes to a plain one of three records with key "k", value "v" and the
 * time now, then what must come of it: `crc^1 -> 2` has a wrong checksum and is refused with
 * CORRUPT_MESSAGE. Every expected code was measured on Apache Kafka 4.1.0 unless the line says `ours`:
 * there Kafka answers -1 by an unhandled exception, or takes what this broker should not
 * (net/wire/batch.md). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "core/err.h"
#include "core/mem.h"
#include "net/wire/batch_build.h"
#include "net/wire/batch_validate.h"
#include "net/wire/varint.h"

enum { RECORDS_MAX = 64 };
#define NOW 1795240138606LL

struct recipe {
    int n, codec, version, offsets[RECORDS_MAX];
    bool offsets_given;
    bool keyless[RECORDS_MAX];
    int64_t ts, ts_delta[RECORDS_MAX];
    int64_t max_ts;
    bool max_ts_given;
    int value_bytes;
    long crc_xor, attributes, count, lod, base, length_add, length_set, magic, cut, zeros;
    bool count_given, lod_given, length_given, again, magic_old;
    int64_t pid;
    int pep, seq;
    uint8_t raw[128]; /* instead of the records */
    size_t raw_bytes;
    size_t payload_cut; /* bytes off the end of the packed records */
    int payload_tail;   /* bytes of garbage after them */
    int payload_flip;   /* 1 + position of a byte to damage */
    int records_tail;   /* bytes after the last record, before packing */
    struct batch_rules rules;
};

struct fixture {
    struct comp *comp;
    struct mr_scratch plain, packed, unpacked, out, work;
};

static int setup(void **state)
{
    struct fixture *f = mem_zalloc(1, sizeof(*f));
    f->comp = comp_new();
    scratch_init(&f->plain, 1 << 24);
    scratch_init(&f->packed, 1 << 24);
    scratch_init(&f->unpacked, 1 << 24);
    scratch_init(&f->out, 1 << 24);
    scratch_init(&f->work, 1 << 24);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    scratch_done(&f->plain);
    scratch_done(&f->packed);
    scratch_done(&f->unpacked);
    scratch_done(&f->out);
    scratch_done(&f->work);
    comp_free(f->comp);
    mem_free(f);
    return 0;
}

static void hex_into(struct recipe *r, const char *hex)
{
    for (r->raw_bytes = 0; hex[0] != '\0' && hex[1] != '\0'; hex += 2) {
        char two[3] = {hex[0], hex[1], 0};
        r->raw[r->raw_bytes++] = (uint8_t)strtol(two, NULL, 16);
    }
}

/* True when the word is NAME followed by what value points to after the call. */
static bool word_is(const char *word, const char *name, const char **value)
{
    size_t len = strlen(name);
    if (strncmp(word, name, len) != 0)
        return false;
    *value = word + len;
    return true;
}

static void apply_word(struct recipe *r, const char *word)
{
    const char *v;
    if (word_is(word, "n=", &v)) {
        r->n = atoi(v);
    } else if (word_is(word, "codec=", &v)) {
        r->codec = atoi(v);
    } else if (word_is(word, "crc^", &v)) {
        r->crc_xor = atol(v);
    } else if (word_is(word, "attr=", &v)) {
        r->attributes = strtol(v, NULL, 16);
    } else if (word_is(word, "count=", &v)) {
        r->count = atol(v);
        r->count_given = true;
    } else if (word_is(word, "lod=", &v)) {
        r->lod = atol(v);
        r->lod_given = true;
    } else if (word_is(word, "base=", &v)) {
        r->base = atol(v);
    } else if (word_is(word, "length=", &v)) {
        r->length_set = atol(v);
        r->length_given = true;
    } else if (word_is(word, "length", &v)) {
        r->length_add = atol(v);
    } else if (word_is(word, "magic=", &v)) {
        r->magic = atol(v);
    } else if (word_is(word, "cut=", &v)) {
        r->cut = atol(v);
    } else if (word_is(word, "zeros=", &v)) {
        r->zeros = atol(v);
    } else if (strcmp(word, "again") == 0) {
        r->again = true;
    } else if (word_is(word, "keyless=", &v)) {
        for (; *v != '\0'; v += strcspn(v, ",") + (v[strcspn(v, ",")] == ','))
            r->keyless[atoi(v)] = true;
    } else if (word_is(word, "offsets=", &v)) {
        r->offsets_given = true;
        for (int i = 0; *v != '\0'; v += strcspn(v, ",") + (v[strcspn(v, ",")] == ','))
            r->offsets[i++] = atoi(v);
    } else if (word_is(word, "ts=", &v)) {
        r->ts = atoll(v);
    } else if (word_is(word, "ts", &v) && strchr(v, ':') != NULL) {
        r->ts_delta[atoi(v)] = atoll(strchr(v, ':') + 1);
    } else if (word_is(word, "ts", &v)) { /* ts+N, ts-N */
        r->ts = NOW + atoll(v);
    } else if (word_is(word, "maxts", &v)) {
        r->max_ts = NOW + atoll(v);
        r->max_ts_given = true;
    } else if (word_is(word, "pid=", &v)) {
        r->pid = atoll(v);
    } else if (word_is(word, "epoch=", &v)) {
        r->pep = atoi(v);
    } else if (word_is(word, "seq=", &v)) {
        r->seq = atoi(v);
    } else if (word_is(word, "value=", &v)) {
        r->value_bytes = atoi(v);
    } else if (word_is(word, "hex=", &v)) {
        hex_into(r, v);
        r->n = 1;
    } else if (word_is(word, "packed-cut=", &v)) {
        r->payload_cut = (size_t)atol(v);
    } else if (word_is(word, "packed-tail=", &v)) {
        r->payload_tail = atoi(v);
    } else if (word_is(word, "packed-flip=", &v)) {
        r->payload_flip = 1 + atoi(v);
    } else if (word_is(word, "tail=", &v)) {
        r->records_tail = atoi(v);
    } else if (word_is(word, "v=", &v)) {
        r->rules.produce_version = (int16_t)atoi(v);
    } else if (strcmp(word, "compacted") == 0) {
        r->rules.compacted = true;
    } else if (strcmp(word, "stamped") == 0) {
        r->rules.log_append_time = true;
    } else if (strcmp(word, "trusted") == 0) {
        r->rules.records_trusted = true;
    } else if (word_is(word, "topic-codec=", &v)) {
        r->rules.codec = atoi(v);
    } else if (word_is(word, "max-bytes=", &v)) {
        r->rules.bytes_max = atoi(v);
    } else if (word_is(word, "max-unpacked=", &v)) {
        r->rules.unpacked_bytes_max = (size_t)atol(v);
    } else if (word_is(word, "before=", &v)) {
        r->rules.before_max_ms = atoll(v);
    } else {
        fail_msg("no such word: %s", word);
    }
}

static void put_records(struct fixture *f, const struct recipe *r)
{
    static const uint8_t filler[4096];
    f->plain.len = 0;
    if (r->raw_bytes > 0) {
        assert_int_equal(scratch_put(&f->plain, r->raw, r->raw_bytes), 0);
        return;
    }
    for (int i = 0; i < r->n; i++) {
        struct kw_record record = {
            .timestamp_delta = r->ts_delta[i],
            .offset_delta = r->offsets_given ? r->offsets[i] : i,
            .key = {r->keyless[i] ? NULL : (const uint8_t *)"k", r->keyless[i] ? 0 : 1},
            .value = {(const uint8_t *)"v", 1},
        };
        if (r->value_bytes > 0)
            record.value = (struct mr_slice){filler, (size_t)r->value_bytes};
        assert_int_equal(record_put(&f->plain, &record), 0);
    }
    for (int i = 0; i < r->records_tail; i++)
        assert_int_equal(scratch_put(&f->plain, "x", 1), 0);
}

/* Leaves the request's bytes in f->out. */
static void cook(struct fixture *f, const struct recipe *r)
{
    put_records(f, r);
    f->packed.len = 0;
    struct mr_slice plain = {f->plain.data, f->plain.len};
    int codec = r->codec < COMP_CODECS ? r->codec : COMP_NONE;
    if (plain.len > 0)
        assert_int_equal(comp_pack(f->comp, codec, comp_level_default(codec), plain, &f->packed), 0);
    f->packed.len -= r->payload_cut < f->packed.len ? r->payload_cut : f->packed.len;
    for (int i = 0; i < r->payload_tail; i++)
        assert_int_equal(scratch_put(&f->packed, "garbage!" + i % 8, 1), 0);
    if (r->payload_flip > 0)
        f->packed.data[r->payload_flip - 1] ^= 0x55;

    struct kw_batch_header h = {
        .base_offset = r->base,
        .length = (int32_t)(BATCH_HEADER_BYTES - BATCH_PREFIX_BYTES + f->packed.len),
        .leader_epoch = -1,
        .magic = (int8_t)r->magic,
        .attributes = (int16_t)(r->attributes | r->codec),
        .last_offset_delta = (int32_t)(r->lod_given ? r->lod : r->n - 1),
        .base_timestamp = r->ts,
        .max_timestamp = r->max_ts_given ? r->max_ts : r->ts,
        .producer_id = r->pid,
        .producer_epoch = (int16_t)r->pep,
        .base_sequence = r->seq,
        .record_count = (int32_t)(r->count_given ? r->count : r->n),
    };
    f->out.len = 0;
    assert_int_equal(scratch_reserve(&f->out, BATCH_HEADER_BYTES), 0);
    batch_header_write(f->out.data, &h);
    f->out.len = BATCH_HEADER_BYTES;
    assert_int_equal(scratch_put(&f->out, f->packed.data, f->packed.len), 0);
    batch_seal(f->out.data);
    if (r->again) {
        size_t bytes = f->out.len;
        assert_int_equal(scratch_reserve(&f->out, bytes), 0);
        memcpy(f->out.data + bytes, f->out.data, bytes);
        f->out.len += bytes;
    }
    mr_put32(f->out.data + BATCH_AT_CRC, mr_get32(f->out.data + BATCH_AT_CRC) ^ (uint32_t)r->crc_xor);
    if (r->length_given)
        mr_put32(f->out.data + BATCH_AT_LENGTH, (uint32_t)r->length_set);
    else
        mr_put32(f->out.data + BATCH_AT_LENGTH, (uint32_t)(h.length + r->length_add));
    for (long i = 0; i < r->zeros; i++)
        assert_int_equal(scratch_put(&f->out, "", 1), 0);
    f->out.len -= (size_t)r->cut < f->out.len ? (size_t)r->cut : f->out.len;
}

/* The verdict as the script writes it. */
static void describe(const struct batch_verdict *v, char *text, size_t bytes)
{
    static const char *const kinds[] = {"key", "time", "type"};
    size_t n = (size_t)snprintf(text, bytes, "%d", v->error);
    if (v->error == KW_NONE) {
        if (batch_codec(&v->batch.h) == COMP_NONE) /* else it is the library's affair */
            n += (size_t)snprintf(text + n, bytes - n, " %zu bytes", v->batch.bytes.len);
        n += (size_t)snprintf(text + n, bytes - n, " max %+lld at %d%s",
                              (long long)(v->max_timestamp == KW_NO_TIMESTAMP ? -1 : v->max_timestamp - NOW),
                              v->max_timestamp_delta, v->rebuild ? " rebuild" : "");
        return;
    }
    for (uint32_t i = 0; i < v->record_fault_count && i < BATCH_RECORD_FAULTS_MAX; i++)
        n += (size_t)snprintf(text + n, bytes - n, " %d:%s", v->record_faults[i].batch_index,
                              kinds[v->record_faults[i].kind]);
    if (v->record_fault_count > BATCH_RECORD_FAULTS_MAX)
        snprintf(text + n, bytes - n, " of %u", v->record_fault_count);
}

static struct recipe recipe_plain(void)
{
    struct recipe r = {.n = 3, .ts = NOW, .magic = 2, .pid = -1, .pep = -1, .seq = -1};
    r.rules = (struct batch_rules){
        .produce_version = 9,
        .codec = BATCH_CODEC_OF_PRODUCER,
        .bytes_max = 1048588,
        .unpacked_bytes_max = 1 << 20,
        .now_ms = NOW,
        .before_max_ms = INT64_MAX,
        .after_max_ms = 3600000,
    };
    return r;
}

static int judge(struct fixture *f, char *line, struct batch_verdict *v)
{
    struct recipe r = recipe_plain();
    char *save = NULL;
    for (char *word = strtok_r(line, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save))
        apply_word(&r, word);
    cook(f, &r);
    return batch_validate((struct mr_slice){f->out.data, f->out.len}, &r.rules, f->comp, &f->unpacked, v);
}

static void check(void **state, const char *script)
{
    char text[4096], got[512];
    char *save = NULL;
    assert_true(strlen(script) < sizeof(text));
    strcpy(text, script);
    for (char *line = strtok_r(text, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save)) {
        char shown[512];
        char *want = strstr(line, "->");
        assert_non_null(want);
        snprintf(shown, sizeof(shown), "%s", line);
        *want = '\0';
        want += 3;
        char *ours = strstr(want, " ours");
        if (ours != NULL)
            *ours = '\0';
        size_t len = strlen(want);
        while (len > 0 && want[len - 1] == ' ')
            want[--len] = '\0';
        struct batch_verdict v;
        judge(*state, line, &v);
        describe(&v, got, sizeof(got));
        if (strcmp(got, want) != 0)
            fail_msg("%s\n  but got: %s", shown, got);
        assert_int_equal(v.error == KW_NONE, v.fault == BATCH_FINE);
        assert_int_equal(v.error == KW_NONE, batch_fault_text(v.fault) == NULL);
    }
}

static void framing(void **state)
{
    check(state, "            -> 0 88 bytes max +0 at 0\n"
                 "n=1         -> 0 70 bytes max +0 at 0\n"
                 "crc^1       -> 2  \n"
                 "again       -> 87 \n"
                 "zeros=5     -> 0 88 bytes max +0 at 0\n" /* less than a batch's start: ignored */
                 "zeros=20    -> 2  \n"
                 "again cut=1 -> 0 88 bytes max +0 at 0\n"
                 "cut=1       -> 87 \n"
                 "cut=72      -> 87 \n"
                 "cut=77      -> 87 \n"
                 "cut=88      -> 87 \n"
                 "length+1    -> 87 \n"
                 "length-1    -> 2  \n"
                 "length=0    -> 2  \n"
                 "length=-1   -> 2  \n"
                 "length=13   -> 2  \n"
                 "length=14   -> 2  \n"
                 "length=48   -> 2  \n"
                 "length=49   -> 2  \n"
                 "length=2147483647 -> 87 \n"
                 "magic=0     -> 87 \n"
                 "magic=1     -> 87 \n"
                 "magic=3     -> 2  \n"
                 "magic=-1    -> 2  \n"
                 "base=7      -> 87 \n"
                 "base=-1     -> 87 \n");
}

static void counts(void **state)
{
    check(state, "count=2 lod=1   -> 87 \n"
                 "count=4 lod=3   -> 87 \n"
                 "lod=5           -> 87 \n"
                 "lod=1           -> 87 \n"
                 "count=0 lod=0   -> 87 \n"
                 "count=0 lod=-1  -> 87 \n"
                 "count=-1 lod=-2 -> 87 \n"
                 "n=0             -> 87 \n"
                 "n=0 lod=0       -> 87 \n"
                 "count=2147483647 lod=2147483646 -> 87 \n"
                 "count=-2147483648 lod=2147483647 -> 87 \n"
                 "tail=2          -> 87 \n"
                 "codec=1 count=2 lod=1 -> 87 \n"
                 "codec=3 count=2 lod=1 -> 87 \n"
                 "codec=1 count=4 lod=3 -> 87 \n"
                 "codec=1 tail=2  -> 87 \n"
                 "codec=2 tail=2  -> 87 \n"
                 "codec=3 tail=2  -> 87 \n"
                 "codec=4 tail=2  -> 87 \n");
}

static void attributes(void **state)
{
    check(state, "attr=20   -> 87 \n"
                 "attr=30 pid=5 epoch=0 seq=0 -> 87 \n"
                 "attr=40   -> 0 88 bytes max +0 at 0\n"
                 "attr=3f80 -> 0 88 bytes max +0 at 0\n"
                 "pid=5 epoch=0 seq=-1 -> 87 \n"
                 "pid=5 epoch=0 seq=0  -> 0 88 bytes max +0 at 0\n"
                 "pid=6 epoch=-1 seq=0 -> 0 88 bytes max +0 at 0\n"
                 "pid=-2 epoch=0 seq=0 -> 0 88 bytes max +0 at 0\n"
                 "epoch=3 seq=4        -> 0 88 bytes max +0 at 0\n");
}

static void codecs(void **state)
{
    check(state, "codec=5 -> 76 ours\n"
                 "codec=6 -> 76 ours\n"
                 "codec=7 -> 76 ours\n"
                 "codec=4 v=6 -> 76 \n"
                 "codec=4 v=3 -> 76 \n"
                 "codec=4 v=7 trusted -> 0 max +0 at 2\n");
    struct batch_verdict v;
    for (int codec = 1; codec <= 4; codec++) {
        char line[64];
        snprintf(line, sizeof(line), "n=40 codec=%d", codec);
        assert_int_equal(judge((*state), line, &v), 0);
        assert_false(v.rebuild);
        snprintf(line, sizeof(line), "codec=%d packed-cut=6", codec);
        assert_int_equal(judge((*state), line, &v), 87); /* Kafka: -1 */
        snprintf(line, sizeof(line), "codec=%d packed-cut=1000", codec);
        assert_int_equal(judge((*state), line, &v), 87); /* Kafka: -1, zstd 87 */
        snprintf(line, sizeof(line), "codec=%d packed-cut=1000 packed-tail=28", codec);
        assert_int_equal(judge((*state), line, &v), 87); /* Kafka: -1 */
        snprintf(line, sizeof(line), "codec=%d packed-tail=8", codec);
        assert_int_equal(judge((*state), line, &v), 87); /* Kafka: takes gzip and lz4, else -1 */
        assert_int_equal(v.fault, BATCH_FAULT_PAYLOAD);
    }
}

static void sizes(void **state)
{
    check(state, "n=1 value=2000 max-bytes=1000 -> 10 \n"
                 "n=1 value=2000 max-bytes=1000 crc^1 -> 10 \n"
                 "n=1 value=929 max-bytes=1000 -> 0 1000 bytes max +0 at 0\n"
                 "n=1 value=930 max-bytes=1000 -> 10 \n"
                 "n=1 max-bytes=0 -> 10 \n"
                 "n=1 max-bytes=0 cut=1 -> 87 \n"
                 "n=60 value=3000 codec=1 max-unpacked=100000 -> 10 \n"
                 "n=60 value=3000 codec=2 max-unpacked=100000 -> 10 \n"
                 "n=60 value=3000 codec=3 max-unpacked=100000 -> 10 \n"
                 "n=60 value=3000 codec=4 max-unpacked=100000 -> 10 \n");
}

static void record_structure(void **state)
{
    check(state, "hex=1000000002 -> 87 \n"         /* cut off */
                 "hex=10000000026b000000 -> 87 \n" /* one byte more than its length */
                 "hex=0e0000000101016100 -> 87 \n"
                 "hex=0c000000010100 -> 0 68 bytes max +0 at 0\n"
                 "hex=0c000000010d00 -> 0 68 bytes max +0 at 0\n"       /* any negative length is null */
                 "hex=0c7f0000010100 -> 0 68 bytes max +0 at 0\n"       /* attributes are not looked at */
                 "hex=0e00000001010000 -> 87 \n"                        /* a byte after the headers */
                 "hex=8e800000000001018000 -> 0 71 bytes max +0 at 0\n" /* long forms of numbers */
                 "hex=140000000101fe80808070 -> 87 ours\n"              /* bits beyond 32 */
                 "hex=14000000010180808080800100 -> 87 \n"
                 "hex=ffffffffffff0000000000000000 -> 87 ours\n"
                 "hex=0100000000000000 -> 87 \n" /* negative length */
                 "hex=00 -> 87 \n"
                 "hex=140000000101feffffff0f -> 87 \n" /* 2^31-1 headers */
                 "hex=0c000000010101 -> 87 \n"         /* -1 headers */
                 "hex=100000000101020101 -> 87 \n"     /* a header without key */
                 "hex=1000000001010201 -> 87 \n"
                 "hex=12000000010102000100 -> 87 \n"
                 "hex=100000000101020001 -> 0 70 bytes max +0 at 0\n" /* empty key, null value */
                 "hex=1000000001010202 -> 87 \n");
}

static void keys_and_times(void **state)
{
    check(state,
          "keyless=0 -> 0 87 bytes max +0 at 0\n"
          "compacted keyless=0,2 -> 87 0:key 2:key\n"
          "compacted codec=1 keyless=1 -> 87 1:key\n"
          "compacted n=20 keyless=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16 -> 87 0:key 1:key 2:key 3:key "
          "4:key 5:key 6:key 7:key 8:key 9:key 10:key 11:key 12:key 13:key 14:key 15:key of 17\n"
          "compacted keyless=0 ts1:7200000 -> 32 0:key 1:time\n"
          "compacted keyless=1 ts0:7200000 -> 32 0:time 1:key\n"
          "compacted n=1 hex=0c000000090100 -> 87 0:key\n"
          "compacted keyless=0 tail=1 -> 87\n" /* malformed: no record is named */
          "ts+3600000 -> 0 88 bytes max +3600000 at 0\n"
          "ts+3600001 -> 32 0:time 1:time 2:time\n"
          "codec=1 ts+7200000 -> 32 0:time 1:time 2:time\n"
          "ts1:7200000 maxts+7200000 -> 32 1:time\n"
          "maxts+7200000 -> 0 88 bytes max +0 at 0\n"
          "ts1:5 ts2:-5 maxts+1 -> 0 88 bytes max +5 at 1\n"
          "before=1000 ts-1000 -> 0 88 bytes max -1000 at 0\n"
          "before=1000 ts-1001 -> 32 0:time 1:time 2:time\n"
          "ts=-1 -> 0 88 bytes max -1 at 0\n"
          "ts=-2 -> 0 88 bytes max -1 at 0\n"
          "ts=0 -> 0 88 bytes max -1795240138606 at 0\n"
          "n=1 ts=9223372036854775803 ts0:10 -> 32 0:time\n"
          "ts=9223372036854775807 -> 32 0:time 1:time 2:time\n"
          "ts=-9223372036854775808 -> 32 0:time 1:time 2:time\n"
          "ts=-9223372036854775808 before=9223372036854775806 -> 32 0:time 1:time 2:time\n"
          "attr=8 -> 0 88 bytes max +0 at 0\n"
          "attr=8 maxts+7200000 -> 32 0:time 1:time 2:time\n"
          "attr=8 ts=-1 -> 32 0:type 1:type 2:type\n"
          "attr=8 stamped -> 32 0:type 1:type 2:type\n"
          "stamped ts+7200000 -> 0 88 bytes max +7200000 at 0\n");
}

static void what_must_be_rebuilt(void **state)
{
    check(state, "offsets=0,2,1 -> 0 88 bytes max +0 at 0 rebuild ours\n" /* Kafka stores it as it is */
                 "offsets=-1,0,1 -> 0 88 bytes max +0 at 0 rebuild ours\n"
                 "codec=2 offsets=0,2,1 -> 0 max +0 at 0 rebuild ours\n"
                 "codec=2 offsets=0,0,0 -> 0 max +0 at 0 rebuild ours\n"
                 "codec=2 topic-codec=2 -> 0 max +0 at 0\n"
                 "topic-codec=0 -> 0 88 bytes max +0 at 0\n"
                 "topic-codec=1 -> 0 88 bytes max +0 at 0 rebuild\n"
                 "topic-codec=1 crc^1 -> 2\n"
                 "topic-codec=1 trusted -> 0 88 bytes max +0 at 2 rebuild\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(framing),        cmocka_unit_test(counts),
        cmocka_unit_test(attributes),     cmocka_unit_test(codecs),
        cmocka_unit_test(sizes),          cmocka_unit_test(record_structure),
        cmocka_unit_test(keys_and_times), cmocka_unit_test(what_must_be_rebuilt),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
