#include "base/common.h"

#include "base/text/json_place.h"

#include <string.h>

static bool is_at(JsonText json, size_t at, char c)
{
    return at < json.len && json.text[at] == c;
}

static size_t skip_blanks(JsonText json, size_t at)
{
    while (at < json.len && strchr(" \t\r\n", json.text[at]) != NULL && json.text[at] != '\0') {
        at++;
    }
    return at;
}

/* Behind the string that begins at `at`. */
static size_t skip_string(JsonText json, size_t at)
{
    at++;
    while (at < json.len && json.text[at] != '"') {
        at += json.text[at] == '\\' ? 2 : 1;
    }
    return at < json.len ? at + 1 : json.len;
}

static size_t skip_value(JsonText json, size_t at)
{
    size_t depth = 0;
    while (at < json.len) {
        const char c = json.text[at];
        if (c == '"') {
            at = skip_string(json, at);
        } else if (depth == 0 && strchr(",]} \t\r\n", c) != NULL) {
            return at;
        } else {
            depth += c == '{' || c == '[' ? 1 : 0;
            depth -= c == '}' || c == ']' ? 1 : 0;
            at++;
        }
        const bool closed = c == '"' || c == '}' || c == ']';
        if (depth == 0 && closed) {
            return at;
        }
    }
    return at;
}

/* Behind the comma that follows, or at what else follows. */
static size_t skip_comma(JsonText json, size_t at)
{
    at = skip_blanks(json, at);
    return is_at(json, at, ',') ? skip_blanks(json, at + 1) : at;
}

size_t json_value_at(JsonText json, size_t at)
{
    return skip_blanks(json, at);
}

size_t json_value_len(JsonText json, size_t at)
{
    return skip_value(json, at) - at;
}

bool json_member_at(JsonText json, size_t at, const char *name, size_t *ret_name, size_t *ret_value)
{
    const size_t len = strlen(name);
    if (!is_at(json, at, '{')) {
        return false;
    }
    at = skip_blanks(json, at + 1);
    while (is_at(json, at, '"')) {
        const size_t end = skip_string(json, at);
        const size_t value = skip_blanks(json, skip_blanks(json, end) + 1);
        if (end - at == len + 2 && memcmp(json.text + at + 1, name, len) == 0) {
            *ret_name = at;
            *ret_value = value;
            return true;
        }
        at = skip_comma(json, skip_value(json, value));
    }
    return false;
}

bool json_item_at(JsonText json, size_t at, size_t index, size_t *ret_value)
{
    if (!is_at(json, at, '[')) {
        return false;
    }
    at = skip_blanks(json, at + 1);
    for (size_t i = 0; at < json.len && json.text[at] != ']'; i++) {
        if (i == index) {
            *ret_value = at;
            return true;
        }
        at = skip_comma(json, skip_value(json, at));
    }
    return false;
}
