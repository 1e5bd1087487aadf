#include "base/common.h"

#include "fuzz/scripted_session.h"

#include <string.h>

#include "base/strbuf.h"

enum { CELLS_MAX = 1 << 14, COLUMNS_MAX = 64 };

typedef VEC(const char *) CellList;

struct Session {
    Arena *arena;
    ConnInfo *info;
    const char *rest;        /* of the text; NULL behind its end */
    VEC(const char *) asked; /* the queries of a pipeline */
};

Session *scripted_session(Arena *arena, const char *text, size_t len)
{
    Session *session = arena_make(arena, Session);
    session->arena = arena;
    session->info = arena_make(arena, ConnInfo);
    session->rest = arena_strndup(arena, text, len);
    return session;
}

/* --- answers --- */

static char *next_answer(Session *session)
{
    static const char divider[] = "\n=====\n";
    const char *from = session->rest == NULL ? "" : session->rest;
    const char *end = strstr(from, divider);
    const size_t len = end == NULL ? strlen(from) : (size_t)(end - from);
    session->rest = end == NULL ? NULL : end + sizeof divider - 1;
    return arena_strndup(session->arena, from, len);
}

/* One cell from `*at`, which is left behind the tab or line end that closes it. */
static const char *next_cell(Arena *arena, const char **at, char *ret_end)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    const char *c = *at;
    const bool null = c[0] == '\\' && c[1] == 'N' && strchr("\t\n", c[2]) != NULL;
    for (; *c != '\0' && *c != '\t' && *c != '\n'; c++) {
        const bool escaped = *c == '\\' && c[1] != '\0' && c[1] != '\n';
        c += escaped ? 1 : 0;
        strbuf_char(&out, escaped && *c == 'n' ? '\n' : escaped && *c == 't' ? '\t' : *c);
    }
    *ret_end = *c;
    *at = *c == '\0' ? c : c + 1;
    const char *text = strbuf_take(&out, arena);
    return null ? NULL : text;
}

static Result *read_answer(Arena *arena, const char *text)
{
    CellList columns = {0}, cells = {0};
    const char *at = text;
    char end = '\t';
    while (end == '\t' && columns.count < COLUMNS_MAX) {
        const char *name = next_cell(arena, &at, &end);
        vec_push(arena, &columns, name == NULL ? "" : name);
    }
    while (*at != '\0' && cells.count < CELLS_MAX) {
        end = '\t';
        for (size_t i = 0; i < columns.count; i++) {
            vec_push(arena, &cells, end == '\t' ? next_cell(arena, &at, &end) : NULL);
        }
        while (end == '\t') {
            (void)next_cell(arena, &at, &end);
        }
    }
    return result_make(columns.items, columns.count, cells.items, cells.count / columns.count);
}

/* NULL: an error. */
static Result *answer(Session *session, ServerError *ret_error)
{
    const char *text = next_answer(session);
    if (text[0] != '!') {
        return read_answer(session->arena, text);
    }
    *ret_error = (ServerError){.message = text, .detail = "", .hint = "", .context = ""};
    memset(ret_error->sqlstate, '0', 5);
    for (size_t i = 0; i < 5 && text[1 + i] != '\0'; i++) {
        ret_error->sqlstate[i] = text[1 + i];
    }
    return NULL;
}

/* --- what session.h declares --- */

bool session_open(const ConnInfo *info, const SessionOptions *options, Diagnostics *diags,
                  Session **ret_session)
{
    (void)info;
    (void)options;
    (void)ret_session;
    diag_report(diags, DIAG_UNREACHABLE, span_none(), "the script", "it is one session");
    return false;
}

bool session_open_maintenance(const ConnInfo *info, const SessionOptions *options,
                              Diagnostics *diags, Session **ret_session)
{
    return session_open(info, options, diags, ret_session);
}

void session_close(Session *session)
{
    (void)session;
}

const ConnInfo *session_info(const Session *session)
{
    return session->info;
}

int session_server_version(const Session *session)
{
    (void)session;
    return 150000;
}

int session_backend_pid(const Session *session)
{
    (void)session;
    return 1;
}

bool session_in_transaction(const Session *session)
{
    (void)session;
    return false;
}

SessionTidy session_tidy_begin(Session *session, SessionTidy tidy)
{
    (void)session;
    (void)tidy;
    return TIDY_NONE;
}

void session_tidy_end(Session *session, SessionTidy before)
{
    (void)session;
    (void)before;
}

bool session_is_alive(Session *session)
{
    (void)session;
    return true;
}

bool session_ask(Session *session, Query query, ServerError *ret_error, Result **ret_result)
{
    (void)query;
    Result *result = answer(session, ret_error);
    if (result == NULL) {
        return false;
    }
    *ret_result = result;
    return true;
}

bool session_query(Session *session, Query query, Diagnostics *diags, Result **ret_result)
{
    ServerError error;
    const bool ok = session_ask(session, query, &error, ret_result);
    if (!ok) {
        session_report(session, &error, diags);
    }
    return ok;
}

bool session_query_all(Session *session, const Query *queries, size_t count, Diagnostics *diags,
                       Result **ret_results)
{
    for (size_t i = 0; i < count; i++) {
        if (!session_query(session, queries[i], diags, &ret_results[i])) {
            while (i-- > 0) {
                result_free(ret_results[i]);
            }
            return false;
        }
    }
    return true;
}

void session_query_more(Session *session, const Query *queries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        vec_push(session->arena, &session->asked, queries[i].sql);
    }
}

/* Transaction control, settings and cursors: nothing of theirs is looked at. */
static bool asks_nothing(const char *sql)
{
    static const char *const words[] = {"BEGIN", "COMMIT", "SET ", "DECLARE "};
    for (size_t i = 0; i < lengthof(words); i++) {
        if (strncmp(sql, words[i], strlen(words[i])) == 0) {
            return true;
        }
    }
    return strstr(sql, "set_config(") != NULL;
}

bool session_query_each(Session *session, const Query *queries, size_t count, Diagnostics *diags,
                        TakeResult take, void *cx)
{
    session->asked.count = 0;
    session_query_more(session, queries, count);
    for (size_t i = 0; i < session->asked.count; i++) {
        ServerError error;
        Result *result = asks_nothing(session->asked.items[i]) ? read_answer(session->arena, "")
                                                               : answer(session, &error);
        if (result == NULL) {
            session_report(session, &error, diags);
            return false;
        }
        take(cx, i, result);
    }
    return true;
}

bool session_execute(Session *session, const char *script, ServerError *ret_error)
{
    (void)script;
    Result *result = answer(session, ret_error);
    result_free(result);
    return result != NULL;
}

bool session_run(Session *session, const char *script, Diagnostics *diags)
{
    ServerError error;
    const bool ok = session_execute(session, script, &error);
    if (!ok) {
        session_report(session, &error, diags);
    }
    return ok;
}

ServerError session_malformed(const char *fault)
{
    return (ServerError){.message = fault, .malformed = true};
}

Diagnostic *session_report(const Session *session, const ServerError *error, Diagnostics *diags)
{
    (void)session;
    return error->malformed ? diag_report(diags, DIAG_ANSWER, span_none(), error->message)
                            : diag_report(diags, DIAG_SERVER_ERROR, span_none(), error->message,
                                          error->sqlstate);
}

bool session_begin(Session *session, Diagnostics *diags)
{
    return session_run(session, "", diags);
}

bool session_commit(Session *session, Diagnostics *diags)
{
    return session_run(session, "", diags);
}

void session_rollback(Session *session)
{
    (void)session;
}

NoticeList session_take_notices(Session *session)
{
    (void)session;
    return (NoticeList){0};
}

bool session_is_pooled(const Session *session)
{
    (void)session;
    return false;
}

void session_note_backend(Session *session, int pid)
{
    (void)session;
    (void)pid;
}

const char *session_schema_to_set(const Session *session)
{
    (void)session;
    return NULL;
}

bool session_control(Session *session, const char *statement, ServerError *ret_error)
{
    return session_execute(session, statement, ret_error);
}

const char *session_our_settings(Session *session, bool local)
{
    (void)session;
    (void)local;
    return "SET ";
}

bool session_run_script(Session *session, const SessionScript *script, ServerError *ret_error)
{
    return session_execute(session, script->text, ret_error);
}

bool session_enter_script(Session *session, const char *settings, ServerError *ret_error)
{
    return session_execute(session, settings, ret_error);
}

uint32_t session_count_statements(const char *prefix)
{
    (void)prefix; /* the script's errors tell no place */
    return 0;
}

bool session_ask_there(Session *session, Query query, ServerError *ret_error, Result **ret_result)
{
    return session_ask(session, query, ret_error, ret_result);
}

const char *session_schema(Session *session, Diagnostics *diags)
{
    (void)session;
    (void)diags;
    return "public";
}

bool session_check_settings(Session *session, Diagnostics *diags)
{
    (void)session;
    (void)diags;
    return true;
}
