/*
 * alter_family.c - ALTER TABLE of tables that others inherit from, and of partitions.
 *
 * Source: PostgreSQL manual, ALTER TABLE, "Inheritance", "Table Partitioning".
 */
#include "base/common.h"

#include "compiler/replay/alter_table_internal.h"

static Table *other_table(const AlterCx *cx, const PgQuery__RangeVar *named)
{
    const RangeName range = redo_range(cx->replay, named);
    return realm_table(cx->realm, range.schema, range.name);
}

static bool is_partitioned(const AlterCx *cx)
{
    return cx->table->is_partitioned ||
           realm_refuse(cx->realm, "42P17", "table `%s` is not partitioned", cx->table->name->text);
}

bool alter_attach(AlterCx *cx)
{
    if (!is_partitioned(cx)) {
        return false;
    }
    Table *part = other_table(cx, cx->command->def->partition_cmd->name);
    return part != NULL &&
           (realm_is_partition(cx->realm, part) ||
            redo_bound_fits(cx->replay, cx->table, part, cx->command->def->partition_cmd->bound)) &&
           realm_attach_partition(cx->realm, cx->table, part);
}

bool alter_attach_index(SqlReplay *cx, Relation *whole, const PgQuery__AlterTableCmd *command)
{
    const RangeName range = redo_range(cx, command->def->partition_cmd->name);
    Relation *part = realm_relation(cx->realm, range.schema, range.name);
    if (part == NULL || part->kind != RELATION_INDEX) {
        return realm_refuse(cx->realm, part == NULL ? "42P01" : "42809",
                            part == NULL ? "relation `%s` does not exist" : "`%s` is not an index",
                            range.name->text);
    }
    return realm_attach_index(cx->realm, whole, part);
}

bool alter_detach(AlterCx *cx)
{
    if (!is_partitioned(cx)) {
        return false;
    }
    Table *part = other_table(cx, cx->command->def->partition_cmd->name);
    if (cx->command->def->partition_cmd->concurrent) {
        return realm_unknown(cx->realm, "a partition that is detached concurrently");
    }
    return part != NULL && realm_detach_partition(cx->realm, cx->table, part);
}

bool alter_add_inherit(AlterCx *cx)
{
    realm_goes_beyond(cx->realm, "inheritance");
    Table *parent = other_table(cx, cx->command->def->range_var);
    if (parent == NULL || !realm_join_family(cx->realm, cx->table, parent)) {
        return false;
    }
    vec_each(Column *const, at, &cx->table->columns) {
        realm_own_column(cx->realm, *at);
    }
    return true;
}

bool alter_drop_inherit(AlterCx *cx)
{
    const Table *parent = other_table(cx, cx->command->def->range_var);
    return parent != NULL && realm_remove_parent(cx->realm, cx->table, parent);
}

/* What is done to a table is done to those that inherit from it. */
static bool follow_one(AlterCx *cx, Table *child, AlterCommand run)
{
    AlterCx below = *cx;
    below.table = child;
    below.is_below = true;
    if (cx->command->subtype == AT(AddColumn)) {
        const Name name = redo_name(cx->replay, cx->command->def->column_def->colname);
        const Column *from = table_find_column(cx->table, name);
        if (from == NULL || !realm_inherit_column(cx->realm, child, from)) {
            return false;
        }
    } else if (!run(&below)) {
        return false;
    }
    return alter_follow(&below, run);
}

bool alter_follow(AlterCx *cx, AlterCommand run)
{
    const TableList children = realm_children(cx->realm, cx->table);
    vec_each(Table *const, at, &children) {
        if (!follow_one(cx, *at, run)) {
            return false;
        }
    }
    return true;
}

bool alter_settle_below(AlterCx *cx)
{
    const TableList children = realm_children(cx->realm, cx->table);
    vec_each(Table *const, at, &children) {
        if (!realm_inherit_checks(cx->realm, *at, cx->table)) {
            return false;
        }
        vec_each(Column *const, column, &cx->table->columns) {
            Column *own = table_find_column(*at, (*column)->name);
            if (own != NULL && (*column)->generated != NULL && own->generated == NULL &&
                !realm_copy_generated(cx->realm, own, *column)) {
                return false;
            }
        }
    }
    return true;
}
