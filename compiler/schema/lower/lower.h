/*
 * lower.h - from the syntax tree to the Catalog: resolve names, pair relations, lower blocks.
 *
 * Three passes (resolve.c, relations.c, lower.c) over an immutable tree; each reports all it can
 * and the next runs only on what the earlier ones understood. On success the catalog is not yet
 * canonical. Returns NULL when the schema has errors (all reported to `diags`).
 *
 * The database names, default names and actions follow docs/language.md.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_LOWER_LOWER_H
#define BELLOWS_COMPILER_SCHEMA_LOWER_LOWER_H

#include "compiler/catalog/catalog.h"
#include "compiler/schema/resolve/config.h"

/*
 * The whole schema. `default_schema` is the one objects live in when nothing is said ("public", or
 * the connection URL's `schema`). The caller owns the catalog (catalog_free).
 */
MUST_CHECK Catalog *schema_lower(const AstSchema *ast, const SchemaConfig *config,
                                 Name default_schema, Names *names, Diagnostics *diags);

/* Everything that can be wrong is reported, nothing is built: lowering itself never fails. */
MUST_CHECK bool schema_check(const AstSchema *ast, const SchemaConfig *config, Name default_schema,
                             Names *names, Diagnostics *diags);

#endif
