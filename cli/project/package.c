/*
 * package.c - what the nearest package.json says of the schema.
 *
 * In: the working folder. Out: `prisma.schema`, a path of the folder that file stands in. It is
 * read as version 6 does, from here upwards; nothing else of the file is looked at.
 */
#include "base/common.h"

#include "cli/project/project.h"

#include <jansson.h>
#include <string.h>

#include "base/file.h"
#include "base/text/json_text.h"
#include "runtime/host/folder.h"

/* The way to the nearest package.json: "", "../", "../../"; NULL when there is none. */
static const char *way_to_package(Cli *cli)
{
    const char *way = "";
    const char *at = folder_real(".", cli->arena);
    while (at != NULL && !file_exists(path_join(cli->arena, at, "package.json"))) {
        at = strcmp(at, "/") == 0 ? NULL : path_folder(cli->arena, at);
        way = arena_printf(cli->arena, "../%s", way);
    }
    return at == NULL ? NULL : way;
}

static bool read_package(Cli *cli, const char *path, json_t **ret_root)
{
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    json_error_t problem;
    if (!file_read(cli->arena, path, &text, &len, &error)) {
        diag_report(cli->diags, DIAG_CANNOT_READ, span_none(), path, file_error(error));
        return false;
    }
    *ret_root = json_of_file(text, len, &problem);
    if (*ret_root == NULL) {
        diag_report(cli->diags, DIAG_BAD_PACKAGE_JSON, span_none(), path, problem.text);
        return false;
    }
    return true;
}

bool project_package_schema(Cli *cli, const char **ret_path)
{
    json_t *root = NULL;
    const char *way = way_to_package(cli);
    *ret_path = NULL;
    if (way == NULL) {
        return true;
    }
    if (!read_package(cli, arena_printf(cli->arena, "%spackage.json", way), &root)) {
        return false;
    }
    const char *named =
        json_string_value(json_object_get(json_object_get(root, "prisma"), "schema"));
    if (named != NULL) {
        *ret_path = arena_printf(cli->arena, "%s%s", named[0] == '/' ? "" : way, named);
    }
    json_decref(root);
    return true;
}
