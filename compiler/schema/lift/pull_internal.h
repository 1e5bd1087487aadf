/*
 * pull_internal.h - what the parts of pull.c share while one catalog is lifted.
 *
 * Order of the work: names (pull_names.c), relations (pull_relation.c), then blocks (pull_model.c,
 * pull_key.c, pull_default.c, pull_enum.c), each of which may add notes (pull_note.c). Everything
 * lives in the result's arena; `old` members point into the Program of the schema as it was.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_LIFT_PULL_INTERNAL_H
#define BELLOWS_COMPILER_SCHEMA_LIFT_PULL_INTERNAL_H

#include "base/strbuf.h"
#include "compiler/schema/lift/pull.h"
#include "compiler/schema/resolve/relations.h"
#include "compiler/schema/resolve/resolve.h"

/* --- names ----------------------------------------------------------------------------------- */

typedef struct PullField {
    const Column *column;
    const Field *old; /* NULL: new */
    Name base;        /* the name made of the column's; relations are named after it */
    Name name;        /* the field's */
} PullField;

typedef struct PullModel {
    const Table *table;
    const DeclaredView *view; /* NULL: a table */
    const Model *old;         /* NULL: new */
    Name base;                /* the name made of the table's; relations are named after it */
    Name name;                /* the model's */
    PullField *fields;        /* by column position */
    Map taken;                /* names of fields -> anything */
    bool is_join;             /* becomes a many-to-many relation, and then is in no list */
    bool is_reserved;         /* the name is made because the table's means something else */
    bool ignored;
    bool has_opaque[OPAQUE_KIND_COUNT]; /* of its table */
    AstBlock *block;
} PullModel;

typedef struct PullValue {
    Name value; /* in the database */
    Name name;
    const AstEnumValue *old; /* NULL: new */
} PullValue;

typedef struct PullEnum {
    const EnumType *type;
    const EnumBlock *old; /* NULL: new */
    Name base, name;
    bool is_reserved;
    PullValue *values;
} PullEnum;

/* --- relations ------------------------------------------------------------------------------- */

typedef struct PullRelation {
    const ForeignKey *key; /* NULL: many to many */
    const Table *join;     /* NULL: a foreign key */
    PullModel *from, *to;  /* the side that refers and the other; of a join table A's and B's */
    const Relation *old;   /* NULL: new */
    bool is_repeated;      /* an earlier key joins the same columns */
    Name name;             /* as written; NULL: none */
    Name forward, back;    /* fields of `from` and of `to` */
} PullRelation;

typedef struct PullCx {
    Arena *arena;
    Names *names;
    const PullInput *input;
    const Program *previous; /* NULL: nothing is kept */
    PullResult *result;
    bool with_schemas, with_views, with_partial_indexes;
    VEC(PullModel *) models; /* tables, then views, in the catalog's order */
    VEC(PullEnum *) enums;
    VEC(PullRelation *) relations;
    Map models_by_table, enums_by_type; /* (schema, name) */
    Map models_by_name;
    Map old_models, old_views, old_enums;
    Map names_taken; /* of models, views and enums -> anything */
} PullCx;

/* pull_names.c */
void pull_name_all(PullCx *cx);
PullModel *pull_find_model(const PullCx *cx, const Table *table);
/* The foreign key of a join table over the column "A" or "B". */
const ForeignKey *pull_join_key(const Table *join, const char *column);
PullEnum *pull_find_enum(const PullCx *cx, const EnumType *type);
/* `name`, or name_2, name_3, ... if it is taken; then it is. */
Name pull_claim(const PullCx *cx, Map *taken, Name name);
/* Letters, digits and underscores stay, every other character becomes an underscore. */
Name pull_plain_name(const PullCx *cx, Name name);

/* pull_relation.c, pull_relation_name.c */
void pull_relate_all(PullCx *cx);
void pull_name_relations(PullCx *cx);
void pull_relation_fields(PullCx *cx);

/* pull_model.c, pull_enum.c, pull_config.c */
AstBlock *pull_model_block(PullCx *cx, PullModel *model);
void pull_model_finish(PullCx *cx, PullModel *model);
AstBlock *pull_enum_block(PullCx *cx, const PullEnum *type);
AstBlock *pull_config_block(PullCx *cx, const AstBlock *block);
/* Is it marked with `@@ignore`, or has it to be? */
bool pull_model_is_ignored(const PullCx *cx, const PullModel *model);

/* pull_type.c: what a column's type is in the language. */
typedef struct PullType {
    const ColumnType *type; /* a domain's is the one it is over */
    const PullEnum *enum_block;
    bool unsupported;
    Scalar scalar; /* neither unsupported nor an enum */
} PullType;

PullType pull_type(const PullCx *cx, const Column *column);
AstType pull_field_type(PullCx *cx, const PullField *field);
/* `@db.X(...)`, unless it is the scalar's own type. */
void pull_native(PullCx *cx, const Column *column, AstAttributeList *attributes);
bool pull_has_native(const PullCx *cx, const Column *column);

/* pull_default.c: NULL when there is none. */
AstExpr *pull_default(PullCx *cx, const PullField *field);

/* pull_key.c */
bool pull_index_is_written(const PullCx *cx, const Index *index);
void pull_field_keys(PullCx *cx, const PullModel *model, const PullField *field,
                     AstAttributeList *attributes);
void pull_block_keys(PullCx *cx, const PullModel *model, AstAttributeList *attributes);
/* Are these columns, in this order, an id or a whole unique that is written? */
bool pull_is_unique(const PullCx *cx, const PullModel *model, Column *const *columns, size_t count);

/* pull_note.c */
void pull_note(PullCx *cx, PullNoteKind kind, const char *item);
/* Looks at all opaque objects, before any block is made. */
void pull_note_opaque(PullCx *cx);
void pull_note_model(PullCx *cx, const PullModel *model);
void pull_note_enum(PullCx *cx, const PullEnum *type);
/* The doc comment of a block: what it had, and what must be said. NULL: none. */
const char *pull_model_doc(PullCx *cx, const PullModel *model);
const char *pull_enum_doc(PullCx *cx, const PullEnum *type);

/* --- syntax, pull_ast.c ----------------------------------------------------------------------- */

AstExpr *pull_expr(const PullCx *cx, AstExprKind kind, Name name);
AstExpr *pull_string(const PullCx *cx, const char *text);
AstExpr *pull_constant(const PullCx *cx, const char *text);
/* `function("text")` */
AstExpr *pull_call_text(const PullCx *cx, const char *function, Name text);
/* Added to the list. */
AstAttribute *pull_attribute(const PullCx *cx, AstAttributeList *list, const char *name);
/* `name` NULL: positional. */
void pull_arg(const PullCx *cx, AstArgList *args, const char *name, AstExpr *value);
void pull_arg_text(const PullCx *cx, AstArgList *args, const char *name, Name text);

#endif
