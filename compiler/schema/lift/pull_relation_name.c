/*
 * pull_relation_name.c - what relations and their fields are called.
 *
 * As the schema called them; else after the models. Where two relations join the same two models,
 * or the field's name is taken, the relation is named after its columns and the fields after it;
 * where they join the same columns, after its key.
 * Rules: docs/introspection.md, "Relations".
 */
#include "base/common.h"

#include "compiler/schema/lift/pull_internal.h"

#include <string.h>

/* How many relations join two models. */
typedef struct PairCount {
    size_t count;
} PairCount;

static PairCount *pair_count(const PullCx *cx, Map *pairs, const PullRelation *relation)
{
    Name from = relation->from->name;
    Name to = relation->to->name;
    bool swapped = name_compare(from, to) > 0;
    PairCount *pair = map_get2(pairs, swapped ? to : from, swapped ? from : to);
    if (pair == NULL) {
        pair = arena_make(cx->arena, PairCount);
        map_put2(cx->arena, pairs, swapped ? to : from, swapped ? from : to, pair);
    }
    return pair;
}

static bool is_self(const PullRelation *relation)
{
    return relation->from == relation->to;
}

/* --- foreign keys ------------------------------------------------------------------------------
 */

/* posts_author_idTousers */
static Name columns_name(const PullCx *cx, const PullRelation *relation)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    strbuf_add(&out, relation->from->base->text);
    vec_each(Column *const, at, &relation->key->columns) {
        strbuf_printf(&out, "_%s", relation->from->fields[(*at)->position].base->text);
    }
    strbuf_printf(&out, "To%s", relation->to->base->text);
    Name made = intern(cx->names, strbuf_text(&out), out.len);
    strbuf_dispose(&out);
    return made;
}

static bool is_column_name(const PullRelation *relation, Name name)
{
    vec_each(Column *const, at, &relation->key->columns) {
        if (relation->from->fields[(*at)->position].base == name) {
            return true;
        }
    }
    return false;
}

static Name back_of(const PullCx *cx, const PullRelation *relation, Name name)
{
    return is_self(relation) ? intern_printf(cx->names, "other_%s", name->text) : name;
}

static void claim_fields(const PullCx *cx, PullRelation *relation, Name forward, Name back)
{
    relation->forward = pull_claim(cx, &relation->from->taken, forward);
    relation->back = pull_claim(cx, &relation->to->taken, back);
}

static void name_key(const PullCx *cx, PullRelation *relation, bool shared)
{
    Name forward = relation->to->base;
    Name back = back_of(cx, relation, relation->from->base);
    bool taken = map_get(&relation->from->taken, forward) != NULL ||
                 map_get(&relation->to->taken, back) != NULL;
    if (!shared && !taken && !relation->is_repeated && !is_column_name(relation, forward)) {
        relation->name = is_self(relation)
                             ? intern_printf(cx->names, "%sTo%s", forward->text, forward->text)
                             : NULL;
        claim_fields(cx, relation, forward, back);
        return;
    }
    relation->name = relation->is_repeated ? pull_plain_name(cx, relation->key->name)
                                           : columns_name(cx, relation);
    forward = intern_printf(cx->names, "%s_%s", relation->to->base->text, relation->name->text);
    back = intern_printf(cx->names, "%s_%s", relation->from->base->text, relation->name->text);
    claim_fields(cx, relation, forward, back_of(cx, relation, back));
}

/* --- join tables -------------------------------------------------------------------------------
 */

/* Is it what a relation without a name between these models would be called? */
static bool is_default_name(const PullCx *cx, const PullRelation *relation, Name name)
{
    return name ==
           intern_printf(cx->names, "%sTo%s", relation->from->name->text, relation->to->name->text);
}

static void name_join(const PullCx *cx, PullRelation *relation, bool shared)
{
    Name name = intern_cstr(cx->names, relation->join->name->text + 1);
    Name plain = pull_plain_name(cx, name);
    Name forward = relation->to->base;
    Name back = relation->from->base;
    bool self = is_self(relation);
    bool taken = !self && (map_get(&relation->from->taken, forward) != NULL ||
                           map_get(&relation->to->taken, back) != NULL);
    bool named = shared || taken || self;
    relation->name = named || !is_default_name(cx, relation, name) ? name : NULL;
    if (shared || taken) {
        forward = intern_printf(cx->names, "%s_%s", forward->text, plain->text);
        back = intern_printf(cx->names, "%s_%s", back->text, plain->text);
    }
    if (self) {
        forward = intern_printf(cx->names, "%s_A", forward->text);
        back = intern_printf(cx->names, "%s_B", back->text);
    }
    claim_fields(cx, relation, forward, back);
}

/* --- all of them -------------------------------------------------------------------------------
 */

/* A many-to-many relation says its name from now on, for the other tool writes it so. */
static void keep_names(const PullCx *cx, PullRelation *relation)
{
    const RelationArgs *args = relation->old->owner->args;
    relation->name = args == NULL ? NULL : args->name;
    if (relation->join != NULL) {
        relation->name = relation->old->name;
    }
    claim_fields(cx, relation, relation->old->owner->name, relation->old->back->name);
}

void pull_name_relations(PullCx *cx)
{
    Map pairs = {0};
    vec_each(PullRelation *const, at, &cx->relations) {
        pair_count(cx, &pairs, *at)->count += !(*at)->is_repeated;
        if ((*at)->old != NULL) {
            keep_names(cx, *at);
        }
    }
    vec_each(PullRelation *const, at, &cx->relations) {
        bool shared = pair_count(cx, &pairs, *at)->count > 1;
        if ((*at)->old != NULL) {
            continue;
        }
        if ((*at)->join != NULL) {
            name_join(cx, *at, shared);
        } else {
            name_key(cx, *at, shared);
        }
    }
}
