/*
 * tree_equal.h - whether two of the parser's trees say the same.
 *
 * Places in the text (location, length) are not looked at: they are all that two spellings of one
 * tree differ in. Used where a tree was written as text and the text must be what was meant, for
 * libpg_query's writer leaves out brackets that are needed (measured: the cast of `a AT TIME ZONE
 * b`).
 */
#ifndef BELLOWS_COMPILER_QUALIFY_TREE_EQUAL_H
#define BELLOWS_COMPILER_QUALIFY_TREE_EQUAL_H

#include <protobuf-c/protobuf-c.h>

#include "base/common.h"

/* Messages of one type; NULL equals NULL. */
bool sql_tree_equal(const ProtobufCMessage *one, const ProtobufCMessage *two);

#endif
