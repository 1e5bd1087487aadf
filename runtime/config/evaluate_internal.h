/*
 * evaluate_internal.h - between evaluate.c, operators.c, calls.c and doubt.c.
 *
 * Each evaluator takes a node of its kind and answers a value of the run's arena; what an open
 * value meets becomes open. Values carry the span of their node.
 */
#ifndef BELLOWS_RUNTIME_CONFIG_EVALUATE_INTERNAL_H
#define BELLOWS_RUNTIME_CONFIG_EVALUATE_INTERNAL_H

#include "runtime/config/run.h"

/* evaluate.c: the beginning of what stands there, for messages. */
const char *config_node_text(const ConfigRun *run, Span span);
/* An unknown value: "`<the node's text>` <what>". */
ConfigValue *config_node_unknown(ConfigRun *run, const ConfigNode *node, const char *what);
ConfigValue *config_node_thrown(ConfigRun *run, const ConfigNode *node, const char *message);
/* As a part of a text: nobody means the word "undefined". */
ConfigValue *config_text_part(ConfigRun *run, const ConfigNode *node);
/* Is it `import.meta`? */
bool config_is_meta(const ConfigNode *node);

/* `a?.b.c` where a is nothing: all that hangs on it is not looked at, and is undefined. */
ConfigValue *config_chain_end(ConfigRun *run, Span span);
/* Does this access or call hang on a chain that has ended so? */
bool config_chain_ended(const ConfigNode *node, const ConfigValue *of);

/* operators.c */
ConfigValue *config_evaluate_unary(ConfigRun *run, const ConfigNode *node);
ConfigValue *config_evaluate_binary(ConfigRun *run, const ConfigNode *node);
ConfigValue *config_evaluate_conditional(ConfigRun *run, const ConfigNode *node);
ConfigValue *config_evaluate_assign(ConfigRun *run, const ConfigNode *node);

/* calls.c */
ConfigValue *config_evaluate_call(ConfigRun *run, const ConfigNode *node);
/* The same of what is called, worked out already; a member or an index of what it is of. */
ConfigValue *config_evaluate_call_of(ConfigRun *run, const ConfigNode *node, ConfigValue *callee);
ConfigValue *config_evaluate_part(ConfigRun *run, const ConfigNode *node, ConfigValue *object);
ConfigValue *config_evaluate_new(ConfigRun *run, const ConfigNode *node);

#endif
