#include "base/common.h"

#include "compiler/plan/direct/misfits.h"

#include <string.h>

#include "base/strbuf.h"
#include "compiler/catalog/casts.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/catalog/types.h"

typedef struct Misfits {
    StrBuf *out;
    const Catalog *catalog; /* writes types and names */
    const char *system;     /* before what is the server's: "pg_catalog."; "": for people */
    Name name;              /* of the column */
    const ColumnType *from, *to;
} Misfits;

/* Its range; NULL: it is no whole number. */
typedef struct Range {
    const char *least, *greatest, *type;
} Range;

static const Range *range_of(TypeId id)
{
    static const Range small = {"-32768", "32767", "int2"};
    static const Range medium = {"-2147483648", "2147483647", "int4"};
    static const Range large = {"-9223372036854775808", "9223372036854775807", "int8"};
    return id == TYPE_SMALLINT  ? &small
           : id == TYPE_INTEGER ? &medium
           : id == TYPE_BIGINT  ? &large
                                : NULL;
}

static bool is_text(const ColumnType *type)
{
    return type_is_kin(type->id, KIN_TEXT);
}

static void add_column(const Misfits *cx)
{
    sql_ident(cx->out, cx->name);
}

/* `"a"::pg_catalog.text` */
static void add_as(const Misfits *cx, const char *type)
{
    add_column(cx);
    strbuf_printf(cx->out, "::%s%s", cx->system, type);
}

/* An operator that no path replaces. */
static void add_operator(const Misfits *cx, const char *sign)
{
    const bool plain = cx->system[0] == '\0';
    strbuf_printf(cx->out, plain ? " %s " : " OPERATOR(pg_catalog.%s) ", sign);
}

static void add_outside(const Misfits *cx, const Range *range, const char *as, const char *above)
{
    const char *const ends[][2] = {{"<", range->least}, {above, range->greatest}};
    for (size_t i = 0; i < lengthof(ends); i++) {
        strbuf_add(cx->out, i == 0 ? "" : " OR ");
        add_column(cx);
        strbuf_add(cx->out, as);
        add_operator(cx, ends[i][0]);
        strbuf_printf(cx->out, "'%s'::%s%s", ends[i][1], cx->system, range->type);
    }
}

/* Text that is no number of at most 18 digits, or one outside of the range. */
static void add_no_number(const Misfits *cx, const Range *range)
{
    const bool plain = cx->system[0] == '\0';
    strbuf_add(cx->out, "CASE WHEN ");
    add_as(cx, "text");
    add_operator(cx, "~");
    strbuf_add(cx->out, "'^[-+]?[0-9]{1,18}$' THEN ");
    add_outside(cx, range, plain ? "::text::int8" : "::pg_catalog.text::pg_catalog.int8", ">");
    strbuf_add(cx->out, " ELSE ");
    add_column(cx);
    strbuf_add(cx->out, " IS NOT NULL END");
}

/* A greatest bigint is none among floats: there it is the next power of two. */
static bool to_whole(const Misfits *cx, const Range *range)
{
    const TypeId from = cx->from->id;
    const bool floats = from == TYPE_REAL || from == TYPE_DOUBLE_PRECISION;
    if (range_of(from) != NULL) {
        add_outside(cx, range, "", ">");
    } else if (is_text(cx->from)) {
        add_no_number(cx, range);
    } else if (floats || from == TYPE_DECIMAL) {
        add_outside(cx, range, "", floats && cx->to->id == TYPE_BIGINT ? ">=" : ">");
        strbuf_add(cx->out, " OR ");
        add_column(cx);
        add_operator(cx, "<>");
        strbuf_printf(cx->out, "%strunc(", cx->system);
        add_column(cx);
        strbuf_add(cx->out, ")");
    } else {
        return false;
    }
    return true;
}

/* Of types whose text no setting of a session changes. */
static bool to_short_text(const Misfits *cx)
{
    const int32_t given = cx->to->arguments[0];
    const int32_t room = given == TYPE_NO_ARGUMENT && cx->to->id == TYPE_CHAR ? 1 : given;
    const TypeId from = cx->from->id;
    if (room == TYPE_NO_ARGUMENT ||
        !(is_text(cx->from) || range_of(from) != NULL || from == TYPE_UUID || from == TYPE_ENUM ||
          from == TYPE_DECIMAL)) {
        return false;
    }
    strbuf_printf(cx->out, "%slength(", cx->system);
    add_as(cx, "text");
    strbuf_add(cx->out, ")");
    add_operator(cx, ">");
    strbuf_printf(cx->out, "%d", room);
    return true;
}

/* More digits behind the point, or before it. */
static bool to_decimal(const Misfits *cx)
{
    const int32_t digits = cx->to->arguments[0];
    const int32_t scale = cx->to->arguments[1] == TYPE_NO_ARGUMENT ? 0 : cx->to->arguments[1];
    if (digits == TYPE_NO_ARGUMENT || scale < 0 || digits < scale ||
        !(cx->from->id == TYPE_DECIMAL || range_of(cx->from->id) != NULL)) {
        return false;
    }
    add_as(cx, "numeric");
    add_operator(cx, "<>");
    strbuf_printf(cx->out, "%sround(", cx->system);
    add_as(cx, "numeric");
    strbuf_printf(cx->out, ", %d) OR %sabs(", scale, cx->system);
    add_as(cx, "numeric");
    strbuf_add(cx->out, ")");
    add_operator(cx, ">=");
    strbuf_add(cx->out, "'1");
    for (int32_t i = scale; i < digits; i++) {
        strbuf_char(cx->out, '0');
    }
    strbuf_printf(cx->out, "'::%snumeric", cx->system);
    return true;
}

static bool to_enum(const Misfits *cx)
{
    if (!is_text(cx->from) && cx->from->id != TYPE_ENUM) {
        return false;
    }
    add_as(cx, "text");
    add_operator(cx, "<>");
    strbuf_add(cx->out, "ALL (ARRAY[");
    for (size_t i = 0; i < cx->to->enum_type->values.count; i++) {
        const Name value = cx->to->enum_type->values.items[i];
        strbuf_add(cx->out, i == 0 ? "" : ", ");
        sql_string(cx->out, value->text, value->len);
    }
    strbuf_printf(cx->out, "]::%stext[])", cx->system);
    return true;
}

static bool by_pattern(const Misfits *cx, const char *pattern)
{
    if (!is_text(cx->from) && range_of(cx->from->id) == NULL) {
        return false;
    }
    add_as(cx, "text");
    add_operator(cx, "!~*");
    strbuf_printf(cx->out, "'%s'", pattern);
    return true;
}

/* What is another value then. No session's zone has a say, and no cast fails. */
static bool rounded(const Misfits *cx)
{
    if (!cast_rounds(cx->from, cx->to) || cx->from->id != cx->to->id) {
        return false;
    }
    add_column(cx);
    add_operator(cx, "<>");
    strbuf_add(cx->out, "CAST(");
    add_column(cx);
    strbuf_add(cx->out, " AS ");
    sql_type(cx->out, cx->catalog, cx->to);
    strbuf_add(cx->out, ")");
    return true;
}

static bool add_misfit(const Misfits *cx)
{
    const Range *range = range_of(cx->to->id);
    if (cx->from->list || cx->to->list) {
        return false;
    }
    if (range != NULL) {
        return to_whole(cx, range);
    }
    switch ((int)cx->to->id) { /* an open set: of other types only the cast itself can tell */
    case TYPE_ENUM:
        return to_enum(cx);
    case TYPE_DECIMAL:
        return to_decimal(cx);
    case TYPE_BOOLEAN:
        return by_pattern(cx, "^(t|true|f|false|y|yes|n|no|on|off|1|0)$");
    case TYPE_UUID:
        return by_pattern(cx, "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$");
    default:
        return is_text(cx->to) ? to_short_text(cx) : rounded(cx);
    }
}

/* What is true of a value that does not fit; NULL: it cannot be told. */
static const char *misfit(Arena *arena, const Catalog *catalog, const char *system,
                          const Column *column, const ColumnType *to)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    const Misfits cx = {.out = &out,
                        .catalog = catalog,
                        .system = system,
                        .name = column->name,
                        .from = &column->type,
                        .to = to};
    const bool told = add_misfit(&cx);
    const char *text = strbuf_take(&out, arena);
    return told ? text : NULL;
}

MisfitQueries misfit_queries(const Plan *plan, const Column *column, const ColumnType *to)
{
    const Column *matched = match_column_before(plan->diff, column);
    const Column *before = matched != NULL ? matched : column;
    const Table *table = match_source(plan->diff, before->table);
    const Catalog everywhere = sql_everywhere(plan->from);
    const char *where = misfit(plan->arena, &everywhere, "pg_catalog.", before, to);
    if (where == NULL) {
        return (MisfitQueries){0};
    }
    StrBuf name = strbuf_new(STRBUF_MAX), of = strbuf_new(STRBUF_MAX), out = strbuf_new(STRBUF_MAX);
    sql_ident(&name, before->name);
    sql_qualified(&of, &everywhere, table->schema, table->name);
    const char *column_name = strbuf_take(&name, plan->arena);
    const char *table_name = strbuf_take(&of, plan->arena);
    const char *query = arena_printf(
        plan->arena,
        "SELECT pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE %s), "
        "(SELECT pg_catalog.array_agg(s.v)::pg_catalog.text FROM (SELECT DISTINCT "
        "pg_catalog.\"left\"(%s::pg_catalog.text, 40) AS v FROM %s WHERE %s ORDER BY 1 LIMIT 3) "
        "AS s) AS sample FROM %s",
        where, column_name, table_name, where, table_name);
    strbuf_printf(&out, "SELECT %s FROM ", column_name);
    sql_qualified(&out, plan->to, table->schema, table->name);
    strbuf_printf(&out, " WHERE %s", misfit(plan->arena, plan->to, "", before, to));
    return (MisfitQueries){.query = query, .look = strbuf_take(&out, plan->arena)};
}
