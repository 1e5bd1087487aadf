/*
 * catalog.h - the IR: what a PostgreSQL database (or a schema text, or a migrations folder)
 * contains.
 *
 * All sources become this one type and pass through the same canonicalisation (canon.h); nothing
 * after that may ask where a catalog came from. A Catalog owns its arena; everything it points to
 * lives there or in the run's intern table. Built once, canonicalised once, immutable afterwards.
 *
 * Order: `tables` and `enums` stand in the order of their source: the schema text's order, or
 * schema and name as the server sorts them ("C" collation). Columns in declared order. Indexes and
 * foreign keys of a table in declared order or by name. That order is part of the meaning: scripts
 * follow it.
 *
 * Terms are PostgreSQL's. An Origin tells the place in the text, or the oid in the database.
 */
#ifndef BELLOWS_COMPILER_CATALOG_CATALOG_H
#define BELLOWS_COMPILER_CATALOG_CATALOG_H

#include "base/arena.h"
#include "base/common.h"
#include "base/diag/source.h"
#include "base/intern.h"
#include "base/map.h"
#include "base/vec.h"

typedef struct Catalog Catalog;
typedef struct Table Table;
typedef struct Column Column;
typedef struct Index Index;
typedef struct ForeignKey ForeignKey;
typedef struct EnumType EnumType;

typedef VEC(Column *) ColumnList;

typedef enum OriginKind {
    ORIGIN_SOURCE,  /* written in the schema text: span */
    ORIGIN_DERIVED, /* follows from what is written at span (a join table, a default index) */
    ORIGIN_CATALOG, /* read from a database: oid */
} OriginKind;

typedef struct Origin {
    OriginKind kind;
    Span span;
    uint32_t oid;
} Origin;

/* --- types -------------------------------------------------------------------------------------
 */

/* Base types; the rows of types.def give names on every side. */
typedef enum TypeId {
#define TYPE(id, scalar, native, sql, catalog_name, arguments, kin) id,
#include "compiler/catalog/types.def"
#undef TYPE
    TYPE_ENUM,  /* enum_type */
    TYPE_OTHER, /* raw: anything the schema language calls Unsupported("...") */
} TypeId;

enum { TYPE_NO_ARGUMENT = -1 };

typedef struct ColumnType {
    TypeId id;
    int32_t arguments[2]; /* length, precision, scale as the type has them; TYPE_NO_ARGUMENT when
                             not given */
    bool list;            /* an array; dimensions are not distinguished */
    EnumType *enum_type;  /* TYPE_ENUM */
    Name raw;             /* TYPE_OTHER: the type's text without the list mark */
    Name raw_canonical;   /* TYPE_OTHER: set by canon; compared by column_type_equal */
    const struct ColumnType *domain_of; /* TYPE_OTHER that is a domain: the type it is over, domains
                                           resolved; NULL otherwise */
} ColumnType;

/* --- defaults ----------------------------------------------------------------------------------
 */

typedef enum DefaultKind {
    DEFAULT_NONE,
    DEFAULT_VALUE,    /* a literal: value */
    DEFAULT_LIST,     /* an array of literals: items */
    DEFAULT_NOW,      /* CURRENT_TIMESTAMP */
    DEFAULT_SEQUENCE, /* nextval of a sequence, or identity (column->identity): sequence may be NULL
                         when new */
    DEFAULT_EXPRESSION, /* any other SQL expression: text, and its canonical form */
    DEFAULT_OPAQUE, /* dbgenerated() without argument: whatever the database has, do not touch */
} DefaultKind;

typedef enum LiteralKind {
    LITERAL_NUMBER, /* text as written: -1.50 */
    LITERAL_BOOLEAN,
    LITERAL_STRING,
    LITERAL_JSON,
    LITERAL_BYTES,    /* text: hexadecimal digits */
    LITERAL_DATETIME, /* text as it will be written: 2020-01-01 00:00:00 +00:00 */
    LITERAL_ENUM,     /* text: the value's database name */
} LiteralKind;

typedef struct Literal {
    LiteralKind kind;
    Name text;
    Name canonical; /* set by canon: equal pointers mean equal values */
} Literal;

typedef struct Sequence {
    Name schema, name;
    bool owned;     /* by the column that uses it */
    Name data_type; /* NULL unless read from a database: int4, int8, int2 */
} Sequence;

typedef struct Default {
    DefaultKind kind;
    Literal value;
    VEC(Literal) items;
    Sequence *sequence;
    Name text;      /* EXPRESSION: as written; others: as the database printed it, or NULL */
    Name canonical; /* VALUE, LIST, NOW, EXPRESSION: set by canon; equal pointers mean equal meaning
                     */
} Default;

/* Defaults computed by the client program, never by the database (uuid(), cuid(), @updatedAt, ...).
 */
typedef enum ClientDefault {
    CLIENT_DEFAULT_NONE,
    CLIENT_DEFAULT_FUNCTION,
    CLIENT_DEFAULT_UPDATED_AT
} ClientDefault;

typedef enum Identity { IDENTITY_NONE, IDENTITY_ALWAYS, IDENTITY_BY_DEFAULT } Identity;

/* --- tables ------------------------------------------------------------------------------------
 */

struct Column {
    Name name;
    Name field; /* the field's name in the schema text; NULL when read from a database */
    Table *table;
    ColumnType type;
    Default dflt;
    ClientDefault client_default;
    Identity identity;
    bool not_null; /* lists of the schema language are never NOT NULL: see list_nullability_unknown
                      in canon.h */
    bool generated_virtual;   /* computed when read (PostgreSQL 18), not stored */
    Name generated;           /* expression of a generated column; NULL otherwise */
    Name generated_canonical; /* set by canon */
    Name collation;           /* NULL: the type's own */
    Name renamed_from; /* database name before, from a `/// @renamedFrom(x)` hint; NULL otherwise */
    const char *doc;
    Name comment; /* in the database; read on request only, NULL when there is none */
    Origin origin;
    uint32_t position;    /* 0-based place in table->columns */
    const Column *source; /* the one it is a copy of; NULL: it is none */
};

typedef enum SortOrder { SORT_DEFAULT, SORT_ASC, SORT_DESC } SortOrder;
typedef enum NullsOrder { NULLS_DEFAULT, NULLS_FIRST, NULLS_LAST } NullsOrder;
typedef enum IndexMethod {
    METHOD_BTREE,
    METHOD_HASH,
    METHOD_GIST,
    METHOD_GIN,
    METHOD_SPGIST,
    METHOD_BRIN,
    METHOD_OTHER, /* an extension's: index->method_name */
} IndexMethod;

typedef struct IndexPart {
    Column *column;  /* NULL: expression */
    Name expression; /* NULL: column */
    SortOrder sort;  /* as written: SORT_DEFAULT and SORT_ASC mean the same to the server */
    NullsOrder nulls;
    Name operator_class; /* NULL: not written, or the type's default as read from a database */
    bool operator_class_is_default; /* only from a database */
    /* Only from a database: a part that names no class means this one too. B-tree indexes, whose
     * classes are chosen by hand, in migrations written when the language could not name them. */
    bool operator_class_is_optional;
    Name collation; /* NULL: the column's */
} IndexPart;

typedef enum IndexKind { INDEX_NORMAL, INDEX_UNIQUE } IndexKind;

struct Index {
    Name name;
    Table *table;
    IndexKind kind;
    IndexMethod method;
    Name method_name;
    VEC(IndexPart) parts;
    ColumnList include;
    Name predicate;               /* NULL: a full index; as written, without WHERE */
    Name predicate_canonical;     /* set by canon */
    ColumnList predicate_columns; /* those the predicate reads; set by canon */
    ColumnList compared_columns;  /* of these, those not only tested for NULL */
    bool is_constraint; /* a UNIQUE constraint owns it: dropped and renamed as a constraint */
    bool nulls_not_distinct;
    bool deferrable, initially_deferred; /* the latter is known of scripts alone */
    bool valid; /* false only for the leftover of a broken CREATE INDEX CONCURRENTLY */
    Origin origin;
    const Index *source; /* the one it is a copy of; NULL: it is none */
};

typedef struct PrimaryKey {
    Name name;
    Table *table;
    ColumnList columns;
    bool deferrable, initially_deferred; /* the latter is known of scripts alone */
    Origin origin;
} PrimaryKey;

typedef enum ForeignKeyAction {
    ACTION_NO_ACTION,
    ACTION_RESTRICT,
    ACTION_CASCADE,
    ACTION_SET_NULL,
    ACTION_SET_DEFAULT,
} ForeignKeyAction;

struct ForeignKey {
    Name name;
    Table *table; /* the referencing one */
    ColumnList columns;
    Table *referenced;
    ColumnList referenced_columns;
    Name rests_on; /* the key or unique index behind it; NULL: not known, only a database tells */
    ForeignKeyAction on_delete, on_update;
    bool deferrable, initially_deferred;
    bool valid; /* false: NOT VALID */
    Origin origin;
    const ForeignKey *source; /* the one it is a copy of; NULL: it is none */
};

/* --- objects the schema language cannot say (DESIGN section 5) ----------------------------------
 */

typedef enum OpaqueKind {
#define OPAQUE(kind, ...) kind,
#include "compiler/catalog/opaque_kinds.def"
#undef OPAQUE
    OPAQUE_KIND_COUNT,
} OpaqueKind;

/* Identity and definition in the server's own words. */
typedef struct Opaque {
    OpaqueKind kind;
    Name schema, name;
    Table *table;  /* the table it belongs to; NULL when it stands alone */
    Name relation; /* that table's name, also where it is not read as a table; NULL: none */
    Name definition;
    Name part; /* of `table`, that it is or is about: an index, a constraint; NULL: none */
    bool has_other_path;   /* written under another search_path than the default schema's */
    VEC(Column *) columns; /* columns it depends on, as far as pg_depend tells */
    VEC(Table *) tables;   /* tables it depends on */
    VEC(Table *) keyed;    /* tables whose primary key it depends on */
    VEC(EnumType *) enums;
    Origin origin;
} Opaque;

typedef VEC(Index *) IndexList;
typedef VEC(ForeignKey *) ForeignKeyList;
typedef VEC(Table *) TableList;
typedef VEC(EnumType *) EnumTypeList;
typedef VEC(Opaque *) OpaqueList;

struct Table {
    Name schema, name;
    Name model; /* the model's name in the schema text; NULL when read from a database */
    ColumnList columns;
    Map columns_by_name;
    PrimaryKey *primary_key; /* NULL when there is none */
    IndexList indexes;
    ForeignKeyList foreign_keys; /* those whose referencing table this is */
    bool is_join_table;          /* implicit many-to-many, or shaped like one */
    bool is_partitioned;
    bool has_row_security;
    bool has_children; /* others inherit from it */
    bool is_view;      /* the shape of a DeclaredView, in no list of tables */
    Name renamed_from; /* database name before, from a hint; NULL otherwise */
    const char *doc;
    Name comment; /* in the database; read on request only, NULL when there is none */
    Origin origin;
    const Table *source; /* the one it is a copy of; NULL: it is none */
};

struct EnumType {
    Name schema, name;
    Name block;       /* the enum block's name in the schema text; NULL when read from a database */
    VEC(Name) values; /* database names in order */
    VEC(Name) words;  /* their names in the schema text; empty when read from a database */
    Name renamed_from;        /* database name before, from a hint; NULL otherwise */
    VEC(Name) renamed_values; /* the same of each value; empty when read from a database */
    Name comment;             /* in the database; read on request only, NULL when there is none */
    Origin origin;
    const EnumType *source; /* the one it is a copy of; NULL: it is none */
};

typedef struct Schema {
    Name name;
    Origin origin;
} Schema;

typedef struct Extension {
    Name name;
    Name schema, version; /* NULL: not stated */
    bool relocatable;
    Origin origin;
} Extension;

/* A `view` block of the language, or a view read on request: known, never created or dropped by a
 * plan. */
typedef struct DeclaredView {
    Name schema, name;
    Table *shape;    /* read from a database: its columns, as a table that is in no list */
    Name definition; /* read from a database: the query, as the server prints it */
    Origin origin;
} DeclaredView;

typedef enum OpaqueOnDrop {
    DROP_TAKES,
    DROP_TAKES_IT,
    DROP_UNTOLD,
    DROP_REFUSES,
    DROP_KEEPS
} OpaqueOnDrop;

typedef enum OpaqueOnType {
    TYPE_REBUILDS,
    TYPE_BROUGHT_BACK,
    TYPE_REFUSES,
    TYPE_KEEPS
} OpaqueOnType;

typedef enum OpaqueOnSwitch {
    SWITCH_ANEW,
    SWITCH_ALONG,
    SWITCH_BESIDE,
    SWITCH_BINDS
} OpaqueOnSwitch;

/* The server's name spaces within a schema; bits. */
typedef enum Among {
    AMONG_NONE,
    AMONG_RELATIONS = 1 << 0,
    AMONG_TYPES = 1 << 1,
    AMONG_BOTH = AMONG_RELATIONS | AMONG_TYPES,
} Among;

/* A relation or type that is in none of a catalog's lists, and has its name all the same: a
 * partition, an index of one, a foreign table, what an extension brings. */
typedef struct OtherName {
    Name schema, name;
    Name kind;       /* for people: "partition" */
    const Table *of; /* it goes with this table; NULL: with none that is listed */
    unsigned among;  /* Among bits */
} OtherName;

struct Catalog {
    Arena *arena;
    Names *names;
    Name default_schema; /* its objects are written without qualification */
    Name deploying_role; /* whose objects are nobody else's; NULL: not read, or not from a server */
    int server_version;  /* server_version_num, 150020; 0 when not from a server */
    bool has_default_schema;      /* a text that lists no schemas, or lists this one */
    bool manages_extensions;      /* preview postgresqlExtensions: extensions are compared */
    bool manages_partial_indexes; /* preview partialIndexes */
    bool manages_all;             /* also what the language has no word for: a database's catalog */
    bool without_foreign_keys;    /* relationMode = "prisma" */
    VEC(Schema *) schemas;        /* those in use, by name */
    bool as_written;              /* texts of opaque objects are not a server's, but somebody's */
    bool is_complete;             /* holds all that a dump of the schema tells */
    VEC(Name) unread_schemas;     /* of a whole comparison: those not asked for */
    TableList tables;
    EnumTypeList enums;
    VEC(Extension *) extensions;
    VEC(DeclaredView *) views;
    OpaqueList opaque;
    VEC(OtherName) other_names; /* read for plans only */
    Map tables_by_name;         /* (schema, name) -> Table */
    Map enums_by_name;          /* (schema, name) -> EnumType */
    Map schemas_by_name;
    bool canonical; /* canon has passed over it */
};

/* --- construction ------------------------------------------------------------------------------
 */

/* An empty catalog with an arena of its own; catalog_free releases it. */
Catalog *catalog_new(Names *names, Name default_schema);
void catalog_free(Catalog *catalog);

Schema *catalog_add_schema(Catalog *catalog, Name name,
                           Origin origin); /* once per name: returns the one there */
Table *catalog_add_table(Catalog *catalog, Name schema, Name name, Origin origin);
EnumType *catalog_add_enum(Catalog *catalog, Name schema, Name name, Origin origin);
void table_expect_columns(Catalog *catalog, Table *table, size_t count); /* before the first */
Column *table_add_column(Catalog *catalog, Table *table, Name name, Origin origin);
Index *table_add_index(Catalog *catalog, Table *table, Name name,
                       Origin origin); /* btree, normal, valid */
PrimaryKey *table_set_primary_key(Catalog *catalog, Table *table, Name name, Origin origin);
ForeignKey *table_add_foreign_key(Catalog *catalog, Table *table, Name name,
                                  Origin origin); /* valid */

/* --- queries -----------------------------------------------------------------------------------
 */

Table *catalog_find_table(const Catalog *catalog, Name schema, Name name);
EnumType *catalog_find_enum(const Catalog *catalog, Name schema, Name name);
Column *table_find_column(const Table *table, Name name);
bool column_in_list(const Column *column, Column *const *columns, size_t count);
/* Does the name belong to a tool or an extension (reserved_tables.def)? */
bool table_is_reserved(const char *name);
bool enum_has_value(const EnumType *type, Name value);
/* Is the column one of the type, or a list of it? By name: the type may be the other catalog's. */
bool column_is_of_enum(const Column *column, const EnumType *type);
/* Rows of opaque_kinds.def: what the server does with one when a column it uses goes, or changes
 * its type; what a plan does when another column takes that one's place; and whose names its own is
 * among. */
OpaqueOnDrop opaque_on_drop(OpaqueKind kind);
OpaqueOnType opaque_on_type(OpaqueKind kind);
OpaqueOnSwitch opaque_on_switch(OpaqueKind kind);
unsigned opaque_among(OpaqueKind kind);
/* The kind as queries and dumps write it, and as people call it. */
const char *opaque_word(OpaqueKind kind);
const char *opaque_name(OpaqueKind kind);

static inline Origin origin_source(Span span)
{
    return (Origin){.kind = ORIGIN_SOURCE, .span = span};
}

static inline Origin origin_derived(Span span)
{
    return (Origin){.kind = ORIGIN_DERIVED, .span = span};
}

static inline Origin origin_catalog(uint32_t oid)
{
    return (Origin){.kind = ORIGIN_CATALOG, .oid = oid};
}

#endif
