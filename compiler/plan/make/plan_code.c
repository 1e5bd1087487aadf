#include "base/common.h"

#include "compiler/plan/make/plan_code.h"

#include <string.h>

#include "compiler/plan/steps/code_words.h"
#include "compiler/catalog/sql_scan.h"

/* --- functions ---------------------------------------------------------------------------------
 */

/* What stands in the last quotes of a definition, where it is a text: "" where it is none. */
static const char *body_of(Arena *arena, const Opaque *function)
{
    const char *text = function->definition->text, *end = text + function->definition->len;
    SqlToken last = {0};
    while (text < end) {
        const SqlToken token = sql_scan(text, end);
        last = token.kind == SQL_STRING ? token : last;
        text += token.len;
    }
    if (last.len < 2) {
        return "";
    }
    const bool dollar = last.text[0] == '$';
    const char *tag = dollar ? memchr(last.text + 1, '$', last.len - 1) : last.text;
    const size_t edge = tag == NULL ? 0 : (size_t)(tag - last.text) + 1;
    return edge == 0 || last.len < 2 * edge
               ? ""
               : arena_strndup(arena, last.text + edge, last.len - 2 * edge);
}

/* "f(integer)" without its arguments. */
static Name bare_name(const Plan *plan, const Opaque *function)
{
    return intern(plan->from->names, function->name->text, strcspn(function->name->text, "("));
}

/* A definition ends in EXECUTE FUNCTION name(...). */
static bool runs(const Plan *plan, const Opaque *trigger, const Opaque *function)
{
    const char *text = trigger->definition->text;
    const char *call = strstr(text, "EXECUTE ");
    return call != NULL && code_mentions(call, bare_name(plan, function)->text) != MENTION_NONE;
}

/* Its own name, where a trigger of the table runs the function; NULL: none does. */
static const Opaque *trigger_of(const Plan *plan, const Table *table, const Opaque *function)
{
    vec_each(Opaque *, at, &plan->from->opaque) {
        if ((*at)->kind == OPAQUE_TRIGGER && (*at)->table == table && runs(plan, *at, function)) {
            return *at;
        }
    }
    return NULL;
}

/* --- changes -----------------------------------------------------------------------------------
 */

typedef struct Going {
    const Table *table;
    const Column *column; /* NULL: the table */
    bool retypes;
} Going;

static bool goes(const Change *change, Going *ret_going)
{
    *ret_going = (Going){.table = change->before.table, .column = change->before.column};
    switch ((int)change->kind) { /* an open set: anything else takes nothing that has a name */
    case CHANGE_DROP_TABLE:
    case CHANGE_RENAME_TABLE:
        ret_going->column = NULL;
        return true;
    case CHANGE_DROP_COLUMN:
    case CHANGE_RENAME_COLUMN:
        return true;
    case CHANGE_MODIFY_COLUMN:
        ret_going->retypes = true;
        return (change->facets & (FACET_TYPE | FACET_LIST)) != 0;
    default:
        return false;
    }
}

/* Strategies cut changes into parts of their own. */
static bool is_part_of(const Change *part, const Change *change)
{
    return part != NULL && part->kind == change->kind &&
           part->before.table == change->before.table &&
           part->before.column == change->before.column;
}

/* The last one: a column that is dropped may have lost its NOT NULL before. */
static Step *step_of(const Plan *plan, const Change *change)
{
    Step *found = NULL;
    vec_each(Step *, at, &plan->steps) {
        bool does = is_part_of((*at)->cause, change);
        vec_each(const Clause, clause, &(*at)->clauses) {
            does |= is_part_of(clause->cause, change);
        }
        found = does ? *at : found;
    }
    return found;
}

static void look(Plan *plan, Step *step, const Going *going, const Opaque *function)
{
    const char *body = body_of(plan->arena, function);
    const Name name = going->column != NULL ? going->column->name : going->table->name;
    const Mention mention = code_mentions(body, name->text);
    if (mention == MENTION_NONE) {
        return;
    }
    const Opaque *trigger = trigger_of(plan, going->table, function);
    if (trigger == NULL && code_mentions(body, going->table->name->text) == MENTION_NONE) {
        return;
    }
    const bool fails =
        trigger != NULL && going->column != NULL && !going->retypes && mention == MENTION_OF_ROW;
    const char *by =
        trigger == NULL ? "" : arena_printf(plan->arena, " of trigger `%s`", trigger->name->text);
    step_add_hazard(plan, step, fails ? HAZARD_CODE_IN_THE_WAY : HAZARD_CODE_NAMES_IT, going->table,
                    going->column,
                    arena_printf(plan->arena, "function `%s`%s", function->name->text, by));
}

/* What the plans have made for themselves is written anew with them. */
static bool is_own(const Opaque *function)
{
    static const char prefix[] = "zzzz_bellows_";
    return strncmp(function->name->text, prefix, sizeof prefix - 1) == 0;
}

void plan_note_code(Plan *plan)
{
    bool any = false;
    vec_each(Opaque *, at, &plan->from->opaque) {
        any |= (*at)->kind == OPAQUE_FUNCTION && !is_own(*at);
    }
    for (size_t i = 0; any && i < plan->diff->changes.count; i++) {
        const Change *change = plan->diff->changes.items[i];
        Going going;
        Step *step = goes(change, &going) ? step_of(plan, change) : NULL;
        for (size_t k = 0; step != NULL && k < plan->from->opaque.count; k++) {
            const Opaque *at = plan->from->opaque.items[k];
            if (at->kind == OPAQUE_FUNCTION && at->definition != NULL && !is_own(at)) {
                look(plan, step, &going, at);
            }
        }
    }
}
