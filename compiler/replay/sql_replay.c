/*
 * sql_replay.c - scripts, statement by statement, until one stops them.
 */
#include "base/common.h"

#include "compiler/replay/sql_replay.h"

#include <ctype.h>
#include <pg_query.h>

#include "compiler/catalog/sql_scan.h"
#include "compiler/replay/notes/subjects.h"
#include "compiler/replay/replay_internal.h"

/* Larger scripts are data; a server reads them better. */
enum { SCRIPT_MAX = 16 << 20, STATEMENT_SHOWN = 80 };

SqlReplay *sql_replay_new(Names *names, const SqlReplayOptions *options)
{
    Realm *realm = realm_new(names, options->default_schema, options->server_version);
    Arena *own = arena_new();
    realm->is_whole = options->whole;
    SqlReplay *replay = arena_make(own, SqlReplay);
    replay->own = own;
    replay->realm = realm;
    replay->arena = realm->arena;
    replay->names = names;
    replay->path = realm->path;
    replay->finding = arena_make(own, SqlReplayFinding);
    replay->beyond = arena_make(own, SqlReplayFinding);
    replay->notes = arena_make(own, SubjectNotes);
    return replay;
}

void sql_replay_free(SqlReplay *replay)
{
    if (replay == NULL) {
        return;
    }
    Catalog *catalog = replay->given_away ? NULL : replay->realm->catalog;
    arena_free(replay->own);
    catalog_free(catalog);
}

const SqlReplayFinding *sql_replay_finding(const SqlReplay *replay)
{
    return replay->finding;
}

const SqlReplayFinding *sql_replay_beyond(const SqlReplay *replay)
{
    if (replay->realm->is_beyond && replay->beyond->message == NULL) { /* seen at the end */
        *replay->beyond = (SqlReplayFinding){.end = SQL_REPLAY_NOT_UNDERSTOOD,
                                             .path = "",
                                             .statement = "",
                                             .message = replay->realm->beyond_why};
    }
    return replay->realm->is_beyond ? replay->beyond : NULL;
}

/* --- findings -----------------------------------------------------------------------------------
 */

static size_t line_of(const SqlReplay *cx, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at; i++) {
        line += cx->text[i] == '\n' ? 1 : 0;
    }
    return line;
}

/* The statement's beginning on one line. */
static const char *shown(const SqlReplay *cx)
{
    char text[STATEMENT_SHOWN + 1];
    size_t len = 0;
    for (size_t i = cx->start; i < cx->end && len < STATEMENT_SHOWN; i++) {
        const bool blank = isspace((unsigned char)cx->text[i]) != 0;
        if (!blank || (len > 0 && text[len - 1] != ' ')) {
            text[len++] = blank ? ' ' : cx->text[i];
        }
    }
    return arena_strndup(cx->arena, text, name_cut(text, len, len));
}

static SqlReplayFinding finding_here(const SqlReplay *cx, const char *sqlstate, const char *message)
{
    return (SqlReplayFinding){.end =
                                  sqlstate == NULL ? SQL_REPLAY_NOT_UNDERSTOOD : SQL_REPLAY_REFUSED,
                              .path = cx->file,
                              .offset = cx->start,
                              .line = line_of(cx, cx->start),
                              .statement = shown(cx),
                              .sqlstate = sqlstate,
                              .message = message};
}

void redo_forget_default(SqlReplay *cx, Column *column)
{
    SqlReplayFinding *here = arena_make(cx->own, SqlReplayFinding);
    *here = finding_here(cx, NULL, "what becomes of a default whose column changes its type");
    object_map_put(cx->own, &cx->forgotten, column, here);
    column->dflt = (Default){.kind = DEFAULT_OPAQUE};
}

/* Of a column whose default is asked for at the end; NULL: it was something else. */
static const SqlReplayFinding *find_forgotten(const SqlReplay *cx)
{
    const Column *column = cx->realm->uncertain;
    return column == NULL ? NULL : object_map_get(&cx->forgotten, column);
}

static bool stop(SqlReplay *cx, const char *sqlstate, const char *message)
{
    *cx->finding = finding_here(cx, sqlstate, message);
    return false;
}

/* --- statements ---------------------------------------------------------------------------------
 */

/* The parser counts blanks and comments in front as part of a statement. */
static size_t skip_blanks(const char *text, size_t at, size_t end)
{
    while (at < end) {
        const SqlToken token = sql_scan(text + at, text + end);
        if (sql_token_counts(&token)) {
            break;
        }
        at += token.len;
    }
    return at;
}

static bool run_statements(SqlReplay *cx, const PgQuery__ParseResult *tree, size_t len)
{
    for (size_t i = 0; i < tree->n_stmts; i++) {
        const PgQuery__RawStmt *raw = tree->stmts[i];
        const size_t from = (size_t)raw->stmt_location;
        cx->end = raw->stmt_len == 0 ? len : from + (size_t)raw->stmt_len;
        cx->start = skip_blanks(cx->text, from, cx->end);
        if (!redo_statement(cx, raw->stmt)) {
            return false;
        }
        if (cx->realm->is_beyond && cx->beyond->message == NULL) {
            *cx->beyond = finding_here(cx, NULL, cx->realm->beyond_why);
        }
    }
    return true;
}

bool redo_text(SqlReplay *cx, const char *text, size_t len)
{
    cx->text = text;
    cx->start = 0;
    cx->end = len;
    if (len > SCRIPT_MAX || strlen(text) != len || !sql_nesting_within(text, len, NESTING_MAX)) {
        return realm_unknown(cx->realm, "a script that is too large or too deep");
    }
    PgQueryProtobufParseResult parsed = pg_query_parse_protobuf(text);
    PgQuery__ParseResult *tree = NULL;
    bool ok = false;
    if (parsed.error != NULL) {
        const int at = parsed.error->cursorpos - 1;
        cx->start = at > 0 && (size_t)at < len ? (size_t)at : 0;
        (void)realm_unknown(cx->realm, "the grammar of PostgreSQL 15 refuses it: %s",
                            parsed.error->message);
    } else {
        tree = pg_query__parse_result__unpack(NULL, parsed.parse_tree.len,
                                              (const uint8_t *)parsed.parse_tree.data);
        ok = tree != NULL && run_statements(cx, tree, len);
    }
    if (tree != NULL) {
        pg_query__parse_result__free_unpacked(tree, NULL);
    }
    pg_query_free_protobuf_parse_result(parsed);
    return ok;
}

bool sql_replay_script(SqlReplay *replay, const char *path, const char *text, size_t len)
{
    replay->file = path;
    replay->steers = false;
    replay->trusts_bodies = false;
    replay->has_queried = false;
    replay->refuses_blocks = false;
    if (replay->finding->end != SQL_REPLAY_DONE) {
        return false;
    }
    if (!redo_text(replay, text, len)) {
        return stop(replay, replay->realm->fault.sqlstate, replay->realm->fault.message);
    }
    if (replay->in_transaction) {
        return stop(replay, NULL, "the script does not end its transaction");
    }
    if (replay->steers && replay->refuses_blocks) {
        return stop(replay, NULL,
                    "a statement that refuses a transaction, in a script that steers its own");
    }
    redo_end_transaction(replay);
    replay->realm->path = replay->path; /* a script's settings end with it */
    return true;
}

Catalog *sql_replay_finish(SqlReplay *replay, const Name *schemas, size_t count)
{
    Catalog *catalog = NULL;
    if (replay->finding->end == SQL_REPLAY_DONE) {
        redo_tell_comments(replay);
        redo_tell_rights(replay);
        redo_tell_owners(replay);
        catalog = realm_finish(replay->realm, schemas, count);
    }
    const SqlReplayFinding *forgotten = catalog == NULL ? find_forgotten(replay) : NULL;
    if (forgotten != NULL) {
        *replay->finding = *forgotten;
    } else if (catalog == NULL && replay->finding->end == SQL_REPLAY_DONE) {
        *replay->finding = (SqlReplayFinding){.end = SQL_REPLAY_NOT_UNDERSTOOD,
                                              .path = "",
                                              .statement = "",
                                              .message = replay->realm->fault.message};
    }
    replay->given_away = catalog != NULL;
    return catalog;
}
