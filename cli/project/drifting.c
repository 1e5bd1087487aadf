#include "base/common.h"

#include "cli/project/drifting.h"

#include "base/text/show.h"
#include "cli/project/replaying.h"
#include "compiler/compare/stated_versions.h"

static bool names_schemas(const Workspace *workspace)
{
    const SchemaText *schema = workspace->context.schema;
    return (workspace->database.info != NULL && workspace->database.info->schema != NULL) ||
           (schema != NULL && schema->config.datasource.schemas.count > 0);
}

/* Is anything in the schema? `public` comes with every database. */
static bool is_touched(const Catalog *catalog, Name schema)
{
    vec_each(Table *, at, &catalog->tables) {
        if ((*at)->schema == schema) {
            return true;
        }
    }
    vec_each(EnumType *, at, &catalog->enums) {
        if ((*at)->schema == schema) {
            return true;
        }
    }
    vec_each(Opaque *, at, &catalog->opaque) {
        if ((*at)->schema == schema) {
            return true;
        }
    }
    return !name_is(schema, "public");
}

bool drift_scope(Cli *cli, const Workspace *workspace, const Catalog *expected,
                 NameList *ret_schemas)
{
    size_t count = 0;
    if (!names_schemas(workspace)) {
        return false;
    }
    const char *const *texts = side_schemas(cli, &workspace->context, &count);
    for (size_t i = 0; i < count; i++) {
        vec_push(cli->arena, ret_schemas, intern_cstr(cli->names, texts[i]));
    }
    vec_each(Schema *, at, &expected->schemas) {
        bool listed = false;
        vec_each(Name, schema, ret_schemas) {
            listed = listed || *schema == (*at)->name;
        }
        if (!listed && is_touched(expected, (*at)->name)) {
            vec_push(cli->arena, ret_schemas, (*at)->name);
        }
    }
    return true;
}

void drift_options(Cli *cli, const MigrationList *applied, const NameList *schemas,
                   CompareOptions *ret_options)
{
    StatedVersions stated = {0};
    CompareOptions options = {0};
    vec_each(Migration *, at, applied) {
        stated_versions_add(cli->arena, (*at)->sql, (*at)->len, &stated);
    }
    options.stated_versions = stated.items;
    options.stated_count = stated.count;
    if (schemas != NULL) {
        options.only_schemas = schemas->items;
        options.only_count = schemas->count;
    }
    *ret_options = options;
}

bool drift_confirm(Cli *cli, const Workspace *workspace, const MigrationList *applied,
                   const SideContext *context, const CompareOptions *options, const Catalog *live,
                   Catalog **expected, Drift *drift)
{
    ReplayWay way = REPLAY_EITHER;
    if (drift_is_none(drift) || !(*expected)->as_written) {
        return true;
    }
    if (!replay_way(cli, &way)) {
        return false;
    }
    if (way == REPLAY_MEMORY) {
        cli_note(cli, "The migrations were replayed in memory only: what is told to differ may be "
                      "the server's way of writing it.");
        return true;
    }
    Catalog *replayed = side_replay_on_shadow(cli, (const Migration *const *)applied->items,
                                              applied->count, context, &workspace->database);
    if (replayed == NULL) {
        return false;
    }
    catalog_free(*expected);
    *expected = replayed;
    drift_find(cli->arena, replayed, live, options, drift);
    return true;
}

bool drift_is_whole(const Drift *drift)
{
    return drift->beyond.count == 0 && drift->left_out == 0 && drift->unread_count == 0;
}

const char *drift_beyond(Arena *arena, const Drift *drift)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(const Difference, at, &drift->beyond) {
        difference_print(&out, at);
    }
    return strbuf_take(&out, arena);
}

const char *drift_not_compared(Arena *arena, const Drift *drift, const Catalog *live)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(Name, at, &live->unread_schemas) {
        strbuf_printf(&out, "schema `%s`, which is not the project's\n", (*at)->text);
    }
    if (drift->left_out > 0) {
        strbuf_printf(&out, "%zu difference%s, which the configuration leaves out\n",
                      drift->left_out, drift->left_out == 1 ? "" : "s");
    }
    return strbuf_take(&out, arena);
}
