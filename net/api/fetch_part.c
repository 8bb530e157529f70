#include "net/api/fetch_part.h"
#include "core/broker/dirs.h"

#include "net/memory.h"
#include "storage/epoch.h"

enum {
    READ_BYTES_USUAL = 1 << 20, /* what a read from a file takes at most, unless its first batch is larger */
    READ_BYTES_SPARE = 64 * 1024,
};

static void read_on(struct fetch_part_state *s);
static void again_run(struct mr_work *w);

static struct fetch_item *items_of(const struct fetch_part_state *s)
{
    return s->part->items;
}

bool fetch_part_prepare(struct fan_part *part, bool may_wait, bool read_committed, uint32_t bytes_enough,
                        uint32_t bytes_max)
{
    struct fetch_part_state *s = arena_new(&part->arena, struct fetch_part_state);
    if (s == NULL)
        return false;
    s->part = part;
    s->may_wait = may_wait;
    s->read_committed = read_committed;
    s->bytes_enough = bytes_enough;
    s->bytes_max = bytes_max;
    work_init(&s->again, again_run);
    part->state = s;
    return true;
}

/* NULL: the shard does not serve yet, or no more. */
static struct net_shard *net_here(const struct fetch_part_state *s)
{
    return net_of(s->part->at_shard);
}

/* An item holds so much from now on. */
static void own(struct fetch_part_state *s, struct fetch_item *item, uint64_t bytes)
{
    struct net_shard *n = net_here(s);
    if (n == NULL) { /* nobody counts; and nobody is to take back later what was not counted */
        item->own_bytes = 0;
        return;
    }
    if (bytes > item->own_bytes)
        net_read_charge(n, bytes - item->own_bytes);
    else
        net_read_release(n, item->own_bytes - bytes);
    item->own_bytes = bytes;
}

static void drop_reads(struct fetch_part_state *s)
{
    for (uint32_t i = 0; i < s->part->count; i++) {
        struct fetch_item *item = &items_of(s)[i];
        if (item->has_parts)
            plog_read_done(&item->read);
        item->has_parts = false;
        own(s, item, 0);
    }
    s->bytes = 0;
}

void fetch_part_release(struct fan_part *part)
{
    struct fetch_part_state *s = part->state;
    drop_reads(s);
    for (uint32_t i = 0; i < part->count; i++)
        plog_aborted_done(&items_of(s)[i].aborted);
}

static void unpark(struct fetch_part_state *s)
{
    if (!s->parked)
        return;
    s->parked = false;
    for (uint32_t i = 0; i < s->part->count; i++)
        partition_unwait(&items_of(s)[i].wait);
}

static void again_run(struct mr_work *w)
{
    struct fetch_part_state *s = MR_CONTAINER(w, struct fetch_part_state, again);
    s->waited = s->short_of_memory;
    unpark(s);
    read_on(s);
}

static void go_home(struct fetch_part_state *s)
{
    unpark(s);
    list_remove(&s->again.link); /* it may stand in line for memory */
    s->home_bound = true;
    s->part->keep = s->bytes > 0;
    fan_back(s->part);
}

/* Several partitions may move in one group: one look at all of them, later in this turn. */
static void moved(struct fetch_wait *w)
{
    struct fetch_item *item = MR_CONTAINER(w, struct fetch_item, wait);
    struct fetch_part_state *s = item->part->state;
    unpark(s);
    shard_ready(s->part->at_shard, &s->again);
}

static void park(struct fetch_part_state *s)
{
    struct broker_shard *b = broker_of(s->part->at_shard);
    s->parked = true;
    for (uint32_t i = 0; i < s->part->count; i++) {
        struct fetch_item *item = &items_of(s)[i];
        struct partition *p = partition_find(b, item->key);
        if (p != NULL) /* never NULL here: that is an error, which goes home at once */
            partition_wait(p, &item->wait);
    }
}

/* KIP-320, KIP-595: does the reader's history part from ours before its offset? */
static void check_history(struct fetch_item *item, struct partition *p)
{
    if (item->last_fetched_epoch < 0)
        return;
    int32_t epoch;
    int64_t end;
    if (!epochs_end(plog_epochs(p->log), item->last_fetched_epoch, plog_append_end(p->log), &epoch, &end)) {
        item->error = KW_OFFSET_OUT_OF_RANGE;
        return;
    }
    if (epoch < item->last_fetched_epoch || end < item->offset) {
        item->diverges = true;
        item->diverging_epoch = epoch;
        item->diverging_end = end;
    }
}

/* What can be said without reading. True: there is something to read. */
static bool look(struct fetch_part_state *s, struct fetch_item *item, struct partition *p)
{
    item->error = partition_check_epoch(p, item->leader_epoch);
    item->leader_id = p->leader;
    item->current_epoch = p->leader_epoch;
    if (item->error == KW_NONE && plog_failed(p->log) != 0)
        item->error = KW_KAFKA_STORAGE_ERROR;
    if (item->error != KW_NONE) {
        item->high_watermark = item->last_stable = item->log_start = -1;
        return false;
    }
    item->high_watermark = partition_high_watermark(p);
    item->last_stable = partition_last_stable(p);
    item->log_start = plog_start(p->log);
    item->diverges = false;
    check_history(item, p); /* before the range: a reader of another history learns where to truncate */
    if (item->error != KW_NONE || item->diverges)
        return false;
    if (item->offset < item->log_start || item->offset > plog_append_end(p->log)) {
        item->error = KW_OFFSET_OUT_OF_RANGE;
        return false;
    }
    int64_t limit = s->read_committed ? item->last_stable : item->high_watermark;
    return item->offset < limit && (s->bytes == 0 || s->bytes < s->bytes_max);
}

static void took(struct fetch_part_state *s, struct fetch_item *item)
{
    item->has_parts = true;
    s->bytes += item->read.bytes;
    own(s, item, item->read.own_bytes);
    if (item->read.err == -ENOBUFS)
        s->short_of_memory = true;
    else if (item->read.err == -ERANGE)
        item->error = KW_OFFSET_OUT_OF_RANGE;
    else if (item->read.err != 0)
        item->error = item->read.err == -MR_E_CORRUPT ? KW_CORRUPT_MESSAGE : KW_KAFKA_STORAGE_ERROR;
}

static void read_done(struct plog_read *r)
{
    struct fetch_item *item = MR_CONTAINER(r, struct fetch_item, read);
    struct fetch_part_state *s = item->part->state;
    took(s, item);
    s->next++;
    s->reading = true; /* go on with the next item */
    shard_ready(s->part->at_shard, &s->again);
}

static void aborted_here(struct fetch_item *item)
{
    if (item->aborted.err == -ENOENT) /* the log goes: what was read is not worth much any more */
        item->error = KW_UNKNOWN_TOPIC_OR_PARTITION;
    else if (item->aborted.err == -ERANGE)
        item->error = KW_OFFSET_OUT_OF_RANGE;
    else if (item->aborted.err != 0)
        item->error = KW_KAFKA_STORAGE_ERROR;
}

static void aborted_done(struct plog_aborted *q)
{
    struct fetch_item *item = MR_CONTAINER(q, struct fetch_item, aborted);
    struct fetch_part_state *s = item->part->state;
    aborted_here(item);
    s->next++;
    shard_ready(s->part->at_shard, &s->again);
}

/* What read_committed readers have to leave out of what they get (KIP-98); then home. */
static void collect(struct fetch_part_state *s)
{
    struct broker_shard *b = broker_of(s->part->at_shard);
    for (; s->next < s->part->count; s->next++) {
        struct fetch_item *item = &items_of(s)[s->next];
        struct partition *p = partition_find(b, item->key);
        if (!s->read_committed || !item->has_parts || item->read.count == 0)
            continue;
        if (p == NULL) {
            item->error = dirs_missing(b, item->key);
            continue;
        }
        item->aborted =
            (struct plog_aborted){.offset = item->offset, .end = item->read.end, .done = aborted_done};
        if (!plog_aborted(p->log, &item->aborted))
            return;
        aborted_here(item);
    }
    go_home(s);
}

static void finish_pass(struct fetch_part_state *s)
{
    s->reading = false;
    bool settled = s->bytes >= s->bytes_enough || !s->may_wait;
    for (uint32_t i = 0; i < s->part->count && !settled; i++)
        settled = items_of(s)[i].error != KW_NONE || items_of(s)[i].diverges;
    if (settled) {
        list_remove(&s->again.link); /* it may stand in line for memory, and has to wait for files now */
        s->collecting = true;
        s->next = 0;
        collect(s);
        return;
    }
    bool short_of_memory = s->bytes == 0 && s->short_of_memory;
    drop_reads(s);
    park(s);
    if (short_of_memory && net_here(s) != NULL)
        net_read_wait(net_here(s), &s->again);
}

/* One pass over the items; comes back here after each wait. */
static void read_on(struct fetch_part_state *s)
{
    struct broker_shard *b = broker_of(s->part->at_shard);
    if (s->home_bound)
        return;
    if (s->collecting) {
        collect(s);
        return;
    }
    if (!s->reading) {
        drop_reads(s);
        s->next = 0;
        s->reading = true;
        s->short_of_memory = false;
    }
    for (; s->next < s->part->count; s->next++) {
        struct fetch_item *item = &items_of(s)[s->next];
        struct partition *p = partition_find(b, item->key);
        if (p == NULL) {
            item->error = dirs_missing(b, item->key);
            item->high_watermark = item->last_stable = item->log_start = -1;
            continue;
        }
        if (!plog_open(p->log, &s->again))
            return;
        if (!look(s, item, p))
            continue;
        uint32_t left = s->bytes_max - (uint32_t)mr_min(s->bytes, s->bytes_max);
        item->read = (struct plog_read){
            .offset = item->offset,
            .limit = s->read_committed ? item->last_stable : item->high_watermark,
            .bytes_max = (uint32_t)mr_min((uint32_t)mr_imax(item->bytes_max, 0), left),
            .one_at_least = s->bytes == 0, /* KIP-74 */
            .pieces = true,
            .own_max = net_read_grant(net_here(s), s->waited),
            .done = read_done,
        };
        s->waited = false; /* that was its turn */
        if (!plog_read(p->log, &item->read)) {
            uint32_t most = mr_min(item->read.bytes_max, item->read.own_max);
            own(s, item, mr_min(most, READ_BYTES_USUAL) + READ_BYTES_SPARE); /* until it is known */
            return;
        }
        took(s, item);
    }
    finish_pass(s);
}

void fetch_part_at(struct fan_part *part)
{
    struct fetch_part_state *s = part->state;
    for (uint32_t i = 0; i < part->count; i++) {
        struct fetch_item *item = &items_of(s)[i];
        item->part = part;
        item->wait.moved = moved;
        list_init(&item->wait.link);
    }
    if (s->hurried)
        s->may_wait = false;
    read_on(s);
}

static void hurry_home(struct mr_shard *at, struct mr_msg *msg)
{
    (void)at;
    struct fetch_part_state *s = MR_CONTAINER(msg, struct fetch_part_state, hurry_msg);
    fan_returned(s->part->fan);
}

static void hurry_at(struct mr_shard *at, struct mr_msg *msg)
{
    struct fetch_part_state *s = MR_CONTAINER(msg, struct fetch_part_state, hurry_msg);
    s->may_wait = false;
    if (s->parked) { /* one last look: what is there goes along, though it is less than was asked for */
        unpark(s);
        list_remove(&s->again.link); /* out of the line for memory: its turn could come amid a read */
        read_on(s);
    }
    msg->run = hurry_home;
    shard_send(at, s->part->fan->req->shard->id, msg);
}

void fetch_part_hurry(struct fan_part *part)
{
    struct fetch_part_state *s = part->state;
    struct mr_shard *home = part->fan->req->shard;
    if (s->hurried)
        return;
    s->hurried = true;
    part->fan->out++;
    s->hurry_msg.run = hurry_at;
    shard_send(home, fan_part_shard(part), &s->hurry_msg);
}
