/*
 * server_test.c - the private server's life: start, find again, stop, remove; and every way to die.
 *
 * Runs as any user. As root it also proves that root's servers are somebody else's.
 */
#include "base/common.h"

#include "runtime/server/server.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "introspect/session/session.h"
#include "runtime/host/folder.h"

enum { PATIENCE_MS = 15000, NAP_MS = 10 };

/* One test's belongings: a scratch folder that any user may enter, and a sink. */
typedef struct World {
    Arena *arena;
    Diagnostics *diags;
    char *folder;
} World;

static World world_new(void)
{
    World world = {.arena = arena_new()};
    world.diags = diagnostics_new(world.arena, NULL);
    world.folder = arena_strdup(world.arena, "/tmp/bellows-test-XXXXXX");
    cr_assert_not_null(mkdtemp(world.folder));
    cr_assert_eq(chmod(world.folder, 0755), 0);
    return world;
}

static void world_end(World *world)
{
    cr_assert(folder_remove(world->folder));
    arena_free(world->arena);
}

static ServerOptions options_at(const World *world, const char *folder)
{
    return (ServerOptions){
        .places = {.programs = getenv("BELLOWS_PG_BINDIR"),
                   .path = getenv("PATH"),
                   .cache = getenv("BELLOWS_TEST_CACHE")},
        .folder = folder == NULL ? NULL : path_join(world->arena, world->folder, folder)};
}

static const char *first_message(const World *world)
{
    return world->diags->items.count == 0 ? "" : world->diags->items.items[0]->message;
}

static Server *start(const World *world, const ServerOptions *options)
{
    Server *server = NULL;
    cr_assert(server_start(options, world->arena, world->diags, &server), "%s",
              first_message(world));
    return server;
}

/* In a forked child nothing of the test runner's may fail: it knows no such process and would wait
 * for ever. What goes wrong there is said, and is the exit status. */
static Server *start_in_child(const World *world, const ServerOptions *options)
{
    Server *server = NULL;
    if (!server_start(options, world->arena, world->diags, &server)) {
        fprintf(stderr, "a child's server: %s\n", first_message(world));
        _exit(EXIT_FAILURE);
    }
    return server;
}

static ServerStatus status_of(const World *world, const ServerOptions *options)
{
    ServerStatus status;
    cr_assert(server_status(options, world->arena, world->diags, &status), "%s",
              first_message(world));
    return status;
}

/* The one value of a one-row query, as text; NULL when it failed. */
static const char *try_to_ask(const World *world, const char *url, const char *sql)
{
    const ConnInfo *info = NULL;
    Session *session = NULL;
    Result *result = NULL;
    const char *text = NULL;
    if (url_parse(world->arena, url, world->diags, &info) &&
        session_open(info, NULL, world->diags, &session) &&
        session_query(session, (Query){.sql = sql}, world->diags, &result)) {
        text =
            result_rows(result) == 0 ? "" : arena_strdup(world->arena, result_text(result, 0, 0));
        result_free(result);
    }
    session_close(session);
    return text;
}

static const char *ask(const World *world, const char *url, const char *sql)
{
    const char *text = try_to_ask(world, url, sql);
    cr_assert_not_null(text, "%s", first_message(world));
    return text;
}

static const char *ask_in_child(const World *world, const char *url, const char *sql)
{
    const char *text = try_to_ask(world, url, sql);
    if (text == NULL) {
        fprintf(stderr, "a child's question: %s\n", first_message(world));
        _exit(EXIT_FAILURE);
    }
    return text;
}

static bool is_there(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

/* A process that has ended may still be listed where nobody waits for it. */
static bool process_lives(pid_t pid)
{
    if (kill(pid, 0) != 0) {
        return false;
    }
    char path[64];
    char state = 0;
    snprintf(path, sizeof(path), "/proc/%ld/stat", (long)pid);
    FILE *file = fopen(path, "r");
    bool ended = file != NULL && fscanf(file, "%*d %*s %c", &state) == 1 && state == 'Z';
    if (file != NULL) {
        fclose(file);
    }
    return !ended;
}

/* A process lets go of its files a moment before it is gone. */
static bool process_ends(pid_t pid)
{
    for (int waited = 0; process_lives(pid) && waited < PATIENCE_MS; waited += NAP_MS) {
        process_nap(NAP_MS);
    }
    return !process_lives(pid);
}

/* --- temporary servers --- */

Test(temporary, lives_and_leaves_nothing)
{
    World world = world_new();
    ServerOptions options = options_at(&world, NULL);
    options.settings = (const char *const[]){"work_mem=7MB", NULL};
    Server *server = start(&world, &options);
    const char *url = server_url(server, "postgres");
    cr_assert_str_eq(ask(&world, url, "show work_mem"), "7MB");
    cr_assert_str_eq(ask(&world, url, "show listen_addresses"), "");
    cr_assert_str_eq(ask(&world, url, "show server_encoding"), "UTF8");
    cr_assert_str_eq(ask(&world, url, "select datcollate from pg_database limit 1"), "C");
    const char *home = arena_strdup(world.arena, server_home(server));
    cr_assert(is_there(home));
    cr_assert(server_stop(server, world.diags));
    cr_assert_not(is_there(home));
    world_end(&world);
}

Test(temporary, two_at_once_are_two)
{
    World world = world_new();
    ServerOptions options = options_at(&world, NULL);
    Server *first = start(&world, &options);
    Server *second = start(&world, &options);
    cr_assert_str_neq(server_url(first, "postgres"), server_url(second, "postgres"));
    cr_assert(server_stop(first, world.diags));
    cr_assert_str_eq(ask(&world, server_url(second, "postgres"), "select 1"), "1");
    cr_assert(server_stop(second, world.diags));
    world_end(&world);
}

/* The child starts a server, tells where, and waits to be killed. */
static _Noreturn void be_an_owner(const World *world, int output)
{
    ServerOptions options = options_at(world, NULL);
    Server *server = start_in_child(world, &options);
    const char *pid = ask_in_child(world, server_url(server, "postgres"),
                                   "select pg_read_file('postmaster.pid', 0, 20)");
    dprintf(output, "%s\n%ld\n", server_home(server), strtol(pid, NULL, 10));
    for (;;) {
        (void)pause();
    }
}

static void check_death_of_owner(int signal)
{
    World world = world_new();
    int ends[2];
    cr_assert(process_pipe(ends));
    pid_t owner = fork();
    if (owner == 0) {
        /* A runner in the background hands down that SIGINT is ignored. */
        (void)sigaction(signal, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
        be_an_owner(&world, ends[1]);
    }
    close(ends[1]);
    char home[256];
    long pid = 0;
    FILE *input = fdopen(ends[0], "r");
    cr_assert_eq(fscanf(input, "%255s %ld", home, &pid), 2);
    fclose(input);
    cr_assert(is_there(home));
    cr_assert(process_lives((pid_t)pid));
    kill(owner, signal);
    waitpid(owner, NULL, 0);
    for (int waited = 0; is_there(home) && waited < PATIENCE_MS; waited += NAP_MS) {
        process_nap(NAP_MS);
    }
    cr_assert_not(is_there(home));
    cr_assert(process_ends((pid_t)pid));
    world_end(&world);
}

Test(temporary, goes_with_an_owner_that_is_killed)
{
    check_death_of_owner(SIGKILL);
}

Test(temporary, goes_with_an_owner_that_is_interrupted)
{
    check_death_of_owner(SIGINT);
}

/* What a machine's crash leaves: an old home without a living process. */
Test(temporary, sweeps_homes_that_nobody_holds)
{
    World world = world_new();
    ServerOptions options = options_at(&world, NULL);
    options.places.temporary = world.folder;
    cr_assert_eq(chmod(world.folder, 01777), 0);
    Server *server = start(&world, &options);
    struct stat owner;
    cr_assert_eq(stat(server_home(server), &owner), 0);
    cr_assert(server_stop(server, world.diags));

    const char *left = path_join(world.arena, world.folder, "bellows-tmp-gone");
    const char *young = path_join(world.arena, world.folder, "bellows-tmp-young");
    Account account = {.uid = owner.st_uid, .gid = owner.st_gid};
    const Account *to = geteuid() == 0 ? &account : NULL;
    cr_assert(folder_make(path_join(world.arena, left, "data"), to) && folder_make(young, to));
    const struct timespec old[] = {{.tv_sec = 1000000000}, {.tv_sec = 1000000000}};
    cr_assert_eq(utimensat(AT_FDCWD, left, old, 0), 0);
    Server *next = start(&world, &options);
    cr_assert_not(is_there(left));
    cr_assert(is_there(young));
    cr_assert(server_stop(next, world.diags));
    world_end(&world);
}

/* --- project servers --- */

Test(project, is_found_again_and_keeps_its_data)
{
    World world = world_new();
    ServerOptions options = options_at(&world, ".bellows/postgres");
    cr_assert_not(status_of(&world, &options).exists);
    cr_assert_not(is_there(options.folder), "looking made a folder");
    Server *server = start(&world, &options);
    ServerStatus first = status_of(&world, &options);
    cr_assert(first.running);
    cr_assert_str_eq(first.url, server_url(server, "postgres"));
    ask(&world, first.url, "create table public.kept as select 42 as n");

    Server *again = start(&world, &options);
    cr_assert_eq(status_of(&world, &options).pid, first.pid);
    cr_assert(server_stop(again, world.diags));
    ServerStatus stopped = status_of(&world, &options);
    cr_assert_not(is_there(path_join(world.arena, first.home, "socket")));
    cr_assert(stopped.exists && !stopped.running && stopped.url == NULL);

    (void)start(&world, &options);
    cr_assert_str_eq(ask(&world, first.url, "select n from public.kept"), "42");
    cr_assert(server_remove_project(&options, world.arena, world.diags));
    cr_assert_not(is_there(first.home));
    cr_assert(process_ends(first.pid));
    world_end(&world);
}

Test(project, stops_without_its_starter)
{
    World world = world_new();
    ServerOptions options = options_at(&world, "pg");
    pid_t starter = fork();
    if (starter == 0) {
        (void)start_in_child(&world, &options);
        _exit(0);
    }
    int status = -1;
    waitpid(starter, &status, 0);
    cr_assert_eq(status, 0);
    ServerStatus found = status_of(&world, &options);
    cr_assert(found.running);
    cr_assert(server_stop_project(&options, world.arena, world.diags));
    cr_assert(process_ends(found.pid));
    cr_assert(server_stop_project(&options, world.arena, world.diags), "stopping twice is fine");
    cr_assert(server_remove_project(&options, world.arena, world.diags));
    world_end(&world);
}

Test(project, two_starters_get_one_server)
{
    enum { STARTERS = 4 };
    World world = world_new();
    ServerOptions options = options_at(&world, "pg");
    for (int i = 0; i < STARTERS; i++) {
        if (fork() == 0) {
            Server *server = start_in_child(&world, &options);
            const char *url = server_url(server, "postgres");
            _exit(strcmp(ask_in_child(&world, url, "select 1"), "1") != 0);
        }
    }
    for (int i = 0; i < STARTERS; i++) {
        int status = -1;
        cr_assert_gt(wait(&status), 0);
        cr_assert_eq(status, 0);
    }
    cr_assert(server_remove_project(&options, world.arena, world.diags));
    world_end(&world);
}

Test(project, comes_back_after_a_crash)
{
    World world = world_new();
    ServerOptions options = options_at(&world, "pg");
    Server *server = start(&world, &options);
    ask(&world, server_url(server, "postgres"), "create table public.kept as select 42 as n");
    ask(&world, server_url(server, "postgres"), "checkpoint");
    pid_t crashed = status_of(&world, &options).pid;
    kill(crashed, SIGKILL);
    Server *next = start(&world, &options);
    cr_assert_neq(status_of(&world, &options).pid, crashed);
    cr_assert_str_eq(ask(&world, server_url(next, "postgres"), "select n from public.kept"), "42");
    cr_assert(server_remove_project(&options, world.arena, world.diags));
    world_end(&world);
}

/* After a restart of the machine, the number in the pid file may be anybody's: here, ours. */
Test(project, does_not_believe_a_stale_pid_file)
{
    World world = world_new();
    ServerOptions options = options_at(&world, "pg");
    Server *server = start(&world, &options);
    cr_assert(server_stop(server, world.diags));
    ServerStatus status = status_of(&world, &options);
    const char *path = path_join(world.arena, status.home, "data/postmaster.pid");
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    fprintf(file, "%ld\n%s/data\n1\n5432\n%s/socket\n\n1 1\nready\n", (long)getpid(), status.home,
            status.home);
    fclose(file);
    cr_assert_not(status_of(&world, &options).running);
    (void)start(&world, &options);
    cr_assert_neq(status_of(&world, &options).pid, getpid());
    cr_assert(server_remove_project(&options, world.arena, world.diags));
    world_end(&world);
}

static void check_folder(const char *name, const char *expected_socket)
{
    World world = world_new();
    ServerOptions options = options_at(&world, name);
    Server *server = start(&world, &options);
    const char *url = server_url(server, "postgres");
    const char *socket = ask(&world, url, "show unix_socket_directories");
    cr_assert_eq(strncmp(socket, expected_socket, strlen(expected_socket)), 0, "%s", socket);
    cr_assert(is_there(socket));
    cr_assert(server_remove_project(&options, world.arena, world.diags));
    cr_assert_not(is_there(socket));
    world_end(&world);
}

Test(project, deep_folder_has_its_socket_elsewhere)
{
    check_folder("a-project-with-a-rather-long-name/and-a-folder-below-it/pg",
                 "/tmp/bellows-test-");
    check_folder("a-project-with-a-rather-long-name/and-a-folder-below-it/and-one-more/and-more/pg",
                 "/tmp/bellows-");
}

Test(project, odd_folder_has_its_socket_elsewhere)
{
    check_folder("it's \"a, b\" % folder/pg", "/tmp/bellows-");
}

/* --- as root --- */

Test(root, server_is_somebody_elses)
{
    World world = world_new();
    if (geteuid() == 0) {
        ServerOptions options = options_at(&world, "pg");
        Server *server = start(&world, &options);
        struct stat info;
        cr_assert_eq(stat(server_home(server), &info), 0);
        cr_assert_neq(info.st_uid, 0);
        cr_assert_eq(info.st_mode & 07777, 0700);
        cr_assert(server_remove_project(&options, world.arena, world.diags));
    }
    world_end(&world);
}

/* /root and the like are closed to the server's account. */
Test(root, closed_project_has_its_server_elsewhere)
{
    World world = world_new();
    if (geteuid() == 0) {
        ServerOptions options = options_at(&world, "closed/pg");
        cr_assert(folder_make(path_folder(world.arena, options.folder), NULL));
        cr_assert_eq(chmod(path_folder(world.arena, options.folder), 0700), 0);
        Server *server = start(&world, &options);
        cr_assert_eq(strncmp(server_home(server), "/var/tmp/bellows-", 17), 0);
        cr_assert(status_of(&world, &options).running);
        cr_assert(server_remove_project(&options, world.arena, world.diags));
        cr_assert_not(is_there(server_home(server)));
        cr_assert_not(is_there(options.folder));
    }
    world_end(&world);
}

static _Noreturn void live_as(const World *world, const Account *account)
{
    if (!process_become(account)) {
        _exit(EXIT_FAILURE);
    }
    ServerOptions options = options_at(world, ".bellows/postgres");
    options.places.cache = path_join(world->arena, world->folder, "cache");
    (void)start_in_child(world, &options);
    options.folder = NULL;
    Server *server = start_in_child(world, &options);
    const bool stopped = server_stop(server, world->diags);
    options.folder = path_join(world->arena, world->folder, ".bellows/postgres");
    const bool removed = server_remove_project(&options, world->arena, world->diags);
    _exit(stopped && removed ? EXIT_SUCCESS : EXIT_FAILURE);
}

/* The same life without root's rights: the child gives them up for good. */
Test(root, is_not_needed)
{
    World world = world_new();
    const struct passwd *entry = getpwnam("nobody");
    if (geteuid() == 0 && entry != NULL) {
        Account nobody = {.uid = entry->pw_uid, .gid = entry->pw_gid};
        cr_assert_eq(chown(world.folder, nobody.uid, nobody.gid), 0);
        pid_t child = fork();
        if (child == 0) {
            live_as(&world, &nobody);
        }
        int status = -1;
        waitpid(child, &status, 0);
        cr_assert_eq(status, 0);
    }
    world_end(&world);
}

/* --- when it cannot be --- */

Test(failure, missing_version_is_named)
{
    World world = world_new();
    ServerOptions options = options_at(&world, "pg");
    options.major = 7;
    Server *server = NULL;
    cr_assert_not(server_start(&options, world.arena, world.diags, &server));
    cr_assert_eq(world.diags->items.items[0]->code, DIAG_SERVER_VERSION_MISSING);
    cr_assert_not_null(strstr(first_message(&world), "PostgreSQL 7"));
    world_end(&world);
}

static void write_program(const World *world, const char *name, const char *text)
{
    int error = 0;
    const char *path = path_join(world->arena, world->folder, name);
    cr_assert(file_write(path, text, strlen(text), &error));
    cr_assert_eq(chmod(path, 0755), 0);
}

/* Programs of a version newer than any: found first, through PATH, and failing as told. */
static ServerOptions fake_programs(const World *world, const char *initdb)
{
    write_program(world, "postgres", "#!/bin/sh\necho 'postgres (PostgreSQL) 999.1'\n");
    write_program(world, "initdb", initdb);
    ServerOptions options = options_at(world, NULL);
    options.places.cache = NULL;
    options.places.programs = NULL;
    options.places.path = world->folder;
    return options;
}

Test(failure, initdb_speaks_for_itself)
{
    World world = world_new();
    ServerOptions options = fake_programs(&world, "#!/bin/sh\necho 'no room left' >&2\nexit 1\n");
    options.places.temporary = world.folder;
    Server *server = NULL;
    cr_assert_not(server_start(&options, world.arena, world.diags, &server));
    cr_assert_eq(world.diags->items.items[0]->code, DIAG_SERVER_INITDB);
    cr_assert_not_null(strstr(first_message(&world), "no room left"));
    cr_assert_eq(folder_list(world.folder, "bellows-tmp-", world.arena)[0], NULL);
    world_end(&world);
}

/* No other programs will do when a folder was named. */
Test(failure, named_programs_or_none)
{
    World world = world_new();
    ServerOptions options = options_at(&world, NULL);
    options.places.programs = world.folder;
    cr_assert_not(server_is_installed(&options.places, world.arena));
    Server *server = NULL;
    cr_assert_not(server_start(&options, world.arena, world.diags, &server));
    cr_assert_eq(world.diags->items.items[0]->code, DIAG_SERVER_NOT_INSTALLED);
    world_end(&world);
}

Test(failure, server_that_does_not_start_shows_its_log)
{
    World world = world_new();
    ServerOptions options = options_at(&world, NULL);
    options.settings = (const char *const[]){"no_such_setting=1", NULL};
    Server *server = NULL;
    cr_assert_not(server_start(&options, world.arena, world.diags, &server));
    cr_assert_eq(world.diags->items.items[0]->code, DIAG_SERVER_START);
    cr_assert_not_null(strstr(first_message(&world), "no_such_setting"));
    world_end(&world);
}
