/*
 * emit.c - steps as SQL: one script with its sections, or statement by statement.
 */
#include "base/common.h"

#include "compiler/plan/emit/emit.h"

#include <string.h>

#include "compiler/catalog/sql_scan.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/emit/sql_emit.h"
#include "compiler/plan/world/replay.h"

/* --- steps and statements ----------------------------------------------------------------------
 */

typedef void (*EmitStep)(StrBuf *out, const Emitter *cx, const Step *step);

static const EmitStep emitters[] = {
#define STEP(kind, section, lock, transaction, cost, summary, effects, emit, ...)                  \
    [kind] = emit_##emit,
#include "compiler/plan/steps/steps.def"
#undef STEP
};
static_assert(lengthof(emitters) == STEP_KIND_COUNT, "one emitter per step kind");

void emit_write_step(const Replay *world, Step *step, void *of)
{
    const Writing *writing = of;
    Emitter emitter = writing->emitter;
    emitter.world = world;
    StrBuf out = strbuf_new(STRBUF_MAX);
    emitters[step->kind](&out, &emitter, step);
    step->sql = strbuf_take(&out, writing->arena);
}

/* --- what people see ---------------------------------------------------------------------------
 */

static bool is_view_step(const Step *step)
{
    return step->kind == STEP_COMPATIBILITY_VIEW || step->kind == STEP_DROP_COMPATIBILITY_VIEW ||
           step->kind == STEP_TAKE_BACK_VIEW;
}

static Name clause_name(const Replay *world, const Clause *clause)
{
    if (clause->after != NULL || clause->before != NULL) {
        const Column *column = clause->after != NULL ? clause->after : clause->before;
        return world_column_now(world, column)->name;
    }
    const PrimaryKey *key = clause->key_after != NULL ? clause->key_after : clause->key_before;
    return key == NULL ? NULL : key->name;
}

/* A view's step speaks of both names itself. */
static void show_before(const Replay *world, Arena *arena, Step *step)
{
    step->shown_before = step->before;
    step->shown_after = step->after;
    if (is_view_step(step)) {
        return;
    }
    step->shown_before = world_shown(world, arena, &step->before);
    vec_each(Clause, clause, &step->clauses) {
        clause->shown = clause_name(world, clause);
    }
}

static void show_after(const Replay *world, Arena *arena, Step *step)
{
    if (!is_view_step(step)) {
        step->shown_after = world_shown(world, arena, &step->after);
    }
}

bool emit_and_replay(Arena *arena, Replay *world, const Plan *plan, Step *const *steps,
                     size_t count)
{
    Arena *scratch = arena_new();
    Writing writing = {.emitter = {.plan = plan,
                                   .arena = scratch,
                                   .sequences = arena_make(scratch, SequenceNames),
                                   .grown = arena_make(scratch, GrownEnums)},
                       .arena = arena};
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        show_before(world, arena, steps[i]);
        emit_write_step(world, steps[i], &writing);
        ok = replay_step(world, steps[i], i + 1);
        show_after(world, arena, steps[i]);
    }
    arena_free(scratch);
    return ok;
}

static bool are_one_block(const Step *step, const Step *next)
{
    return step->block != NULL && next->block != NULL && step->together == next->together;
}

/* Steps that the format writes as one, in a transaction of their own, are gathered. */
void emit_add_steps(StrBuf *out, Step *const *steps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const Step *step = steps[i];
        const bool begins = i == 0 || !are_one_block(steps[i - 1], step);
        const bool ends = i + 1 == count || !are_one_block(step, steps[i + 1]);
        if (begins) {
            strbuf_add(out, i > 0 ? "\n" : "");
            sql_line_comment(out,
                             step->block != NULL ? step->block : step_row(step->kind)->section);
        }
        strbuf_add(out, begins && step->block != NULL ? "BEGIN;\n" : "");
        strbuf_add(out, step->sql);
        strbuf_add(out, ends && step->block != NULL ? "COMMIT;\n" : "");
    }
}

char *emit_steps(Arena *arena, Step *const *steps, size_t count)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    emit_add_steps(&out, steps, count);
    return strbuf_take(&out, arena);
}

char *emit_script(Arena *arena, const Plan *plan)
{
    if (plan->steps.count == 0) {
        return arena_strdup(arena, "-- This is an empty migration.");
    }
    return emit_steps(arena, plan->steps.items, plan->steps.count);
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
        const char *sql = (*at)->sql;
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
