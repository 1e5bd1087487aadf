#include "base/common.h"

#include "runtime/config/settings.h"

#include <errno.h>
#include <string.h>

#include "base/diag/suggest.h"
#include "runtime/config/run.h"
#include "runtime/config/settings_internal.h"
#include "runtime/host/folder.h"

typedef enum Shape { TEXT, LIST, SECTION, ANY } Shape;

typedef struct SettingRow {
    const char *key;
    Shape shape;
    const char *flag;
} SettingRow;

static const SettingRow rows[] = {
#define SETTING(id, key, shape, flag) [id] = {key, shape, flag},
#include "runtime/config/settings.def"
#undef SETTING
};

/* --- finding ------------------------------------------------------------------------------------
 */

const char *settings_find(Arena *arena, const char **ret_second)
{
    enum { OF_VERSION_7 = 2 };
    static const char *const names[] = {
        "prisma7.config", ".config/prisma7",      "prisma.config",        "prisma.config/index",
        ".config/prisma", ".config/prisma/index", ".config/prisma.config"};
    static const char *const endings[] = {"js", "ts", "mjs", "cjs", "mts", "cts", "json"};
    const char *first = NULL;
    *ret_second = NULL;
    for (size_t i = 0; i < lengthof(names); i++) {
        if (first != NULL && i == OF_VERSION_7) {
            return first; /* beside it, version 8's own is meant to stand */
        }
        for (size_t j = 0; j < lengthof(endings); j++) {
            const char *path = arena_printf(arena, "%s.%s", names[i], endings[j]);
            if (!file_exists(path) || file_is_folder(path)) {
                continue;
            }
            if (first != NULL) {
                *ret_second = path;
                return first;
            }
            first = path;
        }
    }
    return first;
}

/* --- what is not known --------------------------------------------------------------------------
 */

static void warn_of_key(const Settings *settings, const char *key, Span span, Diagnostics *diags)
{
    Suggestion near = suggestion_for(key);
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        suggestion_offer(&near, rows[i].key);
    }
    Diagnostic *diagnostic = diag_report(diags, DIAG_CONFIG_KEY, span, key, settings->path);
    suggestion_attach(&near, diags, diagnostic);
}

static void check_keys(const Settings *settings, const ConfigValue *object, const char *prefix,
                       Diagnostics *diags)
{
    vec_each(ConfigMember, at, &object->members) {
        const char *key = arena_printf(settings->arena, "%s%s", prefix, at->key->text);
        const SettingRow *row = NULL;
        for (size_t i = 0; i < SETTING_COUNT && row == NULL; i++) {
            row = strcmp(rows[i].key, key) == 0 ? &rows[i] : NULL;
        }
        if (row == NULL) {
            warn_of_key(settings, key, at->value->span, diags);
        } else if (row->shape == SECTION && at->value->kind == VALUE_OBJECT) {
            check_keys(settings, at->value, arena_printf(settings->arena, "%s.", key), diags);
        }
    }
}

/* --- opening ------------------------------------------------------------------------------------
 */

/* Bytes: far more than people write, and little enough for whatever looks at all of them again. */
enum { MODULE_LIMIT = 1 << 17 };

bool settings_read_module(Arena *arena, const char *path, Sources *sources, Diagnostics *diags,
                          const SourceFile **ret_file)
{
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    const char *dot = strrchr(path, '.');
    if (dot != NULL && strcmp(dot, ".json") == 0) {
        diag_report(diags, DIAG_CONFIG_UNREADABLE, span_none(), path,
                    "a configuration is a module, not JSON");
        return false;
    }
    if (!file_read(arena, path, &text, &len, &error)) {
        diag_report(diags, DIAG_CONFIG_UNREADABLE, span_none(), path, file_error(error));
        return false;
    }
    if (len > MODULE_LIMIT) {
        diag_report(diags, DIAG_CONFIG_UNREADABLE, span_none(), path,
                    "it is larger than 128 KiB; move what is no setting into a module that it "
                    "imports");
        return false;
    }
    *ret_file = sources_adopt(sources, path, text, len);
    return true;
}

bool settings_open(Arena *arena, const char *path, Sources *sources, EnvLookup *lookup,
                   Names *names, Diagnostics *diags, Settings *ret_settings)
{
    const SourceFile *file = NULL;
    ConfigExport exported;
    if (!settings_read_module(arena, path, sources, diags, &file)) {
        return false;
    }
    const char *current = folder_real(".", arena);
    if (current == NULL) {
        diag_report(diags, DIAG_CONFIG_UNREADABLE, span_none(), path, strerror(errno));
        return false;
    }
    config_export(arena, file, current, lookup, names, &exported);
    *ret_settings = (Settings){.arena = arena,
                               .names = names,
                               .path = path,
                               .folder = path_folder(arena, path),
                               .exported = exported.value,
                               .variables = exported.variables,
                               .is_version_8 = exported.value->mark == MARK_DEFINED_8};
    if (exported.value->kind == VALUE_OBJECT) {
        check_keys(ret_settings, exported.value, "", diags);
    }
    return !ret_settings->is_version_8 || settings_join_above(ret_settings, sources, diags);
}

/* --- asking -------------------------------------------------------------------------------------
 */

/* Whoever reads it fails at a place where something else than an object stands. */
static ConfigValue *no_object(const Settings *settings, const ConfigValue *value, const char *what)
{
    ConfigValue *thrown = config_value(settings->arena, VALUE_THROWN, value->span);
    thrown->text = arena_printf(settings->arena, "%s is no object", what);
    return thrown;
}

/* The value of the key: undefined when it is not there; what is open answers for what is in it. */
static ConfigValue *find(const Settings *settings, SettingId id)
{
    ConfigValue *value = settings->exported;
    const char *key = rows[id].key;
    for (const char *at = key; *at != '\0'; at += *at == '.' ? 1 : 0) {
        if (config_value_is_open(value) || value->kind == VALUE_UNDEFINED) {
            return value;
        }
        if (value->kind != VALUE_OBJECT) {
            const int len = at == key ? 0 : (int)(at - key) - 1;
            return no_object(settings, value,
                             len == 0 ? "what it exports"
                                      : arena_printf(settings->arena, "`%.*s`", len, key));
        }
        size_t len = strcspn(at, ".");
        value = config_value_member(settings->arena, value, intern(settings->names, at, len),
                                    value->span);
        at += len;
    }
    return value;
}

bool setting_is_given(const Settings *settings, SettingId id)
{
    const char *dot = strrchr(rows[id].key, '.');
    const ConfigValue *value = find(settings, id);
    if (value->kind != VALUE_UNDEFINED || dot == NULL) {
        return value->kind != VALUE_UNDEFINED;
    }
    /* `url: process.env.X`, and X is not set: given, and nothing. */
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        size_t len = (size_t)(dot - rows[id].key);
        if (strlen(rows[i].key) != len || strncmp(rows[i].key, rows[id].key, len) != 0) {
            continue;
        }
        const ConfigValue *section = find(settings, (SettingId)i);
        vec_each(const ConfigMember, at, &section->members) {
            if (name_is(at->key, dot + 1)) {
                return true;
            }
        }
    }
    return false;
}

bool settings_are_known(const Settings *settings)
{
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        const ConfigValue *value = find(settings, (SettingId)i);
        bool asked_for = rows[i].shape == TEXT || rows[i].shape == LIST;
        if (asked_for && (value->kind == VALUE_UNKNOWN || value->rest != NULL)) {
            return false;
        }
    }
    return true;
}

Span setting_span(const Settings *settings, SettingId id)
{
    return find(settings, id)->span;
}

static void report_open(const ConfigValue *value, SettingId id, Diagnostics *diags)
{
    if (value->kind == VALUE_THROWN) {
        diag_report(diags, DIAG_CONFIG_THROWS, value->span, value->text);
        return;
    }
    Diagnostic *diagnostic =
        diag_report(diags, DIAG_CONFIG_UNKNOWN, value->span, rows[id].key, value->text);
    if (rows[id].flag[0] != '\0') {
        diag_help(diags, diagnostic, "give `%s`, or let Node read it: `--config-node`",
                  rows[id].flag);
    }
}

static bool report_shape(const ConfigValue *value, SettingId id, Diagnostics *diags)
{
    static const char *const words[] = {
        [TEXT] = "a text", [LIST] = "a list of texts", [SECTION] = "an object", [ANY] = "known"};
    if (config_value_is_open(value)) {
        report_open(value, id, diags);
    } else {
        diag_report(diags, DIAG_CONFIG_SHAPE, value->span, rows[id].key, words[rows[id].shape]);
    }
    return false;
}

static bool is_nothing(const ConfigValue *value)
{
    return value->kind == VALUE_UNDEFINED || value->kind == VALUE_NULL;
}

bool setting_text(const Settings *settings, SettingId id, Diagnostics *diags, const char **ret_text)
{
    const ConfigValue *value = find(settings, id);
    *ret_text = NULL;
    if (settings->exported->kind == VALUE_UNDEFINED) {
        diag_report(diags, DIAG_CONFIG_UNREADABLE, span_none(), settings->path,
                    "it exports nothing");
        return false;
    }
    if (is_nothing(value)) {
        return true;
    }
    if (value->kind != VALUE_TEXT) {
        return report_shape(value, id, diags);
    }
    *ret_text = value->text;
    return true;
}

bool setting_list(const Settings *settings, SettingId id, Diagnostics *diags, PathList *ret_texts)
{
    const ConfigValue *value = find(settings, id);
    *ret_texts = (PathList){0};
    if (is_nothing(value)) {
        return true;
    }
    if (value->kind != VALUE_ARRAY || value->rest != NULL) {
        return report_shape(value->kind == VALUE_ARRAY ? value->rest : value, id, diags);
    }
    vec_each(ConfigValue *, at, &value->items) {
        if ((*at)->kind != VALUE_TEXT) {
            return report_shape(*at, id, diags);
        }
        vec_push(settings->arena, ret_texts, (*at)->text);
    }
    return true;
}

/* Relative to the working directory where it is below it. */
static const char *shown_path(const Settings *settings, const char *text)
{
    Arena *arena = settings->arena;
    const char *current = folder_real(".", arena);
    const char *path = text[0] == '/'
                           ? config_path_normal(arena, text)
                           : config_path_normal(arena, path_join(arena, settings->folder, text));
    size_t len = current == NULL ? 0 : strlen(current);
    bool below = len > 1 && strncmp(path, current, len) == 0 && path[len] == '/';
    return below ? path + len + 1 : path;
}

bool setting_path(const Settings *settings, SettingId id, Diagnostics *diags, const char **ret_path)
{
    const char *text = NULL;
    if (!setting_text(settings, id, diags, &text)) {
        return false;
    }
    *ret_path = text == NULL ? NULL : shown_path(settings, text);
    return true;
}

bool settings_schema(const Settings *settings, Diagnostics *diags, const char **ret_path)
{
    if (!settings->is_version_8) {
        return setting_path(settings, SETTING_SCHEMA, diags, ret_path);
    }
    const ConfigValue *contract = find(settings, SETTING_CONTRACT);
    *ret_path = NULL;
    if (is_nothing(contract)) {
        return true;
    }
    if (config_value_is_open(contract)) {
        report_open(contract, SETTING_CONTRACT, diags);
        return false;
    }
    if (contract->kind != VALUE_OBJECT || contract->mark != MARK_SCHEMA_7) {
        diag_report_plain(diags, DIAG_CONFIG_CONTRACT, contract->span);
        return false;
    }
    const ConfigValue *path = contract->members.items[0].value;
    if (path->kind != VALUE_TEXT) {
        return report_shape(path, SETTING_CONTRACT, diags);
    }
    *ret_path = shown_path(settings, path->text);
    return true;
}
