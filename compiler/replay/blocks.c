/*
 * blocks.c - DO blocks whose effect can be read: statements one after the other, under conditions
 * over the catalog, with exceptions that say "it is there already"; and blocks that only touch
 * rows.
 *
 * Read token by token, as PL/pgSQL reads them. Source: PostgreSQL manual, "PL/pgSQL"; "Error Codes"
 * for the names of conditions.
 */
#include "base/common.h"

#include "compiler/replay/read/blocks.h"
#include "compiler/replay/replay_internal.h"

static bool run_list(BlockCx *cx);

/* --- statements ---------------------------------------------------------------------------------
 */

static Truth condition_of(const BlockCx *cx, Slice condition)
{
    const Truth found = block_null_test(cx, condition);
    return found == TRUTH_UNKNOWN ? block_condition(cx->replay, condition) : found;
}

/* Behind IF, up to its END IF. */
static bool run_if(BlockCx *cx)
{
    const bool outer = cx->skips, may_run = cx->may_run;
    bool taken = false;
    do {
        Slice condition = {0};
        if (!block_skip_to(cx, "THEN", &condition)) {
            return false;
        }
        const Truth found = outer || taken ? TRUTH_NO : condition_of(cx, condition);
        cx->may_run |= found == TRUTH_UNKNOWN; /* this branch, or one after it */
        (void)block_takes(cx, "THEN");
        cx->skips = outer || taken || found == TRUTH_NO || cx->returned;
        taken |= found == TRUTH_YES;
        if (!run_list(cx)) {
            return false;
        }
    } while (block_takes(cx, "ELSIF") || block_takes(cx, "ELSEIF"));
    if (block_takes(cx, "ELSE")) {
        cx->skips = outer || taken || cx->returned;
        if (!run_list(cx)) {
            return false;
        }
    }
    cx->skips = outer || cx->returned;
    cx->may_run = may_run || cx->may_have_returned;
    return (block_takes(cx, "END") && block_takes(cx, "IF") && block_takes_sign(cx, ';')) ||
           block_not_read(cx);
}

/* Whether it runs or not, once or often: the catalog is the same. */
static bool changes_nothing(const char *text)
{
    PgQuery__ParseResult *tree = redo_parse(text);
    bool nothing = tree != NULL;
    for (size_t i = 0; nothing && i < tree->n_stmts; i++) {
        switch ((int)tree->stmts[i]->stmt->node_case) { /* an open set */
        case PG_QUERY__NODE__NODE_INSERT_STMT:
        case PG_QUERY__NODE__NODE_UPDATE_STMT:
        case PG_QUERY__NODE__NODE_DELETE_STMT:
        case PG_QUERY__NODE__NODE_SELECT_STMT:
        case PG_QUERY__NODE__NODE_CREATE_ROLE_STMT:
        case PG_QUERY__NODE__NODE_ALTER_ROLE_STMT:
        case PG_QUERY__NODE__NODE_DROP_ROLE_STMT:
        case PG_QUERY__NODE__NODE_GRANT_ROLE_STMT:
            break;
        default:
            nothing = false;
            break;
        }
    }
    redo_parse_free(tree);
    return nothing;
}

static bool run_sql(BlockCx *cx, const char *text, size_t len)
{
    SqlReplay *replay = cx->replay;
    if (cx->skips) {
        return true;
    }
    if (cx->may_run && !changes_nothing(arena_strndup(replay->arena, text, len))) {
        return block_not_read(cx);
    }
    cx->statements++;
    return redo_text(replay, arena_strndup(replay->arena, text, len), len);
}

/* EXECUTE pg_catalog.pg_get_functiondef(f): a function is written again as it is. */
static bool rewrites_function(BlockCx *cx)
{
    BlockCx ahead = *cx;
    const bool is_so = block_takes(&ahead, "pg_catalog") && block_takes_sign(&ahead, '.') &&
                       block_takes(&ahead, "pg_get_functiondef") && block_takes_sign(&ahead, '(');
    const SqlToken function = block_peek(&ahead);
    ahead.at += function.len;
    if (is_so && (function.kind == SQL_WORD || function.kind == SQL_NAME) &&
        block_takes_sign(&ahead, ')') && block_takes_sign(&ahead, ';')) {
        *cx = ahead;
        return true;
    }
    return false;
}

/* Does each call in the text name a function of pg_catalog's? */
static bool calls_catalog_only(const BlockCx *cx, Slice text)
{
    BlockCx ahead = {.replay = cx->replay, .at = text.text, .end = text.text + text.len};
    SqlToken schema = {0}, before = {0};
    for (SqlToken token = block_peek(&ahead); token.len > 0; token = block_peek(&ahead)) {
        ahead.at += token.len;
        const SqlToken next = block_peek(&ahead);
        const bool names = token.kind == SQL_WORD || token.kind == SQL_NAME;
        const bool known = sql_token_is_sign(&before, '.') && block_is_word(&schema, "pg_catalog");
        if (names && sql_token_is_sign(&next, '(') && !known &&
            !block_is_word(&token, "operator")) {
            return false;
        }
        schema = before;
        before = token;
    }
    return true;
}

/* Is it about a database, whichever that is? */
static bool is_about_database(const char *text)
{
    PgQuery__ParseResult *tree = redo_parse(text);
    const Node *stmt = tree != NULL && tree->n_stmts == 1 ? tree->stmts[0]->stmt : NULL;
    bool is_one = false;
    if (stmt != NULL) {
        is_one = stmt->node_case == PG_QUERY__NODE__NODE_ALTER_DATABASE_SET_STMT ||
                 stmt->node_case == PG_QUERY__NODE__NODE_ALTER_DATABASE_STMT ||
                 (stmt->node_case == PG_QUERY__NODE__NODE_GRANT_STMT &&
                  stmt->grant_stmt->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE) ||
                 (stmt->node_case == PG_QUERY__NODE__NODE_COMMENT_STMT &&
                  stmt->comment_stmt->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE);
    }
    redo_parse_free(tree);
    return is_one;
}

/* EXECUTE of a text that is known. */
static bool run_execute(BlockCx *cx)
{
    if (rewrites_function(cx)) {
        return true;
    }
    cx->names_database = false;
    const char *text = block_take_text(cx);
    if (text == NULL || !block_takes_sign(cx, ';') ||
        (cx->names_database && !cx->skips && !is_about_database(text))) {
        return block_not_read(cx);
    }
    return run_sql(cx, text, strlen(text));
}

/* PERFORM query: a SELECT whose rows nobody wants. */
static bool run_perform(BlockCx *cx)
{
    Slice query = {0};
    if (!block_skip_to(cx, ";", &query)) {
        return false;
    }
    (void)block_takes_sign(cx, ';');
    const char *text = arena_printf(cx->replay->arena, "SELECT %.*s", (int)query.len, query.text);
    return run_sql(cx, text, strlen(text));
}

/* `variable := expression;`, which changes nothing if it calls nothing; what it holds then is not
 * known. */
static bool is_assignment(BlockCx cx)
{
    const SqlToken first = block_peek(&cx);
    cx.at += first.len;
    const bool is_name = first.kind == SQL_WORD || first.kind == SQL_NAME;
    return is_name && block_takes_sign(&cx, ':') && block_takes_sign(&cx, '=');
}

static bool run_assignment(BlockCx *cx)
{
    Slice statement = {0};
    if (!block_skip_to(cx, ";", &statement)) {
        return false;
    }
    (void)block_takes_sign(cx, ';');
    const char *value = strchr(statement.text, '=') + 1;
    const char *text = arena_printf(cx->replay->arena, "SELECT %.*s",
                                    (int)(statement.len - (size_t)(value - statement.text)), value);
    return cx->skips || redo_only_rows(cx->replay, text) || block_not_read(cx);
}

bool block_calls_nothing(const BlockCx *cx, Slice text)
{
    return calls_catalog_only(cx, text) ||
           redo_only_rows(cx->replay,
                          arena_printf(cx->replay->arena, "SELECT %.*s", (int)text.len, text.text));
}

/* `FOR r IN query LOOP ... END LOOP`, with WHILE, with nothing in front: once, often or never. */
static bool run_loop(BlockCx *cx)
{
    Slice head = {0};
    const bool may_run = cx->may_run, skips = cx->skips;
    if (!block_skip_to(cx, "LOOP", &head)) {
        return false;
    }
    (void)block_takes(cx, "LOOP");
    if (!cx->skips && !calls_catalog_only(cx, head) &&
        !redo_only_rows(cx->replay, arena_strndup(cx->replay->arena, head.text, head.len))) {
        return block_not_read(cx);
    }
    cx->may_run = true;
    cx->loops++;
    if (!run_list(cx)) {
        return false;
    }
    cx->loops--;
    cx->skips = skips;
    cx->may_run = may_run || cx->may_have_returned;
    return (block_takes(cx, "END") && block_takes(cx, "LOOP") && block_takes_sign(cx, ';')) ||
           block_not_read(cx);
}

/* RETURN: nothing behind it runs, or may. In a loop, EXIT and CONTINUE are only another way of
 * running less often. */
static bool run_leave(BlockCx *cx)
{
    Slice statement = {0};
    const bool returns = block_takes(cx, "RETURN");
    if (!block_skip_to(cx, ";", &statement) || (!returns && cx->loops == 0)) {
        return block_not_read(cx);
    }
    (void)block_takes_sign(cx, ';');
    if (returns && !cx->skips) {
        cx->returned = !cx->may_run;
        cx->may_have_returned |= cx->may_run;
        cx->skips = cx->returned;
    }
    return cx->skips || block_calls_nothing(cx, statement) || block_not_read(cx);
}

static bool run_block(BlockCx *cx);

/* A block inside of another one. */
static bool run_inner(BlockCx *cx)
{
    const size_t statements = cx->statements;
    const bool skips = cx->skips;
    cx->statements = 0;
    if (!run_block(cx)) {
        return false;
    }
    cx->skips = skips || cx->returned;
    cx->statements += statements;
    return block_takes_sign(cx, ';') || block_not_read(cx);
}

static bool run_one(BlockCx *cx)
{
    Slice statement = {0};
    if (block_takes(cx, "IF")) {
        return run_if(cx);
    }
    if (block_takes(cx, "EXECUTE")) {
        return run_execute(cx);
    }
    if (block_takes(cx, "PERFORM")) {
        return run_perform(cx);
    }
    if (block_takes(cx, "FOR") || block_takes(cx, "FOREACH") || block_takes(cx, "WHILE") ||
        block_sees(cx, "LOOP")) {
        return run_loop(cx);
    }
    if (block_sees(cx, "RETURN") || block_takes(cx, "EXIT") || block_takes(cx, "CONTINUE")) {
        return run_leave(cx);
    }
    if (block_sees(cx, "BEGIN") || block_sees(cx, "DECLARE")) {
        return run_inner(cx);
    }
    if (is_assignment(*cx)) {
        return run_assignment(cx);
    }
    if (block_sees(cx, "CASE")) {
        return block_not_read(cx);
    }
    const bool is_quiet =
        block_sees(cx, "RAISE") || block_sees(cx, "NULL") || block_sees(cx, "GET");
    if (block_sees(cx, "RAISE") && !cx->skips && !cx->may_run) {
        const SqlToken raise = block_peek(cx);
        cx->at += raise.len;
        if (!block_sees(cx, "NOTICE") && !block_sees(cx, "WARNING") && !block_sees(cx, "INFO")) {
            return block_not_read(cx);
        }
    }
    if (!block_skip_to(cx, ";", &statement)) {
        return false;
    }
    (void)block_takes_sign(cx, ';');
    const char *text = block_without_target(cx, statement);
    return is_quiet || run_sql(cx, text, strlen(text));
}

static bool ends_list(BlockCx *cx)
{
    return block_sees(cx, "END") || block_sees(cx, "ELSE") || block_sees(cx, "ELSIF") ||
           block_sees(cx, "ELSEIF") || block_sees(cx, "EXCEPTION") || block_sees(cx, "WHEN") ||
           block_peek(cx).len == 0;
}

static bool run_list(BlockCx *cx)
{
    while (!ends_list(cx)) {
        if (!run_one(cx)) {
            return false;
        }
    }
    return true;
}

/* --- exceptions ---------------------------------------------------------------------------------
 */

static bool condition_is(const SqlToken *token, const char *sqlstate)
{
    static const struct {
        const char *name, *sqlstate;
    } names[] = {
        {"duplicate_object", "42710"},   {"duplicate_table", "42P07"},
        {"duplicate_column", "42701"},   {"undefined_object", "42704"},
        {"undefined_table", "42P01"},    {"undefined_column", "42703"},
        {"duplicate_schema", "42P06"},   {"undefined_function", "42883"},
        {"duplicate_function", "42723"}, {"invalid_table_definition", "42P16"},
    };
    for (size_t i = 0; i < lengthof(names); i++) {
        if (block_is_word(token, names[i].name)) {
            return strcmp(names[i].sqlstate, sqlstate) == 0;
        }
    }
    return block_is_word(token, "others");
}

/* Behind EXCEPTION: does one of its conditions fit, and what it does is nothing? */
static bool is_caught(BlockCx *cx, const char *sqlstate)
{
    while (block_takes(cx, "WHEN")) {
        bool fits = false;
        for (SqlToken token = block_peek(cx); token.len > 0 && !block_is_word(&token, "THEN");
             token = block_peek(cx)) {
            fits |= condition_is(&token, sqlstate);
            cx->at += token.len;
        }
        (void)block_takes(cx, "THEN");
        cx->skips = !fits;
        if (!run_list(cx)) {
            return false;
        }
        if (fits) {
            return true;
        }
    }
    return false;
}

/* From behind BEGIN to what ends its statements, none of them carried out. */
static bool pass_list(BlockCx *cx)
{
    const bool skips = cx->skips;
    cx->skips = true;
    const bool ok = run_list(cx);
    cx->skips = skips;
    return ok;
}

/* Handlers that nothing is caught by. */
static bool pass_handlers(BlockCx *cx)
{
    while (block_takes(cx, "WHEN")) {
        Slice conditions = {0};
        if (!block_skip_to(cx, "THEN", &conditions) || !block_takes(cx, "THEN") || !pass_list(cx)) {
            return false;
        }
    }
    return true;
}

/* What came before in the block is taken back, and nothing may be left of the statement. */
static bool handle(BlockCx *cx, BlockCx start)
{
    const RealmFault fault = cx->replay->realm->fault;
    const bool can = cx->statements <= 1 && !cx->replay->is_half;
    start.statements = cx->statements;
    *cx = start;
    if (fault.sqlstate == NULL || !pass_list(cx) || !block_takes(cx, "EXCEPTION")) {
        cx->replay->realm->fault = fault;
        return false;
    }
    if (!can) {
        return block_not_read(cx);
    }
    if (!is_caught(cx, fault.sqlstate)) {
        cx->replay->realm->fault = fault;
        return false;
    }
    cx->skips = start.skips || cx->returned;
    return pass_handlers(cx);
}

static bool run_block(BlockCx *cx)
{
    const BlockConstant *outer = cx->constants;
    if (block_takes(cx, "DECLARE") && !block_declarations(cx)) {
        return false;
    }
    if (!block_takes(cx, "BEGIN")) {
        return block_not_read(cx);
    }
    const BlockCx start = *cx;
    if (!run_list(cx)) {
        if (!handle(cx, start)) {
            return false;
        }
    } else if (block_takes(cx, "EXCEPTION") && !pass_handlers(cx)) {
        return false;
    }
    cx->constants = outer;
    return block_takes(cx, "END") || block_not_read(cx);
}

/* --- the statement ------------------------------------------------------------------------------
 */

bool redo_block(SqlReplay *cx, const PgQuery__DoStmt *stmt)
{
    const char *body = NULL;
    for (size_t i = 0; i < stmt->n_args; i++) {
        const PgQuery__DefElem *arg = stmt->args[i]->def_elem;
        const char *text = arg->arg != NULL && arg->arg->node_case == PG_QUERY__NODE__NODE_STRING
                               ? arg->arg->string->sval
                               : "";
        if (strcmp(arg->defname, "as") == 0) {
            body = text;
        } else if (strcmp(text, "plpgsql") != 0) {
            return realm_unknown(cx->realm, "a DO block in another language");
        }
    }
    if (body == NULL || cx->in_block) {
        return realm_unknown(cx->realm, "a DO block");
    }
    const SqlReplay outer = *cx;
    BlockCx block = {.replay = cx, .at = body, .end = body + strlen(body)};
    cx->in_block = true;
    bool ok = false;
    if (!redo_view_block(cx, body, &ok) && !redo_numbers_block(cx, body, &ok) &&
        !redo_identity_block(cx, body, &ok) && !redo_aside_block(cx, body, &ok) &&
        !redo_remade_block(cx, body, &ok)) {
        ok = (redo_has_no_trigger(cx) && redo_only_rows(cx, body)) || run_block(&block);
    }
    cx->in_block = false;
    cx->text = outer.text;
    cx->start = outer.start;
    cx->end = outer.end;
    return ok;
}
