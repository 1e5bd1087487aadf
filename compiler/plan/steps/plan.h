/*
 * plan.h - what to do about the differences: steps, in phases, in order, with their hazards.
 *
 * A Step is a decision; it points to the Change that caused it and into both catalogs. It names
 * things by identity: an object of either catalog, whatever that is called when the step runs
 * (world.h). What its kind implies (lock, transaction mode, cost, section comment, SQL) is a row of
 * steps.def, never stored. Steps have small integer ids (their place in `steps`), because they are
 * sorted and serialised. A Plan owns its arena; both catalogs must outlive it.
 *
 * Phases (DESIGN section 6): between any two of them every program version that may be alive works.
 */
#ifndef BELLOWS_COMPILER_PLAN_STEPS_PLAN_H
#define BELLOWS_COMPILER_PLAN_STEPS_PLAN_H

#include "base/diag/diag.h"
#include "compiler/catalog/catalog.h"
#include "compiler/plan/diff/diff.h"
#include "compiler/plan/diff/enum_rename.h"
#include "compiler/plan/diff/fill_hint.h"
#include "compiler/plan/steps/hazard.h"

typedef enum Phase {
    PHASE_EXPAND,
    PHASE_BACKFILL,
    PHASE_TIGHTEN,
    PHASE_CONTRACT,
    PHASE_COUNT
} Phase;

/* PostgreSQL's table-level lock modes, weakest first (manual, "Explicit Locking"). */
typedef enum LockLevel {
    LOCK_NONE,
    LOCK_ACCESS_SHARE,
    LOCK_ROW_SHARE,
    LOCK_ROW_EXCLUSIVE,
    LOCK_SHARE_UPDATE_EXCLUSIVE,
    LOCK_SHARE,
    LOCK_SHARE_ROW_EXCLUSIVE,
    LOCK_EXCLUSIVE,
    LOCK_ACCESS_EXCLUSIVE,
    LOCK_LEVEL_COUNT,
} LockLevel;

typedef enum TransactionMode {
    TX_SHARED,  /* may share a transaction with its neighbours */
    TX_OWN,     /* must be the only work of its transaction (VALIDATE, new enum values) */
    TX_NONE,    /* refuses to run in a transaction (CONCURRENTLY) */
    TX_BATCHES, /* many small transactions driven by the runtime */
} TransactionMode;

/* What a statement reads or writes while it holds its lock. */
typedef enum Cost { COST_CATALOG, COST_SCAN, COST_INDEX_BUILD, COST_REWRITE, COST_DATA } Cost;

typedef enum StepKind {
#define STEP(kind, ...) kind,
#include "compiler/plan/steps/steps.def"
#undef STEP
    STEP_KIND_COUNT
} StepKind;

typedef struct StepRow {
    const char *name;    /* "STEP_CREATE_TABLE" */
    const char *section; /* "CreateTable": the comment above the statement */
    LockLevel lock;
    TransactionMode transaction;
    Cost cost;
    const char *summary; /* for people: "create table" */
} StepRow;

/* A clause of an ALTER TABLE step; rows of clauses.def. */
typedef enum ClauseKind {
#define CLAUSE(kind, lock, cost, summary) kind,
#include "compiler/plan/steps/clauses.def"
#undef CLAUSE
    CLAUSE_KIND_COUNT
} ClauseKind;

typedef struct ClauseRow {
    const char *name;
    LockLevel lock;
    Cost cost;
    const char *summary;
} ClauseRow;

typedef struct Clause {
    ClauseKind kind;
    const Column *before, *after;
    const PrimaryKey *key_before, *key_after;
    const Change *cause;
    const char *expression; /* what the author says a value becomes; KEEP_FIRST: gets back */
    Name shown;             /* what its object is called at its moment; for people */
} Clause;

typedef struct Step Step;

struct Step {
    uint32_t id;
    StepKind kind;
    Phase phase;
    const Change *cause; /* NULL when several changes share the step: see the clauses */
    Subject before, after;
    VEC(Clause) clauses; /* STEP_ALTER_TABLE */
    Name name;      /* of what the plan makes for itself: checks, triggers, tables behind a view */
    Name new_name;  /* what the thing is called from now on; NULL: as on its wanted side */
    Name last_name; /* what it was called until now; NULL: as on its other side */
    const char *expression; /* SQL expression a backfill assigns, a check's condition */
    uint32_t together;      /* steps in a row of one number share a script; 0: of none */
    const char *block;      /* the section as which the format writes them, a transaction; NULL */
    /* What is known once the plan is proved: both sides under the names of its moment, for people;
     */
    Subject shown_before, shown_after;
    const char *sql; /* its statements, each ended by ";\n", written when the plan is proved */
    HazardList hazards;
};

typedef VEC(Step *) StepList;

/* What a server has said an expression means that rows of a column get. */
typedef struct FillAnswer {
    Name schema, table, column;
    FillHint hint;    /* what was asked: the default of a column is `up`, too */
    const char *text; /* qualified throughout; NULL: it cannot be told */
    const char *why;  /* then, in words */
} FillAnswer;

typedef VEC(FillAnswer) FillAnswers;

typedef struct Plan {
    Arena *arena;
    const Catalog *origin;    /* what there is */
    const Catalog *from, *to; /* `from`: the same, known renames of enums done */
    const Diff *diff;
    const EnumRenameList *enum_renames; /* known ones; NULL: none */
    bool renames_columns;               /* or tables */
    bool online;
    bool remakes_views;         /* over a column that another one takes the place of */
    StepList steps;             /* in the order of execution */
    uint32_t groups;            /* of steps that share a script: so many have a number */
    HazardList hazards;         /* of all steps, in their order */
    const char *circle;         /* steps that wait for each other, by name; NULL: none (order.h) */
    char id[17];                /* 16 hexadecimal digits of a digest of its scripts: emit.h */
    const Column *unknown_fill; /* what its rows get cannot be told, see qualify.h; NULL: none */
    FillHint unknown_hint;
    const char *unknown_why;
    const FillAnswers *fills; /* known from a server; NULL: none was asked */
} Plan;

/* Owns nothing of the catalogs. */
MUST_CHECK Plan *plan_new(const Catalog *from, const Catalog *to);
void plan_free(Plan *plan);
bool plan_is_empty(const Plan *plan);
/* Does any step belong to a phase after EXPAND? */
bool plan_has_phases(const Plan *plan);
/* A step behind the gate: does the old program work only before it, and the new one only after? */
bool step_parts_programs(const Step *step);

/* Is it about a check that the schema cannot say? */
bool step_keeps_check(const Step *step);

/* Appends an empty step to plan->steps. `cause` may be NULL. Subjects are those of the cause. */
Step *plan_add_step(Plan *plan, StepKind kind, Phase phase, const Change *cause);
/* A number for steps that share a script. */
uint32_t plan_new_group(Plan *plan);
/* hazard.c: appends a hazard to the step; `detail` may be NULL. The origin is the column's or the
 * table's. */
Hazard *step_add_hazard(Plan *plan, Step *step, HazardCode code, const Table *table,
                        const Column *column, const char *detail);

const StepRow *step_row(StepKind kind);
/* The name of the object a subject is about, innermost first; NULL: the table itself. */
Name subject_object(const Subject *subject);
const ClauseRow *clause_row(ClauseKind kind);
/* The strongest lock of the step's row and its clauses. */
LockLevel step_lock(const Step *step);
Cost step_cost(const Step *step);
const char *phase_name(Phase phase);   /* "expand" */
const char *lock_name(LockLevel lock); /* "ACCESS EXCLUSIVE" */
const char *cost_name(Cost cost);

#endif
