/*
 * notes.c - COMMENT ON: kept with what it is about, told at the end as queries/opaque.sql tells it.
 *
 * Source: PostgreSQL manual, COMMENT; pg_identify_object for the names.
 */
#include "base/common.h"

#include "compiler/replay/notes/subjects.h"

#define OBJECT(name) PG_QUERY__OBJECT_TYPE__OBJECT_##name

/* --- what it is about ---------------------------------------------------------------------------
 */

static bool column_subject(SqlReplay *cx, const PgQuery__List *list, Subject *subject)
{
    Name schema = NULL, relation_name = NULL;
    const Name name = redo_name_of(cx, list->items[list->n_items - 1]);
    redo_list_name(cx, list->items, list->n_items - 1, &schema, &relation_name);
    if (!subject_of_relation(cx, schema, relation_name, subject)) {
        return false;
    }
    if (subject->kind == SUBJECT_TABLE) {
        Column *column = realm_column(cx->realm, subject->object, name);
        *subject = (Subject){.kind = SUBJECT_COLUMN, .object = column};
        return column != NULL;
    }
    const Relation *relation = realm_relation(cx->realm, schema, relation_name);
    if (relation == NULL) {
        return true; /* one of the server's own */
    }
    if (relation->kind == RELATION_INDEX || relation->kind == RELATION_SEQUENCE) {
        return realm_refuse(cx->realm, "42809", "cannot set comment on relation `%s`",
                            relation_name->text);
    }
    if (relation->kind == RELATION_FOREIGN) {
        return realm_unknown(cx->realm, "a comment on a column of a foreign table");
    }
    bool found = relation->kind == RELATION_COMPOSITE;
    vec_each(const Name, at, &relation->columns) {
        found |= *at == name;
    }
    subject->part = name;
    return found || realm_refuse(cx->realm, "42703", "column `%s` of relation `%s` does not exist",
                                 name->text, relation_name->text);
}

static bool find_constraint(const SqlReplay *cx, Table *table, Name name, Subject *subject)
{
    if (table->primary_key != NULL && table->primary_key->name == name) {
        *subject = (Subject){.kind = SUBJECT_PRIMARY_KEY, .object = table->primary_key};
        return true;
    }
    vec_each(Index *const, at, &table->indexes) {
        if ((*at)->is_constraint && (*at)->name == name) {
            *subject = (Subject){.kind = SUBJECT_INDEX, .object = *at};
            return true;
        }
    }
    vec_each(ForeignKey *const, at, &table->foreign_keys) {
        if ((*at)->name == name) {
            *subject = (Subject){.kind = SUBJECT_FOREIGN_KEY, .object = *at};
            return true;
        }
    }
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        const bool is_one = (*at)->kind == OPAQUE_CHECK || (*at)->kind == OPAQUE_EXCLUSION;
        if (is_one && (*at)->table == table && (*at)->name == name) {
            *subject = (Subject){.kind = SUBJECT_OPAQUE, .object = *at};
            return true;
        }
    }
    return false;
}

static bool constraint_subject(SqlReplay *cx, const PgQuery__List *list, Subject *subject)
{
    Name schema = NULL, table_name = NULL;
    const Name name = redo_name_of(cx, list->items[list->n_items - 1]);
    redo_list_name(cx, list->items, list->n_items - 1, &schema, &table_name);
    Table *table = realm_table(cx->realm, schema, table_name);
    if (table == NULL) {
        return false;
    }
    if (!find_constraint(cx, table, name, subject)) {
        return realm_refuse(cx->realm, "42704", "constraint `%s` for table `%s` does not exist",
                            name->text, table->name->text);
    }
    subject->as_constraint = true;
    return true;
}

/* Triggers, policies, rules: nothing is told of what is said about them. */
static bool hung_subject(SqlReplay *cx, const PgQuery__List *list, OpaqueKind kind,
                         Subject *subject)
{
    Name schema = NULL, table_name = NULL;
    const Name name = redo_name_of(cx, list->items[list->n_items - 1]);
    redo_list_name(cx, list->items, list->n_items - 1, &schema, &table_name);
    const Relation *relation = realm_relation(cx->realm, schema, table_name);
    if (relation == NULL) {
        return realm_missing(cx->realm, MISSING_RELATION, schema, table_name, "relation");
    }
    *subject = (Subject){.kind = SUBJECT_NONE};
    vec_each(Opaque *const, at, &cx->realm->catalog->opaque) {
        if ((*at)->kind == kind && (*at)->name == name && (*at)->schema == relation->schema &&
            (*at)->relation == relation->name) {
            return true;
        }
    }
    return realm_refuse(cx->realm, "42704", "%s `%s` for table `%s` does not exist",
                        opaque_name(kind), name->text, table_name->text);
}

static bool list_subject(SqlReplay *cx, const PgQuery__CommentStmt *stmt, Subject *subject)
{
    const PgQuery__List *list = stmt->object->list;
    Name schema = NULL, name = NULL;
    const bool is_part = stmt->objtype == OBJECT(COLUMN) ||
                         stmt->objtype == OBJECT(TABCONSTRAINT) ||
                         stmt->objtype == OBJECT(TRIGGER) || stmt->objtype == OBJECT(POLICY) ||
                         stmt->objtype == OBJECT(RULE);
    if (is_part && list->n_items < 2) {
        return realm_refuse(cx->realm, "42601", "a part of a relation is named without it");
    }
    switch ((int)stmt->objtype) { /* an open set */
    case OBJECT(COLUMN):
        return column_subject(cx, list, subject);
    case OBJECT(TABCONSTRAINT):
        return constraint_subject(cx, list, subject);
    case OBJECT(TRIGGER):
        return hung_subject(cx, list, OPAQUE_TRIGGER, subject);
    case OBJECT(POLICY):
        return hung_subject(cx, list, OPAQUE_POLICY, subject);
    case OBJECT(RULE):
        return hung_subject(cx, list, OPAQUE_RULE, subject);
    case OBJECT(TABLE):
    case OBJECT(INDEX):
    case OBJECT(VIEW):
    case OBJECT(MATVIEW):
    case OBJECT(SEQUENCE):
        redo_list_name(cx, list->items, list->n_items, &schema, &name);
        return subject_of_relation(cx, schema, name, subject) &&
               subject_is_relation(cx, realm_relation(cx->realm, schema, name), stmt->objtype);
    default:
        return realm_unknown(cx->realm, "a comment on this kind of object");
    }
}

/* Objects that belong to no schema: nothing is told of what is said about them. */
static bool name_subject(SqlReplay *cx, const PgQuery__CommentStmt *stmt, Subject *subject)
{
    const Name name = redo_name_of(cx, stmt->object);
    *subject = (Subject){.kind = SUBJECT_NONE};
    switch ((int)stmt->objtype) { /* an open set */
    case OBJECT(SCHEMA):
        if (!realm_has_schema(cx->realm, name)) {
            return false;
        }
        subject->object = map_get(&cx->realm->catalog->schemas_by_name, name);
        subject->kind = subject->object == NULL ? SUBJECT_NONE : SUBJECT_SCHEMA;
        return true;
    case OBJECT(EXTENSION):
        return name_is(name, "plpgsql") || realm_has_extension(cx->realm, name->text) ||
               realm_refuse(cx->realm, "42704", "extension `%s` does not exist", name->text);
    case OBJECT(DATABASE):
    case OBJECT(ROLE):
    case OBJECT(LANGUAGE):
    case OBJECT(TABLESPACE):
    case OBJECT(PUBLICATION):
        return true;
    default:
        return realm_unknown(cx->realm, "a comment on this kind of object");
    }
}

static bool find_subject(SqlReplay *cx, const PgQuery__CommentStmt *stmt, Subject *subject)
{
    Name schema = NULL, name = NULL;
    switch ((int)stmt->object->node_case) { /* an open set */
    case PG_QUERY__NODE__NODE_LIST:
        return list_subject(cx, stmt, subject);
    case PG_QUERY__NODE__NODE_STRING:
        return name_subject(cx, stmt, subject);
    case PG_QUERY__NODE__NODE_TYPE_NAME:
        redo_list_name(cx, stmt->object->type_name->names, stmt->object->type_name->n_names,
                       &schema, &name);
        return subject_of_type(cx, schema, name, stmt->objtype, subject);
    case PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS:
        return stmt->objtype != OBJECT(OPERATOR)
                   ? subject_of_routine(cx, stmt->object->object_with_args, stmt->objtype, subject)
                   : realm_unknown(cx->realm, "a comment on an operator");
    default:
        return realm_unknown(cx->realm, "a comment on this kind of object");
    }
}

/* What an object of that name bears without anybody's comment; NULL: nothing. */
static const char *usual_comment(PgQuery__ObjectType of, Name name)
{
    static const struct {
        PgQuery__ObjectType of;
        const char *name, *text;
    } usual[] = {
#define USUAL_COMMENT(of, name, text) {OBJECT(of), name, text},
#include "compiler/replay/notes/usual_comments.def"
#undef USUAL_COMMENT
    };
    for (size_t i = 0; i < lengthof(usual); i++) {
        if (usual[i].of == of && name_is(name, usual[i].name)) {
            return usual[i].text;
        }
    }
    return NULL;
}

/* Dumps say it all the same. */
static bool is_usual(SqlReplay *cx, const PgQuery__CommentStmt *stmt)
{
    const char *usual = stmt->object->node_case == PG_QUERY__NODE__NODE_STRING
                            ? usual_comment(stmt->objtype, redo_name_of(cx, stmt->object))
                            : NULL;
    return usual != NULL && stmt->comment != NULL && strcmp(usual, stmt->comment) == 0;
}

bool redo_comment(SqlReplay *cx, const PgQuery__CommentStmt *stmt)
{
    SubjectNote note = {.text = stmt->comment == NULL || stmt->comment[0] == '\0'
                                    ? NULL
                                    : intern_cstr(cx->names, stmt->comment)};
    if (!find_subject(cx, stmt, &note.subject)) {
        return false;
    }
    if (note.subject.kind == SUBJECT_NONE && !is_usual(cx, stmt)) {
        realm_goes_beyond(cx->realm, "comments");
    }
    vec_each(SubjectNote, at, &cx->notes->comments) {
        if (subject_same(&at->subject, &note.subject)) {
            *at = note;
            return true;
        }
    }
    if (note.subject.kind != SUBJECT_NONE) {
        vec_push(cx->arena, &cx->notes->comments, note);
    }
    return true;
}

/* --- told ---------------------------------------------------------------------------------------
 */

static const char *opaque_type(const Opaque *opaque, bool has_part)
{
    switch ((int)opaque->kind) { /* those that a comment finds */
    case OPAQUE_VIEW:
        return has_part ? "view column " : "view ";
    case OPAQUE_MATERIALIZED_VIEW:
        return has_part ? "materialized view column " : "materialized view ";
    case OPAQUE_COMPOSITE_TYPE:
        return has_part ? "composite type column " : "type ";
    case OPAQUE_DOMAIN:
        return "type ";
    default:
        return "index ";
    }
}

static const char *routine_type(const RealmRoutine *routine)
{
    switch (routine->kind) {
    case 'p':
        return "procedure ";
    case 'a':
        return "aggregate ";
    default:
        return "function ";
    }
}

static void put_qualified(StrBuf *out, Name schema, Name name)
{
    redo_quoted(out, schema);
    strbuf_char(out, '.');
    redo_quoted(out, name);
}

static void put_name(StrBuf *out, const Subject *subject)
{
    const Name name = subject_name(subject);
    if (subject->as_constraint) {
        strbuf_add(out, "table constraint ");
        redo_quoted(out, name);
        strbuf_add(out, " on ");
        put_qualified(out, subject_table(subject)->schema, subject_table(subject)->name);
        return;
    }
    switch ((int)subject->kind) {
    case SUBJECT_INDEX:
    case SUBJECT_PRIMARY_KEY:
        strbuf_add(out, "index ");
        break;
    case SUBJECT_OPAQUE:
        strbuf_add(out, opaque_type(subject->object, subject->part != NULL));
        if (subject->part != NULL) {
            put_qualified(out, subject_schema(subject), name);
            strbuf_char(out, '.');
            redo_quoted(out, subject->part);
            return;
        }
        break;
    case SUBJECT_ENUM:
        strbuf_add(out, "type ");
        break;
    case SUBJECT_SEQUENCE:
        strbuf_add(out, "sequence ");
        break;
    default:
        break;
    }
    redo_quoted(out, name);
}

/* `function public.f(integer)` */
void subject_put_routine(StrBuf *out, const RealmRoutine *routine)
{
    strbuf_add(out, routine_type(routine));
    put_qualified(out, routine->schema, routine->name);
    strbuf_printf(out, "(%s)", routine->qualified);
}

static void tell(SqlReplay *cx, const SubjectNote *note)
{
    const Subject *subject = &note->subject;
    const bool is_part = subject->kind == SUBJECT_INDEX || subject->kind == SUBJECT_PRIMARY_KEY ||
                         subject->kind == SUBJECT_FOREIGN_KEY ||
                         (subject->kind == SUBJECT_OPAQUE && subject_table(subject) != NULL);
    StrBuf out = strbuf_new(STRBUF_MAX);
    if (subject->kind == SUBJECT_ROUTINE) {
        subject_put_routine(&out, subject->object);
    } else {
        put_name(&out, subject);
    }
    Opaque *comment =
        realm_add_opaque(cx->realm, OPAQUE_COMMENT, subject_table(subject), subject_schema(subject),
                         intern(cx->names, strbuf_text(&out), out.len), note->text);
    comment->part = is_part ? subject_name(subject) : NULL;
    if (subject->kind == SUBJECT_COLUMN) {
        vec_push(cx->arena, &comment->columns, subject->object);
    } else if (subject->kind == SUBJECT_ENUM) {
        vec_push(cx->arena, &comment->enums, subject->object);
    }
    strbuf_dispose(&out);
}

/* Only a whole comparison asks for them. The first schema of all has a comment without anybody's
 * doing: it is told where it has another one, or none any more. */
static void tell_of_schema(SqlReplay *cx, const SubjectNote *note)
{
    const Schema *schema = note->subject.object;
    const char *usual = usual_comment(OBJECT(SCHEMA), schema->name);
    const bool is_first = schema->origin.oid == 1; /* not made by a script */
    const bool is_told = note->text == NULL ? usual != NULL && is_first
                                            : usual == NULL || !name_is(note->text, usual);
    if (!subject_is_alive(cx, &note->subject)) {
        realm_goes_beyond(cx->realm, "the comment on a schema");
    } else if (is_told) {
        StrBuf out = strbuf_new(STRBUF_MAX);
        strbuf_add(&out, "schema ");
        redo_quoted(&out, schema->name);
        (void)realm_add_opaque(cx->realm, OPAQUE_COMMENT, NULL, schema->name,
                               intern(cx->names, strbuf_text(&out), out.len),
                               note->text == NULL ? intern_cstr(cx->names, "") : note->text);
        strbuf_dispose(&out);
    }
}

void redo_tell_comments(SqlReplay *cx)
{
    vec_each(const SubjectNote, at, &cx->notes->comments) {
        if (at->subject.kind == SUBJECT_SCHEMA) {
            if (cx->realm->is_whole) {
                tell_of_schema(cx, at);
            }
        } else if (at->text != NULL && subject_is_alive(cx, &at->subject)) {
            tell(cx, at);
        }
    }
}
