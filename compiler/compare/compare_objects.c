/*
 * compare_objects.c - objects and properties that the language cannot say, and who may do what.
 *
 * How each kind is compared, and since which server it is told, are columns of opaque_kinds.def.
 * What somebody may do beyond what is expected is kept apart: it is told, and is no drift.
 */
#include "base/common.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/compare/compare_internal.h"
#include "compiler/compare/compare_text.h"

/* Rights granted beyond the expected ones. */
static const char *const beyond_words[] = {"privilege beyond", "default privilege beyond"};

typedef enum HowCompared {
    HOW_TEXT,
    HOW_VALUE,
    HOW_SECRET,
    HOW_RIGHT,
    HOW_ELSEWHERE,
} HowCompared;

typedef struct OpaqueRule {
    HowCompared how;
    int since;
} OpaqueRule;

static const OpaqueRule rules[] = {
#define OPAQUE(kind, word, name, drop, type, query, compared, since, ...)                          \
    [kind] = {HOW_##compared, since},
#include "compiler/catalog/opaque_kinds.def"
#undef OPAQUE
};

static_assert(lengthof(rules) == OPAQUE_KIND_COUNT, "one row per kind");

static int compare_identity(const Opaque *a, const Opaque *b)
{
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    int order = name_compare(a->schema, b->schema);
    order = order != 0 ? order : name_compare(a->relation, b->relation);
    return order != 0 ? order : name_compare(a->name, b->name);
}

static int compare_opaque(const void *a, const void *b)
{
    const Opaque *x = *(const Opaque *const *)a;
    const Opaque *y = *(const Opaque *const *)b;
    int order = compare_identity(x, y);
    return order != 0 ? order : name_compare(x->definition, y->definition);
}

/* With a NULL behind the last. */
static const Opaque **sorted(Arena *arena, const OpaqueList *list)
{
    const Opaque **items = arena_array(arena, const Opaque *, list->count + 1);
    for (size_t i = 0; i < list->count; i++) {
        items[i] = list->items[i];
    }
    qsort(items, list->count, sizeof *items, compare_opaque);
    return items;
}

static bool ends_with_role(Name name, Name role)
{
    static const char to[] = " to ";
    const size_t tail = role == NULL ? 0 : role->len + sizeof to - 1;
    return role != NULL && name->len > tail &&
           strncmp(name->text + name->len - tail, to, sizeof to - 1) == 0 &&
           strcmp(name->text + name->len - role->len, role->text) == 0;
}

/* What the migrations give to a role by its name is that role's own where it deploys. */
static bool is_deployers_own(const CompareCx *cx, const Opaque *expected)
{
    return (expected->kind == OPAQUE_OWNER && expected->definition == cx->live->deploying_role) ||
           (expected->kind == OPAQUE_PRIVILEGE &&
            ends_with_role(expected->name, cx->live->deploying_role));
}

/* Do both sides have what the object belongs to? If not, that is what is told. */
static bool has_table(const CompareCx *cx, const Opaque *object)
{
    const Table *table = object->table;
    return table == NULL || (catalog_find_table(cx->expected, table->schema, table->name) != NULL &&
                             catalog_find_table(cx->live, table->schema, table->name) != NULL);
}

static bool is_known_to_both(const CompareCx *cx, OpaqueKind kind)
{
    return cx->expected->server_version >= rules[kind].since &&
           cx->live->server_version >= rules[kind].since;
}

static bool is_revoke(const Opaque *object)
{
    return rules[object->kind].how == HOW_RIGHT &&
           strncmp(object->definition->text, "REVOKE", 6) == 0;
}

/* More may be done than expected: granted, or not taken away. */
static bool grants_more(DifferenceKind kind, const Opaque *object)
{
    return kind == (is_revoke(object) ? DIFFERENCE_MISSING : DIFFERENCE_ADDED);
}

/* A right too many is left out as one too few, or by a word of its own. */
static void add_beyond(CompareCx *cx, Difference made)
{
    if (compare_leaves_out(cx->options, made.word, made.schema, made.relation, made.name)) {
        compare_leave_out(cx, &made);
        return;
    }
    made.word = beyond_words[strcmp(made.word, opaque_word(OPAQUE_PRIVILEGE)) == 0 ? 0 : 1];
    if (compare_leaves_out(cx->options, made.word, made.schema, made.relation, made.name)) {
        compare_leave_out(cx, &made);
    } else {
        vec_push(cx->arena, &cx->result.beyond, made);
    }
}

static void add_opaque(CompareCx *cx, DifferenceKind kind, const Opaque *a, const Opaque *b)
{
    const Opaque *object = b == NULL ? a : b;
    const HowCompared how = rules[object->kind].how;
    const bool told = how == HOW_VALUE;
    const Difference made = {.kind = kind,
                             .word = opaque_word(object->kind),
                             .title = opaque_name(object->kind),
                             .schema = object->schema,
                             .relation = object->relation,
                             .name = object->name,
                             .is_revoke = is_revoke(object),
                             .expected = told && a != NULL ? a->definition : NULL,
                             .live = told && b != NULL ? b->definition : NULL};
    if (how == HOW_ELSEWHERE || !has_table(cx, object) || !is_known_to_both(cx, object->kind) ||
        (b == NULL && is_deployers_own(cx, a))) {
        return;
    }
    if (how == HOW_RIGHT && grants_more(kind, object)) {
        add_beyond(cx, made);
    } else {
        compare_add(cx, made);
    }
}

/* Both lists are sorted by identity: one walk finds what only one has and what differs. */
void compare_objects(CompareCx *cx)
{
    const Opaque **a = sorted(cx->arena, &cx->expected->opaque);
    const Opaque **b = sorted(cx->arena, &cx->live->opaque);
    while (*a != NULL || *b != NULL) {
        const int order = *a == NULL ? 1 : *b == NULL ? -1 : compare_identity(*a, *b);
        const Opaque *x = order <= 0 ? *a++ : NULL;
        const Opaque *y = order >= 0 ? *b++ : NULL;
        if (x == NULL || y == NULL) {
            add_opaque(cx, x == NULL ? DIFFERENCE_ADDED : DIFFERENCE_MISSING, x, y);
        } else if (!compare_same_text(cx->expected, x, cx->live, y)) {
            add_opaque(cx, DIFFERENCE_CHANGED, x, y);
        }
    }
}

bool compare_knows_object(const char *word)
{
    for (size_t kind = 0; kind < OPAQUE_KIND_COUNT; kind++) {
        if (strcmp(opaque_word((OpaqueKind)kind), word) == 0) {
            return true;
        }
    }
    for (size_t i = 0; i < lengthof(beyond_words); i++) {
        if (strcmp(beyond_words[i], word) == 0) {
            return true;
        }
    }
    return false;
}
