#include "base/common.h"

#include "compiler/plan/show/plan_text.h"

#include <string.h>

#include "base/text/show.h"
#include "base/text/wrap.h"
#include "compiler/catalog/sql_scan.h"
#include "compiler/catalog/sql_write.h"
#include "compiler/plan/show/plan_locks.h"
#include "compiler/plan/show/plan_view.h"

enum { TEXT_WIDTH = 92, INDENT = 5, BAR_INDENT = INDENT + 2 };

typedef struct Page {
    StrBuf out;
    Arena *arena;
    const Plan *plan;
    const PlanTextOptions *options;
    const ScriptList *scripts;
    PlanLocks *locks;
} Page;

/* --- small printing ----------------------------------------------------------------------------
 */

typedef enum Colour { COLOUR_BOLD, COLOUR_DIM, COLOUR_RED, COLOUR_YELLOW, COLOUR_CYAN } Colour;

static const char *colour(const Page *page, Colour which)
{
    static const char *const codes[] = {
        [COLOUR_BOLD] = "\033[1m",    [COLOUR_DIM] = "\033[2m",   [COLOUR_RED] = "\033[31m",
        [COLOUR_YELLOW] = "\033[33m", [COLOUR_CYAN] = "\033[36m",
    };
    return page->options->colour ? codes[which] : "";
}

static const char *plain(const Page *page)
{
    return page->options->colour ? "\033[0m" : "";
}

static size_t page_width(const Page *page)
{
    return page->options->width == 0 ? TEXT_WIDTH : page->options->width;
}

/* `text` from column `at` on, continued at `indent`. */
static size_t add_from(Page *page, const char *text, size_t at, size_t indent)
{
    const Wrapping wrapping = {.width = page_width(page), .indent = indent};
    return wrap_add(&page->out, text, at, &wrapping);
}

/* `text` from column `indent` on; the first line is where we are. */
static size_t add_wrapped(Page *page, const char *text, size_t indent)
{
    return add_from(page, text, indent, indent);
}

/* "schema.prisma:12"; NULL when there is no place. */
static const char *place(const Page *page, Origin origin)
{
    Sources *sources = page->options->sources;
    if (sources == NULL || origin.kind == ORIGIN_CATALOG || origin.span.file == 0) {
        return NULL;
    }
    const SourceFile *file = sources_file(sources, origin.span.file);
    Position position = source_position(sources, origin.span);
    return show_format(page->arena, "%s:%u", file->path, position.line);
}

/* --- hazards -----------------------------------------------------------------------------------
 */

static bool stands(const Page *page, const Hazard *hazard)
{
    const HazardList *standing = page->options->hazards;
    if (standing == NULL) {
        return true;
    }
    for (size_t i = 0; i < standing->count; i++) {
        if (standing->items[i] == hazard) {
            return true;
        }
    }
    return false;
}

static Colour level_colour(HazardLevel level)
{
    return level < HAZARD_BLOCKS ? COLOUR_RED : level < HAZARD_NOTE ? COLOUR_YELLOW : COLOUR_CYAN;
}

static void add_hazard(Page *page, const Hazard *hazard)
{
    const HazardRow *row = hazard_row(hazard->code);
    const char *where = place(page, hazard->origin);
    const char *lead = row->level == HAZARD_NOTE ? "note" : "hazard";
    StrBuf *out = &page->out;
    strbuf_printf(out, "%*s%s%s%s", INDENT, "", colour(page, level_colour(row->level)), lead,
                  plain(page));
    const bool *allowed = page->options->allowed;
    const char *mark = allowed != NULL && allowed[hazard->code] ? " (allowed)" : "";
    const char *rest = arena_printf(page->arena, " %s%s%s%s", row->slug, mark,
                                    where == NULL ? "" : "  ", where == NULL ? "" : where);
    add_from(page, rest, INDENT + strlen(lead), INDENT + 2);
    strbuf_printf(out, "\n%*s", INDENT + 2, "");
    add_wrapped(page, hazard_message(page->arena, hazard), INDENT + 2);
    strbuf_printf(out, "\n%*s", INDENT + 2, "");
    strbuf_printf(out, "%sdo:%s ", colour(page, COLOUR_DIM), plain(page));
    add_wrapped(page, hazard_remedy(page->arena, page->plan->to, hazard), INDENT + 6);
    strbuf_char(out, '\n');
    const char *look = hazard_look(page->arena, page->plan->to, hazard);
    if (look != NULL) {
        strbuf_printf(out, "%*s%slook:%s ", INDENT + 2, "", colour(page, COLOUR_DIM), plain(page));
        const Wrapping wrapping = {
            .width = page->options->width, .indent = INDENT + 8, .statement = true};
        wrap_add(out, show_format(page->arena, "%s;", look), INDENT + 8, &wrapping);
        strbuf_char(out, '\n');
    }
}

/* --- steps -------------------------------------------------------------------------------------
 */

/* The place stands at the right edge, where there is room on the title's last line. */
static void add_title(Page *page, const Step *step)
{
    const char *where = place(page, step_origin(step));
    StrBuf *out = &page->out;
    strbuf_printf(out, "%s%3u.%s ", colour(page, COLOUR_BOLD), step->id + 1, plain(page));
    const size_t at = add_wrapped(page, step_title(page->arena, step), INDENT);
    if (where != NULL) {
        const size_t columns = wrap_columns(where, strlen(where));
        const bool fits = at + 2 + columns <= page_width(page);
        strbuf_add(out, fits ? "" : "\n");
        strbuf_printf(out, "%*s%s", fits ? (int)(page_width(page) - at - columns) : INDENT, "",
                      colour(page, COLOUR_DIM));
        add_wrapped(page, where, fits ? page_width(page) - columns : INDENT);
        strbuf_add(out, plain(page));
    }
    strbuf_char(out, '\n');
}

/* A statement's further lines keep the bar at their left and stand deeper than it. */
static void add_sql_line(Page *page, const char *line, size_t len, const char *note)
{
    const char *dim = colour(page, COLOUR_DIM);
    const size_t own = strspn(line, " ");
    const Wrapping wrapping = {
        .width = page->options->width,
        .indent = BAR_INDENT + (own < len ? own : len) + 4,
        .lead = arena_printf(page->arena, "%*s%s|%s ", INDENT, "", dim, plain(page)),
        .lead_width = BAR_INDENT,
    };
    StrBuf text = strbuf_new(STRBUF_MAX);
    strbuf_add(&text, "");
    show_line(&text, line, len);
    strbuf_add(&page->out, wrapping.lead);
    const size_t at = wrap_add(&page->out, strbuf_text(&text), BAR_INDENT, &wrapping);
    strbuf_add(&page->out, dim);
    wrap_add(&page->out, note, at, &wrapping);
    strbuf_add(&page->out, plain(page));
    strbuf_char(&page->out, '\n');
    strbuf_dispose(&text);
}

/* Past the closing line of an anonymous block whose opening quote is at `text`. */
static const char *skip_block(const char *text)
{
    const char *end = text + strlen(text);
    text += sql_scan(text, end).len;
    return text + strcspn(text, "\n") + (text[strcspn(text, "\n")] == '\n' ? 1 : 0);
}

/* What a block says at length, where the lines above it tell; NULL: it is to be read. */
static const char *gist_of(const Step *step)
{
    switch ((int)step->kind) { /* an open set */
    case STEP_COMPATIBILITY_VIEW:
    case STEP_DROP_COMPATIBILITY_VIEW:
        return " ...  -- reads what stands; owner and privileges are the table's";
    case STEP_SET_ASIDE:
        return " ...  -- reads what stands, refuses what it cannot make again, and drops the rest";
    case STEP_REMAKE:
        return " ...  -- owners, privileges and comments as they were";
    default:
        return NULL;
    }
}

static void add_sql(Page *page, const Step *step)
{
    static const char block[] = "DO ";
    const char *gist = gist_of(step);
    const char *text = step->sql;
    while (*text != '\0') {
        size_t line = strcspn(text, "\n");
        if (gist != NULL && strncmp(text, block, sizeof block - 1) == 0) {
            add_sql_line(page, text, line, gist);
            text = skip_block(text + sizeof block - 1);
        } else {
            add_sql_line(page, text, line, "");
            text += line + (text[line] == '\n' ? 1 : 0);
        }
    }
}

static void add_conditions(Page *page, const Step *step)
{
    StrBuf line = strbuf_new(STRBUF_MAX);
    StepLockList locks = step_locks(page->arena, page->locks, step);
    vec_each(const StepLock, lock, &locks) {
        show_printf(&line, "%s%s on %s", lock == locks.items ? "" : ", ", lock_name(lock->level),
                    lock->table->name->text);
    }
    const char *figures = figures_text(page->arena, page->options->figures, page->plan, step);
    strbuf_printf(&line, "%s; %s%s%s%s; %s", locks.count == 0 ? "locks nothing in use" : "",
                  cost_text(step_cost_in_use(page->plan, step)), figures == NULL ? "" : " (",
                  figures == NULL ? "" : figures, figures == NULL ? "" : ")",
                  transaction_text(step_row(step->kind)->transaction));
    strbuf_printf(&page->out, "%*s", INDENT, "");
    add_wrapped(page, strbuf_text(&line), INDENT);
    strbuf_char(&page->out, '\n');
    strbuf_dispose(&line);
}

static void add_step(Page *page, const Step *step)
{
    add_title(page, step);
    add_sql(page, step);
    add_conditions(page, step);
    vec_each(Hazard *, hazard, &step->hazards) {
        if (stands(page, *hazard)) {
            add_hazard(page, *hazard);
        }
    }
}

/* --- phases ------------------------------------------------------------------------------------
 */

static void add_gate(Page *page)
{
    static const char gate[] = "-- gate: deploy the new program, then see the old one gone --";
    strbuf_printf(&page->out, "\n%s", colour(page, COLOUR_YELLOW));
    const bool narrow = page_width(page) < sizeof gate - 1 + BAR_INDENT;
    strbuf_printf(&page->out, "%*s", narrow ? 0 : BAR_INDENT, "");
    add_from(page, gate, narrow ? 0 : BAR_INDENT, narrow ? 3 : BAR_INDENT);
    strbuf_printf(&page->out, "%s\n", plain(page));
}

static void add_phase(Page *page, Phase phase)
{
    StrBuf *out = &page->out;
    const char *name = phase_name(phase);
    if (phase == PHASE_CONTRACT) {
        add_gate(page);
    }
    strbuf_printf(out, "\n%s==== %s ", colour(page, COLOUR_BOLD), name);
    for (size_t i = strlen(name) + 6; i < page_width(page); i++) {
        strbuf_char(out, '=');
    }
    strbuf_printf(out, "%s\n%salive:%s ", plain(page), colour(page, COLOUR_DIM), plain(page));
    add_wrapped(page, phase_alive(page->plan, phase), strlen("alive: "));
    strbuf_char(out, '\n');
}

static void add_script_head(Page *page, const Script *script)
{
    StrBuf *out = &page->out;
    const char *count = arena_printf(page->arena, "script %u of %u", script->number, script->count);
    strbuf_printf(out, "\n%s%s%s", colour(page, COLOUR_CYAN), count, plain(page));
    const char *rest =
        arena_printf(page->arena, "  %s%s%s", script->suffix,
                     script->transactional ? "" : "  (one statement, no transaction)",
                     script->undo == NULL ? "  (no exact reverse)" : "");
    add_from(page, rest, strlen(count), 2);
    strbuf_char(out, '\n');
}

static void add_script(Page *page, const Script *script)
{
    if (script->suffix != NULL) {
        add_script_head(page, script);
    }
    for (size_t i = 0; i < script->step_count; i++) {
        strbuf_char(&page->out, '\n');
        add_step(page, page->plan->steps.items[script->first_step + i]);
    }
}

static size_t count_standing(const Page *page, bool notes)
{
    size_t count = 0;
    vec_each(Hazard *, hazard, &page->plan->hazards) {
        bool note = hazard_row((*hazard)->code)->level == HAZARD_NOTE;
        count += note == notes && stands(page, *hazard) ? 1 : 0;
    }
    return count;
}

static const char *counted(const Page *page, size_t count, const char *what)
{
    return arena_printf(page->arena, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

static void add_head(Page *page)
{
    const Plan *plan = page->plan;
    const char *name = arena_printf(page->arena, "plan %s", plan->id);
    const char *rest = arena_printf(
        page->arena, "  %s: %s in %s, %s, %s", plan->online ? "online" : "direct",
        counted(page, plan->steps.count, "step"), counted(page, page->scripts->count, "script"),
        counted(page, count_standing(page, false), "hazard"),
        counted(page, count_standing(page, true), "note"));
    strbuf_printf(&page->out, "%s%s%s", colour(page, COLOUR_BOLD), name, plain(page));
    add_from(page, rest, strlen(name), 2);
    strbuf_char(&page->out, '\n');
    if (page->options->figures != NULL) {
        add_wrapped(page, figures_basis(page->arena, page->options->figures), 0);
        strbuf_char(&page->out, '\n');
    }
}

void plan_text_add(StrBuf *out, Arena *arena, const Plan *plan, const PlanTextOptions *options)
{
    ScriptList scripts = emit_script_heads(arena, plan);
    Page page = {.out = *out,
                 .arena = arena,
                 .plan = plan,
                 .options = options,
                 .scripts = &scripts,
                 .locks = plan_locks_new(arena, plan)};
    if (plan->steps.count == 0) {
        strbuf_add(out, "Nothing to do: the schemas mean the same.\n");
        return;
    }
    add_head(&page);
    for (size_t i = 0; i < scripts.count; i++) {
        if (i == 0 || scripts.items[i].phase != scripts.items[i - 1].phase) {
            add_phase(&page, scripts.items[i].phase);
        }
        Arena *scratch = arena_new(); /* there may be thousands */
        page.arena = scratch;
        add_script(&page, &scripts.items[i]);
        page.arena = arena;
        arena_free(scratch);
    }
    *out = page.out;
}

char *plan_text(Arena *arena, const Plan *plan, const PlanTextOptions *options)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    plan_text_add(&out, arena, plan, options);
    return strbuf_take(&out, arena);
}

char *plan_sql(Arena *arena, const ScriptList *scripts)
{
    StrBuf out = strbuf_new(STRBUF_MAX);
    for (size_t i = 0; i < scripts->count; i++) {
        const Script *script = &scripts->items[i];
        if (script->suffix != NULL) {
            strbuf_add(&out, i == 0 ? "" : "\n");
            sql_line_comment(&out, arena_printf(arena, "==== %s ====", script->suffix));
        }
        strbuf_add(&out, script->sql);
    }
    return strbuf_take(&out, arena);
}
