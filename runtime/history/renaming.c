/*
 * renaming.c - migrations get other names, in the folder and in the history.
 *
 * In: a folder and the names. Out: folders renamed, from the last on, so that none takes a name
 * that another still has; the statements that tell the history.
 */
#include "base/common.h"

#include "runtime/history/renaming.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "runtime/host/folder.h"
#include "runtime/script/quote.h"

static bool rename_one(const Migrations *migrations, const Renaming *renaming, Diagnostics *diags)
{
    Arena *arena = migrations->arena;
    const char *old = path_folder(arena, renaming->migration->path);
    const char *new = path_join(arena, migrations->path, renaming->name);
    const char *snapshot = path_join(arena, new, "schema.snapshot");
    int error = 0;
    if (!folder_move(old, new)) {
        diag_report(diags, DIAG_FOLDER_UNWRITABLE, span_none(), new, strerror(errno));
        return false;
    }
    if (renaming->snapshot != NULL &&
        !file_rewrite(snapshot, renaming->snapshot, strlen(renaming->snapshot), &error)) {
        diag_report(diags, DIAG_FOLDER_UNWRITABLE, span_none(), snapshot, file_error(error));
        return false;
    }
    return true;
}

bool migrations_rename(const Migrations *migrations, const Renaming *list, size_t count,
                       Diagnostics *diags)
{
    for (size_t i = count; i > 0; i--) {
        if (!rename_one(migrations, &list[i - 1], diags)) {
            return false;
        }
    }
    return true;
}

char *history_sql_rename(Arena *arena, const History *history, const Renaming *list, size_t count)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < count; i++) {
        strbuf_printf(&out,
                      "UPDATE %s SET migration_name = %s "
                      "WHERE migration_name OPERATOR(pg_catalog.=) %s;",
                      history->table, quote_text(arena, list[i].name),
                      quote_text(arena, list[i].migration->name));
        strbuf_printf(&out, "%s\n", history_sql_gone(arena, history, list[i].migration->name));
    }
    return strbuf_take(&out, arena);
}
