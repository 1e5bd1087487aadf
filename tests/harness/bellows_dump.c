/*
 * bellows_dump.c - schema files to the text of their catalog, or to diagnostics; for golden tests.
 *
 *     bellows_dump catalog FILE...      the catalog (catalog_print.h); warnings on stderr
 *     bellows_dump diagnostics FILE...  errors and warnings, on stdout
 *     bellows_dump dmmf FILE...         what generators receive, without the types of queries
 *     bellows_dump time FILE...         nothing but the milliseconds of processor time each stage
 * took
 *
 * Exit code: 0, or 1 when the schema has errors. Run it in the folder of the files: paths are shown
 * as given.
 */
#include "base/common.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/diag/diag_print.h"
#include "base/file.h"
#include "compiler/catalog/catalog_print.h"
#include "compiler/schema/dmmf/dmmf.h"
#include "compiler/schema/lower/lower.h"
#include "grammar/parse.h"

typedef struct Dump {
    Arena *arena;
    Names *names;
    Sources *sources;
    Diagnostics *diags;
    AstSchema *schema;
    double parsed, lowered; /* seconds */
} Dump;

/* Processor time: the machine may have other things to do. */
static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

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

static void print_diagnostics(const Dump *dump, FILE *out)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    diag_print_text(&text, dump->diags, (DiagLook){0});
    fputs(strbuf_text(&text), out);
    strbuf_dispose(&text);
}

static void print_catalog(const Catalog *catalog)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    catalog_print(&out, catalog);
    fputs(strbuf_text(&out), stdout);
    strbuf_dispose(&out);
}

static bool print_dmmf(const Dump *dump)
{
    SchemaConfig config;
    StrBuf text = strbuf_new(STRBUF_MAX);
    JsonOut out = json_out_new(&text, true);
    bool ok = schema_config_read(dump->schema, dump->names, dump->diags, &config);
    DmmfInput input = {dump->schema, &config, dump->names, dump->diags};
    ok = ok && dmmf_write(&input, DMMF_DATAMODEL | DMMF_MAPPINGS, &out);
    printf("%s\n", strbuf_text(&text));
    strbuf_dispose(&text);
    return ok;
}

static int run(Dump *dump, const char *what, char **paths)
{
    if (!parse_all(dump, paths)) {
        return 64;
    }
    if (strcmp(what, "dmmf") == 0) {
        bool written = print_dmmf(dump);
        print_diagnostics(dump, stderr);
        return written ? 0 : 1;
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
        fputs("usage: bellows_dump catalog|diagnostics|dmmf|time FILE...\n", stderr);
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
