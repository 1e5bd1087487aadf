/*
 * cmd_server.c - `bellows server start|stop|status|url`.
 */
#include "base/common.h"

#include "cli/console/answer.h"
#include "cli/project/private.h"

ExitCode cmd_server_start(Cli *cli)
{
    const char *url = NULL;
    Server *server = NULL;
    ServerOptions options = private_options(cli);
    if (!server_start(&options, cli->arena, cli->diags, &server)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    url = server_url(server, "dev");
    answer_bool(cli, "running", true);
    answer_text(cli, "url", url);
    answer_text(cli, "home", server_home(server));
    cli_say(cli, "PostgreSQL %s is running in %s\n%s\n", server_version(server),
            server_home(server), url);
    return EXIT_DONE;
}

static ExitCode remove_server(Cli *cli, const ServerOptions *options)
{
    if (!server_remove_project(options, cli->arena, cli->diags)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    cli_print(cli, "Stopped and removed.\n");
    return EXIT_DONE;
}

ExitCode cmd_server_stop(Cli *cli)
{
    ServerOptions options = private_options(cli);
    ServerStatus status;
    if (!server_status(&options, cli->arena, cli->diags, &status)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    if (option_given(&cli->options, OPT_REMOVE)) {
        return remove_server(cli, &options);
    }
    if (!status.running) {
        cli_print(cli, "Not running.\n");
        return EXIT_DONE;
    }
    if (!server_stop_project(&options, cli->arena, cli->diags)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    cli_say(cli, "Stopped. The data stays in %s.\n", status.home);
    return EXIT_DONE;
}

ExitCode cmd_server_status(Cli *cli)
{
    ServerOptions options = private_options(cli);
    ServerStatus status;
    if (!server_status(&options, cli->arena, cli->diags, &status)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    answer_bool(cli, "running", status.running);
    answer_text(cli, "home", status.home);
    if (status.running) {
        answer_text(cli, "serverVersion", status.version);
        answer_number(cli, "process", (long long)status.pid);
        cli_say(cli, "Running: PostgreSQL %s, process %ld, in %s\n", status.version,
                (long)status.pid, status.home);
        return EXIT_DONE;
    }
    cli_say(cli,
            status.exists ? "Not running; its data is in %s\n"
                          : "Never started (it would live in %s)\n",
            status.home);
    return EXIT_FAILED;
}

ExitCode cmd_server_url(Cli *cli)
{
    ServerOptions options = private_options(cli);
    Server *server = NULL;
    ServerStatus status;
    if (!server_status(&options, cli->arena, cli->diags, &status)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    if (!status.running) {
        diag_report_plain(cli->diags, DIAG_SERVER_NOT_RUNNING, span_none());
        return EXIT_FAILED;
    }
    if (!server_start(&options, cli->arena, cli->diags, &server)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    answer_text(cli, "url", server_url(server, "dev"));
    cli_print(cli, "%s\n", server_url(server, "dev"));
    return EXIT_DONE;
}
