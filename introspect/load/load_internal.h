/*
 * load_internal.h - what the parts of load.c share while one catalog is read.
 *
 * A LoadCx lives for one catalog_load. Rows and maps live in its scratch arena, objects in the
 * catalog's. The parts run in the order they are declared here: each needs what stands above it.
 */
#ifndef BELLOWS_INTROSPECT_LOAD_LOAD_INTERNAL_H
#define BELLOWS_INTROSPECT_LOAD_LOAD_INTERNAL_H

#include "introspect/load/load.h"
#include "introspect/load/oid_map.h"
#include "introspect/session/rows.h"

/* The queries, in the order they are sent; load_ask.c says what belongs together. */
typedef enum LoadQuery {
    LOAD_BEGIN,
    LOAD_SETTINGS,
    LOAD_TIME_ZONE,
    LOAD_SCHEMAS,
    LOAD_TABLES,
    LOAD_EXTENSIONS,
    LOAD_ENUMS,
    LOAD_TYPES,
    LOAD_SEQUENCES,
    LOAD_OPERATOR_CLASSES,
    LOAD_PRESENCE,
    LOAD_DEFAULTS,
    LOAD_COLUMNS,
    LOAD_CONSTRAINTS,
    LOAD_INDEXES,
    LOAD_FOREIGN_TABLES, /* from here: only when there is something to find */
    LOAD_NAMES,
    LOAD_OPAQUE,
    LOAD_OPAQUE_DEPENDS,
    LOAD_COMPARED,
    LOAD_COMPARED_14,
    LOAD_COMPARED_15,
    LOAD_DEPLOYER,
    LOAD_VIEWS,
    LOAD_VIEW_COLUMNS,
    LOAD_COMMENTS,
    LOAD_COMMIT,
    LOAD_TRUSTED,  /* the path our names are found by */
    LOAD_PRINTED,  /* the path texts are printed by */
    LOAD_DECLARED, /* a cursor over one of the above */
    LOAD_QUERY_COUNT,
} LoadQuery;

/* A type a column can have. */
typedef struct LoadedType {
    TypeId id; /* TYPE_OTHER when the language has no word for it */
    bool list; /* the array type over it */
    Name text; /* as format_type prints it, without brackets */
    Name name;
    EnumType *enum_type;
    uint32_t base_oid; /* of a domain: the type it is over, its modifier and text; 0 otherwise */
    int32_t base_modifier;
    Name base_text;
    bool domain_not_null;
} LoadedType;

typedef struct LoadedColumn {
    Column *column;
    uint32_t collation;
} LoadedColumn;

/* A sequence, and whether a column claims it. */
typedef struct LoadedSequence {
    Sequence *sequence;
    uint32_t oid, table_oid;
    int32_t column_number;
    char ownership; /* 'a': serial, 'i': identity, 0: nobody's */
    bool used;
} LoadedSequence;

/* A column's default, or what generates it. */
typedef struct LoadedDefault {
    uint32_t oid;
    Name expression;
} LoadedDefault;

/* A foreign key whose index has no name yet. */
typedef struct LoadedForeignKey {
    ForeignKey *key;
    uint32_t index_oid;
} LoadedForeignKey;

/* A foreign key to a table that is not read. */
typedef struct UnreadReference {
    Table *table;
    Name constraint, definition;
    uint32_t oid, referenced_oid;
    ColumnList columns;
} UnreadReference;

typedef struct LoadCx {
    Session *session;
    Catalog *catalog;
    Names *names;
    Diagnostics *diags;
    Arena *scratch;
    bool with_opaque, with_notes, complete;
    bool has_opaque; /* there is something for opaque.sql to find */
    bool has_names;  /* for names.sql */
    bool failed;     /* reported */
    const External *external;
    const char *search_path, *schemas, *table_oids, *unread_oids; /* parameters */
    LoadQuery path;                                               /* LOAD_TRUSTED or LOAD_PRINTED */
    VEC(LoadQuery) asked;
    Result *results[LOAD_QUERY_COUNT]; /* NULL: not asked, or not there yet */
    OidMap types;                      /* LoadedType */
    OidMap enums;                      /* EnumType */
    OidMap tables;                     /* Table */
    OidMap columns;                    /* (table, number) -> LoadedColumn */
    OidMap default_texts;              /* (table, number) -> LoadedDefault */
    OidMap unique_constraints;         /* index -> LoadedUnique */
    OidMap index_names;                /* index -> its name, see load_index.c */
    OidMap opaque;                     /* object -> Opaque */
    Map defaults;                      /* (text, type) -> Default */
    Map sequences;                     /* (schema, name) -> LoadedSequence */
    VEC(LoadedSequence *) sequence_list;
    VEC(LoadedForeignKey) foreign_keys;
    VEC(UnreadReference) unread;
} LoadCx;

/* A unique constraint, for the index that carries it. */
typedef struct LoadedUnique {
    bool deferrable;
} LoadedUnique;

/* load_scope.c: the catalog and the parameters; false after a report. */
MUST_CHECK bool load_scope(LoadCx *cx, const LoadOptions *options);

/* load.c */
/* For the answer to `query`; a fault of a row is reported and sets cx->failed. */
RowReader load_reader(LoadCx *cx, LoadQuery query, const RowField *fields, size_t field_count);
void load_schemas(LoadCx *cx);
void load_extensions(LoadCx *cx);

/* load_ask.c: asks everything and lets the parts build; false after a report. */
MUST_CHECK bool load_ask(LoadCx *cx);

/* load_type.c */
void load_types(LoadCx *cx);
void load_enums(LoadCx *cx);
void load_sequences(LoadCx *cx);
ColumnType load_column_type(const LoadCx *cx, uint32_t type_oid, int32_t modifier, Name text);
/* Does the type itself forbid nulls? A domain may. */
bool load_type_not_null(const LoadCx *cx, uint32_t type_oid);

/* load_table.c */
void load_tables(LoadCx *cx);
void load_defaults(LoadCx *cx);
void load_columns(LoadCx *cx);
void load_view_columns(LoadCx *cx);
/* NULL for a column that was not read. */
Column *load_find_column(const LoadCx *cx, uint32_t table_oid, int64_t number);

/* load_constraint.c */
void load_constraints(LoadCx *cx);
void load_foreign_tables(LoadCx *cx); /* sets cx->failed */

/* load_index.c */
void load_name_index(LoadCx *cx, uint32_t oid, Name name);
void load_indexes(LoadCx *cx);

/* load_opaque.c */
Opaque *load_add_opaque(LoadCx *cx, OpaqueKind kind, Opaque opaque, uint32_t oid);
void load_presence(LoadCx *cx);
void load_names(LoadCx *cx);
void load_opaque(LoadCx *cx);
void load_opaque_depends(LoadCx *cx);
void load_compared(LoadCx *cx);
void load_compared_14(LoadCx *cx);
void load_compared_15(LoadCx *cx);
void load_deployer(LoadCx *cx);
/* When all of them are there. */
void load_opaque_end(LoadCx *cx);

/* load_notes.c */
void load_views(LoadCx *cx);
void load_comments(LoadCx *cx);

#endif
