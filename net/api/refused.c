/* What a broker without an authorizer, and whose listeners know nobody's name, refuses: access control lists
 * and delegation tokens. Texts are Apache Kafka 4.1.0's. */
#include "net/api/apis.h"
#include "net/quota.h"
#include "net/wire/gen/acls.h"
#include "net/wire/gen/delegation_tokens.h"

/* The code of "unknown" in each of the four enumerations: Kafka's parser does not accept it. */
static bool any_unknown(int8_t type, int8_t pattern, int8_t operation, int8_t permission)
{
    return type == 0 || pattern == 0 || operation == 0 || permission == 0;
}

/* DescribeAcls (key 29), v1-3. v2 flexible. KIP-140, KIP-290.
 * Differs from Kafka: nowhere, for one without an authorizer. */
static void describe_acls_start(struct mr_req *req)
{
    const struct kw_describe_acls_request *in = req->in;
    struct kw_describe_acls_response *out = req->out;
    if (any_unknown(in->resource_type_filter, in->pattern_type_filter, in->operation, in->permission_type)) {
        req_close(req, "a filter of unknown kind");
        return;
    }
    out->error_code = KW_SECURITY_DISABLED;
    out->error_message = MR_STR_LIT("No Authorizer is configured on the broker");
    req_finish(req);
}

const struct mr_api mr_api_describe_acls = {.key = 29,
                                            .name = "DescribeAcls",
                                            .v_min = 1,
                                            .v_max = 3,
                                            .v_min_shown = 1,
                                            .start = describe_acls_start};

/* CreateAcls (key 30), v1-3. v2 flexible.
 * Differs from Kafka: as DescribeAcls. */
static void create_acls_start(struct mr_req *req)
{
    const struct kw_create_acls_request *in = req->in;
    struct kw_create_acls_response *out = req->out;
    out->results = req_array(req, struct kw_create_acls_response_result, (size_t)in->creations_count);
    for (int32_t i = 0; out->results != NULL && i < in->creations_count; i++) {
        const struct kw_create_acls_request_creation *c = &in->creations[i];
        if (any_unknown(c->resource_type, c->resource_pattern_type, c->operation, c->permission_type)) {
            req_close(req, "an entry of unknown kind");
            return;
        }
        out->results[out->results_count++] =
            (struct kw_create_acls_response_result){KW_SECURITY_DISABLED,
                                                    MR_STR_LIT("No Authorizer is configured.")};
    }
    if (out->results != NULL)
        req_finish(req);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_create_acls = {
    .key = 30, .name = "CreateAcls", .v_min = 1, .v_max = 3, .v_min_shown = 1, .start = create_acls_start};

/* DeleteAcls (key 31), v1-3. v2 flexible.
 * Differs from Kafka: as DescribeAcls. */
static void delete_acls_start(struct mr_req *req)
{
    const struct kw_delete_acls_request *in = req->in;
    struct kw_delete_acls_response *out = req->out;
    out->filter_results = req_array(req, struct kw_delete_acls_response_result, (size_t)in->filters_count);
    for (int32_t i = 0; out->filter_results != NULL && i < in->filters_count; i++) {
        const struct kw_delete_acls_request_filter *f = &in->filters[i];
        struct kw_delete_acls_response_result *o = &out->filter_results[out->filter_results_count++];
        if (any_unknown(f->resource_type_filter, f->pattern_type_filter, f->operation, f->permission_type)) {
            req_close(req, "a filter of unknown kind");
            return;
        }
        kw_delete_acls_response_result_init(o);
        o->error_code = KW_SECURITY_DISABLED;
        o->error_message = MR_STR_LIT("No Authorizer is configured.");
    }
    if (out->filter_results != NULL)
        req_finish(req);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_delete_acls = {
    .key = 31, .name = "DeleteAcls", .v_min = 1, .v_max = 3, .v_min_shown = 1, .start = delete_acls_start};

/* ---- delegation tokens (KIP-48) ---- */

/* Who came by a listener without authentication may not ask for tokens, whether there is a secret key for
 * them or not. */

/* CreateDelegationToken (key 38), v1-3. v2 flexible, v3 for others (KIP-373).
 * Differs from Kafka: nowhere, by a listener without authentication. */
static void create_delegation_token_start(struct mr_req *req)
{
    struct kw_create_delegation_token_response *out = req->out;
    out->error_code = KW_DELEGATION_TOKEN_REQUEST_NOT_ALLOWED;
    out->principal_type = out->token_requester_principal_type = MR_STR_LIT("User");
    out->principal_name = out->token_requester_principal_name = quota_user(req);
    out->issue_timestamp_ms = out->expiry_timestamp_ms = out->max_timestamp_ms = -1;
    req_finish(req);
}

const struct mr_api mr_api_create_delegation_token = {.key = 38,
                                                      .name = "CreateDelegationToken",
                                                      .v_min = 1,
                                                      .v_max = 3,
                                                      .v_min_shown = 1,
                                                      .start = create_delegation_token_start};

/* RenewDelegationToken (key 39), v1-2. v2 flexible. As CreateDelegationToken. */
static void renew_delegation_token_start(struct mr_req *req)
{
    struct kw_renew_delegation_token_response *out = req->out;
    out->error_code = KW_DELEGATION_TOKEN_REQUEST_NOT_ALLOWED;
    out->expiry_timestamp_ms = -1;
    req_finish(req);
}

const struct mr_api mr_api_renew_delegation_token = {.key = 39,
                                                     .name = "RenewDelegationToken",
                                                     .v_min = 1,
                                                     .v_max = 2,
                                                     .v_min_shown = 1,
                                                     .start = renew_delegation_token_start};

/* ExpireDelegationToken (key 40), v1-2. v2 flexible. As CreateDelegationToken. */
static void expire_delegation_token_start(struct mr_req *req)
{
    struct kw_expire_delegation_token_response *out = req->out;
    out->error_code = KW_DELEGATION_TOKEN_REQUEST_NOT_ALLOWED;
    out->expiry_timestamp_ms = -1;
    req_finish(req);
}

const struct mr_api mr_api_expire_delegation_token = {.key = 40,
                                                      .name = "ExpireDelegationToken",
                                                      .v_min = 1,
                                                      .v_max = 2,
                                                      .v_min_shown = 1,
                                                      .start = expire_delegation_token_start};

/* DescribeDelegationToken (key 41), v1-3. v2 flexible. As CreateDelegationToken. */
static void describe_delegation_token_start(struct mr_req *req)
{
    struct kw_describe_delegation_token_response *out = req->out;
    out->error_code = KW_DELEGATION_TOKEN_REQUEST_NOT_ALLOWED;
    req_finish(req);
}

const struct mr_api mr_api_describe_delegation_token = {.key = 41,
                                                        .name = "DescribeDelegationToken",
                                                        .v_min = 1,
                                                        .v_max = 3,
                                                        .v_min_shown = 1,
                                                        .start = describe_delegation_token_start};
