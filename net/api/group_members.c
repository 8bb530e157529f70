/* What members of a classic group say: join, sync, heartbeat, leave. */
#include "core/io.h"
#include "net/api/apis.h"
#include "net/api/coord_way.h"
#include "net/api/peer_host.h"
#include "net/wire/gen/heartbeat.h"
#include "net/wire/gen/join_group.h"
#include "net/wire/gen/leave_group.h"
#include "net/wire/gen/sync_group.h"

/* ---- JoinGroup ---- */

static void join_run(struct group_call *call, struct group_entity *g, struct group_turn *t)
{
    const struct group_join *in = coord_way_of_group(call)->in;
    if (cgroup_takes(g))
        cgroup_take_join(call, g, in);
    else
        group_join(g->group, t, call, in);
}

static bool put_members(struct mr_arena *a, const struct group *g, struct kw_join_group_response *out)
{
    struct group_view v;
    struct group_member_view m;
    uint32_t at = 0;
    bool ok = true;
    group_describe(g, &v);
    out->members = arena_array(a, struct kw_join_group_response_member, (size_t)v.member_count);
    if (out->members == NULL)
        return false;
    while (ok && out->members_count < v.member_count && group_next_member(g, &at, &m))
        out->members[out->members_count++] =
            (struct kw_join_group_response_member){arena_str(a, m.member_id, &ok),
                                                   arena_str(a, m.instance_id, &ok),
                                                   arena_bytes(a, m.metadata, &ok)};
    return ok;
}

static void join_joined(struct group_call *call, const struct group *g, const struct group_join_answer *a)
{
    struct coord_way *w = coord_way_of_group(call);
    struct mr_arena *arena = &w->part->arena;
    struct kw_join_group_response *out = arena_new(arena, struct kw_join_group_response);
    if (out == NULL) {
        w->ok = false;
        return;
    }
    kw_join_group_response_init(out);
    out->error_code = a->error;
    out->generation_id = a->generation;
    out->skip_assignment = a->skip_assignment;
    out->protocol_type = arena_str(arena, a->protocol_type, &w->ok);
    out->protocol_name = arena_str(arena, a->protocol_name, &w->ok);
    out->leader = arena_str(arena, a->leader, &w->ok);
    out->member_id = arena_str(arena, a->member_id, &w->ok);
    if (w->ok && a->with_members)
        w->ok = put_members(arena, g, out);
    w->out = out;
}

static void join_answer(struct mr_req *req)
{
    struct kw_join_group_response *out = req->out;
    if (req->version < 7 && out->protocol_name.ptr == NULL)
        out->protocol_name = MR_STR_LIT("");
    req_finish(req);
}

static void join_home(struct mr_req *req, struct coord_way *w)
{
    struct kw_join_group_response *out = req->out;
    if (w->error == KW_NONE)
        *out = *(const struct kw_join_group_response *)w->out;
    else
        out->error_code = (int16_t)w->error;
    join_answer(req);
}

static bool put_join(struct mr_req *req, struct coord_way *w)
{
    const struct kw_join_group_request *in = req->in;
    struct mr_arena *arena = &w->part->arena;
    size_t count = (size_t)mr_imax(in->protocols_count, 0);
    struct group_join *join = arena_new(arena, struct group_join);
    struct group_protocol *protocols = arena_array(arena, struct group_protocol, count);
    if (join == NULL || protocols == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        protocols[i] = (struct group_protocol){in->protocols[i].name, in->protocols[i].metadata};
    *join = (struct group_join){
        .member_id = in->member_id,
        .instance_id = in->group_instance_id,
        .client_id = req->head.client_id,
        .client_host = peer_host(req, arena),
        .session_timeout_ms = in->session_timeout_ms,
        .rebalance_timeout_ms = req->version == 0 ? in->session_timeout_ms : in->rebalance_timeout_ms,
        .protocol_type = in->protocol_type,
        .protocols = protocols,
        .protocol_count = (int32_t)count,
        .reason = in->reason,
        .id_required = req->version >= 4,
        .skip_assignment_known = req->version >= 9,
    };
    io_random(req->shard->io, join->fresh.bytes, sizeof(join->fresh.bytes));
    w->in = join;
    return join->client_host.ptr != NULL;
}

/* JoinGroup (key 11), v0-9. v1 rebalance timeout, v4 the member id comes first (KIP-394), v5 static members
 * (KIP-345), v6 flexible, v7 the protocol's type (KIP-559), v8 a reason (KIP-800), v9 no new assignment for
 * static leaders (KIP-814). The answer waits for the end of the join phase.
 * Differs from Kafka: core/broker/README.md. */
static void join_group_start(struct mr_req *req)
{
    const struct kw_join_group_request *in = req->in;
    struct kw_join_group_response *out = req->out;
    out->protocol_name = (struct mr_str){NULL, 0}; /* until there is one */
    if (in->group_id.len == 0) {
        out->error_code = KW_INVALID_GROUP_ID;
        out->member_id = in->member_id;
        join_answer(req);
        return;
    }
    struct coord_way *w = coord_way_new(req, COORD_GROUP, in->group_id, coord_way_group, join_home);
    if (w == NULL)
        return;
    w->u.group.run = join_run;
    w->u.group.joined = join_joined;
    w->u.group.create = true;
    w->u.group.newcomer = in->member_id.len == 0;
    if (put_join(req, w))
        coord_way_send(req, w);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_join_group = {
    .key = 11, .name = "JoinGroup", .v_min = 0, .v_max = 9, .v_min_shown = 0, .start = join_group_start};

/* ---- SyncGroup ---- */

static void sync_synced(struct group_call *call, const struct group *g, const struct group_sync_answer *a)
{
    struct coord_way *w = coord_way_of_group(call);
    struct mr_arena *arena = &w->part->arena;
    struct kw_sync_group_response *out = arena_new(arena, struct kw_sync_group_response);
    (void)g;
    if (out == NULL) {
        w->ok = false;
        return;
    }
    kw_sync_group_response_init(out);
    out->error_code = a->error;
    out->protocol_type = arena_str(arena, a->protocol_type, &w->ok);
    out->protocol_name = arena_str(arena, a->protocol_name, &w->ok);
    out->assignment = arena_bytes(arena, a->assignment, &w->ok);
    w->out = out;
}

static void sync_run(struct group_call *call, struct group_entity *g, struct group_turn *t)
{
    if (cgroup_takes(g)) {
        cgroup_take_sync(call, g, t->arena, coord_way_of_group(call)->in);
        return;
    }
    if (g->group != NULL) {
        group_sync(g->group, t, call, coord_way_of_group(call)->in);
        return;
    }
    sync_synced(call, NULL, &(struct group_sync_answer){.error = KW_UNKNOWN_MEMBER_ID});
    group_call_answered(call);
}

static void sync_home(struct mr_req *req, struct coord_way *w)
{
    struct kw_sync_group_response *out = req->out;
    if (w->error == KW_NONE)
        *out = *(const struct kw_sync_group_response *)w->out;
    else
        out->error_code = (int16_t)w->error;
    req_finish(req);
}

static bool put_sync(struct mr_req *req, struct coord_way *w)
{
    const struct kw_sync_group_request *in = req->in;
    struct mr_arena *arena = &w->part->arena;
    size_t count = (size_t)mr_imax(in->assignments_count, 0);
    struct group_sync *sync = arena_new(arena, struct group_sync);
    struct group_assignment *all = arena_array(arena, struct group_assignment, count);
    if (sync == NULL || all == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        all[i] = (struct group_assignment){in->assignments[i].member_id, in->assignments[i].assignment};
    *sync = (struct group_sync){
        .member_id = in->member_id,
        .instance_id = in->group_instance_id,
        .generation = in->generation_id,
        .protocol_type = in->protocol_type,
        .protocol_name = in->protocol_name,
        .assignments = all,
        .assignment_count = (int32_t)count,
    };
    w->in = sync;
    return true;
}

static enum kw_error sync_judge(const struct mr_req *req)
{
    const struct kw_sync_group_request *in = req->in;
    if (req->version >= 5 && (in->protocol_type.ptr == NULL || in->protocol_name.ptr == NULL))
        return KW_INCONSISTENT_GROUP_PROTOCOL;
    return in->group_id.len == 0 ? KW_INVALID_GROUP_ID : KW_NONE;
}

/* SyncGroup (key 14), v0-5. v3 static members (KIP-345), v4 flexible, v5 the protocol is checked (KIP-559).
 * The answer waits for the leader's assignments. Differs from Kafka: core/broker/README.md. */
static void sync_group_start(struct mr_req *req)
{
    const struct kw_sync_group_request *in = req->in;
    enum kw_error error = sync_judge(req);
    if (error != KW_NONE) {
        ((struct kw_sync_group_response *)req->out)->error_code = (int16_t)error;
        req_finish(req);
        return;
    }
    struct coord_way *w = coord_way_new(req, COORD_GROUP, in->group_id, coord_way_group, sync_home);
    if (w == NULL)
        return;
    w->u.group.run = sync_run;
    w->u.group.synced = sync_synced;
    if (put_sync(req, w))
        coord_way_send(req, w);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_sync_group = {
    .key = 14, .name = "SyncGroup", .v_min = 0, .v_max = 5, .v_min_shown = 0, .start = sync_group_start};

/* ---- Heartbeat ---- */

struct beat {
    const struct kw_heartbeat_request *in; /* of the request, which outlives this */
    int16_t error;
};

static void beat_run(struct group_call *call, struct group_entity *g, struct group_turn *t)
{
    struct beat *b = coord_way_of_group(call)->in;
    if (cgroup_takes(g))
        b->error = cgroup_take_heartbeat(g, t->arena, b->in->member_id, b->in->group_instance_id,
                                         b->in->generation_id);
    else
        b->error = g->group == NULL ? KW_UNKNOWN_MEMBER_ID
                                    : group_heartbeat(g->group, t, b->in->member_id, b->in->group_instance_id,
                                                      b->in->generation_id);
    group_call_answered(call);
}

static void beat_home(struct mr_req *req, struct coord_way *w)
{
    struct kw_heartbeat_response *out = req->out;
    out->error_code = w->error != KW_NONE ? (int16_t)w->error : ((const struct beat *)w->in)->error;
    if (out->error_code == KW_COORDINATOR_LOAD_IN_PROGRESS)
        out->error_code = KW_NONE; /* as Kafka: the session begins anew with the end of the loading */
    req_finish(req);
}

/* Heartbeat (key 12), v0-4. v3 static members (KIP-345), v4 flexible. Differs from Kafka: nowhere. */
static void heartbeat_start(struct mr_req *req)
{
    const struct kw_heartbeat_request *in = req->in;
    if (in->group_id.len == 0) {
        ((struct kw_heartbeat_response *)req->out)->error_code = KW_INVALID_GROUP_ID;
        req_finish(req);
        return;
    }
    struct coord_way *w = coord_way_new(req, COORD_GROUP, in->group_id, coord_way_group, beat_home);
    if (w == NULL)
        return;
    struct beat *b = arena_new(&w->part->arena, struct beat);
    if (b == NULL) {
        req_close(req, "request too large");
        return;
    }
    b->in = in;
    w->in = b;
    w->u.group.run = beat_run;
    coord_way_send(req, w);
}

const struct mr_api mr_api_heartbeat = {
    .key = 12, .name = "Heartbeat", .v_min = 0, .v_max = 4, .v_min_shown = 0, .start = heartbeat_start};

/* ---- LeaveGroup ---- */

struct leave {
    struct group_leaver *leavers;
    int32_t count;
    int16_t error; /* of the whole */
};

static void leave_left(struct group_call *call, int16_t error)
{
    ((struct leave *)coord_way_of_group(call)->in)->error = error;
}

static void leave_run(struct group_call *call, struct group_entity *g, struct group_turn *t)
{
    struct leave *l = coord_way_of_group(call)->in;
    if (cgroup_takes(g)) {
        cgroup_take_leave(call, g, l->leavers, l->count);
        return;
    }
    if (g->group != NULL) {
        group_leave(g->group, t, call, l->leavers, l->count);
        return;
    }
    for (int32_t i = 0; i < l->count; i++)
        l->leavers[i].ret_error = KW_UNKNOWN_MEMBER_ID;
    group_call_answered(call);
}

static void leave_home(struct mr_req *req, struct coord_way *w)
{
    struct kw_leave_group_response *out = req->out;
    const struct leave *l = w->in;
    out->error_code = w->error != KW_NONE ? (int16_t)w->error : l->error;
    if (out->error_code == KW_NONE && req->version < 3) {
        out->error_code = l->leavers[0].ret_error;
    } else if (out->error_code == KW_NONE) {
        out->members = req_array(req, struct kw_leave_group_response_member, (size_t)l->count);
        for (int32_t i = 0; out->members != NULL && i < l->count; i++)
            out->members[out->members_count++] =
                (struct kw_leave_group_response_member){l->leavers[i].member_id, l->leavers[i].instance_id,
                                                        l->leavers[i].ret_error};
        if (out->members == NULL) {
            req_close(req, "response too large");
            return;
        }
    }
    req_finish(req);
}

static bool put_leave(struct mr_req *req, struct coord_way *w)
{
    const struct kw_leave_group_request *in = req->in;
    struct mr_arena *arena = &w->part->arena;
    size_t count = req->version < 3 ? 1 : (size_t)mr_imax(in->members_count, 0);
    struct leave *l = arena_new(arena, struct leave);
    struct group_leaver *leavers = arena_array(arena, struct group_leaver, count);
    if (l == NULL || leavers == NULL)
        return false;
    if (req->version < 3)
        leavers[0].member_id = in->member_id;
    for (size_t i = 0; req->version >= 3 && i < count; i++)
        leavers[i] = (struct group_leaver){.member_id = in->members[i].member_id,
                                           .instance_id = in->members[i].group_instance_id,
                                           .reason = in->members[i].reason};
    l->leavers = leavers;
    l->count = (int32_t)count;
    w->in = l;
    return true;
}

/* LeaveGroup (key 13), v0-5. v3 several members, static ones (KIP-345), v4 flexible, v5 reasons (KIP-800).
 * Differs from Kafka: core/broker/README.md. */
static void leave_group_start(struct mr_req *req)
{
    const struct kw_leave_group_request *in = req->in;
    if (in->group_id.len == 0) {
        ((struct kw_leave_group_response *)req->out)->error_code = KW_INVALID_GROUP_ID;
        req_finish(req);
        return;
    }
    struct coord_way *w = coord_way_new(req, COORD_GROUP, in->group_id, coord_way_group, leave_home);
    if (w == NULL)
        return;
    w->u.group.run = leave_run;
    w->u.group.left = leave_left;
    if (put_leave(req, w))
        coord_way_send(req, w);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_leave_group = {
    .key = 13, .name = "LeaveGroup", .v_min = 0, .v_max = 5, .v_min_shown = 0, .start = leave_group_start};
