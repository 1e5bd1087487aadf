/*
 * deploy.h - applies what is pending, in order, holding contract scripts until told.
 *
 * The checks are the reference tool's: lock file, advisory lock, history table or an empty database
 * (P3005), no failed row (P3009). Then the gates (gate.h): a contract script waits until that of
 * its plan is opened, or nothing was ever applied here; a script behind it that touches what it
 * does makes deploy refuse before it applies anything (E0506, exit 3).
 */
#ifndef BELLOWS_RUNTIME_APPLY_DEPLOY_H
#define BELLOWS_RUNTIME_APPLY_DEPLOY_H

#include "runtime/apply/apply.h"
#include "runtime/ahead/gate.h"
#include "runtime/ahead/pending.h"
#include "runtime/history/diagnose.h"

typedef struct DeployOptions {
    ApplyOptions apply;
    GuardOptions guard;
    GateOptions gates;
    CodeManner code;
    const bool *agreed; /* by HazardCode: losses that need no other consent; NULL: none is looked
                         * for */
    bool development;   /* the database is noted as one for development (development.h) */
    const char *const *schemas; /* must be empty without a history; NULL: the default */
    size_t schema_count;
    const char *const *external_tables; /* "schema.name": these do not count */
    size_t external_count;
} DeployOptions;

typedef struct DeployResult {
    MigrationRefs pending; /* as found, before anything ran; contract scripts that wait included */
    MigrationRefs applied; /* by this run, also when it then failed */
    MigrationRefs held;    /* contract scripts that wait */
    GateList gates;        /* whose, those that were opened included */
    BlockedList blocked;   /* E0506 for each */
} DeployResult;

/* Is it one of the contract scripts that wait? */
bool deploy_holds(const DeployResult *result, const Migration *migration);

/* `ret_result` is filled also on failure, as far as it came. */
MUST_CHECK bool deploy_run(Arena *arena, Session *session, const Migrations *migrations,
                           const DeployOptions *options, const Progress *progress,
                           Diagnostics *diags, DeployResult *ret_result);

/* All that deploy looks at before it applies anything, and what it would apply and hold then. Takes
 * no lock and changes nothing. */
MUST_CHECK bool deploy_preview(Arena *arena, Session *session, const Migrations *migrations,
                               const DeployOptions *options, Diagnostics *diags,
                               DeployResult *ret_result);

/* What deploy would apply (`pending` less `held`) and hold, for `status` and `plan`; E0506 as
 * deploy. */
MUST_CHECK bool deploy_plan(Arena *arena, Session *session, const Migrations *migrations,
                            const History *history, const GateOptions *gates, Diagnostics *diags,
                            DeployResult *ret_result);

/* `migrate resolve`: lock file, advisory lock, history. Exactly one of the names is not NULL. */
MUST_CHECK bool deploy_resolve(Arena *arena, Session *session, const Migrations *migrations,
                               const char *applied, const char *rolled_back,
                               const GuardOptions *guard, const Progress *progress,
                               Diagnostics *diags);

/* --- deploy_check.c --- */

/* diagnose_history, and what only the database tells: which interrupted migrations deploy would
 * continue, who is at work right now; which of the pending ones wait at a gate or behind one, as
 * deploy_plan knows it; and what deploy would refuse all of them for. */
MUST_CHECK bool deploy_diagnose(Arena *arena, Session *session, const Migrations *migrations,
                                History *history, Diagnostics *diags, Diagnosis *ret_diagnosis);

/* Without a history: is there no table but those of others? Else P3005. */
MUST_CHECK bool deploy_check_empty(Arena *arena, Session *session, const DeployOptions *options,
                                   const History *history, Diagnostics *diags);
/* P3009 for each row that failed, or was interrupted and cannot be continued. */
MUST_CHECK bool deploy_check_rows(Arena *arena, Session *session, const Migrations *migrations,
                                  History *history, Diagnostics *diags);

/* What can be told of the pending scripts before anything is touched: those that are no SQL, plans
 * with scripts missing (E0517, E0518, E0525). */
MUST_CHECK bool deploy_check_pending(const Migrations *migrations, const MigrationRefs *pending,
                                     Diagnostics *diags);
/* The same of the whole folder: for who empties a database to fill it again. */
MUST_CHECK bool deploy_check_folder(const Migrations *migrations, Diagnostics *diags);
/* Through a pooler: can all of the folder run there? E0530 for each that cannot. */
MUST_CHECK bool deploy_check_pooler(const Migrations *migrations, const Guard *guard,
                                    Diagnostics *diags);

/* Was each pending one made for the state that this database is in? Else E0536. */
MUST_CHECK bool deploy_check_withdrawn(Arena *arena, const History *history,
                                       const DeployResult *result, Diagnostics *diags);
/* Of each gate that was opened by name: is the program gone that it waits for (witness.h)? What is
 * seen of it is told. */
void deploy_tell_witness(Arena *arena, Session *session, const DeployOptions *options,
                         const DeployResult *result, const Progress *progress);

#endif
