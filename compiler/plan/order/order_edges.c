/*
 * order_edges.c - what a step waits for.
 *
 * In: the nodes with their steps.   Out: the edges: names that must be free, what a step builds on,
 * what must be gone before. Nothing here decides an order.
 */
#include "base/common.h"

#include "compiler/plan/order/order_internal.h"

static void wait_for(OrderCx *cx, Node *node, Node *other)
{
    if (other == NULL || other == node) {
        return;
    }
    vec_push(cx->arena, &other->waiting, (size_t)(node - cx->nodes));
    node->waits_for++;
}

static void wait_for_name(OrderCx *cx, Node *node, Node *holder, Name name)
{
    if (holder == NULL || holder == node) {
        return;
    }
    const Heir heir = {(size_t)(node - cx->nodes), name};
    vec_push(cx->arena, &holder->heirs, heir);
    node->waits_for++;
}

static const Table *table_of(const Step *step)
{
    return step->after.table != NULL ? step->after.table : step->before.table;
}

static void frees_table(OrderCx *cx, Node *node, const Table *table)
{
    map_put2(cx->arena, &cx->relations, table->schema, table->name, node);
    if (table->primary_key != NULL) {
        map_put2(cx->arena, &cx->relations, table->schema, table->primary_key->name, node);
    }
    vec_each(Index *, at, &table->indexes) {
        map_put2(cx->arena, &cx->relations, table->schema, (*at)->name, node);
    }
}

static bool has_part_of(const Index *index, const Map *columns)
{
    vec_each(const IndexPart, part, &index->parts) {
        if (part->column != NULL && map_get(columns, part->column->name) != NULL) {
            return true;
        }
    }
    return false;
}

/* An index goes with a column of its, unless a step of its own drops it before. */
static void frees_indexes_over(OrderCx *cx, Node *node, const Table *table, const Map *columns)
{
    for (size_t i = 0; table != NULL && columns->count > 0 && i < table->indexes.count; i++) {
        Name name = table->indexes.items[i]->name;
        if (has_part_of(table->indexes.items[i], columns) &&
            map_get2(&cx->relations, table->schema, name) == NULL) {
            map_put2(cx->arena, &cx->relations, table->schema, name, node);
        }
    }
}

static void frees_of_clauses(OrderCx *cx, Node *node)
{
    const Step *step = node->step;
    Map gone = {0}; /* names of columns */
    vec_each(Clause, clause, &step->clauses) {
        if (clause->kind == CLAUSE_DROP_PRIMARY_KEY || clause->kind == CLAUSE_RENAME_PRIMARY_KEY) {
            map_put2(cx->arena, &cx->relations, step->before.table->schema,
                     clause->key_before->name, node);
        } else if (clause->kind == CLAUSE_DROP_COLUMN || clause->kind == CLAUSE_RECREATE_COLUMN) {
            map_put2(cx->arena, &cx->columns, table_of(step)->name, clause->before->name, node);
            map_put(cx->arena, &gone, clause->before->name, clause);
        } else if (clause->kind == CLAUSE_TAKE_PRIMARY_KEY) {
            map_put2(cx->arena, &cx->relations, step->before.table->schema,
                     clause->cause->before.index->name, node);
        }
    }
    frees_indexes_over(cx, node, step->before.table, &gone);
}

/* Which names does the step give back? A table is a type too. */
static void note_freed(OrderCx *cx, Node *node)
{
    const Step *step = node->step;
    const Subject *before = &step->before;
    if (step->kind == STEP_DROP_TABLE) {
        frees_table(cx, node, before->table);
        map_put2(cx->arena, &cx->types, before->table->schema, before->table->name, node);
    } else if (step->kind == STEP_RENAME_TABLE) {
        map_put2(cx->arena, &cx->relations, before->table->schema, before->table->name, node);
        map_put2(cx->arena, &cx->types, before->table->schema, before->table->name, node);
    } else if (step->kind == STEP_DROP_ENUM || step->kind == STEP_RENAME_ENUM) {
        map_put2(cx->arena, &cx->types, before->enum_type->schema, before->enum_type->name, node);
    } else if (step->kind == STEP_RENAME_COLUMN) {
        map_put2(cx->arena, &cx->columns, table_of(step)->name, before->column->name, node);
    } else if (step->kind == STEP_DROP_INDEX || step->kind == STEP_DROP_INDEX_ONLINE ||
               step->kind == STEP_RENAME_INDEX) {
        map_put2(cx->arena, &cx->relations, table_of(step)->schema, before->index->name, node);
    } else if (step->kind == STEP_DROP_FOREIGN_KEY || step->kind == STEP_RENAME_FOREIGN_KEY) {
        map_put2(cx->arena, &cx->constraints, table_of(step)->name, before->foreign_key->name,
                 node);
    } else if (step->kind == STEP_ALTER_TABLE) {
        frees_of_clauses(cx, node);
    }
}

static void list_add(OrderCx *cx, Map *lists, const Table *table, Node *node)
{
    NodeList *list = map_get2(lists, table->schema, table->name);
    if (list == NULL) {
        list = arena_make(cx->arena, NodeList);
        map_put2(cx->arena, lists, table->schema, table->name, list);
    }
    vec_push(cx->arena, list, node);
}

static void note_made(OrderCx *cx, Node *node)
{
    const Step *step = node->step;
    const Table *table = table_of(step);
    if (step->kind == STEP_CREATE_TABLE || step->kind == STEP_ALTER_TABLE) {
        map_put2(cx->arena, &cx->altered, table->schema, table->name, node);
    } else if (step->kind == STEP_RENAME_TABLE || step->kind == STEP_RENAME_COLUMN) {
        list_add(cx, &cx->renamed, table, node);
    } else if (step->after.enum_type != NULL) {
        const EnumType *type = step->after.enum_type;
        wait_for(cx, node, map_get2(&cx->enums, type->schema, type->name));
        map_put2(cx->arena, &cx->enums, type->schema, type->name, node);
    } else if (step->kind == STEP_CREATE_INDEX && step->after.index->kind == INDEX_UNIQUE) {
        wait_for(cx, node, map_get2(&cx->uniques, table->schema, table->name));
        map_put2(cx->arena, &cx->uniques, table->schema, table->name, node);
    }
}

static void takes(OrderCx *cx, Node *node, Name schema, Name name)
{
    wait_for_name(cx, node, map_get2(&cx->relations, schema, name), name);
}

/* A name within the step's table. */
static void takes_of_table(OrderCx *cx, const Map *holders, Node *node, Name name)
{
    wait_for_name(cx, node, map_get2(holders, table_of(node->step)->name, name), name);
}

static void takes_of_clauses(OrderCx *cx, Node *node)
{
    const Step *step = node->step;
    vec_each(Clause, clause, &step->clauses) {
        if (clause->kind == CLAUSE_ADD_PRIMARY_KEY || clause->kind == CLAUSE_TAKE_PRIMARY_KEY ||
            clause->kind == CLAUSE_RENAME_PRIMARY_KEY) {
            takes(cx, node, step->after.table->schema, clause->key_after->name);
        }
    }
}

/* --- foreign keys: they are gone before what they rest on changes -------------------------------
 */

static void note_released(OrderCx *cx, Node *node)
{
    if (node->step->kind != STEP_DROP_FOREIGN_KEY) {
        return;
    }
    const Table *table = node->step->before.foreign_key->referenced;
    list_add(cx, &cx->released, table, node);
}

static void wait_for_release(OrderCx *cx, Node *node)
{
    const Step *step = node->step;
    const Table *table = step->before.table;
    if (table == NULL || (step->kind != STEP_ALTER_TABLE && step->kind != STEP_DROP_INDEX &&
                          step->kind != STEP_DROP_TABLE)) {
        return;
    }
    const NodeList *drops = map_get2(&cx->released, table->schema, table->name);
    for (size_t i = 0; drops != NULL && i < drops->count; i++) {
        wait_for(cx, node, drops->items[i]);
    }
}

/* --- types: enums wait for nobody but their name, columns wait for their enums ---------------- */

static void wait_for_type_of(OrderCx *cx, Node *node, const Column *column)
{
    if (column != NULL && column->type.id == TYPE_ENUM) {
        const EnumType *type = column->type.enum_type;
        wait_for(cx, node, map_get2(&cx->enums, type->schema, type->name));
    }
}

static void takes_type(OrderCx *cx, Node *node, Name schema, Name name)
{
    wait_for_name(cx, node, map_get2(&cx->types, schema, name), name);
}

/* An enum is built anew when the tables that go are gone, and their columns of it with them; before
 * the others change. */
static void takes_turns_with_rebuilds(OrderCx *cx, Node *node)
{
    vec_each(Column *, at, &node->step->before.table->columns) {
        if ((*at)->type.id != TYPE_ENUM) {
            continue;
        }
        const EnumType *type = (*at)->type.enum_type;
        Node *rebuild = map_get2(&cx->enums, type->schema, type->name);
        if (rebuild == NULL || rebuild->step->kind != STEP_REBUILD_ENUM) {
            continue;
        }
        if (node->step->kind == STEP_DROP_TABLE) {
            wait_for(cx, rebuild, node);
        } else {
            wait_for(cx, node, rebuild);
        }
    }
}

/* An enum goes when no column is of it any more. */
static void holds_types_of(OrderCx *cx, Node *node, const Table *before)
{
    vec_each(Column *, at, &before->columns) {
        if ((*at)->type.id == TYPE_ENUM) {
            const EnumType *type = (*at)->type.enum_type;
            Node *drop = map_get2(&cx->types, type->schema, type->name);
            if (drop != NULL && drop->step->kind == STEP_DROP_ENUM) {
                wait_for(cx, drop, node);
            }
        }
    }
}

static void wait_for_types(OrderCx *cx, Node *node)
{
    const Step *step = node->step;
    const Table *after = step->after.table;
    if (step->kind == STEP_CREATE_TABLE) {
        takes_type(cx, node, after->schema, after->name);
        vec_each(Column *, at, &after->columns) {
            wait_for_type_of(cx, node, *at);
        }
    } else if (step->kind == STEP_RENAME_TABLE) {
        takes_type(cx, node, after->schema, after->name);
    } else if (step->kind == STEP_CREATE_ENUM || step->kind == STEP_RENAME_ENUM) {
        takes_type(cx, node, step->after.enum_type->schema, step->after.enum_type->name);
    } else if (step->kind == STEP_ALTER_TABLE) {
        vec_each(Clause, clause, &step->clauses) {
            wait_for_type_of(cx, node, clause->after);
        }
    }
    if ((step->kind == STEP_ALTER_TABLE || step->kind == STEP_DROP_TABLE) &&
        step->before.table != NULL) {
        takes_turns_with_rebuilds(cx, node);
        holds_types_of(cx, node, step->before.table);
    }
}

static void wait_for_renames_of(OrderCx *cx, Node *node, const Table *table)
{
    const NodeList *renames = map_get2(&cx->renamed, table->schema, table->name);
    for (size_t i = 0; renames != NULL && i < renames->count; i++) {
        const StepKind kind = renames->items[i]->step->kind;
        if (node->step->kind != STEP_RENAME_COLUMN || kind == STEP_RENAME_TABLE) {
            wait_for(cx, node, renames->items[i]);
        }
    }
}

/* An index is dropped and renamed without a word about its table; what filled columns goes while
 * all names are the old ones. */
static bool needs_no_new_name(const Step *step)
{
    return step->kind == STEP_DROP_FILL_TRIGGER || step->kind == STEP_DROP_INDEX ||
           step->kind == STEP_DROP_INDEX_ONLINE || step->kind == STEP_RENAME_INDEX;
}

/* What speaks of a table or its columns under new names waits until they are called so. */
static void wait_for_new_names(OrderCx *cx, Node *node)
{
    const Step *step = node->step;
    if (step->after.table != NULL && step->kind != STEP_CREATE_TABLE &&
        step->kind != STEP_RENAME_TABLE && !needs_no_new_name(step)) {
        wait_for_renames_of(cx, node, step->after.table);
    }
    if (step->kind == STEP_ADD_FOREIGN_KEY) {
        wait_for_renames_of(cx, node, step->after.foreign_key->referenced);
    }
    if (step->kind == STEP_REBUILD_ENUM) {
        vec_each(Clause, clause, &step->clauses) {
            const Column *column = clause->after != NULL ? clause->after : clause->before;
            wait_for_renames_of(cx, node, column->table);
        }
    }
}

/* Names a step needs, and what it builds on. */
static void wait_for_needs(OrderCx *cx, Node *node)
{
    const Step *step = node->step;
    const Table *table = table_of(step);
    if (step->kind == STEP_CREATE_TABLE) {
        takes(cx, node, table->schema, table->name);
        if (table->primary_key != NULL) {
            takes(cx, node, table->schema, table->primary_key->name);
        }
    } else if (step->kind == STEP_RENAME_TABLE) {
        takes(cx, node, table->schema, table->name);
    } else if (step->kind == STEP_RENAME_COLUMN) {
        takes_of_table(cx, &cx->columns, node, step->after.column->name);
    } else if (step->kind == STEP_CREATE_INDEX || step->kind == STEP_RENAME_INDEX) {
        takes(cx, node, table->schema, step->after.index->name);
        wait_for(cx, node, map_get2(&cx->altered, table->schema, table->name));
    } else if (step->kind == STEP_ALTER_TABLE) {
        takes_of_clauses(cx, node);
    } else if (step->kind == STEP_RENAME_FOREIGN_KEY) {
        takes_of_table(cx, &cx->constraints, node, step->after.foreign_key->name);
    } else if (step->kind == STEP_ADD_FOREIGN_KEY) {
        const ForeignKey *key = step->after.foreign_key;
        const Table *other = key->referenced;
        takes_of_table(cx, &cx->constraints, node, key->name);
        wait_for(cx, node, map_get2(&cx->altered, table->schema, table->name));
        wait_for(cx, node, map_get2(&cx->altered, other->schema, other->name));
        wait_for(cx, node, map_get2(&cx->uniques, other->schema, other->name));
    }
}

static void wait_as_told(OrderCx *cx, Node *node)
{
    vec_each(const Step *, at, &node->step->after_steps) {
        if ((*at)->id < cx->count && cx->nodes[(*at)->id].step == *at) {
            wait_for(cx, node, &cx->nodes[(*at)->id]);
        }
    }
}

void order_find_edges(OrderCx *cx)
{
    for (size_t i = 0; i < cx->count; i++) {
        note_freed(cx, &cx->nodes[i]);
        note_made(cx, &cx->nodes[i]);
        note_released(cx, &cx->nodes[i]);
    }
    for (size_t i = 0; i < cx->count; i++) {
        wait_for_needs(cx, &cx->nodes[i]);
        wait_for_types(cx, &cx->nodes[i]);
        wait_for_new_names(cx, &cx->nodes[i]);
        wait_for_release(cx, &cx->nodes[i]);
        wait_as_told(cx, &cx->nodes[i]);
    }
}
