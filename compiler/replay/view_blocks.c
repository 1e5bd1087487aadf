/*
 * view_blocks.c - the blocks of compatibility views (compiler/blocks/view_block.h): what one
 * carries out is carried out here as the statements it would make.
 *
 * Source: the texts in compiler/blocks.
 */
#include "base/common.h"

#include "compiler/blocks/view_block.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/replay/notes/subjects.h"
#include "compiler/replay/read/blocks.h"
#include "compiler/replay/replay_internal.h"

/* The view while a block is carried out. */
typedef struct ViewCx {
    SqlReplay *replay;
    const ViewBlock *block;
    Name schema, name; /* of the view, or of the table that is to become one */
    bool stands, stays;
    Table *table; /* beneath */
    NameList shown;
    ColumnList known; /* the columns shown, one for each name */
} ViewCx;

/* --- statements ---------------------------------------------------------------------------------
 */

static void put_qualified(StrBuf *out, Name schema, Name name)
{
    sql_ident(out, schema);
    strbuf_char(out, '.');
    sql_ident(out, name);
}

static bool run(ViewCx *cx, StrBuf *statement)
{
    const char *text = strbuf_take(statement, cx->replay->arena);
    return redo_text(cx->replay, text, strlen(text));
}

static bool alter_table(ViewCx *cx, const char *action, Name name)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_add(&out, "ALTER TABLE ");
    put_qualified(&out, cx->table->schema, cx->table->name);
    strbuf_add(&out, action);
    sql_ident(&out, name);
    return run(cx, &out);
}

/* In the order in which nobody is in the way. */
static bool move_table(ViewCx *cx, Name schema, Name name)
{
    if (cx->table->schema != schema) {
        const bool taken = realm_relation(cx->replay->realm, schema, cx->table->name) != NULL;
        if ((taken && !alter_table(cx, " RENAME TO ", name)) ||
            !alter_table(cx, " SET SCHEMA ", schema)) {
            return false;
        }
    }
    return cx->table->name == name || alter_table(cx, " RENAME TO ", name);
}

static bool rename_columns(ViewCx *cx)
{
    SqlReplay *replay = cx->replay;
    for (size_t i = 0; i < cx->block->from.count; i++) {
        StrBuf out = strbuf_new(STRBUF_MAX);
        strbuf_add(&out, "ALTER TABLE ");
        put_qualified(&out, cx->table->schema, cx->table->name);
        strbuf_add(&out, " RENAME COLUMN ");
        sql_ident(&out, redo_name(replay, cx->block->from.items[i]));
        strbuf_add(&out, " TO ");
        sql_ident(&out, redo_name(replay, cx->block->to.items[i]));
        if (!run(cx, &out)) {
            return false;
        }
    }
    return true;
}

static bool write_view(ViewCx *cx, Name schema, Name name, const NameList *shown,
                       const ColumnList *known)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_add(&out, "CREATE OR REPLACE VIEW ");
    put_qualified(&out, schema, name);
    strbuf_add(&out, " AS SELECT");
    for (size_t i = 0; i < shown->count; i++) {
        strbuf_add(&out, i == 0 ? " " : ", ");
        sql_ident(&out, known->items[i]->name);
        if (known->items[i]->name != shown->items[i]) {
            strbuf_add(&out, " AS ");
            sql_ident(&out, shown->items[i]);
        }
    }
    strbuf_add(&out, " FROM ");
    put_qualified(&out, cx->table->schema, cx->table->name);
    return run(cx, &out);
}

static bool is_face_of(const Relation *view, const Table *table)
{
    return view != NULL && view->is_face && view->shows.items[0]->table == table;
}

/* A view prints its table's names: others over one that was renamed are written anew. */
static bool restate_others(ViewCx *cx)
{
    const OpaqueList *list = &cx->replay->realm->catalog->opaque;
    for (size_t i = 0; i < list->count; i++) {
        const Relation *view = realm_view_of(cx->replay->realm, list->items[i]);
        if (!is_face_of(view, cx->table) ||
            (view->schema == cx->schema && view->name == cx->name)) {
            continue;
        }
        const NameList shown = view->columns;
        const ColumnList known = view->shows;
        if (!write_view(cx, view->schema, view->name, &shown, &known)) {
            return false;
        }
    }
    return true;
}

/* --- owner, comments, rights --------------------------------------------------------------------
 */

static void put_role(StrBuf *out, Name role)
{
    if (role == NULL) {
        strbuf_add(out, "PUBLIC");
    } else {
        sql_ident(out, role);
    }
}

/* Of the table itself: the column is NULL then. False: of something else. */
static bool is_about(const ViewCx *cx, const Subject *subject, const Column **ret_column)
{
    *ret_column = subject->kind == SUBJECT_COLUMN ? subject->object : NULL;
    return ((subject->kind == SUBJECT_TABLE && subject->object == cx->table) ||
            (*ret_column != NULL && (*ret_column)->table == cx->table)) &&
           subject_is_alive(cx->replay, subject);
}

static bool give_owner(ViewCx *cx)
{
    const size_t count = cx->replay->notes->owners.count;
    for (size_t i = 0; i < count; i++) {
        const SubjectOwner owner = cx->replay->notes->owners.items[i];
        if (owner.subject.object == cx->table && owner.role != NULL) {
            StrBuf out = strbuf_new(STRBUF_MAX);
            strbuf_add(&out, "ALTER VIEW ");
            put_qualified(&out, cx->schema, cx->name);
            strbuf_add(&out, " OWNER TO ");
            sql_ident(&out, owner.role);
            if (!run(cx, &out)) {
                return false;
            }
        }
    }
    if (!cx->table->has_row_security) {
        return true;
    }
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_add(&out, "ALTER VIEW ");
    put_qualified(&out, cx->schema, cx->name);
    strbuf_add(&out, " SET (security_invoker = true)");
    return run(cx, &out);
}

/* `name`: of a column as the view shows it; NULL: the view's. */
static bool comment(ViewCx *cx, Name name, Name text)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_printf(&out, "COMMENT ON %s ", name == NULL ? "VIEW" : "COLUMN");
    put_qualified(&out, cx->schema, cx->name);
    if (name != NULL) {
        strbuf_char(&out, '.');
        sql_ident(&out, name);
    }
    strbuf_add(&out, " IS ");
    sql_string(&out, text->text, text->len);
    return run(cx, &out);
}

static bool give_comments(ViewCx *cx)
{
    const size_t count = cx->replay->notes->comments.count;
    for (size_t i = 0; i < count; i++) {
        const SubjectNote note = cx->replay->notes->comments.items[i];
        const Column *column = NULL;
        if (!is_about(cx, &note.subject, &column) || note.text == NULL) {
            continue;
        }
        if (column == NULL && !comment(cx, NULL, note.text)) {
            return false;
        }
        for (size_t k = 0; column != NULL && k < cx->known.count; k++) {
            if (cx->known.items[k] == column && !comment(cx, cx->shown.items[k], note.text)) {
                return false;
            }
        }
    }
    return true;
}

static bool give_rights(ViewCx *cx)
{
    const size_t count = cx->replay->notes->rights.count;
    for (size_t i = 0; i < count; i++) {
        const SubjectRight right = cx->replay->notes->rights.items[i];
        const Column *column = NULL;
        if (!is_about(cx, &right.subject, &column)) {
            continue;
        }
        if (column != NULL) {
            return realm_unknown(cx->replay->realm, "rights on columns of what is no table");
        }
        StrBuf out = strbuf_new(STRBUF_MAX);
        strbuf_printf(&out, "GRANT %s ON ", right.privilege);
        put_qualified(&out, cx->schema, cx->name);
        strbuf_add(&out, " TO ");
        put_role(&out, right.grantee);
        strbuf_add(&out, right.grantable ? " WITH GRANT OPTION" : "");
        if (!run(cx, &out)) {
            return false;
        }
    }
    return true;
}

static bool has_right(const ViewCx *cx, const void *object, const SubjectRight *like)
{
    vec_each(const SubjectRight, at, &cx->replay->notes->rights) {
        if (at->subject.object == object && at->subject.part == NULL &&
            at->grantee == like->grantee && at->grantable == like->grantable &&
            strcmp(at->privilege, like->privilege) == 0) {
            return true;
        }
    }
    return false;
}

/* What was given and taken under the view's name goes over to the table: not carried out here. */
static bool has_kept_rights(ViewCx *cx, const Opaque *view)
{
    vec_each(const SubjectRight, at, &cx->replay->notes->rights) {
        const void *other = at->subject.object == view        ? cx->table
                            : at->subject.object == cx->table ? (const void *)view
                                                              : NULL;
        if (other != NULL && !has_right(cx, other, at)) {
            return realm_unknown(cx->replay->realm, "rights of a view that stands for a table");
        }
    }
    return true;
}

/* --- the view -----------------------------------------------------------------------------------
 */

/* What stands under the name. */
static bool begin(ViewCx *cx)
{
    SqlReplay *replay = cx->replay;
    const Name schema = redo_name(replay, cx->block->face_schema);
    const Relation *found =
        realm_relation(replay->realm, schema, redo_name(replay, cx->block->face));
    if (found == NULL || (found->kind != RELATION_TABLE && found->shows.count == 0)) {
        return realm_unknown(replay->realm, "a view over what is no table");
    }
    cx->schema = found->schema;
    cx->name = found->name;
    cx->stands = found->kind != RELATION_TABLE;
    cx->table = cx->stands ? found->shows.items[0]->table : found->table;
    for (size_t i = 0; cx->stands && i < found->columns.count; i++) {
        vec_push(replay->arena, &cx->shown, found->columns.items[i]);
        vec_push(replay->arena, &cx->known, found->shows.items[i]);
    }
    for (size_t i = 0; !cx->stands && i < cx->table->columns.count; i++) {
        vec_push(replay->arena, &cx->shown, cx->table->columns.items[i]->name);
        vec_push(replay->arena, &cx->known, cx->table->columns.items[i]);
    }
    return !cx->stands || has_kept_rights(cx, found->opaque);
}

static bool show(ViewCx *cx)
{
    if (!write_view(cx, cx->schema, cx->name, &cx->shown, &cx->known)) {
        return false;
    }
    realm_relation(cx->replay->realm, cx->schema, cx->name)->is_face = true;
    return give_owner(cx) && give_comments(cx) && give_rights(cx);
}

static bool shows_name(const ViewCx *cx, Name name)
{
    vec_each(const Name, at, &cx->shown) {
        if (*at == name) {
            return true;
        }
    }
    return false;
}

static void add_names(ViewCx *cx)
{
    for (size_t i = 0; cx->block->both && i < cx->block->to.count; i++) {
        const Name name = redo_name(cx->replay, cx->block->to.items[i]);
        Column *column = table_find_column(cx->table, name);
        if (shows_name(cx, name)) {
            continue;
        }
        vec_push(cx->replay->arena, &cx->shown, name);
        vec_push(cx->replay->arena, &cx->known, column);
    }
}

/* A program of another plan knows another column by that name. */
static bool is_contested(ViewCx *cx)
{
    for (size_t i = 0; cx->block->both && i < cx->block->to.count; i++) {
        const Name from = redo_name(cx->replay, cx->block->from.items[i]);
        const Name to = redo_name(cx->replay, cx->block->to.items[i]);
        for (size_t k = 0; k < cx->shown.count; k++) {
            if (cx->shown.items[k] == to && cx->known.items[k]->name != from) {
                return !realm_refuse(cx->replay->realm, "P0001",
                                     "the view `%s` shows another column as `%s`", cx->name->text,
                                     to->text);
            }
        }
    }
    return false;
}

static bool raise_view(ViewCx *cx)
{
    const ViewBlock *block = cx->block;
    const Name schema = block->schema == NULL ? cx->schema : redo_name(cx->replay, block->schema);
    const bool moves = !cx->stands || !block->both;
    if (is_contested(cx) ||
        (moves && !move_table(cx, schema, redo_name(cx->replay, block->table))) ||
        !rename_columns(cx)) {
        return false;
    }
    add_names(cx);
    return show(cx) && restate_others(cx);
}

static bool is_gone(const ViewCx *cx, Name name)
{
    vec_each(const char *const, at, &cx->block->gone) {
        if (strcmp(*at, name->text) == 0) {
            return true;
        }
    }
    return false;
}

static void drop_names(ViewCx *cx)
{
    NameList shown = {0};
    ColumnList known = {0};
    for (size_t i = 0; i < cx->shown.count; i++) {
        const bool own = cx->known.items[i]->name == cx->shown.items[i];
        if (own || !is_gone(cx, cx->shown.items[i])) {
            vec_push(cx->replay->arena, &shown, cx->shown.items[i]);
            vec_push(cx->replay->arena, &known, cx->known.items[i]);
            cx->stays |= !own;
        }
    }
    cx->shown = shown;
    cx->known = known;
}

static bool lower_view(ViewCx *cx)
{
    SqlReplay *replay = cx->replay;
    const ViewBlock *block = cx->block;
    const Name behind = redo_name(replay, block->table);
    Relation *view = realm_relation(replay->realm, cx->schema, cx->name);
    if (!cx->stands) {
        return realm_refuse(replay->realm, "P0001", "`%s` is no view", cx->name->text);
    }
    if (!rename_columns(cx)) {
        return false;
    }
    drop_names(cx);
    cx->stays |= !block->takes_table && cx->table->name != behind;
    if (realm_has_view_user(replay->realm, view)) {
        return realm_unknown(replay->realm, "what is made of a view that stands for a table");
    }
    if (!realm_drop_view(replay->realm, view, false)) {
        return false;
    }
    if (!cx->stays) {
        return move_table(cx, cx->schema, cx->name) && restate_others(cx);
    }
    return (!block->takes_table || move_table(cx, cx->schema, behind)) && show(cx) &&
           restate_others(cx);
}

bool redo_view_block(SqlReplay *cx, const char *body, bool *ret_ok)
{
    ViewBlock block;
    if (!view_block_read(cx->arena, body, &block)) {
        return false;
    }
    ViewCx view = {.replay = cx, .block = &block};
    *ret_ok = begin(&view) && (block.lowers ? lower_view(&view) : raise_view(&view));
    return true;
}
