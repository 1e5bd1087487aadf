/*
 * answer.h - `--json`: what a command found and did, as one object on standard output, whatever
 * happens.
 *
 * Commands put members beside what they print; without `--json` that does nothing. At the end
 * main.c adds what all answers have: the command, its exit code, the diagnostics, and as `output`
 * the text that would have been printed. docs/schemas/answer.schema.json is the contract. Nobody is
 * asked meanwhile, and what other programs print (seeds, generators) goes to standard error.
 */
#ifndef BELLOWS_CLI_CONSOLE_ANSWER_H
#define BELLOWS_CLI_CONSOLE_ANSWER_H

#include <jansson.h>

#include "cli/console/cli.h"

/* Is `--json` among the words of the command line? */
bool answer_is_wanted(const char *const *args, size_t count);
/* From here on standard output is the answer's. */
void answer_begin(Cli *cli);
/* Keeps the diagnostics gathered so far. */
void answer_take_diagnostics(Cli *cli);
/* Writes the object; false when that failed and was told. */
MUST_CHECK bool answer_end(Cli *cli, ExitCode code);

/* A member of the answer; takes `value`. */
void answer_put(Cli *cli, const char *key, json_t *value);
void answer_text(Cli *cli, const char *key, const char *text);
void answer_bool(Cli *cli, const char *key, bool value);
void answer_number(Cli *cli, const char *key, long long number);
void answer_texts(Cli *cli, const char *key, const char *const *texts, size_t count);
/* What was printed so far is a JSON document: it becomes this member, and is no output then. */
void answer_document(Cli *cli, const char *key);
/* All members of an object that is text already. */
void answer_members(Cli *cli, const char *json);

#endif
