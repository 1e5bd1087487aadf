-- Where the history is ($1: the schema, $2 and $3: its tables), and whether one of the two belongs to a stranger: history.c.
-- Whoever may become our role can do already what it may; an owner of the database whom nobody trusts leaves no safe way to use it.
SELECT place.s AS schema,
    pg_catalog.to_regclass(pg_catalog.format('%I.%I', place.s, $2::pg_catalog.text)) IS NOT NULL AS table_exists,
    pg_catalog.to_regclass(pg_catalog.format('%I.%I', place.s, $3::pg_catalog.text)) IS NOT NULL AS progress_exists,
    pg_catalog.to_regnamespace(pg_catalog.quote_ident(place.s)) IS NOT NULL AS schema_exists,
    CASE WHEN pg_catalog.row_security_active(pg_catalog.to_regclass(pg_catalog.format('%I.%I', place.s, $2::pg_catalog.text)))
            THEN pg_catalog.format('%I.%I', place.s, $2::pg_catalog.text)
        WHEN pg_catalog.row_security_active(pg_catalog.to_regclass(pg_catalog.format('%I.%I', place.s, $3::pg_catalog.text)))
            THEN pg_catalog.format('%I.%I', place.s, $3::pg_catalog.text) END AS filtered,
    EXISTS (SELECT FROM pg_catalog.pg_class AS c
        WHERE c.oid OPERATOR(pg_catalog.=) ANY (ARRAY[
                pg_catalog.to_regclass(pg_catalog.format('%I.%I', place.s, $2::pg_catalog.text))::pg_catalog.oid,
                pg_catalog.to_regclass(pg_catalog.format('%I.%I', place.s, $3::pg_catalog.text))::pg_catalog.oid])
            AND NOT pg_catalog.pg_has_role(c.relowner, SESSION_USER, 'MEMBER')) AS of_stranger
FROM (SELECT $1::pg_catalog.text AS s) AS place
