/*
 * dialogue.h - a child process we exchange lines with: ours on its stdin, its own on its stderr.
 *
 * Its stdout is ours, so what it prints there is seen at once. It leads a process group of its own,
 * so that everything it started ends with it. A Dialogue lives in the arena it was opened with and
 * must be closed. Nothing is reported here: the caller knows what the child is for.
 */
#ifndef BELLOWS_RUNTIME_GENERATE_DIALOGUE_H
#define BELLOWS_RUNTIME_GENERATE_DIALOGUE_H

#include <signal.h>

#include "base/arena.h"
#include "base/common.h"

typedef struct Dialogue Dialogue;

/* `environment` is the whole of the child's, NULL-terminated. False with errno set when the system
 * gives us no pipe or no process; a program that is not there is seen as status 127 at the end. */
MUST_CHECK bool dialogue_open(Arena *arena, const char *const argv[], char *const environment[],
                              const volatile sig_atomic_t *interrupted, Dialogue **ret_dialogue);

/* True when `line` is what was waited for. */
typedef bool DialogueTake(void *context, const char *line);

typedef enum DialogueEnd {
    DIALOGUE_TAKEN,
    DIALOGUE_ENDED,       /* the child said its last word, or is gone */
    DIALOGUE_INTERRUPTED, /* `*interrupted` became true */
    DIALOGUE_LATE,        /* it said nothing, or too much of something else */
} DialogueEnd;

/* How long an answer may take. */
typedef struct DialoguePatience {
    long silent_ms; /* without a word */
    long total_ms;
} DialoguePatience;

/* Sends `question` and a line end, and shows `take` each line that comes back until it takes one. A
 * line that is longer than DIALOGUE_LINE_MAX bytes comes in pieces; more than DIALOGUE_NOISE_MAX
 * bytes before the one that is taken are too late. */
enum { DIALOGUE_LINE_MAX = 1 << 20, DIALOGUE_NOISE_MAX = 1 << 26 };
DialogueEnd dialogue_ask(Dialogue *dialogue, const char *question, DialogueTake *take,
                         void *context, DialoguePatience patience);

/* Ends the child, by force after two seconds; its exit status, 128 + signal when one ended it. Safe
 * to call twice. */
int dialogue_close(Dialogue *dialogue);

#endif
