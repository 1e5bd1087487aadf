#include "base/common.h"

#include "runtime/undo/development.h"

#include <string.h>

#include "runtime/script/quote.h"

/* The count of rows stands behind it. */
static const char mark[] = "bellows: applied by migrate dev, rows ";

/* What is said, and what would be said now. */
typedef struct Marks {
    const char *there; /* NULL: no comment */
    const char *now;
} Marks;

static bool read_marks(Arena *arena, Session *session, const History *history, Marks *ret_marks)
{
    const char *sql = arena_printf(
        arena,
        "SELECT pg_catalog.obj_description(pg_catalog.to_regclass($1)::pg_catalog.oid, 'pg_class') "
        "AS there, pg_catalog.concat($2::pg_catalog.text, pg_catalog.count(*)) AS now FROM %s AS "
        "history",
        history->table);
    const char *const params[] = {history->table, mark};
    Diagnostics *ignored = diagnostics_new(arena, sources_new(arena));
    Result *result = NULL;
    if (!history->exists || !session_query(session, (Query){sql, params, 2}, ignored, &result)) {
        return false;
    }
    const char *there = result_text(result, 0, 0);
    *ret_marks = (Marks){.there = there == NULL ? NULL : arena_strdup(arena, there),
                         .now = arena_strdup(arena, result_text(result, 0, 1))};
    result_free(result);
    return true;
}

bool development_is(Arena *arena, Session *session, const History *history)
{
    Marks marks;
    return read_marks(arena, session, history, &marks) && marks.there != NULL &&
           strcmp(marks.there, marks.now) == 0;
}

/* Another's comment goes for ours, and stays where we have none to take away. */
void development_note(Arena *arena, Session *session, const History *history, bool development)
{
    Marks marks;
    ServerError ignored;
    if (!read_marks(arena, session, history, &marks)) {
        return;
    }
    const bool ours = marks.there != NULL && strncmp(marks.there, mark, strlen(mark)) == 0;
    if (development ? !ours || strcmp(marks.there, marks.now) != 0 : ours) {
        const char *sql = arena_printf(arena, "COMMENT ON TABLE %s IS %s", history->table,
                                       development ? quote_text(arena, marks.now) : "NULL");
        (void)!session_execute(session, sql, &ignored);
    }
}
