/*
 * sql_emit.h - the statements of the direct strategy's steps; for sql_emit*.c and emit.c only.
 *
 * Each function writes whole statements, every one ended by ";\n". It reads only the step and the
 * catalogs it points into, and does not know why the step exists.
 */
#ifndef BELLOWS_COMPILER_PLAN_EMIT_SQL_EMIT_H
#define BELLOWS_COMPILER_PLAN_EMIT_SQL_EMIT_H

#include "base/strbuf.h"
#include "compiler/plan/steps/plan.h"

void emit_create_table(StrBuf *out, const Plan *plan, const Step *step);
void emit_alter_table(StrBuf *out, const Plan *plan, const Step *step);
void emit_rebuild_enum(StrBuf *out, const Plan *plan, const Step *step);
void emit_rename_enum(StrBuf *out, const Plan *plan, const Step *step);
void emit_add_enum_values(StrBuf *out, const Plan *plan, const Step *step);

/* The step's table under the name it has when the step runs. */
const Table *step_table(const Step *step);
void emit_table_name(StrBuf *out, const Plan *plan, const Table *table);
/* `ALTER TABLE "schema"."name" ` */
void emit_alter_table_head(StrBuf *out, const Plan *plan, const Table *table);
/* Statements that finish a column the CREATE or ALTER just made. */
void emit_new_column_rest(StrBuf *out, const Plan *plan, const Table *table, const Column *column);
/* "name" TYPE NOT NULL DEFAULT ... */
void emit_column(StrBuf *out, const Plan *plan, const Column *column);

#endif
