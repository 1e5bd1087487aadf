/*
 * side_pair.c - both sides of a comparison, at once where that is quicker: they have nothing to do
 * with each other.
 *
 * Each has a Cli of its own, joined afterwards in the order of the sides: what is reported is what
 * one side after the other would have reported, and of a side that was refused nothing is said
 * about the other if that comes second.
 */
#include "base/common.h"

#include "base/parallel.h"
#include "cli/project/side.h"

/* A smaller schema is understood before a thread has started. */
enum { WORTH_A_THREAD = 64 << 10 };

static bool is_large(const SchemaText *schema)
{
    size_t bytes = 0;
    vec_each(const SourceFile *, at, &schema->files) {
        bytes += (*at)->len;
    }
    return bytes >= WORTH_A_THREAD;
}

/* True when both went well. */
static bool join_both(Cli *cli, Cli *from, bool from_ok, Cli *to, bool to_ok)
{
    cli_join(cli, from);
    if (from_ok) {
        cli_join(cli, to);
    } else {
        cli_drop(cli, to);
    }
    return from_ok && to_ok;
}

/* --- schemas parsed -----------------------------------------------------------------------------
 */

typedef struct Parsing {
    Cli cli;
    SchemaText schema;
    bool ok;
} Parsing;

static void open_schema(const Cli *cli, const char *path, Parsing *parsing)
{
    cli_fork(cli, &parsing->cli);
    parsing->ok = schema_open(&parsing->cli, &path, 1, &parsing->schema);
}

static void parse(void *of)
{
    Parsing *parsing = of;
    schema_parse(&parsing->cli, &parsing->schema);
    parsing->ok = parsing->ok && schema_configure(&parsing->cli, &parsing->schema);
}

static Side schema_side(const Parsing *parsing)
{
    return (Side){.kind = SIDE_SCHEMA, .label = parsing->schema.path, .schema = parsing->schema};
}

bool sides_from_schemas(Cli *cli, const char *from, const char *to, Side *ret_from, Side *ret_to)
{
    Parsing first;
    Parsing second;
    open_schema(cli, from, &first);
    open_schema(cli, to, &second);
    if (is_large(&first.schema) && is_large(&second.schema)) {
        parallel_run(cli->names, parse, &first, &second);
    } else {
        parse(&first);
        parse(&second);
    }
    if (!join_both(cli, &first.cli, first.ok, &second.cli, second.ok)) {
        diag_sort(cli->diags);
        return false;
    }
    *ret_from = schema_side(&first);
    *ret_to = schema_side(&second);
    return true;
}

/* --- sides loaded -------------------------------------------------------------------------------
 */

typedef struct Loading {
    Cli cli;
    const Side *side;
    const SideContext *context;
    Catalog *catalog;
} Loading;

static void load(void *of)
{
    Loading *loading = of;
    loading->catalog = side_load(&loading->cli, loading->side, loading->context);
}

/* A database takes its time; a folder may have to ask and to tell. */
static bool is_worth_a_thread(const Side *side)
{
    return side->kind == SIDE_DATABASE || (side->kind == SIDE_SCHEMA && is_large(&side->schema));
}

/* The files of a schema are numbered one after the other. */
static uint32_t first_file(const Side *side)
{
    return side->kind == SIDE_SCHEMA ? side->schema.files.items[0]->id : UINT32_MAX;
}

static uint32_t last_file(const Side *side)
{
    return side->kind == SIDE_SCHEMA ? vec_last(&side->schema.files)->id : 0;
}

/* With the warnings of its parse, which the schema may silence. */
static void fork_loading(const Cli *cli, Loading *loading)
{
    const Side *side = loading->side;
    cli_fork(cli, &loading->cli);
    diag_copy(cli->diags, first_file(side), last_file(side), loading->cli.diags);
}

static void load_both(Cli *cli, Loading *first, Loading *second)
{
    fork_loading(cli, first);
    fork_loading(cli, second);
    parallel_run(cli->names, load, first, second);
    diag_forget(cli->diags, first_file(first->side), last_file(first->side));
    if (first->catalog != NULL) {
        diag_forget(cli->diags, first_file(second->side), last_file(second->side));
    }
    (void)join_both(cli, &first->cli, first->catalog != NULL, &second->cli, true);
    if (second->side->kind == SIDE_SCHEMA) {
        diag_sort(cli->diags);
    }
}

bool sides_load(Cli *cli, const Side *from, const Side *to, const SideContext *context,
                Catalog **ret_from, Catalog **ret_to)
{
    Loading first = {.side = from, .context = context};
    Loading second = {.side = to, .context = context};
    const External *external = NULL;
    if (!project_external(cli, &external)) { /* before there are threads */
        return false;
    }
    if (is_worth_a_thread(from) && is_worth_a_thread(to)) {
        load_both(cli, &first, &second);
    } else {
        first.catalog = side_load(cli, from, context);
        second.catalog = first.catalog == NULL ? NULL : side_load(cli, to, context);
    }
    if (first.catalog == NULL || second.catalog == NULL) {
        catalog_free(first.catalog);
        catalog_free(second.catalog);
        return false;
    }
    *ret_from = first.catalog;
    *ret_to = second.catalog;
    return true;
}
