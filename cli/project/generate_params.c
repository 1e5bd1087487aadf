/*
 * generate_params.c - what a generator is told, as the JSON of its requests.
 */
#include "base/common.h"

#include <string.h>

#include "cli/project/generating.h"

const char *generate_manifest_params(Cli *cli, const Generation *generation)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    JsonOut out = json_out_new(&text, false);
    generator_write(&out, NULL, &generation->block, &generation->facts);
    return strbuf_take(&text, cli->arena);
}

/* --- engines of older clients --- */

typedef struct Engine {
    const char *name, *before, *after, *variable;
} Engine;

static const Engine engines[] = {
    {"libqueryEngine", "libquery_engine-", ".so.node", "PRISMA_QUERY_ENGINE_LIBRARY"},
    {"queryEngine", "query-engine-", "", "PRISMA_QUERY_ENGINE_BINARY"},
};

/* Where the reference tool has put it; bellows downloads nothing. */
static const char *find_engine(Cli *cli, const Engine *engine, const GeneratorFacts *facts)
{
    const char *given = project_variable(cli, engine->variable);
    if (given != NULL) {
        return given;
    }
    const char *file = arena_printf(cli->arena, "@prisma/engines/%s%s%s", engine->before,
                                    facts->native_target, engine->after);
    const char *found = package_file(cli->arena, path_folder(cli->arena, facts->source_path), file);
    return found != NULL ? found : package_file(cli->arena, ".", file);
}

static bool write_engine(Cli *cli, JsonOut *out, const Generation *generation, const char *name)
{
    for (size_t i = 0; i < lengthof(engines); i++) {
        if (strcmp(engines[i].name, name) != 0) {
            continue;
        }
        const char *path = find_engine(cli, &engines[i], &generation->facts);
        if (path == NULL) {
            diag_report(cli->diags, DIAG_GENERATOR_ENGINE, span_none(),
                        generation->block.name->text, name, engines[i].variable);
            return false;
        }
        json_out_open_member(out, name, '{');
        json_out_text(out, generation->facts.native_target, path);
        json_out_close(out);
    }
    return true;
}

static bool without_engine(const Cli *cli)
{
    return option_given(&cli->options, OPT_NO_ENGINE) ||
           option_given(&cli->options, OPT_DATA_PROXY) ||
           option_given(&cli->options, OPT_ACCELERATE);
}

static bool write_engines(Cli *cli, JsonOut *out, const Generation *generation)
{
    bool ok = true;
    json_out_open_member(out, "binaryPaths", '{');
    if (!without_engine(cli)) {
        vec_each(const char *, at, &generation->manifest.requires_engines) {
            ok = write_engine(cli, out, generation, *at) && ok;
        }
    }
    json_out_close(out);
    return ok;
}

/* --- everything --- */

/* Generators are told which engine their caller would run: a commit of the reference's engines.
 * Some refuse what looks like an old release. This is the one whose documents ours equal. */
static const char reference_engine[] = "59be4fda12412a79eeb9c2ae727b6aa723593323";

static void write_others(JsonOut *out, const GenerationList *all, const Generation *generation)
{
    json_out_open_member(out, "otherGenerators", '[');
    vec_each(Generation, at, all) {
        if (at != generation) {
            generator_write(out, NULL, &at->block, &at->facts);
        }
    }
    json_out_close(out);
}

bool generate_params(Cli *cli, const SchemaText *schema, const GenerationList *all,
                     const Generation *generation, const GenerateShared *shared,
                     const char **ret_params)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    JsonOut out = json_out_new(&text, false);
    const char *engine_version = generation->manifest.engine_version;
    json_out_open(&out, '{');
    json_out_text(&out, "datamodel", shared->datamodel);
    datasources_write(&out, "datasources", &schema->config, generation->facts.source_path,
                      cli->arena);
    generator_write(&out, "generator", &generation->block, &generation->facts);
    json_out_raw(&out, "dmmf", shared->dmmf);
    write_others(&out, all, generation);
    json_out_text(&out, "schemaPath", shared->schema_path);
    json_out_text(&out, "version", engine_version == NULL ? reference_engine : engine_version);
    bool ok = write_engines(cli, &out, generation);
    json_out_bool(&out, "allowNoModels", !option_given(&cli->options, OPT_REQUIRE_MODELS));
    json_out_bool(&out, "noEngine", without_engine(cli));
    json_out_bool(&out, "noHints", option_given(&cli->options, OPT_NO_HINTS));
    json_out_close(&out);
    *ret_params = strbuf_take(&text, cli->arena);
    return ok;
}
