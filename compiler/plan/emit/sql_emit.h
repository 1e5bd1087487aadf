/*
 * sql_emit.h - the statements of steps; for sql_emit*.c and emit.c only.
 *
 * Each function writes whole statements, every one ended by ";\n". It reads only the step and the
 * catalogs it points into, and does not know why the step exists.
 */
#ifndef BELLOWS_COMPILER_PLAN_EMIT_SQL_EMIT_H
#define BELLOWS_COMPILER_PLAN_EMIT_SQL_EMIT_H

#include "base/strbuf.h"
#include "compiler/plan/steps/plan.h"

/* One for each row of steps.def, by the name that stands there. */
#define STEP(kind, section, lock, transaction, cost, summary, emit, ...)                           \
    void emit_##emit(StrBuf *out, const Plan *plan, const Step *step);
#include "compiler/plan/steps/steps.def"
#undef STEP

/* The step's table under the name it has when the step runs. */
const Table *step_table(const Step *step);
void emit_table_name(StrBuf *out, const Plan *plan, const Table *table);
/* `ALTER TABLE "schema"."name" ` */
void emit_alter_table_head(StrBuf *out, const Plan *plan, const Table *table);
/* Statements that finish a column the CREATE or ALTER just made. */
void emit_new_column_rest(StrBuf *out, const Plan *plan, const Table *table, const Column *column);
/* `head`, the block in dollar quotes, and the statement's end. Disposes of the body. */
void emit_dollar_block(StrBuf *out, const char *head, StrBuf *body);
/* "name" TYPE NOT NULL DEFAULT ... */
void emit_column(StrBuf *out, const Plan *plan, const Column *column);

#endif
