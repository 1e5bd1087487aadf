/*
 * hazard_words.c - a hazard in words: what happens, what to do, what to look at, with the names of
 * the plan at hand; and the query that counts it.
 */
#include "base/common.h"

#include "compiler/plan/steps/hazard.h"

#include <string.h>

#include "base/text/show.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/steps/plan.h"

/* Sentences: {table} {column} {enum} {detail} {rows} {values} are filled in; {place} is the column,
 * else the table, and {table} the enum where there is no table. The second is for hazards that were
 * counted. NULL: the place and the row's summary. */
typedef struct Sentence {
    const char *unknown, *counted;
} Sentence;

static const Sentence sentences[HAZARD_CODE_COUNT] = {
    [HAZARD_DROP_TABLE] = {"{table} will be dropped; all its rows are lost if it has any",
                           "{table} will be dropped; that loses {rows}"},
    [HAZARD_DROP_COLUMN] = {"{column} of {table} will be dropped; all values in it are lost",
                            "{column} of {table} will be dropped; that loses {values}"},
    [HAZARD_RISKY_CAST] =
        {"{column} of {table} changes from {detail}; values that do not fit make "
         "it fail or are cut",
         "{column} of {table} changes from {detail}{misfits} make it fail or are cut"},
    [HAZARD_ROUNDING_CAST] =
        {"{column} of {table} changes from {detail}; values are rounded or cut "
         "to the new type",
         "{column} of {table} changes from {detail}; that rounds or cuts {values}{such}"},
    [HAZARD_RECREATE_COLUMN] = {"{column} of {table} will be dropped and created anew, because its "
                                "values cannot be cast; they are lost",
                                "{column} of {table} will be dropped and created anew, because its "
                                "values cannot be cast; that loses {values}"},
    [HAZARD_CHANGE_PRIMARY_KEY] = {"the primary key of {table} changes; if the new one has "
                                   "duplicates or nulls, this fails",
                                   "the primary key of {table}, which has {rows}, changes; if the "
                                   "new one has duplicates or nulls, this fails"},
    [HAZARD_ADD_UNIQUE] = {"{detail} of {table} becomes unique; if there are duplicates, this "
                           "fails",
                           "{detail} of {table} becomes unique, but {duplicates}"},
    [HAZARD_REMOVE_ENUM_VALUES] = {"the values {detail} are removed from the enum {enum}; if rows "
                                   "still use them, this fails",
                                   "the values {detail} are removed from the enum {enum}, but "
                                   "{uses}"},
    [HAZARD_ADD_REQUIRED] = {"the required {column} is added to {table} without a default; this "
                             "fails unless the table is empty",
                             "the required {column} is added to {table} without a default; the "
                             "table has {rows}, so this fails"},
    [HAZARD_ADD_REQUIRED_CLIENT] = {"the required {column} is added to {table} with a default that "
                                    "only the client computes; this fails unless the table is "
                                    "empty",
                                    "the required {column} is added to {table} with a default that "
                                    "only the client computes; the table has {rows}, so this "
                                    "fails"},
    [HAZARD_LIST_SHORTENED] =
        {"{column} of {table} becomes the first value of its list; what "
         "lists hold behind that is lost",
         "{column} of {table} becomes the first value of its list, but {lists}"},
    [HAZARD_REQUIRED_WITHOUT_FILL] =
        {"{column} of {table} becomes required and nothing says what existing rows get",
         "{column} of {table} becomes required and nothing says what its {rows} get"},
    [HAZARD_MAKE_REQUIRED] = {"{column} of {table} becomes required; this fails if it holds nulls",
                              "{column} of {table} becomes required, but {nulls}"},
    [HAZARD_RECREATE_REQUIRED] = {"the required {column} of {table} will be dropped and created "
                                  "anew without a default; this fails unless the table is empty",
                                  "the required {column} of {table} will be dropped and created "
                                  "anew without a default; the table has {rows}, so this fails"},
    [HAZARD_ORPHANS] = {"the foreign key {detail} is added to {table}; rows without a counterpart "
                        "make it fail",
                        "the foreign key {detail} is added to {table}, but {orphans}"},
    [HAZARD_OPAQUE_LOST] = {"the {detail} goes with {place}", NULL},
    [HAZARD_OPAQUE_MAY_NOT_FIT] = {"the {detail} is built anew over the new type of {place}; if it "
                                   "does not fit, this fails",
                                   NULL},
    [HAZARD_OPAQUE_ANEW] = {"{detail} is made again over the new type of {place}", NULL},
    [HAZARD_OPAQUE_GOES] = {"with {place} go: {detail}", NULL},
    [HAZARD_OPAQUE_IN_THE_WAY] = {"the {detail} depends on {table} and refuses the change", NULL},
};

/* --- sentences ---------------------------------------------------------------------------------
 */

static void quoted(StrBuf *out, Name schema, Name name)
{
    strbuf_char(out, '`');
    if (schema != NULL && !name_is(schema, "public")) {
        show_printf(out, "%s.", schema->text);
    }
    show_printf(out, "%s`", name->text);
}

static void counted(StrBuf *out, long long count, const char *one, const char *many)
{
    show_printf(out, "%lld %s", count, count == 1 ? one : many);
}

static bool is(const char *hole, size_t len, const char *word)
{
    return len == strlen(word) && memcmp(hole, word, len) == 0;
}

static void expand(StrBuf *out, const Hazard *hazard, const char *sentence);

static void fill(StrBuf *out, const Hazard *hazard, const char *hole, size_t len)
{
    if (is(hole, len, "table") && hazard->table == NULL) {
        strbuf_add(out, hazard->enum_type == NULL ? "the table" : "the enum ");
        if (hazard->enum_type != NULL) {
            quoted(out, hazard->enum_type->schema, hazard->enum_type->name);
        }
    } else if (is(hole, len, "table")) {
        strbuf_add(out, "the table ");
        quoted(out, hazard->table->schema, hazard->table->name);
    } else if (is(hole, len, "place")) {
        expand(out, hazard, hazard->column == NULL ? "{table}" : "{column} of {table}");
    } else if (is(hole, len, "column")) {
        strbuf_add(out, "column ");
        quoted(out, NULL, hazard->column->name);
    } else if (is(hole, len, "enum")) {
        if (hazard->enum_type == NULL) {
            strbuf_add(out, "the enum");
        } else {
            quoted(out, hazard->enum_type->schema, hazard->enum_type->name);
        }
    } else if (is(hole, len, "detail")) {
        show_printf(out, "%s", hazard->detail);
    } else if (is(hole, len, "rows")) {
        counted(out, hazard->rows, "row", "rows");
    } else if (is(hole, len, "values")) {
        counted(out, hazard->values, "value", "values");
    } else if (is(hole, len, "nulls")) {
        counted(out, hazard->values, "row has a null there", "rows have nulls there");
    } else if (is(hole, len, "misfits") && hazard->sample != NULL) {
        strbuf_add(out, ", but ");
        counted(out, hazard->values, "value does not fit", "values do not fit");
        show_printf(out, ", such as %s; such values", hazard->sample);
    } else if (is(hole, len, "misfits")) {
        strbuf_add(out, "; it holds ");
        counted(out, hazard->values, "value", "values");
        strbuf_add(out, ", and those that do not fit");
    } else if (is(hole, len, "such") && hazard->sample != NULL) {
        show_printf(out, ", such as %s", hazard->sample);
    } else if (is(hole, len, "uses")) {
        counted(out, hazard->values, "row uses them", "rows use them");
    } else if (is(hole, len, "lists")) {
        counted(out, hazard->values, "list holds more than one, and loses it",
                "lists hold more than one, and lose it");
    } else if (is(hole, len, "orphans")) {
        counted(out, hazard->values, "row has no counterpart", "rows have no counterpart");
    } else if (is(hole, len, "duplicates")) {
        counted(out, hazard->rows, "row shares", "rows share");
        show_printf(out, " a value with another one: %s", hazard->sample);
        strbuf_add(out, hazard->values > 3 ? " and others" : "");
    }
}

static void expand(StrBuf *out, const Hazard *hazard, const char *sentence)
{
    for (const char *at = sentence; *at != '\0'; at++) {
        const char *end = *at == '{' ? strchr(at, '}') : NULL;
        if (end == NULL) {
            strbuf_char(out, *at);
            continue;
        }
        fill(out, hazard, at + 1, (size_t)(end - at - 1));
        at = end;
    }
}

/* `User.email`: a column becomes required and ... */
static void summarise(StrBuf *out, const Hazard *hazard)
{
    if (hazard->table != NULL) {
        show_printf(out, "`%s%s%s`: ", hazard->table->name->text, hazard->column != NULL ? "." : "",
                    hazard->column != NULL ? hazard->column->name->text : "");
    } else if (hazard->enum_type != NULL) {
        show_printf(out, "`%s`: ", hazard->enum_type->name->text);
    }
    strbuf_add(out, hazard_row(hazard->code)->summary);
    if (hazard->detail != NULL) {
        show_printf(out, " (%s)", hazard->detail);
    }
}

static bool is_counted(const Hazard *hazard)
{
    switch (hazard_row(hazard->code)->counts) {
    case COUNTS_NOTHING:
        return false;
    case COUNTS_ROWS:
        return hazard->rows != HAZARD_UNCOUNTED;
    case COUNTS_VALUES:
    case COUNTS_NULLS:
    case COUNTS_ORPHANS:
    case COUNTS_DUPLICATES:
        return hazard->values != HAZARD_UNCOUNTED;
    }
    unreachable();
}

char *hazard_message(Arena *arena, const Hazard *hazard)
{
    const Sentence *sentence = &sentences[hazard->code];
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (sentence->unknown == NULL) {
        summarise(&out, hazard);
    } else {
        const bool figures = is_counted(hazard) && sentence->counted != NULL;
        expand(&out, hazard, figures ? sentence->counted : sentence->unknown);
    }
    return strbuf_take(&out, arena);
}

/* --- what to do and to look at -----------------------------------------------------------------
 */

/* Of the column, else of the table or the enum. NULL: the hazard is of neither. */
static Name last_name(const Hazard *hazard)
{
    return hazard->column != NULL      ? hazard->column->name
           : hazard->table != NULL     ? hazard->table->name
           : hazard->enum_type != NULL ? hazard->enum_type->name
                                       : NULL;
}

static void add_string(StrBuf *out, const char *text)
{
    sql_string(out, text, strlen(text));
}

/* The holes that are SQL. False: the hazard has no such name. */
static bool fill_sql(StrBuf *out, Arena *arena, const Catalog *catalog, const Hazard *hazard,
                     const char *hole, size_t len)
{
    const bool of_table = is(hole, len, "t") || is(hole, len, "'t'");
    const bool of_column = is(hole, len, "c") || is(hole, len, "'c'");
    const Name name = of_column && hazard->column == NULL ? NULL : last_name(hazard);
    if ((of_table && hazard->table == NULL) || name == NULL) {
        return false;
    }
    StrBuf text = strbuf_new(STRBUF_MAX);
    if (of_table) {
        sql_qualified(&text, catalog, hazard->table->schema, hazard->table->name);
    } else if (is(hole, len, "c")) {
        sql_ident(&text, name);
    } else {
        strbuf_add(&text, name->text);
    }
    const char *filled = strbuf_take(&text, arena);
    if (hole[0] == '\'') {
        add_string(out, filled);
    } else {
        strbuf_add(out, filled);
    }
    return true;
}

static bool is_sql(const char *hole, size_t len)
{
    return len == 1 || hole[0] == '\'';
}

/* NULL: a name is missing that the template has a hole for. */
static char *fill_template(Arena *arena, const Catalog *catalog, const Hazard *hazard,
                           const char *template)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    bool whole = true;
    for (const char *at = template; *at != '\0'; at++) {
        const char *end = *at == '{' ? strchr(at, '}') : NULL;
        const size_t len = end == NULL ? 0 : (size_t)(end - at - 1);
        if (end == NULL) {
            strbuf_char(&out, *at);
            continue;
        }
        if (is_sql(at + 1, len)) {
            whole = fill_sql(&out, arena, catalog, hazard, at + 1, len) && whole;
        } else if (is(at + 1, len, "name") && last_name(hazard) != NULL) {
            show_printf(&out, "%s", last_name(hazard)->text);
        } else {
            fill(&out, hazard, at + 1, len);
        }
        at = end;
    }
    char *text = strbuf_take(&out, arena);
    return whole ? text : NULL;
}

/* --- counting ----------------------------------------------------------------------------------
 */

char *hazard_query(Arena *arena, const Catalog *catalog, const Hazard *hazard)
{
    const HazardCount counts = hazard_row(hazard->code)->counts;
    if (hazard->query != NULL) {
        return arena_strdup(arena, hazard->query);
    }
    const bool of_column = counts == COUNTS_VALUES || counts == COUNTS_NULLS;
    if (counts == COUNTS_NOTHING || counts == COUNTS_DUPLICATES || hazard->table == NULL ||
        (of_column && hazard->column == NULL)) {
        return NULL;
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    const Catalog everywhere = sql_everywhere(catalog);
    strbuf_add(&out, "SELECT pg_catalog.count(*), ");
    if (of_column) {
        strbuf_add(&out, counts == COUNTS_NULLS
                             ? "pg_catalog.count(*) OPERATOR(pg_catalog.-) pg_catalog.count("
                             : "pg_catalog.count(");
        sql_ident(&out, hazard->column->name);
        strbuf_char(&out, ')');
    } else {
        strbuf_add(&out, "pg_catalog.count(*)");
    }
    strbuf_add(&out, " FROM ");
    sql_qualified(&out, &everywhere, hazard->table->schema, hazard->table->name);
    return strbuf_take(&out, arena);
}

/* What a person asks to see the same as hazard_query. */
static const char *look_of_count(const Hazard *hazard)
{
    switch (hazard_row(hazard->code)->counts) {
    case COUNTS_ROWS:
        return "SELECT count(*) FROM {t}";
    case COUNTS_VALUES:
        return "SELECT count({c}) FROM {t}";
    case COUNTS_NULLS:
        return "SELECT count(*) FROM {t} WHERE {c} IS NULL";
    case COUNTS_NOTHING:
    case COUNTS_ORPHANS:
    case COUNTS_DUPLICATES:
        return "";
    }
    unreachable();
}

char *hazard_remedy(Arena *arena, const Catalog *catalog, const Hazard *hazard)
{
    const char *remedy = hazard_row(hazard->code)->remedy;
    char *text = fill_template(arena, catalog, hazard, remedy);
    return show_text(arena, text != NULL ? text : remedy); /* its SQL holds names as they are */
}

char *hazard_look(Arena *arena, const Catalog *catalog, const Hazard *hazard)
{
    if (hazard->look != NULL) {
        return arena_strdup(arena, hazard->look);
    }
    const char *said = hazard_row(hazard->code)->look;
    if (said[0] == '\0' && hazard->query != NULL) {
        return arena_strdup(arena, hazard->query);
    }
    const char *look = said[0] == '\0' ? look_of_count(hazard) : said;
    return look[0] == '\0' ? NULL : fill_template(arena, catalog, hazard, look);
}
