/*
 * load_internal.h - what the parts of load.c share while one catalog is read.
 *
 * A LoadCx lives for one catalog_load. Rows and maps live in its scratch arena, objects in the
 * catalog's. The parts run in the order they are declared here: each needs what stands above it.
 */
#ifndef BELLOWS_INTROSPECT_LOAD_INTERNAL_H
#define BELLOWS_INTROSPECT_LOAD_INTERNAL_H

#include "introspect/load.h"
#include "introspect/oid_map.h"
#include "introspect/rows.h"

/* The queries, in the order they are sent. */
typedef enum LoadQuery {
    LOAD_SCHEMAS,
    LOAD_EXTENSIONS,
    LOAD_ENUMS,
    LOAD_TYPES,
    LOAD_SEQUENCES,
    LOAD_TABLES,
    LOAD_COLUMNS,
    LOAD_CONSTRAINTS,
    LOAD_OPERATOR_CLASSES,
    LOAD_INDEXES,
    LOAD_OPAQUE, /* this and the next: only when asked for */
    LOAD_OPAQUE_DEPENDS,
    LOAD_VIEWS, /* this and the next two: only when asked for */
    LOAD_VIEW_COLUMNS,
    LOAD_COMMENTS,
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

typedef struct LoadCx {
    Session *session;
    Catalog *catalog;
    Names *names;
    Diagnostics *diags;
    Arena *scratch;
    bool with_opaque, with_notes;
    bool failed;                       /* reported */
    Result *results[LOAD_QUERY_COUNT]; /* NULL: not asked, or not there yet */
    OidMap types;                      /* LoadedType */
    OidMap enums;                      /* EnumType */
    OidMap tables;                     /* Table */
    OidMap columns;                    /* (table, number) -> LoadedColumn */
    OidMap unique_constraints;         /* index -> ConstraintRow, see load_constraint.h */
    OidMap opaque;                     /* object -> Opaque */
    Map defaults;                      /* (text, type) -> Default */
    Map sequences;                     /* (schema, name) -> LoadedSequence */
    VEC(LoadedSequence *) sequence_list;
} LoadCx;

/* A unique constraint, for the index that carries it. */
typedef struct LoadedUnique {
    bool deferrable;
} LoadedUnique;

/* load_type.c */
void load_types(LoadCx *cx);
void load_enums(LoadCx *cx);
void load_sequences(LoadCx *cx);
ColumnType load_column_type(const LoadCx *cx, uint32_t type_oid, int32_t modifier, Name text);
/* Does the type itself forbid nulls? A domain may. */
bool load_type_not_null(const LoadCx *cx, uint32_t type_oid);

/* load_table.c */
void load_tables(LoadCx *cx);
void load_columns(LoadCx *cx);
void load_view_columns(LoadCx *cx);
/* NULL for a column that was not read. */
Column *load_find_column(const LoadCx *cx, uint32_t table_oid, int64_t number);

/* load_constraint.c */
void load_constraints(LoadCx *cx); /* sets cx->failed */

/* load_index.c */
void load_indexes(LoadCx *cx);

/* load_opaque.c */
Opaque *load_add_opaque(LoadCx *cx, OpaqueKind kind, Opaque opaque, uint32_t oid);
void load_opaque(LoadCx *cx);

/* load_notes.c */
void load_views(LoadCx *cx);
void load_comments(LoadCx *cx);

#endif
