/*
 * cmd_validate.c - `bellows validate`.
 */
#include "base/common.h"

#include <string.h>

#include "base/file.h"
#include "cli/console/answer.h"
#include "cli/project/own_config.h"
#include "cli/project/project.h"

static bool check_schema(Cli *cli, const char **ret_path)
{
    SchemaText schema;
    return project_find_schema(cli, ret_path) && schema_read(cli, *ret_path, &schema) &&
           schema_check(schema.ast, &schema.config, intern_cstr(cli->names, "public"), cli->names,
                        cli->diags);
}

static bool silence_allowed_names(Cli *cli)
{
    vec_each(const char *, at, &cli->options.values[OPT_ALLOW]) {
        size_t warning = diag_warning_find(*at, strlen(*at));
        if (warning == WARNING_NAME_COUNT) {
            diag_report(cli->diags, DIAG_BAD_OPTION_VALUE, span_none(), *at, "--allow",
                        "the name of a warning, such as `relation-without-index`");
            return false;
        }
        diag_silence(cli->diags, warning);
    }
    return true;
}

ExitCode cmd_validate(Cli *cli)
{
    const char *path = NULL;
    const OwnConfig *own = NULL;
    bool ok =
        check_schema(cli, &path) && project_own_config(cli, &own) && !diag_has_errors(cli->diags);
    ok = silence_allowed_names(cli) && ok;
    answer_bool(cli, "valid", ok);
    answer_text(cli, "schema", path);
    if (ok) {
        cli_say(cli,
                file_is_folder(path) ? "The schemas at %s are valid 🚀\n"
                                     : "The schema at %s is valid 🚀\n",
                path);
    }
    return cli_exit(cli, EXIT_DONE);
}
