#include "core/broker/controller.h"
#include "net/api/apis.h"
#include "net/wire/gen/init_producer_id.h"

struct init_id {
    struct ctl_command command;
    struct mr_arena arena;
};

static void give(struct mr_req *req)
{
    struct broker_shard *b = broker_of(req->shard);
    struct kw_init_producer_id_response *out = req->out;
    out->producer_id = b->producer_id_next++;
    out->producer_epoch = 0;
    req_finish(req);
}

static void got_block(struct ctl_command *c)
{
    struct mr_req *req = c->context;
    struct broker_shard *b = broker_of(req->shard);
    if (c->error != KW_NONE) {
        ((struct kw_init_producer_id_response *)req->out)->error_code = (int16_t)c->error;
        req_finish(req);
        return;
    }
    if (b->producer_id_next >= b->producer_id_end) { /* else another request has brought a block meanwhile */
        b->producer_id_next = c->producer_id_first;
        b->producer_id_end = c->producer_id_first + CTL_PRODUCER_ID_BLOCK;
    }
    give(req);
}

static void init_release(struct mr_req *req)
{
    arena_done(&((struct init_id *)req->state)->arena);
}

/* InitProducerId (key 22), v0-5. v2 flexible. Ids come in blocks of 1,000 from the controller (KIP-730); ids
 * left over when the broker stops are never used. Differs from Kafka: a transactional id gets
 * COORDINATOR_NOT_AVAILABLE, there is no transaction coordinator. */
static void init_producer_id_start(struct mr_req *req)
{
    const struct kw_init_producer_id_request *in = req->in;
    struct kw_init_producer_id_response *out = req->out;
    struct broker_shard *b = broker_of(req->shard);
    if ((in->producer_id == -1) != (in->producer_epoch == -1)) {
        out->error_code = KW_INVALID_REQUEST;
        out->producer_epoch = -1;
        req_finish(req);
        return;
    }
    if (in->transactional_id.ptr != NULL) {
        out->producer_epoch = -1;
        out->error_code = in->transactional_id.len == 0 ? KW_INVALID_REQUEST : KW_COORDINATOR_NOT_AVAILABLE;
        req_finish(req);
        return;
    }
    if (b->producer_id_next < b->producer_id_end) {
        give(req);
        return;
    }
    struct init_id *state = req_new(req, struct init_id);
    if (state == NULL) {
        req_close(req, "out of memory");
        return;
    }
    arena_init(&state->arena, 1 << 20);
    req->state = state;
    req->release = init_release;
    state->command = (struct ctl_command){.kind = CTL_PRODUCER_IDS,
                                          .arena = &state->arena,
                                          .context = req,
                                          .done = got_block};
    controller_submit(req->shard, &state->command);
}

const struct mr_api mr_api_init_producer_id = {.key = 22,
                                               .name = "InitProducerId",
                                               .v_min = 0,
                                               .v_max = 5,
                                               .v_min_shown = 0,
                                               .start = init_producer_id_start};
