/* storage/trim.h - segments that lie wholly below the log start: their files go, file.delete.delay.ms after
 * the start moved (Kafka's file.delete.delay.ms), one after the other. See trim.c. */
#ifndef MR_TRIM_H
#define MR_TRIM_H

struct store;
struct plog;

void trim_init(struct store *s);
void trim_init_log(struct plog *log);
/* log may have such segments, after its start moved durably or after it was opened: they are counted out of
 * plog_bytes(), and put in line. Harmless when there are none. */
void trim_want(struct plog *log);
/* Look again: something it may wait for has happened. */
void trim_kick(struct store *s);
/* At a clean close, once nothing is in flight: they leave the log at once; what settle.c finds of their files
 * are strays. */
void trim_now(struct plog *log);
/* The log is about to be freed. */
void trim_forget(struct plog *log);

#endif
