/*
 * report_text.c - for people: text on a terminal or in a log, Markdown on a page, annotations of
 * GitHub.
 *
 * Errors and warnings of the run are told by the diagnostics themselves, with their source lines on
 * standard error: text leaves them there and tells the rest.
 */
#include "base/common.h"

#include <string.h>

#include "base/text/github.h"
#include "base/text/show.h"
#include "base/text/wrap.h"
#include "cli/report/report_internal.h"

static bool is_told(const Finding *finding)
{
    return finding->code != NULL;
}

static void add_place(StrBuf *out, const FindingPlace *place)
{
    if (place->file != NULL) {
        show_printf(out, "  --> %s", place->file);
        if (place->line > 0) {
            strbuf_printf(out, ":%u", place->line);
        }
        strbuf_char(out, '\n');
    }
}

/* `look.width`: of the terminal, or 0. */
static void add_text(StrBuf *out, const Report *report, const Finding *finding, DiagLook look)
{
    StrBuf words = strbuf_new(STRBUF_MAX);
    const bool fails = finding_level(finding, report->strict) == LEVEL_ERROR;
    const char *style = fails ? "\033[1;31m" : "\033[1;36m";
    strbuf_printf(out, "%s%s%s: ", look.colour ? style : "", finding_rule(finding),
                  look.colour ? "\033[0m" : "");
    show_printf(&words, "%s\n", finding->message);
    wrap_sentences(out, strbuf_text(&words), strlen(finding_rule(finding)) + 2, look.width);
    add_place(out, &finding->place);
    if (finding->detail != NULL) {
        show_lines(out, finding->detail, strlen(finding->detail));
        strbuf_add(out, out->text[out->len - 1] == '\n' ? "" : "\n");
    }
    if (finding->remedy != NULL) {
        strbuf_reset(&words);
        strbuf_add(&words, "  help: ");
        show_lines(&words, finding->remedy, strlen(finding->remedy));
        wrap_sentences(out, strbuf_text(&words), 0, look.width);
        strbuf_char(out, '\n');
    }
    strbuf_char(out, '\n');
    strbuf_dispose(&words);
}

void report_text_styled(StrBuf *out, const Report *report, DiagLook look)
{
    bool failed = report->agreement == NULL;
    vec_each(const Finding, at, &report->findings) {
        failed = failed || finding_level(at, report->strict) == LEVEL_ERROR;
        if (!is_told(at)) {
            add_text(out, report, at, look);
        }
    }
    strbuf_add(out, failed ? "" : report->agreement);
}

/* Into a file, where nobody sees standard error: all of it. */
void report_text(StrBuf *out, const Report *report)
{
    vec_each(const Finding, at, &report->findings) {
        add_text(out, report, at, (DiagLook){0});
    }
    strbuf_add(out, report->agreement == NULL || report_fails(report) ? "" : report->agreement);
}

/* --- Markdown -----------------------------------------------------------------------------------
 */

/* The longest run of backquotes, which a fence has to be longer than. */
static size_t longest_run(const char *text)
{
    size_t longest = 0;
    for (size_t run = 0; *text != '\0'; text++) {
        run = *text == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

/* Between fences nothing is markup, a mention or a link. */
static void add_fenced(StrBuf *out, const char *text)
{
    const size_t run = longest_run(text) < 3 ? 3 : longest_run(text) + 1;
    for (size_t i = 0; i < run; i++) {
        strbuf_char(out, '`');
    }
    strbuf_printf(out, "text\n%s\n", text);
    for (size_t i = 0; i < run; i++) {
        strbuf_char(out, '`');
    }
    strbuf_add(out, "\n\n");
}

void report_markdown(StrBuf *out, const Report *report)
{
    const size_t count = report->findings.count;
    strbuf_add(out, "## bellows check\n\n");
    if (count == 0) {
        strbuf_add(out, report->agreement == NULL ? "Not checked.\n" : report->agreement);
        return;
    }
    strbuf_printf(out, "%zu finding%s%s\n\n", count, count == 1 ? "" : "s",
                  report_fails(report) ? "" : ", none of which fails the build");
    vec_each(const Finding, at, &report->findings) {
        StrBuf text = strbuf_new(STRBUF_MAX);
        add_place(&text, &at->place);
        report_lines(&text, at);
        strbuf_printf(out, "### %s: %s\n\n", report_level_name(report, at), finding_rule(at));
        add_fenced(out, strbuf_text(&text));
        strbuf_dispose(&text);
    }
}

/* --- GitHub -------------------------------------------------------------------------------------
 */

void report_github(StrBuf *out, const Report *report)
{
    static const char *const words[] = {"error", "warning", "notice"};
    vec_each(const Finding, at, &report->findings) {
        const FindingPlace *place = &at->place;
        const bool one_line = place->end_line == place->line && place->end_column > place->column;
        const GithubPlace shown = {.file = place->file,
                                   .line = place->line,
                                   .end_line = place->end_line,
                                   .column = place->column,
                                   .end_column = one_line ? place->end_column : 0};
        StrBuf text = strbuf_new(STRBUF_MAX);
        char title[64];
        snprintf(title, sizeof title, "bellows %s", finding_rule(at));
        github_begin(out, words[finding_level(at, report->strict)], &shown, title);
        report_lines(&text, at);
        github_message(out, strbuf_text(&text));
        github_end(out);
        strbuf_dispose(&text);
    }
}
