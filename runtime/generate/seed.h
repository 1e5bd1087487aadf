/*
 * seed.h - the project's seed command, `prisma.seed` of package.json.
 *
 * Runs through /bin/sh with our standard streams, in the directory of package.json. Errors: E0509,
 * E0510.
 */
#ifndef BELLOWS_RUNTIME_GENERATE_SEED_H
#define BELLOWS_RUNTIME_GENERATE_SEED_H

#include <signal.h>

#include "base/arena.h"
#include "base/common.h"
#include "base/diag/diag.h"

typedef struct SeedCommand {
    const char *command;                      /* as configured */
    const char *directory;                    /* where it runs */
    const volatile sig_atomic_t *interrupted; /* then it is ended within a second; NULL: never */
} SeedCommand;

/* The nearest package.json from `directory` upwards; ret_command->command is NULL when none is
 * configured. */
MUST_CHECK bool seed_find(Arena *arena, const char *directory, Diagnostics *diags,
                          SeedCommand *ret_command);
/* `arguments` are appended, quoted; `environment` ("NAME=value", NULL at the end) is added to ours.
 */
MUST_CHECK bool seed_run(Arena *arena, const SeedCommand *command, const char *const *arguments,
                         size_t argument_count, const char *const *environment, Diagnostics *diags);

#endif
