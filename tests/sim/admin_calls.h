/* tests/sim/admin_calls.h - the verbs of tests/sim/admin_script.h that are requests. */
#ifndef SIM_ADMIN_CALLS_H
#define SIM_ADMIN_CALLS_H

#include "tests/sim/admin_script.h"

#define ADMIN_LIMIT_NS (UINT64_C(120) * 1000000000) /* of virtual time, for anything */

/* Append to the answer. */
void admin_say(struct admin_script *s, const char *fmt, ...) MR_PRINTF(2, 3);

/* Ask what the words say and wait for it; the answer is told with admin_say(). False: they are no request. */
bool admin_call(struct admin_script *s, char **words, int count);

#endif
