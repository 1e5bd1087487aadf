/*
 * doubt.c - what a piece of a configuration module that is not understood may have changed.
 *
 * In: its bytes. Every variable they name becomes unknown, the exported value too where they name
 * it, and variables of the environment as far as they are assigned there.
 */
#include "base/common.h"

#include <ctype.h>
#include <string.h>

#include "runtime/config/evaluate_internal.h"

static bool is_word_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static bool contains(const char *text, size_t len, const char *word)
{
    size_t size = strlen(word);
    for (size_t at = 0; at + size <= len; at++) {
        if (strncmp(text + at, word, size) == 0) {
            return true;
        }
    }
    return false;
}

/* Do these bytes assign to a variable of the environment, take one away, or load files over them?
 */
static bool assigns_variable(const char *text, size_t len)
{
    static const char environment[] = "process.env";
    const char *end = text + len;
    if (contains(text, len, "override") || contains(text, len, "overload") ||
        (contains(text, len, "delete") && contains(text, len, environment))) {
        return true;
    }
    for (const char *at = text; at + sizeof environment < end; at++) {
        if (strncmp(at, environment, sizeof environment - 1) != 0) {
            continue;
        }
        const char *next = at + sizeof environment - 1;
        int depth = 0;
        while (next < end &&
               (depth > 0 || is_word_byte(*next) || strchr(".[] \t", *next) != NULL)) {
            depth += *next == '[' ? 1 : *next == ']' ? -1 : 0;
            next++;
        }
        while (next < end && strchr("|?&+", *next) != NULL) {
            next++; /* of `||=` */
        }
        bool assigns = next < end && next[0] == '=' && next + 1 < end && next[1] != '=';
        if (assigns || (next < end && (*next == ',' || *next == ')'))) {
            return true; /* assigned, or handed to somebody */
        }
    }
    return false;
}

void config_doubt_value(ConfigRun *run, ConfigValue *value, const char *why)
{
    if (value->kind == VALUE_SPACE && strcmp(value->text, "process.env") == 0) {
        variables_doubt(&run->variables, why, value->span, true);
    }
    if ((value->kind != VALUE_OBJECT && value->kind != VALUE_ARRAY) || value->in_doubt) {
        return;
    }
    value->in_doubt = true;
    value->rest = config_value_unknown(run->arena, value->span, "%s", why);
    vec_each(ConfigMember, at, &value->members) {
        config_doubt_value(run, at->value, why);
        at->value = value->rest;
    }
    vec_each(ConfigValue *, at, &value->items) {
        config_doubt_value(run, *at, why);
        *at = value->rest;
    }
}

void config_doubt_bytes(ConfigRun *run, Span span, const char *why)
{
    const char *text = run->file->text + span.start;
    size_t len = span.end - span.start;
    const bool changes = contains(text, len, "=") || contains(text, len, "delete");
    for (size_t at = 0; at < len;) {
        size_t word = at;
        while (word < len && is_word_byte(text[word])) {
            word++;
        }
        Name name = word > at ? intern(run->names, text + at, word - at) : NULL;
        ConfigBinding *binding = name == NULL ? NULL : config_binding_of(run, name);
        if (binding != NULL && (binding->value->kind != VALUE_SPACE || changes)) {
            config_doubt_value(run, binding->value, why);
        }
        if (binding != NULL && binding->value->kind != VALUE_SPACE &&
            binding->value->kind != VALUE_KNOWN && binding->value->kind != VALUE_CLOSURE) {
            binding->value = config_value_unknown(run->arena, span, "%s", why);
        }
        if (name_is(name, "exports") || name_is(name, "export")) {
            run->exported = config_value_unknown(run->arena, span, "%s", why);
        }
        at = word > at ? word : at + 1;
    }
    const char *what = arena_printf(run->arena, "`%s`", config_node_text(run, span));
    variables_doubt(&run->variables, what, span, assigns_variable(text, len));
}
