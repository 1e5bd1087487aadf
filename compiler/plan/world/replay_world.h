/*
 * replay_world.h - the state a replay works on; shared by replay.c, replay_alter.c and
 * replay_online.c only.
 *
 * Besides the catalog it holds what a catalog has no room for: the scaffolding of the online
 * strategy. The functions return false after having said in `wrong` why the server would refuse.
 */
#ifndef BELLOWS_COMPILER_PLAN_WORLD_REPLAY_WORLD_H
#define BELLOWS_COMPILER_PLAN_WORLD_REPLAY_WORLD_H

#include <string.h>

#include "compiler/plan/diff/enum_uses.h"
#include "compiler/plan/steps/effects.h"
#include "base/object_map.h"
#include "compiler/plan/steps/plan.h"
#include "compiler/plan/world/replay.h"
#include "compiler/plan/world/world.h"

typedef enum ScaffoldKind {
    SCAFFOLD_CHECK,
    SCAFFOLD_TRIGGER,
    SCAFFOLD_VIEW,
    SCAFFOLD_UNVALIDATED, /* a foreign key waiting for its validation */
    SCAFFOLD_CAST,        /* of an enum to text; of no table */
    SCAFFOLD_ASIDE,       /* what rests on a column, by its wanted name, is set aside */
} ScaffoldKind;

typedef struct Scaffold {
    ScaffoldKind kind;
    const Table *table; /* of the replayed catalog: identity survives renames */
    Name name;          /* of the check or trigger; of the view; of the cast's enum */
    Name schema;        /* of the view, of the enum */
    bool validated;
    bool gone;
    size_t previous; /* place + 1 of the one before of this name; 0: none */
} Scaffold;

/* A replay is the world it works on. */
typedef struct Replay World;

struct Replay {
    Arena *arena;
    const Plan *plan; /* whose objects steps speak of */
    Catalog *catalog;
    bool any_renamed;                      /* a table */
    ObjectMap enums_renamed;               /* of the source, those that have their wanted names */
    ObjectMap renames_from, renames_after; /* EnumType -> its known rename: world_enums.c */
    Map renames_to;                        /* (schema, name) -> that leads to it */
    Map relations; /* (schema, name): tables, indexes, primary keys and views share their names */
    Map indexes;   /* (schema, name): the Index */
    EnumUses *enum_uses; /* NULL: nobody has asked for them yet */
    Map contested;       /* (schema, name) that the source or the goal gives to two things */
    VEC(Scaffold) scaffolds;
    size_t standing_scaffolds; /* of them, those that are not gone */
    Map last_scaffolds;        /* name -> place + 1 of the last one of this name */
    ObjectMap standing;        /* identity -> what was made, renamed, or is a foreign key */
    ObjectMap references;      /* table or column -> ForeignKeyList: those that reference it */
    ObjectMap key_names;       /* table -> Map of its foreign keys */
    ObjectMap with_users;      /* tables whose columns' users are noted */
    ObjectMap users;           /* column -> what goes with it */
    size_t last_place;         /* in a list: where the thing stood that went last */
    EffectList effects;        /* of the step at hand */
    VEC(const void *) about;   /* the world's objects that it names */
    const char *wrong;
};

/* A copy of the source. What no server can hold, in the source or in the goal (NULL: not known), is
 * not for the steps to answer for. */
World world_begin(Arena *arena, const Plan *plan);

bool world_refuse(World *world, const char *format, ...) PRINTF_LIKE(2, 3);

/* What a step speaks of; NULL after a refusal. */
Table *world_table(World *world, const Table *named);
Table *world_step_table(World *world, const Step *step);
Column *world_column(World *world, const Column *named);
Index *world_index(World *world, const Index *named);
ForeignKey *world_foreign_key(World *world, const ForeignKey *named);
EnumType *world_enum(World *world, const EnumType *named);

/* world_find.c: the world's, of an object of either catalog; NULL when it is not there (yet). */
Table *world_find_table(const World *world, const Table *named);
Column *world_find_column(const World *world, const Column *named);
Index *world_find_index(const World *world, const Index *named);
ForeignKey *world_find_foreign_key(const World *world, const ForeignKey *named);
EnumType *world_find_enum(const World *world, const EnumType *named);
/* It is made now: from here on it is that object. */
void world_made_table(World *world, Table *table, const Table *named);
void world_made_column(World *world, Column *column, const Column *named);
void world_made_index(World *world, Index *index, const Index *named);
void world_made_foreign_key(World *world, ForeignKey *key, const ForeignKey *named);
void world_made_enum(World *world, EnumType *type, const EnumType *named);

/* world_enums.c: known renames, and who uses the enums of the world. */
void world_note_renames(World *world);
EnumUses *world_enum_uses(World *world);
/* It has a type or texts that it had not before. */
void world_note_column(World *world, Column *column);
void world_note_index(World *world, Index *index);
/* A column that is of the type; NULL: none. */
const Column *world_column_of(World *world, const EnumType *type);
/* The type is called otherwise now, as it will be, or as it was. */
void world_note_renamed(World *world, const EnumType *after);
/* The known rename of the source's type; the one that leads to a type of this name. NULL: none. */
const EnumRename *world_rename_from(const World *world, const EnumType *before);
const EnumRename *world_rename_to(const World *world, const EnumType *wanted);
/* What the value of a type after the rename is before it. */
Name world_value_before(const World *world, const EnumRename *rename, Name value);

/* world_ties.c: what was made of an identity, or has another name than it. */
void world_note_standing(World *world, const void *identity, void *object);
/* It has gone, unless something else was made of it since. */
void world_forget(World *world, const void *identity, const void *object);
/* The foreign keys that reference the table now. */
const ForeignKeyList *world_references(World *world, const Table *table);
/* The same of a column, and some that have gone (their table is NULL), but for the last one. */
const ForeignKeyList *world_references_to(World *world, const Column *column);
/* A foreign key of the table that is over its column; NULL: none. */
const ForeignKey *world_key_over(World *world, const Table *table, const Column *column);
/* The indexes that the world's column is in; also as a part of what is no column alone. */
const IndexList *world_indexes_over(World *world, const Table *table, const Column *column);
/* NULL when the table has none of this name. */
const ForeignKey *world_key_of_name(World *world, const Table *table, Name name);
void world_rename_key(World *world, ForeignKey *key, Name name);
void world_note_reference(World *world, ForeignKey *key);
/* After it is in its table. */
void world_tie_index(World *world, Index *index);
void world_tie_key(World *world, ForeignKey *key);
/* Out of their lists; names of relations are freed by the caller. */
void world_remove_index(World *world, Index *index);
void world_remove_key(World *world, ForeignKey *key);
void world_remove_column(World *world, Table *table, const Column *column);
void world_remove_table(World *world, Table *table);
void world_remove_enum(World *world, const EnumType *type);
/* The indexes and foreign keys over the column; true when something unique was among them. */
bool world_remove_users(World *world, Table *table, const Column *column);

/* Names of relations, and those of types: an enum and a table are both one. */
bool world_take_name(World *world, Name schema, Name name);
void world_free_name(World *world, Name schema, Name name);
bool world_is_free_type(World *world, Name schema, Name name);

bool world_take_index_name(World *world, const Table *table, Index *index);
void world_free_index_name(World *world, const Index *index);

bool world_rename_table(World *world, Table *table, Name schema, Name name);
bool world_rename_column(World *world, Column *column, Name to);
bool world_drop_column(World *world, Table *table, const Column *column);
void world_drop_table(World *world, Table *table);
bool world_add_column(World *world, Table *table, const Column *source, Name name);
bool world_add_primary_key(World *world, Table *table, const PrimaryKey *source);
bool world_make_primary_key(World *world, Index *index, const PrimaryKey *source);
bool world_drop_primary_key(World *world, Table *table);
bool world_add_index(World *world, const Index *source, Name name);
bool world_add_foreign_key(World *world, const ForeignKey *source, Name name);
bool world_drop_index(World *world, const Index *named);
bool world_rename_index(World *world, Index *index, Name to);
bool world_drop_foreign_key(World *world, const ForeignKey *named);
/* Does each foreign key to these columns of the table still have a key to rest on? The server keeps
 * the last one. */
bool world_keeps_references(World *world, const Table *table, const ColumnList *columns);

/* replay_effects.c: did what the step says of names come true? Asked when it is carried out. */
bool world_bears_out(World *world, const Step *step);

/* The steps one after the other; false after a refusal. */
bool replay_on(World *world, Step *const *steps, size_t count);
/* What is standing: NULL when there is none. */
Scaffold *world_find_scaffold(const World *world, ScaffoldKind kind, const Table *table, Name name);
/* One for each row of steps.def, by the name that stands there. */
#define STEP(kind, section, lock, transaction, cost, summary, effects, emit, replay, ...)          \
    bool replay_##replay(World *world, const Step *step);
#include "compiler/plan/steps/steps.def"
#undef STEP

#endif
