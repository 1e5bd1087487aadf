#include "base/common.h"

#include "cli/commands/deploy_preview.h"

#include "runtime/script/script.h"

/* The tables a script speaks of, which it may keep others out of. */
static const char *tables_of(Cli *cli, const ParsedScript *script)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (script->touches_anything) {
        strbuf_add(&out, "tables that its text does not tell");
    }
    vec_each(const ScriptName, at, &script->tables) {
        strbuf_printf(&out, "%s%s%s%s", out.len == 0 ? "" : ", ",
                      at->schema == NULL ? "" : at->schema, at->schema == NULL ? "" : ".",
                      at->name);
    }
    return strbuf_take(&out, cli->arena);
}

static void print_locks(Cli *cli, const ParsedScript *script)
{
    switch (script->locks) {
    case LOCKS_NOBODY:
        cli_print(cli, "      keeps nobody waiting\n");
        break;
    case LOCKS_WRITERS:
        cli_say(cli, "      keeps writers out of %s\n", tables_of(cli, script));
        break;
    case LOCKS_ALL:
        cli_say(cli, "      keeps everybody out of %s\n", tables_of(cli, script));
        break;
    }
}

static void print_script(Cli *cli, const Migration *migration)
{
    const ParsedScript *script = NULL;
    Diagnostics *silent = diagnostics_new(cli->arena, cli->sources); /* deploy has read it */
    cli_print(cli, "  %s\n", migration->name);
    if (script_parse(cli->arena, migration->path, migration->sql, migration->len, silent,
                     &script)) {
        print_locks(cli, script);
        if (script->mode != SCRIPT_ATOMIC) {
            cli_say(cli, "      in several transactions: what is done stays when it fails\n");
        }
    }
}

static void print_preview(Cli *cli, const DeployResult *result)
{
    if (result->pending.count > result->held.count) {
        cli_print(cli, "Would apply:\n");
    }
    vec_each(const Migration *const, at, &result->pending) {
        if (!deploy_holds(result, *at)) {
            print_script(cli, *at);
        }
    }
    if (result->held.count > 0) {
        cli_print(cli, "Would wait for `--contract`:\n");
    }
    vec_each(const Migration *const, at, &result->held) {
        print_script(cli, *at);
    }
    cli_print(cli, result->pending.count == 0 ? "No pending migrations to apply.\n"
                                              : "\nNothing was changed (--dry-run).\n");
}

ExitCode print_deploy_preview(Cli *cli, Workspace *workspace)
{
    DeployOptions options;
    DeployResult result;
    if (!workspace_deploy_options(cli, workspace, &options)) {
        return cli_exit(cli, EXIT_USAGE);
    }
    workspace_print_datasource(cli, workspace);
    if (!deploy_preview(cli->arena, workspace->session, workspace->folder, &options, cli->diags,
                        &result)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    print_preview(cli, &result);
    return EXIT_DONE;
}
