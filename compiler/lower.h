/*
 * lower.h - from the syntax tree to the Catalog: resolve names, pair relations, lower blocks.
 *
 * Three passes (resolve.c, relations.c, lower.c) over an immutable tree; each reports all it can
 * and the next runs only on what the earlier ones understood. On success the catalog is not yet
 * canonical. Returns NULL when the schema has errors (all reported to `diags`).
 *
 * The database names, default names and actions follow docs/language.md.
 */
#ifndef BELLOWS_COMPILER_LOWER_H
#define BELLOWS_COMPILER_LOWER_H

#include "base/diag.h"
#include "compiler/catalog.h"
#include "grammar/ast.h"

/* What the datasource and generator blocks say, beyond the catalog. */
typedef struct DatasourceConfig {
    Name name;
    Name provider;
    /* url = "..." gives text, url = env("X") gives env; both NULL when absent */
    Name url, url_env;
    Name direct_url, direct_url_env;
    Name shadow_url, shadow_url_env;
    VEC(Name) schemas;
    Span span;
} DatasourceConfig;

typedef struct SchemaConfig {
    DatasourceConfig datasource; /* name NULL when the schema has no datasource */
    VEC(Name) preview_features;
} SchemaConfig;

/* Reads datasource and generator blocks only; reports what is wrong there. */
MUST_CHECK bool schema_config_read(const AstSchema *ast, Names *names, Diagnostics *diags,
                                   SchemaConfig *ret_config);

/*
 * The whole schema. `default_schema` is the one objects live in when nothing is said ("public", or
 * the connection URL's `schema`). The caller owns the catalog (catalog_free).
 */
MUST_CHECK Catalog *schema_lower(const AstSchema *ast, const SchemaConfig *config,
                                 Name default_schema, Names *names, Diagnostics *diags);

#endif
