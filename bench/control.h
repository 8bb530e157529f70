/* bench/control.h - one blocking connection for what stands before and after a load: versions, the topic,
 * its offsets, producer ids. Errors are told in words, for a person. */
#ifndef BENCH_CONTROL_H
#define BENCH_CONTROL_H

#include "bench/options.h"
#include "net/client.h"

struct control {
    int fd;
    uint32_t correlation;
    double timeout_s; /* for an answer, and for a young topic or broker to become ready */
    struct client_versions versions;
    uint8_t *out, *in; /* own */
    int16_t error;     /* the broker's code, when that is what failed */
    char why[256];     /* after an error */
};

/* Each returns 0 or a negative error and fills why. */
int control_open(struct control *c, const char *host, int port, double timeout_s);
void control_close(struct control *c);

/* Creates the topic if create is set, and waits until every partition has a leader that answers for it (Kafka
 * shows a leader in its metadata some time before). *ret_ns: from the request until then. *ret_end: the end
 * offset of each partition, the caller's to mem_free(). */
int control_topic(struct control *c, const struct bench_options *o, struct client_topic *ret,
                  int64_t **ret_end, uint64_t *ret_ns);
int control_delete_topic(struct control *c, const struct client_topic *topic);
/* timestamp: -1 end of the log, -2 its beginning. ret[0..topic->partitions-1]. Waits for leaders, as above.
 */
int control_offsets(struct control *c, const struct client_topic *topic, int64_t timestamp, int64_t *ret);
int control_producer_id(struct control *c, int64_t *ret_id, int16_t *ret_epoch);

#endif
