/*
 * make.c - builds the tree; see make.h. Nothing is decided here.
 */
#include "base/common.h"

#include "grammar/config/make.h"
#include "grammar/config/tokens.h"

static ConfigNode *node(ConfigParse *cx, ConfigNodeKind kind, Span span)
{
    ConfigNode *made = arena_make(cx->arena, ConfigNode);
    made->kind = kind;
    made->span = span;
    return made;
}

static ConfigNode *node_of(ConfigParse *cx, ConfigNodeKind kind, Span span, Name name,
                           ConfigNode *first)
{
    ConfigNode *made = node(cx, kind, span);
    made->name = name;
    made->first = first;
    return made;
}

static ConfigNode *node_list(ConfigParse *cx, ConfigNodeKind kind, Span span, Name name,
                             const ConfigNodeList *items)
{
    ConfigNode *made = node_of(cx, kind, span, name, NULL);
    if (items != NULL) {
        made->items = *items;
    }
    return made;
}

void config_module(ConfigParse *cx, const ConfigNodeList *statements)
{
    if (statements != NULL) {
        cx->module->statements = *statements;
    }
}

ConfigNodeList *config_list(ConfigParse *cx, ConfigNodeList *list, ConfigNode *item)
{
    if (list == NULL) {
        list = arena_make(cx->arena, ConfigNodeList);
    }
    if (item != NULL) {
        vec_push(cx->arena, list, item);
    }
    return list;
}

Name config_keyword(ConfigParse *cx, const char *word)
{
    return intern_cstr(cx->names, word);
}

/* --- statements --- */

ConfigNode *config_import(ConfigParse *cx, Name module, const ConfigNodeList *bindings, Span span)
{
    return node_list(cx, CONFIG_IMPORT, span, module, bindings);
}

ConfigNode *config_binding(ConfigParse *cx, Name here, Name there, Span span)
{
    Name word = there == NULL ? intern_cstr(cx->names, "default") : there;
    Name local = here == NULL ? intern_cstr(cx->names, "default") : here;
    return node_of(cx, CONFIG_BINDING, span, local, config_word(cx, word, span));
}

ConfigNode *config_export_default(ConfigParse *cx, ConfigNode *value, Span span)
{
    return node_of(cx, CONFIG_EXPORT, span, NULL, value);
}

ConfigNode *config_export_names(ConfigParse *cx, const ConfigNodeList *bindings, Span span)
{
    return node_list(cx, CONFIG_EXPORT, span, NULL, bindings);
}

ConfigNode *config_export_from(ConfigParse *cx, const ConfigNodeList *bindings, Name module,
                               Span span)
{
    return node_list(cx, CONFIG_EXPORT, span, module, bindings);
}

ConfigNode *config_declare(ConfigParse *cx, ConfigNode *pattern, ConfigNode *value, Span span)
{
    ConfigNode *made = node_of(cx, CONFIG_DECLARE, span, NULL, pattern);
    made->second = value;
    return made;
}

ConfigNode *config_declares(ConfigParse *cx, const ConfigNodeList *declarations, Span span)
{
    return node_list(cx, CONFIG_DECLARES, span, NULL, declarations);
}

ConfigNode *config_evaluate(ConfigParse *cx, ConfigNode *value, Span span)
{
    return node_of(cx, CONFIG_EVALUATE, span, NULL, value);
}

ConfigNode *config_if(ConfigParse *cx, ConfigNode *condition, ConfigNode *then,
                      ConfigNode *otherwise, Span span)
{
    ConfigNode *made = node_of(cx, CONFIG_IF, span, NULL, condition);
    made->second = then;
    made->third = otherwise;
    return made;
}

ConfigNode *config_block(ConfigParse *cx, const ConfigNodeList *statements, Span span)
{
    return node_list(cx, CONFIG_BLOCK, span, NULL, statements);
}

ConfigNode *config_try(ConfigParse *cx, ConfigNode *body, ConfigNode *handler, ConfigNode *finally,
                       Span span)
{
    ConfigNode *made = node_of(cx, CONFIG_TRY, span, NULL, body);
    made->second = handler;
    made->third = finally;
    return made;
}

ConfigNode *config_for_of(ConfigParse *cx, Name variable, ConfigNode *list, ConfigNode *body,
                          Span span)
{
    ConfigNode *made = node_of(cx, CONFIG_FOR_OF, span, variable, list);
    made->second = body;
    return made;
}

ConfigNode *config_try_catch(ConfigParse *cx, ConfigNode *body, Name caught, ConfigNode *handler,
                             ConfigNode *finally, Span span)
{
    ConfigNode *node = config_try(cx, body, handler, finally, span);
    node->name = caught;
    return node;
}

ConfigNode *config_throw(ConfigParse *cx, ConfigNode *value, Span span)
{
    return node_of(cx, CONFIG_THROW, span, NULL, value);
}

ConfigNode *config_jump(ConfigParse *cx, Name word, Span span)
{
    return node_of(cx, CONFIG_JUMP, span, word, NULL);
}

/* --- expressions --- */

ConfigNode *config_text(ConfigParse *cx, Name value, Span span)
{
    return node_of(cx, CONFIG_TEXT, span, value, NULL);
}

ConfigNode *config_number(ConfigParse *cx, Name value, Span span)
{
    return node_of(cx, CONFIG_NUMBER, span, value, NULL);
}

ConfigNode *config_regex(ConfigParse *cx, Name value, Span span)
{
    return node_of(cx, CONFIG_REGEX, span, value, NULL);
}

ConfigNode *config_template(ConfigParse *cx, const ConfigNodeList *pieces, Span span)
{
    return node_list(cx, CONFIG_TEMPLATE, span, NULL, pieces);
}

ConfigNode *config_word(ConfigParse *cx, Name name, Span span)
{
    Name word = name == NULL ? intern_cstr(cx->names, "import") : name;
    return node_of(cx, CONFIG_WORD, span, word, NULL);
}

ConfigNode *config_member(ConfigParse *cx, ConfigNode *of, Name name, Span span)
{
    return node_of(cx, CONFIG_MEMBER, span, name, of);
}

ConfigNode *config_index(ConfigParse *cx, ConfigNode *of, ConfigNode *index, Span span)
{
    ConfigNode *made = node_of(cx, CONFIG_INDEX, span, NULL, of);
    made->second = index;
    return made;
}

ConfigNode *config_optional(ConfigParse *cx, ConfigNode *access)
{
    return node_of(cx, CONFIG_OPTIONAL, access->span, NULL, access);
}

ConfigNode *config_call(ConfigParse *cx, ConfigNode *callee, const ConfigNodeList *arguments,
                        Span span)
{
    ConfigNode *made = node_list(cx, CONFIG_CALL, span, NULL, arguments);
    made->first = callee;
    return made;
}

ConfigNode *config_new(ConfigParse *cx, ConfigNode *callee, const ConfigNodeList *arguments,
                       Span span)
{
    ConfigNode *made = node_list(cx, CONFIG_NEW, span, NULL, arguments);
    made->first = callee;
    return made;
}

ConfigNode *config_object(ConfigParse *cx, const ConfigNodeList *members, Span span)
{
    return node_list(cx, CONFIG_OBJECT, span, NULL, members);
}

ConfigNode *config_property(ConfigParse *cx, Name key, ConfigNode *value, ConfigNode *otherwise,
                            Span span)
{
    ConfigNode *made = node_of(cx, CONFIG_PROPERTY, span, key, value);
    made->second = otherwise;
    return made;
}

ConfigNode *config_computed(ConfigParse *cx, ConfigNode *key, ConfigNode *value, Span span)
{
    ConfigNode *made = node_of(cx, CONFIG_COMPUTED, span, NULL, key);
    made->second = value;
    return made;
}

ConfigNode *config_array(ConfigParse *cx, const ConfigNodeList *items, Span span)
{
    return node_list(cx, CONFIG_ARRAY, span, NULL, items);
}

ConfigNode *config_spread(ConfigParse *cx, ConfigNode *value, Span span)
{
    return node_of(cx, CONFIG_SPREAD, span, NULL, value);
}

ConfigNode *config_unary(ConfigParse *cx, Name sign, ConfigNode *value, Span span)
{
    return node_of(cx, CONFIG_UNARY, span, sign, value);
}

ConfigNode *config_binary(ConfigParse *cx, Name sign, ConfigNode *left, ConfigNode *right,
                          Span span)
{
    ConfigNode *made = node_of(cx, CONFIG_BINARY, span, sign, left);
    made->second = right;
    return made;
}

ConfigNode *config_conditional(ConfigParse *cx, ConfigNode *condition, ConfigNode *then,
                               ConfigNode *otherwise, Span span)
{
    ConfigNode *made = node_of(cx, CONFIG_CONDITIONAL, span, NULL, condition);
    made->second = then;
    made->third = otherwise;
    return made;
}

ConfigNode *config_assign(ConfigParse *cx, Name sign, ConfigNode *target, ConfigNode *value,
                          Span span)
{
    ConfigNode *made = node_of(cx, CONFIG_ASSIGN, span, sign, target);
    made->second = value;
    return made;
}

ConfigNode *config_arrow(ConfigParse *cx, Name parameters, ConfigNode *value, Span span)
{
    return node_of(cx, CONFIG_ARROW, span, parameters, value);
}

ConfigNode *config_function(ConfigParse *cx, Name name, Span span)
{
    return node_of(cx, CONFIG_FUNCTION, span, name, NULL);
}

/* --- what does not fit --- */

ConfigNode *config_unread(ConfigParse *cx, Span span)
{
    if (span.end < cx->skipped_to) {
        span.end = cx->skipped_to;
    }
    return node_of(cx, CONFIG_UNREAD, span, cx->problem, NULL);
}
