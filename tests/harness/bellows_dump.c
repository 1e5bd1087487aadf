/*
 * bellows_dump.c - schema files to the text of their catalog, or to diagnostics; for golden tests.
 *
 *     bellows_dump catalog FILE...      the catalog (catalog_print.h); warnings on stderr
 *     bellows_dump diagnostics FILE...  errors and warnings, on stdout
 *     bellows_dump time FILE...         nothing but the milliseconds each stage took
 *
 * Exit code: 0, or 1 when the schema has errors. One line for each place of a diagnostic:
 * file:line:column: the code, the text, and the source it points at. Rendering with carets is the
 * command line's business.
 */
#include "base/common.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "compiler/catalog_print.h"
#include "compiler/lower.h"
#include "grammar/parse.h"

typedef struct Dump {
    Arena *arena;
    Names *names;
    Sources *sources;
    Diagnostics *diags;
    AstSchema *schema;
    double parsed, lowered; /* seconds */
} Dump;

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* --- diagnostics --- */

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static void print_place(const Dump *dump, FILE *out, Span span)
{
    const SourceFile *file = sources_file(dump->sources, span.file);
    if (file == NULL) {
        return;
    }
    Position at = source_position(dump->sources, span);
    fprintf(out, "%s:%u:%u: ", base_name(file->path), at.line, at.column);
}

static void print_source(const Dump *dump, FILE *out, Span span)
{
    const SourceFile *file = sources_file(dump->sources, span.file);
    if (file != NULL) {
        fprintf(out, " <%.*s>", (int)(span.end - span.start), file->text + span.start);
    }
    fputc('\n', out);
}

static void print_diagnostic(const Dump *dump, FILE *out, const Diagnostic *diagnostic)
{
    static const char *const words[] = {
        [SEVERITY_ERROR] = "error", [SEVERITY_WARNING] = "warning", [SEVERITY_NOTE] = "note"};
    print_place(dump, out, diagnostic->span);
    fprintf(out, "%s[%s]: %s", words[diagnostic->severity], diag_row(diagnostic->code)->code,
            diagnostic->message);
    print_source(dump, out, diagnostic->span);
    vec_each(const DiagNote, note, &diagnostic->notes) {
        fputs("    note: ", out);
        print_place(dump, out, note->span);
        fputs(note->text, out);
        print_source(dump, out, note->span);
    }
    if (diagnostic->help != NULL) {
        fprintf(out, "    help: %s\n", diagnostic->help);
    }
}

static void print_diagnostics(const Dump *dump, FILE *out)
{
    vec_each(Diagnostic *const, at, &dump->diags->items) {
        print_diagnostic(dump, out, *at);
    }
}

/* --- stages --- */

static bool parse_all(Dump *dump, char **paths)
{
    double start = seconds();
    for (char **path = paths; *path != NULL; path++) {
        char *text = NULL;
        size_t len = 0;
        int error = 0;
        if (!file_read(dump->arena, *path, &text, &len, &error)) {
            fprintf(stderr, "bellows_dump: %s: %s\n", *path, strerror(error));
            return false;
        }
        parse_file(dump->schema, sources_add(dump->sources, *path, text, len), dump->names,
                   dump->diags);
    }
    dump->parsed = seconds() - start;
    return true;
}

static Catalog *lower_all(Dump *dump)
{
    double start = seconds();
    SchemaConfig config;
    bool ok = schema_config_read(dump->schema, dump->names, dump->diags, &config);
    Catalog *catalog = schema_lower(dump->schema, &config, intern_cstr(dump->names, "public"),
                                    dump->names, dump->diags);
    dump->lowered = seconds() - start;
    if (catalog != NULL && (!ok || diag_has_errors(dump->diags))) {
        catalog_free(catalog);
        catalog = NULL;
    }
    return catalog;
}

static void print_catalog(const Catalog *catalog)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    catalog_print(&out, catalog);
    fputs(strbuf_text(&out), stdout);
    strbuf_dispose(&out);
}

static int run(Dump *dump, const char *what, char **paths)
{
    if (!parse_all(dump, paths)) {
        return 64;
    }
    Catalog *catalog = lower_all(dump);
    bool ok = catalog != NULL;
    print_diagnostics(dump, strcmp(what, "diagnostics") == 0 ? stdout : stderr);
    if (strcmp(what, "time") == 0) {
        printf("parse %.2f lower %.2f\n", dump->parsed * 1e3, dump->lowered * 1e3);
    } else if (ok && strcmp(what, "catalog") == 0) {
        print_catalog(catalog);
    }
    catalog_free(catalog);
    return ok ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: bellows_dump catalog|diagnostics|time FILE...\n", stderr);
        return 64;
    }
    Arena *arena = arena_new();
    Dump dump = {.arena = arena, .names = names_new(arena), .sources = sources_new(arena)};
    dump.diags = diagnostics_new(arena, dump.sources);
    dump.schema = schema_new(arena);
    int status = run(&dump, argv[1], argv + 2);
    arena_free(arena);
    return status;
}
