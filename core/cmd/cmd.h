/* core/cmd/cmd.h - the verbs of the program. Each returns its exit status and talks to a person: results on
 * standard output, what went wrong on standard error. */
#ifndef MR_CMD_H
#define MR_CMD_H

#include "core/cli.h"

/* Run a broker until SIGTERM or SIGINT. 0 after a clean stop; 1 when it could not start or stop as it should.
 */
int cmd_serve(const struct cli *cli);

/* Check a directory that no broker has open. 0: sound, 1: damage was named, 2: it could not be checked. */
int cmd_verify(const struct cli *cli);
int cmd_salvage(const struct cli *cli);

/* Print what files of a log directory hold. 0: all of it; 1: something is damaged or could not be shown. */
int cmd_dump(const struct cli *cli);

int cmd_version(void);
int cmd_help(void);

#endif
