/*
 * script_view.c - what the blocks of compatibility views name, touch and change.
 *
 * Two of them about one view may run in any order, unless they speak of one name; anything else
 * that touches what they do has to keep its place. A block with another text is no such block:
 * nobody knows what it does.
 */
#include "base/common.h"

#include <string.h>

#include "runtime/script/script_internal.h"

static ScriptName face_of(const ViewBlock *block)
{
    return (ScriptName){.schema = block->face_schema, .name = block->face};
}

/* The table beneath, by the name that the block knows. */
static ScriptName base_of(const ViewBlock *block)
{
    return (ScriptName){.schema = block->schema != NULL ? block->schema : block->face_schema,
                        .name = block->table};
}

static bool read_block(const ScriptCx *cx, const PgQuery__DoStmt *statement, ViewBlock *ret_block)
{
    for (size_t i = 0; i < statement->n_args; i++) {
        const PgQuery__DefElem *arg = statement->args[i]->def_elem;
        if (strcmp(arg->defname, "as") == 0 && arg->arg != NULL &&
            arg->arg->node_case == PG_QUERY__NODE__NODE_STRING) {
            return view_block_read(cx->arena, arg->arg->string->sval, ret_block);
        }
    }
    return false;
}

static void touch_face(const ScriptCx *cx, const ViewBlock *block, const char *name)
{
    script_add_touch(cx->arena, cx->script,
                     (ScriptTouch){.table = face_of(block), .kind = TOUCH_FACE, .name = name});
}

static void touch_names(const ScriptCx *cx, const ViewBlock *block, const ViewNames *names)
{
    vec_each(const char *const, name, names) {
        touch_face(cx, block, *name);
    }
}

static void touch_whole(const ScriptCx *cx, ScriptName table)
{
    script_add_touch(cx->arena, cx->script, (ScriptTouch){.table = table, .kind = TOUCH_TABLE});
}

/* A table that gets a name of its own leaves the view's other names as they are. */
static void add_touches(const ScriptCx *cx, const ViewBlock *block)
{
    if (block->takes_table) {
        touch_whole(cx, face_of(block));
        return;
    }
    touch_names(cx, block, &block->gone);
    touch_names(cx, block, &block->from);
    touch_names(cx, block, &block->to);
    if (!block->lowers && !block->both) {
        touch_face(cx, block, "");
        touch_whole(cx, base_of(block));
    }
}

/* --- changes ------------------------------------------------------------------------------------
 */

static void add_change(const ScriptCx *cx, ScriptName table, const char *column)
{
    vec_push(cx->arena, &cx->script->changes,
             ((ScriptChange){.kind = SCRIPT_RENAMES, .table = table, .column = column}));
}

/* Triggers are the table's: of the name it has now, or behind a view that stands already. */
static void add_changes(const ScriptCx *cx, const ViewBlock *block)
{
    vec_each(const char *const, column, &block->from) {
        add_change(cx, face_of(block), *column);
        add_change(cx, base_of(block), *column);
    }
    if (!block->lowers && !block->both) {
        add_change(cx, face_of(block), NULL);
    }
}

bool script_add_view(ScriptCx *cx, const PgQuery__Node *statement)
{
    ViewBlock block;
    if (statement->node_case != PG_QUERY__NODE__NODE_DO_STMT ||
        !read_block(cx, statement->do_stmt, &block)) {
        return false;
    }
    vec_push(cx->arena, &cx->script->views, block);
    add_changes(cx, &block);
    if (!cx->states_tables) {
        script_add_name(cx->arena, &cx->script->tables, face_of(&block));
        script_add_name(cx->arena, &cx->script->tables, base_of(&block));
        add_touches(cx, &block);
    }
    return true;
}
