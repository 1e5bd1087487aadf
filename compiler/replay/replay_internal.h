/*
 * replay_internal.h - what the parts of the replay share: one function a kind of statement, each of
 * which returns false after a fault of the realm.
 */
#ifndef BELLOWS_COMPILER_REPLAY_REPLAY_INTERNAL_H
#define BELLOWS_COMPILER_REPLAY_REPLAY_INTERNAL_H

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
/* Where temporary tables are made. */
Name redo_temporary_schema(SqlReplay *cx);
/* indexes.c: EXCLUDE, whose index is over what it excludes. */
bool redo_add_exclusion(SqlReplay *cx, Table *table, const PgQuery__Constraint *constraint);
/* columns.c: a column with its type and default; what else its definition says is added to the
 * list, and settled when all columns are there. */
bool redo_add_column(SqlReplay *cx, Table *table, const PgQuery__ColumnDef *def,
                     PendingList *pending);
bool redo_settle(SqlReplay *cx, Table *table, const PendingList *pending);
/* `text`: the expression as it is written. */
bool redo_set_default(SqlReplay *cx, Column *column, const Node *expression, Slice text);
bool redo_collation(SqlReplay *cx, const PgQuery__CollateClause *clause, Name *ret_name);
bool redo_add_identity(SqlReplay *cx, Column *column, const PgQuery__Constraint *constraint);
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
/* data.c: is it certain that the query gives no row? */
bool redo_gives_nothing(SqlReplay *cx, const PgQuery__SelectStmt *select);
/* data.c: CREATE TABLE AS and SELECT INTO; temporary ones only are understood. */
bool redo_make_table(SqlReplay *cx, const PgQuery__IntoClause *into,
                     const PgQuery__SelectStmt *select, bool if_not_exists);
/* routines.c */
bool redo_create_function(SqlReplay *cx, const PgQuery__CreateFunctionStmt *stmt);
bool redo_create_aggregate(SqlReplay *cx, const PgQuery__DefineStmt *stmt);
/* The function that a statement names; NULL after a fault. */
RealmRoutine *redo_routine(SqlReplay *cx, const PgQuery__ObjectWithArgs *object);
bool redo_drop_function(SqlReplay *cx, const PgQuery__ObjectWithArgs *object, bool missing_ok,
                        bool cascade);
bool redo_alter_function(SqlReplay *cx, const PgQuery__AlterFunctionStmt *stmt);
bool redo_rename_function(SqlReplay *cx, const PgQuery__ObjectWithArgs *object, Name name);
bool redo_move_function(SqlReplay *cx, const PgQuery__ObjectWithArgs *object, Name schema);
/* The statement at hand becomes part of what is known of the object: no server prints it so, and
 * nothing that is compared with it is taken for equal. */
void redo_add_story(SqlReplay *cx, Opaque *opaque);
/* triggers.c: triggers, rules and policies hang on a relation. */
bool redo_create_trigger(SqlReplay *cx, const PgQuery__CreateTrigStmt *stmt);
bool redo_create_rule(SqlReplay *cx, const PgQuery__RuleStmt *stmt);
bool redo_drop_hung(SqlReplay *cx, OpaqueKind kind, Node *const *names, size_t count,
                    bool missing_ok);
bool redo_rename_hung(SqlReplay *cx, OpaqueKind kind, const PgQuery__RenameStmt *stmt);
/* ENABLE and DISABLE TRIGGER; NULL: all of them. */
bool redo_switch_trigger(SqlReplay *cx, const Table *table, Name name);
/* policies.c */
bool redo_create_policy(SqlReplay *cx, const PgQuery__CreatePolicyStmt *stmt);
bool redo_alter_policy(SqlReplay *cx, const PgQuery__AlterPolicyStmt *stmt);
/* beyond.c */
bool redo_beyond(SqlReplay *cx, const Node *stmt);
bool redo_drop_beyond(SqlReplay *cx, const PgQuery__DropStmt *stmt, Name schema, Name name);
bool redo_rename_statistics(SqlReplay *cx, Node *const *names, size_t count, Name to);
bool redo_make_other(SqlReplay *cx, const char *kind, Name name, bool if_not_exists);
/* subjects.c, notes.c, rights.c */
bool redo_comment(SqlReplay *cx, const PgQuery__CommentStmt *stmt);
bool redo_grant(SqlReplay *cx, const PgQuery__GrantStmt *stmt);
bool redo_alter_default_privileges(SqlReplay *cx, const PgQuery__AlterDefaultPrivilegesStmt *stmt);
bool redo_alter_owner(SqlReplay *cx, const PgQuery__AlterOwnerStmt *stmt);
/* What was said of objects becomes objects of the catalog. */
void redo_tell_comments(SqlReplay *cx);
void redo_tell_rights(SqlReplay *cx);
/* views.c */
bool redo_create_view(SqlReplay *cx, const PgQuery__ViewStmt *stmt);
bool redo_create_table_as(SqlReplay *cx, const PgQuery__CreateTableAsStmt *stmt);
bool redo_index_view(SqlReplay *cx, const PgQuery__IndexStmt *stmt, Relation *view);
/* sql_replay.c: statements inside another one; the statement at hand is theirs afterwards. */
bool redo_text(SqlReplay *cx, const char *text, size_t len);
/* data.c; false after a fault */
bool redo_has_no_trigger(SqlReplay *cx);
/* block_conditions.c */
typedef enum Truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN } Truth;
Truth block_condition(SqlReplay *cx, Slice condition);
bool redo_block(SqlReplay *cx, const PgQuery__DoStmt *stmt);

#endif
