/*
 * migrations_stage.h - a plan's scripts enter the migrations folder together.
 *
 * By a swap of the whole folder (migrations_swap.h): all or none, however a run ends. Where that
 * cannot be, all of them are written to a folder of their own first, on the same file system, and
 * moved in run order: the folder holds none, all, or the first few, and what is missing still lies
 * in the staging folder. Who calls these holds the folder (migrations_hold.h). For runtime/history
 * alone; errors are reported (E0502).
 */
#ifndef BELLOWS_RUNTIME_HISTORY_MIGRATIONS_STAGE_H
#define BELLOWS_RUNTIME_HISTORY_MIGRATIONS_STAGE_H

#include "base/file.h"
#include "base/place.h"
#include "runtime/history/migrations.h"

/* The files of a migration's directory that are ours to write and to remove. */
extern const char *const migration_files[];
enum { MIGRATION_FILE_COUNT = 5 };

/* Writes `added` and the lock file if that is missing. On failure nothing of it is in the folder.
 */
MUST_CHECK bool migrations_stage(const Migrations *migrations, const NewMigration *added,
                                 size_t count, Diagnostics *diags);

/* Removes a migration's directory with its own files; one that holds others stays. */
void migrations_remove_directory(int folder, const char *name);

/* Is this the name of a staging folder inside a migrations folder? The reader passes it over. */
bool migrations_is_staging(const char *name);

/* The staging folders that killed runs have left, as paths; what is left of swaps is taken away. */
void migrations_find_staging(Arena *arena, const Migrations *migrations, PathList *ret_paths);

/* Moves what is staged in `path` into the folder, in order, and takes the staging folder away. */
MUST_CHECK bool migrations_move_in(const Migrations *migrations, const char *path,
                                   Diagnostics *diags);
/* Reports the link that place_find did not follow. */
void migrations_tell_link(const Place *place, Diagnostics *diags);

/* Takes a staging folder away with the files we wrote. */
void migrations_sweep(const char *path);

#endif
