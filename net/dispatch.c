#include "net/dispatch.h"

#include <stdio.h>

#include "core/mem.h"
#include "net/memory.h"
#include "net/quota.h"

enum {
    ARENA_BYTES_MAX =
        64 << 20, /* of one request: decoded arrays, results, and the encoded response without record data */
    RESPONSE_BYTES_MAX = 48 << 20,
};

static void refuse(struct mr_conn *c, const struct kw_request_head *h, const char *why)
{
    char reason[160];
    snprintf(reason, sizeof(reason), "%s api_key=%d api_version=%d", why, h->api_key, h->api_version);
    c->net->stats.bad_requests++;
    conn_close(c, reason);
}

void req_weigh(struct mr_req *req)
{
    struct net_shard *n = req->conn->net;
    size_t bytes = sizeof(*req) + req->held_bytes + req->part_bytes + req->arena.used_bytes;
    if (bytes > req->cost_bytes)
        net_charge(n, bytes - req->cost_bytes);
    else
        net_release(n, req->cost_bytes - bytes);
    req->cost_bytes = bytes;
}

static struct mr_req *req_make(struct mr_conn *c, struct mr_slice *frame, struct mr_buf *hold)
{
    struct mr_req *req = mem_zalloc(1, sizeof(*req));
    if (req == NULL)
        return NULL;
    req->shard = c->net->shard;
    req->conn = c;
    req->began_ns = shard_now_ns(c->net->shard);
    arena_init(&req->arena, ARENA_BYTES_MAX);
    bool ok = true;
    if (hold != NULL)
        ok = arena_hold(&req->arena, hold) == 0;
    else
        *frame = arena_bytes(&req->arena, *frame, &ok);
    if (!ok) {
        arena_done(&req->arena);
        mem_free(req);
        return NULL;
    }
    req->frame_bytes = frame->len;
    req->timed = c->net->broker->image->quotas.total[QUOTA_REQUEST] > 0;
    req->held_bytes = hold != NULL ? frame->len : 0;
    c->request_count++;
    c->net->request_count++;
    list_push(&c->requests, &req->link);
    req_weigh(req);
    return req;
}

void req_free(struct mr_req *req)
{
    struct mr_conn *c = req->conn;
    struct net_shard *n = c->net;
    list_remove(&req->link);
    c->request_count--;
    n->request_count--;
    if (req->release != NULL)
        req->release(req);
    uint64_t bytes = req->cost_bytes;
    arena_done(&req->arena);
    mem_free(req);
    net_release(n, bytes);
    net_chunk_back(n);
}

/* 0, or why the connection must go. */
static const char *decode(struct mr_req *req, struct kw_reader *r)
{
    const struct kw_message *info = req->head.info;
    const struct kw_message *answer = kw_response_info(req->head.api_key);
    req->out = arena_zalloc(&req->arena, 1, answer->size, 8);
    void *in = arena_zalloc(&req->arena, 1, info->size, 8);
    if (in == NULL || req->out == NULL)
        return "request too large";
    answer->init(req->out);
    if (req->unsupported_version)
        return NULL; /* ApiVersions only: its body is not looked at (KIP-511) */
    int err = info->decode(r, req->version, &req->arena, in);
    req->in = in;
    return err == 0 ? NULL : err == -MR_E_LIMIT ? "request too large" : "request does not parse";
}

void dispatch(struct mr_conn *c, struct mr_slice frame, struct mr_buf *hold)
{
    struct mr_req *req = req_make(c, &frame, hold);
    if (req == NULL) {
        conn_close(c, "out of memory");
        return;
    }
    struct net_shard *n = c->net;
    struct kw_reader r;
    r = kw_reader_of(frame);
    n->stats.requests++;
    (void)quota_slice_begin(req);
    const char *why = NULL;
    if (kw_request_head_decode(&r, &req->head) != 0) {
        why = "request header does not parse";
    } else {
        const struct kw_request_head *h = &req->head;
        req->version = h->api_version;
        req->api = mr_api_find(h->api_key);
        if (req->api == NULL || h->info == NULL)
            why = "unknown api";
        else if (h->api_version < req->api->v_min || h->api_version > req->api->v_max) {
            if (h->api_key == KW_API_VERSIONS_KEY)
                req->unsupported_version = true;
            else
                why = "unsupported version";
        }
    }
    if (why == NULL)
        why = decode(req, &r);
    req_weigh(req);
    if (why != NULL) {
        n->slice_req = NULL;
        req->done = true; /* goes with the connection */
        refuse(c, &req->head, why);
        return;
    }
    req->api->start(req);
    quota_slice_end(n); /* of req, when it has not ended */
}

static void ended(struct mr_req *req)
{
    struct net_shard *n = req->conn->net;
    if (n->slice_req == req)
        n->slice_req = NULL;
}

/* At once, whoever has to be asked about quotas first: what it says may lie in the image, which lives until
 * the next turn. */
static void encode(struct mr_req *req)
{
    int16_t version = req->unsupported_version ? 0 : req->version;
    const struct kw_message *answer = kw_response_info(req->api->key);
    kw_writer_init(&req->writer, &req->arena, 0, RESPONSE_BYTES_MAX, true);
    struct kw_frame frame = kw_frame_begin(&req->writer);
    kw_response_head_encode(&req->writer, req->api->key, version, req->head.correlation_id);
    answer->encode(&req->writer, version, req->out);
    kw_frame_end(&req->writer, frame);
}

static void put_answer(struct mr_req *req)
{
    quota_apply(req);
    ended(req);
    req->done = true;
    if (req->writer.err != 0) {
        log_warn(req->shard->log, "net", "response too large conn=%llu api=%s",
                 (unsigned long long)req->conn->id, req->api->name);
        req->close = true;
    }
    req_weigh(req);
    conn_ready(req->conn);
}

void req_finish(struct mr_req *req)
{
    MR_ASSERT(!req->done);
    encode(req);
    quota_settle(req, put_answer);
}

static void no_answer(struct mr_req *req)
{
    quota_apply(req);
    ended(req);
    req->done = req->no_reply = true;
    conn_ready(req->conn);
}

void req_finish_silently(struct mr_req *req)
{
    MR_ASSERT(!req->done);
    quota_settle(req, no_answer);
}

void req_close(struct mr_req *req, const char *reason)
{
    MR_ASSERT(!req->done);
    ended(req);
    req->done = req->close = true;
    log_info(req->shard->log, "net", "connection closed conn=%llu peer=%s api=%s reason=\"%s\"",
             (unsigned long long)req->conn->id, req->conn->peer, req->api->name, reason);
    conn_ready(req->conn);
}

uint32_t req_listener(const struct mr_req *req)
{
    return req->conn->listener;
}
