/*
 * prompt_test.c - every question has a flag that answers it, and every command that asks takes that
 * flag.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "cli/console/cli.h"
#include "cli/manual/commands.h"

static bool takes(const Command *command, OptionId option)
{
    for (const OptionId *at = command->options; *at != OPT_NONE; at++) {
        if (*at == option) {
            return true;
        }
    }
    return false;
}

static void check_command(const PromptRow *row, const char *name)
{
    const Command *command = command_find(name);
    cr_assert_not_null(command, "`%s` asks \"%s\" and is no command", name, row->question);
    cr_expect(takes(command, row->option), "`%s` asks \"%s\" and has no %s", name, row->question,
              option_row(row->option)->name);
}

Test(prompt, every_command_that_asks_takes_the_answer)
{
    for (PromptId id = 0; id < PROMPT_COUNT; id++) {
        const PromptRow *row = prompt_row(id);
        Arena *arena = arena_new();
        for (const char *at = row->commands; *at != '\0';) {
            const char *end = strstr(at, ", ");
            const size_t len = end == NULL ? strlen(at) : (size_t)(end - at);
            check_command(row, arena_strndup(arena, at, len));
            at += len + (end == NULL ? 0 : 2);
        }
        arena_free(arena);
    }
}

Test(prompt, a_question_of_all_commands_is_one_that_some_can_ask)
{
    size_t count = 0;
    const Command *commands = commands_all(&count);
    for (PromptId id = 0; id < PROMPT_COUNT; id++) {
        bool any = prompt_row(id)->commands[0] != '\0';
        for (size_t i = 0; i < count; i++) {
            any = any || takes(&commands[i], prompt_row(id)->option);
        }
        cr_expect(any, "nobody takes the answer of \"%s\"", prompt_row(id)->question);
    }
}

Test(prompt, the_flag_is_written_as_it_is_typed)
{
    Arena *arena = arena_new();
    cr_expect_str_eq(prompt_flag(arena, PROMPT_NAME), "--name NAME");
    cr_expect_str_eq(prompt_flag(arena, PROMPT_GATES), "--contract PLAN");
    cr_expect_str_eq(prompt_flag(arena, PROMPT_RESET), "--force");
    arena_free(arena);
}
