/*
 * bellows_diff.c - the difference of two schemas, by the compiler alone; for golden tests and
 * experiments.
 *
 *     bellows_diff migrate diff --from-empty | --from-schema-datamodel PATH
 *                               --to-empty | --to-schema-datamodel PATH
 *                               [--script | --dump | --hazards] [--online] [--rename A.b=c]...
 *
 * Takes the command line's own words, so that golden.sh can judge it. A PATH is a file or a folder.
 * --dump prints the changes, --hazards the sentences, nothing the difference in words.
 */
#include "base/common.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "compiler/canon.h"
#include "compiler/diff.h"
#include "compiler/emit.h"
#include "compiler/lower.h"
#include "compiler/plan.h"
#include "compiler/renames.h"
#include "grammar/parse.h"

enum { RENAMES_MAX = 64 };

typedef struct Request {
    const char *from, *to; /* NULL: empty */
    const char *print;     /* "--script", ... */
    bool online;
    const char *renames[RENAMES_MAX];
    size_t rename_count;
} Request;

typedef struct Run {
    Arena *arena;
    Names *names;
    Sources *sources;
    Diagnostics *diags;
} Run;

static bool parse_path(Run *run, AstSchema *schema, const char *path)
{
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    if (!file_read(run->arena, path, &text, &len, &error)) {
        fprintf(stderr, "bellows_diff: %s: %s\n", path, strerror(error));
        return false;
    }
    parse_file(schema, sources_add(run->sources, path, text, len), run->names, run->diags);
    return true;
}

static bool parse_all(Run *run, AstSchema *schema, const char *path)
{
    if (!file_is_folder(path)) {
        return parse_path(run, schema, path);
    }
    PathList paths = {0};
    int error = 0;
    if (!files_below(run->arena, path, ".prisma", &paths, &error)) {
        return false;
    }
    vec_each(const char *, at, &paths) {
        if (!parse_path(run, schema, *at)) {
            return false;
        }
    }
    return true;
}

/* Nothing at all has no default schema either. */
static Catalog *read_side(Run *run, const char *path)
{
    if (path == NULL) {
        return catalog_new(run->names, NULL);
    }
    AstSchema *schema = schema_new(run->arena);
    SchemaConfig config;
    if (!parse_all(run, schema, path) ||
        !schema_config_read(schema, run->names, run->diags, &config)) {
        return NULL;
    }
    return schema_lower(schema, &config, intern_cstr(run->names, "public"), run->names, run->diags);
}

static void print_hazards(Run *run, const Plan *plan)
{
    vec_each(Hazard *, at, &plan->hazards) {
        printf("%s: %s\n", hazard_level_name(hazard_row((*at)->code)->level),
               hazard_message(run->arena, *at));
    }
}

static void print_plan(Run *run, const Request *request, const Plan *plan)
{
    if (strcmp(request->print, "--script") == 0) {
        printf("%s\n", emit_script(run->arena, plan));
    } else if (strcmp(request->print, "--dump") == 0) {
        fputs(diff_dump(run->arena, plan->diff), stdout);
    } else if (strcmp(request->print, "--hazards") == 0) {
        print_hazards(run, plan);
    } else {
        fputs(diff_summary(run->arena, plan->diff), stdout);
    }
}

static bool compare(Run *run, const Request *request, Catalog *from, Catalog *to)
{
    canon_catalog(from);
    canon_catalog(to);
    RenameList renames = {0};
    if (!renames_find(from, to, from, request->renames, request->rename_count, run->diags,
                      run->arena, &renames)) {
        return false;
    }
    const PlanOptions options = {.online = request->online, .renames = &renames};
    Plan *plan = plan_make(from, to, &options, run->diags);
    if (plan != NULL) {
        print_plan(run, request, plan);
    }
    plan_free(plan);
    return plan != NULL;
}

static bool answer(Run *run, const Request *request)
{
    Catalog *from = read_side(run, request->from);
    Catalog *to = read_side(run, request->to);
    bool ok = from != NULL && to != NULL && compare(run, request, from, to);
    vec_each(Diagnostic *, at, &run->diags->items) {
        fprintf(stderr, "%s: %s\n", diag_row((*at)->code)->code, (*at)->message);
    }
    catalog_free(from);
    catalog_free(to);
    return ok;
}

static bool read_request(char **arguments, Request *ret_request)
{
    Request request = {.print = "--summary"};
    for (char **at = arguments; *at != NULL; at++) {
        const bool valued = at[1] != NULL;
        if (strcmp(*at, "--from-schema-datamodel") == 0 && valued) {
            request.from = *++at;
        } else if (strcmp(*at, "--to-schema-datamodel") == 0 && valued) {
            request.to = *++at;
        } else if (strcmp(*at, "--rename") == 0 && valued && request.rename_count < RENAMES_MAX) {
            request.renames[request.rename_count++] = *++at;
        } else if (strcmp(*at, "--online") == 0) {
            request.online = true;
        } else if (strcmp(*at, "--script") == 0 || strcmp(*at, "--dump") == 0 ||
                   strcmp(*at, "--hazards") == 0) {
            request.print = *at;
        } else if (strcmp(*at, "--from-empty") != 0 && strcmp(*at, "--to-empty") != 0) {
            return false;
        }
    }
    *ret_request = request;
    return true;
}

int main(int argc, char **argv)
{
    Request request;
    if (argc < 3 || strcmp(argv[1], "migrate") != 0 || strcmp(argv[2], "diff") != 0 ||
        !read_request(argv + 3, &request)) {
        fputs("usage: bellows_diff migrate diff --from-... --to-... [--script]\n", stderr);
        return 64;
    }
    Arena *arena = arena_new();
    Run run = {.arena = arena, .names = names_new(arena), .sources = sources_new(arena)};
    run.diags = diagnostics_new(arena, run.sources);
    bool ok = answer(&run, &request);
    arena_free(arena);
    return ok ? 0 : 1;
}
