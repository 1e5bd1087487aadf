/*
 * replay_internal.h - what the parts of the replay share: the statement at hand, and the realm it
 * is carried out on.
 *
 * One function a kind of statement, each of which returns false after a fault of the realm.
 */
#ifndef BELLOWS_COMPILER_REPLAY_REPLAY_INTERNAL_H
#define BELLOWS_COMPILER_REPLAY_REPLAY_INTERNAL_H

#include <pg_query/pg_query.pb-c.h>
#include <string.h>

#include "base/vec.h"
#include "compiler/replay/sql_replay.h"
#include "compiler/world/realm.h"

typedef PgQuery__Node Node;

struct SqlReplay {
    Arena *own; /* the replay itself: the catalog may outlive it */
    Realm *realm;
    Arena *arena; /* the catalog's */
    Names *names;
    NameList path;       /* the search path that every script begins with */
    NameList outer_path; /* the one that SET LOCAL hides; meaningful while `path_is_local` */
    bool path_is_local;
    NameList until_commit; /* temporary tables that go then */
    bool in_transaction;   /* that the script began itself */
    Map bodies;            /* of functions, by name: FunctionBody */
    unsigned body_depth;
    bool given_away;
    bool in_block; /* inside a DO block */
    /* the statement at hand */
    const char *file, *text;
    size_t start, end; /* of the text */
    SqlReplayFinding finding;
};

/* A part of the text. */
typedef struct Slice {
    const char *text;
    size_t len;
} Slice;

/* What a function does, as far as its text tells. */
typedef struct FunctionBody {
    const char *text;
} FunctionBody;

/* statement.c: one statement, whatever it is. */
bool redo_statement(SqlReplay *cx, const Node *stmt);

/* --- tree.c: trees read --- */

Name redo_name(const SqlReplay *cx, const char *text);    /* cut to 63 bytes; NULL for "" */
Name redo_name_of(const SqlReplay *cx, const Node *node); /* of a String node */
/* A qualified name as a list of strings; its schema may be NULL. */
void redo_list_name(const SqlReplay *cx, Node *const *names, size_t count, Name *ret_schema,
                    Name *ret_name);
typedef struct RangeName {
    Name schema, name;
} RangeName;
RangeName redo_range(const SqlReplay *cx, const PgQuery__RangeVar *range);
/* Every message below `node`, `node` included, in no particular order; stops when one says so. */
typedef bool (*TreeVisit)(void *context, const ProtobufCMessage *message);
bool tree_walk(const ProtobufCMessage *message, TreeVisit visit, void *context);
/* Only the messages right below. */
bool tree_children(const ProtobufCMessage *message, TreeVisit visit, void *context);
/* Only functions that the server has itself and that change nothing? The first other; else NULL. */
const char *tree_foreign_function(SqlReplay *cx, const Node *node);
bool tree_is_known_function(SqlReplay *cx, const char *name);
/* The same, and functions of the scripts' own that touch nothing but rows. */
bool tree_is_harmless_function(SqlReplay *cx, const char *name);
const char *tree_harmful_function(SqlReplay *cx, const Node *node);
/* The columns of `table` that the expression names, once each; false after a fault. */
bool tree_columns(SqlReplay *cx, const Node *node, const Table *table, ColumnList *ret_columns);

/* --- slice.c: the statement's text --- */

/* What stands after the words, up to a comma or bracket outside of brackets, or `stop`. */
Slice slice_after(const SqlReplay *cx, size_t from, size_t stop, const char *word);
/* What the first brackets after the word hold. */
Slice slice_brackets(const SqlReplay *cx, size_t from, const char *word);
/* The command number `i` of an ALTER TABLE: where it begins and ends. */
void slice_command(const SqlReplay *cx, size_t i, size_t *ret_from, size_t *ret_stop);
Name slice_name(const SqlReplay *cx, Slice slice);

/* --- column_type.c --- */

typedef struct ReplayType {
    ColumnType type;
    const char *serial; /* the sequence's type, int4 and the like; NULL: no serial */
    bool not_null;      /* a domain that forbids nulls */
} ReplayType;
bool redo_type(SqlReplay *cx, const PgQuery__TypeName *name, ReplayType *ret_type);
/* As format_type prints it. */
const char *redo_type_text(const SqlReplay *cx, const ColumnType *type);

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
bool redo_create_sequence(SqlReplay *cx, const PgQuery__CreateSeqStmt *stmt);
bool redo_alter_sequence(SqlReplay *cx, const PgQuery__AlterSeqStmt *stmt);
bool redo_create_schema(SqlReplay *cx, const PgQuery__CreateSchemaStmt *stmt);
bool redo_create_extension(SqlReplay *cx, const PgQuery__CreateExtensionStmt *stmt);
bool redo_drop(SqlReplay *cx, const PgQuery__DropStmt *stmt);
bool redo_rename(SqlReplay *cx, const PgQuery__RenameStmt *stmt);
bool redo_set_schema(SqlReplay *cx, const PgQuery__AlterObjectSchemaStmt *stmt);
bool redo_comment(SqlReplay *cx, const PgQuery__CommentStmt *stmt);
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
bool redo_drop_function(SqlReplay *cx, const PgQuery__ObjectWithArgs *object, bool missing_ok,
                        bool cascade);
bool redo_create_trigger(SqlReplay *cx, const PgQuery__CreateTrigStmt *stmt);
bool redo_drop_trigger(SqlReplay *cx, Node *const *names, size_t count, bool missing_ok);
/* views.c */
bool redo_create_view(SqlReplay *cx, const PgQuery__ViewStmt *stmt);
bool redo_create_table_as(SqlReplay *cx, const PgQuery__CreateTableAsStmt *stmt);
bool redo_index_view(SqlReplay *cx, const PgQuery__IndexStmt *stmt, Relation *view);
bool redo_drop_view(SqlReplay *cx, Relation *view, bool cascade);
/* sql_replay.c: a tree of its own; NULL where the grammar refuses the text. */
PgQuery__ParseResult *redo_parse(const char *text);
void redo_parse_free(PgQuery__ParseResult *tree);
/* sql_replay.c: statements inside another one; the statement at hand is theirs afterwards. */
bool redo_text(SqlReplay *cx, const char *text, size_t len);
/* blocks.c: does the body of a block or function touch nothing but rows? */
bool redo_only_rows(SqlReplay *cx, const char *text);
/* routines.c: the same of a function that the scripts made. */
bool redo_is_harmless(SqlReplay *cx, Name function);
/* data.c; false after a fault */
bool redo_has_no_trigger(SqlReplay *cx);
bool redo_block(SqlReplay *cx, const PgQuery__DoStmt *stmt);

#endif
