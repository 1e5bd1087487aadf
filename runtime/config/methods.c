/*
 * methods.c - methods of texts and arrays that real configurations use.
 */
#include "base/common.h"

#include <ctype.h>
#include <string.h>

#include "base/strbuf.h"
#include "runtime/config/run.h"

typedef ConfigValue *Method(const ConfigCall *call, const ConfigValue *receiver);

/* The text of an argument; NULL when it has none. */
static const char *argument(const ConfigCall *call, size_t i)
{
    return i < call->count && call->arguments[i]->kind == VALUE_TEXT ? call->arguments[i]->text
                                                                     : NULL;
}

static ConfigValue *text(const ConfigCall *call, const char *value)
{
    return config_value_text(call->run->arena, value, call->span);
}

static ConfigValue *truth(const ConfigCall *call, bool value)
{
    return config_value_boolean(call->run->arena, value, call->span);
}

static ConfigValue *trim(const ConfigCall *call, const ConfigValue *receiver)
{
    const char *start = receiver->text;
    const char *end = start + strlen(start);
    while (start < end && isspace((unsigned char)*start)) {
        start++;
    }
    while (end > start && isspace((unsigned char)end[-1])) {
        end--;
    }
    return text(call, arena_strndup(call->run->arena, start, (size_t)(end - start)));
}

static ConfigValue *same(const ConfigCall *call, const ConfigValue *receiver)
{
    return text(call, receiver->text);
}

static ConfigValue *change_case(const ConfigCall *call, const ConfigValue *receiver, bool upper)
{
    char *copy = arena_strdup(call->run->arena, receiver->text);
    for (char *at = copy; *at != '\0'; at++) {
        if ((unsigned char)*at >= 0x80) {
            return NULL;
        }
        *at = (char)(upper ? toupper((unsigned char)*at) : tolower((unsigned char)*at));
    }
    return text(call, copy);
}

static ConfigValue *to_upper(const ConfigCall *call, const ConfigValue *receiver)
{
    return change_case(call, receiver, true);
}

static ConfigValue *to_lower(const ConfigCall *call, const ConfigValue *receiver)
{
    return change_case(call, receiver, false);
}

/* Of texts alone: `$` in the replacement means something else. */
static ConfigValue *replace(const ConfigCall *call, const ConfigValue *receiver)
{
    const char *what = argument(call, 0);
    const char *with = argument(call, 1);
    if (what == NULL || with == NULL || strchr(with, '$') != NULL) {
        return NULL;
    }
    const char *found = strstr(receiver->text, what);
    if (found == NULL) {
        return text(call, receiver->text);
    }
    return text(call, arena_printf(call->run->arena, "%.*s%s%s", (int)(found - receiver->text),
                                   receiver->text, with, found + strlen(what)));
}

static ConfigValue *replace_all(const ConfigCall *call, const ConfigValue *receiver)
{
    const char *what = argument(call, 0);
    const char *with = argument(call, 1);
    if (what == NULL || with == NULL || what[0] == '\0' || strchr(with, '$') != NULL) {
        return NULL;
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    const char *at = receiver->text;
    for (const char *found = strstr(at, what); found != NULL; found = strstr(at, what)) {
        strbuf_addn(&out, at, (size_t)(found - at));
        strbuf_add(&out, with);
        at = found + strlen(what);
    }
    strbuf_add(&out, at);
    return text(call, strbuf_take(&out, call->run->arena));
}

static ConfigValue *starts_with(const ConfigCall *call, const ConfigValue *receiver)
{
    const char *what = argument(call, 0);
    return what == NULL ? NULL : truth(call, strncmp(receiver->text, what, strlen(what)) == 0);
}

static ConfigValue *ends_with(const ConfigCall *call, const ConfigValue *receiver)
{
    const char *what = argument(call, 0);
    size_t len = strlen(receiver->text);
    size_t end = what == NULL ? 0 : strlen(what);
    return what == NULL ? NULL
                        : truth(call, end <= len && strcmp(receiver->text + len - end, what) == 0);
}

static ConfigValue *includes(const ConfigCall *call, const ConfigValue *receiver)
{
    const char *what = argument(call, 0);
    return what == NULL ? NULL : truth(call, strstr(receiver->text, what) != NULL);
}

static ConfigValue *join(const ConfigCall *call, const ConfigValue *receiver)
{
    const char *between = call->count == 0 ? "," : argument(call, 0);
    StrBuf out = strbuf_new(STRBUF_MAX);
    bool ok = between != NULL && receiver->rest == NULL;
    for (size_t i = 0; ok && i < receiver->items.count; i++) {
        const ConfigValue *item = receiver->items.items[i];
        ok = item->kind == VALUE_TEXT;
        strbuf_add(&out, i == 0 ? "" : between);
        strbuf_add(&out, ok ? item->text : "");
    }
    const char *joined = strbuf_take(&out, call->run->arena);
    return ok ? text(call, joined) : NULL;
}

ConfigValue *config_call_method(const ConfigCall *call, const ConfigValue *receiver, Name name)
{
    static const struct {
        ConfigValueKind kind;
        const char *name;
        Method *method;
    } rows[] = {
        {VALUE_TEXT, "trim", trim},
        {VALUE_TEXT, "toString", same},
        {VALUE_TEXT, "toUpperCase", to_upper},
        {VALUE_TEXT, "toLowerCase", to_lower},
        {VALUE_TEXT, "replace", replace},
        {VALUE_TEXT, "replaceAll", replace_all},
        {VALUE_TEXT, "startsWith", starts_with},
        {VALUE_TEXT, "endsWith", ends_with},
        {VALUE_TEXT, "includes", includes},
        {VALUE_ARRAY, "join", join},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (rows[i].kind == receiver->kind && name_is(name, rows[i].name)) {
            return rows[i].method(call, receiver);
        }
    }
    return NULL;
}
