/*
 * generating.c - the generators of a schema: started all, asked who they are, asked one by one to
 * generate, ended.
 *
 * A generator that fails does not keep the others from working; the exit code tells.
 */
#include "base/common.h"

#include "cli/project/generating.h"

#include <string.h>

#include "base/file.h"
#include "base/text/json_text.h"
#include "cli/console/answer.h"
#include "compiler/schema/dmmf/dmmf.h"
#include "grammar/format.h"
#include "runtime/host/folder.h"
#include "runtime/host/process.h"

typedef struct Generating {
    Cli *cli;
    const SchemaText *schema;
    bool asked; /* by the user: what is not installed is an error */
    GenerationList list;
    GenerateShared shared;
} Generating;

/* --- which --- */

static bool is_wanted(const TextList *names, const GeneratorBlock *block)
{
    vec_each(const char *, at, names) {
        if (name_is(block->name, *at)) {
            return true;
        }
    }
    return names->count == 0;
}

static bool is_known(const GeneratorBlockList *blocks, const char *name)
{
    vec_each(GeneratorBlock, at, blocks) {
        if (name_is(at->name, name)) {
            return true;
        }
    }
    return false;
}

static const char *names_of(Cli *cli, const GeneratorBlockList *blocks)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    vec_each(GeneratorBlock, at, blocks) {
        strbuf_printf(&text, "%s`%s`", text.len > 0 ? ", " : "", at->name->text);
    }
    return strbuf_take(&text, cli->arena);
}

/* Names of --generator that are in no schema. */
static bool names_are_known(Cli *cli, const GeneratorBlockList *blocks)
{
    bool ok = true;
    vec_each(const char *, at, &cli->options.values[OPT_GENERATOR]) {
        if (!is_known(blocks, *at)) {
            diag_report(cli->diags, DIAG_GENERATOR_UNKNOWN, span_none(), *at,
                        blocks->count == 0 ? "no generators" : names_of(cli, blocks));
            ok = false;
        }
    }
    return ok;
}

static const char *real_path(Cli *cli, const char *path)
{
    const char *real = folder_real(path, cli->arena);
    return real == NULL ? path : real;
}

static bool choose(Generating *work)
{
    Cli *cli = work->cli;
    GeneratorBlockList blocks = {0};
    const char *native = generator_native_target(cli->arena);
    generators_read(work->schema->ast, cli->names, &blocks);
    if (!names_are_known(cli, &blocks)) {
        return false;
    }
    vec_each(GeneratorBlock, at, &blocks) {
        const SourceFile *file = sources_file(cli->sources, at->ast->span.file);
        Generation generation = {
            .block = *at,
            .facts = {.source_path = real_path(cli, file->path), .native_target = native}};
        if (is_wanted(&cli->options.values[OPT_GENERATOR], at)) {
            vec_push(cli->arena, &work->list, generation);
        }
    }
    return true;
}

/* --- starting --- */

/* A text, or the value of the variable it names. */
static bool resolve(Cli *cli, const Generation *generation, const TextOrEnv *value,
                    const char *property, const char **ret_text)
{
    *ret_text = value->text == NULL ? NULL : value->text->text;
    if (value->env != NULL) {
        *ret_text = project_variable(cli, value->env->text);
        if (*ret_text == NULL) {
            diag_report(cli->diags, DIAG_GENERATOR_VARIABLE, span_none(),
                        generation->block.name->text, property, value->env->text, value->env->text);
            return false;
        }
    }
    return true;
}

/* `more`: a further variable, or NULL. */
static char **child_environment(Cli *cli, const GeneratorSearch *search, const char *more)
{
    TextList variables = {0};
    vec_each(const char *, at, &cli->dotenv_lines) {
        vec_push(cli->arena, &variables, *at);
    }
    vec_push(cli->arena, &variables, "PRISMA_GENERATOR_INVOCATION=true");
    if (more != NULL) {
        vec_push(cli->arena, &variables, more);
    }
    vec_push(cli->arena, &variables,
             arena_printf(cli->arena, "PATH=%s", generator_path(cli->arena, search)));
    vec_push(cli->arena, &variables, NULL);
    return process_environment_with(cli->arena, variables.items);
}

/* The package of a built-in generator is missing. */
static bool not_installed(Generating *work, const Generation *generation, const char *provider)
{
    Cli *cli = work->cli;
    const char *package = generation->command.package;
    if (work->asked) {
        diag_report(cli->diags, DIAG_GENERATOR_PACKAGE, span_none(), generation->block.name->text,
                    provider, package, package);
    } else {
        cli_note(cli, "Generator `%s` was not run: the npm package %s is not installed.",
                 generation->block.name->text, package);
    }
    return false;
}

static bool start(Generating *work, Generation *generation)
{
    Cli *cli = work->cli;
    const char *provider = NULL;
    const char *path = environment("PATH");
    GeneratorSearch search = {path_folder(cli->arena, generation->facts.source_path), path};
    if (!resolve(cli, generation, &generation->block.provider, "provider", &provider)) {
        return false;
    }
    generator_find(cli->arena, provider, &search, &generation->command);
    generation->by_prisma = generation->command.prisma != NULL;
    if (generation->by_prisma) {
        return true;
    }
    if (generation->command.argv == NULL) {
        return not_installed(work, generation, provider);
    }
    generation->generator = (Generator){.name = generation->block.name->text,
                                        .provider = provider,
                                        .arena = cli->arena,
                                        .diags = cli->diags,
                                        .interrupted = &cli_interrupted};
    return generator_start(&generation->generator, &generation->command,
                           child_environment(cli, &search, NULL));
}

static const char *absolute(Cli *cli, const char *folder, const char *path)
{
    if (path[0] == '/') {
        return path;
    }
    while (strncmp(path, "./", 2) == 0) {
        path += 2;
    }
    for (; strncmp(path, "../", 3) == 0; path += 3) {
        folder = path_folder(cli->arena, folder);
    }
    return path_join(cli->arena, folder, path);
}

/* Where older clients of npm go when nothing is said. */
static const char *default_output(Cli *cli, const Generation *generation)
{
    const char *told = generation->manifest.default_output;
    const char *modules = generation->command.modules;
    if (told != NULL && modules != NULL && strcmp(told, ".prisma/client") == 0) {
        return path_join(cli->arena, modules, told);
    }
    return told;
}

static bool find_output(Cli *cli, Generation *generation)
{
    const char *output = NULL;
    const char *folder = path_folder(cli->arena, generation->facts.source_path);
    if (!resolve(cli, generation, &generation->block.output, "output", &output)) {
        return false;
    }
    generation->facts.output_was_given = output != NULL;
    if (output == NULL) {
        output = default_output(cli, generation);
    }
    if (output != NULL) {
        generation->facts.output = absolute(cli, folder, output);
    }
    return true;
}

static bool has_provider(const GenerationList *list, const char *provider)
{
    vec_each(Generation, at, list) {
        if (at->generator.provider != NULL && strcmp(at->generator.provider, provider) == 0) {
            return true;
        }
    }
    return false;
}

static bool requirements_are_met(const Generating *work, const Generation *generation)
{
    bool ok = true;
    vec_each(const char *, at, &generation->manifest.requires_generators) {
        if (!has_provider(&work->list, *at)) {
            diag_report(work->cli->diags, DIAG_GENERATOR_REQUIRES, span_none(),
                        generation->block.name->text, *at, *at);
            ok = false;
        }
    }
    return ok;
}

static void get_ready(Generating *work)
{
    Cli *cli = work->cli;
    vec_each(Generation, at, &work->list) {
        at->given_up = !start(work, at);
    }
    vec_each(Generation, at, &work->list) {
        at->given_up = at->given_up || cli_interrupted != 0 ||
                       (!at->by_prisma &&
                        (!generator_get_manifest(&at->generator, generate_manifest_params(cli, at),
                                                 &at->manifest) ||
                         !find_output(cli, at)));
    }
    vec_each(Generation, at, &work->list) {
        at->given_up = at->given_up || !requirements_are_met(work, at);
    }
}

/* --- generating --- */

static bool read_shared(Generating *work)
{
    Cli *cli = work->cli;
    const SchemaText *schema = work->schema;
    StrBuf dmmf = strbuf_new(STRBUF_MAX);
    StrBuf text = strbuf_new(STRBUF_MAX);
    JsonOut out = json_out_new(&dmmf, false);
    DmmfInput input = {schema->ast, &schema->config, cli->names, cli->diags};
    bool ok = dmmf_write(&input, DMMF_ALL, &out);
    vec_each(const SourceFile *, at, &schema->files) {
        format_file(&text, schema->ast, *at);
    }
    work->shared = (GenerateShared){.dmmf = strbuf_take(&dmmf, cli->arena),
                                    .datamodel = strbuf_take(&text, cli->arena),
                                    .schema_path = real_path(cli, schema->path)};
    return ok;
}

static void tell_done(Cli *cli, const Generation *generation, long long elapsed)
{
    const GeneratorManifest *manifest = &generation->manifest;
    const char *output = generation->facts.output;
    cli_say(cli, "Generated %s%s%s%s%s%s in %lld ms\n",
            manifest->title == NULL ? generation->block.name->text : manifest->title,
            manifest->version == NULL ? "" : " (v",
            manifest->version == NULL ? "" : manifest->version,
            manifest->version == NULL ? "" : ")", output == NULL ? "" : " to ",
            output == NULL ? "" : project_shown_path(cli, output), elapsed);
    cli_show(cli);
}

/* Its generators need no engine of its own, and without the variable it would fetch one. */
static bool generate_by_prisma(Generating *work, const Generation *generation)
{
    Cli *cli = work->cli;
    static const char engine[] = "PRISMA_SCHEMA_ENGINE_BINARY";
    const GeneratorSearch search = {path_folder(cli->arena, generation->facts.source_path),
                                    environment("PATH")};
    const char *here = folder_real("/proc/self/exe", cli->arena);
    const bool needed = environment(engine) == NULL && here != NULL;
    char **variables = child_environment(
        cli, &search, needed ? arena_printf(cli->arena, "%s=%s", engine, here) : NULL);
    return generator_run_by_prisma(cli->arena, &generation->command, work->shared.schema_path,
                                   generation->block.name->text, variables, cli->diags);
}

static bool generate(Generating *work, Generation *generation)
{
    Cli *cli = work->cli;
    const char *params = NULL;
    long long begin = cli_clock_ms();
    cli_show(cli);
    if (generation->by_prisma) {
        return generate_by_prisma(work, generation);
    }
    if (!generate_params(cli, work->schema, &work->list, generation, &work->shared, &params) ||
        !generator_generate(&generation->generator, params)) {
        return false;
    }
    tell_done(cli, generation, cli_clock_ms() - begin);
    return true;
}

static void generate_all(Generating *work)
{
    vec_each(Generation, at, &work->list) {
        if (!at->given_up && cli_interrupted == 0) {
            at->given_up = !generate(work, at);
        }
        generator_stop(&at->generator);
    }
}

static bool has_models(const SchemaText *schema)
{
    vec_each(AstBlock *const, at, &schema->ast->blocks) {
        if ((*at)->kind == AST_MODEL || (*at)->kind == AST_VIEW) {
            return true;
        }
    }
    return false;
}

static void answer_generators(const Generating *work)
{
    Cli *cli = work->cli;
    json_t *list = json_array();
    vec_each(const Generation, at, &work->list) {
        json_t *one = json_object();
        json_object_set_new(one, "name", json_text(at->block.name->text));
        json_object_set_new(one, "title", json_text(at->manifest.title));
        json_object_set_new(one, "version", json_text(at->manifest.version));
        json_object_set_new(
            one, "output",
            json_text(at->facts.output == NULL ? NULL : project_shown_path(cli, at->facts.output)));
        json_object_set_new(one, "generated", json_boolean(!at->given_up));
        json_array_append_new(list, one);
    }
    answer_put(cli, "generators", list);
}

static ExitCode run(Generating *work)
{
    Cli *cli = work->cli;
    if (option_given(&cli->options, OPT_REQUIRE_MODELS) && !has_models(work->schema)) {
        diag_report_plain(cli->diags, DIAG_GENERATE_NO_MODELS, span_none());
        return EXIT_FAILED;
    }
    if (!project_read_variables(cli) || !choose(work) || !read_shared(work)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    if (work->list.count == 0 && work->asked) {
        cli_note(cli, "The schema has no generator: nothing to generate.");
    }
    get_ready(work);
    generate_all(work);
    answer_generators(work);
    return cli_exit(cli, EXIT_DONE);
}

ExitCode generate_project(Cli *cli, const SchemaText *schema)
{
    Generating work = {.cli = cli, .schema = schema, .asked = true};
    return run(&work);
}

ExitCode generate_beside(Cli *cli, const SchemaText *schema)
{
    Generating work = {
        .cli = cli, .schema = schema, .asked = option_given(&cli->options, OPT_GENERATOR)};
    return run(&work);
}

/* Schemas that name their database themselves are those of the reference's version 6, whose
 * commands generate; version 7 refuses such schemas and leaves generating to its user. */
bool schema_names_database(const SchemaText *schema)
{
    const DatasourceConfig *source = &schema->config.datasource;
    return source->url != NULL || source->url_env != NULL;
}

static bool is_set(Cli *cli, const char *name)
{
    const char *value = project_variable(cli, name);
    return value != NULL && strcmp(value, "0") != 0 && strcmp(value, "false") != 0;
}

ExitCode generate_afterwards(Cli *cli, const SchemaText *schema, ExitCode code)
{
    Generating work = {.cli = cli, .schema = schema};
    if (code != EXIT_DONE || option_given(&cli->options, OPT_SKIP_GENERATE) ||
        is_set(cli, "PRISMA_MIGRATE_SKIP_GENERATE") || !schema_names_database(schema)) {
        return code;
    }
    return run(&work);
}
