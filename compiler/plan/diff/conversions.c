#include "base/common.h"

#include "compiler/plan/diff/conversions.h"

#include "compiler/catalog/casts.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/catalog/types.h"

static ColumnType item_of(const ColumnType *list)
{
    ColumnType item = *list;
    item.list = false;
    return item;
}

static bool is_text(const ColumnType *type)
{
    return type_is_kin(type->id, KIN_TEXT);
}

static bool is_whole(const ColumnType *type)
{
    return type->id == TYPE_SMALLINT || type->id == TYPE_INTEGER || type->id == TYPE_BIGINT;
}

static bool is_json(const ColumnType *type)
{
    return type->id == TYPE_JSON || type->id == TYPE_JSONB;
}

static bool is_number(const ColumnType *type)
{
    return is_whole(type) || type->id == TYPE_DECIMAL || type->id == TYPE_REAL ||
           type->id == TYPE_DOUBLE_PRECISION;
}

/* What one JSON value can say. */
static bool is_json_item(const ColumnType *type)
{
    return is_number(type) || type->id == TYPE_BOOLEAN || type->id == TYPE_UUID ||
           type->id == TYPE_ENUM || type_is_kin(type->id, KIN_DAY) ||
           type_is_kin(type->id, KIN_CLOCK);
}

/* Where no cast is told. */
static Conversion beyond_casts(const ColumnType *from, const ColumnType *to)
{
    if (from->id == TYPE_BOOLEAN && is_number(to)) {
        return to->id == TYPE_INTEGER ? CONVERSION_CAST : CONVERSION_BY_INTEGER;
    }
    if (is_number(from) && to->id == TYPE_BOOLEAN) {
        return CONVERSION_BY_TEXT;
    }
    if (is_json(from) && is_json_item(to)) {
        return CONVERSION_OF_JSON;
    }
    return is_json(to) && is_json_item(from) ? CONVERSION_TO_JSON : CONVERSION_NONE;
}

/* Neither is a list. */
static Conversion between_items(const ColumnType *from, const ColumnType *to)
{
    const Cast cast = cast_between(from, to);
    if (cast == CAST_SAME) {
        return CONVERSION_ASSIGNED;
    }
    if (cast_changes_zone(from, to)) {
        return CONVERSION_UTC;
    }
    if (cast != CAST_IMPOSSIBLE) {
        return cast_needs_using(from, to) ? CONVERSION_BY_TEXT : CONVERSION_ASSIGNED;
    }
    if (is_text(to)) {
        return CONVERSION_ASSIGNED;
    }
    const bool by_text = is_text(from) || (from->id == TYPE_ENUM && !is_json(to));
    return by_text ? CONVERSION_BY_TEXT : beyond_casts(from, to);
}

Conversion conversion_between(const ColumnType *from, const ColumnType *to)
{
    if (!from->list && !to->list) {
        return between_items(from, to);
    }
    const ColumnType old = item_of(from), new = item_of(to);
    if (from->list && !to->list && is_json(to)) {
        return CONVERSION_TO_JSON;
    }
    const Conversion items = between_items(&old, &new);
    const bool in_lists =
        items == CONVERSION_ASSIGNED || items == CONVERSION_BY_TEXT || items == CONVERSION_UTC;
    if (!in_lists || (cast_changes_zone(&old, &new) && from->list)) {
        return CONVERSION_NONE;
    }
    if (from->list && to->list) {
        return items == CONVERSION_ASSIGNED ? items : CONVERSION_BY_TEXT;
    }
    return to->list ? CONVERSION_LIST_OF_ONE : CONVERSION_FIRST_OF_LIST;
}

/* The longest text of a value, as the server writes it in UTC; 0: not told here. The rules of
 * casts.def are the reference's, which leaves less room for some. */
static int32_t longest_text(const ColumnType *type)
{
    const int32_t digits = type->arguments[0] == TYPE_NO_ARGUMENT ? 6 : type->arguments[0];
    const int32_t fraction = digits > 0 ? digits + 1 : 0;
    switch ((int)type->id) {
    case TYPE_SMALLINT:
        return (int32_t)lengthof("-32768") - 1;
    case TYPE_UUID:
        return (int32_t)lengthof("00000000-0000-0000-0000-000000000000") - 1;
    case TYPE_TIMESTAMP:
        return (int32_t)lengthof("294276-12-31 23:59:59") - 1 + fraction;
    case TYPE_TIMESTAMPTZ:
        return (int32_t)lengthof("294276-12-31 23:59:59+00") - 1 + fraction;
    case TYPE_TIME:
        return (int32_t)lengthof("23:59:59") - 1 + fraction;
    case TYPE_TIMETZ:
        return (int32_t)lengthof("23:59:59+15:59:59") - 1 + fraction;
    default:
        return 0;
    }
}

/* Before the point. */
static bool lacks_digits(const ColumnType *decimal, int32_t wanted)
{
    const int32_t room = decimal->arguments[0];
    return room != TYPE_NO_ARGUMENT && room - decimal->arguments[1] < wanted;
}

static bool lacks_room(const ColumnType *from, const ColumnType *to)
{
    const int32_t room = to->arguments[0];
    if (room == TYPE_NO_ARGUMENT) {
        return false;
    }
    if (from->id == TYPE_SMALLINT && to->id == TYPE_DECIMAL) {
        return lacks_digits(to, lengthof("32767") - 1);
    }
    return is_text(to) && room < longest_text(from);
}

bool conversion_may_refuse(const ColumnType *from, const ColumnType *to)
{
    const ColumnType old = item_of(from), new = item_of(to);
    const Cast cast = cast_between(&old, &new);
    switch (conversion_between(from, to)) {
    case CONVERSION_CAST:
    case CONVERSION_TO_JSON:
    case CONVERSION_UTC:
        return false;
    case CONVERSION_NONE:
    case CONVERSION_OF_JSON:
        return true;
    case CONVERSION_BY_INTEGER:
        return to->id == TYPE_DECIMAL && lacks_digits(to, lengthof("1") - 1);
    case CONVERSION_ASSIGNED:
    case CONVERSION_BY_TEXT:
    case CONVERSION_LIST_OF_ONE:
    case CONVERSION_FIRST_OF_LIST:
        return cast == CAST_RISKY || cast == CAST_IMPOSSIBLE || lacks_room(&old, &new);
    }
    unreachable();
}

static bool is_time(const ColumnType *type)
{
    return type_is_kin(type->id, KIN_DAY) || type_is_kin(type->id, KIN_CLOCK);
}

const char *conversion_settings(const ColumnType *from, const ColumnType *to)
{
    if (from->id == to->id || conversion_between(from, to) == CONVERSION_UTC) {
        return "";
    }
    if (is_time(from) || is_time(to)) {
        return " SET timezone = 'UTC' SET datestyle = 'ISO, MDY'";
    }
    if (from->id == TYPE_REAL || from->id == TYPE_DOUBLE_PRECISION) {
        return " SET extra_float_digits = 1";
    }
    return from->id == TYPE_BYTEA ? " SET bytea_output = 'hex'" : "";
}

static void write_cast(StrBuf *out, const Catalog *catalog, const char *by, const ColumnType *to)
{
    strbuf_add(out, by);
    strbuf_add(out, "::");
    sql_type(out, catalog, to);
}

/* Are the items read from their texts? Those of an enum always: while it is built anew, a column
 * that leaves it is text. */
static bool items_by_text(const ColumnType *from, const ColumnType *to)
{
    const ColumnType old = item_of(from), new = item_of(to);
    return new.id == TYPE_ENUM || between_items(&old, &new) == CONVERSION_BY_TEXT;
}

/* Never by an explicit cast where the server assigns: that one cuts what is too long, and says
 * nothing. */
void conversion_write(StrBuf *out, const Catalog *catalog, Name name, const ColumnType *from,
                      const ColumnType *to)
{
    switch (conversion_between(from, to)) {
    case CONVERSION_NONE:
    case CONVERSION_ASSIGNED:
        sql_ident(out, name);
        break;
    case CONVERSION_CAST:
        sql_ident(out, name);
        write_cast(out, catalog, "", to);
        break;
    case CONVERSION_BY_TEXT:
        sql_ident(out, name);
        write_cast(out, catalog, from->list ? "::text[]" : "::text", to);
        break;
    case CONVERSION_BY_INTEGER:
        sql_ident(out, name);
        write_cast(out, catalog, "::integer", to);
        break;
    case CONVERSION_OF_JSON:
        strbuf_char(out, '(');
        sql_ident(out, name);
        strbuf_add(out, " #>> '{}')");
        write_cast(out, catalog, "", to);
        break;
    case CONVERSION_UTC:
        sql_ident(out, name);
        strbuf_add(out, " AT TIME ZONE 'UTC'");
        break;
    case CONVERSION_LIST_OF_ONE:
        strbuf_add(out, "CASE WHEN ");
        sql_ident(out, name);
        strbuf_add(out, " IS NOT NULL THEN ARRAY[");
        sql_ident(out, name);
        strbuf_char(out, ']');
        if (items_by_text(from, to)) {
            write_cast(out, catalog, "::text[]", to);
        }
        strbuf_add(out, " END");
        break;
    case CONVERSION_FIRST_OF_LIST:
        strbuf_char(out, '(');
        sql_ident(out, name);
        strbuf_add(out, ")[1]");
        if (items_by_text(from, to)) {
            write_cast(out, catalog, "::text", to);
        }
        break;
    case CONVERSION_TO_JSON:
        strbuf_add(out, to->id == TYPE_JSON ? "pg_catalog.to_json(" : "pg_catalog.to_jsonb(");
        sql_ident(out, name);
        strbuf_char(out, ')');
        break;
    }
}
