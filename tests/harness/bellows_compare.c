/*
 * bellows_compare.c - two databases, compared as `check` compares them: everything a dump tells.
 *
 *     bellows_compare URL URL
 *
 * Prints the differences, a line each, with the word of its row in brackets. Exit: 0 when there is
 * none, 2 when there are, 1 when a database cannot be read, 64 wrong usage.
 */
#include "base/common.h"

#include <stdio.h>

#include "base/strbuf.h"
#include "compiler/canon/canon.h"
#include "compiler/compare/compare.h"
#include "introspect/load/load.h"
#include "introspect/session/session.h"

typedef struct Tool {
    Arena *arena;
    Names *names;
    Diagnostics *diags;
} Tool;

static Catalog *load(const Tool *tool, const char *url)
{
    const LoadOptions options = {.with_opaque = true, .complete = true, .all_schemas = true};
    const ConnInfo *info = NULL;
    Session *session = NULL;
    Catalog *catalog = NULL;
    if (url_parse(tool->arena, url, tool->diags, &info) &&
        session_open(info, NULL, tool->diags, &session) &&
        catalog_load(session, &options, tool->names, tool->diags, &catalog)) {
        canon_catalog(catalog);
    }
    session_close(session);
    return catalog;
}

static void print(const Comparison *found)
{
    vec_each(const Difference, at, &found->differences) {
        StrBuf out = strbuf_new(STRBUF_MAX);
        difference_print(&out, at);
        printf("[%s]%s", at->word, strbuf_text(&out));
        strbuf_dispose(&out);
    }
}

int main(int argc, char **argv)
{
    int code = 1;
    if (argc != 3) {
        fputs("usage: bellows_compare URL URL\n", stderr);
        return 64;
    }
    Arena *arena = arena_new();
    const Tool tool = {.arena = arena,
                       .names = names_new(arena),
                       .diags = diagnostics_new(arena, sources_new(arena))};
    Catalog *a = load(&tool, argv[1]), *b = a == NULL ? NULL : load(&tool, argv[2]);
    if (b != NULL) {
        const Comparison found = compare_catalogs(arena, a, b, NULL);
        print(&found);
        code = found.differences.count == 0 ? 0 : 2;
    }
    vec_each(Diagnostic *, at, &tool.diags->items) {
        fprintf(stderr, "bellows_compare: %s\n", (*at)->message);
    }
    catalog_free(a);
    catalog_free(b);
    arena_free(arena);
    return code;
}
