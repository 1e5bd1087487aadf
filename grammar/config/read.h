/*
 * read.h - the front door of configuration modules: a text in, its tree out.
 *
 * Nothing is reported: what cannot be read is in the tree as CONFIG_UNREAD, whose name says what
 * did not fit, and only who needs a value that it could set has a reason to complain.
 */
#ifndef BELLOWS_GRAMMAR_CONFIG_READ_H
#define BELLOWS_GRAMMAR_CONFIG_READ_H

#include "base/arena.h"
#include "base/diag/source.h"
#include "base/intern.h"
#include "grammar/config/tree.h"

ConfigModule *config_read(Arena *arena, const SourceFile *file, Names *names);

#endif
