/*
 * completion.c - `bellows completion bash|zsh|fish`: what a shell offers, written from the tables
 * of commands and options, so that it cannot drift from the program.
 *
 * A first word, a second one where the first is a group, then the options of the command and the
 * words its operands may be. Where nothing of these fits, the shell offers files.
 */
#include "base/common.h"

#include <ctype.h>
#include <string.h>

#include "cli/manual/commands.h"

typedef struct Tables {
    const Command *commands;
    size_t count;
} Tables;

/* `text` between apostrophes, for a shell; fish wants its backslashes doubled. */
static void put_quoted(Cli *cli, const char *text, const char *backslash)
{
    cli_put(cli, "'");
    for (const char *at = text; *at != '\0'; at++) {
        cli_put(cli, *at == '\'' ? "'\\''" : *at == '\\' ? backslash : (const char[]){*at, '\0'});
    }
    cli_put(cli, "'");
}

/* The words in small letters among the operands of a usage line: "[bash | zsh]". */
static void operand_words(Arena *arena, const Command *command, TextList *ret_words)
{
    *ret_words = (TextList){0};
    for (const char *at = command->operands; *(at += strspn(at, "[]| ")) != '\0';) {
        const size_t len = strcspn(at, "[]| ");
        if (islower((unsigned char)*at) && at[len] != '\0') {
            vec_push(arena, ret_words, arena_strndup(arena, at, len));
        }
        at += len;
    }
}

static bool has_one_word(const Command *command)
{
    return strchr(command->name, ' ') == NULL;
}

static void put_second_words(Cli *cli, const Tables *tables, const char *group)
{
    for (size_t i = 0; i < tables->count; i++) {
        if (command_in_group(&tables->commands[i], group)) {
            cli_print(cli, "%s ", tables->commands[i].name + strlen(group) + 1);
        }
    }
}

/* --- bash --- */

static void put_bash_words(Cli *cli, const Command *command)
{
    TextList words;
    operand_words(cli->arena, command, &words);
    vec_each(const char *, at, &words) {
        cli_print(cli, "%s ", *at);
    }
    for (const OptionId *at = command->options; *at != OPT_NONE; at++) {
        cli_print(cli, "%s ", option_row(*at)->name);
    }
    for (const OptionId *at = options_of_all; *at != OPT_NONE; at++) {
        cli_print(cli, "%s%s", at == options_of_all ? "" : " ", option_row(*at)->name);
    }
}

static void print_bash(Cli *cli, const Tables *tables)
{
    cli_put(cli, "# bash completion of bellows: source it, or put it into "
                 "~/.local/share/bash-completion/completions/bellows\n"
                 "_bellows() {\n"
                 "    local current=${COMP_WORDS[COMP_CWORD]} offered=''\n"
                 "    local one=${COMP_WORDS[1]-} two=\"${COMP_WORDS[1]-} ${COMP_WORDS[2]-}\"\n"
                 "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                 "        offered='");
    for (size_t i = 0; i < tables->count; i++) {
        const char *word = command_first_word(cli->arena, &tables->commands[i]);
        cli_print(cli, "%s%s", word == NULL ? "" : word, word == NULL ? "" : " ");
    }
    cli_put(cli, "--help --version'\n    else\n        case $two in\n");
    for (size_t i = 0; i < tables->count; i++) {
        cli_print(cli, "            '%s'%s) offered='", tables->commands[i].name,
                  has_one_word(&tables->commands[i]) ? "\\ *" : "");
        put_bash_words(cli, &tables->commands[i]);
        cli_put(cli, "' ;;\n");
    }
    cli_put(cli,
            "        esac\n        if [ \"$COMP_CWORD\" -eq 2 ]; then\n            case $one in\n");
    for (size_t i = 0; i < tables->count; i++) {
        const char *word = command_first_word(cli->arena, &tables->commands[i]);
        if (word != NULL && command_is_group(word)) {
            cli_print(cli, "                %s) offered='", word);
            put_second_words(cli, tables, word);
            cli_put(cli, "' ;;\n");
        }
    }
    cli_put(cli, "            esac\n        fi\n    fi\n"
                 "    mapfile -t COMPREPLY < <(compgen -W \"$offered\" -- \"$current\")\n"
                 "}\n"
                 "complete -o default -F _bellows bellows\n");
}

/* --- zsh --- */

static void put_described(Cli *cli, const char *word, const char *text)
{
    cli_put(cli, " ");
    put_quoted(cli, arena_printf(cli->arena, "%s:%s", word, text), "\\");
}

static void print_zsh_command(Cli *cli, const Command *command)
{
    TextList words;
    operand_words(cli->arena, command, &words);
    cli_print(cli, "        '%s'%s) offered=(", command->name, has_one_word(command) ? "\\ *" : "");
    vec_each(const char *, at, &words) {
        put_described(cli, *at, command->summary);
    }
    for (const OptionId *at = command->options; *at != OPT_NONE; at++) {
        put_described(cli, option_row(*at)->name, option_row(*at)->help);
    }
    for (const OptionId *at = options_of_all; *at != OPT_NONE; at++) {
        put_described(cli, option_row(*at)->name, option_row(*at)->help);
    }
    cli_put(cli, ") ;;\n");
}

static void print_zsh_second(Cli *cli, const Tables *tables, const char *group)
{
    cli_print(cli, "        %s\\ *) offered=(", group);
    for (size_t i = 0; i < tables->count; i++) {
        const Command *command = &tables->commands[i];
        if (command_in_group(command, group)) {
            put_described(cli, command->name + strlen(group) + 1, command->summary);
        }
    }
    cli_put(cli, ") ;;\n");
}

static void print_zsh(Cli *cli, const Tables *tables)
{
    cli_put(cli, "#compdef bellows\n"
                 "# zsh completion of bellows: a file `_bellows` in a folder of $fpath\n"
                 "_bellows() {\n    local -a offered\n    if (( CURRENT == 2 )); then\n"
                 "        offered=(");
    for (size_t i = 0; i < tables->count; i++) {
        const char *word = command_first_word(cli->arena, &tables->commands[i]);
        if (word != NULL) {
            put_described(cli, word,
                          command_is_group(word) ? "a group of commands"
                                                 : tables->commands[i].summary);
        }
    }
    cli_put(cli, ")\n        _describe command offered\n        return\n    fi\n"
                 "    case \"$words[2] $words[3]\" in\n");
    for (size_t i = 0; i < tables->count; i++) {
        print_zsh_command(cli, &tables->commands[i]);
    }
    for (size_t i = 0; i < tables->count; i++) {
        const char *word = command_first_word(cli->arena, &tables->commands[i]);
        if (word != NULL && command_is_group(word)) {
            print_zsh_second(cli, tables, word);
        }
    }
    cli_put(cli, "    esac\n    _describe option offered || _files\n}\n"
                 "if [ \"$funcstack[1]\" = _bellows ]; then _bellows \"$@\"; "
                 "else compdef _bellows bellows; fi\n");
}

/* --- fish --- */

static void put_fish(Cli *cli, const char *condition, const char *arguments, const char *text)
{
    cli_print(cli, "complete -c bellows -n '%s' %s -d ", condition, arguments);
    put_quoted(cli, text, "\\\\");
    cli_put(cli, "\n");
}

static void print_fish_options(Cli *cli, const char *seen, const OptionId *options)
{
    for (const OptionId *at = options; *at != OPT_NONE; at++) {
        const OptionRow *row = option_row(*at);
        put_fish(cli, seen,
                 arena_printf(cli->arena, "-l %s%s", row->name + 2,
                              row->argument[0] == '\0' || row->argument[0] == '[' ? "" : " -r"),
                 row->help);
    }
}

static void print_fish_command(Cli *cli, const Command *command)
{
    TextList words;
    const char *second = strchr(command->name, ' ');
    const size_t len = strcspn(command->name, " ");
    const char *first = arena_strndup(cli->arena, command->name, len);
    const char *seen = arena_printf(cli->arena, "__fish_seen_subcommand_from %s", first);
    if (second == NULL) {
        put_fish(cli, "__fish_use_subcommand", arena_printf(cli->arena, "-f -a %s", first),
                 command->summary);
    } else {
        put_fish(cli, seen, arena_printf(cli->arena, "-f -a %s", second + 1), command->summary);
        seen = arena_printf(cli->arena, "%s; and __fish_seen_subcommand_from %s", seen, second + 1);
    }
    operand_words(cli->arena, command, &words);
    vec_each(const char *, at, &words) {
        put_fish(cli, seen, arena_printf(cli->arena, "-f -a %s", *at), command->summary);
    }
    print_fish_options(cli, seen, command->options);
    print_fish_options(cli, seen, options_of_all);
}

static void print_fish(Cli *cli, const Tables *tables)
{
    cli_put(cli,
            "# fish completion of bellows: put it into ~/.config/fish/completions/bellows.fish\n");
    for (size_t i = 0; i < tables->count; i++) {
        const char *word = command_first_word(cli->arena, &tables->commands[i]);
        if (word != NULL && command_is_group(word)) {
            put_fish(cli, "__fish_use_subcommand", arena_printf(cli->arena, "-f -a %s", word),
                     "a group of commands");
        }
        print_fish_command(cli, &tables->commands[i]);
    }
}

/* --- the command --- */

ExitCode cmd_completion(Cli *cli)
{
    static const struct {
        const char *name;
        void (*print)(Cli *cli, const Tables *tables);
    } shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
    const TextList *given = &cli->options.operands;
    Tables tables = {0};
    tables.commands = commands_all(&tables.count);
    for (size_t i = 0; i < lengthof(shells) && given->count == 1; i++) {
        if (strcmp(given->items[0], shells[i].name) == 0) {
            shells[i].print(cli, &tables);
            return EXIT_DONE;
        }
    }
    diag_report(cli->diags, DIAG_ONE_OF_OPTIONS, span_none(), "`bash`, `zsh` and `fish`",
                cli->command->name);
    return EXIT_USAGE;
}
