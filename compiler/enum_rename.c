#include "base/common.h"

#include "compiler/enum_rename.h"

#include <string.h>

#include "compiler/canon.h"
#include "compiler/catalog_copy.h"
#include "compiler/sql_write.h"

/* --- finding -----------------------------------------------------------------------------------
 */

static const EnumType *find_block(const Catalog *catalog, Name block)
{
    vec_each(EnumType *, at, &catalog->enums) {
        if ((*at)->block != NULL && (*at)->block == block) {
            return *at;
        }
    }
    return NULL;
}

static bool has_value(const EnumType *type, Name value)
{
    vec_each(Name, at, &type->values) {
        if (*at == value) {
            return true;
        }
    }
    return false;
}

/* What the text's value is called in the database; NULL when the text has no such value. */
static Name value_of_word(const EnumType *type, Name word)
{
    for (size_t i = 0; i < type->words.count; i++) {
        if (type->words.items[i] == word) {
            return type->values.items[i];
        }
    }
    return NULL;
}

static Name word_of_value(const EnumType *type, Name value)
{
    for (size_t i = 0; i < type->words.count; i++) {
        if (type->values.items[i] == value) {
            return type->words.items[i];
        }
    }
    return NULL;
}

/* The value's new name: only where the old one goes and the new one comes. */
static Name renamed_value(const EnumType *before, const EnumType *previous, const EnumType *after,
                          Name value)
{
    Name word = word_of_value(previous, value);
    Name wanted = word == NULL ? NULL : value_of_word(after, word);
    if (wanted == NULL || wanted == value || has_value(after, value) || has_value(before, wanted)) {
        return value;
    }
    return wanted;
}

static bool name_is_free(const Catalog *catalog, const EnumType *wanted)
{
    return catalog_find_enum(catalog, wanted->schema, wanted->name) == NULL;
}

/* The type under its new names; the same ones when nothing is renamed. */
static EnumType *names_after(Arena *arena, const Catalog *from, const Catalog *to,
                             const EnumType *before, const EnumType *previous)
{
    const EnumType *after = find_block(to, previous->block);
    EnumType *as = arena_make(arena, EnumType);
    *as = *before;
    if (after == NULL) {
        return as;
    }
    const bool moved = after->schema != before->schema || after->name != before->name;
    if (moved && (!name_is_free(from, after) || !name_is_free(to, before))) {
        return as;
    }
    as->schema = after->schema;
    as->name = after->name;
    as->values.items = arena_array(arena, Name, before->values.count + 1);
    as->values.capacity = before->values.count;
    for (size_t i = 0; i < before->values.count; i++) {
        as->values.items[i] = renamed_value(before, previous, after, before->values.items[i]);
    }
    return as;
}

/* A type none of whose values stay is another type: nothing would be carried over. */
static bool keeps_a_value(const EnumType *as, const Catalog *to, const EnumType *previous)
{
    const EnumType *after = find_block(to, previous->block);
    for (size_t i = 0; after != NULL && i < as->values.count; i++) {
        if (has_value(after, as->values.items[i])) {
            return true;
        }
    }
    return false;
}

static bool is_used(const Catalog *catalog, const EnumType *type)
{
    vec_each(Table *, table, &catalog->tables) {
        vec_each(Column *, at, &(*table)->columns) {
            if ((*at)->type.id == TYPE_ENUM && (*at)->type.enum_type == type) {
                return true;
            }
        }
    }
    return false;
}

/* A type that loses values is built anew: its rename keeps only the columns that are of it. */
static bool keeps_something(const Catalog *from, const Catalog *to, const EnumRename *rename)
{
    const EnumType *after = catalog_find_enum(to, rename->after->schema, rename->after->name);
    vec_each(Name, value, &rename->after->values) {
        if (after != NULL && !has_value(after, *value)) {
            return is_used(from, rename->before) && is_used(to, after);
        }
    }
    return true;
}

static bool same_names(const EnumType *a, const EnumType *b)
{
    for (size_t i = 0; i < a->values.count; i++) {
        if (a->values.items[i] != b->values.items[i]) {
            return false;
        }
    }
    return a->schema == b->schema && a->name == b->name;
}

EnumRenameList enum_renames_find(Arena *arena, const Catalog *from, const Catalog *to,
                                 const Catalog *previous)
{
    EnumRenameList found = {0};
    if (previous == NULL) {
        return found;
    }
    vec_each(EnumType *, at, &previous->enums) {
        const EnumType *before = catalog_find_enum(from, (*at)->schema, (*at)->name);
        if (before == NULL || (*at)->block == NULL) {
            continue;
        }
        const EnumRename rename = {before, names_after(arena, from, to, before, *at)};
        if (!same_names(rename.before, rename.after) && keeps_a_value(rename.after, to, *at) &&
            keeps_something(from, to, &rename)) {
            vec_push(arena, &found, rename);
        }
    }
    return found;
}

/* --- doing -------------------------------------------------------------------------------------
 */

static Name value_after(const EnumType *type, const EnumType *as, Name value)
{
    for (size_t i = 0; i < type->values.count; i++) {
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
        for (size_t i = 0; i < type->values.count && taken == 0; i++) {
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

static void rename_default(Names *names, const EnumType *type, const EnumType *as, Default *dflt)
{
    if (dflt->kind == DEFAULT_VALUE) {
        rename_literal(type, as, &dflt->value);
    } else if (dflt->kind == DEFAULT_EXPRESSION) {
        dflt->text = rename_in_text(names, type, as, dflt->text);
    }
    vec_each(Literal, item, &dflt->items) {
        rename_literal(type, as, item);
    }
}

static void rename_in_table(Catalog *catalog, Table *table, const EnumType *type,
                            const EnumType *as)
{
    bool touched = false;
    vec_each(Column *, at, &table->columns) {
        if ((*at)->type.id == TYPE_ENUM && (*at)->type.enum_type == type) {
            rename_default(catalog->names, type, as, &(*at)->dflt);
            touched = true;
        }
    }
    vec_each(Index *, at, &table->indexes) {
        if (touched && (*at)->predicate != NULL) {
            (*at)->predicate = rename_in_text(catalog->names, type, as, (*at)->predicate);
        }
    }
}

void enum_rename(Catalog *catalog, EnumType *type, const EnumType *as)
{
    vec_each(Table *, at, &catalog->tables) {
        rename_in_table(catalog, *at, type, as);
    }
    map_remove2(&catalog->enums_by_name, type->schema, type->name);
    type->schema = as->schema;
    type->name = as->name;
    for (size_t i = 0; i < type->values.count && i < as->values.count; i++) {
        type->values.items[i] = as->values.items[i];
    }
    map_put2(catalog->arena, &catalog->enums_by_name, type->schema, type->name, type);
    canon_catalog(catalog);
}

Catalog *enum_renames_done(Arena *arena, const Catalog *from, const EnumRenameList *renames)
{
    Catalog *catalog = catalog_copy(arena, from);
    vec_each(const EnumRename, at, renames) {
        EnumType *type = catalog_find_enum(catalog, at->before->schema, at->before->name);
        enum_rename(catalog, type, at->after);
    }
    return catalog;
}
