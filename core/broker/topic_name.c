#include "core/broker/topic_name.h"

#include <stdio.h>

#include "storage/names.h"

const char *topic_name_check(struct mr_str name)
{
    if (name.ptr == NULL || name.len == 0)
        return "the empty string is not allowed";
    if (mr_str_is(name, ".") || mr_str_is(name, ".."))
        return "'.' or '..' is not allowed";
    if (name.len > TOPIC_BYTES_MAX)
        return "the length is longer than the max allowed length 249";
    for (size_t i = 0; i < name.len; i++) {
        if (!names_char_legal(name.ptr[i]))
            return "it contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'";
    }
    return NULL;
}

/* How the sentence goes on; where the name stands in it, %.*s. */
static const char *sentence(struct mr_str name)
{
    if (mr_str_is(name, ".") || mr_str_is(name, ".."))
        return "Topic name is invalid: '%.*s' is not allowed";
    if (name.len > TOPIC_BYTES_MAX)
        return "Topic name is invalid: the length of '%.*s' is longer than the max allowed length 249";
    return "Topic name is invalid: '%.*s' contains one or more characters other than ASCII alphanumerics, "
           "'.', '_' and '-'";
}

const char *topic_name_refusal(struct mr_arena *arena, struct mr_str name)
{
    const char *why = topic_name_check(name);
    if (why == NULL)
        return NULL;
    if (name.ptr == NULL || name.len == 0)
        return "Topic name is invalid: the empty string is not allowed";
    const char *fmt = sentence(name);
    size_t bytes = strlen(fmt) + name.len;
    char *text = arena_alloc(arena, bytes, 1);
    if (text == NULL)
        return why;
    snprintf(text, bytes, fmt, MR_STR(name));
    return text;
}

bool topic_names_collide(struct mr_str a, struct mr_str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        char x = a.ptr[i] == '.' ? '_' : a.ptr[i], y = b.ptr[i] == '.' ? '_' : b.ptr[i];
        if (x != y)
            return false;
    }
    return true;
}

bool topic_name_internal(struct mr_str name)
{
    return mr_str_is(name, "__consumer_offsets") || mr_str_is(name, "__transaction_state") ||
           mr_str_is(name, "__share_group_state");
}
