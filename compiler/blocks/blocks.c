/*
 * blocks.c - the texts beside this file, embedded; view_block.c has those of the view.
 */
#include "base/common.h"

#include "compiler/blocks/blocks.h"
#include "compiler/blocks/blocks.inc"

const char *const block_view_functions = view_functions_sql;
