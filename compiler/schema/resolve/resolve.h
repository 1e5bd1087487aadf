/*
 * resolve.h - pass 1, and the picture of the schema text all passes of lowering work on.
 *
 * In: the syntax tree. Out: a Program: models, fields and enums with every name looked up. Pass 1
 * declares blocks and fields (duplicates, reserved names) and finds what each field's type is;
 * lower_attr.c then fills in what attributes say, relations.c pairs relation fields, checks.c looks
 * at what no single attribute knows, and lower.c makes the catalog.
 *
 * A Program and all it points to live in its own arena, which dies when lowering ends. Names point
 * into the run's table, syntax nodes into the tree.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_RESOLVE_RESOLVE_H
#define BELLOWS_COMPILER_SCHEMA_RESOLVE_RESOLVE_H

#include "base/diag/diag.h"
#include "base/object_map.h"
#include "compiler/catalog/naming.h"
#include "compiler/catalog/types.h"
#include "compiler/schema/resolve/config.h"

typedef struct Program Program;
typedef struct Model Model;
typedef struct Field Field;
typedef struct EnumBlock EnumBlock;
typedef struct Relation Relation;
typedef struct AttributeNames AttributeNames;

typedef enum FieldKind {
    FIELD_SCALAR,
    FIELD_ENUM,
    FIELD_UNSUPPORTED,
    FIELD_RELATION,
    FIELD_BROKEN, /* its type was reported; nothing more is said about it */
} FieldKind;

typedef VEC(Field *) FieldList;

/* What `@relation(...)` says. A member whose attribute argument is absent is NULL or empty. */
typedef struct RelationArgs {
    const AstAttribute *attribute; /* NULL: the field has none */
    Name name;
    const AstExpr *fields_expr, *references_expr;
    FieldList fields, references;
    Name map;
    bool is_broken; /* an argument was reported */
    const AstExpr *on_delete_expr, *on_update_expr;
    ForeignKeyAction on_delete, on_update;
} RelationArgs;

typedef enum KeyKind { KEY_ID, KEY_UNIQUE, KEY_INDEX } KeyKind;

typedef struct KeyPart {
    Field *field;
    SortOrder sort;
    Name operator_class;                /* SQL name; NULL: not given */
    const AstExpr *operator_class_expr; /* one of the language's words; NULL: none or raw */
    bool operator_class_raw;            /* given as SQL: not looked at */
} KeyPart;

/* An id, a unique or an index as written, on a field or on the block. */
typedef struct Key {
    KeyKind kind;
    const AstAttribute *attribute;
    Model *model;
    bool on_field;
    VEC(KeyPart) parts;
    Map fields;                 /* of the parts, by their names, while they are read */
    const AstExpr *fields_expr; /* NULL when on_field */
    Name map;                   /* the name given; NULL: a default name */
    Name client_name;           /* `name:`; NULL when not given */
    IndexMethod method;
    const AstExpr *method_expr; /* NULL: not written */
    const AstExpr *where;       /* NULL: a full index */
    Name predicate;             /* its SQL; set with the database names known */
    Name name;                  /* in the database; set by check_names.c */
} Key;

typedef VEC(Key *) KeyList;

struct Field {
    const AstField *ast;
    Model *model;
    Name name;
    Name column; /* database name */
    FieldKind kind;
    AstArity arity;
    Scalar scalar; /* SCALAR */
    ClientDefault client_default;
    EnumBlock *enum_block;      /* ENUM */
    Model *target;              /* RELATION */
    Relation *relation;         /* RELATION, once paired */
    ColumnType type;            /* of a column; enum_type is set by lower.c */
    const AstAttribute *native; /* `@db.X`; NULL when absent */
    const AstAttribute *map_attribute, *default_attribute, *updated_at, *ignore_attribute;
    Default *dflt;      /* what the database does; NULL without `@default` */
    RelationArgs *args; /* RELATION */
    Key *id, *unique;
    Column *lowered;
};

struct Model {
    const AstBlock *ast;
    Name name;
    Name table;  /* database name */
    Name schema; /* of the database */
    bool is_view;
    bool is_ignored; /* by `@@ignore`; known before attributes are read */
    const AstAttribute *map_attribute, *schema_attribute, *ignore_attribute;
    FieldList fields;
    FieldList relation_fields; /* those of kind RELATION */
    Map fields_by_name;
    Map columns_by_map; /* database name -> Field, those with `@map` */
    Key *id;
    const AstAttribute *id_attribute; /* the first, right or not */
    KeyList indexes;                  /* all `@@index` */
    KeyList uniques;                  /* all `@@unique` */
    ObjectMap keys_over;              /* Field -> KeyList: those of both lists that it is in */
    Map keys_named;                   /* client name -> the last Key of that name */
    Table *lowered;
};

typedef struct ValueName {
    Name name; /* database name */
} ValueName;

struct EnumBlock {
    const AstBlock *ast;
    Name name;
    Name type;   /* database name */
    Name schema; /* of the database */
    const AstAttribute *map_attribute, *schema_attribute;
    Map values;      /* value's name -> AstEnumValue */
    Map value_names; /* value's name -> ValueName, where `@map` gives one */
    EnumType *lowered;
};

struct Program {
    Arena *arena;
    Names *names;
    Diagnostics *diags;
    const AstSchema *ast;
    const SchemaConfig *config;
    Catalog *catalog;    /* being made */
    Map blocks;          /* name -> BlockName: models, views, types, enums */
    VEC(Model *) models; /* and views, in file order */
    VEC(EnumBlock *) enums;
    VEC(Relation *) relations;
    FieldList natives; /* those with `@db.X` */
    Name scalars[SCALAR_COUNT];
    const AttributeNames *attribute_names; /* set by lower_attributes */
};

/* Pass 1. */
void resolve_names(Program *program);
void resolve_types(Program *program);

Field *model_find_field(const Model *model, Name name);
/* The database name of a value. */
Name enum_value_name(const EnumBlock *block, Name value);
/* A field of the table: neither a relation nor broken. */
bool field_is_column(const Field *field);
/* May no block bear this name? The words of generated programs, and the scalars. */
bool block_name_is_reserved(Name name);

#endif
