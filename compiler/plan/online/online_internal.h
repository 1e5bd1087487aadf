/*
 * online_internal.h - the online strategy's workshop; for online.c and its recipes (online_*.c)
 * only.
 *
 * One pass sorts every change: plain DDL before the gate, plain DDL after it, or a recipe that
 * leaves its notes here. A second pass (online.c) writes the steps, phase by phase, from what the
 * first one noted. Everything lives in the plan's arena.
 */
#ifndef BELLOWS_COMPILER_PLAN_ONLINE_ONLINE_INTERNAL_H
#define BELLOWS_COMPILER_PLAN_ONLINE_ONLINE_INTERNAL_H

#include "compiler/plan/direct/strategy.h"
#include "compiler/plan/steps/sql_words.h"

/* A column that must not be null, or whose new default must reach old rows. */
typedef struct Fill {
    const Change *cause;
    const char *expression; /* NULL: nothing tells what old rows get */
    bool tighten;           /* becomes NOT NULL */
    bool late;              /* only after the gate: the old program still writes nulls */
    Name trigger;           /* fills what the old program leaves empty; NULL: not needed */
} Fill;

/* A rename, hidden behind a view. */
typedef struct RenamedTable {
    const Table *before, *after;
    const Change *cause; /* of the table, or of its first renamed column */
    bool table_renamed;
    bool hidden;                 /* a view can stand in for the old names */
    VEC(const Change *) columns; /* the renamed ones */
} RenamedTable;

/* A column that widens, and the one of the new type that takes its place (online_shadow.c). */
typedef struct Shadow {
    const Change *change;
    const Change *added; /* of the second column */
    Column *second;
    const char *value; /* what it holds, computed from the first */
    Name trigger;      /* that keeps it so */
    bool not_null;
} Shadow;

typedef struct IndexSwap {
    const Index *built;   /* under its reserved name */
    const Index *retired; /* the old one under its reserved name */
    const Change *drop, *add;
} IndexSwap;

typedef struct ForeignKeySwap {
    const ForeignKey *built; /* under its reserved name */
    const Change *drop, *add;
} ForeignKeySwap;

/* A hazard for the step that `change` will cause. */
typedef struct OnlineNote {
    const Change *change;
    HazardCode code;
    const char *detail;
} OnlineNote;

typedef VEC(const Change *) CauseList;

/* online_changes.c: a change under what it is about, a column, or a table and a name. */
typedef struct ChangeRow {
    const void *about;
    Name name;
    ChangeKind kind;
    size_t number;
    const Change *change;
} ChangeRow;

typedef struct Online {
    Plan *plan;
    Arena *arena;
    VEC(ChangeRow) by_subject;
    CauseList by_kind[CHANGE_KIND_COUNT];
    Map taken;              /* names of relations and types the source holds until the gate */
    ChangeList expand;      /* plain DDL before the gate */
    ChangeList expand_late; /* the same, in statements of their own after those */
    ChangeList contract;    /* plain DDL after the gate */
    VEC(Fill) fills;
    VEC(RenamedTable) renamed;
    VEC(Shadow) shadows;
    CauseList primary_keys;
    Map dropped_indexes; /* (schema, name) of the source's index -> its CHANGE_DROP_INDEX */
    Map becoming_keys;   /* of these, those that become a primary key */
    CauseList build_indexes, drop_indexes;
    CauseList foreign_keys;
    CauseList late_foreign_keys; /* no row satisfies both it and the one it comes for */
    VEC(IndexSwap) index_swaps;
    Map swapped_indexes; /* (schema, name) of those that a swap drops -> its CHANGE_DROP_INDEX */
    VEC(ForeignKeySwap) foreign_key_swaps;
    VEC(OnlineNote) notes;
} Online;

/* --- sorting: each recipe takes the changes it is for ------------------------------------------
 */

/* online_rename.c. Finds the renames a view can hide. */
void online_find_renames(Online *cx);
void online_rename(Online *cx, const Change *change);
/* Does a view stand for this table (of the wanted catalog) until the contract phase? */
bool online_has_view(const Online *cx, const Table *after);
/* Does such a view give another name to the wanted column, or to one that its fill reads? */
bool online_fills_renamed(const Online *cx, const Column *column, const char *expression);
/* Does the expression name a column as it was called before such a view renames it? */
bool online_names_lost(const Online *cx, const Table *after, const char *expression);
/* Is the new name of a table that gets a view the old one of an index that is renamed? */
bool online_view_takes_index_name(const Online *cx);

/* online_required.c */
void online_add_column(Online *cx, const Change *change);
void online_make_required(Online *cx, const Change *change);
/* online_column.c */
void online_modify_column(Online *cx, const Change *change);
void online_drop_column(Online *cx, const Change *change);
/* Does the column, or a change of its type, wait for the contract phase? What is built on the
 * column must wait with it. */
bool online_column_waits(const Online *cx, const Column *column);
/* Is it of an enum that loses values? The type is built anew after the gate, with the defaults of
 * its columns. */
bool online_of_rebuilt_enum(const Online *cx, const Column *column);
/* online_shadow.c. Is it a change of type that a second column takes over? */
bool online_has_shadow(const Online *cx, const Change *change);
void online_add_shadow(Online *cx, const Change *change);
/* online_index.c */
void online_add_index(Online *cx, const Change *change);
void online_drop_index(Online *cx, const Change *change);
/* online_key.c */
/* Which index that goes becomes which primary key, before anything is sorted. */
void online_find_key_indexes(Online *cx);
void online_add_primary_key(Online *cx, const Change *change);
void online_modify_primary_key(Online *cx, const Change *change);
/* Does the dropped index stay as the primary key's? */
bool online_becomes_key(const Online *cx, const Change *drop);
void online_add_foreign_key(Online *cx, const Change *change);
void online_drop_foreign_key(Online *cx, const Change *change);

/* --- writing: steps from the notes, in the order of the calls in online.c -----------------------
 */

void online_write_table_views(Online *cx);
void online_write_column_views(Online *cx, Phase phase);
void online_write_view_drops(Online *cx);

void online_write_fill_triggers(Online *cx);
/* With the view that renames columns of the table. */
void online_write_fill_renewals(Online *cx, const Table *after, Phase phase);
void online_write_backfills(Online *cx, bool late);
void online_write_not_nulls(Online *cx, bool late);
void online_write_fill_trigger_drops(Online *cx);

void online_write_shadow_triggers(Online *cx);
void online_write_shadow_fills(Online *cx);
void online_write_switches(Online *cx);

void online_write_index_builds(Online *cx);
void online_write_index_swaps(Online *cx);
void online_write_index_drops(Online *cx);
void online_write_primary_key_indexes(Online *cx);
void online_write_primary_keys(Online *cx, bool late);
void online_write_foreign_keys(Online *cx);
void online_write_foreign_key_swaps(Online *cx);
void online_write_late_foreign_keys(Online *cx);

/* --- tools -------------------------------------------------------------------------------------
 */

/* Tables by the wanted side: is there one in the source, and which? */
bool online_table_exists(const Online *cx, const Table *after);
const Table *online_table_before(const Online *cx, const Table *after);
/* What the wanted column is now; itself where it is new. */
const Column *online_column_before(const Online *cx, const Column *after);

/* online_changes.c */
void online_find_changes(Online *cx);
/* The change of this kind that has the column on one of its sides; NULL. */
const Change *online_find_change(const Online *cx, ChangeKind kind, const Column *column);
/* The one of an index or a foreign key of this name and (in the source) of this table; NULL. */
const Change *online_find_named(const Online *cx, ChangeKind kind, const Table *before, Name name);
/* Does the table (of the wanted catalog) get a primary key, another one, or a unique index? */
bool online_becomes_unique(const Online *cx, const Table *after);
bool online_column_is_new(const Online *cx, const Column *column);
bool online_column_is_dropped(const Online *cx, const Column *column);

/* online_names.c. Is the name that of a relation or type that leaves, or becomes free, only after
 * the gate? What takes it has to wait. */
void online_find_names(Online *cx);
bool online_name_taken(const Online *cx, Name schema, Name name);
/* Must this new table, enum type, or what refers to it, wait for such a name? */
bool online_table_waits(const Online *cx, const Table *after);
bool online_enum_waits(const Online *cx, const EnumType *after);
bool online_new_column_waits(const Online *cx, const Column *added);

Change *online_change(Online *cx, ChangeKind kind, unsigned facets, Subject before, Subject after);
/* A copy of `change` with only these facets. */
Change *online_facets(Online *cx, const Change *change, unsigned facets);
/* A copy of `column`, to be given another default or nullability. */
Column *online_column_copy(Online *cx, const Column *column);
void online_note(Online *cx, const Change *change, HazardCode code, const char *detail);
/* A step about the subjects of `cause`. */
Step *online_step(Online *cx, StepKind kind, Phase phase, const Change *cause);

/* --- facts -------------------------------------------------------------------------------------
 */

/* online_fill.c: SQL for existing rows, from `@backfill(...)` or the default; NULL: not derivable.
 */
const char *online_fill_expression(Online *cx, const Column *column);
/* The expression with its names qualified; unknown ones are noted in the plan, which is refused. */
const char *online_trusted_fill(Online *cx, const Column *column, const char *expression);
/* `@backfill(...)` alone; NULL: there is none. */
const char *online_fill_hint(Online *cx, const Column *column);

typedef enum TypeChange {
    TYPE_CHANGE_FREE,   /* catalogue only; every value stays as it is */
    TYPE_CHANGE_WIDENS, /* the table is rewritten, and both programs understand the result */
    TYPE_CHANGE_BREAKS, /* values or programs may not survive */
} TypeChange;

/* online_type.c */
TypeChange online_type_change(const ColumnType *from, const ColumnType *to);

#endif
