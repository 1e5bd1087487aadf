/*
 * bar_test.c - the line of a progress bar: what it tells, on terminals of any width, and times in
 * words.
 */
#include "base/common.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "cli/console/bar.h"

#define LINE(columns, ...) line((columns), &(const BarState){__VA_ARGS__})

/* Valid until the next call. */
static const char *line(size_t columns, const BarState *state)
{
    static char text[256];
    StrBuf out = strbuf_new(STRBUF_MAX);
    bar_add_line(&out, state, columns);
    snprintf(text, sizeof text, "%s", strbuf_text(&out));
    strbuf_dispose(&out);
    return text;
}

Test(bar, tells_less_on_a_narrow_terminal)
{
    const BarState half = {.done = 1200000, .total = 2400000, .per_s = 68852, .left_ms = 17400};
    cr_expect_str_eq(
        line(120, &half),
        "  [#######........]  50 %  1200000 of about 2400000 rows, 68852 rows/s, 17 s left");
    cr_expect_str_eq(
        line(80, &half),
        "  [#####.....]  50 %  1200000 of about 2400000 rows, 68852 rows/s, 17 s left");
    cr_expect_str_eq(line(60, &half), "  [####....]  50 %  68852 rows/s, 17 s left");
    cr_expect_str_eq(line(36, &half), "  [####....]  50 %  17 s left");
    cr_expect_str_eq(line(24, &half), "   50 %  17 s left");
}

Test(bar, keeps_to_what_is_known)
{
    cr_expect_str_eq(LINE(80, .done = 4200, .total = -1), "  4200 rows");
    cr_expect_str_eq(LINE(80, .done = 4200, .total = -1, .per_s = 70), "  4200 rows, 70 rows/s");
    cr_expect_str_eq(LINE(80, .done = 0, .total = 10), "  [..........]   0 %  0 of about 10 rows");
    cr_expect_str_eq(LINE(80, .done = 0, .total = 0), "  [##########] 100 %  0 of about 0 rows");
}

/* A line as wide as the terminal wraps, and then it cannot be drawn over. */
Test(bar, never_fills_the_terminal)
{
    for (size_t columns = 1; columns < 300; columns++) {
        for (long long done = 1; done < 1000000000000; done *= 7) {
            const BarState state = {
                .done = done, .total = 2 * done, .per_s = done, .left_ms = (uint64_t)done};
            const size_t width = strlen(line(columns, &state));
            cr_assert(width < columns || columns < 4, "%zu columns of %zu", width, columns);
        }
    }
}

Test(bar, times_in_words)
{
    static const struct {
        uint64_t ms;
        const char *words;
    } rows[] = {{0, "0 s"},
                {999, "0 s"},
                {59999, "59 s"},
                {60000, "1 min 0 s"},
                {3599999, "59 min 59 s"},
                {3600000, "1 h 0 min"},
                {360000000, "100 h 0 min"}};
    for (size_t i = 0; i < lengthof(rows); i++) {
        StrBuf out = strbuf_new(STRBUF_MAX);
        bar_add_time(&out, rows[i].ms);
        cr_expect_str_eq(strbuf_text(&out), rows[i].words);
        strbuf_dispose(&out);
    }
}
