/* How a transaction ends: a client says so, its time is up, or a new producer comes. */
#include "core/broker/txn_priv.h"

/* ---- Prepare* ---- */

static int16_t raised(int16_t epoch)
{
    return epoch < TXN_EPOCH_MAX ? (int16_t)(epoch + 1) : epoch;
}

void txn_fence(struct txn *t, const struct txn_limits *limits, int64_t now_ms)
{
    struct txn_facts *next = txn_change(t, now_ms);
    next->state = TXN_PREPARE_ABORT;
    next->producer_epoch = raised(next->producer_epoch);
    /* The coordinator speaks its own version, whatever the client spoke. So in the second one who was fenced
     * by time learns by an EndTxn or InitProducerId that it was aborted, and goes on. */
    next->version = limits->version >= 2 ? 2 : 0;
    next->last_epoch = next->version == 2 ? t->now.producer_epoch : -1;
}

static struct txn_answer prepare_v1(struct txn *t, const struct txn_end *in)
{
    struct txn_facts *next = txn_change(t, in->now_ms);
    next->state = in->commit ? TXN_PREPARE_COMMIT : TXN_PREPARE_ABORT;
    next->version = 0;
    return (struct txn_answer){.write = true, .producer_id = -1, .producer_epoch = -1};
}

static struct txn_answer prepare_v2(struct txn *t, const struct txn_end *in)
{
    bool rotate = txn_exhausted(t->now.producer_epoch);
    if (rotate && in->fresh_id < 0) {
        struct txn_answer a = txn_refuse(KW_COORDINATOR_NOT_AVAILABLE);
        a.need_id = true;
        return a;
    }
    struct txn_facts *next = txn_change(t, in->now_ms);
    next->state = in->commit ? TXN_PREPARE_COMMIT : TXN_PREPARE_ABORT;
    next->version = 2;
    next->last_epoch = t->now.producer_epoch;
    next->producer_epoch = raised(t->now.producer_epoch);
    next->next_id = rotate ? in->fresh_id : -1;
    if (t->now.state != TXN_ONGOING) /* nothing was in it, but the record has to tell a start */
        next->start_ms = in->now_ms;
    return (struct txn_answer){.write = true,
                               .took_id = rotate,
                               .producer_id = rotate ? in->fresh_id : next->producer_id,
                               .producer_epoch = rotate ? 0 : next->producer_epoch};
}

/* ---- EndTxn ---- */

static struct txn_answer end_v1(struct txn *t, const struct txn_end *in)
{
    if (in->producer_id != t->now.producer_id)
        return txn_refuse(KW_INVALID_PRODUCER_ID_MAPPING);
    if (in->producer_epoch != t->now.producer_epoch)
        return txn_refuse(KW_PRODUCER_FENCED);
    if (t->changing || txn_preparing(t))
        return txn_refuse(KW_CONCURRENT_TRANSACTIONS);
    if (t->now.state == TXN_ONGOING)
        return prepare_v1(t, in);
    bool done = t->now.state == (in->commit ? TXN_COMPLETE_COMMIT : TXN_COMPLETE_ABORT);
    return txn_refuse(done ? KW_NONE : KW_INVALID_TXN_STATE);
}

/* Does it say what was done already? The epoch that it names is the one before. */
static bool repeats(const struct txn_facts *now, const struct txn_end *in)
{
    if (in->producer_id == now->producer_id && in->producer_epoch + 1 == now->producer_epoch)
        return true;
    return in->producer_id == now->previous_id && in->producer_epoch == TXN_EPOCH_MAX - 1 &&
           now->producer_epoch == 0;
}

/* KIP-890:          abort, repeated   abort   commit, repeated   commit
 *   Empty           90                new     90                 48
 *   CompleteAbort   0                 new     48                 48
 *   CompleteCommit  48                new     0                  48 */
static struct txn_answer end_v2(struct txn *t, const struct txn_end *in)
{
    const struct txn_facts *now = &t->now;
    if (t->changing || txn_preparing(t)) /* first of all: it may speak as the one that it will be */
        return txn_refuse(KW_CONCURRENT_TRANSACTIONS);
    bool complete = now->state == TXN_COMPLETE_COMMIT || now->state == TXN_COMPLETE_ABORT;
    bool repeated = complete && repeats(now, in);
    if (!repeated && in->producer_id != now->producer_id)
        return txn_refuse(KW_INVALID_PRODUCER_ID_MAPPING);
    if (!repeated && in->producer_epoch != now->producer_epoch)
        return txn_refuse(KW_PRODUCER_FENCED);
    if (repeated) {
        if (in->commit != (now->state == TXN_COMPLETE_COMMIT))
            return txn_refuse(KW_INVALID_TXN_STATE);
        return (struct txn_answer){.producer_id = now->producer_id, .producer_epoch = now->producer_epoch};
    }
    if (in->commit && now->state != TXN_ONGOING)
        return txn_refuse(KW_INVALID_TXN_STATE);
    return prepare_v2(t, in);
}

struct txn_answer txn_end(struct txn *t, const struct txn_limits *limits, const struct txn_end *in)
{
    if (!t->recorded)
        return txn_refuse(KW_INVALID_PRODUCER_ID_MAPPING);
    return in->v2 && limits->version >= 2 ? end_v2(t, in) : end_v1(t, in);
}

/* ---- time ---- */

int64_t txn_deadline(const struct txn *t)
{
    int64_t at_ms;
    /* KIP-939: a transaction of two phases waits for whoever coordinates them. */
    if (t->now.state != TXN_ONGOING || t->now.timeout_ms == INT32_MAX ||
        __builtin_add_overflow(t->now.start_ms, (int64_t)t->now.timeout_ms + 1, &at_ms))
        return TXN_NEVER;
    return at_ms;
}

struct txn_answer txn_tick(struct txn *t, const struct txn_limits *limits, int64_t now_ms)
{
    struct txn_answer a = txn_refuse(KW_NONE);
    if (t->changing || txn_deadline(t) > now_ms)
        return a;
    txn_fence(t, limits, now_ms);
    a.write = true;
    return a;
}

/* ---- markers ---- */

bool txn_ending(const struct txn *t, struct txn_marker *ret)
{
    if (!txn_preparing(t))
        return false;
    *ret = (struct txn_marker){.producer_id = t->now.producer_id,
                               .producer_epoch = t->now.producer_epoch,
                               .commit = t->now.state == TXN_PREPARE_COMMIT,
                               .version = t->now.version};
    return true;
}

bool txn_marked(struct txn *t, int64_t producer_id, int16_t producer_epoch, const struct txn_part *part)
{
    if (!txn_preparing(t) || producer_id != t->now.producer_id || producer_epoch != t->now.producer_epoch)
        return false;
    return txn_set_remove(&t->parts, part->topic, part->partition) && t->parts.count == 0;
}

bool txn_complete(struct txn *t, int64_t now_ms)
{
    if (t->changing || !txn_preparing(t) || t->parts.count > 0)
        return false;
    struct txn_facts *next = txn_change(t, now_ms);
    next->state = t->now.state == TXN_PREPARE_COMMIT ? TXN_COMPLETE_COMMIT : TXN_COMPLETE_ABORT;
    if (next->next_id >= 0) { /* last_epoch stays: the client has seen it, and may repeat itself */
        next->producer_id = next->next_id;
        next->producer_epoch = 0;
        next->next_id = -1;
    }
    /* Topics without partitions are left over from the markers. */
    t->next_has_parts = true;
    return true;
}
