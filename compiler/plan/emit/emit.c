/*
 * emit.c - steps as SQL: one script with its sections, or statement by statement.
 */
#include "base/common.h"

#include "compiler/plan/emit/emit.h"

#include <string.h>

#include "compiler/catalog/sql_scan.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/emit/sql_emit.h"

/* --- steps and statements ----------------------------------------------------------------------
 */

typedef void (*EmitStep)(StrBuf *out, const Plan *plan, const Step *step);

static const EmitStep emitters[] = {
#define STEP(kind, section, lock, transaction, cost, summary, emit, ...) [kind] = emit_##emit,
#include "compiler/plan/steps/steps.def"
#undef STEP
};
static_assert(lengthof(emitters) == STEP_KIND_COUNT, "one emitter per step kind");

char *emit_step(Arena *arena, const Plan *plan, const Step *step)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    emitters[step->kind](&out, plan, step);
    return strbuf_take(&out, arena);
}

char *emit_steps(Arena *arena, const Plan *plan, Step *const *steps, size_t count)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < count; i++) {
        strbuf_add(&out, i > 0 ? "\n" : "");
        sql_line_comment(&out, step_row(steps[i]->kind)->section);
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

/* The first `;` of the statement at `text`, or its end; white space and comments in front are no
 * part of it: *ret_start is behind them. */
static const char *statement_end(const char *text, const char **ret_start)
{
    const char *end = text + strlen(text), *at = text;
    *ret_start = NULL;
    while (at < end) {
        const SqlToken token = sql_scan(at, end);
        if (sql_token_is_sign(&token, ';')) {
            break;
        }
        if (*ret_start == NULL && sql_token_counts(&token)) {
            *ret_start = at;
        }
        at += token.len;
    }
    return at;
}

/* A script's own transactions; who runs statement by statement has another plan for them. */
static bool is_transaction_control(const char *sql)
{
    return strcmp(sql, "BEGIN") == 0 || strcmp(sql, "COMMIT") == 0;
}

static void split_step(Arena *arena, const Step *step, const char *sql, StatementList *statements)
{
    while (*sql != '\0') {
        const char *start, *end = statement_end(sql, &start);
        if (start != NULL) {
            const Statement statement = {step, arena_strndup(arena, start, (size_t)(end - start))};
            if (!is_transaction_control(statement.sql)) {
                vec_push(arena, statements, statement);
            }
        }
        sql = *end == ';' ? end + 1 : end;
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
