#include "base/common.h"

#include "cli/commands/seeding.h"
#include "cli/console/answer.h"
#include "cli/project/generating.h"
#include "cli/project/project.h"

#include "runtime/generate/client_version.h"
#include "runtime/generate/seed.h"

/* The seed command finds the same database we would, also when that is the private one, and what
 * `.env` files or the configuration's loaders set. */
static const char *const *variables(Cli *cli, const Database *database)
{
    size_t count = 0;
    const char **list = arena_array(cli->arena, const char *, cli->dotenv_lines.count + 2);
    vec_each(const char *, at, &cli->dotenv_lines) {
        list[count++] = *at;
    }
    if (database != NULL) {
        list[count] = arena_printf(cli->arena, "DATABASE_URL=%s", database->url);
    }
    return list;
}

/* Of the configuration, run here; else of package.json, run beside it. */
static bool find_command(Cli *cli, SeedCommand *ret_command)
{
    const Settings *settings = NULL;
    *ret_command = (SeedCommand){.directory = "."};
    if (!project_settings(cli, &settings) ||
        (settings != NULL &&
         !setting_text(settings, SETTING_SEED, cli->diags, &ret_command->command))) {
        return false;
    }
    if (ret_command->command != NULL && ret_command->command[0] == '\0') {
        ret_command->command = NULL;
        return true;
    }
    return ret_command->command != NULL || seed_find(cli->arena, ".", cli->diags, ret_command);
}

/* Where one is named depends on the version: 7 reads no package.json. */
static void tell_none(Cli *cli)
{
    enum { FIRST_WITHOUT_PACKAGE = 7 };
    cli_print(cli, "⚠ No seed command configured\n\n");
    if (cli->settings != NULL || client_version(cli->arena, ".") >= FIRST_WITHOUT_PACKAGE) {
        cli_print(cli, "Name one in %s:\n\n  migrations: { seed: \"node prisma/seed.js\" }\n",
                  cli->settings == NULL ? "prisma.config.ts" : cli->settings->path);
    } else {
        cli_print(cli, "Name one in package.json:\n\n"
                       "  \"prisma\": { \"seed\": \"node prisma/seed.js\" }\n");
    }
}

/* Without a configured command: nothing, or, when `explain`, how to configure one. */
static ExitCode seed_project(Cli *cli, const Database *database, bool explain)
{
    SeedCommand command = {0};
    if (!project_read_variables(cli) || !find_command(cli, &command)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    answer_text(cli, "seed", command.command);
    if (command.command == NULL) {
        if (explain) {
            tell_none(cli);
        }
        return EXIT_DONE;
    }
    cli_say(cli, "Running seed command `%s` ...\n", command.command);
    const TextList *operands = &cli->options.operands;
    command.interrupted = &cli_interrupted;
    bool ok = cli_flush(cli) && seed_run(cli->arena, &command, operands->items, operands->count,
                                         variables(cli, database), cli->diags);
    if (ok) {
        cli_print(cli, "\n🌱  The seed command has been executed.\n");
    }
    return ok ? EXIT_DONE : cli_exit(cli, EXIT_FAILED);
}

/* A project of version 6: its schema names the database, or there is neither a configuration nor a
 * client that says otherwise (docs/decisions/0013). */
static bool seeds_by_itself(Cli *cli, const SchemaText *schema, const Settings *settings)
{
    enum { FIRST_THAT_DOES_NOT = 7 };
    return schema_names_database(schema) ||
           (settings == NULL && client_version(cli->arena, ".") < FIRST_THAT_DOES_NOT);
}

ExitCode seed_afterwards(Cli *cli, const SchemaText *schema, const Database *database)
{
    const Settings *settings = NULL;
    if (option_given(&cli->options, OPT_SKIP_SEED)) {
        return EXIT_DONE;
    }
    if (!project_settings(cli, &settings)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    return seeds_by_itself(cli, schema, settings) ? seed_project(cli, database, false) : EXIT_DONE;
}

/* Where a schema and a database are to be found, the command gets them; it may need neither. */
ExitCode cmd_db_seed(Cli *cli)
{
    SchemaText schema;
    const char *path = NULL;
    Database database;
    const Settings *settings = NULL;
    if (!project_settings(cli, &settings)) {
        return cli_exit(cli, EXIT_FAILED);
    }
    Diagnostics *reported = cli->diags;
    cli->diags = diagnostics_new(cli->arena, cli->sources);
    bool found = project_find_schema(cli, &path) && schema_read(cli, path, &schema) &&
                 project_database(cli, &schema, PRIVATE_IF_RUNNING, &database);
    cli->diags = reported;
    return seed_project(cli, found ? &database : NULL, true);
}
