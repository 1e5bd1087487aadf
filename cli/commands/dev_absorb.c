/*
 * dev_absorb.c - drift the schema has caught up with.
 *
 * Somebody made a column by hand and then wrote it into the schema. The new migration must make the
 * column everywhere else, but here it exists. So this database gets the difference between itself
 * and the schema, and the migration is recorded as applied. What was made by hand and is not in the
 * schema would be dropped by that: it is named, and needs consent like any other loss.
 */
#include "base/common.h"

#include "cli/commands/dev.h"
#include "cli/project/planning.h"
#include "compiler/plan/emit/emit.h"
#include "runtime/apply/push.h"

static bool live_has(const Catalog *live, const Change *change)
{
    const Subject *after = &change->after;
    const Table *table = after->table == NULL
                             ? NULL
                             : catalog_find_table(live, after->table->schema, after->table->name);
    switch (change->kind) {
    case CHANGE_ADD_TABLE:
        return table != NULL;
    case CHANGE_ADD_COLUMN:
        return table != NULL && table_find_column(table, after->column->name) != NULL;
    case CHANGE_ADD_ENUM:
        return catalog_find_enum(live, after->enum_type->schema, after->enum_type->name) != NULL;
    case CHANGE_ADD_INDEX:
        for (size_t i = 0; table != NULL && i < table->indexes.count; i++) {
            if (table->indexes.items[i]->name == after->index->name) {
                return true;
            }
        }
        return false;
    case CHANGE_ADD_FOREIGN_KEY:
        for (size_t i = 0; table != NULL && i < table->foreign_keys.count; i++) {
            if (table->foreign_keys.items[i]->name == after->foreign_key->name) {
                return true;
            }
        }
        return false;
    case CHANGE_ADD_PRIMARY_KEY:
        return table != NULL && table->primary_key != NULL;
    case CHANGE_ADD_SCHEMA:
    case CHANGE_ADD_EXTENSION:
    case CHANGE_MODIFY_EXTENSION:
    case CHANGE_RENAME_ENUM:
    case CHANGE_MODIFY_ENUM:
    case CHANGE_DROP_ENUM:
    case CHANGE_RENAME_TABLE:
    case CHANGE_DROP_TABLE:
    case CHANGE_RENAME_COLUMN:
    case CHANGE_MODIFY_COLUMN:
    case CHANGE_DROP_COLUMN:
    case CHANGE_MODIFY_PRIMARY_KEY:
    case CHANGE_RENAME_PRIMARY_KEY:
    case CHANGE_DROP_PRIMARY_KEY:
    case CHANGE_RENAME_INDEX:
    case CHANGE_DROP_INDEX:
    case CHANGE_RENAME_FOREIGN_KEY:
    case CHANGE_DROP_FOREIGN_KEY:
        return false;
    }
    unreachable();
}

bool dev_must_absorb(const Dev *dev)
{
    if (drift_is_none(&dev->drift)) {
        return false;
    }
    vec_each(Change *, at, &dev->plan->diff->changes) {
        if (live_has(dev->live, *at)) {
            return true;
        }
    }
    return false;
}

bool dev_plan_residue(Dev *dev, Consent *ret_consent)
{
    Cli *cli = dev->cli;
    dev->residue = planning_make(cli, dev->live, dev->wanted, dev->previous, (PlanWish){0});
    return dev->residue != NULL &&
           planning_consent(
               cli, dev->workspace.session, dev->live, dev->residue,
               (ConsentWish){.applies = true, .remedy = "bring the data in order by hand first"},
               ret_consent);
}

static bool push_residue(Dev *dev)
{
    Cli *cli = dev->cli;
    size_t done = 0;
    StatementList statements = emit_statements(cli->arena, dev->residue);
    return push_run(cli->arena, dev->workspace.session, &dev->workspace.guard, &statements, NULL,
                    &dev->workspace.progress, cli->diags, &done);
}

static bool record_applied(Dev *dev)
{
    Cli *cli = dev->cli;
    DeployOptions options;
    if (!workspace_deploy_options(cli, &dev->workspace, &options)) {
        return false;
    }
    vec_each(const char *, at, &dev->written) {
        if (!deploy_resolve(cli->arena, dev->workspace.session, dev->workspace.folder, *at, NULL,
                            &options.guard, &dev->workspace.progress, cli->diags)) {
            return false;
        }
    }
    return true;
}

bool dev_absorb(Dev *dev)
{
    if (!push_residue(dev) || !record_applied(dev)) {
        return false;
    }
    cli_say(dev->cli, "\nThis database had part of it already: it got what it lacked, and the "
                      "migration is recorded as applied.\n");
    return true;
}
