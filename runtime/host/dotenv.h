/*
 * dotenv.h - `.env` files: NAME=value lines, quotes, comments, and ${NAME} expansion.
 *
 * Each program that reads such files has rules of its own; they differ where passwords hold `$`,
 * `#` or quotes. Sources: the package dotenv 16 and 17, Node's process.loadEnvFile, Prisma 6, the
 * packages dotenv-expand 10 to 12 and @next/env. What is already set in the environment wins and is
 * what
 * ${NAME} means. Values live in the arena. The environment is a function given by the caller, so
 * the parser is pure.
 */
#ifndef BELLOWS_RUNTIME_HOST_DOTENV_H
#define BELLOWS_RUNTIME_HOST_DOTENV_H

#include "base/arena.h"
#include "base/common.h"
#include "base/diag/diag.h"
#include "base/vec.h"

typedef struct EnvVariable {
    const char *name, *value;
    bool from_environment; /* the value is the environment's, not the file's */
} EnvVariable;

typedef struct EnvFile {
    const char *path;
    VEC(EnvVariable) variables; /* in the order of the file; the last of a name counts */
} EnvFile;

/* As getenv; may be NULL: nothing is set. */
typedef const char *EnvLookup(const char *name);

typedef enum DotenvRules { DOTENV_PACKAGE, DOTENV_NODE } DotenvRules;

typedef enum ExpandRules {
    EXPAND_PRISMA, /* `${NAME}` alone */
    EXPAND_DOTENV, /* `$NAME`, `${NAME}`, `${NAME:-else}`, `-`, `:+`, `+` */
    EXPAND_NEXT,   /* `$NAME`, `${NAME}`, `${NAME:-else}` */
} ExpandRules;

/* As version 6 reads one: expanded, and what the environment sets in its place. */
void dotenv_parse(Arena *arena, const char *text, size_t len, EnvLookup *lookup, EnvFile *ret_file);
/* The values as they are written, whatever the environment sets. */
void dotenv_parse_plain(Arena *arena, const char *text, size_t len, DotenvRules rules,
                        EnvFile *ret_file);
/* The references in `text` expanded: what is `set`, else what `lookup` sets, else what is `parsed`.
 */
const char *dotenv_expand(Arena *arena, const char *text, ExpandRules rules, EnvLookup *lookup,
                          const EnvFile *set, const EnvFile *parsed);
/* False, without a report, when there is no such file; E0511 when it cannot be read. */
MUST_CHECK bool dotenv_read(Arena *arena, const char *path, EnvLookup *lookup, Diagnostics *diags,
                            EnvFile *ret_file);
/* NULL when the file does not set it. */
const char *dotenv_get(const EnvFile *file, const char *name);

/*
 * The files the reference tool would read: beside the nearest package.json of `directory`, and the
 * first there is beside `schema_option`, beside the schema package.json names, in ./prisma, in
 * `directory`. Up to two, different paths. A name that both set differently from each other is
 * E0512.
 */
MUST_CHECK bool dotenv_load(Arena *arena, const char *directory, const char *schema_option,
                            EnvLookup *lookup, Diagnostics *diags, EnvFile ret_files[2],
                            size_t *ret_count);

#endif
