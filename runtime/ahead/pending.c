/*
 * pending.c - pending scripts are read, and what they say of objects that stand is put together.
 *
 * Of a plan that is begun now the scripts that are held are read, too: they will meet what stands
 * now. A script that stands alone is refused as a whole, in the server's words.
 */
#include "base/common.h"

#include "runtime/ahead/pending.h"

#include <string.h>
#include <strings.h>

#include "base/map.h"
#include "base/object_map.h"
#include "runtime/ahead/asides.h"
#include "runtime/ahead/code.h"
#include "runtime/ahead/dependants.h"
#include "runtime/ahead/losses.h"
#include "runtime/ahead/published.h"

/* Only what goes or changes is asked about, and nothing is there yet that could name it in a
 * database that is new. */
static bool may_change(const Migration *migration)
{
    static const char *const words[] = {"DROP", "RENAME", "TYPE"};
    for (const char *at = migration->sql; (at = strpbrk(at, "dDrRtT")) != NULL; at++) {
        for (size_t i = 0; i < lengthof(words); i++) {
            if (strncasecmp(at, words[i], strlen(words[i])) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* What the scripts say of objects that stand. */
typedef struct Sayings {
    ScriptChangeList changes, all; /* with what they add */
    ScriptChangeList lasting;      /* of plans, and of tables that are called so until then */
    ScriptNameList made;
    ScriptTexts texts;
    AsideList asides;
    bool all_known; /* what goes, and what goes with it */
} Sayings;

static bool is_renamed(const ParsedScript *script, const ScriptChange *change)
{
    vec_each(ScriptRename, at, &script->renames) {
        if (at->kind == NAMED_TABLE &&
            (strcmp(at->of.name, change->table.name) == 0 ||
             (at->now.name != NULL && strcmp(at->now.name, change->table.name) == 0))) {
            return true;
        }
    }
    return false;
}

static bool is_set_aside(const ParsedScript *script, const ScriptChange *change)
{
    vec_each(const AsideBlock, block, &script->asides) {
        vec_each(const AsideColumn, at, &block->columns) {
            if (change->column != NULL && strcmp(at->table, change->table.name) == 0 &&
                (strcmp(at->name, change->column) == 0 || strcmp(at->now, change->column) == 0)) {
                return true;
            }
        }
    }
    return false;
}

/* What a script that is held will meet, too. */
static void gather_lasting(Arena *arena, const ParsedScript *script, Sayings *sayings)
{
    const bool of_plan = script->header.plan != NULL && script->header.count > 1;
    vec_each(ScriptChange, change, &script->changes) {
        if (of_plan && !is_renamed(script, change)) {
            vec_push(arena, &sayings->lasting, *change);
            if (is_set_aside(script, change)) {
                vec_last(&sayings->lasting).kind = SCRIPT_SWITCHES;
            }
        }
    }
    vec_each(const AsideBlock, aside, &script->asides) {
        vec_push(arena, &sayings->asides, *aside);
    }
    vec_push(arena, &sayings->texts, dependants_text(arena, script->text));
    sayings->all_known &= !script->touches_anything && !script->cascades;
}

/* A script that stands alone is refused as a whole, in the server's words; a plan would be left
 * halfway. */
static void gather(Arena *arena, const ParsedScript *script, Sayings *sayings)
{
    vec_each(ScriptChange, change, &script->changes) {
        vec_push(arena, &sayings->changes, *change);
        vec_push(arena, &sayings->all, *change);
    }
    vec_each(ScriptChange, addition, &script->additions) {
        vec_push(arena, &sayings->all, *addition);
    }
    vec_each(ScriptName, function, &script->functions) {
        vec_push(arena, &sayings->made, *function);
    }
    gather_lasting(arena, script, sayings);
}

/* What this deploy holds, and the plans of which it runs scripts. */
typedef struct Begun {
    ObjectMap held;
    Names *names;
    Map plans;
} Begun;

/* NULL where the migration is of no plan. */
static Name plan_of(Arena *arena, const Begun *begun, const Migration *migration)
{
    const char *plan = script_header(arena, migration->sql, migration->len).plan;
    return plan == NULL ? NULL : intern_cstr(begun->names, plan);
}

static ObjectMap what_is_held(Arena *arena, const PendingLook *look)
{
    ObjectMap held = {0};
    vec_each(const Migration *const, at, look->held) {
        object_map_put(arena, &held, *at, arena);
    }
    return held;
}

static Begun what_is_begun(Arena *arena, const PendingLook *look)
{
    Begun begun = {.held = what_is_held(arena, look), .names = names_new(arena)};
    vec_each(const Migration *const, at, look->pending) {
        const bool runs = object_map_get(&begun.held, *at) == NULL;
        const Name plan = runs ? plan_of(arena, &begun, *at) : NULL;
        if (plan != NULL) {
            map_put(arena, &begun.plans, plan, arena);
        }
    }
    return begun;
}

/* Whether what is held will run is to be known now, if another script of its plan runs now. */
static bool is_begun(Arena *arena, const Begun *begun, const Migration *held)
{
    const Name plan = plan_of(arena, begun, held);
    return plan != NULL && map_get(&begun->plans, plan) != NULL;
}

bool pending_check_code(Arena *arena, const PendingLook *look)
{
    static const ScriptTexts nobody = {0};
    Sayings said = {.all_known = true};
    const char *schema = look->history->schema;
    Session *session = look->session;
    Diagnostics *diags = look->diags;
    if (look->code == CODE_UNASKED || history_is_fresh(look->history)) {
        return true;
    }
    const bool publishes = published_any(arena, session);
    const Begun begun = what_is_begun(arena, look);
    vec_each(const Migration *const, at, look->pending) {
        const ParsedScript *script = NULL;
        const bool held = object_map_get(&begun.held, *at) != NULL;
        if (!(publishes || may_change(*at)) || (held && !is_begun(arena, &begun, *at))) {
            continue;
        }
        if (!script_parse(arena, (*at)->path, (*at)->sql, (*at)->len, diags, &script)) {
            return false;
        }
        if (!held) {
            gather(arena, script, &said);
        } else if (!script->touches_anything && !script->cascades) {
            gather_lasting(arena, script, &said);
        }
    }
    return (!publishes || published_check(arena, session, &said.all, schema, diags)) &&
           code_check(arena, session, &said.changes, &said.made, schema, look->code == CODE_WARNS,
                      diags) &&
           (!said.all_known || dependants_check(arena, session, &said.lasting, &said.texts, &nobody,
                                                schema, true, diags)) &&
           asides_check(arena, session, &said.asides, &said.texts, schema, diags);
}

bool pending_check_loss(Arena *arena, const PendingLook *look, const Migration *migration)
{
    const ParsedScript *script = NULL;
    if (look->agreed == NULL || strstr(migration->sql, "bellows: loses") == NULL) {
        return true;
    }
    return script_parse(arena, migration->path, migration->sql, migration->len, look->diags,
                        &script) &&
           losses_check(arena, look->session, migration->name, script, look->agreed,
                        look->history->schema, look->diags);
}

bool pending_check_losses(Arena *arena, const PendingLook *look)
{
    const ObjectMap held = what_is_held(arena, look);
    bool none = true;
    vec_each(const Migration *const, at, look->pending) {
        none &= object_map_get(&held, *at) != NULL || pending_check_loss(arena, look, *at);
    }
    return none;
}
