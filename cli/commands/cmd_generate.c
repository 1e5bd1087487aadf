/*
 * cmd_generate.c - `bellows generate`.
 */
#include "base/common.h"

#include "cli/commands/signing.h"
#include "cli/project/generating.h"

ExitCode cmd_generate(Cli *cli)
{
    const char *path = NULL;
    SchemaText schema;
    if (option_given(&cli->options, OPT_SQL)) {
        diag_report_plain(cli->diags, DIAG_GENERATE_SQL, span_none());
        return EXIT_FAILED;
    }
    if (option_given(&cli->options, OPT_ALLOW_NO_MODELS) &&
        option_given(&cli->options, OPT_REQUIRE_MODELS)) {
        diag_report(cli->diags, DIAG_ONE_OF_OPTIONS, span_none(),
                    "--allow-no-models and --require-models", cli->command->name);
        return EXIT_USAGE;
    }
    if (!project_find_schema(cli, &path) || !schema_read(cli, path, &schema) ||
        diag_has_errors(cli->diags)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    cli_note(cli, "Prisma schema loaded from %s.", path);
    bool contract = false;
    if (!project_has_contract(cli, &contract) || (contract && !contract_emit(cli))) {
        return cli_exit(cli, EXIT_FAILED);
    }
    if (contract) {
        return generate_beside(cli, &schema);
    }
    return generate_project(cli, &schema);
}
