/*
 * replay_world.h - the state a replay works on; shared by replay.c, replay_alter.c and
 * replay_online.c only.
 *
 * Besides the catalog it holds what a catalog has no room for: the scaffolding of the online
 * strategy. The functions return false after having said in `wrong` why the server would refuse.
 */
#ifndef BELLOWS_COMPILER_PLAN_WORLD_REPLAY_WORLD_H
#define BELLOWS_COMPILER_PLAN_WORLD_REPLAY_WORLD_H

#include "compiler/plan/steps/plan.h"
#include "compiler/plan/world/replay.h"

typedef enum ScaffoldKind {
    SCAFFOLD_CHECK,
    SCAFFOLD_TRIGGER,
    SCAFFOLD_VIEW,
    SCAFFOLD_UNVALIDATED, /* a foreign key waiting for its validation */
} ScaffoldKind;

typedef struct Scaffold {
    ScaffoldKind kind;
    const Table *table; /* of the replayed catalog: identity survives renames */
    Name name;          /* of the check or trigger; of the view */
    Name schema;        /* of the view */
    bool validated;
    bool gone;
    size_t previous; /* place + 1 of the one before of this name; 0: none */
} Scaffold;

/* A replay is the world it works on. */
typedef struct Replay World;

struct Replay {
    Arena *arena;
    Catalog *catalog;
    Map relations; /* (schema, name): tables, indexes, primary keys and views share their names */
    Map indexes;   /* (schema, name): the Index */
    Map contested; /* (schema, name) that the source or the goal gives to two things */
    VEC(Scaffold) scaffolds;
    Map last_scaffolds; /* name -> place + 1 of the last one of this name */
    const char *wrong;
};

/* A copy of the source. What no server can hold, in the source or in the goal (NULL: not known), is
 * not for the steps to answer for. */
World world_begin(Arena *arena, const Catalog *source, const Catalog *goal);

bool world_refuse(World *world, const char *format, ...) PRINTF_LIKE(2, 3);

/* The table a step speaks of, under the name it has now; NULL after a refusal. */
Table *world_table(World *world, const Table *named);
Table *world_step_table(World *world, const Step *step);
/* The index of this table and name; NULL when there is none. */
Index *world_find_index(const World *world, const Table *table, Name name);
Column *world_column(World *world, const Table *table, const Column *named);

/* Names of relations, and those of types: an enum and a table are both one. */
bool world_take_name(World *world, Name schema, Name name);
void world_free_name(World *world, Name schema, Name name);
bool world_is_free_type(World *world, Name schema, Name name);

bool world_rename_table(World *world, Table *table, Name schema, Name name);
bool world_rename_column(World *world, Table *table, Name from, Name to);
bool world_drop_column(World *world, Table *table, const Column *column);
void world_drop_table(World *world, Table *table);
bool world_add_column(World *world, Table *table, const Column *source);
bool world_add_primary_key(World *world, Table *table, const PrimaryKey *source);
bool world_make_primary_key(World *world, Table *table, Name index, const PrimaryKey *source);
bool world_drop_primary_key(World *world, Table *table);
bool world_add_index(World *world, const Index *source);
bool world_add_foreign_key(World *world, const ForeignKey *source);
bool world_drop_index(World *world, Table *table, Name name);
bool world_rename_index(World *world, Table *table, Name from, Name to);
bool world_drop_foreign_key(World *world, Table *table, Name name);

/* The steps one after the other; false after a refusal. */
bool replay_on(World *world, Step *const *steps, size_t count);
/* What is standing: NULL when there is none. */
Scaffold *world_find_scaffold(const World *world, ScaffoldKind kind, const Table *table, Name name);
/* One for each row of steps.def, by the name that stands there. */
#define STEP(kind, section, lock, transaction, cost, summary, emit, replay, ...)                   \
    bool replay_##replay(World *world, const Step *step);
#include "compiler/plan/steps/steps.def"
#undef STEP

#endif
