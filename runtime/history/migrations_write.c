/*
 * migrations_write.c - add migrations to the folder, and take one away.
 *
 * Names are made here; how new directories get into the folder is migrations_stage.c's.
 */
#include "base/common.h"

#include "runtime/history/migrations.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/place.h"
#include "base/strbuf.h"
#include "runtime/history/migrations_stage.h"
#include "runtime/host/folder.h"

enum { NAME_LIMIT = 200, TIMESTAMP_LENGTH = 14 };

/* --- names --- */

static long long two_digits(const char *text)
{
    return (text[0] - '0') * 10 + (text[1] - '0');
}

/* Days since 1970-01-01 of a date of the Gregorian calendar (Howard Hinnant's formula). */
static long long days_from_date(long long year, long long month, long long day)
{
    year -= month <= 2;
    const long long era = (year >= 0 ? year : year - 399) / 400;
    const long long year_of_era = year - era * 400;
    const long long day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const long long day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

/* The time a directory name starts with; -1 when it starts with none. */
static time_t name_time(const char *name)
{
    if (strspn(name, "0123456789") != TIMESTAMP_LENGTH) {
        return -1;
    }
    const long long year = two_digits(name) * 100 + two_digits(name + 2);
    const long long month = two_digits(name + 4), day = two_digits(name + 6);
    const long long hour = two_digits(name + 8), minute = two_digits(name + 10);
    const long long second = two_digits(name + 12);
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) {
        return -1;
    }
    return (time_t)(days_from_date(year, month, day) * 86400 + hour * 3600 + minute * 60 + second);
}

static time_t first_free_second(const Migrations *migrations, time_t now)
{
    time_t first = now;
    vec_each(Migration *, at, &migrations->list) {
        const time_t taken = name_time((*at)->name);
        first = taken >= first ? taken + 1 : first;
    }
    return first;
}

static const char *make_name(Arena *arena, time_t time, const char *slug, const char *suffix)
{
    struct tm utc;
    char stamp[32];
    gmtime_r(&time, &utc);
    strftime(stamp, sizeof stamp, "%Y%m%d%H%M%S", &utc);
    StrBuf name = strbuf_new(STRBUF_MAX);
    strbuf_add(&name, stamp);
    const char *const parts[] = {slug, suffix};
    for (size_t i = 0; i < lengthof(parts); i++) {
        if (parts[i] != NULL && parts[i][0] != '\0') {
            strbuf_printf(&name, "_%s", parts[i]);
        }
    }
    return strbuf_take(&name, arena);
}

bool migrations_plan_names(Arena *arena, const Migrations *migrations, time_t now, const char *slug,
                           const char *const *suffixes, size_t count, Diagnostics *diags,
                           const char **ret_names)
{
    if (strlen(slug) > NAME_LIMIT) {
        diag_report(diags, DIAG_NAME_TOO_LONG, span_none(),
                    diag_number(diags, (long long)strlen(slug)), diag_number(diags, NAME_LIMIT));
        return false;
    }
    const time_t first = first_free_second(migrations, now);
    for (size_t i = 0; i < count; i++) {
        ret_names[i] =
            make_name(arena, first + (time_t)i, slug, suffixes == NULL ? NULL : suffixes[i]);
    }
    const Migration *last = migrations_last(migrations);
    if (last != NULL && migration_name_compare(last->name, ret_names[0]) >= 0) {
        diag_report(diags, DIAG_NAME_ORDER, span_none(), last->name);
        return false;
    }
    return true;
}

/* --- writing --- */

bool migrations_write(const Migrations *migrations, const NewMigration *added, size_t count,
                      Diagnostics *diags)
{
    int error = 0;
    if (!file_make_folders(migrations->path, &error)) {
        diag_report(diags, DIAG_FOLDER_UNWRITABLE, span_none(), migrations->path, strerror(error));
        return false;
    }
    return migrations_stage(migrations, added, count, diags);
}

/* --- removing --- */

static bool is_own_file(const char *name)
{
    for (size_t i = 0; i < MIGRATION_FILE_COUNT; i++) {
        if (strcmp(migration_files[i], name) == 0) {
            return true;
        }
    }
    return false;
}

bool migrations_may_remove(const Migrations *migrations, const char *name, Diagnostics *diags)
{
    Arena *arena = migrations->arena;
    const char *path = path_join(arena, migrations->path, name);
    const char **names = folder_list(path, "", arena);
    for (size_t i = 0; names[i] != NULL; i++) {
        if (!is_own_file(names[i])) {
            diag_report(diags, DIAG_NOT_REMOVABLE, span_none(), name, names[i]);
            return false;
        }
    }
    if (access(path, W_OK | X_OK) != 0 && errno != ENOENT) {
        diag_report(diags, DIAG_FOLDER_UNWRITABLE, span_none(), path, strerror(errno));
        return false;
    }
    return true;
}

bool migrations_remove(const Migrations *migrations, const char *name, Diagnostics *diags)
{
    const char *path = path_join(migrations->arena, migrations->path, name);
    if (!migrations_may_remove(migrations, name, diags)) {
        return false;
    }
    const char *last;
    const int folder = place_open_above(path, &last);
    if (folder >= 0) {
        migrations_remove_directory(folder, last);
        close(folder);
    }
    if (file_exists(path)) {
        diag_report(diags, DIAG_FOLDER_UNWRITABLE, span_none(), path, strerror(errno));
        return false;
    }
    return true;
}
