-- All schemas but those of the server and of extensions.
-- $1: not used
SELECT n.nspname AS name FROM pg_namespace AS n
WHERE
    n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT FROM pg_depend AS d
        WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND d.classid = 'pg_namespace'::regclass AND d.objid = n.oid
    )
ORDER BY n.nspname
