/*
 * diff_print.c - a difference in words: diff_summary for people, diff_dump for tests.
 */
#include "base/common.h"

#include "compiler/plan/diff/diff.h"

#include "base/text/show.h"
#include "compiler/catalog/casts.h"
#include "compiler/catalog/sql_write.h"

/* --- summary: objects --------------------------------------------------------------------------
 */

static const char *object_name(const Change *change)
{
    const Subject *side = &change->after;
    if (change->kind == CHANGE_DROP_ENUM || change->kind == CHANGE_DROP_TABLE) {
        side = &change->before;
    }
    if (side->schema != NULL) {
        return side->schema->name->text;
    }
    if (side->extension != NULL) {
        return side->extension->name->text;
    }
    return side->enum_type != NULL ? side->enum_type->name->text : side->table->name->text;
}

static void list_kind(StrBuf *out, const Diff *diff, ChangeKind kind, const char *title)
{
    bool any = false;
    vec_each(Change *, at, &diff->changes) {
        if ((*at)->kind == kind) {
            if (!any) {
                show_printf(out, "\n%s\n", title);
            }
            show_printf(out, "  - %s\n", object_name(*at));
            any = true;
        }
    }
}

/* --- summary: enums ----------------------------------------------------------------------------
 */

static void enum_block(StrBuf *out, const Change *change)
{
    const EnumType *before = change->before.enum_type, *after = change->after.enum_type;
    show_printf(out, "\n[*] Changed the `%s` enum\n", after->name->text);
    vec_each(Name, value, &after->values) {
        if (!enum_has_value(before, *value)) {
            show_printf(out, "  [+] Added variant `%s`\n", (*value)->text);
        }
    }
    vec_each(Name, value, &before->values) {
        if (!enum_has_value(after, *value)) {
            show_printf(out, "  [-] Removed variant `%s`\n", (*value)->text);
        }
    }
}

/* --- summary: tables ---------------------------------------------------------------------------
 */

static void column_names(StrBuf *out, Column *const *columns, size_t count)
{
    strbuf_char(out, '(');
    for (size_t i = 0; i < count; i++) {
        show_printf(out, "%s%s", i > 0 ? ", " : "", columns[i]->name->text);
    }
    strbuf_add(out, ")\n");
}

static void index_names(StrBuf *out, const Index *index)
{
    strbuf_char(out, '(');
    for (size_t i = 0; i < index->parts.count; i++) {
        const IndexPart *part = &index->parts.items[i];
        show_printf(out, "%s%s", i > 0 ? ", " : "",
                    part->column != NULL ? part->column->name->text : part->expression->text);
    }
    strbuf_add(out, ")\n");
}

static const char *arity(const Column *column)
{
    if (column->type.list) {
        return "List";
    }
    return column->not_null ? "Required" : "Nullable";
}

static void default_words(StrBuf *out, const Catalog *catalog, const Column *column)
{
    if (column->dflt.kind == DEFAULT_NONE) {
        strbuf_add(out, "none");
    } else if (column->dflt.kind == DEFAULT_SEQUENCE) {
        strbuf_add(out, "a sequence");
    } else if (column->dflt.kind == DEFAULT_OPAQUE) {
        strbuf_add(out, "whatever the database has");
    } else {
        StrBuf text = strbuf_new(STRBUF_MAX);
        sql_default(&text, catalog, column);
        show_printf(out, "`%s`", strbuf_text(&text));
        strbuf_dispose(&text);
    }
}

static const char *comma(const char **separator)
{
    const char *now = *separator;
    *separator = ", ";
    return now;
}

static void column_facets(StrBuf *out, const Diff *diff, const Change *change)
{
    const Column *before = change->before.column, *after = change->after.column;
    const char *separator = "";
    if (change->facets & (FACET_NULLABILITY | FACET_LIST)) {
        show_printf(out, "%schanged from %s to %s", comma(&separator), arity(before), arity(after));
    }
    if (change->facets & FACET_DEFAULT) {
        show_printf(out, "%sdefault changed from ", comma(&separator));
        default_words(out, diff->from, before);
        strbuf_add(out, " to ");
        default_words(out, diff->to, after);
    }
    if (change->facets & FACET_SEQUENCE) {
        const bool gains = after->dflt.kind == DEFAULT_SEQUENCE || after->identity != IDENTITY_NONE;
        show_printf(out, "%s%s", comma(&separator),
                    gains ? "column became autoincrementing"
                          : "column is no longer autoincrementing");
    }
    if (change->facets & FACET_TYPE) {
        show_printf(out, "%stype changed", comma(&separator));
    }
}

static void column_line(StrBuf *out, const Diff *diff, const Change *change)
{
    const Column *after = change->after.column;
    const bool recreated =
        (change->facets & FACET_TYPE) &&
        cast_between(&change->before.column->type, &after->type) == CAST_IMPOSSIBLE;
    show_printf(out,
                recreated ? "  [*] Column `%s` would be dropped and recreated ("
                          : "  [*] Altered column `%s` (",
                after->name->text);
    column_facets(out, diff, change);
    strbuf_add(out, ")\n");
}

static void key_words(StrBuf *out, const char *words, const PrimaryKey *key)
{
    show_printf(out, "  %s the primary key on columns ", words);
    column_names(out, key->columns.items, key->columns.count);
}

/* The lines come in passes, drops before additions: place of a change's lines in its table's
 * block. */
typedef enum Pass {
    PASS_RENAMED_TABLE,
    PASS_DROP_INDEX,
    PASS_DROP_FOREIGN_KEY,
    PASS_DROP_KEY,
    PASS_RENAME_KEY,
    PASS_DROP_COLUMN,
    PASS_ADD_COLUMN,
    PASS_RENAME_COLUMN,
    PASS_MODIFY_COLUMN,
    PASS_ADD_KEY,
    PASS_ADD_INDEX,
    PASS_RENAME_INDEX,
    PASS_RENAME_FOREIGN_KEY,
    PASS_ADD_FOREIGN_KEY,
    PASS_COUNT,
} Pass;

static void index_line(StrBuf *out, const char *sign, const char *word, const Index *index)
{
    show_printf(out, "  [%s] %s %sindex on columns ", sign, word,
                index->kind == INDEX_UNIQUE ? "unique " : "");
    index_names(out, index);
}

static void index_pass(StrBuf *out, const Change *change, Pass pass)
{
    if (pass == PASS_DROP_INDEX && change->kind == CHANGE_DROP_INDEX) {
        index_line(out, "-", "Removed", change->before.index);
    } else if (pass == PASS_ADD_INDEX && change->kind == CHANGE_ADD_INDEX) {
        index_line(out, "+", "Added", change->after.index);
    } else if (pass == PASS_RENAME_INDEX && change->kind == CHANGE_RENAME_INDEX) {
        show_printf(out, "  [*] Renamed index `%s` to `%s`\n", change->before.index->name->text,
                    change->after.index->name->text);
    }
}

static void foreign_key_pass(StrBuf *out, const Change *change, Pass pass)
{
    if (pass == PASS_DROP_FOREIGN_KEY && change->kind == CHANGE_DROP_FOREIGN_KEY) {
        const ForeignKey *key = change->before.foreign_key;
        strbuf_add(out, "  [-] Removed foreign key on columns ");
        column_names(out, key->columns.items, key->columns.count);
    } else if (pass == PASS_ADD_FOREIGN_KEY && change->kind == CHANGE_ADD_FOREIGN_KEY) {
        const ForeignKey *key = change->after.foreign_key;
        strbuf_add(out, "  [+] Added foreign key on columns ");
        column_names(out, key->columns.items, key->columns.count);
    } else if (pass == PASS_RENAME_FOREIGN_KEY && change->kind == CHANGE_RENAME_FOREIGN_KEY) {
        show_printf(out, "  [*] Renamed the foreign key \"%s\" to \"%s\"\n",
                    change->before.foreign_key->name->text, change->after.foreign_key->name->text);
    }
}

static void key_pass(StrBuf *out, const Change *change, Pass pass)
{
    const bool drops =
        change->kind == CHANGE_DROP_PRIMARY_KEY || change->kind == CHANGE_MODIFY_PRIMARY_KEY;
    const bool adds =
        change->kind == CHANGE_ADD_PRIMARY_KEY || change->kind == CHANGE_MODIFY_PRIMARY_KEY;
    if (pass == PASS_DROP_KEY && drops) {
        key_words(out, "[-] Dropped", change->before.primary_key);
    } else if (pass == PASS_ADD_KEY && adds) {
        strbuf_add(out, "  [+] Added primary key on columns ");
        column_names(out, change->after.primary_key->columns.items,
                     change->after.primary_key->columns.count);
    } else if (pass == PASS_RENAME_KEY && change->kind == CHANGE_RENAME_PRIMARY_KEY) {
        key_words(out, "[*] Renamed", change->before.primary_key);
    }
}

static void column_pass(StrBuf *out, const Diff *diff, const Change *change, Pass pass)
{
    if (pass == PASS_DROP_COLUMN && change->kind == CHANGE_DROP_COLUMN) {
        show_printf(out, "  [-] Removed column `%s`\n", change->before.column->name->text);
    } else if (pass == PASS_ADD_COLUMN && change->kind == CHANGE_ADD_COLUMN) {
        show_printf(out, "  [+] Added column `%s`\n", change->after.column->name->text);
    } else if (pass == PASS_RENAME_COLUMN && change->kind == CHANGE_RENAME_COLUMN) {
        show_printf(out, "  [*] Renamed column `%s` to `%s`\n", change->before.column->name->text,
                    change->after.column->name->text);
    } else if (pass == PASS_MODIFY_COLUMN && change->kind == CHANGE_MODIFY_COLUMN) {
        column_line(out, diff, change);
    } else if (pass == PASS_RENAMED_TABLE && change->kind == CHANGE_RENAME_TABLE) {
        show_printf(out, "  [*] Renamed the table to `%s`\n", change->after.table->name->text);
    }
}

/* The changes of one table, in the order their tables first appear. */
typedef struct TableBlock {
    const Table *table;
    ChangeList changes;
} TableBlock;

static bool is_part_of_table(const Change *change)
{
    const bool whole = change->kind == CHANGE_ADD_TABLE || change->kind == CHANGE_DROP_TABLE;
    return change->kind >= CHANGE_ADD_TABLE && !whole &&
           (change->after.table != NULL || change->before.table != NULL);
}

static void table_blocks(StrBuf *out, const Diff *diff)
{
    VEC(TableBlock *) blocks = {0};
    Map by_name = {0};
    vec_each(Change *, at, &diff->changes) {
        if (!is_part_of_table(*at)) {
            continue;
        }
        const Table *table = (*at)->after.table != NULL ? (*at)->after.table : (*at)->before.table;
        TableBlock *block = map_get2(&by_name, table->schema, table->name);
        if (block == NULL) {
            block = arena_make(diff->arena, TableBlock);
            block->table = table;
            vec_push(diff->arena, &blocks, block);
            map_put2(diff->arena, &by_name, table->schema, table->name, block);
        }
        vec_push(diff->arena, &block->changes, *at);
    }
    vec_each(TableBlock *, block, &blocks) {
        show_printf(out, "\n[*] Changed the `%s` table\n", (*block)->table->name->text);
        for (int pass = 0; pass < PASS_COUNT; pass++) {
            vec_each(Change *, at, &(*block)->changes) {
                index_pass(out, *at, (Pass)pass);
                foreign_key_pass(out, *at, (Pass)pass);
                key_pass(out, *at, (Pass)pass);
                column_pass(out, diff, *at, (Pass)pass);
            }
        }
    }
}

char *diff_summary(Arena *arena, const Diff *diff)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    list_kind(&out, diff, CHANGE_MODIFY_EXTENSION, "[*] Changed extensions");
    list_kind(&out, diff, CHANGE_ADD_EXTENSION, "[+] Added extensions");
    list_kind(&out, diff, CHANGE_ADD_SCHEMA, "[+] Added Schemas");
    list_kind(&out, diff, CHANGE_ADD_ENUM, "[+] Added enums");
    list_kind(&out, diff, CHANGE_ADD_TABLE, "[+] Added tables");
    list_kind(&out, diff, CHANGE_DROP_ENUM, "[-] Removed enums");
    list_kind(&out, diff, CHANGE_DROP_TABLE, "[-] Removed tables");
    list_kind(&out, diff, CHANGE_RENAME_ENUM, "[*] Renamed enums");
    vec_each(Change *, at, &diff->changes) {
        if ((*at)->kind == CHANGE_MODIFY_ENUM) {
            enum_block(&out, *at);
        }
    }
    table_blocks(&out, diff);
    if (out.len == 0) {
        strbuf_add(&out, "No difference detected.\n");
    }
    return strbuf_take(&out, arena);
}
