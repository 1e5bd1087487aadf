/*
 * paths.c - paths as Node's `path` module makes them, on POSIX.
 */
#include "base/common.h"

#include <string.h>

#include "base/strbuf.h"
#include "runtime/config/run.h"

enum { PATH_MAX_BYTES = 1 << 20 };

/* Takes the last part off `out`; false when there is none but `..`. */
static bool drop_part(StrBuf *out, bool absolute)
{
    const char *text = strbuf_text(out);
    const char *slash = strrchr(text, '/');
    const char *part = slash == NULL ? text : slash + 1;
    if (*part == '\0' || strcmp(part, "..") == 0) {
        return absolute;
    }
    size_t len = slash == NULL ? 0 : slash == text && absolute ? 1 : (size_t)(slash - text);
    out->len = len;
    out->text[len] = '\0';
    return true;
}

const char *config_path_normal(Arena *arena, const char *path)
{
    StrBuf out = strbuf_new(PATH_MAX_BYTES);
    bool absolute = path[0] == '/';
    strbuf_add(&out, absolute ? "/" : "");
    for (const char *at = path; *at != '\0';) {
        size_t len = strcspn(at, "/");
        bool up = len == 2 && at[0] == '.' && at[1] == '.';
        bool here = len == 0 || (len == 1 && at[0] == '.');
        if (!here && (!up || !drop_part(&out, absolute))) {
            bool joined = out.len > 0 && out.text[out.len - 1] != '/';
            strbuf_add(&out, joined ? "/" : "");
            strbuf_addn(&out, at, len);
        }
        at += len + (at[len] == '/' ? 1 : 0);
    }
    if (out.len == 0) {
        strbuf_add(&out, ".");
    }
    return strbuf_take(&out, arena);
}

/* Without slashes at the end, unless it is the root. */
static size_t trimmed_length(const char *path, size_t len)
{
    while (len > 1 && path[len - 1] == '/') {
        len--;
    }
    return len;
}

const char *config_path_join(Arena *arena, const char *joined)
{
    const char *path = config_path_normal(arena, joined);
    size_t len = strlen(joined);
    bool slash = len > 0 && joined[len - 1] == '/' && strcmp(path, "/") != 0;
    return slash ? arena_printf(arena, "%s/", path) : path;
}

const char *config_path_dirname(Arena *arena, const char *path)
{
    size_t len = trimmed_length(path, strlen(path));
    while (len > 0 && path[len - 1] != '/') {
        len--;
    }
    return len == 0 ? "." : arena_strndup(arena, path, trimmed_length(path, len));
}

const char *config_path_basename(Arena *arena, const char *path)
{
    size_t len = trimmed_length(path, strlen(path));
    size_t start = len;
    while (start > 0 && path[start - 1] != '/') {
        start--;
    }
    return arena_strndup(arena, path + start, len - start);
}

const char *config_path_resolve(Arena *arena, const char *from, const char *path)
{
    return config_path_normal(arena,
                              path[0] == '/' ? path : arena_printf(arena, "%s/%s", from, path));
}
