/*
 * predicate.h - the condition of a partial index, `where:`.
 *
 * Either `raw("sql")`, taken as it is, or an object of fields and values, joined with AND.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_LOWER_PREDICATE_H
#define BELLOWS_COMPILER_SCHEMA_LOWER_PREDICATE_H

#include "compiler/schema/resolve/resolve.h"

/* Reports what is wrong with `where` over the fields of `model`. */
MUST_CHECK bool predicate_check(Diagnostics *diags, const Model *model, const AstExpr *where);

/* Its SQL over database names. Only for what predicate_check accepted. */
Name predicate_text(Names *names, const Model *model, const AstExpr *where);

#endif
