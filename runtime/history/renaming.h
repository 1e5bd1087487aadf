/*
 * renaming.h - migrations get other names: in the folder, and in a database that has them.
 *
 * Scripts stay as they are, so checksums do. Directories are renamed one by one, the last first:
 * killed in between, the folder holds all migrations, some of them under their old names, and the
 * next run goes on. Errors: E0502, and those of session.h.
 */
#ifndef BELLOWS_RUNTIME_HISTORY_RENAMING_H
#define BELLOWS_RUNTIME_HISTORY_RENAMING_H

#include "runtime/history/history.h"

typedef struct Renaming {
    const Migration *migration;
    const char *name;     /* the new one */
    const char *snapshot; /* the new text beside it; NULL: none */
} Renaming;

MUST_CHECK bool migrations_rename(const Migrations *migrations, const Renaming *list, size_t count,
                                  Diagnostics *diags);
/* The statements for the history; the caller runs them as one transaction. */
char *history_sql_rename(Arena *arena, const History *history, const Renaming *list, size_t count);

#endif
