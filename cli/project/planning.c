#include "base/common.h"

#include "cli/project/planning.h"

#include <string.h>

#include "base/text/json_text.h"
#include "cli/console/answer.h"
#include "cli/console/callers.h"
#include "cli/project/own_config.h"
#include "cli/project/rename_question.h"
#include "compiler/plan/diff/renames.h"
#include "compiler/plan/direct/orphans.h"
#include "compiler/plan/make/plan_make.h"
#include "runtime/ahead/code.h"
#include "runtime/ahead/dependants.h"
#include "runtime/ahead/published.h"
#include "runtime/apply/destructive.h"

Catalog *planning_previous(Cli *cli, const Migrations *folder, const SideContext *context)
{
    const Migration *last = migrations_last(folder);
    const char *text =
        last == NULL ? NULL : migration_companion(cli->arena, last, "schema.snapshot");
    return text == NULL
               ? NULL
               : schema_compile_text(cli, "schema.snapshot", text, context->default_schema);
}

static Plan *make(Cli *cli, const Catalog *from, const Catalog *to, const Catalog *previous,
                  PlanWish wish)
{
    Renames renames = {0};
    Allowed allowed;
    const TextList *stated = &cli->options.values[OPT_RENAME];
    if (wish.renames != NULL) {
        renames = *wish.renames;
    } else if (!renames_find(from, to, previous, stated->items, stated->count, cli->diags,
                             cli->arena, &renames)) {
        return NULL;
    }
    if (!project_allowed(cli, &allowed)) {
        return NULL;
    }
    PlanOptions options = {.online = wish.online,
                           .remakes_views = allowed.codes[HAZARD_OPAQUE_IN_THE_WAY],
                           .renames = &renames,
                           .fills = wish.fills,
                           .version_8 = project_leaves_defaults(cli),
                           .takes_back = wish.takes_back};
    return plan_make(from, to, &options, cli->diags);
}

Plan *planning_make(Cli *cli, Catalog *from, Catalog *to, const Catalog *previous, PlanWish wish)
{
    const External *external = NULL;
    if (!project_external(cli, &external)) {
        return NULL;
    }
    external_align(external, from, to);
    Plan *plan = make(cli, from, to, previous, wish);
    const bool asks = plan != NULL && wish.renames == NULL && cli_can_ask(cli, PROMPT_RENAMED);
    const Answer renamed = asks ? ask_about_renames(cli, plan->diff) : ANSWER_NO;
    if (renamed == ANSWER_NO) {
        return plan;
    }
    plan_free(plan);
    return renamed == ANSWER_YES ? make(cli, from, to, previous, wish) : NULL;
}

/* All that fails or loses data is said; of notes that differ in the place alone the first few. */
enum { NOTES_OF_A_KIND = 5 };

static void tell_the_rest(Cli *cli, const size_t *of_kind)
{
    for (int code = 0; code < HAZARD_CODE_COUNT; code++) {
        if (of_kind[code] > NOTES_OF_A_KIND) {
            cli_note(cli, "  - %s: %zu more", hazard_row((HazardCode)code)->summary,
                     of_kind[code] - NOTES_OF_A_KIND);
        }
    }
}

/* How many of them nobody has allowed. What only a person's hand or another schema mends is told
 * with what to do. */
static size_t tell_hazards(Cli *cli, const Plan *plan, const HazardList *hazards,
                           const Allowed *allowed, HazardLevel level, const char *title)
{
    size_t count = 0, standing = 0;
    size_t of_kind[HAZARD_CODE_COUNT] = {0};
    vec_each(Hazard *, at, hazards) {
        /* Of code that is only named the database is asked itself, and then it is told. */
        if (hazard_row((*at)->code)->level != level || (*at)->code == HAZARD_CODE_NAMES_IT) {
            continue;
        }
        if (count++ == 0) {
            cli_note_gap(cli);
            cli_note_styled(cli, "\033[1;33m", title);
        }
        if (level != HAZARD_NOTE || of_kind[(*at)->code]++ < NOTES_OF_A_KIND) {
            cli_note(cli, "  - %s%s", hazard_message(cli->arena, *at),
                     allowed->codes[(*at)->code] ? " (allowed)" : "");
        }
        if (level == HAZARD_FAILS) {
            cli_note(cli, "    do: %s", hazard_remedy(cli->arena, plan->to, *at));
        }
        standing += allowed->codes[(*at)->code] ? 0 : 1;
    }
    tell_the_rest(cli, of_kind);
    if (count > 0) {
        cli_note(cli, "%s", "");
    }
    return standing;
}

static void answer_hazards(Cli *cli, const HazardList *hazards, const Allowed *allowed)
{
    json_t *list = json_array();
    vec_each(Hazard *const, at, hazards) {
        const HazardRow *row = hazard_row((*at)->code);
        json_t *object = json_object();
        json_object_set_new(object, "name", json_text(row->slug));
        json_object_set_new(object, "level", json_text(hazard_level_name(row->level)));
        json_object_set_new(object, "message", json_text(hazard_message(cli->arena, *at)));
        json_object_set_new(object, "allowed", json_boolean(allowed->codes[(*at)->code]));
        json_array_append_new(list, object);
    }
    answer_put(cli, "hazards", list);
}

/* The word was given for one plan: whoever gave it never agrees to another. */
static bool is_confirmed(Cli *cli, const Plan *plan, Consent *consent)
{
    const TextList *confirmed = &cli->options.values[OPT_CONFIRM];
    vec_each(const char *, at, confirmed) {
        if (strcmp(*at, plan->id) == 0) {
            return true;
        }
    }
    diag_report(cli->diags, DIAG_OTHER_PLAN, span_none(), vec_last(confirmed), plan->id);
    *consent = (Consent){.given = false, .code = EXIT_REFUSED};
    return true;
}

/* Data would be lost: agreed to by flag, or by a person. False when nobody answered: reported. */
static bool ask_for_consent(Cli *cli, const Plan *plan, Consent *consent)
{
    if ((option_given(&cli->options, OPT_ACCEPT_DATA_LOSS) ||
         option_given(&cli->options, OPT_CONFIRM)) &&
        !caller_may(cli, "lose data")) {
        *consent = (Consent){.given = false, .code = EXIT_REFUSED};
        return true;
    }
    if (option_given(&cli->options, OPT_CONFIRM)) {
        return is_confirmed(cli, plan, consent);
    }
    if (option_given(&cli->options, OPT_ACCEPT_DATA_LOSS)) {
        return true;
    }
    const Answer answer = cli_confirm(cli, PROMPT_LOSS);
    consent->given = answer == ANSWER_YES;
    if (answer != ANSWER_NO) {
        return answer == ANSWER_YES;
    }
    if (cli->interactive) {
        consent->code = EXIT_INTERRUPTED;
        cli_note(cli, "Nothing was changed.");
        return true;
    }
    consent->code = EXIT_REFUSED;
    diag_report(cli->diags, DIAG_CONSENT_NEEDED, span_none(), plan->id);
    return true;
}

/* Counts belong to the database they were taken in, not to the scripts every database gets. */
static void forget_counts(const HazardList *hazards)
{
    vec_each(Hazard *, at, hazards) {
        (*at)->rows = HAZARD_UNCOUNTED;
        (*at)->values = HAZARD_UNCOUNTED;
        (*at)->sample = NULL;
    }
}

/* The plan's, and what only live rows can tell. */
static HazardList all_hazards(Cli *cli, const Plan *plan)
{
    HazardList hazards = {0};
    const HazardList orphans = plan_orphans(cli->arena, plan);
    vec_each(Hazard *, at, &plan->hazards) {
        vec_push(cli->arena, &hazards, *at);
    }
    vec_each(Hazard *, at, &orphans) {
        vec_push(cli->arena, &hazards, *at);
    }
    return hazards;
}

/* What the project has ruled out for good: no flag and no person agrees to it. */
static bool is_blocked(Cli *cli, const Plan *plan, const OwnConfig *own, const HazardList *standing,
                       Consent *ret_consent)
{
    vec_each(Hazard *const, at, standing) {
        if (own->blocks[(*at)->code]) {
            diag_report(cli->diags, DIAG_HAZARD_BLOCKED, span_none(), hazard_row((*at)->code)->slug,
                        hazard_remedy(cli->arena, plan->to, *at));
            *ret_consent = (Consent){.given = false, .code = EXIT_REFUSED};
            return true;
        }
    }
    return false;
}

/* --- code that names what goes --- */

static bool code_change(const Change *change, ScriptChange *ret_change)
{
    const Table *table = change->before.table;
    const Column *column = change->before.column;
    switch ((int)change->kind) { /* an open set: anything else takes nothing that has a name */
    case CHANGE_DROP_TABLE:
    case CHANGE_RENAME_TABLE:
        column = NULL;
        break;
    case CHANGE_DROP_COLUMN:
    case CHANGE_RENAME_COLUMN:
        break;
    case CHANGE_MODIFY_COLUMN:
        if ((change->facets & (FACET_TYPE | FACET_LIST)) != 0) {
            break;
        }
        return false;
    default:
        return false;
    }
    const bool renames =
        change->kind == CHANGE_RENAME_TABLE || change->kind == CHANGE_RENAME_COLUMN;
    *ret_change =
        (ScriptChange){.kind = change->kind == CHANGE_MODIFY_COLUMN ? SCRIPT_RETYPES
                               : renames                            ? SCRIPT_RENAMES
                                                                    : SCRIPT_DROPS,
                       .table = {.schema = table->schema->text, .name = table->name->text},
                       .column = column == NULL ? NULL : column->name->text};
    return true;
}

static ScriptChange addition(const Change *change)
{
    const Table *table = change->before.table;
    return (ScriptChange){.kind = SCRIPT_ADDS,
                          .table = {.schema = table->schema->text, .name = table->name->text},
                          .column = change->after.column->name->text};
}

/* Does the plan make anew what rests on the column? */
static bool is_switched(const Plan *plan, const Column *column)
{
    vec_each(Step *const, step, &plan->steps) {
        for (size_t i = 0; (*step)->kind == STEP_SET_ASIDE && i < (*step)->clauses.count; i++) {
            const Change *cause = (*step)->clauses.items[i].cause;
            if (column != NULL && cause->before.column == column) {
                return true;
            }
        }
    }
    return false;
}

/* An enum that loses values is another type for all columns of it. */
static void add_columns_of_enum(Cli *cli, const Plan *plan, const EnumType *type,
                                ScriptChangeList *changes)
{
    vec_each(Table *, table, &plan->from->tables) {
        vec_each(Column *, column, &(*table)->columns) {
            if (column_is_of_enum(*column, type)) {
                vec_push(
                    cli->arena, changes,
                    ((ScriptChange){
                        .kind = is_switched(plan, *column) ? SCRIPT_SWITCHES : SCRIPT_RETYPES,
                        .table = {.schema = (*table)->schema->text, .name = (*table)->name->text},
                        .column = (*column)->name->text}));
            }
        }
    }
}

/* A script that is only written can still be completed. */
static bool look_at_code(Cli *cli, Session *session, const Plan *plan, const Allowed *allowed,
                         ConsentWish wish)
{
    ScriptNameList made = {0};
    ScriptTexts texts = {0}, known = {0};
    ScriptChangeList changes = {0}, resting = {0}, all = {0}, anew = {0};
    const ParsedScript *first = NULL;
    ScriptChange change;
    vec_each(Change *, at, &plan->diff->changes) {
        if (code_change(*at, &change)) {
            vec_push(cli->arena, &changes, change);
            vec_push(cli->arena, &all, change);
            change.kind = is_switched(plan, (*at)->before.column) ? SCRIPT_SWITCHES : change.kind;
            vec_push(cli->arena, &resting, change);
        } else if ((*at)->kind == CHANGE_ADD_COLUMN && (*at)->before.table != NULL) {
            vec_push(cli->arena, &all, addition(*at));
        } else if ((*at)->kind == CHANGE_MODIFY_ENUM &&
                   ((*at)->facets & FACET_VALUES_REMOVED) != 0) {
            add_columns_of_enum(cli, plan, (*at)->before.enum_type, &anew);
        }
    }
    if (wish.first != NULL && !script_parse(cli->arena, "the first script", wish.first,
                                            strlen(wish.first), cli->diags, &first)) {
        return false;
    }
    for (size_t i = 0; first != NULL && i < first->functions.count; i++) {
        vec_push(cli->arena, &made, first->functions.items[i]);
    }
    if (first != NULL) {
        vec_push(cli->arena, &texts, first->text);
    }
    vec_each(Schema *, schema, &plan->from->schemas) { /* the hazards tell of their objects */
        vec_push(cli->arena, &known, (*schema)->name->text);
    }
    return published_check(cli->arena, session, &all, plan->from->default_schema->text,
                           cli->diags) &&
           code_check(cli->arena, session, &changes, &made, plan->from->default_schema->text,
                      !wish.applies || allowed->codes[HAZARD_CODE_IN_THE_WAY], cli->diags) &&
           dependants_check(cli->arena, session, &resting, &texts, &known,
                            plan->from->default_schema->text, wish.applies, cli->diags) &&
           dependants_check(cli->arena, session, &anew, &texts, &known,
                            plan->from->default_schema->text, wish.applies, cli->diags);
}

/* Where no rows are in the way, but what the schema language cannot say, no rows help. */
static const char *remedy_of(const HazardList *standing, const Allowed *allowed, const char *rows)
{
    vec_each(Hazard *, at, standing) {
        if (hazard_row((*at)->code)->level == HAZARD_FAILS && !allowed->codes[(*at)->code] &&
            (*at)->code != HAZARD_OPAQUE_IN_THE_WAY) {
            return rows;
        }
    }
    return "drop what is in the way before the change, and make it again behind it, in one "
           "migration: `bellows migrate dev --create-only`, then complete its script; or let views "
           "over a column that changes its type be made anew: `--allow-hazard object-in-the-way`";
}

bool planning_consent(Cli *cli, Session *session, const Catalog *live, const Plan *plan,
                      ConsentWish wish, Consent *ret_consent)
{
    HazardList standing = {0};
    const OwnConfig *own = NULL;
    Allowed allowed;
    if (!project_own_config(cli, &own) || !project_allowed(cli, &allowed)) {
        return false;
    }
    const HazardList hazards = all_hazards(cli, plan);
    *ret_consent = (Consent){.given = true};
    if (session == NULL) {
        standing = hazards;
    } else if (!destructive_count(cli->arena, session, live, &hazards, DESTRUCTIVE_BUDGET_MS,
                                  cli->diags, &standing)) {
        return false;
    }
    size_t fails = tell_hazards(cli, plan, &standing, &allowed, HAZARD_FAILS,
                                "⚠ We found changes that cannot be executed:");
    size_t losses = tell_hazards(cli, plan, &standing, &allowed, HAZARD_LOSES_DATA,
                                 "⚠  There might be data loss when applying the changes:");
    (void)tell_hazards(cli, plan, &standing, &allowed, HAZARD_NOTE, "Worth knowing:");
    answer_hazards(cli, &standing, &allowed);
    forget_counts(&plan->hazards);
    if (is_blocked(cli, plan, own, &standing, ret_consent)) {
        return true;
    }
    if (session != NULL && !look_at_code(cli, session, plan, &allowed, wish)) {
        return false;
    }
    if (fails > 0 && wish.applies) {
        diag_report(cli->diags, DIAG_PLAN_FAILS, span_none(),
                    remedy_of(&standing, &allowed, wish.remedy));
        *ret_consent = (Consent){.given = false, .code = EXIT_FAILED};
    } else if (losses > 0 && wish.applies) {
        return ask_for_consent(cli, plan, ret_consent);
    }
    return true;
}
