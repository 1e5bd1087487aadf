/*
 * settings_internal.h - between settings.c and chain.c: reading a file, joining those above it.
 *
 * Errors are reported; what is read belongs to the settings' arena.
 */
#ifndef BELLOWS_RUNTIME_CONFIG_SETTINGS_INTERNAL_H
#define BELLOWS_RUNTIME_CONFIG_SETTINGS_INTERNAL_H

#include "runtime/config/settings.h"

/* settings.c: E0580 when it cannot be read */
MUST_CHECK bool settings_read_module(Arena *arena, const char *path, Sources *sources,
                                     Diagnostics *diags, const SourceFile **ret_file);

/* chain.c: what the files above one of version 8 add to it */
MUST_CHECK bool settings_join_above(Settings *settings, Sources *sources, Diagnostics *diags);

#endif
