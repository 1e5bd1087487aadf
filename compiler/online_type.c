/*
 * online_type.c - what a change of a column's type does to its rows and to two generations of
 * programs.
 *
 * Free means: no rewrite, no index rebuilt, measured on PostgreSQL 12 to 18. Widening means a
 * rewrite after which a program that knows the old type still reads and writes.
 */
#include "base/common.h"

#include "compiler/online.h"
#include "compiler/types.h"

/* Is there room in `to` for every value of `from`? No argument means no limit. */
static bool argument_grows(const ColumnType *from, const ColumnType *to, size_t which)
{
    int32_t old = from->arguments[which];
    int32_t new = to->arguments[which];
    return new == TYPE_NO_ARGUMENT || (old != TYPE_NO_ARGUMENT && old <= new);
}

static bool decimal_grows_freely(const ColumnType *from, const ColumnType *to)
{
    if (to->arguments[0] == TYPE_NO_ARGUMENT) {
        return true;
    }
    return from->arguments[0] != TYPE_NO_ARGUMENT && from->arguments[1] == to->arguments[1] &&
           from->arguments[0] <= to->arguments[0];
}

static bool text_grows_freely(const ColumnType *from, const ColumnType *to)
{
    if (to->id == TYPE_TEXT) {
        return from->id == TYPE_VARCHAR || from->id == TYPE_TEXT;
    }
    if (to->id != TYPE_VARCHAR) {
        return false;
    }
    return from->id == TYPE_VARCHAR ? argument_grows(from, to, 0)
                                    : from->id == TYPE_TEXT && to->arguments[0] == TYPE_NO_ARGUMENT;
}

/* Lists are never free: only the scalar coercions are known to leave the heap alone. */
static bool is_free(const ColumnType *from, const ColumnType *to)
{
    if (from->list || to->list) {
        return false;
    }
    if (text_grows_freely(from, to)) {
        return true;
    }
    if (from->id != to->id) {
        return false;
    }
    if (to->id == TYPE_DECIMAL) {
        return decimal_grows_freely(from, to);
    }
    bool precise = to->id == TYPE_TIMESTAMP || to->id == TYPE_TIMESTAMPTZ || to->id == TYPE_TIME ||
                   to->id == TYPE_TIMETZ || to->id == TYPE_VARBIT;
    return precise && argument_grows(from, to, 0);
}

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
            return to->id != TYPE_TIMESTAMPTZ || argument_grows(from, to, 0);
        }
    }
    bool lists_of_text =
        from->list && (from->id == TYPE_VARCHAR || from->id == TYPE_TEXT) && to->id == TYPE_TEXT;
    return lists_of_text || (from->list && from->id == TYPE_VARCHAR && to->id == TYPE_VARCHAR &&
                             argument_grows(from, to, 0));
}

TypeChange online_type_change(const ColumnType *from, const ColumnType *to)
{
    if (is_free(from, to)) {
        return TYPE_CHANGE_FREE;
    }
    return is_wider(from, to) ? TYPE_CHANGE_WIDENS : TYPE_CHANGE_BREAKS;
}
