#include "base/common.h"

#include "runtime/host/dotenv.h"

#include <ctype.h>
#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "runtime/host/folder.h"

enum { VALUE_LIMIT = 1 << 20, EXPANSION_DEPTH = 16 };

typedef struct Reader {
    Arena *arena;
    const char *at, *end;
    EnvLookup *lookup;
    EnvFile *file;
    bool plain; /* values as written: nothing is expanded, the environment is not asked */
} Reader;

const char *dotenv_get(const EnvFile *file, const char *name)
{
    for (size_t i = file->variables.count; i > 0; i--) {
        if (strcmp(file->variables.items[i - 1].name, name) == 0) {
            return file->variables.items[i - 1].value;
        }
    }
    return NULL;
}

static void skip_blanks(Reader *reader)
{
    while (reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\t')) {
        reader->at++;
    }
}

static void skip_line(Reader *reader)
{
    while (reader->at < reader->end && *reader->at != '\n') {
        reader->at++;
    }
    if (reader->at < reader->end) {
        reader->at++;
    }
}

static bool is_name_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '.' || c == '-';
}

/* Letters, digits, `_`, `.`, `-`; NULL when there is no name here. */
static const char *read_name(Reader *reader)
{
    const char *start = reader->at;
    while (reader->at < reader->end && is_name_byte(*reader->at)) {
        reader->at++;
    }
    return reader->at == start ? NULL
                               : arena_strndup(reader->arena, start, (size_t)(reader->at - start));
}

/* The closing quote of a value that starts with `quote`, or NULL: then the quote is a plain byte.
 */
static const char *closing_quote(const Reader *reader, char quote)
{
    for (const char *at = reader->at + 1; at < reader->end; at++) {
        if (*at == '\\' && quote != '\'' && at + 1 < reader->end) {
            at++;
        } else if (*at == quote) {
            return at;
        }
    }
    return NULL;
}

/* Double quotes know \n and \r; every other backslash stays for the expansion to see. */
static char *read_quoted(Reader *reader, char quote, const char *close)
{
    StrBuf value = strbuf_new(VALUE_LIMIT * 4);
    for (const char *at = reader->at + 1; at < close; at++) {
        if (quote == '"' && at[0] == '\\' && at + 1 < close && (at[1] == 'n' || at[1] == 'r')) {
            strbuf_char(&value, at[1] == 'n' ? '\n' : '\r');
            at++;
        } else {
            strbuf_char(&value, *at);
        }
    }
    reader->at = close + 1;
    return strbuf_take(&value, reader->arena);
}

/* Up to ` #` or the end of the line, blanks trimmed. */
static char *read_plain(Reader *reader)
{
    const char *start = reader->at;
    const char *at = start;
    while (at < reader->end && *at != '\n' && *at != '\r' && *at != '#') {
        at++;
    }
    const char *last = at;
    while (last > start && (last[-1] == ' ' || last[-1] == '\t')) {
        last--;
    }
    reader->at = at;
    return arena_strndup(reader->arena, start, (size_t)(last - start));
}

static const char *look_up(const Reader *reader, const char *name)
{
    const char *value = reader->lookup == NULL ? NULL : reader->lookup(name);
    if (value == NULL) {
        value = dotenv_get(reader->file, name);
    }
    return value == NULL ? "" : value;
}

/* The name after `$` at `*at` (with or without braces), and moves behind it; NULL: a plain `$`. */
static const char *read_reference(Arena *arena, const char **at)
{
    const char *start = *at + 1;
    bool braces = *start == '{';
    const char *name = braces ? start + 1 : start;
    const char *end = name;
    while (isalnum((unsigned char)*end) || *end == '_') {
        end++;
    }
    if (end == name || (braces && *end != '}')) {
        return NULL;
    }
    *at = braces ? end + 1 : end;
    return arena_strndup(arena, name, (size_t)(end - name));
}

/* Replaces ${NAME} and $NAME, again in what they stand for; `\$` is a dollar sign. */
static char *expand(const Reader *reader, const char *text, int depth)
{
    StrBuf out = strbuf_new(VALUE_LIMIT * 4);
    for (const char *at = text; *at != '\0' && out.len < VALUE_LIMIT;) {
        const char *behind = at;
        const char *name = NULL;
        if (at[0] == '\\' && at[1] == '$') {
            strbuf_char(&out, '$');
            at += 2;
            continue;
        }
        if (*at == '$' && depth < EXPANSION_DEPTH) {
            name = read_reference(reader->arena, &behind);
        }
        if (name == NULL) {
            strbuf_char(&out, *at++);
            continue;
        }
        const char *value = expand(reader, look_up(reader, name), depth + 1);
        strbuf_addn(&out, value, strnlen(value, VALUE_LIMIT));
        at = behind;
    }
    return strbuf_take(&out, reader->arena);
}

static const char *read_value(Reader *reader)
{
    char quote = reader->at < reader->end ? *reader->at : '\0';
    const char *close = NULL;
    if (quote == '"' || quote == '\'' || quote == '`') {
        close = closing_quote(reader, quote);
    }
    const char *raw = close == NULL ? read_plain(reader) : read_quoted(reader, quote, close);
    return reader->plain || (quote == '\'' && close != NULL) ? raw : expand(reader, raw, 0);
}

static void read_line(Reader *reader)
{
    skip_blanks(reader);
    if ((size_t)(reader->end - reader->at) > 7 && strncmp(reader->at, "export ", 7) == 0) {
        reader->at += 7;
        skip_blanks(reader);
    }
    const char *name = read_name(reader);
    skip_blanks(reader);
    if (name == NULL || reader->at == reader->end || (*reader->at != '=' && *reader->at != ':')) {
        skip_line(reader);
        return;
    }
    reader->at++;
    skip_blanks(reader);
    const char *value = read_value(reader);
    const char *outer = reader->lookup == NULL ? NULL : reader->lookup(name);
    EnvVariable variable = {
        .name = name, .value = outer == NULL ? value : outer, .from_environment = outer != NULL};
    vec_push(reader->arena, &reader->file->variables, variable);
    skip_line(reader);
}

static void parse(Reader reader, const char *text, size_t len)
{
    if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
        reader.at += 3;
    }
    while (reader.at < reader.end) {
        if (isspace((unsigned char)*reader.at)) {
            reader.at++;
        } else if (*reader.at == '#') {
            skip_line(&reader);
        } else {
            read_line(&reader);
        }
    }
}

void dotenv_parse(Arena *arena, const char *text, size_t len, EnvLookup *lookup, EnvFile *ret_file)
{
    parse((Reader){arena, text, text + len, lookup, ret_file, false}, text, len);
}

void dotenv_parse_plain(Arena *arena, const char *text, size_t len, EnvFile *ret_file)
{
    parse((Reader){arena, text, text + len, NULL, ret_file, true}, text, len);
}

const char *dotenv_expand(Arena *arena, const char *text, EnvLookup *lookup, EnvFile *known)
{
    Reader reader = {.arena = arena, .lookup = lookup, .file = known};
    return expand(&reader, text, 0);
}

bool dotenv_read(Arena *arena, const char *path, EnvLookup *lookup, Diagnostics *diags,
                 EnvFile *ret_file)
{
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    if (!file_read_served(arena, path, &text, &len, &error)) {
        if (error != ENOENT && error != ENOTDIR) {
            diag_report(diags, DIAG_ENV_UNREADABLE, span_none(), path, file_error(error));
        }
        return false;
    }
    *ret_file = (EnvFile){.path = path};
    dotenv_parse(arena, text, len, lookup, ret_file);
    return true;
}

/* --- where the files are ---------------------------------------------------------------------- */

/* The folder of the nearest package.json upwards from `directory`; NULL when there is none. */
static const char *package_folder(Arena *arena, const char *directory)
{
    const char *at = folder_real(directory, arena);
    while (at != NULL && !file_exists(path_join(arena, at, "package.json"))) {
        at = strcmp(at, "/") == 0 ? NULL : path_folder(arena, at);
    }
    return at;
}

/* The schema named by package.json in `folder`; NULL when it names none. */
static const char *package_schema(Arena *arena, const char *folder)
{
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    if (!file_read(arena, path_join(arena, folder, "package.json"), &text, &len, &error)) {
        return NULL;
    }
    json_t *root = json_loadb(text, len, 0, NULL);
    const char *schema =
        json_string_value(json_object_get(json_object_get(root, "prisma"), "schema"));
    const char *path = schema == NULL ? NULL : path_join(arena, folder, schema);
    json_decref(root);
    return path;
}

static const char *env_beside(Arena *arena, const char *schema)
{
    const char *folder = file_is_folder(schema) ? schema : path_folder(arena, schema);
    return path_join(arena, folder, ".env");
}

/* The first `.env` there is of those that belong to the schema; NULL when there is none. */
static const char *schema_env(Arena *arena, const char *directory, const char *schema_option)
{
    const char *places[4];
    size_t count = 0;
    const char *package = package_schema(arena, directory);
    if (schema_option != NULL) {
        places[count++] = env_beside(arena, schema_option);
    }
    if (package != NULL) {
        places[count++] = env_beside(arena, package);
    }
    places[count++] = path_join(arena, directory, "prisma/.env");
    places[count++] = path_join(arena, directory, ".env");
    for (size_t i = 0; i < count; i++) {
        if (file_exists(places[i])) {
            return places[i];
        }
    }
    return NULL;
}

static bool same_file(Arena *arena, const char *a, const char *b)
{
    const char *real_a = folder_real(a, arena);
    const char *real_b = folder_real(b, arena);
    return real_a != NULL && real_b != NULL && strcmp(real_a, real_b) == 0;
}

static bool files_agree(const EnvFile *a, const EnvFile *b, Diagnostics *diags)
{
    vec_each(const EnvVariable, at, &a->variables) {
        const char *other = dotenv_get(b, at->name);
        if (other != NULL && !at->from_environment && strcmp(other, dotenv_get(a, at->name)) != 0) {
            diag_report(diags, DIAG_ENV_CONFLICT, span_none(), a->path, b->path, at->name);
            return false;
        }
    }
    return true;
}

bool dotenv_load(Arena *arena, const char *directory, const char *schema_option, EnvLookup *lookup,
                 Diagnostics *diags, EnvFile ret_files[2], size_t *ret_count)
{
    size_t errors = diags->errors;
    size_t count = 0;
    const char *package = package_folder(arena, directory);
    const char *root = package == NULL ? NULL : path_join(arena, package, ".env");
    const char *schema = schema_env(arena, directory, schema_option);
    if (root != NULL && dotenv_read(arena, root, lookup, diags, &ret_files[count])) {
        count++;
    }
    if (schema != NULL && (count == 0 || !same_file(arena, root, schema)) &&
        dotenv_read(arena, schema, lookup, diags, &ret_files[count])) {
        count++;
    }
    *ret_count = count;
    return diags->errors == errors &&
           (count < 2 || files_agree(&ret_files[0], &ret_files[1], diags));
}
