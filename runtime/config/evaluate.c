/*
 * evaluate.c - expressions of a configuration module to values.
 *
 * In: nodes. Out: values; what an open value meets becomes open. An operator or function we do not
 * know makes its result unknown, and doubts what it could have changed.
 */
#include "base/common.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "runtime/config/evaluate_internal.h"

enum { EVALUATION_DEPTH = 200, SHOWN_BYTES = 60 };

typedef ConfigValue *Evaluator(ConfigRun *run, const ConfigNode *node);

const char *config_node_text(const ConfigRun *run, Span span)
{
    const char *text = run->file->text + span.start;
    size_t len = span.end - span.start;
    size_t line = strcspn(text, "\r\n");
    size_t shown = len < line ? len : line;
    return shown <= SHOWN_BYTES ? arena_strndup(run->arena, text, shown)
                                : arena_printf(run->arena, "%.*s…", SHOWN_BYTES, text);
}

ConfigValue *config_node_unknown(ConfigRun *run, const ConfigNode *node, const char *what)
{
    return config_value_unknown(run->arena, node->span, "`%s` %s",
                                config_node_text(run, node->span), what);
}

ConfigValue *config_node_thrown(ConfigRun *run, const ConfigNode *node, const char *message)
{
    ConfigValue *value = config_value(run->arena, VALUE_THROWN, node->span);
    value->text = message;
    return value;
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
    return known != NULL ? known : config_node_unknown(run, node, "is a name nothing here defines");
}

bool config_is_meta(const ConfigNode *node)
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
    return config_node_unknown(run, node, "is not known");
}

ConfigValue *config_chain_end(ConfigRun *run, Span span)
{
    ConfigValue *end = config_value(run->arena, VALUE_UNDEFINED, span);
    end->mark = MARK_CHAIN_ENDED;
    return end;
}

bool config_chain_ended(const ConfigNode *node, const ConfigValue *of)
{
    ConfigNodeKind kind = node->first->kind;
    bool hangs = kind == CONFIG_MEMBER || kind == CONFIG_INDEX || kind == CONFIG_CALL ||
                 kind == CONFIG_OPTIONAL;
    return hangs && of->kind == VALUE_UNDEFINED && of->mark == MARK_CHAIN_ENDED;
}

static bool is_ascii(const char *text)
{
    while (*text != '\0' && (unsigned char)*text < 0x80) {
        text++;
    }
    return *text == '\0';
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
        if (config_chain_ended(node, object)) {
            return object;
        }
        return config_node_thrown(
            run, node,
            arena_printf(run->arena, "Cannot read properties of %s (reading '%s')",
                         object->kind == VALUE_NULL ? "null" : "undefined", name->text));
    case VALUE_OBJECT:
        return config_value_member(run->arena, object, name, node->span);
    case VALUE_SPACE:
        if (strcmp(object->text, "process.env") == 0) {
            return variables_value(&run->variables, name->text, node->span);
        }
        known = config_known(run, object->text, name->text, node->span);
        if (known == NULL) {
            known = config_node_unknown(run, node, "is not known");
            known->module = object->text;
        }
        break;
    case VALUE_KNOWN:
        known = config_known_beside(run, object, name->text, node->span);
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
            known = is_ascii(object->text) ? known : NULL;
        }
        break;
    case VALUE_BOOLEAN:
    case VALUE_NUMBER:
    case VALUE_REGEX:
    case VALUE_ARRAY:
    case VALUE_CLOSURE:
        break;
    }
    return known != NULL ? known : config_node_unknown(run, node, "is not known");
}

static ConfigValue *evaluate_member(ConfigRun *run, const ConfigNode *node)
{
    if (config_is_meta(node->first)) {
        return meta_member(run, node);
    }
    return config_evaluate_part(run, node, config_evaluate_node(run, node->first));
}

/* At a place that is any number but a negative one. */
static ConfigValue *item_of(ConfigRun *run, const ConfigNode *node, const ConfigValue *array,
                            double place)
{
    if (place < (double)array->items.count && (double)(size_t)place == place) {
        return array->items.items[(size_t)place];
    }
    return array->rest != NULL ? array->rest
                               : config_value(run->arena, VALUE_UNDEFINED, node->span);
}

static ConfigValue *index_of(ConfigRun *run, const ConfigNode *node, ConfigValue *object)
{
    ConfigValue *index = config_evaluate_node(run, node->second);
    if (config_value_is_open(index)) {
        return index;
    }
    if (config_chain_ended(node, object)) {
        return object;
    }
    if (object->kind == VALUE_ARRAY && index->kind == VALUE_NUMBER && index->number >= 0) {
        return item_of(run, node, object, index->number);
    }
    return index->kind == VALUE_TEXT
               ? member_of(run, node, object, intern_cstr(run->names, index->text))
               : config_node_unknown(run, node, "is not known");
}

ConfigValue *config_evaluate_part(ConfigRun *run, const ConfigNode *node, ConfigValue *object)
{
    return node->kind == CONFIG_INDEX ? index_of(run, node, object)
                                      : member_of(run, node, object, node->name);
}

static ConfigValue *evaluate_index(ConfigRun *run, const ConfigNode *node)
{
    return config_evaluate_part(run, node, config_evaluate_node(run, node->first));
}

/* What stands before the mark is worked out once: in a chain of them each would double the work. */
static ConfigValue *evaluate_optional(ConfigRun *run, const ConfigNode *node)
{
    const ConfigNode *link = node->first, *of = link->first;
    bool calls = link->kind == CONFIG_CALL;
    if ((calls && of->kind == CONFIG_MEMBER) || config_is_meta(of)) {
        return config_evaluate_node(run, link);
    }
    ConfigValue *object = config_evaluate_node(run, of);
    if (object->kind == VALUE_UNDEFINED || object->kind == VALUE_NULL) {
        return config_chain_end(run, node->span);
    }
    return calls ? config_evaluate_call_of(run, link, object)
                 : config_evaluate_part(run, link, object);
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
    return *end == '\0' ? value
                        : config_node_unknown(run, node, "is a number of a kind that is not read");
}

static ConfigValue *evaluate_regex(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue *value = config_value(run->arena, VALUE_REGEX, node->span);
    value->text = node->name->text;
    return value;
}

ConfigValue *config_text_part(ConfigRun *run, const ConfigNode *node)
{
    ConfigValue *part = config_evaluate_node(run, node);
    return part->kind == VALUE_UNDEFINED ? config_node_unknown(run, node, "is not set") : part;
}

static ConfigValue *evaluate_template(ConfigRun *run, const ConfigNode *node)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    ConfigValue *open = NULL;
    vec_each(ConfigNode *, at, &node->items) {
        ConfigValue *part = config_text_part(run, *at);
        const char *text =
            config_value_is_open(part) ? NULL : config_value_string(run->arena, part);
        if (text == NULL || out.len > CONFIG_TEXT_LIMIT || !config_may_make(run, strlen(text))) {
            open = config_value_is_open(part) ? part
                                              : config_node_unknown(run, *at, "has no plain text");
            break;
        }
        strbuf_add(&out, text);
    }
    const char *text = strbuf_take(&out, run->arena);
    return open != NULL ? open : config_value_text(run->arena, text, node->span);
}

bool config_may_make(ConfigRun *run, size_t bytes)
{
    enum { MADE_MAX = 1 << 28 };
    run->made += bytes < MADE_MAX ? bytes : MADE_MAX;
    return run->made < MADE_MAX;
}

static void spread_object(ConfigRun *run, const ConfigNode *node, ConfigValue *into)
{
    ConfigValue *value = config_evaluate_node(run, node->first);
    const size_t steps = value->members.count * (into->members.count + value->members.count);
    if (config_value_is_open(value) || value->kind == VALUE_SPACE || !config_may_make(run, steps)) {
        ConfigValue *rest =
            config_value_is_open(value) ? value : config_node_unknown(run, node, "is not read");
        config_value_cover(into, rest);
        return;
    }
    if (value->rest != NULL) {
        config_value_cover(into, value->rest);
    }
    vec_each(ConfigMember, at, &value->members) {
        config_value_set(run->arena, into, at->key, at->value);
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
                config_value_cover(object,
                                   config_node_unknown(run, item, "is a key that is not known"));
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
        } else if (value->kind == VALUE_ARRAY && value->rest == NULL &&
                   config_may_make(run, value->items.count * 4 * sizeof value)) {
            vec_each(ConfigValue *, item, &value->items) {
                vec_push(run->arena, &array->items, *item);
            }
        } else {
            array->rest =
                config_value_is_open(value) ? value : config_node_unknown(run, *at, "is not read");
        }
    }
    return array;
}

/* --- the dispatch --- */

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
        [CONFIG_TEXT] = evaluate_text,
        [CONFIG_TEMPLATE] = evaluate_template,
        [CONFIG_NUMBER] = evaluate_number,
        [CONFIG_REGEX] = evaluate_regex,
        [CONFIG_WORD] = evaluate_word,
        [CONFIG_MEMBER] = evaluate_member,
        [CONFIG_INDEX] = evaluate_index,
        [CONFIG_OPTIONAL] = evaluate_optional,
        [CONFIG_CALL] = config_evaluate_call,
        [CONFIG_NEW] = config_evaluate_new,
        [CONFIG_OBJECT] = evaluate_object,
        [CONFIG_ARRAY] = evaluate_array,
        [CONFIG_UNARY] = config_evaluate_unary,
        [CONFIG_BINARY] = config_evaluate_binary,
        [CONFIG_ASSIGN] = config_evaluate_assign,
        [CONFIG_CONDITIONAL] = config_evaluate_conditional,
        [CONFIG_ARROW] = evaluate_closure,
        [CONFIG_FUNCTION] = evaluate_closure,
        [CONFIG_UNREAD] = evaluate_unread,
    };
    if (run->depth >= EVALUATION_DEPTH || evaluators[node->kind] == NULL ||
        !config_may_make(run, sizeof(ConfigValue))) {
        return config_node_unknown(run, node, "is not read");
    }
    run->depth++;
    ConfigValue *value = evaluators[node->kind](run, node);
    run->depth--;
    return value;
}
