#include "base/common.h"

#include "cli/undo/trail_renames.h"

#include <string.h>

static void add_table(Cli *cli, const TrailPair *pair, RenameList *renames)
{
    const Rename table = {.schema = intern_cstr(cli->names, pair->first.schema),
                          .table = intern_cstr(cli->names, pair->first.name),
                          .new_schema = intern_cstr(cli->names, pair->second.schema),
                          .new_table = intern_cstr(cli->names, pair->second.name)};
    if (table.schema != table.new_schema || table.table != table.new_table) {
        vec_push(cli->arena, renames, table);
    }
    vec_each(const TrailPart, part, &pair->parts) {
        Rename column = table;
        column.column = intern_cstr(cli->names, part->origin);
        column.new_column = intern_cstr(cli->names, part->now);
        vec_push(cli->arena, renames, column);
    }
}

/* Those of tables and columns that both states have. */
static RenameList table_names(Cli *cli, const TrailPairList *pairs, const Catalog *from,
                              const Catalog *to)
{
    RenameList all = {0}, known = {0};
    vec_each(const TrailPair, at, pairs) {
        if (!at->is_type) {
            add_table(cli, at, &all);
        }
    }
    vec_each(const Rename, at, &all) {
        const Table *before = catalog_find_table(from, at->schema, at->table);
        const Table *after = catalog_find_table(to, at->new_schema, at->new_table);
        if (before != NULL && after != NULL &&
            (at->column == NULL || (table_find_column(before, at->column) != NULL &&
                                    table_find_column(after, at->new_column) != NULL))) {
            vec_push(cli->arena, &known, *at);
        }
    }
    return known;
}

static Name value_after(Cli *cli, const TrailPair *pair, Name value)
{
    vec_each(const TrailPart, part, &pair->parts) {
        if (strcmp(part->origin, value->text) == 0) {
            return intern_cstr(cli->names, part->now);
        }
    }
    return value;
}

/* An enum that differs in names alone. */
static void add_enum(Cli *cli, const TrailPair *pair, const Catalog *from, const Catalog *to,
                     EnumRenameList *renames)
{
    const EnumType *before = catalog_find_enum(from, intern_cstr(cli->names, pair->first.schema),
                                               intern_cstr(cli->names, pair->first.name));
    const EnumType *after = catalog_find_enum(to, intern_cstr(cli->names, pair->second.schema),
                                              intern_cstr(cli->names, pair->second.name));
    bool same = before != NULL && after != NULL && before->values.count == after->values.count;
    for (size_t i = 0; same && i < before->values.count; i++) {
        same = value_after(cli, pair, before->values.items[i]) == after->values.items[i];
    }
    if (same) {
        vec_push(cli->arena, renames, ((EnumRename){.before = before, .after = after}));
    }
}

Renames trail_renames(Cli *cli, const TrailPairList *pairs, const Catalog *from, const Catalog *to)
{
    Renames renames = {.named = table_names(cli, pairs, from, to)};
    vec_each(const TrailPair, at, pairs) {
        if (at->is_type) {
            add_enum(cli, at, from, to, &renames.enums);
        }
    }
    return renames;
}
