/*
 * sql_emit.h - the statements of steps; for sql_emit*.c and emit.c only.
 *
 * Each function writes whole statements, every one ended by ";\n". It reads only the step and the
 * catalogs it points into, and does not know why the step exists.
 */
#ifndef BELLOWS_COMPILER_PLAN_EMIT_SQL_EMIT_H
#define BELLOWS_COMPILER_PLAN_EMIT_SQL_EMIT_H

#include "base/object_map.h"
#include "base/strbuf.h"
#include "compiler/plan/diff/enum_uses.h"
#include "compiler/plan/world/world.h"

/* Statements are written at their moment: names are those of the world (world.h). */
/* The names of sequences, looked up in both catalogs once: zeroed until they are first asked for.
 */
typedef struct SequenceNames {
    bool known;
    Map taken;  /* (schema, name): the source's */
    Map wanted; /* (schema, name): what the goal's columns draw from */
} SequenceNames;

/* What the plan does with enums that get values, told when the first of them does: who uses them,
 * which of them take a column of another type, and what ends the transaction of a step. */
typedef struct GrownEnums {
    EnumUses *uses;     /* of the wanted catalog; NULL: not told yet */
    Map takes_column;   /* (schema, name) of the enum */
    ObjectMap deciders; /* step -> the first behind it that ends a transaction, or uses values */
} GrownEnums;

typedef struct Emitter {
    const Plan *plan;
    const Replay *world;
    Arena *arena;
    SequenceNames *sequences;
    GrownEnums *grown;
} Emitter;

/* What writes a step's statements into `step->sql` while a replay goes through it. */
typedef struct Writing {
    Emitter emitter; /* the world is the replay's */
    Arena *arena;    /* of the texts */
} Writing;

void emit_write_step(const Replay *world, Step *step, void *of);

/* One for each row of steps.def, by the name that stands there. */
#define STEP(kind, section, lock, transaction, cost, summary, effects, emit, ...)                  \
    void emit_##emit(StrBuf *out, const Emitter *cx, const Step *step);
#include "compiler/plan/steps/steps.def"
#undef STEP

/* sql_emit_enum.c: ALTER TABLE as a block writes it; false: as everywhere. */
bool emit_alter_in_block(StrBuf *out, const Emitter *cx, const Step *step);
/* The step's table. */
const Table *step_table(const Step *step);
/* The table gets this schema and name, in the order in which nobody is in the way. */
void emit_table_to(StrBuf *out, const Emitter *cx, const Table *before, Name schema, Name name);
void emit_table_name(StrBuf *out, const Emitter *cx, const Table *table);
void emit_column_name(StrBuf *out, const Emitter *cx, const Column *column);
/* "a", "b" */
void emit_column_names(StrBuf *out, const Emitter *cx, Column *const *columns, size_t count,
                       const char *separator);
/* Of a column's type: VARCHAR(10)[], "Kind" */
void emit_type(StrBuf *out, const Emitter *cx, const ColumnType *type);
/* The expression after DEFAULT. */
void emit_default(StrBuf *out, const Emitter *cx, const Column *column);
/* `ALTER TABLE "schema"."name" ` */
void emit_alter_table_head(StrBuf *out, const Emitter *cx, const Table *table);
/* Statements that finish a column the CREATE or ALTER just made. */
void emit_new_column_rest(StrBuf *out, const Emitter *cx, const Table *table, const Column *column);
/* `head`, the block in dollar quotes, and the statement's end. Disposes of the body. */
void emit_dollar_block(StrBuf *out, const char *head, StrBuf *body);
/* Of a new column: does its type make it a sequence? */
bool emit_is_serial(const Column *column);

/* sql_emit_sequence.c: of the sequences behind columns, before, within and after ALTER TABLE. */
void emit_create_sequence(StrBuf *out, const Emitter *cx, const Column *column);
/* "auth".user_id_seq */
void emit_sequence_name(StrBuf *out, const Emitter *cx, const Column *column);
void emit_own_sequence(StrBuf *out, const Emitter *cx, const Step *step, const Column *column);
void emit_begin_behind(StrBuf *out, const Emitter *cx, const Step *step, const Clause *clause);
/* It begins behind the values that are there; `unless`: what the greatest of them is compared with.
 */
void emit_begin_numbers(StrBuf *out, const Emitter *cx, const Step *step, const Column *column,
                        const char *unless);
/* Its name as it will be, in its table's schema. */
Name emit_new_sequence(const Emitter *cx, const Column *column);
void emit_drop_sequence(StrBuf *out, const Emitter *cx, const Step *step, const Clause *clause);
void emit_retype_sequence(StrBuf *out, const Emitter *cx, const Step *step, const Clause *clause);

/* The step's expression with its names as they are found under every path; what of that is in the
 * default schema `catalog` has written out or not. The plan holds none that cannot be written so.
 */
void emit_fill_value(StrBuf *out, const Catalog *catalog, const Emitter *cx, const Step *step);
/* Another expression over a row of the step's table, likewise. */
void emit_row_value(StrBuf *out, const Catalog *catalog, const Emitter *cx, const Step *step,
                    const char *expression);
/* One that says the names of its moment already. */
void emit_row_text(StrBuf *out, const Catalog *catalog, const Emitter *cx, const Step *step,
                   const char *text);
/* The step's trigger, which runs its function: on every row, or on one whose column is empty. */
void emit_create_trigger(StrBuf *out, const Emitter *cx, const Step *step, bool empty_only);
/* sql_emit_lock.c: of a step with clauses that lock keys, in its trigger's function. */
bool emit_locks_keys(const Step *step);
void emit_lock_variables(StrBuf *out, const Step *step);
void emit_key_locks(StrBuf *out, const Emitter *cx, const Step *step, const char *indent);
/* The trigger and its function. */
void emit_drop_trigger(StrBuf *out, const Emitter *cx, const Table *table, Name name);
/* "name" TYPE NOT NULL DEFAULT ... */
void emit_column(StrBuf *out, const Emitter *cx, const Column *column);

#endif
