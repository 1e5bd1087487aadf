#include "base/common.h"

#include "compiler/plan/diff/enum_uses.h"

#include "base/object_map.h"
#include "compiler/plan/diff/fill_hint.h"
#include "compiler/plan/diff/text_words.h"

struct EnumUses {
    Arena *arena;
    ObjectMap columns;  /* EnumType -> ColumnList */
    TextWords *texts;   /* of all: by them a type's name is found */
    ObjectMap of_table; /* Table -> TextWords: by them a column's, beside which values stand */
    ObjectMap users;    /* Column or Index -> EnumUser */
};

/* --- notes -------------------------------------------------------------------------------------
 */

static EnumUser *user_of(EnumUses *uses, const void *object, EnumUser is)
{
    EnumUser *user = object_map_get(&uses->users, object);
    if (user == NULL) {
        user = arena_make(uses->arena, EnumUser);
        *user = is;
        object_map_put(uses->arena, &uses->users, object, user);
    }
    return user;
}

static void note_text(EnumUses *uses, const Table *table, const char *text, EnumUser *user)
{
    TextWords *words = object_map_get(&uses->of_table, table);
    if (words == NULL) {
        words = text_words_new(uses->arena);
        object_map_put(uses->arena, &uses->of_table, table, words);
    }
    text_words_note(words, text, user);
    text_words_note(uses->texts, text, user);
}

ColumnList *enum_uses_columns(EnumUses *uses, const EnumType *type)
{
    ColumnList *columns = object_map_get(&uses->columns, type);
    if (columns == NULL) {
        columns = arena_make(uses->arena, ColumnList);
        object_map_put(uses->arena, &uses->columns, type, columns);
    }
    return columns;
}

void enum_uses_note_texts(EnumUses *uses, Column *column)
{
    size_t start, end;
    const bool expression = column->dflt.kind == DEFAULT_EXPRESSION;
    const bool hint = fill_hint_find(column->doc, FILL_HINT_UP, &start, &end) ||
                      fill_hint_find(column->doc, FILL_HINT_DOWN, &start, &end);
    if (!expression && column->generated == NULL && !hint) {
        return;
    }
    EnumUser *user = user_of(uses, column, (EnumUser){.column = column});
    if (expression) {
        note_text(uses, column->table, column->dflt.text->text, user);
    }
    if (column->generated != NULL) {
        note_text(uses, column->table, column->generated->text, user);
    }
    if (hint) {
        note_text(uses, column->table, column->doc, user);
    }
}

void enum_uses_note_column(EnumUses *uses, Column *column)
{
    if (column->type.id == TYPE_ENUM) {
        (void)user_of(uses, column, (EnumUser){.column = column});
        vec_push(uses->arena, enum_uses_columns(uses, column->type.enum_type), column);
    }
    enum_uses_note_texts(uses, column);
}

void enum_uses_note_index(EnumUses *uses, Index *index)
{
    if (index->predicate != NULL) {
        note_text(uses, index->table, index->predicate->text,
                  user_of(uses, index, (EnumUser){.index = index}));
    }
    vec_each(const IndexPart, part, &index->parts) {
        if (part->expression != NULL) {
            note_text(uses, index->table, part->expression->text,
                      user_of(uses, index, (EnumUser){.index = index}));
        }
    }
}

EnumUses *enum_uses_of(Arena *arena, const Catalog *catalog)
{
    EnumUses *uses = arena_make(arena, EnumUses);
    *uses = (EnumUses){.arena = arena, .texts = text_words_new(arena)};
    vec_each(Table *const, table, &catalog->tables) {
        vec_each(Column *const, column, &(*table)->columns) {
            enum_uses_note_column(uses, *column);
        }
        vec_each(Index *const, index, &(*table)->indexes) {
            enum_uses_note_index(uses, *index);
        }
    }
    return uses;
}

/* --- questions ---------------------------------------------------------------------------------
 */

typedef struct Found {
    Arena *arena;
    ObjectMap seen;
    EnumUserList users;
} Found;

static void find(void *of, void *owner)
{
    Found *found = of;
    if (object_map_get(&found->seen, owner) == NULL) {
        object_map_put(found->arena, &found->seen, owner, owner);
        vec_push(found->arena, &found->users, owner);
    }
}

EnumUserList enum_uses_texts(EnumUses *uses, Arena *arena, const EnumType *type, bool values)
{
    Found found = {.arena = arena};
    text_words_find(uses->texts, type->name, find, &found);
    const ColumnList *columns = enum_uses_columns(uses, type);
    for (size_t i = 0; values && i < columns->count; i++) {
        const Column *column = columns->items[i];
        const TextWords *words = object_map_get(&uses->of_table, column->table);
        find(&found, object_map_get(&uses->users, column));
        if (words != NULL) {
            text_words_find(words, column->name, find, &found);
        }
    }
    return found.users;
}
