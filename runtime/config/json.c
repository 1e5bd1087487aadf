/*
 * json.c - JSON as values of a module: a file that it imports or requires, a text that it parses.
 *
 * In: the path or the text. Out: the value; NULL where it is not to be had. What jansson does not
 * take, a whole number beyond 64 bits or a zero byte, is not known, though the program would read
 * it. A file is found as it is written, relative to the module's folder.
 */
#include "base/common.h"

#include <jansson.h>
#include <string.h>

#include "base/file.h"
#include "runtime/config/json.h"

static ConfigValue *object_of(Arena *arena, Names *names, const json_t *json, Span span)
{
    const char *key = NULL;
    json_t *item = NULL;
    ConfigValue *value = config_value(arena, VALUE_OBJECT, span);
    json_object_foreach((json_t *)(uintptr_t)json, key, item)
    {
        config_value_set(arena, value, intern_cstr(names, key),
                         config_json_value(arena, names, item, span));
    }
    return value;
}

static ConfigValue *array_of(Arena *arena, Names *names, const json_t *json, Span span)
{
    size_t i = 0;
    json_t *item = NULL;
    ConfigValue *value = config_value(arena, VALUE_ARRAY, span);
    json_array_foreach(json, i, item)
    {
        vec_push(arena, &value->items, config_json_value(arena, names, item, span));
    }
    return value;
}

ConfigValue *config_json_value(Arena *arena, Names *names, const json_t *json, Span span)
{
    ConfigValue *value = NULL;
    switch (json_typeof(json)) {
    case JSON_OBJECT:
        return object_of(arena, names, json, span);
    case JSON_ARRAY:
        return array_of(arena, names, json, span);
    case JSON_STRING:
        return config_value_text(arena, arena_strdup(arena, json_string_value(json)), span);
    case JSON_INTEGER:
    case JSON_REAL:
        value = config_value(arena, VALUE_NUMBER, span);
        value->number = json_number_value(json);
        return value;
    case JSON_TRUE:
    case JSON_FALSE:
        return config_value_boolean(arena, json_is_true(json), span);
    case JSON_NULL:
        return config_value(arena, VALUE_NULL, span);
    }
    unreachable();
}

ConfigValue *config_json_parse(ConfigRun *run, const char *text, size_t len, Span span)
{
    /* Members are found one by one: what many of them cost is counted as what a loop costs. */
    if (len > CONFIG_TEXT_LIMIT || !config_may_make(run, len * (1 + len / 64))) {
        return NULL;
    }
    json_t *json = json_loadb(text, len, JSON_DECODE_ANY, NULL);
    ConfigValue *value =
        json == NULL ? NULL : config_json_value(run->arena, run->names, json, span);
    json_decref(json);
    return value;
}

bool config_json_is_file(const char *module)
{
    const size_t len = strlen(module);
    return (module[0] == '.' || module[0] == '/') && len > strlen(".json") &&
           strcmp(module + len - strlen(".json"), ".json") == 0;
}

ConfigValue *config_json_file(ConfigRun *run, const char *module, Span span)
{
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    if (!config_json_is_file(module) ||
        !file_read(run->arena, config_path_resolve(run->arena, run->folder, module), &text, &len,
                   &error)) {
        return NULL;
    }
    const size_t mark = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    return config_json_parse(run, text + mark, len - mark, span);
}

ConfigValue *config_json_import(ConfigRun *run, const char *module, const char *name, Span span)
{
    ConfigValue *value = strcmp(name, "*") == 0 ? NULL : config_json_file(run, module, span);
    if (value == NULL || strcmp(name, "default") == 0) {
        return value;
    }
    return value->kind == VALUE_OBJECT
               ? config_value_member(run->arena, value, intern_cstr(run->names, name), span)
               : NULL;
}
