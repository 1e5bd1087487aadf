-- Values of the enum types of the schemas read, in order. An enum without values has one row with a null.
-- $1: text[], names of schemas
SELECT t.oid AS oid, n.nspname AS schema, t.typname AS name, e.enumlabel AS value
FROM pg_type AS t
JOIN pg_namespace AS n ON n.oid = t.typnamespace
LEFT JOIN pg_enum AS e ON e.enumtypid = t.oid
WHERE
    t.typtype = 'e'
    AND n.nspname = ANY ($1::text[])
    AND t.oid NOT IN (
        SELECT d.objid FROM pg_depend AS d
        WHERE d.refclassid = 'pg_extension'::regclass AND d.classid = 'pg_type'::regclass AND d.deptype = 'e'
    )
ORDER BY n.nspname, t.typname, e.enumsortorder
