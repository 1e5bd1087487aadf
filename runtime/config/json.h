/*
 * json.h - JSON as values of a configuration module; internal to runtime/config.
 *
 * Values belong to the arena they are made in. Nothing is reported: NULL says that the value is not
 * to be had, and who asked calls it unknown.
 */
#ifndef BELLOWS_RUNTIME_CONFIG_JSON_H
#define BELLOWS_RUNTIME_CONFIG_JSON_H

#include <jansson.h>

#include "runtime/config/run.h"

ConfigValue *config_json_value(Arena *arena, Names *names, const json_t *json, Span span);
ConfigValue *config_json_parse(ConfigRun *run, const char *text, size_t len, Span span);
/* Is the module one of JSON beside the configuration, `./a.json`? It sets no variable. */
bool config_json_is_file(const char *module);
ConfigValue *config_json_file(ConfigRun *run, const char *module, Span span);
/* What an import of that name gets, as the module's default and as members of it. */
ConfigValue *config_json_import(ConfigRun *run, const char *module, const char *name, Span span);

#endif
