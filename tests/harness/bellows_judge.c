/*
 * bellows_judge.c - texts of many scripts, each carried out in memory and on a server.
 *
 *     bellows_judge --url URL --shadow URL [--after-each] FILE...
 *
 * A file is one database's life: scripts, parted by lines `-- next`. A script that is not
 * understood is left out on both sides; one that both refuse has done nothing. Behind the last
 * script (--after-each: behind each) what memory claims must be what the server has, and all that
 * only a dump tells, as far as memory says that it holds it.
 *
 * A line a script: FILE NUMBER, and `done`, `rows SQLSTATE` (memory passes rows over, the server
 * refuses one), `refused SQLSTATE`, `otherwise SQLSTATE` (both refuse,
 * each for another reason), `unknown REASON` or `WRONG WHY`;
 * a line `FILE end equal`, or `FILE end WRONG` with the difference below it. Behind a script that
 * is WRONG the file's others are left. Exit: 0 when nothing is wrong, 1 otherwise, 64 wrong usage.
 */
#include "base/common.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "compiler/canon/canon.h"
#include "compiler/compare/compare.h"
#include "compiler/replay/sql_replay.h"
#include "introspect/load/load.h"
#include "introspect/session/url.h"
#include "runtime/history/migrations.h"
#include "runtime/server/shadow.h"
#include "tests/harness/catalog_lines.h"

typedef struct Judge {
    const ConnInfo *main, *shadow;
    int version;
    bool after_each;
    size_t wrong;
} Judge;

/* One file. */
typedef struct Life {
    const Judge *judge;
    Arena *arena;
    Names *names;
    Diagnostics *diags;
    const char *path;
    MigrationList scripts;
    MigrationList taken; /* by both sides */
    SqlReplay *replay;
    Shadow *place;
    bool is_wrong;
} Life;

/* --- in memory ----------------------------------------------------------------------------------
 */

static SqlReplay *replay_taken(const Life *life, bool whole)
{
    const SqlReplayOptions options = {.default_schema = intern_cstr(life->names, "public"),
                                      .server_version = life->judge->version,
                                      .whole = whole};
    SqlReplay *replay = sql_replay_new(life->names, &options);
    vec_each(Migration *const, at, &life->taken) {
        if (!sql_replay_script(replay, (*at)->name, (*at)->sql, (*at)->len)) {
            break; /* the end of it says so */
        }
    }
    return replay;
}

static void renew(Life *life)
{
    sql_replay_free(life->replay);
    life->replay = replay_taken(life, false);
}

/* --- compared -----------------------------------------------------------------------------------
 */

static void print_lines(const char *lines, const char *other, const char *side)
{
    enum { SHOWN = 6 };
    size_t shown = 0;
    for (const char *at = lines; *at != '\0' && shown < SHOWN;) {
        const size_t len = strcspn(at, "\n") + 1;
        char *line = strndup(at, len);
        if (strstr(other, line) == NULL) {
            printf("    %s %s", side, line);
            shown++;
        }
        free(line); /* lint: allocation - strndup's */
        at += len;
    }
}

static bool load(const Life *life, const LoadOptions *options, Catalog **ret_catalog)
{
    if (!catalog_load(shadow_session(life->place), options, life->names, life->diags,
                      ret_catalog)) {
        return false;
    }
    canon_catalog(*ret_catalog);
    return true;
}

/* What the claimed catalog is silent about, or adds. Definitions in other words are for a server to
 * tell, and are no claim. */
static bool agrees_wholly(const Life *life, const Catalog *server)
{
    SqlReplay *replay = replay_taken(life, true);
    Catalog *memory = sql_replay_finish(replay, NULL, 0);
    bool agrees = true;
    if (memory != NULL && memory->is_complete) {
        canon_catalog(memory);
        const Comparison found = compare_catalogs(life->arena, memory, server, NULL);
        vec_each(const Difference, at, &found.differences) {
            StrBuf out = strbuf_new(STRBUF_MAX);
            difference_print(&out, at);
            const bool is_told = difference_is_claim(at);
            printf("    %s[%s]%s", is_told ? "" : "(in other words) ", at->word, strbuf_text(&out));
            strbuf_dispose(&out);
            agrees &= !is_told;
        }
    }
    catalog_free(memory);
    sql_replay_free(replay);
    return agrees;
}

static bool agrees(Life *life)
{
    SqlReplay *replay = replay_taken(life, false);
    Catalog *memory = sql_replay_finish(replay, NULL, 0), *server = NULL, *whole = NULL;
    const LoadOptions all = {.with_opaque = true, .complete = true, .all_schemas = true};
    LoadOptions some = {.with_opaque = true};
    if (memory == NULL) {
        printf("%s end unknown %s\n", life->path, sql_replay_finding(replay)->message);
        sql_replay_free(replay);
        return true;
    }
    canon_catalog(memory);
    Name *schemas = arena_array(life->arena, Name, memory->schemas.count);
    for (size_t i = 0; i < memory->schemas.count; i++) {
        schemas[i] = memory->schemas.items[i]->name;
    }
    some.schemas = schemas;
    some.schema_count = memory->schemas.count;
    bool ok = load(life, &some, &server) && load(life, &all, &whole);
    if (ok) {
        const char *ours = catalog_lines(life->arena, memory, whole->deploying_role);
        const char *theirs = catalog_lines(life->arena, server, NULL);
        const bool same = strcmp(ours, theirs) == 0;
        ok = agrees_wholly(life, whole) && same;
        printf("%s end %s\n", life->path, ok ? "equal" : "WRONG");
        print_lines(ours, theirs, "memory");
        print_lines(theirs, ours, "server");
    } else {
        printf("%s end WRONG the server cannot be read\n", life->path);
    }
    catalog_free(memory);
    catalog_free(server);
    catalog_free(whole);
    sql_replay_free(replay);
    return ok;
}

/* --- one script ---------------------------------------------------------------------------------
 */

/* "" where the server takes it. */
static const char *run_on_server(const Life *life, const Migration *script)
{
    const Migration *const one[] = {script};
    if (shadow_replay_more(life->place, one, 1, life->diags)) {
        return "";
    }
    const char *message = vec_last(&life->diags->items)->message;
    const char *state = strstr(message, "(SQLSTATE ");
    for (const char *more = state; more != NULL; more = strstr(more + 1, "(SQLSTATE ")) {
        state = more; /* a message may speak of one, too */
    }
    return arena_printf(life->arena, "%.5s %s", state == NULL ? "?????" : state + 10, message);
}

/* Some of it may stay although the rest fails. */
static bool steers(const Migration *script)
{
    return strstr(script->sql, "COMMIT") != NULL || strstr(script->sql, "CONCURRENTLY") != NULL ||
           strstr(script->sql, "ADD VALUE") != NULL;
}

/* What a row holds is not replayed: values that do not fit, constraints that a row breaks. */
static bool is_of_rows(const Migration *script, const char *server)
{
    const bool changes_rows =
        strstr(script->sql, "INSERT INTO") != NULL || strstr(script->sql, "UPDATE ") != NULL;
    return changes_rows && (strncmp(server, "22", 2) == 0 || strncmp(server, "23", 2) == 0);
}

static void wrong(Life *life, const Migration *script, const char *memory, const char *server)
{
    printf("%s %s WRONG memory: %s; server: %s\n%s\n", life->path, script->name, memory, server,
           script->sql);
    life->is_wrong = true;
}

/* False: the file goes no further. */
static bool judge_script(Life *life, Migration *script)
{
    const bool done = sql_replay_script(life->replay, script->name, script->sql, script->len);
    const SqlReplayFinding finding = *sql_replay_finding(life->replay);
    if (!done && finding.end == SQL_REPLAY_NOT_UNDERSTOOD) {
        printf("%s %s unknown %s\n", life->path, script->name, finding.message);
        renew(life);
        return true;
    }
    const char *server = run_on_server(life, script);
    if (done && is_of_rows(script, server)) {
        printf("%s %s rows %.5s\n", life->path, script->name, server);
        renew(life);
        return !steers(script);
    }
    if (done != (server[0] == '\0')) {
        wrong(life, script,
              done ? "takes it"
                   : arena_printf(life->arena, "%s %s", finding.sqlstate, finding.message),
              server);
        return false;
    }
    if (!done) {
        const bool same = strncmp(server, finding.sqlstate, 5) == 0;
        printf("%s %s %s %s%s%s\n", life->path, script->name, same ? "refused" : "otherwise",
               finding.sqlstate, same ? "" : " ", same ? "" : finding.message);
        if (!same) {
            printf("    server: %s\n%s\n", server, script->sql);
        }
        renew(life);
        return !steers(script);
    }
    printf("%s %s done\n", life->path, script->name);
    vec_push(life->arena, &life->taken, script);
    return true;
}

/* --- one file -----------------------------------------------------------------------------------
 */

static void cut(Life *life, const char *text)
{
    static const char mark[] = "\n-- next\n";
    for (size_t number = 1; text != NULL; number++) {
        const char *end = strstr(text, mark);
        Migration *script = arena_make(life->arena, Migration);
        script->len = end == NULL ? strlen(text) : (size_t)(end - text);
        script->sql = arena_strndup(life->arena, text, script->len);
        script->name = arena_printf(life->arena, "%zu", number);
        script->path = life->path;
        vec_push(life->arena, &life->scripts, script);
        text = end == NULL ? NULL : end + sizeof mark - 1;
    }
}

static void live_through(Life *life)
{
    const ShadowOptions options = {
        .main = life->judge->main, .shadow = life->judge->shadow, .force = true};
    if (!shadow_open(life->arena, &options, life->diags, &life->place) ||
        !shadow_replay(life->place, NULL, 0, life->diags)) {
        printf("%s end WRONG no database: %s\n", life->path,
               vec_last(&life->diags->items)->message);
        life->is_wrong = true;
        return;
    }
    renew(life);
    vec_each(Migration *const, at, &life->scripts) {
        if (!judge_script(life, *at)) {
            return;
        }
        if (life->judge->after_each && !agrees(life)) {
            wrong(life, *at, "claims", "differs");
            return;
        }
    }
    life->is_wrong |= !agrees(life);
}

static void judge_file(Judge *judge, const char *path)
{
    Arena *arena = arena_new();
    Life life = {.judge = judge, .arena = arena, .names = names_new(arena), .path = path};
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    life.diags = diagnostics_new(arena, sources_new(arena));
    if (!file_read(arena, path, &text, &len, &error)) {
        printf("%s end WRONG %s\n", path, file_error(error));
        life.is_wrong = true;
    } else {
        cut(&life, text);
        live_through(&life);
    }
    judge->wrong += life.is_wrong ? 1 : 0;
    sql_replay_free(life.replay);
    shadow_close(life.place);
    arena_free(arena);
}

int main(int argc, char **argv)
{
    Arena *arena = arena_new();
    Diagnostics *diags = diagnostics_new(arena, sources_new(arena));
    Judge judge = {0};
    Session *session = NULL;
    const char *url = NULL, *shadow = NULL;
    int at = 1;
    for (; at < argc && argv[at][0] == '-'; at++) {
        if (strcmp(argv[at], "--after-each") == 0) {
            judge.after_each = true;
        } else if (strcmp(argv[at], "--url") == 0 && at + 1 < argc) {
            url = argv[++at];
        } else if (strcmp(argv[at], "--shadow") == 0 && at + 1 < argc) {
            shadow = argv[++at];
        } else {
            at = argc;
        }
    }
    if (at >= argc || url == NULL || shadow == NULL) {
        fputs("usage: bellows_judge --url URL --shadow URL [--after-each] FILE...\n", stderr);
        arena_free(arena);
        return 64;
    }
    if (!url_parse(arena, url, diags, &judge.main) ||
        !url_parse(arena, shadow, diags, &judge.shadow) ||
        !session_open(judge.main, NULL, diags, &session)) {
        fputs("bellows_judge: the server cannot be reached\n", stderr);
        arena_free(arena);
        return 1;
    }
    judge.version = session_server_version(session);
    session_close(session);
    for (; at < argc; at++) {
        judge_file(&judge, argv[at]);
        fflush(stdout);
    }
    arena_free(arena);
    return judge.wrong == 0 ? 0 : 1;
}
