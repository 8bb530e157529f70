/* tests/sim/admin_script.h - stories about administering a broker, told in lines of text.
 *
 * Each line is `what to ask -> what comes back`. Every request goes out on the next of several connections,
 * so that it is likely to be served by another shard than the one before, and in a version drawn from those
 * that Kafka 4.1 serves.
 *
 *   create TOPIC PARTITIONS [K=V ...]   validate ...           -> ok | error N: message
 *   delete TOPIC ...                    grow TOPIC COUNT       -> the same (delete: one for each, by ", ")
 *   set RES K=V ...   unset RES K ...   replace RES K=V ...    -> the same; RES is topic/t broker/1 broker/
 * group/g metrics/m get RES K                                                  -> VALUE from SOURCE | error
 * N: message | no such key produce TOPIC P COUNT [ID/EPOCH/SEQUENCE]                  -> offset N | error N
 *   flood TOPIC P COUNT TIMES: so often, without waiting       -> on its way;   wait -> N failed
 *   trim TOPIC P OFFSET                                        -> starts at N | error N
 *   offsets TOPIC P                                            -> START..END | error N
 *   logs TOPIC                                                 -> its partitions, + behind those with bytes |
 * dir error N producers TOPIC P                                          -> ID/EPOCH/SEQUENCE ... | none |
 * error N topics LIMIT                                               -> t:0,1 u:0 and so on, "/" before a new
 * page restart SHARDS   kill SHARDS                               -> up
 */
#ifndef SIM_ADMIN_SCRIPT_H
#define SIM_ADMIN_SCRIPT_H

#include "tests/sim/broker_rig.h"
#include "tests/sim/client.h"

enum { SCRIPT_CLIENTS = 4, SCRIPT_TEXT = 2048 };

struct admin_script {
    struct world *w;
    struct rig rig;
    struct khost host;
    struct kclient clients[SCRIPT_CLIENTS];
    uint32_t next;
    struct seed_result res;
    char answer[SCRIPT_TEXT]; /* of the last request */
    bool answered;
    uint32_t flood, flood_failed; /* on their way; ended badly */
    char cursor_topic[256];       /* of the last page of topics; empty: it was the last */
    int32_t cursor_partition;
};

void admin_script_init(struct admin_script *s, uint64_t seed, uint32_t shards, const char *const *overrides,
                       uint32_t count);
void admin_script_done(struct admin_script *s); /* stops the broker, which must go well */

/* Runs the lines; the first answer that differs fails the test and says which line it was. */
void admin_script_run(struct admin_script *s, const char *lines);

/* Ask one thing, in the words above; the answer stays until the next. */
const char *admin_script_ask(struct admin_script *s, const char *what);

/* For requests of a test's own: send, and wait until done() has set s->answered. */
struct kclient *admin_script_client(struct admin_script *s);
void admin_script_wait(struct admin_script *s, struct kcall *call);

#endif
