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

/* Behind IF, up to its END IF. */
static bool run_if(BlockCx *cx)
{
    const bool outer = cx->skips;
    bool taken = false;
    do {
        Slice condition = {0};
        if (!block_skip_to(cx, "THEN", &condition)) {
            return false;
        }
        const Truth found = outer || taken ? TRUTH_NO : block_condition(cx->replay, condition);
        if (found == TRUTH_UNKNOWN) {
            return block_not_read(cx);
        }
        (void)block_takes(cx, "THEN");
        cx->skips = outer || taken || found == TRUTH_NO;
        taken |= found == TRUTH_YES;
        if (!run_list(cx)) {
            return false;
        }
    } while (block_takes(cx, "ELSIF") || block_takes(cx, "ELSEIF"));
    if (block_takes(cx, "ELSE")) {
        cx->skips = outer || taken;
        if (!run_list(cx)) {
            return false;
        }
    }
    cx->skips = outer;
    return (block_takes(cx, "END") && block_takes(cx, "IF") && block_takes_sign(cx, ';')) ||
           block_not_read(cx);
}

static bool run_sql(BlockCx *cx, const char *text, size_t len)
{
    SqlReplay *replay = cx->replay;
    if (cx->skips) {
        return true;
    }
    cx->statements++;
    return redo_text(replay, arena_strndup(replay->arena, text, len), len);
}

/* EXECUTE 'text': with quotes doubled inside. */
static bool run_execute(BlockCx *cx)
{
    const SqlToken token = block_peek(cx);
    if (token.kind != SQL_STRING || token.text[0] != '\'') {
        return block_not_read(cx);
    }
    char *text = arena_strndup(cx->replay->arena, token.text + 1, token.len - 2), *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        *to++ = *from;
        from += *from == '\'' && from[1] == '\'' ? 1 : 0;
    }
    *to = '\0';
    cx->at += token.len;
    return (block_takes_sign(cx, ';') || block_not_read(cx)) && run_sql(cx, text, strlen(text));
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
    if (block_sees(cx, "BEGIN") || block_sees(cx, "FOR") || block_sees(cx, "LOOP") ||
        block_sees(cx, "WHILE") || block_sees(cx, "CASE") || block_sees(cx, "FOREACH") ||
        block_sees(cx, "PERFORM")) {
        return block_not_read(cx);
    }
    const bool is_quiet = block_sees(cx, "RAISE") || block_sees(cx, "NULL");
    if (block_sees(cx, "RAISE") && !cx->skips) {
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
    return is_quiet || run_sql(cx, statement.text, statement.len);
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

/* Where the block's EXCEPTION stands; NULL: it has none. */
static const char *find_exception(BlockCx cx)
{
    for (SqlToken token = block_peek(&cx); token.len > 0; token = block_peek(&cx)) {
        cx.at += token.len;
        if (block_is_word(&token, "EXCEPTION") && block_sees(&cx, "WHEN")) {
            return cx.at;
        }
    }
    return NULL;
}

static bool run_block(BlockCx *cx)
{
    Slice variables = {0};
    const char *exception = find_exception(*cx);
    if (block_takes(cx, "DECLARE") && !block_skip_to(cx, "BEGIN", &variables)) {
        return false;
    }
    if (!block_takes(cx, "BEGIN")) {
        return block_not_read(cx);
    }
    if (run_list(cx)) {
        return block_takes(cx, "EXCEPTION") || block_takes(cx, "END") || block_not_read(cx);
    }
    const RealmFault fault = cx->replay->realm->fault;
    if (fault.sqlstate == NULL || exception == NULL) {
        return false;
    }
    if (cx->statements > 1) {
        return block_not_read(cx); /* what came before is taken back */
    }
    cx->at = exception;
    if (is_caught(cx, fault.sqlstate)) {
        return true;
    }
    cx->replay->realm->fault = fault;
    return false;
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
    bool ok = (redo_has_no_trigger(cx) && redo_only_rows(cx, body)) || run_block(&block);
    cx->in_block = false;
    cx->text = outer.text;
    cx->start = outer.start;
    cx->end = outer.end;
    return ok;
}
