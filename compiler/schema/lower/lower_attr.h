/*
 * lower_attr.h - what attributes say, written into the Program.
 *
 * lower_attr.c finds the row of attributes.def for each attribute, binds its arguments and calls
 * the row's handler; handlers live in lower_attr_*.c. A handler runs only when the attribute stands
 * where it may and its arguments have the right names; it reports what is wrong with the values.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_LOWER_LOWER_ATTR_H
#define BELLOWS_COMPILER_SCHEMA_LOWER_LOWER_ATTR_H

#include "compiler/schema/resolve/resolve.h"

enum { ATTRIBUTE_ARGUMENTS_MAX = 6 };

typedef struct AttributeRow AttributeRow;

/* One attribute at work. Of field, enum_block and value those that apply are set. */
typedef struct AttrCx {
    Program *program;
    Diagnostics *diags;
    Model *model;
    Field *field;
    EnumBlock *enum_block;
    const AstEnumValue *value;
    const AstAttribute *attribute;
    const AttributeRow *row;
    const char *marks; /* "@" or "@@", for messages */
    const AstExpr *args[ATTRIBUTE_ARGUMENTS_MAX];
} AttrCx;

/* All attributes of the schema: enums first, then fields, then blocks. */
void lower_attributes(Program *program);

/* The native types of all columns: nothing else depends on them. */
void lower_natives(Program *program);

/* --- for handlers --- */

/* NULL when the argument is absent. `name` must be one of the row's. */
const AstExpr *attr_arg(const AttrCx *cx, const char *name);
/* Reads a string argument; true and *ret_text untouched when it is absent. */
MUST_CHECK bool attr_string(const AttrCx *cx, const char *name, Name *ret_text);
/* `map:` of a key or relation: not empty, at most 63 bytes. Reports; *ret_map untouched if absent.
 */
MUST_CHECK bool attr_constraint_name(const AttrCx *cx, const char *name, Name *ret_map);
/* Reports the argument when it is given: other databases have it. */
void attr_refuse(const AttrCx *cx, const char *name);
/* "@id" or "@@index" as written. */
const char *attr_title(const AttrCx *cx);
/* Asc or Desc. */
MUST_CHECK bool attr_read_sort(Diagnostics *diags, const AstExpr *expr, SortOrder *ret_sort);
/* `where:`; refused without its preview feature. */
MUST_CHECK bool attr_read_where(const AttrCx *cx, Key *key);

/* lower_attr_native.c: `@db.X(...)`: may it stand here; its type is found by lower_natives. */
void attr_native(AttrCx *cx);

/* lower_attr_field.c: a second id is reported. */
void attr_check_only_id(const AttrCx *cx);

/* lower_attr_key.c: a key without parts, belonging to the model. */
Key *key_new(const AttrCx *cx, KeyKind kind, bool on_field);

#define ATTRIBUTE(place, name, repeat, on, first, handler, ...) void attr_##handler(AttrCx *cx);
#include "compiler/schema/lower/attributes.def"
#undef ATTRIBUTE

#endif
