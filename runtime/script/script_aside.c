/*
 * script_aside.c - what the blocks name from which views and the like step aside, and come back.
 *
 * A block with another text is no such block: nobody knows what it does.
 */
#include "base/common.h"

#include <string.h>

#include "runtime/script/script_internal.h"

static const char *body_of(const PgQuery__DoStmt *statement)
{
    for (size_t i = 0; i < statement->n_args; i++) {
        const PgQuery__DefElem *arg = statement->args[i]->def_elem;
        if (strcmp(arg->defname, "as") == 0 && arg->arg != NULL &&
            arg->arg->node_case == PG_QUERY__NODE__NODE_STRING) {
            return arg->arg->string->sval;
        }
    }
    return "";
}

static void add_table(const ScriptCx *cx, const AsideColumn *column)
{
    const ScriptName table = {.schema = column->schema, .name = column->table};
    script_add_name(cx->arena, &cx->script->tables, table);
    script_add_touch(cx->arena, cx->script, (ScriptTouch){.table = table, .kind = TOUCH_TABLE});
}

bool script_add_aside(ScriptCx *cx, const PgQuery__Node *statement)
{
    AsideBlock block;
    if (statement->node_case != PG_QUERY__NODE__NODE_DO_STMT) {
        return false;
    }
    const char *body = body_of(statement->do_stmt);
    if (!aside_block_read(cx->arena, body, &block)) {
        return remade_block_read(cx->arena, body);
    }
    vec_push(cx->arena, &cx->script->asides, block);
    for (size_t i = 0; !cx->states_tables && i < block.columns.count; i++) {
        add_table(cx, &block.columns.items[i]);
    }
    return true;
}
