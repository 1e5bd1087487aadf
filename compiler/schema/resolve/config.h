/*
 * config.h - what the datasource and generator blocks say, beyond the catalog.
 *
 * Read before anything else, because the other passes ask it: which provider, which preview
 * features, whether the database keeps the foreign keys. Lists live in the tree's arena.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_RESOLVE_CONFIG_H
#define BELLOWS_COMPILER_SCHEMA_RESOLVE_CONFIG_H

#include "base/diag/diag.h"
#include "base/map.h"
#include "grammar/ast.h"
#include "grammar/stage.h"

/* One entry of `extensions = [...]`. */
typedef struct ExtensionConfig {
    Name name;            /* in the database */
    Name schema, version; /* NULL: not stated */
    Span span;
} ExtensionConfig;

typedef struct DatasourceConfig {
    Name name;
    Name provider;
    /* url = "..." gives text, url = env("X") gives env; both NULL when absent */
    Name url, url_env;
    Name direct_url, direct_url_env;
    Name shadow_url, shadow_url_env;
    VEC(Name) schemas;   /* empty: the property is absent */
    Map schemas_by_name; /* those the text lists */
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

/* The name `feature` goes by today, however it is spelled; NULL when there is no such feature. */
const char *preview_proper_name(Name feature);

#endif
