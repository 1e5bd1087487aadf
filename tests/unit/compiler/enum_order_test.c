/* Where new values come: beside the nearest that stands, at the end without a word. */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/strbuf.h"
#include "compiler/catalog/enum_order.h"

static EnumType *type_of(Arena *arena, Names *names, const char *words)
{
    EnumType *type = arena_make(arena, EnumType);
    char *copy = arena_strdup(arena, words), *rest = NULL;
    for (char *at = strtok_r(copy, " ", &rest); at != NULL; at = strtok_r(NULL, " ", &rest)) {
        vec_push(arena, &type->values, intern_cstr(names, at));
    }
    return type;
}

static const struct {
    const char *before, *wanted,
        *told; /* one mark a new value: `<b` before, `>a` after, `.` the end */
    const char *made;
} rows[] = {
    {"a b", "a b c", ".", "a b c"},  {"a b", "a b c d", "..", "a b c d"},
    {"a c", "a b c", ">a", "a b c"}, {"b c", "a b c", "<b", "a b c"},
    {"c", "a b c", "<c>a", "a b c"}, {"a d", "a b c d e", ">a>b.", "a b c d e"},
    {"b a", "a x b", ".", "b a x"},  {"b a", "x a b", "<a", "b x a"},
    {"", "a b", "..", "a b"},        {"a gone c", "a b c", ">a", "a b gone c"},
};

Test(enum_order, new_values_come_to_their_place)
{
    Arena *arena = arena_new();
    Names *names = names_new(arena);
    for (size_t i = 0; i < lengthof(rows); i++) {
        EnumType *type = type_of(arena, names, rows[i].before);
        const EnumType *wanted = type_of(arena, names, rows[i].wanted);
        StrBuf told = strbuf_new(STRBUF_MAX), made = strbuf_new(STRBUF_MAX);
        const Map before = enum_places(arena, type);
        const EnumPlace *places = enum_add_values(arena, type, wanted);
        for (size_t j = 0; j < wanted->values.count; j++) {
            const char *mark = places[j].before != NULL ? "<" : places[j].after != NULL ? ">" : ".";
            const Name beside = places[j].before != NULL ? places[j].before : places[j].after;
            if (enum_place(&before, wanted->values.items[j]) == 0) {
                strbuf_printf(&told, "%s%s", mark, beside == NULL ? "" : beside->text);
            }
        }
        vec_each(Name, value, &type->values) {
            strbuf_printf(&made, "%s%s", made.len == 0 ? "" : " ", (*value)->text);
        }
        cr_expect_str_eq(strbuf_text(&told), rows[i].told, "%s to %s", rows[i].before,
                         rows[i].wanted);
        cr_expect_str_eq(strbuf_text(&made), rows[i].made, "%s to %s", rows[i].before,
                         rows[i].wanted);
        strbuf_dispose(&told);
        strbuf_dispose(&made);
    }
    arena_free(arena);
}
