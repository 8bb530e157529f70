#include "net/api/apis.h"
#include "net/api/command.h"
#include "net/api/common.h"
#include "net/wire/gen/scram_credentials.h"

/* ---- DescribeUserScramCredentials ---- */

static bool put_user(struct mr_req *req, const struct image_user *u,
                     struct kw_describe_user_scram_credentials_response_result *out)
{
    kw_describe_user_scram_credentials_response_result_init(out);
    out->user = u->name;
    out->error_message = MR_STR_LIT("");
    out->credential_infos =
        req_array(req, struct kw_describe_user_scram_credentials_response_credential, SCRAM_MECHANISMS);
    if (out->credential_infos == NULL)
        return false;
    for (int i = 0; i < SCRAM_MECHANISMS; i++) {
        if (u->by_mechanism[i].salt.ptr != NULL)
            out->credential_infos[out->credential_infos_count++] =
                (struct kw_describe_user_scram_credentials_response_credential){
                    (int8_t)(i + 1), u->by_mechanism[i].iterations};
    }
    return true;
}

static void put_error(struct kw_describe_user_scram_credentials_response_result *out, struct mr_str user,
                      enum kw_error error, struct mr_str message)
{
    kw_describe_user_scram_credentials_response_result_init(out);
    out->user = user;
    out->error_code = (int16_t)error;
    out->error_message = message;
}

static bool put_everybody(struct mr_req *req)
{
    struct kw_describe_user_scram_credentials_response *out = req->out;
    const struct image_scram *scram = &broker_of(req->shard)->image->scram;
    out->results =
        req_array(req, struct kw_describe_user_scram_credentials_response_result, smap_count(&scram->users));
    uint32_t at = 0;
    bool ok = out->results != NULL;
    for (const struct image_user *u; ok && (u = smap_next(&scram->users, &at)) != NULL;)
        ok = put_user(req, u, &out->results[out->results_count++]);
    return ok;
}

/* Each user once; who is named twice gets no other answer. */
static bool put_named(struct mr_req *req)
{
    const struct kw_describe_user_scram_credentials_request *in = req->in;
    struct kw_describe_user_scram_credentials_response *out = req->out;
    const struct image_scram *scram = &broker_of(req->shard)->image->scram;
    struct mr_smap seen;
    smap_init(&seen);
    out->results =
        req_array(req, struct kw_describe_user_scram_credentials_response_result, (size_t)in->users_count);
    bool ok = out->results != NULL;
    for (int32_t i = 0; ok && i < in->users_count; i++) {
        struct mr_str name = in->users[i].name;
        struct kw_describe_user_scram_credentials_response_result *o = smap_get(&seen, name);
        if (o != NULL) {
            put_error(
                o, name, KW_DUPLICATE_RESOURCE,
                api_text(
                    req,
                    "Cannot describe SCRAM credentials for the same user twice in a single request: %.*s",
                    MR_STR(name)));
            continue;
        }
        o = &out->results[out->results_count++];
        const struct image_user *u = smap_get(&scram->users, name);
        if (u != NULL)
            ok = put_user(req, u, o);
        else
            put_error(o, name, KW_RESOURCE_NOT_FOUND,
                      api_text(req, "Attempt to describe a user credential that does not exist: %.*s",
                               MR_STR(name)));
        ok = ok && smap_put(&seen, name, o) == 0;
    }
    smap_done(&seen);
    return ok;
}

/* DescribeUserScramCredentials (key 50), v0, flexible (KIP-554). Never tells keys.
 * Differs from Kafka: nowhere. */
static void describe_user_scram_credentials_start(struct mr_req *req)
{
    const struct kw_describe_user_scram_credentials_request *in = req->in;
    struct kw_describe_user_scram_credentials_response *out = req->out;
    out->error_message = MR_STR_LIT("");
    if (in->users_count > 0 ? put_named(req) : put_everybody(req))
        req_finish(req);
    else
        req_close(req, "response too large");
}

const struct mr_api mr_api_describe_user_scram_credentials = {.key = 50,
                                                              .name = "DescribeUserScramCredentials",
                                                              .v_min = 0,
                                                              .v_max = 0,
                                                              .v_min_shown = 0,
                                                              .start = describe_user_scram_credentials_start};

/* ---- AlterUserScramCredentials ---- */

static void credentials_altered(struct ctl_command *cmd)
{
    struct mr_req *req = cmd->context;
    struct kw_alter_user_scram_credentials_response *out = req->out;
    for (int32_t i = 0; i < cmd->count; i++) {
        const struct ctl_credential *k = &cmd->u.credentials[i];
        if (k->repeats)
            continue;
        out->results[out->results_count++] = (struct kw_alter_user_scram_credentials_response_result){
            .user = k->user,
            .error_code = (int16_t)api_command_error(cmd, &k->result),
            .error_message = mr_str_of(k->result.message),
        };
    }
    req_finish(req);
}

/* AlterUserScramCredentials (key 51), v0, flexible (KIP-554). Deletions are looked at before upsertions.
 * Differs from Kafka: every shard knows it when the answer comes. */
static void alter_user_scram_credentials_start(struct mr_req *req)
{
    const struct kw_alter_user_scram_credentials_request *in = req->in;
    struct kw_alter_user_scram_credentials_response *out = req->out;
    struct api_command *a = api_command_new(req, CTL_ALTER_CREDENTIALS, false, credentials_altered);
    if (a == NULL)
        return;
    struct ctl_command *cmd = &a->command;
    size_t count = (size_t)in->deletions_count + (size_t)in->upsertions_count;
    cmd->u.credentials = req_array(req, struct ctl_credential, count);
    out->results = req_array(req, struct kw_alter_user_scram_credentials_response_result, count);
    if (cmd->u.credentials == NULL || out->results == NULL) {
        req_close(req, "request too large");
        return;
    }
    for (int32_t i = 0; i < in->deletions_count; i++)
        cmd->u.credentials[cmd->count++] = (struct ctl_credential){.user = in->deletions[i].name,
                                                                   .mechanism = in->deletions[i].mechanism,
                                                                   .remove = true};
    for (int32_t i = 0; i < in->upsertions_count; i++)
        cmd->u.credentials[cmd->count++] = (struct ctl_credential){
            .user = in->upsertions[i].name,
            .mechanism = in->upsertions[i].mechanism,
            .iterations = in->upsertions[i].iterations,
            .salt = in->upsertions[i].salt,
            .salted_password = in->upsertions[i].salted_password,
        };
    controller_submit(req->shard, cmd);
}

const struct mr_api mr_api_alter_user_scram_credentials = {.key = 51,
                                                           .name = "AlterUserScramCredentials",
                                                           .v_min = 0,
                                                           .v_max = 0,
                                                           .v_min_shown = 0,
                                                           .start = alter_user_scram_credentials_start};
