/*
 * names_test.c - what runs outside our trusted path names nothing that a path could find.
 *
 * Read are all scripts of the golden plans (tests/fuzz/hostile reads those of plans made by
 * chance), and every piece of SQL in the sources: whole statements through PostgreSQL's grammar,
 * parts of them token by token. What a session of ours asks under its own path may be written as
 * people write: in files that ask nothing anywhere else.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <glob.h>
#include <string.h>

#include "base/file.h"
#include "tests/harness/read_names.h"

static char *read_file(NameReading *reading, const char *path)
{
    char *text = NULL;
    size_t len = 0;
    int error = 0;
    reading->where = path;
    cr_assert(file_read(reading->arena, path, &text, &len, &error), "%s", path);
    return text;
}

static NameReading reading_new(void)
{
    return (NameReading){.arena = arena_new(), .found = strbuf_new(STRBUF_MAX)};
}

static void finish(NameReading *reading, size_t at_least)
{
    const size_t found = reading->found.len;
    char *text = strbuf_take(&reading->found, reading->arena);
    cr_expect_eq(found, 0, "%s", text);
    cr_expect_geq(reading->read, at_least, "only %zu read", reading->read);
    arena_free(reading->arena);
}

Test(names, scripts_of_golden_plans)
{
    NameReading reading = reading_new();
    glob_t files;
    cr_assert_eq(glob(TESTS_DIR "/golden/plan/*/scripts/*.sql", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        names_read_script(&reading, read_file(&reading, files.gl_pathv[i]));
    }
    globfree(&files);
    finish(&reading, 500);
}

/* --- sources --- */

/* The next literal from here on: not in a comment, no quote that is a character, no file's name. */
static const char *next_literal(const char *c)
{
    while (*c != '\0' && *c != '"') {
        if (strncmp(c, "/*", 2) == 0) {
            const char *end = strstr(c + 2, "*/");
            c = end == NULL ? c + strlen(c) : end + 2;
        } else if (strncmp(c, "#include", 8) == 0) {
            c += strcspn(c, "\n");
        } else if (*c == '\'') {
            c += c[1] == '\\' ? 3 : 2;
            c += *c == '\'';
        } else {
            c++;
        }
    }
    return *c == '"' ? c : NULL;
}

enum { HOLE = '\1' }; /* of a format, where a text goes */

/* Adds it, with 1 for each number of a format; returns what stands behind its end. */
static const char *add_literal(StrBuf *out, const char *c)
{
    for (c++; *c != '"' && *c != '\0'; c++) {
        if (*c == '\\') {
            c++;
            strbuf_char(out, *c == 'n' ? '\n' : *c);
        } else if (*c == '%' && c[1] != 'I') { /* %I is the server's format()'s */
            c += 1 + strcspn(c + 1, "sduc%");
            strbuf_char(out, *c == 's' ? HOLE : '1');
        } else {
            strbuf_char(out, *c);
        }
    }
    return *c == '"' ? c + 1 : c;
}

static char *filled(NameReading *reading, const char *text, const char *filling)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (; *text != '\0'; text++) {
        if (*text == HOLE) {
            strbuf_add(&out, filling);
        } else {
            strbuf_char(&out, *text);
        }
    }
    return strbuf_take(&out, reading->arena);
}

/* The next text of adjacent literals; NULL at the end. */
static char *next_text(NameReading *reading, const char **at)
{
    const char *c = next_literal(*at);
    if (c == NULL) {
        return NULL;
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    while (*c == '"') {
        c = add_literal(&out, c);
        c += strspn(c, " \n");
    }
    *at = c;
    return strbuf_take(&out, reading->arena);
}

static bool stands_at(const char *text, const char *at, const char *word)
{
    const size_t len = strlen(word);
    return strncmp(at, word, len) == 0 &&
           (at == text || (!isalnum((unsigned char)at[-1]) && at[-1] != '_')) &&
           !isalnum((unsigned char)at[len]);
}

/* Key words stand in capitals, in prose they do not. */
static bool is_sql(const char *text)
{
    static const char *const words[] = {
        "SELECT", "FROM",   "WHERE", "AND",    "OR",       "CASE",  "JOIN",    "VALUES", "UPDATE",
        "DELETE", "INSERT", "DO",    "CREATE", "ALTER",    "DROP",  "SET",     "GRANT",  "ANY",
        "ALL",    "EXISTS", "ORDER", "CAST",   "OPERATOR", "USING", "DEFAULT", "ARRAY",  "COMMENT",
    };
    if (strstr(text, "::pg_") != NULL || strstr(text, "pg_catalog.") != NULL) {
        return true;
    }
    for (const char *at = text; *at != '\0'; at++) {
        for (size_t i = 0; isupper((unsigned char)*at) && i < lengthof(words); i++) {
            if (stands_at(text, at, words[i])) {
                return true;
            }
        }
    }
    return false;
}

/* How texts begin that may name what they like, each with the reason. */
static const char *const excepted[] = {
    "write the rows as INSERT statements (", /* said to people */
    "SET search_path = \"",                  /* a quoted name follows */
    "SET LOCAL search_path = \"",            /* likewise */
    /* the other tool's table, word for word; who makes it does so under the trusted path */
    "\1CREATE TABLE IF NOT EXISTS \1 (\n    id                      VARCHAR(36) PRIMARY KEY",
};

static bool is_excepted(const char *text)
{
    for (size_t i = 0; i < lengthof(excepted); i++) {
        if (strncmp(text, excepted[i], strlen(excepted[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* Whose queries are asked by a session of ours under the trusted path (session.h), and nowhere
 * else: it has no call that asks in the state of a script. What qualifies something in such a file
 * is made for elsewhere, and has to qualify all. */
static const char *const in_trusted_path[] = {
    "runtime/ahead/code.c",           "runtime/ahead/dependants.c",    "runtime/ahead/gate.c",
    "runtime/apply/apply_leftover.c", "runtime/apply/apply_outcome.c", "runtime/lock/guard.c",
    "runtime/server/reset.c",         "runtime/server/shadow_keep.c",
};

static const char *const calls_elsewhere[] = {"session_ask_there(", "session_control(",
                                              "ROW_FIELDS(fields), true}", ".behind = s"};

static bool ends_with(const char *text, const char *end)
{
    const size_t len = strlen(text), wanted = strlen(end);
    return len >= wanted && strcmp(text + len - wanted, end) == 0;
}

static size_t trusted_file(const char *path)
{
    size_t i = 0;
    while (i < lengthof(in_trusted_path) && !ends_with(path, in_trusted_path[i])) {
        i++;
    }
    return i;
}

/* A hole is a value or a name, or it is empty. */
static void read_sql(NameReading *reading, const char *text)
{
    text += text[0] == HOLE && text[1] == '\n' ? 2 : 0;
    const char *named = filled(reading, text, "x");
    reading->relations = strchr(text, HOLE) == NULL;
    if (!names_read_statement(reading, named) &&
        !names_read_statement(reading, filled(reading, text, ""))) {
        names_read_part(reading, named);
    }
}

/* `ours`: what may be written as people write. */
static void read_source(NameReading *reading, NameReading *ours, const char *path, bool trusted)
{
    const char *at = read_file(reading, path);
    ours->where = path;
    for (size_t i = 0; trusted && i < lengthof(calls_elsewhere); i++) {
        cr_expect_null(strstr(at, calls_elsewhere[i]), "%s: %s", path, calls_elsewhere[i]);
    }
    for (char *text = next_text(reading, &at); text != NULL; text = next_text(reading, &at)) {
        if (is_sql(text) && !is_excepted(text)) {
            read_sql(trusted && strstr(text, "OPERATOR(pg_catalog.") == NULL ? ours : reading,
                     text);
        }
    }
}

Test(names, statements_outside_the_trusted_path)
{
    static const char *const places[] = {"introspect/*", "runtime/*", "cli/*", "cli"};
    NameReading reading = reading_new(), ours = reading_new();
    bool needed[lengthof(in_trusted_path)] = {false};
    for (size_t place = 0; place < lengthof(places); place++) {
        glob_t files;
        const char *pattern =
            arena_printf(reading.arena, "%s/../%s/*.[ch]", TESTS_DIR, places[place]);
        cr_assert_eq(glob(pattern, 0, NULL, &files), 0, "%s", pattern);
        for (size_t i = 0; i < files.gl_pathc; i++) {
            const size_t row = trusted_file(files.gl_pathv[i]);
            read_source(&reading, &ours, files.gl_pathv[i], row < lengthof(in_trusted_path));
            if (row < lengthof(in_trusted_path)) {
                needed[row] = ours.found.len > 0;
            }
            strbuf_reset(&ours.found);
        }
        globfree(&files);
    }
    for (size_t i = 0; i < lengthof(needed); i++) {
        cr_expect(needed[i], "%s qualifies all: its row can go", in_trusted_path[i]);
    }
    finish(&ours, 20);
    finish(&reading, 80);
}
