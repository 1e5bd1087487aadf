/* Which spots of an expression speak of an enum, and which only look like it. */
#include "base/common.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "compiler/canon/canon_refs.h"

/* A table of an enum's column `role`, a list `roles` of it and a text `word`; another of a second
 * enum. */
static Catalog *catalog_with_enums(Names *names)
{
    static const char *const columns[] = {"role", "roles", "kind", "word"};
    Catalog *made = catalog_new(names, intern_cstr(names, "public"));
    EnumType *role =
        catalog_add_enum(made, made->default_schema, intern_cstr(names, "Role"), (Origin){0});
    EnumType *kind = catalog_add_enum(made, intern_cstr(names, "other"), intern_cstr(names, "Kind"),
                                      (Origin){0});
    Table *table =
        catalog_add_table(made, made->default_schema, intern_cstr(names, "t"), (Origin){0});
    for (size_t i = 0; i < lengthof(columns); i++) {
        Column *column = table_add_column(made, table, intern_cstr(names, columns[i]), (Origin){0});
        column->type = (ColumnType){.id = TYPE_ENUM, .enum_type = i == 2 ? kind : role};
        column->type.list = i == 1;
    }
    table->columns.items[3]->type = (ColumnType){.id = TYPE_TEXT};
    return made;
}

/* The text with `[...]` around each reference: `v`alue, `t`ype, `l`ist. */
static const char *marked(const Catalog *catalog, Arena *arena, const char *text,
                          const ColumnType *type)
{
    static char out[400];
    const Name name = intern_cstr(catalog->names, text);
    const SqlRefList refs = canon_refs(arena, catalog, catalog->tables.items[0], type, name);
    size_t at = 0;
    out[0] = '\0';
    vec_each(const SqlRef, ref, &refs) {
        const size_t used = strlen(out);
        if (ref->kind == SQL_REF_COLUMN) {
            continue;
        }
        (void)snprintf(out + used, sizeof out - used, "%.*s[%c%s %.*s]", (int)(ref->start - at),
                       text + at, "ctvl"[ref->kind], ref -> type -> name -> text,
                       (int)(ref->end - ref->start), text + ref -> start);
        at = ref->end;
    }
    (void)strncat(out, text + at, sizeof out - strlen(out) - 1);
    return out;
}

static const struct {
    const char *text, *marked;
} conditions[] = {
    {"role = 'old'", "role = [vRole 'old']"},
    {"word = 'old'", "word = 'old'"},
    {"role = 'old' AND word = 'old'", "role = [vRole 'old'] AND word = 'old'"},
    {"role <> 'it''s' OR word = 'it''s'", "role <> [vRole 'it''s'] OR word = 'it''s'"},
    {"(role = 'old'::\"Role\")", "(role = [vRole 'old']::[tRole \"Role\"])"},
    {"role = 'old'::public . \"Role\"", "role = [vRole 'old']::[tRole public . \"Role\"]"},
    {"(role)::text = 'old'::text", "(role)::text = 'old'::text"},
    {"role IN ('old', 'new')", "role IN ([vRole 'old'], [vRole 'new'])"},
    {"role = ANY (ARRAY['a'::\"Role\", 'b'::\"Role\"])",
     "role = ANY (ARRAY[[vRole 'a']::[tRole \"Role\"], [vRole 'b']::[tRole \"Role\"]])"},
    {"role = ANY ('{a,b}'::\"Role\"[])", "role = ANY ([lRole '{a,b}']::[tRole \"Role\"][])"},
    {"roles = '{a}'", "roles = [lRole '{a}']"},
    {"role BETWEEN 'a' AND 'b'", "role BETWEEN [vRole 'a'] AND [vRole 'b']"},
    {"kind = 'old'", "kind = [vKind 'old']"},
    {"kind = 'a'::other.\"Kind\"", "kind = [vKind 'a']::[tKind other.\"Kind\"]"},
    {"role IS NOT NULL AND word LIKE 'old%'", "role IS NOT NULL AND word LIKE 'old%'"},
    {"coalesce(role, 'old') = 'b'", "coalesce(role, [vRole 'old']) = [vRole 'b']"},
    {"role = E'old'", "role = E'old'"},
    {"this is no SQL 'old'", "this is no SQL 'old'"},
};

Test(canon_refs, conditions)
{
    Arena *arena = arena_new();
    Catalog *catalog = catalog_with_enums(names_new(arena));
    for (size_t i = 0; i < lengthof(conditions); i++) {
        const char *got = marked(catalog, arena, conditions[i].text, NULL);
        cr_expect_str_eq(got, conditions[i].marked, "%s", got);
    }
    catalog_free(catalog);
    arena_free(arena);
}

Test(canon_refs, values_of_a_column)
{
    Arena *arena = arena_new();
    Catalog *catalog = catalog_with_enums(names_new(arena));
    const Table *table = catalog->tables.items[0];
    cr_expect_str_eq(marked(catalog, arena, "'old'", &table->columns.items[0]->type),
                     "[vRole 'old']");
    cr_expect_str_eq(marked(catalog, arena, "'old'", &table->columns.items[3]->type), "'old'");
    /* Of open strings alone the server makes a text, and refuses it (manual, "UNION, CASE"). */
    cr_expect_str_eq(marked(catalog, arena, "CASE WHEN word = 'a' THEN 'b' ELSE 'c' END",
                            &table->columns.items[0]->type),
                     "CASE WHEN word = 'a' THEN 'b' ELSE 'c' END");
    catalog_free(catalog);
    arena_free(arena);
}

/* The last part of a name alone, whatever stands before it; no text, no alias. */
Test(canon_refs, columns)
{
    static const char *const rows[][2] = {
        {"word IS NULL", "word"},
        {"(\"t\" . \"word\" = 'word')", "\"word\""},
        {"lower(t.word) <> ''", "word"},
    };
    Arena *arena = arena_new();
    Catalog *catalog = catalog_with_enums(names_new(arena));
    for (size_t i = 0; i < lengthof(rows); i++) {
        const Name text = intern_cstr(catalog->names, rows[i][0]);
        const SqlRefList refs = canon_refs(arena, catalog, catalog->tables.items[0], NULL, text);
        cr_assert_eq(refs.count, 1, "%s: %zu", rows[i][0], refs.count);
        const SqlRef *ref = &refs.items[0];
        cr_expect_eq(ref->kind, SQL_REF_COLUMN);
        cr_expect_eq(ref->column, catalog->tables.items[0]->columns.items[3]);
        const char *spot = arena_strndup(arena, text->text + ref->start, ref->end - ref->start);
        cr_expect_str_eq(spot, rows[i][1]);
    }
    catalog_free(catalog);
    arena_free(arena);
}
