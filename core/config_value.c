#include "core/config_value.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { QUOTED_MAX = 256, NUMBER_BYTES_MAX = 64 };

struct mr_str config_trim(struct mr_str s)
{
    while (s.len > 0 && (unsigned char)s.ptr[0] <= ' ') {
        s.ptr++;
        s.len--;
    }
    while (s.len > 0 && (unsigned char)s.ptr[s.len - 1] <= ' ')
        s.len--;
    return s;
}

bool config_parse_long(struct mr_str raw, int64_t *ret)
{
    struct mr_str s = config_trim(raw);
    bool minus = s.len > 0 && s.ptr[0] == '-';
    size_t i = minus || (s.len > 0 && s.ptr[0] == '+') ? 1 : 0;
    if (i == s.len)
        return false;
    int64_t n = 0;
    for (; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
        int digit = s.ptr[i] - '0'; /* counted downwards: the smallest number has no positive twin */
        if (__builtin_mul_overflow(n, 10, &n) || __builtin_sub_overflow(n, digit, &n))
            return false;
    }
    if (!minus && n == INT64_MIN)
        return false;
    *ret = minus ? n : -n;
    return true;
}

bool config_parse_double(struct mr_str raw, double *ret)
{
    struct mr_str s = config_trim(raw);
    if (s.len == 0 || s.len >= NUMBER_BYTES_MAX)
        return false;
    char text[NUMBER_BYTES_MAX];
    for (size_t i = 0; i < s.len; i++) { /* strtod() knows more notations than Java: hexadecimal, nan, inf */
        if (strchr("0123456789+-.eE", s.ptr[i]) == NULL || s.ptr[i] == '\0')
            return false;
        text[i] = s.ptr[i];
    }
    text[s.len] = '\0';
    char *end;
    *ret = strtod(text, &end);
    return *end == '\0' && isfinite(*ret);
}

bool config_parse_bool(struct mr_str raw, bool *ret)
{
    struct mr_str s = config_trim(raw);
    *ret = s.len == 4;
    return (s.len == 4 && strncasecmp(s.ptr, "true", 4) == 0) ||
           (s.len == 5 && strncasecmp(s.ptr, "false", 5) == 0);
}

/* digits[0].digits[1..] * 10^exponent, the shortest that reads back as d. d is finite and not zero. */
static unsigned shortest(double d, char digits[20], int *exponent)
{
    char text[40];
    for (int precision = 0; precision <= 16; precision++) {
        snprintf(text, sizeof(text), "%.*e", precision, d);
        if (strtod(text, NULL) == d)
            break;
    }
    unsigned count = 0;
    const char *c = text;
    for (; *c != 'e'; c++) {
        if (*c >= '0' && *c <= '9')
            digits[count++] = *c;
    }
    *exponent = atoi(c + 1);
    return count;
}

void config_print_double(double d, char dst[CONFIG_DOUBLE_BYTES])
{
    if (d == 0 || !isfinite(d)) {
        snprintf(dst, CONFIG_DOUBLE_BYTES, "%s0.0", signbit(d) ? "-" : "");
        return;
    }
    char digits[20];
    int exponent;
    unsigned count = shortest(fabs(d), digits, &exponent);
    char *at = dst;
    if (d < 0)
        *at++ = '-';
    if (exponent >= -3 && exponent < 7) {
        int whole = exponent; /* index of the last digit before the point */
        if (whole < 0)
            *at++ = '0';
        for (int i = 0; i <= whole; i++)
            *at++ = i < (int)count ? digits[i] : '0';
        *at++ = '.';
        for (int i = whole + 1; i < 0; i++)
            *at++ = '0';
        int first = whole + 1 > 0 ? whole + 1 : 0;
        for (int i = first; i < (int)count; i++)
            *at++ = digits[i];
        if (at[-1] == '.')
            *at++ = '0';
        *at = '\0';
        return;
    }
    *at++ = digits[0];
    *at++ = '.';
    for (unsigned i = 1; i < count; i++)
        *at++ = digits[i];
    if (count == 1)
        *at++ = '0';
    snprintf(at, (size_t)(dst + CONFIG_DOUBLE_BYTES - at), "E%d", exponent);
}

struct config_list config_list_of(struct mr_str raw)
{
    struct mr_str s = config_trim(raw);
    return (struct config_list){.rest = s, .done = s.len == 0};
}

bool config_list_next(struct config_list *list, struct mr_str *ret_item)
{
    if (list->done)
        return false;
    const char *comma = memchr(list->rest.ptr, ',', list->rest.len);
    size_t len = comma != NULL ? (size_t)(comma - list->rest.ptr) : list->rest.len;
    *ret_item = config_trim((struct mr_str){list->rest.ptr, len});
    list->done = comma == NULL;
    if (!list->done) {
        list->rest.ptr += len + 1;
        list->rest.len -= len + 1;
    }
    return true;
}

/* ---- checks ---- */

struct refusal {
    const struct config_key *key;
    char *why;
    size_t why_bytes;
};

MR_PRINTF(3, 4)
static int refuse(const struct refusal *r, struct mr_str value, const char *fmt, ...)
{
    char reason[CONFIG_WHY_BYTES];
    va_list args;
    va_start(args, fmt);
    vsnprintf(reason, sizeof(reason), fmt, args);
    va_end(args);
    if (r->key->type == CONFIG_PASSWORD)
        value = MR_STR_LIT("[hidden]");
    if (value.len > QUOTED_MAX)
        value.len = QUOTED_MAX;
    snprintf(r->why, r->why_bytes, "Invalid value %.*s for configuration %s: %s", MR_STR(value), r->key->name,
             reason);
    return -EINVAL;
}

/* The next word of "A|B|C"; false at the end. */
static bool next_word(const char **words, struct mr_str *ret)
{
    if (**words == '\0')
        return false;
    size_t len = strcspn(*words, "|");
    *ret = (struct mr_str){*words, len};
    *words += len + ((*words)[len] == '|' ? 1 : 0);
    return true;
}

static bool is_word(const char *words, struct mr_str value, bool any_case)
{
    struct mr_str word;
    while (next_word(&words, &word)) {
        if (word.len == value.len && (any_case ? strncasecmp(word.ptr, value.ptr, word.len)
                                               : memcmp(word.ptr, value.ptr, word.len)) == 0)
            return true;
    }
    return false;
}

static int refuse_words(const struct refusal *r, struct mr_str value, const char *words, bool any_case)
{
    char list[256] = "";
    size_t len = 0;
    struct mr_str word;
    while (next_word(&words, &word) && len + word.len + 3 < sizeof(list))
        len += (size_t)snprintf(list + len, sizeof(list) - len, "%s%.*s", len > 0 ? ", " : "", MR_STR(word));
    return refuse(r, value, "String must be one of%s: %s", any_case ? " (case insensitive)" : "", list);
}

/* check is "low..high" with either side optional; value is the number as the message prints it. */
static int check_range(const struct refusal *r, const char *check, double real, int64_t whole, bool is_real,
                       const char *printed)
{
    const char *dots = strstr(check, "..");
    MR_ASSERT(dots != NULL);
    struct mr_str low = {check, (size_t)(dots - check)}, high = mr_str_of(dots + 2);
    int64_t n = 0;
    double d = 0;
    if (low.len > 0 &&
        (is_real ? config_parse_double(low, &d) && real < d : config_parse_long(low, &n) && whole < n))
        return refuse(r, mr_str_of(printed), "Value must be at least %.*s", MR_STR(low));
    if (high.len > 0 &&
        (is_real ? config_parse_double(high, &d) && real > d : config_parse_long(high, &n) && whole > n))
        return refuse(r, mr_str_of(printed), "Value must be no more than %.*s", MR_STR(high));
    return 0;
}

static int check_whole(const struct refusal *r, struct mr_str raw)
{
    const struct config_key *key = r->key;
    int64_t low = INT64_MIN, high = INT64_MAX, n;
    if (key->type == CONFIG_INT) {
        low = INT32_MIN;
        high = INT32_MAX;
    } else if (key->type == CONFIG_SHORT) {
        low = INT16_MIN;
        high = INT16_MAX;
    }
    if (!config_parse_long(raw, &n) || n < low || n > high)
        return refuse(r, raw, "Not a number of type %s", config_type_name(key->type));
    if (key->check == NULL)
        return 0;
    char printed[NUMBER_BYTES_MAX];
    snprintf(printed, sizeof(printed), "%lld", (long long)n);
    if (strcmp(key->check, "gzip") == 0) { /* the level of gzip; -1 is zlib's own choice */
        if (n == -1 || (n >= 1 && n <= 9))
            return 0;
        return refuse(r, mr_str_of(printed), "Value must be between 1 and 9 or equal to -1");
    }
    return check_range(r, key->check, 0, n, false, printed);
}

static int check_real(const struct refusal *r, struct mr_str raw)
{
    double d;
    if (!config_parse_double(raw, &d))
        return refuse(r, raw, "Not a number of type DOUBLE");
    if (r->key->check == NULL)
        return 0;
    char printed[CONFIG_DOUBLE_BYTES];
    config_print_double(d, printed);
    return check_range(r, r->key->check, d, 0, true, printed);
}

/* "*" alone, or PARTITION:BROKER pairs; Source: KIP-73. */
static bool throttled_ok(struct mr_str raw)
{
    struct mr_str s = config_trim(raw), item;
    if (mr_str_is(s, "*"))
        return true;
    struct config_list list = config_list_of(raw);
    while (config_list_next(&list, &item)) {
        size_t digits = 0, i = 0;
        while (i < item.len && item.ptr[i] >= '0' && item.ptr[i] <= '9')
            i++;
        if (i == 0 || i == item.len || item.ptr[i] != ':')
            return false;
        for (i++; i < item.len && item.ptr[i] >= '0' && item.ptr[i] <= '9'; i++)
            digits++;
        if (digits == 0 || i != item.len)
            return false;
    }
    return true;
}

bool config_parse_cpus(struct mr_str item, unsigned *ret_first, unsigned *ret_last)
{
    int64_t first, last;
    const char *dash = item.len > 0 ? memchr(item.ptr, '-', item.len) : NULL;
    size_t len = dash != NULL ? (size_t)(dash - item.ptr) : item.len;
    if (!config_parse_long((struct mr_str){item.ptr, len}, &first))
        return false;
    last = first;
    if (dash != NULL && !config_parse_long((struct mr_str){dash + 1, item.len - len - 1}, &last))
        return false;
    if (first < 0 || last < first || last >= CONFIG_CPUS_MAX)
        return false;
    *ret_first = (unsigned)first;
    *ret_last = (unsigned)last;
    return true;
}

static int check_list(const struct refusal *r, struct mr_str raw)
{
    const char *check = r->key->check;
    if (check == NULL)
        return 0;
    struct mr_str item;
    struct config_list list = config_list_of(raw);
    if (strncmp(check, "list ", 5) == 0) {
        while (config_list_next(&list, &item)) {
            if (!is_word(check + 5, item, false))
                return refuse_words(r, item, check + 5, false);
        }
        return 0;
    }
    if (strcmp(check, "cpus") == 0) {
        unsigned first, last;
        while (config_list_next(&list, &item)) {
            if (!config_parse_cpus(item, &first, &last))
                return refuse(r, item, "CPUs are numbers and ranges, like 0,2,4-7");
        }
        return 0;
    }
    MR_ASSERT(strcmp(check, "throttled") == 0);
    if (throttled_ok(raw))
        return 0;
    char shown[QUOTED_MAX] = "[";
    size_t len = 1;
    while (config_list_next(&list, &item) && len + item.len + 4 < sizeof(shown))
        len +=
            (size_t)snprintf(shown + len, sizeof(shown) - len, "%s%.*s", len > 1 ? ", " : "", MR_STR(item));
    snprintf(shown + len, sizeof(shown) - len, "]");
    return refuse(r, mr_str_of(shown),
                  "%s must be the literal '*' or a list of replicas in the following format: "
                  "[partitionId]:[brokerId],[partitionId]:[brokerId],...",
                  r->key->name);
}

/* PnDTnHnMn.nS as ISO-8601 writes a duration; at least one part, seconds may have a fraction. */
static bool duration_ok(struct mr_str s)
{
    if (s.len > 0 && (s.ptr[0] == '-' || s.ptr[0] == '+')) {
        s.ptr++;
        s.len--;
    }
    if (s.len < 2 || (s.ptr[0] | 32) != 'p')
        return false;
    const char *order = "dthms";
    bool any = false, after_t = false;
    size_t i = 1;
    while (i < s.len) {
        if ((s.ptr[i] | 32) == 't') {
            if (after_t || i + 1 == s.len)
                return false;
            after_t = true;
            order = "hms";
            i++;
            continue;
        }
        size_t start = i;
        if (s.ptr[i] == '-' || s.ptr[i] == '+')
            i++;
        size_t digits = i;
        while (i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9')
            i++;
        bool fraction = i < s.len && s.ptr[i] == '.';
        if (i == digits || start == s.len)
            return false;
        if (fraction) {
            for (i++; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++)
                continue;
        }
        if (i == s.len)
            return false;
        char unit = (char)(s.ptr[i++] | 32);
        const char *found = strchr(order, unit);
        if (unit == '\0' || found == NULL || (unit == 'd') == after_t || (fraction && unit != 's'))
            return false;
        order = found + 1;
        any = true;
    }
    return any;
}

static int check_text(const struct refusal *r, struct mr_str raw)
{
    const char *check = r->key->check;
    struct mr_str s = config_trim(raw);
    if (check == NULL)
        return 0;
    if (strcmp(check, "nonempty") == 0)
        return s.len > 0 ? 0 : refuse(r, s, "String must be non-empty");
    if (strncmp(check, "one ", 4) == 0)
        return is_word(check + 4, s, false) ? 0 : refuse_words(r, s, check + 4, false);
    if (strncmp(check, "nocase ", 7) == 0)
        return is_word(check + 7, s, true) ? 0 : refuse_words(r, s, check + 7, true);
    MR_ASSERT(strcmp(check, "reset") == 0);
    static const char by[] = "by_duration:";
    if (is_word("latest|earliest", s, true))
        return 0;
    if (s.len >= sizeof(by) && strncasecmp(s.ptr, by, sizeof(by) - 1) == 0 &&
        duration_ok((struct mr_str){s.ptr + sizeof(by) - 1, s.len - sizeof(by) + 1}))
        return 0;
    return refuse(
        r, s,
        "Invalid value `%.*s` for configuration %s. The value must be either 'earliest', 'latest' or of the "
        "format 'by_duration:<PnDTnHnMn.nS>'.",
        (int)mr_min(s.len, 100), s.ptr, r->key->name);
}

int config_value_check(const struct config_key *key, struct mr_str raw, char *why, size_t why_bytes)
{
    struct refusal r = {key, why, why_bytes};
    bool flag;
    switch ((enum config_type)key->type) {
    case CONFIG_BOOLEAN:
        if (!config_parse_bool(raw, &flag))
            return refuse(&r, raw, "Expected value to be either true or false");
        return 0;
    case CONFIG_INT:
    case CONFIG_SHORT:
    case CONFIG_LONG:
        return check_whole(&r, raw);
    case CONFIG_DOUBLE:
        return check_real(&r, raw);
    case CONFIG_LIST:
        return check_list(&r, raw);
    case CONFIG_STRING:
        return check_text(&r, raw);
    case CONFIG_UNKNOWN:
    case CONFIG_CLASS:
    case CONFIG_PASSWORD:
        return 0;
    }
    return 0;
}

/* ---- printing ---- */

static const char *print_list(struct mr_arena *arena, struct mr_str raw)
{
    char *dst = arena_alloc(arena, raw.len + 1, 1);
    if (dst == NULL)
        return NULL;
    size_t len = 0;
    struct mr_str item;
    struct config_list list = config_list_of(raw);
    for (bool first = true; config_list_next(&list, &item); first = false) {
        if (!first)
            dst[len++] = ',';
        if (item.len > 0)
            memcpy(dst + len, item.ptr, item.len);
        len += item.len;
    }
    dst[len] = '\0';
    return dst;
}

static const char *print_str(struct mr_arena *arena, struct mr_str s)
{
    bool ok = true;
    struct mr_str copy = arena_str(arena, s, &ok);
    return ok ? copy.ptr : NULL;
}

const char *config_value_print(struct mr_arena *arena, const struct config_key *key, const char *raw)
{
    char text[NUMBER_BYTES_MAX];
    struct mr_str in = mr_str_of(raw);
    int64_t n;
    double d;
    bool flag;
    switch ((enum config_type)key->type) {
    case CONFIG_BOOLEAN:
        if (config_parse_bool(in, &flag))
            return flag ? "true" : "false";
        break;
    case CONFIG_INT:
    case CONFIG_SHORT:
    case CONFIG_LONG:
        if (!config_parse_long(in, &n))
            break;
        snprintf(text, sizeof(text), "%lld", (long long)n);
        return print_str(arena, mr_str_of(text));
    case CONFIG_DOUBLE:
        if (!config_parse_double(in, &d))
            break;
        config_print_double(d, text);
        return print_str(arena, mr_str_of(text));
    case CONFIG_LIST:
        return print_list(arena, in);
    case CONFIG_STRING:
    case CONFIG_CLASS:
        return print_str(arena, config_trim(in));
    case CONFIG_UNKNOWN:
    case CONFIG_PASSWORD:
        break;
    }
    return print_str(arena, in);
}
