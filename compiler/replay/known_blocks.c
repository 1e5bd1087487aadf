/*
 * known_blocks.c - blocks of our own scripts (compiler/blocks) that are known as a whole: a view
 * that stands for a renamed table gets what its table has.
 *
 * What such a block carries out is carried out here as the statements it would make.
 */
#include "base/common.h"

#include "compiler/blocks/blocks.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/replay/notes/subjects.h"
#include "compiler/replay/read/blocks.h"
#include "compiler/replay/replay_internal.h"

/* What the declarations say. */
typedef struct ViewRights {
    const char *base, *face; /* names as SQL */
    NameList shown, known;   /* columns that the view calls otherwise, and their names */
    Table *table;            /* `base` */
    VEC(const char *) statements;
} ViewRights;

/* --- recognised ---------------------------------------------------------------------------------
 */

static bool takes_all(BlockCx *cx, const char *const *words)
{
    for (; *words != NULL; words++) {
        const bool is_sign = strchr(":=.[];,", (*words)[0]) != NULL;
        if (is_sign ? !block_takes_sign(cx, (*words)[0]) : !block_takes(cx, *words)) {
            return false;
        }
    }
    return true;
}

/* `name CONSTANT pg_catalog.regclass := 'base';` */
static const char *take_regclass(BlockCx *cx, const char *name)
{
    const char *const before[] = {name, "CONSTANT", "pg_catalog", ".", "regclass", ":", "=", NULL};
    const char *text = takes_all(cx, before) ? block_take_literal(cx) : NULL;
    return text != NULL && block_takes_sign(cx, ';') ? text : NULL;
}

/* `name CONSTANT pg_catalog.name[] := ARRAY['a', 'b']::pg_catalog.name[];` */
static bool take_names(BlockCx *cx, const char *name, NameList *names)
{
    const char *const before[] = {name, "CONSTANT", "pg_catalog", ".",     "name", "[",
                                  "]",  ":",        "=",          "ARRAY", "[",    NULL};
    static const char *const after[] = {"]", ":", ":", "pg_catalog", ".", "name", "[", "]", NULL};
    if (!takes_all(cx, before)) {
        return false;
    }
    for (const char *text = block_take_literal(cx); text != NULL; text = block_take_literal(cx)) {
        vec_push(cx->replay->arena, names, intern_cstr(cx->replay->names, text));
        (void)block_takes_sign(cx, ',');
    }
    return takes_all(cx, after) && block_takes_sign(cx, ';');
}

/* The ends of lines may have been changed on the way. */
static bool is_text(const char *text, const char *known)
{
    while (*text != '\0') {
        if (*text == '\r' && text[1] == '\n') {
            text++;
            continue;
        }
        if (*text++ != *known++) {
            return false;
        }
    }
    return *known == '\0';
}

static bool is_view_rights(BlockCx *cx, ViewRights *ret_rights)
{
    if (!block_takes(cx, "DECLARE")) {
        return false;
    }
    ret_rights->base = take_regclass(cx, "base");
    ret_rights->face = ret_rights->base == NULL ? NULL : take_regclass(cx, "face");
    return ret_rights->face != NULL && take_names(cx, "shown", &ret_rights->shown) &&
           take_names(cx, "known", &ret_rights->known) && is_text(cx->at, block_view_rights);
}

/* --- carried out --------------------------------------------------------------------------------
 */

static void add(SqlReplay *cx, ViewRights *rights, StrBuf *statement)
{
    vec_push(cx->arena, &rights->statements, strbuf_take(statement, cx->arena));
}

static void put_role(StrBuf *out, Name role)
{
    if (role == NULL) {
        strbuf_add(out, "PUBLIC");
    } else {
        sql_ident(out, role);
    }
}

/* What the view calls a column of its table. */
static Name shown_as(const ViewRights *rights, const Column *column)
{
    for (size_t i = 0; i < rights->known.count && i < rights->shown.count; i++) {
        if (rights->known.items[i] == column->name) {
            return rights->shown.items[i];
        }
    }
    return column->name;
}

/* Of the table itself: the column is NULL then. False: of something else. */
static bool is_about(const ViewRights *rights, const Subject *subject, const Column **ret_column)
{
    *ret_column = subject->kind == SUBJECT_COLUMN ? subject->object : NULL;
    return (subject->kind == SUBJECT_TABLE && subject->object == rights->table) ||
           (*ret_column != NULL && (*ret_column)->table == rights->table);
}

static void make_owner(SqlReplay *cx, ViewRights *rights)
{
    vec_each(const SubjectOwner, at, &cx->notes->owners) {
        if (at->subject.object == rights->table && at->role != NULL) {
            StrBuf out = strbuf_new(STRBUF_MAX);
            strbuf_printf(&out, "ALTER VIEW %s OWNER TO ", rights->face);
            sql_ident(&out, at->role);
            add(cx, rights, &out);
        }
    }
    if (rights->table->has_row_security) {
        StrBuf out = strbuf_new(STRBUF_MAX);
        strbuf_printf(&out, "ALTER VIEW %s SET (security_invoker = true)", rights->face);
        add(cx, rights, &out);
    }
}

static void make_comments(SqlReplay *cx, ViewRights *rights)
{
    vec_each(const SubjectNote, at, &cx->notes->comments) {
        const Column *column = NULL;
        if (!is_about(rights, &at->subject, &column) || at->text == NULL ||
            !subject_is_alive(cx, &at->subject)) {
            continue;
        }
        StrBuf out = strbuf_new(STRBUF_MAX);
        strbuf_printf(&out, "COMMENT ON %s %s", column == NULL ? "VIEW" : "COLUMN", rights->face);
        if (column != NULL) {
            strbuf_char(&out, '.');
            sql_ident(&out, shown_as(rights, column));
        }
        strbuf_add(&out, " IS ");
        sql_string(&out, at->text->text, at->text->len);
        add(cx, rights, &out);
    }
}

static void make_grants(SqlReplay *cx, ViewRights *rights)
{
    vec_each(const SubjectRight, at, &cx->notes->rights) {
        const Column *column = NULL;
        if (!is_about(rights, &at->subject, &column) || !subject_is_alive(cx, &at->subject)) {
            continue;
        }
        StrBuf out = strbuf_new(STRBUF_MAX);
        strbuf_printf(&out, "GRANT %s", at->privilege);
        if (column != NULL) {
            strbuf_add(&out, " (");
            sql_ident(&out, shown_as(rights, column));
            strbuf_char(&out, ')');
        }
        strbuf_printf(&out, " ON %s TO ", rights->face);
        put_role(&out, at->grantee);
        strbuf_add(&out, at->grantable ? " WITH GRANT OPTION" : "");
        add(cx, rights, &out);
    }
}

bool redo_known_block(SqlReplay *cx, const char *body, bool *ret_ok)
{
    BlockCx block = {.replay = cx, .at = body, .end = body + strlen(body)};
    ViewRights rights = {0};
    if (!is_view_rights(&block, &rights)) {
        return false;
    }
    rights.table = block_table(cx, rights.base);
    if (rights.table == NULL) {
        *ret_ok = realm_unknown(cx->realm, "a view over what is no table");
        return true;
    }
    make_owner(cx, &rights);
    make_comments(cx, &rights);
    make_grants(cx, &rights);
    *ret_ok = true;
    for (size_t i = 0; *ret_ok && i < rights.statements.count; i++) {
        *ret_ok = redo_text(cx, rights.statements.items[i], strlen(rights.statements.items[i]));
    }
    return true;
}
