/*
 * composites.c - composite types, range types, types that are only announced; and what DEFINE
 * makes that a catalog holds only by name, or not at all.
 *
 * Source: PostgreSQL manual, CREATE TYPE, ALTER TYPE, CREATE OPERATOR and the like.
 */
#include "base/common.h"

#include "compiler/replay/replay_internal.h"

#define OBJECT(name) PG_QUERY__OBJECT_TYPE__OBJECT_##name
#define AT(name)     PG_QUERY__ALTER_TABLE_TYPE__AT_##name

typedef struct Attribute {
    Name name;
    const char *type;
    EnumType *enum_type;
    Name collation;
} Attribute;

struct RealmComposite {
    VEC(Attribute) attributes;
};

static void tell(SqlReplay *cx, Relation *relation)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    Opaque *opaque = relation->opaque;
    opaque->enums.count = 0;
    relation->columns.count = 0;
    strbuf_add(&out, "AS (");
    vec_each(const Attribute, at, &relation->composite->attributes) {
        strbuf_add(&out, at == relation->composite->attributes.items ? "" : ", ");
        redo_quoted(&out, at->name);
        strbuf_printf(&out, " %s", at->type);
        if (at->collation != NULL) {
            strbuf_add(&out, " COLLATE ");
            redo_quoted(&out, at->collation);
        }
        vec_push(cx->arena, &relation->columns, at->name);
        bool there = at->enum_type == NULL;
        vec_each(EnumType *const, known, &opaque->enums) {
            there |= *known == at->enum_type;
        }
        if (!there) {
            vec_push(cx->arena, &opaque->enums, at->enum_type);
        }
    }
    strbuf_char(&out, ')');
    opaque->definition = intern(cx->names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
}

static bool read_attribute(SqlReplay *cx, const PgQuery__ColumnDef *def, Attribute *ret_attribute)
{
    ReplayType type;
    Attribute made = {.name = redo_name(cx, def->colname)};
    if (!redo_true_type(cx, def->type_name, &type) ||
        !redo_collation(cx, def->coll_clause, &type.type, &made.collation)) {
        return false;
    }
    made.type = redo_type_full_text(cx, &type.type);
    made.enum_type = type.type.id == TYPE_ENUM ? type.type.enum_type : NULL;
    *ret_attribute = made;
    return true;
}

bool redo_create_composite(SqlReplay *cx, const PgQuery__CompositeTypeStmt *stmt)
{
    const RangeName range = redo_range(cx, stmt->typevar);
    const Name schema = realm_creation_schema(cx->realm, range.schema);
    RealmComposite *composite = arena_make(cx->arena, RealmComposite);
    for (size_t i = 0; i < stmt->n_coldeflist; i++) {
        Attribute attribute;
        if (!read_attribute(cx, stmt->coldeflist[i]->column_def, &attribute)) {
            return false;
        }
        vec_push(cx->arena, &composite->attributes, attribute);
    }
    const Relation relation = {.kind = RELATION_COMPOSITE, .schema = schema, .name = range.name};
    const RealmType type = {.kind = REALM_COMPOSITE, .schema = schema, .name = range.name};
    Relation *taken = NULL;
    RealmType *taken_type = NULL;
    if (schema == NULL || !realm_take_type(cx->realm, &type, &taken_type) ||
        !realm_take_relation(cx->realm, &relation, &taken)) {
        return false;
    }
    taken->composite = composite;
    taken->opaque = taken_type->opaque =
        realm_add_opaque(cx->realm, OPAQUE_COMPOSITE_TYPE, NULL, schema, range.name, NULL);
    tell(cx, taken);
    return true;
}

/* --- altered ------------------------------------------------------------------------------------
 */

static Attribute *find_attribute(const Relation *relation, Name name)
{
    vec_each(Attribute, at, &relation->composite->attributes) {
        if (at->name == name) {
            return at;
        }
    }
    return NULL;
}

static bool no_attribute(SqlReplay *cx, const Relation *relation, Name name)
{
    return realm_refuse(cx->realm, "42703", "column `%s` of relation `%s` does not exist",
                        name->text, relation->name->text);
}

static bool alter_attribute(SqlReplay *cx, Relation *relation,
                            const PgQuery__AlterTableCmd *command)
{
    const Name name = redo_name(cx, command->name);
    Attribute *there = name == NULL ? NULL : find_attribute(relation, name);
    Attribute made = {0};
    switch ((int)command->subtype) { /* an open set */
    case AT(AddColumn):
        if (!read_attribute(cx, command->def->column_def, &made)) {
            return false;
        }
        if (strstr(made.type, relation->name->text) != NULL) {
            return realm_unknown(cx->realm, "whether a composite type is made a member of itself");
        }
        if (find_attribute(relation, made.name) != NULL) {
            return realm_refuse(cx->realm, "42701", "column `%s` of relation `%s` already exists",
                                made.name->text, relation->name->text);
        }
        vec_push(cx->arena, &relation->composite->attributes, made);
        return true;
    case AT(DropColumn):
        if (there == NULL) {
            return command->missing_ok || no_attribute(cx, relation, name);
        }
        memmove(there, there + 1,
                (size_t)(relation->composite->attributes.items +
                         relation->composite->attributes.count - there - 1) *
                    sizeof *there);
        relation->composite->attributes.count--;
        return true;
    case AT(AlterColumnType):
        if (there == NULL) {
            return no_attribute(cx, relation, name);
        }
        if (!read_attribute(cx, command->def->column_def, &made)) {
            return false;
        }
        if (realm_has_row_users(cx->realm, relation->name, NULL)) {
            return realm_unknown(cx->realm, "a composite type changes that may be in use");
        }
        made.name = name;
        *there = made;
        return true;
    default:
        return realm_unknown(cx->realm, "this form of ALTER TYPE");
    }
}

/* A type that columns have is changed with their rows; the catalog is the same. */
bool redo_alter_composite(SqlReplay *cx, Relation *relation, const PgQuery__AlterTableStmt *stmt)
{
    for (size_t i = 0; i < stmt->n_cmds; i++) {
        if (!alter_attribute(cx, relation, stmt->cmds[i]->alter_table_cmd)) {
            return false;
        }
    }
    tell(cx, relation);
    return true;
}

bool redo_rename_attribute(SqlReplay *cx, Relation *relation, Name from, Name to)
{
    Attribute *there = find_attribute(relation, from);
    if (there == NULL) {
        return no_attribute(cx, relation, from);
    }
    if (find_attribute(relation, to) != NULL) {
        return realm_refuse(cx->realm, "42701", "column `%s` of relation `%s` already exists",
                            to->text, relation->name->text);
    }
    there->name = to;
    tell(cx, relation);
    return true;
}

/* --- ranges -------------------------------------------------------------------------------------
 */

/* "multi" before the first "range", or "_multirange" behind it all. */
static Name multirange_name(SqlReplay *cx, Name name)
{
    const char *at = strstr(name->text, "range");
    return at == NULL
               ? intern_printf(cx->names, "%s_multirange", name->text)
               : intern_printf(cx->names, "%.*smulti%s", (int)(at - name->text), name->text, at);
}

static void add_maker(SqlReplay *cx, Name schema, Name name, const char *called, const char *types)
{
    const Name shown = intern_printf(cx->names, "%s(%s)", name->text, called);
    RealmRoutine *made =
        realm_add_routine(cx->realm, schema, name, intern_cstr(cx->names, types), shown);
    made->kind = 'f';
    made->result = "";
    made->qualified = "";
    made->opaque->definition = intern_cstr(cx->names, "AS RANGE");
}

/* The functions that make one. */
static void add_makers(SqlReplay *cx, Name schema, Name name, Name multi, const char *type)
{
    enum { VERSION_14 = 140000 };
    Arena *arena = cx->arena;
    StrBuf quoted = strbuf_new(STRBUF_MAX);
    redo_quoted(&quoted, name);
    const char *self = strbuf_take(&quoted, arena);
    add_maker(cx, schema, name, arena_printf(arena, "%s, %s", type, type),
              arena_printf(arena, "%s,%s,", type, type));
    add_maker(cx, schema, name, arena_printf(arena, "%s, %s, text", type, type),
              arena_printf(arena, "%s,%s,text,", type, type));
    const int version = cx->realm->catalog->server_version;
    if (version == 0 || version >= VERSION_14) {
        add_maker(cx, schema, multi, "", "");
        add_maker(cx, schema, multi, self, arena_printf(arena, "%s,", self));
        add_maker(cx, schema, multi, arena_printf(arena, "VARIADIC %s[]", self),
                  arena_printf(arena, "%s[],", self));
    }
}

bool redo_create_range(SqlReplay *cx, const PgQuery__CreateRangeStmt *stmt)
{
    Name schema = NULL, name = NULL;
    Name other = NULL, multi = NULL;
    ReplayType sub = {0};
    bool has_subtype = false;
    redo_list_name(cx, stmt->type_name, stmt->n_type_name, &schema, &name);
    schema = realm_creation_schema(cx->realm, schema);
    if (schema == NULL) {
        return false;
    }
    for (size_t i = 0; i < stmt->n_params; i++) {
        const PgQuery__DefElem *param = stmt->params[i]->def_elem;
        if (strcmp(param->defname, "subtype") == 0 &&
            param->arg->node_case == PG_QUERY__NODE__NODE_TYPE_NAME) {
            has_subtype = redo_true_type(cx, param->arg->type_name, &sub);
        } else if (strcmp(param->defname, "multirange_type_name") == 0 &&
                   param->arg->node_case == PG_QUERY__NODE__NODE_TYPE_NAME) {
            redo_list_name(cx, param->arg->type_name->names, param->arg->type_name->n_names, &other,
                           &multi);
        }
    }
    const bool plain = has_subtype && schema == cx->realm->catalog->default_schema &&
                       (other == NULL || other == schema) &&
                       name->len + sizeof "_multirange" < IDENTIFIER_MAX;
    if (!plain) {
        return realm_unknown(cx->realm, "this range type");
    }
    if (!realm_compares(cx->realm, &sub.type)) {
        return false;
    }
    multi = multi == NULL ? multirange_name(cx, name) : multi;
    const RealmType type = {.kind = REALM_RANGE, .schema = schema, .name = name};
    const RealmType many = {.kind = REALM_RANGE, .schema = schema, .name = multi};
    if (!realm_take_type(cx->realm, &type, NULL) || !realm_take_type(cx->realm, &many, NULL)) {
        return false;
    }
    realm_goes_beyond(cx->realm, "a range type");
    add_makers(cx, schema, name, multi, redo_type_text(cx, &sub.type));
    return true;
}

/* --- what is defined by a list of properties ----------------------------------------------------
 */

static bool define_shell(SqlReplay *cx, const PgQuery__DefineStmt *stmt)
{
    Name schema = NULL, name = NULL;
    redo_list_name(cx, stmt->defnames, stmt->n_defnames, &schema, &name);
    schema = realm_creation_schema(cx->realm, schema);
    if (stmt->n_definition > 0) {
        return realm_unknown(cx->realm, "a base type");
    }
    const RealmType type = {.kind = REALM_RANGE, .schema = schema, .name = name};
    return schema != NULL && realm_take_type(cx->realm, &type, NULL);
}

static bool define_other(SqlReplay *cx, const PgQuery__DefineStmt *stmt, const char *kind)
{
    Name schema = NULL, name = NULL;
    redo_list_name(cx, stmt->defnames, stmt->n_defnames, &schema, &name);
    schema = realm_creation_schema(cx->realm, schema);
    return schema != NULL &&
           redo_make_other(cx, kind, intern_printf(cx->names, "%s.%s", schema->text, name->text),
                           stmt->if_not_exists);
}

static bool define_collation(SqlReplay *cx, const PgQuery__DefineStmt *stmt)
{
    for (size_t i = 0; i < stmt->n_definition; i++) {
        const PgQuery__DefElem *option = stmt->definition[i]->def_elem;
        const Name value =
            option->arg == NULL || option->arg->node_case != PG_QUERY__NODE__NODE_TYPE_NAME
                ? NULL
                : redo_name_of(cx, option->arg->type_name->names[0]);
        const bool is_builtin = value != NULL && name_is(value, "builtin");
        if ((strcmp(option->defname, "rules") == 0 &&
             !realm_since(cx->realm, 160000, "a collation with rules")) ||
            (is_builtin && !realm_since(cx->realm, 170000, "a collation of the server's own"))) {
            return false;
        }
    }
    return define_other(cx, stmt, "collation");
}

bool redo_define(SqlReplay *cx, const PgQuery__DefineStmt *stmt)
{
    switch ((int)stmt->kind) { /* an open set */
    case OBJECT(AGGREGATE):
        return redo_create_aggregate(cx, stmt);
    case OBJECT(TYPE):
        return define_shell(cx, stmt);
    case OBJECT(COLLATION):
        return define_collation(cx, stmt);
    case OBJECT(TSCONFIGURATION):
        return define_other(cx, stmt, "text search configuration");
    case OBJECT(TSDICTIONARY):
        return define_other(cx, stmt, "text search dictionary");
    case OBJECT(OPERATOR): /* told apart by its arguments; an expression means what it says */
        realm_goes_beyond(cx->realm, "an operator");
        return true;
    default:
        return realm_unknown(cx->realm, "this kind of statement");
    }
}
