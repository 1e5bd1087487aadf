/*
 * config_internal.h - what config.c and config_preview.c share: reading datasource and generator
 * blocks.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_RESOLVE_CONFIG_INTERNAL_H
#define BELLOWS_COMPILER_SCHEMA_RESOLVE_CONFIG_INTERNAL_H

#include "compiler/schema/resolve/config.h"

typedef struct ConfigCx {
    const AstSchema *ast;
    Names *names;
    Diagnostics *diags;
    SchemaConfig *config;
    const AstExpr *extensions; /* the property's value; NULL when absent */
} ConfigCx;

/* `previewFeatures = [...]` of a generator. */
void config_read_preview(ConfigCx *cx, const AstExpr *value);

/* A string or `env("NAME")`; one of the outputs is set. */
bool config_read_text_or_env(ConfigCx *cx, const AstExpr *value, Name *ret_text, Name *ret_env);

#endif
