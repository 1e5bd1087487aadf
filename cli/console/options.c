#include "base/common.h"

#include "cli/console/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag/suggest.h"

static const OptionRow rows[] = {
    [OPT_NONE] = {"", 0, "", ""},
#define OPTION(id, name, short_name, argument, help) [id] = {name, short_name, argument, help},
#include "cli/console/options.def"
#undef OPTION
};

static_assert(lengthof(rows) == OPT_COUNT, "one row per option");

const OptionRow *option_row(OptionId id)
{
    return &rows[id];
}

const char *environment(const char *name)
{
    return getenv(name); // NOLINT(concurrency-mt-unsafe): one thread reads it, at the start
}

/* Options that all commands take: those that help shows, and those that change nothing. */
const OptionId options_of_all[] = {OPT_NO_INTERACTIVE, OPT_JSON, OPT_HELP, OPT_NONE};
static const OptionId idle_everywhere[] = {OPT_PREVIEW_FEATURE, OPT_TELEMETRY, OPT_EXPERIMENTAL,
                                           OPT_EARLY_ACCESS, OPT_NONE};

static bool same_name(const char *option, const char *text, size_t len)
{
    return strlen(option) == len && memcmp(option, text, len) == 0;
}

static OptionId find_among(const OptionId *accepted, const char *text, size_t len)
{
    for (const OptionId *at = accepted; *at != OPT_NONE; at++) {
        const char short_name[] = {'-', rows[*at].short_name, '\0'};
        if (same_name(rows[*at].name, text, len) ||
            (rows[*at].short_name != 0 && same_name(short_name, text, len))) {
            return *at;
        }
    }
    return OPT_NONE;
}

/* The option `text` (up to `len` bytes) names, those of the command first; or OPT_NONE. */
static OptionId find_option(const OptionId *accepted, const char *text, size_t len)
{
    OptionId id = find_among(accepted, text, len);
    id = id != OPT_NONE ? id : find_among(options_of_all, text, len);
    return id != OPT_NONE ? id : find_among(idle_everywhere, text, len);
}

static void report_unknown(Diagnostics *diags, const OptionId *accepted, const char *text,
                           size_t len, const char *command)
{
    const char *word = arena_strndup(diags->arena, text, len);
    Suggestion near = suggestion_for(word);
    for (const OptionId *at = accepted; *at != OPT_NONE; at++) {
        suggestion_offer(&near, rows[*at].name);
    }
    for (const OptionId *at = options_of_all; *at != OPT_NONE; at++) {
        suggestion_offer(&near, rows[*at].name);
    }
    Diagnostic *d = diag_report(diags, DIAG_UNKNOWN_OPTION, span_none(), word, command, command);
    if (near.best != NULL) {
        diag_help(diags, d, "did you mean `%s`? `bellows %s --help` lists all options", near.best,
                  command);
    }
}

/* `-` alone and a number below zero are values. */
static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0' && strspn(word + 1, "0123456789") == 0;
}

typedef struct Cursor {
    const char *const *args;
    size_t count;
    size_t at;
} Cursor;

/* Reads one option at the cursor, with its argument where it takes one. */
static bool read_option(Arena *arena, Cursor *cursor, const OptionId *accepted, const char *command,
                        Diagnostics *diags, Options *options)
{
    const char *text = cursor->args[cursor->at];
    const char *equals = strchr(text, '=');
    size_t len = equals == NULL ? strlen(text) : (size_t)(equals - text);
    OptionId id = find_option(accepted, text, len);
    if (id == OPT_NONE) {
        report_unknown(diags, accepted, text, len, command);
        return false;
    }
    const char *value = equals == NULL ? NULL : equals + 1;
    if (rows[id].argument[0] == '\0') {
        if (value != NULL) {
            diag_report(diags, DIAG_OPTION_TAKES_NO_VALUE, span_none(), rows[id].name,
                        rows[id].name);
            return false;
        }
        value = "";
    } else if (value == NULL && rows[id].argument[0] == '[') {
        const bool follows =
            cursor->at + 1 < cursor->count && cursor->args[cursor->at + 1][0] != '-';
        value = follows ? cursor->args[++cursor->at] : "";
    } else if (value == NULL) {
        const char *next = cursor->at + 1 < cursor->count ? cursor->args[cursor->at + 1] : NULL;
        if (next == NULL || is_option(next)) {
            diag_report(diags, DIAG_OPTION_NEEDS_VALUE, span_none(), rows[id].name, rows[id].name,
                        rows[id].argument);
            return false;
        }
        value = cursor->args[++cursor->at];
    }
    vec_push(arena, &options->values[id], value);
    options->wants_help = options->wants_help || id == OPT_HELP;
    return true;
}

static void warn_of_idle(const Options *options, Diagnostics *diags)
{
    static const struct {
        OptionId id;
        const char *why;
    } idle[] = {
#define IDLE(id, why) {id, why},
#include "cli/console/idle_options.def"
#undef IDLE
    };
    for (size_t i = 0; i < lengthof(idle); i++) {
        if (option_given(options, idle[i].id)) {
            diag_report(diags, DIAG_OPTION_IDLE, span_none(), rows[idle[i].id].name, idle[i].why);
        }
    }
}

bool options_parse(Arena *arena, const char *const *args, size_t count, const OptionId *accepted,
                   const char *command, Diagnostics *diags, Options *ret_options)
{
    Options options = {0};
    bool only_operands = false;
    for (Cursor cursor = {args, count, 0}; cursor.at < count; cursor.at++) {
        const char *text = args[cursor.at];
        if (only_operands || text[0] != '-' || text[1] == '\0') {
            vec_push(arena, &options.operands, text);
        } else if (strcmp(text, "--") == 0) {
            only_operands = true;
        } else if (!read_option(arena, &cursor, accepted, command, diags, &options)) {
            return false;
        }
    }
    warn_of_idle(&options, diags);
    *ret_options = options;
    return true;
}

size_t options_leading(const char *const *args, size_t count)
{
    size_t at = 0;
    while (at < count) {
        const char *equals = strchr(args[at], '=');
        const size_t len = equals == NULL ? strlen(args[at]) : (size_t)(equals - args[at]);
        OptionId id = OPT_COUNT - 1;
        while (id != OPT_NONE && !same_name(rows[id].name, args[at], len)) {
            id--;
        }
        if (id == OPT_NONE || id == OPT_HELP || id == OPT_VERSION) {
            return at;
        }
        const bool value_follows = rows[id].argument[0] != '\0' && equals == NULL;
        at += value_follows && at + 1 < count ? 2 : 1;
    }
    return at;
}

bool option_given(const Options *options, OptionId id)
{
    return options->values[id].count > 0;
}

const char *option_value(const Options *options, OptionId id)
{
    return option_given(options, id) ? vec_last(&options->values[id]) : NULL;
}

bool duration_parse(const char *text, uint64_t *ret_ms)
{
    enum { DAY = 24 * 60 * 60 * 1000 };
    static const struct {
        const char *unit;
        uint64_t ms;
    } units[] = {{"", 1}, {"ms", 1}, {"s", 1000}, {"min", 60000}};
    const size_t digits = strspn(text, "0123456789");
    const unsigned long long number = strtoull(text, NULL, 10);
    for (size_t i = 0; digits > 0 && i < lengthof(units); i++) {
        if (strcmp(text + digits, units[i].unit) == 0 && number <= DAY / units[i].ms) {
            *ret_ms = number * units[i].ms;
            return true;
        }
    }
    return false;
}
