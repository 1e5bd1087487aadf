/*
 * own_config.h - bellows.json: what Prisma's configuration has no place for.
 *
 * One JSON object in the working directory, read once a run. Every key is used or refused (E0593),
 * the file itself too when it is no JSON (E0592); docs/configuration.md lists the keys.
 */
#ifndef BELLOWS_CLI_PROJECT_OWN_CONFIG_H
#define BELLOWS_CLI_PROJECT_OWN_CONFIG_H

#include "cli/console/cli.h"
#include "compiler/plan/steps/hazard.h"

/* A format, and who named it. */
typedef struct OwnFormat {
    const char *form; /* NULL: not given */
    const char *from; /* the option, or the key */
    Span place;
} OwnFormat;

typedef struct OwnConfig {
    bool no_cache;                     /* outcomes of replays are not kept */
    bool config_node;                  /* Node may run the configuration */
    TextList tables, enums, schemas;   /* that others own */
    bool blocks[HAZARD_CODE_COUNT];    /* a plan with such a hazard is refused */
    TextList drift_kinds, drift_names; /* kinds and patterns of names that drift leaves out */
    TextList drift_schemas;            /* patterns of schemas it leaves out */
    bool sign;                         /* deploys sign the database */
    OwnFormat check_format, plan_format;
} OwnConfig;

/*
 * Dangers that the caller has agreed to by name: --allow-hazard CODE, at every command that plans
 * or applies. The codes are those of `hazards.block` and of every output. What is allowed is told
 * all the same, stops nothing and needs no other consent; what is blocked stays blocked.
 */
typedef struct Allowed {
    bool codes[HAZARD_CODE_COUNT];
} Allowed;

/* E0605: a name that no hazard has. */
MUST_CHECK bool project_allowed(Cli *cli, Allowed *ret_allowed);

/* Never NULL: without the file nothing is set. */
MUST_CHECK bool project_own_config(Cli *cli, const OwnConfig **ret_config);
/* --format, else what bellows.json says, else none. */
MUST_CHECK bool project_format(Cli *cli, bool of_check, OwnFormat *ret_format);

#endif
