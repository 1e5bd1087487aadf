#include "base/common.h"

#include "runtime/undo/shared.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "runtime/host/process.h"

/* Where there is no repository it has nothing to tell; any other refusal is no answer. */
static const char *refusal(Arena *arena, const ProcessResult *result)
{
    enum { FATAL = 128 };
    return result->status != FATAL || strstr(result->output, "not a git repository (or any") != NULL
               ? NULL
               : arena_strndup(arena, result->output, strcspn(result->output, "\n"));
}

/* rev-list reads objects alone: no hook, no filter and no program of the repository runs. */
bool migrations_are_shared(Arena *arena, const Migrations *migrations, const MigrationList *list,
                           const char **ret_refusal)
{
    *ret_refusal = NULL;
    vec_each(Migration *, at, list) {
        const char *path = arena_printf(arena, "./%s", (*at)->name);
        const char *const argv[] = {
            "git", "-C", migrations->path, "rev-list", "-1", "--remotes", "--", path, NULL};
        ProcessResult result;
        if (!process_run(argv, NULL, arena, &result)) {
            *ret_refusal = strerror(errno);
            return false;
        }
        if (result.status == 0 && result.output[0] != '\0') {
            return true;
        }
        *ret_refusal = refusal(arena, &result);
    }
    return false;
}
