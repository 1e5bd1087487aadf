/*
 * value.c - values of a configuration module; see value.h.
 */
#include "base/common.h"

#include "runtime/config/value.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/strbuf.h"

enum { PRINTED_DEPTH = 20 };

ConfigValue *config_value(Arena *arena, ConfigValueKind kind, Span span)
{
    ConfigValue *value = arena_make(arena, ConfigValue);
    value->kind = kind;
    value->span = span;
    return value;
}

ConfigValue *config_value_text(Arena *arena, const char *text, Span span)
{
    ConfigValue *value = config_value(arena, VALUE_TEXT, span);
    value->text = text;
    return value;
}

ConfigValue *config_value_boolean(Arena *arena, bool truth, Span span)
{
    ConfigValue *value = config_value(arena, VALUE_BOOLEAN, span);
    value->truth = truth;
    return value;
}

ConfigValue *config_value_unknown(Arena *arena, Span span, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    ConfigValue *value = config_value(arena, VALUE_UNKNOWN, span);
    value->text = arena_vprintf(arena, format, args);
    va_end(args);
    return value;
}

ConfigValue *config_value_member(Arena *arena, const ConfigValue *object, Name key, Span span)
{
    vec_each(const ConfigMember, at, &object->members) {
        if (at->key == key) {
            return at->value;
        }
    }
    return object->rest != NULL ? object->rest : config_value(arena, VALUE_UNDEFINED, span);
}

void config_value_set(Arena *arena, ConfigValue *object, Name key, ConfigValue *value)
{
    vec_each(ConfigMember, at, &object->members) {
        if (at->key == key) {
            at->value = value;
            return;
        }
    }
    vec_push(arena, &object->members, (ConfigMember){key, value});
}

void config_value_cover(ConfigValue *object, ConfigValue *rest)
{
    vec_each(ConfigMember, at, &object->members) {
        at->value = rest;
    }
    object->rest = rest;
}

bool config_value_truth(const ConfigValue *value)
{
    switch (value->kind) {
    case VALUE_UNDEFINED:
    case VALUE_NULL:
        return false;
    case VALUE_BOOLEAN:
        return value->truth;
    case VALUE_NUMBER:
        return value->number < 0 || value->number > 0; /* neither 0 nor NaN */
    case VALUE_TEXT:
        return value->text[0] != '\0';
    case VALUE_URL:
    case VALUE_REGEX:
    case VALUE_OBJECT:
    case VALUE_ARRAY:
    case VALUE_SPACE:
    case VALUE_KNOWN:
    case VALUE_CLOSURE:
    case VALUE_UNKNOWN:
    case VALUE_THROWN:
        return true;
    }
    unreachable();
}

const char *config_value_string(Arena *arena, const ConfigValue *value)
{
    switch (value->kind) {
    case VALUE_UNDEFINED:
        return "undefined";
    case VALUE_NULL:
        return "null";
    case VALUE_BOOLEAN:
        return value->truth ? "true" : "false";
    case VALUE_NUMBER:
        return fabs(value->number) < 1e15 && value->number == floor(value->number)
                   ? arena_printf(arena, "%.0f", value->number)
                   : NULL;
    case VALUE_TEXT:
        return value->text;
    case VALUE_URL:
        return arena_printf(arena, "file://%s", value->text);
    case VALUE_REGEX:
    case VALUE_OBJECT:
    case VALUE_ARRAY:
    case VALUE_SPACE:
    case VALUE_KNOWN:
    case VALUE_CLOSURE:
    case VALUE_UNKNOWN:
    case VALUE_THROWN:
        return NULL;
    }
    unreachable();
}

bool config_value_same(const ConfigValue *a, const ConfigValue *b)
{
    if (a->kind != b->kind) {
        return false;
    }
    if (a->kind == VALUE_TEXT) {
        return strcmp(a->text, b->text) == 0;
    }
    if (a->kind == VALUE_NUMBER) {
        return !(a->number < b->number) && !(a->number > b->number);
    }
    return a->kind == VALUE_BOOLEAN ? a->truth == b->truth
                                    : a->kind == VALUE_UNDEFINED || a->kind == VALUE_NULL || a == b;
}

/* --- text form --- */

static void print(StrBuf *out, Arena *arena, const ConfigValue *value, int depth);

static void print_parts(StrBuf *out, Arena *arena, const ConfigValue *value, int depth)
{
    bool object = value->kind == VALUE_OBJECT;
    size_t count = object ? value->members.count : value->items.count;
    strbuf_char(out, object ? '{' : '[');
    for (size_t i = 0; i < count; i++) {
        strbuf_add(out, i == 0 ? "" : ", ");
        if (object) {
            strbuf_printf(out, "%s: ", value->members.items[i].key->text);
        }
        print(out, arena, object ? value->members.items[i].value : value->items.items[i],
              depth + 1);
    }
    if (value->rest != NULL) {
        strbuf_add(out, count == 0 ? "..." : ", ...");
        print(out, arena, value->rest, depth + 1);
    }
    strbuf_char(out, object ? '}' : ']');
}

static void print(StrBuf *out, Arena *arena, const ConfigValue *value, int depth)
{
    if (depth > PRINTED_DEPTH) {
        strbuf_add(out, "…");
    } else if (value->kind == VALUE_OBJECT || value->kind == VALUE_ARRAY) {
        print_parts(out, arena, value, depth);
    } else if (value->kind == VALUE_TEXT) {
        strbuf_printf(out, "\"%s\"", value->text); /* lint: quote - JavaScript's */
    } else if (value->kind == VALUE_UNKNOWN || value->kind == VALUE_THROWN) {
        strbuf_printf(out, "%s(%s)", value->kind == VALUE_UNKNOWN ? "unknown" : "thrown",
                      value->text);
    } else {
        const char *text = config_value_string(arena, value);
        strbuf_add(out, text == NULL ? "function" : text);
    }
}

char *config_value_print(Arena *arena, const ConfigValue *value)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    print(&out, arena, value, 0);
    return strbuf_take(&out, arena);
}
