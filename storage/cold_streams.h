/* storage/cold_streams.h - who reads on where a read ended: consumers that catch up. A plain value.
 *
 * Kept per log and place, not per connection: a table of fixed size in which the stream that was not read for
 * longest makes room. Several consumers at about the same place are one stream. */
#ifndef MR_COLD_STREAMS_H
#define MR_COLD_STREAMS_H

#include "core/base.h"

enum { COLD_STREAMS = 64, COLD_AHEAD_MAX = 4 };
#define COLD_STREAM_NS UINT64_C(2000000000) /* not read for so long: takes no share of the memory */

struct cold_stream {
    const void *log;    /* NULL: free. Compared, never followed */
    int64_t from, next; /* the offsets that the newest of its reads returned: [from, next) */
    uint32_t run;       /* reads that went on where the one before had ended */
    uint64_t used_ns;
    int64_t base;          /* next begins at this place of the segment with that base, */
    uint32_t pos;          /* 0: not known, */
    uint32_t replacements; /* as long as compaction has replaced no more of the log's segments */
};

struct cold_streams {
    struct cold_stream at[COLD_STREAMS];
};

/* A read of log gave [from, next), from < next. at_start: it began at the start of the log, from where
 * readers usually read on. Returns how long the run is that it belongs to; 0: it stands alone. */
uint32_t streams_note(struct cold_streams *s, const void *log, int64_t from, int64_t next, bool at_start,
                      uint64_t now_ns);
/* Streams that were read lately; at least 1. */
uint32_t streams_active(const struct cold_streams *s, uint64_t now_ns);
/* The read that was noted last ended there. */
void streams_mark(struct cold_streams *s, const void *log, int64_t next, int64_t base, uint32_t pos,
                  uint32_t replacements);
/* Where offset next of the log begins in the segment with that base, as far as a stream knows; 0: none does.
 * So who reads on needs no index. */
uint32_t streams_place(const struct cold_streams *s, const void *log, int64_t next, int64_t base,
                       uint32_t replacements);
void streams_forget(struct cold_streams *s, const void *log);

/* How many blocks to have ahead of a reader, when blocks_max of memory are shared by that many streams. Half
 * of the memory is for what was read and is being sent, or is read again. */
uint32_t cold_window(uint32_t run, uint32_t blocks_max, uint32_t active);

#endif
