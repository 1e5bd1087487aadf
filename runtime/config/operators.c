/*
 * operators.c - operators and assignments of a configuration module's expressions.
 *
 * In: nodes. Out: values. An operator is read only where its answer is certain: texts are added,
 * values compared without being converted.
 */
#include "base/common.h"

#include <string.h>

#include "runtime/config/evaluate_internal.h"

ConfigValue *config_evaluate_unary(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue *value = config_evaluate_node(run, node->first);
    if (config_value_is_open(value)) {
        return value;
    }
    if (name_is(node->name, "!")) {
        return config_value_boolean(run->arena, !config_value_truth(value), node->span);
    }
    if (name_is(node->name, "await")) {
        return value;
    }
    if (name_is(node->name, "typeof")) {
        static const char *const words[] = {
            [VALUE_UNDEFINED] = "undefined", [VALUE_NULL] = "object",
            [VALUE_BOOLEAN] = "boolean",     [VALUE_NUMBER] = "number",
            [VALUE_TEXT] = "string",         [VALUE_URL] = "object",
            [VALUE_REGEX] = "object",        [VALUE_OBJECT] = "object",
            [VALUE_ARRAY] = "object",        [VALUE_SPACE] = "object",
            [VALUE_KNOWN] = "function",      [VALUE_CLOSURE] = "function",
        };
        return config_value_text(run->arena, words[value->kind], node->span);
    }
    if (name_is(node->name, "-") && value->kind == VALUE_NUMBER) {
        ConfigValue *negative = config_value(run->arena, VALUE_NUMBER, node->span);
        negative->number = -value->number;
        return negative;
    }
    return config_node_unknown(run, node, "is an operation that is not known");
}

/* `??`, `||`, `&&`: the left side, where it decides; else NULL. */
static ConfigValue *decided(const ConfigNode *node, ConfigValue *left)
{
    bool nullish = left->kind == VALUE_UNDEFINED || left->kind == VALUE_NULL;
    if (name_is(node->name, "??") || name_is(node->name, "?\?=")) {
        return nullish ? NULL : left;
    }
    bool truth = config_value_truth(left);
    bool keeps = name_is(node->name, "||") || name_is(node->name, "||=") ? truth : !truth;
    return keeps ? left : NULL;
}

static bool is_lazy(const ConfigNode *node)
{
    static const char *const words[] = {"??", "||", "&&", "?\?=", "||=", "&&="};
    for (size_t i = 0; i < lengthof(words); i++) {
        if (name_is(node->name, words[i])) {
            return true;
        }
    }
    return false;
}

static ConfigValue *add(ConfigRun *run, const ConfigNode *node, const ConfigValue *left,
                        const ConfigValue *right)
{
    const char *a = config_value_string(run->arena, left);
    const char *b = config_value_string(run->arena, right);
    bool texts = left->kind == VALUE_TEXT || right->kind == VALUE_TEXT;
    if (texts && a != NULL && b != NULL && strlen(a) + strlen(b) < CONFIG_TEXT_LIMIT &&
        config_may_make(run, strlen(a) + strlen(b))) {
        return config_value_text(run->arena, arena_printf(run->arena, "%s%s", a, b), node->span);
    }
    return config_node_unknown(run, node, "is an operation that is not known");
}

ConfigValue *config_evaluate_binary(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue *left = config_evaluate_node(run, node->first);
    if (config_value_is_open(left)) {
        return left;
    }
    if (is_lazy(node)) {
        ConfigValue *answer = decided(node, left);
        return answer != NULL ? answer : config_evaluate_node(run, node->second);
    }
    const bool adds = name_is(node->name, "+");
    ConfigValue *right =
        adds ? config_text_part(run, node->second) : config_evaluate_node(run, node->second);
    if (config_value_is_open(right)) {
        return right;
    }
    if (adds && left->kind == VALUE_UNDEFINED) {
        return config_node_unknown(run, node->first, "is not set");
    }
    bool nothing = (left->kind == VALUE_UNDEFINED || left->kind == VALUE_NULL) &&
                   (right->kind == VALUE_UNDEFINED || right->kind == VALUE_NULL);
    if (name_is(node->name, "===") || name_is(node->name, "!==")) {
        bool same = config_value_same(left, right);
        return config_value_boolean(run->arena, same == name_is(node->name, "==="), node->span);
    }
    if ((name_is(node->name, "==") || name_is(node->name, "!=")) &&
        (nothing || left->kind == right->kind || left->kind == VALUE_UNDEFINED ||
         left->kind == VALUE_NULL || right->kind == VALUE_UNDEFINED || right->kind == VALUE_NULL)) {
        bool same = nothing || config_value_same(left, right);
        return config_value_boolean(run->arena, same == name_is(node->name, "=="), node->span);
    }
    return adds ? add(run, node, left, right)
                : config_node_unknown(run, node, "is an operation that is not known");
}

ConfigValue *config_evaluate_conditional(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue *condition = config_evaluate_node(run, node->first);
    if (config_value_is_open(condition)) {
        return condition;
    }
    return config_evaluate_node(run, config_value_truth(condition) ? node->second : node->third);
}

/* --- assignments --- */

/* `exports.schema = ...` */
static void export_member(ConfigRun *run, const ConfigNode *node, Name key, ConfigValue *value)
{
    if (run->exported == NULL) {
        run->exported = config_value(run->arena, VALUE_OBJECT, node->span);
    }
    if (run->exported->kind == VALUE_OBJECT) {
        config_value_set(run->arena, run->exported, key, value);
    } else {
        config_doubt_bytes(run, node->span, "an assignment that is not understood");
    }
}

static void assign(ConfigRun *run, const ConfigNode *node, ConfigValue *value)
{
    const ConfigNode *target = node->first;
    ConfigBinding *binding =
        target->kind == CONFIG_WORD ? config_binding_of(run, target->name) : NULL;
    if (binding != NULL) {
        binding->value = value;
        return;
    }
    Name key = target->kind == CONFIG_MEMBER ? target->name : NULL;
    if (target->kind == CONFIG_INDEX) {
        const ConfigValue *index = config_evaluate_node(run, target->second);
        key = index->kind == VALUE_TEXT ? intern_cstr(run->names, index->text) : NULL;
    }
    const ConfigNode *of = key == NULL ? NULL : target->first;
    bool module = of != NULL && of->kind == CONFIG_WORD && name_is(of->name, "module");
    bool exports = of != NULL && ((of->kind == CONFIG_WORD && name_is(of->name, "exports")) ||
                                  (of->kind == CONFIG_MEMBER && name_is(of->name, "exports")));
    if ((module && name_is(key, "exports")) || (exports && name_is(key, "default"))) {
        run->exported = value;
        run->exports_default = exports;
        return;
    }
    if (exports && !run->exports_default && !name_is(key, "__esModule")) {
        export_member(run, node, key, value);
        return;
    }
    ConfigValue *object = of == NULL || module || exports ? NULL : config_evaluate_node(run, of);
    if (object != NULL && object->kind == VALUE_OBJECT) {
        config_value_set(run->arena, object, key, value);
    } else if (object != NULL && object->kind == VALUE_SPACE &&
               strcmp(object->text, "process.env") == 0 && value->kind == VALUE_TEXT) {
        variables_set(&run->variables, key->text, value->text);
    } else if (!exports) {
        config_doubt_bytes(run, node->span, "an assignment that is not understood");
    }
}

ConfigValue *config_evaluate_assign(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue *value = NULL;
    bool plain = name_is(node->name, "=");
    ConfigValue *before = plain ? NULL : config_evaluate_node(run, node->first);
    if (before != NULL && config_value_is_open(before)) {
        value = before;
    } else if (before != NULL && is_lazy(node)) {
        value = decided(node, before);
        if (value != NULL) {
            return value;
        }
    }
    if (value == NULL) {
        value = config_evaluate_node(run, node->second);
    }
    if (before != NULL && name_is(node->name, "+=") && !config_value_is_open(value) &&
        value != before) {
        value = add(run, node, before, value);
    }
    /* Where something catches it, what was there stays; elsewhere it fails who needs the value. */
    if (value->kind != VALUE_THROWN || !run->catching) {
        assign(run, node, value);
    }
    return value;
}
