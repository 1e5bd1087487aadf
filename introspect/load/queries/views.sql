-- Views of the schemas read, none of an extension; the oldest first, so that a view follows what it is made of.
-- $1: text[], names of schemas
SELECT
    c.oid AS oid,
    n.nspname AS schema,
    c.relname AS name,
    pg_get_viewdef(c.oid, true) AS definition
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE
    c.relkind = 'v'
    AND c.relpersistence <> 't'
    AND n.nspname = ANY ($1::text[])
    AND c.oid NOT IN (
        SELECT d.objid FROM pg_depend AS d
        WHERE d.refclassid = 'pg_extension'::regclass AND d.classid = 'pg_class'::regclass AND d.deptype = 'e'
    )
ORDER BY n.nspname, c.oid
