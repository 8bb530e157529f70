/* core/config.h - the broker's configuration under Kafka's own names: loading, checking, reading.
 *
 * Layers, strongest first: --override, environment, file (these three make the static configuration), what
 * this start derives (one shard per CPU, loopback listener when nothing at all is configured), our default,
 * Kafka's default. At run time AlterConfigs adds two maps above them (struct config_view). Everything is
 * checked at load; nothing here reads files, the environment or the machine: the caller passes all of it in.
 */
#ifndef MR_CONFIG_H
#define MR_CONFIG_H

#include "core/config_keys.h"
#include "core/config_map.h"
#include "core/config_value.h"
#include "core/log.h"

/* The numbers of DescribeConfigs' config_source. */
enum config_source {
    CONFIG_FROM_TOPIC = 1,           /* an override of the topic */
    CONFIG_FROM_BROKER = 2,          /* AlterConfigs on this broker */
    CONFIG_FROM_CLUSTER_DEFAULT = 3, /* AlterConfigs on the broker resource with the empty name */
    CONFIG_FROM_STATIC = 4,
    CONFIG_FROM_DEFAULT = 5,
    CONFIG_FROM_LOGGER = 6,
    CONFIG_FROM_METRICS = 7, /* a client metrics subscription */
    CONFIG_FROM_GROUP = 8,
};

enum config_protocol { CONFIG_PLAINTEXT, CONFIG_SSL, CONFIG_SASL_PLAINTEXT, CONFIG_SASL_SSL };

/* A listener for clients and other brokers. Controller listeners are not among them. */
struct config_listener {
    char *name; /* upper case */
    enum config_protocol protocol;
    char *host;               /* "" for all addresses */
    uint16_t port;            /* 0: the system picks one */
    char *advertised_host;    /* never empty */
    uint16_t advertised_port; /* 0: the port that was bound */
};

struct mr_config {
    struct config_map set;     /* the static configuration, known keys and unknown ones */
    struct config_map derived; /* defaults of this start */
    int32_t node_id;
    bool controller;                   /* process.roles names it */
    uint32_t shards;                   /* 1..64 */
    struct config_listener *listeners; /* at least one */
    uint32_t listeners_count;
    uint32_t inter_broker; /* index of the listener that other brokers use */
    char **log_dirs;       /* at least one, no two equal; absolute, as Kafka shows them */
    uint32_t log_dirs_count;
    uint32_t data_dirs_count; /* those of log.dirs; one more is for the metadata alone */
    uint32_t metadata_dir;    /* index of the one that has the metadata */
    char *cluster_id;         /* from the environment; NULL: none given */
};

/* What loading has to say, in order. At most CONFIG_NOTES_MAX are kept; the count goes on. */
enum { CONFIG_NOTES_MAX = 200 };
struct config_note {
    enum log_level level; /* LOG_ERROR stops the start */
    char *text;
};
struct config_report {
    struct config_note *notes;
    uint32_t count; /* kept */
    uint32_t dropped;
    uint32_t errors;
};
void config_report_done(struct config_report *r);
void config_report_add(struct config_report *r, enum log_level level, const char *fmt, ...) MR_PRINTF(3, 4);

struct config_input {
    const char *file_name;        /* for messages */
    struct mr_str file_text;      /* ptr NULL: no file */
    const char *const *env;       /* "NAME=value" entries, NULL-terminated; may be NULL */
    const char *const *overrides; /* "key=value" */
    size_t overrides_count;
    const char *hostname; /* advertised by listeners without a host; NULL: "localhost" */
    const char *cwd;      /* from where names of log directories count; NULL: they stay as they are */
    uint32_t cpus;        /* that this process may run on; 0 counts as 1 */
};

/* 0, or -EINVAL when the report holds an error (all that were found, not only the first), or -ENOMEM. The
 * report must be all zero before and is the caller's to release in every case. */
int config_load(const struct config_input *in, struct mr_config **ret, struct config_report *report);
void config_free(struct mr_config *c);

/* What is in force: the static configuration under the dynamic maps, either of which may be NULL. A dynamic
 * value that does not fit its key (written by another broker version) is passed over. */
struct config_view {
    const struct mr_config *config;
    const struct config_map *broker;  /* of this broker */
    const struct config_map *cluster; /* of all brokers */
};

/* The text in force for a broker key and the layer it comes from (ret_source may be NULL); NULL when it has
 * no value. The name must be in the table, or of the form listener.name.L.KEY. */
const char *config_raw(const struct config_view *v, const char *name, enum config_source *ret_source);

/* Typed. The key must exist, have that type, and (without _or) a default. */
int64_t config_int(const struct config_view *v, const char *name); /* INT, SHORT, LONG */
int64_t config_int_or(const struct config_view *v, const char *name, int64_t fallback);
double config_double(const struct config_view *v, const char *name);
bool config_bool(const struct config_view *v, const char *name);
const char *config_text(const struct config_view *v, const char *name); /* may be NULL; not trimmed */
struct config_list config_list(const struct config_view *v, const char *name);

/* The CPUs that millrace.cpus names, ascending, none twice; returns their count, 0 when the key is empty. */
unsigned config_cpus(const struct mr_config *c, uint16_t ret[CONFIG_CPUS_MAX]);

static inline struct config_view config_static(const struct mr_config *c)
{
    return (struct config_view){.config = c};
}

#endif
