#include "core/properties.h"

#include "core/mem.h"

/* One logical line is unescaped into out, which is as long as the whole text: nothing ever grows, because an
 * escape is at least as long as what it stands for (\uXXXX: 6 bytes for at most 3). */
struct reader {
    const char *at, *end;
    unsigned line; /* of *at */
    char *out;
    size_t len;
    struct properties_error *error;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\f';
}

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

static void skip_space(struct reader *r)
{
    while (r->at < r->end && is_space(*r->at))
        r->at++;
}

static void skip_break(struct reader *r)
{
    if (r->at < r->end && *r->at == '\r') {
        r->at++;
        if (r->at < r->end && *r->at == '\n')
            r->at++;
        r->line++;
    } else if (r->at < r->end && *r->at == '\n') {
        r->at++;
        r->line++;
    }
}

/* A backslash at the end of a line joins the next one; nothing is left to see of either. */
static void join_lines(struct reader *r)
{
    while (r->end - r->at >= 2 && r->at[0] == '\\' && is_break(r->at[1])) {
        r->at++;
        skip_break(r);
        skip_space(r);
    }
}

static bool at_line_end(struct reader *r)
{
    join_lines(r);
    return r->at == r->end || is_break(*r->at);
}

static int fail(struct reader *r, const char *text)
{
    *r->error = (struct properties_error){r->line, text};
    return -MR_E_CORRUPT;
}

static void put_utf8(struct reader *r, uint32_t c)
{
    if (c < 0x80) {
        r->out[r->len++] = (char)c;
        return;
    }
    if (c < 0x800) {
        r->out[r->len++] = (char)(0xc0 | c >> 6);
    } else {
        if (c < 0x10000) {
            r->out[r->len++] = (char)(0xe0 | c >> 12);
        } else {
            r->out[r->len++] = (char)(0xf0 | c >> 18);
            r->out[r->len++] = (char)(0x80 | (c >> 12 & 0x3f));
        }
        r->out[r->len++] = (char)(0x80 | (c >> 6 & 0x3f));
    }
    r->out[r->len++] = (char)(0x80 | (c & 0x3f));
}

/* The four digits after \u; at is behind them afterwards. */
static bool take_hex(struct reader *r, uint32_t *ret)
{
    uint32_t c = 0;
    if (r->end - r->at < 4)
        return false;
    for (int i = 0; i < 4; i++) {
        char h = *r->at++;
        char low = (char)(h | 0x20);
        if (h >= '0' && h <= '9')
            c = c << 4 | (uint32_t)(h - '0');
        else if (low >= 'a' && low <= 'f')
            c = c << 4 | (uint32_t)(low - 'a' + 10);
        else
            return false;
    }
    *ret = c;
    return true;
}

/* r->at is behind "\u". */
static int take_unicode(struct reader *r)
{
    uint32_t c, second;
    if (!take_hex(r, &c))
        return fail(r, "\\u needs four hexadecimal digits");
    if (c == 0)
        return fail(r, "a NUL character is not allowed");
    if (c >= 0xd800 && c <= 0xdbff && r->end - r->at >= 6 && r->at[0] == '\\' && r->at[1] == 'u') {
        r->at += 2;
        if (!take_hex(r, &second))
            return fail(r, "\\u needs four hexadecimal digits");
        if (second < 0xdc00 || second > 0xdfff)
            return fail(r, "half of a surrogate pair");
        c = 0x10000 + ((c - 0xd800) << 10) + (second - 0xdc00);
    } else if (c >= 0xd800 && c <= 0xdfff) {
        return fail(r, "half of a surrogate pair");
    }
    put_utf8(r, c);
    return 0;
}

/* One character of a key or value, which is not at its end. */
static int take_char(struct reader *r)
{
    char c = *r->at++;
    if (c == '\0')
        return fail(r, "a NUL character is not allowed");
    if (c != '\\') {
        r->out[r->len++] = c;
        return 0;
    }
    if (r->at == r->end) /* a backslash as the last character of the file continues into nothing */
        return 0;
    c = *r->at++;
    switch (c) {
    case 'u':
        return take_unicode(r);
    case 't':
        c = '\t';
        break;
    case 'n':
        c = '\n';
        break;
    case 'r':
        c = '\r';
        break;
    case 'f':
        c = '\f';
        break;
    case '\0':
        return fail(r, "a NUL character is not allowed");
    }
    r->out[r->len++] = c;
    return 0;
}

static int take_pair(struct reader *r, properties_each *each, void *owner)
{
    unsigned line = r->line;
    int err = 0;
    r->len = 0;
    while (err == 0 && !at_line_end(r) && *r->at != '=' && *r->at != ':' && !is_space(*r->at))
        err = take_char(r);
    if (err != 0)
        return err;
    size_t key_len = r->len;
    r->out[r->len++] = '\0';

    bool separated = false;
    while (!at_line_end(r) && (is_space(*r->at) || (!separated && (*r->at == '=' || *r->at == ':')))) {
        separated = separated || !is_space(*r->at);
        r->at++;
    }
    size_t value_at = r->len;
    while (err == 0 && !at_line_end(r))
        err = take_char(r);
    if (err != 0)
        return err;
    struct mr_str key = {r->out, key_len}, value = {r->out + value_at, r->len - value_at};
    r->out[r->len] = '\0';
    return each(owner, line, key, value);
}

int properties_parse(struct mr_str text, properties_each *each, void *owner, struct properties_error *error)
{
    *error = (struct properties_error){0, ""};
    if (text.len > PROPERTIES_BYTES_MAX) {
        error->text = "the file is larger than 1 MiB";
        return -MR_E_LIMIT;
    }
    struct reader r = {.at = text.ptr, .end = text.ptr + text.len, .line = 1, .error = error};
    r.out = mem_alloc(text.len + 2); /* two terminators */
    if (r.out == NULL)
        return -ENOMEM;
    int err = 0;
    while (err == 0 && r.at < r.end) {
        skip_space(&r);
        join_lines(&r); /* a line of nothing but its continuation: what follows may still be a comment */
        if (r.at < r.end && (*r.at == '#' || *r.at == '!')) {
            while (r.at < r.end && !is_break(*r.at))
                r.at++;
        } else if (!at_line_end(&r)) {
            err = take_pair(&r, each, owner);
        }
        skip_break(&r);
    }
    mem_free(r.out);
    return err;
}
