/*
 * realm.h - a catalog that is changed as the server would change it: names taken and freed, default
 * names, cascades, refusals with the server's SQLSTATE.
 *
 * A Realm owns no memory of its own: all lives in its catalog's arena. It knows nothing of parse
 * trees, scripts or plans. A function that returns false has changed nothing and left a fault: the
 * server's refusal, or that what the server would do is not known here. Objects come and go in the
 * order of their making; realm_finish (finish.c) brings the catalog into the order and shape in
 * which a database is read.
 *
 * Sources: PostgreSQL manual, "SQL Commands", "System Catalogs", "Error Codes"; names:
 * ChooseRelationName and makeObjectName as the manual's CREATE TABLE and CREATE INDEX show them.
 */
#ifndef BELLOWS_COMPILER_WORLD_REALM_H
#define BELLOWS_COMPILER_WORLD_REALM_H

#include <string.h>

#include "base/object_map.h"
#include "compiler/catalog/catalog.h"
#include "compiler/catalog/naming.h"

/* Takes the item at `i` out of a vector, the others closing up. */
#define vec_take_out(vec, i)                                                                       \
    do {                                                                                           \
        memmove((vec)->items + (i), (vec)->items + (i) + 1,                                        \
                ((vec)->count - (i)-1) * sizeof *(vec)->items);                                    \
        (vec)->count--;                                                                            \
    } while (0)

/* Why a statement was not carried out. */
typedef struct RealmFault {
    const char *sqlstate; /* NULL: not the server's refusal, what it would do is not known */
    const char *message;
} RealmFault;

typedef enum RelationKind {
    RELATION_TABLE,
    RELATION_INDEX, /* of a primary key and of an exclusion constraint, too */
    RELATION_SEQUENCE,
    RELATION_VIEW,
    RELATION_MATERIALIZED_VIEW,
    RELATION_COMPOSITE,
    RELATION_FOREIGN,   /* a foreign table, which is not read as one */
    RELATION_TEMPORARY, /* made of a query: what columns it has is not known */
} RelationKind;

typedef struct SequenceSettings {
    int64_t increment, min, max, start, cache;
    bool cycle;
} SequenceSettings;

/* A sequence, whoever uses it. */
typedef struct RealmSequence {
    Sequence *sequence;
    Column *owner; /* serial, identity, OWNED BY; NULL: nobody */
    bool is_identity;
    uint32_t made; /* when, as Origin.oid of other objects */
    SequenceSettings settings;
} RealmSequence;

/* Whatever shares the names of relations. */
typedef struct Relation {
    RelationKind kind;
    Name schema, name;
    Table *table;    /* TABLE; INDEX: the one it is over */
    Index *index;    /* INDEX, unless it is one of the next two */
    PrimaryKey *key; /* INDEX behind a primary key */
    Opaque *opaque;  /* INDEX over expressions or of an exclusion constraint; views; COMPOSITE */
    RealmSequence *sequence;          /* SEQUENCE */
    struct Relation *part_of;         /* INDEX of a partition: the whole it is a part of */
    struct Relation *over;            /* INDEX over a materialized view */
    bool may_have_rows;               /* TEMPORARY */
    NameList columns;                 /* of views and composite types */
    NameList indexes;                 /* MATERIALIZED_VIEW: their names */
    struct RealmComposite *composite; /* COMPOSITE: its attributes, its maker's */
    VEC(struct Relation *) views;     /* VIEW: those it is made of */
    ColumnList shows; /* VIEW that shows columns of one table and nothing else: which */
    bool is_face;     /* VIEW that stands for that table under a name it had */
} Relation;

typedef struct RealmDomain RealmDomain;
typedef struct RealmComposite RealmComposite;

typedef enum RealmTypeKind {
    REALM_ENUM,
    REALM_DOMAIN,
    REALM_COMPOSITE,
    REALM_RANGE, /* and whatever else is known by its name alone */
    REALM_ROW,   /* of a table or view */
} RealmTypeKind;

typedef struct RealmType {
    RealmTypeKind kind;
    Name schema, name;
    EnumType *enum_type;
    Table *table;         /* ROW of a table */
    Opaque *opaque;       /* DOMAIN, COMPOSITE */
    ColumnType domain_of; /* DOMAIN */
    bool domain_not_null;
    struct RealmDomain *domain; /* its parts, its maker's */
} RealmType;

/* A function, procedure or aggregate. */
typedef struct RealmRoutine {
    Name schema, name;
    Name arguments; /* the types that tell those of one name apart */
    Opaque *opaque;
    struct RealmRoutine *next; /* another one of the same name, whatever its schema */
    const char *body;          /* NULL: not known */
    const char *qualified;     /* `arguments` with schemas, as pg_identify_object tells them */
    const char *result;        /* its type as text; of procedures "" */
    NameList parameters;       /* names of the input arguments; NULL: it has none */
    char kind;                 /* pg_proc.prokind */
} RealmRoutine;

typedef VEC(Relation *) RelationList;

/* What a table may be besides what a Table says. */
typedef struct RealmTable {
    Table *table;
    TableList parents;            /* that it inherits from, or is a partition of */
    bool is_partition;            /* which is not read as a table */
    ColumnList own;               /* of its columns, those that would stay without a parent */
    ColumnList partition_key;     /* columns */
    const char *partition_method; /* RANGE, LIST, HASH; NULL: its key is more than columns */
    bool has_expression_key;      /* it is partitioned by more than columns */
    char partition_strategy;      /* 'r', 'l', 'h'; 0: not partitioned */
    struct PartitionBound *bound; /* of a partition, as far as it is known; NULL */
    NameList inherited_checks;    /* of its checks, those that would not */
    bool may_have_rows;
    bool has_rows; /* for certain */
    bool has_triggers;
    bool has_statement_triggers; /* of these, some that rows are not needed for */
    bool is_unlogged;
    bool is_published_in_part; /* by its columns, or rows that an expression tells */
    bool calls_own; /* a default calls a function of the scripts, which may reach anything */
} RealmTable;

typedef struct Realm {
    Catalog *catalog;
    Arena *arena; /* the catalog's */
    Names *names;
    Map relations;        /* (schema, name) -> Relation */
    Map types;            /* (schema, name) -> RealmType */
    Map tables;           /* (schema, name) -> RealmTable, renamed with its table */
    Map routines_by_name; /* name -> RealmRoutine, the newest */
    VEC(RealmRoutine *) routines;
    VEC(RealmSequence *) sequences;
    struct {
        bool tables, sequences, types, routines;
    } unknown_rights;           /* such as are made now have rights that nobody here knows */
    Name temporary;             /* the schema of temporary tables, always looked into first */
    NameList path;              /* where unqualified names are looked for */
    uint32_t clock;             /* objects are told apart by when they were made: Origin.oid */
    ObjectMap not_null_names;   /* Column -> Name of its constraint, from PostgreSQL 18 on */
    Map not_nulls;              /* (schema, name) -> Column that has or had it */
    size_t casts;               /* of the scripts, of which types is not known */
    bool has_unknown_extension; /* whose types and functions are not known here */
    bool is_whole;              /* asked for: what only a whole comparison reads */
    bool is_beyond;             /* holds some of that which is not known here */
    const char *beyond_why;
    const Column *uncertain; /* behind realm_finish: whose default is not known; NULL: none */
    RealmFault fault;
} Realm;

/* --- construction -------------------------------------------------------------------------------
 */

/* As a fresh database is: the schema `public`, and the default schema where it is another one. */
Realm *realm_new(Names *names, Name default_schema, int server_version);
/*
 * The catalog as a database is read: only of `schemas` (NULL: of all), sorted, the tools' own
 * tables left out. The realm must not be used afterwards. NULL, with a fault, when a foreign key
 * leads out of them.
 */
Catalog *realm_finish(Realm *realm, const Name *schemas, size_t count);

/* --- faults: both return false ------------------------------------------------------------------
 */

bool realm_refuse(Realm *realm, const char *sqlstate, const char *format, ...) PRINTF_LIKE(3, 4);
bool realm_unknown(Realm *realm, const char *format, ...) PRINTF_LIKE(2, 3);

/* Is it a server of that version (server_version_num) or a later one, as far as is known? Not known
 * what an older one does, whose grammar or words do not have it. */
bool realm_since(Realm *realm, int version, const char *what);

/* --- names --------------------------------------------------------------------------------------
 */

/* `schema` NULL: along the path. NULL when there is none. */
Relation *realm_relation(const Realm *realm, Name schema, Name name);
RealmType *realm_type(const Realm *realm, Name schema, Name name);
/* The table of that name; NULL after a fault. */
Table *realm_table(Realm *realm, Name schema, Name name);
RealmTable *realm_table_state(const Realm *realm, const Table *table);
/* The column; NULL after a fault. */
Column *realm_column(Realm *realm, const Table *table, Name name);
/* Where something unqualified is made; NULL after a fault. */
Name realm_creation_schema(Realm *realm, Name schema);
/* Takes a name; false, after a fault, when somebody has it. */
bool realm_take_relation(Realm *realm, const Relation *relation, Relation **ret_relation);
void realm_free_relation(Realm *realm, Name schema, Name name);
bool realm_take_type(Realm *realm, const RealmType *type, RealmType **ret_type);
Origin realm_origin(Realm *realm);
/* Do names without a schema mean what they mean to everybody? Not while a script has a search_path
 * of its own. */
bool realm_has_common_path(const Realm *realm);
/* Marks what only a whole comparison reads. */
void realm_goes_beyond(Realm *realm, const char *why);

/* default_names.c: names the server would give, those in use passed by. `second` may be NULL. */
Name realm_name_relation(Realm *realm, Name schema, Name first, Name second, const char *label);
Name realm_name_constraint(Realm *realm, const Table *table, Name first, Name second,
                           const char *label);
/* Of an index: each part gets a name of its own, numbered where need be. */
void realm_add_part_name(Realm *realm, NameList *names, Name name);
/* The columns' names joined as in the name of an index; `expr` for an expression. */
Name realm_joined(Realm *realm, const NameList *columns);
/* Is there a constraint of that name on the table? */
bool realm_has_constraint(const Realm *realm, const Table *table, Name name);

/* --- schemas, extensions ------------------------------------------------------------------------
 */

/* One that the server has before anybody makes one. */
bool realm_is_server_schema(Name schema);
/* What nobody here has made is missed: a refusal, unless it may be the server's own or has come
 * with an extension. `what`: "relation". Always false. */
typedef enum RealmMissing { MISSING_RELATION, MISSING_TYPE, MISSING_ROUTINE } RealmMissing;
bool realm_missing(Realm *realm, RealmMissing kind, Name schema, Name name, const char *what);
/* The same of a relation that a query names: there a schema that is not there is no other fault. */
bool realm_missing_to_read(Realm *realm, Name schema, Name name);
/* A refusal where it is named and not there; NULL is along the path. */
bool realm_has_schema(Realm *realm, Name schema);
bool realm_add_schema(Realm *realm, Name name);
bool realm_drop_schema(Realm *realm, Name name, bool cascade);
/* Only one that nothing is in. */
bool realm_rename_schema(Realm *realm, Name from, Name to);
bool realm_add_extension(Realm *realm, Name name, Name schema);
bool realm_drop_extension(Realm *realm, Name name, bool cascade);
bool realm_has_extension(const Realm *realm, const char *name);

/* --- tables and columns: tables.c ---------------------------------------------------------------
 */

Table *realm_add_table(Realm *realm, Name schema, Name name);
bool realm_drop_table(Realm *realm, Table *table, bool cascade);
/* Several at once may use each other. */
bool realm_drop_tables(Realm *realm, Table *const *tables, size_t count, bool cascade);
bool realm_rename_table(Realm *realm, Table *table, Name name);
bool realm_move_table(Realm *realm, Table *table, Name schema);
Column *realm_add_column(Realm *realm, Table *table, Name name);
bool realm_drop_column(Realm *realm, Column *column, bool cascade);
bool realm_rename_column(Realm *realm, Column *column, Name name);
bool realm_is_system_column(Name name);
/* Has a column of another table than `but` that composite type, or row type? */
bool realm_has_row_users(const Realm *realm, Name name, const Table *but);
/* Are there collations for the type? False after a fault. */
bool realm_may_collate(Realm *realm, const ColumnType *type);
/* May the column of this type now, or what uses it is not known to follow? */
bool realm_change_type(Realm *realm, Column *column, const ColumnType *type);
/* Do all foreign keys still compare, behind all changes of types of a statement? */
bool realm_keys_compare(Realm *realm);
/* The column, and that of the children. */
void realm_set_not_null(Realm *realm, Column *column);
/* Does nothing hold the column NOT NULL but itself? */
bool realm_drop_not_null(Realm *realm, Column *column);

/* --- constraints that keep nulls out: not_nulls.c ------------------------------------------------
 */

/* Names those that have none, as the server does: behind each statement. */
void realm_name_not_nulls(Realm *realm);
/* The one that is made with the column; NULL: the server chooses. */
void realm_name_not_null(Realm *realm, Column *column, Name name);
void realm_copy_not_null(Realm *realm, Column *column, const Column *from);
/* The column whose constraint it is; NULL when there is none, or servers do not name them. */
Column *realm_not_null_named(const Realm *realm, const Table *table, Name name);

/* --- inheritance: inheritance.c -----------------------------------------------------------------
 */

TableList realm_children(Realm *realm, const Table *table);
bool realm_is_partition(const Realm *realm, const Table *table);
/* Does a parent have the column? */
bool realm_is_inherited(Realm *realm, const Column *column);
/* A child is made: columns first, then the parent is one, then checks. */
bool realm_inherit_columns(Realm *realm, Table *table, const Table *parent);
bool realm_add_parent(Realm *realm, Table *table, Table *parent);
bool realm_inherit_checks(Realm *realm, Table *table, const Table *parent);
/* A column or check that the parent got. */
bool realm_inherit_column(Realm *realm, Table *table, const Column *from);
bool realm_drop_inherited(Realm *realm, Table *table, Name name, bool cascade);
bool realm_is_inherited_check(const Realm *realm, const Table *table, Name name);
/* The child declares it as well; always true. */
bool realm_own_check(Realm *realm, const Table *table, Name name);
void realm_drop_inherited_check(Realm *realm, const Table *table, Name name);
void realm_rename_inherited_check(Realm *realm, const Table *table, Name from, Name to);
/* The child declares it as well. */
void realm_own_column(Realm *realm, Column *column);
/* A table that is there becomes a child, or is one no more. */
bool realm_join_family(Realm *realm, Table *table, Table *parent);
bool realm_remove_parent(Realm *realm, Table *table, const Table *parent);
/* It, a child, or the one it is a partition of. */
bool realm_may_have_rows(Realm *realm, const Table *table);
/* Copies: type, collation, NOT NULL; the rest one by one. */
Column *realm_copy_column(Realm *realm, Table *table, const Column *from);
bool realm_copy_generated(Realm *realm, Column *column, const Column *from);
bool realm_copy_check(Realm *realm, Table *table, const Opaque *from);

/* --- partitions: partitions.c -------------------------------------------------------------------
 */

/* Each partition gets what the table has, or what it has of the kind is taken for it. */
bool realm_hand_down_all(Realm *realm, Table *parent);
bool realm_hand_down_index(Realm *realm, Relation *index);
bool realm_hand_down_keys(Realm *realm, const Table *table);
bool realm_attach_partition(Realm *realm, Table *parent, Table *table);
bool realm_detach_partition(Realm *realm, Table *parent, Table *table);
bool realm_attach_index(Realm *realm, Relation *whole, Relation *part);
/* A key or index like it, under a default name; NULL after a fault. */
Relation *realm_copy_index(Realm *realm, Table *table, const Relation *from);
/* Keys, indexes and exclusion constraints, the oldest first. */
RelationList realm_indexes_of(Realm *realm, const Table *table);

/* --- sequences: sequences.c ---------------------------------------------------------------------
 */

RealmSequence *realm_add_sequence(Realm *realm, Name schema, Name name, const char *data_type);
/* The sequence of a serial or identity column, with its default. */
bool realm_add_column_sequence(Realm *realm, Column *column, const char *data_type,
                               Identity identity);
bool realm_drop_sequence(Realm *realm, RealmSequence *sequence, bool cascade);
RealmSequence *realm_sequence_of(const Realm *realm, const Sequence *sequence);
bool realm_rename_sequence(Realm *realm, RealmSequence *sequence, Name schema, Name name);
/* What a sequence of its type has that nobody says anything about. */
SequenceSettings realm_usual_settings(const RealmSequence *sequence, int64_t increment);
/* Limits that were the old type's become the new one's. */
void realm_retype_sequence(RealmSequence *sequence, Name type);
/* Nobody needs them any more: those owned by the column. */
void realm_drop_owned_sequences(Realm *realm, const Column *column);

/* --- keys, indexes, constraints: keys.c ---------------------------------------------------------
 */

/* A name of NULL is the server's to choose. */
PrimaryKey *realm_add_primary_key(Realm *realm, Table *table, Name name, const ColumnList *columns);
/* An index made elsewhere and not yet in the table: takes its name and is put there. */
bool realm_add_index(Realm *realm, Index *index, Name name);
/* An opaque constraint, or the opaque index of one. */
Opaque *realm_add_opaque(Realm *realm, OpaqueKind kind, Table *table, Name schema, Name name,
                         Name definition);
/* Finds what it rests on; `columns` of the key are set. Referenced ones may be empty: its key. */
bool realm_add_foreign_key(Realm *realm, ForeignKey *key);
bool realm_drop_constraint(Realm *realm, Table *table, Name name, bool cascade, bool missing_ok);
bool realm_rename_constraint(Realm *realm, Table *table, Name from, Name to);
bool realm_drop_index(Realm *realm, Relation *index, bool cascade);
bool realm_rename_index(Realm *realm, Relation *index, Name name);
void realm_drop_opaque(Realm *realm, Opaque *opaque);
/* Does a server find values of the column's type in order, as a key needs? A refusal where it does
 * not; true where that is not known. */
bool realm_may_be_key(Realm *realm, Column *column);
/* May what is unique over these columns be so over all partitions of the table? */
bool realm_covers_partitions(Realm *realm, const Table *table, const ColumnList *columns,
                             const char *what);
/* Has the type a default operator class of b-trees? False after a fault. */
bool realm_compares(Realm *realm, const ColumnType *type);
/* A part's operator class by its type; false, after a fault, when there is none. */
bool realm_operator_class(Realm *realm, const Index *index, IndexPart *part, Name name);
/* As CREATE INDEX names it. */
const char *realm_method_name(const Index *index);
/* pg_type.typname of what a class must be over, the server's own coercions made; it may stand in
 * `buffer`. */
const char *realm_class_type(const ColumnType *column, char buffer[IDENTIFIER_MAX + 1]);

/* --- views: views.c ------------------------------------------------------------------------------
 */

/* The view that the object is; NULL: it is none. */
Relation *realm_view_of(const Realm *realm, const Opaque *opaque);
bool realm_is_made_of(const Relation *view, const Relation *other);
/* May something else than a view use it? */
bool realm_is_mentioned(const Realm *realm, const Relation *view);
/* Is something made of it? Mentions are not told apart. */
bool realm_has_view_user(const Realm *realm, const Relation *view);
bool realm_drop_view(Realm *realm, Relation *view, bool cascade);
bool realm_rename_view(Realm *realm, Relation *view, Name name);
bool realm_rename_view_column(Realm *realm, Relation *view, Name from, Name to);
/* An index over a materialized view goes. */
void realm_forget_view_index(const Relation *index);

/* --- what uses what ------------------------------------------------------------------------------
 */

bool opaque_uses_column(const Opaque *opaque, const Column *column);
bool key_has_column(const PrimaryKey *key, const Column *column);
/* Something it speaks of has another name or type now: it is printed otherwise. */
void realm_restate(Realm *realm, Opaque *opaque, Name from, Name to);

/* --- functions: routines.c ----------------------------------------------------------------------
 */

/* `arguments`: see RealmRoutine. `called`: as pg_get_function_identity_arguments tells it. */
RealmRoutine *realm_add_routine(Realm *realm, Name schema, Name name, Name arguments, Name called);
/* `schema` NULL: along the path. NULL when there is none. */
RealmRoutine *realm_routine(const Realm *realm, Name schema, Name name, Name arguments);
/* Is any function called so? */
bool realm_has_routine(const Realm *realm, Name name);
bool realm_drop_routine(Realm *realm, RealmRoutine *routine, bool cascade);
void realm_rename_routine(Realm *realm, RealmRoutine *routine, Name schema, Name name, Name called);

/* --- types: enums.c -----------------------------------------------------------------------------
 */

EnumType *realm_add_enum(Realm *realm, Name schema, Name name);
/* `before` or `after` may be NULL. */
bool realm_add_value(Realm *realm, EnumType *type, Name value, Name before, Name after);
bool realm_rename_value(Realm *realm, EnumType *type, Name from, Name to);
bool realm_rename_type(Realm *realm, RealmType *type, Name schema, Name name);
bool realm_drop_type(Realm *realm, RealmType *type, bool cascade);

/* --- texts: texts.c ------------------------------------------------------------------------------
 */

/* A column's new name in the text of an expression. */
Name realm_text_renamed(Realm *realm, Name text, Name from, Name to);
/* Does the text name it, as a word or in quotes? */
bool realm_text_names(Name text, Name name);
/* Does it call a function, for all that is known? */
bool realm_text_calls(Name text);

#endif
