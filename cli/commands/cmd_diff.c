/*
 * cmd_diff.c - `bellows migrate diff`: any source against any other.
 *
 * Both spellings of the flags are understood, those of version 6 and of version 7 of the format.
 */
#include "base/common.h"

#include <string.h>

#include "cli/console/answer.h"
#include "cli/project/left_out.h"
#include "cli/project/side.h"
#include "compiler/plan/diff/renames.h"
#include "compiler/plan/emit/beside.h"
#include "compiler/plan/emit/emit.h"
#include "compiler/plan/make/plan_make.h"

typedef enum Source {
    SOURCE_EMPTY,
    SOURCE_SCHEMA,
    SOURCE_SCHEMA_DATASOURCE,
    SOURCE_PROJECT_DATABASE,
    SOURCE_URL,
    SOURCE_MIGRATIONS,
    SOURCE_SQL,
} Source;

typedef struct SourceFlag {
    OptionId from, to;
    Source source;
} SourceFlag;

static const SourceFlag flags[] = {
    {OPT_FROM_EMPTY, OPT_TO_EMPTY, SOURCE_EMPTY},
    {OPT_FROM_SCHEMA, OPT_TO_SCHEMA, SOURCE_SCHEMA},
    {OPT_FROM_SCHEMA_DATAMODEL, OPT_TO_SCHEMA_DATAMODEL, SOURCE_SCHEMA},
    {OPT_FROM_SCHEMA_DATASOURCE, OPT_TO_SCHEMA_DATASOURCE, SOURCE_SCHEMA_DATASOURCE},
    {OPT_FROM_CONFIG_DATASOURCE, OPT_TO_CONFIG_DATASOURCE, SOURCE_PROJECT_DATABASE},
    {OPT_FROM_URL, OPT_TO_URL, SOURCE_URL},
    {OPT_FROM_MIGRATIONS, OPT_TO_MIGRATIONS, SOURCE_MIGRATIONS},
    {OPT_FROM_SQL, OPT_TO_SQL, SOURCE_SQL},
};

static bool database_side(Cli *cli, const char *schema_path, Side *ret_side)
{
    SchemaText schema;
    Side side = {.kind = SIDE_DATABASE};
    if (schema_path != NULL && !schema_read(cli, schema_path, &schema)) {
        return false;
    }
    if (!project_database(cli, schema_path == NULL ? NULL : &schema, PRIVATE_IF_RUNNING,
                          &side.database)) {
        return false;
    }
    side.label = side.database.display;
    *ret_side = side;
    return true;
}

/* The project's own database: named by the schema, if there is one. */
static bool project_side(Cli *cli, Side *ret_side)
{
    const char *path = option_value(&cli->options, OPT_SCHEMA);
    const Settings *settings = NULL;
    if (!project_settings(cli, &settings)) {
        return false;
    }
    Diagnostics *reported = cli->diags;
    cli->diags = diagnostics_new(cli->arena, cli->sources);
    bool found = path != NULL || project_find_schema(cli, &path);
    cli->diags = reported;
    return database_side(cli, found ? path : NULL, ret_side);
}

static bool make_side(Cli *cli, Source source, const char *value, Side *ret_side)
{
    switch (source) {
    case SOURCE_EMPTY:
        *ret_side = (Side){.kind = SIDE_EMPTY, .label = "empty"};
        return true;
    case SOURCE_SCHEMA:
        return side_from_schema(cli, value, ret_side);
    case SOURCE_SCHEMA_DATASOURCE:
        return database_side(cli, value, ret_side);
    case SOURCE_PROJECT_DATABASE:
        return project_side(cli, ret_side);
    case SOURCE_URL:
        return side_from_url(cli, value, ret_side);
    case SOURCE_MIGRATIONS:
        return side_from_folder(cli, value, ret_side);
    case SOURCE_SQL:
        return side_from_sql(cli, value, ret_side);
    }
    unreachable();
}

/* Where a side comes from. */
typedef struct Given {
    Source source;
    const char *value;
} Given;

/* Exactly one of the flags of a side must be there. */
static bool find_given(const Cli *cli, bool from, Given *ret_given)
{
    Given given = {0};
    size_t count = 0;
    for (size_t i = 0; i < lengthof(flags); i++) {
        OptionId id = from ? flags[i].from : flags[i].to;
        if (option_given(&cli->options, id)) {
            given = (Given){flags[i].source, option_value(&cli->options, id)};
            count += cli->options.values[id].count;
        }
    }
    if (count == 1) {
        *ret_given = given;
    }
    return count == 1;
}

static bool read_side(Cli *cli, bool from, Side *ret_side)
{
    Given given;
    const OptionId other = from ? OPT_FROM_LOCAL_D1 : OPT_TO_LOCAL_D1;
    if (option_given(&cli->options, other)) {
        diag_report(cli->diags, DIAG_OTHER_DATABASE, span_none(), option_row(other)->name,
                    "Cloudflare D1", cli->command->name);
        return false;
    }
    if (!find_given(cli, from, &given)) {
        diag_report(cli->diags, DIAG_ONE_OF_OPTIONS, span_none(), from ? "--from-..." : "--to-...",
                    cli->command->name);
        return false;
    }
    return make_side(cli, given.source, given.value, ret_side);
}

static bool read_sides(Cli *cli, Side *ret_from, Side *ret_to)
{
    Given from;
    Given to;
    if (find_given(cli, true, &from) && find_given(cli, false, &to) &&
        from.source == SOURCE_SCHEMA && to.source == SOURCE_SCHEMA) {
        return sides_from_schemas(cli, from.value, to.value, ret_from, ret_to);
    }
    return read_side(cli, true, ret_from) && read_side(cli, false, ret_to);
}

/* The schema text that says which schemas the comparison is about: the wanted side's, if it has
 * one. */
static SideContext context_of(const Side *from, const Side *to)
{
    SideContext context = {.default_schema = "public"};
    if (to->kind == SIDE_SCHEMA) {
        context.schema = &to->schema;
    } else if (from->kind == SIDE_SCHEMA) {
        context.schema = &from->schema;
    }
    if (to->kind == SIDE_DATABASE) {
        context.default_schema = project_default_schema(to->database.info);
    } else if (from->kind == SIDE_DATABASE) {
        context.default_schema = project_default_schema(from->database.info);
    }
    return context;
}

/* A script that makes a whole database, and so also what no plan has steps for. */
static bool is_baseline(const Plan *plan)
{
    return plan->to->is_complete && plan->from->tables.count == 0 && plan->from->opaque.count == 0;
}

/* A script made from a database says what of it is no part of the script. */
static const char *what_is_left_out(const Cli *cli, const Plan *plan)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (plan->to->is_complete) {
        left_out_print(&out, plan->from, plan->to, is_baseline(plan));
    }
    return strbuf_take(&out, cli->arena);
}

/* What tables are made of comes before the first of them. */
static const char *baseline(const Cli *cli, const Plan *plan)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    Step *const *steps = plan->steps.items;
    const size_t count = plan->steps.count;
    size_t first = 0;
    while (first < count && steps[first]->kind != STEP_CREATE_TABLE) {
        first++;
    }
    const char *parts[] = {
        emit_steps(cli->arena, steps, first), beside_before(cli->arena, plan->to),
        emit_steps(cli->arena, steps + first, count - first), beside_after(cli->arena, plan->to)};
    for (size_t i = 0; i < lengthof(parts); i++) {
        if (parts[i][0] != '\0') {
            const bool apart = out.len > 1 && out.text[out.len - 2] != '\n';
            strbuf_add(&out, apart ? "\n" : "");
            strbuf_add(&out, parts[i]);
        }
    }
    return out.len == 0 ? emit_script(cli->arena, plan) : strbuf_take(&out, cli->arena);
}

static const char *script_of(const Cli *cli, const Plan *plan)
{
    return is_baseline(plan) ? baseline(cli, plan) : emit_script(cli->arena, plan);
}

static ExitCode print_difference(Cli *cli, const Plan *plan)
{
    bool empty = plan_is_empty(plan);
    answer_bool(cli, "empty", empty);
    answer_text(cli, "summary", diff_summary(cli->arena, plan->diff));
    answer_text(cli, "script", script_of(cli, plan));
    if (option_given(&cli->options, OPT_SCRIPT)) {
        cli_put(cli, what_is_left_out(cli, plan));
        cli_put(cli, script_of(cli, plan));
        cli_put(cli, "\n");
    } else {
        cli_put(cli, diff_summary(cli->arena, plan->diff));
    }
    return !empty && option_given(&cli->options, OPT_EXIT_CODE) ? EXIT_DIFFERENT : EXIT_DONE;
}

static ExitCode compare(Cli *cli, Catalog *from, Catalog *to, bool from_is_schema,
                        const FillAnswers *fills)
{
    const External *external = NULL;
    if (!project_external(cli, &external)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    external_align(external, from, to);
    Renames renames = {0};
    const TextList *stated = &cli->options.values[OPT_RENAME];
    if (!renames_find(from, to, from_is_schema ? from : NULL, stated->items, stated->count,
                      cli->diags, cli->arena, &renames)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    PlanOptions options = {
        .online = option_given(&cli->options, OPT_ONLINE), .renames = &renames, .fills = fills};
    Plan *plan = plan_make(from, to, &options, cli->diags);
    if (plan == NULL) {
        return cli_exit(cli, EXIT_FAILED);
    }
    ExitCode code = print_difference(cli, plan);
    plan_free(plan);
    return code;
}

static void list_schemas(Cli *cli, const SideContext *context, NameList *schemas)
{
    size_t count = 0;
    const char *const *texts = side_schemas(cli, context, &count);
    for (size_t i = 0; i < count; i++) {
        vec_push(cli->arena, schemas, intern_cstr(cli->names, texts[i]));
    }
}

/* Online the wanted side comes first, for what has to be asked where the other is loaded. */
static bool load_sides(Cli *cli, const Side sides[2], SideContext *context, Filling *filling,
                       Catalog *ret_catalogs[2])
{
    if (!option_given(&cli->options, OPT_ONLINE)) {
        return sides_load(cli, &sides[0], &sides[1], context, &ret_catalogs[0], &ret_catalogs[1]);
    }
    filling->to = ret_catalogs[1] = side_load(cli, &sides[1], context);
    context->filling = filling;
    ret_catalogs[0] = filling->to == NULL ? NULL : side_load(cli, &sides[0], context);
    if (ret_catalogs[0] == NULL) {
        catalog_free(ret_catalogs[1]);
    }
    return ret_catalogs[0] != NULL;
}

ExitCode cmd_migrate_diff(Cli *cli)
{
    Side sides[2];
    const Side *from = &sides[0], *to = &sides[1];
    if (!read_sides(cli, &sides[0], &sides[1])) {
        return cli_exit(cli, EXIT_FAILED);
    }
    SideContext context = context_of(from, to);
    NameList schemas = {0};
    if ((from->kind == SIDE_MIGRATIONS || to->kind == SIDE_MIGRATIONS) &&
        !side_default_schema(cli, from, to, &context)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    if (to->kind == SIDE_DATABASE && from->kind != SIDE_DATABASE &&
        option_given(&cli->options, OPT_SCRIPT)) {
        context.whole = true;
        list_schemas(cli, &context, &schemas);
        context.schemas = &schemas;
    }
    Catalog *catalogs[2] = {NULL, NULL};
    Filling filling = {0};
    if (!load_sides(cli, sides, &context, &filling, catalogs)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    ExitCode code =
        compare(cli, catalogs[0], catalogs[1], from->kind == SIDE_SCHEMA, &filling.answers);
    catalog_free(catalogs[1]);
    catalog_free(catalogs[0]);
    return code;
}
