/*
 * calls.c - calls in a configuration module: functions of functions.def, methods, arrows with an
 * expression for a body.
 *
 * In: nodes. Out: values. Any other function may have changed whatever it names, and all variables.
 */
#include "base/common.h"

#include "runtime/config/evaluate_internal.h"

/* The values of the arguments; NULL when one of them may be several. */
static ConfigValue **argument_values(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue **values = arena_array(run->arena, ConfigValue *, node->items.count + 1);
    for (size_t i = 0; i < node->items.count; i++) {
        if (node->items.items[i]->kind == CONFIG_SPREAD) {
            return NULL;
        }
        values[i] = config_evaluate_node(run, node->items.items[i]);
    }
    return values;
}

static const char *called_as(const ConfigRun *run, const ConfigNode *node)
{
    return node == NULL ? "a function" : config_node_text(run, node->first->span);
}

/* A function nobody can look into: it may have set variables, and what it was given. */
static ConfigValue *call_unread(ConfigRun *run, const ConfigNode *node, const ConfigValue *callee,
                                Span span)
{
    const char *name = called_as(run, node);
    const char *module = callee->module;
    config_doubt_bytes(run, span, arena_printf(run->arena, "%s() is not known", name));
    if (module != NULL && config_module_loads(module)) {
        variables_doubt(&run->variables, arena_printf(run->arena, "%s()", name), span, true);
    }
    if (callee->kind == VALUE_CLOSURE) {
        config_doubt_bytes(run, callee->node->span, arena_printf(run->arena, "%s() sets it", name));
        return node == NULL
                   ? config_value_unknown(run->arena, callee->node->span,
                                          "the function that is exported has a body")
                   : config_value_unknown(run->arena, span, "%s() is a function with a body", name);
    }
    return module == NULL
               ? config_value_unknown(run->arena, span, "%s() is not known", name)
               : config_value_unknown(run->arena, span, "%s() is a function of `%s`", name, module);
}

ConfigValue *config_call_value(ConfigRun *run, const ConfigNode *node, ConfigValue *callee,
                               const ConfigCall *call)
{
    if (callee->kind == VALUE_KNOWN) {
        return config_call_known(call, callee->function);
    }
    bool plain = callee->kind == VALUE_CLOSURE && callee->node->kind == CONFIG_ARROW &&
                 callee->node->name == NULL;
    if (plain) {
        return config_evaluate_node(run, callee->node->first);
    }
    return callee->kind == VALUE_THROWN ? callee : call_unread(run, node, callee, call->span);
}

ConfigValue *config_evaluate_call(ConfigRun *run, const ConfigNode *node)
{
    const ConfigNode *of = node->first;
    ConfigValue **values = argument_values(run, node);
    ConfigCall call = {run, node->span, values, node->items.count};
    bool on_optional = of->kind == CONFIG_MEMBER || of->kind == CONFIG_OPTIONAL;
    const ConfigNode *member = of->kind == CONFIG_OPTIONAL ? of->first : of;
    ConfigValue *receiver = NULL;
    if (on_optional && member->kind == CONFIG_MEMBER && !config_is_meta(member->first)) {
        receiver = config_evaluate_node(run, member->first);
        bool absent = receiver->kind == VALUE_UNDEFINED || receiver->kind == VALUE_NULL;
        if (absent && of->kind == CONFIG_OPTIONAL) {
            return config_value(run->arena, VALUE_UNDEFINED, node->span);
        }
        ConfigValue *answer = values == NULL || config_value_is_open(receiver)
                                  ? NULL
                                  : config_call_method(&call, receiver, member->name);
        if (answer != NULL) {
            return answer;
        }
    }
    ConfigValue *callee = receiver != NULL && receiver->kind == VALUE_THROWN
                              ? receiver
                              : config_evaluate_node(run, of);
    if (values == NULL) {
        return call_unread(run, node, callee, node->span);
    }
    return config_call_value(run, node, callee, &call);
}

ConfigValue *config_evaluate_new(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue **values = argument_values(run, node);
    ConfigValue *callee = config_evaluate_node(run, node->first);
    ConfigCall call = {run, node->span, values, node->items.count};
    return values != NULL && callee->kind == VALUE_KNOWN
               ? config_call_known(&call, callee->function)
               : call_unread(run, node, callee, node->span);
}
