#include "base/common.h"

#include "runtime/ahead/asides.h"

#include <string.h>

#include "compiler/catalog/sql_write.h"
#include "compiler/plan/steps/code_words.h"

/* Our session's path finds no table: all are told with their schemas. */
static AsideBlock qualified(Arena *arena, const AsideBlock *block, const char *default_schema)
{
    AsideBlock all = {.replaces = block->replaces};
    vec_each(const AsideColumn, at, &block->columns) {
        AsideColumn column = *at;
        column.schema = at->schema != NULL ? at->schema : default_schema;
        vec_push(arena, &all.columns, column);
    }
    vec_each(const AsideType, at, &block->types) {
        AsideType type = *at;
        type.schema = at->schema != NULL ? at->schema : default_schema;
        vec_push(arena, &all.types, type);
    }
    return all;
}

static const char *question(Arena *arena, const AsideBlock *block)
{
    static const char statement[] = "DO";
    StrBuf body = strbuf_new(STRBUF_MAX), out = strbuf_new(STRBUF_MAX);
    aside_block_write_question(&body, block);
    strbuf_printf(&out, "%s ", statement);
    sql_string(&out, strbuf_text(&body), body.len);
    strbuf_dispose(&body);
    return strbuf_take(&out, arena);
}

static const char *columns_of(Arena *arena, const AsideBlock *block)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(const AsideColumn, at, &block->columns) {
        strbuf_printf(&out, "%s%s.%s", at == block->columns.items ? "" : "`, `", at->table,
                      at->name);
    }
    return strbuf_take(&out, arena);
}

/* What is missing some script before makes, and then nothing rests on it. */
static bool is_missing(const char *sqlstate)
{
    static const char *const states[] = {"42P01", "42703", "42704", "3F000"};
    for (size_t i = 0; i < lengthof(states); i++) {
        if (strcmp(sqlstate, states[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Does a script name it? */
static bool is_seen_to(const ScriptTexts *scripts, const char *name)
{
    vec_each(const char *, text, scripts) {
        if (code_mentions(*text, name) != MENTION_NONE) {
            return true;
        }
    }
    return false;
}

/* A line of the answer: what it is, a tab, its name. False: it stands in the way. */
static bool look_at(Arena *arena, const char *line, const AsideBlock *block,
                    const ScriptTexts *scripts, Diagnostics *diags)
{
    const char *tab = strrchr(line, '\t');
    if (tab != NULL && is_seen_to(scripts, tab + 1)) {
        return true;
    }
    const char *what = tab == NULL ? line : arena_strndup(arena, line, (size_t)(tab - line));
    diag_report(diags, DIAG_DEPENDANT, span_none(), what, columns_of(arena, block),
                "changes its type");
    return false;
}

static bool look_at_all(Arena *arena, const char *lines, const AsideBlock *block,
                        const ScriptTexts *scripts, Diagnostics *diags)
{
    bool free_to_go = true;
    while (*lines != '\0') {
        const size_t len = strcspn(lines, "\n");
        free_to_go &= look_at(arena, arena_strndup(arena, lines, len), block, scripts, diags);
        lines += len + (lines[len] == '\n' ? 1 : 0);
    }
    return free_to_go;
}

bool asides_check(Arena *arena, Session *session, const AsideList *asides,
                  const ScriptTexts *scripts, const char *default_schema, Diagnostics *diags)
{
    static const char hindered[] = "2BP01";
    bool free_to_go = true;
    vec_each(const AsideBlock, at, asides) {
        const AsideBlock block = qualified(arena, at, default_schema);
        ServerError error = {0};
        if (session_execute(session, question(arena, &block), &error) ||
            is_missing(error.sqlstate)) {
            continue;
        }
        if (strcmp(error.sqlstate, hindered) != 0) {
            (void)session_report(session, &error, diags);
            return false;
        }
        free_to_go &= look_at_all(arena, error.detail, at, scripts, diags);
    }
    return free_to_go;
}
