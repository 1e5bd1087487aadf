/*
 * bellows_replay.c - migrations folders replayed in memory and on a server, object by object.
 *
 *     bellows_replay [--url URL [--shadow URL]] [--show] FOLDER...
 *
 * A line a folder: `equal`, what is not understood (the scripts before it are then compared), what
 * the server would refuse, or how both differ. Without --url nothing is compared. The server's side
 * is a temporary database a folder, or the one that --shadow names for all, cleared in between,
 * which is several times as fast. --show prints both catalogs. Exit: 0 when nothing that is claimed
 * is wrong, 1 otherwise, 64 wrong usage.
 */
#include "base/common.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/strbuf.h"
#include "compiler/canon/canon.h"
#include "compiler/canon/canon_definition.h"
#include "compiler/catalog/catalog_print.h"
#include "compiler/compare/compare.h"
#include "compiler/replay/sql_replay.h"
#include "introspect/load/load.h"
#include "introspect/session/url.h"
#include "runtime/history/migrations.h"
#include "runtime/script/script.h"
#include "runtime/server/shadow.h"

typedef struct Tool {
    Arena *arena;
    Names *names;
    Diagnostics *diags;
    const char *url, *shadow; /* NULL: not given */
    int version;              /* of the server, or of the grammar where there is none */
    bool show, unreadable;    /* the script at hand: psql's commands, bytes that are no text */
    size_t equal, partly, refused, wrong;
    size_t defined, meant; /* objects with a definition; those that mean the same by canon */
    size_t whole, agree;   /* catalogs that hold everything; those that compare says are the same */
} Tool;

/* --- catalogs as lines --------------------------------------------------------------------------
 */

static const char *text_of(Name name)
{
    return name == NULL ? "-" : name->text;
}

static void put_type(StrBuf *out, const ColumnType *type)
{
    if (type->id == TYPE_ENUM) {
        strbuf_printf(out, "enum %s.%s", type->enum_type->schema->text,
                      type->enum_type->name->text);
    } else if (type->id == TYPE_OTHER) {
        strbuf_printf(out, "other %s", text_of(type->raw_canonical));
    } else {
        strbuf_printf(out, "type %d", (int)type->id);
    }
    strbuf_printf(out, "(%d,%d)%s", (int)type->arguments[0], (int)type->arguments[1],
                  type->list ? "[]" : "");
    strbuf_add(out, type->domain_of == NULL ? "" : " domain");
}

static void put_default(StrBuf *out, const Default *dflt)
{
    if (dflt->kind == DEFAULT_SEQUENCE) {
        const Sequence *sequence = dflt->sequence;
        strbuf_printf(out, " sequence %s.%s %s %s", sequence == NULL ? "-" : sequence->schema->text,
                      sequence == NULL ? "-" : sequence->name->text,
                      sequence == NULL ? "-" : text_of(sequence->data_type),
                      sequence != NULL && sequence->owned ? "owned" : "");
    } else if (dflt->kind != DEFAULT_NONE) {
        strbuf_printf(out, " default %d %s", (int)dflt->kind, text_of(dflt->canonical));
    }
}

static void put_columns(StrBuf *out, Column *const *columns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        strbuf_printf(out, " %s.%s", columns[i]->table->name->text, columns[i]->name->text);
    }
}

static void put_column(StrBuf *out, const Column *column)
{
    strbuf_printf(out, "column %s.%s.%s %u ", column->table->schema->text,
                  column->table->name->text, column->name->text, column->position);
    put_type(out, &column->type);
    put_default(out, &column->dflt);
    strbuf_printf(out, "%s identity %d generated %s collation %s\n",
                  column->not_null ? " not null" : "", (int)column->identity,
                  text_of(column->generated_canonical), text_of(column->collation));
}

static void put_index(StrBuf *out, const Index *index)
{
    strbuf_printf(out,
                  "index %s.%s kind %d method %d %s constraint %d valid %d distinct %d "
                  "deferrable %d where %s:",
                  index->table->name->text, index->name->text, (int)index->kind, (int)index->method,
                  text_of(index->method_name), index->is_constraint, index->valid,
                  index->nulls_not_distinct, index->deferrable,
                  text_of(index->predicate_canonical));
    vec_each(const IndexPart, part, &index->parts) {
        strbuf_printf(out, " %s sort %d nulls %d %s%s %s", part->column->name->text,
                      (int)part->sort, (int)part->nulls, text_of(part->operator_class),
                      part->operator_class_is_default ? "*" : "", text_of(part->collation));
    }
    strbuf_add(out, " include");
    put_columns(out, index->include.items, index->include.count);
    strbuf_char(out, '\n');
}

static void put_key(StrBuf *out, const ForeignKey *key)
{
    strbuf_printf(out, "key %s.%s on %s delete %d update %d deferrable %d %d valid %d:",
                  key->table->name->text, key->name->text, text_of(key->rests_on),
                  (int)key->on_delete, (int)key->on_update, key->deferrable,
                  key->initially_deferred, key->valid);
    put_columns(out, key->columns.items, key->columns.count);
    strbuf_add(out, " ->");
    put_columns(out, key->referenced_columns.items, key->referenced_columns.count);
    strbuf_char(out, '\n');
}

static void put_table(StrBuf *out, const Table *table)
{
    strbuf_printf(out, "table %s.%s join %d partitioned %d security %d children %d\n",
                  table->schema->text, table->name->text, table->is_join_table,
                  table->is_partitioned, table->has_row_security, table->has_children);
    vec_each(Column *const, at, &table->columns) {
        put_column(out, *at);
    }
    if (table->primary_key != NULL) {
        strbuf_printf(out, "primary %s.%s deferrable %d", table->name->text,
                      table->primary_key->name->text, table->primary_key->deferrable);
        put_columns(out, table->primary_key->columns.items, table->primary_key->columns.count);
        strbuf_char(out, '\n');
    }
    vec_each(Index *const, at, &table->indexes) {
        put_index(out, *at);
    }
    vec_each(ForeignKey *const, at, &table->foreign_keys) {
        put_key(out, *at);
    }
}

/* What is inside the outer brackets of `CHECK (...)`. */
static const char *check_inside(Arena *arena, const Opaque *opaque)
{
    const char *start = strchr(opaque->definition->text, '(');
    const char *end = strrchr(opaque->definition->text, ')');
    return start == NULL || end <= start ? opaque->definition->text
                                         : arena_strndup(arena, start, (size_t)(end + 1 - start));
}

/* Up to one of the words. */
static void put_before(StrBuf *out, const char *text, const char *first, const char *second)
{
    const char *a = strstr(text, first), *b = strstr(text, second);
    const char *end = a == NULL || (b != NULL && b < a) ? b : a;
    strbuf_addn(out, text, end == NULL ? strlen(text) : (size_t)(end - text));
}

static void put_definition(StrBuf *out, Arena *arena, const Catalog *catalog, const Opaque *opaque)
{
    switch ((int)opaque->kind) {
    case OPAQUE_CHECK:
        strbuf_add(out, canon_predicate(catalog, opaque->table, check_inside(arena, opaque))->text);
        strbuf_add(out, strstr(opaque->definition->text, " NOT VALID") != NULL ? " NOT VALID" : "");
        break;
    case OPAQUE_PARTIAL_INDEX:
        strbuf_add(out, canon_predicate(catalog, opaque->table, opaque->definition->text)->text);
        break;
    case OPAQUE_GENERATED_COLUMN: /* with its column */
    case OPAQUE_EXPRESSION_INDEX: /* as it is written */
    case OPAQUE_TRIGGER:
    case OPAQUE_FUNCTION:
    case OPAQUE_VIEW:
    case OPAQUE_MATERIALIZED_VIEW:
    case OPAQUE_RULE:
    case OPAQUE_EXCLUSION:
    case OPAQUE_STATISTICS:
        break;
    case OPAQUE_POLICY: /* its expressions are */
        put_before(out, opaque->definition->text, " USING", " WITH CHECK");
        break;
    case OPAQUE_DOMAIN:
        put_before(out, opaque->definition->text, " DEFAULT", " CONSTRAINT");
        break;
    default:
        strbuf_add(out, opaque->definition->text);
        break;
    }
}

static int compare_columns(const void *a, const void *b)
{
    const Column *x = *(Column *const *)a, *y = *(Column *const *)b;
    const int order = name_compare(x->table->name, y->table->name);
    return order != 0 ? order : name_compare(x->name, y->name);
}

static void put_opaque(StrBuf *out, Arena *arena, const Catalog *catalog, Opaque *opaque)
{
    StrBuf line = strbuf_new(STRBUF_MAX);
    strbuf_printf(&line, "opaque %s %s.%s.%s part %s as ", opaque_word(opaque->kind),
                  text_of(opaque->schema), text_of(opaque->relation), opaque->name->text,
                  text_of(opaque->part));
    put_definition(&line, arena, catalog, opaque);
    strbuf_add(&line, " uses");
    if (opaque->columns.count > 1) {
        qsort(opaque->columns.items, opaque->columns.count, sizeof *opaque->columns.items,
              compare_columns);
    }
    put_columns(&line, opaque->columns.items, opaque->columns.count);
    strbuf_add(&line, " tables");
    vec_each(Table *const, at, &opaque->tables) {
        strbuf_printf(&line, " %s", (*at)->name->text);
    }
    strbuf_add(&line, " enums");
    vec_each(EnumType *const, at, &opaque->enums) {
        strbuf_printf(&line, " %s", (*at)->name->text);
    }
    strbuf_add(&line, " keyed");
    vec_each(Table *const, at, &opaque->keyed) {
        strbuf_printf(&line, " %s", (*at)->name->text);
    }
    for (size_t i = 0; i < line.len; i++) {
        strbuf_char(out, line.text[i] == '\n' ? ' ' : line.text[i]);
    }
    strbuf_char(out, '\n');
    strbuf_dispose(&line);
}

/* What the role that runs the scripts may is no privilege on a server, whatever it is called; in
 * memory nobody knows what it is called. */
static bool is_of_deployer(const Opaque *object, Name deployer)
{
    const size_t len = deployer == NULL ? 0 : deployer->len;
    return object->kind == OPAQUE_PRIVILEGE && len > 0 && object->name->len > len + 4 &&
           strcmp(object->name->text + object->name->len - len, deployer->text) == 0 &&
           strncmp(object->name->text + object->name->len - len - 4, " to ", 4) == 0;
}

static char *lines_of(Arena *arena, const Catalog *catalog, Name deployer)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(Schema *const, at, &catalog->schemas) {
        strbuf_printf(&out, "schema %s\n", (*at)->name->text);
    }
    vec_each(Extension *const, at, &catalog->extensions) {
        strbuf_printf(&out, "extension %s %s\n", (*at)->name->text, text_of((*at)->schema));
    }
    vec_each(EnumType *const, at, &catalog->enums) {
        strbuf_printf(&out, "enum %s.%s", (*at)->schema->text, (*at)->name->text);
        vec_each(Name, value, &(*at)->values) {
            strbuf_printf(&out, " '%s'", (*value)->text);
        }
        strbuf_char(&out, '\n');
    }
    vec_each(Table *const, at, &catalog->tables) {
        put_table(&out, *at);
    }
    vec_each(Opaque *const, at, &catalog->opaque) {
        if ((*at)->kind < OPAQUE_OWNER &&
            !is_of_deployer(*at, deployer)) { /* the others only a whole comparison reads */
            put_opaque(&out, arena, catalog, *at);
        }
    }
    return strbuf_take(&out, arena);
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

/* In the schemas that `like` has (NULL: in the default one). `ret_whole`: of all schemas and with
 * all that only a whole comparison reads; NULL: not asked for. */
static bool on_server(Tool *tool, const Migrations *folder, size_t count, const Catalog *like,
                      Catalog **ret_catalog, Catalog **ret_whole, const char **ret_error)
{
    LoadOptions some = {.with_opaque = true};
    const LoadOptions whole = {.with_opaque = true, .complete = true, .all_schemas = true};
    const ConnInfo *info = NULL, *given = NULL;
    Shadow *shadow = NULL;
    bool ok = false;
    some.schemas = schemas_of(tool, like, &some.schema_count);
    tool->diags = diagnostics_new(tool->arena, sources_new(tool->arena));
    if (!url_parse(tool->arena, tool->url, tool->diags, &info) ||
        (tool->shadow != NULL && !url_parse(tool->arena, tool->shadow, tool->diags, &given))) {
        *ret_error = "the URL";
        return false;
    }
    const ShadowOptions options = {
        .main = info, .shadow = given, .force = true}; /* of a run that was killed */
    ok = shadow_open(tool->arena, &options, tool->diags, &shadow) &&
         shadow_replay(shadow, (const Migration *const *)folder->list.items, count, tool->diags) &&
         catalog_load(shadow_session(shadow), &some, tool->names, tool->diags, ret_catalog) &&
         (ret_whole == NULL ||
          catalog_load(shadow_session(shadow), &whole, tool->names, tool->diags, ret_whole));
    shadow_close(shadow);
    if (!ok) {
        *ret_error = tool->diags->items.count == 0 ? "?" : vec_last(&tool->diags->items)->message;
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

/* As `check` compares the folder with a database. What the server has and a catalog that holds
 * everything lacks makes that claim wrong; other definitions are for a shadow database to tell. */
static void compare_whole(Tool *tool, const char *path, const Migrations *folder, size_t count,
                          const Catalog *server)
{
    size_t done = 0;
    bool lacks = false;
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
        printf("    [%s]%s", at->word, strbuf_text(&out));
        strbuf_dispose(&out);
        lacks |= at->kind == DIFFERENCE_ADDED;
    }
    if (lacks) {
        printf("WRONG %s: the catalog is not whole\n", path);
        tool->wrong++;
    }
    catalog_free(memory);
    sql_replay_free(replay);
}

static void compare(Tool *tool, const char *path, const Migrations *folder, size_t count,
                    SqlReplay *replay)
{
    Catalog *memory = sql_replay_finish(replay, NULL, 0), *server = NULL, *whole = NULL;
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
    if (!on_server(tool, folder, count, memory, &server, &whole, &error)) {
        printf("WRONG %s: %zu scripts work in memory, on the server: %s\n", path, count, error);
        tool->wrong++;
        catalog_free(memory);
        return;
    }
    canon_catalog(server);
    canon_catalog(whole);
    compare_definitions(tool, memory, server);
    compare_whole(tool, path, folder, count, whole);
    const char *a = lines_of(tool->arena, memory, whole->deploying_role);
    const char *b = lines_of(tool->arena, server, NULL);
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
                   const SqlReplayFinding *finding)
{
    Catalog *server = NULL;
    const char *error = NULL;
    printf("refused %s: %s:%zu: %s (SQLSTATE %s)\n", path, finding->path, finding->line,
           finding->message, finding->sqlstate);
    tool->refused++;
    if (tool->url == NULL) {
        return;
    }
    if (on_server(tool, folder, count, NULL, &server, NULL, &error)) {
        printf("WRONG %s: the server takes it\n", path);
        tool->wrong++;
        catalog_free(server);
    } else if (strstr(error, finding->sqlstate) == NULL) {
        printf("WRONG %s: the server says %s\n", path, error);
        tool->wrong++;
    }
}

static void run_folder(Tool *tool, const char *path)
{
    Migrations *folder = NULL;
    size_t done = 0;
    if (!migrations_read(tool->arena, path, tool->diags, &folder)) {
        printf("WRONG %s: cannot be read\n", path);
        tool->wrong++;
        return;
    }
    SqlReplay *replay = in_memory(tool, folder, folder->list.count, false, &done);
    const SqlReplayFinding finding = *sql_replay_finding(replay);
    const size_t wrong = tool->wrong;
    if (finding.end == SQL_REPLAY_REFUSED) {
        refuse(tool, path, folder, done + 1, &finding);
        sql_replay_free(replay);
        return;
    }
    if (tool->unreadable) {
        printf("refused %s: after %zu of %zu scripts: what no server reads\n", path, done,
               folder->list.count);
        tool->refused++;
        sql_replay_free(replay);
        return;
    }
    if (done < folder->list.count) {
        printf("not understood %s: after %zu of %zu scripts: %s:%zu: %s: %s\n", path, done,
               folder->list.count, finding.path, finding.line, finding.message, finding.statement);
        sql_replay_free(replay);
        replay = in_memory(tool, folder, done, false, &done);
        tool->partly++;
    }
    const char *beyond =
        sql_replay_beyond(replay) == NULL ? NULL : sql_replay_beyond(replay)->message;
    const size_t partly = tool->partly;
    compare(tool, path, folder, done, replay);
    if (done == folder->list.count && tool->wrong == wrong && tool->partly == partly) {
        printf("equal %s: %zu scripts%s%s\n", path, done,
               beyond == NULL ? "" : "; beyond: ", beyond == NULL ? "" : beyond);
        tool->equal++;
    }
    sql_replay_free(replay);
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
        } else if (strcmp(argv[at], "--url") == 0 && at + 1 < argc) {
            tool.url = argv[++at];
        } else if (strcmp(argv[at], "--shadow") == 0 && at + 1 < argc) {
            tool.shadow = argv[++at];
        } else {
            at = argc;
        }
    }
    if (at >= argc) {
        fputs("usage: bellows_replay [--url URL [--shadow URL]] [--show] FOLDER...\n", stderr);
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
