/*
 * variables.h - the environment as a configuration module sees and changes it.
 *
 * What is set outside, and what loaders of `.env` files and assignments add. What a loader that is
 * not known may have set is unknown: then a variable that is set outside still counts, one that is
 * not set cannot be told. Source of the loaders' rules: their manuals (dotenv 17, dotenv-expand 12,
 * dotenv-flow 4, @next/env 15, dotenvx 1, Node 22).
 */
#ifndef BELLOWS_RUNTIME_CONFIG_VARIABLES_H
#define BELLOWS_RUNTIME_CONFIG_VARIABLES_H

#include "runtime/config/value.h"
#include "runtime/host/dotenv.h"

typedef struct ConfigVariables {
    Arena *arena;
    EnvLookup *outer;   /* the process environment */
    EnvFile set;        /* by the module; the last of a name counts */
    const char *loader; /* what may have set more; NULL: nothing */
    Span loader_span;
    bool all_unknown; /* something may have set any of them anew */
} ConfigVariables;

/* What a loader does with a name that is set, and in which order files count. */
typedef struct LoadRules {
    bool override;       /* files win over what is set */
    bool last_file_wins; /* a later file over an earlier one */
    bool expand;         /* references, by `references` */
    ExpandRules references;
    DotenvRules syntax;
} LoadRules;

/* NULL: not set. */
const char *variables_get(const ConfigVariables *variables, const char *name);
/* A text, undefined, or unknown. */
ConfigValue *variables_value(const ConfigVariables *variables, const char *name, Span span);
void variables_set(ConfigVariables *variables, const char *name, const char *value);
/* Something at `span` may have set variables; `any`: those that are set, too. */
void variables_doubt(ConfigVariables *variables, const char *what, Span span, bool any);
/* Reads files, those that are there; returns what they say, each name once. */
EnvFile variables_load(ConfigVariables *variables, const char *const *paths, size_t count,
                       LoadRules rules);
/* References in what a loader said, expanded afterwards. */
void variables_expand(ConfigVariables *variables, const EnvFile *said, ExpandRules rules);

#endif
