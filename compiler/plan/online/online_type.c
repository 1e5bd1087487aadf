/*
 * online_type.c - what a change of a column's type does to its rows and to two generations of
 * programs.
 *
 * Free is a matter of the server (casts.h). Widening means a rewrite after which a program that
 * knows the old type still reads and writes. Narrowing is the way back: both programs work with the
 * old type, and the old one with nothing less.
 */
#include "base/common.h"

#include "compiler/catalog/casts.h"
#include "compiler/catalog/types.h"
#include "compiler/plan/online/online_internal.h"

/* Pairs whose values a program of the old schema reads and writes as before; the way back, one of
 * the new. */
static const TypeId wider[][2] = {
    {TYPE_SMALLINT, TYPE_INTEGER}, {TYPE_SMALLINT, TYPE_BIGINT},
    {TYPE_INTEGER, TYPE_BIGINT},   {TYPE_REAL, TYPE_DOUBLE_PRECISION},
    {TYPE_CHAR, TYPE_TEXT},        {TYPE_TIMESTAMP, TYPE_TIMESTAMPTZ},
    {TYPE_JSON, TYPE_JSONB},
};

/* A text, a number with another count of digits, a time with another precision. */
static bool is_of_one_kind(const ColumnType *from, const ColumnType *to)
{
    const bool texts = type_is_kin(from->id, KIN_TEXT) && type_is_kin(to->id, KIN_TEXT);
    const bool same = from->id == to->id && from->id < TYPE_ENUM;
    return from->list == to->list && (texts || same);
}

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
    const bool of_one_kind = is_of_one_kind(from, to) && !from->list;
    if (of_one_kind && cast_between(from, to) == CAST_SAFE && !cast_rounds(from, to)) {
        return true;
    }
    bool lists_of_text =
        from->list && (from->id == TYPE_VARCHAR || from->id == TYPE_TEXT) && to->id == TYPE_TEXT;
    return lists_of_text || (from->list && from->id == TYPE_VARCHAR && to->id == TYPE_VARCHAR &&
                             cast_argument_grows(from, to, 0));
}

/* Neither program can write what the other's type does not hold, as long as the old one stays. */
static bool is_narrower(const ColumnType *from, const ColumnType *to)
{
    bool back = from->list == to->list && is_of_one_kind(from, to);
    for (size_t i = 0; from->list == to->list && i < lengthof(wider); i++) {
        back = back || (from->id == wider[i][1] && to->id == wider[i][0]) ||
               (from->id == wider[i][0] && to->id == wider[i][1]);
    }
    return back;
}

TypeChange online_type_change(const ColumnType *from, const ColumnType *to)
{
    if (cast_is_free(from, to)) {
        return TYPE_CHANGE_FREE;
    }
    if (is_wider(from, to)) {
        return TYPE_CHANGE_WIDENS;
    }
    return is_narrower(from, to) ? TYPE_CHANGE_NARROWS : TYPE_CHANGE_BREAKS;
}
