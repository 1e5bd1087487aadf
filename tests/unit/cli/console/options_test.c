/*
 * options_test.c - the command line: spellings of options, wrong usage, suggestions, times.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <string.h>

#include "cli/console/options.h"
#include "cli/manual/commands.h"

static Arena *arena;
static Diagnostics *diags;

static void set_up(void)
{
    arena = arena_new();
    diags = diagnostics_new(arena, sources_new(arena));
}

static void tear_down(void)
{
    arena_free(arena);
}

TestSuite(options, .init = set_up, .fini = tear_down);

static const OptionId accepted[] = {OPT_NAME, OPT_RENAME, OPT_CREATE_ONLY, OPT_NONE};

#define PARSE(options, ...)                                                                        \
    options_parse(arena, (const char *const[]){__VA_ARGS__},                                       \
                  lengthof(((const char *const[]){__VA_ARGS__})), accepted, "x", diags, options)

Test(options, spellings_of_a_value)
{
    Options options = {0};
    cr_assert(PARSE(&options, "--name", "a"));
    cr_expect_str_eq(option_value(&options, OPT_NAME), "a");
    cr_assert(PARSE(&options, "--name=b=c"));
    cr_expect_str_eq(option_value(&options, OPT_NAME), "b=c");
    cr_assert(PARSE(&options, "--name=--create-only"));
    cr_expect_str_eq(option_value(&options, OPT_NAME), "--create-only");
    cr_assert(PARSE(&options, "-n", "-"));
    cr_expect_str_eq(option_value(&options, OPT_NAME), "-");
    cr_assert(PARSE(&options, "-n", "-12"));
    cr_expect_str_eq(option_value(&options, OPT_NAME), "-12");
    cr_assert(PARSE(&options, "--name="));
    cr_expect_str_eq(option_value(&options, OPT_NAME), "");
}

/* `--name --create-only` would name a migration so, and apply it. The reference refuses it, too. */
Test(options, an_option_is_no_value_of_another)
{
    Options options = {0};
    cr_expect_not(PARSE(&options, "--name", "--create-only"));
    cr_expect_not(PARSE(&options, "-n", "-x", "--create-only"));
    cr_expect_eq(diags->items.items[0]->code, DIAG_OPTION_NEEDS_VALUE);
}

Test(options, the_last_value_counts_and_all_are_kept)
{
    Options options = {0};
    cr_assert(PARSE(&options, "--rename", "A=B", "--rename=C=D", "--create-only"));
    cr_assert_eq(options.values[OPT_RENAME].count, 2);
    cr_expect_str_eq(options.values[OPT_RENAME].items[0], "A=B");
    cr_expect_str_eq(option_value(&options, OPT_RENAME), "C=D");
    cr_expect(option_given(&options, OPT_CREATE_ONLY));
    cr_expect_null(option_value(&options, OPT_NAME));
}

Test(options, a_value_that_may_be_left_out)
{
    static const OptionId deploys[] = {OPT_CONTRACT, OPT_NAME, OPT_NONE};
    const char *const args[] = {"--contract", "--name",         "a",         "--contract",
                                "one",        "--contract=two", "--contract"};
    Options options = {0};
    cr_assert(options_parse(arena, args, lengthof(args), deploys, "x", diags, &options));
    const TextList *values = &options.values[OPT_CONTRACT];
    cr_assert_eq(values->count, 4);
    cr_expect_str_eq(values->items[0], "");
    cr_expect_str_eq(values->items[1], "one");
    cr_expect_str_eq(values->items[2], "two");
    cr_expect_str_eq(values->items[3], "");
    cr_expect_str_eq(option_value(&options, OPT_NAME), "a");
}

Test(options, operands)
{
    Options options = {0};
    cr_assert(PARSE(&options, "a", "-", "--create-only", "--", "--name", "-h"));
    cr_assert_eq(options.operands.count, 4);
    cr_expect_str_eq(options.operands.items[1], "-");
    cr_expect_str_eq(options.operands.items[2], "--name");
    cr_expect_not(options.wants_help);
}

Test(options, help_is_always_accepted)
{
    Options options = {0};
    cr_assert(PARSE(&options, "-h"));
    cr_expect(options.wants_help);
}

static void expect_refusal(bool accepted_anyway, DiagCode code, const char *help)
{
    cr_assert_not(accepted_anyway);
    cr_assert_eq(diags->items.count, 1);
    const Diagnostic *item = diags->items.items[0];
    cr_expect_eq(item->code, code);
    cr_expect(help == NULL || (item->help != NULL && strstr(item->help, help) != NULL), "help: %s",
              item->help);
    cr_expect_eq(diag_exit_code(diags), EXIT_USAGE);
}

Test(options, an_option_of_another_command)
{
    Options options = {0};
    expect_refusal(PARSE(&options, "--contract"), DIAG_UNKNOWN_OPTION, NULL);
}

Test(options, a_slip_of_the_pen)
{
    Options options = {0};
    expect_refusal(PARSE(&options, "--creat-only=1"), DIAG_UNKNOWN_OPTION, "`--create-only`");
}

Test(options, a_switch_with_a_value)
{
    Options options = {0};
    expect_refusal(PARSE(&options, "--create-only=yes"), DIAG_OPTION_TAKES_NO_VALUE, NULL);
}

Test(options, a_value_that_is_missing)
{
    Options options = {0};
    expect_refusal(PARSE(&options, "--name"), DIAG_OPTION_NEEDS_VALUE, NULL);
}

Test(options, durations)
{
    static const struct {
        const char *text;
        uint64_t ms;
    } good[] = {{"0", 0},     {"1500", 1500},  {"400ms", 400},
                {"2s", 2000}, {"1min", 60000}, {"86400s", 86400000}};
    for (size_t i = 0; i < lengthof(good); i++) {
        uint64_t ms = 1;
        cr_expect(duration_parse(good[i].text, &ms), "%s", good[i].text);
        cr_expect_eq(ms, good[i].ms, "%s", good[i].text);
    }
    static const char *const bad[] = {"",    "-1", " 1",     "+1",   "1h",
                                      "1 s", "ms", "86401s", "1.5s", "99999999999999999999999"};
    for (size_t i = 0; i < lengthof(bad); i++) {
        uint64_t ms = 1;
        cr_expect_not(duration_parse(bad[i], &ms), "%s", bad[i]);
        cr_expect_eq(ms, 1);
    }
}

Test(help, the_nearest_command, .init = set_up, .fini = tear_down)
{
    static const struct {
        const char *typed, *meant;
    } rows[] = {
        {"migrate depoly", "migrate deploy"},
        {"chekc", "check"},
        {"statsu", "migrate status"},
        {"deploy", "migrate deploy"},
        {"db puhs", "db push"},
        {"migrat", "migrate"},
        {"--hlep", "--help"},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        cr_expect_str_eq(command_nearest(arena, rows[i].typed), rows[i].meant);
    }
    cr_expect_null(command_nearest(arena, "frobnicate"));
    cr_expect_null(command_nearest(arena, "migrate xyzzy")); /* the first word tells nothing */
    cr_expect(command_is_group("db"));
    cr_expect_not(command_is_group("d"));
}
