/*
 * settings.h - what a project's configuration file says: the file found, read, and asked by key.
 *
 * Each key is a row of settings.def. A value is told when it is asked for: then one that cannot be
 * told, that the program would fail at, or that has another shape is an error with its place and
 * with the flag that gives it instead. It is never replaced by another source: who asks must stop.
 * Keys that nobody knows are warnings, raised when the file is opened.
 */
#ifndef BELLOWS_RUNTIME_CONFIG_SETTINGS_H
#define BELLOWS_RUNTIME_CONFIG_SETTINGS_H

#include "base/diag/diag.h"
#include "base/file.h"
#include "runtime/config/module.h"

typedef enum SettingId {
#define SETTING(id, key, shape, flag) id,
#include "runtime/config/settings.def"
#undef SETTING
    SETTING_COUNT
} SettingId;

typedef struct Settings {
    Arena *arena;
    Names *names;
    const char *path;   /* of the file, as found or given */
    const char *folder; /* its folder: what paths in it are relative to */
    ConfigValue *exported;
    ConfigVariables variables;
    bool is_version_8; /* definePrismaConfig */
    bool told;         /* unknown keys have been warned of */
} Settings;

/* The configuration file of the working directory; NULL when there is none. *ret_second: the next
 * one that stands there and is not read, NULL when there is none. */
const char *settings_find(Arena *arena, const char **ret_second);
/* The `prisma.config.ts` that version 8 takes where the working directory has none: of a folder
 * above it, up to the one with `.git`; NULL when there is none. */
const char *settings_find_above(Arena *arena);
/* Reads `path`, and what stands above it where it is of version 8; E0580 when that cannot be done.
 */
MUST_CHECK bool settings_open(Arena *arena, const char *path, Sources *sources, EnvLookup *lookup,
                              Names *names, Diagnostics *diags, Settings *ret_settings);

/* Is nothing of it unknown? */
bool settings_are_known(const Settings *settings);
/* Runs the file with the project's Node, which is to be asked for first: its answer replaces what
 * was read. E0591. */
MUST_CHECK bool settings_ask_node(Settings *settings, Diagnostics *diags);

/* Is the key there, whatever its value? Unknown values may be. */
bool setting_is_given(const Settings *settings, SettingId id);
Span setting_span(const Settings *settings, SettingId id);
/* NULL: not given, or undefined. */
MUST_CHECK bool setting_text(const Settings *settings, SettingId id, Diagnostics *diags,
                             const char **ret_text);
MUST_CHECK bool setting_list(const Settings *settings, SettingId id, Diagnostics *diags,
                             PathList *ret_texts);
/* A text that is a path: relative to the working directory, as a person there would write it. */
MUST_CHECK bool setting_path(const Settings *settings, SettingId id, Diagnostics *diags,
                             const char **ret_path);
/* The schema: `schema`, or the contract of version 8 where that is a schema of 6 or 7. */
MUST_CHECK bool settings_schema(const Settings *settings, Diagnostics *diags,
                                const char **ret_path);

#endif
