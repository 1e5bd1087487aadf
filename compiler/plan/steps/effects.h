/*
 * effects.h - what a step does to the world: things and names, said once for each kind of step.
 *
 * In: a step and the diff that tells which tables of both catalogs are one.   Out: its effects, in
 * the caller's arena. The order of steps follows from pairs of effects (order_rules.def), and the
 * proof looks whether what a step says of names came true (replay.c). Functions are a column of
 * steps.def; the compiler says which one is missing. Nothing here decides an order.
 */
#ifndef BELLOWS_COMPILER_PLAN_STEPS_EFFECTS_H
#define BELLOWS_COMPILER_PLAN_STEPS_EFFECTS_H

#include "compiler/plan/steps/plan.h"

typedef enum EffectKind {
    EFFECT_NEEDS,    /* works only on what is there, as it is wanted */
    EFFECT_USES,     /* speaks of it, and works before and after it grows */
    EFFECT_MAKES,    /* from here on it is there */
    EFFECT_ALTERS,   /* what rests on it may stay */
    EFFECT_REPLACES, /* what rests on it has to leave first */
    EFFECT_REMOVES,
    EFFECT_LEAVES, /* takes away what rests on it */
    EFFECT_FREES,  /* gives a name back */
    EFFECT_TAKES,  /* needs a name that nothing has */
    EFFECT_KIND_COUNT
} EffectKind;

typedef enum Space {
    /* names: of tables, indexes, keys and views; of types; of a table's columns; of its constraints
     */
    SPACE_RELATIONS,
    SPACE_TYPES,
    SPACE_COLUMNS,
    SPACE_CONSTRAINTS,
    /* things */
    SPACE_SCHEMA,
    SPACE_TABLE,        /* with its columns */
    SPACE_COLUMN,       /* one of them, by its wanted name */
    SPACE_TABLE_NAME,   /* what it is called */
    SPACE_COLUMN_NAMES, /* what its columns are called */
    SPACE_KEYS,         /* what makes its rows unique: foreign keys rest on that */
    SPACE_UNIQUE,       /* that columns, in this order, are unique */
    SPACE_INDEX,        /* by name: what it is over has to stay as it is */
    SPACE_ENUM,
    SPACE_LEFT_ENUM, /* the source's, of which columns may be until another has its name */
    SPACE_SCAFFOLD,  /* a check, trigger, or constraint that is not valid yet: by name */
} Space;

/* What an effect is upon. */
typedef struct Slot {
    Space space;
    const Table *of; /* the table it belongs to, or is: the one object for both catalogs */
    Name scope;      /* the schema of names of relations and types, and of enums */
    Name name;
} Slot;

typedef struct Effect {
    EffectKind kind;
    bool along;          /* by going along, of what still has the name then */
    const Table *beside; /* of an index's or key's name: the table whose schema it is in */
    const void *bearer;  /* of an index's name: what the step makes or renames */
    Slot slot;
} Effect;

typedef VEC(Effect) EffectList;

/* `diff` may be NULL: no table is in both catalogs then. Appends. */
void step_effects(Arena *arena, const Diff *diff, const Step *step, EffectList *out);

/* change_effects.c: of a change, before anybody has decided which steps make it: what its steps
 * will do that others may have to wait for, column by column. */
void change_effects(Arena *arena, const Diff *diff, const Change *change, EffectList *out);
/* The column as a thing: false for one that goes. */
bool column_slot(const Diff *diff, const Column *column, Slot *ret_slot);

/* A name rather than a thing? */
static inline bool space_is_of_names(Space space)
{
    return space <= SPACE_CONSTRAINTS;
}

#endif
