/*
 * ask_node.c - what reading cannot tell, asked from the project's own Node and @prisma/config.
 *
 * This runs the configuration, a program; only who has been told to may call it. The answer takes
 * the place of all that was read.
 */
#include "base/common.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "runtime/config/ask_node.inc"
#include "runtime/config/json.h"
#include "runtime/config/settings.h"
#include "runtime/host/process.h"

static const char mark[] = "\x01"
                           "bellows ";

static bool report(const Settings *settings, const char *why, Diagnostics *diags)
{
    diag_report(diags, DIAG_CONFIG_NODE, span_none(), settings->path, why);
    return false;
}

static bool take_answer(Settings *settings, const json_t *answer, Diagnostics *diags)
{
    const char *error = json_string_value(json_object_get(answer, "error"));
    const json_t *config = json_object_get(answer, "config");
    const char *name = NULL;
    json_t *value = NULL;
    if (!json_is_object(config)) {
        return report(settings,
                      error == NULL ? "no answer"
                                    : arena_strndup(settings->arena, error, strcspn(error, "\n")),
                      diags);
    }
    json_object_foreach(json_object_get(answer, "variables"), name, value)
    {
        variables_set(&settings->variables, arena_strdup(settings->arena, name),
                      arena_strdup(settings->arena, json_string_value(value)));
    }
    settings->exported =
        config_json_value(settings->arena, settings->names, config, settings->exported->span);
    return true;
}

bool settings_ask_node(Settings *settings, Diagnostics *diags)
{
    const char *const argv[] = {"node", "-e", ask_node_js, settings->path, NULL};
    ProcessResult result;
    if (!process_run(argv, NULL, settings->arena, &result)) {
        return report(settings, strerror(errno), diags);
    }
    const char *line = strstr(result.output, mark);
    if (line == NULL) {
        return report(settings, result.status == 127 ? "there is no `node`" : "Node said nothing",
                      diags);
    }
    json_t *answer = json_loads(line + sizeof mark - 1, JSON_DISABLE_EOF_CHECK, NULL);
    bool ok = answer != NULL ? take_answer(settings, answer, diags)
                             : report(settings, "its answer is no JSON", diags);
    json_decref(answer);
    return ok;
}
