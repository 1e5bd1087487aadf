#include "base/common.h"

#include "cli/history/proof.h"

#include <string.h>

#include "cli/project/replaying.h"
#include "compiler/compare/compare.h"
#include "runtime/history/drift.h"

static SideContext whole_context(const Workspace *workspace)
{
    SideContext context = workspace->context;
    context.whole = true;
    return context;
}

Catalog *proof_replay(Cli *cli, const Workspace *workspace, const MigrationRun *run)
{
    const SideContext context = whole_context(workspace);
    return side_replay(cli, run->items, run->count, &context,
                       workspace->session == NULL ? NULL : &workspace->database);
}

char *proof_difference(Cli *cli, const Catalog *wanted, const Catalog *found, bool in_any_order)
{
    static const char *const order[] = {"column order"};
    const CompareOptions options = {.kinds = order, .kind_count = in_any_order ? 1 : 0};
    Drift drift;
    drift_find(cli->arena, wanted, found, &options, &drift);
    return drift_summary(cli->arena, &drift);
}

/* --- what one migration makes, against a database --- */

/* The folder up to a migration without it, up to it, and all of it; and the database. */
typedef struct Moments {
    Catalog *before, *after, *end, *live;
} Moments;

/* side_replay, or side_replay_on_shadow. */
typedef Catalog *(*ReplayRun)(Cli *cli, const Migration *const *migrations, size_t count,
                              const SideContext *context, const Database *main_database);

typedef struct Look {
    ReplayRun replay;
    const SideContext *context;
} Look;

static bool replay_moments(Cli *cli, const Workspace *workspace, const Look *as, const char *name,
                           Moments *ret_moments)
{
    MigrationRun run = {0};
    size_t until = 0;
    Moments *moments = ret_moments;
    vec_each(Migration *const, at, &workspace->folder->list) {
        vec_push(cli->arena, &run, *at);
        until = strcmp((*at)->name, name) == 0 ? run.count : until;
    }
    Catalog **const ends[] = {&moments->before, &moments->after, &moments->end};
    const size_t counts[] = {until - 1, until, run.count};
    for (size_t i = 0; i < lengthof(ends); i++) {
        *ends[i] = as->replay(cli, run.items, counts[i], as->context, &workspace->database);
        if (*ends[i] == NULL) {
            return false;
        }
    }
    moments->live = side_load_session(cli, workspace->session, as->context, true);
    return moments->live != NULL;
}

static bool same_object(const Difference *a, const Difference *b)
{
    return strcmp(a->word, b->word) == 0 && a->schema == b->schema && a->relation == b->relation &&
           a->name == b->name;
}

/* Is the difference about something that this list speaks of, or about a part of a table that it
 * makes? */
static bool speaks_of(const DifferenceList *list, const Difference *difference)
{
    vec_each(const Difference, at, list) {
        const bool of_it = at->schema == difference->schema && at->relation == difference->relation;
        const bool makes = at->kind == DIFFERENCE_ADDED && of_it &&
                           (at->name == difference->name || at->name == NULL);
        if (same_object(at, difference) || makes) {
            return true;
        }
    }
    return false;
}

static bool contains(const DifferenceList *list, const Difference *difference)
{
    vec_each(const Difference, at, list) {
        if (at->kind == difference->kind && same_object(at, difference)) {
            return true;
        }
    }
    return false;
}

/* What the database has more is no lack, unless this migration takes it away. */
static bool is_lack(const DifferenceList *made, const Difference *difference)
{
    vec_each(const Difference, at, made) {
        if (difference->kind == DIFFERENCE_ADDED && same_object(at, difference)) {
            return at->kind == DIFFERENCE_MISSING;
        }
    }
    return difference->kind != DIFFERENCE_ADDED && speaks_of(made, difference);
}

/* What a database has around what a project asks for is not this migration's matter. */
static const char *const tools[] = {"schema", "extension", "extension schema"};
static const CompareOptions no_tools = {.kinds = tools, .kind_count = lengthof(tools)};

/* What a database lacks, in words, and of it what is not there at all, however it is spelled. */
typedef struct Lacks {
    const char *all, *missing;
} Lacks;

static bool look(Cli *cli, const Workspace *workspace, const Look *as, const char *name,
                 Lacks *ret_lacks)
{
    Moments moments = {0};
    StrBuf lacks = strbuf_new(STRBUF_MAX), missing = strbuf_new(STRBUF_MAX);
    const bool told = replay_moments(cli, workspace, as, name, &moments);
    if (told) {
        Arena *arena = cli->arena;
        const Comparison made = compare_catalogs(arena, moments.before, moments.after, &no_tools);
        const Comparison now = compare_catalogs(arena, moments.after, moments.live, &no_tools);
        const Comparison later = compare_catalogs(arena, moments.end, moments.live, &no_tools);
        vec_each(const Difference, at, &now.differences) {
            if (is_lack(&made.differences, at) && contains(&later.differences, at)) {
                StrBuf *const texts[] = {&lacks, &missing};
                for (size_t i = 0; i < (at->kind == DIFFERENCE_MISSING ? 2 : 1); i++) {
                    difference_print(texts[i], at);
                    strbuf_char(texts[i], '\n');
                }
            }
        }
    }
    catalog_free(moments.live);
    catalog_free(moments.end);
    catalog_free(moments.after);
    catalog_free(moments.before);
    *ret_lacks = (Lacks){strbuf_take(&lacks, cli->arena), strbuf_take(&missing, cli->arena)};
    return told;
}

/* In memory where that tells; what memory finds to lack a server confirms, which prints what it
 * holds in its own words. Where the script fails on a server, too, what is not there at all counts.
 */
bool proof_of_applied(Cli *cli, Workspace *workspace, const char *name, const char **ret_lacks)
{
    ReplayWay way = REPLAY_EITHER;
    const SideContext whole = whole_context(workspace);
    const Look first = {side_replay, &workspace->context}, sure = {side_replay_on_shadow, &whole};
    Lacks found, confirmed;
    if (!replay_way(cli, &way) || !look(cli, workspace, &first, name, &found)) {
        return false;
    }
    *ret_lacks = found.all;
    if (found.all[0] == '\0' || way == REPLAY_MEMORY) {
        return true;
    }
    const bool sure_of_it = look(cli, workspace, &sure, name, &confirmed);
    *ret_lacks = sure_of_it ? confirmed.all : found.missing;
    return sure_of_it || found.missing[0] != '\0';
}
