/* core/threads.h - the threads that shards run on, and the signals that end a program.
 *
 * One thread per shard. The ring is made, used and freed on its own thread, as io_uring's single issuer
 * demands.
 *
 *   all threads    make_io  |                 start  |  shard_run            |  finish  |  io_free
 *   the caller              |  shards_new()          |  threads_wait(), ...  |          |  threads_join()
 * returns
 *
 * A bar is a barrier: no start() before every ring stands, no turn before every start() has returned 0, no
 * io_free() while a peer could still wake that io. So start() may not wait for another shard.
 *
 * This file may call pthread, sched and signal functions directly; the simulator does without it. */
#ifndef MR_THREADS_H
#define MR_THREADS_H

#include "core/shard.h"

struct threads; /* of one broker */

struct threads_config {
    uint32_t count;  /* of shards, at least 1 */
    const int *cpus; /* [count] CPU numbers to pin shard i to; NULL: not pinned. Borrowed until start */
    uint32_t mailbox_slots; /* a power of two */
    struct mr_log *log;     /* borrowed; its write() runs on every thread */
    void *ctx;              /* of the callbacks, which run on the shard's own thread and return 0 or -errno */
    int (*make_io)(void *ctx, uint32_t shard, struct mr_io **ret);
    int (*start)(void *ctx, struct mr_shard *s);   /* builds what the shard serves; may io_wait() */
    void (*finish)(void *ctx, struct mr_shard *s); /* after the last turn, and only if start() returned 0;
                                                      ends every op in flight */
};

/* Blocks SIGINT, SIGTERM and SIGPIPE in the calling thread for good (threads_wait() takes the first two),
 * starts the shard threads, which block every signal, and returns when all of them are about to run. On
 * failure no thread is left, finish() and io_free() have run for what had been made, and the error is that of
 * the first callback or system call that failed: -EAGAIN no thread to be had, -EINVAL no such CPU, -ENOMEM.
 */
int threads_start(const struct threads_config *cfg, struct threads **ret);

struct mr_shard **threads_shards(struct threads *t); /* [count], valid until threads_join() */

/* Sleeps until SIGINT or SIGTERM arrives (returns its number), or until a shard stopped because its ring
 * broke (returns that shard_run() error). Call it from the thread that called threads_start(). */
int threads_wait(struct threads *t);

/* Asks every shard to return after its turn. From any thread, more than once is fine. */
void threads_stop(struct threads *t);

/* Waits for all threads and frees everything, the shards too. 0, or the first error of a shard_run(). */
int threads_join(struct threads *t);

/* The CPUs this process may use, in order; returns how many (at most max are written), or -errno. */
int threads_cpus(int *cpus, uint32_t max);

#endif
