/*
 * report_json.c - for programs: our own JSON, SARIF 2.1.0, GitLab's code quality.
 *
 * Sources: docs/schemas/check.schema.json; OASIS "Static Analysis Results Interchange Format
 * (SARIF) Version 2.1.0"; GitLab, "Code Quality report format". The order of keys is the order
 * written here.
 */
#include "base/common.h"

#include <string.h>

#include "base/digest.h"
#include "base/text/json_text.h"
#include "base/text/show.h"
#include "cli/report/report_internal.h"

static void put(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

static json_t *shown(const char *text)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (text != NULL) {
        show_lines(&out, text, strlen(text));
    }
    json_t *json = json_text(text == NULL ? NULL : strbuf_text(&out));
    strbuf_dispose(&out);
    return json;
}

static json_t *number(uint32_t value)
{
    return value == 0 ? json_null() : json_integer(value);
}

/* --- our own ------------------------------------------------------------------------------------
 */

/* docs/schemas/check.schema.json; a change that a reader could fail on counts this up. */
enum { REPORT_VERSION = 1 };

static json_t *finding_json(const Report *report, const Finding *finding)
{
    json_t *item = json_object();
    put(item, "kind", json_text(finding_row(finding->kind)->slug));
    put(item, "code", json_text(finding->code));
    put(item, "level", json_text(report_level_name(report, finding)));
    put(item, "message", shown(finding->message));
    put(item, "detail", shown(finding->detail));
    put(item, "remedy", shown(finding->remedy));
    put(item, "file", json_text(finding->place.file));
    put(item, "line", number(finding->place.line));
    put(item, "column", number(finding->place.column));
    put(item, "endLine", number(finding->place.end_line));
    put(item, "endColumn", number(finding->place.end_column));
    return item;
}

void report_json(StrBuf *out, const Report *report)
{
    json_t *list = json_array();
    vec_each(const Finding, at, &report->findings) {
        json_array_append_new(list, finding_json(report, at));
    }
    json_t *root = json_object();
    put(root, "version", json_integer(REPORT_VERSION));
    put(root, "ok", json_boolean(!report_fails(report)));
    put(root, "schemaChecked", json_boolean(report->checked[SUBJECT_SCHEMA]));
    put(root, "historyChecked", json_boolean(report->checked[SUBJECT_HISTORY]));
    put(root, "databaseChecked", json_boolean(report->checked[SUBJECT_DATABASE]));
    put(root, "findings", list);
    json_document(out, root);
}

/* --- SARIF --------------------------------------------------------------------------------------
 */

/* A path as a relative reference of RFC 3986: a colon in its first segment would be a scheme. */
static json_t *path_uri(const char *path)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "-._~/!$&'()*+,;=@";
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_add(&out, path[0] == '/' ? "file://" : "");
    for (const char *at = path; *at != '\0'; at++) {
        if (strchr(plain, *at) != NULL) {
            strbuf_char(&out, *at);
        } else {
            strbuf_printf(&out, "%%%02X", (unsigned)(unsigned char)*at);
        }
    }
    json_t *json = json_text(strbuf_text(&out));
    strbuf_dispose(&out);
    return json;
}

static json_t *text_json(json_t *text)
{
    json_t *object = json_object();
    put(object, "text", text);
    return object;
}

static json_t *location_json(const FindingPlace *place)
{
    json_t *artifact = json_object();
    put(artifact, "uri", path_uri(place->file));
    if (place->file[0] != '/') {
        put(artifact, "uriBaseId", json_text("%SRCROOT%"));
    }
    json_t *region = json_object();
    put(region, "startLine", json_integer(place->line));
    if (place->column > 0 && place->end_line > 0 && place->end_column > 0) {
        put(region, "startColumn", json_integer(place->column));
        put(region, "endLine", json_integer(place->end_line));
        put(region, "endColumn", json_integer(place->end_column));
    }
    json_t *physical = json_object();
    put(physical, "artifactLocation", artifact);
    put(physical, "region", region);
    json_t *location = json_object();
    put(location, "physicalLocation", physical);
    return location;
}

/* The number of a finding's rule; a new one is appended. */
static size_t rule_index(json_t *rules, const Finding *finding)
{
    size_t i = 0;
    json_t *rule = NULL;
    json_array_foreach(rules, i, rule)
    {
        if (strcmp(json_string_value(json_object_get(rule, "id")), finding_rule(finding)) == 0) {
            return i;
        }
    }
    rule = json_object();
    put(rule, "id", json_text(finding_rule(finding)));
    put(rule, "shortDescription", text_json(json_text(finding_row(finding->kind)->title)));
    json_array_append_new(rules, rule);
    return json_array_size(rules) - 1;
}

static json_t *result_json(const Report *report, const Finding *finding, json_t *rules)
{
    char hex[DIGEST_HEX_SIZE];
    const FindingPlace place = report_place(report, finding);
    json_t *result = json_object();
    json_t *prints = json_object();
    report_fingerprint(finding, hex);
    put(prints, "bellows/v1", json_text(hex));
    put(result, "ruleId", json_text(finding_rule(finding)));
    put(result, "ruleIndex", json_integer((json_int_t)rule_index(rules, finding)));
    put(result, "level", json_text(report_level_name(report, finding)));
    put(result, "message", text_json(report_lines_json(finding)));
    if (place.file != NULL) {
        json_t *locations = json_array();
        json_array_append_new(locations, location_json(&place));
        put(result, "locations", locations);
    }
    put(result, "partialFingerprints", prints);
    return result;
}

void report_sarif(StrBuf *out, const Report *report)
{
    json_t *rules = json_array();
    json_t *results = json_array();
    vec_each(const Finding, at, &report->findings) {
        json_array_append_new(results, result_json(report, at, rules));
    }
    json_t *driver = json_object();
    put(driver, "name", json_text("bellows"));
    put(driver, "version", json_text(BELLOWS_VERSION));
    put(driver, "rules", rules);
    json_t *tool = json_object();
    put(tool, "driver", driver);
    json_t *run = json_object();
    put(run, "tool", tool);
    put(run, "columnKind", json_text("unicodeCodePoints"));
    put(run, "results", results);
    json_t *runs = json_array();
    json_array_append_new(runs, run);
    json_t *root = json_object();
    put(root, "$schema", json_text("https://json.schemastore.org/sarif-2.1.0.json"));
    put(root, "version", json_text("2.1.0"));
    put(root, "runs", runs);
    json_document(out, root);
}

/* --- GitLab -------------------------------------------------------------------------------------
 */

static json_t *quality_json(const Report *report, const Finding *finding)
{
    static const char *const severities[] = {"major", "minor", "info"};
    char hex[DIGEST_HEX_SIZE];
    const FindingPlace place = report_place(report, finding);
    json_t *lines = json_object();
    json_t *location = json_object();
    json_t *item = json_object();
    report_fingerprint(finding, hex);
    put(lines, "begin", json_integer(place.file == NULL ? 1 : place.line));
    put(location, "path", json_text(place.file == NULL ? "." : place.file));
    put(location, "lines", lines);
    put(item, "description", report_lines_json(finding));
    put(item, "check_name", json_text(finding_rule(finding)));
    put(item, "fingerprint", json_text(hex));
    put(item, "severity", json_text(severities[finding_level(finding, report->strict)]));
    put(item, "location", location);
    return item;
}

void report_gitlab(StrBuf *out, const Report *report)
{
    json_t *list = json_array();
    vec_each(const Finding, at, &report->findings) {
        json_array_append_new(list, quality_json(report, at));
    }
    json_document(out, list);
}
