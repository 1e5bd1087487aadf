#include "base/common.h"

#include "cli/commands/signing.h"

#include <errno.h>
#include <string.h>

#include "cli/console/answer.h"
#include "cli/project/own_config.h"
#include "runtime/generate/contract.h"
#include "runtime/host/process.h"

/* What loaders of the configuration set is set for it, too; it tells nobody what it was used for.
 */
static char **its_environment(Cli *cli)
{
    TextList variables = {0};
    vec_each(const char *, at, &cli->dotenv_lines) {
        vec_push(cli->arena, &variables, *at);
    }
    vec_push(cli->arena, &variables, "PRISMA_DISABLE_TELEMETRY=1");
    vec_push(cli->arena, &variables, NULL);
    return process_environment_with(cli->arena, variables.items);
}

/* Runs `prisma NAME`; false when it could not be run at all (reported). */
static bool run(Cli *cli, const char *name, const char *const words[], ContractResult *ret_result)
{
    const char *program = contract_program(cli->arena, ".");
    if (program == NULL) {
        diag_report(cli->diags, DIAG_CONTRACT_PROGRAM, span_none(), name);
        return false;
    }
    cli_show(cli);
    if (!project_read_variables(cli)) {
        return false;
    }
    if (!contract_run(cli->arena, program, words, its_environment(cli), ret_result)) {
        diag_report(cli->diags, DIAG_CONTRACT_FAILED, span_none(), name, strerror(errno));
        return false;
    }
    return true;
}

static bool failed(Cli *cli, const char *name, const ContractResult *result)
{
    cli_note_lines(cli, "", result->output);
    diag_report(cli->diags, DIAG_CONTRACT_FAILED, span_none(), name,
                arena_printf(cli->arena, "it ended with %d", result->status));
    return false;
}

bool contract_emit(Cli *cli)
{
    static const char name[] = "contract emit";
    static const char *const words[] = {"contract", "emit", "--no-interactive", "--format", "human",
                                        "--quiet",  NULL};
    ContractResult result = {0};
    const long long begin = cli_clock_ms();
    if (!run(cli, name, words, &result)) {
        return false;
    }
    if (result.status != CONTRACT_DONE) {
        return failed(cli, name, &result);
    }
    cli_print(cli, "Emitted the contract in %lld ms\n", cli_clock_ms() - begin);
    return true;
}

bool contract_wants_sign(Cli *cli, bool *ret_wanted)
{
    const OwnConfig *own = NULL;
    const bool asked = option_given(&cli->options, OPT_SIGN);
    if (!project_own_config(cli, &own)) {
        return false;
    }
    if (asked && option_given(&cli->options, OPT_URL)) {
        diag_report_plain(cli->diags, DIAG_SIGN_ELSEWHERE, span_none());
        return false;
    }
    *ret_wanted = asked || (own->sign && !option_given(&cli->options, OPT_URL));
    return true;
}

bool contract_sign(Cli *cli, bool waits)
{
    static const char name[] = "db sign";
    static const char *const words[] = {"db",       "sign",  "--no-advance-ref", "--no-interactive",
                                        "--format", "human", "--quiet",          NULL};
    ContractResult result = {0};
    if (!run(cli, name, words, &result)) {
        return false;
    }
    answer_bool(cli, "signed", result.status == CONTRACT_DONE);
    if (result.status == CONTRACT_DONE) {
        cli_print(cli, "The database is signed.\n");
        return true;
    }
    if (result.status != CONTRACT_DIFFERS) {
        return failed(cli, name, &result);
    }
    if (waits) {
        cli_say(cli, "The database is not signed yet: it gets the contract's shape with "
                     "`--contract`.\n");
        return true;
    }
    cli_note_lines(cli, "", result.output);
    diag_report_plain(cli->diags, DIAG_SIGN_DIFFERS, span_none());
    return false;
}
