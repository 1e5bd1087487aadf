#include "base/common.h"

#include "runtime/undo/shared.h"

#include "base/file.h"
#include "runtime/host/process.h"

/* rev-list reads objects alone: no hook, no filter and no program of the repository runs. */
bool migrations_are_shared(Arena *arena, const Migrations *migrations, const MigrationList *list)
{
    vec_each(Migration *, at, list) {
        const char *path = arena_printf(arena, "./%s", (*at)->name);
        const char *const argv[] = {
            "git", "-C", migrations->path, "rev-list", "-1", "--remotes", "--", path, NULL};
        ProcessResult result;
        if (process_run(argv, NULL, arena, &result) && result.status == 0 &&
            result.output[0] != '\0') {
            return true;
        }
    }
    return false;
}
