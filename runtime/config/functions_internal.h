/*
 * functions_internal.h - between functions.c and loaders.c: making answers, reading arguments.
 *
 * Values and texts belong to the run's arena.
 */
#ifndef BELLOWS_RUNTIME_CONFIG_FUNCTIONS_INTERNAL_H
#define BELLOWS_RUNTIME_CONFIG_FUNCTIONS_INTERNAL_H

#include "runtime/config/run.h"

/* functions.c: an answer, at the call's place */
ConfigValue *call_undefined(const ConfigCall *call);
ConfigValue *call_text(const ConfigCall *call, const char *value);
ConfigValue *call_thrown(const ConfigCall *call, const char *message);
ConfigValue *call_unknown(const ConfigCall *call, const char *what);
/* A path: a text, or a file: URL; NULL for anything else. */
const char *call_path_of(const ConfigValue *value);
/* The first argument as an absolute path; NULL where it is none. */
const char *call_path_argument(const ConfigCall *call);

/* loaders.c */
ConfigValue *call_dotenv(const ConfigCall *call);
ConfigValue *call_dotenv_parse(const ConfigCall *call);
ConfigValue *call_dotenv_import(const ConfigCall *call);
ConfigValue *call_dotenvx(const ConfigCall *call);
ConfigValue *call_expand(const ConfigCall *call);
ConfigValue *call_dotenv_flow(const ConfigCall *call);
ConfigValue *call_dotenv_flow_import(const ConfigCall *call);
ConfigValue *call_next(const ConfigCall *call);
ConfigValue *call_load_env_file(const ConfigCall *call);

#endif
