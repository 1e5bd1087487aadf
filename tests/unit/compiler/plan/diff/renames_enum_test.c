/* Which enums and values are the same under other names: known, hinted, by flag, and which are not.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "compiler/plan/diff/renames.h"

static Arena *arena;
static Names *names;
static Diagnostics *diags;

static void open_run(void)
{
    arena = arena_new();
    names = names_new(arena);
    diags = diagnostics_new(arena, NULL);
}

static void close_run(void)
{
    arena_free(arena);
}

TestSuite(renames_enum, .init = open_run, .fini = close_run);

/* An enum as text: "Block name word=value word=value^hint ^hint"; a table whose column is of it. */
static void add_enum(Catalog *in, const char *text)
{
    char *copy = arena_strdup(arena, text), *rest = NULL;
    Name block = intern_cstr(names, strtok_r(copy, " ", &rest));
    EnumType *type = catalog_add_enum(in, intern_cstr(names, "public"),
                                      intern_cstr(names, strtok_r(NULL, " ", &rest)), (Origin){0});
    type->block = block;
    for (char *word = strtok_r(NULL, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        if (*word == '^') {
            type->renamed_from = intern_cstr(names, word + 1);
            continue;
        }
        char *hint = strchr(word, '^'), *value = strchr(word, '=');
        if (hint != NULL) {
            *hint++ = '\0';
        }
        if (value != NULL) {
            *value++ = '\0';
        }
        vec_push(in->arena, &type->words, intern_cstr(names, word));
        vec_push(in->arena, &type->values, intern_cstr(names, value != NULL ? value : word));
        vec_push(in->arena, &type->renamed_values, hint != NULL ? intern_cstr(names, hint) : NULL);
    }
    Table *table = catalog_add_table(in, type->schema, intern_printf(names, "of_%s", block->text),
                                     (Origin){0});
    Column *column = table_add_column(in, table, intern_cstr(names, "e"), (Origin){0});
    column->type = (ColumnType){.id = TYPE_ENUM, .enum_type = type};
}

static Catalog *catalog(const char *first, const char *second)
{
    Catalog *made = catalog_new(names, intern_cstr(names, "public"));
    add_enum(made, first);
    if (second != NULL) {
        add_enum(made, second);
    }
    return made;
}

/* "old>new(value>value) ..." of what is found. */
static const char *found(const Renames *renames)
{
    static char text[400];
    text[0] = '\0';
    vec_each(const EnumRename, at, &renames->enums) {
        size_t used = strlen(text);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s>%s", used > 0 ? " " : "",
                                 at->before->name->text, at->after->name->text);
        for (size_t i = 0; i < at->before->values.count; i++) {
            Name old = at->before->values.items[i], new = at->after->values.items[i];
            if (old != new) {
                used += (size_t)snprintf(text + used, sizeof text - used, "(%s>%s)", old->text,
                                         new->text);
            }
        }
    }
    return text;
}

typedef struct Row {
    const char *why;
    const char *from[2], *to[2];
    const char *flags[3];
    const char *found;
} Row;

static const Row rows[] = {
    {"nothing differs", {"R r A B"}, {"R r A B"}, {0}, ""},
    {"the block keeps its name", {"R r A B"}, {"R s A B C"}, {0}, "r>s"},
    {"the word keeps its name", {"R r A=a B"}, {"R r A=x B"}, {0}, "r>r(a>x)"},
    {"values exchange names", {"R r A=a B=b"}, {"R r A=b B=a"}, {0}, "r>r(a>b)(b>a)"},
    {"values pass names on", {"R r A=a B=b"}, {"R r A=b B=c"}, {0}, "r>r(a>b)(b>c)"},
    {"the old value stays with another", {"R r A=a B"}, {"R r A=x C=a B"}, {0}, ""},
    {"types exchange names", {"R r A", "S s B"}, {"R s A", "S r B"}, {0}, "r>s s>r"},
    {"the old type name stays with another", {"R r A"}, {"R s A", "T r A"}, {0}, ""},
    {"another block, no hint", {"R r A B"}, {"S s A B"}, {0}, ""},
    {"a hint on the type", {"R r A B"}, {"S s ^r A B"}, {0}, "r>s"},
    {"a hint whose old name stays", {"R r A"}, {"R r A", "S s ^r A"}, {0}, ""},
    {"a hint on a value", {"R r A B"}, {"R r X^A B"}, {0}, "r>r(A>X)"},
    {"both hints", {"R r A B"}, {"S s ^r X^A B"}, {0}, "r>s(A>X)"},
    {"a flag in words of the text", {"R r A=a B"}, {"S s A=a B"}, {"R=S"}, "r>s"},
    {"a flag in words of the database", {"R r A B"}, {"S s A B"}, {"r=s"}, "r>s"},
    {"flags for type and value", {"R r A=a B"}, {"S s X=x B"}, {"S.A=X", "R=S"}, "r>s(a>x)"},
    {"no value stays: another type", {"R r A"}, {"R s B"}, {0}, ""},
    {"unless it is stated", {"R r A"}, {"S s B"}, {"R=S"}, "r>s"},
    {"a value given twice", {"R r A B"}, {"R r X^A"}, {"R.B=X"}, "r>r(B>X)"},
};

Test(renames_enum, known_hinted_flagged)
{
    for (size_t i = 0; i < lengthof(rows); i++) {
        const Row *row = &rows[i];
        Catalog *from = catalog(row->from[0], row->from[1]);
        Catalog *to = catalog(row->to[0], row->to[1]);
        size_t count = 0;
        while (count < lengthof(row->flags) && row->flags[count] != NULL) {
            count++;
        }
        Renames renames = {0};
        cr_expect(renames_find(from, to, from, row->flags, count, diags, arena, &renames), "%s",
                  row->why);
        cr_expect_str_eq(found(&renames), row->found, "%s: %s", row->why, found(&renames));
        catalog_free(from);
        catalog_free(to);
    }
}

Test(renames_enum, a_flag_that_fits_nothing_is_reported)
{
    Catalog *from = catalog("R r A B", NULL), *to = catalog("R r A C", NULL);
    const char *const flags[] = {"R.A=C", "R.X=C", "Q=R"};
    Renames renames = {0};
    cr_expect_not(renames_find(from, to, from, flags, 3, diags, arena, &renames));
    cr_expect_eq(diags->errors, 3, "%zu", (size_t)diags->errors);
    catalog_free(from);
    catalog_free(to);
}
