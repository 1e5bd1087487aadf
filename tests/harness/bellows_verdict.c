/*
 * bellows_verdict.c - what `bellows validate` finds in many schema texts, asked of one process.
 *
 *     bellows_verdict
 *
 * In: for each schema a line with its length in bytes, then its bytes. Out: for each a line, at
 * once: `valid` or `refused`, then `CODE:LINE` for every diagnostic in the order of the sink;
 * behind a tab the message of the first error. Each report is also printed in all its forms, and
 * each valid schema lowered, to nowhere: what cannot be done without a crash is not done.
 */
#include "base/common.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/diag/diag_print.h"
#include "compiler/schema/lower/lower.h"
#include "grammar/parse.h"

enum { TEXT_MAX = 1 << 26 };

typedef struct Question {
    Arena *arena;
    Names *names;
    Diagnostics *diags;
    bool valid;
} Question;

static void judge(Question *question, const char *text, size_t len)
{
    Diagnostics *diags = question->diags;
    SchemaConfig config;
    AstSchema *schema = schema_new(question->arena);
    SourceFile *file = sources_add(diags->sources, "schema.prisma", text, len);
    Name public = intern_cstr(question->names, "public");
    parse_file(schema, file, question->names, diags);
    bool ok = schema_config_read(schema, question->names, diags, &config);
    ok = schema_check(schema, &config, public, question->names, diags) && ok;
    question->valid = ok && !diag_has_errors(diags);
    if (question->valid) {
        Diagnostics *again = diagnostics_new(question->arena, diags->sources);
        Catalog *catalog = schema_lower(schema, &config, public, question->names, again);
        question->valid = catalog != NULL;
        catalog_free(catalog);
    }
}

static const char *first_message(const Diagnostics *diags)
{
    vec_each(Diagnostic *const, at, &diags->items) {
        if ((*at)->severity == SEVERITY_ERROR) {
            return (*at)->message;
        }
    }
    return "";
}

/* In one line of ASCII. */
static void print_message(const char *message)
{
    putchar('\t');
    for (; *message != '\0'; message++) {
        putchar(*message >= ' ' && *message < 0x7f ? *message : '?');
    }
    putchar('\n');
}

static void print_answer(const Question *question, size_t shown)
{
    const Diagnostics *diags = question->diags;
    fputs(question->valid ? "valid" : "refused", stdout);
    for (size_t i = 0; i < shown; i++) {
        const Diagnostic *diagnostic = diags->items.items[i];
        Position at = diag_print_position(diags, diagnostic->span.file, diagnostic->span.start);
        printf(" %s:%u", diag_row(diagnostic->code)->code, at.line);
    }
    print_message(first_message(diags));
    fflush(stdout);
}

static void print_everywhere(const Diagnostics *diags)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    diag_print_text(&out, diags, (DiagLook){.colour = true});
    diag_print_json(&out, diags);
    diag_print_github(&out, diags);
    strbuf_dispose(&out);
}

static void answer(char *text, size_t len)
{
    Question question = {.arena = arena_new()};
    question.names = names_new(question.arena);
    question.diags = diagnostics_new(question.arena, sources_new(question.arena));
    judge(&question, text, len);
    print_everywhere(question.diags);
    print_answer(&question, question.diags->items.count);
    arena_free(question.arena);
}

/* The text has a zero byte behind it, as file_read gives it. */
static bool read_text(char **ret_text, size_t *ret_len)
{
    char line[32];
    if (fgets(line, sizeof line, stdin) == NULL) {
        return false;
    }
    size_t len = strtoul(line, NULL, 10);
    if (len > TEXT_MAX) {
        return false;
    }
    char *text = calloc(len + 1, 1);
    if (text == NULL || fread(text, 1, len, stdin) != len) {
        free(text);
        return false;
    }
    *ret_text = text;
    *ret_len = len;
    return true;
}

int main(void)
{
    char *text = NULL;
    size_t len = 0;
    while (read_text(&text, &len)) {
        answer(text, len);
        free(text);
    }
    return 0;
}
