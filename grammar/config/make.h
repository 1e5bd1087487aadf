/*
 * make.h - constructors of the tree of a configuration module, one per action of parser.y.
 *
 * Internal to grammar/config. Nodes come from the arena of the module. config_list takes and
 * returns a list; an absent (NULL) item is dropped. A name that is absent stands for what the
 * comment says.
 */
#ifndef BELLOWS_GRAMMAR_CONFIG_MAKE_H
#define BELLOWS_GRAMMAR_CONFIG_MAKE_H

#include "base/common.h"
#include "grammar/config/tree.h"

typedef struct ConfigParse ConfigParse;

void config_module(ConfigParse *cx, const ConfigNodeList *statements);
ConfigNodeList *config_list(ConfigParse *cx, ConfigNodeList *list, ConfigNode *item);
Name config_keyword(ConfigParse *cx, const char *word);

/* --- statements --- */

/* `import "x"` has no bindings (NULL). */
ConfigNode *config_import(ConfigParse *cx, Name module, const ConfigNodeList *bindings, Span span);
/* `there` NULL: the default; `*`: all of the module. `here` NULL: the default, of an export. */
ConfigNode *config_binding(ConfigParse *cx, Name here, Name there, Span span);
ConfigNode *config_export_default(ConfigParse *cx, ConfigNode *value, Span span);
/* `export { a as default }`: the default is the variable; other names are nothing to us. */
ConfigNode *config_export_names(ConfigParse *cx, const ConfigNodeList *bindings, Span span);
ConfigNode *config_export_from(ConfigParse *cx, const ConfigNodeList *bindings, Name module,
                               Span span);
ConfigNode *config_declare(ConfigParse *cx, ConfigNode *pattern, ConfigNode *value, Span span);
ConfigNode *config_declares(ConfigParse *cx, const ConfigNodeList *declarations, Span span);
ConfigNode *config_evaluate(ConfigParse *cx, ConfigNode *value, Span span);
ConfigNode *config_if(ConfigParse *cx, ConfigNode *condition, ConfigNode *then,
                      ConfigNode *otherwise, Span span);
ConfigNode *config_block(ConfigParse *cx, const ConfigNodeList *statements, Span span);
ConfigNode *config_try(ConfigParse *cx, ConfigNode *body, ConfigNode *handler, ConfigNode *finally,
                       Span span);
ConfigNode *config_for_of(ConfigParse *cx, Name variable, ConfigNode *list, ConfigNode *body,
                          Span span);
/* With a name for what is caught. */
ConfigNode *config_try_catch(ConfigParse *cx, ConfigNode *body, Name caught, ConfigNode *handler,
                             ConfigNode *finally, Span span);
ConfigNode *config_throw(ConfigParse *cx, ConfigNode *value, Span span);
ConfigNode *config_jump(ConfigParse *cx, Name word, Span span);

/* --- expressions --- */

ConfigNode *config_text(ConfigParse *cx, Name value, Span span);
ConfigNode *config_number(ConfigParse *cx, Name value, Span span);
ConfigNode *config_regex(ConfigParse *cx, Name value, Span span);
ConfigNode *config_template(ConfigParse *cx, const ConfigNodeList *pieces, Span span);
/* NULL: `import`, of `import.meta` and `import()`. */
ConfigNode *config_word(ConfigParse *cx, Name name, Span span);
ConfigNode *config_member(ConfigParse *cx, ConfigNode *of, Name name, Span span);
ConfigNode *config_index(ConfigParse *cx, ConfigNode *of, ConfigNode *index, Span span);
/* `a?.b`: the access, made only on what is there. */
ConfigNode *config_optional(ConfigParse *cx, ConfigNode *access);
ConfigNode *config_call(ConfigParse *cx, ConfigNode *callee, const ConfigNodeList *arguments,
                        Span span);
ConfigNode *config_new(ConfigParse *cx, ConfigNode *callee, const ConfigNodeList *arguments,
                       Span span);
ConfigNode *config_object(ConfigParse *cx, const ConfigNodeList *members, Span span);
/* `otherwise`: of a pattern, when nothing is found; else NULL. */
ConfigNode *config_property(ConfigParse *cx, Name key, ConfigNode *value, ConfigNode *otherwise,
                            Span span);
ConfigNode *config_computed(ConfigParse *cx, ConfigNode *key, ConfigNode *value, Span span);
ConfigNode *config_array(ConfigParse *cx, const ConfigNodeList *items, Span span);
ConfigNode *config_spread(ConfigParse *cx, ConfigNode *value, Span span);
ConfigNode *config_unary(ConfigParse *cx, Name sign, ConfigNode *value, Span span);
ConfigNode *config_binary(ConfigParse *cx, Name sign, ConfigNode *left, ConfigNode *right,
                          Span span);
ConfigNode *config_conditional(ConfigParse *cx, ConfigNode *condition, ConfigNode *then,
                               ConfigNode *otherwise, Span span);
ConfigNode *config_assign(ConfigParse *cx, Name sign, ConfigNode *target, ConfigNode *value,
                          Span span);
/* `parameters` NULL: it has none. */
ConfigNode *config_arrow(ConfigParse *cx, Name parameters, ConfigNode *value, Span span);
ConfigNode *config_function(ConfigParse *cx, Name name, Span span);

/* --- what does not fit --- */

ConfigNode *config_unread(ConfigParse *cx, Span span);
/* A token the grammar has no place for: read.c skips the property or statement it stands in. */
void config_unexpected(ConfigParse *cx, Span span, const char *found);

#endif
