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

#include "base/diag/diag.h"
#include "compiler/catalog/catalog.h"
#include "grammar/ast.h"
#include "grammar/stage.h"

/* One entry of `extensions = [...]`. */
typedef struct ExtensionConfig {
    Name name;            /* in the database */
    Name schema, version; /* NULL: not stated */
    Span span;
} ExtensionConfig;

/* What the datasource and generator blocks say, beyond the catalog. Lists live in the tree's arena.
 */
typedef struct DatasourceConfig {
    Name name;
    Name provider;
    /* url = "..." gives text, url = env("X") gives env; both NULL when absent */
    Name url, url_env;
    Name direct_url, direct_url_env;
    Name shadow_url, shadow_url_env;
    VEC(Name) schemas; /* empty: the property is absent */
    VEC(ExtensionConfig) extensions;
    bool without_foreign_keys; /* relationMode = "prisma" */
    Span span;
} DatasourceConfig;

typedef struct SchemaConfig {
    DatasourceConfig datasource; /* name NULL when the schema has no datasource */
    VEC(Name) preview_features;  /* those that change something, as config_preview.c spells them */
} SchemaConfig;

/*
 * Reads datasource and generator blocks only; reports what is wrong there. What could be understood
 * is in *ret_config even then, so that schema_lower can report the rest.
 */
MUST_CHECK bool schema_config_read(const AstSchema *ast, Names *names, Diagnostics *diags,
                                   SchemaConfig *ret_config);

/* Is the preview feature `feature` on in some generator? Spelled as in preview_features.def. */
bool preview_enabled(const SchemaConfig *config, const char *feature);

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
