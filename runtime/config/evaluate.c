/*
 * evaluate.c - expressions of a configuration module to values.
 *
 * In: nodes. Out: values; what an open value meets becomes open. An operator or function we do not
 * know makes its result unknown, and doubts what it could have changed.
 */
#include "base/common.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "runtime/config/run.h"

enum { EVALUATION_DEPTH = 200, TEXT_LIMIT = 1 << 20, SHOWN_BYTES = 60 };

typedef ConfigValue *Evaluator(ConfigRun *run, const ConfigNode *node);

static const char *node_text(const ConfigRun *run, Span span)
{
    const char *text = run->file->text + span.start;
    size_t len = span.end - span.start;
    size_t line = strcspn(text, "\r\n");
    size_t shown = len < line ? len : line;
    return shown <= SHOWN_BYTES ? arena_strndup(run->arena, text, shown)
                                : arena_printf(run->arena, "%.*s…", SHOWN_BYTES, text);
}

static ConfigValue *unknown(ConfigRun *run, const ConfigNode *node, const char *what)
{
    return config_value_unknown(run->arena, node->span, "`%s` %s", node_text(run, node->span),
                                what);
}

static ConfigValue *thrown(ConfigRun *run, const ConfigNode *node, const char *message)
{
    ConfigValue *value = config_value(run->arena, VALUE_THROWN, node->span);
    value->text = message;
    return value;
}

/* --- doubt --- */

static bool is_word_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* Do these bytes assign to a variable of the environment? */
static bool assigns_variable(const char *text, size_t len)
{
    static const char environment[] = "process.env";
    const char *end = text + len;
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
        bool assigns = next < end && next[0] == '=' && next + 1 < end && next[1] != '=';
        if (assigns || (next < end && (*next == ',' || *next == ')'))) {
            return true; /* assigned, or handed to somebody */
        }
    }
    return false;
}

void config_doubt_bytes(ConfigRun *run, Span span, const char *why)
{
    const char *text = run->file->text + span.start;
    size_t len = span.end - span.start;
    for (size_t at = 0; at < len;) {
        size_t word = at;
        while (word < len && is_word_byte(text[word])) {
            word++;
        }
        Name name = word > at ? intern(run->names, text + at, word - at) : NULL;
        ConfigBinding *binding = name == NULL ? NULL : config_binding_of(run, name);
        if (binding != NULL && binding->value->kind != VALUE_SPACE &&
            binding->value->kind != VALUE_KNOWN && binding->value->kind != VALUE_CLOSURE) {
            binding->value = config_value_unknown(run->arena, span, "%s", why);
        }
        if (name_is(name, "exports") || name_is(name, "export")) {
            run->exported = config_value_unknown(run->arena, span, "%s", why);
        }
        at = word > at ? word : at + 1;
    }
    const char *what = arena_printf(run->arena, "`%s`", node_text(run, span));
    variables_doubt(&run->variables, what, span, assigns_variable(text, len));
}

/* --- names and members --- */

static ConfigValue *evaluate_word(ConfigRun *run, const ConfigNode *node)
{
    const ConfigBinding *binding = config_binding_of(run, node->name);
    if (binding != NULL) {
        return binding->value;
    }
    if (name_is(node->name, "undefined")) {
        return config_value(run->arena, VALUE_UNDEFINED, node->span);
    }
    if (name_is(node->name, "null")) {
        return config_value(run->arena, VALUE_NULL, node->span);
    }
    if (name_is(node->name, "true") || name_is(node->name, "false")) {
        return config_value_boolean(run->arena, name_is(node->name, "true"), node->span);
    }
    if (name_is(node->name, "__dirname") || name_is(node->name, "__filename")) {
        const char *text = name_is(node->name, "__dirname") ? run->folder : run->path;
        return config_value_text(run->arena, text, node->span);
    }
    ConfigValue *known = config_known(run, "", node->name->text, node->span);
    return known != NULL ? known : unknown(run, node, "is a name nothing here defines");
}

static bool is_meta(const ConfigNode *node)
{
    return node->kind == CONFIG_MEMBER && name_is(node->name, "meta") &&
           node->first->kind == CONFIG_WORD && name_is(node->first->name, "import");
}

static ConfigValue *meta_member(ConfigRun *run, const ConfigNode *node)
{
    if (name_is(node->name, "dirname") || name_is(node->name, "filename")) {
        const char *text = name_is(node->name, "dirname") ? run->folder : run->path;
        return config_value_text(run->arena, text, node->span);
    }
    if (name_is(node->name, "url")) {
        ConfigValue *url = config_value(run->arena, VALUE_URL, node->span);
        url->text = run->path;
        return url;
    }
    return unknown(run, node, "is not known");
}

static ConfigValue *member_of(ConfigRun *run, const ConfigNode *node, ConfigValue *object,
                              Name name)
{
    ConfigValue *known = NULL;
    switch (object->kind) {
    case VALUE_UNKNOWN:
    case VALUE_THROWN:
        return object;
    case VALUE_UNDEFINED:
    case VALUE_NULL:
        if (node->first->kind == CONFIG_OPTIONAL) {
            return config_value(run->arena, VALUE_UNDEFINED, node->span);
        }
        return thrown(run, node,
                      arena_printf(run->arena, "Cannot read properties of %s (reading '%s')",
                                   object->kind == VALUE_NULL ? "null" : "undefined", name->text));
    case VALUE_OBJECT:
        return config_value_member(run->arena, object, name, node->span);
    case VALUE_SPACE:
        if (strcmp(object->text, "process.env") == 0) {
            return variables_value(&run->variables, name->text, node->span);
        }
        known = config_known(run, object->text, name->text, node->span);
        break;
    case VALUE_URL:
        if (name_is(name, "pathname") || name_is(name, "href")) {
            const char *text =
                name_is(name, "href") ? config_value_string(run->arena, object) : object->text;
            return config_value_text(run->arena, text, node->span);
        }
        break;
    case VALUE_TEXT:
        if (name_is(name, "length")) {
            known = config_value(run->arena, VALUE_NUMBER, node->span);
            known->number = (double)strlen(object->text);
        }
        break;
    case VALUE_BOOLEAN:
    case VALUE_NUMBER:
    case VALUE_REGEX:
    case VALUE_ARRAY:
    case VALUE_KNOWN:
    case VALUE_CLOSURE:
        break;
    }
    return known != NULL ? known : unknown(run, node, "is not known");
}

static ConfigValue *evaluate_member(ConfigRun *run, const ConfigNode *node)
{
    if (is_meta(node->first)) {
        return meta_member(run, node);
    }
    return member_of(run, node, config_evaluate_node(run, node->first), node->name);
}

static ConfigValue *evaluate_index(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue *object = config_evaluate_node(run, node->first);
    ConfigValue *index = config_evaluate_node(run, node->second);
    if (config_value_is_open(index)) {
        return index;
    }
    size_t number = index->kind == VALUE_NUMBER && index->number >= 0 ? (size_t)index->number : 0;
    if (object->kind == VALUE_ARRAY && index->kind == VALUE_NUMBER && index->number >= 0) {
        return number < object->items.count ? object->items.items[number]
               : object->rest != NULL       ? object->rest
                                            : config_value(run->arena, VALUE_UNDEFINED, node->span);
    }
    return index->kind == VALUE_TEXT
               ? member_of(run, node, object, intern_cstr(run->names, index->text))
               : unknown(run, node, "is not known");
}

static ConfigValue *evaluate_optional(ConfigRun *run, const ConfigNode *node)
{
    const ConfigNode *of = node->first->first;
    bool method = node->first->kind == CONFIG_CALL && of->kind == CONFIG_MEMBER;
    ConfigValue *object = config_evaluate_node(run, method ? of->first : of);
    if (!method && (object->kind == VALUE_UNDEFINED || object->kind == VALUE_NULL)) {
        return config_value(run->arena, VALUE_UNDEFINED, node->span);
    }
    return config_evaluate_node(run, node->first);
}

/* --- literals --- */

static ConfigValue *evaluate_text(ConfigRun *run, const ConfigNode *node)
{
    return config_value_text(run->arena, node->name->text, node->span);
}

static ConfigValue *evaluate_number(ConfigRun *run, const ConfigNode *node)
{
    char *end = NULL;
    ConfigValue *value = config_value(run->arena, VALUE_NUMBER, node->span);
    value->number = strtod(node->name->text, &end);
    return *end == '\0' ? value : unknown(run, node, "is a number of a kind that is not read");
}

static ConfigValue *evaluate_regex(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue *value = config_value(run->arena, VALUE_REGEX, node->span);
    value->text = node->name->text;
    return value;
}

static ConfigValue *evaluate_template(ConfigRun *run, const ConfigNode *node)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    ConfigValue *open = NULL;
    vec_each(ConfigNode *, at, &node->items) {
        ConfigValue *part = config_evaluate_node(run, *at);
        const char *text =
            config_value_is_open(part) ? NULL : config_value_string(run->arena, part);
        if (text == NULL || out.len > TEXT_LIMIT) {
            open = config_value_is_open(part) ? part : unknown(run, *at, "has no plain text");
            break;
        }
        strbuf_add(&out, text);
    }
    const char *text = strbuf_take(&out, run->arena);
    return open != NULL ? open : config_value_text(run->arena, text, node->span);
}

static void spread_object(ConfigRun *run, const ConfigNode *node, ConfigValue *into)
{
    ConfigValue *value = config_evaluate_node(run, node->first);
    if (config_value_is_open(value) || value->kind == VALUE_SPACE) {
        ConfigValue *rest = config_value_is_open(value) ? value : unknown(run, node, "is not read");
        vec_each(ConfigMember, at, &into->members) {
            at->value = rest; /* it may have been replaced */
        }
        into->rest = rest;
        return;
    }
    vec_each(ConfigMember, at, &value->members) {
        config_value_set(run->arena, into, at->key, at->value);
    }
    if (value->rest != NULL) {
        into->rest = value->rest;
    }
}

static ConfigValue *evaluate_object(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue *object = config_value(run->arena, VALUE_OBJECT, node->span);
    vec_each(ConfigNode *, at, &node->items) {
        const ConfigNode *item = *at;
        if (item->kind == CONFIG_SPREAD) {
            spread_object(run, item, object);
        } else if (item->kind == CONFIG_COMPUTED) {
            ConfigValue *key = config_evaluate_node(run, item->first);
            ConfigValue *value = config_evaluate_node(run, item->second);
            if (key->kind == VALUE_TEXT) {
                config_value_set(run->arena, object, intern_cstr(run->names, key->text), value);
            } else {
                object->rest = unknown(run, item, "is a key that is not known");
            }
        } else {
            ConfigValue *value = config_evaluate_node(run, item->first);
            config_value_set(run->arena, object, item->name, value);
        }
    }
    return object;
}

static ConfigValue *evaluate_array(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue *array = config_value(run->arena, VALUE_ARRAY, node->span);
    vec_each(ConfigNode *, at, &node->items) {
        bool spread = (*at)->kind == CONFIG_SPREAD;
        ConfigValue *value = config_evaluate_node(run, spread ? (*at)->first : *at);
        if (!spread) {
            vec_push(run->arena, &array->items, value);
        } else if (value->kind == VALUE_ARRAY && value->rest == NULL) {
            vec_each(ConfigValue *, item, &value->items) {
                vec_push(run->arena, &array->items, *item);
            }
        } else {
            array->rest = config_value_is_open(value) ? value : unknown(run, *at, "is not read");
        }
    }
    return array;
}

/* --- operators --- */

static ConfigValue *evaluate_unary(ConfigRun *run, const ConfigNode *node)
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
    return unknown(run, node, "is an operation that is not known");
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
    if (texts && a != NULL && b != NULL && strlen(a) + strlen(b) < TEXT_LIMIT) {
        return config_value_text(run->arena, arena_printf(run->arena, "%s%s", a, b), node->span);
    }
    return unknown(run, node, "is an operation that is not known");
}

static ConfigValue *evaluate_binary(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue *left = config_evaluate_node(run, node->first);
    if (config_value_is_open(left)) {
        return left;
    }
    if (is_lazy(node)) {
        ConfigValue *answer = decided(node, left);
        return answer != NULL ? answer : config_evaluate_node(run, node->second);
    }
    ConfigValue *right = config_evaluate_node(run, node->second);
    if (config_value_is_open(right)) {
        return right;
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
    return name_is(node->name, "+") ? add(run, node, left, right)
                                    : unknown(run, node, "is an operation that is not known");
}

static ConfigValue *evaluate_conditional(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue *condition = config_evaluate_node(run, node->first);
    if (config_value_is_open(condition)) {
        return condition;
    }
    return config_evaluate_node(run, config_value_truth(condition) ? node->second : node->third);
}

/* --- assignments --- */

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

static ConfigValue *evaluate_assign(ConfigRun *run, const ConfigNode *node)
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
    assign(run, node, value);
    return value;
}

/* --- calls --- */

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
    return node == NULL ? "a function" : node_text(run, node->first->span);
}

/* A function nobody can look into: it may have set variables, and what it was given. */
static ConfigValue *call_unknown(ConfigRun *run, const ConfigNode *node, const ConfigValue *callee,
                                 Span span)
{
    const char *name = called_as(run, node);
    const char *module = callee->module;
    config_doubt_bytes(run, span, arena_printf(run->arena, "%s() is not known", name));
    if (callee->kind == VALUE_CLOSURE) {
        config_doubt_bytes(run, callee->node->span, arena_printf(run->arena, "%s() sets it", name));
        return config_value_unknown(run->arena, span, "%s() is a function with a body", name);
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
    return callee->kind == VALUE_THROWN ? callee : call_unknown(run, node, callee, call->span);
}

static ConfigValue *evaluate_call(ConfigRun *run, const ConfigNode *node)
{
    const ConfigNode *of = node->first;
    ConfigValue **values = argument_values(run, node);
    ConfigCall call = {run, node->span, values, node->items.count};
    bool on_optional = of->kind == CONFIG_MEMBER || of->kind == CONFIG_OPTIONAL;
    const ConfigNode *member = of->kind == CONFIG_OPTIONAL ? of->first : of;
    ConfigValue *receiver = NULL;
    if (on_optional && member->kind == CONFIG_MEMBER && !is_meta(member->first)) {
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
        return call_unknown(run, node, callee, node->span);
    }
    return config_call_value(run, node, callee, &call);
}

static ConfigValue *evaluate_new(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue **values = argument_values(run, node);
    ConfigValue *callee = config_evaluate_node(run, node->first);
    ConfigCall call = {run, node->span, values, node->items.count};
    return values != NULL && callee->kind == VALUE_KNOWN
               ? config_call_known(&call, callee->function)
               : call_unknown(run, node, callee, node->span);
}

static ConfigValue *evaluate_closure(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue *value = config_value(run->arena, VALUE_CLOSURE, node->span);
    value->node = node;
    return value;
}

static ConfigValue *evaluate_unread(ConfigRun *run, const ConfigNode *node)
{
    const char *why = node->name == NULL ? "this is not understood" : node->name->text;
    config_doubt_bytes(run, node->span, why);
    return config_value_unknown(run->arena, node->span, "%s", why);
}

ConfigValue *config_evaluate_node(ConfigRun *run, const ConfigNode *node)
{
    static Evaluator *const evaluators[CONFIG_NODE_KIND_COUNT] = {
        [CONFIG_TEXT] = evaluate_text,     [CONFIG_TEMPLATE] = evaluate_template,
        [CONFIG_NUMBER] = evaluate_number, [CONFIG_REGEX] = evaluate_regex,
        [CONFIG_WORD] = evaluate_word,     [CONFIG_MEMBER] = evaluate_member,
        [CONFIG_INDEX] = evaluate_index,   [CONFIG_OPTIONAL] = evaluate_optional,
        [CONFIG_CALL] = evaluate_call,     [CONFIG_NEW] = evaluate_new,
        [CONFIG_OBJECT] = evaluate_object, [CONFIG_ARRAY] = evaluate_array,
        [CONFIG_UNARY] = evaluate_unary,   [CONFIG_BINARY] = evaluate_binary,
        [CONFIG_ASSIGN] = evaluate_assign, [CONFIG_CONDITIONAL] = evaluate_conditional,
        [CONFIG_ARROW] = evaluate_closure, [CONFIG_FUNCTION] = evaluate_closure,
        [CONFIG_UNREAD] = evaluate_unread,
    };
    if (run->depth >= EVALUATION_DEPTH || evaluators[node->kind] == NULL) {
        return unknown(run, node, "is not read");
    }
    run->depth++;
    ConfigValue *value = evaluators[node->kind](run, node);
    run->depth--;
    return value;
}
