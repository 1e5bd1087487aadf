#include "base/common.h"

#include "runtime/script/cluster.h"

#include <pg_query.h>
#include <string.h>

#include "compiler/catalog/sql_scan.h"
#include "runtime/script/script_internal.h"

typedef struct ClusterCx {
    Arena *arena;
    ClusterNames *names;
    const char *text;
    size_t len;
    char *copy; /* NULL: nothing is left out */
} ClusterCx;

static void add_name(Arena *arena, ClusterNameList *list, const char *name)
{
    vec_each(const char *, at, list) {
        if (strcmp(*at, name) == 0) {
            return;
        }
    }
    vec_push(arena, list, arena_strdup(arena, name));
}

static void add_role(ClusterCx *cx, const char *name)
{
    add_name(cx->arena, &cx->names->roles, name);
}

static bool see_role(void *context, const ProtobufCMessage *message)
{
    ClusterCx *cx = context;
    if (message->descriptor == &pg_query__role_spec__descriptor) {
        const PgQuery__RoleSpec *role = (const PgQuery__RoleSpec *)(const void *)message;
        if (role->roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CSTRING) {
            add_role(cx, role->rolename);
        }
        return false;
    }
    return true;
}

/* `SET ROLE x`, `SET SESSION AUTHORIZATION x`: the name is a value there. */
static void see_setting(ClusterCx *cx, const PgQuery__VariableSetStmt *set)
{
    const bool of_role = set->name != NULL && (strcmp(set->name, "role") == 0 ||
                                               strcmp(set->name, "session_authorization") == 0);
    if (of_role && set->n_args == 1 && set->args[0]->node_case == PG_QUERY__NODE__NODE_A_CONST &&
        set->args[0]->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL &&
        strcmp(set->args[0]->a_const->sval->sval, "none") != 0) {
        add_role(cx, set->args[0]->a_const->sval->sval);
    }
}

static bool is_about_cluster(const PgQuery__Node *node)
{
    switch ((int)node->node_case) { /* an open set: all others are of the database */
    case PG_QUERY__NODE__NODE_CREATE_ROLE_STMT:
    case PG_QUERY__NODE__NODE_ALTER_ROLE_STMT:
    case PG_QUERY__NODE__NODE_ALTER_ROLE_SET_STMT:
    case PG_QUERY__NODE__NODE_DROP_ROLE_STMT:
    case PG_QUERY__NODE__NODE_GRANT_ROLE_STMT:
    case PG_QUERY__NODE__NODE_CREATEDB_STMT:
    case PG_QUERY__NODE__NODE_DROPDB_STMT:
    case PG_QUERY__NODE__NODE_ALTER_DATABASE_STMT:
    case PG_QUERY__NODE__NODE_ALTER_DATABASE_SET_STMT:
    case PG_QUERY__NODE__NODE_ALTER_SYSTEM_STMT:
    case PG_QUERY__NODE__NODE_CREATE_TABLE_SPACE_STMT:
    case PG_QUERY__NODE__NODE_DROP_TABLE_SPACE_STMT:
    case PG_QUERY__NODE__NODE_ALTER_TABLE_SPACE_OPTIONS_STMT:
        return true;
    case PG_QUERY__NODE__NODE_RENAME_STMT:
        return node->rename_stmt->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_ROLE ||
               node->rename_stmt->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE;
    case PG_QUERY__NODE__NODE_GRANT_STMT:
        return node->grant_stmt->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE ||
               node->grant_stmt->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TABLESPACE;
    case PG_QUERY__NODE__NODE_ALTER_OWNER_STMT:
        return node->alter_owner_stmt->object_type == PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE;
    case PG_QUERY__NODE__NODE_COMMENT_STMT:
        return node->comment_stmt->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_ROLE;
    default:
        return false;
    }
}

/* Blanks, so that places stay; line ends too, so that lines do. */
static void leave_out(ClusterCx *cx, size_t start, size_t end)
{
    if (cx->copy == NULL) {
        cx->copy = arena_strndup(cx->arena, cx->text, cx->len);
    }
    for (size_t i = start; i < end; i++) {
        if (cx->copy[i] != '\n' && cx->copy[i] != '\r') {
            cx->copy[i] = ' ';
        }
    }
}

/* `raw` is of the text from `offset` to `text_end`. */
static void see_statement(ClusterCx *cx, const PgQuery__RawStmt *raw, size_t offset,
                          size_t text_end)
{
    const PgQuery__Node *node = raw->stmt;
    const size_t start = offset + (size_t)raw->stmt_location;
    const size_t end = raw->stmt_len == 0 ? text_end : start + (size_t)raw->stmt_len;
    if (node->node_case == PG_QUERY__NODE__NODE_CREATE_ROLE_STMT) {
        add_role(cx, node->create_role_stmt->role);
    } else if (node->node_case == PG_QUERY__NODE__NODE_RENAME_STMT && is_about_cluster(node) &&
               node->rename_stmt->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_ROLE) {
        add_role(cx, node->rename_stmt->newname);
    } else if (node->node_case == PG_QUERY__NODE__NODE_VARIABLE_SET_STMT) {
        see_setting(cx, node->variable_set_stmt);
    } else if (node->node_case != PG_QUERY__NODE__NODE_DROP_ROLE_STMT) {
        script_walk(&node->base, see_role, cx);
    }
    if (node->node_case == PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT &&
        !node->create_schema_stmt->if_not_exists && node->create_schema_stmt->schemaname != NULL) {
        add_name(cx->arena, &cx->names->schemas, node->create_schema_stmt->schemaname);
    }
    if (is_about_cluster(node)) {
        leave_out(cx, start, end < cx->len ? end : cx->len);
    }
}

/* Words without which there is nothing to see: most scripts are not parsed for this. */
static bool may_hold_any(const char *text, size_t len)
{
    static const char *const words[] = {
        "role",     "user",   "group",         "owner",    "grant",      "revoke", "policy",
        "reassign", "system", "authorization", "database", "tablespace", "schema"};
    for (size_t at = 0; at < len; at++) {
        for (size_t i = 0; i < lengthof(words); i++) {
            const size_t word = strlen(words[i]);
            size_t same = 0;
            while (same < word && at + same < len && (text[at + same] | 0x20) == words[i][same]) {
                same++;
            }
            if (same == word) {
                return true;
            }
        }
    }
    return false;
}

/* False where the grammar refuses it, or it nests too deep to be read. */
static bool see_text(ClusterCx *cx, size_t start, size_t end)
{
    const char *text = arena_strndup(cx->arena, cx->text + start, end - start);
    PgQuery__ParseResult *tree = script_tree(text, end - start, NULL);
    if (tree == NULL) {
        return false;
    }
    for (size_t i = 0; i < tree->n_stmts; i++) {
        if (tree->stmts[i]->stmt != NULL) {
            see_statement(cx, tree->stmts[i], start, end);
        }
    }
    pg_query__parse_result__free_unpacked(tree, NULL);
    return true;
}

/* A statement that only a newer grammar knows, or that nests too deep, hides no other. */
static void see_each(ClusterCx *cx)
{
    const char *at = cx->text, *end = cx->text + cx->len, *start = at;
    while (at < end) {
        const SqlToken token = sql_scan(at, end);
        at += token.len;
        if (sql_token_is_sign(&token, ';') || at >= end) {
            (void)see_text(cx, (size_t)(start - cx->text), (size_t)(at - cx->text));
            start = at;
        }
    }
}

const char *cluster_leave_out(Arena *arena, const char *text, size_t len, ClusterNames *names)
{
    ClusterCx cx = {.arena = arena, .names = names, .text = text, .len = len};
    if (!may_hold_any(text, len)) {
        return text;
    }
    if (!see_text(&cx, 0, len)) {
        see_each(&cx);
    }
    return cx.copy == NULL ? text : cx.copy;
}
