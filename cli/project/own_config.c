#include "base/common.h"

#include "cli/project/own_config.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "base/diag/suggest.h"
#include "base/file.h"
#include "compiler/compare/compare.h"

static const char file_name[] = "bellows.json";

typedef struct Reading {
    Cli *cli;
    OwnConfig *config;
    const SourceFile *file;
} Reading;

/* Where the text stands in the file, from the first to the last of its bytes. */
static Span place_of(const SourceFile *file, size_t start, size_t len)
{
    const size_t from = start < file->len ? start : file->len;
    const size_t to = from + len < file->len ? from + len : file->len;
    return (Span){file->id, (uint32_t)from, (uint32_t)to};
}

/* The last word of `drift.ignoreKinds` in quotes, where it stands first. */
static Span place_of_key(const Reading *reading, const char *key)
{
    const char *dot = strrchr(key, '.');
    const char *word = arena_printf(reading->cli->arena, "\"%s\"", dot == NULL ? key : dot + 1);
    const char *at = strstr(reading->file->text, word);
    return at == NULL ? place_of(reading->file, 0, 1)
                      : place_of(reading->file, (size_t)(at - reading->file->text), strlen(word));
}

static Diagnostic *refuse(const Reading *reading, const char *key, const char *why)
{
    return diag_report(reading->cli->diags, DIAG_OWN_KEY, place_of_key(reading, key), key, why);
}

/* --- shapes -------------------------------------------------------------------------------------
 */

static bool read_switch(const Reading *reading, const char *key, const json_t *value, bool *ret)
{
    if (!json_is_boolean(value)) {
        refuse(reading, key, "not true or false");
        return false;
    }
    *ret = json_is_true(value);
    return true;
}

static bool read_texts(const Reading *reading, const char *key, const json_t *value, TextList *ret)
{
    size_t i = 0;
    json_t *item = NULL;
    bool ok = json_is_array(value);
    json_array_foreach(value, i, item)
    {
        ok = ok && json_is_string(item);
        if (ok) {
            vec_push(reading->cli->arena, ret,
                     arena_strdup(reading->cli->arena, json_string_value(item)));
        }
    }
    if (!ok) {
        refuse(reading, key, "not a list of texts");
    }
    return ok;
}

static bool read_text(const Reading *reading, const char *key, const json_t *value,
                      const char **ret)
{
    if (!json_is_string(value)) {
        refuse(reading, key, "not a text");
        return false;
    }
    *ret = arena_strdup(reading->cli->arena, json_string_value(value));
    return true;
}

/* --- keys ---------------------------------------------------------------------------------------
 */

static bool read_config_node(const Reading *reading, const char *key, const json_t *value)
{
    return read_switch(reading, key, value, &reading->config->config_node);
}

static bool read_sign(const Reading *reading, const char *key, const json_t *value)
{
    return read_switch(reading, key, value, &reading->config->sign);
}

static bool read_cache(const Reading *reading, const char *key, const json_t *value)
{
    bool cache = true;
    const bool ok = read_switch(reading, key, value, &cache);
    reading->config->no_cache = !cache;
    return ok;
}

static bool read_tables(const Reading *reading, const char *key, const json_t *value)
{
    return read_texts(reading, key, value, &reading->config->tables);
}

static bool read_enums(const Reading *reading, const char *key, const json_t *value)
{
    return read_texts(reading, key, value, &reading->config->enums);
}

static bool read_schemas(const Reading *reading, const char *key, const json_t *value)
{
    return read_texts(reading, key, value, &reading->config->schemas);
}

static bool read_check_format(const Reading *reading, const char *key, const json_t *value)
{
    return read_text(reading, key, value, &reading->config->check_format);
}

static bool read_plan_format(const Reading *reading, const char *key, const json_t *value)
{
    return read_text(reading, key, value, &reading->config->plan_format);
}

static Diagnostic *refuse_word(const Reading *reading, const char *key, const char *word)
{
    return refuse(reading, key,
                  arena_printf(reading->cli->arena, "without a meaning for `%s`", word));
}

static bool block_hazard(const Reading *reading, const char *key, const char *slug)
{
    Suggestion near = suggestion_for(slug);
    for (int i = 0; i < HAZARD_CODE_COUNT; i++) {
        const char *name = hazard_row((HazardCode)i)->slug;
        if (strcmp(name, slug) == 0) {
            reading->config->blocks[i] = true;
            return true;
        }
        suggestion_offer(&near, name);
    }
    suggestion_attach(&near, reading->cli->diags, refuse_word(reading, key, slug));
    return false;
}

static bool read_hazards(const Reading *reading, const char *key, const json_t *value)
{
    TextList texts = {0};
    bool ok = read_texts(reading, key, value, &texts);
    for (size_t i = 0; ok && i < texts.count; i++) {
        ok = block_hazard(reading, key, texts.items[i]);
    }
    return ok;
}

static bool read_kinds(const Reading *reading, const char *key, const json_t *value)
{
    if (!read_texts(reading, key, value, &reading->config->drift_kinds)) {
        return false;
    }
    vec_each(const char *, at, &reading->config->drift_kinds) {
        if (!compare_knows(*at)) {
            refuse_word(reading, key, *at);
            return false;
        }
    }
    return true;
}

static bool read_drift_names(const Reading *reading, const char *key, const json_t *value)
{
    return read_texts(reading, key, value, &reading->config->drift_names);
}

static bool read_drift_schemas(const Reading *reading, const char *key, const json_t *value)
{
    return read_texts(reading, key, value, &reading->config->drift_schemas);
}

typedef struct OwnKey {
    const char *key;
    bool (*read)(const Reading *reading, const char *key, const json_t *value);
} OwnKey;

static const OwnKey keys[] = {
    {"configNode", read_config_node},
    {"cache", read_cache},
    {"external", NULL},
    {"external.tables", read_tables},
    {"external.enums", read_enums},
    {"external.schemas", read_schemas},
    {"hazards", NULL},
    {"hazards.block", read_hazards},
    {"drift", NULL},
    {"drift.ignoreKinds", read_kinds},
    {"drift.ignoreNames", read_drift_names},
    {"drift.ignoreSchemas", read_drift_schemas},
    {"sign", read_sign},
    {"format", NULL},
    {"format.check", read_check_format},
    {"format.plan", read_plan_format},
};

static bool read_object(const Reading *reading, const char *prefix, json_t *object);

static bool read_key(const Reading *reading, const char *key, json_t *value)
{
    Suggestion near = suggestion_for(key);
    for (size_t i = 0; i < lengthof(keys); i++) {
        suggestion_offer(&near, keys[i].key);
        if (strcmp(keys[i].key, key) != 0) {
            continue;
        }
        if (keys[i].read != NULL) {
            return keys[i].read(reading, key, value);
        }
        if (!json_is_object(value)) {
            refuse(reading, key, "not an object");
            return false;
        }
        return read_object(reading, arena_printf(reading->cli->arena, "%s.", key), value);
    }
    suggestion_attach(&near, reading->cli->diags, refuse(reading, key, "no key that is known"));
    return false;
}

static bool read_object(const Reading *reading, const char *prefix, json_t *object)
{
    const char *name = NULL;
    json_t *value = NULL;
    bool ok = true;
    json_object_foreach(object, name, value)
    {
        bool is_note = strcmp(name, "$schema") == 0 && prefix[0] == '\0';
        ok = ok &&
             (is_note ||
              read_key(reading, arena_printf(reading->cli->arena, "%s%s", prefix, name), value));
    }
    return ok;
}

static bool read_file(Cli *cli, OwnConfig *config)
{
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    json_error_t problem;
    if (!file_read(cli->arena, file_name, &text, &len, &error)) {
        if (error != ENOENT) {
            diag_report(cli->diags, DIAG_OWN_UNREADABLE, span_none(), file_name, file_error(error));
        }
        return error == ENOENT;
    }
    const SourceFile *file = sources_add(cli->sources, file_name, text, len);
    json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &problem);
    if (!json_is_object(root)) {
        const size_t at = root != NULL || problem.position < 1 ? 0 : (size_t)problem.position - 1;
        const char *why = root != NULL
                              ? "it is no object"
                              : arena_printf(cli->arena, "line %d: %s", problem.line, problem.text);
        diag_report(cli->diags, DIAG_OWN_UNREADABLE, place_of(file, at, 1), file_name, why);
        json_decref(root);
        return false;
    }
    Reading reading = {cli, config, file};
    bool ok = read_object(&reading, "", root);
    json_decref(root);
    return ok;
}

bool project_own_config(Cli *cli, const OwnConfig **ret_config)
{
    if (cli->own == NULL) {
        OwnConfig *config = arena_make(cli->arena, OwnConfig);
        cli->own_failed = !read_file(cli, config);
        cli->own = config;
    }
    *ret_config = cli->own;
    return !cli->own_failed;
}

bool project_format(Cli *cli, bool of_check, const char **ret_format)
{
    const OwnConfig *config = NULL;
    *ret_format = option_value(&cli->options, OPT_FORMAT);
    if (*ret_format == NULL) {
        if (!project_own_config(cli, &config)) {
            return false;
        }
        *ret_format = of_check ? config->check_format : config->plan_format;
    }
    return true;
}
