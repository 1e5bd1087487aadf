/*
 * diff.h - what differs between two catalogs, as facts.
 *
 * A Change says what differs, never what to do about it: no SQL, no order of execution, no locks.
 * Both catalogs must be canonical (canon.h). Objects are paired by schema and name; renames only
 * when stated or known (renames.h). Changes point into both catalogs, which must outlive them.
 * Nothing here may ask where a catalog came from.
 *
 * "Nothing at all" (`--from-empty`) is a catalog without default schema: even that has to be made.
 */
#ifndef BELLOWS_COMPILER_PLAN_DIFF_DIFF_H
#define BELLOWS_COMPILER_PLAN_DIFF_DIFF_H

#include "compiler/catalog/catalog.h"
#include "compiler/plan/diff/aside.h"
#include "compiler/plan/diff/renames.h"

typedef enum ChangeKind {
    CHANGE_ADD_SCHEMA,
    CHANGE_ADD_EXTENSION,
    CHANGE_MODIFY_EXTENSION, /* FACET_VERSION, FACET_SCHEMA */
    CHANGE_ADD_ENUM,
    CHANGE_RENAME_ENUM, /* known; the source has the new names by then */
    CHANGE_MODIFY_ENUM, /* FACET_VALUES_ADDED, FACET_VALUES_REMOVED */
    CHANGE_DROP_ENUM,
    CHANGE_ADD_TABLE,
    CHANGE_RENAME_TABLE,
    CHANGE_DROP_TABLE,
    CHANGE_ADD_COLUMN,
    CHANGE_RENAME_COLUMN,
    CHANGE_MODIFY_COLUMN, /* FACET_TYPE, FACET_LIST, FACET_NULLABILITY, FACET_DEFAULT,
                             FACET_SEQUENCE */
    CHANGE_DROP_COLUMN,
    CHANGE_ADD_PRIMARY_KEY,
    CHANGE_MODIFY_PRIMARY_KEY, /* other columns, other order, or a column's type changes */
    CHANGE_RENAME_PRIMARY_KEY,
    CHANGE_DROP_PRIMARY_KEY,
    CHANGE_ADD_INDEX,
    CHANGE_RENAME_INDEX,
    CHANGE_DROP_INDEX,
    CHANGE_ADD_FOREIGN_KEY,
    CHANGE_RENAME_FOREIGN_KEY,
    CHANGE_DROP_FOREIGN_KEY,
} ChangeKind;

enum { CHANGE_KIND_COUNT = CHANGE_DROP_FOREIGN_KEY + 1 };

typedef enum Facet {
    FACET_TYPE = 1 << 0,
    FACET_LIST = 1 << 1,
    FACET_NULLABILITY = 1 << 2,
    FACET_DEFAULT = 1 << 3,
    FACET_SEQUENCE = 1 << 4, /* becomes, or ceases to be, auto-incrementing */
    FACET_VALUES_ADDED = 1 << 5,
    FACET_VALUES_REMOVED = 1 << 6,
    FACET_VERSION = 1 << 7,
    FACET_SCHEMA = 1 << 8,
} Facet;

/* One side of a change; the members its kind speaks of are set, the table always for what belongs
 * to one. */
typedef struct Subject {
    const Schema *schema;
    const Extension *extension;
    const EnumType *enum_type;
    const Table *table;
    const Column *column;
    const PrimaryKey *primary_key;
    const Index *index;
    const ForeignKey *foreign_key;
} Subject;

/* What steps aside (aside.h) is a DROP and an ADD, or a MODIFY of a primary key. Those of an index
 * that comes back over the same rows know both sides. */
typedef struct Change {
    ChangeKind kind;
    unsigned facets;    /* Facet bits */
    const Aside *aside; /* no difference: the cause. Of a MODIFY_COLUMN: its default's */
    Subject before; /* in the source catalog; empty for additions, but for the table that stays */
    Subject after;  /* in the wanted catalog; empty for drops, but for the table that stays */
} Change;

typedef VEC(Change *) ChangeList;

/* What became of the columns of a table in both catalogs. */
typedef struct TablePair {
    const Table *before, *after;
    Column *const *columns_after; /* by position in `before`: the same, wanted; NULL when dropped */
    Column *const *columns_before; /* by position in `after`; NULL when new */
    const unsigned *facets;        /* by position in `before`: Facet bits */
    Map proofs; /* first column of `before`, by name -> IndexList: unique indexes whose rows are
                   unique at all times */
} TablePair;

/* Who has a name among a schema's relations: bits, for the two may be of two things. */
typedef enum NameBearer {
    BEARER_TABLE = 1 << 0,
    BEARER_KEY = 1 << 1, /* primary */
    BEARER_INDEX = 1 << 2,
} NameBearer;

/* Of one catalog, made when it is first asked for. */
typedef struct RelationNames {
    Arena *arena;
    const Catalog *catalog;
    bool made;
    Map bearers; /* (schema, name) -> NameBearer bits */
} RelationNames;

typedef struct Diff {
    Arena *arena;
    const Catalog *from, *to;
    const Catalog *origin; /* `from` before known renames of enums */
    ChangeList changes;
    VEC(TablePair) tables;               /* tables in both, in the source's order */
    Map pairs_by_before, pairs_by_after; /* (schema, name) of the table -> TablePair */
    Map of_enum_before, of_enum_after;   /* (schema, name) of the enum -> ColumnList */
    RelationNames *names_before, *names_after;
} Diff;

Diff *diff_catalogs(Arena *arena, const Catalog *from, const Catalog *to,
                    const RenameList *renames);
/* Likewise for a plan that converts values itself (conversions.h): a column may get another name
 * with a type that ALTER TABLE would not turn its values into. */
Diff *diff_catalogs_converting(Arena *arena, const Catalog *from, const Catalog *to,
                               const RenameList *renames);
bool diff_is_empty(const Diff *diff);

/* --- match.c: what is one thing in both catalogs ------------------------------------------------
 */

/* The pair that a table of either catalog belongs to; NULL: it is new, or goes, or `diff` is NULL.
 */
const TablePair *match_pair(const Diff *diff, const Table *named);
/* NULL: the wanted table is new. */
const Table *match_table_before(const Diff *diff, const Table *after);
/* The source's table where there is one, else the one named: the same for both sides. */
const Table *match_source(const Diff *diff, const Table *named);
/* NULL: the wanted column is new. */
const Column *match_column_before(const Diff *diff, const Column *after);
/* NULL: the source's column goes. */
const Column *match_column_after(const Diff *diff, const Column *before);
/* The columns of the source and the wanted ones that are of an enum so called, table by table in
 * the catalog's order. */
const ColumnList *match_enum_before(const Diff *diff, const EnumType *type);
const ColumnList *match_enum_after(const Diff *diff, const EnumType *type);

/* NameBearer bits of a table, index or primary key of this name in the source, in the wanted
 * catalog; 0: nobody. */
unsigned match_bearer_before(const Diff *diff, Name schema, Name name);
unsigned match_bearer_after(const Diff *diff, Name schema, Name name);

/* Tables that belong to a tool or an extension: no change ever speaks of them. */
bool diff_ignores(const Table *table);
/* What `wanted` cannot speak of is somebody else's and stays: partial indexes without their preview
 * feature, methods and enums (those without values) the language has no word for. */
bool diff_ignores_index(const Index *index, const Catalog *wanted);
bool diff_ignores_enum(const EnumType *type, const Catalog *wanted);
/* Does its predicate name one of these values of the enum? It has one; all are of `catalog`. */
bool index_compares_with(const Catalog *catalog, const Index *index, const EnumType *type,
                         const Name *values, size_t count);
/* Do values of both stand in another order? No difference: nothing can be done about it. Then two
 * of them, as they stand in `before`. */
bool enum_order_differs(Arena *arena, const EnumType *before, const EnumType *after,
                        Name *ret_first, Name *ret_second);
/* A foreign key between columns of two types, which the language has no relation for. */
bool diff_ignores_foreign_key(const ForeignKey *key, const Catalog *wanted);
/* Is one of its columns an enum's? */
bool foreign_key_is_over_enum(const ForeignKey *key);

/* The differences in words, for people (`migrate diff` without --script, drift reports). */
char *diff_summary(Arena *arena, const Diff *diff);

/* "ADD_COLUMN User.email", for tests and debugging; one line a change. What steps aside says for
 * what: "DROP_FOREIGN_KEY Post.author (aside: COLUMN_TYPE User.id)". */
char *diff_dump(Arena *arena, const Diff *diff);

#endif
