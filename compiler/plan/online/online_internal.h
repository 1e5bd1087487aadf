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

#include "base/object_map.h"
#include "compiler/plan/direct/strategy.h"
#include "compiler/plan/steps/slots.h"
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

/* An enum that loses values, and the types around its switch (online_enum.c). */
typedef struct RenewedEnum {
    const Change *change; /* of the enum */
    EnumType *successor;  /* as it is wanted, under a reserved name */
    Change *made;         /* the successor */
} RenewedEnum;

/* A column that gets another type, and the one of that type that takes its place (online_shadow.c).
 */
typedef struct Shadow {
    const Change *change;
    Change *added; /* of the second column */
    Column *second;
    const char *value;        /* what it holds, computed from the first */
    uint32_t knot;            /* tables whose columns are switched together: from 1 on */
    bool late;                /* they change places after the gate */
    const EnumType *asked_as; /* text that an enum's program works with, by a cast; NULL */
    bool may_refuse; /* a value of the first may have none in the second, which stays empty then */
    const RenewedEnum *renewed; /* the second is of its successor; NULL */
    const char *mapping;        /* then: what values become, as the author says; NULL */
    bool is_new;     /* the first comes with the plan: it is the wanted one on both sides */
    bool maps_first; /* the value is the first one's, too */
    bool named; /* it has the new name from the start: each program has a column (online_named.c) */
    bool held_back;
} Shadow;

typedef VEC(const Change *) CauseList;

/* An index over second columns, and the wanted one it becomes. */
typedef struct SecondIndex {
    const Index *index, *wanted; /* `wanted` is NULL for the index of a primary key */
} SecondIndex;

/* A foreign key over such a column, on either side: made over the second columns under a reserved
 * name, and switched with them (online_tied.c). */
typedef struct TiedKey {
    const ForeignKey *before, *after, *built;
    const Change *drop, *add;
    uint32_t knot;
} TiedKey;

/* What changes places at once: the second columns of tables that foreign keys join. */
typedef struct KnotTable {
    const Table *table;
    VEC(const Shadow *) shadows; /* at least one */
} KnotTable;

/* A check over columns, which the second ones take along (online_check.c). */
typedef struct KeptCheck {
    const Opaque *opaque;
    Name condition;
    ColumnList columns; /* the wanted ones */
    Name built;         /* what it is called beside the first one */
    bool unproved;      /* NOT VALID */
    bool stays_here;    /* NO INHERIT */
} KeptCheck;

typedef struct Knot {
    uint32_t number;
    uint32_t together;     /* of the steps of the switch */
    VEC(KnotTable) tables; /* at least one */
    VEC(const TiedKey *) tied_keys;
    CauseList under_keys; /* drops of indexes that those rest on */
    VEC(const KeptCheck *) checks;
    VEC(SecondIndex) second_indexes;
} Knot;

/* What is done with such checks, and when. */
typedef struct CheckStep {
    StepKind kind;
    Phase phase;
    uint32_t together;
} CheckStep;

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
    const char *query; /* that counts it; NULL: as the hazard's row says */
    const char *look;  /* for people; NULL: likewise */
} OnlineNote;

typedef VEC(const ForeignKey *) KeyList;

/* online_over.c: what is over a column of either catalog. */
typedef struct ColumnUses {
    bool in_primary_key;
    IndexList indexes;  /* that it is part of, that include it, or whose predicates read it */
    KeyList keys;       /* foreign keys, on either side */
    VEC(size_t) checks; /* a wanted column: numbers of kept checks */
} ColumnUses;

/* online_changes.c: what happens to the index, or foreign key, of a name in a table. */
typedef struct NamedChange {
    const Change *drop, *add; /* NULL: none */
    bool settled; /* the dropped index becomes a key, or its successor's swap drops it */
} NamedChange;

/* One of a foreign key, at its place in the diff. */
typedef struct KeyChange {
    const Change *change;
    size_t number;
} KeyChange;

typedef VEC(KeyChange) KeyChangeList;

/* online_waits.c: what a change does, and whether it waits for the gate. */
typedef struct NumberedEffect {
    EffectKind kind;
    size_t slot;
} NumberedEffect;

typedef struct ChangeState {
    const Change *change;
    VEC(NumberedEffect) effects;
    bool waits;
} ChangeState;

typedef struct Online {
    Plan *plan;
    Arena *arena;
    CauseList by_kind[CHANGE_KIND_COUNT];
    ObjectMap
        about[CHANGE_KIND_COUNT]; /* what is changed, and its table -> the first such change */
    ObjectMap unsure_renames;     /* wanted tables */
    ObjectMap uses;               /* column of either catalog -> ColumnUses */
    ObjectMap renamed_in;  /* wanted primary key or unique index -> how many of its columns are */
    ObjectMap key_after;   /* foreign key of the source -> the wanted one */
    ObjectMap key_before;  /* and back: to the first */
    ObjectMap twin_keys;   /* wanted ones that two become */
    Map losing_enums;      /* (schema, name) -> CHANGE_MODIFY_ENUM that removes values */
    ObjectMap key_changes; /* column of the source -> KeyChangeList: of keys over it */
    ObjectMap touched;     /* columns whose indexes change, wanted tables with renames */
    ObjectMap bound;       /* columns, and whole tables, whose types change where they are */
    SlotTable named_slots;
    VEC(NamedChange) named;  /* by the number of their slot */
    Arena *marks;            /* of lists and what is known of changes: gone with the strategy */
    VEC(ChangeState) states; /* of the diff's changes, in their order */
    SlotTable slots;         /* what their effects are upon */
    unsigned *late;         /* by slot: what is done to it after the gate, a bit a kind of effect */
    bool waits;             /* the change at hand */
    ChangeList expand;      /* plain DDL before the gate */
    ChangeList expand_late; /* the same, in statements of their own after those */
    ChangeList contract;    /* plain DDL after the gate */
    VEC(Fill) fills;
    ObjectMap fills_of;   /* wanted table -> numbers of its fills */
    ObjectMap late_fills; /* wanted columns with such a fill */
    VEC(RenamedTable) renamed;
    ObjectMap renamed_numbers; /* wanted table -> the number of its own, from 1 on */
    ObjectMap index_after;     /* index of the source -> the wanted one; and back */
    ObjectMap index_before;
    ObjectMap all_indexes;   /* wanted table -> IndexList, where there are more than its own */
    ObjectMap index_columns; /* index -> ColumnList: all that it rests on */
    VEC(KeptCheck) kept_checks;
    ObjectMap kept; /* what is in the list above: opaque -> KeptCheck */
    VEC(Shadow) shadows;
    ObjectMap shadow_by_column; /* wanted column -> Shadow */
    ObjectMap renewals;         /* enum of the source -> RenewedEnum */
    ObjectMap cast_tables;      /* enum -> the one table in which a cast lets text be asked as it */
    ObjectMap first_casts;      /* enum -> the first Shadow that is asked as it */
    VEC(TiedKey) tied_keys;
    ObjectMap tied_by_key; /* foreign key of either catalog -> what it is tied by */
    ObjectMap under_keys;  /* index of the source -> its drop, which goes with keys */
    VEC(Knot) knots;
    VEC(const RenewedEnum *) bare_enums; /* of which no column is to be */
    CauseList numbered;                  /* columns whose numbers are drawn, and given */
    CauseList primary_keys;
    CauseList build_indexes, drop_indexes;
    CauseList foreign_keys;
    ObjectMap swapped_drops;     /* changes that are half of a swap of foreign keys */
    CauseList late_foreign_keys; /* no row satisfies both it and the one it comes for */
    VEC(IndexSwap) index_swaps;
    VEC(ForeignKeySwap) foreign_key_swaps;
    VEC(OnlineNote) notes;
} Online;

/* Has a table, index or primary key the name before the plan, after it? */
static inline bool online_was_there(const Online *cx, Name schema, Name name)
{
    return match_bearer_before(cx->plan->diff, schema, name) != 0;
}

static inline bool online_will_be_there(const Online *cx, Name schema, Name name)
{
    return match_bearer_after(cx->plan->diff, schema, name) != 0;
}

/* --- sorting: each recipe takes the changes it is for ------------------------------------------
 */

/* online_rename.c. Can a view hide it, whatever else the plan does? */
bool online_rename_is_sure(const Online *cx, const Change *change);
/* Finds the renames a view can hide. */
void online_find_renames(Online *cx);
void online_rename(Online *cx, const Change *change);
/* Does a view stand for this table (of the wanted catalog) until the contract phase? */
bool online_has_view(const Online *cx, const Table *after);
/* Does such a view give another name to the wanted column, or to one that its fill reads? */
bool online_fills_renamed(const Online *cx, const Column *column, const char *expression);
/* Does the expression name a column as it was called before such a view renames it? */
bool online_names_lost(const Online *cx, const Table *after, const char *expression);

/* online_required.c */
void online_add_column(Online *cx, const Change *change);
void online_make_required(Online *cx, const Change *change);
/* online_column.c */
void online_modify_column(Online *cx, const Change *change);
void online_drop_column(Online *cx, const Change *change);
/* Is it by itself that the change waits, whatever else the plan does? */
bool online_type_waits(const Online *cx, const Change *change);
/* Is it of an enum that loses values? The type is built anew after the gate, with the defaults of
 * its columns. */
bool online_of_rebuilt_enum(const Online *cx, const Column *column);
/* online_shadow.c. Which changes of type does a second column take over? Those of which both
 * programs understand the result before the gate, the others after it. */
void online_find_shadows(Online *cx);
void online_add_shadow(Online *cx, const Change *change);
/* Is the column part of the index? */
bool index_has_part(const Index *index, const Column *column);
/* Is the wanted column's type there before the gate, as it will be? */
bool online_type_is_there(const Online *cx, const Column *after);
/* online_bound.c. Finds what binds columns to their place, where they are of either catalog. */
void online_find_bound(Online *cx);
bool online_is_bound(const Online *cx, const Column *column);
/* online_text.c. Is all that the text says of the table's columns marked, so that others can stand
 * in their places? The columns. */
bool online_text_moves(Online *cx, const Table *table, Name text);
ColumnList online_text_columns(Online *cx, const Table *table, Name text);
/* With the second columns of the knot in the places of the first. */
Name online_text_over(Online *cx, const Table *table, Name text, uint32_t knot);
/* The wanted column, of one of either catalog; NULL. */
const Column *online_wanted_of(const Online *cx, const Column *column);
/* online_check.c. Finds the checks that can be said of second columns. */
void online_find_kept_checks(Online *cx);
bool online_keeps_check(const Online *cx, const Opaque *opaque);
/* To the knots, by number, whose columns they are over. */
void online_give_checks(Online *cx, Knot *const *knots);
void online_write_kept_checks(Online *cx, const Knot *knot, CheckStep what);
/* online_kept.c. Finds the indexes that the language cannot say, and that stay. */
void online_find_kept_indexes(Online *cx);
/* The wanted table's, and those. */
const IndexList *online_indexes_of(const Online *cx, const Table *after);
/* The columns of an index; or also those that it includes, or its predicate reads. */
ColumnList online_index_columns(Online *cx, const Index *index);
const ColumnList *online_index_rests_on(Online *cx, const Index *index);
/* The wanted index that the source's becomes, as it is or under another name; NULL. And back. */
const Index *online_index_after(const Online *cx, const Index *before);
const Index *online_index_before(const Online *cx, const Index *after);
/* online_over.c. What is over the columns of both catalogs, and what becomes of it. */
void online_find_uses(Online *cx);
const IndexList *online_indexes_over(const Online *cx, const Column *column);
const KeyList *online_keys_over(const Online *cx, const Column *column);
bool online_in_primary_key(const Online *cx, const Column *column);
/* Are the wanted columns what the source's become, in their order? */
bool online_columns_become(const Online *cx, const ColumnList *before, const ColumnList *after);
/* One more is over it. */
void online_note_index_over(Online *cx, Index *index);
ColumnUses *online_uses(Online *cx, const Column *column);
/* online_named.c. Does the column get another name? May each program have a column of its own? */
bool online_gets_name(const Change *change);
bool online_may_be_named(const Online *cx, const Change *change);
/* What else the plan renames in the table: does it hinder a second column, does that have to wait?
 */
bool online_rename_hinders(Online *cx, const Change *change);
bool online_rename_delays(const Online *cx, const Table *after);
/* The first column follows the second, as far as it can. */
void online_free_first(Online *cx, const Shadow *shadow);
void online_follow_back(Online *cx, const Shadow *shadow, Step *trigger);
/* online_carry.c. Can the column's values become values of its new type? May some be refused? */
bool online_carries(Online *cx, const Change *change);
bool online_may_refuse(Online *cx, const Change *change);
/* SQL of what they become. */
const char *online_carried_value(Online *cx, const Change *change);
/* What of them is lost, or makes the plan fail. */
void online_note_carried(Online *cx, const Change *change);
/* What the author says a value of the column becomes; NULL. */
const char *online_stated_value(Online *cx, const Change *change);
/* online_enum.c. Second columns for those of an enum that loses values. */
void online_find_renewed(Online *cx);
bool online_renewal_holds(const Online *cx, const Shadow *shadow);
/* Of the source's enum; NULL: it is built anew in place, if at all. */
void online_note_renewals(Online *cx);
const RenewedEnum *online_renewal(const Online *cx, const EnumType *before);
void online_renew_enum(Online *cx, const RenewedEnum *renewed);
/* online_cast.c. The enum that the column is asked as while it is text; NULL: both programs cannot
 * work with text. */
const EnumType *online_asked_as(Online *cx, const Change *change);
void online_hold_back_casts(Online *cx);
/* online_numbers.c. Does a key that is there get a sequence, beside a program that gives its
 * values?
 */
bool online_draws_numbers(const Online *cx, const Change *change);
/* The one of the wanted column; NULL. */
const Shadow *online_shadow_of(const Online *cx, const Column *after);
/* online_tied.c. What could be switched before the gate waits with what it is tied to. */
void online_delay_tied(Online *cx);
/* Holds those back whose keys cannot go over to second columns. */
void online_hold_back(Online *cx);
/* The wanted foreign key that the source's becomes, with all its columns; NULL. */
const ForeignKey *online_key_after(const Online *cx, const ForeignKey *before);
/* Drops of the source's indexes that the key may rest on. */
CauseList online_ground_drops(Online *cx, const ForeignKey *before);
/* online_knots.c */
void online_tie_shadows(Online *cx);
/* Does the source's index go in the transaction in which a key that may rest on it is switched? */
bool online_goes_with_key(const Online *cx, const Index *before);
/* Is the foreign key, of either catalog, switched with columns? */
bool online_is_tied(const Online *cx, const ForeignKey *key);
/* Is a column of the wanted table's primary key switched, and the key with it? */
bool online_key_switches(const Online *cx, const Table *after);
/* Does the wanted foreign key speak of a column that is switched? */
bool online_speaks_of_shadow(const Online *cx, const ForeignKey *key);
/* Does the index only go and come back with columns that are switched? */
bool online_index_switches(Online *cx, const Change *change);
/* online_index.c */
void online_note_unique(Online *cx, Step *build, const Index *wanted);
void online_add_index(Online *cx, const Change *change);
void online_drop_index(Online *cx, const Change *change);
/* online_key.c */
/* Which index that goes becomes which primary key, before anything is sorted. */
void online_find_key_indexes(Online *cx);
void online_add_primary_key(Online *cx, const Change *change);
void online_modify_primary_key(Online *cx, const Change *change);
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
/* Two unique indexes serve a key, or two programs give its values: whoever writes it has to lock
 * its value first. */
void online_lock_keys(Online *cx, Step *step, const Column *wanted);
/* online_numbers.c */
void online_write_number_triggers(Online *cx);
void online_write_settled_numbers(Online *cx);
/* online_switch.c */
void online_write_second_checks(Online *cx);
void online_write_switches(Online *cx, bool late);
/* online_cast.c */
void online_write_casts(Online *cx);
void online_switch_casts(Online *cx, const Knot *knot, Phase phase);
void online_write_cast_drops(Online *cx);

/* online_enum.c */
void online_switch_enums(Online *cx, const Knot *knot);
void online_write_bare_enums(Online *cx);

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

/* What the wanted column is now; itself where it is new. */
const Column *online_column_before(const Online *cx, const Column *after);

/* online_changes.c */
void online_find_changes(Online *cx);
/* The diff's first of the kind that is about the object (of a table: about it or a part), of either
 * catalog; NULL. */
const Change *online_change_of(const Online *cx, ChangeKind kind, const void *object);
/* What happens to the table's index, or foreign key, of this name; the table of either catalog. */
NamedChange online_index_changes(const Online *cx, const Table *table, Name name);
NamedChange online_foreign_key_changes(const Online *cx, const Table *table, Name name);
/* Somebody else drops the index, or it stays. */
void online_settle_drop(Online *cx, const Change *drop);
/* Those of foreign keys over the column of the source; NULL: none. */
const KeyChangeList *online_key_changes(const Online *cx, const Column *before);
/* Does an index over the column come, go or change its name? */
bool online_changes_index(const Online *cx, const Column *column);
/* Is the wanted table, or one of its columns, renamed? */
bool online_renames_in(const Online *cx, const Table *after);
/* Does the table (of the wanted catalog) get a primary key, another one, or a unique index? */
bool online_becomes_unique(const Online *cx, const Table *after);

/* online_waits.c. First the names that are free only after the gate, which tell what a view can
 * hide; then all changes that wait for it, by themselves or for others. */
void online_find_names(Online *cx);
void online_find_waits(Online *cx);
/* Is the name of a relation, of a type, free only then? */
bool online_name_waits(const Online *cx, Name schema, Name name);
bool online_type_name_waits(const Online *cx, Name schema, Name name);
/* Is this new table made only then? */
bool online_table_waits(const Online *cx, const Table *after);
/* Is this column of either catalog made, altered or dropped only then? */
bool online_column_waits(const Online *cx, const Column *column);

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
const char *online_trusted_down(Online *cx, const Column *column, const char *expression);
/* `@backfill(...)`, `@down(...)` alone; NULL: there is none. */
const char *online_fill_hint(Online *cx, const Column *column);
const char *online_down_hint(Online *cx, const Column *column);

typedef enum TypeChange {
    TYPE_CHANGE_FREE,    /* catalogue only; every value stays as it is */
    TYPE_CHANGE_WIDENS,  /* the table is rewritten, and both programs understand the result */
    TYPE_CHANGE_NARROWS, /* likewise, and both understand what was there before, too: only values
                            that do not fit may not survive */
    TYPE_CHANGE_BREAKS,  /* values or programs may not survive */
} TypeChange;

/* online_type.c */
TypeChange online_type_change(const ColumnType *from, const ColumnType *to);

#endif
