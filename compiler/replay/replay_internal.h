/*
 * replay_internal.h - what the parts of the replay share: one function a kind of statement, each of
 * which returns false after a fault of the realm.
 */
#ifndef BELLOWS_COMPILER_REPLAY_REPLAY_INTERNAL_H
#define BELLOWS_COMPILER_REPLAY_REPLAY_INTERNAL_H

#include "compiler/replay/notes/notes.h"
#include "compiler/replay/read/blocks.h"
#include "compiler/replay/expressions/expressions.h"
#include "compiler/replay/notes/touched.h"
#include "compiler/replay/read/reader.h"
#include "compiler/replay/sql_replay.h"

/* statement.c: one statement, whatever it is. */
bool redo_statement(SqlReplay *cx, const Node *stmt);

/* --- tables --- */

/* A constraint that waits until the columns are there. */
typedef struct PendingConstraint {
    const PgQuery__Constraint *constraint;
    Column *column; /* of a column's constraint; NULL: the table's */
} PendingConstraint;

typedef VEC(PendingConstraint) PendingList;

bool redo_create_table(SqlReplay *cx, const PgQuery__CreateStmt *stmt);
/* likes.c: the columns when LIKE is met, the rest when all columns are there. */
bool redo_like_columns(SqlReplay *cx, Table *table, const PgQuery__TableLikeClause *like);
/* What it copies; NULL after a fault. `made`: the table itself, where it is there. */
Table *redo_like_source(SqlReplay *cx, const PgQuery__TableLikeClause *like, const Table *made);
bool redo_like_rest(SqlReplay *cx, Table *table, const PgQuery__TableLikeClause *like);
/* table_as.c: the columns that a query gives. */
bool redo_fill_table(SqlReplay *cx, const PgQuery__IntoClause *into,
                     const PgQuery__SelectStmt *select, Name schema, Name name);
/* Where temporary tables are made. */
Name redo_temporary_schema(SqlReplay *cx);
/* indexes.c: EXCLUDE, whose index is over what it excludes. */
bool redo_add_exclusion(SqlReplay *cx, Table *table, const PgQuery__Constraint *constraint);
/* columns.c: a column with its type and default; what else its definition says is added to the
 * list, and settled when all columns are there. */
bool redo_add_column(SqlReplay *cx, Table *table, const PgQuery__ColumnDef *def,
                     PendingList *pending);
/* An inherited column that is declared again. */
bool redo_merge_column(SqlReplay *cx, Column *column, const PgQuery__ColumnDef *def,
                       PendingList *pending);
bool redo_settle(SqlReplay *cx, Table *table, const PendingList *pending);
/* `text`: the expression as it is written. */
bool redo_set_default(SqlReplay *cx, Column *column, const Node *expression, Slice text);
/* Of a column of the type. */
bool redo_collation(SqlReplay *cx, const PgQuery__CollateClause *clause, const ColumnType *type,
                    Name *ret_name);
bool redo_add_identity(SqlReplay *cx, Column *column, const PgQuery__Constraint *constraint);
bool redo_may_be_identity(SqlReplay *cx, const ColumnType *type);
/* What the server looks at before there is a table: type, collation, words against each other. */
bool redo_column_is_said(SqlReplay *cx, Name table, const PgQuery__ColumnDef *def,
                         ReplayType *ret_type, Name *ret_collation);
bool redo_alter_table(SqlReplay *cx, const PgQuery__AlterTableStmt *stmt);
/* constraints.c: one of the table, or of the column. */
bool redo_add_constraint(SqlReplay *cx, Table *table, const PgQuery__Constraint *constraint,
                         Column *column);
/* Its columns by name; false after a fault. */
bool redo_key_columns(SqlReplay *cx, const Table *table, Node *const *names, size_t count,
                      ColumnList *ret_columns);
/* alter_column.c */
bool redo_change_type(SqlReplay *cx, Column *column, const PgQuery__ColumnDef *def);

/* --- the other statements --- */

bool redo_create_index(SqlReplay *cx, const PgQuery__IndexStmt *stmt);
bool redo_create_enum(SqlReplay *cx, const PgQuery__CreateEnumStmt *stmt);
bool redo_alter_enum(SqlReplay *cx, const PgQuery__AlterEnumStmt *stmt);
/* domains.c */
bool redo_create_domain(SqlReplay *cx, const PgQuery__CreateDomainStmt *stmt);
bool redo_alter_domain(SqlReplay *cx, const PgQuery__AlterDomainStmt *stmt);
/* composites.c */
bool redo_create_composite(SqlReplay *cx, const PgQuery__CompositeTypeStmt *stmt);
bool redo_alter_composite(SqlReplay *cx, Relation *relation, const PgQuery__AlterTableStmt *stmt);
bool redo_rename_attribute(SqlReplay *cx, Relation *relation, Name from, Name to);
bool redo_create_range(SqlReplay *cx, const PgQuery__CreateRangeStmt *stmt);
bool redo_define(SqlReplay *cx, const PgQuery__DefineStmt *stmt);
bool redo_create_sequence(SqlReplay *cx, const PgQuery__CreateSeqStmt *stmt);
bool redo_alter_sequence(SqlReplay *cx, const PgQuery__AlterSeqStmt *stmt);
bool redo_create_schema(SqlReplay *cx, const PgQuery__CreateSchemaStmt *stmt);
bool redo_create_extension(SqlReplay *cx, const PgQuery__CreateExtensionStmt *stmt);
bool redo_drop(SqlReplay *cx, const PgQuery__DropStmt *stmt);
bool redo_rename(SqlReplay *cx, const PgQuery__RenameStmt *stmt);
bool redo_set_schema(SqlReplay *cx, const PgQuery__AlterObjectSchemaStmt *stmt);
bool redo_set(SqlReplay *cx, const PgQuery__VariableSetStmt *stmt);
/* `SELECT set_config(...)`. */
bool redo_set_config(SqlReplay *cx, const PgQuery__FuncCall *call);
bool redo_transaction(SqlReplay *cx, const PgQuery__TransactionStmt *stmt);
void redo_end_transaction(SqlReplay *cx);
bool redo_data(SqlReplay *cx, const Node *stmt);
/* data.c: what statements of a function's body are about has to be there when it is made. */
bool redo_body_exists(SqlReplay *cx, const char *body);
/* data.c: CREATE TABLE AS and SELECT INTO; temporary ones only are understood. */
bool redo_make_table(SqlReplay *cx, const PgQuery__IntoClause *into,
                     const PgQuery__SelectStmt *select, bool if_not_exists);
/* routines.c */
bool redo_create_function(SqlReplay *cx, const PgQuery__CreateFunctionStmt *stmt);
bool redo_create_aggregate(SqlReplay *cx, const PgQuery__DefineStmt *stmt);
bool redo_drop_function(SqlReplay *cx, const PgQuery__ObjectWithArgs *object,
                        PgQuery__ObjectType of, bool missing_ok, bool cascade);
bool redo_alter_function(SqlReplay *cx, const PgQuery__AlterFunctionStmt *stmt);
bool redo_rename_function(SqlReplay *cx, const PgQuery__ObjectWithArgs *object,
                          PgQuery__ObjectType of, Name name);
/* beyond.c */
bool redo_beyond(SqlReplay *cx, const Node *stmt);
/* beyond.c: DROP CAST, of its two types. */
bool redo_drop_cast(SqlReplay *cx, const PgQuery__List *types);
bool redo_drop_beyond(SqlReplay *cx, const PgQuery__DropStmt *stmt, Name schema, Name name);
bool redo_rename_statistics(SqlReplay *cx, Node *const *names, size_t count, Name to);
bool redo_make_other(SqlReplay *cx, const char *kind, Name name, bool if_not_exists);
/* views.c */
bool redo_create_view(SqlReplay *cx, const PgQuery__ViewStmt *stmt);
bool redo_create_table_as(SqlReplay *cx, const PgQuery__CreateTableAsStmt *stmt);
bool redo_index_view(SqlReplay *cx, const PgQuery__IndexStmt *stmt, Relation *view);
/* sql_replay.c: statements inside another one; the statement at hand is theirs afterwards. */
bool redo_text(SqlReplay *cx, const char *text, size_t len);
/* What the column's default is from here on, is not known. */
void redo_forget_default(SqlReplay *cx, Column *column);
/* data.c; false after a fault */
bool redo_has_no_trigger(SqlReplay *cx);
/* block_conditions.c */
Truth block_condition(SqlReplay *cx, Slice condition);
/* block_facts.c: EXISTS of a query over the server's catalogs. */
Truth block_exists(SqlReplay *cx, const PgQuery__SelectStmt *select);
/* Neither groups nor unions. */
bool block_is_plain(const PgQuery__SelectStmt *select);
bool redo_block(SqlReplay *cx, const PgQuery__DoStmt *stmt);
/* view_blocks.c: is it one of our own, which are known as a whole? *ret_ok: false after a fault. */
bool redo_view_block(SqlReplay *cx, const char *body, bool *ret_ok);
/* blocks.c: does the expression call nothing that changes anything? */
bool block_calls_nothing(const BlockCx *cx, Slice text);
/* block_texts.c: a text in quotes, doubled ones made one; NULL: something else stands there. */
char *block_take_literal(BlockCx *cx);
/* An expression whose text is known; NULL: it is not. */
const char *block_take_text(BlockCx *cx);
/* Behind DECLARE; false after a fault. */
bool block_declarations(BlockCx *cx);
/* `constant IS [NOT] NULL` */
Truth block_null_test(const BlockCx *cx, Slice condition);
/* The table that a text names as SQL; NULL: none. */
Table *block_table(SqlReplay *cx, const char *name);

#endif
