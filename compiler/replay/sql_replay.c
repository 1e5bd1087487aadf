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

static size_t lines_in(const char *text, size_t len)
{
    size_t lines = 0;
    for (size_t i = 0; i < len; i++) {
        lines += text[i] == '\n' ? 1 : 0;
    }
    return lines;
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
                              .offset = cx->bytes_before + cx->start,
                              .line = cx->lines_before + 1 + lines_in(cx->text, cx->start),
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

typedef struct ParsedText {
    PgQueryProtobufParseResult packed;
    PgQuery__ParseResult *tree; /* NULL: the parser refuses the text */
} ParsedText;

static ParsedText parse_text(const char *text)
{
    ParsedText parsed = {.packed = pg_query_parse_protobuf(text)};
    if (parsed.packed.error == NULL) {
        parsed.tree = pg_query__parse_result__unpack(
            NULL, parsed.packed.parse_tree.len, (const uint8_t *)parsed.packed.parse_tree.data);
    }
    return parsed;
}

static void forget_text(ParsedText *parsed)
{
    if (parsed->tree != NULL) {
        pg_query__parse_result__free_unpacked(parsed->tree, NULL);
    }
    pg_query_free_protobuf_parse_result(parsed->packed);
}

static void take_text(SqlReplay *cx, const char *text, size_t len)
{
    cx->text = text;
    cx->start = 0;
    cx->end = len;
}

static bool may_parse(SqlReplay *cx, const char *text, size_t len)
{
    return (len <= SCRIPT_MAX && strlen(text) == len &&
            sql_nesting_within(text, len, NESTING_MAX)) ||
           realm_unknown(cx->realm, "a script that is too large or too deep");
}

static bool run_text(SqlReplay *cx, const ParsedText *parsed, size_t len)
{
    const PgQueryError *error = parsed->packed.error;
    if (error != NULL) {
        const int at = error->cursorpos - 1;
        cx->start = at > 0 && (size_t)at < len ? (size_t)at : 0;
        return realm_unknown(cx->realm, "the grammar of PostgreSQL 15 refuses it: %s",
                             error->message);
    }
    return parsed->tree != NULL && run_statements(cx, parsed->tree, len);
}

bool redo_text(SqlReplay *cx, const char *text, size_t len)
{
    take_text(cx, text, len);
    if (!may_parse(cx, text, len)) {
        return false;
    }
    ParsedText parsed = parse_text(text);
    const bool ok = run_text(cx, &parsed, len);
    forget_text(&parsed);
    return ok;
}

/* --- scripts ------------------------------------------------------------------------------------
 */

/* A script, piece by piece (sql_scan.h). */
typedef struct Pieces {
    const char *text;
    size_t len, at; /* what is before `at` was read */
    Arena *arena;   /* of the last one */
    const char *piece;
    size_t piece_len;
} Pieces;

/* The next piece, which the parser takes, or all that is left. */
static ParsedText next_piece(Pieces *pieces)
{
    for (size_t least = SQL_PIECE_BYTES;; least *= 2) {
        const size_t end = sql_piece_end(pieces->text, pieces->len, pieces->at, least);
        arena_free(pieces->arena);
        pieces->arena = arena_new();
        pieces->piece_len = end - pieces->at;
        pieces->piece = arena_strndup(pieces->arena, pieces->text + pieces->at, pieces->piece_len);
        ParsedText parsed = parse_text(pieces->piece);
        if (parsed.packed.error == NULL || end == pieces->len) {
            pieces->at = end;
            return parsed;
        }
        forget_text(&parsed);
    }
}

/* What the parser refuses is refused before the first statement runs: one that fails is told only
 * where the pieces behind it can be read. */
static bool stop_in(SqlReplay *cx, Pieces *pieces)
{
    const Pieces failed = *pieces;
    (void)stop(cx, cx->realm->fault.sqlstate, cx->realm->fault.message);
    pieces->arena = NULL;
    for (bool ok = true; ok && pieces->at < pieces->len;) {
        ParsedText parsed = next_piece(pieces);
        take_text(cx, pieces->piece, pieces->piece_len);
        ok = parsed.packed.error == NULL;
        if (!ok) {
            cx->bytes_before = pieces->len - pieces->piece_len;
            cx->lines_before = lines_in(pieces->text, cx->bytes_before);
            (void)run_text(cx, &parsed, pieces->piece_len);
            (void)stop(cx, cx->realm->fault.sqlstate, cx->realm->fault.message);
        }
        forget_text(&parsed);
    }
    arena_free(failed.arena);
    return false;
}

static bool run_pieces(SqlReplay *cx, Pieces *pieces)
{
    do {
        cx->bytes_before = pieces->at;
        ParsedText parsed = next_piece(pieces);
        take_text(cx, pieces->piece, pieces->piece_len);
        const bool ok = run_text(cx, &parsed, pieces->piece_len);
        forget_text(&parsed);
        if (!ok) {
            return stop_in(cx, pieces);
        }
        if (pieces->at < pieces->len) {
            cx->lines_before += lines_in(pieces->piece, pieces->piece_len);
        }
    } while (pieces->at < pieces->len);
    return true;
}

/* What the script leaves behind. */
static bool end_script(SqlReplay *replay)
{
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
    replay->bytes_before = replay->lines_before = 0;
    take_text(replay, text, len);
    if (!may_parse(replay, text, len)) {
        return stop(replay, replay->realm->fault.sqlstate, replay->realm->fault.message);
    }
    Pieces pieces = {.text = text, .len = len};
    const bool ok = run_pieces(replay, &pieces) && end_script(replay);
    arena_free(pieces.arena);
    return ok;
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
