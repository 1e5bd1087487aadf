/*
 * plpgsql_body.c - a body of PL/pgSQL: what RETURN may give in a function of its kind, and whether
 * PL/pgSQL's own grammar takes the rest.
 *
 * Source: pl_gram.y, make_return_stmt and its like; PostgreSQL manual, "Returning from a Function".
 */
#include "base/common.h"

#include <pg_query.h>
#include <string.h>
#include <strings.h>

#include "compiler/catalog/sql_scan.h"
#include "compiler/replay/read/plpgsql_body.h"

/* libpg_query never frees the text, mostly empty, of what a body's statement wrote on its standard
 * error. */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#define KEEPS_A_BYTE(begins) ((begins) ? __lsan_disable() : __lsan_enable())
#else
#define KEEPS_A_BYTE(begins) ((void)0)
#endif

/* --- RETURN -------------------------------------------------------------------------------------
 */

typedef struct BodyCx {
    SqlReplay *replay;
    const char *at, *end;
    bool is_procedure, is_set, is_void, has_out;
} BodyCx;

static bool is_type(const PgQuery__TypeName *type, const char *name)
{
    const Node *last = type == NULL || type->n_names == 0 ? NULL : type->names[type->n_names - 1];
    return last != NULL && last->node_case == PG_QUERY__NODE__NODE_STRING &&
           strcmp(last->string->sval, name) == 0;
}

static void look_at_kind(BodyCx *cx, const PgQuery__CreateFunctionStmt *stmt)
{
    for (size_t i = 0; i < stmt->n_parameters; i++) {
        switch ((int)stmt->parameters[i]->function_parameter->mode) { /* an open set: IN */
        case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE:
        case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT:
        case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_INOUT:
            cx->has_out = true;
            break;
        default:
            break;
        }
    }
    cx->is_procedure = stmt->is_procedure;
    cx->is_set = stmt->return_type != NULL && stmt->return_type->setof;
    cx->is_void = (stmt->is_procedure && !cx->has_out) || is_type(stmt->return_type, "void") ||
                  is_type(stmt->return_type, "event_trigger");
}

static SqlToken next(BodyCx *cx)
{
    while (cx->at < cx->end) {
        const SqlToken token = sql_scan(cx->at, cx->end);
        cx->at += token.len;
        if (sql_token_counts(&token)) {
            return token;
        }
    }
    return (SqlToken){.kind = SQL_SPACE, .text = cx->end};
}

static bool is_word(const SqlToken *token, const char *word)
{
    return token->kind == SQL_WORD && token->len == strlen(word) &&
           strncasecmp(token->text, word, token->len) == 0;
}

/* Behind RETURN. */
static bool gives_right(BodyCx *cx)
{
    Realm *realm = cx->replay->realm;
    const SqlToken token = next(cx);
    const bool is_next = is_word(&token, "next");
    if (is_next || is_word(&token, "query")) {
        if (!cx->is_set) {
            return realm_refuse(realm, "42804", "cannot use RETURN %s in a non-SETOF function",
                                is_next ? "NEXT" : "QUERY");
        }
        const SqlToken value = is_next ? next(cx) : (SqlToken){0};
        if (!is_next || cx->has_out == sql_token_is_sign(&value, ';')) {
            return true;
        }
        return cx->has_out ? realm_refuse(realm, "42804",
                                          "RETURN NEXT cannot have a parameter in function "
                                          "with OUT parameters")
                           : realm_refuse(realm, "42601", "missing expression at or near \";\"");
    }
    const bool is_bare = sql_token_is_sign(&token, ';');
    if (cx->is_set || cx->is_void || cx->has_out) {
        return is_bare || realm_refuse(realm, cx->is_procedure && cx->is_void ? "42601" : "42804",
                                       "RETURN cannot have a parameter in such a function");
    }
    return !is_bare || realm_refuse(realm, "42601", "missing expression at or near \";\"");
}

/* Behind it a statement begins that has no label, as RETURN never has. */
static bool is_before(const SqlToken *token)
{
    static const char *const words[] = {"begin", "then", "else", "loop"};
    bool is = sql_token_is_sign(token, ';');
    for (size_t i = 0; i < lengthof(words); i++) {
        is |= is_word(token, words[i]);
    }
    return is;
}

/* THEN and ELSE of a CASE that is an expression begin no statement: a column may be called so. */
static bool returns_right(BodyCx *cx)
{
    SqlToken before = {0};
    size_t cases = 0; /* expressions that are not at their END */
    for (SqlToken token = next(cx); token.len > 0; token = next(cx)) {
        const bool begins = cases == 0 && is_before(&before);
        const char *behind = cx->at;
        if (begins && is_word(&token, "return") && !gives_right(cx)) {
            return false;
        }
        cx->at = behind;
        if (is_word(&token, "case") && !begins && !is_word(&before, "end")) {
            cases++;
        } else if (is_word(&token, "end") && cases > 0) {
            cases--;
        } else if (sql_token_is_sign(&token, ';')) {
            cases = 0;
        }
        before = token;
    }
    return true;
}

/* --- the rest -----------------------------------------------------------------------------------
 */

/* The grammar stands alone here: it knows no columns of a row, takes no cursor's type for one, and
 * of a function's result only whether it is a set. */
static bool is_about_types(const char *message)
{
    const char *name = message[0] == '"' ? strchr(message + 1, '"') : NULL;
    return strstr(message, "cursor") != NULL || strncmp(message, "missing expression", 18) == 0 ||
           (name != NULL && memchr(message, '.', (size_t)(name - message)) != NULL);
}

static bool is_read(SqlReplay *cx, Slice text)
{
    const char *statement = arena_strndup(cx->arena, text.text, text.len);
    KEEPS_A_BYTE(true);
    const PgQueryPlpgsqlParseResult result = pg_query_parse_plpgsql(statement);
    KEEPS_A_BYTE(false);
    const bool ok = result.error == NULL || is_about_types(result.error->message) ||
                    realm_unknown(cx->realm, "the body of a function: %s", result.error->message);
    pg_query_free_plpgsql_parse_result(result);
    return ok;
}

bool plpgsql_body_is_taken(SqlReplay *cx, const PgQuery__CreateFunctionStmt *stmt, const char *body,
                           Slice text)
{
    BodyCx look = {.replay = cx, .at = body, .end = body + strlen(body)};
    look_at_kind(&look, stmt);
    return returns_right(&look) && is_read(cx, text);
}
