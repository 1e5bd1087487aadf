/*
 * default_literals.c - literals that the server reads when a default is made, and keeps as what
 * they came to then: moments of now, or of the session's time zone; intervals that are cut.
 *
 * Source: PostgreSQL manual, "Date/Time Types".
 */
#include "base/common.h"

#include "compiler/canon/canon.h"
#include "compiler/catalog/types.h"
#include "compiler/replay/read/reader.h"

/* 'now' and its like are read when the default is made. */
static bool is_moving_literal(const ColumnType *type, const Default *dflt)
{
    static const char *const words[] = {"now", "today", "tomorrow", "yesterday"};
    const Name text = dflt->kind == DEFAULT_VALUE ? dflt->value.text : dflt->text;
    const bool is_time = types_are_kin(type->id, TYPE_DATE) || types_are_kin(type->id, TYPE_TIME);
    for (size_t i = 0; is_time && text != NULL && i < lengthof(words); i++) {
        if (strstr(text->text, words[i]) != NULL && strchr(text->text, '(') == NULL) {
            return true;
        }
    }
    return false;
}

/* Behind the time of day: `+02`, `-05:30`, `Z`, `Europe/Berlin`. */
static bool says_zone(const char *text, size_t len)
{
    const char *time = memchr(text, ':', len);
    for (const char *at = time; at != NULL && at < text + len; at++) {
        const bool is_letter = (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z');
        if (*at == '+' || *at == '-' || is_letter) {
            return true;
        }
    }
    return false;
}

/* '2020-01-01' is midnight in the time zone of whoever runs the script. */
static bool is_zoneless(const ColumnType *type, const Default *dflt)
{
    static const char *const words[] = {"infinity", "epoch", "allballs"};
    const bool is_value = dflt->kind == DEFAULT_VALUE;
    const Name text = is_value ? dflt->value.text : dflt->text;
    const bool is_quoted = text != NULL && text->text[0] == '\'';
    if ((type->id != TYPE_TIMESTAMPTZ && type->id != TYPE_TIMETZ) || (!is_value && !is_quoted)) {
        return false;
    }
    const char *written = text->text + (is_quoted ? 1 : 0);
    const size_t len = strcspn(written, "'");
    for (size_t i = 0; i < lengthof(words); i++) {
        if (strstr(written, words[i]) != NULL) {
            return false;
        }
    }
    /* a `timestamp` is shifted when a row is stored, and stays what it is until then */
    const char *behind = written + len;
    const bool is_shifted = strncmp(behind, "'::", 3) == 0 && strstr(behind, "tz") == NULL &&
                            strstr(behind, "with time zone") == NULL;
    return !is_shifted && !says_zone(written, len);
}

/* An interval is cut to its fields and its digits when the default is made: what of whole units is
 * left is known, the rest is not. */
static bool is_cut_interval(const SqlReplay *cx, const ColumnType *type, const Default *dflt)
{
    static const char word[] = "interval";
    const Name raw = type->raw;
    const Name text = dflt->kind == DEFAULT_VALUE ? dflt->value.text : dflt->text;
    if (type->id != TYPE_OTHER || raw == NULL || text == NULL ||
        strncmp(raw->text, word, sizeof word - 1) != 0) {
        return false;
    }
    const char *modifier = raw->text + sizeof word - 1;
    const bool is_quoted = text->text[0] == '\'';
    const char *written = text->text + (is_quoted ? 1 : 0);
    const size_t len = strcspn(written, "'");
    if (modifier[0] == ' ') {
        return (!is_quoted && dflt->kind != DEFAULT_VALUE) ||
               !canon_interval_keeps(arena_strndup(cx->arena, written, len), modifier + 1);
    }
    return modifier[0] == '(' && strcspn(written, ".:") < len;
}

/* --- literals that a type may refuse ------------------------------------------------------------
 */

static bool is_one_of(TypeId id, const TypeId *ids, size_t count)
{
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        found |= ids[i] == id;
    }
    return found;
}

static bool is_number(const char *text, bool whole)
{
    const char *at = text + strspn(text, " ");
    at += *at == '-' || *at == '+' ? 1 : 0;
    const size_t digits = strspn(at, "0123456789");
    at += digits;
    if (!whole && *at == '.') {
        at += 1 + strspn(at + 1, "0123456789");
    }
    return digits > 0 && at[strspn(at, " ")] == '\0';
}

static bool is_uuid(const char *text)
{
    return strlen(text) == 36 && strspn(text, "0123456789abcdefABCDEF-") == 36;
}

static bool is_boolean(const char *text)
{
    static const char *const words[] = {"true", "false", "t",   "f", "yes",
                                        "no",   "on",    "off", "1", "0"};
    bool found = false;
    for (size_t i = 0; i < lengthof(words); i++) {
        found |= strcmp(words[i], text) == 0;
    }
    return found;
}

/* `2020-01-31`, and maybe a time behind it. */
static bool is_day(const char *text)
{
    const size_t len = strlen(text);
    const size_t date = sizeof "2020-01-31" - 1;
    return len >= date && strspn(text, "0123456789-") >= date && text[4] == '-' && text[7] == '-' &&
           (text[5] == '0' ? text[6] > '0' : text[5] == '1' && text[6] < '3') &&
           (text[8] == '0' ? text[9] > '0' : text[8] < '3') &&
           strspn(text + date, "0123456789:.TZ +-") == len - date;
}

static bool is_clock(const char *text)
{
    return strlen(text) >= sizeof "00:00" - 1 && text[2] == ':' && text[0] < '2' && text[3] < '6' &&
           strspn(text, "0123456789:.+-") == strlen(text);
}

static bool is_json(const char *text)
{
    return text[0] != '\0' && strchr("{[\"0123456789", text[0]) != NULL;
}

static bool is_digits(const char *text, const char *of)
{
    return text[0] != '\0' && strspn(text, of) == strlen(text);
}

/* Such as no value is read from in another way; longer numbers may be too large. */
bool redo_literal_reads(TypeId id, const char *text)
{
    enum { DIGITS = 4 };
    switch ((int)id) { /* an open set: texts */
    case TYPE_SMALLINT:
    case TYPE_INTEGER:
    case TYPE_BIGINT:
        return is_number(text, true) && strlen(text) <= DIGITS;
    case TYPE_OID:
        return is_digits(text, "0123456789") && strlen(text) <= DIGITS;
    case TYPE_DECIMAL:
    case TYPE_REAL:
    case TYPE_DOUBLE_PRECISION:
    case TYPE_MONEY:
        return is_number(text, false);
    case TYPE_BOOLEAN:
        return is_boolean(text);
    case TYPE_UUID:
        return is_uuid(text);
    case TYPE_DATE:
    case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMPTZ:
        return is_day(text) || strcmp(text, "epoch") == 0 || strcmp(text, "infinity") == 0 ||
               strcmp(text, "-infinity") == 0;
    case TYPE_TIME:
    case TYPE_TIMETZ:
        return is_clock(text);
    case TYPE_JSON:
    case TYPE_JSONB:
        return is_json(text) || strcmp(text, "null") == 0 || is_boolean(text);
    case TYPE_INET:
        return is_digits(text, "0123456789.:/abcdef") && strpbrk(text, ".:") != NULL;
    case TYPE_BIT:
    case TYPE_VARBIT:
        return is_digits(text, "01");
    default:
        return true;
    }
}

/* A number or a truth value is assigned to its own kind, and to texts. */
static bool takes_constant(TypeId id, bool is_truth)
{
    static const TypeId others[] = {TYPE_UUID,        TYPE_XML,   TYPE_INET,  TYPE_TIMESTAMP,
                                    TYPE_TIMESTAMPTZ, TYPE_DATE,  TYPE_TIME,  TYPE_TIMETZ,
                                    TYPE_JSON,        TYPE_JSONB, TYPE_BYTEA, TYPE_BIT,
                                    TYPE_VARBIT,      TYPE_ENUM};
    return !is_one_of(id, others, lengthof(others)) &&
           (is_truth ? !type_is_kin(id, KIN_NUMBER) && id != TYPE_MONEY : id != TYPE_BOOLEAN);
}

/* Of the types that the language has no word for. */
static bool other_reads(const char *raw, const char *text)
{
    static const char interval[] = "interval";
    if (strncmp(raw, interval, strlen(interval)) == 0 && text[0] != '\0') {
        return canon_interval_reads(text);
    }
    return strcmp(raw, "name") == 0 ||
           (strcmp(raw, "tsvector") == 0 && strpbrk(text, "'\\:") == NULL);
}

/* `{}`, `{a,b}`: each element by itself. */
static bool is_list_text(TypeId id, const char *text)
{
    enum { ELEMENT = 64 };
    const size_t len = strlen(text);
    if (len < 2 || text[0] != '{' || text[len - 1] != '}') {
        return false;
    }
    for (size_t at = 1, part = 0; at + 1 < len; at += part + 1) {
        char element[ELEMENT];
        part = strcspn(text + at, ",}");
        if (part == 0 || part >= sizeof element || memchr(text + at, '{', part) != NULL) {
            return id == TYPE_TEXT && part > 0 && strpbrk(text + 1, "{\\") == NULL;
        }
        memcpy(element, text + at, part);
        element[part] = '\0';
        if (!redo_literal_reads(id, element)) {
            return false;
        }
    }
    return true;
}

static size_t characters_of(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += ((unsigned char)*text & 0xc0) != 0x80;
    }
    return count;
}

/* Digits before the point, and one that rounding may add to nines; `1e9` is told as endless. */
static size_t whole_digits(const char *text)
{
    if (strpbrk(text, "eE") != NULL) {
        return SIZE_MAX;
    }
    text += strspn(text, " +-");
    text += strspn(text, "0");
    const size_t digits = strspn(text, "0123456789");
    return text[digits] == '.' && strspn(text, "9") == digits ? digits + 1 : digits;
}

/* Has the type surely room for it? A column that is added has its default computed at once, and one
 * that is made with its table when a row comes. */
static bool has_room(const ColumnType *type, const char *text)
{
    enum { SMALL = 4, MEDIUM = 9, LARGE = 18 };
    const int32_t size = type->arguments[0];
    const int32_t scale = type->arguments[1] == TYPE_NO_ARGUMENT ? 0 : type->arguments[1];
    const size_t digits = whole_digits(text);
    switch ((int)type->id) { /* an open set: the others have no size */
    case TYPE_SMALLINT:
        return digits <= SMALL;
    case TYPE_INTEGER:
        return digits <= MEDIUM;
    case TYPE_OID:
        return digits <= MEDIUM && strchr(text, '-') == NULL;
    case TYPE_BIGINT:
        return digits <= LARGE;
    case TYPE_DECIMAL:
        return size == TYPE_NO_ARGUMENT ||
               (digits <= (size_t)size && (int32_t)digits <= size - scale);
    case TYPE_CHAR:
        return characters_of(text) <= (size == TYPE_NO_ARGUMENT ? 1U : (size_t)size);
    case TYPE_VARCHAR:
    case TYPE_VARBIT:
        return size == TYPE_NO_ARGUMENT || characters_of(text) <= (size_t)size;
    case TYPE_BIT:
        return characters_of(text) == (size == TYPE_NO_ARGUMENT ? 1U : (size_t)size);
    default:
        return true;
    }
}

/* An element in quotes may hold a comma. */
static bool has_room_for_all(const SqlReplay *cx, const ColumnType *type, const char *list)
{
    bool has = type->arguments[0] == TYPE_NO_ARGUMENT || strpbrk(list, "\"\\") == NULL;
    for (const char *at = list + 1; has && *at != '\0' && *at != '}';) {
        const size_t len = strcspn(at, ",}");
        has = has_room(type, arena_strndup(cx->arena, at, len));
        at += len + (at[len] == ',');
    }
    return has;
}

static bool number_has_room(const SqlReplay *cx, const ColumnType *type,
                            const PgQuery__AConst *constant)
{
    const bool is_whole = constant->val_case == PG_QUERY__A__CONST__VAL_IVAL;
    return has_room(type, is_whole ? arena_printf(cx->arena, "%d", (int)constant->ival->ival)
                                   : constant->fval->fval);
}

bool redo_literal_fits(SqlReplay *cx, const ColumnType *type, const Node *expression)
{
    const PgQuery__AConst *constant =
        expression->node_case == PG_QUERY__NODE__NODE_A_CONST ? expression->a_const : NULL;
    const bool is_list = type->list;
    bool fits = true;
    if (constant == NULL || constant->isnull) {
        return true;
    }
    if (type->id == TYPE_OTHER) {
        return constant->val_case != PG_QUERY__A__CONST__VAL_SVAL || type->raw == NULL ||
               (is_list ? strcmp(constant->sval->sval, "{}") == 0
                        : other_reads(type->raw->text, constant->sval->sval)) ||
               realm_unknown(cx->realm, "a default that its type may refuse");
    }
    switch ((int)constant->val_case) { /* an open set */
    case PG_QUERY__A__CONST__VAL_SVAL:
        fits = is_list ? is_list_text(type->id, constant->sval->sval) &&
                             has_room_for_all(cx, type, constant->sval->sval)
                       : redo_literal_reads(type->id, constant->sval->sval) &&
                             has_room(type, constant->sval->sval);
        break;
    case PG_QUERY__A__CONST__VAL_IVAL:
    case PG_QUERY__A__CONST__VAL_FVAL:
        fits = !is_list && takes_constant(type->id, false) && number_has_room(cx, type, constant);
        break;
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
        fits = !is_list && takes_constant(type->id, true);
        break;
    default:
        break;
    }
    return fits || realm_unknown(cx->realm, "a default that its type may refuse");
}

bool redo_literal_stays(SqlReplay *cx, const ColumnType *type, const Default *dflt)
{
    if (is_moving_literal(type, dflt)) {
        return realm_unknown(cx->realm, "a default that is a moment of now");
    }
    if (is_zoneless(type, dflt)) {
        return realm_unknown(cx->realm, "a default that is a moment in nobody's time zone");
    }
    return !is_cut_interval(cx, type, dflt) ||
           realm_unknown(cx->realm, "a default that its interval cuts");
}
