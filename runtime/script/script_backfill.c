/*
 * script_backfill.c - one more condition for a backfill statement, found by its tokens.
 *
 * `UPDATE t SET a = b WHERE a IS NULL` becomes `UPDATE t SET a = b WHERE (CONDITION) AND (a IS
 * NULL)`. The one WHERE outside all parentheses is the statement's own; so are the clauses that may
 * follow it.
 */
#include "base/common.h"

#include "runtime/script/script.h"

#include <pg_query.h>
#include <string.h>

#include "base/strbuf.h"
#include "runtime/script/script_internal.h"

enum { NOWHERE = -1 };

typedef struct WherePlace {
    int32_t where_end; /* behind the word WHERE; NOWHERE: there is none */
    int32_t tail;      /* start of the clause behind the conditions; NOWHERE: none */
} WherePlace;

/* Does a clause start here that stands behind WHERE? */
static bool starts_tail(const PgQuery__ScanToken *token, const PgQuery__ScanToken *next)
{
    switch ((int)token->token) { /* of some 500 tokens */
    case PG_QUERY__TOKEN__RETURNING:
    case PG_QUERY__TOKEN__GROUP_P:
    case PG_QUERY__TOKEN__ORDER:
    case PG_QUERY__TOKEN__LIMIT:
        return true;
    case PG_QUERY__TOKEN__ON:
        return next != NULL && next->token == PG_QUERY__TOKEN__CONFLICT;
    default:
        return false;
    }
}

static WherePlace find_where(const PgQuery__ScanResult *scan)
{
    WherePlace place = {NOWHERE, NOWHERE};
    int depth = 0;
    for (size_t i = 0; i < scan->n_tokens && place.tail == NOWHERE; i++) {
        const PgQuery__ScanToken *token = scan->tokens[i];
        const PgQuery__ScanToken *next = i + 1 < scan->n_tokens ? scan->tokens[i + 1] : NULL;
        depth += token->token == PG_QUERY__TOKEN__ASCII_40;
        depth -= token->token == PG_QUERY__TOKEN__ASCII_41;
        if (depth != 0) {
            continue;
        }
        if (token->token == PG_QUERY__TOKEN__WHERE && place.where_end == NOWHERE) {
            place.where_end = token->end;
        } else if (starts_tail(token, next)) {
            place.tail = token->start;
        }
    }
    return place;
}

/* A line end guards against a comment at the end of the conditions. */
static char *write_condition(Arena *arena, const char *sql, WherePlace place, const char *condition)
{
    const size_t len = strlen(sql);
    const size_t tail = place.tail == NOWHERE ? len : (size_t)place.tail;
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (place.where_end == NOWHERE) {
        strbuf_addn(&out, sql, tail);
        strbuf_printf(&out, "\nWHERE (%s)\n", condition);
    } else {
        const size_t where = (size_t)place.where_end;
        strbuf_addn(&out, sql, where);
        strbuf_printf(&out, " (%s) AND (", condition);
        strbuf_addn(&out, sql + where, tail - where);
        strbuf_add(&out, "\n) ");
    }
    strbuf_addn(&out, sql + tail, len - tail);
    return strbuf_take(&out, arena);
}

char *script_add_condition(Arena *arena, const ParsedScript *script,
                           const ScriptStatement *statement, const char *condition)
{
    const char *sql =
        arena_strndup(arena, script->text + statement->start, statement->end - statement->start);
    PgQueryScanResult scanned = pg_query_scan(sql);
    WherePlace place = {NOWHERE, NOWHERE};
    PgQuery__ScanResult *scan =
        pg_query__scan_result__unpack(NULL, scanned.pbuf.len, (const uint8_t *)scanned.pbuf.data);
    if (scan != NULL) {
        place = find_where(scan);
        pg_query__scan_result__free_unpacked(scan, NULL);
    }
    pg_query_free_scan_result(scanned);
    return write_condition(arena, sql, place, condition);
}
