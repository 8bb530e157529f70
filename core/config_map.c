#include "core/config_map.h"

#include "core/mem.h"

static int compare(struct mr_str a, const char *b)
{
    size_t len = strlen(b);
    int order = a.len == 0 ? 0 : memcmp(a.ptr, b, mr_min(a.len, len));
    if (order != 0)
        return order;
    return a.len < len ? -1 : a.len > len;
}

/* The place of key, or where it belongs. */
static uint32_t place(const struct config_map *m, struct mr_str key, bool *found)
{
    uint32_t low = 0, high = m->count;
    *found = false;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        int order = compare(key, m->pairs[mid].key);
        if (order == 0) {
            *found = true;
            return mid;
        }
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return low;
}

void config_map_done(struct config_map *m)
{
    for (uint32_t i = 0; i < m->count; i++) {
        mem_free(m->pairs[i].key);
        mem_free(m->pairs[i].value);
    }
    mem_free(m->pairs);
    *m = (struct config_map){0};
}

static int grow(struct config_map *m)
{
    if (m->count < m->cap)
        return 0;
    if (m->count >= CONFIG_MAP_MAX)
        return -MR_E_LIMIT;
    uint32_t cap = m->cap == 0 ? 8 : m->cap * 2;
    struct config_pair *pairs = mem_realloc(m->pairs, cap * sizeof(*pairs));
    if (pairs == NULL)
        return -ENOMEM;
    m->pairs = pairs;
    m->cap = cap;
    return 0;
}

static bool has_nul(struct mr_str s)
{
    return s.len > 0 && memchr(s.ptr, '\0', s.len) != NULL;
}

int config_map_set(struct config_map *m, struct mr_str key, struct mr_str value)
{
    if (key.len > CONFIG_VALUE_BYTES_MAX || value.len > CONFIG_VALUE_BYTES_MAX)
        return -MR_E_LIMIT;
    if (key.ptr == NULL || value.ptr == NULL || has_nul(key) || has_nul(value))
        return -EINVAL;

    bool found;
    uint32_t at = place(m, key, &found);
    char *value_copy = mem_text(value.ptr, value.len);
    if (value_copy == NULL)
        return -ENOMEM;
    if (found) {
        mem_free(m->pairs[at].value);
        m->pairs[at].value = value_copy;
        return 0;
    }
    int err = grow(m);
    char *key_copy = err == 0 ? mem_text(key.ptr, key.len) : NULL;
    if (key_copy == NULL) {
        mem_free(value_copy);
        return err != 0 ? err : -ENOMEM;
    }
    memmove(&m->pairs[at + 1], &m->pairs[at], (m->count - at) * sizeof(m->pairs[0]));
    m->pairs[at] = (struct config_pair){key_copy, value_copy};
    m->count++;
    return 0;
}

const char *config_map_find(const struct config_map *m, struct mr_str key)
{
    if (m == NULL || key.ptr == NULL)
        return NULL;
    bool found;
    uint32_t at = place(m, key, &found);
    return found ? m->pairs[at].value : NULL;
}

const char *config_map_get(const struct config_map *m, const char *key)
{
    return config_map_find(m, mr_str_of(key));
}

bool config_map_remove(struct config_map *m, struct mr_str key)
{
    if (key.ptr == NULL)
        return false;
    bool found;
    uint32_t at = place(m, key, &found);
    if (!found)
        return false;
    mem_free(m->pairs[at].key);
    mem_free(m->pairs[at].value);
    m->count--;
    memmove(&m->pairs[at], &m->pairs[at + 1], (m->count - at) * sizeof(m->pairs[0]));
    return true;
}

int config_map_copy(struct config_map *to, const struct config_map *from)
{
    MR_ASSERT(to->count == 0 && to->pairs == NULL);
    for (uint32_t i = 0; i < from->count; i++) {
        int err = config_map_set(to, mr_str_of(from->pairs[i].key), mr_str_of(from->pairs[i].value));
        if (err != 0) {
            config_map_done(to);
            return err;
        }
    }
    return 0;
}
