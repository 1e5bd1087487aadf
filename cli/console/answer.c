#include "base/common.h"

#include "cli/console/answer.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/diag/diag_print.h"
#include "base/text/json_text.h"

/* A change that a reader could fail on counts this up. */
enum { ANSWER_VERSION = 1 };

struct JsonAnswer {
    json_t *members;
    json_t *diagnostics;
    int out; /* standard output as it was */
};

bool answer_is_wanted(const char *const *args, size_t count)
{
    for (size_t i = 0; i < count && strcmp(args[i], "--") != 0; i++) {
        if (strcmp(args[i], "--json") == 0) {
            return true;
        }
    }
    return false;
}

void answer_begin(Cli *cli)
{
    JsonAnswer *answer = arena_make(cli->arena, JsonAnswer);
    *answer = (JsonAnswer){
        .members = json_object(), .diagnostics = json_array(), .out = dup(STDOUT_FILENO)};
    (void)dup2(STDERR_FILENO, STDOUT_FILENO);
    cli->answer = answer;
    cli->interactive = cli->draws = false;
    cli->out_colour = false;
}

void answer_put(Cli *cli, const char *key, json_t *value)
{
    if (cli->answer == NULL) {
        json_decref(value);
        return;
    }
    json_object_set_new(cli->answer->members, key, value);
}

void answer_text(Cli *cli, const char *key, const char *text)
{
    answer_put(cli, key, json_text(text));
}

void answer_bool(Cli *cli, const char *key, bool value)
{
    answer_put(cli, key, json_boolean(value));
}

void answer_number(Cli *cli, const char *key, long long number)
{
    answer_put(cli, key, json_integer(number));
}

void answer_texts(Cli *cli, const char *key, const char *const *texts, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(list, json_text(texts[i]));
    }
    answer_put(cli, key, list);
}

void answer_document(Cli *cli, const char *key)
{
    if (cli->answer != NULL && option_value(&cli->options, OPT_OUTPUT) == NULL) {
        answer_put(cli, key, json_loads(strbuf_text(&cli->out), JSON_DECODE_ANY, NULL));
        strbuf_reset(&cli->out);
    }
}

void answer_members(Cli *cli, const char *json)
{
    json_t *object = json_loads(json, 0, NULL);
    if (cli->answer != NULL && json_is_object(object)) {
        json_object_update(cli->answer->members, object);
    }
    json_decref(object);
}

void answer_take_diagnostics(Cli *cli)
{
    json_t *list = diag_json(cli->diags);
    json_array_extend(cli->answer->diagnostics, list);
    json_decref(list);
    cli->diags->items.count = 0;
}

/* What all answers have comes first, but for the long parts. */
static json_t *whole(Cli *cli, ExitCode code)
{
    JsonAnswer *answer = cli->answer;
    json_t *root = json_object();
    json_object_set_new(root, "version", json_integer(ANSWER_VERSION));
    json_object_set_new(root, "command",
                        json_text(cli->command == NULL ? NULL : cli->command->name));
    json_object_set_new(root, "exitCode", json_integer(code));
    json_object_update(root, answer->members);
    json_object_set_new(root, "output", json_text(strbuf_text(&cli->out)));
    json_object_set(root, "diagnostics", answer->diagnostics);
    return root;
}

bool answer_end(Cli *cli, ExitCode code)
{
    StrBuf text = strbuf_new(STRBUF_MAX);
    answer_take_diagnostics(cli);
    json_document(&text, whole(cli, code));
    (void)dup2(cli->answer->out, STDOUT_FILENO);
    (void)close(cli->answer->out);
    json_decref(cli->answer->members);
    json_decref(cli->answer->diagnostics);
    cli->answer = NULL;
    strbuf_dispose(&cli->out);
    cli->out = text;
    const bool ok = cli_flush(cli);
    cli_print_diagnostics(cli);
    return ok;
}
