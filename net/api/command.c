#include "net/api/command.h"

#include "net/quota.h"

enum { COMMAND_BYTES_MAX = 64 << 20 };

static void command_release(struct mr_req *req)
{
    arena_done(&((struct api_command *)req->state)->arena);
}

struct api_command *api_command_new(struct mr_req *req, enum ctl_kind kind, bool validate_only,
                                    void (*done)(struct ctl_command *c))
{
    struct api_command *a = req_new(req, struct api_command);
    if (a == NULL) {
        req_close(req, "request too large");
        return NULL;
    }
    arena_init(&a->arena, COMMAND_BYTES_MAX);
    a->command = (struct ctl_command){
        .kind = kind, .validate_only = validate_only, .arena = &a->arena, .context = req, .done = done};
    req->state = a;
    req->release = command_release;
    return a;
}

void api_command_pays(struct mr_req *req, struct api_command *a, int16_t strict_since)
{
    a->command.user = quota_user(req);
    a->command.client = req->head.client_id;
    a->command.strict = req->version >= strict_since;
}
