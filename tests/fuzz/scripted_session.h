/*
 * scripted_session.h - a Session whose server is a text: what it answers to one question after the
 * other, whatever is asked.
 *
 * Answers are divided by a line `=====`. One that begins with `!` is an error: SQLSTATE, a blank,
 * its message. Any other is COPY's text format with a header: columns divided by tabs, `\N` for
 * null. Behind the last one every answer is empty. scripted_session.c defines what session.h
 * declares, so a program that links it has no other sessions and needs no libpq but for results.
 */
#ifndef BELLOWS_TESTS_FUZZ_SCRIPTED_SESSION_H
#define BELLOWS_TESTS_FUZZ_SCRIPTED_SESSION_H

#include "introspect/session/session.h"

/* Lives in the arena; needs no session_close. */
Session *scripted_session(Arena *arena, const char *text, size_t len);

#endif
