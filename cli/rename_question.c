#include "base/common.h"

#include "cli/rename_question.h"

#include "compiler/types.h"

typedef struct Asked {
    Cli *cli;
    const Diff *diff;
    bool *taken; /* by place in diff->changes: the new side already has its old one */
    bool any;
} Asked;

/* The schema text's word for a table or a column where it has one. */
static const char *table_word(const Table *table)
{
    return (table->model != NULL ? table->model : table->name)->text;
}

static void remember(Asked *asked, size_t place, const char *flag)
{
    vec_push(asked->cli->arena, &asked->cli->options.values[OPT_RENAME], flag);
    asked->taken[place] = true;
    asked->any = true;
}

static bool could_be_same_column(const Change *drop, const Change *add)
{
    return drop->before.table->schema == add->after.table->schema &&
           drop->before.table->name == add->after.table->name &&
           column_type_equal(&drop->before.column->type, &add->after.column->type);
}

static bool could_be_same_table(const Change *drop, const Change *add)
{
    const ColumnList *before = &drop->before.table->columns, *after = &add->after.table->columns;
    if (before->count != after->count) {
        return false;
    }
    vec_each(Column *, at, before) {
        const Column *same = table_find_column(add->after.table, (*at)->name);
        if (same == NULL || !column_type_equal(&(*at)->type, &same->type)) {
            return false;
        }
    }
    return true;
}

/* One question; false: not asked, or answered with no. */
static bool ask_pair(Asked *asked, const Change *drop, const Change *add, size_t place)
{
    Cli *cli = asked->cli;
    if (drop->kind == CHANGE_DROP_COLUMN) {
        const char *table = table_word(add->after.table);
        const char *old_name = drop->before.column->name->text;
        const char *new_name = add->after.column->name->text;
        if (cli_confirm(cli, arena_printf(cli->arena, "Is `%s.%s` the former `%s`, renamed?", table,
                                          new_name, old_name))) {
            remember(asked, place,
                     arena_printf(cli->arena, "%s.%s=%s", drop->before.table->name->text, old_name,
                                  new_name));
            return true;
        }
        return false;
    }
    const char *old_name = drop->before.table->name->text;
    const char *new_name = add->after.table->name->text;
    if (cli_confirm(cli, arena_printf(cli->arena, "Is the table `%s` the former `%s`, renamed?",
                                      new_name, old_name))) {
        remember(asked, place, arena_printf(cli->arena, "%s=%s", old_name, new_name));
        return true;
    }
    return false;
}

static void ask_about_drop(Asked *asked, const Change *drop)
{
    bool column = drop->kind == CHANGE_DROP_COLUMN;
    for (size_t i = 0; i < asked->diff->changes.count; i++) {
        const Change *add = asked->diff->changes.items[i];
        bool pair = column ? add->kind == CHANGE_ADD_COLUMN && could_be_same_column(drop, add)
                           : add->kind == CHANGE_ADD_TABLE && could_be_same_table(drop, add);
        if (pair && !asked->taken[i] && ask_pair(asked, drop, add, i)) {
            return;
        }
    }
}

bool ask_about_renames(Cli *cli, const Diff *diff)
{
    Asked asked = {.cli = cli, .diff = diff};
    if (!cli->interactive) {
        return false;
    }
    asked.taken = arena_array(cli->arena, bool, diff->changes.count + 1);
    vec_each(Change *, at, &diff->changes) {
        if ((*at)->kind == CHANGE_DROP_COLUMN || (*at)->kind == CHANGE_DROP_TABLE) {
            ask_about_drop(&asked, *at);
        }
    }
    return asked.any;
}
