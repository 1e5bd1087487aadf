#include "base/common.h"

#include "cli/report/report.h"

#include <errno.h>
#include <string.h>

#include "base/diag/diag_print.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/text/json_text.h"
#include "base/text/show.h"
#include "cli/console/answer.h"
#include "cli/report/report_internal.h"

static const ReportForm forms[] = {
#define FORMAT(name, print, in_repository) {name, print, in_repository},
#include "cli/report/formats.def"
#undef FORMAT
};

/* --- which forms --------------------------------------------------------------------------------
 */

static const char *form_names(Cli *cli)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < lengthof(forms); i++) {
        strbuf_printf(&out, "`%s`, ", forms[i].name);
    }
    strbuf_add(&out, "each also as FORM=FILE");
    return strbuf_take(&out, cli->arena);
}

/* `given`: FORM or FORM=FILE. */
static bool find_form(Cli *cli, ReportWish wish, ReportFormat *ret_format)
{
    const char *given = wish.form;
    const char *equals = strchr(given, '=');
    const size_t len = equals == NULL ? strlen(given) : (size_t)(equals - given);
    for (size_t i = 0; i < lengthof(forms); i++) {
        const bool is_it = strlen(forms[i].name) == len && strncmp(forms[i].name, given, len) == 0;
        if (is_it && (equals == NULL || equals[1] != '\0')) {
            *ret_format = (ReportFormat){&forms[i], equals == NULL ? NULL : equals + 1};
            return true;
        }
    }
    diag_report(cli->diags, DIAG_BAD_OPTION_VALUE, wish.place, given, wish.from, form_names(cli));
    return false;
}

bool report_formats(Cli *cli, ReportWish wish, ReportFormatList *ret_formats)
{
    TextList given = cli->options.values[OPT_FORMAT];
    ReportFormatList formats = {0};
    bool shown = false;
    const bool wished = given.count == 0 && wish.form != NULL;
    if (wished) {
        vec_push(cli->arena, &given, wish.form);
    }
    vec_each(const char *, at, &given) {
        ReportFormat format;
        if (!find_form(cli, wished ? wish : (ReportWish){*at, "--format", span_none()}, &format)) {
            return false;
        }
        if (format.file == NULL && shown) {
            diag_report(cli->diags, DIAG_BAD_OPTION_VALUE, span_none(), *at, "--format",
                        "one form for standard output, the others as FORM=FILE");
            return false;
        }
        shown = shown || format.file == NULL;
        vec_push(cli->arena, &formats, format);
    }
    if (!shown) {
        vec_push(cli->arena, &formats, (ReportFormat){&forms[0], NULL});
    }
    *ret_formats = formats;
    return true;
}

/* --- what was found -----------------------------------------------------------------------------
 */

void report_add(Cli *cli, Report *report, Finding finding)
{
    vec_push(cli->arena, &report->findings, finding);
}

bool report_fails(const Report *report)
{
    vec_each(const Finding, at, &report->findings) {
        if (finding_level(at, report->strict) == LEVEL_ERROR) {
            return true;
        }
    }
    return false;
}

static FindingPlace place_of(Cli *cli, Span span)
{
    const SourceFile *file = sources_file(cli->sources, span.file);
    if (file == NULL) {
        return (FindingPlace){0};
    }
    const Position start = diag_print_position(cli->diags, span.file, span.start);
    const Position end = diag_print_position(cli->diags, span.file, span.end);
    return (FindingPlace){file->path, start.line, start.column, end.line, end.column};
}

static const char *notes_of(Cli *cli, const Diagnostic *diagnostic)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(const DiagNote, at, &diagnostic->notes) {
        strbuf_printf(&out, "%s%s", out.len > 0 ? "\n" : "", at->text);
    }
    const char *text = strbuf_take(&out, cli->arena);
    return text[0] == '\0' ? NULL : text;
}

/* What went wrong has no place of its own where a server or a variable is at fault: then it is
 * that of what names them. */
static void gather(Cli *cli, Report *report)
{
    vec_each(Diagnostic *, at, &cli->diags->items) {
        const Diagnostic *diagnostic = *at;
        if (diagnostic->severity == SEVERITY_NOTE) {
            continue;
        }
        Finding finding = {.kind = diagnostic->severity == SEVERITY_ERROR ? FINDING_ERROR
                                                                          : FINDING_WARNING,
                           .code = diag_row(diagnostic->code)->code,
                           .message = diagnostic->message,
                           .detail = notes_of(cli, diagnostic),
                           .remedy = diagnostic->help,
                           .place = place_of(cli, diagnostic->span)};
        if (finding.place.file == NULL) {
            finding.place = report->about;
        }
        report_add(cli, report, finding);
    }
}

/* --- telling ------------------------------------------------------------------------------------
 */

const char *report_level_name(const Report *report, const Finding *finding)
{
    switch (finding_level(finding, report->strict)) {
    case LEVEL_ERROR:
        return "error";
    case LEVEL_WARNING:
        return "warning";
    case LEVEL_NOTE:
    case LEVEL_GATE:
        return "note";
    }
    unreachable();
}

FindingPlace report_place(const Report *report, const Finding *finding)
{
    FindingPlace place = finding->place.file != NULL ? finding->place : report->about;
    if (place.file != NULL && place.line == 0) {
        place.line = 1;
    }
    return place;
}

void report_lines(StrBuf *out, const Finding *finding)
{
    show_lines(out, finding->message, strlen(finding->message));
    if (finding->detail != NULL) {
        strbuf_char(out, '\n');
        show_lines(out, finding->detail, strlen(finding->detail));
    }
    while (out->len > 0 && out->text[out->len - 1] == '\n') {
        out->len--;
    }
    if (finding->remedy != NULL) {
        strbuf_add(out, "\nhelp: ");
        show_lines(out, finding->remedy, strlen(finding->remedy));
    }
    strbuf_addn(out, "", 0);
}

json_t *report_lines_json(const Finding *finding)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    report_lines(&out, finding);
    json_t *json = json_text(strbuf_text(&out));
    strbuf_dispose(&out);
    return json;
}

void report_fingerprint(const Finding *finding, char ret_hex[DIGEST_HEX_SIZE])
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_printf(&out, "%s\n%s\n%s", finding_rule(finding),
                  finding->place.file == NULL ? "" : finding->place.file, finding->message);
    digest_hex(out.text, out.len, ret_hex);
    strbuf_dispose(&out);
}

/* The same report with the repository's names of files. */
static Report seen_from_root(Cli *cli, const Report *report)
{
    Report seen = *report;
    seen.findings = (FindingList){0};
    seen.about.file = repository_path(cli->arena, report->about.file);
    vec_each(const Finding, at, &report->findings) {
        Finding finding = *at;
        finding.place.file = repository_path(cli->arena, at->place.file);
        vec_push(cli->arena, &seen.findings, finding);
    }
    return seen;
}

static void write_file(Cli *cli, const Report *report, const ReportFormat *format)
{
    int error = 0;
    StrBuf out = strbuf_new(STRBUF_MAX);
    format->form->print(&out, report);
    if (!file_write(format->file, strbuf_text(&out), out.len, &error)) {
        diag_report(cli->diags, DIAG_CANNOT_WRITE, span_none(), format->file, file_error(error));
    }
    strbuf_dispose(&out);
}

void report_tell(Cli *cli, Report *report, const ReportFormatList *formats)
{
    gather(cli, report);
    const Report seen = seen_from_root(cli, report);
    vec_each(const ReportFormat, at, formats) {
        const Report *as_seen = at->form->in_repository ? &seen : report;
        if (at->file != NULL) {
            write_file(cli, as_seen, at);
        } else if (at->form->print == report_text) {
            report_text_styled(&cli->out, as_seen,
                               (DiagLook){cli->out_colour, cli_width_of_sentences(cli)});
        } else {
            at->form->print(&cli->out, as_seen);
        }
    }
    if (cli->answer != NULL) {
        StrBuf out = strbuf_new(STRBUF_MAX);
        report_json(&out, report);
        answer_members(cli, strbuf_text(&out));
        strbuf_dispose(&out);
    }
}
