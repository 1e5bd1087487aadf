#include "base/common.h"

#include "runtime/history/squashed.h"

#include <string.h>

#include "base/strbuf.h"

const char squashed_file[] = "replaces";

/* A name of the file; those that are indented below it are what it stood for itself. */
typedef struct Line {
    size_t depth;
    const char *name;
} Line;

typedef VEC(Line) LineList;

static void read_lines(Arena *arena, const Migration *migration, LineList *ret_lines)
{
    const char *text = migration_companion(arena, migration, squashed_file);
    *ret_lines = (LineList){0};
    while (text != NULL && *(text += strspn(text, "\r\n")) != '\0') {
        const size_t depth = strspn(text, " ");
        const size_t len = strcspn(text, "\r\n");
        vec_push(arena, ret_lines,
                 ((Line){depth, arena_strndup(arena, text + depth, len - depth)}));
        text += len;
    }
}

char *squashed_text(Arena *arena, const Migration *const *migrations, size_t count)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < count; i++) {
        LineList below;
        read_lines(arena, migrations[i], &below);
        strbuf_printf(&out, "%s\n", migrations[i]->name);
        vec_each(const Line, at, &below) {
            strbuf_printf(&out, "%*s%s\n", (int)at->depth + 2, "", at->name);
        }
    }
    return strbuf_take(&out, arena);
}

/* Is the name applied? Its rows are marked. */
static bool mark(History *history, const char *name)
{
    bool found = false;
    vec_each(HistoryRow, row, &history->rows) {
        if (strcmp(row->name, name) == 0 && row->state == HISTORY_APPLIED) {
            row->is_replaced = true;
            found = true;
        }
    }
    return found;
}

/* Of the names that stand for no others: how many there are, and how many a database has, by their
 * own rows or by the row of what stood for them. */
typedef struct Tally {
    size_t all, applied;
} Tally;

/* The line at *at and those below it; *at is behind them. */
static void count(History *history, const LineList *lines, size_t *at, bool is_given, Tally *tally)
{
    const Line *line = &lines->items[(*at)++];
    const bool is_applied = mark(history, line->name) || is_given;
    if (*at == lines->count || lines->items[*at].depth <= line->depth) {
        tally->all++;
        tally->applied += is_applied;
    }
    while (*at < lines->count && lines->items[*at].depth > line->depth) {
        count(history, lines, at, is_applied, tally);
    }
}

static HistoryRow row_of(Arena *arena, const Migration *migration)
{
    const HistoryStart start = history_start(arena);
    return (HistoryRow){.id = arena_strdup(arena, start.id),
                        .checksum = migration->checksum,
                        .name = migration->name,
                        .started_at = start.started_at,
                        .finished_at = start.started_at,
                        .applied_steps_count = 1,
                        .state = HISTORY_APPLIED,
                        .is_taken_over = true};
}

bool history_take_over(History *history, const Migrations *migrations, Diagnostics *diags)
{
    vec_each(Migration *const, at, &migrations->list) {
        LineList lines;
        Tally tally = {0};
        read_lines(history->arena, *at, &lines);
        for (size_t i = 0; i < lines.count;) {
            count(history, &lines, &i, false, &tally);
        }
        if (tally.applied == 0 || history_find(history, (*at)->name) != NULL) {
            continue;
        }
        if (tally.applied < tally.all) {
            diag_report(diags, DIAG_SQUASHED_PARTLY, span_none(), (*at)->name,
                        diag_number(diags, (long long)tally.applied),
                        diag_number(diags, (long long)tally.all));
            return false;
        }
        vec_push(history->arena, &history->rows, row_of(history->arena, *at));
    }
    return true;
}

char *history_sql_taken_over(Arena *arena, const History *history, const Migrations *migrations)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(const HistoryRow, row, &history->rows) {
        if (row->is_taken_over) {
            const HistoryStart start = history_start(arena);
            strbuf_add(&out, history_sql_applied(arena, history,
                                                 migrations_find(migrations, row->name), &start));
        }
    }
    return out.len == 0 ? NULL : strbuf_take(&out, arena);
}
