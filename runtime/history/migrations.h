/*
 * migrations.h - the migrations folder: one sub-directory a migration, in one order, with
 * checksums.
 *
 * Every sub-directory is a migration whatever its name, but for those in which version 8 of the
 * reference tool keeps its own; plain files are ignored. Their order is
 * that of JavaScript's localeCompare for ASCII names (punctuation, digits, letters; `a` before `A`
 * only to break a tie), other bytes after them by value. Texts live in the arena given. Nothing
 * here talks to a database or looks at the clock. Errors: P3010, P3015, P3019, E0501, E0502, E0519.
 */
#ifndef BELLOWS_RUNTIME_HISTORY_MIGRATIONS_H
#define BELLOWS_RUNTIME_HISTORY_MIGRATIONS_H

#include <time.h>

#include "base/arena.h"
#include "base/common.h"
#include "base/diag/diag.h"
#include "base/digest.h"
#include "base/vec.h"

typedef struct Migration {
    const char *name; /* of the directory */
    const char *path; /* of migration.sql, as shown to the user */
    const char *sql;  /* as read, terminated */
    size_t len;
    char checksum[DIGEST_HEX_SIZE];
} Migration;

typedef VEC(Migration *) MigrationList;

typedef struct Migrations {
    Arena *arena;
    const char *path;
    bool exists;
    const char *provider; /* of migration_lock.toml; NULL when there is no such file */
    MigrationList list;   /* in order */
} Migrations;

/* A migration about to be written. */
typedef struct NewMigration {
    const char *name;      /* directory name: migrations_plan_names made it */
    const char *sql;       /* migration.sql */
    const char *snapshot;  /* schema.snapshot; NULL: none */
    const char *undo;      /* undo.sql; NULL: none */
    const char *replaces;  /* replaces (squashed.h); NULL: none */
    const char *withdrawn; /* withdrawn (withdrawn.h); NULL: none */
} NewMigration;

/* --- reading --- */

/* A folder that does not exist is empty. */
MUST_CHECK bool migrations_read(Arena *arena, const char *path, Diagnostics *diags,
                                Migrations **ret_migrations);
/* Is migration_lock.toml, where there is one, for PostgreSQL? Else P3019. */
MUST_CHECK bool migrations_check_lock(const Migrations *migrations, Diagnostics *diags);

/* The text of a file beside the migration's script ("schema.snapshot", "undo.sql"); NULL when there
 * is none. */
const char *migration_companion(Arena *arena, const Migration *migration, const char *file);

/* --- queries --- */

/* NULL when there is none of that name. */
const Migration *migrations_find(const Migrations *migrations, const char *name);
const Migration *migrations_last(const Migrations *migrations);
int migration_name_compare(const char *a, const char *b);
/* Does the checksum of a history row belong to this text? Line ends may have changed since, and old
 * versions of the reference tool wrote the bytes without padding. */
bool migration_checksum_matches(const Migration *migration, const char *stored);

/* --- names --- */

/* "Add users' e-mail" -> "add_users_e_mail", at most 200 bytes. */
char *migrations_slug(Arena *arena, const char *text);
/*
 * Directory names for `count` scripts of one plan: consecutive seconds from `now` (UTC), or from
 * the second after the folder's last migration if that is later, so the new ones sort behind it.
 * `suffixes[i]` ("1_expand") may be NULL. `slug` may be empty. E0519 when the folder's last name
 * sorts behind every time.
 */
MUST_CHECK bool migrations_plan_names(Arena *arena, const Migrations *migrations, time_t now,
                                      const char *slug, const char *const *suffixes, size_t count,
                                      Diagnostics *diags, const char **ret_names);

/* --- writing --- */

/*
 * Writes the migrations, and migration_lock.toml if that is missing: all of them or none, also when
 * the process is killed; the first few at most where the folder cannot be swapped
 * (migrations_stage.h).
 */
MUST_CHECK bool migrations_write(const Migrations *migrations, const NewMigration *added,
                                 size_t count, Diagnostics *diags);
/* Is there nothing in the way of removing it? Else reports. To be asked before a database is
 * changed for it, and of all that are to go before the first goes. */
MUST_CHECK bool migrations_may_remove(const Migrations *migrations, const char *name,
                                      Diagnostics *diags);
/* Removes the directory of a migration (undo, squash) with the files bellows knows; refuses when it
 * holds others. */
MUST_CHECK bool migrations_remove(const Migrations *migrations, const char *name,
                                  Diagnostics *diags);

#endif
