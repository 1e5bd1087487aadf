/*
 * emit.c - steps as SQL: one script with its sections, or statement by statement.
 */
#include "base/common.h"

#include "compiler/plan/emit/emit.h"

#include <string.h>

/* --- steps and statements ----------------------------------------------------------------------
 */

char *emit_steps(Arena *arena, const Plan *plan, Step *const *steps, size_t count)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < count; i++) {
        strbuf_printf(&out, "%s-- %s\n", i > 0 ? "\n" : "", step_row(steps[i]->kind)->section);
        strbuf_add(&out, emit_step(arena, plan, steps[i]));
    }
    return strbuf_take(&out, arena);
}

char *emit_script(Arena *arena, const Plan *plan)
{
    if (plan->steps.count == 0) {
        return arena_strdup(arena, "-- This is an empty migration.");
    }
    return emit_steps(arena, plan, plan->steps.items, plan->steps.count);
}

/*
 * The end of the statement at `text`: its `;` outside quotes, comments and dollar quotes. Only for
 * texts of our own printers.
 */
static const char *statement_end(const char *text)
{
    const char *at = text;
    while (*at != '\0' && *at != ';') {
        if (*at == '\'' || *at == '"') {
            const char quote = *at++;
            while (*at != '\0' && *at != quote) {
                at++;
            }
        } else if (at[0] == '-' && at[1] == '-') {
            while (at[1] != '\0' && at[1] != '\n') {
                at++;
            }
        }
        at += *at != '\0';
    }
    return at;
}

static const char *skip_blank(const char *text)
{
    while (*text == '\n' || *text == ' ' || (text[0] == '-' && text[1] == '-')) {
        if (*text == '-') {
            while (*text != '\0' && *text != '\n') {
                text++;
            }
        } else {
            text++;
        }
    }
    return text;
}

/* A script's own transactions; who runs statement by statement has another plan for them. */
static bool is_transaction_control(const char *sql)
{
    return strcmp(sql, "BEGIN") == 0 || strcmp(sql, "COMMIT") == 0;
}

static void split_step(Arena *arena, const Step *step, const char *sql, StatementList *statements)
{
    for (const char *at = skip_blank(sql); *at != '\0';) {
        const char *end = statement_end(at);
        const Statement statement = {step, arena_strndup(arena, at, (size_t)(end - at))};
        if (!is_transaction_control(statement.sql)) {
            vec_push(arena, statements, statement);
        }
        at = skip_blank(*end == ';' ? end + 1 : end);
    }
}

StatementList emit_statements(Arena *arena, const Plan *plan)
{
    StatementList statements = {0};
    vec_each(Step *, at, &plan->steps) {
        const char *sql = emit_step(arena, plan, *at);
        if (step_row((*at)->kind)->transaction == TX_SHARED && (*at)->kind > STEP_RENAME_INDEX) {
            /* the online strategy's own, which may hold functions: whole */
            const Statement statement = {*at, sql};
            vec_push(arena, &statements, statement);
        } else {
            split_step(arena, *at, sql, &statements);
        }
    }
    return statements;
}
