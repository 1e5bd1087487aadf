/*
 * statements.c - the statements of a configuration module, in the order they run.
 *
 * Imports run first and functions are known before their text, as in the language. A `throw` that
 * is reached, and a call that fails where nothing catches it, end the module: then everything it
 * would export is that failure. What a statement that cannot be read could set is in doubt.
 */
#include "base/common.h"

#include <string.h>

#include "runtime/config/json.h"
#include "runtime/config/run.h"

/* What a statement comes to: NULL, or what was thrown. */
typedef ConfigValue *Outcome;

enum { ROUNDS_MAX = 1000 };

static Outcome run_statement(ConfigRun *run, const ConfigNode *node);

void config_bind(ConfigRun *run, Name name, ConfigValue *value)
{
    vec_push(run->arena, &run->bindings, (ConfigBinding){name, value});
}

ConfigBinding *config_binding_of(ConfigRun *run, Name name)
{
    for (size_t i = run->bindings.count; i > 0; i--) {
        if (run->bindings.items[i - 1].name == name) {
            return &run->bindings.items[i - 1];
        }
    }
    return NULL;
}

/* --- imports --- */

static void bind_import(ConfigRun *run, const ConfigNode *import, const ConfigNode *binding)
{
    const char *module = import->name->text;
    const char *there = binding->first->name->text;
    ConfigValue *value = config_known(run, module, there, binding->span);
    if (value == NULL) {
        value = config_json_import(run, module, there, binding->span);
    }
    if (value == NULL) {
        value = config_value_unknown(run->arena, binding->span, "`%s` is of `%s`",
                                     binding->name->text, module);
        value->module = module;
    }
    config_bind(run, binding->name, value);
}

static void run_import(ConfigRun *run, const ConfigNode *node)
{
    config_import_effect(run, node->name->text, node->span);
    vec_each(ConfigNode *, at, &node->items) {
        bind_import(run, node, *at);
    }
}

/* --- declarations --- */

static void bind_pattern(ConfigRun *run, const ConfigNode *pattern, ConfigValue *value);

/* `{ a, b: c, d = 1 }` */
static void bind_property(ConfigRun *run, const ConfigNode *property, ConfigValue *object)
{
    const ConfigNode *target = property->first;
    const ConfigNode *otherwise = property->second;
    ConfigNode member = {.kind = CONFIG_MEMBER,
                         .span = property->span,
                         .name = property->name,
                         .first = property->first};
    ConfigValue *value = NULL;
    if (target->kind == CONFIG_ASSIGN) {
        otherwise = target->second;
        target = target->first;
    }
    if (object->kind == VALUE_SPACE || object->kind == VALUE_OBJECT) {
        config_bind(run, intern_cstr(run->names, " object"), object);
        ConfigNode word = {.kind = CONFIG_WORD,
                           .span = property->span,
                           .name = intern_cstr(run->names, " object")};
        member.first = &word;
        value = config_evaluate_node(run, &member);
        run->bindings.count--;
    } else {
        value = config_value_is_open(object)
                    ? object
                    : config_value_unknown(run->arena, property->span,
                                           "`%s` is taken from what is no object",
                                           property->name->text);
    }
    if (otherwise != NULL && value->kind == VALUE_UNDEFINED) {
        value = config_evaluate_node(run, otherwise);
    }
    bind_pattern(run, target, value);
}

static void bind_pattern(ConfigRun *run, const ConfigNode *pattern, ConfigValue *value)
{
    if (pattern->kind == CONFIG_WORD) {
        config_bind(run, pattern->name, value);
        return;
    }
    vec_each(ConfigNode *, at, &pattern->items) {
        if ((*at)->kind == CONFIG_PROPERTY) {
            bind_property(run, *at, value);
        } else if ((*at)->kind == CONFIG_SPREAD && (*at)->first->kind == CONFIG_WORD) {
            config_bind(run, (*at)->first->name,
                        config_value_unknown(run->arena, (*at)->span, "what is left of an object"));
        }
    }
}

/* Thrown by a declaration: where nothing catches it, it fails who needs the value. */
static Outcome run_declares(ConfigRun *run, const ConfigNode *node)
{
    Outcome outcome = NULL;
    vec_each(ConfigNode *, at, &node->items) {
        ConfigValue *value = (*at)->second == NULL
                                 ? config_value(run->arena, VALUE_UNDEFINED, (*at)->span)
                                 : config_evaluate_node(run, (*at)->second);
        bind_pattern(run, (*at)->first, value);
        if (outcome == NULL && run->catching && value->kind == VALUE_THROWN) {
            outcome = value;
        }
    }
    return outcome;
}

/* --- control --- */

static Outcome run_list(ConfigRun *run, const ConfigNodeList *statements)
{
    Outcome outcome = NULL;
    vec_each(ConfigNode *, at, statements) {
        bool goes_on = outcome == NULL && run->jump == JUMP_NONE;
        outcome = goes_on ? run_statement(run, *at) : outcome;
    }
    return outcome;
}

static Outcome run_block(ConfigRun *run, const ConfigNode *node)
{
    size_t outside = run->bindings.count;
    bool outermost = !run->in_block;
    run->in_block = true;
    run->block_start = outermost ? outside : run->block_start;
    Outcome outcome = run_list(run, &node->items);
    run->in_block = !outermost;
    run->bindings.count = outside;
    return outcome;
}

/* Does a `break` or `continue` stand in the statement? One that is not read may hold one. */
static bool leaves_loop(const ConfigNode *node)
{
    if (node == NULL) {
        return false;
    }
    bool leaves = node->kind == CONFIG_JUMP || node->kind == CONFIG_UNREAD;
    if (node->kind == CONFIG_BLOCK) {
        vec_each(ConfigNode *, at, &node->items) {
            leaves = leaves || leaves_loop(*at);
        }
    } else if (node->kind == CONFIG_IF || node->kind == CONFIG_TRY) {
        leaves = leaves_loop(node->second) || leaves_loop(node->third) ||
                 (node->kind == CONFIG_TRY && leaves_loop(node->first));
    }
    return leaves;
}

static Outcome run_if(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue *condition = config_evaluate_node(run, node->first);
    if (condition->kind == VALUE_THROWN) {
        return condition;
    }
    if (condition->kind == VALUE_UNKNOWN) {
        config_doubt_bytes(run, node->span, condition->text);
        run->path_unknown = run->path_unknown || leaves_loop(node);
        run->may_have_thrown = true;
        return NULL;
    }
    return run_statement(run, config_value_truth(condition) ? node->second : node->third);
}

/* What was caught has a name there, and hides another of it. */
static Outcome run_catch(ConfigRun *run, const ConfigNode *node, Outcome thrown)
{
    size_t outside = run->bindings.count;
    if (node->name != NULL) {
        ConfigValue *error = config_value(run->arena, VALUE_OBJECT, thrown->span);
        error->text = thrown->text;
        error->rest = config_value_unknown(run->arena, thrown->span, "a part of what was caught");
        config_bind(run, node->name, error);
    }
    Outcome outcome = run_statement(run, node->second);
    run->bindings.count = outside;
    return outcome;
}

/* It runs whether a loop is being left or not. */
static Outcome run_finally(ConfigRun *run, const ConfigNode *block)
{
    const ConfigJump jump = run->jump;
    run->jump = JUMP_NONE;
    Outcome outcome = run_statement(run, block);
    run->jump = run->jump == JUMP_NONE ? jump : run->jump;
    return outcome;
}

static Outcome run_try(ConfigRun *run, const ConfigNode *node)
{
    bool outside = run->catching;
    bool had_thrown = run->may_have_thrown;
    run->catching = outside || node->second != NULL;
    run->may_have_thrown = false;
    Outcome outcome = run_statement(run, node->first);
    run->catching = outside;
    if (node->second != NULL && run->may_have_thrown) { /* also where it was thrown later */
        config_doubt_bytes(run, node->span, "what is caught here, or not");
        run->path_unknown = run->path_unknown || leaves_loop(node);
    }
    run->may_have_thrown = had_thrown;
    if (outcome != NULL && node->second != NULL) {
        outcome = run_catch(run, node, outcome);
    }
    Outcome last = node->third == NULL ? NULL : run_finally(run, node->third);
    return last != NULL ? last : outcome;
}

static Outcome run_for_of(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue *list = config_evaluate_node(run, node->first);
    if (list->kind == VALUE_THROWN) {
        return list;
    }
    if (list->kind != VALUE_ARRAY || list->rest != NULL || list->items.count > ROUNDS_MAX) {
        config_doubt_bytes(run, node->span, "a loop over what is not known");
        return NULL;
    }
    Outcome outcome = NULL;
    bool outermost = !run->in_block;
    bool unknown_outside = run->path_unknown;
    run->path_unknown = false;
    run->in_block = true;
    run->block_start = outermost ? run->bindings.count : run->block_start;
    for (size_t i = 0; i < list->items.count && outcome == NULL && run->jump != JUMP_BREAK &&
                       run->rounds < ROUNDS_MAX;
         i++) {
        size_t outside = run->bindings.count;
        run->rounds++;
        run->jump = JUMP_NONE;
        config_bind(run, node->name, list->items.items[i]);
        outcome = run_statement(run, node->second);
        run->bindings.count = outside;
    }
    run->jump = JUMP_NONE;
    run->in_block = !outermost;
    if (run->rounds >= ROUNDS_MAX) {
        config_doubt_bytes(run, node->span, "a loop that runs too often");
    }
    if (run->path_unknown) {
        const char *why = "when this loop ends cannot be told";
        config_doubt_bytes(run, node->span, why);
        variables_doubt(&run->variables, "a loop whose end cannot be told", node->span, true);
    }
    run->path_unknown = unknown_outside;
    return outcome;
}

static Outcome run_throw(ConfigRun *run, const ConfigNode *node)
{
    const ConfigValue *what = config_evaluate_node(run, node->first);
    ConfigValue *value = config_value(run->arena, VALUE_THROWN, node->span);
    value->text = what->text == NULL ? "it throws here" : what->text;
    return value;
}

static void run_export(ConfigRun *run, const ConfigNode *node)
{
    if (node->first != NULL) {
        run->exported = config_evaluate_node(run, node->first);
    }
    vec_each(ConfigNode *, at, &node->items) {
        if (!name_is((*at)->name, "default")) {
            continue;
        }
        if (node->name != NULL) {
            run->exported =
                config_value_unknown(run->arena, node->span, "it is of `%s`", node->name->text);
        } else {
            run->export_name = (*at)->first;
        }
    }
}

static Outcome run_statement(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue *value = NULL;
    if (node == NULL) {
        return NULL; /* an empty statement is no node */
    }
    switch ((int)node->kind) {
    case CONFIG_IMPORT:
    case CONFIG_FUNCTION:
        return NULL; /* done before */
    case CONFIG_EXPORT:
        run_export(run, node);
        return NULL;
    case CONFIG_DECLARES:
        return run_declares(run, node);
    case CONFIG_EVALUATE:
        value = config_evaluate_node(run, node->first);
        return value->kind == VALUE_THROWN && (run->catching || node->first->kind != CONFIG_ASSIGN)
                   ? value
                   : NULL;
    case CONFIG_BLOCK:
        return run_block(run, node);
    case CONFIG_IF:
        return run_if(run, node);
    case CONFIG_TRY:
        return run_try(run, node);
    case CONFIG_FOR_OF:
        return run_for_of(run, node);
    case CONFIG_THROW:
        return run_throw(run, node);
    case CONFIG_JUMP:
        run->jump = name_is(node->name, "break") ? JUMP_BREAK : JUMP_CONTINUE;
        return NULL;
    default:
        (void)config_evaluate_node(run, node); /* unread: in doubt */
        run->may_have_thrown = true;
        run->path_unknown = true;
        return NULL;
    }
}

void config_run_module(ConfigRun *run, const ConfigModule *module)
{
    vec_each(ConfigNode *, at, &module->statements) {
        if ((*at)->kind == CONFIG_IMPORT) {
            run_import(run, *at);
        } else if ((*at)->kind == CONFIG_FUNCTION && (*at)->name != NULL) {
            config_bind(run, (*at)->name, config_evaluate_node(run, *at));
        }
    }
    Outcome outcome = run_list(run, &module->statements);
    if (run->export_name != NULL) {
        run->exported = config_evaluate_node(run, run->export_name);
    }
    vec_each(ConfigNode *, at, &module->statements) {
        if (run->exported == NULL && (*at)->kind == CONFIG_UNREAD) {
            run->exported = config_value_unknown(run->arena, (*at)->span, "%s", (*at)->name->text);
        }
    }
    if (outcome != NULL) {
        run->exported = outcome;
    }
}
