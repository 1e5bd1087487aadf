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
    for (const char *found = strstr(at, what); found != NULL && out.len <= CONFIG_TEXT_LIMIT;
         found = strstr(at, what)) {
        strbuf_addn(&out, at, (size_t)(found - at));
        strbuf_add(&out, with);
        at = found + strlen(what);
    }
    strbuf_add(&out, at);
    const bool ok = out.len <= CONFIG_TEXT_LIMIT;
    const char *replaced = strbuf_take(&out, call->run->arena);
    return ok ? text(call, replaced) : NULL;
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
        ok = item->kind == VALUE_TEXT && out.len <= CONFIG_TEXT_LIMIT;
        strbuf_add(&out, i == 0 ? "" : between);
        strbuf_add(&out, ok ? item->text : "");
    }
    const char *joined = strbuf_take(&out, call->run->arena);
    return ok ? text(call, joined) : NULL;
}

/* --- lists --- */

static ConfigValue *call_item(const ConfigCall *call, const ConfigValue *list, size_t i)
{
    ConfigRun *run = call->run;
    ConfigValue **given = arena_array(run->arena, ConfigValue *, 3);
    given[0] = list->items.items[i];
    given[1] = config_value(run->arena, VALUE_NUMBER, call->span);
    given[1]->number = (double)i;
    given[2] = config_value_unknown(run->arena, call->span, "a list, handed to its own items");
    /* What functions.def knows takes one; an arrow leaves what it does not name. */
    const bool known = call->arguments[0]->kind == VALUE_KNOWN;
    const ConfigCall each = {run, call->span, given, known ? 1 : 3};
    return config_call_value(NULL, call->arguments[0], &each);
}

/* Is the argument a function that can be followed, of items that are known? */
static bool follows(const ConfigCall *call, const ConfigValue *list)
{
    if (call->count != 1 || list->rest != NULL) {
        return false;
    }
    const ConfigValue *function = call->arguments[0];
    return function->kind == VALUE_KNOWN ||
           (function->kind == VALUE_CLOSURE && function->node->kind == CONFIG_ARROW);
}

static ConfigValue *for_each(const ConfigCall *call, const ConfigValue *list)
{
    ConfigValue *outcome = config_value(call->run->arena, VALUE_UNDEFINED, call->span);
    if (!follows(call, list)) {
        return NULL;
    }
    for (size_t i = 0; i < list->items.count && outcome->kind != VALUE_THROWN; i++) {
        ConfigValue *value = call_item(call, list, i);
        outcome = value->kind == VALUE_THROWN ? value : outcome;
    }
    return outcome;
}

static ConfigValue *map(const ConfigCall *call, const ConfigValue *list)
{
    ConfigValue *mapped = config_value(call->run->arena, VALUE_ARRAY, call->span);
    if (!follows(call, list)) {
        return NULL;
    }
    for (size_t i = 0; i < list->items.count; i++) {
        vec_push(call->run->arena, &mapped->items, call_item(call, list, i));
    }
    return mapped;
}

static ConfigValue *filter(const ConfigCall *call, const ConfigValue *list)
{
    ConfigValue *kept = config_value(call->run->arena, VALUE_ARRAY, call->span);
    if (!follows(call, list)) {
        return NULL;
    }
    for (size_t i = 0; i < list->items.count; i++) {
        ConfigValue *keeps = call_item(call, list, i);
        if (config_value_is_open(keeps)) {
            return keeps;
        }
        if (config_value_truth(keeps)) {
            vec_push(call->run->arena, &kept->items, list->items.items[i]);
        }
    }
    return kept;
}

static ConfigValue *find(const ConfigCall *call, const ConfigValue *list)
{
    if (!follows(call, list)) {
        return NULL;
    }
    for (size_t i = 0; i < list->items.count; i++) {
        ConfigValue *found = call_item(call, list, i);
        if (config_value_is_open(found)) {
            return found;
        }
        if (config_value_truth(found)) {
            return list->items.items[i];
        }
    }
    return config_value(call->run->arena, VALUE_UNDEFINED, call->span);
}

static ConfigValue *some(const ConfigCall *call, const ConfigValue *list)
{
    if (!follows(call, list)) {
        return NULL;
    }
    for (size_t i = 0; i < list->items.count; i++) {
        ConfigValue *is = call_item(call, list, i);
        if (config_value_is_open(is) || config_value_truth(is)) {
            return config_value_is_open(is) ? is : truth(call, true);
        }
    }
    return truth(call, false);
}

static ConfigValue *contains(const ConfigCall *call, const ConfigValue *list)
{
    bool found = false;
    if (call->count != 1 || list->rest != NULL || config_value_is_open(call->arguments[0])) {
        return NULL;
    }
    for (size_t i = 0; i < list->items.count; i++) {
        if (config_value_is_open(list->items.items[i])) {
            return NULL;
        }
        found = found || config_value_same(list->items.items[i], call->arguments[0]);
    }
    return truth(call, found);
}

/* `split(text)`, no limit. */
static ConfigValue *split(const ConfigCall *call, const ConfigValue *receiver)
{
    Arena *arena = call->run->arena;
    const char *what = call->count == 1 ? argument(call, 0) : NULL;
    ConfigValue *parts = config_value(arena, VALUE_ARRAY, call->span);
    if (what == NULL || what[0] == '\0') {
        return NULL;
    }
    const char *at = receiver->text;
    for (const char *found = strstr(at, what); found != NULL; found = strstr(at, what)) {
        vec_push(arena, &parts->items, text(call, arena_strndup(arena, at, (size_t)(found - at))));
        at = found + strlen(what);
    }
    vec_push(arena, &parts->items, text(call, at));
    return parts;
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
        {VALUE_TEXT, "split", split},
        {VALUE_ARRAY, "join", join},
        {VALUE_ARRAY, "forEach", for_each},
        {VALUE_ARRAY, "map", map},
        {VALUE_ARRAY, "filter", filter},
        {VALUE_ARRAY, "find", find},
        {VALUE_ARRAY, "some", some},
        {VALUE_ARRAY, "includes", contains},
    };
    const bool is_text = receiver->kind == VALUE_TEXT;
    if (is_text && !config_may_make(call->run, strlen(receiver->text) * sizeof *receiver / 2)) {
        return NULL; /* split into that many */
    }
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (rows[i].kind == receiver->kind && name_is(name, rows[i].name)) {
            return rows[i].method(call, receiver);
        }
    }
    return NULL;
}
