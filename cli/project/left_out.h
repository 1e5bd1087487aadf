/*
 * left_out.h - what a script made from a database does not make, as comments at its head.
 *
 * A plan writes what the schema language can say. A database holds more: a baseline that is
 * silent about it would be taken for the whole, and the first check would call it drift.
 */
#ifndef BELLOWS_CLI_PROJECT_LEFT_OUT_H
#define BELLOWS_CLI_PROJECT_LEFT_OUT_H

#include "base/strbuf.h"
#include "compiler/catalog/catalog.h"

/* A line for each object and property of `to`, complete, that no plan from `from` makes; nothing
 * where there is none. `beside`: the script also makes what plan/emit/beside.h can. */
void left_out_print(StrBuf *out, const Catalog *from, const Catalog *to, bool beside);

#endif
