/*
 * value.h - what an expression of a configuration module comes to, as far as reading it can tell.
 *
 * A value is known, or it says why not: UNKNOWN (a person, or the project's own Node, has to say)
 * or THROWN (the program would fail here). Both spread to whatever is made of them, and neither is
 * ever replaced by a guess. Values live in the arena of the evaluation; objects and arrays are
 * shared, as they are in the language.
 */
#ifndef BELLOWS_RUNTIME_CONFIG_VALUE_H
#define BELLOWS_RUNTIME_CONFIG_VALUE_H

#include "base/arena.h"
#include "base/intern.h"
#include "base/diag/source.h"
#include "base/vec.h"
#include "grammar/config/tree.h"

typedef enum ConfigValueKind {
    VALUE_UNDEFINED,
    VALUE_NULL,
    VALUE_BOOLEAN, /* truth */
    VALUE_NUMBER,  /* number */
    VALUE_TEXT,    /* text */
    VALUE_URL,     /* text: a file: URL's path */
    VALUE_REGEX,   /* text */
    VALUE_OBJECT,  /* members */
    VALUE_ARRAY,   /* items */
    VALUE_SPACE,   /* text: a module or global object that functions.def knows */
    VALUE_KNOWN,   /* function: a row of functions.def */
    VALUE_CLOSURE, /* node: a function of the module itself */
    VALUE_UNKNOWN, /* text: why */
    VALUE_THROWN,  /* text: the message */
} ConfigValueKind;

typedef struct ConfigValue ConfigValue;

typedef struct ConfigMember {
    Name key;
    ConfigValue *value;
} ConfigMember;

struct ConfigValue {
    ConfigValueKind kind;
    Span span; /* where it was written, or could not be told */
    const char *text;
    double number;
    bool truth;
    size_t function;
    const char *module; /* UNKNOWN: what it was imported from; else NULL */
    const ConfigNode *node;
    VEC(ConfigMember) members; /* in order, each key once */
    VEC(ConfigValue *) items;
    ConfigValue *rest; /* OBJECT, ARRAY: what else may be in it is not known; NULL: nothing is */
    int mark;          /* which function of the format it went through; 0: none (run.h) */
    bool in_doubt;     /* OBJECT, ARRAY: nothing in it is known any more */
};

ConfigValue *config_value(Arena *arena, ConfigValueKind kind, Span span);
ConfigValue *config_value_text(Arena *arena, const char *text, Span span);
ConfigValue *config_value_boolean(Arena *arena, bool truth, Span span);
ConfigValue *config_value_unknown(Arena *arena, Span span, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Neither a fact: it spreads. */
static inline bool config_value_is_open(const ConfigValue *value)
{
    return value->kind == VALUE_UNKNOWN || value->kind == VALUE_THROWN;
}

/* The member; undefined when there is none, unknown when that cannot be told. */
ConfigValue *config_value_member(Arena *arena, const ConfigValue *object, Name key, Span span);
void config_value_set(Arena *arena, ConfigValue *object, Name key, ConfigValue *value);
/* Anything may have been written over all members, or beside them. */
void config_value_cover(ConfigValue *object, ConfigValue *rest);
/* As a condition; not for open values. */
bool config_value_truth(const ConfigValue *value);
/* As String(value) writes it; NULL for what has no text worth having. Not for open values. */
const char *config_value_string(Arena *arena, const ConfigValue *value);
bool config_value_same(const ConfigValue *a, const ConfigValue *b);
/* For tests: `{schema: "a", url: unknown(why)}`. */
char *config_value_print(Arena *arena, const ConfigValue *value);

#endif
