/*
 * script_internal.h - what the files of the script reader share; for runtime/script*.c only.
 *
 * script.c puts together what script_directive.c (comments), script_tables.c (names) and the others
 * do.
 */
#ifndef BELLOWS_RUNTIME_SCRIPT_SCRIPT_INTERNAL_H
#define BELLOWS_RUNTIME_SCRIPT_SCRIPT_INTERNAL_H

#include "runtime/script/script.h"

#include <pg_query/pg_query.pb-c.h>

/* A backfill directive, and the comment it is. */
typedef struct BackfillComment {
    const BackfillDirective *directive;
    size_t start, end;
} BackfillComment;

/* A script while it is read. */
typedef struct ScriptCx {
    Arena *arena;
    Diagnostics *diags;
    SourceFile *file; /* added to the sources when a report needs it; NULL until then */
    const char *path;
    ParsedScript *script;
    size_t offset;     /* in the script's text, of the piece being read */
    bool holds_commit; /* some piece does, by its tokens alone */
    VEC(BackfillComment) backfills;
    VEC(const char *) bodies;  /* texts of functions that it makes */
    VEC(ScriptName) triggered; /* tables of triggers that it makes */
    bool states_tables; /* a `tables=` directive stands: what the statements name is ignored */
} ScriptCx;

/* Reads the comment [start, end) if it is a directive; false after a report. */
MUST_CHECK bool script_read_comment(ScriptCx *cx, size_t start, size_t end);
/* Of one above a statement that moves no rows. */
void script_report_backfill(ScriptCx *cx, const BackfillComment *comment);

/* --- script_piece.c --- */

/* What PostgreSQL makes of a piece; NULL for what it refuses. */
typedef struct Piece {
    Arena *arena; /* all of it */
    PgQuery__ScanResult *scan;
    PgQuery__ParseResult *tree;
} ScriptPiece;

/* The parser's tree over `text`, which ends with a NUL; NULL where it refuses the text, or the tree
 * may be deeper than a stack holds. `allocator`: where it is to live; NULL: free_unpacked gives it
 * back. */
PgQuery__ParseResult *script_tree(const char *text, size_t len, ProtobufCAllocator *allocator);
/* To be freed, whatever came of it. */
ScriptPiece script_piece_make(const ParsedScript *script, size_t start, size_t end);
void script_piece_free(const ScriptPiece *piece);

/* --- script_transaction.c --- */

StatementClass script_class_of_transaction(const PgQuery__TransactionStmt *statement);
/* Keeps script->left_open true; to be called for each in order. */
void script_follow_transaction(ParsedScript *script, const PgQuery__TransactionStmt *statement,
                               size_t start);
/* Are its transactions more than pairs that may be blanked out? */
bool script_steers_transactions(const ParsedScript *script);
/* Does the statement make what stands before it stay? */
bool script_ends_transaction(const PgQuery__Node *statement);
/* Does the statement hold no longer than its transaction, so that it matters where that ends? */
bool script_ends_with_transaction(const PgQuery__Node *statement);
/* Can the text, which the parser refuses, end a transaction? */
bool script_holds_commit(const PgQuery__ScanResult *scan);

/* --- script_parts.c --- */

/* Mode and parts, once its statements are read. `may_commit`: its text cannot be read well enough
 * to be sure that it is one transaction. */
void script_make_parts(Arena *arena, ParsedScript *script, bool may_commit);

/* --- script_tables.c --- */

/* Whom the statement keeps out. */
ScriptLocks script_locks_of(const PgQuery__Node *statement);
/* Adds what the statement names to the script's tables and indexes. */
void script_add_names(ScriptCx *cx, const PgQuery__Node *statement);
/* Does the statement set something for the rest of the session? */
bool script_is_setting(const PgQuery__Node *statement);
bool script_sets_transaction(const PgQuery__Node *statement);
/* For the rest of its transaction? */
bool script_is_local_setting(const PgQuery__Node *statement);
/* SELECT set_config(...), `local` to its transaction or not; nothing else may hide in it. */
bool script_sets_config(const PgQuery__SelectStmt *select, bool local);
/* The strings of a List of names: schema and name, or the name alone. */
ScriptName script_name_of(Arena *arena, PgQuery__Node *const *parts, size_t count);
/* Once per name. */
void script_add_name(Arena *arena, ScriptNameList *list, ScriptName name);
/* Shows the message and what is in it to `see`, which says whether to go on into it. */
void script_walk(const ProtobufCMessage *message, bool (*see)(void *, const ProtobufCMessage *),
                 void *context);

/* --- script_view.c --- */

/* What a block that raises or lowers a view names, touches and changes; false where the statement
 * is no such block. */
bool script_add_view(ScriptCx *cx, const PgQuery__Node *statement);
/* script_aside.c: likewise; or is it the block behind it? */
bool script_add_aside(ScriptCx *cx, const PgQuery__Node *statement);

/* --- script_change.c --- */

void script_add_changes(ScriptCx *cx, const PgQuery__Node *statement);

/* --- script_touch.c --- */

void script_add_touches(ScriptCx *cx, const PgQuery__Node *statement);
/* Behind the last statement. */
void script_end_touches(ScriptCx *cx);

#endif
