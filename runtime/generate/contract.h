/*
 * contract.h - version 8's own commands, run out of the project's npm packages: `prisma contract
 * emit` makes types and contract of the schema, `prisma db sign` compares a database with the
 * contract and writes the result into it.
 *
 * Nothing is downloaded: the program is the one in a node_modules above the project. It gets the
 * environment it is given and an empty stdin. Texts live in the arena.
 */
#ifndef BELLOWS_RUNTIME_GENERATE_CONTRACT_H
#define BELLOWS_RUNTIME_GENERATE_CONTRACT_H

#include "base/arena.h"
#include "base/common.h"

/* Exit codes of its commands (`prisma db sign --help`). */
enum { CONTRACT_DONE = 0, CONTRACT_DIFFERS = 4 };

typedef struct ContractResult {
    int status;         /* as in ProcessResult */
    const char *output; /* both streams, the first 64 KiB */
} ContractResult;

/* Its program; NULL when the package is not installed around `folder`. */
const char *contract_program(Arena *arena, const char *folder);

/* Runs it to its end; `words` are its command and options, NULL-terminated. False with errno when
 * the system gives us no process. */
MUST_CHECK bool contract_run(Arena *arena, const char *program, const char *const words[],
                             char *const environment[], ContractResult *ret_result);

#endif
