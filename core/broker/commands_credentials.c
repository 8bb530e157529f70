/* Changing SCRAM credentials (KIP-554, KIP-900). Texts are Apache Kafka 4.1.0's.
 *
 * The client has salted the password already; stored are the two keys that a server needs (RFC 5802). */
#include "core/broker/controller_priv.h"
#include "core/mem.h"
#include "core/sha2.h"
#include "net/wire/gen/meta_security.h"

enum { ITERATIONS_MIN = 4096, ITERATIONS_MAX = 16384 };

static bool check(struct controller *c, struct ctl_command *cmd, struct ctl_credential *k)
{
    if (k->user.len == 0)
        ctl_fail(cmd, &k->result, KW_UNACCEPTABLE_CREDENTIAL, "Username must not be empty");
    else if (k->mechanism != SCRAM_SHA_256 && k->mechanism != SCRAM_SHA_512)
        ctl_fail(cmd, &k->result, KW_UNSUPPORTED_SASL_MECHANISM, "Unknown SCRAM mechanism");
    else if (k->remove && image_credential(&c->zero->image->scram, k->user, k->mechanism) == NULL)
        ctl_fail(cmd, &k->result, KW_RESOURCE_NOT_FOUND,
                 "Attempt to delete a user credential that does not exist");
    else if (!k->remove && k->iterations < ITERATIONS_MIN)
        ctl_fail(cmd, &k->result, KW_UNACCEPTABLE_CREDENTIAL, "Too few iterations");
    else if (!k->remove && k->iterations > ITERATIONS_MAX)
        ctl_fail(cmd, &k->result, KW_UNACCEPTABLE_CREDENTIAL, "Too many iterations");
    return k->result.error == KW_NONE;
}

/* RFC 5802: StoredKey := H(HMAC(SaltedPassword, "Client Key")), ServerKey := HMAC(SaltedPassword, "Server
 * Key").
 */
static void put_credential(struct controller *c, const struct ctl_credential *k)
{
    enum sha2_kind kind = k->mechanism == SCRAM_SHA_256 ? SHA2_256 : SHA2_512;
    uint8_t client[SHA2_BYTES_MAX], stored[SHA2_BYTES_MAX], server[SHA2_BYTES_MAX];
    sha2_hmac(kind, k->salted_password, (struct mr_slice){(const uint8_t *)"Client Key", 10}, client);
    sha2(kind, (struct mr_slice){client, sha2_bytes(kind)}, stored);
    sha2_hmac(kind, k->salted_password, (struct mr_slice){(const uint8_t *)"Server Key", 10}, server);
    struct kw_user_scram_credential_record r;
    kw_user_scram_credential_record_init(&r);
    r.name = k->user;
    r.mechanism = k->mechanism;
    r.salt = k->salt;
    r.stored_key = (struct mr_slice){stored, sha2_bytes(kind)};
    r.server_key = (struct mr_slice){server, sha2_bytes(kind)};
    r.iterations = k->iterations;
    meta_out_put(&c->out, &kw_user_scram_credential_record_info, 0, &r);
}

static void put_removal(struct controller *c, const struct ctl_credential *k)
{
    struct kw_remove_user_scram_credential_record r;
    kw_remove_user_scram_credential_record_init(&r);
    r.name = k->user;
    r.mechanism = k->mechanism;
    meta_out_put(&c->out, &kw_remove_user_scram_credential_record_info, 0, &r);
}

/* A user stands in a request once, whatever the mechanism. The first refusal of a user is the answer. */
static int judge(struct controller *c, struct ctl_command *cmd, struct mr_smap *seen,
                 struct ctl_credential *k)
{
    k->result = (struct ctl_result){KW_NONE, NULL};
    k->repeats = false;
    int err = smap_put(seen, k->user, k);
    if (err == -EEXIST) {
        struct ctl_credential *before = smap_get(seen, k->user);
        k->repeats = true;
        if (before->result.error == KW_NONE)
            ctl_fail(cmd, &before->result, KW_DUPLICATE_RESOURCE,
                     "A user credential cannot be altered twice in the same request");
        return 0;
    }
    if (err == 0)
        (void)check(c, cmd, k);
    return err;
}

enum kw_error command_alter_credentials(struct controller *c, struct ctl_command *cmd)
{
    struct mr_smap seen;
    int err = 0;
    smap_init(&seen);
    for (int32_t i = 0; err == 0 && i < cmd->count; i++)
        err = judge(c, cmd, &seen, &cmd->u.credentials[i]);
    smap_done(&seen);
    for (int32_t i = 0; err == 0 && i < cmd->count; i++) {
        struct ctl_credential *k = &cmd->u.credentials[i];
        if (k->repeats || k->result.error != KW_NONE)
            continue;
        if (k->remove)
            put_removal(c, k);
        else if (k->salted_password.len == 0)
            k->result =
                (struct ctl_result){KW_UNKNOWN_SERVER_ERROR, NULL}; /* so does Kafka 4.1: no key of nothing */
        else
            put_credential(c, k);
    }
    return err == 0 ? KW_NONE : KW_UNKNOWN_SERVER_ERROR;
}
