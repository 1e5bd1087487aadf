/*
 * online_type.c - what a change of a column's type does to its rows and to two generations of
 * programs.
 *
 * Free is a matter of the server (casts.h). Widening means a rewrite after which a program that
 * knows the old type still reads and writes.
 */
#include "base/common.h"

#include "compiler/catalog/casts.h"
#include "compiler/catalog/types.h"
#include "compiler/plan/online/online_internal.h"

/* Pairs whose values a program of the old schema reads and writes as before. */
static const TypeId wider[][2] = {
    {TYPE_SMALLINT, TYPE_INTEGER}, {TYPE_SMALLINT, TYPE_BIGINT},
    {TYPE_INTEGER, TYPE_BIGINT},   {TYPE_REAL, TYPE_DOUBLE_PRECISION},
    {TYPE_CHAR, TYPE_TEXT},        {TYPE_TIMESTAMP, TYPE_TIMESTAMPTZ},
    {TYPE_JSON, TYPE_JSONB},
};

static bool is_wider(const ColumnType *from, const ColumnType *to)
{
    if (from->list != to->list) {
        return false;
    }
    for (size_t i = 0; i < lengthof(wider); i++) {
        if (from->id == wider[i][0] && to->id == wider[i][1]) {
            return to->id != TYPE_TIMESTAMPTZ || cast_argument_grows(from, to, 0);
        }
    }
    bool lists_of_text =
        from->list && (from->id == TYPE_VARCHAR || from->id == TYPE_TEXT) && to->id == TYPE_TEXT;
    return lists_of_text || (from->list && from->id == TYPE_VARCHAR && to->id == TYPE_VARCHAR &&
                             cast_argument_grows(from, to, 0));
}

TypeChange online_type_change(const ColumnType *from, const ColumnType *to)
{
    if (cast_is_free(from, to)) {
        return TYPE_CHANGE_FREE;
    }
    return is_wider(from, to) ? TYPE_CHANGE_WIDENS : TYPE_CHANGE_BREAKS;
}
