#include "base/common.h"

#include "runtime/history/squashed.h"

#include <string.h>

#include "base/strbuf.h"

const char squashed_file[] = "replaces";

char *squashed_text(Arena *arena, const Migration *const *migrations, size_t count)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < count; i++) {
        strbuf_printf(&out, "%s\n", migrations[i]->name);
    }
    return strbuf_take(&out, arena);
}

typedef VEC(const char *) NameLines;

static void read_names(Arena *arena, const Migration *migration, NameLines *ret_names)
{
    const char *text = migration_companion(arena, migration, squashed_file);
    *ret_names = (NameLines){0};
    while (text != NULL && *(text += strspn(text, "\r\n")) != '\0') {
        const size_t len = strcspn(text, "\r\n");
        vec_push(arena, ret_names, arena_strndup(arena, text, len));
        text += len;
    }
}

/* How many of the names are applied; their rows are marked. */
static size_t mark(History *history, const NameLines *names)
{
    size_t applied = 0;
    vec_each(const char *, name, names) {
        bool found = false;
        vec_each(HistoryRow, row, &history->rows) {
            if (strcmp(row->name, *name) == 0 && row->state == HISTORY_APPLIED) {
                row->is_replaced = true;
                found = true;
            }
        }
        applied += found;
    }
    return applied;
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
        NameLines names;
        read_names(history->arena, *at, &names);
        const size_t applied = mark(history, &names);
        if (applied == 0 || history_find(history, (*at)->name) != NULL) {
            continue;
        }
        if (applied < names.count) {
            diag_report(diags, DIAG_SQUASHED_PARTLY, span_none(), (*at)->name,
                        diag_number(diags, (long long)applied),
                        diag_number(diags, (long long)names.count));
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
