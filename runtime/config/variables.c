/*
 * variables.c - see variables.h.
 */
#include "base/common.h"

#include "runtime/config/variables.h"

#include <string.h>

#include "base/file.h"

static const char encrypted_mark[] = "encrypted:";

const char *variables_get(const ConfigVariables *variables, const char *name)
{
    const char *value = dotenv_get(&variables->set, name);
    return value != NULL || variables->outer == NULL ? value : variables->outer(name);
}

ConfigValue *variables_value(const ConfigVariables *variables, const char *name, Span span)
{
    Arena *arena = variables->arena;
    const char *value = variables_get(variables, name);
    if (variables->all_unknown) {
        return config_value_unknown(arena, span, "%s may have set %s anew", variables->loader,
                                    name);
    }
    if (value != NULL && strncmp(value, encrypted_mark, sizeof encrypted_mark - 1) == 0) {
        return config_value_unknown(arena, span, "%s is encrypted by dotenvx", name);
    }
    if (value != NULL) {
        return config_value_text(arena, value, span);
    }
    return variables->loader == NULL
               ? config_value(arena, VALUE_UNDEFINED, span)
               : config_value_unknown(arena, span, "which variables %s sets; %s is not set",
                                      variables->loader, name);
}

void variables_set(ConfigVariables *variables, const char *name, const char *value)
{
    EnvVariable variable = {.name = name, .value = value};
    vec_push(variables->arena, &variables->set.variables, variable);
}

void variables_doubt(ConfigVariables *variables, const char *what, Span span, bool any)
{
    if (variables->loader == NULL || any) {
        variables->loader = what;
        variables->loader_span = span;
    }
    variables->all_unknown = variables->all_unknown || any;
}

static void read_into(ConfigVariables *variables, const char *path, LoadRules rules, EnvFile *said)
{
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    EnvFile file = {0};
    const bool last_wins = rules.last_file_wins || rules.override;
    if (!file_read_served(variables->arena, path, &text, &len, &error)) {
        return;
    }
    dotenv_parse_plain(variables->arena, text, len, rules.syntax, &file);
    vec_each(EnvVariable, at, &file.variables) {
        const char *value = dotenv_get(&file, at->name);
        if (last_wins || dotenv_get(said, at->name) == NULL) {
            vec_push(variables->arena, &said->variables,
                     (EnvVariable){.name = at->name, .value = value});
        }
    }
}

EnvFile variables_load(ConfigVariables *variables, const char *const *paths, size_t count,
                       LoadRules rules)
{
    EnvFile said = {0};
    EnvFile fresh = {0};
    for (size_t i = 0; i < count; i++) {
        read_into(variables, paths[i], rules, &said);
    }
    vec_each(EnvVariable, at, &said.variables) {
        if (rules.override || variables_get(variables, at->name) == NULL) {
            vec_push(variables->arena, &fresh.variables, *at);
        }
    }
    vec_each(EnvVariable, at, &fresh.variables) {
        variables_set(variables, at->name, dotenv_get(&said, at->name));
    }
    if (rules.expand) {
        variables_expand(variables, &said, rules.references);
    }
    return said;
}

/* What was set to something else keeps it, as it is. */
void variables_expand(ConfigVariables *variables, const EnvFile *said, ExpandRules rules)
{
    vec_each(EnvVariable, at, &said->variables) {
        const char *value = dotenv_get(said, at->name);
        const char *now = variables_get(variables, at->name);
        if (now == NULL || now[0] == '\0' || strcmp(now, value) == 0) {
            variables_set(variables, at->name,
                          dotenv_expand(variables->arena, value, rules, variables->outer,
                                        &variables->set, said));
        }
    }
}
