/*
 * bellows_replay.c - migrations folders replayed in memory and on a server, object by object.
 *
 *     bellows_replay [--url URL [--shadow URL]] [--show] [--plans] FOLDER...
 *
 * A line a folder: `equal`, what is not understood (the scripts before it are then compared), what
 * the server would refuse, or how both differ. Without --url nothing is compared. The server's side
 * is a temporary database a folder, or the one that --shadow names for all, cleared in between,
 * which is several times as fast. --show prints both catalogs. --plans: scripts with the same name
 * behind the number are one plan's; compared behind each plan, a line each, all that a dump tells
 * behind the last. Exit: 0 when nothing that is claimed is wrong, 1 otherwise, 64 wrong usage.
 */
#include "base/common.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "compiler/canon/canon.h"
#include "compiler/canon/canon_definition.h"
#include "compiler/compare/compare.h"
#include "compiler/replay/sql_replay.h"
#include "introspect/load/load.h"
#include "introspect/session/url.h"
#include "runtime/history/migrations.h"
#include "runtime/script/script.h"
#include "runtime/server/shadow.h"
#include "tests/harness/catalog_lines.h"

typedef struct Tool {
    Arena *arena;
    Names *names;
    Diagnostics *diags;
    const char *url, *shadow; /* NULL: not given */
    int version;              /* of the server, or of the grammar where there is none */
    bool show, plans;
    bool unreadable; /* the script at hand: psql's commands, bytes that are no text */
    size_t equal, partly, refused, wrong;
    size_t defined, meant; /* objects with a definition; those that mean the same by canon */
    size_t whole, agree;   /* catalogs that hold everything; those that compare says are the same */
} Tool;

static const char *text_of(Name name)
{
    return name == NULL ? "-" : name->text;
}

/* --- definitions by meaning ---------------------------------------------------------------------
 */

static const Opaque *find_same(const Catalog *catalog, const Opaque *object)
{
    vec_each(Opaque *const, at, &catalog->opaque) {
        if ((*at)->kind == object->kind && (*at)->schema == object->schema &&
            (*at)->relation == object->relation && (*at)->name == object->name) {
            return *at;
        }
    }
    return NULL;
}

static bool has_text(OpaqueKind kind)
{
    return kind == OPAQUE_CHECK || kind == OPAQUE_VIEW || kind == OPAQUE_MATERIALIZED_VIEW ||
           kind == OPAQUE_FUNCTION || kind == OPAQUE_TRIGGER || kind == OPAQUE_POLICY ||
           kind == OPAQUE_EXPRESSION_INDEX;
}

static void compare_definitions(Tool *tool, const Catalog *memory, const Catalog *server)
{
    vec_each(Opaque *const, at, &memory->opaque) {
        const Opaque *other = has_text((*at)->kind) ? find_same(server, *at) : NULL;
        if (other == NULL) {
            continue;
        }
        const Name written = canon_definition(memory, *at);
        const Name printed = canon_definition(server, other);
        tool->defined++;
        tool->meant += written != NULL && written == printed ? 1 : 0;
        if (tool->show && (written == NULL || written != printed)) {
            printf("unsure %s %s:\n%s\n%s\n%s\n%s\n", opaque_word((*at)->kind), (*at)->name->text,
                   (*at)->definition->text, other->definition->text, text_of(written),
                   text_of(printed));
        }
    }
}

/* The first lines that only one has. */
static void print_difference(const char *memory, const char *server)
{
    enum { SHOWN = 6 };
    const char *sides[] = {memory, server};
    for (size_t side = 0; side < 2; side++) {
        const char *other = sides[1 - side];
        size_t shown = 0;
        for (const char *at = sides[side]; *at != '\0' && shown < SHOWN;) {
            const size_t len = strcspn(at, "\n") + 1;
            char *line = strndup(at, len);
            if (strstr(other, line) == NULL) {
                printf("    %s %s", side == 0 ? "memory" : "server", line);
                shown++;
            }
            free(line); /* lint: allocation - strndup's */
            at += len;
        }
    }
}

/* --- both ways ----------------------------------------------------------------------------------
 */

static const Name *schemas_of(Tool *tool, const Catalog *catalog, size_t *ret_count)
{
    const size_t count = catalog == NULL ? 0 : catalog->schemas.count;
    Name *names = arena_array(tool->arena, Name, count);
    for (size_t i = 0; i < count; i++) {
        names[i] = catalog->schemas.items[i]->name;
    }
    *ret_count = count;
    return names;
}

/* A folder's database, as far as its scripts have run there. */
typedef struct Place {
    Shadow *shadow; /* NULL: before the first one */
    size_t done;
} Place;

/* The message of the last fault. */
static const char *newest(const Tool *tool)
{
    return tool->diags->items.count == 0 ? "?" : vec_last(&tool->diags->items)->message;
}

/* Up to so many scripts. */
static bool bring_to(Tool *tool, const Migrations *folder, size_t count, Place *place,
                     const char **ret_error)
{
    const ConnInfo *info = NULL, *given = NULL;
    const Migration *const *scripts = (const Migration *const *)folder->list.items;
    bool ok = true;
    tool->diags = diagnostics_new(tool->arena, sources_new(tool->arena));
    if (!url_parse(tool->arena, tool->url, tool->diags, &info) ||
        (tool->shadow != NULL && !url_parse(tool->arena, tool->shadow, tool->diags, &given))) {
        *ret_error = "the URL";
        return false;
    }
    if (place->shadow == NULL) {
        ShadowOptions *options = arena_make(tool->arena, ShadowOptions);
        *options = (ShadowOptions){
            .main = info, .shadow = given, .force = true}; /* of a run that was killed */
        ok = shadow_open(tool->arena, options, tool->diags, &place->shadow) &&
             shadow_replay(place->shadow, scripts, count, tool->diags);
    } else {
        ok = shadow_replay_more(place->shadow, scripts + place->done, count - place->done,
                                tool->diags);
    }
    place->done = count;
    if (!ok) {
        *ret_error = newest(tool);
    }
    return ok;
}

/* In the schemas that `like` has (NULL: in the default one). `ret_whole`: of all schemas and with
 * all that only a whole comparison reads; NULL: not asked for. */
static bool look(Tool *tool, const Place *place, const Catalog *like, Catalog **ret_catalog,
                 Catalog **ret_whole, const char **ret_error)
{
    LoadOptions some = {.with_opaque = true};
    const LoadOptions whole = {.with_opaque = true, .complete = true, .all_schemas = true};
    some.schemas = schemas_of(tool, like, &some.schema_count);
    Session *session = shadow_session(place->shadow);
    const bool ok =
        catalog_load(session, &some, tool->names, tool->diags, ret_catalog) &&
        (ret_whole == NULL || catalog_load(session, &whole, tool->names, tool->diags, ret_whole));
    if (!ok) {
        *ret_error = newest(tool);
    }
    return ok;
}

static SqlReplay *in_memory(Tool *tool, const Migrations *folder, size_t count, bool whole,
                            size_t *ret_done)
{
    const SqlReplayOptions options = {.default_schema = intern_cstr(tool->names, "public"),
                                      .server_version = tool->version,
                                      .whole = whole};
    SqlReplay *replay = sql_replay_new(tool->names, &options);
    size_t done = 0;
    while (done < count) {
        const Migration *at = folder->list.items[done];
        const char *text = NULL;
        tool->unreadable =
            !script_read_bytes(tool->arena, at->path, at->sql, at->len, tool->diags, &text);
        if (tool->unreadable || !sql_replay_script(replay, at->name, text, at->len)) {
            break;
        }
        done++;
    }
    *ret_done = done;
    return replay;
}

/* As `check` compares the folder with a database. A catalog that holds everything makes a claim of
 * each difference but that of a text in other words, which is for a shadow database to tell. */
static void compare_whole(Tool *tool, const char *path, const Migrations *folder, size_t count,
                          const Catalog *server)
{
    size_t done = 0;
    bool differs = false;
    SqlReplay *replay = in_memory(tool, folder, count, true, &done);
    Catalog *memory = sql_replay_finish(replay, NULL, 0);
    if (memory == NULL || !memory->is_complete) {
        catalog_free(memory);
        sql_replay_free(replay);
        return;
    }
    canon_catalog(memory);
    const Comparison found = compare_catalogs(tool->arena, memory, server, NULL);
    tool->whole++;
    tool->agree += found.differences.count == 0 ? 1 : 0;
    vec_each(const Difference, at, &found.differences) {
        StrBuf out = strbuf_new(STRBUF_MAX);
        difference_print(&out, at);
        const bool is_claim = difference_is_claim(at);
        printf("    %s[%s]%s", is_claim ? "" : "(in other words) ", at->word, strbuf_text(&out));
        strbuf_dispose(&out);
        differs |= is_claim;
    }
    if (differs) {
        printf("WRONG %s: the whole catalog differs\n", path);
        tool->wrong++;
    }
    catalog_free(memory);
    sql_replay_free(replay);
}

static void compare(Tool *tool, const char *path, const Migrations *folder, size_t count,
                    SqlReplay *replay, Place *place)
{
    Catalog *memory = sql_replay_finish(replay, NULL, 0), *server = NULL, *whole = NULL;
    const bool is_last = !tool->plans || count == folder->list.count;
    const char *error = NULL;
    if (memory == NULL) {
        const SqlReplayFinding *finding = sql_replay_finding(replay);
        printf("not understood %s: at the end: %s:%zu: %s: %s\n", path, finding->path,
               finding->line, finding->message, finding->statement);
        tool->partly += count == folder->list.count ? 1 : 0; /* else it is counted */
        return;
    }
    canon_catalog(memory);
    if (tool->url == NULL) {
        catalog_free(memory);
        return;
    }
    if (!bring_to(tool, folder, count, place, &error) ||
        !look(tool, place, memory, &server, is_last ? &whole : NULL, &error)) {
        printf("WRONG %s: %zu scripts work in memory, on the server: %s\n", path, count, error);
        tool->wrong++;
        catalog_free(memory);
        return;
    }
    canon_catalog(server);
    compare_definitions(tool, memory, server);
    if (is_last) {
        canon_catalog(whole);
        compare_whole(tool, path, folder, count, whole);
    }
    const char *a =
        catalog_lines(tool->arena, memory, is_last ? whole->deploying_role : NULL); /* of no plan */
    const char *b = catalog_lines(tool->arena, server, NULL);
    if (tool->show) {
        printf("%s----\n%s", a, b);
    }
    if (strcmp(a, b) != 0) {
        printf("WRONG %s: after %zu scripts both differ\n", path, count);
        print_difference(a, b);
        tool->wrong++;
    }
    catalog_free(memory);
    catalog_free(server);
    catalog_free(whole);
}

static void refuse(Tool *tool, const char *path, const Migrations *folder, size_t count,
                   const SqlReplayFinding *finding, Place *place)
{
    const char *error = NULL;
    printf("refused %s: %s:%zu: %s (SQLSTATE %s)\n", path, finding->path, finding->line,
           finding->message, finding->sqlstate);
    tool->refused++;
    if (tool->url == NULL) {
        return;
    }
    if (bring_to(tool, folder, count, place, &error)) {
        printf("WRONG %s: the server takes it\n", path);
        tool->wrong++;
    } else if (strstr(error, finding->sqlstate) == NULL) {
        printf("WRONG %s: the server says %s\n", path, error);
        tool->wrong++;
    }
}

/* Its first `count` scripts; false: nothing more is to be seen of it. */
static bool run_to(Tool *tool, const char *path, const Migrations *folder, size_t count,
                   Place *place)
{
    size_t done = 0;
    SqlReplay *replay = in_memory(tool, folder, count, false, &done);
    const SqlReplayFinding finding = *sql_replay_finding(replay);
    const size_t wrong = tool->wrong;
    if (finding.end == SQL_REPLAY_REFUSED) {
        refuse(tool, path, folder, done + 1, &finding, place);
        sql_replay_free(replay);
        return false;
    }
    if (tool->unreadable) {
        printf("refused %s: after %zu of %zu scripts: what no server reads\n", path, done,
               folder->list.count);
        tool->refused++;
        sql_replay_free(replay);
        return false;
    }
    if (done < count) {
        printf("not understood %s: after %zu of %zu scripts: %s:%zu: %s: %s\n", path, done,
               folder->list.count, finding.path, finding.line, finding.message, finding.statement);
        sql_replay_free(replay);
        replay = in_memory(tool, folder, done, false, &done);
        tool->partly++;
    }
    const char *beyond =
        sql_replay_beyond(replay) == NULL ? NULL : sql_replay_beyond(replay)->message;
    const size_t partly = tool->partly;
    if (done >= place->done) { /* what went before has been compared */
        compare(tool, path, folder, done, replay, place);
    }
    const bool is_equal = done == count && tool->wrong == wrong && tool->partly == partly;
    if (is_equal) {
        printf("equal %s: %zu scripts%s%s\n", path, done,
               beyond == NULL ? "" : "; beyond: ", beyond == NULL ? "" : beyond);
        tool->equal++;
    }
    sql_replay_free(replay);
    return is_equal;
}

/* Are both scripts one plan's: called the same behind the number? */
static bool is_same_plan(const Migration *a, const Migration *b)
{
    return strcmp(a->name + strcspn(a->name, "_"), b->name + strcspn(b->name, "_")) == 0;
}

static void run_folder(Tool *tool, const char *path)
{
    Migrations *folder = NULL;
    Place place = {0};
    if (!migrations_read(tool->arena, path, tool->diags, &folder)) {
        printf("WRONG %s: cannot be read\n", path);
        tool->wrong++;
        return;
    }
    const Migration *const *scripts = (const Migration *const *)folder->list.items;
    const size_t count = folder->list.count;
    for (size_t end = tool->plans ? 1 : count; end <= count; end++) {
        const bool is_end = end >= count || !is_same_plan(scripts[end - 1], scripts[end]);
        if (is_end && !run_to(tool, path, folder, end, &place)) {
            break;
        }
    }
    shadow_close(place.shadow);
}

/* The scripts are replayed as that server would run them. */
static bool ask_version(Tool *tool)
{
    const ConnInfo *info = NULL;
    Session *session = NULL;
    if (!url_parse(tool->arena, tool->url, tool->diags, &info) ||
        !session_open(info, NULL, tool->diags, &session)) {
        fputs("bellows_replay: the server cannot be reached\n", stderr);
        return false;
    }
    tool->version = session_server_version(session);
    session_close(session);
    return true;
}

int main(int argc, char **argv)
{
    Arena *arena = arena_new();
    Tool tool = {.arena = arena, .names = names_new(arena), .version = 150000};
    int at = 1;
    tool.diags = diagnostics_new(arena, sources_new(arena));
    for (; at < argc && argv[at][0] == '-'; at++) {
        if (strcmp(argv[at], "--show") == 0) {
            tool.show = true;
        } else if (strcmp(argv[at], "--plans") == 0) {
            tool.plans = true;
        } else if (strcmp(argv[at], "--url") == 0 && at + 1 < argc) {
            tool.url = argv[++at];
        } else if (strcmp(argv[at], "--shadow") == 0 && at + 1 < argc) {
            tool.shadow = argv[++at];
        } else {
            at = argc;
        }
    }
    if (at >= argc) {
        fputs("usage: bellows_replay [--url URL [--shadow URL]] [--show] [--plans] FOLDER...\n",
              stderr);
        arena_free(arena);
        return 64;
    }
    if (tool.url != NULL && !ask_version(&tool)) {
        arena_free(arena);
        return 1;
    }
    for (; at < argc; at++) {
        run_folder(&tool, argv[at]);
        fflush(stdout);
    }
    printf("%zu folders equal, %zu not wholly understood, %zu refused, %zu wrong\n", tool.equal,
           tool.partly, tool.refused, tool.wrong);
    printf("%zu of %zu definitions compared by meaning, %zu of %zu whole catalogs agree\n",
           tool.meant, tool.defined, tool.agree, tool.whole);
    arena_free(arena);
    return tool.wrong == 0 ? 0 : 1;
}
