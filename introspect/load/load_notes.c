/*
 * load_notes.c - what only a reader of the catalog wants to know: comments, and views as tables.
 *
 * Source: PostgreSQL manual, "pg_description", "pg_rewrite".
 */
#include "base/common.h"

#include "introspect/load/load_internal.h"

typedef struct ViewRow {
    uint32_t oid;
    Name schema, name, definition;
} ViewRow;

static DeclaredView *add_view(LoadCx *cx, const ViewRow *row)
{
    Arena *arena = cx->catalog->arena;
    DeclaredView *view = arena_make(arena, DeclaredView);
    Table *shape = arena_make(arena, Table);
    *shape = (Table){.schema = row->schema,
                     .name = row->name,
                     .is_view = true,
                     .origin = origin_catalog(row->oid)};
    *view = (DeclaredView){.schema = row->schema,
                           .name = row->name,
                           .shape = shape,
                           .definition = row->definition,
                           .origin = origin_catalog(row->oid)};
    vec_push(arena, &cx->catalog->views, view);
    return view;
}

/* A view's shape is found by its oid like a table, so columns and comments come the same way. */
void load_views(LoadCx *cx)
{
    static const RowField fields[] = {
        ROW_OID("oid", ViewRow, oid),
        ROW_NAME("schema", ViewRow, schema),
        ROW_NAME("name", ViewRow, name),
        ROW_NAME("definition", ViewRow, definition),
    };
    RowReader reader = load_reader(cx, LOAD_VIEWS, ROW_FIELDS(fields));
    ViewRow row;
    while (row_next(&reader, &row)) {
        oid_map_put(cx->scratch, &cx->tables, row.oid, 0, add_view(cx, &row)->shape);
    }
}

typedef struct CommentRow {
    uint32_t oid;
    int32_t column_number;
    bool is_type;
    Name comment;
} CommentRow;

static void set_comment(const LoadCx *cx, const CommentRow *row)
{
    EnumType *type = row->is_type ? oid_map_get(&cx->enums, row->oid, 0) : NULL;
    Table *table = row->is_type ? NULL : oid_map_get(&cx->tables, row->oid, 0);
    if (type != NULL) {
        type->comment = row->comment;
    }
    if (table != NULL && row->column_number == 0) {
        table->comment = row->comment;
    }
    Column *column = table == NULL ? NULL : load_find_column(cx, row->oid, row->column_number);
    if (column != NULL) {
        column->comment = row->comment;
    }
}

void load_comments(LoadCx *cx)
{
    static const RowField fields[] = {
        ROW_OID("oid", CommentRow, oid),
        ROW_INT("column_number", CommentRow, column_number),
        ROW_BOOL("is_type", CommentRow, is_type),
        ROW_NAME("comment", CommentRow, comment),
    };
    RowReader reader = load_reader(cx, LOAD_COMMENTS, ROW_FIELDS(fields));
    CommentRow row;
    while (row_next(&reader, &row)) {
        set_comment(cx, &row);
    }
}
