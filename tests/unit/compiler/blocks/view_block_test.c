#include "base/common.h"

#include "compiler/blocks/view_block.h"

#include <criterion/criterion.h>
#include <string.h>

static ViewNames names_of(Arena *arena, const char *a, const char *b)
{
    ViewNames names = {0};
    if (a != NULL) {
        vec_push(arena, &names, a);
    }
    if (b != NULL) {
        vec_push(arena, &names, b);
    }
    return names;
}

static const char *written(Arena *arena, const ViewBlock *block)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    view_block_write(&out, block);
    return strbuf_take(&out, arena);
}

static void same_names(const ViewNames *got, const ViewNames *wanted)
{
    cr_assert_eq(got->count, wanted->count);
    for (size_t i = 0; i < got->count; i++) {
        cr_assert_str_eq(got->items[i], wanted->items[i]);
    }
}

Test(view_block, is_read_as_it_was_written)
{
    Arena *arena = arena_new();
    const ViewBlock blocks[] = {
        {.face = "User",
         .table = "User__bellows",
         .both = true,
         .from = names_of(arena, "a", NULL),
         .to = names_of(arena, "b", NULL)},
        {.face_schema = "it's \"x\"; --",
         .face = "a\"b\nc'd",
         .schema = "$bellows$",
         .table = "x\\y",
         .from = names_of(arena, "a''b", "c\"d"),
         .to = names_of(arena, "], ", ";")},
        {.lowers = true, .face = "T", .table = "T__bellows", .aside = "T_old__bellows"},
        {.lowers = true,
         .face = "T",
         .table = "T__bellows",
         .aside = "T_old__bellows",
         .gone = names_of(arena, "a", "b"),
         .from = names_of(arena, "c", NULL),
         .to = names_of(arena, "d", NULL),
         .takes_table = true},
    };
    for (size_t i = 0; i < lengthof(blocks); i++) {
        const ViewBlock *block = &blocks[i];
        ViewBlock read = {0};
        cr_assert(view_block_read(arena, written(arena, block), &read), "block %zu", i);
        cr_assert_eq(read.lowers, block->lowers);
        cr_assert_str_eq(read.face, block->face);
        cr_assert_eq(read.face_schema == NULL, block->face_schema == NULL);
        cr_assert(block->face_schema == NULL || strcmp(read.face_schema, block->face_schema) == 0);
        cr_assert_eq(read.schema == NULL, block->schema == NULL);
        cr_assert_str_eq(read.table, block->table);
        cr_assert(!block->lowers || strcmp(read.aside, block->aside) == 0);
        same_names(&read.from, &block->from);
        same_names(&read.to, &block->to);
        same_names(&read.gone, &block->gone);
        cr_assert_eq(read.both, block->both);
        cr_assert_eq(read.takes_table, block->takes_table);
    }
    arena_free(arena);
}

Test(view_block, another_text_is_another_block)
{
    Arena *arena = arena_new();
    const ViewBlock block = {.face = "T", .table = "T__bellows", .both = true};
    ViewBlock read;
    char *text = arena_strdup(arena, written(arena, &block));
    char *changed = strstr(text, "string_agg");
    cr_assert_not_null(changed);
    *changed = 'S';
    cr_assert_not(view_block_read(arena, text, &read));
    *changed = 's';
    cr_assert(view_block_read(arena, text, &read));
    cr_assert_not(view_block_read(arena, arena_printf(arena, "%s;DROP TABLE t", text), &read));
    text[strlen(text) - 2] = '\0';
    cr_assert_not(view_block_read(arena, text, &read));
    cr_assert_not(view_block_read(arena, "BEGIN END", &read));
    cr_assert_not(view_block_read(arena, "", &read));
    arena_free(arena);
}

Test(view_block, lines_may_end_otherwise)
{
    Arena *arena = arena_new();
    const ViewBlock block = {.face = "T", .table = "T__bellows", .both = true};
    const char *text = written(arena, &block);
    StrBuf out = strbuf_new(STRBUF_MAX);
    ViewBlock read;
    for (const char *at = text; *at != '\0'; at++) {
        strbuf_add(&out, *at == '\n' ? "\r" : "");
        strbuf_char(&out, *at);
    }
    cr_assert(view_block_read(arena, strbuf_text(&out), &read));
    strbuf_dispose(&out);
    arena_free(arena);
}
