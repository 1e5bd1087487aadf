/*
 * hostile.c - the property test of decision 0016: names and texts that mean harm go through plans
 * of every kind.
 *
 *     hostile [--seed N] [--count N]      judges COUNT pairs of schemas in memory; prints the first
 * fault hostile --write SEED DIR            writes DIR/from.prisma and DIR/to.prisma of one pair
 *
 * For each pair, direct and online:
 * scripts and their reverse are read by PostgreSQL's own parser; nothing in them is named that a
 * path could find (read_names.h); their statements are, kind by kind, those of the harmless twin;
 * no relation or function of theirs has the name that the hostile texts would call. Blocks and
 * functions are read by PL/pgSQL's parser. Our reader takes the directives without a word, and a
 * backfill is of a table of the schema. The page, the summary, titles and hazards hold nothing that
 * a terminal or a CI service obeys. JSON is JSON; annotations for GitHub are exactly those meant.
 */
#include "base/common.h"

#include <jansson.h>
#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>
#include <protobuf-c/protobuf-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/diag/diag_print.h"
#include "base/file.h"
#include "compiler/canon/canon.h"
#include "compiler/plan/diff/renames.h"
#include "compiler/plan/make/plan_make.h"
#include "compiler/plan/show/plan_json.h"
#include "compiler/plan/show/plan_text.h"
#include "compiler/plan/show/plan_view.h"
#include "compiler/schema/lower/lower.h"
#include "grammar/parse.h"
#include "runtime/script/script.h"
#include "tests/fuzz/hostile_schema.h"
#include "tests/harness/read_names.h"

enum { KINDS = 512 };

typedef struct Run {
    Arena *arena;
    Names *names;
    Diagnostics *diags;
    unsigned seed;
    const Catalog *from, *to;
    size_t kinds[KINDS]; /* statements by kind, scripts and reverses */
} Run;

static unsigned current_seed;

/* lint: leaving - a fault ends the program */
static void fault(const char *what, const char *text)
{
    printf("hostile: seed %u: %s\n%s\n", current_seed, what, text);
    exit(1);
}

/* --- schemas -----------------------------------------------------------------------------------
 */

static Run run_new(unsigned seed)
{
    Run run = {.arena = arena_new(), .seed = seed};
    run.names = names_new(run.arena);
    run.diags = diagnostics_new(run.arena, sources_new(run.arena));
    return run;
}

static Catalog *read_catalog(Run *run, const char *path, const char *text)
{
    AstSchema *schema = schema_new(run->arena);
    SchemaConfig config;
    parse_file(schema, sources_add(run->diags->sources, path, text, strlen(text)), run->names,
               run->diags);
    if (!schema_config_read(schema, run->names, run->diags, &config)) {
        return NULL;
    }
    Catalog *catalog =
        schema_lower(schema, &config, intern_cstr(run->names, "public"), run->names, run->diags);
    if (catalog != NULL) {
        canon_catalog(catalog);
    }
    return catalog;
}

/* --- terminals and CI services -----------------------------------------------------------------
 */

/* Said anew here, not by base/text/show.c: what may not reach a terminal. */
static bool is_obeyed(int32_t c)
{
    return (c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0) || c == 0xAD ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

static void judge_shown(const char *what, const char *text)
{
    const size_t len = strlen(text);
    bool line_start = true;
    for (size_t at = 0; at < len;) {
        int32_t c = -1;
        const utf8proc_ssize_t bytes =
            utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(len - at), &c);
        if (bytes <= 0 || is_obeyed(c)) {
            printf("%s: at byte %zu: ", what, at);
            fault("a terminal would obey it", text);
        }
        if (line_start && strncmp(text + at, "::", 2) == 0) {
            fault("a line would be a workflow command", text);
        }
        line_start =
            c == '\n' || (line_start && (c == ' ' || utf8proc_category(c) == UTF8PROC_CATEGORY_ZS));
        at += (size_t)bytes;
    }
    if (strstr(text, "##[") != NULL || strstr(text, "##vso[") != NULL) {
        fault("a line would be an old workflow command", text);
    }
}

static void judge_json(const char *text)
{
    json_error_t error;
    json_t *document = json_loads(text, 0, &error);
    if (document == NULL || strstr(text, "##[") != NULL || strstr(text, "##vso[") != NULL) {
        fault("JSON is none", text);
    }
    json_decref(document);
}

static void judge_diagnostics(const Diagnostics *diags)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    size_t lines = 0;
    diag_print_text(&out, diags, (DiagLook){0});
    judge_shown("a diagnostic", strbuf_text(&out));
    strbuf_reset(&out);
    diag_print_json(&out, diags);
    judge_json(strbuf_text(&out));
    strbuf_reset(&out);
    diag_print_github(&out, diags);
    for (const char *at = strbuf_text(&out); *at != '\0'; at = strchr(at, '\n') + 1, lines++) {
        if ((strncmp(at, "::error ", 8) != 0 && strncmp(at, "::warning ", 10) != 0) ||
            memchr(at, '\r', (size_t)(strchr(at, '\n') - at)) != NULL) {
            fault("a line that is no annotation", strbuf_text(&out));
        }
    }
    if (lines != diags->items.count) {
        fault("not as many annotations as diagnostics", strbuf_text(&out));
    }
    strbuf_dispose(&out);
}

/* --- SQL ---------------------------------------------------------------------------------------
 */

static void walk(const ProtobufCMessage *message, const char *sql);

static void walk_field(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                       const char *sql)
{
    const char *base = (const char *)message;
    const void *at = base + field->offset;
    const void *quantifier = base + field->quantifier_offset;
    if (field->type == PROTOBUF_C_TYPE_MESSAGE && field->label == PROTOBUF_C_LABEL_REPEATED) {
        const size_t count = *(const size_t *)quantifier;
        ProtobufCMessage *const *items = *(ProtobufCMessage *const *const *)at;
        for (size_t i = 0; i < count; i++) {
            walk(items[i], sql);
        }
    } else if (field->type == PROTOBUF_C_TYPE_MESSAGE &&
               ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) == 0 ||
                *(const uint32_t *)quantifier == field->id)) {
        const ProtobufCMessage *child = *(const ProtobufCMessage *const *)at;
        if (child != NULL) {
            walk(child, sql);
        }
    } else if (field->type == PROTOBUF_C_TYPE_STRING && field->label != PROTOBUF_C_LABEL_REPEATED) {
        const char *text = *(const char *const *)at;
        if (text != NULL && strcmp(text, "pwned") == 0) {
            fault("what a text says has become SQL", sql);
        }
    }
}

static void walk(const ProtobufCMessage *message,
                 const char *sql) /* NOLINT(misc-no-recursion): a tree of ours */
{
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        walk_field(message, &message->descriptor->fields[i], sql);
    }
}

static void judge_sql(Run *run, const char *sql, bool hostile)
{
    PgQueryProtobufParseResult parsed = pg_query_parse_protobuf(sql);
    if (parsed.error != NULL) {
        fault(parsed.error->message, sql);
    }
    PgQuery__ParseResult *tree = pg_query__parse_result__unpack(
        NULL, parsed.parse_tree.len, (const uint8_t *)parsed.parse_tree.data);
    bool has_block = false;
    for (size_t i = 0; i < tree->n_stmts; i++) {
        const PgQuery__Node *node = tree->stmts[i]->stmt;
        run->kinds[node->node_case % KINDS]++;
        has_block |= node->node_case == PG_QUERY__NODE__NODE_DO_STMT ||
                     node->node_case == PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT;
        if (hostile) {
            walk(&node->base, sql);
        }
    }
    pg_query__parse_result__free_unpacked(tree, NULL);
    pg_query_free_protobuf_parse_result(parsed);
    if (has_block) {
        PgQueryPlpgsqlParseResult body = pg_query_parse_plpgsql(sql);
        if (body.error != NULL) {
            fault(body.error->message, sql);
        }
        pg_query_free_plpgsql_parse_result(body);
    }
}

static bool has_table(const Catalog *catalog, const char *name)
{
    vec_each(Table *const, table, &catalog->tables) {
        if (strcmp((*table)->name->text, name) == 0) {
            return true;
        }
    }
    return false;
}

static const char *const *enum_names(const Run *run)
{
    size_t count = 0;
    const char **names =
        arena_array(run->arena, const char *, run->from->enums.count + run->to->enums.count + 1);
    vec_each(EnumType *const, at, &run->from->enums) {
        names[count++] = (*at)->name->text;
    }
    vec_each(EnumType *const, at, &run->to->enums) {
        names[count++] = (*at)->name->text;
    }
    names[count] = NULL;
    return names;
}

/* Whatever runs with others' rights, or under their path, is qualified. */
static void judge_names(Run *run, const char *sql)
{
    NameReading reading = {.arena = run->arena,
                           .where = "script",
                           .types = enum_names(run),
                           .found = strbuf_new(STRBUF_MAX)};
    names_read_script(&reading, sql);
    if (reading.found.len > 0) {
        fault(strbuf_text(&reading.found), sql);
    }
    strbuf_dispose(&reading.found);
}

static void judge_script(Run *run, const char *sql)
{
    const ParsedScript *script = NULL;
    const size_t before = run->diags->items.count;
    if (!script_parse(run->arena, "migration.sql", sql, strlen(sql), run->diags, &script) ||
        run->diags->items.count != before || !script->readable) {
        fault("our own script is not read without a word", sql);
    }
    vec_each(ScriptStatement, statement, &script->statements) {
        if (statement->backfill != NULL && !has_table(run->from, statement->backfill->table.name) &&
            !has_table(run->to, statement->backfill->table.name)) {
            fault("a backfill is of no table", sql);
        }
    }
}

/* --- one pair ----------------------------------------------------------------------------------
 */

static void judge_pages(Run *run, const Plan *plan)
{
    const PlanTextOptions options = {.sources = run->diags->sources};
    judge_shown("the page", plan_text(run->arena, plan, &options));
    judge_shown("the summary", diff_summary(run->arena, plan->diff));
    judge_json(plan_json(run->arena, plan, &options));
    vec_each(Hazard *const, hazard, &plan->hazards) {
        judge_shown("a hazard", hazard_message(run->arena, *hazard));
    }
}

static void judge_plan(Run *run, bool online, bool hostile)
{
    Renames renames = {0};
    if (!renames_find(run->from, run->to, run->from, NULL, 0, run->diags, run->arena, &renames)) {
        fault("the renames are not found", "");
    }
    const PlanOptions options = {.online = online, .renames = &renames};
    Plan *plan = plan_make(run->from, run->to, &options, run->diags);
    if (plan == NULL) {
        fault("there is no plan", "");
    }
    ScriptList scripts = emit_migrations(run->arena, plan, &plan->hazards);
    vec_each(const Script, script, &scripts) {
        judge_sql(run, script->sql, hostile);
        judge_names(run, script->sql);
        judge_script(run, script->sql);
        if (script->undo != NULL) {
            judge_sql(run, script->undo, hostile);
            judge_names(run, script->undo);
        }
    }
    StatementList statements = emit_statements(run->arena, plan);
    vec_each(const Statement, statement, &statements) {
        judge_sql(run, statement->sql, hostile);
    }
    vec_each(Step *const, step, &plan->steps) {
        TextList shown = step_statements(run->arena, *step);
        vec_each(const char *const, statement, &shown) {
            judge_sql(run, *statement, hostile);
        }
    }
    if (hostile) {
        judge_pages(run, plan);
    }
    plan_free(plan);
}

static bool judge_side(Run *run, unsigned seed, bool hostile)
{
    const HostilePair pair = hostile_pair(run->arena, seed, !hostile);
    Catalog *from = read_catalog(run, "from.prisma", pair.from),
            *to = read_catalog(run, "to.prisma", pair.to);
    if (hostile) {
        judge_diagnostics(run->diags);
    }
    const bool valid = from != NULL && to != NULL && !diag_has_errors(run->diags);
    if (valid) {
        run->from = from;
        run->to = to;
        judge_plan(run, false, hostile);
        judge_plan(run, true, hostile);
    } else if (!hostile) {
        StrBuf out = strbuf_new(STRBUF_MAX);
        diag_print_text(&out, run->diags, (DiagLook){0});
        fault("the harmless schema is refused", strbuf_text(&out));
    }
    if (hostile) { /* a schema that is wrong: its names are told */
        const char *text = arena_printf(
            run->arena,
            "%s\nmodel Again {\n  id Int @id\n  x Missing\n  @@map(\"n\\n::error::\\u001b\\\"\")\n"
            "  @@schema(\"\\n##[x]\\u202e\")\n}\n",
            pair.to);
        Run wrong = run_new(seed);
        Catalog *catalog = read_catalog(&wrong, "a\n::b,c\033.prisma", text);
        judge_diagnostics(wrong.diags);
        catalog_free(catalog);
        arena_free(wrong.arena);
    }
    catalog_free(from);
    catalog_free(to);
    return valid;
}

/* Is the hostile pair valid? Some names clash as the server would cut them. */
static bool judge(unsigned seed)
{
    Run hostile = run_new(seed), harmless = run_new(seed);
    current_seed = seed;
    const bool valid = judge_side(&hostile, seed, true);
    (void)judge_side(&harmless, seed, false);
    if (valid && memcmp(hostile.kinds, harmless.kinds, sizeof hostile.kinds) != 0) {
        fault("the statements are not those of the harmless twin", "");
    }
    arena_free(hostile.arena);
    arena_free(harmless.arena);
    return valid;
}

static int write_pair(unsigned seed, const char *folder)
{
    Arena *arena = arena_new();
    const HostilePair pair = hostile_pair(arena, seed, false);
    int error = 0;
    const bool ok =
        file_write(path_join(arena, folder, "from.prisma"), pair.from, strlen(pair.from), &error) &&
        file_write(path_join(arena, folder, "to.prisma"), pair.to, strlen(pair.to), &error);
    arena_free(arena);
    return ok ? 0 : 1;
}

int main(int argc, char **argv)
{
    unsigned seed = 1, count = 400, valid = 0;
    for (int i = 1; i < argc; i++) {
        if (i + 2 < argc && strcmp(argv[i], "--write") == 0) {
            return write_pair((unsigned)strtoul(argv[i + 1], NULL, 10), argv[i + 2]);
        }
        if (i + 1 < argc && strcmp(argv[i], "--seed") == 0) {
            seed = (unsigned)strtoul(argv[++i], NULL, 10);
        } else if (i + 1 < argc && strcmp(argv[i], "--count") == 0) {
            count = (unsigned)strtoul(argv[++i], NULL, 10);
        } else {
            fprintf(stderr, "usage: hostile [--seed N] [--count N] | --write SEED DIR\n");
            return 64;
        }
    }
    for (unsigned i = 0; i < count; i++) {
        valid += judge(seed + i) ? 1 : 0;
    }
    printf("hostile: %u pairs, %u of them valid schemas: nothing has left its place\n", count,
           valid);
    return valid * 10 >= count * 9 ? 0 : 1;
}
