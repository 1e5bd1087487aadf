/*
 * catalog_lines.c - a catalog as lines, each of which says all of one object by which a replay in
 * memory and a server are to be the same.
 *
 * Definitions are left out where both may write them otherwise: those are compared by meaning.
 */
#include "base/common.h"

#include "tests/harness/catalog_lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "compiler/canon/canon.h"

static const char *text_of(Name name)
{
    return name == NULL ? "-" : name->text;
}

static void put_type(StrBuf *out, const ColumnType *type)
{
    if (type->id == TYPE_ENUM) {
        strbuf_printf(out, "enum %s.%s", type->enum_type->schema->text,
                      type->enum_type->name->text);
    } else if (type->id == TYPE_OTHER) {
        strbuf_printf(out, "other %s", text_of(type->raw_canonical));
    } else {
        strbuf_printf(out, "type %d", (int)type->id);
    }
    strbuf_printf(out, "(%d,%d)%s", (int)type->arguments[0], (int)type->arguments[1],
                  type->list ? "[]" : "");
    strbuf_add(out, type->domain_of == NULL ? "" : " domain");
}

static void put_default(StrBuf *out, const Default *dflt)
{
    if (dflt->kind == DEFAULT_SEQUENCE) {
        const Sequence *sequence = dflt->sequence;
        strbuf_printf(out, " sequence %s.%s %s %s", sequence == NULL ? "-" : sequence->schema->text,
                      sequence == NULL ? "-" : sequence->name->text,
                      sequence == NULL ? "-" : text_of(sequence->data_type),
                      sequence != NULL && sequence->owned ? "owned" : "");
    } else if (dflt->kind != DEFAULT_NONE) {
        strbuf_printf(out, " default %d %s", (int)dflt->kind, text_of(dflt->canonical));
    }
}

static void put_columns(StrBuf *out, Column *const *columns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        strbuf_printf(out, " %s.%s", columns[i]->table->name->text, columns[i]->name->text);
    }
}

static void put_column(StrBuf *out, const Column *column)
{
    strbuf_printf(out, "column %s.%s.%s %u ", column->table->schema->text,
                  column->table->name->text, column->name->text, column->position);
    put_type(out, &column->type);
    put_default(out, &column->dflt);
    strbuf_printf(out, "%s identity %d generated %s collation %s\n",
                  column->not_null ? " not null" : "", (int)column->identity,
                  text_of(column->generated_canonical), text_of(column->collation));
}

static void put_index(StrBuf *out, const Index *index)
{
    strbuf_printf(out,
                  "index %s.%s kind %d method %d %s constraint %d valid %d distinct %d "
                  "deferrable %d where %s:",
                  index->table->name->text, index->name->text, (int)index->kind, (int)index->method,
                  text_of(index->method_name), index->is_constraint, index->valid,
                  index->nulls_not_distinct, index->deferrable,
                  text_of(index->predicate_canonical));
    vec_each(const IndexPart, part, &index->parts) {
        strbuf_printf(out, " %s sort %d nulls %d %s%s %s", part->column->name->text,
                      (int)part->sort, (int)part->nulls, text_of(part->operator_class),
                      part->operator_class_is_default ? "*" : "", text_of(part->collation));
    }
    strbuf_add(out, " include");
    put_columns(out, index->include.items, index->include.count);
    strbuf_char(out, '\n');
}

static void put_key(StrBuf *out, const ForeignKey *key)
{
    strbuf_printf(out, "key %s.%s on %s delete %d update %d deferrable %d %d valid %d:",
                  key->table->name->text, key->name->text, text_of(key->rests_on),
                  (int)key->on_delete, (int)key->on_update, key->deferrable,
                  key->initially_deferred, key->valid);
    put_columns(out, key->columns.items, key->columns.count);
    strbuf_add(out, " ->");
    put_columns(out, key->referenced_columns.items, key->referenced_columns.count);
    strbuf_char(out, '\n');
}

static void put_table(StrBuf *out, const Table *table)
{
    strbuf_printf(out, "table %s.%s join %d partitioned %d security %d children %d\n",
                  table->schema->text, table->name->text, table->is_join_table,
                  table->is_partitioned, table->has_row_security, table->has_children);
    vec_each(Column *const, at, &table->columns) {
        put_column(out, *at);
    }
    if (table->primary_key != NULL) {
        strbuf_printf(out, "primary %s.%s deferrable %d", table->name->text,
                      table->primary_key->name->text, table->primary_key->deferrable);
        put_columns(out, table->primary_key->columns.items, table->primary_key->columns.count);
        strbuf_char(out, '\n');
    }
    vec_each(Index *const, at, &table->indexes) {
        put_index(out, *at);
    }
    vec_each(ForeignKey *const, at, &table->foreign_keys) {
        put_key(out, *at);
    }
}

/* What is inside the outer brackets of `CHECK (...)`. */
static const char *check_inside(Arena *arena, const Opaque *opaque)
{
    const char *start = strchr(opaque->definition->text, '(');
    const char *end = strrchr(opaque->definition->text, ')');
    return start == NULL || end <= start ? opaque->definition->text
                                         : arena_strndup(arena, start, (size_t)(end + 1 - start));
}

/* Up to one of the words. */
static void put_before(StrBuf *out, const char *text, const char *first, const char *second)
{
    const char *a = strstr(text, first), *b = strstr(text, second);
    const char *end = a == NULL || (b != NULL && b < a) ? b : a;
    strbuf_addn(out, text, end == NULL ? strlen(text) : (size_t)(end - text));
}

static void put_definition(StrBuf *out, Arena *arena, const Catalog *catalog, const Opaque *opaque)
{
    switch ((int)opaque->kind) {
    case OPAQUE_CHECK:
        strbuf_add(out, canon_predicate(catalog, opaque->table, check_inside(arena, opaque))->text);
        strbuf_add(out, strstr(opaque->definition->text, " NOT VALID") != NULL ? " NOT VALID" : "");
        break;
    case OPAQUE_PARTIAL_INDEX:
        strbuf_add(out, canon_predicate(catalog, opaque->table, opaque->definition->text)->text);
        break;
    case OPAQUE_GENERATED_COLUMN: /* with its column */
    case OPAQUE_EXPRESSION_INDEX: /* as it is written */
    case OPAQUE_TRIGGER:
    case OPAQUE_FUNCTION:
    case OPAQUE_VIEW:
    case OPAQUE_MATERIALIZED_VIEW:
    case OPAQUE_RULE:
    case OPAQUE_EXCLUSION:
    case OPAQUE_STATISTICS:
        break;
    case OPAQUE_POLICY: /* its expressions are */
        put_before(out, opaque->definition->text, " USING", " WITH CHECK");
        break;
    case OPAQUE_DOMAIN:
        put_before(out, opaque->definition->text, " DEFAULT", " CONSTRAINT");
        break;
    default:
        strbuf_add(out, opaque->definition->text);
        break;
    }
}

static int compare_columns(const void *a, const void *b)
{
    const Column *x = *(Column *const *)a, *y = *(Column *const *)b;
    const int order = name_compare(x->table->name, y->table->name);
    return order != 0 ? order : name_compare(x->name, y->name);
}

static int compare_tables(const void *a, const void *b)
{
    const Table *x = *(Table *const *)a, *y = *(Table *const *)b;
    return name_compare(x->name, y->name);
}

static int compare_enums(const void *a, const void *b)
{
    const EnumType *x = *(EnumType *const *)a, *y = *(EnumType *const *)b;
    return name_compare(x->name, y->name);
}

/* What it uses is a set, found in one order by a server and in another by a text. */
static void sort_uses(Opaque *opaque)
{
    if (opaque->columns.count > 1) {
        qsort(opaque->columns.items, opaque->columns.count, sizeof *opaque->columns.items,
              compare_columns);
    }
    if (opaque->tables.count > 1) {
        qsort(opaque->tables.items, opaque->tables.count, sizeof *opaque->tables.items,
              compare_tables);
    }
    if (opaque->enums.count > 1) {
        qsort(opaque->enums.items, opaque->enums.count, sizeof *opaque->enums.items, compare_enums);
    }
    if (opaque->keyed.count > 1) {
        qsort(opaque->keyed.items, opaque->keyed.count, sizeof *opaque->keyed.items,
              compare_tables);
    }
}

static void put_opaque(StrBuf *out, Arena *arena, const Catalog *catalog, Opaque *opaque)
{
    StrBuf line = strbuf_new(STRBUF_MAX);
    strbuf_printf(&line, "opaque %s %s.%s.%s part %s as ", opaque_word(opaque->kind),
                  text_of(opaque->schema), text_of(opaque->relation), opaque->name->text,
                  text_of(opaque->part));
    put_definition(&line, arena, catalog, opaque);
    strbuf_add(&line, " uses");
    sort_uses(opaque);
    put_columns(&line, opaque->columns.items, opaque->columns.count);
    strbuf_add(&line, " tables");
    vec_each(Table *const, at, &opaque->tables) {
        strbuf_printf(&line, " %s", (*at)->name->text);
    }
    strbuf_add(&line, " enums");
    vec_each(EnumType *const, at, &opaque->enums) {
        strbuf_printf(&line, " %s", (*at)->name->text);
    }
    strbuf_add(&line, " keyed");
    vec_each(Table *const, at, &opaque->keyed) {
        strbuf_printf(&line, " %s", (*at)->name->text);
    }
    for (size_t i = 0; i < line.len; i++) {
        strbuf_char(out, line.text[i] == '\n' ? ' ' : line.text[i]);
    }
    strbuf_char(out, '\n');
    strbuf_dispose(&line);
}

/* What the role that runs the scripts may is no privilege on a server, whatever it is called; in
 * memory nobody knows what it is called. */
static bool is_of_deployer(const Opaque *object, Name deployer)
{
    const size_t len = deployer == NULL ? 0 : deployer->len;
    return object->kind == OPAQUE_PRIVILEGE && len > 0 && object->name->len > len + 4 &&
           strcmp(object->name->text + object->name->len - len, deployer->text) == 0 &&
           strncmp(object->name->text + object->name->len - len - 4, " to ", 4) == 0;
}

char *catalog_lines(Arena *arena, const Catalog *catalog, Name deployer)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    vec_each(Schema *const, at, &catalog->schemas) {
        strbuf_printf(&out, "schema %s\n", (*at)->name->text);
    }
    vec_each(Extension *const, at, &catalog->extensions) {
        strbuf_printf(&out, "extension %s %s\n", (*at)->name->text, text_of((*at)->schema));
    }
    vec_each(EnumType *const, at, &catalog->enums) {
        strbuf_printf(&out, "enum %s.%s", (*at)->schema->text, (*at)->name->text);
        vec_each(Name, value, &(*at)->values) {
            strbuf_printf(&out, " '%s'", (*value)->text);
        }
        strbuf_char(&out, '\n');
    }
    vec_each(Table *const, at, &catalog->tables) {
        put_table(&out, *at);
    }
    vec_each(Opaque *const, at, &catalog->opaque) {
        if ((*at)->kind < OPAQUE_OWNER &&
            !is_of_deployer(*at, deployer)) { /* the others only a whole comparison reads */
            put_opaque(&out, arena, catalog, *at);
        }
    }
    return strbuf_take(&out, arena);
}

bool difference_is_claim(const Difference *difference)
{
    return difference->kind != DIFFERENCE_CHANGED || difference->is_fact ||
           difference->expected != NULL; /* a value, and told as one */
}
