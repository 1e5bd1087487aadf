/*
 * deploy_world.h - a database and migrations for each test that deploys; see deploy_test.c.
 *
 * Each test has a database of its own and migrations that live in memory only. What is here fails
 * the test that calls it.
 */
#ifndef BELLOWS_TESTS_LIVE_DEPLOY_WORLD_H
#define BELLOWS_TESTS_LIVE_DEPLOY_WORLD_H

#include <signal.h>

#include "introspect/session/session.h"
#include "runtime/apply/deploy.h"

/* One test's belongings. */
typedef struct World {
    Arena *arena;
    Diagnostics *diags;
    const ConnInfo *maintenance, *info;
    const char *database;
    Session *session; /* what is tested */
    Session *other;   /* somebody else on the same database */
    Migrations *migrations;
    DeployOptions options;
    DeployResult result;
    Progress progress;
} World;

extern World world;
extern volatile sig_atomic_t interrupted;
/* "NAME finished 1, NAME failed 0": the history as a query. */
extern const char history_line[];

/* Of a test suite. */
void set_up(void);
void tear_down(void);

Session *connect_to(const ConnInfo *info);
void run_on(Session *session, const char *sql);
/* As a role or a database may set it: from the next session on, which is the one tested. */
void set_for_database(const char *setting);
/* A migration behind the others; another text for it. */
Migration *add(const char *name, const char *sql);
void edit(Migration *migration, const char *sql);

bool deploy(void);
void deploy_well(void);
void deploy_fails(DiagCode code);
void resolve_rolled_back(const char *name);
const char *last_report(void);
/* Is there a note of the first report that holds `text`? */
bool is_noted(const char *text);

/* The first cell as a text, "" when there is no row, "null". */
const char *value(const char *sql);
void expect(const char *sql, const char *expected);

#endif
