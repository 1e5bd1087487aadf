/*
 * chain.c - the configurations above one of version 8: what the nearest does not give, they do.
 *
 * In: settings of one file. Out: the same, with what `prisma.config.ts` files above it add to the
 * section `orm`, key by key, the nearest first. They stand in its parents up to the folder with
 * `.git`; without one nothing above is looked at. `parent: false` ends the chain, `parent: "path"`
 * names the next file. A path is one of the folder whose file gives it.
 * Source of the rules: the command line of Prisma 8.
 */
#include "base/common.h"

#include <string.h>

#include "runtime/config/run.h"
#include "runtime/config/settings_internal.h"
#include "runtime/host/folder.h"

enum { CHAIN_MAX = 32 };

static bool is_root(const char *folder)
{
    return strcmp(folder, "/") == 0;
}

static bool is_repository(Arena *arena, const char *folder)
{
    return file_exists(path_join(arena, folder, ".git"));
}

static bool has_repository(Arena *arena, const char *folder)
{
    const char *at = folder;
    while (!is_repository(arena, at) && !is_root(at)) {
        at = path_folder(arena, at);
    }
    return is_repository(arena, at);
}

/* The file in the nearest folder above this one; NULL when there is none in the repository. */
static const char *file_above(Arena *arena, const char *folder)
{
    bool inside = has_repository(arena, folder);
    for (const char *at = folder; inside && !is_repository(arena, at) && !is_root(at);) {
        at = path_folder(arena, at);
        const char *path = path_join(arena, at, "prisma.config.ts");
        if (file_exists(path) && !file_is_folder(path)) {
            return path;
        }
    }
    return NULL;
}

const char *settings_find_above(Arena *arena)
{
    const char *folder = folder_real(".", arena);
    return folder == NULL ? NULL : file_above(arena, folder);
}

/* Where the chain goes on behind the file of `folder` that exports `exported`; *ret_path is NULL at
 * its end. */
static bool next_of(const Settings *settings, const ConfigValue *exported, const char *folder,
                    Diagnostics *diags, const char **ret_path)
{
    Arena *arena = settings->arena;
    const ConfigValue *parent = config_value_member(
        arena, exported, intern_cstr(settings->names, "parent"), exported->span);
    *ret_path = NULL;
    switch ((int)parent->kind) {
    case VALUE_UNDEFINED:
        *ret_path = file_above(arena, folder);
        return true;
    case VALUE_TEXT:
        *ret_path = config_path_resolve(arena, folder, parent->text);
        return true;
    case VALUE_BOOLEAN:
        if (!parent->truth) {
            return true;
        }
        break;
    default:
        break;
    }
    diag_report(diags, DIAG_CONFIG_SHAPE, parent->span, "parent", "`false` or a path");
    return false;
}

/* A contract of another folder is named from the root on. */
static void place_contract(const Settings *settings, const ConfigValue *contract,
                           const char *folder)
{
    if (contract->kind == VALUE_OBJECT && contract->mark == MARK_SCHEMA_7) {
        ConfigValue *path = contract->members.items[0].value;
        if (path->kind == VALUE_TEXT) {
            path->text = config_path_resolve(settings->arena, folder, path->text);
        }
    }
}

static void add_section(Settings *settings, const ConfigValue *above, const char *folder)
{
    const Name key = intern_cstr(settings->names, "orm");
    const Name contract = intern_cstr(settings->names, "contract");
    Arena *arena = settings->arena;
    ConfigValue *theirs = config_value_member(arena, above, key, above->span);
    ConfigValue *ours =
        config_value_member(arena, settings->exported, key, settings->exported->span);
    if (ours->kind == VALUE_UNDEFINED && theirs->kind == VALUE_OBJECT) {
        ours = config_value(arena, VALUE_OBJECT, settings->exported->span);
        config_value_set(arena, settings->exported, key, ours);
    }
    if (ours->kind != VALUE_OBJECT || theirs->kind == VALUE_UNDEFINED) {
        return;
    }
    if (theirs->kind != VALUE_OBJECT) {
        ours->rest = ours->rest == NULL ? theirs : ours->rest;
        return;
    }
    place_contract(settings, config_value_member(arena, theirs, contract, theirs->span), folder);
    vec_each(const ConfigMember, at, &theirs->members) {
        const ConfigValue *given = config_value_member(arena, ours, at->key, ours->span);
        if (given->kind == VALUE_UNDEFINED) {
            config_value_set(arena, ours, at->key, at->value);
        }
    }
    ours->rest = ours->rest == NULL ? theirs->rest : ours->rest;
}

/* The files run one after the other: what one set, the next finds. */
static bool read_above(Settings *settings, const char *path, Sources *sources, Diagnostics *diags,
                       ConfigExport *ret_export)
{
    const SourceFile *file = NULL;
    const char *current = folder_real(".", settings->arena);
    if (current == NULL || !settings_read_module(settings->arena, path, sources, diags, &file)) {
        return false;
    }
    config_export_after(settings->arena, file, current, &settings->variables, settings->names,
                        ret_export);
    settings->variables = ret_export->variables;
    if (ret_export->value->mark != MARK_DEFINED_8) {
        diag_report(diags, DIAG_CONFIG_UNREADABLE, span_none(), path,
                    "it stands above one of version 8, and is none");
        return false;
    }
    return true;
}

bool settings_join_above(Settings *settings, Sources *sources, Diagnostics *diags)
{
    Arena *arena = settings->arena;
    const ConfigValue *exported = settings->exported;
    const char *folder = folder_real(settings->folder, arena);
    const char *path = NULL;
    for (int links = 0; folder != NULL && exported->kind == VALUE_OBJECT; links++) {
        ConfigExport above;
        if (!next_of(settings, exported, folder, diags, &path)) {
            return false;
        }
        if (path == NULL) {
            return true;
        }
        if (links == CHAIN_MAX) {
            diag_report(diags, DIAG_CONFIG_UNREADABLE, span_none(), path,
                        "the chain of `parent` comes to no end");
            return false;
        }
        if (!read_above(settings, path, sources, diags, &above)) {
            return false;
        }
        exported = above.value;
        folder = path_folder(arena, path);
        add_section(settings, exported, folder);
    }
    return true;
}
