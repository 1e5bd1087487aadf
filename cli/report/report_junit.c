/*
 * report_junit.c - the XML of JUnit, as CI services read it.
 *
 * There is no standard; this keeps to what all of their readers know: `testsuites`, `testsuite`
 * with its counts, `testcase` with `classname` and `name`, and in it at most one of `failure`,
 * `error`, `skipped`, `system-out`. Each finding is a case; so is each subject without one, passed
 * or skipped.
 */
#include "base/common.h"

#include "base/text/xml_text.h"
#include "cli/report/report_internal.h"

static const char *const subjects[] = {
    [SUBJECT_SCHEMA] = "schema",
    [SUBJECT_HISTORY] = "history",
    [SUBJECT_DATABASE] = "database",
};

static_assert(lengthof(subjects) == SUBJECT_COUNT, "a name for each subject");

typedef struct Counts {
    size_t tests, failures, errors, skipped;
} Counts;

static FindingSubject subject_of(const Finding *finding)
{
    return finding_row(finding->kind)->subject;
}

static bool has_finding(const Report *report, FindingSubject subject)
{
    vec_each(const Finding, at, &report->findings) {
        if (subject_of(at) == subject) {
            return true;
        }
    }
    return false;
}

/* Why it is not an answer: an error stopped the check, a failure is one. */
static const char *element_of(const Report *report, const Finding *finding)
{
    if (finding_level(finding, report->strict) != LEVEL_ERROR) {
        return "system-out";
    }
    return finding->kind == FINDING_ERROR ? "error" : "failure";
}

static Counts count(const Report *report)
{
    Counts counts = {.tests = report->findings.count};
    vec_each(const Finding, at, &report->findings) {
        const bool fails = finding_level(at, report->strict) == LEVEL_ERROR;
        counts.errors += fails && at->kind == FINDING_ERROR;
        counts.failures += fails && at->kind != FINDING_ERROR;
    }
    for (FindingSubject i = 0; i < SUBJECT_COUNT; i++) {
        if (!has_finding(report, i)) {
            counts.tests++;
            counts.skipped += !report->checked[i];
        }
    }
    return counts;
}

static void add_case(StrBuf *out, const char *subject, const char *rule, const char *name)
{
    strbuf_printf(out, "    <testcase classname=\"bellows.%s\" name=\"%s: ", subject, rule);
    xml_text(out, name);
    strbuf_add(out, "\" time=\"0\">");
}

static void add_finding(StrBuf *out, const Report *report, const Finding *finding)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    const char *element = element_of(report, finding);
    const bool fails = finding_level(finding, report->strict) == LEVEL_ERROR;
    add_case(out, subjects[subject_of(finding)], finding_rule(finding), finding->message);
    strbuf_printf(out, "\n      <%s", element);
    if (fails) {
        strbuf_printf(out, " type=\"%s\" message=\"", finding_rule(finding));
        xml_text(out, finding->message);
        strbuf_char(out, '"');
    }
    strbuf_char(out, '>');
    if (finding->place.file != NULL) {
        xml_text(out, finding->place.file);
        strbuf_printf(out, ":%u\n", finding->place.line == 0 ? 1 : finding->place.line);
    }
    report_lines(&text, finding);
    xml_text(out, strbuf_text(&text));
    strbuf_printf(out, "</%s>\n    </testcase>\n", element);
    strbuf_dispose(&text);
}

static void add_subject(StrBuf *out, const Report *report, FindingSubject subject)
{
    if (!has_finding(report, subject)) {
        add_case(out, "check", subjects[subject], "agrees");
        strbuf_add(out, report->checked[subject] ? "</testcase>\n" : "<skipped/></testcase>\n");
    }
    vec_each(const Finding, at, &report->findings) {
        if (subject_of(at) == subject) {
            add_finding(out, report, at);
        }
    }
}

void report_junit(StrBuf *out, const Report *report)
{
    const Counts counts = count(report);
    strbuf_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    strbuf_printf(out,
                  "  <testsuite name=\"bellows check\" tests=\"%zu\" failures=\"%zu\" "
                  "errors=\"%zu\" skipped=\"%zu\" time=\"0\">\n",
                  counts.tests, counts.failures, counts.errors, counts.skipped);
    for (FindingSubject i = 0; i < SUBJECT_COUNT; i++) {
        add_subject(out, report, i);
    }
    strbuf_add(out, "  </testsuite>\n</testsuites>\n");
}
