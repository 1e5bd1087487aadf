#include "base/common.h"

#include "cli/commands/findings.h"

#include <jansson.h>
#include <stdlib.h>

static const char *const slugs[] = {
    [FINDING_SCHEMA_AHEAD] = "schema-ahead",
    [FINDING_DRIFT] = "drift",
    [FINDING_FAILED] = "failed",
    [FINDING_INTERRUPTED] = "interrupted",
    [FINDING_EDITED] = "edited",
    [FINDING_MISSING] = "missing",
    [FINDING_PENDING] = "pending",
};

void findings_print_text(Cli *cli, const FindingList *findings)
{
    vec_each(Finding, at, findings) {
        cli_print(cli, "%s%s%s: %s\n", cli_style(cli->out_colour, "\033[1;31m"), slugs[at->kind],
                  cli_style(cli->out_colour, "\033[0m"), at->message);
        if (at->file != NULL && at->line > 0) {
            cli_print(cli, "  --> %s:%u\n", at->file, at->line);
        } else if (at->file != NULL) {
            cli_print(cli, "  --> %s\n", at->file);
        }
        if (at->detail != NULL) {
            cli_print(cli, "%s", at->detail);
        }
        cli_print(cli, "  help: %s\n\n", at->remedy);
    }
}

void findings_print_json(Cli *cli, const FindingList *findings, bool database_checked)
{
    json_t *list = json_array();
    vec_each(Finding, at, findings) {
        json_t *item = json_object();
        json_object_set_new(item, "kind", json_string(slugs[at->kind]));
        json_object_set_new(item, "message", json_string(at->message));
        json_object_set_new(item, "detail",
                            at->detail == NULL ? json_null() : json_string(at->detail));
        json_object_set_new(item, "remedy", json_string(at->remedy));
        json_object_set_new(item, "file", at->file == NULL ? json_null() : json_string(at->file));
        json_object_set_new(item, "line", at->line == 0 ? json_null() : json_integer(at->line));
        json_array_append_new(list, item);
    }
    json_t *root = json_object();
    json_object_set_new(root, "ok", json_boolean(findings->count == 0));
    json_object_set_new(root, "databaseChecked", json_boolean(database_checked));
    json_object_set_new(root, "findings", list);
    char *text = json_dumps(root, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    cli_print(cli, "%s\n", text);
    free(text); /* lint: allocation - jansson's */
    json_decref(root);
}

/* In a message `%`, CR and LF are escaped; in a property also `:` and `,`. */
static void add_escaped(StrBuf *out, const char *text, bool property)
{
    for (const char *at = text; *at != '\0'; at++) {
        bool escape =
            *at == '%' || *at == '\r' || *at == '\n' || (property && (*at == ':' || *at == ','));
        if (escape) {
            strbuf_printf(out, "%%%02X", (unsigned char)*at);
        } else {
            strbuf_char(out, *at);
        }
    }
}

void findings_print_github(Cli *cli, const FindingList *findings)
{
    vec_each(Finding, at, findings) {
        strbuf_add(&cli->out, "::error ");
        if (at->file != NULL) {
            strbuf_add(&cli->out, "file=");
            add_escaped(&cli->out, at->file, true);
            strbuf_char(&cli->out, ',');
        }
        if (at->line > 0) {
            strbuf_printf(&cli->out, "line=%u,", at->line);
        }
        strbuf_printf(&cli->out, "title=bellows %s::", slugs[at->kind]);
        add_escaped(&cli->out, at->message, false);
        if (at->detail != NULL) {
            add_escaped(&cli->out, "\n", false);
            add_escaped(&cli->out, at->detail, false);
        }
        add_escaped(&cli->out, "\n", false);
        add_escaped(&cli->out, at->remedy, false);
        strbuf_char(&cli->out, '\n');
    }
}
