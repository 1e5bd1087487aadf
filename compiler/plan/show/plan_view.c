#include "base/common.h"

#include "compiler/plan/show/plan_view.h"

#include <string.h>

#include "base/text/show.h"
#include "compiler/catalog/sql_scan.h"
#include "compiler/plan/steps/type_words.h"
#include "compiler/plan/emit/emit.h"

/* --- titles ------------------------------------------------------------------------------------
 */

const Table *step_main_table(const Step *step)
{
    return step->shown_after.table != NULL ? step->shown_after.table : step->shown_before.table;
}

/* The table, and inside it the object; or the object alone. */
static void add_object(StrBuf *out, const Step *step, bool inner)
{
    const Table *table = step_main_table(step);
    Name object = inner ? subject_object(&step->shown_after) : NULL;
    if (object == NULL && inner) {
        object = subject_object(&step->shown_before);
    }
    show_printf(out, "%s", table == NULL ? "" : table->name->text);
    if (object != NULL) {
        show_printf(out, "%s%s", table == NULL ? "" : ".", object->text);
    }
}

/* " (`BigInt` to `Integer`)" */
static void add_types(StrBuf *out, const Column *before, const Column *after)
{
    Arena *scratch = arena_new();
    show_printf(out, " (%s)", types_in_words(scratch, &before->type, &after->type));
    arena_free(scratch);
}

/* "add column refillAt, drop not null name" */
static void add_clauses(StrBuf *out, const Step *step)
{
    vec_each(const Clause, clause, &step->clauses) {
        Name object = clause->shown;
        show_printf(out, "%s%s%s%s", clause == step->clauses.items ? "" : ", ",
                    clause_row(clause->kind)->summary, object == NULL ? "" : " ",
                    object == NULL ? "" : object->text);
        if (clause->kind == CLAUSE_SET_TYPE) {
            add_types(out, clause->before, clause->after);
        }
    }
}

/* " (a, b)": the columns of a check. */
static void add_columns(StrBuf *out, const Step *step)
{
    vec_each(const Clause, clause, &step->clauses) {
        show_printf(out, "%s%s", clause == step->clauses.items ? " (" : ", ", clause->shown->text);
    }
    strbuf_add(out, step->clauses.count > 0 ? ")" : "");
}

/* "User to Person"; "public.User to auth.User" */
static void add_table_rename(StrBuf *out, const Table *before, const Table *after)
{
    if (before->schema != after->schema) {
        show_printf(out, " (%s.%s to %s.%s", before->schema->text, before->name->text,
                    after->schema->text, after->name->text);
    } else {
        show_printf(out, " (%s to %s", before->name->text, after->name->text);
    }
}

/* " (User to Person, name to fullName)" */
static void add_renames(StrBuf *out, const Step *step)
{
    const Table *before = step->shown_before.table, *after = step->shown_after.table;
    const bool table = before->name != after->name || before->schema != after->schema;
    if (table) {
        add_table_rename(out, before, after);
    }
    vec_each(const Clause, clause, &step->clauses) {
        show_printf(out, "%s%s to %s", !table && clause == step->clauses.items ? " (" : ", ",
                    clause->before->name->text, clause->after->name->text);
    }
    strbuf_char(out, ')');
}

/* " (Role to Role_old)" */
static void add_enum_rename(StrBuf *out, const EnumType *before, const EnumType *after)
{
    if (before->name != after->name) {
        show_printf(out, " (%s to %s)", before->name->text, after->name->text);
    }
}

char *step_title(Arena *arena, const Step *step)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    bool check = step->kind == STEP_ADD_CHECK || step->kind == STEP_DROP_CHECK ||
                 step->kind == STEP_SWITCH_CHECK ||
                 (step->kind == STEP_VALIDATE_CONSTRAINT && step->shown_after.foreign_key == NULL);
    bool view = step->kind == STEP_COMPATIBILITY_VIEW ||
                step->kind == STEP_DROP_COMPATIBILITY_VIEW || step->kind == STEP_TAKE_BACK_VIEW;
    add_object(&out, step, !check && !view && step->kind != STEP_ALTER_TABLE);
    strbuf_add(&out, ": ");
    if (step->kind == STEP_ALTER_TABLE) {
        add_clauses(&out, step);
        return strbuf_take(&out, arena);
    }
    strbuf_add(&out, step_row(step->kind)->summary);
    if (step->kind == STEP_SYNC_TRIGGER && step->before.column != NULL) {
        add_types(&out, step->before.column, step->after.column);
    }
    if (check) {
        add_columns(&out, step);
    } else if (view || step->kind == STEP_RENAME_TABLE) {
        add_renames(&out, step);
    } else if (step->kind == STEP_RENAME_ENUM) {
        add_enum_rename(&out, step->shown_before.enum_type, step->shown_after.enum_type);
    }
    return strbuf_take(&out, arena);
}

/* --- places ------------------------------------------------------------------------------------
 */

static bool is_written(Origin origin)
{
    return origin.kind != ORIGIN_CATALOG && origin.span.file != 0;
}

static Origin subject_origin(const Subject *subject)
{
    const Origin none = {.kind = ORIGIN_CATALOG};
    const Origin candidates[] = {
        subject->column != NULL ? subject->column->origin : none,
        subject->index != NULL ? subject->index->origin : none,
        subject->foreign_key != NULL ? subject->foreign_key->origin : none,
        subject->primary_key != NULL ? subject->primary_key->origin : none,
        subject->enum_type != NULL ? subject->enum_type->origin : none,
        subject->extension != NULL ? subject->extension->origin : none,
        subject->table != NULL ? subject->table->origin : none,
        subject->schema != NULL ? subject->schema->origin : none,
    };
    for (size_t i = 0; i < lengthof(candidates); i++) {
        if (is_written(candidates[i])) {
            return candidates[i];
        }
    }
    return none;
}

Origin step_origin(const Step *step)
{
    vec_each(const Clause, clause, &step->clauses) {
        if (clause->after != NULL && is_written(clause->after->origin)) {
            return clause->after->origin;
        }
    }
    Origin origin = subject_origin(&step->shown_after);
    return is_written(origin) ? origin : subject_origin(&step->shown_before);
}

/* --- statements --------------------------------------------------------------------------------
 */

/* The `;` that ends the statement at `at`, or the text's end. */
static const char *statement_end(const char *at)
{
    for (const char *end = at + strlen(at); at < end;) {
        const SqlToken token = sql_scan(at, end);
        if (sql_token_is_sign(&token, ';')) {
            break;
        }
        at += token.len;
    }
    return at;
}

TextList step_statements(Arena *arena, const Step *step)
{
    TextList statements = {0};
    const char *at = step->sql;
    while (*at != '\0') {
        const char *end = statement_end(at);
        vec_push(arena, &statements, arena_strndup(arena, at, (size_t)(end - at)));
        at = end + strspn(end, ";\n");
    }
    return statements;
}

/* --- words -------------------------------------------------------------------------------------
 */

static bool plan_parts_programs(const Plan *plan)
{
    vec_each(Step *, step, &plan->steps) {
        if (step_parts_programs(*step)) {
            return true;
        }
    }
    return false;
}

const char *phase_alive(const Plan *plan, Phase phase)
{
    static const char *const alive[] = {
        [PHASE_EXPAND] = "the old program; the new one once all before the gate is done",
        [PHASE_BACKFILL] = "the old program; the new one once all before the gate is done",
        [PHASE_TIGHTEN] = "the old program; then, for as long as wanted, old and new together",
        [PHASE_CONTRACT] = "the new program alone",
    };
    static_assert(lengthof(alive) == PHASE_COUNT, "one sentence a phase");
    if (!plan->online) {
        return "whoever tolerates both schemas";
    }
    if (plan_parts_programs(plan)) {
        return phase == PHASE_CONTRACT ? "neither program: the old one stops before, the new one "
                                         "starts behind it"
                                       : "the old program alone";
    }
    return plan_has_phases(plan) ? alive[phase] : "the old program, and the new one afterwards";
}

const char *transaction_text(TransactionMode mode)
{
    static const char *const texts[] = {
        [TX_SHARED] = "in its script's transaction",
        [TX_OWN] = "in a transaction of its own",
        [TX_NONE] = "outside of any transaction",
        [TX_BATCHES] = "in many small transactions, resumable",
    };
    return texts[mode];
}

const char *transaction_name(TransactionMode mode)
{
    static const char *const names[] = {
        [TX_SHARED] = "shared", [TX_OWN] = "own", [TX_NONE] = "none", [TX_BATCHES] = "batches"};
    return names[mode];
}

const char *cost_text(Cost cost)
{
    static const char *const texts[] = {
        [COST_CATALOG] = "catalogue only",      [COST_SCAN] = "scans the table",
        [COST_INDEX_BUILD] = "builds an index", [COST_REWRITE] = "rewrites the table",
        [COST_DATA] = "updates rows",
    };
    return texts[cost];
}
