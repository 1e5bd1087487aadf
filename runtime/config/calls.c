/*
 * calls.c - calls in a configuration module: functions of functions.def, methods, arrows with an
 * expression for a body.
 *
 * In: nodes. Out: values. Any other function may have changed whatever it names or is given, and
 * all variables.
 */
#include "base/common.h"

#include <string.h>

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
static ConfigValue *call_unread(const ConfigCall *call, const ConfigNode *node,
                                const ConfigValue *callee)
{
    ConfigRun *run = call->run;
    const Span span = call->span;
    const char *name = called_as(run, node);
    const char *module = callee->module;
    const char *why = arena_printf(run->arena, "%s() is not known", name);
    run->may_have_thrown = true;
    for (size_t i = 0; call->arguments != NULL && i < call->count; i++) {
        config_doubt_value(run, call->arguments[i], why);
    }
    config_doubt_bytes(run, span, why);
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

/* --- functions of the module itself
 * ---------------------------------------------------------------
 */

/* The next of `a, b: string, c?`, whose parameters are plain names; false when it is another. */
static bool next_parameter(ConfigRun *run, const char **at, Name *ret_name)
{
    const char *text = *at + strspn(*at, " \t\r\n");
    size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$");
    *ret_name = intern(run->names, text, len);
    text += len;
    text += *text == '?' ? 1 : 0;
    text += strspn(text, " \t\r\n");
    if (*text == ':') {
        text += strcspn(text, ",<({[=");
    }
    bool ends = *text == '\0' || *text == ',';
    *at = *text == ',' ? text + 1 : text;
    return len > 0 && ends;
}

/* Binds the parameters of an arrow; false where they are no plain names. */
static bool bind_parameters(ConfigRun *run, const ConfigNode *arrow, const ConfigCall *call)
{
    const char *text = arrow->name == NULL ? "" : arrow->name->text;
    size_t len = strlen(text);
    if (len > 1 && text[0] == '(' && text[len - 1] == ')') {
        text = arena_strndup(run->arena, text + 1, len - 2);
    }
    Name name = NULL;
    for (size_t i = 0; text[strspn(text, " \t\r\n")] != '\0'; i++) {
        if (!next_parameter(run, &text, &name)) {
            return false;
        }
        config_bind(run, name,
                    i < call->count ? call->arguments[i]
                                    : config_value(run->arena, VALUE_UNDEFINED, call->span));
    }
    return true;
}

/* An arrow with an expression for a body, where its names mean what they meant where it stands: a
 * block that has begun since may have made others of the same name. NULL: it cannot be read. */
static ConfigValue *call_arrow(const ConfigCall *call, const ConfigNode *arrow)
{
    ConfigRun *run = call->run;
    size_t outside = run->bindings.count;
    size_t shadowed = run->in_block ? run->block_start : outside;
    for (size_t i = shadowed; i < outside; i++) {
        const ConfigBinding *inner = &run->bindings.items[i];
        for (size_t j = 0; j < shadowed; j++) {
            if (run->bindings.items[j].name == inner->name) {
                return NULL;
            }
        }
    }
    ConfigValue *value =
        bind_parameters(run, arrow, call) ? config_evaluate_node(run, arrow->first) : NULL;
    run->bindings.count = outside;
    return value;
}

ConfigValue *config_call_value(const ConfigNode *node, ConfigValue *callee, const ConfigCall *call)
{
    ConfigValue *value = NULL;
    if (callee->kind == VALUE_KNOWN) {
        return config_call_known(call, callee->function);
    }
    if (callee->kind == VALUE_CLOSURE && callee->node->kind == CONFIG_ARROW) {
        value = call_arrow(call, callee->node);
    }
    return value != NULL                  ? value
           : callee->kind == VALUE_THROWN ? callee
                                          : call_unread(call, node, callee);
}

static ConfigValue *call_callee(const ConfigCall *call, const ConfigNode *node, ConfigValue *callee)
{
    if (config_chain_ended(node, callee)) {
        return callee;
    }
    return call->arguments == NULL ? call_unread(call, node, callee)
                                   : config_call_value(node, callee, call);
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
        if (absent && (of->kind == CONFIG_OPTIONAL || config_chain_ended(member, receiver))) {
            return config_chain_end(run, node->span);
        }
        ConfigValue *answer = values == NULL || config_value_is_open(receiver)
                                  ? NULL
                                  : config_call_method(&call, receiver, member->name);
        if (answer != NULL) {
            return answer;
        }
    }
    ConfigValue *callee = receiver == NULL ? config_evaluate_node(run, of)
                          : receiver->kind == VALUE_THROWN
                              ? receiver
                              : config_evaluate_part(run, member, receiver);
    return call_callee(&call, node, callee);
}

ConfigValue *config_evaluate_call_of(ConfigRun *run, const ConfigNode *node, ConfigValue *callee)
{
    const ConfigCall call = {run, node->span, argument_values(run, node), node->items.count};
    return call_callee(&call, node, callee);
}

ConfigValue *config_evaluate_new(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue **values = argument_values(run, node);
    ConfigValue *callee = config_evaluate_node(run, node->first);
    ConfigCall call = {run, node->span, values, node->items.count};
    return values != NULL && callee->kind == VALUE_KNOWN
               ? config_call_known(&call, callee->function)
               : call_unread(&call, node, callee);
}
