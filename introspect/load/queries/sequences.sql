-- Sequences, and the column that owns each (serial: 'a', identity: 'i').
-- $1: text[], names of schemas
SELECT
    c.oid AS oid,
    n.nspname AS schema,
    c.relname AS name,
    t.typname AS data_type,
    d.refobjid AS table_oid,
    d.refobjsubid AS column_number,
    d.deptype AS ownership
FROM pg_sequence AS s
JOIN pg_class AS c ON c.oid = s.seqrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_type AS t ON t.oid = s.seqtypid
LEFT JOIN pg_depend AS d
    ON
        d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
        AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
WHERE
    c.relkind = 'S'
    AND c.relpersistence <> 't'
    AND n.nspname = ANY ($1::text[])
    AND c.oid NOT IN (
        SELECT e.objid FROM pg_depend AS e
        WHERE e.refclassid = 'pg_extension'::regclass AND e.classid = 'pg_class'::regclass AND e.deptype = 'e'
    )
ORDER BY n.nspname, c.relname
