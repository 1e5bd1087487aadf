/*
 * deploy.h - applies what is pending, in order, holding contract scripts until told.
 *
 * The checks are the reference tool's: lock file, advisory lock, history table or an empty database
 * (P3005), no failed row (P3009). Then the gate (docs/directives.md): a contract script waits
 * unless `contract` is given or nothing was ever applied here; a script behind it that touches its
 * tables makes deploy refuse before it applies anything (E0506, exit 3).
 */
#ifndef BELLOWS_RUNTIME_DEPLOY_H
#define BELLOWS_RUNTIME_DEPLOY_H

#include "runtime/apply.h"

typedef struct DeployOptions {
    ApplyOptions apply;
    GuardOptions guard;
    bool contract;              /* run contract scripts */
    const char *const *schemas; /* those that must be empty without a history; NULL: the default */
    size_t schema_count;
    const char *const *external_tables; /* "schema.name": these do not count */
    size_t external_count;
} DeployOptions;

typedef struct DeployResult {
    VEC(const Migration *) applied; /* by this run, also when it then failed */
    VEC(const Migration *) held;    /* contract scripts that wait */
    VEC(const Migration *) pending; /* as found, before anything ran */
} DeployResult;

/* `ret_result` is filled also on failure. */
MUST_CHECK bool deploy_run(Arena *arena, Session *session, const Migrations *migrations,
                           const DeployOptions *options, const Progress *progress,
                           Diagnostics *diags, DeployResult *ret_result);

/* Only the planning part, for `status` and `plan`: what deploy would apply, what it would hold. */
MUST_CHECK bool deploy_plan(Arena *arena, const Migrations *migrations, const History *history,
                            bool contract, Diagnostics *diags, DeployResult *ret_result);

/* `migrate resolve`: lock file, advisory lock, then history_resolve_*. Exactly one name is given.
 */
MUST_CHECK bool deploy_resolve(Arena *arena, Session *session, const Migrations *migrations,
                               const char *applied, const char *rolled_back,
                               const GuardOptions *guard, const Progress *progress,
                               Diagnostics *diags);

#endif
