#include "base/common.h"

#include "compiler/plan/diff/enum_rename.h"

#include <string.h>

#include "compiler/canon/canon.h"
#include "compiler/catalog/catalog_copy.h"
#include "compiler/catalog/sql_write.h"

/* Values the type has got since, behind those of `as`, keep their names. */
static size_t renamed_count(const EnumType *type, const EnumType *as)
{
    return type->values.count < as->values.count ? type->values.count : as->values.count;
}

static Name value_after(const EnumType *type, const EnumType *as, Name value)
{
    for (size_t i = 0; i < renamed_count(type, as); i++) {
        if (type->values.items[i] == value) {
            return as->values.items[i];
        }
    }
    return value;
}

static void rename_literal(const EnumType *type, const EnumType *as, Literal *literal)
{
    if (literal->text != NULL) {
        literal->text = value_after(type, as, literal->text);
    }
    literal->canonical = NULL;
}

/* Every `'old'` of the text becomes `'new'`. */
static Name rename_in_text(Names *names, const EnumType *type, const EnumType *as, Name text)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (const char *at = text->text; *at != '\0';) {
        size_t taken = 0;
        for (size_t i = 0; i < renamed_count(type, as) && taken == 0; i++) {
            StrBuf old = strbuf_new(STRBUF_MAX);
            sql_string(&old, type->values.items[i]->text, type->values.items[i]->len);
            if (*at == '\'' && strncmp(at, strbuf_text(&old), old.len) == 0) {
                sql_string(&out, as->values.items[i]->text, as->values.items[i]->len);
                taken = old.len;
            }
            strbuf_dispose(&old);
        }
        if (taken == 0) {
            strbuf_char(&out, *at);
            taken = 1;
        }
        at += taken;
    }
    Name made = intern(names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
    return made;
}

/* A copied catalog shares its lists with the one it was copied from. */
static void rename_default(const Catalog *catalog, const EnumType *type, const EnumType *as,
                           Default *dflt)
{
    if (dflt->kind == DEFAULT_VALUE) {
        rename_literal(type, as, &dflt->value);
    } else if (dflt->kind == DEFAULT_EXPRESSION) {
        dflt->text = rename_in_text(catalog->names, type, as, dflt->text);
    }
    Literal *items = arena_array(catalog->arena, Literal, dflt->items.count + 1);
    for (size_t i = 0; i < dflt->items.count; i++) {
        items[i] = dflt->items.items[i];
        rename_literal(type, as, &items[i]);
    }
    dflt->items.items = items;
    dflt->items.capacity = dflt->items.count;
}

/* `@backfill('old')` is SQL too. */
static void rename_in_hints(Names *names, const EnumType *type, const EnumType *as, Column *column)
{
    if (column->doc != NULL) {
        column->doc = rename_in_text(names, type, as, intern_cstr(names, column->doc))->text;
    }
}

static void rename_in_table(Catalog *catalog, Table *table, const EnumType *type,
                            const EnumType *as)
{
    bool touched = false;
    vec_each(Column *, at, &table->columns) {
        if ((*at)->type.id == TYPE_ENUM && (*at)->type.enum_type == type) {
            rename_default(catalog, type, as, &(*at)->dflt);
            rename_in_hints(catalog->names, type, as, *at);
            touched = true;
        }
    }
    vec_each(Index *, at, &table->indexes) {
        if (touched && (*at)->predicate != NULL) {
            (*at)->predicate = rename_in_text(catalog->names, type, as, (*at)->predicate);
        }
    }
}

/* Everything but the catalog's list of names. */
static void give_names(Catalog *catalog, EnumType *type, const EnumType *as)
{
    vec_each(Table *, at, &catalog->tables) {
        rename_in_table(catalog, *at, type, as);
    }
    type->schema = as->schema;
    type->name = as->name;
    for (size_t i = 0; i < renamed_count(type, as); i++) {
        type->values.items[i] = as->values.items[i];
    }
}

void enum_rename(Catalog *catalog, EnumType *type, const EnumType *as)
{
    map_remove2(&catalog->enums_by_name, type->schema, type->name);
    give_names(catalog, type, as);
    map_put2(catalog->arena, &catalog->enums_by_name, type->schema, type->name, type);
    canon_catalog(catalog);
}

/* Two types may exchange their names: all give theirs away before any takes another. */
static void rename_all(Catalog *catalog, EnumType *const *types, const EnumType *const *as,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        map_remove2(&catalog->enums_by_name, types[i]->schema, types[i]->name);
        give_names(catalog, types[i], as[i]);
    }
    for (size_t i = 0; i < count; i++) {
        map_put2(catalog->arena, &catalog->enums_by_name, types[i]->schema, types[i]->name,
                 types[i]);
    }
    canon_catalog(catalog);
}

Catalog *enum_renames_done(Arena *arena, const Catalog *from, const EnumRenameList *renames)
{
    Catalog *catalog = catalog_copy(arena, from);
    EnumType **types = arena_array(arena, EnumType *, renames->count + 1);
    const EnumType **as = arena_array(arena, const EnumType *, renames->count + 1);
    for (size_t i = 0; i < renames->count; i++) {
        const EnumRename *rename = &renames->items[i];
        types[i] = catalog_find_enum(catalog, rename->before->schema, rename->before->name);
        as[i] = rename->after;
    }
    rename_all(catalog, types, as, renames->count);
    return catalog;
}

/* What the wanted type is called before the rename, and those of its values that were there. */
static const EnumType *old_names(Arena *arena, const EnumType *wanted, const EnumRename *rename)
{
    EnumType *as = arena_make(arena, EnumType);
    *as = *wanted;
    as->schema = rename->before->schema;
    as->name = rename->before->name;
    as->values.items = arena_array(arena, Name, wanted->values.count + 1);
    as->values.capacity = wanted->values.count;
    for (size_t i = 0; i < wanted->values.count; i++) {
        as->values.items[i] = value_after(rename->after, rename->before, wanted->values.items[i]);
    }
    return as;
}

void enum_renames_undone(Catalog *wanted, const EnumRenameList *renames)
{
    Arena *arena = wanted->arena;
    EnumType **types = arena_array(arena, EnumType *, renames->count + 1);
    const EnumType **as = arena_array(arena, const EnumType *, renames->count + 1);
    for (size_t i = 0; i < renames->count; i++) {
        const EnumRename *rename = &renames->items[i];
        types[i] = catalog_find_enum(wanted, rename->after->schema, rename->after->name);
        as[i] = old_names(arena, types[i], rename);
    }
    rename_all(wanted, types, as, renames->count);
}
