/*
 * world_find.c - what a step speaks of: the same thing by identity, and what it is called now.
 *
 * In: an object of either catalog of the plan.   Out: the world's, which keeps its place through
 * every renaming. Each thing of the world knows what it was copied from; the match of the two
 * catalogs tells which objects of theirs are one thing.
 */
#include "base/common.h"

#include "compiler/plan/world/replay_world.h"

#include "base/strbuf.h"
#include "compiler/canon/canon.h"
#include "compiler/canon/canon_refs.h"
#include "compiler/catalog/sql_write.h"

/* --- tables and columns ------------------------------------------------------------------------
 */

static const Table *origin_of(const Table *table)
{
    return table->source != NULL ? table->source : table;
}

static const Table *table_identity(const World *world, const Table *named)
{
    return origin_of(match_source(world->plan->diff, named));
}

/* Of a copy of the column, too: its table and its place tell. One that has no place there is the
 * plan's own. */
static const Column *column_identity(const World *world, const Column *named)
{
    if (named->position >= named->table->columns.count) {
        return named;
    }
    const Column *before = match_column_before(world->plan->diff, named);
    const Column *column = before != NULL ? before : named;
    return origin_of(column->table)->columns.items[column->position];
}

Table *world_find_table(const World *world, const Table *named)
{
    const Table *identity = table_identity(world, named);
    Table *found = catalog_find_table(world->catalog, identity->schema, identity->name);
    if (found != NULL && found->source == identity) {
        return found;
    }
    found = world->any_renamed ? object_map_get(&world->standing, identity) : NULL;
    return found != NULL && found->source == identity ? found : NULL;
}

Column *world_find_column(const World *world, const Column *named)
{
    const Table *table = world_find_table(world, named->table);
    const Column *identity = column_identity(world, named);
    Column *found = table == NULL ? NULL : table_find_column(table, identity->name);
    if (found != NULL && found->source == identity) {
        return found;
    }
    found = table == NULL ? NULL : object_map_get(&world->standing, identity);
    return found != NULL && found->source == identity && found->table == table ? found : NULL;
}

void world_made_table(World *world, Table *table, const Table *named)
{
    table->source = table_identity(world, named);
    world_note_standing(world, table->source, table);
}

void world_made_column(World *world, Column *column, const Column *named)
{
    column->source = column_identity(world, named);
    world_note_standing(world, column->source, column);
}

/* --- what belongs to a table -------------------------------------------------------------------
 */

static const Index *index_identity(const Index *named)
{
    return named->table != NULL && named->table->source != NULL ? named->source : named;
}

Index *world_find_index(const World *world, const Index *named)
{
    const Table *table = world_find_table(world, named->table);
    const Index *identity = index_identity(named);
    Index *found = table == NULL ? NULL : map_get2(&world->indexes, table->schema, identity->name);
    if (found != NULL && found->source == identity) {
        return found;
    }
    found = table == NULL ? NULL : object_map_get(&world->standing, identity);
    return found != NULL && found->source == identity && found->table == table ? found : NULL;
}

static const ForeignKey *key_identity(const ForeignKey *named)
{
    return named->table->source != NULL ? named->source : named;
}

ForeignKey *world_find_foreign_key(const World *world, const ForeignKey *named)
{
    const Table *table = world_find_table(world, named->table);
    const ForeignKey *identity = key_identity(named);
    ForeignKey *found = table == NULL ? NULL : object_map_get(&world->standing, identity);
    return found != NULL && found->source == identity && found->table == table ? found : NULL;
}

void world_made_index(World *world, Index *index, const Index *named)
{
    index->source = index_identity(named);
    world_note_standing(world, index->source, index);
}

void world_made_foreign_key(World *world, ForeignKey *key, const ForeignKey *named)
{
    key->source = key_identity(named);
    world_note_standing(world, key->source, key);
}

/* --- enums -------------------------------------------------------------------------------------
 */

static bool is_of_source(const World *world, const EnumType *type)
{
    return catalog_find_enum(world->plan->origin, type->schema, type->name) == type;
}

static const EnumType *enum_identity(const World *world, const EnumType *named)
{
    if (named->source != NULL || is_of_source(world, named)) {
        return named->source != NULL ? named->source : named;
    }
    const EnumRename *rename = world_rename_to(world, named);
    if (rename != NULL) {
        return rename->before;
    }
    const EnumType *same = catalog_find_enum(world->plan->origin, named->schema, named->name);
    return same != NULL && world_rename_from(world, same) == NULL ? same : named;
}

EnumType *world_find_enum(const World *world, const EnumType *named)
{
    const EnumType *identity = enum_identity(world, named);
    EnumType *found = catalog_find_enum(world->catalog, identity->schema, identity->name);
    if (found != NULL && found->source == identity) {
        return found;
    }
    found = object_map_get(&world->standing, identity);
    return found != NULL && found->source == identity ? found : NULL;
}

void world_made_enum(World *world, EnumType *type, const EnumType *named)
{
    type->source = enum_identity(world, named);
    world_note_standing(world, type->source, type);
}

/* --- what they are called now -------------------------------------------------------------------
 */

const Table *world_table_now(const World *world, const Table *named)
{
    const Table *found = world_find_table(world, named);
    return found != NULL ? found : named;
}

const Column *world_column_now(const World *world, const Column *named)
{
    const Column *found = world_find_column(world, named);
    return found != NULL ? found : named;
}

const Index *world_index_now(const World *world, const Index *named)
{
    const Index *found = world_find_index(world, named);
    return found != NULL ? found : named;
}

const ForeignKey *world_foreign_key_now(const World *world, const ForeignKey *named)
{
    const ForeignKey *found = world_find_foreign_key(world, named);
    return found != NULL ? found : named;
}

/* Until its rename is done the server knows the type's values by the names they had. */
static const EnumRename *pending_rename(const World *world, const EnumType *named)
{
    const EnumRename *rename =
        is_of_source(world, named) ? NULL : world_rename_from(world, enum_identity(world, named));
    const bool done =
        rename != NULL && object_map_get(&world->enums_renamed, rename->before) != NULL;
    return done ? NULL : rename;
}

bool world_has_name(const World *world, Name schema, Name name)
{
    return map_get2(&world->relations, schema, name) != NULL ||
           catalog_find_enum(world->catalog, schema, name) != NULL;
}

Name world_value_now(const World *world, const EnumType *named, Name value)
{
    const EnumRename *rename = pending_rename(world, named);
    return rename == NULL ? value : world_value_before(world, rename, value);
}

EnumType *world_enum_now(const World *world, Arena *arena, const EnumType *named)
{
    EnumType *now = arena_make(arena, EnumType);
    const EnumType *found = world_find_enum(world, named);
    *now = *named;
    now->schema = found != NULL ? found->schema : named->schema;
    now->name = found != NULL ? found->name : named->name;
    now->values.items = arena_array(arena, Name, named->values.count + 1);
    now->values.capacity = named->values.count;
    for (size_t i = 0; i < named->values.count; i++) {
        now->values.items[i] = world_value_now(world, named, named->values.items[i]);
    }
    return now;
}

ColumnType world_type_now(const World *world, const ColumnType *named)
{
    ColumnType type = *named;
    EnumType *found = type.id == TYPE_ENUM ? world_find_enum(world, type.enum_type) : NULL;
    type.enum_type = found != NULL ? found : type.enum_type;
    return type;
}

/* --- texts --------------------------------------------------------------------------------------
 */

static bool has_other_names(const World *world)
{
    const EnumRenameList *renames = world->plan->enum_renames;
    return world->any_renamed || world->plan->renames_columns ||
           (renames != NULL && world->enums_renamed.count < renames->count);
}

static void write_list(const World *world, StrBuf *out, const SqlRef *ref)
{
    StrBuf items = strbuf_new(STRBUF_MAX);
    strbuf_char(&items, '{');
    vec_each(Name, at, &ref->values) {
        strbuf_add(&items, at == ref->values.items ? "" : ",");
        if (*at == NULL) {
            strbuf_add(&items, "NULL");
        } else {
            sql_array_item(&items, world_value_now(world, ref->type, *at));
        }
    }
    strbuf_char(&items, '}');
    sql_string(out, strbuf_text(&items), items.len);
    strbuf_dispose(&items);
}

static void write_ref(const World *world, StrBuf *out, const SqlRef *ref)
{
    switch (ref->kind) {
    case SQL_REF_COLUMN:
        sql_ident(out, world_column_now(world, ref->column)->name);
        return;
    case SQL_REF_TYPE: {
        const EnumType *type = world_find_enum(world, ref->type);
        type = type != NULL ? type : ref->type;
        sql_qualified(out, world->plan->to, type->schema, type->name);
        return;
    }
    case SQL_REF_VALUE: {
        const Name value = world_value_now(world, ref->type, ref->values.items[0]);
        sql_string(out, value->text, value->len);
        return;
    }
    case SQL_REF_LIST:
        write_list(world, out, ref);
        return;
    }
    unreachable();
}

static bool ref_is_renamed(const World *world, const SqlRef *ref)
{
    if (ref->kind == SQL_REF_COLUMN) {
        return world_column_now(world, ref->column)->name != ref->column->name;
    }
    const EnumType *type = world_find_enum(world, ref->type);
    return pending_rename(world, ref->type) != NULL ||
           (type != NULL && (type->name != ref->type->name || type->schema != ref->type->schema));
}

/* The catalog whose names a text over the table is written in. */
static const Catalog *catalog_of(const World *world, const Table *table)
{
    const Catalog *to = world->plan->to;
    const bool wanted = catalog_find_table(to, table->schema, table->name) == table;
    return wanted ? to : world->plan->from;
}

/* `but`: a column whose name another one has already. */
static Name text_now(const World *world, const Table *table, const Column *but,
                     const ColumnType *type, Name text)
{
    if (text == NULL || !has_other_names(world)) {
        return text;
    }
    Arena *scratch = arena_new();
    const SqlRefList refs = canon_refs(scratch, catalog_of(world, table), table, type, text);
    StrBuf out = strbuf_new(STRBUF_MAX);
    size_t at = 0;
    vec_each(const SqlRef, ref, &refs) {
        const bool stays = ref->kind == SQL_REF_COLUMN && but != NULL && ref->column == but;
        if (!stays && ref_is_renamed(world, ref)) {
            strbuf_addn(&out, text->text + at, ref->start - at);
            write_ref(world, &out, ref);
            at = ref->end;
        }
    }
    strbuf_add(&out, text->text + at);
    const Name made = at == 0 ? text : intern(world->plan->to->names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
    arena_free(scratch);
    return made;
}

Name world_text_beside(const World *world, const Column *beside, const ColumnType *type, Name text)
{
    return text_now(world, beside->table, beside, type, text);
}

Name world_text_now(const World *world, const Table *table, const ColumnType *type, Name text)
{
    return text_now(world, table, NULL, type, text);
}

static void items_now(const World *world, Arena *arena, const EnumType *type, Default *dflt)
{
    Literal *items = arena_array(arena, Literal, dflt->items.count + 1);
    for (size_t i = 0; i < dflt->items.count; i++) {
        items[i] = dflt->items.items[i];
        items[i].text = world_value_now(world, type, items[i].text);
    }
    dflt->items.items = items;
}

Column world_definition_now(const World *world, Arena *arena, const Column *named)
{
    const ColumnType *type = &named->type;
    Column now = *named;
    now.type = world_type_now(world, type);
    if (!has_other_names(world)) {
        return now;
    }
    now.generated = world_text_now(world, named->table, type, named->generated);
    if (now.dflt.kind == DEFAULT_EXPRESSION) {
        now.dflt.text = world_text_now(world, named->table, type, now.dflt.text);
    } else if (type->id == TYPE_ENUM && now.dflt.kind == DEFAULT_VALUE) {
        now.dflt.value.text = world_value_now(world, type->enum_type, now.dflt.value.text);
        now.dflt.value.canonical = NULL;
    } else if (type->id == TYPE_ENUM && now.dflt.kind == DEFAULT_LIST) {
        items_now(world, arena, type->enum_type, &now.dflt);
    }
    if (now.dflt.kind == DEFAULT_EXPRESSION || type->id == TYPE_ENUM) {
        canon_column(world->catalog, &now);
    }
    return now;
}

/* --- a step as its moment shows it --------------------------------------------------------------
 */

static Table *table_as_now(const World *world, Arena *arena, const Table *named)
{
    const Table *now = world_table_now(world, named);
    Table *shown = arena_make(arena, Table);
    *shown = *named;
    shown->name = now->name;
    shown->schema = now->schema;
    return shown;
}

static const Table *shown_table(const World *world, Arena *arena, const Table *named)
{
    const Table *now = named == NULL ? NULL : world_table_now(world, named);
    const bool same = now == NULL || (now->name == named->name && now->schema == named->schema);
    return same ? named : table_as_now(world, arena, named);
}

static const Column *shown_column(const World *world, Arena *arena, const Column *named)
{
    const Column *now = named == NULL ? NULL : world_column_now(world, named);
    if (now == NULL || (now->name == named->name && !world->any_renamed)) {
        return named;
    }
    Column *shown = arena_make(arena, Column);
    *shown = *named;
    shown->name = now->name;
    shown->table = table_as_now(world, arena, named->table);
    return shown;
}

static const Index *shown_index(const World *world, Arena *arena, const Index *named)
{
    const Index *found = named == NULL ? NULL : world_find_index(world, named);
    if (found == NULL || found->name == named->name) {
        return named;
    }
    Index *shown = arena_make(arena, Index);
    *shown = *named;
    shown->name = found->name;
    return shown;
}

static const ForeignKey *shown_foreign_key(const World *world, Arena *arena,
                                           const ForeignKey *named)
{
    const ForeignKey *now = named == NULL ? NULL : world_foreign_key_now(world, named);
    if (now == NULL ||
        (now->name == named->name && !world->any_renamed && !world->plan->renames_columns)) {
        return named;
    }
    ForeignKey *shown = arena_make(arena, ForeignKey);
    *shown = *named;
    shown->name = now->name;
    shown->table = table_as_now(world, arena, named->table);
    shown->referenced = table_as_now(world, arena, named->referenced);
    return shown;
}

static const EnumType *shown_enum(const World *world, Arena *arena, const EnumType *named)
{
    const EnumType *found = named == NULL ? NULL : world_find_enum(world, named);
    if (found == NULL || (found->name == named->name && found->schema == named->schema)) {
        return named;
    }
    EnumType *shown = arena_make(arena, EnumType);
    *shown = *named;
    shown->name = found->name;
    shown->schema = found->schema;
    return shown;
}

Subject world_shown(const World *world, Arena *arena, const Subject *named)
{
    Subject shown = *named;
    shown.table = shown_table(world, arena, named->table);
    shown.column = shown_column(world, arena, named->column);
    shown.index = shown_index(world, arena, named->index);
    shown.foreign_key = shown_foreign_key(world, arena, named->foreign_key);
    shown.enum_type = shown_enum(world, arena, named->enum_type);
    return shown;
}
