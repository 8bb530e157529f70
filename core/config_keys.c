#include "core/config_keys.h"

enum { NAME_BYTES_MAX = 96, DISTANCE_MAX = 3 };

static int compare(struct mr_str a, const char *name)
{
    size_t len = strlen(name);
    int order = memcmp(a.ptr, name, mr_min(a.len, len));
    if (order != 0)
        return order;
    return a.len < len ? -1 : a.len > len;
}

const struct config_key *config_key_find(const struct config_table *table, struct mr_str name)
{
    if (name.ptr == NULL)
        return NULL;
    size_t low = 0, high = table->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = compare(name, table->keys[mid].name);
        if (order == 0)
            return &table->keys[mid];
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return NULL;
}

const struct config_key *config_broker_key(struct mr_str name)
{
    const struct config_key *key = config_key_find(&config_table_broker, name);
    if (key != NULL || name.ptr == NULL || name.len >= 512)
        return key;
    char text[512];
    memcpy(text, name.ptr, name.len);
    text[name.len] = '\0';
    const char *base = config_listener_base(text);
    return base != NULL ? config_key_find(&config_table_broker, mr_str_of(base)) : NULL;
}

/* Edit distance of two short names, or limit + 1 when it is larger than limit. */
static unsigned distance(struct mr_str a, const char *b, unsigned limit)
{
    size_t b_len = strlen(b);
    if (a.len >= NAME_BYTES_MAX || b_len >= NAME_BYTES_MAX)
        return limit + 1;
    if ((a.len > b_len ? a.len - b_len : b_len - a.len) > limit)
        return limit + 1;
    unsigned row[NAME_BYTES_MAX];
    for (size_t j = 0; j <= b_len; j++)
        row[j] = (unsigned)j;
    for (size_t i = 1; i <= a.len; i++) {
        unsigned diagonal = row[0];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b_len; j++) {
            unsigned swap = diagonal + (a.ptr[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            unsigned step = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            row[j] = swap < step ? swap : step;
        }
    }
    return row[b_len];
}

const char *config_key_near(const struct config_table *table, struct mr_str name)
{
    const char *best = NULL;
    unsigned best_distance = DISTANCE_MAX + 1;
    for (size_t i = 0; i < table->count; i++) {
        unsigned d = distance(name, table->keys[i].name, DISTANCE_MAX);
        if (d < best_distance) {
            best_distance = d;
            best = table->keys[i].name;
        }
    }
    return best;
}

const char *config_type_name(enum config_type type)
{
    switch (type) {
    case CONFIG_UNKNOWN:
        return "UNKNOWN";
    case CONFIG_BOOLEAN:
        return "BOOLEAN";
    case CONFIG_STRING:
        return "STRING";
    case CONFIG_INT:
        return "INT";
    case CONFIG_SHORT:
        return "SHORT";
    case CONFIG_LONG:
        return "LONG";
    case CONFIG_DOUBLE:
        return "DOUBLE";
    case CONFIG_LIST:
        return "LIST";
    case CONFIG_CLASS:
        return "CLASS";
    case CONFIG_PASSWORD:
        return "PASSWORD";
    }
    return "UNKNOWN";
}
