/*
 * options.h - the command line and the environment; both are read here and nowhere else.
 *
 * Options are rows of options.def. `--name value`, `--name=value`, `-n value` are the same.
 * Everything after `--` is an operand. Wrong usage is reported (exit code 64) with the nearest
 * spelling.
 */
#ifndef BELLOWS_CLI_CONSOLE_OPTIONS_H
#define BELLOWS_CLI_CONSOLE_OPTIONS_H

#include "base/diag/diag.h"

typedef enum OptionId {
    OPT_NONE, /* ends a command's list */
#define OPTION(id, name, short_name, argument, help) id,
#include "cli/console/options.def"
#undef OPTION
    OPT_COUNT
} OptionId;

typedef struct OptionRow {
    const char *name;
    char short_name; /* 0: none */
    const char *argument;
    const char *help;
} OptionRow;

typedef VEC(const char *) TextList;

typedef struct Options {
    TextList values[OPT_COUNT]; /* one text per time given; "" for switches */
    TextList operands;
    bool wants_help;
} Options;

const OptionRow *option_row(OptionId id);

/* What every command takes and its help shows, ended by OPT_NONE. */
extern const OptionId options_of_all[];

/* Parses `args` for a command that takes the options of `accepted` (ended by OPT_NONE). */
MUST_CHECK bool options_parse(Arena *arena, const char *const *args, size_t count,
                              const OptionId *accepted, const char *command, Diagnostics *diags,
                              Options *ret_options);
/* How many of `args` are options, with their arguments, that stand before a command's first word.
 */
size_t options_leading(const char *const *args, size_t count);
bool option_given(const Options *options, OptionId id);
/* The last value given, or NULL. */
const char *option_value(const Options *options, OptionId id);

/* "400ms", "2s", "1min", "1500" (milliseconds), of at most a day. Nothing is reported. */
MUST_CHECK bool duration_parse(const char *text, uint64_t *ret_ms);

/* The process environment; NULL when unset. Only cli.c and options.c may ask. */
const char *environment(const char *name);

#endif
