/*
 * order_describe.c - a step in a few words, for the diagnostic that names the members of a circle.
 */
#include "base/common.h"

#include "compiler/plan/order/order_internal.h"

/* The object within a table, or without one, that the step is about; NULL: the table itself. */
static Name part_name(const Subject *subject)
{
    if (subject->column != NULL) {
        return subject->column->name;
    }
    if (subject->index != NULL) {
        return subject->index->name;
    }
    if (subject->foreign_key != NULL) {
        return subject->foreign_key->name;
    }
    if (subject->primary_key != NULL) {
        return subject->primary_key->name;
    }
    if (subject->enum_type != NULL) {
        return subject->enum_type->name;
    }
    if (subject->extension != NULL) {
        return subject->extension->name;
    }
    return subject->table == NULL && subject->schema != NULL ? subject->schema->name : NULL;
}

void order_describe_step(StrBuf *out, const Step *step)
{
    const Subject *first = &step->before, *second = &step->after;
    const Name part = part_name(first) != NULL ? part_name(first) : part_name(second);
    const Table *table = first->table != NULL ? first->table : second->table;
    strbuf_add(out, step_row(step->kind)->summary);
    if (part != NULL) {
        strbuf_printf(out, " `%s`", part->text);
    }
    if (table != NULL) {
        strbuf_printf(out, "%s `%s`", part == NULL ? "" : " of", table->name->text);
    }
}
