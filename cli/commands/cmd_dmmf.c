/*
 * cmd_dmmf.c - `bellows dmmf`: the schema as generators receive it.
 */
#include "base/common.h"

#include "cli/console/answer.h"
#include "cli/project/project.h"
#include "compiler/schema/dmmf/dmmf.h"

ExitCode cmd_dmmf(Cli *cli)
{
    const char *path = NULL;
    SchemaText schema;
    JsonOut out = json_out_new(&cli->out, true);
    if (!project_find_schema(cli, &path) || !schema_read(cli, path, &schema)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    DmmfInput input = {schema.ast, &schema.config, cli->names, cli->diags};
    if (dmmf_write(&input, DMMF_ALL, &out)) {
        strbuf_char(&cli->out, '\n');
        answer_document(cli, "document");
    }
    return cli_exit(cli, EXIT_DONE);
}
