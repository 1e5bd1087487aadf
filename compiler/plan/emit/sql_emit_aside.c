/*
 * sql_emit_aside.c - what rests on columns that change their type steps aside, and comes back.
 *
 * Only the server that runs the script knows all that does, and how it tells it: the statements are
 * two blocks (compiler/blocks/aside_block.h). Reads only the step and the catalogs it points into.
 */
#include "base/common.h"

#include <string.h>

#include "compiler/blocks/aside_block.h"
#include "compiler/catalog/casts.h"
#include "compiler/catalog/naming.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/emit/sql_emit.h"

static const char *stated_schema(const Emitter *cx, Name schema)
{
    return schema != NULL && schema != cx->plan->to->default_schema ? schema->text : NULL;
}

static const char *type_under_every_path(const Emitter *cx, const ColumnType *named)
{
    const Catalog everywhere = sql_everywhere(cx->plan->to);
    const ColumnType now = world_type_now(cx->world, named);
    StrBuf text = strbuf_new(STRBUF_MAX);
    sql_type(&text, &everywhere, &now);
    return strbuf_take(&text, cx->arena);
}

static void add_column(const Emitter *cx, const Clause *clause, AsideBlock *block)
{
    const Column *wanted = clause->after;
    const Table *table = world_table_now(cx->world, wanted->table);
    const Name first = world_column_now(cx->world, wanted)->name;
    const bool named =
        clause->before != NULL && world_column_now(cx->world, clause->before)->name == wanted->name;
    vec_push(
        cx->arena, &block->columns,
        ((AsideColumn){
            .schema = stated_schema(cx, table->schema),
            .table = table->name->text,
            .name = first->text,
            .now = named ? wanted->name->text : first->text,
            .type = type_under_every_path(cx, &wanted->type),
            .between = name_reserved(cx->plan->to->names, RESERVED_BEHIND, wanted->name)->text}));
    block->replaces |= clause->before != NULL;
}

/* An enum that another takes the place of, with the columns. */
static void add_type(const Emitter *cx, const Clause *clause, AsideBlock *block)
{
    const Column *before = clause->cause->before.column;
    const EnumType *type = before == NULL ? NULL : before->type.enum_type;
    if (clause->before == NULL || type == NULL || !column_keeps_enum(before, clause->after, type)) {
        return;
    }
    const EnumType *now = world_enum_now(cx->world, cx->arena, type);
    vec_each(const AsideType, at, &block->types) {
        if (strcmp(at->name, now->name->text) == 0) {
            return;
        }
    }
    vec_push(cx->arena, &block->types,
             ((AsideType){.schema = stated_schema(cx, now->schema), .name = now->name->text}));
}

void emit_set_aside(StrBuf *out, const Emitter *cx, const Step *step)
{
    AsideBlock block = {0};
    StrBuf body = strbuf_new(STRBUF_MAX);
    vec_each(const Clause, clause, &step->clauses) {
        add_column(cx, clause, &block);
        add_type(cx, clause, &block);
    }
    sql_line_comment(
        out, "Views, rules, policies and triggers over the columns go, whoever made them, ...");
    aside_block_write(&body, &block);
    emit_dollar_block(out, "DO ", &body);
}

void emit_remake(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Table *table = world_table_now(cx->world, step->clauses.items[0].after->table);
    StrBuf body = strbuf_new(STRBUF_MAX);
    sql_line_comment(out, "... and come back as they were.");
    remade_block_write(&body, stated_schema(cx, table->schema), table->name->text);
    emit_dollar_block(out, "DO ", &body);
}
