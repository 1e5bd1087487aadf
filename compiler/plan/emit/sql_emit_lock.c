/*
 * sql_emit_lock.c - in a trigger's function: whoever writes a key locks its value first.
 *
 * Two unique indexes may serve one key meanwhile: INSERT ... ON CONFLICT asks one of them only, and
 * two at once for one value would meet in the other and fail (23505). Or a value may be given by
 * one program and drawn from a sequence for the other. Locks are few on a server, and those of a
 * large INSERT many: a transaction takes no more than thirty.
 */
#include "base/common.h"

#include "compiler/catalog/sql_write.h"
#include "compiler/plan/emit/sql_emit.h"

/* The values of the key in the row, in one text; NULL where one of them is. */
static void key_text(StrBuf *out, const Emitter *cx, const char *row, const PrimaryKey *key)
{
    strbuf_add(out, "(");
    sql_string(out, key->name->text, key->name->len);
    vec_each(Column *, column, &key->columns) {
        strbuf_printf(out, " OPERATOR(pg_catalog.||) ' ' OPERATOR(pg_catalog.||) %s.", row);
        emit_column_name(out, cx, *column);
        strbuf_add(out, "::pg_catalog.text");
    }
    strbuf_add(out, ") COLLATE pg_catalog.\"C\"");
}

bool emit_locks_keys(const Step *step)
{
    vec_each(const Clause, clause, &step->clauses) {
        if (clause->kind == CLAUSE_LOCK_KEY) {
            return true;
        }
    }
    return false;
}

void emit_lock_variables(StrBuf *out, const Step *step)
{
    if (!emit_locks_keys(step)) {
        return;
    }
    strbuf_add(out, "\n    setting CONSTANT pg_catalog.text := "
                    "pg_catalog.current_setting('bellows.locked_keys', true);\n"
                    "    locked pg_catalog.int4 := CASE WHEN setting OPERATOR(pg_catalog.~) "
                    "'^[0-9]{1,4}$'\n"
                    "        THEN setting::pg_catalog.int4 ELSE 0 END;");
}

static void lock_key(StrBuf *out, const Emitter *cx, const PrimaryKey *key, const char *indent)
{
    strbuf_printf(out, "%sIF locked OPERATOR(pg_catalog.<) 30\n", indent);
    strbuf_printf(out, "%s   AND (TG_OP OPERATOR(pg_catalog.=) 'INSERT' OR ", indent);
    key_text(out, cx, "NEW", key);
    strbuf_printf(out, "\n%s       OPERATOR(pg_catalog.<>) COALESCE(", indent);
    key_text(out, cx, "OLD", key);
    strbuf_printf(out, ", '')) THEN\n%s    locked := locked OPERATOR(pg_catalog.+) 1;\n", indent);
    strbuf_printf(out,
                  "%s    PERFORM pg_catalog.set_config('bellows.locked_keys', "
                  "locked::pg_catalog.text, true),\n",
                  indent);
    strbuf_printf(out, "%s        pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(",
                  indent);
    key_text(out, cx, "NEW", key);
    strbuf_printf(out, ", TG_RELID::pg_catalog.int8));\n%sEND IF;\n", indent);
}

void emit_key_locks(StrBuf *out, const Emitter *cx, const Step *step, const char *indent)
{
    vec_each(const Clause, clause, &step->clauses) {
        if (clause->kind == CLAUSE_LOCK_KEY) {
            lock_key(out, cx, clause->key_after, indent);
        }
    }
}
