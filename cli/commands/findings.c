#include "base/common.h"

#include "cli/commands/findings.h"

#include <string.h>

#include "base/text/github.h"
#include "base/text/json_text.h"
#include "base/text/show.h"

static const char *const slugs[] = {
    [FINDING_SCHEMA_AHEAD] = "schema-ahead",
    [FINDING_DRIFT] = "drift",
    [FINDING_FAILED] = "failed",
    [FINDING_INTERRUPTED] = "interrupted",
    [FINDING_EDITED] = "edited",
    [FINDING_MISSING] = "missing",
    [FINDING_PENDING] = "pending",
    [FINDING_INCOMPLETE] = "incomplete",
};

void findings_print_text(Cli *cli, const FindingList *findings)
{
    vec_each(Finding, at, findings) {
        cli_print_styled(cli, "\033[1;31m", slugs[at->kind]);
        cli_print(cli, ": %s\n", at->message);
        if (at->file != NULL && at->line > 0) {
            cli_print(cli, "  --> %s:%u\n", at->file, at->line);
        } else if (at->file != NULL) {
            cli_print(cli, "  --> %s\n", at->file);
        }
        if (at->detail != NULL) {
            show_lines(&cli->out, at->detail, strlen(at->detail));
        }
        cli_print(cli, "  help: %s\n\n", at->remedy);
    }
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

void findings_print_json(Cli *cli, const FindingList *findings, bool database_checked)
{
    json_t *list = json_array();
    vec_each(Finding, at, findings) {
        json_t *item = json_object();
        json_object_set_new(item, "kind", json_text(slugs[at->kind]));
        json_object_set_new(item, "message", shown(at->message));
        json_object_set_new(item, "detail", shown(at->detail));
        json_object_set_new(item, "remedy", shown(at->remedy));
        json_object_set_new(item, "file", json_text(at->file));
        json_object_set_new(item, "line", at->line == 0 ? json_null() : json_integer(at->line));
        json_array_append_new(list, item);
    }
    json_t *root = json_object();
    json_object_set_new(root, "ok", json_boolean(findings->count == 0));
    json_object_set_new(root, "databaseChecked", json_boolean(database_checked));
    json_object_set_new(root, "findings", list);
    json_document(&cli->out, root);
}

void findings_print_github(Cli *cli, const FindingList *findings)
{
    vec_each(Finding, at, findings) {
        const GithubPlace place = {.file = at->file, .line = at->line};
        github_begin(&cli->out, "error", &place,
                     arena_printf(cli->arena, "bellows %s", slugs[at->kind]));
        github_message(&cli->out, at->message);
        github_message(&cli->out, "\n");
        github_message(&cli->out, at->detail == NULL ? "" : at->detail);
        github_message(&cli->out, at->detail == NULL ? "" : "\n");
        github_message(&cli->out, at->remedy);
        github_end(&cli->out);
    }
}
