/*
 * sql_emit_view.c - a renamed table behind a view under its old name.
 *
 * The view must be to every role what the table was, and other plans may wait behind it: only the
 * server that runs the script knows either, so the script is a block that reads them there
 * (compiler/blocks/view_block.h). Reads only the step and the catalogs it points into.
 */
#include "base/common.h"

#include "compiler/blocks/view_block.h"
#include "compiler/catalog/naming.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/emit/sql_emit.h"

/* The view has the table's old name until it goes. */
static void view_name(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Table *before = step->before.table;
    sql_qualified(out, cx->plan->to, before->schema, before->name);
}

static Name base_schema(const Step *step)
{
    return step->name != NULL ? step->before.table->schema : step->after.table->schema;
}

static Name base_name(const Step *step)
{
    return step->name != NULL ? step->name : step->after.table->name;
}

/* What people read above the block. */
static void add_line(StrBuf *out, StrBuf *line)
{
    sql_line_comment(out, strbuf_text(line));
    strbuf_dispose(line);
}

static void explain_raise(StrBuf *out, const Emitter *cx, const Step *step)
{
    StrBuf line = strbuf_new(STRBUF_MAX);
    view_name(&line, cx, step);
    strbuf_add(&line, " becomes a view over ");
    sql_qualified(&line, cx->plan->to, base_schema(step), base_name(step));
    strbuf_add(&line, step->name != NULL && step->clauses.count > 0
                          ? ", and shows what is renamed there under both names:"
                          : ", and shows what the old program knows.");
    add_line(out, &line);
    vec_each(const Clause, clause, &step->clauses) {
        line = strbuf_new(STRBUF_MAX);
        sql_ident(&line, clause->before->name);
        strbuf_add(&line, " is called ");
        sql_ident(&line, clause->after->name);
        add_line(out, &line);
    }
}

static void explain_lower(StrBuf *out, const Emitter *cx, const Step *step)
{
    StrBuf line = strbuf_new(STRBUF_MAX);
    vec_each(const Clause, clause, &step->clauses) {
        strbuf_add(&line, clause == step->clauses.items ? "" : ", ");
        view_name(&line, cx, step);
        strbuf_char(&line, '.');
        sql_ident(&line, clause->before->name);
    }
    strbuf_add(&line, " goes; the view with it, unless another plan still waits behind it.");
    add_line(out, &line);
}

static void begin_block(const Emitter *cx, const Step *step, ViewBlock *block)
{
    const Table *before = step->before.table;
    const bool is_stated = before->schema != NULL && before->schema != cx->plan->to->default_schema;
    block->face_schema = is_stated ? before->schema->text : NULL;
    block->face = before->name->text;
}

static void add_names(const Emitter *cx, const Step *step, ViewBlock *block, bool back)
{
    vec_each(const Clause, clause, &step->clauses) {
        vec_push(cx->arena, &block->from, (back ? clause->after : clause->before)->name->text);
        vec_push(cx->arena, &block->to, (back ? clause->before : clause->after)->name->text);
    }
}

static void end_block(StrBuf *out, const ViewBlock *block)
{
    StrBuf body = strbuf_new(STRBUF_MAX);
    view_block_write(&body, block);
    emit_dollar_block(out, "DO ", &body);
}

void emit_compatibility_view(StrBuf *out, const Emitter *cx, const Step *step)
{
    const Table *before = step->before.table;
    ViewBlock block = {.table = base_name(step)->text, .both = step->name != NULL};
    begin_block(cx, step, &block);
    add_names(cx, step, &block, false);
    if (base_schema(step) != before->schema) {
        block.schema = base_schema(step)->text;
    }
    explain_raise(out, cx, step);
    end_block(out, &block);
}

static void begin_lowering(const Emitter *cx, const Step *step, ViewBlock *block)
{
    Names *names = cx->plan->to->names;
    const Name name = step->before.table->name;
    begin_block(cx, step, block);
    block->lowers = true;
    block->table = name_reserved(names, RESERVED_BEHIND, name)->text;
    block->aside = name_reserved(names, RESERVED_RETIRED, name)->text;
}

/* A view under a table's old name goes as it stands: names of another plan it may not show any
 * more, for who knows them knows that name of the table. */
void emit_drop_compatibility_view(StrBuf *out, const Emitter *cx, const Step *step)
{
    if (step->name == NULL) {
        strbuf_add(out, "DROP VIEW ");
        view_name(out, cx, step);
        strbuf_add(out, ";\n");
        return;
    }
    ViewBlock block = {0};
    begin_lowering(cx, step, &block);
    vec_each(const Clause, clause, &step->clauses) {
        vec_push(cx->arena, &block.gone, clause->before->name->text);
    }
    explain_lower(out, cx, step);
    end_block(out, &block);
}

/* The old names are the table's again, and the new ones go. */
void emit_take_back_view(StrBuf *out, const Emitter *cx, const Step *step)
{
    ViewBlock block = {.takes_table = step->name == NULL};
    begin_lowering(cx, step, &block);
    add_names(cx, step, &block, true);
    vec_each(const Clause, clause, &step->clauses) {
        if (step->name != NULL) {
            vec_push(cx->arena, &block.gone, clause->after->name->text);
        }
    }
    end_block(out, &block);
}
