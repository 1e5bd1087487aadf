-- Ordinary tables and partitioned parents of the schemas read; no partitions, none of an extension.
-- $1: text[], names of schemas
SELECT
    c.oid AS oid,
    n.nspname AS schema,
    c.relname AS name,
    c.relkind = 'p' AS is_partitioned,
    c.relrowsecurity AS has_row_security,
    c.relforcerowsecurity AS force_row_security,
    c.relhassubclass AS has_children
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE
    c.relkind IN ('r', 'p')
    AND NOT c.relispartition
    AND c.relpersistence <> 't'
    AND n.nspname = ANY ($1::text[])
    AND c.oid NOT IN (
        SELECT d.objid FROM pg_depend AS d
        WHERE d.refclassid = 'pg_extension'::regclass AND d.classid = 'pg_class'::regclass AND d.deptype = 'e'
    )
ORDER BY n.nspname, c.relname
