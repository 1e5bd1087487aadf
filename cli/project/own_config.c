#include "base/common.h"

#include "cli/project/own_config.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "base/diag/suggest.h"
#include "base/file.h"
#include "base/text/json_place.h"
#include "base/text/json_text.h"
#include "compiler/compare/compare.h"

static const char file_name[] = "bellows.json";

typedef struct Reading {
    Cli *cli;
    OwnConfig *config;
    const SourceFile *file;
    Span key;     /* of the member that is read */
    size_t value; /* where its value begins */
} Reading;

/* Where the text stands in the file, from the first to the last of its bytes. */
static Span place_of(const SourceFile *file, size_t start, size_t len)
{
    const size_t from = start < file->len ? start : file->len;
    const size_t to = from + len < file->len ? from + len : file->len;
    return (Span){file->id, (uint32_t)from, (uint32_t)to};
}

static JsonText json_of(const SourceFile *file)
{
    return (JsonText){file->text, file->len};
}

static Span place_of_value(const Reading *reading)
{
    return place_of(reading->file, reading->value,
                    json_value_len(json_of(reading->file), reading->value));
}

static Span place_of_item(const Reading *reading, size_t index)
{
    size_t at = 0;
    const JsonText json = json_of(reading->file);
    return json_item_at(json, reading->value, index, &at)
               ? place_of(reading->file, at, json_value_len(json, at))
               : reading->key;
}

static Diagnostic *refuse_at(const Reading *reading, Span place, const char *key, const char *why)
{
    return diag_report(reading->cli->diags, DIAG_OWN_KEY, place, key, why);
}

static Diagnostic *refuse(const Reading *reading, const char *key, const char *why)
{
    return refuse_at(reading, reading->key, key, why);
}

/* --- shapes -------------------------------------------------------------------------------------
 */

static bool read_switch(const Reading *reading, const char *key, const json_t *value, bool *ret)
{
    if (!json_is_boolean(value)) {
        refuse_at(reading, place_of_value(reading), key, "not true or false");
        return false;
    }
    *ret = json_is_true(value);
    return true;
}

static bool read_texts(const Reading *reading, const char *key, const json_t *value, TextList *ret)
{
    size_t i = 0;
    json_t *item = NULL;
    if (!json_is_array(value)) {
        refuse_at(reading, place_of_value(reading), key, "not a list of texts");
        return false;
    }
    json_array_foreach(value, i, item)
    {
        if (!json_is_string(item) || json_string_length(item) == 0) {
            refuse_at(reading, place_of_item(reading, i), key,
                      json_is_string(item) ? "without a meaning for an empty text"
                                           : "not a list of texts");
            return false;
        }
        vec_push(reading->cli->arena, ret,
                 arena_strdup(reading->cli->arena, json_string_value(item)));
    }
    return true;
}

static bool read_format(const Reading *reading, const char *key, const json_t *value,
                        OwnFormat *ret)
{
    if (!json_is_string(value)) {
        refuse_at(reading, place_of_value(reading), key, "not a text");
        return false;
    }
    *ret = (OwnFormat){arena_strdup(reading->cli->arena, json_string_value(value)),
                       arena_printf(reading->cli->arena, "%s of %s", key, file_name),
                       place_of_value(reading)};
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
    return read_format(reading, key, value, &reading->config->check_format);
}

static bool read_plan_format(const Reading *reading, const char *key, const json_t *value)
{
    return read_format(reading, key, value, &reading->config->plan_format);
}

/* `word`: the item `index` of the key's list. */
static Diagnostic *refuse_word(const Reading *reading, const char *key, const char *word,
                               size_t index)
{
    return refuse_at(reading, place_of_item(reading, index), key,
                     arena_printf(reading->cli->arena, "without a meaning for `%s`", word));
}

static void suggest_hazard(Cli *cli, const char *slug, Diagnostic *refused)
{
    Suggestion near = suggestion_for(slug);
    for (int i = 0; i < HAZARD_CODE_COUNT; i++) {
        suggestion_offer(&near, hazard_row((HazardCode)i)->slug);
    }
    suggestion_attach(&near, cli->diags, refused);
}

static bool block_hazard(const Reading *reading, const char *key, const char *slug, size_t index)
{
    const HazardCode code = hazard_find(slug);
    if (code == HAZARD_CODE_COUNT) {
        suggest_hazard(reading->cli, slug, refuse_word(reading, key, slug, index));
        return false;
    }
    reading->config->blocks[code] = true;
    return true;
}

static bool read_hazards(const Reading *reading, const char *key, const json_t *value)
{
    TextList texts = {0};
    bool ok = read_texts(reading, key, value, &texts);
    for (size_t i = 0; ok && i < texts.count; i++) {
        ok = block_hazard(reading, key, texts.items[i], i);
    }
    return ok;
}

static bool read_kinds(const Reading *reading, const char *key, const json_t *value)
{
    if (!read_texts(reading, key, value, &reading->config->drift_kinds)) {
        return false;
    }
    const TextList *kinds = &reading->config->drift_kinds;
    for (size_t i = 0; i < kinds->count; i++) {
        if (!compare_knows(kinds->items[i])) {
            refuse_word(reading, key, kinds->items[i], i);
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
            refuse_at(reading, place_of_value(reading), key, "not an object");
            return false;
        }
        return read_object(reading, arena_printf(reading->cli->arena, "%s.", key), value);
    }
    suggestion_attach(&near, reading->cli->diags, refuse(reading, key, "no key that is known"));
    return false;
}

/* `reading->value` is where the object begins. A name with a dot is none of ours, whatever is
 * below. */
static bool read_object(const Reading *reading, const char *prefix, json_t *object)
{
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(object, name, value)
    {
        Reading member = *reading;
        size_t at = reading->value;
        if (json_member_at(json_of(reading->file), reading->value, name, &at, &member.value)) {
            member.key = place_of(reading->file, at, strlen(name) + 2);
        }
        if (strcmp(name, "$schema") == 0 && prefix[0] == '\0') {
            continue;
        }
        if (strchr(name, '.') != NULL) {
            refuse(&member, name, "no key that is known");
            return false;
        }
        if (!read_key(&member, arena_printf(reading->cli->arena, "%s%s", prefix, name), value)) {
            return false;
        }
    }
    return true;
}

static void refuse_text(Cli *cli, const SourceFile *file, size_t at, const char *why)
{
    Diagnostic *d =
        diag_report(cli->diags, DIAG_OWN_UNREADABLE, place_of(file, at, 1), file_name, why);
    const char c = at < file->len ? file->text[at] : '\0';
    if (c == '/' || c == '#') {
        diag_help(cli->diags, d, "JSON has no comments: take them out");
    } else if (c == '}' || c == ']') {
        diag_help(cli->diags, d, "a comma stands between two values, not behind the last");
    }
}

static bool parse(Cli *cli, OwnConfig *config, const SourceFile *file)
{
    json_error_t problem;
    const size_t begin = json_begin(file->text, file->len);
    json_t *root =
        json_loadb(file->text + begin, file->len - begin, JSON_REJECT_DUPLICATES, &problem);
    if (root == NULL) {
        const size_t at = problem.position < 1 ? 0 : (size_t)problem.position - 1;
        refuse_text(cli, file, begin + at,
                    arena_printf(cli->arena, "line %d: %s", problem.line, problem.text));
        return false;
    }
    const Reading reading = {cli, config, file, place_of(file, begin, 1),
                             json_value_at(json_of(file), begin)};
    const bool ok = json_is_object(root) && read_object(&reading, "", root);
    if (!json_is_object(root)) {
        refuse_text(cli, file, reading.value, "it is no object");
    }
    json_decref(root);
    return ok;
}

static bool read_file(Cli *cli, OwnConfig *config)
{
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    if (file_read(cli->arena, file_name, &text, &len, &error)) {
        return parse(cli, config, sources_add(cli->sources, file_name, text, len));
    }
    if (error != ENOENT) {
        diag_report(cli->diags, DIAG_OWN_UNREADABLE, span_none(), file_name, file_error(error));
    }
    return error == ENOENT;
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

bool project_format(Cli *cli, bool of_check, OwnFormat *ret_format)
{
    const OwnConfig *config = NULL;
    *ret_format = (OwnFormat){option_value(&cli->options, OPT_FORMAT), "--format", span_none()};
    if (ret_format->form == NULL) {
        if (!project_own_config(cli, &config)) {
            return false;
        }
        *ret_format = of_check ? config->check_format : config->plan_format;
    }
    return true;
}

/* --- what the caller allows --- */

static bool refuse_hazard(Cli *cli, const char *slug)
{
    suggest_hazard(cli, slug,
                   diag_report(cli->diags, DIAG_BAD_OPTION_VALUE, span_none(), slug,
                               "--allow-hazard",
                               "the name of a hazard, such as `drop-column`; `bellows help "
                               "topics` lists them"));
    return false;
}

bool project_allowed(Cli *cli, Allowed *ret_allowed)
{
    Allowed allowed = {0};
    vec_each(const char *, at, &cli->options.values[OPT_ALLOW_HAZARD]) {
        const HazardCode code = hazard_find(*at);
        if (code == HAZARD_CODE_COUNT) {
            return refuse_hazard(cli, *at);
        }
        allowed.codes[code] = true;
    }
    *ret_allowed = allowed;
    return true;
}
