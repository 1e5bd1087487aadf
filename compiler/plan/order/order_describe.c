/*
 * order_describe.c - a step in a few words, for the diagnostic that names the members of a circle.
 */
#include "base/common.h"

#include "compiler/plan/order/order_internal.h"

void order_describe_step(StrBuf *out, const Step *step)
{
    const Subject *first = &step->before, *second = &step->after;
    const Name part =
        subject_object(first) != NULL ? subject_object(first) : subject_object(second);
    const Table *table = first->table != NULL ? first->table : second->table;
    strbuf_add(out, step_row(step->kind)->summary);
    if (part != NULL) {
        strbuf_printf(out, " `%s`", part->text);
    }
    if (table != NULL) {
        strbuf_printf(out, "%s `%s`", part == NULL ? "" : " of", table->name->text);
    }
}
