/*
 * canon_routine.c - functions and procedures in one spelling.
 *
 * Arguments without modifiers of their types, which the server forgets; options with the defaults
 * left out; bodies byte by byte. Source: PostgreSQL manual, CREATE FUNCTION, CREATE PROCEDURE.
 */
#include "base/common.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/canon/canon_query.h"
#include "compiler/canon/canon_scope.h"

#define NODE(name) PG_QUERY__NODE__NODE_##name
#define MODE(name) PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_##name

static bool print_type(CanonCx *cx, StrBuf *out, const PgQuery__TypeName *name)
{
    PgQuery__TypeName plain = *name;
    plain.n_typmods = 0;
    plain.setof = false;
    const ColumnType type = canon_type_of_name(cx, &plain);
    strbuf_add(out, name->setof ? "setof " : "");
    canon_type_print_exactly(out, &type);
    return !canon_type_is_none(&type);
}

/* The server adds the argument's type. */
static bool print_default(CanonCx *cx, StrBuf *out, const PgQuery__FunctionParameter *parameter)
{
    Constant constant;
    const bool is_constant = constant_of_node(cx, parameter->defexpr, &constant);
    ColumnType type = canon_type_of_name(cx, parameter->arg_type);
    type.arguments[0] = type.arguments[1] = TYPE_NO_ARGUMENT;
    strbuf_add(out, " = ");
    if (is_constant && constant.kind == CONSTANT_NULL) {
        strbuf_add(out, "null");
        return true;
    }
    const bool is_own = is_constant && (canon_type_is_none(&constant.cast) ||
                                        canon_type_same_base(&constant.cast, &type));
    constant.cast = canon_type_none();
    if (!is_own || !constant_as(cx, &constant, &type, out)) {
        canon_print(cx, out, parameter->defexpr);
    }
    return !cx->failed;
}

static bool print_parameters(CanonCx *cx, StrBuf *out, const PgQuery__CreateFunctionStmt *stmt)
{
    for (size_t i = 0; i < stmt->n_parameters; i++) {
        const PgQuery__FunctionParameter *at = stmt->parameters[i]->function_parameter;
        const int mode = (int)(at->mode == MODE(DEFAULT) ? MODE(IN) : at->mode);
        const char *name = at->name == NULL ? "" : at->name;
        strbuf_printf(out, "%d ", mode);
        canon_quote(out, name, strlen(name));
        if (!print_type(cx, out, at->arg_type) ||
            (at->defexpr != NULL && !print_default(cx, out, at))) {
            return false;
        }
        strbuf_add(out, ", ");
    }
    return true;
}

/* --- options ------------------------------------------------------------------------------------
 */

typedef struct RoutineOptions {
    const char *language, *volatility, *parallel;
    bool strict, definer, leakproof, window;
    double cost, rows; /* negative: not said */
    StrBuf *settings;
    const char *body, *object; /* of a function in C: the file, the symbol */
} RoutineOptions;

static bool boolean(const Node *node)
{
    return node == NULL || (node->node_case == NODE(BOOLEAN) && node->boolean->boolval) ||
           (node->node_case == NODE(INTEGER) && node->integer->ival != 0);
}

static double number(const Node *node)
{
    if (node != NULL && node->node_case == NODE(INTEGER)) {
        return node->integer->ival;
    }
    return node != NULL && node->node_case == NODE(FLOAT) ? strtod(node->float_->fval, NULL) : -1;
}

static bool add_setting(StrBuf *out, const Node *node)
{
    const PgQuery__VariableSetStmt *set =
        node->node_case == NODE(VARIABLE_SET_STMT) ? node->variable_set_stmt : NULL;
    if (set == NULL || set->kind != PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE) {
        return false;
    }
    strbuf_printf(out, " set %s", set->name);
    for (size_t i = 0; i < set->n_args; i++) {
        const PgQuery__AConst *value =
            set->args[i]->node_case == NODE(A_CONST) ? set->args[i]->a_const : NULL;
        if (value == NULL) {
            return false;
        }
        switch ((int)value->val_case) { /* an open set */
        case PG_QUERY__A__CONST__VAL_SVAL:
            canon_quote(out, value->sval->sval, strlen(value->sval->sval));
            break;
        case PG_QUERY__A__CONST__VAL_IVAL:
            strbuf_printf(out, "'%d'", value->ival->ival);
            break;
        case PG_QUERY__A__CONST__VAL_FVAL:
            canon_quote(out, value->fval->fval, strlen(value->fval->fval));
            break;
        default:
            return false;
        }
    }
    return true;
}

static bool read_body(const Node *node, RoutineOptions *options)
{
    if (node == NULL || node->node_case != NODE(LIST) || node->list->n_items > 2) {
        return false;
    }
    options->body = node_string(node->list->items[0]);
    options->object = node->list->n_items == 2 ? node_string(node->list->items[1]) : NULL;
    return options->body != NULL;
}

static bool read_option(const PgQuery__DefElem *option, RoutineOptions *options)
{
    const char *name = option->defname;
    const Node *arg = option->arg;
    if (strcmp(name, "as") == 0) {
        return read_body(arg, options);
    }
    if (strcmp(name, "set") == 0) {
        return arg != NULL && add_setting(options->settings, arg);
    }
    const struct {
        const char *name;
        const char **text;
        bool *flag;
        double *number;
    } rows[] = {
        {"language", &options->language, NULL, NULL},
        {"volatility", &options->volatility, NULL, NULL},
        {"parallel", &options->parallel, NULL, NULL},
        {"strict", NULL, &options->strict, NULL},
        {"security", NULL, &options->definer, NULL},
        {"leakproof", NULL, &options->leakproof, NULL},
        {"window", NULL, &options->window, NULL},
        {"cost", NULL, NULL, &options->cost},
        {"rows", NULL, NULL, &options->rows},
    };
    for (size_t i = 0; i < lengthof(rows); i++) {
        if (strcmp(rows[i].name, name) != 0) {
            continue;
        }
        if (rows[i].text != NULL) {
            *rows[i].text = node_string(arg);
            return *rows[i].text != NULL;
        }
        if (rows[i].flag != NULL) {
            *rows[i].flag = boolean(arg);
            return true;
        }
        *rows[i].number = number(arg);
        return *rows[i].number >= 0;
    }
    return false; /* SUPPORT, TRANSFORM */
}

static void print_options(StrBuf *out, const RoutineOptions *options, bool is_set)
{
    const bool is_of_server =
        strcmp(options->language, "c") == 0 || strcmp(options->language, "internal") == 0;
    const double cost = is_of_server ? 1 : 100;
    strbuf_printf(out, " in %s %s %s%s%s%s%s", options->language,
                  options->volatility == NULL ? "volatile" : options->volatility,
                  options->parallel == NULL ? "unsafe" : options->parallel,
                  options->strict ? " strict" : "", options->definer ? " definer" : "",
                  options->leakproof ? " leakproof" : "", options->window ? " window" : "");
    strbuf_printf(out, " cost %.10g", options->cost < 0 ? cost : options->cost);
    strbuf_printf(out, " rows %.10g", options->rows < 0 ? (is_set ? 1000 : 0) : options->rows);
    strbuf_add(out, strbuf_text(options->settings));
    strbuf_add(out, " as ");
    canon_quote(out, options->body, strlen(options->body));
    if (options->object != NULL) {
        canon_quote(out, options->object, strlen(options->object));
    }
}

/* --- routines -----------------------------------------------------------------------------------
 */

/* A function with one argument of output gives that, with several a record. */
static bool print_result(CanonCx *cx, StrBuf *out, const PgQuery__CreateFunctionStmt *stmt)
{
    const PgQuery__TypeName *only = NULL;
    size_t count = 0;
    strbuf_add(out, "gives ");
    if (stmt->return_type != NULL) {
        return print_type(cx, out, stmt->return_type);
    }
    for (size_t i = 0; i < stmt->n_parameters; i++) {
        const PgQuery__FunctionParameter *at = stmt->parameters[i]->function_parameter;
        if (at->mode == MODE(OUT) || at->mode == MODE(INOUT)) {
            only = at->arg_type;
            count++;
        }
    }
    strbuf_add(out, count > 1 ? "record" : "");
    return count > 1 || (only != NULL && print_type(cx, out, only));
}

static bool print_routine(CanonCx *cx, StrBuf *out, const PgQuery__CreateFunctionStmt *stmt)
{
    StrBuf settings = strbuf_new(CANON_TEXT_MAX);
    RoutineOptions options = {.cost = -1, .rows = -1, .settings = &settings};
    bool ok = stmt->sql_body == NULL;
    strbuf_add(out, stmt->is_procedure ? "procedure " : "function ");
    ok = ok && print_parameters(cx, out, stmt) &&
         (stmt->is_procedure || print_result(cx, out, stmt));
    for (size_t i = 0; ok && i < stmt->n_options; i++) {
        ok = read_option(stmt->options[i]->def_elem, &options);
    }
    ok = ok && options.language != NULL && options.body != NULL;
    if (ok) {
        print_options(out, &options, stmt->return_type != NULL && stmt->return_type->setof);
    }
    strbuf_dispose(&settings);
    return ok;
}

Name canon_routine(const Catalog *catalog, const char *text)
{
    CanonCx cx = {.names = catalog->names,
                  .scratch = arena_new(),
                  .default_schema = catalog->default_schema,
                  .catalog = catalog};
    StrBuf out = strbuf_new(CANON_TEXT_MAX);
    PgQuery__ParseResult *tree = canon_parse_script(text);
    const Node *stmt = tree == NULL || tree->n_stmts != 1 ? NULL : tree->stmts[0]->stmt;
    const bool ok = stmt != NULL && stmt->node_case == NODE(CREATE_FUNCTION_STMT) &&
                    print_routine(&cx, &out, stmt->create_function_stmt);
    const Name made = ok ? intern(catalog->names, strbuf_text(&out), out.len) : NULL;
    if (tree != NULL) {
        pg_query__parse_result__free_unpacked(tree, NULL);
    }
    strbuf_dispose(&out);
    arena_free(cx.scratch);
    return made;
}
