/*
 * module.h - a configuration module read to the value it exports, without running it.
 *
 * Reads the `.env` files that the module's own loaders read, and texts it reads with readFileSync;
 * nothing else of the machine. Nothing is reported: the value says what is not known, and why.
 */
#ifndef BELLOWS_RUNTIME_CONFIG_MODULE_H
#define BELLOWS_RUNTIME_CONFIG_MODULE_H

#include "runtime/config/variables.h"

typedef struct ConfigExport {
    ConfigValue *value; /* undefined when it exports nothing */
    ConfigVariables variables;
} ConfigExport;

/* `current` is the working directory, absolute; the file's path is relative to it, or absolute. */
void config_export(Arena *arena, const SourceFile *file, const char *current, EnvLookup *lookup,
                   Names *names, ConfigExport *ret_export);
/* The same, where another module has run before, and left the variables so. */
void config_export_after(Arena *arena, const SourceFile *file, const char *current,
                         const ConfigVariables *variables, Names *names, ConfigExport *ret_export);

#endif
