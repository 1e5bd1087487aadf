/*
 * functions.c - the functions of functions.def, called.
 *
 * In: values. Out: a value; loaders change the variables. Arguments that are open values have been
 * answered before (evaluate.c), except for functions that look at none of them.
 */
#include "base/common.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "runtime/config/functions_internal.h"
#include "runtime/config/json.h"

typedef ConfigValue *Function(const ConfigCall *call);

/* --- small helps --- */

ConfigValue *call_undefined(const ConfigCall *call)
{
    return config_value(call->run->arena, VALUE_UNDEFINED, call->span);
}

ConfigValue *call_text(const ConfigCall *call, const char *value)
{
    return config_value_text(call->run->arena, value, call->span);
}

ConfigValue *call_thrown(const ConfigCall *call, const char *message)
{
    ConfigValue *value = config_value(call->run->arena, VALUE_THROWN, call->span);
    value->text = message;
    return value;
}

ConfigValue *call_unknown(const ConfigCall *call, const char *what)
{
    return config_value_unknown(call->run->arena, call->span, "%s", what);
}

/* A path: a text, or a file: URL; NULL for anything else. */
const char *call_path_of(const ConfigValue *value)
{
    static const char scheme[] = "file://";
    if (value->kind == VALUE_URL) {
        return value->text;
    }
    if (value->kind != VALUE_TEXT) {
        return NULL;
    }
    return strncmp(value->text, scheme, sizeof scheme - 1) == 0 ? value->text + sizeof scheme - 1
                                                                : value->text;
}

const char *call_path_argument(const ConfigCall *call)
{
    const char *path = call->count == 0 ? NULL : call_path_of(call->arguments[0]);
    return path == NULL ? NULL : config_path_resolve(call->run->arena, call->run->current, path);
}

/* --- the format's own --- */

static ConfigValue *call_identity(const ConfigCall *call)
{
    return call->count == 0 ? call_undefined(call) : call->arguments[0];
}

static ConfigValue *marked(const ConfigCall *call, int mark)
{
    ConfigValue *value = call_identity(call);
    if (value->kind == VALUE_CLOSURE) {
        return call_unknown(call, "what is made of a function that is given here");
    }
    if (value->kind == VALUE_OBJECT) {
        value->mark = mark;
    }
    return value;
}

static ConfigValue *call_define(const ConfigCall *call)
{
    return marked(call, MARK_DEFINED);
}

static ConfigValue *call_define_8(const ConfigCall *call)
{
    return marked(call, MARK_DEFINED_8);
}

static ConfigValue *call_prisma7_schema(const ConfigCall *call)
{
    ConfigValue *value = config_value(call->run->arena, VALUE_OBJECT, call->span);
    value->mark = MARK_SCHEMA_7;
    config_value_set(call->run->arena, value, intern_cstr(call->run->names, "path"),
                     call_identity(call));
    return value;
}

static ConfigValue *call_env(const ConfigCall *call)
{
    if (call->count == 0 || call->arguments[0]->kind != VALUE_TEXT) {
        return call_unknown(call, "the argument of env() is no text");
    }
    const char *name = call->arguments[0]->text;
    ConfigValue *value = variables_value(&call->run->variables, name, call->span);
    bool missing =
        value->kind == VALUE_UNDEFINED || (value->kind == VALUE_TEXT && value->text[0] == '\0');
    return missing
               ? call_thrown(call, arena_printf(call->run->arena,
                                                "Cannot resolve environment variable: %s.", name))
               : value;
}

/* --- paths and files --- */

static ConfigValue *call_path_join(const ConfigCall *call)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < call->count; i++) {
        if (call->arguments[i]->kind != VALUE_TEXT) {
            strbuf_dispose(&out);
            return call_thrown(call, "a part of a path is no text");
        }
        const char *part = call->arguments[i]->text;
        strbuf_printf(&out, "%s%s", out.len == 0 || part[0] == '\0' ? "" : "/", part);
    }
    const char *joined = strbuf_take(&out, call->run->arena);
    return call_text(call, config_path_join(call->run->arena, joined));
}

static ConfigValue *call_path_resolve(const ConfigCall *call)
{
    const char *at = call->run->current;
    for (size_t i = 0; i < call->count; i++) {
        if (call->arguments[i]->kind != VALUE_TEXT) {
            return call_thrown(call, "a part of a path is no text");
        }
        at = config_path_resolve(call->run->arena, at, call->arguments[i]->text);
    }
    return call_text(call, at);
}

static ConfigValue *call_path_dirname(const ConfigCall *call)
{
    if (call->count == 0 || call->arguments[0]->kind != VALUE_TEXT) {
        return call_thrown(call, "a path is no text");
    }
    return call_text(call, config_path_dirname(call->run->arena, call->arguments[0]->text));
}

static ConfigValue *call_path_basename(const ConfigCall *call)
{
    if (call->count != 1 || call->arguments[0]->kind != VALUE_TEXT) {
        return call_unknown(call, "a part of a path");
    }
    return call_text(call, config_path_basename(call->run->arena, call->arguments[0]->text));
}

static ConfigValue *call_file_url_to_path(const ConfigCall *call)
{
    const ConfigValue *value = call->count == 0 ? call_undefined(call) : call->arguments[0];
    const char *path = call_path_of(value);
    bool is_url = value->kind == VALUE_URL || (path != NULL && path != value->text);
    return is_url ? call_text(call, path) : call_thrown(call, "the URL must be of scheme file");
}

/* `new URL(path, base)`, the base a file: URL. */
static ConfigValue *call_url(const ConfigCall *call)
{
    const char *path = call->count == 0 ? NULL : call_path_of(call->arguments[0]);
    const char *base = call->count < 2 ? NULL : call_path_of(call->arguments[1]);
    if (path == NULL || base == NULL || base[0] != '/' || strpbrk(path, ":%?#") != NULL) {
        return call_unknown(call, "what is made of `new URL`");
    }
    ConfigValue *value = config_value(call->run->arena, VALUE_URL, call->span);
    value->text = config_path_resolve(call->run->arena, path_folder(call->run->arena, base), path);
    return value;
}

static ConfigValue *call_read_file(const ConfigCall *call)
{
    char *content = NULL;
    size_t len = 0;
    int error = 0;
    const char *path = call_path_argument(call);
    if (path == NULL || !file_read(call->run->arena, path, &content, &len, &error)) {
        return call_thrown(call, arena_printf(call->run->arena, "ENOENT: %s cannot be read",
                                              path == NULL ? "a file" : path));
    }
    return strlen(content) == len ? call_text(call, content)
                                  : call_unknown(call, "a file of zero bytes");
}

static ConfigValue *call_exists(const ConfigCall *call)
{
    const char *path = call_path_argument(call);
    return config_value_boolean(call->run->arena, path != NULL && file_exists(path), call->span);
}

static ConfigValue *call_chdir(const ConfigCall *call)
{
    const char *path = call_path_argument(call);
    if (path == NULL) {
        return call_thrown(call, "the path of chdir() is no text");
    }
    call->run->current = path;
    return call_undefined(call);
}

static ConfigValue *call_exit(const ConfigCall *call)
{
    return call_thrown(call, "the configuration ends here: process.exit()");
}

static ConfigValue *call_cwd(const ConfigCall *call)
{
    return call_text(call, call->run->current);
}

/* --- the language's own --- */

static ConfigValue *call_nothing(const ConfigCall *call)
{
    return call_undefined(call);
}

static ConfigValue *call_require(const ConfigCall *call)
{
    if (call->count == 0 || call->arguments[0]->kind != VALUE_TEXT) {
        variables_doubt(&call->run->variables, "require()", call->span, false);
        return call_unknown(call, "the argument of require() is no text");
    }
    const char *module = call->arguments[0]->text;
    config_import_effect(call->run, module, call->span);
    if (config_json_is_file(module)) {
        ConfigValue *json = config_json_file(call->run, module, call->span);
        call->run->may_have_thrown = call->run->may_have_thrown || json == NULL;
        return json != NULL
                   ? json
                   : call_unknown(call, arena_printf(call->run->arena, "`%s` is not read", module));
    }
    if (!config_knows_module(module)) {
        call->run->may_have_thrown = true;
        return call_unknown(call, arena_printf(call->run->arena, "`%s` is not read", module));
    }
    ConfigValue *space = config_value(call->run->arena, VALUE_SPACE, call->span);
    space->text = module;
    return space;
}

/* `createRequire(...)` of "module". */
static ConfigValue *call_create_require(const ConfigCall *call)
{
    return config_known(call->run, "", "require", call->span);
}

static ConfigValue *call_json_parse(const ConfigCall *call)
{
    const ConfigValue *text = call->count == 1 ? call->arguments[0] : call_undefined(call);
    ConfigValue *value =
        text->kind != VALUE_TEXT
            ? NULL
            : config_json_parse(call->run, text->text, strlen(text->text), call->span);
    call->run->may_have_thrown = call->run->may_have_thrown || value == NULL;
    return value != NULL ? value : call_unknown(call, "what JSON.parse() makes of this");
}

/* Number(text), parseInt(text, 10), of digits alone. */
static ConfigValue *call_number(const ConfigCall *call)
{
    const ConfigValue *value = call->count == 0 ? call_undefined(call) : call->arguments[0];
    bool decimal = call->count < 2 ||
                   (call->arguments[1]->kind == VALUE_NUMBER && call->arguments[1]->number == 10);
    const char *digits = value->kind == VALUE_TEXT ? value->text : "";
    size_t len = strspn(digits, "0123456789");
    if (value->kind == VALUE_NUMBER) {
        return call->arguments[0];
    }
    if (!decimal || len == 0 || len > 15 || digits[len] != '\0') {
        return call_unknown(call, "the number of this value");
    }
    ConfigValue *number = config_value(call->run->arena, VALUE_NUMBER, call->span);
    number->number = strtod(digits, NULL);
    return number;
}

static ConfigValue *call_encode(const ConfigCall *call)
{
    const char *value =
        call->count == 0 ? "undefined" : config_value_string(call->run->arena, call->arguments[0]);
    if (value == NULL) {
        return call_unknown(call, "the text of this value");
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (const char *at = value; *at != '\0'; at++) {
        bool plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
                     (*at >= '0' && *at <= '9') || strchr("-_.!~*'()", *at) != NULL;
        if (plain) {
            strbuf_char(&out, *at);
        } else {
            strbuf_printf(&out, "%%%02X", (unsigned)(unsigned char)*at);
        }
    }
    return call_text(call, strbuf_take(&out, call->run->arena));
}

static ConfigValue *call_string(const ConfigCall *call)
{
    const char *value =
        call->count == 0 ? "" : config_value_string(call->run->arena, call->arguments[0]);
    return value == NULL ? call_unknown(call, "the text of this value") : call_text(call, value);
}

static ConfigValue *call_boolean(const ConfigCall *call)
{
    return config_value_boolean(
        call->run->arena, call->count > 0 && config_value_truth(call->arguments[0]), call->span);
}

static ConfigValue *call_error(const ConfigCall *call)
{
    return call->count > 0 && call->arguments[0]->kind == VALUE_TEXT ? call->arguments[0]
                                                                     : call_text(call, "an error");
}

/* --- the table --- */

typedef struct FunctionRow {
    const char *module, *name;
    Function *call;    /* NULL: a space or an alias */
    const char *space; /* SPACE: what it is; ALIAS: the module */
} FunctionRow;

static const FunctionRow rows[] = {
#define FUNCTION(module, name, call) {module, name, call, NULL},
#define SPACE(module, name, space)   {module, name, NULL, space},
#define ALIAS(module, known_as)      {module, NULL, NULL, known_as},
#include "runtime/config/functions.def"
#undef FUNCTION
#undef SPACE
#undef ALIAS
};

/* `node:path` is `path`; a package of version 8's client has the names of `prisma/config`. */
static const char *module_name(const char *module)
{
    static const char node[] = "node:";
    static const char prisma_8[] = "@prisma/orm-";
    if (strncmp(module, node, sizeof node - 1) == 0) {
        module += sizeof node - 1;
    }
    if (strncmp(module, prisma_8, sizeof prisma_8 - 1) == 0) {
        return "prisma/config";
    }
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (rows[i].name == NULL && strcmp(rows[i].module, module) == 0) {
            return rows[i].space;
        }
    }
    return module;
}

bool config_knows_module(const char *module)
{
    const char *name = module_name(module);
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (name[0] != '\0' && strcmp(rows[i].module, name) == 0) {
            return true;
        }
    }
    return false;
}

ConfigValue *config_known(const ConfigRun *run, const char *module, const char *name, Span span)
{
    const char *known_as = module_name(module);
    for (size_t i = 0; i < lengthof(rows); i++) {
        const FunctionRow *row = &rows[i];
        if (row->name == NULL || strcmp(row->module, known_as) != 0 ||
            strcmp(row->name, name) != 0) {
            continue;
        }
        ConfigValue *value =
            config_value(run->arena, row->call == NULL ? VALUE_SPACE : VALUE_KNOWN, span);
        value->function = i;
        value->text = row->call == NULL ? row->space : row->name;
        return value;
    }
    if (known_as[0] != '\0' && config_knows_module(module) &&
        (strcmp(name, "default") == 0 || strcmp(name, "*") == 0)) {
        ConfigValue *space = config_value(run->arena, VALUE_SPACE, span);
        space->text = known_as;
        return space;
    }
    return NULL;
}

ConfigValue *config_known_beside(const ConfigRun *run, const ConfigValue *function,
                                 const char *name, Span span)
{
    const FunctionRow *row = &rows[function->function];
    ConfigValue *known =
        strcmp(row->name, "default") == 0 ? config_known(run, row->module, name, span) : NULL;
    if (known == NULL) {
        known = config_value_unknown(run->arena, span, "`%s` of a function is not known", name);
        known->module = row->module;
    }
    return known;
}

bool config_module_loads(const char *module)
{
    return config_knows_module(module) && strstr(module_name(module), "env") != NULL;
}

/* Functions to which values that cannot be told are values like others. */
static bool takes_anything(Function *function)
{
    return function == call_identity || function == call_define || function == call_define_8 ||
           function == call_prisma7_schema || function == call_nothing;
}

ConfigValue *config_call_known(const ConfigCall *call, size_t function)
{
    Function *known = rows[function].call;
    for (size_t i = 0; i < call->count && !takes_anything(known); i++) {
        if (config_value_is_open(call->arguments[i])) {
            bool loads = known != call_env && known != call_require;
            if (loads && config_module_loads(rows[function].module)) {
                variables_doubt(&call->run->variables, rows[function].module, call->span, false);
            }
            return call->arguments[i];
        }
    }
    return known(call);
}

void config_import_effect(ConfigRun *run, const char *module, Span span)
{
    ConfigValue *effect = config_known(run, module, "", span);
    ConfigCall call = {.run = run, .span = span};
    if (effect != NULL) {
        (void)config_call_known(&call, effect->function);
    } else if (!config_knows_module(module) && !config_json_is_file(module) &&
               strcmp(module, "prisma") != 0 && strncmp(module, "@prisma/", 8) != 0 &&
               strncmp(module, "node:", 5) != 0) {
        const char *what = arena_printf(run->arena, "`%s`", module);
        variables_doubt(&run->variables, what, span, false);
    }
}
