/*
 * cmd_plan.c - `bellows plan`: the reviewer's page for a change, between any two sources.
 *
 * Without --from and --to: from the migrations folder (its last snapshot gives the known renames)
 * to the schema.
 */
#include "base/common.h"

#include <string.h>

#include "base/file.h"
#include "cli/console/answer.h"
#include "cli/project/own_config.h"
#include "cli/project/planning.h"
#include "compiler/plan/emit/emit.h"
#include "compiler/plan/show/figures_text.h"
#include "compiler/plan/show/plan_json.h"
#include "compiler/plan/show/plan_text.h"
#include "runtime/apply/destructive.h"
#include "runtime/apply/figures.h"

typedef enum PlanFormat { PLAN_TEXT, PLAN_SQL, PLAN_JSON } PlanFormat;

static bool read_format(Cli *cli, PlanFormat *ret_format)
{
    static const char *const names[] = {
        [PLAN_TEXT] = "text", [PLAN_SQL] = "sql", [PLAN_JSON] = "json"};
    OwnFormat given;
    if (!project_format(cli, false, &given)) {
        return false;
    }
    *ret_format = PLAN_TEXT;
    if (given.form == NULL) {
        return true;
    }
    for (size_t i = 0; i < lengthof(names); i++) {
        if (strcmp(names[i], given.form) == 0) {
            *ret_format = (PlanFormat)i;
            return true;
        }
    }
    diag_report(cli->diags, DIAG_BAD_OPTION_VALUE, given.place, given.form, given.from,
                "`text`, `sql` or `json`");
    return false;
}

static bool default_schema_side(Cli *cli, Side *ret_side)
{
    const char *path = NULL;
    return project_find_schema(cli, &path) && side_from_schema(cli, path, ret_side);
}

/* A source in a word: empty, database, migrations, a URL, a schema file, a folder of either kind.
 */
static bool side_from_word(Cli *cli, const char *word, const Side *schema, Side *ret_side)
{
    if (strcmp(word, "empty") == 0) {
        *ret_side = (Side){.kind = SIDE_EMPTY, .label = "empty"};
        return true;
    }
    if (strcmp(word, "schema") == 0) {
        return default_schema_side(cli, ret_side);
    }
    if (strcmp(word, "migrations") == 0) {
        const char *path = "migrations";
        return (schema == NULL || project_migrations_folder(cli, &schema->schema, true, &path)) &&
               side_from_folder(cli, path, ret_side);
    }
    if (strcmp(word, "database") == 0) {
        Side side = {.kind = SIDE_DATABASE};
        bool ok = project_database(cli, schema == NULL ? NULL : &schema->schema, PRIVATE_START,
                                   &side.database);
        side.label = side.database.display;
        *ret_side = side;
        return ok;
    }
    if (strncmp(word, "postgres://", 11) == 0 || strncmp(word, "postgresql://", 13) == 0) {
        return side_from_url(cli, word, ret_side);
    }
    PathList schemas = {0};
    int error = 0;
    if (file_is_folder(word) && files_below(cli->arena, word, ".prisma", &schemas, &error) &&
        schemas.count == 0) {
        return side_from_folder(cli, word, ret_side);
    }
    return side_from_schema(cli, word, ret_side);
}

static bool read_sides(Cli *cli, Side *ret_from, Side *ret_to)
{
    const char *from = option_value(&cli->options, OPT_FROM);
    const char *to = option_value(&cli->options, OPT_TO);
    if (!(to == NULL || strcmp(to, "schema") == 0 ? default_schema_side(cli, ret_to)
                                                  : side_from_word(cli, to, NULL, ret_to))) {
        return false;
    }
    const Side *schema = ret_to->kind == SIDE_SCHEMA ? ret_to : NULL;
    return side_from_word(cli, from == NULL ? "migrations" : from, schema, ret_from);
}

/* What a database at hand says of the plan: which hazards stand on its rows, how large its tables
 * are. Scripts are every database's, and told without. */
typedef struct LiveSide {
    bool looked;
    bool clears; /* a folder's scripts run on others, too: what is harmless here may not be there */
    HazardList standing;
    PlanFigures figures;
} LiveSide;

/* The one the plan starts from, or the one that --url names. */
static bool find_live(Cli *cli, const Side *from, const SideContext *context, bool *ret_there,
                      Database *ret_database)
{
    *ret_there = from->kind == SIDE_DATABASE || option_given(&cli->options, OPT_URL);
    *ret_database = from->database;
    return from->kind == SIDE_DATABASE || !*ret_there ||
           project_database(cli, context->schema, PRIVATE_START, ret_database);
}

/* What its rows clear is told as if nobody had looked. */
static void forget_cleared(const HazardList *hazards, const HazardList *standing)
{
    vec_each(Hazard *const, at, hazards) {
        bool stands = false;
        vec_each(Hazard *const, other, standing) {
            stands = stands || *other == *at;
        }
        if (!stands) {
            (*at)->rows = (*at)->values = HAZARD_UNCOUNTED;
            (*at)->sample = NULL;
        }
    }
}

static bool look_at_live(Cli *cli, const Side *from, const SideContext *context, const Plan *plan,
                         LiveSide *live)
{
    bool there = false;
    Database database;
    Session *session = NULL;
    SessionOptions options = {.interrupted = &cli_interrupted};
    if (!find_live(cli, from, context, &there, &database)) {
        return false;
    }
    if (!there || plan_is_empty(plan)) {
        return true;
    }
    if (!session_open(database.info, &options, cli->diags, &session)) {
        return false;
    }
    const FigureTables tables = figures_tables(cli->arena, plan);
    live->looked = destructive_count(cli->arena, session, plan->from, &plan->hazards,
                                     DESTRUCTIVE_BUDGET_MS, cli->diags, &live->standing) &&
                   figures_read(cli->arena, session, &tables, cli->diags, &live->figures);
    session_close(session);
    live->clears = from->kind == SIDE_DATABASE;
    if (!live->clears) {
        forget_cleared(&plan->hazards, &live->standing);
    }
    return live->looked;
}

static void print_plan(Cli *cli, const Plan *plan, PlanFormat format, const LiveSide *live,
                       const Allowed *allowed)
{
    const bool in_file = option_value(&cli->options, OPT_OUTPUT) != NULL;
    PlanTextOptions options = {.sources = cli->sources,
                               .hazards = live->clears ? &live->standing : NULL,
                               .figures = live->looked ? &live->figures : NULL,
                               .allowed = allowed->codes,
                               .colour = cli->out_colour && !in_file,
                               .width = cli_width(cli)};
    if (cli->answer != NULL) {
        answer_members(cli, plan_json(cli->arena, plan, &options));
    }
    switch (format) {
    case PLAN_TEXT:
        plan_text_add(&cli->out, cli->arena, plan, &options);
        break;
    case PLAN_SQL: {
        ScriptList scripts = emit_migrations(cli->arena, plan, &plan->hazards);
        strbuf_add(&cli->out, plan_sql(cli->arena, &scripts));
        break;
    }
    case PLAN_JSON:
        strbuf_add(&cli->out, plan_json(cli->arena, plan, &options));
        break;
    }
}

static Catalog *previous_catalog(Cli *cli, const Side *from, const SideContext *context)
{
    if (from->kind == SIDE_MIGRATIONS) {
        return planning_previous(cli, from->folder, context);
    }
    return from->kind == SIDE_SCHEMA ? schema_compile(cli, &from->schema, context->default_schema)
                                     : NULL;
}

ExitCode cmd_plan(Cli *cli)
{
    PlanFormat format;
    Side from;
    Side to;
    Allowed allowed;
    cli_ask_readers_only(cli);
    if (!read_format(cli, &format) || !project_allowed(cli, &allowed) ||
        !read_sides(cli, &from, &to)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    SideContext context = {.default_schema = "public"};
    context.schema = to.kind == SIDE_SCHEMA     ? &to.schema
                     : from.kind == SIDE_SCHEMA ? &from.schema
                                                : NULL;
    if (from.kind == SIDE_DATABASE) {
        context.default_schema = project_default_schema(from.database.info);
    }
    if (from.kind == SIDE_MIGRATIONS && !side_default_schema(cli, &from, &to, &context)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    const bool online = !option_given(&cli->options, OPT_DIRECT);
    Catalog *after = side_load(cli, &to, &context);
    Filling filling = {.to = after};
    context.filling = online ? &filling : NULL;
    Catalog *before = after == NULL ? NULL : side_load(cli, &from, &context);
    Catalog *previous = before == NULL ? NULL : previous_catalog(cli, &from, &context);
    const PlanWish wish = {.online = online, .fills = &filling.answers};
    Plan *plan = before == NULL ? NULL : planning_make(cli, before, after, previous, wish);
    catalog_free(previous); /* asked for renames; the page is large enough */
    LiveSide live = {0};
    if (plan != NULL && (format == PLAN_SQL || look_at_live(cli, &from, &context, plan, &live))) {
        print_plan(cli, plan, format, &live, &allowed);
    }
    plan_free(plan);
    catalog_free(before);
    catalog_free(after);
    return cli_exit(cli, EXIT_DONE);
}
