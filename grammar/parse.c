/*
 * parse.c - the front door: one file, scanned and parsed into the schema.
 *
 * In: a SourceFile. Out: its blocks in the schema, its mistakes in the sink. The pieces: scanner.l
 * makes raw tokens, parse_filter.c the ones parser.y reads, ast.c the tree, parse_error.c the
 * complaints.
 */
#include "base/common.h"

#include "grammar/parse.h"

#include "grammar/parse_internal.h"
#include "grammar/scanner.h"

static void scan_and_parse(ParseCx *cx, char *text)
{
    yyscan_t scanner = NULL;
    if (dslraw_lex_init_extra(cx, &scanner) != 0) {
        unreachable(); /* only without memory, and then the arena has aborted */
    }
    dslraw__scan_buffer(text, (yy_size_t)cx->file->len + 2, scanner);
    (void)dsl_parse(scanner, cx);
    dslraw_lex_destroy(scanner);
}

static void intern_keywords(ParseCx *cx)
{
    static const char *const words[KEYWORD_COUNT] = {"model", "view",       "type",
                                                     "enum",  "datasource", "generator"};
    for (size_t i = 0; i < KEYWORD_COUNT; i++) {
        cx->keywords[i] = intern_cstr(cx->names, words[i]);
    }
    cx->unsupported = intern_cstr(cx->names, "Unsupported");
}

void parse_file(AstSchema *schema, const SourceFile *file, Names *names, Diagnostics *diags)
{
    ParseCx cx = {.schema = schema, .file = file, .names = names, .diags = diags};
    cx.arena = schema->arena;
    cx.scratch = arena_new();
    cx.pushed_back = NOTHING_PUSHED_BACK;
    cx.at_head = true;
    intern_keywords(&cx);
    char *text = parse_scanner_text(&cx);
    if (text != NULL) {
        scan_and_parse(&cx, text);
    }
    arena_free(cx.scratch);
}
