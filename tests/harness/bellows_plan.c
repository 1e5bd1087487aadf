/*
 * bellows_plan.c - two schema files to a plan; for golden, live and conformance tests.
 *
 *     bellows_plan text|json|sql|script|diff|prove FROM TO [--direct] [--version-8]
 *         [--rename R]...
 *     bellows_plan scripts FROM TO DIR [...]     one file each: DIR/<suffix>.sql, .undo.sql
 *
 * FROM and TO are schema files, or folders whose *.prisma files are read in the order of their
 * names; `-` is the empty schema. `script` prints the steps as one script whatever their phases;
 * `prove` prints nothing, or what the replay found wrong. Exit code 1 when a schema has errors or
 * there is no plan.
 */
#include "base/common.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "compiler/canon/canon.h"
#include "compiler/plan/diff/renames.h"
#include "compiler/plan/make/plan_make.h"
#include "compiler/plan/show/plan_json.h"
#include "compiler/plan/show/plan_text.h"
#include "compiler/plan/world/replay.h"
#include "compiler/schema/lower/lower.h"
#include "grammar/parse.h"

enum { FLAG_LIMIT = 32 };

typedef struct Tool {
    Arena *arena;
    Names *names;
    Sources *sources;
    Diagnostics *diags;
    const char *format, *from_path, *to_path, *directory;
    bool direct, version_8;
    const char *flags[FLAG_LIMIT];
    size_t flag_count;
} Tool;

/* --- schemas --- */

static bool parse_path(Tool *tool, AstSchema *schema, const char *path)
{
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    if (!file_read(tool->arena, path, &text, &len, &error)) {
        fprintf(stderr, "bellows_plan: %s: %s\n", path, strerror(error));
        return false;
    }
    const char *slash = strrchr(path, '/');
    const char *shown = slash == NULL ? path : slash + 1;
    parse_file(schema, sources_add(tool->sources, shown, text, len), tool->names, tool->diags);
    return true;
}

static bool parse_schema(Tool *tool, AstSchema *schema, const char *path)
{
    if (strcmp(path, "-") == 0) {
        return true;
    }
    if (!file_is_folder(path)) {
        return parse_path(tool, schema, path);
    }
    PathList files = {0};
    int error = 0;
    if (!files_below(tool->arena, path, ".prisma", &files, &error)) {
        fprintf(stderr, "bellows_plan: %s: %s\n", path, strerror(error));
        return false;
    }
    vec_each(const char *, file, &files) {
        if (!parse_path(tool, schema, *file)) {
            return false;
        }
    }
    return true;
}

static Catalog *read_catalog(Tool *tool, const char *path)
{
    AstSchema *schema = schema_new(tool->arena);
    SchemaConfig config;
    if (!parse_schema(tool, schema, path) ||
        !schema_config_read(schema, tool->names, tool->diags, &config)) {
        return NULL;
    }
    Catalog *catalog =
        schema_lower(schema, &config, intern_cstr(tool->names, "public"), tool->names, tool->diags);
    if (catalog != NULL) {
        canon_catalog(catalog);
    }
    return catalog;
}

/* --- output --- */

static bool write_file(const Tool *tool, const char *name, const char *text)
{
    const char *path = path_join(tool->arena, tool->directory, name);
    int error = 0;
    if (!file_write(path, text, strlen(text), &error)) {
        fprintf(stderr, "bellows_plan: %s: %s\n", path, strerror(error));
        return false;
    }
    return true;
}

/* A plan of one script is `migration`. Numbers have two digits, so that names sort. */
static bool write_scripts(const Tool *tool, const Plan *plan)
{
    ScriptList scripts = emit_migrations(tool->arena, plan, &plan->hazards);
    for (size_t i = 0; i < scripts.count; i++) {
        const Script *script = &scripts.items[i];
        const char *stem =
            script->suffix == NULL
                ? "migration"
                : arena_printf(tool->arena, "%02u_%s", script->number, phase_name(script->phase));
        if (!write_file(tool, arena_printf(tool->arena, "%s.sql", stem), script->sql) ||
            (script->undo != NULL &&
             !write_file(tool, arena_printf(tool->arena, "%s.undo.sql", stem), script->undo))) {
            return false;
        }
    }
    return true;
}

static bool print_plan(const Tool *tool, const Plan *plan)
{
    const PlanTextOptions options = {.sources = tool->sources};
    if (strcmp(tool->format, "text") == 0) {
        fputs(plan_text(tool->arena, plan, &options), stdout);
    } else if (strcmp(tool->format, "json") == 0) {
        fputs(plan_json(tool->arena, plan, &options), stdout);
    } else if (strcmp(tool->format, "script") == 0) {
        fputs(emit_script(tool->arena, plan), stdout);
    } else if (strcmp(tool->format, "diff") == 0) {
        fputs(diff_dump(tool->arena, plan->diff), stdout);
    } else if (strcmp(tool->format, "sql") == 0) {
        ScriptList scripts = emit_migrations(tool->arena, plan, &plan->hazards);
        fputs(plan_sql(tool->arena, &scripts), stdout);
    } else if (strcmp(tool->format, "prove") == 0) {
        const char *wrong = replay_prove(tool->arena, plan);
        fputs(wrong == NULL ? "" : wrong, stdout);
        return wrong == NULL;
    } else {
        return write_scripts(tool, plan);
    }
    return true;
}

static bool plan_schemas(Tool *tool, const Catalog *from, const Catalog *to)
{
    Renames renames = {0};
    if (!renames_find(from, to, from, tool->flags, tool->flag_count, tool->diags, tool->arena,
                      &renames)) {
        return false;
    }
    const PlanOptions options = {
        .online = !tool->direct, .renames = &renames, .version_8 = tool->version_8};
    Plan *plan = plan_make(from, to, &options, tool->diags);
    bool ok = plan != NULL && print_plan(tool, plan);
    plan_free(plan);
    return ok;
}

/* --- main --- */

static bool read_arguments(Tool *tool, int argc, char **argv)
{
    int at = 4;
    if (argc < at) {
        return false;
    }
    tool->format = argv[1];
    tool->from_path = argv[2];
    tool->to_path = argv[3];
    if (strcmp(tool->format, "scripts") == 0 && at < argc) {
        tool->directory = argv[at++];
    }
    for (; at < argc; at++) {
        if (strcmp(argv[at], "--direct") == 0) {
            tool->direct = true;
        } else if (strcmp(argv[at], "--version-8") == 0) {
            tool->version_8 = true;
        } else if (strcmp(argv[at], "--rename") == 0 && at + 1 < argc &&
                   tool->flag_count < FLAG_LIMIT) {
            tool->flags[tool->flag_count++] = argv[++at];
        } else {
            return false;
        }
    }
    return true;
}

static void print_diagnostics(const Tool *tool)
{
    vec_each(Diagnostic *const, at, &tool->diags->items) {
        fprintf(stderr, "%s: %s\n", diag_row((*at)->code)->code, (*at)->message);
    }
}

int main(int argc, char **argv)
{
    Arena *arena = arena_new();
    Tool tool = {.arena = arena, .names = names_new(arena), .sources = sources_new(arena)};
    tool.diags = diagnostics_new(arena, tool.sources);
    if (!read_arguments(&tool, argc, argv)) {
        fputs("usage: bellows_plan FORMAT FROM TO [DIR] [--direct] [--rename R]...\n", stderr);
        arena_free(arena);
        return 64;
    }
    Catalog *from = read_catalog(&tool, tool.from_path);
    Catalog *to = read_catalog(&tool, tool.to_path);
    bool ok = from != NULL && to != NULL && plan_schemas(&tool, from, to);
    print_diagnostics(&tool);
    catalog_free(from);
    catalog_free(to);
    arena_free(arena);
    return ok ? 0 : 1;
}
