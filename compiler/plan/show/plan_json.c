#include "base/common.h"

#include "compiler/plan/show/plan_json.h"

#include "base/text/json_text.h"
#include "compiler/plan/show/plan_locks.h"
#include "compiler/plan/show/plan_view.h"

typedef struct JsonCx {
    Arena *arena;
    const Plan *plan;
    const PlanTextOptions *options;
    PlanLocks *locks;
} JsonCx;

/* --- small values ------------------------------------------------------------------------------
 */

static json_t *name(Name value)
{
    return json_text(value == NULL ? NULL : value->text);
}

static json_t *place(const JsonCx *cx, Origin origin)
{
    Sources *sources = cx->options->sources;
    if (sources == NULL || origin.kind == ORIGIN_CATALOG || origin.span.file == 0) {
        return json_null();
    }
    Position position = source_position(sources, origin.span);
    json_t *object = json_object();
    json_object_set_new(object, "file", json_text(sources_file(sources, origin.span.file)->path));
    json_object_set_new(object, "line", json_integer(position.line));
    json_object_set_new(object, "column", json_integer(position.column));
    return object;
}

/* --- parts of a step ---------------------------------------------------------------------------
 */

static json_t *step_object(const Step *step)
{
    const Subject *after = &step->shown_after;
    const Subject *before = &step->shown_before;
    const Table *table = after->table != NULL ? after->table : before->table;
    const Column *column = after->column != NULL ? after->column : before->column;
    const Index *index = after->index != NULL ? after->index : before->index;
    const ForeignKey *key = after->foreign_key != NULL ? after->foreign_key : before->foreign_key;
    const EnumType *type = after->enum_type != NULL ? after->enum_type : before->enum_type;
    json_t *object = json_object();
    json_object_set_new(object, "schema",
                        name(table != NULL  ? table->schema
                             : type != NULL ? type->schema
                                            : NULL));
    json_object_set_new(object, "table", name(table == NULL ? NULL : table->name));
    json_object_set_new(object, "column", name(column == NULL ? NULL : column->name));
    json_object_set_new(object, "index", name(index == NULL ? NULL : index->name));
    json_object_set_new(object, "foreignKey", name(key == NULL ? NULL : key->name));
    json_object_set_new(object, "enum", name(type == NULL ? NULL : type->name));
    return object;
}

static json_t *step_lock_array(const JsonCx *cx, const Step *step)
{
    json_t *array = json_array();
    StepLockList locks = step_locks(cx->arena, cx->locks, step);
    vec_each(const StepLock, lock, &locks) {
        json_t *object = json_object();
        json_object_set_new(object, "schema", name(lock->table->schema));
        json_object_set_new(object, "table", name(lock->table->name));
        json_object_set_new(object, "mode", json_text(lock_name(lock->level)));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *step_statement_array(const JsonCx *cx, const Step *step)
{
    json_t *array = json_array();
    TextList statements = step_statements(cx->arena, step);
    vec_each(const char *, statement, &statements) {
        json_array_append_new(array, json_text(*statement));
    }
    return array;
}

static bool stands(const JsonCx *cx, const Hazard *hazard)
{
    const HazardList *standing = cx->options->hazards;
    for (size_t i = 0; standing != NULL && i < standing->count; i++) {
        if (standing->items[i] == hazard) {
            return true;
        }
    }
    return standing == NULL;
}

static json_t *hazard_object(const JsonCx *cx, const Hazard *hazard)
{
    const HazardRow *row = hazard_row(hazard->code);
    json_t *object = json_object();
    json_object_set_new(object, "code", json_text(row->slug));
    json_object_set_new(object, "level", json_text(hazard_level_name(row->level)));
    json_object_set_new(object, "message", json_text(hazard_message(cx->arena, hazard)));
    json_object_set_new(object, "remedy",
                        json_text(hazard_remedy(cx->arena, cx->plan->to, hazard)));
    json_object_set_new(object, "look", json_text(hazard_look(cx->arena, cx->plan->to, hazard)));
    const bool *allowed = cx->options->allowed;
    json_object_set_new(object, "allowed", json_boolean(allowed != NULL && allowed[hazard->code]));
    json_object_set_new(object, "table", name(hazard->table == NULL ? NULL : hazard->table->name));
    json_object_set_new(object, "column",
                        name(hazard->column == NULL ? NULL : hazard->column->name));
    json_object_set_new(object, "rows",
                        hazard->rows == HAZARD_UNCOUNTED ? json_null()
                                                         : json_integer((json_int_t)hazard->rows));
    json_object_set_new(object, "source", place(cx, hazard->origin));
    return object;
}

static json_t *step_hazard_array(const JsonCx *cx, const Step *step)
{
    json_t *array = json_array();
    vec_each(Hazard *, hazard, &step->hazards) {
        if (stands(cx, *hazard)) {
            json_array_append_new(array, hazard_object(cx, *hazard));
        }
    }
    return array;
}

/* --- steps, phases, the plan -------------------------------------------------------------------
 */

/* Where a database is at hand. */
static void add_figures(const JsonCx *cx, const Step *step, json_t *object)
{
    const PlanFigures *figures = cx->options->figures;
    const TableFigures *of = figures_of_step(figures, cx->plan, step);
    if (figures == NULL) {
        return;
    }
    json_t *said = of == NULL ? json_null() : json_object();
    if (of != NULL) {
        json_object_set_new(said, "rows", of->rows < 0 ? json_null() : json_integer(of->rows));
        json_object_set_new(said, "bytes", json_integer(of->heap));
        json_object_set_new(said, "indexBytes", json_integer(of->indexes));
        json_object_set_new(said, "milliseconds",
                            json_integer(figures_milliseconds(figures, cx->plan, step)));
    }
    json_object_set_new(object, "figures", said);
}

static json_t *plan_step(const JsonCx *cx, const Step *step, const Script *script)
{
    const StepRow *row = step_row(step->kind);
    json_t *object = json_object();
    json_object_set_new(object, "id", json_integer(step->id + 1));
    json_object_set_new(object, "kind", json_text(row->section));
    json_object_set_new(object, "title", json_text(step_title(cx->arena, step)));
    json_object_set_new(object, "script", json_integer(script->number));
    json_object_set_new(object, "object", step_object(step));
    json_object_set_new(object, "source", place(cx, step_origin(step)));
    json_object_set_new(object, "transaction", json_text(transaction_name(row->transaction)));
    json_object_set_new(object, "cost", json_text(cost_name(step_cost_in_use(cx->plan, step))));
    json_object_set_new(object, "locks", step_lock_array(cx, step));
    json_object_set_new(object, "statements", step_statement_array(cx, step));
    json_object_set_new(object, "hazards", step_hazard_array(cx, step));
    add_figures(cx, step, object);
    return object;
}

static json_t *plan_phase(const JsonCx *cx, Phase phase, const ScriptList *scripts)
{
    json_t *steps = json_array();
    vec_each(const Script, script, scripts) {
        for (size_t i = 0; script->phase == phase && i < script->step_count; i++) {
            const Step *step = cx->plan->steps.items[script->first_step + i];
            json_array_append_new(steps, plan_step(cx, step, script));
        }
    }
    json_t *object = json_object();
    json_object_set_new(object, "phase", json_text(phase_name(phase)));
    json_object_set_new(object, "alive", json_text(phase_alive(cx->plan, phase)));
    json_object_set_new(object, "steps", steps);
    return object;
}

static json_t *plan_scripts(const ScriptList *scripts)
{
    json_t *array = json_array();
    vec_each(const Script, script, scripts) {
        json_t *object = json_object();
        json_object_set_new(object, "number", json_integer(script->number));
        json_object_set_new(object, "phase", json_text(phase_name(script->phase)));
        json_object_set_new(object, "suffix", json_text(script->suffix));
        json_object_set_new(object, "transactional", json_boolean(script->transactional));
        json_object_set_new(object, "reversible", json_boolean(script->undo != NULL));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *plan_object(const JsonCx *cx, const ScriptList *scripts)
{
    json_t *phases = json_array();
    for (Phase phase = PHASE_EXPAND; phase < PHASE_COUNT; phase++) {
        json_t *object = plan_phase(cx, phase, scripts);
        if (json_array_size(json_object_get(object, "steps")) > 0) {
            json_array_append(phases, object);
        }
        json_decref(object);
    }
    json_t *plan = json_object();
    json_object_set_new(plan, "plan", json_text(cx->plan->id));
    json_object_set_new(plan, "strategy", json_text(cx->plan->online ? "online" : "direct"));
    json_object_set_new(plan, "empty", json_boolean(cx->plan->steps.count == 0));
    json_object_set_new(plan, "scripts", plan_scripts(scripts));
    json_object_set_new(plan, "phases", phases);
    return plan;
}

char *plan_json(Arena *arena, const Plan *plan, const PlanTextOptions *options)
{
    JsonCx cx = {
        .arena = arena, .plan = plan, .options = options, .locks = plan_locks_new(arena, plan)};
    ScriptList scripts = emit_script_heads(arena, plan);
    json_t *document = plan_object(&cx, &scripts);
    StrBuf out = strbuf_new(STRBUF_MAX);
    json_document(&out, document);
    return strbuf_take(&out, arena);
}
