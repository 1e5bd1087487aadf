/*
 * online_check.c - the checks over first columns, which the second ones take along.
 *
 * The schema cannot say a check: it is known from a database or a folder, in the server's words or
 * somebody's. Beside the first column it is said of the second one, under a reserved name and not
 * validated; what the old program writes may break it only where a value becomes another one, and
 * then it waits for the gate. It is validated apart, and in the switch the first one's goes and
 * gives it its name. One that was never validated is not, and what keeps it from children does.
 */
#include "base/common.h"

#include <string.h>

#include "compiler/catalog/naming.h"
#include "compiler/catalog/sql_scan.h"
#include "compiler/plan/online/online_internal.h"

/* --- read --------------------------------------------------------------------------------------
 */

/* The next token that counts; its length is 0 at the end. */
static SqlToken next_token(const char **at)
{
    for (const char *end = *at + strlen(*at); *at < end;) {
        const SqlToken token = sql_scan(*at, end);
        *at += token.len;
        if (sql_token_counts(&token)) {
            return token;
        }
    }
    return (SqlToken){.kind = SQL_SIGN, .text = *at};
}

/* Past the bracket that closes the one before `at`; NULL where none does. */
static const char *past_bracket(const char *at)
{
    for (size_t depth = 1; *at != '\0';) {
        const SqlToken token = next_token(&at);
        depth += sql_token_is_sign(&token, '(') ? 1 : 0;
        depth -= sql_token_is_sign(&token, ')') ? 1 : 0;
        if (depth == 0) {
            return at;
        }
    }
    return NULL;
}

/* NO INHERIT and NOT VALID, in this order; nothing else. */
static bool read_rest(const char *at, KeptCheck *check)
{
    SqlToken token = next_token(&at);
    if (sql_token_is_word(&token, "no")) {
        token = next_token(&at);
        check->stays_here = sql_token_is_word(&token, "inherit");
        token = check->stays_here ? next_token(&at) : token;
    }
    if (sql_token_is_word(&token, "not")) {
        token = next_token(&at);
        check->unproved = sql_token_is_word(&token, "valid");
        token = check->unproved ? next_token(&at) : token;
    }
    return token.len == 0;
}

/* CHECK (condition) ... */
static bool read_check(Online *cx, const Opaque *opaque, KeptCheck *ret_check)
{
    const char *at = opaque->definition->text;
    const SqlToken word = next_token(&at), bracket = next_token(&at);
    const char *end = past_bracket(at);
    if (!sql_token_is_word(&word, "check") || !sql_token_is_sign(&bracket, '(') || end == NULL) {
        return false;
    }
    *ret_check = (KeptCheck){
        .opaque = opaque,
        .condition = intern(cx->plan->to->names, at, (size_t)(end - at) - strlen(")")),
        .built = name_reserved(cx->plan->to->names, RESERVED_BUILT, opaque->name),
    };
    return read_rest(end, ret_check);
}

/* A column that goes would take it along before the others change places. */
static bool map_columns(Online *cx, const Opaque *opaque, ColumnList *ret_columns)
{
    ColumnList columns = {0};
    vec_each(Column *, at, &opaque->columns) {
        const Column *after = match_column_after(cx->plan->diff, *at);
        if (after == NULL) {
            return false;
        }
        vec_push(cx->arena, &columns, after->table->columns.items[after->position]);
    }
    *ret_columns = columns;
    return columns.count > 0;
}

static void note_check(Online *cx, const KeptCheck *check)
{
    vec_each(Column *, column, &check->columns) {
        vec_push(cx->marks, &online_uses(cx, *column)->checks, cx->kept_checks.count);
    }
    vec_push(cx->marks, &cx->kept_checks, *check);
    object_map_put(cx->marks, &cx->kept, check->opaque, cx);
}

void online_find_kept_checks(Online *cx)
{
    vec_each(Opaque *, opaque, &cx->plan->from->opaque) {
        KeptCheck check;
        if (opaque_on_switch((*opaque)->kind) == SWITCH_BESIDE && (*opaque)->table != NULL &&
            !(*opaque)->has_other_path && (*opaque)->enums.count == 0 &&
            read_check(cx, *opaque, &check) &&
            online_text_moves(cx, (*opaque)->table, check.condition) &&
            map_columns(cx, *opaque, &check.columns)) {
            note_check(cx, &check);
        }
    }
}

bool online_keeps_check(const Online *cx, const Opaque *opaque)
{
    return object_map_get(&cx->kept, opaque) != NULL;
}

/* --- written -----------------------------------------------------------------------------------
 */

/* Each is its knots', in the order in which they were found. */
void online_give_checks(Online *cx, Knot *const *knots)
{
    vec_each(const KeptCheck, check, &cx->kept_checks) {
        vec_each(Column *, column, &check->columns) {
            const Shadow *shadow = online_shadow_of(cx, *column);
            Knot *knot = shadow == NULL ? NULL : knots[shadow->knot];
            if (knot != NULL && (knot->checks.count == 0 || vec_last(&knot->checks) != check)) {
                vec_push(cx->marks, &knot->checks, check);
            }
        }
    }
}

/* One of the columns that it is over and that change places there; NULL. */
static const Shadow *shadow_of(const Online *cx, const KeptCheck *check, uint32_t knot)
{
    vec_each(Column *, column, &check->columns) {
        const Shadow *shadow = online_shadow_of(cx, *column);
        if (shadow != NULL && shadow->knot == knot) {
            return shadow;
        }
    }
    return NULL;
}

static void write_step(Online *cx, const KeptCheck *check, const Shadow *shadow, CheckStep what)
{
    Step *step = online_step(cx, what.kind, what.phase, shadow->added);
    step->before = shadow->change->before;
    step->name = check->built;
    step->new_name = what.kind == STEP_SWITCH_CHECK ? check->opaque->name : NULL;
    step->together = what.together;
    step->expression =
        online_text_over(cx, check->opaque->table, check->condition, shadow->knot)->text;
    vec_push(cx->arena, &step->clauses,
             (Clause){.kind = check->stays_here ? CLAUSE_CHECK_HERE : CLAUSE_CHECK_KEPT,
                      .before = shadow->change->before.column,
                      .after = shadow->second,
                      .cause = shadow->added});
}

void online_write_kept_checks(Online *cx, const Knot *knot, CheckStep what)
{
    vec_each(const KeptCheck *const, at, &knot->checks) {
        const KeptCheck *check = *at;
        const Shadow *shadow = shadow_of(cx, check, knot->number);
        if (shadow != NULL && !(check->unproved && what.kind == STEP_VALIDATE_CONSTRAINT)) {
            write_step(cx, check, shadow, what);
        }
    }
}
