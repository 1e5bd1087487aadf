/*
 * generator.h - programs that make things out of a schema: found, started, asked, ended.
 *
 * The protocol is the ecosystem's (docs/generate.md): JSON-RPC 2.0, one object a line, requests on
 * the program's stdin, answers on its stderr. What else it writes there is passed on to ours. A
 * generator that cannot be started, ends early or answers with an error is reported once.
 */
#ifndef BELLOWS_RUNTIME_GENERATE_GENERATOR_H
#define BELLOWS_RUNTIME_GENERATE_GENERATOR_H

#include <signal.h>

#include "base/diag/diag.h"
#include "base/file.h"
#include "runtime/generate/dialogue.h"

/* --- finding --- */

typedef struct GeneratorSearch {
    const char *schema_folder; /* of the file that holds the block */
    const char *path;          /* the PATH variable; NULL when unset */
} GeneratorSearch;

typedef struct GeneratorCommand {
    const char *const *argv; /* NULL: the package is not installed */
    const char *package;     /* to install, when argv is NULL */
    const char *prisma;      /* the project's own `prisma`, which hosts it too; or NULL */
    const char *modules; /* the node_modules that holds a built-in generator's client; or NULL */
} GeneratorCommand;

/*
 * `provider` is `prisma-client-js` or `prisma-client` (hosted from their npm packages), a file
 * beside the schema or here, or else a command for the shell.
 */
void generator_find(Arena *arena, const char *provider, const GeneratorSearch *search,
                    GeneratorCommand *ret_command);

/* Lets `command->prisma` run one generator to its end, its output on ours. For generators that no
 * package of their own is installed for. A failure is reported. */
MUST_CHECK bool generator_run_by_prisma(Arena *arena, const GeneratorCommand *command,
                                        const char *schema_path, const char *name,
                                        char *const environment[], Diagnostics *diags);

/* A PATH that begins with the commands of the npm packages around the schema and around here. */
const char *generator_path(Arena *arena, const GeneratorSearch *search);

/* A file of an npm package, looked for in the node_modules of `folder` and of all above; or NULL.
 */
const char *package_file(Arena *arena, const char *folder, const char *file);

/* This machine in the words of `binaryTargets`, such as "debian-openssl-3.0.x". */
const char *generator_native_target(Arena *arena);

/* --- talking --- */

typedef struct GeneratorManifest {
    const char *title;          /* NULL: none given; so all of these */
    const char *default_output; /* as told: may be relative */
    const char *version, *engine_version;
    PathList requires_generators, requires_engines;
} GeneratorManifest;

typedef struct Generator {
    const char *name, *provider; /* the block's */
    Dialogue *dialogue;
    int requests;
    Arena *arena;
    Diagnostics *diags;
    const volatile sig_atomic_t *interrupted;
} Generator;

/* `generator` comes with everything but dialogue and requests. */
MUST_CHECK bool generator_start(Generator *generator, const GeneratorCommand *command,
                                char *const environment[]);
/* `params` is the request's `params`, as JSON. */
MUST_CHECK bool generator_get_manifest(Generator *generator, const char *params,
                                       GeneratorManifest *ret_manifest);
MUST_CHECK bool generator_generate(Generator *generator, const char *params);
/* Safe on one that was never started. */
void generator_stop(Generator *generator);

#endif
