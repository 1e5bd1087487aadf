/*
 * migrations.c - read the migrations folder; its order, its checksums.
 *
 * In: a path. Out: every sub-directory's script in order. Unreadable scripts are reported all at
 * once.
 */
#define _DEFAULT_SOURCE /* DT_DIR */
#include "base/common.h"

#include "runtime/history/migrations.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utf8proc.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "runtime/history/migrations_stage.h"
#include "runtime/host/folder.h"

enum { READ_TRIES = 5 };

static const char lock_name[] = "migration_lock.toml";
static const char provider_key[] = "provider";

/* --- order --- */

/* The root collation's order of ASCII; a letter's case decides only between otherwise equal names.
 */
static unsigned collation_weight(unsigned char c)
{
    static const char punctuation[] = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";
    if (c >= 0x80) {
        return 1000U + c;
    }
    if (c >= '0' && c <= '9') {
        return 100U + c;
    }
    if (c >= 'A' && c <= 'Z') {
        return 200U + c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
        return 200U + c - 'a';
    }
    const char *at = strchr(punctuation, c);
    return at != NULL ? 10U + (unsigned)(at - punctuation) : 1U;
}

int migration_name_compare(const char *a, const char *b)
{
    int by_case = 0;
    size_t i = 0;
    for (; a[i] != '\0' && b[i] != '\0'; i++) {
        const unsigned char ca = (unsigned char)a[i], cb = (unsigned char)b[i];
        const unsigned wa = collation_weight(ca), wb = collation_weight(cb);
        if (wa != wb) {
            return wa < wb ? -1 : 1;
        }
        if (by_case == 0 && ca != cb) {
            by_case = ca > cb ? -1 : 1; /* lower case first */
        }
    }
    if (a[i] != b[i]) {
        return a[i] == '\0' ? -1 : 1;
    }
    return by_case;
}

static int by_name(const void *a, const void *b)
{
    const Migration *const *left = a;
    const Migration *const *right = b;
    return migration_name_compare((*left)->name, (*right)->name);
}

/* --- reading --- */

static bool is_directory(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* As the folder above tells it; a file system that does not tell is asked. */
static bool entry_is(const struct dirent *entry, unsigned char type, const char *path)
{
    struct stat about;
    return entry->d_type != DT_UNKNOWN ? entry->d_type == type
                                       : lstat(path, &about) == 0 && IFTODT(about.st_mode) == type;
}

/* Or to nowhere. */
static bool is_link_to_a_folder(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0 && S_ISLNK(about.st_mode) &&
           (stat(path, &about) != 0 || S_ISDIR(about.st_mode));
}

static bool holds(Arena *arena, const char *folder, const char *file)
{
    return access(path_join(arena, folder, file), F_OK) == 0;
}

/* Version 8 of the reference tool keeps what is its own beside migrations: a folder for each of its
 * spaces (`app`), with references and migrations of its own kind, and `snapshots` of contracts.
 * Known by what is in them, for a space may have any name; one with a script is a migration. */
static bool is_of_version_8(Arena *arena, const char *folder)
{
    static const char *const kept[] = {"contract.json", "migration.json", "ops.json"};
    bool found = false;
    for (const char **at = folder_list(folder, "", arena); *at != NULL && !found; at++) {
        const char *below = path_join(arena, folder, *at);
        found = strcmp(*at, "refs") == 0 && is_directory(below);
        for (size_t i = 0; i < lengthof(kept) && !found; i++) {
            found = holds(arena, below, kept[i]);
        }
    }
    return found;
}

/* The history keeps names, and a server would refuse this one behind its script. */
static bool check_name(const char *folder, const char *name, Diagnostics *diags)
{
    utf8proc_ssize_t step = 1;
    for (const char *at = name; *at != '\0'; at += step) {
        utf8proc_int32_t ignored;
        step = utf8proc_iterate((const utf8proc_uint8_t *)at, -1, &ignored);
        if (step < 1) {
            diag_report(diags, DIAG_SCRIPT_BYTES, span_none(), folder,
                        "has a name that is no UTF-8 text",
                        "rename the folder (`ls -b` shows its bytes): the history keeps the name");
            return false;
        }
    }
    return true;
}

/* Adds the migration of a folder, if it is one's. */
static bool read_migration(Migrations *migrations, const char *folder, const char *name,
                           Diagnostics *diags)
{
    Arena *arena = migrations->arena;
    Migration *migration = arena_make(arena, Migration);
    migration->name = arena_strdup(arena, name);
    migration->path = path_join(arena, folder, "migration.sql");
    char *text;
    int error;
    if (!file_read(arena, migration->path, &text, &migration->len, &error)) {
        if (error == ENOENT && is_of_version_8(arena, folder)) {
            return true;
        }
        diag_report(diags, DIAG_MIGRATION_UNREADABLE, span_none(), migration->path,
                    file_error(error));
        return false;
    }
    if (!check_name(folder, name, diags)) {
        return false;
    }
    migration->sql = text;
    digest_hex(text, migration->len, migration->checksum);
    vec_push(arena, &migrations->list, migration);
    return true;
}

/* The format follows none: the reference tool passes over it, and so over what it should run. */
static bool refuse_link(Arena *arena, const char *folder, Diagnostics *diags)
{
    diag_report(diags, DIAG_MIGRATION_UNREADABLE, span_none(),
                path_join(arena, folder, "migration.sql"), "its folder is a link");
    return false;
}

/* NULL at the end, and with errno set on an error. */
static struct dirent *next_entry(DIR *directory)
{
    errno = 0;
    return readdir(directory);
}

static bool read_directory(Migrations *migrations, DIR *directory, Diagnostics *diags)
{
    Arena *arena = migrations->arena;
    bool all = true;
    for (struct dirent *entry = next_entry(directory); entry != NULL;
         entry = next_entry(directory)) {
        const char *name = entry->d_name;
        const char *folder = path_join(arena, migrations->path, name);
        if (entry_is(entry, DT_LNK, folder)) {
            if (strcmp(name, lock_name) != 0 && is_link_to_a_folder(folder)) {
                all = refuse_link(arena, folder, diags);
            }
        } else if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
                   !migrations_is_staging(name) && entry_is(entry, DT_DIR, folder)) {
            all = read_migration(migrations, folder, name, diags) && all;
        }
    }
    if (errno != 0) {
        diag_report(diags, DIAG_FOLDER_UNREADABLE, span_none(), migrations->path, strerror(errno));
        return false;
    }
    return all;
}

/* The first line that starts with `provider`: what stands after `=`, without blanks and quotes. */
static const char *lock_provider(Arena *arena, const char *text)
{
    for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, provider_key, sizeof provider_key - 1) != 0) {
            continue;
        }
        const char *value = line + sizeof provider_key - 1;
        value += strspn(value, " \t=\"'");
        return arena_strndup(arena, value, strcspn(value, " \t\"'\r\n"));
    }
    return "";
}

static bool read_lock_file(Migrations *migrations, Diagnostics *diags)
{
    const char *path = path_join(migrations->arena, migrations->path, lock_name);
    char *text;
    size_t len;
    int error;
    if (file_read(migrations->arena, path, &text, &len, &error)) {
        migrations->provider = lock_provider(migrations->arena, text);
        return true;
    }
    const bool is_none = error == ENOENT && !is_link_to_a_folder(path);
    if (!is_none) {
        diag_report(diags, DIAG_FOLDER_UNREADABLE, span_none(), path, file_error(error));
    }
    return is_none;
}

/* A writer may swap the folder while we read; what we have opened is then the old one, and goes. */
static bool is_still(DIR *directory, const char *path)
{
    struct stat opened, named;
    return fstat(dirfd(directory), &opened) != 0 || stat(path, &named) != 0 ||
           (opened.st_dev == named.st_dev && opened.st_ino == named.st_ino);
}

/* *ret_still: what was read is what the path names now. */
static bool read_opened(Migrations *migrations, DIR *directory, Diagnostics *diags, bool *ret_still)
{
    migrations->list.count = 0;
    const bool read = read_directory(migrations, directory, diags);
    *ret_still = is_still(directory, migrations->path);
    closedir(directory);
    return read && read_lock_file(migrations, diags);
}

bool migrations_read(Arena *arena, const char *path, Diagnostics *diags,
                     Migrations **ret_migrations)
{
    Migrations *migrations = arena_make(arena, Migrations);
    migrations->arena = arena;
    migrations->path = arena_strdup(arena, path);
    bool still = false;
    for (int i = 0; i < READ_TRIES && !still; i++) {
        DIR *directory = opendir(path);
        if (directory == NULL && (errno != ENOENT || is_link_to_a_folder(path))) {
            diag_report(diags, DIAG_FOLDER_UNREADABLE, span_none(), path, strerror(errno));
            return false;
        }
        migrations->exists = directory != NULL;
        still = directory == NULL;
        if (directory != NULL && !read_opened(migrations, directory, diags, &still)) {
            return false;
        }
    }
    if (migrations->list.count > 1) {
        qsort(migrations->list.items, migrations->list.count, sizeof *migrations->list.items,
              by_name);
    }
    *ret_migrations = migrations;
    return true;
}

bool migrations_check_lock(const Migrations *migrations, Diagnostics *diags)
{
    if (migrations->provider == NULL || strcmp(migrations->provider, "postgresql") == 0) {
        return true;
    }
    diag_report(diags, DIAG_WRONG_PROVIDER, span_none(),
                path_join(migrations->arena, migrations->path, lock_name), migrations->provider);
    return false;
}

const char *migration_companion(Arena *arena, const Migration *migration, const char *file)
{
    char *text;
    size_t len;
    int error;
    const char *path = path_join(arena, path_folder(arena, migration->path), file);
    return file_read(arena, path, &text, &len, &error) ? text : NULL;
}

/* --- queries --- */

const Migration *migrations_find(const Migrations *migrations, const char *name)
{
    vec_each(Migration *, at, &migrations->list) {
        if (strcmp((*at)->name, name) == 0) {
            return *at;
        }
    }
    return NULL;
}

const Migration *migrations_last(const Migrations *migrations)
{
    return migrations->list.count == 0 ? NULL : vec_last(&migrations->list);
}

/* --- checksums --- */

/* As the reference tool once wrote them: each byte in hexadecimal without its leading zero. */
static void strip_padding(const char *hex, char ret_short[DIGEST_HEX_SIZE])
{
    size_t len = 0;
    for (size_t i = 0; hex[i] != '\0'; i += 2) {
        if (hex[i] != '0') {
            ret_short[len++] = hex[i];
        }
        ret_short[len++] = hex[i + 1];
    }
    ret_short[len] = '\0';
}

static bool checksum_equals(const char *text, size_t len, const char *stored)
{
    char hex[DIGEST_HEX_SIZE], unpadded[DIGEST_HEX_SIZE];
    digest_hex(text, len, hex);
    strip_padding(hex, unpadded);
    return strcmp(hex, stored) == 0 ||
           (strlen(stored) < DIGEST_HEX_SIZE - 1 && strcmp(unpadded, stored) == 0);
}

/* The text with line ends LF, then CRLF if `crlf`. */
static StrBuf with_line_ends(const char *text, size_t len, bool crlf)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '\r' && i + 1 < len && text[i + 1] == '\n') {
            continue;
        }
        if (text[i] == '\n' && crlf) {
            strbuf_char(&out, '\r');
        }
        strbuf_char(&out, text[i]);
    }
    return out;
}

bool migration_checksum_matches(const Migration *migration, const char *stored)
{
    if (checksum_equals(migration->sql, migration->len, stored)) {
        return true;
    }
    bool equal = false;
    for (int crlf = 0; crlf < 2 && !equal; crlf++) {
        StrBuf variant = with_line_ends(migration->sql, migration->len, crlf == 1);
        equal = checksum_equals(strbuf_text(&variant), variant.len, stored);
        strbuf_dispose(&variant);
    }
    return equal;
}
