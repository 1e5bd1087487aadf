/*
 * generator.c - the protocol: requests, answers, and everything that can come instead of an answer.
 */
#include "base/common.h"

#include "runtime/generate/generator.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json_out.h"

enum { STATUS_NOT_STARTED = 127, STATUS_SIGNAL = 128 };

typedef struct Waiting {
    int id;
    json_t *answer; /* NULL: none yet */
    bool garbled;   /* what came instead is told on stderr */
} Waiting;

/* --- lines --- */

/* What is no answer of ours belongs to the user: warnings, debug output, traces. */
static void pass_on(const char *line)
{
    size_t len = strlen(line);
    struct {
        const char *text;
        size_t len;
    } parts[] = {{line, len}, {"\n", 1}};
    for (size_t i = 0; i < lengthof(parts); i++) {
        ssize_t written = write(STDERR_FILENO, parts[i].text, parts[i].len);
        (void)written;
    }
}

/* A request that returns nothing may be answered without a result. */
static bool is_answer(const json_t *message, int id)
{
    const json_t *number = json_object_get(message, "id");
    return json_is_integer(number) && json_integer_value(number) == id &&
           json_object_get(message, "method") == NULL;
}

/* Meant for us, though it cannot be read: the right one will not come any more. */
static bool looks_like_answer(const char *line)
{
    return line[0] == '{' && strstr(line, "\"jsonrpc\"") != NULL;
}

static bool take_answer(void *context, const char *line)
{
    Waiting *waiting = context;
    bool wanted = waiting->answer == NULL && !waiting->garbled;
    json_t *message = wanted && line[0] == '{' ? json_loads(line, 0, NULL) : NULL;
    if (message != NULL && is_answer(message, waiting->id)) {
        waiting->answer = message;
        return true;
    }
    waiting->garbled = waiting->garbled || (wanted && message == NULL && looks_like_answer(line));
    json_decref(message);
    pass_on(line);
    return waiting->garbled;
}

/* --- what went wrong --- */

static void report_end(Generator *generator, int status, const char *method)
{
    Arena *arena = generator->arena;
    if (status == STATUS_NOT_STARTED) {
        diag_report(generator->diags, DIAG_GENERATOR_NOT_FOUND, span_none(), generator->name,
                    generator->provider, generator->provider);
        return;
    }
    const char *how = status > STATUS_SIGNAL
                          ? arena_printf(arena, "signal %d", status - STATUS_SIGNAL)
                          : arena_printf(arena, "exit code %d", status);
    diag_report(generator->diags, DIAG_GENERATOR_ENDED, span_none(), generator->name, how, method);
}

static void report_error(Generator *generator, const json_t *error)
{
    const char *message = json_string_value(json_object_get(error, "message"));
    const char *text = message == NULL || message[0] == '\0' ? "it does not say why" : message;
    diag_report(generator->diags, DIAG_GENERATOR_FAILED, span_none(), generator->name,
                arena_strdup(generator->arena, text));
}

/* --- requests --- */

/* A manifest is said at once; what generates may work long, and mostly says something meanwhile. */
static const DialoguePatience manifest_patience = {.silent_ms = 30000, .total_ms = 40000};
static const DialoguePatience generate_patience = {.silent_ms = 300000, .total_ms = 3600000};

/* The answer, which the caller releases; NULL when there is none or it is an error (reported,
 * unless we were interrupted). */
static json_t *ask(Generator *generator, const char *method, const char *params,
                   DialoguePatience patience)
{
    StrBuf request = strbuf_new(STRBUF_MAX);
    Waiting waiting = {.id = ++generator->requests};
    JsonOut out = json_out_new(&request, false);
    json_out_open(&out, '{');
    json_out_text(&out, "jsonrpc", "2.0");
    json_out_text(&out, "method", method);
    json_out_raw(&out, "params", params);
    json_out_integer(&out, "id", waiting.id);
    json_out_close(&out);
    DialogueEnd end =
        dialogue_ask(generator->dialogue, strbuf_text(&request), take_answer, &waiting, patience);
    strbuf_dispose(&request);
    if (end == DIALOGUE_LATE) {
        (void)dialogue_close(generator->dialogue);
        diag_report(generator->diags, DIAG_GENERATOR_SILENT, span_none(), generator->name, method);
    }
    if (end == DIALOGUE_ENDED) {
        report_end(generator, dialogue_close(generator->dialogue), method);
    }
    if (waiting.garbled) {
        diag_report(generator->diags, DIAG_GENERATOR_ANSWER, span_none(), generator->name, method);
    }
    const json_t *error = json_object_get(waiting.answer, "error");
    if (error == NULL) {
        return waiting.answer;
    }
    report_error(generator, error);
    json_decref(waiting.answer);
    return NULL;
}

bool generator_start(Generator *generator, const GeneratorCommand *command,
                     char *const environment[])
{
    generator->requests = 0;
    if (!dialogue_open(generator->arena, command->argv, environment, generator->interrupted,
                       &generator->dialogue)) {
        diag_report(generator->diags, DIAG_GENERATOR_FAILED, span_none(), generator->name,
                    strerror(errno));
        return false;
    }
    return true;
}

static const char *member_text(Generator *generator, const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? NULL : arena_strdup(generator->arena, text);
}

static void read_list(Generator *generator, const json_t *list, PathList *ret_list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *text = json_string_value(json_array_get(list, i));
        if (text != NULL) {
            vec_push(generator->arena, ret_list, arena_strdup(generator->arena, text));
        }
    }
}

bool generator_get_manifest(Generator *generator, const char *params,
                            GeneratorManifest *ret_manifest)
{
    json_t *answer = ask(generator, "getManifest", params, manifest_patience);
    if (answer == NULL) {
        return false;
    }
    const json_t *told = json_object_get(json_object_get(answer, "result"), "manifest");
    GeneratorManifest manifest = {
        .title = member_text(generator, told, "prettyName"),
        .default_output = member_text(generator, told, "defaultOutput"),
        .version = member_text(generator, told, "version"),
        .engine_version = member_text(generator, told, "requiresEngineVersion"),
    };
    read_list(generator, json_object_get(told, "requiresGenerators"),
              &manifest.requires_generators);
    read_list(generator, json_object_get(told, "requiresEngines"), &manifest.requires_engines);
    json_decref(answer);
    *ret_manifest = manifest;
    return true;
}

bool generator_generate(Generator *generator, const char *params)
{
    json_t *answer = ask(generator, "generate", params, generate_patience);
    bool done = answer != NULL;
    json_decref(answer);
    return done;
}

void generator_stop(Generator *generator)
{
    if (generator->dialogue != NULL) {
        (void)dialogue_close(generator->dialogue);
        generator->dialogue = NULL;
    }
}
