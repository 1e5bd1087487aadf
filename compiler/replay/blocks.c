/*
 * blocks.c - DO blocks whose effect can be read: statements one after the other, under conditions
 * over the catalog, with exceptions that say "it is there already"; and blocks that only touch
 * rows.
 *
 * Read token by token, as PL/pgSQL reads them. Source: PostgreSQL manual, "PL/pgSQL"; "Error Codes"
 * for the names of conditions.
 */
#include "base/common.h"

#include <strings.h>

#include "compiler/catalog/sql_scan.h"
#include "compiler/replay/replay_internal.h"

typedef struct BlockCx {
    SqlReplay *replay;
    const char *at, *end;
    size_t statements; /* carried out so far */
    bool skips;        /* under a condition that is false */
} BlockCx;

static bool run_list(BlockCx *cx);

/* --- tokens -------------------------------------------------------------------------------------
 */

static SqlToken peek(BlockCx *cx)
{
    while (cx->at < cx->end) {
        const SqlToken token = sql_scan(cx->at, cx->end);
        if (sql_token_counts(&token)) {
            return token;
        }
        cx->at += token.len;
    }
    return (SqlToken){.kind = SQL_SPACE, .text = cx->end, .len = 0};
}

static bool is_word(const SqlToken *token, const char *word)
{
    return token->kind == SQL_WORD && token->len == strlen(word) &&
           strncasecmp(token->text, word, token->len) == 0;
}

static bool sees(BlockCx *cx, const char *word)
{
    const SqlToken token = peek(cx);
    return is_word(&token, word);
}

static bool takes(BlockCx *cx, const char *word)
{
    const SqlToken token = peek(cx);
    if (is_word(&token, word)) {
        cx->at += token.len;
        return true;
    }
    return false;
}

static bool takes_sign(BlockCx *cx, char sign)
{
    const SqlToken token = peek(cx);
    if (sql_token_is_sign(&token, sign)) {
        cx->at += token.len;
        return true;
    }
    return false;
}

static bool not_read(BlockCx *cx)
{
    return realm_unknown(cx->replay->realm, "a DO block");
}

/* Up to the word or sign outside of brackets, which stays. */
static bool skip_to(BlockCx *cx, const char *word, Slice *ret_slice)
{
    int depth = 0;
    const SqlToken first = peek(cx);
    for (SqlToken token = first; token.len > 0; token = peek(cx)) {
        const bool is_end = word[0] == ';' ? sql_token_is_sign(&token, ';') : is_word(&token, word);
        if (depth == 0 && is_end) {
            *ret_slice = (Slice){first.text, (size_t)(token.text - first.text)};
            return true;
        }
        depth += sql_token_is_sign(&token, '(') ? 1 : sql_token_is_sign(&token, ')') ? -1 : 0;
        cx->at += token.len;
    }
    return not_read(cx);
}

/* --- conditions ---------------------------------------------------------------------------------
 */

typedef enum Truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN } Truth;

typedef struct Facts {
    const char *type, *constraint, *table, *column, *index, *schema, *extension, *role;
    size_t others; /* conditions that are none of these */
} Facts;

/* `column = 'text'`, as far as the column is one that names an object. */
static bool take_fact(Facts *facts, const char *column, const char *text)
{
    const struct {
        const char *column;
        const char **place;
    } places[] = {
        {"typname", &facts->type},
        {"conname", &facts->constraint},
        {"constraint_name", &facts->constraint},
        {"table_name", &facts->table},
        {"relname", &facts->table},
        {"tablename", &facts->table},
        {"column_name", &facts->column},
        {"indexname", &facts->index},
        {"nspname", &facts->schema},
        {"schema_name", &facts->schema},
        {"table_schema", &facts->schema},
        {"schemaname", &facts->schema},
        {"constraint_schema", &facts->schema},
        {"extname", &facts->extension},
        {"attname", &facts->column},
    };
    for (size_t i = 0; i < lengthof(places); i++) {
        if (strcmp(places[i].column, column) == 0) {
            *places[i].place = text;
            return true;
        }
    }
    return false;
}

static const char *constant_text(const Node *node)
{
    if (node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) {
        node = node->type_cast->arg;
    }
    return node != NULL && node->node_case == PG_QUERY__NODE__NODE_A_CONST &&
                   node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL
               ? node->a_const->sval->sval
               : NULL;
}

static const char *column_text(const Node *node)
{
    if (node->node_case != PG_QUERY__NODE__NODE_COLUMN_REF) {
        return NULL;
    }
    const PgQuery__ColumnRef *ref = node->column_ref;
    const Node *last = ref->fields[ref->n_fields - 1];
    return last->node_case == PG_QUERY__NODE__NODE_STRING ? last->string->sval : NULL;
}

static void read_condition(const Node *node, Facts *facts)
{
    if (node->node_case == PG_QUERY__NODE__NODE_BOOL_EXPR &&
        node->bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) {
        for (size_t i = 0; i < node->bool_expr->n_args; i++) {
            read_condition(node->bool_expr->args[i], facts);
        }
        return;
    }
    const PgQuery__AExpr *expr =
        node->node_case == PG_QUERY__NODE__NODE_A_EXPR ? node->a_expr : NULL;
    const bool is_equal = expr != NULL && expr->n_name == 1 && expr->lexpr != NULL &&
                          expr->rexpr != NULL && expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP &&
                          strcmp(expr->name[0]->string->sval, "=") == 0;
    const char *column = is_equal ? column_text(expr->lexpr) : NULL;
    const char *text = column == NULL ? NULL : constant_text(expr->rexpr);
    const bool is_join = column != NULL && column_text(expr->rexpr) != NULL;
    const bool is_here = column != NULL && strcmp(column, "nspname") == 0 && text == NULL;
    if ((text == NULL || !take_fact(facts, column, text)) && !is_join && !is_here) {
        facts->others++;
    }
}

static Truth truth(bool value)
{
    return value ? TRUTH_YES : TRUTH_NO;
}

static bool any_constraint(const SqlReplay *cx, Name name)
{
    vec_each(Table *const, at, &cx->realm->catalog->tables) {
        if (realm_has_constraint(cx->realm, *at, name)) {
            return true;
        }
    }
    return false;
}

static Truth column_exists(const SqlReplay *cx, const Facts *facts, Name schema)
{
    const Relation *relation =
        facts->table == NULL
            ? NULL
            : realm_relation(cx->realm, schema, intern_cstr(cx->names, facts->table));
    if (facts->table == NULL || (relation != NULL && relation->kind != RELATION_TABLE)) {
        return TRUTH_UNKNOWN;
    }
    return truth(relation != NULL &&
                 table_find_column(relation->table, intern_cstr(cx->names, facts->column)) != NULL);
}

static Truth object_exists(const SqlReplay *cx, const Facts *facts)
{
    const Name schema = facts->schema == NULL ? NULL : intern_cstr(cx->names, facts->schema);
    if (facts->others > 0 || facts->role != NULL) {
        return TRUTH_UNKNOWN;
    }
    if (facts->column != NULL) {
        return column_exists(cx, facts, schema);
    }
    if (facts->type != NULL) {
        return truth(realm_type(cx->realm, schema, intern_cstr(cx->names, facts->type)) != NULL);
    }
    if (facts->constraint != NULL) {
        return truth(any_constraint(cx, intern_cstr(cx->names, facts->constraint)));
    }
    if (facts->table != NULL || facts->index != NULL) {
        const char *name = facts->index != NULL ? facts->index : facts->table;
        return truth(realm_relation(cx->realm, schema, intern_cstr(cx->names, name)) != NULL);
    }
    if (facts->extension != NULL) {
        return truth(realm_has_extension(cx->realm, facts->extension));
    }
    if (schema != NULL) {
        return truth(map_get(&cx->realm->catalog->schemas_by_name, schema) != NULL);
    }
    return TRUTH_UNKNOWN;
}

typedef struct ServerOnly {
    bool all, any;
} ServerOnly;

static bool visit_range(void *context, const ProtobufCMessage *message)
{
    ServerOnly *found = context;
    if (message->descriptor == &pg_query__range_var__descriptor) {
        const PgQuery__RangeVar *range = (const PgQuery__RangeVar *)message;
        found->any = true;
        found->all &= strncmp(range->relname, "pg_", 3) == 0 ||
                      strcmp(range->schemaname, "information_schema") == 0;
    }
    return true;
}

/* `EXISTS (SELECT ... FROM pg_type WHERE typname = 'x')`, with NOT before it or without. */
static Truth condition_of(SqlReplay *cx, const Node *node)
{
    if (node->node_case == PG_QUERY__NODE__NODE_BOOL_EXPR &&
        node->bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR) {
        const Truth inner = condition_of(cx, node->bool_expr->args[0]);
        return inner == TRUTH_UNKNOWN ? inner : truth(inner == TRUTH_NO);
    }
    if (node->node_case != PG_QUERY__NODE__NODE_SUB_LINK ||
        node->sub_link->sub_link_type != PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK) {
        return TRUTH_UNKNOWN;
    }
    const PgQuery__SelectStmt *select = node->sub_link->subselect->select_stmt;
    ServerOnly reads = {.all = true};
    Facts facts = {0};
    (void)tree_walk(&select->base, visit_range, &reads);
    if (!reads.all && redo_gives_nothing(cx, select)) {
        return TRUTH_NO;
    }
    if (!reads.all || !reads.any || select->where_clause == NULL) {
        return TRUTH_UNKNOWN;
    }
    read_condition(select->where_clause, &facts);
    return object_exists(cx, &facts);
}

static Truth evaluate(BlockCx *cx, Slice condition)
{
    Truth found = TRUTH_UNKNOWN;
    const char *text =
        arena_printf(cx->replay->arena, "SELECT (%.*s\n)", (int)condition.len, condition.text);
    PgQuery__ParseResult *tree = redo_parse(text);
    if (tree != NULL && tree->n_stmts == 1 &&
        tree->stmts[0]->stmt->node_case == PG_QUERY__NODE__NODE_SELECT_STMT &&
        tree->stmts[0]->stmt->select_stmt->n_target_list == 1) {
        const Node *target = tree->stmts[0]->stmt->select_stmt->target_list[0];
        found = condition_of(cx->replay, target->res_target->val);
    }
    redo_parse_free(tree);
    return found;
}

/* --- statements ---------------------------------------------------------------------------------
 */

/* Behind IF, up to its END IF. */
static bool run_if(BlockCx *cx)
{
    const bool outer = cx->skips;
    bool taken = false;
    do {
        Slice condition = {0};
        if (!skip_to(cx, "THEN", &condition)) {
            return false;
        }
        const Truth found = outer || taken ? TRUTH_NO : evaluate(cx, condition);
        if (found == TRUTH_UNKNOWN) {
            return not_read(cx);
        }
        (void)takes(cx, "THEN");
        cx->skips = outer || taken || found == TRUTH_NO;
        taken |= found == TRUTH_YES;
        if (!run_list(cx)) {
            return false;
        }
    } while (takes(cx, "ELSIF") || takes(cx, "ELSEIF"));
    if (takes(cx, "ELSE")) {
        cx->skips = outer || taken;
        if (!run_list(cx)) {
            return false;
        }
    }
    cx->skips = outer;
    return (takes(cx, "END") && takes(cx, "IF") && takes_sign(cx, ';')) || not_read(cx);
}

static bool run_sql(BlockCx *cx, const char *text, size_t len)
{
    SqlReplay *replay = cx->replay;
    if (cx->skips) {
        return true;
    }
    cx->statements++;
    return redo_text(replay, arena_strndup(replay->arena, text, len), len);
}

/* EXECUTE 'text': with quotes doubled inside. */
static bool run_execute(BlockCx *cx)
{
    const SqlToken token = peek(cx);
    if (token.kind != SQL_STRING || token.text[0] != '\'') {
        return not_read(cx);
    }
    char *text = arena_strndup(cx->replay->arena, token.text + 1, token.len - 2), *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        *to++ = *from;
        from += *from == '\'' && from[1] == '\'' ? 1 : 0;
    }
    *to = '\0';
    cx->at += token.len;
    return (takes_sign(cx, ';') || not_read(cx)) && run_sql(cx, text, strlen(text));
}

static bool run_one(BlockCx *cx)
{
    Slice statement = {0};
    if (takes(cx, "IF")) {
        return run_if(cx);
    }
    if (takes(cx, "EXECUTE")) {
        return run_execute(cx);
    }
    if (sees(cx, "BEGIN") || sees(cx, "FOR") || sees(cx, "LOOP") || sees(cx, "WHILE") ||
        sees(cx, "CASE") || sees(cx, "FOREACH") || sees(cx, "PERFORM")) {
        return not_read(cx);
    }
    const bool is_quiet = sees(cx, "RAISE") || sees(cx, "NULL");
    if (sees(cx, "RAISE") && !cx->skips) {
        const SqlToken raise = peek(cx);
        cx->at += raise.len;
        if (!sees(cx, "NOTICE") && !sees(cx, "WARNING") && !sees(cx, "INFO")) {
            return not_read(cx);
        }
    }
    if (!skip_to(cx, ";", &statement)) {
        return false;
    }
    (void)takes_sign(cx, ';');
    return is_quiet || run_sql(cx, statement.text, statement.len);
}

static bool ends_list(BlockCx *cx)
{
    return sees(cx, "END") || sees(cx, "ELSE") || sees(cx, "ELSIF") || sees(cx, "ELSEIF") ||
           sees(cx, "EXCEPTION") || sees(cx, "WHEN") || peek(cx).len == 0;
}

static bool run_list(BlockCx *cx)
{
    while (!ends_list(cx)) {
        if (!run_one(cx)) {
            return false;
        }
    }
    return true;
}

/* --- exceptions ---------------------------------------------------------------------------------
 */

static bool condition_is(const SqlToken *token, const char *sqlstate)
{
    static const struct {
        const char *name, *sqlstate;
    } names[] = {
        {"duplicate_object", "42710"},   {"duplicate_table", "42P07"},
        {"duplicate_column", "42701"},   {"undefined_object", "42704"},
        {"undefined_table", "42P01"},    {"undefined_column", "42703"},
        {"duplicate_schema", "42P06"},   {"undefined_function", "42883"},
        {"duplicate_function", "42723"}, {"invalid_table_definition", "42P16"},
    };
    for (size_t i = 0; i < lengthof(names); i++) {
        if (is_word(token, names[i].name)) {
            return strcmp(names[i].sqlstate, sqlstate) == 0;
        }
    }
    return is_word(token, "others");
}

/* Behind EXCEPTION: does one of its conditions fit, and what it does is nothing? */
static bool is_caught(BlockCx *cx, const char *sqlstate)
{
    while (takes(cx, "WHEN")) {
        bool fits = false;
        for (SqlToken token = peek(cx); token.len > 0 && !is_word(&token, "THEN");
             token = peek(cx)) {
            fits |= condition_is(&token, sqlstate);
            cx->at += token.len;
        }
        (void)takes(cx, "THEN");
        cx->skips = !fits;
        if (!run_list(cx)) {
            return false;
        }
        if (fits) {
            return true;
        }
    }
    return false;
}

/* Where the block's EXCEPTION stands; NULL: it has none. */
static const char *find_exception(BlockCx cx)
{
    for (SqlToken token = peek(&cx); token.len > 0; token = peek(&cx)) {
        cx.at += token.len;
        if (is_word(&token, "EXCEPTION") && sees(&cx, "WHEN")) {
            return cx.at;
        }
    }
    return NULL;
}

static bool run_block(BlockCx *cx)
{
    Slice variables = {0};
    const char *exception = find_exception(*cx);
    if (takes(cx, "DECLARE") && !skip_to(cx, "BEGIN", &variables)) {
        return false;
    }
    if (!takes(cx, "BEGIN")) {
        return not_read(cx);
    }
    if (run_list(cx)) {
        return takes(cx, "EXCEPTION") || takes(cx, "END") || not_read(cx);
    }
    const RealmFault fault = cx->replay->realm->fault;
    if (fault.sqlstate == NULL || exception == NULL) {
        return false;
    }
    if (cx->statements > 1) {
        return not_read(cx); /* what came before is taken back */
    }
    cx->at = exception;
    if (is_caught(cx, fault.sqlstate)) {
        return true;
    }
    cx->replay->realm->fault = fault;
    return false;
}

/* --- blocks about rows --------------------------------------------------------------------------
 */

static bool changes_catalog(const SqlToken *token)
{
    static const char *const words[] = {"create", "alter",   "drop",    "execute", "comment",
                                        "grant",  "revoke",  "call",    "perform", "do",
                                        "import", "refresh", "reindex", "cluster", "truncate"};
    for (size_t i = 0; i < lengthof(words); i++) {
        if (is_word(token, words[i])) {
            return true;
        }
    }
    return false;
}

static bool is_harmless_word(SqlReplay *cx, const SqlToken *token)
{
    static const char *const words[] = {
        "values",    "in",      "exists",   "and",       "or",        "not",    "if",
        "when",      "on",      "over",     "as",        "from",      "where",  "then",
        "by",        "array",   "any",      "all",       "union",     "case",   "else",
        "coalesce",  "nullif",  "greatest", "least",     "cast",      "using",  "varchar",
        "char",      "numeric", "decimal",  "text",      "select",    "return", "set",
        "elsif",     "loop",    "while",    "returning", "having",    "filter", "extract",
        "substring", "trim",    "position", "interval",  "timestamp", "row",    "with",
        "conflict",  "until",   "partition"};
    char name[IDENTIFIER_MAX + 1];
    for (size_t i = 0; i < lengthof(words); i++) {
        if (is_word(token, words[i])) {
            return true;
        }
    }
    const size_t len = token->len < IDENTIFIER_MAX ? token->len : IDENTIFIER_MAX;
    for (size_t i = 0; i < len; i++) {
        const char c = token->text[i];
        name[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    name[len] = '\0';
    return tree_is_harmless_function(cx, name);
}

/* The table behind INTO may hold rows now. */
static bool note_rows(BlockCx *cx, const SqlToken *token)
{
    SqlReplay *replay = cx->replay;
    SqlToken last = *token;
    BlockCx ahead = *cx;
    ahead.at = token->text + token->len;
    while (takes_sign(&ahead, '.')) {
        last = peek(&ahead);
        ahead.at += last.len;
    }
    cx->at = ahead.at;
    const bool quoted = last.kind == SQL_NAME;
    char *name =
        arena_strndup(replay->arena, last.text + (quoted ? 1 : 0), last.len - (quoted ? 2 : 0));
    for (char *c = name; !quoted && *c != '\0'; c++) {
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    }
    const Relation *relation = realm_relation(replay->realm, NULL, redo_name(replay, name));
    if (relation != NULL && relation->kind == RELATION_TABLE) {
        RealmTable *state = realm_table_state(replay->realm, relation->table);
        state->may_have_rows = true;
    }
    return true;
}

/* No word that makes or calls anything but rows. */
bool redo_only_rows(SqlReplay *replay, const char *text)
{
    BlockCx cx = {.replay = replay, .at = text, .end = text + strlen(text)};
    SqlToken before = {0};
    for (SqlToken token = peek(&cx); token.len > 0; token = peek(&cx)) {
        cx.at += token.len;
        if (changes_catalog(&token)) {
            return false;
        }
        if (is_word(&before, "into")) {
            (void)note_rows(&cx, &token);
        } else if ((token.kind == SQL_WORD || token.kind == SQL_NAME) && peek(&cx).len > 0) {
            const SqlToken next = peek(&cx);
            if (sql_token_is_sign(&next, '(') &&
                (token.kind == SQL_NAME || !is_harmless_word(replay, &token))) {
                return false;
            }
        }
        before = token;
    }
    return true;
}

/* --- the statement ------------------------------------------------------------------------------
 */

bool redo_block(SqlReplay *cx, const PgQuery__DoStmt *stmt)
{
    const char *body = NULL;
    for (size_t i = 0; i < stmt->n_args; i++) {
        const PgQuery__DefElem *arg = stmt->args[i]->def_elem;
        const char *text = arg->arg != NULL && arg->arg->node_case == PG_QUERY__NODE__NODE_STRING
                               ? arg->arg->string->sval
                               : "";
        if (strcmp(arg->defname, "as") == 0) {
            body = text;
        } else if (strcmp(text, "plpgsql") != 0) {
            return realm_unknown(cx->realm, "a DO block in another language");
        }
    }
    if (body == NULL || cx->in_block) {
        return realm_unknown(cx->realm, "a DO block");
    }
    const SqlReplay outer = *cx;
    BlockCx block = {.replay = cx, .at = body, .end = body + strlen(body)};
    cx->in_block = true;
    bool ok = (redo_has_no_trigger(cx) && redo_only_rows(cx, body)) || run_block(&block);
    cx->in_block = false;
    cx->text = outer.text;
    cx->start = outer.start;
    cx->end = outer.end;
    return ok;
}
