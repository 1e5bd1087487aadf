/*
 * workspace.h - what the commands about history share: schema, folder, database, session.
 *
 * workspace_open reports what is missing and leaves nothing open on failure; workspace_close is
 * safe on a zeroed Workspace.
 */
#ifndef BELLOWS_CLI_PROJECT_WORKSPACE_H
#define BELLOWS_CLI_PROJECT_WORKSPACE_H

#include "cli/project/side.h"
#include "runtime/apply/deploy.h"
#include "runtime/history/diagnose.h"

typedef struct Workspace {
    SchemaText schema;
    const char *folder_path;
    Migrations *folder;
    Database database;
    Session *session;
    bool created; /* the database did not exist */
    SideContext context;
    Progress progress;
    bool locked; /* the migration lock is held for the whole command */
    Guard guard; /* set while it is */
    bool holds;  /* the migrations folder is ours: `hold` */
    int hold;
} Workspace;

typedef struct WorkspaceNeeds {
    bool database;             /* open a session */
    bool create;               /* create the database when it is missing */
    PrivateUse private_server; /* may it stand in? */
    bool folder;               /* read the migrations folder */
    bool writes;               /* and add to it: it is held from before it is read */
} WorkspaceNeeds;

MUST_CHECK bool workspace_open(Cli *cli, WorkspaceNeeds needs, Workspace *ret_workspace);
/* The database part alone, for commands that decide late. */
MUST_CHECK bool workspace_connect(Cli *cli, WorkspaceNeeds needs, Workspace *workspace);
void workspace_close(Workspace *workspace);

/* Opens, runs `work`, closes. */
ExitCode workspace_run(Cli *cli, WorkspaceNeeds needs,
                       ExitCode (*work)(Cli *cli, Workspace *workspace));

/* "PostgreSQL database ..., schema ... at ..." on standard output, as users of the format expect
 * it. */
void workspace_print_datasource(Cli *cli, const Workspace *workspace);
/* The migration lock of the database, for a command that changes more than it deploys: before its
 * first look at what it will change. deploy_run and deploy_resolve then use it. */
MUST_CHECK bool workspace_lock(Cli *cli, Workspace *workspace);
/* Before what does not need it any more (generators, seeds); closing does it too. */
void workspace_unlock(Workspace *workspace);
/* The options of a deployment from the command line and the environment. */
MUST_CHECK bool workspace_deploy_options(Cli *cli, const Workspace *workspace,
                                         DeployOptions *ret_options);
/* Reads the folder again, after migrations were written. */
MUST_CHECK bool workspace_reload_folder(Cli *cli, Workspace *workspace);
/* The history and how it compares with the folder. */
MUST_CHECK bool workspace_diagnose(Cli *cli, const Workspace *workspace, History **ret_history,
                                   Diagnosis *ret_diagnosis);
/* "└─ name/\n   └─ migration.sql" for the migrations a run applied. */
void workspace_print_tree(Cli *cli, const char *folder, const char *const *names, size_t count);

/* The plans that wait at their gates: since when, what for, which scripts. */
void workspace_print_gates(Cli *cli, Session *session, const GateList *gates);

#endif
