/*
 * script_directive.c - directives: `-- bellows: ...` comments in a script.
 *
 *     directive := "bellows:" [word] pair*
 *     pair      := key "=" value
 *     value     := bare | name ("," name)*
 *     name      := part ["." part]
 *     part      := bare | '"' ... '"' with "" for a quote | 'e"' ... '"' with \n \r \" \\
 *
 * docs/directives.md is the page about it. What is malformed is an error; what is merely unknown
 * may be a later version's and gets a warning.
 */
#include "base/common.h"

#include "runtime/script/script.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "runtime/script/script_internal.h"

static const char marker[] = "bellows:";

static const char *const phase_words[] = {
    [PHASE_EXPAND] = "expand",
    [PHASE_BACKFILL] = "backfill",
    [PHASE_TIGHTEN] = "tighten",
    [PHASE_CONTRACT] = "contract",
};
static_assert(lengthof(phase_words) == PHASE_COUNT, "a word for each phase");

/* One comment while it is read. */
typedef struct Reader {
    ScriptCx *cx;
    size_t start, end; /* of the comment */
    size_t at;
    bool failed;
} Reader;

typedef struct Pair {
    const char *key;
    ScriptNameList values; /* bare values are names without schema */
    bool quoted;
} Pair;

/* --- reports --- */

static Span comment_span(Reader *reader)
{
    ScriptCx *cx = reader->cx;
    if (cx->file == NULL) {
        cx->file = sources_add(cx->diags->sources, cx->path, cx->script->text, cx->script->len);
    }
    return (Span){cx->file->id, (uint32_t)reader->start, (uint32_t)reader->end};
}

static void fail(Reader *reader, const char *reason)
{
    if (!reader->failed) {
        diag_report(reader->cx->diags, DIAG_DIRECTIVE, comment_span(reader), reason);
    }
    reader->failed = true;
}

static void warn_unknown(Reader *reader, const char *what)
{
    diag_report(reader->cx->diags, DIAG_DIRECTIVE_UNKNOWN, comment_span(reader), what);
}

/* --- reading --- */

static char peek(const Reader *reader)
{
    return reader->at < reader->end ? reader->cx->script->text[reader->at] : '\0';
}

static void skip_space(Reader *reader)
{
    while (peek(reader) == ' ' || peek(reader) == '\t' || peek(reader) == '\r') {
        reader->at++;
    }
}

static bool is_bare(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '/' || c == '$' || (unsigned char)c >= 0x80;
}

static const char *read_bare(Reader *reader)
{
    const size_t start = reader->at;
    while (is_bare(peek(reader))) {
        reader->at++;
    }
    return arena_strndup(reader->cx->arena, reader->cx->script->text + start, reader->at - start);
}

static const char *read_quoted(Reader *reader)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    reader->at++;
    while (peek(reader) != '\0') {
        const char c = peek(reader);
        reader->at++;
        if (c == '"' && peek(reader) != '"') {
            return strbuf_take(&out, reader->cx->arena);
        }
        reader->at += c == '"';
        strbuf_char(&out, c);
    }
    strbuf_dispose(&out);
    fail(reader, "a quote is not closed");
    return "";
}

/* Behind `e`: what a comment cannot hold as it is, and quotes, stand as escapes. */
static const char *read_escaped(Reader *reader)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (reader->at++; peek(reader) != '\0' && peek(reader) != '"'; reader->at++) {
        char c = peek(reader);
        if (c == '\\') {
            reader->at++;
            c = peek(reader);
            if (c == '\0' || strchr("nr\"\\", c) == NULL) {
                fail(reader,
                     "a backslash in e\"...\" is not followed by n, r, a quote or a backslash");
                break;
            }
            c = c == 'n' ? '\n' : c == 'r' ? '\r' : c;
        }
        strbuf_char(&out, c);
    }
    if (!reader->failed && peek(reader) != '"') {
        fail(reader, "a quote is not closed");
    }
    reader->at++;
    return strbuf_take(&out, reader->cx->arena);
}

static const char *read_part(Reader *reader, Pair *pair)
{
    if (peek(reader) == '"') {
        pair->quoted = true;
        return read_quoted(reader);
    }
    const char *text = read_bare(reader);
    if (peek(reader) == '"' && strcmp(text, "e") == 0) {
        pair->quoted = true;
        return read_escaped(reader);
    }
    if (text[0] == '\0') {
        fail(reader, "a value is missing");
    }
    return text;
}

static void read_value(Reader *reader, Pair *pair)
{
    bool more = true;
    while (more && !reader->failed) {
        ScriptName name = {.name = read_part(reader, pair)};
        if (peek(reader) == '.') {
            reader->at++;
            name = (ScriptName){name.name, read_part(reader, pair)};
        }
        vec_push(reader->cx->arena, &pair->values, name);
        more = peek(reader) == ',';
        reader->at += more;
    }
}

/* --- numbers --- */

/* A number from 1 to `max`; reports otherwise. */
static unsigned read_number(Reader *reader, const char *text, unsigned max)
{
    char *end;
    const long number = strtol(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || number < 1 || number > (long)max) {
        fail(reader,
             arena_printf(reader->cx->arena, "`%s` is not a number from 1 to %u", text, max));
        return 1;
    }
    return (unsigned)number;
}

/* "2/3" */
static void read_fraction(Reader *reader, const char *text, ScriptHeader *header)
{
    const char *slash = strchr(text, '/');
    if (slash == NULL) {
        fail(reader, "`script` is not of the form n/m");
        return;
    }
    const char *number = arena_strndup(reader->cx->arena, text, (size_t)(slash - text));
    header->count = read_number(reader, slash + 1, 10000);
    header->number = read_number(reader, number, header->count);
}

static Phase read_phase(Reader *reader, const char *text)
{
    for (int phase = 0; phase < PHASE_COUNT; phase++) {
        if (strcmp(text, phase_words[phase]) == 0) {
            return (Phase)phase;
        }
    }
    fail(reader, arena_printf(reader->cx->arena, "there is no phase `%s`", text));
    return PHASE_EXPAND;
}

static bool read_programs(Reader *reader, const char *text)
{
    if (strcmp(text, "apart") != 0) {
        fail(reader,
             arena_printf(reader->cx->arena, "programs are `apart` or not named, not `%s`", text));
    }
    return true;
}

/* --- meaning --- */

static void take_tables(ScriptCx *cx, const Pair *pair)
{
    if (!cx->states_tables) {
        cx->states_tables = true;
        cx->script->tables.count = 0;
    }
    vec_each(ScriptName, name, &pair->values) {
        script_add_name(cx->arena, &cx->script->tables, *name);
    }
}

static void take_header_pair(Reader *reader, const Pair *pair)
{
    ScriptHeader *header = &reader->cx->script->header;
    const char *value = pair->values.items[0].name;
    if (strcmp(pair->key, "plan") == 0) {
        header->plan = value;
    } else if (strcmp(pair->key, "phase") == 0) {
        header->phase = read_phase(reader, value);
        header->present = true;
    } else if (strcmp(pair->key, "script") == 0) {
        read_fraction(reader, value, header);
    } else if (strcmp(pair->key, "tables") == 0) {
        take_tables(reader->cx, pair);
    } else if (strcmp(pair->key, "undoes") == 0) {
        header->undoes = value;
    } else if (strcmp(pair->key, "programs") == 0) {
        header->apart = read_programs(reader, value);
    } else if (strcmp(pair->key, "withdraws") == 0) {
        vec_each(ScriptName, name, &pair->values) {
            vec_push(reader->cx->arena, &header->withdraws, *name);
        }
    } else {
        warn_unknown(reader, pair->key);
    }
}

static void take_keys(Reader *reader, const Pair *pair, BackfillDirective *backfill)
{
    if (!pair->quoted && strcmp(pair->values.items[0].name, "ctid") == 0) {
        return;
    }
    vec_each(ScriptName, name, &pair->values) {
        vec_push(reader->cx->arena, &backfill->keys, name->name);
    }
}

static void take_backfill_pair(Reader *reader, const Pair *pair, BackfillDirective *backfill)
{
    const ScriptName *value = &pair->values.items[0];
    if (strcmp(pair->key, "table") == 0) {
        backfill->table = *value;
    } else if (strcmp(pair->key, "key") == 0) {
        take_keys(reader, pair, backfill);
    } else if (strcmp(pair->key, "alias") == 0) {
        backfill->alias = value->name;
    } else if (strcmp(pair->key, "batch") == 0) {
        backfill->batch = read_number(reader, value->name, BACKFILL_BATCH_MAX);
    } else {
        warn_unknown(reader, pair->key);
    }
}

static HazardCode read_hazard(Reader *reader, const char *text)
{
    const HazardCode code = hazard_find(text);
    if (code == HAZARD_CODE_COUNT) {
        fail(reader, arena_printf(reader->cx->arena, "there is no hazard `%s`", text));
    }
    return code;
}

static void take_loss_pair(Reader *reader, const Pair *pair, ScriptLoss *loss)
{
    const ScriptName *value = &pair->values.items[0];
    if (strcmp(pair->key, "table") == 0) {
        loss->table = *value;
    } else if (strcmp(pair->key, "column") == 0) {
        loss->column = value->name;
    } else if (strcmp(pair->key, "hazard") == 0) {
        loss->hazard = read_hazard(reader, value->name);
    } else {
        warn_unknown(reader, pair->key);
    }
}

/* What the pairs are of; both NULL: of the header. */
typedef struct PairTaker {
    BackfillDirective *backfill;
    ScriptLoss *loss;
} PairTaker;

static void read_pairs(Reader *reader, const char *first_key, PairTaker of)
{
    const char *key = first_key;
    while (!reader->failed && (key != NULL || peek(reader) != '\0')) {
        Pair pair = {.key = key != NULL ? key : read_bare(reader)};
        key = NULL;
        if (peek(reader) != '=') {
            fail(reader, arena_printf(reader->cx->arena, "`=` is missing after `%s`", pair.key));
            return;
        }
        reader->at++;
        read_value(reader, &pair);
        if (reader->failed) {
            return;
        }
        if (of.backfill != NULL) {
            take_backfill_pair(reader, &pair, of.backfill);
        } else if (of.loss != NULL) {
            take_loss_pair(reader, &pair, of.loss);
        } else {
            take_header_pair(reader, &pair);
        }
        skip_space(reader);
    }
}

static void read_backfill(Reader *reader)
{
    ScriptCx *cx = reader->cx;
    BackfillDirective *backfill = arena_make(cx->arena, BackfillDirective);
    backfill->batch = BACKFILL_BATCH_DEFAULT;
    skip_space(reader);
    read_pairs(reader, NULL, (PairTaker){.backfill = backfill});
    if (!reader->failed && backfill->table.name == NULL) {
        fail(reader, "a backfill needs `table=`");
    }
    vec_push(cx->arena, &cx->backfills, (BackfillComment){backfill, reader->start, reader->end});
}

void script_report_backfill(ScriptCx *cx, const BackfillComment *comment)
{
    Reader reader = {.cx = cx, .start = comment->start, .end = comment->end};
    fail(&reader, "the statement behind it has to be an update, a delete, or an insert from a "
                  "query, which can go through the rows in batches");
}

static void read_loss(Reader *reader)
{
    ScriptLoss loss = {.hazard = HAZARD_CODE_COUNT};
    skip_space(reader);
    read_pairs(reader, NULL, (PairTaker){.loss = &loss});
    if (!reader->failed &&
        (loss.table.name == NULL || loss.column == NULL || loss.hazard == HAZARD_CODE_COUNT)) {
        fail(reader, "a loss needs `table=`, `column=` and `hazard=`");
    }
    if (!reader->failed) {
        vec_push(reader->cx->arena, &reader->cx->script->losses, loss);
    }
}

bool script_read_comment(ScriptCx *cx, size_t start, size_t end)
{
    Reader reader = {.cx = cx, .start = start, .end = end, .at = start + 2};
    skip_space(&reader);
    if (end - reader.at < sizeof marker - 1 ||
        strncmp(cx->script->text + reader.at, marker, sizeof marker - 1) != 0) {
        return true;
    }
    reader.at += sizeof marker - 1;
    skip_space(&reader);
    const char *word = read_bare(&reader);
    if (peek(&reader) == '=') {
        read_pairs(&reader, word, (PairTaker){0});
    } else if (strcmp(word, "backfill") == 0) {
        read_backfill(&reader);
    } else if (strcmp(word, "loses") == 0) {
        read_loss(&reader);
    } else {
        warn_unknown(&reader, word);
    }
    return !reader.failed;
}
