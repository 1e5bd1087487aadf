#include "base/common.h"

#include "runtime/generate/client_version.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text/json_text.h"
#include "runtime/generate/generator.h"
#include "runtime/host/folder.h"

static const char *const packages[] = {"@prisma/client", "prisma"};

static json_t *read_object(Arena *arena, const char *path)
{
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    return path != NULL && file_read(arena, path, &text, &len, &error)
               ? json_of_file(text, len, NULL)
               : NULL;
}

/* "^7.1.0", "7", ">=6.19 <7": the first number. */
static unsigned major_of(const char *version)
{
    return (unsigned)strtoul(version + strcspn(version, "0123456789"), NULL, 10);
}

static unsigned installed(Arena *arena, const char *folder)
{
    unsigned major = 0;
    for (size_t i = 0; i < lengthof(packages) && major == 0; i++) {
        const char *file = arena_printf(arena, "%s/package.json", packages[i]);
        json_t *root = read_object(arena, package_file(arena, folder, file));
        const char *version = json_string_value(json_object_get(root, "version"));
        major = version == NULL ? 0 : major_of(version);
        json_decref(root);
    }
    return major;
}

static unsigned asked_for(Arena *arena, const char *path)
{
    static const char *const lists[] = {"dependencies", "devDependencies"};
    unsigned major = 0;
    json_t *root = read_object(arena, path);
    for (size_t i = 0; i < lengthof(packages) * lengthof(lists) && major == 0; i++) {
        const json_t *list = json_object_get(root, lists[i % lengthof(lists)]);
        const char *range = json_string_value(json_object_get(list, packages[i / lengthof(lists)]));
        major = range == NULL ? 0 : major_of(range);
    }
    json_decref(root);
    return major;
}

unsigned client_version(Arena *arena, const char *folder)
{
    unsigned major = installed(arena, folder);
    const char *at = major == 0 ? folder_real(folder, arena) : NULL;
    while (at != NULL && major == 0) {
        major = asked_for(arena, path_join(arena, at, "package.json"));
        at = strcmp(at, "/") == 0 ? NULL : path_folder(arena, at);
    }
    return major;
}
