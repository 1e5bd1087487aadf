/*
 * blocks.c - the texts beside this file, embedded.
 */
#include "base/common.h"

#include "compiler/blocks/blocks.h"
#include "compiler/blocks/blocks.inc"

const char *const block_view_guard = view_guard_sql;
const char *const block_view_rights = view_rights_sql;
const char *const block_view_functions = view_functions_sql;
