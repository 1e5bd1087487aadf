#include "base/common.h"

#include "runtime/undo/development.h"

#include <string.h>

#include "runtime/script/quote.h"

/* The count of rows stands behind it. */
static const char mark[] = "bellows: applied by migrate dev, rows ";

/* The comment: what somebody else wrote, and our line behind it. */
typedef struct Marks {
    const char *others; /* NULL: nothing */
    const char *there;  /* NULL: no line of ours */
    const char *now;    /* what it would be now */
} Marks;

static void divide(Arena *arena, const char *comment, Marks *marks)
{
    const char *end = strrchr(comment, '\n');
    const char *last = end == NULL ? comment : end + 1;
    if (strncmp(last, mark, strlen(mark)) != 0) {
        marks->others = arena_strdup(arena, comment);
        return;
    }
    marks->there = arena_strdup(arena, last);
    marks->others = end == NULL ? NULL : arena_strndup(arena, comment, (size_t)(end - comment));
}

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
    const char *comment = result_text(result, 0, 0), *now = result_text(result, 0, 1);
    const bool answered = now != NULL;
    if (answered) {
        *ret_marks = (Marks){.now = arena_strdup(arena, now)};
        divide(arena, comment == NULL ? "" : comment, ret_marks);
    }
    result_free(result);
    return answered;
}

bool development_is(Arena *arena, Session *session, const History *history)
{
    Marks marks;
    return read_marks(arena, session, history, &marks) && marks.there != NULL &&
           strcmp(marks.there, marks.now) == 0;
}

/* NULL takes the comment away. */
static const char *write_marks(Arena *arena, const Marks *marks, bool development)
{
    const char *others = marks->others != NULL && marks->others[0] != '\0' ? marks->others : NULL;
    if (!development) {
        return others;
    }
    return others == NULL ? marks->now : arena_printf(arena, "%s\n%s", others, marks->now);
}

/* Somebody else's comment stays as it is, in front of ours. */
void development_note(Arena *arena, Session *session, const History *history, bool development)
{
    Marks marks;
    ServerError ignored;
    if (!read_marks(arena, session, history, &marks)) {
        return;
    }
    const bool stands = marks.there != NULL && strcmp(marks.there, marks.now) == 0;
    if (development ? !stands : marks.there != NULL) {
        const char *comment = write_marks(arena, &marks, development);
        const char *sql = arena_printf(arena, "COMMENT ON TABLE %s IS %s", history->table,
                                       comment == NULL ? "NULL" : quote_text(arena, comment));
        (void)!session_execute(session, sql, &ignored);
    }
}
