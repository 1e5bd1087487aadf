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
#include "base/text/json_text.h"
#include "runtime/host/folder.h"

typedef struct Reader {
    Arena *arena;
    const char *at, *end;
    DotenvRules rules;
    EnvFile *file;
} Reader;

enum { VALUE_LIMIT = 4 << 20 };

const char *dotenv_get(const EnvFile *file, const char *name)
{
    for (size_t i = file->variables.count; i > 0; i--) {
        if (strcmp(file->variables.items[i - 1].name, name) == 0) {
            return file->variables.items[i - 1].value;
        }
    }
    return NULL;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void skip_blanks(Reader *reader)
{
    while (reader->at < reader->end && is_blank(*reader->at)) {
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

/* Is there nothing behind a value that ends before `at` but a comment? */
static bool ends_line(const Reader *reader, const char *at)
{
    while (at < reader->end && (is_blank(*at) || *at == '\r')) {
        at++;
    }
    return at == reader->end || *at == '\n' || *at == '#';
}

/* The quote that closes a value which starts with `quote`; NULL: then it is a plain byte. Node
 * takes the next one; the package the first without a backslash before it, if the line ends there,
 * else the last of those before. */
static const char *closing_quote(const Reader *reader, char quote)
{
    const char *escaped = NULL;
    for (const char *at = reader->at + 1; at < reader->end; at++) {
        if (*at != quote) {
            continue;
        }
        if (reader->rules == DOTENV_NODE) {
            return at;
        }
        if (at[-1] == '\\' && at - 1 > reader->at) {
            escaped = ends_line(reader, at + 1) ? at : escaped;
            continue;
        }
        return ends_line(reader, at + 1) ? at : escaped;
    }
    return escaped;
}

/* Double quotes know \n and \r; every other backslash stays. */
static char *unescaped(Reader *reader, char quote, const char *start, const char *end)
{
    StrBuf value = strbuf_new(VALUE_LIMIT);
    for (const char *at = start; at < end; at++) {
        bool letter =
            at + 1 < end && (at[1] == 'n' || (at[1] == 'r' && reader->rules != DOTENV_NODE));
        if (quote == '"' && at[0] == '\\' && letter) {
            strbuf_char(&value, at[1] == 'n' ? '\n' : '\r');
            at++;
        } else if (at[0] != '\r' || at + 1 == end || at[1] != '\n') {
            strbuf_char(&value, *at);
        }
    }
    return strbuf_take(&value, reader->arena);
}

/* Up to `#` or the end of the line, blanks trimmed; quotes around the whole of it are none of it.
 */
static char *read_plain(Reader *reader)
{
    const char *start = reader->at;
    const char *at = start;
    while (at < reader->end && *at != '\n' && *at != '\r' && *at != '#') {
        at++;
    }
    const char *last = at;
    while (last > start && is_blank(last[-1])) {
        last--;
    }
    reader->at = at;
    char quote = last > start && strchr("\"'`", *start) != NULL ? *start : '\0';
    if (reader->rules == DOTENV_PACKAGE && quote != '\0') {
        bool around = last - start > 1 && last[-1] == quote;
        return unescaped(reader, quote, around ? start + 1 : start, around ? last - 1 : last);
    }
    return arena_strndup(reader->arena, start, (size_t)(last - start));
}

static const char *read_value(Reader *reader)
{
    char quote = reader->at < reader->end ? *reader->at : '\0';
    const char *close = NULL;
    if (quote == '"' || quote == '\'' || quote == '`') {
        close = closing_quote(reader, quote);
    }
    if (close == NULL) {
        return read_plain(reader);
    }
    const char *start = reader->at + 1;
    reader->at = close + 1;
    return unescaped(reader, quote, start, close);
}

/* `=`, with blanks before it, or `: ` without. */
static bool skip_separator(Reader *reader)
{
    const char *behind_name = reader->at;
    skip_blanks(reader);
    char c = reader->at < reader->end ? *reader->at : '\0';
    bool blank = reader->at + 1 < reader->end && isspace((unsigned char)reader->at[1]);
    bool colon = c == ':' && blank && reader->at == behind_name;
    if (c != '=' && (!colon || reader->rules == DOTENV_NODE)) {
        return false;
    }
    reader->at++;
    return true;
}

static void read_line(Reader *reader)
{
    skip_blanks(reader);
    if ((size_t)(reader->end - reader->at) > 7 && strncmp(reader->at, "export", 6) == 0 &&
        is_blank(reader->at[6])) {
        reader->at += 7;
        skip_blanks(reader);
    }
    const char *name = read_name(reader);
    if (name == NULL || !skip_separator(reader)) {
        skip_line(reader);
        return;
    }
    skip_blanks(reader);
    EnvVariable variable = {.name = name, .value = read_value(reader)};
    vec_push(reader->arena, &reader->file->variables, variable);
    skip_line(reader);
}

void dotenv_parse_plain(Arena *arena, const char *text, size_t len, DotenvRules rules,
                        EnvFile *ret_file)
{
    Reader reader = {arena, text, text + len, rules, ret_file};
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
    EnvFile plain = {0};
    dotenv_parse_plain(arena, text, len, DOTENV_PACKAGE, &plain);
    vec_each(EnvVariable, at, &plain.variables) {
        const char *outer = lookup == NULL ? NULL : lookup(at->name);
        const char *value = outer != NULL ? outer
                                          : dotenv_expand(arena, at->value, EXPAND_PRISMA, lookup,
                                                          &(EnvFile){0}, &plain);
        EnvVariable variable = {
            .name = at->name, .value = value, .from_environment = outer != NULL};
        vec_push(arena, &ret_file->variables, variable);
    }
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
    json_t *root = json_of_file(text, len, NULL);
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
