/* tests/contract/backend.h - what a contract test asks of the backend it is linked to.
 *
 * Each tests/contract/X_test.c is built twice: with backend_uring.c and core/io_uring*.c, and with
 * backend_sim.c and the simulator. A test uses core/io.h and this header, nothing else, so that it says the
 * same of both. */
#ifndef MR_CONTRACT_BACKEND_H
#define MR_CONTRACT_BACKEND_H

#include "core/io.h"

/* One machine with one io and one empty directory. */
struct backend;

/* Never returns NULL: a test that cannot have its backend aborts. cfg may be NULL; shard, log and the fields
 * that are 0 get defaults. */
struct backend *backend_new(const struct io_config *cfg);

/* Every op has completed finally and every handle is closed, or the test is wrong. Deletes the directory. */
void backend_free(struct backend *b);

struct mr_io *backend_io(struct backend *b);

/* An existing directory that was empty at backend_new(), no '/' at the end, at most 200 bytes long. */
const char *backend_dir(struct backend *b);

/* One io_turn() that waits for at most 100 ms of the backend's own time (virtual in the simulator, which
 * moves on to its next event). Returns what io_turn() returned. */
int backend_turn(struct backend *b);

/* Turns until cond(ctx) holds, looking before the first and after each. False when 10 s of the backend's own
 * time passed without it. */
bool backend_until(struct backend *b, bool (*cond)(void *ctx), void *ctx);

/* The same for one op: until it is no longer busy. */
bool backend_finish(struct backend *b, struct mr_op *op);

/* From now on, closing this socket resets the connection (the peer's recv ends with -ECONNRESET) rather than
 * ending the stream in order. */
void backend_reset_on_close(struct backend *b, struct mr_sock s);

/* Another process of the same machine takes (or frees) the exclusive lock on path, creating the file. 0 or
 * -errno. One such lock at a time. */
int backend_lock_elsewhere(struct backend *b, const char *path);
void backend_unlock_elsewhere(struct backend *b);

/* What only one of the backends can show. A test returns early (skip()) when it needs what is not there. */
bool backend_has_threads(void); /* io_wake() may come from another thread; time is the machine's */
bool backend_has_direct_io(struct backend *b); /* IO_DIRECT is O_DIRECT here: misaligned calls give -EINVAL */

#endif
