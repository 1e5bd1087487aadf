#include "base/common.h"

#include "cli/project/replaying.h"

#include <string.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/stop.h"
#include "cli/project/own_config.h"
#include "cli/project/private.h"
#include "compiler/canon/canon.h"
#include "compiler/store/catalog_store.h"
#include "runtime/host/cache.h"
#include "runtime/script/script.h"

bool replay_way(Cli *cli, ReplayWay *ret_way)
{
    const char *value = option_value(&cli->options, OPT_REPLAY);
    if (value == NULL) {
        *ret_way = REPLAY_EITHER;
    } else if (strcmp(value, "memory") == 0) {
        *ret_way = REPLAY_MEMORY;
    } else if (strcmp(value, "shadow") == 0) {
        *ret_way = REPLAY_SHADOW;
    } else {
        diag_report(cli->diags, DIAG_BAD_OPTION_VALUE, span_none(), value, "--replay",
                    "`memory` or `shadow`");
        return false;
    }
    return true;
}

/* --- in memory ----------------------------------------------------------------------------------
 */

/* A long one takes seconds, and nobody looks for a signal meanwhile. */
static void replay_text(SqlReplay *replay, const char *path, const char *text, size_t len,
                        bool *ret_goes_on)
{
    enum { LONG = 1 << 20 };
    if (len > LONG) {
        stop_harmless_begin();
    }
    *ret_goes_on = sql_replay_script(replay, path, text, len);
    if (len > LONG) {
        stop_harmless_end();
    }
}

/* As a deployment would send it; false after a report. */
static bool run_script(Cli *cli, SqlReplay *replay, const Migration *migration, bool *ret_goes_on)
{
    const ParsedScript *directed = NULL;
    const char *text = NULL;
    const bool has_directives = strstr(migration->sql, "bellows:") != NULL;
    if (!script_read_bytes(cli->arena, migration->path, migration->sql, migration->len, cli->diags,
                           &text) ||
        (has_directives && !script_parse(cli->arena, migration->path, migration->sql,
                                         migration->len, cli->diags, &directed))) {
        return false;
    }
    replay_text(replay, migration->path, text, migration->len, ret_goes_on);
    return true;
}

static Catalog *finish(Cli *cli, SqlReplay *replay, const SideContext *context)
{
    size_t count = 0;
    const char *const *texts = side_schemas(cli, context, &count);
    Name *schemas = side_reads_all(context) ? NULL : arena_array(cli->arena, Name, count);
    for (size_t i = 0; schemas != NULL && i < count; i++) {
        schemas[i] = intern_cstr(cli->names, texts[i]);
    }
    Catalog *catalog = sql_replay_finish(replay, schemas, count);
    if (catalog != NULL) {
        canon_catalog(catalog);
    }
    return catalog;
}

static const char *keep(Cli *cli, const char *text)
{
    return text == NULL ? NULL : arena_strdup(cli->arena, text);
}

/* It outlives the replay. */
static MemoryFinding keep_finding(Cli *cli, const SqlReplay *replay, const Migration *at,
                                  bool is_beyond)
{
    MemoryFinding finding = {.of = is_beyond ? *sql_replay_beyond(replay)
                                             : *sql_replay_finding(replay),
                             .span = span_none()};
    finding.of.message = keep(cli, finding.of.message);
    finding.of.statement = keep(cli, finding.of.statement);
    if (at != NULL && finding.of.offset < at->len) {
        const SourceFile *file = sources_add(cli->sources, at->path, at->sql, at->len);
        const size_t word = strcspn(at->sql + finding.of.offset, " \t\r\n;,()");
        finding.span =
            (Span){file->id, (uint32_t)finding.of.offset, (uint32_t)(finding.of.offset + word)};
    }
    return finding;
}

static const Migration *find_at(const Migration *const *migrations, size_t count,
                                const SqlReplayFinding *finding)
{
    for (size_t i = 0; i < count; i++) {
        if (migrations[i]->path == finding->path) {
            return migrations[i];
        }
    }
    return NULL;
}

/* --- kept for the next run ----------------------------------------------------------------------
 */

/* Where the outcome of a replay is kept under the sum of all that it rests on. */
typedef struct ReplayCache {
    const char *folder; /* NULL: nowhere */
    char key[DIGEST_HEX_SIZE];
} ReplayCache;

/* A run of CI begins anew, and what others may have put into its folders is not trusted. */
static const char *cache_folder(Cli *cli)
{
    const char *said = environment("BELLOWS_CACHE"), *ci = environment("CI");
    const char *cache = cli_server_places(cli).cache;
    const OwnConfig *own = NULL;
    const bool is_off = (said != NULL && strcmp(said, "off") == 0) || (ci != NULL && ci[0] != '\0');
    if (is_off || cache == NULL || !project_own_config(cli, &own) || own->no_cache) {
        return NULL;
    }
    return path_join(cli->arena, cache, "replays");
}

static void add_text(StrBuf *out, const char *text, size_t len)
{
    strbuf_printf(out, "%zu:", len);
    strbuf_addn(out, text, len);
}

static void add_word(StrBuf *out, const char *word)
{
    add_text(out, word == NULL ? "" : word, word == NULL ? 0 : strlen(word));
}

/* Of a script: reading the folder has summed its bytes already. */
static void add_sum(StrBuf *out, const Migration *migration)
{
    char sum[DIGEST_HEX_SIZE];
    if (migration->checksum[0] == '\0') {
        digest_hex(migration->sql, migration->len, sum);
    }
    strbuf_add(out, migration->checksum[0] == '\0' ? sum : migration->checksum);
}

/* Of another build nothing is taken, whatever version it calls itself. */
static bool add_program(StrBuf *out)
{
    struct stat program;
    if (stat("/proc/self/exe", &program) != 0) {
        return false;
    }
    strbuf_printf(out, "%s %lld %lld %lld.%09ld\n", BELLOWS_VERSION, (long long)program.st_ino,
                  (long long)program.st_size, (long long)program.st_mtim.tv_sec,
                  (long)program.st_mtim.tv_nsec);
    return true;
}

static ReplayCache find_cache(Cli *cli, const Migration *const *migrations, size_t count,
                              const SideContext *context, const char *init)
{
    ReplayCache cache = {.folder = cache_folder(cli)};
    StrBuf all = strbuf_new(STRBUF_MAX);
    size_t schema_count = 0;
    const char *const *schemas = side_schemas(cli, context, &schema_count);
    if (cache.folder == NULL || !add_program(&all)) {
        strbuf_dispose(&all);
        return (ReplayCache){0};
    }
    strbuf_printf(&all, "%d %d %d\n", context->server_version, context->whole,
                  side_reads_all(context));
    add_word(&all, context->default_schema);
    strbuf_printf(&all, "%zu schemas ", schema_count);
    for (size_t i = 0; i < schema_count; i++) {
        add_word(&all, schemas[i]);
    }
    strbuf_printf(&all, "%d ", init != NULL);
    add_word(&all, init);
    for (size_t i = 0; i < count; i++) {
        add_sum(&all, migrations[i]);
    }
    digest_hex(strbuf_text(&all), all.len, cache.key);
    strbuf_dispose(&all);
    return cache;
}

static Catalog *take_kept(Cli *cli, const ReplayCache *cache)
{
    char *bytes = NULL;
    size_t len = 0;
    return cache->folder != NULL && cache_find(cli->arena, cache->folder, cache->key, &bytes, &len)
               ? catalog_restore(cli->names, bytes, len)
               : NULL;
}

static void keep_outcome(Cli *cli, const ReplayCache *cache, const Catalog *catalog)
{
    StrBuf bytes = strbuf_new(STRBUF_MAX);
    if (cache->folder != NULL && catalog != NULL && catalog_store(catalog, &bytes)) {
        cache_keep(cli->arena, cache->folder, cache->key, strbuf_text(&bytes), bytes.len);
    }
    strbuf_dispose(&bytes);
}

/* --- the folder ---------------------------------------------------------------------------------
 */

bool replay_in_memory(Cli *cli, const Migration *const *migrations, size_t count,
                      const SideContext *context, const char *init, Catalog **ret_catalog,
                      MemoryFinding *ret_finding)
{
    const ReplayCache cache = find_cache(cli, migrations, count, context, init);
    Catalog *kept = take_kept(cli, &cache);
    if (kept != NULL) {
        *ret_catalog = kept;
        *ret_finding = (MemoryFinding){.span = span_none()};
        return true;
    }
    const SqlReplayOptions options = {.default_schema =
                                          intern_cstr(cli->names, context->default_schema),
                                      .server_version = context->server_version,
                                      .whole = context->whole};
    SqlReplay *replay = sql_replay_new(cli->names, &options);
    bool goes_on = init == NULL || sql_replay_script(replay, "initShadowDb", init, strlen(init));
    const Migration *last = NULL;
    bool ok = true;
    for (size_t i = 0; ok && goes_on && i < count; i++) {
        last = migrations[i];
        ok = run_script(cli, replay, last, &goes_on);
    }
    if (ok) {
        Catalog *catalog = goes_on ? finish(cli, replay, context) : NULL;
        const bool is_beyond = catalog != NULL && context->whole && !catalog->is_complete;
        const Migration *at =
            is_beyond ? find_at(migrations, count, sql_replay_beyond(replay)) : NULL;
        *ret_finding = keep_finding(cli, replay, goes_on ? at : last, is_beyond);
        if (is_beyond) {
            catalog_free(catalog);
            catalog = NULL;
        }
        keep_outcome(cli, &cache, catalog);
        *ret_catalog = catalog;
    }
    sql_replay_free(replay);
    return ok;
}

/* --- findings -----------------------------------------------------------------------------------
 */

/* The folder's name, which is the migration's. */
static const char *migration_of(Cli *cli, const char *path)
{
    const char *end = strrchr(path, '/');
    if (end == NULL || strcmp(end, "/migration.sql") != 0) {
        return path;
    }
    const char *start = end;
    while (start > path && start[-1] != '/') {
        start--;
    }
    return arena_strndup(cli->arena, start, (size_t)(end - start));
}

void replay_report(Cli *cli, const MemoryFinding *finding)
{
    const SqlReplayFinding *of = &finding->of;
    const char *name = migration_of(cli, of->path);
    if (of->end == SQL_REPLAY_REFUSED) {
        const char *why = arena_printf(cli->arena, "%s (SQLSTATE %s)", of->message, of->sqlstate);
        diag_report(cli->diags, DIAG_REPLAY_FAILED, finding->span, name, why);
        return;
    }
    Diagnostic *d = diag_report(cli->diags, DIAG_REPLAY_NOT_UNDERSTOOD, finding->span, of->path,
                                diag_number(cli->diags, (long long)of->line), of->message);
    diag_note(cli->diags, d, span_none(), "the statement is: %s", of->statement);
}

void replay_note(Cli *cli, const MemoryFinding *finding)
{
    const SqlReplayFinding *of = &finding->of;
    const char *why =
        of->line == 0 ? of->message
                      : arena_printf(cli->arena, "%s:%zu is not understood without a server (%s)",
                                     of->path, of->line, of->message);
    if (cli->shadow_told == NULL || strcmp(cli->shadow_told, why) != 0) {
        cli_note(cli, "A shadow database is needed: %s.", why);
    }
    cli->shadow_told = why;
}
