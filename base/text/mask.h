/*
 * mask.h - where a text holds a password: the one function that knows.
 *
 * For texts that need not be well formed: a URL with a mistyped scheme, one with an `@`, `/` or `#`
 * in its password, a line of a schema, a list of key=value, a statement. What is taken for a
 * password: in a URL all between the first `:` of its authority and its last `@` (what follows the
 * `:` where there is no `@` and that is no port); the value behind `password=` and its like, the
 * literal behind PASSWORD, however it is quoted; in `user:password@host` without a scheme all
 * between `:` and `@`; the last field of a line of a password file. The word `password` itself
 * stands in our own examples and stays.
 *
 * base/text/show.c masks whatever it shows, so that nobody has to remember.
 */
#ifndef BELLOWS_BASE_TEXT_MASK_H
#define BELLOWS_BASE_TEXT_MASK_H

#include "base/common.h"

/* The first password of `text` at or behind `from`: bytes [*ret_start, *ret_end), not empty. False:
 * none is left. */
bool mask_find(const char *text, size_t len, size_t from, size_t *ret_start, size_t *ret_end);

/* Puts a `*` in the place of each byte of a password; positions stay. */
void mask_in_place(char *text, size_t len);

#endif
