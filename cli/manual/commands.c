#include "base/common.h"

#include "cli/manual/commands.h"

#include <stdio.h>
#include <string.h>

#include "base/diag/suggest.h"

#define COMMAND(name, run, operands, summary, details, ...)                                        \
    {name, run, operands, summary, details, (const OptionId[]){__VA_ARGS__, OPT_NONE}},
static const Command commands[] = {
#include "cli/console/commands.def"
};
#undef COMMAND

const Command *commands_all(size_t *ret_count)
{
    *ret_count = lengthof(commands);
    return commands;
}

const Command *command_find(const char *name)
{
    for (size_t i = 0; i < lengthof(commands); i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}

const Command *command_of(const char *const *args, size_t count, size_t *ret_words)
{
    if (strcmp(args[0], "--version") == 0 || strcmp(args[0], "-v") == 0) {
        *ret_words = 1;
        return command_find("version");
    }
    for (size_t words = count < 2 ? count : 2; words > 0; words--) {
        char name[64];
        int len = words == 2 ? snprintf(name, sizeof name, "%s %s", args[0], args[1])
                             : snprintf(name, sizeof name, "%s", args[0]);
        const Command *command = len < (int)sizeof name ? command_find(name) : NULL;
        if (command != NULL) {
            *ret_words = words;
            return command;
        }
    }
    return NULL;
}

bool command_in_group(const Command *command, const char *group)
{
    size_t len = strlen(group);
    return strncmp(command->name, group, len) == 0 && command->name[len] == ' ';
}

bool command_is_group(const char *word)
{
    for (size_t i = 0; i < lengthof(commands); i++) {
        if (command_in_group(&commands[i], word)) {
            return true;
        }
    }
    return false;
}

const char *command_first_word(Arena *arena, const Command *command)
{
    const size_t len = strcspn(command->name, " ");
    for (const Command *at = commands; at < command; at++) {
        if (strncmp(at->name, command->name, len) == 0 && strcspn(at->name, " ") == len) {
            return NULL;
        }
    }
    return arena_strndup(arena, command->name, len);
}

/* By the second of two words alone: `status` is `migrate status`. `group`: of this one; NULL: of
 * any. */
static const char *nearest_second(const char *typed, const char *group)
{
    const char *best = NULL;
    Suggestion near = suggestion_for(typed);
    for (size_t i = 0; i < lengthof(commands); i++) {
        const char *second = strchr(commands[i].name, ' ');
        const char *before = near.best;
        if (second != NULL && (group == NULL || command_in_group(&commands[i], group))) {
            suggestion_offer(&near, second + 1);
        }
        best = near.best != before ? commands[i].name : best;
    }
    return best;
}

const char *command_nearest(Arena *arena, const char *typed)
{
    const size_t len = strcspn(typed, " ");
    const char *group = arena_strndup(arena, typed, len);
    if (typed[len] == ' ' && command_is_group(group)) {
        return nearest_second(typed + len + 1, group);
    }
    Suggestion near = suggestion_for(typed);
    for (size_t i = 0; i < lengthof(commands); i++) {
        const char *first = command_first_word(arena, &commands[i]);
        suggestion_offer(&near, commands[i].name);
        if (first != NULL) {
            suggestion_offer(&near, first);
        }
    }
    suggestion_offer(&near, option_row(OPT_HELP)->name);
    suggestion_offer(&near, option_row(OPT_VERSION)->name);
    return near.best != NULL ? near.best : nearest_second(typed, NULL);
}

const Elsewhere *command_elsewhere(const char *const *args, size_t count)
{
    static const Elsewhere rows[] = {
#define ELSEWHERE(name, what, instead) {name, what, instead},
#include "cli/console/elsewhere.def"
#undef ELSEWHERE
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        const char *second = strchr(rows[i].name, ' ');
        const size_t len = second == NULL ? strlen(rows[i].name) : (size_t)(second - rows[i].name);
        if (strlen(args[0]) == len && strncmp(args[0], rows[i].name, len) == 0 &&
            (second == NULL || (count > 1 && strcmp(args[1], second + 1) == 0))) {
            return &rows[i];
        }
    }
    return NULL;
}
