/*
 * emit.h - SQL from a plan: the only printers of statements.
 *
 * Statements are written from steps by one short function per step kind; identifiers and literals
 * only through sql_write.h. Layout is the one users of the migrations folder know: a `-- Section`
 * comment, the statements each ended by `;`, an empty line between steps, no empty line at the end.
 * Texts live in the arena given.
 */
#ifndef BELLOWS_COMPILER_PLAN_EMIT_EMIT_H
#define BELLOWS_COMPILER_PLAN_EMIT_EMIT_H

#include "base/strbuf.h"
#include "compiler/plan/world/world.h"

/* One migration directory's script. */
typedef struct Script {
    Phase phase;
    unsigned number, count; /* 2 of 3 */
    const char *suffix;     /* "2_backfill"; NULL when the plan is one script */
    const char *sql;        /* the whole text of migration.sql, directives included */
    const char *undo;       /* the exact reverse; NULL when there is none */
    bool transactional;     /* false: holds one statement that refuses to run in a transaction */
    size_t first_step;      /* its steps in plan->steps */
    size_t step_count;
} Script;

typedef VEC(Script) ScriptList;

/* What stands around the scripts of a plan that takes another one back; runtime/undo/withdrawn.h
 * says what the directives mean. */
typedef struct ScriptFrame {
    const char *first;     /* statements of a script before the plan's own; "": none */
    const char *undoes;    /* the plan that is taken back; NULL: it has no id */
    const Name *withdraws; /* migrations that leave the folder */
    size_t withdraw_count;
} ScriptFrame;

typedef struct Statement {
    const Step *step;
    const char *sql; /* without the closing `;` */
} Statement;

typedef VEC(Statement) StatementList;

/* The steps as one script, phases ignored: what `migrate diff --script` prints (without a final
 * empty line). */
char *emit_script(Arena *arena, const Plan *plan);
/* Some steps, as emit_script prints all: sections, statements, an empty line between steps. */
void emit_add_steps(StrBuf *out, Step *const *steps, size_t count);
char *emit_steps(Arena *arena, Step *const *steps, size_t count);
/* The plan as migration scripts in the order they run. `hazards`: those that stand, for the header
 * comment. */
ScriptList emit_migrations(Arena *arena, const Plan *plan, const HazardList *hazards);
/* The same without their texts, which may be many: `sql` is empty, `undo` NULL or empty. */
ScriptList emit_script_heads(Arena *arena, const Plan *plan);
/* As emit_migrations, behind a first script of the frame's. Where there is one, all wait for the
 * gate. At least one script. */
ScriptList emit_framed_migrations(Arena *arena, const Plan *plan, const HazardList *hazards,
                                  const ScriptFrame *frame);
/*
 * Gives the plan its id, made of the scripts that emit_framed_migrations writes for it: whoever
 * agrees to an id agrees to what runs, to the byte. Proved plans have theirs, without a frame.
 */
void emit_identify(Arena *scratch, Plan *plan, const ScriptFrame *frame);
/* Statement by statement, in order, without a script's BEGIN and COMMIT; for `db push`. */
StatementList emit_statements(Arena *arena, const Plan *plan);
/*
 * Writes the statements of each step, at its moment, into `step->sql`, and carries it out: what
 * cannot run is said in the world. Texts live in `arena`.
 */
bool emit_and_replay(Arena *arena, Replay *world, const Plan *plan, Step *const *steps,
                     size_t count);

#endif
