#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "compiler/canon/canon.h"
#include "compiler/schema/lift/pull.h"
#include "compiler/schema/lower/lower.h"
#include "grammar/ast_write.h"
#include "grammar/format.h"
#include "grammar/parse.h"

#define HEAD      "datasource db {\n  provider = \"postgresql\"\n}\n\n"
#define GENERATOR "generator g {\n  provider        = \"g\"\n"

typedef struct Lift {
    Arena *arena;
    Names *names;
    Sources *sources;
    Diagnostics *diags;
    Catalog *catalog;
    PullResult result;
} Lift;

static AstSchema *parse(Lift *lift, const char *text, SchemaConfig *ret_config)
{
    AstSchema *schema = schema_new(lift->arena);
    parse_file(schema, sources_add(lift->sources, "x", text, strlen(text)), lift->names,
               lift->diags);
    cr_assert(schema_config_read(schema, lift->names, lift->diags, ret_config));
    return schema;
}

/* The catalog of `text`, lifted over the schema `old` (NULL: over `text` with nothing kept). */
static Lift lift_over(const char *text, const char *old)
{
    Lift lift = {.arena = arena_new()};
    lift.sources = sources_new(lift.arena);
    lift.names = names_new(lift.arena);
    lift.diags = diagnostics_new(lift.arena, lift.sources);
    SchemaConfig config;
    AstSchema *schema = parse(&lift, text, &config);
    lift.catalog =
        schema_lower(schema, &config, intern_cstr(lift.names, "public"), lift.names, lift.diags);
    cr_assert_not_null(lift.catalog);
    canon_catalog(lift.catalog);
    schema = old == NULL ? schema : parse(&lift, old, &config);
    PullInput input = {.catalog = lift.catalog,
                       .schema = schema,
                       .config = &config,
                       .forget = old == NULL,
                       .fresh = schema->blocks.items[0]->span.file};
    cr_assert(pull_catalog(lift.arena, &input, lift.names, lift.diags, &lift.result));
    return lift;
}

/* The lifted schema, laid out. */
static const char *text_of(Lift *lift)
{
    StrBuf plain = strbuf_new(STRBUF_MAX);
    vec_each(const PullBlock, at, &lift->result.blocks) {
        ast_write_block(&plain, at->block);
    }
    AstSchema *schema = schema_new(lift->arena);
    SourceFile *file = sources_add(lift->sources, "lifted", strbuf_text(&plain), plain.len);
    strbuf_dispose(&plain);
    parse_file(schema, file, lift->names, lift->diags);
    StrBuf out = strbuf_new(STRBUF_MAX);
    format_file(&out, schema, file);
    return strbuf_take(&out, lift->arena);
}

static void dispose(Lift *lift)
{
    catalog_free(lift->catalog);
    arena_free(lift->arena);
}

static bool is_noted(const Lift *lift, PullNoteKind kind, const char *item)
{
    vec_each(const PullNote, note, &lift->result.notes) {
        if (note->kind == kind && strcmp(note->item, item) == 0) {
            return true;
        }
    }
    return false;
}

/* What every name and word of it must survive. */
static const char kept_schema[] =
    HEAD "/// A person.\n"
         "model User {\n"
         "  id      Int      @id @default(autoincrement())\n"
         "  /// where to write\n"
         "  email   String   @unique(map: \"mail\") @map(\"e_mail\") @db.VarChar(80)\n"
         "  token   String   @default(cuid())\n"
         "  changed DateTime @updatedAt\n"
         "  hidden  Int?     @default(3) @ignore\n"
         "  role    Role     @default(ADMIN)\n"
         "  posts   Post[]   @relation(\"written\")\n"
         "  likes   Post[]   @relation(\"likes\")\n"
         "\n"
         "  @@unique([role, hidden], name: \"both\")\n"
         "  @@unique([token], name: \"byToken\")\n"
         "  @@map(\"users\")\n"
         "}\n\n"
         "model Post {\n"
         "  a        Int\n"
         "  id       Int     @unique\n"
         "  title    String? @default(\"it's \\\"x\\\"\")\n"
         "  tags     Int[]   @default([1, 2])\n"
         "  authorId Int?\n"
         "  author   User?   @relation(\"written\", fields: [authorId], references: [id], "
         "onDelete: Cascade)\n"
         "  liked    User[]  @relation(\"likes\")\n"
         "\n"
         "  @@id([a])\n"
         "  @@index([title(sort: Desc), a], map: \"by_title\")\n"
         "}\n\n"
         "enum Role {\n"
         "  ADMIN @map(\"admin\")\n"
         "  /// anybody\n"
         "  OTHER\n"
         "}\n";

Test(pull, keeps_what_the_schema_says)
{
    Lift lift = lift_over(kept_schema, kept_schema);
    const char *text = text_of(&lift);
    cr_assert_not_null(strstr(text, "/// A person.\nmodel User {"));
    cr_assert_not_null(
        strstr(text, "  /// where to write\n  email   String   @unique(map: \"mail\")"));
    cr_assert_not_null(strstr(text, "token   String   @default(cuid())"));
    cr_assert_not_null(strstr(text, "changed DateTime @updatedAt"));
    cr_assert_not_null(strstr(text, "@default(3) @ignore"));
    cr_assert_not_null(strstr(text, "@default(ADMIN)"));
    cr_assert_not_null(strstr(text, "posts   Post[]   @relation(\"written\")"));
    cr_assert_not_null(strstr(text, "@@unique([role, hidden], name: \"both\")"));
    cr_assert_not_null(strstr(text, "@@unique([token], name: \"byToken\")"));
    cr_assert_not_null(strstr(text, "@default(\"it's \\\"x\\\"\")"));
    cr_assert_not_null(strstr(text, "a        Int     @id")); /* one field: said there */
    cr_assert_not_null(strstr(text, "/// anybody\n  OTHER"));
    dispose(&lift);
}

Test(pull, what_was_lifted_lifts_to_itself)
{
    Lift first = lift_over(kept_schema, kept_schema);
    const char *text = text_of(&first);
    Lift second = lift_over(text, text);
    cr_assert_str_eq(text_of(&second), text);
    dispose(&second);
    dispose(&first);
}

Test(pull, forgets_names_without_a_schema)
{
    Lift lift = lift_over(kept_schema, NULL);
    const char *text = text_of(&lift);
    cr_assert_not_null(strstr(text, "\nmodel users {"));
    cr_assert_null(strstr(text, "A person"));
    cr_assert_null(strstr(text, "updatedAt"));
    cr_assert_not_null(strstr(text, "e_mail "));
    cr_assert_not_null(strstr(text, "@relation(\"Post_authorIdTousers\""));
    cr_assert_not_null(strstr(text, "@relation(\"likes\")"));
    dispose(&lift);
}

Test(pull, makes_names_where_the_language_has_none)
{
    Lift lift =
        lift_over(HEAD "model A {\n  id Int @id @map(\"123\")\n  b Int @map(\"a-b\")\n  c Int "
                       "@map(\"a_b\")\n  e E @map(\"2e\")\n  @@map(\"2fa\")\n}\n"
                       "model B {\n  id Int @id\n  @@map(\"class\")\n}\n"
                       "model C {\n  id Int @id\n  @@map(\"77\")\n}\n"
                       "enum E {\n  X @map(\"\")\n  Y @map(\"1\")\n  Z @map(\"z z\")\n}\n",
                  NULL);
    const char *text = text_of(&lift);
    cr_assert_not_null(strstr(text, "model fa {\n  column_123 Int @id @map(\"123\")"));
    cr_assert_not_null(strstr(text, "  a_b_2      Int @map(\"a-b\")\n  a_b        Int\n"));
    cr_assert_not_null(strstr(text, "  e          E   @map(\"2e\")"));
    cr_assert_not_null(strstr(text, "model Renamedclass {"));
    cr_assert_not_null(strstr(text, "model public_77 {"));
    cr_assert_not_null(
        strstr(text, "  EMPTY_ENUM_VALUE @map(\"\")\n  value_1          @map(\"1\")"));
    cr_assert_not_null(strstr(text, "z_z              @map(\"z z\")"));
    cr_assert(is_noted(&lift, NOTE_RENAMED_RESERVED, "model `class` is `Renamedclass`"));
    cr_assert(is_noted(&lift, NOTE_RENAMED_FIELD, "fa: column `123` is `column_123`"));
    cr_assert(is_noted(&lift, NOTE_RENAMED_TWICE, "model `public.77` is `public_77`"));
    dispose(&lift);
}

Test(pull, puts_the_schema_before_names_that_stand_twice)
{
    Lift lift =
        lift_over("datasource db {\n  provider = \"postgresql\"\n  schemas = [\"a\", \"b\"]\n}\n"
                  "model X {\n  id Int @id\n  @@map(\"t\")\n  @@schema(\"a\")\n}\n"
                  "model Y {\n  id Int @id\n  @@map(\"t\")\n  @@schema(\"b\")\n}\n",
                  NULL);
    const char *text = text_of(&lift);
    cr_assert_not_null(strstr(text, "model a_t {"));
    cr_assert_not_null(
        strstr(text, "model b_t {\n  id Int @id\n\n  @@map(\"t\")\n  @@schema(\"b\")\n}"));
    dispose(&lift);
}

Test(pull, names_relations_apart)
{
    Lift lift = lift_over(
        HEAD "model U {\n  id Int @id\n  a P[] @relation(\"1\")\n  b P[] @relation(\"2\")\n}\n"
             "model P {\n  id Int @id\n  x Int?\n  y Int @unique\n  z Int?\n"
             "  a U? @relation(\"1\", fields: [x], references: [id])\n"
             "  b U @relation(\"2\", fields: [y], references: [id])\n"
             "  up P? @relation(\"3\", fields: [z], references: [id])\n"
             "  down P[] @relation(\"3\")\n}\n",
        NULL);
    const char *text = text_of(&lift);
    cr_assert_not_null(
        strstr(text, "U_P_xToU U?   @relation(\"P_xToU\", fields: [x], references: [id])"));
    cr_assert_not_null(strstr(text, "P_P_yToU P?  @relation(\"P_yToU\")"));
    cr_assert_not_null(strstr(text, "other_P  P[]  @relation(\"PToP\")"));
    dispose(&lift);
}

Test(pull, partial_indexes_need_a_generator)
{
    static const char text[] =
        GENERATOR "  previewFeatures = [\"partialIndexes\"]\n}\n" HEAD
                  "model A {\n  id Int @id\n  b Int\n  @@index([b], where: raw(\"b > 1\"))\n}\n";
    Lift with = lift_over(text, NULL);
    cr_assert_not_null(strstr(text_of(&with), "@@index([b], where: raw(\"b > 1\"))"));
    dispose(&with);
    Lift plain = lift_over(text, GENERATOR "}\n" HEAD);
    cr_assert_not_null(strstr(text_of(&plain), "previewFeatures = [\"partialIndexes\"]"));
    dispose(&plain);
    Lift none = lift_over(text, HEAD);
    cr_assert_null(strstr(text_of(&none), "@@index"));
    cr_assert(is_noted(&none, NOTE_PARTIAL_INDEX, "A: A_b_idx"));
    dispose(&none);
}

Test(pull, ignores_what_has_no_key)
{
    Lift lift =
        lift_over(HEAD "model A {\n  id Int?\n  u U @relation(fields: [v], references: [id])\n"
                       "  v Int\n  @@ignore\n}\nmodel U {\n  id Int @id\n  as A[] @ignore\n}\n",
                  NULL);
    const char *text = text_of(&lift);
    cr_assert_not_null(strstr(text, "/// No id and no required unique"));
    cr_assert_not_null(strstr(text, "A  A[] @ignore"));
    cr_assert(is_noted(&lift, NOTE_NO_UNIQUE, "A"));
    dispose(&lift);
}

Test(pull, every_kind_of_note_has_its_words)
{
    for (size_t kind = 0; kind < PULL_NOTE_COUNT; kind++) {
        cr_assert_gt(strlen(pull_note_text((PullNoteKind)kind)), 10);
    }
}
