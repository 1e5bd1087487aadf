/*
 * fragments.h - the pieces of SQL that somebody wrote into a schema stay inside the statements of a
 * plan.
 *
 * `dbgenerated("...")`, `Unsupported("...")`, `raw("...")` of an index, `/// @backfill(...)` and
 * `@down(...)` go into statements to the byte (sql_fragment). One that would end its statement, or
 * become a second item of its list, is reported here (E0304), before anything is planned.
 * Validation accepts them, as the reference does: they are no mistake of the language.
 */
#ifndef BELLOWS_COMPILER_PLAN_MAKE_FRAGMENTS_H
#define BELLOWS_COMPILER_PLAN_MAKE_FRAGMENTS_H

#include "base/common.h"
#include "base/diag/diag.h"
#include "compiler/catalog/catalog.h"

/* Reports each; true when there is none. */
MUST_CHECK bool fragments_check(const Catalog *catalog, Diagnostics *diags);

#endif
