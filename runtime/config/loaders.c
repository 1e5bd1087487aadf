/*
 * loaders.c - the functions of functions.def that load `.env` files, each by its package's rules.
 *
 * In: the arguments of a call. Out: what the loader answers; the variables of the run change. A
 * loader whose files cannot be told leaves every variable in doubt.
 */
#include "base/common.h"

#include <string.h>

#include "base/file.h"
#include "runtime/config/functions_internal.h"

typedef VEC(const char *) Paths;

static ConfigValue *option(const ConfigCall *call, const char *name)
{
    const ConfigValue *options = call->count == 0 ? NULL : call->arguments[0];
    if (options == NULL || options->kind != VALUE_OBJECT) {
        return call_undefined(call);
    }
    return config_value_member(call->run->arena, options, intern_cstr(call->run->names, name),
                               call->span);
}

static void add_path(const ConfigCall *call, Paths *paths, const char *path)
{
    Arena *arena = call->run->arena;
    vec_push(arena, paths, config_path_resolve(arena, call->run->current, path));
}

/* The last of two values counts. */
static ConfigValue *as_object(const ConfigCall *call, const EnvFile *file)
{
    Arena *arena = call->run->arena;
    ConfigValue *object = config_value(arena, VALUE_OBJECT, call->span);
    vec_each(EnvVariable, at, &file->variables) {
        config_value_set(arena, object, intern_cstr(call->run->names, at->name),
                         call_text(call, at->value));
    }
    return object;
}

/* What a loader read, for dotenv-expand: `{ parsed: {...} }`, with `error` where a file is missing.
 */
static ConfigValue *loaded(const ConfigCall *call, const EnvFile *said, const char *missing)
{
    Arena *arena = call->run->arena;
    ConfigValue *parsed = as_object(call, said);
    ConfigValue *result = config_value(arena, VALUE_OBJECT, call->span);
    config_value_set(arena, result, intern_cstr(call->run->names, "parsed"), parsed);
    result->mark = MARK_LOADED;
    if (missing != NULL) {
        ConfigValue *error = config_value(arena, VALUE_OBJECT, call->span);
        error->text = arena_printf(arena, "ENOENT: no such file or directory, open '%s'", missing);
        error->rest = call_unknown(call, "this part of an error");
        config_value_set(arena, error, intern_cstr(call->run->names, "message"),
                         call_text(call, error->text));
        config_value_set(arena, result, intern_cstr(call->run->names, "error"), error);
    }
    return result;
}

/* The `path` of the options: one, several, or `otherwise`; false when it is none of them. */
static bool option_paths(const ConfigCall *call, const char *otherwise, Paths *paths)
{
    const ConfigValue *path = option(call, "path");
    if (path->kind == VALUE_UNDEFINED) {
        add_path(call, paths, otherwise);
        return true;
    }
    if (path->kind != VALUE_ARRAY) {
        const char *one = call_path_of(path);
        if (one != NULL) {
            add_path(call, paths, one);
        }
        return one != NULL;
    }
    vec_each(ConfigValue *, at, &path->items) {
        const char *one = call_path_of(*at);
        if (one == NULL) {
            return false;
        }
        add_path(call, paths, one);
    }
    return path->rest == NULL;
}

/* Are all options of these, and no others that could mean anything? */
static bool options_are(const ConfigCall *call, const char *const *names, size_t count)
{
    const ConfigValue *options = call->count == 0 ? call_undefined(call) : call->arguments[0];
    bool known = options->rest == NULL;
    vec_each(const ConfigMember, at, &options->members) {
        bool one = false;
        for (size_t i = 0; i < count && !one; i++) {
            one = name_is(at->key, names[i]);
        }
        known = known && (one || at->value->kind == VALUE_UNDEFINED);
    }
    return known;
}

static bool is_utf8(const ConfigValue *encoding)
{
    return encoding->kind == VALUE_UNDEFINED ||
           (encoding->kind == VALUE_TEXT &&
            (strcmp(encoding->text, "utf8") == 0 || strcmp(encoding->text, "utf-8") == 0));
}

static ConfigValue *load_with_options(const ConfigCall *call, const char *const *names,
                                      size_t count, LoadRules rules)
{
    Paths paths = {0};
    const char *missing = NULL;
    const ConfigValue *override = option(call, "override");
    const ConfigValue *overload = option(call, "overload");
    bool told = options_are(call, names, count) && is_utf8(option(call, "encoding")) &&
                !config_value_is_open(override) && !config_value_is_open(overload);
    if (!told || !option_paths(call, ".env", &paths)) {
        config_doubt_value(call->run, option(call, "processEnv"), "this loader");
        variables_doubt(&call->run->variables, "this loader", call->span, true);
        return call_unknown(call, "the files this loader reads");
    }
    rules.override = config_value_truth(override) || config_value_truth(overload);
    vec_each(const char *, at, &paths) {
        missing = file_exists(*at) ? missing : *at;
    }
    EnvFile said = variables_load(&call->run->variables, paths.items, paths.count, rules);
    return loaded(call, &said, missing);
}

ConfigValue *call_dotenv(const ConfigCall *call)
{
    static const char *const names[] = {"path", "override", "quiet", "debug", "encoding"};
    return load_with_options(call, names, lengthof(names), (LoadRules){0});
}

/* Commands in values, `$(...)`, are run by it and not by us. */
ConfigValue *call_dotenvx(const ConfigCall *call)
{
    static const char *const names[] = {"path",  "override", "overload", "quiet",
                                        "debug", "encoding", "verbose",  "logLevel"};
    ConfigValue *result = load_with_options(
        call, names, lengthof(names), (LoadRules){.expand = true, .references = EXPAND_DOTENV});
    const ConfigValue *parsed =
        result->kind == VALUE_OBJECT ? result->members.items[0].value : result;
    vec_each(const ConfigMember, at, &parsed->members) {
        if (strstr(at->value->text, "$(") != NULL) {
            variables_doubt(&call->run->variables, "a command in a value for dotenvx", call->span,
                            true);
        }
    }
    return result;
}

ConfigValue *call_dotenv_parse(const ConfigCall *call)
{
    EnvFile file = {0};
    if (call->count == 0 || call->arguments[0]->kind != VALUE_TEXT) {
        return call_unknown(call, "what dotenv.parse() is given");
    }
    const char *text = call->arguments[0]->text;
    dotenv_parse_plain(call->run->arena, text, strlen(text), DOTENV_PACKAGE, &file);
    return as_object(call, &file);
}

ConfigValue *call_dotenv_import(const ConfigCall *call)
{
    const char *path = variables_get(&call->run->variables, "DOTENV_CONFIG_PATH");
    const char *override = variables_get(&call->run->variables, "DOTENV_CONFIG_OVERRIDE");
    LoadRules rules = {.override = override != NULL && override[0] != '\0'};
    Paths paths = {0};
    add_path(call, &paths, path == NULL ? ".env" : path);
    EnvFile said = variables_load(&call->run->variables, paths.items, paths.count, rules);
    return loaded(call, &said, NULL);
}

ConfigValue *call_expand(const ConfigCall *call)
{
    const ConfigValue *result = call->count == 0 ? call_undefined(call) : call->arguments[0];
    EnvFile said = {0};
    if (result->kind != VALUE_OBJECT || result->mark != MARK_LOADED) {
        variables_doubt(&call->run->variables, "expand()", call->span, true);
        return call_unknown(call, "what expand() is given");
    }
    const ConfigValue *parsed = result->members.items[0].value;
    vec_each(ConfigMember, at, &parsed->members) {
        if (at->value->kind != VALUE_TEXT) {
            continue;
        }
        EnvVariable variable = {.name = at->key->text, .value = at->value->text};
        vec_push(call->run->arena, &said.variables, variable);
    }
    variables_expand(&call->run->variables, &said, EXPAND_DOTENV);
    vec_each(ConfigMember, at, &parsed->members) {
        at->value = variables_value(&call->run->variables, at->key->text, call->span);
    }
    return call->arguments[0];
}

/* `.env.defaults`, `.env`, `.env.local` (not for tests), `.env.MODE`, `.env.MODE.local`; the last
 * wins. */
ConfigValue *call_dotenv_flow(const ConfigCall *call)
{
    static const char *const names[] = {"node_env", "default_node_env", "path", "silent", "debug"};
    Paths paths = {0};
    Arena *arena = call->run->arena;
    const ConfigValue *given = option(call, "node_env");
    const ConfigValue *otherwise = option(call, "default_node_env");
    const ConfigValue *folder = option(call, "path");
    const char *mode = variables_get(&call->run->variables, "NODE_ENV");
    if (!options_are(call, names, lengthof(names)) || config_value_is_open(given) ||
        config_value_is_open(otherwise) || config_value_is_open(folder)) {
        variables_doubt(&call->run->variables, "dotenv-flow", call->span, true);
        return call_unknown(call, "the files dotenv-flow reads");
    }
    mode = given->kind == VALUE_TEXT && given->text[0] != '\0' ? given->text : mode;
    mode = mode != NULL && mode[0] != '\0' ? mode : otherwise->text;
    const char *at = folder->kind == VALUE_TEXT ? folder->text : ".";
    bool test = mode != NULL && strcmp(mode, "test") == 0;
    add_path(call, &paths, path_join(arena, at, ".env.defaults"));
    add_path(call, &paths, path_join(arena, at, ".env"));
    if (!test) {
        add_path(call, &paths, path_join(arena, at, ".env.local"));
    }
    if (mode != NULL && mode[0] != '\0') {
        add_path(call, &paths, arena_printf(arena, "%s/.env.%s", at, mode));
        add_path(call, &paths, arena_printf(arena, "%s/.env.%s.local", at, mode));
    }
    EnvFile said = variables_load(&call->run->variables, paths.items, paths.count,
                                  (LoadRules){.last_file_wins = true});
    return loaded(call, &said, NULL);
}

/* `import "dotenv-flow/config"`, which takes its options from the environment. */
ConfigValue *call_dotenv_flow_import(const ConfigCall *call)
{
    static const char *const options[][2] = {
        {"NODE_ENV", "node_env"},
        {"DEFAULT_NODE_ENV", "default_node_env"},
        {"DOTENV_FLOW_PATH", "path"},
        {"DOTENV_FLOW_PATTERN", "pattern"},
        {"DOTENV_FLOW_ENCODING", "encoding"},
        {"DOTENV_FLOW_PURGE_DOTENV", "purge_dotenv"},
    };
    ConfigValue *given = config_value(call->run->arena, VALUE_OBJECT, call->span);
    for (size_t i = 0; i < lengthof(options); i++) {
        config_value_set(call->run->arena, given, intern_cstr(call->run->names, options[i][1]),
                         variables_value(&call->run->variables, options[i][0], call->span));
    }
    ConfigValue *const arguments[] = {given};
    const ConfigCall with = {
        .run = call->run, .span = call->span, .arguments = arguments, .count = 1};
    return call_dotenv_flow(&with);
}

static const char *next_mode(const ConfigCall *call)
{
    const char *mode = variables_get(&call->run->variables, "NODE_ENV");
    if (mode != NULL && strcmp(mode, "test") == 0) {
        return "test";
    }
    return call->count > 1 && config_value_truth(call->arguments[1]) ? "development" : "production";
}

ConfigValue *call_next(const ConfigCall *call)
{
    Arena *arena = call->run->arena;
    const char *folder = call_path_argument(call);
    const char *mode = next_mode(call);
    Paths paths = {0};
    if (folder == NULL) {
        variables_doubt(&call->run->variables, "loadEnvConfig()", call->span, false);
        return call_unknown(call, "the folder of loadEnvConfig()");
    }
    add_path(call, &paths, arena_printf(arena, "%s/.env.%s.local", folder, mode));
    if (strcmp(mode, "test") != 0) {
        add_path(call, &paths, path_join(arena, folder, ".env.local"));
    }
    add_path(call, &paths, arena_printf(arena, "%s/.env.%s", folder, mode));
    add_path(call, &paths, path_join(arena, folder, ".env"));
    /* Each file by itself: what a later one sets is not known to it. */
    for (size_t i = 0; i < paths.count; i++) {
        (void)variables_load(&call->run->variables, &paths.items[i], 1,
                             (LoadRules){.expand = true, .references = EXPAND_NEXT});
    }
    ConfigValue *result = config_value(arena, VALUE_OBJECT, call->span);
    result->rest = call_unknown(call, "what loadEnvConfig() returns");
    return result;
}

ConfigValue *call_load_env_file(const ConfigCall *call)
{
    Paths paths = {0};
    const char *path = call->count == 0 || call->arguments[0]->kind == VALUE_UNDEFINED
                           ? ".env"
                           : call_path_of(call->arguments[0]);
    if (path == NULL) {
        return call_thrown(call, "the path of loadEnvFile() is no text");
    }
    add_path(call, &paths, path);
    if (!file_exists(paths.items[0])) {
        return call_thrown(
            call,
            arena_printf(call->run->arena, "ENOENT: no such file or directory, open '%s'", path));
    }
    (void)variables_load(&call->run->variables, paths.items, paths.count,
                         (LoadRules){.syntax = DOTENV_NODE});
    return call_undefined(call);
}
