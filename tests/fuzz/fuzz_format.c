/*
 * fuzz_format.c - any bytes as a schema text that is formatted.
 *
 * Promises: no crash; the text that comes out parses, into the same tree but for the order of
 * attributes; no letter is lost, in comments either; formatted again it is the same text; a
 * completed schema has nothing to complete. Which comment documents what may change: comments go
 * where the reference's formatter puts them.
 */
#include "base/common.h"

#include "fuzz/fuzz.h"

#include <string.h>

#include "compiler/schema/complete/complete.h"
#include "grammar/ast_print.h"
#include "grammar/format.h"
#include "grammar/format_internal.h"
#include "grammar/parse.h"

/* A text and what it says; `schema` NULL when it does not parse. */
typedef struct Text {
    const SourceFile *file;
    AstSchema *schema;
} Text;

static Text read_text(World *world, const char *bytes, size_t len)
{
    Text text = {.schema = schema_new(world->arena)};
    Diagnostics *diags = diagnostics_new(world->arena, world->sources);
    text.file = sources_add(world->sources, "schema.prisma", bytes, len);
    parse_file(text.schema, text.file, world->names, diags);
    if (diag_has_errors(diags)) {
        text.schema = NULL;
    }
    return text;
}

static Text laid_out(World *world, const Text *text)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    format_file(&out, text->schema, text->file);
    Text made = read_text(world, out.text, out.len);
    FUZZ_DEMAND(made.schema != NULL, "formatted, it does not parse:\n%s", made.file->text);
    strbuf_dispose(&out);
    return made;
}

static Text completed(World *world, const Text *text)
{
    EditList edits = schema_complete(world->arena, text->schema, world->sources, world->names);
    size_t len = 0;
    const char *bytes = edits_apply(world->arena, &edits, text->file, &len);
    if (bytes == NULL) {
        return *text;
    }
    Text made = read_text(world, bytes, len);
    FUZZ_DEMAND(made.schema != NULL, "completed, it does not parse:\n%s", made.file->text);
    return made;
}

static void sort_attributes(AstAttributeList *list)
{
    for (size_t i = 1; i < list->count; i++) {
        AstAttribute *moved = list->items[i];
        size_t at = i;
        for (; at > 0 && attribute_rank(list->items[at - 1]) > attribute_rank(moved); at--) {
            list->items[at] = list->items[at - 1];
        }
        list->items[at] = moved;
    }
}

/* The tree in words, attributes sorted, documentation left out. */
static const char *tree(const World *world, AstSchema *schema)
{
    vec_each(AstBlock *const, block, &schema->blocks) {
        (*block)->doc = NULL;
        sort_attributes(&(*block)->attributes);
        vec_each(AstField *const, field, &(*block)->fields) {
            (*field)->doc = NULL;
            sort_attributes(&(*field)->attributes);
        }
        vec_each(AstEnumValue *const, value, &(*block)->values) {
            (*value)->doc = NULL;
            sort_attributes(&(*value)->attributes);
        }
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    ast_dump(&out, schema);
    return strbuf_take(&out, world->arena);
}

typedef struct Letters {
    size_t counts[128];
} Letters;

static void count_range(Letters *letters, const Text *text, uint32_t start, uint32_t end, int by)
{
    for (uint32_t at = start; at < end; at++) {
        unsigned char c = (unsigned char)text->file->text[at];
        if (c > ' ' && c < 127 && c != '*' && c != '/') {
            letters->counts[c] += (size_t)by;
        }
    }
}

/* How often each letter stands in the text. What is behind the brace of a block is not read; stars
 * of comments are drawn anew. */
static Letters count_letters(const Text *text)
{
    Letters letters = {{0}};
    count_range(&letters, text, 0, (uint32_t)text->file->len, 1);
    vec_each(AstBlock *const, at, &text->schema->blocks) {
        const char *from = text->file->text + (*at)->name.span.end;
        const char *open = strchr(from, '{') + 1;
        uint32_t start = (uint32_t)(open - text->file->text);
        count_range(&letters, text, start, start + (uint32_t)strcspn(open, "\r\n"), -1);
    }
    return letters;
}

static void demand_same_letters(const Text *a, const Text *b)
{
    Letters before = count_letters(a);
    Letters after = count_letters(b);
    for (size_t c = 0; c < lengthof(before.counts); c++) {
        FUZZ_DEMAND(before.counts[c] == after.counts[c], "`%c` %zu times, then %zu:\n%s\n---\n%s",
                    (char)c, before.counts[c], after.counts[c], a->file->text, b->file->text);
    }
}

static void demand_same_text(const Text *a, const Text *b, const char *what)
{
    bool same =
        a->file->len == b->file->len && memcmp(a->file->text, b->file->text, a->file->len) == 0;
    FUZZ_DEMAND(same, "%s:\n%s\n---\n%s", what, a->file->text, b->file->text);
}

void fuzz_one(const char *bytes, size_t len)
{
    World world = world_new();
    Text original = read_text(&world, bytes, len);
    if (original.schema != NULL) {
        Text made = laid_out(&world, &original);
        Text again = laid_out(&world, &made);
        demand_same_text(&made, &again, "formatted again");
        demand_same_letters(&original, &made);
        const char *before = tree(&world, original.schema);
        const char *after = tree(&world, made.schema);
        FUZZ_DEMAND(strcmp(before, after) == 0, "another tree:\n%s\n---\n%s", before, after);

        Text whole = completed(&world, &original);
        Text whole_again = completed(&world, &whole);
        demand_same_text(&whole, &whole_again, "completed again");
    }
    world_free(&world);
}
