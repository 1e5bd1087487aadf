/*
 * script.c - read a migration script: its statements, how each must run, and the parts it runs in.
 *
 * In: a text. Out: a ParsedScript. The scanner finds comments (directives), the parser finds
 * statements; what a statement refuses (a transaction) is PostgreSQL's documentation of it, one
 * function per question.
 */
#include "base/common.h"

#include "runtime/script/script.h"

#include <pg_query.h>
#include <string.h>

#include "base/stop.h"
#include "compiler/catalog/sql_scan.h"
#include "runtime/script/script_internal.h"

/* --- what a statement is --- */

static bool has_option(PgQuery__Node *const *options, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (options[i]->node_case == PG_QUERY__NODE__NODE_DEF_ELEM &&
            strcmp(options[i]->def_elem->defname, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_validate(const PgQuery__Node *command)
{
    return command->alter_table_cmd->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint;
}

static bool is_detach_concurrently(const PgQuery__Node *command)
{
    const PgQuery__AlterTableCmd *alter = command->alter_table_cmd;
    return alter->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition && alter->def != NULL &&
           alter->def->node_case == PG_QUERY__NODE__NODE_PARTITION_CMD &&
           alter->def->partition_cmd->concurrent;
}

static StatementClass class_of_alter_table(const PgQuery__AlterTableStmt *statement)
{
    size_t validations = 0;
    for (size_t i = 0; i < statement->n_cmds; i++) {
        if (statement->cmds[i]->node_case != PG_QUERY__NODE__NODE_ALTER_TABLE_CMD) {
            continue;
        }
        if (is_detach_concurrently(statement->cmds[i])) {
            return STATEMENT_DETACH;
        }
        validations += is_validate(statement->cmds[i]);
    }
    return validations == statement->n_cmds ? STATEMENT_SHARED_SCAN : STATEMENT_PLAIN;
}

static StatementClass class_of_reindex(const PgQuery__ReindexStmt *statement)
{
    const bool several = statement->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SCHEMA ||
                         statement->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SYSTEM ||
                         statement->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_DATABASE;
    const bool concurrent = has_option(statement->params, statement->n_params, "concurrently");
    return concurrent ? STATEMENT_REINDEX : several ? STATEMENT_ALONE : STATEMENT_PLAIN;
}

static StatementClass class_of_enum(const PgQuery__AlterEnumStmt *statement)
{
    return statement->old_val[0] == '\0' ? STATEMENT_ADD_VALUE : STATEMENT_PLAIN;
}

static StatementClass class_of_drop(const PgQuery__DropStmt *statement)
{
    return statement->concurrent ? STATEMENT_DROP_INDEX : STATEMENT_PLAIN;
}

/* Statements whose reference page says that they cannot run inside a transaction block. */
static bool refuses_transaction(const PgQuery__Node *node)
{
    switch ((int)node->node_case) { /* an open set: most statements are transactional */
    case PG_QUERY__NODE__NODE_CREATEDB_STMT:
    case PG_QUERY__NODE__NODE_DROPDB_STMT:
    case PG_QUERY__NODE__NODE_ALTER_SYSTEM_STMT:
    case PG_QUERY__NODE__NODE_CREATE_TABLE_SPACE_STMT:
    case PG_QUERY__NODE__NODE_DROP_TABLE_SPACE_STMT:
    case PG_QUERY__NODE__NODE_CREATE_SUBSCRIPTION_STMT:
    case PG_QUERY__NODE__NODE_DROP_SUBSCRIPTION_STMT:
        return true;
    case PG_QUERY__NODE__NODE_DISCARD_STMT:
        return node->discard_stmt->target == PG_QUERY__DISCARD_MODE__DISCARD_ALL;
    case PG_QUERY__NODE__NODE_CLUSTER_STMT:
        return node->cluster_stmt->relation == NULL;
    case PG_QUERY__NODE__NODE_ALTER_DATABASE_STMT:
        return has_option(node->alter_database_stmt->options, node->alter_database_stmt->n_options,
                          "tablespace");
    default:
        return false;
    }
}

static StatementClass class_of(const PgQuery__Node *node)
{
    switch ((int)node->node_case) { /* an open set, see above */
    case PG_QUERY__NODE__NODE_TRANSACTION_STMT:
        return script_class_of_transaction(node->transaction_stmt);
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
        return class_of_alter_table(node->alter_table_stmt);
    case PG_QUERY__NODE__NODE_INDEX_STMT:
        return node->index_stmt->concurrent ? STATEMENT_BUILD_INDEX : STATEMENT_PLAIN;
    case PG_QUERY__NODE__NODE_DROP_STMT:
        return class_of_drop(node->drop_stmt);
    case PG_QUERY__NODE__NODE_REINDEX_STMT:
        return class_of_reindex(node->reindex_stmt);
    case PG_QUERY__NODE__NODE_VACUUM_STMT:
        return node->vacuum_stmt->is_vacuumcmd ? STATEMENT_ALONE : STATEMENT_SHARED_SCAN;
    case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT:
        return class_of_enum(node->alter_enum_stmt);
    default:
        return refuses_transaction(node) ? STATEMENT_ALONE : STATEMENT_PLAIN;
    }
}

/* Definitions: what they evaluate on the way (a default, a check) is not looked into. */
static bool is_definition(const PgQuery__Node *node)
{
    switch ((int)node->node_case) { /* an open set, see above */
    case PG_QUERY__NODE__NODE_CREATE_STMT:
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
    case PG_QUERY__NODE__NODE_INDEX_STMT:
    case PG_QUERY__NODE__NODE_DROP_STMT:
    case PG_QUERY__NODE__NODE_RENAME_STMT:
    case PG_QUERY__NODE__NODE_COMMENT_STMT:
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT:
    case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT:
    case PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT:
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
    case PG_QUERY__NODE__NODE_ALTER_SEQ_STMT:
    case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT:
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
    case PG_QUERY__NODE__NODE_VIEW_STMT:
    case PG_QUERY__NODE__NODE_GRANT_STMT:
        return true;
    default:
        return false;
    }
}

static const char *text_or_null(Arena *arena, const char *text)
{
    return text == NULL || text[0] == '\0' ? NULL : arena_strdup(arena, text);
}

static ScriptName name_of_range(Arena *arena, const PgQuery__RangeVar *range)
{
    return range == NULL ? (ScriptName){0}
                         : (ScriptName){text_or_null(arena, range->schemaname),
                                        text_or_null(arena, range->relname)};
}

static const ScriptIndexShape *shape_of(Arena *arena, const PgQuery__IndexStmt *index)
{
    ScriptIndexShape *shape = arena_make(arena, ScriptIndexShape);
    shape->unique = index->unique;
    shape->method =
        arena_strdup(arena, index->access_method[0] == '\0' ? "btree" : index->access_method);
    for (size_t i = 0; i < index->n_index_params; i++) {
        vec_push(arena, &shape->columns,
                 arena_strdup(arena, index->index_params[i]->index_elem->name));
    }
    return shape;
}

static void name_detached(Arena *arena, const PgQuery__AlterTableStmt *alter,
                          ScriptStatement *statement)
{
    statement->table = name_of_range(arena, alter->relation);
    for (size_t i = 0; i < alter->n_cmds; i++) {
        if (is_detach_concurrently(alter->cmds[i])) {
            statement->object =
                name_of_range(arena, alter->cmds[i]->alter_table_cmd->def->partition_cmd->name);
        }
    }
}

static void name_object(Arena *arena, const PgQuery__Node *node, ScriptStatement *statement)
{
    if (statement->kind == STATEMENT_BUILD_INDEX) {
        statement->table = name_of_range(arena, node->index_stmt->relation);
        statement->object =
            (ScriptName){statement->table.schema, text_or_null(arena, node->index_stmt->idxname)};
        statement->shape = shape_of(arena, node->index_stmt);
    } else if (statement->kind == STATEMENT_REINDEX && node->reindex_stmt->relation != NULL) {
        statement->object = name_of_range(arena, node->reindex_stmt->relation);
    } else if (statement->kind == STATEMENT_REINDEX &&
               node->reindex_stmt->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SCHEMA) {
        statement->object.schema = text_or_null(arena, node->reindex_stmt->name);
    } else if (statement->kind == STATEMENT_DETACH) {
        name_detached(arena, node->alter_table_stmt, statement);
    } else if (statement->kind == STATEMENT_DROP_INDEX && node->drop_stmt->n_objects == 1) {
        const PgQuery__Node *object = node->drop_stmt->objects[0];
        if (object->node_case == PG_QUERY__NODE__NODE_LIST) {
            statement->object = script_name_of(arena, object->list->items, object->list->n_items);
        }
    }
}

/* --- reading --- */

/* The backfill directive whose comment stands between `from` and the statement. */
static const BackfillComment *backfill_before(const ScriptCx *cx, size_t from, size_t start)
{
    for (size_t i = cx->backfills.count; i > 0; i--) {
        const BackfillComment *at = &cx->backfills.items[i - 1];
        if (at->end >= from && at->end <= start) {
            return at;
        }
    }
    return NULL;
}

/* Is there one WHERE, or one place for it, that takes a batch's condition? A union has several, and
 * would write the rows of all but one with each batch. */
static bool moves_rows(const PgQuery__Node *node)
{
    switch ((int)node->node_case) { /* of some 200 */
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
    case PG_QUERY__NODE__NODE_DELETE_STMT:
        return true;
    case PG_QUERY__NODE__NODE_INSERT_STMT: {
        const PgQuery__Node *query = node->insert_stmt->select_stmt;
        return query != NULL && query->node_case == PG_QUERY__NODE__NODE_SELECT_STMT &&
               query->select_stmt->n_values_lists == 0 && query->select_stmt->larg == NULL;
    }
    default:
        return false;
    }
}

/* False after a report. */
static bool add_backfill(ScriptCx *cx, const PgQuery__Node *node, size_t from,
                         ScriptStatement *statement)
{
    const BackfillComment *comment = backfill_before(cx, from, statement->start);
    if (comment == NULL) {
        return true;
    }
    if (!moves_rows(node)) {
        script_report_backfill(cx, comment);
        return false;
    }
    statement->backfill = comment->directive;
    statement->kind = STATEMENT_BACKFILL;
    return true;
}

/* The first token that starts at `start` or behind it: they are in order. */
static size_t find_token(const PgQuery__ScanResult *scan, size_t start)
{
    size_t low = 0, high = scan->n_tokens;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if ((size_t)scan->tokens[middle]->start < start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The parser counts blanks and comments in front as part of a statement. */
static size_t skip_blanks(const PgQuery__ScanResult *scan, size_t start)
{
    for (size_t i = find_token(scan, start); i < scan->n_tokens; i++) {
        const PgQuery__ScanToken *token = scan->tokens[i];
        if (token->token != PG_QUERY__TOKEN__SQL_COMMENT &&
            token->token != PG_QUERY__TOKEN__C_COMMENT) {
            return (size_t)token->start;
        }
    }
    return start;
}

/* False after a report. */
static bool add_statement(ScriptCx *cx, const PgQuery__ScanResult *scan,
                          const PgQuery__RawStmt *raw)
{
    ParsedScript *script = cx->script;
    const size_t from = cx->offset + (size_t)raw->stmt_location;
    ScriptStatement statement = {
        .kind = class_of(raw->stmt),
        .start = cx->offset + skip_blanks(scan, (size_t)raw->stmt_location),
        .end = raw->stmt_len == 0 ? script->len : from + (size_t)raw->stmt_len,
    };
    const bool fits = add_backfill(cx, raw->stmt, from, &statement);
    const ScriptLocks locks = script_locks_of(raw->stmt);
    script->runs_functions |= !is_definition(raw->stmt);
    script->sets_transaction |= script_sets_transaction(raw->stmt);
    statement.is_setting = script_is_setting(raw->stmt);
    statement.is_local_setting = script_is_local_setting(raw->stmt);
    statement.ends_transaction = script_ends_transaction(raw->stmt);
    statement.ends_with_it = script_ends_with_transaction(raw->stmt);
    script->locks = locks > script->locks ? locks : script->locks;
    name_object(cx->arena, raw->stmt, &statement);
    if (raw->stmt->node_case == PG_QUERY__NODE__NODE_TRANSACTION_STMT) {
        script_follow_transaction(script, raw->stmt->transaction_stmt, statement.start);
    }
    vec_push(cx->arena, &script->statements, statement);
    if (script_add_view(cx, raw->stmt) || script_add_aside(cx, raw->stmt)) {
        return fits;
    }
    script_add_changes(cx, raw->stmt);
    if (!cx->states_tables) {
        script_add_names(cx, raw->stmt);
        script_add_touches(cx, raw->stmt);
    }
    return fits;
}

static bool read_comments(ScriptCx *cx, const PgQuery__ScanResult *scan)
{
    bool all = true;
    for (size_t i = 0; i < scan->n_tokens; i++) {
        const PgQuery__ScanToken *token = scan->tokens[i];
        if (token->token == PG_QUERY__TOKEN__SQL_COMMENT) {
            all &= script_read_comment(cx, cx->offset + (size_t)token->start,
                                       cx->offset + (size_t)token->end);
        }
    }
    return all;
}

/* A text the scanner refuses still has its header: comments in front of everything else. */
static bool read_leading_comments(ScriptCx *cx)
{
    const char *text = cx->script->text;
    bool all = true;
    size_t at = 0;
    while (at < cx->script->len) {
        const size_t start = at + strspn(text + at, " \t\r\n");
        const size_t end = start + strcspn(text + start, "\r\n");
        if (strncmp(text + start, "--", 2) != 0) {
            break;
        }
        all &= script_read_comment(cx, start, end);
        at = end;
    }
    return all;
}

/* Whatever was read of the statements is nothing, if not all can be. */
static void forget_statements(const ScriptCx *cx)
{
    ParsedScript *script = cx->script;
    script->readable = false;
    script->runs_functions = false;
    script->sets_transaction = false;
    script->touches_anything = false;
    script->locks = LOCKS_NOBODY;
    script->left_open = LEFT_NOTHING;
    script->statements.count = 0;
    script->types.count = 0;
    script->indexes.count = 0;
    script->changes.count = 0;
    script->views.count = 0;
    if (!cx->states_tables) {
        script->tables.count = 0;
        script->touches.count = 0;
    }
}

/* False after a report. */
static bool read_piece(ScriptCx *cx, const ScriptPiece *piece)
{
    if (piece->scan == NULL) {
        return cx->offset > 0 || read_leading_comments(cx);
    }
    bool read = read_comments(cx, piece->scan);
    cx->holds_commit |= script_holds_commit(piece->scan);
    for (size_t i = 0; piece->tree != NULL && i < piece->tree->n_stmts; i++) {
        read &= add_statement(cx, piece->scan, piece->tree->stmts[i]);
    }
    return read;
}

/* *ret_may_commit: its text cannot be read well enough to be sure that it is one transaction. */
static bool read_text(ScriptCx *cx, bool *ret_may_commit)
{
    ParsedScript *script = cx->script;
    size_t least = SQL_PIECE_BYTES;
    bool read = true, scanned = true;
    script->readable = true;
    do {
        const size_t end = sql_piece_end(script->text, script->len, cx->offset, least);
        const ScriptPiece piece = script_piece_make(script, cx->offset, end);
        if (piece.tree == NULL && end < script->len) {
            least *= 2;
        } else {
            read &= read_piece(cx, &piece);
            scanned &= piece.scan != NULL;
            script->readable &= piece.tree != NULL;
            cx->offset = end;
            least = SQL_PIECE_BYTES;
        }
        script_piece_free(&piece);
    } while (cx->offset < script->len);
    if (!script->readable) {
        forget_statements(cx);
    }
    *ret_may_commit = !script->readable && (!scanned || cx->holds_commit);
    return read;
}

/* --- the whole --- */

/* Seconds, where it is long: nobody looks for a signal meanwhile. */
static bool read_whole(ScriptCx *cx, const char *text, bool *ret_may_commit)
{
    ParsedScript *script = cx->script;
    const bool is_long = script->len > SQL_PIECE_BYTES;
    if (is_long) {
        stop_harmless_begin();
    }
    const bool read =
        script_read_bytes(cx->arena, cx->path, text, script->len, cx->diags, &script->text) &&
        read_text(cx, ret_may_commit);
    if (is_long) {
        stop_harmless_end();
    }
    return read;
}

bool script_parse(Arena *arena, const char *path, const char *text, size_t len, Diagnostics *diags,
                  const ParsedScript **ret_script)
{
    ParsedScript *script = arena_make(arena, ParsedScript);
    script->len = len;
    ScriptCx cx = {.arena = arena, .diags = diags, .path = path, .script = script};
    bool may_commit;
    if (!read_whole(&cx, text, &may_commit)) {
        return false;
    }
    script->runs_functions |= !script->readable;
    script->touches_anything |= !script->readable && !cx.states_tables;
    script_end_touches(&cx);
    script_make_parts(arena, script, may_commit);
    *ret_script = script;
    return true;
}

ScriptHeader script_header(Arena *arena, const char *text, size_t len)
{
    Diagnostics *ignored = NULL;
    ParsedScript script = {.len = len};
    if (strstr(text, "script=") == NULL) {
        return script.header;
    }
    ignored = diagnostics_new(arena, sources_new(arena));
    ScriptCx cx = {.arena = arena, .diags = ignored, .path = "", .script = &script};
    if (!script_read_bytes(arena, "", text, len, ignored, &script.text) ||
        !read_leading_comments(&cx)) {
        return (ScriptHeader){0};
    }
    return script.header;
}

/* --- queries --- */

bool script_only_scans(const ParsedScript *script)
{
    vec_each(ScriptStatement, statement, &script->statements) {
        if (statement->kind != STATEMENT_SHARED_SCAN) {
            return false;
        }
    }
    return script->statements.count > 0;
}

/* --- texts --- */

char *script_part_text(Arena *arena, const ParsedScript *script, const ScriptPart *part)
{
    char *text = arena_strndup(arena, script->text + part->start, part->end - part->start);
    if (script->mode == SCRIPT_WHOLE) {
        return text;
    }
    vec_each(ScriptStatement, statement, &script->statements) {
        const bool control =
            statement->kind == STATEMENT_BEGIN || statement->kind == STATEMENT_COMMIT;
        if (control && statement->start >= part->start && statement->end <= part->end) {
            memset(text + (statement->start - part->start), ' ', statement->end - statement->start);
        }
    }
    return text;
}
