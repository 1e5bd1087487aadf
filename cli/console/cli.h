/*
 * cli.h - one run of the program: its arena, options, sinks, and what the commands share.
 *
 * Data goes to standard output, everything else to standard error. Commands return an exit code
 * (base/diag/diag.h); what went wrong is in `diags` and printed once, at the end, by main.c.
 */
#ifndef BELLOWS_CLI_CONSOLE_CLI_H
#define BELLOWS_CLI_CONSOLE_CLI_H

#include <signal.h>

#include "base/diag/diag.h"
#include "base/intern.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "cli/console/options.h"

typedef struct Cli Cli;
typedef struct JsonAnswer JsonAnswer;

typedef struct Command {
    const char *name;
    ExitCode (*run)(Cli *cli);
    const char *operands, *summary, *details;
    const OptionId *options; /* ended by OPT_NONE */
} Command;

struct Cli {
    Arena *arena;
    Names *names;
    Sources *sources;
    Diagnostics *diags;
    const Command *command;
    Options options;
    StrBuf out; /* standard output, written once at the end or by cli_flush */
    bool out_colour, err_colour;
    JsonAnswer *answer;   /* of --json: answer.h; NULL without */
    bool out_failed;      /* standard output takes nothing, and that was reported */
    bool interactive;     /* a person can be asked */
    bool draws;           /* bars on standard error: bar.h */
    long long drawn_ms;   /* when the bar that stands there was drawn; 0: none stands there */
    int line_ends;        /* at the end of what both streams were told; the start counts as a gap */
    uint64_t logged;      /* how often a log was told of the work that goes on */
    long long started_ms; /* on the clock of cli_clock_ms */
    Map dotenv;           /* variables of the .env files, read when first asked for */
    TextList dotenv_lines; /* the same as "NAME=value", without what the environment sets */
    bool dotenv_read;
    struct Settings *settings; /* of the configuration file, read when first asked for; or NULL */
    bool settings_read, settings_failed;
    const struct OwnConfig *own; /* bellows.json, when first asked for; or NULL */
    bool own_failed;
    const struct External *external; /* objects that others own, when first asked for; or NULL */
    bool private_told;               /* that the private server stands in has been said */
    const char *shadow_told;         /* why a shadow database is needed, as it was said last */
};

#define COMMAND(name, run, operands, summary, details, ...) ExitCode run(Cli *cli);
#include "cli/console/commands.def"
#undef COMMAND

/* --- output --- */

/* To standard output, buffered. The format is ours; each `%s` in it is shown on one line
 * (base/text/show.h), here and in the notes. */
void cli_print(Cli *cli, const char *format, ...) PRINTF_LIKE(2, 3);
/* Whole lines of sentences: a terminal that is narrower gets them broken between words. */
void cli_say(Cli *cli, const char *format, ...) PRINTF_LIKE(2, 3);
/* Data, and texts of ours, as they are. */
void cli_put(Cli *cli, const char *text);
/* `text` between `sequence` ("\033[1m") and its end where standard output is coloured. */
void cli_print_styled(Cli *cli, const char *sequence, const char *text);
/* The columns of the terminal that shows standard output, as COLUMNS states or the terminal tells;
 * 0 where it goes elsewhere. */
size_t cli_width(const Cli *cli);
/* The same for what scripts look for, which nothing but a terminal has broken: on standard output,
 * and on standard error. */
size_t cli_width_of_sentences(const Cli *cli);
size_t cli_width_of_notes(void);
/* Writes what cli_print has gathered, if it goes to standard output, before something else is
 * shown. */
void cli_show(Cli *cli);
/* A line on standard error: what is going on. */
void cli_note(Cli *cli, const char *format, ...) PRINTF_LIKE(2, 3);
/* The same of several lines; `lead` stands before them. */
void cli_note_lines(Cli *cli, const char *lead, const char *lines);
void cli_note_styled(Cli *cli, const char *sequence, const char *lines);
/* An empty line before what is said next, unless there is one: on standard output, on standard
 * error. */
void cli_gap(Cli *cli);
void cli_note_gap(Cli *cli);
/* Writes what cli_print has gathered. */
MUST_CHECK bool cli_flush(Cli *cli);
/* The same at the end. A result goes to the file of `--output`; a file that is there is not
 * replaced by what a command said before it failed. */
MUST_CHECK bool cli_finish(Cli *cli, ExitCode code);
/* Prints the diagnostics gathered so far and forgets them, keeping nothing but the exit code for
 * main. */
void cli_print_diagnostics(Cli *cli);

/* --- parts on threads of their own (docs/decisions/0015) --- */

/* Shares names, sources and options; has an arena and a sink of its own. It must not print, ask or
 * read files. */
void cli_fork(const Cli *cli, Cli *ret_part);
/* What the part made lives on in `cli`, and what it reported is told. */
void cli_join(Cli *cli, Cli *part);
/* The same, but nothing is told. */
void cli_drop(Cli *cli, Cli *part);

/* --- asking: prompt.c --- */

/* STOPPED: a signal or the end of the input came in place of an answer, and was reported. The
 * command ends: whatever stands for "no answer" is not done either. */
typedef enum Answer { ANSWER_YES, ANSWER_NO, ANSWER_STOPPED } Answer;

typedef enum PromptId {
#define PROMPT(id, option, question, commands) id,
#include "cli/console/prompts.def"
#undef PROMPT
    PROMPT_COUNT
} PromptId;

typedef struct PromptRow {
    OptionId option; /* answers it beforehand, without a terminal */
    const char *question;
    const char *commands;
} PromptRow;

const PromptRow *prompt_row(PromptId id);
/* The option as a person types it: "--name NAME". */
const char *prompt_flag(Arena *arena, PromptId id);

/* A command that asks takes the option: who cannot be asked must be able to answer beforehand. */
bool cli_can_ask(const Cli *cli, PromptId id);

/* A yes-or-no question on the terminal; NO when nobody can be asked. After the id a text for each
 * `{}` of its row. */
MUST_CHECK Answer cli_confirm(Cli *cli, PromptId id, ...);
/* A line of text from the terminal: NULL when nobody can be asked or nothing was typed. False as
 * ANSWER_STOPPED. */
MUST_CHECK bool cli_ask(Cli *cli, PromptId id, const char **ret_answer);
/* For commands whose output is their result: nobody is asked where it goes into a file or a pipe.
 */
void cli_ask_readers_only(Cli *cli);
/* False, reported, once a signal has come: to be asked before what cannot be taken back. */
MUST_CHECK bool cli_goes_on(Cli *cli);

/* Milliseconds on a clock that nobody sets, and since the command began. */
long long cli_clock_ms(void);
long long cli_elapsed_ms(const Cli *cli);

/* The exit code for what the diagnostics say: `otherwise` when there is no error. */
ExitCode cli_exit(const Cli *cli, ExitCode otherwise);

/* Set by SIGINT and SIGTERM; long work looks at it. */
extern volatile sig_atomic_t cli_interrupted;

#endif
