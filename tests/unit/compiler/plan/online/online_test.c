/*
 * The online strategy's decisions: for one change each, which steps in which phases; and every plan
 * proved by replay.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/diag/source.h"
#include "base/strbuf.h"
#include "compiler/canon/canon.h"
#include "compiler/plan/make/plan_make.h"
#include "compiler/plan/world/replay.h"

typedef struct World {
    Arena *arena;
    Names *names;
    Diagnostics *diags;
    Catalog *from, *to;
    Renames renames;
} World;

static Name name(World *world, const char *text)
{
    return intern_cstr(world->names, text);
}

static Column *add_column(World *world, Catalog *catalog, Table *table, const char *text,
                          TypeId type)
{
    (void)world;
    Column *column = table_add_column(catalog, table, name(world, text), (Origin){0});
    column->type.id = type;
    return column;
}

static Table *find(World *world, Catalog *catalog, const char *table)
{
    return catalog_find_table(catalog, catalog->default_schema, name(world, table));
}

static Column *column(World *world, Catalog *catalog, const char *table, const char *text)
{
    return table_find_column(find(world, catalog, table), name(world, text));
}

/* Two tables: User(id, name not null, email null), Post(id, authorId null). */
static Catalog *base_catalog(World *world)
{
    Catalog *catalog = catalog_new(world->names, name(world, "public"));
    catalog_add_schema(catalog, catalog->default_schema, (Origin){0});
    const char *const tables[] = {"User", "Post"};
    for (size_t i = 0; i < 2; i++) {
        Table *table = catalog_add_table(catalog, catalog->default_schema, name(world, tables[i]),
                                         (Origin){0});
        Column *id = add_column(world, catalog, table, "id", TYPE_INTEGER);
        id->not_null = true;
        PrimaryKey *key = table_set_primary_key(
            catalog, table, intern_printf(world->names, "%s_pkey", tables[i]), (Origin){0});
        vec_push(catalog->arena, &key->columns, id);
    }
    add_column(world, catalog, find(world, catalog, "User"), "name", TYPE_TEXT)->not_null = true;
    add_column(world, catalog, find(world, catalog, "User"), "email", TYPE_TEXT);
    add_column(world, catalog, find(world, catalog, "Post"), "authorId", TYPE_INTEGER);
    return catalog;
}

static Index *add_index(World *world, Catalog *catalog, const char *table, const char *on,
                        const char *text)
{
    Index *index =
        table_add_index(catalog, find(world, catalog, table), name(world, text), (Origin){0});
    vec_push(catalog->arena, &index->parts,
             (IndexPart){.column = column(world, catalog, table, on)});
    return index;
}

static ForeignKey *add_author(World *world, Catalog *catalog, ForeignKeyAction on_delete)
{
    ForeignKey *key = table_add_foreign_key(catalog, find(world, catalog, "Post"),
                                            name(world, "Post_authorId_fkey"), (Origin){0});
    key->referenced = find(world, catalog, "User");
    key->on_delete = on_delete;
    vec_push(catalog->arena, &key->columns, column(world, catalog, "Post", "authorId"));
    vec_push(catalog->arena, &key->referenced_columns, column(world, catalog, "User", "id"));
    return key;
}

static void set_default_text(World *world, Column *at, const char *text)
{
    at->dflt = (Default){.kind = DEFAULT_EXPRESSION, .text = name(world, text)};
}

static void rename_column(World *world, const char *from, const char *to)
{
    Table *table = find(world, world->to, "User");
    Column *at = column(world, world->to, "User", from);
    map_remove(&table->columns_by_name, at->name);
    at->name = name(world, to);
    map_put(world->to->arena, &table->columns_by_name, at->name, at);
    vec_push(world->arena, &world->renames.named,
             (Rename){.schema = table->schema,
                      .table = name(world, "User"),
                      .column = name(world, from),
                      .new_schema = table->schema,
                      .new_table = table->name,
                      .new_column = at->name});
}

static void rename_user(World *world)
{
    Table *table = find(world, world->to, "User");
    map_remove2(&world->to->tables_by_name, table->schema, table->name);
    table->name = name(world, "Person");
    map_put2(world->to->arena, &world->to->tables_by_name, table->schema, table->name, table);
    vec_push(world->arena, &world->renames.named,
             (Rename){.schema = table->schema,
                      .table = name(world, "User"),
                      .new_schema = table->schema,
                      .new_table = table->name});
}

static void drop_last_column(World *world, const char *table_name)
{
    Table *table = find(world, world->to, table_name);
    map_remove(&table->columns_by_name, vec_last(&table->columns)->name);
    table->columns.count--;
}

/* --- edits -------------------------------------------------------------------------------------
 */

static Column *add_user_column(World *world, const char *text, TypeId type, bool not_null)
{
    Column *added = add_column(world, world->to, find(world, world->to, "User"), text, type);
    added->not_null = not_null;
    return added;
}

static void nothing(World *world)
{
    (void)world;
}

static void nullable_column(World *world)
{
    add_user_column(world, "age", TYPE_INTEGER, false);
}

static void required_with_default(World *world)
{
    Column *added = add_user_column(world, "age", TYPE_INTEGER, true);
    added->dflt = (Default){.kind = DEFAULT_VALUE,
                            .value = {.kind = LITERAL_NUMBER, .text = name(world, "7")}};
}

static void required_with_constant(World *world)
{
    add_user_column(world, "age", TYPE_INTEGER, true)->doc = " @backfill(7)";
}

static void required_with_volatile(World *world)
{
    add_user_column(world, "key", TYPE_UUID, true)->doc = "@backfill(gen_random_uuid())";
}

static void required_from_row(World *world)
{
    add_user_column(world, "shown", TYPE_TEXT, true)->doc = "@backfill(upper(name))";
}

static void required_without_fill(World *world)
{
    add_user_column(world, "age", TYPE_INTEGER, true);
}

static void volatile_default(World *world)
{
    set_default_text(world, add_user_column(world, "key", TYPE_UUID, false), "gen_random_uuid()");
}

static void made_required(World *world)
{
    column(world, world->to, "User", "email")->not_null = true;
}

static void made_required_with_fill(World *world)
{
    made_required(world);
    column(world, world->to, "User", "email")->doc = "@backfill('none')";
}

static void made_optional(World *world)
{
    column(world, world->to, "User", "name")->not_null = false;
}

static void column_renamed(World *world)
{
    rename_column(world, "name", "fullName");
}

static void two_columns_renamed_one_added(World *world)
{
    rename_column(world, "name", "fullName");
    rename_column(world, "email", "mail");
    nullable_column(world);
}

static void column_renamed_and_indexed(World *world)
{
    rename_column(world, "email", "mail");
    add_index(world, world->to, "User", "mail", "User_mail_idx");
}

static void column_renamed_and_required(World *world)
{
    rename_column(world, "email", "mail");
    column(world, world->to, "User", "mail")->not_null = true;
    column(world, world->to, "User", "mail")->doc = "@backfill('none')";
}

static void table_renamed(World *world)
{
    rename_user(world);
}

static void table_and_column_renamed(World *world)
{
    rename_column(world, "name", "fullName");
    world->renames.named.items[0].new_table = name(world, "Person");
    rename_user(world);
}

static void column_dropped(World *world)
{
    drop_last_column(world, "User");
}

static void required_column_dropped(World *world)
{
    column(world, world->from, "User", "email")->not_null = true;
    drop_last_column(world, "User");
}

static void table_dropped(World *world)
{
    Table *table = find(world, world->to, "Post");
    map_remove2(&world->to->tables_by_name, table->schema, table->name);
    world->to->tables.count--;
}

static void index_added(World *world)
{
    add_index(world, world->to, "User", "email", "User_email_idx");
}

static void index_dropped(World *world)
{
    add_index(world, world->from, "User", "email", "User_email_idx");
}

static void index_changed(World *world)
{
    add_index(world, world->from, "User", "email", "User_email_idx");
    add_index(world, world->to, "User", "email", "User_email_idx")->parts.items[0].sort = SORT_DESC;
}

static void foreign_key_added(World *world)
{
    add_author(world, world->to, ACTION_CASCADE);
}

static void foreign_key_dropped(World *world)
{
    add_author(world, world->from, ACTION_CASCADE);
}

static void foreign_key_changed(World *world)
{
    add_author(world, world->from, ACTION_CASCADE);
    add_author(world, world->to, ACTION_SET_NULL);
}

static void type_widened_freely(World *world)
{
    column(world, world->from, "User", "email")->type.id = TYPE_VARCHAR;
    column(world, world->from, "User", "email")->type.arguments[0] = 50;
}

static void type_broken(World *world)
{
    column(world, world->to, "User", "email")->type.id = TYPE_INTEGER;
}

static void default_dropped(World *world)
{
    set_default_text(world, column(world, world->from, "User", "email"), "lower('A')");
}

static void key_is_counted(World *world)
{
    column(world, world->to, "User", "id")->dflt.kind = DEFAULT_SEQUENCE;
}

static void other_column_is_counted(World *world)
{
    column(world, world->to, "Post", "authorId")->dflt.kind = DEFAULT_SEQUENCE;
}

static void key_with_default_is_counted(World *world)
{
    set_default_text(world, column(world, world->from, "User", "id"), "7");
    key_is_counted(world);
}

static void key_is_counted_beside_a_rename(World *world)
{
    key_is_counted(world);
    rename_column(world, "name", "fullName");
}

static void key_is_counted_in_a_renamed_table(World *world)
{
    key_is_counted(world);
    rename_user(world);
}

static void key_is_counted_in_a_table_that_waits(World *world)
{
    key_is_counted_in_a_renamed_table(world);
    catalog_add_table(world->from, world->from->default_schema, name(world, "Person"), (Origin){0});
}

static void column_renamed_with_its_type(World *world)
{
    rename_column(world, "name", "length");
    column(world, world->to, "User", "length")->type.id = TYPE_INTEGER;
    column(world, world->from, "User", "name")->type.id = TYPE_BIGINT;
}

static void unfitting_default(World *world)
{
    column_renamed_with_its_type(world);
    set_default_text(world, column(world, world->to, "User", "length"), "lower('A')");
}

static void key_renamed_with_its_type(World *world)
{
    rename_column(world, "id", "number");
    column(world, world->to, "User", "number")->type.id = TYPE_BIGINT;
}

static void widened_beside_a_rename(World *world)
{
    rename_column(world, "name", "fullName");
    column(world, world->to, "User", "email")->type.id = TYPE_BIGINT;
    column(world, world->from, "User", "email")->type.id = TYPE_INTEGER;
}

static void widened_in_a_renamed_table(World *world)
{
    rename_user(world);
    column(world, world->from, "User", "email")->type.id = TYPE_INTEGER;
    find(world, world->to, "Person")->columns.items[2]->type.id = TYPE_BIGINT;
}

static Table *add_table(World *world, const char *called, const char *key_name)
{
    Catalog *to = world->to;
    Table *table = catalog_add_table(to, to->default_schema, name(world, called), (Origin){0});
    Column *id = add_column(world, to, table, "id", TYPE_INTEGER);
    id->not_null = true;
    PrimaryKey *key = table_set_primary_key(to, table, name(world, key_name), (Origin){0});
    vec_push(to->arena, &key->columns, id);
    return table;
}

/* A type may have the name of a table only when that is gone; who is of the type waits with it, and
 * who refers to that table. */
static void enum_takes_name_of_dropped_table(World *world)
{
    table_dropped(world);
    Catalog *to = world->to;
    EnumType *type = catalog_add_enum(to, to->default_schema, name(world, "Post"), (Origin){0});
    vec_push(to->arena, &type->values, name(world, "letter"));
    Table *mail = add_table(world, "Mail", "Mail_pkey");
    add_column(world, to, mail, "by", TYPE_ENUM)->type.enum_type = type;
    Column *mail_id = add_user_column(world, "mailId", TYPE_INTEGER, false);
    ForeignKey *key = table_add_foreign_key(to, find(world, to, "User"),
                                            name(world, "User_mailId_fkey"), (Origin){0});
    key->referenced = mail;
    vec_push(to->arena, &key->columns, mail_id);
    vec_push(to->arena, &key->referenced_columns, mail->primary_key->columns.items[0]);
}

/* b waits to be called a, which goes after the gate; who is to be called b waits for it. */
static void names_passed_on(World *world)
{
    add_index(world, world->from, "User", "email", "a");
    add_index(world, world->from, "User", "name", "b");
    add_index(world, world->to, "User", "name", "a");
    add_table(world, "Thing", "b");
    Index *index =
        table_add_index(world->to, find(world, world->to, "Thing"), name(world, "c"), (Origin){0});
    vec_push(world->to->arena, &index->parts,
             (IndexPart){.column = column(world, world->to, "Thing", "id")});
}

/* --- cases -------------------------------------------------------------------------------------
 */

typedef struct Case {
    void (*edit)(World *world);
    const char *title;
    const char *steps; /* "phase KIND", joined by "; " */
} Case;

#define PROOF "ADD_CHECK; tighten VALIDATE_CONSTRAINT; tighten SET_NOT_NULL; tighten DROP_CHECK"
#define LATE_PROOF                                                                                 \
    "ADD_CHECK; contract VALIDATE_CONSTRAINT; contract SET_NOT_NULL; contract DROP_CHECK"

static const Case cases[] = {
    {nothing, "nothing", ""},
    {enum_takes_name_of_dropped_table, "a type's name that waits, and who rests on it",
     "expand ALTER_TABLE; contract DROP_TABLE; contract CREATE_ENUM; contract CREATE_TABLE; "
     "contract ADD_FOREIGN_KEY"},
    {names_passed_on, "a name that is passed on",
     "contract DROP_INDEX_ONLINE; contract RENAME_INDEX; contract CREATE_TABLE; "
     "contract CREATE_INDEX"},
    {nullable_column, "nullable column", "expand ALTER_TABLE"},
    {required_with_default, "required, constant default", "expand ALTER_TABLE"},
    {required_with_constant, "required, constant fill", "expand ALTER_TABLE; contract ALTER_TABLE"},
    {required_with_volatile, "required, a value for each row",
     "expand ALTER_TABLE; expand ALTER_TABLE; backfill BACKFILL; tighten " PROOF
     "; contract ALTER_TABLE"},
    {required_from_row, "required, computed from the row",
     "expand ALTER_TABLE; expand FILL_TRIGGER; backfill BACKFILL; tighten " PROOF
     "; contract DROP_FILL_TRIGGER"},
    {required_without_fill, "required, nobody knows",
     "expand ALTER_TABLE; contract FILL_BY_HAND; contract " LATE_PROOF},
    {volatile_default, "volatile default",
     "expand ALTER_TABLE; expand ALTER_TABLE; backfill BACKFILL"},
    {made_required, "made required, nobody knows", "contract FILL_BY_HAND; contract " LATE_PROOF},
    {made_required_with_fill, "made required, constant fill",
     "expand FILL_TRIGGER; backfill BACKFILL; tighten " PROOF "; contract DROP_FILL_TRIGGER"},
    {made_optional, "made optional", "expand ALTER_TABLE"},
    {column_renamed, "column renamed",
     "expand COMPATIBILITY_VIEW; contract DROP_COMPATIBILITY_VIEW"},
    {two_columns_renamed_one_added, "one view for two renames, after the additions",
     "expand ALTER_TABLE; expand COMPATIBILITY_VIEW; contract DROP_COMPATIBILITY_VIEW"},
    {column_renamed_and_indexed, "the view comes after what builds on the old name",
     "tighten CREATE_INDEX_ONLINE; tighten COMPATIBILITY_VIEW; contract DROP_COMPATIBILITY_VIEW"},
    {column_renamed_and_required, "the trigger is written anew with the view",
     "expand FILL_TRIGGER; backfill BACKFILL; tighten ADD_CHECK; tighten VALIDATE_CONSTRAINT; "
     "tighten SET_NOT_NULL; tighten DROP_CHECK; tighten COMPATIBILITY_VIEW; "
     "tighten RENEW_FILL_TRIGGER; contract DROP_COMPATIBILITY_VIEW; contract DROP_FILL_TRIGGER"},
    {table_renamed, "table renamed", "expand COMPATIBILITY_VIEW; contract DROP_COMPATIBILITY_VIEW"},
    {table_and_column_renamed, "table and column renamed",
     "expand COMPATIBILITY_VIEW; contract DROP_COMPATIBILITY_VIEW"},
    {column_dropped, "nullable column dropped", "contract ALTER_TABLE"},
    {required_column_dropped, "required column dropped",
     "expand ALTER_TABLE; contract ALTER_TABLE"},
    {table_dropped, "table dropped", "contract DROP_TABLE"},
    {index_added, "index added", "tighten CREATE_INDEX_ONLINE"},
    {index_dropped, "index dropped", "contract DROP_INDEX_ONLINE"},
    {index_changed, "index changed under its name",
     "tighten CREATE_INDEX_ONLINE; tighten RENAME_INDEX; tighten RENAME_INDEX; contract "
     "DROP_INDEX_ONLINE"},
    {foreign_key_added, "foreign key added",
     "tighten ADD_FOREIGN_KEY_ONLINE; tighten VALIDATE_CONSTRAINT"},
    {foreign_key_dropped, "foreign key dropped", "contract DROP_FOREIGN_KEY"},
    {foreign_key_changed, "foreign key changed under its name",
     "tighten ADD_FOREIGN_KEY_ONLINE; tighten VALIDATE_CONSTRAINT; contract DROP_FOREIGN_KEY; "
     "contract RENAME_FOREIGN_KEY"},
    {type_widened_freely, "type widened without a rewrite", "expand ALTER_TABLE"},
    {type_broken, "type changed",
     "expand ALTER_TABLE; expand SYNC_TRIGGER; backfill BACKFILL; contract ADD_CHECK; contract "
     "VALIDATE_CONSTRAINT; contract SET_ASIDE; contract DROP_CHECK; contract SWITCH_COLUMN; "
     "contract REMAKE"},
    {default_dropped, "default dropped", "contract ALTER_TABLE"},
    {column_renamed_with_its_type, "a column with another name and type",
     "expand ALTER_TABLE; expand SYNC_TRIGGER; backfill BACKFILL; contract ADD_CHECK; contract "
     "VALIDATE_CONSTRAINT; contract SET_ASIDE; contract SET_NOT_NULL; contract DROP_CHECK; "
     "contract SWITCH_COLUMN; contract REMAKE"},
    {unfitting_default, "its default is the database's to compute",
     "expand COMPATIBILITY_VIEW; contract DROP_COMPATIBILITY_VIEW; contract ALTER_TABLE"},
    {key_renamed_with_its_type, "a key with another name and type",
     "expand COMPATIBILITY_VIEW; contract DROP_COMPATIBILITY_VIEW; contract ALTER_TABLE"},
    {widened_beside_a_rename, "a type that widens beside a rename",
     "expand ALTER_TABLE; expand SYNC_TRIGGER; backfill BACKFILL; tighten SET_ASIDE; tighten "
     "SWITCH_COLUMN; tighten REMAKE; tighten "
     "COMPATIBILITY_VIEW; contract DROP_COMPATIBILITY_VIEW"},
    {widened_in_a_renamed_table, "a type that widens behind a table's view",
     "expand COMPATIBILITY_VIEW; expand ALTER_TABLE; expand SYNC_TRIGGER; backfill BACKFILL; "
     "contract DROP_COMPATIBILITY_VIEW; contract SET_ASIDE; contract SWITCH_COLUMN; contract "
     "REMAKE"},
    {key_is_counted, "a key gets a sequence", "expand NUMBER_TRIGGER; contract SETTLE_NUMBERS"},
    {other_column_is_counted, "another column does", "expand ALTER_TABLE"},
    {key_with_default_is_counted, "a key that has a default does", "expand ALTER_TABLE"},
    {key_is_counted_beside_a_rename, "a function's text follows no renaming",
     "expand ALTER_TABLE; expand COMPATIBILITY_VIEW; contract DROP_COMPATIBILITY_VIEW"},
    {key_is_counted_in_a_renamed_table, "but a table's, which comes first",
     "expand COMPATIBILITY_VIEW; expand NUMBER_TRIGGER; contract DROP_COMPATIBILITY_VIEW; contract "
     "SETTLE_NUMBERS"},
    {key_is_counted_in_a_table_that_waits, "nor that of a table which waits for its name",
     "expand ALTER_TABLE; contract DROP_TABLE; contract RENAME_TABLE"},
};

static const char *steps_of(World *world, const Plan *plan)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(Step *, step, &plan->steps) {
        strbuf_printf(&out, "%s%s %s", out.len == 0 ? "" : "; ", phase_name((*step)->phase),
                      step_row((*step)->kind)->name + strlen("STEP_"));
    }
    return strbuf_take(&out, world->arena);
}

static World *world_new(void)
{
    Arena *arena = arena_new();
    World *world = arena_make(arena, World);
    world->arena = arena;
    world->names = names_new(arena);
    world->diags = diagnostics_new(arena, sources_new(arena));
    world->from = base_catalog(world);
    world->to = base_catalog(world);
    return world;
}

static void world_free(World *world)
{
    catalog_free(world->from);
    catalog_free(world->to);
    arena_free(world->arena);
}

static Plan *plan_case(World *world, void (*edit)(World *), bool online)
{
    edit(world);
    canon_catalog(world->from);
    canon_catalog(world->to);
    const PlanOptions options = {.online = online, .renames = &world->renames};
    return plan_make(world->from, world->to, &options, world->diags);
}

Test(online, each_change_takes_its_phases)
{
    for (size_t i = 0; i < lengthof(cases); i++) {
        World *world = world_new();
        Plan *plan = plan_case(world, cases[i].edit, true);
        cr_expect_str_eq(steps_of(world, plan), cases[i].steps, "%s:\n%s", cases[i].title,
                         steps_of(world, plan));
        plan_free(plan);
        world_free(world);
    }
}

Test(online, every_plan_is_proved)
{
    for (size_t i = 0; i < 2 * lengthof(cases); i++) {
        World *world = world_new();
        Plan *plan = plan_case(world, cases[i / 2].edit, i % 2 == 0);
        const char *wrong = replay_prove(world->arena, plan);
        cr_expect_null(wrong, "%s (%s): %s", cases[i / 2].title, i % 2 == 0 ? "online" : "direct",
                       wrong);
        plan_free(plan);
        world_free(world);
    }
}

Test(replay, a_missing_step_is_noticed)
{
    for (size_t i = 1; i < lengthof(cases); i++) {
        World *world = world_new();
        Plan *plan = plan_case(world, cases[i].edit, true);
        bool last_matters = vec_last(&plan->steps)->kind != STEP_BACKFILL;
        plan->steps.count--;
        cr_expect(!last_matters || replay_prove(world->arena, plan) != NULL, "%s", cases[i].title);
        plan_free(plan);
        world_free(world);
    }
}
