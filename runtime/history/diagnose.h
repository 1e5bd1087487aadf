/*
 * diagnose.h - the history in the database against the migrations folder.
 *
 * Facts for `status`, `check`, `dev` and `deploy`; reports nothing itself. Texts belong to the
 * folder and the history given, which must outlive the diagnosis.
 */
#ifndef BELLOWS_RUNTIME_HISTORY_DIAGNOSE_H
#define BELLOWS_RUNTIME_HISTORY_DIAGNOSE_H

#include "runtime/history/history.h"
#include "runtime/history/migrations.h"

typedef enum MigrationState {
    MIGRATION_APPLIED,
    MIGRATION_PENDING, /* in the folder, never applied or rolled back */
    MIGRATION_FAILED,
    MIGRATION_INTERRUPTED, /* started, neither finished nor failed: running now, or its process died
                            */
} MigrationState;

typedef struct DiagnosedMigration {
    const char *name;
    MigrationState state;
    const Migration *local; /* NULL: missing from the folder */
    const HistoryRow *row;  /* the row that counts; NULL: none */
    bool resumes;           /* INTERRUPTED, and deploy continues it; see deploy_diagnose */
    bool edited;            /* applied with another text */
    bool rolled_back;       /* PENDING, and an earlier try was rolled back */
    bool out_of_order;      /* PENDING, and one behind it is applied */
    bool waits;             /* PENDING: a contract script at its gate; see deploy_diagnose */
    const char *blocked_by; /* PENDING: the waiting one that must run first; NULL: none. The same */
    const char *gate;       /* of waits and blocked_by: the plan that is waited for; NULL: none */
} DiagnosedMigration;

typedef struct Diagnosis {
    bool has_history;              /* the table exists */
    VEC(DiagnosedMigration) items; /* folder order, then those missing from it by started_at */
    size_t applied, pending, failed, interrupted, edited, missing;
    const char
        *last_common;   /* last migration applied and in the folder before they part; NULL: none */
    bool diverged;      /* missing here and pending there */
    size_t resuming;    /* of the interrupted ones */
    size_t waiting;     /* of the pending ones */
    const char *holder; /* who holds the advisory lock now; NULL: nobody, or only we */
    const char *obstacle; /* what deploy refuses everything for; NULL: nothing. The same */
} Diagnosis;

void diagnose_history(Arena *arena, const Migrations *migrations, const History *history,
                      Diagnosis *ret_diagnosis);
/* Is everything applied that deploy would apply, and nothing wrong? What waits at a gate may. */
bool diagnosis_is_current(const Diagnosis *diagnosis);
/* Is one of these, which are of the folder, not applied? */
bool diagnosis_concerns(const Diagnosis *diagnosis, const MigrationList *list);

#endif
