#include "base/common.h"

#include "compiler/catalog/naming.h"

#include <string.h>

#include "base/map.h"

size_t name_cut(const char *text, size_t len, size_t max)
{
    if (len <= max) {
        return len;
    }
    size_t end = max;
    while (end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80) {
        end--;
    }
    return end;
}

Name name_with_suffix(Names *names, const char *stem, size_t len, const char *suffix)
{
    char text[IDENTIFIER_MAX];
    size_t suffix_len = strlen(suffix);
    assert(suffix_len < IDENTIFIER_MAX);
    size_t kept = name_cut(stem, len, IDENTIFIER_MAX - suffix_len);
    memcpy(text, stem, kept);
    // NOLINTNEXTLINE(bugprone-not-null-terminated-result): the length goes along
    memcpy(text + kept, suffix, suffix_len);
    return intern(names, text, kept + suffix_len);
}

Name name_kept(Names *names, Name name)
{
    return name->len <= IDENTIFIER_MAX
               ? name
               : intern(names, name->text, name_cut(name->text, name->len, IDENTIFIER_MAX));
}

/* Appends what fits: bytes past IDENTIFIER_MAX never reach a name. */
static size_t stem_add(char stem[IDENTIFIER_MAX], size_t len, const char *text, size_t text_len)
{
    size_t room = IDENTIFIER_MAX - len;
    size_t added = text_len < room ? text_len : room;
    memcpy(stem + len, text, added);
    return len + added;
}

static Name name_of_columns(Names *names, Name table, const NameList *columns, const char *suffix)
{
    char stem[IDENTIFIER_MAX];
    size_t len = stem_add(stem, 0, table->text, table->len);
    vec_each(const Name, column, columns) {
        len = stem_add(stem, len, "_", 1);
        len = stem_add(stem, len, (*column)->text, (*column)->len);
    }
    return name_with_suffix(names, stem, len, suffix);
}

Name name_primary_key(Names *names, Name table)
{
    return name_with_suffix(names, table->text, table->len, "_pkey");
}

Name name_unique(Names *names, Name table, const NameList *columns)
{
    return name_of_columns(names, table, columns, "_key");
}

Name name_index(Names *names, Name table, const NameList *columns)
{
    return name_of_columns(names, table, columns, "_idx");
}

Name name_foreign_key(Names *names, Name table, const NameList *columns)
{
    return name_of_columns(names, table, columns, "_fkey");
}

Name name_sequence(Names *names, Name table, Name column)
{
    const size_t room = IDENTIFIER_MAX - strlen("__seq");
    size_t first = table->len, second = column->len;
    while (first + second > room) {
        if (first > second) {
            first--;
        } else {
            second--;
        }
    }
    first = name_cut(table->text, table->len, first);
    second = name_cut(column->text, column->len, second);
    return intern_printf(names, "%.*s_%.*s_seq", (int)first, table->text, (int)second,
                         column->text);
}

typedef struct ReservedRow {
    const char *prefix, *suffix;
} ReservedRow;

static const ReservedRow reserved[] = {
#define RESERVED(kind, prefix, suffix) [RESERVED_##kind] = {prefix, suffix},
#include "compiler/catalog/reserved_names.def"
#undef RESERVED
};
static_assert(lengthof(reserved) == RESERVED_NAME_COUNT, "one row per kind");

enum { MARK_DIGITS = 8 }; /* 32 bits in hexadecimal digits */

static Name marked(Names *names, const ReservedRow *row, Name stem, uint32_t mark)
{
    const size_t around = strlen(row->prefix) + strlen(row->suffix) + strlen("_") + MARK_DIGITS;
    assert(around < IDENTIFIER_MAX);
    const size_t kept = name_cut(stem->text, stem->len, IDENTIFIER_MAX - around);
    return intern_printf(names, "%s%.*s_%08x%s", row->prefix, (int)kept, stem->text, mark,
                         row->suffix);
}

Name name_reserved(Names *names, ReservedName kind, Name stem)
{
    const ReservedRow *row = &reserved[kind];
    const bool fits = stem->len + strlen(row->prefix) + strlen(row->suffix) <= IDENTIFIER_MAX;
    return fits ? intern_printf(names, "%s%s%s", row->prefix, stem->text, row->suffix)
                : marked(names, row, stem, stem->hash);
}

Name name_reserved_of_column(Names *names, ReservedName kind, Name table, Name column)
{
    const Name stem = intern_printf(names, "%s_%s", table->text, column->text);
    const bool told = strchr(table->text, '_') == NULL && strchr(column->text, '_') == NULL;
    if (told) {
        return name_reserved(names, kind, stem);
    }
    /* The mark is the pair's: `a_b`.`c` and `a`.`b_c` are two. */
    const Name pair = intern_printf(names, "%s\x1f%s", table->text, column->text);
    return marked(names, &reserved[kind], stem, pair->hash);
}

/* --- names that pass on -----------------------------------------------------------------------
 */

typedef struct Moves {
    Arena *arena;
    Name *now;          /* by place */
    const Name *wanted; /* by place */
    Map bearers, heirs; /* name -> place + 1: of who has it, of who wants it */
    NameMoveList list;
} Moves;

static size_t place_in(const Map *map, Name name)
{
    return (size_t)(uintptr_t)map_get(map, name);
}

static void note_place(Moves *cx, Map *map, Name name, size_t at)
{
    map_put(cx->arena, map, name, (void *)(uintptr_t)(at + 1));
}

static void move(Moves *cx, size_t at, Name to)
{
    vec_push(cx->arena, &cx->list, (NameMove){at, cx->now[at], to});
    map_remove(&cx->bearers, cx->now[at]);
    note_place(cx, &cx->bearers, to, at);
    cx->now[at] = to;
}

/* Not even a user's name of that form is in the way. */
static Name between(const Moves *cx, Names *names, Name name)
{
    Name made = name_reserved(names, RESERVED_BETWEEN, name);
    while (place_in(&cx->bearers, made) > 0) {
        made = name_reserved(names, RESERVED_BETWEEN, made);
    }
    return made;
}

static bool may_move(const Moves *cx, size_t at)
{
    return cx->now[at] != cx->wanted[at] && place_in(&cx->bearers, cx->wanted[at]) == 0;
}

/* It moves, then whoever waits for the name it had, and so on. */
static void move_chain(Moves *cx, size_t at)
{
    while (may_move(cx, at)) {
        const Name left = cx->now[at];
        move(cx, at, cx->wanted[at]);
        const size_t heir = place_in(&cx->heirs, left);
        at = heir > 0 ? heir - 1 : at;
    }
}

NameMoveList name_moves(Arena *arena, Names *names, const Name *before, const Name *after,
                        size_t count)
{
    Moves cx = {.arena = arena, .now = arena_array(arena, Name, count + 1), .wanted = after};
    for (size_t i = 0; i < count; i++) {
        cx.now[i] = before[i];
        note_place(&cx, &cx.bearers, before[i], i);
        note_place(&cx, &cx.heirs, after[i], i);
    }
    for (size_t i = 0; i < count; i++) {
        move_chain(&cx, i);
    }
    for (size_t i = 0; i < count; i++) { /* what is left goes in circles */
        const Name left = cx.now[i];
        if (left != after[i]) {
            move(&cx, i, between(&cx, names, left));
            move_chain(&cx, place_in(&cx.heirs, left) - 1);
        }
    }
    return cx.list;
}

/* --- implicit many-to-many ---------------------------------------------------------------------
 */

Name name_join_table(Names *names, Name relation)
{
    char text[IDENTIFIER_MAX] = "_";
    size_t kept = name_cut(relation->text, relation->len, IDENTIFIER_MAX - 1);
    memcpy(text + 1, relation->text, kept);
    return intern(names, text, kept + 1);
}

Name name_join_primary_key(Names *names, Name table)
{
    return name_with_suffix(names, table->text, table->len, "_AB_pkey");
}

Name name_join_index(Names *names, Name table)
{
    return name_with_suffix(names, table->text, table->len, "_B_index");
}

Name name_join_foreign_key(Names *names, Name table, char side)
{
    const char suffix[] = {'_', side, '_', 'f', 'k', 'e', 'y', '\0'};
    return name_with_suffix(names, table->text, table->len, suffix);
}
