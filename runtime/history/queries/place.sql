-- Where the history is ($1: the schema, $2 and $3: its tables), and whose code would run by it: history.c.
-- What is the server's own is in no row of pg_depend: what an expression rests on there is somebody's.
-- Of the server's own functions some run any text or read any view (query_to_xml, table_to_xml); none that is immutable does.
-- What a foreign key's action sets off runs as whoever changed the row it refers to, up to PostgreSQL 17.
SELECT place.s AS schema,
    pg_catalog.to_regclass(pg_catalog.format('%I.%I', place.s, $2::pg_catalog.text)) IS NOT NULL AS table_exists,
    pg_catalog.to_regclass(pg_catalog.format('%I.%I', place.s, $3::pg_catalog.text)) IS NOT NULL AS progress_exists,
    pg_catalog.to_regnamespace(pg_catalog.quote_ident(place.s)) IS NOT NULL AS schema_exists,
    coalesce(pg_catalog.row_security_active(pg_catalog.to_regclass(
        pg_catalog.format('%I.%I', place.s, $2::pg_catalog.text))), false) AS filtered,
    stranger.role, stranger.relation, stranger.why
FROM (SELECT $1::pg_catalog.text AS s) AS place
LEFT JOIN LATERAL (
    SELECT r.rolname AS role, c.relname AS relation, CASE
        WHEN c.relkind OPERATOR(pg_catalog.<>) 'r' THEN 'it is no plain table'
        WHEN c.relhassubclass THEN 'others inherit from it'
        WHEN EXISTS (SELECT FROM pg_catalog.pg_constraint AS k
            WHERE k.confrelid OPERATOR(pg_catalog.=) c.oid) THEN 'a foreign key refers to it'
        WHEN EXISTS (SELECT FROM pg_catalog.pg_trigger AS t
            WHERE t.tgrelid OPERATOR(pg_catalog.=) c.oid AND NOT t.tgisinternal) THEN 'it has a trigger'
        WHEN EXISTS (SELECT FROM pg_catalog.pg_rewrite AS w
            WHERE w.ev_class OPERATOR(pg_catalog.=) c.oid) THEN 'it has a rule'
        WHEN EXISTS (SELECT FROM pg_catalog.pg_depend AS d
            WHERE d.refclassid OPERATOR(pg_catalog.=) ANY (ARRAY['pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid,
                    'pg_catalog.pg_operator'::pg_catalog.regclass::pg_catalog.oid,
                    'pg_catalog.pg_type'::pg_catalog.regclass::pg_catalog.oid])
                AND (d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid
                        AND d.objid OPERATOR(pg_catalog.=) c.oid
                    OR d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid
                        AND d.objid OPERATOR(pg_catalog.=) ANY (ARRAY(SELECT i.indexrelid FROM pg_catalog.pg_index AS i
                            WHERE i.indrelid OPERATOR(pg_catalog.=) c.oid))
                    OR d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_attrdef'::pg_catalog.regclass::pg_catalog.oid
                        AND d.objid OPERATOR(pg_catalog.=) ANY (ARRAY(SELECT a.oid FROM pg_catalog.pg_attrdef AS a
                            WHERE a.adrelid OPERATOR(pg_catalog.=) c.oid))
                    OR d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_constraint'::pg_catalog.regclass::pg_catalog.oid
                        AND d.objid OPERATOR(pg_catalog.=) ANY (ARRAY(SELECT k.oid FROM pg_catalog.pg_constraint AS k
                            WHERE k.conrelid OPERATOR(pg_catalog.=) c.oid))))
            THEN 'it computes by functions, operators or types that somebody made'
        WHEN EXISTS (SELECT FROM (
                SELECT a.adbin::pg_catalog.text AS tree FROM pg_catalog.pg_attrdef AS a
                WHERE a.adrelid OPERATOR(pg_catalog.=) c.oid
                UNION ALL
                SELECT k.conbin::pg_catalog.text FROM pg_catalog.pg_constraint AS k
                WHERE k.conrelid OPERATOR(pg_catalog.=) c.oid) AS e
            CROSS JOIN LATERAL pg_catalog.regexp_matches(e.tree, ':funcid ([0-9]+)', 'g') AS f (number)
            JOIN pg_catalog.pg_proc AS p ON p.oid OPERATOR(pg_catalog.=) f.number[1]::pg_catalog.oid
            WHERE p.provolatile OPERATOR(pg_catalog.<>) 'i'
                AND p.proname OPERATOR(pg_catalog.<>) ALL (ARRAY['now', 'transaction_timestamp', 'statement_timestamp',
                    'clock_timestamp', 'gen_random_uuid']::pg_catalog.name[]))
            THEN 'a default or check of it does more than compute'
        END AS why
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_roles AS r ON r.oid OPERATOR(pg_catalog.=) c.relowner
    WHERE c.oid OPERATOR(pg_catalog.=) ANY (ARRAY[
            pg_catalog.to_regclass(pg_catalog.format('%I.%I', place.s, $2::pg_catalog.text))::pg_catalog.oid,
            pg_catalog.to_regclass(pg_catalog.format('%I.%I', place.s, $3::pg_catalog.text))::pg_catalog.oid])
        AND NOT r.rolsuper AND r.rolname OPERATOR(pg_catalog.<>) CURRENT_USER
) AS stranger ON stranger.why IS NOT NULL
ORDER BY stranger.relation
LIMIT 1
