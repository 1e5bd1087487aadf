#include "base/common.h"

#include "cli/project/rename_question.h"

#include "compiler/catalog/types.h"

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

/* The same values, in whatever order. */
static bool could_be_same_enum(const Change *drop, const Change *add)
{
    const EnumType *before = drop->before.enum_type, *after = add->after.enum_type;
    vec_each(Name, at, &before->values) {
        if (!enum_has_value(after, *at)) {
            return false;
        }
    }
    return before->schema == after->schema && before->values.count == after->values.count;
}

static bool could_be_same(const Change *drop, const Change *add)
{
    if (drop->kind == CHANGE_DROP_COLUMN) {
        return add->kind == CHANGE_ADD_COLUMN && could_be_same_column(drop, add);
    }
    if (drop->kind == CHANGE_DROP_ENUM) {
        return add->kind == CHANGE_ADD_ENUM && could_be_same_enum(drop, add);
    }
    return add->kind == CHANGE_ADD_TABLE && could_be_same_table(drop, add);
}

/* --- questions: STOPPED ends them all --- */

/* A table or an enum. */
static Answer ask_whole(Asked *asked, const Change *drop, const Change *add, size_t place)
{
    Cli *cli = asked->cli;
    const bool is_enum = drop->kind == CHANGE_DROP_ENUM;
    const char *old_name =
        (is_enum ? drop->before.enum_type->name : drop->before.table->name)->text;
    const char *new_name = (is_enum ? add->after.enum_type->name : add->after.table->name)->text;
    const Answer answer = cli_confirm(
        cli, PROMPT_RENAMED,
        arena_printf(cli->arena, "the %s `%s`", is_enum ? "enum" : "table", new_name), old_name);
    if (answer == ANSWER_YES) {
        remember(asked, place, arena_printf(cli->arena, "%s=%s", old_name, new_name));
    }
    return answer;
}

static Answer ask_column(Asked *asked, const Change *drop, const Change *add, size_t place)
{
    Cli *cli = asked->cli;
    const char *table = table_word(add->after.table);
    const char *old_name = drop->before.column->name->text;
    const char *new_name = add->after.column->name->text;
    const Answer answer = cli_confirm(
        cli, PROMPT_RENAMED, arena_printf(cli->arena, "`%s.%s`", table, new_name), old_name);
    if (answer == ANSWER_YES) {
        remember(asked, place,
                 arena_printf(cli->arena, "%s.%s=%s", drop->before.table->name->text, old_name,
                              new_name));
    }
    return answer;
}

/* Until one is the new name of what is dropped. */
static Answer ask_about_drop(Asked *asked, const Change *drop)
{
    Answer answer = ANSWER_NO;
    for (size_t i = 0; answer == ANSWER_NO && i < asked->diff->changes.count; i++) {
        const Change *add = asked->diff->changes.items[i];
        if (could_be_same(drop, add) && !asked->taken[i]) {
            answer = drop->kind == CHANGE_DROP_COLUMN ? ask_column(asked, drop, add, i)
                                                      : ask_whole(asked, drop, add, i);
        }
    }
    return answer;
}

/* A value that leaves an enum, and those that come. */
static Answer ask_about_value(Asked *asked, const Change *change, Name old, bool *taken)
{
    Cli *cli = asked->cli;
    const EnumType *before = change->before.enum_type, *after = change->after.enum_type;
    Answer answer = ANSWER_NO;
    for (size_t i = 0; answer == ANSWER_NO && i < after->values.count; i++) {
        Name new = after->values.items[i];
        if (enum_has_value(before, new) || taken[i]) {
            continue;
        }
        answer = cli_confirm(
            cli, PROMPT_RENAMED,
            arena_printf(cli->arena, "the value `%s` of `%s`", new->text, after->name->text),
            old->text);
        if (answer == ANSWER_YES) {
            vec_push(
                cli->arena, &cli->options.values[OPT_RENAME],
                arena_printf(cli->arena, "%s.%s=%s", before->name->text, old->text, new->text));
            taken[i] = asked->any = true;
        }
    }
    return answer;
}

static Answer ask_about_values(Asked *asked, const Change *change)
{
    const EnumType *before = change->before.enum_type, *after = change->after.enum_type;
    bool *taken = arena_array(asked->cli->arena, bool, after->values.count + 1);
    vec_each(Name, old, &before->values) {
        if (!enum_has_value(after, *old) &&
            ask_about_value(asked, change, *old, taken) == ANSWER_STOPPED) {
            return ANSWER_STOPPED;
        }
    }
    return ANSWER_NO;
}

static Answer ask_about_change(Asked *asked, const Change *change)
{
    if (change->kind == CHANGE_DROP_COLUMN || change->kind == CHANGE_DROP_TABLE ||
        change->kind == CHANGE_DROP_ENUM) {
        return ask_about_drop(asked, change);
    }
    return change->kind == CHANGE_MODIFY_ENUM ? ask_about_values(asked, change) : ANSWER_NO;
}

Answer ask_about_renames(Cli *cli, const Diff *diff)
{
    Asked asked = {.cli = cli, .diff = diff};
    if (!cli->interactive) {
        return ANSWER_NO;
    }
    asked.taken = arena_array(cli->arena, bool, diff->changes.count + 1);
    vec_each(Change *, at, &diff->changes) {
        if (ask_about_change(&asked, *at) == ANSWER_STOPPED) {
            return ANSWER_STOPPED;
        }
    }
    return asked.any ? ANSWER_YES : ANSWER_NO;
}
