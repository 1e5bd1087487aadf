/*
 * cast_free.c - changes of a column's type that leave its rows and indexes alone.
 */
#include "base/common.h"

#include "compiler/catalog/casts.h"

bool cast_argument_grows(const ColumnType *from, const ColumnType *to, size_t which)
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
    return from->id == TYPE_VARCHAR ? cast_argument_grows(from, to, 0)
                                    : from->id == TYPE_TEXT && to->arguments[0] == TYPE_NO_ARGUMENT;
}

/* Lists are never free: only the scalar coercions are known to leave the heap alone. */
bool cast_is_free(const ColumnType *from, const ColumnType *to)
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
    return precise && cast_argument_grows(from, to, 0);
}
