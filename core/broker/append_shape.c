#include "core/broker/append_shape.h"

#include "core/err.h"
#include "net/wire/batch_build.h"

enum {
    SCRATCH_BYTES_KEPT = 4 << 20,
    SHAPED_BYTES_KEPT = 1 << 20,
};

static int compression_level(const struct topic_config *cfg, int codec)
{
    switch (codec) {
    case COMP_GZIP:
        return cfg->compression_gzip_level;
    case COMP_LZ4:
        return cfg->compression_lz4_level;
    case COMP_ZSTD:
        return cfg->compression_zstd_level;
    default:
        return 0;
    }
}

static int target_codec(const struct topic_config *cfg, const struct batch_verdict *v)
{
    return cfg->compression == TOPIC_COMPRESSION_PRODUCER ? batch_codec(&v->batch.h) : cfg->compression;
}

static struct batch_rules rules_of(const struct part_append *a)
{
    const struct topic_config *cfg = &a->p->cfg;
    return (struct batch_rules){
        .produce_version = a->version,
        .compacted = (cfg->cleanup & TOPIC_CLEANUP_COMPACT) != 0,
        .log_append_time = cfg->timestamp == TOPIC_LOG_APPEND_TIME,
        .codec = cfg->compression,
        .bytes_max = cfg->max_message_bytes,
        .unpacked_bytes_max = RECODE_UNPACKED_BYTES_MAX,
        .now_ms = shard_wall_ms(a->p->home->shard),
        .before_max_ms = cfg->timestamp_before_max_ms,
        .after_max_ms = cfg->timestamp_after_max_ms,
    };
}

/* Unpack and look, but no more than can be had in the time of one turn. */
static void judge_records(struct part_append *a, struct append_judged *j)
{
    struct broker_shard *b = a->p->home;
    struct batch_verdict *v = &j->v;
    int codec = target_codec(&a->p->cfg, v);
    size_t inline_max = b->settings.unpack_inline_bytes;
    if (v->rebuild)
        inline_max /= comp_pack_weight(codec, compression_level(&a->p->cfg, codec));
    bool packed = batch_codec(&v->batch.h) != COMP_NONE;
    j->slow = (packed || v->rebuild) && batch_payload(&v->batch).len > inline_max;
    if (j->slow)
        return;
    struct mr_slice records;
    scratch_reset(&b->scratch, SCRATCH_BYTES_KEPT);
    int err = batch_records(&v->batch, b->comp, &b->scratch, inline_max, &records);
    if (err == -MR_E_LIMIT) {
        j->slow = true;
        return;
    }
    if (err != 0) {
        batch_refuse_payload(v, err);
        return;
    }
    struct batch_walk walk;
    batch_walk_begin(&walk, records, &j->rules, v);
    batch_walk_step(&walk, &j->rules, v, SIZE_MAX);
}

bool append_judge(struct part_append *a, struct append_judged *j)
{
    struct recode *recode = a->p->home->recode;
    j->slow = j->rebuilt = false;
    j->rules = rules_of(a);
    const struct batch_verdict *done = recode_done(recode, a, &j->bytes);
    if (done != NULL) {
        j->v = *done;
        j->rebuilt = done->rebuild;
        return true;
    }
    if (recode_has(recode, a))
        return false;
    if (batch_validate_begin(a->records, &j->rules, &j->v) == KW_NONE)
        judge_records(a, j);
    return true;
}

void append_judge_slowly(struct part_append *a, const struct append_judged *j)
{
    const struct topic_config *cfg = &a->p->cfg;
    recode_begin(a->p->home->recode, a, &j->rules, &j->v, compression_level(cfg, target_codec(cfg, &j->v)));
}

/* A rebuilt copy, in the shard's scratch space. */
static int rebuild(struct part_append *a, const struct batch_verdict *v)
{
    struct broker_shard *b = a->p->home;
    const struct topic_config *cfg = &a->p->cfg;
    struct mr_slice records;
    int codec = target_codec(cfg, v);
    int err = batch_records(&v->batch, b->comp, &b->scratch, RECODE_UNPACKED_BYTES_MAX, &records);
    if (err != 0)
        return err;
    return batch_rebuild(&v->batch, records, b->comp, codec, compression_level(cfg, codec), &b->shaped,
                         &b->work);
}

enum kw_error append_shape(struct part_append *a, const struct append_judged *j, struct mr_slice *ret)
{
    struct broker_shard *b = a->p->home;
    const struct topic_config *cfg = &a->p->cfg;
    const struct batch_verdict *v = &j->v;
    bool own_time = cfg->timestamp == TOPIC_LOG_APPEND_TIME;
    bool wrong_max = !own_time && v->max_timestamp != v->batch.h.max_timestamp;
    bool wrong_type = !own_time && (v->batch.h.attributes & BATCH_LOG_APPEND_TIME) != 0;
    int err = 0;
    uint8_t *mine = NULL; /* bytes that may be written to */
    *ret = v->batch.bytes;
    a->log_append_time_ms = -1;
    if (j->rebuilt) {
        mine = (uint8_t *)(uintptr_t)j->bytes.ptr; /* recode's own */
        *ret = j->bytes;
    } else if (own_time || wrong_max || wrong_type || v->rebuild) {
        scratch_reset(&b->shaped, SHAPED_BYTES_KEPT);
        err = v->rebuild ? rebuild(a, v) : scratch_put(&b->shaped, v->batch.bytes.ptr, v->batch.bytes.len);
        mine = b->shaped.data;
        *ret = (struct mr_slice){b->shaped.data, b->shaped.len};
    }
    if (err == -MR_E_LIMIT || (err == 0 && mine != NULL && ret->len > (size_t)cfg->max_message_bytes))
        return KW_MESSAGE_TOO_LARGE;
    if (err != 0)
        return err == -MR_E_CORRUPT ? KW_CORRUPT_MESSAGE : KW_UNKNOWN_SERVER_ERROR;
    if (ret->len > (size_t)cfg->segment_bytes)
        return KW_RECORD_LIST_TOO_LARGE;
    if (own_time)
        a->log_append_time_ms = shard_wall_ms(b->shard);
    if (mine != NULL)
        batch_set_timestamp(mine, own_time, own_time ? a->log_append_time_ms : v->max_timestamp);
    return KW_NONE;
}
