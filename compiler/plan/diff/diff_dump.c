/*
 * diff_dump.c - a difference for tests and debugging: "MODIFY_COLUMN User.email type default", one
 * line a change.
 */
#include "base/common.h"

#include "compiler/plan/diff/diff.h"

#include "base/strbuf.h"

static const char *kind_name(ChangeKind kind)
{
    static const char *const names[] = {
        [CHANGE_ADD_SCHEMA] = "ADD_SCHEMA",
        [CHANGE_ADD_EXTENSION] = "ADD_EXTENSION",
        [CHANGE_MODIFY_EXTENSION] = "MODIFY_EXTENSION",
        [CHANGE_ADD_ENUM] = "ADD_ENUM",
        [CHANGE_RENAME_ENUM] = "RENAME_ENUM",
        [CHANGE_MODIFY_ENUM] = "MODIFY_ENUM",
        [CHANGE_DROP_ENUM] = "DROP_ENUM",
        [CHANGE_ADD_TABLE] = "ADD_TABLE",
        [CHANGE_RENAME_TABLE] = "RENAME_TABLE",
        [CHANGE_DROP_TABLE] = "DROP_TABLE",
        [CHANGE_ADD_COLUMN] = "ADD_COLUMN",
        [CHANGE_RENAME_COLUMN] = "RENAME_COLUMN",
        [CHANGE_MODIFY_COLUMN] = "MODIFY_COLUMN",
        [CHANGE_DROP_COLUMN] = "DROP_COLUMN",
        [CHANGE_ADD_PRIMARY_KEY] = "ADD_PRIMARY_KEY",
        [CHANGE_MODIFY_PRIMARY_KEY] = "MODIFY_PRIMARY_KEY",
        [CHANGE_RENAME_PRIMARY_KEY] = "RENAME_PRIMARY_KEY",
        [CHANGE_DROP_PRIMARY_KEY] = "DROP_PRIMARY_KEY",
        [CHANGE_ADD_INDEX] = "ADD_INDEX",
        [CHANGE_RENAME_INDEX] = "RENAME_INDEX",
        [CHANGE_DROP_INDEX] = "DROP_INDEX",
        [CHANGE_ADD_FOREIGN_KEY] = "ADD_FOREIGN_KEY",
        [CHANGE_RENAME_FOREIGN_KEY] = "RENAME_FOREIGN_KEY",
        [CHANGE_DROP_FOREIGN_KEY] = "DROP_FOREIGN_KEY",
    };
    return names[kind];
}

/* The innermost object the side speaks of; NULL when the side is empty. */
static Name innermost(const Subject *side)
{
    if (side->column != NULL) {
        return side->column->name;
    }
    if (side->primary_key != NULL) {
        return side->primary_key->name;
    }
    if (side->index != NULL) {
        return side->index->name;
    }
    return side->foreign_key != NULL ? side->foreign_key->name : NULL;
}

static Name outermost(const Subject *side)
{
    if (side->schema != NULL) {
        return side->schema->name;
    }
    if (side->extension != NULL) {
        return side->extension->name;
    }
    if (side->enum_type != NULL) {
        return side->enum_type->name;
    }
    return side->table != NULL ? side->table->name : NULL;
}

static void put_side(StrBuf *out, const Subject *side)
{
    strbuf_add(out, outermost(side)->text);
    if (innermost(side) != NULL) {
        strbuf_printf(out, ".%s", innermost(side)->text);
    }
}

static bool is_rename(ChangeKind kind)
{
    return kind == CHANGE_RENAME_TABLE || kind == CHANGE_RENAME_COLUMN ||
           kind == CHANGE_RENAME_PRIMARY_KEY || kind == CHANGE_RENAME_INDEX ||
           kind == CHANGE_RENAME_FOREIGN_KEY;
}

static void put_facets(StrBuf *out, unsigned facets)
{
    static const struct {
        Facet facet;
        const char *name;
    } names[] = {
        {FACET_TYPE, "type"},
        {FACET_LIST, "list"},
        {FACET_NULLABILITY, "nullability"},
        {FACET_DEFAULT, "default"},
        {FACET_SEQUENCE, "sequence"},
        {FACET_VALUES_ADDED, "values_added"},
        {FACET_VALUES_REMOVED, "values_removed"},
        {FACET_VERSION, "version"},
        {FACET_SCHEMA, "schema"},
    };
    for (size_t i = 0; i < lengthof(names); i++) {
        if (facets & (unsigned)names[i].facet) {
            strbuf_printf(out, " %s", names[i].name);
        }
    }
}

/* What is dropped has its part on the source's side, and rarely what takes its place on the other.
 */
static const Subject *main_side(const Change *change)
{
    const bool gone = outermost(&change->after) == NULL || change->kind == CHANGE_DROP_INDEX ||
                      (innermost(&change->before) != NULL && innermost(&change->after) == NULL);
    return gone || is_rename(change->kind) ? &change->before : &change->after;
}

/* What is no difference tells its cause. Of a column that is changed it is its default. */
static void put_aside(StrBuf *out, const Change *change)
{
    const Aside *aside = change->aside;
    if (aside == NULL) {
        return;
    }
    const bool of_default = change->kind == CHANGE_MODIFY_COLUMN;
    strbuf_printf(out, " (%saside: %s ", of_default ? "default " : "", aside->name);
    if (aside->column != NULL) {
        strbuf_printf(out, "%s.%s)", aside->column->table->name->text, aside->column->name->text);
    } else {
        strbuf_printf(out, "%s)", aside->key->text);
    }
}

char *diff_dump(Arena *arena, const Diff *diff)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(Change *, at, &diff->changes) {
        strbuf_printf(&out, "%s ", kind_name((*at)->kind));
        put_side(&out, main_side(*at));
        if (is_rename((*at)->kind)) {
            strbuf_add(&out, " -> ");
            put_side(&out, &(*at)->after);
        }
        put_facets(&out, (*at)->facets);
        put_aside(&out, *at);
        strbuf_char(&out, '\n');
    }
    return strbuf_take(&out, arena);
}
