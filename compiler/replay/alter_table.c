/*
 * alter_table.c - ALTER TABLE: its commands in the order in which the server carries them out.
 *
 * Source: PostgreSQL manual, ALTER TABLE: what is dropped goes first, then types change, columns
 * come, and what rests on them.
 */
#include "base/common.h"

#include "compiler/catalog/casts.h"
#include "compiler/replay/alter_table_internal.h"
#include "compiler/replay/notes/properties.h"
#include "compiler/replay/notes/subjects.h"

typedef enum Pass {
    PASS_DROP,
    PASS_TYPE,
    PASS_ADD_COLUMN,
    PASS_COLUMN,
    PASS_KEY,
    PASS_OTHER,
    PASS_REST,
    PASS_COUNT,
} Pass;

static Column *named_column(const AlterCx *cx)
{
    const Name name = redo_name(cx->replay, cx->command->name);
    if (name != NULL && realm_is_system_column(name)) {
        realm_refuse(cx->realm, "0A000", "cannot alter system column `%s`", name->text);
        return NULL;
    }
    return realm_column(cx->realm, cx->table, name);
}

static bool cascades(const AlterCx *cx)
{
    return cx->command->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
}

static Slice after_word(const AlterCx *cx, const char *word)
{
    size_t from = 0, stop = 0;
    slice_command(cx->replay, cx->number, &from, &stop);
    return slice_after(cx->replay, from, stop, word);
}

/* --- columns ------------------------------------------------------------------------------------
 */

/* Rows that are there have nothing in a column that nothing fills. */
static bool rows_can_have(AlterCx *cx, const PgQuery__ColumnDef *def)
{
    const Column *column = vec_last(&cx->table->columns);
    bool fills = column->dflt.kind != DEFAULT_NONE || column->type.domain_of != NULL;
    for (size_t i = 0; i < def->n_constraints; i++) {
        fills |=
            def->constraints[i]->constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED;
    }
    return fills || !column->not_null || !realm_table_state(cx->realm, cx->table)->has_rows ||
           realm_refuse(cx->realm, "23502", "column `%s` of relation `%s` contains null values",
                        column->name->text, cx->table->name->text);
}

static bool add_column(AlterCx *cx)
{
    const PgQuery__ColumnDef *def = cx->command->def->column_def;
    const Name name = redo_name(cx->replay, def->colname);
    if (realm_is_partition(cx->realm, cx->table) && !cx->is_below) {
        return realm_refuse(cx->realm, "42809", "cannot add column to a partition");
    }
    if (cx->command->missing_ok && table_find_column(cx->table, name) != NULL) {
        return true;
    }
    return redo_add_column(cx->replay, cx->table, def, &cx->pending) && rows_can_have(cx, def);
}

static bool drop_column(AlterCx *cx)
{
    RealmTable *state = realm_table_state(cx->realm, cx->table);
    const Name name = redo_name(cx->replay, cx->command->name);
    Column *column = table_find_column(cx->table, name);
    if (column == NULL && cx->command->missing_ok) {
        return true;
    }
    column = realm_column(cx->realm, cx->table, name);
    if (column == NULL) {
        return false;
    }
    if (state->parents.count > 0 && realm_is_inherited(cx->realm, column)) {
        return realm_refuse(cx->realm, "42P16", "cannot drop inherited column `%s`", name->text);
    }
    return realm_drop_inherited(cx->realm, cx->table, name, cascades(cx)) &&
           realm_drop_column(cx->realm, column, cascades(cx));
}

static bool set_default(AlterCx *cx)
{
    Column *column = named_column(cx);
    if (column == NULL) {
        return false;
    }
    if (column->identity != IDENTITY_NONE) {
        return realm_refuse(cx->realm, "42601",
                            "column `%s` of relation `%s` is an identity column",
                            column->name->text, cx->table->name->text);
    }
    if (column->generated != NULL) {
        return realm_refuse(cx->realm, "42601",
                            "column `%s` of relation `%s` is a generated column",
                            column->name->text, cx->table->name->text);
    }
    if (cx->command->def == NULL) {
        column->dflt = (Default){.kind = DEFAULT_NONE};
        return true;
    }
    return redo_set_default(cx->replay, column, cx->command->def, after_word(cx, "DEFAULT"));
}

static bool set_not_null(AlterCx *cx)
{
    Column *column = named_column(cx);
    if (column != NULL) {
        column->not_null = true;
    }
    return column != NULL;
}

static bool drop_not_null(AlterCx *cx)
{
    Column *column = named_column(cx);
    return column != NULL && realm_drop_not_null(cx->realm, column);
}

static bool add_identity(AlterCx *cx)
{
    Column *column = named_column(cx);
    if (column != NULL && !redo_may_be_identity(cx->replay, &column->type)) {
        return false;
    }
    if (column != NULL && !column->not_null) {
        return realm_refuse(cx->realm, "55000",
                            "column `%s` of relation `%s` must be declared NOT NULL before "
                            "identity can be added",
                            column->name->text, cx->table->name->text);
    }
    return column != NULL && redo_add_identity(cx->replay, column, cx->command->def->constraint);
}

static bool drop_identity(AlterCx *cx)
{
    Column *column = named_column(cx);
    if (column == NULL) {
        return false;
    }
    if (column->identity == IDENTITY_NONE) {
        return cx->command->missing_ok ||
               realm_refuse(cx->realm, "55000",
                            "column `%s` of relation `%s` is not an identity column",
                            column->name->text, cx->table->name->text);
    }
    column->identity = IDENTITY_NONE;
    column->dflt = (Default){.kind = DEFAULT_NONE};
    realm_drop_owned_sequences(cx->realm, column);
    return true;
}

/* SET GENERATED, and settings of the sequence, which only a whole comparison reads. */
static bool set_identity(AlterCx *cx)
{
    Column *column = named_column(cx);
    const Node *def = cx->command->def;
    if (column == NULL) {
        return false;
    }
    if (column->identity == IDENTITY_NONE) {
        return realm_refuse(cx->realm, "55000",
                            "column `%s` of relation `%s` is not an identity column",
                            column->name->text, cx->table->name->text);
    }
    realm_goes_beyond(cx->realm, "options of an identity column");
    for (size_t i = 0; i < def->list->n_items; i++) {
        const PgQuery__DefElem *option = def->list->items[i]->def_elem;
        if (strcmp(option->defname, "generated") == 0) {
            column->identity =
                option->arg->integer->ival == 'a' ? IDENTITY_ALWAYS : IDENTITY_BY_DEFAULT;
        }
    }
    return true;
}

static bool change_type(AlterCx *cx)
{
    Column *column = named_column(cx);
    if (column != NULL && !cx->is_below && realm_is_inherited(cx->realm, column)) {
        return realm_refuse(cx->realm, "42P16", "cannot alter inherited column `%s`",
                            column->name->text);
    }
    if (column != NULL && column_in_list(column, cx->retyped.items, cx->retyped.count)) {
        return realm_refuse(cx->realm, "0A000", "cannot alter type of column `%s` twice",
                            column->name->text);
    }
    const ColumnType before = column == NULL ? (ColumnType){0} : column->type;
    if (column == NULL || !redo_change_type(cx->replay, column, cx->command->def->column_def)) {
        return false;
    }
    if (!type_same(&before, &column->type)) { /* to what it is, it may be changed once more */
        vec_push(cx->replay->arena, &cx->retyped, column);
    }
    return true;
}

/* --- constraints --------------------------------------------------------------------------------
 */

static bool add_constraint(AlterCx *cx)
{
    return redo_add_constraint(cx->replay, cx->table, cx->command->def->constraint, NULL);
}

static bool drop_constraint(AlterCx *cx)
{
    return realm_drop_constraint(cx->realm, cx->table, redo_name(cx->replay, cx->command->name),
                                 cascades(cx), cx->command->missing_ok);
}

static const char *without_mark(SqlReplay *cx, Name definition)
{
    static const char mark[] = " NOT VALID";
    const size_t len = definition->len;
    const bool marked =
        len > sizeof mark && strcmp(definition->text + len - (sizeof mark - 1), mark) == 0;
    return arena_strndup(cx->arena, definition->text, marked ? len - (sizeof mark - 1) : len);
}

static bool validate_constraint(AlterCx *cx)
{
    const Name name = redo_name(cx->replay, cx->command->name);
    vec_each(ForeignKey *, at, &cx->table->foreign_keys) {
        if ((*at)->name == name) {
            (*at)->valid = true;
            return true;
        }
    }
    vec_each(Opaque *, at, &cx->realm->catalog->opaque) {
        if ((*at)->kind == OPAQUE_CHECK && (*at)->table == cx->table && (*at)->name == name) {
            (*at)->definition =
                intern_cstr(cx->replay->names, without_mark(cx->replay, (*at)->definition));
            return true;
        }
    }
    return realm_refuse(cx->realm, "42704", "constraint `%s` of relation `%s` does not exist",
                        name->text, cx->table->name->text);
}

static bool alter_constraint(AlterCx *cx)
{
    const PgQuery__Constraint *wanted = cx->command->def->constraint;
    const Name name = redo_name(cx->replay, wanted->conname);
    vec_each(ForeignKey *, at, &cx->table->foreign_keys) {
        if ((*at)->name == name) {
            (*at)->deferrable = wanted->deferrable;
            (*at)->initially_deferred = wanted->initdeferred;
            return true;
        }
    }
    return realm_has_constraint(cx->realm, cx->table, name)
               ? realm_refuse(cx->realm, "42809",
                              "constraint `%s` of relation `%s` is not a foreign key constraint",
                              name->text, cx->table->name->text)
               : realm_refuse(cx->realm, "42704", "constraint `%s` of relation `%s` does not exist",
                              name == NULL ? "" : name->text, cx->table->name->text);
}

/* --- properties ---------------------------------------------------------------------------------
 */

static bool alter_row_security(AlterCx *cx)
{
    return redo_set_row_security(cx->replay, cx->table, cx->command->subtype);
}

static bool set_property(AlterCx *cx)
{
    return redo_set_property(cx->replay, cx->table, cx->command);
}

static bool set_owner(AlterCx *cx)
{
    const Subject subject = {.kind = SUBJECT_TABLE, .object = cx->table};
    redo_set_owner(cx->replay, &subject, cx->command->newowner);
    return true;
}

static bool switch_trigger(AlterCx *cx)
{
    const bool is_one = cx->command->name != NULL && cx->command->name[0] != '\0';
    return redo_switch_trigger(cx->replay, cx->table,
                               is_one ? redo_name(cx->replay, cx->command->name) : NULL);
}

/* --- commands -----------------------------------------------------------------------------------
 */

typedef struct CommandRow {
    PgQuery__AlterTableType subtype;
    Pass pass;
    AlterCommand run;
    bool follows; /* is done to children, too, unless ONLY is said */
} CommandRow;

static const CommandRow commands[] = {
    {AT(DropColumn), PASS_DROP, drop_column, false},
    {AT(DropConstraint), PASS_DROP, drop_constraint, false},
    {AT(DropNotNull), PASS_DROP, drop_not_null, true},
    {AT(DropIdentity), PASS_DROP, drop_identity, false},
    {AT(AlterColumnType), PASS_TYPE, change_type, true},
    {AT(AddColumn), PASS_ADD_COLUMN, add_column, true},
    {AT(SetNotNull), PASS_COLUMN, set_not_null, true},
    {AT(SetIdentity), PASS_COLUMN, set_identity, false},
    {AT(AddConstraint), PASS_KEY, add_constraint, false},
    {AT(ColumnDefault), PASS_OTHER, set_default, true},
    {AT(AddIdentity), PASS_OTHER, add_identity, false},
    {AT(ValidateConstraint), PASS_REST, validate_constraint, false},
    {AT(AttachPartition), PASS_REST, alter_attach, false},
    {AT(DetachPartition), PASS_REST, alter_detach, false},
    {AT(AddInherit), PASS_REST, alter_add_inherit, false},
    {AT(DropInherit), PASS_REST, alter_drop_inherit, false},
    {AT(AlterConstraint), PASS_REST, alter_constraint, false},
    {AT(EnableRowSecurity), PASS_REST, alter_row_security, false},
    {AT(DisableRowSecurity), PASS_REST, alter_row_security, false},
    {AT(ForceRowSecurity), PASS_REST, alter_row_security, false},
    {AT(NoForceRowSecurity), PASS_REST, alter_row_security, false},
    {AT(ChangeOwner), PASS_REST, set_owner, false},
    {AT(EnableTrig), PASS_REST, switch_trigger, false},
    {AT(EnableAlwaysTrig), PASS_REST, switch_trigger, false},
    {AT(EnableReplicaTrig), PASS_REST, switch_trigger, false},
    {AT(DisableTrig), PASS_REST, switch_trigger, false},
    {AT(EnableTrigAll), PASS_REST, switch_trigger, false},
    {AT(DisableTrigAll), PASS_REST, switch_trigger, false},
    {AT(EnableTrigUser), PASS_REST, switch_trigger, false},
    {AT(DisableTrigUser), PASS_REST, switch_trigger, false},
    {AT(SetAccessMethod), PASS_REST, set_property, false},
    {AT(SetTableSpace), PASS_REST, set_property, false},
    {AT(SetStatistics), PASS_REST, set_property, false},
    {AT(SetStorage), PASS_REST, set_property, false},
    {AT(SetCompression), PASS_REST, set_property, false},
    {AT(SetRelOptions), PASS_REST, set_property, false},
    {AT(ResetRelOptions), PASS_REST, set_property, false},
    {AT(SetOptions), PASS_REST, set_property, false},
    {AT(ReplicaIdentity), PASS_REST, set_property, false},
    {AT(ClusterOn), PASS_REST, set_property, false},
    {AT(DropCluster), PASS_REST, set_property, false},
    {AT(SetLogged), PASS_REST, set_property, false},
    {AT(SetUnLogged), PASS_REST, set_property, false},
};

static const CommandRow *find_command(PgQuery__AlterTableType subtype)
{
    for (size_t i = 0; i < lengthof(commands); i++) {
        if (commands[i].subtype == subtype) {
            return &commands[i];
        }
    }
    return NULL;
}

/* A foreign key or a check is made when all keys are. */
static Pass pass_of(const CommandRow *row, const PgQuery__AlterTableCmd *command)
{
    if (row->subtype != AT(AddConstraint)) {
        return row->subtype == AT(ColumnDefault) && command->def == NULL ? PASS_DROP : row->pass;
    }
    const PgQuery__ConstrType type = command->def->constraint->contype;
    const bool is_key = type == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY ||
                        type == PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE ||
                        type == PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION;
    return is_key ? PASS_KEY : PASS_OTHER;
}

static bool has_children(const AlterCx *cx)
{
    return realm_children(cx->realm, cx->table).count > 0;
}

/* Defaults, and keys of a partitioned table, may differ between it and its children. */
static bool changes_family(const CommandRow *row)
{
    return row->subtype == AT(AddColumn) || row->subtype == AT(DropColumn) ||
           row->subtype == AT(AlterColumnType) || row->subtype == AT(SetNotNull) ||
           row->subtype == AT(DropNotNull) || row->subtype == AT(DropConstraint);
}

static bool run_pass(AlterCx *cx, const PgQuery__AlterTableStmt *stmt, Pass pass)
{
    bool changed = false;
    for (size_t i = 0; i < stmt->n_cmds; i++) {
        cx->command = stmt->cmds[i]->alter_table_cmd;
        cx->number = i;
        const CommandRow *row = find_command(cx->command->subtype);
        if (row == NULL) {
            return realm_unknown(cx->realm, "this form of ALTER TABLE");
        }
        if (pass_of(row, cx->command) != pass) {
            continue;
        }
        changed = true;
        if (cx->replay->only && has_children(cx) && changes_family(row)) {
            return realm_unknown(cx->realm, "ONLY a table that others inherit from");
        }
        if (!row->run(cx) || (row->follows && !cx->replay->only && !alter_follow(cx, row->run))) {
            return false;
        }
    }
    return (pass != PASS_TYPE || !changed || realm_keys_compare(cx->realm)) &&
           (pass != PASS_KEY || redo_settle(cx->replay, cx->table, &cx->pending)) &&
           (pass != PASS_OTHER || alter_settle_below(cx));
}

static Table *altered_table(SqlReplay *cx, const PgQuery__AlterTableStmt *stmt)
{
    const RangeName range = redo_range(cx, stmt->relation);
    return realm_table(cx->realm, range.schema, range.name);
}

/* Of what is no table only that is known which changes an owner or a setting. */
static bool alter_other(SqlReplay *cx, Relation *relation, const PgQuery__AlterTableStmt *stmt)
{
    for (size_t i = 0; i < stmt->n_cmds; i++) {
        const PgQuery__AlterTableCmd *command = stmt->cmds[i]->alter_table_cmd;
        const CommandRow *row = find_command(command->subtype);
        Subject subject;
        if (command->subtype == AT(AttachPartition) && relation->kind == RELATION_INDEX) {
            if (!alter_attach_index(cx, relation, command)) {
                return false;
            }
            continue;
        }
        if (row == NULL || (row->run != set_property && row->run != set_owner)) {
            return realm_unknown(cx->realm, "ALTER of what is no table");
        }
        if (row->run == set_owner) {
            if (relation->kind == RELATION_SEQUENCE && relation->sequence->owner != NULL) {
                return realm_unknown(cx->realm, "another owner of a sequence that a column owns");
            }
            if (!subject_of_relation(cx, relation->schema, relation->name, &subject)) {
                return false;
            }
            redo_set_owner(cx, &subject, command->newowner);
        } else if (command->subtype == AT(SetRelOptions)) {
            realm_goes_beyond(cx->realm, "properties of a relation");
            if (!redo_relation_storage_known(cx, relation, command->def->list->items,
                                             command->def->list->n_items)) {
                return false;
            }
        } else if (command->subtype == AT(ResetRelOptions)) {
            realm_goes_beyond(cx->realm, "properties of a relation");
        } else {
            return realm_unknown(cx->realm, "a property of what is no table");
        }
    }
    return true;
}

bool redo_alter_table(SqlReplay *cx, const PgQuery__AlterTableStmt *stmt)
{
    const RangeName range = redo_range(cx, stmt->relation);
    Relation *relation = realm_relation(cx->realm, range.schema, range.name);
    if (relation == NULL && stmt->missing_ok) {
        return true;
    }
    if (stmt->objtype != PG_QUERY__OBJECT_TYPE__OBJECT_TABLE &&
        !subject_is_relation(cx, relation, stmt->objtype)) {
        return false;
    }
    if (stmt->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE && relation != NULL &&
        relation->kind != RELATION_COMPOSITE) {
        return realm_refuse(cx->realm, "42809", "`%s` is not a composite type",
                            relation->name->text);
    }
    if (relation != NULL && relation->kind == RELATION_COMPOSITE) {
        return redo_alter_composite(cx, relation, stmt);
    }
    if (relation != NULL && relation->kind != RELATION_TABLE) {
        return alter_other(cx, relation, stmt);
    }
    cx->only = !stmt->relation->inh;
    AlterCx alter = {
        .replay = cx, .realm = cx->realm, .stmt = stmt, .table = altered_table(cx, stmt)};
    for (int pass = PASS_DROP; alter.table != NULL && pass < PASS_COUNT; pass++) {
        if (!run_pass(&alter, stmt, (Pass)pass)) {
            return false;
        }
    }
    return alter.table != NULL;
}
