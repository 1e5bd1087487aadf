/*
 * emit_scripts.c - a plan as migration scripts: which steps share one, and what stands above them.
 *
 * A script is what runs, and is retried, as a whole. Scripts never mix phases. A statement that
 * refuses a transaction, a backfill and a rewrite stand alone, validations among themselves; before
 * the gate, after expand, a script locks one table; foreign keys, which lock two, are dropped
 * apart. A plan of plain DDL before the gate is one script without directives: the bytes users of
 * the folder know.
 */
#include "base/common.h"

#include <string.h>

#include "base/digest.h"
#include "base/strbuf.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/emit/emit.h"
#include "compiler/plan/emit/sql_emit.h"
#include "compiler/plan/world/undo.h"

/* --- grouping ----------------------------------------------------------------------------------
 */

/* Does the step scan or rewrite a table others use, under its lock? */
static bool is_heavy(const Step *step)
{
    return step->kind == STEP_ALTER_TABLE && step_cost(step) != COST_CATALOG;
}

static bool stands_alone(const Plan *plan, const Step *step)
{
    TransactionMode mode = step_row(step->kind)->transaction;
    return mode == TX_NONE || mode == TX_BATCHES || step->kind == STEP_FILL_BY_HAND ||
           step->kind == STEP_VALIDATE_CONSTRAINT || step->kind == STEP_COMPATIBILITY_VIEW ||
           step->kind == STEP_DROP_COMPATIBILITY_VIEW || (plan->online && is_heavy(step));
}

/* Under their locks programs read and write all tables: what one holds while the other scans stops
 * nobody. */
static bool are_validations(const Step *first, const Step *step)
{
    return first->kind == STEP_VALIDATE_CONSTRAINT && step->kind == STEP_VALIDATE_CONSTRAINT;
}

static bool is_foreign_key_work(const Step *step)
{
    return step->kind == STEP_DROP_FOREIGN_KEY || step->kind == STEP_RENAME_FOREIGN_KEY ||
           step->kind == STEP_ADD_FOREIGN_KEY_ONLINE;
}

static bool may_share(const Plan *plan, const Step *first, const Step *step)
{
    if (first->together != 0 || step->together != 0) {
        return first->together == step->together;
    }
    if (step->kind == STEP_RENEW_FILL_TRIGGER) {
        return first->phase == step->phase; /* with the view: no row comes in between */
    }
    if (are_validations(first, step)) {
        return first->phase == step->phase;
    }
    if (first->phase != step->phase || stands_alone(plan, first) || stands_alone(plan, step)) {
        return false;
    }
    if (step->phase == PHASE_TIGHTEN) {
        return step_table(first) == step_table(step);
    }
    return step->phase != PHASE_CONTRACT || is_foreign_key_work(first) == is_foreign_key_work(step);
}

/* How many steps from `start` on share a script. */
static size_t group_size(const Plan *plan, size_t start)
{
    size_t end = start + 1;
    while (end < plan->steps.count &&
           (!plan->online || may_share(plan, plan->steps.items[end - 1], plan->steps.items[end]))) {
        end++;
    }
    return end - start;
}

static unsigned count_groups(const Plan *plan)
{
    unsigned count = 0;
    for (size_t at = 0; at < plan->steps.count; at += group_size(plan, at)) {
        count++;
    }
    return count;
}

/* --- text --------------------------------------------------------------------------------------
 */

static bool contains(const HazardList *hazards, const Hazard *hazard)
{
    for (size_t i = 0; hazards != NULL && i < hazards->count; i++) {
        if (hazards->items[i] == hazard) {
            return true;
        }
    }
    return false;
}

/* Losses first, then what cannot succeed, then the rest, each in the order of the steps. */
static size_t add_warnings(StrBuf *out, Arena *arena, Step *const *steps, size_t count,
                           const HazardList *hazards)
{
    size_t printed = 0;
    for (HazardLevel level = HAZARD_LOSES_DATA; level < HAZARD_NOTE; level++) {
        for (size_t i = 0; i < count; i++) {
            vec_each(Hazard *, at, &steps[i]->hazards) {
                if (hazard_row((*at)->code)->level == level && contains(hazards, *at)) {
                    if (printed++ == 0) {
                        sql_comment_begin(out);
                        sql_comment_line(out, "  Warnings:\n", "");
                    }
                    sql_comment_line(out, "  - ", hazard_message(arena, *at));
                }
            }
        }
    }
    if (printed > 0) {
        strbuf_char(out, '\n');
        sql_comment_end(out);
    }
    return printed;
}

typedef struct Stated {
    Name schema, name;
} Stated;

typedef struct StatedList {
    Arena *arena;
    VEC(Stated) names;
} StatedList;

static void state(StatedList *list, Name schema, Name name)
{
    vec_each(const Stated, at, &list->names) {
        if (at->schema == schema && at->name == name) {
            return;
        }
    }
    vec_push(list->arena, &list->names, ((Stated){schema, name}));
}

static void state_subject(StatedList *list, const Subject *subject)
{
    if (subject->table != NULL) {
        state(list, subject->table->schema, subject->table->name);
    }
    if (subject->foreign_key != NULL) {
        const Table *other = subject->foreign_key->referenced;
        state(list, other->schema, other->name);
    }
    if (subject->enum_type != NULL) {
        state(list, subject->enum_type->schema, subject->enum_type->name);
    }
}

/* Tables that hold values of the type, under both their names. */
static void state_users(StatedList *list, const Plan *plan, const EnumType *type)
{
    vec_each(Column *, at, match_enum_before(plan->diff, type)) {
        const TablePair *pair = match_pair(plan->diff, (*at)->table);
        if (pair != NULL) {
            state(list, pair->before->schema, pair->before->name);
            state(list, pair->after->schema, pair->after->name);
        }
    }
}

/* Does it speak of tables without their names? Each column that a block moves is a statement. */
static bool hides_tables(const Step *step)
{
    return (step->kind == STEP_RENAME_ENUM && step->block == NULL) ||
           step->kind == STEP_SWITCH_COLUMN;
}

static bool any_hides_tables(Step *const *steps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (hides_tables(steps[i])) {
            return true;
        }
    }
    return false;
}

/* A DO block hides its tables from whoever reads the script (but for a view's, see view_block.h),
 * and a value that gets another name the tables that hold it: then the script states them. */
static void state_tables(StrBuf *out, const Plan *plan, Step *const *steps, size_t count)
{
    StatedList list = {.arena = plan->arena};
    if (!any_hides_tables(steps, count)) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        state_subject(&list, &steps[i]->shown_after);
        state_subject(&list, &steps[i]->shown_before);
        if (steps[i]->kind == STEP_RENAME_ENUM) {
            state_users(&list, plan, steps[i]->after.enum_type);
        }
    }
    sql_directive(out);
    strbuf_add(out, " tables=");
    vec_each(const Stated, at, &list.names) {
        strbuf_add(out, at == list.names.items ? "" : ",");
        sql_directive_qualified(out, plan->to, at->schema, at->name);
    }
    strbuf_char(out, '\n');
}

/* Lost without a statement that says so: whoever applies the script somewhere is asked where there
 * are such values. */
static bool is_quiet_loss(const Hazard *hazard)
{
    return hazard->code == HAZARD_RECREATE_COLUMN || hazard->code == HAZARD_LIST_SHORTENED;
}

static void state_losses(StrBuf *out, const Plan *plan, const Step *step)
{
    const Table *table = step->shown_before.table;
    vec_each(Hazard *const, at, &step->hazards) {
        if (!is_quiet_loss(*at)) {
            continue;
        }
        const Table *now = table != NULL ? table : (*at)->table;
        sql_directive(out);
        strbuf_add(out, " loses table=");
        sql_directive_qualified(out, plan->to, now->schema, now->name);
        strbuf_add(out, " column=");
        sql_directive_name(out, (*at)->column->name);
        strbuf_printf(out, " hazard=%s\n", hazard_row((*at)->code)->slug);
    }
}

/* What becomes of another plan; in the first script alone. */
static void state_frame(StrBuf *out, const ScriptFrame *frame)
{
    if (frame->undoes != NULL) {
        sql_directive(out);
        strbuf_printf(out, " undoes=%s\n", frame->undoes);
    }
    for (size_t i = 0; i < frame->withdraw_count; i++) {
        sql_directive(out);
        strbuf_add(out, " withdraws=");
        sql_directive_name(out, frame->withdraws[i]);
        strbuf_char(out, '\n');
    }
}

static bool parts_programs(const Plan *plan, const Script *script)
{
    for (size_t i = 0; i < script->step_count; i++) {
        if (step_parts_programs(plan->steps.items[script->first_step + i])) {
            return true;
        }
    }
    return false;
}

static void state_header(StrBuf *out, const Plan *plan, const Script *script,
                         const ScriptFrame *frame)
{
    sql_directive(out);
    strbuf_printf(out, " plan=%s phase=%s script=%u/%u%s\n", plan->id, phase_name(script->phase),
                  script->number, script->count,
                  parts_programs(plan, script) ? " programs=apart" : "");
    if (frame != NULL && script->number == 1) {
        state_frame(out, frame);
    }
}

static char *script_text(Arena *arena, const Plan *plan, const Script *script,
                         const HazardList *hazards, const ScriptFrame *frame)
{
    const size_t count = script->step_count;
    Step *const *steps = plan->steps.items + script->first_step;
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (script->suffix != NULL || script->phase != PHASE_EXPAND || !script->transactional ||
        frame != NULL) {
        state_header(&out, plan, script, frame);
        state_tables(&out, plan, steps, count);
        for (size_t i = 0; i < count; i++) {
            state_losses(&out, plan, steps[i]);
        }
    }
    add_warnings(&out, arena, steps, count, hazards);
    emit_add_steps(&out, steps, count);
    return strbuf_take(&out, arena);
}

/* One run over all scripts of a plan. */
typedef struct ScriptsCx {
    Arena *arena;
    const Plan *plan;
    const HazardList *hazards;
    const ScriptFrame *frame;
    bool heads_only;
    Emitter emitter;  /* its arena is the proof's */
    UndoProof *proof; /* NULL: no reverse is asked for */
} ScriptsCx;

static const char *reverse_text(const ScriptsCx *cx, const StepList *undo)
{
    if (cx->heads_only) {
        return "";
    }
    if (undo->count == 0) {
        StrBuf out = strbuf_new(STRBUF_MAX);
        sql_line_comment(&out, "Nothing to undo: it goes with what the scripts before made.");
        return strbuf_take(&out, cx->arena);
    }
    return emit_steps(cx->arena, undo->items, undo->count);
}

/* What is written leads back, exactly: it has been tried. */
static const char *undo_text(ScriptsCx *cx, size_t start, size_t count)
{
    StepList undo; /* the proof's world may keep what is in them: they go with it */
    Arena *texts = arena_new();
    Writing writing = {.emitter = cx->emitter, .arena = texts};
    const bool has_undo =
        undo_steps(cx->emitter.arena, cx->plan->steps.items + start, count, &undo);
    const bool is_exact =
        undo_proof_next(cx->proof, count, has_undo ? &undo : NULL, emit_write_step, &writing);
    const char *text = has_undo && is_exact ? reverse_text(cx, &undo) : NULL;
    arena_free(texts);
    return text;
}

static bool is_transactional(const Plan *plan, size_t start)
{
    return step_row(plan->steps.items[start]->kind)->transaction != TX_NONE;
}

/* The frame's own script. Where the plan has nothing to do there is one all the same, which says
 * what becomes of the other plan. */
static void add_first(Arena *arena, const Plan *plan, const ScriptFrame *frame, unsigned total,
                      ScriptList *scripts)
{
    const bool waits = frame->first[0] != '\0';
    Script script = {.phase = waits ? PHASE_CONTRACT : PHASE_EXPAND,
                     .number = 1,
                     .count = total,
                     .transactional = true};
    StrBuf out = strbuf_new(STRBUF_MAX);
    script.suffix = total > 1 ? arena_printf(arena, "1_%s", phase_name(script.phase)) : NULL;
    state_header(&out, plan, &script, frame);
    if (waits) {
        sql_line_comment(&out, "What the plan has made for itself goes.");
        strbuf_add(&out, frame->first);
    } else {
        sql_line_comment(&out, "Nothing is to be changed.");
    }
    script.sql = strbuf_take(&out, arena);
    vec_push(arena, scripts, script);
}

static ScriptList write_scripts(ScriptsCx *cx)
{
    const Plan *plan = cx->plan;
    const ScriptFrame *frame = cx->frame;
    ScriptList scripts = {0};
    const bool waits = frame != NULL && frame->first[0] != '\0';
    const bool has_first = frame != NULL && (waits || plan->steps.count == 0);
    const unsigned total = count_groups(plan) + has_first;
    if (has_first) {
        add_first(cx->arena, plan, frame, total, &scripts);
    }
    for (size_t start = 0; start < plan->steps.count;) {
        size_t count = group_size(plan, start);
        Script script = {.phase = waits ? PHASE_CONTRACT : plan->steps.items[start]->phase,
                         .number = (unsigned)scripts.count + 1,
                         .count = total,
                         .transactional = is_transactional(plan, start),
                         .first_step = start,
                         .step_count = count};
        if (total > 1) {
            script.suffix =
                arena_printf(cx->arena, "%u_%s", script.number, phase_name(script.phase));
        }
        script.sql =
            cx->heads_only ? "" : script_text(cx->arena, plan, &script, cx->hazards, frame);
        script.undo = cx->proof == NULL ? NULL : undo_text(cx, start, count);
        vec_push(cx->arena, &scripts, script);
        start += count;
    }
    return scripts;
}

static ScriptList emit_all(ScriptsCx cx)
{
    Arena *scratch = arena_new();
    cx.emitter = (Emitter){.plan = cx.plan,
                           .arena = scratch,
                           .sequences = arena_make(scratch, SequenceNames),
                           .grown = arena_make(scratch, GrownEnums)};
    cx.proof = undo_proof_begin(scratch, cx.plan);
    const ScriptList scripts = write_scripts(&cx);
    undo_proof_end(cx.proof);
    arena_free(scratch);
    return scripts;
}

ScriptList emit_framed_migrations(Arena *arena, const Plan *plan, const HazardList *hazards,
                                  const ScriptFrame *frame)
{
    return emit_all((ScriptsCx){.arena = arena, .plan = plan, .hazards = hazards, .frame = frame});
}

ScriptList emit_script_heads(Arena *arena, const Plan *plan)
{
    return emit_all((ScriptsCx){.arena = arena, .plan = plan, .heads_only = true});
}

ScriptList emit_migrations(Arena *arena, const Plan *plan, const HazardList *hazards)
{
    return emit_framed_migrations(arena, plan, hazards, NULL);
}

/* Without a name yet, and without warnings, which count what one database holds. */
void emit_identify(Arena *scratch, Plan *plan, const ScriptFrame *frame)
{
    StrBuf all = strbuf_new(STRBUF_MAX);
    char hex[DIGEST_HEX_SIZE];
    plan->id[0] = '\0';
    ScriptsCx cx = {.arena = scratch, .plan = plan, .frame = frame};
    const ScriptList scripts = write_scripts(&cx);
    vec_each(const Script, at, &scripts) {
        strbuf_add(&all, at->sql);
    }
    const char *text = strbuf_take(&all, scratch);
    digest_hex(text, strlen(text), hex);
    memcpy(plan->id, hex, sizeof plan->id - 1);
    plan->id[sizeof plan->id - 1] = '\0';
}
