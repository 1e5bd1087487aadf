/*
 * withdrawn.c - the file `withdrawn` ("BYTES NAME" in a line, then the text and a line end, for
 * each script), and the directives that speak of the same.
 */
#include "base/common.h"

#include "runtime/undo/withdrawn.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "runtime/script/script.h"

static const char file[] = "withdrawn";

/* Only a text that holds the word can hold the directive: most need no parsing. */
static ScriptHeader header_of(Arena *arena, const Migration *migration)
{
    return strstr(migration->sql, "withdraws=") == NULL
               ? (ScriptHeader){0}
               : script_header(arena, migration->sql, migration->len);
}

/* --- the file --- */

char *withdrawn_text(Arena *arena, const MigrationList *list)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(Migration *, at, list) {
        strbuf_printf(&out, "%zu %s\n", (*at)->len, (*at)->name);
        strbuf_addn(&out, (*at)->sql, (*at)->len);
        strbuf_char(&out, '\n');
    }
    return strbuf_take(&out, arena);
}

/* The snapshot of a plan is the same beside each of its scripts. */
static const char *snapshot_of(Arena *arena, const Migrations *migrations, const char *sql)
{
    const ScriptHeader wanted = script_header(arena, sql, strlen(sql));
    vec_each(Migration *, at, &migrations->list) {
        const ScriptHeader header = script_header(arena, (*at)->sql, (*at)->len);
        if (header.plan != NULL && wanted.plan != NULL && strcmp(header.plan, wanted.plan) == 0) {
            return migration_companion(arena, *at, "schema.snapshot");
        }
    }
    return NULL;
}

/* The next one; NULL at the end, and where the file is not as we write it. */
static const char *read_one(Arena *arena, const char *at, NewMigration *ret_migration)
{
    char *end;
    const unsigned long long len = strtoull(at, &end, 10);
    const char *line = end == at || *end != ' ' ? NULL : strchr(end, '\n');
    if (line == NULL || strlen(line + 1) < len || line[1 + len] != '\n') {
        return NULL;
    }
    *ret_migration = (NewMigration){.name = arena_strndup(arena, end + 1, (size_t)(line - end - 1)),
                                    .sql = arena_strndup(arena, line + 1, (size_t)len)};
    return line + 1 + len + 1;
}

/* The names become directories: of the folder, and of nothing else. */
static bool holds_text(const NewMigrationList *list, const char *name)
{
    vec_each(const NewMigration, at, list) {
        if (strcmp(at->name, name) == 0) {
            return name[0] != '.' && strchr(name, '/') == NULL;
        }
    }
    return false;
}

bool withdrawn_read(Arena *arena, const Migrations *migrations, const Migration *undo,
                    NewMigrationList *ret_list)
{
    const ScriptHeader header = header_of(arena, undo);
    const char *at = header.withdraws.count == 0 ? NULL : migration_companion(arena, undo, file);
    NewMigration migration;
    *ret_list = (NewMigrationList){0};
    while (at != NULL && (at = read_one(arena, at, &migration)) != NULL) {
        migration.snapshot = snapshot_of(arena, migrations, migration.sql);
        vec_push(arena, ret_list, migration);
    }
    bool all = ret_list->count == header.withdraws.count;
    vec_each(const ScriptName, name, &header.withdraws) {
        all = all && holds_text(ret_list, name->name);
    }
    return all;
}

/* --- the directives --- */

void withdrawn_find(const Migrations *migrations, WithdrawnList *ret_list)
{
    Arena *arena = migrations->arena;
    *ret_list = (WithdrawnList){0};
    vec_each(Migration *, at, &migrations->list) {
        const ScriptHeader header = header_of(arena, *at);
        vec_each(const ScriptName, name, &header.withdraws) {
            vec_push(arena, ret_list, name->name);
        }
    }
}

bool withdrawn_holds(const WithdrawnList *list, const Migration *migration)
{
    vec_each(const char *const, at, list) {
        if (strcmp(*at, migration->name) == 0) {
            return true;
        }
    }
    return false;
}

bool withdrawn_check(Arena *arena, const History *history, const Migration *pending,
                     Diagnostics *diags)
{
    const ScriptHeader header = header_of(arena, pending);
    vec_each(const ScriptName, name, &header.withdraws) {
        const HistoryRow *row = history_find(history, name->name);
        if (row != NULL && row->state != HISTORY_ROLLED_BACK) {
            diag_report(diags, DIAG_WITHDRAWN_APPLIED, span_none(), pending->name, name->name);
            return false;
        }
    }
    return true;
}
